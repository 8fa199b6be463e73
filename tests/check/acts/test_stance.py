"""Words that rules bring along: set, forbidden, mentioned or undone, by what stands around them."""

from __future__ import annotations

import pytest
from act_factory import acts_of, document_of

from draft_assist.check.acts.constructions import Construction, Constructions, expand
from draft_assist.check.acts.extract import find_acts
from draft_assist.model import Act, Does, Grade, Pointer, Power


def construction(words: str, power: Power = Power.RESTRICTION, **kept: object) -> Constructions:
    one = Construction(
        id="OWN-001/0", power=power, grade=Grade.CLEAR, words=(words,), lacks=(), stem="", why="测试",
    )  # fmt: skip
    return Constructions([one._replace(**kept)])


def acts(text: str, words: str = "停发{gap}补贴", power: Power = Power.RESTRICTION) -> list[Act]:
    return list(find_acts(document_of(text), construction(words, power)))


def does(text: str, **kept: object) -> list[Does]:
    return [act.does for act in acts(text, **kept)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第三条　对拒绝签字的村民停发养老补贴。", id="a verb that undoes, but the condition, not the act"),
        pytest.param("第三条　未安装防盗门的住户，停发当年补贴。", id="a condition with 未"),
        pytest.param("第三条　不得入市的商户一律停发装修补贴。", id="a modal that describes persons"),
        pytest.param("第三条　不配合清查的，由村委会停发耕地补贴。", id="plain"),
        pytest.param("第三条　凡投诉学校的家长停发午餐补贴。", id="who complains, not a complaint"),
        pytest.param("第三条　整治期间停发摊位补贴。", id="a campaign as a time"),
        pytest.param("第三条　由整治指挥部停发摊位补贴。", id="a body with a campaign in its name"),
        pytest.param("第三条　对拖欠者采取停发养老补贴的措施。", id="a measure that is to be taken"),
        pytest.param("第三条　整治内容：对无证摊主停发经营补贴。", id="the head of what a campaign does"),
        pytest.param("第三条　审计发现问题的农户停发耕地补贴。", id="who was found out"),
        pytest.param("第三条　未婚青年停发创业补贴。", id="a state of persons with 未"),
        pytest.param("第三条　群众反映问题须逐级进行，越级的停发困难补贴。", id="an order, no report"),
        pytest.param("第三条　动员两次仍不搬的，停发搬迁补贴。", id="stirred up in vain"),
    ],
)
def test_a_restriction_is_set(text) -> None:
    assert does(text) == [Does.SETS]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第三条　不得以任何理由停发养老补贴。", Does.FORBIDS),
        ("第三条　动员农户停发补贴。", Does.FORBIDS),
        ("第三条　禁止任何单位设卡，以任何名义停发运输补贴。", Does.FORBIDS),
        ("第三条　机关停发养老补贴的，由其上级机关责令改正。", Does.REPORTS),
        ("第三条　限制外地企业投标、停发其补贴的，由省人民政府责令改正。", Does.REPORTS),
        ("第三条　各村不得以未缴费为由，擅自停发耕地补贴。", Does.FORBIDS),
        ("第三条　全面纠正停发高龄补贴。", Does.FORBIDS),
        ("第三条　甲方不就停发种粮补贴作任何承诺。", Does.FORBIDS),
        ("第三条　甲方不承诺停发他人的养殖补贴。", Does.FORBIDS),
        ("第三条　以下行为属于违规限制养殖户：停发养殖补贴。", Does.REPORTS),
        ("第三条　停发补贴与缴费不挂钩。", Does.FORBIDS),
        ("第三条　无违规停发耕地补贴的情况。", Does.FORBIDS),
        ("第三条　对停发耕地补贴的行为，由镇纪委查处。", Does.REPORTS),
        ("第三条　重点检查是否停发耕地补贴。", Does.REPORTS),
        ("第三条　不得使用“停发全部补贴”一类的说法。", Does.REPORTS),
        ("第三条　今年以来累计纠正问题三件，追回后停发补贴两户。", Does.REPORTS),
        ("第三条　本办法所称制裁，是指停发各类补贴。", Does.DEFINES),
        ("第三条　依照《虚构条例》第八条停发种植补贴。", Does.REFERS),
        ("第三条　不符合条件的，依法停发低保补贴。", Does.REFERS),
        ("第三条　重点纠治以下问题：停发养老补贴，克扣工资。", Does.REPORTS),
        ("第三条　审查意见：第五条停发全部补贴没有依据。", Does.REPORTS),
        ("第三条　停发午餐补贴的两个村均已改正。", Does.REPORTS),
    ],
)
def test_the_words_around_turn_it_round(text, expected) -> None:
    assert does(text) == [expected]


