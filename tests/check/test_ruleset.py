"""The rule files as a set, and how a rule reads an act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from draft_assist.check.acts.candidate import WIDENED
from draft_assist.check.matching import ActMatch, BasisCheck, Situation, Words
from draft_assist.check.powers import Powers, Verdict, read_powers
from draft_assist.check.ruleset import (
    EXAMPLE_DAY,
    Rule,
    Ruleset,
    Status,
    read_marks,
    read_ruleset,
)
from draft_assist.errors import KnowledgeError
from draft_assist.model import (
    Act,
    Addressee,
    Amount,
    AmountKind,
    Basis,
    Does,
    Grade,
    Kind,
    Pointer,
    Power,
    Rank,
    Span,
)

# Kinds that the grammar only ever marks as a hint: “予以处罚” and 责令停止 say too little for a finding.
HINTS = {"unspecified", "stop_conduct"}
EVERY = (Status.STABLE, Status.PREVIEW)


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return read_ruleset()


@pytest.fixture(scope="module")
def powers() -> Powers:
    return read_powers()


def situation(
    power: Power,
    kind: str,
    verdict: Verdict | None,
    *,
    does: Does = Does.SETS,
    grade: Grade = Grade.CLEAR,
    pointer: Pointer = Pointer.NONE,
    check: BasisCheck = BasisCheck.NONE,
    amount: bool = False,
    clause: str = "",
) -> Situation:
    nowhere = Span(0, 1)
    act = Act(
        clause="art-1",
        power=power,
        kind=kind,
        does=does,
        addressee=Addressee.PRIVATE,
        grade=grade,
        span=nowhere,
        sentence=nowhere,
        basis=Basis(pointer=pointer),
        amounts=(Amount(kind=AmountKind.YUAN, low=1.0, high=2.0, span=nowhere),) if amount else (),
    )
    return Situation(act, verdict, check, span=clause, sentence=clause, clause=clause)


def cells(powers: Powers) -> Iterator[tuple[Rank, Power, str, Verdict]]:
    for rank in Rank:
        for power in set(Power) - WIDENED:
            for kind in powers.kinds(power):
                answer = powers.answer(rank, power, kind, EXAMPLE_DAY)
                assert answer is not None
                if kind not in HINTS:
                    yield rank, power, kind, answer.verdict


@cache
def rules_for(rank: Rank) -> tuple[Rule, ...]:
    return read_ruleset().applicable(Kind.UNKNOWN, rank, EXAMPLE_DAY, statuses=EVERY)


def fired(rank: Rank, case: Situation) -> list[str]:
    return [rule.code for rule in rules_for(rank) if rule.fits(case)]


OWN_CONTENT = [
    (grade, pointer, amount)
    for grade in (Grade.CLEAR, Grade.WEAK)
    for pointer in (Pointer.NONE, Pointer.OWN, Pointer.VAGUE)
    for amount in (True, False)
]


@pytest.mark.parametrize(("grade", "pointer", "amount"), OWN_CONTENT)
def test_setting_without_power_is_found_by_exactly_one_rule(powers, grade, pointer, amount):
    """Two rules on one act would count it twice; none would miss it."""
    wrong = []
    for rank, power, kind, verdict in cells(powers):
        codes = fired(rank, situation(power, kind, verdict, grade=grade, pointer=pointer, amount=amount))
        expected = (0, 1) if verdict is Verdict.MAY_SET else (1,)
        if len(codes) not in expected:
            wrong.append((str(rank), power.value, kind, verdict.value, codes))
    assert wrong == []


@pytest.mark.parametrize("does", [Does.SETS, Does.REFERS])
@pytest.mark.parametrize("check", list(BasisCheck))
def test_an_act_under_a_named_article_is_judged_by_what_the_article_says(powers, does, check):
    wrong = []
    for rank, power, kind, verdict in cells(powers):
        case = situation(power, kind, verdict, does=does, pointer=Pointer.NAMED_ARTICLE, check=check)
        codes = fired(rank, case)
        quiet = rank is Rank.LAW or check in (BasisCheck.NONE, BasisCheck.CONFIRMED)
        if len(codes) != (0 if quiet else 1):
            wrong.append((str(rank), power.value, kind, verdict.value, codes))
    assert wrong == []


@pytest.mark.parametrize("does", [one for one in Does if one not in (Does.SETS, Does.REFERS)])
def test_what_sets_nothing_is_never_found(powers, does):
    for rank, power, kind, verdict in cells(powers):
        codes = set(fired(rank, situation(power, kind, verdict, does=does, amount=True)))
        # Fines on staff are no penalties, but no lawful discipline either.
        assert codes <= ({"DISC-040"} if does is Does.DISCIPLINES and kind == "fine" else set())


def test_a_reference_to_higher_law_without_own_content_is_never_found(powers):
    for rank, power, kind, verdict in cells(powers):
        for pointer in (Pointer.VAGUE, Pointer.NAMED_LAW, Pointer.OWN):
            assert fired(rank, situation(power, kind, verdict, does=Does.REFERS, pointer=pointer)) == []


def test_a_law_may_set_what_it_likes(powers):
    for rank, power, kind, verdict in cells(powers):
        if rank is Rank.LAW:
            assert fired(rank, situation(power, kind, verdict, amount=True)) == []


FAMOUS = [
    # rank, power, kind, further keys, code, severity
    (Rank.COUNTY, Power.PENALTY, "fine", {}, "AUTH-021", "unlawful"),
    (Rank.TOWNSHIP, Power.PENALTY, "detention", {}, "AUTH-022", "unlawful"),
    (Rank.DEPARTMENT, Power.PERMIT, "approval", {}, "AUTH-001", "unlawful"),
    (Rank.DEPARTMENT, Power.PERMIT, "approval", {"grade": Grade.WEAK}, "AUTH-002", "doubtful"),
    (Rank.GOVERNMENT_RULE_CITY, Power.PERMIT, "approval", {}, "AUTH-006", "unlawful"),
    (Rank.GOVERNMENT_RULE_PROVINCE, Power.PERMIT, "approval", {}, "AUTH-007", "advice"),
    (Rank.LOCAL_REGULATION_CITY, Power.PENALTY, "detention", {}, "AUTH-036", "unlawful"),
    (Rank.LOCAL_REGULATION_CITY, Power.PENALTY, "revoke_business_licence", {}, "AUTH-037", "unlawful"),
    (Rank.GOVERNMENT_RULE_CITY, Power.PENALTY, "fine", {}, "AUTH-038", "advice"),
    (Rank.GOVERNMENT_RULE_CITY, Power.PENALTY, "confiscation", {}, "AUTH-035", "unlawful"),
    (Rank.COUNTY, Power.PENALTY, "fine", {"pointer": Pointer.VAGUE, "amount": True}, "AUTH-028", "doubtful"),
    (Rank.COUNTY, Power.PENALTY, "fine", {"pointer": Pointer.NAMED_LAW, "amount": True}, "AUTH-034", "doubtful"),
    (Rank.COUNTY, Power.FEE, "fee", {}, "AUTH-081", "unlawful"),
    (Rank.PROVINCE, Power.FEE, "fee", {}, "AUTH-085", "doubtful"),
    (Rank.COUNTY, Power.EXECUTION, "cut_utilities", {}, "AUTH-068", "unlawful"),
    (Rank.COUNTY, Power.EXECUTION, "surcharge", {"grade": Grade.HINT}, "AUTH-065", "advice"),
    (Rank.COUNTY, Power.EXECUTION, "surcharge", {"grade": Grade.WEAK}, "AUTH-066", "doubtful"),
    (Rank.COUNTY, Power.EXECUTION, "surcharge", {}, "AUTH-067", "unlawful"),
    (Rank.COUNTY, Power.EXECUTION, "substitute_performance", {"clause": "经催告仍不清除"}, "AUTH-063", "doubtful"),
    (
        Rank.COUNTY,
        Power.EXECUTION,
        "substitute_performance",
        {"clause": "经催告，已造成环境污染"},
        "AUTH-064",
        "advice",
    ),
]


@pytest.mark.parametrize(("rank", "power", "kind", "keys", "code", "severity"), FAMOUS)
def test_the_famous_cases(ruleset, powers, rank, power, kind, keys, code, severity):
    answer = powers.answer(rank, power, kind, EXAMPLE_DAY)
    assert answer is not None
    assert fired(rank, situation(power, kind, answer.verdict, **keys)) == [code]
    assert ruleset.by_code[code].severity == severity


def test_reports_and_contracts_are_read_for_their_form_only(ruleset):
    for kind in (Kind.REPORT, Kind.CONTRACT):
        rules = ruleset.applicable(kind, Rank.COUNTY, EXAMPLE_DAY, statuses=EVERY)
        # Words that address a model (SEC-060) are no content of a document, whatever its kind.
        assert {rule.category for rule in rules if rule.code != "SEC-060"} <= {"institution", "structure", "other"}


def test_only_stable_rules_run_unless_asked(ruleset):
    usual = ruleset.applicable(Kind.UNKNOWN, Rank.COUNTY, EXAMPLE_DAY)
    assert {rule.status for rule in usual} == {Status.STABLE}
    assert len(ruleset.applicable(Kind.UNKNOWN, Rank.COUNTY, EXAMPLE_DAY, statuses=EVERY)) > len(usual)


def test_a_rule_is_silent_before_its_law(ruleset):
    codes = [rule.code for rule in ruleset.applicable(Kind.UNKNOWN, Rank.COUNTY, dt.date(2019, 12, 31))]
    assert "AUTH-081" not in codes, "the regulation on the business environment took effect on 2020-01-01"
    assert "AUTH-021" in codes


def test_words_need_all_of_has_and_none_of_lacks():
    words = Words(has=("催告", "污染"), lacks="自愿")
    assert words.hold("经催告仍不清除，造成污染")
    assert not words.hold("造成污染")
    assert not words.hold("经催告仍不清除，造成污染，自愿承担")


def test_an_amount_is_asked_for_only_when_the_rule_says_so():
    match = ActMatch(power=Power.PENALTY, has_amount=False)
    assert match.fits(situation(Power.PENALTY, "fine", None))
    assert not match.fits(situation(Power.PENALTY, "fine", None, amount=True))


def test_marks_give_plain_text_and_spans():
    plain, spans = read_marks("甲⟦乙丙⟧丁⟦戊⟧")
    assert plain == "甲乙丙丁戊"
    assert [span.of(plain) for span in spans] == ["乙丙", "戊"]
    with pytest.raises(ValueError, match="不成对"):
        read_marks("甲⟦乙")


RULE = """
code: TEST-001
name: {name}
title: 测试
status: stable
category: penalty
severity: unlawful
confidence: high
applies_to: {{ranks: [document]}}
basis:
  - {{law: 中华人民共和国行政处罚法, article: 第十六条, gist: 测试用, source: 测试}}
