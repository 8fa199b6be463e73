"""Provisions as citations name them: 第十条第二款第（三）项, 第二十三、二十四条, 第十条至第十五条, 第一百二十条之一.

A list is read into one entry for each provision, each with the exact words that name it.
"""

from __future__ import annotations

from typing import NamedTuple

from draft_assist.model import Span
from draft_assist.parse.numerals import read_numeral, show_article, write_numeral
from draft_assist.patterns import compiled


class Provision(NamedTuple):
    """One place in a law or document; 0 (or (0, 0)) where a level is not named.

    Attributes:
        article: (16, 0) for 第十六条, (120, 1) for 第一百二十条之一.
        paragraph, item, subitem: from 1.
        chapter: of 本办法第三章; its own level, never together with an article.
    """

    article: tuple[int, int] = (0, 0)
    paragraph: int = 0
    item: int = 0
    subitem: int = 0
    chapter: int = 0

    def show(self) -> str:
        """第十条第二款第（三）项; "" when nothing is named."""
        shown = f"第{write_numeral(self.chapter)}章" if self.chapter else ""
        if self.article[0]:
            shown += show_article(self.article if self.article[1] else self.article[:1])
        if self.paragraph:
            shown += f"第{write_numeral(self.paragraph)}款"
        if self.item:
            shown += f"第（{write_numeral(self.item)}）项"
        if self.subitem:
            shown += f"第{self.subitem}目"
        return shown

    def key(self) -> str:
        """17, 120-1, 17.2.3, 17..3, ch2: short and sortable by eye, for evals and JSON."""
        if self.chapter:
            return f"ch{self.chapter}"
        number, inserted = self.article
        parts = [f"{number or ''}" + (f"-{inserted}" if inserted else "")]
        parts += [str(one) if one else "" for one in (self.paragraph, self.item, self.subitem)]
        return ".".join(parts).rstrip(".")


class Named(NamedTuple):
    """One provision as the words name it.

    Attributes:
        span: of the words, in the text that was read.
        first: the provision; of a range (第十条至第十五条) its beginning; None when the numeral cannot be read.
        last: the end of a range; None for a single one.
        masked: the number is left open (第××条); damaged: characters of it were lost (第四□条).
    """

    span: Span
    first: Provision | None
    last: Provision | None = None
    masked: bool = False
    damaged: bool = False


_SPACE = r"[ \u3000]*"
_DIGIT = r"[〇○零一二三四五六七八九十百千廿卅两\d]"
_MASK = r"(?:[xX×＊*○_]{1,4}|某|[ \u3000]{1,6})"
_LOST = rf"{_DIGIT}*[□�?？]+{_DIGIT}*"
_ELEMENT = rf"[（(]?{_SPACE}(?:{_LOST}|{_DIGIT}+|{_MASK}){_SPACE}[）)]?"
_LISTED = r"(?:、|，|和|及|与|或|或者|以及|至|到|-|—|－|~|～)"
_TOKEN = compiled(
    rf"第{_SPACE}(?P<list>{_ELEMENT}(?:{_SPACE}{_LISTED}?{_SPACE}{_ELEMENT})*?){_SPACE}(?P<unit>条|款|项|目|章)"
    rf"(?:{_SPACE}之(?P<inserted>[一二三四五六七八九十]{{1,3}})(?![一二三四五六七八九十]))?"
    r"(?![例路线龙约幅心件街道目措])"
)
# 第四十六条、四十七条: only after a list mark.
_BARE_ARTICLE = compiled(
    rf"(?P<list>{_DIGIT}+)(?P<unit>条)(?:之(?P<inserted>[一二三四五六七八九十]{{1,3}})(?![一二三四五六七八九十]))?(?![例路线龙约幅心件街道措意])"
)
# 第（一）（三）项, 第一、三款 and （二）项 without 第.
_BARE_ITEM = compiled(rf"[（(]{_SPACE}(?P<list>{_DIGIT}+){_SPACE}[）)]{_SPACE}(?P<unit>项)")
_ONE = compiled(rf"(?P<sep>{_LISTED})?{_SPACE}(?P<words>[（(]?{_SPACE}(?P<n>{_LOST}|{_DIGIT}+|{_MASK}){_SPACE}[）)]?)")
_CONNECTOR = compiled(
    rf"{_SPACE}(?P<how>、|，|；|,|和|及|与|或者|以及|或|并|暨|至|到|-|—|－|~|～|──|——)?{_SPACE}(?:中的|的|中)?(?=第|[（(]{_SPACE}{_DIGIT}+{_SPACE}[）)]{_SPACE}项|(?P<bare>{_DIGIT}+条))"
)
_MORE_INSERTED = compiled(r"(?:、|和|及)之([一二三四五六七八九十]{1,3})(?![一二三四五六七八九十])")  # 第十条之一、之二
_RANGE = frozenset("至到-—－~～") | {"──", "——"}
_DEPTH = {"章": 0, "条": 1, "款": 2, "项": 3, "目": 4}


class _Element(NamedTuple):
    start: int
    end: int
    number: int | None
    is_range: bool  # ends a range that the element before begins
    masked: bool
    damaged: bool


