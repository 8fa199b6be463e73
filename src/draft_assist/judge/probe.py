"""Is an endpoint fit for the work: does it answer, stream, keep to a form, how fast, and how well on ten clauses.

The ten clauses stand in knowledge/model-probe.yaml, of our own writing: a model that fails on these helps nobody.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from draft_assist.check.run import Kit
from draft_assist.errors import AnswerUnreadable
from draft_assist.judge.opinion import Judge, Progress, second_opinion
from draft_assist.judge.prompts import fill, read_prompt
from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.model import Report
from draft_assist.parse.numerals import write_numeral
from draft_assist.patterns import compiled

if TYPE_CHECKING:
    from draft_assist.judge.client import Model

_FILE = "model-probe.yaml"


class ProbeClause(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One clause of a county document.

    Attributes:
        text: as an article would say it.
        category: of its fault; "" for none.
        why: what is to be seen in it.
    """

    text: str
    category: str = ""
    why: str


class ProbeSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The clauses of the trial."""

    clauses: tuple[ProbeClause, ...]


class Verdict(StrEnum):
    """What to make of an endpoint."""

    FIT = "可以使用"
    WITH_CARE = "可以使用，但效果有限"
    UNFIT = "不宜使用"


class Probe(NamedTuple):
    """What was found out.

    Attributes:
        verdict: see there; reasons: Chinese, what speaks against it.
        streams: it answers in pieces; None when that could not be tried.
        first_piece: seconds until the first; None likewise.
        mode: how it keeps to a form: schema, object, text; "" when it does not.
        pace: tokens of an answer a second; None when there was none.
        right, wrong: of the clauses with a fault, how many it saw; of those without, how many it took for faulty.
        faulty, sound: how many clauses there are of either.
        dropped: statements that did not stand up to verification, of `stated` in all.
        seconds: of the whole trial.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    streams: bool | None = None
    first_piece: float | None = None
    mode: str = ""
    pace: float | None = None
    right: int = 0
    faulty: int = 0
    wrong: int = 0
    sound: int = 0
    dropped: int = 0
    stated: int = 0
    seconds: float = 0.0


def read_probe_clauses() -> tuple[ProbeClause, ...]:
    """The clauses of the trial.

    Raises:
        KnowledgeError: the file is wrong.
    """
    return read_struct(knowledge_path(_FILE), ProbeSet).clauses


def probe_words() -> str:
    """The words of a document that holds the trial's clauses as its articles."""
    articles = "".join(f"第{write_numeral(n)}条　{one.text}\n" for n, one in enumerate(read_probe_clauses(), 1))
    return f"青榆县人民政府办公室关于印发县城秩序管理办法的通知\n\n{articles}"


def probe(
    model: Model,
    report: Report,
    kit: Kit,
    *,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Probe:
    """Try an endpoint out.

    Args:
        report: of the review by rules of a document of `probe_words()`. What the rules found in it is kept from the
            model: it is to see for itself.
        kit: of that review.

    Raises:
        ModelError: the endpoint was not reached at all.
    """
    from draft_assist.judge.answers import ProbeAnswer

    started = time.perf_counter()
    streams, first, pace = _try_prose(model)
    try:
        model.ask(fill(read_prompt("probe")), ProbeAnswer)
        mode = model.mode
    except AnswerUnreadable:
        mode = ""
    clauses = read_probe_clauses()
    judged = second_opinion(replace(report, findings=()), kit, None, Judge(model, progress=progress))
    found = _Counted(clauses, judged)
    return _judged(
        Probe(
            Verdict.FIT,
            (),
            streams=streams,
            first_piece=first,
            mode=mode,
            pace=pace,
            right=found.right,
            faulty=sum(1 for one in clauses if one.category),
            wrong=found.wrong,
            sound=sum(1 for one in clauses if not one.category),
            dropped=found.dropped,
            stated=found.stated,
            seconds=time.perf_counter() - started,
        ),
        judged,
    )


def _try_prose(model: Model) -> tuple[bool, float, float | None]:
    """Whether it streams, the seconds to the first piece, and tokens a second from then on.

    Raises:
        ModelError: it was not reached.
    """
    prompt = read_prompt("probe")
    started = time.perf_counter()
    pieces: list[str] = []
    first = 0.0
    for piece in model.prose(fill(prompt)):
        first = first or time.perf_counter() - started
        pieces.append(piece)
    taken = time.perf_counter() - started - first
    tokens = model.counting.count("".join(pieces))
    return len(pieces) > 1, first, tokens / taken if taken > 0 and len(pieces) > 1 else None


_ARTICLE = compiled(r"art-(\d+)")


class _Counted:
    """How the model's opinion fits what is known of the clauses."""

    def __init__(self, clauses: tuple[ProbeClause, ...], report: Report) -> None:
        self.dropped = sum(one.count for one in report.opinion.dropped) if report.opinion else 0
        self.stated = self.dropped + len(report.findings)
        said: defaultdict[int, set[str]] = defaultdict(set)
        for finding in report.findings:
            if article := _ARTICLE.search(finding.clause):
                said[int(article[1])].add(finding.category)
        self.right = sum(1 for n, one in enumerate(clauses, 1) if one.category and one.category in said[n])
        self.wrong = sum(1 for n, one in enumerate(clauses, 1) if not one.category and said[n])


# Below these shares of the clauses with a fault, or above this of those without, a model costs more than it gives.
_FIT, _USABLE, _MOST_WRONG = 0.7, 0.4, 0.25
_MOST_DROPPED = 0.5
_SLOW = 5.0  # tokens a second


def _judged(found: Probe, report: Report) -> Probe:
    reasons: list[str] = []
    verdict = Verdict.FIT
    opinion = report.opinion
    if opinion is None or opinion.asked == 0:
        return found._replace(verdict=Verdict.UNFIT, reasons=("没有得到一个可用的回答",))
    if not found.mode:
        return found._replace(verdict=Verdict.UNFIT, reasons=("不能按约定的格式回答",))
    seen = found.right / found.faulty if found.faulty else 0.0
    if seen < _USABLE:
        return found._replace(verdict=Verdict.UNFIT, reasons=(f"{found.faulty}个有问题的条款只看出{found.right}个",))
    if seen < _FIT:
        verdict = Verdict.WITH_CARE
        reasons.append(f"{found.faulty}个有问题的条款看出{found.right}个")
    if found.sound and found.wrong / found.sound > _MOST_WRONG:
        verdict = Verdict.WITH_CARE
        reasons.append(f"{found.sound}个没有问题的条款误判{found.wrong}个")
    if found.stated and found.dropped / found.stated > _MOST_DROPPED:
        verdict = Verdict.WITH_CARE
        reasons.append(f"{found.stated}条意见中有{found.dropped}条经不起核对")
    if found.mode == "text":
        verdict = Verdict.WITH_CARE
        reasons.append("不支持 JSON 格式约束，只能靠文字要求")
    if opinion.failed:
        verdict = Verdict.WITH_CARE
        reasons.append(f"{sum(count for _, count in opinion.failed)}个条款没有得到可用的回答")
    if found.pace is not None and found.pace < _SLOW:
        verdict = Verdict.WITH_CARE
        reasons.append(f"每秒只输出{found.pace:.1f}个词元")
    return found._replace(verdict=verdict, reasons=tuple(reasons))
