"""Who issues: bodies without the power to, offices, joint issue, titles and numbers of others."""

from __future__ import annotations

import datetime as dt

import pytest
from special_factory import document_of

from draft_assist.check.profiles import Profile, ProfileSource
from draft_assist.check.special import CHECKS, check_named
from draft_assist.check.special.issuer import binding_words
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.model import Kind, Rank

BINDS = "　　一、渡船经营者不得超员。"
INSIDE = "　　一、各成员单位要按职责抓好排查。"


def notice(issuer: str, body: str = BINDS, number: str = "", preface: str = "　　现通知如下。") -> str:
    head = f"{issuer}关于规范渡船载客的通知\n\n" + (f"{number}\n\n" if number else "")
    return f"{head}{preface}\n{body}\n\n{issuer}\n2026年7月20日\n"


def spots(check: str, text: str, profile: Profile | None = None, rank: Rank = Rank.COUNTY) -> list[Spot]:
    paper = Paper(document_of(text), Kind.NORMATIVE_DOCUMENT, rank, dt.date(2026, 11, 1), profile=profile)
    return list(check_named(check)(paper))


@pytest.mark.parametrize(
    ("issuer", "check"),
    [
        ("芦湾县交通运输局办公室", "internal_office_issues"),
        ("芦湾县城市管理局市容管理股", "internal_office_issues"),
        ("槐树镇党政办公室", "internal_office_issues"),
        ("槐树镇人民政府平安建设办公室", "internal_office_issues"),
        ("芦湾县渡口整治工作领导小组", "temporary_body_issues"),
        ("芦湾县渡口整治工作领导小组办公室", "temporary_body_issues"),
        ("芦湾县创建文明县城指挥部", "temporary_body_issues"),
        ("芦湾县渡口整治工作专班", "temporary_body_issues"),
        ("槐树镇柳湾村村民委员会", "villagers_committee_issues"),
    ],
)
def test_a_body_without_the_power_issues_rules_for_the_public(issuer, check) -> None:
    (spot,) = spots(check, notice(issuer))
    assert spot.values == {"issuer": issuer, "binding": "渡船经营者不得超员"}
    assert spots(check, notice(issuer, INSIDE)) == [], "nothing that binds outsiders"


@pytest.mark.parametrize(
    "issuer",
    [
        "芦湾县人民政府",
        "芦湾县人民政府办公室",
        "芦湾县交通运输局",
        "芦湾县公安局交通警察大队",
        "芦湾县防汛抗旱指挥部",
        "槐树镇人民政府",
        "槐树街道办事处",
        "芦江省农业农村厅办公室、芦江省财政厅办公室",
    ],
)
@pytest.mark.parametrize("check", ["internal_office_issues", "temporary_body_issues", "villagers_committee_issues"])
def test_bodies_that_may_issue_or_are_left_alone(issuer, check) -> None:
    assert spots(check, notice(issuer)) == []


def test_words_in_titles_do_not_bind() -> None:
    assert binding_words(document_of(notice("甲县乙局", "　　学习《渡船经营者应当遵守的规定》。"))) == ""


# --- an office for its government ---------------------------------------------------------------------------------


def place(counts: bool | None) -> Profile:
    source = ProfileSource(
        fields=("office_issued_counts_as_government",),
        source_title="芦湾县行政规范性文件管理规定",
        checked_on=dt.date(2026, 11, 1),
    )
    return Profile(jurisdiction="芦湾县", office_issued_counts_as_government=counts, sources=(source,))


OFFICE = notice("芦湾县人民政府办公室", number="芦湾政办发〔2026〕3号")


@pytest.mark.parametrize(
    ("profile", "configured", "unconfigured"),
    [(None, 0, 1), (place(None), 0, 1), (place(False), 1, 0), (place(True), 0, 0)],
)
def test_what_an_office_issues_is_judged_by_the_place(profile, configured, unconfigured) -> None:
    assert len(spots("office_issues_for_government", OFFICE, profile)) == configured
    assert len(spots("office_issues_unconfigured", OFFICE, profile)) == unconfigured


