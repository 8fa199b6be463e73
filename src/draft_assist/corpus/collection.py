"""The Chroma collection: finds the vectors nearest to one without comparing with all.

    <folder>/<name>/     a collection, whole
    <folder>/current     names the one in use

Chroma writes its index in place, and a process that is killed then leaves one that never opens again (two of seven
kills did). So a collection is made in a folder of its own from the vectors kept beside it, comes into use whole, and is
not written to again: whoever reads it is not disturbed by the next one, and losing it loses nothing. Damaged files of
its index are told by their checksums: Chroma itself crashes on some and finds wrong texts with others.
"""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec

from draft_assist.errors import CorpusError

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection

_NAME = "passages"
_CHROMA = "chroma.sqlite3"
_CURRENT = "current"
# One call of Chroma takes 5,461 at most; between calls the work can be stopped.
_AT_ONCE = 1_000
# Measured with multilingual-e5-small on 2,000 articles of the data package, 120 sentences searched: .9991 of the exact
# hundred nearest (16 neighbours and 100: .979); on 24,000 vectors strewn around these .989 (.927).
_CONSTRUCTION, _NEIGHBOURS, _SEARCH = 200, 32, 200


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """The collection in use.

    Attributes:
        name: of its folder.
        source: the id of the vectors that it was made of.
        last: the number of the last vector that went into it.
        count: of the vectors in it.
        sums: the CRC-32 of each file of the index, by its path in the folder. Chroma's own database is not among them:
            it is written to by whoever opens it, and tells itself when it is damaged.
    """

    name: str
    source: str
    last: int
    count: int
    sums: dict[str, int]


class Row(NamedTuple):
    """One vector: its number, which only grows, the hash of its text, and its float32 numbers."""

    number: int
    key: str
    vector: np.ndarray


def published(folder: Path, source: str) -> Published | None:
    """The collection in use; None when there is none that was made of those vectors."""
    try:
        state = msgspec.json.decode((folder / _CURRENT).read_bytes(), type=Published)
    except (OSError, msgspec.DecodeError):
        return None
    return state if state.source == source else None


def publish(
    folder: Path,
    rows: Iterable[Row],
    count: int,
    facts: dict[str, str | int],
    source: str,
    *,
    progress: Callable[[int, int], None],
    stop: Callable[[], bool],
) -> bool:
    """Make a collection and bring it into use. One process at a time may do so.

    Args:
        rows: the vectors, by number.
        count: of them, one or more.
        facts: the name of the model and the dimension, kept in the collection.
        source: the id of the vectors.
        progress: called now and then with how many are in and how many there are.
        stop: asked now and then; True gives up.

    Returns:
        False when it was stopped.

    Raises:
        CorpusError: Chroma fails.
        OSError: it cannot be written.
    """
    before = published(folder, source)
    for left in folder.glob("*.part"):
        shutil.rmtree(left, ignore_errors=True)  # a process was killed over it
    # A name is never used again: Chroma keeps what it opened under a path for the life of the process.
    name = token_hex(8)
    part = folder / f"{name}.part"
    part.mkdir(parents=True)
    last = _fill(part, rows, count, facts, progress, stop)
    if last is None:
        shutil.rmtree(part, ignore_errors=True)
        return False
    # The queue that Chroma has worked off leaves the file as large as it was at its longest.
    with closing(sqlite3.connect(part / _CHROMA)) as link:
        link.execute("VACUUM")
    fresh = Published(name=name, source=source, last=last, count=count, sums=_sums(part))
    part.rename(folder / name)
    named = folder / f"{_CURRENT}.new"
    named.write_bytes(msgspec.json.encode(fresh))
    named.replace(folder / _CURRENT)
    _sweep(folder, keep={name, before.name if before else ""})
    return True


def _sums(folder: Path) -> dict[str, int]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(_CHROMA))
    return {path.relative_to(folder).as_posix(): _sum(path) for path in files}


