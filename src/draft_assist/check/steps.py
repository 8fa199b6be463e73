"""Steps of making a document (征求意见, 合法性审核, ...) that it or its accompanying papers show, with their dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from draft_assist.check.special.paper import Paper, Spot


class Step(NamedTuple):
    """One step as a paper shows it.

    Attributes:
        id: of knowledge/procedure/steps.yaml: opinions_sought, legality_review, collective_discussion, ...
        date: of the step, or of its end; None when the paper gives none.
        place: Chinese, which paper and where.
        words: as they stand there.
    """

    id: str
    date: dt.date | None
    place: str
    words: str


def read_steps(paper: Paper) -> tuple[Step, ...]:
    """The steps that the document and its accompanying papers show, by paper and place."""
    return ()


def steps_out_of_order(paper: Paper, earlier: str, later: str) -> Iterator[Spot]:
    """The title of the document when its papers date the step `earlier` after the step `later`."""
    return iter(())
