"""Dates as documents write them: 2015年7月26日, 二〇一五年七月二十六日, 2015-07-26; incomplete ones stay incomplete."""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from draft_assist.parse.numerals import read_numeral
from draft_assist.patterns import compiled

_HAN_YEAR = "〇零○OoＯ0一二三四五六七八九"
_HAN_DAY = "〇零一二三四五六七八九十廿卅"
_YEAR_DIGITS = str.maketrans("〇零○OoＯ一二三四五六七八九", "000000123456789")

# A masked or blank part (xx, ××, a gap) is part of a date too: such a date is incomplete.
DATE = compiled(
    rf"(?P<year>(?:19|20)\d\d|[{_HAN_YEAR}]{{4}}|20[xX×＊*]{{1,2}}|[xX×]{{2,4}})\s*年\s*"
    rf"(?:(?P<month>\d{{1,2}}|[{_HAN_DAY}]{{1,3}}|[xX×]{{1,2}})\s*月\s*"
    rf"(?:(?P<day>\d{{1,2}}|[{_HAN_DAY}]{{1,3}}|[xX×]{{1,2}})(?!\d)\s*(?P<ri>[日号])?)?)?"
)
_FIGURES = compiled(r"(?P<year>(?:19|20)\d\d)(?P<sep>[-./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)")
# The whole line is a date: signatures. 　　年　月　日 is a form to be filled in.
_BLANK = compiled(r"(?:20\d{0,2}|二〇[一二]?)?\s*年\s*月\s*日")


class ReadDate(msgspec.Struct, frozen=True):
    """A date with what is wrong with it.

    Attributes:
        date: None when a part is missing, masked or impossible.
        words: as written.
        fault: Chinese, "" when there is none.
        start, end: in the text given.
    """

    date: dt.date | None
    words: str
    fault: str
    start: int
    end: int


def find_dates(text: str) -> list[ReadDate]:
    """The dates with a year and a month in `text`, in order."""
    found = [read for match in DATE.finditer(text) if match["month"] and (read := _read(match))]
    found += [_read(match) for match in _FIGURES.finditer(text)]
    return sorted(found, key=lambda read: read.start)


def read_date_line(line: str) -> ReadDate | None:
    """The date of a line that holds nothing else (brackets around it allowed); None for any other line."""
    if len(line) > 30:
        return None
    start = 1 if line[0] in "（(" else 0
    end = len(line) - 1 if line[-1] in "）)" else len(line)
    words = line[start:end].strip()
    match = DATE.fullmatch(words) or _FIGURES.fullmatch(words)
    if match is not None and (match["month"] is not None):
        return _read(match)
    if _BLANK.fullmatch(words):
        return ReadDate(None, words, "日期未填写", start, end)
    return None


def _read(match: re.Match[str]) -> ReadDate:
    words = match[0].strip()
    start, end = match.start(), match.start() + len(words)
    year = _number(match["year"].translate(_YEAR_DIGITS))
    month = _part(match["month"])
    day = _part(match["day"])
    if year is None or month == -1 or day == -1:
        return ReadDate(None, words, "日期中有代替字符", start, end)
    if day is None:
        return ReadDate(None, words, "日期缺“日”", start, end)
    if "ri" in match.re.groupindex and match["ri"] is None:
        # 2015年7月26 may be the 26th, or have lost a digit or more: it is never completed silently.
        return ReadDate(None, words, f"日期不完整，可能是“{words}日”", start, end)
    try:
        return ReadDate(dt.date(year, month or 0, day), words, "", start, end)
    except ValueError:
        return ReadDate(None, words, "没有这一天", start, end)


def _number(digits: str) -> int | None:
    return int(digits) if digits.isascii() and digits.isdigit() else None


def _part(writing: str | None) -> int | None:
    """A month or a day; None when there is none, -1 when it is masked."""
    if writing is None:
        return None
    number = read_numeral(writing.removeprefix("0").removeprefix("零").removeprefix("〇"))
    return -1 if number is None else number
