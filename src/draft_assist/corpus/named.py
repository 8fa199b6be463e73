"""What a person asks for by name: 行政处罚法第十六条, 民法典第三条至第五条, or a title alone.

Every citation of the words is answered, with articles or with a note; nothing that was asked for is left out unsaid.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import NamedTuple

from draft_assist.corpus.store import Held, Store, VersionRow
from draft_assist.corpus.works import Genre, Standing
from draft_assist.law.articles import article_label, part_of, split_article
from draft_assist.law.provisions import Provision
from draft_assist.law.resolve import Citation, read_reference
from draft_assist.law.store import Statutes
from draft_assist.law.titles import Titles, titles_of
from draft_assist.parse.numerals import write_numeral
from draft_assist.patterns import compiled

_BETWEEN = " \u3000、，,；;。和及与"
# A provision without a law, or with one that was just named.
_PLACE = compiled(r"(?:同法|该法)?(?=第[ \u3000]*[〇零一二三四五六七八九十百千\d]+[ \u3000]*[条章])")
# Words that end so may be a title; anything else is a topic.
_LIKE_TITLE = compiled(r"^[^\s，。？?；：]{4,60}(?:法|条例|规定|办法|细则|规则|规程|决定|通知|意见|方案|规划)$")
_NO_LAW = "没有写明是哪部法律或者哪份文件，请写成“行政处罚法第十六条”的样子。"


class Named(NamedTuple):
    """What was named: the articles, in Chinese what could not be given, and whether all works named are held."""

    articles: tuple[Held, ...]
    notes: tuple[str, ...] = ()
    is_held: bool = True


class Register:
    """The texts of one corpus by name, as they stand on one day."""

    def __init__(
        self,
        store: Store,
        statutes: Statutes,
        rows: Collection[VersionRow],
        standing: Mapping[int, Standing],
        as_of: dt.date,
    ) -> None:
        """
        Args:
            rows: all versions of the corpus.
            standing: of each of them on `as_of`.
        """
        self._store = store
        self._statutes = statutes
        self._rows = rows
        self._standing = standing
        self._as_of = as_of

    def look_up(self, words: str, limit: int, *, with_cards: bool = False) -> Named | None:
        """What the words name; None when they name nothing.

        Args:
            limit: that many articles at most; what is left out is noted.
            with_cards: requirement cards stand for a text of which only cards are held.
        """
        words = words.strip()
        if words and not any(map(str.isalpha, words)):
            return Named((), ("检索词里没有文字。请写要查的事项，或者写成“行政处罚法第十六条”的样子。",))
        if _PLACE.match(words):
            return Named((), (_NO_LAW,))
        cited, rest = self._citations(words)
        if not cited or (cited[0].first is None and not self._is_known(cited[0].title)):
            return None  # any words may be read as a title
        answers = [self._answer(one, with_cards=with_cards) for one in cited]
        articles = {held.id: held for one in answers for held in one.articles}
        notes = [note for one in answers for note in one.notes]
        if rest:
            notes.append(f"“{rest}”没有读懂，没有查。")
        if len(articles) > limit:
            notes.append(f"共{len(articles)}条，只列出前{limit}条。")
        is_held = all(one.is_held for one in answers)
        return Named(tuple(articles.values())[:limit], tuple(dict.fromkeys(notes)), is_held)

    def absent_title(self, words: str) -> str:
        """Chinese, for words that look like a title and are that of no text held; "" for all others."""
        title = words.strip().strip("《》")
        if not _LIKE_TITLE.match(title) or self._is_known(title):
            return ""
        return f"语料中没有题为《{title}》的文本，以下是按词语找到的。"

    def _citations(self, words: str) -> tuple[list[Citation], str]:
        """All that is cited, and the words at the end that cannot be read as a citation."""
        titles = titles_of(self._statutes)
        cited: list[Citation] = []
        rest = words
        while rest:
            before = cited[-1].title if cited and (place := _PLACE.match(rest)) else ""
            given = before + rest[place.end() :] if before and place else rest
            more = read_reference(given, titles)
            if not more or (cited and more[0].first is None and not self._is_known(more[0].title)):
                break
            cited += more
            rest = given[more[-1].span.end :].strip(_BETWEEN)
        return cited, rest

    def _is_known(self, title: str) -> bool:
        return self._statutes.known_title(title) is not None or any(row.title == title for row in self._rows)

    def _answer(self, one: Citation, *, with_cards: bool) -> Named:
        if not self._is_known(one.title):
            meant = _meant(one.title, titles_of(self._statutes))
            return Named((), (f"语料中没有《{one.title}》，不能据此判断其是否存在。{meant}",), is_held=False)
        version, why_none = self._version_of(one.title, with_cards=with_cards)
        if version is None:
            return why_none
        if version.genre is Genre.CARD and one.first is not None:  # a card is no article
            return _only_cards(version.title)
        if one.first is None:
            return Named(tuple(self._store.of_version(version.id)))
        if one.first.chapter:
            return self._chapter(version, one.first.chapter)
        return self._range(version, one.first, one.last) if one.last else self._one(version, one.first)

    def _one(self, version: VersionRow, place: Provision) -> Named:
        article_id = self._store.article_id(version.id, place.article)
        if article_id is None:
            return Named((), (f"《{version.title}》在该日的文本中没有{article_label(place.article)}。",))
        held = self._store.articles([article_id])[article_id]
        note = _part_note(held, place)
        return Named((held,), (note,) if note else ())

    def _range(self, version: VersionRow, first: Provision, last: Provision) -> Named:
        """All articles from one to another; the parts of a single article are that article."""
        if last.article in (first.article, (0, 0)):
            ends = [self._one(version, place._replace(article=first.article)) for place in (first, last)]
            return Named(ends[0].articles, tuple(dict.fromkeys(note for one in ends for note in one.notes)))
        wanted = [number for number in self._store.numbers(version.id) if first.article <= number <= last.article]
        ids = [self._store.article_id(version.id, number) for number in wanted]
        held = self._store.articles([one for one in ids if one is not None])
        lacking = [end.article for end in (first, last) if end.article not in wanted]
        notes = [f"《{version.title}》在该日的文本中没有{article_label(number)}。" for number in lacking]
        return Named(tuple(held[one] for one in ids if one is not None), tuple(notes))

    def _chapter(self, version: VersionRow, chapter: int) -> Named:
        mark = f"第{write_numeral(chapter)}章"
        inside = tuple(
            held
            for held in self._store.of_version(version.id)
            if any(one.startswith(mark) for one in held.article.trail)
        )
        return Named(inside, () if inside else (f"《{version.title}》在该日的文本中没有{mark}。",))

    def _version_of(self, title: str, *, with_cards: bool) -> tuple[VersionRow | None, Named]:
        """The version of a work that holds on the day, or why there is none."""
        full = self._statutes.title(title) or self._statutes.known_title(title) or title
        own = [row for row in self._rows if row.title in (title, full)]
        texts = [row for row in own if with_cards or row.genre is not Genre.CARD]
        for wanted in (Standing.IN_FORCE, Standing.UNKNOWN):
            for row in texts:
                if self._standing[row.id] is wanted:
                    return row, Named(())
        if own and not texts:
            return None, _only_cards(full)
        return None, Named((), (self._why_none(full, texts),), is_held=bool(texts))

    def _why_none(self, title: str, rows: list[VersionRow]) -> str:
        day = f"{self._as_of:%Y-%m-%d}"
        last = max((row.expires for row in rows if row.expires), default=None)
        if last is not None and last < self._as_of:
            return f"《{title}》有效期至{last:%Y-%m-%d}，{day}已经届满。"
        return self._statutes.law_on(title, self._as_of).note or f"《{title}》在{day}没有有效的文本。"


def _only_cards(title: str) -> Named:
    note = f"语料没有收录《{title}》的条文，只有据其写成的要求（概括，不是原文），用 kb search --kind card 查看。"
    return Named((), (note,), is_held=False)


def _meant(title: str, titles: Titles) -> str:
    meant = titles.match(title).meant
    return f"按名称可能是《{meant}》。" if meant else ""


def _part_note(held: Held, place: Provision) -> str:
    """Chinese, where the article has no such paragraph or item; "" when it has, or none is named."""
    if part_of(held.article.text, place.paragraph, place.item) is not None:
        return ""
    label = article_label(place.article)
    part = place.show().removeprefix(label)
    return f"《{held.version.title}》{label}没有{part}：收录的文本中该条共{len(split_article(held.article.text))}款。"
