"""Whom an act binds, and who approves: the nouns before it decide (telling private parties from organs and their staff)."""

from __future__ import annotations

import re
from functools import cache

from draft_assist.check.acts.candidate import Candidate
from draft_assist.check.acts.frame import Part
from draft_assist.check.acts.lexicon import any_of, words
from draft_assist.model import Addressee, Power
from draft_assist.patterns import compiled


@cache
def _subject_words() -> tuple[re.Pattern[str], dict[str, Addressee]]:
    lists = words()["addressees"]
    sides = {
        Addressee.PRIVATE: lists["private"],
        Addressee.ADMINISTRATION: lists["administration"],
        Addressee.STAFF: lists["staff"],
    }
    table = {word: side for side, entries in sides.items() for word in entries}
    return compiled(any_of(table)), table


@cache
def _approvers() -> tuple[re.Pattern[str], dict[str, str]]:
    lists = words()["addressees"]
    table = dict.fromkeys(lists["approving_authority"], "authority")
    table |= dict.fromkeys(lists["approving_private"], "private")
    return compiled(any_of(table)), table


def approving_side(who: str) -> str:
    """Who approves: "authority", "private", or "" when no approver is named."""
    pattern, table = _approvers()
    last = ""
    for found in pattern.finditer(who):
        # 企业 and the like deep inside 国务院烟草专卖…部门 name the object, not the approver: the last words count.
        last = table[found[0]] if found.end() >= len(who) - 6 or not last else last
    return last


def addressee_of(part: Part, candidate: Candidate) -> Addressee:
    """Whom the act binds, from the words before it: the nearest comma-part first, then outwards to the stem."""
    before = part.stem + part.lead + part.text[: candidate.start]
    segments = _SEGMENT_END.split(before)
    found: Addressee | None = None
    for distance, segment in enumerate(reversed(segments[-7:])):
        if not segment:
            continue
        if (
            distance == 0
            and candidate.power is Power.PENALTY
            and _BUREAU.search(segment)
            and not _AGAINST.search(segment)
        ):
            continue  # 县住建局将其…降为: the bureau that punishes is not the one punished
        side = _side_of(segment, conditional=segment.endswith(("的", "时", "后")), nearest=distance == 0)
        if side is not None:
            found = side
            break
    return found or Addressee.UNKNOWN


_SEGMENT_END = compiled(r"[，；。：\n]")
_BY_ORGAN = compiled(r"^(?:由|经(?!营)|对|向|报|依照|按照|按|根据)")


# 县城市管理局应当会同…: an organ named by its bureau.
_BUREAU = compiled(
    r"^(?:[市县区镇乡省]|各(?![类种项])|本)[一-龥]{1,10}(?:局|委|(?<![承举主协开创兴])办|厅|(?<!学)科|(?<![油电驿气])站|大队|中队|支队|中心|管委会)(?!的|规定|批准|许可|同意|核准|核发|发给|指定|备案|要求)"
)


def _side_of(segment: str, *, conditional: bool, nearest: bool) -> Addressee | None:
    pattern, table = _subject_words()
    if _BY_ORGAN.match(segment) and not segment.startswith("对"):
        return None
    if _BUREAU.search(segment) and not _BY_ORGAN.match(segment):
        if against := _AGAINST.search(segment):
            return _side_of(against[0], conditional=conditional, nearest=nearest)
        return Addressee.ADMINISTRATION
    if _MIXED.search(segment):
        return Addressee.PRIVATE
    if segment.startswith(("未", "擅自", "违反", "◇")):
        return Addressee.PRIVATE if conditional else None
    if _APPROVES.search(segment):
        return None  # who approves is not who is bound
    sides = [table[found[0]] for found in pattern.finditer(segment) if _is_subject(segment, found, table[found[0]])]
    if not sides:
        acts_himself = conditional and len(segment) > 3 and not nearest and _PRIVATE_DOING.search(segment)
        return Addressee.PRIVATE if acts_himself else None
    if segment.startswith("对"):
        return sides[0]
    return sides[-1] if not conditional else sides[0]


_APPROVES = compiled(r"[初复]核|审定|核准|批准|审核|审批")
# What only private parties do: a condition with one of these and no subject speaks of them.
_PRIVATE_DOING = compiled(r"从事|开办|设立|经营|确需|需要|申请|占用|使用|建设|举办|销售|生产|运输|饲养|购买")
# 县民政局对养老机构…: the bureau acts, whom it acts on follows 对.
_AGAINST = compiled(r"(?<=[局委办厅站所门关府会])对[^，。；：]{2,}$")
# 国家机关、企业事业单位或者其他组织: whoever binds private parties too, binds private parties.
_MIXED = compiled(
    r"(?:机关|部门|政府|办事处)(?:、|和|或者|以及|及)[^，。；：]{0,12}(?:企业|其他组织|个人|公司|社会组织)"
    r"|(?:建设单位|施工单位|企业|个人|公司|其他组织|经营者)(?:、|和|或者|以及|及)[^，。；：]{0,8}(?:政府|机关|部门|办事处)(?!的|规定|批准|同意|依法)"
)


_GOVERNED = compiled(r"(?:向|经|由|报|送|呈|被|到|给|从|于|与|接受|依照|按照|按|根据|取得|征得)[^，。；：]{0,24}$")
_ATTRIBUTE = compiled(
    r"^(?:的|规定|批准|许可|监管|限制|决定|授权|同意|确定|认定|核准|发给|指定|组织|的规定|备案|依法|公布|颁发|制定|要求|处罚)"
)


def _is_subject(segment: str, found: re.Match[str], side: Addressee) -> bool:
    """Organs count only where they can be the subject: not after 向, 经, 由, not as 主管部门规定的…"""
    if side is Addressee.PRIVATE:
        return not segment.endswith(("由", "经", "报", "征求", "征得"), 0, found.start())
    if _GOVERNED.search(segment[: found.start()]) or _ATTRIBUTE.match(segment[found.end() :]):
        return False
    return len(segment) - found.end() <= 8 or found.start() <= 14
