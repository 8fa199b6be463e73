"""What a rule can match: one match kind a rule, all declarative.

act           an act that the grammar found, by its keys
pattern       words that the rule brings along, read as an act by the same grammar
absence       the document lacks something
order         two dated steps of procedure stand in the wrong order
count         words stand too often or too seldom, or a number is too small or too large
consistency   a check of the document with itself, written in Python (check/special)
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Literal, NamedTuple, TypeVar

import msgspec

from draft_assist.check.acts.candidate import WIDENED
from draft_assist.check.acts.constructions import Beside, Construction, literals_of, pattern_of
from draft_assist.check.powers import Verdict
from draft_assist.check.special import CHECKS
from draft_assist.model import Act, Addressee, Does, Grade, Pointer, Power

E = TypeVar("E")


class BasisCheck(StrEnum):
    """Whether the article that an act cites bears the act out; computed by check/run.py."""

    NONE = "none"  # no article is cited
    CONFIRMED = "confirmed"
    OUTSIDE_RANGE = "outside_range"  # the same sanction, figures outside the article's
    OTHER_ACT = "other_act"  # the article provides for another sanction or act
    NOT_HELD = "not_held"
    ARTICLE_ABSENT = "article_absent"
    NOT_CHECKED = "not_checked"
    TOO_LOW = "too_low"  # all that is cited is of a rank that may not set the power either


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what rule files hold: unknown keys are errors."""


class Words(Strict, frozen=True):
    """Regular expressions that a stretch of text must and must not hold; all of `has`, none of `lacks`.

    {name} stands for a class of words or a gap, see `check/acts/constructions.py`.
    """

    has: str | tuple[str, ...] = ()
    lacks: str | tuple[str, ...] = ()

    def hold(self, text: str) -> bool:
        """True when `text` fits."""
        return all(_search(pattern, text) for pattern in listed(self.has)) and not any(
            _search(pattern, text) for pattern in listed(self.lacks)
        )


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


class ActMatch(Strict, frozen=True):
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
            act.power in listed(self.power)
            and allows(self.kinds, act.kind)
            and allows(self.does, act.does)
            and allows(self.verdict, case.verdict)
            and allows(self.pointer, act.basis.pointer)
            and allows(self.grade, act.grade)
            and allows(self.basis_check, case.basis_check)
            and allows(self.addressee, act.addressee)
            and (self.has_amount is None or self.has_amount is bool(act.amounts))
        )

    def fits_words(self, case: Situation) -> bool:
        """True when the keys about words hold."""
        return (
            (self.span is None or self.span.hold(case.span))
            and (self.sentence is None or self.sentence.hold(case.sentence))
            and (self.clause is None or self.clause.hold(case.clause))
        )


class PatternMatch(Strict, frozen=True):
    """Words that the rule brings along; they become an act, and the act must fit the keys.

    Attributes:
        power: what the act is about.
        words: regular expressions over one part of a sentence (titles in 《》 blotted out), any of them; {name} is a
            class of words or a gap, a group named `at` marks what is reported.
        lacks: none of these may match the part.
        beside: words that the comma-parts which the match touches must and must not hold: nearer than `lacks`.
        stem: must match the stem that the part hangs under as a list item.
        titles: read the words with the titles in 《》, which are blotted out otherwise.
        grade: how plainly the words say it.
        does, addressee, pointer, verdict: see `ActMatch`.
        sentence, clause: words around.
    """

    power: Power
    words: str | tuple[str, ...]
    lacks: str | tuple[str, ...] = ()
    beside: Words | None = None
    stem: str = ""
    titles: bool = False
    grade: Grade = Grade.CLEAR
    does: Does | tuple[Does, ...] = Does.SETS
    addressee: Addressee | tuple[Addressee, ...] = ()
    pointer: Pointer | tuple[Pointer, ...] = ()
    verdict: Verdict | tuple[Verdict, ...] = Verdict.MAY_NOT
    sentence: Words | None = None
    clause: Words | None = None

    def __post_init__(self) -> None:
        if not listed(self.words):
            raise ValueError("pattern 的 words 不能为空")

    def construction(self, id_: str, why: str) -> Construction:
        """The words as the grammar reads them."""
        return Construction(
            id=id_,
            power=self.power,
            grade=self.grade,
            words=listed(self.words),
            lacks=listed(self.lacks),
            stem=self.stem,
            why=why,
            beside=Beside(listed(self.beside.has), listed(self.beside.lacks)) if self.beside else None,
            titles=self.titles,
        )

    def act_match(self, id_: str) -> ActMatch:
        """The keys that the act must fit."""
        return ActMatch(
            power=self.power,
            kinds=id_,
            does=self.does,
            addressee=self.addressee,
            pointer=self.pointer,
            verdict=self.verdict,
            sentence=self.sentence,
            clause=self.clause,
        )


class Absence(Strict, frozen=True):
    """What a whole document lacks; exactly one of `words`, `fact` and `step`.

    Attributes:
        words: regular expressions, none of which matches anywhere in the document.
        fact: a fact of the document that is not stated.
        step: a step of procedure that neither the document nor an accompanying paper shows; never asked when no
            accompanying paper was given.
        given: the document must hold these words for the absence to matter.
        given_step, unless_step: that step must be shown; and that one must not.
        at: what is reported: the title (else the first words), or the last clause.
    """

    words: str | tuple[str, ...] = ()
    fact: Literal["", "effective_date", "validity", "document_number", "registration_number", "signing_date"] = ""
    step: str = ""
    given: Words | None = None
    given_step: str = ""
    unless_step: str = ""
    at: Literal["title", "end"] = "title"

    def __post_init__(self) -> None:
        if sum(map(bool, (listed(self.words), self.fact, self.step))) != 1:
            raise ValueError("absence 要写且只写 words、fact、step 中的一个")


