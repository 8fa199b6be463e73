"""The learned order of candidates: a sum of small decision trees, kept in knowledge/ranker.json, evaluated by numpy.

evals/train_ranker.py says how it was learned. The file holds numbers only: which feature, which threshold, which value.
"""

from __future__ import annotations

import math
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from draft_assist.corpus.features import ALL_NAMES, NAMES
from draft_assist.errors import KnowledgeError
from draft_assist.knowledge import knowledge_path

if TYPE_CHECKING:
    import numpy as np


class Tree(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One decision tree; an inner node is named by its place, a leaf by -1 minus its place.

    Attributes:
        features, thresholds: of the inner nodes: a candidate goes left when its feature is not above the threshold.
        left, right: where it goes.
        values: of the leaves.
    """

    features: list[int]
    thresholds: list[float]
    left: list[int]
    right: list[int]
    values: list[float]


class RankerFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """knowledge/ranker.json.

    Attributes:
        names: the features that the trees were learned with, in order.
        fused: weight of the feature "fused" beside the trees.
        dense: weight of the cosine, as a share of the candidates' range, beside both.
        calibration: intercept and weights of `SIGNS` in the logistic curve of confidence.
        threshold: least confidence at which an answer is given.
        trees: see `Tree`.
    """

    names: list[str]
    fused: float
    dense: float
    calibration: list[float]
    threshold: float
    trees: list[Tree]


# What tells whether the first is right, all of itself: how much of it and of the query is common to both. The learned
# score tells less, for it was learned within queries that have a right answer.
SIGNS = ("covered", "covers", "common", "common_back", "longest_run", "title", "query_length")


class Ordered(NamedTuple):
    """Candidates in order (places), the scores of all in the order given, and how sure the first is."""

    order: np.ndarray
    scores: np.ndarray
    confidence: float
    enough: bool


class Ranker:
    """The trees, ready to be evaluated."""

    def __init__(self, held: RankerFile) -> None:
        self._held = held

    def order(self, features: np.ndarray, cosines: np.ndarray | None = None) -> Ordered:
        """Candidates by learned score and, where there are cosines, by these too.

        Args:
            features: shape (candidates, features), one candidate or more.
            cosines: shape (candidates,), NaN where not known; None for none.
        """
        import numpy as np

        scores = self.trees(features) + self._held.fused * features[:, NAMES.index("fused")]
        if cosines is not None:
            scores = scores + self._held.dense * _shares(cosines)
        order = np.argsort(-scores, kind="stable")
        confidence = self._confidence(features[order[0]])
        return Ordered(order, scores, confidence, confidence >= self._held.threshold)

    def trees(self, features: np.ndarray) -> np.ndarray:
        """The sum of the trees; shape (candidates,)."""
        import numpy as np

        if not self._held.trees:
            return np.zeros(len(features))
        column, threshold, branches, values = self._arrays
        trees = np.arange(len(column))[:, None]
        node = np.zeros((len(column), len(features)), dtype=np.int64)
        while (inner := node >= 0).any():
            here = np.where(inner, node, 0)
            goes_right = features[np.arange(len(features)), column[trees, here]] > threshold[trees, here]
            node = np.where(inner, branches[trees, here, goes_right.astype(np.int64)], node)
        total: np.ndarray = values[trees, -1 - node].sum(axis=0)
        return total

    @cached_property
    def _arrays(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Features, thresholds, branches (left, right) and leaves of all trees, filled up to the size of the largest.

        A tree of one leaf has a node that leads there on both sides.
        """
        import numpy as np

        count = len(self._held.trees)
        inner = max(1, *(len(tree.features) for tree in self._held.trees))
        column = np.zeros((count, inner), dtype=np.int64)
        threshold = np.zeros((count, inner))
        branches = np.full((count, inner, 2), -1, dtype=np.int64)
        values = np.zeros((count, max(len(tree.values) for tree in self._held.trees)))
        for place, tree in enumerate(self._held.trees):
            size = len(tree.features)
            column[place, :size], threshold[place, :size] = tree.features, tree.thresholds
            branches[place, :size, 0], branches[place, :size, 1] = tree.left, tree.right
            values[place, : len(tree.values)] = tree.values
        return column, threshold, branches, values

    def _confidence(self, first: np.ndarray) -> float:
        intercept, *weights = self._held.calibration
        signs = (first[NAMES.index(name)] for name in SIGNS)
        return 1 / (1 + math.exp(-intercept - sum(w * sign for w, sign in zip(weights, signs, strict=True))))


def _shares(cosines: np.ndarray) -> np.ndarray:
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
