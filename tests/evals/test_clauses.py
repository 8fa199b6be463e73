"""Clause scoring: what is skipped, what folds into the four powers, what counts as any; files that are wrong."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path

import pytest

from draft_assist.check.run import Kit, read_kit
from draft_assist.errors import SourceError
from draft_assist.evals.clauses import (
    ClauseScores,
    Prediction,
    Sample,
    predict,
    read_samples,
    score_clauses,
    write_predictions,
)
from draft_assist.evals.floors import below, read_floor

OWN = sorted((Path(__file__).parents[2] / "evals" / "clauses").glob("*.floor.json"))
DAY = dt.date(2026, 11, 1)


@cache
def kit() -> Kit:
    return read_kit()


def scored(labels: list[str], predicted: list[str], **sample: tuple[str, ...]) -> ClauseScores:
    """The scores of one line."""
    one = Sample(id="a", text="甲", labels=tuple(labels), **sample)  # type: ignore[arg-type]
    return score_clauses([(one, Prediction(id="a", predicted=tuple(predicted), unlawful=()))])


def counts(scores: ClauseScores, name: str) -> tuple[int, int, int, int]:
    """(hits, false alarms, misses, skipped) of one power, or of any."""
    one = scores.any if name == "any" else scores.four[name]
    return one.hits, one.false_alarms, one.misses, one.skipped


@pytest.mark.parametrize(
    ("labels", "predicted", "power"),
    [
        pytest.param(["fee"], ["levy"], "fee", id="a levy is a fee"),
        pytest.param(["fee"], ["deposit"], "fee", id="a deposit is a fee"),
        pytest.param(["tax"], ["fee"], "fee", id="a tax is a fee, on the label's side too"),
        pytest.param(["permit"], ["permit_condition"], "permit", id="a condition is a permit"),
    ],
)
def test_finer_categories_fold_into_the_four_powers(labels, predicted, power) -> None:
    assert counts(scored(labels, predicted), power) == (1, 0, 0, 0)


def test_two_categories_of_one_power_count_once() -> None:
    assert counts(scored(["fee"], ["fee", "levy", "tax"]), "fee") == (1, 0, 0, 0)


def test_beyond_the_four_powers_nothing_folds() -> None:
    scores = scored(["levy"], ["fee"])
    assert (scores.categories["levy"].misses, scores.four["fee"].hits) == (1, 1)


@pytest.mark.parametrize("key", ["unsure", "doubt"])
@pytest.mark.parametrize("predicted", [[], ["penalty"]])
def test_a_class_that_is_unsure_is_neither_right_nor_wrong(key, predicted) -> None:
    scores = scored(["penalty"], predicted, **{key: ("penalty",)})
    assert counts(scores, "penalty") == (0, 0, 0, 1)
    assert counts(scores, "permit") == (0, 0, 0, 0), "the other classes of the line are scored"
    assert counts(scores, "any") == (0, 0, 0, 1)


def test_an_unsure_levy_is_an_unsure_fee() -> None:
    assert counts(scored(["none"], ["fee"], unsure=("levy",)), "fee") == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("labels", "predicted", "unsure", "expected"),
    [
        pytest.param(["penalty"], ["permit"], (), (1, 0, 0, 0), id="any power against any finding"),
        pytest.param(["none"], ["permit"], (), (0, 1, 0, 0), id="a false alarm"),
        pytest.param(["penalty"], [], (), (0, 0, 1, 0), id="a miss"),
        pytest.param(["none"], ["proof"], (), (0, 0, 0, 0), id="a category beyond the four"),
        pytest.param(["none"], ["fee"], ("fee",), (0, 0, 0, 0), id="only an unsure class was found"),
        pytest.param(["fee", "penalty"], ["fee"], ("fee",), (0, 0, 1, 0), id="the sure class was missed"),
    ],
)
def test_any_of_the_four(labels, predicted, unsure, expected) -> None:
    assert counts(scored(labels, predicted, unsure=unsure), "any") == expected


@pytest.mark.parametrize(
    ("labels", "unlawful", "quiet", "share"),
    [
        pytest.param(("none",), ("penalty",), 1, 1.0, id="a quiet line called unlawful"),
        pytest.param(("reference",), (), 1, 0.0, id="a quiet line left alone"),
        pytest.param(("reference", "penalty"), ("penalty",), 0, None, id="a line with a power is not quiet"),
        pytest.param((), ("penalty",), 0, None, id="a line without labels is not quiet"),
    ],
)
def test_quiet_lines_are_those_without_a_power(labels, unlawful, quiet, share) -> None:
    sample = Sample(id="a", text="甲", labels=labels)
    scores = score_clauses([(sample, Prediction(id="a", predicted=unlawful, unlawful=unlawful))])
    assert (scores.quiet, scores.quiet_unlawful_share) == (quiet, share)


def test_a_line_that_cannot_be_judged_is_unscored_and_not_wrong() -> None:
    good = Sample(id="good", text="第八条　乱倒灰渣的，处二百元罚款。", labels=("penalty",))
    odd = Sample(id="odd", text="甲", labels=("penalty",), issuer_rank="village")
    empty = Sample(id="empty", text="", labels=("penalty",))
    scores = score_clauses(predict([good, odd, empty], kit(), DAY))
    assert scores.samples == 3
    assert set(scores.unscored) == {"odd", "empty"} and "village" in scores.unscored["odd"]
    assert counts(scores, "penalty") == (1, 0, 0, 0)


def test_the_rank_of_a_line_is_used() -> None:
    text = "第八条　乱倒灰渣的，处二百元罚款。"
    samples = [
        Sample(id="county", text=text),
        Sample(id="province", text=text, issuer_rank="local_regulation_province"),
    ]
    found = [one for _, one in predict(samples, kit(), DAY)]
    assert [isinstance(one, Prediction) and one.unlawful for one in found] == [("penalty",), ()]


def test_predictions_are_written_one_object_a_line(tmp_path) -> None:
    path = tmp_path / "p.jsonl"
    write_predictions(path, [Prediction(id="甲", predicted=("fee", "penalty"), unlawful=("fee",))])
    assert path.read_text("utf-8") == '{"id": "甲", "predicted": ["fee", "penalty"], "unlawful": ["fee"]}\n'


def test_blank_lines_and_further_keys_are_passed_over(tmp_path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text('\n{"id": "a", "text": "甲", "note": 1}\n\n', "utf-8")
    assert [one.id for one in read_samples(path)] == ["a"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'{"id": "a", "text": "x"}\nnothing\n', id="no JSON"),
        pytest.param(b'{"id": "a", "text": "x"}\n["a"]\n', id="no object"),
        pytest.param(b'{"id": "a", "text": "x"}\n{"id": "b"}\n', id="no text"),
    ],
)
def test_a_wrong_line_is_named_by_its_number(tmp_path, content) -> None:
    path = tmp_path / "s.jsonl"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"s\.jsonl:2"):
        read_samples(path)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"], ids=["missing", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_a_source_error(tmp_path, content) -> None:
    path = tmp_path / "s.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError):
        read_samples(path)


@pytest.mark.parametrize("floor", OWN, ids=lambda path: path.name.split(".")[0])
def test_our_own_clauses_stay_over_their_floor(floor) -> None:
    samples = read_samples(floor.with_name(floor.name.replace(".floor.json", ".jsonl")))
    scores = score_clauses(predict(samples, kit(), DAY))
    assert scores.unscored == {}
    assert below(scores, read_floor(floor)) == []


def test_ids_of_our_own_clauses_are_unique() -> None:
    ids = [
        json.loads(line)["id"]
        for floor in OWN
        for line in floor.with_name(floor.name.replace(".floor.json", ".jsonl")).read_text("utf-8").splitlines()
    ]
    assert len(ids) == len(set(ids)) > 0
