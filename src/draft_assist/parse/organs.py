"""Who issues: organs' names, the places in them, and the rank that follows.

issuer_in_title("某某县人民政府办公室关于…的通知") -> "某某县人民政府办公室"
rank_of(...)                                       -> Ranking(rank, certain, reason)
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

import msgspec

from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.model import Rank
from draft_assist.patterns import compiled

MASK = compiled(r"[xX×＊*]{1,4}|[○〇]{2,4}|某+|__+|……")


class _Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    kind: str
    signs: tuple[str, ...]
    prefectures: tuple[str, ...]


class _PlaceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    as_of: dt.date
    places: tuple[_Place, ...]


class Places(NamedTuple):
    """The places of knowledge/organs/places.yaml.

    Attributes:
        provinces: full names at province level, also without 省 and 自治区.
        municipalities: 北京市 and so on.
        prefectures: full names at prefecture level.
        signs: by which document numbers name a province.
    """

    provinces: frozenset[str]
    municipalities: frozenset[str]
    prefectures: frozenset[str]
    signs: tuple[str, ...]


@lru_cache(maxsize=1)
def places() -> Places:
    """The known places, read once."""
    read = read_struct(knowledge_path("organs/places.yaml"), _PlaceFile).places
    return Places(
        provinces=frozenset(place.name for place in read),
        municipalities=frozenset(place.name for place in read if place.kind == "municipality"),
        prefectures=frozenset(name for place in read for name in place.prefectures),
        signs=tuple(sign for place in read for sign in place.signs),
    )


_ORGAN_SUFFIX = (
    r"(?:人民政府办公厅|人民政府办公室|人民政府|政府办公室|人民代表大会常务委员会|人民代表大会|管理委员会|委员会办公室|委员会"
    r"|街道办事处|办事处|领导小组办公室|领导小组|指挥部|办公厅|办公室|总局|支队|大队|中心|公司|集团|协会|[局厅署院部]|管委会|[党市县区省]委)"
)
_TITLE_ISSUER = compiled(
    rf"(.{{2,60}}?{_ORGAN_SUFFIX})(?:[（(][^）)]{{1,12}}[）)])?\s*(?:关于|令|公告|通告|通知|决定|文件)"
)
_ISSUER_ALONE = compiled(rf".{{2,60}}{_ORGAN_SUFFIX}")


def issuer_in_title(title: str) -> str | None:
    """The organ that a title begins with, up to 关于, 令, 公告 or the like; None when it begins otherwise."""
    head, about, _ = title.partition("关于")
    if about and head and _ISSUER_ALONE.fullmatch(head.strip()):
        return head.strip()
    match = _TITLE_ISSUER.match(title)
    return match[1].strip() if match else None


class Ranking(NamedTuple):
    """A rank with its reason; `certain` is False when it is only the cautious default."""

    rank: Rank
    certain: bool
    reason: str


# The departments of the State Council whose names do not begin with 国家 or 中华人民共和国.
_MINISTRIES = (
    r"外交部|国防部|教育部|科学技术部|科技部|工业和信息化部|公安部|国家安全部|民政部|司法部|财政部|人力资源和?社会保障部"
    r"|自然资源部|生态环境部|住房和?城乡建设部|交通运输部|水利部|农业农村部|农业部|商务部|文化和旅游部|文化部|卫生部"
    r"|退役军人事务部|应急管理部|应急部|中国人民银行|审计署|海关总署|税务总局|国土资源部|环境保护部|监察部|铁道部"
    r"|中国证券监督管理委员会|中国证监会|中国银行保险监督管理委员会|国务院国有资产监督管理委员会|中国气象局|中国民用航空局"
)
_STATE_DEPARTMENT = compiled(
    rf"(?:中华人民共和国.{{2,20}}(?:部|总局|总署|委员会)|国家(?!税务总局.)[^的]{{2,18}}(?:局|委员会|总局|中心|委)|{_MINISTRIES})"
    r"(?:办公厅|办公室)?"
)
_PARTY = compiled(r"^(?:中共|中国共产党)|党委|[省市县区乡镇]委(?:办公[厅室])?$|党工委|纪委")
_TOWNSHIP = compiled(r"(?:镇|乡|苏木|街道|街道办事处)(?:人民政府|政府|办事处)?(?:办公室|党政办公室)?$")
_GOVERNMENT = compiled(r"(.*?)(?:人民政府|政府)(办公厅|办公室)?$")
_COUNTY_END = compiled(r"(?:县|区|旗|自治县|自治旗|林区|特区)$")
_PEOPLES_CONGRESS = compiled(r"人民代表大会(?:常务委员会)?$|人大常委会$")


def rank_of_issuer(issuer: str) -> Ranking:
    """The rank of an organ by its name."""
    name = re.sub(r"\s", "", issuer)
    if MASK.search(name):
        return Ranking(Rank.OTHER, False, f"制定机关“{issuer}”的名称被遮盖，级别无法判断")
    if _PARTY.search(name):
        return Ranking(Rank.OTHER, True, f"制定机关“{issuer}”是党的机关，不是行政机关")
    if _PEOPLES_CONGRESS.search(name):
        return Ranking(Rank.OTHER, False, f"制定机关“{issuer}”是权力机关，文件自身未写明是法规")
    if name in ("国务院", "国务院办公厅", "中华人民共和国国务院"):
        return Ranking(Rank.STATE_COUNCIL, True, f"制定机关为{issuer}")
    if _STATE_DEPARTMENT.fullmatch(name):
        return Ranking(Rank.STATE_COUNCIL_DEPARTMENT, True, f"制定机关“{issuer}”是国务院部门")
    government = _GOVERNMENT.fullmatch(name)
    if government:
        return _rank_of_government(government[1], issuer)
    if _TOWNSHIP.search(name):
        return Ranking(Rank.TOWNSHIP, True, f"制定机关“{issuer}”是乡镇人民政府或者街道办事处")
    if re.search(r"管理委员会$|管委会$", name):
        return Ranking(Rank.OTHER, False, f"制定机关“{issuer}”是管理机构，是否为一级政府的派出机关无法判断")
    if re.search(r"(?:局|厅|委员会|委|办公室|办|署|处|所|支队|大队|中心|院|部|指挥部|小组)$", name):
        return Ranking(Rank.DEPARTMENT, True, f"制定机关“{issuer}”按名称是地方政府的部门或者机构")
    return Ranking(Rank.OTHER, False, f"制定机关“{issuer}”的级别无法从名称判断")


def _rank_of_government(place: str, issuer: str) -> Ranking:
    known = places()
    last = _last_place(place)
    if place in known.provinces:
        return Ranking(Rank.PROVINCE, True, f"“{issuer}”是省级人民政府（或者其办公厅）")
    if _TOWNSHIP.search(place):
        return Ranking(Rank.TOWNSHIP, True, f"“{issuer}”是乡镇人民政府")
    if last in known.prefectures:
        return Ranking(Rank.CITY, True, f"“{issuer}”是设区的市、自治州一级人民政府（或者其办公室）")
    if re.search(r"(?:自治州|地区|盟)$", place) or place.endswith("行署"):
        return Ranking(Rank.CITY, True, f"“{issuer}”是自治州、地区、盟一级")
    if _COUNTY_END.search(place) and len(place) > 1:
        return Ranking(Rank.COUNTY, True, f"“{issuer}”是县（区、旗）人民政府（或者其办公室）")
    if place.endswith("市") and len(place) > 1:
        return Ranking(Rank.COUNTY, False, f"“{last}”不在地级市名录中，按县级市人民政府对待，请核对")
    return Ranking(Rank.OTHER, False, f"“{issuer}”没有写出地名，级别无法判断")


def _last_place(place: str) -> str:
    """江苏省苏州市 -> 苏州市."""
    for province in places().provinces:
        if place.startswith(province) and len(place) > len(province):
            return place[len(province) :]
    return place


# --- what the document claims to be -------------------------------------------------------------------------------

_LAW_TITLE = compiled(r"中华人民共和国.{1,40}法(?:典)?(?:[（(].{1,12}[）)])?")
_CONGRESS_PASSED = compiled(r"全国人民代表大会(?:常务委员会)?.{0,20}(?:通过|修正|修订)")
_LOCAL_CONGRESS_PASSED = compiled(
    r"(?<!全国)人民代表大会(?:常务委员会)?(?:第[一二三四五六七八九十百零〇\d]+次会议)?.{0,12}(?:通过|批准|修正|修订)"
)
_STATE_ORDER = compiled(r"国务院令|国务院第\s?\d+\s?次常务会议|国务院(?:发布|公布|批准)")
_GOVERNMENT_ORDER = compiled(
    r"人民政府令|政府令\s?第|人民政府第.{1,10}(?:号令|次常务会议.{0,12}(?:通过|公布))|主席令|省长令|市长令"
)
_DEPARTMENT_ORDER = compiled(r"(?:部|委员会|总局|总署|署|银行|局)令\s?(?:[（(]?\d{4}|第)|部令")


def rank_of(title: str | None, issuer: str | None, opening: str, number: str | None) -> Ranking:
    """The rank of the document.

    Args:
        title: of the document proper; None when there is none.
        issuer: see `Facts.issuer`.
        opening: the text before the first clause, covering notice included.
        number: the document number, sound ones only.
    """
    claimed = _claimed(title or "", opening, issuer)
    if claimed is not None:
        return claimed
    if issuer is not None:
        ranking = rank_of_issuer(issuer)
        if ranking.rank is not Rank.OTHER or ranking.certain:
            return ranking
        return _by_number(number) or ranking
    return _by_number(number) or _by_place(title) or Ranking(Rank.OTHER, False, "没有写明制定机关，级别无法判断")


def _claimed(title: str, opening: str, issuer: str | None) -> Ranking | None:
    """Ranks above normative documents, which a document has only when its own text says so."""
    plain = re.sub(r"[（(][^）)]*[）)]$", "", title)
    if _LAW_TITLE.fullmatch(plain) and not plain.endswith("办法"):
        return Ranking(Rank.LAW, bool(_CONGRESS_PASSED.search(opening)), f"标题“{title}”是法律的名称")
    if re.match(r"国务院关于.*的决定$", plain):
        return Ranking(Rank.STATE_COUNCIL_DECISION, True, "标题为国务院的决定")
    if plain.endswith(("条例", "实施细则")) and _STATE_ORDER.search(opening):
        return Ranking(Rank.ADMINISTRATIVE_REGULATION, True, "文中写明由国务院公布")
    if plain.endswith("条例"):
        return _regulation(plain, issuer)
    if plain.endswith(("规定", "办法", "细则", "规则", "规程", "规范", "决定")) or "令" in opening[:60]:
        return _passed_locally(plain, opening) or _rule(plain, opening, issuer)
    return None


def _regulation(title: str, issuer: str | None) -> Ranking:
    place = _place_at_start(title) or (_place_at_start(issuer) if issuer else None)
    if title.startswith("中华人民共和国"):
        return Ranking(Rank.ADMINISTRATIVE_REGULATION, False, f"标题“{title}”像行政法规的名称")
    if place in places().provinces:
        return Ranking(Rank.LOCAL_REGULATION_PROVINCE, True, f"标题为“条例”，地名“{place}”为省级")
    if place is not None or "经济特区" in title or "自治县" in title or "自治州" in title:
        why = "标题为“条例”，地名为设区的市、自治州或者经济特区"
        return Ranking(Rank.LOCAL_REGULATION_CITY, place is not None, why)
    return Ranking(Rank.OTHER, False, f"标题“{title}”为“条例”，但看不出由谁制定")


def _passed_locally(title: str, opening: str) -> Ranking | None:
    """办法 and 规定 that a local people's congress has passed are local regulations too."""
    # Where it was passed stands in brackets below the title; a preamble further down may speak of other texts.
    if not _LOCAL_CONGRESS_PASSED.search(opening[:600]):
        return None
    place = _place_at_start(title)
    if place in places().provinces:
        return Ranking(Rank.LOCAL_REGULATION_PROVINCE, True, "文中写明由省级人民代表大会或者其常务委员会通过")
    if place in places().prefectures:
        return Ranking(Rank.LOCAL_REGULATION_CITY, True, "文中写明由设区的市人民代表大会或者其常务委员会通过")
    return None


