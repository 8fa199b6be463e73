"""Documents with a mark of secrecy are refused at loading; the same words elsewhere are none."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from docx import Document as Word

from draft_assist.errors import OptionError, SourceError
from draft_assist.load import from_text, load, load_bytes
from draft_assist.load.secrecy import find_mark
from draft_assist.model import FileKind, Marking, RawDocument
from draft_assist.settings import Settings, read_settings

CLASSIFIED = Settings(classified_system=True)
BODY = (
    "青榆县人民政府关于加强河道管理的通知\n\n各乡镇人民政府：\n"
    "第一条　各乡镇应当巡查河道。\n第二条　本通知自印发之日起施行。\n"
)

MARKED = [
    ("秘密", Marking.SECRET, "the mark alone"),
    ("机密", Marking.CONFIDENTIAL, "of the next level"),
    ("绝密", Marking.TOP_SECRET, "of the highest"),
    ("机密★1年", Marking.CONFIDENTIAL, "with star and term"),
    ("秘密★10年", Marking.SECRET, "of ten years"),
    ("绝密★长期", Marking.TOP_SECRET, "without an end"),
    ("秘密★6个月", Marking.SECRET, "in months"),
    ("秘密★", Marking.SECRET, "without a term"),
    ("秘密☆5年", Marking.SECRET, "with a hollow star"),
    ("机密*3年", Marking.CONFIDENTIAL, "with an asterisk for a star"),
    ("机密＊三年", Marking.CONFIDENTIAL, "with a wide one, years in words"),
    ("秘密★启封前", Marking.SECRET, "papers of an examination"),
    ("绝密★启用前", Marking.TOP_SECRET, "likewise, before it is used"),
    ("机　密", Marking.CONFIDENTIAL, "set wide"),
    ("绝 密 ★ 20 年", Marking.TOP_SECRET, "set wide with all"),
    ("機密★1年", Marking.CONFIDENTIAL, "in traditional characters"),
    ("絕密", Marking.TOP_SECRET, "likewise"),
    ("機(jī)密★1年", Marking.CONFIDENTIAL, "with the residue of pinyin"),
    ("机\u200b密★1年", Marking.CONFIDENTIAL, "with a character that shows nothing"),
    ("机密★１年", Marking.CONFIDENTIAL, "with a wide digit"),
    ("密级：机密", Marking.CONFIDENTIAL, "with its label"),
    ("密级:秘密", Marking.SECRET, "with a narrow colon"),
    ("密级和保密期限：秘密★5年", Marking.SECRET, "with a long label"),
    ("【机密】", Marking.CONFIDENTIAL, "in brackets"),
    ("（秘密）", Marking.SECRET, "likewise"),
    ("机密级", Marking.CONFIDENTIAL, "called a level"),
    ("秘密件", Marking.SECRET, "called a paper"),
    ("机密★1年 特急", Marking.CONFIDENTIAL, "with the urgency behind it"),
    ("特急 机密★1年", Marking.CONFIDENTIAL, "with the urgency before it"),
    ("000001 机密★1年", Marking.CONFIDENTIAL, "with the number of the copy"),
    ("份号：000012\n秘密★3年", Marking.SECRET, "the number on a line of its own"),
    ("**机密★1年**", Marking.CONFIDENTIAL, "in Markdown"),
    ("# 机密", Marking.CONFIDENTIAL, "as a heading of Markdown"),
    ("秘密★2030年12月31日", Marking.SECRET, "with a date"),
    ("国家秘密：秘密★5年", Marking.SECRET, "spelled out"),
    ("机密⭐\ufe0f1年", Marking.CONFIDENTIAL, "with the star that telephones write"),
    ("机密\uf0ab1年", Marking.CONFIDENTIAL, "with the star of Wingdings"),
    ("机密·1年", Marking.CONFIDENTIAL, "with a point for a star"),
    ("机\x00密★1年", Marking.CONFIDENTIAL, "with a control character"),
    ("机密★壹年", Marking.CONFIDENTIAL, "with a formal numeral"),
    ("机密★2027-12-31前", Marking.CONFIDENTIAL, "with a date in figures"),
    ("机密★自2026年1月1日至2027年1月1日", Marking.CONFIDENTIAL, "from day to day"),
    ("密级：机密　紧急程度：特急", Marking.CONFIDENTIAL, "two fields on a line"),
    ("份号：000001 密级：机密 紧急程度：特急", Marking.CONFIDENTIAL, "three fields"),
    ("保密期限：10年 密级：机密", Marking.CONFIDENTIAL, "the term before the level"),
    ("【密级】机密", Marking.CONFIDENTIAL, "the label in brackets"),
    ("机密★1年 会后收回", Marking.CONFIDENTIAL, "to be handed back"),
    ("秘密 内部资料", Marking.SECRET, "an inner paper too"),
    ("青榆政发〔2026〕1号　机密★1年", Marking.CONFIDENTIAL, "beside the document number"),
    ("- 机密 -", Marking.CONFIDENTIAL, "between dashes"),
]

UNMARKED = [
    ("保守国家秘密、商业秘密和个人隐私。", "running text"),
    ("青榆县国家秘密载体管理规定", "a title"),
    ("第三章　国家秘密的管理", "a heading"),
    ("密级：公开", "open"),
    ("密级：无", "none"),
    ("密级：", "an empty form"),
    ("密级：＿＿＿＿", "an empty form"),
    ("密级：绝密□ 机密□ 秘密□", "boxes to tick"),
    ("绝密、机密、秘密三级", "a list of the levels"),
    ("商业秘密", "of business"),
    ("非密", "said not to be"),
    ("秘密级以上的文件由专人管理", "a rule about them"),
    ("机密文件管理办法", "a title"),
    ("保密审查表", "a form"),
    ("★★★", "stars alone"),
    ("秘密调查的证据不得使用", "secret as an adverb"),
    ("国家秘密", "the notion"),
    ("保守秘密", "a duty"),
    ("一、绝密", "a numbered heading"),
    ("（一）机密", "likewise"),
    ("1. 机密", "likewise, in figures"),
    ("绝密　机密　秘密", "the levels side by side"),
    ("绝密\n机密\n秘密", "the levels one below the other"),
    ("密级：绝密/机密/秘密", "a choice"),
    ("密级（绝密、机密、秘密）：", "a form with its choices"),
    ("密级：一般", "none of the levels"),
    ("密级：不涉密", "said not to be"),
    ("密级　保密期限", "the head of a table"),
    ("机密级计算机管理规定", "a title"),
    ("秘密事项", "a heading"),
    ("机密文件", "a heading"),
    ("涉密人员", "a heading"),
    ("无密级", "said not to be"),
    ("标明“机密★1年”", "how a mark is written"),
    ("例：机密★1年", "an example"),
    ("机密★1年的文件", "with the star, within a phrase"),
    ("机密★1年是法定标志", "likewise"),
    ("公开★", "another word with a star"),
    ("密码★", "a password"),
    ("秘密武器★★★★★", "stars of praise"),
    ("（此件公开发布）", "the opposite"),
    ("秘密会议", "an adjective"),
]


def text(line: str) -> bytes:
    return f"{line}\n{BODY}".encode()


@pytest.mark.parametrize(("line", "marking", "why"), MARKED, ids=[why for *_, why in MARKED])
def test_a_marked_document_is_refused_and_nothing_of_it_is_told(line, marking, why) -> None:
    with pytest.raises(SourceError) as raised:
        load_bytes(text(line), "通知.txt", Settings())
    told = str(raised.value)
    assert "《中华人民共和国保守国家秘密法》第三十一条" in told
    assert "河道" not in told
    assert load_bytes(text(line), "通知.txt", CLASSIFIED).marking is marking


@pytest.mark.parametrize(("line", "why"), UNMARKED, ids=[why for _, why in UNMARKED])
def test_the_words_alone_are_no_mark(line, why) -> None:
    assert load_bytes(text(line), "通知.txt", Settings()).marking is None


@pytest.mark.parametrize(
    "words",
    [
        BODY + "第三条　秘密\n机密\n绝密\n",
        BODY.replace("第一条", "第一条　本办法所称机密，是指县政府确定的事项。\n第一条之一"),
        BODY + "\n附件1\n登记表\n密级：＿＿\n",
    ],
    ids=["far below", "a definition", "a form in an attachment"],
)
def test_in_the_body_a_bare_word_is_no_mark(words) -> None:
    assert load_bytes(words.encode(), "通知.txt", Settings()).marking is None


def test_with_its_star_a_mark_is_one_wherever_it_stands_on_a_line_of_its_own() -> None:
    with pytest.raises(SourceError, match="机密★1年"):
        load_bytes(f"{BODY}\n机密★1年\n会议材料\n".encode(), "通知.txt", Settings())


def test_an_attachment_carries_its_mark_at_its_own_top() -> None:
    with pytest.raises(SourceError, match="附件开头"):
        load_bytes(f"{BODY}\n附件2\n秘密\n排查情况表\n".encode(), "通知.txt", Settings())


def test_under_the_name_of_an_attachment_too() -> None:
    with pytest.raises(SourceError, match="附件开头"):
        load_bytes(f"{BODY}\n附件1：水库位置表\n秘密\n序号\n".encode(), "通知.txt", Settings())
    with pytest.raises(SourceError, match="秘密★5年"):
        load_bytes(f"{BODY}\n附件2　　秘密★5年\n排查表\n".encode(), "通知.txt", Settings())


def test_at_the_top_of_a_page_of_text() -> None:
    with pytest.raises(SourceError, match="一页的开头"):
        load_bytes(f"{BODY}\f机密\n会议材料\n".encode(), "通知.txt", Settings())


@pytest.mark.parametrize("asked", ["秘密", "机密\n", "机密★1年"])
def test_a_mark_without_anything_under_it_is_a_word_that_someone_asks_about(asked) -> None:
    assert from_text(asked, "问题", Settings()).marking is None


def test_a_term_in_words_of_the_document_is_not_told() -> None:
    with pytest.raises(SourceError, match="机密★”") as raised:
        load_bytes(text("机密★至青石滩水库竣工"), "通知.txt", Settings())
    assert "青石滩" not in str(raised.value)


def test_of_several_marks_the_gravest_counts() -> None:
    words = f"秘密\n{BODY}\n绝密★长期\n"
    assert load_bytes(words.encode(), "通知.txt", CLASSIFIED).marking is Marking.TOP_SECRET


# --- kinds of file --------------------------------------------------------------------------------------------------


def word_file(path: Path, place: str, mark: str) -> Path:
    word = Word()
    if place == "body":
        word.add_paragraph(mark)
    for line in BODY.splitlines():
        word.add_paragraph(line)
    section = word.sections[0]
    if place == "header":
        section.header.paragraphs[0].text = mark
    if place == "footer":
        section.footer.paragraphs[0].text = mark
    word.save(str(path))
    return path


@pytest.mark.parametrize("place", ["body", "header", "footer"])
def test_a_word_file_is_refused_by_its_text_its_head_and_its_foot(tmp_path, place) -> None:
    path = word_file(tmp_path / "通知.docx", place, "机密★1年")
    with pytest.raises(SourceError, match="国家秘密标志"):
        load(path, Settings())
    assert load(path, CLASSIFIED).marking is Marking.CONFIDENTIAL


def test_hidden_words_and_comments_of_a_word_file_count(tmp_path) -> None:
    for place in ("hidden", "comment"):
        word = Word()
        for line in BODY.splitlines():
            word.add_paragraph(line)
        if place == "hidden":
            word.add_paragraph().add_run("机密★1年").font.hidden = True
        else:
            word.add_comment(word.paragraphs[0].runs, text="机密★1年", author="甲")
        word.save(str(tmp_path / "通知.docx"))
        with pytest.raises(SourceError, match="国家秘密标志"):
            load(tmp_path / "通知.docx", Settings())


def test_the_head_of_a_table_of_levels_in_an_attachment_is_none(tmp_path) -> None:
    word = Word()
    for line in (*BODY.splitlines(), "附件1"):
        word.add_paragraph(line)
    for cell, words in zip(word.add_table(1, 4).rows[0].cells, ("序号", "绝密", "机密", "秘密"), strict=True):
        cell.text = words
    word.save(str(tmp_path / "通知.docx"))
    assert load(tmp_path / "通知.docx", Settings()).marking is None


def test_a_page_of_html_is_refused() -> None:
    page = f"<html><body><p>机密★1年</p>{''.join(f'<p>{line}</p>' for line in BODY.split())}</body></html>"
    with pytest.raises(SourceError, match="国家秘密标志"):
        load_bytes(page.encode(), "通知.html", Settings())


def test_words_from_a_text_box_of_the_program_are_refused_too() -> None:
    with pytest.raises(SourceError, match="国家秘密标志"):
        from_text(f"机密★1年\n{BODY}", "粘贴的文字", Settings())


# --- inner papers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "marking"),
    [
        ("内部资料", Marking.INTERNAL),
        ("内部资料　注意保存", Marking.INTERNAL),
        ("内部文件，不得外传", Marking.INTERNAL),
        ("（仅供内部使用）", Marking.INTERNAL),
        ("内部使用 请勿外传", Marking.INTERNAL),
        ("会后收回", Marking.INTERNAL),
        ("工作秘密", Marking.WORK_SECRET),
        ("工作秘密★3年", Marking.WORK_SECRET),
    ],
)
def test_an_inner_paper_is_read_and_its_mark_is_noted(line, marking) -> None:
    raw = load_bytes(text(line), "通知.txt", Settings())
    assert raw.marking is marking
    assert any("模型服务" in note for note in raw.unread)


@pytest.mark.parametrize(
    "line", ["内部资料管理办法", "各单位内部使用的资料应当登记", "工作秘密管理规定", "加强内部管理"]
)
def test_words_about_inner_papers_are_no_mark(line) -> None:
    assert load_bytes(text(line), "通知.txt", Settings()).marking is None


# --- settings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "on"), [("1", True), ("true", True), ("TRUE", True), ("0", False), ("", False)])
def test_the_administrator_declares_the_system(value, on) -> None:
    assert read_settings({"DRAFT_ASSIST_CLASSIFIED_SYSTEM": value}).classified_system is on


def test_any_other_value_is_an_error() -> None:
    with pytest.raises(OptionError, match="DRAFT_ASSIST_CLASSIFIED_SYSTEM"):
        read_settings({"DRAFT_ASSIST_CLASSIFIED_SYSTEM": "maybe"})


@pytest.mark.parametrize(
    "words",
    [
        BODY * 1500,
        "密★" * 50_000,
        "附件" + " " * 100_000 + "甲",
        "机" + " " * 100_000 + "密★",
        "甲" * 100_000 + BODY,
        ("0" * 59 + "密\n") * 15 + BODY,
        ("特急" * 29 + "密\n") * 15 + BODY,
        ("密级" * 29 + "密\n") * 15 + BODY,
    ],
    ids=["a long document", "stars", "spaces", "a mark torn apart", "one line", "digits", "urgent", "labels"],
)
def test_looking_costs_next_to_nothing(words) -> None:
    raw = RawDocument(path=Path("通知.txt"), kind=FileKind.TEXT, text="甲\n" + words)
    started = time.perf_counter()
    find_mark(raw)
    assert time.perf_counter() - started < 0.1
