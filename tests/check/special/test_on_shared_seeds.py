"""What the checks say of the real documents beside the project, where these are there: true slips, and little else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from draft_assist.check.special import CHECKS, check_named
from draft_assist.check.special.paper import Paper
from draft_assist.load import load
from draft_assist.normalise import normalise
from draft_assist.parse import parse
from draft_assist.settings import Settings

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
FORM = [
    name
    for name, (module, _) in CHECKS.items()
    if module
    in {
        "references", "numbering", "lists", "definitions", "organs", "placeholders", "foreign_places",
        "contradictions", "figures", "deadlines", "applicability", "slips", "vague", "provenance",
    }
]  # fmt: skip

# Number of the seed -> check -> places.
WANTED = {
    "000": {"gone_since": 1, "nameless_titles": 6, "sample_essay": 1},
    "001": {"gone_since": 1, "masked_words": 8, "real_place_in_masked": 5, "sample_essay": 1},
    "002": {"gone_since": 2, "repeated_in_enumeration": 1, "wrong_words": 1},
    "003": {"gone_since": 1, "wrong_words": 1},
    "004": {},
}


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared data are not here")
@pytest.mark.parametrize("number", WANTED)
def test_the_slips_of_each_seed_and_nothing_else(number):
    path = next(SEEDS.glob(f"{number}_*"))
    document = parse(normalise(load(path, Settings())))
    paper = Paper(document, document.facts.kind, document.facts.rank, dt.date(2026, 11, 1))
    counts = {name: sum(1 for _ in check_named(name)(paper)) for name in FORM}
    assert {name: count for name, count in counts.items() if count} == WANTED[number]
