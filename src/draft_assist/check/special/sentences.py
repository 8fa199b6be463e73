"""The sentence around some words."""

from __future__ import annotations

# Text without full stops is looked at this far only; longer sentences hold nothing that decides about the words.
_REACH = 300


def sentence_at(value: str, start: int, end: int) -> str:
    """The characters from the last 。 or line end before `start` up to the next one at or after `end`."""
    return value[begin_of(value, start) : _end_of(value, end)]


def begin_of(value: str, offset: int) -> int:
    """Where the sentence that holds `offset` begins, at most `_REACH` characters before it."""
    first = max(0, offset - _REACH)
    return max(value.rfind("。", first, offset) + 1, value.rfind("\n", first, offset) + 1, first)


def _end_of(value: str, offset: int) -> int:
    last = min(len(value), offset + _REACH)
    stops = [stop for stop in (value.find("。", offset, last), value.find("\n", offset, last)) if stop >= 0]
    return min(stops, default=last)
