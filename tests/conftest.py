"""What all tests share: no test sees the corpus of whoever runs it."""

from __future__ import annotations

import hashlib

import pytest


@pytest.fixture(autouse=True)
def no_corpus(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The folder of the corpus is one that is not there, and another for each test: an example may build one."""
    name = hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]
    monkeypatch.setenv("DRAFT_ASSIST_HOME", str(tmp_path_factory.getbasetemp() / "homes" / name))
