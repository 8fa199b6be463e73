"""One form for each character: spaces, full-width forms, font variants, invisible characters, punctuation.

Nearly all of it is one character for one, so places in the text stay. `Odd` finds in a single pass which unusual
characters a text holds at all; every later step asks it first, so a clean text pays for that pass only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from draft_assist.normalise.tape import Edit
from draft_assist.patterns import compiled

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff〇々"
# Chinese punctuation that shows its neighbour to be Chinese text too.
WIDE = "，。、；：？！“”‘’（）《》〈〉〔〕【】—…「」『』"

_SPACES = "\t\x0b\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\x0c\x1c-\x1e\x85\u2028\u2029"
INVISIBLE = compiled(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U000e0000-\U000e0fff]+"
)
# Unicode: Small Form Variants, Vertical Forms, CJK Compatibility Forms, Halfwidth CJK punctuation.
_FORMS = dict(
    zip(
        "﹐﹑﹒﹔﹕﹖﹗﹙﹚﹝﹞﹪﹟﹡﹢﹣﹤﹥﹦︐︑︒︓︔︕︖︗︘︙︱︵︶︹︺︻︼︽︾︿"
        "﹀﹁﹂﹃﹄﹇﹈｡｢｣､．％－／＋＝＜＞＆＠＃＊＿＄＼＾｀＂＇｜｛｝￥―‐‑−∶∕○",
        "，、.；：？！（）〔〕%#*+-<>=，、。：；！？〖〗…—（）〔〕【】《》〈"
        "〉「」『』[]。「」、.%-/+=<>&@#*_$\\^`\"'|{}¥—---：/〇",
        strict=True,
    )
)
# CJK radicals that fonts of PDF files give in place of the character and that Unicode leaves without a mapping.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻰⻱⻳",
        "母民虎西见贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龟龟",
        strict=True,
    )
)
# CJK radicals and compatibility characters, which stand for a usual character.
STAND_INS = compiled("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
# Markers that are one character long, spelled out so that headings have one form.
_MARKERS = compiled("[\u2474-\u249b\u3220-\u3229]")
_COMMON = (
    "\n !\"#$%&'()*+,\\-./0-9:;<=>?@A-Z\\[\\\\\\]^_`a-z{|}~"
    "·–—‘’“”…※→←↑↓①-⑳Ⅰ-Ⅻ■□▲△●◆★☆√×÷±°℃㎡≥≤、。〈〉《》「」『』【】〔〕〖〗！（），：；？～￥"
)


class Odd:
    """The unusual characters of a text, each once: not ASCII, common Chinese punctuation or a GB 2312 character."""

    def __init__(self, text: str) -> None:
        self.characters = set(_odd_pattern().findall(text))
        self._joined = "".join(sorted(self.characters))

    def add(self, text: str) -> None:
        """Count those of `text` too."""
        self.characters.update(_odd_pattern().findall(text))
        self._joined = "".join(sorted(self.characters))

    def __bool__(self) -> bool:
        return bool(self.characters)

    def any(self, pattern: re.Pattern[str]) -> bool:
        """True when one of them matches `pattern`."""
        return pattern.search(self._joined) is not None

    def han(self) -> list[str]:
        """The Chinese characters among them, in order of code point."""
        return [one for one in self._joined if "\u3400" <= one <= "\u9fff" or one >= "\U00020000"]


@cache
def gb2312_characters() -> str:
    """The characters of GB 2312-80, the everyday characters of simplified Chinese, without a few traditional ones.

    The standard has 後, 於, 徵, 菸 and 夥 beside 后, 于, 征, 烟 and 伙; in official prose they are left over from
    traditional script. Others of that kind (乾, 薹, 摺, ...) have uses of their own and count as everyday characters.
    """
    rows = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return "".join(row.decode("gb2312", "ignore") for row in rows).translate(dict.fromkeys(map(ord, "後於徵菸夥")))


@cache
def _odd_pattern() -> re.Pattern[str]:
    return compiled(f"[^{_COMMON}{gb2312_characters()}]")


def plain_characters(text: str, odd: Odd) -> str:
    """`text` with each variant character in its plain form, one for one.

    Spaces of all kinds become " ", other line ends "\\n", full-width digits and letters half-width, small, vertical
    and compatibility forms their usual character; lone surrogates become U+FFFD.
    """
    table = {one: plain for one in odd.characters if (plain := _plain(one)) != one}
    if "○" in odd.characters:
        # ○ stands for 〇 only inside a number such as 二○一五; elsewhere it is a bullet.
        table.pop("○", None)
        text = _ZERO_IN_NUMBER.sub(lambda match: "〇" * len(match[0]), text)
    if len(table) > 12:
        return text.translate(str.maketrans(dict(table.items())))
    for one, plain in table.items():
        text = text.replace(one, plain)
    return text


_ZERO_IN_NUMBER = compiled("(?<=[一二三四五六七八九〇○])○+")
_SPACE = compiled(f"[{_SPACES}]")
_LINE_END = compiled(f"[{_LINE_ENDS}]")


def _plain(one: str) -> str:
    if _SPACE.match(one):
        return " "
    if _LINE_END.match(one):
        return "\n"
    code = ord(one)
    if 0xFF10 <= code <= 0xFF19 or 0xFF21 <= code <= 0xFF3A or 0xFF41 <= code <= 0xFF5A:
        return chr(code - 0xFEE0)
    if 0xD800 <= code <= 0xDFFF:
        return "�"
    known = _FORMS.get(one) or _RADICALS.get(one)
    if known:
        return known
    if STAND_INS.match(one):
        unified = unicodedata.normalize("NFKC", one)
        return unified if len(unified) == 1 else one
    return one


def invisible_cuts(text: str) -> list[Edit]:
    """Cuts of zero-width, control, direction and byte-order characters."""
    return [Edit(m.start(), m.end(), "", "不可见字符") for m in INVISIBLE.finditer(text)]


def marker_spellings(text: str) -> list[Edit]:
    """⑴ as （1）, ⒈ as 1. and ㈠ as （一）."""
    return [Edit(m.start(), m.end(), _spelled(m[0])) for m in _MARKERS.finditer(text)]


def has_markers(odd: Odd) -> bool:
    """True when `marker_spellings` would find something."""
    return odd.any(_MARKERS)


def _spelled(one: str) -> str:
    return unicodedata.normalize("NFKC", one).replace("(", "（").replace(")", "）")


# --- punctuation ----------------------------------------------------------------------------------------------------

_NEAR = f"[{HAN}{WIDE}]"
_MARKS = {",": "，", ":": "：", ";": "；", "!": "！"}
_MARK_PATTERNS = {
    # A mark is Chinese when it touches Chinese text on either side: 1,000 and 3:1 and http: touch none.
    mark: compiled(f"{re.escape(mark)}(?:(?={_NEAR})|(?<={_NEAR}{re.escape(mark)}))")
    for mark in _MARKS
}
# An ASCII question mark inside running text may be a lost byte: only one that ends a line or stands before a closing
# mark, or whose clause holds a question word, is a real one.
_QUESTION = compiled(rf"\?(?<={_NEAR}\?)(?=[ \n”’』」）)]|\Z)")
_QUESTION_INSIDE = compiled(
    rf"(?:什么|如何|怎样|怎么|是否|能否|可否|吗|呢|哪些|哪里|哪个|谁|多少|几)[^，。；！？?\n]{{0,30}}\?(?=[{HAN}“《])"
)
_PAIR = compiled(r"\(([^()（）\n]{0,200})\)")
_OPEN = compiled(rf"\((?:(?={_NEAR})|(?<={_NEAR}\())")
_CLOSE = compiled(rf"\)(?:(?={_NEAR})|(?<={_NEAR}\)))")
_IS_NEAR = compiled(_NEAR)
_FOLLOWED = compiled(rf"[ ]*{_NEAR}")
# 〔2015〕 in other brackets, with the organ's short name before and the number after.
_NUMBER_BRACKETS = compiled(
    rf"(?<=[{HAN}])([\[［﹝【(（〈])([12][0-9]{{3}}|[xX×*]{{4}})([\]］﹞】)）〉])(?=[ ]?第?[ ]?[0-9xX×*]{{1,5}}[ ]?号)"
)


def chinese_punctuation(text: str) -> str:
    """ASCII , : ; ! ? ( ) beside Chinese characters in their full-width form, one for one.

    Inside numbers, times, addresses and Latin text they stay. Years of document numbers get 〔〕.
    """
    if "号" in text:
        text = _NUMBER_BRACKETS.sub(r"〔\2〕", text)
    for mark, wide in _MARKS.items():
        if mark in text:
            text = _MARK_PATTERNS[mark].sub(wide, text)
    if "?" in text:
        text = _QUESTION.sub("？", text)
        text = _QUESTION_INSIDE.sub(lambda match: match[0][:-1] + "？", text)
    return _brackets(text) if "(" in text or ")" in text else text


def _brackets(text: str) -> str:
    def pair(match: re.Match[str]) -> str:
        inner = match[1]
        start, end = match.span()
        before = text[start - 1 : start]
        chinese = (
            _IS_NEAR.match(inner)
            or (inner and _IS_NEAR.match(inner[-1]))
            or (before and _IS_NEAR.match(before))
            or _FOLLOWED.match(text, end)
        )
        return f"（{inner}）" if chinese else match[0]

    text = _PAIR.sub(pair, text)
    if "(" in text:
        text = _OPEN.sub("（", text)
    return _CLOSE.sub("）", text) if ")" in text else text
