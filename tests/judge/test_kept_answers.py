"""Answers kept between runs; a store that cannot be used costs money and nothing else."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from draft_assist.judge import kept_answers
from draft_assist.judge.kept_answers import NAME, KeptAnswers, answer_key


def test_what_was_put_is_there_in_the_next_run(tmp_path: Path) -> None:
    first = KeptAnswers(tmp_path)
    first.put("k", "回答")
    first.close()
    assert KeptAnswers(tmp_path).get("k") == "回答"


def test_an_unknown_key_has_no_answer(tmp_path: Path) -> None:
    assert KeptAnswers(tmp_path).get("k") is None


def test_the_file_belongs_to_the_user_alone(tmp_path: Path) -> None:
    KeptAnswers(tmp_path / "新")
    assert stat.S_IMODE((tmp_path / "新" / NAME).stat().st_mode) == 0o600


def test_parts_of_a_key_do_not_run_together() -> None:
    assert answer_key(["ab", "c"]) != answer_key(["a", "bc"])


def test_half_a_surrogate_pair_has_a_key_too() -> None:
    assert answer_key(["\ud800"]) != answer_key(["?"])


def test_threads_may_use_one_store(tmp_path: Path) -> None:
    kept = KeptAnswers(tmp_path)

    def work(number: int) -> None:
        for count in range(50):
            kept.put(f"{number}-{count}", str(count))
            assert kept.get(f"{number}-{count}") == str(count)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert kept.clear() == 200


def test_the_least_recently_used_go_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_answers, "MOST_KEPT", 2)
    monkeypatch.setattr(kept_answers, "_PRUNE_EVERY", 4)
    kept = KeptAnswers(tmp_path)
    for name in "abc":
        kept.put(name, name)
    assert kept.get("a") == "a"  # used once more
    kept.put("d", "d")
    assert [kept.get(name) for name in "abcd"] == ["a", None, None, "d"]


def spoil(tmp_path: Path) -> KeptAnswers:
    (tmp_path / NAME).write_bytes(b"no database at all" * 100)
    return KeptAnswers(tmp_path)


def in_a_file(tmp_path: Path) -> KeptAnswers:
    (tmp_path / "file").write_text("")
    return KeptAnswers(tmp_path / "file" / "folder")


def closed(tmp_path: Path) -> KeptAnswers:
    kept = KeptAnswers(tmp_path)
    kept.close()
    return kept


@pytest.mark.parametrize("make", [spoil, in_a_file, closed])
def test_a_store_that_cannot_be_used_keeps_nothing_and_never_raises(tmp_path: Path, make) -> None:
    kept = make(tmp_path)
    kept.put("k", "回答")
    assert kept.get("k") is None
    assert kept.clear() == 0
    kept.close()
