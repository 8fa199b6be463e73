"""The one way out to an endpoint: no proxy of the environment, no redirect, and an end to every answer.

A time-out of a client counts the silence between two bytes; a server that sends one byte a second never falls silent.
So the bytes themselves are watched here: how long the whole answer has taken, how much it is, whether somebody
asked to stop.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2

# An answer of a model is some thousand characters; the longest that is read is far above that.
MOST_BYTES = 8_000_000
_CONNECT = 10.0  # seconds


class Stopped(httpx2.RequestError):
    """Somebody asked to stop."""


class TooLong(httpx2.RequestError):
    """The answer is longer, or took longer, than any answer may."""


class _Watched(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, request: httpx2.Request, deadline: float, stop: Stop) -> None:
        self._stream = stream
        self._request = request
        self._deadline = deadline
        self._stop = stop

    def __iter__(self) -> Iterator[bytes]:
        received = 0
        for part in self._stream:
            received += len(part)
            if self._stop():
                raise Stopped("stopped", request=self._request)
            if time.monotonic() > self._deadline:
                raise TooLong("deadline", request=self._request)
            if received > MOST_BYTES:
                raise TooLong("size", request=self._request)
            yield part

    def close(self) -> None:
        self._stream.close()


Stop = Callable[[], bool]


class GuardedTransport(httpx2.HTTPTransport):
    """See the head of the module. Answers are asked for uncompressed: what is unpacked cannot be watched."""

    def __init__(self, *, deadline: float, stop: Stop, verify: ssl.SSLContext | bool, connections: int) -> None:
        """
        Args:
            deadline: seconds for one whole answer.
            stop: asked while an answer comes in.
            verify: for https.
            connections: at most at once.
        """
        limits = httpx2.Limits(max_connections=connections, max_keepalive_connections=connections)
        super().__init__(verify=verify, trust_env=False, limits=limits)
        self._deadline = deadline
        self._stop = stop

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; its answer is watched as it is read."""
        if self._stop():
            raise Stopped("stopped", request=request)
        started = time.monotonic()
        request.headers["Accept-Encoding"] = "identity"
        response = super().handle_request(request)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            response.close()
            raise TooLong("compressed", request=request)
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = _Watched(response.stream, request, started + self._deadline, self._stop)
        return response


def open_client(
    *, timeout: float, deadline: float, stop: Stop, connections: int, ca_file: Path | None
) -> httpx2.Client:
    """The client that all requests to an endpoint go through.

    Args:
        timeout: seconds of silence; deadline: seconds for one whole answer.
        stop: see `GuardedTransport`.
        connections: at most at once.
        ca_file: certificates to trust beside the system's; None for these alone.

    Proxies of the environment are not used: they would carry text that is meant for this host to another.

    Raises:
        OSError, ssl.SSLError: the certificates cannot be read.
    """
    verify: ssl.SSLContext | bool = True
    if ca_file is not None:
        verify = ssl.create_default_context()
        verify.load_verify_locations(cafile=ca_file)
    transport = GuardedTransport(deadline=deadline, stop=stop, verify=verify, connections=connections)
    return httpx2.Client(
        transport=transport,
        timeout=httpx2.Timeout(timeout, connect=min(timeout, _CONNECT)),
        trust_env=False,
        follow_redirects=False,
    )
