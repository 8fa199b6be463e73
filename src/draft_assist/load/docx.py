"""Word documents (.docx): all their text, in reading order, as if every tracked change were accepted.

Order of the text: the body (a text box follows the paragraph that anchors it), footnotes, endnotes, page heads, page
feet, comments. Headers and footers stand once each, however many sections show them.

How a later stage finds its way back into the file, for each `Block` and `RunPlace`:

    part    the package part, as `Block.part` spells it
    w:p     `paragraphs_of(root)[block.index]`: all w:p of the part in document order, those in tables, text boxes and
            both halves of an mc:AlternateContent included
    w:r     `runs_of(paragraph)[place.run]`: all w:r below that w:p in document order, deleted ones included, but not
            those of another w:p nested in it (text boxes)
    offset  into `text_of_run(run)`

The characters of a run that the reader leaves out (a field's instruction) have no `RunPlace`; several may belong to one
run. Where a deleted paragraph mark joins paragraphs, the block has the index and runs of the first of them that
contributes text, and no places for the others. Automatic numbers are computed and marked `generated`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from draft_assist.errors import SourceError
from draft_assist.load.numbering import Numbering, Styles, W
from draft_assist.load.opening import display_name
from draft_assist.load.package import Package
from draft_assist.model import Block, FileKind, RawDocument, Region, RunPlace, Span, TrackedChange
from draft_assist.settings import Settings

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_CHARTS = frozenset(
    {
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    }
)
_P, _RUN, _TBL, _PPR, _RPR = f"{W}p", f"{W}r", f"{W}tbl", f"{W}pPr", f"{W}rPr"
_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_BREAKS = frozenset({f"{W}br", f"{W}cr"})
_TABS = frozenset({f"{W}tab", f"{W}ptab"})
_GRAPHICS = frozenset({f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"})
# Symbols by their place in Wingdings and Wingdings 2, as forms use them; any other symbol is a plain bullet.
_SYMBOLS = {
    "A8": "□",
    "6F": "□",
    "A3": "□",
    "FE": "☑",
    "FD": "☒",
    "52": "☑",
    "53": "☒",
    "FC": "√",
    "FB": "×",
    "50": "√",
}
_OFF = frozenset({"0", "false", "off"})


def paragraphs_of(root: _Element) -> list[_Element]:
    """All w:p of a part, in document order; `Block.index` counts in this list."""
    return list(root.iter(_P))


def runs_of(paragraph: _Element) -> list[_Element]:
    """All w:r of this w:p and of no w:p inside it, in document order; `RunPlace.run` counts in this list."""
    found: list[_Element] = []
    # Depth first without recursion: the next sibling waits on the stack below the children.
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == _RUN:
            found.append(element)
        if element.tag != _P:
            waiting.extend(reversed(element))
    return found


def text_of_run(run: _Element) -> str:
    """The characters of a run, its own children only; `RunPlace.offset` counts in this text.

    w:t gives its text (line ends in it are spaces), w:tab "\\t", w:br and w:cr "\\n", w:noBreakHyphen "-", w:softHyphen
    U+00AD, w:sym one character. Deleted text and field instructions give nothing.
    """
    return "".join(_text_of_child(child) for child in run)


def read(content: bytes, path: Path, settings: Settings) -> RawDocument:
    """Read a .docx package.

    Raises:
        SourceError: broken, encrypted, too large when unpacked, or without a main document.
    """
    package = Package(content, path, settings)
    main = _main_part(package)
    root = package.parse(main)
    body = root.find(f"{W}body") if root is not None else None
    if root is None or body is None:
        raise SourceError(
            "文件里没有 Word 正文，可能已损坏",
            where=display_name(path),
            next_step="请用 Word 打开并另存为 .docx 后再审",
        )
    links = package.targets(main)
    styles = Styles(_related(package, links, "styles"))
    reader = _DocumentReader(styles, Numbering(_related(package, links, "numbering"), styles))
    reader.read_story(root, body, package.real_name(main), Region.BODY)
    for kind, region in (("footnotes", Region.FOOTNOTE), ("endnotes", Region.ENDNOTE)):
        _read_notes(reader, package, links, kind, region)
    for reference, region in (("headerReference", Region.HEADER), ("footerReference", Region.FOOTER)):
        _read_page_edges(reader, package, links, root, reference, region)
    _read_notes(reader, package, links, "comments", Region.COMMENT)
    return RawDocument(
        path=path,
        kind=FileKind.DOCX,
        text="".join(reader.parts),
        blocks=tuple(reader.blocks),
        changes=tuple(reader.changes),
        unread=reader.unread(),
    )


def _main_part(package: Package) -> str:
    for kind, target in package.targets("").values():
        if kind == "officeDocument":
            return target
    return "word/document.xml"


def _related(package: Package, links: dict[str, tuple[str, str]], kind: str) -> _Element | None:
    part = next((target for one, target in links.values() if one == kind), None)
    return package.parse(part) if part is not None else None


def _read_notes(
    reader: _DocumentReader, package: Package, links: dict[str, tuple[str, str]], kind: str, region: Region
) -> None:
    """Footnotes, endnotes or comments: each is an element of its part with paragraphs in it."""
    part = next((target for one, target in links.values() if one == kind), None)
    root = package.parse(part) if part is not None else None
    if part is None or root is None:
        return
    for note in root:
        if note.get(f"{W}type", "normal") == "normal":
            reader.read_story(root, note, package.real_name(part), region)


def _read_page_edges(
    reader: _DocumentReader,
    package: Package,
    links: dict[str, tuple[str, str]],
    root: _Element,
    reference: str,
    region: Region,
) -> None:
    seen: set[str] = set()
    for element in root.iter(f"{W}{reference}"):
        _, part = links.get(element.get(f"{_R}id", ""), ("", ""))
        story = package.parse(part) if part and part not in seen else None
        seen.add(part)
        if story is not None:
            reader.read_story(story, story, package.real_name(part), region)


# --- reading ------------------------------------------------------------------------------------------------------


class _Content(NamedTuple):
    """What one w:p holds, or several that a deleted paragraph mark joins; places count from its first character."""

    text: str = ""
    paragraph: int = -1  # as `Block.index`
    runs: tuple[RunPlace, ...] = ()
    changes: tuple[TrackedChange, ...] = ()

    def joined(self, following: _Content) -> _Content:
        """Both, one behind the other; see the module docstring on whose runs are kept."""
        shift = len(self.text)
        own = self if self.text or not following.text else following
        changes = (*self.changes, *(_moved_change(change, shift) for change in following.changes))
        return _Content(self.text + following.text, own.paragraph, own.runs, changes)


class _Where(NamedTuple):
    """Where the walk stands."""

    part: str
    region: Region
    cell: tuple[int, int, int] | None
    indexes: dict[_Element, int]


class _DocumentReader:
    """Collects text, blocks and changes of all parts of one document."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.changes: list[TrackedChange] = []
        self.counts: Counter[str] = Counter()
        self._styles = styles
        self._numbering = numbering
        self._length = 0
        self._tables = 0
        self._pending: _Content | None = None

    def read_story(self, root: _Element, container: _Element, part: str, region: Region) -> None:
        """Read all of `container`, an element of the part that `root` is the root of."""
        indexes = {paragraph: index for index, paragraph in enumerate(paragraphs_of(root))}
        self._container(container, _Where(part, region, None, indexes))

    def unread(self) -> tuple[str, ...]:
        """Chinese notes on what was seen but not read."""
        messages = {
            "hidden": "含 {} 处隐藏文字（打印和显示时看不到），已一并审查，请核对是否应当删除",
            "picture": "含 {} 处图片，图片里的文字未审查",
            "object": "含 {} 个嵌入对象（表格、附件等），其中的内容未审查",
            "chart": "含 {} 个图表或 SmartArt 图形，其中的文字未审查",
            "formula": "含 {} 个公式，未审查",
            "chunk": "含 {} 个嵌入的其他文档，其中的内容未审查",
        }
        return tuple(text.format(self.counts[key]) for key, text in messages.items() if self.counts[key])

    def _container(self, container: _Element, where: _Where) -> None:
        """Paragraphs and tables, through content controls and other wrappers."""
        outer, self._pending = self._pending, None
        for element in _unwrapped(container):
            if element.tag == _P:
                self._paragraph(element, where)
            elif element.tag == _TBL:
                self._flush(where)
                self._table(element, where)
            elif element.tag in (f"{W}altChunk", f"{W}subDoc"):
                self.counts["chunk"] += 1
        self._flush(where)
        self._pending = outer

    def _table(self, table: _Element, where: _Where) -> None:
        self._tables += 1
        number = self._tables
        row_number = 0
        for row in _unwrapped(table):
            if row.tag != f"{W}tr":
                continue
            properties = row.find(f"{W}trPr")
            removed = properties.find(f"{W}del") if properties is not None else None
            if removed is not None:
                self._deleted_row(row, removed.get(f"{W}author", ""))
                continue
            row_number += 1
            column = 1 + _span_of(properties, "gridBefore", 0)
            for cell in _unwrapped(row):
                if cell.tag != f"{W}tc":
                    continue
                region = Region.TABLE if where.region in (Region.BODY, Region.TABLE) else where.region
                self._container(cell, where._replace(region=region, cell=(number, row_number, column)))
                column += _span_of(cell.find(f"{W}tcPr"), "gridSpan", 1)

    def _deleted_row(self, row: _Element, author: str) -> None:
        text = "".join(element.text or "" for element in row.iter(f"{W}t", f"{W}delText"))
        if text:
            self.changes.append(
                TrackedChange(kind="deletion", author=author, text=text, span=Span(self._length, self._length))
            )

    def _paragraph(self, paragraph: _Element, where: _Where) -> None:
        walk = _ParagraphWalk(paragraph, self.counts)
        content = _Content(walk.text, where.indexes[paragraph], tuple(walk.runs), tuple(walk.changes))
        if self._pending is not None:
            content = self._pending.joined(content)
            self._pending = None
        properties = paragraph.find(_PPR)
        mark = properties.find(_RPR) if properties is not None else None
        removed = next((one for one in mark if one.tag in _DELETED), None) if mark is not None else None
        if removed is not None:
            end = Span(len(content.text), len(content.text))
            change = TrackedChange(kind="deletion", author=removed.get(f"{W}author", ""), text="\n", span=end)
            self._pending = content._replace(changes=(*content.changes, change))
        else:
            self._emit(content, properties, where)
        for box in walk.boxes:
            self._container(box, where._replace(region=_box_region(where.region), cell=None))

    def _flush(self, where: _Where) -> None:
        """A deleted mark at the very end of a story joins nothing: what was waiting is a paragraph of its own."""
        if self._pending is not None:
            content, self._pending = self._pending, None
            if content.text:
                self._emit(content, None, where)
            else:
                self.changes += [_moved_change(change, self._length) for change in content.changes]

    def _emit(self, content: _Content, properties: _Element | None, where: _Where) -> None:
        label = self._numbering.label(properties)
        start = self._length
        shift = start + len(label)
        self.changes += [_moved_change(change, shift) for change in content.changes]
        if not content.text and not label and where.region is not Region.BODY:
            return
        self.parts += (label, content.text, "\n")
        self._length = shift + len(content.text) + 1
        self.blocks.append(
            Block(
                span=Span(start, self._length - 1),
                region=where.region,
                part=where.part,
                index=content.paragraph,
                cell=where.cell,
                style_level=self._styles.heading_level(properties),
                generated=(Span(start, shift),) if label else (),
                runs=tuple(
                    msgspec.structs.replace(run, span=Span(run.span.start + shift, run.span.end + shift))
                    for run in content.runs
                ),
            )
        )


