"""The chat engine: a question goes in, events come out, the reply with its sources last.

    engine = Engine(desk)
    for event in engine.ask("民法典第三条是什么", conversation): ...

Without a model the answer is made by rules and search. With one, an agent answers (agent.py); what it says is verified
before it is shown, and where nothing is left the answer by rules and search takes its place.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from draft_assist.chat.desk import Desk, Page
from draft_assist.chat.intents import Asks, Intent, read_intent
from draft_assist.chat.lawful import passage_document
from draft_assist.chat.memory import Conversation
from draft_assist.chat.reply import Done, Event, Piece, Reply, Step
from draft_assist.chat.rules import answer_by_rules
from draft_assist.errors import CorpusError, ModelError, SourceError
from draft_assist.flow import read_document
from draft_assist.model import Document, Rank
from draft_assist.patterns import compiled
from draft_assist.settings import Settings, read_settings

if TYPE_CHECKING:
    from draft_assist.chat.agent import ChatModel, Outcome

# Who asks when nobody says so: the justice bureau of a county.
ASSUMED_RANK = Rank.COUNTY


class Engine:
    """Answers questions; one engine serves any number of conversations, one question at a time."""

    def __init__(
        self, desk: Desk, *, model: ChatModel | None = None, rank: Rank | None = None, settings: Settings | None = None
    ) -> None:
        """
        Args:
            desk: what answers are made with.
            model: None answers by rules and search.
            rank: of the user's organ; None takes what a question tells, else a county.
            settings: limits for files that are attached; None reads the environment.
        """
        self.desk = desk
        self.model = model
        self._rank = rank
        self._settings = settings

    def ask(
        self, question: str, conversation: Conversation, attachments: Sequence[Path | Document] = ()
    ) -> Iterator[Event]:
        """Answer a question; the conversation has the turn in it when the last event came.

        Closing the iterator ends the work, and nothing is remembered of the turn.

        Args:
            attachments: files, or documents read before; the last one is what 这个文件 means.

        Raises:
            SourceError: a file cannot be read.
            KnowledgeError: a knowledge file is wrong.
        """
        documents = [self._read(one) if isinstance(one, Path) else one for one in attachments]
        for one in documents:
            conversation.attach(one)
        intent = read_intent(
            question,
            self.desk.statutes,
            is_attached=bool(documents),
            has_document=bool(conversation.attached),
            last_place=conversation.last_place,
            last_passage=conversation.last_passage,
        )
        page, lost = self._page(intent, conversation)
        page.note(lost)
        reply = yield from self._answered(intent, page, question, conversation)
        conversation.remember(
            question,
            reply,
            of_document=page.document.text.raw.path.name if page.document and page.has_read_document else "",
            place=page.place,
            passage=intent.passage,
            documents=[one.text.raw.path.name for one in documents],
        )
        yield Done(reply=reply)

    def _read(self, path: Path) -> Document:
        return read_document(path, self._settings or read_settings())

    def _page(self, intent: Intent, conversation: Conversation) -> tuple[Page, str]:
        """An empty page, and why the document of an earlier turn is not at hand."""
        if intent.rank is not None:
            conversation.rank = intent.rank
        told = conversation.rank or self._rank
        document, lost = None, ""
        if (intent.asks in _OF_DOCUMENTS or self.model is not None) and not intent.passage:
            try:
                document = conversation.document(self._read)
            except SourceError as error:
                lost = f"先前附上的文件读不出来：{error}" if intent.asks in _OF_DOCUMENTS else ""
        return Page(rank=told or ASSUMED_RANK, is_assumed=told is None, document=document), lost

    def _answered(
        self, intent: Intent, page: Page, question: str, conversation: Conversation
    ) -> Generator[Event, None, Reply]:
        """The events of an answer; returns the reply."""
        if self.model is None or intent.asks in _WITHOUT_STEP:
            return (yield from self._by_rules(intent, page))
        try:
            _check_sent(self.model, question, page)
        except ModelError as error:
            page.note(str(error))
            return (yield from self._by_rules(intent, page))
        return (yield from self._by_model(self.model, intent, page, question, conversation))

    def _by_model(
        self, model: ChatModel, intent: Intent, page: Page, question: str, conversation: Conversation
    ) -> Generator[Event, None, Reply]:
        """What the model says and is verified; the answer by rules and search where that is no answer."""
        from draft_assist.chat.agent import answer_by_model

        answering = answer_by_model(question, intent, self.desk, page, conversation, model)
        if intent.asks is Asks.PASSAGE:
            return (yield from self._beside_rules(answering, intent, page, model))
        outcome = yield from answering
        if outcome.failed:
            page.note(f"模型没有答完（{outcome.failed.rstrip('。')}），改由规则和检索回答。")
        elif not outcome.is_answer:
            page.note("模型的回答没有可以核对的依据，改由规则和检索回答。")
        if outcome.is_answer and not outcome.failed:
            return self._reply(outcome.text, page, intent, model=model.name)
        before = outcome.text.rstrip()
        if before:
            yield Piece(text=_BREAK)
        return (yield from self._by_rules(intent, page, outcome.text + _BREAK if before else outcome.text))

    def _beside_rules(
        self, answering: Generator[Event, None, Outcome], intent: Intent, page: Page, model: ChatModel
    ) -> Generator[Event, None, Reply]:
        """What the rules find, whole and first, then what a model adds: it can take nothing of that away."""
        text = (yield from self._by_rules(intent, page)).text
        outcome = yield from _headed(_ADDED, answering)
        if outcome.failed:
            page.note(f"模型没有答完（{outcome.failed.rstrip('。')}）。")
        if not outcome.text.strip():
            return self._reply(text, page, intent)
        return self._reply(f"{text}{_ADDED}{outcome.text}", page, intent, model=model.name)

    def _by_rules(self, intent: Intent, page: Page, before: str = "") -> Generator[Event, None, Reply]:
        """The answer by rules and search.

        Args:
            before: what was shown already.
        """
        shown = [before] if before else []
        if intent.asks not in _WITHOUT_STEP:
            yield Step(tool=intent.asks.value, words=_STEPS[intent.asks])
        try:
            for words in answer_by_rules(intent, self.desk, page):
                shown.append(words)
                yield Piece(text=words)
        except CorpusError as error:
            page.note(f"语料库没有查成：{error}")
            page.is_enough = False
        return self._reply("".join(shown), page, intent)

    def _reply(self, text: str, page: Page, intent: Intent, *, model: str = "") -> Reply:
        """The reply; of what was looked at only what the text cites is a source."""
        cited = frozenset(int(one) for one in _MARK.findall(text))
        return Reply(
            text=text,
            sources=page.sources.keep(cited),
            is_enough=page.is_enough,
            notes=tuple(page.notes),
            model=model,
            intent=intent.asks.value,
        )


def _check_sent(model: ChatModel, question: str, page: Page) -> None:
    """Let the question, and the document that tools may quote, be sent to the model.

    Raises:
        ModelError: one of them has a mark with which it may not be sent there.
        SourceError: the words that were typed are not read because of their mark.
    """
    from draft_assist.egress import check_egress

    typed = passage_document(question) if any(map(str.isalnum, question)) else None
    for document in (typed, page.document):
        if document is not None:
            check_egress(model.options.url, model.options.allow, marking_of(document))


def marking_of(document: Document) -> str:
    """The mark of secrecy that a document was read with; "" for none."""
    return document.text.raw.marking or ""


def _headed(head: str, answering: Generator[Event, None, Outcome]) -> Generator[Event, None, Outcome]:
    """The same events, with a heading before the first words."""
    is_headed = False
    try:
        while True:
            event = next(answering)
            if isinstance(event, Piece) and not is_headed:
                is_headed = True
                yield Piece(text=head)
            yield event
    except StopIteration as end:
        outcome: Outcome = end.value
        return outcome
    finally:
        answering.close()


_ADDED = "\n模型的补充（逐句核对过，供参考）：\n"
_MARK = compiled(r"\[(\d{1,3})\]")
_BREAK = "\n\n"
_OF_DOCUMENTS = frozenset((Asks.PASSAGE, Asks.CITATIONS, Asks.SIMILAR))
_STEPS = {
    Asks.ARTICLE: "查条文",
    Asks.LAW: "查法律的文本和效力",
    Asks.PASSAGE: "按规则审查",
    Asks.POWERS: "查设定权限表",
    Asks.CITATIONS: "核对引用",
    Asks.SIMILAR: "比较语料库中的文本",
    Asks.REQUIREMENTS: "查制定文件的要求",
    Asks.SEARCH: "检索语料库",
}
_WITHOUT_STEP = frozenset(Asks) - frozenset(_STEPS)
