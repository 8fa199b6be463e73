"""Automatic numbers of a .docx: what Word shows before a paragraph but does not write into its text.

    numbering.xml: w:num -> w:abstractNum -> w:lvl (format, text such as 第%1条, start, restart)
    styles.xml:    a paragraph style may carry the numbering

Source: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_PLACEHOLDER = re.compile("%([1-9])")
_SUFFIXES = {"tab": "\t", "space": " ", "nothing": ""}
# Symbol fonts keep bullets in the private use area; in text they are all the same bullet.
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Level:
    """One w:lvl."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "\t"
    restart: int | None = None  # 1-based level after which it restarts; 0 never; None: after any higher level
    legal: bool = False  # all numbers in Arabic digits
    style: str = ""  # paragraph style tied to this level


@dataclass(slots=True)
class _Num:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)  # level -> startOverride
    levels: dict[int, Level] = field(default_factory=dict)  # level -> replaced definition
    used: set[int] = field(default_factory=set)


class Numbering:
    """The lists of one document, with their counters; `label` must be called once a paragraph, in document order."""

    def __init__(self, numbering: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, Level]] = {}
        self._nums: dict[str, _Num] = {}
        self._counters: dict[str, list[int | None]] = {}
        links: dict[str, str] = {}  # numStyleLink: abstract id -> style name
        owners: dict[str, str] = {}  # styleLink: style name -> abstract id
        for element in numbering.iterfind(f"{W}abstractNum") if numbering is not None else ():
            key = element.get(f"{W}abstractNumId", "")
            self._abstract[key] = _levels(element)
            if (link := _value(element, "numStyleLink")) is not None:
                links[key] = link
            if (owner := _value(element, "styleLink")) is not None:
                owners[owner] = key
        for element in numbering.iterfind(f"{W}num") if numbering is not None else ():
            num = _read_num(element)
            target = owners.get(links.get(num.abstract, ""), num.abstract)
            num.abstract = target
            self._nums[element.get(f"{W}numId", "")] = num

    def label(self, properties: _Element | None) -> str:
        """The text Word shows before the paragraph with these w:pPr, its tab or space included; "" for none."""
        place = self._place(properties)
        if place is None:
            return ""
        num_id, level = place
        num = self._nums.get(num_id)
        if num is None:
            return ""
        definition = num.levels.get(level) or self._abstract.get(num.abstract, {}).get(level)
        if definition is None:
            return ""
        counters = self._count(num, level)
        shown = self._shown(num, counters, definition)
        return shown + definition.suffix if shown else ""

    def _place(self, properties: _Element | None) -> tuple[str, int] | None:
        """(numId, level) of a paragraph: its own numPr, else its style's; None for no list."""
        style = self._styles.name_of(properties)
        inherited = self._styles.numbering_of(style)
        own = properties.find(f"{W}numPr") if properties is not None else None
        num_id = _value(own, "numId") if own is not None else None
        level = _value(own, "ilvl") if own is not None else None
        if num_id is None:
            if inherited is None:
                return None
            num_id, of_style = inherited
            if level is None:
                level = of_style if of_style is not None else self._level_of_style(num_id, style)
        return None if num_id in ("0", "") else (num_id, _level_index(level))

    def _level_of_style(self, num_id: str, style: str) -> str:
        num = self._nums.get(num_id)
        for index, level in self._abstract.get(num.abstract, {}).items() if num else ():
            if level.style == style:
                return str(index)
        return "0"

    def _definition(self, num: _Num, level: int) -> Level:
        return num.levels.get(level) or self._abstract.get(num.abstract, {}).get(level) or Level()

    def _start(self, num: _Num, level: int) -> int:
        return num.starts.get(level, self._definition(num, level).start)

    def _count(self, num: _Num, level: int) -> list[int | None]:
        """Step the counters, which all w:num of one w:abstractNum share."""
        counters = self._counters.setdefault(num.abstract, [None] * _LEVELS)
        if level in num.starts and level not in num.used:
            # A start override takes effect once, when its w:num first shows that level.
            counters[level] = None
        num.used.add(level)
        for higher in range(level):
            if counters[higher] is None:
                counters[higher] = self._start(num, higher)
        present = counters[level]
        counters[level] = self._start(num, level) if present is None else present + 1
        for lower in range(level + 1, _LEVELS):
            restart = self._definition(num, lower).restart
            if restart is None or (restart and level < restart):
                counters[lower] = None
        return counters

    def _shown(self, num: _Num, counters: list[int | None], definition: Level) -> str:
        if definition.format == "none" and "%" not in definition.text:
            return definition.text
        if definition.format == "bullet":
            return _PRIVATE.sub("•", definition.text)

        def number(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            count = counters[level]
            style = "decimal" if definition.legal else self._definition(num, level).format
            return format_number(self._start(num, level) if count is None else count, style)

        return _PLACEHOLDER.sub(number, definition.text)


class Styles:
    """The paragraph styles of styles.xml, as far as numbering and headings need them."""

    def __init__(self, styles: _Element | None) -> None:
        self._parents: dict[str, str] = {}
        self._numbering: dict[str, tuple[str | None, str | None]] = {}
        self._outline: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._default = ""
        for element in styles.iterfind(f"{W}style") if styles is not None else ():
            if element.get(f"{W}type", "paragraph") != "paragraph":
                continue
            key = element.get(f"{W}styleId", "")
            if element.get(f"{W}default") in ("1", "true", "on"):
                self._default = key
            self._parents[key] = _value(element, "basedOn") or ""
            self._names[key] = (_value(element, "name") or "").lower()
            properties = element.find(f"{W}pPr")
            if properties is not None:
                self._read_properties(key, properties)

    def name_of(self, properties: _Element | None) -> str:
        """The style id of a paragraph; the default style's when it names none."""
        return (_value(properties, "pStyle") if properties is not None else None) or self._default

    def numbering_of(self, style: str) -> tuple[str, str | None] | None:
        """(numId, level or None) that the style or one it is based on carries; None for none."""
        level: str | None = None
        for key in self._chain(style):
            if key in self._numbering:
                num_id, own_level = self._numbering[key]
                level = level if level is not None else own_level
                if num_id is not None:
                    return num_id, level
        return None

    def heading_level(self, properties: _Element | None) -> int:
        """1 to 9 for a heading, by its own outline level, its style's, or the style's name; 0 for body text."""
        own = _value(properties, "outlineLvl") if properties is not None else None
        if own is not None:
            return _outline(own)
        for key in self._chain(self.name_of(properties)):
            if key in self._outline:
                return self._outline[key]
            named = re.fullmatch(r"(?:heading|标题) ?([1-9])", self._names.get(key, ""))
            if named:
                return int(named[1])
        return 0

    def _read_properties(self, key: str, properties: _Element) -> None:
        numbers = properties.find(f"{W}numPr")
        if numbers is not None:
            self._numbering[key] = (_value(numbers, "numId"), _value(numbers, "ilvl"))
        outline = _value(properties, "outlineLvl")
        if outline is not None:
            self._outline[key] = _outline(outline)

    def _chain(self, style: str) -> list[str]:
        chain: list[str] = []
        while style and style not in chain:
            chain.append(style)
            style = self._parents.get(style, "")
        return chain


def format_number(number: int, style: str) -> str:
    """A number as Word writes it in one of its formats.

    Args:
        number: 0 or more.
        style: an ST_NumberFormat value; unknown ones are written in Arabic digits.
    """
    if style in _FORMATTERS:
        return _FORMATTERS[style](number)
    for name, signs in _CYCLES.items():
        if style == name:
            return signs[number - 1] if 1 <= number <= len(signs) else str(number)
    return str(number)


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千", *, one_ten: bool = False) -> str:
    """一百零五, 十二: a number below 100,000 in words; larger ones digit by digit.

    Args:
        one_ten: write 一十二 instead of 十二, as legal figures do.
    """
    if number == 0:
        return "零" if digits[0] == "零" else digits[0]
    if number >= 100_000:
        return _by_digit(number, digits)
    if number >= 10_000:
        rest = number % 10_000
        tail = chinese(rest, digits, units, one_ten=True) if rest else ""
        return chinese(number // 10_000, digits, units) + "万" + ("零" if 0 < rest < 1000 else "") + tail
    words = ""
    gap = False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + digits[digit] + (units[place - 1] if place else "")
        gap = False
    ten = digits[1] + units[0]
    return words.removeprefix(digits[1]) if words.startswith(ten) and number < 20 and not one_ten else words


def _by_digit(number: int, digits: str = _DIGITS) -> str:
    return "".join(digits[int(one)] for one in str(number))


def _counting(number: int) -> str:
    """ECMA-376: 一 ... 九十九, then digit by digit (一〇〇)."""
    return chinese(number) if number < 100 else _by_digit(number)


def _japanese(number: int) -> str:
    """No 一 before 十, 百 and 千."""
    words = chinese(number).replace("零", "")
    return re.sub("一(?=[十百千])", "", words)


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * min(count, 20)
    return written


def _letters(number: int) -> str:
    """a ... z, aa, bb, ... as Word counts."""
    if number < 1:
        return ""
    repeat, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * min(repeat + 1, 30)


def _full_width(number: int) -> str:
    return "".join(chr(ord(one) + 0xFEE0) for one in str(number))


_FORMATTERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalHalfWidth": str,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": _japanese,
    "ideographDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "taiwaneseDigital": _by_digit,
    "chineseLegalSimplified": lambda number: chinese(number, _LEGAL, "拾佰仟", one_ten=True),
    "ideographLegalTraditional": lambda number: chinese(number, _LEGAL_TRADITIONAL, "拾佰仟", one_ten=True),
    "japaneseLegal": lambda number: chinese(number, _LEGAL_TRADITIONAL, "拾佰仟", one_ten=True),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda number: "",
}
_CYCLES = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
}


