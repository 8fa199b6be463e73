"""The clauses of a draft that are looked up one by one: whole articles, or whole thoughts where there are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from draft_assist.model import Clause, Document, Level, Region

# A heading with what stands below it is one thought up to this length; a longer one is taken apart.
_ONE_THOUGHT = 400
# Shorter clauses (本办法自……起施行) say too little to be looked up.
_SHORTEST = 12
_LEFT_OUT = frozenset(
    (Level.OTHER, Level.TITLE, Level.DOCUMENT_NUMBER, Level.RECIPIENTS, Level.CONTENTS, Level.SIGNATURE, Level.NOTE)
)
_HOLDERS = frozenset((Level.PART, Level.CHAPTER, Level.SECTION, Level.ATTACHMENT, Level.TABLE, Level.ROW))


class Unit(NamedTuple):
    """One clause to be looked up: its path and its words, number and white space around them left out."""

    path: str
    words: str


def units_of(document: Document) -> list[Unit]:
    """The clauses of a document, in order; headings, the letterhead and the signature are none."""
    return [
        unit
        for clause in document.clauses
        for unit in _units(clause, document)
        if sum(map(str.isalnum, unit.words)) >= _SHORTEST
    ]


def _units(clause: Clause, document: Document) -> Iterator[Unit]:
    if clause.level in _LEFT_OUT or clause.region is not Region.BODY:
        return
    words = document.text.value[clause.body.start : clause.span.end].strip()
    is_holder = clause.level in _HOLDERS
    if clause.level is Level.ARTICLE or (not is_holder and (not clause.children or len(words) <= _ONE_THOUGHT)):
        yield Unit(clause.path, words)
        return
    if not is_holder:
        yield Unit(clause.path, document.text_of(clause.body).strip())
    for child in clause.children:
        yield from _units(child, document)
