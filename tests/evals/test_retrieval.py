"""How retrieval is scored, and that the project's own queries can be read and stand on articles in force."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from draft_assist.cli.main import main
from draft_assist.errors import SourceError
from draft_assist.evals.retrieval import (
    CorpusSearches,
    Name,
    Ranking,
    faults_below,
    places_of,
    read_floor,
    read_name,
    read_queries,
    score_retrieval,
)
from draft_assist.law.store import Statutes

SETS = Path(__file__).parents[2] / "evals" / "retrieval"
NOW = dt.date(2026, 11, 22)
ONE: Name = ("青榆县养蜂法", (6, 0))
OTHER: Name = ("青榆县放蜂法", (3, 0))


class Shelf:
    """Answers by heart; holds every title of 青榆县 and no other."""

    article_count = 7

    def __init__(self, *names: Name, enough: bool = True) -> None:
        self._ranking = Ranking(names, enough)
        self.titles: list[str] = []

    def articles(self, query: str, *, draft_title: str, limit: int) -> Ranking:
        self.titles.append(draft_title)
        return Ranking(self._ranking.names[:limit], self._ranking.enough)

    def laws(self, query: str, *, draft_title: str, limit: int) -> Ranking:
        return self.articles(query, draft_title=draft_title, limit=limit)

    def full_name(self, name: Name) -> Name | None:
        title = {"蜂法": ONE[0]}.get(name[0], name[0])
        return (title, name[1]) if title.startswith("青榆县") else None


def file_of(tmp_path: Path, *rows: dict[str, object] | str) -> Path:
    path = tmp_path / "queries.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def scored(tmp_path: Path, shelf: Shelf, *rows: dict[str, object], with_title: bool = True):
    return score_retrieval(read_queries(file_of(tmp_path, *rows)), shelf, NOW, with_title=with_title)


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("中华人民共和国立法法第十一条", ("中华人民共和国立法法", (11, 0))),
        ("《刑法》第一百二十条之一", ("刑法", (120, 1))),
        ("生态环境法典第一千二百零八条", ("生态环境法典", (1208, 0))),
        ("第十一条", None),  # of what
        ("立法法", None),
        ("立法法第十一条第二款", None),  # golds are articles
        ("立法法第十甲条", None),
    ],
)
def test_title_and_article_are_read_from_one_string(written, name) -> None:
    assert read_name(written) == name


def test_article_six_is_not_article_sixteen() -> None:
    assert places_of([("行政处罚法", (6, 0))], [("行政处罚法", (16, 0)), ("行政处罚法", (60, 0))]) == ()


def test_article_ten_is_not_the_one_inserted_after_it() -> None:
    assert places_of([("刑法", (10, 0))], [("刑法", (10, 1)), ("刑法", (10, 0))]) == (2,)


def test_the_same_number_of_another_law_is_no_hit() -> None:
    assert places_of([("行政处罚法", (16, 0))], [("行政许可法", (16, 0))]) == ()


def test_a_law_as_a_whole_is_not_one_of_its_articles() -> None:
    assert places_of([("行政处罚法", None)], [("行政处罚法", (1, 0))]) == ()


def test_a_short_title_means_the_full_one() -> None:
    assert places_of([("行政处罚法", (16, 0))], [("中华人民共和国行政处罚法", (16, 0))]) == (1,)


def test_what_is_found_twice_counts_once_and_takes_both_places() -> None:
    assert places_of([ONE, OTHER], [ONE, ONE, OTHER]) == (1, 3)


# --- measures -------------------------------------------------------------------------------------------------------


def test_two_golds_of_which_one_is_found_are_half_a_recall(tmp_path) -> None:
    shelf = Shelf(ONE, ("青榆县种树法", (1, 0)))
    row = {"query": "蜂箱放在哪里", "gold_names": ["青榆县养蜂法第六条", "青榆县放蜂法第三条"]}
    scores = scored(tmp_path, shelf, row).article
    assert (scores.n, scores.recall_1, scores.recall_100, scores.reciprocal_rank) == (1, 0.5, 0.5, 1.0)
    assert scores.gain == pytest.approx(1 / (1 + 0.63093), abs=1e-4)  # the second place is worth 1/log2(3)


def test_a_gold_at_place_six_is_found_among_ten_and_not_among_five(tmp_path) -> None:
    others: list[Name] = [("青榆县种树法", (number, 0)) for number in range(1, 6)]
    scores = scored(tmp_path, Shelf(*others, ONE), {"query": "蜂箱", "gold_names": ["青榆县养蜂法第六条"]}).article
    assert (scores.recall_5, scores.recall_10) == (0.0, 1.0)
    assert (scores.reciprocal_rank, scores.gain) == (0.1667, 0.3562)  # 1/6 and 1/log2(7)


def test_a_gold_at_place_eleven_is_worth_nothing_among_ten(tmp_path) -> None:
    others: list[Name] = [("青榆县种树法", (number, 0)) for number in range(1, 11)]
    scores = scored(tmp_path, Shelf(*others, ONE), {"query": "蜂箱", "gold_names": ["青榆县养蜂法第六条"]})
    assert (scores.article.recall_10, scores.article.recall_20) == (0.0, 1.0)
    assert (scores.article.reciprocal_rank, scores.article.gain) == (0.0, 0.0)
    assert [miss.missing for miss in scores.misses] == [("青榆县养蜂法第六条",)]


def test_a_gold_written_twice_is_one_gold(tmp_path) -> None:
    row = {"query": "蜂箱", "gold_names": ["青榆县养蜂法第六条", "《青榆县养蜂法》第六条"]}
    assert scored(tmp_path, Shelf(ONE), row).article.recall_1 == 1.0


def test_a_gold_written_with_another_title_of_the_law_is_that_gold(tmp_path) -> None:
    row = {"query": "蜂箱", "gold_names": ["蜂法第六条", "青榆县养蜂法第六条"]}
    scores = scored(tmp_path, Shelf(ONE), row).article
    assert (scores.recall_1, scores.skipped) == (1.0, 0)


def test_golds_that_are_not_held_are_left_out_and_counted(tmp_path) -> None:
    scores = scored(
        tmp_path,
        Shelf(ONE),
        {"query": "蜂箱", "gold_names": ["青榆县养蜂法第六条", "云溪市养蜂法第一条"]},
        {"query": "蜜源", "gold_names": ["云溪市养蜂法第二条"]},
    ).article
    assert (scores.n, scores.skipped, scores.skipped_lines, scores.recall_1) == (1, 2, 1, 1.0)


def test_laws_and_articles_are_counted_apart(tmp_path) -> None:
    shelf = Shelf(("青榆县养蜂法", None), ONE)
    scores = scored(tmp_path, shelf, {"query": "蜂箱", "gold_laws": ["青榆县养蜂法"]})
    assert (scores.law.n, scores.law.recall_1, scores.article.n) == (1, 1.0, 0)


def test_without_lines_there_is_no_number(tmp_path) -> None:
    scores = scored(tmp_path, Shelf(ONE), {"query": "蜜源", "gold_names": ["云溪市养蜂法第二条"]})
    written = json.loads(msgspec.json.encode(scores))
    assert written["article"]["R@1"] is None and written["article"]["nDCG@10"] is None
    assert written["latency_ms"] == {"p50": None, "p95": None}
    assert written["abstention"]["rightly_none"] is None


def test_the_wire_names_are_those_of_the_measures(tmp_path) -> None:
    written = json.loads(msgspec.json.encode(scored(tmp_path, Shelf(ONE), {"query": "蜂", "gold_laws": ["青榆县法"]})))
    assert list(written)[:3] == ["article", "law", "latency_ms"]
    wanted = {"n", "skipped", "R@1", "R@5", "R@10", "R@20", "R@100", "MRR@10", "nDCG@10"}
    assert wanted <= set(written["article"]) and set(written["law"]) == set(written["article"])
    assert written["corpus"] == {"articles": 7, "as_of": "2026-11-22"}


def test_no_basis_is_right_where_nothing_is_right_and_wrong_elsewhere(tmp_path) -> None:
    rows: list[dict[str, object]] = [
        {"query": "红烧肉怎么做", "unanswerable": True},
        {"query": "蜂箱", "gold_names": ["青榆县养蜂法第六条"]},
    ]
    silent = scored(tmp_path, Shelf(ONE, enough=False), *rows).abstention
    sure = scored(tmp_path, Shelf(ONE), *rows).abstention
    assert (silent.rightly_none, silent.wrongly_none) == (1.0, 1.0)
    assert (sure.rightly_none, sure.wrongly_none, sure.unanswerable, sure.answerable) == (0.0, 0.0, 1, 1)


@pytest.mark.parametrize(("with_title", "said"), [(True, "青榆县养蜂办法"), (False, "")])
def test_the_title_of_the_draft_is_said_unless_it_is_to_be_left_out(tmp_path, with_title, said) -> None:
    shelf = Shelf(ONE)
    row = {"query": "蜂箱", "citing": "青榆县养蜂办法", "gold_names": ["青榆县养蜂法第六条"]}
    scored(tmp_path, shelf, row, with_title=with_title)
    assert set(shelf.titles) == {said}


# --- files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "no JSON",
        '{"id": "a"}',
        '{"query": " ", "gold_laws": ["养蜂法"]}',
        '{"query": "蜂箱"}',  # neither a gold nor unanswerable
        '{"query": "蜂箱", "gold_laws": ["养蜂法"], "unanswerable": true}',
        '{"query": "蜂箱", "gold_names": ["养蜂法第六款"]}',
        '{"query": "蜂箱", "gold_names": "养蜂法第六条"}',
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path, line) -> None:
    path = file_of(tmp_path, {"query": "蜂箱", "gold_laws": ["养蜂法"]}, line)
    with pytest.raises(SourceError, match=r"queries\.jsonl:2"):
        read_queries(path)


def test_a_file_that_is_missing_or_empty_is_said(tmp_path) -> None:
    with pytest.raises(SourceError, match="没有这个文件"):
        read_queries(tmp_path / "none.jsonl")
    with pytest.raises(SourceError, match="没有查询"):
        read_queries(file_of(tmp_path, ""))


def test_further_keys_are_remarks(tmp_path) -> None:
    (query,) = read_queries(
        file_of(tmp_path, {"query": "蜂箱", "gold_laws": ["养蜂法"], "province": "青榆", "gold": []})
    )
    assert (query.id, query.laws, query.citing) == ("1", (("养蜂法", None),), "")


# --- floors ---------------------------------------------------------------------------------------------------------


def test_what_lies_below_the_floor_is_said_and_what_has_no_sample_too(tmp_path) -> None:
    path = tmp_path / "floor.json"
    path.write_text('{"article": {"R@1": 0.9}, "law": {"R@1": 0.1}, "rightly_none": 0.5, "wrongly_none": 0.2}')
    scores = scored(tmp_path, Shelf(OTHER, enough=False), {"query": "蜂箱", "gold_names": ["青榆县养蜂法第六条"]})
    faults = faults_below(scores, read_floor(path))
    assert [fault.split(" ")[:2] for fault in faults[:2]] == [["条文", "R@1"], ["法律", "R@1"]]
    assert "无样本" in faults[1] and "无样本" in faults[2] and "上限 0.2" in faults[3] and len(faults) == 4


def test_a_floor_that_is_reached_is_silent(tmp_path) -> None:
    path = tmp_path / "floor.json"
    path.write_text('{"article": {"R@1": 1.0, "nDCG@10": 1.0}, "wrongly_none": 0.0}')
    scores = scored(tmp_path, Shelf(ONE), {"query": "蜂箱", "gold_names": ["青榆县养蜂法第六条"]})
    assert faults_below(scores, read_floor(path)) == []


def test_a_floor_with_an_unknown_measure_is_refused(tmp_path) -> None:
    path = tmp_path / "floor.json"
    path.write_text('{"article": {"R@2": 1.0}}')
    with pytest.raises(SourceError, match=r"R@2"):
        read_floor(path)


# --- the project's own queries --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("clauses.jsonl", 110),
        ("lay.jsonl", 50),
        ("laws.jsonl", 50),
        ("none.jsonl", 40),
        ("fresh-clauses.jsonl", 25),
        ("fresh-lay.jsonl", 12),
        ("fresh-none.jsonl", 20),
    ],
)
def test_the_own_queries_are_many_enough_and_all_different(name, least) -> None:
    queries = read_queries(SETS / name)
    assert len(queries) >= least
    assert len({query.id for query in queries}) == len({query.text for query in queries}) == len(queries)
    assert all(not (query.articles or query.laws) for query in queries) == name.endswith("none.jsonl")


_ANSWERABLE = ("clauses", "lay", "laws", "fresh-clauses", "fresh-lay")


def test_every_own_gold_is_an_article_in_force() -> None:
    statutes = Statutes.open()
    if not statutes.titles():
        pytest.skip("the data package is not installed")
    queries = [query for name in _ANSWERABLE for query in read_queries(SETS / f"{name}.jsonl")]
    articles = {name for query in queries for name in query.articles}
    assert [name for name in sorted(articles) if not statutes.article(name[0], name[1], NOW).text] == []
    laws = {title for query in queries for title, _ in (*query.articles, *query.laws)}
    assert [law for law in sorted(laws) if not statutes.articles(law, NOW)] == []
    assert len({statutes.title(law) for law in laws}) >= 60


# Runs of this many characters in a row would let words be matched instead of meaning.
@pytest.mark.parametrize(
    ("name", "longest"), [("clauses.jsonl", 15), ("lay.jsonl", 8), ("fresh-clauses.jsonl", 15), ("fresh-lay.jsonl", 8)]
)
def test_own_queries_do_not_repeat_their_articles(name, longest) -> None:
    statutes = Statutes.open()
    if not statutes.titles():
        pytest.skip("the data package is not installed")
    repeated = []
    for query in read_queries(SETS / name):
        texts = [statutes.article(title, number, NOW).text for title, number in query.articles if number]
        runs = (query.text[start : start + longest] for start in range(len(query.text) - longest + 1))
        repeated += [run for run in runs if any(run in "".join(text.split()) for text in texts)]
    assert repeated == []


# --- the corpus as it is searched -----------------------------------------------------------------------------------


def held(article_id: int, title: str, number: tuple[int, int] | None) -> SimpleNamespace:
    return SimpleNamespace(
        held=SimpleNamespace(
            id=article_id, version=SimpleNamespace(title=title), article=SimpleNamespace(number=number)
        )
    )


class Searcher:
    """A corpus of three articles, of which the third is not searched on the day asked for."""

    def __init__(self) -> None:
        exact = held(1, *ONE)
        self._by_words = {
            "养蜂法第六条": exact,
            "养蜂法": exact,
            "青榆县养蜂法第六条": exact,
            "旧养蜂法第一条": held(3, "旧养蜂法", (1, 0)),
        }

    def searched_ids(self, filters: object) -> list[int]:
        return [1, 2]

    def named(self, words: str, as_of: dt.date, limit: int) -> SimpleNamespace | None:
        hit = self._by_words.get(words)
        return SimpleNamespace(hits=(hit,)) if hit else None

    def rank(self, query: str, filters: object, *, draft_title: str, limit: int) -> SimpleNamespace:
        return SimpleNamespace(hits=(held(1, *ONE), held(2, *OTHER)), is_enough=False)

    def rank_works(self, query: str, filters: object, *, draft_title: str, limit: int) -> tuple[SimpleNamespace, ...]:
        return (SimpleNamespace(version=SimpleNamespace(title=ONE[0])),)


def test_what_is_stored_but_not_searched_on_that_day_is_not_held() -> None:
    searches = CorpusSearches(Searcher(), NOW)  # type: ignore[arg-type]
    assert searches.full_name(("养蜂法", (6, 0))) == ONE  # as rankings name it
    assert searches.full_name(("养蜂法", None)) == (ONE[0], None)
    assert searches.full_name(("旧养蜂法", (1, 0))) is None
    assert searches.full_name(("放蜂法", (3, 0))) is None
    assert searches.article_count == 2


def test_hits_of_the_corpus_become_titles_and_numbers() -> None:
    searches = CorpusSearches(Searcher(), NOW)  # type: ignore[arg-type]
    assert searches.articles("蜂箱", draft_title="", limit=5) == ((ONE, OTHER), False)
    assert searches.laws("蜂箱", draft_title="", limit=5) == (((ONE[0], None),), True)


def test_the_command_prints_its_measures_and_fails_below_the_floor(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setattr("draft_assist.corpus.embedding.open_searcher", lambda home: (Searcher(), ""))
    row = {"query": "蜂箱", "citing": "青榆县养蜂办法", "gold_names": ["青榆县养蜂法第六条", "旧养蜂法第一条"]}
    path = str(file_of(tmp_path, row, {"query": "红烧肉怎么做", "unanswerable": True}))
    assert main(["eval", "retrieval", path, "--json", "--as-of", "2026-11-22", "--home", str(tmp_path)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["article"]["n"], printed["article"]["skipped"], printed["law"]["R@1"]) == (1, 1, None)
    assert printed["abstention"] == {"unanswerable": 1, "rightly_none": 1.0, "answerable": 1, "wrongly_none": 1.0}
    assert printed["titled"] is True and printed["latency_ms"]["p95"] is not None
    floor = tmp_path / "floor.json"
    floor.write_text('{"article": {"R@1": 1.0}, "law": {"R@1": 0.5}}')
    assert main(["eval", "retrieval", path, "--floor", str(floor), "--no-title", "--home", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert "条文 n=1 略过1  R@1=1.0000" in out and "低于下限：法律 R@1 无样本" in err and "条文 R@1" not in err
