"""What the rules of making ask stands beside findings and steps in every form, with source and trust."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import docx
import jsonschema
import pytest
from msgspec.structs import replace
from report_factory import article, finding, report

from draft_assist.knowledge import knowledge_path
from draft_assist.model import (
    Answer,
    CitationAnswer,
    Grounds,
    Place,
    Report,
    Requirement,
    Span,
    StepAnswer,
    StepFound,
)
from draft_assist.report import render
from draft_assist.report.annotated import annotate
from draft_assist.report.asked import ledger_words, requirement_words

TEXT = "第八条　乱倒灰渣的，处二百元罚款。\n第九条　先执行后公布。\n第十条　内部掌握，不公布。\n"
LOCAL = Requirement(
    id="REQ-LOCAL-QY-01",
    title="公布",
    gist="文件印发后7日内在县政府网站公布。",
    source="青榆县文件办法",
    number="青政发〔2025〕3号",
    section="第六条",
    jurisdiction="青榆省青榆县",
    issued=dt.date(2025, 4, 8),
    is_confirmed=True,
    checked_on=dt.date(2026, 11, 1),
)
UNREAD = Requirement(
    id="REQ-FILING-99",
    title="备案",
    gist="文件公布后12日内报送备案。",
    source="虚构备案规定",
    jurisdiction="全国",
    is_confirmed=False,
    checked_on=dt.date(2026, 11, 1),
)
YEARS = replace(UNREAD, id="REQ-VALIDITY-99", gist="文件要写明有效期。", source="虚构有效期规定")
LOCAL_WORDS = (
    "《青榆县文件办法》（青政发〔2025〕3号）第六条（青榆省青榆县，2025年4月8日）：文件印发后7日内在县政府网站公布。"
)
UNREAD_WORDS = "《虚构备案规定》（全国，日期不详）：文件公布后12日内报送备案。（未经核实，引用前须对照原文）"
FORMS = ["text", "md", "html", "opinion"]


@pytest.fixture
def asked() -> Report:
    """A fine with a possible basis, two findings of procedure on the same requirements, a ledger of three steps."""
    procedure = {"code": "PROC-043", "category": "procedure", "title": "先执行后公布", "basis": ()}
    findings = (
        finding(TEXT, "处二百元罚款", clause="art-8"),
        finding(TEXT, "先执行后公布", clause="art-9", requirements=(LOCAL, UNREAD), **procedure),
        finding(TEXT, "内部掌握，不公布", clause="art-10", requirements=(LOCAL, UNREAD), **procedure),
    )
    unseen = {"always": True, "answer": StepFound.CANNOT_TELL}
    steps = (
        StepAnswer(id="signing", name="成文签发", always=True, answer=StepFound.FOUND),
        StepAnswer(id="publication", name="公布", requirements=(LOCAL,), **unseen),
        StepAnswer(id="filing", name="备案", requirements=(LOCAL, UNREAD), **unseen),
    )
    base = article("第五条", "本条系虚构，乱倒灰渣的，处五百元以下罚款。", law="青榆省灰渣管理条例")
    grounds = (Grounds(clause="art-8", bases=(base,)),)
    return replace(report(TEXT, findings), steps=steps, grounds=grounds, corpus="语料库", unconfigured=(YEARS,))


def words(given: Report, form: str) -> str:
    """All that the form says, without spaces and line ends."""
    rendered: Any = render(given, form)
    if form != "opinion":
        return "".join(str(rendered).split())
    return "".join("".join(one.split()) for one in _paragraphs(docx.Document(io.BytesIO(rendered))))


def _paragraphs(document: Any) -> list[str]:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def without_list(given: Report) -> Report:
    """The report with its findings alone."""
    return replace(given, steps=(), unconfigured=(), grounds=())


def test_a_requirement_is_told_with_source_number_section_place_and_date() -> None:
    assert requirement_words(LOCAL) == LOCAL_WORDS


def test_an_unconfirmed_requirement_says_so() -> None:
    assert requirement_words(UNREAD) == UNREAD_WORDS


@pytest.mark.parametrize("form", ["text", "md", "opinion"])
def test_a_form_read_from_the_top_tells_them_at_the_first_finding_and_points_to_it(asked, form) -> None:
    shown = words(without_list(asked), form)
    plain = shown.replace("\\", "")
    assert plain.count("文件印发后7日内在县政府网站公布") == plain.count("文件公布后12日内报送备案") == 1
    assert plain.count("未经核实") == 1
    assert ("见意见2。" if form == "opinion" else "见第2项。") in plain


def test_the_page_tells_them_on_every_card_for_filters_hide_any(asked) -> None:
    shown = words(without_list(asked), "html")
    assert shown.count("文件印发后7日内在县政府网站公布") == shown.count("未经核实") == 2


@pytest.mark.parametrize("form", FORMS)
def test_the_ledger_tells_what_is_asked_of_a_step_that_nothing_shows(asked, form) -> None:
    shown = words(replace(asked, findings=()), form)
    assert "文件印发后7日内在县政府网站公布" in shown
    assert "虚构有效期规定" in shown  # nothing local is known of validity


def test_the_ledger_on_paper_tells_the_nearest_and_each_once(asked) -> None:
    assert ledger_words(asked) == ["", LOCAL_WORDS, "见“公布”。"]


@pytest.mark.parametrize("form", [*FORMS, "json", "sarif"])
def test_without_requirements_no_form_speaks_of_them(asked, form) -> None:
    bare = replace(
        asked,
        findings=tuple(replace(one, requirements=()) for one in asked.findings),
        steps=tuple(replace(one, requirements=()) for one in asked.steps),
        unconfigured=(),
    )
    shown = words(bare, form)
    assert "青榆县文件办法" not in shown and '"requirements"' not in shown and '"unconfigured"' not in shown
    assert "国家层面的要求" not in shown


def test_a_comment_tells_the_bases_of_a_power_and_the_requirements_of_procedure(asked) -> None:
    comments = [one.text for one in docx.Document(io.BytesIO(annotate(asked).content)).comments]
    fine, first, second = comments
    assert "可能的上位法依据（按文字接近程度从语料库找出，未经确认，须核对）：" in fine
    assert "《青榆省灰渣管理条例》第五条" in fine and "处五百元以下罚款" in fine
    assert "制定要求" not in fine and "可能的上位法依据" not in first
    assert f"制定要求：{LOCAL_WORDS}" in first and f"制定要求：{UNREAD_WORDS}" in first
    assert "制定要求：见第2项。" in second and "7日内" not in second


def test_sarif_holds_them_as_a_property_of_the_result(asked) -> None:
    log = json.loads(str(render(asked, "sarif")))
    first, second, _ = [result["properties"] for result in log["runs"][0]["results"]]
    assert "requirements" not in first and "possibleBasis" not in second
    told = second["requirements"]
    assert [one["id"] for one in told] == ["REQ-LOCAL-QY-01", "REQ-FILING-99"]
    assert [(one["issued"], one["confirmed"]) for one in told] == [("2025-04-08", True), (None, False)]


# --- all parts of a report at once --------------------------------------------------------------------------------


def test_citations_steps_grounds_and_requirements_together_fit_the_schema(asked) -> None:
    cited = CitationAnswer(
        span=Span(0, 3),
        place=Place(span=Span(0, 3), line=1, column=1, label="第八条"),
        words="第八条",
        target="work",
        state="sound",
        answer=Answer.REPEALED,
        answer_when_written=Answer.STANDS,
        title="虚构管理法",
        provision="8",
        shown="第八条",
        law="虚构管理法",
        by="虚构管理法修订",
        since=dt.date(2025, 1, 1),
        evidence=(article("第一百条", "本条系虚构，旧法废止。"),),
    )
    wire = json.loads(str(render(replace(asked, citations=(cited,)), "json")))
    schema = json.loads(knowledge_path("schemas/report-1.schema.json").read_text("utf-8"))
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [f"{error.json_path}: {error.message}" for error in checker.iter_errors(wire)] == []
    result = wire["result"]
    assert len(result["citations"]) == len(result["grounds"]) == 1
    assert [[one["id"] for one in step.get("requirements", ())] for step in result["procedure"]["steps"]] == [
        [],
        ["REQ-LOCAL-QY-01"],
        ["REQ-LOCAL-QY-01", "REQ-FILING-99"],
    ]
    assert result["procedure"]["unconfigured"][0]["source"] == "虚构有效期规定"
    told = result["findings"][1]["requirements"][0]
    assert (told["gist"], told["issued"], told["since"], told["confirmed"]) == (LOCAL.gist, "2025-04-08", None, True)


def test_the_schema_refuses_a_requirement_that_is_not_whole(asked) -> None:
    wire = json.loads(str(render(asked, "json")))
    schema = json.loads(knowledge_path("schemas/report-1.schema.json").read_text("utf-8"))
    del wire["result"]["findings"][1]["requirements"][0]["confirmed"]
    assert [error.json_path for error in jsonschema.Draft202012Validator(schema).iter_errors(wire)] == [
        "$.result.findings[1].requirements[0]"
    ]