def _rule(title: str, opening: str, issuer: str | None) -> Ranking | None:
    if _GOVERNMENT_ORDER.search(opening):
        place = _place_at_start(title) or (_place_at_start(issuer) if issuer else None)
        if place in places().provinces:
            return Ranking(Rank.GOVERNMENT_RULE_PROVINCE, True, "文中写明以省级人民政府令公布")
        if place in places().prefectures:
            return Ranking(Rank.GOVERNMENT_RULE_CITY, True, "文中写明以设区的市人民政府令公布")
        # Only these two may make rules; an "order" of a county stays a normative document.
        return None
    if _STATE_ORDER.search(opening):
        return Ranking(Rank.ADMINISTRATIVE_REGULATION, True, "文中写明由国务院公布")
    if _DEPARTMENT_ORDER.search(opening) and (issuer is None or rank_of_issuer(issuer).rank is not Rank.DEPARTMENT):
        return Ranking(Rank.DEPARTMENT_RULE, True, "文中写明以国务院部门令公布")
    return None


def _place_at_start(text: str) -> str | None:
    """The province or prefecture that `text` begins with; the narrower one of two."""
    known = places()
    province = next((name for name in known.provinces if text.startswith(name)), None)
    rest = text[len(province) :] if province else text
    prefecture = next((name for name in known.prefectures if rest.startswith(name)), None)
    return prefecture or province


