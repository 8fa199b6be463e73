"""The raw text as lines of marked segments: which findings, removals and damage cover which characters.

One sweep over the sorted boundaries, so the work grows with the text and the number of marks, however they overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from draft_assist.model import Report, Severity, Span
from draft_assist.report.places import Places

# A segment under more findings than this names only the innermost: the others keep their start and end marks.
NAMED_AT_ONCE = 6


class Start(NamedTuple):
    """Here begins the quote of a finding."""

    number: int


class End(NamedTuple):
    """Here ends the quote of a finding."""

    number: int


class Segment(NamedTuple):
    """Characters with the same marks.

    Attributes:
        text: raw characters, no line feed.
        findings: numbers of the findings that cover them, the last begun first, at most `NAMED_AT_ONCE`.
        severity: the worst of all findings that cover them; None for none.
        removed, damaged: the reason, Chinese; "" when neither.
    """

    text: str
    findings: tuple[int, ...]
    severity: Severity | None
    removed: str
    damaged: str


class MarkedLine(NamedTuple):
    """One line of the raw text: its number from 1, its span, and what stands on it in order."""

    number: int
    span: Span
    parts: list[Start | End | Segment]


class _State:
    """What covers the current character."""

    def __init__(self) -> None:
        self.findings: dict[int, Severity] = {}
        self.by_severity = dict.fromkeys(Severity, 0)
        self.removed: list[str] = []
        self.damaged: list[str] = []

    def open(self, number: int, severity: Severity) -> None:
        self.findings[number] = severity
        self.by_severity[severity] += 1

    def close(self, number: int) -> None:
        self.by_severity[self.findings.pop(number)] -= 1

    def segment(self, text: str) -> Segment:
        return Segment(
            text=text,
            findings=tuple(islice(reversed(self.findings), NAMED_AT_ONCE)),
            severity=next((severity for severity in Severity if self.by_severity[severity]), None),
            removed=self.removed[-1] if self.removed else "",
            damaged=self.damaged[-1] if self.damaged else "",
        )


class _Marks:
    """The boundaries of all marks, by raw offset."""

    def __init__(self, report: Report) -> None:
        text = report.document.text
        size = len(text.raw.text)
        self.severities = {number: finding.severity for number, finding in enumerate(report.findings, 1)}
        self.starts: dict[int, list[int]] = {}
        self.ends: dict[int, list[int]] = {}
        for number, finding in enumerate(report.findings, 1):
            span = _trimmed(finding.place.span, text.raw.text)
            self.starts.setdefault(span.start, []).append(number)
            self.ends.setdefault(span.end, []).append(number)
        self.removed = _toggles(((removed.span, removed.reason) for removed in text.removed), size)
        damaged = ((text.offsets.to_raw(damage.span), damage.reason) for damage in text.damaged)
        self.damaged = _toggles(damaged, size)
        self.offsets = sorted({*self.starts, *self.ends, *self.removed, *self.damaged})

    def apply(self, offset: int, state: _State) -> Iterator[Start | End]:
        """Moves `state` over `offset`; a finding without characters begins and ends there."""
        for number in self.ends.get(offset, ()):
            if number in state.findings:
                state.close(number)
                yield End(number)
        for number in self.starts.get(offset, ()):
            yield Start(number)
            state.open(number, self.severities[number])
        for number in self.ends.get(offset, ()):
            if number in state.findings:
                state.close(number)
                yield End(number)
        _toggle(self.removed, offset, state.removed)
        _toggle(self.damaged, offset, state.damaged)


def marked_lines(report: Report, places: Places) -> Iterator[MarkedLine]:
    """The lines of the raw text in order; their segments hold every character but the line feeds."""
    text = report.document.text.raw.text
    marks, state = _Marks(report), _State()
    offsets = marks.offsets
    next_offset = 0
    for number in range(1, places.line_count + 1):
        span = places.line_span(number)
        parts: list[Start | End | Segment] = []
        at = span.start
        while next_offset < len(offsets) and offsets[next_offset] <= span.end:
            offset = offsets[next_offset]
            if offset > at:
                parts.append(state.segment(text[at:offset]))
                at = offset
            parts.extend(marks.apply(offset, state))
            next_offset += 1
        if at < span.end:
            parts.append(state.segment(text[at : span.end]))
        yield MarkedLine(number, span, parts)


def _trimmed(span: Span, text: str) -> Span:
    """`span` inside `text`, without line feeds at its end."""
    start = min(max(span.start, 0), len(text))
    end = min(max(span.end, start), len(text))
    while end > start and text[end - 1] == "\n":
        end -= 1
    return Span(start, end)


_Toggles = dict[int, list[tuple[str, bool]]]


def _toggles(spans: Iterable[tuple[Span, str]], size: int) -> _Toggles:
    """Reasons to open and to close, by offset."""
    toggles: _Toggles = {}
    for span, reason in spans:
        start, end = min(span.start, size), min(span.end, size)
        if start < end:
            toggles.setdefault(start, []).append((reason, True))
            toggles.setdefault(end, []).append((reason, False))
    return toggles


def _toggle(toggles: _Toggles, offset: int, reasons: list[str]) -> None:
    changes = toggles.get(offset, ())
    for reason, opens in changes:
        if not opens:
            reasons.remove(reason)
    reasons.extend(reason for reason, opens in changes if opens)
