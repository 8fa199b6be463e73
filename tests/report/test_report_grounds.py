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
from word_files import report_on, varied_file

from draft_assist.knowledge import knowledge_path
from draft_assist.model import Grounds, Report
from draft_assist.report import render
from draft_assist.report.annotated import annotate
from draft_assist.report.grounds import grounds_by_finding, grounds_of_points, listed_grounds
from draft_assist.report.points import Points

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


# --- only beside findings that ask for a basis --------------------------------------------------------------------


@pytest.fixture
def mixed() -> Report:
    """A finding on the wording of a clause before one on its fine, and one on the wording of another clause."""
    findings = (
        finding(TEXT, "乱倒灰渣", clause="art-8", code="FORM-001", category="structure", title="用语前后不一"),
        finding(TEXT, "处二百元罚款", clause="art-8"),
        finding(TEXT, "收取卫生费", clause="art-9", code="CITE-020", category="citation", title="所引的法已废止"),
    )
    grounds = (Grounds(clause="art-8", bases=(BASE,)), Grounds(clause="art-9", bases=(BASE,)))
    return replace(report(TEXT, findings), grounds=grounds, corpus="语料库（3个文本，9条）")


def test_a_finding_on_the_wording_of_the_clause_shows_no_basis_of_its_power(mixed) -> None:
    assert list(grounds_by_finding(mixed)) == [2]
    assert grounds_by_finding(mixed)[2].first == 2
    assert [one.clause for one in listed_grounds(mixed)] == ["art-8"]


@pytest.mark.parametrize("form", ["text", "md", "html", "opinion"])
def test_no_form_shows_a_basis_beside_a_finding_on_the_wording(mixed, form) -> None:
    assert words(mixed, form).count("青榆省灰渣管理条例") == 1
    alone = replace(mixed, findings=(mixed.findings[0], mixed.findings[2]))
    assert "可能的上位法依据" not in words(alone, form)


def test_sarif_and_comments_show_none_beside_a_finding_on_the_wording(mixed) -> None:
    log = json.loads(str(render(mixed, "sarif")))
    assert ["possibleBasis" in one["properties"] for one in log["runs"][0]["results"]] == [False, True, False]
    comments = [one.text for one in docx.Document(io.BytesIO(annotate(mixed).content)).comments]
    assert ["可能的上位法依据" in one for one in comments] == [False, True, False]


def test_comments_in_a_word_file_tell_the_bases_once_and_say_that_they_are_unconfirmed() -> None:
    source = varied_file()
    plain = report_on(source, ["罚款", "收取管理费"])
    given = replace(plain, grounds=(Grounds(clause="art-3", bases=(BASE,)),), corpus="语料库")
    assert {one.clause for one in plain.findings} == {"art-3"}
    comments = docx.Document(io.BytesIO(annotate(given, source=source).content)).comments
    first, second = (one.text for one in comments if one.author == "预审")
    assert "按文字接近程度从语料库找出，" + CAVEAT in first and "处五百元以下罚款" in first
    assert "可能的上位法依据：见第1项。" in second and "处五百元以下罚款" not in second


# --- points that join findings ------------------------------------------------------------------------------------


def test_a_point_that_joins_findings_shows_the_nearest_of_each_clause_and_what_has_none() -> None:
    """Items of one article with the same fault are one point; each item has grounds of its own."""
    lines_of_text = ("有下列行为之一的：", "（一）乱倒灰渣，处二百元罚款；", "（二）乱倒污水，处三百元罚款；")
    text = "\n".join((*lines_of_text, "（三）乱堆柴草，处五十元罚款。"))
    quotes = ("处二百元罚款", "处三百元罚款", "处五十元罚款")
    findings = tuple(finding(text, quote, clause=f"art-8.item-{n}") for n, quote in enumerate(quotes, 1))
    near = [article(f"第{n}条", f"本条系虚构，其{n}。", law="青榆省灰渣管理条例") for n in "一二三四五六七"]
    grounds = (
        Grounds(clause="art-8.item-1", bases=tuple(near[:3])),
        Grounds(clause="art-8.item-2", bases=(near[0], *near[3:])),
        Grounds(clause="art-8.item-3", note=NOTHING),
    )
    given = replace(report(text, findings), grounds=grounds, corpus="语料库")
    (point,) = Points(given).points
    lines = grounds_of_points(given, [point])[1]
    # The first of each clause, then the second of each, and so on; the same article once.
    assert [line[3:].split("（")[0] for line in lines[1:6]] == [f"《青榆省灰渣管理条例》第{n}条" for n in "一二四三五"]
    assert lines[0] == f"按文字接近程度从语料库找出，{CAVEAT}。"
    assert lines[6] == "其余2条见网页或 JSON 格式的报告。"
    assert lines[7:] == [f"第4行：{NOTHING}"]
    shown = words(given, "opinion")
    assert shown.count("可能的上位法依据：") == 1 and "第4行：" + NOTHING in shown


def test_a_later_point_on_the_same_clause_points_to_the_first() -> None:
    findings = (
        finding(TEXT, "处二百元罚款", clause="art-8"),
        finding(TEXT, "收取清理费", clause="art-8", code="FEE-001", category="fee", title="设定收费"),
    )
    given = replace(report(TEXT, findings), grounds=(Grounds(clause="art-8", bases=(BASE,)),), corpus="语料库")
    lines = grounds_of_points(given, Points(given).points)
    assert (len(lines[1]), lines[2]) == (2, ["见意见1。"])
