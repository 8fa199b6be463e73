"""What a pattern cannot match without: literals read off its own text, in their order, for the gate.

    required("未在{local}{gap}(?:注册|登记)")  ->  (Needed({未在本地, ...}, 0), Needed({注册, 登记}, 22))

A small reader of regular expressions: stretches of literal characters, groups and classes that must be passed, put
together where they touch, each with the most characters that can lie between its beginning and that of the one before.
What it does not understand it skips, so that it may find too little, never too much.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

import msgspec

from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.patterns import compiled

Spellings = frozenset[str]

# How check/acts/frame.py blots out titles and descriptions of a breach, length kept.
TITLE_MASK = "□"
BREACH_MASK = "◇"

# Raised when the reading changes: what was kept of older ones is then not used.
READER = 8


class Meaning(NamedTuple):
    """What {name} stands for: words, or a gap of at most `longest` characters."""

    words: tuple[str, ...] = ()
    longest: float = math.inf


class Needed(NamedTuple):
    """A literal that must stand.

    Attributes:
        group: one of these.
        within: most characters from the beginning of the literal before to the beginning of this one; inf when that
            cannot be told, and for the first.
    """

    group: Spellings
    within: float


Reader = Callable[[str], Meaning]

# Spellings of touching stretches are multiplied up to this many.
_MOST = 48
_QUANTIFIER = compiled(r"(?:[?*+]|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\})\??")
_NAMED = compiled(r"\{([a-z][a-z_]*)\}")
_NOTHING: Spellings = frozenset(("",))


def required(pattern: str, meaning: Reader) -> tuple[Needed, ...]:
    """The literals that stand in whatever the pattern matches, in their order; () when none can be read off.

    Args:
        pattern: a regular expression; {name} for classes and gaps.
        meaning: of a name.
    """
    branches = [_of_branch(branch, meaning) for branch in _split(pattern)]
    if len(branches) == 1:
        return tuple(branches[0])
    best = [_rarest(needed) for needed in branches]
    return (Needed(frozenset().union(*best), math.inf),) if all(best) else ()


def thinned(needed: Iterable[Needed], most: int) -> tuple[Needed, ...]:
    """The `most` rarest of them, in their order; the room of those left out is added to the next."""
    listed = list(needed)
    kept = sorted(range(len(listed)), key=lambda i: commonness(listed[i].group))[:most]
    result: list[Needed] = []
    room = 0.0
    for i, one in enumerate(listed):
        room += one.within
        if i in kept:
            result.append(Needed(one.group, room if result else math.inf))
            room = 0.0
    return tuple(result)


class Frequencies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In 10,000 characters of official prose; what is not listed is rarer than the last."""

    characters: dict[str, float]
    signs: dict[str, float]
    pairs: dict[str, float]


@cache
def frequencies() -> Frequencies:
    """How often characters and pairs of them stand in official prose."""
    return read_struct(knowledge_path("lexicon/frequencies.yaml"), Frequencies)


def commonness(group: Iterable[str]) -> float:
    """How often a literal of the group stands in 10,000 characters of official prose, at most."""
    return sum(map(_commonness, group))


# What knowledge/lexicon/frequencies.yaml does not list is rarer than its last.
_RARE_CHARACTER = 1.0
_RARE_PAIR = 0.5
_RARE_SIGN = 5.0  # how often depends on the document more than with characters


@cache
def _commonness(literal: str) -> float:
    """A literal is no commoner than the rarest pair in it, and each further pair makes it rarer still."""
    pairs = [_of_pair(literal[i : i + 2]) for i in range(len(literal) - 1)]
    return min(pairs) / len(pairs) if pairs else _of_character(literal)


def _of_pair(pair: str) -> float:
    """Pairs with punctuation are not counted: such a pair is as common as its commoner half may be."""
    if _HAN.fullmatch(pair):
        return frequencies().pairs.get(pair, _RARE_PAIR)
    return min(map(_of_character, pair)) / 4


def _of_character(character: str) -> float:
    if _HAN.match(character):
        return frequencies().characters.get(character, _RARE_CHARACTER)
    return frequencies().signs.get(character, _RARE_SIGN)


_HAN = compiled(r"[一-龥]+")


def _rarest(needed: list[Needed]) -> Spellings:
    return min((one.group for one in needed), key=commonness, default=frozenset())


class _Unit(NamedTuple):
    """One thing of a pattern after another.

    Attributes:
        spellings: all that it can read, or None.
        inner: groups that it cannot do without, for units that have no such list.
        longest: most characters it can take.
    """

    spellings: Spellings | None
    inner: tuple[Spellings, ...]
    longest: float


def _of_branch(branch: str, meaning: Reader) -> list[Needed]:
    needed: list[Needed] = []
    current, room, inside = _NOTHING, 0.0, 0.0  # room: from the last literal to `current`; inside: taken by it

    def close() -> None:
        nonlocal current, room, inside
        if "" in current:
            room += inside
        else:
            needed.append(Needed(current, room if needed else math.inf))
            room = inside
        current, inside = _NOTHING, 0.0

    for unit in _units(branch, meaning):
        if unit.spellings is not None and len(unit.spellings) * len(current) <= _MOST:
            current = frozenset(before + after for before, after in product(current, unit.spellings))
            inside += unit.longest
            continue
        close()
        if unit.spellings is not None and (len(unit.spellings) <= _MOST or "" not in unit.spellings):
            current, inside = unit.spellings, unit.longest
            if len(current) > _MOST:
                close()
            continue
        for group in unit.inner:
            needed.append(Needed(group, room + unit.longest if needed else math.inf))
            room = 0.0
        room += unit.longest
    close()
    return needed


