"""The words of a query that are searched."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draft_assist.corpus.query import legal_terms, searched_words
from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.law.store import Statutes

LAY_WORDS = read_struct(knowledge_path("lay_words.yaml"), dict[str, str])


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
    assert searched_words(query, stands_in_draft=True) == searched


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
    assert searched_words(query, stands_in_draft=True) == query


@given(st.text(alphabet="青榆省市县区公安局人民政府，。本应当罚款", max_size=40))
def test_what_is_left_stands_in_the_query_in_its_order(query: str) -> None:
    left = iter(query)
    assert all(letter in left for letter in searched_words(query, stands_in_draft=True))


# --- everyday words ------------------------------------------------------------------------------------------------


def test_the_laws_words_stand_after_a_question_in_everyday_words() -> None:
    assert searched_words("打人要罚钱吗") == "打人要罚钱吗，殴打他人，罚款，行政处罚"


def test_a_term_that_is_there_already_is_not_added() -> None:
    assert legal_terms("罚钱是罚款吗") == ("行政处罚",)


def test_the_longer_word_counts() -> None:
    assert "饲养的动物造成他人损害" in legal_terms("狗咬人谁赔钱")
    assert legal_terms("开罚单") == ("作出行政处罚决定",)


def test_clauses_of_drafts_and_long_queries_stay_as_they_are() -> None:
    assert searched_words("老板应当发工钱", stands_in_draft=True) == "老板应当发工钱"
    long = "老板应当发工钱。" * 6
    assert searched_words(long) == long


@given(st.text(max_size=60))
def test_any_question_keeps_its_own_words(question: str) -> None:
    assert searched_words(question).startswith(searched_words(question, stands_in_draft=True))


def test_no_everyday_word_stands_for_itself() -> None:
    assert [word for word, terms in LAY_WORDS.items() if word == terms or not terms.strip()] == []


def test_every_term_stands_in_some_law() -> None:
    statutes = Statutes.open()
    day = dt.date(2026, 11, 22)
    text = "\n".join(article.text for title in statutes.titles() for article in statutes.articles(title, day))
    terms = {term for words in LAY_WORDS.values() for term in words.split()}
    assert [term for term in sorted(terms) if term not in text] == []
