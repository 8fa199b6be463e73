"""The opinion and the primitives of official form, read back with python-docx."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from report_factory import TEXT, article, finding, full_report, report

from draft_assist.model import Confidence, NotChecked, Severity, Span
from draft_assist.report import official_form as form
from draft_assist.report.opinion import suggest, write_opinion
from draft_assist.report.points import Points
from draft_assist.report.view import answer_points


@pytest.fixture(scope="module")
def opinion():
    return docx.Document(io.BytesIO(write_opinion(full_report())))


def lines(document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_the_parts_stand_in_their_order(opinion):
    headings = [paragraph.text for paragraph in opinion.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [
        "一、送审和审核情况",
        "二、总体建议",
        "三、逐项审核意见",
        "四、未能审查的内容",
        "五、说明",
        "附：依据条文",
    ]
    assert lines(opinion)[0] == "关于《青川县河道采砂管理办法》的\n合法性审核意见（预审）"
    assert lines(opinion)[2] == "【待填：送审单位】："
    appendix = lines(opinion).index("附：依据条文")
    assert lines(opinion)[appendix - 2 : appendix] == ["【待填：审核机构】", "【待填：成文日期】"]


def test_each_point_gives_quote_problem_article_advice_and_certainty(opinion):
    text = "\n".join(lines(opinion))
    for words in (
        "1.规范性文件设定行政许可（违法）",
        "4.未规定有效期（提示）",
        "条款位置：第5行。",
        "原文摘录：“处二千元以下罚款”",
        "问题：上述内容系规范性文件自行设定行政处罚。",
        "依据：《中华人民共和国行政处罚法》第十六条（附3）：“第十六条　本条系虚构，",
        "3.《中华人民共和国行政处罚法》第十六条（2021年1月22日文本，",
        "第十六条　本条系虚构，其他规范性文件不得设定行政处罚。",
        "要旨：设立涉企保证金应当有法律、行政法规依据。注意：本机法规库未收录该条文（不代表不存在）。",
        "建议：增加有效期条款。",
        "确定程度：较低（仅为线索，须由人工判断）。本条由语言模型提出，须由人工核对。",
        "附件中的图片（附件1）。原因：图片中的文字未读取。",
    ):
        assert words in text


LONG = "甲" * 99 + "。" + "乙" * 99 + "。"


def opinion_lines(*found, text: str = "甲罚款，乙罚款，丙罚金。") -> list[str]:
    return lines(docx.Document(io.BytesIO(write_opinion(report(text, found)))))


def test_a_long_article_stands_whole_only_in_the_appendix():
    text = "甲罚款，乙罚款，丙罚金。"
    found = (
        finding(text, Span(1, 3), clause="art-1", basis=(article("第三条", LONG), article("第四条", "短条文。"))),
        finding(text, Span(5, 7), clause="art-2", basis=(article("第四条", "短条文。"), article("第三条", LONG))),
    )
    written = opinion_lines(*found)
    appendix = written.index("附：依据条文")
    body, after = "\n".join(written[:appendix]), written[appendix + 1 :]
    first, second = "1.《虚构管理法》第三条（文本日期不详）", "2.《虚构管理法》第四条（文本日期不详）"
    assert after == ["条文来源：虚构来源。", first, LONG, second, "短条文。"]
    assert f"依据：《虚构管理法》第三条（附1）：“{LONG[:100]}……”" in body
    assert "依据：《虚构管理法》第四条（附2，见意见1）、《虚构管理法》第三条（附1，见意见1）。" in body
    assert body.count("短条文。") == 1 and "乙" * 9 not in body


def test_the_appendix_begins_a_page_in_small_type_and_is_left_out_when_empty():
    text = "甲罚款，乙罚款，丙罚金。"
    document = docx.Document(io.BytesIO(write_opinion(report(text, (finding(text, "罚款"),)))))
    at = lines(document).index("附：依据条文")
    assert document.paragraphs[at].paragraph_format.page_break_before
    assert {run.font.size for one in document.paragraphs[at + 1 :] for run in one.runs} == {Pt(9)}
    assert "附：依据条文" not in opinion_lines(finding(text, "罚款", basis=()))


def test_findings_of_one_rule_in_one_clause_are_one_point_with_all_their_words():
    text = "甲罚款，乙罚款，丙罚金。"
    found = (
        finding(text, Span(1, 3), clause="art-3.par-1"),
        finding(text, Span(4, 7), clause="art-4"),
        finding(text, Span(5, 7), clause="art-3.par-2.item-1"),
        finding(text, Span(9, 11), clause="art-3.par-2.item-2"),
        finding(text, Span(9, 11), clause="art-3.par-2", severity=Severity.DOUBTFUL),
    )
    written = opinion_lines(*found)
    assert [line[:3] for line in written if line.endswith(("（违法）", "（存疑）"))] == ["1.规", "2.规", "3.规"]
    assert "原文摘录：“罚款”；“罚金”" in written
    assert sum(line.startswith("建议：") for line in written) == 3
    assert [answer.findings for answer in answer_points(report(text, found)) if answer.findings] == [(1, 2, 3, 4, 5)]
    tables = docx.Document(io.BytesIO(write_opinion(report(text, found)))).tables
    assert tables[0].rows[3].cells[2].text == "发现5处（意见1至3）"


def test_cells_of_one_table_are_one_clause_and_equal_words_stand_once():
    text = "甲罚款，乙罚款，丙罚金。"
    found = [finding(text, Span(n, n + 2), clause=f"att-1.tab-1.row-{n}.cell-2") for n in (1, 5)]
    written = opinion_lines(*found)
    assert "原文摘录：“罚款”（2处文字相同）" in written
    assert [line for line in written if line.startswith(("1.规", "2.规"))] == ["1.规范性文件设定行政处罚（违法）"]


def test_references_name_the_printed_numbers():
    text = "罚款。" * 9
    found = tuple(finding(text, Span(3 * n, 3 * n + 2), clause=f"art-{n}") for n in range(9))
    points = Points(report(text, found))
    assert points.references([1]) == "意见1"
    assert points.references([2, 1]) == "意见1、2"
    assert points.references([1, 3, 4, 5, 9]) == "意见1、3至5、9"
    issuer = {"category": "jurisdiction", "code": "ISSU-001"}
    refused = tuple(finding(text, Span(3 * n, 3 * n + 2), clause=f"art-{n}", **issuer) for n in (0, 1))
    assert "其中意见1、2涉及制定主体" in suggest(report(text, refused)).words


def test_points_are_laid_out_by_the_points_of_review():
    text = "罚款。" * 3
    found = (
        finding(text, Span(0, 2), clause="art-1", category="structure", code="FORM-001"),
        finding(text, Span(3, 5), clause="art-2", category="competition", code="COMP-001"),
        finding(text, Span(6, 8), clause="art-3", category="jurisdiction", code="JUR-001"),
    )
    points = Points(report(text, found))
    assert [one.findings[0].code for one in points.points] == ["JUR-001", "COMP-001", "FORM-001"]
    laid_out = {one.answer.point.id: [p.number for p in one.points] for one in points.chapters if one.points}
    assert laid_out == {"powers": [1], "fair_competition": [2], "form": [3]}
    written = opinion_lines(*found, text=text)
    at = written.index(
        "（五）" + next(c.answer.point.name for c in points.chapters if c.answer.point.id == "own_powers")
    )
    assert written[at + 1] == "发现1处，其中1处见意见1。", "a power given away answers two points and stands under one"


def test_a_finding_that_answers_no_point_is_laid_out_last():
    text = "罚款。"
    (other,) = [finding(text, Span(0, 2), category="inspection", code="OWN-001")]
    assert Points(report(text, (other,))).chapters[-1].answer is None
    assert "（十）其他" in opinion_lines(other, text=text)


def test_the_signature_is_neither_torn_apart_nor_alone_on_a_page(opinion):
    at = lines(opinion).index("【待填：审核机构】")
    assert all(one.paragraph_format.keep_with_next for one in opinion.paragraphs[at - 2 : at + 1])


def test_the_page_is_a4_with_the_margins_of_the_standard(opinion):
    section = opinion.sections[0]
    lengths = [section.page_width, section.page_height, section.top_margin, section.left_margin]
    assert [round(length.mm) for length in lengths] == [210, 297, 37, 28]
    type_area = section.page_width - section.left_margin - section.right_margin
    assert abs(type_area - Mm(156)) < Mm(0.5)
    assert abs(section.page_height - section.top_margin - section.bottom_margin - Mm(225)) < Mm(0.5)


def test_every_run_names_its_east_asian_font(opinion):
    runs = list(opinion.element.body.iter(qn("w:r")))
    footers = (opinion.sections[0].footer, opinion.sections[0].even_page_footer)
    runs += [run for footer in footers for run in footer._element.iter(qn("w:r"))]
    assert runs
    for run in runs:
        fonts = run.find(qn("w:rPr")).find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")), run.text
        assert not [name for name in fonts.attrib if "Theme" in name]


def test_fonts_and_sizes_follow_the_levels(opinion):
    found = {}
    for paragraph in opinion.paragraphs:
        if paragraph.runs:
            run = paragraph.runs[-1]
            fonts = run._r.rPr.find(qn("w:rFonts"))
            found.setdefault(paragraph.style.name, (fonts.get(qn("w:eastAsia")), run.font.size))
    assert found["Title"] == ("方正小标宋简体", Pt(22))
    assert found["Heading 1"] == ("黑体", Pt(16))
    assert found["Heading 2"] == ("楷体_GB2312", Pt(16))
    assert found["Normal"] == ("仿宋_GB2312", Pt(16))


def test_lines_have_a_fixed_pitch_of_28_to_29_points(opinion):
    pitch = opinion.styles["Normal"].paragraph_format.line_spacing
    assert Pt(28) <= pitch <= Pt(29)


def test_body_paragraphs_are_indented_by_two_characters(opinion):
    paragraph = next(one for one in opinion.paragraphs if one.text.startswith("建议修改后"))
    indent = paragraph._p.pPr.ind
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_page_numbers_stand_at_the_outer_edge_of_odd_and_even_pages(opinion):
    section = opinion.sections[0]
    assert opinion.settings.odd_and_even_pages_header_footer
    assert section.footer.paragraphs[0].alignment == 2 and section.even_page_footer.paragraphs[0].alignment == 0
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[0].text == "— 1 —"
        assert "PAGE" in footer._element.xpath("string(.//w:instrText)")
        assert footer.paragraphs[0].runs[0].font.size == Pt(14)


def test_missing_fonts_have_a_named_substitute(opinion):
    part = next(one for one in opinion.part.package.iter_parts() if one.partname == "/word/fontTable.xml")
    assert 'w:name="仿宋_GB2312"' in part.blob.decode() and 'w:altName w:val="仿宋"' in part.blob.decode()


def test_placeholders_stand_out(opinion):
    marked = [run.text for one in opinion.paragraphs for run in one.runs if run.font.highlight_color is not None]
    assert marked == ["【待填：送审单位】", "【待填：送审日期、文号】", "【待填：审核机构】", "【待填：成文日期】"]


def test_the_table_answers_every_point_of_review(opinion):
    (table,) = opinion.tables
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "审核要点", "预审情况"]
    assert len(table.rows) == 10
    assert table.rows[3].cells[2].text == "发现3处（意见1至3，其中模型提出1处，须由人工核对）"


@pytest.mark.parametrize(
    ("found", "suggestion", "words"),
    [
        ([], "proceed", "建议按程序办理"),
        ([{"severity": Severity.ADVICE}], "improve", "规范性提示1处"),
        ([{"severity": Severity.DOUBTFUL}], "explain", "研究说明或者修改"),
        ([{"severity": Severity.UNLAWFUL}], "amend", "建议修改后再提请审议"),
        ([{"category": "jurisdiction", "code": "ISSU-001"}], "refuse", "建议不予提请审议"),
        # unsure that the issuer lacks the power: not enough to suggest refusal
        (
            [{"category": "jurisdiction", "code": "ISSU-001", "confidence": Confidence.LOW}],
            "amend",
            "建议修改后再提请审议",
        ),
    ],
)
def test_the_suggestion_follows_the_worst_finding(found, suggestion, words):
    given_report = report(TEXT, tuple(finding(TEXT, "第三条", **one) for one in found))
    assert suggest(given_report).id == suggestion
    assert words in suggest(given_report).words
    text = "\n".join(lines(docx.Document(io.BytesIO(write_opinion(given_report)))))
    assert words in text
    assert "由审核机构依法认定" in text, "the decision is a person's"


def test_a_clean_document_with_gaps_points_at_them():
    given_report = report(findings=(), not_checked=(NotChecked(what="附件", why="未提供"),))
    assert "第四部分" in suggest(given_report).words


def test_a_document_without_title_goes_by_its_file_name():
    text = lines(docx.Document(io.BytesIO(write_opinion(report(path="征求意见稿.docx")))))
    assert text[0].replace("\n", "") == "关于《征求意见稿.docx》的合法性审核意见（预审）"


def test_the_organ_stands_centred_above_the_date():
    document = form.new_form(title="x", author="x", created=full_report().as_of)
    form.add_signature(document, "青川县司法局", "2026年11月22日")
    organ, date = document.paragraphs[-2:]
    assert date._p.pPr.ind.get(qn("w:rightChars")) == "400"
    # The date is 7 characters wide, the organ 6: it stands half of the difference further in.
    assert organ._p.pPr.ind.get(qn("w:rightChars")) == "450"
