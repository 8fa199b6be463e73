"""Matches about the whole document: what it lacks, what stands too often, in the wrong order or against itself.

Absences are asked of whole documents only: an excerpt lacks most things.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from draft_assist.check.acts.constructions import meaning_of, pattern_of
from draft_assist.check.acts.required import Needed, required
from draft_assist.check.matching import Absence, Consistency, Count, Order, Words, listed
from draft_assist.check.special import check_named
from draft_assist.check.special.lately import once_for_each
from draft_assist.check.special.paper import Paper, Spot, Step, Taken
from draft_assist.check.steps import step_name, steps_of, steps_out_of_order, title_or_start
from draft_assist.model import Document, Level, Span
from draft_assist.parse.numerals import read_numeral


def find_spots(match: Absence | Order | Count | Consistency, paper: Paper) -> Iterator[Spot]:
    """The words that a document rule reports."""
    if isinstance(match, Consistency):
        return check_named(match.of)(paper)
    if match.given is not None and not _holds(match.given, paper):
        return iter(())
    if isinstance(match, Absence):
        return _absent(match, paper)
    if isinstance(match, Count):
        return _counted(match, paper)
    return steps_out_of_order(
        paper, match.earlier, match.later, at_least_days=match.at_least_days, at_most_days=match.at_most_days
    )


def _holds(given: Words, paper: Paper) -> bool:
    return given.hold(paper.document.text.value)


# --- absence ------------------------------------------------------------------------------------------------------


def _absent(match: Absence, paper: Paper) -> Iterator[Spot]:
    document = paper.document
    if not is_whole(document) or not _other_steps(match, paper):
        return
    values = {"papers": papers_named(paper)}
    if match.fact:
        missing = getattr(document.facts, match.fact) is None
    elif match.step:
        missing = bool(paper.companions) and not _shows(paper, match.step)
        values["step"] = step_name(match.step)
    else:
        missing = not any(pattern_of(pattern).search(document.text.value) for pattern in listed(match.words))
    if missing and (span := _place_of_absence(document, match.at)):
        yield Spot(span, values)


def _other_steps(match: Absence, paper: Paper) -> bool:
    asked, barred = match.given_step, match.unless_step
    return (not asked or _shows(paper, asked)) and not (barred and _shows(paper, barred))


def _shows(paper: Paper, step: str) -> bool:
    """True when the step was taken, or is said not to be needed."""
    return any(one.id == step and one.taken in (Taken.TAKEN, Taken.EXEMPT) for one in steps_of(paper))


def papers_named(paper: Paper) -> str:
    """“起草说明.docx”、“会议纪要.docx”; "" when none were given."""
    return "、".join(f"“{companion.text.raw.path.name}”" for companion in paper.companions)


# A document with fewer numbered clauses is whole only when it says who issued it and when, or under what number.
_CLAUSES_OF_WHOLE = 3
_NUMBERED = frozenset({Level.ARTICLE, Level.HEADING_1, Level.HEADING_2})


@once_for_each
def is_whole(document: Document) -> bool:
    """True when the text looks like a document from title to end, not like an excerpt."""
    facts = document.facts
    if facts.title_span is None:
        return False
    if facts.issuer and (facts.signing_date or facts.document_number):
        return True
    return sum(clause.level in _NUMBERED for clause in document.walk()) >= _CLAUSES_OF_WHOLE


def _place_of_absence(document: Document, at: str) -> Span | None:
    """The title, or the last clause of the body; None for a document without either."""
    if at == "title":
        return title_or_start(document)
    written = [clause for clause in document.walk() if len(clause.body) and clause.level not in _NO_BODY]
    return written[-1].body if written else None


_NO_BODY = frozenset({Level.SIGNATURE, Level.ATTACHMENT, Level.DOCUMENT_NUMBER, Level.CONTENTS, Level.NOTE})


# --- count --------------------------------------------------------------------------------------------------------


def _counted(match: Count, paper: Paper) -> Iterator[Spot]:
    if match.given_papers is not None:
        papers = "\n".join(companion.text.value for companion in paper.companions)
        if not match.given_papers.hold(papers):
            return iter(())
    if match.days_of:
        return _days_counted(match, paper)
    if match.times_of:
        return _times_counted(match, paper)
    return _words_counted(match, paper)


def _words_counted(match: Count, paper: Paper) -> Iterator[Spot]:
    text = paper.document.text.value
    if not _may_stand(match.words, text):
        return
    pattern = pattern_of(match.words)
    found = list(pattern.finditer(text))
    if "n" not in pattern.groupindex:
        if found and _is_out(match, len(found)):
            yield Spot(Span(*found[-1].span()), {"count": str(len(found))})
        return
    for one in found:
        number = read_numeral(one["n"])
        if number is not None and _is_out(match, number):
            yield Spot(Span(*one.span()), {"n": one["n"]})


def _days_counted(match: Count, paper: Paper) -> Iterator[Spot]:
    """The longest time that the step took, unless a paper explains why it was cut short."""
    told = [step for step in steps_of(paper) if step.id == match.days_of and step.days and step.taken is Taken.TAKEN]
    if not told or any(step.excused for step in told):
        return
    longest = max(told, key=_days)
    span = longest.span or title_or_start(paper.document)
    if span is not None and _is_out(match, _days(longest)):
        yield Spot(span, {"days": str(longest.days), "place": longest.place, "words": longest.words})


def _days(step: Step) -> int:
    return step.days or 0


def _times_counted(match: Count, paper: Paper) -> Iterator[Spot]:
    told = [step for step in steps_of(paper) if step.id == match.times_of and step.taken is Taken.TAKEN]
    span = (told[-1].span or title_or_start(paper.document)) if told else title_or_start(paper.document)
    if told and span is not None and _is_out(match, len(told)):
        yield Spot(span, {"count": str(len(told)), "place": told[-1].place, "words": told[-1].words})


def _is_out(match: Count, value: int) -> bool:
    return (match.below is not None and value < match.below) or (match.above is not None and value > match.above)


def _may_stand(pattern: str, text: str) -> bool:
    """False when a literal that the pattern cannot match without is not in the text."""
    return all(any(literal in text for literal in one.group) for one in _needed(pattern))


@cache
def _needed(pattern: str) -> tuple[Needed, ...]:
    return required(pattern, meaning_of)
