"""Reads single sentences as clauses, for tests of what the act extractor makes of them."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from draft_assist.check.acts.extract import find_acts
from draft_assist.check.ruleset import read_marks
from draft_assist.load import load_bytes
from draft_assist.model import Act, Document, Does, Grade, Power
from draft_assist.normalise import normalise
from draft_assist.parse import parse
from draft_assist.settings import Settings

PERMITS = (Power.PERMIT, Power.PERMIT_CONDITION)
PENALTIES = (Power.PENALTY,)
CHARGES = (Power.FEE, Power.LEVY, Power.DEPOSIT, Power.TAX)
COMPULSION = (Power.COMPULSORY, Power.EXECUTION)


def document_of(text: str, name: str = "样例.txt") -> Document:
    """The document that a file of these words is read as."""
    return parse(normalise(load_bytes(text.encode(), name, Settings())))


def acts_of(text: str, *powers: Power) -> tuple[Act, ...]:
    """The acts of a file of these words, by place; only those of `powers` when some are named."""
    return tuple(act for act in find_acts(document_of(text)) if not powers or act.power in powers)


class Positive(NamedTuple):
    """A sentence that uses a power.

    Attributes:
        family: the wording family.
        marked: the sentence with ⟦ ⟧ around the exact words of each act.
    """

    family: str
    marked: str
    power: Power
    kind: str
    grade: Grade = Grade.CLEAR


class NearMiss(NamedTuple):
    """A sentence with the words of a family that does something else.

    Attributes:
        does: how it reads; None when it need not be read as an act at all, only never as SETS.
        why: why it uses no power.
    """

    family: str
    text: str
    does: Does | None
    why: str


def cases(rows: tuple[Positive | NearMiss, ...]) -> list[object]:
    """The rows as parameters, named by family."""
    return [pytest.param(row, id=row.family) for row in rows]


def assert_sets(row: Positive, powers: tuple[Power, ...]) -> None:
    """Exactly the marked words set the power, with that kind and grade."""
    plain, spans = read_marks(row.marked)
    document = document_of(plain)
    found = [act for act in find_acts(document) if act.power in powers and act.does is Does.SETS]
    expected = [(span.of(plain), row.power, row.kind, row.grade) for span in spans]
    assert [(document.text_of(act.span), act.power, act.kind, act.grade) for act in found] == expected


def assert_otherwise(row: NearMiss, powers: tuple[Power, ...]) -> None:
    """No words of the sentence set a power of that family."""
    read = {act.does for act in acts_of(row.text, *powers)}
    assert Does.SETS not in read, row.why
    if row.does is not None:
        assert read == {row.does}, row.why
