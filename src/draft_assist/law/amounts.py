"""Sums in legal text: 二百元以上二千元以下, 违法所得一倍以上三倍以下, 百分之五, 每平方米五十元."""

from __future__ import annotations

import re

import msgspec

from draft_assist.model import Amount, AmountKind, Span
from draft_assist.parse.numerals import read_number, read_percent
from draft_assist.patterns import compiled

_N = r"(?:\d[\d,]*(?:\.\d+)?[百千]?|[〇零一二三四五六七八九十百千万亿两半]+)"
_YUAN = rf"{_N}(?:余)?(?:[万亿]?元|块钱|块)"
_PERCENT = rf"(?:百分之{_N}|千分之{_N}|万分之{_N}|\d+(?:\.\d+)?[%％‰])"
_TIMES = rf"{_N}倍"
_TO = r"(?:以上|至|到|-|—|－|～|~)"
_PER = compiled(r"每(?:一)?[^，。；、]{1,8}?$|按[^，。；]{0,8}(?:平方米|公里|吨|株|只|头|辆|人|户|日|天|次)$|/$")


def _pattern(unit: str, bare: str) -> re.Pattern[str]:
    # The lower bound may leave its unit out: 五至十万元, 1-3倍.
    return compiled(
        rf"(?P<a>{unit}){_TO}?(?P<b>{unit})(?:以下)?|(?P<c>{bare})(?:以上|至|到|-|—|～|~)(?P<d>{unit})(?:以下)?"
        rf"|(?P<e>{unit})(?P<how>以上|以下|以内)?"
    )


_KINDS = (
    (AmountKind.YUAN, _pattern(_YUAN, _N)),
    (AmountKind.PERCENT, _pattern(_PERCENT, _N)),
    (AmountKind.MULTIPLE, _pattern(_TIMES, _N)),
)


def find_amounts(text: str, offset: int = 0) -> tuple[Amount, ...]:
    """The sums and ranges in `text`, in order.

    Args:
        text: any words; offset: added to the spans.

    Returns:
        Bounds are inclusive; a single sum has low == high, 以下 leaves low open, 以上 leaves high open. 千分之二 counts
        as 0.2 percent. A sum that cannot be read is left out.
    """
    if _SIGNS_OTHERWISE.search(text):
        words, at = _in_plain_form(text)
        return tuple(
            msgspec.structs.replace(one, span=Span(offset + at[one.span.start], offset + at[one.span.end - 1] + 1))
            for one in _find(words, 0)
        )
    return _find(text, offset)


def _find(text: str, offset: int) -> tuple[Amount, ...]:
    found: list[Amount] = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            amount = _amount(kind, match, text, offset)
            if amount is not None and not any(amount.span.overlaps(other.span) for other in found):
                found.append(amount)
    return tuple(sorted(found, key=lambda amount: amount.span.start))


_SUM = rf"(?:{_YUAN}|{_PERCENT}|{_TIMES})"
_SIGNS_OTHERWISE = compiled(r"含|不满|不足|未满|低于|不超过|不得超过|超过|高于|不少于|以上[，、]")
# 1万元以上（含1万元）, 不满3万元, 20万元以上，50万元以下.
_SAID_OTHERWISE = compiled(
    rf"[（(](?:不?含|包括)[^（）()]{{0,12}}[）)]|(?<=[上）)])[，、](?={_SUM}(?:以下|以内))"
    rf"|(?:不满|不足|未满|低于|不超过|不得超过|最高不超过)(?P<below>{_SUM})(?!以上)"
    rf"|(?:超过|高于|不低于|不少于)(?P<above>{_SUM})(?!以[上下])"
)


def _in_plain_form(text: str) -> tuple[str, list[int]]:
    """The words with their places, notes on the bounds dropped and 不满三万元 as 三万元以下."""
    words: list[str] = []
    at: list[int] = []

    def take(begin: int, stop: int) -> None:
        words.append(text[begin:stop])
        at.extend(range(begin, stop))

    done = 0
    for match in _SAID_OTHERWISE.finditer(text):
        take(done, match.start())
        done = match.end()
        for name, after in (("below", "以下"), ("above", "以上")):
            if match[name]:
                take(*match.span(name))
                words.append(after)
                at.extend([match.end(name) - 1] * len(after))
    take(done, len(text))
    return "".join(words), at


def _amount(kind: AmountKind, match: re.Match[str], text: str, offset: int) -> Amount | None:
    low_words = match["a"] or match["c"]
    high_words = match["b"] or match["d"]
    span = Span(offset + match.start(), offset + match.end())
    if kind is AmountKind.YUAN and _PER.search(text[max(0, match.start() - 12) : match.start()]):
        kind = AmountKind.PER_UNIT
    if high_words:
        low, high = _value(low_words), _value(high_words)
        if low is not None and match["c"] and high_words.endswith("万元"):
            low *= 10_000
        return None if low is None or high is None else Amount(kind=kind, low=low, high=high, span=span)
    value = _value(match["e"])
    if value is None:
        return None
    how = match["how"]
    return Amount(
        kind=kind,
        low=None if how in ("以下", "以内") else value,
        high=None if how == "以上" else value,
        span=span,
    )


def _value(words: str) -> float | None:
    if words.startswith(("百分", "千分", "万分")) or words.endswith(("%", "％", "‰")):
        return read_percent(words)
    plain = words.replace(",", "").replace("余", "")
    for unit, factor in (("亿元", 1e8), ("万元", 1e4), ("元", 1.0), ("块钱", 1.0), ("块", 1.0), ("倍", 1.0)):
        if plain.endswith(unit):
            number = read_number(plain[: -len(unit)])
            return None if number is None else number * factor
    return read_number(plain)


def lies_within(inner: Amount, outer: Amount) -> bool:
    """True when every sum that `inner` allows is allowed by `outer`."""
    low = inner.low or 0.0
    outer_low = outer.low or 0.0
    if low < outer_low and inner.low is not None:
        return False
    if inner.low is None and outer.low is not None and outer.low > 0 and outer.low != outer.high:
        return False  # 五百元以下 opens below a legal minimum
    if outer.high is None:
        return True
    return inner.high is not None and inner.high <= outer.high
