"""Running text, as it comes in pieces, cut into sentences: only a whole sentence can be verified."""

from __future__ import annotations

import re

from draft_assist.patterns import compiled

# A sentence takes the marks after its stop with it: 不得设定。[1]
_END = compiled(r"[。！？!?](?:[”」』）)]|\s?\[[\d,，、\s]*\])*|\n")
_GOES_ON = "”」』）)["
LONGEST = 600


class Sentences:
    """Holds back what is no whole sentence yet."""

    def __init__(self) -> None:
        self._held = ""

    def take(self, piece: str) -> list[str]:
        """The sentences that the next piece completes; together with `rest` they are the whole text."""
        self._held += piece
        done: list[str] = []
        while (end := self._end()) is not None:
            done.append(self._held[:end])
            self._held = self._held[end:]
        return done

    def rest(self) -> str:
        """What is left when no more comes."""
        left, self._held = self._held, ""
        return left

    def _end(self) -> int | None:
        for match in _END.finditer(self._held):
            end = match.end()
            if match[0] == "\n":
                return end
            following = self._held[end:].lstrip(" 　") if "\n" not in self._held[end:] else self._held[end:]
            if not following or following[0] in _GOES_ON:
                continue  # a mark or a closing quotation mark may follow
            if self._is_open(match):
                continue
            return end
        return LONGEST if len(self._held) > LONGEST else None

    def _is_open(self, match: re.Match[str]) -> bool:
        """True inside a quotation that has not ended."""
        before = self._held[: match.end()]
        return before.count("“") > before.count("”") or before.count("《") > before.count("》")
