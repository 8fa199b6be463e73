"""The rules: knowledge/rules/<family>/<name>.yaml, one rule a file; the folder is the registry.

A rule says what it matches, not how: `match` holds one match kind. Today there is `act`; pattern, absence, order, count
and consistency become further fields of `Match` with a struct of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

import msgspec

from draft_assist.check.powers import Verdict
from draft_assist.errors import KnowledgeError
from draft_assist.knowledge import knowledge_path, read_folder
from draft_assist.law.store import Statutes, WordingStatus, fingerprint, read_label
from draft_assist.model import (
    Act,
    Addressee,
    Confidence,
    Does,
    Evidence,
    EvidenceStatus,
    Grade,
    Kind,
    Level,
    Pointer,
    Power,
    Rank,
    Severity,
    Span,
)

E = TypeVar("E")

# The stable ids of the domain guide.
Category = Literal[
    "permit", "permit_condition", "penalty", "compulsory", "fee", "levy", "deposit", "proof", "intermediary",
    "inspection", "duty_or_rights", "personal_rights", "competition", "market_entry", "quota", "expropriation", "tax",
    "discipline", "retroactivity", "jurisdiction", "procedure", "citation", "institution", "structure", "security",
    "other",
]  # fmt: skip

# Names that a rule's `applies_to.ranks` may use beside single ranks.
RANK_GROUPS: dict[str, tuple[Rank, ...]] = {
    "document": (
        Rank.STATE_COUNCIL,
        Rank.STATE_COUNCIL_DEPARTMENT,
        Rank.PROVINCE,
        Rank.CITY,
        Rank.COUNTY,
        Rank.DEPARTMENT,
        Rank.TOWNSHIP,
        Rank.OTHER,
    ),
    "rule": (Rank.DEPARTMENT_RULE, Rank.GOVERNMENT_RULE_PROVINCE, Rank.GOVERNMENT_RULE_CITY),
    "local_regulation": (Rank.LOCAL_REGULATION_PROVINCE, Rank.LOCAL_REGULATION_CITY),
    "below_law": tuple(rank for rank in Rank if rank is not Rank.LAW),
}


class Status(StrEnum):
    """How far a rule is: only stable rules run unless the caller asks for more."""

    DRAFT = "draft"
    PREVIEW = "preview"
    STABLE = "stable"
    RETIRED = "retired"


class BasisCheck(StrEnum):
    """Whether the article that an act cites bears the act out; computed by check/run.py."""

    NONE = "none"  # no article is cited
    CONFIRMED = "confirmed"
    OUTSIDE_RANGE = "outside_range"  # the same sanction, figures outside the article's
    OTHER_ACT = "other_act"  # the article provides for another sanction or act
    NOT_HELD = "not_held"
    ARTICLE_ABSENT = "article_absent"
    NOT_CHECKED = "not_checked"


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Words(_Strict, frozen=True):
    """Regular expressions that a stretch of text must and must not hold; all of `has`, none of `lacks`."""

    has: str | tuple[str, ...] = ()
    lacks: str | tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for pattern in (*_listed(self.has), *_listed(self.lacks)):
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"正则表达式“{pattern}”有误（{error}）") from None

    def hold(self, text: str) -> bool:
        """True when `text` fits."""
        return all(re.search(pattern, text) for pattern in _listed(self.has)) and not any(
            re.search(pattern, text) for pattern in _listed(self.lacks)
        )


class LawBasis(_Strict, frozen=True):
    """An article that a rule rests on.

    Attributes:
        law: full title.
        article: 第十六条, with paragraph and item where they decide.
        gist: what it says, in our words, never the statute's.
        version: day of adoption of the wording that the rule was written against.
        fingerprint: of that wording of the whole article; "" for what the statute data does not hold.
        source: where the text stands and what was not checked, Chinese; needed when there is no fingerprint.
        ranks: the issuers that the article speaks to, as in `AppliesTo`; () for all that the rule looks at.
        clause: words that make the article bear on a clause; None when it bears on all that the rule finds.
    """

    law: str
    article: str
    gist: str
    version: dt.date | None = None
    fingerprint: str = ""
    source: str = ""
    ranks: tuple[str, ...] = ()
    clause: Words | None = None

    def __post_init__(self) -> None:
        _known_ranks(self.ranks)
        if not self.fingerprint and not self.source:
            raise ValueError("fingerprint 和 source 至少写一个：法律数据收录的条文写 fingerprint，未收录的写 source")
        if self.fingerprint and self.version is None:
            raise ValueError("写了 fingerprint 就要写 version")

    def bears_on(self, rank: Rank, clause: str) -> bool:
        """True when the article speaks to that issuer about a clause of those words."""
        return rank in _ranks_of(self.ranks) and (self.clause is None or self.clause.hold(clause))


class InForce(_Strict, frozen=True):
    """The days for which a rule holds, both included; None where open."""

    since: dt.date | None = msgspec.field(name="from", default=None)
    until: dt.date | None = msgspec.field(name="to", default=None)

    def covers(self, day: dt.date) -> bool:
        """True when the rule holds on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class AppliesTo(_Strict, frozen=True):
    """The documents and places a rule looks at; an empty list means all.

    Attributes:
        kinds: kinds of document.
        ranks: ranks of the issuer, or names of `RANK_GROUPS`.
        levels: levels of the clause whose words are read (`in` in the file).
    """

    kinds: tuple[Kind, ...] = ()
    ranks: tuple[str, ...] = ()
    levels: tuple[Level, ...] = msgspec.field(name="in", default=())

    def __post_init__(self) -> None:
        _known_ranks(self.ranks)

    def rank_set(self) -> frozenset[Rank]:
        """The ranks meant."""
        return _ranks_of(self.ranks)


