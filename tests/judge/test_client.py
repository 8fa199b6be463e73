"""The model layer: answers in a form, kept, repaired, many at once, within a budget."""

from __future__ import annotations

import json
import threading
import time

import pytest

pytest.importorskip("langchain_openai", reason="needs the extra “model”")

import httpx2
import openai

from draft_assist.errors import AnswerUnreadable, ModelError
from draft_assist.judge.answers import ClauseAnswer
from draft_assist.judge.client import Model, Request
from draft_assist.judge.kept_answers import KeptAnswers
from draft_assist.judge.options import ModelOptions
from draft_assist.judge.prompts import Message
from draft_assist.judge.scripted import ScriptedChat
from draft_assist.judge.spending import BudgetSpent

EMPTY = json.dumps({"remarks": [], "problems": []})
ASKED = (Message("system", "你是审核人员。"), Message("user", "这一条合法吗？"))
REQUEST = httpx2.Request("POST", "http://127.0.0.1:1/v1/chat/completions")


class Letters:
    """A letter is a token."""

    def count(self, text: str) -> int:
        return len(text)


def model(*script, kept: KeptAnswers | None = None, chat: ScriptedChat | None = None, **options) -> Model:
    told = {"url": "http://127.0.0.1:1/v1", "name": "试用", "retries": 0, **options}
    return Model(
        ModelOptions(**told),
        chat=chat or ScriptedChat(script),
        counting=Letters(),
        kept=kept,
        sleep=lambda seconds: None,
    )


def refused(words: str) -> openai.BadRequestError:
    return openai.BadRequestError(words, response=httpx2.Response(400, text=words, request=REQUEST), body=None)


def test_an_answer_in_the_form_is_read() -> None:
    assert model(EMPTY).ask(ASKED, ClauseAnswer) == ClauseAnswer(remarks=[], problems=[])


def test_an_answer_that_is_no_json_is_asked_for_once_more_and_told_why() -> None:
    one = model("这一条看来合法。", EMPTY)
    assert one.answer(ASKED, ClauseAnswer).repairs == 1
    again = one.caller._chat.asked[1]
    assert "这一条看来合法。" in again[-1].content
    assert [message.content for message in again[:2]] == [message.content for message in ASKED]


def test_an_answer_that_is_never_json_is_an_error_and_no_answer() -> None:
    with pytest.raises(AnswerUnreadable):
        model("合法。", "真的合法。").ask(ASKED, ClauseAnswer)


def test_the_second_time_the_answer_comes_out_of_the_store(tmp_path) -> None:
    kept = KeptAnswers(tmp_path)
    assert not model(EMPTY, kept=kept).answer(ASKED, ClauseAnswer).is_kept
    assert model(kept=kept).answer(ASKED, ClauseAnswer).is_kept


def test_what_cannot_be_read_is_not_kept(tmp_path) -> None:
    kept = KeptAnswers(tmp_path)
    with pytest.raises(AnswerUnreadable):
        model("合法。", "合法。", kept=kept).ask(ASKED, ClauseAnswer)
    assert not model(EMPTY, kept=kept).answer(ASKED, ClauseAnswer).is_kept


@pytest.mark.parametrize(
    "other",
    [{"name": "另一个"}, {"temperature": 0.7}, {"max_output": 99}, {"url": "http://127.0.0.1:2/v1"}],
    ids=lambda one: next(iter(one)),
)
def test_another_model_or_setting_has_answers_of_its_own(tmp_path, other) -> None:
    kept = KeptAnswers(tmp_path)
    model(EMPTY, kept=kept).ask(ASKED, ClauseAnswer)
    assert not model(EMPTY, kept=kept, **other).answer(ASKED, ClauseAnswer).is_kept


def test_numbers_of_persons_are_neither_sent_nor_kept(tmp_path) -> None:
    kept = KeptAnswers(tmp_path)
    asked = (Message("user", "联系人电话13800138000。"),)
    said = {
        "category": "personal_rights",
        "does": "other",
        "quote": "PHONE",
        "reason": "公开了联系人的电话，应当隐去。",
        "evidence": [],
        "wording": "",
    }

    def answer(messages):
        hidden = messages[-1].content.split("电话")[1].rstrip("。")
        assert "138" not in hidden
        return json.dumps({"remarks": [], "problems": [{**said, "quote": hidden}]}, ensure_ascii=False)

    first = model(answer, kept=kept).ask(asked, ClauseAnswer)
    assert first.problems[0].quote == "13800138000"
    assert b"13800138000" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert model(kept=kept).ask(asked, ClauseAnswer) == first


# --- how it is asked ----------------------------------------------------------------------------------------------


