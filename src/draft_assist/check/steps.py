"""Steps of making a document (征求意见, 合法性审核, ...) that it or its accompanying papers show, with their dates.

Of the document itself the preamble, the closing lines and the signature are read; of accompanying papers everything.
What counts as a step, and what says that it was left out or is still to come, stands in knowledge/procedure/steps.yaml.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple

import msgspec

from draft_assist.check.periods import Period, find_periods, last_year
from draft_assist.check.places import PlaceFinder
from draft_assist.check.special.paper import Paper, Spot, Step, Taken
from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.model import Document, Level, Span
from draft_assist.parse.dates import read_date_line
from draft_assist.patterns import compiled

__all__ = [
    "Step",
    "listed_steps",
    "read_steps",
    "step_ids",
    "step_name",
    "steps_of",
    "steps_out_of_order",
    "title_or_start",
]


# --- knowledge/procedure/steps.yaml -------------------------------------------------------------------------------


class StepWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one step is told.

    Attributes:
        id, name: identifier and Chinese name.
        needed: `always`, or `where_due` for steps that only some documents need.
        words: in a sentence, any of them; titles: of a paper that by itself shows the step.
        lacks: none of these may stand in the sentence.
        where: `document` reads the document itself too.
        ledger: whether reports list it.
        is_period: its dates are a beginning and an end.
        title_date: which date of a paper that shows it by its title is the step's.
    """

    id: str
    name: str
    needed: Literal["always", "where_due"]
    words: tuple[str, ...]
    titles: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    where: Literal["document", "papers"] = "document"
    ledger: bool = True
    is_period: bool = False
    title_date: Literal["first", "last"] = "last"


