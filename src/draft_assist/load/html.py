"""Web pages: text by block, with the place of each block in the source, menus and page feet set apart.

The standard library's parser is used because it knows the position of every piece, so `Block.source_offset` is exact.
Blocks that belong to the page and not to the document (nav, header, footer and aside elements, class and id names of
menus, rows of links) get Region.HEADER or Region.FOOTER; `normalise` cuts and lists them. A block that reads like part
of a document is never set apart, whatever its element is called.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from draft_assist.errors import SourceError
from draft_assist.load.opening import display_name
from draft_assist.load.text import decode
from draft_assist.model import Block, FileKind, RawDocument, Region, Span
from draft_assist.settings import Settings

_BLOCK_NAMES = """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody td tfoot
    th thead tr ul
"""
_DROPPED_NAMES = """
    script style template noscript head title iframe object svg math audio video canvas select button textarea
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_DROPPED = frozenset(_DROPPED_NAMES.split())
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_NAMES.split())
# An end tag of these closes what an author forgot to close inside them, never anything around them.
_SCOPES = frozenset(("td", "th", "table", "li", "div", "section", "article", "ul", "ol"))
_CLOSES_ITSELF = {
    "p": _BLOCKS - {"html", "body"},
    "li": frozenset({"li"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
    "tr": frozenset({"tr"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option"}),
}
_FURNITURE_TAGS = {"nav": Region.HEADER, "header": Region.HEADER, "aside": Region.FOOTER, "footer": Region.FOOTER}
_HEAD_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|topbar|top-?nav|crumbs?|bread-?crumbs?|location|dqwz|wzdh|toolbar|"
    r"search|login|skip|site-?header|page-?header)(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
_FOOT_NAMES = re.compile(
    r"(?:^|[\s_-])(?:foot|footer|bottom|copyright|friend-?links?|links|share|bdshare\w*|sidebar|side|related|"
    r"recommend|qrcode|ewm|print|pager|prev-?next|comment-?list|toolkit)(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# What only a document says: such a block stays in the text even inside a "header" element.
_DOCUMENT_LIKE = re.compile(
    r"第[一二三四五六七八九十百千零〇0-9]+[章节条]|^[一二三四五六七八九十]{1,3}、|^[(（][一二三四五六七八九十]{1,3}[)）]|〔\d{4}〕|"
    r".{5}(?:办法|规定|细则|意见|通知|方案|决定|通告|公告|条例|規定|辦法|意見)(?:[(（].{1,12}[)）])?$"
)
_SPACE_RUN = re.compile(r"[ \t\n\r\f]+")
_HAN = re.compile("[\u3400-\u9fff，。、；：？！“”（）《》〔〕]")
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
# A row of short blocks that are links and nothing else is a menu from this length on.
_MENU_LENGTH = 4
_LONGEST_LINK = 30
_DEEPEST = 400


class _Open(NamedTuple):
    """An element that is open."""

    tag: str
    dropped: bool
    region: Region | None  # set apart by itself or by something around it
    link: bool
    row: tuple[int, int, int] | None
    preformatted: bool


class _Piece(NamedTuple):
    """A block as collected."""

    text: str
    offset: int  # of its first character in the source
    region: Region | None
    in_link: int  # characters inside links
    links: int
    cell: tuple[int, int, int] | None
    level: int


def read(content: bytes, path: Path, settings: Settings) -> RawDocument:
    """Read a web page.

    Raises:
        SourceError: the bytes are not text, or elements are nested absurdly deep.
    """
    where = display_name(path)
    source, encoding, notes = _decoded(content, where)
    parser = _PageParser(source, where)
    pieces = _without_menus(parser.collect())
    text_parts: list[str] = []
    blocks: list[Block] = []
    lines = _line_starts(source)
    place = 0
    for piece in pieces:
        text_parts += (piece.text, "\n")
        region = piece.region or (Region.TABLE if piece.cell else Region.BODY)
        blocks.append(
            Block(
                span=Span(place, place + len(piece.text)),
                region=region,
                index=bisect_right(lines, piece.offset),
                cell=piece.cell if region is Region.TABLE else None,
                style_level=piece.level,
                source_offset=piece.offset,
            )
        )
        place += len(piece.text) + 1
    return RawDocument(
        path=path,
        kind=FileKind.HTML,
        text="".join(text_parts),
        blocks=tuple(blocks),
        encoding=encoding,
        unread=(*notes, *parser.notes()),
    )


def _decoded(content: bytes, where: str) -> tuple[str, str, tuple[str, ...]]:
    """Text by byte-order mark, strict UTF-8, the declared encoding, then as for plain text."""
    declared = _META.search(content[:8192]) or _XML_ENCODING.search(content[:400])
    if declared and not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii").lower()
        # Pages call their GB18030 text gb2312 or gbk.
        name = "gb18030" if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else name
        name = "big5hkscs" if name in ("big5", "big5-hkscs") else name
        if name not in ("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"):
            try:
                content.decode("utf-8")
            except UnicodeDecodeError:
                try:
                    text = content.decode(name)
                    return _one_line_end(text), name, ()
                except (UnicodeDecodeError, LookupError):
                    pass
    decoded = decode(content, where)
    return _one_line_end(decoded.text), decoded.encoding, decoded.notes


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _line_starts(source: str) -> list[int]:
    starts = [0]
    found = source.find("\n")
    while found >= 0:
        starts.append(found + 1)
        found = source.find("\n", found + 1)
    return starts


class _PageParser(HTMLParser):
    """Collects the visible text of a page block by block."""

    def __init__(self, source: str, where: str) -> None:
        super().__init__(convert_charrefs=False)
        self._source = source
        self._where = where
        self._starts = _line_starts(source)
        self._open: list[_Open] = []
        self._pieces: list[_Piece] = []
        self._texts: list[str] = []
        self._begin = -1
        self._in_link = 0
        self._links = 0
        self._tables = 0
        self._rows: list[list[int]] = []  # one [table, row, column] an open table
        self._hidden = 0
        self._pictures = 0

    def collect(self) -> list[_Piece]:
        """All blocks that hold a visible character."""
        self.feed(self._source)
        self.close()
        self._finish()
        return self._pieces

    def notes(self) -> tuple[str, ...]:
        """Chinese notes on what was not read."""
        found: list[str] = []
        if self._hidden:
            found.append(f"网页里有 {self._hidden} 处不显示的内容，未审查")
        if self._pictures:
            found.append(f"网页里有 {self._pictures} 处图片，图片里的文字未审查")
        return tuple(found)

    # --- events of HTMLParser ---

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._finish()
        if tag == "br":
            self._add("\n", self._offset())
        if tag == "img":
            self._count_picture(attrs)
        self._close_forgotten(tag)
        if tag in _VOID:
            return
        if len(self._open) > _DEEPEST:
            raise SourceError(
                "网页嵌套过深，无法读取", where=self._where, next_step="请把正文复制到 .docx 或 .txt 后再审"
            )
        self._open.append(self._opened(tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._finish()
        for i in range(len(self._open) - 1, -1, -1):
            if self._open[i].tag == tag:
                if tag == "table" and self._rows:
                    self._rows.pop()
                del self._open[i:]
                return
            if self._open[i].tag in _SCOPES and tag not in _BLOCKS:
                return

    def handle_data(self, data: str) -> None:
        if data:
            self._add(data, self._offset())

    def handle_entityref(self, name: str) -> None:
        offset = self._offset()
        written = f"&{name};" if self._source.startswith(";", offset + 1 + len(name)) else f"&{name}"
        self._add(unescape(written), offset, entity=True)

    def handle_charref(self, name: str) -> None:
        text = unescape(f"&#{name};")
        # A reference to half a surrogate pair or to NUL is U+FFFD by the HTML standard; unescape agrees.
        self._add(text or "�", self._offset(), entity=True)

    def unknown_decl(self, data: str) -> None:
        """CDATA sections are not shown by browsers outside SVG and MathML."""

    # --- collecting ---

    def _offset(self) -> int:
        line, column = self.getpos()
        return min(self._starts[min(line, len(self._starts)) - 1] + column, len(self._source))

    def _add(self, text: str, offset: int, *, entity: bool = False) -> None:
        state = self._open[-1] if self._open else None
        if state is not None and state.dropped:
            return
        if not entity and not (state and state.preformatted) and text != "\n":
            lead = len(text) - len(text.lstrip(" \t\n\r\f"))
            text = _SPACE_RUN.sub(_collapsed, text)
        else:
            lead = 0
        if not text:
            return
        if self._begin < 0:
            if not text.strip(" \n"):
                return
            if text.startswith(" "):
                text = text.lstrip(" ")
            self._begin = offset + lead
        elif text.startswith(" ") and self._texts and self._texts[-1].endswith((" ", "\n")):
            text = text.lstrip(" ")
        self._texts.append(text)
        if state is not None and state.link:
            self._in_link += len(text.strip())

    def _finish(self) -> None:
        """Close the block that is being collected."""
        state = self._open[-1] if self._open else None
        text = re.sub(" *\n *", "\n", "".join(self._texts)).strip(" \n")
        if text and self._begin >= 0:
            level = next((int(one.tag[1]) for one in reversed(self._open) if re.fullmatch("h[1-6]", one.tag)), 0)
            self._pieces.append(
                _Piece(
                    text=text,
                    offset=self._begin,
                    region=state.region if state else None,
                    in_link=self._in_link,
                    links=self._links,
                    cell=state.row if state else None,
                    level=level,
                )
            )
        self._texts = []
        self._begin = -1
        self._in_link = self._links = 0

    def _close_forgotten(self, tag: str) -> None:
        """Elements whose end tag may be left out end where `tag` begins."""
        while self._open:
            last = self._open[-1].tag
            if tag in _CLOSES_ITSELF.get(last, frozenset()):
                self._open.pop()
            else:
                return

    def _opened(self, tag: str, attributes: dict[str, str | None]) -> _Open:
        outer = self._open[-1] if self._open else _Open("", False, None, False, None, False)
        dropped = outer.dropped or tag in _DROPPED
        if not dropped and _is_hidden(attributes):
            dropped = True
            self._hidden += 1
        if tag == "a":
            self._links += 1
        return _Open(
            tag,
            dropped,
            outer.region or _region_of(tag, attributes),
            outer.link or tag == "a",
            self._cell(tag) or outer.row,
            outer.preformatted or tag == "pre",
        )

    def _cell(self, tag: str) -> tuple[int, int, int] | None:
        if tag == "table":
            self._tables += 1
            self._rows.append([self._tables, 0, 0])
        elif tag == "tr" and self._rows:
            self._rows[-1][1] += 1
            self._rows[-1][2] = 0
        elif tag in ("td", "th") and self._rows:
            self._rows[-1][1] = max(1, self._rows[-1][1])
            self._rows[-1][2] += 1
            table, row, column = self._rows[-1]
            return table, row, column
        return None

    def _count_picture(self, attrs: list[tuple[str, str | None]]) -> None:
        """Pictures beside the text; icons of one or two dozen pixels and page furniture do not count."""
        state = self._open[-1] if self._open else None
        sizes = [int(value) for name, value in attrs if name in ("width", "height") and value and value.isdecimal()]
        if not (state and (state.dropped or state.region)) and not any(size < 40 for size in sizes):
            self._pictures += 1


def _collapsed(match: re.Match[str]) -> str:
    """White space is one space, none where a source line ends between two Chinese characters."""
    if "\n" in match[0]:
        text, (start, end) = match.string, match.span()
        if start > 0 and end < len(text) and _HAN.match(text[start - 1]) and _HAN.match(text[end]):
            return ""
    return " "


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    return "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style") or "") is not None


def _region_of(tag: str, attributes: dict[str, str | None]) -> Region | None:
    if tag in _FURNITURE_TAGS:
        return _FURNITURE_TAGS[tag]
    if tag in ("html", "body", "article", "main", "p", "td", "th", "table", "tbody", "tr", "span", "font"):
        return None
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if _HEAD_NAMES.search(names):
        return Region.HEADER
    return Region.FOOTER if _FOOT_NAMES.search(names) else None


def _without_menus(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces with their final regions: document-like ones come back, rows of links go."""
    apart = [_set_apart(piece) for piece in pieces]
    menu: list[int] = []
    for i in range(len(pieces) + 1):
        if i < len(pieces) and _is_link_only(pieces[i]):
            menu.append(i)
            continue
        if len(menu) >= _MENU_LENGTH:
            for j in menu:
                apart[j] = apart[j] or Region.HEADER
        menu = []
    body = sum(len(piece.text) for piece, region in zip(pieces, apart, strict=True) if region is None)
    # A page whose author wrapped everything in id="header" or the like: then nothing is set apart.
    if body * 4 < sum(len(piece.text) for piece in pieces):
        apart = [None] * len(pieces)
    return [piece._replace(region=region) for piece, region in zip(pieces, apart, strict=True)]


def _set_apart(piece: _Piece) -> Region | None:
    many_links = piece.links >= 3 and piece.in_link * 10 >= len(piece.text) * 6
    if _DOCUMENT_LIKE.search(piece.text) and not many_links:
        return None
    if piece.region is not None:
        return None if len(piece.text) > 120 and piece.in_link * 2 < len(piece.text) else piece.region
    return Region.HEADER if many_links and piece.cell is None and len(piece.text) < 400 else None


def _is_link_only(piece: _Piece) -> bool:
    return (
        piece.in_link > 0
        and len(piece.text.strip()) <= piece.in_link + 3
        and len(piece.text) <= _LONGEST_LINK
        and piece.cell is None
        and not piece.text.startswith(("附", "《"))
        and not _DOCUMENT_LIKE.search(piece.text)
    )
