"""Possible bases from the corpus stand beside the findings in every form, once, and are said to be unconfirmed."""

from __future__ import annotations

import io
import json
from typing import Any

import docx
import jsonschema
import pytest
from msgspec.structs import replace
from report_factory import article, finding, report

from draft_assist.knowledge import knowledge_path
from draft_assist.model import Grounds, Report
from draft_assist.report import render
from draft_assist.report.grounds import listed_grounds

TEXT = "第八条　乱倒灰渣的，处二百元罚款，并收取清理费。\n第九条　各村收取卫生费。\n"
BASE = article("第五条", "本条系虚构，乱倒灰渣的，处五百元以下罚款。", law="青榆省灰渣管理条例")
NOTHING = "在语料库中没有找到足够接近的条文；这不表示没有依据。"
CAVEAT = "未经确认，须核对"


@pytest.fixture
def grounded() -> Report:
    """Two findings in one clause with a possible basis, one in a clause without any."""
    findings = (
        finding(TEXT, "处二百元罚款", clause="art-8"),
        finding(TEXT, "收取清理费", clause="art-8"),
        finding(TEXT, "收取卫生费", clause="art-9"),
    )
    grounds = (Grounds(clause="art-8", bases=(BASE,)), Grounds(clause="art-9", note=NOTHING))
    return replace(report(TEXT, findings), grounds=grounds, corpus="语料库（3个文本，9条）")


def words(given: Report, form: str) -> str:
    rendered: Any = render(given, form)
    if form != "opinion":
        return "".join(str(rendered).split())
    document = docx.Document(io.BytesIO(rendered))
    return "".join("".join(paragraph.text.split()) for paragraph in document.paragraphs)


@pytest.mark.parametrize("form", ["text", "md", "opinion"])
def test_a_form_read_from_the_top_shows_a_clauses_bases_once(grounded, form) -> None:
    shown = words(grounded, form)
    assert shown.count("青榆省灰渣管理条例") == 1
    assert CAVEAT in shown and "处五百元以下罚款" in shown
    assert NOTHING in shown


def test_the_page_shows_them_on_every_card_for_filters_hide_any(grounded) -> None:
    shown = words(grounded, "html")
    assert shown.count("青榆省灰渣管理条例") == 2
    assert shown.count(CAVEAT) == 2 and NOTHING in shown


@pytest.mark.parametrize("form", ["text", "md", "html", "opinion"])
def test_the_corpus_that_was_searched_is_named(grounded, form) -> None:
    assert "语料库（3个文本，9条）" in words(grounded, form)


def test_the_json_form_holds_them_and_fits_its_schema(grounded) -> None:
    wire = json.loads(words_of_json(grounded))
    schema = json.loads(knowledge_path("schemas/report-1.schema.json").read_text("utf-8"))
    assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(wire)] == []
    first, second = wire["result"]["grounds"]
    assert (first["clause"], first["bases"][0]["law"], first["note"]) == ("art-8", "青榆省灰渣管理条例", "")
    assert (second["bases"], second["note"]) == ([], NOTHING)


def words_of_json(given: Report) -> str:
    rendered = render(given, "json")
    assert isinstance(rendered, str)
    return rendered


def test_sarif_holds_them_as_a_property_of_the_result(grounded) -> None:
    log = json.loads(str(render(grounded, "sarif")))
    properties = [result["properties"] for result in log["runs"][0]["results"]]
    assert [len(one.get("possibleBasis", ())) for one in properties] == [1, 1, 0]


def test_bases_of_a_clause_whose_findings_are_set_aside_are_not_shown(grounded) -> None:
    left = replace(grounded, findings=grounded.findings[2:])
    assert [one.clause for one in listed_grounds(left)] == ["art-9"]
    assert "青榆省灰渣管理条例" not in words(left, "text")


@pytest.mark.parametrize("form", ["text", "md", "html", "opinion", "json", "sarif"])
def test_without_a_corpus_nothing_is_said_of_it(grounded, form) -> None:
    shown = words(replace(grounded, grounds=(), corpus=""), form)
    assert "可能的上位法依据" not in shown and "检索语料" not in shown and '"grounds"' not in shown
