"""How near passages of the index are to a query by the vectors of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from draft_assist.corpus.dense import Vectors
    from draft_assist.corpus.index import Index


class Near:
    """One query against the vectors of a corpus."""

    def __init__(self, query: str, vectors: Vectors, index: Index) -> None:
        self.query = query
        self._vectors = vectors
        self._index = index

    def cosines(self, passages: np.ndarray) -> np.ndarray:
        """The cosines of the query with passages; NaN where there is no vector. Shape (passages,).

        Raises:
            ModelError: the embedder was not reached, or its answer cannot be used.
            CorpusError: the vectors are damaged.
        """
        return self._vectors.similarity(self.query, self._index.keys_of(passages))

    def passages(self, limit: int) -> np.ndarray:
        """The nearest passages, nearest first; texts that the index does not hold are left out.

        Raises:
            ModelError: see `cosines`.
            CorpusError: the vectors or the collection over them are damaged.
        """
        return self._index.places_of([name for name, _ in self._vectors.nearest(self.query, limit)])
