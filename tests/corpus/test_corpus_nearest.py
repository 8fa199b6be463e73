"""The nearest vectors when many are equally near, part of them in the collection and part of them not yet."""

from __future__ import annotations

import string
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from bigram_embedder import Bigrams
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from draft_assist.corpus.dense import Vectors

pytest.importorskip("chromadb", reason="chromadb is not installed (extra kb)")

# Few different texts under many names: nearly all are ties.
WORDS = st.sampled_from(["渡船", "渡口", "古井", "古井与渡口", "路灯"])
NAMES = st.text(string.hexdigits, min_size=1, max_size=6)
CORPORA = st.dictionaries(NAMES, WORDS, min_size=1, max_size=40)


def ranked(texts: dict[str, str], query: str) -> list[tuple[str, float]]:
    """By comparing with all."""
    vector = Bigrams().query(query)
    cosines = [(name, float((Bigrams().query(text) * vector).sum())) for name, text in texts.items()]
    return sorted(cosines, key=lambda pair: (-pair[1], pair[0]))


def not_indexed(vectors: Vectors, texts: dict[str, str]) -> None:
    """Embed, without a collection."""
    vectors.fill(texts.items(), stop=lambda: vectors.count == len(texts))


@settings(max_examples=40, deadline=None)
@given(CORPORA, WORDS, st.integers(1, 45))
def test_ties_are_in_the_order_of_their_names_and_the_first_of_them_are_kept(
    texts: dict[str, str], query: str, limit: int
) -> None:
    with TemporaryDirectory() as folder, Vectors.open(Path(folder) / "v", Bigrams(), writable=True) as vectors:
        not_indexed(vectors, texts)
        assert not (Path(folder) / "v" / "chroma").exists()
        assert vectors.nearest(query, limit) == ranked(texts, query)[:limit]


@settings(max_examples=8, deadline=None, phases=[Phase.generate])
@given(CORPORA, CORPORA, WORDS, st.integers(1, 45))
def test_what_came_after_the_collection_is_ranked_among_what_it_finds(
    texts: dict[str, str], later: dict[str, str], query: str, limit: int
) -> None:
    together = later | texts
    with TemporaryDirectory() as folder, Vectors.open(Path(folder) / "v", Bigrams(), writable=True) as vectors:
        vectors.fill(texts.items())
        not_indexed(vectors, together)
        found, best = vectors.nearest(query, limit), ranked(together, query)
    places = [best.index(pair) for pair in found]
    assert places == sorted(set(places))
    # Of equal vectors the collection may miss some; what is compared one by one is all there.
    newer = [pair for pair in best if pair[0] not in texts]
    if len(texts) > 1:
        assert [pair for pair in found if pair[0] not in texts] == [
            pair for pair in newer if len(found) < limit or best.index(pair) <= places[-1]
        ]
    else:
        assert found == best[:limit]


@pytest.mark.parametrize("dimension", [2, 3, 7, 64, 384])
def test_the_cosine_of_a_text_does_not_depend_on_what_it_is_compared_with(tmp_path: Path, dimension: int) -> None:
    class Wide(Bigrams):
        def query(self, text: str) -> np.ndarray:
            vector = np.random.default_rng(len(text)).standard_normal(dimension).astype(np.float32)
            return np.asarray(vector / np.linalg.norm(vector))

    embedder = Wide()
    embedder.dimension = dimension
    with Vectors.open(tmp_path, embedder, writable=True) as vectors:
        vectors.fill([(f"h{place:02}", "渡" * (1 + place % 3)) for place in range(33)])
        names = [f"h{place:02}" for place in range(33)]
        whole = vectors.similarity("渡船过河", names)
        for place, name in enumerate(names):
            assert vectors.similarity("渡船过河", names[place:])[0] == whole[place], name
        assert len(set(whole.tolist())) == 3
