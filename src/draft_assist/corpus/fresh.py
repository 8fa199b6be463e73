"""Beginning a corpus anew: the old file is kept under another name, its list of files is taken over where readable."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import NamedTuple

from draft_assist.corpus.database import told
from draft_assist.corpus.home import DATABASE, INDEX, is_built
from draft_assist.corpus.sqlite_file import set_aside


class Before(NamedTuple):
    """What an old corpus told of itself.

    Attributes:
        paths: of the files imported into it.
        is_read: False when the list of them could not be read.
    """

    paths: tuple[str, ...] = ()
    is_read: bool = True


def begin_anew(home: Path) -> Before:
    """Set the corpus of a folder aside and remove its index.

    Returns:
        The files that the old corpus held, as far as they can be read from it.

    Raises:
        CorpusError: the file cannot be moved.
    """
    if not is_built(home):
        return Before()
    before = _before(home / DATABASE)
    with told(home):
        set_aside(home / DATABASE)
        shutil.rmtree(home / INDEX, ignore_errors=True)
    return before


def _before(database: Path) -> Before:
    try:
        link = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
        rows = link.execute("SELECT path FROM file WHERE importer LIKE 'file/%' ORDER BY path").fetchall()
        link.close()
    except sqlite3.Error:
        return Before(is_read=False)
    return Before(tuple(str(path) for (path,) in rows))
