"""Literals read off a pattern: found where they must stand, never where they need not."""

from __future__ import annotations

import math

import pytest

from draft_assist.check.acts.required import Meaning, Needed, required, thinned

CLASSES = {"local": ("本地", "本县"), "many": tuple(f"甲{n}" for n in range(60))}


def groups(pattern: str) -> list[set[str]]:
    return [set(needed.group) for needed in required(pattern, meaning)]


def meaning(name: str) -> Meaning:
    return Meaning(words=CLASSES[name]) if name in CLASSES else Meaning(longest=14)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("停发补贴", [{"停发补贴"}]),
        ("停发[^，]{0,9}补贴", [{"停发"}, {"补贴"}]),
        ("未在{local}注册", [{"未在本地注册", "未在本县注册"}]),
        ("{many}企业", [{"企业"}, set(CLASSES["many"])]),  # too many to multiply: a group of its own
        ("(?:注册|登记)", [{"注册", "登记"}]),
        ("(?:注册|登记)?之后", [{"之后", "注册之后", "登记之后"}]),
        ("(?:注册|登记)*之后", [{"之后"}]),
        ("登记处?", [{"登记", "登记处"}]),
        ("登记+后", [{"登"}, {"记"}, {"后"}]),  # the last character may stand again before what follows
        ("(?=前提)登记(?!处)", [{"登记"}]),
        ("(?P<at>停发{gap}补贴)", [{"停发"}, {"补贴"}]),
        ("甲乙|丙丁", [{"甲乙", "丙丁"}]),
        ("甲乙|[^，]", []),  # one way round it
        ("(?:甲乙|.)丙", [{"丙"}]),
        ("(?:甲[^，]{0,3}乙|丙)丁", [{"甲", "丙"}, {"丁"}]),  # of each way its rarest
        (r"\d+元", [{"元"}]),
        ("[)(|]登记", [{"登记"}]),
        ("[^]，]登记", [{"登记"}]),
        (r"\(登记\)", [{"登记"}]),
        ("登记{2}甲", [{"登"}, {"记"}, {"甲"}]),
        ("(?P<a>甲|乙).{2}在(?P=a)缴税", [{"甲", "乙"}, {"在"}, {"缴税"}]),
        ("", []),
    ],
)
def test_what_must_stand_is_read_off(pattern, expected):
    assert sorted(map(sorted, groups(pattern))) == sorted(map(sorted, expected))


@pytest.mark.parametrize(
    ("pattern", "within"),
    [
        ("停发[^，]{0,9}补贴", [math.inf, 11]),
        ("停发{gap}补贴", [math.inf, 16]),
        ("停发.*补贴", [math.inf, math.inf]),
        ("停发(?:全部|一切)?.补贴", [math.inf, 5]),  # two for 停发, two for the group, one between
        (".{3}停发.补贴", [math.inf, 3]),
        ("停发(?!了).补贴", [math.inf, 3]),
        ("停发(?:甲.{2}乙|丙).补贴", [math.inf, 6, 5]),
    ],
)
def test_the_room_between_two_literals_is_never_too_small(pattern, within):
    assert [needed.within for needed in required(pattern, meaning)] == within


def test_left_out_literals_leave_their_room():
    pattern = [Needed(frozenset(["停发"]), math.inf), Needed(frozenset(["的"]), 4), Needed(frozenset(["补贴"]), 5)]
    assert thinned(pattern, 2) == (pattern[0], Needed(frozenset(["补贴"]), 9))
    assert thinned(pattern, 1)[0].within == math.inf