def _sum(file: Path) -> int:
    found = 0
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            found = zlib.crc32(block, found)
    return found


def _fill(
    folder: Path,
    rows: Iterable[Row],
    count: int,
    facts: dict[str, str | int],
    progress: Callable[[int, int], None],
    stop: Callable[[], bool],
) -> int | None:
    """Write the vectors into a new collection; the number of the last, None when stopped."""
    left, last, done = iter(rows), 0, 0
    with _told(folder, _unmade), closing(_client(folder)) as client:
        # Written to disk once, at the end: a reader finds nothing left for it to work off.
        index: CreateHNSWConfiguration = {
            "space": "cosine",
            "ef_construction": _CONSTRUCTION,
            "max_neighbors": _NEIGHBOURS,
            "ef_search": _SEARCH,
            "sync_threshold": max(2, count),
            "batch_size": min(100, max(2, count)),
        }
        made = client.create_collection(_NAME, embedding_function=None, metadata=facts, configuration={"hnsw": index})
        while batch := list(islice(left, _AT_ONCE)):
            if stop():
                return None
            made.add(ids=[row.key for row in batch], embeddings=[row.vector for row in batch])
            last = batch[-1].number
            done += len(batch)
            progress(done, count)
    return last


def _sweep(folder: Path, keep: set[str]) -> None:
    """Remove the collections of before; the one just replaced may still be read."""
    for path in folder.iterdir():
        if path.is_dir() and path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


class Neighbours:
    """A published collection, open for reading."""

    def __init__(self, folder: Path, state: Published) -> None:
        """
        Raises:
            CorpusError: it is not there, damaged, or does not hold what it should.
        """
        self._path = folder / state.name
        with _told(self._path, _damaged):
            if not (self._path / _CHROMA).is_file() or _sums(self._path) != state.sums:
                raise _damaged(self._path, "文件不全或者有改动")
            self._client = _client(self._path)
            try:
                self._collection: Collection = self._client.get_collection(_NAME, embedding_function=None)
                count = self._collection.count()
                if count != state.count:
                    raise _damaged(self._path, f"应有 {state.count} 个向量，实有 {count} 个")
            except BaseException:
                self._client.close()
                raise

    def nearest(self, vector: np.ndarray, limit: int) -> Sequence[str]:
        """The hashes of the texts nearest to a vector, nearest first.

        Raises:
            CorpusError: the collection is damaged.
        """
        with _told(self._path, _damaged):
            return self._collection.query(query_embeddings=[vector], n_results=limit, include=[])["ids"][0]

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()


def _client(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings

    # All that could lead out of this machine is named, so that no variable and no .env file of the user changes it.
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # a parameter that pydantic adds
        anonymized_telemetry=False,
        chroma_api_impl="chromadb.api.rust.RustBindingsAPI",
        chroma_otel_collection_endpoint="",
    )
    return cast("Client", chromadb.PersistentClient(str(folder), settings=settings))


@contextmanager
def _told(folder: Path, fault: Callable[[Path, str], CorpusError]) -> Iterator[None]:
    """Turns whatever Chroma raises into an error that says what the user can do.

    Raises:
        CorpusError: in place of it.
    """
    try:
        yield
    except (CorpusError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # Damaged files can make its Rust part panic, which is no Exception.
        raise fault(folder, f"{type(error).__name__}：{str(error)[:200]}") from error


def _damaged(folder: Path, why: str) -> CorpusError:
    return CorpusError(
        f"向量索引损坏（{why}）",
        where=str(folder),
        next_step="请运行 draft-assist kb embed 重建；向量都在，不会重新计算",
    )


def _unmade(folder: Path, why: str) -> CorpusError:
    return CorpusError(
        f"没有建成向量索引（{why}）",
        where=str(folder.parent),
        next_step="请检查磁盘空间和权限，再次运行 draft-assist kb embed；向量都在，不会重新计算",
    )
