"""What a run costs: tokens and money, an estimate before, a budget that is never exceeded, the sum after."""

from __future__ import annotations

import threading
from typing import NamedTuple

from draft_assist.errors import ModelError

_PER = 1_000_000  # prices are given for a million tokens


class BudgetSpent(ModelError):  # noqa: N818 - named for what happened
    """What is left of the budget does not suffice for the next request; what was answered before is kept."""


class Prices(NamedTuple):
    """Prices of a million tokens.

    Attributes:
        tokens_in, tokens_out: None when they are not known.
        currency: 元, or what the user wrote.
    """

    tokens_in: float | None = None
    tokens_out: float | None = None
    currency: str = ""

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """What so many tokens cost; None when the prices are not known."""
        if self.tokens_in is None or self.tokens_out is None:
            return None
        return (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / _PER


class Spent(NamedTuple):
    """What was spent so far; `is_counted_here` when the endpoint did not tell the tokens of every request."""

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    is_counted_here: bool = False


class Spending:
    """The account of one run, used by several threads.

    A request reserves the most that it can cost before it is sent, so that the budget holds even when every answer is
    as long as it may be. Where other requests are under way and would give back enough, the next one waits for them.
    """

    def __init__(self, prices: Prices, *, budget: float | None = None, budget_tokens: int | None = None) -> None:
        """
        Args:
            budget: in the currency of `prices`, which must be known then; None for no limit.
            budget_tokens: tokens in and out together; None for no limit.
        """
        self.prices = prices
        self._budget = budget
        self._budget_tokens = budget_tokens
        self._changed = threading.Condition()
        self._reserved: dict[int, tuple[int, int]] = {}
        self._next = 0
        self._spent = Spent()

    @property
    def spent(self) -> Spent:
        """What was spent so far."""
        with self._changed:
            return self._spent

    @property
    def cost(self) -> float | None:
        """What was spent so far in money; None when the prices are not known."""
        spent = self.spent
        return self.prices.cost(spent.tokens_in, spent.tokens_out)

    def reserve(self, tokens_in: int, most_out: int) -> int:
        """A ticket for one request.

        Args:
            tokens_in: of the request; most_out: that the answer can have.

        Raises:
            BudgetSpent: the budget does not suffice for it, and no request under way could change that.
        """
        with self._changed:
            while not self._fits(tokens_in, most_out):
                if not self._reserved:
                    raise BudgetSpent(
                        "预算已用完", where=self._limit(), next_step="已得到的意见都已保留；可调高预算后再审"
                    )
                self._changed.wait()
            ticket, self._next = self._next, self._next + 1
            self._reserved[ticket] = (tokens_in, most_out)
            return ticket

    def settle(self, ticket: int, tokens_in: int, tokens_out: int, *, is_counted_here: bool) -> None:
        """Give back what was reserved and write down what was used."""
        with self._changed:
            del self._reserved[ticket]
            spent = self._spent
            self._spent = Spent(
                spent.requests + 1,
                spent.tokens_in + tokens_in,
                spent.tokens_out + tokens_out,
                spent.is_counted_here or is_counted_here,
            )
            self._changed.notify_all()

    def _fits(self, tokens_in: int, most_out: int) -> bool:
        all_in = self._spent.tokens_in + tokens_in + sum(one for one, _ in self._reserved.values())
        all_out = self._spent.tokens_out + most_out + sum(one for _, one in self._reserved.values())
        if self._budget_tokens is not None and all_in + all_out > self._budget_tokens:
            return False
        cost = self.prices.cost(all_in, all_out)
        return self._budget is None or cost is None or cost <= self._budget

    def _limit(self) -> str:
        if self._budget is not None:
            return f"预算{self._budget:g}{self.prices.currency}"
        return f"预算{self._budget_tokens}个词元"
