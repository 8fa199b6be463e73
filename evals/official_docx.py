"""What official documents in .docx are built of: the page, lines, Word's automatic numbers, tables.

Used by the scripts beside it that build documents with planted faults.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

BODY_FONT, TITLE_FONT, HEADING_FONT = "仿宋", "宋体", "黑体"
BODY_SIZE, TITLE_SIZE = 16, 22


def new_document(title: str, author: str) -> Document:
    """An empty document with the page of official documents."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _set_font(document.styles["Normal"].element.get_or_add_rPr(), BODY_FONT, BODY_SIZE)
    document.core_properties.title = title
    document.core_properties.author = author
    document.core_properties.comments = ""
    return document


def add_line(
    document: Document, text: str, *, font: str = "", size: int = BODY_SIZE, centred: bool = False, indent: bool = False
) -> Paragraph:
    """A paragraph; without a font in that of the document."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    if font:
        _set_font(run._r.get_or_add_rPr(), font, size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * BODY_SIZE)
    return paragraph


def add_signature(document: Document, lines: Iterable[str]) -> None:
    """Organ and date, at the right."""
    for line in lines:
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def add_table(document: Document, rows: tuple[tuple[str, ...], ...]) -> None:
    """A table with lines."""
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def add_numbering(document: Document, levels: tuple[tuple[str, str], ...]) -> int:
    """A list as Word keeps it, with Chinese numbers.

    Args:
        levels: for each level its label (第%1条) and what follows it: "space" or "nothing".

    Returns:
        Its number, for `number`.
    """
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
            f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{label}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr></w:lvl>'
            for level, (label, suffix) in enumerate(levels)
        )
        + "</w:abstractNum>"
    )
    numbering.insert(0, abstract)
    return int(numbering.add_num(90).numId)


def number(paragraph: Paragraph, numbering: int, level: int) -> None:
    """Give the paragraph the next number of that level."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = numbering


def content(document: Document, time: tuple[int, int, int, int, int, int]) -> bytes:
    """The file, with `time` on all entries of the package, so that it is the same from build to build."""
    buffer, out = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, time)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()


def _set_font(properties, name: str, size: int) -> None:
    fonts = properties.get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(kind), name)
    for tag in ("w:sz", "w:szCs"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        properties.append(parse_xml(f'<{tag} {nsdecls("w")} w:val="{size * 2}"/>'))
