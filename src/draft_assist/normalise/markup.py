"""Marks of the source format that are not part of the document: Markdown signs, page furniture of web pages."""

from __future__ import annotations

import re
from itertools import pairwise

from draft_assist.model import RawDocument, Region
from draft_assist.normalise.boilerplate import NAVIGATION
from draft_assist.normalise.tape import Edit
from draft_assist.patterns import compiled

MARKDOWN = "Markdown 标记"

_FRONT_MATTER = compiled(r"\A---[ ]*\n(?:[A-Za-z_][\w-]*[ ]*:.*\n|[ -].*\n)*?---[ ]*(?=\n|\Z)")
_MARKS = re.compile(
    r"<!--.*?-->"
    r"|^[ ]{0,3}\#{1,6}(?:[ ]+|(?=[^\#\s]))"
    r"|^[ ]{0,3}(?:>[ ]?)+"
    r"|^[ ]{0,3}(?:```.*|~~~.*|={3,}|-{3,}|\*{3,}|\|?[ ]*:?-{3,}:?[ ]*(?:\|[ ]*:?-{3,}:?[ ]*)*\|?)[ ]*$"
    r"|!?\[(?=[^\]\n]{1,200}\]\([^)\n]{0,400}\))"
    r"|(?<=[^\n])\]\((?:https?:|mailto:|\.{0,2}/|\#|[\w%./-]+\.\w)[^)\n]{0,400}\)"
    r"|\*{1,3}(?=\S)|(?<=\S)\*{1,3}"
    r"|(?<![\w_])__(?=\S)|(?<=\S)__(?![\w_])"
    r"|\\(?=[\\`*_{}\[\]()\#+\-.!|>~])"
    r"|(?<!`)`(?!`)",
    re.MULTILINE | re.DOTALL,
)


def markdown_cuts(text: str) -> list[Edit]:
    """Cuts of heading, emphasis, quote, code, link and rule marks, comments and front matter; the words stay."""
    edits = [Edit(m.start(), m.end(), "", MARKDOWN) for m in _FRONT_MATTER.finditer(text)]
    start = edits[-1].end if edits else 0
    for match in _MARKS.finditer(text, start):
        if match.end() > match.start():
            edits.append(Edit(match.start(), match.end(), "", MARKDOWN))
    return edits


def furniture_cuts(raw: RawDocument) -> list[Edit]:
    """Cuts of the blocks that the HTML reader took for menus, page heads and page feet, line feed included.

    Neighbours become one cut, so that a menu of thirty entries is one line of the report.
    """
    spans = [block.span for block in raw.blocks if block.region in (Region.HEADER, Region.FOOTER)]
    length = len(raw.text)
    edits: list[Edit] = []
    for span in spans:
        end = min(span.end + 1, length)
        if edits and span.start <= edits[-1].end:
            edits[-1] = Edit(edits[-1].start, end, "", NAVIGATION)
        elif end > span.start:
            edits.append(Edit(span.start, end, "", NAVIGATION))
    assert all(a.end <= b.start for a, b in pairwise(edits))
    return edits
