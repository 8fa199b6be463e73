"""Only what is new: reports read back and findings left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from follow_factory import CLAUSES, keys, notice, reviewed, wire, written
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from draft_assist.errors import SourceError
from draft_assist.follow.baseline import leave_out_known, without_baseline
from draft_assist.follow.earlier import read_one, read_reports, report_on
from draft_assist.model import Suppressed
from draft_assist.report.wire import write_error_json, write_json
from draft_assist.settings import Settings

LIMITS = Settings()
REPORT = reviewed()


def earlier(tmp_path: Path, report=REPORT):
    return read_one(written(report, tmp_path / "base.json"), LIMITS, Path("渡口办法.txt"))


def test_a_report_is_no_news_to_itself(tmp_path) -> None:
    report = leave_out_known(REPORT, earlier(tmp_path))
    assert report.findings == () and report.baseline is not None
    assert report.baseline.known == REPORT.findings and report.baseline.source == "base.json"


def test_moved_lines_stay_known(tmp_path) -> None:
    moved = reviewed("青榆县人民政府\n\n" + notice((CLAUSES[0], "新增一条。", *CLAUSES[1:])))
    assert [one.place.line for one in moved.findings] != [one.place.line for one in REPORT.findings]
    assert leave_out_known(moved, earlier(tmp_path)).findings == ()


def test_only_what_is_new_is_left(tmp_path) -> None:
    edited = reviewed(notice((*CLAUSES[:3], "乘客吸烟的，由县水运所处五十元罚款。", *CLAUSES[4:])))
    report = leave_out_known(edited, earlier(tmp_path))
    assert [one.quote for one in report.findings] == ["处五十元罚款"]
    assert report.baseline and len(report.baseline.known) == len(REPORT.findings)


def test_two_alike_need_two_in_the_baseline(tmp_path) -> None:
    twice = reviewed(notice((*CLAUSES[:6], CLAUSES[1])))
    assert len(leave_out_known(twice, earlier(tmp_path)).findings) == 1
    assert leave_out_known(twice, earlier(tmp_path, twice)).findings == ()


@settings(max_examples=30, deadline=None)
@given(chosen=st.sets(st.integers(1, len(CLAUSES) - 1)), order=st.randoms(use_true_random=False))
def test_any_choice_of_the_clauses_in_any_order_is_known(tmp_path_factory, chosen, order) -> None:
    clauses = [CLAUSES[n] for n in sorted(chosen)]
    order.shuffle(clauses)
    report = reviewed(notice(tuple(clauses)))
    base = earlier(tmp_path_factory.mktemp("base"))
    assert leave_out_known(report, base).findings == ()
    assert leave_out_known(REPORT, base).findings == ()


def test_a_report_made_with_a_baseline_can_be_the_next_one(tmp_path) -> None:
    edited = reviewed(notice((*CLAUSES[:3], "乘客吸烟的，由县水运所处五十元罚款。", *CLAUSES[4:])))
    second = leave_out_known(edited, earlier(tmp_path))
    assert leave_out_known(edited, earlier(tmp_path, second)).findings == ()


def test_what_was_set_aside_then_is_not_known(tmp_path) -> None:
    first, *rest = REPORT.findings
    then = replace(REPORT, findings=tuple(rest), suppressed=(Suppressed(finding=first, reason="有规定"),))
    assert keys(leave_out_known(REPORT, earlier(tmp_path, then))) == [(first.code, first.fingerprint)]


def test_a_finding_without_a_fingerprint_is_always_new(tmp_path) -> None:
    bare = replace(REPORT, findings=(replace(REPORT.findings[0], fingerprint=""),))
    assert len(leave_out_known(bare, earlier(tmp_path, bare)).findings) == 1


def test_without_a_baseline_all_is_new_and_that_is_said() -> None:
    report = without_baseline(REPORT, "报告")
    assert report.findings == REPORT.findings and report.baseline is None
    assert "基线报告" in report.not_checked[-1].what and "渡口办法.txt" in report.not_checked[-1].why


# --- reading reports ----------------------------------------------------------------------------------------------


def test_a_folder_and_a_file_of_one_report_a_line_are_read(tmp_path) -> None:
    one, two = reviewed(name="a/一.txt"), reviewed(name="b/二.txt")
    written(one, tmp_path / "1.json")
    written(two, tmp_path / "2.json")
    (tmp_path / "错.json").write_text(write_error_json(SourceError("坏了")), "utf-8")
    (tmp_path / "别的.txt").write_text("不看", "utf-8")
    assert [report.document for report in read_reports(tmp_path, LIMITS)] == ["a/一.txt", "b/二.txt"]
    lines = tmp_path / "all.jsonl"
    lines.write_text(write_json(one, compact=True) + write_json(two, compact=True), "utf-8")
    assert [report.document for report in read_reports(lines, LIMITS)] == ["a/一.txt", "b/二.txt"]


def test_the_report_on_a_document_is_found_by_path_then_by_name(tmp_path) -> None:
    for number, name in enumerate(("a/一.txt", "b/一.txt", "b/二.txt")):
        written(reviewed(name=name), tmp_path / f"{number}.json")
    reports = read_reports(tmp_path, LIMITS)
    assert report_on(reports, Path("b/一.txt")) is reports[1]
    assert report_on(reports, Path("elsewhere/二.txt")) is reports[2]
    assert report_on(reports, Path("elsewhere/一.txt")) is None  # two of that name: nobody guesses
    with pytest.raises(SourceError, match="认不出"):
        read_one(tmp_path, LIMITS, Path("elsewhere/一.txt"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "JSON"),
        (b"{", "JSON"),
        (b"\xff\xfe\x00", "JSON"),
        (b"[]", "审查报告"),
        (b'{"schema": "other/1"}', "other/1"),
        (b'{"schema": "draft-assist/report/1", "result": {}}', "审查报告"),
        (b'{"schema": "draft-assist/report/1", "error": {"what": "a", "where": "", "next_step": ""}}', "没有可以对照"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_what_is_no_report_is_one_clear_error(tmp_path, content, said) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=said) as caught:
        read_reports(path, LIMITS)
    assert "r.json" in str(caught.value)


def test_a_missing_file_and_an_empty_folder_are_errors(tmp_path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(SourceError):
            read_reports(path, LIMITS)


def test_a_severity_nobody_knows_is_an_error(tmp_path) -> None:
    report = json.loads(write_json(REPORT))
    report["result"]["findings"][0]["severity"] = "terrible"
    path = tmp_path / "r.json"
    path.write_text(json.dumps(report), "utf-8")
    with pytest.raises(SourceError):
        read_reports(path, LIMITS)


def test_the_json_form_says_what_was_left_out(tmp_path) -> None:
    result = wire(leave_out_known(REPORT, earlier(tmp_path)))
    assert result["counts"]["total"] == 0
    assert result["baseline"]["known_count"] == len(REPORT.findings) == len(result["baseline"]["known"])
