"""Words of marked documents are sent to no embedding service outside this host."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

pytest.importorskip("chromadb", reason="needs the extra “kb”")

import numpy as np

from draft_assist.corpus import embedding
from draft_assist.corpus.build import import_files, refresh_index
from draft_assist.corpus.embed import MODEL, URL, make_embedder
from draft_assist.corpus.search import Searcher
from draft_assist.errors import ModelError
from draft_assist.model import Marking
from draft_assist.settings import Settings

DAY = dt.date(2026, 11, 1)
OPEN = "青榆县犬只管理通知\n\n各乡镇人民政府：\n一、养犬人应当为犬只注射疫苗并登记。\n二、犬只伤人的应当及时送医。\n"
INNER = (
    "内部资料\n青榆县排查工作通知\n\n各乡镇人民政府：\n"
    "一、各乡镇应当逐户排查青石滩的老旧水井。\n二、排查结果报县水利局。\n"
)


class Elsewhere:
    """An embedding service on another host, which remembers what it was sent."""

    name = "elsewhere"
    dimension = 8

    def __init__(self, url: str) -> None:
        self.url = url
        self.sent: list[str] = []

    def passages(self, texts):
        self.sent += texts
        return np.eye(8, dtype=np.float32)[[len(text) % 8 for text in texts]]

    def query(self, text):
        self.sent.append(text)
        return np.eye(8, dtype=np.float32)[0]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "犬只.txt").write_text(OPEN, "utf-8")
    (folder / "内部.txt").write_text(INNER, "utf-8")
    import_files(tmp_path / "home", sorted(folder.iterdir()), on=DAY, settings=Settings())
    refresh_index(tmp_path / "home")
    return tmp_path / "home"


@pytest.mark.parametrize(("url", "inside"), [("http://192.0.2.1/v1", False), ("http://127.0.0.1/v1", True)])
def test_inner_papers_are_embedded_on_this_host_only(home, monkeypatch, url, inside) -> None:
    service = Elsewhere(url)
    monkeypatch.setattr(embedding, "make_embedder", lambda: service)
    done = embedding.embed_corpus(home, as_of=DAY)
    sent = "".join(service.sent)
    assert "犬只" in sent
    assert ("青石滩" in sent) is inside
    assert done.kept_inside == (0 if inside else 1)


def test_a_marked_document_is_searched_for_by_its_words_alone(home, monkeypatch) -> None:
    service = Elsewhere("http://192.0.2.1/v1")
    monkeypatch.setattr(embedding, "make_embedder", lambda: service)
    embedding.embed_corpus(home, as_of=DAY)
    searcher, _ = embedding.open_searcher(home)
    assert searcher.for_document(None) is searcher
    assert searcher.for_document(Marking.INTERNAL) is not searcher
    assert searcher.for_document(Marking.INTERNAL)._vectors is None


def test_without_vectors_there_is_nothing_to_keep_back(home) -> None:
    searcher = Searcher(home)
    assert searcher.for_document(Marking.WORK_SECRET) is searcher


def test_on_a_system_for_state_secrets_no_service_outside_is_used() -> None:
    told = {URL: "http://192.0.2.1/v1", MODEL: "m", "DRAFT_ASSIST_CLASSIFIED_SYSTEM": "1"}
    with pytest.raises(ModelError, match="本机"):
        make_embedder("endpoint", told)
    assert make_embedder("endpoint", {**told, URL: "http://127.0.0.1:8000/v1"}).url == "http://127.0.0.1:8000/v1"
