"""Local requirements on procedure, from the profile of the place; silent where the profile says nothing.

Every message may name {source}: the local document that the value stands in, and {limit}: the value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from draft_assist.check.profiles import DayType
from draft_assist.check.special.paper import Paper, Spot, Step, Taken
from draft_assist.check.steps import chinese_date, steps_of, title_or_start
from draft_assist.model import Span
from draft_assist.parse.numerals import read_numeral
from draft_assist.patterns import compiled


def filed_late(paper: Paper) -> Iterator[Spot]:
    """Filed later after signing than the place allows. Values: limit, days, signed, filed, source.

    Working days are counted from Monday to Friday less the longest public holiday, so that only a sure delay is told.
    """
    profile = paper.profile
    signed, filed = _dated(paper, "signing", last=True), _dated(paper, "filing", last=False)
    if profile is None or profile.filing_days is None or signed is None or filed is None:
        return
    working = profile.day_type is DayType.WORKING
    days = _working_days(signed, filed) if working else (filed - signed).days
    limit = profile.filing_days + (_LONGEST_HOLIDAY if working else 0)
    if days > limit:
        counted = f"{profile.filing_days}个工作日" if working else f"{profile.filing_days}日"
        values = {"days": str((filed - signed).days), "signed": chinese_date(signed), "filed": chinese_date(filed)}
        yield from _at_title(paper, {**values, "limit": counted, "source": profile.source_of("filing_days")})


# The working days that the longest public holiday takes out of a stretch of weeks.
_LONGEST_HOLIDAY = 6


def _working_days(start: dt.date, end: dt.date) -> int:
    """Days from Monday to Friday after `start`, up to and with `end`."""
    return sum(1 for n in range(1, (end - start).days + 1) if (start + dt.timedelta(days=n)).weekday() < 5)


def in_force_too_soon(paper: Paper) -> Iterator[Spot]:
    """In force sooner after publication (else signing) than the place allows. Values: limit, days, source."""
    profile = paper.profile
    effective = next((step for step in steps_of(paper) if step.id == "effective"), None)
    issued = _dated(paper, "publication", last=False) or _dated(paper, "signing", last=False)
    if profile is None or profile.effective_delay_days is None or effective is None or issued is None:
        return
    assert effective.date is not None
    days = (effective.date - issued).days
    span = effective.span or title_or_start(paper.document)
    if days < profile.effective_delay_days and span:
        limit = str(profile.effective_delay_days)
        yield Spot(span, {"limit": limit, "days": str(days), "source": profile.source_of("effective_delay_days")})


_YEARS = compiled(r"(?P<n>\d{1,2}|[一二三四五六七八九十两]{1,3})\s?年(?!\d|\s?\d{1,2}\s?月)")
_UNTIL = compiled(r"(?P<year>20\d\d)\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日")


def valid_too_long(paper: Paper) -> Iterator[Spot]:
    """Valid longer than the place allows. Values: limit, years, source."""
    facts, profile = paper.document.facts, paper.profile
    if profile is None or facts.validity is None:
        return
    on_trial = re.search(r"试行|暂行", facts.title or "") is not None and profile.trial_years is not None
    field = "trial_years" if on_trial else "validity_years"
    limit = profile.trial_years if on_trial else profile.validity_years
    years = _years(facts.validity, facts.effective_date or facts.signing_date)
    if limit is not None and years is not None and years > limit:
        span = _words_at(paper, facts.validity)
        if span:
            values = {"limit": str(limit), "years": f"{years:g}", "source": profile.source_of(field)}
            yield Spot(span, values)


def _years(validity: str, start: dt.date | None) -> float | None:
    """How many years the words fix; None when they do not say."""
    until = _UNTIL.search(validity)
    if until is not None and start is not None:
        try:
            end = dt.date(int(until["year"]), int(until["month"]), int(until["day"]))
        except ValueError:
            return None
        # A day more or less is no longer term: 2026年1月1日至2031年1月1日 is five years.
        return round((end - start).days / 365.25, 1)
    match = _YEARS.search(validity)
    number = read_numeral(match["n"].replace("两", "二")) if match else None
    return float(number) if number is not None else None


def validity_missing(paper: Paper) -> Iterator[Spot]:
    """No validity period where the place asks for one. Values: limit, source."""
    profile = paper.profile
    if profile is not None and profile.validity_years is not None and paper.document.facts.validity is None:
        values = {"limit": str(profile.validity_years), "source": profile.source_of("validity_years")}
        yield from _at_title(paper, values)


def step_missing(paper: Paper) -> Iterator[Spot]:
    """A step that the place asks for stands in no paper given. Values: step, papers, source."""
    profile = paper.profile
    if profile is None or not paper.companions:
        return
    read = "\n".join(re.sub(r"\s", "", companion.text.value) for companion in paper.companions)
    missing = [step for step in profile.required_steps if step not in read]
    if missing:
        papers = "、".join(f"“{companion.text.raw.path.name}”" for companion in paper.companions)
        values = {"step": "、".join(missing), "papers": papers, "source": profile.source_of("required_steps")}
        yield from _at_title(paper, values)


def registration_number_malformed(paper: Paper) -> Iterator[Spot]:
    """The registration number is not of the local form. Values: number, source."""
    number, profile = paper.document.facts.registration_number, paper.profile
    if profile is None or profile.registration_no_regex is None or number is None:
        return
    if not re.fullmatch(profile.registration_no_regex, number) and (span := _words_at(paper, number)):
        yield Spot(span, {"number": number, "source": profile.source_of("registration_no_regex")})


# --- helpers ------------------------------------------------------------------------------------------------------


def _dated(paper: Paper, step: str, *, last: bool) -> dt.date | None:
    dates = [one.date for one in steps_of(paper) if _counts(one, step) and one.date]
    return (max(dates) if last else min(dates)) if dates else None


def _counts(one: Step, step: str) -> bool:
    return one.id == step and one.taken is Taken.TAKEN and one.about


def _at_title(paper: Paper, values: dict[str, str]) -> Iterator[Spot]:
    if span := title_or_start(paper.document):
        yield Spot(span, values)


def _words_at(paper: Paper, words: str) -> Span | None:
    at = paper.document.text.value.rfind(words)
    return Span(at, at + len(words)) if at >= 0 else title_or_start(paper.document)
