"""The patterns of rules: they compile, and what they declare to need stands in everything that they can match."""

from __future__ import annotations

import re._constants as sre
import re._parser as parser
from itertools import product

import pytest

from draft_assist.check.acts.constructions import expand, literals_of
from draft_assist.check.matching import check_patterns
from draft_assist.check.ruleset import read_ruleset

RULES = read_ruleset().rules
CONSTRUCTIONS = [one for rule in RULES for one in rule.match.constructions(rule.code, rule.title)]
# Beyond this many spellings a stretch of a pattern is not written out.
MOST = 4000


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_pattern_compiles(rule):
    check_patterns(rule.match)
    check_patterns(rule.basis)


@pytest.mark.parametrize("construction", CONSTRUCTIONS, ids=lambda one: one.id)
def test_what_the_gate_asks_for_stands_wherever_a_pattern_matches(construction):
    for words in construction.words:
        tree = parser.parse(expand(words))
        for needed in literals_of(words):
            group = tuple(needed.group)
            assert holds(tree, group), f"{words} can match without any of {'、'.join(group)[:80]}"


def test_the_proof_finds_a_pattern_that_needs_less_than_it_says():
    tree = parser.parse("(?:在|于)本(?:地|县)[^，]{0,9}(?:注册|登记)?")
    assert holds(tree, ("本地", "本县"))
    assert not holds(tree, ("注册", "登记"))
    assert not holds(tree, ("本地",))


def holds(tree: parser.SubPattern, group: tuple[str, ...], before: frozenset[str] = frozenset(("",))) -> bool:
    """True when every text that `tree` matches contains a literal of `group`; `before` stands right before it."""
    spellings: set[str] = set(before)
    for node in tree:
        written = _spellings(node)
        if written is not None and len(written) * len(spellings) <= MOST:
            spellings = {first + second for first, second in product(spellings, written)}
            continue
        if _all_hold(spellings, group):
            return True
        if _inside(node, group, frozenset(spellings)):
            return True
        spellings = written if written is not None and len(written) <= MOST else {""}
    return _all_hold(spellings, group)


def _all_hold(spellings: set[str], group: tuple[str, ...]) -> bool:
    return bool(spellings) and all(any(literal in one for literal in group) for one in spellings)


def _inside(node: tuple[int, object], group: tuple[str, ...], before: frozenset[str]) -> bool:
    kind, value = node
    if kind is sre.SUBPATTERN:
        return holds(value[-1], group, before)
    if kind is sre.BRANCH:
        # The parser takes a common beginning out of the branches: it belongs to each of them.
        return all(holds(branch, group, before) for branch in value[1])
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return value[0] >= 1 and holds(value[2], group)
    return False


def _spellings(node: tuple[int, object]) -> set[str] | None:
    """All texts that the node matches; None when there are too many."""
    kind, value = node
    if kind is sre.LITERAL:
        return {chr(value)}
    if kind in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
        return {""}
    if kind is sre.IN:
        characters = [one for one in value if one[0] is sre.LITERAL]
        return {chr(one[1]) for one in characters} if len(characters) == len(value) else None
    if kind is sre.SUBPATTERN:
        return _of_sequence(value[-1])
    if kind is sre.BRANCH:
        written = [_of_sequence(branch) for branch in value[1]]
        return None if None in written else set().union(*written)
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] == 0 and value[1] == 1:
        once = _of_sequence(value[2])
        return None if once is None else once | {""}
    return None


def _of_sequence(tree: parser.SubPattern) -> set[str] | None:
    spellings = {""}
    for node in tree:
        written = _spellings(node)
        if written is None or len(written) * len(spellings) > MOST:
            return None
        spellings = {before + after for before, after in product(spellings, written)}
    return spellings
