"""Minimal PDF files with Chinese text, written by hand: one Type 0 font without outlines and a ToUnicode map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """One line of a page: its text and where it begins, in points from the left and from the bottom."""

    text: str
    left: float = 72
    bottom: float = 700


def pdf(pages: Sequence[Sequence[Line]], *, picture_on: Sequence[int] = ()) -> bytes:
    """A PDF; `picture_on` counts pages from 0 and puts a grey picture over the whole of them."""
    characters = sorted({one for page in pages for line in page for one in line.text})
    codes = {one: index + 1 for index, one in enumerate(characters)}
    count = len(pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{7 + 2 * i} 0 R' for i in range(count))}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Identity) "
        b"/Supplement 0 >> /DW 1000 >>",
        _stream(_unicode_map(codes)),
        _stream(
            b"\x80", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
        ),
    ]
    for index, page in enumerate(pages):
        drawn = b"q 595 0 0 842 0 0 cm /Im Do Q " if index in picture_on else b""
        drawn += b"".join(_shown(line, codes) for line in page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {8 + 2 * index} 0 R "
            "/Resources << /Font << /F 3 0 R >> /XObject << /Im 6 0 R >> >> >>".encode()
        )
        objects.append(_stream(drawn))
    return _file(objects)


def paragraphs_page(lines: Sequence[str], *, top: float = 760) -> list[Line]:
    """Lines one below the other; U+3000 in front moves a line in by 16 points each."""
    page = []
    for row, text in enumerate(lines):
        words = text.lstrip("\u3000")
        page.append(Line(words, 72 + 16 * (len(text) - len(words)), top - 24 * row))
    return page


def _shown(line: Line, codes: dict[str, int]) -> bytes:
    written = "".join(f"{codes[one]:04X}" for one in line.text)
    return f"BT /F 16 Tf {line.left} {line.bottom} Td <{written}> Tj ET\n".encode()


def _unicode_map(codes: dict[str, int]) -> bytes:
    rows = "\n".join(f"<{code:04X}> <{one.encode('utf-16-be').hex().upper()}>" for one, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    ).encode()


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def _file(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.5\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end
