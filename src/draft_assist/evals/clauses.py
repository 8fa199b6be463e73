"""Single clauses against their labels: each judged as a clause of a county notice, unless told otherwise."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from draft_assist.check.run import Kit
from draft_assist.errors import SourceError
from draft_assist.evals.metrics import Score, score, share
from draft_assist.flow import review_text
from draft_assist.model import Finding, Kind, Rank, Report, Severity

# In the four-power scores a condition counts as a permit, and every charge as a fee.
FOUR_POWERS = ("permit", "penalty", "fee", "compulsory")
_FOUR = {"permit_condition": "permit", "levy": "fee", "deposit": "fee", "tax": "fee"}
QUIET = frozenset({"reference", "none"})


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a clause file; further keys are allowed and ignored.

    Attributes:
        labels: category ids, or "reference", "none".
        unsure, doubt: classes left out when this line is scored.
        issuer_rank: rank id; "" for a county government.
    """

    id: str
    text: str
    labels: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    doubt: tuple[str, ...] = ()
    issuer_rank: str = ""


class Prediction(msgspec.Struct, frozen=True, kw_only=True):
    """What the review said of one line: categories at unlawful or doubtful (of form: at any), and those at unlawful."""

    id: str
    predicted: tuple[str, ...]
    unlawful: tuple[str, ...]


