"""What the document says of itself: number, issuer, rank, dates, validity, recipients."""

from __future__ import annotations

import datetime as dt

import pytest
from parse_factory import parsed

from draft_assist.model import Facts, Rank
from draft_assist.parse.organs import places, rank_of_issuer


def facts(value: str) -> Facts:
    return parsed(value).facts


def notice(number: str = "", sign: str = "青石县人民政府\n2024年3月12日", closing: str = "") -> str:
    return (
        f"青石县人民政府关于加强停车管理的通告\n{number}\n为加强停车管理，现通告如下：\n"
        f"一、任何单位和个人不得占用消防通道。\n二、停车应当入位。\n{closing}\n{sign}\n"
    )


# --- document number ---


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("青政发〔2024〕12号", "青政发〔2024〕12号"),
        ("青政发[2024]12号", "青政发〔2024〕12号"),
        ("青政发（2024）12号", "青政发〔2024〕12号"),
        ("青政办函〔2024〕 12 号", "青政办函〔2024〕12号"),
        ("青卫规〔2024〕第3号", "青卫规〔2024〕第3号"),  # 第 is a fault of form that others report
    ],
)
def test_a_sound_number_is_read_whatever_its_brackets(written: str, read: str) -> None:
    assert facts(notice(written)).document_number == read


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("青政发〔20247", "青政发〔2024〕7号"),  # bracket and 号 lost
        ("青发〔201423号", "青发〔2014〕23号"),
        ("青政办函〔2013120号", "青政办函〔2013〕120号"),
        ("青政发〔2024〕", "青政发〔2024〕□号"),  # serial lost
    ],
)
def test_a_damaged_number_gives_candidates_and_is_not_filled_in(written: str, first: str) -> None:
    read = facts(notice(written))

    assert read.document_number is None
    assert read.number_candidates[0].value == first
    assert all(candidate.reason for candidate in read.number_candidates)


def test_a_masked_number_is_a_candidate_only() -> None:
    read = facts(notice("青政办函〔xxxx〕xx号"))

    assert read.document_number is None
    assert "遮盖" in read.number_candidates[0].reason


def test_the_number_of_an_order_carries_the_name_of_the_order() -> None:
    read = facts(
        "广东省人民政府令\n第305号\n"
        "《广东省渡口管理办法》已经2024年1月8日省政府常务会议通过，现予公布，自2024年3月1日起施行。\n"
        "省长　王某某\n2024年1月20日\n"
        "广东省渡口管理办法\n第一条　为了规范渡口管理，制定本办法。\n第二条　本省行政区域内的渡口适用本办法。\n"
    )

    assert read.document_number == "广东省人民政府令第305号"
    assert read.title == "广东省渡口管理办法"
    assert read.rank is Rank.GOVERNMENT_RULE_PROVINCE


@pytest.mark.parametrize("written", ["QSXDR-2024-00008", "QSXDR202400008", "统一登记号：QSXDR-2024-00008"])
def test_a_registration_number_is_told_from_a_document_number(written: str) -> None:
    read = facts(f"{written}\n" + notice("青政发〔2024〕12号"))

    assert read.registration_number is not None
    assert "00008" in read.registration_number
    assert read.document_number == "青政发〔2024〕12号"


# --- issuer and rank ---


@pytest.mark.parametrize(
    ("issuer", "rank", "certain"),
    [
        ("国务院办公厅", Rank.STATE_COUNCIL, True),
        ("国家市场监督管理总局", Rank.STATE_COUNCIL_DEPARTMENT, True),
        ("国家税务总局青石县税务局", Rank.DEPARTMENT, True),
        ("财政部", Rank.STATE_COUNCIL_DEPARTMENT, True),
        ("湖南省人民政府", Rank.PROVINCE, True),
        ("上海市人民政府办公厅", Rank.PROVINCE, True),
        ("杭州市人民政府", Rank.CITY, True),
        ("浙江省杭州市人民政府", Rank.CITY, True),
        ("张家港市人民政府", Rank.COUNTY, False),  # 市 that is no prefecture
        ("上海市浦东新区人民政府", Rank.COUNTY, True),
        ("澧县人民政府办公室", Rank.COUNTY, True),
        ("凉山彝族自治州人民政府", Rank.CITY, True),
        ("青石县柳河镇人民政府", Rank.TOWNSHIP, True),
        ("白河区东关街道办事处", Rank.TOWNSHIP, True),
        ("青石县林业局", Rank.DEPARTMENT, True),
        ("广东省住房和城乡建设厅", Rank.DEPARTMENT, True),
        ("青石县发展和改革委员会", Rank.DEPARTMENT, True),
        ("xx市人民政府", Rank.OTHER, False),  # masked
        ("市人民政府", Rank.OTHER, False),
        ("青石高新技术产业开发区管理委员会", Rank.OTHER, False),
        ("中共青石县委办公室", Rank.OTHER, True),
    ],
)
def test_the_rank_follows_from_the_issuers_name(issuer: str, rank: Rank, certain: bool) -> None:
    ranking = rank_of_issuer(issuer)

    assert (ranking.rank, ranking.certain) == (rank, certain)
    assert issuer in ranking.reason or ranking.reason


