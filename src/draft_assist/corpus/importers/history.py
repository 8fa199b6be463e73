"""What the history of a law tells besides its days: who made it, under which number, of what rank.

A library keeps it in the head of its file; official texts print it in brackets below the title (题注).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from draft_assist.corpus.works import Article
from draft_assist.model import Rank
from draft_assist.patterns import compiled

_PUBLISHED = compiled(
    r"\d日\s*(?P<issuer>[一-龥、（）]{2,60}?)(?:令|公告)?(?:第?[\d一二三四五六七八九十百零〇]+号)?(?:修订|修正)?(?:公布|发布|颁布|印发)"
)
_ADOPTED = compiled(
    r"\d日\s*(?P<place>[一-龥]{2,10}?[省市区州县])?第[一二三四五六七八九十]+[届次](?P<congress>全国人民代表大会|人民代表大会)"
    r"(?P<standing>常务委员会)?"
)
_NUMBER = compiled(r"(?P<number>[一-龥、]{2,50}?令(?:\d{4}年)?第[\d一二三四五六七八九十百零〇]+号)")
_NOTE = compiled(
    r"[（(]?\s*(?:根据)?\d{4}年\d{1,2}月\d{1,2}日[^。；]{0,80}?(?:通过|公布|发布|颁布|印发|批准|修订|修正)"
)
_PROVINCE = "(?:省|自治区|北京市|上海市|天津市|重庆市)"
_SESSION = "第[一二三四五六七八九十]+届人民代表大会"
# A county's congress makes no regulations; the separate ones of an autonomous county are left to the title.
_RANKS = (
    (compiled("全国人民代表大会"), Rank.LAW),
    (compiled(f"{_PROVINCE}{_SESSION}"), Rank.LOCAL_REGULATION_PROVINCE),
    (compiled(f"(?:市|自治州){_SESSION}"), Rank.LOCAL_REGULATION_CITY),
    # What the State Council approved and a ministry published before 2000 ranks as its own.
    (
        compiled(r"国务院(?:、中央军(?:事委员会|委))?(?:令|批准|公布|发布|第[\d一二三四五六七八九十百]+次常务会议)"),
        Rank.ADMINISTRATIVE_REGULATION,
    ),
    (compiled(f"{_PROVINCE}(?:人民)?政府令"), Rank.GOVERNMENT_RULE_PROVINCE),
    (compiled("(?:市|自治州)(?:人民)?政府令"), Rank.GOVERNMENT_RULE_CITY),
    (compiled(r"日\s*(?:中华人民共和国|国家)?[一-龥]{1,16}(?:部|委员会|总局|署|银行|局)令"), Rank.DEPARTMENT_RULE),
)


def head_note(articles: Sequence[Article]) -> list[str]:
    """The lines above the first article that tell the text's history; none for a text without articles."""
    if all(one.number is None for one in articles):
        return []
    above = [*takewhile(lambda one: one.number is None, articles)]
    first = next(one for one in articles if one.number is not None)
    lines = [line.strip() for one in above for line in (one.before + one.text).split("\n")] + first.before.split("\n")
    return [line.strip("（）() \u3000") for line in lines if _NOTE.match(line.strip())]


def rank_of(history: Sequence[str]) -> Rank | None:
    """The rank of whoever adopted or published the first wording; None when the history does not tell."""
    for line in history:
        for pattern, rank in _RANKS:
            if pattern.search(line):
                return rank
    return None


def issuer_of(history: Sequence[str], place: str) -> str:
    """Who made the first wording, as the history tells; "" when it does not.

    Args:
        history: its lines, the first wording first.
        place: of the law; its congress is mostly named without it.
    """
    for line in history:
        if found := _ADOPTED.search(line):
            standing = found["standing"] or ""
            where = found["place"] or ("" if found["congress"].startswith("全国") else place)
            return f"{where}{found['congress']}{standing}"
        if found := _PUBLISHED.search(line):
            return found["issuer"].removesuffix("令").replace("中华人民共和国国务院", "国务院")
    return ""


def number_of(history: Sequence[str]) -> str:
    """The number under which this wording was published last; "" when the history gives none."""
    for line in reversed(history):
        if found := _NUMBER.search(line):
            return found["number"]
    return ""
