"""PDF files: pages, indents, pages without text, locked and broken files."""

from __future__ import annotations

import pytest
from pdf_factory import Line, paragraphs_page, pdf

from draft_assist.errors import SourceError
from draft_assist.load import load_bytes
from draft_assist.model import FileKind
from draft_assist.settings import Settings

SETTINGS = Settings()
PAGE = paragraphs_page(
    ["　　　　某某县户外广告管理办法", "　　第一条　为了规范户外广告设施的设置，维护市容", "环境，制定本办法。"]
)


def test_each_page_is_a_block_with_its_number() -> None:
    raw = load_bytes(pdf([PAGE, [Line("第二页")]]), "稿.pdf", SETTINGS)
    assert (raw.kind, raw.page_count, [block.index for block in raw.blocks]) == (FileKind.PDF, 2, [1, 2])
    assert raw.blocks[1].span.of(raw.text) == "第二页"
    assert all(raw.text[block.span.end] == "\n" for block in raw.blocks)


def test_indents_are_kept_as_generated_spaces() -> None:
    raw = load_bytes(pdf([PAGE]), "稿.pdf", SETTINGS)
    assert raw.text.split("\n")[1].startswith("　　第一条")
    assert raw.text.split("\n")[2].startswith("环境")
    assert [span.of(raw.text) for span in raw.blocks[0].generated] == ["　" * 4, "　" * 2]


def test_a_page_without_text_is_named() -> None:
    raw = load_bytes(pdf([PAGE, [], [Line("— 3 —")]], picture_on=[1, 2]), "稿.pdf", SETTINGS)
    assert raw.unread == (
        "第2页没有可提取的文字（可能是扫描件或空白页），未审查",
        "第3页主要是图片，图片里的文字未审查",
    )
    assert len(raw.blocks) == 3


def test_a_scan_is_refused_and_never_counts_as_clean() -> None:
    with pytest.raises(SourceError, match="扫描件"):
        load_bytes(pdf([[], []], picture_on=[0, 1]), "稿.pdf", SETTINGS)


def test_too_many_pages() -> None:
    with pytest.raises(SourceError, match="上限"):
        load_bytes(pdf([PAGE, PAGE]), "稿.pdf", Settings(max_pages=1))


def test_a_locked_file_asks_for_the_password_to_be_taken_off() -> None:
    locked = pdf([PAGE]).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <" + b"41" * 32 + b"> /U <"
        + b"42" * 32 + b"> >>",
    )  # fmt: skip
    with pytest.raises(SourceError, match="加密"):
        load_bytes(locked, "稿.pdf", SETTINGS)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(500), pdf([PAGE])[:300]])
def test_a_broken_file(content: bytes) -> None:
    with pytest.raises(SourceError):
        load_bytes(content, "稿.pdf", SETTINGS)


def test_ligatures_and_soft_hyphens_are_spelled_out() -> None:
    raw = load_bytes(pdf([[Line("oﬃce第一条")]]), "稿.pdf", SETTINGS)
    assert raw.text == "office第一条\n"
