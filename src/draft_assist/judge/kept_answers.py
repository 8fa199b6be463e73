"""Answers of models kept between runs, so that the same question about the same words is paid for once.

Personal numbers stand in them as placeholders only. The file belongs to the user alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

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

        def look(link: sqlite3.Connection) -> str | None:
            row = link.execute("SELECT words FROM answer WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            link.execute("UPDATE answer SET used = ? WHERE key = ?", (time.time(), key))
            return str(row[0])

        return self._with(look)

    def put(self, key: str, words: str) -> None:
        """Keep an answer."""

        def add(link: sqlite3.Connection) -> None:
            link.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (key, words, time.time()))
            self._added += 1
            if self._added % _PRUNE_EVERY == 0:
                link.execute(
                    "DELETE FROM answer WHERE key IN (SELECT key FROM answer ORDER BY used DESC LIMIT -1 OFFSET ?)",
                    (MOST_KEPT,),
                )

        self._with(add)

    def clear(self) -> int:
        """Forget all; returns how many there were."""

        def empty(link: sqlite3.Connection) -> int:
            count = int(link.execute("SELECT count(*) FROM answer").fetchone()[0])
            link.execute("DELETE FROM answer")
            link.execute("VACUUM")
            return count

        return self._with(empty) or 0

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._link is not None:
                self._link.close()
                self._link = None

    def _with(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """What the work gives; None when the file is not open or is damaged."""
        with self._lock, contextlib.suppress(sqlite3.Error):
            return work(self._link) if self._link is not None else None
        return None
