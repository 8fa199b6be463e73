"""What became of the findings of an earlier version."""

from __future__ import annotations

import datetime as dt
import io
import time
from pathlib import Path

import docx
from follow_factory import CLAUSES, DAY, kit, notice, reviewed, written
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from draft_assist.flow import document_of, review
from draft_assist.follow.earlier import read_one
from draft_assist.follow.second_round import compare_documents, compare_report
from draft_assist.follow.suppress import Suppression, Suppressions, suppress
from draft_assist.load import load_bytes
from draft_assist.model import Followed, Kind, Rank, Report, SecondRound
from draft_assist.settings import Settings

NOTICE = Path(__file__).parents[2] / "evals" / "demo" / "notice.docx"
REPORT = reviewed()


def compared(after: Report, before: Report = REPORT) -> SecondRound:
    second = compare_documents(after, before).second_round
    assert second is not None
    return second


def against_json(after: Report, tmp_path: Path, before: Report = REPORT) -> SecondRound:
    earlier = read_one(written(before, tmp_path / "旧.json"), Settings(), Path("渡口办法.txt"))
    second = compare_report(after, earlier).second_round
    assert second is not None
    return second


def quotes(found: tuple[Followed, ...]) -> list[str]:
    return [one.quote for one in found]


def edited(*pairs: tuple[int, str]) -> Report:
    """The notice with other words in some articles (from 1); "" takes one out."""
    clauses = list(CLAUSES)
    for number, words in pairs:
        clauses[number - 1] = words
    return reviewed(notice(tuple(one for one in clauses if one)), name="渡口办法（修改稿）.txt")


def test_the_same_version_changes_nothing(tmp_path) -> None:
    for second in (compared(REPORT), against_json(REPORT, tmp_path)):
        assert (second.resolved, second.new) == ((), ())
        assert quotes(second.remaining) == [one.quote for one in REPORT.findings]
        assert not any(one.note or one.before for one in second.remaining)
    assert compared(REPORT).changes == () and against_json(REPORT, tmp_path).changes is None
    assert compared(REPORT).earlier == "渡口办法.txt" and against_json(REPORT, tmp_path).earlier == "旧.json"


def test_resolved_remaining_and_new_are_told_apart(tmp_path) -> None:
    after = edited((2, "摆渡人在汛期夜间开船的，由县水运所劝导其停航。"), (4, "乘客吸烟的，由县水运所处五十元罚款。"))
    for second in (compared(after), against_json(after, tmp_path)):
        assert quotes(second.resolved) == ["处三百元罚款"]
        assert quotes(second.new) == ["处五十元罚款"]
        assert len(second.remaining) == len(REPORT.findings) - 1
    assert [one.place for one in compared(after).changes or ()] == [
        "第二条",
        "第四条",
        "第四条",
    ]  # the last two: taken out, put in


def test_other_words_for_the_same_fault_remain_and_say_so(tmp_path) -> None:
    after = edited((2, "摆渡人在汛期夜间开船的，由县水运所处二百元罚款。"))
    for second in (compared(after), against_json(after, tmp_path)):
        assert (second.resolved, second.new) == ((), ())
        (one,) = [one for one in second.remaining if one.note]
        assert (one.quote, one.before, one.note) == ("处二百元罚款", "处三百元罚款", "措辞有改动")


def test_words_that_changed_beside_the_finding_are_said_too(tmp_path) -> None:
    after = edited((2, "摆渡人在汛期、雾天夜间开船的，由县水运所处三百元罚款。"))
    (one,) = [one for one in compared(after).remaining if one.note]
    assert (one.note, one.before) == ("措辞有改动", "")


def test_a_renumbered_finding_remains_and_says_where_it_stood(tmp_path) -> None:
    after = reviewed(notice((CLAUSES[0], "渡口名录由县水运所公布。", *CLAUSES[1:])))
    for second in (compared(after), against_json(after, tmp_path)):
        assert (second.resolved, second.new) == ((), ())
        assert second.remaining[0].note == "原在第二条" and second.remaining[0].place == "第三条"


def test_a_clause_renumbered_and_reworded_is_followed_to_its_new_number() -> None:
    after = reviewed(
        notice(
            (CLAUSES[0], "渡口名录由县水运所公布。", "摆渡人在汛期夜间开船的，由县水运所处二百元罚款。", *CLAUSES[2:])
        )
    )
    second = compared(after)
    assert (second.resolved, second.new) == ((), ())
    assert second.remaining[0].note == "措辞有改动，原在第二条"


