"""The model layer: one question with a JSON answer, many at once, or prose in pieces.

    Model.ask(messages, form)        one answer in an agreed form; out of the store where it is kept
    Model.ask_all(requests)          many, a few at a time, each an answer or the error that it ended with
    Model.prose(messages)            pieces of running text
    Model.chat                       the same model for agents of LangChain, with the same guards

Answers come back in a form of answers.py. Whether what they say is true is verified elsewhere (verify.py).
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from draft_assist.errors import AnswerUnreadable, ModelError
from draft_assist.judge.calls import Caller, CallFailed, Counting, Limits
from draft_assist.judge.kept_answers import KeptAnswers, answer_key
from draft_assist.judge.prompts import Message, fill, read_prompt
from draft_assist.judge.spending import Prices, Spending

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage
    from pydantic import BaseModel

    from draft_assist.judge.options import ModelOptions

Form = TypeVar("Form", bound="BaseModel")
Key = TypeVar("Key", bound=Hashable)


# How answers in a form are asked for: the server holds the answer to the form (schema), to any JSON (object), or is
# only told to (text). An endpoint that does not know one way is asked in the next.
_LOWER = {"schema": "object", "object": "text"}
# A faulty answer is shown to the model again up to so many characters.
_SHOWN_AGAIN = 4000


class Answered(NamedTuple):
    """An answer in its form.

    Attributes:
        value: of the form asked for.
        is_kept: it came out of the store.
        repairs: 1 when it had to be asked for again as JSON, else 0.
    """

    value: Any
    is_kept: bool = False
    repairs: int = 0


class Request(NamedTuple):
    """One of many questions; `key` tells its answer from the others."""

    key: Hashable
    messages: tuple[Message, ...]
    form: type[BaseModel]


class Model:
    """One model behind one endpoint, or a scripted one; used by several threads."""

    def __init__(
        self,
        options: ModelOptions,
        *,
        chat: BaseChatModel | None = None,
        counting: Counting | None = None,
        kept: KeptAnswers | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        """
        Args:
            options: of the endpoint.
            chat: in place of the endpoint's: a scripted one.
            counting: of tokens; None counts by tokens.py.
            kept: where answers are kept; None keeps none.
            sleep: waits between tries; None waits really.

        Raises:
            OptionError: the options cannot be used.
        """
        from draft_assist.egress import where_words
        from draft_assist.judge.tokens import Counter

        self.options = options
        self.where = where_words(options.url) if options.url else "本机"
        self.counting: Counting = counting or Counter()
        self.spending = Spending(
            Prices(options.price_in, options.price_out, options.currency),
            budget=options.budget,
            budget_tokens=options.budget_tokens,
        )
        self._stopping = threading.Event()
        self._kept = kept
        # schema, object or text, as asked just now
        self.mode: str = "schema" if options.structured == "auto" else options.structured
        if chat is None:
            from draft_assist.judge.endpoint import open_chat

            chat = open_chat(options, self._stopping.is_set)
        self.caller = Caller(
            chat,
            where=f"{options.name}（{self.where}）",
            limits=Limits(options.retries, options.max_output, options.extra),
            spending=self.spending,
            counting=self.counting,
            stop=self._stopping.is_set,
            sleep=sleep or time.sleep,
        )

    @property
    def name(self) -> str:
        """As the endpoint knows it."""
        return self.options.name

    def stop(self) -> None:
        """End what is under way and let nothing begin; may be called from a signal handler or another thread."""
        self._stopping.set()

    @cached_property
    def chat(self) -> BaseChatModel:
        """The model for an agent."""
        from draft_assist.judge.guarded import GuardedChat

        return GuardedChat(caller=self.caller, model_name=self.name)

    # --- answers in a form --------------------------------------------------------------------------------------

    def ask(self, messages: Sequence[Message], form: type[Form]) -> Form:
        """One answer in a form.

        Raises:
            AnswerUnreadable: it answered twice, and never in the form.
            BudgetSpent: the budget does not suffice.
            ModelError: it was not reached.
        """
        answered: Form = self.answer(messages, form).value
        return answered

    def answer(self, messages: Sequence[Message], form: type[BaseModel]) -> Answered:
        """One answer in a form, with what is known of it; raises as `ask`."""
        from draft_assist.judge.answers import read_answer
        from draft_assist.judge.masking import Mask

        mask = Mask()
        sent = tuple(Message(one.role, mask.hide(one.content)) for one in messages)
        key = self._key(sent, form)
        if self._kept is not None and (words := self._kept.get(key)) is not None:
            return Answered(read_answer(mask.restore_json(words), form), is_kept=True)
        words, repairs = self._words(sent, form), 0
        try:
            value = read_answer(mask.restore_json(words), form)
        except AnswerUnreadable as fault:
            words, repairs = self._words(self._repair(sent, words, fault, form), form), 1
            value = read_answer(mask.restore_json(words), form)
        if self._kept is not None:
            self._kept.put(key, words)
        return Answered(value, repairs=repairs)

    def ask_all(
        self, requests: Iterable[Request], *, stop: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[Hashable, Answered | ModelError]]:
        """Many answers, as they come; not more than `concurrency` at once, and requests are read as they are needed.

        Closing the iterator ends what is under way without waiting for it. An interrupt (Ctrl-C) does the same and is
        raised.

        Args:
            stop: asked between answers; True ends the run as closing does.
        """
        waiting = iter(requests)
        todo: SimpleQueue[Request | None] = SimpleQueue()
        done: SimpleQueue[tuple[Hashable, Answered | ModelError | Exception]] = SimpleQueue()
        # Daemons: one that waits for a silent server must not keep the user waiting who has asked to stop.
        workers = [
            threading.Thread(target=self._work, args=(todo, done), name=f"model-{number}", daemon=True)
            for number in range(self.options.concurrency)
        ]
        for worker in workers:
            worker.start()
        under_way = 0
        try:
            while not stop():
                for request in islice(waiting, self.options.concurrency - under_way):
                    todo.put(request)
                    under_way += 1
                if not under_way:
                    return
                try:
                    key, answer = done.get(timeout=_LOOK)
                except Empty:
                    continue
                under_way -= 1
                if isinstance(answer, Exception) and not isinstance(answer, ModelError):
                    raise answer
                yield key, answer
        finally:
            if under_way:
                self.stop()
            for _ in workers:
                todo.put(None)

    def _work(self, todo: SimpleQueue[Request | None], done: SimpleQueue[Any]) -> None:
        while (request := todo.get()) is not None:
            try:
                done.put((request.key, self.answer(request.messages, request.form)))
            except Exception as error:  # a fault of the program is raised where the answers are read
                done.put((request.key, error))

    def prose(self, messages: Sequence[Message]) -> Iterator[str]:
        """Running text in pieces; raises as `Caller.pieces`."""
        for piece in self.caller.pieces(_to_chat(messages)):
            if piece.text:
                yield str(piece.text)

    def count(self, messages: Sequence[Message]) -> int:
        """About how many tokens a request is, the form that is sent with it included."""
        return self.caller.count(_to_chat(messages))

    # --- how it is asked ----------------------------------------------------------------------------------------

    def _key(self, messages: Sequence[Message], form: type[BaseModel]) -> str:
        from draft_assist.judge.answers import schema_of

        options = self.options
        told = json.dumps([options.max_output, options.temperature, options.extra, schema_of(form)], sort_keys=True)
        return answer_key([options.url, options.name, told, *(part for one in messages for part in one)])

    def _repair(
        self, messages: Sequence[Message], words: str, fault: AnswerUnreadable, form: type[BaseModel]
    ) -> tuple[Message, ...]:
        from draft_assist.judge.answers import form_words

        again = fill(read_prompt("repair"), fault=fault.what, answer=words[:_SHOWN_AGAIN], form=form_words(form))
        return (*messages, *(one for one in again if one.role == "user"))

    def _words(self, messages: Sequence[Message], form: type[BaseModel]) -> str:
        """The answer as it stands; the way of asking is changed until the endpoint knows it."""
        from draft_assist.judge.endpoint import Sort

        while True:
            mode = self.mode
            try:
                whole = self.caller.whole(_to_chat(_told(messages, form, mode)), **_members(form, mode))
            except CallFailed as error:
                if error.failure.sort is not Sort.FORM or not self._lower(mode):
                    raise
                continue
            _check_end(whole)
            return str(whole.text)

    def _lower(self, used: str) -> bool:
        """Ask in the next way from now on; False when there is none left. Another thread may have done so already."""
        if self.mode == used:
            if self.options.structured != "auto" or used not in _LOWER:
                return False
            self.mode = _LOWER[used]
        return True


def _told(messages: Sequence[Message], form: type[BaseModel], mode: str) -> list[Message]:
    """The messages, with the form in words where the server does not hold the answer to it."""
    from draft_assist.judge.answers import form_words

    told = list(messages)
    if mode != "schema":
        told[-1] = Message(told[-1].role, f"{told[-1].content}\n\n{form_words(form)}")
    return told


def _members(form: type[BaseModel], mode: str) -> dict[str, Any]:
    """Members of the request. In `extra_body`, or the package would wait for the whole answer to read it itself."""
    from draft_assist.judge.answers import schema_of

    if mode == "text":
        return {}
    form_member: dict[str, Any] = {"type": "json_object"}
    if mode == "schema":
        schema = {"name": form.__name__, "strict": True, "schema": schema_of(form)}
        form_member = {"type": "json_schema", "json_schema": schema}
    return {"extra_body": {"response_format": form_member}}


_LOOK = 0.2  # seconds between looks at whether to stop
_ROLES = {"system": "SystemMessage", "user": "HumanMessage", "assistant": "AIMessage"}


def _to_chat(messages: Sequence[Message]) -> list[BaseMessage]:
    from langchain_core import messages as kinds

    return [getattr(kinds, _ROLES[one.role])(content=one.content) for one in messages]


def _check_end(whole: AIMessageChunk) -> None:
    """
    Raises:
        AnswerUnreadable: the answer was cut off by the limit or withheld: asking for JSON again would not help.
    """
    why = str(whole.response_metadata.get("finish_reason") or "")
    if "length" in why:
        step = "可调大 DRAFT_ASSIST_MODEL_MAX_OUTPUT"
        raise _Unmendable("回答超过长度上限而被截断", next_step=step)
    if "content_filter" in why:
        raise _Unmendable("回答被模型服务的内容过滤拦下")


class _Unmendable(AnswerUnreadable):
    pass
