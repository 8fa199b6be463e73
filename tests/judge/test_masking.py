"""Numbers of persons on their way to a model and back."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draft_assist.judge.masking import Mask
from draft_assist.judge.personal import PersonalKind, find_personal


def with_check_digit(first_17: str) -> str:
    """A 身份证号 out of its first 17 digits, by the formula of the standard (weights 2**17 … 2**1 modulo 11)."""
    rest = (12 - sum(int(one) * 2 ** (17 - i) for i, one in enumerate(first_17))) % 11
    return first_17 + ("X" if rest == 10 else str(rest))


def with_luhn_digit(first: str) -> str:
    """A card number out of all its digits but the last."""
    total = 0
    for i, one in enumerate(reversed(first)):
        value = int(one) * (2 if i % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return first + str(-total % 10)


IDENTITY = with_check_digit("33018519870412003")
IDENTITY_X = next(one for one in (with_check_digit(f"3301851987041200{i}") for i in range(10)) if one.endswith("X"))
CARD = with_luhn_digit("622202123456789012")
CARD_16 = with_luhn_digit("411111111111111")
FULL_WIDTH = str.maketrans("0123456789X@", "０１２３４５６７８９Ｘ＠")


def in_fours(digits: str) -> str:
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (IDENTITY, "身份证"),
        (IDENTITY_X, "身份证"),
        (IDENTITY_X.lower(), "身份证"),
        (IDENTITY_X.translate(FULL_WIDTH), "身份证"),
        (f"{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}", "身份证"),
        (" ".join(IDENTITY_X), "身份证"),
        (f"{IDENTITY[:9]}\u200b{IDENTITY[9:]}", "身份证"),
        (f"{IDENTITY[:10]}\n{IDENTITY[10:]}", "身份证"),  # broken by the page's edge
        (with_check_digit("81000019900307121"), "身份证"),  # 港澳台居民居住证 has the same form
        ("330185870412003", "身份证"),  # 15 digits, no check digit
        ("13800138000", "手机号"),
        ("１３８００１３８０００", "手机号"),
        ("138-0013-8000", "手机号"),
        ("138 0013 8000", "手机号"),
        ("138.0013.8000", "手机号"),
        ("138\u30000013\u30008000", "手机号"),
        ("1380013\u200d8000", "手机号"),
        ("13800 138000", "手机号"),
        ("1 3 8 0 0 1 3 8 0 0 0", "手机号"),
        ("+8613800138000", "手机号"),
        ("+86 138 0013 8000", "手机号"),
        ("0086-138-0013-8000", "手机号"),
        ("８６ 13800138000", "手机号"),
        (CARD, "银行卡"),
        (in_fours(CARD), "银行卡"),
        (CARD.translate(FULL_WIDTH), "银行卡"),
        ("\u2060".join(CARD), "银行卡"),
        (f"{CARD[:6]} {CARD[6:]}", "银行卡"),
        (CARD_16, "银行卡"),
        (in_fours(CARD_16), "银行卡"),
        (in_fours(CARD_16).replace(" ", "-"), "银行卡"),
        ("zhang_san@qingyu.example", "邮箱"),
        ("zhang.san＠mail.qingyu.example", "邮箱"),
    ],
)
def test_a_number_between_chinese_characters_is_hidden(words, kind):
    mask = Mask()
    text = f"联系人是{words}的本人，第一条规定照办。"
    assert mask.hide(text) == f"联系人是〔{kind}1〕的本人，第一条规定照办。"
    assert mask.restore(mask.hide(text)) == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("护照号码：E12345678。", "护照号码：〔证件号1〕。"),
        ("持来往内地通行证H12345678的", "持来往内地通行证〔证件号1〕的"),
        ("台胞证号12345678", "台胞证号〔证件号1〕"),
        ("香港居民身份证号Z123456(7)", "香港居民身份证号〔证件号1〕"),
        ("身份证号330185198704120030，末位写错也是本人", "身份证号〔身份证1〕，末位写错也是本人"),
        ("补贴卡号：123456789012345，由镇核对", "补贴卡号：〔银行卡1〕，由镇核对"),
        ("tel13800138000", "tel〔手机号1〕"),
        ("3.13800138000", "3.〔手机号1〕"),
        ("张某\t13800138000\t2\n李某\t13900139000\t3", "张某\t〔手机号1〕\t2\n李某\t〔手机号2〕\t3"),
        ("13800138000 13900139000 138-0013-8000", "〔手机号1〕 〔手机号2〕 〔手机号1-2〕"),
        (f"{IDENTITY}/13800138000", "〔身份证1〕/〔手机号1〕"),
    ],
    ids=lambda text: text[:12],
)
def test_what_a_label_or_a_neighbour_tells(text, hidden):
    mask = Mask()
    assert mask.hide(text) == hidden
    assert mask.restore(hidden) == text


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码91330185MA2G1K9X0B",
        f"统一社会信用代码：{CARD[:18]}",
        "依照青榆发〔2026〕13号第138条",
        "到2026年12月31日，2026-01-01至2026-12-31，1990-01-01",
        "总投资13800138000元，其中13900139000.50元为自筹",
        "年产15012345678吨，服务13912345678人次",
        f"合同价款￥{CARD_16}",
        "项目代码：2604-330185-04-01-138001",
        "项目编号：13800138000",
        "份号000138",
        f"登记编号：{CARD}",
        "咨询电话0571-88001234，投诉请拨12345，客服400-800-1234",
        "《行政处罚法》第十六条、第29条",
        "地址139.224.10.255",
        "设备A1B13800138000C",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
        "2021 2022 2023 2024 2025 2026",
        "",
        "〔2026〕",
    ],
    ids=lambda text: text[:12],
)
def test_codes_sums_and_dates_are_let_be(text):
    assert Mask().hide(text) == text


def test_the_same_number_has_the_same_placeholder_in_every_text_of_a_mask():
    mask = Mask()
    assert mask.hide("甲13800138000") == "甲〔手机号1〕"
    assert mask.hide("乙13900139000") == "乙〔手机号2〕"
    assert mask.hide("丙13800138000") == "丙〔手机号1〕"
    assert Mask().hide("乙13900139000") == "乙〔手机号1〕"


def test_a_quote_with_a_placeholder_gives_the_words_of_the_clause_back():
    mask = Mask()
    mask.hide("报名请致电138 0013 8000，或者发邮件。")
    assert mask.restore("“报名请致电〔手机号1〕”应当删去，〔手机号1〕是个人号码") == (
        "“报名请致电138 0013 8000”应当删去，138 0013 8000是个人号码"
    )


def test_placeholders_that_were_never_given_stay():
    mask = Mask()
    mask.hide("13800138000")
    assert (
        mask.restore("〔手机号2〕〔银行卡1〕〔手机号1-2〕〔手机号〕〔2026〕")
        == "〔手机号2〕〔银行卡1〕〔手机号1-2〕〔手机号〕〔2026〕"
    )


def test_a_placeholder_that_the_document_wrote_itself_is_not_taken_for_one():
    mask = Mask()
    text = "〔手机号1〕请拨13800138000，〔原文1〕〔手机号13800138000〕"
    hidden = mask.hide(text)
    assert hidden.startswith("〔原文1〕请拨〔手机号1〕，〔原文2〕")
    assert "13800138000" not in hidden
    assert mask.restore(hidden) == text
    assert mask.restore("〔手机号1〕") == "13800138000"


def test_many_threads_share_a_mask():
    mask = Mask()
    texts = [
        f"第{i}户，电话{13_000_000_000 + i % 50}，卡号{with_luhn_digit(f'62220212345678{i % 70:04}')}"
        for i in range(600)
    ]
    with ThreadPoolExecutor(8) as pool:
        hidden = list(pool.map(mask.hide, texts))
    assert [mask.restore(one) for one in hidden] == texts
    assert len({one.split("电话")[1].split("，")[0] for one in hidden}) == 50


def test_long_rows_of_figures_take_no_long_time():
    text = "13 5 27 900 " * 2_000 + "\u200b" * 20_000 + "1" * 50_000 + "a@" * 5_000
    started = time.monotonic()
    assert find_personal(text) == []
    assert time.monotonic() - started < 5  # a third of a second on a slow processor


def test_a_number_broken_by_a_line_end_comes_back_into_an_answer_in_json():
    mask = Mask()
    words = f"{IDENTITY[:10]}\n{IDENTITY[10:]}"
    answer = mask.hide(f'{{"quote": "证号{words}的", "other": "〔身份证9〕"}}')
    assert json.loads(mask.restore_json(answer)) == {"quote": f"证号{words}的", "other": "〔身份证9〕"}


# --- whatever the text ----------------------------------------------------------------------------------------------

GAPS = st.sampled_from(["", " ", "-", "\u200b", "\u3000", "\u2060"])
NUMBERS = st.one_of(
    st.integers(3 * 10**9, 10**10 - 1).map(lambda n: f"1{n}"),
    st.integers(0, 10**12 - 1).map(lambda n: with_luhn_digit(f"622848{n:012}")),
    st.tuples(st.integers(1900, 2020), st.integers(1, 12), st.integers(1, 28), st.integers(0, 999)).map(
        lambda day: with_check_digit("330185{:04}{:02}{:02}{:03}".format(*day))
    ),
)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A number, and a way of writing it: plain, full-width, or with one kind of gap after every so many digits."""
    number = draw(NUMBERS)
    gap, step = draw(GAPS), draw(st.sampled_from([1, 4, 30]))
    if len(number) == 11 and step == 4:
        words = gap.join((number[:3], number[3:7], number[7:]))
    else:
        words = gap.join(number[i : i + step] for i in range(0, len(number), step))
    return number, words.translate(FULL_WIDTH) if draw(st.booleans()) else words


PIECES = st.one_of(
    st.text(max_size=6),
    written().map(lambda one: one[1]),
    st.sampled_from(
        ["〔手机号", "〔原文1〕", "〕", "-", " ", "X", "号", "a@b.cn", "\u200b", "\n", "1", "138", "账号", "护照", "元"]
    ),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_hiding_and_restoring_gives_any_text_back_and_leaves_nothing(text):
    mask = Mask()
    hidden = mask.hide(text)
    assert mask.restore(hidden) == text
    assert find_personal(hidden) == []


@settings(max_examples=300, deadline=None)
@given(
    written(),
    st.sampled_from(["户主", "电话：", "（", "手机号", "、"]),
    st.sampled_from(["，", "）", "的", "。", "转"]),
)
def test_a_number_however_written_does_not_go_out(one, before, after):
    number, words = one
    hidden = Mask().hide(f"甲村{before}{words}{after}乙村")
    assert hidden.startswith(f"甲村{before}〔") and hidden.endswith(f"1〕{after}乙村")
    assert not any(digit in hidden.translate({v: k for k, v in FULL_WIDTH.items()}) for digit in number if digit != "1")
    assert any(kind in hidden for kind in PersonalKind)
