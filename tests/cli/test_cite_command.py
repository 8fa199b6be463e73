"""`draft-assist cite` and `draft-assist law`."""

from __future__ import annotations

import json

import pytest

from draft_assist.law.store import Statutes

pytestmark = pytest.mark.skipif(not Statutes.open().titles(), reason="the data package is not installed")


def test_a_text_is_checked_and_faults_end_with_one(run) -> None:
    outcome = run("cite", "依照《合同法》第九条和《民法典》第三条", "--as-of", "2026-11-01")
    assert outcome.code == 1
    assert "已废止" in outcome.out
    assert "《民法典》第三条" not in outcome.out  # sound ones are counted only
    assert "共2处引用" in outcome.out


def test_sound_citations_are_listed_when_asked_for(run) -> None:
    outcome = run("cite", "依照《民法典》第三条", "--as-of", "2026-11-01", "--all")
    assert outcome.code == 0
    assert "《民法典》第三条" in outcome.out


def test_a_file_is_read_and_its_date_may_be_given(run, tmp_path) -> None:
    file = tmp_path / "办法.txt"
    file.write_text("第一条　依照《仲裁法》第十七条办理。", "utf-8")
    outcome = run("cite", str(file), "--dated", "2020-01-01", "--as-of", "2026-11-01", "--json")
    (row,) = json.loads(outcome.out)["result"]["citations"]
    assert (row["answer_when_written"], row["answer"]) == ("stands", "moved")
    assert row["moved_to"] == "第二十八条"


def test_a_missing_file_is_an_error_not_a_text(run) -> None:
    outcome = run("cite", "没有的办法.docx")
    assert outcome.code == 2
    assert "没有这个文件" in outcome.err


def test_an_article_is_shown_as_of_a_day(run) -> None:
    outcome = run("law", "show", "行政处罚法第十六条", "--as-of", "2026-11-01")
    assert outcome.code == 0
    assert "其他规范性文件不得设定行政处罚" in outcome.out
    assert run("law", "show", "行政处罚法第十六条", "--as-of", "2010-01-01").code == 1


def test_a_wrong_title_names_the_law_that_is_meant(run) -> None:
    outcome = run("law", "show", "行政处罚实施法第三条")
    assert outcome.code == 1
    assert "中华人民共和国行政处罚法" in outcome.out


def test_what_cannot_be_read_ends_with_two(run) -> None:
    outcome = run("law", "show", "第三条")
    assert outcome.code == 2


def test_versions_are_listed_with_their_days(run) -> None:
    outcome = run("law", "versions", "农业法")
    assert outcome.code == 0
    assert "2012-12-28" in outcome.out
    assert "2027-01-01" in outcome.out


def test_of_a_regulation_that_is_not_held_the_facts_are_told(run) -> None:
    outcome = run("law", "versions", "城市房屋拆迁管理条例")
    assert outcome.code == 1
    assert "废止" in outcome.out
    assert "条文未收录" in outcome.out
