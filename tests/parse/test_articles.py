"""The legal ladder: 编, 章, 节, 条, 款, 项, 目."""

from __future__ import annotations

import pytest
from parse_factory import body, head, messages, parsed, paths

from draft_assist.model import Level


def test_paragraphs_of_an_article_count_from_one_and_hold_their_items() -> None:
    document = parsed(
        "第一条　本镇对占道经营实行分类管理。\n"
        "有下列情形之一的，由镇综合执法队劝导：\n"
        "（一）占用盲道的；\n"
        "（二）占用消防通道的：\n"
        "1.堆放杂物；\n"
        "2.停放车辆。\n"
        "劝导应当留有记录。\n"
    )

    assert paths(document) == [
        "art-1",
        "art-1.par-1",
        "art-1.par-2",
        "art-1.par-2.item-1",
        "art-1.par-2.item-2",
        "art-1.par-2.item-2.sub-1",
        "art-1.par-2.item-2.sub-2",
        "art-1.par-3",
    ]
    assert body(document, "art-1.par-1") == "本镇对占道经营实行分类管理。"
    assert body(document, "art-1.par-2.item-2.sub-2") == "停放车辆。"
    assert head(document, "art-1") == "第一条　"


def test_chapters_hold_articles_but_are_no_part_of_their_paths() -> None:
    document = parsed("第一章　总则\n第一条　甲。\n第二章　管理\n第一节　巡查\n第二条　乙。\n第三条　丙。\n")

    assert [path for path in paths(document) if "par" not in path] == [
        "chap-1", "art-1", "chap-2", "chap-2.sec-1", "art-2", "art-3",
    ]  # fmt: skip
    assert document.notes == ()


def test_chapter_numbers_may_run_through_the_parts() -> None:
    document = parsed("第一编　总则\n第一章　甲\n第一条　甲。\n第二编　分则\n第二章　乙\n第二条　乙。\n")

    assert "part-2.chap-2" in paths(document)
    assert document.notes == ()


def test_an_inserted_article_carries_both_numbers() -> None:
    document = parsed("第一条　甲。\n第一条之一　乙。\n第二条　丙。\n")

    clause = document.clause("art-1-1")
    assert clause is not None
    assert clause.number == (1, 1)
    assert document.notes == ()


def test_an_article_whose_text_begins_on_the_next_line_has_that_line_as_first_paragraph() -> None:
    document = parsed("第一条\n本办法适用于本乡。\n第二条\n（一）甲；\n（二）乙。\n")

    assert body(document, "art-1.par-1") == "本办法适用于本乡。"
    assert "art-2.par-1.item-2" in paths(document)


def test_a_caption_belongs_to_the_article_and_not_to_its_text() -> None:
    document = parsed(
        "第一条【适用范围】本办法适用于本乡。\n第二条（职责分工）村委会负责日常巡查。\n第三条（一）甲；\n"
    )

    assert body(document, "art-1.par-1") == "本办法适用于本乡。"
    assert head(document, "art-1") == "第一条【适用范围】"
    assert body(document, "art-2.par-1") == "村委会负责日常巡查。"
    assert body(document, "art-3.par-1").startswith("（一）")


@pytest.mark.parametrize(
    "line",
    [
        "第一条规定的补贴，由镇财政所发放。",
        "第一条第二款所称车辆，包括三轮车。",
        "第一条、第二条规定的期限，按工作日计算。",
        "第一条至第三条的规定适用于村集体。",
        "第一条所列材料应当齐全。",
        "第一条和第二条的情形除外。",
        "第一条修改为：“为了加强管理，制定本办法。”",
    ],
)
def test_a_reference_at_the_beginning_of_a_line_opens_no_article(line: str) -> None:
    document = parsed(f"第一条　甲。\n第二条　乙。\n{line}\n第三条　丙。\n")

    assert [path for path in paths(document) if "par" not in path] == ["art-1", "art-2", "art-3"]
    assert body(document, "art-2.par-2") == line


@pytest.mark.parametrize(
    "text",
    [
        "中华人民共和国境内的船舶适用本办法。",  # 中 alone would be 第一条中…
        "所有单位应当配合。",  # 所 alone would be 第一条所称…
        "为了规范管理，制定本办法。",
        "和平路沿线商户应当遵守本办法。",
        "以村为单位开展评议。",
    ],
)
def test_an_article_that_lost_the_space_after_its_number_is_still_one(text: str) -> None:
    document = parsed(f"第一条{text}\n第二条　乙。\n")

    assert body(document, "art-1.par-1") == text


def test_an_article_number_in_the_middle_of_a_line_opens_nothing() -> None:
    document = parsed("第一条　违反第二条规定的，由第三条所列部门处理。\n")

    assert paths(document) == ["art-1", "art-1.par-1"]


def test_articles_that_share_one_line_are_told_apart() -> None:
    document = parsed("第一条　为了管理，制定本办法。第二条　按照第三条的规定办理。第三条　自公布之日起施行。")

    assert [path for path in paths(document) if "par" not in path] == ["art-1", "art-2", "art-3"]
    assert body(document, "art-2.par-1") == "按照第三条的规定办理。"