def test_a_like_fault_elsewhere_is_new_when_the_old_one_is_gone() -> None:
    """The code alone is no reason to take one fine for another."""
    after = edited((2, ""), (4, "乘客翻越护栏、拆卸船上设施的，由县水运所处一万元以上五万元以下的罚款。"))
    second = compared(after)
    assert quotes(second.resolved) == ["处三百元罚款"] and len(second.new) == 1


def test_what_is_set_aside_now_is_not_resolved() -> None:
    first = REPORT.findings[0]
    entry = Suppression(code=first.code, fingerprint=first.fingerprint, reason="省里已有规定")
    after = suppress(REPORT, Suppressions(Path("x.yaml"), ((1, entry),)), today=DAY)
    second = compared(after)
    assert second.resolved == () and second.remaining[0].note == "已豁免"


def test_what_was_set_aside_or_known_then_is_not_new(tmp_path) -> None:
    first = REPORT.findings[0]
    entry = Suppression(code=first.code, fingerprint=first.fingerprint, reason="省里已有规定")
    before = suppress(REPORT, Suppressions(Path("x.yaml"), ((1, entry),)), today=DAY)
    assert against_json(REPORT, tmp_path, before).new == ()


def test_other_rules_and_another_day_are_said(tmp_path) -> None:
    before = replace(REPORT, ruleset="0" * 12, as_of=dt.date(2020, 1, 1))
    assert len(against_json(REPORT, tmp_path, before).notes) == 2
    assert against_json(REPORT, tmp_path).notes == ()


@settings(max_examples=40, deadline=None)
@given(
    before=st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=7),
    after=st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=7),
)
def test_every_finding_is_told_exactly_once(before, after) -> None:
    old, new = reviewed(notice(tuple(before))), reviewed(notice(tuple(after)))
    second = compared(new, old)
    assert len(second.resolved) + len(second.remaining) == len(old.findings)
    told = sorted(one.fingerprint for one in (*second.remaining, *second.new))
    assert told == sorted(one.fingerprint for one in new.findings)


def test_thousands_of_like_findings_are_no_reason_to_wait() -> None:
    old = reviewed("\n".join(f"{n}.占道经营的，由甲乡{n}站处{n}元罚款。" for n in range(100, 1600)))
    new = reviewed("\n".join(f"{n}.乱倒灰渣者，由丙村{n}站处{n + 5000}元罚款。" for n in range(100, 1600)))
    started = time.perf_counter()
    second = compared(new, old)
    assert len(second.resolved) + len(second.remaining) == len(old.findings) == 1500
    assert time.perf_counter() - started < 30


# --- an edited .docx ----------------------------------------------------------------------------------------------


def docx_report(content: bytes, name: str) -> Report:
    document = document_of(load_bytes(content, name, Settings()))
    return review(document, as_of=DAY, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT, kit=kit(), settings=Settings())


def test_a_word_file_edited_as_people_edit() -> None:
    before = docx_report(NOTICE.read_bytes(), "notice.docx")
    file = docx.Document(str(NOTICE))
    for paragraph in list(file.paragraphs):
        text = paragraph.text
        if "暂扣其经营工具" in text:
            for run in paragraph.runs:
                run.text = ""
            paragraph.runs[0].text = "擅自在开放区域外设摊，经劝离仍不撤离的，由县城市管理局继续劝导。"
        if "环境卫生保证金" in text:
            paragraph.insert_paragraph_before("摊位编号由县城市管理局公布。")
            for run in paragraph.runs:
                run.text = run.text.replace("一千元", "八百元")
    buffer = io.BytesIO()
    file.save(buffer)
    after = docx_report(buffer.getvalue(), "notice-2.docx")
    second = compared(after, before)
    gone = {one.quote for one in before.findings} - {one.quote for one in after.findings}
    assert set(quotes(second.resolved)) == gone == {"由县城市管理局暂扣其经营工具和物品", "予以变卖"}
    assert second.new == ()
    assert len(second.remaining) == len(before.findings) - 2
    (deposit,) = [one for one in second.remaining if "保证金" in one.quote]
    assert "措辞有改动" in deposit.note
    told = {one.kind: one for one in second.changes or ()}
    assert "摊位编号由县城市管理局公布。" in told["added"].after
    changed = [one for one in second.changes or () if one.kind == "changed"]
    assert any("八百元" in one.after and "一千元" in one.before for one in changed)
    assert any("继续劝导" in one.after and "暂扣" in one.before for one in changed)
    assert not any("明码标价" in one.before + one.after for one in second.changes or ())
