"""Answers by a model: an agent with our own tools, its sentences verified one by one before they are shown."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from draft_assist.chat.desk import Desk, Page
from draft_assist.chat.intents import Intent
from draft_assist.chat.memory import Conversation
from draft_assist.chat.reply import Event, Piece, Step
from draft_assist.chat.sentences import Sentences
from draft_assist.chat.tools import Tools
from draft_assist.chat.verified import Verifier
from draft_assist.errors import ModelError
from draft_assist.judge.fence import fenced
from draft_assist.judge.prompts import fill, read_prompt
from draft_assist.judge.tokens import Counter
from draft_assist.patterns import compiled
from draft_assist.terms import terms

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

    from draft_assist.judge.options import ModelOptions

_MOST_CALLS = 8  # of the model in one turn
_MOST_TOOLS = 10
_HISTORY = 3000  # tokens of earlier turns
_MARK = compiled(r"\[\d{1,3}\]")
_STEPS = {
    "search_corpus": "检索语料库",
    "show_article": "查条文",
    "review_text": "按规则审查",
    "check_citation": "核对引用",
    "similar_documents": "比较相近的文本",
    "who_may_set": "查设定权限表",
    "requirements": "查制定文件的要求",
}


class ChatModel(Protocol):
    """What an engine needs of a model; `judge.client.Model` is one."""

    @property
    def name(self) -> str:
        """As shown to people."""
        ...

    @property
    def options(self) -> ModelOptions:
        """Where it is, and what may be sent there."""
        ...

    @property
    def chat(self) -> BaseChatModel:
        """The model, with all guards."""
        ...


class Outcome:
    """What came of a model's answer.

    Attributes:
        text: what was shown.
        cites: numbers of the sources cited in it.
        found: a tool had a sufficient basis.
        failed: Chinese, why the model broke off; "" when it did not.
    """

    def __init__(self) -> None:
        self.text = ""
        self.cites: frozenset[int] = frozenset()
        self.found = False
        self.failed = ""

    @property
    def is_answer(self) -> bool:
        """True when something that rests on a source was shown."""
        return bool(self.cites) and self.found


def answer_by_model(
    question: str, intent: Intent, desk: Desk, page: Page, conversation: Conversation, model: ChatModel
) -> Generator[Event, None, Outcome]:
    """The events of a model's answer; `page` holds its sources and notes when it is done."""
    verifier = Verifier(page.sources, desk.statutes, as_of=desk.as_of, typed=question)
    tools = Tools(desk, page, verifier.tell)
    outcome, sentences = Outcome(), Sentences()
    try:
        for event in _stream(model, tools, _messages(question, intent, page, conversation), _system(desk, page)):
            if isinstance(event, Step):
                yield from _shown([sentences.rest()], verifier, outcome)  # what was said before a tool is called
                yield event
                continue
            yield from _shown(sentences.take(event), verifier, outcome)
    except ModelError as error:
        outcome.failed = str(error)
    yield from _shown([sentences.rest()] if not outcome.failed else [], verifier, outcome)
    outcome.found = tools.found
    page.note(verifier.note())
    return outcome


def _shown(sentences: Sequence[str], verifier: Verifier, outcome: Outcome) -> Iterator[Piece]:
    for sentence in sentences:
        verdict = verifier.check(sentence)
        # Of what was left out the line ends stay away too: no empty lines remain.
        if verdict.text.strip() or (verdict.text and outcome.text.strip() and not outcome.text.endswith("\n\n")):
            outcome.text += verdict.text
            outcome.cites |= verdict.cites
            yield Piece(text=verdict.text)


# --- what is sent -------------------------------------------------------------------------------------------------


def _system(desk: Desk, page: Page) -> str:
    day = desk.as_of
    facts = [f"提问人的身份：{terms().ranks[page.rank]}的制定或者审核机关{'（假定）' if page.is_assumed else ''}。"]
    if page.document is not None:
        facts.append(
            "提问人附上了文件，用 review_text、check_citation、similar_documents 时把 text 留空就是查这个文件。"
        )
    if desk.searcher is None:
        facts.append("本机没有建立语料库，search_corpus 和 similar_documents 不能用。")
    words = fill(read_prompt("answer-question"), as_of=f"{day.year}年{day.month}月{day.day}日", facts="\n".join(facts))
    return words[0].content


def _messages(question: str, intent: Intent, page: Page, conversation: Conversation) -> list[BaseMessage]:
    from langchain_core.messages import AIMessage, HumanMessage

    count = Counter().count
    messages: list[BaseMessage] = []
    for turn in conversation.history(_HISTORY, count):
        messages += [HumanMessage(turn.question), AIMessage(_MARK.sub("", turn.answer))]
    passage = intent.passage
    if passage and passage in question:
        asked = question.replace(passage, "（见所附文字）", 1)
        return [*messages, HumanMessage(f"{asked}\n\n{fenced('所附文字', passage)}")]
    return [*messages, HumanMessage(question)]


# --- how it runs --------------------------------------------------------------------------------------------------


def _stream(model: ChatModel, tools: Tools, messages: list[BaseMessage], system: str) -> Iterator[Step | str]:
    """Steps, and pieces of what the model says, as they come; closing it ends the call at its next piece.

    Raises:
        ModelError: the model was not reached, broke off, or would not come to an end.
    """
    from langchain.agents import create_agent
    from langchain.agents.middleware import ModelCallLimitMiddleware, ToolCallLimitMiddleware, ToolErrorMiddleware
    from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError
    from langchain_core.messages import AIMessageChunk

    guards: list[Any] = [
        ModelCallLimitMiddleware(run_limit=_MOST_CALLS, exit_behavior="error"),
        ToolCallLimitMiddleware(run_limit=_MOST_TOOLS),
        ToolErrorMiddleware(lambda error, _: f"工具没有查成（{type(error).__name__}），请换一种问法。"),
    ]
    agent: Any = create_agent(model.chat, tools.all(), system_prompt=system, middleware=guards)
    stop = _Stop()
    pieces = agent.stream({"messages": messages}, {"callbacks": [stop.handler()]}, stream_mode="messages")
    try:
        for message, _ in pieces:
            if not isinstance(message, AIMessageChunk):
                continue
            for call in message.tool_call_chunks:
                if call.get("name"):
                    yield Step(tool=str(call["name"]), words=_STEPS.get(str(call["name"]), "查资料"))
            if message.text:
                yield str(message.text)
    except ModelCallLimitExceededError:
        raise ModelError("模型查询的次数超过上限") from None
    finally:
        stop.asked.set()
        pieces.close()


class _Stop:
    """Ends a call of the model at its next piece, once it is asked to."""

    def __init__(self) -> None:
        self.asked = threading.Event()

    def handler(self) -> Any:
        """A callback that raises."""
        from langchain_core.callbacks import BaseCallbackHandler

        asked = self.asked

        class Handler(BaseCallbackHandler):
            raise_error = True

            def on_llm_new_token(self, *_: Any, **__: Any) -> None:
                if asked.is_set():
                    raise ModelError("已停止")

        return Handler()
