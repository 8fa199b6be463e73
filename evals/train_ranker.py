"""How knowledge/ranker.json is made: trees over the features of candidates, learned from clauses whose basis is known.

    python evals/train_ranker.py ../shared/data/basis_retrieval_dev.jsonl --home HOME --write

The file holds lines with `query`, `citing`, `gold_names` and `kind`; HOME is a corpus built from the data package. What
is printed first is measured by cross-validation grouped by `citing`, so that no draft is learned from and tested on;
lines of kind 司法解释 follow their law word for word and count for less. Needs lightgbm and scikit-learn, which nothing
else does.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
from pathlib import Path
from typing import NamedTuple

import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression

from draft_assist.corpus.build import index_folder, index_state
from draft_assist.corpus.features import ALL_NAMES, NAMES, features_of
from draft_assist.corpus.index import Index
from draft_assist.corpus.ranker import SIGNS
from draft_assist.corpus.ranking import choose
from draft_assist.corpus.search import Filters, Searcher
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
# Least confidence of an answer. The development pairs are near to the words of their laws and would bear more; clauses
# in words of their own lie lower (evals/retrieval: at .12 one answer in six is withheld wrongly, at .105 one in 30).
THRESHOLD = 0.105


class Row(NamedTuple):
    """A query with its candidates; `bare` are those that are left when the laws of its golds are not in the corpus."""

    citing: str
    is_other: bool
    is_titled: bool
    golds: int
    features: np.ndarray
    right: np.ndarray
    bare: np.ndarray


def read_rows(path: Path, searcher: Searcher, index: Index, allowed: np.ndarray) -> list[Row]:
    """Every line with and without the title of its draft; those without a gold in the corpus are left out."""
    place_of = {int(one): place for place, one in enumerate(index.article_ids)}
    rows = []
    for line in path.read_text("utf-8").splitlines():
        read = json.loads(line)
        golds = set()
        for name in read["gold_names"]:
            found = searcher.named(name, AS_OF, 1) if read_name(name) else None
            golds |= {place_of[hit.held.id] for hit in found.hits if allowed[place_of[hit.held.id]]} if found else set()
        if not golds:
            continue
        without = allowed & ~np.isin(index.laws, index.laws[sorted(golds)])
        for title in (read["citing"], ""):
            scored = choose(index, read["query"], allowed, draft_title=title)
            bare = choose(index, read["query"], without, draft_title=title)
            rows.append(
                Row(
                    read["citing"],
                    read["kind"] == OTHER_KIND,
                    bool(title),
                    len(golds),
                    features_of(read["query"], title, scored, index),
                    np.isin(scored.passages, sorted(golds)),
                    features_of(read["query"], title, bare, index),
                )
            )
    return rows


# --- learning -----------------------------------------------------------------------------------------------------


def learn(rows: list[Row]) -> lightgbm.Booster:
    """The trees learned from rows."""
    features = np.concatenate([row.features[:LEARNED_FROM] for row in rows])
    right = np.concatenate([row.right[:LEARNED_FROM] for row in rows]).astype(int)
    weights = [np.full(len(row.right[:LEARNED_FROM]), OTHER_WEIGHT if row.is_other else 1.0) for row in rows]
    return lightgbm.train(SETTINGS, lightgbm.Dataset(features, right, weight=np.concatenate(weights)), TREES)


def scores_of(model: lightgbm.Booster, features: np.ndarray) -> np.ndarray:
    """The scores by which candidates are put in order."""
    return np.asarray(model.predict(features, raw_score=True)) + FUSED * features[:, NAMES.index("fused")]


def out_of_fold(rows: list[Row], seed: int, folds: int = 5) -> list[tuple[Row, np.ndarray, np.ndarray]]:
    """Each row with the scores of its candidates, and of those without its law, by trees that never saw its draft."""
    drafts = sorted({row.citing for row in rows})
    np.random.default_rng(seed).shuffle(drafts)
    fold = {draft: place % folds for place, draft in enumerate(drafts)}
    scored = []
    for one in range(folds):
        model = learn([row for row in rows if fold[row.citing] != one])
        scored += [
            (row, scores_of(model, row.features), scores_of(model, row.bare)) for row in rows if fold[row.citing] == one
        ]
    return scored


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
            kept = [(row, s) for row, s, _ in runs if (row.is_other, row.is_titled) == (is_other, is_titled)]
            print(name, "| learned |", measures(kept), f"({len(seeds)} seeds)")
            print(name, "| across  |", measures([(row, scores_of(across[is_other], row.features)) for row in chosen]))


def calibrate(scored: list[tuple[Row, np.ndarray, np.ndarray]]) -> list[float]:
    """Intercept and weights of `SIGNS`; learned from firsts with and without the right law."""
    columns = [NAMES.index(name) for name in SIGNS]
    kept = [one for one in scored if not one[0].is_other and len(one[2])]
    firsts = [row.features[np.argmax(scores), columns] for row, scores, _ in kept]
    bare = [row.bare[np.argmax(scores), columns] for row, _, scores in kept]
    right = [bool(row.right[np.argmax(scores)]) for row, scores, _ in kept]
    model = LogisticRegression(C=1.0, max_iter=1000).fit([*firsts, *bare], [*right, *[False] * len(bare)])
    answerable, lacking = model.predict_proba(firsts)[:, 1], model.predict_proba(bare)[:, 1]
    for least, most in ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
        inside = (answerable >= least) & (answerable < most)
        share = f"{np.mean(np.array(right)[inside]):.2f}" if inside.any() else "-"
        print(f"confidence {least:.1f}-{most:.1f}: {inside.sum()} of the answerable, right {share}")
    print(f"threshold {THRESHOLD}: wrongly none {np.mean(answerable < THRESHOLD):.3f}, "
          f"rightly none {np.mean(lacking < THRESHOLD):.3f} of those whose law was taken out")  # fmt: skip
    return [round(float(value), 4) for value in (model.intercept_[0], *model.coef_[0])]


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--dense", type=float, default=0.3, help="weight of cosines, as a share of their range")
    parser.add_argument("--write", action="store_true", help="write knowledge/ranker.json")
    given = parser.parse_args()
    searcher = Searcher(given.home)
    state = index_state(given.home)
    assert state is not None  # a Searcher refuses to open otherwise
    index = Index(index_folder(given.home, state))
    allowed = np.isin(index.article_ids, searcher.searched_ids(Filters(AS_OF)))
    rows = read_rows(given.pairs, searcher, index, allowed)
    report(rows, range(given.seeds))
    calibration = calibrate(out_of_fold(rows, 0))
    if given.write:
        trees = [tree_of(one["tree_structure"]) for one in learn(rows).dump_model()["tree_info"]]
        held = {"names": list(ALL_NAMES), "fused": FUSED, "dense": given.dense, "calibration": calibration}
        target = Path(__file__).parent.parent / "knowledge" / "ranker.json"
        target.write_text(json.dumps(held | {"threshold": THRESHOLD, "trees": trees}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
