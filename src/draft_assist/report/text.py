"""The report for a terminal: plain lines that fit its width; colours only on a terminal that has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TextIO

from draft_assist.errors import DraftAssistError
from draft_assist.model import Evidence, Finding, Report, Severity
from draft_assist.report.asked import LABEL as ASKED
from draft_assist.report.asked import UNCONFIGURED, ledger_words, requirement_lines, requirement_words
from draft_assist.report.characters import one_line, visible
from draft_assist.report.citations import CUT, article_key, excerpt
from draft_assist.report.cited import HEADING as CITED
from draft_assist.report.cited import cited_rows, cited_summary, cited_words
from draft_assist.report.columns import cell_width, wrap
from draft_assist.report.followed import Section, followed_sections, plain_line
from draft_assist.report.grounds import Lines, grounds_by_finding, grounds_lines
from draft_assist.report.origin import model_mark, source_label
from draft_assist.report.places import Places
from draft_assist.report.second_opinion import (
    LABEL,
    SHORT_LABEL,
    RemarkLines,
    lines_by_finding,
    opinion_sections,
    proposed,
)
from draft_assist.report.view import (
    DISCLAIMER,
    Fact,
    answer_points,
    certainty,
    count_findings,
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

DEFAULT_WIDTH = 80
# Longer quotes are cut here only; JSON and HTML hold them whole.
QUOTE_LENGTH = 400
DAMAGED_SHOWN = 10
CITED_SHOWN = 30

_STYLES = {Severity.UNLAWFUL: "bold red", Severity.DOUBTFUL: "bold yellow", Severity.ADVICE: "bold cyan"}


class Line(NamedTuple):
    """One line of output; `style` is a rich style for terminals with colour."""

    text: str
    style: str = ""


def write_text(report: Report, *, width: int = DEFAULT_WIDTH) -> str:
    """The report as plain text, no line wider than `width` cells."""
    return "".join(f"{line.text}\n" for line in report_lines(report, width))


def write_error_text(error: DraftAssistError, *, width: int = DEFAULT_WIDTH) -> str:
    """What to print for a file that could not be reviewed."""
    return "".join(f"{line}\n" for line in wrap(f"未能审查。{one_line(str(error))}", width))


def print_text(report: Report, *, file: TextIO | None = None, width: int | None = None) -> None:
    """Print the report with colours where `file` is a terminal, plainly elsewhere.

    Args:
        report: what to print.
        file: where to; None for standard output.
        width: cells; None takes the terminal's width, or 80 where there is none.
    """
    from rich.console import Console
    from rich.text import Text

    console = Console(file=file, markup=False, highlight=False, emoji=False, soft_wrap=True)
    cells = width or (min(console.width, 120) if console.is_terminal else DEFAULT_WIDTH)
    for line in report_lines(report, cells):
        console.print(Text(line.text, style=line.style), soft_wrap=True)


def report_lines(report: Report, width: int) -> Iterator[Line]:
    """The lines of the report, in order: summary, facts, findings, points, what was not reviewed, what was left out."""
    yield from _block(f"预审报告：{document_name(report)}", width, style="bold")
    yield from _block(summary(report), width, style="bold red" if count_findings(report).unlawful else "bold")
    yield from _block(DISCLAIMER, width, style="dim")
    yield from _facts("一、文件与审查情况", [*document_facts(report), *review_facts(report)], width)
    yield from _findings(report, width)
    yield from _sections(followed_sections(report), width)
    yield from _facts("三、审核要点", [Fact(a.point.name, a.words) for a in answer_points(report)], width, stacked=True)
    yield from _steps(report, width)
    yield from _cited(report, width)
    yield from _sections(opinion_sections(report), width)
    yield from _not_checked(report, width)
    yield from _left_out(report, width)


def _steps(report: Report, width: int) -> Iterator[Line]:
    """The ledger of procedure, below the points that it belongs to."""
    rows = step_rows(report)
    if rows:
        yield Line("  制定程序台账：", "bold")
    for row, asked in zip(rows, ledger_words(report), strict=True):
        yield from _block(f"{row.name}：{row.answer}" + (f"；{row.source}" if row.source else ""), width, first="  - ")
        if asked:
            yield from _block(asked, width, first=f"    {ASKED}  ")
    if report.unconfigured:
        yield Line(f"  {UNCONFIGURED}：", "bold")
    for one in report.unconfigured:
        yield from _block(requirement_words(one), width, first="  - ")


def _cited(report: Report, width: int) -> Iterator[Line]:
    """The citations that do not plainly stand, below the points; the others are counted."""
    rows = cited_rows(report.citations)
    if not rows:
        return
    yield Line(f"  {CITED}：", "bold")
    yield from _block(cited_summary(rows), width, first="  - ")
    shown = [row for row in rows if not row.is_sound]
    for row in shown[:CITED_SHOWN]:
        style = "red" if row.is_wrong else ""
        yield from _block(cited_words(row), width, first="  - ", style=style)
    if len(shown) > CITED_SHOWN:
        yield Line(f"  - 其余{len(shown) - CITED_SHOWN}处见网页或 JSON 格式的报告")


def _heading(text: str) -> Iterator[Line]:
    yield Line("")
    yield Line(text, "bold")


def _block(text: str, width: int, *, first: str = "", indent: int | None = None, style: str = "") -> Iterator[Line]:
    """`text` wrapped, after `first` on its first line and `indent` spaces (as wide as `first`) on the others."""
    left = cell_width(first) if indent is None else indent
    for number, line in enumerate(wrap(text, width - left)):
        yield Line(f"{first if number == 0 else ' ' * left}{line}".rstrip(), style)


def _facts(heading: str, facts: list[Fact], width: int, *, stacked: bool = False) -> Iterator[Line]:
    yield from _heading(heading)
    widest = max(cell_width(fact.label) for fact in facts)
    for fact in facts:
        if stacked:
            yield from _block(f"{fact.label}：{fact.value}", width, first="  - ")
        else:
            label = fact.label + " " * (widest - cell_width(fact.label))
            yield from _block(fact.value, width, first=f"  {label}  ")


def _findings(report: Report, width: int) -> Iterator[Line]:
    yield from _heading("二、发现的问题")
    if not report.findings:
        yield from _block(nothing_found(report), width, first="  ")
    first, places = first_shown(report), Places(report.document.text.raw)
    grounds, asked, remarks = grounds_by_finding(report), requirement_lines(report), lines_by_finding(report)
    for number, finding in enumerate(report.findings, 1):
        if number > 1:
            yield Line("")
        possible = grounds_lines(grounds[number], number) if number in grounds else None
        beside = _Beside(first, possible, asked.get(number, []), remarks.get(number))
        yield from _finding(number, finding, place_label(finding, places), beside, width)


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


def _finding(number: int, finding: Finding, place: str, beside: _Beside, width: int) -> Iterator[Line]:
    style = _STYLES[finding.severity]
    mark = f"（{model_mark(finding)}）" if model_mark(finding) else ""
    yield from _block(visible(finding.title), width, first=f"[{number}] {severity_name(finding)}{mark}  ", style=style)
    yield from _row("位置", place, width)
    if finding.quote:
        yield from _row("原文", _quoted(finding.quote), width)
    yield from _row("问题", one_line(finding.message), width)
    for evidence in finding.basis:
        yield from _evidence(evidence, beside.first[article_key(evidence)], number, width)
    if beside.possible is not None:
        yield from _possible(beside.possible, width)
    for words in beside.asked:
        yield from _row(ASKED, words, width)
    if finding.advice:
        yield from _row("建议", one_line(finding.advice), width)
    if finding.wording:
        yield from _row("措辞", proposed(finding.wording), width)
    yield from _row("把握", certainty(finding), width)
    for note in finding_notes(finding):
        yield from _row("注意", note, width)
    if beside.remark is not None:
        yield from _remark(beside.remark, width)
    yield from _row(source_label(finding), rule_words(finding), width, style="dim")


def _row(label: str, text: str, width: int, *, style: str = "") -> Iterator[Line]:
    yield from _block(text, width, first=f"    {label}  ", style=style)


def _quoted(quote: str) -> str:
    line = one_line(quote)
    if len(line) > QUOTE_LENGTH:
        return f"“{line[:QUOTE_LENGTH]}……”（共{len(line)}字）"
    return f"“{line}”"


def _evidence(evidence: Evidence, shown_at: int, number: int, width: int) -> Iterator[Line]:
    yield from _row("依据", evidence_title(evidence), width)
    left = " " * 10
    if evidence.text and shown_at < number:
        yield from _block(f"条文见第{shown_at}项。", width, first=left)
    elif evidence.text:
        version = evidence_version(evidence)
        yield from _block(f"条文（{version}）：", width, first=left)
        for paragraph in _article(evidence.text):
            yield from _block(paragraph.strip(), width, first=f"{left}  ")
    elif evidence.gist:
        yield from _block(f"要旨：{one_line(evidence.gist)}", width, first=left)
    if note := evidence_note(evidence):
        yield from _block(f"注意：{note}", width, first=left)


def _possible(possible: Lines, width: int) -> Iterator[Line]:
    yield from _row("参考", possible.lead, width)
    for words in possible.bases:
        yield from _block(words, width, first=f"{' ' * 10}- ")


def _remark(remark: RemarkLines, width: int) -> Iterator[Line]:
    yield from _row(SHORT_LABEL, f"{LABEL}：{remark.lead}", width)
    for words in remark.lines:
        yield from _block(words, width, first=" " * 10)


def _article(text: str) -> list[str]:
    """The paragraphs of an article; of a long one only the beginning, and where the rest is."""
    shown = excerpt(text)
    if shown.endswith(CUT):
        return [shown, "（节录，全文见网页或 JSON 格式的报告）"]
    return visible(text).split("\n")


def _sections(sections: list[Section], width: int) -> Iterator[Line]:
    """What only some reviews are asked for: findings set aside or known, the second round, a model's opinion."""
    for section in sections:
        yield from _heading(section.heading)
        yield from _block(section.words, width, first="  ")
        for name, lines in section.groups:
            if name:
                yield Line(f"  {name}：")
            for line in lines:
                yield from _block(plain_line(line), width, first="  - ")


