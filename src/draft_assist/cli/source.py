"""What a command is given to read: a path, standard input, or words."""

from __future__ import annotations

from pathlib import Path

from draft_assist.model import Document

# A path that does not exist is a mistake to be told, not a text to be searched.
_LOOKS_LIKE_TEXT = ("《", "》", "第", "条", "法", "〔", "号", "。", "，")
_SUFFIXES = frozenset({".docx", ".doc", ".pdf", ".txt", ".md", ".html", ".htm", ".wps", ".ofd"})


def read_source(source: str) -> Document:
    """The document in a file, on standard input ("-"), or made of the words themselves.

    Raises:
        SourceError: the file is not there or cannot be read.
    """
    from draft_assist.flow import document_of, read_document
    from draft_assist.load import load_bytes
    from draft_assist.settings import read_settings

    settings = read_settings()
    if is_path(source):
        return read_document(Path(source), settings)
    return document_of(load_bytes(source.encode("utf-8", "replace"), "文字.txt", settings), settings)


def is_path(source: str) -> bool:
    """True for "-", for what is there, and for what does not look like words."""
    if source == "-":
        return True
    try:
        if Path(source).exists():
            return True
    except OSError:
        return False
    return not any(sign in source for sign in _LOOKS_LIKE_TEXT) or Path(source).suffix.lower() in _SUFFIXES