class Order(Strict, frozen=True):
    """Two dated steps of procedure, the first of which must not come after the second.

    Attributes:
        earlier, later: ids of knowledge/procedure/steps.yaml, or `effective` for the day the document takes effect.
        at_least_days: calendar days that must lie between them.
        at_most_days: then only a longer time between them is reported.
        given: the document must hold these words.
    """

    earlier: str
    later: str
    at_least_days: int = 0
    at_most_days: int | None = None
    given: Words | None = None


class Count(Strict, frozen=True):
    """How often words stand in the document, or the number that they name.

    Exactly one of `words`, `days_of` and `times_of` is given.

    Attributes:
        words: a regular expression; with a group named `n` that number is compared, else the matches are counted.
        days_of: a step of procedure whose length in days, both ends counted, is compared where it is known.
        times_of: a step of procedure; how often papers show it is compared.
        below, above: reported when the count or number is smaller than `below` or larger than `above`.
        given, given_papers: the document, or the accompanying papers together, must hold these words.
    """

    words: str = ""
    days_of: str = ""
    times_of: str = ""
    below: int | None = None
    above: int | None = None
    given: Words | None = None
    given_papers: Words | None = None

    def __post_init__(self) -> None:
        if sum(map(bool, (self.words, self.days_of, self.times_of))) != 1:
            raise ValueError("count 要写且只写 words、days_of、times_of 中的一个")
        if self.below is None and self.above is None:
            raise ValueError("count 至少要写 below、above 中的一个")


class Consistency(Strict, frozen=True):
    """A check of the document with itself.

    Attributes:
        of: name of a check of check/special.
    """

    of: str

    def __post_init__(self) -> None:
        if self.of not in CHECKS:
            raise ValueError(f"没有名为“{self.of}”的检查，可用：{'、'.join(sorted(CHECKS))}")


class Match(Strict, frozen=True):
    """What a rule matches: exactly one kind. A list of act or pattern matches means any of them."""

    act: ActMatch | tuple[ActMatch, ...] | None = None
    pattern: PatternMatch | tuple[PatternMatch, ...] | None = None
    absence: Absence | None = None
    order: Order | None = None
    count: Count | None = None
    consistency: Consistency | None = None

    def __post_init__(self) -> None:
        given = [name for name in self.__struct_fields__ if getattr(self, name) not in (None, ())]
        if len(given) != 1:
            raise ValueError(f"match 要有且只有一种匹配，可用的键：{'、'.join(self.__struct_fields__)}")

    def kind(self) -> str:
        """The match kind: act, pattern, ..."""
        return next(name for name in self.__struct_fields__ if getattr(self, name) not in (None, ()))

    def acts(self, code: str) -> tuple[ActMatch, ...]:
        """What acts must fit, for rules of acts and of patterns; () for rules about the whole document."""
        if self.act is not None:
            return listed(self.act)
        patterns = () if self.pattern is None else listed(self.pattern)
        return tuple(pattern.act_match(f"{code}/{number}") for number, pattern in enumerate(patterns))

    def constructions(self, code: str, why: str) -> tuple[Construction, ...]:
        """The words that a rule of patterns brings along."""
        patterns = () if self.pattern is None else listed(self.pattern)
        return tuple(pattern.construction(f"{code}/{number}", why) for number, pattern in enumerate(patterns))

    def of_document(self) -> Absence | Order | Count | Consistency | None:
        """The match of a rule about the whole document; None for rules about acts."""
        return self.absence or self.order or self.count or self.consistency


def kind_in_table(act: Act) -> str:
    """The kind under which powers.yaml answers for the act."""
    if act.power in WIDENED:
        return "any"
    return _PLAINEST[act.power] if act.is_of_rule else act.kind


# Words of a rule file that name a classical power are answered for as its plainest kind.
_PLAINEST = {
    Power.PERMIT: "approval",
    Power.PERMIT_CONDITION: "condition",
    Power.PENALTY: "other_penalty",
    Power.COMPULSORY: "other_measure",
    Power.EXECUTION: "other_execution",
    Power.FEE: "fee",
    Power.LEVY: "levy",
    Power.DEPOSIT: "deposit",
    Power.TAX: "tax",
}


def listed(value: E | tuple[E, ...]) -> tuple[E, ...]:
    return value if isinstance(value, tuple) else (value,)


def allows(given: E | tuple[E, ...], value: E | None) -> bool:
    return given == () or value in listed(given)


def check_patterns(value: object) -> None:
    """Compile every regular expression of a match.

    Not done when a rule is read: compiling those of all rules takes longer than reviewing a document. The tests do
    it for our rules, `read_ruleset` for a user's.

    Raises:
        ValueError: a pattern is no regular expression or names an unknown class, in Chinese.
    """
    if isinstance(value, tuple):
        for one in value:
            check_patterns(one)
    if not isinstance(value, Strict):
        return
    if isinstance(value, PatternMatch):
        for words in listed(value.words):
            literals_of(words)
    for name in value.__struct_fields__:
        given = getattr(value, name)
        if name in _PATTERN_FIELDS and not isinstance(given, Strict):
            for pattern in listed(given):
                try:
                    pattern_of(pattern)
                except re.error as error:
                    raise ValueError(f"正则表达式“{pattern}”有误（{error}）") from None
        else:
            check_patterns(given)


_PATTERN_FIELDS = frozenset({"has", "lacks", "words", "stem"})


def _search(pattern: str, text: str) -> bool:
    return pattern_of(pattern).search(text) is not None
