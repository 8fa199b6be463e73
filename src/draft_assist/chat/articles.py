"""Answers on articles that a question names, and on a law as such: its words, its wordings, whether it holds."""

from __future__ import annotations

from collections.abc import Iterator

from draft_assist.chat.desk import IMPORTED, Desk, Page, article_source, numbered
from draft_assist.chat.intents import Intent
from draft_assist.chat.naming import meant_titles
from draft_assist.chat.sources import Source, SourceKind, shown_title, source_of_card, source_of_hit, unmarked
from draft_assist.corpus.cards import read_cards
from draft_assist.law.confirm import confirm
from draft_assist.law.facts import Work
from draft_assist.law.lookup import LookUp, Standing
from draft_assist.law.provisions import Provision
from draft_assist.law.resolve import Citation
from draft_assist.law.store import Statutes, Version, WordingStatus
from draft_assist.law.titles import titles_of

_MOST_SHOWN = 20  # articles of one range


def answer_articles(intent: Intent, desk: Desk, page: Page) -> Iterator[str]:
    """Each article that is named, word for word, or why it cannot be given."""
    given = [_Given(one, desk, page) for one in intent.citations]
    for one in given:
        yield from one.lines()
    page.is_enough = any(one.is_given for one in given)
    places = dict.fromkeys(one.place for one in given if one.place)
    page.place = next(iter(places)) if len(places) == 1 else ""


