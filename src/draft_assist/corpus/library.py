"""The user's corpus as a source of statute texts for citations, findings and rules (see law/libraries.py)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from draft_assist.corpus.home import find_home, is_built
from draft_assist.corpus.store import Store, VersionRow
from draft_assist.corpus.works import Genre, Trust
from draft_assist.errors import CorpusError
from draft_assist.law.libraries import WordingRow
from draft_assist.law.store import Statutes

# Reports and cards are no texts that a citation is looked up in; of the user's own documents and of sample essays
# nothing may be cited.
_CITED = frozenset((Genre.STATUTE, Genre.INTERPRETATION, Genre.DECISION, Genre.DOCUMENT))


class CorpusLibrary:
    """The imported wordings that may be cited; those of the data package are left to the package."""

    is_complete = False

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows = [_wording(row) for row in store.versions() if is_cited(row)]
        self.source = "已导入的语料"

    def rows(self) -> Sequence[WordingRow]:
        """See `law.libraries.Library`."""
        return self._rows

    def claimed_dead(self) -> frozenset[str]:
        """None: an imported text says nothing of its own end."""
        return frozenset()

    def text(self, key: str, article: tuple[int, int]) -> str | None:
        """See `law.libraries.Library`."""
        return self._store.text_of(int(key), article)

    def numbers(self, key: str) -> Sequence[tuple[int, int]]:
        """See `law.libraries.Library`."""
        return self._store.numbers(int(key))


def open_statutes(home: Path | None = None) -> tuple[Statutes, str]:
    """The statutes with what the user imported, where there is a corpus.

    Args:
        home: None takes the usual folder.

    Returns:
        The statutes and, when there is a corpus that cannot be used, why, in Chinese; "" otherwise.
    """
    folder = find_home(home)
    if not is_built(folder):
        return Statutes.open(), ""
    try:
        return statutes_of(Store(folder)), ""
    except CorpusError as error:
        return Statutes.open(), str(error)


def statutes_of(store: Store) -> Statutes:
    """The statutes with what the store holds."""
    library = CorpusLibrary(store)
    return Statutes.open(further=(library,) if library.rows() else ())


def is_cited(row: VersionRow) -> bool:
    """True for a version that may be cited and that the data package does not hold."""
    return not row.source_key and row.trust is Trust.AUTHORITY and row.genre in _CITED


def _wording(row: VersionRow) -> WordingRow:
    adopted = row.version_date or row.effective_from
    return WordingRow(
        key=str(row.id),
        law=row.title,
        effective=row.effective_from.isoformat() if row.effective_from else None,
        adopted=adopted.isoformat() if adopted else None,
        level=row.level,
        expires=row.expires.isoformat() if row.expires else None,
    )
