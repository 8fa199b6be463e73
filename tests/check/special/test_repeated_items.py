"""The same thing twice in one enumeration or list."""

from __future__ import annotations

import pytest
from special_factory import assert_reports


@pytest.mark.parametrize(
    "sentence",
    [
        "可以采取提醒、约谈、通报、⟦提醒⟧等方式。",
        "由县渔政局、县公安局、⟦县渔政局⟧共同负责。",
        "严禁吃请、收礼、打牌、⟦吃请⟧。",
        "实行诫勉谈话、停职检查、调离岗位、⟦停职⟧等问责方式。",
        "落实停泊（含锚地、浮筒）、检验、⟦检验⟧等责任。",
        # compliant
        "可以采取提醒、约谈、通报等方式。",
        "生产、销售、维修单位对其生产、销售、维修的渔船负责。",
        "隐瞒、缓报、谎报或者授意他人隐瞒、缓报、谎报的，予以通报。",
        "县渔政局、县公安局等部门应当检查县渔政局、县公安局的船只。",
        "甲类（渔船、渡船）、乙类（渔船、货船）、丙类。",
        "省、自治区、直辖市渔政部门向省、自治区、直辖市人民政府报告。",
        "编号为3、5、7、3的泊位停用。",
    ],
)
def test_enumerations(sentence):
    assert_reports("repeated_in_enumeration", "一、任务\n" + sentence)


def test_items_of_one_list():
    assert_reports("repeated_item", "第一条　提交下列材料：\n（一）船舶证书；\n（二）身份证明；\n（三）⟦船舶证书。⟧")


def test_items_of_two_lists():
    assert_reports(
        "repeated_item",
        "第一条　船主提交下列材料：\n（一）身份证明；\n（二）照片。\n"
        "第二条　船员提交下列材料：\n（一）身份证明；\n（二）照片。",
    )