class ClauseScores(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a run.

    Attributes:
        samples: lines read; unscored: lines that could not be judged, with the reason.
        four: scores of the four powers; any: a line with any of the four against a finding of any of the four.
        categories: scores by category id as labelled, for categories beyond the four powers' folding.
        quiet: lines labelled only reference or none; quiet_unlawful: those among them with a finding at unlawful (in
            a set that is labelled for the four powers only: one of these); quiet_share: those with no finding above
            advice, as a share.
        flagged_share, right_share: of the lines with a fault, those with a finding, and with one of a right category.
    """

    samples: int
    unscored: dict[str, str]
    four: dict[str, Score]
    any: Score
    categories: dict[str, Score]
    quiet: int
    quiet_unlawful: int
    quiet_unlawful_share: float | None
    quiet_share: float | None = None
    flagged_share: float | None = None
    right_share: float | None = None


def read_samples(path: Path) -> list[Sample]:
    """The lines of a clause file.

    Raises:
        SourceError: the file cannot be read, or a line is no JSON object with id and text.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise SourceError("没有这个文件", where=str(path), next_step="请检查路径") from None
    except (OSError, UnicodeDecodeError) as error:
        what = f"评测文件读不出来（{error}）"
        raise SourceError(what, where=str(path), next_step="应为 UTF-8 的 JSONL 文件") from None
    samples = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            samples.append(msgspec.json.decode(line.encode("utf-8", "surrogatepass"), type=Sample))
        except (msgspec.DecodeError, UnicodeEncodeError) as error:
            raise SourceError(
                f"这一行不是评测样本（{error}）", where=f"{path}:{number}", next_step="每行应有 id、text、labels"
            ) from None
    return samples


def predict(
    samples: Iterable[Sample], kit: Kit, as_of: dt.date, progress: Callable[[int], None] | None = None
) -> Iterator[tuple[Sample, Prediction | str]]:
    """Each sample with its prediction, or with the Chinese reason why it is unscored."""
    for done, sample in enumerate(samples, start=1):
        try:
            report = review_sample(sample, kit, as_of)
        except ValueError:
            yield sample, f"issuer_rank“{sample.issuer_rank}”不是层级"
            continue
        except SourceError as error:
            yield sample, str(error)
            continue
        yield sample, prediction_of(sample, report)
        if progress:
            progress(done)


def prediction_of(sample: Sample, report: Report) -> Prediction:
    """What a review said of one line."""
    doubtful = {f.category for f in report.findings if _counts(f)}
    unlawful = {f.category for f in report.findings if f.severity is Severity.UNLAWFUL}
    return Prediction(id=sample.id, predicted=tuple(sorted(doubtful)), unlawful=tuple(sorted(unlawful)))


def review_sample(sample: Sample, kit: Kit, as_of: dt.date) -> Report:
    """The review of one line, as a clause of an issuer of its rank.

    Raises:
        ValueError: `issuer_rank` is no rank.
        SourceError: the text cannot be read.
    """
    rank = Rank(sample.issuer_rank) if sample.issuer_rank else Rank.COUNTY
    return review_text(sample.text, as_of=as_of, rank=rank, kind=_kind_of(rank), kit=kit)


# Faults of form are never more than advice: there a hint is the finding.
_FORM = frozenset({"structure", "institution"})


def _counts(finding: Finding) -> bool:
    return finding.severity is not Severity.ADVICE or finding.category in _FORM


def is_of_four_powers(samples: Iterable[Sample]) -> bool:
    """True when the labels know only the four powers: such a set says nothing of other categories."""
    return all(label in QUIET or _FOUR.get(label, label) in FOUR_POWERS for s in samples for label in s.labels)


def _kind_of(rank: Rank) -> Kind:
    if rank.value.startswith("local_regulation"):
        return Kind.LOCAL_REGULATION
    if rank in (Rank.DEPARTMENT_RULE, Rank.GOVERNMENT_RULE_PROVINCE, Rank.GOVERNMENT_RULE_CITY):
        return Kind.RULE
    return Kind.NORMATIVE_DOCUMENT


def score_clauses(outcomes: Iterable[tuple[Sample, Prediction | str]]) -> ClauseScores:
    """Score predictions against labels. A class in `unsure` or `doubt` of a line is left out for that line."""
    judged: list[tuple[Sample, Prediction]] = []
    unscored: dict[str, str] = {}
    for sample, outcome in outcomes:
        if isinstance(outcome, str):
            unscored[sample.id] = outcome
        else:
            judged.append((sample, outcome))
    quiet = [p for s, p in judged if s.labels and set(s.labels) <= QUIET]
    # Labels of the four powers say nothing of other faults: a quiet line may still bar a child from school.
    only_four = is_of_four_powers(s for s, _ in judged)
    loud = sum(1 for p in quiet if (folded(p.unlawful) & set(FOUR_POWERS) if only_four else p.unlawful))
    faulty = [(s, p) for s, p in judged if set(s.labels) - QUIET]
    names = sorted({label for s, _ in judged for label in s.labels} - QUIET)
    return ClauseScores(
        samples=len(judged) + len(unscored),
        unscored=unscored,
        four={name: _of_class(judged, name, four=True) for name in FOUR_POWERS},
        any=_any(judged),
        categories={name: _of_class(judged, name, four=False) for name in names},
        quiet=len(quiet),
        quiet_unlawful=loud,
        quiet_unlawful_share=share(loud, len(quiet)),
        quiet_share=share(sum(1 for p in quiet if not p.predicted), len(quiet)),
        flagged_share=share(sum(1 for _, p in faulty if p.predicted), len(faulty)),
        right_share=share(sum(1 for s, p in faulty if folded(p.predicted) & folded(s.labels)), len(faulty)),
    )


def folded(names: Iterable[str]) -> set[str]:
    """The names with conditions counted as permits and every charge as a fee."""
    return {_FOUR.get(name, name) for name in names}


def _folded(names: Iterable[str], *, four: bool) -> set[str]:
    return folded(names) if four else set(names)


def _of_class(judged: list[tuple[Sample, Prediction]], name: str, *, four: bool) -> Score:
    pairs = []
    skipped = 0
    for sample, prediction in judged:
        if name in _folded((*sample.unsure, *sample.doubt), four=four):
            skipped += 1
        else:
            pairs.append((name in _folded(sample.labels, four=four), name in _folded(prediction.predicted, four=four)))
    return score(pairs, skipped)


def _any(judged: list[tuple[Sample, Prediction]]) -> Score:
    """Any of the four: skipped classes count on neither side; a line whose only powers are skipped is left out."""
    pairs = []
    skipped = 0
    for sample, prediction in judged:
        left_out = _folded((*sample.unsure, *sample.doubt), four=True)
        wanted = _folded(sample.labels, four=True) & set(FOUR_POWERS)
        if wanted and wanted <= left_out:
            skipped += 1
            continue
        got = _folded(prediction.predicted, four=True) & set(FOUR_POWERS)
        pairs.append((bool(wanted - left_out), bool(got - left_out)))
    return score(pairs, skipped)


def write_predictions(path: Path, predictions: Iterable[Prediction]) -> None:
    """One JSON object a line: id, predicted, unlawful."""
    with path.open("w", encoding="utf-8") as file:
        for p in predictions:
            line = {"id": p.id, "predicted": list(p.predicted), "unlawful": list(p.unlawful)}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
