"""Masks, blanks and titles without their place."""

from __future__ import annotations

import pytest
from special_factory import assert_reports, document_of, values_of

from draft_assist.check.special.paper import Paper
from draft_assist.check.special.placeholders import masked_words
from draft_assist.model import Kind


@pytest.mark.parametrize(
    "sentence",
    [
        "由⟦××县⟧渔政局负责。",
        "到⟦20××年⟧底完成。",
        "依照苇渔发⟦〔xxxx〕xx号⟧办理。",
        "由⟦某某局⟧负责，报⟦某县⟧人民政府。",
        "责任单位：⟦【待定】⟧。",
        "咨询电话⟦0×××-×××××××⟧。",
        "在⟦xx⟧码头设点。",
        # no masks
        "浮筒规格为3×2米，缆绳X型。",
        "王某某驾船离港。",
        "编号格式为WH-xxxx-xx。",
        "例如××渔船的登记。",
        "依照GB/T 1234—2020和PM2.5标准执行。",
        "二○○五年登记的渔船。",
    ],
)
def test_masks(sentence):
    assert_reports("masked_words", "一、任务\n" + sentence)


def test_the_first_of_each_mask_is_reported_with_their_number():
    assert values_of("masked_words", "一、由xx市渔政局负责。\n二、xx市各部门配合。") == {"count": "2"}


def test_bold_type_is_no_mask():
    text = "一、任务\n**县级渔政机构**负责。\n"
    document = document_of(text, "样例.md")
    paper = Paper(document, Kind.PLAN, document.facts.rank, document.facts.signing_date)  # type: ignore[arg-type]
    assert list(masked_words(paper)) == []


LETTER = "苇湖县渔政局关于登记的通知\n\n各乡镇：\n一、{}\n\n苇湖县渔政局\n2026年9月1日\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "⟦____⟧前报送。",
        "文号为苇渔发⟦〔2026〕  号⟧的通知继续有效。",
        "⟦联系电话：⟧",
        "自⟦2026年  月  日⟧起登记。",
        "每船补助⟦（）⟧元，期限⟦（ ）⟧个月。",
        "每船补助二百元（含税），登记（）船舶。",
        "联系电话：0731-5550123。",
        "依照苇渔发〔2026〕3号办理。",
    ],
)
def test_blanks(sentence):
    assert_reports("blanks", LETTER.format(sentence))


def test_a_form_is_blank_by_purpose():
    assert_reports("blanks", LETTER.format("按附件登记。") + "\n附件1\n渔船登记表\n船名：____　船主：____\n")
    assert_reports("masked_words", LETTER.format("按附件登记。") + "\n附件1\n登记证样式\n××县渔政局\n")


@pytest.mark.parametrize(
    "sentence",
    [
        "执行⟦《市渔船管理办法》⟧。",
        "贯彻⟦《县人民政府关于渔船的意见》⟧。",
        "执行《市场监督管理办法》《区域渔业规划》《县域商业规划》。",
        "执行《苇湖县渔船管理办法》。",
    ],
)
def test_titles_without_their_place(sentence):
    assert_reports("nameless_titles", "一、任务\n" + sentence)
