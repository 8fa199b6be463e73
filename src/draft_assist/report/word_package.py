"""The comments part of a .docx package, and the package written again with some parts changed.

Parts that are not changed keep their bytes, their order and the way they are packed.
"""

from __future__ import annotations

import copy
import io
import posixpath
import zipfile
from collections.abc import Sequence

from lxml import etree  # type: ignore[import-untyped]
from lxml.etree import _Element  # type: ignore[import-untyped]

from draft_assist.load.package import Package
from draft_assist.report.characters import xml_legal

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W_URI = W[1:-1]
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_COMMENTS_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_COMMENTS_LINK = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EMPTY_LINKS = f'<Relationships xmlns="{_LINKS[1:-1]}"/>'
# ISO strict packages name the same elements otherwise; the reader turns the names, and they are turned back here.
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES = tuple(
    (
        b"http://schemas.openxmlformats.org/" + usual,
        _STRICT + strict,
    )
    for usual, strict in (
        (b"wordprocessingml/2006/main", b"wordprocessingml/main"),
        (b"drawingml/2006/main", b"drawingml/main"),
        (b"officeDocument/2006/math", b"officeDocument/math"),
        (b"officeDocument/2006/relationships", b"officeDocument/relationships"),
    )
)


def is_strict(content: bytes) -> bool:
    """True for a part in the names of ISO strict files."""
    return _STRICT in content


class CommentsPart:
    """The package's comments, old and new."""

    def __init__(self, package: Package, main: str, root: _Element, *, strict: bool) -> None:
        self._package = package
        self._main = main
        self._strict = strict
        links = package.targets(main)
        part = next((target for kind, target in links.values() if kind == "comments"), None)
        found = package.parse(part) if part else None
        self._is_new = found is None or part is None
        self._part = part if part is not None and found is not None else self._free_name()
        self._root = found if found is not None else etree.Element(f"{W}comments", nsmap={"w": W_URI})
        self._next = 1 + max((-1, *_comment_ids(self._root), *_comment_ids(root)))
        self._text_style, self.reference_style = _comment_styles(package, links)

    def add(self, paragraphs: Sequence[str], author: str) -> int:
        """Add a comment; gives its id. It has no date: the review knows none but the day whose law applies."""
        number, self._next = self._next, self._next + 1
        comment = etree.SubElement(self._root, f"{W}comment")
        comment.set(f"{W}id", str(number))
        comment.set(f"{W}author", author)
        comment.set(f"{W}initials", author)
        for position, text in enumerate(paragraphs):
            comment.append(self._paragraph(text, is_first=position == 0))
        return number

    def changed(self) -> dict[str, bytes]:
        """Names and new bytes of the parts that differ."""
        parts = {self._part: serialised(self._root, strict=self._strict)}
        if self._is_new:
            folder, base = posixpath.split(self._main)
            links_name = posixpath.join(folder, "_rels", f"{base}.rels")
            parts[links_name] = self._linked(links_name)
            parts["[Content_Types].xml"] = self._typed()
        return parts

    def _paragraph(self, text: str, *, is_first: bool) -> _Element:
        paragraph = etree.Element(f"{W}p")
        properties = etree.SubElement(paragraph, f"{W}pPr")
        if self._text_style:
            etree.SubElement(properties, f"{W}pStyle").set(f"{W}val", self._text_style)
        # The document's own body style would bring its line pitch and its indent of two characters along.
        spacing = etree.SubElement(properties, f"{W}spacing")
        for name, value in (("before", "0"), ("after", "0"), ("line", "240"), ("lineRule", "auto")):
            spacing.set(f"{W}{name}", value)
        indent = etree.SubElement(properties, f"{W}ind")
        indent.set(f"{W}firstLineChars", "0")
        indent.set(f"{W}firstLine", "0")
        etree.SubElement(properties, f"{W}jc").set(f"{W}val", "left")
        if is_first:
            mark = etree.SubElement(paragraph, f"{W}r")
            etree.SubElement(mark, f"{W}annotationRef")
        run = etree.SubElement(paragraph, f"{W}r")
        run_properties = etree.SubElement(run, f"{W}rPr")
        fonts = etree.SubElement(run_properties, f"{W}rFonts")
        for name in ("ascii", "hAnsi", "eastAsia"):
            fonts.set(f"{W}{name}", "宋体")
        etree.SubElement(run_properties, f"{W}sz").set(f"{W}val", "21")
        words = etree.SubElement(run, f"{W}t")
        words.set(XML_SPACE, "preserve")
        words.text = xml_legal(text)
        return paragraph

    def _free_name(self) -> str:
        folder, taken = posixpath.dirname(self._main), set(self._package.names())
        name, number = posixpath.join(folder, "comments.xml"), 1
        while name.lower() in taken:
            number += 1
            name = posixpath.join(folder, f"comments{number}.xml")
        return name

    def _linked(self, links_name: str) -> bytes:
        content = self._package.read(links_name) or _EMPTY_LINKS.encode()
        root = _parsed(content)
        taken = {element.get("Id") for element in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        link = etree.SubElement(root, f"{_LINKS}Relationship")
        link.set("Id", f"rId{number}")
        link.set("Type", _STRICT_COMMENTS_LINK if self._strict else _COMMENTS_LINK)
        link.set("Target", posixpath.relpath(self._part, posixpath.dirname(self._main) or "."))
        return serialised(root, strict=False)

    def _typed(self) -> bytes:
        root = _parsed(self._package.read("[Content_Types].xml") or f'<Types xmlns="{_TYPES[1:-1]}"/>'.encode())
        name = f"/{self._part}"
        entry = next((one for one in root if (one.get("PartName") or "").lower() == name.lower()), None)
        if entry is None:
            entry = etree.SubElement(root, f"{_TYPES}Override")
            entry.set("PartName", name)
        entry.set("ContentType", _COMMENTS_TYPE)
        return serialised(root, strict=False)


def _comment_ids(root: _Element) -> list[int]:
    names = ("comment", "commentReference", "commentRangeStart", "commentRangeEnd")
    values = (element.get(f"{W}id", "") for element in root.iter(*(f"{W}{name}" for name in names)))
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 10]


