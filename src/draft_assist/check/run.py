"""Rules applied to a document: acts become situations, situations become findings. Deterministic; no model."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from draft_assist.check.acts.extract import find_acts
from draft_assist.check.asked import findings_with_requirements, steps_with_requirements, unconfigured_requirements
from draft_assist.check.basis import Checked, check_basis
from draft_assist.check.cited import check_citations
from draft_assist.check.ledger import ledger
from draft_assist.check.matching import ActMatch, BasisCheck, Situation, kind_in_table
from draft_assist.check.places import PlaceFinder
from draft_assist.check.powers import Answer, Powers, Verdict, read_powers
from draft_assist.check.profiles import Profile
from draft_assist.check.ruleset import Category, LawBasis, Rule, Ruleset, Status, evidence_of, read_ruleset
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.steps import read_steps, title_or_start
from draft_assist.check.trust import TrustTable, read_trust
from draft_assist.check.whole import find_spots, is_whole
from draft_assist.errors import KnowledgeError
from draft_assist.law.levels import level_of
from draft_assist.law.store import Statutes
from draft_assist.model import (
    Act,
    CitationAnswer,
    Confidence,
    Document,
    Evidence,
    Finding,
    Grade,
    Kind,
    Measured,
    NotChecked,
    Rank,
    Requirement,
    Severity,
    Span,
    StepAnswer,
)


class Kit(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All that a review needs beside the document; read once, used for many documents.

    Attributes:
        statuses: rules of these statuses are applied.
        trust: how often each rule was right; one that was right too seldom counts as preview.
    """

    rules: Ruleset
    powers: Powers
    statutes: Statutes
    statuses: frozenset[Status] = frozenset({Status.STABLE})
    trust: TrustTable = TrustTable()

    @cached_property
    def _benches(self) -> dict[_Setting, _Bench]:
        return {}

    def status_of(self, rule: Rule) -> Status:
        """The rule's status, lowered to preview when it was right too seldom."""
        weak = rule.status is Status.STABLE and self.trust.is_below_floor(rule.code, rule.match, rule.severity)
        return Status.PREVIEW if weak else rule.status

    def bench(self, setting: _Setting) -> _Bench:
        """What all reviews of that setting share."""
        if setting not in self._benches:
            self._benches[setting] = _Bench(self, setting)
        return self._benches[setting]


def read_kit(rules: Iterable[Path] = (), *, preview: bool = False, statutes: Statutes | None = None) -> Kit:
    """The kit of the shipped knowledge and the statutes.

    Args:
        rules: folders of a user's own rules, applied beside the shipped ones.
        preview: apply rules on trial too.
        statutes: None takes those installed.

    Raises:
        KnowledgeError: a knowledge file is wrong, or a rule of the user is.
    """
    ruleset = read_ruleset()
    for folder in rules:
        if not folder.is_dir():
            raise KnowledgeError("没有这个规则文件夹", where=str(folder), next_step="请检查路径")
        ruleset = ruleset.joined(read_ruleset(folder))
    statuses = frozenset({Status.STABLE, Status.PREVIEW} if preview else {Status.STABLE})
    return Kit(
        rules=ruleset,
        powers=read_powers(),
        statutes=statutes or Statutes.open(),
        statuses=statuses,
        trust=read_trust(),
    )


class _Setting(NamedTuple):
    """What a review is asked for, beside the document."""

    kind: Kind
    rank: Rank
    as_of: dt.date


# The codes of rules that yield, with the categories that they yield to; True for all.
_General = dict[str, bool | tuple[Category, ...]]


