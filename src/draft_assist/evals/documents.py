"""Whole documents: a manifest says what must be found in each, and how much else each category may say."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import msgspec

from draft_assist.check.run import Kit
from draft_assist.errors import DraftAssistError, SourceError
from draft_assist.evals.clauses import folded
from draft_assist.flow import read_document, review
from draft_assist.model import Kind, Rank, Report, Severity, Span
from draft_assist.settings import Settings


class Allowed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The most findings that one category may have in a document."""

    category: str
    max_unlawful: int = 0
    max_doubtful: int = 0


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fault that a document has.

    Attributes:
        category: of the finding; a charge may be found as any charge, a permit condition as a permit.
        quote: words of the document that the finding must touch; "" for a fault of the document as a whole.
        known_miss: not found yet, and not counted.
    """

    category: str
    quote: str = ""
    known_miss: bool = False


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One document of a manifest.

    Attributes:
        path: relative to the manifest; papers: of accompanying papers, the same.
        allowed: categories not listed must be silent.
        expected: what must be found, at whatever severity.
    """

    path: str
    papers: tuple[str, ...] = ()
    rank: Rank | None = None
    kind: Kind | None = None
    allowed: tuple[Allowed, ...] = ()
    expected: tuple[Expected, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The file given to `eval documents`."""

    documents: tuple[Entry, ...]


class DocumentOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """One document's counts.

    Attributes:
        unlawful, doubtful: findings by category.
        excess: Chinese, one line for each category above its limit.
        missed: Chinese, one line for each expected fault that was not found; found: how many were.
        error: Chinese, when the document could not be reviewed.
        passed: no excess, nothing missed, no error.
    """

    path: str
    unlawful: dict[str, int]
    doubtful: dict[str, int]
    excess: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    found: int = 0
    error: str = ""

    @property
    def passed(self) -> bool:
        """No excess, nothing missed, no error."""
        return not (self.excess or self.missed or self.error)


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
        papers = tuple(read_document(folder / paper, settings) for paper in entry.papers)
        report = review(
            folder / entry.path, as_of=as_of, rank=entry.rank, kind=entry.kind, kit=kit, settings=settings,
            companions=papers,
        )  # fmt: skip
    except DraftAssistError as error:
        return DocumentOutcome(path=entry.path, unlawful={}, doubtful={}, error=str(error))
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
    missed = [one for one in entry.expected if not one.known_miss and not _is_found(one, report)]
    return DocumentOutcome(
        path=entry.path,
        unlawful=dict(unlawful),
        doubtful=dict(doubtful),
        excess=tuple(excess),
        missed=tuple(f"{one.category} “{one.quote}”" for one in missed),
        found=sum(_is_found(one, report) for one in entry.expected),
    )


def _is_found(expected: Expected, report: Report) -> bool:
    raw = report.document.text.raw.text
    start = raw.find(expected.quote)
    words = Span(start, start + len(expected.quote))
    return start >= 0 and any(
        folded((finding.category,)) == folded((expected.category,))
        and (not expected.quote or finding.place.span.overlaps(words))
        for finding in report.findings
    )
