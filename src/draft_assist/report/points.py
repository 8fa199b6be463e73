"""The points of an opinion: findings that one rule makes in one clause for one reason are one point."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from draft_assist.model import Evidence, Finding, Report
from draft_assist.parse.numerals import write_numeral
from draft_assist.report.origin import is_by_model
from draft_assist.report.view import PointAnswer, answer_points

RANGES_SHOWN = 20
# Down to the article or the table: its paragraphs, items and cells are parts of one clause.
_UNIT = re.compile(r"^(?:.*\.)?(?:art|tab)-[^.]+")


class Point(NamedTuple):
    """One numbered point.

    Attributes:
        number: from 1, through the whole opinion.
        findings: at least one, in reading order; alike in all but their place and words.
    """

    number: int
    findings: tuple[Finding, ...]


class Chapter(NamedTuple):
    """One point of legality review with the points of the opinion under it.

    Attributes:
        answer: of the review point; None for findings that answer none of them.
        points: may be none.
    """

    answer: PointAnswer | None
    points: tuple[Point, ...]


class Points:
    """The points of a report, laid out by the points of legality review; within each in the order of the document."""

    def __init__(self, report: Report) -> None:
        answers = answer_points(report)
        groups: dict[object, list[int]] = {}
        for index, finding in enumerate(report.findings):
            groups.setdefault((_chapter_of(finding, answers), _likeness(finding)), []).append(index)
        ordered = sorted(groups.items(), key=lambda group: (group[0][0], group[1][0]))  # type: ignore[index]
        self.points = [
            Point(number, tuple(report.findings[index] for index in indexes))
            for number, (_, indexes) in enumerate(ordered, 1)
        ]
        self._numbers = {index + 1: number for number, (_, indexes) in enumerate(ordered, 1) for index in indexes}
        by_chapter: dict[int, list[Point]] = {}
        for point in self.points:
            by_chapter.setdefault(_chapter_of(point.findings[0], answers), []).append(point)
        self.chapters = [Chapter(answer, tuple(by_chapter.get(at, ()))) for at, answer in enumerate(answers)]
        if rest := by_chapter.get(len(answers)):
            self.chapters.append(Chapter(None, tuple(rest)))

    def first_cited(self) -> dict[Evidence, int]:
        """For everything the points rest on, the number of the first that does; those of rules go before a model's."""
        first: dict[Evidence, int] = {}
        for point in sorted(self.points, key=lambda one: is_by_model(one.findings[0])):
            for evidence in point.findings[0].basis:
                first.setdefault(evidence, point.number)
        return first

    def number_of(self, finding: int) -> int:
        """The number of the point of the finding that has this number in the report."""
        return self._numbers[finding]

    def references(self, findings: Iterable[int]) -> str:
        """意见1、3至5: the points of findings that are given by their numbers in the report."""
        ranges = list(_ranges(sorted({self._numbers[number] for number in findings})))
        shown = "、".join(_range_words(first, last) for first, last in ranges[:RANGES_SHOWN])
        return f"意见{shown}等" if len(ranges) > RANGES_SHOWN else f"意见{shown}"


def chapter_mark(number: int) -> str:
    """The printed number of a review point: （一）."""
    return f"（{write_numeral(number)}）"


def _chapter_of(finding: Finding, answers: list[PointAnswer]) -> int:
    """The index of the first review point that the finding answers; their number when it answers none."""
    return next((at for at, one in enumerate(answers) if one.point.is_answered_by(finding)), len(answers))


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
        # A rule's message is made of one pattern; what a model says of several places is not run together.
        (finding.message, finding.wording) if is_by_model(finding) else (),
    )


def _ranges(numbers: list[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]


def _range_words(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}{'至' if last - first > 1 else '、'}{last}"
