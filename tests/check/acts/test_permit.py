"""Wording families of permits: what makes an activity wait for an organ's yes, and what does not."""

from __future__ import annotations

import pytest
from act_factory import PERMITS, NearMiss, Positive, acts_of, assert_otherwise, assert_sets, cases

from draft_assist.model import Does, Grade, Power

PERMIT, WEAK = Power.PERMIT, Grade.WEAK

POSITIVE = (
    Positive("未经…不得", "第五条　⟦未经镇政府批准，任何单位和个人不得在河滩采挖砂石⟧。", PERMIT, "approval"),
    Positive("未取得…不得", "第五条　⟦未取得养犬登记证的，不得携犬出户⟧。", PERMIT, "approval"),
    Positive("禁止未取得…的", "第五条　⟦禁止未取得渣土运输许可证的车辆进入城区⟧。", PERMIT, "approval"),
    Positive("应当经…同意", "第五条　在公园举办展销活动的，⟦应当经县园林局同意⟧。", PERMIT, "approval"),
    Positive("征得…同意", "第五条　改变外立面的，⟦应当征得县住建局同意⟧。", PERMIT, "approval"),
    Positive("应当取得…证", "第五条　从事餐厨垃圾收运的，⟦应当取得餐厨垃圾收运许可证⟧。", PERMIT, "licence"),
    Positive("应当申请", "第五条　开办校外托管点的，⟦应当向县教育局申请许可⟧。", PERMIT, "licence"),
    Positive("报…核准", "第五条　村民翻建住房的，⟦应当报镇政府核准⟧。", PERMIT, "approval"),
    Positive("由…审批", "第五条　夜间施工⟦由县生态环境局审批⟧。", PERMIT, "approval"),
    Positive("确需…应当经…", "第五条　确需占用绿地的，⟦应当经县园林局批准⟧。", PERMIT, "approval"),
    Positive("方可", "第五条　⟦经县城管局批准，方可摆摊⟧。", PERMIT, "approval"),
    Positive("方可 after a test", "第五条　⟦经检验合格后方可上路⟧。", PERMIT, "approval", WEAK),
    Positive("实行许可证制度", "第五条　收购废旧金属⟦实行许可证制度⟧。", PERMIT, "licence"),
    Positive("专营", "第五条　散装白酒⟦由县供销公司专营⟧。", PERMIT, "franchise"),
    Positive("持证上岗", "第五条　烟花燃放作业人员必须⟦持证上岗⟧。", PERMIT, "qualification", WEAK),
    Positive("考试合格取得", "第五条　乡厨⟦应当经县卫健局考试合格，取得乡厨证⟧。", PERMIT, "qualification"),
    Positive(
        "必须具备…资质",
        "第五条　申请渣土运输许可证的，⟦必须具备三十台以上自有车辆⟧。",
        Power.PERMIT_CONDITION,
        "condition",
        WEAK,
    ),
)

NEAR = (
    NearMiss("未经…不得", "第五条　未经业主同意，物业服务人不得出租车库。", Does.CIVIL_CRIMINAL, "业主同意是民事的"),
    NearMiss("未取得…不得", "第五条　未取得一致意见的议题不得表决。", None, "开会的规矩"),
    NearMiss("禁止未取得…的", "第五条　禁止未取得执法证的人员从事执法工作。", None, "约束的是行政机关自己"),
    NearMiss("应当经…同意", "第五条　房屋出租应当经共有人同意。", Does.CIVIL_CRIMINAL, "共有人是私人"),
    NearMiss("征得…同意", "第五条　架设管线应当征得沿线业主同意。", Does.CIVIL_CRIMINAL, "业主是私人"),
    NearMiss("应当取得…证", "第五条　从事食品生产的，应当依法取得许可证。", Does.REFERS, "指向法律已设的许可"),
    NearMiss("应当申请", "第五条　对决定不服的，应当在六十日内申请行政复议。", None, "救济途径"),
    NearMiss("报…核准", "第五条　各乡镇编制的防汛预案，应当报县政府批准。", Does.INTERNAL, "机关之间的报批"),
    NearMiss("由…审批", "第五条　年度培训计划由局长办公会审批。", None, "内部事项"),
    NearMiss("确需…应当经…", "第五条　确需调整预算的，由县财政局报县人大常委会批准。", None, "预算程序"),
    NearMiss(
        "方可",
        "第五条　符合条件的村，方可评为先进村。",
        None,
        "评先评优，不是从事活动的前提",
    ),
    NearMiss(
        "实行许可证制度",
        "第五条　实行许可证制度改革，压减许可事项。",
        None,
        "说的是改革",
    ),
    NearMiss("专营", "第五条　公司专营散装白酒多年，口碑良好。", None, "叙述经营范围"),
    NearMiss(
        "持证上岗",
        "第五条　持证上岗率达到百分之百。",
        None,
        "工作指标",
    ),
    NearMiss("考试合格取得", "第五条　考试合格的学员由培训学校发给结业证。", None, "学校的结业证"),
    NearMiss("必须具备…资质", "第五条　会议室必须具备视频会议条件。", None, "办公设施"),
    NearMiss("a definition", "第五条　行政许可，是指准予从事特定活动的行为。", None, "定义"),
    NearMiss("a reform", "第五条　全年取消行政许可事项十二项。", None, "减少许可"),
    NearMiss("an exit abroad", "第五条　机关工作人员因公出国的，应当经县委批准。", Does.INTERNAL, "内部人员"),
    NearMiss("the breach in a penalty", "第五条　未经批准擅自摆摊的，处二百元罚款。", None, "未经批准在这里是违法情形"),
    NearMiss("a bidder", "第五条　投标人应当具有建筑工程施工总承包资质。", None, "采购人对投标人的要求"),
    NearMiss("people on duty", "第五条　新到岗人员由大队培训，合格后方可执勤。", None, "机关训练自己的人员"),
)


