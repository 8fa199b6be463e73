"""Setting a SQLite file aside with all that was committed to it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from draft_assist.corpus.database import told
from draft_assist.corpus.sqlite_file import set_aside
from draft_assist.corpus.store import Store
from draft_assist.errors import CorpusError


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """A file as a killed process leaves it: what was committed last stands in the log beside it."""
    source = tmp_path / "source.sqlite"
    path = tmp_path / "left" / "corpus.sqlite"
    path.parent.mkdir()
    with closing(sqlite3.connect(source)) as link:
        link.execute("PRAGMA journal_mode = WAL")
        link.execute("CREATE TABLE note (words TEXT)")
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        link.execute("INSERT INTO note VALUES ('渡口')")
        link.commit()
        shutil.copy(source, path)
        shutil.copy(f"{source}-wal", f"{path}-wal")
    return path


def notes(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as link:
        return link.execute("SELECT words FROM note").fetchall()


def test_what_was_committed_last_is_in_the_file_that_is_set_aside_even_without_its_log(left: Path) -> None:
    set_aside(left)
    kept = left.with_name("corpus.sqlite.old-1")
    alone = shutil.copy(kept, left.parent.parent / "alone.sqlite")
    assert notes(Path(alone)) == [("渡口",)]
    assert not left.exists()
    assert not Path(f"{left}-wal").exists()


def test_a_file_that_is_no_database_is_set_aside_as_it_is_with_its_log(left: Path) -> None:
    left.write_bytes(b"damaged" * 1000)
    set_aside(left)
    kept = left.with_name("corpus.sqlite.old-1")
    assert kept.read_bytes() == b"damaged" * 1000
    assert Path(f"{kept}-wal").stat().st_size > 0


def test_each_file_set_aside_has_a_name_of_its_own(left: Path) -> None:
    shutil.copy(left, left.with_name("second"))
    set_aside(left)
    left.with_name("second").rename(left)
    set_aside(left)
    assert sorted(path.name for path in left.parent.iterdir()) == ["corpus.sqlite.old-1", "corpus.sqlite.old-2"]


def test_a_corpus_in_a_folder_that_cannot_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path, writable=True):
        pass
    made = sqlite3.connect
    asked: list[str] = []

    def noted(place: str, **options: bool) -> sqlite3.Connection:
        asked.append(place)
        return made(place, **options)

    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setattr("sqlite3.connect", noted)
    with Store(tmp_path) as store:
        assert store.counts().articles == 0
    assert asked[0].endswith("?mode=ro&immutable=1")


def test_reasons_are_told_in_chinese_and_unknown_ones_as_they_are(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="内容有损坏"), told(tmp_path):
        raise sqlite3.DatabaseError("database disk image is malformed")
    with pytest.raises(CorpusError, match="没有权限"), told(tmp_path):
        raise PermissionError(13, "Permission denied")
    with pytest.raises(CorpusError, match="odd thing"), told(tmp_path):
        raise sqlite3.OperationalError("odd thing")


def test_an_array_that_was_written_in_part_tells_of_the_full_disk(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="磁盘空间不足"), told(tmp_path):
        raise OSError("60000 requested and 1024 written")
