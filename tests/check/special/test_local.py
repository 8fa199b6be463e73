"""Local requirements: told only where the profile of the place has the value."""

from __future__ import annotations

import msgspec
import pytest
from special_factory import NOW, document_of

from draft_assist.check.profiles import Issuer, Profile
from draft_assist.check.special import check_named
from draft_assist.check.special.issuer import issuer_sorts
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.model import Kind, Rank

NOTICE = """芦湾县人民政府关于规范乡村渡船载客的通告

芦湾政规〔2026〕6号

　　一、渡船经营者不得超员。
　　本通告自2026年8月1日起施行，有效期八年。

芦湾县人民政府
2026年7月20日
"""


def place(*, binds: tuple[str, ...] = (), **values: object) -> Profile:
    source = {
        "binds": list(binds),
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


PUBLISHED = "公布情况登记表\n\n文件名称：芦湾县人民政府关于规范乡村渡船载客的通告\n公布日期：{}\n"
FIFTEEN = {"filing_days": 15, "day_type": "calendar"}


@pytest.mark.parametrize(
    ("day", "start", "late"),
    [
        # Published ten days after it was signed: 2026年8月14日 is the last day.
        ("2026年8月14日", "publication", False),
        ("2026年8月15日", "publication", True),
        ("2026年8月14日", "signing", True),
        ("2026年8月14日", None, False),
    ],
)
def test_the_days_for_filing_run_from_the_day_that_the_profile_names(day, start, late) -> None:
    profile = place(**FIFTEEN, **({"filing_from": start} if start else {}))
    found = spots("filed_late_locally", profile, PUBLISHED.format("2026年7月30日"), filed(day))
    assert len(found) == late


def test_a_count_from_publication_is_certain() -> None:
    profile = place(**FIFTEEN, filing_from="publication")
    (spot,) = spots("filed_late_locally", profile, PUBLISHED.format("2026年7月30日"), filed("2026年9月1日"))
    assert spot.values["start"] == "2026年7月30日公布"
    assert (spot.values["days"], spot.values["doubt"]) == ("33", "")


@pytest.mark.parametrize(
    ("start", "papers", "doubt"),
    [
        ("publication", [], "没有找到公布日期"),
        (None, [], "没有找到公布日期"),
        (None, [PUBLISHED.format("2026年7月30日")], "没有写明从哪一日起算"),
        ("signing", [], ""),
    ],
)
def test_an_uncertain_start_is_told(start, papers, doubt) -> None:
    profile = place(**FIFTEEN, **({"filing_from": start} if start else {}))
    (spot,) = spots("filed_late_locally", profile, *papers, filed("2026年9月1日"))
    assert doubt in spot.values["doubt"] and bool(doubt) is bool(spot.values["doubt"])
    assert spot.values["start"].endswith("公布" if papers else "成文")


def test_where_the_profile_does_not_say_which_days_count_only_what_is_late_by_either_count_is_told() -> None:
    profile = place(filing_days=15, filing_from="signing")
    assert spots("filed_late_locally", profile, filed("2026年8月10日")) == []
    assert len(spots("filed_late_locally", profile, filed("2026年9月10日"))) == 1


DEPARTMENT = NOTICE.replace("芦湾县人民政府关于", "芦湾县交通运输局关于").replace(
    "\n芦湾县人民政府\n", "\n芦湾县交通运输局\n"
)
LOCAL = [
    ("filed_late_locally", {**FIFTEEN, "filing_from": "publication"}),
    ("valid_too_long_locally", {"validity_years": 5}),
    ("in_force_too_soon_locally", {"effective_delay_days": 30}),
    ("local_step_missing", {"required_steps": ["廉洁性评估"]}),
]


@pytest.mark.parametrize(("check", "values"), LOCAL)
def test_a_limit_of_governments_passes_no_judgement_on_a_department(check, values) -> None:
    papers = [filed("2026年9月1日")]
    assert len(spots(check, place(**values), *papers, notice=DEPARTMENT)) == 1
    assert len(spots(check, place(**values, binds=("government",)), *papers)) == 1
    assert spots(check, place(**values, binds=("government",)), *papers, notice=DEPARTMENT) == []


@pytest.mark.parametrize(
    ("issuer", "rank", "sorts"),
    [
        ("芦湾县人民政府", Rank.COUNTY, {Issuer.GOVERNMENT}),
        ("芦湾县人民政府办公室", Rank.COUNTY, {Issuer.OFFICE}),
        ("芦湾县交通运输局", Rank.DEPARTMENT, {Issuer.DEPARTMENT}),
        ("芦湾县石桥镇人民政府", Rank.TOWNSHIP, {Issuer.TOWNSHIP}),
        ("芦湾县城关街道办事处", Rank.TOWNSHIP, {Issuer.SUBDISTRICT}),
        # No organ of administration: nothing is told of it.
        ("中共芦湾县委员会", Rank.OTHER, set()),
    ],
)
def test_the_sort_of_the_issuer_is_read_from_its_name(issuer, rank, sorts) -> None:
    notice = NOTICE.replace("\n芦湾县人民政府\n", f"\n{issuer}\n").replace("芦湾县人民政府关于", f"{issuer}关于")
    assert issuer_sorts(document_of(notice), rank) == sorts


def test_without_a_name_the_rank_tells_who_may_have_issued_it() -> None:
    notice = "关于规范乡村渡船载客的通告\n\n　　一、渡船经营者不得超员。\n"
    assert issuer_sorts(document_of(notice), Rank.COUNTY) == {Issuer.GOVERNMENT, Issuer.OFFICE}
    assert issuer_sorts(document_of(notice), Rank.DEPARTMENT) == {Issuer.DEPARTMENT}
    assert issuer_sorts(document_of(notice), Rank.OTHER) == set()


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
