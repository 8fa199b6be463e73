"""Findings set aside with a reason: a YAML list beside the document, one entry a finding.

    - code: AUTH-021
      fingerprint: "5ecb10842494d918"
      reason: 上位法已有同一幅度的规定，见送审说明第三项
      by: 张三
      on: 2026-11-03
      until: 2027-11-03

An entry sets aside exactly the finding of that code and fingerprint: when the words change, so does the fingerprint,
and the finding is back. What an entry cannot do is said in the report.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from draft_assist.errors import KnowledgeError, OptionError
from draft_assist.follow.files import beside, write_whole
from draft_assist.knowledge import read_yaml
from draft_assist.model import MODEL_CODE, Finding, Frozen, NotChecked, Report, Suppressed

ENDING = ".suppress.yaml"
_KEYS = ("code", "fingerprint", "reason", "by", "on", "until")
_CHINESE = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")
_SHOWN = re.compile("[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]*")
_FIRST_ENTRY = re.compile(r"^( *)-[ \r\n]", re.M)


class Suppression(Frozen, frozen=True):
    """One entry; see `Suppressed` for what the fields mean."""

    code: str
    fingerprint: str
    reason: str
    by: str = ""
    on: dt.date | None = None
    until: dt.date | None = None


class Unreadable(NamedTuple):
    """An entry that sets nothing aside.

    Attributes:
        number: which entry, from 1.
        why: Chinese.
    """

    number: int
    why: str


class Suppressions(NamedTuple):
    """The entries of one file.

    Attributes:
        path: the file.
        entries: readable ones with their number in the file, from 1.
        unreadable: the others.
    """

    path: Path
    entries: tuple[tuple[int, Suppression], ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


def suppressions_path(document: Path) -> Path:
    """Where the entries of a document stand unless the user names another file."""
    return beside(document, ENDING)


# --- reading ------------------------------------------------------------------------------------------------------


def read_suppressions(path: Path) -> Suppressions:
    """The entries of a file; one that cannot be read as an entry stands in `unreadable` and stops no other.

    Raises:
        KnowledgeError: there is no such file, or it is no YAML list.
    """
    values = read_yaml(path)
    if values is None:
        return Suppressions(path)
    if not isinstance(values, list):
        raise KnowledgeError("豁免清单应是一个列表", where=str(path), next_step="每条以“- code: …”开头")
    entries: list[tuple[int, Suppression]] = []
    unreadable: list[Unreadable] = []
    for number, value in enumerate(values, 1):
        entry = _entry(value)
        if isinstance(entry, str):
            unreadable.append(Unreadable(number, entry))
        else:
            entries.append((number, entry))
    return Suppressions(path, tuple(entries), tuple(unreadable))


def _entry(value: object) -> Suppression | str:
    """The entry, or why it is none."""
    if not isinstance(value, dict):
        return "不是键值表"
    if unknown := [str(key) for key in value if key not in _KEYS]:
        return f"有未知的键“{unknown[0]}”，可用的键：{'、'.join(_KEYS)}"
    # A fingerprint of digits only is a number to YAML.
    given = {key: str(one).strip() for key, one in value.items() if isinstance(one, str | int) and str(one).strip()}
    if wrong := [key for key, one in value.items() if not isinstance(one, str | int) and one is not None]:
        return f"“{wrong[0]}”应为文字"
    if missing := [key for key in ("code", "fingerprint", "reason") if key not in given]:
        return f"缺少“{missing[0]}”"
    if not _CHINESE.search(given["reason"]):
        return "理由（reason）应当用中文写明"
    days: dict[str, dt.date | None] = {}
    for key in ("on", "until"):
        try:
            days[key] = dt.date.fromisoformat(given[key]) if key in given else None
        except ValueError:
            return f"“{key}”应为日期，如 2026-11-03，实为“{given[key]}”"
    return Suppression(
        code=given["code"], fingerprint=given["fingerprint"], reason=given["reason"], by=given.get("by", ""), **days
    )


# --- applying -----------------------------------------------------------------------------------------------------


def suppress(report: Report, suppressions: Suppressions, *, today: dt.date) -> Report:
    """The report without the findings that entries set aside, and with what the entries did not do.

    Args:
        report: as reviewed.
        suppressions: see `read_suppressions`.
        today: the day on which entries must still hold.
    """
    name = suppressions.path.name
    entries: dict[tuple[str, str], tuple[int, Suppression]] = {}
    notes = [_unreadable_note(name, one) for one in suppressions.unreadable]
    for number, entry in suppressions.entries:
        label = f"{name} 第{number}条（{entry.code}:{entry.fingerprint}）"
        if entry.until is not None and entry.until < today:
            why = f"该条豁免至{entry.until}为止，已经过期，所涉问题照常列出"
            notes.append(NotChecked(what=f"豁免{label}", why=why))
        elif (entry.code, entry.fingerprint) in entries:
            notes.append(NotChecked(what=f"豁免{label}", why="与前面的一条重复，没有用到"))
        else:
            entries[entry.code, entry.fingerprint] = (number, entry)
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in report.findings:
        # Each entry is used up by the finding it names, so that it can never hide a second one.
        number, found = entries.pop((finding.code, finding.fingerprint), (0, None))
        if found is None:
            kept.append(finding)
        else:
            suppressed.append(
                Suppressed(finding=finding, reason=found.reason, by=found.by, on=found.on, until=found.until)
            )
    for number, entry in sorted(entries.values(), key=lambda one: one[0]):
        label = f"{name} 第{number}条（{entry.code}:{entry.fingerprint}）"
        notes.append(NotChecked(what=f"豁免{label}", why=_why_unused(entry, report)))
    return replace(
        report,
        findings=tuple(kept),
        suppressed=(*report.suppressed, *suppressed),
        not_checked=(*report.not_checked, *notes),
    )


def _why_unused(entry: Suppression, report: Report) -> str:
    if not entry.code.startswith(MODEL_CODE):
        return "本次审查没有这处问题（文字已经改动，或者规则不再提出），可以删去该条"
    # A model may name the same fault again next time, so that the entry may yet be needed.
    if report.opinion is None:
        return "该处由模型提出，本次没有询问模型，没有用到该条，可以保留"
    return "该处由模型提出，模型本次没有再提出，没有用到该条，可以保留"


def _unreadable_note(name: str, one: Unreadable) -> NotChecked:
    return NotChecked(what=f"豁免{name} 第{one.number}条", why=f"{one.why}，该条没有起作用")


# --- adding -------------------------------------------------------------------------------------------------------


def check_reason(reason: str, option: str = "--reason") -> str:
    """The reason on one line.

    Raises:
        OptionError: it is empty, not in Chinese, or holds characters that no file of text should.
    """
    line = " ".join(reason.split())
    if not _CHINESE.search(line):
        raise OptionError("理由不能空着，应当用中文写明", where=option, next_step="如 --reason 上位法已有规定")
    if not _SHOWN.fullmatch(line):
        raise OptionError("理由里有不能显示的字符", where=option, next_step="请重新输入")
    return line


def add_suppressions(path: Path, added: Sequence[Suppression]) -> tuple[Suppression, ...]:
    """Write entries at the end of the file, which is made when missing; what stands there, comments included, stays.

    Args:
        path: the file.
        added: what to add; an entry whose finding is set aside already, without an end, is left out.

    Returns:
        Those written.

    Raises:
        KnowledgeError: the file is there and is no YAML list.
        OptionError: entries cannot be added to a file of that form; it is left as it is.
    """
    there = read_suppressions(path) if path.exists() else Suppressions(path)
    standing = {(one.code, one.fingerprint) for _, one in there.entries if one.until is None}
    new = [one for one in added if (one.code, one.fingerprint) not in standing]
    if not new:
        return ()
    before = path.read_bytes() if path.exists() else b""
    try:
        text = before.decode("utf-8")
    except UnicodeDecodeError:
        raise _other_form(path) from None
    first = _FIRST_ENTRY.search(text.removeprefix("\ufeff"))
    line_end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith("\n") else line_end
    written = "".join(_block(one, first[1] if first else "", line_end) for one in new)

    def check(partial: Path) -> None:
        # An entry after “...”, inside a flow list or below another indent would be lost or change what stands there.
        try:
            after = read_suppressions(partial)
        except KnowledgeError:
            raise _other_form(path) from None
        count = len(there.entries) + len(there.unreadable)
        added_there = tuple(one for number, one in after.entries if number > count)
        if after.entries[: len(there.entries)] != there.entries or added_there != tuple(new):
            raise _other_form(path)

    write_whole(path, f"{text}{gap}{written}".encode(), check=check)
    return tuple(new)


def _block(one: Suppression, indent: str, line_end: str) -> str:
    """One entry in block form; strings in double quotes, whose escapes JSON and YAML share."""
    values = {"code": one.code, "fingerprint": one.fingerprint, "reason": one.reason, "by": one.by}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value]
    lines += [f"{key}: {day.isoformat()}" for key, day in (("on", one.on), ("until", one.until)) if day]
    return "".join(f"{indent}{'- ' if n == 0 else '  '}{line}{line_end}" for n, line in enumerate(lines))


def _other_form(path: Path) -> OptionError:
    step = "请改成每条以“- code: …”开头的列表（UTF-8），或者手工加上这一条"
    return OptionError("这份豁免清单的写法不便自动添加，没有改动", where=str(path), next_step=step)
