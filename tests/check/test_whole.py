"""Matches about the whole document: when an absence matters, how steps are compared, what is counted."""

from __future__ import annotations

import datetime as dt

import pytest
from check_factory import NOW, document_of, kit

from draft_assist.check.matching import Absence, Count, Order, Words
from draft_assist.check.run import check
from draft_assist.check.special.paper import Paper, Spot, Step, Taken
from draft_assist.check.whole import find_spots, is_whole
from draft_assist.model import Kind, Rank

NOTICE = """芦湾县人民政府关于规范枣林放蜂秩序的通告

芦湾政规〔2026〕6号

　　现就有关事项通告如下：
　　一、养蜂人不得堵塞机耕道。
　　本通告自2026年9月1日起施行。

芦湾县人民政府
2026年7月20日
"""
EXCERPT = "第八条　养蜂人不得堵塞机耕道。\n"
SAY = "关于《芦湾县人民政府关于规范枣林放蜂秩序的通告》的起草说明\n\n　　2026年6月，组织了调研。\n"


def paper_of(text: str = NOTICE, *papers: str, steps: tuple[Step, ...] | None = None) -> Paper:
    companions = tuple(document_of(paper, "材料.txt") for paper in papers)
    return Paper(document_of(text), Kind.NORMATIVE_DOCUMENT, Rank.COUNTY, NOW, companions, steps=steps)


def spots(match: Absence | Order | Count, paper: Paper) -> list[str]:
    return [paper.document.text_of(spot.span) for spot in find_spots(match, paper)]


def step(id_: str, month: int, day: int, **more: object) -> Step:
    return Step(id_, dt.date(2026, month, day), "“材料.txt”第1行", "原话", **more)  # type: ignore[arg-type]


# --- whole documents ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (NOTICE, True),
        ("芦湾县枣林放蜂办法（征求意见稿）\n\n第一条　为了放蜂。\n第二条　养蜂人登记。\n第三条　本办法试行。\n", True),
        (EXCERPT, False),
        ("　　养蜂人不得堵塞机耕道，应当与承包户商定位置。\n", False),
    ],
)
def test_an_excerpt_is_told_from_a_document(text, whole) -> None:
    assert is_whole(document_of(text)) is whole


# --- absence ------------------------------------------------------------------------------------------------------

TITLE = "芦湾县人民政府关于规范枣林放蜂秩序的通告"


def test_words_that_stand_nowhere_are_reported_at_the_title() -> None:
    assert spots(Absence(words="解释"), paper_of()) == [TITLE]
    assert spots(Absence(words="施行"), paper_of()) == []


def test_an_absence_can_be_reported_at_the_end_and_depend_on_words() -> None:
    assert spots(Absence(words="解释", at="end"), paper_of()) == ["本通告自2026年9月1日起施行。"]
    assert spots(Absence(words="解释", given=Words(has="罚款")), paper_of()) == []


def test_an_excerpt_lacks_nothing() -> None:
    assert spots(Absence(words="解释"), paper_of(EXCERPT)) == []
    assert spots(Absence(fact="effective_date"), paper_of(EXCERPT)) == []


def test_a_fact_that_is_not_stated() -> None:
    assert spots(Absence(fact="validity"), paper_of()) == [TITLE]
    assert spots(Absence(fact="effective_date"), paper_of()) == []


def test_a_step_is_missing_only_from_papers_that_were_given() -> None:
    absence = Absence(step="legality_review")
    assert spots(absence, paper_of()) == []
    assert spots(absence, paper_of(NOTICE, SAY)) == [TITLE]
    (spot,) = find_spots(absence, paper_of(NOTICE, SAY))
    assert spot.values == {"papers": "“材料.txt”", "step": "合法性审核"}


def test_a_step_that_is_not_needed_is_not_missing_and_one_left_out_is() -> None:
    absence = Absence(step="fair_competition_review")
    assert spots(absence, paper_of(NOTICE, SAY + "　　不涉及经营者经济活动，无需公平竞争审查。\n")) == []
    assert spots(absence, paper_of(NOTICE, SAY + "　　尚未开展公平竞争审查。\n")) == [TITLE]


def test_other_steps_can_be_asked_for_or_barred() -> None:
    inside = SAY + "　　书面征求了各部门意见。\n"
    absence = Absence(step="opinions_sought", given_step="opinions_of_departments")
    assert spots(absence, paper_of(NOTICE, inside)) == [TITLE]
    assert spots(absence, paper_of(NOTICE, SAY)) == []
    assert spots(Absence(step="opinions_sought", unless_step="opinions_of_departments"), paper_of(NOTICE, inside)) == []


# --- order --------------------------------------------------------------------------------------------------------