def test_the_source_of_the_local_value_is_named() -> None:
    (spot,) = spots("office_issues_for_government", OFFICE, place(False))
    assert spot.values["source"] == "《芦湾县行政规范性文件管理规定》"


def test_an_office_that_only_asks_for_reports_is_left_alone() -> None:
    assert spots("office_issues_unconfigured", notice("芦湾县人民政府办公室", INSIDE)) == []


# --- form ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("preface", "found"),
    [
        ("　　县交通运输局、县应急管理局联合制定本通知。", True),
        ("　　现将市交通运输局、市应急管理局联合印发的规定转发给你们。", False),
        ("　　县交通运输局、县应急管理局将联合印发名单。", False),
        ("　　现通知如下。", False),
    ],
)
def test_one_signs_what_several_issue(preface, found) -> None:
    assert len(spots("joint_issue_missing", notice("芦湾县交通运输局", preface=preface))) == found


@pytest.mark.parametrize(
    ("title", "opening", "found"),
    [
        ("芦湾县渡口管理条例", "", 1),
        ("芦湾县渡口管理条例（试行）", "", 1),
        ("芦湾县渡口管理办法", "", 0),
        ("芦湾县渡口管理条例", "（2026年5月20日芦江市人民代表大会常务委员会通过）", 0),
    ],
)
def test_a_title_of_legislation(title, opening, found) -> None:
    signed = "芦湾县交通运输局\n2026年7月20日\n"
    cover = f"芦湾县交通运输局关于印发《{title}》的通知\n\n各乡镇：\n　　现印发给你们。\n\n{signed}"
    text = f"{cover}\n{title}\n\n{opening}\n\n第一条　为了渡口。\n第二条　不得超员。\n第三条　自公布之日起施行。\n"
    assert len(spots("title_of_legislation", text)) == found


@pytest.mark.parametrize(
    ("issuer", "number", "owner"),
    [
        ("芦湾县交通运输局", "芦湾政发〔2026〕15号", "人民政府"),
        ("芦湾县人民政府", "芦湾政办发〔2026〕15号", "政府办公室（厅）"),
        ("芦湾县交通运输局", "芦湾委发〔2026〕15号", "党委（党组）"),
        ("芦湾县民政局", "芦湾民政发〔2026〕15号", None),
        ("芦湾县财政局", "芦湾财政发〔2026〕15号", None),
        ("芦湾县人民政府办公室", "芦湾政发〔2026〕15号", None),
        ("芦湾县交通运输局", "芦湾交发〔2026〕15号", None),
        ("槐树镇人民政府", "槐政发〔2026〕15号", None),
    ],
)
def test_the_number_is_the_issuers_own(issuer, number, owner) -> None:
    found = spots("number_of_another_organ", notice(issuer, number=number))
    assert [spot.values["owner"] for spot in found] == ([owner] if owner else [])


def test_a_party_document_that_sets_powers() -> None:
    text = notice("中共槐树镇委员会", "　　一、商户占道的，处五十元罚款。", "槐委发〔2026〕6号")
    (spot,) = spots("party_document_sets_powers", text)
    assert spot.values == {"issuer": "中共槐树镇委员会", "power": "处五十元罚款"}
    assert spots("party_document_sets_powers", notice("中共槐树镇委员会", INSIDE, "槐委发〔2026〕6号")) == []
    assert spots("party_document_sets_powers", notice("槐树镇人民政府", "　　一、处五十元罚款。")) == []


@pytest.mark.parametrize("text", ["第八条　渡船经营者不得超员。", "没有标题的一段话。", "某某县人民政府\n"])
def test_an_excerpt_has_no_issuer_to_judge(text) -> None:
    for check, (module, _) in CHECKS.items():
        assert module != "issuer" or spots(check, text) == []
