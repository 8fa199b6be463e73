"""What a check of the whole document is given, and what it gives back."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from draft_assist.model import Document, Kind, Rank, Span


class Paper(NamedTuple):
    """A document under review with what the review was asked for.

    Attributes:
        document: as parsed.
        kind, rank: those the review uses.
        as_of: the day whose law applies.
        companions: accompanying papers (起草说明, 征求意见情况, ...), read for points of procedure only.
    """

    document: Document
    kind: Kind
    rank: Rank
    as_of: dt.date
    companions: tuple[Document, ...] = ()


class Spot(NamedTuple):
    """Words that a check reports.

    Attributes:
        span: in `NormalText.value` of the document; never empty.
        values: what a rule's `message` may name in braces beside {match}, such as {"last": "九"}.
    """

    span: Span
    values: dict[str, str] = {}  # noqa: RUF012 - never changed
