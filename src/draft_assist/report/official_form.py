"""Documents in official form (GB/T 9704-2012) as .docx: page, fonts, headings, tables, page numbers, signature.

Lengths are the standard's. Fonts are named as offices have them; `_FALLBACKS` tells Word what to take where one is
missing. Every run names its East Asian font itself, since a style alone is overruled by the reader's own template.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Mm, Pt

from draft_assist.report.characters import xml_legal

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

TITLE_FONT = "方正小标宋简体"
BODY_FONT = "仿宋_GB2312"
HEADING_FONTS = {1: "黑体", 2: "楷体_GB2312", 3: BODY_FONT, 4: BODY_FONT}
NUMBER_FONT = "宋体"
LATIN_FONT = "Times New Roman"

TITLE_SIZE = Pt(22)  # 2号
BODY_SIZE = Pt(16)  # 3号
SMALL_SIZE = Pt(12)  # 小4号, tables
PAGE_NUMBER_SIZE = Pt(14)  # 4号

# 5.2: A4, top 37 mm, left 28 mm, type area 156 x 225 mm; right and bottom are what is left of 210 x 297.
_WIDTH, _HEIGHT = Mm(210), Mm(297)
_TOP, _LEFT, _RIGHT, _BOTTOM = Mm(37), Mm(28), Mm(26), Mm(35)
# 7.5: the dashes stand 7 mm below the type area, that is 28 mm above the edge; a 14 pt line reaches 2.5 mm lower.
_FOOTER_DISTANCE = Mm(25.5)
# 5.2.3: 22 lines a page and 28 characters a line: 225 mm / 22 = 28.99 pt; 156 mm / 28 = 15.79 pt against the 16 pt of
# a 3号 character, so each is set 5/20 pt closer. A character grid would say the same, but LibreOffice puts characters
# that are wider than its cell into two cells.
LINE_PITCH = Pt(28.95)
_GRID_LINE_TWIPS = 579
_CHARACTER_SPACING_TWIPS = -5
_TITLE_PITCH = Pt(35)
TITLE_CHARACTERS = 20  # 156 mm / 22 pt
_TABLE_PITCH = Pt(17)

_FALLBACKS = {
    TITLE_FONT: ("方正小标宋_GBK", "roman"),
    BODY_FONT: ("仿宋", "modern"),
    "楷体_GB2312": ("楷体", "modern"),
    "黑体": ("SimHei", "modern"),
    NUMBER_FONT: ("SimSun", "auto"),
}
_AFTER_SNAP = frozenset(qn(f"w:{name}") for name in ("spacing", "ind", "contextualSpacing", "jc", "rPr", "sectPr"))
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class Words(NamedTuple):
    """Words of a paragraph in a font of their own; `None` keeps the paragraph's font."""

    text: str
    font: str | None = None
    is_placeholder: bool = False


class Scale(NamedTuple):
    """Size and line pitch of running text."""

    size: Pt
    pitch: Pt


TEXT = Scale(BODY_SIZE, LINE_PITCH)
DETAIL = Scale(SMALL_SIZE, Pt(16.5))  # long lists of particulars
FINE = Scale(Pt(9), Pt(13))  # 小5号, for texts to look up


def placeholder(what: str) -> Words:
    """【待填：what】 on a yellow ground, for what only a person can fill in."""
    return Words(f"【待填：{what}】", is_placeholder=True)


def new_form(*, title: str, author: str, created: dt.date) -> WordDocument:
    """An empty document with page, styles and page numbers set.

    Args:
        title, author: for the file's properties.
        created: its date of creation, so that the same input gives the same bytes.
    """
    document = docx.Document()
    for section in document.sections:
        _set_page(section)
        _add_page_numbers(section)
    document.settings.odd_and_even_pages_header_footer = True
    _set_defaults(document)
    _set_style(document.styles["Normal"], BODY_FONT, BODY_SIZE, LINE_PITCH)
    _set_style(document.styles["Title"], TITLE_FONT, TITLE_SIZE, _TITLE_PITCH)
    for level, font in HEADING_FONTS.items():
        _set_style(document.styles[f"Heading {level}"], font, BODY_SIZE, LINE_PITCH)
    _set_fallback_fonts(document)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = xml_legal(title)[:255], author, author
    properties.comments = ""
    properties.language = "zh-CN"
    stamp = dt.datetime(created.year, created.month, created.day)
    properties.created, properties.modified = stamp, stamp
    return document


