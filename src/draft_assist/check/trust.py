"""How often a rule was right on the project's own sets: knowledge/trust.json, written by `draft-assist eval rules`.

    trust = read_trust()
    trust.of(rule)      -> Trust(fired=24, right=23, ...), or None when it never fired or has changed since

A rule that was right too seldom counts as `preview`, whatever its file says: see `FLOORS`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from draft_assist.check.matching import Match
from draft_assist.errors import KnowledgeError
from draft_assist.knowledge import knowledge_path
from draft_assist.model import Severity

# The least share of right findings that a rule needs to stay on. An unlawful finding that is wrong costs the reader's
# trust; a hint that is wrong costs him a glance.
FLOORS = {Severity.UNLAWFUL: 0.85, Severity.DOUBTFUL: 0.70, Severity.ADVICE: 0.50}
# Fewer firings than this say too little to switch a rule off.
ENOUGH = 5


class Trust(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one rule did on the sets.

    Attributes:
        fired, right: findings, and those among them on clauses that have a fault (see `evals/rules.py`).
        low, high: 95 % Wilson interval of right / fired.
        match: digest of the match it was measured with.
    """

    fired: int
    right: int
    low: float
    high: float
    match: str

    @property
    def precision(self) -> float:
        """right / fired."""
        return self.right / self.fired


class TrustTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The measured rules.

    Attributes:
        sets: names of the clause sets, with their number of clauses.
        rules: by code; rules that never fired are left out.
    """

    sets: dict[str, int] = {}
    rules: dict[str, Trust] = {}

    def of(self, code: str, match: Match) -> Trust | None:
        """The measurement of the rule of that code, if it was made with this match."""
        known = self.rules.get(code)
        return known if known is not None and known.match == digest_of(match) else None

    def is_below_floor(self, code: str, match: Match, severity: Severity) -> bool:
        """True when the rule fired often enough and was right too seldom."""
        known = self.rules.get(code)
        below = known is not None and known.fired >= ENOUGH and known.precision < FLOORS[severity]
        return below and self.of(code, match) is not None


def digest_of(match: Match) -> str:
    """12 hexadecimal digits over what the rule matches; messages and examples do not count."""
    return hashlib.sha256(msgspec.json.encode(match)).hexdigest()[:12]


def read_trust(path: Path | None = None) -> TrustTable:
    """The table of `path`; None reads knowledge/trust.json. A missing file is an empty table.

    Raises:
        KnowledgeError: the file is wrong.
    """
    file = path or knowledge_path("trust.json")
    try:
        return msgspec.json.decode(file.read_bytes(), type=TrustTable)
    except FileNotFoundError:
        return TrustTable()
    except (OSError, msgspec.MsgspecError) as error:
        raise KnowledgeError(
            f"规则实测记录读不出来（{error}）",
            where=file.name,
            next_step="请用 draft-assist eval rules --write 重新生成",
        ) from None


def write_trust(path: Path, table: TrustTable) -> None:
    """Write the table, one rule a line, in order of code."""
    rows = [f'"{code}":{msgspec.json.encode(one).decode()}' for code, one in sorted(table.rules.items())]
    body = ",\n".join(rows)
    path.write_text(
        f'{{"sets":{msgspec.json.encode(table.sets).decode()},\n"rules":{{\n{body}\n}}}}\n', encoding="utf-8"
    )
