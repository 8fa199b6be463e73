"""`draft-assist ask`: a question in plain words, answered with numbered sources."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from draft_assist.cli.chinese import Command
from draft_assist.cli.judging import AUTO, OFF, chosen_model, model_option
from draft_assist.cli.options import as_of_option, home_option, rank_option
from draft_assist.cli.printing import echo_json
from draft_assist.cli.statutes import usable_corpus
from draft_assist.errors import OptionError
from draft_assist.model import Document, Rank

if TYPE_CHECKING:
    from draft_assist.chat.engine import Engine
    from draft_assist.chat.memory import Conversation
    from draft_assist.chat.reply import Reply
    from draft_assist.check.run import Kit
    from draft_assist.config import Config
    from draft_assist.judge.client import Model
    from draft_assist.law.store import Statutes

NOT_ENOUGH = 1
_ABOUT_FILE = "这个文件有没有问题"


@click.command(
    "ask",
    cls=Command,
    help="用日常的话提问：条文、效力、某段条款有没有问题、谁可以设定某项权力、引用对不对、制定文件的要求。"
    "不写问题时从终端逐个读入，直到输入结束。依据不足时退出码为 1。",
    options_metavar="[选项]",
)
@click.argument("words", nargs=-1, metavar="[问题]...")
@click.option("--file", "file", metavar="文件", help="一起提交的文件；不写问题时审查这个文件。")
@model_option(AUTO)
@rank_option
@click.option("--conversation", metavar="文件", type=click.Path(path_type=Path, dir_okay=False),
              help="接着这个文件中的对话问，问完存回；没有这个文件时新建。文件中不存附件的文字。")  # fmt: skip
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@home_option
def ask_command(
    words: tuple[str, ...], file: str | None, choice: str | None, rank: str | None, conversation: Path | None,
    as_of: dt.date, as_json: bool, home: Path | None,
) -> int:  # fmt: skip
    talk = _conversation(conversation)
    document = _document(file) if file is not None else None
    engine = _engine(choice, rank, as_of, home)
    asked = " ".join(words) or (_ABOUT_FILE if document else "")
    questions = iter([asked]) if asked else _typed()
    code = 0
    for question in questions:
        reply = _answer(engine, question, talk, document, as_json=as_json)
        code = 0 if reply.is_enough else NOT_ENOUGH
        document = None
        if conversation is not None:
            _keep(talk, conversation)
    return code


# --- what it is answered with -------------------------------------------------------------------------------------


def _engine(choice: str | None, rank: str | None, as_of: dt.date, home: Path | None) -> Engine:
    from draft_assist.chat.desk import Desk
    from draft_assist.chat.engine import Engine
    from draft_assist.check.profiles import find_profile
    from draft_assist.config import Config, find_config, read_config

    path = find_config(Path.cwd())
    config = read_config(path) if path is not None else Config()
    searcher, statutes = usable_corpus(home)
    profile = find_profile(config.profile) if config.profile else None
    desk = Desk(lambda: _kit(config, statutes), searcher, statutes, as_of=as_of, profile=profile)
    told = rank or config.rank
    return Engine(desk, model=_model(choice or AUTO, path), rank=Rank(told) if told else None)


def _kit(config: Config, statutes: Statutes) -> Kit:
    from draft_assist.check.run import read_kit
    from draft_assist.config import configured_kit, with_folders

    return configured_kit(with_folders(read_kit(statutes=statutes), config), config)


def _model(choice: str, toml: Path | None) -> Model | None:
    """The model; None where none is wanted, or none is configured and none was asked for by name."""
    if choice == OFF:
        return None
    model = None if choice == AUTO and not _is_configured(toml) else chosen_model(choice, toml)
    if model is None:
        click.echo("没有配置模型，按规则和检索回答。", err=True)
    return model


def _is_configured(toml: Path | None) -> bool:
    """False when no address of a model can be set anywhere: then nothing of the model's packages is imported."""
    places = (Path(".env"), *((toml,) if toml else ()))
    return any(name.upper().startswith("DRAFT_ASSIST_MODEL_") for name in os.environ) or any(
        place.is_file() and "model" in place.read_text("utf-8", "replace").lower() for place in places
    )


def _document(file: str) -> Document:
    from draft_assist.flow import read_document
    from draft_assist.settings import read_settings

    return read_document(Path(file), read_settings())


# --- the conversation ---------------------------------------------------------------------------------------------


def _typed() -> Iterator[str]:
    """The questions that are typed; of what is no terminal the whole is one question."""
    if not sys.stdin.isatty():
        yield sys.stdin.read()
        return
    click.echo("请输入问题，一行一个；按 Ctrl-D 结束。", err=True)
    while True:
        try:
            line = input("问：")
        except EOFError:
            click.echo()
            return
        if line.strip():
            yield line


def _conversation(path: Path | None) -> Conversation:
    from draft_assist.chat.memory import Conversation

    if path is None or not path.exists():
        return Conversation()
    try:
        return Conversation.from_json(path.read_bytes())
    except OptionError as error:
        raise OptionError(error.what, where=str(path), next_step=error.next_step) from error


def _keep(talk: Conversation, path: Path) -> None:
    temporary = path.with_name(f"{path.name}.part")
    temporary.write_bytes(talk.to_json())
    temporary.replace(path)


# --- answers ------------------------------------------------------------------------------------------------------


def _answer(engine: Engine, question: str, talk: Conversation, document: Document | None, *, as_json: bool) -> Reply:
    from draft_assist.chat.reply import Done, Piece, Step
    from draft_assist.chat.shown import Printer, answer_to_wire, closing_lines

    printer = Printer(partial(click.echo, nl=False))
    reply: Reply | None = None
    for event in engine.ask(question, talk, (document,) if document else ()):
        match event:
            case Done(reply=reply):
                pass
            case Piece(text=text) if not as_json:
                printer.write(text)
            case Step(words=words) if not as_json and sys.stderr.isatty():
                click.echo(f"（{words}）", err=True)
    assert reply is not None
    if as_json:
        echo_json(answer_to_wire(reply, question, engine.desk.as_of))
    else:
        printer.end()
        for line in closing_lines(reply):
            printer.write(f"{line}\n")
        printer.end()
    return reply
