"""The model of a command: which one is meant, what it may cost, how a run with it is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from draft_assist.cli.bar import Bar
from draft_assist.corpus.home import find_home
from draft_assist.errors import OptionError

if TYPE_CHECKING:
    from draft_assist.config import Config
    from draft_assist.judge.client import Model
    from draft_assist.judge.opinion import Judge, Progress
    from draft_assist.judge.record import RunRecord

F = TypeVar("F", bound=Callable[..., Any])
RUNS = "runs"
OFF, AUTO = "off", "auto"


def model_option(default: str) -> Callable[[F], F]:
    """--model auto|off|NAME."""
    return click.option(
        "--model", "choice", metavar="模型",
        help=f"auto（用已配置的模型）、off（不用模型）或者模型名；不写则按 draft-assist.toml，再不然为 {default}。"
        "模型的地址、密钥等见环境变量 DRAFT_ASSIST_MODEL_*。",
    )  # fmt: skip


def chosen_model(choice: str, toml: Path | None, *, kept: bool = True, endpoint: str | None = None) -> Model | None:
    """The model that a choice means; None for "off", and for "auto" where none is configured.

    Args:
        choice: auto, off or a name.
        toml: the `draft-assist.toml` that applies; None for none.
        kept: answers of earlier runs are used, where the settings allow it.
        endpoint: in place of the address of the settings; None takes that.

    Raises:
        OptionError: the settings cannot be used, or a name is given and no endpoint is configured.
    """
    if choice == OFF:
        return None
    try:
        from draft_assist.judge.client import Model
        from draft_assist.judge.options import read_model_options, resolve_model

        read = read_model_options(toml, **({"url": endpoint} if endpoint else {}))
        options = resolve_model(choice, read.options)
        for warning in read.warnings:
            click.echo(f"注意：{warning}", err=True)
        if options is None:
            return None
        return Model(options, kept=_kept() if kept and options.cache else None)
    except ImportError as error:
        raise OptionError(
            f"没有安装使用模型所需的程序包（{error.name}）", next_step="请运行 pip install 'draft-assist[model]'"
        ) from error


def _kept() -> Any:
    from draft_assist.judge.kept_answers import KeptAnswers
    from draft_assist.knowledge import cache_folder

    folder = cache_folder()
    return KeptAnswers(folder) if folder else None


class Judges:
    """The judge of each document: one model and one record a configuration, for all documents of a command."""

    def __init__(self, choice: str | None, home: Path | None) -> None:
        """
        Args:
            choice: the value of --model; None takes what the configuration says, else "off".
            home: the folder of the corpus, where records are kept; None takes the usual one.
        """
        self._choice = choice
        self._home = find_home(home)
        self._of = cache(self._make)
        self._records: list[RunRecord] = []

    def of(self, config: Config) -> Judge | None:
        """The judge for documents under a configuration; None when no model is asked.

        Raises:
            OptionError: see `chosen_model`.
            ModelError: the record cannot be written.
        """
        return self._of(self._choice or config.model or OFF, config.path)

    def is_wanted(self, config: Config) -> bool:
        """True when the user wants a model, whether there is one or not."""
        return (self._choice or config.model or OFF) != OFF

    def close(self) -> None:
        """Close the records."""
        for record in self._records:
            record.close()

    def _make(self, choice: str, toml: Path | None) -> Judge | None:
        from functools import partial

        model = chosen_model(choice, toml)
        if model is None:
            if choice != OFF:
                click.echo("注意：没有配置模型，只按规则审查。设置方法见 draft-assist models --help。", err=True)
            return None
        from draft_assist.judge.opinion import Judge
        from draft_assist.judge.record import RunRecord

        record = None
        if model.options.record:
            record = RunRecord(self._home / RUNS, with_text=model.options.log_text)
            self._records.append(record)
        shown = _Shown(model)
        return Judge(model, record, progress=shown.at, estimated=partial(shown.begins))


class _Shown:
    """How a run is shown: the estimate before, a bar while it lasts."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._bar: Bar | None = None

    def begins(self, needed: int, cost: float | None) -> None:
        """Before the first request."""
        currency = self._model.options.currency
        costs = f"，预计约{cost:.4g}{currency}" if cost is not None else "，未设价格，不估算费用"
        click.echo(f"请模型 {self._model.name}（{self._model.where}）复核{needed}个条款{costs}。", err=True)
        self._bar = Bar("模型复核") if needed else None

    def at(self, progress: Progress) -> None:
        """After every answer."""
        if self._bar is None:
            return
        self._bar.at(progress.done, progress.needed)
        if progress.done >= progress.needed:
            self._bar.end()
