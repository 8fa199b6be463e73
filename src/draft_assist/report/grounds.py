"""The possible bases that the corpus holds for a clause, worded once for all forms.

They are candidates by likeness of words: every form says so where it shows them, and none counts them as a basis.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from draft_assist.model import GROUNDED, Evidence, Finding, Grounds, Report
from draft_assist.report.characters import one_line, visible
from draft_assist.report.citations import EXCERPT_LENGTH, excerpt
from draft_assist.report.points import Point
from draft_assist.report.view import evidence_title, evidence_version

HEADING = "可能的上位法依据"
CAVEAT = "按文字接近程度从语料库找出，未经确认，须核对"
# A point of an opinion may join a dozen items of one article, each with candidates of its own.
_SHOWN_OF_POINT = 5


class ShownGrounds(NamedTuple):
    """The grounds of the clause of a finding.

    Attributes:
        grounds: see `Grounds`.
        first: number of the first such finding in that clause; forms that are read from the top show them only there.
    """

    grounds: Grounds
    first: int


class Lines(NamedTuple):
    """Grounds in words.

    Attributes:
        lead: HEADING and what to know of the bases; all there is to say where none follow.
        bases: a line each.
    """

    lead: str
    bases: list[str]


def listed_grounds(report: Report) -> list[Grounds]:
    """Those of clauses with a listed finding that asks for a basis, in the report's order."""
    clauses = {finding.clause for finding in report.findings if asks_for_basis(finding)}
    return [one for one in report.grounds if one.clause in clauses]


def asks_for_basis(finding: Finding) -> bool:
    """True for a finding on a power or a duty; one on the wording of the same clause is not answered by a basis."""
    return finding.category in GROUNDED


def grounds_by_finding(report: Report) -> dict[int, ShownGrounds]:
    """The grounds beside each finding that asks for a basis, by its number; findings without any are left out."""
    of_clause = {one.clause: one for one in report.grounds}
    first: dict[str, int] = {}
    return {
        number: ShownGrounds(of_clause[finding.clause], first.setdefault(finding.clause, number))
        for number, finding in enumerate(report.findings, 1)
        if finding.clause in of_clause and asks_for_basis(finding)
    }


def grounds_lines(shown: ShownGrounds, number: int, limit: int = EXCERPT_LENGTH) -> Lines:
    """What to write at finding `number`: the bases, why there are none, or where they stand.

    Args:
        limit: most characters of an article.
    """
    grounds = shown.grounds
    if shown.first < number:
        return Lines(f"{HEADING}：见第{shown.first}项。", [])
    if not grounds.bases:
        return Lines(f"{HEADING}：{one_line(grounds.note)}", [])
    return Lines(f"{HEADING}（{CAVEAT}）：", [_base_words(one, limit) for one in grounds.bases])


def _base_words(base: Evidence, limit: int = EXCERPT_LENGTH) -> str:
    """《…条例》第九条（2021年1月22日文本，来源：…）：“…”."""
    return f"{evidence_title(base)}（{evidence_version(base)}）：“{excerpt(base.text, limit)}”"


# --- the points of an opinion -------------------------------------------------------------------------------------


def grounds_of_points(report: Report, points: Sequence[Point]) -> dict[int, list[str]]:
    """The lines under each point, by its number; a clause's bases stand under the first point on it."""
    of_clause = {one.clause: one for one in report.grounds}
    first: dict[str, int] = {}
    lines: dict[int, list[str]] = {}
    for point in points:
        # One finding stands for each clause, to name its place.
        asking = [one for one in point.findings if one.clause in of_clause and asks_for_basis(one)]
        found = {finding.clause: finding for finding in reversed(asking)}
        own = {clause: one for clause, one in found.items() if first.setdefault(clause, point.number) == point.number}
        earlier = sorted({first[clause] for clause in found if clause not in own})
        words = list(_point_lines([(one, of_clause[clause]) for clause, one in reversed(own.items())]))
        if earlier:
            words.append(f"{'其余' if words else ''}见意见{'、'.join(map(str, earlier))}。")
        if words:
            lines[point.number] = words
    return lines


def _point_lines(own: list[tuple[Finding, Grounds]]) -> Iterator[str]:
    bases = _nearest_first([grounds.bases for _, grounds in own])
    if bases:
        yield f"{CAVEAT}。"
    for number, base in enumerate(bases[:_SHOWN_OF_POINT], 1):
        yield f"（{number}）{_base_words(base)}"
    if len(bases) > _SHOWN_OF_POINT:
        yield f"其余{len(bases) - _SHOWN_OF_POINT}条见网页或 JSON 格式的报告。"
    without: dict[str, list[str]] = {}
    for finding, grounds in own:
        if not grounds.bases:
            without.setdefault(one_line(grounds.note), []).append(visible(finding.place.label))
    for note, places in without.items():
        yield note if len(places) == len(own) else f"{'、'.join(places)}：{note}"


def _nearest_first(of_clauses: Iterable[tuple[Evidence, ...]]) -> list[Evidence]:
    """The distinct bases of several clauses: the nearest of each, then the second of each, and so on."""
    return list(dict.fromkeys(base for row in zip_longest(*of_clauses) for base in row if base is not None))
