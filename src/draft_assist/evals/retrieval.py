"""Retrieval against what was written down for it: are the right articles and laws found, is "no basis" said rightly.

A line of a file holds a query and what is right for it: articles, laws, or nothing at all. What is right and not in the
corpus is left out and counted, for no search can find it. Recall is the share of a line's golds among the first k; nDCG
(Järvelin and Kekäläinen, 2002, doi:10.1145/582415.582418) takes a hit as right or wrong, without grades.
"""

from __future__ import annotations

import datetime as dt
import math
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from draft_assist.errors import SourceError
from draft_assist.evals.floors import read_floor_as
from draft_assist.evals.metrics import share
from draft_assist.law.articles import article_label
from draft_assist.law.store import PREFIX
from draft_assist.parse.numerals import read_numeral
from draft_assist.patterns import compiled

if TYPE_CHECKING:
    from draft_assist.corpus.search import Searcher

RECALLS = (1, 5, 10, 20, 100)
_DEEPEST = max(RECALLS)
_FIRST = 10  # of MRR and nDCG

# A title without 《》, and an article; None for the law as a whole.
Name = tuple[str, tuple[int, int] | None]


class Ranking(NamedTuple):
    """What a search found.

    Attributes:
        names: best first, with full titles.
        enough: False when the answer is that there is no basis.
    """

    names: tuple[Name, ...]
    enough: bool


class Searches(Protocol):
    """What is measured."""

    @property
    def article_count(self) -> int:
        """How many articles are searched."""

    def articles(self, query: str, *, draft_title: str, limit: int) -> Ranking:
        """The best articles for a query; `draft_title` is "" when it stands in no draft."""

    def laws(self, query: str, *, draft_title: str, limit: int) -> Ranking:
        """The best laws for a query."""

    def full_name(self, name: Name) -> Name | None:
        """The article or law as rankings name it, for a short or an old title too; None when it is not searched."""


class CorpusSearches:
    """The corpus of one folder, as `kb search` ranks it on a day."""

    def __init__(self, searcher: Searcher, as_of: dt.date) -> None:
        from draft_assist.corpus.search import Filters

        self._searcher = searcher
        self._filters = Filters(as_of)
        self._ids = frozenset(searcher.searched_ids(self._filters))

    @property
    def article_count(self) -> int:
        return len(self._ids)

    def articles(self, query: str, *, draft_title: str, limit: int) -> Ranking:
        found = self._searcher.rank(query, self._filters, draft_title=draft_title, limit=limit)
        names = tuple((hit.held.version.title, hit.held.article.number) for hit in found.hits)
        return Ranking(names, found.is_enough)

    def laws(self, query: str, *, draft_title: str, limit: int) -> Ranking:
        hits = self._searcher.rank_works(query, self._filters, draft_title=draft_title, limit=limit)
        return Ranking(tuple((hit.version.title, None) for hit in hits), bool(hits))

    def full_name(self, name: Name) -> Name | None:
        found = self._searcher.named(_written(name), self._filters.as_of, limit=1)
        for hit in found.hits if found is not None else ():
            if hit.held.id in self._ids:
                return hit.held.version.title, name[1]
        return None


# --- the files ----------------------------------------------------------------------------------------------------


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line as written; further keys are remarks."""

    query: str
    id: str = ""
    citing: str | None = None
    gold_names: tuple[str, ...] = ()
    gold_laws: tuple[str, ...] = ()
    unanswerable: bool = False


class Query(NamedTuple):
    """One line of a file.

    Attributes:
        id: as written, else the number of the line.
        citing: title of the draft that the query stands in; "" for none.
        articles, laws: what is right. Both are empty when nothing is.
    """

    id: str
    text: str
    citing: str
    articles: tuple[Name, ...]
    laws: tuple[Name, ...]


_ARTICLE = compiled(r"第([〇零一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?$")


def read_name(written: str) -> Name | None:
    """中华人民共和国立法法第十一条 as title and (11, 0); None when it does not end with an article after a title."""
    bare = written.replace("《", "").replace("》", "").strip()
    match = _ARTICLE.search(bare)
    if match is None or not match.start():
        return None
    number, sub = read_numeral(match[1]), read_numeral(match[2]) if match[2] else 0
    return None if number is None or sub is None else (bare[: match.start()], (number, sub))


def read_queries(path: Path) -> list[Query]:
    """The lines of a file.

    Raises:
        SourceError: it cannot be read, or a line is not of that form.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise SourceError("没有这个文件", where=str(path), next_step="请检查路径") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"文件读不出来（{error}）", where=str(path)) from None
    queries = [_query(line, f"{path}:{number}", str(number)) for number, line in enumerate(lines, 1) if line.strip()]
    if not queries:
        raise SourceError("文件里没有查询", where=str(path))
    return queries


