"""Progress on standard error: a bar on a terminal, a line every few seconds elsewhere, nothing for quick work."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_QUIET_SECONDS = 0.7
_BETWEEN_LINES = 5.0


class Bar:
    """`with Bar("读取文件") as bar: work(progress=bar.at)`."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._since = self._said = time.monotonic()
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """The work is done; another bar may follow."""
        if self._progress is not None:
            self._progress.stop()

    def at(self, done: int, total: int) -> None:
        """Show how far the work is.

        Args:
            done, total: in whatever is counted; total 0 when it is not known.
        """
        moment = time.monotonic()
        if moment - self._since < _QUIET_SECONDS:
            return
        if sys.stderr.isatty():
            self._draw(done, total)
        elif moment - self._said >= _BETWEEN_LINES:
            self._said = moment
            click.echo(f"{self._label}：{done}/{total}" if total else f"{self._label}：{done}", err=True)

    def _draw(self, done: int, total: int) -> None:
        if self._progress is None:
            from rich.console import Console
            from rich.progress import Progress

            self._progress = Progress(console=Console(stderr=True), transient=True)
            self._progress.start()
            self._task = self._progress.add_task(self._label)
        assert self._task is not None
        self._progress.update(self._task, completed=done, total=total or None)
