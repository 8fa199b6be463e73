"""Answers on whether words, or a document, are lawful: what the rules find, and never that something is lawful."""

from __future__ import annotations

from collections.abc import Iterator

from draft_assist.chat.desk import Desk, Page
from draft_assist.chat.intents import Intent
from draft_assist.chat.memory import TYPED
from draft_assist.chat.sources import source_of_evidence, source_of_finding, unmarked
from draft_assist.flow import document_of, review
from draft_assist.load import load_bytes
from draft_assist.model import Document, Finding, NotChecked, Report
from draft_assist.report.citations import excerpt
from draft_assist.report.view import severity_name
from draft_assist.settings import Settings
from draft_assist.terms import terms

_MOST_SHOWN = 20  # findings; a report holds them all
# The rank is told, or assumed and said to be so; the rest is for a report on a whole file.
_NOT_OF_PASSAGES = ("制定机关的层级", "制定程序")


def answer_lawful(intent: Intent, desk: Desk, page: Page) -> Iterator[str]:
    """What the rules find in the passage, or in the document that is attached."""
    document = passage_document(intent.passage) if intent.passage else page.read_document()
    if document is None:
        yield "没有看到要审查的内容。请把条款放在引号里，或者用 --file 附上文件。\n"
        page.is_enough = False
        return
    report = reviewed(document, desk, page, is_passage=bool(intent.passage))
    yield _head(report, page)
    name = TYPED if intent.passage else document.text.raw.path.name
    for number, finding in enumerate(report.findings[:_MOST_SHOWN], 1):
        yield from _lines(number, finding, name, page)
    if not report.findings:
        yield "规则没有发现问题。这不等于合法：规则只认得常见的写法，是否合法由审核人员判断。\n"
    if len(report.findings) > _MOST_SHOWN:
        page.note(f"共{len(report.findings)}处，只列出前{_MOST_SHOWN}处；全部见 draft-assist review。")
    page.note(*_notes(report, page, is_passage=bool(intent.passage)))


def passage_document(passage: str) -> Document:
    """Words typed by the user as a document."""
    return document_of(load_bytes(passage.encode("utf-8", "replace"), f"{TYPED}.txt", Settings()))


def reviewed(document: Document, desk: Desk, page: Page, *, is_passage: bool) -> Report:
    """The review by rules. The rank of a passage is the asker's; that of a document stands in it, where it does."""
    certain = document.facts.rank_certain and not is_passage
    rank = document.facts.rank if certain and page.is_assumed else page.rank
    return review(
        document,
        as_of=desk.as_of,
        rank=rank,
        kit=desk.kit,
        settings=Settings(),
        profile=desk.profile,
        searcher=None if is_passage else desk.searcher,
    )


def _head(report: Report, page: Page) -> str:
    name = terms().ranks[report.rank]
    how = "假定为" if page.is_assumed and not report.document.facts.rank_certain else "按"
    count = f"提出{len(report.findings)}处，逐处如下" if report.findings else "没有提出问题"
    return f"{how}{name}审查（{report.as_of:%Y-%m-%d}的法律，{report.rule_count}条规则），{count}。\n"


def _lines(number: int, finding: Finding, name: str, page: Page) -> Iterator[str]:
    own = page.sources.add(source_of_finding(finding, name))
    place = f"{finding.place.label}　" if finding.place.label and name != TYPED else ""
    yield f"{number}. 【{severity_name(finding)}】{finding.title}：{place}“{unmarked(finding.quote)}”{own.mark}\n"
    marks = [page.sources.add(source_of_evidence(one)) for one in finding.basis]
    cited = "".join(one.mark for one in marks)
    yield f"   {unmarked(finding.message.rstrip('。'))}{cited}。\n"
    for one in marks:
        yield f"   依据{one.mark}　{one.name}：{unmarked(excerpt(one.text))}\n"
    yield f"   把握：{terms().confidences[finding.confidence].name}。建议：{unmarked(finding.advice)}\n"


def _notes(report: Report, page: Page, *, is_passage: bool) -> Iterator[str]:
    if page.is_assumed and not report.document.facts.rank_certain:
        yield "没有说明制定机关，按县级政府规范性文件审查；其他机关的，请在问题中写明，如“我们是乡镇政府”。"
    kept = [one for one in report.not_checked if not is_passage or not one.what.startswith(_NOT_OF_PASSAGES)]
    yield from (_words(one) for one in kept)


def _words(one: NotChecked) -> str:
    place = f"（{one.place}）" if one.place else ""
    return f"没有审查：{one.what}{place}。{one.why.rstrip('。')}。"
