"""Dates and periods in a sentence: 2026年3月1日至3月31日, 自4月2日起公示三十日, 于5月6日前, 为期30天.

Parts that a sentence leaves out (至31日, 5月12日) are taken from what stands before, never from anywhere else.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from draft_assist.parse.dates import find_dates
from draft_assist.parse.numerals import read_numeral
from draft_assist.patterns import compiled

_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十廿卅百]{1,5})"
_PARTIAL = compiled(
    rf"(?<![年\d第十])(?:(?:同|当|本)年)?(?P<month>\d{{1,2}}|十?[一二三四五六七八九十])月(?P<day>{_NUMBER})日"
)
_DAY_ONLY = compiled(rf"(?P<day>{_NUMBER})日")
_TO = compiled(r"\s*(?:起|开始|零时起?|上午|0时)?\s*(?:至|到|—{1,2}|-{1,2}|–|~|～|－)\s*")
_BEFORE = compiled(r"(?:之?前|以前|为?止|截止|止)")
_UNTIL = compiled(r"(?:截至|截止到?|截止时间为?|止于|至)\s*$")
# 公示30日, 为期三十天, 期限为30日; 7个工作日 counts as its share of a week.
_LENGTH = compiled(
    rf"(?:为期|期限|时间|时限|时长|历时|共计?|公示期?|公告期?|意见|征求期?|征集期?|不少于)[^，。；\n\d]{{0,6}}?(?P<n>{_NUMBER})\s*"
    r"(?:(?P<work>个?工作日)|个?自然日|天|日)(?![前月])"
)
_LONGEST_GAP = 30


class Period(NamedTuple):
    """A stretch of days, or one day.

    Attributes:
        start, end: both included; `start` is None for a deadline, and equals `end` for a single day.
        days: its length with both ends counted; None when only a deadline or a single day is given.
        at, until: offsets in the text.
    """

    start: dt.date | None
    end: dt.date | None
    days: int | None
    at: int
    until: int


class _Day(NamedTuple):
    date: dt.date
    at: int
    until: int


def last_year(text: str, before: int | None) -> int | None:
    """The year that later dates without one belong to: the last that `text` names, else `before`."""
    years = [one for one in (_year(read.words) for read in find_dates(text)) if one]
    return years[-1] if years else before


def _year(words: str) -> int | None:
    digits = words[:4].translate(_HAN_DIGITS)
    return int(digits) if digits.isascii() and digits.isdigit() else None


_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def find_periods(text: str, before: int | None = None) -> list[Period]:
    """The periods and dates of `text` in order.

    Args:
        text: a sentence or a line.
        before: the year of the last date before it, for dates that leave theirs out; None when there is none.
    """
    days = _days(text, before)
    found: list[Period] = []
    lengths = list(_LENGTH.finditer(text))
    skip = False
    for index, day in enumerate(days):
        if skip:
            skip = False
            continue
        following = days[index + 1] if index + 1 < len(days) else None
        if following is not None and _TO.fullmatch(text, day.until, following.at) and following.date >= day.date:
            skip = True
            length = (following.date - day.date).days + 1
            found.append(Period(day.date, following.date, length, day.at, following.until))
        else:
            found.append(_single(text, day, lengths))
    if not found or all(period.days is None for period in found):
        found += [_bare(match) for match in lengths if not any(_holds(period, match) for period in found)]
    return sorted(found, key=lambda period: period.at)


def _single(text: str, day: _Day, lengths: list[re.Match[str]]) -> Period:
    if _UNTIL.search(text, max(0, day.at - 8), day.at) or _BEFORE.match(text, day.until):
        return Period(None, day.date, None, day.at, day.until)
    length = next((one for one in lengths if 0 <= one.start() - day.until <= _LONGEST_GAP), None)
    if length is None or (count := _count(length)) is None or "。" in text[day.until : length.start()]:
        return Period(day.date, day.date, None, day.at, day.until)
    return Period(day.date, day.date + dt.timedelta(days=count - 1), count, day.at, length.end())


def _bare(length: re.Match[str]) -> Period:
    return Period(None, None, _count(length), *length.span())


def _holds(period: Period, length: re.Match[str]) -> bool:
    return period.at <= length.start() < period.until


def _count(length: re.Match[str]) -> int | None:
    """The calendar days that the words name; five working days are a week."""
    number = read_numeral(length["n"])
    return None if number is None else number * 7 // 5 if length["work"] else number


def _days(text: str, before: int | None) -> list[_Day]:
    full = [_Day(one.date, one.start, one.end) for one in find_dates(text) if one.date]
    taken = [(one.start, one.end) for one in find_dates(text)]
    marks: list[_Day | re.Match[str]] = [*full]
    marks += [one for one in _PARTIAL.finditer(text) if not _inside(one, taken)]
    found: list[_Day] = []
    for mark in sorted(marks, key=_start):
        if not isinstance(mark, _Day):
            year = last_year(text[: mark.start()], before)
            date = _date(year, read_numeral(mark["month"]), read_numeral(mark["day"]))
            if date is None:
                continue
            mark = _Day(date, mark.start(), mark.end())
        found.append(mark)
        if (last := _day_after(text, mark)) is not None:
            found.append(last)
    return found


def _start(mark: _Day | re.Match[str]) -> int:
    return mark.at if isinstance(mark, _Day) else mark.start()


def _day_after(text: str, day: _Day) -> _Day | None:
    """The second day of 3月1日至31日."""
    to = _TO.match(text, day.until)
    only = _DAY_ONLY.match(text, to.end()) if to else None
    date = _date(day.date.year, day.date.month, read_numeral(only["day"])) if only else None
    return _Day(date, only.start(), only.end()) if only and date else None


def _inside(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return any(low < match.end() and match.start() < high for low, high in taken)


def _date(year: int | None, month: int | None, day: int | None) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year and month and day else None
    except ValueError:
        return None
