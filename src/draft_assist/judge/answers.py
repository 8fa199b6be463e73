"""The forms in which a model answers, and how an answer is read into one.

A form is a pydantic model: its schema goes to endpoints that hold the answer to it, its words in Chinese to those that
do not, and what comes is checked against it. Nothing that is missing is made up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from draft_assist.errors import AnswerUnreadable
from draft_assist.patterns import compiled

Form = TypeVar("Form", bound=BaseModel)
# A clause has a handful of faults; a model that lists more is running in circles.
_MOST = 12


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Says(_Form):
    """A claim about one of the materials."""

    id: str = Field(max_length=8, description="所引材料的编号，只能是给出的编号，如 E2")
    says: str = Field(max_length=400, description="用自己的话说明该材料在这一点上规定了什么")


class Remark(_Form):
    """On a finding of the rules."""

    finding: str = Field(max_length=8, description="规则发现的编号，只能是给出的编号，如 R1")
    stance: Literal["confirms", "refutes", "unsure"] = Field(
        description="confirms 同意规则的发现，refutes 认为规则误报，unsure 凭现有材料不能确定"
    )
    reason: str = Field(max_length=800, description="理由，中文，只谈这一条款")
    evidence: list[Says] = Field(max_length=_MOST, description="依据的材料，没有就给空列表")
    wording: str = Field(
        max_length=1200, description="建议用来替换规则所指文字的文字；应当整个删去的写【删除】；没有建议就给空字符串"
    )


class Problem(_Form):
    """What the rules did not report."""

    category: str = Field(max_length=40, description="类别代号，只能是给出的代号")
    does: Literal["sets", "cuts", "adds", "restricts", "other"] = Field(
        description="sets 设定权力，cuts 减损权利，adds 增加义务，restricts 限制竞争或者准入，other 其他"
    )
    quote: str = Field(max_length=600, description="有问题的原文，必须与条款文字逐字相同，不得改动、省略或者拼接")
    reason: str = Field(max_length=800, description="理由，中文，只谈这一条款")
    evidence: list[Says] = Field(max_length=_MOST, description="依据的材料，没有就给空列表")
    wording: str = Field(
        max_length=1200, description="建议用来替换 quote 的文字；应当整个删去的写【删除】；没有建议就给空字符串"
    )


class ClauseAnswer(_Form):
    """What a model says of one clause."""

    remarks: list[Remark] = Field(max_length=_MOST, description="对规则所发现问题的意见，每个编号至多一条")
    problems: list[Problem] = Field(max_length=_MOST, description="规则没有报出的问题，没有就给空列表")


class KeyProvision(_Form):
    """What a clause lays down that another clause could contradict."""

    clause: str = Field(max_length=8, description="条款编号，只能是给出的编号，如 C3")
    subject: str = Field(max_length=40, description="说的是谁或者什么事项，不超过二十个字")
    quote: str = Field(max_length=400, description="原文，必须与条款文字逐字相同")
    kind: Literal["duty", "deadline", "amount", "body", "scope", "procedure"] = Field(
        description="duty 义务，deadline 期限，amount 数额，body 主管机关，scope 适用范围，procedure 程序"
    )


class KeyProvisions(_Form):
    """Of a window of clauses."""

    provisions: list[KeyProvision] = Field(max_length=80, description="可能与别的条款冲突的规定，没有就给空列表")


class Contradiction(_Form):
    """Two provisions that cannot both hold."""

    first: str = Field(max_length=8, description="规定的编号，如 P2")
    second: str = Field(max_length=8, description="与之矛盾的规定的编号，如 P9")
    reason: str = Field(max_length=400, description="为什么不能同时成立，中文")


class Contradictions(_Form):
    """Of a document."""

    contradictions: list[Contradiction] = Field(max_length=40, description="互相矛盾的规定，没有就给空列表")


class ProbeAnswer(_Form):
    """For trying out an endpoint."""

    organ: str = Field(max_length=60, description="机关名称")
    number: int = Field(ge=0, le=1_000_000, description="数字")


FORMS: dict[str, type[_Form]] = {
    "clause-answer": ClauseAnswer,
    "key-provisions": KeyProvisions,
    "contradictions": Contradictions,
    "probe-answer": ProbeAnswer,
}


# --- reading ------------------------------------------------------------------------------------------------------

# Reasoning models think aloud before they answer; the opening mark may be missing.
_THOUGHT_OVER = compiled(r"</think(?:ing)?>")
_THOUGHT = compiled(r"<think(?:ing)?>")
_FENCED = compiled(r"^```[A-Za-z]*\s*|\s*```$")
# Braces in prose, such as {条款}, are passed over; an answer that has more of them is no answer with words around it.
_MOST_BRACES = 60


def read_answer(text: str, form: type[Form]) -> Form:
    """The answer in its form: the one JSON object in what a model wrote, with or without words around it.

    Raises:
        AnswerUnreadable: there is none, or several, or it does not fit the form; says what is wrong.
    """
    objects = _alone(text) or list(_objects(_spoken(text)))
    if not objects:
        cut = "，像是没有写完" if "{" in text else ""
        raise AnswerUnreadable(f"回答里没有完整的 JSON 对象{cut}")
    if any(one != objects[0] for one in objects[1:]):
        raise AnswerUnreadable(f"回答里有{len(objects)}个不同的 JSON 对象，应当只有一个")
    try:
        return form.model_validate(objects[0], strict=True)
    except ValidationError as error:
        raise AnswerUnreadable(_told(error, form)) from None


def _alone(text: str) -> list[dict[str, Any]]:
    """The object that is all of the text but for a code fence; its strings may well quote marks of thoughts."""
    try:
        value = _decoder().decode(_FENCED.sub("", text.lstrip("\ufeff").strip()))
    except (ValueError, RecursionError):
        return []
    return [value] if isinstance(value, dict) else []


def _spoken(text: str) -> str:
    """What a model said when it had thought."""
    over = [match.end() for match in _THOUGHT_OVER.finditer(text)]
    words = text[over[-1] :] if over else text
    thought = _THOUGHT.search(words)
    if thought and not words[: thought.start()].strip():
        raise AnswerUnreadable("只有思考过程，没有回答")
    return words[: thought.start()] if thought else words


def _objects(words: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a text that stand in no other one."""
    at, decoder, passed = 0, _decoder(), 0
    while (at := words.find("{", at)) >= 0:
        try:
            value, end = decoder.raw_decode(words, at)
        except (ValueError, RecursionError):
            passed += 1
            if passed > _MOST_BRACES or _is_cut(words[at:]):
                return  # what is left is a part of an object that was not finished: its inner objects are no answer
            at += 1
            continue
        yield value
        at = end
        if words[at:].lstrip()[:1] in ("[", '"', ","):
            raise AnswerUnreadable("JSON 对象后面还有别的 JSON 内容")


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant, strict=False)


