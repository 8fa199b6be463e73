"""The sentence around some words."""

from __future__ import annotations


def sentence_at(value: str, start: int, end: int) -> str:
    """The characters from the last 。 or line end before `start` up to the next one at or after `end`."""
    return value[begin_of(value, start) : _end_of(value, end)]


def begin_of(value: str, offset: int) -> int:
    """Where the sentence that holds `offset` begins."""
    return max(value.rfind("。", 0, offset), value.rfind("\n", 0, offset)) + 1


def _end_of(value: str, offset: int) -> int:
    stops = [stop for stop in (value.find("。", offset), value.find("\n", offset)) if stop >= 0]
    return min(stops, default=len(value))
