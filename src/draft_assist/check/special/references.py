"""References inside the document: 依照本办法第十五条, 前款, 第三项, 附件3, when there is no such thing.

Only what surely speaks of the document itself is looked at: an article of a law that the sentence names is left to the
check of citations. A text without articles (an excerpt, a plan) has none to miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from draft_assist.check.special.inline import items_missed
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import Scope, scopes_of, titles_in
from draft_assist.check.special.sentences import begin_of
from draft_assist.model import Clause, Document, Level, Span
from draft_assist.parse.numerals import read_numeral, show_article, write_numeral
from draft_assist.patterns import compiled

_N = r"[〇零一二三四五六七八九十百千\d]{1,7}"
_KINDS = (
    "办法|规定|细则|规则|条例|法|通知|通告|公告|意见|方案|制度|决定|规范|标准|指南|规程|章程|规划|计划|预案|导则|文件"
)
# What the document calls itself; 本条 and 本章 are places in it, no names of it.
_OWN = rf"本(?:实施|暂行|管理|工作|试行|指导)?(?:{_KINDS})"
# 治安管理处罚法第十条, 省物业条例第二十条: a law named without brackets.
_OTHER = (
    rf"(?<!本)(?<!本实施)(?<!本暂行)(?<!本管理)(?<!本工作)(?<!本试行)(?<!本指导)[一-龥](?:{_KINDS}|准则|公约|合同|协议)"
    rf"(?:（[^（）]{{1,20}}）)?的?(?=第)"
)
_STEP = compiled(
    rf"(?P<own>{_OWN})|(?P<other>》|{_OTHER}|原[法条]|(?:该|同|上述|前述)(?:{_KINDS}))"
    rf"|第(?P<article>{_N})条(?:之(?P<inserted>[一二三四五六七八九十]{{1,2}}))?"
    rf"(?:第(?P<paragraph>{_N})款)?(?:第[（(]?(?P<item>{_N})[）)]?项)?"
    rf"|第(?P<division>{_N})(?P<unit>章|部分)"
)
_SENTENCE = compiled(r"[^。！？\n]+")
# Text about the changing of a text speaks of that text's articles.
_AMENDS = compiled(r"修改为|修正案|删去第|删除第|增加一[条款项]|改为第.{1,6}[条款项]")
# White space and Markdown before the number of a line.
_INDENT = 40
# Between 本办法 and the article that it owns: 本办法中的第十条, 本办法（试行）第十条.
_REACH = 8


class _Reference(NamedTuple):
    span: Span  # with 本办法 where that stands right before
    step: re.Match[str]
    named: bool  # 本办法第十条, not 第十条 alone


def _references(value: str) -> Iterator[_Reference]:
    """The references to articles, chapters and parts of the document itself, in order."""
    titles = titles_in(value)
    for sentence in _SENTENCE.finditer(value):
        if "第" not in sentence[0]:
            continue
        foreign, name = False, None
        for step in _STEP.finditer(value, *sentence.span()):
            if step["own"]:
                foreign, name = False, step
            elif step["other"]:
                foreign, name = True, None
            elif not foreign and not titles.hold(step.start()) and not _begins_line(value, step.start()):
                near = name is not None and step.start() - name.end() <= _REACH
                start = name.start() if name is not None and near else step.start()
                yield _Reference(Span(start, step.end()), step, near)
                name = None


def _begins_line(value: str, offset: int) -> bool:
    """True for the number of an article or chapter itself."""
    words = value[max(0, offset - _INDENT) : offset]
    return not words[words.rfind("\n") + 1 :].strip(" \u3000#*>-")


class _Book:
    """What a scope holds, by number."""

    def __init__(self, document: Document, scope: Scope) -> None:
        self._document = document
        self._scope = scope
        self.articles: dict[tuple[int, ...], Clause] = {}
        for clause in scope.of_level(Level.ARTICLE):
            self.articles.setdefault(clause.number, clause)
        self.last = max((number[0] for number in self.articles), default=0)

    def is_whole(self) -> bool:
        """False without articles, and for an excerpt, whose first article is not the first."""
        return (1,) in self.articles

    def lacks_article(self, number: tuple[int, ...]) -> bool:
        """True when the article is surely not there; inserted ones may be numbered in ways not read here."""
        if number in self.articles or len(number) > 1:
            return False
        # A number inside the range may stand on a line that was not read as an article.
        shown = show_article(number)
        return number[0] > self.last or f"\n{shown}" not in self._document.text_of(self._scope.span)

    def numbered_to(self, wanted: int) -> int:
        """The last of the numbers 一、二、三、 of a scope without articles that never counts up to `wanted`; else 0."""
        headed = self.divisions("部分")
        if self.articles or 1 not in headed or len(headed) < 2:
            return 0
        return 0 if self.last_item() >= wanted else max(headed)

    def last_item(self) -> int:
        """The greatest number that a heading or item bears."""
        return max((clause.number[0] for clause in self._scope.clauses if clause.number), default=0)

    def divisions(self, unit: str) -> set[int]:
        """The numbers of chapters, or of the parts that a plan has (第三部分 is 三、)."""
        levels = (Level.CHAPTER,) if unit == "章" else (Level.HEADING_1, Level.PART)
        return {clause.number[0] for clause in self._scope.of_level(*levels) if clause.number}

    def lacks_item(self, where: Clause, number: int) -> bool:
        """True when the article or paragraph has no such 项, neither as a line of its own nor inside one."""
        if any(one.number == (number,) for one in where.walk() if one.level in (Level.ITEM, Level.SUBITEM)):
            return False
        if number < len(where.children):
            return False  # items that lost their numbers stand as paragraphs
        words = self._document.text_of(where.span)
        han = write_numeral(number)
        # 第（三）项 in the article itself is the reference, no item.
        words = words.replace(f"第（{han}）", "").replace(f"第（{number}）", "")
        return not any(form in words for form in (f"（{han}）", f"{number}.", f"{number}、", f"（{number}）"))


def _paragraphs(article: Clause) -> list[Clause]:
    return [child for child in article.children if child.level is Level.PARAGRAPH]


class _Shelf:
    """The scopes of a document, and which one a word stands in."""

    def __init__(self, paper: Paper) -> None:
        self.document = paper.document
        self.value = paper.document.text.value
        self._books = [(scope, _Book(paper.document, scope)) for scope in scopes_of(paper.document)]

    def book(self, offset: int) -> _Book:
        """The book that words at `offset` refer to: their own, else (for a covering notice) the only one there is."""
        own = next((book for scope, book in self._books if scope.span.start <= offset < scope.span.end), None)
        if own is not None and own.articles:
            return own
        others = [book for _, book in self._books if book.articles]
        return others[0] if len(others) == 1 else own or self._books[0][1]

    def books(self) -> list[_Book]:
        """All, the document proper first."""
        return [book for _, book in self._books]

    def amends(self) -> bool:
        """True for a document that changes another one."""
        return _AMENDS.search(self.value) is not None


def missing_articles(paper: Paper) -> Iterator[Spot]:
    """本办法第十五条 in a document of twelve articles; 本办法第六章, 本方案第五部分 likewise.

    Values: last, the last number there is (第十二条, 第五章).
    """
    value = paper.document.text.value
    if not re.search(r"第[^第\n]{1,7}[条章]|本.{2,6}第.{1,3}部分", value):
        return
    shelf = _Shelf(paper)
    if shelf.amends():
        return
    extent = _announced_extent(value)
    # One article of another text may itself be numbered 一、二、.
    named_whole = paper.document.facts.title_span is not None
    for reference in _references(value):
        book, step = shelf.book(reference.span.start), reference.step
        if paper.document.text.is_damaged(reference.span):
            continue
        if step["article"]:
            number = _number(step["article"], step["inserted"])
            said = extent.get((_own_name(reference, value), "条"))
            if number and said and number[0] > said and number not in book.articles:
                yield Spot(reference.span, {"last": show_article((said,))})
            elif number and book.is_whole() and book.lacks_article(number):
                yield Spot(reference.span, {"last": show_article((book.last,))})
            elif number and named_whole and not said and reference.named and book.numbered_to(number[0]):
                yield Spot(reference.span, {"last": f"“{write_numeral(book.numbered_to(number[0]))}、”"})
        elif reference.named:
            there, wanted = book.divisions(step["unit"]), read_numeral(step["division"])
            said = extent.get((_own_name(reference, value), step["unit"]))
            last = max(there) if 1 in there else said
            if wanted and last and wanted > last and wanted not in there:
                yield Spot(reference.span, {"last": f"第{write_numeral(last)}{step['unit']}"})


# 本办法共十二条, 本办法共四章二十一条, 本方案分四个部分.
_EXTENT = compiled(
    rf"(?P<own>{_OWN})(?:正文|全文)?(?:共分?为?|共有|共计|分为?|包括|由)"
    rf"(?=(?:{_N}个?(?:章|部分|条)[、，]?)+)(?:(?P<chapters>{_N})章[、，]?(?:共|计)?)?(?:(?P<parts>{_N})个?部分[、，]?)?"
    rf"(?:(?P<articles>{_N})条(?!意见|措施|建议|款))?"
)


def _announced_extent(value: str) -> dict[tuple[str, str], int]:
    """(本办法, 条) -> how many articles the text says there are; 章 and 部分 likewise."""
    found: dict[tuple[str, str], int] = {}
    for match in _EXTENT.finditer(value):
        for group, unit in (("chapters", "章"), ("parts", "部分"), ("articles", "条")):
            if match[group] and (number := read_numeral(match[group])):
                found[match["own"], unit] = number
    return found


def _own_name(reference: _Reference, value: str) -> str:
    """本办法 of 本办法第十二条; "" where it is not written."""
    own = re.match(_OWN, reference.span.of(value)) if reference.named else None
    return own[0] if own else ""


def _number(written: str, inserted: str | None) -> tuple[int, ...] | None:
    first, second = read_numeral(written), read_numeral(inserted) if inserted else 0
    if first is None or second is None:
        return None
    return (first, second) if inserted else (first,)


_PART = compiled(
    rf"(?P<before>前(?P<count>[两二三四])?款)|(?P<above>前条)"
    rf"|(?:(?<=本条)|(?<=[依照据合反有按及和、（，]))第(?P<paragraph>{_N})款(?:第[（(]?(?P<item>{_N})[）)]?项)?"
    rf"|(?:(?<=前款)|(?<=本条)|(?<=有)|(?<=属于))第[（(]?(?P<alone>{_N})[）)]?项"
)
# 本通告第二十五项, of a notice whose items run on through its parts.
_OWN_ITEM = compiled(rf"{_OWN}(?:[（(]试行[)）])?第[（(]?(?P<item>{_N})[）)]?[项点]")
# How far the stem of a list reaches: 违反本办法第二十条规定的，…：（一）违反第一款的，….
_STEM = 600
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4}


def missing_parts(paper: Paper) -> Iterator[Spot]:
    """前款 in an article's first paragraph, 前条 in the first article, 第三款 or 第（六）项 that the article lacks.

    Values: why, what there is instead, in Chinese.
    """
    value = paper.document.text.value
    if "款" not in value and "前条" not in value and "项" not in value:
        return
    shelf = _Shelf(paper)
    if shelf.amends():
        return
    for reference in _references(value):
        step = reference.step
        if step["article"] and (step["paragraph"] or step["item"]):
            book = shelf.book(reference.span.start)
            article = book.articles.get(_number(step["article"], step["inserted"]) or ())
            if article is not None and (why := _lack(book, article, step["paragraph"], step["item"])):
                yield Spot(reference.span, {"why": f"{show_article(article.number)}{why}"})
    yield from _in_own_article(paper, shelf)
    for match in _OWN_ITEM.finditer(value) if paper.document.facts.title_span else ():
        last, wanted = shelf.book(match.start()).last_item(), read_numeral(match["item"])
        if wanted and 1 < last < wanted and not titles_in(value).hold(match.start()):
            yield Spot(Span(*match.span()), {"why": f"序号最大的是{write_numeral(last)}"})
    articles = [article.span for book in shelf.books() for article in book.articles.values()]
    for span, last in items_missed(value):
        if not any(article.start <= span.start < article.end for article in articles):
            yield Spot(span, {"why": f"前面只列了{last}项"})


def _in_own_article(paper: Paper, shelf: _Shelf) -> Iterator[Spot]:
    """前款, 前条 and 第三款 without an article: seen from the article they stand in."""
    value, titles = shelf.value, titles_in(shelf.value)
    for book in shelf.books():
        for article in book.articles.values():
            held = _paragraphs(article)
            for match in _PART.finditer(value, article.span.start, article.span.end):
                span = Span(*match.span())
                start = begin_of(value, span.start)
                if not match["before"] and not match["above"]:
                    start = max(article.body.start, span.start - _STEM)
                if titles.hold(span.start) or _names_another(value[start : span.start]):
                    continue
                why = ""
                if match["above"]:
                    why = "第一条前面没有条文" if article.number == (1,) else ""
                elif match["before"]:
                    before = sum(1 for one in held if one.span.end <= span.start)
                    lacking = before < _COUNTS.get(match["count"] or "", 1)
                    if lacking and _in_first_sentence(value, held, span):
                        why = f"本条在此之前只有{before}款" if before else "本条在此之前没有其他款"
                elif why := _lack(book, article, match["paragraph"], match["item"] or match["alone"]):
                    why = f"本条{why}"
                if why:
                    yield Spot(span, {"why": why})


def _names_another(before: str) -> bool:
    """True when the words before name a law or another article: the paragraph is that one's."""
    return "》" in before or "前条" in before or re.search(rf"第{_N}条", before.lstrip()[1:]) is not None


