"""Regular expressions, kept compiled between runs.

Compiling one of our patterns takes a millisecond, reading its code back some microseconds, and a short document opens
two hundred of them. Python has no public way to keep a compiled pattern (pickling keeps its source), so the code is
taken from the standard library's own compiler. Where that is built otherwise than we know, or nothing may be written,
patterns are compiled as usual. Code is kept for one build of Python, and the interpreter checks code that it is given.
"""

from __future__ import annotations

import atexit
import hashlib
import re
import sqlite3
import sys
from functools import cache
from threading import Lock

import msgspec

from draft_assist.knowledge import cache_folder

# Patterns that no rule has any more stay in the store; beyond this many it is made anew.
_MOST_KEPT = 10_000
# A server may never come to its end, where the rest is written.
_WRITTEN_AT_ONCE = 200


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """As `re.compile`, without flags; for patterns of the code, of knowledge files and of rules.

    What is made of a document's words must not come here, since it would be kept.

    Raises:
        re.error: no regular expression.
    """
    store = _store()
    return store.pattern(pattern) if store else re.compile(pattern)


@cache
def _store() -> _Store | None:
    """The store in the user's cache folder; None when there can be none."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        store = _Store(sqlite3.connect(folder / "patterns.sqlite", timeout=0.2, check_same_thread=False))
    except (OSError, sqlite3.Error, ImportError, AttributeError):
        return None
    atexit.register(store.write)
    return store


class _Code(msgspec.Struct, frozen=True, array_like=True):
    """What the interpreter makes a pattern of: flags, code words, the number of groups and the names among them."""

    flags: int
    words: list[int]
    groups: int
    names: dict[str, int]


class _Store:
    """Code of patterns by their source.

    Raises:
        sqlite3.Error: the database cannot be read or made.
        ImportError, AttributeError: this Python's compiler is built otherwise.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        import _sre  # type: ignore[import-not-found]  # the standard library gives no types for its own parts
        from re import _compiler, _parser  # type: ignore[attr-defined]

        self._parse, self._encode, self._make = _parser.parse, _compiler._code, _sre.compile
        self._build = f"{sys.version} {sys.byteorder} {_sre.MAGIC} {_sre.CODESIZE}"
        self._database = database
        self._lock = Lock()
        self._new: dict[bytes, bytes] = {}
        database.execute("PRAGMA synchronous = OFF")
        database.execute("CREATE TABLE IF NOT EXISTS pattern (key BLOB PRIMARY KEY, code BLOB) WITHOUT ROWID")

    def pattern(self, source: str) -> re.Pattern[str]:
        """The pattern, out of the store when it is there.

        Raises:
            re.error: no regular expression.
        """
        key = hashlib.sha256(f"{self._build}\n{source}".encode("utf-8", "surrogatepass")).digest()
        try:
            with self._lock:
                row = self._database.execute("SELECT code FROM pattern WHERE key = ?", (key,)).fetchone()
            if row:
                return self._made(source, msgspec.msgpack.decode(row[0], type=_Code))
            code = self._coded(source)
            made = self._made(source, code)
        except re.error:
            raise
        except Exception:  # whatever another build of Python or a damaged store brings, compiling as usual does
            return re.compile(source)
        with self._lock:
            self._new[key] = msgspec.msgpack.encode(code)
        if len(self._new) >= _WRITTEN_AT_ONCE:
            self.write()
        return made

    def _coded(self, source: str) -> _Code:
        parsed = self._parse(source, 0)
        words = [int(word) for word in self._encode(parsed, 0)]
        return _Code(parsed.state.flags, words, parsed.state.groups - 1, dict(parsed.state.groupdict))

    def _made(self, source: str, code: _Code) -> re.Pattern[str]:
        name_of: list[str | None] = [None] * (code.groups + 1)
        for name, number in code.names.items():
            name_of[number] = name
        made: re.Pattern[str] = self._make(source, code.flags, code.words, code.groups, code.names, tuple(name_of))
        return made

    def write(self) -> None:
        """Put what is new into the store; a second process that writes at that moment makes us go without."""
        with self._lock:
            new, self._new = self._new, {}
            if not new:
                return
            try:
                with self._database:
                    (count,) = self._database.execute("SELECT count(*) FROM pattern").fetchone()
                    if count > _MOST_KEPT:
                        self._database.execute("DELETE FROM pattern")
                    self._database.executemany("INSERT OR REPLACE INTO pattern VALUES (?, ?)", new.items())
            except sqlite3.Error:
                return
