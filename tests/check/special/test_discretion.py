"""Bands of discretion against each other, and against an invented law."""

from __future__ import annotations

import pytest
from cited_factory import LAW, assert_cited, cited_spots

HEAD = ("违法行为", "处罚依据", "裁量阶次", "适用条件", "处罚幅度")
FISHING = "《渡口苇荡法》第二十条"


def table(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> str:
    """A Markdown table; an empty cell is one that is merged with the cell above."""
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ("---",) * len(head), *rows))


def tiers(*bands: tuple[str, str], basis: str = FISHING) -> str:
    """A table of one offence whose first row alone names it and the basis."""
    return table(
        *(("下网捕捞" if not i else "", basis if not i else "", tier, "", band) for i, (tier, band) in enumerate(bands))
    )


SOUND = tiers(
    ("轻微", "处1000元以上3000元以下罚款"),
    ("一般", "处3000元以上7000元以下罚款"),
    ("严重", "处7000元以上1万元以下罚款"),
)


@pytest.mark.parametrize("check", ["band_above_law", "band_below_law", "band_gap", "band_overlap"])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SOUND, id="tiers that fill the range"),
        pytest.param(
            tiers(("轻微", "处1000元以上不满3000元罚款"), ("严重", "处3000元以上（含3000元），1万元以下罚款")),
            id="bounds said in words",
        ),
        pytest.param(
            tiers(("轻微", "处3000元以下罚款"), ("严重", "处3000元以上5000元以下罚款"), basis=""), id="no basis"
        ),
        pytest.param(
            tiers(("减轻", "处500元以上900元以下罚款"), ("从轻", "处1000元以上4000元以下罚款")),
            id="reduced below the range",
        ),
        pytest.param(tiers(("不予处罚", "不予处罚"), ("一般", "处1000元以上4000元以下罚款")), id="no penalty first"),
        pytest.param(
            table(
                ("下网捕捞", FISHING, "轻微", "", "处1000元以上5000元以下罚款"),
                ("夜间捕捞", FISHING, "轻微", "", "处2000元以上3000元以下罚款"),
                ("夜间捕捞", FISHING, "严重", "", "处3000元以上1万元以下罚款"),
            ),
            id="two offences",
        ),
        pytest.param(
            tiers(
                ("轻微", "对个人处200元以上900元以下罚款，对单位处1万元以上2万元以下罚款"),
                ("严重", "对个人处900元以上2000元以下罚款，对单位处2万元以上5万元以下罚款"),
                basis="《渡口苇荡法》第二十五条",
            ),
            id="persons and units apart",
        ),
        pytest.param(
            tiers(("轻微", "处法定幅度30%以下罚款"), ("严重", "处法定幅度70%以上罚款")), id="shares of the range"
        ),
        pytest.param(
            "第九条　阻挠渡船检查的，可以并处一千元以下罚款；情节较轻的，处五百元以下罚款。",
            id="the milder case comes last",
        ),
        pytest.param("三、占道的，情节轻微的，处五十元罚款；情节严重的，处二百元罚款。", id="fixed sums"),
        pytest.param("| 类别 | 数额 |\n| --- | --- |\n| 罚款收入 | 3万元 |\n", id="a table of something else"),
        pytest.param("渡工发现乘客落水的，应当立即停船施救。", id="no table"),
        pytest.param(
            tiers(("轻微", "处1000元以上3000元以下罚款（每多一网增加200元）"), ("严重", "处3000元以上1万元以下罚款")),
            id="steps inside a band",
        ),
    ],
)
def test_sound_bands_say_nothing(check, text) -> None:
    assert_cited(check, text, "样例.md")


