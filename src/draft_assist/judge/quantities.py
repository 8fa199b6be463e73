"""The numbers that a text states, with their units: 二百元 is 200元, 百分之五 is 5%, 三十日内 is at most 30 days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from draft_assist.parse.numerals import read_number
from draft_assist.patterns import compiled

_FIGURE = (
    r"(?:\d[\d,，]*(?:\.\d+)?[十百千万亿]*"
    r"|[〇零一二两三四五六七八九十百千万亿半]+(?:点[〇零一二三四五六七八九]+[万亿]?)?)"
)
_UNIT = (
    r"(?:万元|亿元|元|块钱|倍|％|%|‰|个?工作日|日历日|个?自然日|日|天|个月|月(?!份)|年|周|个?小时|分钟|岁|平方米|公里|千米|米|吨|公斤|亩|度"
    r"|人(?!民|身|员|大|力|们)|户|次(?!性)|家(?!庭)|件|起(?!草|诉)|例|份|分(?!局|别|类|开|配|摊|级|包|离|之)|名)"
)
_NUMBER = compiled(
    rf"(?P<part>[百千万])分之(?P<share>{_FIGURE})|第(?P<place>{_FIGURE})(?P<level>[条款项章])"
    rf"|(?P<low>{_FIGURE})(?:万?元|日|年|倍|%|个?月)?(?:以上)?(?:至|到|-|—|~|～|、|或者?)(?P<high>{_FIGURE})(?P<unit2>{_UNIT})"
    rf"|(?P<plain>{_FIGURE})余?(?P<unit>{_UNIT})|(?P<bare>\d[\d,，]*(?:\.\d+)?)"
)
_HOW = compiled(r"(?P<most>以下|以内|之内|内)|(?P<least>以上)")
_AT_MOST = compiled(r"(?:不超过|不得超过|最高|至多|最多|最长|不满|低于|少于)(?:为|是)?$")
_AT_LEAST = compiled(r"(?:不低于|不少于|最低|至少|最少|超过|高于|多于)(?:为|是)?$")
_NOT_PLACES = "条款项章"
# 一次, 两家: words as often as counts.
_FEW = 2
_ONE_WORDS = frozenset({"次", "家", "件", "起", "份", "人", "名", "户", "例", "分", "度", "米"})


class Quantity(NamedTuple):
    """A number with its unit; `bound`: "most", "least" or ""."""

    value: float
    unit: str
    bound: str = ""


def numbers_in(text: str) -> tuple[Quantity, ...]:
    """The numbers of a text that state something: with a unit, as a place (第三款), or in figures."""
    found: list[Quantity] = []
    for match in _NUMBER.finditer(text):
        found += _read(match, text)
    return tuple(found)


def _read(match: re.Match[str], text: str) -> Iterable[Quantity]:
    if match["part"]:
        yield from _quantity(match["share"], {"百": "%", "千": "‰", "万": "万分"}[match["part"]], match, text)
    elif match["place"]:
        yield from _quantity(match["place"], match["level"], match, text)
    elif match["low"]:
        for figure in (match["low"], match["high"]):
            yield from _quantity(figure, match["unit2"], match, text, bounded=False)
    elif match["plain"]:
        yield from _quantity(match["plain"], match["unit"], match, text)
    else:
        yield from _quantity(match["bare"], "", match, text)


_PLAIN_UNITS = {
    "万元": ("元", 1e4), "亿元": ("元", 1e8), "块钱": ("元", 1.0), "％": ("%", 1.0), "天": ("日", 1.0),
    "自然日": ("日", 1.0), "个自然日": ("日", 1.0), "日历日": ("日", 1.0), "个工作日": ("工作日", 1.0),
    "个月": ("月", 1.0), "个小时": ("小时", 1.0), "‰": ("%", 0.1), "万分": ("%", 0.01), "千米": ("公里", 1.0),
}  # fmt: skip


def _quantity(figure: str, unit: str, match: re.Match[str], text: str, *, bounded: bool = True) -> Iterable[Quantity]:
    value = read_number(figure.replace("，", ","))
    if value is None:
        value = _by_digits(figure)
    if value is None:
        return
    if unit in _ONE_WORDS and not figure[0].isdigit() and value <= _FEW:
        return
    plain, factor = _PLAIN_UNITS.get(unit, (unit, 1.0))
    bound = ""
    if bounded and unit not in _NOT_PLACES:
        after = _HOW.match(text, match.end())
        before = text[max(0, match.start() - 6) : match.start()]
        if (after and after["most"]) or _AT_MOST.search(before):
            bound = "most"
        elif (after and after["least"]) or _AT_LEAST.search(before):
            bound = "least"
    yield Quantity(round(value * factor, 6), plain, bound)


_BY_DIGITS = {digit: str(at) for at, digit in enumerate("〇一二三四五六七八九")}


def _by_digits(figure: str) -> float | None:
    """二〇二一 is 2021."""
    digits = [_BY_DIGITS.get(one, "0" if one == "零" else "") for one in figure]
    return float("".join(digits)) if all(digits) else None


def foreign_number(claim: str, *sources: str) -> bool:
    """True when the claim states a number that no source has, or turns its bound round."""
    known = [one for source in sources for one in numbers_in(source)]
    values = {(one.value, one.unit) for one in known}
    bare = {one.value for one in known}
    for one in numbers_in(claim):
        if (one.value, one.unit) not in values and not (one.unit == "" and one.value in bare):
            return True
        bounds = {other.bound for other in known if (other.value, other.unit) == (one.value, one.unit)}
        if one.bound and one.bound not in bounds and "" not in bounds:
            return True
    return False
