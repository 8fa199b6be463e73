"""Terms and short names: a term defined twice in other words, a short name never used or given to two things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import Scope, Stretches, scopes_of, titles_in
from draft_assist.model import Span
from draft_assist.patterns import compiled

# 本办法所称建筑垃圾，是指…; 本办法所称的“散户”是指….
_DEFINED = compiled(
    r"本(?!表)[一-龥]{1,6}?所(?:称|指)的?[“\"]?(?P<term>[^，。；：“”\"\n]{2,20}?)[”\"]?(?:，?[是系]指|，指|指(?![标定南导示]))(?P<words>[^。\n]{2,})"
)

# （以下简称“X”）, （以下简称X）, （以下统称“X”）, （以下分别简称“X”“Y”）
_SHORT = compiled(
    r"[（(](?:[^（）()\n]{0,20}?[，,；])?以下(?:均|分别|统一|合)?(?:简称为?|称为?|统称为?|并称)[：:]?(?P<names>[^（）()\n，；。]{1,40})[）)]"
)
_QUOTED = compiled(r"[“\"《]([^“”\"《》]{1,30})[”\"》]")
# Short names of one character (省, 市) are too common to count.
_SHORTEST = 2
_LONGEST = 16
# The longest title or quoted name before a bracket.
_REACH = 120
# Characters that must follow for "never used again" to say something.
_ENOUGH = 300


def defined_twice(paper: Paper) -> Iterator[Spot]:
    """本办法所称X，是指… twice with different words; the second.

    Values: term; first, how the first one begins.
    """
    value = paper.document.text.value
    if value.count("所称") + value.count("所指") < 2:
        return
    for scope in scopes_of(paper.document):
        seen: dict[str, str] = {}
        for match in _DEFINED.finditer(value, scope.span.start, scope.span.end):
            term, words = match["term"], re.sub(r"\s", "", match["words"])
            first = seen.setdefault(term, words)
            if first is not words and first != words:
                yield Spot(Span(match.start(), match.start("words")), {"term": term, "first": first[:30]})


class _Short(NamedTuple):
    name: str
    span: Span  # of the bracket
    long: str  # the words that the bracket follows


def _short_names(value: str, scope: Scope) -> Iterator[_Short]:
    for match in _SHORT.finditer(value, scope.span.start, scope.span.end):
        written = match["names"].strip()
        names = [one[1].strip() for one in _QUOTED.finditer(written)] or [written]
        for name in names:
            if _SHORTEST <= len(name) <= _LONGEST:
                yield _Short(name, Span(*match.span()), _before(value, match.start()))


def _before(value: str, offset: int) -> str:
    """The words right before the bracket, back to the next mark of punctuation; a title whole."""
    for opening, closing in ("《》", "“”"):
        start = value.rfind(opening, max(0, offset - _REACH), offset)
        if value.startswith(closing, offset - 1) and start >= 0:
            return value[start + 1 : offset - 1]
    return re.split(r"[，。；：、\s（）“”]", value[max(0, offset - 40) : offset])[-1]


def short_name_unused(paper: Paper) -> Iterator[Spot]:
    """以下简称“X”, and X never stands in the document again.

    Values: name.
    """
    value = paper.document.text.value
    if "以下" not in value:
        return
    for scope in scopes_of(paper.document):
        for short in _short_names(value, scope):
            begins = short.span.start - len(short.long)
            if len(value) - short.span.end < _ENOUGH:
                continue  # a clause by itself: the name may be used where the rest stands
            used = _is_used(short.name, value[:begins], value[short.span.end :])
            if not used and not paper.document.text.is_damaged(short.span):
                yield Spot(short.span, {"name": short.name})


def _is_used(name: str, before: str, after: str) -> bool:
    """True when the name stands elsewhere, also in part: 县市场监管局 for “各市场监管局”, 《纲要》 for “纲要”."""
    bare = re.sub(r"^(?:各|本|该|县|市|省|区)|[\s《》“”]", "", name)
    wanted = bare if len(bare) >= _SHORTEST else name
    return wanted in after or wanted in before


def short_name_for_two(paper: Paper) -> Iterator[Spot]:
    """以下简称“X” for one thing, and again for another; the second.

    Values: name; first and second, the two things.
    """
    value = paper.document.text.value
    if value.count("以下") < 2:
        return
    titles = titles_in(value)
    for scope in scopes_of(paper.document):
        seen: dict[str, str] = {}
        for short in _short_names(value, scope):
            first = seen.setdefault(short.name, short.long)
            if first is not short.long and not _same(first, short.long) and not _quoted(titles, short):
                yield Spot(short.span, {"name": short.name, "first": first, "second": short.long})


def _same(first: str, second: str) -> bool:
    """True when one may be the other with more words before it: 建设行政主管部门, 县建设行政主管部门."""
    tail = min(4, len(first), len(second))
    return not tail or first[-tail:] == second[-tail:]


def _quoted(titles: Stretches, short: _Short) -> bool:
    return titles.hold(short.span.start)
