"""Is there already such a document: how much of a draft stands in the texts of the corpus, clause by clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from draft_assist.corpus.clauses import Unit, units_of
from draft_assist.corpus.search import Filters, Searcher
from draft_assist.corpus.store import Held, VersionRow
from draft_assist.corpus.works import Genre, Trust
from draft_assist.model import Document

_GRAM = 4  # characters; shorter runs are shared by any two official texts
# Below this share of common runs a clause and an article only have their subject in common.
LEAST_OVERLAP = 0.3
# Below this share of the whole a text has a phrase in common with the draft, no more.
LEAST_SHARE = 0.02
_CANDIDATES = 8
_GENRES = (Genre.STATUTE, Genre.INTERPRETATION, Genre.DOCUMENT, Genre.OTHER)


class Pair(NamedTuple):
    """A clause of the draft and the article most like it; `overlap` is the share of the clause's runs found there."""

    unit: Unit
    held: Held
    overlap: float


class Similar(NamedTuple):
    """One text of the corpus that shares words with the draft.

    Attributes:
        share: of the draft's characters that stand in clauses with a counterpart here, weighted with their overlap.
        pairs: the clauses with a counterpart, in the order of the draft.
    """

    version: VersionRow
    share: float
    pairs: tuple[Pair, ...]


def similar_to(
    document: Document,
    searcher: Searcher,
    filters: Filters,
    *,
    limit: int = 10,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Similar, ...]:
    """The texts most like a draft, the likest first; sample essays are among them.

    Args:
        filters: `genres` and `trusts` left empty look through everything but requirement cards.
    """
    units = units_of(document)
    wide = replace(filters, genres=filters.genres or _GENRES, trusts=filters.trusts or tuple(Trust))
    pairs: dict[int, list[Pair]] = defaultdict(list)
    for done, unit in enumerate(units, 1):
        best: dict[int, Pair] = {}
        for hit in searcher.rank(unit.words, wide, limit=_CANDIDATES).hits:
            pair = Pair(unit, hit.held, overlap(unit.words, hit.held.article.text))
            key = hit.held.version.id
            if pair.overlap >= LEAST_OVERLAP and (key not in best or pair.overlap > best[key].overlap):
                best[key] = pair
        for key, pair in best.items():
            pairs[key].append(pair)
        progress(done, len(units))
    whole = sum(len(unit.words) for unit in units) or 1
    found = [
        Similar(some[0].held.version, sum(one.overlap * len(one.unit.words) for one in some) / whole, tuple(some))
        for some in pairs.values()
    ]
    like = [one for one in found if one.share >= LEAST_SHARE]
    return tuple(sorted(like, key=lambda one: (-one.share, one.version.id))[:limit])


def overlap(clause: str, text: str) -> float:
    """The share of the clause's runs of four characters that stand in the text too; 0.0 for a shorter clause."""
    wanted = _grams(clause)
    return len(wanted & _grams(text)) / len(wanted) if wanted else 0.0


def _grams(text: str) -> set[str]:
    words = "".join(filter(str.isalnum, text))
    return {words[start : start + _GRAM] for start in range(len(words) - _GRAM + 1)}
