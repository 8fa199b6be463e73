"""The names of vectors in the index: from a passage to its name, and from names to passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from draft_assist.corpus.index import Index, Passage, build_index, embedded_text, text_key

WELL = ("青榆县古井规定", "第一章", "古井应当挂牌。")
LAMP = ("青榆县路灯规定", "", "路灯应当检修。")
TEXTS = [WELL, LAMP, WELL, LAMP, LAMP]


def name_of(text: tuple[str, str, str]) -> str:
    return text_key(embedded_text(*text)).hex()


@pytest.fixture
def index(tmp_path: Path) -> Index:
    build_index([Passage(100 + place, place, 0, *text) for place, text in enumerate(TEXTS)], tmp_path)
    return Index(tmp_path)


def test_each_name_leads_to_all_passages_of_its_text_in_the_order_of_the_names(index: Index) -> None:
    assert index.places_of([name_of(LAMP), name_of(WELL)]).tolist() == [1, 3, 4, 0, 2]
    assert index.keys_of(index.places_of([name_of(WELL)])) == [name_of(WELL)] * 2


def test_a_name_that_the_index_does_not_hold_leads_nowhere(index: Index) -> None:
    alike = name_of(WELL)[:16] + "0" * 16  # begins as one that is there
    assert index.places_of([alike, "f" * 32, "0" * 32, name_of(WELL)]).tolist() == [0, 2]
    assert index.places_of([]).tolist() == []


def test_an_empty_index_holds_no_name(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    build_index([], tmp_path / "empty")
    assert Index(tmp_path / "empty").places_of([name_of(WELL)]).tolist() == []
