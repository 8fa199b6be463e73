"""Text in columns of a terminal, where a Chinese character takes two cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

# GB/T 15834-2011, 5.1: these never begin a line, those never end one.
_NEVER_FIRST = frozenset("，。、；：？！）》」』】〕”’…—·,.;:?!)]}%％")
_NEVER_LAST = frozenset("（《「『【〔“‘([{")
_WORD = re.compile(r"[!-~]+|[^!-~]")


def cell_width(text: str) -> int:
    """Cells that `text` takes.

    Characters of ambiguous width (“”, …, —) count two: Chinese terminals draw them so, and elsewhere a line merely
    ends a little early.
    """
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if character < "\x7f":
        return 1
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WFA" else 1


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells; its own line feeds stay, and words in Latin letters stay whole.

    Args:
        text: any text.
        width: cells, at least 8: below that nothing sensible can be laid out.

    Returns:
        At least one line; no line begins with a closing or ends with an opening mark where that can be avoided.
    """
    return [line for paragraph in text.split("\n") for line in _wrap_line(paragraph, max(width, 8))]


def _wrap_line(text: str, width: int) -> Iterator[str]:
    line: list[str] = []
    used = 0
    for token in _tokens(text, width):
        cells = cell_width(token)
        if line and used + cells > width and not token.isspace():
            carried = _carried(line, token, width)
            yield "".join(line).rstrip()
            line = carried
            used = sum(map(cell_width, line))
        line.append(token)
        used += cells
    yield "".join(line).rstrip()


def _carried(line: list[str], token: str, width: int) -> list[str]:
    """Takes off the end of `line` what has to go with `token` to the next line."""
    carried: list[str] = []
    first = token[0]
    # Four tokens are more than any sensible run of marks; a line of nothing but marks is broken where it ends.
    room = width - cell_width(token)
    while len(line) > 1 and len(carried) < 4 and (first in _NEVER_FIRST or line[-1][-1] in _NEVER_LAST):
        room -= cell_width(line[-1])
        if room < 0:
            break
        carried.insert(0, line.pop())
        first = carried[0][0]
    return carried


def _tokens(text: str, width: int) -> Iterator[str]:
    for match in _WORD.finditer(text):
        if len(match[0]) <= width // 2:
            yield match[0]
        else:
            yield from match[0]
