"""The text of one article: its paragraphs and items, its fingerprint, and the labels by which knowledge files name it."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import msgspec

from draft_assist.parse.numerals import read_numeral, write_numeral
from draft_assist.patterns import compiled

# --- the parts of an article --------------------------------------------------------------------------------------


class Paragraph(msgspec.Struct, frozen=True):
    """One 款: its own words (for a list: the stem) and the words of its 项, number marks included."""

    text: str
    items: tuple[str, ...] = ()


_ITEM = compiled(r"[（(][一二三四五六七八九十百]+[）)]")
_SUBITEM = compiled(r"\d{1,2}[.．、]")


def split_article(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of an article. A line that begins with （一） is an item of the paragraph before it."""
    stems: list[str] = []
    items: list[list[str]] = []
    for line in (raw.strip() for raw in text.split("\n")):
        if not line:
            continue
        if stems and _ITEM.match(line):
            items[-1].append(line)
        elif stems and items[-1] and _SUBITEM.match(line):
            items[-1][-1] += "\n" + line
        else:
            stems.append(line)
            items.append([])
    return tuple(Paragraph(stem, tuple(inner)) for stem, inner in zip(stems, items, strict=True))


def part_of(text: str, paragraph: int = 0, item: int = 0) -> str | None:
    """See `Wording.part`."""
    if not paragraph and not item:
        return text
    parts = split_article(text)
    if not paragraph:
        listed = [part for part in parts if part.items]
        chosen = listed[0] if len(listed) == 1 else None
    else:
        chosen = parts[paragraph - 1] if paragraph <= len(parts) else None
    if chosen is None or item > len(chosen.items):
        return None
    return chosen.items[item - 1] if item else "\n".join((chosen.text, *chosen.items))


def fingerprint(text: str) -> str:
    """ "sha256:" and the hash of the text without white space: the same words give the same value."""
    return "sha256:" + hashlib.sha256("".join(text.split()).encode()).hexdigest()


# --- article numbers ----------------------------------------------------------------------------------------------


def article_label(article: tuple[int, int]) -> str:
    """(16, 0) -> 第十六条; (120, 1) -> 第一百二十条之一."""
    number, inserted = article
    return f"第{write_numeral(number)}条" + (f"之{write_numeral(inserted)}" if inserted else "")


class Label(NamedTuple):
    """第十五条第二款第三项 -> article (15, 0), paragraph 2, item 3; 0 where not named."""

    article: tuple[int, int]
    paragraph: int = 0
    item: int = 0


_CITED = compiled(
    r"第(?P<article>[零一二三四五六七八九十百千]+)条(?:之(?P<inserted>[一二三四五六七八九十]+))?"
    r"(?:第(?P<paragraph>[一二三四五六七八九十]+)款)?(?:第(?P<item>[一二三四五六七八九十]+)项)?"
)


def read_label(label: str) -> Label | None:
    """The article, paragraph and item that a label as our knowledge files write it names; None for anything else."""
    match = _CITED.fullmatch(label)
    if match is None:
        return None
    numbers = {name: read_numeral(text) if text else 0 for name, text in match.groupdict().items()}
    if None in numbers.values():
        return None
    return Label((numbers["article"] or 0, numbers["inserted"] or 0), numbers["paragraph"] or 0, numbers["item"] or 0)
