"""The table of powers: complete, and right in the cases every reviewer knows."""

from __future__ import annotations

import datetime as dt

import pytest

from draft_assist.check.powers import Powers, Verdict, read_powers
from draft_assist.errors import KnowledgeError
from draft_assist.knowledge import knowledge_path
from draft_assist.model import Power, Rank

NOW = dt.date(2026, 11, 1)
SET, DETAIL, NOT, LOCAL = Verdict.MAY_SET, Verdict.MAY_DETAIL, Verdict.MAY_NOT, Verdict.PROFILE

DOCUMENTS = (
    Rank.STATE_COUNCIL_DEPARTMENT,
    Rank.PROVINCE,
    Rank.CITY,
    Rank.COUNTY,
    Rank.DEPARTMENT,
    Rank.TOWNSHIP,
    Rank.OTHER,
)


@pytest.fixture(scope="module")
def powers() -> Powers:
    return read_powers()


def test_every_rank_power_and_kind_has_exactly_one_answer_every_day(powers):
    """`read_powers` refuses overlaps and gaps; here again, day by day at the edges, without its code."""
    for power in Power:
        since = powers.since(power)
        assert since is not None
        for kind in powers.kinds(power):
            for rank in Rank:
                answers = powers.answers(rank, power, kind)
                edges = {one.since for one in answers} | {one.until for one in answers if one.until}
                for day in {since, NOW, dt.date(2099, 12, 31), *edges}:
                    fitting = [a for a in answers if a.since <= day and (a.until is None or day <= a.until)]
                    assert len(fitting) == 1, (rank, power, kind, day)
                assert powers.answer(rank, power, kind, since - dt.timedelta(days=1)) is None


KINDS = {
    Power.PENALTY: "warning public_criticism fine confiscation suspend_licence downgrade revoke_licence "
    "revoke_business_licence restrict_activity shutdown closure restrict_employment detention deportation "
    "other_penalty",
    Power.COMPULSORY: "restrict_person seal seize freeze other_measure",
    Power.EXECUTION: "surcharge transfer_deposit auction clear_obstacle demolish substitute_performance cut_utilities "
    "other_execution",
    Power.PERMIT: "approval licence qualification registration franchise",
    Power.PERMIT_CONDITION: "condition",
    Power.FEE: "fee",
    Power.LEVY: "levy",
    Power.DEPOSIT: "deposit",
    Power.TAX: "tax",
}


def test_the_table_knows_every_kind_of_the_act_model(powers):
    for power, kinds in KINDS.items():
        assert set(kinds.split()) <= set(powers.kinds(power))


