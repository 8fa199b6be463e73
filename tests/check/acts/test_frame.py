"""The frame: masks keep every offset, sentences are cut where they end, parts know what stands before and above."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draft_assist.check.acts.frame import BREACH_MASK, TITLE_MASK, Part, find_pointers, mask, parts_of, sentences_of
from draft_assist.model import Pointer

PIECES = [
    "《水法》",
    "《",
    "》",
    "违反",
    "规定",
    "未按照",
    "；",
    "。",
    "：",
    "，",
    "\n",
    "处罚款",
    "第三条",
    "依法",
    "的",
    "甲",
]
mixed = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("《水法》", f"《{TITLE_MASK * 2}》", id="a title"),
        pytest.param("《关于〈水法〉的通知》", f"《{TITLE_MASK * 9}》", id="a title in a title"),
        pytest.param("吊销《餐饮许可证》", "吊销《餐饮许可证》", id="a certificate is a thing, no law"),
        pytest.param("违反本办法规定的", f"{BREACH_MASK * 7}的", id="违反…规定"),
        pytest.param("未按照规定清运", f"{BREACH_MASK * 5}清运", id="未按照规定"),
        pytest.param("处二百元罚款", "处二百元罚款", id="nothing to mask"),
    ],
)
def test_titles_and_breaches_are_blotted_out(text, masked) -> None:
    assert mask(text) == masked


@given(mixed | st.text(max_size=60))
def test_a_mask_keeps_the_length(text) -> None:
    assert len(mask(text)) == len(text)


def all_parts(text: str) -> list[Part]:
    return [
        part
        for sentence in sentences_of(text, 0, len(text))
        for part in parts_of(text, sentence, clause="p", stem="", stem_raw="")
    ]


@given(mixed)
def test_parts_are_exact_stretches_of_the_text_in_order(text) -> None:
    position = 0
    for part in all_parts(text):
        assert part.raw == text[part.start : part.start + len(part.raw)]
        assert part.start >= position
        assert part.sentence.start <= part.start and part.start + len(part.raw) <= part.sentence.end
        assert not set(part.raw) & set("。；\n")
        position = part.start + len(part.raw)


def test_a_part_knows_the_parts_before_it() -> None:
    text = "甲的，处罚款；乙的，处警告。丙的，没收。"
    parts = all_parts(text)
    assert [part.raw for part in parts] == ["甲的，处罚款", "乙的，处警告", "丙的，没收"]
    assert [part.lead for part in parts] == ["", "甲的，处罚款；", ""]
    assert parts[1].context == "甲的，处罚款；"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        pytest.param("依照《水法》第六条处理", Pointer.NAMED_ARTICLE, id="title and article"),
        pytest.param("依照《水法》有关规定处理", Pointer.NAMED_LAW, id="title alone"),
        pytest.param("依照治安管理处罚法第六条处理", Pointer.NAMED_ARTICLE, id="no brackets"),
        pytest.param("依照本办法第六条处理", Pointer.OWN, id="this document"),
        pytest.param("依照前款规定处理", Pointer.OWN, id="the paragraph before"),
        pytest.param("按照国家有关规定处理", Pointer.VAGUE, id="the state's rules"),
        pytest.param("依法处理", Pointer.VAGUE, id="依法"),
        pytest.param("由镇政府处理", None, id="no pointer"),
        pytest.param("违法建设的", None, id="违法 is no 依法"),
        pytest.param("凭收据领取", None, id="据 in 收据"),
        pytest.param("按月公布", None, id="按 of a measure"),
    ],
)
def test_pointers_are_told_apart(words, kind) -> None:
    assert [pointer.kind for pointer in find_pointers(mask(words))] == ([] if kind is None else [kind])
