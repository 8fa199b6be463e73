"""What a model is asked about one clause: its words, what stands around it, what the rules found, what may be cited.

The ids are the only ones that an answer may name: R1, R2, … for the findings of the rules, E1, E2, … for the articles
and cards that were sent with the clause.
"""

from __future__ import annotations

from draft_assist.model import Evidence, Finding, Frozen, Requirement, Span


class Material(Frozen, frozen=True):
    """One article or requirement card that an answer may cite.

    Attributes:
        id: E1, E2, …
        kind: "article" or "card".
        label: 《中华人民共和国行政处罚法》第十六条; of a card its source.
        text: the article's own words, or the card's gist.
        evidence: what a report shows when the answer cites it; requirement: the card, for one.
    """

    id: str
    kind: str
    label: str
    text: str
    evidence: Evidence
    requirement: Requirement | None = None


class Asked(Frozen, frozen=True):
    """One finding of the rules on the clause, under the id (R1, R2, …) by which an answer may speak of it."""

    id: str
    finding: Finding


class Question(Frozen, frozen=True):
    """All that is sent of one clause.

    Attributes:
        clause: its path; label: 第八条第二款, for people.
        span: of `words`, in `NormalText.value`.
        words: the clause's own text, exactly the characters of `span`.
        before, after: the clauses beside it, shortened; stem: the sentence above a list; "" where there is none.
        facts: Chinese lines on the document: title, issuer, rank, kind, and what that rank may not set.
        acts: how the program read the clause, Chinese lines.
        findings, materials: see there.
        has_instructions: the clause, or what is sent with it, holds words that address a model.
    """

    clause: str
    label: str
    span: Span
    words: str
    before: str = ""
    after: str = ""
    stem: str = ""
    facts: str = ""
    acts: tuple[str, ...] = ()
    findings: tuple[Asked, ...] = ()
    materials: tuple[Material, ...] = ()
    has_instructions: bool = False
