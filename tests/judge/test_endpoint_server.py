"""The scripted endpoint does to the packages that read it what a bad server does, and our reading of that is right."""

from __future__ import annotations

import json
import threading
import time

import pytest

pytest.importorskip("langchain_openai", reason="needs the extra “model”")

import httpx2
import openai
from endpoint_server import (
    BrokenJson,
    BrokenSse,
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
    Tool,
    WrongContentType,
    refusing_url,
    until,
)
from langchain_openai import ChatOpenAI

from draft_assist.judge.endpoint import Sort, failure_of

ASKED = [{"role": "user", "content": "这一条合法吗？"}]
SILENCE = 0.4  # seconds that the clients of these tests wait


def client(endpoint: Endpoint) -> openai.OpenAI:
    http = httpx2.Client(trust_env=False, timeout=SILENCE)
    return openai.OpenAI(base_url=endpoint.url, api_key="key", max_retries=0, http_client=http)


def chat(url: str) -> ChatOpenAI:
    return ChatOpenAI(
        base_url=url,
        api_key="key",
        model="scripted",
        max_retries=0,
        stream_usage=True,
        use_responses_api=False,
        http_client=httpx2.Client(trust_env=False, follow_redirects=False, timeout=SILENCE),
        timeout=SILENCE,
    )


@pytest.fixture
def plain(endpoint: Endpoint) -> openai.OpenAI:
    return client(endpoint)


def whole(asking: openai.OpenAI):
    return asking.chat.completions.create(model="scripted", messages=ASKED)


def pieces(asking: openai.OpenAI):
    return asking.chat.completions.create(
        model="scripted", messages=ASKED, stream=True, stream_options={"include_usage": True}
    )


def words(stream) -> str:
    return "".join(one.choices[0].delta.content or "" for one in stream if one.choices)


# --- good answers ---------------------------------------------------------------------------------------------------


def test_the_only_model_is_listed(plain) -> None:
    assert [one.id for one in plain.models.list()] == ["scripted"]


def test_an_answer_comes_whole_or_in_pieces(endpoint, plain) -> None:
    endpoint.script("合法。", Say("不合法。", pieces=4))
    answer = whole(plain)
    assert answer.choices[0].message.content == "合法。"
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + 7
    events = list(pieces(plain))
    assert [one.choices[0].delta.content for one in events if one.choices] == ["", "不", "合", "法", "。", None]
    assert events[-1].usage.completion_tokens == 7
    assert events[-2].choices[0].finish_reason == "stop"


def test_a_request_is_kept_as_it_came(endpoint, plain) -> None:
    endpoint.script("好")
    whole(plain)
    (request,) = endpoint.requests
    assert (request.path, request.headers["authorization"]) == ("/v1/chat/completions", "Bearer key")
    assert (request.words, request.body["model"]) == ("这一条合法吗？", "scripted")
    assert until(lambda: request.ended is not None)
    assert request.ended > request.at


def test_tokens_are_told_only_where_asked_for_and_where_the_server_knows_them(endpoint, plain) -> None:
    endpoint.script("好", Say("好", has_usage=False), Say("好", has_usage=False))
    unasked = plain.chat.completions.create(model="scripted", messages=ASKED, stream=True)
    assert [one.usage for one in unasked if one.usage] == []
    assert [one.usage for one in pieces(plain) if one.usage] == []
    assert whole(plain).usage is None


def test_an_answer_may_end_by_the_limit(endpoint, plain) -> None:
    endpoint.script(Say("半", finish="length"))
    assert whole(plain).choices[0].finish_reason == "length"


def test_reasoning_comes_in_a_member_of_its_own_which_langchain_leaves_out(endpoint, plain) -> None:
    endpoint.script(*[Say("好", reasoning="先看依据")] * 2)
    told = [one.choices[0].delta for one in pieces(plain) if one.choices]
    assert "".join(getattr(one, "reasoning_content", "") for one in told) == "先看依据"
    assert "".join(str(one.content) for one in chat(endpoint.url).stream("问")) == "好"


