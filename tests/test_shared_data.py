"""Targets on the shared development data beside the project: counts and shares only, none of its text is kept here."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from draft_assist.check.run import Kit, read_kit
from draft_assist.evals.clauses import ClauseScores, Prediction, Sample, predict, read_samples, score_clauses
from draft_assist.flow import document_of, review
from draft_assist.load import load, load_bytes
from draft_assist.model import Document, Kind, Rank, Severity
from draft_assist.normalise import normalise
from draft_assist.settings import Settings

SHARED = Path(__file__).parents[1].parent / "shared"
CLAUSES = SHARED / "data" / "clauses_dev.jsonl"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
DAY = dt.date(2026, 11, 1)
FOUR = {"permit", "permit_condition", "penalty", "compulsory", "fee", "levy", "deposit", "tax"}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CLAUSES.is_file(), reason="the shared folder is not beside the project"),
]


@cache
def kit() -> Kit:
    return read_kit()


@cache
def outcomes() -> tuple[tuple[Sample, Prediction | str], ...]:
    return tuple(predict(read_samples(CLAUSES), kit(), DAY))


@cache
def scores(source: str) -> ClauseScores:
    """The scores of the lines labelled by `source` (hand, distant); "" takes all."""
    lines = (json.loads(line) for line in CLAUSES.read_text("utf-8").splitlines())
    wanted = {line["id"] for line in lines if not source or line["label_source"] == source}
    return score_clauses(one for one in outcomes() if one[0].id in wanted)


@pytest.mark.slow
def test_every_line_is_judged() -> None:
    assert scores("").unscored == {}


@pytest.mark.slow
def test_lines_labelled_by_hand_reach_their_target_on_any_power() -> None:
    any_power = scores("hand").any
    assert any_power.precision >= 0.95 and any_power.recall >= 0.95, any_power


@pytest.mark.slow
@pytest.mark.parametrize(
    ("power", "precision", "recall"),
    [
        pytest.param("penalty", 0.98, 0.97, id="penalty: the labels are clean"),
        pytest.param("permit", 0.90, 0.90, id="permit: about one label in ten is wrong"),
        pytest.param("fee", 0.85, 0.85, id="fee"),
        pytest.param("compulsory", 0.93, 0.90, id="compulsory"),
    ],
)
def test_lines_labelled_by_rules_reach_their_target(power, precision, recall) -> None:
    one = scores("distant").four[power]
    assert one.precision >= precision and one.recall >= recall, one


@pytest.mark.slow
def test_at_most_one_quiet_line_in_fifty_is_called_unlawful() -> None:
    share = scores("").quiet_unlawful_share
    assert share is not None and share <= 0.02


def four_of(document: Document) -> Counter[Severity]:
    """Findings on the four powers by severity, judged as a county government's notice."""
    report = review(document, as_of=DAY, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT, kit=kit())
    return Counter(one.severity for one in report.findings if one.category in FOUR)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("form", ["as found", "normalised before"])
def test_real_sound_documents_are_quiet(path, form) -> None:
    raw = load(path, Settings())
    if form == "normalised before":
        raw = load_bytes(normalise(raw).value.encode(), "样例.txt", Settings())
    found = four_of(document_of(raw))
    assert found[Severity.UNLAWFUL] == 0
    assert found[Severity.DOUBTFUL] <= 3


def test_the_five_documents_are_there() -> None:
    assert len(SEEDS) == 5