def add_title(document: WordDocument, text: str) -> None:
    """The title, centred, with one empty line below it."""
    paragraph = _new_paragraph(document, "Title")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _leave_grid(paragraph)
    _add_run(paragraph, Words(text), TITLE_FONT, TITLE_SIZE)
    add_empty_line(document)


def add_empty_line(document: WordDocument) -> None:
    """One empty line."""
    _new_paragraph(document)


def add_addressee(document: WordDocument, words: Words | str) -> None:
    """主送机关: flush left, closed by a full-width colon."""
    paragraph = _new_paragraph(document)
    _add_run(paragraph, _words(words), BODY_FONT, BODY_SIZE)
    _add_run(paragraph, Words("："), BODY_FONT, BODY_SIZE)


def add_heading(document: WordDocument, text: str, level: int) -> None:
    """A heading: 一、 (level 1), （一） (2), 1. (3) or （1） (4), its number included in `text`."""
    paragraph = _new_paragraph(document, f"Heading{level}")
    _indent_first_line(paragraph)
    _add_run(paragraph, Words(text), HEADING_FONTS[level], BODY_SIZE)


def add_body(document: WordDocument, *pieces: Words | str, scale: Scale = TEXT, keep_with_next: bool = False) -> None:
    """A paragraph of body text, indented by two characters."""
    paragraph = _new_paragraph(document)
    if keep_with_next:
        paragraph.paragraph_format.keep_together = paragraph.paragraph_format.keep_with_next = True
    if scale != TEXT:
        _leave_grid(paragraph)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = scale.pitch
    _set_indent(paragraph, "firstLine", 2, size=scale.size.pt)
    for piece in pieces:
        _add_run(paragraph, _words(piece), BODY_FONT, scale.size)


def add_appendix_heading(document: WordDocument, text: str) -> None:
    """The heading of an appendix: flush left at the top of a page of its own (7.3.7)."""
    paragraph = _new_paragraph(document, "Heading1")
    paragraph.paragraph_format.page_break_before = True
    _add_run(paragraph, Words(text), HEADING_FONTS[1], BODY_SIZE)


def add_signature(document: WordDocument, organ: Words | str, date: Words | str) -> None:
    """Organ and date at the right: the date four characters in, the organ centred above it (7.3.5.1)."""
    organ, date = _words(organ), _words(date)
    # Not torn apart; nor alone on a page, if the paragraph above is kept with it.
    _new_paragraph(document).paragraph_format.keep_with_next = True
    difference = (_character_count(date.text) - _character_count(organ.text)) / 2
    for words, inset in ((organ, max(4 + difference, 2)), (date, 4)):
        paragraph = _new_paragraph(document)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.keep_with_next = words is organ
        _set_indent(paragraph, "right", inset)
        _add_run(paragraph, words, BODY_FONT, BODY_SIZE)


