"""Each rule by itself: how often it fires on labelled clauses, and how often it is right when it does."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from draft_assist.check.ruleset import Status
from draft_assist.check.run import Kit
from draft_assist.check.trust import Trust, TrustTable, digest_of
from draft_assist.errors import SourceError
from draft_assist.evals.clauses import QUIET, Sample, folded, is_of_four_powers, review_sample
from draft_assist.evals.metrics import wilson
from draft_assist.model import Report


class Firing(msgspec.Struct, frozen=True, kw_only=True):
    """One finding that was wrong: on a lawful clause, or of a power that a set of the four powers does not label.

    Attributes:
        code, sample: of the rule and the clause.
        quote: what was reported.
    """

    code: str
    sample: str
    quote: str


class RuleScores(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a run.

    Attributes:
        table: what is written down.
        wrong: the findings that were wrong.
    """

    table: TrustTable
    wrong: tuple[Firing, ...]


def measure_rules(sets: Sequence[tuple[Path, list[Sample]]], kit: Kit, as_of: dt.date) -> RuleScores:
    """Let every rule, preview ones included, look at every clause.

    A set whose labels are only those of the four powers says nothing of other categories: findings of these are not
    counted there.

    Raises:
        SourceError: a line names a rank that there is not.
    """
    every = msgspec.structs.replace(kit, statuses=frozenset({Status.STABLE, Status.PREVIEW}), trust=TrustTable())
    fired: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: list[Firing] = []
    for file, samples in sets:
        only_four = is_of_four_powers(samples)
        for sample in samples:
            try:
                report = review_sample(sample, every, as_of)
            except ValueError:
                what = f"样本{sample.id}的issuer_rank“{sample.issuer_rank}”不是层级"
                raise SourceError(what, where=str(file), next_step="层级见 README；县级政府的可以不写") from None
            for code, quote, is_right in _judged(sample, report, only_four=only_four):
                fired[code] += 1
                right[code] += is_right
                if not is_right:
                    wrong.append(Firing(code=code, sample=sample.id, quote=quote))
    rules = {code: _trust(code, count, right[code], kit) for code, count in sorted(fired.items())}
    table = TrustTable(sets={path.stem: len(samples) for path, samples in sets}, rules=rules)
    return RuleScores(table=table, wrong=tuple(wrong))


def _judged(sample: Sample, report: Report, *, only_four: bool) -> Iterable[tuple[str, str, bool]]:
    wanted = folded(sample.labels)
    skipped = folded((*sample.unsure, *sample.doubt))
    for finding in report.findings:
        (category,) = folded((finding.category,))
        if category in skipped or (only_four and not is_of_four_powers([Sample(id="", text="", labels=(category,))])):
            continue
        # Where every fault is labelled, a finding on a faulty clause points a person at the right words even when the
        # label takes another view of it; wrong is what is said of a lawful clause.
        faulty = not only_four and bool(wanted - QUIET)
        yield finding.code, finding.quote, faulty or category in wanted


def _trust(code: str, fired: int, right: int, kit: Kit) -> Trust:
    interval = wilson(right, fired)
    assert interval is not None
    match = kit.rules.by_code[code].match
    return Trust(fired=fired, right=right, low=interval.low, high=interval.high, match=digest_of(match))
