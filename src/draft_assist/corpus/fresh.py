"""Beginning a corpus anew: the old file is kept under another name, its list of files is taken over where readable."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from draft_assist.corpus.database import told
from draft_assist.corpus.home import DATABASE, is_built
from draft_assist.corpus.sqlite_file import set_aside


def begin_anew(home: Path) -> list[str]:
    """Set the corpus of a folder aside and remove its index.

    Returns:
        The paths of the files that the old corpus held, as far as they can be read from it.

    Raises:
        CorpusError: the file cannot be moved.
    """
    if not is_built(home):
        return []
    paths = _paths(home / DATABASE)
    with told(home):
        set_aside(home / DATABASE)
        shutil.rmtree(home / "index", ignore_errors=True)
    return paths


def _paths(database: Path) -> list[str]:
    try:
        link = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
        rows = link.execute("SELECT path FROM file WHERE importer LIKE 'file/%' ORDER BY path").fetchall()
        link.close()
    except sqlite3.Error:
        return []
    return [str(path) for (path,) in rows]
