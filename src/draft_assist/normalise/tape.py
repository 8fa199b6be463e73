"""The text under work, with the way back to the raw text kept through every step.

Two kinds of step: `swap` puts a text of the same length in place (one character for one), `apply` cuts and replaces
ranges. What differs in length is kept as a list of raw ranges with the length that stands for each, in order; a step
turns its own ranges into raw ones and merges them in, so the way back holds at any moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from draft_assist.model import OffsetMap, Removed, Span


class Edit(NamedTuple):
    """Put `replacement` in place of [start, end) of the text under work.

    Attributes:
        start, end: half-open and not empty, in code points of the text before the step.
        replacement: what stands there afterwards; "" for a cut.
        reason: Chinese; every cut has one and is listed, a replacement has "".
    """

    start: int
    end: int
    replacement: str = ""
    reason: str = ""


# `length` characters stand for the raw range [start, end): (start, end, length). A plain tuple, since a text full of
# residue has some hundred thousand.
_Change = tuple[int, int, int]


class Tape:
    """Text under work; `text` is its present state."""

    def __init__(self, raw: str) -> None:
        self.text = raw
        self._raw = raw
        self._changes: list[_Change] = []
        self._removed: list[Removed] = []

    def swap(self, text: str) -> None:
        """Put `text`, which has one character for each present one, in place."""
        if len(text) != len(self.text):
            raise ValueError("a swap keeps the length")
        self.text = text

    def apply(self, edits: Iterable[Edit]) -> None:
        """Carry out edits that are in order, not empty, and do not overlap."""
        todo = list(edits)
        if not todo:
            return
        if any(length for _, _, length in self._changes):
            todo = self._widened(todo)
        self._changes = self._merged(todo)
        text = self.text
        parts: list[str] = []
        done = 0
        for start, end, replacement, _ in todo:
            parts.append(text[done:start])
            if replacement:
                parts.append(replacement)
            done = end
        parts.append(text[done:])
        self.text = "".join(parts)

    def offsets(self) -> OffsetMap:
        """The map from the present text to the raw text."""
        normal: list[int] = []
        raw: list[int] = []
        equal: list[bool] = []
        place = source = 0
        for start, end, length in self._changes:
            if start > source:
                normal.append(place)
                raw.append(source)
                equal.append(True)
                place += start - source
            normal.append(place)
            raw.append(start)
            equal.append(False)
            place += length
            source = end
        if source < len(self._raw):
            normal.append(place)
            raw.append(source)
            equal.append(True)
        return OffsetMap(
            normal=tuple(normal),
            raw=tuple(raw),
            equal=tuple(equal),
            normal_length=len(self.text),
            raw_length=len(self._raw),
        )

    def removed(self) -> tuple[Removed, ...]:
        """What was cut, in order of place; a cut inside a larger one is not listed on its own."""
        kept: list[Removed] = []
        reached = 0
        # Of two that begin together the later step's is the larger; a stable sort keeps it in front.
        ordered = list(reversed(self._removed))
        ordered.sort(key=attrgetter("span.start"))
        for one in ordered:
            if one.span.end > reached:
                kept.append(one)
                reached = one.span.end
        return tuple(kept)

    def starts_in_text(self, raw_starts: Iterable[int]) -> list[int]:
        """Where raw positions, in rising order, stand in the present text; one inside a cut stands at the cut."""
        found: list[int] = []
        changes = self._changes
        count = len(changes)
        i = shift = 0
        for position in raw_starts:
            while i < count and changes[i][1] <= position:
                start, end, length = changes[i]
                shift += end - start - length
                i += 1
            inside = i < count and changes[i][0] < position
            found.append((changes[i][0] if inside else position) - shift)
        return found

    def _merged(self, edits: list[Edit]) -> list[_Change]:
        """The old changes with the edits among them; changes inside an edit's range are taken in."""
        merged: list[_Change] = []
        old = self._changes
        count = len(old)
        removed = self._removed
        raw = self._raw
        i = shift = 0
        for start, end, replacement, reason in edits:
            # Old changes that end at or before `start`, cuts that stand at it included, come first; those before the
            # last character are taken in; a cut that stands at `end` stays behind.
            while i < count and old[i][0] - shift + old[i][2] <= start:
                change = old[i]
                merged.append(change)
                shift += change[1] - change[0] - change[2]
                i += 1
            first = start + shift
            while i < count and old[i][0] - shift < end:
                shift += old[i][1] - old[i][0] - old[i][2]
                i += 1
            last = end + shift
            merged.append((first, last, len(replacement)))
            if reason:
                removed.append(Removed(span=Span(first, last), reason=reason, text=raw[first:last]))
        merged.extend(old[i:])
        return merged

    def _widened(self, edits: list[Edit]) -> list[Edit]:
        """The edits, each with any replaced run that is only partly inside taken in whole."""
        runs: list[tuple[int, int]] = []
        shift = 0
        for start, end, length in self._changes:
            if length:
                runs.append((start - shift, start - shift + length))
            shift += end - start - length
        widened: list[Edit] = []
        i = 0
        for edit in edits:
            start, end, replacement, reason = edit
            while i < len(runs) and runs[i][1] <= start:
                i += 1
            j = i
            while j < len(runs) and runs[j][0] < end:
                if runs[j][0] < start:
                    replacement = self.text[runs[j][0] : start] + replacement
                    start = runs[j][0]
                if runs[j][1] > end:
                    replacement += self.text[end : runs[j][1]]
                    end = runs[j][1]
                j += 1
            if widened and widened[-1].end > start:
                # Two edits inside one replaced run: the second is laid over the first.
                before = widened.pop()
                kept = before.replacement[: max(0, len(before.replacement) - (before.end - edit.start))]
                tail = replacement[len(self.text[start : edit.start]) :]
                widened.append(Edit(before.start, max(before.end, end), kept + tail, ""))
                continue
            widened.append(Edit(start, end, replacement, "" if replacement else reason))
        return widened
