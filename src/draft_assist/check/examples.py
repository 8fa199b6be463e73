"""The examples of a rule, run through the whole way from text to findings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from draft_assist.check.ruleset import Example, Rule, Ruleset, Status, read_marks
from draft_assist.check.run import Kit, check
from draft_assist.model import Document, FileKind, Finding, RawDocument
from draft_assist.normalise import normalise
from draft_assist.parse import parse


class ExampleOutcome(NamedTuple):
    """What became of one example.

    Attributes:
        sort: "violating", "compliant" or "known_misses".
        number: from 1, in its list.
        wanted, found: the words that should be and that were reported by the rule.
        passed: for a known miss: it is still missed.
    """

    sort: str
    number: int
    example: Example
    wanted: tuple[str, ...]
    found: tuple[str, ...]
    passed: bool


def run_examples(rule: Rule, kit: Kit) -> Iterator[ExampleOutcome]:
    """All examples of the rule, as documents of their own; the rule runs alone, whatever its status."""
    alone = _alone(rule, kit)
    for sort in ("violating", "compliant", "known_misses"):
        examples: tuple[Example, ...] = getattr(rule, sort)()
        for number, example in enumerate(examples, start=1):
            yield _outcome(sort, number, example, rule, alone)


def findings_of(rule: Rule, example: Example, kit: Kit) -> list[Finding]:
    """What `rule` alone finds in the example."""
    return _findings(rule, example, _alone(rule, kit))


def _alone(rule: Rule, kit: Kit) -> Kit:
    stable = msgspec.structs.replace(rule, status=Status.STABLE)
    return Kit(rules=Ruleset(rules=(stable,), digest=kit.rules.digest), powers=kit.powers, statutes=kit.statutes)


def _outcome(sort: str, number: int, example: Example, rule: Rule, alone: Kit) -> ExampleOutcome:
    plain, spans = read_marks(example.text)
    wanted = tuple(span.of(plain) for span in spans)
    found = tuple(finding.quote for finding in _findings(rule, example, alone))
    passed = found != wanted if sort == "known_misses" else found == wanted
    return ExampleOutcome(sort, number, example, wanted, found, passed)


def _findings(rule: Rule, example: Example, alone: Kit) -> list[Finding]:
    plain, _ = read_marks(example.text)
    setting = rule.setting(example)
    checks = check(
        _document(plain),
        alone,
        as_of=setting.as_of,
        rank=setting.rank,
        kind=setting.kind,
        companions=tuple(_document(paper) for paper in example.papers),
        profile=example.profile,
    )
    return [finding for finding in checks.findings if finding.code == rule.code]


def _document(text: str) -> Document:
    return parse(normalise(RawDocument(path=Path("例.txt"), kind=FileKind.TEXT, text=text)))
