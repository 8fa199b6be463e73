"""The record of a run, for audit: what was asked of which model on what grounds, and what became of the answers.

One JSON object a line. It holds hashes, ids and counts; words of the document stand in it only where the settings say
so (`log_text`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from draft_assist.errors import ModelError

SCHEMA = "draft-assist/run/1"


def digest(words: str) -> str:
    """12 hex digits by which words can be recognised, not read."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class RunRecord:
    """A record that is written as the run goes, so that a run that ends early leaves what it did."""

    def __init__(self, folder: Path, *, with_text: bool = False) -> None:
        """
        Args:
            folder: made when it is missing; the record gets a name of its own in it.
            with_text: words of the document and answers are written too.

        Raises:
            ModelError: the folder cannot be written.
        """
        self._with_text = with_text
        stamp = time.strftime("%Y%m%d-%H%M%S")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.path = _free(folder, stamp)
            # The record belongs to the user alone: even hashes tell who reviewed what.
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._file = os.fdopen(handle, "w", encoding="utf-8")
        except OSError as error:
            raise ModelError(
                f"运行记录写不进去（{error.strerror}）", where=str(folder), next_step="请检查权限，或关闭运行记录"
            ) from error

    def __enter__(self) -> RunRecord:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def write(self, event: str, *, text: Sequence[tuple[str, str]] = (), **members: object) -> None:
        """One line.

        Args:
            event: what happened: begin, answer, end.
            text: names and words of what is written only where the settings say so; else its hash.
            members: values that JSON can hold.
        """
        told = {name: words if self._with_text else digest(words) for name, words in text}
        line = {"event": event, "at": time.strftime("%Y-%m-%dT%H:%M:%S"), **members, **told}
        with contextlib.suppress(OSError, ValueError):  # a full disk does not end a review
            self._file.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
            self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _free(folder: Path, stamp: str) -> Path:
    """A path in the folder that is not taken."""
    count, path = 1, folder / f"{stamp}.jsonl"
    while path.exists():
        count += 1
        path = folder / f"{stamp}-{count}.jsonl"
    return path
