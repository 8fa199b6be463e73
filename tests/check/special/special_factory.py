"""Runs one check on a small document in which ⟦ ⟧ marks what it must report."""

from __future__ import annotations

import datetime as dt

from draft_assist.check.ruleset import read_marks
from draft_assist.check.special import check_named
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.load import load_bytes
from draft_assist.model import Document, Kind, Rank
from draft_assist.normalise import normalise
from draft_assist.parse import parse
from draft_assist.settings import Settings

NOW = dt.date(2026, 11, 1)


def document_of(text: str, name: str = "样例.txt") -> Document:
    """The document that a file of these words is read as."""
    return parse(normalise(load_bytes(text.encode(), name, Settings())))


def spots_of(check: str, text: str, *, as_of: dt.date = NOW, rank: Rank | None = None) -> tuple[Document, list[Spot]]:
    """What the check of that name reports of a file of these words, by place."""
    document = document_of(text)
    paper = Paper(document, Kind.NORMATIVE_DOCUMENT, rank or document.facts.rank, as_of)
    return document, sorted(check_named(check)(paper), key=lambda spot: spot.span)


def words_of(check: str, text: str, **setting: object) -> list[str]:
    """The words that the check reports."""
    document, spots = spots_of(check, text, **setting)  # type: ignore[arg-type]
    return [document.text_of(spot.span) for spot in spots]


def values_of(check: str, text: str, **setting: object) -> dict[str, str]:
    """The values of the only spot."""
    _, spots = spots_of(check, text, **setting)  # type: ignore[arg-type]
    assert len(spots) == 1, spots
    return spots[0].values


def assert_reports(check: str, marked: str, **setting: object) -> None:
    """The check reports exactly the marked words; nothing when none are marked."""
    plain, spans = read_marks(marked)
    assert words_of(check, plain, **setting) == [span.of(plain) for span in spans], plain