def _in_first_sentence(value: str, held: list[Clause], span: Span) -> bool:
    """True when no sentence ends before `span` in its paragraph.

    Copied text loses line ends: a 前款 in the second sentence may have had its paragraph.
    """
    own = next((one for one in held if one.span.start <= span.start < one.span.end), None)
    if own is None or span.start - own.head.start > _STEM:
        return False
    return not re.search(r"[。；：]", value[own.head.start : span.start])


def _lack(book: _Book, article: Clause, paragraph: str | None, item: str | None) -> str:
    """What of 第三款第（六）项 the article does not have, in Chinese; "" when it has all."""
    held = _paragraphs(article)
    where = article
    number = read_numeral(paragraph) if paragraph else None
    if number:
        if number > len(held):
            return f"只有{len(held)}款" if held else "没有分款"
        where = held[number - 1]
    wanted = read_numeral(item) if item else None
    if wanted and book.lacks_item(where, wanted):
        return f"{'该款' if number else ''}没有第（{write_numeral(wanted)}）项"
    return ""


# --- attachments --------------------------------------------------------------------------------------------------

_ATTACHED = compiled(r"附件\s?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(?![\d.\-—－~～至年月日])")
# Attachments that the parser took for something else: 附件二：飞行高度层 at the beginning of a line.
_HEADED = re.compile(r"^[ \u3000#*]*附件\s?(\d{1,2}|[一二三四五六七八九十]{1,3})", re.MULTILINE)
_LISTED = compiled(r"(?:^|\n|：|:|附件)\s*(\d{1,2})\s?[.．、：:]")
_COUNTED = compiled(
    rf"(?:附件(?:共|有|计|包括|合计)+|[共附有](?=[^，。\n]{{1,4}}附件))\s?(?P<count>{_N}|两)\s?[个份项件]"
)
_FOREIGN = compiled(r"[》号]\s?(?:的|）|\))?$|(?:合同|协议|标准|公告|原|招标文件)的?$")


