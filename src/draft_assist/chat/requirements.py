"""Answers on making documents: the requirement cards on the subject that the question names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from draft_assist.chat.desk import Desk, Page, article_source
from draft_assist.chat.intents import Intent
from draft_assist.chat.searching import answer_search
from draft_assist.chat.sources import source_of_card
from draft_assist.corpus.cards import Card, Force, find_cards, read_cards
from draft_assist.model import Kind
from draft_assist.patterns import compiled

_MOST_SHOWN, _MOST_ELSEWHERE = 6, 4
_FORCES = {Force.MUST: "必须", Force.SHOULD: "应当做到", Force.MAY: "可以", Force.EXAMPLE: "个别做法"}
_NUMBER_ASKED = compiled(r"几|多少|多[久长]|期限|时限|天数")
_FILLERS = compiled(r"规范性文件|红头文件|文件|要|需要|是否|吗|呢|什么|怎么|如何|一般|多少|[，。？?！!、“”\s]")


def answer_requirements(intent: Intent, desk: Desk, page: Page) -> Iterator[str]:
    """The cards nearest to the question; where there is none, it is searched for."""
    cards = _cards(intent, desk)
    if not cards:
        yield from answer_search(intent, desk, page)
        return
    topic = "、".join(topic.value for topic in intent.topics)
    yield f"关于{topic}，国家层面的规定和要求（概括，不是原文）：\n"
    for number, card in enumerate(cards[:_MOST_SHOWN], 1):
        yield f"{number}. （{_FORCES[card.force]}）{card.gist.rstrip('。')}{_marks(card, desk, page)}。\n"
    if _NUMBER_ASKED.search(intent.words) and not any(card.figures for card in cards[:_MOST_SHOWN]):
        yield from _elsewhere(intent, desk, page)
    if len(cards) > _MOST_SHOWN:
        page.note(f"这个主题共有{len(cards)}条要求，只列出最接近的{_MOST_SHOWN}条；全部见 draft-assist kb cards。")
    if not desk.place:
        page.note("没有指明地方，只列全国的要求；本省、本市、本县另有规定的从其规定。")
    if not all(card.source.confirmed for card in cards[:_MOST_SHOWN]):
        page.note("标有“未与原文核对”的要求，引用前须查对原件。")


def _marks(card: Card, desk: Desk, page: Page) -> str:
    """[n] of the card, and of the article that it restates where its words are held."""
    marks = page.sources.add(source_of_card(card)).mark
    held = article_source(desk.statutes, card.basis.law, card.basis.article, desk.as_of) if card.basis else None
    return marks + page.sources.add(held).mark if held else marks


def _elsewhere(intent: Intent, desk: Desk, page: Page) -> Iterator[str]:
    """Figures that single places have set, where the national requirements have none."""
    cards = [
        card
        for card in read_cards()
        if card.figures and card.holds_on(desk.as_of) and set(card.topics) & set(intent.topics)
    ]
    if not cards:
        return
    yield "国家层面没有查到具体数字；下面是有的地方的规定或者做法，只在当地适用，供参考：\n"
    for card in _nearest(cards, intent)[:_MOST_ELSEWHERE]:
        source = page.sources.add(source_of_card(card))
        yield f"- {card.source.jurisdiction}：{card.gist.rstrip('。')}{source.mark}。\n"


def _cards(intent: Intent, desk: Desk) -> list[Card]:
    """The cards on any of the subjects, nearest first."""
    kind = Kind.PLAN if "方案" in intent.words or "计划" in intent.words else Kind.NORMATIVE_DOCUMENT
    held = {
        card.id: card
        for topic in intent.topics
        for card in find_cards(topic=topic, kind=kind, rank=intent.rank, as_of=desk.as_of, place=desk.place)
    }
    return _nearest(held.values(), intent)


def _nearest(cards: Iterable[Card], intent: Intent) -> list[Card]:
    asked = _pairs(_FILLERS.sub("", intent.words))
    wants_number = bool(_NUMBER_ASKED.search(intent.words))

    def nearness(card: Card) -> tuple[float, bool, bool]:
        shared = len(asked & _pairs(card.title + card.gist))
        both = sum(topic in card.topics for topic in intent.topics)
        return (
            shared + 2 * both + (3 if wants_number and card.figures else 0),
            card.force is Force.MUST,
            bool(card.basis),
        )

    return sorted(cards, key=nearness, reverse=True)


def _pairs(words: str) -> set[str]:
    return {words[start : start + 2] for start in range(len(words) - 1)}