class _ParagraphWalk:
    """One w:p read through: its text, the places of its runs, tracked changes, text boxes; counts what is not read."""

    def __init__(self, paragraph: _Element, counts: Counter[str]) -> None:
        self.runs: list[RunPlace] = []
        self.changes: list[TrackedChange] = []
        self.boxes: list[_Element] = []
        self._counts = counts
        self._parts: list[str] = []
        self._length = 0
        # One entry an open field: True while its instruction runs, False once its result does.
        self._fields: list[bool] = []
        runs = runs_of(paragraph)
        self._indexes = dict(zip(runs, range(len(runs)), strict=True))
        self._children(paragraph, None, None)
        self.text = "".join(self._parts)

    def _children(self, element: _Element, inserted: _Element | None, deleted: _Element | None) -> None:
        for child in element:
            tag = child.tag
            if tag == _RUN:
                self._run(child, inserted, deleted)
            elif tag in _INSERTED:
                self._children(child, child, deleted)
            elif tag in _DELETED:
                self._children(child, inserted, child)
            elif tag == f"{_MC}AlternateContent":
                self._children(_chosen(child), inserted, deleted)
            elif tag in (f"{_MATH}oMath", f"{_MATH}oMathPara"):
                self._counts["formula"] += 1
            elif tag not in (_PPR, _P, f"{W}rt", f"{W}sdtPr"):
                self._children(child, inserted, deleted)

    def _run(self, run: _Element, inserted: _Element | None, deleted: _Element | None) -> None:
        if deleted is not None:
            self._deleted_run(run, deleted)
            return
        index = self._indexes[run]
        offset = 0
        begun = -1  # where the piece of this run that is being collected begins in it
        piece: list[str] = []
        for child in run:
            self._field_mark(child)
            if child.tag in _GRAPHICS:
                self._graphic(child)
            elif child.tag == f"{W}ruby":
                self._piece(index, begun, piece, inserted)
                begun, piece = -1, []
                self._children(child, inserted, deleted)
            text = _text_of_child(child)
            if text and not any(self._fields):
                begun = offset if begun < 0 else begun
                piece.append(text)
            elif text:
                self._piece(index, begun, piece, inserted)
                begun, piece = -1, []
            offset += len(text)
        if piece and _is_hidden(run):
            self._counts["hidden"] += 1
        self._piece(index, begun, piece, inserted)

    def _piece(self, index: int, begun: int, piece: list[str], inserted: _Element | None) -> None:
        """Add the collected characters of a run."""
        text = "".join(piece)
        if not text:
            return
        span = Span(self._length, self._length + len(text))
        self._parts.append(text)
        self._length = span.end
        self.runs.append(RunPlace(span=span, run=index, offset=begun, inserted=inserted is not None))
        if inserted is not None:
            self._change("insertion", inserted.get(f"{W}author", ""), text, span)

    def _deleted_run(self, run: _Element, deleted: _Element) -> None:
        text = "".join((child.text or "") if child.tag == f"{W}delText" else _text_of_child(child) for child in run)
        if text:
            self._change("deletion", deleted.get(f"{W}author", ""), text, Span(self._length, self._length))

    def _change(self, kind: str, author: str, text: str, span: Span) -> None:
        """Add a change; Word cuts one change into several where the format differs, so neighbours are put together."""
        last = self.changes[-1] if self.changes else None
        if last is not None and last.kind == kind and last.author == author and last.span.end == span.start:
            text = last.text + text
            span = Span(last.span.start, span.end)
            self.changes.pop()
        self.changes.append(TrackedChange(kind=kind, author=author, text=text, span=span))

    def _field_mark(self, child: _Element) -> None:
        if child.tag != f"{W}fldChar":
            return
        kind = child.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _graphic(self, element: _Element) -> None:
        """Text boxes to be read, pictures and objects to be counted; only one half of an alternative."""
        waiting = [element]
        while waiting:
            one = waiting.pop()
            if one.tag == f"{_MC}AlternateContent":
                waiting.append(_chosen(one))
                continue
            if one.tag == f"{W}txbxContent":
                self.boxes.append(one)
                continue
            if one.tag == f"{W}object":
                self._counts["object"] += 1
                continue
            if one.tag in (_BLIP, _IMAGE):
                self._counts["picture"] += 1
            elif one.tag in _CHARTS:
                self._counts["chart"] += 1
            waiting.extend(reversed(one))


