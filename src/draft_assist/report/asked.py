"""What the rules of making ask on a finding or a step, worded once for all forms.

A requirement card is a gist in our own words: it says which document asks it and never stands among the bases.
"""

from __future__ import annotations

from typing import NamedTuple

from draft_assist.model import Report, Requirement
from draft_assist.report.characters import one_line
from draft_assist.report.points import Point
from draft_assist.report.view import chinese_date

HEADING = "制定要求"
# Where labels have two characters.
LABEL = "要求"
UNCONFIGURED = "没有填写本地配置的事项，国家层面的要求"
_UNCONFIRMED = "未经核实，引用前须对照原文"


class ShownRequirement(NamedTuple):
    """One requirement in words.

    Attributes:
        source: 《…办法》（…令第289号）第二十二条.
        facts: 湖南省，2018年7月10日.
        gist: what is asked.
        note: what to know before it is relied on; "" when somebody compared it with its source.
    """

    source: str
    facts: str
    gist: str
    note: str


def shown_requirement(one: Requirement) -> ShownRequirement:
    """The requirement in words, each part on one line."""
    number = f"（{one.number}）" if one.number else ""
    issued = chinese_date(one.issued) if one.issued else "日期不详"
    return ShownRequirement(
        source=one_line(f"《{one.source}》{number}{one.section}"),
        facts=one_line(f"{one.jurisdiction}，{issued}"),
        gist=one_line(one.gist),
        note="" if one.is_confirmed else _UNCONFIRMED,
    )


def requirement_words(one: Requirement) -> str:
    """《…办法》第二十二条（湖南省，2018年7月10日）：……。（未经核实，引用前须对照原文）"""
    shown = shown_requirement(one)
    words = f"{shown.source}（{shown.facts}）：{shown.gist}"
    return f"{words}（{shown.note}）" if shown.note else words


def requirement_lines(report: Report) -> dict[int, list[str]]:
    """The lines at each finding that has requirements, by its number; like ones stand at their first finding only."""
    first: dict[tuple[Requirement, ...], int] = {}
    lines = {}
    for number, finding in enumerate(report.findings, 1):
        if finding.requirements:
            at = first.setdefault(finding.requirements, number)
            told = [requirement_words(one) for one in finding.requirements]
            lines[number] = told if at == number else [f"见第{at}项。"]
    return lines


def ledger_words(report: Report) -> list[str]:
    """The nearest requirement of each step of the ledger, "" for none; one that stands above is named by its step."""
    first: dict[Requirement, str] = {}
    words = []
    for step in report.steps:
        one = step.requirements[0] if step.requirements else None
        at = first.setdefault(one, step.name) if one else step.name
        words.append("" if one is None else requirement_words(one) if at == step.name else f"见“{at}”。")
    return words


def requirements_of_points(points: list[Point]) -> dict[int, list[str]]:
    """The same for the points of an opinion, by their number."""
    first: dict[tuple[Requirement, ...], int] = {}
    lines = {}
    for point in points:
        if asked := point.findings[0].requirements:
            at = first.setdefault(asked, point.number)
            lines[point.number] = [requirement_words(one) for one in asked] if at == point.number else [f"见意见{at}。"]
    return lines