class Situation(NamedTuple):
    """An act with what was found out about it; what an act match is asked about.

    Attributes:
        act: as extracted.
        verdict: of powers.yaml for the review's rank; None when it cannot be told.
        basis_check: whether the cited article bears it out.
        span, sentence, clause: the characters of the act, of its sentence, and of its clause without children.
    """

    act: Act
    verdict: Verdict | None
    basis_check: BasisCheck = BasisCheck.NONE
    span: str = ""
    sentence: str = ""
    clause: str = ""

    def key(self) -> tuple[object, ...]:
        """All that `ActMatch.fits_act` asks about."""
        act = self.act
        return (
            act.power,
            act.kind,
            act.does,
            act.grade,
            act.addressee,
            act.basis.pointer,
            bool(act.amounts),
            self.verdict,
            self.basis_check,
        )


class ActMatch(_Strict, frozen=True):
    """Keys an act must fit; a key left out asks nothing, a list means any of its values.

    Attributes:
        has_amount: True for acts with a sum of money, False for acts without.
        span, sentence, clause: words in the act itself, its sentence, its clause.
    """

    power: Power | tuple[Power, ...]
    does: Does | tuple[Does, ...] = ()
    kinds: str | tuple[str, ...] = ()
    grade: Grade | tuple[Grade, ...] = ()
    verdict: Verdict | tuple[Verdict, ...] = ()
    pointer: Pointer | tuple[Pointer, ...] = ()
    addressee: Addressee | tuple[Addressee, ...] = ()
    basis_check: BasisCheck | tuple[BasisCheck, ...] = ()
    has_amount: bool | None = None
    span: Words | None = None
    sentence: Words | None = None
    clause: Words | None = None

    def fits(self, case: Situation) -> bool:
        """True when every given key holds."""
        return self.fits_act(case) and self.fits_words(case)

    def fits_act(self, case: Situation) -> bool:
        """True when the keys about the act hold; the same for all situations with the same `Situation.key()`."""
        act = case.act
        return (
            act.power in _listed(self.power)
            and _allows(self.kinds, act.kind)
            and _allows(self.does, act.does)
            and _allows(self.verdict, case.verdict)
            and _allows(self.pointer, act.basis.pointer)
            and _allows(self.grade, act.grade)
            and _allows(self.basis_check, case.basis_check)
            and _allows(self.addressee, act.addressee)
            and (self.has_amount is None or self.has_amount is bool(act.amounts))
        )

    def fits_words(self, case: Situation) -> bool:
        """True when the keys about words hold."""
        return (
            (self.span is None or self.span.hold(case.span))
            and (self.sentence is None or self.sentence.hold(case.sentence))
            and (self.clause is None or self.clause.hold(case.clause))
        )


