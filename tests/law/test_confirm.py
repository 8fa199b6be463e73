"""The answers on two dates, with a store of invented versions."""

from __future__ import annotations

import datetime as dt

import pytest
from citation_factory import document_of, statutes_in

from draft_assist.law.confirm import Confirmed, cite
from draft_assist.law.store import Statutes
from draft_assist.model import Answer

NOW = dt.date(2026, 11, 1)
OLD, BETWEEN, NEW = dt.date(2005, 1, 1), dt.date(2015, 1, 1), dt.date(2022, 1, 1)


@pytest.fixture(scope="module")
def statutes(tmp_path_factory) -> Statutes:
    return statutes_in(tmp_path_factory.mktemp("law"))


def answered(text: str, statutes: Statutes, then: dt.date | None) -> Confirmed:
    (one,) = cite(document_of(text), statutes, as_of=NOW, dated=then)
    return one


@pytest.mark.parametrize(
    ("text", "then", "before", "now"),
    [
        pytest.param("依照《渡口法》第一条", NEW, Answer.STANDS, Answer.STANDS, id="unchanged since"),
        pytest.param("依照《渡口法》第一条", BETWEEN, Answer.STANDS, Answer.STANDS, id="same words in both wordings"),
        pytest.param("依照《渡口法》第二条", BETWEEN, Answer.STANDS, Answer.MOVED, id="moved to another number"),
        pytest.param("依照《渡口法》第三条", BETWEEN, Answer.STANDS, Answer.AMENDED, id="other words, nowhere now"),
        pytest.param("依照《渡口法》第三条第二款", NEW, Answer.ARTICLE_ABSENT, Answer.ARTICLE_ABSENT, id="no such 款"),
        pytest.param("依照《渡口法》第八条", NEW, Answer.ARTICLE_ABSENT, Answer.ARTICLE_ABSENT, id="no such 条"),
        pytest.param(
            "依照《渡口法》第一条", OLD, Answer.WORDING_NOT_HELD, Answer.AMENDED, id="older than the oldest held"
        ),
        pytest.param(
            "依照《新水法》第一条", NEW, Answer.NOT_YET_IN_FORCE, Answer.NOT_YET_IN_FORCE, id="not yet in force"
        ),
        pytest.param("依照《旧桥法》第一条", BETWEEN, Answer.REPEALED, Answer.REPEALED, id="repealed by then"),
        pytest.param(
            "依照《旧桥法》第一条", OLD, Answer.WORDING_NOT_HELD, Answer.REPEALED, id="in force then, repealed now"
        ),
        pytest.param("依照《青榆县渡口条例》第一条", NEW, Answer.NOT_IN_CORPUS, Answer.NOT_IN_CORPUS, id="not held"),
        pytest.param(
            "依照《渡口和桥梁实施法》第一条", NEW, Answer.TITLE_NOT_EXACT, Answer.TITLE_NOT_EXACT, id="wrong title"
        ),
    ],
)
def test_the_answers_of_both_days(text, then, before, now, statutes) -> None:
    one = answered(text, statutes, then)
    assert (one.answer_when_written, one.answer) == (before, now)


def test_where_the_words_moved_to_is_said(statutes) -> None:
    one = answered("依照《渡口法》第二条", statutes, BETWEEN)
    assert one.moved_to is not None
    assert one.moved_to.show() == "第三条"


def test_without_a_date_of_its_own_only_today_is_answered(statutes) -> None:
    one = answered("依照《渡口法》第二条", statutes, None)
    assert (one.answer_when_written, one.answer) == (None, Answer.STANDS)


def test_what_is_lacking_is_never_said_not_to_exist(statutes) -> None:
    one = answered("依照《青榆县渡口条例》第一条", statutes, None)
    assert "不能据此判断" in one.note


def test_masked_and_damaged_citations_are_not_looked_up(statutes) -> None:
    assert answered("依照《××市渡口办法》第一条", statutes, None).answer is Answer.MASKED
    assert answered("按照青政发〔201423号执行", statutes, None).answer is Answer.DAMAGED


def test_the_real_store_has_no_wrong_repeal() -> None:
    statutes = Statutes.open()
    if not statutes.titles():
        pytest.skip("the data package is not installed")
    one = answered("依照《农村土地承包法》第五条", statutes, None)
    assert one.answer is Answer.STANDS  # marked 已废止 in the data, with no clause that repeals it
    assert "未采信" in one.note


def test_where_an_article_went_is_told_as_generally_known_only() -> None:
    statutes = Statutes.open()
    if not statutes.titles():
        pytest.skip("the data package is not installed")
    one = answered("依照《行政处罚法》第四十二条", statutes, dt.date(2018, 1, 1))
    assert one.answer is Answer.AMENDED
    assert "第六十三条、第六十四条" in one.note
    assert "未与旧文本核对" in one.note