class _Bench:
    """The rules and sources of one setting, kept between documents; like acts share what fits their key."""

    def __init__(self, kit: Kit, setting: _Setting) -> None:
        self.rules = tuple(
            rule for rule in kit.rules.applicable(*setting, statuses=Status) if kit.status_of(rule) in kit.statuses
        )
        self.constructions = kit.rules.constructions(self.rules)
        self._of_acts = [(rule, match) for rule in self.rules for match in rule.match.acts(rule.code)]
        self.general = {rule.code: rule.yields for rule in self.rules if rule.yields}
        self.of_document = [(rule, match) for rule in self.rules if (match := rule.match.of_document())]
        self._statutes = kit.statutes
        self._trust = kit.trust
        self._setting = setting
        self._fitting: dict[tuple[object, ...], tuple[tuple[Rule, ActMatch], ...]] = {}
        self._evidence: dict[LawBasis, Evidence] = {}
        self._measured: dict[str, Measured | None] = {}

    def fired(self, case: Situation) -> list[Rule]:
        """The rules that fire on the situation, each once."""
        key = case.key()
        if key not in self._fitting:
            self._fitting[key] = tuple((rule, match) for rule, match in self._of_acts if match.fits_act(case))
        return list({rule.code: rule for rule, match in self._fitting[key] if match.fits_words(case)}.values())

    def measured(self, rule: Rule) -> Measured | None:
        """How often the rule was right on the project's sets; None when that is not known."""
        if rule.code not in self._measured:
            known = self._trust.of(rule.code, rule.match)
            self._measured[rule.code] = Measured(fired=known.fired, right=known.right) if known else None
        return self._measured[rule.code]

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
        steps: the ledger of procedure; () for kinds of document that are not made by such steps.
        citations: what the document cites, with the answers.
        unconfigured: see `Report`.
    """

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    rule_count: int
    categories: tuple[str, ...]
    steps: tuple[StepAnswer, ...] = ()
    citations: tuple[CitationAnswer, ...] = ()
    unconfigured: tuple[Requirement, ...] = ()


class _Case(NamedTuple):
    situation: Situation
    answer: Answer | None
    checked: Checked


def check(
    document: Document,
    kit: Kit,
    *,
    as_of: dt.date,
    rank: Rank,
    kind: Kind,
    companions: tuple[Document, ...] = (),
    profile: Profile | None = None,
) -> Checks:
    """Apply every rule that looks at such documents on that day.

    Args:
        companions: accompanying papers, read for points of procedure only.
        profile: local values; None when none was named.

    Returns:
        Findings by place; at most one for the same words and category, the graver, then the surer. Rules that yield
        keep silent on words of which another speaks.
    """
    bench = kit.bench(_Setting(kind, rank, as_of))
    places = PlaceFinder(document)
    findings: list[Finding] = []
    not_checked: list[NotChecked] = []
    told: dict[tuple[str, int], int] = {}  # index in `findings` of what rules' own words found in a comma-part
    for act in find_acts(document, bench.constructions):
        case = _case(act, document, kit, rank, as_of, places)
        fired = bench.fired(case.situation)
        if case.checked.check in (BasisCheck.NOT_HELD, BasisCheck.NOT_CHECKED) and case.checked.reason:
            cited = "、".join(f"《{e.law}》{e.article}" for e in case.checked.evidence) or "所引依据"
            not_checked.append(
                NotChecked(what=f"{cited}的内容和幅度", why=case.checked.reason, place=places.label(act.span))
            )
        if not fired:
            continue
        finding = _finding(_gravest(fired), case, document, places, bench)
        place = (finding.category, _comma_part(document, act))
        before = told.get(place) if act.is_of_rule else None
        if before is None or findings[before].code == finding.code:
            if act.is_of_rule:
                told.setdefault(place, len(findings))
            findings.append(finding)
        elif _speaks_before(finding, findings[before], bench.general):
            findings[before] = finding  # one fault in the words of two rules: the graver, then the surer speaks
    citations = check_citations(document, kit.statutes, as_of=as_of, rank=rank, places=places)
    paper = Paper(document, kind, rank, as_of, companions, profile, citations=citations)
    paper = paper._replace(steps=read_steps(paper))
    for rule, match in bench.of_document:
        findings += (_finding_of_spot(rule, spot, document, places, bench) for spot in find_spots(match, paper))
    categories = tuple(sorted({rule.category for rule in bench.rules}))
    steps = ledger(paper) if kind not in _NOT_MADE_BY_STEPS and is_whole(document) else ()
    kept = _without_general(_without_doubles(findings, title_or_start(document), bench.general), bench.general)
    kept = findings_with_requirements(kept, paper)
    steps = steps_with_requirements(steps, paper)
    unconfigured = unconfigured_requirements(paper) if steps else ()
    unread = tuple(dict.fromkeys(not_checked))
    return Checks(kept, unread, len(bench.rules), categories, steps, citations, unconfigured)


def _comma_part(document: Document, act: Act) -> int:
    """Where the comma-part begins in which the act begins."""
    text = document.text.value
    return max(act.sentence.start, *(text.rfind(mark, act.sentence.start, act.span.start) for mark in "，；："))


_NOT_MADE_BY_STEPS = frozenset({Kind.REPORT, Kind.CONTRACT, Kind.INTERNAL})


def _case(act: Act, document: Document, kit: Kit, rank: Rank, as_of: dt.date, places: PlaceFinder) -> _Case:
    answer = kit.powers.answer(rank, act.power, kind_in_table(act), as_of)
    sentence = document.text_of(act.sentence)
    row = places.row(act.span)
    checked = check_basis(act, sentence, kit.statutes, as_of, row=document.text_of(row.span) if row else "")
    if checked.check in _NOT_READ and _rests_too_low(act, kit, as_of):
        checked = checked._replace(check=BasisCheck.TOO_LOW)
    situation = Situation(
        act=act,
        verdict=answer.verdict if answer else None,
        basis_check=checked.check,
        span=document.text_of(act.span),
        sentence=sentence,
        clause=document.text_of(places.clause(act.span).body),
    )
    return _Case(situation, answer, checked)


# The text of what is cited was not read: its rank may still tell.
_NOT_READ = (BasisCheck.NONE, BasisCheck.NOT_HELD, BasisCheck.NOT_CHECKED)


def _rests_too_low(act: Act, kit: Kit, as_of: dt.date) -> bool:
    """True when every text that the act cites is of a rank that may not set that power."""
    titles = act.basis.titles
    if not titles or act.is_of_rule:
        return False
    for title in titles:
        level = level_of(title, kit.statutes)
        answer = kit.powers.answer(level, act.power, kind_in_table(act), as_of) if level else None
        if answer is None or answer.verdict is not Verdict.MAY_NOT:
            return False
    return True


# --- findings -----------------------------------------------------------------------------------------------------

_GRAVITY = {Severity.UNLAWFUL: 0, Severity.DOUBTFUL: 1, Severity.ADVICE: 2}
_LOWER = {Severity.UNLAWFUL: Severity.DOUBTFUL, Severity.DOUBTFUL: Severity.ADVICE, Severity.ADVICE: Severity.ADVICE}
_LESS_SURE = {Confidence.HIGH: Confidence.MEDIUM, Confidence.MEDIUM: Confidence.LOW, Confidence.LOW: Confidence.LOW}


def _gravest(rules: list[Rule]) -> Rule:
    """The rule to report: the gravest, then the one that names fewer kinds and so says more."""
    return min(rules, key=lambda rule: (_GRAVITY[rule.severity], _breadth(rule), rule.code))


_SURENESS = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


def _speaks_before(finding: Finding, other: Finding, general: _General | None = None) -> bool:
    """True when of two findings on the same words the first is the one to stay: the graver, of two rules the surer.

    Args:
        general: rules that yield; they stay behind others that are as grave.
    """
    if finding.severity is not other.severity:
        return _GRAVITY[finding.severity] < _GRAVITY[other.severity]
    if general and (finding.code in general) is not (other.code in general):
        return other.code in general
    return finding.code != other.code and _SURENESS[finding.confidence] < _SURENESS[other.confidence]


def _breadth(rule: Rule) -> int:
    """How many kinds the rule names; a rule that names none is broader than any."""
    named = [(m.kinds,) if isinstance(m.kinds, str) else m.kinds for m in rule.match.acts(rule.code)]
    return min((len(kinds) for kinds in named if kinds), default=99)


def _finding(rule: Rule, case: _Case, document: Document, places: PlaceFinder, bench: _Bench) -> Finding:
    act = case.situation.act
    damaged = document.text.is_damaged(act.sentence)
    severity = _LOWER[rule.severity] if damaged else rule.severity
    confidence = _LESS_SURE[rule.confidence] if damaged or act.grade is not Grade.CLEAR else rule.confidence
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
        quote=_quote(document, act.span),
        span=act.span,
        clause=act.clause,
        place=places.place(act.span),
        message=rule.message.replace("{match}", case.situation.span),
        advice=rule.advice,
        basis=(*case.checked.evidence, *bench.evidence(rule, case.situation.clause)),  # what it cites is closest
        because=tuple(reasons),
        fingerprint=_fingerprint(rule, case.situation.span, case.situation.sentence),
        damaged=damaged,
        measured=bench.measured(rule),
    )


def _finding_of_spot(rule: Rule, spot: Spot, document: Document, places: PlaceFinder, bench: _Bench) -> Finding:
    words = document.text_of(spot.span)
    clause = places.clause(spot.span)
    around = document.text_of(clause.body)
    damaged = document.text.is_damaged(spot.span)
    message = rule.message.replace("{match}", words)
    for name, value in spot.values.items():
        message = message.replace(f"{{{name}}}", value)
    return Finding(
        code=rule.code,
        rule=rule.name,
        title=rule.title,
        category=rule.category,
        severity=_LOWER[rule.severity] if damaged else rule.severity,
        confidence=_LESS_SURE[rule.confidence] if damaged else rule.confidence,
        origin="rule",
        quote=_quote(document, spot.span),
        span=spot.span,
        clause=clause.path,
        place=places.place(spot.span),
        message=message,
        advice=rule.advice,
        basis=(*spot.evidence, *bench.evidence(rule, around)),
        fingerprint=_fingerprint(rule, words, around),
        damaged=damaged,
        measured=bench.measured(rule),
    )


def _quote(document: Document, span: Span) -> str:
    return document.text.offsets.to_raw(span).of(document.text.raw.text)


def _fingerprint(rule: Rule, quoted: str, around: str) -> str:
    """The same when lines move or white space changes; another when the words of the sentence change."""
    words = re.sub(r"\s", "", f"{rule.code}|{quoted}|{around}")
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _without_general(findings: tuple[Finding, ...], general: _General) -> tuple[Finding, ...]:
    """The findings without those of general rules on words of which another rule says as grave a thing."""
    special = sorted((one for one in findings if one.code not in general), key=lambda one: one.span)
    starts = [finding.span.start for finding in special]
    longest = max((len(finding.span) for finding in special), default=0)

    def is_told(finding: Finding) -> bool:
        to = general[finding.code]
        # Only those that begin near enough can overlap: a long document has thousands.
        near = slice(bisect_left(starts, finding.span.start - longest), bisect_left(starts, finding.span.end))
        return any(
            other.span.overlaps(finding.span)
            and _GRAVITY[other.severity] <= _GRAVITY[finding.severity]
            and (not isinstance(to, tuple) or other.category in to)
            for other in special[near]
        )

    return tuple(finding for finding in findings if finding.code not in general or not is_told(finding))


def _without_doubles(findings: list[Finding], title: Span | None, general: _General) -> tuple[Finding, ...]:
    """By place; of findings on the same words in one category the graver, then the surer stays.

    Equal fingerprints get a suffix.

    Args:
        title: where rules report what is wrong with the whole: there each rule says something else.
        general: rules that yield.
    """
    kept: list[Finding] = []
    last: dict[str, int] = {}  # index in `kept` of the last finding of each category, or of such a rule
    for finding in sorted(findings, key=lambda f: f.span):
        group = finding.code if finding.span == title else finding.category
        before = last.get(group)
        if before is not None and kept[before].span.overlaps(finding.span):
            if _speaks_before(finding, kept[before], general):
                kept[before] = finding
            continue
        last[group] = len(kept)
        kept.append(finding)
    seen: dict[str, int] = {}
    numbered: list[Finding] = []
    for finding in sorted(kept, key=lambda f: f.span):  # what took another's place may end after the next
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        if count > 1:
            again = hashlib.sha256(f"{finding.fingerprint}{count}".encode()).hexdigest()[:16]
            finding = msgspec.structs.replace(finding, fingerprint=again)
        numbered.append(finding)
    return tuple(numbered)