def _levels(element: _Element) -> dict[int, Level]:
    return {_level_index(one.get(f"{W}ilvl")): _read_level(one) for one in element.iterfind(f"{W}lvl")}


def _read_level(element: _Element) -> Level:
    restart = _value(element, "lvlRestart")
    legal = element.find(f"{W}isLgl")
    return Level(
        start=_whole(_value(element, "start"), 1),
        format=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText") or "",
        suffix=_SUFFIXES.get(_value(element, "suff") or "tab", "\t"),
        restart=None if restart is None else _whole(restart, 0),
        legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false", "off"),
        style=_value(element, "pStyle") or "",
    )


def _read_num(element: _Element) -> _Num:
    num = _Num(abstract=_value(element, "abstractNumId") or "")
    for override in element.iterfind(f"{W}lvlOverride"):
        index = _level_index(override.get(f"{W}ilvl"))
        start = _value(override, "startOverride")
        if start is not None:
            num.starts[index] = _whole(start, 1)
        level = override.find(f"{W}lvl")
        if level is not None:
            num.levels[index] = _read_level(level)
    return num


def _value(element: _Element, child: str) -> str | None:
    """The w:val of a child; None when the child is missing."""
    found = element.find(f"{W}{child}")
    return None if found is None else found.get(f"{W}val", "")


def _whole(text: str | None, default: int) -> int:
    """A number out of an attribute; broken or absurd ones give the default."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else default


def _level_index(text: str | None) -> int:
    return min(_whole(text, 0), _LEVELS - 1)


def _outline(text: str) -> int:
    level = _whole(text, 9)
    return level + 1 if level < 9 else 0
