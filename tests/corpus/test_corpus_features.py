"""What query and passage have in common, and the learned order, over invented laws."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from draft_assist.corpus.features import ALL_NAMES, features_of
from draft_assist.corpus.index import Index, Passage, build_index
from draft_assist.corpus.postings import scores_of
from draft_assist.corpus.ranker import Ranker, RankerFile, read_ranker
from draft_assist.corpus.ranking import choose, rank_laws, rank_passages
from draft_assist.corpus.surety import GROWING, NEAR_SIGNS, WORD_SIGNS, signs_of
from draft_assist.corpus.tokens import pairs_of, read_characters
from draft_assist.corpus.trees import Forest, Tree

LAWS = {
    "青榆县渡口管理规定": (
        "渡口应当设置救生圈和限载标志。",
        "渡船超过核定载客数量的，由渡口管理机构责令改正。",
        "夜间没有照明的渡口不得开航。",
    ),
    "青榆县古井保护规定": (
        "古井周边三十米内不得倾倒垃圾。",
        "古井所在地的村民委员会负责日常巡查。",
        "擅自填埋古井的，由文物部门责令恢复原状。",
    ),
}
TEXTS = [f"{law}\n\n{text}" for law, texts in LAWS.items() for text in texts]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    passages = [
        Passage(100 + 10 * law + place, 1 + law, place, title, "", text)
        for law, (title, texts) in enumerate(LAWS.items())
        for place, text in enumerate(texts)
    ]
    build_index(passages, tmp_path)
    return Index(tmp_path)


def everything(index: Index) -> np.ndarray:
    return np.ones(len(index.article_ids), dtype=bool)


def plain_bm25(query: str, texts: list[str]) -> list[float]:
    """BM25 by pairs as a textbook has it (Robertson and Zaragoza 2009; idf as in Lucene)."""

    def pairs(text: str) -> list[int]:
        return pairs_of(read_characters([text]))[0].tolist()

    bags = [pairs(text) for text in texts]
    mean = sum(map(len, bags)) / len(bags)
    scores = []
    for bag in bags:
        score = 0.0
        for term in set(pairs(query)):
            holding = sum(term in other for other in bags)
            count = bag.count(term)
            idf = np.log(1 + (len(bags) - holding + 0.5) / (holding + 0.5))
            score += idf * count / (count + 1.5 * (0.25 + 0.75 * len(bag) / mean))
        scores.append(score)
    return scores


@pytest.mark.parametrize("query", ["渡船超过核定载客数量", "不得倾倒垃圾，不得填埋古井", "夜间"])
def test_the_index_scores_as_plain_bm25_does(index: Index, query: str) -> None:
    assert scores_of(index._pairs, index.pair_terms(query)) == pytest.approx(plain_bm25(query, TEXTS), abs=1e-4)


def test_a_clause_in_nearly_the_words_of_an_article_finds_it_first(index: Index) -> None:
    found = rank_passages(index, "渡船载客超过核定数量的，由管理机构责令改正", everything(index))
    assert found.ids[0] == 101


def test_only_what_is_allowed_is_found(index: Index) -> None:
    allowed = index.version_ids == 2
    found = rank_passages(index, "渡船超过核定载客数量的，责令改正", allowed)
    assert len(found.ids)
    assert set(found.ids.tolist()) <= set(index.article_ids[allowed].tolist())
    assert rank_laws(index, "渡船超过核定载客数量的，责令改正", allowed).ids.tolist() in ([], [2])


def test_nothing_in_common_finds_nothing_and_says_so(index: Index) -> None:
    found = rank_passages(index, "xyz", everything(index))
    assert not len(found.ids)
    assert not found.enough


def test_of_two_alike_passages_the_first_in_the_index_stands_first(tmp_path: Path) -> None:
    build_index(
        [Passage(place, place, 0, "青榆县路灯规定", "", "路灯应当定期检修。") for place in range(7, 2, -1)], tmp_path
    )
    index = Index(tmp_path)
    found = rank_passages(index, "路灯检修", np.ones(5, dtype=bool))
    assert found.ids.tolist() == [7, 6, 5, 4, 3]
    assert choose(index, "路灯检修", np.ones(5, dtype=bool), count=2).passages.tolist() == [0, 1]


def test_the_same_query_is_answered_the_same_twice(index: Index) -> None:
    first, second = (rank_passages(index, "古井周边倾倒垃圾", everything(index)) for _ in range(2))
    assert first.ids.tolist() == second.ids.tolist()
    assert first.scores.tolist() == second.scores.tolist()


def feature(index: Index, query: str, name: str, article: int, title: str = "") -> float:
    scored = choose(index, query, everything(index), draft_title=title)
    place = index.article_ids[scored.passages].tolist().index(article)
    return float(features_of(query, title, scored, index)[place, ALL_NAMES.index(name)])


def test_a_passage_quoted_whole_covers_and_is_covered_entirely(index: Index) -> None:
    quoted = "古井周边三十米内不得倾倒垃圾"
    for name in ("covered", "covers", "common", "common_back", "longest", "longest_back", "longest_share"):
        assert feature(index, quoted, name, 110) == pytest.approx(1.0), name


def test_the_longest_run_ends_where_the_words_part(index: Index) -> None:
    # 不得倾倒垃圾 stands in both, with different words before it
    assert feature(index, "河道内不得倾倒垃圾", "longest_run", 110) == pytest.approx(7 / 100)  # with 内
    assert feature(index, "河道旁不得倾倒垃圾", "longest_run", 110) == pytest.approx(6 / 100)


def test_a_run_does_not_go_on_into_the_next_passage(index: Index) -> None:
    # the end of one article and the beginning of the next, as if they were one sentence
    joined = "设置救生圈和限载标志渡船超过核定载客数量的"
    assert feature(index, joined, "longest_run", 100) == pytest.approx(10 / 100)


def test_a_query_of_one_character_has_features_all_the_same(index: Index) -> None:
    scored = choose(index, "古井", everything(index))
    assert np.isfinite(features_of("井", "", scored, index)).all()


# --- the trees ----------------------------------------------------------------------------------------------------

STUMP = Tree(features=[0], thresholds=[0.5], left=[-1], right=[-2], values=[1.0, 3.0])
DEEP = Tree(features=[0, 1], thresholds=[0.5, 2.0], left=[1, -1], right=[-3, -2], values=[10.0, 20.0, 30.0])
LEAF = Tree(features=[], thresholds=[], left=[], right=[], values=[0.25])


def ranker(
    *trees: Tree,
    sure: tuple[Tree, ...] = (),
    sure_near: tuple[Tree, ...] = (),
    dense: tuple[float, float] = (1.0, 0.0),
) -> Ranker:
    held = RankerFile(
        names=[],
        fused=0.0,
        dense=dense,
        trees=list(trees),
        sure=list(sure),
        sure_near=list(sure_near),
        threshold=(0.4, 0.2),
        threshold_near=(0.4, 0.2),
    )
    return Ranker(held)


def test_trees_of_different_size_are_summed() -> None:
    features = np.zeros((3, len(ALL_NAMES)))
    features[:, 0], features[:, 1] = [0.5, 0.4, 0.6], [2.0, 2.1, 0.0]
    # a value at the threshold goes left
    assert Forest([STUMP, DEEP, LEAF]).sums(features).tolist() == [11.25, 21.25, 33.25]


def test_without_trees_every_candidate_scores_nothing() -> None:
    assert Forest([]).sums(np.ones((2, len(ALL_NAMES)))).tolist() == [0.0, 0.0]


def test_cosines_decide_between_candidates_that_are_alike_and_unknown_ones_stand_in_the_middle() -> None:
    ordered = ranker(LEAF).order(np.zeros((3, len(ALL_NAMES))), np.array([0.80, np.nan, 0.90]))
    assert ordered.order.tolist()[0] == 2
    assert ordered.order.tolist()[-1] == 0


def test_trees_taken_out_of_lightgbm_score_as_it_does() -> None:
    lightgbm = pytest.importorskip("lightgbm")
    generator = np.random.default_rng(5)
    features, right = generator.random((400, 6)), generator.random(400) > 0.7
    settings = {"objective": "binary", "num_leaves": 5, "verbose": -1, "num_threads": 1}
    model = lightgbm.train(settings, lightgbm.Dataset(features, right.astype(int)), 12)
    trees = [_read(one["tree_structure"]) for one in model.dump_model()["tree_info"]]
    assert Forest(trees).sums(features) == pytest.approx(model.predict(features, raw_score=True), abs=1e-4)


def _read(root: dict) -> Tree:
    import runpy

    script = Path(__file__).parents[2] / "evals" / "train_ranker.py"
    return Tree(**runpy.run_path(str(script))["tree_of"](root))


def test_the_learned_file_falls_with_no_feature_that_tells_likeness() -> None:
    # more in common never means less of a basis; lengths alone are free
    generator = np.random.default_rng(3)
    low = generator.random((200, len(ALL_NAMES)))
    free = [ALL_NAMES.index(name) for name in ("length", "query_length")]
    high = low + generator.random(low.shape) * 0.3
    high[:, free] = low[:, free]
    assert (read_ranker().trees.sums(high) >= read_ranker().trees.sums(low) - 1e-9).all()


# --- how sure the first is ----------------------------------------------------------------------------------------

_PLAIN = np.zeros((3, len(ALL_NAMES)))


def test_the_further_the_others_are_behind_the_surer_is_the_first() -> None:
    near, far = np.array([1.0, 0.9, 0.8]), np.array([1.0, 0.1, 0.0])
    ahead = WORD_SIGNS.index("ahead")
    assert signs_of(_PLAIN, near, None, 0.0)[ahead] == pytest.approx(0.1)
    assert signs_of(_PLAIN, far, None, 0.0)[ahead] == pytest.approx(0.9)


def test_signs_tell_whether_words_and_vectors_agree_on_the_first() -> None:
    features = _PLAIN.copy()
    features[:, ALL_NAMES.index("rank")] = [1, 1 / 2, 1 / 3]
    shares = np.array([0.2, 1.0, 0.0])
    signs = dict(zip(NEAR_SIGNS, signs_of(features, np.array([3.0, 2.0, 1.0]), shares, 1.0), strict=True))
    assert (signs["rank"], signs["near_share"], signs["near_place"]) == (1, 0.2, 1 / 2)
    assert signs["near_ahead"] == pytest.approx(1.0 - 0.1)


def test_a_single_candidate_has_signs_too() -> None:
    for shares in (None, np.array([0.5])):
        assert np.isfinite(signs_of(_PLAIN[:1], np.array([1.0]), shares, 0.0)).all()


def test_confidence_is_that_of_the_trees_and_decides_whether_there_is_a_basis() -> None:
    ahead = WORD_SIGNS.index("ahead_of_five")
    sure = Tree(features=[ahead], thresholds=[0.5], left=[-1], right=[-2], values=[-2.0, 2.0])
    features = _PLAIN.copy()
    features[:, ALL_NAMES.index("query_length")] = 2.0
    alike = ranker(STUMP, sure=(sure,)).order(features)
    features[0, 0] = 1.0
    apart = ranker(STUMP, sure=(sure,)).order(features)
    assert (alike.enough, apart.enough) == (False, True)
    assert (alike.confidence, apart.confidence) == pytest.approx((0.1192, 0.8808), abs=1e-4)


def test_a_short_query_needs_less_confidence() -> None:
    sure = Tree(features=[], thresholds=[], left=[], right=[], values=[-0.85])  # .3
    features = _PLAIN.copy()
    enough = []
    for letters in (10, 100):
        features[:, ALL_NAMES.index("query_length")] = np.log10(1 + letters)
        enough.append(ranker(STUMP, sure=(sure,)).order(features).enough)
    assert enough == [True, False]


def test_vectors_tell_how_sure_the_first_is_only_where_nearly_all_candidates_have_one() -> None:
    by_words = Tree(features=[], thresholds=[], left=[], right=[], values=[-2.0])
    by_both = Tree(features=[], thresholds=[], left=[], right=[], values=[2.0])
    held = ranker(STUMP, sure=(by_words,), sure_near=(by_both,))
    few = held.order(_PLAIN, np.array([0.9, 0.8, np.nan])).confidence
    all_known = held.order(_PLAIN, np.array([0.9, 0.8, 0.7])).confidence
    assert (few, all_known) == pytest.approx((0.1192, 0.8808), abs=1e-4)


def test_the_learned_confidence_falls_with_no_sign_but_the_length_of_the_query() -> None:
    generator = np.random.default_rng(4)
    held = read_ranker()
    for forest, names in ((held.sure, WORD_SIGNS), (held.sure_near, NEAR_SIGNS)):
        low = generator.random((200, len(names)))
        high = low + generator.random(low.shape) * 0.3
        free = [place for place, name in enumerate(names) if name not in GROWING]
        high[:, free] = low[:, free]
        assert (forest.sums(high) >= forest.sums(low) - 1e-9).all()
        assert (forest.sums(high) > forest.sums(low) + 1e-9).any()


def test_cosines_count_for_more_the_shorter_the_query() -> None:
    features = _PLAIN.copy()
    features[:, ALL_NAMES.index("query_length")] = np.log10(1 + 10)
    short = ranker(dense=(6.0, 400.0)).weight(features)
    features[:, ALL_NAMES.index("query_length")] = np.log10(1 + 200)
    assert (short, ranker(dense=(6.0, 400.0)).weight(features)) == (pytest.approx(40.0), 6.0)


def test_with_few_vectors_they_push_down_little_and_without_any_nothing() -> None:
    features = np.zeros((4, len(ALL_NAMES)))
    features[0, 0] = 1.0  # by words the first
    held = ranker(STUMP, dense=(6.0, 0.0))
    few = held.order(features, np.array([np.nan, 0.9, 0.1, np.nan]))
    all_known = held.order(features, np.array([0.5, 0.9, 0.1, 0.5]))
    none = held.order(features, np.full(4, np.nan))
    assert [one.order.tolist()[0] for one in (few, all_known, none)] == [0, 1, 0]
    assert none.scores.tolist() == [3.0, 1.0, 1.0, 1.0]
