"""What the beginning of a line says it is: 第八条, 一、, （一）, 1., （1）, ①, 1.2, 附件2, 目录, # or nothing.

One line is looked at by itself. What only the neighbours can settle (is 3、4月份 heading 3? is 第八条 here the next
article, or the rest of a broken sentence?) is left to the tree builder: such a marker is `weak` and counts only when
its number is the one expected next.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

from draft_assist.parse.numerals import read_numeral
from draft_assist.patterns import compiled


class Mark(IntEnum):
    """What a line is; the order of the structural marks is their rank, smaller ones hold larger ones."""

    PLAIN = 0
    # The legal ladder above articles.
    PART = 1  # 编, 部分
    SUBPART = 2  # 分编
    CHAPTER = 3
    SECTION = 4
    # The heading ladder; inside an article the same marks are 项 and 目.
    HAN = 5  # 一、
    HAN_BRACKET = 6  # （一）
    DIGIT = 7  # 1. 1、
    DIGIT_BRACKET = 8  # （1）
    DIGIT_HALF_BRACKET = 9  # 1）
    CIRCLE = 10  # ①
    ARTICLE = 20
    DECIMAL = 30  # 1.2, 1.2.3
    STYLED = 31  # a heading only by the source's style, or by Markdown's #
    # Lines that are known by their words, or by where they stand.
    ATTACHMENT = 40
    CONTENTS = 41
    PIPE_ROW = 42
    TITLE = 50
    NUMBER = 51
    RECIPIENTS = 52
    SIGNATURE = 53
    LETTERHEAD = 54
    REGISTRATION = 55
    IMPRINT = 56
    ATTACHMENT_LIST = 57
    COMMENT = 58  # Markdown's <!-- -->


LIST_MARKS = frozenset(range(Mark.HAN, Mark.CIRCLE + 1))
DIVISIONS = frozenset({Mark.PART, Mark.SUBPART, Mark.CHAPTER, Mark.SECTION})
STRUCTURAL = LIST_MARKS | DIVISIONS | {Mark.ARTICLE, Mark.DECIMAL, Mark.STYLED}


class Marker(NamedTuple):
    """A marker at the beginning of a line.

    Attributes:
        mark: what it is.
        number: (120, 1) for 第一百二十条之一; () for marks without a number.
        length: characters up to the body, counted from the beginning of the stripped line.
        weak: counts only when the number is the one expected next.
    """

    mark: Mark
    number: tuple[int, ...]
    length: int
    weak: bool = False


Reader = Callable[[str], Marker | None]

_HAN_NUMERAL = "〇零○一二三四五六七八九十百千两廿卅"
_NUMERAL = rf"[{_HAN_NUMERAL}]+|\d{{1,4}}"
_ORDINAL = compiled(rf"第\s{{0,2}}({_NUMERAL})\s{{0,2}}(条|章|节|分编|编|部分)(?:\s?之([一二三四五六七八九十]+))?")
# A caption of an article: 第三条【适用范围】, 第三条（适用范围）.
_CAPTION = compiled(
    rf"\s*(?:【[^】。；]{{1,20}}】|[（(](?![{_HAN_NUMERAL}\d]+[）)])[^（()）。，；：第]{{1,16}}[）)](?=\s|[一-龥]|$))\s*"
)
# Words after 第八条 that make it a reference to article 8 and not its beginning. Kept narrow, because crawled text
# often loses the space: 第二条中华人民共和国境内…, 第五条所有单位…, 第六条和平时期… begin articles.
_REFERENCE = compiled(
    rf"(?:之?规定|所(?:列|称|规定|述|指|涉)|的|[、，和或及与至到\-—~～]\s?(?:第|本)|以及第|第(?:{_NUMERAL})[条款项目]"
    rf"|中(?:的|规定|所|有关|关于|“|，|删|增)|[，。；）)》”]|修改为|改为|删去|删除|增加|作为|调整为|后增加|前增加|与《|和《|的规定)"
)
# First characters of the two patterns: most articles begin with none of them.
_REFERENCE_STARTS = frozenset("之规所的、，和或及与至到-—~～以第中。；）)》”修改删增作调后前")
_CAPTION_STARTS = frozenset("【（(")
_AFTER_NUMBER = frozenset("：:、.．")
_DIVISION_REFERENCE = compiled(
    rf"(?:之?规定|所|的|[、，和或及与至到]\s?第|第(?:{_NUMERAL})[节条款项]|中|[，。；）)》”]|修改)"
)
# A chapter title of more characters is a sentence.
_LONGEST_DIVISION = 60


def _spaces(text: str, position: int) -> int:
    """The first position at or after `position` that is not white space."""
    size = len(text)
    while position < size and text[position] in _WHITE:
        position += 1
    return position


# What normal text may hold inside a line.
_WHITE = frozenset(" \u3000\xa0\u2002\u2003\u2009\t")


def read_ordinal(line: str) -> Marker | None:
    """第八条, 第八条之一, 第二章, 第一部分."""
    match = _ORDINAL.match(line)
    if match is None:
        return None
    number = read_numeral(match[1])
    if number is None:
        return None
    unit, end = match[2], match.end()
    spaced = end < len(line) and line[end].isspace()
    if unit != "条":
        return _division(line, number, unit, end, spaced)
    body = _spaces(line, end)
    first = line[body : body + 1]
    refers = first in _REFERENCE_STARTS and _REFERENCE.match(line, body) is not None
    if refers and not spaced:
        return None
    suffix = read_numeral(match[3]) if match[3] else None
    if first in _CAPTION_STARTS and (caption := _CAPTION.match(line, end)):
        body = caption.end()
        first = line[body : body + 1]
    if first in _AFTER_NUMBER:
        body = _spaces(line, body + 1)
    return Marker(Mark.ARTICLE, (number, suffix) if suffix else (number,), body, refers)


_DIVISION_MARKS = {
    "章": Mark.CHAPTER,
    "节": Mark.SECTION,
    "编": Mark.PART,
    "部分": Mark.PART,
    "分编": Mark.SUBPART,
}


def _division(line: str, number: int, unit: str, end: int, spaced: bool) -> Marker | None:
    if len(line) > _LONGEST_DIVISION or line[-1] in "。；，":
        return None
    if end < len(line) and not spaced and _DIVISION_REFERENCE.match(line, end):
        return None
    body = _spaces(line, end)
    if line[body : body + 1] in ("：", ":"):
        body = _spaces(line, body + 1)
    return Marker(_DIVISION_MARKS[unit], (number,), body, weak=not spaced and end < len(line))


_HAN = compiled(rf"([{_HAN_NUMERAL}]{{1,5}})\s?[、．.]\s*")
# 一、二、三产业, 三、四线城市: numbers in a sentence.
_ENUMERATION = compiled(rf"[{_HAN_NUMERAL}]{{1,3}}(?:、|产业|线城市|季度|把手)")
# 一、二级保护区 may be a heading about 二级保护区, or two grades.
_PAIR = compiled(rf"[{_HAN_NUMERAL}]{{1,3}}(?:[和或及至]|级|类|等|线|期|批|楼|层|年级)")


def read_han(line: str) -> Marker | None:
    """一、."""
    match = _HAN.match(line)
    if match is None:
        return None
    number = read_numeral(match[1])
    if number is None or _ENUMERATION.match(line, match.end()):
        return None
    return Marker(Mark.HAN, (number,), match.end(), weak=_PAIR.match(line, match.end()) is not None)


_BRACKET = compiled(rf"[（(]\s?(?:([{_HAN_NUMERAL}]{{1,5}})|(\d{{1,3}}))\s?[）)]\s*(?:[、.．](?!\s?[（(])\s*)?")
# （三）项规定的情形 and （一）至（三）项 go on with a sentence; （一）项目… and （一）条件… begin an item.
_BRACKET_REFERENCE = compiled(
    r"[、和及或至到]\s?[（(][^）)]{1,5}[）)]|[项款](?=[、和或及至所的规中之，。；]|情形|行为|以外|第)(?!所得)|目(?=[、和或及至所规])"
)


def read_bracket(line: str) -> Marker | None:
    """（一）, （1）."""
    match = _BRACKET.match(line)
    if match is None or _BRACKET_REFERENCE.match(line, match.end()):
        return None
    number = read_numeral(match[1] or match[2])
    if number is None:
        return None
    return Marker(Mark.HAN_BRACKET if match[1] else Mark.DIGIT_BRACKET, (number,), match.end())


_DIGIT = compiled(r"(\d{1,3})(?!\d)\s?(?:([.．])(\s*)|(、)\s*|([）)])\s*|(\s+))")
_OUTLINE = compiled(r"\d{1,2}(?:[.．]\d{1,2}){1,4}(?![\d.．])[.．、]?")
_UNIT = compiled(
    r"[%％‰倍万亿千百元亩米吨克升度级折岁天日月年时分秒人户家个名座条件套台辆次号公平立方米里厘毫海折股成至到左右以—\-~～/×*+]"
)
# 2.2023年底前 is heading 2; 3.5公里, 2.5个百分点 are numbers; 1.10月底前 may be either.
_YEAR = compiled(r"(?:19|20)\d\d\s?[年—\-至]")
_MONTH = compiled(r"\d{1,2}\s?[月日]")
_LONGEST_BARE_HEADING = 20


def read_digit(line: str) -> Marker | None:
    """1., 1、, 1），and the decimal outline 1.2."""
    match = _DIGIT.match(line)
    if match is None or match.end() >= len(line):
        return None
    number, rest = int(match[1]), line[match.end()]
    if number == 0:
        return None
    if match[2]:
        if rest.isdigit() and not match[3]:
            return _digit_after_dot(line, number, match.end())
        return Marker(Mark.DIGIT, (number,), match.end())
    if match[4]:
        doubtful = rest.isdigit() and not _YEAR.match(line, match.end())
        return Marker(Mark.DIGIT, (number,), match.end(), weak=doubtful)
    if match[5]:
        return Marker(Mark.DIGIT_HALF_BRACKET, (number,), match.end())
    if len(line) <= _LONGEST_BARE_HEADING and not rest.isdigit() and line[-1] not in "。；，：、" and _is_han(rest):
        return Marker(Mark.DECIMAL, (number,), match.end(), weak=True)
    return None


def _digit_after_dot(line: str, number: int, after: int) -> Marker | None:
    if _YEAR.match(line, after):
        return Marker(Mark.DIGIT, (number,), after)
    if _MONTH.match(line, after):
        return Marker(Mark.DIGIT, (number,), after, weak=True)
    match = _OUTLINE.match(line)
    if match is None or match.end() >= len(line):
        return None
    body = _spaces(line, match.end())
    spaced = body > match.end()
    if body >= len(line) or not _is_han(line[body]) or (not spaced and _UNIT.match(line, body)):
        return None
    steps = tuple(int(step) for step in re.findall(r"\d+", match[0]))
    return Marker(Mark.DECIMAL, steps, body, weak=not spaced) if all(steps) else None


def _is_han(character: str) -> bool:
    return "一" <= character <= "龥" or character in "“《【"


_CIRCLES = {chr(0x2460 + i): i + 1 for i in range(20)} | {chr(0x3251 + i): i + 21 for i in range(15)}
_SINGLES: dict[str, tuple[Mark, int]] = (
    {character: (Mark.CIRCLE, number) for character, number in _CIRCLES.items()}
    | {chr(0x2474 + i): (Mark.DIGIT_BRACKET, i + 1) for i in range(20)}  # ⑴
    | {chr(0x2488 + i): (Mark.DIGIT, i + 1) for i in range(20)}  # ⒈
    | {chr(0x3220 + i): (Mark.HAN_BRACKET, i + 1) for i in range(10)}  # ㈠
)


def read_single(line: str) -> Marker | None:
    """①, ⑴, ⒈, ㈠: one character is the whole marker."""
    mark, number = _SINGLES[line[0]]
    body = _spaces(line, 1)
    if line[body : body + 1] in ("、", ".", "．"):
        body = _spaces(line, body + 1)
    return Marker(mark, (number,), body)


_ATTACHMENT = compiled(
    rf"附\s{{0,4}}(?:(件|表|录|图)\s{{0,2}}({_NUMERAL})?(?![一-龥]))?\s*(?:([：:])|([、.．])|(?=\s)|$)\s*"
)
# 附件1 XX表 without a colon: the name begins at once.
_ATTACHMENT_NAMED = compiled(r"附(件|表|录|图)(\d{1,2})\s?(?=[一-龥《])(?![和、的至中所列或及])")
ATTACHMENT_UNITS = {"": 0, "件": 0, "录": 1, "表": 2, "图": 3}


def read_attachment(line: str) -> Marker | None:
    """附件, 附件2, 附件：…, 附表1, 附录; number is (n,) as printed, or () where none is."""
    match = _ATTACHMENT.match(line)
    if match is None or (match[1] is None and match[3] is None) or (match[2] is None and match[4] is not None):
        match = _ATTACHMENT_NAMED.match(line)
        if match is None or line[-1] in "。；，":
            return None
    number = read_numeral(match[2]) if match[2] else None
    return Marker(Mark.ATTACHMENT, (number,) if number else (), match.end())


_CONTENTS = compiled(r"目\s{0,6}(?:录|次)")


def read_contents(line: str) -> Marker | None:
    """目录."""
    return Marker(Mark.CONTENTS, (), len(line)) if _CONTENTS.fullmatch(line) else None


def _read_pipe(line: str) -> Marker | None:
    return Marker(Mark.PIPE_ROW, (), 0) if line.count("|") >= 2 else None


def _read_comment(line: str) -> Marker | None:
    return Marker(Mark.COMMENT, (), 0) if line.startswith("<!--") and line.endswith("-->") else None


_WORDS: dict[str, Reader] = {
    "第": read_ordinal,
    "附": read_attachment,
    "目": read_contents,
    "|": _read_pipe,
    "<": _read_comment,
}
READERS: dict[str, Reader] = (
    _WORDS
    | dict.fromkeys(_HAN_NUMERAL, read_han)
    | dict.fromkeys("（(", read_bracket)
    | dict.fromkeys("0123456789", read_digit)
    | dict.fromkeys(_SINGLES, read_single)
)

# Markdown and bullets that may stand before a marker: "## ", "**", "- ", "> ", "• ".
_DRESS = compiled(r"(?:(#{1,6})\s*|>\s?|[-+*•·●■◆▪►○]\s+|[•·●■◆▪►]|\*\*|__)")
DRESSED = frozenset("#>-+*•·●■◆▪►○_")


def undress(line: str) -> tuple[int, int]:
    """The length of Markdown and bullet characters before the text, and the Markdown heading level (0 for none)."""
    position = level = 0
    # Three layers ("> ## **") are more than any converter writes.
    for _ in range(3):
        match = _DRESS.match(line, position)
        if match is None:
            break
        position = match.end()
        level = level or len(match[1] or "")
    return (position, level) if position < len(line) else (0, 0)
