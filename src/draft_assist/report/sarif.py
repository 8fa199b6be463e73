"""SARIF 2.1.0, for systems that take results of static analysis.

Columns and offsets count code points (`columnKind` unicodeCodePoints) of the text read from the file. For .docx, .pdf
and .html that is the extracted text; the properties of a location then say where it stands in the file itself.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from draft_assist.errors import DraftAssistError
from draft_assist.model import (
    Evidence,
    FileKind,
    Finding,
    NotChecked,
    Place,
    RawDocument,
    Remark,
    Report,
    Requirement,
    Severity,
    Span,
    Suppressed,
)
from draft_assist.report.characters import encodable
from draft_assist.report.citations import article_key
from draft_assist.report.grounds import grounds_by_finding
from draft_assist.report.origin import BY_MODEL, is_by_model
from draft_assist.report.places import Places
from draft_assist.report.second_opinion import LABEL, remark_lines, remark_on, remarks_of, wording_words
from draft_assist.report.view import DISCLAIMER, category_words, certainty, evidence_note, evidence_title, finding_notes
from draft_assist.report.wire import Json, cleaned, opinion_to_wire, remark_to_wire, tool_version

VERSION = "2.1.0"
SCHEMA_URI = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "draftAssist/v1"

_LEVELS = {Severity.UNLAWFUL: "error", Severity.DOUBTFUL: "warning", Severity.ADVICE: "note"}
_WORST_FIRST = (Severity.UNLAWFUL, Severity.DOUBTFUL, Severity.ADVICE)
_MIME_TYPES = {
    FileKind.TEXT: "text/plain",
    FileKind.MARKDOWN: "text/markdown",
    FileKind.HTML: "text/html",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.PDF: "application/pdf",
}


def write_sarif(reports: Sequence[Report]) -> str:
    """One log with one run a document."""
    return _dump([_run(report) for report in reports])


def write_error_sarif(error: DraftAssistError) -> str:
    """The log of a file that could not be reviewed: a run that was not successful, with the reason."""
    invocation: Json = {
        "executionSuccessful": False,
        "toolExecutionNotifications": [{"level": "error", "message": {"text": encodable(str(error))}}],
    }
    return _dump([{"tool": {"driver": _driver([])}, "invocations": [invocation], "results": []}])


def _dump(runs: list[Json]) -> str:
    log = {"$schema": SCHEMA_URI, "version": VERSION, "runs": runs}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _driver(rules: list[Json]) -> Json:
    return {
        "name": "draft-assist",
        "version": tool_version(),
        "shortDescription": {"text": "规范性文件合法性预审"},
        "language": "zh-CN",
        "rules": rules,
    }


def _run(report: Report) -> Json:
    reported = [*report.findings, *(one.finding for one in report.suppressed)]
    codes = list(dict.fromkeys(finding.code for finding in reported))
    index = {code: number for number, code in enumerate(codes)}
    places = Places(report.document.text.raw)
    return {
        "tool": {"driver": _driver(_rules(reported, codes))},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(report.document.text.raw)],
        "invocations": [_invocation(report)],
        "results": _results(report, index, places),
        "properties": {
            "asOf": report.as_of.isoformat(),
            "ruleset": report.ruleset,
            "ruleCount": report.rule_count,
            "clauseCount": report.clause_count,
            "statutes": encodable(report.statutes),
            "rank": report.rank.value,
            "kind": report.kind.value,
            **({"corpus": encodable(report.corpus)} if report.corpus else {}),
            **({"modelOpinion": cleaned(opinion_to_wire(report.opinion))} if report.opinion else {}),
        },
    }


def _rules(findings: Iterable[Finding], codes: list[str]) -> list[Json]:
    by_code: dict[str, list[Finding]] = {code: [] for code in codes}
    for finding in findings:
        by_code[finding.code].append(finding)
    return [_rule(group) for group in by_code.values()]


def _rule(group: list[Finding]) -> Json:
    first = group[0]
    if is_by_model(first):
        return _no_rule(first)
    worst = min((finding.severity for finding in group), key=_WORST_FIRST.index)
    basis = [f"{evidence_title(evidence)}：{evidence.gist}" for evidence in first.basis]
    lines = [line for line in (*basis, f"建议：{first.advice}" if first.advice else "", DISCLAIMER) if line]
    return {
        "id": encodable(first.code),
        "name": encodable(first.rule),
        "shortDescription": {"text": encodable(first.title)},
        "fullDescription": {"text": encodable(f"{first.title}（{category_words(first)}）")},
        "help": {"text": encodable("\n".join(lines))},
        "defaultConfiguration": {"level": _LEVELS[worst]},
        "properties": {"category": first.category, "precision": first.confidence.value, "tags": [first.category]},
    }


def _no_rule(finding: Finding) -> Json:
    """What stands for the rule of a model's findings of one category, which rest on none and differ from each other."""
    words = f"语言模型提出的问题（{category_words(finding)}），须由人工核对，没有对应的审查规则"
    return {
        "id": encodable(finding.code),
        "name": encodable(finding.rule),
        "shortDescription": {"text": f"{BY_MODEL}（{category_words(finding)}）"},
        "fullDescription": {"text": words},
        "help": {"text": DISCLAIMER},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {
            "category": finding.category,
            "precision": finding.confidence.value,
            "tags": [finding.category, "model"],
        },
    }