# By hand, from the articles named; not from the table.
EXPECTED = [
    # 行政许可法 arts 14, 15, 17
    (Rank.LAW, Power.PERMIT, "approval", SET, "art. 14 para. 1"),
    (Rank.ADMINISTRATIVE_REGULATION, Power.PERMIT, "licence", SET, "art. 14 para. 1, where there is no law"),
    (Rank.STATE_COUNCIL_DECISION, Power.PERMIT, "approval", SET, "art. 14 para. 2"),
    (Rank.LOCAL_REGULATION_PROVINCE, Power.PERMIT, "approval", SET, "art. 15 para. 1"),
    (Rank.LOCAL_REGULATION_CITY, Power.PERMIT, "approval", SET, "art. 15 para. 1"),
    (Rank.GOVERNMENT_RULE_PROVINCE, Power.PERMIT, "approval", SET, "art. 15 para. 1, for a time"),
    (Rank.GOVERNMENT_RULE_CITY, Power.PERMIT, "approval", NOT, "art. 15 names rules of provinces only"),
    (Rank.DEPARTMENT_RULE, Power.PERMIT, "licence", NOT, "art. 17"),
    (Rank.LOCAL_REGULATION_PROVINCE, Power.PERMIT, "national_qualification", NOT, "art. 15 para. 2"),
    (Rank.LOCAL_REGULATION_PROVINCE, Power.PERMIT, "establishment_registration", NOT, "art. 15 para. 2"),
    (Rank.GOVERNMENT_RULE_PROVINCE, Power.PERMIT, "establishment_registration", NOT, "art. 15 para. 2"),
    (Rank.ADMINISTRATIVE_REGULATION, Power.PERMIT, "establishment_registration", SET, "art. 12 item 5, art. 14"),
    (Rank.STATE_COUNCIL, Power.PERMIT, "approval", NOT, "a notice of the State Council is no decision of art. 14"),
    # 行政许可法 art. 16
    (Rank.GOVERNMENT_RULE_CITY, Power.PERMIT_CONDITION, "condition", DETAIL, "art. 16 paras 3 and 4"),
    (Rank.COUNTY, Power.PERMIT_CONDITION, "condition", NOT, "art. 16 names regulations and rules only"),
    # 行政处罚法 arts 10 to 14, 16
    (Rank.LAW, Power.PENALTY, "detention", SET, "art. 10"),
    (Rank.ADMINISTRATIVE_REGULATION, Power.PENALTY, "detention", NOT, "art. 11 para. 1"),
    (Rank.ADMINISTRATIVE_REGULATION, Power.PENALTY, "revoke_business_licence", SET, "art. 11 para. 1"),
    (Rank.ADMINISTRATIVE_REGULATION, Power.PENALTY, "other_penalty", SET, "art. 9 item 6"),
    (Rank.STATE_COUNCIL_DECISION, Power.PENALTY, "fine", NOT, "arts 11 and 16: a decision is no regulation"),
    (Rank.LOCAL_REGULATION_CITY, Power.PENALTY, "fine", SET, "art. 12"),
    (
        Rank.LOCAL_REGULATION_CITY,
        Power.PENALTY,
        "revoke_licence",
        SET,
        "art. 12: only the business licence is excepted",
    ),
    (Rank.LOCAL_REGULATION_CITY, Power.PENALTY, "revoke_business_licence", NOT, "art. 12 para. 1"),
    (Rank.LOCAL_REGULATION_PROVINCE, Power.PENALTY, "detention", NOT, "art. 12 para. 1"),
    (Rank.LOCAL_REGULATION_PROVINCE, Power.PENALTY, "other_penalty", DETAIL, "art. 9 item 6: law or regulation"),
    (Rank.DEPARTMENT_RULE, Power.PENALTY, "warning", SET, "art. 13 para. 2"),
    (Rank.DEPARTMENT_RULE, Power.PENALTY, "public_criticism", SET, "art. 13 para. 2"),
    (Rank.DEPARTMENT_RULE, Power.PENALTY, "fine", SET, "art. 13 para. 2, within the State Council's cap"),
    (Rank.DEPARTMENT_RULE, Power.PENALTY, "confiscation", NOT, "art. 13 para. 2"),
    (Rank.GOVERNMENT_RULE_CITY, Power.PENALTY, "fine", LOCAL, "art. 14 para. 2: the province fixes the cap"),
    (Rank.GOVERNMENT_RULE_PROVINCE, Power.PENALTY, "fine", LOCAL, "art. 14 para. 2"),
    (Rank.GOVERNMENT_RULE_CITY, Power.PENALTY, "warning", SET, "art. 14 para. 2"),
    (Rank.GOVERNMENT_RULE_CITY, Power.PENALTY, "shutdown", NOT, "art. 14 para. 2"),
    (Rank.GOVERNMENT_RULE_PROVINCE, Power.PENALTY, "revoke_licence", NOT, "art. 14 para. 2"),
    # 行政强制法 arts 10, 13
    (Rank.LAW, Power.COMPULSORY, "freeze", SET, "art. 10 para. 1"),
    (Rank.ADMINISTRATIVE_REGULATION, Power.COMPULSORY, "seal", SET, "art. 10 para. 2"),
    (Rank.ADMINISTRATIVE_REGULATION, Power.COMPULSORY, "other_measure", SET, "art. 10 para. 2"),
    (Rank.ADMINISTRATIVE_REGULATION, Power.COMPULSORY, "freeze", NOT, "art. 10 para. 2"),
    (Rank.ADMINISTRATIVE_REGULATION, Power.COMPULSORY, "restrict_person", NOT, "art. 10 para. 2"),
    (Rank.LOCAL_REGULATION_CITY, Power.COMPULSORY, "seal", SET, "art. 10 para. 3"),
    (Rank.LOCAL_REGULATION_CITY, Power.COMPULSORY, "seize", SET, "art. 10 para. 3"),
    (Rank.LOCAL_REGULATION_PROVINCE, Power.COMPULSORY, "freeze", NOT, "art. 10 para. 3"),
    (Rank.LOCAL_REGULATION_PROVINCE, Power.COMPULSORY, "other_measure", NOT, "art. 10 para. 3"),
    (Rank.GOVERNMENT_RULE_PROVINCE, Power.COMPULSORY, "seize", NOT, "art. 10 para. 4"),
    (Rank.STATE_COUNCIL_DECISION, Power.COMPULSORY, "seal", NOT, "art. 10 para. 4"),
    (Rank.LAW, Power.EXECUTION, "demolish", SET, "art. 13"),
    (Rank.ADMINISTRATIVE_REGULATION, Power.EXECUTION, "surcharge", NOT, "art. 13"),
    (Rank.LOCAL_REGULATION_PROVINCE, Power.EXECUTION, "demolish", NOT, "art. 13"),
    # 优化营商环境条例 art. 25 and what lies below it
    (Rank.ADMINISTRATIVE_REGULATION, Power.FEE, "fee", SET, "art. 25"),
    (Rank.STATE_COUNCIL, Power.FEE, "fee", SET, "art. 25: approval of the State Council"),
    (Rank.PROVINCE, Power.FEE, "fee", LOCAL, "the provincial level approves some fees"),
    (Rank.LOCAL_REGULATION_CITY, Power.FEE, "fee", LOCAL, "not for enterprises; others to be checked"),
    (Rank.COUNTY, Power.FEE, "fee", NOT, "two levels of approval"),
    (Rank.TOWNSHIP, Power.FEE, "fee", NOT, "two levels of approval"),
    (Rank.LOCAL_REGULATION_PROVINCE, Power.LEVY, "levy", NOT, "art. 25"),
    (Rank.PROVINCE, Power.DEPOSIT, "deposit", NOT, "art. 25"),
    # 立法法 art. 11, 税收征收管理法 art. 3
    (Rank.LAW, Power.TAX, "tax", SET, "立法法 art. 11"),
    (Rank.ADMINISTRATIVE_REGULATION, Power.TAX, "tax", DETAIL, "税收征收管理法 art. 3"),
    (Rank.LOCAL_REGULATION_CITY, Power.TAX, "tax", NOT, "立法法 art. 11"),
]


