"""Traces of essay collections."""

from __future__ import annotations

from special_factory import assert_reports, spots_of, words_of

BODY = "苇湖县渔船登记方案\n一、登记渔船。\n二、检验渔船。\n"


def test_a_disclaimer_of_a_collection_site():
    text = BODY + "来源：网络整理 免责声明：本文仅限学习分享，如有版权问题，请联系删除。"
    assert words_of("sample_essay", text) == ["苇湖县渔船登记方案"]
    assert spots_of("sample_essay", text)[1][0].values["trace"].startswith("来源：网络整理")


def test_an_introduction_of_an_essay_site():
    assert words_of("sample_essay", "前言：本站为你精心整理了渔船方案范文，希望能给你带来帮助。\n" + BODY) == [
        "苇湖县渔船登记方案"
    ]


def test_a_trace_left_in_the_text():
    assert_reports("sample_essay", "苇湖县渔船登记方案\n一、登记渔船，方案由⟦小编整理⟧。")


def test_an_official_page_has_a_source_too():
    assert_reports("sample_essay", BODY + "来源：苇湖县人民政府办公室\n")


def test_a_document_may_speak_of_model_texts():
    assert_reports("sample_essay", "苇湖县公文培训方案\n一、学习公文范文和优秀案例。")