def _by_place(title: str | None) -> Ranking | None:
    if not title or MASK.search(title[:10]):
        return None
    place = _place_at_start(title)
    if place in places().provinces:
        return Ranking(Rank.PROVINCE, False, f"没有写明制定机关，按标题中的地名“{place}”推定为省级")
    if place is not None:
        return Ranking(Rank.CITY, False, f"没有写明制定机关，按标题中的地名“{place}”推定为市级")
    match = re.match(r"(?:.{2,8}[省市州])?([一-龥]{1,9}?(?:县|旗|区))(?!域|分|别|块)", title)
    if match:
        return Ranking(Rank.COUNTY, False, f"没有写明制定机关，按标题中的地名“{match[1]}”推定为县级")
    match = re.match(r"([一-龥]{1,6}?(?:镇|乡|街道))", title)
    if match:
        return Ranking(Rank.TOWNSHIP, False, f"没有写明制定机关，按标题中的地名“{match[1]}”推定为乡镇级")
    return None


_STATE_NUMBER = compiled(r"国(?:办)?(?:发|函|令|发明电|办发明电)")


def _by_number(number: str | None) -> Ranking | None:
    """国发, 国办发 and a province's sign right before 政 or 府; other signs are not unique."""
    if number is None:
        return None
    if _STATE_NUMBER.match(number):
        return Ranking(Rank.STATE_COUNCIL, True, f"发文字号“{number}”是国务院（办公厅）的机关代字")
    sign = next((sign for sign in places().signs if number.startswith(sign)), None)
    if sign and re.match(r"(?:人民)?[政府](?:办|发|函|规|字|令|〔)", number[len(sign) :]):
        return Ranking(Rank.PROVINCE, False, f"发文字号“{number}”的机关代字像省级人民政府")
    return None
