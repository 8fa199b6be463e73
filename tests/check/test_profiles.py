"""Local profiles: nothing is assumed, and no value without a source."""

from __future__ import annotations

import pytest

from draft_assist.check.powers import Verdict, read_powers
from draft_assist.check.profiles import Issuer, Profile, find_profile, read_profile
from draft_assist.errors import KnowledgeError, OptionError
from draft_assist.knowledge import knowledge_path
from draft_assist.model import Power, Rank

SOURCE = "sources: [{fields: [filing_days], source_title: 某办法, checked_on: 2026-11-01}]"


def write(tmp_path, text: str):
    path = tmp_path / "place.yaml"
    path.write_text(f"jurisdiction: 某县\n{text}\n", encoding="utf-8")
    return path


def test_the_template_configures_nothing():
    profile = find_profile("template")
    fields = [name for name in Profile.__struct_fields__ if name not in ("jurisdiction", "sources")]
    assert [name for name in fields if profile.is_configured(name)] == []
    text = knowledge_path("profiles/template.yaml").read_text(encoding="utf-8")
    assert all(f"\n{name}:" in text for name in fields), "the template shows every field"


def test_a_value_with_its_source_is_read(tmp_path):
    profile = read_profile(write(tmp_path, f"filing_days: 15\n{SOURCE}"))
    assert profile.is_configured("filing_days")
    assert not profile.is_configured("cleanup_years")


def test_a_value_without_a_source_is_refused(tmp_path):
    with pytest.raises(KnowledgeError, match="“cleanup_years”没有写明来源"):
        read_profile(write(tmp_path, f"filing_days: 15\ncleanup_years: 2\n{SOURCE}"))


def test_a_source_for_a_field_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(KnowledgeError, match="未知的字段“filling_days”"):
        read_profile(write(tmp_path, SOURCE.replace("filing", "filling")))


BOUND = "sources: [{fields: [filing_days], source_title: 某办法, binds: [government], checked_on: 2026-11-01}]"


@pytest.mark.parametrize(
    ("issuers", "holds"),
    [
        ({Issuer.GOVERNMENT}, True),
        ({Issuer.DEPARTMENT}, False),
        ({Issuer.TOWNSHIP}, False),
        # One of those that issue it together is bound, the other is not.
        ({Issuer.GOVERNMENT, Issuer.DEPARTMENT}, None),
        # The place does not say whether a document of the office counts as the government's.
        ({Issuer.OFFICE}, None),
        (set(), None),
    ],
)
def test_a_value_that_binds_governments_holds_for_them_only(tmp_path, issuers, holds):
    profile = read_profile(write(tmp_path, f"filing_days: 15\n{BOUND}"))
    assert profile.holds_for("filing_days", frozenset(issuers)) is holds


@pytest.mark.parametrize("counts", [True, False])
def test_a_value_that_binds_governments_holds_for_their_office_where_its_documents_count_as_theirs(tmp_path, counts):
    sources = BOUND.replace(
        "[{", "[{fields: [office_issued_counts_as_government], source_title: 某办法, checked_on: 2026-11-01}, {"
    )
    text = f"filing_days: 15\noffice_issued_counts_as_government: {str(counts).lower()}\n{sources}"
    assert read_profile(write(tmp_path, text)).holds_for("filing_days", frozenset({Issuer.OFFICE})) is counts


def test_a_value_that_names_nobody_holds_for_all(tmp_path):
    profile = read_profile(write(tmp_path, f"filing_days: 15\n{SOURCE}"))
    assert all(profile.holds_for("filing_days", frozenset({issuer})) for issuer in Issuer)
    assert profile.bound_by("filing_days") == ()


def test_a_sort_of_issuer_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(KnowledgeError, match="binds"):
        read_profile(write(tmp_path, f"filing_days: 15\n{BOUND.replace('government', 'ministry')}"))


def test_an_unknown_place_names_those_there_are():
    with pytest.raises(OptionError, match="template"):
        find_profile("某地")


def test_every_field_that_the_table_of_powers_asks_for_exists():
    powers = read_powers()
    asked = {
        answer.profile
        for power in Power
        for kind in powers.kinds(power)
        for rank in Rank
        for answer in powers.answers(rank, power, kind)
        if answer.verdict is Verdict.PROFILE and answer.profile
    }
    assert asked == {"government_rule_fine_cap_yuan", "fee_catalogue"}
    assert asked <= set(Profile.__struct_fields__)
