"""Sums and ranges, and whether one lies inside another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draft_assist.law.amounts import find_amounts, lies_within
from draft_assist.model import AmountKind

YUAN, TIMES, PERCENT, UNIT = AmountKind.YUAN, AmountKind.MULTIPLE, AmountKind.PERCENT, AmountKind.PER_UNIT


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        pytest.param("二百元以上二千元以下", YUAN, 200, 2000, id="range"),
        pytest.param("200元至2000元", YUAN, 200, 2000, id="range in digits"),
        pytest.param("五至十万元", YUAN, 50_000, 100_000, id="the lower bound borrows its unit"),
        pytest.param("1,500元", YUAN, 1500, 1500, id="thousands comma"),
        pytest.param("一万五千元", YUAN, 15_000, 15_000, id="fixed sum"),
        pytest.param("五百元以下", YUAN, None, 500, id="cap"),
        pytest.param("五百元以内", YUAN, None, 500, id="cap with 以内"),
        pytest.param("五千元以上", YUAN, 5000, None, id="floor"),
        pytest.param("1.5万元", YUAN, 15_000, 15_000, id="decimal"),
        pytest.param("五十块钱", YUAN, 50, 50, id="plain speech"),
        pytest.param("5千元以上1万元以下", YUAN, 5000, 10_000, id="digits and a character"),
        pytest.param("一倍以上三倍以下", TIMES, 1, 3, id="multiples"),
        pytest.param("1-3倍", TIMES, 1, 3, id="multiples in digits"),
        pytest.param("百分之五", PERCENT, 5, 5, id="percent"),
        pytest.param("百分之十以上百分之三十以下", PERCENT, 10, 30, id="percent range"),
        pytest.param("千分之二", PERCENT, 0.2, 0.2, id="per mille counts in percent"),
        pytest.param("20%", PERCENT, 20, 20, id="percent sign"),
        pytest.param("每平方米五十元", UNIT, 50, 50, id="per square metre"),
        pytest.param("每株五十元以上八十元以下", UNIT, 50, 80, id="per tree, range"),
    ],
)
def test_one_sum_is_read(text, kind, low, high) -> None:
    (amount,) = find_amounts(text)
    assert (amount.kind, amount.low, amount.high) == (kind, pytest.approx(low), pytest.approx(high))
    assert amount.span.of(text) in text and len(amount.span) > 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("三十日内", id="days"),
        pytest.param("第五百条", id="an article"),
        pytest.param("多元发展", id="元 without a number"),
        pytest.param("公元前", id="元 of an era"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_sum_is_left_out(text) -> None:
    assert find_amounts(text) == ()


def test_several_sums_come_in_order_with_the_offset_added() -> None:
    text = "处三百元罚款；再犯的，处货值二倍罚款"
    found = find_amounts(text, 100)
    assert [amount.kind for amount in found] == [YUAN, TIMES]
    assert [text[a.span.start - 100 : a.span.end - 100] for a in found] == ["三百元", "二倍"]


@pytest.mark.parametrize(
    ("inner", "outer", "inside"),
    [
        pytest.param("三百元", "二百元以上五百元以下", True, id="a sum in a range"),
        pytest.param("二百元以上五百元以下", "二百元以上五百元以下", True, id="the range itself"),
        pytest.param("一百元", "二百元以上五百元以下", False, id="below it"),
        pytest.param("六百元", "二百元以上五百元以下", False, id="above it"),
        pytest.param("一百元以上三百元以下", "二百元以上五百元以下", False, id="begins below it"),
        pytest.param("五百元以下", "二百元以上五百元以下", False, id="a cap opens below the legal minimum"),
        pytest.param("三百元以下", "五百元以下", True, id="a lower cap"),
        pytest.param("六百元以下", "五百元以下", False, id="a higher cap"),
        pytest.param("三百元以上", "五百元以下", False, id="open above"),
        pytest.param("三百元以上", "二百元以上", True, id="both open above"),
        pytest.param("二倍", "一倍以上三倍以下", True, id="multiples"),
    ],
)
def test_a_sum_lies_within_another_or_does_not(inner, outer, inside) -> None:
    assert lies_within(find_amounts(inner)[0], find_amounts(outer)[0]) is inside


@given(
    st.lists(st.sampled_from(list("一二十百千万亿半零〇两123.,元倍块以上下至到每百分之%‰株，")), max_size=30).map(
        "".join
    )
    | st.text(max_size=40)
)
def test_any_words_give_sums_that_stand_in_them_in_order(text) -> None:
    found = find_amounts(text)
    position = 0
    for amount in found:
        assert position <= amount.span.start < amount.span.end <= len(text)
        assert amount.low is not None or amount.high is not None
        position = amount.span.end
        assert lies_within(amount, amount) or (amount.low or 0) > (amount.high or float("inf")) or amount.low is None
