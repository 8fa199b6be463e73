"""The rank of a cited title."""

from __future__ import annotations

import pytest
from citation_factory import statutes_in

from draft_assist.law.levels import is_above, level_of
from draft_assist.model import Rank


@pytest.fixture(scope="module")
def statutes(tmp_path_factory):
    return statutes_in(tmp_path_factory.mktemp("law"))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("渡口法", Rank.LAW, id="a law held, by its alias"),
        pytest.param("南川省渡口条例", Rank.LOCAL_REGULATION_PROVINCE, id="a province's regulation"),
        pytest.param("重庆市渡口条例", Rank.LOCAL_REGULATION_PROVINCE, id="a municipality is a province"),
        pytest.param("青榆市渡口条例", Rank.LOCAL_REGULATION_CITY, id="a city's regulation"),
        pytest.param("青榆市渡口管理办法", Rank.GOVERNMENT_RULE_CITY, id="may be a rule or a document: the higher"),
        pytest.param("青榆县渡口管理办法（试行）", Rank.COUNTY, id="a county makes no rules"),
        pytest.param("白石镇渡口管理规定", Rank.TOWNSHIP, id="a town"),
        pytest.param("青榆市人民政府关于加强渡口管理的通知", Rank.CITY, id="a notice is a document"),
        pytest.param("国务院关于加强渡口管理的通知", Rank.STATE_COUNCIL, id="a notice of the State Council"),
        pytest.param("关于加强渡口管理的意见", Rank.STATE_COUNCIL_DEPARTMENT, id="an opinion of whomever"),
        pytest.param("渡口管理办法", None, id="whose rule it is cannot be told"),
        pytest.param("渡口管理条例", None, id="a regulation of whom cannot be told"),
    ],
)
def test_the_highest_rank_that_the_title_can_have(title, expected, statutes) -> None:
    assert level_of(title, statutes) is expected


def test_what_stands_no_higher_is_no_basis() -> None:
    assert is_above(Rank.LAW, Rank.COUNTY) is True
    assert is_above(Rank.COUNTY, Rank.COUNTY) is False
    assert is_above(Rank.TOWNSHIP, Rank.COUNTY) is False
    assert is_above(Rank.CITY, Rank.DEPARTMENT) is None  # of which government, the rank does not say
