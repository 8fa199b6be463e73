"""Requirement cards beside findings on procedure and form, and beside the steps of making that nothing shows.

Which card stands beside which rule and step is written down in knowledge/procedure/asked.yaml, card by card: a card
that names a step need not say what a rule on that step reports. Only local cards are taken by what they name, since
there is a new one for every place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

import msgspec

from draft_assist.check.profiles import Profile
from draft_assist.check.special.paper import Paper
from draft_assist.check.steps import step_ids
from draft_assist.corpus.cards import NATIONAL, Card, Force, Topic, find_cards, read_cards
from draft_assist.errors import KnowledgeError
from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.model import Evidence, Finding, Requirement, StepAnswer, StepFound

# More than a reader takes in beside one finding.
_SHOWN = 3
_OPEN = (StepFound.NOT_FOUND, StepFound.CANNOT_TELL)
# A local card on a step that is also about something else (traders, charges, land) may not concern the document.
_OF_MAKING = frozenset(
    (
        Topic.POWER_TO_ISSUE, Topic.NEED, Topic.OPINIONS, Topic.HEARING, Topic.RISK, Topic.COMPETITION_REVIEW,
        Topic.LEGALITY_REVIEW, Topic.DELIBERATION, Topic.FORM, Topic.REGISTRATION, Topic.PUBLICATION, Topic.EXPLAINING,
        Topic.FILING, Topic.VALIDITY, Topic.CLEAN_UP, Topic.EVALUATION,
    )
)  # fmt: skip


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What knowledge/procedure/asked.yaml holds: ids of cards, or of steps and fields for the local cards on them.

    Attributes:
        rules: by the code of a rule, in the order in which they are shown.
        steps: by the id of a step.
        unconfigured: by the field of a profile.
    """

    rules: dict[str, tuple[str, ...]]
    steps: dict[str, tuple[str, ...]]
    unconfigured: dict[str, tuple[str, ...]]


class _Known(NamedTuple):
    """The table with the cards in place of their names."""

    rules: Mapping[str, tuple[Card, ...]]
    steps: Mapping[str, tuple[Card, ...]]
    unconfigured: Mapping[str, tuple[Card, ...]]


def read_asked() -> Asked:
    """The table as it is written.

    Raises:
        KnowledgeError: the file is wrong.
    """
    return read_struct(knowledge_path("procedure/asked.yaml"), Asked)


@lru_cache(maxsize=1)
def _known() -> _Known:
    asked, cards = read_asked(), read_cards()
    by_name: dict[str, tuple[Card, ...]] = dict.fromkeys(step_ids() | frozenset(Profile.__struct_fields__), ())
    by_name |= _local(cards)
    by_name |= {card.id: (card,) for card in cards}
    return _Known(*(_with_cards(table, by_name) for table in (asked.rules, asked.steps, asked.unconfigured)))


def _local(cards: Iterable[Card]) -> dict[str, tuple[Card, ...]]:
    """The cards of single places by the steps and the field that they name."""
    found: dict[str, tuple[Card, ...]] = {}
    for card in cards:
        if card.source.jurisdiction == NATIONAL or card.force is Force.EXAMPLE:
            continue
        steps = card.steps if _OF_MAKING.issuperset(card.topics) else ()
        for name in (card.profile_field, *steps):
            found[name] = (*found.get(name, ()), card)
    return found


def _with_cards(
    table: dict[str, tuple[str, ...]], by_name: Mapping[str, tuple[Card, ...]]
) -> dict[str, tuple[Card, ...]]:
    for key, names in table.items():
        for name in names:
            if name not in by_name:
                path = str(knowledge_path("procedure/asked.yaml"))
                raise KnowledgeError(f"“{key}”写了没有的要求卡或者编号“{name}”", where=path, next_step="请改正编号")
    return {key: tuple(dict.fromkeys(card for name in names for card in by_name[name])) for key, names in table.items()}


def findings_with_requirements(findings: Iterable[Finding], paper: Paper) -> tuple[Finding, ...]:
    """The findings, each with what is asked on its point; an article whose text it shows already is not told again."""
    known = _known().rules
    return tuple(
        msgspec.structs.replace(one, requirements=_chosen(known[one.code], paper, one.basis))
        if one.code in known
        else one
        for one in findings
    )


def steps_with_requirements(steps: Iterable[StepAnswer], paper: Paper) -> tuple[StepAnswer, ...]:
    """The ledger, each step that nothing shows with what is asked of it."""
    known = _known().steps
    return tuple(
        msgspec.structs.replace(one, requirements=_chosen(known.get(one.id, ()), paper)) if one.answer in _OPEN else one
        for one in steps
    )


def unconfigured_requirements(paper: Paper) -> tuple[Requirement, ...]:
    """What the whole country is asked where the profile is silent, or where there is none."""
    open_fields = [
        cards
        for field, cards in _known().unconfigured.items()
        if paper.profile is None or not paper.profile.is_configured(field)
    ]
    firsts = [chosen[0] for cards in open_fields if (chosen := _chosen(cards, paper))]
    return tuple(dict.fromkeys(firsts))[:_SHOWN]


def _chosen(cards: Iterable[Card], paper: Paper, shown: tuple[Evidence, ...] = ()) -> tuple[Requirement, ...]:
    """The cards that concern the document on the day of the review, the nearest jurisdiction first."""
    concerning = find_cards(
        kind=paper.kind,
        rank=paper.rank,
        as_of=paper.as_of,
        place=paper.profile.jurisdiction if paper.profile else "",
        cards=cards,
    )
    fresh = [card for card in concerning if not any(_is_text_of(card, one) for one in shown)]
    return tuple(map(_requirement, sorted(fresh, key=_farness)[:_SHOWN]))


def _farness(card: Card) -> int:
    """Less for a nearer place: 湖南省常德市澧县 before 湖南省 before the whole country."""
    place = card.source.jurisdiction
    return 0 if place == NATIONAL else -len(place)


def _is_text_of(card: Card, evidence: Evidence) -> bool:
    """True when the words of the card's article, or of its paragraph, are shown."""
    section = card.source.section
    return bool(evidence.text) and evidence.law == card.source.title and section.startswith(evidence.article)


def _requirement(card: Card) -> Requirement:
    source = card.source
    return Requirement(
        id=card.id,
        title=card.title,
        gist=card.gist,
        source=source.title,
        number=source.number,
        section=source.section,
        jurisdiction=source.jurisdiction,
        issued=source.issued,
        since=source.in_force.since,
        is_confirmed=source.confirmed,
        checked_on=source.checked_on,
    )
