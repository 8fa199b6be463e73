"""What reviewers decided on findings: one JSON object a line beside the document, and eval samples out of it.

A record holds all that it needs (code, words, text, category), taken from a review at the moment of the decision, so
that later edits of the document do not spoil it. A later decision on the same finding takes the place of the earlier.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import msgspec

from draft_assist.errors import SourceError
from draft_assist.evals.clauses import Sample, read_samples
from draft_assist.follow.files import beside, write_whole
from draft_assist.follow.select import all_findings
from draft_assist.load.opening import display_name
from draft_assist.model import Clause, Document, Finding, Level, Report, Severity, Span
from draft_assist.report.origin import is_by_model

ENDING = ".decisions.jsonl"
_SENTENCE_END = re.compile(r"[。！？\n]")
# Whole chapters are no samples.
_LONGEST = 1_000
_ITEMS = (Level.ITEM, Level.SUBITEM)
_WHITE = re.compile(r"\s+")


class Verdict(StrEnum):
    """What the reviewer made of a finding."""

    ADOPTED = "采纳"
    PARTLY = "部分采纳"
    REJECTED = "不采纳"


class Neighbour(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another finding on the text of a decision."""

    code: str
    fingerprint: str
    category: str


class Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision.

    Attributes:
        fingerprint, code, title, category, severity, quote, place, clause: of the finding.
        text: the words to judge it by: the sentence, or as much around it as the rule needs to fire again.
        others: the other findings on that text, undecided unless a record of their own says more.
        issuer_rank: rank id of the review.
        verdict, reason, by, on: the decision, why, by whom ("" when not said), on which day.
        document, sha256: name and content of the file as reviewed; as_of, ruleset: of the review.
    """

    fingerprint: str
    code: str
    title: str
    category: str
    severity: Severity
    quote: str
    place: str
    clause: str
    text: str
    others: tuple[Neighbour, ...] = ()
    issuer_rank: str
    verdict: Verdict
    reason: str
    by: str = ""
    on: dt.date
    document: str
    sha256: str
    as_of: dt.date
    ruleset: str


def decisions_path(document: Path) -> Path:
    """Where the decisions on a document stand."""
    return beside(document, ENDING)


# --- recording ----------------------------------------------------------------------------------------------------


def decide(
    report: Report,
    finding: Finding,
    verdict: Verdict,
    reason: str,
    *,
    by: str,
    on: dt.date,
    found_in: Callable[[str], Iterable[str]],
) -> Decision:
    """The record of a decision.

    Args:
        report: the review that the finding stands in.
        finding: one of its findings.
        verdict, reason, by, on: the decision.
        found_in: the codes that a review of such words by themselves reports.
    """
    span = _text_span(report.document, finding, found_in)
    others = [one for one in all_findings(report) if one.span.overlaps(span) and one != finding]
    raw = report.document.text.raw
    return Decision(
        fingerprint=finding.fingerprint,
        code=finding.code,
        title=finding.title,
        category=finding.category,
        severity=finding.severity,
        quote=finding.quote,
        place=finding.place.label,
        clause=finding.clause,
        text=_words(report.document, span),
        others=tuple(Neighbour(code=one.code, fingerprint=one.fingerprint, category=one.category) for one in others),
        issuer_rank=report.rank.value,
        verdict=verdict,
        reason=reason,
        by=by,
        on=on,
        document=raw.path.name,
        sha256=raw.sha256,
        as_of=report.as_of,
        ruleset=report.ruleset,
    )


def add_decision(path: Path, decision: Decision) -> None:
    """Write a record at the end of the file, which is made when missing; earlier lines stay as they are.

    Raises:
        SourceError: the file holds something else, and is left as it is.
    """
    read_decisions(path)
    before = path.read_bytes() if path.exists() else b""
    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    write_whole(path, before + gap + msgspec.json.encode(decision) + b"\n")


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """All records in the order they were made; () when there is no file.

    Raises:
        SourceError: the file cannot be read, or a line is no record.
    """
    where = display_name(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise SourceError(f"决定记录读不出来（{error.strerror}）", where=where, next_step="请检查权限") from None
    decisions = []
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip():
            continue
        try:
            decisions.append(msgspec.json.decode(line, type=Decision))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise SourceError(
                f"这一行不是决定记录（{error}）", where=f"{where}:{number}", next_step="请改正或者移走这一行"
            ) from None
    return tuple(decisions)


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The latest decision on each finding, in the order of the first ones."""
    latest: dict[tuple[str, str], Decision] = {}
    for decision in decisions:
        latest[decision.code, decision.fingerprint] = decision
    return tuple(latest.values())


