"""Answers are remembered for the same object only."""

from __future__ import annotations

from draft_assist.check.special.lately import once_for_each


def test_the_same_object_is_asked_once_and_another_anew() -> None:
    asked: list[list[int]] = []

    @once_for_each
    def total(numbers: list[int]) -> int:
        asked.append(numbers)
        return sum(numbers)

    first, equal = [1, 2], [1, 2]
    assert (total(first), total(first), total(equal), total(first)) == (3, 3, 3, 3)
    assert [one is first for one in asked] == [True, False, True]
