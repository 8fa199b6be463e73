"""A server on the loopback that speaks as an OpenAI-compatible endpoint does, well or badly, as a test has it.

    endpoint = Endpoint(); endpoint.script(Status(429, retry_after=1), Say("好的"))
    endpoint.url -> "http://127.0.0.1:PORT/v1"; endpoint.requests -> what came in

Every request takes the next behaviour of the script, or the one that a function of its body names.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

EVENTS = "text/event-stream; charset=utf-8"
JSON = "application/json; charset=utf-8"
_LOOK = 0.02  # seconds between looks at whether to stop waiting


class Gone(Exception):  # noqa: N818 - named for what happened
    """The client has closed the connection, or the server is being closed: no more need be said."""


@dataclass
class Request:
    """One request as it came in.

    Attributes:
        path: with the query; headers: names in lower case; body: {} for none.
        at: seconds of time.monotonic(); ended: likewise, None while under way.
        sent: bytes of the answer's body; is_cut_by_client: it closed the connection before the end.
    """

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float
    ended: float | None = None
    sent: int = 0
    is_cut_by_client: bool = False

    @property
    def words(self) -> str:
        """All that the messages say, joined."""
        return "\n".join(str(one.get("content") or "") for one in self.body.get("messages", ()))


class Exchange:
    """What a behaviour answers through."""

    def __init__(self, handler: _Handler, request: Request, closing: threading.Event) -> None:
        self._handler = handler
        self._closing = closing
        self._is_chunked = False
        self.request = request
        self.is_stream = bool(request.body.get("stream"))
        options = request.body.get("stream_options") or {}
        self.wants_usage = bool(options.get("include_usage"))
        self.model = str(request.body.get("model", ""))

    def start(self, kind: str, *, status: int = 200, length: int | None = None, **headers: str) -> None:
        """Begin the answer; without a length the body goes out in chunks."""
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._is_chunked = length is None
        if length is None:
            self._handler.send_header("Transfer-Encoding", "chunked")
        else:
            self._handler.send_header("Content-Length", str(length))
        self._handler.end_headers()

    def write(self, data: bytes) -> None:
        """A part of the body."""
        if self._closing.is_set():
            raise Gone
        framed = b"%x\r\n%s\r\n" % (len(data), data) if self._is_chunked else data
        try:
            self._handler.wfile.write(framed)
            self._handler.wfile.flush()
        except OSError:
            self.request.is_cut_by_client = True
            raise Gone from None
        self.request.sent += len(data)

    def end(self) -> None:
        """The end of a body in chunks."""
        if self._is_chunked:
            with suppress(OSError):
                self._handler.wfile.write(b"0\r\n\r\n")
                self._handler.wfile.flush()

    def whole(self, body: object, *, status: int = 200, kind: str = JSON, **headers: str) -> None:
        """A whole answer: bytes as they are, anything else as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.start(kind, status=status, length=len(data), **headers)
        self.write(data)

    def event(self, body: object) -> None:
        """One event of a stream: text as it is, anything else as JSON."""
        told = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
        self.write(f"data: {told}\n\n".encode())

    def wait(self, seconds: float) -> None:
        """Let time pass.

        Raises:
            Gone: the client closed the connection meanwhile, or the server is being closed.
        """
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self._closing.wait(min(left, _LOOK)):
                raise Gone
            if self._is_closed():
                self.request.is_cut_by_client = True
                raise Gone

    def cut(self, *, hard: bool) -> None:
        """Close the connection after this: with a reset, or as if all had been said."""
        self._handler.close_connection = True
        if hard:
            linger = struct.pack("ii", 1, 0)  # no wait: what is unsent is thrown away, the other side gets a reset
            with suppress(OSError):
                self._handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self._handler.server.without_goodbye.add(self._handler.connection)

    def _is_closed(self) -> bool:
        try:
            readable, _, _ = select.select([self._handler.connection], [], [], 0)
            return bool(readable) and self._handler.connection.recv(1, socket.MSG_PEEK) == b""
        except (OSError, ValueError):
            return True


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
            exchange.wait(_LOOK)  # what has been said is to arrive
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


