"""Slips of official language."""

from __future__ import annotations

import pytest
from special_factory import assert_reports, document_of, values_of

from draft_assist.check.special.slips import Slip, lexicon

SLIPS = lexicon().slips
USAGE = lexicon().usage


@pytest.mark.parametrize(
    "sentence",
    [
        "严格执行⟦罚款分离⟧制度。",
        "⟦建全⟧值班制度，做好⟦布署⟧。",
        "对失职的予以⟦撤消⟧职务。",
        "防止⟦循私舞弊⟧。",
        "这是渔船⟦的的⟧船牌。",
        # only look like it
        "构建全域渔政体系，新建全县码头，组建全员队伍，修建全部泊位。",
        "发布署名文章，全部置于码头，按装机容量收费。",
        "打折除外，关注消防，上报消息，收取销售款。",
        "拍卖标的的价款，决定和平的问题，打的的费用。",
        "交付主任签字，既使用渔船又使用货船。",
        "全部份额归集体，恢复盖章手续。",
        "执行《关于布署渔船工作的通知》。",
    ],
)
def test_wrong_words(sentence):
    assert_reports("wrong_words", "一、任务\n" + sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "⟦截止⟧2026年底完成。",
        "登记船名和⟦其它⟧事项，由⟦法人代表⟧签字。",
        "⟦登陆⟧系统查询。",
        "由渔政站处二百元⟦罚金⟧。",
        # right
        "报名截止2026年9月1日，截止日期不变，截至2026年底完成。",
        "台风登陆系统性风险较大。",
        "由人民法院判处罚金，处罚金额逐年下降。",
        "出现不良反应情况的，及时就医。",
    ],
)
def test_unusual_words(sentence):
    assert_reports("unusual_words", "一、任务\n" + sentence)


def test_what_it_should_read_is_said():
    assert values_of("unusual_words", "一、由法人代表签字，法人代表到场。") == {
        "right": "法定代表人",
        "note": "（法律用语是“法定代表人”）",
        "count": "2",
    }


@pytest.mark.parametrize(
    "text", ["一、登记⟦，，⟧检验。", "一、登记⟦、。⟧", "一、登记……，检验（船牌），挂牌。", "一、登记。”。"]
)
def test_doubled_punctuation(text):
    assert_reports("doubled_punctuation", text)


def test_the_lexicon_is_large_enough_and_holds_nothing_twice():
    words = [slip.wrong for slip in (*SLIPS, *USAGE)]
    assert len(words) >= 100
    assert len(words) == len(set(words))


@pytest.mark.parametrize("slip", [*SLIPS, *USAGE], ids=lambda slip: slip.wrong)
def test_every_slip_is_found_and_its_right_form_is_not_another_slip(slip: Slip):
    before, after = (slip.only_after or ("",))[0], (slip.only_before or ("",))[0]
    found = _found(f"一、任务\n　{before}{slip.wrong}{after}　")
    assert slip.wrong in found
    assert not _found(f"一、任务\n　{before}{slip.right}{after}　")


def _found(text: str) -> set[str]:
    value = document_of(text).text.value
    return {
        slip.wrong for slip in (*SLIPS, *USAGE) if (start := value.find(slip.wrong)) >= 0 and slip.counts(value, start)
    }
