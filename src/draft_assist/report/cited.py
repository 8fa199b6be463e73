"""The citations of a document as people and programs read them: one row for each thing cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from draft_assist.model import Answer, CitationAnswer
from draft_assist.report.characters import one_line
from draft_assist.terms import terms

SCHEMA = "draft-assist/citations/1"
HEADING = "引用核对"
# Answers that call for a correction, and those that need nothing; the rest call for a look at the original.
_WRONG = frozenset(
    {
        Answer.REPEALED,
        Answer.ARTICLE_ABSENT,
        Answer.TITLE_NOT_EXACT,
        Answer.OWN_ABSENT,
        Answer.MOVED,
        Answer.NOT_YET_IN_FORCE,
    }
)
_SOUND = frozenset({Answer.STANDS, Answer.OWN})

Json = dict[str, object]


class CitedRow(NamedTuple):
    """One citation, worded.

    Attributes:
        number: from 1.
        place: where it stands: 第三条第二款.
        words: exactly as written, on one line.
        meant: what it points to: 《中华人民共和国行政许可法》第十七条; "" when that is the words themselves.
        answer, answer_when_written: in Chinese; the latter is "" when the document's date is not known.
        note: Chinese; "" when there is nothing to add.
        is_wrong, is_sound: the answer of today calls for a correction; calls for nothing.
    """

    number: int
    place: str
    words: str
    meant: str
    answer: str
    answer_when_written: str
    note: str
    is_wrong: bool
    is_sound: bool


def cited_rows(cited: Sequence[CitationAnswer]) -> list[CitedRow]:
    """A row for each citation, in order."""
    names = terms().citation_answers
    found: list[CitedRow] = []
    for number, one in enumerate(cited, 1):
        words, meant = one_line(one.words), meaning(one)
        found.append(
            CitedRow(
                number=number,
                place=one.place.label,
                words=words,
                meant="" if meant == words else meant,
                answer_when_written=names[one.answer_when_written].name if one.answer_when_written else "",
                answer=names[one.answer].name,
                note=one.note,
                is_wrong=one.answer in _WRONG,
                is_sound=one.answer in _SOUND and not one.note,
            )
        )
    return found


def cited_words(row: CitedRow) -> str:
    """One row on one line: 第三条“《…法》第九条”：现在已废止。…"""
    meant = f"（{row.meant}）" if row.meant else ""
    then = f"成文时{row.answer_when_written}，" if row.answer_when_written else ""
    return f"{row.place}“{row.words}”{meant}：{then}现在{row.answer}。{row.note}"


def meaning(one: CitationAnswer) -> str:
    """What is cited, in full: 《…法》第十条第二款, 本文件第八条, a document number."""
    if one.target == "work" and one.title:
        return f"《{one.law or one.title}》{one.shown}"
    if one.target == "own":
        return f"本文件{one.shown}"
    return one.number


def cited_summary(cited: Sequence[CitedRow]) -> str:
    """One sentence: how many, and how many of each answer."""
    if not cited:
        return "没有找到引用。"
    counted = Counter(row.answer for row in cited)
    return f"共{len(cited)}处引用：" + "、".join(f"{name}{count}处" for name, count in counted.most_common()) + "。"


def citation_to_wire(one: CitationAnswer) -> Json:
    """One citation as plain values; spans count in the file's text ("raw") and in the text read ("normal")."""
    return {
        "words": one.words,
        "place": one.place.label,
        "line": one.place.line,
        "span": {"raw": [one.place.span.start, one.place.span.end], "normal": [one.span.start, one.span.end]},
        "target": one.target,
        "state": one.state,
        "title": one.title,
        "written_title": one.written,
        "others": list(one.others),
        "provision": one.provision,
        "number": one.number,
        "candidates": list(one.candidates),
        "answer_when_written": one.answer_when_written.value if one.answer_when_written else None,
        "answer": one.answer.value,
        "moved_to": one.moved_to,
        "note": one.note,
        "law": one.law,
        "version": one.version_date.isoformat() if one.version_date else None,
        "since": one.since.isoformat() if one.since else None,
        "by": one.by,
        "text": one.text,
    }
