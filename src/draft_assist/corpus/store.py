"""Keeping and reading works, versions, articles and files. One `Store` is one connection to the corpus of a folder."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from draft_assist.corpus.database import connect, told
from draft_assist.corpus.sqlite_file import change
from draft_assist.corpus.works import Article, Genre, Intake, Trust
from draft_assist.law.articles import fingerprint
from draft_assist.law.store import PREFIX
from draft_assist.model import Rank

# Only these are told apart by their title alone; two counties may each issue a 实施方案.
_BY_TITLE = frozenset((Genre.STATUTE, Genre.INTERPRETATION, Genre.DECISION))
_SHORTEST = 16  # letters of a paragraph without a number that says something
_AT_ONCE = 500  # SQLite takes some thousand parameters in one statement; far fewer are as quick


class Saved(StrEnum):
    """What became of a file."""

    NEW = "new"  # a version that was not there
    KNOWN = "known"  # the same words were there already; the file is noted as a further source
    CHANGED = "changed"  # the path held other words before: they are gone unless another file holds them


class FileFacts(NamedTuple):
    """A file as it was read: absolute path, sha256 of its bytes, their number, the importer's name and version."""

    path: str
    sha256: str
    size: int
    importer: str


class FileRow(NamedTuple):
    """A file as the corpus remembers it; `problem` is "" for one that was imported."""

    path: str
    sha256: str
    importer: str
    problem: str
    cleaned: tuple[str, ...]
    warnings: tuple[str, ...]
    imported_on: str


class VersionRow(NamedTuple):
    """One version with the facts of its work; dates are None when not known, texts "" when not known."""

    id: int
    title: str
    genre: Genre
    level: Rank
    place: str
    issuer: str
    number: str
    version_date: dt.date | None
    effective_from: dt.date | None
    expires: dt.date | None
    trust: Trust
    source_key: str
    article_count: int


class Held(NamedTuple):
    """One article with its version."""

    id: int
    version: VersionRow
    ordinal: int
    article: Article


class Counts(NamedTuple):
    """How much there is: works by genre, versions, articles, files imported, files with a problem."""

    works: dict[Genre, int]
    versions: int
    articles: int
    characters: int
    files: int
    problems: int


_VERSION = """
    SELECT version.id, work.title, work.genre, work.level, work.place, work.issuer, work.number, version.version_date,
           version.effective_from, version.expires, version.trust, version.source_key,
           (SELECT count(*) FROM article WHERE article.version_id = version.id)
    FROM version JOIN work ON work.id = version.work_id
"""


