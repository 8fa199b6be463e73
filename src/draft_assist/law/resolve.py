"""Resolves what was found: which law 同法 is, where 前款 stands, what 《纲要》 was defined to be.

Second of four steps. Nothing is picked silently: where two laws may be meant both are given, and what cannot be told
stays unread.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from draft_assist.law.aliases import Aliases
from draft_assist.law.find import NO_NAMES, Found, Names, find
from draft_assist.law.outline import Outline, Where, number_of
from draft_assist.law.provisions import Named, Provision, read_provisions
from draft_assist.law.titles import Titles, bare
from draft_assist.model import Clause, Document, Level, Span
from draft_assist.parse.numbers import candidates_of
from draft_assist.parse.numerals import read_numeral
from draft_assist.patterns import compiled


class Target(StrEnum):
    """What a citation points to."""

    WORK = "work"  # a law or another document, by title
    OWN = "own"  # the document itself
    NUMBER = "number"  # a document known by its number only
    UNKNOWN = "unknown"


class State(StrEnum):
    """In what state the words are."""

    SOUND = "sound"
    MASKED = "masked"  # 〔xxxx〕xx号: left open on purpose
    DAMAGED = "damaged"  # characters lost
    UNREAD = "unread"  # looks like a citation, cannot be told


class Citation(NamedTuple):
    """One thing cited.

    Attributes:
        span: the words that name it, in `NormalText.value`.
        head: the words of the title or of what stands for it; of a further provision of a list those of the list.
        target, state: see there.
        title: the title meant, aliases resolved: the full title of a known work, else as written; "" for none.
        written: the title as it stands in the text; "" for none.
        others: further works that may be meant; () when it is sure.
        first, last: the provision, and the end of a range; None when none is named or it cannot be read.
        absent: Chinese: the document has no such place; "" when it has, or that cannot be told.
        number: the document number with the citation, without spaces; "" for none.
        candidates: readings of a damaged number, best first.
        edition: brackets after the title; year: the year of the wording that it names (（2021年修订）), 0 for none.
    """

    span: Span
    head: Span
    target: Target
    state: State
    title: str = ""
    written: str = ""
    others: tuple[str, ...] = ()
    first: Provision | None = None
    last: Provision | None = None
    absent: str = ""
    number: str = ""
    candidates: tuple[str, ...] = ()
    edition: str = ""
    year: int = 0

    @property
    def place(self) -> str:
        """17.2, 10~15; "" when no provision is named. See `Provision.key`."""
        if self.first is None:
            return ""
        return self.first.key() + (f"~{self.last.key()}" if self.last else "")


def is_own_name(citation: Citation) -> bool:
    """True for 本办法 without a place: a word of the text rather than a citation."""
    return citation.target is Target.OWN and citation.first is None and not citation.absent


def resolve(document: Document, titles: Titles) -> tuple[Citation, ...]:
    """The citations of a document, in order of place.

    The document's own number, its contents and the numbers of its articles cite nothing.
    """
    value = document.text.value
    aliases = Aliases(value, titles)
    found = find(value, aliases.names(titles.known_names))
    walk = _Walk(document, titles, aliases)
    cited: list[Citation] = []
    for one in found:
        if not walk.is_heading(one):
            cited += walk.read(one)
    return tuple(cited)


_REFERENCE = compiled(
    r"[ \u3000]*《?(?P<title>(?!第[〇零一二三四五六七八九十百千\d]+[条章])[^《》\n]{2,80}?)》?(?:[（(][^（）()\n]*[）)])?[ \u3000]*(?:的)?"
    r"(?=第[ \u3000]*[〇零一二三四五六七八九十百千\d]+[ \u3000]*[条章]|[ \u3000]*$)"
)


def read_reference(words: str, titles: Titles) -> tuple[Citation, ...]:
    """What a person asks for by name: 行政处罚法第十六条, 《民法典》第三条、第五条, 消法.

    Returns:
        One citation for each provision, one without provision for a title alone; () when no title can be read.
    """
    match = _REFERENCE.match(words)
    if match is None:
        return ()
    title = titles.match(match["title"].strip()).title
    whole = Citation(Span(0, len(words)), Span(0, match.end()), Target.WORK, State.SOUND, title, match["title"])
    named, _ = read_provisions(words, match.end(), len(words))
    if match.end() < len(words.rstrip()) and not named:
        return ()
    return tuple(whole._replace(span=one.span, first=one.first, last=one.last) for one in named if one.first) or (
        whole,
    )


# --- the walk -------------------------------------------------------------------------------------------------------

_HEADINGS = frozenset({Level.DOCUMENT_NUMBER, Level.CONTENTS})
_INDENT = 2
_ENDS_SENTENCE = compiled(r"[。！？\n]")
# 《市规范性文件管理办法》: whose city it is was lost; 市政, 县级, 区域 are words of their own.
_CITY_LOST = compiled(
    r"^省(?!人民政府|政府|委|级|际|直|内|外|道|域|属)|^(?:市|县|区|州|镇|乡|自治区|自治县)(?!场|政(?!府)|容|域|级|民|际|情|长|况|块|道|直|属|委|内|外)"
)
_MASKS = compiled(r"[xX×＊*○□_]{2,}|[×＊○□](?=[省市县区镇乡州])|某[某省市县区镇乡]|[xX](?=[省市县区镇乡州])")


class _Walk:
    """Reads the found one after another; what was cited before decides what 同法 is."""

    def __init__(self, document: Document, titles: Titles, aliases: Aliases) -> None:
        self._document = document
        self._value = document.text.value
        self._titles = titles
        self._aliases = aliases
        self._outline = Outline(document)
        self._cited: list[Citation] = []
        headings = [clause for clause in document.walk() if clause.level in _HEADINGS]
        self._heads = [(clause.head.start, clause.head.end) for clause in headings]
        self._is_contents = [clause.level is Level.CONTENTS for clause in headings]
        titles_of_parts = (document.text_of(one.head) for one in document.walk() if one.level is Level.TITLE)
        self._own_titles = frozenset(
            bare(title) for title in (*titles_of_parts, document.facts.title or "") if not title.startswith("《")
        )
        self._title = document.facts.title_span
        self._subject = ""  # the one work that the title of a reply or opinion is about
        self._markers = {clause.head.start for clause in self._outline.articles}

    def is_heading(self, one: Found) -> bool:
        """True for what stands in the document's own number or contents, or is an article's own number."""
        if one.names is Names.PLACE and one.span.start in self._markers:
            return True
        i = bisect_right(self._heads, (one.span.start, len(self._value))) - 1
        if i < 0 or one.span.start >= self._heads[i][1]:
            return False
        # The document's own number begins its line; 根据某政办〔2013〕20号 alone on a line does not.
        return self._is_contents[i] or one.span.start - self._heads[i][0] <= _INDENT

    def read(self, one: Found) -> list[Citation]:
        """The citations of one found run of words; [] for what turns out to be none."""
        if self._aliases.defines(one.head):
            return []
        cited = list(self._read(one))
        if any(self._document.text.is_damaged(citation.span) for citation in cited):
            cited = [citation._replace(state=State.DAMAGED) for citation in cited]
        self._cited += [citation for citation in cited if citation.state is not State.UNREAD]
        if self._title is not None and self._title.contains(one.span) and not self._outline.articles:
            self._subject = next((each.title for each in cited if each.target is Target.WORK), self._subject)
        return cited

    def _read(self, one: Found) -> Iterator[Citation]:
        match one.names:
            case Names.TITLE | Names.KNOWN | Names.UNKNOWN:
                yield from self._titled(one)
            case Names.OWN:
                yield from self._own_name(one)
            case Names.SAME:
                yield from self._same(one)
            case Names.HERE | Names.BEFORE:
                yield from self._relative(one)
            case Names.PLACE:
                yield from self._alone(one)
            case Names.NUMBER if one.provisions:
                yield from (each._replace(number=one.number) for each in self._each(one, Target.NUMBER))
            case Names.NUMBER:
                yield self._single(one, Target.NUMBER, State.SOUND)
            case Names.MASKED:
                yield self._single(one, Target.NUMBER, State.MASKED)
            case Names.DAMAGED:
                yield self._single(one, Target.NUMBER, State.DAMAGED)
            case Names.BROKEN:
                title = self._titles.match(one.title).title
                yield from self._each(one, Target.WORK, title=title, written=one.title, state=State.DAMAGED)
            case Names.UNREAD:
                written = f"《{one.title}》" if one.title else ""
                yield Citation(one.span, one.head, Target.UNKNOWN, State.UNREAD, written=written)

    def _single(self, one: Found, target: Target, state: State) -> Citation:
        candidates = tuple(each.value for each in candidates_of(one.number)) if state is State.DAMAGED else ()
        return Citation(one.span, one.head, target, state, number=one.number, candidates=candidates)

    # --- titles

    def _titled(self, one: Found) -> Iterator[Citation]:
        if not one.provisions and bare(one.title) in self._own_titles:
            yield Citation(one.span, one.head, Target.OWN, State.SOUND)
            return
        alias = self._aliases.meant(one.title, one.span.start)
        title = alias or self._titles.match(one.title).title
        state = State.SOUND
        if _MASKS.search(one.title):
            state = State.MASKED
        elif not alias and _CITY_LOST.match(one.title) and one.head.of(self._value).startswith("《"):
            state = State.DAMAGED
        yield from self._each(one, Target.WORK, title=title, written=one.title, state=state)

    def _own_name(self, one: Found) -> Iterator[Citation]:
        own = self._document.facts.title or ""
        if one.kind in ("法", "条例", "法典") and not own.rstrip("（）()试行草案 ").endswith(one.kind):
            # The words of a law, quoted: 本法 is the law named last.
            before = self._last_work(one.span.start, one.kind)
            if before is not None:
                yield from self._each(one, Target.WORK, title=before.title)
                return
            if own and one.kind != "条例":
                yield Citation(one.span, one.head, Target.UNKNOWN, State.UNREAD, written=one.head.of(self._value))
                return
        yield from self._each(one, Target.OWN)

    def _same(self, one: Found) -> Iterator[Citation]:
        before = self._last_work(one.span.start, one.kind)
        if before is not None:
            yield from self._each(one, Target.WORK, title=before.title, others=before.others)
        elif one.provisions:
            yield Citation(one.span, one.head, Target.UNKNOWN, State.UNREAD, written=one.head.of(self._value))

    def _last_work(self, offset: int, kind: str) -> Citation | None:
        """The work cited last whose title is of that kind."""
        for citation in reversed(self._cited):
            if citation.target is Target.WORK and offset - citation.span.end < _FARTHEST:
                title = _EDITION_AT_END.sub("", citation.title)
                if title.endswith(kind) or (kind == "法" and title.endswith("法典")):
                    return citation
        return None

    # --- places without a title

    def _relative(self, one: Found) -> Iterator[Citation]:
        """本条, 前款, 前两项."""
        where = self._outline.where(one.span.start)
        if where.article is None:
            work = self._quoted(one.span.start)
            target = Target.WORK if work else Target.OWN
            yield Citation(one.span, one.head, target, State.SOUND if work else State.UNREAD, title=work)
            return
        here = where.provision
        if one.unit == "章":
            yield Citation(one.span, one.head, Target.OWN, State.SOUND)
            return
        if one.names is Names.HERE:
            base: Provision | None = _cut(here, one.unit)
            last = None
        else:
            base, last = self._before(where, one.unit, read_numeral(one.how_many) or 1 if one.how_many else 1)
        if base is None:
            absent = f"这里没有{one.head.of(self._value)}"
            yield Citation(one.span, one.head, Target.OWN, State.SOUND, absent=absent)
        elif not one.provisions:
            yield self._own(one.span, one.head, base, last)
        else:
            for words, named in zip(one.words(), one.provisions, strict=True):
                if named.first is None:
                    yield self._unread(words, one, named)
                else:
                    yield self._own(words, one.head, _joined(base, named.first), _joined_last(base, named))

    def _before(self, where: Where, unit: str, count: int) -> tuple[Provision | None, Provision | None]:
        here = where.provision
        if unit == "条":
            article: Clause | None = where.article
            passed: list[Clause] = []
            for _ in range(count):
                article = self._outline.before(article) if article is not None else None
                if article is None:
                    return None, None
                passed.append(article)
            first, last = Provision(article=number_of(passed[-1])), Provision(article=number_of(passed[0]))
        elif unit == "款":
            if here.paragraph <= count - (1 if here.item else 0):
                return None, None
            # In an item 前款 is the paragraph before the one that holds the list.
            first = Provision(article=here.article, paragraph=here.paragraph - count)
            last = Provision(article=here.article, paragraph=here.paragraph - 1)
            if not first.paragraph:
                return None, None
        else:
            number = here.item or self._items_above(where)
            if number <= count - (0 if here.item else 1):
                return None, None
            # Inside the list those before; in the words after it the first ones.
            top = number - 1 if here.item else count
            base = here if here.item else Provision(article=here.article, paragraph=self._list_paragraph(where))
            first = base._replace(item=top - count + 1)
            last = base._replace(item=top)
        return first, (last if count > 1 else None)

    def _items_above(self, where: Where) -> int:
        """The last 项 of the article: 前三项 in the words after a list."""
        article = where.article
        assert article is not None
        return max((one.number[0] for one in article.walk() if one.level is Level.ITEM and one.number), default=0)

    def _list_paragraph(self, where: Where, highest: int = 0) -> int:
        """The last paragraph of the article, up to `highest`, that holds items; 1 when they stand below none."""
        assert where.article is not None
        holding = [
            clause.number[0]
            for clause in where.article.children
            if clause.level is Level.PARAGRAPH and any(one.level is Level.ITEM for one in clause.walk())
        ]
        return max((one for one in holding if not highest or one <= highest), default=1)

    def _alone(self, one: Found) -> Iterator[Citation]:
        """第五条 or 第二款 with no title before it."""
        first = one.provisions[0].first
        before = self._same_sentence(one.span.start)
        if first is None:
            yield from (
                self._unread(words, one, named) for words, named in zip(one.words(), one.provisions, strict=True)
            )
            return
        where = self._outline.where(one.span.start)
        if before is not None and before.target is Target.WORK:
            base = before.last or before.first or Provision()
            others = (_OWN_PLACE,) if first.article[0] and self._outline.article(first.article) else ()
            yield from self._each(one, Target.WORK, title=before.title, base=_cut_above(base, first), others=others)
        elif first.article[0] or first.chapter:
            if self._outline.articles:
                yield from self._each(one, Target.OWN)
            elif work := self._subject or self._quoted(one.span.start):
                yield from self._each(one, Target.WORK, title=work)
            else:
                for words, named in zip(one.words(), one.provisions, strict=True):
                    yield self._unread(words, one, named)
        elif before is not None and before.target is Target.OWN and before.first is not None:
            yield from self._each(one, Target.OWN, base=_cut_above(before.last or before.first, first))
        elif where.article is not None:
            here = where.provision
            if not first.paragraph and not here.item:  # 第（二）项 in the words after a list
                here = here._replace(paragraph=self._list_paragraph(where, here.paragraph))
            yield from self._each(one, Target.OWN, base=_cut_above(here, first))
        elif work := self._quoted(one.span.start):
            yield from self._each(one, Target.WORK, title=work)
        else:
            for words, named in zip(one.words(), one.provisions, strict=True):
                yield self._unread(words, one, named)

    def _same_sentence(self, offset: int) -> Citation | None:
        """The citation before in the same sentence."""
        if not self._cited:
            return None
        last = self._cited[-1]
        between = self._value[last.span.end : offset]
        return None if _ENDS_SENTENCE.search(between) else last

    def _quoted(self, offset: int) -> str:
        """The title of the work cited last in the same paragraph; "" when there is none."""
        for citation in reversed(self._cited):
            if "\n" in self._value[citation.span.end : offset] or offset - citation.span.end > _FARTHEST:
                return ""
            if citation.target is Target.WORK:
                return citation.title
        return ""

    # --- making citations

    def _each(
        self,
        one: Found,
        target: Target,
        *,
        title: str = "",
        written: str = "",
        base: Provision | None = None,
        others: tuple[str, ...] = (),
        state: State = State.SOUND,
    ) -> Iterator[Citation]:
        number, condition = _number_in(one.edition) if one.edition else ("", State.SOUND)
        candidates: tuple[str, ...] = ()
        if condition is not State.SOUND and not self._titles.match(title).known:
            state = condition
            candidates = tuple(each.value for each in candidates_of(number)) if condition is State.DAMAGED else ()
        whole = Citation(
            one.span,
            one.head,
            target,
            state,
            title,
            written,
            others,
            number=number,
            candidates=candidates,
            edition=one.edition,
            year=_year(one.title) or _year(one.edition),
        )
        if not one.provisions:
            yield whole
        for words, named in zip(one.words(), one.provisions, strict=False):
            if named.first is None:
                yield self._unread(words, one, named)._replace(title=title, written=written)
                continue
            first, last = _joined(base, named.first), _joined_last(base, named)
            absent = self._outline.absent(last or first) if target is Target.OWN else ""
            yield whole._replace(span=words, first=first, last=last, absent=absent)

    def _own(self, span: Span, head: Span, first: Provision, last: Provision | None) -> Citation:
        absent = self._outline.absent(last or first)
        return Citation(span, head, Target.OWN, State.SOUND, first=first, last=last, absent=absent)

    def _unread(self, words: Span, one: Found, named: Named) -> Citation:
        state = State.MASKED if named.masked else State.DAMAGED if named.damaged else State.UNREAD
        return Citation(words, one.head, Target.UNKNOWN, state)


# Farther back nobody looks for the law that 该法 is.
_FARTHEST = 2000
# Stands among `others` where the document's own article may be meant.
_OWN_PLACE = "本文件"
_EDITION_AT_END = compiled(r"[（(][^（）()]*[）)]$")
_IN_BRACKETS = compiled(r"[（(]([^（）()]+)[）)]")
_NUMBER_STATES = {Names.NUMBER: State.SOUND, Names.MASKED: State.MASKED, Names.DAMAGED: State.DAMAGED}


_EDITION_YEAR = compiled(
    r"[（(]((?:19|20)\d{2})年?(?:第?[一二三四]?次?(?:修订|修正|修改)|版|文本|公布|通过)?[^（）()\-—－~～至]{0,4}[）)]"
)


def _year(words: str) -> int:
    match = _EDITION_YEAR.search(words)
    return int(match[1]) if match else 0


@lru_cache(maxsize=1024)
def _number_in(edition: str) -> tuple[str, State]:
    """The document number among the brackets after a title, and the state it is in; "" and SOUND for none."""
    for words in _IN_BRACKETS.findall(edition):
        for one in find(words, NO_NAMES):
            if one.names in _NUMBER_STATES:
                return one.number, _NUMBER_STATES[one.names]
    return "", State.SOUND


def _cut(here: Provision, unit: str) -> Provision:
    """The part of `here` that 本条, 本款, 本项 names."""
    if unit == "条":
        return Provision(article=here.article)
    if unit == "款":
        return Provision(article=here.article, paragraph=here.paragraph)
    return here


def _cut_above(base: Provision, first: Provision) -> Provision:
    """What a provision named without article shares with where it stands: 第二款 in article 8 -> 8."""
    if first.article[0] or first.chapter:
        return Provision()
    if first.paragraph:
        return Provision(article=base.article)
    return Provision(article=base.article, paragraph=base.paragraph)


def _joined(base: Provision | None, named: Provision) -> Provision:
    if base is None or named.article[0] or named.chapter:
        return named
    return named._replace(article=base.article, paragraph=named.paragraph or base.paragraph)


def _joined_last(base: Provision | None, named: Named) -> Provision | None:
    return None if named.last is None else _joined(base, named.last)