class Watching(ScriptedChat):
    """Keeps the members of every request."""

    def __init__(self, script) -> None:
        super().__init__(script)
        self.__dict__["members"] = []

    def _stream(self, messages, stop=None, run_manager=None, **kwargs):
        self.__dict__["members"].append(kwargs["extra_body"])
        yield from super()._stream(messages)


def test_an_endpoint_that_does_not_know_a_schema_is_asked_in_a_plainer_way_from_then_on() -> None:
    chat = Watching([refused("response_format json_schema is unknown"), refused("response_format"), EMPTY, EMPTY])
    one = model(chat=chat)
    one.ask(ASKED, ClauseAnswer)
    one.ask(ASKED, ClauseAnswer)
    sent = [body.get("response_format", {}).get("type") for body in chat.__dict__["members"]]
    assert sent == ["json_schema", "json_object", None, None]
    assert one.mode == "text"
    assert "problems" in chat.asked[-1][-1].content  # the form is told in words
    assert "problems" not in chat.asked[0][-1].content


def test_a_way_that_the_user_has_set_is_not_changed() -> None:
    with pytest.raises(ModelError):
        model(refused("response_format"), structured="schema").ask(ASKED, ClauseAnswer)


def test_a_newer_name_of_the_limit_is_learned() -> None:
    chat = Watching([refused("use max_completion_tokens in place of max_tokens"), EMPTY, EMPTY])
    one = model(chat=chat, retries=1)
    one.ask(ASKED, ClauseAnswer)
    one.ask(ASKED, ClauseAnswer)
    assert ["max_tokens" in body for body in chat.__dict__["members"]] == [True, False, False]
    assert chat.__dict__["members"][1]["max_completion_tokens"] == one.options.max_output


def test_members_of_the_users_own_go_with_every_request() -> None:
    chat = Watching([EMPTY])
    model(chat=chat, extra={"enable_thinking": False}).ask(ASKED, ClauseAnswer)
    assert chat.__dict__["members"][0]["enable_thinking"] is False


# --- many at once -------------------------------------------------------------------------------------------------


def requests(count: int):
    return (Request(n, (Message("user", f"第{n}条"),), ClauseAnswer) for n in range(count))


def test_every_request_gets_its_own_answer_or_its_own_error() -> None:
    def answer(messages):
        return "不是JSON" if "第3条" in messages[0].content else EMPTY

    got = dict(model(chat=ScriptedChat(answer)).ask_all(requests(8)))
    assert sorted(got) == list(range(8))
    assert [key for key, one in got.items() if isinstance(one, ModelError)] == [3]


def test_not_more_than_allowed_run_at_once_and_these_do() -> None:
    lock, running, most = threading.Lock(), 0, 0

    def answer(messages):
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.02)
        with lock:
            running -= 1
        return EMPTY

    list(model(chat=ScriptedChat(answer), concurrency=5).ask_all(requests(30)))
    assert most == 5


def test_requests_are_made_only_as_they_are_needed() -> None:
    made: list[int] = []

    def counted():
        for one in requests(1000):
            made.append(one.key)
            yield one

    answers = model(chat=ScriptedChat(lambda messages: EMPTY), concurrency=4).ask_all(counted())
    for _ in range(10):
        next(answers)
    assert len(made) <= 10 + 2 * 4
    answers.close()


def test_closing_ends_the_run() -> None:
    one = model(chat=ScriptedChat(lambda messages: EMPTY))
    answers = one.ask_all(requests(1000))
    next(answers)
    answers.close()
    assert len(one.caller._chat.asked) < 20


def test_a_stop_ends_the_run() -> None:
    one = model(chat=ScriptedChat(lambda messages: EMPTY), concurrency=1)
    got = []
    for key, _ in one.ask_all(requests(1000), stop=lambda: len(got) >= 3):
        got.append(key)
    assert 3 <= len(got) <= 6


def test_when_the_budget_is_spent_what_was_answered_is_there() -> None:
    one = model(chat=ScriptedChat(lambda messages: EMPTY), budget_tokens=400, max_output=100, concurrency=2)
    got = dict(one.ask_all(requests(50)))
    answered = [key for key, one in got.items() if not isinstance(one, ModelError)]
    assert answered
    assert all(isinstance(one, BudgetSpent) for key, one in got.items() if key not in answered)
    spent = one.spending.spent
    assert spent.tokens_in + spent.tokens_out <= 400


def test_prose_comes_in_pieces() -> None:
    pieces = list(model("规范性文件不得设定行政处罚。").prose(ASKED))
    assert len(pieces) > 1
    assert "".join(pieces) == "规范性文件不得设定行政处罚。"