def _not_checked(report: Report, width: int) -> Iterator[Line]:
    yield from _heading("四、未能审查的内容")
    lines = not_checked_lines(report)
    if not lines:
        yield Line("  无。")
    for line in lines:
        yield from _block(line, width, first="  - ")


def _left_out(report: Report, width: int) -> Iterator[Line]:
    """Damaged text, text the rules did not read, and the reader's notes; nothing at all when there is none."""
    lines = [*_damaged(report), *_removed(report), *reading_notes(report)]
    if not lines:
        return
    yield from _heading("五、原件文字情况")
    for line in lines:
        yield from _block(line, width, first="  - ")


def _damaged(report: Report) -> Iterator[str]:
    text = report.document.text
    if not text.damaged:
        return
    places = Places(text.raw)
    yield f"有{len(text.damaged)}处文字损坏，无法辨认，未作推测："
    for damage in text.damaged[:DAMAGED_SHOWN]:
        span = text.offsets.to_raw(damage.span)
        yield f"{places.where(span)}“{one_line(span.of(text.raw.text), 40)}”（{one_line(damage.reason)}）"
    if len(text.damaged) > DAMAGED_SHOWN:
        yield f"其余{len(text.damaged) - DAMAGED_SHOWN}处见网页或 JSON 格式的报告"


def _removed(report: Report) -> Iterator[str]:
    for group in removed_groups(report):
        samples = "、".join(f"“{one_line(sample.text, 20)}”" for sample in group.samples[:3])
        yield f"{one_line(group.reason)}{group.place_count}处（{group.character_count}字）未作为正文审查，如{samples}"
