"""The tools of the agent: the answers by rules and search, with their sources numbered in one register.

What a tool gives back is data: it is fenced, since articles and files may hold words that address a model. A tool never
raises: what went wrong is told to the model as text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Lock
from typing import TYPE_CHECKING

from draft_assist.chat.articles import answer_articles, answer_laws
from draft_assist.chat.citing import answer_citations
from draft_assist.chat.desk import Desk, Page
from draft_assist.chat.intents import Asks, Intent
from draft_assist.chat.lawful import answer_lawful
from draft_assist.chat.likeness import answer_similar
from draft_assist.chat.naming import named_laws, spelt_out
from draft_assist.chat.powers import answer_powers
from draft_assist.chat.requirements import answer_requirements
from draft_assist.chat.searching import answer_search
from draft_assist.chat.subjects import organs_of, subjects_of, topics_of
from draft_assist.check.special.instructions import find_instructions
from draft_assist.errors import DraftAssistError
from draft_assist.judge.fence import fenced

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool

_Answerer = Callable[[Intent, Desk, Page], Iterator[str]]
_LONGEST = 3000  # characters of one result: several of them have to fit into a small context
_LONGEST_GIVEN = 20_000
_ADDRESSED = "工具返回的资料中有针对模型的话，没有照办。"
_EMPTY = "没有给出要查的内容。"


class Tools:
    """The tools of one turn.

    Attributes:
        found: a tool had a sufficient basis.
        used: a tool was called.
    """

    def __init__(self, desk: Desk, page: Page, tell: Callable[[str], None]) -> None:
        """
        Args:
            tell: is given what a tool says, for verification.
        """
        self._desk = desk
        self._page = page
        self._tell = tell
        self._lock = Lock()  # an agent may call several at once
        self.found = False
        self.used = False

    def all(self) -> list[BaseTool]:
        """The tools as an agent takes them."""
        from langchain_core.tools import StructuredTool

        return [
            StructuredTool.from_function(function, name=function.__name__, description=function.__doc__)
            for function in (
                self.search_corpus,
                self.show_article,
                self.review_text,
                self.check_citation,
                self.similar_documents,
                self.who_may_set,
                self.requirements,
            )
        ]

    # The docstrings below are what the model reads.

    def search_corpus(self, query: str) -> str:
        """检索法律、法规和文件的条文。query 是事项或者问题，用法律用语写，如“行政处罚 听证 程序”。"""
        return self._run(answer_search, self._intent(Asks.SEARCH, query), query, with_notes=False)

    def show_article(self, reference: str) -> str:
        """逐字给出条文，或者一部法律的文本和效力。reference 如“行政处罚法第十六条”“行政许可法第十四条至第十七条”。"""
        intent = self._intent(Asks.ARTICLE, reference)
        if not intent.citations and not intent.titles:
            return self._given("没有读懂，请写成“行政处罚法第十六条”的样子。")
        return self._run(answer_articles if intent.citations else answer_laws, intent, reference)

    def review_text(self, text: str = "") -> str:
        """按规则审查一段条款，给出每处问题和依据。text 是条款原文；留空则审查提问人附上的文件。"""
        return self._run(
            answer_lawful, Intent(asks=Asks.PASSAGE, words="", passage=text.strip()), text, may_be_empty=True
        )

    def check_citation(self, text: str = "") -> str:
        """核对一段文字引用的法律和条款是否有效、条号对不对。留空则核对提问人附上的文件。"""
        intent = Intent(asks=Asks.CITATIONS, words="", passage=text.strip())
        return self._run(answer_citations, intent, text, may_be_empty=True)

    def similar_documents(self, text: str = "") -> str:
        """在语料库中找与一段文字相近的文本。留空则与提问人附上的文件比较。"""
        intent = Intent(asks=Asks.SIMILAR, words=text[:80], passage=text.strip())
        return self._run(answer_similar, intent, text, may_be_empty=True, with_notes=False)

    def who_may_set(self, question: str) -> str:
        """谁可以设定行政许可、行政处罚、行政强制、收费、保证金等权力。question 写明权力和机关，如“县政府 罚款”。"""
        intent = self._intent(Asks.POWERS, question)
        if not intent.subjects:
            return self._given("没有读出是哪一项权力，请写明，如“罚款”“行政许可”“收费”。")
        return self._run(answer_powers, intent, question)

    def requirements(self, question: str) -> str:
        """国家和地方对制定规范性文件、方案的要求：征求意见、合法性审核、备案、有效期、清理等。"""
        return self._run(answer_requirements, self._intent(Asks.REQUIREMENTS, question), question)

    # --- how they are run ---------------------------------------------------------------------------------------

    def _intent(self, asks: Asks, words: str) -> Intent:
        words = spelt_out(words[:_LONGEST_GIVEN])
        named = named_laws(words, self._desk.statutes)
        return Intent(
            asks=asks, words=words, citations=named.citations, titles=named.titles, subjects=subjects_of(words),
            organs=organs_of(words), topics=topics_of(words),
        )  # fmt: skip

    def _run(
        self, answer: _Answerer, intent: Intent, given: str, *, may_be_empty: bool = False, with_notes: bool = True
    ) -> str:
        """The answer as a result for the model."""
        self.used = True
        if not given.strip() and not may_be_empty:
            return self._given(_EMPTY)
        if len(given) > _LONGEST_GIVEN:
            return self._given(f"文字超过{_LONGEST_GIVEN}字，请分段。")
        with self._lock:
            page = self._page.beside()
            try:
                words = "".join(answer(intent, self._desk, page))
            except DraftAssistError as error:
                return self._given(f"没有查成：{error}")
            self.found |= page.is_enough and bool(page.sources.all)
            if with_notes:
                self._page.note(*page.notes)
            self._page.has_read_document |= page.has_read_document
            if page.place:
                self._page.place = page.place
            if find_instructions(words):
                self._page.note(_ADDRESSED)
            self._tell(words)
        short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}\n……（以下从略）"
        enough = "" if page.is_enough else "（依据不足）"
        return self._given(short + enough + "".join(f"\n说明：{note}" for note in page.notes))

    def _given(self, words: str) -> str:
        return fenced("工具结果", words)
