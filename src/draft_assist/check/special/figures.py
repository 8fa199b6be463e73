"""Figures that cannot hold together: parts greater than their whole, a range turned round, two tiers that overlap.

Read within one sentence or line. Parts are added up only where they surely divide one whole: money by source, points of
one score, places of one kind (甲镇5个、乙镇6个). Attributes that overlap (高级职称60人，硕士70人) are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import titles_in
from draft_assist.model import Span
from draft_assist.parse.numerals import read_number
from draft_assist.patterns import compiled

_AMOUNT = r"(?:\d[\d,]*(?:\.\d+)?[百千万亿]{0,2}|[一二三四五六七八九十两][〇零一二三四五六七八九十百千万亿两]*)"
_UNITS = (
    r"个工作日|工作日|个月|平方公里|平方米|立方米|公里|公顷|周岁|小时|分钟"
    r"|倍|元|吨|亩|人|户|米|日|天|年|岁|家|个|分|次|件|台|条|处|名|%|％"
)

# --- ranges turned round ------------------------------------------------------------------------------------------

# The words around a sign that most sentences lack; what stands before it is read backwards from there.
_UP_FROM = compiled(rf"以上(?P<high>{_AMOUNT})(?P<same>{_UNITS})以下")
# 百分之五十以上三倍以下 has two units.
_LOW = compiled(rf"(?<!分之)(?<![〇零一二三四五六七八九十百千万亿两\d.,])(?P<low>{_AMOUNT})(?P<unit>{_UNITS})?$")
_BOUNDED = compiled(
    rf"不得?[少低]于(?P<low>{_AMOUNT})个?(?P<unit>{_UNITS})[，、]?(?:且|并且|但|最多|最长|最高|总计|合计){{0,2}}"
    rf"不得?[超高多][过于](?P<high>{_AMOUNT})个?(?P<same>{_UNITS})"
)
_LONGEST_AMOUNT = 16
# 60岁以上16岁以下的 may name two groups; 年龄应当在… names one.
_TWO_GROUPS = ("岁", "周岁")
_AGE = compiled(r"年龄[^，。；]{0,6}$")


class _Range(NamedTuple):
    span: Span
    low: str
    high: str
    unit: str


def reversed_range(paper: Paper) -> Iterator[Spot]:
    """五千元以上三千元以下, 不少于10日、不超过7日: a range whose lower bound is the greater.

    Values: low, high, as written.
    """
    value = paper.document.text.value
    for found in (*_between(value), *_bounded(value)):
        low, high, span = _read(found.low), _read(found.high), found.span
        if low is None or high is None or low <= high:
            continue
        if found.unit in _TWO_GROUPS and not _AGE.search(value[max(0, span.start - 10) : span.start]):
            continue
        if not paper.document.text.is_damaged(span):
            yield Spot(span, {"low": f"{found.low}{found.unit}", "high": f"{found.high}{found.unit}"})


def _between(value: str) -> Iterator[_Range]:
    for match in _UP_FROM.finditer(value):
        begins = max(0, match.start() - _LONGEST_AMOUNT)
        before = _LOW.search(value[begins : match.start()])
        if before is not None and before["unit"] in (None, match["same"]):
            yield _Range(Span(begins + before.start(), match.end()), before["low"], match["high"], match["same"])


def _bounded(value: str) -> Iterator[_Range]:
    for match in _BOUNDED.finditer(value):
        if match["unit"] == match["same"]:
            yield _Range(Span(*match.span()), match["low"], match["high"], match["unit"])


def _read(written: str) -> float | None:
    return read_number(written.replace(",", ""))


# --- tiers that overlap -------------------------------------------------------------------------------------------

_UP_TO = compiled(
    rf"以下(?:[（(][^（）()]{{1,6}}[）)])?的[^。；\n]{{1,40}}?[，；]"
    rf"(?P<again>[一-龥]{{0,8}}?)(?P<second>{_AMOUNT})(?P<unit>{_UNITS})以上(?:[（(][^（）()]{{1,6}}[）)])?的"
)
_FIRST = compiled(rf"(?P<label>[一-龥]{{0,8}}?)(?P<first>{_AMOUNT})(?P<unit>{_UNITS})$")


def overlapping_tiers(paper: Paper) -> Iterator[Spot]:
    """面积50平方米以下的由镇审批，30平方米以上的由县审批: what lies between is in both.

    Values: first, second, the two bounds.
    """
    value = paper.document.text.value
    for match in _UP_TO.finditer(value):
        begins = max(0, match.start() - _LONGEST_AMOUNT - 8)
        before = _FIRST.search(value[begins : match.start()])
        if before is None or before["unit"] != match["unit"]:
            continue
        first, second, label, again = _read(before["first"]), _read(match["second"]), before["label"], match["again"]
        if first is None or second is None or first <= second or (again and not label.endswith(again)):
            continue
        values = {
            "first": f"{before['first']}{before['unit']}以下",
            "second": f"{match['second']}{match['unit']}以上",
        }
        yield Spot(Span(begins + before.start(), match.end()), values)


# --- parts and their whole ----------------------------------------------------------------------------------------

_WHOLE = compiled(
    rf"(?P<what>概算|估算|总投资|投资|总额|资金|预算|经费|造价|总计|共计|合计|总分|满分|总工期|共有[一-龥]{{1,6}}|共)"
    rf"(?:规模|总额|约|为|共计|共)?(?P<amount>{_AMOUNT})(?P<unit>[万亿]?元|分|个月|个|户|人|亩|公里|处)"
    rf"[^，。；：、（(\d\n]{{0,6}}(?:[，：]|(?P<open>[（(]))(?:其中|分别(?:用于|为|由)?|包括|由)?[：，]?"
)
_PART = compiled(
    rf"(?P<label>[一-龥“”]{{1,16}}?)(?P<amount>{_AMOUNT})(?P<unit>[万亿]?元|分|个月|个|户|人|亩|公里|处)(?=[，、；。）)和\n]|[组构]成|$)"
)
# Words of a part that is none: a comparison, a rate, something already paid, a part of a part.
_NO_PART = compiled(
    r"每|人均|户均|同比|增长|增加|减少|下降|比|以上|以下|不超过|不低于|不少于|最高|最低|左右|累计|已|到位|完成|利润|税|产值|收入|结余"
    r"|合格|及格|优秀|良好|扣|加|奖励|其中|含|总|共|合计|小计|年度|标准|按|至|罚"
)
_WHOLE_WORD = compiled(r"概算|估算|投资|总|资金|预算|经费|造价|共|满分")
_NO_GAP = compiled(r"[，、][^。；\n]{0,8}(?:无缺口|没有缺口|缺口为零)")
_SCALES = {"元": 1.0, "万元": 1e4, "亿元": 1e8}
_SLACK = 1.001


class _Part(NamedTuple):
    label: str
    amount: float
    end: int


def parts_exceed_whole(paper: Paper) -> Iterator[Spot]:
    """概算300万元，其中县级100万元，乡镇80万元，自筹150万元: more than there is.

    Values: said, the whole; sum, of the parts, both with their units.
    """
    value = paper.document.text.value
    titles = titles_in(value)
    for match in (*_WHOLE.finditer(value), *_of_which(value)):
        whole, unit = _read(match["amount"]), match["unit"]
        if whole is None or titles.hold(match.start()):
            continue
        parts = list(_parts(value, match.end(), unit))
        if len(parts) < 2 or not _divide(parts, unit, score=match["what"] in ("总分", "满分")):
            continue
        whole *= _SCALES.get(unit, 1.0)
        total = sum(part.amount for part in parts)
        if total > whole * _SLACK or (total * _SLACK < whole and _NO_GAP.match(value, parts[-1].end)):
            span = Span(match.start(), parts[-1].end)
            if not paper.document.text.is_damaged(span):
                yield Spot(span, {"said": f"{match['amount']}{unit}", "sum": _shown(total, unit)})


# 改造危房60户，其中甲镇20户、…: no word says that it is a total.
_OF_WHICH = compiled(r"[户个处]，其中[：，]?")
_COUNTED = compiled(r"(?P<what>)(?P<amount>\d{1,5})(?P<unit>[户个处])，其中[：，]?")


def _of_which(value: str) -> Iterator[re.Match[str]]:
    for sign in _OF_WHICH.finditer(value):
        offset = sign.start()
        while offset and value[offset - 1].isdigit():
            offset -= 1
        match = _COUNTED.match(value, offset)
        if match is not None and not _WHOLE_WORD.search(value[max(0, offset - 6) : offset]):
            yield match


def _shown(total: float, unit: str) -> str:
    """33000000.0 and 元 -> 3300万元; other units as they are."""
    if unit not in _SCALES:
        return f"{total:g}{unit}"
    larger = next(((scale, name) for name, scale in reversed(_SCALES.items()) if total >= scale), (1.0, "元"))
    return f"{total / larger[0]:g}{larger[1]}"


def _parts(value: str, start: int, unit: str) -> Iterator[_Part]:
    """The parts that follow one another from `start`, of the unit of the whole or, for money, any."""
    offset = start
    while match := _PART.match(value, offset):
        scale = _SCALES.get(match["unit"])
        amount = _read(match["amount"])
        alike = scale is not None if unit in _SCALES else match["unit"] == unit
        if amount is None or not alike or _NO_PART.search(match["label"]):
            return
        yield _Part(match["label"], amount * (scale or 1.0), match.end())
        if value[match.end() : match.end() + 1] not in ("，", "、", "；", "和"):
            return
        offset = match.end() + 1


# Villages and schools lie in one place only; 低保户 may be 渔民户 too.
_TOWNS = frozenset("镇乡街")
_PLACES = frozenset("镇乡村区县市街校站所组期类级档")


def _divide(parts: list[_Part], unit: str, *, score: bool) -> bool:
    """True when the parts surely are parts of one whole, none counted twice."""
    if unit in _SCALES:
        used = [part.label.startswith(("用于", "用作")) for part in parts[1:]]
        return not any(used) or all(used)
    ends = {part.label[-1] for part in parts}
    return score or unit == "个月" or (len(ends) == 1 and ends <= _PLACES) or ends <= _TOWNS


_SHARES_VARY = compiled(r"以上|不低于|不少于|不超过|类|档")
_BORNE = compiled(r"[^，、；。\d\n]{1,14}(?:承担|负担|分担|出资|配套)(?P<share>\d{1,3}(?:\.\d+)?)[%％]")


def borne_shares(paper: Paper) -> Iterator[Spot]:
    """县财政承担60%，乡镇承担30%，村承担20%: more than the whole is borne.

    Values: sum.
    """
    value = paper.document.text.value
    if "担" not in value and "出资" not in value and "配套" not in value:
        return
    for sentence in re.finditer(r"[^。；\n]+", value):
        if "%" not in sentence[0] and "％" not in sentence[0]:
            continue
        shares = list(_BORNE.finditer(value, *sentence.span()))
        total = sum(float(share["share"]) for share in shares)
        # Two divisions in one sentence make twice the whole.
        if (
            len(shares) > 1
            and total > 100
            and total % 100
            and not re.search(r"以上|不低于|不少于|不超过|类|档", sentence[0])
        ):
            yield Spot(Span(shares[0].start(), shares[-1].end()), {"sum": f"{total:g}%"})
