"""Gaps, repeats, and two ways of writing one level."""

from __future__ import annotations

from special_factory import assert_reports, values_of

RUNNING_ON = """苇湖县渔船登记方案
一、登记
1.摸清底数。
2.建立台账。
二、检验
3.排定日程。
4.上船检验。
三、发牌
5.统一制牌。
"""


def test_a_heading_left_out():
    assert_reports("number_gaps", "一、目标\n停泊有序。\n二、任务\n登记渔船。\n⟦四、⟧保障\n落实经费。")


def test_an_article_left_out():
    text = "第一条　渔船应当登记。\n第二条　渔船应当检验。\n⟦第四条⟧　本办法自2026年10月1日起施行。"
    assert_reports("number_gaps", text)
    assert values_of("number_gaps", text.replace("⟦", "").replace("⟧", "")) == {"last": "第二条", "due": "第三条"}


def test_an_item_left_out():
    assert_reports("number_gaps", "第一条　提交下列材料：\n（一）申请书；\n⟦（三）⟧身份证明。\n第二条　渔船应当检验。")


def test_numbers_may_run_on_through_the_groups():
    assert_reports("number_gaps", RUNNING_ON)
    assert_reports("number_repeats", RUNNING_ON)


def test_numbers_may_begin_again_under_each_heading():
    text = "一、登记\n1.摸清底数。\n2.建立台账。\n二、检验\n1.排定日程。\n2.上船检验。"
    assert_reports("number_gaps", text)
    assert_reports("number_repeats", text)


def test_an_excerpt_may_have_gaps():
    assert_reports("number_gaps", "第三条　渔船应当登记。\n第七条　渔船应当检验。")
    assert_reports("number_gaps", "一、目标\n停泊有序。\n……\n四、保障\n落实经费。")


def test_an_inserted_article_is_in_order():
    assert_reports(
        "number_gaps", "第一条　渔船应当登记。\n第一条之一　渔船应当检验。\n第二条　本办法自公布之日起施行。"
    )


def test_a_number_that_stands_twice():
    assert_reports("number_repeats", "一、目标\n停泊有序。\n二、任务\n登记渔船。\n⟦二、⟧保障\n落实经费。")
    assert_reports(
        "number_repeats",
        "第一条　渔船应当登记。\n第二条　渔船应当检验。\n⟦第二条⟧　渔船应当挂牌。\n第三条　本办法自公布之日起施行。",
    )


def test_a_second_list_in_one_article_begins_again():
    assert_reports(
        "number_repeats",
        "第一条　船主应当提交下列材料：\n（一）申请书；\n（二）身份证明。\n"
        "船员应当提交下列材料：\n（一）健康证明；\n（二）照片。",
    )


def test_two_ways_of_one_level():
    text = "一、任务\n1.登记渔船。\n2.检验渔船。\n⟦3、⟧发放船牌。"
    assert_reports("mixed_markers", text)
    assert values_of("mixed_markers", text.replace("⟦", "").replace("⟧", "")) == {
        "usual": "1.",
        "other": "3、",
        "count": "1",
    }


def test_different_levels_have_ways_of_their_own():
    assert_reports("mixed_markers", "一、任务\n（一）登记\n1.登记渔船。\n（1）登记船主。\n（二）检验\n1.检验渔船。")


def test_an_attachment_numbers_by_itself():
    assert_reports(
        "mixed_markers",
        "苇湖县渔政局关于登记的通知\n\n各乡镇：\n一、任务\n1.登记渔船。\n2.检验渔船。\n\n苇湖县渔政局\n2026年9月1日\n\n附件1\n登记要求\n1、带船证。\n2、带照片。",
    )
