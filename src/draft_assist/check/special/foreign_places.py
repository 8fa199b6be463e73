"""Names of other places where a document speaks of its own: copied text that kept the first author's place.

Another place may stand in a local document for many reasons (a project across borders, an example to follow, an
address, the superior government). What is reported is narrow: words in which only one's own place can stand
(萧山区政府各部门, X县各乡镇), and, in a document whose own place is masked (xx市), every real place that was left.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import Stretches, titles_in
from draft_assist.check.special.sentences import sentence_at
from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.model import Document, Rank, Span
from draft_assist.parse.organs import places
from draft_assist.patterns import compiled


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    as_of: dt.date
    cities: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def districts() -> dict[str, frozenset[str]]:
    """County-level place -> the cities that have one of that name."""
    cities: dict[str, set[str]] = {}
    for city, names in read_struct(knowledge_path("organs/districts.yaml"), _File).cities.items():
        for name in names:
            cities.setdefault(name, set()).add(city)
    return {name: frozenset(found) for name, found in cities.items()}


@lru_cache(maxsize=1)
def _known() -> re.Pattern[str]:
    """Every known place below the provinces, longest name first."""
    names = {*districts(), *(name for name in places().prefectures if name != "吉林市")}
    return compiled("|".join(sorted(names, key=lambda name: (-len(name), name))))


# What only the issuer says, and only of its own place.
_OWN_WORDS = (
    r"(?:人民政府|政府)(?:各(?:部门|工作部门|直属)|所属(?:各)?部门|办公[室厅]各)|各(?:部门|委办局|乡镇|镇街|街道|科局|级各部门)"
    r"|直(?:属)?(?:各)?(?:单位|部门|机关)|(?:委|政府)各部门|级各部门|行政(?:区域|辖区)(?:内|范围内)|辖区(?:内|范围内)"
)
_CLAIM = compiled(rf"[省市县区州盟旗镇乡](?:{_OWN_WORDS})")
_HAN_BEFORE = compiled(r"[一-龥]{1,8}$")
# Words that end in 县, 市 or 区 and name no place; what a real name does not hold.
_GENERIC = compiled(
    r"(?:各|本|该|我|全|属|所|在|跨|外|邻|等|的|设|两|三|四|五|六|七|八|九|十|几|多|个|其他|有关|相关|试点|示范|重点|贫困|自治|直辖"
    r"|周边|沿线|上级|下级|同级|本级|当地|异地|外地|兄弟|牵头|省|市|县|[省市县区乡村]级)[省市县区州盟旗镇乡]$"
    r"|(?:社|园|山|景|小|辖|片|城|郊|库|林|牧|灾|湾|新|老|旧|矿|街|地|专|特|分|校|厂|营|战|开发|高新|经开|工业|产业|保税|功能"
    r"|集中|中心|行政|示范|保护|风景|服务|居住|商业|作业|施工|景观|缓冲|核心|试验|综合|合作|新兴|农业|生活|办公|生产"
    r"|禁燃|禁烧|管控)区$"
)
_PARTICLE = compiled(
    r"[各本该我全由经报向从到与和及或对将于为以按照据凡把给被是的了着且并而则至等属其他们请须应当要会同]"
)
_COMPARES = compiled(
    r"借鉴|学习|考察|合作|协作|对口|帮扶|援|毗邻|相邻|毗连|交界|接壤|跨[区县市省]|联合|联动|共建|签订|经验|做法|来自|户籍"
    r"|参照|参考|转发|抄送"
)


def copied_place(paper: Paper) -> Iterator[Spot]:
    """萧山区政府各部门 in a document of another place: the place's name.

    Values: own, the issuer's place.
    """
    document = paper.document
    own = _own_place(document)
    if not own:
        yield from _two_own_places(document)
        return
    value = document.text.value
    titles = titles_in(value)
    for name, span in _claims(value):
        if titles.hold(span.start) or not _is_other(name, own, document, paper.rank):
            continue
        if not _COMPARES.search(sentence_at(value, span.start, span.end)):
            yield Spot(span, {"own": own})


def _claims(value: str) -> Iterator[tuple[str, Span]]:
    """The places that stand before words which only their own issuer says, with those words."""
    for match in _CLAIM.finditer(value):
        before = _HAN_BEFORE.search(value[max(0, match.start() - 8) : match.start()])
        name = _place_of(before[0] + match[0][0]) if before else ""
        if name:
            yield name, Span(match.start() + 1 - len(name), match.end())


# Words after which the author names its own place, and before which: 为规范X县…, 适用于X县…, 由X县…局负责解释.
_NAMES_OWN = compiled(
    r"(?:为(?:了)?(?:进一步)?(?:规范|加强|推进|促进|做好|完善|保障|提升|推动|维护|落实)|结合|适用于|由)"
    r"(?P<name>[一-龥]{2,3}[县市区镇乡旗])(?=[一-龥])(?![与和至及到境跨县市区])"
)
_EXPLAINS = compiled(r"^[一-龥]{2,14}负责解释")


def _two_own_places(document: Document) -> Iterator[Spot]:
    """为规范X县…制定本办法, 在Y县行政区域内…适用本办法: a text without issuer that claims two places."""
    value = document.text.value
    if not any(words in value for words in ("区域内", "辖区内", "范围内", "各部门", "各乡镇", "解释")):
        return
    titles = titles_in(value)
    claims = [(match.start("name"), match["name"], match.end("name")) for match in _NAMES_OWN.finditer(value)]
    claims = [one for one in claims if value[one[0] - 1] != "由" or _EXPLAINS.match(value[one[2] : one[2] + 20])]
    claims += [(span.start, name, span.end) for name, span in _claims(value)]
    own = ""
    for start, name, end in sorted(claims):
        if _place_of(name) != name or titles.hold(start) or _COMPARES.search(sentence_at(value, start, end)):
            continue
        own = own or name
        if _of_one_kind(own, name) and not own.endswith(name) and not name.endswith(own):
            yield Spot(Span(start, end), {"own": own})


def _of_one_kind(one: str, other: str) -> bool:
    """True for two counties, two towns, two cities of one level: neither can lie in the other."""
    prefectures = places().prefectures
    return one[-1] == other[-1] and (one in prefectures) is (other in prefectures)


_PLACE = compiled(r"[一-龥]{2,9}?(?:自治[州县旗区]|地区|[省市县区州盟旗镇乡])")


def _own_place(document: Document) -> str:
    """The place in the issuer's name, without the province before it; "" when masked or not told."""
    facts = document.facts
    for name in (facts.issuer, facts.title):
        if not name or re.search(r"[xX×＊*某○]", name):
            continue
        first = _PLACE.match(name)
        if first is None or _GENERIC.search(first[0]) or _PARTICLE.search(first[0]):
            continue
        second = _PLACE.match(name, first.end())
        inside = second is not None and not _GENERIC.search(second[0]) and not _PARTICLE.search(second[0])
        return second[0] if second and inside and first[0] in places().provinces else first[0]
    return ""


