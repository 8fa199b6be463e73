"""The literals that a construction cannot do without, so that one pass over the text tells where it is worth trying.

A construction declares groups of literals; one of each group stands in every part that it can match. All literals of all
constructions go into one automaton; a part carries the groups found in it as bits. The constructions of the grammar share
`GRAMMAR`; a rule set adds those of its own words to a copy of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from draft_assist.check.acts.required import commonness
from draft_assist.model import Span

# Every group open: for parts that were cut without looking for literals.
EVERYTHING = -1


class Lazy:
    """A pattern that is compiled when it is first tried: a short document opens few of them."""

    __slots__ = ("_compiled", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._compiled: re.Pattern[str] | None = None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self.compiled.finditer(text)

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern."""
        if self._compiled is None:
            self._compiled = re.compile(self._source)
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


class Gate:
    """Groups of literals as bits, and the masks of the constructions that need them."""

    def __init__(self, base: Gate | None = None) -> None:
        self._groups: dict[tuple[str, ...], int] = dict(base._groups) if base else {}
        # Masks under the bit of their rarest group: only these are looked at when that bit is set.
        self._by_key: dict[int, set[int]] = {key: set(masks) for key, masks in base._by_key.items()} if base else {}
        self._automaton: tuple[object, tuple[int, ...]] | None = None
        self._keys = 0

    def needs(self, groups: Iterable[Iterable[str]]) -> int:
        """Declare what a construction needs: one literal of each group.

        Returns:
            A mask; the construction is worth trying on a part when `bits & mask == mask`.
        """
        bits = {}
        for group in groups:
            literals = tuple(sorted(set(group)))
            bits[self._groups.setdefault(literals, 1 << len(self._groups))] = commonness(literals)
        mask = sum(bits)
        self._by_key.setdefault(min(bits, key=lambda bit: bits[bit], default=0), set()).add(mask)
        self._automaton = None
        return mask

    def key_of(self, mask: int) -> int:
        """The bit of the rarest group of a declared mask; 0 for a construction that needs nothing."""
        return next(key for key, masks in self._by_key.items() if mask in masks)

    def find(self, text: str) -> Hits:
        """All declared literals in `text`."""
        automaton, bits_of = self._automaton or self._build()
        found = automaton.find_matches_as_indexes(text, overlapping=True)  # type: ignore[attr-defined]
        found.sort(key=_by_start)
        return Hits([start for _, start, _ in found], [bits_of[pattern] for pattern, _, _ in found])

    def is_worth_reading(self, bits: int) -> bool:
        """True when those groups open a construction."""
        if bits == EVERYTHING or 0 in self._by_key:
            return True
        for key in bits_of(bits & self._keys):
            for mask in self._by_key[key]:
                if bits & mask == mask:
                    return True
        return False

    def _build(self) -> tuple[object, tuple[int, ...]]:
        import ahocorasick_rs

        self._keys = sum(self._by_key)
        bits: dict[str, int] = {}
        for group, bit in self._groups.items():
            for literal in group:
                bits[literal] = bits.get(literal, 0) | bit
        literals = list(bits)
        self._automaton = ahocorasick_rs.AhoCorasick(literals), tuple(bits[literal] for literal in literals)
        return self._automaton


def bits_of(bits: int) -> Iterator[int]:
    """The single bits of a number, lowest first."""
    while bits:
        bit = bits & -bits
        yield bit
        bits ^= bit


GRAMMAR = Gate()


def needs(*groups: str) -> int:
    """`Gate.needs` for a construction of the grammar; each group is its literals with spaces between."""
    return GRAMMAR.needs(group.split() for group in groups)


def _by_start(match: tuple[int, int, int]) -> int:
    return match[1]
