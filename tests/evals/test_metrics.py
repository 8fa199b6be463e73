"""Shares, scores and intervals: known values, and no number where there is nothing to count."""

from __future__ import annotations

import pytest

from draft_assist.evals.metrics import Interval, score, share, wilson


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        pytest.param(5, 10, 0.2366, 0.7634, id="half of ten: symmetric"),
        pytest.param(0, 10, 0.0, 0.2775, id="none: the low end is 0, never below"),
        pytest.param(10, 10, 0.7225, 1.0, id="all: the high end is 1, never above"),
        pytest.param(1, 1, 0.2065, 1.0, id="one of one says little"),
        pytest.param(95, 100, 0.8882, 0.9785, id="many"),
    ],
)
def test_wilson_intervals_have_their_known_values(hits, n, low, high) -> None:
    interval = wilson(hits, n)
    assert interval is not None
    assert (interval.low, interval.high) == (pytest.approx(low, abs=2e-4), pytest.approx(high, abs=2e-4))


def test_nothing_counted_gives_no_number() -> None:
    assert wilson(0, 0) is None and share(0, 0) is None
    empty = score([])
    assert (empty.n, empty.precision, empty.recall, empty.f1) == (0, None, None, None)
    assert empty.precision_interval is None and empty.recall_interval is None


def test_nothing_predicted_has_a_recall_of_zero_and_no_precision() -> None:
    one = score([(True, False), (False, False)])
    assert (one.precision, one.recall, one.f1) == (None, 0.0, 0.0)


def test_nothing_wanted_has_a_precision_of_zero_and_no_recall() -> None:
    one = score([(False, True)])
    assert (one.precision, one.recall, one.f1) == (0.0, None, 0.0)


def test_nothing_wanted_and_nothing_predicted_has_neither() -> None:
    one = score([(False, False)])
    assert (one.n, one.precision, one.recall, one.f1) == (1, None, None, None)


def test_counts_and_shares_of_a_mixture() -> None:
    one = score([(True, True)] * 3 + [(True, False)] + [(False, True)] * 2, skipped=4)
    assert (one.n, one.skipped, one.hits, one.false_alarms, one.misses) == (6, 4, 3, 2, 1)
    assert (one.precision, one.recall, one.f1) == (0.6, 0.75, 0.6667)
    assert isinstance(one.recall_interval, Interval)
