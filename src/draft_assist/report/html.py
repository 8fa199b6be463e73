"""The report as one HTML file: the document on the left, the findings on the right, each linked to the other.

The file asks for nothing from outside (its content security policy forbids it) and reads well without its script and
on paper. Everything from the document passes through `visible` and then through markupsafe or Jinja's autoescape.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from draft_assist.model import Block, Evidence, FileKind, Finding, Level, RawDocument, Region, Remark, Report, Severity
from draft_assist.report.asked import HEADING as ASKED
from draft_assist.report.asked import UNCONFIGURED, ShownRequirement, shown_requirement
from draft_assist.report.characters import one_line, visible
from draft_assist.report.citations import CUT, excerpt
from draft_assist.report.cited import HEADING as CITED
from draft_assist.report.cited import cited_rows, cited_summary
from draft_assist.report.followed import followed_sections
from draft_assist.report.grounds import CAVEAT, ShownGrounds, grounds_by_finding
from draft_assist.report.grounds import HEADING as POSSIBLE
from draft_assist.report.marked import End, MarkedLine, Segment, Start, marked_lines
from draft_assist.report.origin import BY_MODEL, is_by_model, model_mark
from draft_assist.report.places import Places
from draft_assist.report.second_opinion import (
    LABEL,
    opinion_sections,
    proposed,
    remark_lines,
    remark_on,
    remarks_of,
)
from draft_assist.report.view import (
    DISCLAIMER,
    answer_points,
    category_words,
    certainty,
    counts_of,
    document_facts,
    document_name,
    evidence_note,
    evidence_title,
    evidence_version,
    finding_notes,
    not_checked_lines,
    nothing_found,
    place_label,
    reading_notes,
    removed_groups,
    review_facts,
    severity_name,
    step_rows,
    summary,
)
from draft_assist.terms import terms

TEMPLATES = Path(__file__).parent / "templates"
# Browsers lay out long texts slowly; above this many lines they are told to lay out only what is seen.
LONG_LINES = 2_000
DAMAGED_SHOWN = 100
MOST_COLUMNS = 1000  # that a cell may span (HTML Living Standard, 4.9.11)


class Law(NamedTuple):
    """One article as a card shows it; `excerpt` stands for a long one until it is opened."""

    title: str
    version: str
    excerpt: str
    paragraphs: list[str]
    gist: str
    note: str


class Card(NamedTuple):
    """One finding as the right-hand side shows it; filters may hide any other, so each holds all that belongs to it."""

    number: int
    severity: str
    severity_name: str
    category: str
    category_name: str
    title: str
    place: str
    quote: str
    message: str
    laws: list[Law]
    possible: list[Law]
    possible_note: str
    asked: list[ShownRequirement]
    advice: str
    wording: str
    certainty: str
    confidence_name: str
    notes: list[str]
    remark: ShownRemark | None
    because: list[str]
    mark: str
    code: str
    fingerprint: str


class ShownRemark(NamedTuple):
    """What a model says of a finding; articles that the finding rests on are named without their words."""

    lead: str
    reason: str
    laws: list[Law]
    wording: str


class Filter(NamedTuple):
    """A box that shows or hides the findings of one severity, or those that a model put forward."""

    id: str
    name: str
    gist: str
    finding_count: int


def write_html(report: Report) -> str:
    """The report as one HTML document."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    places = Places(report.document.text.raw)
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    grounds = grounds_by_finding(report)
    remarks = remarks_of(report)
    cards = [
        _card(number, finding, places, grounds.get(number), remark_on(finding, remarks))
        for number, finding in enumerate(report.findings, 1)
    ]
    has_model = report.opinion is not None or any(card.mark for card in cards)
    styles = ("report.css", "model.css") if has_model else ("report.css",)
    return environment.get_template("report.html.j2").render(
        name=document_name(report),
        summary=summary(report),
        disclaimer=DISCLAIMER,
        filters=_filters(report),
        categories=_categories(cards),
        possible_heading=POSSIBLE,
        possible_caveat=CAVEAT,
        asked_heading=ASKED,
        unconfigured_heading=UNCONFIGURED,
        unconfigured=list(map(shown_requirement, report.unconfigured)),
        facts=[*document_facts(report), *review_facts(report)],
        cards=cards,
        points=answer_points(report),
        steps=[(row, list(map(shown_requirement, row.requirements))) for row in step_rows(report)],
        cited=list(zip(cited_rows(report.citations), report.citations, strict=True)),
        cited_heading=CITED,
        cited_summary=cited_summary(cited_rows(report.citations)),
        finding_of=defaultdict(int, {finding.span: number for number, finding in enumerate(report.findings, 1)}),
        not_checked=not_checked_lines(report),
        nothing_found=nothing_found(report),
        followed=followed_sections(report),
        opinion=opinion_sections(report),
        remark_heading=LABEL,
        by_model=BY_MODEL,
        left_out=[*_damaged(report, places), *_removed(report), *reading_notes(report)],
        lines=_document(report, places),
        is_long=places.line_count > LONG_LINES,
        style=Markup("".join((TEMPLATES / name).read_text(encoding="utf-8") for name in styles)),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


# --- the document -------------------------------------------------------------------------------------------------


class _Shown(NamedTuple):
    """One line with where it stands.

    Attributes:
        line: what stands on it.
        number: for the margin, as places are told in a file of its kind; "" for none.
        where: what to say above it when the line before stood elsewhere: 脚注, 表1, 第3页; "" for running text.
        cell: (table, row, column) of a line in a table; None elsewhere.
        is_title: it belongs to a title.
    """

    line: MarkedLine
    number: str
    where: str
    cell: tuple[int, int, int] | None
    is_title: bool


def _document(report: Report, places: Places) -> Iterator[Markup]:
    severities = {number: finding.severity for number, finding in enumerate(report.findings, 1)}
    before = ""
    for (where, table), lines in groupby(_shown_lines(report, places), key=lambda one: (one.where, _table(one))):
        if where and where != before:
            yield Markup('<p class="where">{}</p>\n').format(where)
        before = where
        if table:
            yield _rows(lines, severities)
        else:
            yield from (_line(one, severities) for one in lines)


def _shown_lines(report: Report, places: Places) -> Iterator[_Shown]:
    raw, titles = report.document.text.raw, _title_lines(report, places)
    for line in marked_lines(report, places):
        if line.number == places.line_count > 1 and not len(line.span) and not line.parts:
            return  # What follows the closing line feed is no line.
        index = places.block_index(line.span.start)
        block = raw.blocks[index] if index >= 0 else None
        number = "" if raw.kind is FileKind.PDF else str(line.number)
        if raw.kind is FileKind.DOCX:
            is_first = block is not None and line.span.start == block.span.start
            number = str(places.paragraph(line.span.start) or "") if is_first else ""
        yield _Shown(line, number, _where(raw, block), block.cell if block else None, line.number in titles)


def _table(shown: _Shown) -> int:
    return shown.cell[0] if shown.cell is not None else 0


def _rows(lines: Iterable[_Shown], severities: dict[int, Severity]) -> Markup:
    """The lines of one table, cells of a row side by side; a gap in a row stays a gap."""
    rows = []
    for row, row_lines in groupby(lines, key=lambda one: one.cell[1] if one.cell else 0):
        cells, next_column = [], 1
        for column, cell_lines in groupby(row_lines, key=lambda one: one.cell[2] if one.cell else 0):
            if column > next_column:
                cells.append(Markup('<td colspan="{}"></td>').format(min(column - next_column, MOST_COLUMNS)))
            inside = Markup("").join(_line(one, severities) for one in cell_lines)
            cells.append(Markup('<td title="第{}行第{}列">{}</td>').format(row, column, inside))
            next_column = column + 1
        rows.append(Markup("<tr>{}</tr>\n").format(Markup("").join(cells)))
    return Markup('<table class="source">\n{}</table>\n').format(Markup("").join(rows))


def _line(shown: _Shown, severities: dict[int, Severity]) -> Markup:
    inside = Markup("").join(_part(part, severities) for part in shown.line.parts)
    kind = "l title" if shown.is_title else "l"
    number = Markup(' data-n="{}"').format(shown.number) if shown.number else ""
    return Markup('<p class="{}" id="L{}"{}>{}</p>\n').format(kind, shown.line.number, number, inside)


def _part(part: Start | End | Segment, severities: dict[int, Severity]) -> Markup:
    if isinstance(part, Start):
        return Markup('<a class="q" id="q-{}"></a>').format(part.number)
    if isinstance(part, End):
        return Markup('<a class="n {}" href="#f-{}">{}</a>').format(
            severities[part.number].value, part.number, part.number
        )
    return _segment(part)


def _segment(segment: Segment) -> Markup:
    shown = escape(visible(segment.text))
    if segment.damaged:
        shown = Markup('<span class="damaged" title="文字损坏：{}">{}</span>').format(visible(segment.damaged), shown)
    if segment.removed:
        shown = Markup('<span class="removed" title="未作为正文审查：{}">{}</span>').format(
            visible(segment.removed), shown
        )
    if segment.severity is not None:
        numbers = " ".join(map(str, segment.findings))
        shown = Markup('<mark class="{}" data-f="{}">{}</mark>').format(segment.severity.value, numbers, shown)
    return shown


def _where(raw: RawDocument, block: Block | None) -> str:
    """What to say above a line outside the running text: 脚注, 表1, 第3页; "" for body text."""
    if block is None:
        return ""
    if raw.kind is FileKind.PDF:
        return f"第{block.index}页"
    if block.region is Region.TABLE and block.cell is not None:
        return f"表{block.cell[0]}"
    return "" if block.region is Region.BODY else terms().regions[block.region]


def _title_lines(report: Report, places: Places) -> set[int]:
    """Numbers of the lines that titles stand on: the notice's own and that of the document it issues."""
    document = report.document
    spans = [clause.head for clause in document.walk() if clause.level is Level.TITLE]
    if document.facts.title_span is not None:
        spans.append(document.facts.title_span)
    lines: set[int] = set()
    for span in spans:
        raw = document.text.offsets.to_raw(span)
        if len(raw):
            lines.update(range(places.line_column(raw.start)[0], places.line_column(raw.end - 1)[0] + 1))
    return lines


# --- the findings -------------------------------------------------------------------------------------------------


def _card(number: int, finding: Finding, places: Places, shown: ShownGrounds | None, remark: Remark | None) -> Card:
    return Card(
        number=number,
        severity=finding.severity.value,
        severity_name=severity_name(finding),
        category=finding.category,
        category_name=category_words(finding),
        title=visible(finding.title),
        place=place_label(finding, places),
        quote=visible(finding.quote),
        message=visible(finding.message),
        laws=[_law(evidence) for evidence in finding.basis],
        possible=[_law(evidence) for evidence in shown.grounds.bases] if shown else [],
        possible_note=visible(shown.grounds.note) if shown else "",
        asked=list(map(shown_requirement, finding.requirements)),
        advice=visible(finding.advice),
        wording=proposed(finding.wording),
        certainty=certainty(finding),
        confidence_name=terms().confidences[finding.confidence].name,
        notes=finding_notes(finding),
        remark=_remark(remark, finding) if remark else None,
        because=[visible(step) for step in finding.because],
        mark=model_mark(finding),
        code=visible(finding.code),
        fingerprint=visible(finding.fingerprint),
    )


def _remark(remark: Remark, finding: Finding) -> ShownRemark:
    return ShownRemark(
        lead=remark_lines(remark, {}).lead,
        reason=one_line(remark.reason),
        laws=[
            Law(evidence_title(one), "", "", [], "", "") if one in finding.basis else _law(one) for one in remark.basis
        ],
        wording=proposed(remark.wording),
    )


def _filters(report: Report) -> list[Filter]:
    """The boxes above the findings; a model's stand apart from the rules' own of the same severity."""
    counts = counts_of(finding for finding in report.findings if not is_by_model(finding))
    names = terms().severities
    boxes = [
        Filter(one.value, names[one].name, names[one].gist, count) for one, count in zip(Severity, counts, strict=True)
    ]
    boxes.append(Filter("model", BY_MODEL, "由语言模型提出，须由人工核对", sum(map(is_by_model, report.findings))))
    return [one for one in boxes if one.finding_count]


def _law(evidence: Evidence) -> Law:
    paragraphs = [line.strip() for line in visible(evidence.text).split("\n") if line.strip()]
    shown = excerpt(evidence.text)
    return Law(
        title=evidence_title(evidence),
        version=evidence_version(evidence),
        excerpt=shown if shown.endswith(CUT) else "",
        paragraphs=paragraphs,
        gist=visible(evidence.gist),
        note=evidence_note(evidence),
    )


def _categories(cards: list[Card]) -> list[tuple[str, str, int]]:
    """Id, name and number of findings of every category found, in the order of terms.yaml."""
    found = Counter(card.category for card in cards)
    names = {card.category: card.category_name for card in cards}
    order = {category: place for place, category in enumerate(terms().categories)}
    return [(one, names[one], found[one]) for one in sorted(found, key=lambda c: (order.get(c, len(order)), c))]


def _damaged(report: Report, places: Places) -> Iterator[str]:
    text = report.document.text
    if not text.damaged:
        return
    yield f"有{len(text.damaged)}处文字损坏，无法辨认，未作推测（左侧以波浪线标出）："
    for damage in text.damaged[:DAMAGED_SHOWN]:
        span = text.offsets.to_raw(damage.span)
        yield f"{places.where(span)}“{one_line(span.of(text.raw.text), 40)}”（{one_line(damage.reason)}）"
    if len(text.damaged) > DAMAGED_SHOWN:
        yield f"其余{len(text.damaged) - DAMAGED_SHOWN}处见左侧标记"


def _removed(report: Report) -> Iterator[str]:
    for group in removed_groups(report):
        samples = "、".join(f"“{one_line(sample.text, 40)}”" for sample in group.samples)
        told = f"{one_line(group.reason)}{group.place_count}处（{group.character_count}字）"
        yield f"{told}未作为正文审查（左侧以灰色标出），如{samples}"
