"""An OpenAI-compatible endpoint as a chat model of LangChain, and what its failures mean.

The one module that imports langchain-openai; import it where it is used.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import httpx2
import openai
from langchain_openai import ChatOpenAI

from draft_assist.errors import OptionError
from draft_assist.judge.transport import Stopped, TooLong, open_client

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from draft_assist.judge.options import ModelOptions

# LangChain reports every call to a service of its makers where a variable says so; here nothing leaves but the request.
_TRACING = ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING", "LANGSMITH_TRACING_V2")


def open_chat(options: ModelOptions, stop: Callable[[], bool]) -> BaseChatModel:
    """The chat model of an endpoint; nothing is asked yet.

    Args:
        options: with address and name.
        stop: asked while answers come in.

    Raises:
        OptionError: the file of certificates cannot be read.
    """
    for name in _TRACING:
        os.environ[name] = "false"
    try:
        client = open_client(
            timeout=options.timeout,
            deadline=options.deadline,
            stop=stop,
            connections=options.concurrency,
            ca_file=options.ca_file,
        )
    except OSError as error:
        raise OptionError(
            f"证书文件读不出来（{type(error).__name__}）", where=str(options.ca_file), next_step="应为 PEM 格式"
        ) from error
    return ChatOpenAI(
        base_url=options.url,
        # The package looks into the environment for a key of its own unless it is given one.
        api_key=options.key if options.key.get_secret_value() else "none",  # type: ignore[arg-type]
        model=options.name,
        temperature=options.temperature,
        timeout=options.timeout,
        max_retries=0,  # calls.py tries again, and knows what for
        stream_usage=True,
        use_responses_api=False,
        http_client=client,
    )


class Sort(StrEnum):
    """What can be done about a failure."""

    AGAIN = "again"  # asking again may help
    FORM = "form"  # the endpoint does not know a part of the request
    ANSWER = "answer"  # the answer cannot be used; the endpoint works
    NEVER = "never"  # asking again is of no use: a wrong key, a wrong address
    STOPPED = "stopped"  # somebody asked to stop


class Failure(NamedTuple):
    """One failure.

    Attributes:
        what: Chinese, without a full stop; next_step: what the user can do, "" for nothing.
        after: seconds that the endpoint asks to wait; None where it says nothing.
        told: what the endpoint said, for finding out which part of the request it does not know; never shown.
    """

    sort: Sort
    what: str
    next_step: str = ""
    after: float | None = None
    told: str = ""


_CHECK = "请确认模型服务已启动，地址以 /v1 结尾"
_SERVER = 500


def failure_of(error: Exception) -> Failure | None:
    """What an exception of a call means; None for one that is a fault of the program."""
    causes = _causes(error)
    if any(isinstance(one, Stopped) for one in causes):
        return Failure(Sort.STOPPED, "已按要求停止")
    if long := next((one for one in causes if isinstance(one, TooLong)), None):
        return Failure(Sort.ANSWER, _TOO_LONG.get(str(long), "回答过长"))
    if isinstance(error, openai.APIStatusError):
        return _of_status(error)
    if isinstance(error, openai.APITimeoutError) or any(isinstance(one, httpx2.TimeoutException) for one in causes):
        return Failure(Sort.AGAIN, "模型服务没有在规定时间内应答", "可调大 DRAFT_ASSIST_MODEL_TIMEOUT")
    if isinstance(error, openai.APIConnectionError):
        return Failure(Sort.AGAIN, f"连不上模型服务（{_told(causes[-1])}）", _CHECK)
    if isinstance(error, httpx2.HTTPError):  # in the middle of an answer
        return Failure(Sort.AGAIN, "模型服务的回答中途断开")
    if isinstance(error, openai.APIError):
        return Failure(Sort.AGAIN, "模型服务在回答中途报错", told=str(error))
    if isinstance(error, openai.OpenAIError | ValueError | TypeError | KeyError | AttributeError | IndexError):
        # What a server sends that is no chat completion fails somewhere in the packages that read it.
        return Failure(Sort.ANSWER, "模型服务的应答不是对话接口的格式", _CHECK)
    return None


_TOO_LONG = {"deadline": "回答用时超过上限", "size": "回答超过长度上限", "compressed": "应答经过压缩，没有读取"}


def _of_status(error: openai.APIStatusError) -> Failure:
    code, told = error.status_code, _body(error)
    if code in (400, 404, 422) and any(word in told for word in _FORM_WORDS):
        return Failure(Sort.FORM, f"模型服务不支持请求中的某个参数（{code}）", told=told)
    if code in (401, 403):
        return Failure(Sort.NEVER, f"模型服务拒绝访问（{code}）", "请核对 DRAFT_ASSIST_MODEL_KEY 和访问权限")
    if code == 404:
        return Failure(Sort.NEVER, "模型服务没有这个地址或者模型（404）", "请核对地址（以 /v1 结尾）和模型名")
    if code in (408, 409, 425, 429) or code >= _SERVER:
        what = "模型服务限流（429）" if code == 429 else f"模型服务出错（{code}）"
        return Failure(Sort.AGAIN, what, "请稍后再试", after=_retry_after(error))
    if 300 <= code < 400:
        return Failure(Sort.NEVER, f"模型服务要求转到别的地址（{code}），没有照办", _CHECK)
    if "context" in told or "too long" in told or "maximum" in told:
        return Failure(Sort.ANSWER, "请求超过模型的上下文长度", "请核对 DRAFT_ASSIST_MODEL_CONTEXT")
    return Failure(Sort.ANSWER, f"模型服务不接受这个请求（{code}）", told=told)


_FORM_WORDS = ("response_format", "json_schema", "json_object", "structured", "grammar", "stream_options", "max_tokens",
               "max_completion_tokens", "temperature", "tools", "tool_choice")  # fmt: skip


def _body(error: openai.APIStatusError) -> str:
    try:
        return error.response.text.lower()[:2000]
    except httpx2.HTTPError:
        return str(error).lower()[:2000]


def _retry_after(error: openai.APIStatusError) -> float | None:
    try:
        return max(0.0, float(error.response.headers.get("Retry-After", "")))
    except ValueError:
        return None


def _causes(error: BaseException) -> list[BaseException]:
    """The error and what it came from, as far as the chain goes."""
    found: list[BaseException] = [error]
    while (cause := found[-1].__cause__ or found[-1].__context__) is not None and cause not in found:
        found.append(cause)
    return found


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}"