def missing_attachments(paper: Paper) -> Iterator[Spot]:
    """附件3 in a document that lists two attachments and carries no third.

    Values: there, the attachments that there are.
    """
    document = paper.document
    value = document.text.value
    if "附件" not in value:
        return
    listed: set[int] = set()
    passed: list[Span] = []
    for clause in document.walk():
        if clause.level is Level.ATTACHMENT:
            passed.append(clause.head)
            if document.text_of(clause.head).startswith("附件"):
                listed.add(clause.number[0])
        elif clause.path.endswith("att-list"):
            passed.append(clause.head)
            words = document.text_of(clause.head)
            listed |= {int(match[1]) for match in _LISTED.finditer(words)} or {1}
            listed |= {number for match in _ATTACHED.finditer(words) if (number := read_numeral(match["number"]))}
    if not listed:
        listed = _announced_attachments(value)
    if not listed:
        return
    listed |= {number for match in _HEADED.finditer(value) if (number := read_numeral(match[1]))}
    if 1 not in listed:
        return  # an excerpt
    titles = titles_in(value)
    for match in _ATTACHED.finditer(value):
        span, number = Span(*match.span()), read_numeral(match["number"])
        if not number or number in listed or titles.hold(span.start):
            continue
        if _begins_line(value, span.start) or any(one.overlaps(span) for one in passed):
            continue
        if not _FOREIGN.search(value[max(0, span.start - 8) : span.start]):
            yield Spot(span, {"there": "、".join(f"附件{one}" for one in sorted(listed))})


def _announced_attachments(value: str) -> set[int]:
    """附件共两个, for a text that carries none: 1 and 2."""
    match = _COUNTED.search(value)
    number = read_numeral(match["count"].replace("两", "二")) if match else None
    return set(range(1, number + 1)) if number else set()
