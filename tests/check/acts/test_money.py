"""Wording families of charges: fees, levies, deposits and taxes, and the money that is none of them."""

from __future__ import annotations

import pytest
from act_factory import CHARGES, NearMiss, Positive, acts_of, assert_otherwise, assert_sets, cases

from draft_assist.model import AmountKind, Does, Grade, Power

FEE = Power.FEE

POSITIVE = (
    Positive("应当缴纳…费", "第六条　进入集贸市场的摊主⟦应当缴纳摊位管理费⟧。", FEE, "fee"),
    Positive("没有条件…应当缴纳", "第六条　建设单位没有条件补种树木的，⟦应当缴纳绿化补偿费⟧。", FEE, "fee"),
    Positive("征收…费", "第六条　对超量排放的企业⟦征收垃圾处置费⟧。", FEE, "fee"),
    Positive("可以收取", "第六条　街道办事处⟦可以收取停车服务费⟧。", FEE, "fee"),
    Positive("恢复费", "第六条　损坏路面的，⟦应当缴纳路面恢复费⟧。", FEE, "fee"),
    Positive("实行…收费制度", "第六条　生活垃圾处理⟦实行收费制度⟧。", FEE, "fee"),
    Positive("有偿使用", "第六条　人行道临时停车泊位⟦实行有偿使用⟧。", FEE, "fee", Grade.WEAK),
    Positive("一至二倍的…费", "第六条　未履行植树义务的，⟦缴纳一至二倍的绿化费⟧。", FEE, "fee"),
    Positive("保证金", "第六条　施工单位⟦应当向镇政府缴存扬尘治理保证金⟧。", Power.DEPOSIT, "deposit"),
    Positive("集资", "第六条　⟦每户村民出资三百元修建进村道路⟧。", Power.LEVY, "levy"),
    Positive("基金", "第六条　各企业⟦应当缴纳价格调节基金⟧。", Power.LEVY, "levy"),
    Positive(
        "税",
        "第六条　对空置商铺⟦按月征收空置税⟧。",
        Power.TAX,
        "tax",
    ),
)

NEAR = (
    NearMiss("应当缴纳…费", "第六条　租户应当按照租赁合同约定交纳水电费。", None, "合同约定的民事费用"),
    NearMiss("物业费", "第六条　物业服务人按照合同约定收取物业费。", None, "收款人是企业"),
    NearMiss("学费", "第六条　学校应当按照规定收取学费。", None, "收款人是学校"),
    NearMiss("保险费", "第六条　用人单位应当按规定缴纳工伤保险费。", None, "社会保险"),
    NearMiss("没有条件…应当缴纳", "第六条　没有条件补种树木的，可以异地补种。", None, "没有要钱"),
    NearMiss("征收…费", "第六条　因公共利益需要征收土地的，依法给予补偿。", None, "征收土地是征收，不是收费"),
    NearMiss("征收房屋", "第六条　征收房屋的安置费用由县财政承担。", None, "出钱的是财政"),
    NearMiss("可以收取", "第六条　各部门不得收取任何费用。", Does.FORBIDS, "禁止收费"),
    NearMiss("免收", "第六条　对困难家庭免收殡葬服务费。", None, "免收"),
    NearMiss("恢复费", "第六条　路面恢复工作由县交通局负责。", None, "恢复是工作"),
    NearMiss("实行…收费制度", "第六条　县发改局应当公布收费标准。", None, "公布已有的标准"),
    NearMiss("有偿使用", "第六条　土地有偿使用合同由县自然资源局签订。", None, "合同"),
    NearMiss("一至二倍的…费", "第六条　赔偿金为实际损失的一至二倍。", None, "赔偿"),
    NearMiss("保证金", "第六条　已收取的保证金应当在十日内退还。", None, "退还"),
    NearMiss("集资", "第六条　严禁向企业摊派会费。", Does.FORBIDS, "禁止摊派"),
    NearMiss("税", "第六条　企业应当依法缴纳环境保护税。", Does.REFERS, "指向税法"),
    NearMiss("the breach", "第六条　未按照规定缴纳污水处理费的，责令限期缴纳。", None, "描述违法行为"),
    NearMiss("public money", "第六条　县财政安排资金用于支付保洁费。", None, "财政付款"),
    NearMiss("two private sides", "第六条　承租人应当向出租人支付押金。", None, "私人之间"),
    NearMiss("a reform", "第六条　全年减免行政事业性收费二百万元。", None, "减免"),
    NearMiss("a price set above", "第四条　处理费按照省发展改革委批准的标准征收。", Does.REFERS, "按批准的标准收"),
    NearMiss("agreed", "第四条　物业与业主商定每户每月清扫费十元。", None, "双方商定"),
    NearMiss("a taxpayer rewarded", "第四条　年度缴纳增值税一百万元以上的企业，奖励五万元。", None, "奖励纳税人"),
    NearMiss("the fault of a clerk", "第四条　举报窗口私下收取打印费。", None, "说的是违规收费"),
)


