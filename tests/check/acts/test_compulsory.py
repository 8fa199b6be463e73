"""Wording families of compulsory measures and execution, with and without the word 强制."""

from __future__ import annotations

import pytest
from act_factory import COMPULSION, NearMiss, Positive, acts_of, assert_otherwise, assert_sets, cases

from draft_assist.model import Does, Grade, Power

COMPULSORY, EXECUTION = Power.COMPULSORY, Power.EXECUTION

POSITIVE = (
    Positive("查封", "第七条　执法人员⟦可以查封经营场所⟧。", COMPULSORY, "seal"),
    Positive("扣押", "第七条　执法人员⟦可以扣押违法物品⟧。", COMPULSORY, "seize"),
    Positive("强行拆除", "第七条　逾期不拆的，⟦由镇政府强行拆除⟧。", EXECUTION, "demolish"),
    Positive("强制卸载", "第七条　⟦对超限车辆实施强制卸载⟧。", EXECUTION, "clear_obstacle"),
    Positive(
        "代为…费用由…承担",
        "第七条　逾期不清理的，⟦由县城管局代为清理，费用由违法者承担⟧。",
        EXECUTION,
        "substitute_performance",
    ),
    Positive(
        "组织…所需费用由…",
        "第七条　拒不清运的，⟦由镇政府组织清运，所需费用由建设单位承担⟧。",
        EXECUTION,
        "substitute_performance",
    ),
    Positive(
        "封闭 at his cost",
        "第七条　逾期不履行的，⟦由镇政府封闭取水口，费用由取水人承担⟧。",
        EXECUTION,
        "substitute_performance",
    ),
    Positive("加收滞纳金", "第七条　逾期不缴的，⟦每日加收千分之五的滞纳金⟧。", EXECUTION, "surcharge"),
    Positive("停水停电", "第七条　拒不搬离的，⟦停水停电⟧。", EXECUTION, "cut_utilities"),
    Positive("强行带离", "第七条　⟦对不听劝阻的人员强行带离现场⟧。", COMPULSORY, "restrict_person"),
    Positive("约束", "第七条　⟦对醉酒闹事的人员予以强制约束⟧。", COMPULSORY, "restrict_person"),
    Positive("拖移", "第七条　违停车辆⟦由交警大队强行拖移⟧。", COMPULSORY, "seize"),
    Positive("通知银行扣缴", "第七条　拒不缴款的，⟦通知银行从其账户扣缴⟧。", EXECUTION, "transfer_deposit"),
    Positive("拍卖抵缴", "第七条　扣押的物品⟦依法拍卖抵缴罚款⟧。", EXECUTION, "auction", Grade.WEAK),
    Positive("依法强制拆除", "第七条　逾期未改的，⟦依法强制拆除⟧。", EXECUTION, "demolish", Grade.WEAK),
    Positive(
        "somebody hired",
        "第七条　店招到期未拆的，⟦雇人拆除⟧。",
        Power.EXECUTION,
        "demolish",
        Grade.WEAK,
    ),
)

