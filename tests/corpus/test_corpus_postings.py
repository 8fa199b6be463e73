"""Counting terms: by text and by owner, in parts of any size, and the weights made of the counts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from draft_assist.corpus import index as index_module
from draft_assist.corpus.index import Passage, build_index
from draft_assist.corpus.postings import Postings, by_owner, count_terms

TEXTS = st.lists(st.lists(st.sampled_from([0, 3, 4, 2**42 - 1]), max_size=6), min_size=1, max_size=8)


def counted(texts: list[list[int]], first: int = 0) -> Postings:
    terms = [term for text in texts for term in text]
    places = [place for place, text in enumerate(texts) for _ in text]
    return count_terms(np.array(terms, dtype=np.int64), np.array(places, dtype=np.int32), first)


def spelled_out(postings: Postings) -> list[tuple[int, int, int]]:
    """Term, text and count, in the order of the postings."""
    terms = np.repeat(postings.terms, postings.sizes).tolist()
    texts = (postings.first + postings.texts.astype(int)).tolist()
    return list(zip(terms, texts, postings.counts.tolist(), strict=True))


@given(TEXTS, st.integers(0, 5))
def test_every_term_of_every_text_is_counted_in_order(texts: list[list[int]], first: int) -> None:
    expected = Counter((term, first + place) for place, text in enumerate(texts) for term in text)
    assert spelled_out(counted(texts, first)) == [(*pair, expected[pair]) for pair in sorted(expected)]


@given(TEXTS, st.lists(st.integers(0, 3), min_size=8, max_size=8), st.integers(0, 8))
def test_counts_by_owner_do_not_depend_on_where_the_parts_are_cut(
    texts: list[list[int]], owners: list[int], cut: int
) -> None:
    parts = [counted(texts[:cut]), counted(texts[cut:], first=len(texts[:cut]))]
    expected = Counter((term, owners[place]) for place, text in enumerate(texts) for term in text)
    found = by_owner(parts, np.array(owners))
    assert spelled_out(found) == [(*pair, expected[pair]) for pair in sorted(expected)]


def test_a_term_that_fills_a_text_is_counted_whole() -> None:
    postings = counted([[7] * 300, [7] * 70_000, [8]])
    assert spelled_out(postings) == [(7, 0, 300), (7, 1, 70_000), (8, 2, 1)]
    assert spelled_out(by_owner([postings, postings], np.array([0, 0, 1]))) == [(7, 0, 140_600), (8, 1, 2)]


def test_what_is_held_of_a_whole_corpus_is_small() -> None:
    postings = counted([[7, 8, 8]] * 4_000)
    assert postings.texts.itemsize + postings.counts.itemsize == 3


def test_an_index_made_block_by_block_is_the_same_to_the_last_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("渡口", "船员", "应当", "救生衣", "票价", "检修", "登记", "不得", "超载", "停航")
    passages = [
        Passage(place, 50 + place // 7, place % 7, f"青榆县规定{place // 7}", "", "".join(
            words[place * step % 10] for step in range(1, 4 + place % 5)
        ))
        for place in range(60)
    ]  # fmt: skip
    contents = []
    for size in (1_000, 11, 1):  # a version stands in two blocks, and each passage in a block of its own
        monkeypatch.setattr(index_module, "_BLOCK", size)
        folder = tmp_path / str(size)
        folder.mkdir()
        build_index(passages, folder)
        files = sorted(path for path in folder.rglob("*") if path.suffix != ".npz" and path.is_file())
        contents.append({path.relative_to(folder): path.read_bytes() for path in files})
        with np.load(folder / "arrays.npz") as arrays:
            contents[-1] |= {Path(name): arrays[name].tobytes() for name in arrays.files}
    assert len(contents[0]) > 20
    assert contents[0] == contents[1] == contents[2]
