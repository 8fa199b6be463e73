"""Findings that a model put forward, and remarks on those of the rules, in everything that follows a review."""

from __future__ import annotations

from pathlib import Path

import pytest
from follow_factory import DAY, keys, notice, reviewed, wire, written
from msgspec.structs import replace

from draft_assist.errors import OptionError
from draft_assist.follow.baseline import leave_out_known
from draft_assist.follow.decisions import (
    Decision,
    Verdict,
    add_decision,
    decide,
    decisions_path,
    read_decisions,
    samples_of,
)
from draft_assist.follow.earlier import EarlierReport, read_one
from draft_assist.follow.second_round import compare_documents, compare_report
from draft_assist.follow.select import select
from draft_assist.follow.suppress import Suppression, Suppressions, suppress
from draft_assist.model import (
    Confidence,
    Finding,
    Place,
    Remark,
    Report,
    SecondOpinion,
    SecondRound,
    Severity,
    Span,
    Stance,
)
from draft_assist.report import render
from draft_assist.settings import Settings

WORDS = "乘客应当爱护船上的救生衣"
MARK = "0123456789abcdef"


def by_model(report: Report, words: str = WORDS, fingerprint: str = MARK) -> Finding:
    """What a model might put forward on these words."""
    start = report.document.text.value.index(words)
    span = Span(start, start + len(words))
    clause = [one for one in report.document.walk() if one.span.contains(span)][-1]
    return Finding(
        code="MODEL-duty_or_rights",
        rule="model-opinion",
        title="可能涉及减损权利或者增加义务的问题",
        category="duty_or_rights",
        severity=Severity.DOUBTFUL,
        confidence=Confidence.LOW,
        origin="model",
        quote=words,
        span=span,
        clause=clause.path,
        place=Place(span=span, line=1, column=1, label="第四条"),
        message="没有写明依据。",
        advice="请核对。",
        basis=(),
        fingerprint=fingerprint,
        wording="乘客可以使用船上的救生衣",
    )


def asked(report: Report | None = None, *found: Finding) -> Report:
    """The review with a second opinion: a remark on the first finding, and what the model put forward."""
    report = reviewed() if report is None else report
    remarks = [
        Remark(fingerprint=one.fingerprint, stance=Stance.REFUTES, reason="另有依据") for one in report.findings[:1]
    ]
    findings = tuple(sorted((*report.findings, *found), key=lambda one: one.span))
    return replace(report, findings=findings, opinion=SecondOpinion(model="甲", where="本机", remarks=tuple(remarks)))


def with_finding() -> Report:
    report = reviewed()
    return asked(report, by_model(report))


def earlier(report: Report, tmp_path: Path) -> EarlierReport:
    return read_one(written(report, tmp_path / "旧.json"), Settings(), Path("渡口办法.txt"))


def second(report: Report) -> SecondRound:
    assert report.second_round is not None
    return report.second_round


def entry(code: str, fingerprint: str) -> Suppressions:
    one = Suppression(code=code, fingerprint=fingerprint, reason="已经核对")
    return Suppressions(Path("渡口办法.txt.suppress.yaml"), ((1, one),))


# --- a baseline ---------------------------------------------------------------------------------------------------


def test_a_report_with_an_opinion_is_read_back_and_is_no_news_to_itself(tmp_path) -> None:
    read = earlier(with_finding(), tmp_path)
    assert [one.origin for one in read.findings if one.fingerprint == MARK] == ["model"]
    assert {one.origin for one in read.findings if one.fingerprint != MARK} == {"rule"}
    again = leave_out_known(with_finding(), read)
    assert again.findings == () and again.baseline is not None
    assert wire(again)["baseline"]["known"][0]["remark"]["reason"] == "另有依据"


def test_a_model_that_is_asked_anew_brings_only_its_own_finding(tmp_path) -> None:
    left = leave_out_known(with_finding(), earlier(reviewed(), tmp_path))
    assert keys(left) == [("MODEL-duty_or_rights", MARK)]


def test_a_model_that_is_silent_this_time_leaves_nothing_behind(tmp_path) -> None:
    left = leave_out_known(reviewed(), earlier(with_finding(), tmp_path))
    assert left.findings == () and "模型" not in render(left, "text")


def test_a_report_that_does_not_say_where_its_findings_come_from_has_them_of_rules(tmp_path) -> None:
    path = written(reviewed(), tmp_path / "旧.json")
    path.write_text(path.read_text("utf-8").replace('"origin": "rule",', ""), "utf-8")
    assert {one.origin for one in read_one(path, Settings(), Path("渡口办法.txt")).findings} == {"rule"}


# --- the second round ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "why"), [(reviewed, "本次没有询问模型"), (asked, "模型本次没有再提出")], ids=["not asked", "silent"]
)
def test_a_models_finding_that_does_not_come_again_is_not_resolved(now, why, tmp_path) -> None:
    for told in (compare_report(now(), earlier(with_finding(), tmp_path)), compare_documents(now(), with_finding())):
        assert second(told).resolved == ()
        (note,) = second(told).notes
        assert note == f"旧版有1处问题是模型提出的（第四条），{why}，不能据此认为已经解决，请人工核对"
        assert "已解决0处" in render(told, "text")


