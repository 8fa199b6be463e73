"""Acts of a document: walks the clauses, cuts them into parts, and reads every word that names a power."""

from __future__ import annotations

from collections.abc import Iterator

from draft_assist.check.acts.candidate import Candidate
from draft_assist.check.acts.compulsory import find_compulsion
from draft_assist.check.acts.frame import Part, mask, parts_of
from draft_assist.check.acts.money import find_charges
from draft_assist.check.acts.penalty import find_penalties
from draft_assist.check.acts.permit import find_permits
from draft_assist.check.acts.reading import read
from draft_assist.model import Act, Basis, Does, Grade, Pointer, Span

FINDERS = (find_penalties, find_permits, find_charges, find_compulsion)


def acts_of_part(part: Part) -> Iterator[Act]:
    candidates = [c for finder in FINDERS for c in finder(part)]
    for candidate in candidates:
        reading = read(part, candidate)
        pointer = reading.pointer
        yield Act(
            clause=part.clause,
            power=candidate.power,
            kind=candidate.kind,
            does=reading.does,
            addressee=reading.addressee,
            grade=reading.grade,
            span=part.span(candidate.start, candidate.end),
            sentence=part.sentence,
            basis=Basis(pointer=pointer.kind) if pointer else Basis(),
            because=reading.because,
        )
