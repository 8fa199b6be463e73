"""Intakes from what there is: the data package (package.py) and files of every kind that is read.

library.py    markdown law libraries: a head with title and history, `<!-- INFO END -->`, articles
document.py   any other file, by way of load -> normalise -> parse
titles.py     genre, level and place as title and folder tell them
history.py    issuer, number and rank, out of the history
dates.py      days of adoption, publication and effect, out of the history and the last articles
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from draft_assist.corpus.importers.document import read_official
from draft_assist.corpus.importers.library import INFO_END, read_law
from draft_assist.corpus.works import Intake, Trust
from draft_assist.errors import SourceError
from draft_assist.load import load
from draft_assist.model import FileKind
from draft_assist.settings import Settings

# Goes up whenever the same file would give another intake; files read by an older one are read again.
IMPORTER_VERSION = 4

# .doc, .wps and the like are not read; they are taken up all the same, so that the list of problems names them.
_SUFFIXES = frozenset(
    (".md", ".markdown", ".txt", ".docx", ".pdf", ".html", ".htm", ".mht", ".doc", ".wps", ".rtf", ".ofd")
)
# Pages about a library, not texts of it.
_PAGES = frozenset(("_index", "index", "readme", "license", "changelog", "contributing"))
_MARKDOWN = frozenset((".md", ".markdown"))
_TEMPLATES = ("模版", "模板")
_LOWEST_LAST = (Trust.AUTHORITY, Trust.OWN, Trust.SAMPLE)


def is_text_file(path: Path) -> bool:
    """True for a file that a folder's import takes up; a library's own pages and templates are left out."""
    suffix, stem = path.suffix.lower(), path.stem.lower()
    if suffix not in _SUFFIXES:
        return False
    return suffix not in _MARKDOWN or (stem not in _PAGES and not stem.endswith(_TEMPLATES))


def read_intake(path: Path, settings: Settings, *, trust: Trust | None = None) -> Intake:
    """What a file holds.

    Args:
        path: of any kind that is read; its folders tell the level of a library's laws.
        settings: the limits.
        trust: how far the caller trusts it; None as found. It lowers what was found, it never raises it.

    Raises:
        SourceError: the file cannot be read, or holds no text of its own.
    """
    raw = load(path, settings)
    is_law = raw.kind in (FileKind.MARKDOWN, FileKind.TEXT) and INFO_END in raw.text
    intake = read_law(raw.text, path) if is_law else read_official(raw, settings)
    if not intake.articles:
        raise SourceError("文件里没有正文", where=str(path), next_step="请确认选对了文件")
    if trust is None or _LOWEST_LAST.index(trust) <= _LOWEST_LAST.index(intake.trust):
        return intake
    return msgspec.structs.replace(intake, trust=trust)
