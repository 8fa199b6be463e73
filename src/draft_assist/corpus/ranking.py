"""Ranking: candidates by summed scores of words, then reordered by what query and passage have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from draft_assist.corpus.features import Scored, features_of
from draft_assist.corpus.ranker import read_ranker, shares_of_range

if TYPE_CHECKING:
    import numpy as np

    from draft_assist.corpus.index import Index
    from draft_assist.corpus.near import Near

# Weights of the summed shares: pairs 1, words, the law as one text. Measured on the development pairs; flat around.
_WORDS, _LAW_WORDS = 0.5, 0.5
# The law for title and query together, for the title alone, and for a query that stands in no draft. More for the title
# helps drafts that carry out the one law they name and harms all others.
_LAW, _TITLE, _LAW_UNTITLED = 0.8, 0.5, 0.4
# A law is found by its own score, by that of its best articles taken together, and by those nearest by their vectors:
# one article that is like the query by chance says little, eight do. Measured on the development pairs; flat around.
_BEST_ARTICLES, _NEAR_ARTICLES, _ARTICLES_TAKEN = 0.4, 0.3, 8
# Passages looked at for the best of each law; what stands lower adds nothing that tells.
_LOOKED_AT = 3000
# Further down stands one right article in fifty.
CANDIDATES = 200
# Passages that are near by their vectors stand beside those: a question in everyday words shares none with the law.
NEAREST = 100
# Asked for, since some of them are not in force or not wanted.
_ASKED = 4 * NEAREST


class Ranked(NamedTuple):
    """What was found, best first.

    Attributes:
        ids: article ids, or version ids for laws; shape (found,).
        scores: shape (found,), of no meaning but their order.
        confidence: how likely the first is right, 0 to 1; 0.0 for laws, where it is not measured.
        enough: False when that is below the threshold at which answers are given.
    """

    ids: np.ndarray
    scores: np.ndarray
    confidence: float
    enough: bool


def rank_passages(
    index: Index,
    query: str,
    allowed: np.ndarray,
    *,
    draft_title: str = "",
    limit: int = 100,
    near: Near | None = None,
) -> Ranked:
    """The best passages for a query.

    Args:
        allowed: which passages may be found; bool, shape (passages,).
        draft_title: of the document in which the query stands; it helps to find the law.
        near: the vectors that the query is compared with; None searches by words alone.

    Raises:
        ModelError: the embedder was not reached.
        CorpusError: the vectors are damaged.
    """
    import numpy as np

    scored = choose(index, query, allowed, draft_title=draft_title, count=max(limit, CANDIDATES), near=near)
    if not len(scored.passages):
        return Ranked(np.zeros(0, np.int64), np.zeros(0), 0.0, False)
    cosines = near.cosines(scored.passages) if near is not None else None
    answer = read_ranker().order(features_of(query, draft_title, scored, index), cosines)
    kept = answer.order[:limit]
    ids = index.article_ids[scored.passages[kept]]
    return Ranked(ids, answer.scores[kept], answer.confidence, answer.enough)


def choose(
    index: Index,
    query: str,
    allowed: np.ndarray,
    *,
    draft_title: str = "",
    count: int = CANDIDATES,
    near: Near | None = None,
) -> Scored:
    """The candidates for a query, by the sum of their scores; those that share nothing with it must be near to it."""
    import numpy as np

    pairs, words = index.passage_scores(index.pair_terms(query), index.word_terms(query))
    pairs, words = _shares(pairs, allowed), _shares(words, allowed)
    law = _law_shares(index, f"{draft_title}\n{query}", allowed)
    by_law = _LAW_UNTITLED * law
    if draft_title:
        by_law = _LAW * law + _TITLE * _law_shares(index, draft_title, allowed)
    fused = pairs + _WORDS * words + by_law[index.laws]
    best = _best(np.where(allowed & (pairs > 0), fused, -1.0), count)
    if near is not None:
        nearest = near.passages(_ASKED)
        nearest = np.setdiff1d(nearest[allowed[nearest]][:NEAREST], best)
        best = np.concatenate([best, nearest[np.argsort(-fused[nearest], kind="stable")]])
    top = max(float(fused[best[0]]), 1e-9) if len(best) else 1.0
    return Scored(
        best, pairs[best], words[best], law[index.laws[best]], fused[best] / top, _neighbours(index, pairs, best)
    )


def rank_laws(
    index: Index,
    query: str,
    allowed: np.ndarray,
    *,
    draft_title: str = "",
    limit: int = 100,
    near: Near | None = None,
) -> Ranked:
    """The best versions, each taken as one text and by its best articles; arguments as for `rank_passages`."""
    import numpy as np

    pairs, words = index.passage_scores(index.pair_terms(query), index.word_terms(query))
    passages = _shares(pairs, allowed) + _WORDS * _shares(words, allowed)
    law = _law_shares(index, f"{draft_title}\n{query}", allowed)
    fused = law + _BEST_ARTICLES * _by_best(index, passages)
    if near is not None:
        nearest = near.passages(_ASKED)
        nearest = nearest[allowed[nearest]]
        cosines = np.zeros(len(index.article_ids))
        cosines[nearest] = shares_of_range(near.cosines(nearest))
        fused += _NEAR_ARTICLES * _by_best(index, cosines)
    there = np.zeros(len(index.law_ids), dtype=bool)
    there[index.laws[allowed]] = True
    best = _best(np.where(there, fused, -1.0), limit)
    return Ranked(index.law_ids[best], fused[best], 0.0, bool(len(best)))


def _by_best(index: Index, scores: np.ndarray) -> np.ndarray:
    """For each version the mean of its best passages' scores, as a share; shape (versions,)."""
    import numpy as np

    places = _best(scores, _LOOKED_AT)
    order = np.argsort(index.laws[places], kind="stable")
    laws = index.laws[places][order]
    first = np.searchsorted(laws, laws)
    taken = order[np.arange(len(laws)) - first < _ARTICLES_TAKEN]
    sums = np.bincount(index.laws[places[taken]], weights=scores[places[taken]], minlength=len(index.law_ids))
    greatest = sums.max(initial=0.0)
    return sums / greatest if greatest > 0 else sums


