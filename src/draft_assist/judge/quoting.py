"""Does a quote stand in the clause, and does it leave out what decides its sense."""

from __future__ import annotations

from typing import NamedTuple

from draft_assist.judge.question import Question
from draft_assist.model import Span
from draft_assist.patterns import compiled


class Quoted(NamedTuple):
    """Where a quote stands in the words of the clause, or why it may not be used."""

    span: Span = Span(0, 0)
    fault: str = ""


_CLOSING = "。，；：、！？"
_SHORTEST = 2
_LONGEST = 200  # a whole clause of more characters points at nothing
_HAN = compiled(r"[㐀-鿿]")


def find_quote(quote: str, question: Question, reason: str) -> Quoted:
    """Where the quote stands in `question.words`, character by character; spaces and one closing mark may hang over."""
    words = question.words
    kept = quote.strip()
    if kept and kept not in words and kept[-1] in _CLOSING:
        kept = kept[:-1]
    if len(_HAN.findall(kept)) < _SHORTEST:
        return Quoted(fault="quote_empty")
    if kept not in words:
        around = (question.before, question.after, question.stem)
        return Quoted(fault="quote_in_other_clause" if any(kept in one for one in around) else "quote_not_in_clause")
    if len(kept) > _LONGEST and len(kept) > len(words) * 0.9:
        return Quoted(fault="quote_too_long")
    spans = [Span(at, at + len(kept)) for at in _places(kept, words)]
    whole = [span for span in spans if not _is_cut_short(span, words, reason)]
    return Quoted(whole[0]) if whole else Quoted(spans[0], "quote_cut_short")


def _places(kept: str, words: str) -> list[int]:
    found, at = [], words.find(kept)
    while at >= 0:
        found.append(at)
        at = words.find(kept, at + 1)
    return found


_ENDS = "，。；：！？\n"
_NEGATES = compiled(
    r"不得|不准|不应|不能|不再|不予|不许|不可|严禁|禁止|取消|停止|废止|免除|免收|免征|免交|免予|无需|无须|不需|不必|毋须|杜绝|防止|避免|制止|纠正|整治|不[^，]{0,2}$|未$|无$|免$|非$"
)
_NEGATES_AFTER = compiled(
    r"^[^，。；\n]{0,8}?(?:除外|不适用|无效|一律(?:取消|禁止|停止|废止|免)|予以(?:取消|废止|纠正|禁止)|(?:严格)?禁止|严禁)"
)
_LEADS = compiled(r"依照|按照|依据|根据|依法")
_DEALT_WITH = compiled(r"依照|依据|按照|根据|依法|援引|所引|引用|上位法")


def _is_cut_short(span: Span, words: str, reason: str) -> bool:
    """True when the words around the quote turn its sense: 不得收取费用 quoted as 收取费用."""
    start = max(words.rfind(mark, 0, span.start) for mark in _ENDS) + 1
    before = words[start : span.start]
    if _NEGATES.search(before) or _NEGATES_AFTER.match(words[span.end :]):
        return True
    sentence = max(words.rfind(mark, 0, span.start) for mark in "。；\n") + 1
    return bool(_LEADS.search(words[sentence : span.start])) and not _DEALT_WITH.search(reason)
