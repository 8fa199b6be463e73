"""References inside the document."""

from __future__ import annotations

import pytest
from special_factory import assert_reports, values_of

HEAD = """苇湖县渔船停泊管理办法
第一条　为了规范渔船停泊，制定本办法。
第二条　渔船应当停泊在指定水域。
渔船停泊时应当熄火。
第三条　有下列情形之一的，应当移泊：
（一）遇大风预警的；
（二）堵塞航道的。
"""


@pytest.mark.parametrize(
    "sentence",
    [
        "移泊的程序依照⟦本办法第九条⟧执行。",
        "违反⟦第二十条⟧规定的，予以提醒。",
        "未移泊的，按照第三条、⟦第十一条⟧的规定处理。",
        "违反⟦本办法第七条⟧的，依照《中华人民共和国渔业法》第四十条处理。",
        # compliant
        "依照《中华人民共和国渔业法》第四十条处理。",
        "依照《中华人民共和国渔业法》第四十条、第四十一条处理。",
        "依照渔业法第四十条的规定处理。",
        "依照该条例第四十条处理。",
        "按照原办法第三十条办理过的，不再办理。",
        "移泊的程序依照本办法第三条执行。",
    ],
)
def test_articles_that_are_not_there(sentence):
    assert_reports("missing_articles", HEAD + "第四条　" + sentence)


@pytest.mark.parametrize(
    "text",
    [
        "本细则共九条。船主有异议的，依照⟦本细则第十四条⟧申请复核。",
        "本办法共四章二十一条，提醒见⟦本办法第六章⟧。",
        "本方案分四个部分，分工见⟦本方案第六部分⟧。",
        "本办法共十二条，依照《中华人民共和国渔业法》第四十条处理。",
        "本办法共十二条，本办法第十二条自印发之日起执行。",
        "本意见分三条意见，见本办法第五章。",
    ],
)
def test_how_far_the_text_says_it_reaches(text):
    assert_reports("missing_articles", text)


NOTICE = "苇湖县渔船通知\n\n一、登记\n（一）登记渔船。\n（二）发放船牌。\n二、检验\n（三）检验渔船。\n{}"


@pytest.mark.parametrize(
    "sentence",
    ["违反的，依照⟦本通知第二十五项⟧办理。", "违反的，依照本通知第三项办理。", "违反的，依照《办法》第二十五项办理。"],
)
def test_items_that_run_on_through_the_parts(sentence):
    assert_reports("missing_parts", NOTICE.format(f"（四）{sentence}"))


@pytest.mark.parametrize(
    "sentence", ["违反的，依照⟦本通知第九条⟧办理。", "违反的，依照本通知第二条办理。", "违反的，依照第九条办理。"]
)
def test_articles_of_a_notice_that_has_parts(sentence):
    assert_reports("missing_articles", NOTICE.format(f"（四）{sentence}"))


def test_attachments_that_are_counted():
    assert_reports("missing_attachments", "附件共两个，登记表见⟦附件4⟧，清单见附件2。")


def test_the_last_article_is_named():
    assert values_of("missing_articles", HEAD + "第四条　依照第九条办理。") == {"last": "第四条"}


@pytest.mark.parametrize(
    "sentence",
    [
        "⟦前款⟧所称渔船，包括农用船。",
        "有⟦第三条第（五）项⟧情形的，予以提醒。",
        "有⟦第三条第（三）项⟧情形的，予以提醒。",
        "依照⟦第二条第三款⟧办理。",
        "依照本条⟦第二款⟧办理。",
        # compliant
        "依照第二条第二款办理。",
        "有第三条第（二）项情形的，予以提醒。",
        "依照《中华人民共和国渔业法》第四十条第二款办理。",
        "依照前条办理。",
    ],
)
def test_paragraphs_and_items_that_are_not_there(sentence):
    assert_reports("missing_parts", HEAD + "第四条　" + sentence)


def test_a_paragraph_before_it_is_enough():
    assert_reports("missing_parts", HEAD + "第四条　渔船应当登记。\n前款所称渔船，包括农用船。")


def test_the_first_article_has_none_before_it():
    assert_reports("missing_parts", "第一条　依照⟦前条⟧办理。\n第二条　渔船应当登记。")


@pytest.mark.parametrize(
    "text",
    [
        "第十条　依照第三十条办理。\n第十一条　渔船应当登记。",
        "一、依照第三十条办理。\n二、渔船应当登记。",
        "渔船依照第三十条登记。",
    ],
)
def test_an_excerpt_or_a_plan_has_no_articles_to_miss(text):
    assert_reports("missing_articles", text)


def test_a_decision_that_changes_another_text_speaks_of_that_text():
    assert_reports(
        "missing_articles",
        "第一条　将第三十条修改为：“渔船应当登记。”\n第二条　第四十条依照第五十条执行。",
    )


CHAPTERED = "苇湖县渔船管理办法\n第一章　总则\n第一条　为了规范渔船，制定本办法。\n第二章　停泊\n第二条　{}\n"


def test_chapters_and_parts():
    assert_reports("missing_articles", CHAPTERED.format("依照⟦本办法第五章⟧处理。"))
    assert_reports("missing_articles", CHAPTERED.format("依照本办法第二章处理。"))
    assert_reports("missing_articles", "苇湖县渔船方案\n一、目标\n停泊有序。\n二、任务\n见⟦本方案第六部分⟧。")


LISTED = (
    "苇湖县渔政局关于登记渔船的通知\n\n各乡镇：\n一、{}\n\n附件：1.登记要求\n2.水域图\n\n苇湖县渔政局\n2026年9月1日\n"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "登记表见⟦附件3⟧，要求见附件1。",
        "按⟦附件四⟧办理。",
        "要求见附件1、附件2。",
        "按《渔船管理办法》附件5办理。",
        "按农渔发〔2020〕3号附件6办理。",
    ],
)
def test_attachments_that_are_not_there(sentence):
    assert_reports("missing_attachments", LISTED.format(sentence))


def test_without_a_list_of_attachments_nothing_is_said():
    assert_reports("missing_attachments", "登记表见附件3。")
