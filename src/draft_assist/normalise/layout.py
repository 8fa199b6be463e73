"""Lines as the page had them: running titles, page numbers, and sentences broken at the edge of the page.

A PDF has no paragraphs, only lines. Its reader keeps the indent of each line as spaces, and with that paragraphs can be
told: an indented line begins one, a full line runs on into an unindented one. Text copied out of a PDF has no indents;
there a full line that does not end a sentence runs on, unless the next line begins like a clause or heading.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import quantiles
from typing import NamedTuple

from draft_assist.model import FileKind, RawDocument, Span
from draft_assist.normalise.characters import HAN
from draft_assist.normalise.tape import Edit, Tape
from draft_assist.patterns import compiled

PAGE_NUMBER = "页码"
RUNNING_TITLE = "页眉页脚"
LINE_BREAK = "版面换行"
LAYOUT_SPACE = "版面空格"

_DASHED_NUMBER = compiled(r"[ ]*[—–\-―－·~][—–\-―－·~ ]*\d{1,4}[ ]*[—–\-―－·~][—–\-―－·~ ]*")
_NAMED_NUMBER = re.compile(
    r"[ ]*(?:第[ ]?\d{1,4}[ ]?页(?:[ ,，/]*共[ ]?\d{1,4}[ ]?页)?|Page[ ]\d{1,4}(?:[ ]of[ ]\d{1,4})?)[ ]*",
    re.IGNORECASE,
)
_BARE_NUMBER = compiled(r"[ ]*(\d{1,4})(?:[ ]?/[ ]?\d{1,4})?[ ]*")
_DIGITS = compiled(r"\d+")
# On the first page a running title that reads like the document's own title stays: it may be the only one.
_TITLE_END = compiled(r"(?:办法|规定|细则|意见|通知|方案|条例|决定|公告|通告|规划|标准)(?:[（(].{1,12}[)）])?\Z")
_SPACED_NUMBER = compiled(rf"(?<=[{HAN}]) (?=\d[\d.,]*[ ]?[{HAN}%])|(?<=\d) (?=[年月日时元条款项号个%万亿])")
# Running titles and page numbers stand in the first or last two lines of a page.
_EDGE_LINES = 2
_NUMERAL = "[一二三四五六七八九十百千零〇两0-9]+"
_BEGINS_UNIT = compiled(
    rf"[ ]*(?:第[ ]?{_NUMERAL}[ ]?[编章节条款]"
    r"|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]"
    r"|\d{1,3}[.、．](?!\d)|[(（]\d{1,3}[)）]|[①-⑳㈠-㈩⑴-⒛]"
    r"|附件[0-9一二三四五六七八九十]{0,3}[:：]?|附[录表图]|抄送|主送|目录|[•·●■◆▪-][ ]?)"
)
# 第八条规定的, 第三款、第四款: a reference that a line break happens to put first.
_IS_REFERENCE = compiled(rf"[ ]*第[ ]?{_NUMERAL}[ ]?[编章节条款项](?:第|规定|的|所|、|和|或|及|至|中|内|以)")
_ENDS_SENTENCE = compiled(r"[。！？；：…!?;:][”’」』）)]?[ ]*\Z")
_WORD_END = compiled(r"[A-Za-z0-9,.;]\Z")
_WORD_START = compiled(r"[A-Za-z0-9]")
_WIDE = compiled("[\u1100-\u115f\u2e80-\uffe6\U00020000-\U0003ffff—…“”‘’]")
_DATE_LINE = compiled(r"[ ]*(?:\d{4}|[〇○一二三四五六七八九]{4})[ ]?年.{1,8}月.{0,5}日?[ ]*")


class _Line(NamedTuple):
    start: int
    end: int
    text: str


def page_furniture_cuts(tape: Tape, raw: RawDocument) -> list[Edit]:
    """Cuts of page numbers and running titles; of a PDF with their line feeds, elsewhere without."""
    if raw.kind is FileKind.PDF:
        return _page_cuts(tape, raw)
    return _numbers_between(tape.text)


def _numbers_between(text: str) -> list[Edit]:
    """In text without pages: lines such as — 3 —, when two or more of them count upwards."""
    found = [
        match
        for match in re.finditer(r"^[ ]*(?:[—–\-―·].{0,8}\d|第[ ]?\d+[ ]?页).{0,12}$", text, re.MULTILINE)
        if _DASHED_NUMBER.fullmatch(match[0]) or _NAMED_NUMBER.fullmatch(match[0])
    ]
    numbers = [int(_DIGITS.findall(match[0])[0]) for match in found]
    if len(found) < 2 or any(b <= a for a, b in pairwise(numbers)):
        return []
    return [Edit(match.start(), match.end(), "", PAGE_NUMBER) for match in found]


def _page_cuts(tape: Tape, raw: RawDocument) -> list[Edit]:
    text = tape.text
    starts = tape.starts_in_text([block.span.start for block in raw.blocks])
    pages = [Span(start, end) for start, end in pairwise([*starts, len(text)])]
    edges = [_edge_lines(text, page) for page in pages]
    numbers = [block.index for block in raw.blocks]
    repeated = _repeated(edges)
    shifts = Counter(
        int(match[1]) - number
        for number, lines in zip(numbers, edges, strict=True)
        for line in lines
        if (match := _BARE_NUMBER.fullmatch(line.text))
    )
    cuts: set[Edit] = set()
    for position, (number, lines) in enumerate(zip(numbers, edges, strict=True)):
        for line in lines:
            words = line.text.strip()
            end = min(line.end + 1, len(text))
            if _is_page_number(line.text, number, shifts):
                cuts.add(Edit(line.start, end, "", PAGE_NUMBER))
            elif _DIGITS.sub("#", words) in repeated and (position or not _TITLE_END.search(words)):
                cuts.add(Edit(line.start, end, "", RUNNING_TITLE))
    return sorted(cuts)


def spaced_numbers(text: str, kind: FileKind) -> list[Edit]:
    """Cuts of the spaces that layout programs put between Chinese characters and numbers: 2024 年 3 月, 第 3 条."""
    if kind is not FileKind.PDF:
        return []
    return [Edit(m.start(), m.end(), "", LAYOUT_SPACE) for m in _SPACED_NUMBER.finditer(text)]


def _edge_lines(text: str, page: Span) -> list[_Line]:
    lines = [line for line in _lines(text, page.start, page.end) if line.text.strip()]
    return lines if len(lines) <= 2 * _EDGE_LINES else lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]


def _lines(text: str, start: int, end: int) -> list[_Line]:
    lines: list[_Line] = []
    for part in text[start:end].split("\n"):
        lines.append(_Line(start, start + len(part), part))
        start += len(part) + 1
    return lines


def _repeated(edges: list[list[_Line]]) -> frozenset[str]:
    """Lines, digits aside, that stand at the edge of three pages or more and of at least half of all."""
    seen: Counter[str] = Counter()
    for lines in edges:
        seen.update({_DIGITS.sub("#", line.text.strip()) for line in lines})
    return frozenset(line for line, count in seen.items() if count >= 3 and count * 2 >= len(edges) and len(line) > 1)


def _is_page_number(line: str, page: int, shifts: Counter[int]) -> bool:
    if _DASHED_NUMBER.fullmatch(line) or _NAMED_NUMBER.fullmatch(line):
        return True
    bare = _BARE_NUMBER.fullmatch(line)
    return bare is not None and (shifts[int(bare[1]) - page] >= 2 or int(bare[1]) == page)


# --- joining lines --------------------------------------------------------------------------------------------------


def line_joins(text: str, kind: FileKind) -> list[Edit]:
    """Cuts of the line feeds inside paragraphs; a space stands in when Latin words meet."""
    if kind is not FileKind.PDF and not (kind is FileKind.TEXT and _looks_wrapped(text)):
        return []
    lines = [line for line in _lines(text, 0, len(text)) if line.text.strip() or kind is not FileKind.PDF]
    widths = [_width(line.text.rstrip()) for line in lines if line.text.strip()]
    if len(widths) < 2:
        return []
    full = quantiles(widths, n=10)[8] if len(widths) > 4 else max(widths)
    indents = Counter(_indent(line.text) for line in lines if line.text.strip())
    has_indents = sum(count for indent, count in indents.items() if indent >= 2) >= max(2, len(widths) // 20)
    edits: list[Edit] = []
    for line, following in pairwise(lines):
        if _runs_on(line.text, following.text, full, has_indents):
            spaced = _WORD_END.search(line.text.rstrip()) and _WORD_START.match(following.text.lstrip())
            start = line.start + len(line.text.rstrip(" "))
            end = following.start + _indent(following.text)
            edits.append(Edit(start, end, " ") if spaced else Edit(start, end, "", LINE_BREAK))
    return edits


def _looks_wrapped(text: str) -> bool:
    """True for text broken at a fixed width of 20 to 60 characters: most lines reach it and stop mid-sentence."""
    sample = [line.rstrip() for line in text[:40_000].split("\n")[:-1] if line.strip()]
    # Cheap first: whole paragraphs on one line are longer than any page is wide.
    if len(sample) < 8 or sum(len(line) > 70 for line in sample) * 20 > len(sample):
        return False
    widths = [_width(line) for line in sample]
    full = quantiles(widths, n=10)[7]
    if not 40 <= full <= 120:
        return False
    at_edge = [line for line, width in zip(sample, widths, strict=True) if full - 3 <= width <= full + 3]
    open_ended = sum(not _ENDS_SENTENCE.search(line) for line in at_edge)
    longer = sum(width > full + 3 for width in widths)
    return len(at_edge) * 2 >= len(sample) and open_ended * 3 >= len(at_edge) * 2 and longer * 20 <= len(sample)


def _runs_on(line: str, following: str, full: float, has_indents: bool) -> bool:
    if not line.strip() or not following.strip():
        return False
    # With indents an unindented line is a continuation unless the one before is clearly short.
    if (
        _width(line.rstrip()) < (full * 0.8 if has_indents else full - 6)
        or _indent(following) >= 2
        or _DATE_LINE.fullmatch(following)
    ):
        return False
    ended = _ENDS_SENTENCE.search(line) is not None
    if _BEGINS_UNIT.match(following):
        return not ended and _IS_REFERENCE.match(following) is not None
    return has_indents or not ended


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _width(line: str) -> int:
    """Columns: a Chinese character takes two."""
    return len(line) + len(_WIDE.findall(line))
