"""Statements as a careful reviewer would make them on the clauses of planted_clauses.py; none may be lost.

They stand in planted_good.jsonl, one a line. Materials are named by a part of their label and findings by the words
they lie on: ids are looked up when the test runs.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

Evidence = tuple[tuple[str, str], ...]


class On(NamedTuple):
    """A remark on the finding whose words begin with `finding`; evidence: (part of a label, what it says)."""

    clause: str
    finding: str
    stance: str
    reason: str
    evidence: Evidence = ()
    wording: str = ""


class New(NamedTuple):
    """A problem that the rules did not report."""

    clause: str
    category: str
    does: str
    quote: str
    reason: str
    evidence: Evidence = ()
    wording: str = ""


def _read(name: str) -> tuple[On | New, ...]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return tuple(_statement(json.loads(line)) for line in lines)


def _statement(line: dict) -> On | New:
    evidence = tuple((part, words) for part, words in line.pop("evidence", ()))
    return New(**line, evidence=evidence) if "category" in line else On(**line, evidence=evidence)


EVERY = _read("planted_good.jsonl")
# Written when the checks were finished.
LATER = _read("planted_good_later.jsonl")
REMARKS = tuple(one for one in EVERY if isinstance(one, On))
PROBLEMS = tuple(one for one in EVERY if isinstance(one, New))