def _law_shares(index: Index, words: str, allowed: np.ndarray) -> np.ndarray:
    """The score of every version as a share of the best that holds an allowed passage; 0 for those that hold none."""
    import numpy as np

    there = np.zeros(len(index.law_ids), dtype=bool)
    there[index.laws[allowed]] = True
    pairs, terms = index.law_scores(index.pair_terms(words), index.word_terms(words))
    return _shares(_shares(pairs, there) + _LAW_WORDS * _shares(terms, there), there)


def _shares(scores: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """The scores as shares of the best allowed one; 0 for what is not allowed."""
    import numpy as np

    kept = np.where(allowed, scores, 0.0)
    best = float(kept.max(initial=0.0))
    return kept / best if best > 0 else kept


def _best(scores: np.ndarray, count: int) -> np.ndarray:
    """The places of the greatest scores above 0, the greatest first, of equal ones the first."""
    import numpy as np

    places = np.flatnonzero(scores > 0)
    if len(places) > count:
        # One more at the border than is kept, so that of equal scores there the first are kept.
        least = np.partition(scores[places], len(places) - count)[len(places) - count]
        places = places[scores[places] >= least]
    return places[np.argsort(-scores[places], kind="stable")][:count]


def _neighbours(index: Index, pairs: np.ndarray, passages: np.ndarray) -> np.ndarray:
    """The better score of the passages before and after each in its law."""
    import numpy as np

    found = np.zeros(len(passages))
    for step in (-1, 1):
        beside = np.clip(passages + step, 0, max(len(pairs) - 1, 0))
        same = (index.laws[beside] == index.laws[passages]) & (beside != passages)
        found = np.maximum(found, np.where(same, pairs[beside], 0.0))
    return found
