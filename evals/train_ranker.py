"""How knowledge/ranker.json is made: trees over the features of candidates, learned from clauses whose basis is known.

    python evals/train_ranker.py ../shared/data/basis_retrieval_dev.jsonl --home HOME --write

The file holds lines with `query`, `citing`, `gold_names` and `kind`; HOME is a corpus built from the data package, with
the vectors of all of it (kb embed). What is printed first is measured by cross-validation grouped by `citing`, so that
no draft is learned from and tested on; lines of kind 司法解释 follow their law word for word and count for less. How
sure the first is is learned from the same lines by trees that never saw their drafts, and from our own clauses,
questions and clauses without a basis in evals/retrieval; fresh-*.jsonl there are never learned from. Needs lightgbm,
which nothing else does.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import lightgbm
import numpy as np

from draft_assist.corpus.dense import Vectors
from draft_assist.corpus.embed import make_embedder
from draft_assist.corpus.features import ALL_NAMES, NAMES, features_of
from draft_assist.corpus.home import VECTORS
from draft_assist.corpus.index import Index
from draft_assist.corpus.near import Near
from draft_assist.corpus.ranker import SHORT, shares_of_range
from draft_assist.corpus.ranking import choose
from draft_assist.corpus.search import Filters, Searcher
from draft_assist.corpus.surety import GROWING, NEAR_SIGNS, WORD_SIGNS, signs_of
from draft_assist.evals.retrieval import read_name

AS_OF = dt.date(2026, 11, 22)
# The sum by which candidates were chosen stays beside the trees: with it what one kind of query teaches does less harm
# to another. Flat from 2 to 4.
FUSED = 3.0
# Small trees, many passages a leaf, and monotone: with a few hundred drafts anything finer learns their wording.
TREES, LEAVES = 250, 4
SETTINGS = {
    "objective": "binary", "num_leaves": LEAVES, "learning_rate": 0.05, "min_data_in_leaf": 40, "lambda_l2": 5.0,
    "feature_fraction": 0.7, "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 63, "seed": 1, "num_threads": 1,
    "deterministic": True, "verbose": -1,
    "monotone_constraints": [0 if name in ("length", "query_length") else 1 for name in ALL_NAMES],
}  # fmt: skip
LEARNED_FROM = 100  # candidates of a query; what stands lower teaches nothing
OTHER_KIND, OTHER_WEIGHT = "司法解释", 0.3
# Weight of cosines, as shares of their range: of a clause, and of a short query times its letters. Chosen on the
# development pairs and our own clauses and questions; flat from 4 to 8 and from 300 to 600.
DENSE = 6.0, 400.0
# Trees that tell how sure the first is: fewer still. Weights of the sources make each count about alike, with twice as
# many queries that have a basis as have none.
SURE_TREES = 60
SURE_WEIGHTS = {"pairs": 1.0, "clauses": 1.25, "lay": 1.5, "none": 5.0}
BARE_WEIGHT = 0.5  # of the same query when the laws of its golds are taken out
# Least confidence of an answer, to a clause and to a query shorter than `ranker.SHORT`: of our own clauses one in 15 is
# then withheld wrongly, and of questions in the law's own words hardly any.
THRESHOLD, THRESHOLD_NEAR = (0.1, 0.06), (0.1, 0.09)
OWN = Path(__file__).parent / "retrieval"


class Candidates(NamedTuple):
    """The candidates of one search: those found by words first, then those that are only near."""

    passages: np.ndarray
    features: np.ndarray
    cosines: np.ndarray
    by_words: int

    def only_words(self) -> np.ndarray:
        """The features without those that are only near."""
        return self.features[: self.by_words]


class Row(NamedTuple):
    """A query with its candidates; `bare` are those that are left when the laws of its golds are not in the corpus."""

    source: str
    citing: str
    is_other: bool
    is_titled: bool
    golds: int
    found: Candidates
    right: np.ndarray
    bare: Candidates | None

    @property
    def features(self) -> np.ndarray:
        """Of the candidates found by words."""
        return self.found.only_words()

    @property
    def right_by_words(self) -> np.ndarray:
        """Which of these are right."""
        return self.right[: self.found.by_words]


class Corpus:
    """What is searched."""

    def __init__(self, home: Path) -> None:
        self.vectors = Vectors.open(home / VECTORS, make_embedder())
        self.searcher = Searcher(home, self.vectors)
        self.index: Index = self.searcher.index
        self.allowed = np.isin(self.index.article_ids, self.searcher.searched_ids(Filters(AS_OF)))
        self._place_of = {int(one): place for place, one in enumerate(self.index.article_ids)}

    def golds(self, names: Sequence[str]) -> list[int]:
        """The places in the index of articles that are searched."""
        places = set()
        for name in names:
            found = self.searcher.named(name, AS_OF, 1) if read_name(name) else None
            places |= {self._place_of[hit.held.id] for hit in found.hits} if found else set()
        return sorted(place for place in places if self.allowed[place])

    def candidates(self, query: str, title: str, allowed: np.ndarray) -> Candidates:
        """Those of one search."""
        near = Near(query, self.vectors, self.index)
        scored = choose(self.index, query, allowed, draft_title=title, near=near)
        by_words = len(choose(self.index, query, allowed, draft_title=title).passages)
        features = features_of(query, title, scored, self.index)
        return Candidates(scored.passages, features, near.cosines(scored.passages), by_words)


def read_rows(path: Path, source: str, corpus: Corpus) -> Iterator[Row]:
    """Every line, with and without the title of its draft; those whose golds are not held are left out."""
    for line in path.read_text("utf-8").splitlines():
        read = json.loads(line)
        golds = corpus.golds(read.get("gold_names", ()))
        if not golds and not read.get("unanswerable"):
            continue
        lacking = corpus.allowed & ~np.isin(corpus.index.laws, corpus.index.laws[golds])
        for title in {read.get("citing") or "": None, "": None}:
            found = corpus.candidates(read["query"], title, corpus.allowed)
            yield Row(
                source,
                read.get("citing") or read["query"],
                read.get("kind") == OTHER_KIND,
                bool(title),
                len(golds),
                found,
                np.isin(found.passages, golds),
                corpus.candidates(read["query"], title, lacking) if golds else None,
            )


# --- learning -----------------------------------------------------------------------------------------------------


def learn(rows: list[Row]) -> lightgbm.Booster:
    """The trees learned from rows."""
    features = np.concatenate([row.features[:LEARNED_FROM] for row in rows])
    right = np.concatenate([row.right_by_words[:LEARNED_FROM] for row in rows]).astype(int)
    weights = [np.full(len(row.features[:LEARNED_FROM]), OTHER_WEIGHT if row.is_other else 1.0) for row in rows]
    return lightgbm.train(SETTINGS, lightgbm.Dataset(features, right, weight=np.concatenate(weights)), TREES)


def scores_of(model: lightgbm.Booster, features: np.ndarray) -> np.ndarray:
    """The scores by which candidates are put in order, cosines aside."""
    if not len(features):
        return np.zeros(0)
    return np.asarray(model.predict(features, raw_score=True)) + FUSED * features[:, NAMES.index("fused")]


def weight_of(features: np.ndarray) -> float:
    """The weight of cosines for one query."""
    return max(DENSE[0], DENSE[1] / max(10 ** features[0, NAMES.index("query_length")] - 1, 1))


def with_cosines(found: Candidates, scores: np.ndarray) -> np.ndarray:
    """The scores with cosines added."""
    return scores + weight_of(found.features) * shares_of_range(found.cosines) if len(scores) else scores


def folds_of(rows: list[Row], seed: int, folds: int = 5) -> list[list[Row]]:
    """The rows in parts, each draft in one."""
    drafts = sorted({row.citing for row in rows})
    np.random.default_rng(seed).shuffle(drafts)
    fold = {draft: place % folds for place, draft in enumerate(drafts)}
    return [[row for row in rows if fold[row.citing] == one] for one in range(folds)]


class Scored(NamedTuple):
    """A row with the scores of its candidates and of its bare ones, by trees that never saw its draft."""

    row: Row
    scores: np.ndarray
    bare: np.ndarray


def scored_by(model: lightgbm.Booster, rows: list[Row]) -> list[Scored]:
    """Rows with the scores that a model gives."""
    return [
        Scored(row, scores_of(model, row.found.features), scores_of(model, row.bare.features if row.bare else NOTHING))
        for row in rows
    ]


NOTHING = np.zeros((0, len(ALL_NAMES)))


def out_of_fold(rows: list[Row], seed: int) -> list[Scored]:
    """Each row by trees that never saw its draft."""
    parts = folds_of(rows, seed)
    models = [learn([row for other in parts if other is not part for row in other]) for part in parts]
    return [one for model, part in zip(models, parts, strict=True) for one in scored_by(model, part)]


# --- measuring ----------------------------------------------------------------------------------------------------


def measures(scored: list[tuple[Row, np.ndarray]]) -> str:
    """R@1, R@5, R@10, R@100 and nDCG@10, means over the rows."""
    found = []
    for row, scores in scored:
        right = row.right[np.argsort(-scores, kind="stable")]
        best = sum(1 / math.log2(place + 2) for place in range(min(10, row.golds)))
        gain = sum(1 / math.log2(place + 2) for place in np.flatnonzero(right[:10])) / best
        found.append([*(right[:k].sum() / row.golds for k in (1, 5, 10, 100)), gain])
    values = " ".join(f"{value:.3f}" for value in np.mean(found, axis=0))
    return f"n={len(found)} R@1/5/10/100 nDCG@10: {values}"


def report(rows: list[Row], seeds: range) -> None:
    """Print what cross-validation measures, and what the one kind teaches about the other."""
    runs = [one for seed in seeds for one in out_of_fold(rows, seed)]
    across = {
        True: learn([row for row in rows if not row.is_other]),
        False: learn([row for row in rows if row.is_other]),
    }
    for is_other in (False, True):
        for is_titled in (True, False):
            name = f"{'interpretations' if is_other else 'main'}, {'titled' if is_titled else 'no title'}"
            chosen = [row for row in rows if (row.is_other, row.is_titled) == (is_other, is_titled)]
            print(name, "| chosen  |", measures([(row, row.features[:, NAMES.index("fused")]) for row in chosen]))
            kept = [one for one in runs if (one.row.is_other, one.row.is_titled) == (is_other, is_titled)]
            words = [(one.row, one.scores[: one.row.found.by_words]) for one in kept]
            print(name, "| learned |", measures(words), f"({len(seeds)} seeds)")
            near = [(one.row, with_cosines(one.row.found, one.scores)) for one in kept]
            print(name, "| vectors |", measures(near), f"({len(seeds)} seeds)")
            print(name, "| across  |", measures([(row, scores_of(across[is_other], row.features)) for row in chosen]))


# --- how sure the first is ----------------------------------------------------------------------------------------


class Example(NamedTuple):
    """The signs of one ranking, and whether its first is right."""

    source: str
    group: str
    signs: np.ndarray
    right: bool
    weight: float


def examples_of(scored: list[Scored], *, near: bool) -> Iterator[Example]:
    """The rankings of rows, and those of the same rows when the right law is not there."""
    for row, scores, bare in scored:
        weight = SURE_WEIGHTS[row.source]
        for found, own, is_bare in ((row.found, scores, False), (row.bare, bare, True)):
            if found is None or not len(own if near else found.only_words()):
                continue
            kept = with_cosines(found, own) if near else own[: found.by_words]
            shares = shares_of_range(found.cosines) if near else None
            features = found.features if near else found.only_words()
            signs = signs_of(features, kept, shares, weight_of(features) if near else 0.0)
            is_right = not is_bare and bool(row.right[int(np.argmax(kept))])
            source = f"{row.source}, law taken out" if is_bare else row.source
            yield Example(source, row.citing, signs, is_right, weight * (BARE_WEIGHT if is_bare else 1.0))


def learn_sure(examples: list[Example], names: Sequence[str]) -> lightgbm.Booster:
    """The trees that tell how sure the first is."""
    settings = SETTINGS | {
        "learning_rate": 0.06,
        "min_data_in_leaf": 30,
        "monotone_constraints": [int(name in GROWING) for name in names],
    }
    data = lightgbm.Dataset(
        np.array([one.signs for one in examples]),
        np.array([one.right for one in examples], dtype=int),
        weight=np.array([one.weight for one in examples]),
    )
    return lightgbm.train(settings, data, SURE_TREES)


def report_sure(examples: list[Example], names: Sequence[str]) -> None:
    """Print, by cross-validation over drafts, how often the first is right at each confidence, and what is withheld."""
    fold = np.array([zlib.crc32(one.group.encode()) % 5 for one in examples])
    signs = np.array([one.signs for one in examples])
    sure = np.zeros(len(examples))
    letters = 10 ** signs[:, names.index("query_length")] - 1
    of_clause, of_short = THRESHOLD_NEAR if names is NEAR_SIGNS else THRESHOLD
    least = np.where(letters < SHORT, of_short, of_clause)
    for part in range(5):
        model = learn_sure([one for one, own in zip(examples, fold, strict=True) if own != part], names)
        sure[fold == part] = model.predict(signs[fold == part])
    for source in dict.fromkeys(one.source for one in examples):
        own = np.array([one.source == source for one in examples])
        right = np.array([one.right for one in examples])
        line = []
        for low, high in ((0.0, 0.1), (0.1, 0.35), (0.35, 0.7), (0.7, 1.01)):
            inside = own & (sure >= low) & (sure < high)
            share = f" right {right[inside].mean():.2f}" if right[own].any() and inside.any() else ""
            line.append(f"{low}-{min(high, 1.0)}: {inside.sum()}{share}")
        print(f"{source}: withheld {np.mean(sure[own] < least[own]):.3f} | {'; '.join(line)}")


# --- the file -----------------------------------------------------------------------------------------------------


def tree_of(root: dict[str, object]) -> dict[str, list[float] | list[int]]:
    """One tree of lightgbm's own dump in the form of `ranker.Tree`."""
    tree: dict[str, list] = {"features": [], "thresholds": [], "left": [], "right": [], "values": []}

    def add(node: dict) -> int:
        if "leaf_value" in node:
            tree["values"].append(float(f"{node['leaf_value']:.6g}"))
            return -len(tree["values"])
        place = len(tree["features"])
        tree["features"].append(node["split_feature"])
        tree["thresholds"].append(node["threshold"])
        for side in ("left", "right"):
            tree[side].append(0)
        for side in ("left", "right"):
            tree[side][place] = add(node[f"{side}_child"])
        return place

    add(root)
    return tree


