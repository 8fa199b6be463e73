"""Constructions that rule files bring along: words for duties, restrictions, benefits, grants of power, competition, ...

They are candidates like those of the grammar: the same frame cuts the parts, the same reading says whether the words set
something, forbid it, report it or refer to higher law.

    words: 未在{local}{near}注册{gap}(?:不得|不予)     regular expression; {name} is a class of words or a gap

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
from draft_assist.check.acts.literals import EVERYTHING, GRAMMAR, Gate, Lazy, bits_of
from draft_assist.check.acts.required import commonness, required
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
        words: regular expressions, any of which may match; with classes and gaps not yet put in.
        lacks: the same; none may match the part.
        stem: the same; when given, must match the stem above the part; "" asks nothing.
        why: Chinese, for `explain`.
    """

    id: str
    power: Power
    grade: Grade
    words: tuple[str, ...]
    lacks: tuple[str, ...]
    stem: str
    why: str


class _Ready(NamedTuple):
    construction: Construction
    lacks: tuple[Lazy, ...]
    stem: Lazy | None


class _Opening(NamedTuple):
    mask: int
    words: Lazy
    ready: _Ready


class Constructions:
    """The constructions of a rule set, ready to be tried; `gate` opens for them and for the grammar."""

    def __init__(self, constructions: Iterable[Construction] = ()) -> None:
        listed = tuple(constructions)
        self.gate = Gate(GRAMMAR) if listed else GRAMMAR
        self._by_key: dict[int, list[_Opening]] = {}
        for one in listed:
            lacks = tuple(Lazy(expand(words)) for words in one.lacks)
            ready = _Ready(one, lacks, Lazy(expand(one.stem)) if one.stem else None)
            for words in one.words:
                mask = self.gate.needs(gate_groups(words))
                opening = _Opening(mask, Lazy(expand(words)), ready)
                self._by_key.setdefault(self.gate.key_of(mask), []).append(opening)
        self._keys = sum(self._by_key)

    def find(self, part: Part) -> Iterator[Candidate]:
        """The candidates of the constructions that the part's literals open."""
        taken: dict[str, list[tuple[int, int]]] = {}
        for opening in self._opened(part):
            one = opening.ready.construction
            known = taken.setdefault(one.id, [])
            for start, end in _spans(opening, part):
                if not any(low < end and start < high for low, high in known):
                    known.append((start, end))
                    yield Candidate(
                        one.power, one.id, start, end, one.grade, one.why, own_stem=bool(one.stem), of_rule=True
                    )

    def _opened(self, part: Part) -> Iterator[_Opening]:
        if part.bits == EVERYTHING:
            yield from (opening for listed in self._by_key.values() for opening in listed)
            return
        bits = part.bits
        for key in bits_of(bits & self._keys):
            for opening in self._by_key[key]:
                if bits & opening.mask == opening.mask:
                    yield opening


NO_CONSTRUCTIONS = Constructions()


def _spans(opening: _Opening, part: Part) -> Iterator[tuple[int, int]]:
    """Where the words stand; nowhere when the part holds what the construction must lack."""
    ready = opening.ready
    if ready.stem and not ready.stem.compiled.search(part.stem):
        return
    for match in opening.words.finditer(part.text):
        if any(lack.compiled.search(part.text) for lack in ready.lacks):
            return
        start, end = match.span("at") if "at" in match.re.groupindex and match["at"] else match.span()
        if start < end:
            yield start, end


# At most this many groups of a pattern are asked for: more rarely shut it any oftener.
_GROUPS = 2


def gate_groups(words: str) -> tuple[tuple[str, ...], ...]:
    """The groups of literals that the gate asks for before those words are tried; the rarest of what they require.

    Raises:
        ValueError: the words can match without any literal, or name an unknown class, in Chinese.
    """
    groups = sorted(required(words, _words_of), key=commonness)[:_GROUPS]
    if not groups:
        raise ValueError(f"“{words}”没有必不可少的文字，请写得具体些")
    return tuple(tuple(sorted(group)) for group in groups)


def _words_of(name: str) -> tuple[str, ...] | None:
    _meant(name)
    return classes().get(name)


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
