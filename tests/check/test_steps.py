"""Which steps of making papers show: the words, the dates, what was left out, and the ledger."""

from __future__ import annotations

import datetime as dt

import pytest
from check_factory import NOW, document_of

from draft_assist.check.ledger import ledger, unchecked_procedure
from draft_assist.check.profiles import Issuer, Profile, ProfileSource
from draft_assist.check.ruleset import read_ruleset
from draft_assist.check.special.paper import Paper, Taken
from draft_assist.check.steps import Step, listed_steps, read_steps, step_ids
from draft_assist.model import Kind, Rank, StepFound

NOTICE = """芦湾县人民政府关于规范乡村渡船载客的通告

芦湾政规〔2026〕6号

　　现就有关事项通告如下：
　　一、渡船经营者不得超员。
　　二、起草单位应当公开征求意见，并经常务会议审议。
　　本通告自2026年9月1日起施行。

芦湾县人民政府
2026年7月20日
"""
TITLE = "关于《芦湾县人民政府关于规范乡村渡船载客的通告》的起草说明"


def paper_of(*papers: str, notice: str = NOTICE) -> Paper:
    companions = tuple(document_of(text, f"材料{number}.txt") for number, text in enumerate(papers, 1))
    return Paper(document_of(notice), Kind.NORMATIVE_DOCUMENT, Rank.COUNTY, NOW, companions)


def told(sentence: str, step: str) -> list[Step]:
    """What one sentence of a 起草说明 of 2026 says of a step."""
    found = read_steps(paper_of(f"{TITLE}\n\n2026年1月立项。\n{sentence}\n"))
    return [one for one in found if one.id == step]


# --- one sentence -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "step"),
    [
        ("组织专题调研，论证了出台的必要性。", "need_assessed"),
        ("我局开展了制定前评估。", "need_assessed"),
        ("在县政府门户网站公开征求意见。", "opinions_sought"),
        ("将《通告（征求意见稿）》在门户网站向社会征集意见建议。", "opinions_sought"),
        ("面向群众征求了意见。", "opinions_sought"),
        ("书面征求了各乡镇、县直有关部门意见。", "opinions_of_departments"),
        ("共收到意见14条，均已采纳。", "opinions_feedback"),
        ("公示期间未收到意见。", "opinions_feedback"),
        ("召开了渡船经营者座谈会。", "hearing_or_experts"),
        ("委托第三方完成社会稳定风险评估。", "risk_assessment"),
        ("已按要求进行公平竞争审查。", "fair_competition_review"),
        ("县司法局于5月29日出具了审查意见。", "legality_review"),
        ("经县司法局合法性审核。", "legality_review"),
        ("已通过局法规股审核。", "legality_review"),
        ("5月12日报送县司法局审核。", "legality_review_sent"),
        ("经县政府第31次常务会议审议通过。", "collective_discussion"),
        ("经镇党政联席会议研究同意。", "collective_discussion"),
        ("6月10日，县长主持召开县政府常务会议，审议《通告》。", "collective_discussion"),
        ("5月6日至6月5日在局官网挂网征求意见。", "opinions_sought"),
        ("有2家企业提出意见，均予以采纳。", "opinions_feedback"),
        ("对社会稳定风险进行了评估，风险等级为低。", "risk_assessment"),
        ("提交局长办公会议审议并通过。", "collective_discussion"),
        ("经班子成员传阅同意后印发。", "circulation"),
        ("在县政府网站和公告栏公布。", "publication"),
        ("已报市人民政府备案。", "filing"),
    ],
)
def test_a_sentence_shows_a_step(sentence, step) -> None:
    assert [one.taken for one in told(sentence, step)][:1] == [Taken.TAKEN], sentence


@pytest.mark.parametrize(
    ("sentence", "step", "taken"),
    [
        ("因时间关系，未公开征求意见。", "opinions_sought", Taken.OMITTED),
        ("尚未开展公平竞争审查。", "fair_competition_review", Taken.OMITTED),
        ("本通告不涉及经营者经济活动，无需进行公平竞争审查。", "fair_competition_review", Taken.EXEMPT),
        ("经初审，不属于公平竞争审查的范围。", "fair_competition_review", Taken.EXEMPT),
        ("拟于下周公开征求意见。", "opinions_sought", Taken.PLANNED),
        ("现提请县政府常务会议审议。", "collective_discussion", Taken.PLANNED),
        ("5月12日送县司法局合法性审核。", "legality_review", Taken.PLANNED),
    ],
)
def test_what_was_left_out_or_is_to_come_is_told_apart(sentence, step, taken) -> None:
    assert [one.taken for one in told(sentence, step)] == [taken]


