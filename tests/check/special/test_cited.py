"""Which citations become findings, and which stay in the table of citations only."""

from __future__ import annotations

import datetime as dt

import pytest

from draft_assist.check.run import Kit, read_kit
from draft_assist.flow import review_text
from draft_assist.model import Answer, Kind, Rank, Report

NOW = dt.date(2026, 11, 1)


@pytest.fixture(scope="module")
def kit() -> Kit:
    kit = read_kit()
    if not kit.statutes.titles():
        pytest.skip("the data package is not installed")
    return kit


def reviewed(text: str, kit: Kit, as_of: dt.date = NOW) -> Report:
    return review_text(text, as_of=as_of, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT, kit=kit)


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings if finding.code.startswith("CITE")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "二、违约责任依照《合同法》第一百零七条认定。",
            ["CITE-021"],
            id="a law that a code replaced, in a text without a date",
        ),
        pytest.param("二、违约责任依照《民法典》第五百七十七条认定。", [], id="the code"),
        pytest.param("二、合同签订时施行的《合同法》第一百零七条仍适用。", [], id="the law of its time, said so"),
        pytest.param("二、《合同法》已经废止，依照《合同法》订立的合同照旧履行。", [], id="the repeal is told"),
        pytest.param("二、依照《青榆县渡口条例》第九条处理。", [], id="what is only not held is no fault"),
        pytest.param("二、依照《农村土地承包法》第五条处理。", [], id="a status of the data that no clause bears out"),
        pytest.param("二、依照《农业法》第十条处理。", [], id="the old wording is in force until the new one is"),
    ],
)
def test_what_is_found(text, expected, kit) -> None:
    assert codes(reviewed(text, kit)) == expected


DATED = "青榆县扬尘管理办法\n第一条　依照《中华人民共和国大气污染防治法》第九十九条处理。\n第二条　本办法自{}起施行。\n"


@pytest.mark.parametrize(
    ("effective", "as_of", "expected"),
    [
        pytest.param("2026年8月1日", dt.date(2026, 8, 14), [], id="in force"),
        pytest.param("2026年10月1日", dt.date(2026, 10, 1), ["CITE-021"], id="dead for less than a year"),
        pytest.param("2027年10月1日", dt.date(2027, 10, 1), ["CITE-020"], id="dead for longer"),
        pytest.param("2020年8月1日", dt.date(2027, 10, 1), ["CITE-022"], id="alive when the document was made"),
    ],
)
def test_a_dead_law_is_as_bad_as_its_dates_make_it(effective, as_of, expected, kit) -> None:
    assert codes(reviewed(DATED.format(effective), kit, as_of)) == expected


def test_the_repeal_clause_is_shown_as_evidence(kit) -> None:
    (finding,) = reviewed("二、违约责任依照《合同法》第一百零七条认定。", kit).findings
    assert finding.basis[0].law == "中华人民共和国民法典"
    assert "废止" in finding.basis[0].text


def test_every_citation_stands_in_the_report_with_its_place(kit) -> None:
    report = reviewed(
        "第一条　依照《民法典》第三条和国发〔2010〕33号办理。\n第二条　违反第一条的，依照《××法》处理。", kit
    )
    rows = [(one.words, one.answer, one.place.label) for one in report.citations]
    assert rows == [
        ("《民法典》第三条", Answer.STANDS, "第一条"),
        ("国发〔2010〕33号", Answer.NOT_IN_CORPUS, "第一条"),
        ("第一条", Answer.OWN, "第二条"),
        ("《××法》", Answer.MASKED, "第二条"),
    ]


def test_what_could_not_be_looked_up_is_said(kit) -> None:
    report = reviewed("第一条　依照《青榆县渡口条例》第九条办理。", kit)
    (note,) = [one for one in report.not_checked if "引用" in one.what]
    assert "不表示所引的文件不存在" in note.why


def test_a_basis_that_stands_no_higher_than_the_issuer_is_said_so(kit) -> None:
    report = reviewed("第一条　根据《青榆县渡口管理办法》和《南川省渡口条例》制定。", kit)
    notes = {one.title: one.note for one in report.citations}
    assert "层级相同或者更低" in notes["青榆县渡口管理办法"]
    assert "层级相同或者更低" not in notes["南川省渡口条例"]
