"""Answers on citations: whether what a text cites holds."""

from __future__ import annotations

from collections.abc import Iterator

from draft_assist.chat.desk import Desk, Page
from draft_assist.chat.intents import Intent
from draft_assist.chat.lawful import passage_document
from draft_assist.chat.sources import Source, SourceKind, unmarked
from draft_assist.check.cited import check_citations
from draft_assist.law.articles import read_label
from draft_assist.model import Answer, CitationAnswer
from draft_assist.report.cited import cited_rows, cited_summary
from draft_assist.terms import terms


def answer_citations(intent: Intent, desk: Desk, page: Page) -> Iterator[str]:
    """Every citation of the passage, or of the document attached, with its answer."""
    document = passage_document(intent.passage) if intent.passage else page.read_document()
    if document is None:
        yield "没有看到要核对的内容。请把引用写在冒号后面或者引号里，或者用 --file 附上文件。\n"
        page.is_enough = False
        return
    cited = check_citations(document, desk.statutes, as_of=desk.as_of)
    rows = cited_rows(cited)
    yield f"按{desk.day}的法律核对，{cited_summary(rows)}\n"
    for one, row in zip(cited, rows, strict=True):
        source = _source(one)
        mark = page.sources.add(source).mark if source else ""
        meant = f"（{unmarked(row.meant)}）" if row.meant else ""
        then = f"成文时{row.answer_when_written}，" if row.answer_when_written else ""
        yield f"{row.number}. “{unmarked(row.words)}”{meant}：{then}现在{row.answer}{mark}。{unmarked(row.note)}\n"
    page.is_enough = bool(rows)
    page.note("“未收录”不表示所引的文件不存在或者无效，须对照原文。" if _is_open(cited) else "")


def _is_open(cited: tuple[CitationAnswer, ...]) -> bool:
    return any(one.answer in (Answer.NOT_IN_CORPUS, Answer.WORDING_NOT_HELD) for one in cited)


def _source(one: CitationAnswer) -> Source | None:
    """What the answer rests on; None where nothing is held."""
    if not one.law or (not one.text and not one.note):
        return None
    read = read_label(one.shown)
    return Source(
        kind=SourceKind.ARTICLE if one.text else SourceKind.DOCUMENT,
        title=one.law,
        label=one.shown if one.text else "",
        text=one.text.strip() or one.note,
        article=read.article if read and one.text else (0, 0),
        version_date=one.version_date,
        status=terms().citation_answers[one.answer].name,
    )
