"""The second opinion: a model is asked about the clauses that call for it, and what stands up is laid beside the rules.

    compose -> ask -> verify -> merge

A rule's finding is never changed by a model: a remark stands beside it. What a model finds by itself is at most
`doubtful`, of low certainty, and labelled. Whatever goes wrong, the report of the rules is there.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from draft_assist.check.places import PlaceFinder
from draft_assist.check.run import Kit
from draft_assist.egress import check_egress
from draft_assist.errors import AnswerUnreadable, ModelError
from draft_assist.judge.compose import Composer, finding_line, fitted, material_block
from draft_assist.judge.prompts import Message, Prompt, fill, read_prompt
from draft_assist.judge.question import Question
from draft_assist.judge.record import RunRecord, digest
from draft_assist.judge.verify import REASONS, Dropped, KeptProblem, KeptRemark, Verified, Verifier
from draft_assist.judge.whole import Conflict, find_conflicts
from draft_assist.model import (
    MODEL_CODE,
    Confidence,
    Document,
    DropCount,
    Finding,
    NotChecked,
    Remark,
    Report,
    SecondOpinion,
    Severity,
    Span,
)
from draft_assist.parse.labels import label_of
from draft_assist.terms import category_name

if TYPE_CHECKING:
    from draft_assist.corpus.search import Searcher
    from draft_assist.judge.client import Answered, Model, Request

PROMPT = "clause-opinion"
_PROMPTS = (PROMPT, "key-provisions", "contradictions")
# The estimate before the run is made from so many of the questions.
_SAMPLED = 5
# Tokens of an answer as they are on average; most clauses have nothing to be said of.
_USUAL_ANSWER = 250
# Counts by tiktoken are not those of other models' encodings: so much of the context stays free.
_MARGIN = 0.1


_COMPARE = "这是模型的意见，请对照所列条文判断是否成立。"
_CONFLICT = "structure"
_NO_ARTICLE = "这是模型的意见，没有举出条文，请判断是否有上位法依据。"


class Progress(NamedTuple):
    """How far a run is.

    Attributes:
        done, needed: clauses.
        cost: so far; None when the prices are not known.
    """

    done: int
    needed: int
    cost: float | None = None


class Judge(NamedTuple):
    """Who gives second opinions, and how a run is followed.

    Attributes:
        model: see there.
        record: None keeps none.
        progress: called after every answer.
        estimated: called once before the first request with the number of clauses and the estimated cost (None when
            the prices are not known).
        stop: asked between answers.
    """

    model: Model
    record: RunRecord | None = None
    progress: Callable[[Progress], None] = lambda progress: None
    estimated: Callable[[int, float | None], None] = lambda needed, cost: None
    stop: Callable[[], bool] = lambda: False


def second_opinion(report: Report, kit: Kit, searcher: Searcher | None, judge: Judge) -> Report:
    """The report with the opinion of a model; the one of the rules with a note where that cannot be had.

    Args:
        report: of the review by rules; kit: with which it was made.
        searcher: the corpus, for articles that may be cited; None for none.
    """
    options = judge.model.options
    try:
        check_egress(options.url, options.allow, report.document.text.raw.marking or "")
    except ModelError as error:
        return _without(report, str(error))
    return _Run(report, kit, searcher, judge).report()


def _without(report: Report, why: str) -> Report:
    note = NotChecked(what="模型意见", why=f"没有请模型复核：{why.rstrip('。')}。")
    return replace(report, not_checked=(*report.not_checked, note))


class _Run:
    """One second opinion on one report."""

    def __init__(self, report: Report, kit: Kit, searcher: Searcher | None, judge: Judge) -> None:
        self._report = report
        self._judge = judge
        self._model = judge.model
        self._prompt = read_prompt(PROMPT)
        self._composer = Composer(report, kit, searcher)
        self._verifier = Verifier(kit, as_of=report.as_of, rank=report.rank, kind=report.kind)
        self._places = PlaceFinder(report.document)
        self._waiting: dict[int, Question] = {}
        self._answered: set[str] = set()
        self._cached: set[str] = set()
        self._failed: dict[str, str] = {}
        self._remarks: list[KeptRemark] = []
        self._problems: list[tuple[Question, KeptProblem]] = []
        self._conflicts: tuple[Conflict, ...] = ()
        self._not_compared: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        self._note = ""

    def report(self) -> Report:
        """The report with what came of it."""
        before = self._model.spending.spent
        estimate = self._estimate()
        needed = len(self._composer.needed)
        self._judge.estimated(needed, estimate)
        self._begin()
        try:
            self._ask()
            if not self._note:
                self._compare()
        except KeyboardInterrupt:
            self._note = "使用者中断；已得到的意见都已保留，再次运行会接着问"
        opinion = self._opinion(estimate, before)
        self._end(opinion)
        findings = sorted(
            (
                *self._report.findings,
                *(self._finding(*one) for one in self._problems),
                *map(self._finding_of_conflict, self._conflicts),
            ),
            key=lambda one: one.span,
        )
        return replace(
            self._report,
            findings=tuple(findings),
            opinion=opinion,
            not_checked=(*self._report.not_checked, *self._left_out()),
        )

    # --- asking -------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        done: set[str] = set()
        open_parts: Counter[str] = Counter()
        answers = self._model.ask_all(self._requests(open_parts), stop=self._judge.stop)
        for key, answer in answers:
            question = self._waiting.pop(key)  # type: ignore[call-overload]
            self._take(question, answer)
            open_parts[question.clause] -= 1
            if not open_parts[question.clause]:
                done.add(question.clause)
            self._judge.progress(Progress(len(done), len(self._composer.needed), self._model.spending.cost))
            if self._note:
                answers.close()  # type: ignore[attr-defined]
                break
        if self._judge.stop() and not self._note:
            self._note = "已按要求停止；已得到的意见都已保留，再次运行会接着问"

    def _compare(self) -> None:
        """Look for clauses that contradict each other; what a rule has reported on the same words is left out."""
        document = self._report.document
        found = find_conflicts(document, self._model, self._composer.facts, self._verifier.fault_of_reason)
        told = [one.span for one in self._report.findings if one.category == _CONFLICT]
        self._conflicts = tuple(one for one in found.conflicts if not any(one.second.span.overlaps(at) for at in told))
        self._dropped += found.dropped
        self._not_compared = found.failed

    def _requests(self, open_parts: Counter[str]) -> Iterator[Request]:
        from draft_assist.judge.answers import ClauseAnswer
        from draft_assist.judge.client import Request

        number = 0
        for question in self._composer.questions():
            parts = list(fitted(question, self._count, self._room()))
            open_parts[question.clause] += len(parts)
            for part in parts:
                self._waiting[number] = part
                yield Request(number, self._messages(part), ClauseAnswer)
                number += 1

    def _messages(self, question: Question) -> tuple[Message, ...]:
        return messages_of(question, self._prompt)

    def _count(self, question: Question) -> int:
        return self._model.count(self._messages(question))

    def _room(self) -> int:
        options = self._model.options
        return int((options.context - options.max_output) * (1 - _MARGIN))

    def _estimate(self) -> float | None:
        """What the run will cost, from the first questions; None when the prices are not known."""
        needed = len(self._composer.needed)
        sampled = [self._count(one) for _, one in zip(range(_SAMPLED), self._composer.questions(), strict=False)]
        if not sampled:
            return self._model.spending.prices.cost(0, 0)
        tokens_in = sum(sampled) * needed // len(sampled)
        return self._model.spending.prices.cost(tokens_in, _USUAL_ANSWER * needed)

    def _take(self, question: Question, answer: Answered | ModelError) -> None:
        from draft_assist.judge.spending import BudgetSpent

        if isinstance(answer, ModelError):
            self._failed[question.clause] = _why_failed(answer)
            if isinstance(answer, BudgetSpent) or _is_final(answer):
                self._note = str(answer).rstrip("。")
            self._write(question, error=self._failed[question.clause])
            return
        verified: Verified = self._verifier.verify(answer.value, question)
        self._answered.add(question.clause)
        if answer.is_kept:
            self._cached.add(question.clause)
        self._remarks += verified.remarks
        self._problems += ((question, one) for one in verified.problems)
        self._dropped.update(one.reason for one in verified.dropped)
        self._write(question, answer=answer, verified=verified)

    # --- what came of it ----------------------------------------------------------------------------------------

    def _opinion(self, estimate: float | None, before: object) -> SecondOpinion:
        from draft_assist.judge.spending import Spent

        assert isinstance(before, Spent)
        model, spent = self._model, self._model.spending.spent
        tokens_in, tokens_out = spent.tokens_in - before.tokens_in, spent.tokens_out - before.tokens_out
        order = {one.fingerprint: number for number, one in enumerate(self._report.findings)}
        remarks = sorted((_remark(one) for one in self._remarks), key=lambda one: order[one.fingerprint])
        failed = {clause: why for clause, why in self._failed.items() if clause not in self._answered}
        return SecondOpinion(
            model=model.name,
            where=model.where,
            total=self._composer.total,
            needed=len(self._composer.needed),
            asked=len(self._answered),
            cached=len(self._cached),
            failed=tuple(Counter(failed.values()).most_common()),
            remarks=tuple(remarks),
            dropped=tuple(DropCount(reason=one, words=REASONS[one], count=n) for one, n in self._dropped.most_common()),
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            is_counted_here=spent.is_counted_here,
            cost=model.spending.prices.cost(tokens_in, tokens_out),
            estimate=estimate,
            currency=model.spending.prices.currency if estimate is not None else "",
            note=self._note,
            record=self._judge.record.path.name if self._judge.record else "",
        )

    def _finding(self, question: Question, problem: KeptProblem) -> Finding:
        document = self._report.document
        damaged = document.text.is_damaged(problem.span)
        has_article = any(one.kind == "article" for one in problem.materials)
        code = f"{MODEL_CODE}{problem.category}"
        return Finding(
            code=code,
            rule="model-opinion",
            title=f"可能涉及{category_name(problem.category)}的问题",
            category=problem.category,
            severity=Severity.DOUBTFUL if has_article and not damaged else Severity.ADVICE,
            confidence=Confidence.LOW,
            origin="model",
            quote=_raw(document, problem.span),
            span=problem.span,
            clause=question.clause,
            place=self._places.place(problem.span),
            message=problem.reason,
            advice=_COMPARE if has_article else _NO_ARTICLE,
            basis=tuple(one.evidence for one in problem.materials if one.requirement is None),
            requirements=tuple(one.requirement for one in problem.materials if one.requirement is not None),
            fingerprint=_fingerprint(code, problem.quote, question.words),
            damaged=damaged,
            wording=problem.wording,
        )

    def _finding_of_conflict(self, conflict: Conflict) -> Finding:
        document, second = self._report.document, conflict.second
        first = f"{label_of(document, conflict.first.unit.path)}“{conflict.first.quote}”"
        code = f"{MODEL_CODE}{_CONFLICT}"
        return Finding(
            code=code,
            rule="model-opinion",
            title="可能与文中另一处规定不一致",
            category=_CONFLICT,
            severity=Severity.ADVICE,
            confidence=Confidence.LOW,
            origin="model",
            quote=_raw(document, second.span),
            span=second.span,
            clause=second.unit.path,
            place=self._places.place(second.span),
            message=f"与{first}可能不一致。{conflict.reason}",
            advice="请对照两处规定，确定以哪一处为准。",
            basis=(),
            fingerprint=_fingerprint(code, f"{conflict.first.quote}|{second.quote}", second.unit.words),
            damaged=document.text.is_damaged(second.span),
        )

    def _left_out(self) -> list[NotChecked]:
        """What the model was to look at and did not."""
        return [*self._not_answered(), *self._parts_not_compared()]

    def _parts_not_compared(self) -> list[NotChecked]:
        """That parts of the document were not held against each other."""
        if not self._not_compared:
            return []
        why = "；".join(f"{reason}{count}次" for reason, count in self._not_compared.most_common())
        return [NotChecked(what="条款之间是否矛盾（模型）", why=f"{why}；没有问到的部分只按规则核对。")]

    def _not_answered(self) -> list[NotChecked]:
        """The clauses that called for a second look and did not get one."""
        asked = len(self._composer.needed) - len(self._answered)
        if asked <= 0:
            return []
        failed = {clause: why for clause, why in self._failed.items() if clause not in self._answered}
        reasons = [f"{why}{count}个" for why, count in Counter(failed.values()).most_common()]
        if (rest := asked - len(failed)) > 0:
            reasons.append(f"没有问到{rest}个" + (f"（{self._note}）" if self._note else ""))
        what = f"{asked}个条款的模型意见（共{len(self._composer.needed)}个需要复核）"
        return [NotChecked(what=what, why=f"{'；'.join(reasons)}；这些条款只按规则审查。")]

    # --- the record ---------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        record, model = self._judge.record, self._model
        if record is None:
            return
        raw = self._report.document.text.raw
        options = model.options.model_dump(mode="json", exclude={"key", "extra", "record", "log_text"})
        record.write(
            "begin",
            schema="draft-assist/run/1",
            model=model.name,
            where=model.where,
            options=options,
            prompts={one.id: {"version": one.version, "sha256": one.digest} for one in map(read_prompt, _PROMPTS)},
            document={"sha256": raw.sha256, "name": raw.path.name},
            as_of=self._report.as_of,
            ruleset=self._report.ruleset,
            statutes=self._report.statutes,
            needed=len(self._composer.needed),
            total=self._composer.total,
        )

    def _write(
        self,
        question: Question,
        *,
        answer: Answered | None = None,
        verified: Verified | None = None,
        error: str = "",
    ) -> None:
        if self._judge.record is None:
            return
        given = {one.id: f"{one.label}#{digest(one.text)}" for one in question.materials}
        findings = {one.id: f"{one.finding.code}#{one.finding.fingerprint}" for one in question.findings}
        self._judge.record.write(
            "answer",
            text=[("clause_words", question.words), *([("answer", answer.value.model_dump_json())] if answer else [])],
            clause=question.clause,
            prompt=digest("".join(one.content for one in self._messages(question))),
            materials=given,
            findings=findings,
            error=error,
            kept=answer.is_kept if answer else False,
            repairs=answer.repairs if answer else 0,
            remarks=[[one.finding.id, one.stance.value] for one in verified.remarks] if verified else [],
            problems=[[one.category, len(one.materials)] for one in verified.problems] if verified else [],
            dropped=[[one.what, one.reason] for one in verified.dropped] if verified else [],
        )

    def _end(self, opinion: SecondOpinion) -> None:
        if self._judge.record is not None:
            self._judge.record.write(
                "end",
                asked=opinion.asked,
                cached=opinion.cached,
                failed=list(opinion.failed),
                dropped={one.reason: one.count for one in opinion.dropped},
                tokens_in=opinion.tokens_in,
                tokens_out=opinion.tokens_out,
                cost=opinion.cost,
                note=opinion.note,
            )


def messages_of(question: Question, prompt: Prompt) -> tuple[Message, ...]:
    """What is sent for a question."""
    return fill(
        prompt,
        facts=question.facts,
        acts="\n".join(question.acts) or "（程序没有识别出权力事项）",
        stem=question.stem,
        before=question.before,
        clause=question.words,
        after=question.after,
        findings="\n".join(map(finding_line, question.findings)) or "（规则没有报出问题）",
        materials="\n\n".join(map(material_block, question.materials)) or "（没有可引用的条文）",
    )


def _remark(kept: KeptRemark) -> Remark:
    return Remark(
        fingerprint=kept.finding.finding.fingerprint,
        stance=kept.stance,
        reason=kept.reason,
        basis=tuple(one.evidence for one in kept.materials if one.requirement is None),
        wording=kept.wording,
    )


def _why_failed(error: ModelError) -> str:
    return "回答不合约定的格式" if isinstance(error, AnswerUnreadable) else error.what


def _is_final(error: ModelError) -> bool:
    """True when the next request would end in the same way."""
    from draft_assist.judge.calls import CallFailed
    from draft_assist.judge.endpoint import Sort

    return isinstance(error, CallFailed) and error.failure.sort is Sort.NEVER


def _raw(document: Document, span: Span) -> str:
    return document.text.offsets.to_raw(span).of(document.text.raw.text)


def _fingerprint(code: str, quote: str, around: str) -> str:
    words = re.sub(r"\s", "", f"{code}|{quote}|{around}")
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


__all__ = ["Dropped", "Judge", "Progress", "messages_of", "second_opinion"]
