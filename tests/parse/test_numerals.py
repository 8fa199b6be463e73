"""Clause numbers and amounts."""

from __future__ import annotations

import pytest

from draft_assist.parse.numerals import read_number, read_numeral, read_percent, show_article, write_numeral


def test_every_numeral_reads_back() -> None:
    assert all(read_numeral(write_numeral(n)) == n for n in range(1, 10_000))


@pytest.mark.parametrize(
    ("writing", "number"),
    [
        ("廿一", 21),  # old style
        ("两百", 200),
        ("贰拾", 20),  # capital figures of forms and cheques
        ("一百十", 110),  # 一 left out
        ("一百〇五", 105),
        ("二〇", 20),  # digit by digit
        ("12", 12),
        ("一千零一", 1001),
    ],
)
def test_other_ways_to_write_a_number_are_read(writing: str, number: int) -> None:
    assert read_numeral(writing) == number


@pytest.mark.parametrize(
    "writing",
    [
        "",
        "十甲",  # half a number is no number
        "一百五",  # 150 or 105
        "十百",
        "零五",
        "一百零十",
        "〇",
        "0",
        "12345",  # beyond clause numbers
        "²",  # str.isdigit() says yes
    ],
)
def test_what_is_not_wholly_a_numeral_gives_none(writing: str) -> None:
    assert read_numeral(writing) is None


@pytest.mark.parametrize(
    ("writing", "value"),
    [
        ("五千", 5000),
        ("二十万", 200_000),
        ("一亿二千万", 120_000_000),
        ("十五万六千", 156_000),
        ("一万五", 15_000),  # as people say it
        ("一万零五", 10_005),
        ("三千五", 3500),
        ("一点五万", 15_000),
        ("1.5万", 15_000),
        ("3000", 3000),
        ("3,000", 3000),
        ("半", 0.5),
        ("百分之五十", 0.5),
        ("千分之二", 0.002),
        ("万分之五", 0.0005),
        ("30%", 0.3),
    ],
)
def test_amounts_are_read(writing: str, value: float) -> None:
    assert read_number(writing) == pytest.approx(value)


@pytest.mark.parametrize("writing", ["", "数万", "几百", "万", "五千元", "若干", "1.5.2"])
def test_indefinite_or_broken_amounts_give_none(writing: str) -> None:
    assert read_number(writing) is None


@pytest.mark.parametrize(
    ("writing", "percent"),
    [("百分之五十", 50.0), ("30%", 30.0), ("千分之二", 0.2), ("万分之五", 0.05), ("百分之零点五", 0.5), ("五十", None)],
)
def test_shares_are_read_as_per_cent(writing: str, percent: float | None) -> None:
    assert read_percent(writing) == percent


def test_a_number_beyond_the_clause_numbers_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="9999"):
        write_numeral(10_000)


def test_an_inserted_article_shows_its_suffix() -> None:
    assert show_article((120, 1)) == "第一百二十条之一"
