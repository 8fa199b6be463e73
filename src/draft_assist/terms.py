"""The Chinese names of knowledge/terms.yaml, read once and only when a report for people is written."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from draft_assist.corpus.works import Genre, Standing, Trust
from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.model import Answer, Confidence, EvidenceStatus, FileKind, Finding, Kind, Rank, Region, Severity


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A Chinese name and a word on what it means; `gist` may be ""."""

    name: str
    gist: str = ""


class ReviewPoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One point of legality review that national rules name.

    Attributes:
        id: stable id.
        name: Chinese.
        categories: findings of these categories answer it.
        codes: letters that the rule's code begins with; () for any.
        told: "yes", "partly" or "no": whether the text of a document can show it.
    """

    id: str
    name: str
    categories: tuple[str, ...]
    told: str
    codes: tuple[str, ...] = ()

    def is_answered_by(self, finding: Finding) -> bool:
        """True when the finding answers this point.

        A model's finding has no rule's letters; it answers every point of its category, since none may look clean over
        it.
        """
        if finding.category not in self.categories:
            return False
        letters = finding.code.rpartition("-")[0]
        return not self.codes or letters in self.codes or finding.origin == "model"


class Terms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """knowledge/terms.yaml; the keys are the identifiers."""

    severities: dict[Severity, Term]
    confidences: dict[Confidence, Term]
    origins: dict[str, str]
    evidence_statuses: dict[EvidenceStatus, Term]
    citation_answers: dict[Answer, Term]
    categories: dict[str, str]
    kinds: dict[Kind, str]
    ranks: dict[Rank, str]
    genres: dict[Genre, str]
    trusts: dict[Trust, str]
    standings: dict[Standing, str]
    file_kinds: dict[FileKind, str]
    regions: dict[Region, str]
    review_points: tuple[ReviewPoint, ...]
    glossary: dict[str, str]


@lru_cache(maxsize=1)
def terms() -> Terms:
    """All terms.

    Raises:
        KnowledgeError: knowledge/terms.yaml is missing or wrong.
    """
    return read_struct(knowledge_path("terms.yaml"), Terms)


def category_name(category: str) -> str:
    """The Chinese name of a category; 其他 for one that terms.yaml does not have."""
    names = terms().categories
    return names.get(category, names["other"])
