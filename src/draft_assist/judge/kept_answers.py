"""Answers of models kept between runs, so that the same question about the same words is paid for once.

Personal numbers stand in them as placeholders only. The file belongs to the user alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

NAME = "answers.sqlite"
# Answers are a kilobyte or two; the oldest used go first.
MOST_KEPT = 50_000
_PRUNE_EVERY = 500
_SCHEMA = "CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, words TEXT NOT NULL, used REAL NOT NULL)"


def answer_key(parts: Sequence[str]) -> str:
    """The key of one request: a hash of everything that the answer depends on."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class KeptAnswers:
    """A store of answers by key. One that cannot be used costs money, nothing else: it never raises."""

    def __init__(self, folder: Path) -> None:
        """
        Args:
            folder: made when it is missing.
        """
        self._lock = threading.Lock()
        self._path = folder / NAME
        self._added = 0
        self._link: sqlite3.Connection | None = None
        with contextlib.suppress(OSError, sqlite3.Error):
            folder.mkdir(parents=True, exist_ok=True)
            if not self._path.exists():
                self._path.touch(mode=0o600)
            self._link = sqlite3.connect(self._path, timeout=5, check_same_thread=False, isolation_level=None)
            self._link.execute("PRAGMA journal_mode=WAL")
            self._link.execute(_SCHEMA)

    def get(self, key: str) -> str | None:
        """The answer kept under the key; None when there is none."""
        with self._using() as link:
            row = link.execute("SELECT words FROM answer WHERE key = ?", (key,)).fetchone()
            if row:
                link.execute("UPDATE answer SET used = ? WHERE key = ?", (time.time(), key))
                return str(row[0])
        return None

    def put(self, key: str, words: str) -> None:
        """Keep an answer."""
        with self._using() as link:
            link.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (key, words, time.time()))
            self._added += 1
            if self._added % _PRUNE_EVERY == 0:
                link.execute(
                    "DELETE FROM answer WHERE key IN (SELECT key FROM answer ORDER BY used DESC LIMIT -1 OFFSET ?)",
                    (MOST_KEPT,),
                )

    def clear(self) -> int:
        """Forget all; returns how many there were."""
        with self._using() as link:
            count = int(link.execute("SELECT count(*) FROM answer").fetchone()[0])
            link.execute("DELETE FROM answer")
            link.execute("VACUUM")
            return count
        return 0

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._link is not None:
                self._link.close()
                self._link = None

    @contextlib.contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        """The open file; without one, or when it is damaged, what stands inside has no effect."""
        with self._lock, contextlib.suppress(sqlite3.Error, _NotOpen):
            if self._link is None:
                raise _NotOpen
            yield self._link


class _NotOpen(Exception):  # noqa: N818 - never leaves this module
    pass
