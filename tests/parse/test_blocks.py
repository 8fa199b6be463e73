"""Regions and tables that the source's blocks mark, Markdown, and limits."""

from __future__ import annotations

import pytest
from parse_factory import assert_sound, blocks_of, body, head, normal_text, parsed, paths

from draft_assist.errors import SourceError
from draft_assist.model import Block, FileKind, Level, NormalText, OffsetMap, RawDocument, Region, Span
from draft_assist.parse import label_of, parse
from draft_assist.settings import Settings


def test_table_cells_become_a_table_inside_the_open_clause() -> None:
    document = parse(
        blocks_of(
            [
                ("第一条　补贴标准如下表：", Region.BODY, None),
                ("种类", Region.TABLE, (1, 1, 1)),
                ("金额", Region.TABLE, (1, 1, 2)),
                ("1.早稻", Region.TABLE, (1, 2, 1)),
                ("每亩二百元", Region.TABLE, (1, 2, 2)),
                ("连片五十亩以上", Region.TABLE, (1, 2, 2)),
                ("第二条　自公布之日起施行。", Region.BODY, None),
            ]
        )
    )
    assert_sound(document)

    assert paths(document) == [
        "art-1",
        "art-1.par-1",
        "tab-1",
        "tab-1.row-1",
        "tab-1.row-1.cell-1",
        "tab-1.row-1.cell-2",
        "tab-1.row-2",
        "tab-1.row-2.cell-1",
        "tab-1.row-2.cell-2",
        "art-2",
        "art-2.par-1",
    ]
    assert head(document, "tab-1.row-2.cell-2") == "每亩二百元\n连片五十亩以上"
    assert head(document, "tab-1.row-2.cell-1") == "1.早稻", "a number in a cell is no heading"
    assert label_of(document, "tab-1.row-2.cell-2") == "表1第2行第2列"


def test_two_tables_one_after_the_other_stay_two() -> None:
    document = parse(
        blocks_of([("甲", Region.TABLE, (1, 1, 1)), ("乙", Region.TABLE, (2, 1, 1)), ("丙", Region.TABLE, (2, 1, 2))])
    )
    assert_sound(document)

    assert [path for path in paths(document) if path.endswith("cell-1")] == ["tab-1.row-1.cell-1", "tab-2.row-1.cell-1"]


@pytest.mark.parametrize("region", [Region.HEADER, Region.FOOTNOTE, Region.COMMENT, Region.TEXT_BOX])
def test_what_stands_outside_the_body_is_a_note_and_closes_nothing(region: Region) -> None:
    document = parse(
        blocks_of(
            [
                ("第一条　下列情形除外：", Region.BODY, None),
                ("（一）甲；", Region.BODY, None),
                ("第九条　这里不是条文。", region, None),
                ("（二）乙。", Region.BODY, None),
            ]
        )
    )
    assert_sound(document)

    note = document.clause("note-1")
    assert note is not None
    assert (note.level, note.region) == (Level.NOTE, region)
    assert "art-1.par-1.item-2" in paths(document)
    assert "art-9" not in paths(document)


def test_blocks_are_found_through_the_offset_map() -> None:
    raw_text = "第一条　甲。\n规(guī)格\n第二条　乙。\n"
    value = "第一条　甲。\n规格\n第二条　乙。\n"
    cut = raw_text.index("(")
    offsets = OffsetMap(
        normal=(0, cut, cut),
        raw=(0, cut, cut + 5),
        equal=(True, False, True),
        normal_length=len(value),
        raw_length=len(raw_text),
    )
    cell = Block(span=Span(cut - 1, cut + 6), region=Region.TABLE, cell=(1, 1, 1))
    body_block = Block(span=Span(cut + 7, len(raw_text) - 1))
    raw = RawDocument(path=normal_text("").raw.path, kind=FileKind.DOCX, text=raw_text, blocks=(cell, body_block))
    document = parse(NormalText(value=value, raw=raw, offsets=offsets))
    assert_sound(document)

    assert body(document, "tab-1.row-1.cell-1") == "规格"
    assert "art-2" in paths(document)


def test_a_heading_style_makes_a_heading_of_a_line_without_number() -> None:
    value = "关于防汛的说明\n基本情况\n正文。\n下一步打算\n正文。\n"
    blocks = [
        Block(span=Span(0, 7), style_level=1),
        Block(span=Span(8, 12), style_level=2),
        Block(span=Span(13, 16)),
        Block(span=Span(17, 22), style_level=2),
    ]
    document = parse(normal_text(value, blocks, FileKind.DOCX))
    assert_sound(document)

    assert paths(document) == ["title", "h1-1", "h1-1.par-1", "h1-2", "h1-2.par-1"]


# --- Markdown ---


def test_markdown_signs_are_part_of_the_head_only() -> None:
    document = parsed("# 青石县停车管理办法\n\n## 第一章 总则\n\n**第一条** 为了管理，制定本办法。\n\n- （一）甲；\n")

    assert body(document, "title") == "青石县停车管理办法"
    assert head(document, "chap-1") == "## 第一章 总则"
    assert body(document, "chap-1") == "总则"
    assert body(document, "art-1.par-1") == "为了管理，制定本办法。"
    assert body(document, "art-1.par-1.item-1") == "甲；"


def test_markdown_headings_without_number_nest_by_their_signs() -> None:
    document = parsed("# 关于秋收的说明\n## 基本情况\n正文。\n### 面积\n正文。\n## 打算\n")

    assert paths(document) == [
        "title", "h1-1", "h1-1.par-1", "h1-1.h2-1", "h1-1.h2-1.par-1", "h1-2",
    ]  # fmt: skip


def test_markdown_signs_that_normalising_took_away_still_tell_headings() -> None:
    source = "# 关于秋收的说明\n## 基本情况\n正文。\n"
    value = "关于秋收的说明\n基本情况\n正文。\n"
    raw = RawDocument(path=normal_text("").raw.path, kind=FileKind.MARKDOWN, text=source)
    offsets = OffsetMap(
        normal=(0, 0, 8, 8),
        raw=(0, 2, 10, 13),
        equal=(False, True, False, True),
        normal_length=len(value),
        raw_length=len(source),
    )
    document = parse(NormalText(value=value, raw=raw, offsets=offsets))
    assert_sound(document)

    assert paths(document) == ["title", "h1-1", "h1-1.par-1"]


def test_a_markdown_table_has_rows_and_cells() -> None:
    document = parsed("一、标准\n| 种类 | 金额 |\n|---|---|\n| 早稻 | 二百元 |\n|  | 三百元 |\n二、附则\n")

    assert body(document, "tab-1.row-2.cell-2") == "二百元"
    assert "tab-1.row-3.cell-1" not in paths(document), "an empty cell is no clause"
    assert body(document, "tab-1.row-3.cell-2") == "三百元"


# --- limits ---


def test_more_clauses_than_allowed_is_an_error_in_chinese() -> None:
    with pytest.raises(SourceError, match="文档条款超过上限 3 个"):
        parse(normal_text("第一条　甲。\n第二条　乙。\n"), Settings(max_clauses=3))


def test_a_hundred_thousand_clauses_are_parsed() -> None:
    value = "".join(f"第{n}条　甲。\n（一）乙；\n" for n in range(1, 10_000)) * 4
    document = parse(normal_text(value))

    assert sum(1 for _ in document.walk()) > 100_000


def test_the_same_text_gives_the_same_tree() -> None:
    value = "第一条　甲。\n一、乙\n1.丙\n附件\n第一条　丁。\n"
    assert parse(normal_text(value)) == parse(normal_text(value))
