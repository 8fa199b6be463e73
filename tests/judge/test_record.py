"""The record of a run holds hashes and counts, and words only on request."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from draft_assist.errors import ModelError
from draft_assist.judge.record import RunRecord, digest


def lines(record: RunRecord) -> list[dict[str, object]]:
    return [json.loads(line) for line in record.path.read_text("utf-8").splitlines()]


def test_words_of_the_document_stand_in_it_as_hashes(tmp_path: Path) -> None:
    with RunRecord(tmp_path) as record:
        record.write("answer", text=[("clause_words", "乱倒灰渣的，处二百元罚款。")], clause="art-1")
    assert "灰渣" not in record.path.read_text("utf-8")
    assert lines(record)[0]["clause_words"] == digest("乱倒灰渣的，处二百元罚款。")
    assert lines(record)[0]["clause"] == "art-1"


def test_on_request_the_words_stand_in_it(tmp_path: Path) -> None:
    with RunRecord(tmp_path, with_text=True) as record:
        record.write("answer", text=[("clause_words", "乱倒灰渣的")])
    assert lines(record)[0]["clause_words"] == "乱倒灰渣的"


def test_two_runs_within_one_second_have_two_records(tmp_path: Path) -> None:
    assert RunRecord(tmp_path).path != RunRecord(tmp_path).path


def test_a_record_belongs_to_the_user_alone(tmp_path: Path) -> None:
    assert stat.S_IMODE(RunRecord(tmp_path / "runs").path.stat().st_mode) == 0o600


def test_a_line_is_on_disk_as_soon_as_it_is_written(tmp_path: Path) -> None:
    record = RunRecord(tmp_path)
    record.write("begin")
    assert lines(record)[0]["event"] == "begin"


def test_writing_after_the_end_is_no_error(tmp_path: Path) -> None:
    record = RunRecord(tmp_path)
    record.close()
    record.write("end")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError, match="运行记录写不进去"):
        RunRecord(tmp_path / "file" / "runs")
