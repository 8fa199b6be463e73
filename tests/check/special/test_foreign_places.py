"""Other places' names where one's own belongs."""

from __future__ import annotations

import pytest
from special_factory import assert_reports, values_of

LETTER = "苇湖县人民政府关于渔船的通知\n\n各乡镇人民政府：\n一、{}\n\n苇湖县人民政府\n2026年9月1日\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "⟦萧山区政府各部门⟧按照职责落实。",
        "⟦柳川县各乡镇⟧按月报送。",
        "本通知适用于⟦柳川县行政区域内⟧的渔船。",
        # one's own, the higher ones, generic words
        "苇湖县各部门、县直各单位按照职责落实。",
        "由县人民政府各部门、各县区各部门落实，报省人民政府各部门。",
        "开发区各部门、高新区各部门、社区各部门配合。",
        "本县行政区域内、全市行政区域内的渔船适用本通知。",
        # with a reason
        "借鉴萧山区政府各部门的做法。",
        "与柳川县各乡镇开展联合巡查。",
        "相邻的柳川县行政区域内的渔船不适用。",
        "执行《柳川县各乡镇渔船办法》。",
        "住址在柳川县柳树镇的船主，由户籍所在地通知。",
    ],
)
def test_places_in_a_local_document(sentence):
    assert_reports("copied_place", LETTER.format(sentence))


def test_a_city_has_districts_of_its_own():
    text = "苏州市人民政府关于渔船的通知\n\n各区人民政府：\n一、{}\n\n苏州市人民政府\n2026年9月1日\n"
    assert_reports("copied_place", text.format("吴中区各部门、昆山市各部门落实，水乡区各部门配合。"))
    assert_reports("copied_place", text.format("⟦余杭区各部门⟧落实，⟦杭州市各部门⟧配合。"))


@pytest.mark.parametrize(
    "text",
    [
        "第一条　为规范苇湖县渔船管理，制定本办法。\n第二条　⟦柳川县行政区域内⟧的渔船适用本办法。",
        "凡在苇湖县辖区内的渔船均须登记；⟦柳川县各乡镇⟧要抓好落实。",
        "为规范苇湖市渔船停泊，制定本规定。本规定由⟦柳川市⟧水利局负责解释。",
        # the place above, two places on purpose, generic words
        "为规范苇湖县渔船管理，根据《柳川市渔船办法》制定本办法。苇湖县行政区域内适用本办法。",
        "为加强苇湖县与柳川县交界水域管理，苇湖县行政区域内的渔船适用本办法。",
        "为加强苇湖镇渔船管理，苇湖县各乡镇参照执行。",
        "为加强全县渔船管理，沿河乡镇辖区内的渔船、园区范围内的渔船均须登记。",
    ],
)
def test_a_text_without_issuer_claims_one_place(text):
    assert_reports("copied_place", text)


def test_own_place_is_named():
    assert values_of("copied_place", LETTER.format("柳川县各乡镇按月报送。")) == {"own": "苇湖县"}


@pytest.mark.parametrize(
    "sentence",
    [
        "推进⟦西湖区⟧码头整治。",
        "落实《xx市渔船办法》（⟦浙政办发⟧〔xxxx〕x号）。",
        "整治码头、⟦萧山湘湖⟧国家旅游度假区水域。",
        "学习西湖区的经验。",
        "推进中心码头整治。",
    ],
)
def test_real_places_in_a_masked_document(sentence):
    assert_reports("real_place_in_masked", f"xx市渔船方案\n一、{sentence}\n二、xx市各部门配合。")


def test_a_document_that_hides_nothing_may_name_its_places():
    assert_reports("real_place_in_masked", "杭州市渔船方案\n一、推进西湖区码头整治。")
