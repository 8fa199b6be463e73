"""Small .docx packages out of raw body XML, for tests; only what a test is about stands in them."""

from __future__ import annotations

import io
import zipfile

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def run(text: str, properties: str = "") -> str:
    """One w:r."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    """One w:p; plain words become a run."""
    inner = "".join(one if one.startswith("<") else run(one) for one in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def numbered(text: str, num: int, level: int = 0) -> str:
    """A paragraph of a list."""
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def level(index: int, text: str, number_format: str = "decimal", extra: str = "", start: int = 1) -> str:
    """One w:lvl."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """numbering.xml with one abstract list."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def package(body: str, **parts: str) -> bytes:
    """A .docx.

    Args:
        body: what stands inside w:body.
        parts: inner XML by part: numbering, styles, footnotes, endnotes, comments, header1, footer1, ...
    """
    buffer = io.BytesIO()
    links = []
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", _CONTENT_TYPES)
        main = f'<Relationship Id="r0" Type="{_TYPES}officeDocument" Target="word/document.xml"/>'
        out.writestr("_rels/.rels", _RELS.format(main))
        out.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        for name, inner in parts.items():
            kind = name.rstrip("0123456789")
            tag = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
            out.writestr(f"word/{name}.xml", f"<w:{tag} {NAMESPACES}>{inner}</w:{tag}>")
            links.append(f'<Relationship Id="{name}" Type="{_TYPES}{kind}" Target="{name}.xml"/>')
        out.writestr("word/_rels/document.xml.rels", _RELS.format("".join(links)))
    return buffer.getvalue()
