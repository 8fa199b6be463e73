"""Web pages: blocks with their places in the source, page furniture apart."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from draft_assist.errors import SourceError
from draft_assist.load import load_bytes
from draft_assist.model import RawDocument, Region
from draft_assist.normalise import normalise
from draft_assist.settings import Settings

SETTINGS = Settings()


def read(body: str, encoding: str = "utf-8", head: str = "") -> RawDocument:
    return load_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(encoding), "稿.html",
                      SETTINGS)  # fmt: skip


def lines(raw: RawDocument, region: Region = Region.BODY) -> list[str]:
    return [block.span.of(raw.text) for block in raw.blocks if block.region is region]


def test_paragraphs_lists_and_breaks() -> None:
    raw = read("<p>第一条<p>第二条 <b>违反</b>本办法\n规定的<br>处罚款<ol><li>甲<li>乙</ol>尾")
    assert raw.text == "第一条\n第二条 违反本办法规定的\n处罚款\n甲\n乙\n尾\n"


def test_each_block_knows_its_place_in_the_source() -> None:
    source = "<!DOCTYPE html><body>\r\n<h2>&#31532;一章</h2>\r\n<p> &ldquo;停车场&rdquo;&nbsp;管理</p></body>"
    raw = load_bytes(source.encode(), "稿.html", SETTINGS)
    turned = source.replace("\r\n", "\n")
    assert [turned[block.source_offset :][:7] for block in raw.blocks] == ["&#31532", "&ldquo;"]
    assert [(block.index, block.style_level) for block in raw.blocks] == [(2, 2), (3, 0)]
    assert raw.text == "第一章\n“停车场”\xa0管理\n"


def test_table_cells() -> None:
    raw = read("<table><tr><td>项目<td>标准<tr><th>车位</th><td><p>五元</p><p>十元</p></td></table>")
    assert [(block.span.of(raw.text), block.cell) for block in raw.blocks] == [
        ("项目", (1, 1, 1)), ("标准", (1, 1, 2)), ("车位", (1, 2, 1)), ("五元", (1, 2, 2)), ("十元", (1, 2, 2)),
    ]  # fmt: skip


def test_what_browsers_do_not_show_is_left_out() -> None:
    raw = read(
        "<title>题</title><script>if (a<b) x()</script><style>p{}</style><!-- 注 --><noscript>请启用</noscript>"
        '<p style="display: none">暗条</p><p hidden>隐条</p><p>明条</p><input type="hidden" value="x">'
    )
    assert raw.text == "明条\n"
    assert raw.unread == ("网页里有 2 处不显示的内容，未审查",)


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs", "utf-8", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert read("<p>本規定自公布之日起施行。</p>", encoding).text == "本規定自公布之日起施行。\n"


def test_a_declared_encoding_is_believed_unless_the_bytes_say_otherwise() -> None:
    declared = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    assert read("<p>镕</p>", "gb18030", declared).text == "镕\n"
    assert read("<p>镕基路停车规定</p>", "utf-8", declared).text == "镕基路停车规定\n"
    assert read("<p>停车规定</p>", "utf-8", '<meta charset="no-such-thing">').text == "停车规定\n"


PAGE = (
    '<header><img width="20"><a>首页</a><a>政务</a><a>服务</a></header>'
    '<div class="crumbs">当前位置：<a>首页</a> &gt; <a>文件</a></div>'
    '<div class="header"><h1>某某县城区停车管理办法</h1></div>'
    "<p>第一条　为了加强停车管理，制定本办法。</p><p>附件：<a>停车位表.docx</a></p>"
    "<ul><li><a>要闻</a><li><a>公告</a><li><a>视频</a><li><a>专题</a></ul>"
    '<div id="footer">主办：某某县人民政府办公室</div>'
)


def test_menus_and_page_feet_are_set_apart_and_the_title_is_not() -> None:
    raw = read(PAGE)
    assert lines(raw) == ["某某县城区停车管理办法", "第一条　为了加强停车管理，制定本办法。", "附件：停车位表.docx"]
    normal = normalise(raw)
    assert normal.value.startswith("某某县城区停车管理办法\n第一条 为了")
    assert {one.reason for one in normal.removed} == {"导航"}
    assert "主办：某某县人民政府办公室\n" in "".join(one.text for one in normal.removed)


def test_a_page_wrapped_in_a_header_element_keeps_its_text() -> None:
    words = "".join(f"<p>各乡镇应当加强值守，落实第{n}项措施，确保安全。</p>" for n in range(9))
    assert len(lines(read(f'<div id="header" class="nav">{words}</div>'))) == 9


@pytest.mark.parametrize(
    "body",
    ["<p>第一条", "</p></div>第一条", "<p <b>第一条</p>", "<table><td>第一条</table></table>", "<![CDATA[x]]>第一条",
     "<p>第一条&#xD800;&#0;&bogus;&", "<a href='>第一条", "<li>第一条<ul><li>乙</ul>"],
)  # fmt: skip
def test_broken_markup_never_raises(body: str) -> None:
    try:
        raw = read(body)
    except SourceError:
        return
    raw.text.encode()


def test_absurd_nesting_is_refused_or_read_but_never_hangs() -> None:
    begun = time.perf_counter()
    for body in ("<div>" * 50_000 + "第一条", "<" * 50_000, "&" * 50_000 + "第一条", "<!--" * 20_000):
        with suppress(SourceError):
            read(body)
    assert time.perf_counter() - begun < 5