@pytest.mark.parametrize(
    ("check", "text"),
    [
        pytest.param(
            "band_above_law",
            tiers(("一般", "处1000元以上6000元以下罚款"), ("严重", "处⟦6000元以上2万元以下⟧罚款")),
            id="a table with merged cells",
        ),
        pytest.param(
            "band_above_law",
            "依据《渡口苇荡法》第二十一条，标准如下：\n"
            + table(("轻微", "1倍以上3倍以下"), ("严重", "⟦3倍以上8倍以下⟧"), head=("裁量阶次", "罚款幅度")),
            id="the basis above the table, a column of sums",
        ),
        pytest.param(
            "band_above_law",
            "第六条　违规运输的，依照《渡口苇荡法》第二十七条，情节一般的，处货物价值百分之十以上百分之二十以下罚款；"
            "情节严重的，处货物价值⟦百分之二十以上百分之四十以下⟧罚款。",
            id="shares, in a sentence",
        ),
        pytest.param(
            "band_above_law",
            tiers(
                ("轻微", "对个人处200元以上900元以下罚款"),
                ("严重", "对个人处⟦900元以上8000元以下⟧罚款"),
                basis="《渡口苇荡法》第二十五条",
            ),
            id="the sum of units for persons",
        ),
        pytest.param(
            "band_below_law",
            tiers(("轻微", "处⟦300元以上1000元以下⟧罚款"), ("严重", "处1000元以上1万元以下罚款")),
            id="below the range",
        ),
        pytest.param(
            "band_below_law",
            "三、依照《渡口苇荡法》第二十三条，按下列标准处罚：\n（一）情节轻微的，处⟦二百元以上五百元以下⟧罚款；\n"
            "（二）情节严重的，处五百元以上五千元以下罚款。",
            id="a list under its basis",
        ),
        pytest.param(
            "band_overlap",
            table(
                ("下网捕捞", "轻微的，处1000元以上4000元以下罚款；严重的，处⟦3000元以上1万元以下⟧罚款"),
                head=("违法行为", "处罚标准"),
            ),
            id="all tiers in one cell",
        ),
        pytest.param(
            "band_above_law",
            table(
                HEAD,
                ("下网捕捞", FISHING, "严重", "", "处⟦5000元以上2万元以下⟧罚款"),
                head=("渡口行政处罚裁量基准", "", "", "", ""),
            ),
            id="a title over the heading row",
        ),
        pytest.param(
            "band_gap",
            tiers(("轻微", "处1000元以上3000元以下罚款"), ("严重", "处⟦5000元以上1万元以下⟧罚款")),
            id="sums left out",
        ),
        pytest.param(
            "band_gap",
            "三、倒卖渡票，轻微的，处票面金额一倍以上二倍以下罚款；严重的，处票面金额⟦三倍以上五倍以下⟧罚款。",
            id="multiples left out, in a sentence",
        ),
        pytest.param(
            "band_overlap",
            tiers(("轻微", "处1000元以上4000元以下罚款"), ("严重", "处⟦3000元以上1万元以下⟧罚款")),
            id="sums of two tiers",
        ),
        pytest.param(
            "band_overlap",
            tiers(("一档", "处1000元以下罚款"), ("二档", "处⟦5000元以下⟧罚款")),
            id="caps that hold each other",
        ),
    ],
)
def test_bands_that_do_not_fit_are_told(check, text) -> None:
    assert_cited(check, text, "样例.md")


def test_the_bound_and_the_article_are_shown() -> None:
    text = tiers(("一般", "处1000元以上6000元以下罚款"), ("严重", "处6000元以上2万元以下罚款"))
    _, (spot,) = cited_spots("band_above_law", text, "样例.md")
    assert spot.values == {"bound": "一千元以上一万元以下", "law": LAW, "shown": "第二十条"}
    assert spot.evidence[0].text.startswith("违反本法规定")


@pytest.mark.parametrize(
    ("basis", "band"),
    [
        pytest.param("《渡船检验条例》第三条", "处90万元以上200万元以下罚款", id="not held"),
        pytest.param("《渡口苇荡法》第二十六条", "处90万元以上200万元以下罚款", id="an article without upper bound"),
        pytest.param("《渡口苇荡法》第二十四条", "处90万元以上200万元以下罚款", id="sums by the metre"),
        pytest.param("《渡口苇荡法》第二十三条第二项", "处90万元以上200万元以下罚款", id="an item without its stem"),
        pytest.param(FISHING + "、《渡船检验条例》第三条", "处90万元以上200万元以下罚款", id="one of two not held"),
    ],
)
def test_what_cannot_be_held_against_an_article_is_left_alone(basis, band) -> None:
    assert_cited(
        "band_above_law", tiers(("轻微", "处1000元以上2000元以下罚款"), ("严重", band), basis=basis), "样例.md"
    )


def test_cells_that_span_rows_in_a_web_page_keep_their_columns() -> None:
    page = (
        "<table><tr><th>违法行为</th><th>处罚依据</th><th>裁量阶次</th><th>处罚幅度</th></tr>"
        "<tr><td rowspan=2>下网捕捞</td><td rowspan=2>《渡口苇荡法》第二十条</td>"
        "<td>轻微</td><td>处1000元以上6000元以下罚款</td></tr>"
        "<tr><td>严重</td><td>处6000元以上3万元以下罚款</td></tr></table>"
    )
    document, (spot,) = cited_spots("band_above_law", f"<html><body>{page}</body></html>", "样例.html")
    assert document.text_of(spot.span) == "6000元以上3万元以下"
