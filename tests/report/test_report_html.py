"""The HTML report, read back with an HTML parser."""

from __future__ import annotations

import base64
import hashlib
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from msgspec.structs import replace
from report_factory import TEXT, article, finding, full_report, page_blocks, report

from draft_assist.model import (
    Block,
    Clause,
    Damage,
    Facts,
    FileKind,
    Level,
    Region,
    Removed,
    Severity,
    Span,
)
from draft_assist.report.characters import visible
from draft_assist.report.html import TEMPLATES, write_html
from draft_assist.report.marked import NAMED_AT_ONCE, Segment, marked_lines
from draft_assist.report.places import Places

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "]]>--><!--",
    '" onmouseover="alert(1)',
    "{{ 7 * 7 }}{% raw %}",
    "<style>@import 'http://x'</style>",
    "javascript:alert(1)",
    "&lt;b&gt;&#60;",
]


def page_of(given_report):
    return html.document_fromstring(write_html(given_report).encode("utf-8"))


def shown_text(page) -> str:
    """The document as the left-hand side shows it, without the numbers of the findings."""
    for number in page.xpath('//section[contains(@class, "document")]//a'):
        tail = number.tail or ""
        previous, parent = number.getprevious(), number.getparent()
        if previous is not None:
            previous.tail = (previous.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
        parent.remove(number)
    return "\n".join(line.text_content() for line in page.xpath('//p[starts-with(@class, "l")]'))


def test_the_whole_raw_text_is_shown_line_by_line():
    given_report = full_report()
    assert shown_text(page_of(given_report)) == given_report.document.text.raw.text.removesuffix("\n")


def test_findings_and_words_are_linked_both_ways():
    page = page_of(full_report())
    for number in ("1", "2", "3", "4"):
        assert len(page.xpath(f'//*[@id="q-{number}"]')) == 1
        assert len(page.xpath(f'//article[@id="f-{number}"]')) == 1
        assert page.xpath(f'//section[contains(@class, "document")]//a[@href="#f-{number}"]')
        assert page.xpath(f'//article[@id="f-{number}"]//a[@href="#q-{number}"]')
    marked = {mark.get("data-f"): mark.text_content() for mark in page.xpath("//mark")}
    assert marked == {"1": "应当经镇人民政府审核同意", "2": "处二千元以下罚款", "3": "缴纳生态保证金五万元"}


def test_removed_and_damaged_words_are_marked_and_say_why():
    page = page_of(full_report())
    (removed,) = page.xpath('//span[@class="removed"]')
    assert removed.text_content() == "扫一扫分享到微信" and removed.get("title") == "未作为正文审查：导航"
    (damaged,) = page.xpath('//span[@class="damaged"]')
    assert damaged.text_content() == "?" and "半角问号" in damaged.get("title")


def test_a_card_says_what_why_on_which_text_how_sure_and_what_to_do():
    page = page_of(full_report())
    card = " ".join(page.xpath('//article[@id="f-3"]')[0].text_content().split())
    for words in (
        "存疑",
        "保证金",
        "较低（仅为线索，须由人工判断）",
        "《优化营商环境条例》第二十五条",
        "不代表不存在",
        "FEE-003",
    ):
        assert words in card
    assert "其他规范性文件不得设定行政处罚" in page.xpath('//article[@id="f-2"]')[0].text_content()


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_document_is_shown_and_not_obeyed(text):
    found = (
        finding(text, Span(0, len(text)), title=text, message=text, advice=text, code=text, category=text),
        finding(text, Span(1, len(text))),
    )
    written = write_html(report(text, found, path=f"{text.replace('/', '')}.txt"))
    page = html.document_fromstring(written.encode("utf-8"))
    scripts = page.xpath("//script")
    assert len(scripts) == 1 and scripts[0].text == (TEMPLATES / "report.js").read_text(encoding="utf-8")
    assert len(page.xpath("//style")) == 1
    assert page.xpath("//img | //iframe | //link | //object") == []
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert shown_text(page) == text


def test_nothing_is_asked_for_from_outside():
    written = write_html(full_report())
    assert not re.search(r"https?://|//[a-z]+\.|@import|url\(", written)
    assert "default-src 'none'" in written


def test_the_script_is_the_one_that_the_policy_allows():
    page = page_of(full_report())
    digest = base64.b64encode(hashlib.sha256(page.xpath("//script")[0].text.encode()).digest()).decode()
    policy = page.xpath('//meta[@http-equiv="Content-Security-Policy"]')[0].get("content")
    assert f"'sha256-{digest}'" in policy


def test_filters_wait_for_the_script_so_that_the_page_works_without():
    page = page_of(full_report())
    (form,) = page.xpath("//form")
    assert form.get("hidden") is not None
    assert [option.get("value") for option in page.xpath("//option")] == [
        "",
        "permit",
        "penalty",
        "deposit",
        "structure",
    ]


def test_a_clean_document_has_neither_filters_nor_script():
    page = page_of(report(findings=()))
    assert page.xpath("//form | //script | //article") == []
    assert "未发现不等于没有" in page.text_content()


def test_overlapping_and_nested_findings_keep_the_worst_colour_and_all_numbers():
    text = "甲乙丙丁戊己"
    found = (
        finding(text, Span(0, 4), severity=Severity.ADVICE),
        finding(text, Span(2, 6), severity=Severity.UNLAWFUL),
        finding(text, Span(1, 3), severity=Severity.DOUBTFUL),
    )
    page = page_of(report(text, found))
    marks = [(mark.text_content(), mark.get("class"), mark.get("data-f")) for mark in page.xpath("//mark")]
    assert marks == [
        ("甲", "advice", "1"),
        ("乙", "doubtful", "3 1"),
        ("丙", "unlawful", "2 3 1"),
        ("丁", "unlawful", "2 1"),
        ("戊己", "unlawful", "2"),
    ]
    assert shown_text(page) == text


def test_a_finding_over_several_lines_is_marked_on_each():
    text = "第一条\n\n第二条\n"
    page = page_of(report(text, (finding(text, Span(1, 9)),)))
    assert [mark.text_content() for mark in page.xpath("//mark")] == ["一条", "第二条"]


def test_lines_outside_the_running_text_say_where_they_stand():
    text = "正文\n单元格\n注文\n"
    blocks = (
        Block(span=Span(0, 2)),
        Block(span=Span(3, 6), region=Region.TABLE, cell=(1, 2, 3)),
        Block(span=Span(7, 9), region=Region.FOOTNOTE),
    )
    page = page_of(report(text, (), path="a.docx", kind=FileKind.DOCX, blocks=blocks))
    assert [where.text_content() for where in page.xpath('//p[@class="where"]')] == ["表1", "脚注"]
    assert page.xpath('//td[p/@id="L2"]/@title') == ["第2行第3列"]


def test_cells_of_a_row_stand_on_one_row():
    text = "正文\n名称\n标准\n甲\n甲续\n五元\n乙\n六元\n尾"
    cells = ((1, 1, 1), (1, 1, 3), (1, 2, 1), (1, 2, 1), (1, 2, 2), (2, 1, 1), (2, 1, 2))
    lines, blocks, start = text.split("\n"), [], 0
    for line, cell in zip(lines, (None, *cells, None), strict=True):
        region = Region.TABLE if cell else Region.BODY
        blocks.append(Block(span=Span(start, start + len(line)), region=region, cell=cell))
        start += len(line) + 1
    given = report(text, (finding(text, "五元"),), path="a.docx", kind=FileKind.DOCX, blocks=tuple(blocks))
    page = page_of(given)
    tables = page.xpath('//table[@class="source"]')
    rows = [[[p.text_content() for p in cell] for cell in row] for table in tables for row in table.xpath(".//tr")]
    assert rows == [[["名称"], [], ["标准"]], [["甲", "甲续"], ["五元1"]], [["乙"], ["六元"]]]
    assert len(tables) == 2 and tables[0].xpath(".//mark")[0].text_content() == "五元"
    assert page.xpath('//p[@class="l"]/@data-n') == ["1", "2"], "the margin counts what the labels count: paragraphs"
    assert shown_text(page) == text


def test_every_title_is_set_as_one():
    text = "青川县人民政府关于印发办法的通知\n正文\n青川县采砂\n管理办法\n第一条　甲"
    given = report(text, (), facts=Facts(title="青川县采砂管理办法", title_span=Span(20, 30)))
    first = Span(0, text.index("\n"))
    notice = Clause(path="title-1", level=Level.TITLE, number=(), span=first, head=first, body=first)
    given = replace(given, document=replace(given.document, clauses=(notice, *given.document.clauses)))
    assert page_of(given).xpath('//p[@class="l title"]/@id') == ["L1", "L3", "L4"]


def test_a_long_article_can_be_opened_and_a_short_one_is_open():
    long = "甲" * 99 + "。\n" + "乙" * 99 + "。"
    basis = (article("第三条", long), article("第四条", "短条文。"))
    page = page_of(report(TEXT, (finding(TEXT, "罚款", basis=basis),)))
    first, second = page.xpath('//blockquote[@class="law"]')
    assert first.xpath("details/summary/span[1]")[0].text_content() == long[:100] + "……"
    assert [p.text_content() for p in first.xpath("details/p")] == long.split("\n")
    assert second.xpath("details") == [] and second.xpath("p")[0].text_content() == "短条文。"


def test_the_page_has_dark_colours_for_screens_and_opens_all_on_paper():
    style = page_of(full_report()).xpath("//style")[0].text
    assert "@media screen and (prefers-color-scheme: dark)" in style
    assert "details::details-content { content-visibility: visible" in style
    colours = re.findall(r"#[0-9a-f]{3,6}\b", style.split("* { box-sizing", 1)[1])
    assert colours == [], "colours outside the two palettes would be wrong in one of them"


def test_pages_of_a_pdf_are_told():
    text = "甲\n乙"
    page = page_of(report(text, (), path="a.pdf", kind=FileKind.PDF, blocks=page_blocks(text), page_count=2))
    assert [where.text_content() for where in page.xpath('//p[@class="where"]')] == ["第1页", "第2页"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_marks_of_any_kind_never_lose_a_character(data):
    text = data.draw(st.text(st.sampled_from("甲乙\n丙\ud800\x00<&"), max_size=30))

    def spans(most):
        size = len(text)
        pairs = st.tuples(st.integers(0, size), st.integers(0, size))
        return [Span(min(pair), max(pair)) for pair in data.draw(st.lists(pairs, max_size=most))]

    given_report = report(
        text,
        tuple(finding(text, span) for span in spans(8)),
        removed=tuple(Removed(span=span, reason="导航", text=span.of(text)) for span in spans(3)),
        damaged=tuple(Damage(span=span, reason="缺字") for span in spans(3)),
    )
    lines = list(marked_lines(given_report, Places(given_report.document.text.raw)))
    joined = "\n".join("".join(part.text for part in line.parts if isinstance(part, Segment)) for line in lines)
    assert joined == text
    for number in range(1, len(given_report.findings) + 1):
        kinds = [type(p).__name__ for line in lines for p in line.parts if getattr(p, "number", 0) == number]
        assert kinds == ["Start", "End"]
    is_last_line_empty = not any(part for part in lines[-1].parts) and text.endswith("\n")
    assert shown_text(page_of(given_report)) == visible(text[:-1] if is_last_line_empty else text)


def test_many_findings_on_the_same_words_name_only_the_innermost():
    found = tuple(finding(TEXT, Span(0, len(TEXT))) for _ in range(500))
    page = page_of(report(TEXT, found))
    assert max(len(mark.get("data-f").split()) for mark in page.xpath("//mark")) == NAMED_AT_ONCE
    assert len(page.xpath('//a[@class="q"]')) == 500


def test_work_grows_with_the_text_and_not_with_its_square():
    def seconds(clauses: int) -> float:
        line = "第一条　单位和个人应当办理登记，违者处罚款。\n"
        text = line * clauses
        found = tuple(finding(text, Span(n * len(line) + 16, n * len(line) + 20)) for n in range(0, clauses, 20))
        given_report = report(text, found)
        places = Places(given_report.document.text.raw)
        started = time.perf_counter()
        assert sum(1 for _ in marked_lines(given_report, places)) == clauses + 1
        return time.perf_counter() - started

    seconds(500)
    small, large = seconds(4_000), seconds(32_000)
    assert large < 8 * small * 4 + 0.5, (small, large)