def _units(branch: str, meaning: Reader) -> Iterator[_Unit]:
    at = 0
    while at < len(branch):
        at, text, is_group = _next(branch, at)
        if is_group and not _QUANTIFIER.match(branch, at) and (inside := _only_branch(text)) is not None:
            yield from _units(inside, meaning)
            continue
        unit = _of_group(text, meaning) if is_group else _of_text(text, meaning)
        if quantifier := _QUANTIFIER.match(branch, at):
            at = quantifier.end()
            unit = _repeated(unit, quantifier)
        yield unit


def _only_branch(text: str) -> str | None:
    """What stands in a group without alternatives that takes room; None for other groups."""
    opened = re.match(r"\((?:\?(?::|P<\w+>))?(?!\?)", text)
    branches = _split(text[opened.end() : -1]) if opened else []
    return branches[0] if len(branches) == 1 else None


def _of_text(text: str, meaning: Reader) -> _Unit:
    if named := _NAMED.fullmatch(text):
        words, longest = meaning(named[1])
        if words:
            return _Unit(frozenset(words), (), max(map(len, words)))
        return _Unit(None, (), longest)
    if text in ("^", "$", r"\b"):
        return _Unit(_NOTHING, (), 0)
    # What the frame blots out stands for characters that are not known here.
    if len(text) == 1 and text not in f".{TITLE_MASK}{BREACH_MASK}":
        return _Unit(frozenset((text,)), (), 1)
    return _Unit(None, (), 1)


def _repeated(unit: _Unit, quantifier: re.Match[str]) -> _Unit:
    sign = quantifier[0][0]
    if sign == "{":
        least = int(quantifier["least"] or 0)
        most = float(quantifier["most"] or (math.inf if quantifier["comma"] else least))
    else:
        least, most = (1 if sign == "+" else 0), (1.0 if sign == "?" else math.inf)
    longest = unit.longest * most if unit.longest else 0.0
    if least == 0:
        optional = unit.spellings is not None and most == 1
        return _Unit(unit.spellings | _NOTHING if optional and unit.spellings else None, (), longest)
    # What is inside must stand, but what follows need not touch the first of it.
    inner = (unit.spellings,) if unit.spellings and "" not in unit.spellings else unit.inner
    return _Unit(None, inner, longest)


def _of_group(text: str, meaning: Reader) -> _Unit:
    if text.startswith("(?P="):
        return _Unit(None, (), math.inf)  # what a group matched before
    opened = re.match(r"\((?:\?(?::|P<\w+>|=|!|<=|<!))?", text)
    assert opened is not None
    if opened[0].endswith(("=", "!")):
        return _Unit(_NOTHING, (), 0)  # looks around, takes no room
    branches = _split(text[opened.end() : -1])
    longest = 0.0
    every: list[Spellings] | None = []
    for branch in branches:
        spelt: Spellings | None = _NOTHING
        length = 0.0
        for unit in _units(branch, meaning):
            length += unit.longest
            if spelt is None or unit.spellings is None or len(spelt) * len(unit.spellings) > 4 * _MOST:
                spelt = None
            else:
                spelt = frozenset(before + after for before, after in product(spelt, unit.spellings))
        longest = max(longest, length)
        every = [*every, spelt] if every is not None and spelt is not None else None
    if every is not None:
        return _Unit(frozenset().union(*every), (), longest)
    best = [_rarest(_of_branch(branch, meaning)) for branch in branches]
    return _Unit(None, (frozenset().union(*best),) if all(best) else (), longest)


def _next(text: str, at: int) -> tuple[int, str, bool]:
    """The end of the unit at `at`, its text, and whether it is a group."""
    if text[at] == "\\":
        return at + 2, text[at : at + 2], False
    if text[at] == "[":
        end = _end_of_set(text, at)
        return end, text[at:end], False
    if named := _NAMED.match(text, at):
        return named.end(), named[0], False
    if text[at] != "(":
        return at + 1, text[at], False
    depth, end = 0, at
    while end < len(text):
        if text[end] == "\\":
            end += 1
        elif text[end] == "[":
            end = _end_of_set(text, end) - 1
        elif text[end] == "(":
            depth += 1
        elif text[end] == ")":
            depth -= 1
            if not depth:
                break
        end += 1
    return end + 1, text[at : end + 1], True


def _end_of_set(text: str, at: int) -> int:
    end = at + 1
    if text.startswith("^", end):
        end += 1
    if text.startswith("]", end):
        end += 1
    while end < len(text) and text[end] != "]":
        end += 2 if text[end] == "\\" else 1
    return end + 1


def _split(text: str) -> list[str]:
    """The alternatives between the | of the outermost level."""
    parts, start, at = [], 0, 0
    while at < len(text):
        if text[at] == "|":
            parts.append(text[start:at])
            at += 1
            start = at
        else:
            at, _, _ = _next(text, at)
    return [*parts, text[start:]]