def _is_cut(words: str) -> bool:
    """True when a text opens more objects than it closes."""
    return words.count("{") > words.count("}")


# Not a ValueError, which would have the objects inside tried one by one.
def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise AnswerUnreadable("回答的 JSON 里有重复的键")
    return dict(pairs)


def _no_constant(name: str) -> Any:
    raise AnswerUnreadable(f"回答的 JSON 里有 {name}，不是合法的值")


_FAULTS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有约定这一项",
    "literal_error": "不是允许的值",
    "string_too_long": "过长",
    "too_long": "项目过多",
    "string_type": "应为文字",
    "list_type": "应为列表",
    "int_type": "应为整数",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
}
_FAULTS_SHOWN = 3


def _told(error: ValidationError, form: type[BaseModel]) -> str:
    known = _names(form)
    told = []
    for one in error.errors(include_input=False, include_url=False)[:_FAULTS_SHOWN]:
        # Only names of the form are repeated: others are the model's words.
        steps = [str(step) if isinstance(step, int) or step in known else "（多余的键）" for step in one["loc"]]
        told.append(f"{'.'.join(steps) or '整个回答'}：{_FAULTS.get(one['type'], '不合要求')}")
    return f"回答不合约定的格式（{'；'.join(told)}）"


def _names(form: type[BaseModel]) -> set[str]:
    names: set[str] = set()
    for name, field in form.model_fields.items():
        names.add(name)
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                names |= _names(inner)
    return names


# --- asking -------------------------------------------------------------------------------------------------------

_KEPT = ("type", "enum", "items", "properties", "required", "additionalProperties", "description")


def schema_of(form: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of a form in the plainest subset: nothing by reference, every key required, no further ones."""
    whole = form.model_json_schema()
    return _plain(whole, whole.get("$defs", {}))


def _plain(schema: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        inner = _plain(parts[schema["$ref"].rsplit("/", 1)[1]], parts)
        return {**inner, **({"description": schema["description"]} if "description" in schema else {})}
    plain: dict[str, Any] = {name: schema[name] for name in _KEPT if name in schema}
    if "properties" in plain:
        plain["properties"] = {name: _plain(one, parts) for name, one in plain["properties"].items()}
        plain["required"] = list(plain["properties"])
        plain["additionalProperties"] = False
        plain.pop("description", None)  # of a class: for programmers
    if "items" in plain:
        plain["items"] = _plain(plain["items"], parts)
    return plain


def form_words(form: type[BaseModel]) -> str:
    """The form told in Chinese, for endpoints that cannot be given a schema."""
    lines = ["只输出一个 JSON 对象，前后不要有任何文字。各键都要写出，不得增加其他键：", *_lines(schema_of(form), 0)]
    return "\n".join(lines)


def _lines(schema: dict[str, Any], depth: int) -> Iterator[str]:
    for name, one in schema.get("properties", {}).items():
        inner = one.get("items", {})
        kind = "列表" if one.get("type") == "array" else "整数" if one.get("type") == "integer" else "文字"
        choices = f"（只能是 {'、'.join(one['enum'])}）" if "enum" in one else ""
        yield f'{"  " * depth}- "{name}"：{kind}{choices}，{one.get("description", "")}'
        if "properties" in inner:
            yield f"{'  ' * (depth + 1)}每一项是一个对象："
            yield from _lines(inner, depth + 1)
