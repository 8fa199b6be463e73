"""What several checks of one document ask for is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

A = TypeVar("A")
R = TypeVar("R")


def once_for_each(function: Callable[[A], R]) -> Callable[[A], R]:
    """The function, remembering its last answer for as long as the very same object is asked about.

    All checks look at one document before the next comes; comparing or hashing a document would take longer than most
    of what is remembered.
    """
    last: list[tuple[A, R]] = []

    @wraps(function)
    def remembering(asked: A) -> R:
        for known, answer in last:
            if known is asked:
                return answer
        answer = function(asked)
        last[:] = [(asked, answer)]
        return answer

    return remembering
