"""The user's own file with comments on the exact words."""

from __future__ import annotations

import hashlib
import io
import time
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report_factory import finding, full_report, report
from word_files import W, anchored, file_of, joined, part_of, raw_of, report_on, saved, varied_file

from draft_assist.errors import SourceError
from draft_assist.model import FileKind, Region, Span
from draft_assist.report import render
from draft_assist.report.annotated import annotate

QUOTES = {
    "应当经镇人民政府审核同意，未经": "several runs of different formats",
    "罚款": "inside a tracked insertion",
    "由县水务局处二千元以下罚款。": "from an insertion over a deletion to plain text",
    "五万元保证金": "in a table",
    "采砂登记备案，见附件一规定的": "from a link into the result of a field",
    "条件（控件内的": "from a field into a content control",
    "收取管理费": "in a text box, in the half that is read",
    "停产停业\n并吊销": "over two paragraphs",
    "违反前条": "the beginning of a run",
}


def text_without_comments(content: bytes) -> list[str]:
    raw = raw_of(content)
    return [block.span.of(raw.text) for block in raw.blocks if block.region is not Region.COMMENT]


@pytest.fixture(scope="module")
def source() -> bytes:
    return varied_file()


@pytest.fixture(scope="module")
def annotation(source):
    return annotate(report_on(source, list(QUOTES)), source=source)


def test_each_comment_stands_on_the_exact_words(annotation):
    words = anchored(annotation.content)
    assert [words[number] for number in range(1, len(QUOTES) + 1)] == list(QUOTES)
    assert annotation.moved == ()


def test_the_text_is_the_text_of_the_input(source, annotation):
    assert text_without_comments(annotation.content) == text_without_comments(source)


def test_nothing_but_comments_is_added_to_the_document(source, annotation):
    # The comment that was there before is taken out on both sides.
    assert joined(annotation.content) == joined(source)


def test_parts_without_comments_keep_their_bytes_and_their_order(source, annotation):
    before, after = zipfile.ZipFile(io.BytesIO(source)), zipfile.ZipFile(io.BytesIO(annotation.content))
    assert after.namelist() == before.namelist()
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert sorted(changed) == ["word/comments.xml", "word/document.xml"]


def test_a_comment_that_was_there_stays_and_keeps_its_id(annotation):
    comments = {comment.comment_id: comment for comment in docx.Document(io.BytesIO(annotation.content)).comments}
    assert (comments[0].author, comments[0].text) == ("王五", "原有批注")
    assert sorted(comments) == list(range(len(QUOTES) + 1))
    assert {comment.author for number, comment in comments.items() if number} == {"预审"}
    assert anchored(annotation.content)[0] == "并吊销其许可证。"


def test_a_comment_says_what_why_on_which_article_and_how_sure(annotation):
    (comment,) = (one for one in docx.Document(io.BytesIO(annotation.content)).comments if one.comment_id == 1)
    for words in (
        "【违法】所涉：应当经镇人民政府审核同意，未经",
        "第1项，行政处罚，规则AUTH-001",
        "依据：《中华人民共和国行政处罚法》第十六条（2021年1月22日文本，",
        "其他规范性文件不得设定行政处罚。",
        "建议：删除",
        "把握程度：较高",
        "是否采纳由审核人员决定",
    ):
        assert words in comment.text


def test_a_file_without_comments_gets_the_part_its_link_and_its_type():
    content = varied_file(with_comment=False)
    written = annotate(report_on(content, ["罚款"]), source=content).content
    before, after = zipfile.ZipFile(io.BytesIO(content)), zipfile.ZipFile(io.BytesIO(written))
    assert after.namelist() == [*before.namelist(), "word/comments.xml"]
    assert b"/word/comments.xml" in after.read("[Content_Types].xml")
    assert b'Target="comments.xml"' in after.read("word/_rels/document.xml.rels")
    assert [comment.comment_id for comment in docx.Document(io.BytesIO(written)).comments] == [0]
    assert anchored(written) == {0: "罚款"}


def test_ids_used_in_the_text_alone_are_not_used_again():
    document = docx.Document()
    paragraph = document.add_paragraph("处罚款")
    start = paragraph._p.makeelement(f"{W}commentRangeStart", {f"{W}id": "41"})
    paragraph._p.append(start)
    paragraph._p.append(paragraph._p.makeelement(f"{W}commentRangeEnd", {f"{W}id": "41"}))
    content = saved(document)
    written = annotate(report_on(content, ["罚款"]), source=content).content
    assert [element.get(f"{W}id") for element in part_of(written, "word/comments.xml")] == ["42"]


