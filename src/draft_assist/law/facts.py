"""Facts on laws and documents beyond the data package: knowledge/statutes.yaml and knowledge/works.yaml."""

from __future__ import annotations

import datetime as dt

import msgspec

from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.model import Rank


class HeldFrom(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When the wording of `version` took effect."""

    law: str
    version: dt.date
    held_from: dt.date | None = msgspec.field(name="from")
    source: str
    confirmed: bool


class FirstInForce(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Before this day the law was not in force in any wording."""

    law: str
    held_from: dt.date = msgspec.field(name="from")
    source: str


class Superseded(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Articles of a wording held that an amendment not worked in has changed."""

    law: str
    version: dt.date
    until: dt.date
    articles: list[int]
    source: str


class Ended(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wording that an amendment which is not held ended earlier than the next wording held begins."""

    law: str
    version: dt.date
    until: dt.date
    source: str


class Repealed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Laws repealed by one article."""

    laws: list[str]
    since: dt.date = msgspec.field(name="from")
    by: str
    article: str


class Renumbered(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the articles of a wording that is not held went, as generally known.

    Attributes:
        law: short title; before: the day on which the new numbers took effect.
        articles: the old number, then the new ones.
        source: Chinese.
    """

    law: str
    before: dt.date
    articles: list[list[int]]
    source: str


class StatuteFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """knowledge/statutes.yaml: what the package's own dates do not tell."""

    aliases: dict[str, str] = {}
    held_from: list[HeldFrom] = []
    first_in_force: list[FirstInForce] = []
    superseded: list[Superseded] = []
    ended: list[Ended] = []
    repealed: list[Repealed] = []
    renumbered: list[Renumbered] = []


class Repeal(msgspec.Struct, frozen=True):
    """A law is repealed from `since` on by `article` (第一千二百六十条) of `by`."""

    law: str
    since: dt.date
    by: str
    article: str


class Work(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A regulation, rule or document whose text is not in the data package.

    Attributes:
        title: full title; aliases: other names of it.
        level: rank of what it is: administrative_regulation, department_rule, ...
        number: 国务院令第492号; "" when not known.
        wordings: the days on which its wordings took effect, as far as known, earliest first.
        repealed: the day it ceased; None while it is in force or that is not known.
        successor: full title of what took its place; by: the text that says so, Chinese; "" when not known.
        confirmed: read in a text, not only generally known.
        source: Chinese.
    """

    title: str
    level: Rank
    source: str
    aliases: list[str] = []
    number: str = ""
    wordings: list[dt.date] = []
    repealed: dt.date | None = None
    successor: str = ""
    by: str = ""
    confirmed: bool = False


class Works(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """knowledge/works.yaml."""

    works: list[Work]


def read_works() -> tuple[Work, ...]:
    """The works of knowledge/works.yaml.

    Raises:
        KnowledgeError: the file is wrong.
    """
    return tuple(read_struct(knowledge_path("works.yaml"), Works).works)
