"""Engines for the tests of the chat: without a corpus, and with a small one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from chat_engines import DAY, HOSTILE, kit, local, statutes

from draft_assist.chat.desk import Desk
from draft_assist.chat.engine import Engine
from draft_assist.check.run import read_kit
from draft_assist.corpus.build import build_base, refresh_index
from draft_assist.corpus.search import Searcher
from draft_assist.corpus.store import FileFacts, Store


@pytest.fixture
def engine() -> Engine:
    """Without a corpus and without a model."""
    return Engine(Desk(kit, None, statutes(), as_of=DAY))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data package and one regulation of an invented province; an article of it holds words to a model."""
    folder = tmp_path_factory.mktemp("chat")
    build_base(folder, on=DAY)
    text = local(
        "青榆省灰渣管理条例",
        "禁止在河道内倾倒灰渣。",
        "灰渣运输车辆应当密闭，运输单位应当每三十日清洗一次车厢。",
        HOSTILE,
    )
    with Store(folder, writable=True) as store:
        store.save([(FileFacts(f"/{text.title}", text.title, 1, "file/1/as-found"), [(text, "")])], DAY)
    refresh_index(folder)
    return folder


@pytest.fixture(scope="session")
def desk(home: Path) -> Desk:
    """With the corpus."""
    searcher = Searcher(home)
    held = searcher.statutes
    return Desk(cache(lambda: read_kit(statutes=held)), searcher, held, as_of=DAY)