def _query(line: str, where: str, number: str) -> Query:
    try:
        read = msgspec.json.decode(line, type=_Line)
    except msgspec.DecodeError as error:
        raise SourceError(f"这一行读不懂（{error}）", where=where) from None
    if not read.query.strip():
        raise SourceError("query 是空的", where=where)
    if read.unanswerable == bool(read.gold_names or read.gold_laws):
        raise SourceError("gold_names、gold_laws 和 unanswerable 须有且只有一种", where=where)
    articles = []
    for written in read.gold_names:
        name = read_name(written)
        if name is None:
            raise SourceError(f"gold_names 里的“{written}”读不懂", where=where, next_step="请写成“行政处罚法第十六条”")
        articles.append(name)
    laws = tuple((written.replace("《", "").replace("》", "").strip(), None) for written in read.gold_laws)
    return Query(read.id or number, read.query, read.citing or "", tuple(articles), laws)


# --- the measures -------------------------------------------------------------------------------------------------


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """How well golds are found; None when there is no line to measure.

    Attributes:
        n: lines measured.
        skipped: golds that the corpus does not hold; skipped_lines: lines that have no other gold.
    """

    n: int
    skipped: int
    skipped_lines: int
    recall_1: float | None = msgspec.field(name="R@1")
    recall_5: float | None = msgspec.field(name="R@5")
    recall_10: float | None = msgspec.field(name="R@10")
    recall_20: float | None = msgspec.field(name="R@20")
    recall_100: float | None = msgspec.field(name="R@100")
    reciprocal_rank: float | None = msgspec.field(name="MRR@10")
    gain: float | None = msgspec.field(name="nDCG@10")