NEAR = (
    NearMiss("查封扣押", "第七条　不得查封、扣押与违法行为无关的财物。", Does.FORBIDS, "禁止行政机关"),
    NearMiss("查封", "第七条　查封期限不得超过三十日。", None, "程序"),
    NearMiss("扣押", "第七条　被扣押的车辆由县交警大队保管。", None, "“被扣押”是已有的事实"),
    NearMiss(
        "暂扣",
        "第七条　暂扣车辆的停放场所由县交警大队公布。",
        None,
        "公布停放场所",
    ),
    NearMiss("强行拆除", "第七条　县政府可以申请人民法院强制执行。", Does.REPORTS, "执行的是法院"),
    NearMiss(
        "强制拆除 by a court",
        "第七条　县法院强制拆除违法建筑前应当公告。",
        None,
        "执行的是法院",
    ),
    NearMiss(
        "强制拆除 as work",
        "第七条　开展强制拆除工作的执法人员应当出示证件。",
        None,
        "规定执法人员的义务",
    ),
    NearMiss("强制卸载", "第七条　严格执行强制性国家标准。", None, "标准"),
    NearMiss("own removal", "第七条　退出的两家在六月底前把单车全部收走。", None, "企业收走自己的车辆"),
    NearMiss("a contract that ends", "第七条　系统到期不再续费，数据由新平台接手迁移。", None, "合同到期"),
    NearMiss("pay of staff", "第七条　整改费用由责任人承担，从工资卡中划扣。", None, "对内部人员的惩戒"),
    NearMiss("代为…费用由…承担", "第七条　代为销售农产品的费用由双方约定。", None, "民事委托"),
    NearMiss(
        "代为 by a company",
        "第七条　业主逾期未清理的，由物业企业代为清理，费用由业主承担。",
        None,
        "物业企业不是行政机关",
    ),
    NearMiss("组织…所需费用由…", "第七条　组织志愿者清理河道，所需费用由县财政承担。", None, "费用由财政承担"),
    NearMiss("加收滞纳金", "第七条　滞纳金的减免由税务机关决定。", None, "减免"),
    NearMiss("停水停电", "第七条　县供电公司因检修停水停电的，应当提前公告。", None, "检修"),
    NearMiss("强行带离", "第七条　强行推销商品的，由消费者协会受理投诉。", None, "强行的是商家"),
    NearMiss("约束", "第七条　建立约束机制，规范执法行为。", None, "约束的是执法"),
    NearMiss("拖移", "第七条　拖移车辆不得向当事人收取费用。", None, "程序"),
    NearMiss("通知银行扣缴", "第七条　银行代扣水费须经用户签约。", None, "用户自愿"),
    NearMiss("拍卖抵缴", "第七条　罚没物品的拍卖款上缴县级国库。", None, "收入去向"),
    NearMiss("a surcharge spared", "第七条　对困难企业缓缴的税款，不加收滞纳金。", None, "不收"),
    NearMiss("a benefit cut", "第七条　扣除该户当年的生态补偿资金和耕地补贴。", None, "减的是补贴，另有规则"),
    NearMiss("冻结 a household", "第七条　冻结其户籍迁移。", None, "冻结的不是财产"),
    NearMiss("costs of quarantine", "第七条　集中隔离产生的费用由政府承担。", None, "说的是费用"),
    NearMiss("代为 by wish", "第七条　户主逾期未出租的，可以委托合作社代为出租。", None, "户主自愿委托"),
)


@pytest.mark.parametrize("row", cases(POSITIVE))
def test_words_that_compel_are_found_exactly(row: Positive) -> None:
    assert_sets(row, COMPULSION)


@pytest.mark.parametrize("row", cases(NEAR))
def test_words_that_only_sound_compelling_compel_nobody(row: NearMiss) -> None:
    assert_otherwise(row, COMPULSION)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        pytest.param(
            "第七条　到期不缴的，每日按罚款数额的3%加处罚款，总额以罚款数额为限。",
            Grade.HINT,
            id="rate and cap of the law: restated",
        ),
        pytest.param(
            "第七条　到期不缴的，每日按罚款数额的3%加处罚款。", Grade.WEAK, id="rate of the law, cap left out"
        ),
        pytest.param(
            "第七条　到期不缴的，每日按罚款数额的百分之五加处罚款。", Grade.CLEAR, id="beyond the rate of the law"
        ),
        pytest.param("第七条　逾期不交卫生费的，按日加收百分之一的滞纳金。", Grade.CLEAR, id="on a payment of its own"),
        pytest.param(
            "第七条　到期不缴罚款的，每日加处3%的罚款，加处罚款总额不得超过罚款本数。",
            Grade.HINT,
            id="the rate before the fine, its cap told as a sum",
        ),
        pytest.param(
            "第七条　到期不缴的，每日按13%加处罚款。", Grade.CLEAR, id="a rate that ends in the digits of the law"
        ),
    ],
)
def test_a_restated_surcharge_is_graded_by_its_limits(text, grade) -> None:
    found = [act for act in acts_of(text, EXECUTION) if act.does is Does.SETS]
    assert [(act.kind, act.grade) for act in found] == [("surcharge", grade)]


def test_a_surcharge_is_no_fine() -> None:
    assert acts_of("第七条　到期不缴的，每日按罚款数额的3%加处罚款。", Power.PENALTY) == ()


def test_a_demolition_under_a_named_article_refers() -> None:
    text = "第七条　逾期未拆的，由县政府依照《中华人民共和国城乡规划法》第六十八条的规定强制拆除。"
    (act,) = acts_of(text, *COMPULSION)
    assert act.does is Does.REFERS
    assert act.basis.articles == (("中华人民共和国城乡规划法", (68, 0), 0, 0),)


def test_a_benefit_taken_in_payment_is_a_transfer() -> None:
    (act,) = acts_of("第七条　拒缴罚款的，由村委会扣除其耕地补贴抵缴。", *COMPULSION)
    assert act.power is Power.EXECUTION
