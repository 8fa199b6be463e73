"""What the corpus' SQLite files have in common: transactions, errors in words, and how a file is set aside."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from draft_assist.errors import CorpusError


class Words(NamedTuple):
    """How the errors of one file are told, Chinese, without full stops.

    Attributes:
        what: what the file holds.
        locked, wait: another process is at it; what to do.
        full, room: there is no space; what to do.
        mend: what to do with a damaged file.
    """

    what: str
    locked: str
    wait: str
    full: str
    room: str
    mend: str


_FULL = ("disk is full", "disk I/O error")
# What numpy says, without an error number, when it could write a part of an array only.
_CUT_SHORT = "requested and"
# Reasons that are told in Chinese; others are shown as they are.
_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "没有这个文件",
    errno.EROFS: "所在的磁盘只读",
    errno.EIO: "磁盘读写出错",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
}
_SQLITE_REASONS = {
    "database disk image is malformed": "内容有损坏",
    "file is not a database": "不是数据库文件",
    "attempt to write a readonly database": "文件只读",
    "unable to open database file": "打不开文件",
    "no such table": "缺少数据表",
}


def _in_chinese(words: str) -> str:
    return next((told for sign, told in _SQLITE_REASONS.items() if sign in words), words)


def reason_of(error: OSError) -> str:
    """What the system says of a file, in Chinese where it is usual."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


@contextmanager
def telling(path: Path, words: Words) -> Iterator[None]:
    """Turns what SQLite and the file system report into an error that says what the user can do.

    Raises:
        CorpusError: in place of sqlite3.Error and OSError.
    """
    where = str(path)
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise CorpusError(words.locked, where=where, next_step=words.wait) from error
        if any(sign in str(error) for sign in _FULL):
            raise CorpusError(words.full, where=where, next_step=words.room) from error
        if "no such table" in str(error):
            raise _damaged(where, words, error) from error
        raise CorpusError(
            f"{words.what}读写失败（{_in_chinese(str(error))}）", where=where, next_step="请检查路径和权限"
        ) from error
    except sqlite3.DatabaseError as error:
        raise _damaged(where, words, error) from error
    except OSError as error:
        if error.errno == errno.ENOSPC or (error.errno is None and _CUT_SHORT in str(error)):
            raise CorpusError(words.full, where=where, next_step=words.room) from error
        raise CorpusError(
            f"无法读写（{reason_of(error)}）",
            where=str(error.filename or where),
            next_step="请检查路径和权限",
        ) from error


def _damaged(where: str, words: Words, error: sqlite3.Error) -> CorpusError:
    return CorpusError(f"{words.what}文件损坏（{_in_chinese(str(error))}）", where=where, next_step=words.mend)


@contextmanager
def change(link: sqlite3.Connection) -> Iterator[None]:
    """One transaction: all of what is done inside or nothing."""
    link.execute("BEGIN IMMEDIATE")
    try:
        yield
        link.execute("COMMIT")
    except BaseException:
        if link.in_transaction:  # SQLite itself rolls back when the disk is full
            link.execute("ROLLBACK")
        raise


def is_unchangeable(path: Path) -> bool:
    """True for a file in a folder that cannot be written (a read-only share) with no log left beside it.

    SQLite writes beside a file in order to read it, unless it is told that nobody changes it.
    """
    log = path.with_name(f"{path.name}-wal")
    return not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)


# What SQLite has not yet worked in belongs to the file and moves with it.
SUFFIXES = ("", "-wal", "-shm")
_HEADER = b"SQLite format 3\0"


def set_aside(path: Path) -> None:
    """Give a file the first free name of `<name>.old-1`, `<name>.old-2`, ...

    Raises:
        OSError: it cannot be moved.
    """
    with path.open("rb") as stream:
        is_damaged = stream.read(len(_HEADER)) != _HEADER
    if not is_damaged:  # of a damaged file SQLite would remove the log
        # The parts are moved one by one: if the process is killed meanwhile, the first is to be whole by itself.
        with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as link:
            link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    number = 1
    while (kept := path.with_name(f"{path.name}.old-{number}")).exists():
        number += 1
    for suffix in SUFFIXES:
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(kept.with_name(kept.name + suffix))
