"""Discretion without bounds."""

from __future__ import annotations

import pytest
from special_factory import assert_reports


@pytest.mark.parametrize(
    "sentence",
    [
        "拒不移泊的，由县渔政局⟦视情节给予处罚⟧。",
        "跨县停泊的申请，⟦原则上不予批准⟧。",
        "多次违规的渔船，⟦视情况取消其停泊资格⟧。",
        "对占用航道的，⟦酌情处以罚款⟧。",
        # in favour, inside, bounded, or no weight
        "主动移泊的，可以酌情减轻处罚。",
        "工作人员失职的，视情节给予处分。",
        "拒不移泊的，依照裁量基准视情节给予处罚。",
        "拒不移泊的，依照《中华人民共和国渔业法》第四十条视情节给予处罚。",
        "拒不移泊的，视情节轻重处五十元以上二百元以下罚款。",
        "联席会议原则上每季度召开一次。",
        "视天气情况调整停泊水域。",
        "视情况给予补助。",
    ],
)
def test_discretion(sentence):
    assert_reports("vague_discretion", "第一条　" + sentence)


@pytest.mark.parametrize(
    "text",
    [
        "第一条　有下列情形之一的，不予登记：\n（一）船证不符的；\n（二）⟦其他不宜登记的情形⟧。",
        "第一条　有下列情形之一的，取消停泊资格：\n（一）转让泊位的；\n（二）⟦其他情形⟧。",
        "第一条　有下列情形之一的，不予登记：\n（一）船证不符的；\n（二）法律、法规规定的其他情形。",
        "第一条　有下列情形之一的，优先登记：\n（一）残疾船主申请的；\n（二）其他需要照顾的情形。",
        "第一条　有下列情形之一的，可以减轻处罚：\n（一）主动移泊的；\n（二）其他应当减轻的情形。",
        "第一条　工作人员有下列行为之一的，责令检查：\n（一）擅离职守的；\n（二）其他情形。",
    ],
)
def test_open_grounds(text):
    assert_reports("open_ground", text)
