"""Floors: what lies below them, and files that are wrong."""

from __future__ import annotations

import pytest

from draft_assist.errors import SourceError
from draft_assist.evals.clauses import ClauseScores, Prediction, Sample, score_clauses
from draft_assist.evals.floors import Floor, Least, below, read_floor


def scores(hits: int, misses: int, quiet_alarms: int = 0, quiet: int = 0) -> ClauseScores:
    """Scores of penalties with so many hits and misses, beside quiet lines."""
    fined, none = ("penalty",), ("none",)
    rows = [(fined, fined)] * hits + [(fined, ())] * misses + [(none, fined)] * quiet_alarms + [(none, ())] * quiet
    return score_clauses(
        (Sample(id=str(i), text="甲", labels=labels), Prediction(id=str(i), predicted=found, unlawful=found))
        for i, (labels, found) in enumerate(rows)
    )


def test_a_value_exactly_on_its_floor_is_not_below() -> None:
    assert below(scores(9, 1), Floor(four={"penalty": Least(recall=0.9, precision=1.0)})) == []


def test_a_value_under_its_floor_is_named_with_both_numbers() -> None:
    (fault,) = below(scores(8, 2), Floor(four={"penalty": Least(recall=0.9)}))
    assert "penalty" in fault and "0.8000" in fault and "0.9" in fault


def test_a_class_without_samples_is_below_any_floor_but_not_below_none() -> None:
    assert len(below(scores(1, 0), Floor(four={"fee": Least(recall=0.1)}))) == 1
    assert below(scores(1, 0), Floor(four={"fee": Least()})) == []


def test_any_of_the_four_has_a_floor_of_its_own() -> None:
    (fault,) = below(scores(8, 2), Floor(any=Least(recall=0.9)))
    assert fault.startswith("四类任一")


def test_quiet_lines_called_unlawful_have_a_ceiling() -> None:
    assert below(scores(1, 0, quiet_alarms=1, quiet=9), Floor(quiet_unlawful_share=0.1)) == []
    assert len(below(scores(1, 0, quiet_alarms=2, quiet=8), Floor(quiet_unlawful_share=0.1))) == 1
    assert below(scores(1, 0), Floor(quiet_unlawful_share=0.0)) == [], "no quiet lines, no share"


def test_a_category_beyond_the_four_has_a_floor_of_its_own() -> None:
    (fault,) = below(scores(8, 2), Floor(categories={"penalty": Least(recall=0.9)}))
    assert fault.startswith("penalty 召回率 0.8000")
    (fault,) = below(scores(8, 2), Floor(categories={"quota": Least(precision=0.9)}))
    assert "无样本" in fault


def test_faulty_lines_must_be_flagged_and_quiet_ones_quiet() -> None:
    assert below(scores(8, 2, quiet_alarms=1, quiet=9), Floor(flagged=0.8, quiet=0.9)) == []
    faults = below(scores(8, 2, quiet_alarms=1, quiet=9), Floor(flagged=0.85, quiet=0.95))
    assert [fault.split()[0] for fault in faults] == ["有问题条款的报出率", "无问题条款的安静率"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="missing"),
        pytest.param("[]", id="no object"),
        pytest.param('{"four": {"penalty": {"recal": 0.9}}}', id="a misspelt key would be no floor at all"),
    ],
)
def test_a_floor_file_that_is_wrong_is_a_source_error(tmp_path, content) -> None:
    path = tmp_path / "floor.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(SourceError):
        read_floor(path)
