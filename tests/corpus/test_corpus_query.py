"""The words of a query that are searched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draft_assist.corpus.query import searched_words


@pytest.mark.parametrize(
    ("query", "searched"),
    [
        pytest.param("县公安局可以扣押犬只", "公安局可以扣押犬只", id="the level"),
        pytest.param("青榆县公安局可以扣押犬只", "公安局可以扣押犬只", id="the place"),
        pytest.param("逾期的，由市城市管理局处理", "逾期的，由城市管理局处理", id="within a sentence"),
        pytest.param("报本县人民政府批准", "报人民政府批准", id="this county"),
        pytest.param("应当向县人民政府备案", "应当向人民政府备案", id="words before the level stay"),
        pytest.param("县市场监督管理局负责检查", "市场监督管理局负责检查", id="the name of an organ stays whole"),
    ],
)
def test_the_place_and_level_before_an_organ_are_left_out(query, searched) -> None:
    assert searched_words(query) == searched


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("市容环境卫生责任区", id="a word that begins like a level"),
        pytest.param("县级以上地方人民政府应当保障经费", id="the law's own phrase"),
        pytest.param("自然保护区的区界由国务院批准", id="an area"),
        pytest.param("市场监督管理部门可以查封场所", id="market"),
        pytest.param("罚款", id="one word"),
        pytest.param("", id="nothing"),
    ],
)
def test_all_else_stays(query) -> None:
    assert searched_words(query) == query


@given(st.text(alphabet="青榆省市县区公安局人民政府，。本应当罚款", max_size=40))
def test_what_is_left_stands_in_the_query_in_its_order(query: str) -> None:
    left = iter(query)
    assert all(letter in left for letter in searched_words(query))
