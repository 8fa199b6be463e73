"""The five real files beside the project, when they are there: counts only, none of their text is kept here."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from draft_assist.load import load
from draft_assist.model import NormalText
from draft_assist.normalise import normalise
from draft_assist.settings import Settings

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared folder is not beside the project"),
]


def seed(number: int) -> NormalText:
    path = next(SEEDS.glob(f"{number:03d}_*.txt"))
    return normalise(load(path, Settings()))


@pytest.mark.parametrize(
    ("number", "residues", "damaged"), [(0, 847, 3), (1, 436, 1), (2, 0, 0), (3, 0, 1), (4, 803, 8)]
)
def test_residue_goes_and_damage_is_marked(number: int, residues: int, damaged: int) -> None:
    found = seed(number)
    # Residues inside a cut line are listed with the line.
    assert sum(one.text.count("(") if one.reason != "导航" else 0 for one in found.removed) == residues
    assert len(found.damaged) == damaged
    # No tone-marked letter and no question mark is left outside the damaged runs.
    for place, one in enumerate(found.value):
        if one in "?āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ":
            assert any(damage.span.start <= place < damage.span.end for damage in found.damaged)


def test_web_furniture_is_listed() -> None:
    assert Counter(one.reason for one in seed(2).removed) == {"导航": 1, "网页信息": 1}
    reasons = Counter(one.reason for one in seed(3).removed)
    assert reasons["广告"] == 1 and reasons["导航"] >= 6
    assert "网" in "".join(seed(1).notes) and "范文" in "".join(seed(0).notes)
