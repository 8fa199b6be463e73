"""The model layer against an endpoint that answers badly: every request ends, in time, as what it is."""

from __future__ import annotations

import json
import threading
import time

import pytest

pytest.importorskip("langchain_openai", reason="needs the extra “model”")

from endpoint_server import (
    Body,
    CutBody,
    CutStream,
    Drip,
    EmptyChoices,
    Endpoint,
    ErrorMidStream,
    Hang,
    HangMidStream,
    Huge,
    NullContent,
    Redirect,
    RefuseConnection,
    Say,
    Status,
)

from draft_assist.errors import AnswerUnreadable, ModelError
from draft_assist.judge.answers import ClauseAnswer
from draft_assist.judge.client import Model, Request
from draft_assist.judge.options import ModelOptions
from draft_assist.judge.prompts import Message

EMPTY = json.dumps({"remarks": [], "problems": []})
ASKED = (Message("system", "你是审核人员。"), Message("user", "这一条合法吗？"))


def model(endpoint: Endpoint, **options) -> Model:
    told = {"url": endpoint.url, "name": "scripted", "retries": 2, "timeout": 1, "deadline": 3, **options}
    return Model(ModelOptions(**told), sleep=lambda seconds: None)


def test_a_good_answer_is_read_and_its_tokens_are_those_of_the_endpoint(endpoint) -> None:
    endpoint.script(EMPTY)
    one = model(endpoint)
    assert one.ask(ASKED, ClauseAnswer).problems == []
    assert not one.spending.spent.is_counted_here
    assert one.spending.spent.tokens_in > 0
    body = endpoint.requests[0].body
    assert body["response_format"]["json_schema"]["strict"] is True
    assert body["max_tokens"] == one.options.max_output
    assert body["stream"] is True


@pytest.mark.parametrize(
    "bad",
    [
        Status(429),
        Status(429, retry_after=1),
        Status(500),
        Status(503),
        RefuseConnection(),
        CutStream(EMPTY[:20]),
        CutStream(EMPTY[:20], hard=False),
        CutBody(),
        ErrorMidStream(),
        HangMidStream(),
        EmptyChoices(),
    ],
    ids=lambda one: f"{type(one).__name__} {getattr(one, 'code', '')}{getattr(one, 'hard', '')}",
)
def test_what_may_pass_is_asked_again_and_passes(endpoint, bad) -> None:
    endpoint.script(bad, EMPTY)
    assert model(endpoint).ask(ASKED, ClauseAnswer).problems == []
    assert len(endpoint.requests) == 2


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (Status(401, "Incorrect API key provided: sk-secret"), "拒绝访问（401）"),
        (Status(403), "拒绝访问（403）"),
        (Status(404, "no such model"), "没有这个地址或者模型"),
        (Redirect("http://192.0.2.1/v1/chat/completions"), "转到别的地址"),
    ],
    ids=["401", "403", "404", "307"],
)
def test_what_will_not_pass_is_told_at_once_and_nothing_more_is_sent(endpoint, bad, told) -> None:
    endpoint.script(bad)
    one = model(endpoint)
    with pytest.raises(ModelError, match=told) as raised:
        one.ask(ASKED, ClauseAnswer)
    assert "sk-secret" not in str(raised.value)
    with pytest.raises(ModelError, match="暂停请求"):
        one.ask(ASKED, ClauseAnswer)
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    "bad",
    [Body(b"<html>log in</html>", kind="text/html"), Body(b'{"choices": [{'), Huge(9), Status(400, "context length")],
    ids=["log-in page", "broken JSON", "endless", "400"],
)
def test_what_is_no_answer_is_an_error_of_this_request_alone(endpoint, bad) -> None:
    endpoint.script(bad, EMPTY)
    one = model(endpoint)
    with pytest.raises(ModelError):
        one.ask(ASKED, ClauseAnswer)
    assert one.ask(ASKED, ClauseAnswer).problems == []


@pytest.mark.parametrize(
    "words",
    ["", "没有问题。", "{}", '{"remarks": []}', EMPTY + EMPTY[:-1] + ', "x": 1}', '{"remarks": [], "problems": [{'],
    ids=["empty", "prose", "no keys", "a key is missing", "two objects", "cut short"],
)
def test_an_answer_in_no_agreed_form_is_asked_for_once_more_and_then_unscored(endpoint, words) -> None:
    endpoint.script(words, words)
    with pytest.raises(AnswerUnreadable):
        model(endpoint).ask(ASKED, ClauseAnswer)
    assert len(endpoint.requests) == 2


def test_an_answer_that_ran_into_the_limit_is_not_completed_by_guess(endpoint) -> None:
    endpoint.script(Say('{"remarks": [], "problems": []}', finish="length"))
    with pytest.raises(AnswerUnreadable, match="截断"):
        model(endpoint).ask(ASKED, ClauseAnswer)


def test_a_null_for_an_answer_is_no_answer(endpoint) -> None:
    endpoint.script(NullContent(), NullContent())
    with pytest.raises(AnswerUnreadable):
        model(endpoint).ask(ASKED, ClauseAnswer)


def test_thoughts_before_the_answer_are_no_part_of_it(endpoint) -> None:
    endpoint.script(Say(f'<think>先看 {{"remarks": 1}} 再说</think>\n```json\n{EMPTY}\n```', reasoning="想一想"))
    assert model(endpoint).ask(ASKED, ClauseAnswer).remarks == []