@pytest.mark.parametrize("row", cases(POSITIVE))
def test_words_that_require_a_permit_are_found_exactly(row: Positive) -> None:
    assert_sets(row, PERMITS)


@pytest.mark.parametrize("row", cases(NEAR))
def test_words_that_only_sound_like_a_permit_require_none(row: NearMiss) -> None:
    assert_otherwise(row, PERMITS)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        pytest.param("第五条　民宿未经备案不得开业。", Grade.WEAK, id="filing that must come first"),
        pytest.param("第五条　民宿开业前，应当到派出所办理备案。", Grade.HINT, id="filing that stops nobody"),
        pytest.param("第五条　施工单位应当在竣工后向住建局办理变更登记。", Grade.HINT, id="registration"),
    ],
)
def test_filing_and_registration_are_no_plain_permits(text, grade) -> None:
    assert [act.grade for act in acts_of(text, *PERMITS)] == [grade]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第五条　申请客运班线许可的企业，应当事先取得沿线乡镇政府同意。", id="consent for a known permit"),
        pytest.param("第五条　由镇专班检查合格后方可为商户办理营业执照。", id="inspection before a known paper"),
    ],
)
def test_what_is_asked_of_applicants_for_a_known_paper_is_a_condition(text) -> None:
    assert [act.power for act in acts_of(text, *PERMITS)] == [Power.PERMIT_CONDITION]


def test_quotas_are_weaker_than_permits() -> None:
    (act,) = acts_of("第五条　共享单车实行总量控制、配额管理。", *PERMITS)
    assert act.grade is Grade.WEAK


def test_a_paper_that_suppliers_need_is_a_permit() -> None:
    (act,) = acts_of("第五条　食材供应商应当取得县商务局核发的配送准入证。", *PERMITS)
    assert (act.power, act.does) == (Power.PERMIT, Does.SETS)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第五条　法院在查封前应当征得指挥部同意。", id="a court"),
        pytest.param("第五条　进入园区的检查一律先向园区办申请进园码。", id="inspectors"),
        pytest.param("第五条　未经公证的，不予收件。", id="a notary"),
        pytest.param("第五条　进口产品采购应当经财政部门审核同意。", id="a buyer of the state"),
        pytest.param("第五条　学校更换食材的，须先取得原供应商书面同意。", id="a supplier"),
    ],
)
def test_leave_that_organs_notaries_or_firms_give_one_another_is_no_clear_permit(text) -> None:
    assert not [act for act in acts_of(text, *PERMITS) if act.does is Does.SETS and act.grade is Grade.CLEAR]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "第六条　施工单位应当出具撤销保函申请书，返还施工质量保证金。", id="a guarantee is no certificate"
        ),
        pytest.param("第六条　委托方可自主选择有资质的机构。", id="the party that entrusts"),
        pytest.param("第六条　未办理变更登记，首次发现的，不予行政处罚。", id="a penalty that is spared"),
    ],
)
def test_words_that_only_look_like_a_permit(text) -> None:
    assert not [act for act in acts_of(text, *PERMITS) if act.does is Does.SETS]


def test_a_trader_who_buys_needs_leave_all_the_same() -> None:
    (act,) = acts_of("第五条　农产品采购应当经镇政府批准后方可进行。", *PERMITS)
    assert act.does is Does.SETS
