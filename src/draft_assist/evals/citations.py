"""Citations against what was written down for them: which are found, what they are resolved to, what is answered.

A line of a file holds a text and, in order, each thing that it cites. A citation counts as found when the words
overlap, as resolved when title, place, number and state agree too, as answered when the answers of both days do.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from draft_assist.errors import SourceError
from draft_assist.evals.floors import read_floor_as
from draft_assist.flow import document_of
from draft_assist.law.confirm import Confirmed, cite
from draft_assist.law.resolve import State, Target, is_own_name
from draft_assist.law.store import Statutes
from draft_assist.load import load_bytes
from draft_assist.model import Document, Span
from draft_assist.settings import Settings

OWN = "本文件"


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing cited.

    Attributes:
        words: of the text; place: see `Provision.key`; title: in full where the work is known, 本文件 for the document.
        number: the document number; state: "masked", "damaged" or "" when sound; candidates: readings of the number.
        unread: looks like a citation and cannot be told.
        answer_when_written, answer: "then" and "now" in the file, "" where none is expected.
        moved_to: place; by, meant: titles.
    """

    words: str
    title: str = ""
    place: str = ""
    number: str = ""
    state: str = ""
    candidates: tuple[str, ...] = ()
    unread: bool = False
    answer_when_written: str = msgspec.field(default="", name="then")
    answer: str = msgspec.field(default="", name="now")
    moved_to: str = ""
    by: str = ""
    meant: str = ""


class CitedText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a file."""

    id: str
    text: str
    expect: tuple[Expected, ...]
    date: dt.date | None = None
    as_of: dt.date | None = None


class Fault(NamedTuple):
    """One disagreement.

    Attributes:
        id: of the line; kind: "missed", "extra", "unresolved" or "wrong_answer".
        words: expected or found; detail: Chinese-free, what was expected and what was said.
    """

    id: str
    kind: str
    words: str
    detail: str = ""


class CitationScores(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of one file.

    Attributes:
        texts, expected, found: lines, citations expected and citations found.
        precision, recall: of finding and resolving together; None without any.
        find_precision, find_recall: of finding alone.
        answered, right: citations resolved whose answer is written down, and those answered so.
        answer_share: right / answered; None without any.
        faults: every disagreement.
    """

    texts: int
    expected: int
    found: int
    precision: float | None
    recall: float | None
    find_precision: float | None
    find_recall: float | None
    answered: int
    right: int
    answer_share: float | None
    faults: tuple[Fault, ...]
    by_answer: dict[str, tuple[int, int]] = {}


def read_cited_texts(path: Path) -> list[CitedText]:
    """The lines of a file.

    Raises:
        SourceError: it cannot be read, or a line is not of that form.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise SourceError("没有这个文件", where=str(path), next_step="请检查路径") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"文件读不出来（{error}）", where=str(path)) from None
    texts = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            texts.append(msgspec.json.decode(line, type=CitedText))
        except msgspec.DecodeError as error:
            raise SourceError(f"这一行读不懂（{error}）", where=f"{path}:{number}") from None
    return texts


class CitationFloor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The least that a run may reach."""

    precision: float = 0.0
    recall: float = 0.0
    answer_share: float = 0.0


def read_floor(path: Path) -> CitationFloor:
    """Read a floor file.

    Raises:
        SourceError: it cannot be read or is not of that form.
    """
    return read_floor_as(path, CitationFloor)


def faults_below(scores: CitationScores, floor: CitationFloor) -> list[str]:
    """What lies below the floor, one Chinese line each; what has no sample is below any floor."""
    rows = (
        ("认对的精确率", scores.precision, floor.precision),
        ("认对的召回率", scores.recall, floor.recall),
        ("答对的比例", scores.answer_share, floor.answer_share),
    )
    return [f"{name} {value or 0.0:.4f}，下限 {least}" for name, value, least in rows if (value or 0.0) < least]


class _Entry(NamedTuple):
    span: Span
    expected: Expected


