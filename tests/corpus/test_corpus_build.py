"""Files come into the corpus and leave it: again and again, changed, moved, bad, interrupted, one by one or at once."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from draft_assist.corpus import build, importers
from draft_assist.corpus.build import Imported, build_cards, find_files, import_files, index_folder, index_state, remove
from draft_assist.corpus.seal import seal
from draft_assist.corpus.store import Store
from draft_assist.corpus.works import Intake, Trust
from draft_assist.errors import SourceError
from draft_assist.settings import Settings

DAY = dt.date(2026, 11, 1)
_SUBJECTS = ("古井", "渡口", "犬只", "集市", "山塘", "祠堂", "茶园", "码头", "骑楼")


def notice(subject: str, duty: str = "每月巡查一次") -> str:
    return (
        f"青榆县{subject}管理办法\n\n青政发〔2026〕{_SUBJECTS.index(subject) + 1}号\n\n"
        f"第一条　为了加强{subject}管理，制定本办法。\n\n第二条　县{subject}管理单位应当{duty}。\n\n"
        "第三条　本办法自2026年2月1日起施行。\n\n青榆县人民政府\n2026年1月5日\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Nine documents in a folder and in one below it."""
    place = tmp_path / "文件"
    (place / "旧").mkdir(parents=True)
    for number, subject in enumerate(_SUBJECTS):
        where = place / "旧" if number % 3 == 0 else place
        (where / f"{subject}.txt").write_text(notice(subject), encoding="utf-8")
    return place


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "语料"


def take(home: Path, *places: Path, workers: int = 1, trust: Trust | None = None) -> Imported:
    return import_files(home, find_files(places), on=DAY, settings=Settings(), workers=workers, trust=trust)


def held(home: Path) -> dict[str, list[str]]:
    """The articles' texts of each title."""
    with Store(home) as store:
        assert store.faults() == []
        return {row.title: [one.article.text for one in store.of_version(row.id)] for row in store.versions()}


def stamp(home: Path) -> str:
    with Store(home) as store:
        return store.stamp()


# --- which files ------------------------------------------------------------------------------------------------------


def test_of_a_folder_the_files_of_a_kind_that_is_read_are_taken_each_once(folder: Path) -> None:
    for name in ("_index.md", "README.md", "图.png", "~$古井.docx", ".藏.txt"):
        (folder / name).write_text("不是文件", encoding="utf-8")
    found = find_files([folder, folder / "旧"])
    assert sorted(path.stem for path in found) == sorted(_SUBJECTS)
    assert found == find_files([folder])


def test_a_file_that_is_named_is_taken_whatever_its_kind(folder: Path) -> None:
    (folder / "图.png").write_bytes(b"\x89PNG")
    assert find_files([folder / "图.png"]) == [folder / "图.png"]


def test_a_place_that_is_not_there_is_an_error_and_not_an_empty_import(folder: Path) -> None:
    with pytest.raises(SourceError, match="没有这个文件或文件夹"):
        find_files([folder / "新"])


# --- again, changed, moved --------------------------------------------------------------------------------------------


