"""Figures that cannot hold together."""

from __future__ import annotations

import pytest
from special_factory import assert_reports, values_of


@pytest.mark.parametrize(
    "text",
    [
        "补偿金按⟦五千元以上三千元以下⟧计发。",
        "定员⟦三十人以上二十人以下⟧。",
        "公示⟦不少于10日、不超过7日⟧。",
        "得分⟦不低于90分不高于80分⟧的为良好。",
        "船员年龄应当在⟦45周岁以上35周岁以下⟧。",
        # in order, of two units, or two groups
        "补偿金按三千元以上五千元以下计发。",
        "3人以上2日以下的作业。",
        "处价款百分之五十以上三倍以下、百分之一百五十以上二倍以下的罚款。",
        "60岁以上16岁以下的乘客免票。",
        "公示不少于7日、不超过10日。",
        "每船不少于3人，每次不超过2小时。",
    ],
)
def test_ranges(text):
    assert_reports("reversed_range", text)


def test_both_bounds_are_told():
    assert values_of("reversed_range", "定员三十人以上二十人以下。") == {"low": "三十人", "high": "二十人"}


@pytest.mark.parametrize(
    "text",
    [
        "⟦面积50平方米以下的由镇备查，面积30平方米以上的⟧由县备查。",
        "⟦用量20吨以下的按基数供应；15吨以上的⟧另行申报。",
        "面积50平方米以下的由镇备查，面积50平方米以上的由县备查。",
        "面积50平方米以下的由镇备查，投资30万元以上的由县备查。",
        "不足1万元的，并处5万元以下罚款；1万元以上的，按比例计算。",
    ],
)
def test_tiers(text):
    assert_reports("overlapping_tiers", text)


@pytest.mark.parametrize(
    "text",
    [
        "⟦概算300万元，其中县级安排120万元，乡镇配套90万元，村级自筹110万元⟧。",
        "⟦概算300万元，其中县级100万元，乡镇80万元，自筹100万元⟧，资金缺口为零。",
        "⟦总投资1亿元（中央8000万元、县级3000万元⟧）。",
        "⟦总分100分，其中设施45分、保洁35分、台账30分⟧。",
        "改造⟦60户，其中东山镇20户、西山镇30户、南山乡20户⟧。",
        "全镇⟦共有村庄18个，其中山区村9个、库区村7个、平原村6个⟧。",
        # a part of the whole, parts of another kind, attributes that overlap
        "概算300万元，其中县级安排120万元，乡镇配套90万元。",
        "总投资900万元，其中中央600万元，地方300万元；用于航道500万元、码头400万元。",
        "总投资600万元，其中设备400万元，含进口设备300万元。",
        "共有渔民300户，其中低保户20户、脱贫户60户、养殖户280户。",
        "全年资金500万元，其中工资300万元，比上年增长250万元，另有专款。",
    ],
)
def test_parts_and_their_whole(text):
    assert_reports("parts_exceed_whole", text)


def test_the_sum_is_told():
    text = "总投资1亿元，其中中央8000万元、县级3000万元。"
    assert values_of("parts_exceed_whole", text) == {"said": "1亿元", "sum": "1.1亿元"}


@pytest.mark.parametrize(
    "text",
    [
        "⟦维修费船主分担70%、公司分担45%⟧。",
        "维修费船主分担70%、公司分担30%。",
        "甲类项目县级承担80%，镇级承担20%，乙类项目县级承担60%，镇级承担30%。",
        "县级承担60%，镇级承担40%；贫困村县级承担80%，镇级承担20%。",
    ],
)
def test_shares_that_are_borne(text):
    assert_reports("borne_shares", text)
