"""A real model behind a real server. It is far too small to say anything true, which is the point."""

from __future__ import annotations

import json
import threading
import time
from typing import Literal

import pytest

pytest.importorskip("langchain_openai", reason="needs the extra “model”")

import httpx2
import openai
from endpoint_server import until
from pydantic import BaseModel

from draft_assist.errors import ModelError
from draft_assist.judge.client import Request
from draft_assist.judge.endpoint import Sort, failure_of
from draft_assist.judge.prompts import Message

pytestmark = pytest.mark.real_model

TALE = [{"role": "user", "content": "Tell a very long story about a river."}]
SCHEMA = {
    "type": "object",
    "properties": {
        "stance": {"type": "string", "enum": ["confirms", "refutes", "unsure"]},
        "evidence": {"type": "array", "items": {"type": "string", "maxLength": 8}, "minItems": 1, "maxItems": 3},
    },
    "required": ["stance", "evidence"],
    "additionalProperties": False,
}


@pytest.fixture
def asking(real_model) -> openai.OpenAI:
    http = httpx2.Client(trust_env=False, timeout=60)
    return openai.OpenAI(base_url=real_model.url, api_key="none", max_retries=0, http_client=http)


# --- what the server does by itself ---------------------------------------------------------------------------------


def test_it_streams_and_tells_the_tokens(asking) -> None:
    times, tokens = [], 0
    more = {"stream": True, "stream_options": {"include_usage": True}, "max_tokens": 40}
    for event in asking.chat.completions.create(model="any", messages=TALE, **more):
        times.append(time.monotonic())
        tokens = event.usage.completion_tokens if event.usage else tokens
    assert len(times) > 30
    assert times[-1] - times[0] > 0.1  # in pieces, not at once
    assert tokens == 40


@pytest.mark.parametrize("seed", range(3))
def test_an_answer_keeps_to_a_schema(asking, seed) -> None:
    form = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": SCHEMA}}
    answer = asking.chat.completions.create(
        model="any", messages=TALE, max_tokens=200, response_format=form, seed=seed, temperature=1.0
    )
    value = json.loads(answer.choices[0].message.content, strict=False)
    assert set(value) == {"stance", "evidence"}
    assert value["stance"] in SCHEMA["properties"]["stance"]["enum"]
    assert 1 <= len(value["evidence"]) <= 3


def test_it_stops_working_when_the_client_closes_the_stream(asking, real_model) -> None:
    stream = asking.chat.completions.create(model="any", messages=TALE, max_tokens=2000, stream=True)
    next(stream)
    assert real_model.is_busy()
    stream.close()
    assert until(lambda: not real_model.is_busy(), 5), "it would have told its tale to the end"


def test_a_question_beyond_its_context_is_refused_in_words_that_we_understand(asking) -> None:
    with pytest.raises(openai.BadRequestError) as raised:
        asking.chat.completions.create(model="any", messages=[{"role": "user", "content": "规" * 9000}])
    failure = failure_of(raised.value)
    assert failure.sort is Sort.ANSWER
    assert "上下文" in failure.what


def test_a_server_that_is_killed_in_the_middle_of_its_answer_breaks_the_stream(mortal_model) -> None:
    http = httpx2.Client(trust_env=False, timeout=60)
    asking = openai.OpenAI(base_url=mortal_model.url, api_key="none", max_retries=0, http_client=http)
    stream = asking.chat.completions.create(model="any", messages=TALE, max_tokens=2000, stream=True)
    next(stream)
    mortal_model.process.kill()
    with pytest.raises((openai.APIConnectionError, httpx2.HTTPError)) as raised:
        list(stream)
    assert failure_of(raised.value).sort is Sort.AGAIN


# --- through the model layer ----------------------------------------------------------------------------------------

STORY = (Message("user", "Tell a very long story about a river."),)


class Choice(BaseModel):
    """A form that any answer within its schema fits."""

    stance: Literal["confirms", "refutes", "unsure"]
    does: Literal["sets", "cuts"]


def test_prose_comes_in_pieces_and_its_tokens_are_those_of_the_server(real_model) -> None:
    one = real_model.layer(max_output=64)
    pieces = list(one.prose(STORY))
    assert len(pieces) > 20
    assert one.spending.spent.tokens_out == 64
    assert not one.spending.spent.is_counted_here


def test_the_schema_of_a_form_is_known_to_the_server(real_model) -> None:
    one = real_model.layer(max_output=200)
    assert isinstance(one.ask(STORY, Choice), Choice)
    assert one.mode == "schema"


def test_stopping_ends_an_answer_and_the_server_turns_to_others(real_model) -> None:
    one = real_model.layer(max_output=2000)
    pieces = one.prose(STORY)
    next(pieces)
    one.stop()
    started = time.monotonic()
    with pytest.raises(ModelError, match="已按要求停止"):
        list(pieces)
    assert time.monotonic() - started < 5
    assert until(lambda: not real_model.is_busy(), 5)


def test_an_answer_that_takes_too_long_is_ended(real_model) -> None:
    one = real_model.layer(max_output=2000, deadline=1.5)
    started = time.monotonic()
    with pytest.raises(ModelError, match="用时超过上限"):
        list(one.prose(STORY))
    assert time.monotonic() - started < 10
    assert until(lambda: not real_model.is_busy(), 5)


def test_many_questions_are_let_go_together(real_model) -> None:
    one = real_model.layer(max_output=2000, concurrency=3)
    answers = one.ask_all(Request(n, STORY, Choice) for n in range(9))
    next(answers)
    answers.close()
    assert until(lambda: not real_model.is_busy(), 5)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("model")]
