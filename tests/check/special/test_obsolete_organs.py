"""Dead names of organs, by the document's own day and by the day of the review."""

from __future__ import annotations

import datetime as dt

import pytest
from special_factory import assert_reports, values_of, words_of

from draft_assist.check.special.organs import organs

LETTER = "苇湖县人民政府关于渔船的通知\n\n各乡镇：\n一、{}\n\n苇湖县人民政府\n{}\n"


def letter(sentence: str, signed: str = "2026年9月1日") -> str:
    return LETTER.format(sentence, signed)


@pytest.mark.parametrize(
    "sentence",
    [
        "由县⟦工商局⟧牵头。",
        "报县政府⟦法制办⟧备案。",
        "会同县⟦监察局⟧查处。",
        "县⟦国土资源局⟧、县⟦环保局⟧、县⟦农业局⟧配合。",
        "由县⟦安监局⟧和县⟦质监局⟧检查。",
        "向⟦银监会⟧、⟦银保监局⟧报告。",
        "由⟦公安消防大队⟧检查。",
        "由公安、⟦工商⟧、⟦质监⟧等部门联合检查，⟦地税⟧部门配合。",
        "县⟦工商⟧部门、县⟦安全监管局⟧和⟦边防派出所⟧配合。",
        # names of today
        "信息产业部门、总后勤部卫生部配合，工商、税务登记由企业自行办理。",
        "公安、税务、市场监管等部门联合检查，工商登记在线办理。",
        "由县市场监督管理局、县农业农村局、县生态环境局、县自然资源局牵头。",
        "报县司法局备案，由县监察委员会调查。",
        "由县文化和旅游局、县卫生健康局、县林业局、县粮食和物资储备局配合。",
        "由县税务局、县消防救援大队、国家金融监督管理总局监管分局配合。",
        "由县委编办、县人力资源和社会保障局负责。",
        "国家煤矿安全监察局的规定、派驻监察室的意见一并办理。",
        "各监察部门、文化部门、农业部门、卫生部门配合。",
        # history and titles
        "原县工商局发的执照继续有效。",
        "县工商局撤销后，职责由县市场监督管理局承担。",
        "贯彻《国家工商行政管理总局关于渔船的通知》。",
        "依照国家工商行政管理总局令第8号办理。",
    ],
)
def test_names_that_were_dead_when_the_document_was_signed(sentence):
    assert_reports("gone_when_signed", letter(sentence))


def test_a_name_that_was_right_when_it_was_written():
    old = letter("由县工商局牵头。", "2015年9月1日")
    assert words_of("gone_when_signed", old) == []
    assert words_of("gone_since", old) == ["工商局"]
    assert "2015年9月1日" in values_of("gone_since", old)["seen"]


def test_between_reform_and_late_local_date_nothing_is_said():
    between = letter("由县工商局牵头。", "2019年3月1日")
    assert words_of("gone_when_signed", between) == []
    assert words_of("gone_since", between, as_of=dt.date(2019, 6, 1)) == []


def test_without_a_date_the_day_of_the_review_decides():
    text = "渔船登记方案\n一、由县工商局牵头。"
    assert words_of("gone_when_signed", text) == []
    assert "没有可确定的成文日期" in values_of("gone_since", text)["seen"]


def test_a_torn_date_still_tells_the_year():
    assert "2015年" in values_of("gone_since", letter("由县工商局牵头。", "2015年7月26"))["seen"]


def test_the_first_place_stands_for_all():
    assert values_of("gone_when_signed", letter("由县工商局牵头，县工商局每月通报。"))["count"] == "2"


def test_names_that_some_places_keep_are_advice_only():
    text = letter("由县乡村振兴局牵头。")
    assert words_of("gone_when_signed", text) == []
    assert words_of("gone_since", text) == ["乡村振兴局"]


@pytest.mark.parametrize("organ", organs(), ids=lambda organ: organ.name)
def test_every_entry_is_found_by_one_of_its_literals(organ):
    named = [
        part
        for part in organ.name.split("、")
        if organ.pattern.search(f"国家{part}") or organ.pattern.search(f"县{part}")
    ]
    assert named, "the name itself must match its pattern"
    assert any(literal in part for part in named for literal in organ.needs)
