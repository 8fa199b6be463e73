"""Quotations of a cited article, held word by word against the article as it stands on the day of the review.

《X法》第十条规定：“…”, “…”（《X法》第十条）, and the article's words without marks after 规定：. White space,
punctuation, marks of items, 本法 for the law's name, numbers in other digits and a part left out with …… are no
differences; words that are little alike are no quotation but a paraphrase, and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from draft_assist.check.special.cited_article import article_of
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.law.store import PREFIX
from draft_assist.model import Answer, CitationAnswer, Span
from draft_assist.parse.numerals import read_number
from draft_assist.patterns import compiled

# Shares of a quotation that must stand in the article for it to be one, measured on quotations and paraphrases of our
# own. Without marks the author claims less: only words that differ in a place or two, where paraphrases reach 0.78.
_QUOTED = 0.6
_UNQUOTED = 0.86
# A quotation differs in one place and one more for each so many characters; a paraphrase such as
# 初次违法、后果轻微、及时改正的可以不罚 takes the article's words one by one.
_APART = 12
# Shorter pieces are names and phrases; a word changed in them leaves nothing to recognise them by.
_SHORTEST = 10
_SHORTEST_UNQUOTED = 12
_LONGEST = 2000
# With more differing places than these the whole stretch is shown once.
_MOST_PLACES = 3
_LONGEST_SHOWN = 60

_HELD = frozenset({Answer.STANDS, Answer.AMENDED})


class _Words(NamedTuple):
    """Characters that count, with the places from which they were taken."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Where the characters [start, end) stand; of none, the place before `start`."""
        if start < end:
            return Span(self.at[start], self.at[end - 1] + 1)
        where = self.at[start] if start < len(self.at) else (self.at[-1] + 1 if self.at else 0)
        return Span(where, where)


class _Change(NamedTuple):
    """[start, end) of the quotation stands where the article has [there, until)."""

    start: int
    end: int
    there: int
    until: int


class _Compared(NamedTuple):
    """One piece of a quotation against one cited place.

    Attributes:
        share: of the piece's characters that stand in the article, in order, from 0 to 1; 0 when it differs in more
            places than a quotation does.
        changes: () when the piece stands there.
    """

    share: float
    citation: CitationAnswer
    quoted: _Words
    article: _Words
    changes: tuple[_Change, ...] = ()


def differing_quotations(paper: Paper) -> Iterator[Spot]:
    """Words of a quotation that are not the article's.

    Values: written, as quoted, and stands, as the article has it, both with the words around where one has none; law,
    shown: the place.
    """
    groups = list(_groups(paper))
    value = paper.document.text.value
    seen: set[Span] = set()
    for group in groups:
        for span in (*_marked_after(value, group[-1].span.end), *_marked_before(value, group[0].span.start)):
            if span not in seen and not _is_of_old(value, span) and not paper.document.text.is_damaged(span):
                seen.add(span)
                yield from _differences(value, span, group, _QUOTED, _SHORTEST)
        yield from _unmarked(paper, group)


# 第三条“…”修改为“…”: words of another wording, quoted as such.
_OLD = compiled(r"修[改正订]|改为|增加|删[除去]|原(?:规定|条文|文|第)|旧法|当时")


def _is_of_old(value: str, span: Span) -> bool:
    around = value[max(0, span.start - 30) : span.start], value[span.end : span.end + 10]
    return any(_OLD.search(words) for words in around)


_LISTED = compiled(r"[、，和及与或者以\s]{0,4}")


def _groups(paper: Paper) -> Iterator[list[CitationAnswer]]:
    """The cited places that are held; those of one list together (第三条、第五条)."""
    value = paper.document.text.value
    group: list[CitationAnswer] = []
    for one in paper.citations:
        if not one.text or not one.provision or one.answer not in _HELD or _is_of_other_year(one, value):
            continue
        if group and not _LISTED.fullmatch(value, group[-1].span.end, max(group[-1].span.end, one.span.start)):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


_EDITION = compiled(r"[（(]\D{0,4}((?:19|20)\d\d)")


def _is_of_other_year(one: CitationAnswer, value: str) -> bool:
    """True when the citation names another wording than the one held: 《X法》（2009年修正）第三条."""
    year = _EDITION.search(one.span.of(value))
    return year is not None and (one.version_date is None or one.version_date.year != int(year[1]))


