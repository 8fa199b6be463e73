"""Filling the corpus: the data package, the user's files, and the index over both.

Files are read in parallel and stored in batches, each batch one transaction: after a kill at any point the next run
goes on where this one was. A file that is known by its hash is not read again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import NamedTuple

import msgspec

from draft_assist.corpus.cards import card_intakes, read_cards
from draft_assist.corpus.database import told
from draft_assist.corpus.home import INDEX
from draft_assist.corpus.importers.package import IMPORTER, find_package, read_package
from draft_assist.corpus.sqlite_file import reason_of
from draft_assist.corpus.store import FileFacts, Saved, Store
from draft_assist.corpus.works import Intake, Trust
from draft_assist.errors import SourceError
from draft_assist.settings import Settings

Progress = Callable[[int, int], None]
CARDS_IMPORTER = "cards/1"
_BATCH = 40  # files of one transaction: about a second of reading
_CURRENT = "current"


class Imported(NamedTuple):
    """What an import did; `problems` are paths with the reason, Chinese."""

    new: int
    known: int
    changed: int
    skipped: int
    problems: tuple[tuple[str, str], ...]


class IndexState(msgspec.Struct, frozen=True, kw_only=True):
    """Which index is in use: its folder's name, the corpus' stamp when it was made, its articles, its form."""

    name: str
    stamp: str
    articles: int
    form: int = 1


# --- texts --------------------------------------------------------------------------------------------------------


def build_base(home: Path, *, on: dt.date, progress: Progress = lambda done, total: None) -> Imported:
    """Take in the data package, or what changed in it since.

    Raises:
        CorpusError: the package is not installed or not readable, or the corpus cannot be written.
    """
    database = find_package()
    facts = _facts(database, IMPORTER)
    with Store(home, writable=True) as store:
        if any(row.path == facts.path and row.sha256 == facts.sha256 and row.importer == IMPORTER
               for row in store.files("imported")):  # fmt: skip
            return Imported(0, 0, 0, 1, ())
        intakes = []
        for count, pair in enumerate(read_package(database), 1):
            intakes.append(pair)
            progress(count, 0)
        # One transaction: a package that is half there would look whole.
        saved = store.save([(facts, intakes)], on)
        moved = [row.path for row in store.files("imported") if row.importer.startswith("package/")]
        store.forget(path for path in moved if path != facts.path)
    return _tally(saved, [], 0)


def build_cards(home: Path, *, on: dt.date) -> Imported:
    """Take in the requirement cards of knowledge/requirements, or what changed in them since.

    Raises:
        KnowledgeError: a card file is wrong.
        CorpusError: the corpus cannot be written.
    """
    cards = read_cards()
    encoded = msgspec.json.encode(cards)
    facts = FileFacts("knowledge/requirements", hashlib.sha256(encoded).hexdigest(), len(encoded), CARDS_IMPORTER)
    with Store(home, writable=True) as store:
        if any(row.path == facts.path and row.sha256 == facts.sha256 for row in store.files("imported")):
            return Imported(0, 0, 0, 1, ())
        saved = store.save([(facts, [(intake, "") for intake in card_intakes(cards)])], on)
    return _tally(saved, [], 0)


def import_files(
    home: Path,
    files: Sequence[Path],
    *,
    on: dt.date,
    settings: Settings,
    trust: Trust | None = None,
    workers: int | None = None,
    progress: Progress = lambda done, total: None,
) -> Imported:
    """Take in files; those that the corpus knows by path and hash are skipped.

    Args:
        files: see `find_files`.
        on: the day of the import.
        trust: of all of them; None as each file shows.
        workers: processes; None as many as there are processors.
        progress: called with the number of files done and of all.

    Raises:
        CorpusError: the corpus cannot be written.
    """
    from draft_assist.corpus.importers import IMPORTER_VERSION

    importer = f"file/{IMPORTER_VERSION}/{trust or 'as-found'}"
    problems: list[tuple[str, str]] = []
    saved: list[Saved] = []
    with Store(home, writable=True) as store:
        known = {row.path: (row.sha256, row.importer) for row in store.files("imported")}
        wanted: dict[Path, FileFacts] = {}
        batch: list[tuple[FileFacts, Sequence[tuple[Intake, str]] | str]] = []
        for file in files:
            facts = _facts_or_problem(file, importer)
            if isinstance(facts, str):
                batch.append((FileFacts(_shown(file.absolute()), "", 0, importer), facts))
                problems.append((_shown(file), facts))
                continue
            if known.get(facts.path) != (facts.sha256, facts.importer):
                wanted[file] = facts
        skipped = len(files) - len(wanted) - len(problems)
        done = len(files) - len(wanted)
        for file, outcome in _read_all(list(wanted), settings, trust, workers):
            if isinstance(outcome, str):
                problems.append((str(file), outcome))
                batch.append((wanted[file], outcome))
            else:
                batch.append((wanted[file], [(outcome, "")]))
            done += 1
            progress(done, len(files))
            if len(batch) >= _BATCH:
                saved += store.save(batch, on)
                batch = []
        if batch:
            saved += store.save(batch, on)
    return _tally(saved, problems, skipped)


def remove(home: Path, names: Sequence[str]) -> list[str]:
    """Take files out of the corpus; the files themselves stay where they are.

    Args:
        names: paths as they were imported, folders for all below them, or titles.

    Returns:
        The paths taken out; the data package and the cards, which every build brings back, are never among them.

    Raises:
        CorpusError: there is no corpus, or it cannot be written.
    """
    with Store(home) as reader:
        imported = [row.path for row in reader.files() if row.importer.startswith("file/")]
        gone: dict[str, None] = {}
        for name in names:
            path = str(Path(name).absolute())
            gone |= dict.fromkeys(one for one in imported if one == path or Path(path) in Path(one).parents)
            gone |= dict.fromkeys(one for one in reader.paths_of(name.strip("《》")) if one in imported)
    if gone:
        with Store(home, writable=True) as store:
            store.forget(gone)
    return list(gone)


def find_files(places: Iterable[Path]) -> list[Path]:
    """The files of folders, all below them, and the files named; sorted, each once. Hidden ones are left out.

    Folders that cannot be entered and links to nothing are among them, so that the import names them as problems.

    Raises:
        SourceError: a place is not there.
    """
    found: dict[Path, None] = {}
    for place in places:
        if place.is_dir():
            inside = (path for path in (place, *place.rglob("*")) if not _is_hidden(path.relative_to(place)))
            found |= dict.fromkeys(sorted(path for path in inside if _is_taken(path)))
        elif place.exists():
            found[place] = None
        else:
            raise SourceError("没有这个文件或文件夹", where=str(place), next_step="请检查路径")
    return list(found)


def _is_taken(path: Path) -> bool:
    from draft_assist.corpus.importers import is_text_file

    if path.is_dir():
        return not os.access(path, os.R_OK | os.X_OK)
    return is_text_file(path) and (path.is_file() or not path.exists())


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _facts(path: Path, importer: str) -> FileFacts:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return FileFacts(str(path.absolute()), digest, path.stat().st_size, importer)


def _facts_or_problem(path: Path, importer: str) -> FileFacts | str:
    """What is noted of a file, or in Chinese why it cannot be taken in."""
    try:
        str(path).encode()
        if path.is_dir():
            return f"{path}：没有权限进入这个文件夹，其中的文件没有导入。请检查权限。"
        return _facts(path, importer)
    except UnicodeEncodeError:
        return f"{_shown(path)}：文件名不是 UTF-8 编码（多因解压缩包造成），没有导入。请改名后再导入。"
    except OSError as error:
        reason = "没有这个文件，可能是失效的链接" if path.is_symlink() and not path.exists() else reason_of(error)
        return f"{path}：读不出来（{reason}）。请检查路径和权限。"


def _shown(path: Path) -> str:
    """The path with what is no character in it shown as numbers."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _tally(saved: Sequence[Saved], problems: Sequence[tuple[str, str]], skipped: int) -> Imported:
    counts = {kind: sum(1 for one in saved if one is kind) for kind in Saved}
    return Imported(counts[Saved.NEW], counts[Saved.KNOWN], counts[Saved.CHANGED], skipped, tuple(problems))