def test_a_tool_is_called_in_pieces_that_join_to_its_arguments(endpoint) -> None:
    endpoint.script(Tool("search", {"words": "罚款"}, more=(Tool("article", {"law": "行政处罚法"}),)))
    first, *rest = chat(endpoint.url).stream("问")
    for one in rest:
        first = first + one
    assert [(one["name"], one["args"]) for one in first.tool_calls] == [
        ("search", {"words": "罚款"}),
        ("article", {"law": "行政处罚法"}),
    ]
    assert first.response_metadata["finish_reason"] == "tool_calls"


def test_what_is_answered_may_depend_on_what_was_asked(endpoint, plain) -> None:
    endpoint.answer_with(lambda body: Status(500) if "temperature" in body else body["messages"][0]["content"])
    assert whole(plain).choices[0].message.content == "这一条合法吗？"
    with pytest.raises(openai.InternalServerError):
        plain.chat.completions.create(model="scripted", messages=ASKED, temperature=0)


def test_members_of_the_request_reach_the_server_while_it_streams(endpoint) -> None:
    endpoint.script("{}")
    more = {"response_format": {"type": "json_object"}, "max_tokens": 5, "enable_thinking": False}
    last = list(chat(endpoint.url).stream("问", extra_body=more))
    body = endpoint.requests[0].body
    assert body["stream"] and body["stream_options"] == {"include_usage": True}
    assert {name: body[name] for name in more} == more
    assert any(one.usage_metadata for one in last)


# --- bad answers: what comes out of the packages, and what we make of it --------------------------------------------

NO_RESPONSE_FORMAT = Status(400, "response_format json_schema is not supported")
BAD = [
    (Status(429, retry_after=1), openai.RateLimitError, Sort.AGAIN),
    (Status(500), openai.InternalServerError, Sort.AGAIN),
    (Status(503), openai.InternalServerError, Sort.AGAIN),
    (Status(401), openai.AuthenticationError, Sort.NEVER),
    (Status(404, "no such model"), openai.NotFoundError, Sort.NEVER),
    (NO_RESPONSE_FORMAT, openai.BadRequestError, Sort.FORM),
    (Status(400, "This model's maximum context length is 4096"), openai.BadRequestError, Sort.ANSWER),
    (Redirect("http://127.0.0.1:9/v1/chat/completions"), openai.APIStatusError, Sort.NEVER),
    (RefuseConnection(), openai.APIConnectionError, Sort.AGAIN),
    (Hang(), openai.APITimeoutError, Sort.AGAIN),
    (HangMidStream(), openai.APITimeoutError, Sort.AGAIN),
    (CutStream(), openai.APIConnectionError, Sort.AGAIN),
    (CutBody(), openai.APIConnectionError, Sort.AGAIN),
    (ErrorMidStream(), openai.APIError, Sort.AGAIN),
    (BrokenJson, ValueError, Sort.ANSWER),
    (BrokenSse, ValueError, Sort.ANSWER),
    (WrongContentType, ValueError, Sort.ANSWER),
]


@pytest.mark.parametrize(("behaviour", "error", "sort"), BAD, ids=[str(one)[:40] for one, *_ in BAD])
def test_a_bad_answer_is_an_error_of_a_kind_that_we_know(endpoint, behaviour, error, sort) -> None:
    endpoint.script(behaviour)
    with pytest.raises(error) as raised:
        list(chat(endpoint.url).stream("问"))
    failure = failure_of(raised.value)
    assert failure is not None and failure.sort is sort


def test_nothing_listens_at_the_address() -> None:
    with pytest.raises(openai.APIConnectionError) as raised:
        list(chat(refusing_url()).stream("问"))
    assert failure_of(raised.value).sort is Sort.AGAIN


@pytest.mark.parametrize(("told", "after"), [(2, 2.0), ("1.5", 1.5), ("Wed, 21 Oct 2026 07:28:00 GMT", None)])
def test_how_long_to_wait_is_told_in_a_header(endpoint, told, after) -> None:
    endpoint.script(Status(429, retry_after=told))
    with pytest.raises(openai.RateLimitError) as raised:
        list(chat(endpoint.url).stream("问"))
    assert failure_of(raised.value).after == after


def test_what_was_said_before_the_stream_broke_off_has_come_out(endpoint) -> None:
    endpoint.script(CutStream("本条设定了", pieces=5))
    said = []
    with pytest.raises(openai.APIConnectionError):
        for one in chat(endpoint.url).stream("问"):
            said.append(one.content)
    assert "".join(said) == "本条设定了"


