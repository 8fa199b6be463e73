"""The report on a terminal, and the table for a batch."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_factory import TEXT, article, finding, full_report, report

from draft_assist.model import Span
from draft_assist.report import render
from draft_assist.report.columns import cell_width, wrap
from draft_assist.report.text import print_text, write_text


class Terminal(io.StringIO):
    """A file that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    for line in write_text(full_report(), width=width).splitlines():
        assert cell_width(line) <= width, line


def test_the_parts_stand_in_their_order():
    written = write_text(full_report())
    marks = [
        "预审报告",
        "发现问题4处",
        "一、文件与审查情况",
        "[1] 违法",
        "[4] 提示",
        "三、审核要点",
        "四、未能审查",
        "五、原件文字",
    ]
    places = [written.index(mark) for mark in marks]
    assert places == sorted(places)


def test_a_finding_says_where_what_why_on_which_article_how_sure_and_what_to_do():
    written = write_text(full_report(), width=200)
    for words in (
        "“处二千元以下罚款”",
        "《中华人民共和国行政处罚法》第十六条",
        "2021年1月22日文本",
        "其他规范性文件不得设定行政处罚。",
        "较高（同类情形绝大多数判断正确）",
        "删除；或者改为",
        "AUTH-001（行政处罚）",
        "条文与规则编写时不一致，请核对",
        "本机法规库未收录该条文（不代表不存在）",
        "尚未施行",
        "由语言模型提出",
        "所涉文字有损坏",
        "是否采纳以及最终意见由审核人员决定",
    ):
        assert words in written


def test_an_article_that_several_findings_rest_on_is_shown_once_and_pointed_at_then():
    text = "处罚款。处罚款。处罚款。"
    found = tuple(finding(text, Span(start, start + 3)) for start in (0, 4, 8))
    written = write_text(report(text, found))
    assert written.count("其他规范性文件不得设定行政处罚。") == 1
    assert written.count("《中华人民共和国行政处罚法》第十六条") == 3
    assert written.count("条文见第1项。") == 2


def test_a_long_article_is_shortened_and_the_whole_is_pointed_at():
    long = "甲" * 99 + "。" + "乙" * 99 + "。"
    given_report = report(TEXT, (finding(TEXT, "罚款", basis=(article("第三条", long),)),))
    written = "".join(write_text(given_report).split())
    assert f"{long[:100]}……（节录，全文见网页或JSON格式的报告）" in written and "乙" * 9 not in written
    assert long in json.loads(render(given_report, "json"))["result"]["findings"][0]["basis"][0]["text"]


def test_ids_of_the_program_do_not_stand_in_the_text():
    written = write_text(full_report())
    for word in ("unlawful", "doubtful", "normative_document", "penalty", "not_held", "high"):
        assert word not in written.replace("normative-document", "")


def test_markup_of_the_terminal_library_in_a_document_is_plain_text():
    text = "第一条　[bold red]处罚款[/bold red] :smile: [link=http://x]y[/link]"
    written = write_text(report(text, (finding(text, Span(0, len(text))),)), width=200)
    assert "[bold red]处罚款[/bold red] :smile: [link=http://x]y[/link]" in written
    out = Terminal()
    print_text(report(text, (finding(text, Span(0, len(text))),)), file=out, width=200)
    assert "[bold red]处罚款[/bold red] :smile:" in out.getvalue()


def test_controls_of_the_terminal_in_a_document_do_not_reach_it():
    text = "第一条　\x1b]0;标题\x07\x1b[2J\x9b31m罚款"
    out = Terminal()
    print_text(report(text, (finding(text, Span(0, len(text))),)), file=out)
    assert "\x1b]0" not in out.getvalue() and "\x1b[2J" not in out.getvalue() and "\x9b" not in out.getvalue()


def test_colours_are_for_terminals_only(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    plain, coloured = io.StringIO(), Terminal()
    print_text(full_report(), file=plain)
    print_text(full_report(), file=coloured, width=80)
    assert "\x1b[" not in plain.getvalue()
    assert "\x1b[" in coloured.getvalue()
    assert plain.getvalue() == write_text(full_report())


def test_a_long_quote_is_cut_and_its_length_told():
    text = "罚" * 1000
    written = write_text(report(text, (finding(text, Span(0, 1000), message="长"),)))
    assert "（共1000字）" in written
    assert written.count("罚") < 500


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("一二三四五六", 8, ["一二三四", "五六"]),
        ("一二三四，五六", 8, ["一二三", "四，五六"]),  # a comma does not begin a line
        ("一二三《四五》", 8, ["一二三", "《四五》"]),  # an opening mark does not end one
        ("处以的 GB9704 标准", 12, ["处以的", "GB9704 标准"]),  # a word in Latin letters stays whole
        ("甲\n乙", 8, ["甲", "乙"]),
        ("", 8, [""]),
        ("1““（1”", 8, ["1“", "“（1”"]),  # marks are carried only as far as the next line has room
    ],
)
def test_lines_break_as_chinese_is_set(text, width, lines):
    assert wrap(text, width) == lines


@given(st.text(st.sampled_from("一二，。《》（）“”ab1 \n；"), max_size=80), st.integers(8, 40))
def test_wrapping_loses_nothing_but_spaces_and_keeps_the_width(text, width):
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(cell_width(line) <= width for line in lines)
