"""One line a file, for a batch of documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from draft_assist.errors import DraftAssistError
from draft_assist.model import Report
from draft_assist.report.characters import one_line
from draft_assist.report.columns import pad, wrap
from draft_assist.report.view import count_findings, document_name, file_name

_HEADINGS = ("违法", "存疑", "提示", "未审")
_NUMBER_CELLS = 6


class SummaryRow(NamedTuple):
    """One file of a batch, small enough to keep a million of.

    Attributes:
        name: the file's name.
        title: the document's title, or its file name.
        unlawful, doubtful, advice: findings by severity.
        not_checked: things that were not looked at.
        error: why the file was not reviewed; "" when it was.
    """

    name: str
    title: str = ""
    unlawful: int = 0
    doubtful: int = 0
    advice: int = 0
    not_checked: int = 0
    error: str = ""


def summary_row(report: Report) -> SummaryRow:
    """The row of a reviewed file."""
    counts = count_findings(report)
    return SummaryRow(
        name=file_name(report.document.text.raw.path),
        title=document_name(report),
        unlawful=counts.unlawful,
        doubtful=counts.doubtful,
        advice=counts.advice,
        not_checked=len(report.not_checked),
    )


def error_row(path: Path, error: DraftAssistError) -> SummaryRow:
    """The row of a file that could not be reviewed."""
    return SummaryRow(name=file_name(path), error=one_line(str(error)))


def write_summary(rows: Iterable[SummaryRow], *, width: int = 80) -> str:
    """A table of the files with their counts, and a line of totals; unreviewed files last, with the reason."""
    kept = list(rows)
    reviewed = [row for row in kept if not row.error]
    failed = [row for row in kept if row.error]
    lines = [_totals(reviewed, failed)]
    if reviewed:
        name_cells = max(width - _NUMBER_CELLS * len(_HEADINGS), 16)
        lines += ["", pad("文件", name_cells) + "".join(pad(heading, _NUMBER_CELLS) for heading in _HEADINGS).rstrip()]
        lines += [_line(row, name_cells) for row in reviewed]
    if failed:
        lines += ["", "未能审查的文件："]
        lines += [line for row in failed for line in wrap(_failure(row), width)]
    return "".join(f"{line}\n" for line in lines)


def _totals(reviewed: list[SummaryRow], failed: list[SummaryRow]) -> str:
    found = sum(row.unlawful + row.doubtful + row.advice for row in reviewed)
    unlawful = sum(row.unlawful for row in reviewed)
    left = f"，{len(failed)}件未能审查" if failed else ""
    files = f"共{len(reviewed) + len(failed)}件：已审查{len(reviewed)}件{left}"
    return f"{files}；发现问题{found}处，其中违法{unlawful}处。"


def _line(row: SummaryRow, name_cells: int) -> str:
    numbers = (row.unlawful, row.doubtful, row.advice, row.not_checked)
    name = row.name if row.title in ("", row.name) else f"{row.name} {row.title}"
    return pad(name, name_cells - 1) + " " + "".join(pad(str(number), _NUMBER_CELLS) for number in numbers).rstrip()


def _failure(row: SummaryRow) -> str:
    # Messages of SourceError begin with the file they concern.
    return f"- {row.error}" if row.name in row.error else f"- {row.name}：{row.error}"
