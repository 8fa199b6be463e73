"""Discretion without bounds beside a sanction, a refusal or a permit for private parties: 视情况, 酌情, 原则上, …

Read sentence by sentence. What favours the other side (酌情减轻), binds the administration itself
(原则上每季度召开) or its staff, or points to a baseline (裁量基准) is no fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import titles_in
from draft_assist.model import Clause, Document, Level, Span
from draft_assist.patterns import compiled

_VAGUE = compiled(
    r"视(?:情况|情节|具体情况|情形|实际情况|违法情况|情(?=[给予处决]))(?:轻重|不同)?|酌情|(?<!基本)原则上(?=不|暂不|应当|不得|予|准|须|需)|可视情"
    r"|根据(?:实际|具体)情况(?=(?:，)?(?:决定|确定)?(?:是否|给予|予以|处以|采取))|自行(?:决定|确定)(?:是否)?(?=给予|处|罚|批准|许可|不予)"
)
# What weighs on a private party. 受理 and 办理 count only when refused.
_WEIGHS = compiled(
    r"处以?[^，。；]{0,12}罚款|罚款|(?:给予|予以|从重|进行|作出|实施)(?:行政)?处罚|没收|吊销|暂扣|责令(?:停业|停产|关闭|停止)|查封|扣押"
    r"|(?:不予|不再|暂不|暂停|停止|拒绝|取消)(?:受理|批准|许可|审批|登记|办理|核准|同意|准入|审核通过|供水|供电|供气|拨付|兑现|发放|享受|其?[^，。；]{0,6}资格)"
    r"|取消其?[^，。；]{0,10}资格|列入[^，。；]{0,8}(?:黑名单|失信|异常)|限制[^，。；]{0,6}(?:经营|申请|参加|投标|准入)|不(?:批准|予批准|予许可|得批准)"
    r"|扣(?:除|减|缴)[^，。；]{0,8}(?:保证金|押金|补贴|奖励)|清退|强制(?:拆除|清除|执行)|准予|(?:予以|给予)(?:许可|批准|核准)"
)
_MILD = compiled(
    r"(?:从轻|减轻|免予|免除|不予(?:行政)?处罚|免罚|减免|减征|免征|修复|缓|补助|奖励|补贴|救助|慰问|帮扶|照顾|优惠|延长|展期|宽限)"
)
_INSIDE = compiled(
    r"工作人员|公职人员|执法人员|干部|党员|领导|负责人|责任单位|责任人|各部门|各单位|各乡镇|各街道|成员单位|处分|问责|追责|约谈|考核|编制|公务|机关|事业单位"
)
_BOUNDED = compiled(
    r"裁量(?:权)?基准|裁量标准|自由裁量|以上[^，。；]{1,16}以下|(?:依照|按照|依据|根据|依)[^，。；]{0,30}(?:法|条例|规定|《|规章|法规|法律)|依法"
)


def vague_discretion(paper: Paper) -> Iterator[Spot]:
    """视情节给予处罚, 原则上不予批准: the words of discretion and what they govern.

    Values: words, the vague words.
    """
    document = paper.document
    value = document.text.value
    titles = titles_in(value)
    for match in _VAGUE.finditer(value):
        start, end = _part(value, match.start(), match.end())
        after = value[match.end() : end]
        weight = _WEIGHS.search(after)
        if weight is None or weight.start() > 24 or titles.hold(match.start()):
            continue
        sentence = value[start:end]
        if _MILD.search(after) or _INSIDE.search(sentence) or _BOUNDED.search(sentence):
            continue
        span = Span(match.start(), match.end() + weight.end())
        if not document.text.is_damaged(span):
            yield Spot(span, {"words": match[0]})


# Further away nothing decides about the words.
_REACH = 300


def _part(value: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between ； and 。 around the words."""
    before, after = max(0, start - _REACH), min(len(value), end + _REACH)
    first = max(value.rfind(mark, before, start) for mark in "。；\n")
    stops = [stop for mark in "。；\n" if (stop := value.find(mark, end, after)) >= 0]
    return (first + 1 if first >= 0 else before), min(stops, default=after)


_LISTS_GROUNDS = compiled(
    r"不予(?:受理|批准|许可|登记|办理|核准|通过)|取消[^，。；]{0,10}资格|处罚|罚款|责令|列入[^，。；]{0,8}(?:名单|失信)|不得(?:申请|申报|参加|享受|从事)|撤销|暂停|清退|扣"
)
_CATCH_ALL = compiled(
    r"^(?:有)?(?:其他|其它)(?:(?:不宜|不应|不适合|不能|不符合|应当|需要|认为|必要|特殊|严重|有必要)[^，。；\n]{0,14})?(?:情形|情况)的?[；。]?$"
)
_BY_LAW = compiled(r"法律|法规|规章|规定|依法|国家")


def open_ground(paper: Paper) -> Iterator[Spot]:
    """（五）其他不宜办理的情形, the last of a list of grounds for refusal or sanction, tied to no law or rule.

    Values: none.
    """
    document = paper.document
    for clause in document.walk():
        items = [child for child in clause.children if child.level in (Level.ITEM, Level.SUBITEM)]
        if len(items) < 2 or not _LISTS_GROUNDS.search(document.text_of(clause.head)):
            continue
        stem, last = document.text_of(clause.head), items[-1]
        words = document.text_of(last.body)
        if _CATCH_ALL.match(words) and not _BY_LAW.search(words) and not _INSIDE.search(stem) and not _favours(stem):
            yield Spot(_without_end(document, last))


def _favours(stem: str) -> bool:
    return re.search(r"从轻|减轻|不予(?:行政)?处罚|免予|免罚|可以不", stem) is not None


def _without_end(document: Document, clause: Clause) -> Span:
    words = document.text_of(clause.body)
    return Span(clause.body.start, clause.body.start + len(words.rstrip("；。 ")))
