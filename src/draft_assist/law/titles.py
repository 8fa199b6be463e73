"""Which law or document a written title means, and which one was surely meant when there is no such title.

Known are the laws of the statute store and the works of knowledge/works.yaml (regulations, rules and documents of which
only facts are held). A title that is not known says nothing on whether there is such a text.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import NamedTuple

from draft_assist.law.find import KnownNames
from draft_assist.law.store import PREFIX, Statutes
from draft_assist.patterns import compiled


class Match(NamedTuple):
    """The answer for one written title.

    Attributes:
        title: the full title of the work meant; as written when it is not known.
        known: the work is known by that title, a short title or an alias.
        meant: the full title of the one work that a slightly wrong title must mean; "" when there is none.
    """

    title: str
    known: bool
    meant: str = ""


_BRACKETS = str.maketrans({"〈": "《", "〉": "》", "﹤": "《", "﹥": "》"})
_SPACES = compiled(r"[ \u3000]+")
# （2021—2025年） is part of a plan's name.
_EDITION = compiled(r"[（(](?:(?:19|20)\d{2}年?[^（）()\-—－~～至本版]{0,10}|修订|修正|修订版|新修订)[）)]$")
_FILLERS = compiled(r"管理|实施|暂行|国家|促进|保护|安全|的|工作|中国|若干")
# Of laws the list of titles is complete; a regulation that is not known may exist under a title much like another.
_KIND = compiled(r"(?:法典|法)$")
_MOST_ASKED = 20_000
# Titles shorter than this are too like each other to guess which was meant.
_SHORTEST = 4


class Titles:
    """The titles that are known."""

    def __init__(self, statutes: Statutes) -> None:
        self._statutes = statutes
        self._asked: dict[str, Match] = {}

    def match(self, written: str) -> Match:
        """The work that a written title means.

        Args:
            written: without 《》; with or without 中华人民共和国 and an edition in brackets.
        """
        if len(self._asked) > _MOST_ASKED:  # a server meets titles without end
            self._asked.clear()
        if written not in self._asked:
            self._asked[written] = self._match(written)
        return self._asked[written]

    def _match(self, written: str) -> Match:
        whole, title = _plain(written), bare(written)
        for candidate in (whole, title):  # （2019年本） may belong to the title
            if known := self._statutes.known_title(candidate):
                return Match(known, known=True)
        if (meant := self._meant(title)) is not None:
            return Match(title, known=False, meant=meant)
        return Match(title, known=False)

    def _meant(self, title: str) -> str | None:
        """The one known title that differs by a filler or one character only."""
        core = title.removeprefix(PREFIX)
        kind = _KIND.search(core)
        if kind is None or len(core) < _SHORTEST:
            return None
        stripped = _FILLERS.sub("", core)
        same = [full for full, short in self._short.items() if _FILLERS.sub("", short) == stripped]
        if not same:
            same = [
                full
                for full, short in self._short.items()
                if short.endswith(kind[0]) and len(short) >= _SHORTEST and _one_apart(core, short)
            ]
        if not same:  # 教育义务法: the characters are right, their order is not
            same = [full for full, short in self._short.items() if sorted(short) == sorted(core)]
        return same[0] if len(same) == 1 else None

    @cached_property
    def _short(self) -> dict[str, str]:
        return {full: full.removeprefix(PREFIX) for full in self._statutes.known_titles()}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All full and short titles and aliases, for finding names without brackets."""
        return tuple(self._statutes.known_names())

    @cached_property
    def known_names(self) -> KnownNames:
        """The same, ready to be looked for."""
        return KnownNames(self.names)


@lru_cache(maxsize=4)
def titles_of(statutes: Statutes) -> Titles:
    """The titles of a store, put together once: the automaton of their names takes longer than a short document."""
    return Titles(statutes)


def bare(written: str) -> str:
    """A written title without brackets around it, edition and spaces; inner brackets as 《》."""
    return _EDITION.sub("", _plain(written))


def _plain(written: str) -> str:
    return _SPACES.sub("", written).strip("《》").translate(_BRACKETS)


def _one_apart(one: str, other: str) -> bool:
    """True when one character is wrong, missing or added."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    first = 1 if len(one) >= len(other) else 0
    second = 1 if len(other) >= len(one) else 0
    return one[start + first :] == other[start + second :]
