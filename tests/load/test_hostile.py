"""Whatever the bytes are, `load` answers with a document or a `SourceError`, and its text can be written out again."""

from __future__ import annotations

import random
from functools import cache

import pytest
from docx_factory import level, numbered, numbering, package, paragraph
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_factory import paragraphs_page, pdf

from draft_assist.errors import SourceError
from draft_assist.load import load_bytes
from draft_assist.normalise import normalise
from draft_assist.settings import Settings

SETTINGS = Settings(max_file_bytes=1_000_000, max_unpacked_bytes=5_000_000, max_text_chars=200_000, max_pages=20)
FUZZ = settings(max_examples=60, deadline=None, derandomize=True)
NAMES = ("稿.txt", "稿.md", "稿.html", "稿.docx", "稿.pdf", "-")


def answer(content: bytes, name: str) -> None:
    try:
        raw = load_bytes(content, name, SETTINGS)
    except SourceError as error:
        str(error).encode()
        return
    raw.text.encode()
    assert "\r" not in raw.text
    for block in raw.blocks:
        assert 0 <= block.span.start <= block.span.end < len(raw.text)
        assert raw.text[block.span.end] == "\n"
    normalise(raw)


@cache
def samples() -> tuple[bytes, ...]:
    lists = numbering(level(0, "第%1条", "chineseCountingThousand"))
    body = "".join(numbered(f"经营者应当遵守第{n}项要求。", 1) for n in range(20))
    table = f"<w:tbl><w:tr><w:tc>{paragraph('甲')}</w:tc></w:tr></w:tbl>"
    page = (
        "<html><body><h1>办法</h1>" + "<p>第一条　&ldquo;甲&rdquo;</p><table><tr><td>乙</table>" * 9 + "</body></html>"
    )
    return (
        package(body + table, numbering=lists, footnotes=f"<w:footnote>{paragraph('注')}</w:footnote>"),
        pdf([paragraphs_page(["　　第一条　为了加强管理，", "制定本办法。"])] * 3),
        page.encode(),
        page.encode("gb18030"),
        ("第一条　经营者应当登记。\n" * 40).encode("utf-16"),
    )


@FUZZ
@given(st.binary(min_size=1, max_size=400), st.sampled_from(NAMES))
def test_random_bytes(content: bytes, name: str) -> None:
    answer(content, name)


@FUZZ
@given(
    st.sampled_from(
        [b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"\xff\xfe"]
    ),
    st.binary(max_size=300),
    st.sampled_from(NAMES),
)
def test_random_bytes_behind_a_known_beginning(start: bytes, content: bytes, name: str) -> None:
    answer(start + content, name)


@FUZZ
@given(st.text(max_size=300), st.sampled_from(("utf-8", "utf-16", "gb18030")), st.sampled_from(NAMES))
def test_random_text(text: str, encoding: str, name: str) -> None:
    answer(text.encode(encoding, "replace") or b"?", name)


@pytest.mark.parametrize("index", range(5), ids=["docx", "pdf", "html", "html-gb", "utf-16"])
def test_flipped_bits(index: int) -> None:
    source = random.Random(20 + index)
    whole = samples()[index]
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(source.choice((1, 2, 8, 40))):
            broken[source.randrange(len(broken))] ^= 1 << source.randrange(8)
        answer(bytes(broken), source.choice(NAMES))


@pytest.mark.parametrize("index", range(5), ids=["docx", "pdf", "html", "html-gb", "utf-16"])
def test_truncated_files(index: int) -> None:
    whole = samples()[index]
    for end in range(1, len(whole), max(1, len(whole) // 60)):
        answer(whole[:end], "稿.docx")


@FUZZ
@given(st.data())
def test_random_xml_inside_a_sound_package(data: st.DataObject) -> None:
    pieces = ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>罚</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>",
              "<w:tc>",
              "</w:tc>", '<w:del w:author="x">', "</w:del>", '<w:fldChar w:fldCharType="begin"/>', "<w:txbxContent>",
              "</w:txbxContent>", "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>",
              "<w:br/>", "<w:pict>", "</w:pict>"]  # fmt: skip
    chosen = data.draw(st.lists(st.sampled_from(pieces), max_size=30))
    # Close what was opened, so that more than the parser's first check is exercised.
    opened: list[str] = []
    written: list[str] = []
    for one in chosen:
        if one.startswith("</"):
            if opened and opened[-1] == one:
                written.append(opened.pop())
        else:
            written.append(one)
            matching = "</w:sdtContent></w:sdt>" if "sdt" in one else f"</{one[1:-1].split(' ')[0]}>"
            if not one.endswith(("/>", "</w:t>")):
                opened.append(matching)
    answer(package("".join([*written, *reversed(opened)]) + paragraph("第一条")), "稿.docx")