def test_a_list_under_a_ban_sets_nothing() -> None:
    text = "第三条　各村不得有下列行为：\n（一）停发养老补贴；\n（二）其他行为。"
    assert does(text) == [Does.FORBIDS]


def test_a_construction_may_look_at_the_stem_itself() -> None:
    text = "第三条　有下列情形之一的，不得享受补助：\n（一）家中有人外出务工；\n（二）家中有车。"
    found = find_acts(document_of(text), construction("家中有[^，。；]{1,8}", stem="不得享受[^：]{0,8}：$"))
    assert [act.does for act in found] == [Does.SETS, Does.SETS]


def test_competition_is_not_excused_by_a_vague_pointer() -> None:
    (act,) = acts("第三条　依法优先选用本地建材。", "优先选用{local}建材", Power.COMPETITION)
    assert (act.does, act.grade, act.basis.pointer) == (Does.SETS, Grade.WEAK, Pointer.VAGUE)


def test_an_order_to_the_administration_is_not_excused_by_a_law() -> None:
    found = acts("第三条　按照《行政处罚法》要求，每月罚款不少于五万元。", "罚款不少于{n}万元", Power.DIRECTIVE)
    assert [act.does for act in found if act.power is Power.DIRECTIVE] == [Does.SETS]


def test_a_group_named_at_marks_what_is_reported() -> None:
    document = document_of("第三条　欠缴水费的，停发养老补贴。")
    (act,) = find_acts(document, construction("停发(?P<at>{gap}补贴)"))
    assert document.text_of(act.span) == "养老补贴"


def test_an_unknown_class_is_told_by_name() -> None:
    with pytest.raises(ValueError, match="nothing"):
        expand("{nothing}补贴")


# --- the classical powers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第三条　督查发现，某镇规定迟到一次罚款五十元，必须废止。", id="somebody else's rule"),
        pytest.param("第三条　取消屠宰证押金，已收的全部退还。", id="a deposit given up"),
        pytest.param("第三条　取消准运证以后，各站不得再收材料。", id="a paper given up"),
        pytest.param("第三条　没有证书同样可以接单，公司不得压价。", id="no paper is needed"),
        pytest.param("第三条　志愿者须经户主同意才可入户。", id="a private party agrees"),
        pytest.param(
            "第三条　清理下载量低的政务应用程序，使用率不足的予以关停。", id="an application of the organ's own"
        ),
        pytest.param("第三条　查封、扣押应当事先报分管领导批准。", id="procedure of a power that exists"),
        pytest.param("第三条　不得设置没有法律依据的审批。", id="a ban on permits"),
        pytest.param("第三条　赛事期间采取临时交通管制，除持有专用证件的车辆外，禁止其他车辆通行。", id="traffic"),
    ],
)
def test_what_only_looks_like_a_power_sets_none(text) -> None:
    assert Does.SETS not in {act.does for act in acts_of(text)}


def test_a_law_named_right_after_a_permit_is_its_basis() -> None:
    (act,) = acts_of("第三条　烟草制品实行专卖许可证管理，按照《虚构专卖条例》执行。", Power.PERMIT)
    assert act.does is Does.REFERS


def test_a_law_named_after_a_sum_is_no_way_out() -> None:
    (act,) = acts_of("第三条　违反规定的，处五百元罚款，按照《虚构条例》执行。", Power.PENALTY)
    assert act.does is Does.SETS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "第三条　重点纠正下列做法：\n（一）必须取得登记证，方可开业的；", id="a list of what is put right"
        ),
        pytest.param("第三条　重点纠正以文件形式收取保证金、滥发通知等问题。", id="problems that are put right"),
        pytest.param("第三条　旧有的棚屋不强制拆除。", id="not forced"),
        pytest.param("第三条　各中队全年罚没款合计不得低于三万元。", id="a target is no fine"),
    ],
)
def test_what_is_put_right_or_not_done_sets_none(text) -> None:
    assert Does.SETS not in {act.does for act in acts_of(text)}
