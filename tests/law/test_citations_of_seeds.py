"""Citations of the five real documents, where they are there: damaged, masked, by alias, not held, dead since."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from draft_assist.flow import read_document
from draft_assist.law.confirm import Confirmed, cite
from draft_assist.law.store import Statutes
from draft_assist.model import Answer
from draft_assist.settings import Settings

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
NOW = dt.date(2026, 11, 1)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared data are not beside the project"),
]


@pytest.fixture(scope="module")
def cited() -> dict[str, list[Confirmed]]:
    statutes = Statutes.open()
    if not statutes.titles():
        pytest.skip("the data package is not installed")
    found = {}
    for path in sorted(SEEDS.glob("00*.txt")):
        found[path.name[:3]] = list(cite(read_document(path, Settings()), statutes, as_of=NOW))
    return found


def answers(rows: list[Confirmed], title: str) -> set[Answer]:
    return {one.answer for one in rows if title in one.citation.title}


def test_titles_whose_city_was_lost_cannot_be_checked(cited) -> None:
    lost = [one for one in cited["000"] if one.answer is Answer.DAMAGED]
    assert len(lost) == 5


def test_a_dead_law_without_brackets_is_found(cited) -> None:
    assert answers(cited["000"], "行政监察法") == {Answer.REPEALED}
    assert answers(cited["000"], "公务员法") == {Answer.STANDS}


def test_a_regulation_that_is_not_held_is_never_called_absent(cited) -> None:
    assert answers(cited["000"], "政府信息公开条例") == {Answer.NOT_IN_CORPUS}


def test_masked_numbers_and_names_are_said_to_be_masked(cited) -> None:
    masked = [one for one in cited["001"] if one.answer is Answer.MASKED]
    assert sum("〔xxxx〕" in one.citation.number for one in masked) == 3


def test_a_law_valid_when_written_is_dead_now(cited) -> None:
    assert answers(cited["001"], "固体废物污染环境防治法") == {Answer.REPEALED}


def test_damaged_numbers_have_candidates(cited) -> None:
    damaged = [one.citation for one in cited["002"] if one.answer is Answer.DAMAGED]
    assert {one.number for one in damaged} >= {"湘发〔201423号", "湘政办函〔2013120号"}
    assert all(one.candidates for one in damaged)


def test_sound_numbers_belong_to_their_titles(cited) -> None:
    numbers = {one.citation.number for one in cited["003"]}
    assert numbers >= {"国发〔2004〕10号", "国发〔2008〕17号", "国发〔2010〕33号"}


def test_a_short_name_means_the_document_that_it_was_defined_for(cited) -> None:
    short = [one.citation for one in cited["004"] if one.citation.written == "纲要"]
    assert short
    assert all("法治政府建设实施纲要" in one.title for one in short)