def test_words_in_a_footnote_are_commented_at_its_reference(source):
    done = annotate(report_on(source, ["加收滞纳金"]), source=source)
    assert [moved.number for moved in done.moved] == [1]
    assert "脚注" in done.moved[0].reason and "引用该脚注处" in done.moved[0].reason
    root = part_of(done.content, "word/document.xml")
    (start,) = (one for one in root.iter(f"{W}commentRangeStart") if one.get(f"{W}id") == "1")
    assert start.getnext().find(f"{W}footnoteReference") is not None
    (comment,) = (one for one in docx.Document(io.BytesIO(done.content)).comments if one.comment_id == 1)
    assert "位置说明：所涉文字在脚注中" in comment.text


def test_words_in_a_page_head_are_commented_at_the_first_paragraph(source):
    done = annotate(report_on(source, ["收费五元"]), source=source)
    assert "页眉" in done.moved[0].reason
    root = part_of(done.content, "word/document.xml")
    first = next(root.iter(f"{W}p"))
    assert first.find(f"{W}commentRangeStart") is not None
    assert text_without_comments(done.content) == text_without_comments(source)


def test_a_quote_of_an_automatic_number_stands_on_the_words_that_are_in_the_file(source):
    text = raw_of(source).text
    at = text.index("1.\t拒不整改")
    whole, number = Span(at, at + 7), Span(at, at + 2)
    words = anchored(annotate(report_on(source, [whole, number]), source=source).content)
    assert words[1] == "拒不整改"
    assert words[2] == "拒不整改的，责令停产停业"


def test_a_finding_without_words_stands_on_its_paragraph(source):
    done = annotate(report_on(source, [Span(0, 0)]), source=source)
    assert anchored(done.content)[1] == "青川县河道采砂管理办法"
    assert done.moved == ()


def test_a_quote_that_runs_into_a_text_box_stops_at_its_story(source):
    text = raw_of(source).text
    span = Span(text.index("见右图"), text.index("收取管理费"))
    assert anchored(annotate(report_on(source, [span]), source=source).content)[1] == "见右图。"
    span = Span(text.index("见右图"), text.index("整改"))
    words = anchored(annotate(report_on(source, [span]), source=source).content)[1]
    assert words.startswith("见右图。") and words.endswith("拒不")


def test_several_findings_on_the_same_words_are_several_comments(source):
    words = anchored(
        annotate(report_on(source, ["罚款", "罚款", "处二千元以下罚", "元以下罚款"]), source=source).content
    )
    assert [words[number] for number in (1, 2, 3, 4)] == ["罚款", "罚款", "处二千元以下罚", "元以下罚款"]


def test_the_same_input_gives_the_same_bytes(source):
    given_report = report_on(source, list(QUOTES))
    assert annotate(given_report, source=source) == annotate(given_report, source=source)


def test_styles_for_comments_are_used_whatever_the_document_calls_them():
    document = docx.Document()
    document.add_paragraph("处罚款")
    for name, identifier, kind in (("annotation text", "a7", "paragraph"), ("annotation reference", "a8", "character")):
        style = document.styles.element.makeelement(f"{W}style", {f"{W}type": kind, f"{W}styleId": identifier})
        style.append(style.makeelement(f"{W}name", {f"{W}val": name}))
        document.styles.element.append(style)
    content = saved(document)
    written = annotate(report_on(content, ["罚款"]), source=content).content
    assert next(part_of(written, "word/comments.xml").iter(f"{W}pStyle")).get(f"{W}val") == "a7"
    assert next(part_of(written, "word/document.xml").iter(f"{W}rStyle")).get(f"{W}val") == "a8"


def test_a_document_without_a_paragraph_still_takes_the_comment():
    document = docx.Document()
    for element in list(document.element.body):
        if not element.tag.endswith("sectPr"):
            document.element.body.remove(element)
    content = saved(document)
    empty = report("", (finding("", Span(0, 0)),), path="a.docx", kind=FileKind.DOCX, sha256="")
    done = annotate(empty, source=content)
    assert len(done.moved) == 1
    assert len(list(docx.Document(io.BytesIO(done.content)).comments)) == 1


def test_a_strict_package_stays_strict():
    strict = b"http://purl.oclc.org/ooxml/"
    names = (
        (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict + b"wordprocessingml/main"),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            strict + b"officeDocument/relationships",
        ),
    )
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file_of([["第一条　处", "罚款", "。"]]))) as usual,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for name in usual.namelist():
            content = usual.read(name)
            for before, after in names:
                content = content.replace(before, after)
            new.writestr(name, content)
    content = buffer.getvalue()
    written = annotate(report_on(content, ["处罚"]), source=content).content
    after = zipfile.ZipFile(io.BytesIO(written))
    for name in ("word/document.xml", "word/comments.xml"):
        assert names[0][1] in after.read(name) and names[0][0] not in after.read(name)
    assert names[1][1] + b"/comments" in after.read("word/_rels/document.xml.rels")
    assert text_without_comments(written) == ["第一条　处罚款。"]