class _Stances(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    omitted: str
    exempt_before: str
    exempt_after: str
    exempt_sentence: str
    planned: str
    sending: str
    ordered: str
    done_before: str
    done_after: str


class _StepFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    steps: tuple[StepWords, ...]
    stances: _Stances
    shortened: str


class _Reader(NamedTuple):
    step: StepWords
    words: re.Pattern[str]
    titles: re.Pattern[str] | None
    lacks: re.Pattern[str] | None


class _Known(NamedTuple):
    readers: tuple[_Reader, ...]
    stances: dict[str, re.Pattern[str]]
    shortened: re.Pattern[str]
    names: dict[str, str]


@lru_cache(maxsize=1)
def _known() -> _Known:
    read = read_struct(knowledge_path("procedure/steps.yaml"), _StepFile)
    return _Known(
        readers=tuple(
            _Reader(
                step,
                _any(step.words),
                _any(step.titles) if step.titles else None,
                _any(step.lacks) if step.lacks else None,
            )
            for step in read.steps
        ),
        stances={name: compiled(getattr(read.stances, name)) for name in read.stances.__struct_fields__},
        shortened=compiled(read.shortened),
        names={step.id: step.name for step in read.steps} | _OF_FACTS,
    )


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return compiled("|".join(f"(?:{pattern})" for pattern in patterns))


# Dates that the document states of itself; `effective` is no step, but is compared with them.
_OF_FACTS = {"effective": "施行"}


def step_name(id_: str) -> str:
    """The Chinese name of a step.

    Raises:
        KeyError: there is no such step.
    """
    return _known().names[id_]


def listed_steps() -> tuple[StepWords, ...]:
    """The steps that reports list, in order."""
    return tuple(reader.step for reader in _known().readers if reader.step.ledger)


def step_ids() -> frozenset[str]:
    """The ids of all steps."""
    return frozenset(_known().names)


# --- reading ------------------------------------------------------------------------------------------------------


def steps_of(paper: Paper) -> tuple[Step, ...]:
    """The steps of the paper, read now if that was not done before."""
    return read_steps(paper) if paper.steps is None else paper.steps


def read_steps(paper: Paper) -> tuple[Step, ...]:
    """The steps that the document and its accompanying papers show, by paper and place."""
    found = [*_of_facts(paper.document), *_of_document(paper.document)]
    for companion in paper.companions:
        found += _of_companion(companion, paper.document)
    return tuple(found)


def _of_facts(document: Document) -> Iterator[Step]:
    facts = document.facts
    if facts.signing_date is not None:
        yield Step("signing", facts.signing_date, "本文件落款", "成文日期")
    if facts.effective_date is not None:
        yield Step("effective", facts.effective_date, "本文件", "施行日期", span=_effective_span(document))


_EFFECTIVE = compiled(r"(?:自|从|于)[^，。；\n]{2,30}?(?:起|开始|后)?\s?(?:正式|试)?(?:施行|实施|执行|生效)")


def _effective_span(document: Document) -> Span | None:
    """The last words of the document that say when it takes effect."""
    last = None
    for match in _EFFECTIVE.finditer(document.text.value):
        last = match
    return Span(*last.span()) if last else None


_STRUCTURAL = frozenset(
    {Level.PART, Level.CHAPTER, Level.SECTION, Level.ARTICLE, Level.HEADING_1, Level.HEADING_2, Level.HEADING_3,
     Level.ITEM, Level.ATTACHMENT, Level.TABLE, Level.TITLE, Level.CONTENTS}
)  # fmt: skip


def _of_document(document: Document) -> Iterator[Step]:
    """What preamble, covering notice, closing lines and imprint say of the making."""
    places = PlaceFinder(document)
    for clause in document.clauses:
        if clause.level in _STRUCTURAL:
            continue
        for sentence in _sentences(document.text.value, clause.span):
            for step in _of_sentence(document, sentence, None, Reading(own=True)):
                assert step.span is not None
                yield step._replace(place=f"本文件{places.place(step.span).label}")


class Reading(NamedTuple):
    """What a sentence is read as part of.

    Attributes:
        own: the document under review itself.
        about, excused: see `Step`.
    """

    own: bool
    about: bool = True
    excused: bool = False


def _of_companion(companion: Document, document: Document) -> Iterator[Step]:
    value, facts = companion.text.value, companion.facts
    name = companion.text.raw.path.name
    places = PlaceFinder(companion)
    reading = Reading(own=False, about=_names(companion, document), excused=bool(_known().shortened.search(value)))
    before = facts.signing_date.year if facts.signing_date else None
    title = facts.title_span
    for sentence in _sentences(value, Span(0, len(value))):
        if title is not None and title.overlaps(sentence):
            continue
        for step in _of_sentence(companion, sentence, before, reading):
            assert step.span is not None
            yield step._replace(place=f"“{name}”{places.place(step.span).label}", span=None)
        before = last_year(sentence.of(value), before)
    for step in _of_title(companion, reading):
        yield step._replace(place=f"“{name}”")


# A file without punctuation would be one sentence of a million characters; no sentence needs more than these.
_SENTENCE = compiled(r"[^。；！？\n]{1,1000}")


def _sentences(value: str, span: Span) -> Iterator[Span]:
    for match in _SENTENCE.finditer(value, span.start, span.end):
        if match[0].strip():
            yield Span(*match.span())


class _Mention(NamedTuple):
    step: StepWords
    at: int
    until: int


def _of_sentence(document: Document, sentence: Span, before: int | None, reading: Reading) -> Iterator[Step]:
    text = sentence.of(document.text.value)
    mentions = list(_mentions(text, reading.own))
    if not mentions:
        return
    periods = find_periods(text, before)
    for mention in mentions:
        taken = _stance(mention, text)
        if taken is None:
            continue
        period = _nearest(mention, mentions, periods, text)
        if period is None and not reading.own:
            period = _in_next_line(document.text.value, sentence.end, before)
        yield Step(
            id=mention.step.id,
            date=period.end if period else None,
            place="",
            words=text[mention.at : mention.until],
            start=period.start if period and mention.step.is_period else None,
            days=period.days if period and mention.step.is_period else None,
            taken=taken,
            span=Span(sentence.start + mention.at, sentence.start + mention.until),
            about=reading.about,
            excused=reading.excused,
        )


def _mentions(text: str, own: bool) -> Iterator[_Mention]:
    for reader in _known().readers:
        if own and reader.step.where == "papers":
            continue
        if reader.lacks and reader.lacks.search(text):
            continue
        for match in islice(reader.words.finditer(text), _MENTIONS_OF_STEP):
            yield _Mention(reader.step, *match.span())


# No sentence of a real paper speaks of one step more often.
_MENTIONS_OF_STEP = 4

_PART_END = compiled(r"[，：]")


def _stance(mention: _Mention, text: str) -> Taken | None:
    """What the words around say; None when they only ask for the step (应当, 建立健全)."""
    known = _known().stances
    before = _PART_END.split(text[: mention.at])[-1]
    after = text[mention.until :]
    done_after = known["done_after"].search(text[mention.at :]) is not None
    if known["omitted"].search(before):
        return Taken.OMITTED
    if known["exempt_before"].search(before) or known["exempt_after"].search(after):
        return Taken.EXEMPT
    # Only of fair competition does a sentence about the content (不涉及经营者经济活动) say that the step is not needed.
    if mention.step.id == "fair_competition_review" and known["exempt_sentence"].search(text):
        return Taken.EXEMPT
    if known["planned"].search(before):
        return Taken.PLANNED
    if mention.step.id not in _SENDINGS and known["sending"].search(before):
        return Taken.TAKEN if done_after else Taken.PLANNED
    if known["done_before"].search(before):
        return Taken.TAKEN
    return None if known["ordered"].search(before) else Taken.TAKEN


# Steps that consist in sending: 报送备案, 送请审核.
_SENDINGS = frozenset({"legality_review_sent", "filing"})

_FAR = 100
_COMMA = 30
_AFTER = 20


def _nearest(mention: _Mention, mentions: list[_Mention], periods: list[Period], text: str) -> Period | None:
    """The date that belongs to the mention: in its comma-part, else before it, never beyond another mention."""
    best, least = None, _FAR
    for period in periods:
        if period.until <= mention.at:
            low, high, distance = period.until, mention.at, 0
        elif period.at >= mention.until:
            low, high, distance = mention.until, period.at, _AFTER
        else:
            low = high = distance = 0
        between = text[low:high]
        distance += _COMMA * between.count("，")
        if any(other.step.id != mention.step.id and low <= other.at and other.until <= high for other in mentions):
            distance += _FAR
        if mention.step.is_period and period.days is None:
            distance += 1
        if distance < least:
            best, least = period, distance
    return best


_DATE_LINE = compiled(r"[^\S\n]*(?:[一-龥]{0,6}(?:时间|日期|期限))[：:\s]")
_LONGEST_DATE_LINE = 60


def _in_next_line(value: str, end: int, before: int | None) -> Period | None:
    """The date of a line such as 审核时间：2026年5月3日 right below the words."""
    start = end + 1
    line = value[start : value.find("\n", start) if value.find("\n", start) >= 0 else len(value)]
    if len(line) > _LONGEST_DATE_LINE or not _DATE_LINE.match(line):
        return None
    periods = find_periods(line, before)
    return periods[0] if periods else None


def _of_title(companion: Document, reading: Reading) -> Iterator[Step]:
    """The steps that a paper shows by what it is: 合法性审核意见书, 会议纪要."""
    headings = _headings(companion)
    for reader in _known().readers:
        heading = next((one for one in headings if reader.titles and reader.titles.search(one)), None)
        if heading is None:
            continue
        period = _of_whole(companion, reader.step)
        yield Step(
            id=reader.step.id,
            date=period.end if period else None,
            place="",
            words=heading,
            start=period.start if period and reader.step.is_period else None,
            days=period.days if period and reader.step.is_period else None,
            about=reading.about,
            excused=reading.excused,
        )


def _headings(companion: Document) -> list[str]:
    """What a paper calls itself: its title, its first lines (forms have no title to parse), the name of its file."""
    lines = [line.strip() for line in companion.text.value[:_OPENING].split("\n") if line.strip()]
    first = [line for line in lines[:_HEADING_LINES] if len(line) <= _LONGEST_HEADING and "。" not in line]
    title = companion.facts.title
    return [*([title] if title else []), *first, companion.text.raw.path.stem]


_OPENING = 600
_HEADING_LINES = 3
_LONGEST_HEADING = 60


def _signed(companion: Document) -> dt.date | None:
    """The signing date; of a paper too short to have a signature of its own, the last line that is a date."""
    if companion.facts.signing_date is not None:
        return companion.facts.signing_date
    lines = [line.strip() for line in companion.text.value.split("\n") if line.strip()]
    read = [read_date_line(line) for line in lines[-_CLOSING_LINES:]]
    return next((one.date for one in reversed(read) if one and one.date), None)


_CLOSING_LINES = 3


def _of_whole(companion: Document, step: StepWords) -> Period | None:
    """The date or period that a paper as a whole stands for."""
    signed = _signed(companion)
    year = signed.year if signed else last_year(companion.text.value, None)
    periods = [period for line in companion.text.value.split("\n") for period in find_periods(line, year)]
    if step.is_period:
        whole = next((period for period in periods if period.days is not None), None)
        deadline = next((period for period in periods if period.start is None and period.end), None)
        if whole is None and deadline is not None and signed is not None and deadline.end and deadline.end >= signed:
            return Period(signed, deadline.end, (deadline.end - signed).days + 1, 0, 0)
        return whole or deadline
    if step.title_date == "last" and signed is not None:
        return Period(signed, signed, None, 0, 0)
    dated = [period for period in periods if period.end is not None]
    return (dated[0] if step.title_date == "first" else dated[-1]) if dated else None


# --- whether a paper is about the document ------------------------------------------------------------------------

_QUOTED = compiled(r"《([^《》]{3,60})》")
_ABOUT = compiled(r"关于(?:印发|公布|发布|调整|修订|实施)?(.{3,60}?)的(?:通知|通告|公告|意见|决定|实施意见|批复|函)")
_BRACKETS = compiled(r"[（(][^（()）]{0,20}[）)]|[\s《》“”〈〉]")
_PLACE = compiled(r"^[一-龥]{1,7}?(?:省|市|县|区|旗|镇|乡|街道)(?:人民政府|政府)?(?:办公[室厅])?")


def _names(companion: Document, document: Document) -> bool:
    """True when the paper holds the subject of the document's title; also when the document has no title."""
    title = document.facts.title
    if title is None:
        return True
    match = _QUOTED.search(title) or _ABOUT.search(title)
    subject = _BRACKETS.sub("", match[1] if match else title)
    bare = _PLACE.sub("", subject)
    return (bare if len(bare) >= _SHORTEST_SUBJECT else subject) in _BRACKETS.sub("", companion.text.value)


_SHORTEST_SUBJECT = 4


# --- order --------------------------------------------------------------------------------------------------------


def steps_out_of_order(
    paper: Paper, earlier: str, later: str, *, at_least_days: int = 0, at_most_days: int | None = None
) -> Iterator[Spot]:
    """What dates the step `earlier` after the step `later`, or too few or too many days before it.

    Where a step was taken several times, the most favourable pair is compared. Papers that do not name the document
    are left out. Reported are the words of the document that name one of the dates, else its title.
    """
    first = [step for step in steps_of(paper) if step.id == earlier and _counts(step)]
    second = [step for step in steps_of(paper) if step.id == later and _counts(step)]
    if not first or not second:
        return
    if at_most_days is not None:
        before, after = max(first, key=_date), min(second, key=_date)
        wrong = (_date(after) - _date(before)).days > at_most_days
    else:
        before, after = min(first, key=_date), max(second, key=_date)
        wrong = (_date(after) - _date(before)).days < at_least_days
    span = after.span or before.span or title_or_start(paper.document)
    if wrong and span is not None:
        yield Spot(
            span, {"earlier": _told(before), "later": _told(after), "days": str((_date(after) - _date(before)).days)}
        )


def _counts(step: Step) -> bool:
    return step.date is not None and step.taken is Taken.TAKEN and step.about


def _date(step: Step) -> dt.date:
    assert step.date is not None
    return step.date


def _told(step: Step) -> str:
    """合法性审核（2026年5月20日，“审核意见.docx”第3行）."""
    return f"{step_name(step.id)}（{chinese_date(_date(step))}，{step.place}）"


def chinese_date(date: dt.date) -> str:
    """2026年5月20日."""
    return f"{date.year}年{date.month}月{date.day}日"


def title_or_start(document: Document) -> Span | None:
    """The title, else the first words of the document; None when it has none."""
    if document.facts.title_span is not None:
        return document.facts.title_span
    return next((clause.body for clause in document.walk() if len(clause.body)), None)