class Store:
    """The corpus of one folder.

    Every method raises CorpusError when the file is locked, damaged or there is no space.
    """

    def __init__(self, home: Path, *, writable: bool = False) -> None:
        """
        Raises:
            CorpusError: there is no corpus in `home`, or it cannot be used.
        """
        self.home = home
        self._link = connect(home, writable=writable)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._link.close()

    # --- writing ------------------------------------------------------------------------------------------------

    def save(self, read: Iterable[tuple[FileFacts, Sequence[tuple[Intake, str]] | str]], on: dt.date) -> list[Saved]:
        """Keep what was read from files, in one transaction.

        Args:
            read: each file with its intakes and the data package's key of each ("" for files), or with the problem
                that it could not be read for.
            on: the day of the import.

        Returns:
            What became of each file that could be read, in order.
        """
        saved = []
        with told(self.home), change(self._link):
            for facts, outcome in read:
                if isinstance(outcome, str):
                    self._note(facts, on, problem=outcome)
                else:
                    saved.append(self._save(facts, outcome, on))
            self._link.execute("UPDATE meta SET value = value + 1 WHERE key = 'stamp'")
        return saved

    def _save(self, facts: FileFacts, intakes: Sequence[tuple[Intake, str]], on: dt.date) -> Saved:
        cleaned = tuple(dict.fromkeys(words for intake, _ in intakes for words in intake.cleaned))
        warnings = tuple(dict.fromkeys(words for intake, _ in intakes for words in intake.warnings))
        file_id = self._note(facts, on, cleaned=cleaned, warnings=warnings)
        before = {row[0] for row in self._all("SELECT version_id FROM provenance WHERE file_id = ?", file_id)}
        kept, is_new = set(), False
        for intake, key in intakes:
            version_id, made = self._version(intake, key)
            kept.add(version_id)
            is_new |= made
            self._link.execute("INSERT OR IGNORE INTO provenance VALUES (?, ?)", (version_id, file_id))
        for gone in before - kept:
            self._link.execute("DELETE FROM provenance WHERE version_id = ? AND file_id = ?", (gone, file_id))
        self._drop_unsourced(before - kept)
        if before - kept:
            return Saved.CHANGED
        return Saved.NEW if is_new else Saved.KNOWN

    def _note(
        self, facts: FileFacts, on: dt.date, *, problem: str = "",
        cleaned: tuple[str, ...] = (), warnings: tuple[str, ...] = (),
    ) -> int:  # fmt: skip
        """The row of a file. What an earlier, readable state of it brought stays until it can be read again."""
        row = (facts.path, facts.sha256, facts.size, facts.importer, "problem" if problem else "imported", problem)
        self._link.execute(
            "INSERT INTO file (path, sha256, bytes, importer, state, problem, cleaned, warnings, imported_on)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET sha256 = excluded.sha256,"
            " bytes = excluded.bytes, importer = excluded.importer, state = excluded.state,"
            " problem = excluded.problem, cleaned = excluded.cleaned, warnings = excluded.warnings,"
            " imported_on = excluded.imported_on",
            (*row, _json(cleaned), _json(warnings), on.isoformat()),
        )
        return int(self._one("SELECT id FROM file WHERE path = ?", facts.path)[0])

    def _version(self, intake: Intake, key: str) -> tuple[int, bool]:
        """The id of the version of those words, and whether it had to be made."""
        work_id = self._work(intake)
        text_hash = hashlib.sha256(intake.whole().encode()).hexdigest()
        day = intake.version_date.isoformat() if intake.version_date else ""
        known = self._all(
            "SELECT id, source_key FROM version WHERE work_id = ? AND text_hash = ? AND version_date = ?",
            work_id, text_hash, day,
        )  # fmt: skip
        facts = (_iso(intake.effective_from), _iso(intake.expires), intake.trust.value)
        if known:
            version_id = int(known[0][0])
            self._link.execute(
                "UPDATE version SET effective_from = ?, expires = ?, trust = ?, source_key = ? WHERE id = ?",
                (*facts, key or known[0][1], version_id),
            )
            return version_id, False
        made = self._link.execute(
            "INSERT INTO version (work_id, version_date, effective_from, expires, trust, text_hash, after, source_key)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (work_id, day, *facts, text_hash, intake.after, key),
        )
        version_id = int(made.lastrowid or 0)
        self._link.executemany(
            "INSERT INTO article (version_id, ordinal, label, number, inserted, trail, before, text, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (version_id, ordinal, one.label, *(one.number or (None, None)), _json(one.trail), one.before, one.text,
                 fingerprint(one.text))
                for ordinal, one in enumerate(intake.articles)
            ],
        )  # fmt: skip
        return version_id, True

    def _work(self, intake: Intake) -> int:
        told_by = "" if intake.genre in _BY_TITLE else intake.number or intake.issuer
        if intake.genre is Genre.CARD:  # what we say of a document is not the document
            told_by = f"card {told_by}"
        short = intake.title.removeprefix(PREFIX)
        rows = self._all("SELECT id FROM work WHERE title IN (?, ?) AND told_by = ?", short, PREFIX + short, told_by)
        if rows:
            return int(rows[0][0])
        made = self._link.execute(
            "INSERT INTO work (title, told_by, genre, level, place, issuer, number) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (intake.title, told_by, intake.genre, intake.level, intake.place, intake.issuer, intake.number),
        )
        return int(made.lastrowid or 0)

    def _drop_unsourced(self, version_ids: Iterable[int]) -> None:
        for version_id in version_ids:
            self._link.execute(
                "DELETE FROM version WHERE id = ? AND id NOT IN (SELECT version_id FROM provenance)", (version_id,)
            )
        self._link.execute("DELETE FROM work WHERE id NOT IN (SELECT work_id FROM version)")

    def forget(self, paths: Iterable[str]) -> int:
        """Take files out, and the versions that no other file holds; returns the number of files."""
        count = 0
        with told(self.home), change(self._link):
            for path in paths:
                sourced = "SELECT version_id FROM provenance JOIN file ON file.id = file_id WHERE path = ?"
                held = [row[0] for row in self._all(sourced, path)]
                count += self._link.execute("DELETE FROM file WHERE path = ?", (path,)).rowcount
                self._drop_unsourced(held)
            self._link.execute("UPDATE meta SET value = value + 1 WHERE key = 'stamp'")
        return count

    # --- reading ------------------------------------------------------------------------------------------------

    def stamp(self) -> str:
        """A value that changes with every change of the corpus."""
        return str(self._one("SELECT value FROM meta WHERE key = 'stamp'")[0])

    def files(self, state: str | None = None) -> list[FileRow]:
        """The files, by path; of one state ("imported", "problem") or all."""
        rows = self._all(
            "SELECT path, sha256, importer, problem, cleaned, warnings, imported_on FROM file"
            " WHERE ? IS NULL OR state = ? ORDER BY path",
            state, state,
        )  # fmt: skip
        return [_file_row(row) for row in rows]

    def sources(self, version_id: int) -> list[FileRow]:
        """The files that hold a version, by path."""
        rows = self._all(
            "SELECT path, sha256, importer, problem, cleaned, warnings, imported_on FROM file"
            " JOIN provenance ON file_id = file.id WHERE version_id = ? ORDER BY path",
            version_id,
        )
        return [_file_row(row) for row in rows]

    def paths_of(self, title: str) -> list[str]:
        """The paths of the files that hold a work of that title, in any version."""
        short = title.removeprefix(PREFIX)
        rows = self._all(
            "SELECT DISTINCT file.path FROM file JOIN provenance ON file_id = file.id"
            " JOIN version ON version.id = version_id JOIN work ON work.id = work_id"
            " WHERE title IN (?, ?) ORDER BY file.path",
            short, PREFIX + short,
        )  # fmt: skip
        return [str(path) for (path,) in rows]

    def versions(self) -> list[VersionRow]:
        """All versions, by title and date."""
        return [_version_row(row) for row in self._all(_VERSION + "ORDER BY work.title, version_date, version.id")]

    def articles(self, ids: Sequence[int]) -> dict[int, Held]:
        """The articles of those ids; one that is gone is left out."""
        rows = []
        for start in range(0, len(ids), _AT_ONCE):
            part = [int(one) for one in ids[start : start + _AT_ONCE]]
            marks = ",".join("?" * len(part))
            rows += self._all(f"{_ARTICLE} WHERE article.id IN ({marks})", *part)
        return self._held(rows)

    def article_id(self, version_id: int, number: tuple[int, int]) -> int | None:
        """The id of an article by its number; None when the version has none of that number."""
        rows = self._all(
            "SELECT id FROM article WHERE version_id = ? AND number = ? AND inserted = ? ORDER BY ordinal LIMIT 1",
            version_id, *number,
        )  # fmt: skip
        return int(rows[0][0]) if rows else None

    def numbers(self, version_id: int) -> list[tuple[int, int]]:
        """The article numbers of a version, in order, each once."""
        rows = self._all(
            "SELECT number, inserted FROM article WHERE version_id = ? AND number IS NOT NULL ORDER BY ordinal",
            version_id,
        )
        return list(dict.fromkeys((int(number), int(inserted)) for number, inserted in rows))

    def text_of(self, version_id: int, number: tuple[int, int]) -> str | None:
        """The words of an article; None when the version has none of that number."""
        rows = self._all(
            "SELECT text FROM article WHERE version_id = ? AND number = ? AND inserted = ? ORDER BY ordinal LIMIT 1",
            version_id, *number,
        )  # fmt: skip
        return str(rows[0][0]) if rows else None

    def of_version(self, version_id: int) -> list[Held]:
        """All articles of a version, in order."""
        rows = self._all(f"{_ARTICLE} WHERE version_id = ?", version_id)
        return sorted(self._held(rows).values(), key=lambda held: held.ordinal)

    def passages(self) -> Iterator[tuple[int, int, int, str, str, str]]:
        """Article id, version id, ordinal, title, heading trail and words of every article, by id."""
        with told(self.home):
            for *ids, title, trail, text in self._link.execute(
                "SELECT article.id, version_id, ordinal, title, trail, text FROM article"
                " JOIN version ON version.id = version_id JOIN work ON work.id = work_id ORDER BY article.id"
            ):
                yield ids[0], ids[1], ids[2], title, " ".join(_texts(trail)), text

    def letterheads(self) -> list[int]:
        """The ids of what stands around texts and says nothing: 青政发〔2024〕12号, a date, an addressee."""
        rows = self._all("SELECT id, text FROM article WHERE number IS NULL AND length(text) < ?", 4 * _SHORTEST)
        return [number for number, text in rows if sum(map(str.isalnum, text)) < _SHORTEST]

    def counts(self) -> Counts:
        """How much there is."""
        works = {Genre(genre): count for genre, count in self._all("SELECT genre, count(*) FROM work GROUP BY genre")}
        articles, characters = self._one("SELECT count(*), coalesce(sum(length(text)), 0) FROM article")
        states = dict(self._all("SELECT state, count(*) FROM file GROUP BY state"))
        versions = self._one("SELECT count(*) FROM version")[0]
        return Counts(works, versions, articles, characters, states.get("imported", 0), states.get("problem", 0))

    def faults(self) -> list[str]:
        """What is wrong with the file itself, Chinese; [] when it is whole. Reads all of it."""
        found = [f"数据库：{row[0]}" for row in self._all("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"数据库：表 {row[0]} 中有一行失去所属" for row in self._all("PRAGMA foreign_key_check")]
        for version_id, text_hash, after in self._all("SELECT id, text_hash, after FROM version"):
            rows = self._all("SELECT before || text FROM article WHERE version_id = ? ORDER BY ordinal", version_id)
            whole = "".join(row[0] for row in rows) + after
            if hashlib.sha256(whole.encode()).hexdigest() != text_hash:
                title = self._all(_VERSION + "WHERE version.id = ?", version_id)[0][1]
                found.append(f"《{title}》的文本与导入时不一致")
        return found

    def _held(self, rows: Iterable[tuple[Any, ...]]) -> dict[int, Held]:
        found, versions = {}, dict[int, VersionRow]()
        for article_id, version_id, ordinal, label, number, inserted, trail, before, text in rows:
            if version_id not in versions:
                versions[version_id] = _version_row(self._one(_VERSION + "WHERE version.id = ?", version_id))
            place = None if number is None else (number, inserted)
            article = Article(label=label, number=place, trail=_texts(trail), before=before, text=text)
            found[article_id] = Held(article_id, versions[version_id], ordinal, article)
        return found

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with told(self.home):
            return self._link.execute(query, values).fetchall()

    def _one(self, query: str, *values: object) -> tuple[Any, ...]:
        with told(self.home):
            row: tuple[Any, ...] = self._link.execute(query, values).fetchone()
            return row


_ARTICLE = "SELECT id, version_id, ordinal, label, number, inserted, trail, before, text FROM article"


def _file_row(row: tuple[Any, ...]) -> FileRow:
    path, sha256, importer, problem, cleaned, warnings, imported_on = row
    return FileRow(path, sha256, importer, problem, _texts(cleaned), _texts(warnings), imported_on)


def _version_row(row: tuple[Any, ...]) -> VersionRow:
    version_id, title, genre, level, place, issuer, number, day, since, expires, trust, key, count = row
    return VersionRow(
        version_id, title, Genre(genre), Rank(level), place, issuer, number, _date(day), _date(since),
        _date(expires), Trust(trust), key, count,
    )  # fmt: skip


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _json(texts: Sequence[str]) -> str:
    return msgspec.json.encode(list(texts)).decode()


def _texts(encoded: str) -> tuple[str, ...]:
    return msgspec.json.decode(encoded, type=tuple[str, ...])
