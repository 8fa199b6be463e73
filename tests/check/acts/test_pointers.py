"""What an act rests on: a named article, a law, this document, or only 依法; and what is no citation at all."""

from __future__ import annotations

import pytest
from act_factory import COMPULSION, PENALTIES, PERMITS, acts_of, document_of

from draft_assist.check.acts.extract import find_acts
from draft_assist.model import Does, Grade, Pointer

WATER = "中华人民共和国水法"


@pytest.mark.parametrize(
    ("words", "does", "grade", "pointer"),
    [
        pytest.param(
            f"依照《{WATER}》第六十九条的规定处罚款",
            Does.REFERS,
            Grade.CLEAR,
            Pointer.NAMED_ARTICLE,
            id="law and article",
        ),
        pytest.param(f"依照《{WATER}》的规定处罚款", Does.REFERS, Grade.CLEAR, Pointer.NAMED_LAW, id="law, no content"),
        pytest.param(
            f"依照《{WATER}》的规定处二万元罚款",
            Does.SETS,
            Grade.WEAK,
            Pointer.NAMED_LAW,
            id="law and a sum of its own",
        ),
        pytest.param("依法处以罚款", Does.SETS, Grade.WEAK, Pointer.VAGUE, id="vague, the kind named: lower grade"),
        pytest.param("依法处二万元罚款", Does.SETS, Grade.CLEAR, Pointer.VAGUE, id="vague and a sum of its own"),
        pytest.param("依法予以处罚", Does.REFERS, Grade.HINT, Pointer.VAGUE, id="vague, no content"),
        pytest.param("处二万元罚款", Does.SETS, Grade.CLEAR, Pointer.NONE, id="no pointer"),
    ],
)
def test_a_reference_needs_a_pointer_and_no_content_of_its_own(words, does, grade, pointer) -> None:
    (act,) = acts_of(f"第十条　擅自取水的，{words}。", *PENALTIES)
    assert (act.does, act.grade, act.basis.pointer) == (does, grade, pointer)


@pytest.mark.parametrize(
    ("words", "does", "grade"),
    [
        pytest.param("应当按照国家有关规定取得许可证", Does.REFERS, Grade.HINT, id="pointer alone"),
        pytest.param("应当按照国家有关规定取得许可证后方可经营", Does.SETS, Grade.CLEAR, id="方可 beside the pointer"),
    ],
)
def test_a_vague_pointer_does_not_carry_a_condition(words, does, grade) -> None:
    (act,) = acts_of(f"第十条　从事屠宰的，{words}。", *PERMITS)
    assert (act.does, act.grade) == (does, grade)


@pytest.mark.parametrize(
    "breach",
    [
        pytest.param("未按照规定清运渣土的", id="未按照规定"),
        pytest.param("未按照《城市绿化条例》规定补植的", id="未按照《》规定"),
        pytest.param(f"违反《{WATER}》规定取水的", id="违反《》规定"),
        pytest.param("违反《××县市容管理规定》要求乱贴广告的", id="违反《》要求"),
        pytest.param("不按规定分类投放垃圾的", id="不按规定"),
    ],
)
def test_words_of_the_breach_are_no_basis_of_the_sanction(breach) -> None:
    (act,) = acts_of(f"第十条　{breach}，处二千元罚款。", *PENALTIES)
    assert (act.does, act.basis.pointer) == (Does.SETS, Pointer.NONE)


def test_the_basis_names_law_article_paragraph_and_item_and_where_it_stands() -> None:
    text = f"第十条　擅自取水的，依照《{WATER}》第六十九条第一款第二项的规定处二万元罚款。"
    document = document_of(text)
    (act,) = find_acts(document)
    assert act.basis.titles == (WATER,)
    assert act.basis.articles == ((WATER, (69, 0), 1, 2),)
    assert act.basis.span is not None
    assert document.text_of(act.basis.span).startswith(f"依照《{WATER}》第六十九条第一款第二项")


def test_this_documents_own_article_is_no_higher_basis() -> None:
    (act,) = acts_of("第十条　乱堆乱放的，依照本办法第八条处二百元罚款。", *PENALTIES)
    assert (act.does, act.basis.pointer) == (Does.SETS, Pointer.OWN)


def test_a_reference_and_a_sanction_of_its_own_in_one_sentence_are_both_read() -> None:
    text = "第十条　扰乱秩序的，由派出所依照《治安管理处罚法》给予处罚；拒不改正的，处二千元罚款。"
    found = acts_of(text, *PENALTIES)
    assert [act.does for act in found] == [Does.REFERS, Does.SETS]


def test_a_pointer_does_not_reach_over_a_full_stop() -> None:
    text = "第十条　擅自取水的，依照《中华人民共和国水法》第六十九条处罚款。乱倒灰渣的，处二千元罚款。"
    found = acts_of(text, *PENALTIES)
    assert [act.does for act in found] == [Does.REFERS, Does.SETS]


def test_the_bare_word_for_punishing_under_a_named_article_is_a_reference() -> None:
    (act,) = acts_of("第十条　阻碍执法的，由派出所依照《治安管理处罚法》第六十一条处罚。")
    assert (act.does, act.basis.pointer) == (Does.REFERS, Pointer.NAMED_ARTICLE)


@pytest.mark.parametrize(
    ("text", "does"),
    [
        pytest.param(
            "违反《中华人民共和国城乡规划法》的建筑，依法强制拆除。", Does.REFERS, id="a law that lets tear down"
        ),
        pytest.param("违反《中华人民共和国土地管理法》的建筑，依法强制拆除。", Does.SETS, id="the court tears down"),
        pytest.param("乱搭的棚屋，依法强制拆除。", Does.SETS, id="no law at all"),
    ],
)
def test_a_named_law_that_lets_tear_down_is_what_a_vague_word_points_to(text, does) -> None:
    assert [act.does for act in acts_of("第十条　" + text, *COMPULSION)] == [does]


def test_a_law_of_two_characters_without_brackets_is_a_basis() -> None:
    (act,) = acts_of("第十条　擅自取水的，依照水法第六十九条处三万元罚款。", *PENALTIES)
    assert act.basis.pointer is Pointer.NAMED_ARTICLE
