"""The same thing twice in one enumeration (A、B、C、A), or the same words as two items of one list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import Stretches, forms_in
from draft_assist.model import Clause, Level, Span
from draft_assist.patterns import compiled

# An enumeration of three or more: what 、 joins inside one comma-part. Brackets inside it are passed over.
_PIECE = r"(?:[^，。；：、！？（）()“”《》\n|\t]|（[^（）\n]{0,40}）|“[^“”\n]{0,40}”|《[^《》\n]{0,60}》)"
_ENUMERATION = compiled(rf"{_PIECE}+(?:、{_PIECE}+){{2,}}")
_PART = compiled(r"[^，。；：！？\n|\t]+")
_BRACKET = compiled(r"[（()“《]")
# Words that no plain item holds: they join two enumerations of the same things (生产、销售或者禁止生产、销售).
_JOINT = compiled(
    r"[的或和与及由对在其并向经为是将从以至于被而则者各到]|应当|禁止|负责|有关|国家|单位(?=[一-龥])|进行|不得|可以|按照|包括|分别|实施|违反|同时|具有|没有|无"
)
_LONGEST_ITEM = 20
# Where the last item ends and the sentence goes on: 由甲、乙、甲共同负责.
_GOES_ON = compiled(r"(?<=..)(?:共同|分别|按照?|牵头|配合|协同|负责|应当|必须|承担|落实|参加)")
# Words that an enumeration may hold twice: A级、B级 of one and of the other; ordinals; figures.
_LOOSE = compiled(
    r"^[\dA-Za-z.%％]+$|^[〇零一二三四五六七八九十百千万]+$|^(?:其他|其它|有关|相关)|^自治[区州县]$|^民族乡$"
)


def repeated_in_enumeration(paper: Paper) -> Iterator[Spot]:
    """A、B、C、A: the second A. Also 停职 after 停职检查: the last item is the shorter name of an earlier one.

    Values: first, the words that stand before it.
    """
    value = paper.document.text.value
    if value.count("、") < 2:
        return
    forms = forms_in(paper.document)
    for part in _PART.finditer(value):
        if part[0].count("、") < 2:
            continue
        # Brackets may hold enumerations of their own; only then the slower pattern is needed.
        found = _ENUMERATION.finditer(value, *part.span()) if _BRACKET.search(part[0]) else (part,)
        for match in found:
            if not forms.hold(match.start()):
                yield from _repeated(match[0], match.start(), paper)


def _repeated(words: str, start: int, paper: Paper) -> Iterator[Spot]:
    items: list[tuple[str, int]] = []
    position = 0
    for piece in words.split("、"):
        items.append((piece, position))
        position += len(piece) + 1
    seen: set[str] = set()
    opening = items[0][0]  # "" once another enumeration has begun
    for i, (piece, offset) in enumerate(items):
        item, etc, rest = piece.strip().partition("等")
        if i == len(items) - 1 and not etc and (ends := _GOES_ON.search(item)):
            item = item[: ends.start()]
        if _JOINT.search(item) or len(item) > _LONGEST_ITEM:
            seen.clear()
            opening = items[0][0] if not i else ""
            continue
        if len(item) < 2 or _LOOSE.search(item):
            continue
        again = item if item in seen else _longer(item, seen) if etc else ""
        if not again and i > 1 and opening.endswith(item) and _VERB.fullmatch(opening[: -len(item)]):
            again = item
        begin = start + offset + len(piece) - len(piece.lstrip())
        span = Span(begin, begin + len(item))
        if again and not paper.document.text.is_damaged(span):
            yield Spot(span, {"first": again})
        seen.add(item)
        if rest:
            seen.clear()  # A、B等部门应当检查C、A: a second enumeration


# What may stand before the first item: 严禁吃请、收礼、吃请; 由县水利局、县财政局、县水利局.
_VERB = compiled(
    r".{0,8}(?:健全|完善|加强|包括|严禁|禁止|落实|推进|采取|开展|做好|实行|提供|提交|建立|推行|强化|使用|由|对|向|将|报|经|会同)"
)
# What may be left off the longer name: 停职检查 and 停职.
_TAILS = ("检查", "处理", "工作", "制度", "措施")


def _longer(item: str, seen: set[str]) -> str:
    return next((f"{item}{tail}" for tail in _TAILS if f"{item}{tail}" in seen), "")


_ITEMS = frozenset({Level.ITEM, Level.SUBITEM, *(level for level in Level if level.value.startswith("heading"))})
_SHORTEST = 2


def repeated_item(paper: Paper) -> Iterator[Spot]:
    """Two items or headings of one list with the same words; the second.

    Values: first, the marker of the first.
    """
    forms = forms_in(paper.document)
    yield from _same_words(paper, paper.document.clauses, forms)
    for clause in paper.document.walk():
        if len(clause.children) > 1:
            yield from _same_words(paper, clause.children, forms)


def _same_words(paper: Paper, brothers: tuple[Clause, ...], forms: Stretches) -> Iterator[Spot]:
    document = paper.document
    seen: dict[str, Clause] = {}
    for clause in brothers:
        if clause.level not in _ITEMS or not clause.number or forms.hold(clause.head.start):
            continue
        words = re.sub(r"[\s，。；：、！]", "", document.text_of(clause.body))
        if len(words) < _SHORTEST:
            continue
        first = seen.setdefault(words, clause)
        if first is not clause and first.level is clause.level:
            marker = document.text_of(Span(first.head.start, first.body.start)).strip()
            yield Spot(clause.body, {"first": marker})