def test_an_endpoint_without_usage_is_counted_for_here(endpoint) -> None:
    endpoint.script(Say(EMPTY, has_usage=False))
    one = model(endpoint)
    one.ask(ASKED, ClauseAnswer)
    assert one.spending.spent.is_counted_here
    assert one.spending.spent.tokens_out > 0


# --- time ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slow", [Hang(), HangMidStream()], ids=["says nothing", "falls silent"])
def test_silence_ends_after_the_time_out(endpoint, slow) -> None:
    endpoint.script(slow)
    started = time.monotonic()
    with pytest.raises(ModelError):
        model(endpoint, retries=0).ask(ASKED, ClauseAnswer)
    assert time.monotonic() - started < 3


def test_a_server_that_never_falls_silent_is_ended_by_the_deadline(endpoint) -> None:
    endpoint.script(Drip(interval=0.05))
    started = time.monotonic()
    with pytest.raises(ModelError, match="用时超过上限"):
        model(endpoint, retries=0, deadline=1).ask(ASKED, ClauseAnswer)
    assert time.monotonic() - started < 3


def test_an_address_where_nobody_listens_is_told() -> None:
    with Endpoint() as one:
        url = one.url
    quiet = Model(ModelOptions(url=url, name="x", retries=0), sleep=lambda seconds: None)
    with pytest.raises(ModelError, match="连不上模型服务"):
        quiet.ask(ASKED, ClauseAnswer)


def test_a_stop_ends_an_answer_under_way(endpoint) -> None:
    endpoint.script(Drip(interval=0.02))
    one = model(endpoint, retries=3, deadline=30)
    threading.Timer(0.4, one.stop).start()
    started = time.monotonic()
    with pytest.raises(ModelError, match="停止"):
        one.ask(ASKED, ClauseAnswer)
    assert time.monotonic() - started < 2
    assert len(endpoint.requests) == 1


def test_pieces_arrive_before_the_answer_is_whole(endpoint) -> None:
    endpoint.script(Say("规范性文件不得设定行政处罚。", pieces=6, pause=0.1))
    pieces = model(endpoint).prose(ASKED)
    started = time.monotonic()
    next(pieces)
    assert time.monotonic() - started < 0.4
    assert "".join(pieces)


def test_closing_the_pieces_closes_the_connection(endpoint) -> None:
    endpoint.script(Say("字" * 200, pieces=100, pause=0.05))
    pieces = model(endpoint).prose(ASKED)
    next(pieces)
    pieces.close()
    end = time.monotonic() + 2
    while endpoint.requests[0].ended is None and time.monotonic() < end:
        time.sleep(0.02)
    assert endpoint.requests[0].is_cut_by_client


# --- where it goes ------------------------------------------------------------------------------------------------


def test_proxies_of_the_environment_are_not_used(endpoint, monkeypatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://192.0.2.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    endpoint.script(EMPTY)
    assert model(endpoint).ask(ASKED, ClauseAnswer).problems == []


def test_a_key_of_the_environment_for_another_service_is_not_sent(endpoint, monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-service")
    endpoint.script(EMPTY)
    model(endpoint).ask(ASKED, ClauseAnswer)
    assert "sk-of-another-service" not in str(endpoint.requests[0].headers)


def test_the_key_goes_to_the_endpoint_and_into_no_words_of_ours(endpoint) -> None:
    endpoint.script(EMPTY)
    one = model(endpoint, key="sk-ours")
    one.ask(ASKED, ClauseAnswer)
    assert endpoint.requests[0].headers["authorization"] == "Bearer sk-ours"
    assert "sk-ours" not in repr(one.options) + str(one.options.model_dump(mode="json"))


# --- many ---------------------------------------------------------------------------------------------------------


def test_a_hundred_answers_of_a_second_take_less_than_fifteen_at_ten_at_once(endpoint) -> None:
    endpoint.answer_with(lambda body: Say(EMPTY, latency=1.0))
    one = model(endpoint, concurrency=10, timeout=10, deadline=30)
    requests = (Request(n, (Message("user", f"第{n}条"),), ClauseAnswer) for n in range(100))
    started = time.monotonic()
    answers = list(one.ask_all(requests))
    assert time.monotonic() - started < 15
    assert len(answers) == 100
    assert not any(isinstance(answer, ModelError) for _, answer in answers)
    assert endpoint.busiest == 10


def test_an_endpoint_that_is_down_is_not_asked_a_hundred_times(endpoint) -> None:
    endpoint.answer_with(lambda body: Status(500))
    one = model(endpoint, concurrency=2, retries=1)
    requests = (Request(n, (Message("user", f"第{n}条"),), ClauseAnswer) for n in range(100))
    answers = list(one.ask_all(requests))
    assert all(isinstance(answer, ModelError) for _, answer in answers)
    assert len(answers) == 100
    assert len(endpoint.requests) < 10


def test_closing_does_not_wait_for_a_server_that_says_nothing(endpoint) -> None:
    endpoint.answer_with(lambda body: Say(EMPTY) if "第0条" in str(body) else Hang())
    one = model(endpoint, concurrency=3, timeout=30, deadline=60)
    answers = one.ask_all(Request(n, (Message("user", f"第{n}条"),), ClauseAnswer) for n in range(9))
    next(answers)
    started = time.monotonic()
    answers.close()
    assert time.monotonic() - started < 1