class _Given:
    """One citation, looked up."""

    def __init__(self, citation: Citation, desk: Desk, page: Page) -> None:
        self._desk = desk
        self._page = page
        self._citation = citation
        self.is_given = False
        self.place = ""

    def lines(self) -> Iterator[str]:
        """The answer."""
        citation, statutes = self._citation, self._desk.statutes
        if citation.first is not None and citation.first.chapter:
            yield from self._chapter()
            return
        titles = titles_of(statutes)
        found = confirm(citation, statutes, titles, then=None, now=self._desk.as_of).found
        assert found is not None and citation.first is not None  # every citation of a work is looked up
        if found.standing is Standing.TITLE_NOT_EXACT:
            yield f"{found.note}以下按《{shown_title(found.title)}》查。\n"
            yield from self._of(citation._replace(title=found.title))
        elif found.standing is Standing.NOT_IN_CORPUS and (meant := meant_titles(citation.title, statutes)):
            yield from self._meant(meant)
        else:
            yield from self._found(found, citation.first, citation.last)

    def _of(self, citation: Citation) -> Iterator[str]:
        other = _Given(citation, self._desk, self._page)
        yield from other.lines()
        self.is_given |= other.is_given
        self.place = other.place

    def _meant(self, meant: tuple[str, ...]) -> Iterator[str]:
        names = "、".join(f"《{shown_title(one)}》" for one in meant)
        yield f"语料中没有题为《{shown_title(self._citation.title)}》的文本，按简称可能是{names}，请核对。\n"
        for title in meant:
            yield from self._of(self._citation._replace(title=title))

    def _found(self, found: LookUp, first: Provision, last: Provision | None) -> Iterator[str]:
        label = first.show()
        self.place = f"《{found.title}》{numbered(first.article)}"
        if found.standing is Standing.STANDS and last is not None and last.article > first.article:
            yield from self._range(found.title, first, last)
        elif found.standing is Standing.STANDS:
            yield self._words(_source(found, label, first, self._desk))
            self._page.note(found.note)
        elif found.standing is Standing.REPEALED:
            yield from self._repealed(found, label, first)
        else:
            yield f"《{shown_title(found.title or self._citation.title)}》{label}：{unmarked(found.note)}\n"
            yield from self._what_there_is(found)
            yield from self._cards(found.title, label)

    def _range(self, title: str, first: Provision, last: Provision) -> Iterator[str]:
        statutes, day = self._desk.statutes, self._desk.as_of
        wanted = [one.article for one in statutes.articles(title, day) if first.article <= one.article <= last.article]
        for article in wanted[:_MOST_SHOWN]:
            source = article_source(statutes, title, numbered(article), day)
            if source is not None:
                yield self._words(source)
        if len(wanted) > _MOST_SHOWN:
            self._page.note(f"共{len(wanted)}条，只列出前{_MOST_SHOWN}条；其余请另问。")

    def _words(self, source: Source) -> str:
        """The article word for word."""
        self.is_given = True
        source = self._page.sources.add(source)
        version = f"{source.version_date:%Y-%m-%d}通过的文本，" if source.version_date else ""
        day = self._desk.day if source.status == "有效" else ""
        return f"{source.name}{source.mark}（{version}{day}{source.status}）：\n{_indented(source.text)}\n"

    def _repealed(self, found: LookUp, label: str, first: Provision) -> Iterator[str]:
        mark = _repeal_mark(found.title, self._desk, self._page)
        yield f"《{shown_title(found.title)}》{label}已经失效：{found.note.rstrip('。')}{mark}。\n"
        if found.text:
            source = self._page.sources.add(
                Source(
                    kind=SourceKind.ARTICLE, title=found.title, label=label, text=found.text.strip(),
                    article=first.article, version_date=found.version_date, status="已废止",
                )
            )  # fmt: skip
            yield f"废止前的条文{source.mark}：\n{_indented(source.text)}\n"
        else:
            yield "废止前的条文没有收录。\n"
        yield "现在适用的规定请在取代它的法律中查找，不能再引用原条文。\n"
        self.is_given = True

    def _what_there_is(self, found: LookUp) -> Iterator[str]:
        """Of a law that is held and lacks the article: how many it has."""
        if found.standing is not Standing.ARTICLE_ABSENT:
            return
        labels = [numbered(one.article) for one in self._desk.statutes.articles(found.title, self._desk.as_of)]
        if labels:
            source = self._page.sources.add(_of_law(found.title, self._desk))
            yield f"{self._desk.day}有效的文本共{len(labels)}条，从{labels[0]}到{labels[-1]}{source.mark}。\n"

    def _cards(self, title: str, label: str) -> Iterator[str]:
        """What requirement cards say of an article whose words are not held."""
        for card in read_cards():
            if card.source.title == title and card.source.section.startswith(label):
                source = self._page.sources.add(source_of_card(card))
                yield f"据要求卡片的概括（不是原文）：{card.gist.rstrip('。')}{source.mark}。\n"
                self.is_given = True

    def _chapter(self) -> Iterator[str]:
        searcher, first = self._desk.searcher, self._citation.first
        assert first is not None
        name = f"{self._citation.title}{first.show()}"
        if searcher is None:
            yield f"查整章要有语料库。{NO_CORPUS}\n"
            return
        found = searcher.named(name, self._desk.as_of, limit=_MOST_SHOWN)
        self._page.note(*(found.notes if found else ()))
        for hit in found.hits if found else ():
            source = self._page.sources.add(source_of_hit(hit))
            yield f"{source.name}{source.mark}：\n{_indented(source.text)}\n"
            self.is_given = True
        if not self.is_given:
            yield f"没有查到{name}。\n"
        self.place = f"《{self._citation.title}》"


NO_CORPUS = "本机还没有建立语料库，请先运行 draft-assist kb build。"


def _source(found: LookUp, label: str, first: Provision, desk: Desk) -> Source:
    wording = desk.statutes.article(found.title, first.article, desk.as_of)
    return Source(
        kind=SourceKind.ARTICLE,
        title=found.title,
        label=label,
        text=found.text.strip(),
        article=first.article,
        version_date=found.version_date,
        status="有效" if wording.is_current else IMPORTED,
        origin=wording.source,
    )


def _indented(text: str) -> str:
    return "\n".join(f"　　{unmarked(line.strip())}" for line in text.splitlines() if line.strip())


def _repeal_mark(title: str, desk: Desk, page: Page) -> str:
    """[n] of the article that repeals a law; where its words are not held, of what is known of it."""
    repeal = desk.statutes.repeal(title)
    source = article_source(desk.statutes, repeal.by, repeal.article, desk.as_of) if repeal else None
    return page.sources.add(source or _of_law(title, desk)).mark


