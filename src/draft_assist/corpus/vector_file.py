"""The SQLite file of the vectors: its shape, how it is opened, and what its errors mean to the user.

Write-ahead logging lets any number of processes read while one writes; one at a time makes vectors.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

from draft_assist.corpus.sqlite_file import SUFFIXES, Words, change, is_unchangeable, set_aside, telling
from draft_assist.errors import CorpusError

DATABASE = "vectors.sqlite"
COLLECTION = "chroma"
_LOCK = "lock.sqlite"
_SHAPE = "1"
_PATIENCE_MS = 15_000
# A vector of 384 numbers takes 1.6 KB: five go into such a page, and only two into one of the usual 4 KB.
_PAGE = 8_192

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE vector (
    number INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used again: it tells what is newer than a collection
    hash TEXT NOT NULL UNIQUE,
    value BLOB NOT NULL                         -- float32, little-endian
)
"""


def has_vectors(folder: Path) -> bool:
    """True when there are vectors in that folder, whole or not, or when that cannot be told."""
    try:
        return (folder / DATABASE).is_file()
    except PermissionError:
        return True  # opening them says why they cannot be used


def connect(folder: Path, model: str, dimension: int, *, writable: bool = False) -> sqlite3.Connection:
    """The file of a folder; made when it is to be written and is not there.

    Raises:
        CorpusError: there is none, it is of another model, dimension or shape, damaged, locked, or cannot be made.
    """
    if not writable and not has_vectors(folder):
        raise CorpusError("还没有计算向量", where=str(folder), next_step="请运行 draft-assist kb embed")
    facts = {"shape": _SHAPE, "model": model, "dimension": str(dimension)}
    with told(folder):
        if writable:
            folder.mkdir(parents=True, exist_ok=True)
        mode = "rwc" if writable else "rw"
        if not writable and is_unchangeable(folder / DATABASE):
            mode = "ro&immutable=1"
        link = sqlite3.connect(
            f"{(folder / DATABASE).resolve().as_uri()}?mode={mode}",
            uri=True,
            check_same_thread=False,
            isolation_level=None,  # transactions begin where `change` says so
        )
        try:
            link.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
            if writable:
                _make(link, facts)
            else:
                link.execute("PRAGMA query_only = ON")
            _check(dict(link.execute("SELECT key, value FROM meta")), facts, folder)
        except BaseException:
            link.close()
            raise
    return link


def _make(link: sqlite3.Connection, facts: Mapping[str, str]) -> None:
    link.execute(f"PRAGMA page_size = {_PAGE}")
    link.execute("PRAGMA journal_mode = WAL")
    link.execute("PRAGMA synchronous = NORMAL")
    with change(link):
        if not link.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0]:
            for statement in _TABLES.split(";\n"):
                link.execute(statement)
            # Another file of vectors counts from 1 again: the id tells which one a collection was made of.
            link.executemany("INSERT INTO meta VALUES (?, ?)", [*facts.items(), ("id", token_hex(8))])


def _check(found: Mapping[str, str], facts: Mapping[str, str], folder: Path) -> None:
    where = str(folder / DATABASE)
    if found.get("shape") != _SHAPE:
        raise CorpusError(
            "向量由另一版本的程序算出，不能直接使用",
            where=where,
            next_step="请运行 draft-assist kb embed --fresh 重新计算，原文件会保留",
        )
    if not facts.items() <= found.items():
        raise CorpusError(
            f"现有的向量由模型 {found.get('model')}（{found.get('dimension')} 维）算出，"
            f"现在用的模型是 {facts['model']}（{facts['dimension']} 维），两者不能混用",
            where=where,
            next_step="请改回原来的模型，或者运行 draft-assist kb embed --fresh 用现在的模型重新计算，原文件会保留",
        )


def begin_anew(folder: Path) -> None:
    """Set the vectors of a folder aside under another name and remove the collection; see `remove_old`.

    Raises:
        CorpusError: another process makes vectors, or the file cannot be moved.
    """
    if not has_vectors(folder):
        return
    with alone(folder), told(folder):
        os.utime(folder / DATABASE)  # when it was set aside, which `remove_old` goes by
        set_aside(folder / DATABASE)
        shutil.rmtree(folder / COLLECTION, ignore_errors=True)


_OLD = re.compile(rf"{re.escape(DATABASE)}\.old-\d+")
# Seconds that an old file stays: whoever began anew by mistake finds it on the same day.
_REGRET = 86_400


def remove_old(folder: Path) -> int:
    """Remove what `begin_anew` set aside a day ago or earlier; to be called when the new vectors are whole.

    Returns:
        The bytes that this freed.

    Raises:
        CorpusError: another process makes vectors, or a file cannot be removed.
    """
    freed = 0
    with alone(folder), told(folder):
        (folder / _LOCK).touch()
        moment = (folder / _LOCK).stat().st_mtime
        for old in _old_files(folder):
            if old.stat().st_mtime <= moment - _REGRET:
                for part in _parts(old):
                    freed += part.stat().st_size
                    part.unlink()
    return freed


class Sizes(NamedTuple):
    """Bytes on disk: of the vectors in use with their collection, and of those set aside."""

    used: int
    old: int


def sizes(folder: Path) -> Sizes:
    """What the vectors of a folder take on disk; zeros when there are none."""
    old = sum(_size(part) for one in _old_files(folder) for part in _parts(one))
    return Sizes(sum(_size(path) for path in folder.rglob("*")) - old, old)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:  # another process has just removed it
        return 0


def _old_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob(f"{DATABASE}.old-*") if _OLD.fullmatch(path.name))


def _parts(database: Path) -> list[Path]:
    """A database with the files that SQLite keeps beside it."""
    parts = (database.with_name(database.name + suffix) for suffix in SUFFIXES)
    return [part for part in parts if part.exists()]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other process makes vectors in that folder meanwhile; a process that is killed lets go.

    Raises:
        CorpusError: another one is at it.
    """
    with told(folder):
        lock = sqlite3.connect(folder / _LOCK, timeout=0, check_same_thread=False, isolation_level=None)
    try:
        with told(folder):
            lock.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()


_WORDS = Words(
    what="向量",
    locked="另一个程序正在计算向量",
    wait="请等它结束后重试，已算好的不会丢失",
    full="磁盘空间不足，最后一批向量没有写入，此前写入的都在",
    room="请腾出空间后再次运行 draft-assist kb embed",
    mend="请运行 draft-assist kb embed --fresh 重新计算，损坏的文件会保留",
)


def told(folder: Path) -> AbstractContextManager[None]:
    """What goes wrong inside is told as a CorpusError; see `telling`."""
    return telling(folder / DATABASE, _WORDS)