in_force: {{from: 2021-07-15, to: null}}
match:
  act: {{power: penalty, does: sets}}
message: “{{match}}”有问题。
advice: 改正。
examples:
  violating: [⟦甲⟧]
  compliant: [{{text: 乙, why: 没有问题}}]
"""


def write_rule(folder: Path, name: str = "some-fault", text: str = RULE) -> Path:
    path = folder / "family" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.format(name=name), encoding="utf-8")
    return path


def test_a_rule_of_ten_lines_is_enough(tmp_path):
    write_rule(tmp_path)
    (rule,) = read_ruleset(tmp_path, cache=tmp_path / "cache").rules
    assert isinstance(rule, Rule)
    assert rule.applies(Kind.PLAN, Rank.COUNTY, EXAMPLE_DAY)
    assert not rule.applies(Kind.PLAN, Rank.GOVERNMENT_RULE_CITY, EXAMPLE_DAY)


FAULTS = [
    # what is written wrong, what the message must hold, and the line
    ("severity: unlawful", "severity: unlawfull", "是否应为“unlawful”", 7),
    ("title: 测试", "titel: 测试", "是否应为“title”", 4),
    ("match:\n  act:", "match:\n  acts:", "是否应为“act”", 15),
    ("{{power: penalty,", "{{power: penalti,", "是否应为“penalty”", 15),
    ("category: penalty", "category: penalties", "是否应为“penalty”", 6),
    ("code: TEST-001", "code: test1", "AUTH-001", 1),
    ("ranks: [document]", "ranks: [documents]", "documents", 9),
    (", source: 测试", "", "fingerprint", 11),
    ("advice: 改正。", "advice: 改正。\nadvice: 再改。", "重复", 18),
]


@pytest.mark.parametrize(("right", "wrong", "says", "line"), FAULTS)
def test_a_faulty_rule_is_told_with_line_and_hint(tmp_path, right, wrong, says, line):
    assert right in RULE
    path = write_rule(tmp_path, text=RULE.replace(right, wrong))
    with pytest.raises(KnowledgeError) as caught:
        read_ruleset(tmp_path, cache=tmp_path / "cache")
    assert says in str(caught.value)
    shown = int(str(caught.value.where).rsplit(":", 1)[1])
    assert abs(shown - line) <= 1, f"{path}: {caught.value}"


def test_a_name_that_is_not_the_files_is_refused(tmp_path):
    write_rule(tmp_path, text=RULE.replace("{name}", "other-name"))
    with pytest.raises(KnowledgeError, match="与文件名不同"):
        read_ruleset(tmp_path, cache=tmp_path / "cache")


def test_a_code_used_twice_is_refused(tmp_path):
    write_rule(tmp_path, "one-fault")
    write_rule(tmp_path, "second-fault")
    with pytest.raises(KnowledgeError, match="已用于"):
        read_ruleset(tmp_path, cache=tmp_path / "cache")


def test_the_digest_follows_the_words_of_the_rules(tmp_path):
    write_rule(tmp_path)
    first = read_ruleset(tmp_path, cache=tmp_path / "cache").digest
    assert read_ruleset(tmp_path, cache=tmp_path / "cache").digest == first
    write_rule(tmp_path, text=RULE.replace("改正。", "请改正。"))
    assert read_ruleset(tmp_path, cache=tmp_path / "cache").digest != first
