"""A document that says two things of one: targets, periods, counts, sums, shares, and a table against the text.

Only what surely speaks of the same thing is compared (the same words, the same year, the same unit); two standards for
two grades are no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from draft_assist.check.special.inline import counts_missed
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import Scope, Stretches, scopes_of, titles_in
from draft_assist.check.special.sentences import begin_of
from draft_assist.model import Clause, Document, Level, Span
from draft_assist.parse.dates import find_dates
from draft_assist.parse.numerals import read_number, read_numeral
from draft_assist.patterns import compiled

_HAN = "〇零一二三四五六七八九十百千万亿两半点"
_FIGURE = rf"(?:百分之[{_HAN}]+|\d[\d,]*(?:\.\d+)?\s?(?:[百千万亿]{{0,2}})(?:%|％)?|[{_HAN}]+)"
_UNIT = (
    r"(?:个工作日|工作日|个月|个百分点|平方公里|平方米|立方米|公里|万?吨|万?亩|万?元|万?人|万?户|小时|分钟|日|天|年"
    r"|家|个|处|座|项|条|名|辆|次|期|所|件|台|套|场)"
)


class _Said(NamedTuple):
    span: Span
    value: float


# --- targets of one year ------------------------------------------------------------------------------------------

_TARGET = compiled(
    rf"(?:到|至|在)?(?P<year>20\d\d)年(?:底|末|年底|年末)?(?:前|以前|之前)?，?(?P<label>[^，。；：、\n\d（）“”《》]{{2,16}}?)"
    rf"(?P<verb>达到|达|提高到|提升到|降至|降到|下降到|控制在|保持在|增加到|不低于|不少于|稳定在)"
    rf"(?P<figure>{_FIGURE})\s?(?P<unit>{_UNIT})?"
)


def differing_targets(paper: Paper) -> Iterator[Spot]:
    """到2028年利用率达到85%, and later 2028年底利用率达到80%: the second.

    Values: what, the thing; first and second, the two figures.
    """
    document = paper.document
    value = document.text.value
    seen: dict[tuple[str, str, str], tuple[str, float]] = {}
    for match in _TARGET.finditer(value):
        amount = read_number(re.sub(r"\s", "", match["figure"]))
        if amount is None or document.text.is_damaged(Span(*match.span())):
            continue
        label = re.sub(r"^(?:全[市县区省镇]|我[市县区省]|力争|确保|实现|使|的)+", "", match["label"].strip())
        written = match["figure"].strip() + (match["unit"] or "")
        key = (match["year"], label, match["unit"] or ("%" if amount < 1 or "%" in match["figure"] else ""))
        first = seen.setdefault(key, (written, amount))
        if len(label) > 2 and first[1] != amount:
            span = Span(match.start(), match.end())
            yield Spot(span, {"what": f"{match['year']}年{label}", "first": first[0], "second": written})


# --- entry into force and validity of the document itself ---------------------------------------------------------

_IN_FORCE = compiled(
    r"(?P<own>本(?:实施|暂行|管理|工作)?(?:办法|规定|细则|规则|通知|通告|公告|意见|方案|制度|决定|规范|标准|条例))"
    r"(?:[（(]?试行[)）]?)?(?:，)?(?:自|从|于)(?P<day>20\d\d年\d{1,2}月\d{1,2}日|(?:印发|发布|公布|下发)之日)起?(?:正式)?(?:施行|实施|执行|生效)"
)
_VALID = compiled(
    rf"(?P<what>(?<![证照书件同议卡票质可])有效期(?:限)?)(?:为|定为|暂定|自[^，。；\n]{{4,20}}起)?\s?(?P<figure>[{_HAN}\d]{{1,3}})\s?(?P<unit>年|个月)"
)
_OF_OTHERS = compiled(r"证|照|许可|合同|协议|资质|资格|卡|票|批文|核准|报告|检测|承诺|登记|标志|备案")


def differing_periods(paper: Paper) -> Iterator[Spot]:
    """本办法自2026年10月1日起施行 and 本办法自2026年11月1日起施行; 有效期5年 and 有效期3年: the second.

    Values: what, first, second.
    """
    document = paper.document
    value = document.text.value
    for scope in scopes_of(document):
        seen: dict[str, str] = {}
        for match in _IN_FORCE.finditer(value, scope.span.start, scope.span.end):
            first = seen.setdefault(match["own"], match["day"])
            if first != match["day"]:
                values = {"what": f"{match['own']}的施行日期", "first": first, "second": match["day"]}
                yield Spot(Span(*match.span()), values)
        valid: _Said | None = None
        for match in _VALID.finditer(value, scope.span.start, scope.span.end):
            number = read_numeral(match["figure"])
            if number is None or _OF_OTHERS.search(_sentence_before(value, match.start())):
                continue
            said = _Said(Span(*match.span()), number * (12 if match["unit"] == "年" else 1))
            if valid is not None and valid.value != said.value:
                values = {"what": "有效期", "first": valid.span.of(value), "second": match[0]}
                yield Spot(said.span, values)
            valid = valid or said


def _sentence_before(value: str, offset: int) -> str:
    return value[begin_of(value, offset) : offset]


_RANGE = compiled(
    r"(?P<from>20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?)(?:起)?(?:至|到|—|－|-|~|～)(?P<to>20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?)"
)
_DATE = compiled(r"(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?")
# 9月20日至9月10日, 9月20日至10日. Another month may be next year's: 11月15日至3月15日.
_UNTIL_DAY = compiled(
    r"日(?:起|开始)?(?:至|到|—|－|-|~|～)(?P<to>(?:(?P<month>\d{1,2})月)?(?P<last>\d{1,2})日)(?:止|结束)?"
)
_FROM_DAY = compiled(r"(?:20\d\d年)?(?<!\d)(?P<month>\d{1,2})月(?P<first>\d{1,2})$")


def reversed_period(paper: Paper) -> Iterator[Spot]:
    """2026年9月1日至2026年3月1日: a period that ends before it begins; a term that runs out before entry into force.

    Values: first, second.
    """
    document = paper.document
    value = document.text.value
    for match in _RANGE.finditer(value):
        start, end = _day(match["from"]), _day(match["to"])
        size = min(len(start), len(end))
        if size and end[:size] < start[:size] and not document.text.is_damaged(Span(*match.span())):
            yield Spot(Span(*match.span()), {"first": match["from"], "second": match["to"]})
    for match in _UNTIL_DAY.finditer(value):
        begins = max(0, match.start() - 11)
        opening = _FROM_DAY.search(value[begins : match.start()])
        if opening is None or match["month"] not in (None, opening["month"]):
            continue
        if int(match["last"]) >= int(opening["first"]):
            continue
        span = Span(begins + opening.start(), match.end())
        if not document.text.is_damaged(span):
            yield Spot(span, {"first": f"{opening[0]}日", "second": match["to"]})
    effective = document.facts.effective_date
    for match in re.finditer(r"有效期(?:限)?(?:截?至|到)(20\d\d年\d{1,2}月\d{1,2}日)", value) if effective else ():
        read = find_dates(match[1])
        if effective and read and read[0].date and read[0].date < effective:
            shown = f"{effective.year}年{effective.month}月{effective.day}日起施行"
            yield Spot(Span(*match.span()), {"first": shown, "second": match[0]})


def _day(words: str) -> tuple[int, ...]:
    match = _DATE.fullmatch(words)
    return tuple(int(part) for part in match.groups() if part) if match else ()


# --- who explains the document ------------------------------------------------------------------------------------

_EXPLAINS = compiled(
    r"(?P<own>本[一-龥]{2,5}?)(?:的?(?:具体)?(?:应用|适用)?(?:问题)?)?由(?P<who>[^，。；、\n]{2,24}?)(?:负责)?(?:进行)?解释"
)


def differing_interpreters(paper: Paper) -> Iterator[Spot]:
    """本办法由县交通运输局负责解释, and again 本办法由县城市管理局负责解释: the second.

    Values: first, second, the two organs.
    """
    value = paper.document.text.value
    if value.count("解释") < 2:
        return
    for scope in scopes_of(paper.document):
        seen: dict[str, str] = {}
        for match in _EXPLAINS.finditer(value, scope.span.start, scope.span.end):
            first = seen.setdefault(match["own"], match["who"])
            # 市财政局, 财政局: one organ, written shorter.
            if not first.endswith(match["who"]) and not match["who"].endswith(first):
                yield Spot(Span(*match.span()), {"first": first, "second": match["who"]})


# --- announced numbers --------------------------------------------------------------------------------------------

_ANNOUNCED = compiled(
    r"(?:以下|下列|如下)(?P<count>[二三四五六七八九十两]{1,2}|\d{1,2})(?:个方面的?|[项个种类条点]|大类)[^。；：\n]{0,40}[：:]$"
    r"|(?P<after>[二三四五六七八九十两]{1,2}|\d{1,2})(?:个方面|[项种类条点])[^，。；：\n]{0,8}(?:如下|分别是|包括)[：:]$"
)


def differing_count(paper: Paper) -> Iterator[Spot]:
    """下列五种情形： with four items below it.

    Values: said, found.
    """
    document = paper.document
    for clause in document.walk():
        if len(clause.children) < 2 or clause.level in (Level.TABLE, Level.ROW, Level.ATTACHMENT):
            continue
        yield from _announced(document, clause, clause)
    for scope in scopes_of(document):
        yield from _announced_by_neighbour(document, scope)
    for span, said, found in counts_missed(document.text.value):
        yield Spot(span, {"said": str(said), "found": str(found)})


def _items(children: tuple[Clause, ...]) -> list[Clause]:
    """The first run of numbered brothers: 1, 2, 3, … without a gap."""
    run: list[Clause] = []
    for child in children:
        if child.number and (child.level in (Level.ITEM, Level.SUBITEM) or child.level.value.startswith("heading")):
            if child.number != (len(run) + 1,) or (run and child.level is not run[0].level):
                break
            run.append(child)
        elif run:
            break
    return run


def _announced(document: Document, stem: Clause, holder: Clause) -> Iterator[Spot]:
    words = document.text_of(stem.head)
    match = _ANNOUNCED.search(words)
    items = _items(holder.children)
    if match is None or len(items) < 2:
        return
    said = read_numeral((match["count"] or match["after"]).replace("两", "二"))
    if said and said != len(items):
        start = stem.head.start + match.start()
        yield Spot(Span(start, stem.head.start + match.end()), {"said": str(said), "found": str(len(items))})


def _announced_by_neighbour(document: Document, scope: Scope) -> Iterator[Spot]:
    """A stem that the tree keeps as a paragraph of the heading whose lower headings are its items."""
    for clause in scope.clauses:
        stems = [child for child in clause.children if child.level is Level.PARAGRAPH and not child.children]
        if len(stems) == 1 and clause.children[0] is stems[0] and clause.level.value.startswith("heading"):
            yield from _announced(document, stems[0], clause)


# --- shares and sums ----------------------------------------------------------------------------------------------

_SHARE = compiled(r"占\s?(?P<figure>\d{1,3}(?:\.\d+)?)\s?[%％]")
_WHOLE = compiled(r"权重|构成|组成|计分|总成绩|综合得分|综合成绩|总评|按比例|分值|考核得分|考评得分")

_BOUNDS = compiled(r"其中|以上|不低于|不少于|不超过|以下")


def shares_not_whole(paper: Paper) -> Iterator[Spot]:
    """平时考核占40%、年度考核占50%，综合得分…: parts of one whole that do not make 100%.

    Values: sum.
    """
    document = paper.document
    value = document.text.value
    if "占" not in value:
        return
    for sentence in re.finditer(r"[^。\n]+", value):
        shares = list(_SHARE.finditer(value, *sentence.span()))
        if len(shares) < 2 or not _WHOLE.search(sentence[0]) or _BOUNDS.search(sentence[0]):
            continue
        total = sum(float(share["figure"]) for share in shares)
        if abs(total - 100) > 0.5:
            yield Spot(Span(shares[0].start(), shares[-1].end()), {"sum": f"{total:g}%"})


_POINTS = compiled(r"[（(](?:满分|计|共)?\s?(?P<points>\d{1,3})\s?分[)）]")
_FULL = compiled(r"(?:总分|满分)(?:为|共|计)?\s?(?P<full>\d{2,4})\s?分")


def points_not_whole(paper: Paper) -> Iterator[Spot]:
    """总分100分, and headings of one level whose （n分） make another sum.

    Values: said, sum.
    """
    document = paper.document
    value = document.text.value
    full = _FULL.search(value)
    if full is None:
        return
    said = int(full["full"])
    for scope in scopes_of(document):
        for level in (Level.HEADING_1, Level.HEADING_2):
            headed = scope.of_level(level)
            found = [match for clause in headed if (match := _POINTS.search(document.text_of(clause.body)[:60]))]
            if len(found) < 2 or len(found) != len(headed):
                continue
            total = sum(int(match["points"]) for match in found)
            if total != said and scope.span.start <= full.start() < scope.span.end:
                yield Spot(Span(*full.span()), {"said": str(said), "sum": str(total)})
            break


# --- text against table -------------------------------------------------------------------------------------------

_NUMBER_CELL = compiled(rf"(?P<figure>{_FIGURE})\s?(?P<unit>{_UNIT})?(?:以上|左右)?")
_IN_CELL = compiled(rf"(?P<label>[一-龥]{{4,16}})(?P<figure>\d[\d,.]*)\s?(?P<unit>{_UNIT})")
_SHORTEST_LABEL = 4


def text_against_table(paper: Paper) -> Iterator[Spot]:
    """建成投放点40处 in the text, 建成投放点 | 45处 or 建成投放点45处 in the table: the place in the text.

    Values: what, text, table.
    """
    document = paper.document
    rows = [clause for clause in document.walk() if clause.level is Level.ROW]
    if not rows:
        return
    value = document.text.value
    passed = Stretches(clause.span for clause in document.walk() if clause.level is Level.TABLE)
    titles = titles_in(value)
    for (label, unit), figures in _labelled(document, rows).items():
        if label not in value or len(figures) > 1:
            continue
        wanted = next(iter(figures))
        places = [
            (Span(*match.span()), match["figure"], said)
            for match in _in_text(label, unit).finditer(value)
            if not passed.hold(match.start())
            and not titles.hold(match.start())
            and (said := read_number(re.sub(r"\s", "", match["figure"]))) is not None
        ]
        if any(said == wanted for _, _, said in places):
            continue  # the text says it too, and the other place is of something else
        for span, written, _ in places:
            yield Spot(span, {"what": label, "text": written + unit, "table": f"{wanted:g}{unit}"})


def _in_text(label: str, unit: str) -> re.Pattern[str]:
    # Words of the document: these are not kept, as patterns of ours are.
    return re.compile(
        rf"{re.escape(label)}(?:数量|数)?(?:达到|达|为|共计|共|至|到|：)?(?P<figure>{_FIGURE})\s?{re.escape(unit)}"
    )


def _labelled(document: Document, rows: list[Clause]) -> dict[tuple[str, str], set[float]]:
    """(label, unit) -> the figures that the rows give it: 投放点 | 40处, or 投放点40处 in one cell."""
    found: dict[tuple[str, str], set[float]] = {}
    for row in rows:
        words = [document.text_of(cell.body).strip() for cell in row.children if cell.level is Level.CELL]
        figures = [match for word in words if (match := _NUMBER_CELL.fullmatch(word)) and match["unit"]]
        labels = [word for word in words if len(word) >= _SHORTEST_LABEL and not re.search(r"\d", word)]
        if len(figures) == 1 and labels:
            _add(found, labels[0], figures[0])
        for word in words:
            for match in _IN_CELL.finditer(word):
                _add(found, match["label"], match)
    return found


def _add(found: dict[tuple[str, str], set[float]], label: str, figure: re.Match[str]) -> None:
    amount = read_number(re.sub(r"\s", "", figure["figure"]))
    if amount is not None:
        found.setdefault((label, figure["unit"]), set()).add(amount)
