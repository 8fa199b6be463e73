"""A circuit breaker: an endpoint that fails again and again is left alone for a while, not asked a hundred times."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

# So many failures one after another, whatever requests they belong to, open the circuit.
_FAILURES = 5
# Seconds until one request is let through again to see whether the endpoint is back.
_PAUSE = 30.0


class Breaker:
    """Counts failures of the endpoint; answers that cannot be read are none. Used by several threads."""

    def __init__(
        self, failures: int = _FAILURES, pause: float = _PAUSE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """
        Args:
            failures: so many in a row open the circuit.
            pause: seconds until one request is let through again.
            clock: seconds.
        """
        self._most = failures
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._opened: float | None = None
        self._why = ""

    def refusal(self) -> str:
        """Why no request may be made now, in Chinese; "" when one may. After the pause one request gets through."""
        with self._lock:
            if self._opened is None:
                return ""
            if self._clock() - self._opened >= self._pause:
                self._opened = self._clock()  # the next one waits for the outcome of this one
                return ""
            return self._why

    def succeeded(self) -> None:
        """The endpoint answered."""
        with self._lock:
            self._failed, self._opened, self._why = 0, None, ""

    def failed(self, why: str, *, for_good: bool = False) -> None:
        """The endpoint did not answer.

        Args:
            why: Chinese.
            for_good: asking again cannot help, as with a wrong key: the circuit opens at once.
        """
        with self._lock:
            self._failed += 1
            self._why = why
            if for_good or self._failed >= self._most:
                self._opened = self._clock()