def add_table(
    document: WordDocument, heading: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]
) -> None:
    """A ruled table, its heading row repeated on every page.

    Args:
        document: where to.
        heading: the words of the first row.
        rows: the words of the others, as many to a row.
        widths: of the columns in mm; together at most 156.
    """
    table = document.add_table(rows=1, cols=len(heading), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    repeated = table.rows[0]._tr.get_or_add_trPr()
    repeated.append(OxmlElement("w:tblHeader"))
    _fill_row(table.rows[0].cells, heading, widths, HEADING_FONTS[1], centred=True)
    for row in rows:
        cells = table.add_row()
        cells._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        _fill_row(cells.cells, row, widths, BODY_FONT, centred=False)


def to_bytes(document: WordDocument, *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The .docx file; the same document gives the same bytes."""
    buffer = io.BytesIO()
    document.save(buffer)
    return pack(buffer.getvalue(), compression=compression)


def pack(content: bytes, *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file packed again, with one date for all parts."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(result, "w") as written:
        for entry in read.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _ZIP_DATE)
            fixed.external_attr = 0o600 << 16
            written.writestr(fixed, read.read(entry), compress_type=compression)
    return result.getvalue()


# --- page ---------------------------------------------------------------------------------------------------------


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    section.footer_distance = _FOOTER_DISTANCE
    properties = section._sectPr
    grid = properties.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        properties.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(_GRID_LINE_TWIPS))


def _add_page_numbers(section: Section) -> None:
    """7.5: 4号 half-width Arabic figures, a dash on each side, one character in from the outer edge."""
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.line_spacing = 1.0
        _set_indent(paragraph, side, 1, size=PAGE_NUMBER_SIZE.pt)
        _add_run(paragraph, Words("— "), NUMBER_FONT, PAGE_NUMBER_SIZE)
        _add_field(paragraph, "PAGE")
        _add_run(paragraph, Words(" —"), NUMBER_FONT, PAGE_NUMBER_SIZE)


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    for kind in ("begin", "instruction", "separate", "result", "end"):
        run = _add_run(paragraph, Words("1" if kind == "result" else ""), NUMBER_FONT, PAGE_NUMBER_SIZE)
        if kind == "instruction":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {instruction} "
            run._r.append(element)
        elif kind != "result":
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._r.append(element)


# --- styles -------------------------------------------------------------------------------------------------------


def _set_defaults(document: WordDocument) -> None:
    """The template's defaults are for English; ours say that the text is Chinese."""
    styles = document.styles.element
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for paragraph_defaults in styles.iter(qn("w:pPrDefault")):
        paragraph_defaults.clear()
    for run_defaults in styles.iter(qn("w:rPrDefault")):
        _set_fonts(run_defaults.find(qn("w:rPr")), BODY_FONT)


def _set_style(style: ParagraphStyle, font: str, size: Pt, pitch: Pt) -> None:
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    _set_fonts(properties, font)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(_CHARACTER_SPACING_TWIPS))
    properties.append(spacing)
    style.font.size = size
    paragraph = style.paragraph_format
    for border in list(style.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    paragraph.space_before = paragraph.space_after = Pt(0)
    paragraph.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.line_spacing = pitch
    paragraph.widow_control = False
    paragraph.keep_with_next = style.name is not None and style.name.startswith("Heading")


def _set_fonts(properties: BaseOxmlElement | None, font: str) -> None:
    if properties is None:
        return
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    fonts.set(qn("w:ascii"), LATIN_FONT)
    fonts.set(qn("w:hAnsi"), LATIN_FONT)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:cs"), LATIN_FONT)


def _set_fallback_fonts(document: WordDocument) -> None:
    """Names in the font table what to take instead of a font that is not installed."""
    part = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    table = parse_xml(part.blob)
    for font, (other, family) in _FALLBACKS.items():
        entry = OxmlElement("w:font")
        entry.set(qn("w:name"), font)
        for tag, value in (("w:altName", other), ("w:charset", "86"), ("w:family", family)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            entry.append(child)
        table.append(entry)
    from lxml import etree  # type: ignore[import-untyped]

    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


# --- paragraphs ---------------------------------------------------------------------------------------------------


def _new_paragraph(document: WordDocument, style_id: str = "") -> Paragraph:
    """A paragraph at the end; python-docx looks through the whole body for the place, which is always the same."""
    from docx.text.paragraph import Paragraph

    element = OxmlElement("w:p")
    document.element.body[-1].addprevious(element)
    if style_id:
        element.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), style_id)
    return Paragraph(element, document._body)


def _words(words: Words | str) -> Words:
    return Words(words) if isinstance(words, str) else words


def _add_run(paragraph: Paragraph, words: Words, font: str, size: Pt) -> Run:
    run = paragraph.add_run(xml_legal(words.text))
    run.font.size = size
    _set_fonts(run._r.get_or_add_rPr(), words.font or font)
    if words.is_placeholder:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return run


def _indent_first_line(paragraph: Paragraph) -> None:
    _set_indent(paragraph, "firstLine", 2)


def _set_indent(paragraph: Paragraph, side: str, characters: float, *, size: float = 16) -> None:
    """Indent in characters, and in twips for programs that do not know characters."""
    properties = paragraph._p.get_or_add_pPr()
    indent = properties.get_or_add_ind()
    indent.set(qn(f"w:{side}Chars"), str(round(characters * 100)))
    indent.set(qn(f"w:{side}"), str(round(characters * size * 20)))


def _leave_grid(paragraph: Paragraph) -> None:
    """Titles and tables have a line pitch of their own, other than the page's grid of lines."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    properties = paragraph._p.get_or_add_pPr()
    # CT_PPr fixes the order: snapToGrid stands before spacing, ind and jc.
    following = next((one for one in properties if one.tag in _AFTER_SNAP), None)
    if following is None:
        properties.append(snap)
    else:
        following.addprevious(snap)


def _character_count(text: str) -> float:
    """Width in full characters."""
    return sum(0.5 if character < "\x7f" else 1 for character in text)


def _fill_row(cells: Sequence[_Cell], texts: Sequence[str], widths: Sequence[int], font: str, *, centred: bool) -> None:
    for cell, text, width in zip(cells, texts, widths, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = _TABLE_PITCH
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        _leave_grid(paragraph)
        _add_run(paragraph, Words(text), font, SMALL_SIZE)