# --- where quotations stand ---------------------------------------------------------------------------------------

_LEAD = compiled(r"[^“”。；\n《》]{0,24}[\s：]{0,3}“")
_AGAIN = compiled(r"[，、；。]?(?:并|同时|且|还|又|以及|和|及)?[^“”。；\n《》]{0,8}“")
_SOURCE_AFTER = compiled(r"”[，。]?(?:[（(]|——?|见|——见)(?:参见|见|摘自|引自|出自|依据|根据|据|源自)?[：:]?\s?$")


def _marked_after(value: str, offset: int) -> Iterator[Span]:
    """The words in “ ” that follow a citation in its sentence, without the marks."""
    match = _LEAD.match(value, offset)
    while match is not None:
        end = _closing(value, match.end())
        if end is None:
            return
        yield Span(match.end(), end)
        match = _AGAIN.match(value, end + 1)


def _closing(value: str, offset: int) -> int | None:
    depth = 1
    for mark in re.finditer("[“”]", value[offset : offset + _LONGEST]):
        depth += 1 if mark[0] == "“" else -1
        if depth == 0:
            return offset + mark.start()
    return None


def _marked_before(value: str, offset: int) -> Iterator[Span]:
    """The words in “ ” whose source the citation in brackets names."""
    if not _SOURCE_AFTER.search(value[max(0, offset - 10) : offset]):
        return
    end = value.rfind("”", 0, offset)
    depth = 1
    for i in range(end - 1, max(-1, end - _LONGEST), -1):
        if value[i] in "“”":
            depth += 1 if value[i] == "”" else -1
            if depth == 0:
                yield Span(i + 1, end)
                return


# 《X法》第十条规定：…; a row of a table names the article and lets its words follow.
_COLON = compiled(r"(?:的)?(?:明确)?(?:规定|明确|指出|要求|载明|如下)?(?:如下)?：[ \u3000\n]{0,3}(?!“)")
_COMMA = compiled(r"(?:明确)?规定，(?!“)")
_SPACE = compiled(r"(?:规定)?[ \u3000\n]{1,3}(?!“)")
# 依照《X法》第十条规定，由县局…: a rule is applied, which puts other words in its place.
_APPLIES = compiled(r"(?:根据|依据|依照|按照|违反|适用|参照|执行|符合|遵照|按|依)[^，。；：\n]{0,3}$")
_SENTENCE = compiled(r"[^。\n]*")


def _unmarked(paper: Paper, group: list[CitationAnswer]) -> Iterator[Spot]:
    value = paper.document.text.value
    start, end = group[0].span.start, group[-1].span.end
    lead = _COLON.match(value, end) or _SPACE.match(value, end)
    if lead is None and not _APPLIES.search(value[max(0, start - 12) : start]):
        lead = _COMMA.match(value, end)
    if lead is None:
        return
    at = lead.end()
    while sentence := _SENTENCE.match(value, at):
        span = Span(*sentence.span())
        if "“" in sentence[0] or paper.document.text.is_damaged(span):
            return
        found = list(_compared(value, span, group, _UNQUOTED, _SHORTEST_UNQUOTED))
        if not found:
            return
        for one in found:
            yield from _spots(value, one._replace(changes=tuple(_of_unmarked(one))))
        at = span.end + 1


def _of_unmarked(one: _Compared) -> Iterator[_Change]:
    """Without marks a part may be left out, and a word may lead in."""
    for change in one.changes:
        left_out = change.end == change.start and change.until - change.there > 8
        leads_in = change.start == 0 and change.end <= 4
        if not left_out and not leads_in:
            yield change


# --- comparing ----------------------------------------------------------------------------------------------------

_ELISION = compiled(r"…+|⋯+|[.．]{3,}|。{2,}|[*＊]{3,}|[（(](?:略|中略|后略|省略)[）)]")


def _differences(value: str, span: Span, group: list[CitationAnswer], least: float, shortest: int) -> Iterator[Spot]:
    for one in _compared(value, span, group, least, shortest):
        yield from _spots(value, one)


