"""What citations are resolved to: aliases, 同法, 前款, the document's own places, the law that a bare article is of."""

from __future__ import annotations

import pytest
from citation_factory import document_of, statutes_in
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from draft_assist.law.resolve import State, Target, is_own_name, read_reference, resolve
from draft_assist.law.titles import Titles

FULL = "中华人民共和国渡口和桥梁管理法"


@pytest.fixture(scope="module")
def titles(tmp_path_factory) -> Titles:
    return Titles(statutes_in(tmp_path_factory.mktemp("law")))


def resolved(text: str, titles: Titles) -> list[tuple[str, str, str]]:
    """Words, title (本文件 for the document; the state where it is not sound) and place."""
    document = document_of(text)
    rows = []
    for one in resolve(document, titles):
        if is_own_name(one):
            continue
        title = one.title.removeprefix("中华人民共和国") if one.target is Target.WORK else one.target.value
        rows.append((document.text_of(one.span), title if one.state is State.SOUND else one.state.value, one.place))
    return rows


WITHIN = (
    "青榆县渡口办法\n第一条　甲。\n第二条　乙。\n　　丙。\n第三条　{}\n"
    "第四条　有下列情形的：\n（一）超载；\n（二）无证。\n　　{}\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "依照《渡口和桥梁管理法》第二条，并依同法第三条第二款办理。",
            [("《渡口和桥梁管理法》第二条", "渡口和桥梁管理法", "2"), ("同法第三条第二款", "渡口和桥梁管理法", "3.2")],
            id="同法",
        ),
        pytest.param(
            "《渡口和桥梁管理法》（以下简称《桥法》）已施行。各地按《桥法》第三条执行，桥法第二条另行解释。",
            [
                ("《渡口和桥梁管理法》", "渡口和桥梁管理法", ""),
                ("《桥法》第三条", "渡口和桥梁管理法", "3"),
                ("桥法第二条", "渡口和桥梁管理法", "2"),
            ],
            id="a short name that the text defines",
        ),
        pytest.param("依照渡口法第二条处理。", [("渡口法第二条", "渡口和桥梁管理法", "2")], id="a known alias"),
        pytest.param(
            "《渡口和桥梁管理法》第二条规定了检验，第三条规定了限重。",
            [("《渡口和桥梁管理法》第二条", "渡口和桥梁管理法", "2"), ("第三条", "渡口和桥梁管理法", "3")],
            id="an article alone is of the law of the sentence",
        ),
        pytest.param(
            "《市规范性文件管理办法》第三条。",
            [("《市规范性文件管理办法》第三条", "damaged", "3")],
            id="the city's name was lost",
        ),
        pytest.param("《××市渡口办法》第三条。", [("《××市渡口办法》第三条", "masked", "3")], id="masked"),
        pytest.param("对此，第五条已有规定。", [("第五条", "unread", "")], id="an article of no text"),
    ],
)
def test_titles(text, expected, titles) -> None:
    assert resolved(text, titles) == expected


@pytest.mark.parametrize(
    ("third", "fourth", "expected"),
    [
        pytest.param("违反前条第二款的。", "戊。", [("前条第二款", "own", "2.2")], id="前条"),
        pytest.param("违反本办法第二条的。", "戊。", [("本办法第二条", "own", "2")], id="本办法"),
        pytest.param("违反第九条的。", "戊。", [("第九条", "own", "9")], id="an article that is not there"),
        pytest.param(
            "丁。", "前款第（二）项由县局查处。", [("前款第（二）项", "own", "4.1.2")], id="前款 after a list"
        ),
        pytest.param(
            "丁。", "第（一）项由县局查处。", [("第（一）项", "own", "4.1.1")], id="an item alone after a list"
        ),
    ],
)
def test_places_of_the_document(third, fourth, expected, titles) -> None:
    assert resolved(WITHIN.format(third, fourth), titles) == expected


def test_a_place_that_the_document_lacks_is_said(titles) -> None:
    (one,) = resolve(document_of(WITHIN.format("违反第九条的。", "戊。")), titles)
    assert one.absent == "本件只有4条"


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        pytest.param("第四条第一款第（五）项", "第四条第一款只有2项", id="an item that the list does not have"),
        pytest.param("第四条第（二）项", "", id="an item that it has"),
        pytest.param("第二条第三款", "第二条只有2款", id="a paragraph that is not there"),
    ],
)
def test_items_and_paragraphs_of_the_document_are_looked_for(words, absent, titles) -> None:
    (one,) = resolve(document_of(WITHIN.format(f"违反{words}的。", "戊。")), titles)
    assert one.absent == absent


def test_a_document_that_the_text_carries_is_its_own(titles) -> None:
    notice = "青榆县人民政府关于印发《青榆县渡口办法》的通知\n现印发《青榆县渡口办法》，请执行。\n\n"
    text = notice + "青榆县渡口办法\n第一条　甲。\n"
    assert all(one.target is Target.OWN for one in resolve(document_of(text), titles))


@pytest.mark.parametrize(
    "text",
    [
        "《渡口法》施行后，地方性法规同法律相抵触的应当修改。",
        "《渡口法》规定了制定该法规的必要性。",
        "《渡口法》未规定该项法律援助。",
    ],
)
def test_what_only_sounds_like_the_same_law_is_none(text, titles) -> None:
    assert [one.written for one in resolve(document_of(text), titles)] == ["渡口法"]


def test_damaged_numbers_have_candidates_and_are_not_filled_in(titles) -> None:
    (one,) = resolve(document_of("按照青政发〔201423号执行。"), titles)
    assert one.state is State.DAMAGED
    assert one.number == "青政发〔201423号"
    assert "青政发〔2014〕23号" in one.candidates


def test_what_a_person_asks_for_is_read(titles) -> None:
    assert [(one.title, one.place) for one in read_reference("渡口法第二条、第三条第二款", titles)] == [
        (FULL, "2"),
        (FULL, "3.2"),
    ]
    assert [(one.title, one.place) for one in read_reference("《渡口法》", titles)] == [(FULL, "")]


def test_a_slightly_wrong_title_has_one_law_that_was_meant(titles) -> None:
    assert titles.match("渡口和桥梁实施法").meant == FULL
    assert titles.match("渡口与桥梁管理法").meant == FULL
    assert titles.match("渡口和桥梁管理条例").meant == ""  # a regulation of that name may exist
    assert titles.match("青榆县渡口管理条例").meant == ""


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "第三条　",
                "（一）",
                "前款",
                "本办法第二条",
                "《渡口法》第二条",
                "同法",
                "第九条",
                "\n",
                "甲，",
                "第（二）项",
                "〔20157",
                "《",
            ]
        ),
        max_size=14,
    )
)
def test_no_text_raises(titles, pieces) -> None:
    document = document_of("甲" + "".join(pieces))
    assert all(one.span.start < one.span.end for one in resolve(document, titles))
