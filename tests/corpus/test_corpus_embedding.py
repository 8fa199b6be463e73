"""`kb embed` over a small corpus: what it makes, what it removes, and what it leaves for another day."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from bigram_embedder import Bigrams

from draft_assist.corpus.build import refresh_index
from draft_assist.corpus.embedding import Embedded, embed_corpus, open_searcher
from draft_assist.corpus.home import VECTORS
from draft_assist.corpus.search import Filters
from draft_assist.corpus.store import FileFacts, Store
from draft_assist.corpus.vector_file import DATABASE, sizes
from draft_assist.corpus.works import Article, Genre, Intake
from draft_assist.errors import ModelError
from draft_assist.model import Rank

pytest.importorskip("chromadb", reason="chromadb is not installed (extra kb)")

DAY = dt.date(2026, 11, 22)
DAY_BEFORE_LAST = dt.date(2010, 1, 1)


def regulation(title: str, since: dt.date, *texts: str) -> Intake:
    return Intake(
        title=title,
        genre=Genre.STATUTE,
        level=Rank.LOCAL_REGULATION_PROVINCE,
        place="青榆省",
        version_date=since,
        effective_from=since,
        articles=tuple(
            Article(label=f"第{number}条", number=(number, 0), trail=(), before="", text=text)
            for number, text in enumerate(texts, 1)
        ),
    )


FERRY = regulation("青榆省渡口条例", dt.date(2020, 5, 1), "渡船应当每年检验。", "渡口应当公示票价。")
OLD_FERRY = regulation("青榆省渡口条例", dt.date(2001, 3, 1), "渡船凭木牌载客。")
WELLS = regulation("青榆省古井条例", dt.date(2015, 1, 1), "古井周边不得倾倒垃圾。", "不得填埋古井。", "古井应当挂牌。")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three texts, six articles; five are in force now, one was before."""
    monkeypatch.setattr("draft_assist.corpus.embedding.make_embedder", Bigrams)
    with Store(tmp_path, writable=True) as store:
        store.save(
            [
                (FileFacts(f"/文件/{place}.md", str(place), 1, "file/1/as-found"), [(intake, "")])
                for place, intake in enumerate((FERRY, OLD_FERRY, WELLS))
            ],
            on=DAY,
        )
    refresh_index(tmp_path)
    return tmp_path


def without_wells(home: Path) -> None:
    with Store(home, writable=True) as store:
        store.forget(["/文件/2.md"])
    refresh_index(home)


def age(home: Path, hours: float) -> None:
    """Old files of vectors were set aside that long ago."""
    for old in (home / VECTORS).glob(f"{DATABASE}.old-?"):
        before = old.stat().st_mtime - hours * 3600
        os.utime(old, (before, before))


def test_vectors_of_texts_that_are_gone_are_removed_when_none_is_left_to_make(home: Path) -> None:
    assert embed_corpus(home, as_of=DAY) == Embedded(made=5, held=5, left=0)
    without_wells(home)
    assert embed_corpus(home, as_of=DAY) == Embedded(made=0, held=2, left=0, removed=3)
    searcher, problem = open_searcher(home)
    assert (problem, searcher.searched_ids(Filters(as_of=DAY))) == ("", [1, 2])


def test_vectors_of_texts_in_force_on_another_day_stay(home: Path) -> None:
    embed_corpus(home, as_of=DAY)
    assert embed_corpus(home, as_of=DAY_BEFORE_LAST).made == 1
    assert embed_corpus(home, as_of=DAY) == Embedded(made=0, held=5, left=0)
    assert embed_corpus(home, as_of=DAY_BEFORE_LAST).made == 0


def test_a_run_that_leaves_something_to_make_removes_nothing(home: Path) -> None:
    embed_corpus(home, as_of=DAY_BEFORE_LAST)
    with Store(home, writable=True) as store:
        store.forget(["/文件/1.md"])
        newer = regulation("青榆省路灯条例", dt.date(2021, 1, 1), "路灯应当检修。", "路灯不得私接。")
        store.save([(FileFacts("/文件/3.md", "3", 1, "file/1/as-found"), [(newer, "")])], on=DAY)
    refresh_index(home)
    assert embed_corpus(home, as_of=DAY, limit=1) == Embedded(made=1, held=1, left=6)
    assert embed_corpus(home, as_of=DAY) == Embedded(made=6, held=7, left=0, removed=1)