class _Token(NamedTuple):
    start: int
    end: int
    unit: str
    inserted: int
    elements: tuple[_Element, ...]


def read_provisions(text: str, start: int, end: int) -> tuple[tuple[Named, ...], int]:
    """The provisions named one after another from `start` on.

    Args:
        text: any; nothing before `start` or at `end` and after is read.

    Returns:
        What is named, in order, and where the words end; () and `start` when no provision begins there.
    """
    found: list[Named] = []
    token = _token(text, start, end)
    if token is None:
        return (), start
    spread, depth = _spread(found, token, Provision(), token.start)
    position = token.end
    while True:
        if found[-1].first is not None and (more := _MORE_INSERTED.match(text, position, end)):
            article = (found[-1].first.article[0], read_numeral(more[1]) or 0)
            found.append(Named(Span(more.start(1) - 1, more.end()), Provision(article=article)))
            position = more.end()
            continue
        connector = _CONNECTOR.match(text, position, end)
        how = (connector["how"] or "") if connector else ""
        following = _token(text, connector.end(), end, bare=bool(connector["bare"] and how)) if connector else None
        if connector is None or following is None:
            return tuple(found), position
        deeper = _DEPTH[following.unit] > depth
        if not how and not deeper:
            return tuple(found), position  # 第十条第十一条: two headings run together
        if how == "，" and deeper:
            return tuple(found), position
        if how in _RANGE and not deeper and found and found[-1].last is None:
            found[-1] = _range(found[-1], following)
        elif deeper and not how:
            # 第十条第一款、第二款第（三）项: the finer word belongs to the last of its list.
            base = spread[-1]
            if base.first is None:  # 第××条第××款: one thing that cannot be told
                found[-1] = base._replace(span=Span(base.span.start, following.end))
                spread, position = [found[-1]], following.end
                continue
            del found[len(found) - 1 :]
            spread, depth = _spread(found, following, base.first, base.span.start)
        else:
            spread, depth = _spread(found, following, _above(found[-1], following.unit), following.start)
        position = following.end


def _token(text: str, start: int, end: int, *, bare: bool = False) -> _Token | None:
    match = _TOKEN.match(text, start, end) or _BARE_ITEM.match(text, start, end)
    if match is None and bare:
        match = _BARE_ARTICLE.match(text, start, end)
    if match is None:
        return None
    inserted = match.groupdict().get("inserted")
    elements = []
    for one in _ONE.finditer(text, *match.span("list")):
        masked = not _is_numeral(one["n"])
        lost = _LOST_CHARACTERS.search(one["n"]) is not None
        elements.append(
            _Element(
                one.start("words"),
                one.end("words"),
                None if masked else read_numeral(one["n"]),
                (one["sep"] or "") in _RANGE,
                masked and not lost,
                lost,
            )
        )
    return _Token(
        match.start(), match.end(), match["unit"], read_numeral(inserted) or 0 if inserted else 0, tuple(elements)
    )


_LOST_CHARACTERS = compiled(r"[□�?？]")
_NUMERAL = compiled(rf"{_DIGIT}+")


def _is_numeral(words: str) -> bool:
    return _NUMERAL.fullmatch(words) is not None and words not in ("○", "○○", "○○○")


def _above(before: Named, unit: str) -> Provision:
    """What a further provision of a list shares with the one before: 第十条第一款、第三款."""
    base = before.last or before.first or Provision()
    if unit == "章":
        return Provision()
    if unit == "条":
        return Provision()
    if unit == "款":
        return Provision(article=base.article)
    if unit == "项":
        return Provision(article=base.article, paragraph=base.paragraph)
    return Provision(article=base.article, paragraph=base.paragraph, item=base.item)


def _put(base: Provision, unit: str, number: int, inserted: int) -> Provision:
    if unit == "章":
        return Provision(chapter=number)
    if unit == "条":
        return Provision(article=(number, inserted))
    if unit == "款":
        return base._replace(paragraph=number)
    if unit == "项":
        return base._replace(item=number)
    return base._replace(subitem=number)


def _spread(found: list[Named], token: _Token, base: Provision, start: int) -> tuple[list[Named], int]:
    """Add an entry for each element of the token; the words of the first begin at `start`."""
    added: list[Named] = []
    for i, element in enumerate(token.elements):
        is_last = i == len(token.elements) - 1
        inserted = token.inserted if is_last else 0
        words = Span(start if i == 0 else element.start, token.end if is_last else element.end)
        first = None if element.number is None else _put(base, token.unit, element.number, inserted)
        if element.is_range and added and added[-1].last is None and first is not None and added[-1].first is not None:
            added[-1] = Named(Span(added[-1].span.start, words.end), added[-1].first, first)
        else:
            added.append(Named(words, first, masked=element.masked, damaged=element.damaged))
    found += added
    return added, _DEPTH[token.unit]


def _range(before: Named, token: _Token) -> Named:
    element = token.elements[0]
    if element.number is None or before.first is None:
        masked, damaged = element.masked or before.masked, element.damaged or before.damaged
        return Named(Span(before.span.start, token.end), None, masked=masked, damaged=damaged)
    last = _put(_above(before, token.unit), token.unit, element.number, token.inserted)
    return Named(Span(before.span.start, token.end), before.first, last)