def _place_of(words: str) -> str:
    """The place that the words end with: a known one, or what looks like a name of two or three characters; "" else."""
    known = [match[0] for match in _known().finditer(words) if match.end() == len(words)]
    if known:
        return known[-1]
    if _GENERIC.search(words):
        return ""
    for size in (3, 4):
        name = words[-size:]
        # Whole words only: what stands before the name must have ended, or be a preposition.
        apart = len(words) == size or (len(words) > size and _PARTICLE.match(words[-size - 1]))
        if apart and len(name) == size and not _PARTICLE.search(name):
            return name
    return ""


_LEVELS = {
    Rank.PROVINCE: "省",
    Rank.CITY: "市州盟",
    Rank.COUNTY: "县区市旗",
    Rank.TOWNSHIP: "镇乡",
}


def _is_other(name: str, own: str, document: Document, rank: Rank) -> bool:
    """True for a place beside the issuer's, not above or inside it."""
    if own.endswith(name) or name.endswith(own) or name[:-1] == own[:-1]:
        return False
    value = document.text.value
    if own in places().prefectures or own in places().municipalities:
        # Its own districts are not all known; a district known to be another city's is.
        return name in places().prefectures or (name in districts() and own not in districts()[name])
    if name in places().prefectures:
        # Perhaps the city above: then other words speak of it as such.
        return rank is Rank.COUNTY and f"{name}人民政府关于" not in value and value.count(name) == 1 and name not in own
    return name[-1] in _LEVELS.get(rank, own[-1]) or name[-1] == own[-1]


# --- masked documents ---------------------------------------------------------------------------------------------

_MASK = compiled(r"[xX×＊*]{1,4}[省市县区]|某+[省市县区]|[○〇]{2,}[省市县区]")
_ZONE = compiled(
    r"(?<![一-龥])[一-龥]{2,8}(?=国家级?(?:旅游度假区|高新技术产业开发区|高新区|经济技术开发区|自然保护区|湿地公园|风景名胜区|森林公园))"
)
# The sign of a document number: 浙政办发〔…〕, 杭政办〔…〕.
_SIGN = compiled(r"(?<![一-龥])(?P<sign>[一-龥]{1,2})(?:政|府|委|办)[一-龥]{0,3}(?=〔)")
# Another place told as an example is meant.
_EXAMPLE = compiled(r"借鉴|学习|考察|对口|帮扶|援|例如|比如")
_ENOUGH_MASKS = 2


def real_place_in_masked(paper: Paper) -> Iterator[Spot]:
    """西湖区 or 杭政办 in a document whose own place is masked (xx市): where the text was taken from.

    Values: none.
    """
    document = paper.document
    value = document.text.value
    if len(_MASK.findall(value)) < _ENOUGH_MASKS:
        return
    titles = titles_in(value)
    seen: set[str] = set()
    spans = [*_named(value, titles), *_signed(value), *(Span(*match.span()) for match in _ZONE.finditer(value))]
    for span in sorted(spans):
        if span.of(value) not in seen:
            seen.add(span.of(value))
            yield Spot(span)


def _named(value: str, titles: Stretches) -> Iterator[Span]:
    for match in _known().finditer(value):
        before = value[max(0, match.start() - 12) : match.start()]
        if not titles.hold(match.start()) and not _EXAMPLE.search(before):
            yield Span(*match.span())


def _signed(value: str) -> Iterator[Span]:
    """Signs of a known province, or the first character of a known city's name."""
    signs = set(places().signs) | {name[0] for name in places().prefectures}
    for match in _SIGN.finditer(value):
        if match["sign"] in signs or match["sign"][0] in signs:
            yield Span(*match.span())
