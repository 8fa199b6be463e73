"""Who issues the document: internal offices, temporary bodies, an office for its government, another organ's number.

The issuer is `Facts.issuer`; several organs stand in it joined by 、. Checks ask for words that bind private parties
where only such documents make the issuer a fault. The words stand in knowledge/procedure/issuers.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from draft_assist.check.acts.constructions import expand
from draft_assist.check.profiles import Issuer
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.steps import title_or_start
from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.model import Document, Level, Rank, Span
from draft_assist.patterns import compiled

Patterns = tuple[str, ...]


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    internal: Patterns
    not_internal: Patterns
    temporary: Patterns
    not_temporary: Patterns
    villagers: Patterns
    office: Patterns
    government: Patterns
    township: Patterns
    subdistrict: Patterns
    department: Patterns
    party: Patterns
    binds: Patterns
    powers: Patterns
    number_of_government: str
    number_of_office: str
    number_of_party: str
    joint: str


class _Words(NamedTuple):
    """The compiled patterns by their name in the file."""

    by_name: dict[str, re.Pattern[str]]

    def found(self, name: str, text: str) -> re.Match[str] | None:
        return self.by_name[name].search(text)


@lru_cache(maxsize=1)
def _words() -> _Words:
    read = read_struct(knowledge_path("procedure/issuers.yaml"), _File)
    by_name = {}
    for name in read.__struct_fields__:
        given = getattr(read, name)
        patterns = (given,) if isinstance(given, str) else given
        by_name[name] = compiled("|".join(f"(?:{expand(pattern)})" for pattern in patterns))
    return _Words(by_name)


def _issuers(document: Document) -> tuple[str, ...]:
    """The organs that issue the document; () when none is named or its name is masked."""
    issuer = document.facts.issuer or _issuer_in_title(document.facts.title or "")
    return tuple(re.split(r"[、，,\s]+", issuer.strip())) if issuer else ()


def _issuer_in_title(title: str) -> str:
    """What stands before 关于 in a title, where its end is that of a body that is no organ: 市容管理股, 专班."""
    head, about, _ = title.partition("关于")
    return head if about and _BODY.search(head) else ""


_BODY = compiled(r"^[一-龥]{4,30}(?:[科股处组所站]|专班|联席会议)$")


def issuer_sorts(document: Document, rank: Rank) -> frozenset[Issuer]:
    """The sorts of organs that issue the document or, where it names none, that may have issued one of that rank.

    Empty when an organ is of none of the sorts, such as a committee of the Party.
    """
    named = [_sort_of(issuer) for issuer in _issuers(document)]
    if named:
        return frozenset(one for one in named if one) if all(named) else frozenset()
    return _OF_RANK.get(rank, frozenset())


def _sort_of(issuer: str) -> Issuer | None:
    if _words().found("party", issuer):
        return None
    return next((sort for sort in _SORTS if _words().found(sort.value, issuer)), None)


# The first that fits: 镇人民政府 is a government, 街道办事处 ends as offices of departments do.
_SORTS = (Issuer.TOWNSHIP, Issuer.SUBDISTRICT, Issuer.OFFICE, Issuer.GOVERNMENT, Issuer.DEPARTMENT)
_GOVERNMENT_OR_OFFICE = frozenset({Issuer.GOVERNMENT, Issuer.OFFICE})
_OF_RANK = {
    Rank.PROVINCE: _GOVERNMENT_OR_OFFICE,
    Rank.CITY: _GOVERNMENT_OR_OFFICE,
    Rank.COUNTY: _GOVERNMENT_OR_OFFICE,
    Rank.DEPARTMENT: frozenset({Issuer.DEPARTMENT}),
    Rank.TOWNSHIP: frozenset({Issuer.TOWNSHIP, Issuer.SUBDISTRICT}),
}


def binding_words(document: Document) -> str:
    """The first words that bind private parties, to the next comma; "" when there are none.

    Quoted titles do not count.
    """
    value = document.text.value
    match = _words().found("binds", _TITLES.sub(lambda title: "□" * len(title[0]), value))
    if match is None:
        return ""
    before = _SEPARATOR.split(value[max(0, match.start() - _LONGEST_SIDE) : match.start()])[-1]
    after = _SEPARATOR.split(value[match.end() : match.end() + _LONGEST_SIDE])[0]
    return before + match[0] + after


_SEPARATOR = compiled(r"[，。；：、！？\s]")
_LONGEST_SIDE = 20
_TITLES = compiled(r"《[^《》\n]*》")


# --- the body itself ----------------------------------------------------------------------------------------------


def internal_office_issues(paper: Paper) -> Iterator[Spot]:
    """An internal office of an organ is the sole issuer of rules that bind private parties. Values: issuer, binding."""
    return _sole_issuer(paper, "internal", "not_internal")


def temporary_body_issues(paper: Paper) -> Iterator[Spot]:
    """A temporary or coordinating body is the sole issuer of such rules. Values: issuer, binding."""
    return _sole_issuer(paper, "temporary", "not_temporary")


def villagers_committee_issues(paper: Paper) -> Iterator[Spot]:
    """A villagers' or residents' committee, no organ of administration, issues such rules. Values: issuer, binding."""
    return _sole_issuer(paper, "villagers", "")


def _sole_issuer(paper: Paper, of: str, but: str) -> Iterator[Spot]:
    document, words = paper.document, _words()
    issuers = _issuers(document)
    if len(issuers) != 1 or not words.found(of, issuers[0]) or (but and words.found(but, issuers[0])):
        return
    if (binding := binding_words(document)) and (span := title_or_start(document)):
        yield Spot(span, {"issuer": issuers[0], "binding": binding})


# --- an office for its government ---------------------------------------------------------------------------------


def office_issues_for_government(paper: Paper) -> Iterator[Spot]:
    """A government's office issues binding rules where the place does not count them as the government's own.

    Values: issuer, binding, source.
    """
    profile = paper.profile
    if profile is not None and profile.office_issued_counts_as_government is False:
        for spot in _office(paper):
            source = profile.source_of("office_issued_counts_as_government")
            yield spot._replace(values={**spot.values, "source": source})


def office_issues_unconfigured(paper: Paper) -> Iterator[Spot]:
    """The same where it is not known how the place counts them. Values: issuer, binding."""
    profile = paper.profile
    return _office(paper) if profile is None or profile.office_issued_counts_as_government is None else iter(())


def _office(paper: Paper) -> Iterator[Spot]:
    """An office signs; a government that signs under its office's number is `number_of_another_organ`."""
    document, words = paper.document, _words()
    issuers = _issuers(document)
    if paper.rank is Rank.STATE_COUNCIL or len(issuers) != 1 or not words.found("office", issuers[0]):
        return
    if (binding := binding_words(document)) and (span := title_or_start(document)):
        yield Spot(span, {"issuer": issuers[0], "binding": binding})