def test_the_rest_of_a_broken_sentence_opens_no_article() -> None:
    document = parsed(
        "第八条　甲。\n第九条　乙。\n第十条　当事人对镇人民政府作出的处理决定不服的，可以依照本办法\n"
        "第八条 申请复核，复核结果书面告知。\n第十一条　丙。\n"
    )

    assert "art-8~2" not in paths(document)
    assert "art-10.par-2" in paths(document)
    assert any("不连续" in message for message in messages(document))


def test_items_on_one_line_are_told_apart() -> None:
    document = parsed(
        "第一条　有下列行为之一的，责令改正：（一）乱倒垃圾的；（二）乱贴广告的；（三）其他行为。\n第二条　甲。\n"
    )

    assert body(document, "art-1.par-1.item-2") == "乱贴广告的；"
    assert body(document, "art-1.par-1") == "有下列行为之一的，责令改正："


def test_one_bracketed_number_in_a_sentence_is_no_item() -> None:
    document = parsed("第一条　适用第五条第（一）项：（一）项所称车辆包括三轮车。\n")

    assert paths(document) == ["art-1", "art-1.par-1"]


def test_items_go_on_after_a_paragraph_of_their_own() -> None:
    document = parsed(
        "第一条　下列材料应当提交：\n（一）申请书；\n申请书由本人签名。\n（二）身份证。\n材料不全的，一次告知。\n"
    )

    assert paths(document)[2:] == [
        "art-1.par-1.item-1", "art-1.par-1.item-1.par-1", "art-1.par-1.item-2", "art-1.par-2",
    ]  # fmt: skip


def test_items_that_are_bare_headings_keep_the_text_below_them() -> None:
    document = parsed(
        "第一条　补贴按下列规定发放。\n（一）补贴标准\n按月计发。\n（二）补贴期限\n最长三年。\n第二条　甲。\n"
    )

    assert body(document, "art-1.par-1.item-2.par-1") == "最长三年。"


def test_items_that_begin_with_the_word_project_or_condition_are_items() -> None:
    document = parsed("第一条　提交下列材料：\n（一）项目批准文件；\n（二）条件说明；\n（三）目录清单。\n")

    assert "art-1.par-1.item-3" in paths(document)


def test_a_line_that_goes_on_with_an_item_reference_is_no_item() -> None:
    document = parsed("第一条　下列人员优先：\n（一）残疾人；\n（二）老年人。\n（一）、（二）项所列人员凭证件办理。\n")

    assert body(document, "art-1.par-2") == "（一）、（二）项所列人员凭证件办理。"


def test_headings_in_han_numbers_may_hold_articles() -> None:
    document = parsed("一、总则\n第一条　甲。\n第二条　乙。\n二、管理\n第三条　丙。\n三、附则\n第四条　丁。\n")

    assert [path for path in paths(document) if "par" not in path] == [
        "h1-1", "art-1", "art-2", "h1-2", "art-3", "h1-3", "art-4",
    ]  # fmt: skip


def test_han_numbers_inside_an_article_are_its_items() -> None:
    document = parsed("第一条　任务如下：\n一、修路；\n二、架桥。\n第二条　甲。\n")

    assert "art-1.par-1.item-2" in paths(document)


# --- numbers that do not follow one another ---


def test_a_repeated_article_gets_a_path_of_its_own_and_a_note() -> None:
    document = parsed("第七条　甲。\n第八条　乙。\n第八条　丙。\n第九条　丁。\n")

    assert [path for path in paths(document) if "par" not in path] == ["art-7", "art-8", "art-8~2", "art-9"]
    assert "第八条重复" in messages(document)


def test_a_skipped_article_is_noted() -> None:
    document = parsed("第一条　甲。\n第二条　乙。\n第五条　丙。\n")

    assert messages(document) == ["条号由第二条跳至第五条"]


def test_numbers_that_restart_are_noted_once() -> None:
    document = parsed("第一条　甲。\n第二条　乙。\n第三条　丙。\n第一条　丁。\n第二条　戊。\n第三条　己。\n")

    assert messages(document) == ["第三条之后条号又从第一条开始"]
    assert "art-3~2" in paths(document)


def test_a_skipped_item_is_noted() -> None:
    document = parsed("第一条　下列情形除外：\n（一）甲；\n（三）乙。\n")

    assert messages(document) == ["编号由1变为“（三）”，不连续"]


# --- around the articles ---


def test_a_table_of_contents_is_one_clause_and_no_chapter() -> None:
    document = parsed(
        "某镇停车管理办法\n目　录\n第一章　总则……1\n第二章　管理……3\n第一章　总则\n第一条　甲。\n"
        "第二章　管理\n第二条　乙。\n"
    )

    contents = document.clause("contents")
    assert contents is not None
    assert contents.level is Level.CONTENTS
    assert [path for path in paths(document) if path.startswith("chap")] == ["chap-1", "chap-2"]


def test_a_list_of_chapters_without_the_word_contents_is_contents_too() -> None:
    document = parsed(
        "第一章　总则\n第二章　管理\n第三章　附则\n第一章　总则\n第一条　甲。\n第二章　管理\n第二条　乙。\n"
        "第三章　附则\n"
    )

    assert [clause.level for clause in document.walk()].count(Level.CHAPTER) == 3
    assert document.notes == ()


def test_spaces_inside_a_chapter_title_do_not_matter() -> None:
    document = parsed("第 一 章　总　则\n第 1 条　甲。\n")

    assert paths(document) == ["chap-1", "art-1", "art-1.par-1"]
