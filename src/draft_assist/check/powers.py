"""Whether an issuer may set a power: knowledge/powers.yaml as a table that answers.

powers = read_powers()
powers.answer(Rank.COUNTY, Power.PENALTY, "fine", as_of)  ->  Answer(verdict=Verdict.MAY_NOT, ...)
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path

import msgspec

from draft_assist.errors import KnowledgeError
from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.model import Power, Rank


class Verdict(StrEnum):
    """The answers of powers.yaml; its head says what they mean."""

    MAY_SET = "may_set"
    MAY_DETAIL = "may_detail"
    MAY_NOT = "may_not"
    PROFILE = "profile"


class PowerBasis(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article that an answer rests on.

    Attributes:
        law: title, without 中华人民共和国.
        article: 第十五条第二款.
        gist: what it says, in our words.
        source: for what the statute data does not hold: where it stands, Chinese.
        confirmed: False when its text was not read.
    """

    law: str
    article: str
    gist: str
    source: str = ""
    confirmed: bool = True


class Cap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The most a fine of that rank may come to.

    Attributes:
        yuan: in ordinary cases.
        exceptional_yuan: in the cases the source names; None when there are none.
        source: Chinese; confirmed is False when its text was not read.
    """

    yuan: int
    exceptional_yuan: int | None = None
    source: str
    confirmed: bool = True


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the table says for one rank, power, kind and day.

    Attributes:
        verdict: see `Verdict`.
        condition: Chinese, under which conditions, or what remains allowed; "" when there is nothing to add.
        basis: the articles, first the one that decides.
        since, until: first and last day for which this answer holds; None where open.
        profile: the profile field that decides for Verdict.PROFILE; "" when the local value has no field.
        cap: of a fine; None when the table names none.
        confirmed: False when something in the answer could not be read in a source.
    """

    verdict: Verdict
    condition: str
    basis: tuple[PowerBasis, ...]
    since: dt.date
    until: dt.date | None = None
    profile: str = ""
    cap: Cap | None = None
    confirmed: bool = True


class _Scope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    since: dt.date
    kinds: tuple[str, ...]


class _Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    power: Power
    ranks: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    since: dt.date | None = msgspec.field(name="from", default=None)
    until: dt.date | None = msgspec.field(name="to", default=None)
    verdict: Verdict
    condition: str = ""
    basis: tuple[str, ...]
    profile: str = ""
    cap: Cap | None = None
    confirmed: bool = True


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    powers: dict[Power, _Scope]
    ranks: dict[str, tuple[Rank, ...]]
    bases: dict[str, PowerBasis]
    rows: tuple[_Row, ...]


_Cell = tuple[Rank, Power, str]


class Powers:
    """The table, expanded; make one with `read_powers()`."""

    def __init__(self, scopes: dict[Power, _Scope], cells: dict[_Cell, tuple[Answer, ...]]) -> None:
        self._scopes = scopes
        self._cells = cells

    def kinds(self, power: Power) -> tuple[str, ...]:
        """The kinds that the table knows for `power`; the lexicon may use no others."""
        return self._scopes[power].kinds if power in self._scopes else ()

    def since(self, power: Power) -> dt.date | None:
        """The first day for which the table answers for `power`; None when it never does."""
        return self._scopes[power].since if power in self._scopes else None

    def answer(self, rank: Rank, power: Power, kind: str, as_of: dt.date) -> Answer | None:
        """May an issuer of that rank set that power on that day?

        Returns:
            None for a day before `since(power)` or a kind that the table does not know: it cannot be told.
        """
        answers = self._cells.get((rank, power, kind), ())
        return next((one for one in answers if one.since <= as_of and (one.until is None or as_of <= one.until)), None)

    def answers(self, rank: Rank, power: Power, kind: str) -> tuple[Answer, ...]:
        """All answers of one cell, earliest first."""
        return self._cells.get((rank, power, kind), ())


def read_powers(path: Path | None = None) -> Powers:
    """The table of `path`; None reads knowledge/powers.yaml.

    Raises:
        KnowledgeError: the file is wrong; two rows answer the same question, or one is left without an answer.
    """
    file = path or knowledge_path("powers.yaml")
    table = read_struct(file, _Table)
    cells: dict[_Cell, list[Answer]] = {}
    for number, row in enumerate(table.rows, start=1):
        where = f"{file.name}：rows 第{number}行"
        scope = table.powers.get(row.power)
        if scope is None:
            raise KnowledgeError(f"权力“{row.power}”没有在 powers 中列出", where=where)
        answer = _answer(row, table, scope, where)
        for cell in _cells(row, table, scope, where):
            cells.setdefault(cell, []).append(answer)
    for power, scope in table.powers.items():
        for kind in scope.kinds:
            for rank in Rank:
                _prove((rank, power, kind), scope.since, cells.get((rank, power, kind), []), file.name)
    return Powers(table.powers, {cell: tuple(answers) for cell, answers in cells.items()})


def _answer(row: _Row, table: _Table, scope: _Scope, where: str) -> Answer:
    unknown = [name for name in row.basis if name not in table.bases]
    if unknown:
        raise KnowledgeError(f"依据“{unknown[0]}”没有在 bases 中列出", where=where)
    return Answer(
        verdict=row.verdict,
        condition=row.condition,
        basis=tuple(table.bases[name] for name in row.basis),
        since=row.since or scope.since,
        until=row.until,
        profile=row.profile,
        cap=row.cap,
        confirmed=row.confirmed,
    )


def _cells(row: _Row, table: _Table, scope: _Scope, where: str) -> list[_Cell]:
    for name in row.ranks:
        if name not in table.ranks:
            raise KnowledgeError(f"层级“{name}”没有在 ranks 中列出", where=where)
    for kind in row.kinds:
        if kind not in scope.kinds:
            raise KnowledgeError(f"种类“{kind}”没有在 powers 的 {row.power} 中列出", where=where)
    ranks = [rank for name in row.ranks for rank in table.ranks[name]]
    return [(rank, row.power, kind) for rank in ranks for kind in row.kinds or scope.kinds]


def _prove(cell: _Cell, since: dt.date, answers: list[Answer], file: str) -> None:
    """Answers of one cell must follow each other day by day from `since` with no end."""
    answers.sort(key=lambda answer: answer.since)
    expected: dt.date | None = since
    for answer in answers:
        if expected is None or answer.since != expected:
            break
        expected = answer.until + dt.timedelta(days=1) if answer.until else None
    else:
        if expected is None:
            return
    rank, power, kind = cell
    raise KnowledgeError(
        f"{rank}、{power}、{kind} 的答案有重叠或者空缺", where=file, next_step="每一天必须有且只有一个答案"
    )
