"""The model layer as a chat model of LangChain, for agents: every call has the same guards as a single question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import PrivateAttr

from draft_assist.judge.calls import Caller


class GuardedChat(BaseChatModel):
    """A chat model whose calls go through a `Caller`: masked, within the budget, tried again, ended in time."""

    model_name: str
    _caller: Caller = PrivateAttr()

    def __init__(self, *, caller: Caller, model_name: str) -> None:
        super().__init__(model_name=model_name)  # type: ignore[call-arg]
        self._caller = caller

    @property
    def _llm_type(self) -> str:
        return "guarded"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[Any, AIMessage]:
        """The model with tools that it may call."""
        members: dict[str, Any] = {"tools": [convert_to_openai_tool(one) for one in tools], **kwargs}
        if tool_choice:
            members["tool_choice"] = tool_choice
        return cast("Runnable[Any, AIMessage]", self.bind(**members))

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        whole = self._caller.whole(messages, **kwargs)
        message = AIMessage(
            content=whole.content, tool_calls=whole.tool_calls, invalid_tool_calls=whole.invalid_tool_calls
        )
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        for piece in self._caller.pieces(messages, **kwargs):
            assert isinstance(piece, AIMessageChunk)
            chunk = ChatGenerationChunk(message=piece)
            if run_manager:
                run_manager.on_llm_new_token(str(piece.text), chunk=chunk)
            yield chunk
