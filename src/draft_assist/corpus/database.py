"""The SQLite file of the corpus: its shape, how it is opened, and what its errors mean to the user.

Write-ahead logging lets any number of processes read while one writes. Every change is one transaction: a process that
is killed leaves the state before it.
"""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

from draft_assist.corpus.home import DATABASE, INDEX, is_built
from draft_assist.corpus.sqlite_file import Words, change, is_unchangeable, telling
from draft_assist.errors import CorpusError

SHAPE = 1
# A writer holds the file for one batch of files at most, about a second; a busy machine may take longer.
_PATIENCE_MS = 15_000

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE work (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    told_by TEXT NOT NULL,      -- what tells two documents of one title apart: number or issuer; '' for statutes
    genre TEXT NOT NULL,
    level TEXT NOT NULL,
    place TEXT NOT NULL,
    issuer TEXT NOT NULL,
    number TEXT NOT NULL,
    UNIQUE (title, told_by)
);

CREATE TABLE version (
    id INTEGER PRIMARY KEY,
    work_id INTEGER NOT NULL REFERENCES work (id) ON DELETE CASCADE,
    version_date TEXT NOT NULL, -- '' when not known
    effective_from TEXT,
    expires TEXT,
    trust TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    after TEXT NOT NULL,
    source_key TEXT NOT NULL,   -- the data package's id of the law; '' for files
    UNIQUE (work_id, version_date, text_hash)
);

CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used again, so that an index that is behind names no other article
    version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    label TEXT NOT NULL,
    number INTEGER,
    inserted INTEGER,
    trail TEXT NOT NULL,        -- JSON list
    before TEXT NOT NULL,
    text TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX article_of_version ON article (version_id, ordinal);
CREATE INDEX article_by_number ON article (version_id, number, inserted);

CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    importer TEXT NOT NULL,
    state TEXT NOT NULL,        -- imported, problem
    problem TEXT NOT NULL,
    cleaned TEXT NOT NULL,      -- JSON list
    warnings TEXT NOT NULL,     -- JSON list
    imported_on TEXT NOT NULL
);

CREATE TABLE provenance (
    version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    file_id INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
    PRIMARY KEY (version_id, file_id)
) WITHOUT ROWID;
CREATE INDEX provenance_of_file ON provenance (file_id);
"""


def connect(home: Path, *, writable: bool = False) -> sqlite3.Connection:
    """The corpus file of a folder; made when it is to be written and is not there.

    Raises:
        CorpusError: there is none, it is damaged or emptied, of another shape, locked, or cannot be made.
    """
    path = home / DATABASE
    if _was_emptied(path, home / INDEX):
        raise CorpusError(
            "语料库文件是空的，原有内容已经丢失",
            where=str(path),
            next_step="请从备份恢复；没有备份的，请运行 draft-assist kb build --fresh，再用 kb import 导入自己的文件",
        )
    if not writable and not is_built(home):
        raise CorpusError("还没有建立语料库", where=str(home), next_step="请先运行 draft-assist kb build")
    with told(home):
        if writable:
            home.mkdir(parents=True, exist_ok=True)
        mode = "rwc" if writable else "rw"
        if not writable and is_unchangeable(path):
            mode = "ro&immutable=1"
        link = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, check_same_thread=False)
        link.isolation_level = None  # transactions begin where `change` says so
        link.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
        link.execute("PRAGMA foreign_keys = ON")
        if writable:
            link.execute("PRAGMA journal_mode = WAL")
            link.execute("PRAGMA synchronous = NORMAL")
            _make(link)
        else:
            link.execute("PRAGMA query_only = ON")
        _check_shape(link, home)
    return link


def _was_emptied(path: Path, index: Path) -> bool:
    """True for a file without a byte beside the index of what it held."""
    try:
        return path.stat().st_size == 0 and index.is_dir()
    except OSError:
        return False


def _make(link: sqlite3.Connection) -> None:
    if link.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0]:
        return
    with change(link):
        # Another process may have made it while this one waited.
        if not link.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0]:
            for statement in _TABLES.split(";\n"):
                if statement.strip():
                    link.execute(statement)
            link.execute("INSERT INTO meta VALUES ('shape', ?), ('stamp', '0')", (str(SHAPE),))


def _check_shape(link: sqlite3.Connection, home: Path) -> None:
    found = link.execute("SELECT value FROM meta WHERE key = 'shape'").fetchone()
    if found is None or found[0] != str(SHAPE):
        raise CorpusError(
            "语料库由另一版本的程序建立，不能直接使用",
            where=str(home / DATABASE),
            next_step="请运行 draft-assist kb build --fresh 重建，原文件会保留",
        )


_WORDS = Words(
    what="语料库",
    locked="另一个程序正在写入语料库",
    wait="请等它结束后重试，已写入的不会丢失",
    full="磁盘空间不足，最后一批没有写入，此前写入的都在",
    room="请腾出空间后重新运行",
    mend="请运行 draft-assist kb build --fresh 重建，损坏的文件会保留在原处",
)


def told(home: Path) -> AbstractContextManager[None]:
    """What goes wrong inside is told as a CorpusError; see `telling`."""
    return telling(home / DATABASE, _WORDS)
