"""What the grammars hand to the reading: words that name a power, before it is known what the clause does with it."""

from __future__ import annotations

from typing import NamedTuple

from draft_assist.model import Does, Grade, Power

PERMITS = frozenset({Power.PERMIT, Power.PERMIT_CONDITION})
CHARGES = frozenset({Power.FEE, Power.LEVY, Power.DEPOSIT, Power.TAX})
COMPULSION = frozenset({Power.COMPULSORY, Power.EXECUTION})
# What is more than the classical powers; only rule files bring words for these.
WIDENED = frozenset(
    {Power.DUTY, Power.RESTRICTION, Power.BENEFIT, Power.GRANT, Power.COMPETITION, Power.DIRECTIVE, Power.EXPROPRIATION}
)


class Candidate(NamedTuple):
    """Words of one part that name a power.

    Attributes:
        power, kind: see `Act`.
        start, end: offsets in the part's text.
        grade: as far as the words themselves tell.
        why: Chinese, which construction was seen.
        who: the words that name the approving or collecting side; "" when the construction has none.
        does: set when the construction itself settles it (a mention, a ban); None leaves it to the reading.
        own_stem: the construction has looked at the stem itself: the stem does not turn it round.
        of_rule: the words come from a rule file, not from the grammar.
    """

    power: Power
    kind: str
    start: int
    end: int
    grade: Grade
    why: str
    does: Does | None = None
    who: str = ""
    own_stem: bool = False
    of_rule: bool = False
