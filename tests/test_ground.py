"""Findings on powers and duties get their possible bases, from above the document's rank and from its own place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from draft_assist.check.run import Kit, read_kit
from draft_assist.corpus.build import build_base, index_state, refresh_index
from draft_assist.corpus.search import Searcher
from draft_assist.corpus.store import FileFacts, Store
from draft_assist.corpus.works import Article, Genre, Intake
from draft_assist.flow import document_of, review
from draft_assist.ground import ground
from draft_assist.load import load_bytes
from draft_assist.model import Document, Rank, Report
from draft_assist.settings import Settings

DAY = dt.date(2026, 11, 22)
WORDS = "乱倒灰渣的，由县城市管理局责令清除，处二百元以上一千元以下罚款。"


def law(title: str, place: str, level: Rank, text: str) -> Intake:
    return Intake(
        title=title, genre=Genre.STATUTE, level=level, place=place, version_date=dt.date(2020, 1, 1),
        articles=(Article(label="第五条", number=(5, 0), trail=(), before="", text=text),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data package and one regulation each of the document's province, of another one, and of its own rank."""
    folder = tmp_path_factory.mktemp("grounds")
    build_base(folder, on=DAY)
    texts = (
        law("青榆省灰渣管理条例", "青榆省", Rank.LOCAL_REGULATION_PROVINCE, f"禁止乱倒灰渣。{WORDS}"),
        law("白杨省灰渣管理条例", "白杨省", Rank.LOCAL_REGULATION_PROVINCE, f"禁止乱倒灰渣。{WORDS}"),
        law("青榆省青松县灰渣管理办法", "青榆省青松县", Rank.COUNTY, f"禁止乱倒灰渣。{WORDS}"),
    )
    with Store(folder, writable=True) as store:
        store.save([(FileFacts(f"/{one.title}", one.title, 1, "file/1/as-found"), [(one, "")]) for one in texts], DAY)
    refresh_index(folder)
    return folder


@pytest.fixture(scope="module")
def kit() -> Kit:
    return read_kit()


def notice(text: str = WORDS) -> Document:
    words = f"青榆省青松县人民政府关于整治灰渣的通知\n\n第八条　{text}\n第九条　各部门应当做好宣传。\n"
    return document_of(load_bytes(words.encode(), "通知.txt", Settings()))


def reviewed(home: Path, kit: Kit, document: Document) -> Report:
    return review(document, as_of=DAY, rank=Rank.COUNTY, kit=kit, searcher=Searcher(home))


def test_a_clause_that_sets_a_fine_shows_the_law_that_may_bear_it(home, kit) -> None:
    report = reviewed(home, kit, notice())
    (grounds,) = report.grounds
    assert grounds.clause in {finding.clause for finding in report.findings}
    titles = [basis.law for basis in grounds.bases]
    assert titles[0] == "青榆省灰渣管理条例"
    assert grounds.bases[0].text.startswith("禁止乱倒灰渣") and grounds.bases[0].article == "第五条"


def test_texts_of_another_place_and_of_the_same_rank_are_no_bases(home, kit) -> None:
    titles = {basis.law for grounds in reviewed(home, kit, notice()).grounds for basis in grounds.bases}
    assert not titles & {"白杨省灰渣管理条例", "青榆省青松县灰渣管理办法"}


def test_a_document_without_such_findings_has_no_grounds(home, kit) -> None:
    assert reviewed(home, kit, notice("各村应当定期清扫道路。")).grounds == ()


def test_where_nothing_stands_above_the_note_does_not_say_that_there_is_no_law(home, kit) -> None:
    report = reviewed(home, kit, notice())
    (grounds,) = ground(report.document, report.findings, Searcher(home), as_of=DAY, rank=Rank.LAW)
    assert grounds.bases == () and "不表示没有依据" in grounds.note


def test_without_a_corpus_a_review_is_as_before(kit) -> None:
    report = review(notice(), as_of=DAY, rank=Rank.COUNTY, kit=kit)
    assert (report.grounds, report.corpus) == ((), "")


def test_a_corpus_that_breaks_in_the_middle_costs_no_finding_and_is_said(home, kit, tmp_path) -> None:
    import shutil

    broken = Path(shutil.copytree(home, tmp_path / "broken"))
    searcher = Searcher(broken)
    state = index_state(broken)
    assert state is not None
    (broken / "index" / state.name / "arrays.npz").write_bytes(b"garbage")
    report = review(notice(), as_of=DAY, rank=Rank.COUNTY, kit=kit, searcher=searcher)
    assert report.findings and report.grounds == ()
    assert any("语料库没有查成" in one.why for one in report.not_checked)
