"""Lists that run on inside one line: （一）…；（二）…, 1.…；2.…, 一是…；二是…, 第一，…；第二，….

The tree keeps the items of such a line where it can; numbers that skip or repeat are seen here only, in the text. A
line whose list does not begin at its first number is the rest of another one and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from draft_assist.check.special.lately import once_for_each
from draft_assist.check.special.scopes import Stretches, titles_in
from draft_assist.model import Span
from draft_assist.parse.numerals import read_numeral, write_numeral
from draft_assist.patterns import compiled

_HAN = "[一二三四五六七八九十]{1,3}"
# A marker begins a part of the sentence; 第（三）项, 按（一）（二） and 3.5 are none.
_OPENS = "。；：，、！:; \u3000\n\t"
_FORMS = (
    ("（{}）", True, compiled(rf"（(?P<n>{_HAN})）(?=[一-龥“《])(?![项款目点])")),
    ("{}.", False, compiled(r"(?P<n>\d{1,2})[.．](?=[一-龥“《])")),
    # 村干部一是…: a new list, whose beginning is not told from 统一是; nothing is said of it.
    ("{}是", True, compiled(rf"(?P<n>{_HAN})是(?=[一-龥“《])")),
    ("第{}，", True, compiled(rf"第(?P<n>{_HAN})，(?=[一-龥“《])")),
)
# The first marker of each form: a line without it holds no list of that form.
_FIRST = (compiled("（一）"), compiled("1[.．]"), compiled("一是"), compiled("第一，"))


class Marker(NamedTuple):
    """One number of a list.

    Attributes:
        span: of the marker.
        number: what it says.
        form: how it is written, with {} for the number.
    """

    span: Span
    number: int
    form: str


@once_for_each
def inline_lists(value: str) -> list[list[Marker]]:
    """The lists of two or more inside one line that begin at one, in order of their form."""
    found: list[list[Marker]] = []
    titles = titles_in(value)
    for (form, _, pattern), first in zip(_FORMS, _FIRST, strict=True):
        opening = first.search(value)
        while opening:
            end = value.find("\n", opening.start())
            end = len(value) if end < 0 else end
            found += _runs(value, pattern.finditer(value, opening.start(), end), form, titles)
            opening = first.search(value, end)
    return [run for run in found if len(run) > 1]


def _runs(value: str, markers: Iterator[re.Match[str]], form: str, titles: Stretches) -> Iterator[list[Marker]]:
    """The markers of one line, a new run from each first one on."""
    run: list[Marker] = []
    for match in markers:
        number = read_numeral(match["n"]) if value[max(0, match.start() - 1) : match.start()] in _OPENS else None
        if not number or titles.hold(match.start()):
            if form == "{}是" and match["n"] == "一":
                yield run
                run = []
            continue
        if number == 1:
            yield run
            run = []
        if run or number == 1:
            run.append(Marker(Span(*match.span()), number, form))
    yield run


def write_marker(form: str, number: int) -> str:
    """（三）, 3., 三是 or 第三，."""
    han = next(han for known, han, _ in _FORMS if known == form)
    return form.format(write_numeral(number) if han else number)


_ANOTHER = compiled(r"》|[条法例则]第|第[〇零一二三四五六七八九十百\d]{1,7}[条章]")
_ITEM = compiled(
    rf"(?:前款|前述|上述|上列|前列|上款|以上)(?:规定的?|情形|条件|范围|事项|材料)?的?"
    rf"第[（(]?(?P<n>{_HAN}|\d{{1,2}})[）)]?项"
)
# A list further off is not what 前款 speaks of.
_REACH = 1500


def items_missed(value: str) -> Iterator[tuple[Span, int]]:
    """前款第（五）项 after a list of three, with the number of items there are."""
    if "项" not in value or not (lists := inline_lists(value)):
        return
    for match in _ITEM.finditer(value):
        near = [run for run in lists if match.start() - _REACH < run[-1].span.start < match.start()]
        if not near:
            continue
        run = max(near, key=lambda one: one[-1].span.start)
        number = read_numeral(match["n"])
        between = value[run[-1].span.end : match.start()]
        own = between[between.rfind("。") + 1 :]
        lasts = {one[-1].number for one in near}
        if number and number > max(lasts) and between.count("\n") <= 1 and not _ANOTHER.search(own):
            yield Span(*match.span()), run[-1].number


def number_faults(value: str, *, gaps: bool) -> Iterator[tuple[Marker, Marker]]:
    """A marker that skips a number (or, without `gaps`, repeats one or goes back), after the one before it."""
    for run in inline_lists(value):
        for before, one in pairwise(run):
            if one.number == before.number + 1 or gaps is not (one.number > before.number + 1):
                continue
            if re.search(r"…|（略）|[“”]", value[before.span.start : one.span.end]):
                continue
            yield before, one


_N = r"(?P<said>[二三四五六七八九十两]{1,2}|\d{1,2})"
# 以下三项原则：公开、公平、公正、诚信。
_ANNOUNCED = compiled(
    rf"(?:以下|下列|如下){_N}[个项种类条点][^，。；：、\n]{{0,10}}[：:](?P<list>[一-龥]{{2,12}}(?:、[一-龥]{{2,12}})+)(?=[。\n]|$)"
)
# 分为城区、乡镇、园区四类.
_SUMMED = compiled(
    rf"(?:分为|分成|划分为|包括|设立?)(?P<list>[一-龥A-Z]{{1,6}}(?:、[一-龥A-Z]{{1,6}})+?)(?:共|这)?{_N}(?:类(?!似)|档|种|级|个等级|个等次|个级别)(?=[，。；\n]|$)"
)
_JOINS = compiled(r"[和与及或等]|以及")


def counts_missed(value: str) -> Iterator[tuple[Span, int, int]]:
    """下列三项原则：公开、公平、公正、诚信: the words, what they say, and how many there are.

    A list in which 和, 或 or 等 stands may be counted in two ways and is left alone.
    """
    for pattern in (_ANNOUNCED, _SUMMED):
        for match in pattern.finditer(value):
            said = read_numeral(match["said"].replace("两", "二"))
            count = match["list"].count("、") + 1
            if said and said != count and not _JOINS.search(match["list"]):
                yield Span(*match.span()), said, count