def _text_span(document: Document, finding: Finding, found_in: Callable[[str], Iterable[str]]) -> Span:
    """The least of sentence, clause and the clauses around it in which the rule fires again; the clause, if in none.

    An item of a list means nothing without the words before the list, a figure nothing without its table. For what a
    model put forward no rule can fire again: it is the least clause that is no item.
    """
    trail = _trail(document.clauses, finding.span)
    if not trail:
        return finding.span
    if is_by_model(finding):
        whole = next((one.span for one in reversed(trail) if one.level not in _ITEMS), finding.span)
        return whole if len(whole) <= _LONGEST else trail[-1].span
    own = trail[-1].head if trail[-1].head.contains(finding.span) else trail[-1].span
    spans = [_sentence(document, own, finding.span), own, *(clause.span for clause in reversed(trail))]
    for span in dict.fromkeys(spans):
        words = _words(document, span) if len(span) <= _LONGEST else ""
        if words and finding.code in found_in(words):
            return span
    return own


def _trail(clauses: tuple[Clause, ...], span: Span) -> list[Clause]:
    """The clauses that hold `span`, outermost first."""
    trail: list[Clause] = []
    while holding := next((one for one in clauses if one.span.contains(span)), None):
        trail.append(holding)
        clauses = holding.children
    return trail


def _sentence(document: Document, within: Span, span: Span) -> Span:
    """The sentences of `within` that `span` touches."""
    text = document.text_of(within)
    before = [match.end() for match in _SENTENCE_END.finditer(text, 0, span.start - within.start)]
    after = _SENTENCE_END.search(text, max(span.end - within.start - 1, 0))
    start = before[-1] if before else 0
    return Span(within.start + start, within.start + (after.end() if after else len(text)))


def _words(document: Document, span: Span) -> str:
    lines = (line.strip() for line in document.text_of(span).splitlines())
    return "\n".join(line for line in lines if line)


# --- eval samples -------------------------------------------------------------------------------------------------


class Added(NamedTuple):
    """What `add_samples` did.

    Attributes:
        added: samples written; there: samples that the file had; differing: ids that it has with other labels.
    """

    added: int
    there: int
    differing: tuple[str, ...]


class LabelledSample(Sample, frozen=True, kw_only=True):
    """A sample with what was decided: a line of a clause file, whose readers ignore the further key."""

    note: str = ""


def samples_of(decisions: Iterable[Decision]) -> tuple[LabelledSample, ...]:
    """One sample a text, in the order of the decisions; the latest decision on each finding counts.

    Labels are the categories of adopted findings. A category adopted in part, decided both ways or found and not
    decided stands in `unsure`, which leaves it out of the scores. "none" is said only where all was rejected.
    """
    latest = standing(decisions)
    decided = {(one.code, one.fingerprint) for one in latest}
    by_text: dict[tuple[str, str], list[Decision]] = {}
    for decision in latest:
        by_text.setdefault((_WHITE.sub("", decision.text), decision.issuer_rank), []).append(decision)
    return tuple(_sample(words, rank, group, decided) for (words, rank), group in by_text.items())


def _sample(words: str, rank: str, group: list[Decision], decided: set[tuple[str, str]]) -> LabelledSample:
    verdicts: dict[str, set[Verdict]] = {}
    for decision in group:
        verdicts.setdefault(decision.category, set()).add(decision.verdict)
    adopted = [category for category, given in verdicts.items() if given != {Verdict.REJECTED}]
    unsure = {category for category, given in verdicts.items() if given not in ({Verdict.ADOPTED}, {Verdict.REJECTED})}
    others = [other for decision in group for other in decision.others]
    open_ = {other.category for other in others if (other.code, other.fingerprint) not in decided}
    undecided = open_ - {category for category, given in verdicts.items() if given == {Verdict.ADOPTED}}
    labels = tuple(sorted(adopted)) or (() if undecided else ("none",))
    return LabelledSample(
        id=f"decision-{hashlib.sha256(f'{rank}|{words}'.encode()).hexdigest()[:12]}",
        text=group[0].text,
        labels=labels,
        unsure=tuple(sorted(unsure | undecided)),
        issuer_rank=rank,
        note="；".join(f"{one.code} {one.verdict.value}：{one.reason}" for one in group),
    )


def add_samples(path: Path, samples: Sequence[LabelledSample]) -> Added:
    """Write the samples that the file does not have at its end; what stands there stays as it is.

    Raises:
        SourceError: the file is no clause file.
    """
    there = read_samples(path) if path.exists() else []
    before = path.read_bytes() if path.exists() else b""
    known = {one.id: one for one in there}
    texts = {(_WHITE.sub("", one.text), one.issuer_rank): one for one in there}
    new: list[LabelledSample] = []
    differing: list[str] = []
    for sample in samples:
        same = known.get(sample.id) or texts.get((_WHITE.sub("", sample.text), sample.issuer_rank))
        if same is None:
            new.append(sample)
        elif set(same.labels) != set(sample.labels):
            differing.append(same.id)
    if new:
        gap = b"" if not before or before.endswith(b"\n") else b"\n"
        write_whole(path, before + gap + b"".join(_line(one) for one in new))
    return Added(added=len(new), there=len(samples) - len(new), differing=tuple(differing))


def _line(sample: LabelledSample) -> bytes:
    values = {name: value for name, value in msgspec.to_builtins(sample).items() if value or name == "labels"}
    return msgspec.json.encode(values) + b"\n"