def _compared(value: str, span: Span, group: list[CitationAnswer], least: float, shortest: int) -> Iterator[_Compared]:
    """The pieces between elisions that are words of one of the places, against the place that is most alike."""
    start = span.start
    for stop in (*_ELISION.finditer(value, span.start, span.end), None):
        end = stop.start() if stop else span.end
        best: _Compared | None = None
        for citation in group:
            quoted = _folded(value, start, end, citation.law)
            if len(quoted.text) < shortest:
                break
            found = _compare(quoted, _folded(citation.text, 0, len(citation.text), citation.law), citation)
            if best is None or found.share > best.share:
                best = found
        if best is not None and best.share >= least:
            yield best
        start = stop.end() if stop else end


# Marks of items, notes of the author and names given by the way are no words of the article.
_NO_WORDS = compiled(
    r"[（(][一二三四五六七八九十]{1,3}[）)]|[（(]以下(?:统一|统)?简?称[^（）()]*[）)]|〔[^〔〕]*〕|【[^【】]*】"
    r"|^第[〇零一二三四五六七八九十百]+条[ \u3000]+"
)
_OWN = compiled(r"[本该](?:法|条例|办法|规定|细则|规则|决定)(?!律)")
_OWN_MARK = "\ue000"
_KEPT = "%％‰"


def _folded(text: str, start: int, end: int, law: str) -> _Words:
    """The characters that count, 本法 and the law's own name as one."""
    names = [f"《{law}》", f"《{law.removeprefix(PREFIX)}》", law, law.removeprefix(PREFIX)]
    kept: list[str] = []
    at: list[int] = []
    i = start
    while i < end:
        skipped = _NO_WORDS.match(text, i, end)
        if skipped is not None:
            i = skipped.end()
            continue
        own = _OWN.match(text, i, end)
        size = len(own[0]) if own else next((len(one) for one in names if text.startswith(one, i)), 0)
        if size and i + size <= end:
            kept.append(_OWN_MARK)
            at.append(i + size - 1)
            i += size
            continue
        if text.startswith(f"《{PREFIX}", i):
            i += len(PREFIX) + 1  # 《中华人民共和国民法典》 is quoted as 《民法典》
            continue
        if text[i].isalnum() or text[i] in _KEPT:
            kept.append(text[i])
            at.append(i)
        i += 1
    return _Words("".join(kept), tuple(at))


class _Block(NamedTuple):
    start: int
    there: int
    size: int


def _compare(quoted: _Words, article: _Words, citation: CitationAnswer) -> _Compared:
    if quoted.text in article.text:
        return _Compared(1.0, citation, quoted, article)
    blocks = _chain(quoted.text, article.text)
    changes = tuple(_changes(blocks, quoted, article, citation.text))
    common = sum(block.size for block in blocks)
    share = common / len(quoted.text) if len(changes) <= 1 + len(quoted.text) / _APART else 0.0
    return _Compared(share, citation, quoted, article, changes)


def _chain(quoted: str, article: str) -> list[_Block]:
    """The stretches that both have in order, without chance meetings far from the longest."""
    matcher = SequenceMatcher(None, quoted, article, autojunk=False)
    blocks = [_Block(*one) for one in matcher.get_matching_blocks() if one.size]
    if not blocks:
        return []
    middle = max(range(len(blocks)), key=lambda i: blocks[i].size)
    after = [blocks[middle]]
    for block in blocks[middle + 1 :]:
        gap, gap_there = (
            block.start - (after[-1].start + after[-1].size),
            block.there - (after[-1].there + after[-1].size),
        )
        if _belongs(block, gap, gap_there):
            after.append(block)
    before = [blocks[middle]]
    for block in reversed(blocks[:middle]):
        gap, gap_there = before[-1].start - block.start - block.size, before[-1].there - block.there - block.size
        if _belongs(block, gap, gap_there):
            before.append(block)
    return [*reversed(before[1:]), *after]


def _belongs(block: _Block, gap: int, gap_there: int) -> bool:
    if block.size == 1:
        return max(gap, gap_there) <= 3
    return block.size >= 5 or gap_there <= gap + 12


_BOUNDARY = compiled(r"[，。；：、\n（）]")


