"""Sums of small decision trees, evaluated by numpy for all candidates at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

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


class Forest:
    """Trees whose values are summed."""

    def __init__(self, trees: list[Tree]) -> None:
        self._trees = trees

    def sums(self, features: np.ndarray) -> np.ndarray:
        """The sum of the trees' values for each row of shape (rows, features); shape (rows,)."""
        import numpy as np

        if not self._trees:
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

        count = len(self._trees)
        inner = max(1, *(len(tree.features) for tree in self._trees))
        column = np.zeros((count, inner), dtype=np.int64)
        threshold = np.zeros((count, inner))
        branches = np.full((count, inner, 2), -1, dtype=np.int64)
        values = np.zeros((count, max(len(tree.values) for tree in self._trees)))
        for place, tree in enumerate(self._trees):
            size = len(tree.features)
            column[place, :size], threshold[place, :size] = tree.features, tree.thresholds
            branches[place, :size, 0], branches[place, :size, 1] = tree.left, tree.right
            values[place, : len(tree.values)] = tree.values
        return column, threshold, branches, values
