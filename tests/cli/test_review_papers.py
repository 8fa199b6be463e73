"""`draft-assist review --with` and `--profile`: papers of the making, and local values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

NOTICE = """芦湾县人民政府关于规范乡村渡船载客的通告

芦湾政规〔2026〕6号

　　现就有关事项通告如下：
　　一、渡船经营者应当张贴核定乘客人数。
　　二、渡船经营者应当配备救生衣。
　　本通告自2026年9月1日起施行，有效期八年。

芦湾县人民政府
2026年7月20日
"""
SAY = """关于《芦湾县人民政府关于规范乡村渡船载客的通告》的起草说明

　　2026年4月7日至4月21日，在县政府门户网站公开征求意见，收到意见4条，采纳3条。
　　2026年6月10日，县政府第31次常务会议审议通过。
"""
OPINION = """芦湾县司法局
关于《芦湾县人民政府关于规范乡村渡船载客的通告》的合法性审核意见

　　经审核，未发现违反上位法的内容。

芦湾县司法局
2026年6月18日
"""
PROFILE = """jurisdiction: 芦湾县
validity_years: 5
sources:
  - fields: [validity_years]
    source_title: 芦湾县行政规范性文件管理规定
    checked_on: 2026-11-01
"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    written = {}
    for name, text in (
        ("通告.txt", NOTICE),
        ("起草说明.txt", SAY),
        ("审核意见.txt", OPINION),
        ("芦湾县.yaml", PROFILE),
    ):
        written[name] = tmp_path / name
        written[name].write_text(text, "utf-8")
    return written


def report_of(ran) -> dict:
    return json.loads(ran.out)["result"]


def codes(result: dict) -> set[str]:
    return {one["code"] for one in result["findings"] if one["code"].startswith("PROC")}


def reviewed(run, files, *arguments) -> dict:
    return report_of(run("review", files["通告.txt"], "--format", "json", "--as-of", "2026-11-01", *arguments))


def with_papers(files) -> list[object]:
    return ["--with", files["起草说明.txt"], "--with", files["审核意见.txt"]]


def test_papers_are_compared_with_the_minimums(run, files) -> None:
    result = reviewed(run, files, *with_papers(files))
    assert {"PROC-005", "PROC-010", "PROC-020"} <= codes(result)
    assert "PROC-001" not in codes(result)
    (late,) = [one for one in result["findings"] if one["code"] == "PROC-020"]
    assert "审核意见.txt" in late["message"] and "起草说明.txt" in late["message"]


def test_without_papers_procedure_cannot_be_told(run, files) -> None:
    result = reviewed(run, files)
    assert codes(result) == set()
    steps = {one["id"]: one["answer"] for one in result["procedure"]["steps"]}
    assert steps["legality_review"] == "cannot_tell" and steps["signing"] == "found"
    assert any("没有提供随附材料" in one["why"] for one in result["not_checked"])


def test_the_ledger_has_dates_and_papers(run, files) -> None:
    procedure = reviewed(run, files, *with_papers(files))["procedure"]
    assert procedure["papers"] == ["起草说明.txt", "审核意见.txt"]
    steps = {one["id"]: one for one in procedure["steps"]}
    assert (steps["opinions_sought"]["start"], steps["opinions_sought"]["days"]) == ("2026-04-07", 15)
    assert steps["legality_review"]["date"] == "2026-06-18"
    assert steps["filing"]["answer"] == "not_found"


@pytest.mark.parametrize("form", ["text", "md"])
def test_people_see_the_ledger(run, files, form) -> None:
    out = run("review", files["通告.txt"], "--format", form, *with_papers(files)).out
    assert "制定程序台账" in out and "2026年4月7日至2026年4月21日（15日）" in out


def test_the_papers_themselves_are_not_reviewed(run, files) -> None:
    files["审核意见.txt"].write_text(OPINION + "\n　　违者由县交通运输局处五百元罚款。\n", "utf-8")
    result = reviewed(run, files, *with_papers(files))
    assert not [one for one in result["findings"] if "五百元" in one["quote"]]


@pytest.mark.parametrize("name", ["没有.docx", "坏的.docx"])
def test_a_paper_that_cannot_be_read_stops_the_review(run, files, tmp_path, name) -> None:
    (tmp_path / "坏的.docx").write_bytes(b"PK\x03\x04 not a package")
    ran = run("review", files["通告.txt"], "--with", tmp_path / name)
    assert ran.code == 2 and len(ran.errors) == 1 and name in ran.err


def test_papers_belong_to_one_file_and_come_from_files(run, files, tmp_path) -> None:
    assert run("review", files["通告.txt"], files["通告.txt"], "--with", files["起草说明.txt"]).code == 2
    assert run("review", files["通告.txt"], "--with", "-").code == 2
    ran = run("review", files["通告.txt"], "--with", files["起草说明.txt"], "--out", files["起草说明.txt"])
    assert ran.code == 2 and files["起草说明.txt"].read_text("utf-8") == SAY


def test_a_profile_decides_what_is_local(run, files) -> None:
    plain = reviewed(run, files)
    assert any("--profile" in one["why"] for one in plain["not_checked"])
    result = reviewed(run, files, "--profile", files["芦湾县.yaml"])
    assert codes(result) == {"PROC-051"}
    (left,) = [one for one in result["not_checked"] if "本地制定程序要求" in one["what"]]
    assert "有效期上限" not in left["what"] and "报送备案的期限" in left["what"]


def test_a_profile_that_is_not_there(run, files) -> None:
    ran = run("review", files["通告.txt"], "--profile", "没有这个县")
    assert ran.code == 2 and "没有这个县" in ran.err
