"""Native comments in a .docx package: put on exact characters, with everything else left as it is.

The words a comment stands on are given as raw spans; the blocks of the reader lead from there to w:p and w:r (see
load/docx.py). Runs are cut at the ends of a span and keep their properties. Only the main document, the comments part
and, where the package had no comments, its relationships and content types are written anew; all other parts keep
their bytes. The same input gives the same bytes.

Word has no comments in footnotes, endnotes, headers and footers: those on a note go to its reference in the text, all
others that have no place go to the first paragraph. `Placed.reason` says so.
"""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]
from lxml.etree import _Element  # type: ignore[import-untyped]

from draft_assist.load.docx import paragraphs_of, runs_of, text_of_run
from draft_assist.load.package import Package
from draft_assist.model import Block, Region, RunPlace, Span
from draft_assist.report.word_package import W_URI, XML_SPACE, CommentsPart, W, is_strict, rewritten, serialised
from draft_assist.settings import Settings

# Where w:commentRangeStart and -End may stand beside a w:r (ECMA-376 Part 1, EG_PContent and EG_RunLevelElements).
_HOLDERS = frozenset(
    f"{W}{name}"
    for name in ("p", "ins", "moveTo", "hyperlink", "smartTag", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
)
_STORIES = frozenset(f"{W}{name}" for name in ("txbxContent", "footnote", "endnote", "comment", "body", "hdr", "ftr"))
_NOTES = {
    Region.FOOTNOTE: ("footnote", "footnoteReference", "脚注"),
    Region.ENDNOTE: ("endnote", "endnoteReference", "尾注"),
}

NO_PLACE = "在文件中没有可供批注的位置，批注标于首段"


class Comment(NamedTuple):
    """One comment to put in.

    Attributes:
        span: the words it stands on, in the raw text; an empty span stands on its paragraph.
        paragraphs: its text.
        author: who is named beside it.
    """

    span: Span
    paragraphs: Sequence[str]
    author: str


class Placed(NamedTuple):
    """Where a comment went: on its words when `reason` is "", elsewhere otherwise (Chinese)."""

    reason: str


class Annotated(NamedTuple):
    """A package with comments.

    Attributes:
        content: the .docx file.
        placed: one for each comment, in their order.
    """

    content: bytes
    placed: tuple[Placed, ...]


class _Cut(NamedTuple):
    """A position in a run of the main document: paragraph, run, character."""

    paragraph: int
    run: int
    offset: int


class _Range(NamedTuple):
    """The words of a comment, by their first and last run; None for a paragraph without runs."""

    first: _Cut | None
    last: _Cut | None
    paragraph: _Element | None
    reason: str = ""


def add_comments(
    content: bytes, path: Path, settings: Settings, blocks: Sequence[Block], comments: Sequence[Comment]
) -> Annotated:
    """The package with `comments` put in.

    Args:
        content: a .docx file.
        path: for messages only.
        settings: limits for unpacking.
        blocks: of the text that the comments' spans count in.
        comments: what to put in.

    Raises:
        SourceError: the package is broken or too large.
    """
    package = Package(content, path, settings)
    main = _main_part(package)
    root = package.parse(main)
    if root is None or not comments:
        return Annotated(content, tuple(Placed(NO_PLACE) for _ in comments))
    strict = is_strict(package.read(main) or b"")
    places = _Finder(root, package, package.real_name(main), blocks)
    ranges = [places.find(comment.span) for comment in comments]
    part = CommentsPart(package, main, root, strict=strict)
    marker = _Marker(root, ranges)
    for comment, one in zip(comments, ranges, strict=True):
        number = part.add(_with_reason(comment.paragraphs, one.reason), comment.author)
        marker.mark(one, number, part.reference_style)
    changed = {main: serialised(root, strict=strict), **part.changed()}
    return Annotated(rewritten(content, changed), tuple(Placed(one.reason) for one in ranges))


def _with_reason(paragraphs: Sequence[str], reason: str) -> list[str]:
    return [*paragraphs, f"位置说明：{reason}。"] if reason else list(paragraphs)


def _main_part(package: Package) -> str:
    targets = package.targets("").values()
    return next((target for kind, target in targets if kind == "officeDocument"), "word/document.xml")


# --- finding the words --------------------------------------------------------------------------------------------


class _Finder:
    """Leads from raw spans to runs of the main document."""

    def __init__(self, root: _Element, package: Package, main: str, blocks: Sequence[Block]) -> None:
        self._root = root
        self._package = package
        self._main = main
        self._blocks = blocks
        self._starts = [block.span.start for block in blocks]
        self._paragraphs = paragraphs_of(root)
        self._notes: dict[str, list[_Element]] = {}

    def find(self, span: Span) -> _Range:
        """Where a comment on `span` can stand."""
        index = bisect_right(self._starts, span.start) - 1
        if index < 0:
            return self._at_first(NO_PLACE)
        first = self._first_piece(index, span) if len(span) else None
        if first is None:
            return self._at_paragraph(self._blocks[index])
        block, piece = first
        if block.part != self._main:
            return self._elsewhere(block)
        last_block, last = self._last_piece(block, span) or first
        start = max(span.start - piece.span.start, 0) + piece.offset
        end = min(span.end, last.span.end) - last.span.start + last.offset
        return _Range(_Cut(block.index, piece.run, start), _Cut(last_block.index, last.run, end), None)

    def _first_piece(self, index: int, span: Span) -> tuple[Block, RunPlace] | None:
        for position in range(index, len(self._blocks)):
            block = self._blocks[position]
            if block.span.start >= span.end:
                return None
            run = bisect_right(block.runs, span.start, key=lambda one: one.span.end)
            if run < len(block.runs) and block.runs[run].span.start < span.end:
                return block, block.runs[run]
        return None

    def _last_piece(self, first: Block, span: Span) -> tuple[Block, RunPlace] | None:
        """The last run under `span` in the same story as its first: a range may not leave a text box or a note."""
        story = _story(self._paragraphs[first.index])
        for index in range(bisect_right(self._starts, span.end - 1) - 1, -1, -1):
            block = self._blocks[index]
            if block.span.end <= span.start:
                return None
            if block.part != self._main or _story(self._paragraphs[block.index]) is not story:
                continue
            runs = [run for run in block.runs if run.span.overlaps(span)]
            if runs:
                return block, runs[-1]
        return None

    def _at_paragraph(self, block: Block) -> _Range:
        """No characters of the file under the span: an empty span, or nothing but an automatic number."""
        if block.part != self._main:
            return self._elsewhere(block)
        if not block.runs:
            return _Range(None, None, self._paragraphs[block.index])
        first, last = block.runs[0], block.runs[-1]
        return _Range(
            _Cut(block.index, first.run, first.offset),
            _Cut(block.index, last.run, last.offset + len(last.span)),
            None,
        )

    def _elsewhere(self, block: Block) -> _Range:
        if block.region in _NOTES:
            return self._at_reference(block)
        where = {Region.HEADER: "页眉", Region.FOOTER: "页脚", Region.COMMENT: "批注"}.get(block.region, "其他部分")
        return self._at_first(f"所涉文字在{where}中，Word 不能在该处批注，批注标于首段")

    def _at_reference(self, block: Block) -> _Range:
        """The run in the text that refers to the footnote or endnote of `block`."""
        tag, reference, name = _NOTES[block.region]
        identifier = self._note_id(block, tag)
        if identifier is not None:
            for element in self._root.iter(f"{W}{reference}"):
                run = element.getparent()
                paragraph = next(iter(element.iterancestors(f"{W}p")), None)
                if element.get(f"{W}id") == identifier and run is not None and paragraph is not None:
                    reason = f"所涉文字在{name}中，Word 不能在{name}内批注，批注标于引用该{name}处"
                    return _whole_run(self._paragraphs, paragraph, run, reason)
        return self._at_first(f"所涉文字在{name}中，正文中未找到其引用处，批注标于首段")

    def _note_id(self, block: Block, tag: str) -> str | None:
        if block.part not in self._notes:
            root = self._package.parse(block.part)
            self._notes[block.part] = paragraphs_of(root) if root is not None else []
        paragraphs = self._notes[block.part]
        if not 0 <= block.index < len(paragraphs):
            return None
        note = next(iter(paragraphs[block.index].iterancestors(f"{W}{tag}")), None)
        return note.get(f"{W}id") if note is not None else None

    def _at_first(self, reason: str) -> _Range:
        if not self._paragraphs:
            body = self._root.find(f"{W}body")
            paragraph = etree.SubElement(self._root if body is None else body, f"{W}p")
            if body is not None:
                body.insert(0, paragraph)
            self._paragraphs.append(paragraph)
        return _Range(None, None, self._paragraphs[0], reason)


def _whole_run(paragraphs: list[_Element], paragraph: _Element, run: _Element, reason: str) -> _Range:
    runs = runs_of(paragraph)
    if run not in runs:
        return _Range(None, None, paragraph, reason)
    index, number = paragraphs.index(paragraph), runs.index(run)
    return _Range(_Cut(index, number, 0), _Cut(index, number, len(text_of_run(run))), None, reason)


def _story(paragraph: _Element) -> _Element | None:
    return next((element for element in paragraph.iterancestors() if element.tag in _STORIES), None)


# --- marking the words --------------------------------------------------------------------------------------------


class _Marker:
    """Cuts the runs once at all ends of ranges, then sets the markers."""

    def __init__(self, root: _Element, ranges: Sequence[_Range]) -> None:
        self._pieces: dict[tuple[int, int], list[tuple[int, _Element]]] = {}
        # What was last put behind an element, so that several comments ending there stand in their order.
        self._behind: dict[_Element, _Element] = {}
        cuts: dict[int, dict[int, set[int]]] = {}
        for one in ranges:
            for cut in (one.first, one.last):
                if cut is not None:
                    cuts.setdefault(cut.paragraph, {}).setdefault(cut.run, set()).add(cut.offset)
        paragraphs = paragraphs_of(root)
        for paragraph, by_run in cuts.items():
            runs = runs_of(paragraphs[paragraph])
            for run, offsets in by_run.items():
                self._pieces[paragraph, run] = _split(runs[run], sorted(offsets))

    def mark(self, one: _Range, number: int, style: str) -> None:
        """Put the range and the reference of comment `number` on `one`."""
        start, end = _marker("commentRangeStart", number), _marker("commentRangeEnd", number)
        reference = _reference(number, style)
        if one.first is None or one.last is None:
            self._mark_paragraph(one.paragraph, start, end, reference)
            return
        first = _climbed(self._piece_from(one.first))
        last = _climbed(self._piece_to(one.last))
        first.addprevious(start)
        self._put_behind(last, end)
        # The reference is a run of its own: in an insertion or a link it would be part of that.
        outer = last
        while (parent := outer.getparent()) is not None and parent.tag != f"{W}p":
            outer = parent
        self._put_behind(outer, reference)

    def _mark_paragraph(self, paragraph: _Element | None, *markers: _Element) -> None:
        """Put the markers at the beginning of a paragraph, behind its properties and what was put there before."""
        assert paragraph is not None
        before = self._behind.get(paragraph)
        position = 0 if paragraph.find(f"{W}pPr") is None else 1
        if before is not None:
            position = paragraph.index(before) + 1
        for step, marker in enumerate(markers):
            paragraph.insert(position + step, marker)
        self._behind[paragraph] = markers[-1]

    def _piece_from(self, cut: _Cut) -> _Element:
        pieces = self._pieces[cut.paragraph, cut.run]
        return next(element for offset, element in reversed(pieces) if offset <= cut.offset)

    def _piece_to(self, cut: _Cut) -> _Element:
        pieces = self._pieces[cut.paragraph, cut.run]
        return next((element for offset, element in reversed(pieces) if offset < cut.offset), pieces[0][1])

    def _put_behind(self, element: _Element, following: _Element) -> None:
        self._behind.get(element, element).addnext(following)
        self._behind[element] = following


def _split(run: _Element, offsets: Sequence[int]) -> list[tuple[int, _Element]]:
    """Cuts a run at `offsets`, ascending; gives the offset and element of each piece."""
    pieces = [(0, run)]
    size = len(text_of_run(run))
    for offset in offsets:
        begun, current = pieces[-1]
        if begun < offset < size:
            pieces.append((offset, _cut(current, offset - begun)))
    return pieces


def _cut(run: _Element, at: int) -> _Element:
    """Moves everything behind the first `at` characters of `run` into a run of its own right behind it."""
    rest = run.makeelement(run.tag, dict(run.attrib), run.nsmap)
    properties = run.find(f"{W}rPr")
    if properties is not None:
        rest.append(copy.deepcopy(properties))
    passed = 0
    moved: list[_Element] = []
    for child in run:
        if child is properties:
            continue
        length = _length(child)
        if passed >= at and (length or moved):
            moved.append(child)
        elif passed < at < passed + length:
            moved.append(_cut_text(child, at - passed))
        passed += length
    rest.extend(moved)
    run.addnext(rest)
    return rest


def _cut_text(text: _Element, at: int) -> _Element:
    """Leaves the first `at` characters in a w:t and gives a new one with the others."""
    rest = copy.copy(text)
    rest.tail = None
    whole = text.text or ""
    text.text, rest.text = whole[:at], whole[at:]
    for half in (text, rest):
        half.set(XML_SPACE, "preserve")
    return rest


def _length(child: _Element) -> int:
    """Characters that a child of a run counts for; text_of_run looks at nothing but the run's own children."""
    if child.tag == f"{W}t":
        return len(child.text or "")
    alone = child.makeelement(f"{W}r")
    alone.append(child.makeelement(child.tag, dict(child.attrib)))
    return len(text_of_run(alone))


def _climbed(run: _Element) -> _Element:
    """The run, or the element around it beside which a range marker may stand (ruby text, alternatives)."""
    element = run
    while (parent := element.getparent()) is not None and parent.tag not in _HOLDERS:
        element = parent
    return element


def _marker(tag: str, number: int) -> _Element:
    element = etree.Element(f"{W}{tag}", nsmap={"w": W_URI})
    element.set(f"{W}id", str(number))
    return element


def _reference(number: int, style: str) -> _Element:
    run = etree.Element(f"{W}r", nsmap={"w": W_URI})
    properties = etree.SubElement(run, f"{W}rPr")
    if style:
        etree.SubElement(properties, f"{W}rStyle").set(f"{W}val", style)
    else:
        etree.SubElement(properties, f"{W}sz").set(f"{W}val", "21")
    etree.SubElement(run, f"{W}commentReference").set(f"{W}id", str(number))
    return run
