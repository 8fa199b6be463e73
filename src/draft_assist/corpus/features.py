"""What is measured of a candidate passage for a query, beside its scores: how much of the one stands in the other.

All features grow with likeness or are neutral (lengths, places); none looks at which words they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from draft_assist.corpus.tokens import read_characters

if TYPE_CHECKING:
    import numpy as np

    from draft_assist.corpus.index import Index

NAMES = (
    "pairs",  # BM25 by pairs, as a share of the best
    "words",  # BM25 by words, as a share of the best
    "law",  # BM25 of the law as one text, as a share of the best
    "law_gap",  # 1 for the best law, less the further behind
    "fused",  # the sum by which candidates were chosen, as a share of the best
    "rank",  # 1 / (1 + place among the candidates)
    "best_of_law",  # the passage's fused score as a share of the best passage of its law
    "neighbours",  # the better of the two neighbouring passages' scores by pairs
    "covered",  # share of the query's pairs in the passage, rare ones counting more
    "covers",  # share of the passage's pairs in the query, rare ones counting more
    "common",  # runs of four characters of the passage that stand in the query, as a share of the query's
    "common_back",  # the same as a share of the passage's
    "longest",  # the longest common run, as a share of the query
    "longest_back",  # the same as a share of the passage
    "longest_run",  # the same in characters, to a hundred
    "title",  # share of the law's title in the draft's title and the query
    "length",  # characters of the passage, to the base of ten
    "query_length",  # characters of the query, to the base of ten
)
# A short query shares less with every passage than a long one: these are also told in comparison with the other
# candidates, as "…_share" of the greatest of them and as "…_place", 1 / (1 + the number of greater values).
COMPARED = ("covered", "covers", "common", "common_back", "longest", "longest_back")
ALL_NAMES = (*NAMES, *(f"{name}_share" for name in COMPARED), *(f"{name}_place" for name in COMPARED))


class Scored(NamedTuple):
    """Candidates with the scores they were chosen by; all arrays have one entry a candidate but the last two.

    Attributes:
        passages: places in the index, best first.
        pairs, words, laws, fused: shares of the best.
        neighbours: see `NAMES`.
    """

    passages: np.ndarray
    pairs: np.ndarray
    words: np.ndarray
    laws: np.ndarray
    fused: np.ndarray
    neighbours: np.ndarray


def features_of(query: str, draft_title: str, scored: Scored, index: Index) -> np.ndarray:
    """The features of candidates.

    Returns:
        Shape (candidates, features), in the order of `ALL_NAMES`.
    """
    import numpy as np

    count = len(scored.passages)
    own = read_characters([query]).codes
    letters, owner, lengths = index.letters_of(scored.passages)
    covered, covers = _coverage(own, letters, owner, count, index)
    common, common_back, longest = _runs(own[own > 0], letters, owner, lengths)
    laws = index.laws[scored.passages]
    best = np.zeros(len(index.law_ids))
    np.maximum.at(best, laws, scored.fused)
    query_length = max(int((own > 0).sum()), 1)
    columns = (
        scored.pairs,
        scored.words,
        scored.laws,
        1 / (1 + _places(scored.laws)),
        scored.fused,
        1 / (1 + np.arange(count)),
        scored.fused / np.maximum(best[laws], 1e-9),
        scored.neighbours,
        covered,
        covers,
        common,
        common_back,
        longest / query_length,
        longest / np.maximum(lengths, 1),
        np.minimum(longest, 100) / 100,
        _titles(f"{draft_title}\n{query}", laws, index),
        np.log10(1 + lengths),
        np.full(count, np.log10(1 + query_length)),
    )
    return _with_comparisons(np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1))


def _with_comparisons(features: np.ndarray) -> np.ndarray:
    """The features and, after them, those of `COMPARED` in comparison with the other candidates."""
    import numpy as np

    compared = features[:, [NAMES.index(name) for name in COMPARED]]
    shares = compared / np.maximum(compared.max(axis=0, initial=0.0), 1e-9)
    places = [1 / (1 + _places(column)) for column in compared.T]
    return np.concatenate([features, shares, np.stack(places, axis=1)], axis=1)


def _places(scores: np.ndarray) -> np.ndarray:
    """For each score the number of distinct greater ones."""
    import numpy as np

    distinct = np.unique(scores)
    places: np.ndarray = len(distinct) - 1 - np.searchsorted(distinct, scores)
    return places


def _coverage(
    own: np.ndarray, letters: np.ndarray, owner: np.ndarray, count: int, index: Index
) -> tuple[np.ndarray, np.ndarray]:
    """The shares of pairs, weighted by rarity, in common: of the query's, of the passage's."""
    import numpy as np

    wanted = np.unique(_grams(own, 2)[np.minimum(own[:-1], own[1:]) > 0]) if len(own) > 1 else np.zeros(0, np.uint64)
    codes = _grams(letters, 2)
    places = owner[: len(codes)]
    inside = places == owner[1 : 1 + len(codes)]
    codes, places = codes[inside], places[inside]
    distinct, terms = np.unique(codes, return_inverse=True)
    weights = index.rarity(distinct)
    once = np.unique(places.astype(np.int64) * max(len(distinct), 1) + terms)
    places, terms = once // max(len(distinct), 1), once % max(len(distinct), 1)
    shared = np.isin(distinct, wanted)[terms]
    in_common = np.bincount(places, weights=weights[terms] * shared, minlength=count)
    whole = np.bincount(places, weights=weights[terms], minlength=count)
    return in_common / max(float(index.rarity(wanted).sum()), 1e-9), in_common / np.maximum(whole, 1e-9)


_GRAM = 4


def _runs(
    own: np.ndarray, letters: np.ndarray, owner: np.ndarray, lengths: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Runs of four characters in common as shares of the query's and the passage's, and the longest common run.

    The longest run is that of places of the passage at which four characters of the query begin: it may join two
    places of the query, which official prose hardly ever does.
    """
    import numpy as np

    count = len(lengths)
    if len(own) < _GRAM or len(letters) < _GRAM:
        nothing = np.zeros(count)
        return nothing, nothing, nothing
    wanted = np.unique(_grams(own, _GRAM))
    codes = _grams(letters, _GRAM)
    places = owner[: len(codes)]
    hit = np.isin(codes, wanted) & (places == owner[_GRAM - 1 :])
    shared = np.bincount(places, weights=hit, minlength=count)
    # A run begins at a hit whose place before is none, or belongs to the passage before.
    goes_on = hit & np.r_[False, hit[:-1] & (places[1:] == places[:-1])]
    begin = np.maximum.accumulate(np.where(goes_on, 0, np.arange(len(hit))))
    run = np.where(hit, np.arange(len(hit)) - begin + 1, 0)
    longest = np.zeros(count)
    np.maximum.at(longest, places, run)
    return (
        shared / len(wanted),
        shared / np.maximum(lengths - _GRAM + 1, 1),
        np.where(longest > 0, longest + _GRAM - 1, 0),
    )


def _grams(letters: np.ndarray, size: int) -> np.ndarray:
    """Every run of `size` characters as one number; beyond the basic plane characters may share one."""
    import numpy as np

    codes = letters.astype(np.uint64) & np.uint64(0xFFFF)
    count = max(len(codes) - size + 1, 0)
    grams = np.zeros(count, dtype=np.uint64)
    for step in range(size):
        grams = (grams << np.uint64(16)) | codes[step : step + count]
    return grams


def _titles(words: str, laws: np.ndarray, index: Index) -> np.ndarray:
    """The share of each law's title whose pairs stand in the words."""
    import numpy as np

    here = {words[place : place + 2] for place in range(len(words) - 1)}
    shares = {}
    for law in set(laws.tolist()):
        title = index.titles[law].removeprefix("中华人民共和国")
        pairs = [title[place : place + 2] for place in range(len(title) - 1)]
        shares[law] = sum(pair in here for pair in pairs) / max(len(pairs), 1)
    return np.array([shares[law] for law in laws.tolist()])
