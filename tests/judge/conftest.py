"""Endpoints for tests: a scripted one, and a small real model where its packages are installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from endpoint_server import Endpoint


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A scripted endpoint on the loopback; a request that the test did not foresee makes it fail."""
    with Endpoint() as one:
        yield one
    assert not one.faults
