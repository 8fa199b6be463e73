"""Figures in prose, in one form: 二百元 and 200元, 30日 and 三十天, 百分之五 and 5%, 2021-07-15 and 2021年7月15日."""

from __future__ import annotations

from draft_assist.parse.numerals import read_number, read_percent
from draft_assist.patterns import compiled

# Bounded: no figure is longer, and a run of ten thousand digits costs no more than its length.
_N = r"(?:\d[\d,]{0,20}(?:\.\d{1,8})?|[〇零一二三四五六七八九十百千两半]{1,16})"
_ARTICLES = compiled(
    rf"第{_N}[条款项章节编](?:之{_N})?(?:\s*[、，和及至到\-—~]\s*第?{_N}(?=[、条款项章节编和至到])[条款项章节编]?)*|第{_N}(?:、{_N})+[条款项章]"
)
_FINED = compiled(
    rf"(?:罚款|罚|收取|收|交纳|缴纳|交|缴)(?P<number>{_N}[万亿]?)(?![\d〇零一二三四五六七八九十百千万亿]|\s*(?:元|块|次|倍))"
)
_UNIT = (
    r"元|块|个?工作日|日|天|号|个?月|年|周|倍|小时|分钟|个?百分点|人|户|件|次|种|公里|平方米|米|吨|公斤|岁|级|条|款|章"
)
_COUNTED = compiled(rf"(?P<number>{_N}[万亿]?)\s*(?:余|多)?(?:以上|以下)?(?:至|到|-|—|~|～)?(?P<unit>{_UNIT})")
_RANGE = compiled(rf"(?P<number>{_N}[万亿]?)\s*(?:至|到|-|—|~|～)\s*{_N}(?P<unit>[万亿]?(?:{_UNIT}))")
_SHARE = compiled(rf"百分之{_N}|千分之{_N}|万分之{_N}|\d{{1,12}}(?:\.\d{{1,8}})?[%％‰]")
_ISO = compiled(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
_BARE = compiled(r"(?<![\d.\[第])\d[\d,]{0,20}(?:\.\d{1,8})?(?![\d.\]条款项章])")
_SAME_UNIT = {"块": "元", "天": "日", "号": "日", "个月": "月", "个工作日": "工作日", "个百分点": "百分点"}
# 一种, 两件: as good as 这种; a hundred of them is a figure.
_FEW, _OF_FEW = 3, frozenset({"种", "次", "件", "人", "户", "级", "条", "款", "章"})


def figures_of(text: str) -> set[tuple[float, str]]:
    """The figures of a text as value and unit; digits without a unit have the unit ""."""
    found: set[tuple[float, str]] = set()
    for match in _ISO.finditer(text):
        found |= {(float(match["year"]), "年"), (float(match["month"]), "月"), (float(match["day"]), "日")}
    plain = _ARTICLES.sub("　", _ISO.sub("　", text))
    for match in _SHARE.finditer(plain):
        share = read_percent(match[0])
        if share is not None:
            found.add((share, "%"))
    plain = _SHARE.sub("　", plain)
    for match in _RANGE.finditer(plain):
        found |= _counted(
            match["number"] + (match["unit"][0] if match["unit"][0] in "万亿" else ""), match["unit"].lstrip("万亿")
        )
    for match in _COUNTED.finditer(plain):
        found |= _counted(match["number"], match["unit"])
    for match in _FINED.finditer(plain):
        found |= _counted(match["number"], "元")
    left = _COUNTED.sub("　", _RANGE.sub("　", plain))
    found |= {(float(match[0].replace(",", "")), "") for match in _BARE.finditer(left)}
    return found


def _counted(number: str, unit: str) -> set[tuple[float, str]]:
    value = read_number(number)
    if value is None or (value <= _FEW and unit in _OF_FEW):
        return set()
    return {(value, _SAME_UNIT.get(unit, unit))}
