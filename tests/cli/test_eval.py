"""`draft-assist eval`: clause files, floors, predictions, manifests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SAMPLES = (
    {"id": "a", "text": "第八条　随意倾倒餐厨垃圾的，由县城市管理局处五百元罚款。", "labels": ["penalty"]},
    {"id": "b", "text": "第九条　各部门应当公开办事指南，方便群众查询。", "labels": ["none"]},
    {"id": "c", "text": "第十条　不得下达罚款指标。", "labels": ["none"], "unsure": ["fee"]},
)


@pytest.fixture
def clauses(tmp_path: Path) -> Path:
    path = tmp_path / "clauses.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in SAMPLES), "utf-8")
    return path


def floor(tmp_path: Path, **content: object) -> Path:
    path = tmp_path / "floor.json"
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_scores_are_printed_one_power_a_line(run, clauses) -> None:
    ran = run("eval", "clauses", clauses)
    assert ran.code == 0
    assert "clauses.jsonl：3条" in ran.out
    (row,) = [line for line in ran.out.splitlines() if line.startswith("penalty")]
    assert "P=1.0000 R=1.0000" in row


def test_json_holds_counts_scores_and_what_was_run(run, clauses) -> None:
    scores = json.loads(run("eval", "clauses", clauses, "--json", "--as-of", "2026-01-02").out)
    assert scores["samples"] == 3 and scores["unscored"] == {}
    assert scores["four"]["penalty"]["hits"] == 1
    assert scores["four"]["fee"]["skipped"] == 1 and scores["four"]["fee"]["precision"] is None
    assert (scores["as_of"], scores["file"], scores["below_floor"]) == ("2026-01-02", "clauses.jsonl", [])
    assert scores["ruleset"]


def test_predictions_are_written_a_line_each(run, clauses, tmp_path) -> None:
    target = tmp_path / "predictions.jsonl"
    assert run("eval", "clauses", clauses, "--predictions", target).code == 0
    lines = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert lines[0] == {"id": "a", "predicted": ["penalty"], "unlawful": ["penalty"]}
    assert lines[1] == {"id": "b", "predicted": [], "unlawful": []}


def test_a_floor_that_is_kept_is_silent(run, clauses, tmp_path) -> None:
    kept = floor(tmp_path, four={"penalty": {"precision": 1.0, "recall": 1.0}}, quiet_unlawful_share=0.0)
    ran = run("eval", "clauses", clauses, "--floor", kept)
    assert ran.code == 0 and ran.err == ""


def test_a_power_without_samples_is_below_its_floor(run, clauses, tmp_path) -> None:
    ran = run("eval", "clauses", clauses, "--floor", floor(tmp_path, four={"permit": {"recall": 0.5}}))
    assert ran.code == 1 and "permit" in ran.err and "无样本" in ran.err


def test_a_floor_with_an_unknown_key_is_refused(run, clauses, tmp_path) -> None:
    ran = run("eval", "clauses", clauses, "--floor", floor(tmp_path, fuor={}))
    assert ran.code == 2 and len(ran.errors) == 1 and "floor.json" in ran.err


@pytest.mark.parametrize(
    "content",
    ['{"id": "a"}', "no JSON", '{"id": 1, "text": "第一条"}', '["a", "b"]'],
)
def test_a_line_that_is_no_sample_is_named(run, tmp_path, content) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(SAMPLES[0], ensure_ascii=False) + "\n" + content + "\n", "utf-8")
    ran = run("eval", "clauses", path)
    assert ran.code == 2 and len(ran.err.splitlines()) == len(ran.errors) == 1
    assert "bad.jsonl:2" in ran.err


def test_an_unknown_rank_leaves_the_line_unscored(run, tmp_path) -> None:
    path = tmp_path / "rank.jsonl"
    path.write_text(json.dumps({**SAMPLES[0], "issuer_rank": "koenig"}, ensure_ascii=False), "utf-8")
    scores = json.loads(run("eval", "clauses", path, "--json").out)
    assert list(scores["unscored"]) == ["a"] and scores["four"]["penalty"]["n"] == 0


def test_a_missing_file_is_one_line(run, tmp_path) -> None:
    for arguments in (("clauses", tmp_path / "x"), ("documents", tmp_path / "x")):
        ran = run("eval", *arguments)
        assert ran.code == 2 and len(ran.err.splitlines()) == len(ran.errors) == 1


def test_an_unknown_eval_names_the_evals(run) -> None:
    ran = run("eval", "poems")
    assert ran.code == 2 and "clauses、documents" in ran.err


# --- whole documents ----------------------------------------------------------------------------------------------


def manifest(tmp_path: Path, *documents: dict[str, object]) -> Path:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({"documents": documents}, ensure_ascii=False), "utf-8")
    return path


def test_documents_within_what_is_allowed_are_quiet(run, faulty, quiet, tmp_path) -> None:
    allowed = [{"category": "penalty", "max_unlawful": 1}]
    listed = manifest(tmp_path, {"path": quiet.name}, {"path": faulty.name, "rank": "county", "allowed": allowed})
    ran = run("eval", "documents", listed)
    assert ran.code == 0 and ran.out.count("通过") == 2


def test_a_document_above_what_is_allowed_is_named_with_its_category(run, faulty, tmp_path) -> None:
    ran = run("eval", "documents", manifest(tmp_path, {"path": faulty.name}))
    assert ran.code == 1 and faulty.name in ran.out and "penalty 违法1处，允许0处" in ran.out


def test_a_document_that_cannot_be_read_is_not_quiet_and_stops_none(run, quiet, tmp_path) -> None:
    listed = manifest(tmp_path, {"path": "none.txt"}, {"path": quiet.name})
    ran = run("eval", "documents", listed, "--json")
    outcome = json.loads(ran.out)
    assert ran.code == 1 and (outcome["passed"], outcome["total"]) == (1, 2)
    assert outcome["documents"][0]["error"]


@pytest.mark.parametrize("content", ["[]", "{}", '{"documents": [{"pfad": "x"}]}', '{"documents": []}'])
def test_a_manifest_of_another_form_is_one_line(run, tmp_path, content) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(content)
    ran = run("eval", "documents", path)
    assert ran.code == 2 and len(ran.err.splitlines()) == len(ran.errors) == 1