class Latency(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds of one search, nearest rank; None without a search."""

    p50: float | None
    p95: float | None


class Abstention(msgspec.Struct, frozen=True, kw_only=True):
    """How often "no basis" is the answer.

    Attributes:
        unanswerable: lines for which nothing is right; rightly_none: the share of them answered so.
        answerable: lines measured on articles; wrongly_none: the share of them answered so.
    """

    unanswerable: int
    rightly_none: float | None
    answerable: int
    wrongly_none: float | None


class Corpus(msgspec.Struct, frozen=True, kw_only=True):
    """What was searched."""

    articles: int
    as_of: dt.date


class Miss(msgspec.Struct, frozen=True, kw_only=True):
    """A line of which not all golds are among the first ten; `found` is the first that was found."""

    id: str
    missing: tuple[str, ...]
    found: str


class RetrievalScores(msgspec.Struct, frozen=True, kw_only=True):
    """The measures of one file."""

    article: Measures
    law: Measures
    latency_ms: Latency
    abstention: Abstention
    corpus: Corpus
    misses: tuple[Miss, ...]


class _Found(NamedTuple):
    """The places, from 1, at which the golds of one line stand, and how many golds it has."""

    places: tuple[int, ...]
    golds: int

    def recall(self, k: int) -> float:
        return sum(place <= k for place in self.places) / self.golds

    def reciprocal_rank(self) -> float:
        first = min(self.places, default=_FIRST + 1)
        return 1 / first if first <= _FIRST else 0.0

    def gain(self) -> float:
        best = sum(1 / math.log2(place + 1) for place in range(1, min(self.golds, _FIRST) + 1))
        return sum(1 / math.log2(place + 1) for place in self.places if place <= _FIRST) / best


def places_of(golds: Iterable[Name], names: Sequence[Name]) -> tuple[int, ...]:
    """The places, from 1, of the golds found. What is found twice counts at its first place, and takes up both."""
    first: dict[Name, int] = {}
    for place, name in enumerate(names, 1):
        first.setdefault(_key(name), place)
    return tuple(sorted(first[key] for key in {_key(gold) for gold in golds} if key in first))


def _key(name: Name) -> Name:
    return name[0].removeprefix(PREFIX), name[1]


class _Tally:
    """The lines of one kind as they are measured."""

    def __init__(self) -> None:
        self.found: list[_Found] = []
        self.misses: list[Miss] = []
        self.skipped = self.skipped_lines = self.none = 0

    def held(self, golds: tuple[Name, ...], searches: Searches) -> tuple[Name, ...]:
        """The golds that can be found; the others are counted. None written twice."""
        unique = {_key(gold): gold for gold in golds}
        full = [searches.full_name(gold) for gold in unique.values()]
        held = tuple(dict.fromkeys(name for name in full if name is not None))
        self.skipped += full.count(None)
        self.skipped_lines += bool(unique) and not held
        return held

    def add(self, query: Query, golds: tuple[Name, ...], ranking: Ranking) -> None:
        self.found.append(_Found(places_of(golds, ranking.names), len(golds)))
        self.none += not ranking.enough
        near = {_key(name) for name in ranking.names[:_FIRST]}
        if missing := tuple(_written(gold) for gold in golds if _key(gold) not in near):
            found = _written(ranking.names[0]) if ranking.names else ""
            self.misses.append(Miss(id=query.id, missing=missing, found=found))

    def measures(self) -> Measures:
        recalls = [_mean([one.recall(k) for one in self.found]) for k in RECALLS]
        return Measures(
            n=len(self.found),
            skipped=self.skipped,
            skipped_lines=self.skipped_lines,
            recall_1=recalls[0],
            recall_5=recalls[1],
            recall_10=recalls[2],
            recall_20=recalls[3],
            recall_100=recalls[4],
            reciprocal_rank=_mean([one.reciprocal_rank() for one in self.found]),
            gain=_mean([one.gain() for one in self.found]),
        )


def _written(name: Name) -> str:
    return name[0] + (article_label(name[1]) if name[1] else "")


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _percentile(seconds: Sequence[float], percent: int) -> float | None:
    if not seconds:
        return None
    return round(sorted(seconds)[math.ceil(len(seconds) * percent / 100) - 1] * 1000, 2)


def score_retrieval(
    queries: Iterable[Query], searches: Searches, as_of: dt.date, *, with_title: bool = True
) -> RetrievalScores:
    """Search for each query and compare.

    Args:
        as_of: the day that `searches` answers for.
        with_title: False leaves the title of the draft unsaid.
    """
    articles, laws = _Tally(), _Tally()
    seconds: list[float] = []
    unanswerable = none = 0

    def searched(search: Callable[..., Ranking], query: Query) -> Ranking:
        draft_title = query.citing if with_title else ""
        if not seconds:  # the first search reads the index: that is no warm search
            search(query.text, draft_title=draft_title, limit=_DEEPEST)
        started = time.perf_counter()
        ranking = search(query.text, draft_title=draft_title, limit=_DEEPEST)
        seconds.append(time.perf_counter() - started)
        return ranking

    for query in queries:
        if golds := articles.held(query.articles, searches):
            articles.add(query, golds, searched(searches.articles, query))
        if golds := laws.held(query.laws, searches):
            laws.add(query, golds, searched(searches.laws, query))
        if not query.articles and not query.laws:
            unanswerable += 1
            none += not searched(searches.articles, query).enough
    return RetrievalScores(
        article=articles.measures(),
        law=laws.measures(),
        latency_ms=Latency(p50=_percentile(seconds, 50), p95=_percentile(seconds, 95)),
        abstention=Abstention(
            unanswerable=unanswerable,
            rightly_none=share(none, unanswerable),
            answerable=len(articles.found),
            wrongly_none=share(articles.none, len(articles.found)),
        ),
        corpus=Corpus(articles=searches.article_count, as_of=as_of),
        misses=(*articles.misses, *laws.misses),
    )


# --- the floor ----------------------------------------------------------------------------------------------------


class LeastMeasures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The least of articles or of laws."""

    recall_1: float = msgspec.field(name="R@1", default=0.0)
    recall_5: float = msgspec.field(name="R@5", default=0.0)
    recall_10: float = msgspec.field(name="R@10", default=0.0)
    recall_20: float = msgspec.field(name="R@20", default=0.0)
    recall_100: float = msgspec.field(name="R@100", default=0.0)
    reciprocal_rank: float = msgspec.field(name="MRR@10", default=0.0)
    gain: float = msgspec.field(name="nDCG@10", default=0.0)


class RetrievalFloor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The least that a run may reach; of `wrongly_none` the most."""

    article: LeastMeasures = LeastMeasures()
    law: LeastMeasures = LeastMeasures()
    rightly_none: float = 0.0
    wrongly_none: float = 1.0


def read_floor(path: Path) -> RetrievalFloor:
    """Read a floor file.

    Raises:
        SourceError: it cannot be read or is not of that form.
    """
    return read_floor_as(path, RetrievalFloor)


def faults_below(scores: RetrievalScores, floor: RetrievalFloor) -> list[str]:
    """What lies below the floor, one Chinese line each; what has no sample is below any floor."""
    rows: list[tuple[str, float | None, float]] = []
    pairs = (("条文", scores.article, floor.article), ("法律", scores.law, floor.law))
    for label, measures, least in pairs:
        wanted: dict[str, float] = msgspec.to_builtins(least)
        got: dict[str, float | None] = msgspec.to_builtins(measures)
        rows += ((f"{label} {name}", got[name], limit) for name, limit in wanted.items())
    rows.append(("无依据查询答“无依据”的比例", scores.abstention.rightly_none, floor.rightly_none))
    faults = [
        f"{name} {'无样本' if value is None else f'{value:.4f}'}，下限 {limit}"
        for name, value, limit in rows
        if limit > 0 and (value is None or value < limit)
    ]
    wrong = scores.abstention.wrongly_none
    if floor.wrongly_none < 1 and (wrong is None or wrong > floor.wrongly_none):
        shown = "无样本" if wrong is None else f"{wrong:.4f}"
        faults.append(f"有依据查询误答“无依据”的比例 {shown}，上限 {floor.wrongly_none}")
    return faults
