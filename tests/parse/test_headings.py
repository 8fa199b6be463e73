"""The ladder of plans and notices: 一、 （一） 1. （1） ①, mixed as in real documents."""

from __future__ import annotations

import pytest
from parse_factory import body, head, messages, parsed, paths

from draft_assist.model import Level

PLAN = """柳河镇环境整治工作方案
为改善环境，制定本方案。
一、总体要求
以人为本。
二、主要任务
（一）清理垃圾
1.清理河道。全面清理。
3.5公里河道由水利站负责。
2、清运积存垃圾。
2024年6月底前完成。
（二）整治乱搭乱建
3. 拆除违建。
一是摸底。二是拆除。
（1）登记造册
①村级登记
②镇级汇总
（2）分类处置
三、保障措施
（一）加强领导。成立专班。
（二）强化督查。每月通报。
本方案自印发之日起施行。
"""


def test_the_five_levels_nest_and_numbers_may_go_on_over_groups() -> None:
    document = parsed(PLAN)

    assert [path for path in paths(document) if "par" not in path] == [
        "title",
        "h1-1",
        "h1-2",
        "h1-2.h2-1",
        "h1-2.h2-1.h3-1",
        "h1-2.h2-1.h3-2",
        "h1-2.h2-2",
        "h1-2.h2-2.h3-3",
        "h1-2.h2-2.h3-3.h4-1",
        "h1-2.h2-2.h3-3.h4-1.h5-1",
        "h1-2.h2-2.h3-3.h4-1.h5-2",
        "h1-2.h2-2.h3-3.h4-2",
        "h1-3",
        "h1-3.h2-1",
        "h1-3.h2-2",
    ]
    assert document.notes == ()


def test_a_decimal_number_and_a_year_begin_no_heading() -> None:
    document = parsed(PLAN)

    assert body(document, "h1-2.h2-1.h3-1.par-1") == "3.5公里河道由水利站负责。"
    assert body(document, "h1-2.h2-1.h3-2.par-1") == "2024年6月底前完成。"


def test_text_after_the_heading_on_its_line_is_part_of_it() -> None:
    document = parsed(PLAN)

    assert head(document, "h1-3.h2-1") == "（一）加强领导。成立专班。"
    assert body(document, "h1-3.h2-1") == "加强领导。成立专班。"


def test_closing_words_stand_below_no_heading() -> None:
    assert body(parsed(PLAN), "tail.par-1") == "本方案自印发之日起施行。"


def test_closing_words_stay_below_a_heading_that_announces_them() -> None:
    document = parsed("一、任务\n做好工作。\n二、附则\n本方案自印发之日起施行。\n")

    assert body(document, "h1-2.par-1") == "本方案自印发之日起施行。"


def test_text_before_the_first_heading_is_front_matter() -> None:
    document = parsed(PLAN)

    assert body(document, "front.par-1") == "为改善环境，制定本方案。"


@pytest.mark.parametrize(
    "line",
    [
        "2015年7月26日完成。",
        "2015.7.26",
        "3.5万元用于补贴。",
        "2.5个百分点以上。",
        "1.2倍以内。",
        "10月底前完成。",
        "一是加强领导，二是落实责任。",
        "十四五期间，全面推进。",
        "一、二级河道由县级管理。",
        "二、三产业融合发展。",
        "百分之五十以上的农户参加。",
        "（2015年修订）",
        "12345热线受理投诉。",
    ],
)
def test_numbers_that_are_not_headings_stay_text(line: str) -> None:
    document = parsed(f"一、任务\n1.甲。\n2.乙。\n{line}\n3.丙。\n二、要求\n")

    assert line in [document.text_of(clause.head) for clause in document.walk() if clause.level is Level.PARAGRAPH]
    assert [path for path in paths(document) if "par" not in path] == [
        "h1-1", "h1-1.h3-1", "h1-1.h3-2", "h1-1.h3-3", "h1-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("3.2024年底前建成。", "2024年底前建成。"),  # a year right after the point
        ("3、4月份开展摸底。", "4月份开展摸底。"),  # the number due here
        ("3. 5月底前完成。", "5月底前完成。"),  # a space after the point settles it
        ("3．完善机制。", "完善机制。"),
    ],
)
def test_a_heading_may_begin_with_a_number(line: str, text: str) -> None:
    document = parsed(f"一、任务\n1.甲。\n2.乙。\n{line}\n")

    assert body(document, "h1-1.h3-3") == text


