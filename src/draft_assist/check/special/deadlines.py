"""Times that cannot hold together: days the calendar lacks, terms that miss their end, one deed with two deadlines.

Deadlines are compared within one line only, and only where no condition stands between them: a grave case may have a
longer time than a plain one.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator

from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import titles_in
from draft_assist.model import Span
from draft_assist.parse.numerals import read_numeral
from draft_assist.patterns import compiled

# --- the calendar -------------------------------------------------------------------------------------------------

_DAY_OF_MONTH = compiled(r"月(?P<day>\d{1,2})日")
_MONTH = compiled(r"(?:(?P<year>(?:19|20)\d\d)年)?(?<!\d)(?P<month>\d{1,2})$")
_LEAP = 2024


def impossible_day(paper: Paper) -> Iterator[Spot]:
    """2月30日, 9月31日, 13月5日: no such day.

    Values: none.
    """
    document = paper.document
    value = document.text.value
    for match in _DAY_OF_MONTH.finditer(value):
        begins = max(0, match.start() - 7)
        before = _MONTH.search(value[begins : match.start()])
        if before is None:
            continue
        year, month, day = int(before["year"] or _LEAP), int(before["month"]), int(match["day"])
        if not (1 <= month <= 12) or not (1 <= day <= calendar.monthrange(year, month)[1]):
            span = Span(begins + before.start(), match.end())
            if not document.text.is_damaged(span):
                yield Spot(span)


# --- terms and their ends -----------------------------------------------------------------------------------------

_DAY = r"20\d\d年\d{1,2}月(?:\d{1,2}日)?"
_TERM = r"(?P<figure>[一二三四五六七八九十两]{1,3}|\d{1,2})个?(?P<unit>年|月)"
_TERM_ENDS = (
    compiled(
        rf"(?:期|期限|时间)(?:为|是|：)?{_TERM}[，、（(]{{0,2}}(?:即|从|自){{0,2}}(?P<start>{_DAY})起?(?:至|到|—|-|－|~|～)(?P<end>{_DAY})"
    ),
    compiled(
        rf"自(?P<start>{_DAY})起(?:施行|实施|执行)?[，、]?(?:试行)?有效期(?:限)?(?:为)?{_TERM}[，、（(]{{0,2}}(?:有效期)?(?:截?至|到)(?P<end>{_DAY})"
    ),
)
# 至2027年10月 may mean the end of the month, and terms are counted with or without their first day.
_SLACK_DAYS = 45


def term_misses_end(paper: Paper) -> Iterator[Spot]:
    """自2026年10月1日起施行，有效期三年，至2027年9月30日: the term and its end do not agree.

    Values: term, end; due, when the term ends counted from its first day.
    """
    document = paper.document
    value = document.text.value
    if "期" not in value:
        return
    for pattern in _TERM_ENDS:
        for match in pattern.finditer(value):
            start, end = _date(match["start"]), _date(match["end"])
            count = read_numeral(match["figure"].replace("两", "二"))
            if start is None or end is None or not count:
                continue
            due = _after(start, count * (12 if match["unit"] == "年" else 1))
            span = Span(*match.span())
            if abs((end - due).days) > _SLACK_DAYS and not document.text.is_damaged(span):
                term = f"{match['figure']}{'年' if match['unit'] == '年' else '个月'}"
                yield Spot(span, {"term": term, "end": match["end"], "due": f"{due.year}年{due.month}月{due.day}日"})


def _date(words: str) -> dt.date | None:
    figures = [int(figure) for figure in re.findall(r"\d+", words)]
    year, month, day = (*figures, 1)[:3]
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _after(start: dt.date, months: int) -> dt.date:
    year, month = divmod(start.month - 1 + months, 12)
    last = calendar.monthrange(start.year + year, month + 1)[1]
    return dt.date(start.year + year, month + 1, min(start.day, last))


_RUNS_OUT = compiled(rf"(?:有效期限?|[执施试]行(?:期限)?|实施(?:期限)?)(?:截?至|到)(?P<end>{_DAY})止?")


def run_out_already(paper: Paper) -> Iterator[Spot]:
    """本办法自印发之日起施行，有效期至2024年12月31日, reviewed in 2026 with no older date on it.

    A document that bears an older date has simply run out; that is no slip.

    Values: end; today, the day of the review.
    """
    document = paper.document
    value = document.text.value
    facts = document.facts
    if "至" not in value and "到" not in value:
        return
    torn = any("成文日期“" in note for note in facts.date_notes)
    if facts.signing_date or facts.document_number or torn or facts.number_candidates:
        return
    for match in _RUNS_OUT.finditer(value):
        end = _date(match["end"])
        line = value[value.rfind("\n", 0, match.start()) + 1 : match.start()]
        if (
            line.endswith(_CARRIERS)
            or end is None
            or end >= paper.as_of
            or not _OF_ITSELF.search(line)
            or _OLDER.search(line)
        ):
            continue
        shown = f"{paper.as_of.year}年{paper.as_of.month}月{paper.as_of.day}日"
        yield Spot(Span(*match.span()), {"end": match["end"], "today": shown})


_OF_ITSELF = compiled(r"本(?!级|人|单位|县|市|区|省|镇|乡|村|月|季|次)[一-龥]{1,6}")
_CARRIERS = ("证", "照", "书", "卡", "票", "合同", "的")
_OLDER = compiled(r"20\d\d年\d{1,2}月\d{1,2}日|延长|原|》|废止")

# --- deadlines ----------------------------------------------------------------------------------------------------

_TIME = r"(?P<n>\d{1,3}|[一二三四五六七八九十百两]{1,4})个?(?P<unit>工作日|日|天|小时|月|年)"
# 公示期为5个工作日, 公示期不得少于7个工作日.
_NAMED = compiled(
    rf"(?P<label>[一-龥]{{2,6}}(?:期限|时限|时间|期))(?:一般)?(?P<bound>为|是|按|定为|不得?少于|不得?低于|不得?超过|不长于|不短于){_TIME}"
)
# 7日内答复投诉人.
_DEED = compiled(rf"{_TIME}(?:之)?内(?:向[^，。；\n]{{1,8}})?(?P<deed>[一-龥]{{2,14}})(?=[，。；\n]|$)")
_CONDITION = compiled(
    r"的，|的[：:；]|对|经|延长|重大|复杂|特殊|紧急|简易|一般|疑难|其他|涉及|分别|以外|除|如|若|确需|类|级|逾期|超过|未|不能|无法|再|属于|其中|但|需要|[一二三四]是|（[一二三四五六七八九十]）"
)
# 全程办理时限不超过3个工作日, 15个工作日内办结全部流程.
_WHOLE = compiled(
    rf"(?:全部流程|全流程|全程|全部手续|全部环节|总时限|总期限|合计时限)[^，。；\n\d一二三四五六七八九十]{{0,12}}{_TIME}"
    rf"|(?P<n2>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})个?(?P<unit2>工作日|日|天|小时|月)内(?:办结|完成|走完)(?:全部|所有|整个)(?:流程|手续|环节)"
)
_STEP = compiled(
    r"(?:(?:受理|审核|审查|初审|复审|踏勘|勘验|核查|核验|检验|评审|评估|论证|决定|审批|制证|登记|送达|答复)(?:时限|期限)(?:为|是)?|满|(?<=[一-龥]))"
    r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})个?(?P<unit>工作日|日|天|小时|月)"
    r"(?:(?=[，、；。])|内(?:作出|完成|审核|审查|提出|出具|决定|答复|初审|踏勘)|(?:后|才|方))"
)


def differing_deadlines(paper: Paper) -> Iterator[Spot]:
    """公示期为5个工作日，公示期不得少于7个工作日; 7日内答复投诉人, 15日内答复投诉人; a step longer than the whole.

    Values: first, second, as written.
    """
    document = paper.document
    value = document.text.value
    titles = titles_in(value)
    for line, readers in _lines(value):
        for reader in readers:
            for first, second in reader(value, line):
                if not titles.hold(second.start) and not document.text.is_damaged(second):
                    yield Spot(second, {"first": first.of(value), "second": second.of(value)})


_Reader = Callable[[str, Span], Iterator[tuple[Span, Span]]]
_ALL = ("全", "总", "所有", "整个")


def _lines(value: str) -> Iterator[tuple[Span, list[_Reader]]]:
    """The lines that may hold two times for one thing, and how to read them."""
    start = 0
    for words in value.split("\n"):
        readers: list[_Reader] = []
        if words.count("期") + words.count("时") > 1:
            readers.append(_of_terms)
        within = words.count("内")
        if within > 1:
            readers.append(_of_deeds)
        if (within or "时限" in words) and any(word in words for word in _ALL):
            readers.append(_of_wholes)
        if readers and sum(words.count(unit) for unit in ("日", "月", "天", "年")) > 1:
            yield Span(start, start + len(words)), readers
        start += len(words) + 1


def _number(written: str) -> int:
    return read_numeral(written.replace("两", "二")) or 0


def _of_terms(value: str, line: Span) -> Iterator[tuple[Span, Span]]:
    seen: dict[tuple[str, str], tuple[re.Match[str], int, int]] = {}
    for match in _NAMED.finditer(value, line.start, line.end):
        low, high = _bounds(match["bound"], _number(match["n"]))
        label = re.sub(r"^(?:其|的|该|此|且|但|并)", "", match["label"])
        known = next(
            (key for key in seen if key[1] == match["unit"] and (key[0].endswith(label) or label.endswith(key[0]))),
            None,
        )
        if known is None:
            seen[label, match["unit"]] = (match, low, high)
            continue
        first, from_, to = seen[known]
        apart = low > to or high < from_
        # 不服判决的…期限, 不服裁定的…期限.
        kind = _part_before(value, match.start())
        if kind and kind != _part_before(value, first.start()):
            continue
        if apart and not _CONDITION.search(value, first.end(), match.start("bound")):
            yield Span(*first.span()), Span(*match.span())


def _part_before(value: str, offset: int) -> str:
    """The words of the comma-part before `offset`."""
    return re.split(r"[，；。：\s]", value[max(0, offset - 40) : offset])[-1]


_LONG_DEED = 5
_ENDLESS = 10_000


def _bounds(words: str, number: int) -> tuple[int, int]:
    if words in ("为", "是", "按", "定为"):
        return number, number
    return (number, _ENDLESS) if words.endswith(("少于", "低于", "短于")) else (0, number)


def _of_deeds(value: str, line: Span) -> Iterator[tuple[Span, Span]]:
    seen: dict[tuple[str, str], re.Match[str]] = {}
    for match in _DEED.finditer(value, line.start, line.end):
        first = seen.setdefault((match["deed"], match["unit"]), match)
        if first is match or _number(first["n"]) == _number(match["n"]):
            continue
        # 办结 and 完成 are of one thing only when the same one acts after the same beginning.
        if len(match["deed"]) < _LONG_DEED and _part_before(value, match.start()) != _part_before(value, first.start()):
            continue
        if not _CONDITION.search(value, first.end(), match.start()):
            yield Span(*first.span()), Span(*match.span())


def _of_wholes(value: str, line: Span) -> Iterator[tuple[Span, Span]]:
    whole = _WHOLE.search(value, line.start, line.end)
    if whole is None:
        return
    words = value[line.start : line.end]
    if re.search(r"不计入|不含|除外|另行|分别|不包括", words):
        return
    number, unit = _number(whole["n"] or whole["n2"]), whole["unit"] or whole["unit2"]
    steps = [
        step
        for step in _STEP.finditer(value, line.start, line.end)
        if step["unit"] == unit and (step.end() <= whole.start() or step.start() >= whole.end())
    ]
    longer = next((step for step in steps if _number(step["n"]) > number), None)
    if longer is not None:
        yield Span(*longer.span()), Span(*whole.span())
    elif sum(_number(step["n"]) for step in steps if "限" in step[0]) > number > 0:
        yield Span(steps[0].start(), steps[-1].end()), Span(*whole.span())
