"""Genre, level and place of a text, as its title and the folders it lies in tell them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from draft_assist.corpus.works import Genre
from draft_assist.law.levels import level_of
from draft_assist.law.store import Statutes
from draft_assist.model import Rank
from draft_assist.patterns import compiled

# Folders of a law library, innermost first to be asked; the first that is known tells the level.
_FOLDERS = {
    "宪法": Rank.LAW, "宪法相关法": Rank.LAW, "法律": Rank.LAW, "民法典": Rank.LAW, "民法商法": Rank.LAW,
    "刑法": Rank.LAW, "行政法": Rank.LAW, "经济法": Rank.LAW, "社会法": Rank.LAW, "诉讼与非诉讼程序法": Rank.LAW,
    "行政法规": Rank.ADMINISTRATIVE_REGULATION, "部门规章": Rank.DEPARTMENT_RULE,
    "地方性法规": Rank.LOCAL_REGULATION_PROVINCE, "地方政府规章": Rank.GOVERNMENT_RULE_PROVINCE,
}  # fmt: skip
_OTHERS = frozenset(("案例", "其他", "其它"))
_INTERPRETATIONS = frozenset(("司法解释", "立法解释"))
_STATUTES = frozenset(
    (
        Rank.LAW, Rank.ADMINISTRATIVE_REGULATION, Rank.STATE_COUNCIL_DECISION, Rank.DEPARTMENT_RULE,
        Rank.LOCAL_REGULATION_PROVINCE, Rank.LOCAL_REGULATION_CITY,
        Rank.GOVERNMENT_RULE_PROVINCE, Rank.GOVERNMENT_RULE_CITY,
    )
)  # fmt: skip
_OF_A_CITY = {
    Rank.LOCAL_REGULATION_PROVINCE: Rank.LOCAL_REGULATION_CITY,
    Rank.GOVERNMENT_RULE_PROVINCE: Rank.GOVERNMENT_RULE_CITY,
}

_MUNICIPALITIES = ("北京", "上海", "天津", "重庆")
_REGIONS = {
    "内蒙古": "内蒙古自治区", "广西": "广西壮族自治区", "西藏": "西藏自治区",
    "宁夏": "宁夏回族自治区", "新疆": "新疆维吾尔自治区",
}  # fmt: skip
_PROVINCES = (
    "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南",
    "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾",
)  # fmt: skip
_CITY = compiled(r"(?P<city>[一-龥]{2,7}?)(?:(?P<unit>市|自治州)|经济特区)")
_PROVINCE = compiled(r"[一-龥]{2,6}?(?:省|自治区)")
_LOCAL = compiled(
    r"(?:[一-龥]{2,7}?(?:省|自治区))?(?:[一-龥]{2,6}?(?:市|自治州|州|盟))?"
    r"(?:[一-龥]{1,6}?(?:自治县|县|区|旗|市))?(?:[一-龥]{1,6}?(?:街道|镇|乡))?"
)

_CHANGES = compiled(
    r"修正案(?:（[^（）]+）)?$|关于(?:修改|修订|废止|停止执行|清理|暂停|暂时调整)[^条]*(?:决定|决议)$|的修正案"
)
_INTERPRETS = compiled(r"(?:解释|适用.{0,40}若干问题的规定)(?:（[^（）]+）)?$")
_ISSUED = compiled(r"(?:通知|通告|公告|意见|方案|批复|函|纪要|命令|指示|通报|计划|规划)(?:（[^（）]+）)?$")
_RULES = compiled(r"(?:宪法|法|法典|条例|规定|办法|细则|规则|规范|规程|章程)(?:（[^（）]+）)?$")

# Only laws and regulations may bear these names; 办法 and 规定 are issued at every level.
_RESERVED = compiled(r"(?:法|法典|条例)(?:（[^（）]+）)?$")
_NAMED_OTHERWISE = compiled(r"(?:办法|做法|方法|执法|司法)$")


def level_by_folder(path: Path) -> Rank | None:
    """The level that the innermost known folder above the file names; None when none is known."""
    return next((_FOLDERS[part] for part in reversed(path.parts[:-1]) if part in _FOLDERS), None)


def level_of_law(title: str, path: Path) -> Rank:
    """The level of a library's text: by folder, corrected by what the title says."""
    level = level_by_folder(path)
    if level is Rank.ADMINISTRATIVE_REGULATION and _ISSUED.search(title):
        return Rank.STATE_COUNCIL
    if level is Rank.DEPARTMENT_RULE and _ISSUED.search(title):
        return Rank.STATE_COUNCIL_DEPARTMENT
    if level in _OF_A_CITY and _city(title):
        return _OF_A_CITY[level]
    return level or level_by_title(title) or Rank.OTHER


def level_by_title(title: str) -> Rank | None:
    """See `law.levels.level_of`."""
    return level_of(title, _statutes())


@cache
def _statutes() -> Statutes:
    return Statutes.open()


def genre_of_law(title: str, path: Path, level: Rank) -> Genre:
    """The genre of a library's text."""
    folders = set(path.parts[:-1])
    if folders & _INTERPRETATIONS:
        return Genre.INTERPRETATION
    if folders & _OTHERS and level_by_folder(path) is None:
        return Genre.OTHER
    return genre_by_title(title) or (Genre.STATUTE if level in _STATUTES else Genre.DOCUMENT)


def genre_by_title(title: str) -> Genre | None:
    """What only the title tells: decisions that change other texts, interpretations, issued papers."""
    if _CHANGES.search(title):
        return Genre.DECISION
    if _INTERPRETS.search(title):
        return Genre.INTERPRETATION
    return Genre.DOCUMENT if _ISSUED.search(title) else None


def is_statute(title: str, level: Rank) -> bool:
    """True where the title has a statute's name and the level is one that statutes have."""
    return level in _STATUTES and _RULES.search(title) is not None


def is_reserved(title: str) -> bool:
    """True for a name that only laws and regulations may bear: …法, …条例."""
    return _RESERVED.search(title) is not None and _NAMED_OTHERWISE.search(title) is None


def place_of_law(title: str, path: Path, level: Rank) -> str:
    """The place of a library's text: the province of its folder or title, and the city its title begins with."""
    if not level.value.startswith(("local_", "government_rule")):
        return ""
    folders = path.parts[:-1]
    name = next((name for part in reversed(folders) for name in _names() if part.startswith(name)), "")
    name = name or next((name for name in _names() if title.startswith(name)), "")
    province = _full_name(name) if name else ""
    city = _city(title)
    return province if name in _MUNICIPALITIES else province + city


def place_of(words: str) -> str:
    """The place that an issuer's name or a title begins with: 湖南省常德市澧县; "" when it begins with none.

    A county or city named alone stays alone, since which province it lies in is not known.
    """
    found = _LOCAL.match(words)
    return found[0] if found else ""


def _names() -> tuple[str, ...]:
    return (*_MUNICIPALITIES, *_REGIONS, *_PROVINCES)


def _full_name(name: str) -> str:
    return f"{name}市" if name in _MUNICIPALITIES else _REGIONS.get(name, f"{name}省")


def _city(title: str) -> str:
    """The city a local law is named for: 汕头经济特区 is 汕头市; "" for a province's or a municipality's law."""
    rest = title.removeprefix("《")
    if province := _PROVINCE.match(rest):
        rest = rest[province.end() :]
    found = _CITY.match(rest)
    if found is None or found["city"].startswith(_MUNICIPALITIES):
        return ""
    city = found["city"]
    return city + (found["unit"] or "市")
