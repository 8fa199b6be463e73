"""Numbers as Chinese documents write them: clause numbers (第一百二十条) and amounts (二十万, 1.5万, 千分之二)."""

from __future__ import annotations

import re
from functools import lru_cache

from draft_assist.patterns import compiled

DIGITS = "零一二三四五六七八九"

# Every way a digit or unit is written in clause numbers and amounts, turned into the one plain way.
_PLAIN = str.maketrans(
    {
        "〇": "零", "○": "零", "Ｏ": "零", "两": "二", "兩": "二", "壹": "一", "贰": "二", "貳": "二", "叁": "三",
        "參": "三", "肆": "四", "伍": "五", "陆": "六", "陸": "六", "柒": "七", "捌": "八", "玖": "九", "拾": "十",
        "佰": "百", "仟": "千", "萬": "万", "億": "亿", "廿": "二十", "卅": "三十", "卌": "四十",
    }
)  # fmt: skip

_UNITS = {"十": 10, "百": 100, "千": 1000}
_ADDITIVE = compiled(r"(?:[一二三四五六七八九]?[千百十]|零|[一二三四五六七八九]$)+")
_POSITIONAL = compiled(r"[一二三四五六七八九][零一二三四五六七八九]{1,3}")

LARGEST_CLAUSE_NUMBER = 9999


@lru_cache(maxsize=8192)
def read_numeral(text: str) -> int | None:
    """Read a numeral as used in clause numbers.

    Args:
        text: the numeral alone, such as 一百二十, 廿一, 贰拾, 二〇 or 12; without 第 or 条.

    Returns:
        1 to 9999, or None when `text` is not wholly a numeral (十甲 is None, not 10).

    Source:
        《立法法》（2023）第六十五条第二款，编章节条的序号用中文数字。
    """
    if text.isascii():
        number = int(text) if text.isdigit() and len(text) <= 4 else 0
        return number or None
    plain = text.translate(_PLAIN)
    if _POSITIONAL.fullmatch(plain):
        return int("".join(str(DIGITS.index(digit)) for digit in plain)) or None
    if not _ADDITIVE.fullmatch(plain):
        return None
    number = _sum_units(plain)
    # Writing the number again and comparing refuses 十百, 一百五 (150 or 105?) and misplaced zeros in one stroke.
    return number if 0 < number <= LARGEST_CLAUSE_NUMBER and _same_writing(plain, number) else None


def _sum_units(plain: str) -> int:
    total, digit = 0, 0
    for character in plain:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = DIGITS.index(character)
    return total + digit


def _same_writing(plain: str, number: int) -> bool:
    def canonical(writing: str) -> str:
        # 一十二 is 十二, 一百十二 is 一百一十二; a unit without a digit counts one.
        return re.sub(r"(?<![一二三四五六七八九])([十百千])", r"一\1", writing)

    return canonical(plain) == canonical(write_numeral(number))


def write_numeral(number: int) -> str:
    """Write a clause number in Chinese, as official documents do: 12 -> 十二, 105 -> 一百零五, 110 -> 一百一十.

    Raises:
        ValueError: `number` is not in 1 to 9999.
    """
    if not 1 <= number <= LARGEST_CLAUSE_NUMBER:
        raise ValueError(f"clause numbers run from 1 to {LARGEST_CLAUSE_NUMBER}, not {number}")
    writing = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            writing += DIGITS[digit] + name
        elif writing and not writing.endswith("零") and number % unit:
            writing += "零"
    return writing[1:] if writing.startswith("一十") else writing


def show_article(number: tuple[int, ...]) -> str:
    """(120, 1) -> 第一百二十条之一."""
    first = write_numeral(number[0]) if 1 <= number[0] <= LARGEST_CLAUSE_NUMBER else str(number[0])
    return f"第{first}条" + "".join(f"之{write_numeral(part)}" for part in number[1:])


# --- amounts ------------------------------------------------------------------------------------------------------

_GROUPS = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000,
           "亿": 100_000_000, "万亿": 1_000_000_000_000}  # fmt: skip
_FIGURES = compiled(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(万亿|[十百千]?万|亿|[十百千])?")
_PARTS = compiled(r"(百|千|万)分之(.+)")
_PART_OF = {"百": 100, "千": 1000, "万": 10_000}


def read_number(text: str) -> float | None:
    """Read an amount: 五千, 二十万, 一亿二千万, 一万五, 1.5万, 3,000, 半, 百分之五十, 千分之二, 30%, 5‰.

    Args:
        text: the number alone, without 元 or 倍.

    Returns:
        The value (百分之五十 and 50% are 0.5), or None when `text` is not wholly one definite number (数万, 几百).
    """
    text = text.strip().replace("，", ",")
    if match := _PARTS.fullmatch(text):
        part = read_number(match[2])
        return None if part is None else part / _PART_OF[match[1]]
    if text[-1:] in ("%", "％", "‰"):
        part = read_number(text[:-1])
        return None if part is None else part / (1000 if text[-1] == "‰" else 100)
    if match := _FIGURES.fullmatch(text):
        return float(match[1].replace(",", "") + (match[2] or "")) * _GROUPS[match[3] or ""]
    if text in ("半", "一半"):
        return 0.5
    return _read_han_amount(text.translate(_PLAIN))


def read_percent(text: str) -> float | None:
    """Read a share as per cent: 百分之五十 -> 50.0, 30% -> 30.0, 千分之二 -> 0.2, 万分之五 -> 0.05.

    Returns:
        Per cent, or None when `text` is not wholly a share.
    """
    if text[-1:] not in ("%", "％", "‰") and not _PARTS.fullmatch(text.strip()):
        return None
    share = read_number(text)
    # Twelve digits are more than any document states; rounding drops what binary fractions add.
    return None if share is None else round(share * 100, 12)


def _read_han_amount(plain: str) -> float | None:
    """十五万六千, 一亿二千万, 三千五 (3500), 一点五万; None when it is not wholly a number."""
    if "点" in plain:
        return _read_han_decimal(plain)
    total = 0
    rest = plain
    for name, size in (("亿", 100_000_000), ("万", 10_000)):
        group, found, after = rest.rpartition(name)
        if not found:
            continue
        count = read_numeral(group.removeprefix("零"))
        if count is None:
            return None
        total += count * size
        if len(after) == 1 and after in DIGITS[1:]:  # 一万五 is 15,000 as people say it; with 零 it is 10,005
            return float(total + DIGITS.index(after) * size // 10)
        rest = after.removeprefix("零")
    if not rest:
        return float(total) if total else None
    low = read_numeral(rest) or _read_spoken(rest)
    return None if low is None else float(total + low)


def _read_spoken(rest: str) -> int | None:
    """三千五 -> 3500, 一百五 -> 150."""
    if len(rest) < 3 or rest[-1] not in DIGITS[1:] or rest[-2] not in "百千":
        return None
    head = read_numeral(rest[:-1])
    return None if head is None else head + DIGITS.index(rest[-1]) * _UNITS[rest[-2]] // 10


def _read_han_decimal(plain: str) -> float | None:
    whole, _, fraction = plain.partition("点")
    size = 1
    for name in ("万亿", "亿", "万"):
        if fraction.endswith(name):
            fraction, size = fraction[: -len(name)], _GROUPS[name]
            break
    count = 0 if whole == "零" else read_numeral(whole)
    if count is None or not fraction or any(digit not in DIGITS for digit in fraction):
        return None
    return float(f"{count}." + "".join(str(DIGITS.index(digit)) for digit in fraction)) * size
