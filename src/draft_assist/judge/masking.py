"""Numbers of persons do not leave the program: a placeholder stands for each in what is sent to a model.

    mask = Mask()
    mask.hide("联系人手机13800138000")     -> "联系人手机〔手机号1〕"
    mask.restore("请拨打〔手机号1〕")       -> "请拨打13800138000"

What is a number of a person is said in `personal.py`.
"""

from __future__ import annotations

import json
from threading import Lock

from draft_assist.judge.personal import PersonalKind, find_personal
from draft_assist.model import Span
from draft_assist.patterns import compiled

# What a document itself writes in the form of a placeholder is hidden like a number, so that it is restored as it was.
_AS_WRITTEN = "原文"
_PLACEHOLDER = compiled(rf"〔(?:{'|'.join((*PersonalKind, _AS_WRITTEN))})[0-9]{{1,6}}(?:-[0-9]{{1,4}})?〕")


class Mask:
    """The placeholders of one document or conversation; may be used from several threads.

    The same number gets the same placeholder: 〔手机号1〕. Written in another way (138-0013-8000) it gets
    〔手机号1-2〕, so that restoring gives the very characters back. Numbers count in the order in which they are first
    hidden; where prompts must be the same on every run, hide the whole document once before the threads start.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._words_of: dict[str, str] = {}
        self._placeholder_of: dict[tuple[str, str], str] = {}
        # Kind -> number -> its place among the numbers of that kind, and in how many ways it was written so far.
        self._numbers: dict[str, dict[str, tuple[int, int]]] = {}

    def hide(self, text: str) -> str:
        """The text with a placeholder for each number of a person."""
        as_written = [(Span(*match.span()), _AS_WRITTEN, match[0]) for match in _PLACEHOLDER.finditer(text)]
        found = [(one.span, one.kind.value, one.number) for one in find_personal(text)]
        free = [one for one in found if not any(one[0].overlaps(other[0]) for other in as_written)]
        text = self._replaced(text, sorted(as_written + free))
        # A number may come to light only when what stood beside it is gone.
        while left := find_personal(text):
            text = self._replaced(text, [(one.span, one.kind.value, one.number) for one in left])
        return text

    def _replaced(self, text: str, found: list[tuple[Span, str, str]]) -> str:
        parts: list[str] = []
        done = 0
        for span, kind, number in found:
            parts += (text[done : span.start], self._placeholder(kind, number, text[span.start : span.end]))
            done = span.end
        return "".join((*parts, text[done:]))

    def _placeholder(self, kind: str, number: str, words: str) -> str:
        with self._lock:
            known = self._placeholder_of.get((kind, words))
            if known is not None:
                return known
            numbers = self._numbers.setdefault(kind, {})
            place, writings = numbers.get(number, (len(numbers) + 1, 0))
            writing = writings + 1
            numbers[number] = (place, writing)
            placeholder = f"〔{kind}{place}〕" if writing == 1 else f"〔{kind}{place}-{writing}〕"
            self._placeholder_of[kind, words] = placeholder
            self._words_of[placeholder] = words
            return placeholder

    def restore(self, text: str) -> str:
        """The text with the numbers back in place of their placeholders; placeholders that it never gave stay."""
        return _PLACEHOLDER.sub(lambda match: self._words_of.get(match[0], match[0]), text)

    def restore_json(self, source: str) -> str:
        """The same for the source of an answer in JSON, where a number broken by a line end must stay one string."""
        return _PLACEHOLDER.sub(lambda match: self._as_json(match[0]), source)

    def _as_json(self, placeholder: str) -> str:
        return json.dumps(self._words_of.get(placeholder, placeholder), ensure_ascii=False)[1:-1]
