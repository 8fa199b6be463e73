"""Nothing is lost and nothing raises, whatever comes in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parse_factory import assert_sound, normal_text

from draft_assist.model import Block, FileKind, Region, Span
from draft_assist.parse import label_of, parse

LINES = [
    "第一条　为了管理，制定本办法。", "第二条", "第三条 规定的情形", "第八条之一　甲。", "第12条 乙。",
    "第一条　甲。第二条　乙。第三条　丙。", "第一章　总则", "第二章", "第一节　巡查", "第一编　总则",
    "第一部分　现状", "第二章规定的情形除外。", "目录", "第一章　总则……1", "一、总体要求", "二、任务",
    "一、二级保护区", "（一）甲；", "（二）乙：", "(三)丙", "1.甲。", "2、乙", "3. 丙", "1.5万元", "4）丁",
    "（1）戊", "①己", "㈠庚", "1.1 目的", "2.1.1 机构", "1 总则", "下列情形除外：", "申请人应当提交下列材料：",
    "现将有关事项通知如下：", "普通文字。", "没有标点", "附件", "附件1", "附件：1.名单", "附：", "附则", "附表2",
    "白河区人民政府", "白河区民政局", "2023年5月6日", "2023年5月6", "二〇二三年五月六日",
    "青石县人民政府关于印发《停车管理办法》的通知", "停车管理办法", "青政发〔2024〕1号", "青政发〔20241",
    "LXDR-2015-00008", "各乡镇人民政府：", "# 标题", "## 第一章 总则", "**第二条** 甲", "- （一）乙", "> 三、丙",
    "| 甲 | 乙 |", "|---|---|", "||", "<!-- 注 -->", "抄送：县委办公室。",
    "青石县人民政府办公室 2024年3月12日印发", "（此件公开发布）", "处罚如下：（一）甲；（二）乙；（三）丙。", "",
    "　", "　　　", "**", "#", "# ", "第", "第条", "（", "（）", "1", "1.", "、", "：", "附", "-", "__", "**__**",
    "①", "第〇条　甲", "第零条", "（零）甲", "0.甲", "第9999条　甲。", "第9998条　甲。第9999条　乙。",
]  # fmt: skip

MARKER_CHARACTERS = "第一二三十条章节编款项目（）()、.．0129：；。 　\n附件录#*|-①年月日号〔〕关于通知甲\x0b\x1c\u2028"

documents = st.lists(st.sampled_from(LINES), max_size=40).map("\n".join)


@settings(max_examples=400, deadline=None)
@given(documents)
def test_random_mixes_of_real_lines_are_lossless(value: str) -> None:
    document = parse(normal_text(value))
    assert_sound(document)
    for clause in document.walk():
        assert label_of(document, clause.path)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=MARKER_CHARACTERS, max_size=80))
def test_random_mixes_of_marker_characters_are_lossless(value: str) -> None:
    assert_sound(parse(normal_text(value)))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120))
def test_any_text_at_all_is_lossless(value: str) -> None:
    assert_sound(parse(normal_text(value)))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(LINES),
            st.sampled_from(list(Region)),
            st.tuples(st.integers(1, 2), st.integers(1, 3), st.integers(1, 2)),
            st.integers(0, 3),
        ),
        max_size=25,
    )
)
def test_blocks_of_any_kind_in_any_order_are_lossless(
    parts: list[tuple[str, Region, tuple[int, int, int], int]],
) -> None:
    value = ""
    blocks = []
    for text, region, cell, style in parts:
        span = Span(len(value), len(value) + len(text))
        blocks.append(Block(span=span, region=region, cell=cell if region is Region.TABLE else None, style_level=style))
        value += text + "\n"
    assert_sound(parse(normal_text(value, blocks, FileKind.DOCX)))


@pytest.mark.parametrize(
    "line",
    [
        "1.甲\n（一）乙\n",
        "（一）甲\n乙\n",
        "附件：\n1.甲\n",
        "第1条　甲：\n（一）乙；\n",
        "目录\n",
        "（一）甲：（一）乙；（二）丙：（1）丁；（2）戊。\n",
        "1.甲：（1）乙；（2）丙。\n",
        "白河区民政局\n2023年5月6日\n",
        "第一条　甲。第二条　乙。",
    ],
)
def test_time_grows_with_the_text_and_not_with_its_square(line: str) -> None:
    assert_sound(parse(normal_text(line * 4000)))


@pytest.mark.shared
def test_the_laws_of_the_shared_corpus_parse_and_the_score_only_goes_up(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(os.environ.get("DRAFT_ASSIST_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "lawrefbook"
    if not folder.is_dir():
        pytest.skip("the shared data folder is not beside the project")
    files = sorted(folder.rglob("*.md"))
    noted = 0
    for file in files:
        value = file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").replace("\t", " ")
        document = parse(normal_text(value))
        assert_sound(document)
        noted += bool(document.notes)
    with capsys.disabled():
        print(f"\nlawrefbook: {len(files)} documents, {len(files) - noted} without a note, {noted} with notes")
    # 46 with notes on 22 November 2026, nearly all of them faults of the source (skipped or missing numbers).
    assert noted <= 46