# --- a law as such ------------------------------------------------------------------------------------------------


def answer_laws(intent: Intent, desk: Desk, page: Page) -> Iterator[str]:
    """Each law that is named: since when it holds, which wordings are held, whether it was repealed."""
    known = False
    for title in intent.titles:
        match = titles_of(desk.statutes).match(title)
        if match.meant:
            yield f"没有《{title}》，按名称应为《{shown_title(match.meant)}》，请核对。\n"
        full = match.meant or match.title
        source = _of_law(full, desk)
        if source.text:
            source = page.sources.add(source)
            yield f"《{shown_title(full)}》{source.mark}：\n{_indented(source.text)}\n"
            known = True
        else:
            yield f"语料中没有《{shown_title(full)}》，不能据此判断其是否存在、是否有效。\n"
            page.note("可用 draft-assist kb import 导入该文件后再问，或者查对原件。")
    page.is_enough = known
    page.place = f"《{intent.titles[0]}》" if len(intent.titles) == 1 else ""


def _of_law(title: str, desk: Desk) -> Source:
    """What is known of a law; `text` is "" for nothing."""
    lines = [*_repeal_lines(title, desk), *_wording_lines(title, desk.statutes, desk)]
    work = desk.statutes.work(title)
    if work is not None:
        lines += _work_lines(work)
    return Source(kind=SourceKind.DOCUMENT, title=title, text="\n".join(lines), status=lines[0] if lines else "")


def _repeal_lines(title: str, desk: Desk) -> list[str]:
    repeal, work = desk.statutes.repeal(title), desk.statutes.work(title)
    if repeal is not None:
        tense = "已于" if repeal.since <= desk.as_of else "将于"
        return [f"{tense}{repeal.since:%Y-%m-%d}废止：《{repeal.by}》{repeal.article}。"]
    if work is not None and work.repealed is not None and work.repealed <= desk.as_of:
        successor = f"，由《{work.successor}》取代" if work.successor else ""
        return [f"已于{work.repealed:%Y-%m-%d}废止{successor}。"]
    return []


def _wording_lines(title: str, statutes: Statutes, desk: Desk) -> list[str]:
    versions = statutes.versions(title)
    if not versions:
        return []
    lines = [_now(title, statutes, desk)]
    return [line for line in lines if line] + [f"收录的文本：{_wording(one, desk)}" for one in versions]


def _now(title: str, statutes: Statutes, desk: Desk) -> str:
    """Which wording holds on the day; "" when the law was repealed, which is said already."""
    wording = statutes.law_on(title, desk.as_of)
    if wording.status is WordingStatus.REPEALED:
        return ""
    if wording.status is not WordingStatus.HELD or wording.version_date is None:
        return wording.note
    count = len(statutes.articles(title, desk.as_of))
    since = f"，自{wording.held_from:%Y-%m-%d}起施行" if wording.held_from else "，施行日期未核对"
    state = "有效" if wording.is_current else IMPORTED
    return f"{desk.day}{state}的是{wording.version_date:%Y-%m-%d}通过的文本{since}，共{count}条。"


def _wording(version: Version, desk: Desk) -> str:
    since = f"自{version.held_from:%Y-%m-%d}起" if version.held_from else "施行日期未核对"
    until = f"，至{version.held_until:%Y-%m-%d}前" if version.held_until else ""
    early = "（尚未施行）" if version.held_from and version.held_from > desk.as_of else ""
    return f"{version.version_date:%Y-%m-%d}通过，{since}{until}{early}。"


def _work_lines(work: Work) -> list[str]:
    lines = [f"文号：{work.number}。"] if work.number else []
    if work.wordings:
        lines.append(f"已知的施行日期：{'、'.join(day.isoformat() for day in work.wordings)}。")
    confirmed = "已与文本核对" if work.confirmed else "未与文本核对"
    if work.repealed is None:
        lines.append("没有查到废止的记载，现行效力须对照原文核对。")
    return [*lines, f"条文未收录；以上据{work.source}（{confirmed}）。"]
