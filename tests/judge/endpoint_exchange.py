"""One request to the scripted endpoint, and the means to answer it."""

from __future__ import annotations

import json
import select
import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any

EVENTS = "text/event-stream; charset=utf-8"
JSON = "application/json; charset=utf-8"
LOOK = 0.02  # seconds between looks at whether to stop waiting


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

    def __init__(self, handler: BaseHTTPRequestHandler, request: Request, closing: threading.Event) -> None:
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
            if self._closing.wait(min(left, LOOK)):
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