def trees_of(model: lightgbm.Booster) -> list[dict[str, list[float] | list[int]]]:
    """All trees of a model."""
    return [tree_of(one["tree_structure"]) for one in model.dump_model()["tree_info"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write knowledge/ranker.json")
    given = parser.parse_args()
    corpus = Corpus(given.home)
    rows = list(read_rows(given.pairs, "pairs", corpus))
    report(rows, range(given.seeds))
    whole = learn(rows)
    scored = [one for one in out_of_fold(rows, 0) if not one.row.is_other]
    for source in ("clauses", "lay", "none"):
        scored += scored_by(whole, list(read_rows(OWN / f"{source}.jsonl", source, corpus)))
    sure = {}
    for name, names in (("sure", WORD_SIGNS), ("sure_near", NEAR_SIGNS)):
        examples = list(examples_of(scored, near=names is NEAR_SIGNS))
        print(f"--- {name}")
        report_sure(examples, names)
        sure[name] = trees_of(learn_sure(examples, names))
    if given.write:
        held = {"names": list(ALL_NAMES), "fused": FUSED, "dense": DENSE, "trees": trees_of(whole)}
        target = Path(__file__).parent.parent / "knowledge" / "ranker.json"
        target.write_text(
            json.dumps(held | sure | {"threshold": THRESHOLD, "threshold_near": THRESHOLD_NEAR}, separators=(",", ":"))
            + "\n"
        )


if __name__ == "__main__":
    main()
