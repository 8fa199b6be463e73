"""Constructions that rule files bring along: words for duties, restrictions, benefits, grants of power, competition, ...

They are candidates like those of the grammar: the same frame cuts the parts, the same reading says whether the words set
something, forbid it, report it or refer to higher law.

    words: 未在{local}{near}注册{gap}(?:不得|不予)     regular expression; {name} is a class of words or a gap

A named group `at` in the words marks what is reported; without it the whole match is.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any, NamedTuple

import msgspec

from draft_assist.check.acts.candidate import Candidate
from draft_assist.check.acts.frame import NUMBER, Part
from draft_assist.check.acts.lexicon import any_of
from draft_assist.check.acts.literals import Lazy, within_part
from draft_assist.check.acts.required import READER, Meaning, Needed, commonness, frequencies, required, thinned
from draft_assist.knowledge import keep, knowledge_path, read_kept, read_struct
from draft_assist.model import Grade, Power, Span
from draft_assist.patterns import compiled

# Stretches between words: inside a comma-part, across commas, and numbers.
GAPS = {
    "gap": r"[^，。；：！？\n]{0,14}?",
    "wide": r"[^，。；：！？\n]{0,30}?",
    "near": r"[^。；！？\n]{0,30}?",
    "far": r"[^。；！？\n]{0,70}?",
    "n": NUMBER,
}
_GAP_LENGTHS = {"gap": 14, "wide": 30, "near": 30, "far": 70}
_CLASS = compiled(r"\{([a-z][a-z_]*)\}")


class Construction(NamedTuple):
    """Words that name one act.

    Attributes:
        id: of the rule and its alternative: COMP-001/0; becomes `Act.kind`.
        power, grade: of the act when it is set.
        words: regular expressions, any of which may match; with classes and gaps not yet put in.
        lacks: the same; none may match the part.
        stem: the same; when given, must match the stem above the part; "" asks nothing.
        why: Chinese, for `explain`.
        beside: what the comma-parts that the match touches must hold, and must not; None asks nothing.
        titles: the words are read with the titles in 《》, not with these blotted out.
    """

    id: str
    power: Power
    grade: Grade
    words: tuple[str, ...]
    lacks: tuple[str, ...]
    stem: str
    why: str
    beside: Beside | None = None
    titles: bool = False


class Beside(NamedTuple):
    """Regular expressions, not yet expanded: all of `has`, none of `lacks`."""

    has: tuple[str, ...]
    lacks: tuple[str, ...]


class Literals(NamedTuple):
    """What one pattern cannot match without.

    Attributes:
        groups: in the order of the pattern; one literal of each must stand.
        within: most characters from the beginning of the literal before to that of this one; `_ANYWHERE` for the first.
        rarest: the groups again, the rarest first, without those that stand in nearly every sentence.
    """

    groups: tuple[tuple[str, ...], ...]
    within: tuple[float, ...]
    rarest: tuple[tuple[str, ...], ...]


class Opening(NamedTuple):
    """One pattern of a construction, with what it cannot match without.

    Attributes:
        number: among all, as declared: of overlapping matches the first declared stands.
        literals: that it cannot match without.
        words: the pattern; construction: whose words they are.
    """

    number: int
    literals: Literals
    words: Lazy
    construction: Construction

    def may_match(self, text: str, *, in_order_only: bool = False) -> bool:
        """True when the literals stand in `text` one after another, each near enough to the one before.

        Args:
            text: a sentence or part of one.
            in_order_only: the rarest are known to stand there.
        """
        if not in_order_only and not all(any(one in text for one in group) for group in self.literals.rarest):
            return False
        # The order is looked at to spare the making of the pattern, as long as that is the dearer of the two.
        if len(self.literals.groups) == 1 or self.words.is_worth_making():
            return True
        reached = _places(self.literals.groups[0], text)
        for group, within in zip(self.literals.groups[1:], self.literals.within[1:], strict=True):
            reached = {at for at in _places(group, text) if any(0 < at - before <= within for before in reached)}
            if not reached:
                return False
        return True


def _places(group: Iterable[str], text: str) -> set[int]:
    """Where the literals begin."""
    found = set()
    for literal in group:
        at = text.find(literal)
        while at >= 0:
            found.add(at)
            at = text.find(literal, at + 1)
    return found


class _Calls(dict[int, int]):
    """What the literal of each number calls for; put together when it is first met, since few ever are."""

    def __init__(self, called_by: list[list[int]], groups_of: dict[str, list[int]]) -> None:
        self._called_by = called_by
        self._groups_of = list(groups_of.values())

    def __missing__(self, literal: int) -> int:
        bits = 0
        for number in self._groups_of[literal]:
            for bit in self._called_by[number]:
                bits |= 1 << bit
        self[literal] = bits
        return bits


class Constructions:
    """The constructions of a rule set, ready to be tried."""

    def __init__(self, constructions: Iterable[Construction] = ()) -> None:
        listed = tuple(constructions)
        literals = literals_by(tuple(words for one in listed for words in one.words)) if listed else {}
        self.openings = [
            Opening(number, literals[words], Lazy(words, expand), one)
            for number, (one, words) in enumerate((one, words) for one in listed for words in one.words)
        ]
        self.width = len(self.openings)
        self.without = [0] * _LOOKED_FOR  # the openings that have no group of that rank, as bits
        # The bits that each group calls for: the numbers of the openings whose rarest it is; shifted by `width` of
        # those whose next it is, and so on.
        called_by: dict[tuple[str, ...], list[int]] = {}
        for opening in self.openings:
            groups = opening.literals.rarest
            for rank, group in enumerate(groups):
                called_by.setdefault(group, []).append(opening.number + rank * self.width)
            for rank in range(len(groups), _LOOKED_FOR):
                self.without[rank] |= 1 << opening.number
        self._groups_of: dict[str, list[int]] = {}  # the numbers of the groups that a literal is of
        for number, group in enumerate(called_by):
            for literal in group:
                self._groups_of.setdefault(literal, []).append(number)
        self._calls = _Calls(list(called_by.values()), self._groups_of)

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick_rs

        return ahocorasick_rs.AhoCorasick(list(self._groups_of))

    def scan(self, text: str) -> Scan:
        """Where the literals of the patterns stand in `text`."""
        if not self.openings:
            return Scan(self, text, [], [])
        # In the order of their ends.
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return Scan(self, text, [end for _, _, end in found], [self._calls[literal] for literal, _, _ in found])

    def find(self, part: Part) -> Iterator[Candidate]:
        """The candidates of the patterns that the part's literals open; of all when that was not looked at.

        Of words of one construction that overlap, those of the pattern that was declared first stand.
        """
        taken: dict[str, list[tuple[int, int]]] = {}
        for opening in self.openings if part.openings is None else part.openings:
            one = opening.construction
            known = taken.setdefault(one.id, [])
            for start, end in _spans(opening, part):
                if not any(low < end and start < high for low, high in known):
                    known.append((start, end))
                    yield Candidate(
                        one.power, one.id, start, end, one.grade, one.why, own_stem=bool(one.stem), of_rule=True
                    )


# At most this many groups of a pattern are looked for: more rarely shut it any oftener.
_LOOKED_FOR = 5


class Scan(NamedTuple):
    """Where literals of patterns end in a text, in order, and the openings that each calls for (see `_calls`)."""

    constructions: Constructions
    text: str
    ends: list[int]
    calls: list[int]

    def within(self, span: Span) -> bool:
        """True when a literal ends inside `span`."""
        i = bisect_right(self.ends, span.start)
        return i < len(self.ends) and self.ends[i] <= span.end

    def opened(self, start: int, end: int) -> tuple[Opening, ...]:
        """The openings that may match in [start, end), in the order of their declaration."""
        called = 0
        for one in self.calls[bisect_right(self.ends, start) : bisect_right(self.ends, end)]:
            called |= one
        width, without = self.constructions.width, self.constructions.without
        everything = (1 << width) - 1
        passing = called & everything
        for rank in range(1, _LOOKED_FOR):
            if not passing:
                return ()
            called >>= width
            passing &= (called & everything) | without[rank]
        words = self.text[start:end]
        openings = self.constructions.openings
        return tuple(
            openings[number] for number in _numbers(passing) if openings[number].may_match(words, in_order_only=True)
        )


def _numbers(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


NO_CONSTRUCTIONS = Constructions()


def _fits_beside(beside: Beside, text: str, span: tuple[int, int]) -> bool:
    start = max(text.rfind("，", 0, span[0]), text.rfind("：", 0, span[0])) + 1
    end = text.find("，", span[1])
    words = text[start : end if end >= 0 else len(text)]
    return all(_pattern_in_part(one).search(words) for one in beside.has) and not any(
        _pattern_in_part(one).search(words) for one in beside.lacks
    )


def _spans(opening: Opening, part: Part) -> Iterator[tuple[int, int]]:
    """Where the words stand; nowhere when the part holds what the construction must lack."""
    one = opening.construction
    if one.stem and not pattern_of(one.stem).search(part.stem):
        return
    for match in opening.words.finditer(part.raw if one.titles else part.text):
        if any(_pattern_in_part(lack).search(part.text) for lack in one.lacks):
            return
        if one.beside and not _fits_beside(one.beside, part.text, match.span()):
            continue
        start, end = match.span("at") if "at" in match.re.groupindex and match["at"] else match.span()
        if start < end:
            yield start, end


# --- literals -----------------------------------------------------------------------------------------------------


class _Kept(msgspec.Struct):
    """What was read off patterns.

    Attributes:
        groups: of all; rarity: of each, see `commonness`.
        rows: for each pattern its groups, by number, with their room, in the pattern's order.
    """

    groups: list[tuple[str, ...]] = []
    rarity: list[float] = []
    rows: dict[str, list[tuple[int, float]]] = {}


# Patterns that no rule has any more stay among those kept; beyond this many all are read anew.
_MOST_KEPT = 20_000


def literals_by(patterns: tuple[str, ...]) -> dict[str, Literals]:
    """What the gate asks for before each pattern is tried; kept between runs, since reading it off takes long.

    Raises:
        ValueError: a pattern can match without any literal, or names an unknown class, in Chinese.
    """
    wanted = dict.fromkeys(patterns)
    known = _known()
    if missing := [pattern for pattern in wanted if pattern not in known.rows]:
        if len(known.rows) > _MOST_KEPT:
            known.groups, known.rarity, known.rows = [], [], {}
            missing = list(wanted)
        numbers = {group: number for number, group in enumerate(known.groups)}
        # All are read before any is put down: a wrong one of a user's leaves what is known as it was.
        for pattern, needed in [(pattern, literals_of(pattern)) for pattern in missing]:
            known.rows[pattern] = [
                (numbers.setdefault(tuple(sorted(one.group)), len(numbers)), min(one.within, _ANYWHERE))
                for one in needed
            ]
        known.groups = list(numbers)
        known.rarity += map(commonness, known.groups[len(known.rarity) :])
        keep("literals", _about(), known)
    return {pattern: _literals(known, known.rows[pattern]) for pattern in wanted}


@cache
def _known() -> _Kept:
    """What is known of all patterns; read once, and added to."""
    return read_kept("literals", _about(), _Kept) or _Kept()


@cache
def _about() -> bytes:
    return repr((READER, classes(), frequencies())).encode()


# JSON has no infinity.
_ANYWHERE = 1e9


def _literals(known: _Kept, row: list[tuple[int, float]]) -> Literals:
    rarest, *others = sorted((number for number, _ in row), key=known.rarity.__getitem__)
    return Literals(
        groups=tuple(known.groups[number] for number, _ in row),
        within=tuple(within for _, within in row),
        rarest=tuple(known.groups[one] for one in (rarest, *others) if one == rarest or known.rarity[one] < _COMMON),
    )


# In 10,000 characters of official prose. To look for what is commoner costs more than it spares.
_COMMON = 300.0


def literals_of(pattern: str) -> tuple[Needed, ...]:
    """What the gate asks for before the pattern is tried: the rarest of what it requires.

    Raises:
        ValueError: see `literals_by`.
    """
    needed = thinned(required(pattern, meaning_of), _LOOKED_FOR)
    if not needed:
        raise ValueError(f"“{pattern}”没有必不可少的文字，请写得具体些")
    return needed


def meaning_of(name: str) -> Meaning:
    """What {name} stands for.

    Raises:
        ValueError: an unknown name, in Chinese.
    """
    if name in GAPS:
        return Meaning(longest=_GAP_LENGTHS.get(name, math.inf))
    _meant(name)
    return Meaning(words=classes()[name])


# --- classes ------------------------------------------------------------------------------------------------------


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """The word classes of knowledge/lexicon/classes.yaml.

    Raises:
        KnowledgeError: the file is no mapping of lists of words.
    """
    return read_struct(knowledge_path("lexicon/classes.yaml"), dict[str, tuple[str, ...]])


def expand(pattern: str) -> str:
    """The regular expression with {name} replaced by its class or gap.

    Raises:
        ValueError: an unknown name, in Chinese.
    """
    return _CLASS.sub(lambda found: _meant(found[1]), pattern)


@cache
def pattern_of(pattern: str) -> re.Pattern[str]:
    """The regular expression with classes and gaps put in, compiled once.

    Raises:
        ValueError: an unknown name, in Chinese.
        re.error: no regular expression.
    """
    return compiled(expand(pattern))


@cache
def _pattern_in_part(pattern: str) -> re.Pattern[str]:
    return compiled(within_part(expand(pattern)))


@cache
def _meant(name: str) -> str:
    if name in GAPS:
        return GAPS[name]
    if name not in classes():
        raise ValueError(f"没有名为“{name}”的词类，可用：{'、'.join([*GAPS, *classes()])}")
    return any_of(classes()[name])