def _text_of_child(child: _Element) -> str:
    tag = child.tag
    if tag == f"{W}t":
        text = child.text or ""
        return text.replace("\n", " ").replace("\r", " ") if "\n" in text or "\r" in text else text
    if tag in _TABS:
        return "\t"
    if tag in _BREAKS:
        return "\n"
    if tag == f"{W}noBreakHyphen":
        return "-"
    if tag == f"{W}softHyphen":
        return "\xad"
    return _symbol(child) if tag == f"{W}sym" else ""


def _symbol(element: _Element) -> str:
    code = element.get(f"{W}char", "").upper()
    if len(code) != 4 or any(one not in "0123456789ABCDEF" for one in code):
        return "•"
    number = int(code, 16)
    if code.startswith("F0") or 0xE000 <= number <= 0xF8FF or 0xD800 <= number <= 0xDFFF or number < 0x20:
        return _SYMBOLS.get(code[2:], "•")
    return chr(number)


def _unwrapped(container: _Element) -> Iterator[_Element]:
    """The children, with content controls, custom XML and block-level change marks taken off."""
    for child in container:
        if child.tag == f"{W}sdt":
            for content in child.iterfind(f"{W}sdtContent"):
                yield from _unwrapped(content)
        elif child.tag in (f"{W}customXml", f"{W}smartTag") or child.tag in _INSERTED:
            yield from _unwrapped(child)
        elif child.tag == f"{_MC}AlternateContent":
            yield from _unwrapped(_chosen(child))
        else:
            yield child


def _chosen(alternative: _Element) -> _Element:
    """The first choice of an mc:AlternateContent, the fallback when there is none."""
    choice = alternative.find(f"{_MC}Choice")
    fallback = alternative.find(f"{_MC}Fallback")
    if choice is not None and (len(choice) or fallback is None):
        return choice
    return fallback if fallback is not None else alternative.makeelement(f"{_MC}Fallback")


def _is_hidden(run: _Element) -> bool:
    properties = run.find(_RPR)
    vanish = properties.find(f"{W}vanish") if properties is not None else None
    return vanish is not None and vanish.get(f"{W}val", "1") not in _OFF


def _span_of(properties: _Element | None, name: str, default: int) -> int:
    found = properties.find(f"{W}{name}") if properties is not None else None
    text = found.get(f"{W}val", "") if found is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else default


def _box_region(region: Region) -> Region:
    """A box in a header is part of the header; one in the body or in a cell is a text box."""
    return Region.TEXT_BOX if region in (Region.BODY, Region.TABLE, Region.TEXT_BOX) else region


def _moved_change(change: TrackedChange, shift: int) -> TrackedChange:
    return msgspec.structs.replace(change, span=Span(change.span.start + shift, change.span.end + shift))
