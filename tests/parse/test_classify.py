"""What kind of document it is, and why."""

from __future__ import annotations

import pytest
from parse_factory import parsed

from draft_assist.model import Facts, Kind

SIGN = "青石县人民政府\n2024年3月12日\n"


def facts(value: str) -> Facts:
    return parsed(value).facts


def test_a_document_that_binds_everyone_again_and_again_is_normative() -> None:
    read = facts(
        "青石县人民政府关于加强犬只管理的通告\n一、本县行政区域内的养犬行为适用本通告。\n"
        "二、任何单位和个人不得遗弃犬只。\n本通告自2024年4月1日起施行，有效期5年。\n" + SIGN
    )

    assert read.kind is Kind.NORMATIVE_DOCUMENT
    joined = "".join(read.kind_reasons)
    assert all(f"{mark}：是" in joined for mark in ("行政性", "外部性", "普遍适用", "反复适用"))
    assert "任何单位和个人不得" in joined, "the reason quotes the words"


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("青石县秋粮收购工作方案", "一、总体要求\n二、主要任务\n责任单位：县粮食局。\n", Kind.PLAN),
        ("青石县2024年水利工作要点", "一、加快建设\n二、强化管护\n", Kind.PLAN),
        ("青石县综合交通发展规划（2024—2030年）", "一、现状\n二、目标\n", Kind.PLAN),
        ("青石县防洪应急预案", "一、总则\n二、响应\n", Kind.PLAN),
        ("关于农村供水情况的调研报告", "一、基本情况\n二、存在问题\n三、建议\n", Kind.REPORT),
        ("青石县2023年法治政府建设工作总结", "一、主要做法\n二、不足\n三、打算\n", Kind.REPORT),
        (
            "青石县人民政府办公室公务用车管理办法",
            "第一条　本办法适用于机关。\n第二条　工作人员应当登记。\n",
            Kind.INTERNAL,
        ),
        ("青石县人民政府关于李某某同志任职的通知", "任命李某某同志为县林业局局长。\n", Kind.INTERNAL),
        ("县政府第十二次常务会议纪要", "一、会议听取了汇报。\n二、会议决定。\n", Kind.INTERNAL),
        (
            "停车场委托经营合同",
            "甲方：青石县城投公司\n乙方：某物业公司\n一、甲方委托乙方经营。\n二、乙方应当缴纳费用。\n",
            Kind.CONTRACT,
        ),
        ("湖南省湿地保护条例", "第一条　甲。\n第二条　乙。\n", Kind.LOCAL_REGULATION),
    ],
)
def test_the_title_and_the_text_tell_the_kind(title: str, text: str, kind: Kind) -> None:
    read = facts(f"{title}\n{text}")

    assert read.kind is kind
    assert read.kind_reasons


def test_a_plan_that_binds_the_public_is_looked_at_as_normative() -> None:
    read = facts(
        "青石县犬只整治工作方案\n一、要求\n1.任何单位和个人不得遗弃犬只。\n2.养殖户应当登记。\n"
        "3.违反规定，拒不改正的，处二百元罚款。\n"
    )

    assert read.kind is Kind.NORMATIVE_DOCUMENT
    assert "按规范性文件对待" in read.kind_reasons[0]


def test_a_report_without_title_is_told_by_its_parts() -> None:
    read = facts(
        "一、供水工作取得的成效\n近年来投入加大。\n二、存在的问题和不足\n管网老化。\n三、意见和建议\n加大投入。\n"
    )

    assert read.kind is Kind.REPORT
    assert any("情况汇报" in reason for reason in read.kind_reasons)


def test_a_study_is_told_from_an_account_of_ones_own_work() -> None:
    read = facts(
        "为了解供水情况，调研组走访了六个乡镇。\n一、基本情况\n甲。\n二、存在的问题\n乙。\n三、对策建议\n丙。\n"
    )

    assert any("调研报告" in reason for reason in read.kind_reasons)


def test_a_plan_without_title_is_told_by_its_tasks() -> None:
    read = facts(
        "全县供水工作总体要求是保安全。\n一、改造管网\n牵头单位：县水利局。\n二、保护水源\n"
        "牵头单位：县环保局，责任单位：各乡镇。\n"
    )

    assert read.kind is Kind.PLAN


def test_a_rule_is_a_kind_of_its_own() -> None:
    read = facts("广州市渣土运输管理办法\n（2019年5月6日广州市人民政府令第170号公布）\n第一条　甲。\n第二条　乙。\n")

    assert read.kind is Kind.RULE


def test_what_cannot_be_told_stays_unknown() -> None:
    assert facts("通知甲乙丙。\n").kind is Kind.UNKNOWN
