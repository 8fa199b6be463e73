"""What holds for every rule file, whatever it looks for."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from draft_assist.check.powers import PowerBasis, read_powers
from draft_assist.check.ruleset import EXAMPLE_DAY, LawBasis, Rule, Status, read_marks, read_ruleset
from draft_assist.law.articles import fingerprint, read_label
from draft_assist.law.store import Statutes, WordingStatus
from draft_assist.model import Power, Rank

RULES = read_ruleset().rules
BASES = [(rule, basis) for rule in RULES for basis in rule.basis]
# A run of this many characters that stands in the statute too is a copy, unless it is a term or a title.
LONGEST_SHARED_RUN = 18


@pytest.fixture(scope="module")
def statutes() -> Statutes:
    return Statutes.open()


def ids(rule: Rule) -> str:
    return rule.code


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_a_name_names_the_fault(rule):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.name)
    assert not rule.name.startswith(("avoid-", "must-", "no-"))


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_two_examples_either_way_and_a_reason_for_each_near_miss(rule):
    assert len(rule.violating()) >= 2
    assert len(rule.compliant()) >= 2
    assert all(example.why for example in rule.compliant())


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_violating_examples_are_marked_and_compliant_ones_are_not(rule):
    assert all(read_marks(example.text)[1] for example in (*rule.violating(), *rule.known_misses()))
    assert not any(read_marks(example.text)[1] for example in rule.compliant())


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_the_message_quotes_what_was_found_and_the_advice_says_what_to_do(rule):
    assert "{match}" in rule.message
    assert "{match}" not in rule.advice
    assert rule.message.endswith("。")
    assert rule.advice.endswith("。")


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_examples_run_on_a_day_and_rank_that_the_rule_looks_at(rule):
    for example in (*rule.violating(), *rule.compliant()):
        setting = rule.setting(example)
        assert rule.applies(setting.kind, setting.rank, setting.as_of), example.text


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_every_rule_rests_on_an_article(rule):
    assert rule.basis


@pytest.mark.parametrize(("rule", "basis"), BASES, ids=[f"{r.code}-{b.law}-{b.article}" for r, b in BASES])
def test_the_basis_is_in_the_statutes_as_it_was_when_the_rule_was_written(statutes, rule, basis):
    if not basis.fingerprint:
        assert basis.source, "a text that the statute data lacks needs a source"
        return
    label = read_label(basis.article)
    assert label is not None
    wording = statutes.article(basis.law, label.article, EXAMPLE_DAY)
    assert wording.status is WordingStatus.HELD, wording.note
    assert wording.law == basis.law, "the full title"
    assert wording.version_date == basis.version
    assert fingerprint(wording.text) == basis.fingerprint, f"{rule.code}: {basis.law}{basis.article} has changed"
    assert wording.part(label.paragraph, label.item), "the paragraph or item named must be there"


def gists() -> list[tuple[str, LawBasis | PowerBasis]]:
    powers = read_powers()
    from_powers = {
        basis.gist: basis
        for power in Power
        for kind in powers.kinds(power)
        for rank in Rank
        for answer in powers.answers(rank, power, kind)
        for basis in answer.basis
    }
    return [(rule.code, basis) for rule, basis in BASES] + [("powers", basis) for basis in from_powers.values()]


def test_no_gist_copies_the_statute(statutes):
    copied = []
    for where, basis in gists():
        label = read_label(basis.article)
        text = statutes.article(basis.law, label.article, EXAMPLE_DAY).text if label else ""
        bare, gist = "".join(text.split()), "".join(basis.gist.split())
        runs = range(len(gist) - LONGEST_SHARED_RUN)
        if any(gist[i : i + LONGEST_SHARED_RUN + 1] in bare for i in runs):
            copied.append((where, basis.article, basis.gist))
    assert copied == []


def test_the_table_of_powers_cites_articles_that_are_held(statutes):
    missing = []
    for where, basis in gists():
        if where != "powers" or not basis.confirmed or basis.source:
            continue
        label = read_label(basis.article)
        if label is None or not statutes.article(basis.law, label.article, EXAMPLE_DAY).part(
            label.paragraph, label.item
        ):
            missing.append((basis.law, basis.article))
    assert missing == []


def test_stable_rules_have_no_gap_at_the_day_their_law_began():
    """A rule that begins later than its power's table begins says so in its note."""
    powers = read_powers()
    for rule in RULES:
        if rule.status is not Status.STABLE:
            continue
        for match in rule.match.acts(rule.code):
            asked = match.power if isinstance(match.power, tuple) else (match.power,)
            begins = max(powers.since(power) or dt.date.min for power in asked[:1])
            late = rule.in_force.since is not None and rule.in_force.since > begins
            assert not late or rule.note or rule.in_force.since == dt.date(2021, 7, 15), rule.code