REVIEW_FIRST = Order(earlier="legality_review", later="collective_discussion")


@pytest.mark.parametrize(
    ("steps", "wrong"),
    [
        ((step("legality_review", 5, 20), step("collective_discussion", 6, 10)), False),
        ((step("legality_review", 6, 10), step("collective_discussion", 6, 10)), False),
        ((step("legality_review", 6, 20), step("collective_discussion", 6, 10)), True),
        # A second round after the meeting does not undo the first.
        ((step("legality_review", 5, 20), step("legality_review", 6, 20), step("collective_discussion", 6, 10)), False),
        # What was only planned, and what another document's papers say, is not compared.
        ((step("legality_review", 6, 20, taken=Taken.PLANNED), step("collective_discussion", 6, 10)), False),
        ((step("legality_review", 6, 20, about=False), step("collective_discussion", 6, 10)), False),
        ((step("legality_review", 6, 20),), False),
    ],
)
def test_order_of_two_steps(steps, wrong) -> None:
    assert spots(REVIEW_FIRST, paper_of(steps=steps)) == ([TITLE] if wrong else [])


def test_a_step_out_of_order_is_told_with_dates_and_papers() -> None:
    steps = (step("legality_review", 6, 20), step("collective_discussion", 6, 10))
    (spot,) = find_spots(REVIEW_FIRST, paper_of(steps=steps))
    assert spot.values["earlier"] == "合法性审核（2026年6月20日，“材料.txt”第1行）"
    assert spot.values["days"] == "-10"


def test_days_between_two_steps() -> None:
    steps = (step("signing", 7, 20), step("publication", 9, 10))
    assert spots(Order(earlier="signing", later="publication", at_most_days=36), paper_of(steps=steps)) == [TITLE]
    assert spots(Order(earlier="signing", later="publication", at_most_days=60), paper_of(steps=steps)) == []
    assert spots(Order(earlier="signing", later="publication", at_least_days=60), paper_of(steps=steps)) == [TITLE]


def test_the_words_that_fix_the_date_are_reported_where_the_document_has_them() -> None:
    early = NOTICE.replace("2026年9月1日起施行", "2026年6月1日起施行")
    assert spots(Order(earlier="signing", later="effective"), paper_of(early)) == ["自2026年6月1日起施行"]


# --- count --------------------------------------------------------------------------------------------------------


def test_words_and_numbers_are_counted() -> None:
    assert spots(Count(words="养蜂人", above=0), paper_of()) == ["养蜂人"]
    assert spots(Count(words=r"(?P<n>\d+)月", above=8), paper_of()) == ["9月"]


@pytest.mark.parametrize(("days", "excused", "reported"), [(15, False, True), (15, True, False), (30, False, False)])
def test_the_length_of_a_step(days, excused, reported) -> None:
    steps = (step("opinions_sought", 5, 20, days=days, excused=excused),)
    found = spots(Count(days_of="opinions_sought", below=30), paper_of(steps=steps))
    assert found == ([TITLE] if reported else [])


def test_the_longest_of_several_rounds_counts() -> None:
    steps = (step("opinions_sought", 5, 20, days=15), step("opinions_sought", 7, 20, days=31))
    assert spots(Count(days_of="opinions_sought", below=30), paper_of(steps=steps)) == []


def test_words_of_the_papers_can_be_asked_for() -> None:
    count = Count(times_of="need_assessed", above=0, given_papers=Words(has="重大行政决策"))
    assert spots(count, paper_of(NOTICE, SAY)) == []
    assert spots(count, paper_of(NOTICE, SAY.replace("组织", "按重大行政决策组织专题调研，组织"))) == [TITLE]


@pytest.mark.parametrize("fields", [{"words": "a", "days_of": "b", "above": 1}, {"above": 1}, {"words": "a"}])
def test_a_count_that_asks_for_two_things_or_nothing_is_refused(fields) -> None:
    with pytest.raises(ValueError, match="count"):
        Count(**fields)


# --- several findings on the title --------------------------------------------------------------------------------


def test_what_is_wrong_with_the_whole_stands_side_by_side_on_the_title() -> None:
    companions = (document_of("工作记录\n\n　　已收到来信。\n", "记录.txt"),)
    notice = document_of(NOTICE.replace("养蜂人", "养蜂合作社"))
    checks = check(notice, kit(), as_of=NOW, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT, companions=companions)
    codes = {finding.code for finding in checks.findings}
    assert {"PROC-001", "PROC-002", "PROC-003", "PROC-005"} <= codes


def test_spots_are_never_empty() -> None:
    assert all(isinstance(spot, Spot) and len(spot.span) for spot in find_spots(Absence(words="解释"), paper_of()))
