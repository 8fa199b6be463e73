"""The citations of a document with their answers, placed in the user's file."""

from __future__ import annotations

import datetime as dt

from draft_assist.check.places import PlaceFinder
from draft_assist.law.confirm import Confirmed, cite
from draft_assist.law.resolve import is_own_name
from draft_assist.law.store import Statutes
from draft_assist.model import CitationAnswer, Document


def check_citations(
    document: Document,
    statutes: Statutes,
    *,
    as_of: dt.date,
    dated: dt.date | None = None,
    places: PlaceFinder | None = None,
) -> tuple[CitationAnswer, ...]:
    """What the document cites, in order, each with the answer of its own date and of `as_of`.

    Args:
        dated: the document's own date; None takes the one that it states, if any.
        places: of the document, where they are made already.
    """
    places = places or PlaceFinder(document)
    cited = cite(document, statutes, as_of=as_of, dated=dated)
    return tuple(_answer(document, one, places) for one in cited if not is_own_name(one.citation))


def _answer(document: Document, one: Confirmed, places: PlaceFinder) -> CitationAnswer:
    citation, now = one.citation, one.now
    place = places.place(citation.span)
    shown = citation.first.show() if citation.first else ""
    if citation.last:
        shown += f"至{citation.last.show()}"
    return CitationAnswer(
        span=citation.span,
        place=place,
        words=place.span.of(document.text.raw.text),
        target=citation.target.value,
        state=citation.state.value,
        now=one.answer_now,
        then=one.answer_then,
        title=citation.title,
        written=citation.written,
        others=citation.others,
        provision=citation.place,
        shown=shown,
        number=citation.number,
        candidates=citation.candidates,
        moved_to=one.moved_to.show() if one.moved_to else "",
        note=one.note,
        law=now.title if now else "",
        text=now.text if now else "",
        version_date=now.version_date if now else None,
        since=now.since if now else None,
        by=now.by if now else "",
    )
