"""Which laws and articles the words of a pointer name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draft_assist.law.pointers import read_citation

WATER = "水法"


@pytest.mark.parametrize(
    ("words", "titles", "articles"),
    [
        pytest.param("依照《水法》第六条", (WATER,), ((WATER, (6, 0), 0, 0),), id="one article"),
        pytest.param("依照《水法》第一百二十条之一", (WATER,), ((WATER, (120, 1), 0, 0),), id="an inserted article"),
        pytest.param("依照《水法》第六条第二款", (WATER,), ((WATER, (6, 0), 2, 0),), id="paragraph"),
        pytest.param("依照《水法》第六条第二款第三项", (WATER,), ((WATER, (6, 0), 2, 3),), id="item"),
        pytest.param("依照《水法》第六条第（三）项", (WATER,), ((WATER, (6, 0), 0, 3),), id="item in brackets"),
        pytest.param(
            "依照《水法》第六条第一款、第三款",
            (WATER,),
            ((WATER, (6, 0), 1, 0), (WATER, (6, 0), 3, 0)),
            id="two paragraphs",
        ),
        pytest.param(
            "依照《水法》第六条、第八条", (WATER,), ((WATER, (6, 0), 0, 0), (WATER, (8, 0), 0, 0)), id="two articles"
        ),
        pytest.param(
            "依照《水法》第六条和《城市绿化条例》第九条",
            (WATER, "城市绿化条例"),
            ((WATER, (6, 0), 0, 0), ("城市绿化条例", (9, 0), 0, 0)),
            id="two laws: each article goes to the title before it",
        ),
        pytest.param("依照《水法》和《森林法》有关规定", (WATER, "森林法"), (), id="titles without articles"),
        pytest.param(
            "依照《水法》（2016年修正）第6条", (WATER,), ((WATER, (6, 0), 0, 0),), id="edition, Arabic number"
        ),
        pytest.param("依照种子法第六条", ("种子法",), (("种子法", (6, 0), 0, 0),), id="no brackets"),
        pytest.param(
            "依照水法第六条",
            (WATER,),
            ((WATER, (6, 0), 0, 0),),
            id="no brackets, a title of two characters",
        ),
        pytest.param(
            "依照《关于〈水法〉的通知》第六条",
            ("关于〈水法〉的通知",),
            (("关于〈水法〉的通知", (6, 0), 0, 0),),
            id="nested",
        ),
        pytest.param("依照第六条", (), (), id="an article of no law"),
        pytest.param("依照《水法》第十甲条", (WATER,), (), id="no numeral"),
        pytest.param("", (), (), id="nothing"),
    ],
)
def test_the_words_of_a_pointer_are_read(words, titles, articles) -> None:
    cited = read_citation(words)
    assert (cited.titles, cited.articles) == (titles, articles)


@given(
    st.lists(
        st.sampled_from(
            ["依照", "《水法》", "《", "》", "第", "六", "条", "款", "（三）", "项", "之一", "、", "和", "零", "万"]
        ),
        max_size=30,
    ).map("".join)
    | st.text(max_size=40)
)
def test_any_words_are_read_without_an_error(words) -> None:
    cited = read_citation(words)
    for title, (number, inserted), paragraph, item in cited.articles:
        assert title in cited.titles
        assert number > 0 and inserted >= 0 and paragraph >= 0 and item >= 0
