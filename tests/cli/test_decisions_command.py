"""`draft-assist decisions`: recorded, listed, turned into eval samples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("rules_on_powers")


@pytest.fixture
def fingerprint(run, faulty) -> str:
    return json.loads(run("review", faulty, "--format", "json").out)["result"]["findings"][0]["fingerprint"]


@pytest.fixture
def records(faulty) -> Path:
    return faulty.with_name(f"{faulty.name}.decisions.jsonl")


def add(run, faulty, fingerprint, verdict="采纳", reason="确属自行设定", *more):
    return run("decisions", "add", faulty, "--finding", fingerprint, "--verdict", verdict, "--reason", reason, *more)


def test_a_decision_is_recorded_listed_and_becomes_a_sample(run, faulty, fingerprint, records, quiet, tmp_path) -> None:
    ran = add(run, faulty, fingerprint, "采纳", "确属自行设定", "--by", "李四")
    assert ran.code == 0 and ran.out == "" and str(records) in ran.err
    listed = run("decisions", "list", faulty)
    assert listed.code == 0 and fingerprint in listed.out and "采纳" in listed.out and "李四" in listed.out
    # Later edits of the document do not spoil the record.
    faulty.write_bytes(quiet.read_bytes())
    out = tmp_path / "cases.jsonl"
    assert run("decisions", "to-eval", faulty, "--out", out).code == 0
    assert run("decisions", "to-eval", faulty, "--out", out).code == 0
    (line,) = out.read_text("utf-8").splitlines()
    sample = json.loads(line)
    assert sample["labels"] == ["penalty"] and sample["issuer_rank"] == "county"
    assert "处二百元以上一千元以下罚款" in sample["text"]
    assert run("eval", "clauses", out).code == 0


def test_a_rejected_finding_is_labelled_none_and_a_second_thought_counts(run, faulty, fingerprint, tmp_path) -> None:
    add(run, faulty, fingerprint)
    add(run, faulty, fingerprint, "不采纳", "省里已有规定")
    out = tmp_path / "cases.jsonl"
    run("decisions", "to-eval", faulty, "--out", out)
    assert json.loads(out.read_text("utf-8"))["labels"] == ["none"]
    assert run("decisions", "list", faulty).out.count(fingerprint) == 1
    # Another thought still: the sample is there, and a person has to look.
    add(run, faulty, fingerprint, "采纳", "再议后采纳")
    ran = run("decisions", "to-eval", faulty, "--out", out)
    assert ran.code == 0 and "标注与现在的决定不同" in ran.err
    assert json.loads(out.read_text("utf-8"))["labels"] == ["none"]


def test_a_finding_that_is_set_aside_can_be_decided_on(run, faulty, fingerprint) -> None:
    run("review", faulty, "--suppress", fingerprint, "--reason", "省里已有规定")
    assert add(run, faulty, fingerprint, "不采纳", "省里已有规定").code == 0


@pytest.mark.parametrize(
    ("verdict", "reason", "finding", "said"),
    [
        ("同意", "有理由", "{}", "部分采纳"),
        ("采纳", "", "{}", "--reason"),
        ("采纳", "yes", "{}", "中文"),
        ("采纳", "有理由", "0123456789abcdef", "{}"),
        ("采纳", "有理由", "AUTH-001:{}", "没有"),
        ("采纳", "有理由", "ab", "指纹"),
    ],
)
def test_a_wrong_decision_is_one_line_and_writes_nothing(
    run, faulty, fingerprint, records, verdict, reason, finding, said
) -> None:
    ran = add(run, faulty, finding.format(fingerprint), verdict, reason)
    assert ran.code == 2 and len(ran.errors) == 1 and said.format(fingerprint) in ran.err
    assert not records.exists()


def test_a_broken_record_is_named_with_its_line_and_nothing_is_lost(
    run, faulty, fingerprint, records, tmp_path
) -> None:
    records.write_text("{}\n", "utf-8")
    for ran in (
        add(run, faulty, fingerprint),
        run("decisions", "list", faulty),
        run("decisions", "to-eval", faulty, "--out", tmp_path / "cases.jsonl"),
    ):
        assert ran.code == 2 and len(ran.errors) == 1 and f"{records.name}:1" in ran.err
    assert records.read_text("utf-8") == "{}\n" and not (tmp_path / "cases.jsonl").exists()


def test_nothing_recorded_is_said(run, faulty, tmp_path) -> None:
    ran = run("decisions", "list", faulty)
    assert ran.code == 0 and "还没有记录" in ran.err
    ran = run("decisions", "to-eval", faulty, "--out", tmp_path / "cases.jsonl")
    assert ran.code == 2 and "decisions add" in ran.err and not (tmp_path / "cases.jsonl").exists()


def test_samples_are_not_written_over_the_document_or_the_records(run, faulty, fingerprint, records) -> None:
    add(run, faulty, fingerprint)
    for out in (faulty, records):
        before = out.read_bytes()
        assert run("decisions", "to-eval", faulty, "--out", out).code == 2
        assert out.read_bytes() == before


def test_standard_input_has_no_place_for_decisions(run) -> None:
    assert run("decisions", "add", "-", "--finding", "a" * 16, "--verdict", "采纳", "--reason", "有").code == 2


def test_a_configuration_is_used_here_too(run, faulty, fingerprint, tmp_path) -> None:
    (tmp_path / "draft-assist.toml").write_text("[rules]\nof = []\n", "utf-8")
    assert add(run, faulty, fingerprint).code == 2
    assert add(run, faulty, fingerprint, "采纳", "确属自行设定", "--no-config").code == 0
