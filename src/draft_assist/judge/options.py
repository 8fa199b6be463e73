"""The settings of the model: from the command line, the environment, .env and draft-assist.toml, in this order.

    DRAFT_ASSIST_MODEL_URL=http://127.0.0.1:11434/v1       [model]
    DRAFT_ASSIST_MODEL_NAME=qwen3:8b                       url = "http://127.0.0.1:11434/v1"
    DRAFT_ASSIST_MODEL_KEY=...                             name = "qwen3:8b"

The key is never shown. Without an address nothing is ever sent.
"""

from __future__ import annotations

import difflib
import os
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, cast
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, FilePath, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError

from draft_assist.errors import OptionError
from draft_assist.settings import PREFIX as _COMMON

PREFIX = f"{_COMMON}MODEL_"
TABLE = "model"


def _check_url(url: str) -> str:
    url = url.strip()
    if not url:
        return url
    try:
        parts = urlsplit(url)
        is_sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_sound = False
    if not is_sound or any(map(str.isspace, url)):
        raise ValueError("应是 http:// 或 https:// 开头的完整地址，例如 http://127.0.0.1:11434/v1")
    if parts.username or parts.password:
        raise ValueError("地址里不要写用户名和密码，密钥请用 DRAFT_ASSIST_MODEL_KEY")
    if parts.query or parts.fragment:
        raise ValueError("地址里不要带 ? 或者 #")
    return url.rstrip("/").removesuffix("/chat/completions")


def _check_key(key: SecretStr) -> SecretStr:
    """A key with a line end or other letters would break the head of a request, and be told in the words of others."""
    plain = key.get_secret_value().strip()
    if not (plain.isascii() and plain.isprintable()) or " " in plain:
        raise ValueError("密钥只能由英文字母、数字和符号组成，中间没有空格")
    return SecretStr(plain)


# What the program itself says in every request.
_OWN_MEMBERS = frozenset(("model", "messages", "stream", "stream_options", "tools"))


def _check_extra(extra: dict[str, Any]) -> dict[str, Any]:
    if taken := sorted(_OWN_MEMBERS & set(extra)):
        raise ValueError(f"不能改动 {'、'.join(taken)}")
    return extra


def _split(value: object) -> object:
    return tuple(one.strip() for one in value.split(",") if one.strip()) if isinstance(value, str) else value


