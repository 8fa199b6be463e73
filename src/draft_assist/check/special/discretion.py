"""Bands of discretion, in tables and in lists of tiers, held against each other and against the article they detail.

A row is one tier (轻微, 一般, 较重, 严重) of one offence; tiers in rising order make a ladder. Only sums of fines of
one kind and for one sort of person are compared, and only where a tier names one such sum. Two bands that share a bound
are how official tables are written; a tier called 减轻 or 不予处罚 may lie below the article
(行政处罚法 arts. 32 and 33).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from draft_assist.check.special.cited_article import article_of
from draft_assist.check.special.lately import once_for_each
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import scopes_of
from draft_assist.law.amounts import find_amounts
from draft_assist.model import AmountKind, CitationAnswer, Clause, Level, Span
from draft_assist.parse.numerals import read_numeral
from draft_assist.patterns import compiled


class _Band(NamedTuple):
    """A sum or range of a fine; bounds as in `Amount`.

    Attributes:
        who: "person", "unit", "head" (直接负责的主管人员) or "".
        span: of the words.
        words: as written.
    """

    kind: AmountKind
    low: float | None
    high: float | None
    who: str
    span: Span
    words: str


class _Tier(NamedTuple):
    """One row or part.

    Attributes:
        rank: how grave, rising; only compared within one ladder.
        below_minimum_is_lawful: 减轻, 不予处罚.
        citations: the places named for it.
    """

    rank: int
    below_minimum_is_lawful: bool
    bands: tuple[_Band, ...]
    citations: tuple[CitationAnswer, ...]


_Ladder = tuple[_Tier, ...]


# --- what is told -------------------------------------------------------------------------------------------------


def band_above_law(paper: Paper) -> Iterator[Spot]:
    """A tier that goes beyond the most that the article allows.

    Values: most, the article's own bound in its words; law, shown: the place.
    """
    for tier, band, allowed in _against_law(paper):
        if band.high is None or any(one.high is None for one in allowed):
            continue
        most = max(allowed, key=lambda one: one.high or 0.0)
        if band.high > (most.high or 0.0):
            yield _spot_of_law(band, most, tier)


def band_below_law(paper: Paper) -> Iterator[Spot]:
    """A tier that begins below the least that the article allows, and is not called a reduced one.

    Values: least, the article's own bound in its words; law, shown: the place.
    """
    for tier, band, allowed in _against_law(paper):
        least = min(allowed, key=lambda one: one.low or 0.0)
        if not tier.below_minimum_is_lawful and (band.low or 0.0) < (least.low or 0.0):
            yield _spot_of_law(band, least, tier)


# Tables in whole yuan and whole per cent go on with the next one: 1000元以下, 1001元以上.
_NEXT = {AmountKind.YUAN: 1.0, AmountKind.PERCENT: 1.0, AmountKind.PER_UNIT: 1.0}


def band_gap(paper: Paper) -> Iterator[Spot]:
    """Sums between two tiers that neither allows.

    Values: first, second: the two bands.
    """
    for lower, upper in _neighbours(paper):
        if lower.high is None or upper.low is None or lower.low == lower.high or upper.low == upper.high:
            continue
        if upper.low - lower.high > _NEXT.get(upper.kind, 0.0):
            yield Spot(upper.span, {"first": lower.words, "second": upper.words})


def band_overlap(paper: Paper) -> Iterator[Spot]:
    """Sums that two tiers allow, beyond a bound that they share.

    Values: first, second: the two bands.
    """
    for lower, upper in _neighbours(paper):
        if lower.high is None or lower.low == lower.high or upper.low == upper.high:
            continue
        if (lower.low, lower.high) == (upper.low, upper.high):
            continue  # the tiers differ in something else than the sum
        low, high = upper.low or 0.0, upper.high
        if (lower.low or 0.0) <= low < lower.high and (high is None or high >= lower.high):
            yield Spot(upper.span, {"first": lower.words, "second": upper.words})


def _neighbours(paper: Paper) -> Iterator[tuple[_Band, _Band]]:
    """Bands of one kind and one sort of person in tiers that follow each other."""
    for ladder in _ladders(paper):
        for lower, upper in pairwise(ladder):
            if lower.below_minimum_is_lawful or upper.below_minimum_is_lawful:
                continue
            yield from _of_one_sort(lower.bands, upper.bands)


def _of_one_sort(lower: tuple[_Band, ...], upper: tuple[_Band, ...]) -> Iterator[tuple[_Band, _Band]]:
    for one in lower:
        same = [other for other in upper if (other.kind, other.who) == (one.kind, one.who)]
        mine = [other for other in lower if (other.kind, other.who) == (one.kind, one.who)]
        if len(same) == 1 and len(mine) == 1:
            yield one, same[0]


def _against_law(paper: Paper) -> Iterator[tuple[_Tier, _Band, list[_Band]]]:
    """Each band with the sums that its article allows for such; nothing where one article is not held."""
    for ladder in _ladders(paper):
        for tier in ladder:
            if not tier.citations or not all(one.text for one in tier.citations):
                continue
            allowed = [band for one in tier.citations for band in _bands(one.text, 0, len(one.text))]
            for band in tier.bands:
                fitting = _fitting(band, allowed)
                if fitting:
                    yield tier, band, fitting


def _fitting(band: _Band, allowed: list[_Band]) -> list[_Band]:
    if {one.kind for one in allowed} - {band.kind} and band.kind is AmountKind.YUAN:
        return []  # a sum may be worked out of a multiple or a share
    of_kind = [one for one in allowed if one.kind is band.kind]
    return [one for one in of_kind if one.who == band.who] or ([] if band.who else of_kind)


def _spot_of_law(band: _Band, bound: _Band, tier: _Tier) -> Spot:
    source = next(one for one in tier.citations if bound.words in one.text)
    values = {"bound": bound.words, "law": source.law, "shown": source.shown}
    return Spot(band.span, values, (article_of(source, "裁量所依据的条文。"),))


# --- sums ---------------------------------------------------------------------------------------------------------

# Shares of the range itself, doubled and daily fines say nothing that can be held against the article's own sums.
_OF_RANGE = compiled(r"幅度|限额|上限|下限|最高|最低|中值|法定|基数|按日|每日|逐日|累计|合并|加处|滞纳金|加收")
_STEP = compiled(r"增加|递增|加罚|每超|每增")  # 每超过一万立方米增加一万元 is added to the band
_FINE_AFTER = compiled(r"[^，。；\n]{0,6}罚款")
_FINE_BEFORE = compiled(r"(?:处|罚款|罚)[^，。；\n处]{0,24}$")
_WHO = compiled(
    r"(?P<head>直接负责|责任人|主管人员|负责人|法定代表人)|(?P<person>个人|公民|自然人)|(?P<unit>单位|企业|法人|组织|机构)"
)
_WHOM = compiled(r"(?:对|给予)(?P<who>[^，。；\n]{1,30}?)(?:可以|应当|并|另)?处[^，。；\n]*$")


def _bands(text: str, start: int, end: int, *, of_fines: bool = False) -> list[_Band]:
    """The sums of fines in text[start:end].

    Args:
        of_fines: every sum there is one of a fine.
    """
    if _OF_RANGE.search(text, start, end):
        return []
    found: list[_Band] = []
    for amount in find_amounts(text[start:end], start):
        begin = max(text.rfind(mark, start, amount.span.start) for mark in "，。；（(\n") + 1
        before = text[max(start, begin) : amount.span.start]
        if _STEP.search(before):
            continue
        if not of_fines and not _FINE_BEFORE.search(before) and not _FINE_AFTER.match(text, amount.span.end, end):
            continue
        whom = _WHOM.search(before)
        sort = _WHO.search(whom["who"]) if whom else None
        words = "".join(amount.span.of(text).split())
        who = (sort.lastgroup or "") if sort else ""
        found.append(_Band(amount.kind, amount.low, amount.high, who, amount.span, words))
    return found


# --- ladders ------------------------------------------------------------------------------------------------------

_TIERS = (
    ("不予处罚", "不予行政处罚", "免予", "免于", "免罚", "不罚"),
    ("减轻",),
    ("轻微", "从轻", "轻度"),
    ("较轻",),
    ("一般", "中等", "中度"),
    ("较重", "从重", "较严重", "重度"),
    ("严重", "恶劣"),
    ("特别严重", "特别恶劣", "特别重大", "极其严重", "情节极重"),
)
_RANKS = {word: rank for rank, words in enumerate(_TIERS) for word in words}
_TIER = "(?:" + "|".join(sorted(_RANKS, key=len, reverse=True)) + ")"
_LENIENT = compiled(r"减轻|不予(?:行政)?处罚|免[予于]|免罚|不罚")


@once_for_each
def _ladders(paper: Paper) -> tuple[_Ladder, ...]:
    """The ladders of tables and of lists; () for a document that imposes no fine."""
    value = paper.document.text.value
    if "罚" not in value:
        return ()
    tables = [clause for scope in scopes_of(paper.document) for clause in scope.clauses if clause.level is Level.TABLE]
    ladders = [ladder for table in tables for ladder in _of_table(table, paper)]
    return (*ladders, *_of_lists(paper, tables))


def _rising(tiers: Iterable[tuple[object, _Tier]]) -> Iterator[_Ladder]:
    """Tiers of one offence as long as they rise; a key that changes begins another ladder."""
    ladder: list[_Tier] = []
    last: object = None
    for key, tier in tiers:
        if ladder and (key != last or tier.rank <= ladder[-1].rank):
            yield tuple(ladder)
            ladder = []
        ladder.append(tier)
        last = key
    if ladder:
        yield tuple(ladder)


# --- tables -------------------------------------------------------------------------------------------------------

_COLUMNS = {
    "tier": compiled(r"阶次|等级|程度|档次|裁量阶|层级|级别|情节|情形|因素"),
    "condition": compiled(r"条件|情形|情节|因素|表现"),
    "result": compiled(r"幅度|裁量标准|处罚标准|裁量基准|处罚基准|具体标准|裁量结果|罚款|处罚内容|处罚种类"),
    "offence": compiled(r"违法行为|事项|案由|违法种类|名称"),
    "basis": compiled(r"依据|条款|法条"),
}
_IN_CELL = compiled(
    rf"(?:违法|情节|程度|后果|危害|行为|属于|为|的|属)*(?P<tier>{_TIER})|第?(?P<n>[一二三四五六七八九\d])[档级]"
    r"|(?P<roman>[ⅠⅡⅢⅣⅤA-E])(?:[档级]|$)"
)
_NUMBERED = 100  # ranks of numbered tiers stand apart from those of named ones


class _Row(NamedTuple):
    """The cells of a row by the column they stand in, from 1."""

    clause: Clause
    cells: dict[int, Clause]


def _of_table(table: Clause, paper: Paper) -> Iterator[_Ladder]:
    value = paper.document.text.value
    rows = [_Row(row, {cell.number[0]: cell for cell in row.children}) for row in table.children if row.children]
    head = next((i for i, row in enumerate(rows[:3]) if _is_heading(_columns(row, value))), None)
    if head is None:
        return
    columns = _columns(rows[head], value)
    width = max(rows[head].cells)
    yield from _rising(_tiers_of_rows(rows[head + 1 :], columns, width, table, paper))


def _is_heading(columns: dict[str, list[int]]) -> bool:
    """A title over the whole width may name the standard too; it names nothing beside it."""
    return "result" in columns and len({number for numbers in columns.values() for number in numbers}) > 1


def _columns(row: _Row, value: str) -> dict[str, list[int]]:
    """Which columns say what, by the words of the heading row; the basis is no result (处罚依据)."""
    found: dict[str, list[int]] = {}
    for number, cell in row.cells.items():
        words = "".join(cell.body.of(value).split())
        if len(words) > 16:
            continue
        is_basis = _COLUMNS["basis"].search(words) is not None
        for name, pattern in _COLUMNS.items():
            if pattern.search(words) and (name == "basis") is is_basis:
                found.setdefault(name, []).append(number)
    return found


def _tiers_of_rows(
    rows: list[_Row], columns: dict[str, list[int]], width: int, table: Clause, paper: Paper
) -> Iterator[tuple[object, _Tier]]:
    value = paper.document.text.value
    shared = [number for name in ("offence", "basis") for number in columns.get(name, [])]
    above: dict[int, Clause] = {}  # cells that are merged downwards stand in their first row only
    caption = _caption(table, paper)
    for row in rows:
        missing = width - max(row.cells)
        cells = {number + missing: cell for number, cell in row.cells.items()} if missing > 0 else row.cells
        if any(number in cells for number in columns.get("offence", [])):
            above = {}
        above.update({number: cells[number] for number in shared if number in cells})
        rank = _rank([cells[n] for name in ("tier", "condition") for n in columns.get(name, []) if n in cells], value)
        results = [cells[number] for number in columns["result"] if number in cells]
        if rank is None or not results:
            continue
        places = [*above.values(), *(cell for cell in cells.values() if cell not in results), *results]
        citations = _cited_in(paper, [cell.span for cell in places]) or caption
        bands = [band for cell in results for band in _in_cell(value, cell.body)]
        key = tuple("".join(above[number].body.of(value).split()) for number in sorted(above))
        lenient = _LENIENT.search(row.clause.span.of(value)) is not None
        yield key, _Tier(rank, lenient, tuple(bands), citations)


def _in_cell(value: str, body: Span) -> list[_Band]:
    """The fines of a cell of results; one that holds nothing but a range needs no word for them."""
    alone = "罚" not in body.of(value) and "处" not in body.of(value)
    return _bands(value, body.start, body.end, of_fines=alone)


def _rank(cells: list[Clause], value: str) -> int | None:
    for cell in cells:
        match = _IN_CELL.match(cell.body.of(value).strip())
        if match is None:
            continue
        if match["tier"]:
            return _RANKS[match["tier"]]
        number = read_numeral(match["n"]) if match["n"] else ("ⅠⅡⅢⅣⅤ".find(match["roman"]) + 1 or ord(match["roman"]))
        return _NUMBERED + (number or 0)
    return None


def _cited_in(paper: Paper, spans: Iterable[Span]) -> tuple[CitationAnswer, ...]:
    """The articles cited in those stretches."""
    where = list(spans)
    found = [one for one in paper.citations if one.provision and any(span.contains(one.span) for span in where)]
    return tuple(one for one in found if one.target == "work")


_CAPTION = 200


def _caption(table: Clause, paper: Paper) -> tuple[CitationAnswer, ...]:
    """The articles cited in the line above the table, or in the two above where the nearer is its name."""
    value = paper.document.text.value
    end = table.span.start
    for _ in range(2):
        begin = value.rfind("\n", max(0, end - _CAPTION), max(0, end - 1)) + 1
        cited = _cited_in(paper, [Span(begin, end)])
        if cited or not begin:
            return cited
        end = begin
    return ()


# --- lists --------------------------------------------------------------------------------------------------------

_ENDS = "；。\n;|"
# The words of the tier close a comma-part: 情节轻微的，处…; 较重：处…
_NAMED = compiled(
    rf"(?:^|[，：、])[ \u3000]*(?:[（(]?[一二三四五六七八九十\d]{{1,3}}[）)、.．]?[ \u3000]*)?[^，：。；\n]{{0,24}}?"
    rf"(?P<tier>{_TIER})(?:违法行为|违法|情节|程度|后果|处罚|情形|裁量|档次?|影响)?的?[，：](?=[^；。\n]*罚款)"
)
# Characters of which every name of a tier has one; most penalties of a statute book name no tier.
_SIGNS = ("轻", "重", "一般", "中等", "中度", "恶劣", "罚的", "罚：", "免")
_BETWEEN = compiled(r"[；。;\s]*")
_FAR = 300


class _Named(NamedTuple):
    """A part of a list that names its tier."""

    span: Span
    rank: int


def _of_lists(paper: Paper, tables: list[Clause]) -> Iterator[_Ladder]:
    value = paper.document.text.value
    run: list[_Named] = []
    for part in _named_parts(value):
        follows = run and _BETWEEN.fullmatch(value, run[-1].span.end, part.span.start)
        if not follows or part.rank <= run[-1].rank:
            yield from _of_run(run, paper, tables)
            run = []
        run.append(part)
    yield from _of_run(run, paper, tables)


def _named_parts(value: str) -> Iterator[_Named]:
    """The parts between ； and 。 that name a tier and a fine."""
    end = at = 0
    while (at := value.find("罚款", max(at, end))) >= 0:
        first = max(end, at - _FAR)
        start = max(first, max(value.rfind(mark, first, at) for mark in _ENDS) + 1)
        stops = [stop for mark in _ENDS if (stop := value.find(mark, at, at + _FAR)) >= 0]
        end = min(stops, default=min(len(value), at + _FAR))
        words = value[start:end]
        named = _NAMED.search(words) if any(sign in words for sign in _SIGNS) else None
        if named is not None:
            yield _Named(Span(start, end), _RANKS[named["tier"]])


def _of_run(run: list[_Named], paper: Paper, tables: list[Clause]) -> Iterator[_Ladder]:
    if len(run) < 2:
        return
    value = paper.document.text.value
    rows = (row for table in tables if table.span.contains(run[0].span) for row in table.children)
    row = next((row for row in rows if row.span.contains(run[0].span)), None)
    line = row.span.start if row else value.rfind("\n", 0, run[0].span.start) + 1
    cited = _cited_in(paper, [row.span if row else Span(line, run[-1].span.end)])
    if not cited and not row and line:
        cited = _cited_in(paper, [Span(value.rfind("\n", max(0, line - _FAR), line - 1) + 1, line)])
    yield tuple(
        _Tier(
            part.rank,
            _LENIENT.search(value, part.span.start, part.span.end) is not None,
            tuple(_bands(value, part.span.start, part.span.end)),
            cited,
        )
        for part in run
    )
