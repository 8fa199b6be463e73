"""The parts of a .docx package, unpacked within limits and parsed without entities, DTDs or network."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from draft_assist.errors import SourceError
from draft_assist.load.opening import display_name
from draft_assist.settings import Settings

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/"
# ISO strict files name the same elements in another namespace; these are the ones the reader looks at.
_TRANSITIONAL = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
# Deflate reaches 1032:1; office XML of real documents stays under 60:1. Small parts may be as repetitive as they like.
_MAX_RATIO = 200
_RATIO_FROM = 10_000_000
_MAX_PARTS = 20_000
_CHUNK = 1 << 20
_BROKEN_STEP = "请重新下载或复制，或用 Word 修复后另存为 .docx"


class Package:
    """A .docx opened for reading.

    Raises:
        SourceError: not a whole zip file, encrypted, or larger when unpacked than the settings allow.
    """

    def __init__(self, content: bytes, path: Path, settings: Settings) -> None:
        self._where = display_name(path)
        self._left = settings.max_unpacked_bytes
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise self._broken() from error
        if len(entries) > _MAX_PARTS or sum(entry.file_size for entry in entries) > settings.max_unpacked_bytes:
            raise self._too_large(settings)
        self._settings = settings
        self._entries = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}

    def names(self) -> list[str]:
        """Names of all parts, lower case, in the order of the zip directory."""
        return list(self._entries)

    def real_name(self, name: str) -> str:
        """The part's name as the package spells it; `name` itself when there is no such part."""
        entry = self._entries.get(name.lower())
        return entry.filename.replace("\\", "/").lstrip("/") if entry else name

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, case of the name not counted; None when there is no such part.

        Raises:
            SourceError: broken, encrypted or suspiciously well packed.
        """
        entry = self._entries.get(name.lower())
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise SourceError("文件已加密，没有密码不能读取", where=self._where, next_step="请取消密码后另存一份再审")
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(entry) as stream:
                # The directory may lie about sizes, so what really comes out is counted.
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    chunks.append(chunk)
                    if size > self._left or (size > _RATIO_FROM and size > _MAX_RATIO * max(entry.compress_size, 1)):
                        raise self._too_large(self._settings)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise self._broken() from error
        self._left -= size
        return b"".join(chunks)

    def parse(self, name: str) -> _Element | None:
        """The root element of an XML part; None when there is no such part.

        Raises:
            SourceError: not well-formed, or with a document type definition.
        """
        content = self.read(name)
        return None if content is None else self._parsed(content)

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part: id -> (last word of the type, target part)."""
        folder, base = posixpath.split(part)
        root = self.parse(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        found: dict[str, tuple[str, str]] = {}
        for element in root.iter(_RELATIONSHIP) if root is not None else ():
            target = element.get("Target", "")
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            found[element.get("Id", "")] = (element.get("Type", "").rsplit("/", 1)[-1], target)
        return found

    def _parsed(self, content: bytes) -> _Element:
        from lxml import etree  # type: ignore[import-untyped]

        if _STRICT in content:
            for strict, usual in _TRANSITIONAL:
                content = content.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise SourceError("文件内含文档类型定义，可能有害，不予读取", where=self._where, next_step=_BROKEN_STEP)
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._broken() from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise SourceError("文件内含文档类型定义，可能有害，不予读取", where=self._where, next_step=_BROKEN_STEP)
        return root

    def _broken(self) -> SourceError:
        return SourceError("文件残缺或已损坏，打不开", where=self._where, next_step=_BROKEN_STEP)

    def _too_large(self, settings: Settings) -> SourceError:
        return SourceError(
            f"文件解开后过大（上限 {settings.max_unpacked_bytes} 字节），可能是压缩炸弹",
            where=self._where,
            next_step="请确认文件来源；确是大文件的，请拆分或调高 DRAFT_ASSIST_MAX_UNPACKED_BYTES",
        )
