"""Decisions recorded, and eval samples made of them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from follow_factory import DAY, kit, notice, reviewed
from msgspec.structs import replace

from draft_assist.errors import SourceError
from draft_assist.evals.clauses import predict, read_samples
from draft_assist.flow import review_text
from draft_assist.follow.decisions import (
    Decision,
    Neighbour,
    Verdict,
    add_decision,
    add_samples,
    decide,
    decisions_path,
    read_decisions,
    samples_of,
    standing,
)
from draft_assist.model import Finding, Kind, Rank, Report

REPORT = reviewed()


def decision(
    finding: Finding | None = None,
    verdict: Verdict = Verdict.ADOPTED,
    reason: str = "确属设定",
    report: Report = REPORT,
) -> Decision:
    def found_in(words: str) -> list[str]:
        alone = review_text(words, as_of=DAY, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT, kit=kit())
        return [one.code for one in alone.findings]

    found = finding or report.findings[0]
    return decide(report, found, verdict, reason, by="李四", on=dt.date(2026, 11, 5), found_in=found_in)


def about(quote: str, report: Report = REPORT) -> Finding:
    return next(one for one in report.findings if quote in one.quote)


# --- the record ---------------------------------------------------------------------------------------------------


def test_a_record_holds_what_the_document_may_lose() -> None:
    made = decision(about("三百元"))
    assert made.text == "摆渡人在汛期夜间开船的，由县水运所处三百元罚款。"
    assert (made.code, made.category, made.quote, made.place) == ("AUTH-021", "penalty", "处三百元罚款", "第二条")
    assert (made.issuer_rank, made.verdict, made.by, made.on) == ("county", "采纳", "李四", dt.date(2026, 11, 5))
    assert made.document == "渡口办法.txt" and made.sha256 and made.ruleset == REPORT.ruleset


def test_a_sentence_is_taken_out_of_its_clause() -> None:
    report = reviewed(notice(("渡口应当整洁。夜间开船的，由县水运所处三百元罚款。罚没收入上缴国库。",)))
    assert decision(about("三百元", report), report=report).text == "夜间开船的，由县水运所处三百元罚款。"


def test_an_item_is_taken_with_the_words_that_give_it_its_meaning() -> None:
    text = notice(("摆渡人有下列行为之一的，由县水运所处三百元罚款：\n（一）夜间开船的；\n（二）超载的。",))
    report = reviewed(text)
    made = decision(report.findings[0], report=report)
    assert "三百元罚款" in made.text
    alone = review_text(made.text, as_of=DAY, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT, kit=kit())
    assert made.code in [one.code for one in alone.findings]


def test_a_finding_without_words_of_its_own_is_recorded_all_the_same() -> None:
    from draft_assist.model import Span

    bare = replace(REPORT.findings[0], span=Span(0, 0), quote="", code="STR-001")
    made = decision(bare, report=replace(REPORT, findings=(bare,)))
    assert made.text == "青榆县渡口管理办法"


def test_other_findings_on_the_text_are_noted() -> None:
    report = reviewed(notice(("逾期不清理的，由县水运所暂扣其船只，并处三百元罚款。",)))
    made = decision(about("三百元", report), report=report)
    assert {one.category for one in made.others} == {"compulsory"}


# --- the file -----------------------------------------------------------------------------------------------------


def test_records_are_written_one_after_the_other_and_read_back(tmp_path) -> None:
    path = decisions_path(tmp_path / "渡口办法.txt")
    assert path.name == "渡口办法.txt.decisions.jsonl" and read_decisions(path) == ()
    made = [decision(one) for one in REPORT.findings]
    for one in made:
        add_decision(path, one)
    assert read_decisions(path) == tuple(made)
    assert list(tmp_path.iterdir()) == [path]


def test_a_line_without_its_end_is_not_run_into(tmp_path) -> None:
    path = tmp_path / "d.jsonl"
    add_decision(path, decision())
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    add_decision(path, decision(REPORT.findings[1]))
    assert len(read_decisions(path)) == 2


@pytest.mark.parametrize("bad", ["{", "{}", '{"verdict": "采纳"}', "采纳", "\x00"])
def test_a_line_that_is_no_record_is_named_and_nothing_is_lost(tmp_path, bad) -> None:
    path = tmp_path / "d.jsonl"
    add_decision(path, decision())
    path.write_bytes(path.read_bytes() + bad.encode() + b"\n")
    before = path.read_bytes()
    with pytest.raises(SourceError, match=r"d\.jsonl:2"):
        read_decisions(path)
    with pytest.raises(SourceError):
        add_decision(path, decision())
    assert path.read_bytes() == before


def test_the_latest_decision_on_a_finding_stands() -> None:
    first, second = decision(), decision(verdict=Verdict.REJECTED, reason="再议后不采纳")
    other = decision(REPORT.findings[1])
    assert standing([first, other, second]) == (second, other)


# --- eval samples -------------------------------------------------------------------------------------------------


def test_adopted_findings_are_labelled_and_rejected_ones_are_none() -> None:
    made = [decision(about("三百元")), decision(about("批准"), Verdict.REJECTED, "省里已有规定")]
    one, two = samples_of(made)
    assert (one.text, one.labels, one.unsure, one.issuer_rank) == (made[0].text, ("penalty",), (), "county")
    assert two.labels == ("none",) and "省里已有规定" in two.note


def test_what_is_adopted_in_part_is_labelled_and_not_scored() -> None:
    (one,) = samples_of([decision(verdict=Verdict.PARTLY)])
    assert one.labels == one.unsure == (decision().category,)


def test_decisions_on_one_text_make_one_sample() -> None:
    report = reviewed(notice(("逾期不清理的，由县水运所暂扣其船只，并处三百元罚款。",)))
    seize, fine = about("暂扣", report), about("三百元", report)
    (both,) = samples_of([decision(seize, report=report), decision(fine, report=report)])
    assert both.labels == ("compulsory", "penalty") and both.unsure == ()
    (mixed,) = samples_of([decision(seize, report=report), decision(fine, Verdict.REJECTED, "无", report)])
    assert mixed.labels == ("compulsory",) and mixed.unsure == ()
    (alone,) = samples_of([decision(fine, Verdict.REJECTED, "无", report)])
    # The other finding is not decided: the sentence cannot be said to hold none.
    assert alone.labels == () and alone.unsure == ("compulsory",)


def test_an_undecided_finding_of_the_same_category_leaves_the_category_open() -> None:
    other = Neighbour(code="AUTH-030", fingerprint="0" * 16, category="penalty")
    made = replace(decision(about("三百元"), Verdict.REJECTED), others=(other,))
    (one,) = samples_of([made])
    assert one.labels == () and one.unsure == ("penalty",)


def test_opposite_decisions_on_the_same_words_are_unsure() -> None:
    one = decision(about("三百元"))
    other = replace(one, fingerprint="0" * 16, verdict=Verdict.REJECTED)
    (sample,) = samples_of([one, other])
    assert sample.unsure == ("penalty",)


def test_samples_are_what_the_eval_reads_and_are_added_once(tmp_path) -> None:
    out = tmp_path / "cases.jsonl"
    made = samples_of([decision(one) for one in REPORT.findings])
    assert add_samples(out, made).added == len(made)
    written = out.read_bytes()
    again = add_samples(out, made)
    assert (again.added, again.there, again.differing) == (0, len(made), ())
    assert out.read_bytes() == written
    samples = read_samples(out)
    assert [one.id for one in samples] == [one.id for one in made]
    outcomes = list(predict(samples, kit(), DAY))
    assert all(not isinstance(said, str) and set(sample.labels) <= set(said.predicted) for sample, said in outcomes)


def test_the_file_of_another_keeps_its_lines_and_its_samples(tmp_path) -> None:
    out = tmp_path / "cases.jsonl"
    one, *rest = samples_of([decision(one) for one in REPORT.findings])
    there = json.dumps({"id": "mine", "text": one.text, "labels": ["fee"], "issuer_rank": "county", "who": "我"})
    out.write_text(there, "utf-8")  # without a line end
    done = add_samples(out, (one, *rest))
    assert (done.added, done.there, done.differing) == (len(rest), 1, ("mine",))
    assert out.read_text("utf-8").startswith(there + "\n")
    assert [sample.id for sample in read_samples(out)] == ["mine", *(sample.id for sample in rest)]


def test_a_file_that_holds_no_samples_is_left_alone(tmp_path) -> None:
    out = tmp_path / "cases.jsonl"
    out.write_text("随手记\n", "utf-8")
    with pytest.raises(SourceError):
        add_samples(out, samples_of([decision()]))
    assert out.read_text("utf-8") == "随手记\n"


def test_the_same_decisions_give_the_same_ids() -> None:
    made = [decision(one) for one in REPORT.findings]
    assert samples_of(made) == samples_of(made)
    assert len({one.id for one in samples_of(made)}) == len(samples_of(made))


def test_decisions_stand_beside_the_document() -> None:
    assert decisions_path(Path("a/b.docx")) == Path("a/b.docx.decisions.jsonl")
