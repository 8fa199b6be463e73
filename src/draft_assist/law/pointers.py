"""Reads the words of a pointer: which laws and articles they name."""

from __future__ import annotations

from typing import NamedTuple

from draft_assist.law.provisions import read_provisions
from draft_assist.patterns import compiled

_TITLE = compiled(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》(?:（[^（）]{0,20}）)?")
_UNBRACKETED = compiled(
    r"(?:依照|按照|依据|根据|遵照|适用|按(?!照)|依(?![照据])|(?<![依根])据|、|和|及)(?:国家|中华人民共和国|有关|相关)?(?P<title>水法|[一-龥]{2,22}?(?:法|条例|细则))(?=第|的?有?关?规定|[，、。和及的]|$)"
)


class Cited(NamedTuple):
    """Laws and articles that a run of words names.

    Attributes:
        titles: without 《》, in order.
        articles: (title, (number, inserted), paragraph or 0, item or 0); a paragraph or item list gives one entry each.
    """

    titles: tuple[str, ...]
    articles: tuple[tuple[str, tuple[int, int], int, int], ...]


def read_citation(words: str) -> Cited:
    """The laws and articles named in `words`.

    Args:
        words: the pointer, such as 依照《中华人民共和国水法》第六十五条第二款、第六十六条的规定.

    Returns:
        Articles belong to the last title before them; an article before any title is left out.
    """
    marks: list[tuple[int, int, str]] = [(m.start(), m.end(), m[1]) for m in _TITLE.finditer(words)]
    if not marks:
        marks = [(m.start("title"), m.end("title"), m["title"]) for m in _UNBRACKETED.finditer(words)]
    articles: list[tuple[str, tuple[int, int], int, int]] = []
    for i, (_, end, title) in enumerate(marks):
        stop = marks[i + 1][0] if i + 1 < len(marks) else len(words)
        articles += _articles(title, words[end:stop])
    return Cited(tuple(title for _, _, title in marks), tuple(articles))


def _articles(title: str, words: str) -> list[tuple[str, tuple[int, int], int, int]]:
    """The articles named in the words after a title; a range gives both its ends."""
    found: list[tuple[str, tuple[int, int], int, int]] = []
    position = words.find("第")
    while position >= 0:
        named, end = read_provisions(words, position, len(words))
        for one in named:
            for provision in (one.first, one.last):
                if provision is not None and provision.article[0]:
                    found.append((title, provision.article, provision.paragraph, provision.item))
        position = words.find("第", max(end, position + 1))
    return found
