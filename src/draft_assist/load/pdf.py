"""PDF files by pypdfium2: one block a page; the indent of each line is kept, because a PDF has no paragraphs.

A line that begins to the right of the page's text edge gets that many U+3000 in front, marked `generated`; with them
`normalise` can tell where paragraphs begin. Pages without text are named in `unread`; a file without any is refused.
"""

from __future__ import annotations

import re
import threading
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from draft_assist.errors import SourceError
from draft_assist.load.opening import display_name
from draft_assist.model import Block, FileKind, RawDocument, Span
from draft_assist.settings import Settings

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage  # type: ignore[import-untyped]

# PDFium keeps global state and must not be entered twice at a time.
_LOCK = threading.Lock()
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
# PDFium marks a hyphen it sees at a line end with U+FFFE or U+0002; neither is text.
_HYPHEN = re.compile("[\ufffe\x02]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_HAS_LIGATURE = re.compile("[ﬀ-ﬆ]")
_VISIBLE = re.compile(r"[^\s\x00-\x1f\ufeff\ufffe\uffff]")
# More than this many ems is not an indent but a centred line or a signature; how far it stands in does not matter then.
_MAX_INDENT = 20
# A page with fewer characters than this and a picture over half of it is most likely a scan with a stamp or header.
_FEW_CHARACTERS = 30
_SCAN_STEP = "请先用文字识别（OCR）软件转换，核对后存为 .docx 或 .txt 再审"


class _Page(NamedTuple):
    text: str
    generated: tuple[Span, ...]  # in `text`
    has_picture: bool


def read(content: bytes, path: Path, settings: Settings) -> RawDocument:
    """Read a PDF with a text layer.

    Raises:
        SourceError: broken, needs a password, too many pages, or no page has text.
    """
    where = display_name(path)
    with _LOCK:
        document = _opened(content, where)
        try:
            count = len(document)
            if count > settings.max_pages:
                raise SourceError(
                    f"PDF 有 {count} 页，超过 {settings.max_pages} 页的上限",
                    where=where,
                    next_step="请拆分文件，或调高 DRAFT_ASSIST_MAX_PAGES",
                )
            pages = _pages(document, settings)
        finally:
            document.close()
    if not any(page is not None and _VISIBLE.search(page.text) for page in pages):
        raise SourceError("PDF 里没有可提取的文字（可能是扫描件）", where=where, next_step=_SCAN_STEP)
    return _assembled(pages, path)


def _opened(content: bytes, where: str) -> PdfDocument:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
            raise SourceError(
                "PDF 已加密，没有密码不能读取", where=where, next_step="请取消密码后另存一份再审"
            ) from error
        raise SourceError(
            "PDF 残缺或已损坏，打不开", where=where, next_step="请重新下载或复制，或用 PDF 阅读器另存一份"
        ) from error


def _pages(document: PdfDocument, settings: Settings) -> list[_Page | None]:
    """Each page; None for one that PDFium cannot load."""
    import pypdfium2

    pages: list[_Page | None] = []
    total = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            pages.append(None)
            continue
        try:
            read_page = _read_page(page)
        except pypdfium2.PdfiumError:
            read_page = None
        finally:
            page.close()
        pages.append(read_page)
        total += len(read_page.text) if read_page else 0
        if total > settings.max_text_chars:
            break  # `load` refuses the text by its length
    return pages


def _read_page(page: PdfPage) -> _Page:
    textpage = page.get_textpage()
    try:
        raw = textpage.get_text_range() if textpage.count_chars() else ""
        text = _HYPHEN.sub("", raw.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""))
        if _HAS_LIGATURE.search(text):
            text = text.translate(_LIGATURES)
        lines = [line.rstrip() for line in text.split("\n")]
        lines = [line for line in lines if line]
        indents = _indents(textpage, lines)
    finally:
        textpage.close()
    has_picture = len(text.strip()) < _FEW_CHARACTERS and _has_large_picture(page)
    parts: list[str] = []
    generated: list[Span] = []
    place = 0
    for line, indent in zip(lines, indents, strict=True):
        if indent:
            generated.append(Span(place, place + indent))
        parts.append("\u3000" * indent + line)
        place += indent + len(line) + 1
    return _Page("\n".join(parts), tuple(generated), has_picture)


def _indents(textpage: PdfTextPage, lines: list[str]) -> list[int]:
    """How many ems each line stands in from the left edge of the page's text; 0 where it cannot be told."""
    starts = _line_starts(textpage)
    if len(starts) != len(lines) or not starts:
        return [0] * len(lines)
    # The edge is the leftmost place that more than one line begins at, or the leftmost at all.
    lefts = sorted(left for left, _ in starts)
    edge = next((left for left, after in pairwise(lefts) if after - left < 3), lefts[0])
    indents: list[int] = []
    for (left, size), line in zip(starts, lines, strict=True):
        ems = round((left - edge) / size) if size > 1 else 0
        indents.append(0 if line[0].isspace() else max(0, min(ems, _MAX_INDENT)))
    return indents


def _line_starts(textpage: PdfTextPage) -> list[tuple[float, float]]:
    """(left edge, character size) of each line with a visible character, both in points."""
    starts: list[tuple[float, float]] = []
    count = textpage.count_chars()
    text = textpage.get_text_range()
    # Characters outside the basic plane count once in PDFium and once in Python, so places agree unless pdfium dropped
    # some; then no indent is given.
    if len(text) != count:
        return []
    at_start = True
    for index, one in enumerate(text):
        if one in "\r\n":
            at_start = True
        elif at_start and _VISIBLE.match(one):
            left, bottom, right, top = textpage.get_charbox(index, loose=True)
            starts.append((left, max(top - bottom, right - left) or 1.0))
            at_start = False
    return starts


def _has_large_picture(page: PdfPage) -> bool:
    """True when a picture covers half of the page."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    width, height = page.get_size()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) > 0.5 * width * height:
            return True
    return False


def _assembled(pages: list[_Page | None], path: Path) -> RawDocument:
    parts: list[str] = []
    blocks: list[Block] = []
    notes: list[str] = []
    place = 0
    for number, page in enumerate(pages, start=1):
        text = page.text if page is not None else ""
        if page is None:
            notes.append(f"第{number}页已损坏，打不开，未审查")
        elif not _VISIBLE.search(text):
            notes.append(f"第{number}页没有可提取的文字（可能是扫描件或空白页），未审查")
        elif page.has_picture:
            notes.append(f"第{number}页主要是图片，图片里的文字未审查")
        generated = tuple(Span(one.start + place, one.end + place) for one in page.generated) if page else ()
        blocks.append(Block(span=Span(place, place + len(text)), index=number, generated=generated))
        parts += (text, "\n")
        place += len(text) + 1
    return RawDocument(
        path=path,
        kind=FileKind.PDF,
        text="".join(parts),
        blocks=tuple(blocks),
        unread=tuple(notes),
        page_count=len(pages),
    )
