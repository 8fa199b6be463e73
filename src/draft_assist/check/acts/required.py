"""What a pattern cannot match without: literals read off its own text, for the gate.

    required("未在{local}{gap}(?:注册|登记)(?:的)?[^，]{0,9}")  ->  ({未在本地, ...}, {注册, 登记, 注册的, 登记的})

A small reader of regular expressions: stretches of literal characters, groups and classes that must be passed, put
together where they touch. What it does not understand it skips, so that it may find too little, never too much.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product

Spellings = frozenset[str]

# Spellings of touching stretches are multiplied up to this many.
_MOST = 48
_QUANTIFIER = re.compile(r"[?*+]\??|\{\d*,?\d*\}\??")
_NAMED = re.compile(r"\{([a-z][a-z_]*)\}")
_NOTHING: Spellings = frozenset(("",))


def required(pattern: str, words_of: Callable[[str], tuple[str, ...] | None]) -> tuple[Spellings, ...]:
    """Groups of literals, one of each of which stands in whatever the pattern matches.

    Args:
        pattern: a regular expression; {name} for classes and gaps.
        words_of: the words of a class; None for a gap.

    Returns:
        The groups in the order of the pattern; () when none could be read off.
    """
    branches = [_of_branch(branch, words_of) for branch in _split(pattern)]
    if len(branches) == 1:
        return tuple(branches[0])
    best = [choose(groups) for groups in branches]
    return (frozenset().union(*(group for group in best if group)),) if all(best) else ()


def choose(groups: list[Spellings]) -> Spellings:
    """The group that is least often in a text; empty for no groups."""
    return min(groups, key=commonness, default=frozenset())


def commonness(group: Iterable[str]) -> float:
    """A guess at how often a literal of the group stands in official prose."""
    return sum(_commonness(literal) for literal in group)


# Two characters that nearly every page of official prose has.
_EVERYWHERE = frozenset(
    [
        "应当",
        "必须",
        "不得",
        "单位",
        "企业",
        "部门",
        "人员",
        "工作",
        "管理",
        "规定",
        "要求",
        "办理",
        "项目",
        "有关",
        "机构",
        "服务",
        "情况",
        "进行",
        "实施",
        "负责",
        "组织",
        "个人",
        "政府",
        "责任",
        "公司",
        "使用",
        "安全",
        "建设",
        "标准",
        "县级",
        "申请",
        "资金",
        "按照",
        "由县",
        "依法",
        "条件",
        "措施",
        "生产",
        "经营",
        "提供",
        "市场",
    ]
)


def _commonness(literal: str) -> float:
    if len(literal) == 1:
        return 40.0
    if len(literal) == 2:
        return 15.0 if literal in _EVERYWHERE else 1.5
    return 4.0 if literal[:2] in _EVERYWHERE else 0.4


def _of_branch(branch: str, words_of: Callable[[str], tuple[str, ...] | None]) -> list[Spellings]:
    groups: list[Spellings] = []
    current = _NOTHING

    def close() -> None:
        nonlocal current
        if "" not in current:
            groups.append(current)
        current = _NOTHING

    for spellings, inner in _units(branch, words_of):
        if spellings is not None and len(spellings) * len(current) <= _MOST:
            current = frozenset(before + after for before, after in product(current, spellings))
            continue
        close()
        if spellings is not None and len(spellings) <= _MOST:
            current = spellings
        elif spellings is not None and "" not in spellings:
            groups.append(spellings)
        groups += inner
    close()
    return groups


def _units(
    branch: str, words_of: Callable[[str], tuple[str, ...] | None]
) -> Iterator[tuple[Spellings | None, list[Spellings]]]:
    """What stands one after another: all spellings of a unit, or None and the groups that it cannot do without."""
    at = 0
    while at < len(branch):
        at, unit, is_group = _next(branch, at)
        spellings: Spellings | None = None
        inner: list[Spellings] = []
        if is_group:
            spellings, inner = _of_group(unit, words_of)
        elif named := _NAMED.fullmatch(unit):
            words = words_of(named[1])
            spellings = frozenset(words) if words else None
        elif len(unit) == 1 and unit not in ".^$":
            spellings = frozenset((unit,))
        elif unit in ("^", "$", r"\b"):
            spellings = _NOTHING
        if quantifier := _QUANTIFIER.match(branch, at):
            at = quantifier.end()
            if quantifier[0].startswith(("?", "*", "{0", "{,")):
                inner = []
                spellings = spellings | _NOTHING if spellings and quantifier[0].startswith("?") else None
            else:
                # Once or more: what is inside must stand, but what follows need not touch the first of it.
                inner = [spellings] if spellings and "" not in spellings else inner
                spellings = None
        yield spellings, inner


def _of_group(unit: str, words_of: Callable[[str], tuple[str, ...] | None]) -> tuple[Spellings | None, list[Spellings]]:
    if unit.startswith("(?P="):
        return None, []  # what a group matched before
    opened = re.match(r"\((?:\?(?::|P<\w+>|=|!|<=|<!))?", unit)
    assert opened is not None
    if opened[0].endswith(("=", "!")):
        return _NOTHING, []  # looks around, takes no room
    branches = _split(unit[opened.end() : -1])
    every: list[Spellings] = []
    for branch in branches:
        spelt: Spellings | None = _NOTHING
        for spellings, _ in _units(branch, words_of):
            if spelt is None or spellings is None or len(spelt) * len(spellings) > 4 * _MOST:
                spelt = None
            else:
                spelt = frozenset(before + after for before, after in product(spelt, spellings))
        if spelt is None:
            break
        every.append(spelt)
    if len(every) == len(branches):
        return frozenset().union(*every), []
    best = [choose(_of_branch(branch, words_of)) for branch in branches]
    return None, [frozenset().union(*best)] if all(best) else []


def _next(text: str, at: int) -> tuple[int, str, bool]:
    """The end of the unit at `at`, its text, and whether it is a group."""
    if text[at] == "\\":
        return at + 2, text[at : at + 2], False
    if text[at] == "[":
        end = _end_of_set(text, at)
        return end, text[at:end], False
    if named := _NAMED.match(text, at):
        return named.end(), named[0], False
    if text[at] != "(":
        return at + 1, text[at], False
    depth, end = 0, at
    while end < len(text):
        if text[end] == "\\":
            end += 1
        elif text[end] == "[":
            end = _end_of_set(text, end) - 1
        elif text[end] == "(":
            depth += 1
        elif text[end] == ")":
            depth -= 1
            if not depth:
                break
        end += 1
    return end + 1, text[at : end + 1], True


def _end_of_set(text: str, at: int) -> int:
    end = at + 1
    if text.startswith("^", end):
        end += 1
    if text.startswith("]", end):
        end += 1
    while end < len(text) and text[end] != "]":
        end += 2 if text[end] == "\\" else 1
    return end + 1


def _split(text: str) -> list[str]:
    """The alternatives between the | of the outermost level."""
    parts, start, at = [], 0, 0
    while at < len(text):
        if text[at] == "|":
            parts.append(text[start:at])
            at += 1
            start = at
        else:
            at, _, _ = _next(text, at)
    return [*parts, text[start:]]
