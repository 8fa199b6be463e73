"""The Markdown report, read back with a CommonMark parser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from report_factory import finding, full_report, report

from draft_assist.model import Span
from draft_assist.report.markdown import escape, write_markdown

PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
MARKUP = [
    "<script>alert(1)</script>",
    "[a](javascript:x)",
    "![](x)",
    "`c`",
    "| a | b |",
    "# x",
    "1. y",
    "- z",
    "***",
    "> q",
]


def kinds(text: str) -> set[str]:
    """Types of all tokens, those inside lines too."""
    tokens = PARSER.parse(text)
    return {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}


def test_the_report_reads_as_headings_lists_and_tables():
    html = PARSER.render(write_markdown(full_report()))
    for words in (
        "<h1>预审报告：青川县河道采砂管理办法</h1>",
        "<h3>1. 【违法】规范性文件设定行政许可</h3>",
        "<td>青府发〔2025〕8号</td>",
        "其他规范性文件不得设定行政处罚。",
        "本机法规库未收录该条文（不代表不存在）",
        "<li>附件中的图片（附件1）。原因：图片中的文字未读取。</li>",
    ):
        assert words in html


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_a_document_is_plain_text(text):
    written = write_markdown(report(text, (finding(text, Span(0, len(text)), title=text, message=text),)))
    assert not kinds(written) & {"html_block", "html_inline", "link_open", "image", "code_inline", "fence", "hr"}


@given(st.text(st.sampled_from("<>[]()!`*_#|~&;\\-+=.1a处\n "), min_size=1, max_size=40))
def test_escaped_text_reads_back_as_it_was(text):
    line = escape(text)
    tokens = PARSER.parse(f"原文{line}")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    alone = PARSER.parse(line) if line else []
    assert {token.type for token in alone} <= {"paragraph_open", "inline", "paragraph_close"}
