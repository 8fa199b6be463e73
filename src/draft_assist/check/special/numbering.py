"""Numbers that skip, repeat or start again, and two ways of writing them at one level.

Read from the tree: articles run through a scope, headings and items through their parent. Headings may also run on from
group to group (1 to 14 over three （ ）), and a list under a new stem begins again; neither is a fault.

Source: 党政机关公文处理工作条例 and GB/T 9704-2012 7.3.3 for the ladder 一、（一）1.（1）.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from draft_assist.check.special.inline import number_faults, write_marker
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import Scope, forms_in, scopes_of
from draft_assist.model import Clause, Document, Level, Span
from draft_assist.parse.numerals import show_article, write_numeral
from draft_assist.patterns import compiled

_HEADINGS = (Level.HEADING_1, Level.HEADING_2, Level.HEADING_3, Level.HEADING_4, Level.HEADING_5)
_LISTED = (*_HEADINGS, Level.ITEM, Level.SUBITEM)
# An excerpt says so; its numbers have gaps by intention.
_LEFT_OUT = compiled(r"…|[（(](?:略|下略|中略|节选|摘录)[）)]")


class _Marked(NamedTuple):
    clause: Clause
    span: Span  # of the marker, white space around it left out
    form: str  # 一、 -> "N、", （2） -> "（n）", ① -> "①"


def number_gaps(paper: Paper) -> Iterator[Spot]:
    """一、二、四: a number is left out.

    Values: last, the marker before; due, the one that should follow.
    """
    for scope in scopes_of(paper.document):
        yield from _article_faults(paper.document, scope, gaps=True)
        for run in _runs(paper.document, scope):
            yield from _faults(paper.document, run, gaps=True)
    yield from _inline_faults(paper.document, gaps=True)


def number_repeats(paper: Paper) -> Iterator[Spot]:
    """一、二、二: a number stands twice, goes back, or a list starts again in its middle.

    Values: last, the marker before; due, the one that should follow.
    """
    for scope in scopes_of(paper.document):
        yield from _article_faults(paper.document, scope, gaps=False)
        for run in _runs(paper.document, scope):
            yield from _faults(paper.document, run, gaps=False)
    yield from _inline_faults(paper.document, gaps=False)


def _article_faults(document: Document, scope: Scope, *, gaps: bool) -> Iterator[Spot]:
    articles = scope.of_level(Level.ARTICLE)
    if not articles or articles[0].number != (1,):
        return  # an excerpt
    if document.facts.title and "修改" in document.facts.title:
        return
    for before, one in pairwise(articles):
        last, number = before.number[0], one.number[0]
        if len(one.number) > 1 or number == last + 1 or one.number == (1,):
            continue  # the next, an inserted one, or the first of another text in the same file
        if gaps is not (number > last + 1) or _left_out(document, before, one):
            continue
        values = {"last": show_article(before.number), "due": show_article((last + 1,))}
        yield Spot(Span(one.head.start, _marker_end(document, one)), values)


def _left_out(document: Document, before: Clause, one: Clause) -> bool:
    return _LEFT_OUT.search(document.text_of(Span(before.head.start, one.head.start))) is not None


def _marker_end(document: Document, clause: Clause) -> int:
    words = document.text_of(Span(clause.head.start, clause.body.start))
    return clause.head.start + len(words.rstrip())


def _runs(document: Document, scope: Scope) -> Iterator[list[_Marked]]:
    """The headings and items that count together: brothers with one form of marker, in order."""
    if scope.is_form:
        return
    groups: list[tuple[str, Iterable[Clause]]] = []
    holders = [clause for clause in scope.clauses if clause.children]
    below = {id(child) for holder in holders for child in holder.children}
    groups.append(("", [clause for clause in scope.clauses if id(clause) not in below]))
    groups += [(holder.path, holder.children) for holder in holders]
    reached: dict[str, int] = {}  # form -> last number in the groups before, for headings that run on
    for _, children in groups:
        by_form: dict[str, list[_Marked]] = {}
        for child in children:
            if child.level in _LISTED and child.number and (marked := _marked(document, child)):
                by_form.setdefault(_kind_of(marked.form), []).append(marked)
        for form, run in by_form.items():
            first = run[0].clause.number[0]
            if first == 1 or first == reached.get(form, 0) + 1 or not reached.get(form):
                yield run
            reached[form] = run[-1].clause.number[0]


def _kind_of(form: str) -> str:
    """1. and 1、 count together: which of them is used is another question."""
    return form.rstrip("、.．")


_NUMERAL = compiled(r"[〇零○一二三四五六七八九十百]+")
_FIGURE = compiled(r"\d+")


def _marked(document: Document, clause: Clause) -> _Marked | None:
    words = document.text_of(Span(clause.head.start, clause.body.start))
    shown = words.strip().strip("#*_>- ")
    if not shown:
        return None
    start = clause.head.start + words.index(shown)
    form = _FIGURE.sub("n", _NUMERAL.sub("N", shown)).replace("．", ".")
    form = "①" if "①" <= shown[0] <= "⑳" else form
    return _Marked(clause, Span(start, start + len(shown)), form)


def _faults(document: Document, run: list[_Marked], *, gaps: bool) -> Iterator[Spot]:
    for before, one in pairwise(run):
        last, number = before.clause.number[0], one.clause.number[0]
        if number == last + 1 or gaps is not (number > last + 1):
            continue
        if number == 1 and _begins_anew(document, before.clause, one.clause):
            continue
        if _left_out(document, before.clause, one.clause):
            continue
        # （一）…；（二）… in one line, （三） in the next: the tree keeps the first of a line.
        if gaps and _written(before.form, number - 1) in document.text_of(Span(before.span.end, one.span.start)):
            continue
        yield Spot(one.span, {"last": document.text_of(before.span), "due": _written(before.form, last + 1)})


def _inline_faults(document: Document, *, gaps: bool) -> Iterator[Spot]:
    """Faults inside one line; markers that the tree holds as items of their own are left to it."""
    value = document.text.value
    faults = list(number_faults(value, gaps=gaps))
    if not faults:
        return
    forms = forms_in(document)
    heads = {clause.head.start for clause in document.walk() if clause.number}
    for before, one in faults:
        if one.span.start not in heads and not forms.hold(one.span.start) and not document.text.is_damaged(one.span):
            yield Spot(one.span, {"last": before.span.of(value), "due": write_marker(one.form, before.number + 1)})


def _written(form: str, number: int) -> str:
    """The marker of that form with a number: "N、" and 3 give 三、."""
    return form.replace("N", write_numeral(number)).replace("n", str(number)).replace("①", f"第{number}项")


def _begins_anew(document: Document, before: Clause, one: Clause) -> bool:
    """True when running text, a title or a table stands between the lists: the second is a list of its own."""
    between = document.text_of(Span(before.head.end, one.head.start))
    return bool(between.strip())


def mixed_markers(paper: Paper) -> Iterator[Spot]:
    """1、 and 1. at the same level of the same text; the first marker of the rarer kind.

    Values: usual and other, the two ways; count, how often the rarer one stands.
    """
    for scope in scopes_of(paper.document):
        if scope.is_form:
            continue
        for levels in (*((level,) for level in _HEADINGS), (Level.ITEM, Level.SUBITEM)):
            yield from _mixed(paper.document, scope.of_level(*levels))


def _mixed(document: Document, clauses: list[Clause]) -> Iterator[Spot]:
    marked = [one for clause in clauses if clause.number and (one := _marked(document, clause))]
    by_kind: dict[str, list[_Marked]] = {}
    for one in marked:
        by_kind.setdefault(_kind_of(one.form), []).append(one)
    for same in by_kind.values():
        counts = Counter(one.form for one in same)
        if len(counts) < 2:
            continue
        usual = max(counts, key=lambda form: (counts[form], -[one.form for one in same].index(form)))
        other = next(one for one in same if one.form != usual)
        others = sum(counts.values()) - counts[usual]
        values = {"usual": _written(usual, 1), "other": document.text_of(other.span), "count": str(others)}
        yield Spot(other.span, values)
