"""Where the corpus of a user lies.

    <home>/corpus.sqlite    works, versions, articles, files
    <home>/index/<name>/    the lexical index; `index/current` names the one in use
    <home>/vectors/         dense vectors, where they were made

The folder is --home, else DRAFT_ASSIST_HOME, else the place where the system keeps a user's data.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "DRAFT_ASSIST_HOME"
DATABASE = "corpus.sqlite"
INDEX = "index"
VECTORS = "vectors"


def find_home(given: Path | None = None, environment: Mapping[str, str] | None = None) -> Path:
    """The folder of the corpus, there or not.

    Args:
        given: the value of --home; None when it was not given.
        environment: None reads os.environ.
    """
    variables = os.environ if environment is None else environment
    if given is not None:
        return given
    if named := variables.get(VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        base = Path(variables.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(variables.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "draft-assist"


def is_built(home: Path) -> bool:
    """True when there is a corpus in that folder, whole or not, or when that cannot be told."""
    try:
        return (home / DATABASE).is_file()
    except PermissionError:
        return True  # opening it says why it cannot be used
