"""The citations of a document with their answers, placed in the user's file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from draft_assist.check.places import PlaceFinder
from draft_assist.law.articles import article_label, read_label
from draft_assist.law.confirm import Confirmed, cite
from draft_assist.law.levels import is_above, level_of
from draft_assist.law.provisions import Provision
from draft_assist.law.resolve import Target, is_own_name
from draft_assist.law.store import Statutes, WordingStatus
from draft_assist.model import Answer, CitationAnswer, Document, Evidence, EvidenceStatus, Rank


def check_citations(
    document: Document,
    statutes: Statutes,
    *,
    as_of: dt.date,
    dated: dt.date | None = None,
    rank: Rank | None = None,
    places: PlaceFinder | None = None,
) -> tuple[CitationAnswer, ...]:
    """What the document cites, in order, each with the answer of its own date and of `as_of`.

    Args:
        dated: the document's own date; None takes the one that it states, if any.
        rank: of the issuer; None where it is not known, and then nothing is said on the level of what is cited.
        places: of the document, where they are made already.
    """
    places = places or PlaceFinder(document)
    cited = cite(document, statutes, as_of=as_of, dated=dated)
    return tuple(
        _answer(document, one, places, statutes, as_of, rank) for one in cited if not is_own_name(one.citation)
    )


def _answer(
    document: Document,
    one: Confirmed,
    places: PlaceFinder,
    statutes: Statutes,
    as_of: dt.date,
    rank: Rank | None,
) -> CitationAnswer:
    citation, found = one.citation, one.found
    place = places.place(citation.span)
    shown = citation.first.show() if citation.first else ""
    if citation.last:
        shown += f"至{_rest(citation.first, citation.last)}" if citation.first else ""
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
        note=one.note + _level_note(one, rank, statutes),
        law=found.title if found else "",
        text=found.text if found else "",
        version_date=found.version_date if found else None,
        since=found.since if found else None,
        by=found.by if found else "",
        is_confirmed=found.is_confirmed if found else True,
        evidence=tuple(_evidence(one, statutes, as_of)),
    )


def _rest(first: Provision | None, last: Provision) -> str:
    """The end of a range without what it shares with the beginning: 第（一）项至第（三）项."""
    if first is not None and last.item and last[:2] == first[:2]:
        return Provision(item=last.item, subitem=last.subitem).show()
    if first is not None and last.paragraph and last.article == first.article:
        return last._replace(article=(0, 0)).show()
    return last.show()


def _level_note(one: Confirmed, rank: Rank | None, statutes: Statutes) -> str:
    """Chinese: what is cited stands no higher than the issuer; "" when it does or that cannot be told."""
    if rank is None or one.citation.target is not Target.WORK or one.answer is not Answer.NOT_IN_CORPUS:
        return ""
    level = level_of(one.citation.title, statutes)
    if level is None or is_above(level, rank) is not False:
        return ""
    return "从名称看与本件层级相同或者更低，不能作为设定权力、减损权利、增加义务的依据。"


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
