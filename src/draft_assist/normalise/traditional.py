"""Traditional script to simplified by OpenCC (t2s), with names that keep a character.

OpenCC is loaded only when a text holds a character outside GB 2312. Characters inside GB 2312 that t2s would change
(乾, 於, 徵, 後 ... ) are left alone in a text that is otherwise simplified: there the drafter chose them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from draft_assist.errors import KnowledgeError
from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.normalise.characters import Odd, gb2312_characters
from draft_assist.normalise.tape import Edit, Tape
from draft_assist.patterns import compiled

if TYPE_CHECKING:
    import opencc

_NAMES_FILE = "lexicon/protected-names.yaml"
# OpenCC leaves 著 alone, since simplified script has it too (著作, 显著). Text in traditional script also writes it for
# 着: 著力, 接著. It stays beside these characters and becomes 着 elsewhere.
_WRITTEN_ZHE = compiled("(?<![显顯卓昭土名原编編专專论論巨遗遺译譯合拙所新旧舊撰])著(?![作名述称稱有录錄书書者文])")
# From this share of its Chinese characters on, a text counts as written in traditional script.
_TRADITIONAL_SHARE = 0.02


class ProtectedName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name in which a character stays as it is.

    Attributes:
        name: as it should stand in the normal text, such as 乾县.
        keep: the characters of it that t2s must not touch, such as 乾.
        why: what the name is, in our words.
    """

    name: str
    keep: str
    why: str


class ProtectedNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file knowledge/lexicon/protected-names.yaml."""

    names: tuple[ProtectedName, ...]


def traditional_characters(odd: Odd) -> frozenset[str]:
    """Those unusual characters that exist in traditional script only; loads OpenCC when there is a candidate."""
    candidates = odd.han()
    if not candidates:
        return frozenset()
    joined = "".join(candidates)
    # Apart by line feeds, so that no phrase of OpenCC's tables spans two of them.
    converted = _converter().convert("\n".join(candidates)).split("\n")
    if len(converted) != len(joined):
        return frozenset()
    return frozenset(one for one, plain in zip(joined, converted, strict=True) if one != plain)


def simplify(tape: Tape, traditional: frozenset[str]) -> None:
    """Turn the text into simplified script; `traditional` as `traditional_characters` found them."""
    if not traditional:
        return
    text = tape.text
    converted = _converter().convert(text)
    if len(converted) != len(text):
        _simplify_by_line(tape)
        return
    whole = _is_traditional(text, traditional)
    kept = _kept_places(text, whole)
    if kept:
        parts: list[str] = []
        done = 0
        for start, end in kept:
            parts += (converted[done:start], text[start:end])
            done = end
        converted = "".join([*parts, converted[done:]])
    if whole and "著" in converted:
        converted = _WRITTEN_ZHE.sub("着", converted)
    tape.swap(converted)


def _simplify_by_line(tape: Tape) -> None:
    """For a phrase whose simplified form has another length: only lines that hold one map as a whole."""
    lines = tape.text.split("\n")
    edits: list[Edit] = []
    place = 0
    same: list[str] = []
    for line in lines:
        converted = _converter().convert(line)
        if len(converted) == len(line):
            same.append(converted)
        else:
            same.append(line)
            edits.append(Edit(place, place + len(line), converted))
        place += len(line) + 1
    tape.swap("\n".join(same))
    tape.apply(edits)


def _kept_places(text: str, whole: bool) -> list[tuple[int, int]]:
    """Ranges that stay as written: protected characters and, unless the whole text is traditional, those of GB 2312."""
    places = {
        (match.start() + i, match.start() + i + 1)
        for pattern in _protected_patterns(text)
        for match in pattern.finditer(text)
        for i, one in enumerate(match[0])
        if one in _kept_characters()
    }
    if not whole:
        places.update((match.start(), match.end()) for match in _everyday_pattern().finditer(text))
    return sorted(places)


def _is_traditional(text: str, traditional: frozenset[str]) -> bool:
    """Whether the text as a whole is in traditional script, by its first and its middle characters."""
    middle = len(text) // 2
    sample = text[:1_500] + text[middle : middle + 1_500]
    count = sum(one in traditional for one in sample)
    return count > _TRADITIONAL_SHARE * sum("\u3400" <= one <= "\u9fff" for one in sample)


@cache
def _converter() -> opencc.OpenCC:
    import opencc

    # Without the rare forms of the supplementary planes, which hardly any font can show.
    return opencc.OpenCC("t2s", include_tofu_risk_dictionaries=False)


@cache
def _everyday_pattern() -> re.Pattern[str]:
    """Characters of GB 2312 that t2s would change."""
    everyday = gb2312_characters()
    converted = _converter().convert("\n".join(everyday)).split("\n")
    return compiled("[" + "".join(a for a, b in zip(everyday, converted, strict=True) if a != b) + "]")


@cache
def _names() -> tuple[ProtectedName, ...]:
    path = knowledge_path(_NAMES_FILE)
    names = read_struct(path, ProtectedNames).names
    for entry in names:
        if not entry.keep or any(one not in entry.name for one in entry.keep):
            raise KnowledgeError(
                f"“{entry.name}”的 keep 应是其中的字，实为“{entry.keep}”", where=str(path), next_step="请改正"
            )
    return names


@cache
def _kept_characters() -> frozenset[str]:
    return frozenset("".join(entry.keep for entry in _names()))


def _protected_patterns(text: str) -> list[re.Pattern[str]]:
    """The patterns of the names that `text` can hold at all: their kept character is in it."""
    return [pattern for one, pattern in _name_patterns().items() if one in text]


@cache
def _name_patterns() -> dict[str, re.Pattern[str]]:
    """By kept character, all names with it, longest first; the other characters may stand in either script."""
    import opencc

    to_traditional = opencc.OpenCC("s2t")

    def either(one: str, keep: str) -> str:
        other = to_traditional.convert(one)
        return re.escape(one) if one in keep or other == one else f"[{one}{other}]"

    names: dict[str, list[str]] = {}
    for entry in sorted(_names(), key=lambda entry: (-len(entry.name), entry.name)):
        written = "".join(either(one, entry.keep) for one in entry.name)
        for one in entry.keep:
            names.setdefault(one, []).append(written)
    return {one: compiled("|".join(written)) for one, written in names.items()}
