"""Requirement cards beside findings of procedure and steps: which ones, for which document, place and day."""

from __future__ import annotations

import datetime as dt

import pytest
from check_factory import NOW, document_of, kit

from draft_assist.check.asked import read_asked
from draft_assist.check.profiles import Profile, ProfileSource
from draft_assist.check.ruleset import read_ruleset
from draft_assist.check.run import Checks, check
from draft_assist.check.steps import listed_steps
from draft_assist.corpus.cards import NATIONAL, Force, read_cards
from draft_assist.errors import KnowledgeError
from draft_assist.model import Kind, Rank, Requirement, StepFound

NOTICE = """青榆县灰渣清运管理办法
第一条　为了加强灰渣清运管理，制定本办法。
第二条　清运企业应当每日清扫场地。
第三条　可先执行后公布。
第四条　乱倒灰渣的，处二百元罚款。

青榆县人民政府
2026年9月1日
"""
DRAFTING = "关于《青榆县灰渣清运管理办法》的起草说明\n已召开座谈会。\n"


def checks(
    text: str = NOTICE,
    *,
    as_of: dt.date = NOW,
    place: str = "",
    rank: Rank = Rank.COUNTY,
    papers: tuple[str, ...] = (),
) -> Checks:
    source = ProfileSource(fields=("validity_years",), source_title="青榆县文件办法", checked_on=dt.date(2026, 11, 1))
    profile = Profile(jurisdiction=place, validity_years=5, sources=(source,)) if place else None
    companions = tuple(document_of(paper, "起草说明.txt") for paper in papers)
    kind = Kind.NORMATIVE_DOCUMENT
    document = document_of(text)
    return check(document, kit(), as_of=as_of, rank=rank, kind=kind, companions=companions, profile=profile)


def of_rule(found: Checks, code: str) -> tuple[Requirement, ...]:
    (finding,) = (one for one in found.findings if one.code == code)
    return finding.requirements


def of_step(found: Checks, step: str) -> tuple[Requirement, ...]:
    (answer,) = (one for one in found.steps if one.id == step)
    return answer.requirements


# --- what is shown ------------------------------------------------------------------------------------------------


def test_a_finding_of_procedure_names_what_is_asked_with_its_source() -> None:
    asked = of_rule(checks(), "PROC-043")
    assert [one.id for one in asked] == ["REQ-SC-DOC-08", "REQ-SC-BIZ-04", "REQ-SC-INFO-02"]
    first, second, _ = asked
    assert (first.number, first.jurisdiction, first.issued) == ("国办发〔2018〕37号", NATIONAL, dt.date(2018, 5, 16))
    assert first.gist and first.source and first.section
    assert (first.is_confirmed, second.is_confirmed) == (False, True)


def test_a_finding_on_a_power_names_none() -> None:
    assert of_rule(checks(), "AUTH-021") == ()


def test_a_step_that_nothing_shows_names_what_is_asked_and_one_that_is_shown_does_not() -> None:
    alone = checks()
    assert [one.id for one in of_step(alone, "legality_review")] == ["REQ-SC-DOC-06", "REQ-MAKING-01"]
    told = checks(papers=(DRAFTING,))
    answers = {one.id: one.answer for one in told.steps}
    assert answers["hearing_or_experts"] is StepFound.FOUND
    assert of_step(told, "hearing_or_experts") == ()
    assert answers["legality_review"] is StepFound.NOT_FOUND
    assert of_step(told, "legality_review") == of_step(alone, "legality_review")


def test_what_is_asked_of_a_matter_that_the_profile_leaves_open_is_told_once_it_is_open() -> None:
    assert [one.id for one in checks().unconfigured] == ["REQ-SC-DOC-15", "REQ-SC-DOC-18"]
    # The profile of the test fixes the years of validity, and says nothing of clean-ups.
    assert [one.id for one in checks(place="青榆省").unconfigured] == ["REQ-SC-DOC-18"]


def test_an_excerpt_has_no_ledger_and_nothing_is_asked_of_its_making() -> None:
    assert checks("第四条　乱倒灰渣的，处二百元罚款。").unconfigured == ()


