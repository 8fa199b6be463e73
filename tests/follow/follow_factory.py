"""Reviewed documents of our own for the tests of what follows a review."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from draft_assist.check.run import Kit, read_kit
from draft_assist.flow import document_of, review
from draft_assist.load import load_bytes
from draft_assist.model import Document, Kind, Rank, Report
from draft_assist.report.wire import write_json
from draft_assist.settings import Settings

DAY = dt.date(2026, 11, 1)
CLAUSES = (
    "为了规范渡口秩序，制定本办法。",
    "摆渡人在汛期夜间开船的，由县水运所处三百元罚款。",
    "未经县水运所批准，任何单位和个人不得在渡口设置广告。",
    "乘客应当爱护船上的救生衣。",
    "船主应当向县水运所缴纳安全保证金二千元。",
    "逾期不接受检查的，由县水运所暂扣其船只。",
    "本办法自2026年12月1日起施行。",
)
NUMERALS = "一二三四五六七八九十"


def article(number: int) -> str:
    """第三条, for 1 to 10."""
    return f"第{NUMERALS[number - 1]}条"


def notice(clauses: tuple[str, ...] = CLAUSES) -> str:
    """A county's measures of these articles, numbered from one."""
    lines = [f"　　{article(n)}　{words}" for n, words in enumerate(clauses, 1)]
    return "\n".join(["青榆县渡口管理办法", "", *lines, ""])


@cache
def kit() -> Kit:
    """The rules on powers only: what follows a review does not depend on how many rules there are."""
    kit = read_kit()
    rules = tuple(rule for rule in kit.rules.rules if rule.code.startswith("AUTH-"))
    return replace(kit, rules=replace(kit.rules, rules=rules))


def document(text: str, name: str = "渡口办法.txt") -> Document:
    return document_of(load_bytes(text.encode(), name, Settings()))


def reviewed(text: str | None = None, name: str = "渡口办法.txt") -> Report:
    """The review of a text as a county's normative document."""
    words = notice() if text is None else text
    return review(
        document(words, name), as_of=DAY, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT, kit=kit(), settings=Settings()
    )


def written(report: Report, path: Path) -> Path:
    """The report as a JSON file."""
    path.write_text(write_json(report), "utf-8")
    return path


def wire(report: Report) -> dict:
    return json.loads(write_json(report))["result"]


def keys(report: Report) -> list[tuple[str, str]]:
    """Code and fingerprint of the findings listed."""
    return [(one.code, one.fingerprint) for one in report.findings]
