"""One call to a chat model: masked, within the budget, tried again where that helps, and never for ever.

Everything that is sent goes through here, from single questions and from agents alike.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from draft_assist.errors import ModelError
from draft_assist.judge.breaker import Breaker
from draft_assist.judge.spending import Spending

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage
    from langchain_core.runnables import RunnableConfig

    from draft_assist.judge.endpoint import Failure
    from draft_assist.judge.masking import Mask

# Waits between tries: half a second, doubled each time, up to this; a server that asks for more gets it up to a limit.
_FIRST_WAIT, _LONGEST_WAIT, _MOST_ASKED_FOR = 0.5, 20.0, 60.0


class CallFailed(ModelError):  # noqa: N818 - named for what happened
    """A call that failed for good; `failure` says what for."""

    def __init__(self, failure: Failure, where: str) -> None:
        self.failure = failure
        super().__init__(failure.what, where=where, next_step=failure.next_step)


class CutOff(ModelError):  # noqa: N818 - named for what happened
    """The answer broke off after a part of it had been given out."""


class Counting(Protocol):
    """Counts tokens."""

    def count(self, text: str) -> int:
        """How many tokens a text is."""
        ...


class Limits(NamedTuple):
    """What one call may take, and what goes with every one.

    Attributes:
        retries: tries after the first.
        most_out: tokens of an answer at most.
        members: of the body of every request, by the user's setting.
    """

    retries: int = 3
    most_out: int = 2048
    members: Mapping[str, object] = MappingProxyType({})


# What the bound on an answer is called: older servers know the first name only, some newer ones the second only.
_BOUNDS = ("max_tokens", "max_completion_tokens")


class Caller:
    """Calls one chat model; used by several threads."""

    def __init__(
        self,
        chat: BaseChatModel,
        *,
        where: str,
        limits: Limits,
        spending: Spending,
        counting: Counting,
        stop: Callable[[], bool],
        breaker: Breaker | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        Args:
            chat: what answers.
            where: the endpoint as shown in messages.
            stop: asked between tries.
            sleep: waits between tries, seconds.
        """
        self._chat = chat
        self.where = where
        self.limits = limits
        self.spending = spending
        self._counting = counting
        self._stop = stop
        self._breaker = breaker or Breaker()
        self._sleep = sleep
        self._bound = _BOUNDS[0]

    def count(self, messages: Sequence[BaseMessage]) -> int:
        """About how many tokens the messages are: the words, and four for the frame of each."""
        return sum(self._counting.count(_words(one)) + _FRAME for one in messages)

    def whole(self, messages: Sequence[BaseMessage], **kwargs: Any) -> AIMessageChunk:
        """The whole answer; one that breaks off is asked for again.

        Raises:
            CallFailed: see there.
            BudgetSpent: see spending.py.
        """
        whole: AIMessageChunk = self._tried(lambda: _joined(list(self._once(messages, kwargs))))
        return whole

    def pieces(self, messages: Sequence[BaseMessage], **kwargs: Any) -> Iterator[AIMessageChunk]:
        """The answer in pieces, as it comes; tried again only as long as nothing has been given out.

        Raises:
            CallFailed: before the first piece; CutOff: after it.
            BudgetSpent: see spending.py.
        """

        def begin() -> tuple[AIMessageChunk | None, Iterator[AIMessageChunk]]:
            rest = self._once(messages, kwargs)
            return next(rest, None), rest

        first, rest = self._tried(begin)
        if first is None:
            return
        yield first
        try:
            yield from rest
        except CallFailed as error:
            raise CutOff(error.what, where=error.where, next_step=error.next_step) from error

    def _tried(self, call: Callable[[], Any]) -> Any:
        from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

        from draft_assist.judge.endpoint import Sort

        usual = wait_exponential_jitter(multiplier=_FIRST_WAIT, max=_LONGEST_WAIT, jitter=_FIRST_WAIT)

        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.failure.after if isinstance(error, CallFailed) else None
            return max(usual(state), min(asked or 0.0, _MOST_ASKED_FOR))

        def helps(error: BaseException) -> bool:
            if not isinstance(error, CallFailed) or self._stop():
                return False
            return error.failure.sort is Sort.AGAIN or self._renamed_bound(error.failure)

        tries = Retrying(
            stop=stop_after_attempt(self.limits.retries + 1),
            wait=wait,
            retry=retry_if_exception(helps),
            sleep=self._sleep,
            reraise=True,
        )
        return tries(call)

    def _once(self, messages: Sequence[BaseMessage], kwargs: dict[str, Any]) -> Iterator[AIMessageChunk]:
        """One try, in pieces; its failure is a CallFailed, and what it cost is written down whatever happens."""
        from draft_assist.judge.endpoint import Failure, Sort, failure_of
        from draft_assist.judge.masking import Mask

        if self._stop():
            raise CallFailed(Failure(Sort.STOPPED, "已按要求停止"), self.where)
        if why := self._breaker.refusal():
            raise CallFailed(Failure(Sort.NEVER, f"模型服务连续出错，暂停请求（{why}）"), self.where)
        mask = Mask()  # of this call: the same words always get the same placeholders
        sent = [_masked(one, mask) for one in messages]
        tokens_in = self.count(sent)
        ticket = self.spending.reserve(tokens_in, self.limits.most_out)
        parts: list[AIMessageChunk] = []
        try:
            restored = _Restored(mask)
            for chunk in self._chat.stream(sent, config=_UNHEARD, **self._members(kwargs)):
                parts.append(chunk)
                if (piece := restored.piece(chunk)) is not None:
                    yield piece
            if not any(one.response_metadata.get("finish_reason") for one in parts):
                raise CallFailed(Failure(Sort.AGAIN, "模型服务的回答没有结束就断开"), self.where)
            if (piece := restored.rest()) is not None:
                yield piece
        except CallFailed as error:
            self._breaker.failed(error.failure.what)
            raise
        except Exception as error:
            failure = failure_of(error)
            if failure is None:
                raise
            if failure.sort in (Sort.AGAIN, Sort.NEVER):
                self._breaker.failed(failure.what, for_good=failure.sort is Sort.NEVER)
            raise CallFailed(failure, self.where) from None  # what a server answers may repeat the key
        else:
            self._breaker.succeeded()
        finally:
            self._settle(ticket, tokens_in, parts)

    def _members(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """The members of one request. All of our own stand in `extra_body`, which the packages pass on as it is."""
        body = {self._bound: self.limits.most_out, **self.limits.members, **kwargs.get("extra_body", {})}
        return {**kwargs, "extra_body": body}

    def _renamed_bound(self, failure: Failure) -> bool:
        """True when the endpoint knows the bound by the other name, which is used from now on."""
        if _BOUNDS[1] not in failure.told or self._bound == _BOUNDS[1]:
            return False
        self._bound = _BOUNDS[1]
        return True

    def _settle(self, ticket: int, tokens_in: int, parts: list[AIMessageChunk]) -> None:
        told = next((one.usage_metadata for one in reversed(parts) if one.usage_metadata), None)
        if told:
            self.spending.settle(ticket, told["input_tokens"], told["output_tokens"], is_counted_here=False)
            return
        tokens_out = self._counting.count("".join(map(_words, parts))) if parts else 0
        self.spending.settle(ticket, tokens_in if parts else 0, tokens_out, is_counted_here=bool(parts))


# An agent that calls through here hears its own model only, not this one as well.
_UNHEARD: RunnableConfig = {"callbacks": []}
_FRAME = 4  # tokens around each message, in all formats that we know of


def _words(message: BaseMessage) -> str:
    """What a message says, with the arguments of the tools that it calls."""
    calls = "".join(f"{one['name']}{one['args']}" for one in getattr(message, "tool_calls", ()))
    return str(message.text) + calls


def _masked(message: BaseMessage, mask: Mask) -> BaseMessage:
    if isinstance(message.content, str):
        return message.model_copy(update={"content": mask.hide(message.content)})
    return message


def _joined(parts: list[AIMessageChunk]) -> AIMessageChunk:
    """The pieces as one message; an empty one for none."""
    from langchain_core.messages import AIMessageChunk

    whole = AIMessageChunk(content="")
    for part in parts:
        whole = whole + part
    return whole


# Placeholders stand between these brackets and are short: what is held back until one is whole stays below that.
_OPEN, _CLOSE, _HELD = "〔", "〕", 24


class _Restored:
    """Puts personal numbers back into pieces, of which a placeholder may span several.

    Calls of tools come in fragments of their arguments: they are held back until the answer is whole.
    """

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._held = ""
        self._calls: list[AIMessageChunk] = []

    def piece(self, chunk: AIMessageChunk) -> AIMessageChunk | None:
        """The piece with what it completes; None when all of it is held back."""
        from draft_assist.judge.fence import unfenced

        if not isinstance(chunk.content, str):
            return chunk
        if chunk.tool_call_chunks:
            self._calls.append(chunk.model_copy(update={"content": ""}))
        words = self._held + chunk.content
        at = words.rfind(_OPEN)
        if at >= 0 and _CLOSE not in words[at:] and len(words) - at < _HELD:
            words, self._held = words[:at], words[at:]
        else:
            self._held = ""
        if not words and not chunk.usage_metadata and not chunk.response_metadata:
            return None
        shown = unfenced(self._mask.restore(words))
        return chunk.model_copy(update={"content": shown, "tool_call_chunks": [], "tool_calls": []})

    def rest(self) -> AIMessageChunk | None:
        """What was held back to the end; None for nothing."""
        from langchain_core.messages import AIMessageChunk
        from langchain_core.messages.tool import tool_call_chunk

        calls = [
            tool_call_chunk(
                name=one["name"],
                args=self._mask.restore_json(one["args"] or ""),
                id=one["id"],
                index=one["index"],
            )
            for one in _joined(self._calls).tool_call_chunks
        ]
        if not self._held and not calls:
            return None
        return AIMessageChunk(content=self._mask.restore(self._held), tool_call_chunks=calls)