def _comment_styles(package: Package, links: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """Ids of the styles for the text and the reference of a comment, whatever the document calls them; "" for none."""
    part = next((target for kind, target in links.values() if kind == "styles"), None)
    root = package.parse(part) if part else None
    found = {}
    for style in root.iter(f"{W}style") if root is not None else ():
        name = style.find(f"{W}name")
        if name is not None:
            found[name.get(f"{W}val", "").lower()] = style.get(f"{W}styleId", "")
    return found.get("annotation text", ""), found.get("annotation reference", "")


# --- the package --------------------------------------------------------------------------------------------------


def _parsed(content: bytes) -> _Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def serialised(root: _Element, *, strict: bool) -> bytes:
    """The part as XML, in the names of ISO strict files where `strict` says so."""
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if strict:
        for usual, other in _STRICT_NAMES:
            content = content.replace(usual, other)
    return content


def rewritten(content: bytes, changed: dict[str, bytes]) -> bytes:
    """The zip file with `changed` in place of the parts of those names (case not counted), new parts at the end."""
    names = {name.lower(): name for name in changed}
    left = dict(changed)
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(result, "w") as written:
        written.comment = read.comment
        for entry in read.infolist():
            name = names.get(entry.filename.replace("\\", "/").lstrip("/").lower(), "")
            left.pop(name, None)
            data = changed[name] if name else read.read(entry)
            written.writestr(copy.copy(entry), data, compress_type=entry.compress_type)
        for name, data in left.items():
            written.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, compress_type=zipfile.ZIP_DEFLATED)
    return result.getvalue()
