"""Encodings of plain text."""

from __future__ import annotations

import pytest

from draft_assist.errors import SourceError
from draft_assist.load.text import decode

SIMPLIFIED = "第一条　为了规范城镇燃气经营行为，根据有关法律、法规，制定本办法。\n"
TRADITIONAL = "第一條　為了規範城鎮燃氣經營行為，根據有關法律、法規，制定本辦法。\n"


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL], ids=["simplified", "traditional"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-32", "utf-16-le", "utf-16-be"],
)
@pytest.mark.parametrize("times", [1, 40])
def test_chinese_text_comes_back_from_every_encoding(text: str, encoding: str, times: int) -> None:
    try:
        content = (text * times).encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("Big5 has no simplified characters")
    assert decode(content, "稿.txt").text == text * times
    assert decode(content, "稿.txt").notes == ()


@pytest.mark.parametrize("text", ["通知", "关于", "联通", "办法", "县政府", "第一条", "處罰", "規範"])
def test_a_few_characters_of_gb18030_are_not_taken_for_anything_else(text: str) -> None:
    assert decode(text.encode("gb18030"), "稿.txt").text == text


@pytest.mark.parametrize("text", ["臺北縣", "規範", "辦法第三條", "關於處罰"])
def test_a_few_characters_of_big5_are_not_taken_for_gb18030(text: str) -> None:
    assert decode(text.encode("big5hkscs"), "稿.txt").text == text


def test_latin_text_and_its_accents_stay_utf_8() -> None:
    assert decode("Überblick für ältere Straßen, façade déjà vu.".encode(), "a.txt").encoding == "utf-8"


def test_a_file_cut_inside_its_last_character_is_read_with_a_note() -> None:
    for encoding in ("utf-8", "gb18030"):
        cut = decode((SIMPLIFIED * 3 + "罚").encode(encoding)[:-1], "稿.txt")
        assert cut.text == SIMPLIFIED * 3
        assert "残缺" in cut.notes[0]


def test_a_byte_that_no_encoding_knows_is_marked_and_counted() -> None:
    content = SIMPLIFIED.encode("gb18030") * 20
    broken = decode(content[:200] + b"\xff\xff" + content[200:], "稿.txt")
    assert broken.text.count("�") >= 1 and "无法解码" in broken.notes[0]
    assert "燃气经营" in broken.text
    marked = decode(b"\xef\xbb\xbf" + SIMPLIFIED.encode() + b"\xff" + SIMPLIFIED.encode(), "稿.txt")
    assert marked.text.count("�") == 1


@pytest.mark.parametrize("content", [bytes(range(256)) * 8, b"\x00\x01\x02\x03" * 50, b"\xff" * 64])
def test_binary_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match="不是文本文件"):
        decode(content, "稿.txt")


def test_a_lone_nul_does_not_make_a_text_binary() -> None:
    assert decode("第一条\x00总则\n".encode() * 5, "稿.txt").text.startswith("第一条\x00")