@pytest.mark.parametrize(("rank", "power", "kind", "verdict", "why"), EXPECTED)
def test_the_famous_cases(powers, rank, power, kind, verdict, why):
    answer = powers.answer(rank, power, kind, NOW)
    assert answer is not None
    assert answer.verdict is verdict, why
    assert answer.basis


def test_a_normative_document_may_set_nothing(powers):
    """But where fees of the province or of a central department need a look at the catalogue."""
    for rank in DOCUMENTS:
        for power in Power:
            for kind in powers.kinds(power):
                answer = powers.answer(rank, power, kind, NOW)
                assert answer is not None
                by_level = power is Power.FEE and rank in (Rank.PROVINCE, Rank.STATE_COUNCIL_DEPARTMENT)
                assert answer.verdict is (LOCAL if by_level else NOT), (rank, power, kind)


def test_a_power_given_under_conditions_states_them(powers):
    for rank in Rank:
        if rank is Rank.LAW:
            continue
        for power in Power:
            for kind in powers.kinds(power):
                answer = powers.answer(rank, power, kind, NOW)
                assert answer is not None
                if answer.verdict is not NOT and power is not Power.PERMIT_CONDITION:
                    assert answer.condition or rank is Rank.ADMINISTRATIVE_REGULATION, (rank, power, kind)


def test_the_law_of_the_day_decides(powers):
    """通报批评 is a penalty of rules since 2021-07-15; the law before did not name it."""
    before = powers.answer(Rank.GOVERNMENT_RULE_CITY, Power.PENALTY, "public_criticism", dt.date(2021, 7, 14))
    after = powers.answer(Rank.GOVERNMENT_RULE_CITY, Power.PENALTY, "public_criticism", dt.date(2021, 7, 15))
    assert before is not None
    assert after is not None
    assert (before.verdict, after.verdict) == (NOT, SET)
    assert not before.confirmed, "the law of 1996 is not in the data"


def test_before_the_table_begins_nothing_is_told(powers):
    assert powers.answer(Rank.COUNTY, Power.FEE, "fee", dt.date(2019, 12, 31)) is None
    assert powers.answer(Rank.COUNTY, Power.PENALTY, "no_such_kind", NOW) is None


def test_the_cap_of_department_rules_is_marked_as_unread(powers):
    answer = powers.answer(Rank.DEPARTMENT_RULE, Power.PENALTY, "fine", NOW)
    assert answer is not None
    assert answer.cap is not None
    assert not answer.cap.confirmed


def altered(tmp_path, old: str, new: str):
    text = knowledge_path("powers.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "powers.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{power: permit, ranks: [law],", "{power: permit, ranks: [law, rule],", "重叠或者空缺"),
        ("{power: permit, ranks: [document],", "{power: permit, ranks: [local_document],", "重叠或者空缺"),
        ("kinds: [restrict_person, freeze], verdict", "kinds: [restrict_person, frieze], verdict", "frieze"),
        ("{power: permit, ranks: [law],", "{power: permit, ranks: [laws],", "laws"),
        ("verdict: may_set, basis: [penalty-10]}", "verdict: may_set, basis: [penalty-99]}", "penalty-99"),
    ],
    ids=["two answers", "no answer", "unknown kind", "unknown rank", "unknown basis"],
)
def test_a_table_with_a_fault_is_refused(tmp_path, old, new, says):
    with pytest.raises(KnowledgeError, match=says):
        read_powers(altered(tmp_path, old, new))
