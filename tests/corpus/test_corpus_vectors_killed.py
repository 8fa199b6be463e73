"""A process that makes vectors is killed (SIGKILL) at every point that matters: the next one goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from bigram_embedder import Bigrams

from draft_assist.corpus.dense import Vectors
from draft_assist.corpus.vector_file import begin_anew, has_vectors, remove_old, sizes

pytest.importorskip("chromadb", reason="chromadb is not installed (extra kb)")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system"),
]

TEXTS = [(f"h{place:03}", f"第{place}条渡口{place * place}") for place in range(96)]
FIRST = TEXTS[:32]  # there before
KEPT = TEXTS[16:]  # wanted now

# Arguments: folder of the vectors, folder of these tests, what is called to be killed in its place, which call of it.
_WORK = """
import os, shutil, signal, sys
from importlib import import_module
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from bigram_embedder import Bigrams
from draft_assist.corpus import vector_file
from draft_assist.corpus.dense import Vectors
from test_corpus_vectors_killed import KEPT

module, _, path = sys.argv[3].partition(":")
holder = import_module(module)
*owners, name = path.split(".")
for owner in owners:
    holder = getattr(holder, owner)
calls, real = int(sys.argv[4]), getattr(holder, name)

def killed(*arguments, **options):
    global calls
    calls -= 1
    if not calls:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **options)

folder = Path(sys.argv[1])
with Vectors.open(folder, Bigrams(), writable=True) as vectors:
    setattr(holder, name, killed)
    vectors.fill(KEPT, keep={key for key, _ in KEPT})
vector_file.remove_old(folder)
vector_file.begin_anew(folder)
"""


def work_until_killed(folder: Path, at: str, call: int) -> None:
    arguments = [sys.executable, "-c", _WORK, str(folder), str(Path(__file__).parent), at, str(call)]
    done = subprocess.run(arguments, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty-two vectors with their collection, and an old file of long ago."""
    folder = tmp_path / "vectors"
    fill_first(folder)
    begin_anew(folder)
    for old in folder.glob("*.old-1*"):
        os.utime(old, (0, 0))
    fill_first(folder)
    return folder


def fill_first(folder: Path) -> None:
    with Vectors.open(folder, Bigrams(), writable=True) as vectors:
        vectors.fill(FIRST)


VECTORS = "draft_assist.corpus.dense:Vectors"
COLLECTION = "draft_assist.corpus.collection"


@pytest.mark.parametrize(
    ("at", "call", "embedded"),
    [
        pytest.param(f"{VECTORS}._check_shape", 1, 0, id="a batch is embedded and not written"),
        pytest.param(f"{VECTORS}._check_shape", 2, 16, id="one batch is written, the next is not"),
        pytest.param(f"{VECTORS}._drop_others", 1, 64, id="all is written, nothing is removed"),
        pytest.param(f"{VECTORS}._renew", 1, 64, id="what is gone is removed, the collection holds it still"),
        pytest.param(f"{COLLECTION}:_client", 1, 64, id="the folder of the next collection is there, and empty"),
        pytest.param(f"{COLLECTION}:closing", 2, 64, id="the next collection is written"),
        pytest.param(f"{COLLECTION}:_sums", 1, 64, id="the next collection is whole and has no name"),
        pytest.param("pathlib:Path.rename", 1, 64, id="the next collection is about to be named"),
        pytest.param("pathlib:Path.replace", 1, 64, id="the next collection is named and not in use"),
        pytest.param(f"{COLLECTION}:_sweep", 1, 64, id="the next collection is in use"),
        pytest.param("pathlib:Path.unlink", 1, 64, id="an old file is about to be removed"),
    ],
)
def test_the_next_run_goes_on_where_the_killed_one_was(folder: Path, at: str, call: int, embedded: int) -> None:
    work_until_killed(folder, at, call)
    with closing(Vectors.open(folder, Bigrams())) as reader:
        assert reader.faults() == []
        name, cosine = reader.nearest(FIRST[20][1], 3)[0]
        assert (name, round(cosine, 5)) == (FIRST[20][0], 1.0)
    again = Bigrams()
    with Vectors.open(folder, again, writable=True) as vectors:
        vectors.fill(KEPT, keep={key for key, _ in KEPT})
        assert len(again.embedded) == 64 - embedded
        assert vectors.faults() == []
        assert sorted(name for name, _ in vectors.nearest("渡口", 96)) == [key for key, _ in KEPT]
    assert not list((folder / "chroma").glob("*.part"))
    assert len([path for path in (folder / "chroma").iterdir() if path.is_dir()]) <= 2
    remove_old(folder)
    assert sizes(folder).old == 0


def test_vectors_being_set_aside_when_the_process_is_killed_are_kept_aside(folder: Path) -> None:
    work_until_killed(folder, "shutil:rmtree", 1)  # of the collection
    assert not has_vectors(folder)
    kept = sizes(folder).old
    begin_anew(folder)  # the next try finds nothing to be set aside
    with Vectors.open(folder, Bigrams(), writable=True) as vectors:
        assert vectors.nearest("渡口", 3) == []
        assert vectors.fill(KEPT) == vectors.count == len(KEPT)
        assert len(vectors.nearest("渡口", 96)) == len(KEPT)
        assert vectors.faults() == []
    assert sizes(folder).old == kept > 0