def test_ruby_text_is_commented_as_a_whole():
    ruby = (
        f'<w:r xmlns:w="{W[1:-1]}"><w:ruby><w:rubyPr/><w:rt><w:r><w:t>fá</w:t></w:r></w:rt>'
        "<w:rubyBase><w:r><w:t>罚款</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    document = docx.Document()
    paragraph = document.add_paragraph("处")
    paragraph._p.append(parse_xml(ruby))
    paragraph.add_run("五百元")
    content = saved(document)
    written = annotate(report_on(content, ["款五"]), source=content).content
    root = part_of(written, "word/document.xml")
    (start,) = root.iter(f"{W}commentRangeStart")
    assert start.getparent().tag == f"{W}p" and start.getnext().find(f"{W}ruby") is not None
    assert text_without_comments(written) == text_without_comments(content)


# --- the file is not the one that was reviewed --------------------------------------------------------------------


def test_a_file_that_was_changed_since_is_refused(source, tmp_path):
    given_report = report_on(source, ["罚款"])
    with pytest.raises(SourceError, match="有改动"):
        annotate(given_report, source=varied_file(with_comment=False))


def test_a_file_is_read_again_from_its_path(source, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given_report = report_on(source, ["罚款"])
    with pytest.raises(SourceError):
        render(given_report, "annotated")
    (tmp_path / "办法.docx").write_bytes(source)
    assert anchored(bytes(render(given_report, "annotated")))[1] == "罚款"


def test_standard_input_cannot_be_read_twice():
    text = "甲"
    with pytest.raises(SourceError, match="标准输入"):
        annotate(report(text, (finding(text, "甲"),), path="-", kind=FileKind.DOCX))


# --- files that are no .docx --------------------------------------------------------------------------------------


def test_a_text_file_becomes_a_document_of_its_lines():
    given_report = full_report()
    done = annotate(given_report)
    document = docx.Document(io.BytesIO(done.content))
    assert "\n".join(paragraph.text for paragraph in document.paragraphs) + "\n" == given_report.document.text.raw.text
    assert anchored(done.content) == {
        0: "应当经镇人民政府审核同意",
        1: "处二千元以下罚款",
        2: "缴纳生态保证金五万元",
        3: "青川县河道采砂管理办法",
    }
    assert "版式与原件不同" in document.sections[0].header.paragraphs[0].text


def test_tabs_and_forbidden_characters_keep_every_position():
    text = "甲\t乙\x0b丙\ud800丁\n\n处罚款"
    done = annotate(report(text, (finding(text, "乙\x0b丙\ud800丁"), finding(text, "罚款"))))
    assert anchored(done.content) == {0: "乙\ufffd丙\ufffd丁", 1: "罚款"}


def test_an_empty_text_still_takes_its_findings():
    done = annotate(report("", (finding("", Span(0, 0)),)))
    assert len(list(docx.Document(io.BytesIO(done.content)).comments)) == 1


# --- any runs, any spans ------------------------------------------------------------------------------------------


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_words_over_any_runs_are_found_again(data):
    texts = st.lists(st.text(st.sampled_from("第一条处罚款 \t，"), min_size=1, max_size=6), min_size=1, max_size=4)
    content = file_of([["标题"], *data.draw(st.lists(texts, min_size=1, max_size=4))])
    raw = raw_of(content)
    positions = st.integers(0, len(raw.text) - 1)
    pairs = data.draw(st.lists(st.tuples(positions, positions), min_size=1, max_size=5))
    # A line feed between paragraphs is no character of the file: quotes begin and end on words.
    spans = [Span(min(pair), max(pair) + 1) for pair in pairs]
    spans = [one for one in spans if raw.text[one.start] != "\n" and raw.text[one.end - 1] != "\n"]
    written = annotate(report_on(content, spans), source=content).content
    words = anchored(written)
    assert [words[number] for number in range(len(spans))] == [span.of(raw.text) for span in spans]
    assert joined(written) == joined(content)
    assert annotate(report_on(content, spans), source=content).content == written


def test_many_findings_take_time_in_proportion():
    content = file_of([["第一条　单位和个人应当", "办理登记", "，违者处罚款。"]] * 1500)
    raw = raw_of(content)
    spans = [Span(block.span.start + 5, block.span.start + 18) for block in raw.blocks]
    given_report = report_on(content, spans)
    started = time.perf_counter()
    done = annotate(given_report, source=content)
    assert time.perf_counter() - started < 5
    assert len(anchored(done.content)) == 1500


def test_the_source_is_recognised_by_its_hash():
    content = varied_file()
    assert report_on(content, []).document.text.raw.sha256 == hashlib.sha256(content).hexdigest()


def test_a_long_text_takes_time_in_proportion():
    line = "第一条　单位和个人应当办理登记，违者处罚款。\n"
    text = line * 10_000
    started = time.perf_counter()
    done = annotate(report(text, (finding(text, Span(len(text) - 8, len(text) - 2)),)))
    # Looking through all lines for the place of each takes longer than that.
    assert time.perf_counter() - started < 5
    assert anchored(done.content) == {0: "，违者处罚款"}
