"""Dates and periods in sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from draft_assist.check.periods import find_periods, last_year


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


CASES = [
    ("2026年3月1日至2026年3月31日公示", day(3, 1), day(3, 31), 31),
    ("2026年3月1日至3月31日", day(3, 1), day(3, 31), 31),
    ("2026年3月1日至31日", day(3, 1), day(3, 31), 31),
    ("2026年12月20日至2027年1月20日", day(12, 20), day(1, 20, 2027), 32),
    ("2026-03-01至2026-03-20", day(3, 1), day(3, 20), 20),
    ("2026.3.1-2026.3.20", day(3, 1), day(3, 20), 20),
    ("二〇二六年三月一日至四月十日", day(3, 1), day(4, 10), 41),
    ("自2026年4月2日起公示三十日", day(4, 2), day(5, 1), 30),
    ("自2026年4月2日起向社会公开征求意见，期限为30天", day(4, 2), day(5, 1), 30),
    # Five working days are a week.
    ("自2026年4月2日起公示，为期10个工作日", day(4, 2), day(4, 15), 14),
    ("2026年5月20日，县司法局出具意见", day(5, 20), day(5, 20), None),
    ("请于2026年5月6日前反馈", None, day(5, 6), None),
    ("截至2026年5月6日", None, day(5, 6), None),
    ("公开征求意见30日", None, None, 30),
]


@pytest.mark.parametrize(("text", "start", "end", "days"), CASES)
def test_one_period_with_its_length(text, start, end, days) -> None:
    (period,) = find_periods(text)
    assert (period.start, period.end, period.days) == (start, end, days)


def test_a_date_takes_the_year_that_stands_before_it() -> None:
    first, second = find_periods("2026年5月6日送审，6月1日出具意见")
    assert (first.end, second.end) == (day(5, 6), day(6, 1))
    (alone,) = find_periods("6月1日出具意见", 2025)
    assert alone.end == day(6, 1, 2025)


def test_a_year_and_month_give_the_year_to_what_follows() -> None:
    (period,) = find_periods("2026年3月开始起草，4月7日至4月27日公开征求意见")
    assert (period.start, period.end, period.days) == (day(4, 7), day(4, 27), 21)


@pytest.mark.parametrize("text", ["6月1日出具意见", "2026年2月30日", "20××年3月1日", "第3项", "每月5日前"])
def test_what_is_no_full_date_is_none(text) -> None:
    assert find_periods(text) == []


def test_the_last_year_named() -> None:
    assert last_year("2025年至2026年5月1日", None) == 2026
    assert last_year("没有年份", 2024) == 2024
