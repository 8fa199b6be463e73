"""The JSON form of a report, version 1: described by knowledge/schemas/report-1.schema.json.

At the top stand "schema" and exactly one of "result" and "error". The same report gives the same bytes. Lone
surrogates, which UTF-8 cannot hold, become U+FFFD; offsets are not moved by that.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping
from functools import lru_cache

from draft_assist.errors import DraftAssistError
from draft_assist.model import (
    ClauseChange,
    Evidence,
    Finding,
    Followed,
    Grounds,
    Place,
    Remark,
    Report,
    Requirement,
    SecondOpinion,
    SecondRound,
    Span,
    StepAnswer,
    TrackedChange,
)
from draft_assist.report.characters import encodable
from draft_assist.report.cited import citation_to_wire
from draft_assist.report.grounds import listed_grounds
from draft_assist.report.origin import is_by_model
from draft_assist.report.places import Places
from draft_assist.report.second_opinion import remark_on, remarks_of, stance_counts
from draft_assist.report.view import PointAnswer, RemovedGroup, answer_points, count_findings, removed_groups

SCHEMA = "draft-assist/report/1"
# A file that lost bytes all over has tens of thousands of damaged runs; their number is always given in full.
DAMAGED_LISTED = 1_000
CHANGES_LISTED = 1_000
NOTES_LISTED = 1_000
SAMPLE_LENGTH = 80

Json = dict[str, object]


@lru_cache(maxsize=1)
def tool_version() -> str:
    """The version of the installed package; "0" when it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("draft-assist")
    except PackageNotFoundError:
        return "0"


def to_wire(report: Report) -> Json:
    """The report as plain values that JSON can hold."""
    places, remarks = Places(report.document.text.raw), remarks_of(report)
    counts = count_findings(report)
    result: Json = {
        "tool": {"name": "draft-assist", "version": tool_version()},
        "as_of": report.as_of.isoformat(),
        "ruleset": report.ruleset,
        "rule_count": report.rule_count,
        "categories_checked": report.categories_checked,
        "clause_count": report.clause_count,
        "statutes": report.statutes,
        "document": _document(report),
        "counts": {**counts._asdict(), "total": counts.total, **_count_by_model(report)},
        "findings": [_finding(number, finding, remarks) for number, finding in enumerate(report.findings, 1)],
        "review_points": [_point(answer) for answer in answer_points(report)],
        "procedure": _procedure(report),
        "citations": [citation_to_wire(one) for one in report.citations],
        "not_checked": [{"what": n.what, "why": n.why, "place": n.place} for n in report.not_checked],
        "removed": _removed(report, places),
        "damaged": _damaged(report, places),
        "tracked_changes": _changes(report, places),
        "notes": _notes(report, places),
    }
    result.update(_searched(report))
    result.update(_followed(report, remarks))
    if report.opinion is not None:
        result["model_opinion"] = opinion_to_wire(report.opinion)
    return cleaned({"schema": SCHEMA, "result": result})


def error_to_wire(error: DraftAssistError) -> Json:
    """The form for a file that could not be reviewed."""
    told = {"what": error.what, "where": error.where, "next_step": error.next_step}
    return {"schema": SCHEMA, "error": {key: encodable(text) for key, text in told.items()}}


def write_json(report: Report, *, compact: bool = False) -> str:
    """The report as JSON text.

    Args:
        report: what to write.
        compact: on one line, for files of one report a line.
    """
    return _dump(to_wire(report), compact)


def write_error_json(error: DraftAssistError, *, compact: bool = False) -> str:
    """The JSON text for a file that could not be reviewed."""
    return _dump(error_to_wire(error), compact)


def _dump(value: Json, compact: bool) -> str:
    if compact:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def cleaned(value: Json) -> Json:
    """`value` with every string made encodable; tuples become lists."""
    return {key: _clean(item) for key, item in value.items()}


def _clean(value: object) -> object:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


def _document(report: Report) -> Json:
    facts, raw = report.document.facts, report.document.text.raw
    return {
        "file": {
            "name": raw.path.name if str(raw.path) != "-" else "-",
            "path": raw.path.as_posix(),
            "kind": raw.kind.value,
            "sha256": raw.sha256,
            "encoding": raw.encoding,
            "characters": len(raw.text),
            "pages": raw.page_count or None,
        },
        "title": facts.title,
        "number": facts.document_number,
        "number_candidates": [{"value": c.value, "reason": c.reason} for c in facts.number_candidates],
        "issuer": facts.issuer,
        "recipients": facts.recipients,
        "rank": {
            "id": report.rank.value,
            "given": report.rank_given,
            "detected": facts.rank.value,
            "certain": facts.rank_certain,
            "reason": facts.rank_reason,
        },
        "kind": {
            "id": report.kind.value,
            "given": report.kind_given,
            "detected": facts.kind.value,
            "reasons": facts.kind_reasons,
        },
        "signing_date": _date(facts.signing_date),
        "effective_date": _date(facts.effective_date),
        "date_notes": facts.date_notes,
        "validity": facts.validity,
        "registration_number": facts.registration_number,
    }


