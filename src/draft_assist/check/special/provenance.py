"""Text from a collection of sample essays: the wrapper that such sites put around it, and what is left of it inside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from draft_assist.check.special.paper import Paper, Spot
from draft_assist.model import Document, Span
from draft_assist.normalise.boilerplate import DISCLAIMER, WRAPPER
from draft_assist.patterns import compiled

_LEFT = compiled(
    r"(?:本站|本网|小编)(?:为|给)?(?:你|您|大家)?(?:精心)?(?:整理|收集|推荐|提供)|(?:范文|文秘|公文|文库)(?:网|之家|大全|参考|模板网|站)"
    r"|网络整理|仅供(?:学习|参考|交流)[^。\n]{0,10}(?:删除|下载)|如有侵权|版权归原作者|更多范文|篇一[：:]|第[一二三]篇[：:]?[^\n]{0,20}范文|下载(?:文档|全文)"
)
_COLLECTED = compiled(r"网络|互联网|網絡|网絡|網络|互聯網|侵权|侵權|版权|版權|学习|學習")

# Pinyin that conversion sites leave behind characters.
_READING = compiled(r"[（(][^（）()一-龥]{1,7}[)）]")


def sample_essay(paper: Paper) -> Iterator[Spot]:
    """The first line of a text that came out of an essay collection or the net; each trace that is left inside.

    Values: trace, the words that gave it away.
    """
    document = paper.document
    value = document.text.value
    for match in _LEFT.finditer(value):
        yield Spot(Span(*match.span()), {"trace": match[0]})
    trace = next((removed.text for removed in document.text.removed if _gives_away(removed.reason, removed.text)), "")
    first = _first_line(document)
    if trace and first is not None:
        shown = " ".join(_READING.sub("", trace).split())
        yield Spot(first, {"trace": shown if len(shown) <= 40 else f"{shown[:40]}……"})


def _gives_away(reason: str, words: str) -> bool:
    """A disclaimer counts only when it says that the text was collected: official sites have others."""
    return reason == WRAPPER or (reason == DISCLAIMER and _COLLECTED.search(words) is not None)


def _first_line(document: Document) -> Span | None:
    """The title, or the first words of the first clause that has any."""
    if document.facts.title_span is not None:
        start = document.facts.title_span.start
        return Span(start, start + len(document.text_of(document.facts.title_span).split("\n")[0]))
    for clause in document.walk():
        words = document.text_of(clause.body)
        if words.strip():
            end = re.search(r"[，。；：\n]", words)
            return Span(clause.body.start, clause.body.start + (end.start() if end else len(words)))
    return None