class ModelOptions(BaseSettings):
    """The settings of one model behind one endpoint.

    Attributes:
        url: of the endpoint, up to /v1; "" when none is set. name: of the model as the endpoint knows it.
        key: for the endpoint; may be empty.
        context: tokens of question and answer together; max_output: of an answer at most.
        timeout: seconds of silence; deadline: seconds for one whole answer.
        concurrency: requests at once; retries: tries after the first.
        price_in, price_out: of a million tokens, in `currency`; both or neither.
        budget: money that a run may cost, budget_tokens: tokens; None for no limit.
        structured: how answers are held to their form; auto finds out.
        cache: answers are kept between runs.
        temperature: 0 gives the most steady answers.
        allow: hosts beside this one that may be sent inner papers.
        record: a record of each run is kept. log_text: words of documents may stand in it.
        ca_file: certificates to trust beside the system's; extra: members of the body of every request.
    """

    # One table of draft-assist.toml is read by `_Toml`; .env lies in the current folder.
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    url: Annotated[str, AfterValidator(_check_url)] = ""
    name: str = ""
    key: Annotated[SecretStr, AfterValidator(_check_key)] = SecretStr("")
    context: int = Field(32_768, ge=2_000)
    max_output: int = Field(2_048, ge=64)
    timeout: float = Field(60.0, gt=0, le=86_400)
    deadline: float = Field(300.0, gt=0, le=86_400)
    concurrency: int = Field(4, ge=1, le=64)
    retries: int = Field(3, ge=0, le=10)
    price_in: float | None = Field(None, ge=0)
    price_out: float | None = Field(None, ge=0)
    currency: str = "元"
    budget: float | None = Field(None, gt=0)
    budget_tokens: int | None = Field(None, gt=0)
    structured: Literal["auto", "schema", "object", "text"] = "auto"
    cache: bool = True
    temperature: float = Field(0.0, ge=0, le=2)
    allow: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)] = ()
    record: bool = True
    log_text: bool = False
    ca_file: FilePath | None = None
    extra: Annotated[dict[str, Any], AfterValidator(_check_extra)] = {}

    @property
    def is_configured(self) -> bool:
        """True when there is an endpoint to ask and a model to ask for."""
        return bool(self.url and self.name)

    @model_validator(mode="after")
    def _fit_together(self) -> ModelOptions:
        if (self.price_in is None) is not (self.price_out is None):
            raise ValueError("PRICE_IN 和 PRICE_OUT 要么都写，要么都不写")
        if self.budget is not None and self.price_in is None:
            raise ValueError("写了 BUDGET 就要写 PRICE_IN 和 PRICE_OUT，否则算不出费用")
        if self.max_output * 2 > self.context:
            raise ValueError("MAX_OUTPUT 不能超过 CONTEXT 的一半")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given stands above the environment, that above .env; the table of the file comes with `given`."""
        return (init_settings, env_settings, dotenv_settings)


class ReadOptions(NamedTuple):
    """The settings, and in Chinese what the user should know of where they stand."""

    options: ModelOptions
    warnings: tuple[str, ...] = ()


def read_model_options(toml: Path | None = None, **given: object) -> ReadOptions:
    """The settings of this process.

    Args:
        toml: the draft-assist.toml that applies; its table [model] is read.
        given: values that stand above all others.

    Raises:
        OptionError: a value cannot be used, or a name is unknown; tells which and where, never its value.
    """
    table = _table(toml) if toml is not None else {}
    _check_names()
    above = {name.lower().removeprefix(PREFIX.lower()) for name in (*os.environ, *_dotenv())}
    from_file = {name: value for name, value in table.items() if name not in above and name not in given}
    try:
        options = ModelOptions(**cast("Any", {**from_file, **given}))
    except ValidationError as error:
        raise _told(error, toml, from_file) from None
    except SettingsError:
        raise OptionError("应为 JSON 对象", where=f"{PREFIX}EXTRA", next_step='如 {"enable_thinking": false}') from None
    warnings: tuple[str, ...] = ()
    if toml is not None and "key" in table and _is_read_by_others(toml):
        warnings = (f"{toml} 里有模型密钥，而其他用户也能读取这个文件；请改用环境变量，或收紧文件权限。",)
    return ReadOptions(options, warnings)


def resolve_model(choice: str, options: ModelOptions) -> ModelOptions | None:
    """What --model means: None for off, and for auto where nothing is configured.

    Raises:
        OptionError: a model is named and there is no endpoint.
    """
    if choice == "off" or (choice == "auto" and not options.is_configured):
        return None
    if choice == "auto":
        return options
    if not options.url:
        raise OptionError(
            f"指定了模型“{choice}”，但没有设置模型服务的地址",
            where=f"{PREFIX}URL",
            next_step="例如本机的 Ollama：http://127.0.0.1:11434/v1",
        )
    return options.model_copy(update={"name": choice})


def _table(toml: Path) -> dict[str, object]:
    try:
        table = tomllib.loads(toml.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")).get(TABLE, {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OptionError(f"配置文件读不出来（{type(error).__name__}）", where=str(toml)) from None
    if not isinstance(table, dict):
        raise OptionError("“model”应为表", where=str(toml), next_step="应写成 [model]")
    for name in table:
        if name not in ModelOptions.model_fields:
            raise _unknown(name, str(toml), tuple(ModelOptions.model_fields))
    return table


def _dotenv() -> Mapping[str, str | None]:
    from dotenv import dotenv_values

    try:
        return dotenv_values(".env", encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(f"读不出来（{type(error).__name__}）", where=".env", next_step="应为 UTF-8 编码") from None


def _check_names() -> None:
    """A name with a slip in it would leave a setting without effect, and nobody would know."""
    known = tuple(f"{PREFIX}{name.upper()}" for name in ModelOptions.model_fields)
    for where, names in (("环境变量", os.environ), (".env", _dotenv())):
        for name in names:
            if name.upper().startswith(PREFIX) and name.upper() not in known:
                raise _unknown(name, where, known)


def _unknown(name: str, where: str, known: tuple[str, ...]) -> OptionError:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"是否应为“{near[0]}”？" if near else ""
    return OptionError(f"没有“{name}”这项设置", where=where, next_step=f"{hint}可用的有：{'、'.join(known)}")


_FAULTS = {
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "float_parsing": "应为数",
    "float_type": "应为数",
    "bool_parsing": "应为 true 或 false",
    "string_type": "应为文字",
    "path_not_file": "没有这个文件",
    "dict_type": "应为 JSON 对象",
}


def _told(error: ValidationError, toml: Path | None, from_file: Mapping[str, object]) -> OptionError:
    first = error.errors(include_input=False, include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    where = f"{toml} 的 [{TABLE}] {name}" if name in from_file else f"{PREFIX}{name.upper()}" if name else f"{PREFIX}*"
    limits = first.get("ctx", {})
    if first["type"] in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        bound = next(iter(limits.values()))
        words = {"greater_than": "应大于", "greater_than_equal": "不能小于", "less_than": "应小于"}
        what = f"{words.get(first['type'], '不能大于')} {bound}"
    elif first["type"] == "literal_error":
        what = f"应为 {limits.get('expected', '').replace(' or ', ', ')} 之一"
    elif first["type"] == "value_error":
        what = str(limits.get("error", first["msg"]))
    else:
        what = _FAULTS.get(first["type"], "这个值不能用")
    return OptionError(what, where=where, next_step="请改正或者去掉这项设置")


def _is_read_by_others(path: Path) -> bool:
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRGRP | stat.S_IROTH))
