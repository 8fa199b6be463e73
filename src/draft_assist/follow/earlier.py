"""Reports written before, read back from their JSON form (report/wire.py): one file, one report a line, or a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import msgspec

from draft_assist.errors import SourceError
from draft_assist.load.opening import display_name, read_regular_file
from draft_assist.model import Report, Severity
from draft_assist.report.wire import SCHEMA
from draft_assist.settings import Settings

_STEP = "请用 draft-assist review 文件 --format json --out 报告.json 生成的报告"


class EarlierFinding(msgspec.Struct, frozen=True, kw_only=True):
    """What a comparison needs of a finding, wherever it was read.

    Attributes:
        clause: its path; place: its label for people.
        origin: "rule" or "model".
    """

    code: str
    title: str
    severity: Severity
    quote: str
    clause: str
    fingerprint: str
    place: str
    origin: str = "rule"


class EarlierReport(NamedTuple):
    """One report that was read back.

    Attributes:
        source: the file it stood in.
        document: path of the document it is on, as it was given then.
        findings: listed ones.
        suppressed: findings that were set aside.
        known: findings that it left out because of a baseline of its own.
        ruleset, as_of: of that review.
    """

    source: Path
    document: str
    findings: tuple[EarlierFinding, ...]
    suppressed: tuple[EarlierFinding, ...]
    known: tuple[EarlierFinding, ...]
    ruleset: str
    as_of: str


def is_report(path: Path) -> bool:
    """True for a file that is named as a report rather than as a document."""
    return path.suffix.lower() in (".json", ".jsonl")


def read_reports(path: Path, settings: Settings) -> tuple[EarlierReport, ...]:
    """The reports of a file, or of every .json and .jsonl file right in a folder, in order of name.

    Reports of files that could not be reviewed then are passed over.

    Raises:
        SourceError: nothing can be read there, something is no report of this form, or no report has a result.
    """
    try:
        files = sorted(one for one in path.iterdir() if is_report(one)) if path.is_dir() else [path]
    except OSError as error:
        raise SourceError(f"文件夹打不开（{error.strerror}）", where=display_name(path)) from None
    reports = [report for file in files for report in _read(file, settings)]
    if not reports:
        raise SourceError("里面没有可以对照的审查报告", where=display_name(path), next_step=_STEP)
    return tuple(reports)


def report_on(reports: tuple[EarlierReport, ...], document: Path) -> EarlierReport | None:
    """The report on that document: by its path, else by its name when one report only has it; None when unclear."""
    same_path = [one for one in reports if Path(one.document) == document]
    same_name = [one for one in reports if Path(one.document).name == document.name]
    for found in (same_path, same_name):
        if len(found) == 1:
            return found[0]
    return None


def read_one(path: Path, settings: Settings, document: Path) -> EarlierReport:
    """The only report there, or the one on that document.

    Raises:
        SourceError: see `read_reports`; or several are there and none or more than one is on the document.
    """
    reports = read_reports(path, settings)
    report = reports[0] if len(reports) == 1 else report_on(reports, document)
    if report is None:
        name = display_name(document)
        raise SourceError(f"里面有{len(reports)}份报告，认不出哪一份是“{name}”的", where=display_name(path))
    return report


def as_earlier(report: Report) -> EarlierReport:
    """A report of this process in the same form."""
    findings = tuple(
        EarlierFinding(
            code=one.code,
            title=one.title,
            severity=one.severity,
            quote=one.quote,
            clause=one.clause,
            fingerprint=one.fingerprint,
            place=one.place.label,
            origin=one.origin,
        )
        for one in report.findings
    )
    path = report.document.text.raw.path
    return EarlierReport(path, str(path), findings, (), (), report.ruleset, report.as_of.isoformat())


# --- the JSON form ------------------------------------------------------------------------------------------------


class _Place(msgspec.Struct):
    label: str


class _Finding(msgspec.Struct):
    code: str
    title: str
    severity: Severity
    quote: str
    clause: str
    fingerprint: str
    place: _Place
    origin: str = "rule"


class _Suppressed(msgspec.Struct):
    finding: _Finding


class _Baseline(msgspec.Struct):
    known: list[_Finding] = []


class _File(msgspec.Struct):
    path: str


class _Document(msgspec.Struct):
    file: _File


class _Result(msgspec.Struct):
    document: _Document
    findings: list[_Finding]
    ruleset: str
    as_of: str
    suppressed: list[_Suppressed] = []
    baseline: _Baseline | None = None


class _Report(msgspec.Struct):
    schema: str
    result: _Result | None = None


def _read(path: Path, settings: Settings) -> list[EarlierReport]:
    where = display_name(path)
    content = read_regular_file(path, settings).removeprefix(b"\xef\xbb\xbf")
    texts = _documents(content)
    places = [where] if len(texts) == 1 else [f"{where}:{number}" for number in range(1, len(texts) + 1)]
    reports = [_report(text, place) for text, place in zip(texts, places, strict=True)]
    return [_plain(path, one.result) for one in reports if one.result is not None]


def _documents(content: bytes) -> list[bytes]:
    """The JSON documents in a file: the whole of it, or its lines when each is one."""
    lines = [line for line in content.splitlines() if line.strip()]
    if len(lines) > 1 and all(line.startswith(b"{") and line.rstrip().endswith(b"}") for line in lines):
        return lines
    return [content]


def _report(text: bytes, where: str) -> _Report:
    try:
        report = msgspec.json.decode(text, type=_Report)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        kind = "不是本软件的 JSON 审查报告" if _is_json(text) else "不是 JSON 文件，或者没有写完整"
        raise SourceError(f"{kind}（{error}）", where=where, next_step=_STEP) from None
    if report.schema != SCHEMA:
        raise SourceError(f"报告的格式版本是“{report.schema[:60]}”，能读的是“{SCHEMA}”", where=where, next_step=_STEP)
    return report


def _is_json(text: bytes) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _plain(source: Path, result: _Result) -> EarlierReport:
    return EarlierReport(
        source=source,
        document=result.document.file.path,
        findings=tuple(map(_finding, result.findings)),
        suppressed=tuple(_finding(one.finding) for one in result.suppressed),
        known=tuple(map(_finding, result.baseline.known if result.baseline else ())),
        ruleset=result.ruleset,
        as_of=result.as_of,
    )


def _finding(one: _Finding) -> EarlierFinding:
    return EarlierFinding(
        code=one.code,
        title=one.title,
        severity=one.severity,
        quote=one.quote,
        clause=one.clause,
        fingerprint=one.fingerprint,
        place=one.place.label,
        origin=one.origin,
    )
