"""Imposing or mentioning, forbidding, reporting, disciplining, defining: what else a clause may do with a power."""

from __future__ import annotations

import pytest
from act_factory import acts_of

from draft_assist.model import Does, Power


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第三条　处五百元罚款的，由两名执法人员办理。", id="followed by 的"),
        pytest.param("第三条　被处以罚款的当事人可以分期缴款。", id="preceded by 被"),
        pytest.param("第三条　曾被吊销许可证的企业应当报告整改情况。", id="preceded by 曾"),
        pytest.param("第三条　受到吊销许可证处罚的企业应当停止宣传。", id="preceded by 受到"),
        pytest.param("第三条　吊销许可证的决定应当书面作出。", id="followed by 的决定"),
        pytest.param("第三条　全县共办理案件三十二件，罚款二十万元。", id="a report of work done"),
        pytest.param(
            "第三条　本年度共作出罚款决定三十二件，罚款二十万元。",
            id="a report of decisions made",
        ),
        pytest.param("第三条　取消行政许可十二项，推进相对集中行政处罚权改革。", id="a reform"),
    ],
)
def test_a_mention_imposes_nothing(text) -> None:
    assert Does.SETS not in {act.does for act in acts_of(text)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第三条　执法人员不得处以法定幅度以外的罚款。", id="a fine"),
        pytest.param("第三条　各部门不得自行设立许可、处罚和收费事项。", id="setting powers"),
        pytest.param("第三条　不得扣押与案件无关的财物。", id="seizure"),
        pytest.param("第三条　各部门不得收取任何费用。", id="charging"),
        pytest.param("第三条　严禁向企业摊派。", id="levying"),
    ],
)
def test_a_ban_on_the_administration_is_the_opposite_of_setting(text) -> None:
    assert {act.does for act in acts_of(text)} <= {Does.FORBIDS}


@pytest.mark.parametrize(
    ("text", "does"),
    [
        pytest.param("第三条　对失职人员给予警告、记过处分。", Does.DISCIPLINES, id="warning beside 记过"),
        pytest.param("第三条　对国家工作人员给予警告处分。", Does.DISCIPLINES, id="warning of an official"),
        pytest.param("第三条　机关工作人员迟到的，予以通报批评。", Does.DISCIPLINES, id="criticism of staff"),
        pytest.param("第三条　对摊主给予警告，并处二百元罚款。", Does.SETS, id="warning beside a fine"),
        pytest.param("第三条　对公司的主要负责人给予警告，并处一万元罚款。", Does.SETS, id="head of a company"),
        pytest.param("第三条　对企业通报批评，并处三千元罚款。", Does.SETS, id="criticism beside a fine"),
    ],
)
def test_warnings_and_criticism_are_discipline_or_penalty_by_their_company(text, does) -> None:
    found = [act for act in acts_of(text) if act.kind in ("warning", "public_criticism")]
    assert [act.does for act in found] == [does]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第三条　构成犯罪的，依法追究刑事责任。", id="criminal"),
        pytest.param("第三条　造成损失的，依法承担赔偿责任。", id="civil"),
        pytest.param("第三条　罚款，是指责令缴纳一定数额金钱的处罚。", id="definition"),
    ],
)
def test_other_branches_of_law_and_definitions_set_nothing(text) -> None:
    assert Does.SETS not in {act.does for act in acts_of(text)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第三条　《烟花爆竹禁止未经许可经营规定》由县应急局解释。", id="a permit in a title"),
        pytest.param("第三条　《关于没收违法建筑和查封违法场所的通知》继续有效。", id="measures in a title"),
        pytest.param("第三条　按照《机动车停放收费管理办法》公布泊位。", id="a charge in a title"),
        pytest.param("第三条　供应商应当批量进货，准时送达。", id="应 in 供应, 批 and 准 apart"),
        pytest.param("第三条　经营户、经办人和财经记者可以旁听。", id="经 in 经营, 经办, 财经"),
        pytest.param("第三条　气象预报、情报、报告由县气象局发布。", id="报 in 预报, 情报, 报告"),
        pytest.param("第三条　办事处处理来信，处于首位的是时效。", id="处 in 办事处, 处理, 处于"),
    ],
)
def test_titles_and_single_characters_inside_other_words_name_no_power(text) -> None:
    assert acts_of(text) == ()


@pytest.mark.parametrize(
    ("stem", "items", "does"),
    [
        pytest.param(
            "任何单位和个人不得有下列行为：", ("查封他人店铺；", "扣押他人车辆。"), Does.FORBIDS, id="不得有下列行为"
        ),
        pytest.param(
            "行政机关不得有下列行为：",
            ("向企业收取赞助费；", "强行拆除合法建筑。"),
            Does.FORBIDS,
            id="the same for organs",
        ),
        pytest.param(
            "工作人员有下列情形之一的，给予处分：",
            ("违法实施罚款的；", "违法扣押财物的。"),
            Does.REPORTS,
            id="给予处分",
        ),
        pytest.param(
            "本办法所称行政强制，是指：",
            ("查封经营场所；", "扣押财物。"),
            Does.DEFINES,
            id="是指",
        ),
    ],
)
def test_a_stem_turns_its_items(stem, items, does) -> None:
    text = f"第十条　{stem}\n（一）{items[0]}\n（二）{items[1]}"
    read = {act.does for act in acts_of(text)}
    assert Does.SETS not in read
    assert read <= {does}


def test_papers_to_hand_in_are_no_permits() -> None:
    text = "第十条　申请占道许可的，应当提交下列材料：\n（一）营业执照；\n（二）镇政府同意的证明。"
    assert Does.SETS not in {act.does for act in acts_of(text)}


def test_punished_as_follows_does_not_turn_the_items_that_follow() -> None:
    text = "第十条　乱设摊点的，按照下列规定处罚：\n（一）初次发现的，处五十元罚款；\n（二）再犯的，处二百元罚款。"
    fines = [act for act in acts_of(text, Power.PENALTY) if act.kind == "fine"]
    assert [(act.does, act.clause) for act in fines] == [
        (Does.SETS, "art-10.par-1.item-1"),
        (Does.SETS, "art-10.par-1.item-2"),
    ]


def test_a_stem_with_the_sanction_carries_it_for_items_that_only_name_the_conduct() -> None:
    text = "第十条　有下列情形之一的，由县城管局处二百元罚款：\n（一）在桥面设摊的；\n（二）向河道倾倒灰渣的。"
    (act,) = acts_of(text)
    assert (act.does, act.kind) == (Does.SETS, "fine")
    assert act.clause == "art-10.par-1"
