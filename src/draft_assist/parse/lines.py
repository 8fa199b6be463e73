"""The first rung: the text as lines, each with what its beginning says it is. Nothing is decided about levels here.

Blank lines make no `Line`; their characters belong to whatever stands before them. A physical line gives several
`Line`s where crawled text has lost its line feeds: 第一条…。第二条…。
"""

from __future__ import annotations

from bisect import bisect_right

from draft_assist.model import FileKind, NormalText, Region
from draft_assist.parse.markers import DRESSED, READERS, Mark, Marker, undress
from draft_assist.parse.numerals import read_numeral
from draft_assist.patterns import compiled


class Line:
    """One line that is not blank. Positions are offsets in `NormalText.value`.

    Attributes:
        start: where its stretch begins: the line's first character, indentation included.
        head, end: its text without the white space around it.
        body, body_end: the text without marker, Markdown characters and the spaces after them.
        mark, number, weak: see `Marker`.
        depth: heading level that Markdown or the source's style claims; 0 for none.
        region, cell: of the block it comes from.
        joins: it continues the clause of the line before (a title over two lines).
        inner: an item inside a physical line: …的，处罚款：（一）…；（二）….
    """

    __slots__ = (
        "body", "body_end", "cell", "depth", "end", "head", "inner", "joins", "mark", "number", "region", "start",
        "weak",
    )  # fmt: skip

    def __init__(self, start: int, head: int, end: int, mark: int, number: tuple[int, ...], body: int) -> None:
        self.start = start
        self.head = head
        self.end = end
        self.mark = mark
        self.number = number
        self.body = body
        self.body_end = end
        self.weak = False
        self.depth = 0
        self.region = Region.BODY
        self.cell: tuple[int, int, int] | None = None
        self.joins = False
        self.inner = False

    def text(self, value: str) -> str:
        """The line's text, white space around it left out."""
        return value[self.head : self.end]

    def words(self, value: str) -> str:
        """The text without marker and Markdown."""
        return value[self.body : self.body_end]


_MARKED = frozenset(READERS) | DRESSED


def read_lines(text: NormalText) -> list[Line]:
    """The lines of `text` in order, blocks of other regions and table cells marked as such."""
    value = text.value
    lines: list[Line] = []
    position = 0
    holds_items = "：（" in value or "： （" in value
    for content in value.split("\n"):
        stripped = content.strip()
        if stripped:
            head = position
            if content[0] != stripped[0]:
                head += len(content) - len(content.lstrip())
            first = stripped[0]
            if first in _MARKED:
                _add_marked(lines, stripped, position, head)
            else:
                lines.append(Line(position, head, head + len(stripped), 0, (), head))
            if holds_items and "：" in stripped and _FIRST_ITEM.search(stripped):
                _split_items(lines, value)
        position += len(content) + 1
    _place_blocks(text, lines)
    return lines


def _add_marked(lines: list[Line], stripped: str, start: int, head: int) -> None:
    end = head + len(stripped)
    dress = depth = 0
    words = stripped
    if stripped[0] in DRESSED:
        dress, depth = undress(stripped)
        words = stripped[dress:]
    reader = READERS.get(words[0])
    marker = reader(words) if reader else None
    if marker is None:
        line = Line(start, head, end, Mark.STYLED if depth else Mark.PLAIN, (), head + dress)
    else:
        line = Line(start, head, end, marker.mark, marker.number, head + dress + marker.length)
        line.weak = marker.weak
    line.depth = depth
    if dress:
        _undress_end(line, stripped, head)
    lines.append(line)
    if marker and marker.mark == Mark.ARTICLE and words.find("条", marker.length + 1) > 0:
        _split_articles(lines, stripped, marker, head)


def _undress_end(line: Line, stripped: str, head: int) -> None:
    """Leave the closing ** of **一、总体要求** out of the body, and the opening one after it."""
    body = stripped[line.body - head :]
    for fence in ("**", "__"):
        if body.endswith(fence) and body.count(fence) == 1:
            line.body_end -= 2
        elif body.startswith(fence):
            line.body += 2
    trimmed = stripped[line.body - head : line.body_end - head]
    line.body += len(trimmed) - len(trimmed.lstrip())
    line.body_end = max(line.body, line.body_end - len(trimmed) + len(trimmed.rstrip()))


