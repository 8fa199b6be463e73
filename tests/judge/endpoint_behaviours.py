"""The ways in which the scripted endpoint answers a request, good and bad."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from endpoint_exchange import EVENTS, JSON, LOOK, Exchange


class Behaviour(Protocol):
    """How one request is answered."""

    def play(self, exchange: Exchange) -> None:
        """Answer; may raise Gone."""
        ...


# --- good answers ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Say:
    """An answer in words.

    Attributes:
        latency: seconds before the first byte; pause: between two pieces.
        pieces: into how many the text is cut when it streams.
        finish: why it ends: "length" for one cut off by the limit, "content_filter" for one withheld.
        reasoning: said before the text in a member of its own, as DeepSeek does.
        has_usage: tells the tokens where they are asked for.
    """

    text: str
    latency: float = 0.0
    pieces: int = 3
    pause: float = 0.0
    finish: str = "stop"
    reasoning: str = ""
    has_usage: bool = True

    def play(self, exchange: Exchange) -> None:
        exchange.wait(self.latency)
        if not exchange.is_stream:
            message: dict[str, Any] = {"role": "assistant", "content": self.text}
            if self.reasoning:
                message["reasoning_content"] = self.reasoning
            exchange.whole(_completion(exchange, message, self.finish, has_usage=self.has_usage))
            return
        exchange.start(EVENTS)
        exchange.event(_chunk(exchange, {"role": "assistant", "content": ""}))
        for piece in _cut(self.reasoning, self.pieces):
            exchange.event(_chunk(exchange, {"reasoning_content": piece, "content": None}))
            exchange.wait(self.pause)
        for piece in _cut(self.text, self.pieces):
            exchange.event(_chunk(exchange, {"content": piece}))
            exchange.wait(self.pause)
        _finish_stream(exchange, self.finish, has_usage=self.has_usage)


@dataclass(frozen=True)
class Tool:
    """An answer that calls tools: one, or several at once through `more`."""

    name: str
    args: Mapping[str, object] | str = field(default_factory=dict)
    text: str = ""
    more: Sequence[Tool] = ()

    def play(self, exchange: Exchange) -> None:
        calls = [one._call(number) for number, one in enumerate((self, *self.more))]
        if not exchange.is_stream:
            message = {"role": "assistant", "content": self.text or None, "tool_calls": calls}
            exchange.whole(_completion(exchange, message, "tool_calls"))
            return
        exchange.start(EVENTS)
        exchange.event(_chunk(exchange, {"role": "assistant", "content": self.text or None}))
        for number, call in enumerate(calls):
            head = {**call, "index": number, "function": {"name": call["function"]["name"], "arguments": ""}}
            exchange.event(_chunk(exchange, {"tool_calls": [head]}))
            for piece in _cut(call["function"]["arguments"], 2):
                exchange.event(_chunk(exchange, {"tool_calls": [{"index": number, "function": {"arguments": piece}}]}))
        _finish_stream(exchange, "tool_calls")

    def _call(self, number: int) -> dict[str, Any]:
        told = self.args if isinstance(self.args, str) else json.dumps(self.args, ensure_ascii=False)
        return {"id": f"call_{number}", "type": "function", "function": {"name": self.name, "arguments": told}}


# --- refusals -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Status:
    """An answer with another status than 200.

    Attributes:
        retry_after: of the header: seconds, or a date in words.
    """

    code: int
    message: str = ""
    retry_after: float | str | None = None

    def play(self, exchange: Exchange) -> None:
        headers = {} if self.retry_after is None else {"Retry_After": str(self.retry_after)}
        error = {"message": self.message or f"status {self.code}", "type": "scripted", "code": self.code}
        exchange.whole({"error": error}, status=self.code, **headers)


@dataclass(frozen=True)
class Redirect:
    """Sends the client on to another address with all that it said."""

    to: str
    code: int = 307

    def play(self, exchange: Exchange) -> None:
        exchange.whole({}, status=self.code, Location=self.to)


@dataclass(frozen=True)
class RefuseConnection:
    """A reset before a byte of an answer. (An address where nothing listens at all: `refusing_url`.)"""

    def play(self, exchange: Exchange) -> None:
        exchange.cut(hard=True)


# --- slow answers ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hang:
    """Says nothing for so long, then answers that it was too slow."""

    seconds: float = 60.0

    def play(self, exchange: Exchange) -> None:
        exchange.wait(self.seconds)
        exchange.whole({"error": {"message": "too slow"}}, status=504)


@dataclass(frozen=True)
class HangMidStream:
    """Says a part of its text and then nothing more for so long."""

    text: str = "本条设定了"
    seconds: float = 60.0

    def play(self, exchange: Exchange) -> None:
        exchange.start(EVENTS)
        exchange.event(_chunk(exchange, {"role": "assistant", "content": self.text}))
        exchange.wait(self.seconds)


@dataclass(frozen=True)
class Drip:
    """The bytes of a stream one by one, so that it never falls silent and never ends."""

    text: str = "本条设定了行政处罚。"
    interval: float = 1.0

    def play(self, exchange: Exchange) -> None:
        exchange.start(EVENTS)
        for byte in b"".join(_event_bytes(_chunk(exchange, {"content": one})) for one in self.text * 1000):
            exchange.write(bytes([byte]))
            exchange.wait(self.interval)


# --- broken answers -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CutStream:
    """The connection ends after a part of the text.

    Attributes:
        hard: with a reset; else in good order, with neither a reason nor the mark of the end: nothing tells the
            client that more was to come.
    """

    text: str = "本条设定了"
    pieces: int = 2
    hard: bool = True

    def play(self, exchange: Exchange) -> None:
        exchange.start(EVENTS)
        for piece in _cut(self.text, self.pieces):
            exchange.event(_chunk(exchange, {"content": piece}))
        if self.hard:
            exchange.wait(LOOK)  # what has been said is to arrive
            exchange.cut(hard=True)
        else:
            exchange.end()


@dataclass(frozen=True)
class CutBody:
    """A body that is shorter than was announced."""

    def play(self, exchange: Exchange) -> None:
        exchange.start(JSON, length=1000)
        exchange.write(b'{"id": "c", "choices": [{"index": 0, "message": {"content": "')
        exchange.cut(hard=False)


@dataclass(frozen=True)
class Body:
    """Any bytes at all, of any kind."""

    data: bytes
    kind: str = JSON
    status: int = 200

    def play(self, exchange: Exchange) -> None:
        exchange.whole(self.data, status=self.status, kind=self.kind)


BrokenJson = Body(b'{"id": "c", "object": "chat.completion", "choices": [{"index": 0, "mess')
BrokenSse = Body(b'data: {"id": "c", "choices": [{"index": 0, "delta": {"content": "\xe6\n\ndata: [DONE]\n\n', EVENTS)
WrongContentType = Body("<!DOCTYPE html><title>请登录</title>".encode(), "text/html; charset=utf-8")


@dataclass(frozen=True)
class ErrorMidStream:
    """An error as an event of the stream, after a part of the text: the status was told before it was known."""

    message: str = "out of memory"

    def play(self, exchange: Exchange) -> None:
        exchange.start(EVENTS)
        exchange.event(_chunk(exchange, {"content": "本条"}))
        exchange.event({"error": {"message": self.message, "type": "server_error", "code": 500}})
        exchange.event("[DONE]")
        exchange.end()


@dataclass(frozen=True)
class Huge:
    """An answer of so many megabytes."""

    megabytes: int = 20

    def play(self, exchange: Exchange) -> None:
        part = "罚" * 20_000
        count = self.megabytes * 1_000_000 // len(part.encode())
        if not exchange.is_stream:
            exchange.whole(_completion(exchange, {"role": "assistant", "content": part * count}, "stop"))
            return
        exchange.start(EVENTS)
        for _ in range(count):
            exchange.event(_chunk(exchange, {"content": part}))
        _finish_stream(exchange, "stop")


@dataclass(frozen=True)
class EmptyChoices:
    """A completion without a choice."""

    def play(self, exchange: Exchange) -> None:
        if not exchange.is_stream:
            exchange.whole({**_completion(exchange, {}, "stop"), "choices": []})
            return
        exchange.start(EVENTS)
        exchange.event({**_chunk(exchange, {}), "choices": []})
        _finish_stream(exchange, "")


@dataclass(frozen=True)
class NullContent:
    """A message whose content is null."""

    def play(self, exchange: Exchange) -> None:
        if not exchange.is_stream:
            exchange.whole(_completion(exchange, {"role": "assistant", "content": None}, "stop"))
            return
        exchange.start(EVENTS)
        exchange.event(_chunk(exchange, {"role": "assistant", "content": None}))
        _finish_stream(exchange, "stop")


# --- the form of the answers ----------------------------------------------------------------------------------------


def _usage(exchange: Exchange) -> dict[str, int]:
    asked = len(exchange.request.words)
    return {"prompt_tokens": asked, "completion_tokens": 7, "total_tokens": asked + 7}


def _completion(
    exchange: Exchange, message: Mapping[str, object], finish: str, *, has_usage: bool = True
) -> dict[str, Any]:
    body: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": exchange.model,
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
    }
    return {**body, "usage": _usage(exchange)} if has_usage else body


def _chunk(exchange: Exchange, delta: Mapping[str, object], finish: str | None = None) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": exchange.model,
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }


def _finish_stream(exchange: Exchange, finish: str, *, has_usage: bool = True) -> None:
    if finish:
        exchange.event(_chunk(exchange, {}, finish))
    if has_usage and exchange.wants_usage:
        exchange.event({**_chunk(exchange, {}), "choices": [], "usage": _usage(exchange)})
    exchange.event("[DONE]")
    exchange.end()


def _event_bytes(body: object) -> bytes:
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode()


def _cut(text: str, pieces: int) -> Iterator[str]:
    """The text in at most so many pieces, none empty."""
    size = max(1, -(-len(text) // max(1, pieces)))
    for at in range(0, len(text), size):
        yield text[at : at + size]