def test_a_number_that_is_not_due_before_another_number_is_text() -> None:
    document = parsed("一、任务\n1.甲。\n7、8月份为整治月。\n2.乙。\n")

    assert body(document, "h1-1.h3-1.par-1") == "7、8月份为整治月。"


def test_a_stem_holds_the_list_below_it() -> None:
    document = parsed(
        "一、补贴办法\n（一）补贴标准\n申请补贴应当符合下列条件：\n1.本镇户籍；\n2.房屋合法。\n"
        "申请人应当提交下列材料：\n1.申请书；\n2.身份证。\n补贴由财政所发放。\n（二）监督\n"
    )

    assert paths(document) == [
        "h1-1",
        "h1-1.h2-1",
        "h1-1.h2-1.par-1",
        "h1-1.h2-1.par-1.item-1",
        "h1-1.h2-1.par-1.item-2",
        "h1-1.h2-1.par-2",
        "h1-1.h2-1.par-2.item-1",
        "h1-1.h2-1.par-2.item-2",
        "h1-1.h2-1.par-3",
        "h1-1.h2-2",
    ]
    assert document.notes == ()


def test_words_that_announce_headings_are_no_stem() -> None:
    document = parsed("一、主要任务\n围绕目标，重点做好以下工作：\n（一）摸清底数\n逐户登记。\n（二）分类整治\n")

    assert "h1-1.h2-2" in paths(document)


def test_headings_follow_the_closing_words_of_a_notice() -> None:
    document = parsed("各村：\n现将有关事项通知如下：\n一、提高认识\n二、抓好落实\n")

    assert list(paths(document)) == ["recipients", "front.par-1", "h1-1", "h1-2"]


def test_bracketed_numbers_may_stand_below_plain_ones() -> None:
    document = parsed("1.加强值守\n（一）落实带班。\n（二）落实巡查。\n2.物资储备\n（一）沙袋。\n3.信息报送\n")

    assert paths(document) == ["h3-1", "h3-1.h2-1", "h3-1.h2-2", "h3-2", "h3-2.h2-1", "h3-3"]


def test_the_outline_of_an_emergency_plan_nests() -> None:
    document = parsed(
        "1 总则\n1.1 编制目的\n规范处置。\n1.2 编制依据\n2 组织体系\n2.1 领导机构\n2.1.1 指挥长\n3 附则\n"
    )

    assert [path for path in paths(document) if "par" not in path] == [
        "h1-1", "h1-1.h2-1", "h1-1.h2-2", "h1-2", "h1-2.h2-1", "h1-2.h2-1.h3-1", "h1-3",
    ]  # fmt: skip


def test_a_skipped_heading_is_noted() -> None:
    document = parsed("一、甲\n二、乙\n四、丁\n")

    assert messages(document) == ["编号由2变为“四、”，不连续"]


def test_a_repeated_heading_gets_a_path_of_its_own_and_a_note() -> None:
    document = parsed("一、甲\n二、乙\n二、丙\n")

    assert paths(document) == ["h1-1", "h1-2", "h1-2~2"]
    assert messages(document) == ["编号“二、”重复"]


def test_headings_restart_in_every_chapter() -> None:
    document = parsed("第一章　现状\n一、甲\n二、乙\n第二章　任务\n一、丙\n")

    assert paths(document) == ["chap-1", "chap-1.h1-1", "chap-1.h1-2", "chap-2", "chap-2.h1-1"]
    assert document.notes == ()
