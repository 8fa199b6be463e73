"""What a run costs, and that its budget holds."""

from __future__ import annotations

import threading

import pytest

from draft_assist.judge.spending import BudgetSpent, Prices, Spending, Spent

YUAN = Prices(2.0, 8.0, "元")


def test_a_million_tokens_cost_their_price() -> None:
    assert YUAN.cost(1_000_000, 500_000) == 6.0


def test_without_prices_nothing_is_said_of_costs() -> None:
    assert Prices(2.0, None).cost(5, 5) is None
    assert Spending(Prices()).cost is None


def test_what_was_used_counts_and_not_what_was_reserved() -> None:
    spending = Spending(YUAN)
    spending.settle(spending.reserve(1000, 2000), 900, 100, is_counted_here=False)
    assert spending.spent == Spent(1, 900, 100, False)
    assert spending.cost == pytest.approx(0.0026)


def test_one_count_of_our_own_marks_the_whole_sum() -> None:
    spending = Spending(YUAN)
    spending.settle(spending.reserve(1, 1), 1, 1, is_counted_here=True)
    spending.settle(spending.reserve(1, 1), 1, 1, is_counted_here=False)
    assert spending.spent.is_counted_here


@pytest.mark.parametrize(
    ("limits", "shown"),
    [({"budget": 0.01}, "预算0.01元"), ({"budget_tokens": 2999}, "预算2999个词元")],
    ids=["money", "tokens"],
)
def test_a_request_that_could_exceed_the_budget_is_not_made(limits, shown) -> None:
    spending = Spending(YUAN, **limits)
    with pytest.raises(BudgetSpent, match=shown):
        spending.reserve(1000, 2000)  # 0.018 元 at most


def test_the_budget_holds_whatever_the_answers_turn_out_to_be() -> None:
    spending = Spending(YUAN, budget_tokens=10_000)
    made = 0
    with pytest.raises(BudgetSpent):
        while True:
            spending.settle(spending.reserve(700, 300), 700, 300, is_counted_here=False)
            made += 1
    assert made == 10
    assert spending.spent.tokens_in + spending.spent.tokens_out == 10_000


def test_a_request_waits_for_one_under_way_that_may_give_back_enough() -> None:
    spending = Spending(YUAN, budget_tokens=1500)
    first = spending.reserve(500, 500)
    got: list[int] = []
    waiter = threading.Thread(target=lambda: got.append(spending.reserve(500, 500)))
    waiter.start()
    waiter.join(0.1)
    assert waiter.is_alive()
    spending.settle(first, 400, 20, is_counted_here=False)
    waiter.join(2)
    assert len(got) == 1


def test_a_request_that_waited_in_vain_is_told() -> None:
    spending = Spending(YUAN, budget_tokens=1500)
    first = spending.reserve(500, 500)
    told: list[BaseException] = []

    def wait() -> None:
        try:
            spending.reserve(500, 500)
        except BudgetSpent as error:
            told.append(error)

    waiter = threading.Thread(target=wait)
    waiter.start()
    spending.settle(first, 500, 500, is_counted_here=False)
    waiter.join(2)
    assert len(told) == 1
