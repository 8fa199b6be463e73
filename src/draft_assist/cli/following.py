"""What the options of `review` ask for beyond the review: suppressions, a baseline, a second round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from draft_assist.cli.options import today
from draft_assist.errors import OptionError
from draft_assist.follow.baseline import leave_out_known, without_baseline
from draft_assist.follow.earlier import EarlierReport, is_report, read_one, read_reports, report_on
from draft_assist.follow.files import is_there
from draft_assist.follow.second_round import compare_documents, compare_report
from draft_assist.follow.select import select
from draft_assist.follow.suppress import (
    Suppression,
    add_suppressions,
    check_reason,
    read_suppressions,
    suppress,
    suppressions_path,
)
from draft_assist.model import Report
from draft_assist.settings import Settings


class Wishes(NamedTuple):
    """The options as given; None or () where not."""

    suppressions: str | None
    suppress: tuple[str, ...]
    reason: str | None
    by: str | None
    until: dt.date | None
    baseline: str | None
    since: str | None

    def files(self, form: str) -> tuple[Path, ...]:
        """Files that the options name and that no report of that form may overwrite; a baseline may be renewed."""
        baseline = None if form == "json" else self.baseline
        return tuple(Path(one) for one in (self.suppressions, self.since, baseline) if one)


class Following:
    """The wishes for one run, checked and read once."""

    def __init__(self, wishes: Wishes, files: tuple[str, ...], settings: Settings) -> None:
        """
        Raises:
            OptionError: options that do not go together, a reason that is missing.
            SourceError: the baseline cannot be read.
        """
        self._wishes = wishes
        self._settings = settings
        self._several = len(files) > 1
        if self._several:
            for option, given in (
                ("--suppressions", wishes.suppressions), ("--suppress", wishes.suppress), ("--since", wishes.since),
            ):  # fmt: skip
                if given:
                    raise OptionError(f"{option} 一次只能用于一个文件", where=option, next_step="请逐个文件审查")
        if wishes.suppress:
            if wishes.reason is None:
                raise OptionError("豁免要写明理由", where="--suppress", next_step="请加上 --reason 理由")
            self._reason = check_reason(wishes.reason)
            if files[0] == "-" and not wishes.suppressions:
                step = "请用 --suppressions 指定文件"
                raise OptionError("标准输入没有可以存放豁免清单的位置", where="--suppress", next_step=step)
        elif wishes.reason or wishes.by or wishes.until:
            raise OptionError(
                "--reason、--by、--until 要与 --suppress 一起用", where="--reason", next_step="请补上或去掉"
            )
        if wishes.suppressions and not wishes.suppress and not Path(wishes.suppressions).is_file():
            raise OptionError("没有这个豁免清单", where=wishes.suppressions, next_step="请检查路径")
        self._baseline: tuple[EarlierReport, ...] = ()
        if wishes.baseline:
            self._baseline = read_reports(Path(wishes.baseline), settings)

    def follow(self, report: Report, again: Callable[[Path], Report]) -> tuple[Report, list[str]]:
        """The report as wished, and lines on what was written.

        Args:
            report: as reviewed.
            again: reviews another file as this one was, so that what differs comes from the words.

        Raises:
            DraftAssistError: a file that an option names cannot be used.
        """
        wishes, file = self._wishes, report.document.text.raw.path
        said = self._add(report, file)
        entries = self._entries_path(file)
        if entries is not None and is_there(entries):
            report = suppress(report, read_suppressions(entries), today=today())
        if wishes.since:
            report = self._compared(report, Path(wishes.since), again)
        if wishes.baseline:
            report = self._without_known(report, file)
        return report, said

    def _entries_path(self, file: Path) -> Path | None:
        if self._wishes.suppressions:
            return Path(self._wishes.suppressions)
        return None if str(file) == "-" else suppressions_path(file)

    def _add(self, report: Report, file: Path) -> list[str]:
        wishes, path = self._wishes, self._entries_path(file)
        if not wishes.suppress or path is None:
            return []
        found = [select(report, one, "--suppress") for one in wishes.suppress]
        by = " ".join((wishes.by or "").split())
        entries = [
            Suppression(
                code=one.code, fingerprint=one.fingerprint, reason=self._reason, by=by, on=today(), until=wishes.until
            )
            for one in dict.fromkeys(found)
        ]
        added = add_suppressions(path, entries)
        already = f"，另有{len(entries) - len(added)}条清单中已有，没有重复添加" if len(added) < len(entries) else ""
        return [f"豁免清单添加{len(added)}条{already}：{path}"]

    def _compared(self, report: Report, since: Path, again: Callable[[Path], Report]) -> Report:
        if is_report(since) or since.is_dir():
            return compare_report(report, read_one(since, self._settings, report.document.text.raw.path))
        return compare_documents(report, again(since))

    def _without_known(self, report: Report, file: Path) -> Report:
        baseline = report_on(self._baseline, file)
        if baseline is None and len(self._baseline) == 1 and not self._several:
            # One report for one file: also of a file that had another name then.
            baseline = self._baseline[0]
        if baseline is None:
            return without_baseline(report, Path(str(self._wishes.baseline)).name)
        return leave_out_known(report, baseline)
