"""Files that people's work stands in: written whole or not at all, and read within the size limit."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path


def write_whole(path: Path, content: bytes, *, check: Callable[[Path], None] | None = None) -> None:
    """Write beside the file and move: an interrupted run leaves the old content or the new one, never half of one.

    Args:
        path: where to; its folder is made. A link stays a link: what it points to is replaced.
        content: all of it.
        check: called with the written file before it takes the old one's place; what it raises leaves the old one.
    """
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    # Not made of the target's name: titles are long, and file systems allow a name 85 Chinese characters.
    partial = target.with_name(f".{os.getpid()}-{threading.get_ident()}.partial")
    try:
        partial.write_bytes(content)
        if check is not None:
            check(partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def is_there(path: Path) -> bool:
    """True for a file that exists; a name that the file system does not allow is one that does not."""
    try:
        return path.is_file()
    except OSError:
        return False


def beside(document: Path, ending: str) -> Path:
    """The file of that ending that belongs to a document: 办法.docx -> 办法.docx.suppress.yaml."""
    return document.with_name(f"{document.name}{ending}")
