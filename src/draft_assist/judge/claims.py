"""What a model claims of an article, held against the article's own words.

A claim may be in other words than the article. It may not bring numbers, ranks, organs or powers that the article does
not name, nor turn 不得 into 可以, nor give the one party what the article gives the other.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from draft_assist.judge.contents import content, share
from draft_assist.judge.quantities import foreign_number
from draft_assist.judge.turned import is_turned, nearest, parts
from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.patterns import compiled


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A claim that uses one of `says` must find one of `stands` in the article."""

    says: tuple[str, ...]
    stands: tuple[str, ...]


class Signs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """knowledge/model-answers.yaml.

    Attributes:
        terms: see `Term`, the longer words first.
        parties: groups of words for one party.
        signs: by category: words one of which stands where it is at issue; () for no telling words.
        hard: by category: words that leave no doubt.
    """

    terms: tuple[Term, ...]
    parties: tuple[tuple[str, ...], ...]
    signs: dict[str, tuple[str, ...]]
    hard: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def signs() -> Signs:
    """The signs.

    Raises:
        KnowledgeError: the file is missing or wrong.
    """
    return read_struct(knowledge_path("model-answers.yaml"), Signs)


# Of the good answers of the planted-fault suite none shares less of its content; see tests/judge.
_LEAST_SHARE = 0.4
_SENTENCES = compiled(r"[。；\n]")


def fault_of_claim(claim: str, article: str, label: str = "") -> str | None:
    """The id of the reason why `claim` may not be said of `article`; None when it may.

    Args:
        claim: what the article is said to lay down; article: its text; label: its name.
    """
    if not content(claim):
        return "claim_empty"
    if foreign_number(claim, article, label):
        return "claim_number"
    if _misses_term(claim, article) or share(claim, article + label) < _LEAST_SHARE:
        return "claim_not_in_article"
    if is_turned(claim, article):
        return "claim_turned"
    if _is_swapped(claim, article):
        return "claim_turned"
    return None


def _misses_term(claim: str, article: str) -> bool:
    rest = claim
    for term in sorted(signs().terms, key=lambda one: -max(map(len, one.says))):
        said = [word for word in term.says if word in rest]
        if not said:
            continue
        if not any(word in article for word in term.stands):
            return True
        for word in said:
            rest = rest.replace(word, "　")  # 地方性法规 is no 法规 of its own
    return False


def _is_swapped(claim: str, article: str) -> bool:
    """True when the claim lays on one party what the article lays on the other."""
    for part in parts(claim):
        said = _subject(part)
        if said is None:
            continue
        near = next(iter(nearest(part, article)), "")
        sentence = next((one for one in _SENTENCES.split(article) if near and near in one), "")
        stands = _subject(near)
        if stands is None and near:
            stands = _subject(sentence[: sentence.find(near) + len(near)])
        if stands is not None and stands != said:
            return True
    return False


_VERB = compiled(r"不得|应当|可以|必须|有权|禁止|不能|无权")


def _subject(part: str) -> int | None:
    """The group of the party that stands last before 应当, 不得, …; None where none does."""
    verb = _VERB.search(part)
    if verb is None:
        return None
    before = part[: verb.start()]
    places = [
        (before.rfind(word), group) for group, words in enumerate(signs().parties) for word in words if word in before
    ]
    return max(places)[1] if places else None
