"""Asking the corpus by name: every citation gets its articles or a note, and cards never pass for a text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from draft_assist.corpus.library import statutes_of
from draft_assist.corpus.named import Named, Register
from draft_assist.corpus.store import FileFacts, Store
from draft_assist.corpus.validity import standings
from draft_assist.corpus.works import Article, Genre, Intake, Standing, Trust
from draft_assist.model import Rank

DAY = dt.date(2026, 11, 22)
CHAPTERS = ("第一章　总则", "第一章　总则", "第二章　渡船", "第二章　渡船", "第二章　渡船")
FERRY = Intake(
    title="青榆省渡口管理条例",
    genre=Genre.STATUTE,
    level=Rank.LOCAL_REGULATION_PROVINCE,
    place="青榆省",
    version_date=dt.date(2020, 3, 1),
    effective_from=dt.date(2020, 5, 1),
    articles=tuple(
        Article(f"第{label}条", number, (trail,), "\n", f"渡口应当做好第{label}项工作。\n并且留存记录。")
        for label, number, trail in zip(
            ("一", "二", "三", "三条之一", "四"), ((1, 0), (2, 0), (3, 0), (3, 1), (4, 0)), CHAPTERS, strict=True
        )
    ),
)
CARDS = Intake(
    title="青榆省渡船检验规定",
    genre=Genre.CARD,
    level=Rank.GOVERNMENT_RULE_PROVINCE,
    version_date=dt.date(2021, 1, 1),
    trust=Trust.OWN,
    articles=(Article("REQ-QY-01", None, (), "", "渡船的检验周期要写明。"),),
)
LAPSED = Intake(
    title="白杨县渡船补贴办法",
    genre=Genre.DOCUMENT,
    level=Rank.COUNTY,
    place="白杨县",
    issuer="白杨县人民政府",
    version_date=dt.date(2019, 6, 1),
    effective_from=dt.date(2019, 7, 1),
    expires=dt.date(2024, 6, 30),
    articles=(Article("第一条", (1, 0), (), "", "渡船更新的，给予补贴。"),),
)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    home: Path = tmp_path_factory.mktemp("named")
    intakes = (FERRY, CARDS, LAPSED)
    with Store(home, writable=True) as store:
        store.save(
            [(FileFacts(f"/{place}.md", str(place), 1, "file/1"), [(one, "")]) for place, one in enumerate(intakes)],
            DAY,
        )
    reader = Store(home)
    rows = reader.versions()
    statutes = statutes_of(reader)
    return Register(reader, statutes, rows, standings(rows, statutes, DAY), DAY)


def asked(register: Register, words: str, limit: int = 10, *, with_cards: bool = False) -> Named:
    named = register.look_up(words, limit, with_cards=with_cards)
    assert named is not None
    return named


def numbers(named: Named) -> list[tuple[int, int] | None]:
    return [held.article.number for held in named.articles]


def test_a_range_is_answered_whole(register) -> None:
    named = asked(register, "青榆省渡口管理条例第二条至第四条")
    assert numbers(named) == [(2, 0), (3, 0), (3, 1), (4, 0)] and named.notes == ()


def test_the_end_that_a_range_lacks_is_said(register) -> None:
    named = asked(register, "青榆省渡口管理条例第三条至第九条")
    assert numbers(named) == [(3, 0), (3, 1), (4, 0)]
    assert named.notes == ("《青榆省渡口管理条例》在该日的文本中没有第九条。",)


def test_what_the_limit_leaves_out_is_said(register) -> None:
    named = asked(register, "青榆省渡口管理条例第一条至第四条", limit=2)
    assert numbers(named) == [(1, 0), (2, 0)] and "共5条，只列出前2条。" in named.notes


def test_every_law_named_gets_an_answer_or_a_note(register) -> None:
    named = asked(register, "青榆省渡口管理条例第二条 青榆省渡口管理条例第九千条，青榆省没有收录的条例第一条")
    assert numbers(named) == [(2, 0)]
    lacking, unknown = named.notes
    assert "没有第九千条" in lacking and "语料中没有《青榆省没有收录的条例》" in unknown
    assert not named.is_held


def test_an_article_that_follows_without_a_law_is_of_the_law_before(register) -> None:
    assert numbers(asked(register, "青榆省渡口管理条例第一条 第三条，同法第四条")) == [(1, 0), (3, 0), (4, 0)]


def test_words_after_a_citation_that_are_none_are_said(register) -> None:
    assert asked(register, "青榆省渡口管理条例第二条谁来执行").notes == ("“谁来执行”没有读懂，没有查。",)


@pytest.mark.parametrize(("part", "is_there"), [("第二款", True), ("第三款", False), ("第一款第一项", False)])
def test_a_paragraph_or_item_that_an_article_lacks_is_said(register, part, is_there) -> None:
    named = asked(register, f"青榆省渡口管理条例第二条{part}")
    assert numbers(named) == [(2, 0)]
    assert bool(named.notes) is not is_there


def test_a_chapter_gives_its_articles(register) -> None:
    assert numbers(asked(register, "青榆省渡口管理条例第二章")) == [(3, 0), (3, 1), (4, 0)]
    assert "没有第七章" in asked(register, "青榆省渡口管理条例第七章").notes[0]


@pytest.mark.parametrize("words", ["青榆省渡船检验规定", "青榆省渡船检验规定第一条"])
def test_cards_do_not_stand_for_the_text_they_tell_of(register, words) -> None:
    named = asked(register, words)
    assert named.articles == () and not named.is_held
    assert "没有收录《青榆省渡船检验规定》的条文" in named.notes[0]


def test_cards_are_given_where_cards_are_asked_for_but_not_as_articles(register) -> None:
    assert len(asked(register, "青榆省渡船检验规定", with_cards=True).articles) == 1
    named = asked(register, "青榆省渡船检验规定第一条", with_cards=True)
    assert named.articles == () and "没有收录" in named.notes[0]


@pytest.mark.parametrize("words", ["第十六条", "同法第十六条第二款", "第三章"])
def test_an_article_without_a_law_is_asked_back(register, words) -> None:
    named = asked(register, words)
    assert named.articles == () and "没有写明是哪部法律" in named.notes[0]


def test_figures_alone_name_nothing_and_are_not_ranked(register) -> None:
    assert asked(register, "123456").articles == ()


def test_words_that_end_like_a_title_and_are_none_are_said_to_be_none(register) -> None:
    assert "没有题为《青榆县换行办法》" in register.absent_title("青榆县换行办法")
    assert register.look_up("青榆县换行办法", 10) is None
    assert register.absent_title("青榆省渡口管理条例") == "" == register.absent_title("谁可以设定罚款")


def test_a_document_past_its_validity_is_not_given_as_valid(register) -> None:
    named = asked(register, "白杨县渡船补贴办法第一条")
    assert named.articles == ()
    assert named.notes == ("《白杨县渡船补贴办法》有效期至2024-06-30，2026-11-22已经届满。",)


def test_a_document_is_valid_to_the_end_of_the_last_day_it_names_and_no_longer(tmp_path) -> None:
    with Store(tmp_path, writable=True) as store:
        store.save([(FileFacts("/a.md", "a", 1, "file/1"), [(LAPSED, "")])], DAY)
        (row,) = store.versions()
        statutes = statutes_of(store)
        last, after = dt.date(2024, 6, 30), dt.date(2024, 7, 1)
        assert standings([row], statutes, last)[row.id] is Standing.IN_FORCE
        assert standings([row], statutes, after)[row.id] is Standing.NOT_IN_FORCE
        assert statutes.article(LAPSED.title, (1, 0), last).text
        assert statutes.article(LAPSED.title, (1, 0), after).text == ""
        assert "有效期至2024年6月30日" in statutes.law_on(LAPSED.title, after).note
