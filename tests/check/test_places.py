"""Where a finding stands in the user's own file, for text, Word and HTML."""

from __future__ import annotations

import io

import docx
import pytest
from check_factory import checks_of, document_of

from draft_assist.check.places import PlaceFinder
from draft_assist.model import Document, Place, Span

FINE = "处二百元罚款"


def place_of(document: Document, words: str = FINE) -> Place:
    """The place of the first occurrence of `words`."""
    start = document.text.value.index(words)
    return PlaceFinder(document).place(Span(start, start + len(words)))


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        pytest.param(f"第九条　乱倒灰渣的，{FINE}。", 1, 11, id="first line"),
        pytest.param(f"关于整治的通知\n\n第九条　乱倒灰渣的，{FINE}。", 3, 11, id="after a blank line"),
        pytest.param(f"关于整治的通知\r\n\r\n第九条　乱倒灰渣的，{FINE}。", 3, 11, id="Windows line ends"),
        pytest.param(f"\ufeff第九条　乱倒灰渣的，{FINE}。", 1, 11, id="byte-order mark"),
        pytest.param(f"　　第九条　乱倒灰渣的，{FINE}。", 1, 13, id="indented"),
        pytest.param(f"規(guī)范\n第九条　乱倒灰渣的，{FINE}。", 2, 11, id="residue on the line before"),
    ],
)
def test_line_and_column_count_in_the_users_text(text, line, column) -> None:
    document = document_of(text)
    place = place_of(document)
    assert (place.line, place.column) == (line, column)
    assert place.span.of(document.text.raw.text) == FINE
    assert (place.page, place.part, place.paragraph, place.run, place.source_offset) == (0, "", -1, -1, -1)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param(f"第九条　乱倒灰渣的，{FINE}。", "第九条", id="an article of one paragraph"),
        pytest.param(f"第九条　应当清扫。\n乱倒灰渣的，{FINE}。", "第九条第二款", id="a second paragraph"),
        pytest.param(
            f"第九条　按照下列规定处理：\n（一）清扫；\n（二）乱倒的，{FINE}。", "第九条第（二）项", id="an item"
        ),
    ],
)
def test_the_label_names_the_clause_for_people(text, label) -> None:
    assert place_of(document_of(text)).label == label


def test_words_outside_any_numbered_clause_still_have_a_label() -> None:
    assert place_of(document_of(f"乱倒灰渣的，{FINE}。")).label


def test_words_that_a_broken_line_leaves_in_two_paragraphs_stand_where_they_begin() -> None:
    document = document_of("乱倒灰渣的，\n处二百元罚款")
    assert len(document.clauses) == 2
    span = Span(document.text.value.index("灰渣"), len(document.text.value))
    places = PlaceFinder(document)
    assert places.place(span).label == places.place(Span(span.start, span.start + 2)).label


def test_a_word_file_gives_part_paragraph_and_run() -> None:
    made = docx.Document()
    made.add_paragraph("关于整治的通知")
    paragraph = made.add_paragraph("第九条　乱倒灰渣的，")
    paragraph.add_run("处二百元").bold = True
    paragraph.add_run("罚款。")
    buffer = io.BytesIO()
    made.save(buffer)
    document = document_of(buffer.getvalue(), "样例.docx")
    place = place_of(document)
    assert (place.part, place.paragraph, place.run) == ("word/document.xml", 1, 1)
    assert place.span.of(document.text.raw.text) == FINE
    assert place.source_offset == -1
    assert made.paragraphs[place.paragraph].runs[place.run].text == "处二百元"


def test_a_cell_of_a_word_table_is_named_by_table_row_and_column() -> None:
    made = docx.Document()
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "违法行为", "处罚"
    table.cell(1, 0).text, table.cell(1, 1).text = "乱倒灰渣", FINE
    buffer = io.BytesIO()
    made.save(buffer)
    assert place_of(document_of(buffer.getvalue(), "样例.docx")).label == "表1第2行第2列"


def test_an_html_file_gives_the_offset_in_its_source() -> None:
    source = f"<html><body><h1>关于整治的通知</h1>\n<p>第九条　乱倒灰渣的，{FINE}。</p></body></html>"
    document = document_of(source, "样例.html")
    place = place_of(document)
    assert source[place.source_offset :].startswith(FINE)
    assert place.span.of(document.text.raw.text) == FINE
    assert place.paragraph == -1


def test_a_finding_carries_the_place_of_its_words() -> None:
    (finding,) = checks_of(f"关于整治的通知\n第九条　乱倒灰渣的，{FINE}。").findings
    assert (finding.place.line, finding.place.column, finding.place.label) == (2, 11, "第九条")
