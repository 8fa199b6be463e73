"""The profiles of places that come with the product: readable, sourced, plausible, and at one with the cards."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from draft_assist.check.profiles import DayType, Issuer, Profile, find_profile, read_profile
from draft_assist.corpus.cards import Card, Figure, read_cards
from draft_assist.knowledge import knowledge_path
from draft_assist.parse.organs import places

FILES = sorted(path for path in knowledge_path("profiles").glob("*.yaml") if path.stem != "template")
# From the least to the most that a place in this country has been known to fix; beyond them it is a slip of the pen.
PLAUSIBLE = {
    "government_rule_fine_cap_yuan": (10_000, 1_000_000),
    "filing_days": (3, 60),
    "cleanup_years": (1, 5),
    "validity_years": (3, 10),
    "trial_years": (1, 3),
    "effective_delay_days": (5, 90),
}
UNITS = {"日": DayType.CALENDAR, "工作日": DayType.WORKING}


def stem(path: Path) -> str:
    return path.stem


@pytest.fixture(params=FILES, ids=stem)
def profile(request: pytest.FixtureRequest) -> Profile:
    return read_profile(request.param)


def values(profile: Profile) -> dict[str, object]:
    fields = [name for name in Profile.__struct_fields__ if name not in ("jurisdiction", "sources")]
    return {name: getattr(profile, name) for name in fields if profile.is_configured(name)}


def cards_of(profile: Profile) -> list[Card]:
    return [card for card in read_cards() if card.profile_field and card.source.jurisdiction == profile.jurisdiction]


def figure_of(card: Card, value: int) -> Figure | None:
    """The figure of the card that says the same as the value of the profile."""
    return next((figure for figure in card.figures if figure.value == value), None)


def test_there_are_profiles_of_several_places():
    named = [read_profile(path).jurisdiction for path in FILES]
    assert len(named) >= 17
    assert len(set(named)) == len(named)


def test_a_profile_is_named_after_a_place_of_the_country(profile):
    assert any(profile.jurisdiction.startswith(name) for name in places().provinces)


def test_a_profile_says_something(profile):
    assert values(profile)


def test_numbers_are_of_a_size_that_occurs(profile):
    found = {name: value for name, value in values(profile).items() if type(value) is int}
    beyond = {name: value for name, value in found.items() if not PLAUSIBLE[name][0] <= value <= PLAUSIBLE[name][1]}
    assert beyond == {}


def test_a_document_on_trial_is_not_valid_for_longer_than_another(profile):
    if profile.trial_years is not None:
        assert profile.validity_years is not None
        assert profile.trial_years <= profile.validity_years


def test_days_for_filing_say_from_when_and_how_they_are_counted_and_with_whom(profile):
    if profile.filing_days is not None:
        assert profile.filing_from is not None
        assert profile.day_type is not None
        gist = next(source.gist for source in profile.sources if "filing_days" in source.fields)
        assert profile.file_to or "接受备案的机关列在该条各项，尚待核对" in gist


def test_days_for_filing_hold_for_governments(profile):
    if profile.filing_days is not None:
        assert profile.holds_for("filing_days", frozenset({Issuer.GOVERNMENT}))


def test_each_source_names_the_clause_and_what_it_says_and_a_day_that_is_not_long_ago(profile):
    for source in profile.sources:
        assert source.source_title
        assert source.source_section
        assert source.gist.endswith("。")
        assert " " not in source.gist
        assert source.checked_on >= dt.date(2026, 1, 1)


def test_each_value_has_one_source(profile):
    named = [field for source in profile.sources for field in source.fields]
    assert sorted(named) == sorted(values(profile))


def test_cards_of_the_place_and_its_profile_agree(profile):
    for card in cards_of(profile):
        value = getattr(profile, card.profile_field)
        assert profile.is_configured(card.profile_field), f"{card.id} knows a value that the profile lacks"
        if type(value) is not int:
            continue
        figure = figure_of(card, value)
        assert figure is not None, f"{card.id} says otherwise than the profile: {value}"
        if card.profile_field == "filing_days":
            assert UNITS[figure.unit] is profile.day_type


def test_the_profile_of_a_province_is_found_by_its_name_and_says_where_a_value_stands():
    found = find_profile("hunan")
    assert found.jurisdiction == "湖南省"
    assert found.source_of("effective_delay_days") == "《湖南省规范性文件管理办法》（湖南省人民政府令第289号）第二十条"


def test_in_hunan_the_days_for_filing_bind_no_department_and_those_of_effect_bind_all():
    found = find_profile("hunan")
    department = frozenset({Issuer.DEPARTMENT})
    assert found.holds_for("filing_days", department) is False
    assert found.holds_for("filing_days", frozenset({Issuer.TOWNSHIP}))
    assert found.holds_for("effective_delay_days", department)


def test_what_was_not_read_stays_unconfigured():
    found = find_profile("guangdong")
    assert not found.is_configured("filing_days")
    assert not found.is_configured("validity_years")
