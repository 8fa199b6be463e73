"""Precision, recall and F1 with their counts and intervals. No samples give no number, never 0.0."""

from __future__ import annotations

import math

import msgspec


class Interval(msgspec.Struct, frozen=True):
    """The 95 % Wilson score interval of a share; Wilson (1927), doi:10.1080/01621459.1927.10502953."""

    low: float
    high: float


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one class and what follows from them.

    Attributes:
        n: cases scored for the class; skipped: cases left out as unsure or doubtful.
        hits, false_alarms, misses: true positives, false positives, false negatives.
        precision, recall, f1: None where there is nothing to divide by.
    """

    n: int
    skipped: int
    hits: int
    false_alarms: int
    misses: int
    precision: float | None
    recall: float | None
    f1: float | None
    precision_interval: Interval | None
    recall_interval: Interval | None


def score(pairs: list[tuple[bool, bool]], skipped: int = 0) -> Score:
    """The score of (wanted, predicted) pairs."""
    hits = sum(1 for wanted, got in pairs if wanted and got)
    false_alarms = sum(1 for wanted, got in pairs if got and not wanted)
    misses = sum(1 for wanted, got in pairs if wanted and not got)
    precision, recall = share(hits, hits + false_alarms), share(hits, hits + misses)
    f1 = share(2 * hits, 2 * hits + false_alarms + misses)
    return Score(
        n=len(pairs),
        skipped=skipped,
        hits=hits,
        false_alarms=false_alarms,
        misses=misses,
        precision=precision,
        recall=recall,
        f1=f1,
        precision_interval=wilson(hits, hits + false_alarms),
        recall_interval=wilson(hits, hits + misses),
    )


def share(part: int, whole: int) -> float | None:
    """part / whole to four digits; None when whole is 0."""
    return round(part / whole, 4) if whole else None


def wilson(hits: int, n: int) -> Interval | None:
    """The 95 % interval of hits out of n; None for n = 0."""
    if not n:
        return None
    z = 1.959964  # two-sided 95 %
    p = hits / n
    centre = p + z * z / (2 * n)
    spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return Interval(round(max(0.0, (centre - spread) / scale), 4), round(min(1.0, (centre + spread) / scale), 4))
