"""Small .docx files for the tests of the annotated form, made with python-docx and with XML of our own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree
from report_factory import finding, place_of, report

from draft_assist.load import load_bytes
from draft_assist.load.docx import paragraphs_of, runs_of, text_of_run
from draft_assist.model import FileKind, RawDocument, Report, Span
from draft_assist.settings import Settings

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKERS = ("commentRangeStart", "commentRangeEnd")
_BOX = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml">
<mc:AlternateContent><mc:Choice Requires="wps"><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>
<w:t>框内：收取管理费一百元</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Choice><mc:Fallback>
<w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框内：收取管理费一百元</w:t></w:r></w:p></w:txbxContent>
</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
_NOTES = """<w:footnotes {0}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>注：逾期的加收滞纳金。</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def _xml(text: str):
    return parse_xml(text.replace("{0}", nsdecls("w")))


def varied_file(*, with_comment: bool = True) -> bytes:
    """Runs of several formats, a tracked change, a table, a link, a field, a content control, a text box, an automatic
    number, a footnote, a page head and, if wished, a comment that was there before."""
    document = docx.Document()
    document.add_paragraph("青川县河道采砂管理办法", style="Title")
    paragraph = document.add_paragraph("第一条　采砂应当")
    paragraph.add_run("经镇人民政府").bold = True
    paragraph.add_run("审核同意，")
    paragraph.add_run("未经同意不得采砂。").italic = True
    paragraph = document.add_paragraph("第二条　违反前条规定的，")
    by = 'w:author="李四" w:date="2026-01-01T00:00:00Z"'
    paragraph._p.append(_xml(f'<w:ins {{0}} w:id="90" {by}><w:r><w:t>由县水务局处二千元以下罚款</w:t></w:r></w:ins>'))
    paragraph._p.append(_xml(f'<w:del {{0}} w:id="91" {by}><w:r><w:delText>处一千元罚款</w:delText></w:r></w:del>'))
    paragraph.add_run("。")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "保证金", "每船缴纳五万元保证金"
    _add_inline_things(document.add_paragraph("第三条　采砂船舶须办理"))
    document.add_paragraph("第四条　见右图。")._p.append(_xml(_BOX))
    document.add_paragraph("拒不整改的，", style="List Number").add_run("责令停产停业")
    paragraph = document.add_paragraph("并吊销其许可证。")
    if with_comment:
        document.add_comment(runs=paragraph.runs, text="原有批注", author="王五", initials="王")
    paragraph = document.add_paragraph("第五条　自公布之日起施行")
    paragraph._p.append(_xml('<w:r {0}><w:footnoteReference w:id="2"/></w:r>'))
    document.sections[0].header.paragraphs[0].text = "内部文件：收费五元"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    notes = _NOTES.replace("{0}", nsdecls("w")).encode()
    part = Part(PackURI("/word/footnotes.xml"), kind, notes, document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    return saved(document)


def _add_inline_things(paragraph) -> None:
    field = (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> REF a </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>附件一规定的条件</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    linked = '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>采砂登记备案</w:t></w:r>'
    paragraph._p.append(_xml(f'<w:hyperlink {{0}} w:anchor="x">{linked}</w:hyperlink>'))
    paragraph.add_run("，见")
    for piece in field:
        paragraph._p.append(_xml(f"<w:r {{0}}>{piece}</w:r>"))
    control = "<w:sdt {0}><w:sdtPr/><w:sdtContent><w:r><w:t>（控件内的文字）</w:t></w:r></w:sdtContent></w:sdt>"
    paragraph._p.append(_xml(control))


def file_of(paragraphs: Sequence[Sequence[str]]) -> bytes:
    """A file of paragraphs, each of runs of the given texts, every other run bold."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for number, text in enumerate(runs):
            paragraph.add_run(text).bold = bool(number % 2)
    return saved(document)


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def raw_of(content: bytes) -> RawDocument:
    return load_bytes(content, "办法.docx", Settings())


def report_on(content: bytes, quotes: Sequence[str | Span], **kept) -> Report:
    """A report on a .docx with a finding on the first place of each quote."""
    raw = raw_of(content)
    found = []
    for quote in quotes:
        start = raw.text.index(quote) if isinstance(quote, str) else quote.start
        span = quote if isinstance(quote, Span) else Span(start, start + len(quote))
        found.append(finding(raw.text, span, place=place_of(raw.text, span), title=f"所涉：{span.of(raw.text)}"))
    fields = {"blocks": raw.blocks, "sha256": raw.sha256, "changes": raw.changes, "kind": FileKind.DOCX}
    return report(raw.text, tuple(found), path="办法.docx", **fields, **kept)


def part_of(content: bytes, name: str):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def anchored(content: bytes, part: str = "word/document.xml") -> dict[int, str]:
    """The words that each comment stands on, accepted text only, paragraphs joined by line feeds."""
    root = part_of(content, part)
    words: dict[int, list[str]] = {}
    opened: set[int] = set()
    seen_references = []
    owner = {run: paragraph for paragraph in paragraphs_of(root) for run in runs_of(paragraph)}
    last: dict[int, object] = {}
    for element in root.iter():
        if element.tag == f"{W}commentRangeStart":
            opened.add(int(element.get(f"{W}id")))
            words[int(element.get(f"{W}id"))] = []
        elif element.tag == f"{W}commentRangeEnd":
            opened.remove(int(element.get(f"{W}id")))
        elif element.tag == f"{W}commentReference":
            assert int(element.get(f"{W}id")) not in opened
            seen_references.append(int(element.get(f"{W}id")))
        elif element.tag == f"{W}r" and _is_accepted(element):
            for number in opened:
                if number in last and last[number] is not owner[element]:
                    words[number].append("\n")
                last[number] = owner[element]
                words[number].append(text_of_run(element))
    assert sorted(seen_references) == sorted(words) and not opened
    return {number: "".join(pieces) for number, pieces in words.items()}


def _is_accepted(run) -> bool:
    return not any(one.tag in (f"{W}del", f"{W}moveFrom", f"{W}instrText") for one in run.iterancestors())


def joined(content: bytes) -> bytes:
    """The main part without comments and with neighbouring runs of one format put together: what must not change."""
    root = part_of(content, "word/document.xml")
    for element in list(root.iter(*(f"{W}{name}" for name in _MARKERS))):
        element.getparent().remove(element)
    for element in list(root.iter(f"{W}commentReference")):
        element.getparent().getparent().remove(element.getparent())
    for run in list(root.iter(f"{W}r")):
        following = run.getnext()
        while following is not None and following.tag == f"{W}r" and _format(run) == _format(following):
            run.extend([child for child in following if child.tag != f"{W}rPr"])
            following.getparent().remove(following)
            following = run.getnext()
        _join_text(run)
    return etree.tostring(root, method="c14n")


def _format(run) -> bytes:
    properties = run.find(f"{W}rPr")
    return b"" if properties is None else etree.tostring(properties, method="c14n")


def _join_text(run) -> None:
    for child in list(run):
        if child.tag != f"{W}t":
            continue
        child.attrib.clear()
        previous = child.getprevious()
        if previous is not None and previous.tag == f"{W}t":
            previous.text = (previous.text or "") + (child.text or "")
            run.remove(child)