# --- reading in parallel ------------------------------------------------------------------------------------------

_Outcome = Intake | str
_FEW = 4  # for fewer files new processes take longer than they save


def _read(path: Path, settings: Settings, trust: Trust | None) -> _Outcome:
    """The intake of a file, or what is wrong with it."""
    from draft_assist.corpus.importers import read_intake

    try:
        return read_intake(path, settings, trust=trust)
    except SourceError as error:
        return str(error)
    except (OSError, RecursionError, MemoryError) as error:
        return f"{path}：读不出来（{type(error).__name__}）。请检查文件，或者另存为 .docx 后重试。"


def _read_all(
    paths: Sequence[Path], settings: Settings, trust: Trust | None, workers: int | None
) -> Iterator[tuple[Path, _Outcome]]:
    """Each file with its outcome, as they come."""
    count = min(workers or os.cpu_count() or 1, len(paths))
    if count <= 1 or len(paths) < _FEW:
        for path in paths:
            yield path, _read(path, settings, trust)
        return
    left = dict.fromkeys(paths)
    try:
        with ProcessPoolExecutor(count) as pool:
            futures: dict[Future[_Outcome], Path] = {pool.submit(_read, path, settings, trust): path for path in paths}
            try:
                for future in as_completed(futures):
                    outcome = future.result()
                    del left[futures[future]]
                    yield futures[future], outcome
            finally:
                pool.shutdown(wait=True, cancel_futures=True)  # when interrupted, the rest is not read
    except BrokenProcessPool:
        # A process ended without a word (out of memory, a crash in a library): the rest one by one, each on its own.
        for path in left:
            yield path, _read_alone(path, settings, trust)


