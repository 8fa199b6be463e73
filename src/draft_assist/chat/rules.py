"""Answers without a model: each kind of question has its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from draft_assist.chat.articles import answer_articles, answer_laws
from draft_assist.chat.citing import answer_citations
from draft_assist.chat.desk import Desk, Page
from draft_assist.chat.intents import Asks, Intent
from draft_assist.chat.lawful import answer_lawful
from draft_assist.chat.likeness import answer_similar
from draft_assist.chat.powers import answer_powers
from draft_assist.chat.requirements import answer_requirements
from draft_assist.chat.searching import answer_search
from draft_assist.chat.talk import answer_talk

_ANSWERS: dict[Asks, Callable[[Intent, Desk, Page], Iterator[str]]] = {
    Asks.ARTICLE: answer_articles,
    Asks.LAW: answer_laws,
    Asks.PASSAGE: answer_lawful,
    Asks.POWERS: answer_powers,
    Asks.CITATIONS: answer_citations,
    Asks.SIMILAR: answer_similar,
    Asks.REQUIREMENTS: answer_requirements,
    Asks.SEARCH: answer_search,
}


def answer_by_rules(intent: Intent, desk: Desk, page: Page) -> Iterator[str]:
    """The answer in pieces that end with a line; `page` holds sources and notes when it is done.

    Raises:
        CorpusError: the corpus cannot be read.
        KnowledgeError: a knowledge file is wrong.
    """
    yield from _ANSWERS.get(intent.asks, answer_talk)(intent, desk, page)