def test_an_import_repeated_reads_nothing_and_changes_nothing(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert take(home, folder) == Imported(new=9, known=0, changed=0, skipped=0, problems=())
    before = stamp(home), held(home)
    monkeypatch.setattr(importers, "read_intake", lambda *_, **__: pytest.fail("a known file was read again"))
    assert take(home, folder) == Imported(new=0, known=0, changed=0, skipped=9, problems=())
    assert (stamp(home), held(home)) == before


def test_only_the_file_that_changed_is_read_again_and_its_old_words_are_gone(folder: Path, home: Path) -> None:
    take(home, folder)
    (folder / "渡口.txt").write_text(notice("渡口", "每日巡查两次"), encoding="utf-8")
    assert take(home, folder) == Imported(new=0, known=0, changed=1, skipped=8, problems=())
    words = held(home)["青榆县渡口管理办法"]
    assert any("每日巡查两次" in text for text in words) and not any("每月巡查一次" in text for text in words)


def test_a_file_touched_but_not_changed_is_skipped(folder: Path, home: Path) -> None:
    take(home, folder)
    os.utime(folder / "渡口.txt", (1, 1))
    assert take(home, folder).skipped == 9


def test_a_newer_reader_reads_the_same_files_again(folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(home, folder)
    monkeypatch.setattr(importers, "IMPORTER_VERSION", importers.IMPORTER_VERSION + 1)
    assert take(home, folder) == Imported(new=0, known=9, changed=0, skipped=0, problems=())


def test_a_file_whose_trust_is_told_later_is_lowered(folder: Path, home: Path) -> None:
    take(home, folder)
    take(home, folder / "渡口.txt", trust=Trust.OWN)
    with Store(home) as store:
        trust = {row.title: row.trust for row in store.versions()}
    assert trust.pop("青榆县渡口管理办法") is Trust.OWN
    assert set(trust.values()) == {Trust.AUTHORITY}


def test_a_moved_file_is_the_same_version_from_another_place(folder: Path, home: Path) -> None:
    take(home, folder)
    before = held(home)
    (folder / "渡口.txt").rename(folder / "旧" / "渡口办法.txt")
    assert take(home, folder) == Imported(new=0, known=1, changed=0, skipped=8, problems=())
    assert held(home) == before
    assert remove(home, [str(folder / "渡口.txt")]) == [str(folder / "渡口.txt")]
    assert held(home) == before  # the new place still holds it


# --- bad files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_bad_files_are_listed_with_the_reason_and_the_rest_is_imported(folder: Path, home: Path, workers: int) -> None:
    bad = {"空.txt": b"", "坏.docx": b"PK\x03\x04" + bytes(99), "图.pdf": b"\x89PNG\r\n\x1a\n" + bytes(99)}
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    done = take(home, folder, workers=workers)
    assert (done.new, done.skipped) == (9, 0)
    assert {Path(path).name for path, _ in done.problems} == set(bad)
    with Store(home) as store:
        noted = {Path(row.path).name: row.problem for row in store.files("problem")}
    assert noted == {Path(path).name: reason for path, reason in done.problems}
    assert len(held(home)) == 9


def test_a_bad_file_is_tried_again_and_taken_in_once_it_is_mended(folder: Path, home: Path) -> None:
    (folder / "渡口.txt").write_bytes(b"")
    assert [Path(path).name for path, _ in take(home, folder).problems] == ["渡口.txt"]
    assert [Path(path).name for path, _ in take(home, folder).problems] == ["渡口.txt"]
    (folder / "渡口.txt").write_text(notice("渡口"), encoding="utf-8")
    assert take(home, folder) == Imported(new=1, known=0, changed=0, skipped=8, problems=())
    with Store(home) as store:
        assert store.files("problem") == []


def test_a_file_that_vanishes_before_it_is_read_is_listed(folder: Path, home: Path) -> None:
    files = find_files([folder])
    (folder / "渡口.txt").unlink()
    done = import_files(home, files, on=DAY, settings=Settings(), workers=1)
    assert done.new == 8
    assert [Path(path).name for path, _ in done.problems] == ["渡口.txt"]


def _die_at_the_ferry(path: Path, settings: Settings, *, trust: Trust | None = None) -> Intake:
    if path.stem == "渡口":
        os._exit(1)
    return _READ(path, settings, trust=trust)


_READ = importers.read_intake


@pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="a process started anew has no patched reader")
def test_a_file_that_ends_its_process_is_listed_and_the_rest_is_imported(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importers, "read_intake", _die_at_the_ferry)
    done = take(home, folder, workers=2)
    assert done.new == 8
    ((path, reason),) = done.problems
    assert Path(path).name == "渡口.txt" and "单独导入" in reason


# --- interrupted ------------------------------------------------------------------------------------------------------

_KILL_BETWEEN = "progress=lambda done, total: done == 6 and os.kill(os.getpid(), signal.SIGKILL)"
_KILL_INSIDE = "progress=lambda done, total: None"
_HALFWAY = """
version, seen = Store._version, []
def halfway(self, intake, key):
    seen.append(key)
    if len(seen) == 6:
        os.kill(os.getpid(), signal.SIGKILL)
    return version(self, intake, key)
Store._version = halfway
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize(
    ("patch", "progress", "stored"),
    [
        ("", _KILL_BETWEEN, 4),  # two batches of two; the sixth file was read and not yet stored
        (_HALFWAY, _KILL_INSIDE, 4),  # in the third batch, its first file already written
    ],
    ids=["between batches", "inside a batch"],
)
def test_after_a_kill_the_next_run_goes_on_where_that_one_was(
    folder: Path, home: Path, patch: str, progress: str, stored: int
) -> None:
    script = f"""
import datetime, os, signal
from pathlib import Path
from draft_assist.corpus import build
from draft_assist.corpus.store import Store
from draft_assist.settings import Settings
{patch}
build._BATCH = 2
build.import_files(Path({str(home)!r}), build.find_files([Path({str(folder)!r})]), on=datetime.date(2026, 11, 1),
                   settings=Settings(), workers=1, {progress})
"""
    killed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert killed.returncode == -9, killed.stderr
    assert len(held(home)) == stored
    assert take(home, folder) == Imported(new=9 - stored, known=0, changed=0, skipped=stored, problems=())
    assert len(held(home)) == 9


# --- one by one or at once --------------------------------------------------------------------------------------------


def test_two_processes_bring_the_same_as_one(folder: Path, tmp_path: Path) -> None:
    (folder / "空.txt").write_bytes(b"")
    alone, at_once = take(tmp_path / "甲", folder), take(tmp_path / "乙", folder, workers=2)
    assert alone == at_once
    assert held(tmp_path / "甲") == held(tmp_path / "乙")


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_counts_every_file_up_to_the_last(folder: Path, home: Path, workers: int) -> None:
    told: list[tuple[int, int]] = []
    import_files(
        home, find_files([folder]), on=DAY, settings=Settings(), workers=workers,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert told == [(number, 9) for number in range(1, 10)]


# --- taking out -------------------------------------------------------------------------------------------------------


def test_a_file_a_folder_and_a_title_are_taken_out(folder: Path, home: Path) -> None:
    take(home, folder)
    assert remove(home, [str(folder / "渡口.txt")]) == [str(folder / "渡口.txt")]
    assert remove(home, ["《青榆县犬只管理办法》"]) == [str(folder / "犬只.txt")]
    assert {Path(path).stem for path in remove(home, [str(folder / "旧")])} == {"古井", "集市", "茶园"}
    assert set(held(home)) == {f"青榆县{subject}管理办法" for subject in ("山塘", "祠堂", "码头", "骑楼")}
    assert (folder / "渡口.txt").exists()


def test_a_folder_with_a_like_name_keeps_its_files(folder: Path, home: Path) -> None:
    other = folder / "旧二"
    other.mkdir()
    (other / "渡口.txt").write_text(notice("渡口", "每日巡查两次"), encoding="utf-8")
    take(home, other)
    assert remove(home, [str(folder / "旧")]) == []


def test_what_was_taken_out_comes_back_with_the_next_import(folder: Path, home: Path) -> None:
    take(home, folder)
    before = held(home)
    remove(home, [str(folder)])
    assert held(home) == {}
    assert take(home, folder).new == 9
    assert held(home) == before


def test_cards_cannot_be_taken_out(home: Path) -> None:
    build_cards(home, on=DAY)
    with Store(home) as store:
        title = store.versions()[0].title
    assert remove(home, ["knowledge/requirements", title]) == []


def test_a_name_that_is_not_held_takes_nothing_out(folder: Path, home: Path) -> None:
    take(home, folder)
    before = stamp(home)
    assert remove(home, ["青榆县没有的办法", str(folder / "没有.txt")]) == []
    assert stamp(home) == before


# --- the index --------------------------------------------------------------------------------------------------------


def _count_lines(passages: Iterable[object], folder: Path, **_: object) -> None:
    """In place of the index: how many passages there were."""
    (folder / "count").write_text(str(sum(1 for _ in passages)), encoding="utf-8")
    seal(folder)


def _indexed(home: Path) -> int:
    state = index_state(home)
    assert state is not None
    return int((index_folder(home, state) / "count").read_text(encoding="utf-8"))


def test_the_index_is_made_anew_only_when_the_corpus_changed(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("draft_assist.corpus.index.build_index", _count_lines)
    take(home, folder / "旧")
    assert build.refresh_index(home) and not build.refresh_index(home)
    before = _indexed(home)
    take(home, folder)
    assert build.refresh_index(home)
    assert _indexed(home) == 3 * before
    take(home, folder)
    assert not build.refresh_index(home)


def test_a_damaged_index_is_made_anew_though_the_corpus_is_the_same(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("draft_assist.corpus.index.build_index", _count_lines)
    take(home, folder)
    build.refresh_index(home)
    state, count = index_state(home), _indexed(home)
    assert state is not None
    kept = index_folder(home, state) / "count"
    kept.write_text("9" * len(kept.read_text(encoding="utf-8")), encoding="utf-8")
    assert build.refresh_index(home) and not build.refresh_index(home)
    assert _indexed(home) == count


def test_an_index_that_fails_halfway_leaves_the_one_before_in_use(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("draft_assist.corpus.index.build_index", _count_lines)
    take(home, folder / "旧")
    build.refresh_index(home)
    before = index_state(home), _indexed(home)
    take(home, folder)
    monkeypatch.setattr("draft_assist.corpus.index.build_index", fail)
    with pytest.raises(KeyboardInterrupt):
        build.refresh_index(home)
    assert (index_state(home), _indexed(home)) == before
    monkeypatch.setattr("draft_assist.corpus.index.build_index", _count_lines)
    assert build.refresh_index(home)
    assert _indexed(home) == 3 * before[1]


# --- what a folder holds that cannot be taken in ----------------------------------------------------------------------


def test_a_name_that_is_no_utf8_is_a_problem_and_stops_nothing(home, folder) -> None:
    (folder / os.fsdecode(b"\xb0\xec.txt")).write_text(notice("古井"), encoding="utf-8")
    done = take(home, folder)
    ((name, problem),) = done.problems
    assert done.new == 9 and "文件名不是 UTF-8" in problem
    assert name.endswith("\\xb0\\xec.txt") and name.encode()


def test_a_link_to_nothing_is_a_problem(home, folder) -> None:
    (folder / "失效.txt").symlink_to(folder / "没有.txt")
    done = take(home, folder)
    assert done.new == 9
    assert [(Path(name).name, "没有这个文件" in problem) for name, problem in done.problems] == [("失效.txt", True)]


def test_a_folder_that_cannot_be_entered_is_a_problem(home, folder, monkeypatch) -> None:
    shut = folder / "无权"
    shut.mkdir()
    usual = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != shut and usual(path, mode))
    done = take(home, folder)
    assert done.new == 9 and [name for name, _ in done.problems] == [str(shut)]
    assert "没有权限进入这个文件夹" in done.problems[0][1]
    assert take(home, shut).problems == done.problems
