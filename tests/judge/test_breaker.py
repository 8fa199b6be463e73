"""An endpoint that fails again and again is left alone for a while."""

from __future__ import annotations

from draft_assist.judge.breaker import Breaker


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def test_a_few_failures_change_nothing() -> None:
    breaker = Breaker(failures=3)
    breaker.failed("出错")
    breaker.failed("出错")
    assert breaker.refusal() == ""


def test_an_answer_in_between_starts_the_count_anew() -> None:
    breaker = Breaker(failures=2)
    for _ in range(5):
        breaker.failed("出错")
        breaker.succeeded()
    assert breaker.refusal() == ""


def test_many_failures_in_a_row_open_the_circuit_and_say_why() -> None:
    breaker = Breaker(failures=3)
    for _ in range(3):
        breaker.failed("模型服务出错（500）")
    assert breaker.refusal() == "模型服务出错（500）"


def test_a_failure_for_good_opens_it_at_once() -> None:
    breaker = Breaker()
    breaker.failed("密钥不对", for_good=True)
    assert breaker.refusal() == "密钥不对"


def test_after_the_pause_one_request_gets_through_and_the_next_wait_for_it() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, pause=30, clock=clock)
    breaker.failed("出错")
    clock.time = 29
    assert breaker.refusal()
    clock.time = 30
    assert breaker.refusal() == ""
    assert breaker.refusal()


def test_the_request_that_got_through_closes_it_or_opens_it_again() -> None:
    clock = Clock()
    breaker = Breaker(failures=3, pause=30, clock=clock)
    for _ in range(3):
        breaker.failed("出错")
    clock.time = 31
    assert breaker.refusal() == ""
    breaker.failed("还在出错")
    assert breaker.refusal() == "还在出错"
    clock.time = 62
    assert breaker.refusal() == ""
    breaker.succeeded()
    assert [breaker.refusal() for _ in range(3)] == ["", "", ""]
