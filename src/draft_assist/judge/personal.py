"""Numbers that belong to a person: identity cards, mobile phones, bank cards, travel papers; and e-mail addresses.

A number is told by its own check digit where it has one, by its grouping where it is written in groups, and by the
label before it where neither says enough. Codes of organisations and projects, document numbers, sums and dates look
alike and are let be: a number that is wrongly hidden costs the model a detail, one that is wrongly sent is out.

Source of the check digits: GB 11643-1999 (公民身份号码), GB 32100-2015 (统一社会信用代码), ISO/IEC 7812-1 (cards).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from draft_assist.model import Span
from draft_assist.normalise.characters import INVISIBLE
from draft_assist.patterns import compiled


class PersonalKind(StrEnum):
    """What a number is, in the words that stand for it."""

    IDENTITY_CARD = "身份证"
    MOBILE = "手机号"
    BANK_CARD = "银行卡"
    PAPER = "证件号"
    EMAIL = "邮箱"


class Personal(NamedTuple):
    """A number that belongs to a person.

    Attributes:
        span: in the text asked about; of the number without its label.
        kind: what it is.
        number: its digits and letters alone, plain and in capitals: the same however it is written.
    """

    span: Span
    kind: PersonalKind
    number: str


def find_personal(text: str) -> list[Personal]:
    """The numbers of persons in `text`, in order, none touching another.

    Invisible characters, full-width digits and spaces or dashes inside a number do not hide it.
    """
    if not _MAY_HOLD.search(text):
        return []
    seen, places = _without_invisible(text)
    found: list[Personal] = []
    for one in sorted(
        (*_emails(seen), *_papers(seen), *_numbers(seen)), key=lambda one: (one.span.start, -one.span.end)
    ):
        if not found or one.span.start >= found[-1].span.end:
            found.append(one)
    return [one._replace(span=Span(places[one.span.start], places[one.span.end - 1] + 1)) for one in found]


_MAY_HOLD = compiled(r"\d|[@＠]")


def _without_invisible(text: str) -> tuple[str, range | list[int]]:
    """The text as it is seen, and where each of its characters stands in `text`."""
    if not INVISIBLE.search(text):
        return text, range(len(text))
    places = [i for i, one in enumerate(text) if not INVISIBLE.match(one)]
    return "".join([text[i] for i in places]), places


# --- what a label alone tells ---------------------------------------------------------------------------------------

_NAME = r"A-Za-z0-9\-Ａ-Ｚａ-ｚ０-９"
_EMAIL = compiled(
    rf"[{_NAME}_.%+＿．－]{{1,64}} ?[@＠] ?(?:[{_NAME}]{{1,63}} ?[.．] ?){{1,6}}[A-Za-zＡ-Ｚａ-ｚ]{{2,24}}"
)
_PAPER = compiled(
    r"(?:护照|来往内地通行证|回乡证|来往大陆通行证|台胞证|(?:往来|来往)(?:港澳|台湾)通行证|居留许可|居留证|永久居留身份证"
    r"|(?:香港|澳门)(?:特别行政区)?(?:永久性)?(?:居民)?身份证|军官证|士兵证|警官证)"
    r"(?:证件|证)?(?:号码|编号|号)?[为是：:（( ]{0,4}"
    r"(?P<number>[A-Za-zＡ-Ｚａ-ｚ]{0,3}[ -]?\d{6,12}(?:[（(][\dA-Za-z][)）])?|[1-9]/\d{6}/\d[(（]\d[)）])(?!\d)"
)


def _emails(seen: str) -> Iterator[Personal]:
    if "@" in seen or "＠" in seen:
        for match in _EMAIL.finditer(seen):
            yield Personal(Span(*match.span()), PersonalKind.EMAIL, _plain(match[0]))


def _papers(seen: str) -> Iterator[Personal]:
    for match in _PAPER.finditer(seen):
        yield Personal(Span(*match.span("number")), PersonalKind.PAPER, _plain(match["number"]))


_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}


def _plain(words: str) -> str:
    return re.sub(r"\s", "", words.translate(_FULL_WIDTH)).upper()


# --- runs of digits -------------------------------------------------------------------------------------------------

_GAP = r" \t\n\xa0\u2000-\u200a\u202f\u205f\u3000\-‐‑‒–—−－_＿.·"
_RUN = compiled(rf"\d+(?:[{_GAP}]{{1,3}}\d+)*")
_GROUP = compiled(r"\d+")
_X = compiled(rf"[{_GAP}]{{0,3}}[xXｘＸХ](?![A-Za-z0-9])")


class _Group(NamedTuple):
    """Digits without a gap: their place and their value in plain digits."""

    start: int
    end: int
    digits: str


def _numbers(seen: str) -> Iterator[Personal]:
    for run in _RUN.finditer(seen):
        groups = [
            _Group(run.start() + match.start(), run.start() + match.end(), "".join(str(int(one)) for one in match[0]))
            for match in _GROUP.finditer(run[0])
        ]
        yield from _in_run(seen, groups)


def _in_run(seen: str, groups: list[_Group]) -> Iterator[Personal]:
    """The numbers among groups of digits with gaps between them, such as the cells of a table row."""
    begin = first = 0
    while first < len(groups):
        for last in reversed(_fitting(groups, first)):
            ends_run = last == len(groups) - 1
            one = _number(_Window(seen, groups[first : last + 1], first == begin and ends_run, ends_run=ends_run))
            if one is None:
                continue
            # What is left before it has now become a whole of its own.
            if begin < first and first - 1 in _fitting(groups, begin):
                before = _number(_Window(seen, groups[begin:first], whole=True, ends_run=False))
                yield from (before,) if before else ()
            yield one
            begin = first = last + 1
            break
        else:
            first += 1


_FEWEST_DIGITS = 11
_MOST_DIGITS = 21


def _fitting(groups: list[_Group], first: int) -> list[int]:
    """The last groups of all stretches from `first` on that hold as many digits as a number of a person has."""
    fitting: list[int] = []
    count = 0
    for last in range(first, len(groups)):
        count += len(groups[last].digits)
        if count > _MOST_DIGITS:
            break
        if count >= _FEWEST_DIGITS:
            fitting.append(last)
    return fitting


class _Window:
    """Some groups next to each other, looked at as one number."""

    def __init__(self, seen: str, groups: list[_Group], whole: bool, *, ends_run: bool) -> None:
        self.seen = seen
        self.start, self.end = groups[0].start, groups[-1].end
        self.digits = "".join(group.digits for group in groups)
        self.lengths = tuple(len(group.digits) for group in groups)
        self.ends_run = ends_run
        self._whole = whole

    def is_one(self) -> bool:
        """True when the grouping does not speak against one number: no gap, a digit each, or nothing beside it."""
        if len(self.lengths) == 1 or set(self.lengths) == {1}:
            return True
        return self._whole and not re.search(r"[.·\n]", self.seen[self.start : self.end])

    def label(self) -> str:
        """The characters before it in its line, which may say what it is."""
        line = self.seen.rfind("\n", 0, self.start) + 1
        return self.seen[max(line, self.start - 24) : self.start]

    def is_measure(self) -> bool:
        """True when a unit follows or a currency sign goes before."""
        if self.seen[self.start - 1 : self.start] in ("¥", "￥", "$", "＄"):
            return True
        return _UNIT.match(self.seen, self.end) is not None

    def touches_letters(self) -> bool:
        """True when it is part of a code with letters: A1B138…, 9133…MA2. A word before it, as in tel138…, is none."""
        before = _WORD_BEFORE.search(self.seen, max(0, self.start - 20), self.start)
        return before is not None or _LETTER.match(self.seen, self.end) is not None


_UNIT = compiled(
    r"(?:\.\d{1,2})?[ \u3000]{0,2}(?:[百千]?[万亿]|元|美元|欧元|吨|亩|公顷|平方米|立方米|千瓦|公里|千米|人次|[%％])"
)
_WORD_BEFORE = compiled(r"\d[A-Za-z]{1,19}$")
_LETTER = compiled(r"[A-Za-z]")


def _number(window: _Window) -> Personal | None:
    return _identity_card(window) or _mobile(window) or _bank_card(window)


# --- 身份证 ---------------------------------------------------------------------------------------------------------

_SAYS_IDENTITY = compiled(
    r"(?:身份证件?|公民身份|身份号?|居住证|社会保障卡?|社保卡?)(?:号码|编号|号)?[为是：:（(\s]{0,4}$"
)
# The first two digits of the place's code, GB/T 2260; 81 to 83 are those of the 港澳台居民居住证.
_PROVINCES = compiled("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _identity_card(window: _Window) -> Personal | None:
    digits, end = window.digits, window.end
    if len(digits) not in (15, 17, 18):
        return None
    closing = _X.match(window.seen, end) if len(digits) == 17 and window.ends_run else None
    if closing:
        digits, end = f"{digits}X", closing.end()
    if not _is_identity_number(digits) and not (
        len(digits) != 17 and window.is_one() and _SAYS_IDENTITY.search(window.label())
    ):
        return None
    if len(digits) == 15 and not _SAYS_IDENTITY.search(window.label()):
        grouped = window.is_one() or window.lengths == (6, 6, 3)
        if not grouped or window.is_measure() or window.touches_letters() or _IS_CODE.search(window.label()):
            return None
    return Personal(Span(window.start, end), PersonalKind.IDENTITY_CARD, digits)


def _is_identity_number(digits: str) -> bool:
    if len(digits) == 15:
        return _PROVINCES.match(digits) is not None and _is_day(1900 + int(digits[6:8]), digits[8:12])
    if len(digits) != 18 or not (_PROVINCES.match(digits) or digits[0] == "9"):
        return False
    total = sum(int(one) * weight for one, weight in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[17] and _is_day(int(digits[6:10]), digits[10:14])


def _is_day(year: int, month_and_day: str) -> bool:
    month, day = int(month_and_day[:2]), int(month_and_day[2:])
    return 1850 <= year < 2100 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


# --- 手机 -----------------------------------------------------------------------------------------------------------

_MOBILE = compiled(r"(?:0?086|86)?(1[3-9]\d{9})")
_MOBILE_GROUPS = frozenset({(11,), (3, 4, 4), (4, 3, 4), (3, 3, 5), (3, 8), (7, 4), (5, 6), (6, 5), (4, 4, 3)})


def _mobile(window: _Window) -> Personal | None:
    match = _MOBILE.fullmatch(window.digits)
    if not match:
        return None
    lengths = window.lengths
    prefix = len(window.digits) - 11
    if prefix and lengths[0] == prefix:
        lengths = lengths[1:]
    elif prefix:
        lengths = (lengths[0] - prefix, *lengths[1:])
    if not (window.is_one() or lengths in _MOBILE_GROUPS or set(lengths) == {1}):
        return None
    if window.is_measure() or window.touches_letters() or _IS_NAMED_CODE.search(window.label()):
        return None
    start = window.start - 1 if prefix and window.seen[window.start - 1 : window.start] in ("+", "＋") else window.start
    return Personal(Span(start, window.end), PersonalKind.MOBILE, match[1])


# --- 银行卡 ---------------------------------------------------------------------------------------------------------

_SAYS_CARD = compiled(r"(?:卡|账|帐|存折|账户|帐户|一卡通)(?:号码|号)?[为是：:（(\s]{0,4}$")
# What stands before numbers that belong to a thing or an organ.
_NAMED_CODE = (
    r"信用代码|机构代码|项目编[号码]|项目代码|文号|案号|份号|批号|登记编?号|注册号|备案编?号|许可证编?号|证书编?号|合同编?号"
    r"|发票(?:号码?|代码)|流水号|[订运]?单号|条形?码|序列号|宗地号|单元号|图斑编?号|学号|税号|设备号|标准号|车架号"
)
_AFTER_LABEL = r"[为是：:（(\s]{0,4}$"
_IS_NAMED_CODE = compiled(rf"(?:{_NAMED_CODE}){_AFTER_LABEL}")
_IS_CODE = compiled(rf"(?:{_NAMED_CODE}|(?<!证件)编[号码]|代码){_AFTER_LABEL}")
_FOURS = frozenset({(4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (6, 10), (6, 13)})


def _bank_card(window: _Window) -> Personal | None:
    digits = window.digits
    labelled = 12 <= len(digits) <= 21 and _SAYS_CARD.search(window.label()) is not None
    if labelled:
        fits = window.is_one() or window.lengths in _FOURS
    else:
        fits = _is_card_number(digits) and (window.lengths in _FOURS or _is_written_as_one(window))
        fits = fits and not _IS_CODE.search(window.label()) and not _is_organisation_code(digits)
    if not fits or window.is_measure() or window.touches_letters():
        return None
    return Personal(Span(window.start, window.end), PersonalKind.BANK_CARD, digits)


def _is_written_as_one(window: _Window) -> bool:
    """Free grouping is believed of UnionPay numbers only: rows of figures pass Luhn's test one time in ten."""
    return window.is_one() and (len(window.lengths) == 1 or window.digits.startswith("62"))


def _is_card_number(digits: str) -> bool:
    """16 to 19 digits of an issuer of cards, with the right check digit (Luhn).

    Numbers that begin with 0, 1, 2, 7 or 8 are of airlines, oil and telecommunication companies, or begin with a date.
    """
    if not 16 <= len(digits) <= 19 or digits[0] not in "34569":
        return False
    doubled = sum(sum(divmod(int(one) * 2, 10)) for one in digits[-2::-2])
    return (doubled + sum(int(one) for one in digits[-1::-2])) % 10 == 0


_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _is_organisation_code(digits: str) -> bool:
    """A 统一社会信用代码 that happens to hold digits only: of an office 1, 5 or 9, with the right check character."""
    if len(digits) != 18 or digits[0] not in "159":
        return False
    total = sum(int(one) * pow(3, i, 31) for i, one in enumerate(digits[:17]))
    return _CODE_CHARACTERS[-total % 31] == digits[17]
