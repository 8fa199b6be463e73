"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click

from draft_assist.model import Kind, Rank
from draft_assist.parse.dates import read_date_line

F = TypeVar("F", bound=Callable[..., Any])
Code = TypeVar("Code", bound=StrEnum)


class Day(click.ParamType[dt.date]):
    """A date written 2024-01-31, 2024/1/31, 2024.1.31 or 2024年1月31日."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The date, or a usage error."""
        if isinstance(value, dt.date):
            return value
        words = str(value).strip()
        try:
            return dt.date.fromisoformat(words)
        except ValueError:
            read = read_date_line(words) if words else None
        if read is None or read.date is None:
            self.fail(f"“{value}”不是日期，应写成 2024-01-31 或者 2024年1月31日 的样子", param, ctx)
        return read.date


class Term(click.ParamType[str]):
    """One of the values of an enumeration, by its code or by its Chinese name or a part that only one name has."""

    name = "名称"

    def __init__(self, names: Callable[[], Mapping[Code, str]]) -> None:
        """
        Args:
            names: gives the Chinese name of each code; called when a value is read, since the names lie in a file.
        """
        self._names: Callable[[], dict[str, str]] = lambda: {str(code): name for code, name in names().items()}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code, or a usage error that lists codes and names."""
        names = self._names()
        if value in names:
            return str(value)
        exact = [code for code, name in names.items() if name == value]
        found = exact or [code for code, name in names.items() if value and value in name]
        if len(found) != 1:
            listed = "、".join(f"{name}（{code}）" for code, name in names.items())
            several = "不止一个" if found else "没有"
            self.fail(f"{several}“{value}”，可用：{listed}", param, ctx)
        return found[0]


def today() -> dt.date:
    """The day of the review unless the user names another."""
    return dt.date.today()


def as_of_option(function: F) -> F:
    """--as-of, by default today."""
    return click.option(
        "--as-of", "as_of", type=Day(), default=today, help="按这一天的法律审查，如 2024-01-31；不写则按今天。"
    )(function)


def rank_option(function: F) -> F:
    """--rank, by default detected."""
    return click.option(
        "--rank", type=click.Choice([rank.value for rank in Rank]), metavar="层级",
        help="制定机关的层级，不写则自动识别。可用的值： " + " ".join(rank.value for rank in Rank),
    )(function)  # fmt: skip


def kind_option(function: F) -> F:
    """--kind, by default detected."""
    return click.option(
        "--kind", type=click.Choice([kind.value for kind in Kind]), metavar="种类",
        help="文件的种类，不写则自动识别。可用的值： " + " ".join(kind.value for kind in Kind),
    )(function)  # fmt: skip


def rules_option(function: F) -> F:
    """--rules, folders of the user's own rules."""
    return click.option(
        "--rules", "folders", multiple=True, type=click.Path(path_type=Path), metavar="文件夹",
        help="另外使用这个文件夹中的自备规则（*.yaml），可以写多次。",
    )(function)  # fmt: skip


def papers_option(function: F) -> F:
    """--with, accompanying papers of the one document under review."""
    return click.option(
        "--with", "papers", multiple=True, metavar="材料",
        help="随附材料（起草说明、征求意见情况、公平竞争审查表、合法性审核意见、会议纪要等），可以写多次；只用于核对制定程序。",
    )(function)  # fmt: skip


def profile_option(function: F) -> F:
    """--profile, local values by name or file."""
    return click.option(
        "--profile", "profile_name", metavar="地方",
        help="本地配置：knowledge/profiles 中的名称或者文件路径；不写则只按国家规定审查。",
    )(function)  # fmt: skip


def config_options(function: F) -> F:
    """--config and --no-config; by default `draft-assist.toml` is looked for from the document's folder upwards."""
    function = click.option("--no-config", is_flag=True, help="不使用任何 draft-assist.toml。")(function)
    return click.option(
        "--config", metavar="路径", help="用这个配置文件；不写则从文件所在的文件夹起逐级向上找 draft-assist.toml。"
    )(function)


def home_option(function: F) -> F:
    """--home, the folder of the corpus."""
    return click.option(
        "--home", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹",
        help="语料库所在的文件夹；不写则用环境变量 DRAFT_ASSIST_HOME，再不然用系统的用户数据文件夹。",
    )(function)  # fmt: skip
