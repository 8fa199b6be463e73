"""The learned order of candidates: a sum of small decision trees, kept in knowledge/ranker.json, evaluated by numpy.

evals/train_ranker.py says how it was learned. The file holds numbers only: which feature, which threshold, which value.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from draft_assist.corpus.features import ALL_NAMES, NAMES
from draft_assist.corpus.surety import signs_of
from draft_assist.corpus.trees import Forest, Tree
from draft_assist.errors import KnowledgeError
from draft_assist.knowledge import knowledge_path

if TYPE_CHECKING:
    import numpy as np


class RankerFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """knowledge/ranker.json.

    Attributes:
        names: the features that the trees were learned with, in order.
        fused: weight of the feature "fused" beside the trees.
        dense: weight of the cosine, as a share of the candidates' range, beside both: (of a clause, of a short
            query times its letters). The shorter a query, the fewer of its words stand in the law.
        trees: see `Tree`.
        sure, sure_near: trees over `WORD_SIGNS`, and over `NEAR_SIGNS` where there are vectors, whose sum is the
            logarithm of the odds that the first is right.
        threshold, threshold_near: least confidence at which an answer is given, without and with vectors: for a
            clause, and for a query shorter than `SHORT`, which can have little in common with its basis.
    """

    names: list[str]
    fused: float
    dense: tuple[float, float]
    trees: list[Tree]
    sure: list[Tree]
    sure_near: list[Tree]
    threshold: tuple[float, float]
    threshold_near: tuple[float, float]


SHORT = 30  # letters
_NEARLY_ALL = 0.9  # of the candidates have vectors when a corpus was embedded but for its latest texts


class Ordered(NamedTuple):
    """Candidates in order (places), the scores of all in the order given, and how sure the first is."""

    order: np.ndarray
    scores: np.ndarray
    confidence: float
    enough: bool


class Ranker:
    """The trees, ready to be evaluated: over features, and over signs without and with vectors."""

    def __init__(self, held: RankerFile) -> None:
        self._held = held
        self.trees = Forest(held.trees)
        self.sure, self.sure_near = Forest(held.sure), Forest(held.sure_near)

    def order(self, features: np.ndarray, cosines: np.ndarray | None = None) -> Ordered:
        """Candidates by learned score and, where there are cosines, by these too.

        Args:
            features: shape (candidates, features), one candidate or more.
            cosines: shape (candidates,), NaN where not known; None for none.
        """
        import numpy as np

        scores = self.trees.sums(features) + self._held.fused * features[:, NAMES.index("fused")]
        shares, weight, sure, threshold = None, 0.0, self.sure, self._held.threshold
        if cosines is not None and not np.isnan(cosines).all():
            # Where few of the corpus have vectors yet they must not push down what has none, nor tell how sure it is.
            known = float(np.mean(~np.isnan(cosines)))
            weight = self.weight(features) * known
            scores = scores + weight * shares_of_range(cosines)
            if known >= _NEARLY_ALL:
                shares, sure, threshold = shares_of_range(cosines), self.sure_near, self._held.threshold_near
        odds = sure.sums(signs_of(features, scores, shares, weight)[None])
        confidence = 1 / (1 + math.exp(-float(odds[0])))
        order = np.argsort(-scores, kind="stable")
        return Ordered(order, scores, confidence, confidence >= threshold[_letters(features) < SHORT])

    def weight(self, features: np.ndarray) -> float:
        """The weight of cosines in the scores of a query with those features."""
        return max(self._held.dense[0], self._held.dense[1] / max(_letters(features), 1))


def _letters(features: np.ndarray) -> float:
    """Letters and digits of the query whose candidates have those features."""
    return float(10 ** features[0, NAMES.index("query_length")] - 1)


def shares_of_range(cosines: np.ndarray) -> np.ndarray:
    """Cosines as shares of their range; what is not known counts as the middle of what is."""
    import numpy as np

    known = cosines[~np.isnan(cosines)]
    if not len(known) or known.max() == known.min():
        return np.zeros(len(cosines))
    filled = np.where(np.isnan(cosines), np.median(known), cosines)
    shares: np.ndarray = (filled - known.min()) / (known.max() - known.min())
    return shares


@lru_cache(maxsize=1)
def read_ranker() -> Ranker:
    """The ranker of knowledge/ranker.json.

    Raises:
        KnowledgeError: the file is missing, or was learned with other features.
    """
    path = knowledge_path("ranker.json")
    try:
        held = msgspec.json.decode(path.read_bytes(), type=RankerFile)
    except (OSError, msgspec.MsgspecError) as error:
        raise KnowledgeError(f"排序模型读不出来（{error}）", where=str(path), next_step="请重新安装") from error
    if held.names != list(ALL_NAMES):
        raise KnowledgeError("排序模型与程序的特征不一致", where=str(path), next_step="请重新安装，或者重新训练")
    return Ranker(held)
