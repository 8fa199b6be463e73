"""Constructions that rule files bring along: words for duties, restrictions, benefits, grants of power, competition, ...

They are candidates like those of the grammar: the same frame cuts the parts, the same reading says whether the words set
something, forbid it, report it or refer to higher law.

    words: 未在{local}{near}注册{gap}(?:不得|不予)     regular expression; {name} is a class of words or a gap
    needs: [注册 登记, 不得 不予]                      one of each group stands wherever the words can match

A named group `at` in the words marks what is reported; without it the whole match is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from draft_assist.check.acts.candidate import Candidate
from draft_assist.check.acts.frame import NUMBER, Part
from draft_assist.check.acts.lexicon import any_of
from draft_assist.check.acts.literals import GRAMMAR, Gate, Lazy
from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.model import Grade, Power

# Stretches between words: inside a comma-part, across commas, and numbers.
GAPS = {
    "gap": r"[^，。；：！？\n]{0,14}?",
    "wide": r"[^，。；：！？\n]{0,30}?",
    "near": r"[^。；！？\n]{0,30}?",
    "far": r"[^。；！？\n]{0,70}?",
    "n": NUMBER,
}
_CLASS = re.compile(r"\{([a-z][a-z_]*)\}")


class Construction(NamedTuple):
    """Words that name one act.

    Attributes:
        id: of the rule and its alternative: COMP-001/0; becomes `Act.kind`.
        power, grade: of the act when it is set.
        words: expanded regular expressions, any of which may match.
        lacks: expanded; none may match the part.
        stem: expanded; when given, must match the stem above the part; "" asks nothing.
        needs: groups of literals.
        why: Chinese, for `explain`.
    """

    id: str
    power: Power
    grade: Grade
    words: tuple[str, ...]
    lacks: tuple[str, ...]
    stem: str
    needs: tuple[tuple[str, ...], ...]
    why: str


class _Ready(NamedTuple):
    construction: Construction
    mask: int
    words: tuple[Lazy, ...]
    lacks: tuple[Lazy, ...]
    stem: Lazy | None


class Constructions:
    """The constructions of a rule set, ready to be tried; `gate` opens for them and for the grammar."""

    def __init__(self, constructions: Iterable[Construction] = ()) -> None:
        listed = tuple(constructions)
        self.gate = Gate(GRAMMAR) if listed else GRAMMAR
        self._by_bit: dict[int, list[_Ready]] = {}
        for one in listed:
            ready = _Ready(
                one,
                self.gate.needs(one.needs),
                tuple(Lazy(words) for words in one.words),
                tuple(Lazy(words) for words in one.lacks),
                Lazy(one.stem) if one.stem else None,
            )
            self._by_bit.setdefault(1 << ready.mask.bit_length() >> 1, []).append(ready)

    def find(self, part: Part) -> Iterator[Candidate]:
        """The candidates of the constructions that the part's literals open."""
        for ready in self._opened(part):
            yield from _candidates(ready, part)

    def _opened(self, part: Part) -> Iterator[_Ready]:
        for bit, listed in self._by_bit.items():
            if part.bits & bit or not bit:
                yield from (ready for ready in listed if part.opens(ready.mask))


NO_CONSTRUCTIONS = Constructions()


def _candidates(ready: _Ready, part: Part) -> Iterator[Candidate]:
    one = ready.construction
    if ready.stem and not ready.stem.compiled.search(part.stem):
        return
    taken: list[tuple[int, int]] = []
    for words in ready.words:
        for match in words.finditer(part.text):
            start, end = match.span("at") if "at" in match.re.groupindex and match["at"] else match.span()
            if start < end and not any(low < end and start < high for low, high in taken):
                taken.append((start, end))
    if taken and not any(lack.compiled.search(part.text) for lack in ready.lacks):
        for start, end in sorted(taken):
            yield Candidate(one.power, one.id, start, end, one.grade, one.why, own_stem=bool(one.stem), of_rule=True)


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
def _meant(name: str) -> str:
    if name in GAPS:
        return GAPS[name]
    if name not in classes():
        raise ValueError(f"没有名为“{name}”的词类，可用：{'、'.join([*GAPS, *classes()])}")
    return any_of(classes()[name])


def read_needs(group: str) -> tuple[str, ...]:
    """The literals of one group: words with spaces between, {name} for all words of a class.

    Raises:
        ValueError: an unknown class, or no literal at all, in Chinese.
    """
    literals: list[str] = []
    for word in group.split():
        if named := _CLASS.fullmatch(word):
            _meant(named[1])
            literals += classes().get(named[1], ())
        else:
            literals.append(word)
    if not literals:
        raise ValueError("needs 的每一组至少要有一个词")
    return tuple(literals)
