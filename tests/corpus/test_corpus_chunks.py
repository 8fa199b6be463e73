"""Texts cut into articles and clauses: whole, in order, none lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from draft_assist.corpus.chunks import Chunks, chunk


def _joined(cut: Chunks) -> str:
    return "".join(one.before + one.text for one in cut.articles) + cut.after


def _shown(text: str) -> list[tuple[str, tuple[int, int] | None, tuple[str, ...], str]]:
    cut = chunk(text)
    assert _joined(cut) == text
    return [(one.label, one.number, one.trail, one.text) for one in cut.articles]


_PIECES = st.sampled_from(
    [piece + "\n" for piece in (
        "第一条　甲。 第二条　乙。 第三条　丙。",
        "第十五 条县人民政府负责。", "第一章　总则", "## 第二章 管理", "### 第一节 一般规定",
        "第一条　为了加强管理，制定本办法。", "第二条 甲：",
        "第十条之一　另有规定。", "第二条规定的事项，由县人民政府决定。", "（一）甲类；", "一、总体要求", "1.目标。",
        "(1)小目。", "没有编号的一段话。", "", "\u3000\u3000", "\u200b", "附件1：名单", "附：", "青榆县人民政府",
        "2026年1月5日", "第条", "**第四条** 加粗。", "#", "①圈", "“（二）引文", "第十二条",
    )]
    + ["第一条　附件里的第一条。", "\u2028", "\x0c", "\r", "　第三条", "\x85"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=40))
def test_any_mix_of_headings_articles_and_clauses_joins_back_to_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    cut = chunk(text)
    assert _joined(cut) == text
    assert all(one.text == one.text.strip() for one in cut.articles)
    assert all(one.text for one in cut.articles if not one.label.startswith("第"))
    numbers = [one.number for one in cut.articles if one.number]
    assert len(numbers) == len(set(numbers))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="第一二条章、（）1.()附件：。年月日 \n\u3000\u200b#甲乙"))
def test_any_text_at_all_joins_back(text: str) -> None:
    assert _joined(chunk(text)) == text


def test_an_article_keeps_all_its_paragraphs_and_items() -> None:
    words = "县人民政府履行下列职责：\n（一）编制规划；\n（二）组织检查。\n\n前款规定的职责可以委托。"
    text = f"第一条　{words}\n第二条　其他。\n"
    assert _shown(text) == [
        ("第一条", (1, 0), (), words),
        ("第二条", (2, 0), (), "其他。"),
    ]


def test_an_article_named_at_the_beginning_of_a_line_of_words_is_no_new_article() -> None:
    for words in (
        "第三条规定的情形除外。",
        "第三条、第四条所列事项。",
        "第三条第二款另有规定。",
        "第三条和第五条同时适用。",
    ):
        text = f"第九条　有下列情形的不予受理：\n{words}\n"
        assert [row[0] for row in _shown(text)] == ["第九条"], words


def test_articles_run_together_in_one_line_are_taken_apart_in_the_order_of_their_numbers() -> None:
    text = "第一条　甲。 第二条　乙，见 第九条 所列。 第三条　丙。\n第四条　丁。 第八条 另有规定。\n"
    assert [(row[0], row[3]) for row in _shown(text)] == [
        ("第一条", "甲。"),
        ("第二条", "乙，见 第九条 所列。"),
        ("第三条", "丙。"),
        ("第四条", "丁。 第八条 另有规定。"),
    ]


def test_a_space_that_slipped_into_the_number_does_not_hide_the_article() -> None:
    assert [row[:2] for row in _shown("第十四条 甲。\n第十五 条县文化部门负责登记。\n")] == [
        ("第十四条", (14, 0)),
        ("第十五条", (15, 0)),
    ]


def test_inserted_articles_have_a_number_of_their_own() -> None:
    assert [row[1] for row in _shown("第十条　甲。\n第十条之一　乙。\n第十条之十二　丙。\n")] == [
        (10, 0),
        (10, 1),
        (10, 12),
    ]


def test_headings_make_the_trail_and_a_new_chapter_ends_the_section() -> None:
    text = "第一章　总则\n第一节　目的\n第一条　甲。\n第二章　附则\n第二条　乙。\n"
    assert [row[2] for row in _shown(text)] == [("第一章　总则", "第一节　目的"), ("第二章　附则",)]


def test_marked_headings_of_markdown_make_the_same_trail() -> None:
    text = "## 第一章 总 则\n\n### 第一节 目的\n第一条 甲。\n\n## 第二章 附 则\n第二条 乙。\n"
    assert [row[2] for row in _shown(text)] == [("第一章 总 则", "第一节 目的"), ("第二章 附 则",)]


def test_articles_of_an_attachment_do_not_take_the_numbers_of_the_text() -> None:
    text = "第一条　甲。\n第二条　乙。\n附件：青榆县考评细则\n第一条　丙。\n第三条　丁。\n"
    assert [(row[1], row[2]) for row in _shown(text)] == [
        ((1, 0), ()),
        ((2, 0), ()),
        (None, ("附件：青榆县考评细则",)),
        (None, ("附件：青榆县考评细则",)),
    ]


def test_a_text_whose_only_articles_stand_in_the_attachment_has_their_numbers() -> None:
    text = "现将办法印发给你们，请遵照执行。\n附件：青榆县考评办法\n第一条　丙。\n第二条　丁。\n"
    assert [row[1] for row in _shown(text)] == [None, (1, 0), (2, 0)]


def test_a_number_that_stands_twice_counts_once_and_the_next_goes_on() -> None:
    assert [row[1] for row in _shown("第七条　甲。\n第八条　乙。\n第八条　丙。\n第九条　丁。\n")] == [
        (7, 0), (8, 0), None, (9, 0),
    ]  # fmt: skip


def test_the_signature_is_no_part_of_the_last_article() -> None:
    text = "第九条　本办法自印发之日起施行。\n\n青榆县人民政府\n2026年1月5日\n"
    assert [row[3] for row in _shown(text)] == ["本办法自印发之日起施行。", "青榆县人民政府", "2026年1月5日"]


def test_a_short_list_stays_together_and_bears_the_numbers_down_to_it() -> None:
    text = (
        "三、主要任务\n（一）规范执法。各部门应当做到：\n1.公示；\n2.记录。\n（二）加强监督。"
        + "逐项检查落实情况。" * 60
        + "\n"
    )
    rows = _shown(text)
    assert [(row[0], row[2]) for row in rows] == [("三、（一）", ("三、主要任务",)), ("三、（二）", ("三、主要任务",))]
    assert rows[0][3] == "（一）规范执法。各部门应当做到：\n1.公示；\n2.记录。"


def test_a_long_list_is_taken_apart_and_its_stem_is_kept() -> None:
    items = "".join(f"{number}.{'落实本项工作责任。' * 20}\n" for number in range(1, 6))
    rows = _shown(f"二、各部门应当完成下列工作。\n{items}")
    assert [row[0] for row in rows] == ["二、", "二、1.", "二、2.", "二、3.", "二、4.", "二、5."]


def test_a_paragraph_without_a_number_is_a_chunk_of_its_own() -> None:
    text = "各乡镇人民政府：\n为做好清理工作，现通知如下。\n一、范围\n全县现行文件。\n"
    assert [(row[0], row[2], row[3]) for row in _shown(text)] == [
        ("", (), "各乡镇人民政府："),
        ("", (), "为做好清理工作，现通知如下。"),
        ("", ("一、范围",), "全县现行文件。"),
    ]


def test_the_words_that_an_amendment_puts_in_stay_with_its_point() -> None:
    point = "一、将第三条修改为：“下列事项应当公示：\n\n“（一）依据；\n\n“公示期为七日。”"
    assert [row[3] for row in _shown(f"{point}\n\n二、删去第四条。\n")] == [point, "二、删去第四条。"]


def test_figures_and_years_at_the_beginning_of_a_line_are_no_clause_numbers() -> None:
    assert [row[0] for row in _shown("1.5万元以下的项目。\n2026年起实行。\n")] == ["", ""]


def test_twelve_hundred_articles_are_cut_in_much_less_than_a_second() -> None:
    from time import perf_counter

    from draft_assist.parse.numerals import show_article

    text = "".join(f"{show_article((number,))}　{'县人民政府应当依法履行职责。' * 12}\n" for number in range(1, 1261))
    start = perf_counter()
    cut = chunk(text)
    assert len(cut.articles) == 1260
    assert perf_counter() - start < 1


def test_very_many_blank_lines_take_no_more_time_than_words() -> None:
    from time import perf_counter

    start = perf_counter()
    assert [row[3] for row in _shown("一、目标\n" + "\n" * 200_000)] == ["一、目标"]
    assert perf_counter() - start < 2  # five seconds where each line copied all before it