def score_citations(texts: Iterable[CitedText], statutes: Statutes, as_of: dt.date) -> CitationScores:
    """Find, resolve and answer the citations of each text and compare.

    Args:
        as_of: for texts that name no day of their own.
    """
    faults: list[Fault] = []
    counts: Counter[str] = Counter()
    by_answer: dict[str, list[int]] = {}
    for text in texts:
        counts["texts"] += 1
        document = document_of(load_bytes(text.text.encode(), "text.txt", Settings()))
        said = [
            one
            for one in cite(document, statutes, as_of=text.as_of or as_of, dated=text.date)
            if not is_own_name(one.citation)
        ]
        entries = _entries(text)
        counts["expected"] += len(entries)
        counts["found"] += len(said)
        pairs = _paired(entries, said, document)
        counts["matched"] += len(pairs)
        matched = {id(one) for _, one in pairs}
        faults += (
            Fault(text.id, "missed", entry.expected.words)
            for entry in entries
            if not any(entry is paired for paired, _ in pairs)
        )
        faults += (
            Fault(text.id, "extra", document.text_of(one.citation.span)) for one in said if id(one) not in matched
        )
        for entry, one in pairs:
            if difference := _difference(entry.expected, one):
                faults.append(Fault(text.id, "unresolved", entry.expected.words, difference))
                continue
            counts["resolved"] += 1
            if not entry.expected.answer:
                continue
            counts["answered"] += 1
            tally = by_answer.setdefault(entry.expected.answer, [0, 0])
            tally[1] += 1
            if wrong := _wrong_answer(entry.expected, one, dated=text.date is not None):
                faults.append(Fault(text.id, "wrong_answer", entry.expected.words, wrong))
            else:
                counts["right"] += 1
                tally[0] += 1
    return CitationScores(
        texts=counts["texts"],
        expected=counts["expected"],
        found=counts["found"],
        precision=_share(counts["resolved"], counts["found"]),
        recall=_share(counts["resolved"], counts["expected"]),
        find_precision=_share(counts["matched"], counts["found"]),
        find_recall=_share(counts["matched"], counts["expected"]),
        answered=counts["answered"],
        right=counts["right"],
        answer_share=_share(counts["right"], counts["answered"]),
        faults=tuple(faults),
        by_answer={answer: (right, total) for answer, (right, total) in sorted(by_answer.items())},
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _entries(text: CitedText) -> list[_Entry]:
    """The expected with their places; the words stand in the order of the text."""
    entries, position = [], 0
    for one in text.expect:
        if one.title == OWN and not one.place and one.answer != "own_absent":
            continue  # 本办法 alone is a word of the text
        start = text.text.find(one.words, position)
        if start < 0:
            raise SourceError(f"{text.id}：文中没有“{one.words}”")
        entries.append(_Entry(Span(start, start + len(one.words)), one))
        position = start + 1
    return entries


def _paired(entries: list[_Entry], said: Iterable[Confirmed], document: Document) -> list[tuple[_Entry, Confirmed]]:
    """Each expected with the citation that overlaps its words; no citation twice."""
    left = [(document.text.offsets.to_raw(one.citation.span), one) for one in said]
    pairs = []
    for entry in entries:
        overlapping = [each for each in left if each[0].overlaps(entry.span)]
        best = min(overlapping, key=lambda each: abs(each[0].end - entry.span.end), default=None)
        if best is not None:
            left.remove(best)
            pairs.append((entry, best[1]))
    return pairs


def _difference(expected: Expected, one: Confirmed) -> str:
    """What is resolved otherwise; "" when all agrees."""
    citation = one.citation
    if expected.unread:
        return "" if citation.state is State.UNREAD else f"unread / {citation.state.value} {citation.title}"
    state = "" if citation.state is State.SOUND else citation.state.value
    if state != expected.state:
        return f"{expected.state or 'sound'} / {state or 'sound'}"
    if citation.state is not State.SOUND:
        return ""  # what is masked or damaged is compared by its words only
    title = OWN if citation.target is Target.OWN else citation.title
    if _plain(title) != _plain(expected.title):
        return f"{expected.title} / {title}"
    if citation.place != expected.place:
        return f"{expected.place} / {citation.place}"
    if expected.number and _plain_number(citation.number) != _plain_number(expected.number):
        return f"{expected.number} / {citation.number}"
    return ""


def _wrong_answer(expected: Expected, one: Confirmed, *, dated: bool) -> str:
    then = one.answer_when_written.value if one.answer_when_written else ""
    if one.answer.value != expected.answer:
        return f"now {expected.answer} / {one.answer.value}"
    if dated and expected.answer_when_written and then and then != expected.answer_when_written:
        return f"then {expected.answer_when_written} / {then}"
    if expected.moved_to and (one.moved_to is None or one.moved_to.key() != expected.moved_to):
        return f"moved {expected.moved_to} / {one.moved_to.key() if one.moved_to else ''}"
    if expected.by and expected.by.removeprefix(_PREFIX) not in (one.found.by if one.found else ""):
        return f"by {expected.by} / {one.found.by if one.found else ''}"
    if expected.meant and (one.found is None or one.found.title != expected.meant):
        return f"meant {expected.meant} / {one.found.title if one.found else ''}"
    return ""


_PREFIX = "中华人民共和国"
_TITLE_MARKS = str.maketrans("", "", "《》〈〉 \u3000")
_BRACKETS = str.maketrans("［[【（(﹝〈］]】）)﹞〉", "〔〔〔〔〔〔〔〕〕〕〕〕〕〕")


def _plain(title: str) -> str:
    return title.translate(_TITLE_MARKS).removeprefix(_PREFIX)


def _plain_number(number: str) -> str:
    return number.replace(" ", "").translate(_BRACKETS)
