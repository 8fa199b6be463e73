"""Help pages and usage errors in Chinese: click's own are English."""

from __future__ import annotations

import click

_HEADINGS = {"Options": "选项", "Commands": "命令"}


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose help page is Chinese."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with a Chinese description."""
        return _described(super().get_help_option(ctx))


class Group(click.Group):
    """A group whose help page, and those of its commands, are Chinese."""

    context_class = _Context
    command_class = Command

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with a Chinese description."""
        return _described(super().get_help_option(ctx))


def told(error: click.BadParameter) -> str:
    """What is wrong with the value of an option or argument, Chinese, without a full stop."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.IntRange):
        least = f"不小于{kind.min}" if kind.min is not None else ""
        most = f"不大于{kind.max}" if kind.max is not None else ""
        return f"应是{'、'.join(filter(None, (least, most)))}的整数"
    if isinstance(kind, click.types.IntParamType):
        return "应是整数"
    if isinstance(kind, click.Path):
        return next((words for sign, words in _PATHS.items() if sign in error.message), "路径不能用")
    return error.message


# What click says of a path, by the words that tell it.
_PATHS = {
    "is a file": "这是文件，应写文件夹",
    "is a directory": "这是文件夹，应写文件",
    "does not exist": "没有这个文件或文件夹",
    "not readable": "没有读取它的权限",
    "not writable": "没有写入它的权限",
}


def _described(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示本说明。"
    return option
