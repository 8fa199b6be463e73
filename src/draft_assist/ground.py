"""Grounds findings: the superior law that a clause with a power or a duty may rest on, for a person to check.

A rule can tell that a clause sets a fine; it cannot tell that some law allows it. What the corpus holds that is near to
the clause is shown beside the finding, as a possibility and never as an answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from draft_assist.law.levels import is_above
from draft_assist.model import GROUNDED, Clause, Document, Evidence, EvidenceStatus, Finding, Grounds, Rank

if TYPE_CHECKING:
    from draft_assist.corpus.search import Found, Hit, Searcher

_SHOWN = 3
# A reviewer who is shown a law that has nothing to do with the clause looks at no further one: here an answer must be
# surer than in a search. Of our own queries without a basis one in ten reaches this, of those with one three in four.
_SUREST = 0.35
_SHORTEST = 12
_LONGEST = 400


def ground(
    document: Document, findings: Sequence[Finding], searcher: Searcher, *, as_of: dt.date, rank: Rank
) -> tuple[Grounds, ...]:
    """The possible bases of every clause with a finding on a power or a duty, in the order of the findings.

    Args:
        as_of: what was in force on this day is searched.
        rank: of the document; only texts that stand above it are shown, and those whose rank cannot be compared.

    Raises:
        CorpusError: the corpus cannot be read.
        ModelError: the endpoint of the vectors was not reached.
    """
    clauses = dict.fromkeys(one.clause for one in findings if one.category in GROUNDED and one.clause)
    if not clauses:
        return ()
    from draft_assist.corpus.basis import basis_of, title_of
    from draft_assist.corpus.search import Filters

    searcher = searcher.for_document(document.text.raw.marking)
    filters = Filters(
        as_of=as_of,
        levels=tuple(level for level in Rank if is_above(level, rank) is not False),
        places=searcher.places_named(document.text.value),
    )
    found = []
    for path in clauses:
        words = _words(document, path)
        if len(words) >= _SHORTEST:
            hits = basis_of(words, searcher, filters, draft_title=title_of(document), limit=_SHOWN)
            found.append(_grounds(path, hits, searcher))
    return tuple(found)


def _grounds(path: str, found: Found, searcher: Searcher) -> Grounds:
    if not found.is_enough or found.confidence < _SUREST:
        return Grounds(clause=path, note="在语料库有效的上位法中没有找到足够接近的条文；这不表示没有依据。")
    return Grounds(clause=path, bases=tuple(evidence_of_hit(hit, searcher) for hit in found.hits))


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


def evidence_of_hit(hit: Hit, searcher: Searcher) -> Evidence:
    """An article found, as a report shows it."""
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
