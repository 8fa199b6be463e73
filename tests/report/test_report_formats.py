"""What holds for every form of the report."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report_factory import article, finding, full_report, page_blocks, place_of, report

from draft_assist.errors import OptionError, SourceError
from draft_assist.knowledge import knowledge_path
from draft_assist.model import (
    Block,
    Confidence,
    Damage,
    EvidenceStatus,
    FileKind,
    Kind,
    NotChecked,
    Rank,
    Region,
    Removed,
    Severity,
    Span,
)
from draft_assist.report import FORMATS, render, render_error
from draft_assist.report.characters import encodable, one_line, visible, xml_legal
from draft_assist.report.citations import Citations, excerpt
from draft_assist.report.places import Places
from draft_assist.report.view import answer_points, not_checked_lines, place_label, removed_groups, summary
from draft_assist.terms import category_name, terms

# Characters that have broken writers: controls, DEL, C1, surrogates, noncharacters, byte-order mark, bidi, markup.
NASTY = "\x00\x01\x08\x0b\x0c\x1b\x1f\x7f\x85\x9b\ud800\udfff\ufffe\uffff\ufeff\u202e\u2028[]<>&\"'`|\\*_#]]>"
ANY = st.one_of(st.sampled_from(NASTY), st.sampled_from("处罚款。\n\t　a1"), st.characters(exclude_categories=()))
NASTY_TEXT = st.text(ANY, max_size=60)


def test_every_form_is_of_the_kind_it_says():
    for name, form in FORMATS.items():
        written = render(full_report(), name)
        assert isinstance(written, bytes if form.is_binary else str), name
        assert form.suffix.startswith(".")


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_bytes(name):
    assert render(full_report(), name) == render(full_report(), name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_without_findings_can_be_written(name):
    assert render(report("", ()), name)


def test_an_unknown_form_names_the_known_ones():
    with pytest.raises(OptionError, match="annotated"):
        render(report(), "docx")
    with pytest.raises(OptionError):
        render_error(SourceError("打不开"), "docx")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=NASTY_TEXT, name=NASTY_TEXT)
def test_no_character_of_a_document_breaks_a_writer(text, name):
    end = len(text)
    found = (
        finding(text, Span(0, end), message=text, advice=text, title=text, code="X-1", because=(text,)),
        finding(text, Span(end // 2, end), clause=text, rule=text),
    )
    given_report = report(
        text,
        found,
        path=f"folder/{name.replace('/', '').replace(chr(0), '') or 'x'}.txt",
        not_checked=(NotChecked(what=text, why=text, place=text),),
        removed=(Removed(span=Span(0, end), reason=text or "空", text=text),) if text else (),
    )
    for one in FORMATS:
        written = render(given_report, one)
        if isinstance(written, str):
            written.encode("utf-8")
            assert one in ("json", "sarif") or "\x1b" not in written
        else:
            assert zipfile.ZipFile(io.BytesIO(written)).testzip() is None
    json.loads(str(render(given_report, "json")))


def test_a_file_that_could_not_be_reviewed_says_so_in_every_form():
    error = SourceError("文件已加密", where="a.docx", next_step="请取消密码")
    for name in FORMATS:
        written = render_error(error, name)
        assert "文件已加密" in written and "请取消密码" in written


@pytest.mark.parametrize(
    ("name", "unwanted"),
    [
        ("text", ("rich", "jinja2", "docx", "lxml")),
        ("json", ("rich", "jinja2", "docx", "lxml")),
        ("sarif", ("rich", "jinja2", "docx", "lxml")),
        ("html", ("rich", "docx", "lxml")),
    ],
)
def test_a_form_imports_only_what_it_needs(name, unwanted):
    program = (
        "import sys\nfrom report_factory import full_report\nfrom draft_assist.report import render\n"
        f"render(full_report(), {name!r})\nprint(*[one for one in {unwanted!r} if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=Path(__file__).parent, check=True
    )
    assert done.stdout.split() == []


# --- terms --------------------------------------------------------------------------------------------------------


def test_every_id_has_one_chinese_name():
    names = terms()
    for enum, mapping in (
        (Severity, names.severities),
        (Confidence, names.confidences),
        (EvidenceStatus, names.evidence_statuses),
        (Kind, names.kinds),
        (Rank, names.ranks),
        (FileKind, names.file_kinds),
        (Region, names.regions),
    ):
        assert set(mapping) == set(enum), enum
    for mapping in (names.categories, names.ranks, names.kinds):
        assert len(set(mapping.values())) >= len(mapping) - 1, "未能判明 alone may stand for two ids"
    assert {name for name, severity in (("违法", "unlawful"), ("存疑", "doubtful"), ("提示", "advice"))} == {
        term.name for term in names.severities.values()
    }


def test_review_points_speak_of_known_categories_only():
    known = set(terms().categories)
    for point in terms().review_points:
        assert set(point.categories) <= known, point.id
        assert point.told in ("yes", "partly", "no")


def test_a_category_unknown_to_the_terms_is_shown_as_other():
    assert category_name("no-such") == terms().categories["other"]


def test_the_schema_and_the_terms_list_the_same_categories():
    schema = json.loads(knowledge_path("schemas/report-1.schema.json").read_text(encoding="utf-8"))
    assert schema["$defs"]["category"]["enum"] == list(terms().categories)


# --- wording ------------------------------------------------------------------------------------------------------


def test_one_character_is_replaced_by_one_so_that_offsets_stay():
    for turn in (visible, xml_legal, encodable):
        assert len(turn(NASTY)) == len(NASTY)
    assert visible("甲\x1b[31m乙") == "甲␛[31m乙"


def test_a_line_keeps_the_ideographic_space_and_loses_line_feeds():
    assert one_line("第一条　内容\n　　第二款\t 完") == "第一条　内容 第二款 完"
    assert one_line("一二三四五", 3) == "一二…"


@pytest.mark.parametrize(
    ("categories", "told", "words"),
    [
        ((), "cannot_tell", "未涉及"),  # not known what the rules cover: no assurance
        (("permit",), "not_found", "仅审查了行政许可"),  # one of several categories
        (
            ("permit", "penalty", "compulsory", "fee", "levy", "deposit", "tax", "expropriation"),
            "not_found",
            "未发现",
        ),
    ],
)
def test_nothing_found_is_said_only_of_what_the_rules_cover(categories, told, words):
    answers = {one.point.id: one for one in answer_points(report(findings=(), categories_checked=categories))}
    assert answers["unlawful_setting"].answer == told
    assert words in answers["unlawful_setting"].words
    assert answers["procedure"].answer == "cannot_tell"


def test_a_finding_answers_the_points_of_its_category():
    answers = {one.point.id: one for one in answer_points(full_report())}
    assert answers["unlawful_setting"].findings == (1, 2, 3)
    assert answers["unlawful_setting"].answer == "found"


def test_the_same_gap_at_many_places_is_told_once():
    gaps = tuple(NotChecked(what="受损文字。", why="原文已缺失。", place=f"第{n}行") for n in range(1, 41))
    lines = not_checked_lines(report(not_checked=gaps))
    assert len(lines) == 1
    assert lines[0].startswith("受损文字（第1行、") and lines[0].endswith("等40处）。原因：原文已缺失。")


def test_what_was_left_out_is_grouped_by_reason():
    kept = tuple(Removed(span=Span(n, n + 1), reason="拼音残留" if n % 3 else "导航", text="x") for n in range(30))
    groups = removed_groups(report("x" * 30, removed=kept))
    assert [(group.reason, group.place_count, len(group.samples)) for group in groups] == [
        ("拼音残留", 20, 5),
        ("导航", 10, 5),
    ]


def test_the_summary_counts_by_severity_and_owns_up_to_gaps():
    told = "发现问题4处：违法2处、存疑1处、提示1处，其中模型提出1处，须由人工核对；另有2项未能审查。"
    assert summary(full_report()) == told
    assert summary(report(findings=())) == "在已审查的范围内未发现需要提示的问题。"


PLACES = "标题\n\n甲\n单元格\n乙\n注文"
PLACE_BLOCKS = (
    Block(span=Span(0, 2), index=0),
    Block(span=Span(3, 3), index=1),
    Block(span=Span(4, 5), index=2),
    Block(span=Span(6, 9), index=3, region=Region.TABLE, cell=(1, 2, 3)),
    Block(span=Span(10, 11), index=4),
    Block(span=Span(12, 14), index=0, region=Region.FOOTNOTE, part="word/footnotes.xml"),
)


def label_in(kind: FileKind, quote: str, label: str, blocks: tuple[Block, ...]) -> str:
    span = Span(PLACES.index(quote), PLACES.index(quote) + len(quote))
    one = finding(PLACES, span, place=place_of(PLACES, span, **({"label": label} if label else {})))
    raw = report(PLACES, (one,), kind=kind, blocks=blocks).document.text.raw
    return place_label(one, Places(raw))


@pytest.mark.parametrize(
    ("quote", "label", "words"),
    [
        ("甲", "第八条第二款", "第八条第二款（第2自然段）"),  # empty paragraphs are not counted
        ("乙", "", "第3自然段"),  # nor are tables; a label that is only a line number is no help in Word
        ("单元格", "表1第2行第3列", "表1第2行第3列"),
        ("单元格", "第八条", "第八条（表1第2行第3列）"),
        ("注文", "", "脚注"),
    ],
)
def test_a_place_in_a_word_file_is_told_by_paragraph_or_cell_and_never_by_line(quote, label, words):
    assert label_in(FileKind.DOCX, quote, label, PLACE_BLOCKS) == words


def test_a_word_place_that_no_block_holds_is_not_guessed():
    assert label_in(FileKind.DOCX, "甲", "第八条", ()) == "第八条"
    assert label_in(FileKind.DOCX, "甲", "", ()) == "全文"


def test_a_place_is_told_by_page_in_a_pdf_and_by_line_in_text():
    assert label_in(FileKind.PDF, "甲", "第八条", page_blocks(PLACES)) == "第八条（第3页）"
    assert label_in(FileKind.PDF, "甲", "第3页 第八条", page_blocks(PLACES)) == "第3页 第八条"
    assert label_in(FileKind.TEXT, "甲", "第八条", ()) == "第八条（第3行）"
    assert label_in(FileKind.TEXT, "甲", "", ()) == "第3行"


def word_report():
    blocks = (Block(span=Span(0, 9), index=0), Block(span=Span(10, 18), index=1))
    text = "青川县采砂管理办法\n第一条　甲罚款。"
    one = finding(text, "罚款")
    damaged = (Damage(span=Span(14, 15), reason="缺字"),)
    return report(text, (one,), path="办法.docx", kind=FileKind.DOCX, blocks=blocks, damaged=damaged)


@pytest.mark.parametrize("name", ["text", "md", "html"])
def test_no_report_that_people_read_counts_the_lines_of_a_word_file(name):
    written = render(word_report(), name)
    assert written.count("第2自然段") == 2 and "第2行" not in written


def test_the_data_keep_the_place_as_it_was_found():
    place = json.loads(render(word_report(), "json"))["result"]["findings"][0]["place"]
    assert (place["line"], place["label"]) == (2, "第2行")


# --- articles -----------------------------------------------------------------------------------------------------


def test_a_short_article_is_quoted_whole_and_on_one_line():
    assert excerpt("前款。\n　后款。") == "前款。后款。"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲" * 79 + "。" + "乙" * 79 + "。", "甲" * 79 + "。……"),  # after a sentence
        ("甲" * 79 + "，" + "乙" * 79 + "。", "甲" * 79 + "……"),  # else after a clause
        ("甲" * 9 + "。" + "乙" * 200, "甲" * 9 + "。" + "乙" * 108 + "……"),  # else where it must
    ],
)
def test_a_long_article_is_cut_where_it_reads_best(text, shown):
    assert excerpt(text) == shown
    assert len(shown) <= 120


def test_articles_are_numbered_once_each_in_the_order_they_are_cited():
    whole, part = article("第三条", "前款。\n后款。"), article("第三条第二款", "后款。")
    other, gist = article("第九条", "又一条。"), article("第一条", "", law="虚构条例", gist="要旨")
    text = "罚款罚款"
    found = (finding(text, Span(0, 2), basis=(other, part, gist)), finding(text, Span(2, 4), basis=(whole, other)))
    citations = Citations(report(text, found))
    assert citations.articles == [other, whole], "a paragraph stands in its article"
    assert [citations.number(one) for one in (other, part, whole, gist)] == [1, 2, 2, 0]
