"""The citations of a document as people and programs read them: one row for each thing cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from draft_assist.check.places import PlaceFinder
from draft_assist.law.confirm import Answer, Confirmed
from draft_assist.law.lookup import LookUp
from draft_assist.law.resolve import Target
from draft_assist.model import Document
from draft_assist.report.characters import one_line
from draft_assist.report.terms import terms

SCHEMA = "draft-assist/citations/1"
# Answers that call for a correction, those that call for a look at the original, and those that need nothing.
WRONG = frozenset(
    {
        Answer.REPEALED,
        Answer.ARTICLE_ABSENT,
        Answer.TITLE_NOT_EXACT,
        Answer.OWN_ABSENT,
        Answer.MOVED,
        Answer.NOT_YET_IN_FORCE,
    }
)
SOUND = frozenset({Answer.STANDS, Answer.OWN})

Json = dict[str, object]


class CitedRow(NamedTuple):
    """One citation, worded.

    Attributes:
        number: from 1.
        place: where it stands: 第三条第二款.
        words: exactly as written, on one line.
        meant: what it points to: 《中华人民共和国行政许可法》第十七条; "" when that is the words themselves.
        then, now: the answers in Chinese; `then` is "" when the document's date is not known.
        note: Chinese; "" when there is nothing to add.
        is_wrong, is_sound: the answer of today calls for a correction; calls for nothing.
    """

    number: int
    place: str
    words: str
    meant: str
    then: str
    now: str
    note: str
    is_wrong: bool
    is_sound: bool


def rows(document: Document, cited: Sequence[Confirmed], *, places: PlaceFinder | None = None) -> list[CitedRow]:
    """A row for each citation; the document's own names without a place (本办法) are left out."""
    places = places or PlaceFinder(document)
    names = terms().citation_answers
    found: list[CitedRow] = []
    for one in cited:
        if is_bare_own_name(one):
            continue
        words = one_line(document.text_of(one.citation.span))
        meant = meaning(one)
        found.append(
            CitedRow(
                number=len(found) + 1,
                place=places.place(one.citation.span).label,
                words=words,
                meant="" if meant == words else meant,
                then=names[one.answer_then].name if one.answer_then else "",
                now=names[one.answer_now].name,
                note=one.note,
                is_wrong=one.answer_now in WRONG,
                is_sound=one.answer_now in SOUND and not one.note,
            )
        )
    return found


def is_bare_own_name(one: Confirmed) -> bool:
    """True for 本办法 without a place: a word of the text rather than a citation."""
    return one.citation.target is Target.OWN and one.citation.first is None and not one.citation.absent


def meaning(one: Confirmed) -> str:
    """What is cited, in full: 《…法》第十条第二款, 本文件第八条, a document number."""
    citation = one.citation
    where = citation.first.show() if citation.first else ""
    if citation.last:
        where += f"至{citation.last.show()}"
    if citation.target is Target.WORK and citation.title:
        return f"《{citation.title}》{where}"
    if citation.target is Target.OWN:
        return f"本文件{where}"
    return citation.number


def summary(cited: Sequence[CitedRow]) -> str:
    """One sentence: how many, and how many of each answer."""
    if not cited:
        return "没有找到引用。"
    counted = Counter(row.now for row in cited)
    return f"共{len(cited)}处引用：" + "、".join(f"{name}{count}处" for name, count in counted.most_common()) + "。"


def to_wire(document: Document, cited: Sequence[Confirmed]) -> list[Json]:
    """The citations as plain values; spans count in the file's text ("raw") and in the text read ("normal")."""
    places = PlaceFinder(document)
    return [_row(document, one, places) for one in cited]


def _row(document: Document, one: Confirmed, places: PlaceFinder) -> Json:
    citation = one.citation
    place = places.place(citation.span)
    return {
        "words": document.text_of(citation.span),
        "place": place.label,
        "line": place.line,
        "span": {"raw": [place.span.start, place.span.end], "normal": [citation.span.start, citation.span.end]},
        "target": citation.target.value,
        "state": citation.state.value,
        "title": citation.title,
        "written_title": citation.written,
        "others": list(citation.others),
        "provision": citation.place,
        "number": citation.number,
        "candidates": list(citation.candidates),
        "answer_then": one.answer_then.value if one.answer_then else None,
        "answer_now": one.answer_now.value,
        "moved_to": one.moved_to.key() if one.moved_to else None,
        "note": one.note,
        "then": _look_up(one.then),
        "now": _look_up(one.now),
    }


def _look_up(found: LookUp | None) -> Json | None:
    if found is None:
        return None
    return {
        "day": found.day.isoformat(),
        "standing": found.standing.value,
        "title": found.title,
        "version": found.version_date.isoformat() if found.version_date else None,
        "since": found.since.isoformat() if found.since else None,
        "by": found.by,
        "text": found.text,
        "note": found.note,
    }
