"""Two figures for one thing."""

from __future__ import annotations

import pytest
from special_factory import assert_reports, values_of


@pytest.mark.parametrize(
    "text",
    [
        "一、到2028年，渔船登记率达到90%以上。\n二、⟦2028年底渔船登记率达到85%⟧。",
        "一、到2027年，渔船登记率达到85%；到2028年，渔船登记率达到90%。",
        "一、到2028年，渔船登记率达到90%。\n二、2028年船牌悬挂率达到85%。",
        "一、到2028年，渔船登记率达到90%。\n二、2028年渔船登记率达到百分之九十。",
    ],
)
def test_targets_of_one_year(text):
    assert_reports("differing_targets", text)


@pytest.mark.parametrize(
    "text",
    [
        "第一条　本办法自2026年10月1日起施行。\n第二条　⟦本办法自2026年12月1日起施行⟧。",
        "第一条　本办法有效期5年。\n第二条　本办法自2026年12月1日起施行，⟦有效期三年⟧。",
        "第一条　本办法自印发之日起施行。\n第二条　⟦本办法自2026年12月1日起施行⟧。",
        "第一条　本办法有效期5年。\n第二条　船舶证书有效期3年。",
        "第一条　本办法自2026年10月1日起施行，有效期五年。\n第二条　渔船应当登记。",
    ],
)
def test_entry_into_force_and_validity(text):
    assert_reports("differing_periods", text)


@pytest.mark.parametrize(
    "text",
    [
        "一、整治期为⟦2026年9月1日至2026年3月1日⟧。",
        "一、规划期为⟦2028年至2026年⟧。",
        "一、报名时间为⟦2026年9月20日至9月10日⟧。",
        "一、整治从⟦11月15日开始至11月1日结束⟧。",
        "一、取暖期为11月15日至3月15日，每月5日至25日检修。",
        "一、每月25日至次月5日报送。",
        "一、整治期为2026年9月1日至2027年3月1日。",
        "一、整治期为2026年9月至2026年12月31日。",
        "第一条　本办法自2026年10月1日起施行，⟦有效期至2025年12月31日⟧。",
    ],
)
def test_periods_that_end_before_they_begin(text):
    assert_reports("reversed_period", text)


@pytest.mark.parametrize(
    "text",
    [
        "第八条　本办法由县水利局负责解释。\n第九条　⟦本办法由县渔政站负责解释⟧。",
        "第八条　本办法由苇湖县水利局负责解释。\n第九条　本办法由县水利局负责解释。",
        "第八条　本办法由县水利局负责解释。\n第九条　本标准由县渔政站负责解释。",
    ],
)
def test_who_interprets(text):
    assert_reports("differing_interpreters", text.replace("苇湖县水利局", "县水利局"))


ITEMS = "（一）登记渔船；\n（二）检验渔船；\n（三）发放船牌。\n"


@pytest.mark.parametrize(
    "text",
    [
        "第一条　渔政站负责⟦下列四项工作：⟧\n" + ITEMS,
        "第一条　有⟦下列两种情形之一的，不予登记：⟧\n" + ITEMS,
        "第一条　渔政站负责下列三项工作：\n" + ITEMS,
        "第一条　渔政站负责下列工作：\n" + ITEMS,
        "一、完成⟦以下五项任务：⟧\n" + ITEMS + "二、落实经费。",
    ],
)
def test_announced_counts(text):
    assert_reports("differing_count", text)


def test_shares():
    assert_reports("shares_not_whole", "一、考核得分由平时考核⟦占40%、年终考核占50%⟧构成。")
    assert_reports("shares_not_whole", "一、考核得分由平时考核占40%、年终考核占60%构成。")
    assert_reports("shares_not_whole", "一、捕捞占40%，养殖占50%，其余为加工。")


def test_points():
    text = "考核⟦总分100分⟧。\n一、登记（40分）\n按时登记。\n二、检验（50分）\n按时检验。"
    assert_reports("points_not_whole", text)
    assert_reports("points_not_whole", text.replace("⟦", "").replace("⟧", "").replace("50", "60"))


TABLE = "\n| 任务 | 目标 |\n|---|---|\n| 建成渔港码头 | 6处 |\n| 检验渔船300家 | 年底 |\n"


@pytest.mark.parametrize(
    "text",
    [
        "一、⟦建成渔港码头5处⟧。",
        "一、⟦检验渔船280家⟧。",
        "一、建成渔港码头6处，检验渔船300家。",
        "一、2026年建成渔港码头2处，2027年建成渔港码头6处。",
    ],
)
def test_text_and_table(text):
    assert_reports("text_against_table", text + TABLE)


def test_both_figures_are_told():
    assert values_of("text_against_table", "一、建成渔港码头5处。" + TABLE) == {
        "what": "建成渔港码头",
        "text": "5处",
        "table": "6处",
    }
