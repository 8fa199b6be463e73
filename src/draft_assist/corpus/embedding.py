"""Dense vectors for the corpus: made on demand, resumed where they stopped, used by searches when they are there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from draft_assist.corpus.dense import Vectors, begin_anew, has_vectors
from draft_assist.corpus.embed import make_embedder
from draft_assist.corpus.home import VECTORS
from draft_assist.corpus.index import embedded_text, text_key
from draft_assist.corpus.search import Filters, Searcher
from draft_assist.corpus.store import Store
from draft_assist.corpus.vector_file import remove_old
from draft_assist.egress import Reach, reach_of
from draft_assist.errors import CorpusError, ModelError, OptionError
from draft_assist.load.secrecy import is_of_mark

_AT_ONCE = 500


class Embedded(NamedTuple):
    """What a run did.

    Attributes:
        made: vectors.
        held: vectors of what is searched.
        left: vectors of what is searched that are still to be made.
        removed: vectors of texts that the corpus no longer holds.
        kept_inside: texts of inner papers, which are sent to no other host: they are found by their words alone.
        freed: bytes of old files of vectors that were removed.
    """

    made: int
    held: int
    left: int
    removed: int = 0
    freed: int = 0
    kept_inside: int = 0


def embed_corpus(
    home: Path,
    *,
    as_of: dt.date,
    fresh: bool = False,
    limit: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    indexing: Callable[[int, int], None] = lambda done, total: None,
) -> Embedded:
    """Make the vectors that lack of what is searched by default on `as_of`.

    When none is left to make, those of texts that are gone from the corpus are removed, and so are old files.

    Args:
        fresh: remove those there are first.
        limit: of vectors made now; None for all.
        progress, indexing: called with how many vectors are made, or then indexed, and how many there are.

    Raises:
        CorpusError: no corpus, no room, another process is at it, or the vectors are of another model.
        ModelError: the embedding endpoint was not reached; what was made before is kept.
    """
    searcher = Searcher(home)
    folder = home / VECTORS
    embedder = make_embedder()
    if fresh:
        embedder.query("试")  # a model that does not run fails here, before hours of work are set aside
        begin_anew(folder)
    wanted = searcher.searched_ids(Filters(as_of=as_of))
    inner = _inner_papers(searcher) if embedder.url and reach_of(embedder.url) is not Reach.HOST else frozenset()
    with Vectors.open(folder, embedder, writable=True) as vectors:
        texts = dict(_texts(searcher, wanted, inner))
        missing = vectors.missing(texts)
        now = missing[:limit]
        left = len(missing) - len(now)
        before = vectors.count
        made = vectors.fill(
            [(key, texts[key]) for key in now],
            keep=None if left else _held_keys(home),
            progress=progress,
            indexing=indexing,
        )
        removed = before + made - vectors.count
    return Embedded(made, len(texts) - left, left, removed, 0 if left else remove_old(folder), len(inner))


def _held_keys(home: Path) -> set[str]:
    """The names of the vectors of all that the corpus holds, in force or not: another `as_of` searches other texts."""
    with Store(home) as store:
        return {text_key(embedded_text(title, trail, text)).hex() for *_, title, trail, text in store.passages()}


def _inner_papers(searcher: Searcher) -> frozenset[int]:
    """The ids of the versions that came out of files with a mark."""
    return frozenset(
        one for one in searcher.versions if any(is_of_mark(w) for row in searcher.sources(one) for w in row.warnings)
    )


def _texts(searcher: Searcher, ids: list[int], inner: frozenset[int]) -> Iterator[tuple[str, str]]:
    for start in range(0, len(ids), _AT_ONCE):
        for held in searcher.articles(ids[start : start + _AT_ONCE]).values():
            if held.version.id in inner:
                continue
            text = embedded_text(held.version.title, " ".join(held.article.trail), held.article.text)
            yield text_key(text).hex(), text


def open_searcher(home: Path) -> tuple[Searcher, str]:
    """The corpus with its vectors where there are any.

    Returns:
        The searcher and, when there are vectors that cannot be used, why, in Chinese; "" otherwise.

    Raises:
        CorpusError: there is no corpus.
    """
    folder = home / VECTORS
    if not has_vectors(folder):
        return Searcher(home), ""
    try:
        return Searcher(home, Vectors.open(folder, make_embedder())), ""
    except (CorpusError, ModelError, OptionError) as error:
        return Searcher(home), str(error)
