"""Reading requirement cards, choosing among them, and handing them to the corpus; the cards here are invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from draft_assist.corpus.cards import Card, Topic, card_intakes, find_cards, read_cards
from draft_assist.corpus.works import Genre, Trust
from draft_assist.errors import KnowledgeError
from draft_assist.model import Kind, Rank

CARD = """\
  - id: {id}
    title: {title}
    gist: {gist}
    measure: {measure}
    topics: [{topics}]
    applies_to: {{{scope}}}
    force: {force}
    figures: [{figures}]
    source:
      title: {source}
      jurisdiction: {place}
      issued: 2022-03-01
      in_force: {{from: {since}, to: {until}}}
      level: county
      confirmed: true
      checked_on: 2026-11-22
"""
PLAIN = {
    "id": "REQ-FILING-01",
    "title": "印发后报送备案",
    "gist": "青榆县的文件印发后15日内报送备案。",
    "measure": "【待填:牵头单位】按时报送备案。",
    "topics": "备案",
    "scope": "",
    "force": "must",
    "figures": "{value: 15, unit: 日, comparison: at_most, of: 报送备案}",
    "source": "青榆县文件管理办法",
    "place": "全国",
    "since": "2022-04-01",
    "until": "null",
}
NO_NUMBER = {"gist": "文件要登记。", "figures": ""}


def folder(tmp_path: Path, *cards: dict[str, str]) -> Path:
    """A folder with one file a card, which differs from PLAIN as given."""
    for number, changes in enumerate(cards):
        (tmp_path / f"{number}.yaml").write_text("cards:\n" + CARD.format(**PLAIN | changes), "utf-8")
    return tmp_path


def cards_of(tmp_path: Path, *changes: dict[str, str]) -> tuple[Card, ...]:
    numbered = [{"id": f"REQ-FILING-{number:02d}"} | change for number, change in enumerate(changes, 1)]
    return read_cards(folder(tmp_path, *numbered))


def ids(cards: tuple[Card, ...]) -> list[str]:
    return [card.id.removeprefix("REQ-FILING-") for card in cards]


def test_a_card_is_read_with_all_its_values(tmp_path):
    (card,) = read_cards(folder(tmp_path, {}))
    assert card.topics == (Topic.FILING,)
    assert (card.figures[0].value, card.figures[0].unit, card.figures[0].of) == (15, "日", "报送备案")
    assert card.source.in_force.since == dt.date(2022, 4, 1) and card.source.in_force.until is None
    assert card.profile_field == "" and card.basis is None


@pytest.mark.parametrize(
    ("changes", "said", "line"),
    [
        ({"topics": "备按"}, "备按", 6),
        ({"gist": "文件印发后16日内报送备案。"}, "15、16", 2),
        ({"gist": "文件印发后15日内报送，30日内公布。"}, "30", 2),
        (NO_NUMBER | {"figures": PLAIN["figures"]}, "15", 2),
        (NO_NUMBER | {"gist": "文件印发后十五日内报送。"}, "十五日", 2),
        ({"title": "印" * 21}, "20", 2),
        ({"id": "FILING-1"}, "REQ-FILING-01", 2),
        ({"topics": ""}, "topics", 2),
        ({"force": "always"}, "always", 8),
        ({"since": "2022年4月"}, "in_force", 14),
        ({"title": "甲\n    remark: 乙"}, "remark", 4),
    ],
)
def test_a_fault_is_told_with_the_line_it_stands_on(tmp_path, changes, said, line):
    with pytest.raises(KnowledgeError) as caught:
        read_cards(folder(tmp_path, changes))
    assert said in str(caught.value)
    assert f"0.yaml:{line}" in str(caught.value)


@pytest.mark.parametrize("gist", ["统一年度安排。", "同一天完成两项登记。", "编制五年规划。", "各县分头办理。"])
def test_a_number_word_inside_a_term_is_no_figure(tmp_path, gist):
    (card,) = read_cards(folder(tmp_path, {"gist": gist, "figures": ""}))
    assert card.figures == ()


def test_a_basis_must_name_an_article(tmp_path):
    path = folder(tmp_path, {}) / "0.yaml"
    path.write_text(path.read_text("utf-8") + "    basis: {law: 甲法, article: 十六条, fingerprint: a}\n", "utf-8")
    with pytest.raises(KnowledgeError, match="十六条"):
        read_cards(tmp_path)


def test_an_id_used_in_two_files_is_refused_and_both_files_are_named(tmp_path):
    with pytest.raises(KnowledgeError) as caught:
        read_cards(folder(tmp_path, {}, {}))
    assert "0.yaml" in str(caught.value) and "1.yaml" in str(caught.value)


def test_an_empty_folder_has_no_cards(tmp_path):
    assert read_cards(tmp_path) == ()


def test_cards_are_found_by_topic(tmp_path):
    cards = cards_of(tmp_path, {}, {"topics": "清理, 备案"}, {"topics": "清理"})
    assert ids(find_cards(topic="备案", cards=cards)) == ["01", "02"]
    assert ids(find_cards(topic=Topic.CLEAN_UP, cards=cards)) == ["02", "03"]


def test_a_card_without_scope_concerns_every_kind_and_rank(tmp_path):
    cards = cards_of(tmp_path, {}, {"scope": "kinds: [plan]"}, {"scope": "ranks: [county, city]"})
    assert ids(find_cards(kind=Kind.PLAN, cards=cards)) == ["01", "02", "03"]
    assert ids(find_cards(kind=Kind.RULE, rank=Rank.COUNTY, cards=cards)) == ["01", "03"]
    assert ids(find_cards(kind=Kind.RULE, rank=Rank.TOWNSHIP, cards=cards)) == ["01"]


def test_the_days_on_which_a_source_begins_and_ends_belong_to_it(tmp_path):
    cards = cards_of(tmp_path, {"until": "2024-12-31"}, {"since": "null"})
    assert ids(find_cards(as_of=dt.date(2022, 3, 31), cards=cards)) == ["02"]
    assert ids(find_cards(as_of=dt.date(2022, 4, 1), cards=cards)) == ["01", "02"]
    assert ids(find_cards(as_of=dt.date(2024, 12, 31), cards=cards)) == ["01", "02"]
    assert ids(find_cards(as_of=dt.date(2025, 1, 1), cards=cards)) == ["02"]


def test_an_example_stays_one_after_its_document_has_run_out(tmp_path):
    ended = {"until": "2024-12-31"}
    cards = cards_of(tmp_path, ended | {"force": "example"}, ended | {"source": "白杨县文件管理办法"})
    assert ids(find_cards(as_of=dt.date(2026, 1, 1), examples=True, cards=cards)) == ["01"]
    assert ids(find_cards(as_of=dt.date(2020, 1, 1), examples=True, cards=cards)) == []
    assert [intake.expires for intake in card_intakes(cards)] == [None, dt.date(2024, 12, 31)]


def test_a_place_has_the_national_cards_its_own_and_those_it_lies_in(tmp_path):
    cards = cards_of(tmp_path, {}, {"place": "岚川省"}, {"place": "岚川省青榆县"}, {"place": "岚川省白杨县"})
    assert ids(find_cards(cards=cards)) == ["01"]
    assert ids(find_cards(place="岚川省", cards=cards)) == ["01", "02"]
    assert ids(find_cards(place="岚川省青榆县", cards=cards)) == ["01", "02", "03"]


def test_examples_are_given_only_on_request_and_then_from_everywhere(tmp_path):
    cards = cards_of(tmp_path, {}, {"force": "example", "place": "岚川省青榆县"})
    assert ids(find_cards(place="岚川省青榆县", cards=cards)) == ["01"]
    assert ids(find_cards(place="白杨省", examples=True, cards=cards)) == ["01", "02"]


def test_the_cards_of_one_source_are_one_work_with_an_article_each(tmp_path):
    cards = cards_of(tmp_path, {}, NO_NUMBER, {"source": "白杨县文件管理办法", "place": "岚川省白杨县"})
    ours, theirs = card_intakes(cards)
    assert (ours.title, ours.place, len(ours.articles)) == ("青榆县文件管理办法", "", 2)
    assert (theirs.title, theirs.place, len(theirs.articles)) == ("白杨县文件管理办法", "岚川省白杨县", 1)
    assert ours.genre is Genre.CARD and ours.level is Rank.COUNTY
    assert [article.label for article in ours.articles] == ["REQ-FILING-01", "REQ-FILING-02"]


def test_a_card_in_the_corpus_holds_gist_measure_and_source_and_may_not_be_cited(tmp_path):
    (intake,) = card_intakes(cards_of(tmp_path, {}))
    text = intake.whole()
    assert text.count(PLAIN["gist"]) == 1
    assert PLAIN["measure"] in text and PLAIN["source"] in text and PLAIN["title"] in text
    assert intake.trust is Trust.OWN
