"""Names of organs that no longer exist, seen from the day of the document and from the day of the review.

Two questions, two checks: was the name already dead when the document was signed (a slip), or has it died since (right
then, to be changed when the document is revised)? Between the central reform and the late local date nothing is said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from draft_assist.check.special.lately import once_for_each
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import titles_in
from draft_assist.check.special.sentences import sentence_at
from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.model import Document, Span
from draft_assist.patterns import compiled


class _Reform(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    title: str
    decision: str


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    needs: tuple[str, ...]
    pattern: str
    successor: str
    reform: str
    central: dt.date
    local: dt.date
    certain: bool = True


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    as_of: dt.date
    reforms: tuple[_Reform, ...]
    organs: tuple[_Entry, ...]


class Organ(NamedTuple):
    """A dead name.

    Attributes:
        name, successor: for people.
        needs, pattern: of the name in running text; one of `needs` stands in every match.
        reform: the reform, as people call it.
        gone: a day by which no place had such an organ any more.
        certain: False where some places keep the name.
    """

    name: str
    successor: str
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    reform: str
    gone: dt.date
    certain: bool


@lru_cache(maxsize=1)
def organs() -> tuple[Organ, ...]:
    """The names of knowledge/organs/obsolete.yaml, read once."""
    read = read_struct(knowledge_path("organs/obsolete.yaml"), _File)
    reforms = {reform.id: reform.title for reform in read.reforms}
    return tuple(
        Organ(one.name, one.successor, one.needs, compiled(one.pattern), reforms[one.reform], one.local, one.certain)
        for one in read.organs
    )


# The name is told as history, or belongs to the name of an order or of those who issued one.
_HISTORICAL = compiled(r"原[^，。；、]{0,8}$")
_ORDER = compiled(r"^[^，。；、]{0,6}(?:令|公告|通告|第\s?\d+\s?号)|^[^，。；\n]{0,60}(?:发布|公布|颁布|印发)")
_CHANGED = compiled(
    r"撤销|更名|改名|合并|划转|划入|划归|整合|不再保留|组建|挂牌|机构改革(?:前|后|以来)|转隶|改为|并入|历史沿革"
)


class _Mention(NamedTuple):
    organ: Organ
    span: Span
    places: int


@once_for_each
def _mentions(document: Document) -> tuple[_Mention, ...]:
    """The first place of each dead name, with the number of its places."""
    value = document.text.value
    titles = titles_in(value)
    mentions = []
    for organ in organs():
        found: dict[str, list[Span]] = {}
        for match in _matches(organ, value):
            span = Span(*match.span())
            if match[0] and not titles.hold(span.start) and not _is_history(value, span):
                found.setdefault(match[0], []).append(span)
        mentions += [_Mention(organ, spans[0], len(spans)) for spans in found.values()]
    return tuple(mentions)


# A name begins at most so many characters before one of its literals, and ends at most so many after.
_REACH = 30


def _matches(organ: Organ, value: str) -> Iterator[re.Match[str]]:
    """Where the name stands. It is looked for around its literals: most of a document holds none of them."""
    places: list[int] = []
    for literal in organ.needs:
        at = value.find(literal)
        while at >= 0:
            places.append(at)
            at = value.find(literal, at + 1)
    done = 0
    for at in sorted(places):
        for match in organ.pattern.finditer(value, max(done, at - _REACH), at + _REACH):
            if match.start() <= at < match.end():  # any other is cut off, or found around its own literal
                done = match.end()
                yield match


def _is_history(value: str, span: Span) -> bool:
    if _HISTORICAL.search(value[max(0, span.start - 10) : span.start]) or _ORDER.match(value[span.end : span.end + 70]):
        return True
    return _CHANGED.search(sentence_at(value, span.start, span.end)) is not None


class _Signed(NamedTuple):
    first: dt.date  # the signing lies between these days
    last: dt.date
    shown: str


_YEAR = compiled(r"成文日期“(20\d\d)年|〔(20\d\d)〕")


def _signed(document: Document) -> _Signed | None:
    """The day of signing; where only the year can be told (a torn date, the document number), that year."""
    facts = document.facts
    if facts.signing_date is not None:
        return _Signed(facts.signing_date, facts.signing_date, _day(facts.signing_date))
    candidates = (one.value for one in facts.number_candidates)
    for words in (*facts.date_notes, facts.document_number or "", *candidates):
        if match := _YEAR.search(words):
            year = int(match[1] or match[2])
            return _Signed(dt.date(year, 1, 1), dt.date(year, 12, 31), f"{year}年")
    return None


def gone_when_signed(paper: Paper) -> Iterator[Spot]:
    """市法制办 in a document signed in 2025: the organ was gone when the document was signed.

    Values: successor, reform, signed (the day or year), count (how often the name stands).
    """
    signed = _signed(paper.document)
    if signed is None:
        return
    for mention in _mentions(paper.document):
        if mention.organ.certain and signed.first > mention.organ.gone:
            yield _spot(mention, {"signed": signed.shown})


def gone_since(paper: Paper) -> Iterator[Spot]:
    """市法制办 in a document of 2015, or of no known date: the organ is gone on the day of the review.

    Values: successor, reform, count; seen, what was right when, in Chinese: by the document's own day, or by the day of
    the review alone.
    """
    signed = _signed(paper.document)
    for mention in _mentions(paper.document):
        organ = mention.organ
        if paper.as_of <= organ.gone:
            continue
        if signed is None:
            seen = f"文中没有可确定的成文日期，按审查之日（{_day(paper.as_of)}）判断"
        elif signed.first > organ.gone:
            if organ.certain:
                continue
            seen = "多数地方已不单独设置，本地是否保留须核对"
        else:
            seen = f"按成文日期（{signed.shown}）当时可用，按审查之日（{_day(paper.as_of)}）已不存在"
        yield _spot(mention, {"seen": seen})


def _spot(mention: _Mention, more: dict[str, str]) -> Spot:
    organ = mention.organ
    return Spot(
        mention.span,
        {"successor": organ.successor, "reform": organ.reform, "count": str(mention.places), **more},
    )


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
