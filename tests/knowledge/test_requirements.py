"""What holds for every requirement card, whatever it asks."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from draft_assist.check.profiles import Profile
from draft_assist.check.steps import step_ids
from draft_assist.corpus.cards import NATIONAL, Card, Force, Topic, find_cards, read_cards
from draft_assist.law.articles import fingerprint, read_label
from draft_assist.law.store import Statutes, WordingStatus
from draft_assist.load import load
from draft_assist.model import Kind, Rank
from draft_assist.normalise import normalise
from draft_assist.settings import Settings

CARDS = read_cards()
FROM_STATUTES = [card for card in CARDS if card.basis is not None]
# A run of this many characters that stands in the source too is a copy.
SHARED_RUN = 20
SEEDS = sorted((Path(__file__).parents[2].parent / "shared" / "seeds").glob("*.txt"))


@cache
def statutes() -> Statutes:
    return Statutes.open()


def ids(card: Card) -> str:
    return card.id


def copied(ours: str, source: str) -> str:
    """A run of `ours` that stands in `source`; "" when there is none."""
    runs = (ours[start : start + SHARED_RUN] for start in range(len(ours) - SHARED_RUN + 1))
    return next((run for run in runs if run in source), "")


def test_a_run_counts_as_copied_from_its_twentieth_character_on():
    source = "青榆县各乡镇和街道每月初五以前报送上月登记簿的副本"
    assert copied("请" + source[2:22], source) == source[2:22]
    assert copied("请" + source[2:21] + "。", source) == ""


def test_there_are_cards_from_statutes_and_from_model_documents():
    assert len(CARDS) >= 80
    assert len(FROM_STATUTES) >= 60
    assert sum(card.force is Force.EXAMPLE for card in CARDS) >= 40


def test_every_topic_is_used_and_by_no_more_than_a_third_of_the_cards():
    uses = {topic: sum(topic in card.topics for card in CARDS) for topic in Topic}
    assert [topic for topic, count in uses.items() if not count] == []
    assert [topic for topic, count in uses.items() if count > len(CARDS) / 3] == []


@pytest.mark.parametrize("card", CARDS, ids=ids)
def test_a_gist_is_one_to_four_whole_sentences(card):
    assert card.gist.endswith("。")
    assert 1 <= card.gist.count("。") <= 4
    assert not re.search(r"\s|【待填", card.gist)


@pytest.mark.parametrize("card", [card for card in CARDS if card.measure], ids=ids)
def test_a_measure_names_each_local_fact_that_is_to_be_filled_in(card):
    assert card.measure.endswith(("。", "】。"))
    assert re.sub(r"【待填:[^【】]+】", "", card.measure).count("【") == 0


@pytest.mark.parametrize("card", CARDS, ids=ids)
def test_steps_and_profile_fields_exist(card):
    assert set(card.steps) <= set(step_ids())
    assert card.profile_field in {"", *Profile.__struct_fields__} - {"jurisdiction", "sources"}


@pytest.mark.parametrize("card", CARDS, ids=ids)
def test_dates_of_a_source_are_in_order(card):
    source = card.source
    known = [day for day in (source.issued, source.in_force.since, source.in_force.until) if day is not None]
    # A wording may be adopted on the very day on which it takes effect.
    assert all(earlier <= later for earlier, later in pairwise(known))
    assert all(day <= source.checked_on for day in (source.issued, source.in_force.since) if day is not None)


@pytest.mark.parametrize("card", CARDS, ids=ids)
def test_an_example_is_of_a_place_and_a_statute_is_national(card):
    if card.force is Force.EXAMPLE:
        assert card.source.jurisdiction != NATIONAL
    if card.basis is not None:
        assert card.source.jurisdiction == NATIONAL and card.source.title == card.basis.law


def test_a_source_is_described_in_one_way_by_all_its_cards():
    ways = defaultdict(set)
    for card in CARDS:
        source = card.source
        facts = (source.issued, source.in_force, source.level)
        ways[source.title, source.number, source.jurisdiction].add(facts)
    assert {name: facts for name, facts in ways.items() if len(facts) > 1} == {}


def test_no_two_cards_say_the_same():
    assert len({card.gist for card in CARDS}) == len(CARDS)


@pytest.mark.parametrize("card", FROM_STATUTES, ids=ids)
def test_the_article_is_held_and_reads_as_when_the_card_was_written(card):
    label = read_label(card.basis.article)
    wording = statutes().article(card.basis.law, label.article, card.source.checked_on)
    assert wording.status is WordingStatus.HELD, wording.note
    assert wording.law == card.basis.law, "the full title"
    assert wording.part(label.paragraph, label.item), "the paragraph or item named must be there"
    assert fingerprint(wording.text) == card.basis.fingerprint
    assert (wording.version_date, wording.held_from) == (card.source.issued, card.source.in_force.since)
    assert card.source.confirmed


@pytest.mark.parametrize("card", FROM_STATUTES, ids=ids)
def test_neither_gist_nor_measure_copies_the_article(card):
    label = read_label(card.basis.article)
    text = "".join(statutes().article(card.basis.law, label.article, card.source.checked_on).text.split())
    assert (copied(card.gist, text), copied(card.measure, text)) == ("", "")


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS, reason="the shared folder is not beside the project")
def test_no_card_copies_a_model_document():
    seeds = "".join("".join(normalise(load(path, Settings())).value.split()) for path in SEEDS)
    assert [(card.id, run) for card in CARDS if (run := copied(card.gist + card.measure, seeds))] == []


def test_the_steps_of_a_county_document_are_asked_for_by_national_cards():
    found = find_cards(kind=Kind.NORMATIVE_DOCUMENT, rank=Rank.COUNTY, cards=CARDS)
    asked = {step for card in found for step in card.steps}
    assert {"opinions_sought", "legality_review", "collective_discussion", "publication", "filing"} <= asked


def test_a_plan_finds_examples_of_who_does_what_by_when():
    found = find_cards(topic=Topic.RESPONSIBILITY, kind=Kind.PLAN, examples=True, cards=CARDS)
    assert any(card.measure.count("【待填") >= 2 for card in found)
