"""What is stored comes back whole; an import can be repeated; a kill, a lock or a damaged file loses nothing."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from draft_assist.corpus.database import connect
from draft_assist.corpus.embedding import open_searcher
from draft_assist.corpus.fresh import begin_anew
from draft_assist.corpus.home import DATABASE, find_home
from draft_assist.corpus.library import open_statutes
from draft_assist.corpus.store import FileFacts, Saved, Store
from draft_assist.corpus.works import Article, Genre, Intake, Trust
from draft_assist.errors import CorpusError
from draft_assist.model import Rank

DAY = dt.date(2026, 11, 1)


def article(number: int, text: str) -> Article:
    return Article(label=f"第{number}条", number=(number, 0), trail=("第一章　总则",), before="\n", text=text)


def intake(title: str = "青榆县市容管理办法", **changes: object) -> Intake:
    given: dict[str, object] = {
        "title": title,
        "genre": Genre.DOCUMENT,
        "level": Rank.COUNTY,
        "number": "青榆政规〔2025〕3号",
        "version_date": dt.date(2025, 3, 1),
        "articles": (article(1, "商户应当保持门前整洁。"), article(2, "摊点不得占用盲道。")),
        "after": "\n青榆县人民政府\n",
    }
    return Intake(**(given | changes))


def file(path: str = "/文件/甲.txt", content: str = "甲") -> FileFacts:
    return FileFacts(path, content, len(content), "file/1/as-found")


def save(home: Path, *pairs: tuple[FileFacts, Intake]) -> list[Saved]:
    with Store(home, writable=True) as store:
        return store.save([(facts, [(one, "")]) for facts, one in pairs], DAY)


# --- what is stored comes back --------------------------------------------------------------------------------------


def test_a_version_comes_back_with_its_articles_and_facts(tmp_path) -> None:
    save(tmp_path, (file(), intake()))
    with Store(tmp_path) as store:
        (row,) = store.versions()
        held = store.of_version(row.id)
    assert (row.title, row.level, row.number) == ("青榆县市容管理办法", Rank.COUNTY, "青榆政规〔2025〕3号")
    assert row.version_date == dt.date(2025, 3, 1)
    assert [one.article for one in held] == list(intake().articles)
    assert row.article_count == 2


def test_the_articles_of_a_version_join_back_to_its_text(tmp_path) -> None:
    save(tmp_path, (file(), intake()))
    with Store(tmp_path) as store:
        held = store.of_version(store.versions()[0].id)
        assert "".join(one.article.before + one.article.text for one in held) + "\n青榆县人民政府\n" == intake().whole()
        assert store.faults() == []


def test_a_text_changed_behind_our_back_is_a_fault(tmp_path) -> None:
    save(tmp_path, (file(), intake()))
    link = sqlite3.connect(tmp_path / DATABASE)
    link.execute("UPDATE article SET text = '摊点可以占用盲道。' WHERE number = 2")
    link.commit()
    link.close()
    with Store(tmp_path) as store:
        assert any("青榆县市容管理办法" in fault for fault in store.faults())


def test_an_article_is_found_by_its_number_and_by_no_other(tmp_path) -> None:
    inserted = Article(label="第二条之一", number=(2, 1), trail=(), before="", text="夜市另行规定。")
    save(tmp_path, (file(), intake(articles=(*intake().articles, inserted))))
    with Store(tmp_path) as store:
        version = store.versions()[0].id
        assert store.text_of(version, (2, 0)) == "摊点不得占用盲道。"
        assert store.text_of(version, (2, 1)) == "夜市另行规定。"
        assert store.text_of(version, (3, 0)) is None
        assert store.numbers(version) == [(1, 0), (2, 0), (2, 1)]


# --- importing again ------------------------------------------------------------------------------------------------


def test_the_same_file_twice_is_one_version(tmp_path) -> None:
    assert save(tmp_path, (file(), intake())) == [Saved.NEW]
    assert save(tmp_path, (file(), intake())) == [Saved.KNOWN]
    with Store(tmp_path) as store:
        assert (len(store.versions()), len(store.files())) == (1, 1)


def test_two_files_of_the_same_words_are_two_sources_of_one_version(tmp_path) -> None:
    save(tmp_path, (file(), intake()), (file("/文件/乙.txt"), intake()))
    with Store(tmp_path) as store:
        (row,) = store.versions()
        assert {source.path for source in store.sources(row.id)} == {"/文件/乙.txt", "/文件/甲.txt"}


def test_two_wordings_of_a_work_are_two_versions_of_it(tmp_path) -> None:
    newer = intake(version_date=dt.date(2026, 1, 1), articles=(article(1, "商户应当每日清扫门前。"),))
    save(tmp_path, (file(), intake()), (file("/文件/乙.txt", "乙"), newer))
    with Store(tmp_path) as store:
        assert [row.version_date for row in store.versions()] == [dt.date(2025, 3, 1), dt.date(2026, 1, 1)]
        assert store.counts().works == {Genre.DOCUMENT: 1}


def test_a_file_that_changed_takes_its_old_words_with_it(tmp_path) -> None:
    save(tmp_path, (file(), intake()))
    changed = intake(articles=(article(1, "商户应当每日清扫门前。"),))
    assert save(tmp_path, (file(content="甲甲"), changed)) == [Saved.CHANGED]
    with Store(tmp_path) as store:
        (row,) = store.versions()
        assert store.text_of(row.id, (1, 0)) == "商户应当每日清扫门前。"


def test_the_words_of_a_changed_file_stay_when_another_file_holds_them(tmp_path) -> None:
    save(tmp_path, (file(), intake()), (file("/文件/乙.txt"), intake()))
    save(tmp_path, (file(content="甲甲"), intake(articles=(article(1, "商户应当每日清扫门前。"),))))
    with Store(tmp_path) as store:
        assert len(store.versions()) == 2


def test_a_file_that_can_no_longer_be_read_keeps_what_it_brought(tmp_path) -> None:
    save(tmp_path, (file(), intake()))
    with Store(tmp_path, writable=True) as store:
        store.save([(file(content="坏"), "甲.txt：文件已损坏。")], DAY)
        assert len(store.versions()) == 1
        assert [row.problem for row in store.files("problem")] == ["甲.txt：文件已损坏。"]


def test_two_places_documents_of_one_title_are_two_works(tmp_path) -> None:
    mine = intake("关于加强市容管理的实施方案")
    theirs = intake("关于加强市容管理的实施方案", number="白杨政发〔2025〕8号", articles=(article(1, "各村自治。"),))
    save(tmp_path, (file(), mine), (file("/文件/乙.txt", "乙"), theirs))
    with Store(tmp_path) as store:
        assert store.counts().works == {Genre.DOCUMENT: 2}


def test_a_law_with_and_without_its_prefix_is_one_work(tmp_path) -> None:
    full = intake("中华人民共和国青榆法", genre=Genre.STATUTE, number="")
    short = intake("青榆法", genre=Genre.STATUTE, number="", version_date=dt.date(2026, 1, 1))
    save(tmp_path, (file(), full), (file("/文件/乙.txt", "乙"), short))
    with Store(tmp_path) as store:
        assert store.counts().works == {Genre.STATUTE: 1}


def test_a_card_on_a_document_is_not_the_document(tmp_path) -> None:
    save(tmp_path, (file(), intake()), (file("/卡片", "卡"), intake(genre=Genre.CARD, trust=Trust.OWN)))
    with Store(tmp_path) as store:
        assert store.counts().works == {Genre.DOCUMENT: 1, Genre.CARD: 1}


def test_a_removed_file_takes_only_what_no_other_holds(tmp_path) -> None:
    other = intake("青榆县犬只管理办法", number="青榆政规〔2025〕4号")
    save(tmp_path, (file(), intake()), (file("/文件/乙.txt", "乙"), intake()), (file("/文件/丙.txt", "丙"), other))
    with Store(tmp_path, writable=True) as store:
        assert store.forget(["/文件/甲.txt", "/文件/丙.txt", "/文件/没有.txt"]) == 2
        assert [row.title for row in store.versions()] == ["青榆县市容管理办法"]


def test_an_article_id_is_never_used_again(tmp_path) -> None:
    save(tmp_path, (file(), intake()))
    with Store(tmp_path, writable=True) as store:
        before = {one.id for one in store.of_version(store.versions()[0].id)}
        store.forget(["/文件/甲.txt"])
    save(tmp_path, (file(), intake()))
    with Store(tmp_path) as store:
        assert not before & {one.id for one in store.of_version(store.versions()[0].id)}


# --- trouble ---------------------------------------------------------------------------------------------------------


def test_a_folder_without_a_corpus_names_the_command_that_makes_one(tmp_path) -> None:
    with pytest.raises(CorpusError, match="kb build"):
        Store(tmp_path)


def test_a_batch_that_fails_leaves_nothing_of_itself(tmp_path) -> None:
    save(tmp_path, (file(), intake()))

    def broken():
        yield file("/文件/乙.txt", "乙"), [(intake("青榆县犬只管理办法"), "")]
        raise KeyboardInterrupt

    with Store(tmp_path, writable=True) as store:
        with pytest.raises(KeyboardInterrupt):
            store.save(broken(), DAY)
        assert len(store.versions()) == 1


def test_a_process_killed_in_a_batch_loses_that_batch_only(tmp_path) -> None:
    save(tmp_path, (file(), intake()))
    script = f"""
