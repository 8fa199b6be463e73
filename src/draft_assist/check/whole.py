"""Matches about the whole document: what it lacks, what stands too often, in the wrong order or against itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from draft_assist.check.acts.constructions import expand
from draft_assist.check.matching import Absence, Consistency, Count, Order, listed
from draft_assist.check.special import check_named
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.steps import read_steps, steps_out_of_order
from draft_assist.model import Document, Level, Span
from draft_assist.parse.numerals import read_numeral


def find_spots(match: Absence | Order | Count | Consistency, paper: Paper) -> Iterator[Spot]:
    """The words that a document rule reports."""
    if isinstance(match, Absence):
        return _absent(match, paper)
    if isinstance(match, Count):
        return _counted(match, paper)
    if isinstance(match, Order):
        return steps_out_of_order(paper, match.earlier, match.later)
    return check_named(match.of)(paper)


def _absent(match: Absence, paper: Paper) -> Iterator[Spot]:
    document = paper.document
    text = document.text.value
    if match.given is not None and not match.given.hold(text):
        return
    if match.fact:
        missing = getattr(document.facts, match.fact) is None
    elif match.step:
        missing = not any(step.id == match.step for step in read_steps(paper))
    else:
        missing = not any(_pattern(pattern).search(text) for pattern in listed(match.words))
    if missing and (span := _place_of_absence(document, match.at)):
        yield Spot(span)


def _place_of_absence(document: Document, at: str) -> Span | None:
    """The title, or the last clause of the body; None for a document without either."""
    if at == "title" and document.facts.title_span:
        return document.facts.title_span
    written = [clause for clause in document.walk() if len(clause.body) and clause.level not in _NO_BODY]
    if not written:
        return None
    return written[-1].body if at == "end" else written[0].body


_NO_BODY = frozenset({Level.SIGNATURE, Level.ATTACHMENT, Level.DOCUMENT_NUMBER, Level.CONTENTS, Level.NOTE})


def _counted(match: Count, paper: Paper) -> Iterator[Spot]:
    text = paper.document.text.value
    if match.given is not None and not match.given.hold(text):
        return
    pattern = _pattern(match.words)
    found = list(pattern.finditer(text))
    if "n" not in pattern.groupindex:
        if found and _is_out(match, len(found)):
            yield Spot(Span(*found[-1].span()), {"count": str(len(found))})
        return
    for one in found:
        number = read_numeral(one["n"])
        if number is not None and _is_out(match, number):
            yield Spot(Span(*one.span()), {"n": one["n"]})


def _is_out(match: Count, value: int) -> bool:
    return (match.below is not None and value < match.below) or (match.above is not None and value > match.above)


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(expand(pattern))
