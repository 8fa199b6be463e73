"""The literals that a construction cannot do without, so that one pass over the text tells where it is worth trying.

A construction of the grammar declares groups of literals; one of each group stands in every part that it can match. All
literals go into one automaton; a part carries the groups found in it as bits. (Words of rule files have a gate of their
own, see `constructions`.)
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from draft_assist.model import Span
from draft_assist.patterns import compiled

# Every group open: for parts that were cut without looking for literals.
EVERYTHING = -1

_groups: dict[tuple[str, ...], int] = {}
_masks: set[int] = set()


def needs(*groups: str) -> int:
    """Declare what a construction needs.

    Args:
        groups: alternatives separated by spaces, at least one of which stands in any part the construction matches.

    Returns:
        A mask; the construction is worth trying on a part when `bits & mask == mask`.
    """
    mask = 0
    for group in groups:
        mask |= _groups.setdefault(tuple(sorted(set(group.split()))), 1 << len(_groups))
    _masks.add(mask)
    return mask


# A pattern that was kept is made in the time of some twenty questions; one that was not takes far longer, but once.
_ASKED_OFTEN = 20


_NEGATED = compiled(r"\[\^((?:\\.|[^\]\\])+)\]")
_NEVER_IN_A_PART = compiled(r"\\n|[。；;！？\n]")


def within_part(pattern: str) -> str:
    """The pattern as it is tried on one part of a sentence: what ends a part need not be kept out of its gaps.

    A class of one or two characters is compiled ten times as fast as one of three, and is faster to match.
    """
    return _NEGATED.sub(_without_ends, pattern)


def _without_ends(found: re.Match[str]) -> str:
    if "-" in found[1]:  # 。-； would be a range
        return found[0]
    kept = _NEVER_IN_A_PART.sub("", found[1])
    return f"[^{kept}]" if kept else "."


class Lazy:
    """A pattern that is tried on parts and compiled the first time: a short document opens few of them.

    Args:
        source: the pattern.
        expand: turns the source into a regular expression; None when it is one.
    """

    __slots__ = ("_asked", "_compiled", "_expand", "_source")

    def __init__(self, source: str, expand: Callable[[str], str] | None = None) -> None:
        self._source = source
        self._expand = expand
        self._asked = 0
        self._compiled: re.Pattern[str] | None = None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self.compiled.finditer(text)

    def is_worth_making(self) -> bool:
        """True when the pattern has been compiled, or so often been asked about that compiling it costs less."""
        self._asked += 1
        return self._compiled is not None or self._asked > _ASKED_OFTEN

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern."""
        if self._compiled is None:
            self._compiled = compiled(within_part(self._expand(self._source) if self._expand else self._source))
        return self._compiled


class Hits(NamedTuple):
    """Where literals begin in a text, in order, and the groups (bits) that each opens."""

    starts: list[int]
    bits: list[int]

    def within(self, span: Span) -> bool:
        """True when a literal begins inside `span`."""
        i = bisect_left(self.starts, span.start)
        return i < len(self.starts) and self.starts[i] < span.end

    def opened(self, start: int, end: int) -> int:
        """The groups of literals that begin in [start, end)."""
        bits = 0
        for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            bits |= self.bits[i]
        return bits


def find_literals(text: str) -> Hits:
    """All declared literals in `text`."""
    automaton, bits_of = _automaton()
    found = automaton.find_matches_as_indexes(text, overlapping=True)  # type: ignore[attr-defined]
    found.sort(key=_by_start)
    return Hits([start for _, start, _ in found], [bits_of[pattern] for pattern, _, _ in found])


def _by_start(match: tuple[int, int, int]) -> int:
    return match[1]


@cache
def masks() -> tuple[int, ...]:
    """The masks of all constructions."""
    return tuple(_masks)


@cache
def _automaton() -> tuple[object, tuple[int, ...]]:
    import ahocorasick_rs

    bits: dict[str, int] = {}
    for group, bit in _groups.items():
        for literal in group:
            bits[literal] = bits.get(literal, 0) | bit
    literals = list(bits)
    return ahocorasick_rs.AhoCorasick(literals), tuple(bits[literal] for literal in literals)