def test_a_rules_finding_that_does_not_come_again_is_resolved_beside_it(tmp_path) -> None:
    after = reviewed(notice().replace("由县水运所处三百元罚款", "由县水运所予以劝导"))
    (one,) = second(compare_report(after, earlier(with_finding(), tmp_path))).resolved
    assert one.code.startswith("AUTH-")


def test_a_models_finding_that_comes_again_remains_under_its_label(tmp_path) -> None:
    told = second(compare_report(with_finding(), earlier(with_finding(), tmp_path)))
    assert [one.note for one in told.remaining if one.fingerprint == MARK] == ["模型提出"]
    assert (told.resolved, told.new, told.notes) == ((), (), ())


def test_a_models_finding_on_other_words_of_the_clause_remains(tmp_path) -> None:
    report = reviewed()
    other = asked(report, by_model(report, "应当爱护船上的救生衣", "f" * 16))
    told = second(compare_report(other, earlier(with_finding(), tmp_path)))
    (one,) = (one for one in told.remaining if one.fingerprint == "f" * 16)
    assert one.note == "措辞有改动，模型提出" and one.before == WORDS


def test_a_models_finding_that_is_new_may_only_not_have_been_asked_for(tmp_path) -> None:
    told = second(compare_report(with_finding(), earlier(reviewed(), tmp_path)))
    assert [one.note for one in told.new] == ["模型提出"]
    (note,) = told.notes
    assert "可能旧版已有" in note


def test_many_places_are_not_all_named(tmp_path) -> None:
    found = [
        replace(by_model(reviewed(), WORDS, f"{n:016x}"), place=Place(span=Span(0, 1), line=1, column=1, label=label))
        for n, label in enumerate([f"第{n}款" for n in range(12)])
    ]
    (note,) = second(compare_report(reviewed(), earlier(asked(None, *found), tmp_path))).notes
    assert "旧版有12处" in note and "第9款等）" in note and "第10款" not in note


# --- setting aside ------------------------------------------------------------------------------------------------


def test_a_models_finding_is_set_aside_by_its_code_and_fingerprint(tmp_path) -> None:
    report = with_finding()
    found = select(report, f"MODEL-duty_or_rights:{MARK[:8]}", "--suppress")
    left = suppress(report, entry(found.code, found.fingerprint), today=DAY)
    assert [one.finding for one in left.suppressed] == [found] and left.not_checked == report.not_checked
    assert MARK not in {fingerprint for _, fingerprint in keys(left)}
    assert "其中模型提出" not in render(left, "text")


def test_a_finding_of_a_rule_that_is_set_aside_keeps_its_remark_in_the_record() -> None:
    report = with_finding()
    code, fingerprint = keys(report)[0]
    left = suppress(report, entry(code, fingerprint), today=DAY)
    assert wire(left)["suppressed"][0]["finding"]["remark"]["stance"] == "refutes"


@pytest.mark.parametrize(
    ("report", "why"),
    [(reviewed(), "本次没有询问模型"), (asked(), "模型本次没有再提出")],
    ids=["not asked", "silent"],
)
def test_an_entry_on_a_models_finding_that_does_not_come_again_is_to_be_kept(report, why) -> None:
    left = suppress(report, entry("MODEL-duty_or_rights", MARK), today=DAY)
    told = left.not_checked[-1]
    assert MARK in told.what and why in told.why and "可以保留" in told.why


def test_a_models_finding_that_is_not_there_is_told_without_a_list_of_the_rules_findings() -> None:
    with pytest.raises(OptionError, match="询问模型的审查") as raised:
        select(reviewed(), f"MODEL-fee:{MARK}", "--finding")
    assert "AUTH-" not in str(raised.value)


# --- decisions ----------------------------------------------------------------------------------------------------


def decided(report: Report, verdict: Verdict, found: Finding) -> Decision:
    return decide(report, found, verdict, "已经核对", by="张三", on=DAY, found_in=lambda words: [])


def test_a_decision_on_a_models_finding_is_recorded_with_its_clause_and_becomes_a_sample(tmp_path) -> None:
    report = with_finding()
    found = select(report, MARK, "--finding")
    path = decisions_path(tmp_path / "渡口办法.txt")
    add_decision(path, decided(report, Verdict.ADOPTED, found))
    (record,) = read_decisions(path)
    assert record.code == "MODEL-duty_or_rights" and record.text == f"{WORDS}。"
    (sample,) = samples_of((record,))
    assert sample.labels == ("duty_or_rights",)


def test_a_models_finding_on_an_item_is_recorded_with_the_words_before_the_list() -> None:
    item = "不得在船上大声说话"
    report = reviewed(notice(("乘客应当遵守下列规定：\n　　（一）排队上船；\n　　（二）不得在船上大声说话。",)))
    found = by_model(report, item)
    text = decided(asked(report, found), Verdict.REJECTED, found).text
    assert text.startswith("乘客应当遵守下列规定") and item in text
