"""Recorded floors: the least that an eval run may reach."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from draft_assist.errors import SourceError
from draft_assist.evals.clauses import ClauseScores
from draft_assist.evals.metrics import Score

T = TypeVar("T")


class Least(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The least precision and recall of one class."""

    precision: float = 0.0
    recall: float = 0.0


class Floor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A floor file.

    Attributes:
        four: by power; any: any of the four.
        categories: by category id, as labelled.
        flagged: the least of the lines with a fault that must have a finding of whatever category.
        quiet: the least of the lines labelled reference or none that must have no finding above advice.
        quiet_unlawful_share: the most of the lines labelled reference or none that may be called unlawful.
    """

    four: dict[str, Least] = {}
    any: Least = Least()
    categories: dict[str, Least] = {}
    flagged: float = 0.0
    quiet: float = 0.0
    quiet_unlawful_share: float = 1.0


def read_floor(path: Path) -> Floor:
    """Read a floor file of clauses.

    Raises:
        SourceError: it cannot be read or is not of that form.
    """
    return read_floor_as(path, Floor)


def read_floor_as(path: Path, type_: type[T]) -> T:
    """Read a floor file as a value of `type_`.

    Raises:
        SourceError: it cannot be read or is not of that form.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=type_)
    except FileNotFoundError:
        raise SourceError("没有这个文件", where=str(path), next_step="请检查路径") from None
    except (OSError, msgspec.DecodeError) as error:
        raise SourceError(f"下限文件读不出来（{error}）", where=str(path)) from None


def below(scores: ClauseScores, floor: Floor) -> list[str]:
    """What lies below the floor, one Chinese line each; a class without samples is below any floor."""
    faults = [fault for name, least in floor.four.items() for fault in _faults(name, scores.four.get(name), least)]
    faults += _faults("四类任一", scores.any, floor.any)
    for name, least in floor.categories.items():
        faults += _faults(name, scores.categories.get(name), least)
    for label, value, limit in (
        ("有问题条款的报出率", scores.flagged_share, floor.flagged),
        ("无问题条款的安静率", scores.quiet_share, floor.quiet),
    ):
        if limit > 0 and (value is None or value < limit):
            faults.append(f"{label} {'无样本' if value is None else f'{value:.4f}'} < {limit}")
    share = scores.quiet_unlawful_share
    if share is not None and share > floor.quiet_unlawful_share:
        faults.append(f"安静条款判为违法的比例 {share:.4f} > {floor.quiet_unlawful_share}")
    return faults


def _faults(name: str, one: Score | None, least: Least) -> list[str]:
    found = []
    for label, value, limit in (
        ("准确率", one.precision if one else None, least.precision),
        ("召回率", one.recall if one else None, least.recall),
    ):
        if limit > 0 and (value is None or value < limit):
            found.append(f"{name} {label} {'无样本' if value is None else f'{value:.4f}'} < {limit}")
    return found