def _finding(number: int, finding: Finding, remarks: Mapping[str, Remark]) -> Json:
    remark = remark_on(finding, remarks)
    return {
        "number": number,
        "code": finding.code,
        "rule": finding.rule,
        "title": finding.title,
        "category": finding.category,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "origin": finding.origin,
        "quote": finding.quote,
        "place": _place(finding.place),
        "clause": finding.clause,
        "message": finding.message,
        "basis": [_evidence(evidence) for evidence in finding.basis],
        "advice": finding.advice,
        "because": finding.because,
        "fingerprint": finding.fingerprint,
        "damaged": finding.damaged,
        **_measured(finding),
        **_asked(finding.requirements),
        **({"wording": finding.wording} if finding.wording else {}),
        **({"remark": remark_to_wire(remark)} if remark else {}),
    }


def remark_to_wire(remark: Remark) -> Json:
    """A remark as the JSON and SARIF forms hold it, below its finding."""
    return {
        "stance": remark.stance.value,
        "reason": remark.reason,
        "basis": list(map(_evidence, remark.basis)),
        "wording": remark.wording,
    }


def _count_by_model(report: Report) -> Json:
    """The member of the counts that stands only where a model was asked or has a finding."""
    count = sum(map(is_by_model, report.findings))
    return {"by_model": count} if count or report.opinion is not None else {}


def opinion_to_wire(opinion: SecondOpinion) -> Json:
    """A second opinion as the JSON and SARIF forms hold it; its remarks stand with their findings."""
    return {
        "model": opinion.model,
        "where": opinion.where,
        "clauses": {
            "total": opinion.total,
            "needed": opinion.needed,
            "answered": opinion.asked,
            "cached": opinion.cached,
            "failed": [{"reason": reason, "count": count} for reason, count in opinion.failed],
        },
        "remarks": {stance.value: count for stance, count in stance_counts(opinion).items()},
        "dropped": [{"reason": one.reason, "words": one.words, "count": one.count} for one in opinion.dropped],
        "tokens": {"in": opinion.tokens_in, "out": opinion.tokens_out, "counted_here": opinion.is_counted_here},
        "cost": _number(opinion.cost),
        "estimate": _number(opinion.estimate),
        "currency": opinion.currency,
        "note": opinion.note,
        "record": opinion.record,
    }


def _number(value: float | None) -> float | None:
    """What JSON can hold, which has no infinity."""
    return value if value is not None and math.isfinite(value) else None


def _measured(finding: Finding) -> Json:
    known = finding.measured
    return {"measured": {"fired": known.fired, "right": known.right}} if known else {}


def _asked(requirements: tuple[Requirement, ...]) -> Json:
    """The member of a finding or step that rests on requirements of making."""
    return {"requirements": list(map(_requirement, requirements))} if requirements else {}


def _requirement(one: Requirement) -> Json:
    return {
        "id": one.id,
        "title": one.title,
        "gist": one.gist,
        "source": one.source,
        "number": one.number,
        "section": one.section,
        "jurisdiction": one.jurisdiction,
        "issued": _date(one.issued),
        "since": _date(one.since),
        "confirmed": one.is_confirmed,
        "checked_on": _date(one.checked_on),
    }


def _searched(report: Report) -> Json:
    """Members that stand only in reports of a review with a corpus."""
    if not report.corpus and not report.grounds:
        return {}
    return {"corpus": report.corpus, "grounds": list(map(_grounds, listed_grounds(report)))}


def _grounds(grounds: Grounds) -> Json:
    return {"clause": grounds.clause, "bases": list(map(_evidence, grounds.bases)), "note": grounds.note}


def _followed(report: Report, remarks: Mapping[str, Remark]) -> Json:
    """Members that stand only in reports that were asked for them."""
    told: Json = {}
    if report.suppressed:
        told["suppressed"] = [
            {
                "finding": _finding(number, one.finding, remarks),
                "reason": one.reason,
                "by": one.by,
                "on": _date(one.on),
                "until": _date(one.until),
            }
            for number, one in enumerate(report.suppressed, 1)
        ]
    if report.baseline is not None:
        known = [_finding(number, finding, remarks) for number, finding in enumerate(report.baseline.known, 1)]
        told["baseline"] = {"source": report.baseline.source, "known_count": len(known), "known": known}
    if report.second_round is not None:
        told["second_round"] = _second_round(report.second_round)
    if report.adjusted:
        told["adjusted"] = report.adjusted
    return told


