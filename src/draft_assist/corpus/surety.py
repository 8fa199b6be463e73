"""How sure the first of a ranking is: the signs that tell whether it is a basis or only like one.

The learned score alone tells little, for it was learned within queries that have a right answer. What tells is how much
of the first and of the query is common to both, and how far the others are behind. None of the signs depends on the
scale of a model's cosines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from draft_assist.corpus.features import NAMES

if TYPE_CHECKING:
    import numpy as np

# Of the first: its features, and by how much its score is above the second and the mean of the next five.
_OWN = (
    "covered", "covers", "common", "common_back", "longest_run", "title", "query_length", "fused", "law", "words",
    "neighbours",
)  # fmt: skip
WORD_SIGNS = (*_OWN, "ahead", "ahead_of_five")
# With vectors also: its place by words, its cosine as a share of the range, its place by cosine, and by how much of the
# range the nearest is above the next ten.
NEAR_SIGNS = (*WORD_SIGNS, "rank", "near_share", "near_place", "near_ahead")
# More of these never makes a ranking less sure; a longer query may.
GROWING = frozenset(NEAR_SIGNS) - {"query_length"}


def signs_of(features: np.ndarray, scores: np.ndarray, shares: np.ndarray | None, weight: float) -> np.ndarray:
    """The signs of a ranking.

    Args:
        features: shape (candidates, features), one candidate or more.
        scores: by which they are put in order.
        shares: cosines as shares of their range; None without vectors.
        weight: of the shares in the scores.

    Returns:
        In the order of `WORD_SIGNS`, or of `NEAR_SIGNS` with shares.
    """
    import numpy as np

    order = np.argsort(-scores, kind="stable")[:6]
    first = features[order[0]]
    ahead = scores[order[0]] - scores[order[1:]] if len(order) > 1 else np.zeros(1)
    # Of a single candidate nothing tells how far others would be behind.
    signs = [*(first[NAMES.index(name)] for name in _OWN), ahead[0] / (1 + weight), ahead.mean() / (1 + weight)]
    if shares is not None:
        nearest = np.sort(shares)[::-1]
        share = shares[order[0]]
        behind = float(nearest[1:11].mean()) if len(nearest) > 1 else float(nearest[0])
        signs += [first[NAMES.index("rank")], share, 1 / (1 + float((shares > share).sum())), nearest[0] - behind]
    return np.array(signs, dtype=np.float64)
