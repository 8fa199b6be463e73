"""The rules: knowledge/rules/<family>/<name>.yaml, one rule a file; the folder is the registry.

A rule says what it matches, not how: `match` holds one of the match kinds of `check/matching.py`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from draft_assist.check.acts.constructions import Constructions
from draft_assist.check.matching import Match, Situation, Strict, Words, check_patterns
from draft_assist.check.profiles import Profile
from draft_assist.errors import KnowledgeError
from draft_assist.knowledge import knowledge_path, read_folder
from draft_assist.law.articles import fingerprint, read_label
from draft_assist.law.store import Statutes, WordingStatus
from draft_assist.model import Confidence, Evidence, EvidenceStatus, Kind, Level, Rank, Severity, Span
from draft_assist.patterns import compiled

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


class LawBasis(Strict, frozen=True):
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


class InForce(Strict, frozen=True):
    """The days for which a rule holds, both included; None where open."""

    since: dt.date | None = msgspec.field(name="from", default=None)
    until: dt.date | None = msgspec.field(name="to", default=None)

    def covers(self, day: dt.date) -> bool:
        """True when the rule holds on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class AppliesTo(Strict, frozen=True):
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


class Example(Strict, frozen=True):
    """A clause with ⟦ ⟧ around what must be reported (none in a compliant one).

    Attributes:
        why: why a compliant clause is fine; "" for violating ones.
        papers: texts of accompanying papers (`--with`).
        profile: local values (`--profile`).
        rank, kind, as_of: of the review; None takes the rule's own (see `Rule.setting`).
    """

    text: str
    why: str = ""
    papers: tuple[str, ...] = ()
    profile: Profile | None = None
    rank: Rank | None = None
    kind: Kind | None = None
    as_of: dt.date | None = None


class Examples(Strict, frozen=True):
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


class Rule(Strict, frozen=True):
    """One rule. See the attributes' types; `message` may hold {match}, the exact words found.

    Attributes:
        code: AUTH-001; never reused, even after the rule retires.
        name: the file's name; names the fault.
        confidence: how often the rule is right when it fires.
        yields: the rule is general, and says nothing of words on which one that does not yield reports as gravely;
            categories limit this to rules of these.
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
    yields: bool | tuple[Category, ...] = False
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
        return any(match.fits(case) for match in self.match.acts(self.code))

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

    def constructions(self, rules: Iterable[Rule]) -> Constructions:
        """The words that those rules bring along."""
        return Constructions(one for rule in rules for one in rule.match.constructions(rule.code, rule.title))

    def joined(self, other: Ruleset) -> Ruleset:
        """These rules and the others.

        Raises:
            KnowledgeError: both use a code.
        """
        for rule in other.rules:
            if rule.code in self.by_code:
                raise KnowledgeError(
                    f"code“{rule.code}”已用于 {self.by_code[rule.code].name}",
                    where=f"{rule.name}.yaml",
                    next_step="请换一个没有用过的编号",
                )
        both = sorted((*self.rules, *other.rules), key=lambda rule: rule.code)
        digest = hashlib.sha256(f"{self.digest}{other.digest}".encode()).hexdigest()[:12]
        return Ruleset(rules=tuple(both), digest=digest)

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
        if folder is not None:
            _check_of_user(path, rule)
    return Ruleset(rules=tuple(sorted(files.values(), key=lambda rule: rule.code)), digest=digest[:12])


# Consistency checks are Python of ours; a user's rules hold no code and name none.
USER_MATCHES = ("act", "pattern", "absence", "order", "count")


def _check_of_user(path: Path, rule: Rule) -> None:
    if rule.match.kind() not in USER_MATCHES:
        raise KnowledgeError(
            f"自备规则不能使用 {rule.match.kind()}", where=path.name, next_step=f"可用：{'、'.join(USER_MATCHES)}"
        )
    try:
        check_patterns(rule.match)
        check_patterns(rule.basis)
    except ValueError as error:
        raise KnowledgeError(str(error), where=path.name) from None


# --- examples and basis -------------------------------------------------------------------------------------------

_MARK = compiled(r"[⟦⟧]")


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


def stale_bases(ruleset: Ruleset, statutes: Statutes, as_of: dt.date) -> list[tuple[str, str, str]]:
    """Code, law and article of every rule whose basis reads otherwise on `as_of` than when the rule was written."""
    return [
        (rule.code, basis.law, basis.article)
        for rule in ruleset.rules
        if rule.status is not Status.RETIRED
        for basis in rule.basis
        if evidence_of(basis, statutes, as_of).status is EvidenceStatus.STALE
    ]


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
