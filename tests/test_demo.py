"""The example document of `make demo`: what is in it, and that the review finds what was planted."""

from __future__ import annotations

import datetime as dt
import importlib
from pathlib import Path

import pytest

from draft_assist import review
from draft_assist.load import load_bytes
from draft_assist.model import Report
from draft_assist.settings import Settings

EVALS = Path(__file__).parents[1] / "evals"
# (category, words of the clause): what was planted.
PLANTED = [
    ("permit", "准营证"),
    ("deposit", "保证金"),
    ("fee", "按月缴纳"),
    ("penalty", "二百元以上一千元以下罚款"),  # the sum as the tracked change leaves it
    ("compulsory", "暂扣"),
    ("penalty", "六万元以上十万元以下罚款"),
]


@pytest.fixture(scope="module")
def report() -> Report:
    return review(EVALS / "demo" / "notice.docx", as_of=dt.date(2026, 11, 1))


@pytest.mark.parametrize(("category", "words"), PLANTED)
def test_a_planted_fault_is_found(report, category, words) -> None:
    assert any(one.category == category and words in one.quote for one in report.findings)


def test_the_traps_are_left_alone(report) -> None:
    # 16 articles and a table; what is not planted, in the table or for a person to decide, must be silent.
    text = " ".join(one.quote for one in report.findings)
    for trap in ("罚没指标", "居民意见", "业主同意", "记过", "行政处罚决定", "租金"):
        assert trap not in text
    assert {one.place.label for one in report.findings if one.place.label.startswith("表")} == {
        "表1第2行第3列",
        "表1第3行第3列",
    }


@pytest.mark.parametrize(
    ("script", "file"),
    [
        ("build_demo_notice", "demo/notice.docx"),
        ("build_school_notice", "documents/17-school-enrolment-notice.docx"),
    ],
)
def test_the_file_is_what_its_script_builds(script: str, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(EVALS)
    kept, built = (
        load_bytes(content, "notice.docx", Settings())
        for content in ((EVALS / file).read_bytes(), importlib.import_module(script).build())
    )
    assert (kept.text, kept.blocks, kept.changes) == (built.text, built.blocks, built.changes)