class Match(_Strict, frozen=True):
    """What a rule matches: exactly one kind. A list of act matches means any of them."""

    act: ActMatch | tuple[ActMatch, ...] | None = None

    def __post_init__(self) -> None:
        if self.act is None or self.act == ():
            raise ValueError("match 要有且只有一种匹配，可用的键：act")

    def acts(self) -> tuple[ActMatch, ...]:
        """The alternatives of an act rule; () for rules of other kinds."""
        return () if self.act is None else _listed(self.act)


class Example(_Strict, frozen=True):
    """A clause with ⟦ ⟧ around what must be reported (none in a compliant one).

    Attributes:
        why: why a compliant clause is fine; "" for violating ones.
        rank, kind, as_of: of the review; None takes the rule's own (see `Rule.setting`).
    """

    text: str
    why: str = ""
    rank: Rank | None = None
    kind: Kind | None = None
    as_of: dt.date | None = None


class Examples(_Strict, frozen=True):
    """The cases of a rule; a plain line stands for an example with nothing but its text."""

    violating: tuple[str | Example, ...]
    compliant: tuple[Example, ...]
    known_misses: tuple[str | Example, ...] = ()
    rank: Rank | None = None
    kind: Kind | None = None
    as_of: dt.date | None = None


class Setting(NamedTuple):
    """The review that an example runs under."""

    rank: Rank
    kind: Kind
    as_of: dt.date


# The day that examples are reviewed on unless they say otherwise; fixed, so that tests do not age.
EXAMPLE_DAY = dt.date(2026, 11, 1)


class Rule(_Strict, frozen=True):
    """One rule. See the attributes' types; `message` may hold {match}, the exact words found.

    Attributes:
        code: AUTH-001; never reused, even after the rule retires.
        name: the file's name; names the fault.
        confidence: how often the rule is right when it fires.
        note: for maintainers, what is doubtful about the rule.
    """

    code: str
    name: str
    title: str
    status: Status
    category: Category
    severity: Severity
    confidence: Confidence
    applies_to: AppliesTo
    basis: tuple[LawBasis, ...]
    in_force: InForce
    match: Match
    message: str
    advice: str
    examples: Examples
    replaced_by: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z]{2,6}-\d{3}", self.code):
            raise ValueError(f"code“{self.code}”应为大写字母、连字符和三位数字，如 AUTH-001")
        if self.status is Status.RETIRED and not self.replaced_by:
            raise ValueError("status 为 retired 的规则要写 replaced_by")

    def applies(self, kind: Kind, rank: Rank, as_of: dt.date) -> bool:
        """True when the rule looks at such documents on that day."""
        right_kind = not self.applies_to.kinds or kind in self.applies_to.kinds
        return right_kind and rank in self.applies_to.rank_set() and self.in_force.covers(as_of)

    def fits(self, case: Situation) -> bool:
        """True when an act rule fires on the situation."""
        return any(match.fits(case) for match in self.match.acts())

    def setting(self, example: Example) -> Setting:
        """The review the example runs under: its own values, else the examples', else the first that the rule names."""
        ranks = self.applies_to.rank_set()
        usual = Rank.COUNTY if Rank.COUNTY in ranks else next(rank for rank in Rank if rank in ranks)
        kinds = self.applies_to.kinds
        normal = Kind.NORMATIVE_DOCUMENT if not kinds or Kind.NORMATIVE_DOCUMENT in kinds else kinds[0]
        return Setting(
            example.rank or self.examples.rank or usual,
            example.kind or self.examples.kind or normal,
            example.as_of or self.examples.as_of or EXAMPLE_DAY,
        )

    def violating(self) -> tuple[Example, ...]:
        """The violating examples, plain lines included."""
        return tuple(Example(text=one) if isinstance(one, str) else one for one in self.examples.violating)

    def compliant(self) -> tuple[Example, ...]:
        """The compliant examples."""
        return self.examples.compliant

    def known_misses(self) -> tuple[Example, ...]:
        """What the rule should catch and does not yet."""
        return tuple(Example(text=one) if isinstance(one, str) else one for one in self.examples.known_misses)


