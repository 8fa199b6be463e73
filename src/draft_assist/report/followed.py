"""What a report says of findings set aside, of known ones left out, and of the second round; worded once for all forms.

A form shows each `Section` below a heading of its own; there is none when the review was not asked for these things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from draft_assist.model import ClauseChange, Followed, Report, SecondRound, Severity, Suppressed
from draft_assist.report.characters import one_line, visible
from draft_assist.report.origin import by_model_words, is_by_model, model_mark
from draft_assist.terms import ReviewPoint, terms

QUOTE_LENGTH = 120
# Of words that stay the same, this many are shown on either side of a change.
_AROUND = 20
# Two changes with fewer characters between them are read as one; words with less in common than this, as exchanged.
_BETWEEN = 3
_LEAST_COMMON = 0.3
# difflib is quadratic, so longer clauses are shown old and new without marks inside.
_LONG = 1_500


class Piece(NamedTuple):
    """Words of a line; `kind` is "" for words as they are, "del" for taken out, "ins" for put in."""

    kind: str
    text: str


class Section(NamedTuple):
    """A heading, a sentence below it, and lines in groups.

    Attributes:
        groups: (heading of the group, its lines); a line is pieces that join to its text.
    """

    heading: str
    words: str
    groups: tuple[tuple[str, tuple[tuple[Piece, ...], ...]], ...] = ()


def followed_sections(report: Report) -> list[Section]:
    """The sections that the report calls for, in order."""
    sections = []
    if report.second_round is not None:
        sections.append(_second_round(report.second_round))
    if report.suppressed:
        words = f"审核人员已写明理由豁免{len(report.suppressed)}处，不计入上面的问题："
        lines = tuple(_plain(_suppressed(one)) for one in report.suppressed)
        sections.append(Section("已豁免的问题", words, (("", lines),)))
    if report.baseline is not None:
        sections.append(Section("基线报告已有的问题", baseline_words(report)))
    return sections


def plain_line(pieces: Iterable[Piece]) -> str:
    """A line for forms without marks: 由县城市管理局〔删：处二百元罚款〕〔增：劝导〕."""
    shown = {"": "{}", "del": "〔删：{}〕", "ins": "〔增：{}〕"}
    return "".join(shown[piece.kind].format(piece.text) for piece in pieces)


def left_out_words(report: Report) -> str:
    """What the summary adds: 已豁免1处、基线报告已有2处未列出; "" for nothing."""
    parts = []
    if report.suppressed:
        parts.append(f"已豁免{len(report.suppressed)}处")
    if report.baseline is not None and report.baseline.known:
        parts.append(f"基线报告已有{len(report.baseline.known)}处未列出")
    return "、".join(parts)


def left_out_of(report: Report, point: ReviewPoint) -> str:
    """The same for the findings that answer a point of review."""
    suppressed = sum(1 for one in report.suppressed if point.is_answered_by(one.finding))
    known = sum(1 for one in (report.baseline.known if report.baseline else ()) if point.is_answered_by(one))
    parts = [f"另有{suppressed}处已豁免"] if suppressed else []
    if known:
        parts.append(f"另有{known}处见于基线报告")
    return "，".join(parts)


def baseline_words(report: Report) -> str:
    """How many known findings were left out; "" without a baseline."""
    if report.baseline is None:
        return ""
    known = report.baseline.known
    names = terms().severities
    counted = [(names[one].name, sum(1 for finding in known if finding.severity is one)) for one in Severity]
    by_severity = "、".join(f"{name}{count}处" for name, count in counted if count)
    source = visible(report.baseline.source)
    if not known:
        return f"与基线报告 {source} 对照，没有重复的问题，以上都是新出现的。"
    by_severity += by_model_words(known)
    return f"基线报告 {source} 已有{len(known)}处（{by_severity}），本报告没有列出，也没有计入。"


def _suppressed(one: Suppressed) -> str:
    finding = one.finding
    name = terms().severities[finding.severity].name
    quote = f"“{one_line(finding.quote, QUOTE_LENGTH)}”" if finding.quote else ""
    signed = [part for part in (visible(one.by), one.on.isoformat() if one.on else "") if part]
    if one.until is not None:
        signed.append(f"至{one.until.isoformat()}为止")
    by = f"（{'，'.join(signed)}）" if signed else ""
    mark = f"（{model_mark(finding)}）" if is_by_model(finding) else ""
    what = f"{visible(finding.code)}:{finding.fingerprint} {name}{mark} {one_line(finding.title)}"
    return f"{what}，{visible(finding.place.label)}{quote}。理由：{one_line(one.reason).rstrip('。')}{by}。"


# --- the second round ---------------------------------------------------------------------------------------------


def _second_round(round_: SecondRound) -> Section:
    counts = f"已解决{len(round_.resolved)}处、仍存在{len(round_.remaining)}处、新出现{len(round_.new)}处"
    changed = "" if round_.changes is None else f"；文字有变化的条款{len(round_.changes)}处"
    notes = "".join(f"注意：{one_line(note).rstrip('。')}。" for note in round_.notes)
    words = f"与旧版 {visible(round_.earlier)} 相比，{counts}{changed}。{notes}"
    groups = [
        (name, tuple(_plain(_followed(one)) for one in found))
        for name, found in (("已解决", round_.resolved), ("仍存在", round_.remaining), ("新出现", round_.new))
    ]
    groups.append(("条款变化", tuple(tuple(_change(one)) for one in round_.changes or ())))
    return Section("与旧版比较", words, tuple((name, lines) for name, lines in groups if lines))


def _followed(one: Followed) -> str:
    name = terms().severities[one.severity].name
    quote = f"“{one_line(one.quote, QUOTE_LENGTH)}”" if one.quote else ""
    before = f"，原为“{one_line(one.before, QUOTE_LENGTH)}”" if one.before else ""
    note = f"（{visible(one.note)}）" if one.note else ""
    return f"{visible(one.code)} {name} {one_line(one.title)}，{visible(one.place)}{quote}{before}{note}"


def _change(change: ClauseChange) -> Iterator[Piece]:
    kinds = {"changed": "", "added": "（新增）", "removed": "（删去）"}
    yield Piece("", f"{visible(change.place)}{kinds[change.kind]}：")
    if change.kind == "changed":
        yield from compared(one_line(change.before), one_line(change.after))
    else:
        yield Piece("", one_line(change.before or change.after))


def compared(before: str, after: str) -> list[Piece]:
    """Both wordings in one line: what was taken out, what was put in, and the words around."""
    common = _common(before, after) if max(len(before), len(after)) <= _LONG else []
    if sum(size for _, _, size in common) * 2 < _LEAST_COMMON * (len(before) + len(after)):
        common = []
    pieces: list[Piece] = []
    a = b = 0
    for i, j, size in [*common, (len(before), len(after), 0)]:
        pieces += [Piece(kind, text) for kind, text in (("del", before[a:i]), ("ins", after[b:j])) if text]
        if size:
            pieces.append(Piece("", _shortened(before[i : i + size], at_start=i == 0, at_end=i + size == len(before))))
        a, b = i + size, j + size
    return pieces


def _common(before: str, after: str) -> list[tuple[int, int, int]]:
    """Runs that both have, without the short ones that only look alike."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    ends = (0, len(before))
    return [
        (block.a, block.b, block.size)
        for block in blocks
        if block.size >= _BETWEEN or (block.size and (block.a in ends or block.a + block.size in ends))
    ]


def _shortened(text: str, *, at_start: bool, at_end: bool) -> str:
    """Words that stay: near a change only, with an ellipsis for the others."""
    if at_start and at_end:
        return text
    left, right = 0 if at_start else _AROUND, 0 if at_end else _AROUND
    if len(text) <= left + right + 1:
        return text
    return f"{text[:left]}…{text[len(text) - right :] if right else ''}"


def _plain(text: str) -> tuple[Piece, ...]:
    return (Piece("", text),)
