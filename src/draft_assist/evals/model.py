"""A model on labelled clauses: how much it finds beside the rules, by itself, and together with them.

Each line is reviewed by the rules first, as in clauses.py; then the model is asked as in a review, its answers verified
as in a review. Lines without a usable answer are unscored for the model, and counted: they are never taken for sound.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from draft_assist.check.run import Kit
from draft_assist.errors import ModelError, SourceError
from draft_assist.evals.clauses import ClauseScores, Prediction, Sample, prediction_of, review_sample, score_clauses
from draft_assist.judge.compose import Composer, fitted
from draft_assist.judge.opinion import PROMPT, messages_of
from draft_assist.judge.prompts import read_prompt
from draft_assist.judge.question import Question
from draft_assist.judge.verify import Verifier
from draft_assist.model import Report, Stance

if TYPE_CHECKING:
    from draft_assist.corpus.search import Searcher
    from draft_assist.judge.client import Answered, Model, Request


class ModelScores(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a run.

    Attributes:
        rules: the rules alone; model: what the model found and verification let pass, alone; both: either.
        asked: lines that were sent; skipped: lines that call for no second look; unscored: reason by line.
        remarks: how often the model confirmed, refuted or doubted a finding of the rules that the labels call right,
            and one that they call wrong.
        dropped: statements that did not stand up, by reason.
        seconds: of the whole run; tokens_in, tokens_out, cost: see SecondOpinion.
        repairs: answers that had to be asked for twice; kept: out of the store.
    """

    rules: ClauseScores
    model: ClauseScores
    both: ClauseScores
    asked: int
    skipped: int
    unscored: dict[str, str]
    remarks: dict[str, dict[str, int]]
    dropped: dict[str, int]
    seconds: float
    tokens_in: int
    tokens_out: int
    cost: float | None
    repairs: int
    kept: int


class _Line:
    """What is known of one line so far."""

    def __init__(self, sample: Sample, report: Report) -> None:
        self.sample = sample
        self.report = report
        self.found: set[str] = set()
        self.parts = 0
        self.answered = 0
        self.error = ""

    def by_rules(self) -> Prediction:
        """As in clauses.py."""
        return prediction_of(self.sample, self.report)

    def by_model(self) -> Prediction | str:
        """What the model found; the reason when there is no usable answer."""
        if self.parts and self.answered < self.parts:
            return self.error or "没有问到"
        return Prediction(id=self.sample.id, predicted=tuple(sorted(self.found)), unlawful=())

    def by_both(self) -> Prediction:
        """What either found."""
        rules = self.by_rules()
        return replace(rules, predicted=tuple(sorted({*rules.predicted, *self.found})))


def run_model(
    samples: Sequence[Sample],
    kit: Kit,
    model: Model,
    as_of: dt.date,
    *,
    searcher: Searcher | None = None,
    blind: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
    stop: Callable[[], bool] = lambda: False,
) -> ModelScores:
    """Ask the model about every line that calls for it, and score rules, model and both.

    Args:
        samples: see clauses.py; a line that cannot be read is unscored everywhere.
        searcher: the corpus, for articles that may be cited.
        blind: what the rules found is kept from the model.
        progress: called with lines answered and lines in all.
    """
    started = time.perf_counter()
    run = _Run(samples, kit, model, as_of, searcher, blind=blind)
    run.ask(progress, stop)
    return run.scores(time.perf_counter() - started)


class _Run:
    def __init__(
        self,
        samples: Sequence[Sample],
        kit: Kit,
        model: Model,
        as_of: dt.date,
        searcher: Searcher | None,
        *,
        blind: bool,
    ) -> None:
        self._blind = blind
        self._samples, self._kit, self._model, self._as_of, self._searcher = samples, kit, model, as_of, searcher
        self._lines: dict[str, _Line] = {}
        self._unread: dict[str, str] = {}
        self._waiting: dict[int, tuple[_Line, Question]] = {}
        self._dropped: Counter[str] = Counter()
        self._remarks: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._repairs = self._kept = 0

    def ask(self, progress: Callable[[int, int], None], stop: Callable[[], bool]) -> None:
        done = 0
        for key, answer in self._model.ask_all(self._requests(), stop=stop):
            line, question = self._waiting.pop(key)  # type: ignore[call-overload]
            self._take(line, question, answer)
            done += line.answered == line.parts
            progress(done, len(self._samples))

    def _requests(self) -> Iterator[Request]:
        from draft_assist.judge.answers import ClauseAnswer
        from draft_assist.judge.client import Request

        prompt, number = read_prompt(PROMPT), 0
        options = self._model.options
        for sample in self._samples:
            line = self._line(sample)
            if line is None:
                continue
            shown = replace(line.report, findings=()) if self._blind else line.report
            for question in Composer(shown, self._kit, self._searcher).questions():
                count = lambda one: self._model.count(messages_of(one, prompt))  # noqa: E731 - the prompt is fixed
                for part in fitted(question, count, options.context - options.max_output):
                    line.parts += 1
                    self._waiting[number] = (line, part)
                    yield Request(number, messages_of(part, prompt), ClauseAnswer)
                    number += 1

    def _line(self, sample: Sample) -> _Line | None:
        try:
            line = _Line(sample, review_sample(sample, self._kit, self._as_of))
        except (SourceError, ValueError) as error:
            self._unread[sample.id] = str(error)
            return None
        self._lines[sample.id] = line
        return line

    def _take(self, line: _Line, question: Question, answer: Answered | ModelError) -> None:
        if isinstance(answer, ModelError):
            line.error = answer.what
            return
        line.answered += 1
        self._repairs += answer.repairs
        self._kept += answer.is_kept
        verifier = Verifier(self._kit, as_of=self._as_of, rank=line.report.rank, kind=line.report.kind)
        verified = verifier.verify(answer.value, question)
        self._dropped.update(one.reason for one in verified.dropped)
        line.found |= {one.category for one in verified.problems}
        for remark in verified.remarks:
            category = remark.finding.finding.category
            if remark.stance is Stance.CONFIRMS:
                line.found.add(category)
            is_right = "right" if category in line.sample.labels else "wrong"
            self._remarks[is_right][remark.stance.value] += 1

    def scores(self, seconds: float) -> ModelScores:
        lines = [self._lines[one.id] for one in self._samples if one.id in self._lines]
        unread = [(one, self._unread[one.id]) for one in self._samples if one.id in self._unread]
        spent = self._model.spending.spent
        by_model = [(line.sample, line.by_model()) for line in lines]
        return ModelScores(
            rules=score_clauses([*((line.sample, line.by_rules()) for line in lines), *unread]),
            model=score_clauses([*by_model, *unread]),
            both=score_clauses([*((line.sample, line.by_both()) for line in lines), *unread]),
            asked=sum(1 for line in lines if line.parts),
            skipped=sum(1 for line in lines if not line.parts),
            unscored={sample.id: told for sample, told in [*by_model, *unread] if isinstance(told, str)},
            remarks={name: dict(counted) for name, counted in sorted(self._remarks.items())},
            dropped=dict(self._dropped.most_common()),
            seconds=round(seconds, 1),
            tokens_in=spent.tokens_in,
            tokens_out=spent.tokens_out,
            cost=self._model.spending.cost,
            repairs=self._repairs,
            kept=self._kept,
        )