def _results(report: Report, index: dict[str, int], places: Places) -> list[Json]:
    """The findings, then those set aside; 3.27.23: when one result of a run has suppressions, all have them."""
    possible = {number: one.grounds.bases for number, one in grounds_by_finding(report).items()}
    remarks = remarks_of(report)
    results = [
        _result(finding, index[finding.code], report, places, remark_on(finding, remarks), possible.get(number, ()))
        for number, finding in enumerate(report.findings, 1)
    ]
    if not report.suppressed:
        return results
    for result in results:
        result["suppressions"] = []
    for one in report.suppressed:
        result = _result(one.finding, index[one.finding.code], report, places, remark_on(one.finding, remarks))
        result["suppressions"] = [_suppression(one)]
        results.append(result)
    return results


def _suppression(one: Suppressed) -> Json:
    told = {"by": encodable(one.by), "on": _day(one.on), "until": _day(one.until)}
    return {
        "kind": "external",
        "status": "accepted",
        "justification": encodable(one.reason),
        "properties": {name: value for name, value in told.items() if value},
    }


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _result(
    finding: Finding,
    rule_index: int,
    report: Report,
    places: Places,
    remark: Remark | None,
    possible: tuple[Evidence, ...] = (),
) -> Json:
    result: Json = {
        "ruleId": encodable(finding.code),
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": encodable(_message(finding, remark))},
        "locations": [_location(finding, report.document.text.raw, places)],
        "properties": {
            "severity": finding.severity.value,
            "confidence": finding.confidence.value,
            "origin": finding.origin,
            "damaged": finding.damaged,
            "basis": list(map(_evidence, finding.basis)),
            **({"possibleBasis": list(map(_evidence, possible))} if possible else {}),
            **({"requirements": list(map(_requirement, finding.requirements))} if finding.requirements else {}),
            **({"wording": encodable(finding.wording)} if finding.wording else {}),
            **({"modelRemark": cleaned(remark_to_wire(remark))} if remark else {}),
        },
    }
    if finding.fingerprint:
        result["partialFingerprints"] = {FINGERPRINT: finding.fingerprint}
    return result


def _evidence(evidence: Evidence) -> Json:
    return {
        "law": encodable(evidence.law),
        "article": encodable(evidence.article),
        "text": encodable(evidence.text),
        "status": evidence.status.value,
        "versionDate": evidence.version_date.isoformat() if evidence.version_date else None,
    }


