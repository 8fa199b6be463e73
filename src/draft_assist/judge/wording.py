"""Is the wording that a model proposes one that the rules would not report again."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from draft_assist.check.run import Kit, check
from draft_assist.judge.prose import CitationCheck, fault_of_bearing, fault_of_form
from draft_assist.judge.question import Question
from draft_assist.model import DELETED, FileKind, Finding, Kind, Rank, RawDocument, Severity, Span
from draft_assist.normalise import normalise
from draft_assist.parse import parse
from draft_assist.patterns import compiled

_DELETE = compiled(
    r"[【（(]?(?:建议|应当|应|直接|予以|全部|整体)*删[除去](?:该内容|该规定|该句|此句|该部分|上述内容|上述文字|整句)?[】）)]?[。]?"
)
_PLACEHOLDER = compiled(
    r"[×✕*＊]{2,}|[xX]{2,}|_{2,}|○{2,}"
    r"|【(?!待填)|某某|（(?:此处|略|待定|填写)[^）]*）|…|\.{3,}|〔\s*〕|待补充|TODO"
)
# Talk about a wording instead of the wording.
_TALK = compiled(r"^(?:建议|应当?改为|可以?改为|改为|修改为|可修改|将[^，]{0,10}改为|删除[“「]|把)")
_LONGEST = 3  # times the clause
_AND_MORE = 200


class Proposal(NamedTuple):
    """The wording as it may be shown, "" for none; `fault`: why it was dropped."""

    wording: str = ""
    fault: str = ""


class WordingCheck:
    """Tries wordings by reading the clause again with them."""

    def __init__(self, kit: Kit, citations: CitationCheck, *, as_of: dt.date, rank: Rank, kind: Kind) -> None:
        self._kit = kit
        self._citations = citations
        self._as_of, self._rank, self._kind = as_of, rank, kind
        self._findings = lru_cache(maxsize=256)(self._review)

    def proposal(self, wording: str, span: Span, category: str, question: Question) -> Proposal:
        """The wording if it cures.

        Args:
            span: in `question.words`, of the words that it stands in place of; category: of the fault.
        """
        wording = wording.strip()
        if not wording:
            return Proposal()
        if _DELETE.fullmatch(wording):
            wording = DELETED
        if wording != DELETED and (fault := self._fault_of_words(wording, span, question)):
            return Proposal(fault=fault)
        words = question.words
        instead = "" if wording == DELETED else wording
        changed = words[: span.start] + instead + words[span.end :]
        fault = self._fault_of_clause(changed, Span(span.start, span.start + len(instead)), category, question)
        return Proposal(fault=fault) if fault else Proposal(wording)

    def _fault_of_words(self, wording: str, span: Span, question: Question) -> str:
        if _same(wording, span.of(question.words)) or _PLACEHOLDER.search(wording) or _TALK.search(wording):
            return "wording_form"
        if len(wording) > _LONGEST * len(question.words) + _AND_MORE:
            return "wording_form"
        if fault_of_form(wording, shortest=1) or fault_of_bearing(wording, question.words):
            return "wording_form"
        if self._citations.fault(wording, question):
            return "wording_citation"
        if self._citations.states_foreign_number(wording, question):
            return "wording_number"
        return ""

    def _fault_of_clause(self, changed: str, new: Span, category: str, question: Question) -> str:
        if not changed.strip(" 　\n，。；：、"):
            return ""  # nothing is left of the clause
        before = self._findings(question.stem, question.words)
        codes, categories = {one.code for one in before}, {one.category for one in before}
        for one in self._findings(question.stem, changed):
            if new.start < new.end and one.span.overlaps(new):
                if one.category == category:
                    return "wording_keeps_fault"
                if one.code not in codes:
                    return "wording_new_fault"
            elif one.category not in categories:  # beside the new words, made by what was taken away
                return "wording_new_fault"
        return ""

    def _review(self, stem: str, words: str) -> tuple[Finding, ...]:
        """What the rules report on the clause alone, above advice; spans count in `words`."""
        head = (
            f"关于有关事项的管理办法\n\n第一条　{stem}\n"
            if stem and stem not in words
            else "关于有关事项的管理办法\n\n第一条　"
        )
        raw = RawDocument(path=Path("-"), kind=FileKind.TEXT, text=f"{head}{words}\n")
        document = parse(normalise(raw))
        offset = document.text.value.find(words.strip())
        if offset < 0:
            offset = len(document.text.value) - len(words)
        checks = check(document, self._kit, as_of=self._as_of, rank=self._rank, kind=self._kind)
        return tuple(
            _moved(one, offset)
            for one in checks.findings
            if one.severity is not Severity.ADVICE and one.span.end > offset
        )


def _moved(one: Finding, offset: int) -> Finding:
    from msgspec.structs import replace

    return replace(one, span=Span(max(0, one.span.start - offset), one.span.end - offset))


_MARKS = compiled(r"[\s　，。；：、！？“”\"'（）()]")


def _same(one: str, other: str) -> bool:
    return _MARKS.sub("", one) == _MARKS.sub("", other)
