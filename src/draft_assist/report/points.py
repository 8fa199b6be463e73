"""The points of an opinion: findings that one rule makes in one clause for one reason are one point."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from draft_assist.model import Evidence, Finding, Report
from draft_assist.parse.numerals import LARGEST_CLAUSE_NUMBER, write_numeral

RANGES_SHOWN = 20
# Down to the article or the table: its paragraphs, items and cells are parts of one clause.
_UNIT = re.compile(r"^(?:.*\.)?(?:art|tab)-[^.]+")


class Point(NamedTuple):
    """One numbered point.

    Attributes:
        number: from 1, as printed.
        findings: at least one, in reading order; alike in all but their place and words.
    """

    number: int
    findings: tuple[Finding, ...]


class Points:
    """The points of a report, in the order of their first findings."""

    def __init__(self, report: Report) -> None:
        groups: dict[object, list[int]] = {}
        for index, finding in enumerate(report.findings):
            groups.setdefault(_likeness(finding), []).append(index)
        self.points = [
            Point(number, tuple(report.findings[index] for index in indexes))
            for number, indexes in enumerate(groups.values(), 1)
        ]
        self._numbers = {index + 1: number for number, indexes in enumerate(groups.values(), 1) for index in indexes}

    def first_cited(self) -> dict[Evidence, int]:
        """For everything the points rest on, the number of the first that does."""
        first: dict[Evidence, int] = {}
        for point in self.points:
            for evidence in point.findings[0].basis:
                first.setdefault(evidence, point.number)
        return first

    def references(self, findings: Iterable[int]) -> str:
        """（一）、（三）至（五）: the points of findings that are given by their numbers in the report."""
        ranges = list(_ranges(sorted({self._numbers[number] for number in findings})))
        shown = "、".join(_range_words(first, last) for first, last in ranges[:RANGES_SHOWN])
        return f"{shown}等" if len(ranges) > RANGES_SHOWN else shown


def mark(number: int) -> str:
    """The printed number of a point: （一）."""
    return f"（{write_numeral(number) if number <= LARGEST_CLAUSE_NUMBER else number}）"


def _likeness(finding: Finding) -> object:
    unit = _UNIT.match(finding.clause)
    return (
        unit[0] if unit else finding.clause,
        finding.code,
        finding.title,
        finding.severity,
        finding.confidence,
        finding.origin,
        finding.damaged,
        finding.basis,
        finding.advice,
    )


def _ranges(numbers: list[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]


def _range_words(first: int, last: int) -> str:
    if first == last:
        return mark(first)
    return f"{mark(first)}{'至' if last - first > 1 else '、'}{mark(last)}"