def test_what_was_set_aside_goes_a_day_later_once_the_new_vectors_are_whole(home: Path) -> None:
    folder = home / VECTORS
    embed_corpus(home, as_of=DAY)
    os.utime(folder / DATABASE, (0, 0))  # no vector was made for years
    assert embed_corpus(home, as_of=DAY, fresh=True) == Embedded(made=5, held=5, left=0)
    age(home, hours=23)
    assert embed_corpus(home, as_of=DAY).freed == 0
    kept = sizes(folder)
    assert kept.old > 0
    age(home, hours=2)
    assert embed_corpus(home, as_of=DAY).freed == kept.old
    assert sizes(folder).old == 0
    assert 0 < sizes(folder).used <= kept.used
    assert embed_corpus(home, as_of=DAY) == Embedded(made=0, held=5, left=0)


def test_old_vectors_stay_as_long_as_the_new_ones_are_not_whole(home: Path) -> None:
    embed_corpus(home, as_of=DAY)
    embed_corpus(home, as_of=DAY, fresh=True, limit=2)
    age(home, hours=100)
    assert embed_corpus(home, as_of=DAY, limit=2) == Embedded(made=2, held=4, left=1)
    assert embed_corpus(home, as_of=DAY, limit=2).freed > 0


def test_only_what_beginning_anew_set_aside_is_removed(home: Path) -> None:
    embed_corpus(home, as_of=DAY)
    embed_corpus(home, as_of=DAY, fresh=True)
    folder = home / VECTORS
    (folder / f"{DATABASE}.old-1-wal").write_bytes(b"pages not worked in yet")
    own = folder / f"{DATABASE}.old-copy"
    own.write_bytes(b"of the user")
    age(home, hours=100)
    os.utime(own, (0, 0))
    embed_corpus(home, as_of=DAY)
    assert [path.name for path in folder.glob(f"{DATABASE}.old*")] == [own.name]


def test_the_old_file_keeps_its_write_ahead_log_until_it_goes_itself(home: Path) -> None:
    embed_corpus(home, as_of=DAY)
    log = home / VECTORS / f"{DATABASE}-wal"
    (home / VECTORS / DATABASE).write_bytes(b"damaged" * 1000)
    log.write_bytes(b"pages")
    os.utime(log, (0, 0))
    embed_corpus(home, as_of=DAY, fresh=True)
    embed_corpus(home, as_of=DAY)
    assert log.with_name(f"{DATABASE}.old-1-wal").exists()


def test_the_making_of_vectors_and_of_their_collection_show_how_far_they_are(home: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    embed_corpus(
        home,
        as_of=DAY,
        progress=lambda done, total: seen.append(("vectors", done, total)),
        indexing=lambda done, total: seen.append(("collection", done, total)),
    )
    assert seen == [("vectors", 5, 5), ("collection", 5, 5)]


def test_vectors_are_not_set_aside_for_a_model_that_does_not_run(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(Bigrams):
        def query(self, text: str) -> np.ndarray:
            raise ModelError("向量服务没有应答")

    embed_corpus(home, as_of=DAY)
    monkeypatch.setattr("draft_assist.corpus.embedding.make_embedder", Gone)
    with pytest.raises(ModelError):
        embed_corpus(home, as_of=DAY, fresh=True)
    monkeypatch.setattr("draft_assist.corpus.embedding.make_embedder", Bigrams)
    assert embed_corpus(home, as_of=DAY) == Embedded(made=0, held=5, left=0)


def test_a_model_that_fails_costs_no_vector(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(Bigrams):
        def passages(self, texts: Sequence[str]) -> np.ndarray:
            raise ModelError("向量服务没有应答")

    embed_corpus(home, as_of=DAY_BEFORE_LAST)
    with Store(home, writable=True) as store:
        store.forget(["/文件/1.md"])
    refresh_index(home)
    monkeypatch.setattr("draft_assist.corpus.embedding.make_embedder", Gone)
    with pytest.raises(ModelError):
        embed_corpus(home, as_of=DAY)
    monkeypatch.setattr("draft_assist.corpus.embedding.make_embedder", Bigrams)
    assert embed_corpus(home, as_of=DAY) == Embedded(made=5, held=5, left=0, removed=1)
