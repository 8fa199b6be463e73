"""What a model says, sentence by sentence: what is kept, and what is left out for which reason."""

from __future__ import annotations

import pytest
from chat_engines import DAY, statutes

from draft_assist.chat.desk import article_source
from draft_assist.chat.figures import figures_of
from draft_assist.chat.sentences import Sentences
from draft_assist.chat.sources import Source, SourceKind, Sources
from draft_assist.chat.verified import REASONS, Verifier

TYPED = "县政府的办法规定“乱倒灰渣的，处二百元罚款”，能不能这样写？"


def verifier() -> Verifier:
    """[1] 行政处罚法第十六条, [2] 行政许可法第十七条, [3] 行政处罚法第六十四条, [4] an invented regulation."""
    sources = Sources()
    for title, label in (("行政处罚法", "第十六条"), ("行政许可法", "第十七条"), ("行政处罚法", "第六十四条")):
        held = article_source(statutes(), title, label, DAY)
        assert held is not None
        sources.add(held)
    sources.add(
        Source(
            kind=SourceKind.ARTICLE, title="青榆省灰渣管理条例", label="第二条", article=(2, 0), status="时效未核实",
            text="灰渣运输车辆应当密闭，运输单位应当每三十日清洗一次车厢。违反规定的，处二百元以上五百元以下罚款。",
        )
    )  # fmt: skip
    return Verifier(sources, statutes(), as_of=DAY, typed=TYPED)


GOOD = [
    "规范性文件不得设定行政处罚[1]。",
    "法律、法规、规章以外的其他规范性文件，不得设定行政处罚[1]。",
    "按照《行政处罚法》第十六条，规范性文件不得设定行政处罚[1]。",
    "《中华人民共和国行政处罚法》第十六条写明“其他规范性文件不得设定行政处罚”[1]。",
    "所以县政府的办法不得设定“处二百元罚款”这样的行政处罚[1]。",
    "其他规范性文件一律不得设定行政许可[2]。",
    "听证的时间、地点，行政机关应当在举行听证的七日前通知当事人[3]。",
    "听证应当提前7日通知当事人[3]。",
    "要求听证的当事人，应当在告知后五日内提出[3]。",
    "灰渣运输车辆应当密闭，运输单位应当每30日清洗一次车厢[4]。",
    "违反规定的，处200元以上500元以下罚款[4]。",
    "您问的是“乱倒灰渣的，处二百元罚款”。",
    "在现有语料中没有查到直接的规定。",
    "不能据此认为没有规定，建议查阅本省的规定后再核对。",
    "1. 规范性文件不得设定行政处罚[1]。",
    "是否采纳，由审核人员判断。",
    "没有发现不等于合法。",
    "综上：",
    "\n",
    "您好！",
    "我先查一下条文。",
    "规范性文件不得设定行政处罚【1】。",
    "规范性文件不得设定行政处罚、行政许可[1, 2]。",
    "**规范性文件不得设定行政处罚**[1]。",
]


@pytest.mark.parametrize("sentence", GOOD)
def test_a_sentence_that_its_source_bears_is_kept(sentence) -> None:
    verdict = verifier().check(sentence)
    assert verdict.reason == "" and verdict.text


