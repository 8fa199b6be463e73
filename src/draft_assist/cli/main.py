"""The command line: `draft-assist`. Commands are thin: read options, call the API, print.

Exit codes: 0 nothing found (or done), 1 findings at the threshold, 2 the work could not be done.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import Any

import click

from draft_assist.cli.chinese import Group, told
from draft_assist.errors import DraftAssistError
from draft_assist.patterns import compiled

# Command -> module and function; imported only when the command runs, so that help and start stay quick.
COMMANDS = {
    "review": ("draft_assist.cli.review", "review_command"),
    "explain": ("draft_assist.cli.explain", "explain_command"),
    "ask": ("draft_assist.cli.ask", "ask_command"),
    "cite": ("draft_assist.cli.cite", "cite_command"),
    "law": ("draft_assist.cli.law", "law_group"),
    "kb": ("draft_assist.cli.kb", "kb_group"),
    "rules": ("draft_assist.cli.rules", "rules_group"),
    "models": ("draft_assist.cli.models", "models_group"),
    "eval": ("draft_assist.cli.evaluate", "eval_group"),
    "decisions": ("draft_assist.cli.decisions", "decisions_group"),
}
COULD_NOT_RUN = 2
_COLLECT_AFTER = 50_000  # objects; Python's own is some hundreds


class LazyGroup(Group):
    """A group whose commands are imported by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    # Reading the metadata of a package takes longer than the rest of this module.
    from importlib import metadata

    try:
        version = metadata.version("draft-assist")
    except metadata.PackageNotFoundError:
        version = "未安装"
    click.echo(f"draft-assist {version}")
    ctx.exit()


@click.group(
    cls=LazyGroup,
    help="规范性文件合法性预审。审核结果供参考，结论由审核人员作出。",
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]...",
)
@click.option("--debug", is_flag=True, help="出错时显示完整的程序调用过程。")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="显示版本。")
@click.pass_context
def root(ctx: click.Context, debug: bool) -> None:
    ctx.obj = {"debug": debug}


def run(arguments: list[str] | None = None) -> None:
    """Entry point: runs a command and ends the process with its exit code."""
    sys.exit(main(arguments))


def main(arguments: list[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: without the program's name; None takes the process's.

    Returns:
        The exit code.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Documents may hold characters that the terminal cannot show; that is no reason to fail.
            stream.reconfigure(errors="replace")
    debug = "--debug" in arguments
    # A review makes many objects and hardly any cycles: looking for these as often as Python does costs a tenth.
    gc.set_threshold(_COLLECT_AFTER)
    try:
        outcome: Any = root.main(arguments, prog_name="draft-assist", standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _say("已中断。")
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.message, err=True)
        return COULD_NOT_RUN
    except click.UsageError as error:
        return _say(_usage_message(error))
    except DraftAssistError as error:
        if debug:
            raise
        return _say(str(error))
    except BrokenPipeError:
        return COULD_NOT_RUN
    except OSError as error:
        if debug:
            raise
        return _say(f"{error.filename or '文件'}：无法读写（{error.strerror}）。请检查路径、权限和磁盘空间。")


def _say(message: str) -> int:
    click.echo(f"错误：{message}", err=True)
    return COULD_NOT_RUN


_EXTRA = compiled(r"Got unexpected extra arguments? \((.*)\)")


def _usage_message(error: click.UsageError) -> str:
    """A click error in Chinese: what is wrong and where to look."""
    command = error.ctx.command_path if error.ctx else "draft-assist"
    hint = f"请运行 {command} --help 查看用法。"
    if isinstance(error, click.NoSuchOption):
        near = f"是否应为 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        return f"没有选项 {error.option_name}。{near}{hint}"
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param else "参数"
        return f"缺少参数 {name}。{hint}"
    if isinstance(error, click.BadParameter):
        name = "/".join(error.param.opts) if error.param and error.param.param_type_name == "option" else ""
        choices = getattr(error.param.type, "choices", None) if error.param else None
        allowed = f"可用的值：{'、'.join(map(str, choices))}。" if choices else f"{told(error)}。"
        return f"选项 {name} 的值不能用。{allowed}{hint}" if name else f"{told(error)}。{hint}"
    if isinstance(error, click.BadOptionUsage):
        fault = "后面不能写值" if "does not take" in error.message else "缺少值"
        return f"选项 {error.option_name} {fault}。{hint}"
    if extra := _EXTRA.match(error.message):
        return f"多出了参数：{extra[1]}。{hint}"
    if error.message.startswith("No such command"):
        known = (
            error.ctx.command.list_commands(error.ctx)
            if error.ctx and isinstance(error.ctx.command, click.Group)
            else []
        )
        return f"没有这个命令。可用的命令：{'、'.join(known)}。{hint}"
    return f"{error.message} {hint}"
