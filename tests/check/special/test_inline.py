"""Lists inside one line: their numbers, what points at them, and how many are announced."""

from __future__ import annotations

import pytest
from special_factory import assert_reports, values_of


@pytest.mark.parametrize(
    "text",
    [
        "一是登记渔船，二是检验渔船，⟦四是⟧发放船牌。",
        "第一，登记渔船；第二，检验渔船；⟦第四，⟧发放船牌。",
        "工作要求：（一）登记渔船；（二）检验渔船；⟦（四）⟧发放船牌。",
        # in order, begun anew, or no list at all
        "一是登记渔船，二是检验渔船。船主一是要守时，二是要备证，三是要熄火。",
        "一是登记渔船。\n四是发放船牌。",
        "（一）登记。1.造册；2.核对。（二）检验。1.查船；2.查证。",
        "依照第（一）项、（三）项办理。",
        "第一条　审查下列事项：\n（一）本办法第二条第（一）、（二）、（四）项规定的事项；\n（二）其他事项。",
        "第一条　禁止下列行为：\n（一）堵塞航道； （二）占用码头；\n（三）遮挡船牌。",
        "会议提出三个统一是：一是统一标准，二是统一船牌，三是统一台账。",
    ],
)
def test_numbers_left_out_in_a_line(text):
    assert_reports("number_gaps", text)


@pytest.mark.parametrize(
    "text",
    [
        "一是登记渔船；二是检验渔船；⟦二是⟧发放船牌。",
        "禁止下列行为：（一）堵塞航道；（二）占用码头；⟦（二）⟧遮挡船牌。",
        "一是登记渔船；二是检验渔船；三是发放船牌。",
    ],
)
def test_numbers_repeated_in_a_line(text):
    assert_reports("number_repeats", text)


@pytest.mark.parametrize(
    "text",
    [
        "有下列情形之一的，不予登记：（一）船龄过长的；（二）船况不良的。属于⟦前款第（五）项⟧的，可以复检。",
        "船牌分三种：1.大型；2.中型；3.小型。领取⟦上述第5项⟧船牌的，另行编号。",
        "有下列情形之一的，不予登记：（一）船龄过长的；（二）船况不良的。属于前款第（二）项的，可以复检。",
        "登记分：（一）初次；（二）变更。依照《渔船登记条例》第三条第（五）项办理。",
        "属于前款第（五）项的，可以复检。",
    ],
)
def test_items_of_a_list_before(text):
    assert_reports("missing_parts", text)


def test_what_there_is_is_told():
    text = "登记分：（一）初次；（二）变更。属于前款第（三）项的，可以复检。"
    assert values_of("missing_parts", text) == {"why": "前面只列了2项"}


@pytest.mark.parametrize(
    "text",
    [
        "坚持⟦以下三项原则：公开、公平、公正、诚信⟧。",
        "渔船⟦分为大型、中型、小型四类⟧。",
        "坚持以下三项原则：公开、公平、公正。",
        "坚持以下四项原则：公开、公平、公正和便民。",
        "渔船分为大型、中型等三类。",
    ],
)
def test_counts_announced_in_a_line(text):
    assert_reports("differing_count", text)
