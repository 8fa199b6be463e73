"""How the provisions that a citation names are read: lists, ranges, elided words."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draft_assist.law.provisions import Provision, read_provisions
from draft_assist.parse.numerals import write_numeral


def named(text: str) -> list[tuple[str, str]]:
    """Words and key (with ~ for a range, ? for what cannot be read) of each provision."""
    found, _ = read_provisions(text, 0, len(text))
    return [
        (
            one.span.of(text),
            (one.first.key() if one.first else "×" if one.masked else "?") + (f"~{one.last.key()}" if one.last else ""),
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("第十条第二款第（三）项", [("第十条第二款第（三）项", "10.2.3")], id="all three levels"),
        pytest.param("第十条第二款第三项第1目", [("第十条第二款第三项第1目", "10.2.3.1")], id="subitem"),
        pytest.param("第一百二十条之一", [("第一百二十条之一", "120-1")], id="inserted article"),
        pytest.param("第十条之一、之二", [("第十条之一", "10-1"), ("之二", "10-2")], id="two inserted articles"),
        pytest.param("第 15 条", [("第 15 条", "15")], id="Arabic with spaces"),
        pytest.param("第二十三、二十四条", [("第二十三", "23"), ("二十四条", "24")], id="elided 条"),
        pytest.param("第十条第一、三款", [("第十条第一", "10.1"), ("三款", "10.3")], id="elided 款"),
        pytest.param("第十条第（一）（三）项", [("第十条第（一）", "10..1"), ("（三）项", "10..3")], id="items run on"),
        pytest.param("第十条第一款、第三款", [("第十条第一款", "10.1"), ("第三款", "10.3")], id="paragraphs share"),
        pytest.param(
            "第十条、第十二条第二款", [("第十条", "10"), ("第十二条第二款", "12.2")], id="articles do not share"
        ),
        pytest.param("第十条至第十五条", [("第十条至第十五条", "10~15")], id="range of articles"),
        pytest.param("第七条第二款至第四款", [("第七条第二款至第四款", "7.2~7.4")], id="range of paragraphs"),
        pytest.param(
            "第十条第（一）至（三）项", [("第十条第（一）至（三）项", "10..1~10..3")], id="range inside one word"
        ),
        pytest.param("第三章", [("第三章", "ch3")], id="chapter"),
        pytest.param("第××条", [("第××条", "×")], id="masked"),
        pytest.param("第十百条", [("第十百条", "?")], id="no numeral"),
        pytest.param("第十条第十一条", [("第十条", "10")], id="two headings run together are no list"),
        pytest.param("第三条道路", [], id="a way, not an article"),
        pytest.param("第五条例", [], id="a regulation, not an article"),
    ],
)
def test_each_provision_has_its_words(text, expected) -> None:
    assert named(text) == expected


@given(st.integers(1, 999), st.integers(1, 20), st.integers(1, 20))
def test_what_is_shown_reads_back(article, paragraph, item) -> None:
    provision = Provision(article=(article, 0), paragraph=paragraph, item=item)
    assert named(provision.show()) == [(provision.show(), f"{article}.{paragraph}.{item}")]


@given(st.text(alphabet="第条款项目章一二三十百（）、和至到之12 ×《》\n", max_size=40))
def test_no_input_raises_and_words_lie_in_order(text) -> None:
    found, end = read_provisions(text, 0, len(text))
    assert end <= len(text)
    spans = [one.span for one in found]
    assert all(0 <= one.start < one.end <= end for one in spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))


def test_numbers_up_to_the_longest_code_are_read() -> None:
    assert all(named(f"第{write_numeral(n)}条") == [(f"第{write_numeral(n)}条", str(n))] for n in range(1, 1300))
