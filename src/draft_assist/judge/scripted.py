"""A chat model that answers what it was told to: for tests and for trying things without an endpoint."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import PrivateAttr

Answer = str | AIMessage | Exception
Script = Sequence[Answer | Callable[[list[BaseMessage]], Answer]] | Callable[[list[BaseMessage]], Answer]
_PIECE = 7  # characters: answers arrive in pieces, as from an endpoint


class ScriptedChat(BaseChatModel):
    """Gives the answers of a script, one a call; running out of answers is an error.

    An answer is a text, a message (with tool calls), an exception to be raised, or a function of the messages that
    gives one of these; a function in place of the list answers every call. Safe to call from several threads.
    """

    _script: Script = PrivateAttr()
    _asked: list[list[BaseMessage]] = PrivateAttr(default_factory=list)
    _lock: Any = PrivateAttr(default_factory=threading.Lock)

    def __init__(self, script: Script) -> None:
        super().__init__()
        self._script = script

    @property
    def asked(self) -> list[list[BaseMessage]]:
        """The messages of every call so far, in the order in which they came."""
        return self._asked

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[Any, AIMessage]:
        """The model itself: its script knows which tools it calls."""
        return cast("Runnable[Any, AIMessage]", self)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._answer(messages))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        message = self._answer(messages)
        words = str(message.content)
        for start in range(0, len(words), _PIECE):
            chunk = ChatGenerationChunk(message=AIMessageChunk(content=words[start : start + _PIECE]))
            if run_manager:
                run_manager.on_llm_new_token(chunk.text, chunk=chunk)
            yield chunk
        if message.tool_calls:
            calls = [
                tool_call_chunk(name=one["name"], args=_json(one["args"]), id=one["id"], index=index)
                for index, one in enumerate(message.tool_calls)
            ]
            yield ChatGenerationChunk(message=AIMessageChunk(content="", tool_call_chunks=calls))
        yield ChatGenerationChunk(message=AIMessageChunk(content="", response_metadata={"finish_reason": "stop"}))

    def _answer(self, messages: list[BaseMessage]) -> AIMessage:
        with self._lock:
            number = len(self._asked)
            self._asked.append(messages)
        if callable(self._script):
            answer = self._script(messages)
        elif number < len(self._script):
            told = self._script[number]
            answer = told(messages) if callable(told) else told
        else:
            raise AssertionError(f"the script holds {len(self._script)} answers, and was asked for one more")
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, AIMessage) else AIMessage(content=answer)


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