def _changes(blocks: list[_Block], quoted: _Words, article: _Words, text: str) -> Iterator[_Change]:
    if not blocks:
        return
    changes: list[_Change] = []
    first, last = blocks[0], blocks[-1]
    if first.start:
        there = first.there
        while there > 0 and not _BOUNDARY.search(text, article.at[there - 1] + 1, article.at[there]):
            there -= 1
        changes.append(_Change(0, first.start, _near(there, first.there, first.start), first.there))
    for one, other in pairwise(blocks):
        changes.append(_Change(one.start + one.size, other.start, one.there + one.size, other.there))
    start, there = last.start + last.size, last.there + last.size
    if start < len(quoted.text):
        until = there
        while until < len(article.text) and (
            until == there or not _BOUNDARY.search(text, article.at[until - 1] + 1, article.at[until])
        ):
            until += 1
        if there < len(article.text) and _BOUNDARY.search(text, article.at[there - 1] + 1, article.at[there]):
            until = there  # the article's part ends where the added words begin
        size = len(quoted.text) - start
        changes.append(_Change(start, len(quoted.text), there, until if until - there <= size + 10 else there))
    yield from _joined([wide for one in changes if (wide := _widened(one, quoted.text, article.text)) is not None])


def _near(there: int, until: int, size: int) -> int:
    """The words of the article from its last comma on, unless they are far more than those in their place."""
    return there if until - there <= size + 10 else until


_DIGITS = frozenset("〇零一二三四五六七八九十百千万亿两半0123456789")
_UNITS = frozenset("元倍日天年月个人次吨米分时")
# 的 and the second character of 或者 come and go without changing what is said.
_EMPTY = frozenset({"的", "者", "地"})


def _widened(change: _Change, quoted: str, article: str) -> _Change | None:
    """The change grown to whole numbers and words; None where nothing is said otherwise."""
    start, end, there, until = change
    mine, theirs = quoted[start:end], article[there:until]
    if (not mine and theirs in _EMPTY) or (not theirs and mine in _EMPTY):
        return None
    if _DIGITS & set(mine + theirs):
        while start and there and quoted[start - 1] == article[there - 1] and quoted[start - 1] in _DIGITS:
            start, there = start - 1, there - 1
        while _same_next(quoted, end, article, until) and quoted[end] in _DIGITS:
            end, until = end + 1, until + 1
        if _same_next(quoted, end, article, until) and quoted[end] in _UNITS:
            end, until = end + 1, until + 1
        if _same_number(quoted[start:end], article[there:until]):
            return None
    elif len(mine) == 1 and len(theirs) == 1 and start and there and quoted[start - 1] == article[there - 1]:
        start, there = start - 1, there - 1  # 以上 for 以下 is a word, 上 is none
    return _Change(start, end, there, until)


def _same_next(quoted: str, end: int, article: str, until: int) -> bool:
    return end < len(quoted) and until < len(article) and quoted[end] == article[until]


def _same_number(mine: str, theirs: str) -> bool:
    units = "".join(_UNITS)
    if mine.lstrip("".join(_DIGITS)) != theirs.lstrip("".join(_DIGITS)):
        return False
    one, other = read_number(mine.rstrip(units)), read_number(theirs.rstrip(units))
    return one is not None and one == other


def _joined(changes: list[_Change]) -> Iterator[_Change]:
    """Changes that one common character parts are one."""
    waiting: _Change | None = None
    for change in changes:
        if waiting is not None and change.start - waiting.end <= 1 and change.there - waiting.until <= 1:
            waiting = _Change(waiting.start, change.end, waiting.there, change.until)
            continue
        if waiting is not None:
            yield waiting
        waiting = change
    if waiting is not None:
        yield waiting


# --- telling ------------------------------------------------------------------------------------------------------


def _spots(value: str, one: _Compared) -> Iterator[Spot]:
    changes = one.changes
    if len(changes) > _MOST_PLACES:
        changes = (_Change(changes[0].start, changes[-1].end, changes[0].there, changes[-1].until),)
    for change in changes:
        start, end, there, until = change
        around = start == end or there == until
        left = min(2, start, there) if around else 0
        right = min(2, len(one.quoted.text) - end, len(one.article.text) - until) if around else 0
        quoted = one.quoted.span(start - left, end + right)
        span = one.quoted.span(start, end) if start < end else quoted
        values = {
            "written": _shown(quoted.of(value)),
            "stands": _shown(one.article.span(there - left, until + right).of(one.citation.text)),
            "law": one.citation.law,
            "shown": one.citation.shown,
        }
        yield Spot(span, values, (article_of(one.citation, "所引条文。"),))


def _shown(words: str) -> str:
    plain = "".join(words.split())
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[:_LONGEST_SHOWN]}……"
