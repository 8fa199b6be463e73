"""Whom an act binds: the words before the verb decide, the nearest first."""

from __future__ import annotations

import pytest
from act_factory import acts_of

from draft_assist.model import Addressee, Does

PRIVATE, ADMINISTRATION, STAFF = Addressee.PRIVATE, Addressee.ADMINISTRATION, Addressee.STAFF


@pytest.mark.parametrize(
    ("text", "side"),
    [
        pytest.param("第四条　摊主应当缴纳摊位管理费。", PRIVATE, id="named private party"),
        pytest.param("第四条　从事屠宰的，应当取得屠宰许可证。", PRIVATE, id="subjectless 从事…的"),
        pytest.param("第四条　确需占用绿地的，应当经县园林局批准。", PRIVATE, id="subjectless 确需…的"),
        pytest.param("第四条　对超量排放的企业征收垃圾处置费。", PRIVATE, id="named after 对"),
        pytest.param("第四条　各乡镇编制的预案，应当报县政府批准。", ADMINISTRATION, id="townships under their county"),
        pytest.param("第四条　机关工作人员因公出国的，应当经县委批准。", STAFF, id="staff"),
    ],
)
def test_the_words_before_the_verb_tell_who_is_bound(text, side) -> None:
    (act,) = acts_of(text)
    assert act.addressee is side


@pytest.mark.parametrize(
    ("text", "does"),
    [
        pytest.param(
            "第四条　县人民政府应当编制水资源规划，报市人民政府批准。", Does.INTERNAL, id="a plan of the government"
        ),
        pytest.param("第四条　建设单位应当报县住建局批准。", Does.SETS, id="the same verb for a builder"),
        pytest.param("第四条　各乡镇编制的预案，应当报县政府批准。", Does.INTERNAL, id="townships"),
    ],
)
def test_the_same_approval_is_internal_or_a_permit_by_who_must_act(text, does) -> None:
    (act,) = acts_of(text)
    assert act.does is does


@pytest.mark.parametrize(
    ("who", "does"),
    [
        pytest.param("县住建局", Does.SETS, id="an authority"),
        pytest.param("镇政府", Does.SETS, id="a township government"),
        pytest.param("业主", Does.CIVIL_CRIMINAL, id="owners"),
        pytest.param("供水企业", Does.CIVIL_CRIMINAL, id="a supplier"),
        pytest.param("抵押权人", Does.CIVIL_CRIMINAL, id="a mortgagee"),
        pytest.param("著作权人", Does.CIVIL_CRIMINAL, id="an author"),
        pytest.param("乘客", Does.CIVIL_CRIMINAL, id="a passenger"),
        pytest.param(
            "驾驶员",
            Does.CIVIL_CRIMINAL,
            id="a driver",
        ),
    ],
)
def test_who_approves_decides_whether_it_is_a_permit(who, does) -> None:
    (act,) = acts_of(f"第四条　未经{who}同意，不得开挖管沟。")
    assert act.does is does


@pytest.mark.parametrize("who", ["本人", "权利人"])
def test_consent_of_the_person_concerned_is_private(who) -> None:
    (act,) = acts_of(f"第四条　未经{who}同意，不得公开其肖像。")
    assert act.does is Does.CIVIL_CRIMINAL


def test_an_authority_approves_even_where_a_company_is_bound() -> None:
    (act,) = acts_of("第四条　未经县住建局同意，物业服务人不得拆除围墙。")
    assert act.does is Does.SETS
