"""Local requirements on procedure, from the profile of the place.

Silent where the profile says nothing, and where its value binds other issuers than that of the document.

Every message may name {source}: the local document that the value stands in, and {limit}: the value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from draft_assist.check.profiles import DayType, FilingStart, Profile
from draft_assist.check.special.issuer import issuer_sorts
from draft_assist.check.special.paper import Paper, Spot, Step, Taken
from draft_assist.check.steps import chinese_date, steps_of, title_or_start
from draft_assist.model import Span
from draft_assist.parse.numerals import read_numeral
from draft_assist.patterns import compiled


def filed_late(paper: Paper) -> Iterator[Spot]:
    """Filed later than the place allows. Values: limit, days, start, filed, doubt, source.

    Days are counted from publication unless the profile says otherwise, from signing where no date of publication is
    known; the message says so. Working days are counted from Monday to Friday less the longest public holiday, so that
    only a sure delay is told.
    """
    profile = _binding(paper, "filing_days")
    start, filed = _filing_start(paper), _dated(paper, "filing", last=False)
    if profile is None or profile.filing_days is None or start is None or filed is None:
        return
    # Where the profile does not say which days count, only what is late by either count is told.
    calendar = profile.day_type is DayType.CALENDAR
    days = (filed - start.date).days if calendar else _working_days(start.date, filed)
    limit = profile.filing_days + (0 if calendar else _LONGEST_HOLIDAY)
    if days > limit:
        counted = f"{profile.filing_days}{'个工作' if profile.day_type is DayType.WORKING else ''}日"
        values = {"days": str((filed - start.date).days), "start": start.words, "filed": chinese_date(filed)}
        source = profile.source_of("filing_days")
        yield from _at_title(paper, {**values, "limit": counted, "doubt": start.doubt, "source": source})


class _Start(NamedTuple):
    """The day from which the days for filing are counted, what it is, and what is uncertain of it."""

    date: dt.date
    words: str
    doubt: str = ""


def _filing_start(paper: Paper) -> _Start | None:
    said = paper.profile.filing_from if paper.profile else None
    published, signed = _dated(paper, "publication", last=True), _dated(paper, "signing", last=True)
    if said is not FilingStart.SIGNING and published is not None:
        doubt = "" if said else "（本地配置没有写明从哪一日起算，这里从公布之日起算，请核对）"
        return _Start(published, f"{chinese_date(published)}公布", doubt)
    if signed is None:
        return None
    doubt = "" if said else "（没有找到公布日期，这里从成文日期起算，请核对公布日期）"
    if said is FilingStart.PUBLICATION:
        doubt = "（期限自公布之日起算；没有找到公布日期，这里从成文日期起算，请核对公布日期）"
    return _Start(signed, f"{chinese_date(signed)}成文", doubt)


# The working days that the longest public holiday takes out of a stretch of weeks.
_LONGEST_HOLIDAY = 6


def _working_days(start: dt.date, end: dt.date) -> int:
    """Days from Monday to Friday after `start`, up to and with `end`."""
    return sum(1 for n in range(1, (end - start).days + 1) if (start + dt.timedelta(days=n)).weekday() < 5)


def in_force_too_soon(paper: Paper) -> Iterator[Spot]:
    """In force sooner after publication (else signing) than the place allows. Values: limit, days, source."""
    profile = _binding(paper, "effective_delay_days")
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
    facts = paper.document.facts
    on_trial = re.search(r"试行|暂行", facts.title or "") is not None and _binding(paper, "trial_years") is not None
    field = "trial_years" if on_trial else "validity_years"
    profile = _binding(paper, field)
    if profile is None or facts.validity is None:
        return
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
    profile = _binding(paper, "validity_years")
    if profile is not None and paper.document.facts.validity is None:
        values = {"limit": str(profile.validity_years), "source": profile.source_of("validity_years")}
        yield from _at_title(paper, values)


def step_missing(paper: Paper) -> Iterator[Spot]:
    """A step that the place asks for stands in no paper given. Values: step, papers, source."""
    profile = _binding(paper, "required_steps")
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
    number, profile = paper.document.facts.registration_number, _binding(paper, "registration_no_regex")
    if profile is None or profile.registration_no_regex is None or number is None:
        return
    if not re.fullmatch(profile.registration_no_regex, number) and (span := _words_at(paper, number)):
        yield Spot(span, {"number": number, "source": profile.source_of("registration_no_regex")})


# --- helpers ------------------------------------------------------------------------------------------------------


def _binding(paper: Paper, field: str) -> Profile | None:
    """The profile, where it has a value for that field which surely binds the issuer of the document; else None."""
    profile = paper.profile
    if profile is None or not profile.is_configured(field):
        return None
    return profile if profile.holds_for(field, issuer_sorts(paper.document, paper.rank)) else None


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
