"""Dense vectors of the texts of the corpus: one for each different text, under the hash of the text.

    <folder>/vectors.sqlite    the vectors, with the name of the model and the dimension
    <folder>/chroma/           the Chroma collection over them, for finding the nearest

What is in the first is the truth: each batch is one transaction, so that a process that is killed loses a batch at
most. A text that is known by its hash is never embedded again. Vectors of given texts are read from there, and Chroma
is not even imported; what was embedded since the collection was made is compared one by one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator, Sequence, Sized
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from draft_assist.corpus.collection import Neighbours, Published, Row, publish, published
from draft_assist.corpus.sqlite_file import change
from draft_assist.corpus.vector_file import COLLECTION, alone, begin_anew, connect, has_vectors, told
from draft_assist.errors import AnswerUnreadable, CorpusError

if TYPE_CHECKING:
    import numpy as np

    from draft_assist.corpus.embed import Embedder

__all__ = ["Vectors", "begin_anew", "has_vectors"]

# Embedded and stored at once: three seconds, which is what an interruption costs.
_BATCH = 32
# Values in one SQL statement: old versions of SQLite take 999.
_AT_ONCE = 500
# The collection is made anew when this part of it is missing or gone. Making it takes a hundredth of the time that
# embedding takes, and comparing with a tenth one by one takes less than asking Chroma.
_BEHIND = 0.1
# What the last bits of a cosine of float32 may be wrong by.
_INEXACT = 1e-6
# Chroma writes no index of one vector.
_FEWEST = 2

Progress = Callable[[int, int], None]


def _quiet(done: int, total: int) -> None:
    """Shows nothing."""


class Vectors:
    """The vectors of one folder, made by one model."""

    def __init__(self, folder: Path, embedder: Embedder, link: sqlite3.Connection) -> None:
        """For `open`."""
        self._folder = folder
        self._embedder = embedder
        self._dimension = embedder.dimension
        self._link = link
        self._id = str(self._all("SELECT value FROM meta WHERE key = 'id'")[0][0])
        self._asked: tuple[str, np.ndarray] | None = None
        self._searching = Lock()
        self._state: Published | None = None
        self._neighbours: Neighbours | None = None
        self._tail = _Tail(0)

    @classmethod
    def open(cls, folder: Path, embedder: Embedder, *, writable: bool = False) -> Self:
        """The vectors of a folder; made when they are to be written and are not there.

        Raises:
            CorpusError: there are none, they are of another model or dimension, damaged or locked, or chromadb is not
                installed.
            ModelError: the embedder does not tell its dimension.
        """
        if find_spec("chromadb") is None:
            raise CorpusError("没有安装 chromadb", next_step="请运行 pip install 'draft-assist[kb]'；不用向量也能检索")
        return cls(folder, embedder, connect(folder, embedder.name, embedder.dimension, writable=writable))

    @property
    def url(self) -> str:
        """Where queries are sent; "" for a model within the program."""
        return self._embedder.url

    def close(self) -> None:
        """Close the files."""
        self._link.close()
        if self._neighbours is not None:
            self._neighbours.close()
            self._neighbours = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- filling ------------------------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many there are."""
        return int(self._all("SELECT count(*) FROM vector")[0][0])

    def missing(self, hashes: Iterable[str]) -> list[str]:
        """Those of the hashes that have no vector, each once, in the order given."""
        wanted = list(dict.fromkeys(hashes))
        known = {name for (name,) in self._of("SELECT hash FROM vector WHERE hash IN", wanted)}
        return [name for name in wanted if name not in known]

    def fill(
        self,
        texts: Iterable[tuple[str, str]],
        *,
        keep: Container[str] | None = None,
        progress: Progress = _quiet,
        indexing: Progress = _quiet,
        stop: Callable[[], bool] = lambda: False,
    ) -> int:
        """Embed what has no vector yet, and make the collection anew when it is far behind.

        Args:
            texts: hash and text.
            keep: when all is done, the vectors of all other texts are removed; None removes none.
            progress: called after each batch with how many texts are done and how many there are, 0 when not known.
            indexing: the same for the collection, while it is made anew.
            stop: asked before each batch; True ends the work, the rest is for the next run.

        Returns:
            How many were embedded.

        Raises:
            CorpusError: another process is filling, or the vectors cannot be written.
            ModelError: the embedder was not reached, or its answer cannot be used. Earlier batches are kept, always.
        """
        total = len(texts) if isinstance(texts, Sized) else 0
        left, done, made = iter(texts), 0, 0
        with alone(self._folder):
            while not stop() and (batch := list(islice(left, _BATCH))):
                made += self._add(dict(batch))
                done += len(batch)
                progress(done, total)
            if keep is not None and not stop():
                self._drop_others(keep)
            self._renew(indexing, stop)
        return made

    def _add(self, batch: dict[str, str]) -> int:
        absent = self.missing(batch)
        if absent:
            rows = self._embedder.passages([batch[name] for name in absent])
            self._check_shape(rows, (len(absent), self._dimension))
            with told(self._folder), change(self._link):
                self._link.executemany(
                    "INSERT OR IGNORE INTO vector (hash, value) VALUES (?, ?)",
                    [(name, row.astype("<f4").tobytes()) for name, row in zip(absent, rows, strict=True)],
                )
        return len(absent)

    def _drop_others(self, keep: Container[str]) -> None:
        gone = [name for (name,) in self._all("SELECT hash FROM vector") if name not in keep]
        with told(self._folder), change(self._link):
            self._link.executemany("DELETE FROM vector WHERE hash = ?", [(name,) for name in gone])

    def _renew(self, progress: Progress, stop: Callable[[], bool]) -> None:
        """Make the collection anew when it is damaged, or too much is missing from it or gone."""
        folder, count = self._folder / COLLECTION, self.count
        state = published(folder, self._id)
        is_sound = state is not None and self._serves(state, count) and _opens(folder, state)
        if is_sound or count < _FEWEST or stop():
            return
        facts: dict[str, str | int] = {"model": self._embedder.name, "dimension": self._dimension}
        with told(self._folder):
            publish(folder, self._rows(0), count, facts, self._id, progress=progress, stop=stop)

    def _serves(self, state: Published, count: int) -> bool:
        newer = int(self._all("SELECT count(*) FROM vector WHERE number > ?", state.last)[0][0])
        gone = state.count - (count - newer)
        return newer + gone <= _BEHIND * state.count

    def _check_shape(self, vectors: np.ndarray, expected: tuple[int, ...]) -> None:
        if vectors.shape != expected:
            raise AnswerUnreadable(
                f"向量模型 {self._embedder.name} 应给出形状为 {expected} 的向量，实为 {vectors.shape}",
                next_step="请确认模型没有更换；已更换的，请运行 draft-assist kb embed --fresh 重新计算",
            )

    # --- searching ----------------------------------------------------------------------------------------------

    def similarity(self, query: str, hashes: Sequence[str]) -> np.ndarray:
        """Cosines of a text that searches with the texts of those hashes.

        Returns:
            float32, shape (hashes,); NaN where there is no vector.

        Raises:
            ModelError: the embedder was not reached, or its answer cannot be used.
            CorpusError: the vectors are damaged.
        """
        return self._cosines(self._vector(query), hashes)

    def nearest(self, query: str, limit: int = 100) -> list[tuple[str, float]]:
        """The hashes of the texts nearest to one that searches, with the cosines: nearest first, ties by hash.

        The collection finds nearly all of them (see there); what came after it was made is compared exactly.

        Raises:
            ModelError: see `similarity`.
            CorpusError: the vectors or the collection over them are damaged.
        """
        vector = self._vector(query)
        with self._searching:
            try:
                self._follow()
                return self._nearest(vector, limit)
            except CorpusError:
                # Another process may have removed the collection of before while it was being opened.
                if published(self._folder / COLLECTION, self._id) == self._state:
                    raise
                self._follow()
                return self._nearest(vector, limit)

    def _nearest(self, vector: np.ndarray, limit: int) -> list[tuple[str, float]]:
        held = self._state.count if self._state else 0
        asked = limit
        while True:
            names = self._tail.nearest(vector, asked)
            if self._neighbours is not None:
                names += self._neighbours.nearest(vector, min(asked, held))
            # A vector that was removed is in the collection still: it has no cosine here.
            cosines = zip(names, self._cosines(vector, names).tolist(), strict=True)
            found = [(name, cosine) for name, cosine in cosines if cosine == cosine]
            if len(found) >= limit or asked >= max(held, len(self._tail.names)):
                return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]
            asked *= 4

    def _follow(self) -> None:
        """Take up the collection in use now, and what was embedded since it was made."""
        folder = self._folder / COLLECTION
        state = published(folder, self._id)
        if state != self._state or (state is not None and self._neighbours is None):
            if self._neighbours is not None:
                self._neighbours.close()
                self._neighbours = None
            self._state = state
            self._tail = _Tail(state.last if state else 0)
            self._neighbours = Neighbours(folder, state) if state else None
        self._tail.extend(list(self._rows(self._tail.last)))

    def _vector(self, query: str) -> np.ndarray:
        asked = self._asked
        if asked is None or asked[0] != query:
            asked = query, self._embedder.query(query)
            self._check_shape(asked[1], (self._dimension,))
            self._asked = asked
        return asked[1]

    def _cosines(self, vector: np.ndarray, hashes: Sequence[str]) -> np.ndarray:
        import numpy as np

        stored = dict(self._of("SELECT hash, value FROM vector WHERE hash IN", list(dict.fromkeys(hashes))))
        cosines = np.full(len(hashes), np.nan, dtype=np.float32)
        places = [place for place, name in enumerate(hashes) if name in stored]
        joined = b"".join(stored[hashes[place]] for place in places)
        rows = np.frombuffer(joined, dtype="<f4").reshape(len(places), self._dimension)
        # Row by row: a product of matrices gives equal rows unequal cosines, by where they stand in it.
        cosines[places] = (rows * vector).sum(axis=1)
        return cosines

    # --- reading ------------------------------------------------------------------------------------------------

    def faults(self) -> list[str]:
        """What is wrong with the files, Chinese; [] when they are whole. Reads all of them."""
        try:
            found = [f"向量：{row[0]}" for row in self._all("PRAGMA integrity_check") if row[0] != "ok"]
            short = self._all("SELECT count(*) FROM vector WHERE length(value) <> ?", 4 * self._dimension)[0][0]
            if short:
                found.append(
                    f"向量：{short} 个不是 {self._dimension} 维，请运行 draft-assist kb embed --fresh 重新计算"
                )
            folder = self._folder / COLLECTION
            if state := published(folder, self._id):
                Neighbours(folder, state).close()
        except CorpusError as error:
            return [str(error)]
        return found

    def _rows(self, after: int) -> Iterator[Row]:
        """The vectors of a greater number, by number."""
        import numpy as np

        query = "SELECT number, hash, value FROM vector WHERE number > ? ORDER BY number"
        with told(self._folder):
            for number, name, value in self._link.execute(query, (after,)):
                yield Row(number, name, np.frombuffer(value, dtype="<f4"))

    def _of(self, query: str, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The rows of a query that ends where a list of hashes follows."""
        for start in range(0, len(names), _AT_ONCE):
            part = names[start : start + _AT_ONCE]
            yield from self._all(f"{query} ({','.join('?' * len(part))})", *part)

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with told(self._folder):
            return self._link.execute(query, values).fetchall()


def _opens(folder: Path, state: Published) -> bool:
    try:
        Neighbours(folder, state).close()
    except CorpusError:
        return False
    return True


class _Tail:
    """Vectors that are in no collection yet, compared one by one."""

    def __init__(self, last: int) -> None:
        """
        Args:
            last: the number of the last vector before them.
        """
        self.last = last
        self.names: list[str] = []
        self._matrix: np.ndarray | None = None

    def extend(self, rows: Sequence[Row]) -> None:
        """Take up those that came since."""
        import numpy as np

        if rows:
            fresh = np.stack([row.vector for row in rows])
            self._matrix = fresh if self._matrix is None else np.concatenate([self._matrix, fresh])
            self.names += [row.key for row in rows]
            self.last = rows[-1].number

    def nearest(self, vector: np.ndarray, limit: int) -> list[str]:
        """The names of those nearest to a vector, in no order; more where some are as near as the last."""
        import numpy as np

        if self._matrix is None or len(self.names) <= limit:
            return list(self.names)
        cosines = self._matrix @ vector
        last = np.partition(cosines, len(cosines) - limit)[len(cosines) - limit]
        return [self.names[place] for place in np.flatnonzero(cosines >= last - _INEXACT)]