def test_a_stream_that_ends_too_early_in_good_order_is_told_by_nothing_but_the_reason_that_is_not_there(
    endpoint,
) -> None:
    endpoint.script(CutStream("本条设定了", hard=False))
    said = list(chat(endpoint.url).stream("问"))
    assert "".join(str(one.content) for one in said) == "本条设定了"
    assert not any(one.response_metadata.get("finish_reason") for one in said)


def test_an_answer_without_a_choice_or_without_content_is_empty(endpoint) -> None:
    endpoint.script(EmptyChoices(), NullContent())
    assert "".join(str(one.content) for one in chat(endpoint.url).stream("问")) == ""
    assert "".join(str(one.content) for one in chat(endpoint.url).stream("问")) == ""


def test_a_whole_answer_may_be_broken_as_well(endpoint, plain) -> None:
    endpoint.script(BrokenJson, EmptyChoices(), NullContent(), WrongContentType)
    with pytest.raises(json.JSONDecodeError):
        whole(plain)
    assert whole(plain).choices == []
    assert whole(plain).choices[0].message.content is None
    assert isinstance(whole(plain), str)


def test_a_huge_answer_is_as_long_as_was_asked_for(endpoint, plain) -> None:
    endpoint.script(Huge(3), Huge(3))
    assert len(words(pieces(plain)).encode()) == pytest.approx(3_000_000, rel=0.03)
    assert len(whole(plain).choices[0].message.content.encode()) == pytest.approx(3_000_000, rel=0.03)


def test_a_stream_of_single_bytes_never_falls_silent(endpoint, plain) -> None:
    endpoint.script(Drip(interval=0.01))
    started = time.monotonic()
    said = ""
    for event in pieces(plain):
        said += event.choices[0].delta.content
        if time.monotonic() - started > 2 * SILENCE:  # longer than the client bears silence
            break
    assert said


# --- the server itself ----------------------------------------------------------------------------------------------


def test_a_client_that_stops_reading_is_noticed(endpoint) -> None:
    endpoint.script(Say("字" * 200, pieces=200, pause=0.05))
    stream = chat(endpoint.url).stream("问")
    next(stream)
    stream.close()
    request = endpoint.requests[0]
    assert until(lambda: request.ended)
    assert request.is_cut_by_client
    assert request.ended - request.at < 5


def test_many_are_answered_at_once(endpoint, plain) -> None:
    endpoint.answer_with(lambda body: Say("好", latency=0.2))
    threads = [threading.Thread(target=whole, args=(plain,)) for _ in range(20)]
    started = time.monotonic()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert time.monotonic() - started < 2  # one after another: 4 s
    assert endpoint.busiest == len(endpoint.requests) == 20


def test_it_closes_at_once_while_requests_hang() -> None:
    endpoint = Endpoint()
    endpoint.answer_with(lambda body: Hang(60))
    failed = []

    def ask() -> None:
        try:
            openai.OpenAI(
                base_url=endpoint.url, api_key="key", max_retries=0, http_client=httpx2.Client(trust_env=False)
            ).chat.completions.create(model="scripted", messages=ASKED)
        except openai.APIConnectionError as error:
            failed.append(error)

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for one in threads:
        one.start()
    assert until(lambda: len(endpoint.requests) == 5)
    started = time.monotonic()
    endpoint.close()
    for one in threads:
        one.join(5)
    assert time.monotonic() - started < 3
    assert len(failed) == 5


def test_what_the_test_did_not_foresee_is_written_down() -> None:
    with Endpoint() as one:
        one.script("好")
        assert whole(client(one)).choices
        with pytest.raises(openai.InternalServerError):
            whole(client(one))
        with pytest.raises(openai.NotFoundError):
            client(one).embeddings.create(model="scripted", input="罚款")
        one.answer_with(lambda body: body["no such member"])
        with pytest.raises(openai.InternalServerError):
            whole(client(one))
    assert [fault.split(" ")[0] for fault in one.faults] == ["more", "unknown", "the"]


def test_it_can_be_reached_from_this_host_only(endpoint) -> None:
    assert endpoint._server.socket.getsockname()[0] == "127.0.0.1"
