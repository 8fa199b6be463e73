"""`draft-assist explain`: what was read in a clause."""

from __future__ import annotations


def test_without_a_clause_every_path_is_listed(run, faulty) -> None:
    ran = run("explain", faulty)
    assert ran.code == 0
    rows = [line.split("\t") for line in ran.out.splitlines()]
    assert all(len(row) == 3 for row in rows)
    assert any(path.startswith("h1-1") and "1个行为" in count for path, count, _ in rows)


def test_a_clause_is_shown_with_its_words_and_the_reading(run, faulty) -> None:
    ran = run("explain", faulty, "--clause", "h1-1")
    assert ran.code == 0
    assert "设定" in ran.out and "行政处罚" in ran.out and "处二百元以上一千元以下罚款" in ran.out


def test_a_clause_without_an_act_says_so(run, quiet) -> None:
    ran = run("explain", quiet, "--clause", "h1-2")
    assert ran.code == 0 and "没有读出" in ran.out


def test_a_path_that_is_none_is_one_line(run, faulty) -> None:
    ran = run("explain", faulty, "--clause", "art-99")
    assert ran.code == 2 and ran.out == "" and len(ran.err.splitlines()) == len(ran.errors) == 1


def test_a_missing_file_is_one_line(run, tmp_path) -> None:
    ran = run("explain", tmp_path / "none.txt")
    assert ran.code == 2 and len(ran.err.splitlines()) == len(ran.errors) == 1