@pytest.mark.parametrize(
    ("sentence", "step"),
    [
        ("起草单位应当公开征求意见。", "opinions_sought"),
        ("要健全合法性审核机制。", "legality_review"),
        ("重大事项必须经常务会议审议。", "collective_discussion"),
    ],
)
def test_a_demand_is_no_step(sentence, step) -> None:
    assert told(sentence, step) == []


def test_each_step_of_a_sentence_has_its_own_date() -> None:
    sentence = (
        "5月12日报送县司法局进行合法性审查，县司法局于5月29日出具了审查意见，6月10日经县政府第31次常务会议审议通过。"
    )
    dates = {
        one.id: one.date
        for one in read_steps(paper_of(f"{TITLE}\n\n2026年1月立项。\n{sentence}"))
        if one.taken == "taken"
    }
    assert dates["legality_review_sent"] == dt.date(2026, 5, 12)
    assert dates["legality_review"] == dt.date(2026, 5, 29)
    assert dates["collective_discussion"] == dt.date(2026, 6, 10)


def test_a_period_has_a_start_an_end_and_a_length() -> None:
    (step,) = told("4月7日至4月27日通过县政府门户网站向社会公开征求意见。", "opinions_sought")
    assert (step.start, step.date, step.days) == (dt.date(2026, 4, 7), dt.date(2026, 4, 27), 21)


def test_a_shortened_period_that_is_explained_is_excused() -> None:
    (step,) = told("因汛期临近、情况紧急，4月7日至4月12日在门户网站公开征求意见。", "opinions_sought")
    assert step.excused and step.days == 6


# --- whole papers -------------------------------------------------------------------------------------------------


OPINION = """芦湾县司法局
关于《芦湾县人民政府关于规范乡村渡船载客的通告》的合法性审核意见

　　经审核，未发现违反上位法的内容。

芦湾县司法局
2026年5月20日
"""
MINUTES = """芦湾县人民政府第31次常务会议纪要

　　2026年6月10日，县长主持召开会议，审议了《关于规范乡村渡船载客的通告》，原则通过。

2026年6月18日印发
"""
FORM = """公平竞争审查表
政策措施名称	关于规范乡村渡船载客的通告
审查结论	未发现排除、限制竞争的内容
日期	2026年5月6日
"""
CALL = """芦湾县交通运输局关于公开征求《关于规范乡村渡船载客的通告（征求意见稿）》意见的公告

　　现予公布，请于2026年4月20日前将意见发至电子邮箱。

芦湾县交通运输局
2026年4月8日
"""


@pytest.mark.parametrize(
    ("paper", "step", "date"),
    [
        (OPINION, "legality_review", dt.date(2026, 5, 20)),
        # Minutes are issued later than the meeting that they tell of.
        (MINUTES, "collective_discussion", dt.date(2026, 6, 10)),
        (FORM, "fair_competition_review", dt.date(2026, 5, 6)),
        (CALL, "opinions_sought", dt.date(2026, 4, 20)),
    ],
)
def test_a_paper_shows_a_step_by_what_it_is(paper, step, date) -> None:
    assert date in [one.date for one in read_steps(paper_of(paper)) if one.id == step]


def test_a_call_for_comments_runs_from_its_date_to_its_deadline() -> None:
    (step,) = [one for one in read_steps(paper_of(CALL)) if one.id == "opinions_sought" and one.days]
    assert (step.start, step.date, step.days) == (dt.date(2026, 4, 8), dt.date(2026, 4, 20), 13)


def test_a_place_names_paper_and_clause() -> None:
    (step,) = told("在县政府门户网站公开征求意见。", "opinions_sought")
    assert step.place.startswith("“材料1.txt”") and step.span is None
    assert step.words == "门户网站公开征求意见"


def test_a_paper_on_another_document_is_marked() -> None:
    strange = OPINION.replace("规范乡村渡船载客", "加强犬只管理")
    assert [one.about for one in read_steps(paper_of(strange)) if one.id == "legality_review"] == [False]


# --- the document itself ------------------------------------------------------------------------------------------


def test_rules_of_the_document_are_no_steps_of_its_making() -> None:
    assert {one.id for one in read_steps(paper_of())} == {"signing", "effective"}


