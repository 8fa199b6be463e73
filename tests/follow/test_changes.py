"""Which clauses of two versions belong together, and whose words differ."""

from __future__ import annotations

import time

import pytest
from follow_factory import CLAUSES, article, document, notice
from hypothesis import given, settings
from hypothesis import strategies as st

from draft_assist.follow.changes import align
from draft_assist.model import ClauseChange


def changes(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[ClauseChange, ...]:
    return align(document(notice(before)), document(notice(after))).changes


def shown(found: tuple[ClauseChange, ...]) -> list[tuple[str, str]]:
    return [(one.kind, one.place) for one in found]


def test_the_same_document_has_no_changes_and_every_clause_its_partner() -> None:
    one = document(notice())
    alignment = align(one, one)
    assert alignment.changes == () and alignment.paths
    assert all(old == new for old, new in alignment.paths.items())


def test_white_space_and_line_ends_are_no_change() -> None:
    assert (
        align(document(notice()), document(notice().replace("　　", " ").replace("渡口设置", "渡口 设置"))).changes
        == ()
    )


def test_a_changed_clause_gives_both_wordings() -> None:
    (one,) = changes(CLAUSES, (*CLAUSES[:3], "乘客应当爱护船上的救生衣和护栏。", *CLAUSES[4:]))
    assert (one.kind, one.place) == ("changed", "第四条")
    assert (one.before, one.after) == ("乘客应当爱护船上的救生衣。", "乘客应当爱护船上的救生衣和护栏。")


def test_an_added_clause_renumbers_and_changes_no_other() -> None:
    after = (*CLAUSES[:2], "渡口名录由县水运所公布。", *CLAUSES[2:])
    assert shown(changes(CLAUSES, after)) == [("added", "第三条")]
    paths = align(document(notice()), document(notice(after))).paths
    assert paths["art-3.par-1"] == "art-4.par-1" and paths["art-2.par-1"] == "art-2.par-1"


def test_a_removed_clause_is_named_as_it_was() -> None:
    (one,) = changes(CLAUSES, (*CLAUSES[:3], *CLAUSES[4:]))
    assert (one.kind, one.place, one.before, one.after) == ("removed", "第四条", CLAUSES[3], "")


def test_a_clause_moved_unchanged_is_not_listed_and_keeps_its_partner() -> None:
    after = (CLAUSES[0], *CLAUSES[2:6], CLAUSES[1], CLAUSES[6])
    alignment = align(document(notice()), document(notice(after)))
    assert alignment.changes == ()
    assert alignment.paths["art-2.par-1"] == "art-6.par-1"


def test_changed_and_added_neighbours_are_told_apart() -> None:
    after = (CLAUSES[0], "摆渡人在汛期夜间开船的，由县水运所处五百元以上罚款。", "夜间指日落以后。", *CLAUSES[2:])
    assert shown(changes(CLAUSES, after)) == [("changed", "第二条"), ("added", "第三条")]


def test_a_document_rewritten_from_end_to_end_is_no_reason_to_wait() -> None:
    before = "\n".join(f"{n}.甲乡第{n}号渡口由甲所看管，每日巡查，记录在册。" for n in range(1, 1500))
    after = "\n".join(f"{n}.丙村另设码头{n}处，丁站负责维修保养并公示。" for n in range(1, 1500))
    started = time.perf_counter()
    assert len(align(document(before), document(after)).changes) >= 1499
    assert time.perf_counter() - started < 20


def test_one_long_clause_against_another_is_no_reason_to_wait() -> None:
    started = time.perf_counter()
    (one,) = changes(("罚款" * 30_000,), ("款罚" * 30_000 + "元",))
    assert one.kind == "changed"
    assert time.perf_counter() - started < 20


@settings(max_examples=60, deadline=None)
@given(before=st.lists(st.sampled_from(CLAUSES), max_size=8), after=st.lists(st.sampled_from(CLAUSES), max_size=8))
def test_nothing_is_listed_twice_and_nothing_is_lost(before, after) -> None:
    alignment = align(document(notice(tuple(before))), document(notice(tuple(after))))
    assert len(set(alignment.paths.values())) == len(alignment.paths)
    places = [one.place for one in alignment.changes if one.kind != "removed"]
    assert len(places) == len(set(places))
    reached = set(alignment.paths.values())
    for n in range(1, len(after) + 1):
        assert f"art-{n}.par-1" in reached or ("added", article(n)) in shown(alignment.changes)
    for n in range(1, len(before) + 1):
        assert f"art-{n}.par-1" in alignment.paths or ("removed", article(n)) in shown(alignment.changes)


@pytest.mark.parametrize("empty", ["before", "after"])
def test_against_a_document_without_clauses_all_is_added_or_removed(empty) -> None:
    bare, full = document("青榆县渡口管理办法\n"), document(notice())
    found = align(bare, full) if empty == "before" else align(full, bare)
    assert {one.kind for one in found.changes} == {"added" if empty == "before" else "removed"}
