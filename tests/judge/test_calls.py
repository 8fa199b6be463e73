"""One call to a chat model: masked, within the budget, tried again where that helps."""

from __future__ import annotations

import pytest

pytest.importorskip("langchain_openai", reason="needs the extra “model”")

import httpx2
import openai
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

from draft_assist.judge.breaker import Breaker
from draft_assist.judge.calls import Caller, CallFailed, CutOff, Limits
from draft_assist.judge.endpoint import Sort
from draft_assist.judge.scripted import ScriptedChat
from draft_assist.judge.spending import BudgetSpent, Prices, Spending

REQUEST = httpx2.Request("POST", "http://127.0.0.1:1/v1/chat/completions")
ASKED = [SystemMessage(content="你是审核人员。"), HumanMessage(content="这一条合法吗？")]


class Letters:
    """A letter is a token."""

    def count(self, text: str) -> int:
        return len(text)


def status(code: int, words: str = "", **headers: str) -> openai.APIStatusError:
    response = httpx2.Response(code, text=words, headers=headers, request=REQUEST)
    kinds = {400: openai.BadRequestError, 401: openai.AuthenticationError, 429: openai.RateLimitError}
    return kinds.get(code, openai.InternalServerError)(words, response=response, body=None)


class Bench:
    """A caller on a script, and what it did."""

    def __init__(self, *script, retries: int = 3, budget_tokens: int | None = None, breaker: Breaker | None = None):
        self.waits: list[float] = []
        self.stopped = False
        self.chat = ScriptedChat(script)
        self.spending = Spending(Prices(1, 1, "元"), budget_tokens=budget_tokens)
        self.caller = Caller(
            self.chat,
            where="模型",
            limits=Limits(retries, 100),
            spending=self.spending,
            counting=Letters(),
            stop=lambda: self.stopped,
            breaker=breaker or Breaker(failures=100),
            sleep=self.waits.append,
        )

    def ask(self) -> str:
        return str(self.caller.whole(ASKED).text)


def test_an_answer_comes_back_whole() -> None:
    assert Bench("合法性要看有没有上位法依据。").ask() == "合法性要看有没有上位法依据。"


def test_an_answer_comes_in_pieces() -> None:
    pieces = [str(one.text) for one in Bench("合法性要看有没有上位法依据。").caller.pieces(ASKED)]
    assert len(pieces) > 1
    assert "".join(pieces) == "合法性要看有没有上位法依据。"


@pytest.mark.parametrize(
    "error",
    [
        status(429),
        status(500),
        status(503),
        openai.APITimeoutError(request=REQUEST),
        openai.APIConnectionError(request=REQUEST),
        httpx2.RemoteProtocolError("cut", request=REQUEST),
    ],
    ids=["429", "500", "503", "time-out", "refused", "cut"],
)
def test_what_may_pass_is_tried_again(error) -> None:
    bench = Bench(error, error, "好了。")
    assert bench.ask() == "好了。"
    assert len(bench.waits) == 2


def test_waits_grow_and_are_not_all_alike() -> None:
    bench = Bench(*[status(500)] * 5, "好了。", retries=5)
    bench.ask()
    assert bench.waits[0] < bench.waits[2] < bench.waits[4]
    other = Bench(*[status(500)] * 5, "好了。", retries=5)
    other.ask()
    assert bench.waits != other.waits


def test_a_server_that_asks_to_wait_is_given_the_time_up_to_a_limit() -> None:
    bench = Bench(status(429, **{"Retry-After": "7"}), status(429, **{"Retry-After": "86400"}), "好了。")
    bench.ask()
    assert 7 <= bench.waits[0] < 9
    assert bench.waits[1] <= 60


def test_when_nothing_helps_the_last_reason_is_told() -> None:
    with pytest.raises(CallFailed, match="限流"):
        Bench(*[status(429)] * 4).ask()


@pytest.mark.parametrize("error", [status(401, "key sk-123"), status(400, "bad request")], ids=["401", "400"])
def test_what_will_not_pass_is_not_tried_again(error) -> None:
    bench = Bench(error)
    with pytest.raises(CallFailed) as raised:
        bench.ask()
    assert bench.waits == []
    assert "sk-123" not in str(raised.value)


def test_a_fault_of_the_program_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        Bench(ZeroDivisionError()).ask()