def test_an_article_that_the_finding_shows_in_full_is_not_told_again() -> None:
    """The law of local governments is held, so the finding shows the very article that the card restates."""
    found = checks("第三条　本办法不向社会公开征求意见。\n" + NOTICE)
    (finding,) = (one for one in found.findings if one.code == "PROC-042")
    shown = [(one.law, one.article) for one in finding.basis if one.text]
    if not shown:
        pytest.skip("the statute data is not installed")
    assert ("中华人民共和国地方各级人民代表大会和地方各级人民政府组织法", "第七十五条") in shown
    assert [one.id for one in finding.requirements] == ["REQ-SC-DOC-03", "REQ-SC-RULE-16"]


# --- for which document -------------------------------------------------------------------------------------------


def test_without_a_profile_only_national_cards_are_shown() -> None:
    found = checks()
    asked = [one for item in (*found.findings, *found.steps) for one in item.requirements]
    assert asked and {one.jurisdiction for one in asked} == {NATIONAL}


def test_the_cards_of_the_documents_own_place_come_first() -> None:
    asked = of_rule(checks(place="湖南省常德市"), "PROC-052")
    assert [one.id for one in asked] == ["REQ-LOCAL-HN-07", "REQ-SC-DOC-15"]
    assert [one.jurisdiction for one in of_step(checks(place="湖南省"), "filing")][:2] == ["湖南省", NATIONAL]


def test_cards_of_another_place_are_not_shown() -> None:
    found = checks(place="陕西省铜川市")
    asked = [one for item in (*found.findings, *found.steps) for one in item.requirements]
    assert {one.jurisdiction for one in asked} == {"陕西省", NATIONAL}


def test_a_card_that_speaks_to_other_issuers_is_not_shown() -> None:
    assert "REQ-MAKING-01" in [one.id for one in of_step(checks(), "need_assessed")]
    assert "REQ-MAKING-01" not in [one.id for one in of_step(checks(rank=Rank.DEPARTMENT), "need_assessed")]


def test_a_card_whose_source_was_not_in_force_on_the_day_is_not_shown() -> None:
    before = of_step(checks(as_of=dt.date(2018, 5, 15)), "legality_review")
    after = of_step(checks(as_of=dt.date(2018, 5, 16)), "legality_review")
    assert "REQ-SC-DOC-06" not in [one.id for one in before]
    assert "REQ-SC-DOC-06" in [one.id for one in after]


@pytest.mark.parametrize("place", ["", "北京市", "上海市", "重庆市", "湖南省常德市澧县"])
def test_never_more_than_three_stand_beside_one_thing(place) -> None:
    found = checks(place=place)
    groups = [one.requirements for one in (*found.findings, *found.steps)]
    assert max(map(len, groups)) == 3
    assert all(len(set(group)) == len(group) for group in groups)


# --- the table ----------------------------------------------------------------------------------------------------


def test_every_rule_on_procedure_has_its_cards_or_a_reason_to_have_none() -> None:
    # No card speaks of the day of effect, of who interprets, of named repeals, or of earlier facts of people alone.
    without = {"PROC-031", "PROC-033", "PROC-035", "PROC-036"}
    codes = {rule.code for rule in read_ruleset().rules if rule.code.startswith("PROC-")}
    assert codes - set(read_asked().rules) == without


def test_the_table_names_rules_steps_and_fields_that_exist() -> None:
    asked = read_asked()
    assert set(asked.rules) <= {rule.code for rule in read_ruleset().rules}
    assert set(asked.steps) <= {step.id for step in listed_steps()}
    assert set(asked.unconfigured) <= set(Profile.__struct_fields__)


def test_the_table_names_no_example_and_no_card_twice() -> None:
    examples = {card.id for card in read_cards() if card.force is Force.EXAMPLE}
    asked = read_asked()
    for names in (*asked.rules.values(), *asked.steps.values(), *asked.unconfigured.values()):
        assert not examples & set(names) and len(set(names)) == len(names)


def test_a_name_that_stands_for_nothing_is_told(monkeypatch) -> None:
    from draft_assist.check import asked

    wrong = asked.Asked(rules={"PROC-001": ("REQ-NOWHERE-01",)}, steps={}, unconfigured={})
    monkeypatch.setattr(asked, "read_asked", lambda: wrong)
    asked._known.cache_clear()
    try:
        with pytest.raises(KnowledgeError, match="REQ-NOWHERE-01"):
            checks()
    finally:
        asked._known.cache_clear()
