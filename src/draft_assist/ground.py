"""Grounds findings: the superior law that a clause with a power or a duty may rest on, for a person to check.

A rule can tell that a clause sets a fine; it cannot tell that some law allows it. What the corpus holds that is near to
the clause is shown beside the finding, as a possibility and never as an answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from draft_assist.law.levels import is_above
from draft_assist.model import Clause, Document, Evidence, EvidenceStatus, Finding, Grounds, Rank

if TYPE_CHECKING:
    from draft_assist.corpus.search import Hit, Searcher

# Findings of these categories ask whether some superior law allows what the clause does.
GROUNDED = frozenset(
    (
        "permit", "permit_condition", "penalty", "compulsory", "fee", "levy", "deposit", "proof", "intermediary",
        "inspection", "duty_or_rights", "personal_rights", "market_entry", "expropriation", "tax", "quota",
    )
)  # fmt: skip
_SHOWN = 3
# More are asked for than shown: some are of the document's own rank or of another place.
_ASKED = 12
_SHORTEST = 12
_LONGEST = 400


def ground(
    document: Document, findings: Sequence[Finding], searcher: Searcher, *, as_of: dt.date, rank: Rank
) -> tuple[Grounds, ...]:
    """The possible bases of every clause with a finding on a power or a duty, in the order of the findings.

    Args:
        as_of: what was in force on this day is searched.
        rank: of the document; only texts that stand above it are shown, and those whose rank cannot be compared.
    """
    clauses = dict.fromkeys(one.clause for one in findings if one.category in GROUNDED and one.clause)
    return tuple(grounds for path in clauses if (grounds := _ground(document, path, searcher, as_of, rank)) is not None)


def _ground(document: Document, path: str, searcher: Searcher, as_of: dt.date, rank: Rank) -> Grounds | None:
    from draft_assist.corpus.basis import basis_of, title_of
    from draft_assist.corpus.search import Filters

    words = _words(document, path)
    if len(words) < _SHORTEST:
        return None
    title = title_of(document)
    found = basis_of(words, searcher, Filters(as_of=as_of), draft_title=title, limit=_ASKED)
    fit = [hit for hit in found.hits if _stands_above(hit, rank) and _is_of_place(hit, document)]
    if not found.is_enough or not fit:
        return Grounds(clause=path, note="在语料库有效的上位法中没有找到足够接近的条文；这不表示没有依据。")
    return Grounds(clause=path, bases=tuple(_evidence(hit, searcher) for hit in fit[:_SHOWN]))


def _words(document: Document, path: str) -> str:
    """The words of a clause; those of what holds it when they say too little."""
    steps = path.split(".")
    for count in range(len(steps), 0, -1):
        clause = document.clause(".".join(steps[:count]))
        if clause is not None and len(words := _own(document, clause)) >= _SHORTEST:
            return words
    return ""


def _own(document: Document, clause: Clause) -> str:
    return document.text.value[clause.body.start : clause.span.end].strip()[:_LONGEST]


def _stands_above(hit: Hit, rank: Rank) -> bool:
    return is_above(hit.held.version.level, rank) is not False


def _is_of_place(hit: Hit, document: Document) -> bool:
    """National, or of a place that the document names."""
    place = hit.held.version.place
    return not place or place.rstrip("省市") in document.text.value


def _evidence(hit: Hit, searcher: Searcher) -> Evidence:
    version, article = hit.held.version, hit.held.article
    source = searcher.statutes.source if version.source_key else "已导入的语料"
    return Evidence(
        law=version.title,
        article=article.label,
        gist="",
        text=article.text.strip(),
        status=EvidenceStatus.HELD,
        version_date=version.version_date,
        source=source,
    )