def test_after_a_stop_nothing_more_is_sent() -> None:
    bench = Bench("好了。")
    bench.stopped = True
    with pytest.raises(CallFailed) as raised:
        bench.ask()
    assert raised.value.failure.sort is Sort.STOPPED
    assert bench.chat.asked == []


def test_an_open_circuit_sends_nothing() -> None:
    bench = Bench("好了。", breaker=Breaker(failures=1))
    bench.caller._breaker.failed("出错")
    with pytest.raises(CallFailed, match="暂停请求"):
        bench.ask()
    assert bench.chat.asked == []


def test_what_was_given_out_is_not_taken_back_by_another_try() -> None:
    class Breaking(ScriptedChat):
        def _stream(self, messages, stop=None, run_manager=None, **kwargs):
            yield from list(super()._stream(messages))[:1]
            raise httpx2.RemoteProtocolError("cut", request=REQUEST)

    bench = Bench()
    bench.caller._chat = Breaking(["一个比较长的回答。"] * 2)
    with pytest.raises(CutOff):
        list(bench.caller.pieces(ASKED))
    bench.caller._chat = Breaking(["一个比较长的回答。"] * 4)
    with pytest.raises(CallFailed):
        bench.caller.whole(ASKED)
    assert len(bench.caller._chat.asked) == 4


# --- what it costs ------------------------------------------------------------------------------------------------


def test_tokens_are_those_that_the_endpoint_counted() -> None:
    told = {"input_tokens": 50, "output_tokens": 9, "total_tokens": 59}

    class Counting(ScriptedChat):
        def _stream(self, messages, stop=None, run_manager=None, **kwargs):
            chunks = list(super()._stream(messages))
            chunks[-1].message.usage_metadata = told
            yield from chunks

    bench = Bench()
    bench.caller._chat = Counting(["好了。"])
    bench.ask()
    assert bench.spending.spent == (1, 50, 9, False)


def test_where_it_does_not_count_they_are_counted_here_and_that_is_said() -> None:
    bench = Bench("好了。")
    bench.ask()
    assert bench.spending.spent == (1, len("你是审核人员。这一条合法吗？") + 8, 3, True)


def test_a_request_above_the_budget_is_not_sent() -> None:
    bench = Bench("好了。", budget_tokens=50)
    with pytest.raises(BudgetSpent):
        bench.ask()
    assert bench.chat.asked == []


def test_a_failed_request_gives_its_reserve_back() -> None:
    bench = Bench(status(400), "好了。", budget_tokens=200)
    with pytest.raises(CallFailed):
        bench.ask()
    assert bench.ask() == "好了。"


# --- numbers of persons -------------------------------------------------------------------------------------------

MOBILE = "13800138000"


def test_a_number_of_a_person_is_not_sent_and_comes_back() -> None:
    def answer(messages):
        words = messages[-1].content
        assert MOBILE not in words
        return f"联系人的号码是{words.split('电话')[1].rstrip('。')}，应当隐去。"

    bench = Bench(answer)
    words = str(bench.caller.whole([HumanMessage(content=f"联系人电话{MOBILE}。")]).text)
    assert words == f"联系人的号码是{MOBILE}，应当隐去。"


def test_in_pieces_no_part_of_a_placeholder_is_ever_shown() -> None:
    def answer(messages):
        return "前" * 5 + messages[-1].content.split("电话")[1] + "后" * 5

    bench = Bench(answer)
    pieces = [str(one.text) for one in bench.caller.pieces([HumanMessage(content=f"联系人电话{MOBILE}")])]
    assert "".join(pieces) == "前" * 5 + MOBILE + "后" * 5
    assert not any("〔" in piece for piece in pieces)


def test_a_bracket_that_opens_no_placeholder_is_not_lost() -> None:
    words = "见国办发〔2018〕37号，另见〔"
    assert "".join(str(one.text) for one in Bench(words).caller.pieces(ASKED)) == words


def test_arguments_of_tools_have_the_numbers_back() -> None:
    def answer(messages):
        shown = messages[-1].content.split("电话")[1]
        return AIMessage(content="", tool_calls=[{"name": "search", "args": {"words": shown}, "id": "1"}])

    whole = Bench(answer).caller.whole([HumanMessage(content=f"联系人电话{MOBILE}")])
    assert whole.tool_calls[0]["args"] == {"words": MOBILE}
