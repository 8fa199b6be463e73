"""Every example of every rule, through the whole way from text to findings.

`pytest -k AUTH-021` runs one rule. A preview rule is run as if it were stable.
"""

from __future__ import annotations

from functools import cache

import pytest

from draft_assist.check.examples import findings_of
from draft_assist.check.ruleset import Example, Status, read_marks, read_ruleset
from draft_assist.check.run import Kit, read_kit

RULES = read_ruleset().rules


@cache
def kit() -> Kit:
    return read_kit()


def cases(which: str) -> list[object]:
    listed = []
    for rule in RULES:
        if rule.status is Status.RETIRED:
            continue
        examples: tuple[Example, ...] = getattr(rule, which)()
        for number, example in enumerate(examples, start=1):
            # A preview rule may wait for the grammar; its examples then say what is wanted.
            marks = [pytest.mark.xfail(reason="preview", strict=False)] if rule.status is not Status.STABLE else []
            listed.append(pytest.param(rule, example, id=f"{rule.code}-{number}", marks=marks))
    return listed


@pytest.mark.parametrize(("rule", "example"), cases("violating"))
def test_a_violating_example_is_found_on_exactly_the_marked_words(rule, example):
    plain, spans = read_marks(example.text)
    assert [finding.quote for finding in findings_of(rule, example, kit())] == [span.of(plain) for span in spans]


@pytest.mark.parametrize(("rule", "example"), cases("compliant"))
def test_a_compliant_example_is_left_alone(rule, example):
    assert [finding.quote for finding in findings_of(rule, example, kit())] == [], example.why


@pytest.mark.parametrize(("rule", "example"), cases("known_misses"))
def test_a_known_miss_is_still_missed(rule, example):
    """When this fails, the rule has learnt the case: move it to `violating`."""
    plain, spans = read_marks(example.text)
    assert [finding.quote for finding in findings_of(rule, example, kit())] != [span.of(plain) for span in spans]
