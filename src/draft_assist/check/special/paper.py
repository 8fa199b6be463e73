"""What a check of the whole document is given, and what it gives back."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from draft_assist.check.profiles import Profile
from draft_assist.model import CitationAnswer, Document, Evidence, Kind, Rank, Span


class Taken(StrEnum):
    """What a paper says of a step."""

    TAKEN = "taken"
    EXEMPT = "exempt"  # not needed, with the reason given
    OMITTED = "omitted"
    PLANNED = "planned"


class Step(NamedTuple):
    """One step of making a document, as one sentence of a paper shows it.

    Attributes:
        id: of knowledge/procedure/steps.yaml: opinions_sought, legality_review, collective_discussion, ...
        date: of the step, or of its end; None when the paper gives none.
        place: Chinese, which paper and where.
        words: as they stand there.
        start, days: of a period, both ends counted; None where not given.
        taken: whether the sentence says that it was done.
        span: of the words, in the document under review; None for words of an accompanying paper.
        about: the paper names the document under review; a paper that does not may be about another one.
        excused: a shorter period is explained in the same paper.
    """

    id: str
    date: dt.date | None
    place: str
    words: str
    start: dt.date | None = None
    days: int | None = None
    taken: Taken = Taken.TAKEN
    span: Span | None = None
    about: bool = True
    excused: bool = False


class Paper(NamedTuple):
    """A document under review with what the review was asked for.

    Attributes:
        document: as parsed.
        kind, rank: those the review uses.
        as_of: the day whose law applies.
        companions: accompanying papers (起草说明, 征求意见情况, ...), read for points of procedure only.
        profile: local values; None when none was named.
        steps: the steps of making that it and its papers show; None when not read yet (`check/steps.py` reads them).
        citations: what the document cites, with the answers.
    """

    document: Document
    kind: Kind
    rank: Rank
    as_of: dt.date
    companions: tuple[Document, ...] = ()
    profile: Profile | None = None
    steps: tuple[Step, ...] | None = None
    citations: tuple[CitationAnswer, ...] = ()


class Spot(NamedTuple):
    """Words that a check reports.

    Attributes:
        span: in `NormalText.value` of the document; never empty.
        values: what a rule's `message` may name in braces beside {match}, such as {"last": "九"}.
        evidence: articles to show before those of the rule.
    """

    span: Span
    values: dict[str, str] = {}  # noqa: RUF012 - never changed
    evidence: tuple[Evidence, ...] = ()
