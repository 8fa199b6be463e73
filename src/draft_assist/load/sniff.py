"""Which format bytes are in, told by their content; the name only decides between kinds of text.

Formats that are known but not read (.doc, .wps, .ofd, pictures, ...) are refused here with the way out: an unread file
must never look like a clean one.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from draft_assist.errors import SourceError
from draft_assist.model import FileKind

# First bytes of formats without text of their own. Sources: the formats' public specifications.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"BZh9", "archive"),
    (b"\x7fELF", "program"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STEP = "请用 Word 或 WPS 打开，另存为 .docx 后再审"
_REFUSED: dict[str, tuple[str, str]] = {
    "ole-doc": ("这是旧版 Word 或 WPS 文字（.doc/.wps）格式，不能直接读取", _WORD_STEP),
    "ole-sheet": ("这是旧版表格（.xls/.et）格式，不能读取", "请把要审的文字复制到 .docx 或 .txt 后再审"),
    "ole-slides": ("这是旧版演示文稿（.ppt/.dps）格式，不能读取", "请把要审的文字复制到 .docx 或 .txt 后再审"),
    "ole": ("这是旧版 Office 或 WPS 的二进制格式，不能直接读取", _WORD_STEP),
    "encrypted": ("文件已加密，没有密码不能读取", "请在 Word 或 WPS 中取消密码后另存一份再审"),
    "sheet": ("这是电子表格（.xlsx），不能读取", "请把要审的文字复制到 .docx 或 .txt 后再审"),
    "slides": ("这是演示文稿（.pptx），不能读取", "请把要审的文字复制到 .docx 或 .txt 后再审"),
    "ofd": ("这是 OFD 版式文件，不能直接读取", "请用 OFD 阅读器转换为 .pdf（带文字层）或 .docx 后再审"),
    "odt": ("这是 OpenDocument 格式，不能直接读取", "请另存为 .docx 后再审"),
    "zip": ("这是压缩包，不是单个文档", "请解压后逐个送审"),
    "archive": ("这是压缩包，不是单个文档", "请解压后逐个送审"),
    "broken-zip": ("文件残缺或已损坏，打不开", "请重新下载或复制，或用 Word 修复后另存为 .docx"),
    "rtf": ("这是 RTF 格式，不能直接读取", _WORD_STEP),
    "mhtml": ("这是网页归档（MHT）格式，不能直接读取", _WORD_STEP),
    "word-xml": ("这是 Word XML 格式，不能直接读取", _WORD_STEP),
    "picture": ("这是图片，没有可读的文字", "请先做文字识别，核对后存为 .docx 或 .txt 再审"),
    "program": ("这是程序文件，不是文档", "请确认选对了文件"),
}
# Endings by format that is read; an ending outside this table is taken for plain text without a note.
_ENDINGS: dict[FileKind, frozenset[str]] = {
    FileKind.TEXT: frozenset({".txt", ".text"}),
    FileKind.MARKDOWN: frozenset({".md", ".markdown"}),
    FileKind.HTML: frozenset({".html", ".htm", ".xhtml", ".shtml"}),
    FileKind.DOCX: frozenset({".docx", ".docm", ".dotx", ".dotm"}),
    FileKind.PDF: frozenset({".pdf"}),
}
_CONTAINER_NAMES = ".doc .wps .wpt .dot .rtf .ofd .xls .xlsx .et .ppt .pptx .dps .odt .zip"
_CONTAINER_ENDINGS = frozenset(_CONTAINER_NAMES.split())
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|table|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_SURE = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_WORD_XML = re.compile(r"\s*<\?xml.{0,400}(?:w:wordDocument|pkg:package|mso-application)", re.DOTALL)


def kind_of(content: bytes, path: Path) -> str:
    """A `FileKind` value, or the id of a format that is not read.

    Args:
        content: all bytes of the file; not empty.
        path: its ending tells Markdown and bare HTML fragments from plain text.
    """
    if b"%PDF-" in content[:1024]:
        return FileKind.PDF
    if content.startswith(_OLE):
        return _ole_kind(content)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(content)
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "picture"
    if content.startswith(b"BM") and len(content) > 14 and content[6:10] == b"\x00\x00\x00\x00":
        return "picture"
    return _text_kind(content, path)


def check_is_read(kind: str, where: str) -> None:
    """Refuse a format that has no reader.

    Raises:
        SourceError: saying which format it is and how to turn it into one that is read.
    """
    if kind in _REFUSED:
        what, step = _REFUSED[kind]
        raise SourceError(what, where=where, next_step=step)


def mismatch_note(kind: FileKind, path: Path) -> str:
    """A Chinese note when the name's ending claims another format than the content; "" when it fits."""
    ending = path.suffix.lower()
    claimed = next((known for known, endings in _ENDINGS.items() if ending in endings), None)
    if claimed is None:
        return f"扩展名是 {ending}，内容是 {_NAMES[kind]}，已按内容读取" if ending in _CONTAINER_ENDINGS else ""
    return "" if claimed == kind else f"扩展名是 {ending}，内容是 {_NAMES[kind]}，已按内容读取"


_NAMES = {
    FileKind.TEXT: "纯文本",
    FileKind.MARKDOWN: "Markdown",
    FileKind.HTML: "网页",
    FileKind.DOCX: "Word 文档",
    FileKind.PDF: "PDF",
}


def _ole_kind(content: bytes) -> str:
    """Which program wrote a compound file, by the stream names in its directory (UTF-16)."""
    for stream, kind in (
        ("EncryptedPackage", "encrypted"),
        ("WordDocument", "ole-doc"),
        ("Workbook", "ole-sheet"),
        ("PowerPoint Document", "ole-slides"),
    ):
        if stream.encode("utf-16-le") in content:
            return kind
    return "ole"


def _zip_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
    except Exception:  # zipfile raises a dozen kinds on broken directories
        return "broken-zip"
    lowered = {name.lower().replace("\\", "/").lstrip("/") for name in names}
    if "word/document.xml" in lowered or any(re.fullmatch(r"word/document\d*\.xml", name) for name in lowered):
        return FileKind.DOCX
    for start, kind in (("xl/", "sheet"), ("ppt/", "slides"), ("ofd.xml", "ofd"), ("content.xml", "odt")):
        if any(name.startswith(start) for name in lowered):
            return kind
    if "[content_types].xml" in lowered:
        return "broken-zip"
    return "zip"


def _text_kind(content: bytes, path: Path) -> str:
    ending = path.suffix.lower()
    start = _readable_start(content)
    if start.lstrip().lower().startswith("mime-version:"):
        return "mhtml"
    if _WORD_XML.match(start):
        return "word-xml"
    if ending in _ENDINGS[FileKind.HTML]:
        return FileKind.HTML
    if _HTML_START.match(start) and (_HTML_SURE.search(start) or ending not in {".txt", ".md", ".markdown"}):
        return FileKind.HTML
    return FileKind.MARKDOWN if ending in _ENDINGS[FileKind.MARKDOWN] else FileKind.TEXT


def _readable_start(content: bytes) -> str:
    """The first characters, good enough to find ASCII mark-up in any encoding that is read."""
    head = content[:4096]
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
