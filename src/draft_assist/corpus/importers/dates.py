"""The days of a law's wording, read from the lines of its history and from its last articles.

A history has a line for each wording: adopted, published, amended (often several times), in effect. A law's last
article mostly tells when its first wording took effect, and stays as it is when the law is amended.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from draft_assist.corpus.works import Article
from draft_assist.parse.dates import find_dates
from draft_assist.patterns import compiled

_IN_NAME = compiled(r"[（(](\d{4})[-.年](\d{1,2})[-.月](\d{1,2})日?[）)]$")
_EFFECT = compiled(r"施行|生效")
_ISSUED = compiled(r"公布|发布|颁布|印发|批准|通过|修订|修正")
# 于 is said of many days; it is that of effect only where the word follows the day.
_SINCE = r"(?:[自从]|于(?=\d{4}年\d{1,2}月\d{1,2}日起?(?:正式)?(?:施行|实施|生效|执行)))"
_FROM = compiled(_SINCE + r"(?P<when>[^。；，]{2,24}?)起?(?:正式)?(?:施行|实施|生效|执行)")
_AT_ONCE = compiled(r"(?:公布|发布|颁布|通过|批准|印发)之?[日后]|即日")
# 第…条第…款自…起施行 and the like concern a part only; the whole says 本法, 本条例, 本决定.
_OF_THE_WHOLE = compiled(r"(?:^|[。；，、\s])本[一-龥（）《》]{1,30}，?$")
_PLAIN_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
# The provision on effect is among the last articles; attachments may follow it.
_LAST = 6


class Days(NamedTuple):
    """Days of one wording; None where the text does not tell."""

    version: dt.date | None
    effective: dt.date | None


def days_of(stem: str, history: Sequence[str], articles: Sequence[Article]) -> Days:
    """The days of the wording.

    Args:
        stem: the file's name without ending; a date in brackets at its end is the wording's.
        history: the lines of the head below the title.
        articles: the text's.
    """
    effects, others = _history_days(history)
    version = _day_in_name(stem) or (max(others) if others else None)
    return Days(version, _effective(version, effects, others, articles))


def day_of_effect(articles: Sequence[Article], issued: dt.date | None) -> dt.date | None:
    """The day of effect that the last articles tell; `issued` where it is the day of issue; None when not told."""
    for article in reversed([one for one in articles if one.number is not None][-_LAST:] or list(articles[-_LAST:])):
        words = article.text.translate(_PLAIN_DIGITS)
        for found in reversed(list(_FROM.finditer(words))):
            if not _is_of_the_whole(words, found):
                continue
            if _AT_ONCE.search(found["when"]):
                return issued
            dates = [read.date for read in find_dates(found["when"]) if read.date]
            if dates:
                return dates[0]
    return None


def _is_of_the_whole(text: str, found: re.Match[str]) -> bool:
    return _OF_THE_WHOLE.search(text, max(0, found.start() - 40), found.start()) is not None


def _effective(
    version: dt.date | None, effects: list[dt.date], others: list[dt.date], articles: Sequence[Article]
) -> dt.date | None:
    issued = max((day for day in (version, *others) if day is not None), default=None)
    told = max(effects, default=None) or day_of_effect(articles, issued)
    if told is None or version is None:
        return told
    # A day before this wording was made is that of an earlier one.
    return max(told, version)


def _history_days(history: Sequence[str]) -> tuple[list[dt.date], list[dt.date]]:
    """Days of effect, and all other days, that the history's lines begin with or state."""
    effects: list[dt.date] = []
    others: list[dt.date] = []
    for line in history:
        # The names of other laws may hold dates.
        words = re.sub(r"《[^》]*》", "", line)
        dates = [read for read in find_dates(words) if read.date]
        for place, read in enumerate(dates):
            after = words[read.end : dates[place + 1].start if place + 1 < len(dates) else None]
            if read.date and _EFFECT.search(after):
                effects.append(read.date)
            if read.date and (_ISSUED.search(after) or not _EFFECT.search(after)):
                others.append(read.date)
    return effects, others


def _day_in_name(stem: str) -> dt.date | None:
    found = _IN_NAME.search(stem.strip())
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