def _read_alone(path: Path, settings: Settings, trust: Trust | None) -> _Outcome:
    try:
        with ProcessPoolExecutor(1) as pool:
            return pool.submit(_read, path, settings, trust).result()
    except BrokenProcessPool:
        return f"{path}：读取时程序异常终止，可能内存不足或文件损坏。请另存为 .docx 后单独导入。"


# --- the index ----------------------------------------------------------------------------------------------------


def index_state(home: Path) -> IndexState | None:
    """The index in use; None when there is none, or one of an earlier form."""
    from draft_assist.corpus.index import FORM

    try:
        state = msgspec.json.decode((home / INDEX / _CURRENT).read_bytes(), type=IndexState)
    except (OSError, msgspec.DecodeError):
        return None
    return state if state.form == FORM else None


def index_folder(home: Path, state: IndexState) -> Path:
    """Where that index lies."""
    return home / INDEX / state.name


def refresh_index(home: Path, *, progress: Progress = lambda done, total: None) -> bool:
    """Make the index anew when the corpus changed since, or the index is damaged.

    The old one serves until the new one is whole.

    Returns:
        False when it was up to date.

    Raises:
        CorpusError: no space, or the corpus cannot be read.
    """
    from draft_assist.corpus.index import FORM, Passage, build_index
    from draft_assist.corpus.seal import damaged

    with Store(home) as store, told(home):
        stamp, count = store.stamp(), store.counts().articles
        state = index_state(home)
        if state is not None and state.stamp == stamp and not damaged(index_folder(home, state)):
            return False
        name = f"{stamp}-{os.getpid()}"
        folder = home / INDEX / f"{name}.part"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        build_index((Passage(*row) for row in store.passages()), folder, progress=lambda done, _: progress(done, count))
        whole = home / INDEX / name
        shutil.rmtree(whole, ignore_errors=True)
        folder.rename(whole)
        fresh = msgspec.json.encode(IndexState(name=name, stamp=stamp, articles=count, form=FORM))
        (home / INDEX / f"{_CURRENT}.{os.getpid()}").write_bytes(fresh)
        (home / INDEX / f"{_CURRENT}.{os.getpid()}").replace(home / INDEX / _CURRENT)
        _sweep(home / INDEX, keep={name, state.name if state else name})
    return True


_ABANDONED = 86_400  # seconds; no index takes a day


def _sweep(folder: Path, keep: set[str]) -> None:
    """Remove indexes of before, and what a killed process left; one that another process still makes is left alone."""
    newest = (folder / _CURRENT).stat().st_mtime
    for path in folder.iterdir():
        is_being_made = path.name.endswith(".part") and path.stat().st_mtime > newest - _ABANDONED
        if path.is_dir() and path.name not in keep and not is_being_made:
            shutil.rmtree(path, ignore_errors=True)