def test_the_issuer_comes_from_the_title_first_and_from_the_signature_next() -> None:
    assert facts(notice()).issuer == "青石县人民政府"
    assert (
        facts("关于加强停车管理的通告\n一、甲。\n二、乙应当入位。\n青石县公安局\n2024年3月12日\n").issuer
        == "青石县公安局"
    )


def test_a_title_without_issuer_gives_an_uncertain_rank() -> None:
    read = facts("广州市共享单车停放管理办法\n第一条　甲。\n第二条　乙。\n")

    assert (read.rank, read.rank_certain) == (Rank.CITY, False)


def test_a_rule_is_one_only_when_the_text_says_so() -> None:
    order = "（2019年5月6日广州市人民政府令第170号公布）"
    with_order = facts(f"广州市渣土运输管理办法\n{order}\n第一条　甲。\n第二条　乙。\n")
    county = facts(f"青石县渣土运输管理办法\n{order.replace('广州市', '青石县')}\n第一条　甲。\n第二条　乙。\n")

    assert with_order.rank is Rank.GOVERNMENT_RULE_CITY
    assert county.rank is Rank.COUNTY, "a county makes no rules, whatever it calls them"


def test_a_regulation_is_told_by_its_name_and_place() -> None:
    assert facts("湖南省湿地保护条例\n第一条　甲。\n").rank is Rank.LOCAL_REGULATION_PROVINCE
    assert facts("长沙市湿地保护条例\n第一条　甲。\n").rank is Rank.LOCAL_REGULATION_CITY


def test_the_list_of_places_is_complete() -> None:
    known = places()

    # 31 at province level on the mainland; 293 cities, 30 autonomous prefectures, 7 areas and 3 leagues.
    assert (len(known.provinces), len(known.prefectures)) == (31, 333)


# --- dates ---


@pytest.mark.parametrize(
    "written", ["2024年3月12日", "二〇二四年三月十二日", "二○二四年三月十二日", "2024-03-12", "2024 年 3 月 12 日"]
)
def test_the_signing_date_is_read_in_every_writing(written: str) -> None:
    assert facts(notice(sign=f"青石县人民政府\n{written}")).signing_date == dt.date(2024, 3, 12)


@pytest.mark.parametrize("written", ["2024年3月12", "2024年3月", "2024年x月x日", "2024年2月30日", "年　月　日"])
def test_an_incomplete_date_is_noted_and_not_completed(written: str) -> None:
    read = facts(notice(sign=f"青石县人民政府\n{written}"))

    assert read.signing_date is None
    assert len(read.date_notes) == 1


def test_organ_and_date_may_share_a_line() -> None:
    assert facts(notice(sign="青石县人民政府　　　　2024年3月12日")).signing_date == dt.date(2024, 3, 12)


@pytest.mark.parametrize(
    ("closing", "date"),
    [
        ("本通告自2024年4月1日起施行。", dt.date(2024, 4, 1)),
        ("本通告从二〇二四年四月一日起执行。", dt.date(2024, 4, 1)),
        ("本通告自公布之日起施行。", dt.date(2024, 3, 12)),
        ("本通告自公布之日起30日后施行。", dt.date(2024, 4, 11)),
        ("本通告自印发之日起施行，有效期5年。", dt.date(2024, 3, 12)),
        ("《青石县停车办法》自2010年1月1日起施行。", dt.date(2010, 1, 1)),  # nothing else is said
        ("", None),
    ],
)
def test_the_effective_date_is_read_or_reckoned(closing: str, date: dt.date | None) -> None:
    assert facts(notice(closing=closing)).effective_date == date


def test_an_effective_date_reckoned_from_the_signature_says_so() -> None:
    assert any("推定" in note for note in facts(notice(closing="本通告自公布之日起施行。")).date_notes)


def test_an_effective_date_that_hangs_on_a_missing_signature_stays_open() -> None:
    read = facts("青石县停车管理办法\n第一条　甲。\n第二条　本办法自公布之日起施行。\n")

    assert read.effective_date is None
    assert len(read.date_notes) == 1


def test_the_documents_own_date_wins_over_that_of_another_text() -> None:
    closing = "本通告自2024年4月1日起施行。《青石县停车办法》自2010年1月1日起施行的规定同时废止。"

    assert facts(notice(closing=closing)).effective_date == dt.date(2024, 4, 1)


@pytest.mark.parametrize(
    ("closing", "validity"),
    [
        ("本通告自公布之日起施行，有效期5年。", "有效期5年"),
        ("本通告自公布之日起施行，有效期至2028年3月31日。", "有效期至2028年3月31日"),
        ("本通告自公布之日起施行，有效期为二年。", "有效期为二年"),
        ("停车证有效期为一年。", None),  # of a card, not of the document
    ],
)
def test_the_words_on_validity_are_the_documents_own(closing: str, validity: str | None) -> None:
    assert facts(notice(closing=closing)).validity == validity


# --- recipients ---


def test_recipients_are_named_one_by_one() -> None:
    read = facts("青石县人民政府关于做好秋收工作的通知\n各乡镇人民政府、街道办事处，县直各单位：\n一、甲\n二、乙\n")

    assert read.recipients == ("各乡镇人民政府", "街道办事处", "县直各单位")


def test_an_announcement_is_no_recipient() -> None:
    assert facts(notice()).recipients == ()
