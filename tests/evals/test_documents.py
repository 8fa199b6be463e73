"""Whole documents against a manifest of how much they may say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from draft_assist.check.run import Kit, read_kit
from draft_assist.errors import SourceError
from draft_assist.evals.documents import Allowed, Entry, Manifest, read_manifest, run_documents
from draft_assist.model import Kind, Rank
from draft_assist.settings import Settings

DAY = dt.date(2026, 11, 1)
OWN = Path(__file__).parents[2] / "evals" / "documents" / "manifest.json"
NOTICE = "关于整治乱倒灰渣的通知\n\n第八条　乱倒灰渣的，处二百元罚款。\n第九条　再次乱倒的，处五百元罚款。\n"


@pytest.fixture(scope="module")
def kit() -> Kit:
    return read_kit()


def run(folder: Path, kit: Kit, *entries: Entry):
    return run_documents(Manifest(documents=entries), folder, kit, Settings(), DAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notice.txt").write_text(NOTICE, "utf-8")
    return tmp_path


def entry(limit: int | None = None, path: str = "notice.txt", **more: object) -> Entry:
    allowed = () if limit is None else (Allowed(category="penalty", max_unlawful=limit),)
    return Entry(path=path, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT, allowed=allowed, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limit", "quiet"),
    [
        pytest.param(2, True, id="exactly what is allowed"),
        pytest.param(1, False, id="one more than allowed"),
        pytest.param(None, False, id="a category that is not named must be silent"),
    ],
)
def test_a_document_is_quiet_within_its_limits(folder, kit, limit, quiet) -> None:
    (outcome,) = run(folder, kit, entry(limit))
    assert (outcome.unlawful, outcome.quiet) == ({"penalty": 2}, quiet)
    assert len(outcome.excess) == (0 if quiet else 1)
    assert quiet or "penalty" in outcome.excess[0]


def test_a_document_that_cannot_be_read_is_not_quiet_and_stops_nothing(folder, kit) -> None:
    missing, read = run(folder, kit, entry(path="absent.txt"), entry(2))
    assert not missing.quiet and missing.error and read.quiet and not read.error


def test_a_manifest_is_read_with_its_defaults(tmp_path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text('{"documents": [{"path": "a.txt", "allowed": [{"category": "fee"}]}]}', "utf-8")
    (one,) = read_manifest(path).documents
    assert (one.rank, one.kind) == (None, None)
    assert (one.allowed[0].max_unlawful, one.allowed[0].max_doubtful) == (0, 0)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="missing"),
        pytest.param("{", id="no JSON"),
        pytest.param("{}", id="no documents"),
        pytest.param('{"documents": [{"path": "a.txt", "rank": "village"}]}', id="no such rank"),
        pytest.param('{"documents": [{"path": "a.txt", "alowed": []}]}', id="a misspelt key"),
    ],
)
def test_a_manifest_that_is_wrong_is_a_source_error(tmp_path, content) -> None:
    path = tmp_path / "manifest.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(SourceError):
        read_manifest(path)


def test_our_own_documents_stay_within_their_limits(kit) -> None:
    outcomes = run_documents(read_manifest(OWN), OWN.parent, kit, Settings(), DAY)
    assert [(one.path, one.excess, one.error) for one in outcomes if not one.quiet] == []