import os, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_corpus_store import DAY, file, intake
from draft_assist.corpus.store import Store
from pathlib import Path

def read():
    yield file("/文件/乙.txt", "乙"), [(intake("青榆县犬只管理办法"), "")]
    os.kill(os.getpid(), signal.SIGKILL)

Store(Path({str(tmp_path)!r}), writable=True).save(read(), DAY)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr
    with Store(tmp_path) as store:
        assert [row.title for row in store.versions()] == ["青榆县市容管理办法"]
        assert store.faults() == []
    assert save(tmp_path, (file("/文件/乙.txt", "乙"), intake("青榆县犬只管理办法"))) == [Saved.NEW]


def test_others_read_while_one_process_writes(tmp_path) -> None:
    save(tmp_path, (file(), intake()))
    with Store(tmp_path) as first, Store(tmp_path) as second, Store(tmp_path, writable=True) as writer:
        writer._link.execute("BEGIN IMMEDIATE")
        writer._link.execute("DELETE FROM work")
        assert len(first.versions()) == len(second.versions()) == 1
        writer._link.execute("ROLLBACK")


def test_a_corpus_that_another_process_writes_is_said_to_be_locked(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("draft_assist.corpus.database._PATIENCE_MS", 50)
    save(tmp_path, (file(), intake()))
    with Store(tmp_path, writable=True) as writer, Store(tmp_path, writable=True) as other:
        writer._link.execute("BEGIN IMMEDIATE")
        with pytest.raises(CorpusError, match="另一个程序正在写入"):
            other.save([(file("/文件/乙.txt", "乙"), [(intake(), "")])], DAY)
        writer._link.execute("ROLLBACK")


@pytest.mark.parametrize("size", [0, 40, 5000], ids=["emptied", "cut in the header", "cut later"])
def test_a_damaged_file_names_the_command_that_mends_it(tmp_path, size) -> None:
    save(tmp_path, (file(), intake()))
    path = tmp_path / DATABASE
    path.write_bytes(b"\x00garbage" * 20 + path.read_bytes()[:size])
    with pytest.raises(CorpusError, match="kb build --fresh"), Store(tmp_path) as store:
        store.versions()


@pytest.mark.parametrize("writable", [True, False])
def test_an_emptied_file_beside_its_index_is_not_begun_anew_in_silence(tmp_path, writable) -> None:
    save(tmp_path, (file(), intake()))
    (tmp_path / "index").mkdir()
    (tmp_path / DATABASE).write_bytes(b"")
    with pytest.raises(CorpusError, match="已经丢失"):
        Store(tmp_path, writable=writable)


def test_a_disk_that_is_full_is_said_so_and_loses_nothing(tmp_path) -> None:
    save(tmp_path, (file(), intake()))
    with Store(tmp_path, writable=True) as store:
        pages = store._link.execute("PRAGMA page_count").fetchone()[0]
        store._link.execute(f"PRAGMA max_page_count = {pages}")
        large = intake("青榆县犬只管理办法", articles=(article(1, "犬" * 500_000),))
        with pytest.raises(CorpusError, match="磁盘空间不足"):
            store.save([(file("/文件/乙.txt", "乙"), [(large, "")])], DAY)
        assert len(store.versions()) == 1


def test_a_corpus_of_another_shape_is_refused(tmp_path) -> None:
    save(tmp_path, (file(), intake()))
    link = connect(tmp_path, writable=True)
    link.execute("UPDATE meta SET value = '999' WHERE key = 'shape'")
    link.close()
    with pytest.raises(CorpusError, match="另一版本"):
        Store(tmp_path)


def test_beginning_anew_keeps_the_old_file_and_its_list_of_files(tmp_path) -> None:
    save(tmp_path, (file(), intake()))
    assert begin_anew(tmp_path) == (("/文件/甲.txt",), True)
    assert (tmp_path / f"{DATABASE}.old-1").is_file()
    save(tmp_path, (file(), intake()))
    begin_anew(tmp_path)
    assert (tmp_path / f"{DATABASE}.old-2").is_file()


def test_beginning_anew_with_a_file_that_cannot_be_read_gives_no_list(tmp_path) -> None:
    (tmp_path / DATABASE).write_bytes(b"garbage" * 100)
    assert begin_anew(tmp_path) == ((), False)
    assert (tmp_path / f"{DATABASE}.old-1").read_bytes() == b"garbage" * 100


# --- where it lies ---------------------------------------------------------------------------------------------------


def test_the_folder_named_stands_above_the_environment_and_that_above_the_usual_one() -> None:
    variables = {"DRAFT_ASSIST_HOME": "/乙", "XDG_DATA_HOME": "/丙"}
    assert find_home(Path("/甲"), variables) == Path("/甲")
    assert find_home(None, variables) == Path("/乙")
    if sys.platform.startswith("linux"):
        assert find_home(None, {"XDG_DATA_HOME": "/丙"}) == Path("/丙/draft-assist")


def test_a_folder_that_cannot_be_entered_is_told_when_it_is_opened(tmp_path, monkeypatch) -> None:
    usual = Path.is_file

    def refuse(path: Path) -> bool:
        if tmp_path in path.parents:
            raise PermissionError(13, "Permission denied", str(path))
        return usual(path)

    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(CorpusError):
        Store(tmp_path)
    statutes, problem = open_statutes(tmp_path)
    assert statutes.title("行政处罚法") and str(tmp_path) in problem
    with pytest.raises(CorpusError):
        open_searcher(tmp_path)
