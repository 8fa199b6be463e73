"""`draft-assist kb`: the corpus of policies and statutes: filling it, searching it, keeping it in order."""

from __future__ import annotations

from importlib import import_module

import click

from draft_assist.cli.chinese import Group

# Command -> module and function; a module is imported only when its command runs.
_COMMANDS = {
    "build": ("draft_assist.cli.kb_fill", "build_command"),
    "import": ("draft_assist.cli.kb_fill", "import_command"),
    "search": ("draft_assist.cli.kb_search", "search_command"),
    "show": ("draft_assist.cli.kb_search", "show_command"),
    "basis": ("draft_assist.cli.kb_search", "basis_command"),
    "similar": ("draft_assist.cli.kb_search", "similar_command"),
    "cards": ("draft_assist.cli.kb_search", "cards_command"),
    "stats": ("draft_assist.cli.kb_care", "stats_command"),
    "verify": ("draft_assist.cli.kb_care", "verify_command"),
    "embed": ("draft_assist.cli.kb_care", "embed_command"),
    "remove": ("draft_assist.cli.kb_fill", "remove_command"),
}


class _KnowledgeBase(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(
    "kb", cls=_KnowledgeBase, help="语料库：建立、导入、检索和维护政策、法律和本单位文件。",
    options_metavar="[选项]", subcommand_metavar="命令 [参数]...",
)  # fmt: skip
def kb_group() -> None: ...