def _second_round(second: SecondRound) -> Json:
    changes = None if second.changes is None else list(map(_clause_change, second.changes))
    return {
        "earlier": second.earlier,
        "resolved": list(map(_compared, second.resolved)),
        "remaining": list(map(_compared, second.remaining)),
        "new": list(map(_compared, second.new)),
        "changes": changes,
        "notes": second.notes,
    }


def _clause_change(change: ClauseChange) -> Json:
    return {"kind": change.kind, "place": change.place, "before": change.before, "after": change.after}


def _compared(one: Followed) -> Json:
    return {
        "code": one.code,
        "title": one.title,
        "severity": one.severity.value,
        "fingerprint": one.fingerprint,
        "place": one.place,
        "quote": one.quote,
        "before": one.before,
        "note": one.note,
    }


def _evidence(evidence: Evidence) -> Json:
    return {
        "law": evidence.law,
        "article": evidence.article,
        "gist": evidence.gist,
        "text": evidence.text,
        "status": evidence.status.value,
        "version_date": _date(evidence.version_date),
        "source": evidence.source,
    }


def _place(place: Place) -> Json:
    return {
        "start": place.span.start,
        "end": place.span.end,
        "line": place.line,
        "column": place.column,
        "page": place.page or None,
        "part": place.part or None,
        "paragraph": _index(place.paragraph),
        "run": _index(place.run),
        "source_offset": _index(place.source_offset),
        "label": place.label,
    }


def _point(answer: PointAnswer) -> Json:
    return {
        "id": answer.point.id,
        "name": answer.point.name,
        "answer": answer.answer,
        "findings": answer.findings,
        "words": answer.words,
    }


def _procedure(report: Report) -> Json:
    unconfigured = list(map(_requirement, report.unconfigured))
    told: Json = {"papers": report.companions, "steps": [_step(step) for step in report.steps]}
    return {**told, "unconfigured": unconfigured} if unconfigured else told


def _step(step: StepAnswer) -> Json:
    return {
        "id": step.id,
        "name": step.name,
        "always": step.always,
        "answer": step.answer.value,
        "date": _date(step.date),
        "start": _date(step.start),
        "days": step.days,
        "place": step.place,
        "words": step.words,
        "about": step.about,
        **_asked(step.requirements),
    }


def _removed(report: Report, places: Places) -> Json:
    groups = removed_groups(report)
    return {
        "total": sum(group.place_count for group in groups),
        "characters": sum(group.character_count for group in groups),
        "groups": [_removed_group(group, places) for group in groups],
    }


def _removed_group(group: RemovedGroup, places: Places) -> Json:
    samples = [{**_position(sample.span, places), "text": sample.text[:SAMPLE_LENGTH]} for sample in group.samples]
    return {
        "reason": group.reason,
        "count": group.place_count,
        "characters": group.character_count,
        "samples": samples,
    }


def _damaged(report: Report, places: Places) -> Json:
    text = report.document.text
    listed = []
    for damage in text.damaged[:DAMAGED_LISTED]:
        span = text.offsets.to_raw(damage.span)
        listed.append({"place": _place(places.place(span)), "text": span.of(text.raw.text), "reason": damage.reason})
    return {
        "total": len(text.damaged),
        "characters": sum(len(damage.span) for damage in text.damaged),
        "spans": listed,
    }


def _changes(report: Report, places: Places) -> Json:
    changes = report.document.text.raw.changes
    return {"total": len(changes), "changes": [_change(change, places) for change in changes[:CHANGES_LISTED]]}


def _change(change: TrackedChange, places: Places) -> Json:
    return {"kind": change.kind, "author": change.author, "text": change.text, **_position(change.span, places)}


def _notes(report: Report, places: Places) -> Json:
    document = report.document
    structure = []
    for note in document.notes[:NOTES_LISTED]:
        raw_span = document.text.offsets.to_raw(note.span)
        structure.append({**_position(raw_span, places), "message": note.message})
    return {
        "unread": document.text.raw.unread,
        "reading": document.text.notes,
        "structure_total": len(document.notes),
        "structure": structure,
    }


def _position(span: Span, places: Places) -> Json:
    line, column = places.line_column(span.start)
    return {"start": span.start, "end": span.end, "line": line, "column": column}


def _date(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _index(value: int) -> int | None:
    return value if value >= 0 else None