@pytest.mark.parametrize("row", cases(POSITIVE))
def test_words_that_ask_for_money_are_found_exactly(row: Positive) -> None:
    assert_sets(row, CHARGES)


@pytest.mark.parametrize("row", cases(NEAR))
def test_money_that_no_organ_asks_for_is_no_charge(row: NearMiss) -> None:
    assert_otherwise(row, CHARGES)


def test_a_multiple_of_a_fee_is_read_as_such() -> None:
    (act,) = acts_of("第六条　未履行植树义务的，缴纳一至二倍的绿化费。", *CHARGES)
    assert [(amount.kind, amount.low, amount.high) for amount in act.amounts] == [(AmountKind.MULTIPLE, 1, 2)]


def test_a_fee_under_a_named_article_refers() -> None:
    (act,) = acts_of("第六条　取水单位依照《中华人民共和国水法》第四十八条的规定缴纳水资源费。", *CHARGES)
    assert act.does is Does.REFERS
    assert act.basis.articles == (("中华人民共和国水法", (48, 0), 0, 0),)


def test_a_price_of_the_local_price_office_is_asked_about() -> None:
    (act,) = acts_of("第四条　进场费按照县物价局核定的标准收取。", *CHARGES)
    assert (act.does, act.grade) == (Does.SETS, Grade.WEAK)


def test_a_tax_of_ones_own_is_none_the_less_for_a_reward() -> None:
    (act,) = acts_of("第四条　外来货车应当缴纳进城税五十元，按期缴纳的给予奖励。", *CHARGES)
    assert act.power is Power.TAX


def test_the_deposit_of_a_building_contract_is_no_deposit_of_an_organ() -> None:
    assert not acts_of("第三条　工程质量保证金按结算价款的3%预留，缺陷责任期满返还。", *CHARGES)
    (act,) = acts_of("第三条　文明运输保证金按每车3000元交纳。", *CHARGES)
    assert act.power is Power.DEPOSIT


def test_social_insurance_is_no_fee_of_an_organ() -> None:
    assert not acts_of("第八条　社会保险费由税务部门征收。", *CHARGES)


def test_a_fee_for_what_everybody_must_have_is_asked_about() -> None:
    (act,) = acts_of("第四条　渔船须统一喷涂编号，编号费每船一百元。", *CHARGES)
    assert (act.power, act.does, act.grade) == (Power.FEE, Does.SETS, Grade.WEAK)
    assert not acts_of("第四条　商家可以自愿参加培训，培训费每人四百元。", *CHARGES)


def test_deposits_of_buyers_bidders_and_for_wages_are_known_to_national_law() -> None:
    assert not acts_of("第三条　竞买人应当缴纳竞买保证金五万元。", *CHARGES)
    assert not acts_of("第三条　施工总承包单位应当存储工资保证金。", *CHARGES)


def test_a_deposit_for_wages_with_a_sum_of_its_own_is_set() -> None:
    (act,) = acts_of("第三条　施工单位应当缴纳工资保证金二十万元。", *CHARGES)
    assert (act.power, act.does) == (Power.DEPOSIT, Does.SETS)
