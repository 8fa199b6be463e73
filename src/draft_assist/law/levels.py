"""What rank a cited title has, as far as the title or known facts tell.

    中华人民共和国水法              law
    城市道路管理条例                administrative_regulation (by a fact)
    湖北省信访条例                  local_regulation_province (by its name)
    青榆县市容管理规定              county

Where a name leaves two ranks open (a city's 办法 may be a rule or a document) the higher is given: who may not set a
power at that rank may not at the lower one either.
"""

from __future__ import annotations

from functools import lru_cache

from draft_assist.law.store import Statutes
from draft_assist.model import Rank
from draft_assist.patterns import compiled

_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_PLACE = compiled(
    r"(?P<place>[一-龥]{2,8}?(?P<unit>自治区|自治州|自治县|省|市|州|盟|县|区|旗|镇|乡|街道))(?P<rest>[一-龥]{2,}.*)$"
)
_KIND = compiled(
    r"(?P<kind>条例|办法|规定|细则|规则|通知|通告|公告|意见|方案|决定|批复|函|纪要|计划)(?:（[^（）]{1,8}）)?$"
)
_DOCUMENTS = frozenset(("通知", "通告", "公告", "意见", "方案", "批复", "函", "纪要", "计划"))
_REGULATION = {
    "自治区": Rank.LOCAL_REGULATION_PROVINCE,
    "省": Rank.LOCAL_REGULATION_PROVINCE,
    "市": Rank.LOCAL_REGULATION_CITY,
    "自治州": Rank.LOCAL_REGULATION_CITY,
    "州": Rank.LOCAL_REGULATION_CITY,
}
_RULE = {
    "自治区": Rank.GOVERNMENT_RULE_PROVINCE,
    "省": Rank.GOVERNMENT_RULE_PROVINCE,
    "市": Rank.GOVERNMENT_RULE_CITY,
    "自治州": Rank.GOVERNMENT_RULE_CITY,
    "州": Rank.GOVERNMENT_RULE_CITY,
    "盟": Rank.COUNTY,
    "县": Rank.COUNTY,
    "自治县": Rank.COUNTY,
    "区": Rank.COUNTY,
    "旗": Rank.COUNTY,
    "镇": Rank.TOWNSHIP,
    "乡": Rank.TOWNSHIP,
    "街道": Rank.TOWNSHIP,
}
_DOCUMENT = {
    "自治区": Rank.PROVINCE,
    "省": Rank.PROVINCE,
    "市": Rank.CITY,
    "自治州": Rank.CITY,
    "州": Rank.CITY,
    "盟": Rank.CITY,
}


# From the highest down; a document of one rank is no basis for another of the same or a higher one.
_ORDER = (
    (Rank.LAW,),
    (Rank.ADMINISTRATIVE_REGULATION, Rank.STATE_COUNCIL_DECISION),
    (Rank.STATE_COUNCIL,),
    (Rank.LOCAL_REGULATION_PROVINCE, Rank.DEPARTMENT_RULE),
    (Rank.GOVERNMENT_RULE_PROVINCE, Rank.STATE_COUNCIL_DEPARTMENT),
    (Rank.PROVINCE, Rank.LOCAL_REGULATION_CITY),
    (Rank.GOVERNMENT_RULE_CITY,),
    (Rank.CITY,),
    (Rank.COUNTY,),
    (Rank.TOWNSHIP,),
)
_HEIGHT = {rank: height for height, ranks in enumerate(_ORDER) for rank in ranks}


def is_above(cited: Rank, issuer: Rank) -> bool | None:
    """Whether a text of the one rank stands above the other; None where the ranks do not tell (a department, other)."""
    if cited not in _HEIGHT or issuer not in _HEIGHT:
        return None
    return _HEIGHT[cited] < _HEIGHT[issuer]


def level_of(title: str, statutes: Statutes) -> Rank | None:
    """The highest rank that a text of that title can have; None when it cannot be told.

    Args:
        title: without 《》, full or short.
    """
    return statutes.level(title) or _by_name(title)


@lru_cache(maxsize=4096)
def _by_name(title: str) -> Rank | None:
    kind = _KIND.search(title)
    if kind is None:
        return None
    place = _PLACE.match(title)
    if place is None:
        if kind["kind"] in _DOCUMENTS:
            return Rank.STATE_COUNCIL if title.startswith("国务院") else Rank.STATE_COUNCIL_DEPARTMENT
        return None
    unit = place["unit"]
    if place["place"] in _MUNICIPALITIES:
        unit = "省"
    if kind["kind"] == "条例":
        return _REGULATION.get(unit)
    if kind["kind"] in _DOCUMENTS:
        return _DOCUMENT.get(unit, _RULE.get(unit))
    if kind["kind"] == "决定":
        return None  # of a congress or of a government
    return _RULE.get(unit)
