"""Reads the words of a pointer: which laws and articles they name."""

from __future__ import annotations

from typing import NamedTuple

from draft_assist.parse.numerals import read_numeral
from draft_assist.patterns import compiled

_N = r"[〇零一二三四五六七八九十百千\d]+"
_TITLE = compiled(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》(?:（[^（）]{0,20}）)?")
_UNBRACKETED = compiled(
    r"(?:依照|按照|依据|根据|遵照|适用|按(?!照)|依(?![照据])|(?<![依根])据|、|和|及)(?:国家|中华人民共和国|有关|相关)?(?P<title>水法|[一-龥]{2,22}?(?:法|条例|细则))(?=第|的?有?关?规定|[，、。和及的]|$)"
)
_ARTICLE = compiled(rf"第({_N})条(?:之({_N}))?|第({_N})款|第[（(]?({_N})[）)]?项")


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
    found: list[tuple[str, tuple[int, int], int, int]] = []
    article: tuple[int, int] | None = None
    paragraph = 0
    for mark in _ARTICLE.finditer(words):
        if mark[1]:
            number = read_numeral(mark[1])
            inserted = read_numeral(mark[2]) if mark[2] else 0
            if number is None or inserted is None:
                article = None
                continue
            article, paragraph = (number, inserted), 0
            found.append((title, article, 0, 0))
        elif article is not None and mark[3]:
            paragraph = read_numeral(mark[3]) or 0
            _refine(found, (title, article, paragraph, 0))
        elif article is not None and mark[4]:
            _refine(found, (title, article, paragraph, read_numeral(mark[4]) or 0))
    return found


def _refine(found: list[tuple[str, tuple[int, int], int, int]], entry: tuple[str, tuple[int, int], int, int]) -> None:
    """Put the finer entry in the place of the coarser one it completes, else add it (第一款、第三款)."""
    last = found[-1]
    completes = last[:2] == entry[:2] and (last[2] == 0 or (last[2] == entry[2] and last[3] == 0 and entry[3] != 0))
    if completes:
        found[-1] = entry
    else:
        found.append(entry)