BAD = [
    ("县政府可以设定罚款[1]。", "altered_modal"),
    ("县政府可以设定二百元以下罚款。", "without_source"),
    ("规范性文件不得设定行政处罚[9]。", "unknown_source"),
    ("规范性文件不得设定行政处罚[1][12]。", "unknown_source"),
    ("规范性文件不得设定行政处罚[0]。", "unknown_source"),
    ("规范性文件不得设定行政处罚。", "without_source"),
    ("依照《行政处罚法》第十七条，行政处罚由行政机关实施[1]。", "unknown_article"),
    ("依照《行政处罚法》第九百条，不得处罚[1]。", "unknown_article"),
    ("依照《治安管理处罚法》第十六条，不得设定处罚[1]。", "unknown_article"),
    ("根据第十八条，规范性文件不得设定行政处罚[1]。", "unknown_article"),
    ("《刑法》也有同样的规定[1]。", "unknown_title"),
    ("民法典也规定不得设定行政处罚[1]。", "unknown_title"),
    ("《青榆县灰渣处罚实施细则》规定不得设定行政处罚[1]。", "unknown_title"),
    ("按照国发〔2099〕7号，规范性文件不得设定行政处罚[1]。", "unknown_title"),
    ("条文写明“其他规范性文件可以设定行政处罚”[1]。", "altered_quote"),
    ("条文写明“其他规范性文件不得创设行政处罚”[1]。", "altered_quote"),
    ("听证应当提前十日通知当事人[3]。", "unknown_figure"),
    ("听证应当提前七个工作日通知当事人[3]。", "unknown_figure"),
    ("运输单位应当每三十日清洗一次车厢，违反的罚款百分之五[4]。", "unknown_figure"),
    ("违反规定的，处2000元罚款[4]。", "unknown_figure"),
    ("违反规定的，处三万元罚款[4]。", "unknown_figure"),
    ("灰渣运输车辆不得密闭[4]。", "altered_modal"),
    ("运输单位可以每三十日清洗一次车厢[4]。", "altered_modal"),
    ("建设项目环境影响报告书由专家评审小组出具意见后报批[1]。", "not_supported"),
    ("这样写是合法的[1]。", "calls_lawful"),
    ("这段话没有问题，可以放心发布。", "calls_lawful"),
    ("该条款符合法律规定[1]。", "calls_lawful"),
    ("任何罚款都合法。", "calls_lawful"),
    ("详见 https://example.invalid/law[1]。", "markup"),
    ("详见[条文](www.example.invalid)。", "markup"),
    ("<script>alert(1)</script>规范性文件不得设定行政处罚[1]。", "markup"),
    ("规范性文件不得设定行政处罚[1]！<img src=x onerror=y>", "markup"),
    ("没有查到限制，所以县政府有权收费。", "without_source"),
    ("请注意，县政府有权设定罚款。", "without_source"),
    ("建议按照八百元的标准收取保证金。", "unknown_figure"),
    ("县政府能收押金。", "without_source"),
    ("县政府可 以设定罚 款[1]。", "altered_modal"),
    ("县政府可\u200b以设定罚款[1]。", "altered_modal"),
    ("听证应当提前１０日通知当事人[3]。", "unknown_figure"),
    ("没有查到限制,县政府有权收费。", "without_source"),
    ("我核对过县政府有权设定罚款。", "without_source"),
    ("没有查到县政府不可以收费。", "without_source"),
    ("违反规定的罚款三百[4]。", "unknown_figure"),
    ("《中华人民共和国行政处罚法》共九十九条[1]。", "unknown_figure"),
    ("The county may impose fines of any amount on residents[1].", "not_chinese"),
    ("结论是“这段话合法”。", "calls_lawful"),
    ("没有问题。", "calls_lawful"),
    ("其他规范性文件得设定行政处罚[1]。", "altered_modal"),
    ("行政处罚由县政府设定[1]。", "altered_modal"),
    ("规范性文件不得不设定行政处罚[1]。", "altered_modal"),
    ("除涉及国家秘密外，听证不公开举行[3]。", "altered_modal"),
    ("灰渣运输车辆不必密闭[4]。", "altered_modal"),
    ("灰渣运输车辆无需密闭[4]。", "altered_modal"),
    ("违反规定的，处二百元罚款或者拘留[4]。", "not_supported"),
    ("您写的条款与法律不冲突。", "calls_lawful"),
    ("领导同意即可。", "without_source"),
    ("县里自己定就行。", "without_source"),
    ("法律、法规、规章不得设定行政处罚[1]。", "altered_modal"),
    ("举行听证的七日前，当事人可以通知行政机关听证的时间、地点[3]。", "altered_modal"),
    ("处罚" * 400, "too_long"),
]


@pytest.mark.parametrize(("sentence", "reason"), BAD)
def test_a_sentence_that_its_source_does_not_bear_is_left_out(sentence, reason) -> None:
    one = verifier()
    verdict = one.check(sentence)
    assert verdict.reason == reason and verdict.text == ""
    assert one.left_out[reason] == 1 and REASONS[reason] in one.note()


def test_what_a_tool_says_with_a_mark_stands_for_its_source() -> None:
    one = verifier()
    assert one.check("县级政府规范性文件不得设定，限额为十二元[1]。").reason == "unknown_figure"
    one.tell("- 县级政府规范性文件：不得设定，限额为12元[1]。")
    assert one.check("县级政府规范性文件不得设定，限额为十二元[1]。").reason == ""


def test_an_article_that_a_source_refers_to_may_be_named() -> None:
    assert verifier().check("依照本法第十四条、第十五条的除外，其他规范性文件一律不得设定行政许可[2]。").reason == ""


# --- sentences ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_pieces_of_any_size_give_the_same_sentences(size) -> None:
    text = "第一句。[1]第二句“里面。还有”！\n第三句《甲。乙》的话？[2][3] 末句没有句号"
    cut, found = Sentences(), []
    for start in range(0, len(text), size):
        found += cut.take(text[start : start + size])
    found.append(cut.rest())
    assert found == ["第一句。[1]", "第二句“里面。还有”！", "\n", "第三句《甲。乙》的话？[2][3]", " 末句没有句号"]


def test_a_text_without_any_stop_is_cut_and_nothing_is_lost() -> None:
    cut = Sentences()
    text = "啊" * 5000
    assert "".join(cut.take(text)) + cut.rest() == text


# --- figures ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("二百元", "200元"), ("三十日", "30天"), ("5万元", "五万元"), ("百分之五", "5%"),
        ("2021-07-15", "2021年7月15日"),
        ("二百元以上五百元以下", "200元以上500元以下"), ("三倍", "3倍"), ("1,000元", "一千元"), ("六个月", "6个月"),
    ],
)  # fmt: skip
def test_a_figure_has_one_form(one, other) -> None:
    assert figures_of(one) == figures_of(other) and figures_of(one)


def test_figures_with_other_units_differ() -> None:
    assert figures_of("七日") != figures_of("七个工作日")
    assert figures_of("三十日") != figures_of("三十年")
    assert figures_of("第三十条") == set()


@pytest.mark.parametrize(
    "sentence", ["。", "\ufeff。", "\x00", "……", "——", "[1]", "[1][2]。", "“”", "《》", "第条", "\ud800"]
)
def test_odd_sentences_break_nothing(sentence) -> None:
    verifier().check(sentence)
