"""Passages that are near to a query by their vectors, where words alone find none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from draft_assist.corpus.dense import Vectors
from draft_assist.corpus.index import Index, Passage, build_index, embedded_text, text_key
from draft_assist.corpus.near import Near
from draft_assist.corpus.ranking import rank_passages

PASSAGES = [
    Passage(1, 10, 0, "青榆县渡口规定", "第一章　总则", "渡船船员应当穿戴救生衣。"),
    Passage(2, 10, 1, "青榆县渡口规定", "", "渡口经营人应当张贴票价。"),
    Passage(3, 20, 0, "白杨县集市规定", "", "摊主应当公示价目。"),
    Passage(4, 30, 0, "白杨县集市规定", "", "摊主应当公示价目。"),
]
TOPICS = (("船", "过河"), ("票", "价", "要钱"), ("集", "摆摊"))


class Topics:
    """Knows three topics by a few words each."""

    name = "topics"
    dimension = len(TOPICS) + 1
    url = ""

    def query(self, text: str) -> np.ndarray:
        own = np.array([sum(word in text for word in words) for words in TOPICS] + [0.1], dtype=np.float32)
        return own / np.linalg.norm(own)

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self.query(text) for text in texts])


@pytest.fixture
def index(tmp_path: Path) -> Index:
    (tmp_path / "index").mkdir()
    build_index(PASSAGES, tmp_path / "index")
    return Index(tmp_path / "index")


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[Vectors]:
    texts = [embedded_text(one.title, one.trail, one.text) for one in PASSAGES]
    with Vectors.open(tmp_path / "vectors", Topics(), writable=True) as opened:
        opened.fill([(text_key(text).hex(), text) for text in texts])
        yield opened


def everything() -> np.ndarray:
    return np.ones(len(PASSAGES), dtype=bool)


def test_a_question_that_shares_no_word_is_answered_by_meaning(index: Index, vectors: Vectors) -> None:
    question = "过河咋办"
    assert not len(rank_passages(index, question, everything()).ids)
    found = rank_passages(index, question, everything(), near=Near(question, vectors, index))
    assert found.ids[0] == 1


def test_what_is_not_allowed_is_not_found_however_near(index: Index, vectors: Vectors) -> None:
    allowed = index.article_ids != 1
    found = rank_passages(index, "过河咋办", allowed, near=Near("过河咋办", vectors, index))
    assert 1 not in found.ids


def test_passages_of_the_same_words_share_a_vector_and_are_both_near(index: Index, vectors: Vectors) -> None:
    near = Near("摆摊要钱", vectors, index)
    assert vectors.count == 3
    assert set(near.passages(1).tolist()) == {2, 3}
    assert near.cosines(np.array([2, 3, 0]))[0] == near.cosines(np.array([2, 3, 0]))[1]


def test_a_passage_without_a_vector_has_no_cosine_and_is_found_by_its_words(index: Index, tmp_path: Path) -> None:
    with Vectors.open(tmp_path / "few", Topics(), writable=True) as few:
        few.fill([("0" * 32, "别处的文本，讲船")])
        near = Near("渡船船员穿戴救生衣", few, index)
        assert np.isnan(near.cosines(np.array([0]))).all()
        assert not len(near.passages(5))
        assert rank_passages(index, near.query, everything(), near=near).ids[0] == 1


def test_headings_and_title_are_embedded_with_the_words() -> None:
    assert embedded_text("渡口规定", "第一章　总则", "第一条 略。") == "渡口规定 第一章　总则 第一条 略。"
    assert embedded_text("渡口规定", "", "第一条 略。") == "渡口规定 第一条 略。"
