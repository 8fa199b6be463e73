"""Builds answers for the planted-fault suite out of the good statements."""

from __future__ import annotations

from planted_clauses import question, verifier
from planted_good import New, On

from draft_assist.judge.answers import ClauseAnswer, Problem, Remark, Says
from draft_assist.judge.question import Question
from draft_assist.judge.verify import Verified

Statement = On | New


def says(one: Statement) -> list[Says]:
    return [Says(id=_material(part, question(one.clause)), says=words) for part, words in one.evidence]


def _material(part: str, asked: Question) -> str:
    found = [one.id for one in asked.materials if one.label.split("（条文")[0].endswith(part)] or [
        one.id for one in asked.materials if part in one.label
    ]
    assert found, f"{part} was not sent with {asked.clause}"
    return found[0]


def form(one: Statement) -> Remark | Problem:
    """The statement in the form in which a model answers."""
    if isinstance(one, New):
        return Problem(
            category=one.category,
            does=one.does,
            quote=one.quote,
            reason=one.reason,
            evidence=says(one),
            wording=one.wording,
        )
    found = [asked.id for asked in question(one.clause).findings if one.finding in asked.finding.quote]
    assert found, f"no finding on {one.finding}"
    exact = [asked.id for asked in question(one.clause).findings if asked.finding.quote.startswith(one.finding)]
    return Remark(
        finding=(exact or found)[0], stance=one.stance, reason=one.reason, evidence=says(one), wording=one.wording
    )


def answer(*forms: Remark | Problem) -> ClauseAnswer:
    return ClauseAnswer(
        remarks=[one for one in forms if isinstance(one, Remark)],
        problems=[one for one in forms if isinstance(one, Problem)],
    )


def verified(clause: str, *forms: Remark | Problem) -> Verified:
    return verifier().verify(answer(*forms), question(clause))
