"""What the document says of itself: title, number, issuer, dates and so on -> `Facts`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from draft_assist.model import Facts, NormalText, NumberCandidate, Rank, Span
from draft_assist.parse.classify import classify
from draft_assist.parse.dates import ReadDate, find_dates, read_date_line
from draft_assist.parse.layout import Layout, is_organ, title_organs
from draft_assist.parse.lines import Line
from draft_assist.parse.markers import STRUCTURAL, Mark
from draft_assist.parse.numbers import candidates_of, sound_number
from draft_assist.parse.numerals import read_numeral
from draft_assist.parse.organs import issuer_in_title, rank_of
from draft_assist.patterns import compiled

# Facts stand at the head and foot; a statement on entry into force within the last part of the text.
_OPENING_LINES = 60
_LONGEST_OPENING = 6000


def read_facts(text: NormalText, lines: Sequence[Line], layout: Layout) -> Facts:
    """The facts of a document; what it does not say stays None."""
    value = text.value
    title, span = _title(value, lines, layout)
    cover = _joined(value, lines, layout.cover_title)
    number, candidates = _number(value, lines, layout, cover or title)
    issuer = _issuer(value, lines, layout, cover or title)
    opening = _opening(value, lines, layout)
    ranking = rank_of(title, issuer.split("、")[0] if issuer else None, opening, number)
    kind = classify(value, title, cover, issuer, ranking.rank, lines)
    signed = _signing_date(value, lines, layout)
    effective = _effective_date(value, signed.date)
    return Facts(
        title=title,
        title_span=span,
        document_number=number,
        number_candidates=candidates,
        issuer=issuer,
        rank=ranking.rank,
        rank_certain=ranking.certain and ranking.rank is not Rank.OTHER,
        rank_reason=ranking.reason,
        kind=kind.kind,
        kind_reasons=kind.reasons,
        signing_date=signed.date,
        effective_date=effective.date,
        date_notes=(*signed.notes, *effective.notes),
        validity=_validity(value),
        registration_number=_registration(value, lines, layout),
        recipients=_recipients(value, lines, layout),
    )


def _joined(value: str, lines: Sequence[Line], span: tuple[int, int] | None) -> str | None:
    if span is None:
        return None
    return "".join(re.sub(r"\s+", "", lines[i].words(value)) for i in range(span[0], span[1] + 1))


def _title(value: str, lines: Sequence[Line], layout: Layout) -> tuple[str | None, Span | None]:
    title = _joined(value, lines, layout.title)
    if layout.title is None:
        return None, None
    first, last = layout.title
    return title, Span(lines[first].body, lines[last].body_end)


def _opening(value: str, lines: Sequence[Line], layout: Layout) -> str:
    """The text before the first clause of the document proper."""
    for line in lines[layout.main : layout.main + _OPENING_LINES]:
        if line.mark in STRUCTURAL and line.mark != Mark.STYLED:
            return value[: min(line.start, _LONGEST_OPENING)]
    return value[:1500]


# --- number, registration, recipients -----------------------------------------------------------------------------

_NAMED_NUMBER = compiled(r"(?:发文字号|文\s?号|发文号)\s?[：:]\s?(\S{4,30})")
_NAMED_REGISTRATION = compiled(
    r"(?:统一登记号|登记编号|统一编号|规范性文件登记号|登记号|规范性文件编号)\s?[：:]?\s?"
    r"([A-Za-z0-9一-龥〔〕\[\]（）()\-—]{4,28})"
)


def _number(
    value: str, lines: Sequence[Line], layout: Layout, title: str | None
) -> tuple[str | None, tuple[NumberCandidate, ...]]:
    found = [lines[index].text(value) for index in layout.numbers]
    found += [match[1] for match in _NAMED_NUMBER.finditer(value[:_LONGEST_OPENING])]
    damaged: tuple[NumberCandidate, ...] = ()
    for written in found:
        sound = sound_number(written, title)
        if sound is not None:
            return sound, ()
        damaged = damaged or candidates_of(written)
    return None, damaged


def _registration(value: str, lines: Sequence[Line], layout: Layout) -> str | None:
    if layout.registration is not None:
        line = lines[layout.registration].text(value)
        match = _NAMED_REGISTRATION.match(line)
        return match[1] if match else line
    match = _NAMED_REGISTRATION.search(value[:3000])
    return match[1] if match and any(character.isdigit() for character in match[1]) else None


def _recipients(value: str, lines: Sequence[Line], layout: Layout) -> tuple[str, ...]:
    if layout.recipients is None:
        return ()
    line = lines[layout.recipients].text(value).rstrip("：:")
    return tuple(name.strip() for name in re.split(r"[，,、；;]", line) if name.strip())


# --- issuer -------------------------------------------------------------------------------------------------------


_NAMED_ISSUER = compiled(r"(?:发文机关|发布机构|制定机关|发文单位|发布单位)\s?[：:]\s?(\S{3,40})")


def _issuer(value: str, lines: Sequence[Line], layout: Layout, title: str | None) -> str | None:
    """From the title, the signature, the letterhead or a named field, in this order; several organs joined by 、."""
    span = layout.cover_title or layout.title
    if span is not None and (organs := title_organs(lines, value, span)):
        return "、".join(organs)
    if title and (issuer := issuer_in_title(title)):
        return issuer
    for first, last in layout.signatures:
        if organs := _signing_organs(value, lines[first : last + 1]):
            return "、".join(organs)
    if layout.letterhead is not None:
        return lines[layout.letterhead].text(value).removesuffix("文件").strip()
    match = _NAMED_ISSUER.search(value[:_LONGEST_OPENING])
    return match[1] if match else None


_SEAL = compiled(r"[（(](?:盖章|公章|印章|代章|章|印)[）)]$")


def _signing_organs(value: str, signature: Sequence[Line]) -> list[str]:
    found: list[str] = []
    for line in signature:
        text = line.text(value)
        whole = "".join(_SEAL.sub("", text).split())
        # 某 县 民 政 局 is one name; two names on a line stand apart.
        parts = [_SEAL.sub("", part) for part in re.split(r"\s+", text)]
        if all(len(part) > 3 and is_organ(part) for part in parts):
            found += parts
        elif is_organ(whole) and read_date_line(whole) is None:
            found.append(whole)
        else:
            found += [part for part in parts if len(part) > 3 and is_organ(part)]
    return found


# --- dates --------------------------------------------------------------------------------------------------------


class _Dated(NamedTuple):
    date: dt.date | None
    notes: tuple[str, ...]


def _signing_date(value: str, lines: Sequence[Line], layout: Layout) -> _Dated:
    """The date of the first signature that has one: of the covering notice, where there is one."""
    for first, last in layout.signatures:
        for index in range(last, first - 1, -1):
            dates = find_dates(lines[index].text(value))
            read: ReadDate | None = dates[-1] if dates else read_date_line(lines[index].text(value))
            if read is not None:
                return _Dated(read.date, (f"成文日期“{read.words}”：{read.fault}",) if read.fault else ())
    match = _NAMED_DATE.search(value[:_LONGEST_OPENING])
    named = find_dates(match[1]) if match else []
    return _Dated(named[0].date if named else None, ())


_NAMED_DATE = compiled(r"成文日期\s?[：:]\s?(\S{8,12})")


_FROM_DATE = compiled(
    r"(?:自|从|于)\s?([^，。；自从于]{4,22}?)(?:之?日)?\s?(?:起|开始)\s?(?:正式|试)?(?:施行|实施|执行|生效|试行)"
)
_FROM_ISSUE = compiled(
    r"(?:自|从)\s?(?:公布|发布|印发|颁布|下发|公告|签发|发文)之日\s?(?:起)?\s?"
    r"(?:(?:满|后)?\s?(\d{1,3}|[一二三四五六七八九十]{1,3})\s?(日|天|个月)(?:后|以后)?)?\s?(?:起)?\s?(?:正式|试)?(?:施行|实施|执行|生效|试行)"
)
_OWN = compiled(r"本[一-龥]{1,6}$")


def _effective_date(value: str, signed: dt.date | None) -> _Dated:
    """From the last statement of the kind 本办法自…起施行; where a document sets several dates, a note says so."""
    if "行" not in value and "效" not in value:
        return _Dated(None, ())
    issue = _last_own(_FROM_ISSUE, value)
    dated = _last_own(_FROM_DATE, value, lambda match: bool(find_dates(match[1] + "日")))
    if dated is not None and (issue is None or dated.start() >= issue.start()):
        read = find_dates(dated[1])
        read = read if read and read[0].date else find_dates(dated[1] + "日")
        first = read[0]
        note = (f"施行日期“{dated[1].strip()}”：{first.fault}",) if first.fault else ()
        return _Dated(first.date, note)
    if issue is None:
        return _Dated(None, ())
    return _after_issue(issue, signed)


def _after_issue(issue: re.Match[str], signed: dt.date | None) -> _Dated:
    words = issue[0].strip()
    if signed is None:
        return _Dated(None, (f"施行日期“{words}”：文中没有成文日期，无法确定",))
    if issue[1] is None:
        return _Dated(signed, (f"施行日期“{words}”：按成文日期推定，以实际公布日期为准",))
    count = read_numeral(issue[1]) or 0
    if issue[2] == "个月":
        return _Dated(None, (f"施行日期“{words}”：须按公布日期计算",))
    date = signed + dt.timedelta(days=count)
    return _Dated(date, (f"施行日期“{words}”：自成文日期起算得{date.isoformat()}，以实际公布日期为准",))


def _last_own(
    pattern: re.Pattern[str], value: str, accepts: Callable[[re.Match[str]], bool] | None = None
) -> re.Match[str] | None:
    """The last match that speaks of the document itself (本办法自…), else the last of all."""
    last = own = None
    # A statute collection may hold thousands; only the last part is looked at.
    for match in pattern.finditer(value, max(0, len(value) - 200_000)):
        if accepts is not None and not accepts(match):
            continue
        last = match
        if _OWN.search(value[max(0, match.start() - 8) : match.start()]):
            own = match
    return own or last


_COUNT = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
_VALIDITY = compiled(
    r"有效期(?:限)?(?:[为至到：:]|截至|截止(?:到|至)?|暂定|自[^。；]{2,30}至)?\s?"
    rf"[^。；，\n]{{0,24}}?{_COUNT}\s?(?:年(?!\d)|个月|日)(?:止)?"
)
_UNTIL = compiled(
    r"(?:有效|执行|试行)(?:至|到)\s?[^。；，\n]{2,16}?日(?:止)?|(?:试行|暂行|执行)期(?:限)?(?:为)?\s?[^。；，\n]{1,6}年"
)
# One of these stands in every match of _UNTIL; looking for them costs a fraction of the pattern.
_UNTIL_WORDS = ("有效至", "执行至", "试行至", "有效到", "执行到", "试行到", "试行期", "暂行期", "执行期")
_OF_ITSELF = compiled(
    r"施行|实施|执行|废止|失效|本(?:办法|规定|细则|方案|意见|通知|规则|标准|文件|政策|通告|决定|制度)"
)
_OF_A_LICENCE = compiled(r"(?:证|许可|执照|批准文件|合同|协议|资质|凭证|卡|票)的?有效期|有效期(?:届满|内)")


def _validity(value: str) -> str | None:
    """The last words that fix how long the document itself holds, not a licence or a card."""
    best = None
    found = list(_VALIDITY.finditer(value))
    if any(word in value for word in _UNTIL_WORDS):
        found += _UNTIL.finditer(value)
    for match in found:
        around = value[max(0, match.start() - 60) : match.end() + 30]
        if _OF_ITSELF.search(around) and not _OF_A_LICENCE.search(around):
            best = match[0].strip()
    return best
