"""Items added to the list of an article, against an invented law."""

from __future__ import annotations

import pytest
from cited_factory import ARTICLES, LAW, assert_cited, cited_spots

CHECK = "foreign_items"
BASIS = "依照《渡口苇荡法》第二十三条"
OWN = "（一）在渡口堆放杂物的；\n（二）涂改渡船载重标志的；\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"第三条　有下列行为的，{BASIS}处五百元罚款：\n{OWN}（三）⟦在街头张贴小广告的。⟧", id="conduct"),
        pytest.param(f"三、{BASIS}，对下列行为处罚：\n{OWN}（三）⟦在街头张贴小广告的。⟧", id="under a heading"),
        # the article's own, in other words too
        pytest.param(f"第三条　有下列行为之一的，{BASIS}处五百元罚款：\n{OWN}", id="its own items"),
        pytest.param(
            f"三、{BASIS}处罚下列行为：\n（一）杂物堆放在上下船通道的；\n（二）私自改动载重标志的。",
            id="its own items in other words",
        ),
        pytest.param(f"第三条　有下列行为之一的，{BASIS}处五百元罚款：\n{OWN}（三）其他违法行为。", id="an open item"),
        # no list taken from the article
        pytest.param(
            f"第三条　根据《渡口苇荡法》第二十三条，结合实际，处罚下列行为：\n{OWN}（三）张贴小广告的。",
            id="made on it",
        ),
        pytest.param(
            f"第三条　违反《渡口苇荡法》第二十三条，有下列情形的从重处罚：\n{OWN}（三）多次张贴小广告的。", id="a duty"
        ),
        pytest.param(
            f"第三条　{BASIS}和《市容条例》第三条处罚下列行为：\n{OWN}（三）张贴小广告的。",
            id="another basis beside it",
        ),
        pytest.param(
            f"第三条　依照《渡口苇荡法》第二十二条处罚下列行为：\n{OWN}（三）张贴小广告的。",
            id="an article without items",
        ),
        pytest.param(
            f"第三条　{BASIS}处罚下列行为：\n（一）张贴小广告的；\n（二）占道经营的。", id="all of it strange"
        ),
    ],
)
def test_items_that_the_article_does_not_have_are_told(text) -> None:
    assert_cited(CHECK, text)


def test_the_article_is_shown() -> None:
    _, (spot,) = cited_spots(CHECK, f"第三条　有下列行为之一的，{BASIS}处罚：\n{OWN}（三）在街头张贴小广告的。")
    assert spot.values == {"law": LAW, "shown": "第二十三条"}
    assert spot.evidence[0].text == ARTICLES[23]
