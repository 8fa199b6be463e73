"""Reading a file into a `RawDocument`: one reader a format, chosen by what the file holds, not by its name.

    opening.py   bytes of a regular file, within the size limit
    sniff.py     which format the bytes are in; formats that are not read, with the way out
    text.py, docx.py, pdf.py, html.py    the readers, all behind `Reader`
    secrecy.py   marks of secrecy: what carries one is refused here, before anything of it is kept

A file whose ending does not fit its content is read by its content and a note is left in `RawDocument.unread`. Every
failure is a `SourceError`; a reader's own exceptions never leave this package. Readers are imported when needed, so a
text file costs neither lxml nor pypdfium2.
"""

from __future__ import annotations

import hashlib
import re
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import msgspec

from draft_assist.errors import SourceError
from draft_assist.load.opening import display_name, read_regular_file, read_standard_input
from draft_assist.load.secrecy import guarded
from draft_assist.load.sniff import check_is_read, kind_of, mismatch_note
from draft_assist.model import FileKind, RawDocument
from draft_assist.settings import Settings

__all__ = ["Reader", "from_text", "load", "load_bytes"]

# Something to read: neither white space nor a control, zero-width or byte-order character.
_VISIBLE = re.compile(r"[^\s\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_READERS = {
    FileKind.TEXT: "draft_assist.load.text",
    FileKind.MARKDOWN: "draft_assist.load.text",
    FileKind.HTML: "draft_assist.load.html",
    FileKind.DOCX: "draft_assist.load.docx",
    FileKind.PDF: "draft_assist.load.pdf",
}


class Reader(Protocol):
    """What each reader module offers."""

    def read(self, content: bytes, path: Path, settings: Settings) -> RawDocument:
        """Read `content`; `path` only names it.

        Raises:
            SourceError: the content is broken, locked, or too large.
        """
        ...


def load(source: Path, settings: Settings, *, stdin: bytes | None = None) -> RawDocument:
    """Read a file, or standard input when `source` is Path("-").

    Args:
        source: a regular file (links are followed), or Path("-").
        settings: the limits.
        stdin: what standard input holds, for Path("-"); None reads it from the process.

    Raises:
        SourceError: missing, not a regular file, no permission, too large, empty, locked, broken, not a format that
            is read, or marked as a state secret.
    """
    if str(source) == "-":
        content = read_standard_input(settings) if stdin is None else stdin
    else:
        content = read_regular_file(source, settings)
    return load_bytes(content, str(source), settings)


def load_bytes(content: bytes, name: str, settings: Settings) -> RawDocument:
    """Read bytes that are already in memory.

    Args:
        content: the file's bytes.
        name: the file's name, for its ending and for messages; "-" for standard input.
        settings: the limits.

    Raises:
        SourceError: as for `load`.
    """
    path = Path(name)
    where = display_name(path)
    if not content:
        raise SourceError("文件是空的", where=where, next_step="请确认选对了文件")
    if len(content) > settings.max_file_bytes:
        raise SourceError(
            f"文件超过 {settings.max_file_bytes} 字节的上限",
            where=where,
            next_step="请拆分文件，或调高 DRAFT_ASSIST_MAX_FILE_BYTES",
        )
    kind = kind_of(content, path)
    check_is_read(kind, where)
    file_kind = FileKind(kind)
    reader = cast(Reader, import_module(_READERS[file_kind]))
    raw = _read_guarded(reader, content, path, settings, where)
    _check_text(raw.text, settings, where)
    note = mismatch_note(file_kind, path)
    read = msgspec.structs.replace(
        raw,
        kind=file_kind,
        sha256=hashlib.sha256(content).hexdigest(),
        unread=((note, *raw.unread) if note else raw.unread),
    )
    return guarded(read, settings, where)


def from_text(text: str, name: str, settings: Settings) -> RawDocument:
    """A plain-text document from a string, for callers of the Python API and text boxes.

    Line ends become line feeds; lone surrogates, which no encoding can write, become U+FFFD and a note says so.

    Raises:
        SourceError: the text is empty or too long, or marked as a state secret.
    """
    where = display_name(Path(name))
    turned = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    turned, lost = _SURROGATE.subn("�", turned)
    _check_text(turned, settings, where)
    raw = RawDocument(
        path=Path(name),
        kind=FileKind.TEXT,
        text=turned,
        encoding="utf-8",
        sha256=hashlib.sha256(turned.encode()).hexdigest(),
        unread=(f"有 {lost} 个不成字的编码单元，已标为“�”",) if lost else (),
    )
    return guarded(raw, settings, where)


def _read_guarded(reader: Reader, content: bytes, path: Path, settings: Settings, where: str) -> RawDocument:
    """Run a reader; whatever a broken file makes the underlying parser raise becomes a `SourceError`."""
    try:
        return reader.read(content, path, settings)
    except SourceError:
        raise
    except MemoryError as error:
        raise SourceError("文件过大，内存不足", where=where, next_step="请拆分文件后再审") from error
    except Exception as error:
        raise SourceError(
            f"文件已损坏，读取时出错（{type(error).__name__}）",
            where=where,
            next_step="请用原软件打开后另存一份再审",
        ) from error


def _check_text(text: str, settings: Settings, where: str) -> None:
    if len(text) > settings.max_text_chars:
        raise SourceError(
            f"正文有 {len(text)} 字，超过 {settings.max_text_chars} 字的上限",
            where=where,
            next_step="请拆分文件，或调高 DRAFT_ASSIST_MAX_TEXT_CHARS",
        )
    if _VISIBLE.search(text) is None:
        raise SourceError("文件里没有文字", where=where, next_step="请确认选对了文件；扫描件请先做文字识别")
