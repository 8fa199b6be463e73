"""The citations of a document with their answers, placed in the user's file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from draft_assist.check.places import PlaceFinder
from draft_assist.law.articles import article_label, read_label
from draft_assist.law.confirm import Confirmed, cite
from draft_assist.law.resolve import is_own_name
from draft_assist.law.store import Statutes, WordingStatus
from draft_assist.model import Answer, CitationAnswer, Document, Evidence, EvidenceStatus


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
    return tuple(_answer(document, one, places, statutes, as_of) for one in cited if not is_own_name(one.citation))


def _answer(
    document: Document, one: Confirmed, places: PlaceFinder, statutes: Statutes, as_of: dt.date
) -> CitationAnswer:
    citation, found = one.citation, one.found
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
        answer=one.answer,
        answer_when_written=one.answer_when_written,
        title=citation.title,
        written=citation.written,
        others=citation.others,
        provision=citation.place,
        shown=shown,
        number=citation.number,
        candidates=citation.candidates,
        moved_to=one.moved_to.show() if one.moved_to else "",
        note=one.note,
        law=found.title if found else "",
        text=found.text if found else "",
        version_date=found.version_date if found else None,
        since=found.since if found else None,
        by=found.by if found else "",
        is_confirmed=found.is_confirmed if found else True,
        evidence=tuple(_evidence(one, statutes, as_of)),
    )


def _evidence(one: Confirmed, statutes: Statutes, as_of: dt.date) -> Iterator[Evidence]:
    """The repeal clause of a dead law, the article to which the words moved."""
    found = one.found
    if found is None:
        return
    if one.answer is Answer.REPEALED:
        repeal = statutes.repeal(found.title)
        if repeal is not None and (label := read_label(repeal.article)) is not None:
            wording = statutes.article(repeal.by, label.article, as_of)
            held = wording.status is WordingStatus.HELD
            yield Evidence(
                law=wording.law,
                article=repeal.article,
                gist=f"自{repeal.since:%Y-%m-%d}起，{repeal.law}随之失效。",
                text=wording.text if held else "",
                status=EvidenceStatus.HELD if held else EvidenceStatus.NOT_HELD,
                version_date=wording.version_date if held else None,
                source=wording.source,
            )
        elif (work := statutes.work(found.title)) is not None:
            yield Evidence(law=work.title, article="", gist=found.note, source=work.source)
    elif one.answer is Answer.MOVED and one.moved_to is not None:
        wording = statutes.article(found.title, one.moved_to.article, as_of)
        yield Evidence(
            law=wording.law,
            article=article_label(one.moved_to.article),
            gist="原条文现在的位置。",
            text=wording.text,
            status=EvidenceStatus.HELD,
            version_date=wording.version_date,
            source=wording.source,
        )
