"""The report as Markdown (CommonMark with tables); nothing in the document can act as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from draft_assist.model import Evidence, Finding, Report
from draft_assist.report.asked import LABEL as ASKED
from draft_assist.report.asked import UNCONFIGURED, ledger_words, requirement_lines, requirement_words
from draft_assist.report.characters import one_line, visible
from draft_assist.report.citations import article_key
from draft_assist.report.cited import HEADING as CITED
from draft_assist.report.cited import cited_rows, cited_summary
from draft_assist.report.followed import Section, followed_sections, plain_line
from draft_assist.report.grounds import Lines, grounds_by_finding, grounds_lines
from draft_assist.report.origin import model_mark, source_label
from draft_assist.report.places import Places
from draft_assist.report.second_opinion import (
    LABEL,
    WORDING,
    RemarkLines,
    lines_by_finding,
    opinion_sections,
    proposed,
)
from draft_assist.report.view import (
    DISCLAIMER,
    answer_points,
    certainty,
    document_facts,
    document_name,
    evidence_note,
    evidence_title,
    evidence_version,
    finding_notes,
    first_shown,
    not_checked_lines,
    nothing_found,
    place_label,
    reading_notes,
    removed_groups,
    review_facts,
    rule_words,
    severity_name,
    step_rows,
    summary,
)

DAMAGED_SHOWN = 50
# Every ASCII mark may be escaped (CommonMark 0.31, 2.4); these are the ones that can begin markup inside a line.
_MARKS = re.compile(r"([\\`*_{}\[\]<>()#|~&!$@:])")
# And these only at the start of a line.
_FIRST = re.compile(r"^(\s*)([-+=]|[0-9]{1,9}(?=[.)]))")


def write_markdown(report: Report) -> str:
    """The report as one Markdown document."""
    return "\n".join(_lines(report)) + "\n"


def escape(text: str) -> str:
    """`text` on one line, shown as it is wherever it stands in a paragraph, list item or table cell."""
    line = _MARKS.sub(r"\\\1", one_line(text))
    return _FIRST.sub(_escape_first, line)


def _escape_first(match: re.Match[str]) -> str:
    if match[2].isdigit():
        # "1." begins a list; a digit cannot be escaped, the full stop after it can: written as an entity instead.
        return f"{match[1]}&#{ord(match[2][0])};{match[2][1:]}"
    return f"{match[1]}\\{match[2]}"


def _lines(report: Report) -> Iterator[str]:
    yield f"# 预审报告：{escape(document_name(report))}"
    yield from ("", f"**{escape(summary(report))}**", "", DISCLAIMER)
    yield from _facts(report)
    yield from _findings(report)
    yield from _sections(followed_sections(report))
    yield from _points(report)
    yield from _sections(opinion_sections(report))
    yield from _not_checked(report)
    yield from _left_out(report)


def _facts(report: Report) -> Iterator[str]:
    yield from ("", "## 一、文件与审查情况", "", "| 项目 | 内容 |", "| --- | --- |")
    for fact in (*document_facts(report), *review_facts(report)):
        yield f"| {escape(fact.label)} | {escape(fact.value)} |"


def _findings(report: Report) -> Iterator[str]:
    yield from ("", "## 二、发现的问题")
    if not report.findings:
        yield from ("", nothing_found(report))
    first, places = first_shown(report), Places(report.document.text.raw)
    grounds, asked, remarks = grounds_by_finding(report), requirement_lines(report), lines_by_finding(report)
    for number, finding in enumerate(report.findings, 1):
        possible = grounds_lines(grounds[number], number) if number in grounds else None
        beside = _Beside(first, possible, asked.get(number, []), remarks.get(number))
        yield from _finding(number, finding, place_label(finding, places), beside)


class _Beside(NamedTuple):
    """What stands beside a finding.

    Attributes:
        first: where each basis is shown first.
        possible: the possible bases; asked: what is asked of making; remark: what a model says of it.
    """

    first: dict[tuple[str, str, str], int]
    possible: Lines | None
    asked: list[str]
    remark: RemarkLines | None


def _finding(number: int, finding: Finding, place: str, beside: _Beside) -> Iterator[str]:
    mark = f"【{model_mark(finding)}】" if model_mark(finding) else ""
    yield from ("", f"### {number}. 【{severity_name(finding)}】{mark}{escape(finding.title)}", "")
    yield f"- **位置**：{escape(place)}"
    if finding.quote:
        yield f"- **原文**：“{escape(finding.quote)}”"
    yield f"- **问题**：{escape(finding.message)}"
    for evidence in finding.basis:
        yield from _evidence(evidence, beside.first[article_key(evidence)], number)
    if beside.possible is not None:
        yield f"- **参考**：{escape(beside.possible.lead)}"
        yield from (f"  - {escape(words)}" for words in beside.possible.bases)
    yield from (f"- **{ASKED}**：{escape(words)}" for words in beside.asked)
    if finding.advice:
        yield f"- **建议**：{escape(finding.advice)}"
    if finding.wording:
        yield f"- **{WORDING}**：{escape(proposed(finding.wording))}"
    yield f"- **把握程度**：{escape(certainty(finding))}"
    for note in finding_notes(finding):
        yield f"- **注意**：{escape(note)}"
    if beside.remark is not None:
        yield f"- **{LABEL}**：{beside.remark.lead}"
        yield from (f"  - {escape(words)}" for words in beside.remark.lines)
    yield f"- **{source_label(finding)}**：{escape(rule_words(finding))}"


def _evidence(evidence: Evidence, shown_at: int, number: int) -> Iterator[str]:
    yield f"- **依据**：{escape(evidence_title(evidence))}"
    if evidence.text and shown_at < number:
        yield f"  - 条文见第{shown_at}项。"
    elif evidence.text:
        yield from ("", f"  > （{escape(evidence_version(evidence))}）", "  >")
        for paragraph in visible(evidence.text).split("\n"):
            if paragraph.strip():
                yield from (f"  > {escape(paragraph)}", "  >")
        yield ""
    elif evidence.gist:
        yield f"  - 要旨：{escape(evidence.gist)}"
    if note := evidence_note(evidence):
        yield f"  - **注意**：{escape(note)}"


def _sections(sections: list[Section]) -> Iterator[str]:
    for section in sections:
        yield from ("", f"## {section.heading}", "", escape(section.words))
        for name, lines in section.groups:
            yield from ("", f"**{name}**", "") if name else ("",)
            yield from (f"- {escape(plain_line(line))}" for line in lines)


def _points(report: Report) -> Iterator[str]:
    yield from ("", "## 三、审核要点", "", "| 审核要点 | 预审情况 |", "| --- | --- |")
    for answer in answer_points(report):
        yield f"| {escape(answer.point.name)} | {escape(answer.words)} |"
    if rows := step_rows(report):
        yield from ("", "### 制定程序台账", "", f"| 环节 | 情况 | 出处 | {ASKED} |", "| --- | --- | --- | --- |")
        for row, asked in zip(rows, ledger_words(report), strict=True):
            yield f"| {' | '.join(map(escape, (row.name, row.answer, row.source, asked)))} |"
    if report.unconfigured:
        yield from ("", f"{UNCONFIGURED}：", "")
        yield from (f"- {escape(requirement_words(one))}" for one in report.unconfigured)

    if cited := cited_rows(report.citations):
        yield from ("", f"### {CITED}", "", cited_summary(cited), "")
        yield from ("| 位置 | 引用 | 成文时 | 现在 | 说明 |", "| --- | --- | --- | --- | --- |")
        for one in cited:
            words = f"{one.words}（{one.meant}）" if one.meant else one.words
            cells = (one.place, words, one.answer_when_written or "—", one.answer, one.note)
            yield f"| {' | '.join(map(escape, cells))} |"


def _not_checked(report: Report) -> Iterator[str]:
    yield from ("", "## 四、未能审查的内容", "")
    lines = not_checked_lines(report)
    yield from (f"- {escape(line)}" for line in lines)
    if not lines:
        yield "无。"


def _left_out(report: Report) -> Iterator[str]:
    lines = [*_damaged(report), *_removed(report), *map(escape, reading_notes(report))]
    if lines:
        yield from ("", "## 五、原件文字情况", "")
        yield from (f"- {line}" for line in lines)


def _damaged(report: Report) -> Iterator[str]:
    text = report.document.text
    if not text.damaged:
        return
    places = Places(text.raw)
    yield f"有{len(text.damaged)}处文字损坏，无法辨认，未作推测："
    for damage in text.damaged[:DAMAGED_SHOWN]:
        span = text.offsets.to_raw(damage.span)
        label = escape(places.where(span))
        yield f"{label}“{escape(one_line(span.of(text.raw.text), 80))}”（{escape(damage.reason)}）"
    if len(text.damaged) > DAMAGED_SHOWN:
        yield f"其余{len(text.damaged) - DAMAGED_SHOWN}处见网页或 JSON 格式的报告"


def _removed(report: Report) -> Iterator[str]:
    for group in removed_groups(report):
        samples = "、".join(f"“{escape(one_line(sample.text, 40))}”" for sample in group.samples)
        yield f"{escape(group.reason)}{group.place_count}处（{group.character_count}字）未作为正文审查，如{samples}"
