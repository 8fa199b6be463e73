"""Clauses that contradict each other: only pairs that were quoted rightly and can be seen to differ are told."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

pytest.importorskip("langchain_openai", reason="needs the extra “model”")

from draft_assist.check.run import read_kit
from draft_assist.flow import review_text
from draft_assist.judge.client import Model
from draft_assist.judge.opinion import Judge, second_opinion
from draft_assist.judge.options import ModelOptions
from draft_assist.judge.scripted import ScriptedChat
from draft_assist.model import Kind, Rank, Severity

DAY = dt.date(2026, 11, 1)
KIT = read_kit()
WORDS = """青榆县公共浴室管理办法

第一条　为了规范公共浴室的卫生管理，制定本办法。
第二条　浴室经营者应当自换水之日起五日内向县卫生健康局报送水质检测结果。
第三条　浴室应当在门口公示水温和换水时间。
第四条　县卫生健康局负责浴室卫生的日常指导。
第五条　浴室内应当设置防滑垫和扶手。
第六条　浴室经营者报送水质检测结果的期限为换水后十日内。
第七条　浴室卫生的日常指导由县市场监督管理局负责。
第八条　浴室应当保持通风。
"""
EMPTY = json.dumps({"remarks": [], "problems": []})


class Letters:
    def count(self, text: str) -> int:
        return len(text)


def provision(clause: str, subject: str, quote: str, kind: str = "deadline") -> dict[str, str]:
    return {"clause": clause, "subject": subject, "quote": quote, "kind": kind}


FIVE = provision("C2", "水质检测结果报送期限", "自换水之日起五日内向县卫生健康局报送水质检测结果")
TEN = provision("C6", "水质检测结果报送期限", "报送水质检测结果的期限为换水后十日内")
NOTICE = provision("C3", "公示", "在门口公示水温和换水时间", "duty")
MAT = provision("C5", "防滑", "设置防滑垫和扶手", "duty")
HEALTH = provision("C4", "日常指导的机关", "县卫生健康局负责浴室卫生的日常指导", "body")
MARKET = provision("C7", "日常指导的机关", "浴室卫生的日常指导由县市场监督管理局负责", "body")
REASON = "第二条要求换水后五日内报送水质检测结果，第六条又规定十日内，经营者不知以哪个为准。"


def run(provisions, pairs, words: str = WORDS, **options):
    """The report after a model that says so."""

    def answer(messages) -> str:
        system = str(messages[0].content)
        if "只摘录" in system:
            return json.dumps({"provisions": provisions(messages) if callable(provisions) else provisions})
        if "不能同时成立" in system:
            found = [{"first": one, "second": two, "reason": reason} for one, two, reason in pairs]
            return json.dumps({"contradictions": found}, ensure_ascii=False)
        return EMPTY

    told = {"url": "http://127.0.0.1:1/v1", "name": "试用", "retries": 0, **options}
    model = Model(ModelOptions(**told), chat=ScriptedChat(answer), counting=Letters(), sleep=lambda seconds: None)
    report = review_text(words, as_of=DAY, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT, kit=KIT)
    return second_opinion(report, KIT, None, Judge(model))


def conflicts(report):
    return [one for one in report.findings if one.origin == "model"]


def dropped(report) -> list[str]:
    return [one.reason for one in report.opinion.dropped]


def test_two_deadlines_for_one_thing_are_told_at_the_second_with_the_first_beside_it() -> None:
    (found,) = conflicts(run([FIVE, TEN], [("P1", "P2", REASON)]))
    assert found.quote == TEN["quote"]
    assert "第二条" in found.message
    assert FIVE["quote"] in found.message
    assert found.severity is Severity.ADVICE


def test_two_organs_for_one_task_are_told() -> None:
    reason = "第四条由县卫生健康局负责浴室卫生的日常指导，第七条由县市场监督管理局负责。"
    (found,) = conflicts(run([HEALTH, MARKET], [("P1", "P2", reason)]))
    assert found.quote == MARKET["quote"]


@pytest.mark.parametrize(
    ("provisions", "pair", "reason", "why"),
    [
        ([FIVE, TEN], ("P1", "P9"), "unknown_clause", "an id that was not given"),
        ([NOTICE, MAT], ("P1", "P2"), "conflict_of_different_things", "two duties that have nothing in common"),
        ([FIVE, FIVE], ("P1", "P2"), "conflict_within_one_clause", "one clause with itself"),
        (
            [FIVE, provision("C6", "报送", "浴室经营者报送水质检测结果")],
            ("P1", "P2"),
            "conflict_not_seen",
            "nothing that differs",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else None,
)
def test_what_cannot_be_seen_to_differ_is_dropped(provisions, pair, reason, why) -> None:
    told = run(provisions, [(*pair, REASON)])
    assert conflicts(told) == []
    assert dropped(told) == [reason]


@pytest.mark.parametrize(
    "wrong",
    [{"quote": "自换水之日起六日内"}, {"clause": "C3"}, {"clause": "C99"}, {"quote": ""}],
    ids=["altered", "another clause", "unknown clause", "empty"],
)
def test_a_provision_that_is_not_quoted_rightly_takes_part_in_nothing(wrong) -> None:
    told = run([{**FIVE, **wrong}, TEN], [("P1", "P2", REASON)])
    assert conflicts(told) == []


@pytest.mark.parametrize(
    "reason",
    ["依照《青榆县浴室条例》第九条，两处期限不一致。", "您的文件很好，只是两处水质检测期限不一致。", "x"],
    ids=["an invented law", "flattery", "nothing"],
)
def test_a_reason_is_verified_like_any_other(reason) -> None:
    assert conflicts(run([FIVE, TEN], [("P1", "P2", reason)])) == []


def test_a_pair_is_told_once() -> None:
    assert len(conflicts(run([FIVE, TEN], [("P1", "P2", REASON), ("P2", "P1", REASON)]))) == 1


def test_a_long_document_is_read_in_windows_and_clauses_of_two_windows_are_compared() -> None:
    filling = "".join(f"第{n}条　浴室第{n}号水池应当保持清洁，池边放置第{n}号提示牌。\n" for n in range(9, 120))
    windows: list[str] = []

    def by_window(messages):
        words = str(messages[-1].content)
        windows.append(words)
        found = []
        for one in (FIVE, TEN):
            if one["quote"] in words:
                number = re.search(rf"(C\d+)　[^\n]*\n[^\n]*{one['quote'][:6]}", words)
                found.append({**one, "clause": number[1] if number else "C0"})
        return found

    words = WORDS.replace("第六条　浴室经营者报送水质检测结果的期限为换水后十日内。\n", "") + filling
    words += "第二百条　浴室经营者报送水质检测结果的期限为换水后十日内。\n"
    told = run(by_window, [("P1", "P2", REASON.replace("第六条", "第二百条"))], words, context=6000, max_output=300)
    assert len(windows) > 1
    assert all(len(one) < 6000 for one in windows)
    (found,) = conflicts(told)
    assert found.quote == TEN["quote"]


def test_a_short_document_is_not_asked_about_as_a_whole() -> None:
    short = "青榆县公共浴室管理办法\n\n第一条　浴室经营者应当五日内报送水质检测结果。\n第二条　浴室应当保持通风。\n"
    assert run([FIVE, TEN], [("P1", "P2", REASON)], short).opinion.dropped == ()


def test_what_could_not_be_compared_is_said() -> None:
    told = run([{"clause": "C2"}], [], WORDS)
    assert any("条款之间是否矛盾" in one.what for one in told.not_checked)