def _requirement(one: Requirement) -> Json:
    return {
        "id": one.id,
        "gist": encodable(one.gist),
        "source": encodable(one.source),
        "number": encodable(one.number),
        "section": encodable(one.section),
        "jurisdiction": encodable(one.jurisdiction),
        "issued": _day(one.issued) or None,
        "confirmed": one.is_confirmed,
    }


def _message(finding: Finding, remark: Remark | None) -> str:
    parts = [f"{note}。" for note in finding_notes(finding) if is_by_model(finding)]
    parts.append(finding.message)
    for evidence in finding.basis:
        note = evidence_note(evidence)
        parts.append(f"依据：{evidence_title(evidence)}{f'（{note}）' if note else ''}。")
    if finding.advice:
        parts.append(f"建议：{finding.advice}")
    if finding.wording:
        parts.append(wording_words(finding.wording))
    parts.append(f"把握程度：{certainty(finding)}。")
    if remark is not None:
        # The articles that the finding rests on are named above without their words, like these.
        told = remark_lines(remark, {article_key(one): "" for one in remark.basis})
        parts += [f"{LABEL}：{told.lead}", *told.lines]
    return "\n".join(parts)


def _location(finding: Finding, raw: RawDocument, places: Places) -> Json:
    place = finding.place
    location: Json = {
        "physicalLocation": {
            "artifactLocation": {"uri": file_uri(raw.path), "index": 0},
            "region": _region(place, finding.quote, raw, places),
        },
        "logicalLocations": [{"fullyQualifiedName": encodable(finding.clause), "kind": "member"}],
    }
    if place.label:
        location["message"] = {"text": encodable(place.label)}
    if inside := _inside(place):
        location["properties"] = inside
    return location


def _region(place: Place, quoted: str, raw: RawDocument, places: Places) -> Json:
    span = Span(min(place.span.start, len(raw.text)), min(place.span.end, len(raw.text)))
    end_line, end_column = places.line_column(span.end)
    region: Json = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": place.span.start,
        "charLength": len(place.span),
    }
    if quoted:
        region["snippet"] = {"text": encodable(quoted)}
    return region


def _inside(place: Place) -> Json:
    """Where the words stand inside a .docx, .pdf or .html."""
    values = {
        "page": place.page if place.page else None,
        "part": place.part or None,
        "paragraph": place.paragraph if place.paragraph >= 0 else None,
        "run": place.run if place.run >= 0 else None,
        "sourceOffset": place.source_offset if place.source_offset >= 0 else None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _artifact(raw: RawDocument) -> Json:
    artifact: Json = {
        "location": {"uri": file_uri(raw.path)},
        "mimeType": _MIME_TYPES[raw.kind],
        "roles": ["analysisTarget"],
    }
    if raw.sha256:
        artifact["hashes"] = {"sha-256": raw.sha256}
    if raw.encoding:
        artifact["encoding"] = raw.encoding
    if raw.kind not in (FileKind.TEXT, FileKind.MARKDOWN):
        artifact["description"] = {"text": "行、列和偏移量按从文件中读出的文字计算"}
    return artifact


def _invocation(report: Report) -> Json:
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [_notification(item) for item in report.not_checked],
    }


def _notification(item: NotChecked) -> Json:
    place = f"（{item.place}）" if item.place else ""
    return {"level": "note", "message": {"text": encodable(f"未审查：{item.what}{place}。原因：{item.why}")}}


def file_uri(path: Path) -> str:
    """The path as a URI reference, every byte outside ASCII percent-encoded; standard input is "stdin"."""
    if str(path) == "-":
        return "stdin"
    text = path.as_posix()
    try:
        encoded = os.fsencode(text)
    except UnicodeEncodeError:
        # A name from an upload or from Windows may hold surrogates that no file name of this system can.
        encoded = encodable(text).encode()
    if not path.is_absolute():
        return quote(encoded)
    return ("file://" if text.startswith("/") else "file:///") + quote(encoded, safe="/:")
