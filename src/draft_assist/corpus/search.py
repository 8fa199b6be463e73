"""Searching the corpus: what is named is looked up, everything else is ranked.

民法典第三条, an alias or an old title goes straight to the article; a clause, a topic or a question is ranked by the
index over what is in force on the day asked for. Below a calibrated confidence the answer is that there is no basis in
this corpus.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from draft_assist.corpus.build import index_folder, index_state
from draft_assist.corpus.library import statutes_of
from draft_assist.corpus.named import Register
from draft_assist.corpus.near import Near
from draft_assist.corpus.query import searched_words
from draft_assist.corpus.ranking import rank_laws, rank_passages
from draft_assist.corpus.store import FileRow, Held, Store, VersionRow
from draft_assist.corpus.validity import SEARCHED, lacks_package, standings
from draft_assist.corpus.works import Genre, Standing, Trust
from draft_assist.egress import Reach, reach_of
from draft_assist.errors import CorpusError
from draft_assist.law.libraries import PACKAGE
from draft_assist.law.store import Statutes
from draft_assist.model import Frozen, Marking, Rank

if TYPE_CHECKING:
    import numpy as np

    from draft_assist.corpus.dense import Vectors
    from draft_assist.corpus.index import Index

# Texts that change other texts quote what is found in those; reports and cards bind nobody. All on request.
_USUAL = frozenset((Genre.STATUTE, Genre.INTERPRETATION, Genre.DOCUMENT))
# What may be the basis of a clause.
AUTHORITIES = (Genre.STATUTE, Genre.INTERPRETATION, Genre.DOCUMENT)

_PLACES_SHOWN = 6
_MEND = f"请运行 python -m pip install {PACKAGE}，再运行 draft-assist kb build。"


class Filters(Frozen, frozen=True):
    """What is searched.

    Attributes:
        as_of: what is in force on this day, and what tells no dates.
        levels: of these ranks; () for all.
        place: of this place or of one above or in it, and national; "" for all.
        places: of exactly these places, and national; None for all.
        genres: of these kinds; () for statutes, interpretations and documents.
        trusts: of these; () for all but sample essays.
        every_version: also what is not, or no longer, in force.
    """

    as_of: dt.date
    levels: tuple[Rank, ...] = ()
    place: str = ""
    places: tuple[str, ...] | None = None
    genres: tuple[Genre, ...] = ()
    trusts: tuple[Trust, ...] = ()
    every_version: bool = False


class Hit(NamedTuple):
    """One article found; `score` is 1.0 for one that was named."""

    held: Held
    score: float
    standing: Standing
    is_exact: bool = False


class WorkHit(NamedTuple):
    """One work found, by the version that holds."""

    version: VersionRow
    score: float
    standing: Standing


class Found(NamedTuple):
    """What a search found.

    Attributes:
        hits: best first.
        is_enough: False when none of them is a basis as far as the scores tell.
        confidence: how likely the first is right, 0 to 1, as measured (evals/train_ranker.py).
        notes: Chinese, what the user should know: what was named and is not held, what is not in the index yet.
    """

    hits: tuple[Hit, ...]
    is_enough: bool
    confidence: float
    notes: tuple[str, ...] = ()


class Searcher:
    """The corpus of one folder, ready to be searched. Opening it reads no article."""

    def __init__(self, home: Path, vectors: Vectors | None = None) -> None:
        """
        Args:
            vectors: dense vectors beside the words; None searches by words alone.

        Raises:
            CorpusError: there is no corpus or no index, or they cannot be used.
        """
        self.home = home
        self._vectors = vectors
        self._store = Store(home)
        self.state = index_state(home)
        if self.state is None:
            raise CorpusError("还没有索引", where=str(home), next_step="请运行 draft-assist kb build")
        self.is_behind = self.state.stamp != self._store.stamp()
        self._standings: dict[dt.date, dict[int, Standing]] = {}

    def close(self) -> None:
        """Close the corpus."""
        self._store.close()

    def for_document(self, marking: Marking | None) -> Searcher:
        """The searcher that may be asked with words of a document: a marked one's are sent to no other host."""
        url = self._vectors.url if self._vectors is not None else ""
        if not marking or not url or reach_of(url) is Reach.HOST:
            return self
        return Searcher(self.home)

    @cached_property
    def statutes(self) -> Statutes:
        """The statutes with what the corpus holds beside the data package."""
        return statutes_of(self._store)

    def places_named(self, words: str) -> tuple[str, ...]:
        """The places of texts in the corpus that the words name, with or without 省 or 市, in order."""
        places = sorted({row.place for row in self.versions.values() if row.place})
        return tuple(place for place in places if place.rstrip("省市") in words)

    def describe(self) -> str:
        """Chinese, one line: how much is searched."""
        assert self.state is not None
        return f"语料库（{len(self.versions)}个文本，{self.state.articles}条）"

    def searched_ids(self, filters: Filters) -> list[int]:
        """The ids of the articles that are searched with these filters."""
        return [int(one) for one in self.index.article_ids[self._allowed(filters)]]

    def articles(self, ids: list[int]) -> dict[int, Held]:
        """The articles of those ids."""
        return self._store.articles(ids)

    def sources(self, version_id: int) -> list[FileRow]:
        """The files that hold a version."""
        return self._store.sources(version_id)

    @cached_property
    def versions(self) -> dict[int, VersionRow]:
        """All versions by id."""
        return {row.id: row for row in self._store.versions()}

    # --- what is named ------------------------------------------------------------------------------------------

    def named(self, words: str, as_of: dt.date, limit: int = 10, *, with_cards: bool = False) -> Found | None:
        """The articles that `words` name; None when they name nothing.

        Args:
            words: 行政处罚法第十六条, 消法第五十五条, or a title alone: its first articles.
            with_cards: requirement cards stand for a text of which only cards are held.
        """
        register = self._register(as_of)
        found = register.look_up(words, limit, with_cards=with_cards)
        if found is None:
            return None
        hits = tuple(Hit(held, 1.0, self.standings(as_of)[held.version.id], is_exact=True) for held in found.articles)
        gaps = () if found.is_held else self._gaps()
        return Found(hits, bool(hits), 1.0 if hits else 0.0, (*found.notes, *gaps))

    def _register(self, as_of: dt.date) -> Register:
        return Register(self._store, self.statutes, self.versions.values(), self.standings(as_of), as_of)

    # --- what is ranked -----------------------------------------------------------------------------------------

    def search(self, query: str, filters: Filters, *, draft_title: str = "", limit: int = 10) -> Found:
        """The articles that `query` names, or else the best ones for it.

        Args:
            query: a citation, a clause, a topic or a question.
            draft_title: of the document in which the query stands; "" when it is in none.
        """
        told = self.notes(filters)
        named = self.named(query, filters.as_of, limit, with_cards=Genre.CARD in filters.genres)
        if named is not None:
            return named._replace(notes=(*named.notes, *told))
        if absent := self._register(filters.as_of).absent_title(query):
            told = (absent, *told)
        found = self.rank(query, filters, draft_title=draft_title, limit=limit)
        return found._replace(notes=(*told, *found.notes))

    def notes(self, filters: Filters) -> tuple[str, ...]:
        """In Chinese, what narrows every answer with these filters."""
        return (*self.package_notes(), *self._place_notes(filters.place))

    def package_notes(self) -> tuple[str, ...]:
        """In Chinese, that the laws of the corpus cannot be answered from: () while they are those of the package."""
        if not lacks_package(self.versions.values(), self.statutes):
            return ()
        return (f"法律数据包 {PACKAGE} 没有安装或者读不出来，语料库中的国家法律不知是否有效，没有查。{_MEND}",)

    def _place_notes(self, place: str) -> tuple[str, ...]:
        """In Chinese, that the corpus holds no text of a place, and of which it holds some; () when it does."""
        texts = (row for row in self.versions.values() if row.genre is not Genre.CARD)
        held = sorted({row.place for row in texts if row.place})
        if not place or any(place.startswith(one) or one.startswith(place) for one in held):
            return ()
        more = f"等{len(held)}个地方" if len(held) > _PLACES_SHOWN else ""
        known = f"收录的地方有{'、'.join(held[:_PLACES_SHOWN])}{more}" if held else "没有收录任何地方的文本"
        return (f"语料中没有“{place}”的文本，只查了全国的；{known}。地方请写全称，如 湖南省常德市澧县。",)

    def rank(self, query: str, filters: Filters, *, draft_title: str = "", limit: int = 10) -> Found:
        """The best articles for a clause, a topic or a question."""
        words, near = searched_words(query, stands_in_draft=bool(draft_title)), self._near(query)
        ranked = rank_passages(
            self.index, words, self._allowed(filters), draft_title=draft_title, limit=limit, near=near
        )
        held = self._store.articles([int(one) for one in ranked.ids])
        standing = self.standings(filters.as_of)
        hits = tuple(
            Hit(held[int(one)], float(score), standing[held[int(one)].version.id])
            for one, score in zip(ranked.ids, ranked.scores, strict=True)
            if int(one) in held  # the index may be behind
        )
        enough = bool(ranked.enough) and bool(hits)
        notes = () if enough else (self._nothing(filters), *self._gaps())
        return Found(hits, enough, float(ranked.confidence), (*notes, *self._behind()))

    def rank_works(
        self, query: str, filters: Filters, *, draft_title: str = "", limit: int = 10
    ) -> tuple[WorkHit, ...]:
        """The works most likely to hold what a clause or a topic rests on, best first."""
        words, near = searched_words(query, stands_in_draft=bool(draft_title)), self._near(query)
        ranked = rank_laws(self.index, words, self._allowed(filters), draft_title=draft_title, limit=limit, near=near)
        standing = self.standings(filters.as_of)
        return tuple(
            WorkHit(self.versions[int(one)], float(score), standing[int(one)])
            for one, score in zip(ranked.ids, ranked.scores, strict=True)
            if int(one) in self.versions
        )

    def standings(self, as_of: dt.date) -> dict[int, Standing]:
        """The standing of every version on a day, by id."""
        if as_of not in self._standings:
            self._standings[as_of] = standings(self.versions.values(), self.statutes, as_of)
        return self._standings[as_of]

    @cached_property
    def index(self) -> Index:
        """The lexical index, opened when it is first asked for."""
        from draft_assist.corpus.index import Index

        assert self.state is not None
        return Index(index_folder(self.home, self.state))

    @lru_cache(maxsize=16)  # noqa: B019 - a searcher lives as long as its process
    def _allowed(self, filters: Filters) -> np.ndarray:
        """Which passages may be found, in the order of the index."""
        import numpy as np

        standing = self.standings(filters.as_of)
        allowed = [row.id for row in self.versions.values() if _fits(row, standing[row.id], filters)]
        fits: np.ndarray = np.isin(self.index.version_ids, np.array(allowed, dtype=np.int64)) & self._says_something
        return fits

    @cached_property
    def _says_something(self) -> np.ndarray:
        """Which passages are more than a line of a letterhead, in the order of the index."""
        import numpy as np

        return ~np.isin(self.index.article_ids, np.array(self._store.letterheads(), dtype=np.int64))

    def _near(self, query: str) -> Near | None:
        return Near(query, self._vectors, self.index) if self._vectors is not None else None

    # --- what to tell -------------------------------------------------------------------------------------------

    def _nothing(self, filters: Filters) -> str:
        return f"在所查范围内（{filters.as_of:%Y-%m-%d}有效的文本）没有找到足够接近的依据；这不表示没有依据。"

    def _gaps(self) -> tuple[str, ...]:
        """What this corpus lacks of what a basis may stand in."""
        there = {row.level for row in self.versions.values() if row.trust is Trust.AUTHORITY}
        lacking = [name for name, levels in _LEVELS_LACKING.items() if not there & levels]
        return (f"本语料没有收录{'、'.join(lacking)}，可用 kb import 补充。",) if lacking else ()

    def _behind(self) -> tuple[str, ...]:
        return ("有新导入的文本尚未编入索引，请运行 draft-assist kb build。",) if self.is_behind else ()


_LEVELS_LACKING = {
    "行政法规": frozenset((Rank.ADMINISTRATIVE_REGULATION,)),
    "部门规章": frozenset((Rank.DEPARTMENT_RULE,)),
    "地方性法规": frozenset((Rank.LOCAL_REGULATION_PROVINCE, Rank.LOCAL_REGULATION_CITY)),
    "地方政府规章": frozenset((Rank.GOVERNMENT_RULE_PROVINCE, Rank.GOVERNMENT_RULE_CITY)),
}


def _fits(row: VersionRow, standing: Standing, filters: Filters) -> bool:
    if standing not in SEARCHED and not (filters.every_version and standing is not Standing.TWICE):
        return False
    if row.genre not in (filters.genres or _USUAL) or (filters.levels and row.level not in filters.levels):
        return False
    if filters.trusts and row.trust not in filters.trusts:
        return False
    if not filters.trusts and row.trust is Trust.SAMPLE:
        return False
    if row.place and filters.places is not None and row.place not in filters.places:
        return False
    place = filters.place
    return not place or not row.place or place.startswith(row.place) or row.place.startswith(place)
