"""From a document to its acts: several in one clause, tables, regions that are not read, and the same on every run."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from act_factory import acts_of, document_of
from hypothesis import given
from hypothesis import strategies as st

from draft_assist.check.acts.extract import find_acts
from draft_assist.model import Does, Pointer, Power

ROOT = Path(__file__).parents[3]
OWN = sorted((ROOT / "evals" / "clauses").glob("*.jsonl"))
PHRASES = [
    *(
        "第八条　",
        "第九条　",
        "（一）",
        "（二）",
        "\n",
        "。",
        "；",
        "，",
        "：",
        "《",
        "》",
        "的",
        "经营者",
        "依法",
        "违反规定的",
    ),
    *(
        "处二百元罚款",
        "未经镇政府批准",
        "不得摆摊",
        "依照《水法》第六条",
        "没收工具",
        "由镇政府强行拆除",
        "应当缴纳管理费",
    ),
    *("有下列情形之一的", "不得有下列行为", "吊销许可证", "逾期不改的", "方可开业", "|占道|第九条|处五百元罚款|"),
]
mixed = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=25).map("".join).filter(str.strip)


def texts() -> list[str]:
    lines = [line for path in OWN for line in path.read_text("utf-8").splitlines()]
    return [msgspec.json.decode(line)["text"] for line in lines]


def test_several_acts_of_one_clause_are_told_apart() -> None:
    document = document_of("第八条　经营者逾期不改的，责令停业，没收工具，处一千元罚款，吊销其许可证。")
    found = [(document.text_of(act.span), act.kind) for act in find_acts(document)]
    assert found == [
        ("责令停业", "shutdown"),
        ("没收工具", "confiscation"),
        ("处一千元罚款", "fine"),
        ("吊销其许可证", "revoke_licence"),
    ]


def test_acts_of_different_powers_in_one_sentence_are_all_found() -> None:
    found = acts_of("第八条　未经镇政府批准，不得摆摊；违者处二百元罚款，并由镇政府强行拆除，缴纳场地恢复费。")
    assert [act.power for act in found] == [Power.PERMIT, Power.PENALTY, Power.EXECUTION, Power.FEE]


def test_one_permit_said_twice_in_a_sentence_is_one_act() -> None:
    found = acts_of("第八条　占道经营应当经县城管局批准；未经批准的，不得占道经营。", Power.PERMIT)
    assert len(found) == 1


def test_cells_of_a_row_share_their_basis() -> None:
    table = (
        "|违法行为|依据|处罚|\n|---|---|---|\n"
        "|占道经营|《城市市容条例》第十二条|处五百元罚款|\n|乱贴广告||处三百元罚款|\n"
    )
    first, second = acts_of(table, Power.PENALTY)
    assert (first.does, first.basis.articles) == (Does.REFERS, (("城市市容条例", (12, 0), 0, 0),))
    assert (second.does, second.basis.pointer) == (Does.SETS, Pointer.NONE), "the row above lends it nothing"


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            "|违法行为|依据|阶次|处罚|\n|---|---|---|---|\n"
            "|占道经营|《城市市容条例》第十二条|轻微|处二百元罚款|\n|||严重|处五百元罚款|\n",
            id="cells merged downwards",
        ),
        pytest.param(
            "依照《城市市容条例》第十二条，标准如下：\n\n"
            "|阶次|处罚|\n|---|---|\n|轻微|处二百元罚款|\n|严重|处五百元罚款|\n",
            id="the line above the table",
        ),
    ],
)
def test_rows_share_a_basis_that_is_named_once(table) -> None:
    assert [act.basis.articles for act in acts_of(table, Power.PENALTY)] == [(("城市市容条例", (12, 0), 0, 0),)] * 2


def test_standards_under_a_cited_article_detail_it() -> None:
    text = (
        "第八条　占道经营的，依照《城市市容条例》第十二条按下列标准处罚：\n"
        "（一）轻微的，处二百元罚款；\n（二）其他的，处五百元罚款。"
    )
    fines = [act for act in acts_of(text, Power.PENALTY) if act.kind == "fine"]
    assert [act.does for act in fines] == [Does.REFERS] * 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("关于没收违法建筑、处二百元罚款的通知\n\n各村：\n请认真落实。\n", id="a title"),
        pytest.param("请认真落实。", id="one plain sentence"),
    ],
)
def test_titles_and_plain_words_hold_no_acts(text) -> None:
    assert acts_of(text) == ()


def test_acts_are_the_same_on_every_run() -> None:
    text = "\n".join(texts()[:200])
    assert find_acts(document_of(text)) == find_acts(document_of(text))


def test_acts_of_our_clauses_stand_inside_their_sentence_and_clause() -> None:
    for text in texts():
        document = document_of(text)
        for act in find_acts(document):
            clause = document.clause(act.clause)
            assert clause is not None and clause.span.contains(act.span), text
            assert act.sentence.contains(act.span), text
            assert document.text_of(act.span).strip("，、 　") == document.text_of(act.span) != "", text
            for amount in act.amounts:
                assert act.span.contains(amount.span), text


@given(mixed)
def test_any_mixture_of_legal_phrases_gives_sound_acts_in_order(text) -> None:
    document = document_of(text)
    found = find_acts(document)
    assert [act.span.start for act in found] == sorted(act.span.start for act in found)
    for act in found:
        assert 0 <= act.span.start < act.span.end <= len(document.text.value)
        assert act.basis.span is None or document.text_of(act.basis.span)
