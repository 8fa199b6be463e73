"""Rules applied to a document: acts become situations, situations become findings. Deterministic; no model."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from functools import cached_property
from typing import NamedTuple

import msgspec

from draft_assist.check.acts.extract import find_acts
from draft_assist.check.basis import Checked, check_basis
from draft_assist.check.places import PlaceFinder
from draft_assist.check.powers import Answer, Powers, Verdict, read_powers
from draft_assist.check.ruleset import (
    ActMatch,
    BasisCheck,
    LawBasis,
    Rule,
    Ruleset,
    Situation,
    evidence_of,
    read_ruleset,
)
from draft_assist.law.store import Statutes
from draft_assist.model import (
    Act,
    Confidence,
    Document,
    Evidence,
    Finding,
    Grade,
    Kind,
    NotChecked,
    Rank,
    Severity,
)


class Kit(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All that a review needs beside the document; read once, used for many documents."""

    rules: Ruleset
    powers: Powers
    statutes: Statutes

    @cached_property
    def _benches(self) -> dict[_Setting, _Bench]:
        return {}

    def bench(self, setting: _Setting) -> _Bench:
        """What all reviews of that setting share."""
        if setting not in self._benches:
            self._benches[setting] = _Bench(self, setting)
        return self._benches[setting]


def read_kit() -> Kit:
    """The kit of the shipped knowledge and the installed statutes.

    Raises:
        KnowledgeError: a knowledge file is wrong.
    """
    return Kit(rules=read_ruleset(), powers=read_powers(), statutes=Statutes.open())


class _Setting(NamedTuple):
    """What a review is asked for, beside the document."""

    kind: Kind
    rank: Rank
    as_of: dt.date


class _Bench:
    """The rules and sources of one setting, kept between documents; like acts share what fits their key."""

    def __init__(self, kit: Kit, setting: _Setting) -> None:
        self.rules = kit.rules.applicable(setting.kind, setting.rank, setting.as_of)
        self._statutes = kit.statutes
        self._setting = setting
        self._fitting: dict[tuple[object, ...], tuple[tuple[Rule, ActMatch], ...]] = {}
        self._evidence: dict[LawBasis, Evidence] = {}

    def fired(self, case: Situation) -> list[Rule]:
        """The rules that fire on the situation, each once."""
        key = case.key()
        if key not in self._fitting:
            self._fitting[key] = tuple(
                (rule, match) for rule in self.rules for match in rule.match.acts() if match.fits_act(case)
            )
        return list({rule.code: rule for rule, match in self._fitting[key] if match.fits_words(case)}.values())

    def evidence(self, rule: Rule, clause: str) -> tuple[Evidence, ...]:
        """The articles of the rule that bear on a clause of those words, with their text."""
        return tuple(self._read(basis) for basis in rule.basis if basis.bears_on(self._setting.rank, clause))

    def _read(self, basis: LawBasis) -> Evidence:
        if basis not in self._evidence:
            self._evidence[basis] = evidence_of(basis, self._statutes, self._setting.as_of)
        return self._evidence[basis]


class Checks(NamedTuple):
    """What the rules say, and what they could not look at.

    Attributes:
        rule_count, categories: rules applied and the categories that they can report on.
    """

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    rule_count: int
    categories: tuple[str, ...]


class _Case(NamedTuple):
    situation: Situation
    answer: Answer | None
    checked: Checked


def check(document: Document, kit: Kit, *, as_of: dt.date, rank: Rank, kind: Kind) -> Checks:
    """Apply every stable rule that looks at such documents on that day.

    Returns:
        Findings by place; at most one for the same words and category, the gravest.
    """
    bench = kit.bench(_Setting(kind, rank, as_of))
    places = PlaceFinder(document)
    findings: list[Finding] = []
    not_checked: list[NotChecked] = []
    for act in find_acts(document):
        case = _case(act, document, kit, rank, as_of, document.text_of(places.clause(act.span).body))
        fired = bench.fired(case.situation)
        if case.checked.check in (BasisCheck.NOT_HELD, BasisCheck.NOT_CHECKED) and case.checked.reason:
            cited = "、".join(f"《{e.law}》{e.article}" for e in case.checked.evidence) or "所引依据"
            not_checked.append(
                NotChecked(what=f"{cited}的内容和幅度", why=case.checked.reason, place=places.label(act.span))
            )
        if fired:
            findings.append(_finding(_gravest(fired), case, document, places, bench))
    categories = tuple(sorted({rule.category for rule in bench.rules}))
    return Checks(_without_doubles(findings), tuple(dict.fromkeys(not_checked)), len(bench.rules), categories)