class Ruleset(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All rules by code.

    Attributes:
        digest: 12 hexadecimal digits over the files; the same rules give the same value on every system.
    """

    rules: tuple[Rule, ...]
    digest: str

    @cached_property
    def by_code(self) -> dict[str, Rule]:
        """The rules by code."""
        return {rule.code: rule for rule in self.rules}

    def applicable(
        self, kind: Kind, rank: Rank, as_of: dt.date, *, statuses: Iterable[Status] = (Status.STABLE,)
    ) -> tuple[Rule, ...]:
        """The rules of the given statuses that look at such documents on that day, by code."""
        wanted = frozenset(statuses)
        return tuple(rule for rule in self.rules if rule.status in wanted and rule.applies(kind, rank, as_of))


def read_ruleset(folder: Path | None = None, *, cache: Path | None = None) -> Ruleset:
    """The rules of `folder`; None reads knowledge/rules.

    Args:
        cache: see `knowledge.read_folder`.

    Raises:
        KnowledgeError: a file is wrong, a code stands twice, or a rule's name is not its file's.
    """
    files, digest = read_folder(folder or knowledge_path("rules"), Rule, cache=cache)
    seen: dict[str, Path] = {}
    for path, rule in files.items():
        if rule.name != path.stem:
            raise KnowledgeError(f"name“{rule.name}”与文件名不同", where=path.name, next_step=f"请改为“{path.stem}”")
        if rule.code in seen:
            raise KnowledgeError(
                f"code“{rule.code}”已用于 {seen[rule.code].name}", where=path.name, next_step="请换一个没有用过的编号"
            )
        seen[rule.code] = path
    return Ruleset(rules=tuple(sorted(files.values(), key=lambda rule: rule.code)), digest=digest[:12])


# --- examples and basis -------------------------------------------------------------------------------------------

_MARK = re.compile(r"[⟦⟧]")


def read_marks(text: str) -> tuple[str, tuple[Span, ...]]:
    """The text without ⟦ ⟧ and the spans they enclosed, in the text without them.

    Raises:
        ValueError: marks that do not pair.
    """
    plain, spans, opened = "", [], -1
    for piece in re.split(r"([⟦⟧])", text):
        if piece == "⟦" and opened < 0:
            opened = len(plain)
        elif piece == "⟧" and opened >= 0:
            spans.append(Span(opened, len(plain)))
            opened = -1
        elif _MARK.match(piece):
            raise ValueError(f"⟦ ⟧ 不成对：{text}")
        else:
            plain += piece
    if opened >= 0:
        raise ValueError(f"⟦ ⟧ 不成对：{text}")
    return plain, tuple(spans)


def evidence_of(basis: LawBasis, statutes: Statutes, as_of: dt.date) -> Evidence:
    """The basis with the article's wording on `as_of`, and whether it is the text the rule was written against."""
    label = read_label(basis.article)
    wording = statutes.article(basis.law, label.article, as_of) if label else None
    if wording is None or wording.status is not WordingStatus.HELD:
        early = wording is not None and wording.status is WordingStatus.NOT_YET_IN_FORCE
        status = EvidenceStatus.NOT_YET_IN_FORCE if early else EvidenceStatus.NOT_HELD
        return Evidence(
            law=basis.law,
            article=basis.article,
            gist=basis.gist,
            status=status,
            source=basis.source or (wording.note if wording else ""),
        )
    assert label is not None
    same = not basis.fingerprint or basis.fingerprint == fingerprint(wording.text)
    return Evidence(
        law=wording.law,
        article=basis.article,
        gist=basis.gist,
        text=wording.part(label.paragraph, label.item) or wording.text,
        status=EvidenceStatus.HELD if same else EvidenceStatus.STALE,
        version_date=wording.version_date,
        source=wording.source,
    )


def _known_ranks(names: tuple[str, ...]) -> None:
    known = [*RANK_GROUPS, *Rank]
    for name in names:
        if name not in known:
            raise ValueError(f"ranks 中的“{name}”不是层级，可用：{'、'.join(known)}")


@cache
def _ranks_of(names: tuple[str, ...]) -> frozenset[Rank]:
    if not names:
        return frozenset(Rank)
    return frozenset(rank for name in names for rank in RANK_GROUPS.get(name) or (Rank(name),))


def _listed(value: E | tuple[E, ...]) -> tuple[E, ...]:
    return value if isinstance(value, tuple) else (value,)


def _allows(given: E | tuple[E, ...], value: E | None) -> bool:
    return given == () or value in _listed(given)
