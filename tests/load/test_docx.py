"""Word documents: everything a reader of the page sees, and the way back to the runs."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx_factory import NAMESPACES, level, numbered, numbering, package, paragraph, run

from draft_assist.errors import SourceError
from draft_assist.load import load_bytes
from draft_assist.load.docx import paragraphs_of, runs_of, text_of_run
from draft_assist.load.numbering import chinese, format_number
from draft_assist.model import RawDocument, Region
from draft_assist.settings import Settings

SETTINGS = Settings()
DELETED_MARK = '<w:rPr><w:del w:author="甲"/></w:rPr>'


def read(body: str, **parts: str) -> RawDocument:
    raw = load_bytes(package(body, **parts), "稿.docx", SETTINGS)
    check_places(raw, package(body, **parts))
    return raw


def check_places(raw: RawDocument, content: bytes) -> None:
    """Every block ends before a line feed, none overlap, and every run place leads to its characters in the file."""
    from lxml import etree

    roots = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in {block.part for block in raw.blocks}:
            roots[part] = paragraphs_of(etree.fromstring(archive.read(part)))
    end = 0
    for block in raw.blocks:
        assert block.span.start >= end and raw.text[block.span.end] == "\n"
        end = block.span.end + 1
        runs = runs_of(roots[block.part][block.index])
        for place in block.runs:
            shown = place.span.of(raw.text)
            assert text_of_run(runs[place.run])[place.offset : place.offset + len(shown)] == shown


def lines(raw: RawDocument, region: Region = Region.BODY) -> list[str]:
    return [block.span.of(raw.text) for block in raw.blocks if block.region is region]


# --- body ---------------------------------------------------------------------------------------------------------


def test_paragraphs_stand_in_order_with_empty_ones_between() -> None:
    raw = read(paragraph("第一条") + paragraph() + paragraph(run("第"), run("二条")))
    assert raw.text == "第一条\n\n第二条\n"
    assert [block.index for block in raw.blocks] == [0, 1, 2]
    assert [(place.run, place.span.of(raw.text)) for place in raw.blocks[2].runs] == [(0, "第"), (1, "二条")]


def test_special_characters_of_a_run() -> None:
    raw = read(
        paragraph(
            "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/>"
            '<w:sym w:font="Wingdings" w:char="F0FE"/><w:cr/></w:r>'
        )
    )
    assert lines(raw) == ["甲\t乙\n丙-☑\n"]


def test_text_is_found_in_links_controls_smart_tags_and_rubies() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('yín')}</w:rt><w:rubyBase>{run('鄞')}</w:rubyBase></w:ruby></w:r>"
    raw = read(
        f"<w:sdt><w:sdtContent>{paragraph('控件里的段落')}</w:sdtContent></w:sdt>"
        + paragraph(
            f"<w:hyperlink>{run('链接')}</w:hyperlink>",
            f"<w:smartTag>{run('标记')}</w:smartTag>",
            f"<w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>",
            f"<w:fldSimple>{run('域')}</w:fldSimple>",
            ruby,
        )
    )
    assert lines(raw) == ["控件里的段落", "链接标记控件域鄞"]


def test_of_a_field_the_result_is_read_and_not_the_instruction() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = mark("begin") + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + mark("separate") + run("3") + mark("end")
    raw = read(
        paragraph("前", mark("begin"), "<w:r><w:instrText>REF</w:instrText></w:r>", run("隐"), inner, mark("separate"),
                  run("第八条"), mark("end"), run("后"))
        + paragraph(mark("begin"), "<w:r><w:instrText>TOC</w:instrText></w:r>")
        + paragraph("没有结束的域不吞掉后面的段落")
    )  # fmt: skip
    assert lines(raw) == ["前第八条后", "", "没有结束的域不吞掉后面的段落"]


def test_a_field_and_its_result_in_one_run_keep_their_offsets() -> None:
    raw = read(
        paragraph(
            '<w:r><w:t>依</w:t><w:fldChar w:fldCharType="begin"/><w:t>指令</w:t>'
            '<w:fldChar w:fldCharType="separate"/><w:t>第三条</w:t><w:fldChar w:fldCharType="end"/></w:r>'
        )
    )
    assert [(place.offset, place.span.of(raw.text)) for place in raw.blocks[0].runs] == [(0, "依"), (3, "第三条")]


def test_heading_styles_give_levels() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/><w:name w:val="章"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="x"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    )
    raw = read(
        "".join(paragraph("题", properties=f'<w:pStyle w:val="{one}"/>') for one in "abc") + paragraph("文"),
        styles=styles,
    )
    assert [block.style_level for block in raw.blocks] == [2, 2, 1, 0]


# --- tables, boxes, notes --------------------------------------------------------------------------------------------


def cell(*content: str, span: int = 1) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{"".join(content)}</w:tc>'


def test_table_cells_know_row_and_column_and_merged_ones_stand_once() -> None:
    inner = f"<w:tbl><w:tr>{cell(paragraph('内'))}</w:tr></w:tbl>"
    rows = (
        f"<w:tr>{cell(paragraph('合并'), span=2)}{cell(paragraph('丙'))}</w:tr>"
        f"<w:tr>{cell(paragraph('甲'))}{cell(inner, paragraph())}{cell(paragraph('丁'), paragraph('戊'))}</w:tr>"
    )
    raw = read(paragraph("前") + f"<w:tbl>{rows}</w:tbl>" + paragraph("后"))
    cells = {block.span.of(raw.text): block.cell for block in raw.blocks if block.region is Region.TABLE}
    assert cells == {
        "合并": (1, 1, 1),
        "丙": (1, 1, 3),
        "甲": (1, 2, 1),
        "内": (2, 1, 1),
        "丁": (1, 2, 3),
        "戊": (1, 2, 3),
    }
    assert raw.text.startswith("前\n合并\n") and raw.text.endswith("戊\n后\n")


def test_a_text_box_with_its_fallback_stands_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框内文字')}</w:txbxContent>"
    drawing = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    raw = read(paragraph("锚段", drawing) + paragraph("下段"))
    assert raw.text == "锚段\n框内文字\n下段\n"
    assert lines(raw, Region.TEXT_BOX) == ["框内文字"]
    # Index 2 is the fallback's copy, so the next body paragraph is 3.
    assert [block.index for block in raw.blocks] == [0, 1, 3]


def test_notes_headers_and_comments_follow_the_body_each_once() -> None:
    section = '<w:sectPr><w:headerReference r:id="header1"/><w:footerReference r:id="footer1"/></w:sectPr>'
    raw = read(
        paragraph("正文", properties=section) + section,
        footnotes=f'<w:footnote w:type="separator">{paragraph("—")}</w:footnote>'
        f"<w:footnote>{paragraph('脚注')}</w:footnote>",
        endnotes=f"<w:endnote>{paragraph('尾注')}</w:endnote>",
        comments=f"<w:comment>{paragraph('批注')}</w:comment>",
        header1=paragraph("页眉"),
        footer1=paragraph("页脚"),
    )
    assert raw.text == "正文\n脚注\n尾注\n页眉\n页脚\n批注\n"
    assert [block.region for block in raw.blocks[1:]] == [
        Region.FOOTNOTE, Region.ENDNOTE, Region.HEADER, Region.FOOTER, Region.COMMENT,
    ]  # fmt: skip
    assert raw.blocks[1].part == "word/footnotes.xml" and raw.blocks[1].index == 1


def test_what_is_not_read_is_counted() -> None:
    hidden = run("暗语", "<w:rPr><w:vanish/></w:rPr>") + run("明", '<w:rPr><w:vanish w:val="0"/></w:rPr>')
    raw = read(
        paragraph(hidden)
        + paragraph("<w:r><w:drawing><a:blip/></w:drawing></w:r>", "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>")
        + paragraph("<w:r><w:object><v:imagedata/></w:object></w:r>")
        + "<w:altChunk/>"
    )
    assert raw.text.startswith("暗语明\n")
    notes = " ".join(raw.unread)
    for words in ("1 处隐藏文字", "1 处图片", "1 个公式", "1 个嵌入对象", "1 个嵌入的其他文档"):
        assert words in notes


# --- tracked changes --------------------------------------------------------------------------------------------------


def deleted(text: str, author: str = "甲") -> str:
    return f'<w:del w:author="{author}"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def inserted(text: str, author: str = "乙") -> str:
    return f'<w:ins w:author="{author}">{run(text)}</w:ins>'


def test_tracked_changes_are_read_as_accepted_and_recorded() -> None:
    raw = read(paragraph("处", deleted("一千元"), inserted("五百"), inserted("元"), run("以下罚款")))
    assert raw.text == "处五百元以下罚款\n"
    assert [(one.kind, one.author, one.text, one.span.of(raw.text)) for one in raw.changes] == [
        ("deletion", "甲", "一千元", ""),
        ("insertion", "乙", "五百元", "五百元"),
    ]
    assert raw.changes[0].span.start == 1
    assert [(place.run, place.inserted) for place in raw.blocks[0].runs] == [
        (0, False),
        (2, True),
        (3, True),
        (4, False),
    ]


def test_moved_text_stands_only_at_its_target() -> None:
    raw = read(
        paragraph(f'<w:moveFrom w:author="甲">{run("此句")}</w:moveFrom>', run("原处"))
        + paragraph(run("新处"), f'<w:moveTo w:author="甲">{run("此句")}</w:moveTo>')
    )
    assert lines(raw) == ["原处", "新处此句"]
    assert [one.kind for one in raw.changes] == ["deletion", "insertion"]


def test_a_deleted_paragraph_leaves_no_line_and_no_number() -> None:
    raw = read(
        numbered("甲", 1)
        + paragraph(deleted("乙"), properties='<w:numPr><w:numId w:val="1"/></w:numPr>' + DELETED_MARK)
        + numbered("丙", 1),
        numbering=numbering(level(0, "第%1条", "chineseCountingThousand")),
    )
    assert lines(raw) == ["第一条\t甲", "第二条\t丙"]
    assert raw.blocks[1].index == 2
    assert [one.text for one in raw.changes] == ["乙", "\n"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    raw = read(paragraph("上半句", properties=DELETED_MARK) + paragraph("下半句") + paragraph("又一段"))
    assert lines(raw) == ["上半句下半句", "又一段"]
    # The block leads to the first of the two; the second has no places.
    assert raw.blocks[0].index == 0 and len(raw.blocks[0].runs) == 1


def test_a_deleted_mark_at_the_end_of_a_cell_joins_nothing() -> None:
    table = f"<w:tbl><w:tr>{cell(paragraph('格', properties=DELETED_MARK))}{cell(paragraph('邻格'))}</w:tr></w:tbl>"
    assert lines(read(table + paragraph("后")), Region.TABLE) == ["格", "邻格"]


def test_a_deleted_row_is_recorded_and_not_read() -> None:
    row = f'<w:tr><w:trPr><w:del w:author="甲"/></w:trPr>{cell(paragraph(deleted("旧标准")))}</w:tr>'
    raw = read(f"<w:tbl>{row}<w:tr>{cell(paragraph('新标准'))}</w:tr></w:tbl>")
    assert raw.text == "新标准\n" and raw.blocks[0].cell == (1, 1, 1)
    assert raw.changes[0].text == "旧标准"


# --- automatic numbers ------------------------------------------------------------------------------------------------


def test_chapters_and_articles_number_themselves() -> None:
    lists = numbering(
        level(0, "第%1章", "chineseCountingThousand", '<w:suff w:val="space"/>'),
        level(1, "第%2条", "chineseCountingThousand", '<w:lvlRestart w:val="0"/>'),
        level(2, "（%3）", "chineseCounting", '<w:suff w:val="nothing"/>'),
        level(3, "%4.", "decimal"),
    )
    raw = read(
        "".join(numbered(text, 1, depth) for text, depth in
                [("总则", 0), ("甲", 1), ("子", 2), ("丑", 2), ("乙", 1), ("寅", 2), ("罚则", 0), ("丙", 1),
                 ("小", 3)]),
        numbering=lists,
    )  # fmt: skip
    assert lines(raw) == [
        "第一章 总则", "第一条\t甲", "（一）子", "（二）丑", "第二条\t乙", "（一）寅", "第二章 罚则",
        "第三条\t丙", "1.\t小",
    ]  # fmt: skip
    first = raw.blocks[0]
    assert first.generated[0].of(raw.text) == "第一章 " and first.runs[0].span.of(raw.text) == "总则"


def test_higher_numbers_show_in_lower_ones_and_legal_style_is_arabic() -> None:
    lists = numbering(
        level(0, "%1、", "chineseCountingThousand"),
        level(1, "%1.%2", "decimal", "<w:isLgl/>"),
        level(2, "%1-%2-%3", "lowerLetter"),
    )
    raw = read(numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 1, 2), numbering=lists)
    assert lines(raw) == ["一、\t甲", "1.1\t乙", "一-1-a\t丙"]


def test_a_start_override_begins_anew_once_and_lists_of_one_kind_share_their_count() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    raw = read("".join(numbered("x", num) for num in (1, 3, 2, 2, 1)), numbering=numbering(level(0, "%1."), nums=nums))
    assert [line[:2] for line in lines(raw)] == ["1.", "2.", "5.", "6.", "7."]


def test_a_style_carries_its_list_and_a_paragraph_can_leave_it() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="条"><w:name w:val="条"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="子"><w:name w:val="子"/><w:basedOn w:val="条"/></w:style>'
    )
    raw = read(
        paragraph("甲", properties='<w:pStyle w:val="条"/>')
        + paragraph("乙", properties='<w:pStyle w:val="条"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph("丙", properties='<w:pStyle w:val="子"/>'),
        styles=styles,
        numbering=numbering(level(0, "第%1条", "japaneseCounting")),
    )
    assert lines(raw) == ["第一条\t甲", "乙", "第二条\t丙"]


def test_bullets_of_symbol_fonts_are_plain_bullets() -> None:
    assert lines(read(numbered("甲", 1), numbering=numbering(level(0, "\uf0b7", "bullet")))) == ["•\t甲"]


def test_lists_that_the_package_does_not_define_give_no_number() -> None:
    assert lines(read(numbered("甲", 9) + numbered("乙", 1, 8), numbering=numbering(level(0, "%1.")))) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("style", "number", "shown"),
    [
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 12, "十二"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1008, "一千零八"),
        ("chineseCountingThousand", 10010, "一万零一十"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCounting", 120, "一二〇"),
        ("japaneseCounting", 111, "百十一"),
        ("ideographDigital", 2024, "二〇二四"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 60, "60"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("ideographTraditional", 2, "乙"),
        ("somethingUnknown", 8, "8"),
    ],
)
def test_number_formats(style: str, number: int, shown: str) -> None:
    assert format_number(number, style) == shown


def test_chinese_numbers_are_all_different() -> None:
    assert len({chinese(number) for number in range(20_000)}) == 20_000


# --- bad packages -----------------------------------------------------------------------------------------------------


def refusal(content: bytes, settings: Settings = SETTINGS) -> str:
    with pytest.raises(SourceError) as caught:
        load_bytes(content, "稿.docx", settings)
    return caught.value.what


def test_a_truncated_package() -> None:
    whole = package(paragraph("第一条"))
    for end in (len(whole) // 3, len(whole) - 10):
        assert "残缺" in refusal(whole[:end])


def test_a_zip_bomb_is_refused_before_and_while_unpacking() -> None:
    bomb = package(paragraph("零" * 3_000_000) * 8)
    assert "压缩炸弹" in refusal(bomb)
    assert "过大" in refusal(package(paragraph("第一条" * 1000)), Settings(max_unpacked_bytes=2000))


def test_a_directory_that_lies_about_sizes() -> None:
    content = bytearray(package(paragraph("第一条" * 2000)))
    # The central directory's uncompressed size of word/document.xml: 24 bytes into its entry.
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"word/document.xml"))
    content[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    with pytest.raises(SourceError):
        load_bytes(bytes(content), "稿.docx", SETTINGS)


def test_entity_expansion_is_refused() -> None:
    laughs = '<!DOCTYPE w [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;">]>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(""))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "word/document.xml":
                body = f"{laughs}<w:document {NAMESPACES}><w:body>{paragraph('&b;')}</w:body></w:document>".encode()
            new.writestr(name, body)
    assert "文档类型定义" in refusal(buffer.getvalue())


def test_a_package_without_a_body() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr("word/document.xml", f"<w:document {NAMESPACES}/>")
    assert "没有 Word 正文" in refusal(buffer.getvalue())


def test_malformed_xml() -> None:
    assert "损坏" in refusal(package("<w:p>"))


def test_a_document_without_text() -> None:
    assert "没有文字" in refusal(package(paragraph()))


def test_python_docx_agrees_on_the_text_of_plain_paragraphs() -> None:
    import docx

    document = docx.Document()
    written = ["某某县养犬管理办法", "第一条　养犬人应当办理登记。", "", "第二条　本办法自公布之日起施行。"]
    for text in written:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    assert lines(load_bytes(buffer.getvalue(), "稿.docx", SETTINGS)) == written