def _case(act: Act, document: Document, kit: Kit, rank: Rank, as_of: dt.date, clause: str) -> _Case:
    answer = kit.powers.answer(rank, act.power, act.kind, as_of)
    sentence = document.text_of(act.sentence)
    checked = check_basis(act, sentence, kit.statutes, as_of)
    situation = Situation(
        act=act,
        verdict=answer.verdict if answer else None,
        basis_check=checked.check,
        span=document.text_of(act.span),
        sentence=sentence,
        clause=clause,
    )
    return _Case(situation, answer, checked)


# --- findings -----------------------------------------------------------------------------------------------------

_GRAVITY = {Severity.UNLAWFUL: 0, Severity.DOUBTFUL: 1, Severity.ADVICE: 2}
_LOWER = {Severity.UNLAWFUL: Severity.DOUBTFUL, Severity.DOUBTFUL: Severity.ADVICE, Severity.ADVICE: Severity.ADVICE}
_LESS_SURE = {Confidence.HIGH: Confidence.MEDIUM, Confidence.MEDIUM: Confidence.LOW, Confidence.LOW: Confidence.LOW}


def _gravest(rules: list[Rule]) -> Rule:
    """The rule to report: the gravest, then the one that names fewer kinds and so says more."""
    return min(rules, key=lambda rule: (_GRAVITY[rule.severity], _breadth(rule), rule.code))


def _breadth(rule: Rule) -> int:
    """How many kinds the rule names; a rule that names none is broader than any."""
    named = [(m.kinds,) if isinstance(m.kinds, str) else m.kinds for m in rule.match.acts()]
    return min((len(kinds) for kinds in named if kinds), default=99)


def _finding(rule: Rule, case: _Case, document: Document, places: PlaceFinder, bench: _Bench) -> Finding:
    act = case.situation.act
    damaged = document.text.is_damaged(act.sentence)
    severity = _LOWER[rule.severity] if damaged else rule.severity
    confidence = _LESS_SURE[rule.confidence] if damaged or act.grade is not Grade.CLEAR else rule.confidence
    quote = document.text.raw.text[slice(*_ends(document, act))]
    reasons = [*act.because]
    if case.answer and case.answer.condition and case.answer.verdict is not Verdict.MAY_NOT:
        reasons.append(case.answer.condition)
    if case.checked.reason:
        reasons.append(case.checked.reason)
    return Finding(
        code=rule.code,
        rule=rule.name,
        title=rule.title,
        category=rule.category,
        severity=severity,
        confidence=confidence,
        origin="rule",
        quote=quote,
        span=act.span,
        clause=act.clause,
        place=places.place(act.span),
        message=rule.message.replace("{match}", case.situation.span),
        advice=rule.advice,
        basis=(*case.checked.evidence, *bench.evidence(rule, case.situation.clause)),  # what it cites is closest
        because=tuple(reasons),
        fingerprint=_fingerprint(rule, case.situation),
        damaged=damaged,
    )


def _ends(document: Document, act: Act) -> tuple[int, int]:
    span = document.text.offsets.to_raw(act.span)
    return span.start, span.end


def _fingerprint(rule: Rule, situation: Situation) -> str:
    """The same when lines move or white space changes; another when the words of the sentence change."""
    words = re.sub(r"\s", "", f"{rule.code}|{situation.span}|{situation.sentence}")
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _without_doubles(findings: list[Finding]) -> tuple[Finding, ...]:
    """By place; of findings on the same words in one category the gravest stays; equal fingerprints get a suffix."""
    kept: list[Finding] = []
    last: dict[str, int] = {}  # index in `kept` of the last finding of each category
    for finding in sorted(findings, key=lambda f: f.span):
        before = last.get(finding.category)
        if before is not None and kept[before].span.overlaps(finding.span):
            if _GRAVITY[finding.severity] < _GRAVITY[kept[before].severity]:
                kept[before] = finding
            continue
        last[finding.category] = len(kept)
        kept.append(finding)
    seen: dict[str, int] = {}
    numbered: list[Finding] = []
    for finding in kept:
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        if count > 1:
            again = hashlib.sha256(f"{finding.fingerprint}{count}".encode()).hexdigest()[:16]
            finding = msgspec.structs.replace(finding, fingerprint=again)
        numbered.append(finding)
    return tuple(numbered)
