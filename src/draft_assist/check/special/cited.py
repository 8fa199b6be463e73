"""Citations that do not hold: dead laws, places that a law lacks, titles that are not exact, laws not yet in force.

What is only not held, masked or not understood is no fault: the table of citations says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.sentences import sentence_at
from draft_assist.model import Answer, CitationAnswer
from draft_assist.patterns import compiled

# A law that died within this time may still govern what was done before.
_LATELY = dt.timedelta(days=365)
# The sentence says itself that the text is dead, changes or repeals it, or speaks of its time.
_SPEAKS_OF_DEATH = compiled(
    r"废止|失效|取代|代替|清理|不再(?:适用|执行|引用)|停止执行|修改为|改为《|改引|替换|同时|当时(?:有效|施行|适用)|行为时|签订[时的]|施行期间|施行前|原(?:《|依据)|历次|沿革|修订"
)
_USES = compiled(
    r"(?:根据|依据|依照|按照|遵照|参照|适用|执行|违反|符合|触犯|援引|依|按)(?:[^，。；：！？\n]{0,8}|(?:[^，。；：！？\n]{0,40}《[^《》\n]{1,40}》[^《》，。；：！？\n]{0,18}){1,4}[、和及与]?)$"
)
_REACH = 120


def _dead(paper: Paper) -> Iterator[CitationAnswer]:
    """Citations of what is dead on the day of the review, where the sentence does not say so itself."""
    value = paper.document.text.value
    for one in paper.citations:
        if one.answer is Answer.REPEALED and not _SPEAKS_OF_DEATH.search(
            sentence_at(value, one.span.start, one.span.end)
        ):
            yield one


def _is_basis(paper: Paper, one: CitationAnswer) -> bool:
    """True when something is done by it: an article is named, or 根据, 违反 stand before."""
    value = paper.document.text.value
    return bool(one.provision) or _USES.search(value[max(0, one.span.start - _REACH) : one.span.start]) is not None


def _was_dead(one: CitationAnswer) -> bool:
    """True unless the law was alive on the document's own date."""
    return one.answer_when_written in (None, Answer.REPEALED)


def _is_doubtful(paper: Paper, one: CitationAnswer) -> bool:
    """True when the paper has no date, so that it may be older than the repeal, and for what `_LATELY` says."""
    is_late = one.since is not None and paper.as_of - one.since < _LATELY
    return one.answer_when_written is None or not one.is_confirmed or is_late


def _spot(one: CitationAnswer) -> Spot:
    law = one.law or one.title
    return Spot(one.span, {"note": one.note.rstrip("。"), "law": law, "shown": one.shown, "by": one.by}, one.evidence)


def dead_basis(paper: Paper) -> Iterator[Spot]:
    """Something is based on a law that had been repealed when the document was made, by a clause that is known."""
    return (
        _spot(one) for one in _dead(paper) if _is_basis(paper, one) and _was_dead(one) and not _is_doubtful(paper, one)
    )


def dead_basis_doubtful(paper: Paper) -> Iterator[Spot]:
    """The same, where the paper has no date, or the repeal is less than a year old or was not read in a text."""
    return (_spot(one) for one in _dead(paper) if _is_basis(paper, one) and _was_dead(one) and _is_doubtful(paper, one))


def dead_since_written(paper: Paper) -> Iterator[Spot]:
    """A law that was in force on the document's own date and is dead now."""
    return (_spot(one) for one in _dead(paper) if _is_basis(paper, one) and not _was_dead(one))


def dead_law_mentioned(paper: Paper) -> Iterator[Spot]:
    """A dead law that is named without anything being based on it."""
    return (_spot(one) for one in _dead(paper) if not _is_basis(paper, one))


def absent_place(paper: Paper) -> Iterator[Spot]:
    """An article, paragraph or item that the wording held does not have."""
    return (
        _spot(one)
        for one in paper.citations
        if one.answer is Answer.ARTICLE_ABSENT and one.answer_when_written in (None, Answer.ARTICLE_ABSENT)
    )


def absent_place_now(paper: Paper) -> Iterator[Spot]:
    """A place that the wording of today lacks; the document's author may have had another wording."""
    return (
        _spot(one)
        for one in paper.citations
        if one.answer is Answer.ARTICLE_ABSENT and one.answer_when_written not in (None, Answer.ARTICLE_ABSENT)
    )


def inexact_title(paper: Paper) -> Iterator[Spot]:
    """A title that no law has, and that one law must mean."""
    return (_spot(one) for one in paper.citations if one.answer is Answer.TITLE_NOT_EXACT)


def basis_not_yet_in_force(paper: Paper) -> Iterator[Spot]:
    """A law, or a wording named by its year, that takes effect later."""
    return (_spot(one) for one in paper.citations if one.answer is Answer.NOT_YET_IN_FORCE)


def moved_place(paper: Paper) -> Iterator[Spot]:
    """An article that stands under another number since the law was amended.

    Values: to, the new place.
    """
    return (
        Spot(one.span, {"to": one.moved_to, "law": one.law, "note": one.note.rstrip("。")}, one.evidence)
        for one in paper.citations
        if one.answer is Answer.MOVED
    )


def damaged_number(paper: Paper) -> Iterator[Spot]:
    """The number of another document whose bracket or digits were lost.

    Values: candidates, readings of it.
    """
    return (
        Spot(one.span, {"candidates": "、".join(one.candidates)})
        for one in paper.citations
        if one.answer is Answer.DAMAGED and one.candidates
    )
