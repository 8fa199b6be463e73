"""The forms of knowledge/citations: every form finds its examples, none of its near misses, and nothing is lost."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draft_assist.law.find import KnownNames, find, forms

KNOWN = KnownNames(["行政监察法", "公务员法", "民法典", "行政处罚法", "水法", "中华人民共和国行政处罚法"])
EXAMPLES = [
    pytest.param(form.form, one.text, one.finds, id=f"{form.form}: {one.text}")
    for form in forms()
    for one in form.examples
]
NEAR_MISSES = [
    pytest.param(form.form, text, id=f"{form.form}: {text}") for form in forms() for text in form.near_misses
]


def words(text: str, form: str | None = None) -> list[str]:
    return [span.of(text) for one in find(text, KNOWN) if form in (None, one.form) for span in one.words()]


@pytest.mark.parametrize(("form", "text", "expected"), EXAMPLES)
def test_a_form_finds_its_examples(form, text, expected) -> None:
    assert words(text, form) == expected


@pytest.mark.parametrize(("form", "text"), NEAR_MISSES)
def test_a_form_leaves_its_near_misses_alone(form, text) -> None:
    assert words(text, form) == []


def test_ids_of_forms_are_unique_and_each_has_both_kinds_of_examples() -> None:
    assert len({form.form for form in forms()}) == len(forms())
    assert all(form.examples and form.near_misses for form in forms())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "根据《水法》（2016年修正）第三条、第八条和行政处罚法第九条",
            ["《水法》（2016年修正）第三条", "第八条", "行政处罚法第九条"],
            id="an edition, a list, a name without brackets",
        ),
        pytest.param("财政部令第87号、国发〔2010〕33号", ["财政部令第87号", "国发〔2010〕33号"], id="order and number"),
        pytest.param("湖北省水法第三条", ["湖北省水法第三条"], id="a longer name that is not known"),
        pytest.param("学习民法典知识", [], id="spoken of, not cited"),
        pytest.param("第八条　违反规定的", [], id="the number of an article itself"),
    ],
)
def test_whole_texts(text, expected) -> None:
    assert words(text) == expected


@given(st.text(alphabet="《》〈〉第条款项一二三本法办前款同〔〕20157号令xX×（）依照水处罚行政\n", max_size=60))
def test_no_input_raises_and_nothing_overlaps(text) -> None:
    found = find(text, KNOWN)
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(found))
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
