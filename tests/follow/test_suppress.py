"""Findings set aside: what an entry hides, what it never hides, and how entries are added."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from follow_factory import DAY, keys, reviewed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from draft_assist.errors import KnowledgeError, OptionError
from draft_assist.follow.suppress import (
    Suppression,
    Suppressions,
    add_suppressions,
    check_reason,
    read_suppressions,
    suppress,
    suppressions_path,
)
from draft_assist.model import Report

REPORT = reviewed()


def entry(index: int = 0, **changed: object) -> Suppression:
    """An entry for a finding of REPORT."""
    finding = REPORT.findings[index]
    values = {"code": finding.code, "fingerprint": finding.fingerprint, "reason": "上位法已有规定", **changed}
    return Suppression(**values)  # type: ignore[arg-type]


def applied(*entries: Suppression, report: Report = REPORT, today: dt.date = DAY) -> Report:
    numbered = tuple(enumerate(entries, 1))
    return suppress(report, Suppressions(Path("渡口办法.txt.suppress.yaml"), numbered), today=today)


def said(report: Report) -> list[str]:
    """What the step added to what was not checked."""
    old = len(REPORT.not_checked)
    return [f"{one.what}：{one.why}" for one in report.not_checked[old:]]


# --- what an entry hides ------------------------------------------------------------------------------------------


def test_the_example_has_several_findings_of_several_codes() -> None:
    assert len(REPORT.findings) >= 4 and len({one.code for one in REPORT.findings}) >= 4


def test_the_finding_named_is_set_aside_with_its_reason() -> None:
    report = applied(entry(1, by="张三", on=DAY, until=dt.date(2027, 1, 1)))
    assert keys(report) == [one for n, one in enumerate(keys(REPORT)) if n != 1]
    (one,) = report.suppressed
    assert one.finding == REPORT.findings[1]
    assert (one.reason, one.by, one.on, one.until) == ("上位法已有规定", "张三", DAY, dt.date(2027, 1, 1))
    assert said(report) == []


@pytest.mark.parametrize("changed", [{"code": "AUTH-999"}, {"fingerprint": "0" * 16}, {"fingerprint": "45"}])
def test_an_entry_of_another_code_or_fingerprint_hides_nothing_and_is_told(changed) -> None:
    report = applied(entry(0, **changed))
    assert report.findings == REPORT.findings and report.suppressed == ()
    assert len(said(report)) == 1 and "没有这处问题" in said(report)[0] and "第1条" in said(report)[0]


def test_an_entry_holds_on_its_last_day_and_not_after() -> None:
    until = dt.date(2026, 11, 30)
    assert len(applied(entry(until=until), today=until).suppressed) == 1
    report = applied(entry(until=until), today=until + dt.timedelta(days=1))
    assert report.findings == REPORT.findings
    assert "过期" in said(report)[0] and "2026-11-30" in said(report)[0]


def test_an_entry_that_stands_twice_is_told() -> None:
    report = applied(entry(0), entry(0, reason="又写一次"))
    assert len(report.suppressed) == 1 and report.suppressed[0].reason == "上位法已有规定"
    assert "重复" in said(report)[0] and "第2条" in said(report)[0]


def test_an_expired_entry_does_not_stand_in_the_way_of_one_that_holds() -> None:
    report = applied(entry(0, until=dt.date(2020, 1, 1)), entry(0))
    assert len(report.suppressed) == 1


@settings(max_examples=60, deadline=None)
@given(
    chosen=st.sets(st.integers(0, len(REPORT.findings) - 1)),
    strangers=st.lists(st.tuples(st.sampled_from(["AUTH-001", "AUTH-021"]), st.from_regex("[0-9a-f]{16}")), max_size=4),
)
def test_entries_hide_exactly_the_findings_they_name(chosen, strangers) -> None:
    entries = [entry(n) for n in sorted(chosen)]
    entries += [Suppression(code=code, fingerprint=digits, reason="另有规定") for code, digits in strangers]
    report = applied(*entries)
    assert report.findings == tuple(one for n, one in enumerate(REPORT.findings) if n not in chosen)
    assert {one.finding for one in report.suppressed} == {REPORT.findings[n] for n in chosen}


@settings(max_examples=40, deadline=None)
@given(before=st.sets(st.integers(0, len(REPORT.findings) - 1)), added=st.integers(0, len(REPORT.findings) - 1))
def test_adding_an_entry_never_brings_another_back_nor_hides_another(before, added) -> None:
    first = applied(*(entry(n) for n in sorted(before)))
    second = applied(*(entry(n) for n in sorted(before)), entry(added))
    assert set(second.findings) == set(first.findings) - {REPORT.findings[added]}


# --- reading ------------------------------------------------------------------------------------------------------


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "渡口办法.txt.suppress.yaml"
    path.write_text(text, "utf-8")
    return path


GOOD = "- code: AUTH-001\n  fingerprint: 45284874e8d8128c\n  reason: 省里已有规定\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- code: AUTH-001\n  fingerprint: abcdef0123456789\n", "缺少“reason”"),
        ("- code: AUTH-001\n  fingerprint: abcdef0123456789\n  reason: ''\n", "缺少“reason”"),
        ("- code: AUTH-001\n  fingerprint: abcdef0123456789\n  reason: '   '\n", "缺少“reason”"),
        ("- code: AUTH-001\n  fingerprint: abcdef0123456789\n  reason: because\n", "中文"),
        ("- code: AUTH-001\n  reason: 有规定\n", "缺少“fingerprint”"),
        ("- code: AUTH-001\n  fingerprint: abcdef0123456789\n  reason: 有规定\n  util: 2027-01-01\n", "util"),
        ("- code: AUTH-001\n  fingerprint: abcdef0123456789\n  reason: 有规定\n  until: 明年\n", "明年"),
        ("- code: AUTH-001\n  fingerprint: abcdef0123456789\n  reason: [有规定]\n", "reason"),
        ("- AUTH-001\n", "键值表"),
        ("- \n", "键值表"),
    ],
)
def test_an_entry_that_cannot_be_read_is_told_and_stops_no_other(tmp_path, text, why) -> None:
    read = read_suppressions(file(tmp_path, text + GOOD))
    assert [number for number, _ in read.entries] == [2]
    (bad,) = read.unreadable
    assert bad.number == 1 and why in bad.why
    report = suppress(REPORT, read, today=DAY)
    assert any("第1条" in line and "没有起作用" in line for line in said(report))
    assert report.findings == REPORT.findings


def test_days_and_a_fingerprint_of_digits_are_read_as_written(tmp_path) -> None:
    text = "- {code: AUTH-001, fingerprint: 1234567890123456, reason: 有规定, by: 张三, on: 2026-11-01, until: null}\n"
    ((_, one),) = read_suppressions(file(tmp_path, text)).entries
    assert (one.fingerprint, one.by, one.on, one.until) == ("1234567890123456", "张三", DAY, None)


@pytest.mark.parametrize("text", ["", "# 还没有\n"])
def test_an_empty_file_holds_no_entries(tmp_path, text) -> None:
    assert read_suppressions(file(tmp_path, text)).entries == ()


@pytest.mark.parametrize("text", ["code: AUTH-001\n", "只有一句话\n", "- code: 甲\n  code: 乙\n", "- [\n"])
def test_a_file_that_is_no_list_is_an_error_with_its_name(tmp_path, text) -> None:
    with pytest.raises(KnowledgeError, match=r"渡口办法\.txt\.suppress\.yaml"):
        read_suppressions(file(tmp_path, text))


# --- adding -------------------------------------------------------------------------------------------------------


def test_a_file_is_made_beside_the_document(tmp_path) -> None:
    path = suppressions_path(tmp_path / "渡口办法.txt")
    assert path.name == "渡口办法.txt.suppress.yaml"
    one = entry(0, by="张三", on=DAY)
    assert add_suppressions(path, [one]) == (one,)
    assert read_suppressions(path).entries == ((1, one),)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "there",
    [
        GOOD,
        GOOD.removesuffix("\n"),
        "# 县里的清单\n\n" + GOOD + "# 末尾的话\n",
        "  " + GOOD.replace("\n", "\n  ").rstrip() + "\n",
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        GOOD + "- 不是条目\n",
        "# 只有一句话\n",
        "",
    ],
)
def test_what_stands_in_the_file_stays_in_its_order(tmp_path, there) -> None:
    path = file(tmp_path, "")
    path.write_bytes(there.encode())
    before = read_suppressions(path)
    add_suppressions(path, [entry(0), entry(1)])
    after = read_suppressions(path)
    assert path.read_bytes().startswith(there.encode())
    assert after.entries[: len(before.entries)] == before.entries and after.unreadable == before.unreadable
    assert [one for _, one in after.entries[len(before.entries) :]] == [entry(0), entry(1)]


@pytest.mark.parametrize(
    "there", ["[{code: AUTH-001, fingerprint: abcdef0123456789, reason: 有规定}]\n", GOOD + "...\n"]
)
def test_a_file_of_another_form_is_left_as_it_is(tmp_path, there) -> None:
    path = file(tmp_path, there)
    with pytest.raises(OptionError, match="没有改动"):
        add_suppressions(path, [entry(0)])
    assert path.read_text("utf-8") == there
    assert list(tmp_path.iterdir()) == [path]


def test_what_stands_without_an_end_is_not_added_again(tmp_path) -> None:
    path = file(tmp_path, "")
    add_suppressions(path, [entry(0, until=dt.date(2020, 1, 1))])
    assert add_suppressions(path, [entry(0)]) == (entry(0),)
    assert add_suppressions(path, [entry(0, reason="又一次")]) == ()
    assert len(read_suppressions(path).entries) == 2


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reason=st.text(max_size=60), by=st.text(max_size=10))
def test_any_reason_that_is_taken_reads_back(tmp_path, reason, by) -> None:
    try:
        line = check_reason(reason + "有")
        who = check_reason(by + "甲")
    except OptionError:
        return
    path = tmp_path / "any.suppress.yaml"
    path.unlink(missing_ok=True)
    add_suppressions(path, [entry(0, reason=line, by=who)])
    ((_, one),) = read_suppressions(path).entries
    assert (one.reason, one.by) == (line, who)


@pytest.mark.parametrize("reason", ["", "   ", "because", "123", "有\x07声", "有\ud800"])
def test_a_reason_that_is_none_is_refused(reason) -> None:
    with pytest.raises(OptionError, match="--reason"):
        check_reason(reason)