# A marker with its caption is shorter; whole rests of very long lines need not be copied.
_MARKER_REACH = 120
_NEXT_ARTICLE = compiled(r"[。！]\s*(?=第\s?([〇零一二三四五六七八九十百千]+|\d{1,4})\s?条)")


def _split_articles(lines: list[Line], stripped: str, marker: Marker, head: int) -> None:
    """Open the next article inside the line, where a sentence has just ended and its number is the one due."""
    position = marker.length
    while match := _NEXT_ARTICLE.search(stripped, position):
        position = match.end()
        if read_numeral(match[1]) != lines[-1].number[0] + 1:
            continue
        found = READERS["第"](stripped[position : position + _MARKER_REACH])
        if found is None or found.weak:
            continue
        previous = lines[-1]
        previous.end = previous.body_end = max(head + match.start() + 1, previous.body)
        at = head + position
        lines.append(Line(previous.end, at, head + len(stripped), found.mark, found.number, at + found.length))
        position += found.length


_FIRST_ITEM = compiled(r"：\s*(?=[（(](?:一|1)[）)])")
_NEXT_ITEM = compiled(r"[；。]\s*(?=[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)])")


def _split_items(lines: list[Line], value: str) -> None:
    """Open items inside the last line: a stem, （一）…；（二）…, numbers in order, two or more of them."""
    stem = lines[-1]
    match = _FIRST_ITEM.search(value, stem.body, stem.end)
    if match is None:
        return
    found: list[Line] = []
    while match is not None:
        start = match.end()
        marker = READERS["（"](value[start : min(stem.end, start + _MARKER_REACH)])
        if marker is None or marker.number[0] != len(found) + 1 or (found and marker.mark != found[0].mark):
            break
        item = Line(start, start, stem.end, marker.mark, marker.number, start + marker.length)
        item.inner = True
        if found:
            found[-1].end = found[-1].body_end = match.start() + 1
        found.append(item)
        match = _NEXT_ITEM.search(value, item.body, stem.end)
    if len(found) > 1:
        stem.end = stem.body_end = value.rindex("：", stem.body, found[0].start) + 1
        lines.extend(found)


# --- blocks -------------------------------------------------------------------------------------------------------


_HASHES = compiled(r"[ ]{0,3}(?:>[ ]?)*(#{1,6})[ ]*[*_]{0,3}$")


def _place_blocks(text: NormalText, lines: list[Line]) -> None:
    """Copy region, table cell and claimed heading level from the source's blocks to the lines."""
    if text.raw.kind is FileKind.MARKDOWN:
        _place_hashes(text, lines)
    blocks = text.raw.blocks
    if not any(block.region is not Region.BODY or block.style_level for block in blocks):
        return
    starts = [block.span.start for block in blocks]
    origin = _Origins(text)
    for line in lines:
        raw = origin.of(line.head)
        index = bisect_right(starts, raw) - 1
        if index < 0 or raw >= blocks[index].span.end:
            continue
        block = blocks[index]
        if block.region is not Region.BODY:
            line.region, line.cell = block.region, block.cell
            line.mark, line.number, line.body, line.body_end = Mark.PLAIN, (), line.head, line.end
            line.weak = line.inner = False
        elif block.style_level:
            _style(line, block.style_level)


def _place_hashes(text: NormalText, lines: list[Line]) -> None:
    """Markdown's # are gone from the normal text; the raw text still says which lines had them."""
    source = text.raw.text
    origin = _Origins(text)
    for line in lines:
        raw = origin.of(line.head)
        if raw and source[raw - 1] in "# *_":
            match = _HASHES.match(source, source.rfind("\n", 0, raw) + 1, raw)
            if match is not None:
                _style(line, len(match[1]))


def _style(line: Line, depth: int) -> None:
    line.depth = line.depth or depth
    if line.mark == Mark.PLAIN:
        line.mark = Mark.STYLED


class _Origins:
    """Raw positions of ascending normal positions, without a search for each."""

    def __init__(self, text: NormalText) -> None:
        self._offsets = text.offsets
        self._piece = 0

    def of(self, position: int) -> int:
        """The raw offset of the character at `position`; calls must not go back."""
        offsets = self._offsets
        normal = offsets.normal
        if not normal:
            return position
        while self._piece + 1 < len(normal) and normal[self._piece + 1] <= position:
            self._piece += 1
        raw = offsets.raw[self._piece]
        return raw + position - normal[self._piece] if offsets.equal[self._piece] else raw
