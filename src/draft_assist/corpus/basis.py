"""The likely superior law of each clause of a draft: candidates for a person to check, not a statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from draft_assist.corpus.clauses import Unit, units_of
from draft_assist.corpus.search import AUTHORITIES, Filters, Found, Searcher
from draft_assist.corpus.works import Trust
from draft_assist.model import Document


class ClauseBasis(NamedTuple):
    """One clause and its likely bases, best first."""

    unit: Unit
    found: Found


def bases_of(
    document: Document,
    searcher: Searcher,
    filters: Filters,
    *,
    limit: int = 3,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[ClauseBasis]:
    """The likely bases of every clause, as they are found.

    Args:
        filters: narrowed here to what may be a basis; where they name no place, to national texts and those of places
            that the document names.
        limit: bases of one clause.
    """
    units, title = units_of(document), title_of(document)
    if not filters.place:
        filters = replace(filters, places=searcher.places_named(document.text.value))
    for done, unit in enumerate(units, 1):
        yield ClauseBasis(unit, basis_of(unit.words, searcher, filters, draft_title=title, limit=limit))
        progress(done, len(units))


def basis_of(words: str, searcher: Searcher, filters: Filters, *, draft_title: str = "", limit: int = 3) -> Found:
    """The likely bases of one clause; what it cites by name is the citation checker's business."""
    kept = replace(filters, genres=filters.genres or AUTHORITIES, trusts=(Trust.AUTHORITY,))
    found = searcher.rank(words, kept, draft_title=draft_title, limit=limit + _OWN)
    # A text is no basis of itself: a draft may lie in the corpus already.
    hits = tuple(hit for hit in found.hits if hit.held.version.title != draft_title)[:limit]
    return found._replace(hits=hits, is_enough=found.is_enough and bool(hits))


_OWN = 5  # that many of the best may be the draft's own articles


def title_of(document: Document) -> str:
    """The title of a draft, on one line; "" when it has none."""
    return "".join((document.facts.title or "").split())