# --- the server -----------------------------------------------------------------------------------------------------


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every answer waits 40 ms for an acknowledgement
    server: _Server

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test says what it looks for."""

    def do_GET(self) -> None:
        self.server.endpoint.models(self)

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.endpoint.chat(self, data)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.without_goodbye: set[socket.socket] = set()
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        if request in self.without_goodbye:
            self.without_goodbye.discard(request)
            self.close_request(request)
            return
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Of a connection that the other side has closed, nothing is said."""

    def hang_up(self) -> None:
        for connection in tuple(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class Endpoint:
    """A running server. Closed by `close`, or at the end of a with.

    Attributes:
        requests: all that came to the chat, in the order of their coming.
        faults: what a test did not foresee: a request beyond the script, an unknown address.
        busiest: how many requests were under way at once, at most.
        model: the name of the only model.
    """

    def __init__(self, model: str = "scripted") -> None:
        self.requests: list[Request] = []
        self.faults: list[str] = []
        self.busiest = 0
        self.model = model
        self._busy = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._script: Iterator[Behaviour | str] = iter(())
        self._by_body: Callable[[dict[str, Any]], Behaviour | str] | None = None
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_LOOK,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Endpoint:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def url(self) -> str:
        """The address up to /v1."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def script(self, *behaviours: Behaviour | str) -> None:
        """The next requests are answered so, one after another; words are a Say."""
        self._script, self._by_body = iter(behaviours), None

    def answer_with(self, by_body: Callable[[dict[str, Any]], Behaviour | str]) -> None:
        """Every request is answered by what the function says to its body."""
        self._by_body = by_body

    def close(self) -> None:
        """End at once, whatever is under way."""
        self._closing.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join(5)

    # --- requests; called in a thread of each connection ---

    def models(self, handler: _Handler) -> None:
        """The list of models."""
        exchange = Exchange(handler, Request(handler.path, {}, {}, time.monotonic()), self._closing)
        if handler.path.split("?")[0] != "/v1/models":
            Status(404).play(exchange)
            return
        one = {"id": self.model, "object": "model", "created": 1, "owned_by": "test"}
        exchange.whole({"object": "list", "data": [one]})

    def chat(self, handler: _Handler, data: bytes) -> None:
        """One question."""
        headers = {name.lower(): value for name, value in handler.headers.items()}
        try:
            body = json.loads(data)
        except ValueError:
            body = None
        request = Request(handler.path, headers, body if isinstance(body, dict) else {}, time.monotonic())
        with self._lock:
            self.requests.append(request)
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
            behaviour = self._next(request)
        try:
            behaviour.play(Exchange(handler, request, self._closing))
        except Gone:
            handler.close_connection = True
        finally:
            with self._lock:
                self._busy -= 1
                request.ended = time.monotonic()

    def _next(self, request: Request) -> Behaviour:
        if request.path.split("?")[0] != "/v1/chat/completions":
            self.faults.append(f"unknown address {request.path}")
            return Status(404)
        if not request.body:
            self.faults.append("the body is no JSON object")
            return Status(400, "no JSON")
        if self._by_body is not None:
            try:
                told: Behaviour | str | None = self._by_body(request.body)
            except Exception as error:
                self.faults.append(f"the function of the test failed: {error!r}")
                told = Status(500, "test")
        else:
            told = next(self._script, None)
        if told is None:
            self.faults.append("more requests than the script has answers")
            return Status(500, "the script is at its end")
        return Say(told) if isinstance(told, str) else told


def refusing_url() -> str:
    """An address on the loopback where nothing listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}/v1"


def until(true: Callable[[], object], seconds: float = 5.0) -> bool:
    """Wait until something holds; False when it did not in that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(_LOOK)
    return bool(true())
