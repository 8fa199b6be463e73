"""Whole documents that should be quiet: a manifest says how much each category may say."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import msgspec

from draft_assist.check.run import Kit
from draft_assist.errors import DraftAssistError, SourceError
from draft_assist.flow import review
from draft_assist.model import Kind, Rank, Severity
from draft_assist.settings import Settings


class Allowed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The most findings that one category may have in a document."""

    category: str
    max_unlawful: int = 0
    max_doubtful: int = 0


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One document of a manifest; `path` is relative to the manifest. Categories not in `allowed` must be silent."""

    path: str
    rank: Rank | None = None
    kind: Kind | None = None
    allowed: tuple[Allowed, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The file given to `eval documents`."""

    documents: tuple[Entry, ...]


class DocumentOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """One document's counts.

    Attributes:
        unlawful, doubtful: findings by category; quiet: within what is allowed.
        excess: Chinese, one line for each category above its limit.
        error: Chinese, when the document could not be reviewed; such a document is never quiet.
    """

    path: str
    unlawful: dict[str, int]
    doubtful: dict[str, int]
    quiet: bool
    excess: tuple[str, ...]
    error: str = ""


def read_manifest(path: Path) -> Manifest:
    """Read a manifest.

    Raises:
        SourceError: the file cannot be read or is not of that form.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise SourceError("没有这个文件", where=str(path), next_step="请检查路径") from None
    except (OSError, msgspec.DecodeError) as error:
        raise SourceError(f"清单读不出来（{error}）", where=str(path), next_step="格式见 README 的“评测”一节") from None


def run_documents(
    manifest: Manifest, folder: Path, kit: Kit, settings: Settings, as_of: dt.date
) -> list[DocumentOutcome]:
    """Review every document of the manifest; one that fails does not stop the others."""
    return [_outcome(entry, folder, kit, settings, as_of) for entry in manifest.documents]


def _outcome(entry: Entry, folder: Path, kit: Kit, settings: Settings, as_of: dt.date) -> DocumentOutcome:
    try:
        report = review(folder / entry.path, as_of=as_of, rank=entry.rank, kind=entry.kind, kit=kit, settings=settings)
    except DraftAssistError as error:
        return DocumentOutcome(path=entry.path, unlawful={}, doubtful={}, quiet=False, excess=(), error=str(error))
    unlawful = Counter(f.category for f in report.findings if f.severity is Severity.UNLAWFUL)
    doubtful = Counter(f.category for f in report.findings if f.severity is Severity.DOUBTFUL)
    limits = {one.category: one for one in entry.allowed}
    excess = []
    for category in sorted({*unlawful, *doubtful}):
        limit = limits.get(category, Allowed(category=category))
        if unlawful[category] > limit.max_unlawful:
            excess.append(f"{category} 违法{unlawful[category]}处，允许{limit.max_unlawful}处")
        if doubtful[category] > limit.max_doubtful:
            excess.append(f"{category} 存疑{doubtful[category]}处，允许{limit.max_doubtful}处")
    return DocumentOutcome(
        path=entry.path, unlawful=dict(unlawful), doubtful=dict(doubtful), quiet=not excess, excess=tuple(excess)
    )
