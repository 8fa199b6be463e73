"""The likely superior law of each clause of a draft: candidates for a person to check, not a statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from draft_assist.corpus.clauses import Unit, units_of
from draft_assist.corpus.search import AUTHORITIES, Filters, Found, Hit, Searcher
from draft_assist.corpus.works import Trust
from draft_assist.model import Document, Rank


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
    """The likely bases of one clause; what it cites by name is the citation checker's business.

    One of them is a law where a law is near: the regulation made to carry it out is often nearer in words.
    """
    kept = replace(filters, genres=filters.genres or AUTHORITIES, trusts=(Trust.AUTHORITY,))
    found = searcher.rank(words, kept, draft_title=draft_title, limit=limit + _FURTHER)
    # A text is no basis of itself: a draft may lie in the corpus already.
    others = [hit for hit in found.hits if hit.held.version.title != draft_title]
    hits = _with_a_law(others, limit)
    return found._replace(hits=hits, is_enough=found.is_enough and bool(hits))


_FURTHER = 9  # of the best some may be the draft's own articles, and the first law may stand below the regulations


def _with_a_law(hits: Sequence[Hit], limit: int) -> tuple[Hit, ...]:
    """The best, with the best law as the last of them where none is among them."""
    best, rest = hits[:limit], hits[limit:]
    law = next((hit for hit in rest if hit.held.version.level is Rank.LAW), None)
    if limit > 1 and law is not None and all(hit.held.version.level is not Rank.LAW for hit in best):
        best = [*best[:-1], law]
    return tuple(best)


def title_of(document: Document) -> str:
    """The title of a draft, on one line; "" when it has none."""
    return "".join((document.facts.title or "").split())
