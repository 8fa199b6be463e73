"""Is there already such a document: how much of a draft stands in the texts of the corpus, clause by clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from draft_assist.corpus.basis import title_of
from draft_assist.corpus.clauses import Unit, units_of
from draft_assist.corpus.search import Filters, Searcher
from draft_assist.corpus.store import Held, VersionRow
from draft_assist.corpus.works import Genre, Trust
from draft_assist.model import Document
from draft_assist.patterns import compiled

_GRAM = 4  # characters; shorter runs are shared by any two official texts
# Below this share of common runs a clause and an article only have their subject in common.
LEAST_OVERLAP = 0.3
# Below this share of the whole a text has a phrase in common with the draft, no more.
LEAST_SHARE = 0.02
_CANDIDATES = 8
# Fewer common runs are a phrase, not a provision: ten characters.
_LEAST_RUNS = 7
# What stands in documents of every kind says nothing of likeness.
_COMMON = compiled(
    r"(?:现予|自|从)?(?:公布|发布|印发|\d{4}年\d{1,2}月\d{1,2}日)[^，。；]{0,10}起(?:施行|实施|执行)"
    r"|(?:并处|可以处|处以?)[^，。；]{0,30}罚款|没收违法所得|没收非法财物|(?:予以|给予|处以?)警告"
    r"|责令(?:限期)?改正|构成犯罪的?，?依法追究刑事责任|依法给予(?:行政)?处分|有效期[^，。；]{0,10}年"
    r"|(?:法律、法规|法律、行政法规|国家)另有规定的，?从其规定|为了?[^，。；]{0,4}(?:加强|规范)|结合(?:本[^，。；]{1,2})?实际"
    r"|制定本(?:办法|规定|细则|条例|方案|实施细则|意见)|根据《[^》]{2,40}》|等(?:有关)?法律、?法规"
)
# With the same title and nearly all words a text is the draft itself.
_SAME = 0.98
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
        is_same: the text bears the draft's title and all its words: the draft lies in the corpus already.
    """

    version: VersionRow
    share: float
    pairs: tuple[Pair, ...]
    is_same: bool = False


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
    units, title = [unit for unit in units_of(document) if _grams(unit.words)], title_of(document)
    wide = replace(filters, genres=filters.genres or _GENRES, trusts=filters.trusts or tuple(Trust))
    pairs: dict[int, list[Pair]] = defaultdict(list)
    for done, unit in enumerate(units, 1):
        best: dict[int, Pair] = {}
        least = max(LEAST_OVERLAP, _LEAST_RUNS / len(_grams(unit.words)))
        for hit in searcher.rank(unit.words, wide, limit=_CANDIDATES).hits:
            pair = Pair(unit, hit.held, overlap(unit.words, hit.held.article.text))
            key = hit.held.version.id
            if pair.overlap >= least and (key not in best or pair.overlap > best[key].overlap):
                best[key] = pair
        for key, pair in best.items():
            pairs[key].append(pair)
        progress(done, len(units))
    whole = sum(len(unit.words) for unit in units) or 1
    found = [_similar(some, whole, title) for some in pairs.values()]
    like = [one for one in found if one.share >= LEAST_SHARE]
    return tuple(sorted(like, key=lambda one: (-one.share, one.version.id))[:limit])


def _similar(pairs: list[Pair], whole: int, title: str) -> Similar:
    version = pairs[0].held.version
    share = sum(one.overlap * len(one.unit.words) for one in pairs) / whole
    return Similar(version, share, tuple(pairs), is_same=version.title == title and share >= _SAME)


def overlap(clause: str, text: str) -> float:
    """The share of the clause's runs of four characters that stand in the text too; 0.0 for a shorter clause.

    Phrases of documents of every kind do not count on either side.
    """
    wanted = _grams(clause)
    return len(wanted & _grams(text)) / len(wanted) if wanted else 0.0


def _grams(text: str) -> set[str]:
    parts = ("".join(filter(str.isalnum, part)) for part in _COMMON.split(text))
    return {part[start : start + _GRAM] for part in parts for start in range(len(part) - _GRAM + 1)}
