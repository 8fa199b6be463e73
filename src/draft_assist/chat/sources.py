"""What an answer rests on, numbered: articles, cards, clauses of the user's document."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec.structs import replace

from draft_assist.corpus.works import Genre, Standing
from draft_assist.law.articles import read_label
from draft_assist.model import Evidence, EvidenceStatus, Finding, Frozen, Place
from draft_assist.patterns import compiled
from draft_assist.terms import terms

if TYPE_CHECKING:
    from draft_assist.corpus.cards import Card
    from draft_assist.corpus.search import Hit


class SourceKind(StrEnum):
    """What a source is."""

    ARTICLE = "article"  # its words, out of the statutes or the corpus
    GIST = "gist"  # an article whose words are not held: what it says, in our words
    CARD = "card"  # a requirement card, in our words too
    CLAUSE = "clause"  # of the user's own document
    DOCUMENT = "document"  # a law or document as a whole: its wordings, its standing


class Source(Frozen, frozen=True):
    """One thing that an answer cites as [number].

    Attributes:
        number: from 1, in the order in which they were first used; 0 before it is given one.
        title: full title of the law or document, without 《》; of a clause the name of the user's file.
        label: 第十六条第二款, REQ-FILING-01, 第八条; "" for a text as a whole.
        text: the words; of GIST and CARD ours.
        article: (16, 0); (0, 0) where there is none. With title and `version_date` it finds the article again.
        version_date: of the wording; None when not known.
        status: Chinese: 有效, 时效未核实, 已废止, 未收录原文，系概括.
        origin: Chinese, where the text comes from; "" when there is nothing to say.
        clause: path of the clause in the user's document; place: in its file. "" and None for all others.
    """

    kind: SourceKind
    title: str
    number: int = 0
    label: str = ""
    text: str = ""
    article: tuple[int, int] = (0, 0)
    version_date: dt.date | None = None
    status: str = ""
    origin: str = ""
    clause: str = ""
    place: Place | None = None

    @property
    def mark(self) -> str:
        """[3], as it stands in an answer."""
        return f"[{self.number}]"

    @property
    def name(self) -> str:
        """《中华人民共和国行政处罚法》第十六条; of a clause 第八条 alone."""
        if self.kind is SourceKind.CLAUSE:
            return unmarked(self.label or self.title)
        return unmarked(f"《{shown_title(self.title)}》{self.label}")


_LIKE_MARK = compiled(r"\[(\d{1,3})\]")


def unmarked(words: str) -> str:
    """Words of others for an answer: what looks like the number of a source in them is none."""
    return _LIKE_MARK.sub(r"［\1］", words)


def shown_title(title: str) -> str:
    """A title as it stands inside 《》."""
    return unmarked(title.replace("《", "〈").replace("》", "〉"))


class Sources:
    """The sources of one answer; the same words of the same place have one number."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, ...], Source] = {}

    @property
    def all(self) -> tuple[Source, ...]:
        """All, in order of number."""
        return tuple(self._held.values())

    def __bool__(self) -> bool:
        return True  # an empty one is one too

    def add(self, source: Source) -> Source:
        """The source with its number, which it keeps when it is added again."""
        key = (source.kind, source.title, source.label, source.text)
        if key not in self._held:
            self._held[key] = replace(source, number=len(self._held) + 1)
        return self._held[key]

    def keep(self, numbers: frozenset[int]) -> tuple[Source, ...]:
        """Those of these numbers; what an agent looked at and did not cite is no source of its answer."""
        return tuple(one for one in self.all if one.number in numbers)


# --- of what the other modules give -------------------------------------------------------------------------------


def source_of_hit(hit: Hit) -> Source:
    """An article, or a card, of the corpus."""
    version, article = hit.held.version, hit.held.article
    is_card = version.genre is Genre.CARD
    status = terms().standings[hit.standing]
    if version.trust.value != "authority" and not is_card:
        status += f"，{terms().trusts[version.trust]}"
    return Source(
        kind=SourceKind.CARD if is_card else SourceKind.ARTICLE,
        title=version.title,
        label=article.label,
        text=article.text.strip(),
        article=article.number or (0, 0),
        version_date=version.version_date or version.effective_from,
        status="系概括，不是原文" if is_card else status,
        origin="" if hit.standing is Standing.IN_FORCE else _rank_words(hit),
    )


def _rank_words(hit: Hit) -> str:
    return "，".join(one for one in (hit.held.version.place, hit.held.version.issuer) if one)


def source_of_evidence(evidence: Evidence) -> Source:
    """The basis of a finding, with its words where they are held."""
    label = read_label(evidence.article)
    return Source(
        kind=SourceKind.ARTICLE if evidence.text else SourceKind.GIST,
        title=evidence.law,
        label=evidence.article,
        text=evidence.text.strip() or evidence.gist,
        article=label.article if label else (0, 0),
        version_date=evidence.version_date,
        status=_EVIDENCE.get(evidence.status, "") if evidence.text else NOT_HELD,
        origin=evidence.source,
    )


NOT_HELD = "未收录原文，系概括"
_EVIDENCE = {
    EvidenceStatus.HELD: "有效",
    EvidenceStatus.STALE: "条文与规则编写时不一致，须核对",
    EvidenceStatus.NOT_YET_IN_FORCE: "尚未施行",
}


def source_of_card(card: Card) -> Source:
    """A requirement card."""
    number = f"（{card.source.number}）" if card.source.number else ""
    checked = "" if card.source.confirmed else "，未与原文核对"
    return Source(
        kind=SourceKind.CARD,
        title=card.source.title,
        label=card.source.section,
        text=card.gist,
        version_date=card.source.issued,
        status=f"系概括，不是原文{checked}",
        origin=f"要求卡片 {card.id}{number}，{card.source.jurisdiction}",
    )


def source_of_finding(finding: Finding, name: str) -> Source:
    """The words of the user's document that a finding is on.

    Args:
        name: of the document.
    """
    return Source(
        kind=SourceKind.CLAUSE,
        title=name,
        label=finding.place.label,
        text=finding.quote,
        clause=finding.clause,
        place=finding.place,
        status="送审文字",
    )
