"""Each rule's own score on labelled clauses."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from draft_assist.check.run import Kit, read_kit
from draft_assist.errors import SourceError
from draft_assist.evals.clauses import Sample, is_of_four_powers
from draft_assist.evals.rules import measure_rules

DAY = dt.date(2026, 11, 1)
FINE = "第八条　摊主占道经营的，由县城市管理局处二百元以下罚款。"


@pytest.fixture(scope="module")
def kit() -> Kit:
    return read_kit()


def sample(id_: str, text: str, *labels: str) -> Sample:
    return Sample(id=id_, text=text, labels=labels)


def test_a_finding_is_right_when_the_clause_bears_its_category(kit):
    rows = [sample("a", FINE, "penalty"), sample("b", FINE, "none"), sample("c", "各村应当定期清扫道路。", "none")]
    scores = measure_rules([(Path("own.jsonl"), rows)], kit, DAY)
    (one,) = scores.table.rules.values()
    assert (one.fired, one.right) == (2, 1)
    assert 0 < one.low < 0.5 < one.high < 1
    assert [firing.sample for firing in scores.wrong] == ["b"]
    assert scores.table.sets == {"own": 3}


def test_a_class_left_open_is_not_counted(kit):
    row = Sample(id="a", text=FINE, labels=("none",), unsure=("penalty",))
    assert measure_rules([(Path("own.jsonl"), [row])], kit, DAY).table.rules == {}


def test_a_set_of_the_four_powers_says_nothing_of_competition(kit):
    text = "第六条　外地物业企业承接本县小区项目的，应当在我县设立分公司。"
    assert is_of_four_powers([sample("a", text, "none"), sample("b", FINE, "levy")])
    assert not is_of_four_powers([sample("a", text, "competition")])
    quiet = measure_rules([(Path("four.jsonl"), [sample("a", text, "none")])], kit, DAY)
    assert not [code for code in quiet.table.rules if code.startswith("COMP")]
    wide = measure_rules(
        [(Path("all.jsonl"), [sample("a", text, "competition"), sample("b", "无。", "quota")])], kit, DAY
    )
    assert [code for code in wide.table.rules if code.startswith("COMP")]


def test_a_condition_of_a_permit_counts_as_a_permit(kit):
    text = "第五条　未经镇人民政府批准，任何单位和个人不得在村内摆摊设点。"
    scores = measure_rules([(Path("own.jsonl"), [sample("a", text, "permit_condition")])], kit, DAY)
    assert all(one.right == one.fired for one in scores.table.rules.values())


def test_a_rank_that_there_is_not_is_a_clear_error(kit):
    row = Sample(id="a", text=FINE, labels=("penalty",), issuer_rank="village")
    with pytest.raises(SourceError, match="village"):
        measure_rules([(Path("own.jsonl"), [row])], kit, DAY)