def test_preamble_and_imprint_are_read() -> None:
    notice = NOTICE.replace("　　现就", "　　经2026年6月10日县政府第31次常务会议审议通过，现就")
    steps = {one.id: one for one in read_steps(paper_of(notice=notice + "\n（此件公开发布）\n"))}
    assert steps["collective_discussion"].date == dt.date(2026, 6, 10)
    assert steps["collective_discussion"].span is not None
    assert steps["publication"].taken is Taken.TAKEN


def test_a_text_of_one_endless_line_is_read_in_time() -> None:
    assert read_steps(paper_of("公开征求意见合法性审核" * 20_000)) != ()


# --- ledger -------------------------------------------------------------------------------------------------------


def answers(paper: Paper) -> dict[str, StepFound]:
    return {one.id: one.answer for one in ledger(paper)}


def test_without_papers_nothing_is_said_to_be_missing() -> None:
    found = answers(paper_of())
    assert found.pop("signing") is StepFound.FOUND
    assert set(found.values()) == {StepFound.CANNOT_TELL}


def test_with_papers_each_step_is_answered() -> None:
    found = answers(paper_of(OPINION, f"{TITLE}\n\n本通告不涉及经营者经济活动，无需进行公平竞争审查。\n"))
    assert found["legality_review"] is StepFound.FOUND
    assert found["fair_competition_review"] is StepFound.NOT_NEEDED
    assert found["opinions_sought"] is StepFound.NOT_FOUND


def test_the_best_account_is_shown() -> None:
    steps = ledger(paper_of(f"{TITLE}\n\n经县司法局合法性审核。\n", OPINION))
    (review,) = [one for one in steps if one.id == "legality_review"]
    assert (review.date, review.place) == (dt.date(2026, 5, 20), "“材料2.txt”")


def test_the_ledger_has_the_steps_in_the_order_of_making() -> None:
    assert [one.id for one in ledger(paper_of())] == [one.id for one in listed_steps()]


def notes(*papers: str, profile: Profile | None = None, issuers: frozenset[Issuer] = frozenset()) -> str:
    paper = paper_of(*papers)
    left = unchecked_procedure(ledger(paper), paper.companions, profile, issuers)
    return "\n".join(f"{one.what}：{one.why}" for one in left)


def test_what_was_not_told_names_papers_and_steps() -> None:
    assert "没有提供随附材料" in notes()
    told = notes(OPINION)
    assert "“材料1.txt”" in told and "公开征求意见" in told and "合法性审核、" not in told
    assert "没有提到本文件的名称" in notes(OPINION.replace("规范乡村渡船载客", "加强犬只管理"))


def test_rules_name_steps_that_exist() -> None:
    for rule in read_ruleset().rules:
        absence, order, count = rule.match.absence, rule.match.order, rule.match.count
        named = {absence.step, absence.given_step, absence.unless_step} if absence else set()
        named |= {order.earlier, order.later} if order else set()
        named |= {count.days_of, count.times_of} if count else set()
        assert named - {""} <= step_ids(), rule.code


def test_a_place_that_is_not_configured_is_told_and_so_is_a_profile_without_values() -> None:
    assert "没有用 --profile 指定本地配置，只按国家规定审查" in notes()
    told = notes(profile=Profile(jurisdiction="芦湾县"))
    assert "本地配置（芦湾县）没有填写，只按国家规定审查" in told
    assert "报送备案的期限" in told and "有效期上限" in told


def bound_to_governments() -> Profile:
    source = ProfileSource(
        fields=("filing_days",),
        source_title="芦湾县备案办法",
        source_section="第三条",
        binds=(Issuer.GOVERNMENT, Issuer.TOWNSHIP),
        checked_on=dt.date(2026, 11, 1),
    )
    return Profile(jurisdiction="芦湾县", filing_days=15, sources=(source,))


def test_a_limit_that_binds_others_is_told_and_so_is_whom_it_binds() -> None:
    told = notes(profile=bound_to_governments(), issuers=frozenset({Issuer.DEPARTMENT}))
    assert (
        "本地制定程序要求（报送备案的期限）：《芦湾县备案办法》第三条规定的是县级以上人民政府、乡镇人民政府制定的文件，"
        "本文件由部门制定，没有据此判断"
    ) in told


def test_a_limit_that_perhaps_binds_the_issuer_is_told() -> None:
    assert "不能确定本文件的制定机关是否在内" in notes(profile=bound_to_governments())
    government = notes(profile=bound_to_governments(), issuers=frozenset({Issuer.GOVERNMENT}))
    assert "没有据此判断" not in government
