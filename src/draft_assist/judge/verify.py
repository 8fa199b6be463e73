"""Strict verification of what a model says of a clause: what does not stand up is dropped and counted, never mended.

A quote must stand in the clause, an id must be one that was given, a category must exist, what is said of an article
must be found in its words, and prose may name no other law, number or case than those that were sent. A statement that
names one wrong thing falls as a whole; only a proposed wording may fall by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from draft_assist.check.run import Kit
from draft_assist.check.special.instructions import find_instructions
from draft_assist.judge import prose
from draft_assist.judge.claims import fault_of_claim, signs
from draft_assist.judge.question import Asked, Material, Question
from draft_assist.judge.quoting import find_quote
from draft_assist.judge.wording import WordingCheck
from draft_assist.model import Frozen, Kind, Rank, Span, Stance
from draft_assist.patterns import compiled
from draft_assist.terms import category_name, terms

if TYPE_CHECKING:
    from draft_assist.judge.answers import ClauseAnswer, Problem, Says
    from draft_assist.judge.answers import Remark as Said

REASONS: dict[str, str] = {
    "unknown_finding": "针对的规则发现不在所给范围内",
    "contradictory_remarks": "对同一发现的意见互相矛盾",
    "doubled": "与另一条重复",
    "quote_empty": "没有引用原文",
    "quote_too_long": "引用过长，没有指明问题所在",
    "quote_not_in_clause": "引用的文字不在该条款中",
    "quote_in_other_clause": "引用的文字在别的条款中",
    "quote_cut_short": "引用时截去了决定意思的文字",
    "unknown_material": "引用了没有给出的材料",
    "claim_empty": "没有说明所引材料的内容",
    "card_called_law": "把制定程序要求说成法律条文",
    "claim_turned": "所述内容与条文相反或者主体不同",
    "claim_not_in_article": "所述内容与条文不符",
    "claim_number": "所述数字在条文中没有",
    "unknown_clause": "针对的条款不在所给范围内",
    "conflict_within_one_clause": "所称矛盾的规定在同一条款之内",
    "conflict_of_different_things": "所称矛盾的规定说的不是一件事",
    "conflict_not_seen": "所称矛盾的规定看不出不同",
    "unknown_category": "类别不存在",
    "category_drift": "类别与文字不符",
    "does_drift": "文字是禁止这样做，不是设定",
    "reason_empty": "没有说明理由",
    "reason_off_topic": "理由与该条款无关",
    "reason_number": "理由中的数字没有来源",
    "reason_citation": "理由中的法条或者文号核对不上",
    "reason_markup": "含有网址、代码或者不应有的符号",
    "reason_not_chinese": "不是中文",
    "reason_flattery": "含有客套、自我介绍或者对全文的结论",
    "reason_against_itself": "理由与结论相反",
    "clause_holds_instructions": "所在条款含有针对模型的指令，不采信认为没有问题的意见",
    "wording_keeps_fault": "建议措辞仍有同样的问题",
    "wording_new_fault": "建议措辞带来新的问题",
    "wording_citation": "建议措辞中的法条核对不上",
    "wording_number": "建议措辞中的数字没有来源",
    "wording_form": "建议措辞不能使用",
}


class Dropped(Frozen, frozen=True):
    """One statement that did not stand up.

    Attributes:
        clause: path; what: remark, problem or wording; reason: of `REASONS`.
        detail: Chinese, at most a few characters of the document.
    """

    clause: str
    what: str
    reason: str
    detail: str = ""


class KeptRemark(Frozen, frozen=True):
    """A remark on a finding of the rules that stood up."""

    finding: Asked
    stance: Stance
    reason: str
    materials: tuple[Material, ...] = ()
    wording: str = ""


class KeptProblem(Frozen, frozen=True):
    """A finding of the model that stood up; `span` in `NormalText.value`."""

    category: str
    does: str
    span: Span
    quote: str
    reason: str
    materials: tuple[Material, ...] = ()
    wording: str = ""


class Verified(NamedTuple):
    """What is left of an answer."""

    remarks: tuple[KeptRemark, ...] = ()
    problems: tuple[KeptProblem, ...] = ()
    dropped: tuple[Dropped, ...] = ()


class Verifier:
    """Verifies answers on the clauses of one document."""

    def __init__(self, kit: Kit, *, as_of: dt.date, rank: Rank, kind: Kind) -> None:
        """
        Args:
            kit: rules and statutes, for trying wordings and looking up what prose cites.
            as_of, rank, kind: as the document was reviewed.
        """
        self._citations = prose.CitationCheck(kit.statutes, as_of)
        self._wordings = WordingCheck(kit, self._citations, as_of=as_of, rank=rank, kind=kind)

    def verify(self, answer: ClauseAnswer, question: Question) -> Verified:
        """What of the answer stands up; whatever pydantic admits is taken, nothing raises."""
        dropped: list[Dropped] = []
        remarks = self._remarks(answer.remarks, question, dropped)
        problems = self._problems(answer.problems, question, remarks, dropped)
        return Verified(tuple(remarks.values()), tuple(problems), tuple(dropped))

    def fault_of_reason(self, reason: str, question: Question) -> str | None:
        """Why a reason cannot be shown, of `REASONS`; None when it can. For what is said of several clauses."""
        return self._fault_of_statement(reason, (), question, (question.words,))

    # --- remarks ------------------------------------------------------------------------------------------------

    def _remarks(self, said: Sequence[Said], question: Question, dropped: list[Dropped]) -> dict[str, KeptRemark]:
        """The remarks that stand up, by the id of their finding."""
        stances: dict[str, set[str]] = {}
        for one in said:
            stances.setdefault(one.finding, set()).add(one.stance)
        asked = {one.id: one for one in question.findings}
        kept: dict[str, KeptRemark] = {}
        for one in said:
            drop = _dropper(question, "remark", dropped)
            if one.finding not in asked:
                drop("unknown_finding")
            elif len(stances[one.finding]) > 1:
                drop("contradictory_remarks")
            elif one.finding in kept:
                drop("doubled")
            elif fault := self._fault_of_remark(one, asked[one.finding], question):
                drop(fault)
            else:
                kept[one.finding] = self._kept_remark(one, asked[one.finding], question, dropped)
        return kept

    def _fault_of_remark(self, one: Said, asked: Asked, question: Question) -> str | None:
        if one.stance == "refutes" and question.has_instructions:
            return "clause_holds_instructions"
        finding = asked.finding
        about = (finding.title, finding.message, finding.quote, finding.advice, category_name(finding.category))
        if fault := self._fault_of_statement(one.reason, one.evidence, question, about):
            return fault
        if one.stance == "confirms" and prose.speaks_against(one.reason):
            return "reason_against_itself"
        if one.stance == "refutes" and prose.only_blames(one.reason):
            return "reason_against_itself"
        return None

    def _kept_remark(self, one: Said, asked: Asked, question: Question, dropped: list[Dropped]) -> KeptRemark:
        span = asked.finding.span
        place = Span(span.start - question.span.start, span.end - question.span.start)
        wording = ""
        if one.wording.strip():
            inside = 0 <= place.start <= place.end <= len(question.words)
            if one.stance == "refutes" or not inside:  # nothing is to be mended
                _dropper(question, "wording", dropped)("wording_form")
            else:
                wording = self._wording(one.wording, place, asked.finding.category, question, dropped)
        return KeptRemark(
            finding=asked,
            stance=Stance(one.stance),
            reason=one.reason.strip(),
            materials=_materials(one.evidence, question),
            wording=wording,
        )

    # --- problems -----------------------------------------------------------------------------------------------

    def _problems(
        self, said: Sequence[Problem], question: Question, remarks: dict[str, KeptRemark], dropped: list[Dropped]
    ) -> list[KeptProblem]:
        kept: list[KeptProblem] = []
        spoken = {one.finding.id for one in remarks.values()}
        for one in said:
            drop = _dropper(question, "problem", dropped)
            quoted = find_quote(one.quote, question, one.reason)
            if quoted.fault == "quote_cut_short" and one.category in _OF_FORM:
                quoted = quoted._replace(fault="")
            if fault := quoted.fault or self._fault_of_problem(one, quoted.span, question):
                drop(fault)
                continue
            span = quoted.span
            absolute = Span(question.span.start + span.start, question.span.start + span.end)
            if (asked := _asked_of(one.category, absolute, question)) is not None:
                if asked.id in spoken:
                    drop("doubled")
                else:  # it says again what the rule says
                    spoken.add(asked.id)
                    remarks[asked.id] = KeptRemark(
                        finding=asked,
                        stance=Stance.CONFIRMS,
                        reason=one.reason.strip(),
                        materials=_materials(one.evidence, question),
                    )
                continue
            if any(other.category == one.category and other.span.overlaps(absolute) for other in kept):
                drop("doubled")
                continue
            wording = self._wording(one.wording, span, one.category, question, dropped) if one.wording.strip() else ""
            kept.append(
                KeptProblem(
                    category=one.category,
                    does=one.does,
                    span=absolute,
                    quote=span.of(question.words),
                    reason=one.reason.strip(),
                    materials=_materials(one.evidence, question),
                    wording=wording,
                )
            )
        return kept

    def _fault_of_problem(self, one: Problem, span: Span, question: Question) -> str | None:
        if one.category not in terms().categories:
            return "unknown_category"
        quote = span.of(question.words)
        if fault := self._fault_of_statement(one.reason, one.evidence, question, (quote,)):
            return fault
        if _drifts(one.category, span, question, one.reason):
            return "category_drift"
        if one.does in ("sets", "adds") and _is_forbidden(one.category, quote):
            return "does_drift"
        return "reason_against_itself" if prose.speaks_against(one.reason) else None

    # --- what both have -----------------------------------------------------------------------------------------

    def _fault_of_statement(
        self, reason: str, evidence: Sequence[Says], question: Question, about: Sequence[str]
    ) -> str | None:
        given = {one.id: one for one in question.materials}
        if any(one.id not in given for one in evidence):
            return "unknown_material"
        for one in evidence:
            if fault := self._fault_of_says(one.says, given[one.id], question):
                return fault
        if fault := prose.fault_of_form(reason) or prose.fault_of_bearing(reason, question.words):
            return fault
        if prose.only_repeats(reason, question.words):
            return "reason_empty"
        if prose.unknown_mark(reason, question):
            return "unknown_material"
        if prose.claims_leave(reason, question):
            return "claim_turned"
        if find_instructions(_QUOTED.sub("", reason)):
            return "clause_holds_instructions"
        if fault := self._citations.fault(reason, question):
            return fault
        if self._citations.states_foreign_number(reason, question):
            return "reason_number"
        off = prose.is_off_topic(reason, question, (*about, *_texts(evidence, question)))
        return "reason_off_topic" if off else None

    def _fault_of_says(self, says: str, material: Material, question: Question) -> str | None:
        if not says.strip():
            return "claim_empty"
        if fault := prose.fault_of_form(says, shortest=4) or prose.fault_of_bearing(says, question.words):
            return fault
        if prose.calls_card_a_law(says, material):
            return "card_called_law"
        if fault := fault_of_claim(says, material.text, material.label):
            return fault
        if prose.unknown_mark(says, question):
            return "unknown_material"
        return self._citations.fault(says, question)

    def _wording(self, wording: str, span: Span, category: str, question: Question, dropped: list[Dropped]) -> str:
        proposal = self._wordings.proposal(wording, span, category, question)
        if proposal.fault:
            _dropper(question, "wording", dropped)(proposal.fault)
        return proposal.wording


_QUOTED = compiled(r"“[^“”]*”|「[^「」]*」|\"[^\"]*\"")


class _Dropper(NamedTuple):
    question: Question
    what: str
    dropped: list[Dropped]

    def __call__(self, reason: str) -> None:
        detail = f"{self.question.label[:20]}：{REASONS[reason]}"
        self.dropped.append(Dropped(clause=self.question.clause, what=self.what, reason=reason, detail=detail))


_dropper = _Dropper


def _materials(evidence: Sequence[Says], question: Question) -> tuple[Material, ...]:
    """The materials that an answer names, each once, as they were given."""
    named = {one.id for one in evidence}
    return tuple(one for one in question.materials if one.id in named)


def _texts(evidence: Sequence[Says], question: Question) -> list[str]:
    return [f"{one.label}{one.text}" for one in _materials(evidence, question)]


def _asked_of(category: str, span: Span, question: Question) -> Asked | None:
    """The finding of the rules of that category on those words; None for none."""
    fitting = [one for one in question.findings if one.finding.category == category]
    return next((one for one in fitting if one.finding.span.overlaps(span)), None)


# --- categories -----------------------------------------------------------------------------------------------------

_ENDS = "。；\n"


# What is wrong with the form of words does not hang on what they forbid.
_OF_FORM = frozenset(("structure", "citation", "institution", "procedure", "security", "other"))


def _drifts(category: str, span: Span, question: Question, reason: str) -> bool:
    """True when nothing in the quote's sentence is of that category, or the quote is plainly of another one.

    What is at issue in the softer categories need not stand in the clause: a missing hearing. There the reason tells.
    """
    words, hard = question.words, signs().hard
    start = max(words.rfind(mark, 0, span.start) for mark in _ENDS) + 1
    ends = [at for mark in _ENDS if (at := words.find(mark, span.end)) >= 0]
    sentence = f"{words[start : min(ends, default=len(words))]}{question.stem}"
    telling, quote = signs().signs.get(category, ()), span.of(words)
    if category not in hard:
        return bool(telling) and not any(word in f"{reason}{quote}" for word in telling)
    if telling and not any(word in sentence for word in telling):
        return True
    if any(word in quote for word in hard[category]):
        return False
    return any(word in quote for other, sure in hard.items() if other != category for word in sure)


_FORBIDS = r"(?:严禁|禁止|不得|不准|不许|取消|停止|废止|不再|免予|免收|免征|杜绝|无需|无须)[^，。；\n]{0,14}?"


def _is_forbidden(category: str, quote: str) -> bool:
    """True when the quote forbids what it is said to set: 不得收取任何费用."""
    words = signs().hard.get(category, ())
    return any(compiled(f"{_FORBIDS}{word}").search(quote) for word in words)
