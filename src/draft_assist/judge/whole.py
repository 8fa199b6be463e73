"""Clauses of one document that contradict each other: asked in two steps, so that a document of any length fits.

    map      windows of clauses -> the provisions that another clause could contradict, each quoted
    reduce   all provisions, or groups of them -> pairs that cannot both hold

A pair is kept when both provisions were quoted rightly, stand in two clauses, speak of one thing and differ in
something that can be seen: a number, an organ, may against must not. It is an advice to look, never more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from draft_assist.corpus.clauses import Unit, units_of
from draft_assist.errors import ModelError
from draft_assist.judge.prompts import Message, fill, read_prompt
from draft_assist.judge.question import Question
from draft_assist.model import Document, Span
from draft_assist.parse.labels import label_of
from draft_assist.parse.numerals import read_number
from draft_assist.patterns import compiled

if TYPE_CHECKING:
    from pydantic import BaseModel

    from draft_assist.judge.client import Model, Request

# A shorter document is read by the rules and by people as a whole.
_FEWEST = 6
_LONGEST_CLAUSE = 1200  # characters
# So many provisions are compared at once; a model loses sight of more.
_COMPARED = 60


class Provision(NamedTuple):
    """What a clause lays down, in its own words.

    Attributes:
        id: P1, P2, …; unit: of the clause; span: of the words, in `NormalText.value`.
        subject: Chinese, who or what it speaks of, in the model's words; kind: see the form.
    """

    id: str
    unit: Unit
    span: Span
    subject: str
    quote: str
    kind: str


class Conflict(NamedTuple):
    """Two provisions that cannot both hold, as a model sees it and as can be seen."""

    first: Provision
    second: Provision
    reason: str


class Whole(NamedTuple):
    """What came of it.

    Attributes:
        dropped: what did not stand up, by reason.
        failed: requests without a usable answer, by reason in Chinese.
    """

    conflicts: tuple[Conflict, ...]
    dropped: Counter[str]
    failed: Counter[str]


def find_conflicts(
    document: Document, model: Model, facts: str, fault_of_reason: Callable[[str, Question], str | None]
) -> Whole:
    """Ask for clauses of the document that contradict each other.

    Args:
        facts: Chinese lines on the document.
        fault_of_reason: says why a reason cannot be shown; see `Verifier`.
    """
    units = units_of(document)
    if len(units) < _FEWEST:
        return Whole((), Counter(), Counter())
    return _Asking(document, units, model, facts, fault_of_reason).whole()


class _Asking:
    def __init__(
        self,
        document: Document,
        units: Sequence[Unit],
        model: Model,
        facts: str,
        fault_of_reason: Callable[[str, Question], str | None],
    ) -> None:
        self._document = document
        self._units = units
        self._model = model
        self._facts = facts
        self._fault_of_reason = fault_of_reason
        self._clauses = {one.path: one for one in document.walk()}
        self._dropped: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()

    def whole(self) -> Whole:
        """See Whole."""
        provisions = self._provisions()
        conflicts = list(self._conflicts(provisions)) if len(provisions) > 1 else []
        return Whole(tuple(conflicts), self._dropped, self._failed)

    # --- map ----------------------------------------------------------------------------------------------------

    def _provisions(self) -> list[Provision]:
        from draft_assist.judge.answers import KeyProvisions

        windows = list(self._windows())
        answers = self._asked(
            (str(number), self._window_messages(window), KeyProvisions) for number, window in enumerate(windows)
        )
        found: list[Provision] = []
        for number, window in enumerate(windows):
            by_id = dict(window)
            answer = answers.get(str(number))
            for one in answer.provisions if answer else ():
                unit = by_id.get(one.clause)
                at = unit.words.find(one.quote) if unit and one.quote else -1
                if unit is None or at < 0:
                    self._dropped["quote_not_in_clause" if unit else "unknown_clause"] += 1
                    continue
                start = self._document.text.value.index(unit.words, self._clauses[unit.path].body.start) + at
                span = Span(start, start + len(one.quote))
                found.append(Provision(f"P{len(found) + 1}", unit, span, one.subject, one.quote, one.kind))
        return found

    def _windows(self) -> Iterator[list[tuple[str, Unit]]]:
        """Clauses with ids, as many at a time as fit into the context."""
        options = self._model.options
        room = (options.context - options.max_output) * 4 // 5
        window: list[tuple[str, Unit]] = []
        for number, unit in enumerate(self._units, 1):
            one = (f"C{number}", unit)
            if window and self._model.count(self._window_messages([*window, one])) > room:
                yield window
                window = []
            window.append(one)
        if window:
            yield window

    def _window_messages(self, window: Sequence[tuple[str, Unit]]) -> tuple[Message, ...]:
        clauses = "\n".join(
            f"{name}　{label_of(self._document, unit.path)}\n{unit.words[:_LONGEST_CLAUSE]}" for name, unit in window
        )
        return fill(read_prompt("key-provisions"), facts=self._facts, clauses=clauses)

    # --- reduce -------------------------------------------------------------------------------------------------

    def _conflicts(self, provisions: Sequence[Provision]) -> Iterator[Conflict]:
        from draft_assist.judge.answers import Contradictions

        groups = list(_groups(provisions))
        answers = self._asked(
            (str(number), self._group_messages(group), Contradictions) for number, group in enumerate(groups)
        )
        seen: set[tuple[str, str]] = set()
        for number, group in enumerate(groups):
            by_id = {one.id: one for one in group}
            answer = answers.get(str(number))
            for one in answer.contradictions if answer else ():
                pair = sorted((one.first, one.second), key=lambda name: int(name[1:]) if name[1:].isdigit() else 0)
                first, second = by_id.get(pair[0]), by_id.get(pair[1])
                if (pair[0], pair[1]) in seen:
                    continue
                seen.add((pair[0], pair[1]))
                fault = _fault(first, second) or self._fault_of(one.reason, first, second)
                if fault:
                    self._dropped[fault] += 1
                elif first is not None and second is not None:
                    yield Conflict(first, second, one.reason.strip())

    def _fault_of(self, reason: str, first: Provision | None, second: Provision | None) -> str:
        assert first is not None
        assert second is not None
        words = f"{first.unit.words}\n{second.unit.words}"
        labels = f"{label_of(self._document, first.unit.path)}、{label_of(self._document, second.unit.path)}"
        about = Question(
            clause=second.unit.path, label=labels, span=second.span, words=words, stem=first.subject, facts=self._facts
        )
        return self._fault_of_reason(reason, about) or ""

    def _group_messages(self, group: Sequence[Provision]) -> tuple[Message, ...]:
        lines = "\n".join(
            f"{one.id}　{label_of(self._document, one.unit.path)}　{one.subject}：{one.quote}" for one in group
        )
        return fill(read_prompt("contradictions"), facts=self._facts, provisions=lines)

    def _asked(self, requests: Iterator[tuple[str, tuple[Message, ...], type[BaseModel]]]) -> dict[str, Any]:
        """The answers by key; those that failed are counted and left out."""
        found: dict[str, Any] = {}
        for key, answer in self._model.ask_all(_request(*one) for one in requests):
            if isinstance(answer, ModelError):
                self._failed[answer.what] += 1
            else:
                found[str(key)] = answer.value
        return found


def _request(key: str, messages: tuple[Message, ...], form: type[BaseModel]) -> Request:
    from draft_assist.judge.client import Request

    return Request(key, messages, form)


def _groups(provisions: Sequence[Provision]) -> Iterator[Sequence[Provision]]:
    """All of them where they are few; else those of one kind, by subject, so many at a time with some overlap."""
    if len(provisions) <= _COMPARED:
        yield provisions
        return
    for kind in dict.fromkeys(one.kind for one in provisions):
        alike = sorted((one for one in provisions if one.kind == kind), key=lambda one: one.subject)
        step = _COMPARED - _COMPARED // 5
        for start in range(0, max(1, len(alike) - _COMPARED // 5), step):
            if len(group := alike[start : start + _COMPARED]) > 1:
                yield group


# --- can the difference be seen -----------------------------------------------------------------------------------

_NUMBER = compiled(r"\d+(?:\.\d+)?|[零一二两三四五六七八九十百千万亿]+(?=[个名人日天月年元次户家亩米%项条倍小周])")
_ORGAN = compiled(r"[^，。；、：（）\s]{1,12}?(?:局|委员会|委|办公室|办|厅|部|政府|中心|大队|中队|所|站)")
_NEGATIVE = compiled(r"不得|不准|禁止|严禁|不予|不再|无需|不需|不用|免")
_MAY, _MUST = compiled(r"可以|可(?!能)|鼓励"), compiled(r"应当|必须|须|一律")
_HAN = compiled(r"[\u4e00-\u9fff]+")
# Words of every provision, whatever it speaks of.
_COMMON = frozenset(
    (
        "应当",
        "可以",
        "不得",
        "必须",
        "进行",
        "有关",
        "规定",
        "以上",
        "以下",
        "之日",
        "日内",
        "部门",
        "单位",
        "负责",
        "本办",
        "办法",
    )
)
_LEAST_SHARED = 2


def _fault(first: Provision | None, second: Provision | None) -> str:
    """Why a pair is no conflict that can be shown; "" when it is one."""
    if first is None or second is None:
        return "unknown_clause"
    if first.unit.path == second.unit.path or first.span.overlaps(second.span):
        return "conflict_within_one_clause"
    if len(_grams(first) & _grams(second)) < _LEAST_SHARED:
        return "conflict_of_different_things"
    if _differs(first.quote, second.quote):
        return ""
    return "conflict_not_seen"


def _grams(one: Provision) -> set[str]:
    """Pairs of characters of what it speaks of, common words left out."""
    runs = _HAN.findall(one.quote)
    return {run[at : at + 2] for run in runs for at in range(len(run) - 1)} - _COMMON


def _differs(first: str, second: str) -> bool:
    numbers = [{read_number(one) for one in _NUMBER.findall(words)} for words in (first, second)]
    if all(numbers) and numbers[0] != numbers[1]:
        return True
    organs = [set(_ORGAN.findall(words)) for words in (first, second)]
    if all(organs) and not organs[0] & organs[1]:
        return True
    if bool(_NEGATIVE.search(first)) is not bool(_NEGATIVE.search(second)):
        return True
    may = [bool(_MAY.search(words)) for words in (first, second)]
    must = [bool(_MUST.search(words)) for words in (first, second)]
    return (may[0] and must[1]) or (must[0] and may[1])
