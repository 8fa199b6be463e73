"""Slips of official language: wrong characters and terms of knowledge/lexicon/slips.yaml, and doubled punctuation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from draft_assist.check.special.lately import once_for_each
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import titles_in
from draft_assist.check.special.sentences import sentence_at
from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.model import Span
from draft_assist.patterns import compiled


class Slip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of the file, see the comment there.

    Attributes:
        only_after: it counts only when one of these stands right before.
    """

    wrong: str
    right: str
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    note: str = ""

    def counts(self, value: str, start: int) -> bool:
        """True when the words around the literal at `start` do not excuse it."""
        end = start + len(self.wrong)
        if self.not_before and value.startswith(self.not_before, end):
            return False
        if self.not_after and value.endswith(self.not_after, 0, start):
            return False
        if self.only_before and not value.startswith(self.only_before, end):
            return False
        if self.only_after and not value.endswith(self.only_after, 0, start):
            return False
        return not self.unless or not any(word in sentence_at(value, start, end) for word in self.unless)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    as_of: dt.date
    slips: tuple[Slip, ...]
    usage: tuple[Slip, ...]


@lru_cache(maxsize=1)
def lexicon() -> _File:
    """The slips, read once."""
    return read_struct(knowledge_path("lexicon/slips.yaml"), _File)


@lru_cache(maxsize=1)
def _automaton() -> tuple[Any, list[str]]:
    import ahocorasick_rs

    literals = sorted({slip.wrong for slip in (*lexicon().slips, *lexicon().usage)})
    return ahocorasick_rs.AhoCorasick(literals), literals


@once_for_each
def _places(value: str) -> dict[str, list[int]]:
    """Where each wrong word stands."""
    automaton, literals = _automaton()
    found: dict[str, list[int]] = {}
    for number, start, _ in automaton.find_matches_as_indexes(value, overlapping=True):
        found.setdefault(literals[number], []).append(start)
    return {literal: sorted(starts) for literal, starts in found.items()}


def wrong_words(paper: Paper) -> Iterator[Spot]:
    """罚款分离, 建全, 台帐, …

    Values: right, what it should read; note, why, "" or a sentence part in Chinese brackets.
    """
    return _found(paper, lexicon().slips)


def unusual_words(paper: Paper) -> Iterator[Spot]:
    """其它, 截止2025年底, 法人代表, …: the first place of each.

    Values: right, note, as above; count, how often it stands.
    """
    return _found(paper, lexicon().usage, once=True)


def _found(paper: Paper, slips: tuple[Slip, ...], *, once: bool = False) -> Iterator[Spot]:
    document = paper.document
    value = document.text.value
    titles = titles_in(value)
    places = _places(value)
    for slip in slips:
        spans: list[Span] = []
        for start in places.get(slip.wrong, ()):
            span = Span(start, start + len(slip.wrong))
            if spans and start < spans[-1].end:
                continue
            # Titles are quoted as they stand.
            if slip.counts(value, start) and not titles.hold(start) and not document.text.is_damaged(span):
                spans.append(span)
        values = {"right": slip.right, "note": f"（{slip.note}）" if slip.note else "", "count": str(len(spans))}
        for span in spans[:1] if once else spans:
            yield Spot(span, values)


# Two marks where one belongs. 。” ）， and the like are fine; so are …… and ——.
_DOUBLED = compiled(r"[，、；：][，、；。]|。[，、；。](?!。)|([，。；、])[ \u3000]*\1")


def doubled_punctuation(paper: Paper) -> Iterator[Spot]:
    """，， or 。；: two marks of punctuation where one belongs."""
    document = paper.document
    for match in _DOUBLED.finditer(document.text.value):
        span = Span(*match.span())
        if not document.text.is_damaged(span):
            yield Spot(span)
