"""Which clauses are worth a model's look."""

from __future__ import annotations

import pytest

from draft_assist.judge.selecting import calls_for_second_look

ASKED = [
    ("乱倒灰渣的，由镇政府处二百元罚款。", "a penalty"),
    ("小吃店开门前到村里领一张点火条。", "a permit in nobody's words"),
    ("外来施工队先到镇里排队，本地队伍做不完的才轮到。", "competition"),
    ("家属自备的花圈请勿带入园区。", "private people are told what to do"),
    ("逾期不搬的，水电所配合断水断电。", "pressure by third parties"),
    ("全镇按人头摊派修路款，大人一百、小孩五十。", "a levy"),
]
NOT_ASKED = [
    ("各科室要加强组织领导，统一思想认识。", "the inside, in empty words"),
    ("本方案由县发展改革局负责解释。", "a closing provision"),
    ("领导小组办公室设在县农业农村局，每月召开一次例会。", "offices among themselves"),
    ("到2027年底，全县森林覆盖率达到百分之四十五。", "a goal"),
]


@pytest.mark.parametrize(("words", "why"), ASKED, ids=[why for _, why in ASKED])
def test_what_may_touch_somebodys_rights_is_asked_about(words, why) -> None:
    assert calls_for_second_look(words, has_findings=False, has_acts=False)


@pytest.mark.parametrize(("words", "why"), NOT_ASKED, ids=[why for _, why in NOT_ASKED])
def test_the_work_of_offices_among_themselves_is_not(words, why) -> None:
    assert not calls_for_second_look(words, has_findings=False, has_acts=False)


@pytest.mark.parametrize("seen", [{"has_findings": True, "has_acts": False}, {"has_findings": False, "has_acts": True}])
def test_what_the_rules_saw_something_in_is_always_asked_about(seen) -> None:
    assert calls_for_second_look("本方案由县发展改革局负责解释。", **seen)
