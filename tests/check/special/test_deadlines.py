"""Days, terms and deadlines that cannot hold together."""

from __future__ import annotations

import datetime as dt

import pytest
from special_factory import assert_reports, values_of


@pytest.mark.parametrize(
    "text",
    [
        "于⟦2027年2月30日⟧前报送。",
        "于⟦2027年2月29日⟧前报送。",
        "⟦9月31日⟧前完成，⟦13月5日⟧公布。",
        "于2028年2月29日前报送，9月30日前完成。",
    ],
)
def test_days_of_the_calendar(text):
    assert_reports("impossible_day", text)


@pytest.mark.parametrize(
    "text",
    [
        "试点⟦期限为两年，自2027年1月1日起至2027年12月31日⟧。",
        "本办法⟦自2026年12月1日起施行，有效期三年，至2027年11月30日⟧。",
        "试点期限为两年，自2027年1月1日起至2028年12月31日。",
        "本办法自2026年12月1日起施行，有效期三年，至2029年11月。",
        "公告期为30日，自2027年5月1日至2027年5月30日。",
    ],
)
def test_terms_and_their_ends(text):
    assert_reports("term_misses_end", text)


def test_the_right_end_is_told():
    text = "试点期限为6个月，自2027年8月31日起至2027年12月31日。"
    assert values_of("term_misses_end", text) == {"term": "6个月", "end": "2027年12月31日", "due": "2028年2月29日"}


@pytest.mark.parametrize(
    "text",
    [
        "本办法自印发之日起施行，⟦有效期至2024年12月31日⟧。",
        "本通知自印发之日起执行，⟦执行期限至2025年6月30日⟧。",
        "本办法自印发之日起施行，有效期至2028年12月31日。",
        "渔船证书有效期至2024年12月31日。",
        "本办法有效期延长，原办法有效期至2024年12月31日。",
        "本办法自2022年1月1日起施行，有效期至2024年12月31日。",
    ],
)
def test_terms_that_have_run_out(text):
    assert_reports("run_out_already", text)


def test_an_old_document_has_run_out_rightly():
    text = "苇湖县渔船通知\n\n一、本通知有效期至2024年12月31日。\n\n苇湖县水利局\n2022年1月5日\n"
    assert_reports("run_out_already", text)
    assert_reports("run_out_already", "本通知自印发之日起执行，有效期至2024年12月31日。", as_of=dt.date(2024, 6, 1))


@pytest.mark.parametrize(
    "text",
    [
        "公示期为5个工作日，⟦公示期不得少于7个工作日⟧。",
        "试用期为一个月，⟦试用期不得少于三个月⟧。",
        "登记机关7日内答复申请人；承办科室⟦15日内答复申请人⟧。",
        "窗口收到材料后5个工作日内完成审核。⟦全程办理时限不超过3个工作日⟧。",
        "窗口受理后10日内作出答复，满20日才可领取，窗口⟦15日内办结全部流程⟧。",
        "受理时限5日、审查时限10日、决定时限8日，⟦总时限15日⟧。",
        "复核机构应在30日内办结；复核机构应在⟦20日内办结⟧。",
        "合同期限为五年，⟦合同期限不得超过三年⟧。",
        "初审机构应在5日内办结；复核机构应在10日内办结。",
        # conditions, other deeds, steps inside the whole
        "公示期为5个工作日；涉及安置的，公示期不得少于7个工作日。",
        "不服登记决定的申诉期限为十日，不服检验决定的申诉期限为五日。",
        "登记机关7日内答复申请人，情况复杂的15日内答复申请人。",
        "申请人15日内提出申诉，登记机关30日内作出决定。",
        "受理时限2日，审查时限5日，总时限10日。",
        "公示期为5个工作日。\n公示期为7个工作日。",
    ],
)
def test_deadlines(text):
    assert_reports("differing_deadlines", text)
