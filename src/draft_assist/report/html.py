"""The report as one HTML file: the document on the left, the findings on the right, each linked to the other.

The file asks for nothing from outside (its content security policy forbids it) and reads well without its script and
on paper. Everything from the document passes through `visible` and then through markupsafe or Jinja's autoescape.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from draft_assist.model import Evidence, FileKind, Finding, Region, Report, Severity, Span
from draft_assist.report.characters import one_line, visible
from draft_assist.report.marked import End, MarkedLine, Segment, Start, marked_lines
from draft_assist.report.places import Places
from draft_assist.report.terms import terms
from draft_assist.report.view import (
    DISCLAIMER,
    NOTHING_FOUND,
    answer_points,
    category_words,
    certainty,
    count_findings,
    document_facts,
    document_name,
    evidence_note,
    evidence_title,
    evidence_version,
    finding_notes,
    not_checked_lines,
    place_label,
    reading_notes,
    removed_groups,
    review_facts,
    severity_name,
    summary,
)

TEMPLATES = Path(__file__).parent / "templates"
# Browsers lay out long texts slowly; above this many lines they are told to lay out only what is seen.
LONG_LINES = 2_000
DAMAGED_SHOWN = 100


class Law(NamedTuple):
    """One article as a card shows it."""

    title: str
    version: str
    paragraphs: list[str]
    gist: str
    note: str


class Card(NamedTuple):
    """One finding as the right-hand side shows it."""

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
    advice: str
    certainty: str
    confidence_name: str
    notes: list[str]
    because: list[str]
    code: str


def write_html(report: Report) -> str:
    """The report as one HTML document."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    places = Places(report.document.text.raw)
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    cards = [_card(number, finding) for number, finding in enumerate(report.findings, 1)]
    return environment.get_template("report.html.j2").render(
        name=document_name(report),
        summary=summary(report),
        disclaimer=DISCLAIMER,
        counts=count_findings(report),
        severities=[(severity.value, terms().severities[severity]) for severity in Severity],
        categories=_categories(cards),
        facts=[*document_facts(report), *review_facts(report)],
        cards=cards,
        points=answer_points(report),
        not_checked=not_checked_lines(report),
        nothing_found=NOTHING_FOUND,
        left_out=[*_damaged(report, places), *_removed(report), *reading_notes(report)],
        lines=_document(report, places),
        is_long=places.line_count > LONG_LINES,
        style=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


# --- the document -------------------------------------------------------------------------------------------------


def _document(report: Report, places: Places) -> Iterator[Markup]:
    title = _title_span(report)
    severities = {number: finding.severity for number, finding in enumerate(report.findings, 1)}
    before = ""
    for line in marked_lines(report, places):
        heading = _where(report, places, line.span)
        if heading and heading != before:
            yield Markup('<p class="where">{}</p>\n').format(heading)
        before = heading
        is_title = title is not None and title.overlaps(line.span)
        yield _line(line, severities, _cell(report, places, line.span), is_title=is_title)


def _line(line: MarkedLine, severities: dict[int, Severity], cell: str, *, is_title: bool) -> Markup:
    inside = Markup("").join(_part(part, severities) for part in line.parts)
    kind = "l title" if is_title else "l"
    tag = Markup(' data-cell="{}"').format(cell) if cell else ""
    return Markup('<p class="{}" id="L{}" data-n="{}"{}>{}</p>\n').format(kind, line.number, line.number, tag, inside)


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


def _where(report: Report, places: Places, span: Span) -> str:
    """What to say above a line outside the running text: 脚注, 表1, 第3页; "" for body text."""
    index = places.block_index(span.start)
    if index < 0:
        return ""
    block = report.document.text.raw.blocks[index]
    if report.document.text.raw.kind is FileKind.PDF:
        return f"第{block.index}页"
    if block.region is Region.TABLE and block.cell is not None:
        return f"表{block.cell[0]}"
    return "" if block.region is Region.BODY else terms().regions[block.region]


def _cell(report: Report, places: Places, span: Span) -> str:
    """第2行第3列 for a line in a table; "" elsewhere."""
    index = places.block_index(span.start)
    cell = report.document.text.raw.blocks[index].cell if index >= 0 else None
    return f"第{cell[1]}行第{cell[2]}列" if cell is not None else ""


def _title_span(report: Report) -> Span | None:
    span = report.document.facts.title_span
    return report.document.text.offsets.to_raw(span) if span is not None and len(span) else None


# --- the findings -------------------------------------------------------------------------------------------------


def _card(number: int, finding: Finding) -> Card:
    return Card(
        number=number,
        severity=finding.severity.value,
        severity_name=severity_name(finding),
        category=finding.category,
        category_name=category_words(finding),
        title=visible(finding.title),
        place=place_label(finding),
        quote=visible(finding.quote),
        message=visible(finding.message),
        laws=[_law(evidence) for evidence in finding.basis],
        advice=visible(finding.advice),
        certainty=certainty(finding),
        confidence_name=terms().confidences[finding.confidence].name,
        notes=finding_notes(finding),
        because=[visible(step) for step in finding.because],
        code=visible(finding.code),
    )


def _law(evidence: Evidence) -> Law:
    paragraphs = [line.strip() for line in visible(evidence.text).split("\n") if line.strip()]
    return Law(
        title=evidence_title(evidence),
        version=evidence_version(evidence),
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
        yield f"{places.place(span).label}“{one_line(span.of(text.raw.text), 40)}”（{one_line(damage.reason)}）"
    if len(text.damaged) > DAMAGED_SHOWN:
        yield f"其余{len(text.damaged) - DAMAGED_SHOWN}处见左侧标记"


def _removed(report: Report) -> Iterator[str]:
    for group in removed_groups(report):
        samples = "、".join(f"“{one_line(sample.text, 40)}”" for sample in group.samples)
        told = f"{one_line(group.reason)}{group.place_count}处（{group.character_count}字）"
        yield f"{told}未作为正文审查（左侧以灰色标出），如{samples}"
