"""Dense vectors: kept in a file of their own, found by a Chroma collection made from it."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from bigram_embedder import DIMENSION, Bigrams

from draft_assist.corpus.dense import Vectors
from draft_assist.corpus.vector_file import alone, begin_anew, has_vectors
from draft_assist.errors import AnswerUnreadable, CorpusError, ModelError

pytest.importorskip("chromadb", reason="chromadb is not installed (extra kb)")


class Failing(Bigrams):
    """Is gone after some batches."""

    def __init__(self, batches: int, failure: BaseException) -> None:
        super().__init__()
        self.left, self.failure = batches, failure

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        self.left -= 1
        if self.left < 0:
            raise self.failure
        return super().passages(texts)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something reaches for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "青榆县" / "vectors"


@pytest.fixture
def opened(folder: Path) -> Iterator[Callable[..., Vectors]]:
    made: list[Vectors] = []

    def open_vectors(embedder: Bigrams | None = None, *, writable: bool = False) -> Vectors:
        made.append(Vectors.open(folder, embedder or Bigrams(), writable=writable))
        return made[-1]

    yield open_vectors
    for vectors in made:
        vectors.close()


Open = Callable[..., Vectors]
_THINGS = ("犬只", "河道", "摊点", "广告牌", "渣土车", "停车位", "化粪池", "电动车", "古树", "噪声")
_DUTIES = ("应当登记", "禁止占用", "每月检查", "由镇人民政府管理", "应当公示收费", "可以申请补助", "需要备案")


def some(count: int, first: int = 0) -> list[tuple[str, str]]:
    """Texts that differ, with their hashes."""
    return [
        (f"h{one:04}", f"{_THINGS[one % 10]}{_DUTIES[one % 7]}，第{one}号青榆县{_THINGS[one // 10 % 10]}{one * one}")
        for one in range(first, first + count)
    ]


def texts_of(pairs: Sequence[tuple[str, str]]) -> list[str]:
    return [text for _, text in pairs]


def collections(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "chroma").glob("*") if path.is_dir())


def current(folder: Path) -> Path:
    name = json.loads((folder / "chroma" / "current").read_bytes())["name"]
    return folder / "chroma" / str(name)


# --- filling and finding ------------------------------------------------------------------------------------------


def test_what_was_embedded_is_found_and_compared(opened: Open):
    pairs = some(50)
    vectors = opened(writable=True)
    assert vectors.fill(pairs) == vectors.count == 50
    name, cosine = vectors.nearest(pairs[7][1], 5)[0]
    assert (name, round(cosine, 5)) == ("h0007", 1.0)
    cosines = vectors.similarity(pairs[7][1], ["h0003", "unknown", "h0007", "h0003"])
    assert cosines.dtype == np.float32
    expected = Bigrams().query(pairs[3][1]) @ Bigrams().query(pairs[7][1])
    assert np.allclose(cosines, [expected, np.nan, 1, expected], atol=1e-6, equal_nan=True)


def test_the_nearest_are_those_of_comparing_with_all(opened: Open):
    pairs = some(700)
    vectors = opened(writable=True)
    vectors.fill(pairs)
    matrix = Bigrams().passages(texts_of(pairs))
    hits = 0
    for question in texts_of(some(20, first=9_000)):
        found = vectors.nearest(question, 10)
        cosines = matrix @ Bigrams().query(question)
        hits += sum(1 for _, cosine in found if cosine >= np.sort(cosines)[-10] - 1e-6)
        assert [cosine for _, cosine in found] == sorted((cosine for _, cosine in found), reverse=True)
    assert hits >= 198  # of 200: the collection is not exact


def test_no_text_is_embedded_twice(opened: Open):
    embedder = Bigrams()
    vectors = opened(embedder, writable=True)
    vectors.fill(some(40))
    changed = [*some(39), ("h-new", "第四十条改过的词句"), ("h-new", "第四十条改过的词句")]
    assert vectors.fill(changed) == 1
    assert len(embedder.embedded) == 41
    assert vectors.missing(["h0001", "x", "h-new", "y", "x"]) == ["x", "y"]


def test_the_progress_tells_how_many_are_done_and_how_many_there_are(opened: Open):
    seen: list[tuple[int, int]] = []
    vectors = opened(writable=True)
    vectors.fill(some(70), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(32, 70), (64, 70), (70, 70)]
    seen.clear()
    vectors.fill(iter(some(10)), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(10, 0)]


def test_work_that_is_stopped_goes_on_where_it_was(opened: Open):
    embedder = Bigrams()
    vectors = opened(embedder, writable=True)
    assert vectors.fill(some(100), stop=lambda: len(embedder.embedded) >= 64) == 64
    assert vectors.fill(some(100)) == 36
    assert sorted(embedder.embedded) == sorted(texts_of(some(100)))


@pytest.mark.parametrize("failure", [ModelError("向量服务没有应答"), KeyboardInterrupt()])
def test_a_failure_or_an_interruption_costs_the_batch_at_hand_only(opened: Open, failure: BaseException):
    with pytest.raises(type(failure)):
        opened(Failing(2, failure), writable=True).fill(some(100))
    again = Bigrams()
    vectors = opened(again, writable=True)
    assert vectors.count == 64
    assert vectors.fill(some(100)) == len(again.embedded) == 36


def test_an_empty_corpus_has_no_nearest(opened: Open):
    vectors = opened(writable=True)
    assert vectors.fill([]) == 0
    assert vectors.nearest("犬只", 5) == []
    assert vectors.similarity("犬只", []).shape == (0,)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_corpus_of_few_texts_is_searched_like_any_other(opened: Open, count: int):
    opened(writable=True).fill(some(count))
    for _ in range(2):  # a reader leaves nothing behind that disturbs the next
        reader = opened()
        assert sorted(name for name, _ in reader.nearest("犬只", 5)) == [name for name, _ in some(count)]
        assert reader.faults() == []
        reader.close()


def test_the_collection_tells_its_model_and_holds_the_hashes(folder: Path, opened: Open):
    import chromadb
    from chromadb.config import Settings

    opened(writable=True).fill(some(12))
    settings = Settings(anonymized_telemetry=False)
    with closing(chromadb.PersistentClient(str(current(folder)), settings=settings)) as client:
        (collection,) = client.list_collections()
        assert collection.metadata == {"model": "bigrams", "dimension": DIMENSION}
        assert collection.get()["ids"] == [name for name, _ in some(12)]


def test_a_setting_of_the_user_does_not_lead_chroma_to_a_server(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / ".env").write_text("chroma_api_impl=chromadb.api.fastapi.FastAPI\nchroma_server_host=127.0.0.1\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHROMA_API_IMPL", "chromadb.api.fastapi.FastAPI")
    monkeypatch.setenv("ANONYMIZED_TELEMETRY", "true")
    vectors = opened(writable=True)
    vectors.fill(some(12))
    assert vectors.nearest(some(12)[5][1], 1)[0][0] == "h0005"


def test_comparing_given_texts_does_not_load_chroma(folder: Path, opened: Open):
    opened(writable=True).fill(some(12))
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from bigram_embedder import Bigrams\n"
        "from draft_assist.corpus.dense import Vectors\n"
        "print(Vectors.open(Path(sys.argv[1]), Bigrams()).similarity('犬只', ['h0001']).shape)\n"
        "print('chromadb' in sys.modules)"
    )
    with start(code, folder) as process:
        output, faults = process.communicate(timeout=60)
    assert output.split() == ["(1,)", "False"], faults


# --- the collection follows ---------------------------------------------------------------------------------------


def test_what_came_after_the_collection_is_found_too(folder: Path, opened: Open):
    writer, reader = opened(writable=True), opened()
    writer.fill(some(100))
    assert reader.nearest("犬只", 3)
    before = current(folder)
    writer.fill(some(105))
    assert current(folder) == before  # too little to make it anew
    assert reader.nearest(some(105)[103][1], 1)[0][0] == "h0103"


def test_a_reader_follows_collections_made_while_it_is_open(folder: Path, opened: Open):
    writer, reader = opened(writable=True), opened()
    for count in (40, 80, 160, 320):
        writer.fill(some(count))
        assert reader.nearest(some(count)[-1][1], 1)[0][0] == f"h{count - 1:04}"
    assert len(collections(folder)) == 2  # the one in use and the one before


def test_a_removed_text_is_not_found_though_the_collection_holds_it(folder: Path, opened: Open):
    vectors = opened(writable=True)
    pairs = some(100)
    vectors.fill(pairs)
    before = current(folder)
    nearest = [name for name, _ in vectors.nearest(pairs[50][1], 12)]
    vectors.fill([], keep={name for name, _ in pairs} - set(nearest[:8]))
    assert vectors.count == 92
    assert current(folder) == before
    assert [name for name, _ in vectors.nearest(pairs[50][1], 4)] == nearest[8:]
    assert np.isnan(vectors.similarity("犬只", nearest[:1])).all()


def test_the_collection_is_made_anew_when_much_is_gone(folder: Path, opened: Open):
    vectors = opened(writable=True)
    vectors.fill(some(100))
    before = current(folder)
    vectors.fill([], keep={name for name, _ in some(30)})
    assert vectors.count == 30
    assert current(folder) != before
    assert sorted(name for name, _ in vectors.nearest("犬只", 100)) == [name for name, _ in some(30)]


def test_what_a_killed_process_left_is_removed(folder: Path, opened: Open):
    left = folder / "chroma" / "0123456789abcdef.part"
    left.mkdir(parents=True)
    (left / "chroma.sqlite3").write_bytes(b"half")
    vectors = opened(writable=True)
    vectors.fill(some(12))
    assert collections(folder) == [current(folder).name]
    assert vectors.faults() == []


# --- what cannot be used ------------------------------------------------------------------------------------------


def test_without_vectors_the_command_that_makes_them_is_told(folder: Path, opened: Open):
    assert not has_vectors(folder)
    with pytest.raises(CorpusError, match=r"draft-assist kb embed。?$"):
        opened()
    assert not folder.exists()


def test_without_chroma_the_extra_is_told(opened: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("draft_assist.corpus.dense.find_spec", lambda name: None)
    with pytest.raises(CorpusError, match=r"pip install 'draft-assist\[kb\]'"):
        opened(writable=True)


@pytest.mark.parametrize("writable", [False, True])
@pytest.mark.parametrize(("name", "dimension"), [("other", DIMENSION), ("bigrams", 32)])
def test_another_model_is_refused_with_both_named(opened: Open, name: str, dimension: int, writable: bool):
    opened(writable=True).fill(some(3))
    other = Bigrams()
    other.name, other.dimension = name, dimension
    with pytest.raises(CorpusError) as caught:
        opened(other, writable=writable)
    told = str(caught.value)
    assert f"bigrams（{DIMENSION} 维）" in told
    assert f"{name}（{dimension} 维）" in told
    assert "draft-assist kb embed --fresh" in told


def test_beginning_anew_keeps_the_old_vectors_aside(folder: Path, opened: Open):
    opened(writable=True).fill(some(12))
    begin_anew(folder)
    begin_anew(folder)  # nothing there any more
    other = Bigrams()
    other.name = "other"
    vectors = opened(other, writable=True)
    assert vectors.count == 0
    assert vectors.nearest("犬只", 3) == []
    with closing(sqlite3.connect(folder / "vectors.sqlite.old-1")) as link:
        assert link.execute("SELECT count(*) FROM vector").fetchone() == (12,)


def test_a_collection_of_vectors_that_were_lost_is_not_used(folder: Path, opened: Open):
    writer = opened(writable=True)
    writer.fill(some(100))
    writer.close()
    (folder / "vectors.sqlite").unlink()
    fresh = opened(writable=True)
    fresh.fill(some(1, first=50), stop=lambda: fresh.count > 0)  # no collection of its own yet
    assert [name for name, _ in fresh.nearest("犬只", 5)] == ["h0050"]


def test_vectors_of_another_length_than_told_are_not_kept(opened: Open):
    class Moody(Bigrams):
        def passages(self, texts: Sequence[str]) -> np.ndarray:
            return super().passages(texts)[:, :10]

    vectors = opened(Moody(), writable=True)
    with pytest.raises(AnswerUnreadable, match="kb embed --fresh"):
        vectors.fill(some(3))
    assert vectors.count == 0


def test_a_second_process_that_wants_to_fill_is_told_to_wait(folder: Path, opened: Open):
    vectors = opened(writable=True)
    with alone(folder), pytest.raises(CorpusError, match="另一个程序正在计算向量"):
        vectors.fill(some(3))
    assert vectors.fill(some(3)) == 3


def test_a_full_disk_is_told_and_what_was_written_stays(folder: Path, opened: Open):
    vectors = opened(writable=True)
    vectors.fill(some(32))
    pages = vectors._link.execute("PRAGMA page_count").fetchone()[0]
    vectors._link.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(CorpusError, match=r"磁盘空间不足.*draft-assist kb embed"):
        vectors.fill(some(400))
    again = opened(writable=True)
    kept = again.count
    assert 32 <= kept < 400
    assert kept % 32 == 0  # whole batches
    assert again.fill(some(400)) == 400 - kept


@pytest.mark.parametrize("damage", [b"", b"no database at all " * 200])
def test_damaged_vectors_are_told_with_the_command_that_mends_it(folder: Path, opened: Open, damage: bytes):
    writer = opened(writable=True)
    writer.fill(some(100))
    writer.close()
    (folder / "vectors.sqlite").write_bytes(damage)
    with pytest.raises(CorpusError, match="draft-assist kb embed --fresh"):
        opened()
    begin_anew(folder)
    assert opened(writable=True).fill(some(3)) == 3


def _drop(path: Path) -> None:
    path.unlink()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2000])


def _strew(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[1000:9000] = bytes(reversed(content[1000:9000]))
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [_drop, _cut, _strew])
@pytest.mark.parametrize("name", ["chroma.sqlite3", "index_metadata.pickle", "data_level0.bin"])
def test_a_damaged_collection_is_told_and_mended_without_embedding(
    folder: Path, opened: Open, name: str, damage: Callable[[Path], None]
):
    writer = opened(writable=True)
    writer.fill(some(300))
    writer.close()
    (file,) = current(folder).rglob(name)
    damage(file)
    reader = opened()
    with pytest.raises(CorpusError, match="draft-assist kb embed 重建"):
        reader.nearest(some(300)[9][1], 300)
    assert len(reader.faults()) == 1
    assert not np.isnan(reader.similarity("犬只", ["h0001"])).any()
    mending = Bigrams()
    assert opened(mending, writable=True).fill(some(300)) == len(mending.embedded) == 0
    assert reader.nearest(some(300)[9][1], 1)[0][0] == "h0009"
    assert reader.faults() == []


def test_a_collection_that_is_gone_is_told_and_mended(folder: Path, opened: Open):
    writer = opened(writable=True)
    writer.fill(some(30))
    shutil.rmtree(current(folder))
    with pytest.raises(CorpusError, match="draft-assist kb embed 重建"):
        writer.nearest("犬只", 3)
    writer.fill(some(30))
    assert len(writer.nearest("犬只", 3)) == 3


# --- several processes --------------------------------------------------------------------------------------------


def start(code: str, folder: Path) -> subprocess.Popen[str]:
    """Run a program with the path of the folder and that of these tests as its arguments."""
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder), str(Path(__file__).parent)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


_FILL = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from bigram_embedder import Bigrams
from draft_assist.corpus.dense import Vectors
class Slow(Bigrams):
    def passages(self, texts):
        time.sleep(0.02)
        return super().passages(texts)
with Vectors.open(Path(sys.argv[1]), Slow(), writable=True) as vectors:
    texts = [(f"h{one:04}", f"第{one}条犬只{one * one}") for one in range(3200)]
    vectors.fill(texts, progress=lambda done, total: print(done, flush=True))
"""


@pytest.mark.slow
def test_a_killed_process_loses_a_batch_at_most_while_another_reads(folder: Path, opened: Open):
    texts = [(f"h{one:04}", f"第{one}条犬只{one * one}") for one in range(3200)]
    for _ in range(2):
        with start(_FILL, folder) as process:
            assert process.stdout is not None
            told = 0
            reader = None
            while told < 640 or reader is None:
                told = int(process.stdout.readline())
                reader = reader or opened()
                assert reader.nearest(texts[told - 1][1], 1)[0][0] == f"h{told - 1:04}"
                assert not np.isnan(reader.similarity("犬只", [name for name, _ in texts[:told]])).any()
            process.kill()
        left = opened(writable=True)
        assert left.count >= told
        assert left.count % 32 == 0  # whole batches
        assert left.faults() == []
        left.close()
    embedder = Bigrams()
    last = opened(embedder, writable=True)
    known = last.count
    assert last.fill(texts) == len(embedder.embedded) == 3200 - known
    assert last.nearest(texts[3000][1], 1)[0][0] == "h3000"
