"""The user's document with the findings as Word comments on the exact words.

A .docx comes back as it was, with comments added. Any other file comes back as a new .docx of its text, a paragraph a
line; its page header says that the layout is not the original's.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from draft_assist.errors import SourceError
from draft_assist.load.opening import read_regular_file
from draft_assist.model import Block, Evidence, FileKind, Finding, RawDocument, Remark, Report, RunPlace, Span
from draft_assist.report.asked import HEADING as ASKED
from draft_assist.report.asked import requirement_lines
from draft_assist.report.characters import one_line, visible, xml_legal
from draft_assist.report.citations import article_key
from draft_assist.report.comments import Annotated, Comment, add_comments
from draft_assist.report.followed import plain_line
from draft_assist.report.grounds import ShownGrounds, grounds_by_finding, grounds_lines
from draft_assist.report.origin import is_by_model, model_mark
from draft_assist.report.second_opinion import (
    LABEL,
    opinion_sections,
    remark_lines,
    remark_on,
    remarks_of,
    wording_words,
)
from draft_assist.report.view import (
    COMMENT_AUTHOR,
    MODEL_COMMENT_AUTHOR,
    category_words,
    certainty,
    document_name,
    evidence_note,
    evidence_title,
    evidence_version,
    file_name,
    finding_notes,
    severity_name,
)
from draft_assist.settings import Settings, read_settings

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

# A comment is read in a narrow margin; the whole article stands in the other forms of the report.
ARTICLE_LENGTH = 600
POSSIBLE_LENGTH = 60
QUOTE_LENGTH = 60
_CLOSING = "本批注由程序预审生成，是否采纳由审核人员决定。"


class Moved(NamedTuple):
    """A finding whose comment could not stand on its words.

    Attributes:
        number: of the finding, from 1.
        finding: the finding.
        reason: where the comment stands instead and why, Chinese.
    """

    number: int
    finding: Finding
    reason: str


class Annotation(NamedTuple):
    """An annotated document.

    Attributes:
        content: the .docx file.
        moved: findings whose comments stand elsewhere; none is ever left out.
    """

    content: bytes
    moved: tuple[Moved, ...]


def annotate(report: Report, *, source: bytes | None = None, settings: Settings | None = None) -> Annotation:
    """The reviewed document with a comment for every finding, and one on what a model was asked, if one was.

    Args:
        report: what was found.
        source: the bytes of the reviewed .docx; None reads them from its path again.
        settings: limits; None reads the environment.

    Raises:
        SourceError: the .docx is gone, or is not the one that was reviewed.
    """
    settings = settings or read_settings()
    raw = report.document.text.raw
    grounds, asked = grounds_by_finding(report), requirement_lines(report)
    remarks = remarks_of(report)
    comments = [
        Comment(
            finding.place.span,
            list(_words(number, finding, grounds.get(number), asked.get(number, []), remark_on(finding, remarks))),
            MODEL_COMMENT_AUTHOR if is_by_model(finding) else COMMENT_AUTHOR,
        )
        for number, finding in enumerate(report.findings, 1)
    ]
    # What holds of the whole stands on the first paragraph, behind the findings, whose order `moved` counts in.
    for section in opinion_sections(report):
        lines = [plain_line(line) for _, group in section.groups for line in group]
        comments.append(Comment(Span(0, 0), [section.heading, section.words, *lines], MODEL_COMMENT_AUTHOR))
    name = Path(file_name(raw.path))
    if raw.kind is FileKind.DOCX:
        source = _reviewed(raw, source, settings)
        annotated = add_comments(source, name, settings, raw.blocks, comments)
    else:
        annotated = _annotate_text(report, name, settings, comments)
    moved = tuple(
        Moved(number, finding, placed.reason)
        for number, (finding, placed) in enumerate(zip(report.findings, annotated.placed, strict=False), 1)
        if placed.reason
    )
    return Annotation(annotated.content, moved)


def _reviewed(raw: RawDocument, source: bytes | None, settings: Settings) -> bytes:
    if source is None and str(raw.path) == "-":
        raise SourceError("标准输入只能读一次，无法再次读取原文件", next_step="请先存为文件，再对该文件生成批注本")
    content = read_regular_file(raw.path, settings) if source is None else source
    if raw.sha256 and hashlib.sha256(content).hexdigest() != raw.sha256:
        raise SourceError("文件在审查之后有改动", where=file_name(raw.path), next_step="请重新审查后再生成批注本")
    return content


# --- what a comment says ------------------------------------------------------------------------------------------


def _words(
    number: int, finding: Finding, grounds: ShownGrounds | None, asked: list[str], remark: Remark | None
) -> Iterator[str]:
    mark = f"【{model_mark(finding)}】" if model_mark(finding) else ""
    yield f"【{severity_name(finding)}】{mark}{one_line(finding.title)}"
    source = f"编号{one_line(finding.code)}" if mark else f"规则{one_line(finding.code)}"
    yield f"第{number}项，{category_words(finding)}，{source}"
    if finding.quote:
        yield f"原文：“{one_line(finding.quote, QUOTE_LENGTH)}”"
    yield f"问题：{one_line(finding.message)}"
    for evidence in finding.basis:
        yield from _basis(evidence)
    if grounds is not None:
        possible = grounds_lines(grounds, number, POSSIBLE_LENGTH)
        yield possible.lead
        yield from possible.bases
    yield from (f"{ASKED}：{words}" for words in asked)
    if finding.advice:
        yield f"建议：{one_line(finding.advice)}"
    if finding.wording:
        yield wording_words(finding.wording)
    yield f"把握程度：{certainty(finding)}。"
    yield from (f"注意：{note}。" for note in finding_notes(finding))
    if remark is not None:
        shown = {article_key(one): "" for one in finding.basis}
        told = remark_lines(remark, shown, ARTICLE_LENGTH)
        yield f"{LABEL}：{told.lead}"
        yield from told.lines
    yield _CLOSING


def _basis(evidence: Evidence) -> Iterator[str]:
    if evidence.text:
        version = evidence_version(evidence)
        yield f"依据：{evidence_title(evidence)}（{version}）：{one_line(evidence.text, ARTICLE_LENGTH)}"
    else:
        yield f"依据：{evidence_title(evidence)}{f'，要旨：{one_line(evidence.gist)}' if evidence.gist else '。'}"
    if note := evidence_note(evidence):
        yield f"注意：{note}。"


# --- files that are no .docx --------------------------------------------------------------------------------------


def _annotate_text(report: Report, name: Path, settings: Settings, comments: list[Comment]) -> Annotated:
    """A new .docx of the raw text, with the comments."""
    from draft_assist.report.official_form import new_form, pack, to_bytes

    raw = report.document.text.raw
    document = new_form(title=visible(document_name(report)), author=COMMENT_AUTHOR, created=report.as_of)
    _add_header(document, f"预审批注本：由“{file_name(raw.path)}”的文字生成，版式与原件不同")
    blocks = []
    start = 0
    body = document.element.body
    # Every place but the last is found by counting; so the section's properties wait until the lines are in.
    properties = body[-1]
    body.remove(properties)
    lines = raw.text.split("\n")
    for index, line in enumerate(lines[:-1] if not lines[-1] else lines):
        span = Span(start, start + len(line))
        _add_line(body, line)
        runs = (RunPlace(span=span, run=0, offset=0),) if line else ()
        blocks.append(Block(span=span, part="word/document.xml", index=index, runs=runs))
        start = span.end + 1
    body.append(properties)
    # Packed only in the end: text that repeats itself packs so well that the guard against zip bombs would refuse it.
    content = to_bytes(document, compression=zipfile.ZIP_STORED)
    annotated = add_comments(content, name, settings, blocks, comments)
    return annotated._replace(content=pack(annotated.content))


def _add_header(document: WordDocument, text: str) -> None:
    from docx.shared import Pt

    for header in (document.sections[0].header, document.sections[0].even_page_header):
        header.is_linked_to_previous = False
        run = header.paragraphs[0].add_run(xml_legal(text))
        run.font.size = Pt(9)


def _add_line(body: BaseOxmlElement, line: str) -> None:
    """One paragraph with one run; python-docx is ten times slower at this, and a code has 100,000 lines."""
    from docx.oxml.ns import qn

    paragraph = body.makeelement(qn("w:p"))
    if line:
        run = paragraph.makeelement(qn("w:r"))
        for position, piece in enumerate(xml_legal(line).split("\t")):
            if position:
                run.append(run.makeelement(qn("w:tab")))
            text = run.makeelement(qn("w:t"))
            text.text = piece
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(text)
        paragraph.append(run)
    body.append(paragraph)
