"""How citations are scored, and that the project's own set reaches its floors."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from draft_assist.errors import SourceError
from draft_assist.evals.citations import faults_below, read_cited_texts, read_floor, score_citations
from draft_assist.law.store import Statutes

SETS = Path(__file__).parents[2] / "evals" / "citations"
NOW = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def statutes() -> Statutes:
    found = Statutes.open()
    if not found.titles():
        pytest.skip("the data package is not installed")
    return found


def scored(tmp_path, statutes, *lines: str):
    file = tmp_path / "set.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    return score_citations(read_cited_texts(file), statutes, NOW)


def test_a_wrong_place_is_found_but_not_resolved(tmp_path, statutes) -> None:
    line = (
        '{"id": "a", "text": "依照《民法典》第六条",'
        ' "expect": [{"words": "《民法典》第六条", "title": "民法典", "place": "16"}]}'
    )
    scores = scored(tmp_path, statutes, line)
    assert (scores.find_precision, scores.precision, scores.recall) == (1.0, 0.0, 0.0)


def test_what_is_not_expected_lowers_precision_only(tmp_path, statutes) -> None:
    line = (
        '{"id": "a", "text": "依照《民法典》第六条、第七条",'
        ' "expect": [{"words": "《民法典》第六条", "title": "民法典", "place": "6"}]}'
    )
    scores = scored(tmp_path, statutes, line)
    assert (scores.precision, scores.recall) == (0.5, 1.0)


def test_a_wrong_answer_is_counted(tmp_path, statutes) -> None:
    line = (
        '{"id": "a", "text": "依照《民法典》第六条", "date": "2024-01-01",'
        ' "expect": [{"words": "《民法典》第六条", "title": "民法典", "place": "6",'
        ' "then": "stands", "now": "repealed"}]}'
    )
    scores = scored(tmp_path, statutes, line)
    assert (scores.right, scores.answered) == (0, 1)
    assert [fault.kind for fault in scores.faults] == ["wrong_answer"]


def test_no_text_gives_no_figure(tmp_path, statutes) -> None:
    scores = scored(tmp_path, statutes)
    assert (scores.precision, scores.recall, scores.answer_share) == (None, None, None)


def test_a_line_of_another_form_is_named(tmp_path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"id": "a"}\n', "utf-8")
    with pytest.raises(SourceError, match=r"set\.jsonl:1"):
        read_cited_texts(file)


def test_the_own_set_is_large_and_reaches_its_floors(statutes) -> None:
    strings = [text for file in sorted(SETS.glob("strings*.jsonl")) for text in read_cited_texts(file)]
    passages = [text for file in sorted(SETS.glob("passages*.jsonl")) for text in read_cited_texts(file)]
    assert len(strings) >= 300
    assert len(passages) >= 60
    scores = score_citations([*strings, *passages], statutes, NOW)
    assert faults_below(scores, read_floor(SETS / "floor.json")) == []
