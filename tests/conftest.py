"""What all tests share: no test sees the corpus of whoever runs it."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_corpus(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The folder of the corpus is an empty one."""
    monkeypatch.setenv("DRAFT_ASSIST_HOME", str(tmp_path_factory.getbasetemp() / "no-corpus"))