# --- several organs -----------------------------------------------------------------------------------------------


def joint_issue_missing(paper: Paper) -> Iterator[Spot]:
    """The text says that several organs issue it, one signs. Values: issuer."""
    document = paper.document
    issuers = _issuers(document)
    if len(issuers) != 1:
        return
    for clause in document.clauses:
        if clause.level in (Level.PARAGRAPH, Level.OTHER) and clause.path.startswith(("front.", "tail.")):
            text = document.text_of(clause.span)
            match = _words().found("joint", text)
            if match and not _PLANNED.search(text[: match.end()]):
                span = Span(clause.span.start + match.start(), clause.span.start + match.end())
                yield Spot(span, {"issuer": issuers[0]})
                return


# A joint document to come, or one of the superiors that this document hands on.
_PLANNED = compiled(r"将|拟|转发|根据|按照|依据|落实|贯彻|《")


# --- form ---------------------------------------------------------------------------------------------------------

_LEGISLATION = compiled(r"(?P<name>条例|(?<![办])法)(?:实施细则)?(?:[（(][^（()）]{1,12}[）)])?$")
_ADMINISTRATIVE = compiled(r"(?:政府|[局厅委部办署]|委员会|办公[室厅]|办事处|领导小组|指挥部)$")
# Words of the opening that make it one: passed by a people's congress, or promulgated by the State Council.
_ENACTED = compiled(r"人民代表大会|人大常委会|国务院令|国务院第")
_OPENING = 1500


def title_of_legislation(paper: Paper) -> Iterator[Spot]:
    """A document of an administrative organ is called 条例 or 法. Values: name, issuer."""
    document = paper.document
    title, span = document.facts.title, document.facts.title_span
    issuers = _issuers(document)
    if not title or span is None or not issuers or not all(_ADMINISTRATIVE.search(one) for one in issuers):
        return
    match = _LEGISLATION.search(title)
    about = re.search(r"关于", title)
    if match and not about and not _ENACTED.search(document.text.value[:_OPENING]):
        yield Spot(span, {"name": match["name"], "issuer": "、".join(issuers)})


_CODE = compiled(r"^(?P<code>[一-龥]{1,14})[〔\[（(]")


def number_of_another_organ(paper: Paper) -> Iterator[Spot]:
    """The number belongs to another organ than the one that signs. Values: number, issuer, owner."""
    document, words = paper.document, _words()
    number, issuers = document.facts.document_number, _issuers(document)
    code = _CODE.match(number or "")
    if number is None or code is None or len(issuers) != 1:
        return
    owner = next(
        (name for name in ("office", "government", "party") if words.found(f"number_of_{name}", code["code"])), ""
    )
    signs = next(
        (name for name in ("office", "party", "government", "department") if words.found(name, issuers[0])), ""
    )
    if not owner or not signs or owner == signs or (owner, signs) in _USUAL:
        return
    place = _place_of(document, number)
    if place is not None:
        yield Spot(place, {"number": number, "issuer": issuers[0], "owner": _OWNERS[owner]})


_OWNERS = {"office": "政府办公室（厅）", "government": "人民政府", "party": "党委（党组）"}
# A government's office issues under the government's sign by its authority (经政府同意).
_USUAL = frozenset({("government", "office")})


def _place_of(document: Document, words: str) -> Span | None:
    clause = next((one for one in document.walk() if one.level is Level.DOCUMENT_NUMBER and len(one.body)), None)
    if clause is not None:
        return clause.body
    at = document.text.value.find(words)
    return Span(at, at + len(words)) if at >= 0 else title_or_start(document)


def party_document_sets_powers(paper: Paper) -> Iterator[Spot]:
    """A party document, or one of party and government together, sets administrative powers. Values: issuer, power."""
    document, words = paper.document, _words()
    code = _CODE.match(document.facts.document_number or "")
    issuers = _issuers(document)
    of_party = any(words.found("party", issuer) for issuer in issuers)
    if not of_party and not (code and words.found("number_of_party", code["code"])):
        return
    power = words.found("powers", document.text.value)
    span = title_or_start(document)
    if power and span:
        yield Spot(span, {"issuer": "、".join(issuers) or document.facts.document_number or "", "power": power[0]})
