"""Quotations held word by word against an invented law."""

from __future__ import annotations

import pytest
from cited_factory import ARTICLES, LAW, assert_cited, cited_spots

CHECK = "differing_quotations"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "《渡口苇荡法》第九条规定：“渡工发现乘客落水的，⟦可以⟧立即停船施救，并向苇荡管护站报告”。",
            id="may for must",
        ),
        pytest.param("《渡口苇荡法》第九条第二款规定，“停渡时间不得超过⟦五日⟧”。", id="another number"),
        pytest.param("《渡口苇荡法》第二十二条明确“渡船超载的，处⟦五千元⟧以下的罚款”。", id="another sum"),
        pytest.param(
            "“倒卖渡票的，处票面金额一倍以上⟦十倍⟧以下的罚款”（《渡口苇荡法》第二十一条）。", id="source behind"
        ),
        pytest.param(
            "“倒卖渡票的，处票面金额一倍⟦以下⟧五倍以下的罚款”，见《渡口苇荡法》第二十一条。", id="below for above"
        ),
        pytest.param(
            "《渡口苇荡法》第十二条规定：“渡口管护站收到摆渡申请后，⟦经乡镇审核⟧，应当在七日内答复”。",
            id="an added condition",
        ),
        pytest.param(
            "《渡口苇荡法》第二十条：“擅自在苇荡下网捕捞的，由苇荡管护站没收渔获物⟦和渔船⟧，可以并处一千元以上一万元以下的罚款”。",
            id="an added kind",
        ),
        pytest.param(
            "《渡口苇荡法》第九条规定：“渡工发现乘客落水的，⟦应当停船⟧施救，并向苇荡管护站报告”。", id="a dropped word"
        ),
        pytest.param(
            "《渡口苇荡法》第二十条规定：“……由苇荡管护站没收渔获物，⟦应当⟧并处一千元以上一万元以下的罚款；……”。",
            id="between elisions",
        ),
        pytest.param(
            "《渡口苇荡法》第二十二条规定：渡船超载的，处⟦三千元⟧以下的罚款。", id="without marks, after a colon"
        ),
        pytest.param(
            "《渡口苇荡法》第十二条规定，渡口管护站收到摆渡申请后，应当在⟦十日⟧内答复。",
            id="without marks, after a comma",
        ),
        pytest.param(
            "《渡口苇荡法》第二十一条、第二十二条规定：“渡船超载的，处⟦三千元⟧以下的罚款”。", id="one of two articles"
        ),
    ],
)
def test_words_that_are_not_the_articles_are_told(text) -> None:
    assert_cited(CHECK, text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"《渡口苇荡法》第二十条规定：“{ARTICLES[20]}”", id="the whole article"),
        pytest.param("《渡口苇荡法》第九条规定：“风力六级以上的,可以停渡”。", id="a part, half-width comma"),
        pytest.param("《渡口苇荡法》第九条规定：“渡工发现乘客落水的，应当……向苇荡管护站报告”。", id="an elision"),
        pytest.param(
            "《渡口苇荡法》第二十条规定：“违反《渡口苇荡法》规定，擅自在苇荡下网捕捞的，由苇荡管护站没收渔获物”。",
            id="the law's name for 本法",
        ),
        pytest.param("《渡口苇荡法》第二十二条规定：“渡船超载的，处2000元以下的罚款”。", id="other digits"),
        pytest.param("《渡口苇荡法》第二十二条规定：“渡船超载的，处二千元以下罚款”。", id="without 的"),
        pytest.param(
            "《渡口苇荡法》第二十三条规定：“有下列行为之一的，由苇荡管护站责令改正，处五百元以上五千元以下的罚款：……（二）涂改渡船载重标志的”。",
            id="an item after the stem",
        ),
        pytest.param("《渡口苇荡法》第二十二条要求严管“超载摆渡”。", id="a phrase"),
        pytest.param("《渡口苇荡法》第九条要求“见人落水先救人、救完再报告”。", id="a paraphrase in marks"),
        pytest.param(
            "《渡口苇荡法》第十二条规定：申请摆渡的，一般七天答复，要量水深的可以拖到半个月。", id="a paraphrase"
        ),
        pytest.param(
            "依照《渡口苇荡法》第二十条规定，由县苇荡管护站没收渔获物，并处二千元以上五千元以下的罚款。", id="applied"
        ),
        pytest.param(
            "《渡口苇荡法》第二十条规定：由苇荡管护站没收渔获物；情节严重的，吊销捕捞证。",
            id="a part left out, without marks",
        ),
        pytest.param(
            "《渡口苇荡法》（2011年修正）第二十二条规定：“渡船超载的，处五百元以下的罚款”。", id="another edition"
        ),
        pytest.param("《渡船检验条例》第三条规定：“渡船每年至少检验两次”。", id="not held"),
        pytest.param("“倒卖渡票的，处票面金额十倍的罚款”是旧规定。", id="nothing cited"),
        pytest.param(
            "将《渡口苇荡法》第二十二条“渡船超载的，处五百元以下的罚款”修改为：“渡船超载的，处九百元以下的罚款”。",
            id="an amendment",
        ),
    ],
)
def test_faithful_words_and_paraphrases_are_left_alone(text) -> None:
    assert_cited(CHECK, text)


def test_both_wordings_and_the_article_are_shown() -> None:
    _, (spot,) = cited_spots(CHECK, "《渡口苇荡法》第二十二条规定：“渡船超载的，处五千元以下的罚款”。")
    assert spot.values == {"written": "五千元", "stands": "二千元", "law": LAW, "shown": "第二十二条"}
    (shown,) = spot.evidence
    assert (shown.law, shown.article, shown.text) == (LAW, "第二十二条", ARTICLES[22])


def test_a_dropped_word_is_shown_with_its_neighbours() -> None:
    text = "《渡口苇荡法》第九条规定：“渡工发现乘客落水的，应当停船施救，并向苇荡管护站报告”。"
    _, (spot,) = cited_spots(CHECK, text)
    assert (spot.values["written"], spot.values["stands"]) == ("应当停船", "应当立即停船")


def test_many_changes_are_shown_as_one_stretch() -> None:
    text = (
        "《渡口苇荡法》第二十条规定：“违反本法规定，擅自在芦荡下网捕捞的，由苇荡管护站收缴渔获物，应当并处一千元以上一万元以下的罚款；"
        "情节恶劣的，吊销捕捞证”。"
    )
    document, (spot,) = cited_spots(CHECK, text)
    assert document.text_of(spot.span).startswith("在芦荡") and document.text_of(spot.span).endswith("情节恶劣")
