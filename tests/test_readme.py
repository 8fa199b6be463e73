"""Both READMEs against the command line, the Makefile and the files: what they say works as written."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from draft_assist.cli.main import root
from draft_assist.model import Kind, Rank
from draft_assist.report import FORMATS
from draft_assist.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
READMES = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md")}
# Files of the reader's own, named in examples.
READERS_OWN = re.compile(r"(drafts?|draft-2|predictions|annotated|批注本|意见书|报告)[./]")

_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.M | re.S)
_INLINE = re.compile(r"`([^`\n]+)`")
_PROGRAM = re.compile(r"(?:^|\s|\| )(?:\.venv[/\\](?:bin|Scripts)[/\\])?draft-assist( .+)")


def blocks(name: str, *languages: str) -> list[str]:
    return [body for language, body in _FENCE.findall(READMES[name]) if language in languages]


def commands(name: str) -> list[list[str]]:
    """The arguments of every `draft-assist …` line and inline mention."""
    lines = [line for block in blocks(name, "sh", "bat", "console") for line in block.splitlines()]
    lines += _INLINE.findall(_FENCE.sub("", READMES[name]))
    found = [match[1] for line in lines if (match := _PROGRAM.search(line)) and "…" not in line]
    return [shlex.split(one.replace("\\", "/")) for one in found]


def resolve(arguments: list[str]) -> tuple[click.Command, list[str]]:
    """The command that the arguments name, and what is left for it."""
    command: click.Command = root
    rest = list(arguments)
    while isinstance(command, click.Group):
        context = click.Context(command)
        while rest and rest[0].startswith("-"):
            assert option_names(command) >= {rest[0]}, f"{rest[0]} is no option of {command.name}"
            rest.pop(0)
        if not rest:
            break
        inner = command.get_command(context, rest[0])
        assert inner is not None, f"no command {rest[0]}"
        command, rest = inner, rest[1:]
    return command, rest


def option_names(command: click.Command) -> set[str]:
    return {name for one in command.get_params(click.Context(command)) for name in one.opts if name.startswith("-")}


CASES = [pytest.param(name, one, id=f"{name}: {' '.join(one)}") for name in READMES for one in commands(name)]


@pytest.mark.parametrize(("name", "arguments"), CASES)
def test_a_command_can_be_parsed_as_written(name, arguments) -> None:
    command, rest = resolve(arguments)
    if isinstance(command, click.Group) or "--help" in rest:
        return
    if rest:
        # click checks options, values and counts; nothing is run.
        command.make_context(command.name, list(rest))


@pytest.mark.parametrize(("name", "arguments"), CASES)
def test_a_file_named_in_a_command_is_there(name, arguments) -> None:
    for one in arguments:
        if re.search(r"\.\w{2,6}$", one) and not READERS_OWN.match(one):
            assert list(ROOT.glob(one)), one


def test_commands_were_found() -> None:
    assert len(commands("README.md")) > 10 and len(commands("README.zh-CN.md")) > 8


def every_command(command: click.Command = root, path: str = "") -> list[tuple[str, click.Command]]:
    """Every command without further commands below it, with the words that name it."""
    if not isinstance(command, click.Group):
        return [(path, command)]
    context = click.Context(command)
    below = ((name, command.get_command(context, name)) for name in command.list_commands(context))
    return [one for name, inner in below if inner for one in every_command(inner, f"{path} {name}".strip())]


def test_every_option_of_every_command_is_described() -> None:
    text = READMES["README.md"]
    for path, command in every_command():
        for option in option_names(command) - {"-h"}:
            assert f"`{option}" in text, f"{option} of {path}"


def test_every_value_of_rank_kind_format_and_setting_is_described() -> None:
    text = READMES["README.md"]
    for value in (*Rank, *Kind, *FORMATS):
        assert f"`{value}`" in text, value
    for field in Settings.__struct_fields__:
        assert f"`{PREFIX}{field.upper()}` | {getattr(Settings(), field)} |" in text, field


def test_every_option_written_anywhere_exists() -> None:
    known = option_names(root).union(*(option_names(command) for _, command in every_command()))
    for name, text in READMES.items():
        ours = "\n".join(line for line in text.splitlines() if " -m pip" not in line)
        assert set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*(?![\w-])", ours)) <= known, name


@pytest.mark.parametrize("name", READMES)
def test_make_targets_exist(name) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=[`\n])", READMES[name])) <= targets


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", READMES[name]):
        assert (ROOT / target).exists(), target


def test_paths_of_the_project_exist() -> None:
    for one in _INLINE.findall(READMES["README.md"]):
        if re.match(r"(src|knowledge|evals|tests|prompts)/[\w/.*-]*$", one) or one == ".ci/run":
            assert list(ROOT.glob(one)), one


@pytest.mark.parametrize(
    "name", ["LICENSE", "CHANGELOG.md", "Makefile", "constraints.txt", ".editorconfig", ".ci/run", "pyproject.toml"]
)
def test_what_a_fresh_clone_needs_is_there(name) -> None:
    assert (ROOT / name).stat().st_size > 100


def test_the_changelog_knows_the_version() -> None:
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert version and f"## [{version[1]}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_pinned_versions_hold_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.+!-]*", line) for line in lines)


@pytest.mark.parametrize("program", blocks("README.md", "python"))
def test_the_python_examples_run(program) -> None:
    lines = program.splitlines()
    indent = len(lines[0]) - len(lines[0].lstrip())
    ran = subprocess.run(
        [sys.executable, "-c", "\n".join(line[indent:] for line in lines)],
        cwd=ROOT, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr.decode()
    assert ran.stdout
