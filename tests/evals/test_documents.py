"""Whole documents against a manifest of how much they may say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from draft_assist.check.run import Kit, read_kit
from draft_assist.errors import SourceError
from draft_assist.evals.documents import Allowed, Entry, Expected, Manifest, read_manifest, run_documents
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
    assert (outcome.unlawful, outcome.passed) == ({"penalty": 2}, quiet)
    assert len(outcome.excess) == (0 if quiet else 1)
    assert quiet or "penalty" in outcome.excess[0]


def test_a_document_that_cannot_be_read_is_not_quiet_and_stops_nothing(folder, kit) -> None:
    missing, read = run(folder, kit, entry(path="absent.txt"), entry(2))
    assert not missing.passed and missing.error and read.passed and not read.error


@pytest.mark.parametrize(
    ("category", "quote", "found"),
    [
        pytest.param("penalty", "处二百元罚款", True, id="the words themselves"),
        pytest.param("penalty", "乱倒灰渣的，处二百元", True, id="words that the finding touches"),
        pytest.param("penalty", "", True, id="anywhere in the document"),
        pytest.param("penalty", "整治乱倒灰渣", False, id="words without a finding"),
        pytest.param("fee", "处二百元罚款", False, id="another category"),
        pytest.param("penalty", "处三百元罚款", False, id="words that are not there"),
    ],
)
def test_what_is_expected_must_be_found_on_its_words(folder, kit, category, quote, found) -> None:
    (outcome,) = run(folder, kit, entry(2, expected=(Expected(category=category, quote=quote),)))
    assert (outcome.passed, outcome.found) == (found, int(found))
    assert len(outcome.missed) == (0 if found else 1)


def test_a_known_miss_is_not_counted(folder, kit) -> None:
    (outcome,) = run(folder, kit, entry(2, expected=(Expected(category="fee", quote="灰渣", known_miss=True),)))
    assert outcome.passed and outcome.found == 0


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
    assert [(one.path, one.missed) for one in outcomes if one.missed] == []
    assert [(one.path, one.excess, one.error) for one in outcomes if one.excess or one.error] == []
