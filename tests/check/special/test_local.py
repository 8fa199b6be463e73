"""Local requirements: told only where the profile of the place has the value."""

from __future__ import annotations

import msgspec
import pytest
from special_factory import NOW, document_of

from draft_assist.check.profiles import Profile
from draft_assist.check.special import check_named
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.model import Kind, Rank

NOTICE = """芦湾县人民政府关于规范乡村渡船载客的通告

芦湾政规〔2026〕6号

　　一、渡船经营者不得超员。
　　本通告自2026年8月1日起施行，有效期八年。

芦湾县人民政府
2026年7月20日
"""


def place(**values: object) -> Profile:
    source = {
        "fields": list(values),
        "source_title": "管理规定",
        "source_number": "芦湾政发〔2025〕3号",
        "source_section": "第九条",
        "checked_on": NOW,
    }
    return msgspec.convert({"jurisdiction": "芦湾县", "sources": [source], **values}, Profile)


def spots(check: str, profile: Profile | None, *papers: str, notice: str = NOTICE) -> list[Spot]:
    companions = tuple(document_of(text, f"材料{number}.txt") for number, text in enumerate(papers, 1))
    paper = Paper(document_of(notice), Kind.NORMATIVE_DOCUMENT, Rank.COUNTY, NOW, companions, profile)
    return list(check_named(check)(paper))


def filed(day: str) -> str:
    return (
        f"关于报送规范性文件备案的报告\n\n　　现将《关于规范乡村渡船载客的通告》报请备案。\n\n芦湾县人民政府\n{day}\n"
    )


@pytest.mark.parametrize(
    ("day", "values", "late"),
    [
        ("2026年8月4日", {"filing_days": 15, "day_type": "calendar"}, False),
        ("2026年8月5日", {"filing_days": 15, "day_type": "calendar"}, True),
        # Working days less the longest holiday: only a sure delay is told.
        ("2026年8月10日", {"filing_days": 10, "day_type": "working"}, False),
        ("2026年8月20日", {"filing_days": 10, "day_type": "working"}, True),
    ],
)
def test_filing(day, values, late) -> None:
    assert len(spots("filed_late_locally", place(**values), filed(day))) == late


def test_a_late_filing_names_limit_and_source() -> None:
    (spot,) = spots("filed_late_locally", place(filing_days=15, day_type="calendar"), filed("2026年9月1日"))
    assert spot.values["limit"] == "15日" and spot.values["days"] == "43"
    assert spot.values["source"] == "《管理规定》（芦湾政发〔2025〕3号）第九条"


@pytest.mark.parametrize(
    ("validity", "values", "years"),
    [
        ("有效期八年", {"validity_years": 5}, "8"),
        ("有效期五年", {"validity_years": 5}, None),
        ("有效期至2031年7月31日", {"validity_years": 5}, None),
        ("有效期至2034年7月31日", {"validity_years": 5}, "8"),
        ("有效期两年", {"validity_years": 5}, None),
    ],
)
def test_validity(validity, values, years) -> None:
    found = spots("valid_too_long_locally", place(**values), notice=NOTICE.replace("有效期八年", validity))
    assert [spot.values["years"] for spot in found] == ([years] if years else [])


def test_a_document_on_trial_has_its_own_limit() -> None:
    notice = NOTICE.replace("载客的通告\n", "载客管理办法（试行）\n", 1).replace("有效期八年", "有效期三年")
    assert len(spots("valid_too_long_locally", place(validity_years=5, trial_years=2), notice=notice)) == 1


def test_no_validity_where_the_place_asks_for_one() -> None:
    notice = NOTICE.replace("，有效期八年", "")
    assert len(spots("validity_missing_locally", place(validity_years=5), notice=notice)) == 1
    assert spots("validity_missing_locally", place(validity_years=5)) == []


def test_in_force_too_soon() -> None:
    (spot,) = spots("in_force_too_soon_locally", place(effective_delay_days=30))
    assert spot.values["days"] == "12"
    assert spots("in_force_too_soon_locally", place(effective_delay_days=10)) == []


def test_a_local_step_is_missing_only_from_papers_that_were_given() -> None:
    wanted = place(required_steps=["廉洁性评估"])
    assert spots("local_step_missing", wanted) == []
    assert len(spots("local_step_missing", wanted, filed("2026年8月1日"))) == 1
    assert spots("local_step_missing", wanted, "情况说明\n\n　　已完成廉洁 性评估。\n") == []


@pytest.mark.parametrize(("number", "found"), [("LWDR-2026-00006", 0), ("LWDR-2026-6", 1)])
def test_the_form_of_the_registration_number(number, found) -> None:
    notice = NOTICE.replace("〔2026〕6号\n", f"〔2026〕6号\n统一登记号：{number}\n")
    profile = place(registration_no_regex=r"LWDR-\d{4}-\d{5}")
    assert len(spots("registration_number_malformed", profile, notice=notice)) == found


@pytest.mark.parametrize(
    "check",
    ["filed_late_locally", "valid_too_long_locally", "validity_missing_locally", "in_force_too_soon_locally",
     "local_step_missing", "registration_number_malformed"],
)  # fmt: skip
@pytest.mark.parametrize("profile", [None, Profile(jurisdiction="芦湾县")])
def test_without_a_value_nothing_is_told(check, profile) -> None:
    notice = NOTICE.replace("，有效期八年", "").replace("〔2026〕6号\n", "〔2026〕6号\n统一登记号：1\n")
    assert spots(check, profile, filed("2026年12月1日"), notice=notice) == []


def test_a_profile_names_the_source_of_a_value() -> None:
    assert place(filing_days=15).source_of("cleanup_years") == ""
    assert Profile(jurisdiction="芦湾县").source_of("filing_days") == ""
