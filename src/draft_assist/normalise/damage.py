"""Places whose bytes were lost before the file reached us. They are marked, never repaired.

Most come from GBK bytes read one place off: a lone “?”, a letter with a tone mark, a bopomofo sign, a box-drawing sign
or a capital inside Chinese running text, and rare characters around them. A sure sign starts a damaged run; doubtful
signs near it only make it longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from draft_assist.model import Damage, Span
from draft_assist.normalise.characters import HAN, WIDE, Odd, gb2312_characters
from draft_assist.normalise.residue import TONED
from draft_assist.patterns import compiled

# Characters of running text between two signs of the same damaged run.
_REACH = 12
_HAN = f"[{HAN}]"


class _Sign(NamedTuple):
    needed: re.Pattern[str] | None  # an unusual character that must be in the text at all; None: always look
    literal: str  # an ASCII character that must be in the text; "" for none
    pattern: re.Pattern[str]
    reason: str


_SURE: tuple[_Sign, ...] = (
    _Sign(compiled("�"), "", compiled("�+"), "有无法解码的字节"),
    _Sign(
        compiled("[\ue000-\uf8ff\U000f0000-\U0010ffff]"),
        "",
        compiled("[\ue000-\uf8ff\U000f0000-\U0010ffff]+"),
        "有私用区字符",
    ),
    # bopomofo inside running text
    _Sign(compiled("[ㄅ-ㄯ]"), "", compiled("[ㄅ-ㄯ]+"), "正文中夹有注音符号"),
    _Sign(
        compiled("[┄-┋┏-╿]"),
        "",
        compiled(rf"(?<=[{HAN}{WIDE}])[┄-┋┏-╿](?=[{HAN}{WIDE}?])"),
        "正文中夹有制表符号",
    ),
    _Sign(
        # Letters of pinyin are left to `_stray_syllables`.
        compiled("[À-ÖØ-ßâ-çêëîïð-ñôõöøûý-ÿŒœŠšŸƒˆ˜€‚„†‡‰‹›™]"),
        "",
        compiled(
            rf"(?<={_HAN})(?![{TONED}ü])[À-ÖØ-öø-ÿ]+(?={_HAN})|"
            "[À-ÖØ-öø-ÿŒœŠšŽžŸƒˆ˜€‚„†‡‰‹›™¡-¿]{3,}"
        ),
        "有错读编码的字符",
    ),
    _Sign(
        None,
        "?",
        compiled(
            rf"(?<=[{HAN}{WIDE}])\?+(?=[{HAN}{WIDE}A-Za-zÀ-ǿ(,;:!.])[!！，。、；：,;:.]?(?:[A-Za-zÀ-ǿ]{{1,7}}[)）])?"
        ),
        "正文中夹有问号，疑有字节丢失",
    ),
    _Sign(None, "^", compiled(rf"(?<={_HAN})\^(?={_HAN})"), "正文中夹有异常符号"),
    _Sign(compiled("[锟斤拷烫屯]"), "", compiled("(?:锟斤拷)+|烫烫烫+|屯屯屯+"), "有错读编码的字符"),
)
_TONE = compiled(f"[{TONED}]")
_TOUCHES_BEFORE = compiled(rf"(?<=[{HAN}(（)）?？])|(?<=[{HAN}{WIDE}][A-Z])")
_TOUCHES_AFTER = compiled(rf"[)）]?[{HAN}]")
_CAPITAL = compiled(rf"(?<=[{HAN}{WIDE}])[A-Z](?=[{HAN}{WIDE}(（])")


def damaged_runs(text: str, odd: Odd) -> tuple[Damage, ...]:
    """The damaged runs of the normal text, in order, not overlapping.

    Args:
        text: the finished normal text.
        odd: the unusual characters of the raw text.
    """
    sure = _sure_signs(text, odd)
    if not sure:
        return ()
    runs: list[tuple[int, int, str]] = []
    for start, end, reason in sure:
        if runs and start - runs[-1][1] <= _REACH and "\n" not in text[runs[-1][1] : start]:
            before = runs.pop()
            runs.append((before[0], max(before[1], end), before[2]))
        else:
            runs.append((start, end, reason))
    return tuple(Damage(span=_stretched(text, start, end), reason=reason) for start, end, reason in _apart(text, runs))


def _sure_signs(text: str, odd: Odd) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for sign in _SURE:
        if sign.needed is not None and not odd.any(sign.needed) and "锟" not in sign.needed.pattern:
            continue
        if sign.literal and sign.literal not in text:
            continue
        if "锟" in sign.pattern.pattern and not any(word in text for word in ("锟斤拷", "烫烫烫", "屯屯屯")):
            continue
        found += [(m.start(), m.end(), sign.reason) for m in sign.pattern.finditer(text) if m.end() > m.start()]
    if odd.any(_TONE):
        found += _stray_syllables(text)
    return sorted(found)


def _stray_syllables(text: str) -> Iterator[tuple[int, int, str]]:
    """Letters with a tone mark that touch Chinese text or a bracket; a word of pinyin on its own is no damage."""
    for match in _TONE.finditer(text):
        start, end = match.span()
        while start > 0 and "a" <= text[start - 1] <= "z":
            start -= 1
        while end < len(text) and "a" <= text[end] <= "z":
            end += 1
        if _TOUCHES_BEFORE.match(text, start) or _TOUCHES_AFTER.match(text, end):
            start -= start > 0 and text[start - 1] in "(（"
            end += text[end : end + 1] in (")", "）")
            yield start, end, "正文中夹有注音字母"


def _stretched(text: str, start: int, end: int) -> Span:
    """The run with doubtful signs nearby: a capital between Chinese characters, a character outside GB 2312."""
    left = max(0, start - _REACH)
    line_start = text.rfind("\n", left, start)
    left = line_start + 1 if line_start >= 0 else left
    right = min(len(text), end + _REACH)
    line_end = text.find("\n", end, right)
    right = line_end if line_end >= 0 else right
    everyday = _everyday()
    for i in range(left, start):
        if _is_doubtful(text, i, everyday):
            start = i
            break
    for i in range(right - 1, end - 1, -1):
        if _is_doubtful(text, i, everyday):
            end = i + 1
            break
    return Span(start, end)


@cache
def _everyday() -> frozenset[str]:
    return frozenset(gb2312_characters())


def _is_doubtful(text: str, i: int, everyday: frozenset[str]) -> bool:
    one = text[i]
    if "A" <= one <= "Z":
        return _CAPITAL.match(text, i) is not None
    return "\u3400" <= one <= "\u9fff" and one not in everyday


def _apart(text: str, runs: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Runs merged where stretching would make them meet."""
    merged: list[tuple[int, int, str]] = []
    for start, end, reason in runs:
        if merged and _stretched(text, merged[-1][0], merged[-1][1]).end > _stretched(text, start, end).start:
            before = merged.pop()
            merged.append((before[0], end, before[2]))
        else:
            merged.append((start, end, reason))
    return merged
