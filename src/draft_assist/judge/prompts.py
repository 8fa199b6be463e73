"""The prompts: one file each in prompts/, with a head that says what goes in and in which form the answer comes.

    ---
    id: clause-opinion          # = file name
    version: 1
    title: 对一个条款的意见
    answer: clause-answer       # a form of answers.py; prose for running text
    inputs:
      - {name: clause, what: 待审条款, data: true}
    example:
      inputs: {clause: …}
      answer: {…}
    ---
    ## system
    …
    ## user
    {{clause}}

Inputs that are `data` are words of documents: they are fenced when the prompt is filled, so that nothing in them can
leave their place. A name that is missing, unknown or never used is an error that names it.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from draft_assist.errors import AnswerUnreadable, KnowledgeError
from draft_assist.judge.fence import fenced
from draft_assist.knowledge import prompts_path, read_struct
from draft_assist.patterns import compiled

PROSE = "prose"


class Message(NamedTuple):
    """One message of a request; role is system, user or assistant."""

    role: str
    content: str


class Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What goes into a prompt.

    Attributes:
        name: of the placeholder; what: Chinese, how the model is told of it.
        data: words of a document, which are fenced.
        optional: may be left out, and is empty then.
    """

    name: str
    what: str
    data: bool = False
    optional: bool = False


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A worked example: inputs by name, and a good answer to them."""

    inputs: dict[str, str] = {}
    answer: Any = None


class _Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    version: int
    title: str
    answer: str = PROSE
    inputs: tuple[Input, ...] = ()
    example: Example


class Prompt(msgspec.Struct, frozen=True, kw_only=True):
    """A prompt file.

    Attributes:
        id, version, title: of its head.
        inputs: see there; answer: id of a form, or "prose".
        system, user: with placeholders {{name}}; user may be "".
        example: see there.
        digest: of the file, 12 hexadecimal digits, line ends not counted.
    """

    id: str
    version: int
    title: str
    inputs: tuple[Input, ...]
    answer: str
    system: str
    user: str
    example: Example
    digest: str


_PART = compiled(r"(?m)^## (system|user)[ \t]*$")
_PLACEHOLDER = compiled(r"\{\{([^{}]*)\}\}")


def list_prompts(folder: Path | None = None) -> list[str]:
    """The ids of the prompts, in order."""
    return sorted(path.stem for path in (folder or prompts_path()).glob("*.md") if path.stem != "README")


@lru_cache(maxsize=32)
def read_prompt(id: str, folder: Path | None = None) -> Prompt:
    """The prompt of that id.

    Args:
        folder: None takes prompts/.

    Raises:
        KnowledgeError: there is none, or its file is wrong; names file, line and key.
    """
    path = (folder or prompts_path()) / f"{id}.md"
    try:
        text = path.read_text("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        step = f"可用：{'、'.join(list_prompts(folder))}"
        raise KnowledgeError("没有这个提示词", where=str(path), next_step=step) from None
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"提示词文件读不出来（{type(error).__name__}）", where=str(path)) from None
    head = read_struct(path, _Head)
    if head.id != id:
        raise KnowledgeError(f"id“{head.id}”与文件名不同", where=f"{path}:2", next_step=f"请改为 {id}")
    parts = _parts(text.partition("\n---\n")[2], path)
    _check_names(head, parts, path, text)
    _check_example(head, path, text)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Prompt(
        id=id,
        version=head.version,
        title=head.title,
        inputs=head.inputs,
        answer=head.answer,
        system=parts["system"],
        user=parts.get("user", ""),
        example=head.example,
        digest=digest,
    )


def _parts(body: str, path: Path) -> dict[str, str]:
    pieces = _PART.split(body)
    parts = dict(zip(pieces[1::2], (one.strip() for one in pieces[2::2]), strict=True))
    if not parts.get("system") or len(parts) * 2 + 1 != len(pieces) or pieces[0].strip():
        raise KnowledgeError("正文应由“## system”和“## user”两部分组成", where=str(path))
    return parts


def _check_names(head: _Head, parts: dict[str, str], path: Path, text: str) -> None:
    used = {name for part in parts.values() for name in _PLACEHOLDER.findall(part)}
    known = [one.name for one in head.inputs]
    faults = {
        "正文用了没有声明的输入": sorted(used - set(known)),
        "声明了没有用到的输入": [name for name in known if name not in used],
        "重名的输入": sorted({name for name in known if known.count(name) > 1}),
    }
    told = [f"{what}：{'、'.join(names)}" for what, names in faults.items() if names]
    if told:
        first = next(names[0] for names in faults.values() if names)
        written = f"{{{{{first}}}}}" if first in used - set(known) else f"name: {first}"
        step = f"可用：{'、'.join(known)}" if known else ""
        raise KnowledgeError("；".join(told), where=f"{path}:{_line_of(written, text)}", next_step=step)


def _check_example(head: _Head, path: Path, text: str) -> None:
    """The example has every input that must be there and no other, and its answer fits the form."""
    from draft_assist.judge.answers import FORMS, read_answer

    known = {one.name: one for one in head.inputs}
    missing = [name for name, one in known.items() if name not in head.example.inputs and not one.optional]
    unknown = [name for name in head.example.inputs if name not in known]
    where = f"{path}:{_line_of('example:', text)}"
    if told := _names_told(missing, unknown):
        raise KnowledgeError(f"样例{told}", where=where)
    if head.answer == PROSE:
        if not isinstance(head.example.answer, str) or not head.example.answer.strip():
            raise KnowledgeError("样例的 answer 应为一段文字", where=where)
        return
    if head.answer not in FORMS:
        step = f"可用：{'、'.join([*FORMS, PROSE])}"
        raise KnowledgeError(
            f"没有“{head.answer}”这种回答格式", where=f"{path}:{_line_of('answer:', text)}", next_step=step
        )
    try:
        read_answer(json.dumps(head.example.answer, ensure_ascii=False), FORMS[head.answer])
    except AnswerUnreadable as error:
        raise KnowledgeError(f"样例的 answer 不合格式：{error.what}", where=where) from None


def _line_of(words: str, text: str) -> int:
    """The line on which `words` first stand, 1 when nowhere."""
    return text.partition(words)[0].count("\n") + 1 if words in text else 1


def _names_told(missing: list[str], unknown: list[str]) -> str:
    told = [f"缺少输入：{'、'.join(missing)}"] if missing else []
    told += [f"没有声明的输入：{'、'.join(unknown)}"] if unknown else []
    return "；".join(told)


def fill(prompt: Prompt, **inputs: str) -> tuple[Message, ...]:
    """The messages of a prompt with its inputs in their places; data is fenced, and nothing in it is filled again.

    Raises:
        KnowledgeError: inputs are missing or unknown; names all of them.
    """
    known = {one.name: one for one in prompt.inputs}
    missing = [name for name, one in known.items() if name not in inputs and not one.optional]
    unknown = [name for name in inputs if name not in known]
    if told := _names_told(missing, unknown):
        raise KnowledgeError(told, where=f"prompts/{prompt.id}.md")
    given = {name: inputs.get(name, "") for name in known}
    values = {name: fenced(known[name].what, words) if known[name].data else words for name, words in given.items()}

    def put(part: str) -> str:
        return _PLACEHOLDER.sub(lambda match: values[match[1]], part)

    user = (Message("user", put(prompt.user)),) if prompt.user else ()
    return (Message("system", put(prompt.system)), *user)
