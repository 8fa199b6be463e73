"""A server on the loopback that speaks as an OpenAI-compatible endpoint does, well or badly, as a test has it.

    endpoint = Endpoint(); endpoint.script(Status(429, retry_after=1), Say("好的"))
    endpoint.url -> "http://127.0.0.1:PORT/v1"; endpoint.requests -> what came in

Every request takes the next behaviour of the script, or the one that a function of its body names.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from endpoint_behaviours import (
    Behaviour,
    Body,
    BrokenJson,
    BrokenSse,
    CutBody,
    CutStream,
    Drip,
    EmptyChoices,
    ErrorMidStream,
    Hang,
    HangMidStream,
    Huge,
    NullContent,
    Redirect,
    RefuseConnection,
    Say,
    Status,
    Tool,
    WrongContentType,
)
from endpoint_exchange import LOOK, Exchange, Gone, Request

# All that a test needs stands here.
__all__ = [
    "Behaviour",
    "Body",
    "BrokenJson",
    "BrokenSse",
    "CutBody",
    "CutStream",
    "Drip",
    "EmptyChoices",
    "Endpoint",
    "ErrorMidStream",
    "Exchange",
    "Hang",
    "HangMidStream",
    "Huge",
    "NullContent",
    "Redirect",
    "RefuseConnection",
    "Request",
    "Say",
    "Status",
    "Tool",
    "WrongContentType",
    "refusing_url",
    "until",
]


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
        self._thread = threading.Thread(target=self._server.serve_forever, args=(LOOK,), daemon=True)
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
        time.sleep(LOOK)
    return bool(true())
