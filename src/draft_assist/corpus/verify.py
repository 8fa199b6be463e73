"""Is the corpus whole: the file itself, the index, and the files it was made from."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from draft_assist.corpus.build import index_folder, index_state
from draft_assist.corpus.home import VECTORS
from draft_assist.corpus.store import Store
from draft_assist.errors import CorpusError, DraftAssistError


class Fault(NamedTuple):
    """One thing that is wrong: where (数据, 索引, 向量, 文件, 规则) and what, Chinese."""

    kind: str
    what: str


def faults_of(store: Store) -> list[Fault]:
    """What is wrong with a corpus; [] when it is whole. Reads all of it, and every file it was made from."""
    data = [Fault("数据", what) for what in store.faults()]
    return [*data, *_of_index(store), *_of_vectors(store), *_of_files(store)]


def _of_vectors(store: Store) -> list[Fault]:
    from draft_assist.corpus.dense import Vectors, has_vectors
    from draft_assist.corpus.embed import make_embedder

    folder = store.home / VECTORS
    if not has_vectors(folder):
        return []
    try:
        with Vectors.open(folder, make_embedder()) as vectors:
            return [Fault("向量", what) for what in vectors.faults()]
    except DraftAssistError as error:
        return [Fault("向量", str(error))]


def _of_index(store: Store) -> list[Fault]:
    from draft_assist.corpus.index import Index, damage_of
    from draft_assist.corpus.seal import damaged

    state = index_state(store.home)
    if state is None:
        return [Fault("索引", "没有索引，请运行 draft-assist kb build")]
    if state.stamp != store.stamp():
        return [Fault("索引", "落后于语料库，请运行 draft-assist kb build")]
    folder = index_folder(store.home, state)
    if wrong := damaged(folder):
        return [Fault("索引", str(damage_of(folder, "、".join(wrong))))]
    try:
        count = len(Index(folder).article_ids)
    except CorpusError as error:
        return [Fault("索引", str(error))]
    held = store.counts().articles
    return (
        [] if count == held else [Fault("索引", f"有{count}条，语料库有{held}条，请运行 draft-assist kb build --fresh")]
    )


def _of_files(store: Store) -> list[Fault]:
    found = []
    for row in store.files("imported"):
        path = Path(row.path)
        if not row.importer.startswith("file/"):
            continue
        if not path.is_file():
            found.append(Fault("文件", f"{path} 已不在原处，语料库中的文本不受影响"))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != row.sha256:
            found.append(Fault("文件", f"{path} 导入后有改动，请重新导入"))
    return found
