"""Document numbers: 机关代字〔年〕序号号. Sound ones are read; damaged or masked ones give ranked candidates only.

Source: GB/T 9704-2012, 7.2.5: agency sign, year in hexagonal brackets, serial number.
"""

from __future__ import annotations

import re

from draft_assist.model import NumberCandidate
from draft_assist.patterns import compiled

_OPEN = "〔\\[［【（("
_CLOSE = "〕\\]］】）)"
_SIGN = r"[一-龥]{1,14}(?:[（(][一-龥]{1,4}[）)][一-龥]{0,4})?"
_SOUND = compiled(rf"({_SIGN})\s?[{_OPEN}]\s?((?:19|20)\d\d)\s?[{_CLOSE}]\s?(第?)\s?(\d{{1,5}})\s?号")
_ORDER = compiled(r"第\s?(\d{1,4}|[〇零一二三四五六七八九十百]{1,6})\s?号")
_NAMED_ORDER = compiled(r"[一-龥]{2,20}令\s?第\s?(?:\d{1,4}|[〇零一二三四五六七八九十百]{1,6})\s?号")
_PARTS = compiled(rf"({_SIGN})\s?(?:[{_OPEN}])\s?([\dxX×]{{0,8}})\s?([{_CLOSE}])?\s?第?\s?([\dxX×]{{0,5}})\s?(号)?")
_MASKED = compiled(r"[xX×]")


def sound_number(written: str, title: str | None = None) -> str | None:
    """The number when it is whole, its brackets written 〔〕; None when it is damaged or masked.

    Args:
        written: a line or field, such as 穗府[2015]26号 or, below the title of an order, 第123号.
        title: of the document; 某省人民政府令 gives its name to 第123号.
    """
    match = _SOUND.search(written)
    if match:
        return f"{match[1]}〔{match[2]}〕{match[3]}{match[4]}号"
    if named := _NAMED_ORDER.search(written):
        return re.sub(r"\s", "", named[0])
    order = _ORDER.fullmatch(written.strip("（）() "))
    if order and title and title.endswith("令"):
        return f"{title}第{order[1]}号"
    return None


def candidates_of(written: str) -> tuple[NumberCandidate, ...]:
    """Readings of a damaged or masked number, best first; () when it does not look like one at all."""
    match = _PARTS.search(written)
    if match is None:
        return ()
    sign, inside, closing, serial = match[1], match[2], match[3], match[4]
    if _MASKED.search(inside + serial):
        return (NumberCandidate(value=match[0].strip(), reason="年份或者序号被遮盖，须补全"),)
    if closing is None:
        return _without_bracket(sign, inside + serial)
    if len(inside) == 4 and inside[:2] in ("19", "20"):
        reason = "缺少“号”字" if serial else "缺少序号，须核对原件"
        return (NumberCandidate(value=f"{sign}〔{inside}〕{serial or '□'}号", reason=reason),)
    return (NumberCandidate(value=f"{sign}〔{inside or '□'}〕{serial or '□'}号", reason="年份不完整，须核对原件"),)


def _without_bracket(sign: str, digits: str) -> tuple[NumberCandidate, ...]:
    """澧政发〔20157: year and serial have run together."""
    found: list[NumberCandidate] = []
    year, rest = digits[:4], digits[4:]
    if len(year) == 4 and year[:2] in ("19", "20"):
        if rest and not rest.startswith("0"):
            reason = "缺右括号；前四位为年份，其余为序号"
            found.append(NumberCandidate(value=f"{sign}〔{year}〕{rest}号", reason=reason))
        elif not rest:
            found.append(NumberCandidate(value=f"{sign}〔{year}〕□号", reason="缺右括号和序号，须核对原件"))
    if len(digits) > 4:
        # A digit of the year may be lost instead: 201 and 423.
        found.append(
            NumberCandidate(value=f"{sign}〔{digits[:3]}□〕{digits[3:]}号", reason="年份也可能丢失一位；须核对原件")
        )
    return tuple(found)
