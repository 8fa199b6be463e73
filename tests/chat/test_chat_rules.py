"""Answers by rules and search: what they say, what they rest on, and what they leave open."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from chat_engines import DAY, kit, reply_of, statutes

from draft_assist.chat.desk import Desk
from draft_assist.chat.engine import Engine
from draft_assist.chat.memory import Conversation
from draft_assist.chat.reply import Piece, Reply
from draft_assist.chat.sources import SourceKind
from draft_assist.errors import SourceError
from draft_assist.law.store import Statutes
from draft_assist.model import Rank

pytestmark = pytest.mark.skipif(not Statutes.open().titles(), reason="the data package is not installed")

NOTICE = (
    "青榆县人民政府关于整治乱倒灰渣的通知\n\n第八条　乱倒灰渣的，处二百元罚款。\n第九条　本通知自印发之日起施行。\n"
)


def assert_marks(reply: Reply) -> None:
    """Every [n] has its source, and every source is cited."""
    cited = {int(one) for one in re.findall(r"\[(\d+)\]", reply.text)}
    assert cited == {one.number for one in reply.sources}
    assert [one.number for one in reply.sources] == list(range(1, len(reply.sources) + 1))


def article(title: str, number: int) -> str:
    return statutes().article(title, (number, 0), DAY).text.strip()


# --- articles -----------------------------------------------------------------------------------------------------


def test_an_article_is_given_word_for_word_with_its_version(engine) -> None:
    reply = reply_of(engine, "民法典第三条是什么")
    (source,) = reply.sources
    assert source.text == article("民法典", 3) and source.text in reply.text
    assert (source.title, source.label, source.article) == ("中华人民共和国民法典", "第三条", (3, 0))
    assert source.version_date == statutes().article("民法典", (3, 0), DAY).version_date
    assert source.status == "有效" and reply.is_enough and reply.model == ""
    assert_marks(reply)


def test_a_range_gives_every_article(engine) -> None:
    reply = reply_of(engine, "《行政许可法》第十四到十七条")
    assert [one.label for one in reply.sources] == ["第十四条", "第十五条", "第十六条", "第十七条"]
    assert_marks(reply)


def test_a_long_range_is_cut_and_that_is_said(engine) -> None:
    reply = reply_of(engine, "民法典第一条到第一百条")
    assert len(reply.sources) == 20 and any("共100条" in note for note in reply.notes)


def test_a_paragraph_is_given_alone(engine) -> None:
    reply = reply_of(engine, "地方组织法75条第2款")
    assert not reply.is_enough and "没有第二款" in reply.text
    paragraph = reply_of(engine, "行政许可法15条第2款").sources[0]
    assert paragraph.label == "第十五条第二款" and paragraph.text in article("行政许可法", 15)


def test_a_repealed_law_is_said_to_be_so_with_what_repealed_it(engine) -> None:
    reply = reply_of(engine, "合同法第五十二条还有效吗")
    assert "已经失效" in reply.text and "2021年1月1日" in reply.text
    assert reply.sources[0].title == "中华人民共和国民法典" and reply.sources[0].label == "第一千二百六十条"


def test_an_article_that_is_not_there_is_told_with_how_many_there_are(engine) -> None:
    reply = reply_of(engine, "行政处罚法第九百条")
    assert not reply.is_enough and "没有第九百条" in reply.text and "共86条" in reply.text


def test_what_is_not_held_is_never_said_not_to_exist(engine) -> None:
    for question in ("青榆县烟花管理办法第三条", "青榆县烟花管理办法什么时候施行"):
        reply = reply_of(engine, question)
        assert not reply.is_enough and "不能据此判断其是否存在" in reply.text
        assert not re.search("不存在(?!、)", reply.text)


def test_a_regulation_of_which_cards_are_held_is_answered_with_our_words_and_said_so(engine) -> None:
    reply = reply_of(engine, "优化营商环境条例第六十四条")
    assert {one.kind for one in reply.sources} == {SourceKind.CARD}
    assert "条文未收录" in reply.text and "不是原文" in reply.text
    assert_marks(reply)


def test_a_short_title_that_fits_one_law_is_that_law_and_it_is_said(engine) -> None:
    reply = reply_of(engine, "道交法第九十一条")
    assert "按简称可能是《中华人民共和国道路交通安全法》" in reply.text
    assert reply.sources[0].text == article("道路交通安全法", 91)


def test_a_short_title_that_fits_two_laws_gives_both(engine) -> None:
    titles = {one.title for one in reply_of(engine, "处罚法第十六条").sources}
    assert titles == {"中华人民共和国行政处罚法", "中华人民共和国治安管理处罚法"}


def test_the_day_decides_what_holds() -> None:
    import datetime as dt

    early = Engine(Desk(kit, None, statutes(), as_of=dt.date(2020, 12, 1)))
    assert "已经失效" not in reply_of(early, "合同法第五十二条").text
    assert "尚未施行" in reply_of(early, "民法典第三条").text


def test_a_law_as_such_is_told_with_its_wordings(engine) -> None:
    reply = reply_of(engine, "行政处罚法什么时候施行的")
    assert "2021-07-15" in reply.text and reply.sources[0].kind is SourceKind.DOCUMENT
    assert "2021-01-01废止" in reply_of(engine, "婚姻法还有效吗").text
    assert "现行效力须对照原文核对" in reply_of(engine, "政府信息公开条例还有效吗").text


# --- powers -------------------------------------------------------------------------------------------------------


def test_who_may_set_a_fine_rests_on_the_articles_themselves(engine) -> None:
    reply = reply_of(engine, "谁可以设定罚款")
    held = {(one.title, one.label): one.text for one in reply.sources if one.kind is SourceKind.ARTICLE}
    for number, label in ((10, "第十条"), (13, "第十三条"), (16, "第十六条")):
        assert held["中华人民共和国行政处罚法", label] == article("行政处罚法", number)
    lines = reply.text.split("\n")
    assert any(line.startswith("- 法律：可以设定[") for line in lines)
    assert any("县级政府规范性文件" in line and "：不得设定[" in line for line in lines)
    assert_marks(reply)


@pytest.mark.parametrize(
    ("question", "verdict", "law", "number"),
    [
        ("县政府能不能设定行政许可", "不得设定", "行政许可法", 17),
        ("规范性文件可以设定罚款吗", "不得设定", "行政处罚法", 16),
        ("部门规章可以设定警告吗", "可以设定", "行政处罚法", 13),
        ("乡镇政府能不能查封", "不得设定", "行政强制法", 10),
        ("地方性法规可以设定冻结存款吗", "不得设定", "行政强制法", 10),
        ("地方性法规可以设定查封吗", "可以设定", "行政强制法", 10),
        ("行政法规可以设定强制拆除吗", "不得设定", "行政强制法", 13),
        ("地方性法规可以设定吊销营业执照吗", "不得设定", "行政处罚法", 12),
        ("省政府规章能设定临时性许可吗", "可以设定", "行政许可法", 15),
        ("法律可以设定拘留吗", "可以设定", "行政处罚法", 10),
    ],
)
def test_a_named_organ_gets_yes_or_no_with_the_article(engine, question, verdict, law, number) -> None:
    reply = reply_of(engine, question)
    first = next(line for line in reply.text.split("\n") if line.startswith("- "))
    assert f"：{verdict}" in first and reply.is_enough
    whole = article(law, number)
    assert any(one.title.endswith(law) and one.text in whole for one in reply.sources)
    assert_marks(reply)


def test_what_our_words_stand_for_is_marked_where_the_text_is_not_held(engine) -> None:
    reply = reply_of(engine, "规范性文件可以收费吗")
    gists = [one for one in reply.sources if one.kind is SourceKind.GIST]
    assert gists and all("未收录原文" in one.status for one in gists)
    assert any("系概括" in note for note in reply.notes)


def test_before_the_table_begins_nothing_is_said() -> None:
    import datetime as dt

    early = Engine(Desk(kit, None, statutes(), as_of=dt.date(1990, 1, 1)))
    reply = reply_of(early, "县政府能不能设定行政许可")
    assert not reply.is_enough and not reply.sources


# --- passages and files -------------------------------------------------------------------------------------------


def test_a_passage_is_reviewed_with_quote_basis_and_certainty(engine) -> None:
    reply = reply_of(engine, "这段话合法吗：“乱倒灰渣的，处二百元罚款。”")
    clause, *bases = reply.sources
    assert clause.kind is SourceKind.CLAUSE and clause.text == "处二百元罚款" and clause.place is not None
    assert any(one.text == article("行政处罚法", 16) for one in bases)
    assert "违法" in reply.text and "把握" in reply.text and "建议" in reply.text
    assert_marks(reply)


def test_nothing_found_is_never_called_lawful(engine) -> None:
    reply = reply_of(engine, "这段话合法吗：“各村每月清扫一次道路。”")
    assert "不等于合法" in reply.text
    assert "合法" not in reply.text.replace("不等于合法", "").replace("是否合法", "")
    assert any("没有审查" in note for note in reply.notes)


def test_the_rank_is_assumed_and_that_is_said_until_somebody_tells_it(engine) -> None:
    talk = Conversation()
    first = reply_of(engine, "这段话合法吗：“乱倒灰渣的，处二百元罚款。”", talk)
    assert "假定为县级" in first.text and any("没有说明制定机关" in note for note in first.notes)
    reply_of(engine, "我们是省政府，你好", talk)
    later = reply_of(engine, "上面这段话合法吗", talk)
    assert "按省级政府规范性文件审查" in later.text and not any("没有说明制定机关" in note for note in later.notes)


def test_a_file_is_reviewed_and_its_clauses_can_be_found_again(engine, tmp_path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, "utf-8")
    reply = reply_of(engine, "", attached=(path,))
    clause = next(one for one in reply.sources if one.kind is SourceKind.CLAUSE)
    assert (clause.title, clause.label) == ("通知.txt", "第八条") and clause.clause.startswith("art-8")
    assert clause.place is not None and clause.place.span.of(NOTICE) == clause.text


def test_a_file_that_cannot_be_read_is_an_error_and_no_turn(engine, tmp_path) -> None:
    talk = Conversation()
    with pytest.raises(SourceError):
        list(engine.ask("看看", talk, (tmp_path / "没有.docx",)))
    assert not talk.turns


def test_the_file_of_an_earlier_turn_is_meant_later(engine, tmp_path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, "utf-8")
    talk = Conversation()
    reply_of(engine, "核对一下引用", talk, (path,))
    assert "处二百元罚款" in reply_of(engine, "这个文件有没有问题", talk).text
    again = Conversation.from_json(talk.to_json())
    assert "处二百元罚款" in reply_of(engine, "这个文件有没有问题", again).text
    path.write_text("改过了的文字。\n", "utf-8")
    changed = Conversation.from_json(talk.to_json())
    assert any("有改动" in note for note in reply_of(engine, "这个文件有没有问题", changed).notes)


def test_words_for_review_without_a_passage_are_asked_for(engine) -> None:
    reply = reply_of(engine, "上面这个文件合法吗")
    assert not reply.is_enough


# --- citations, requirements, talk --------------------------------------------------------------------------------


def test_citations_are_answered_one_by_one(engine) -> None:
    reply = reply_of(engine, "帮我核对引用：根据《合同法》第五十二条和《行政处罚法》第八十九条、《行政处罚法》第十六条")
    assert "已废止" in reply.text and "无此条款" in reply.text and "有效" in reply.text
    assert any(one.text == article("行政处罚法", 16) for one in reply.sources)
    assert_marks(reply)


def test_requirements_come_with_their_source_and_figures_of_places_are_said_to_be_theirs(engine) -> None:
    reply = reply_of(engine, "规范性文件要公开征求意见多少天")
    assert "30日" in reply.text and reply.sources[0].kind is SourceKind.CARD
    (basis,) = [one for one in reply.sources if one.kind is SourceKind.ARTICLE]
    assert basis.label == "第七十五条" and basis.title.endswith("地方各级人民政府组织法")
    validity = reply_of(engine, "有效期一般几年")
    assert "只在当地适用" in validity.text
    assert_marks(reply)
    assert_marks(validity)


@pytest.mark.parametrize("question", ["", "你好", "谢谢", "今天天气怎么样", "写一首诗", "？？？"])
def test_small_talk_is_answered_shortly_and_cites_nothing(engine, question) -> None:
    reply = reply_of(engine, question)
    assert len(reply.text) < 250 and not reply.sources


# --- search -------------------------------------------------------------------------------------------------------


def test_without_a_corpus_a_topic_is_not_answered_and_the_way_out_is_told(engine) -> None:
    reply = reply_of(engine, "轻微违法不处罚的条件")
    assert not reply.is_enough and "kb build" in reply.text


def test_a_topic_gets_the_nearest_articles_as_candidates(desk) -> None:
    reply = reply_of(Engine(desk), "违法行为轻微并及时改正的不予行政处罚")
    assert reply.sources[0].label == "第三十三条" and "须自行核对" in reply.text
    assert_marks(reply)


def test_what_the_corpus_has_nothing_on_is_not_answered(desk) -> None:
    reply = reply_of(Engine(desk), "量子芯片光刻胶配方比例")
    assert not reply.is_enough and "没有足够的依据" in reply.text and not reply.sources


def test_a_law_that_is_named_in_a_question_is_searched_alone(desk) -> None:
    reply = reply_of(Engine(desk), "行政处罚法对听证怎么规定")
    assert {one.title for one in reply.sources} == {"中华人民共和国行政处罚法"}


def test_imported_words_are_said_to_be_unverified(desk) -> None:
    reply = reply_of(Engine(desk), "青榆省灰渣管理条例第二条")
    assert "未核实" in reply.sources[0].status and "每三十日" in reply.text


def test_a_chapter_needs_the_corpus(engine, desk) -> None:
    assert not reply_of(engine, "行政强制法第二章").is_enough
    labels = [one.label for one in reply_of(Engine(desk), "行政强制法第二章").sources]
    assert labels[:2] == ["第九条", "第十条"]


def test_texts_like_an_attached_file_are_listed(desk, tmp_path) -> None:
    path = tmp_path / "办法.txt"
    path.write_text("青榆县灰渣办法\n\n第一条　灰渣运输车辆应当密闭，运输单位应当每三十日清洗一次车厢。\n", "utf-8")
    reply = reply_of(Engine(desk), "有没有类似的文件", attached=(path,))
    assert reply.sources[0].title == "青榆省灰渣管理条例" and "重合" in reply.text
    assert_marks(reply)


# --- the engine ---------------------------------------------------------------------------------------------------


def test_closing_the_answer_ends_it_and_leaves_no_turn(engine) -> None:
    talk = Conversation()
    events = engine.ask("谁可以设定罚款", talk)
    assert any(isinstance(one, Piece) for one in (next(events), next(events)))
    events.close()
    assert not talk.turns


def test_the_rank_given_to_the_engine_holds_until_a_question_tells_another() -> None:
    engine = Engine(Desk(kit, None, statutes(), as_of=DAY), rank=Rank.TOWNSHIP)
    talk = Conversation()
    assert "按乡镇政府" in reply_of(engine, "“乱倒灰渣的，处二百元罚款。”合法吗", talk).text
    assert "按设区的市" in reply_of(engine, "我们是市政府，“乱倒灰渣的，处二百元罚款。”合法吗", talk).text


def test_a_follow_up_goes_on_from_the_article_before(engine) -> None:
    talk = Conversation()
    reply_of(engine, "行政处罚法第三十三条", talk)
    assert reply_of(engine, "那第三十四条呢", talk).sources[0].text == article("行政处罚法", 34)
    assert reply_of(engine, "第一款呢", talk).sources[0].label == "第三十四条第一款"


@pytest.mark.parametrize("question", ["第八条　乱倒灰渣的，处二百元罚款。\n" * 500, "？" * 10_000, "a" * 10_000])
def test_ten_thousand_characters_are_answered(engine, question) -> None:
    assert reply_of(engine, question).text


def test_paths_are_read_by_the_engine(engine, tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, "utf-8")
    assert reply_of(engine, "审查这个文件", attached=(path,)).sources


def test_what_looks_like_a_mark_in_the_words_of_others_is_none(engine) -> None:
    reply = reply_of(engine, "这段话合法吗：“乱倒灰渣的[7]，处[3]二百元罚款[2]。”")
    assert_marks(reply)


def test_what_is_kept_of_an_answer_on_a_file_holds_none_of_its_words(engine, tmp_path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE.replace("。\n", "，依照《合同法》第五十二条办理。\n"), "utf-8")
    talk = Conversation()
    for question in ("", "核对一下引用", "这个文件有没有问题"):
        reply_of(engine, question, talk, (path,))
    kept = talk.to_json().decode()
    assert "处二百元罚款" not in kept and "《合同法》" not in kept and "通知.txt" in kept
    reply_of(engine, "“乱倒灰渣的，处二百元罚款。”合法吗", talk)
    assert "处二百元罚款" in talk.to_json().decode()  # that was typed
