"""Opening files and telling formats apart: what is read, what is refused, and with which words."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx_factory import package, paragraph

from draft_assist.errors import SourceError
from draft_assist.load import from_text, load, load_bytes
from draft_assist.model import FileKind
from draft_assist.settings import Settings

SETTINGS = Settings()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zip_of(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name in names:
            out.writestr(name, "<x/>")
    return buffer.getvalue()


def refusal(content: bytes, name: str = "稿.txt", settings: Settings = SETTINGS) -> SourceError:
    with pytest.raises(SourceError) as caught:
        load_bytes(content, name, settings)
    assert caught.value.next_step, "a refusal says what to do next"
    return caught.value


def test_a_text_file_is_read_with_its_hash_and_path(tmp_path: Path) -> None:
    source = tmp_path / "稿.txt"
    source.write_bytes("第一条　为了加强管理。\r\n第二条\r".encode())
    raw = load(source, SETTINGS)
    assert raw.text == "第一条　为了加强管理。\n第二条\n"
    assert (raw.path, raw.kind, raw.encoding) == (source, FileKind.TEXT, "utf-8")
    assert len(raw.sha256) == 64 and raw.unread == () and raw.blocks == ()


def test_standard_input_is_told_by_content() -> None:
    assert load(Path("-"), SETTINGS, stdin="第一条".encode()).kind is FileKind.TEXT
    assert load(Path("-"), SETTINGS, stdin=package(paragraph("第一条"))).kind is FileKind.DOCX
    assert load(Path("-"), SETTINGS, stdin=b"<!DOCTYPE html><p>a</p>").kind is FileKind.HTML


def test_standard_input_is_read_from_the_process(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from draft_assist.load import load; from draft_assist.settings import Settings;"
        "print(len(load(Path('-'), Settings()).text))"
    )
    done = subprocess.run([sys.executable, "-c", program], input="第一条".encode(), capture_output=True, check=True)
    assert done.stdout.strip() == b"3"


def test_a_text_file_loads_without_the_heavy_libraries(tmp_path: Path) -> None:
    source = tmp_path / "稿.txt"
    source.write_text("第一条　为了加强管理，制定本办法。", encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from draft_assist.load import load;"
        "from draft_assist.normalise import normalise; from draft_assist.settings import Settings;"
        f"normalise(load(Path({str(source)!r}), Settings()));"
        "heavy = ('lxml', 'docx', 'pypdfium2', 'opencc', 'yaml', 'html.parser');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="没有这个文件"):
        load(tmp_path / "无.txt", SETTINGS)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="文件夹"):
        load(tmp_path, SETTINGS)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_without_a_writer_does_not_hang(tmp_path: Path) -> None:
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    with pytest.raises(SourceError, match="不是普通文件"):
        load(pipe, SETTINGS)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_an_endless_device_is_not_read() -> None:
    with pytest.raises(SourceError, match="不是普通文件"):
        load(Path("/dev/zero"), SETTINGS)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    source = tmp_path / "稿.txt"
    source.write_text("第一条", encoding="utf-8")
    source.chmod(0)
    with pytest.raises(SourceError, match="权限"):
        load(source, SETTINGS)


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises(SourceError):
        load(Path("a\0b"), SETTINGS)
    with pytest.raises(SourceError):
        load(Path("长" * 5000), SETTINGS)


def test_a_name_that_is_not_text_can_still_be_printed() -> None:
    with pytest.raises(SourceError) as caught:
        load(Path(os.fsdecode(b"/tmp/\xff\xfe.txt")), SETTINGS)
    str(caught.value).encode()


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", "\u3000\u3000\n".encode(), b"\xef\xbb\xbf\n", b"\xff\xfe"])
def test_nothing_to_read_is_refused(content: bytes) -> None:
    assert "空" in refusal(content).what or "没有文字" in refusal(content).what


def test_a_file_above_the_size_limit(tmp_path: Path) -> None:
    small = Settings(max_file_bytes=10)
    assert "上限" in refusal("第一条　总则".encode(), settings=small).what
    source = tmp_path / "稿.txt"
    source.write_text("第一条　总则", encoding="utf-8")
    with pytest.raises(SourceError, match="上限"):
        load(source, small)


def test_a_text_above_the_length_limit() -> None:
    assert "20 字" in refusal("第一条".encode() * 10, settings=Settings(max_text_chars=20)).what


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "旧版 Word"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "加密"),
        (OLE + "Workbook".encode("utf-16-le"), "表格"),
        (OLE, "二进制"),
        (b"{\\rtf1\\ansi abc}", "RTF"),
        (zip_of("OFD.xml", "Doc_0/Document.xml"), "OFD"),
        (zip_of("[Content_Types].xml", "xl/workbook.xml"), "电子表格"),
        (zip_of("[Content_Types].xml", "ppt/presentation.xml"), "演示文稿"),
        (zip_of("mimetype", "content.xml"), "OpenDocument"),
        (zip_of("一.txt"), "压缩包"),
        (b"Rar!\x1a\x07\x00abc", "压缩包"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0abc", "图片"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "MHT"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "Word XML"),
        (b"PK\x03\x04" + bytes(40), "残缺"),
        (b"\x7fELF" + bytes(40), "程序"),
    ],
)
@pytest.mark.parametrize("name", ["稿.txt", "稿.docx", "-"])
def test_a_format_that_is_not_read_is_named_whatever_its_ending(content: bytes, words: str, name: str) -> None:
    assert words in refusal(content, name).what


def test_a_wrong_ending_is_noted_and_the_content_read() -> None:
    raw = load_bytes(package(paragraph("第一条")), "稿.txt", SETTINGS)
    assert raw.kind is FileKind.DOCX
    assert raw.unread == ("扩展名是 .txt，内容是 Word 文档，已按内容读取",)
    assert load_bytes(package(paragraph("第一条")), "稿.doc", SETTINGS).unread
    page = load_bytes("<html><body><p>第一条</p></body></html>".encode(), "稿.docx", SETTINGS)
    assert page.kind is FileKind.HTML and "网页" in page.unread[0]
    plain = load_bytes("第一条　总则".encode(), "稿.docx", SETTINGS)
    assert plain.kind is FileKind.TEXT and "纯文本" in plain.unread[0]


def test_an_unknown_ending_is_plain_text_without_a_note() -> None:
    assert load_bytes("第一条".encode(), "稿", SETTINGS).unread == ()
    assert load_bytes("第一条".encode(), "稿.log", SETTINGS).unread == ()


def test_markdown_is_told_by_its_ending() -> None:
    assert load_bytes("# 办法\n".encode(), "稿.md", SETTINGS).kind is FileKind.MARKDOWN


def test_a_string_with_half_a_surrogate_pair_can_be_written_out_again() -> None:
    raw = from_text("第一条\ud83d罚款\r\n", "输入", SETTINGS)
    raw.text.encode()
    assert raw.text == "第一条�罚款\n" and "1 个" in raw.unread[0]
