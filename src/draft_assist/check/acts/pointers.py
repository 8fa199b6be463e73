"""Which pointer an act rests on, and what the act does in its light: refer, or set all the same."""

from __future__ import annotations

import re

from draft_assist.check.acts.candidate import CHARGES, PERMITS, WIDENED, Candidate
from draft_assist.check.acts.frame import Part, PointerMatch
from draft_assist.model import Does, Grade, Pointer, Power
from draft_assist.patterns import compiled


def governing_pointer(part: Part, candidate: Candidate) -> tuple[PointerMatch | None, bool]:
    """The pointer that the act rests on, and whether it stands in the stem.

    A pointer governs what follows it in the same part, unless a condition (…的，) or another subject comes between;
    it may stand inside the act's own words (应当按照国家规定缴纳).
    """
    found: PointerMatch | None = None
    for pointer in part.pointers:
        if pointer.start >= candidate.end:
            break
        between = part.text[pointer.end : candidate.start] if pointer.end < candidate.start else ""
        if _breaks(pointer, between, part.text[pointer.start : pointer.end]):
            continue
        if found is None or pointer.kind is not Pointer.VAGUE or found.kind is Pointer.VAGUE:
            found = pointer
    found = found or _named_afterwards(part, candidate)
    if found is not None:
        return found, False
    for pointer in part.stem_pointers:
        after = part.stem[pointer.end :]
        if not re.search(r"的(?:，|、)", after) and (
            found is None or pointer.kind in _NAMED or found.kind not in _NAMED
        ):
            found = pointer  # 依照《X法》第N条，按下列标准处罚：the standards detail the article
    return found, found is not None


_NAMED = (Pointer.NAMED_LAW, Pointer.NAMED_ARTICLE)

# …不得再次申请，依据为《X法》第N条; 实行专营管理，按照《X办法》，…
_BASIS_AFTER = compiled(r"[^，。；]{0,12}(?:，|（)(?:其|法律)?(?=(?:依据|根据)(?:为|是|：)?《)")
# …的隔离治疗，由医疗机构依照《X法》第N条实施
_BY_WHOM_AFTER = compiled(r"，由[^，。；]{1,14}(?=(?:依照|按照|依据|根据)《)")
_MANNER_AFTER = compiled(r"[^，。；]{0,6}，(?=(?:按照|依照|按)《)")


def _named_afterwards(part: Part, candidate: Candidate) -> PointerMatch | None:
    """The law that the words right after the act name as its basis; never a way out for a sum of money."""
    after = _BASIS_AFTER.match(part.text, candidate.end)
    if after is None:
        after = _BY_WHOM_AFTER.match(part.text, candidate.end)
    if after is None and candidate.power in PERMITS:
        after = _MANNER_AFTER.match(part.text, candidate.end)
    if after is None:
        return None
    near = [pointer for pointer in part.pointers if after.end() <= pointer.start <= after.end() + 3]
    return near[0] if near and near[0].kind in _NAMED else None


def shared_pointer(part: Part, candidate: Candidate) -> PointerMatch | None:
    """The article that the rest of the sentence or table row cites, for a penalty that cites none of its own.

    The tiers of a discretion baseline name their article once: 依照《X法》第N条，…处…；情节严重的，处…. Whether the
    figures stay inside that article is checked afterwards, so that a sanction of the issuer's own does not hide there.
    """
    if candidate.power is not Power.PENALTY:
        return None
    named = [pointer for pointer in part.context_pointers if pointer.kind is Pointer.NAMED_ARTICLE]
    return named[-1] if named else None


def own_part_pointer(part: Part, candidate: Candidate) -> PointerMatch | None:
    """The last article cited earlier in the same part, when a condition stands between: 依照《X法》第N条，不足十桌的，处…

    Of a law that is named without an article only one at the head of the sentence reaches so far (依据《X条例》规定，…的，
    处…元罚款), and only to a sum, which is then asked about.
    """
    if candidate.power is not Power.PENALTY:
        return None
    before = [p for p in part.pointers if p.kind is Pointer.NAMED_ARTICLE and p.end <= candidate.start]
    if before:
        return before[-1]
    if not _SUM.search(part.text, candidate.start, candidate.end):
        return None
    return next(
        (p for p in part.pointers if p.kind is Pointer.NAMED_LAW and p.start <= 1 and p.end <= candidate.start), None
    )


def _breaks(pointer: PointerMatch, between: str, words_of_pointer: str) -> bool:
    """True when what stands between the pointer and the act takes the act out of the pointer's reach."""
    if len(between) > 60:
        return True
    if words_of_pointer.startswith(("法律", "法规", "国家", "国务院", "适用", "属于", "符合", "《")):
        return False  # 法律、法规规定须经许可的，应当取得许可证; 适用《X法》第N条的，…: the condition itself is the pointer
    if re.search(r"的(?:，|、)|的(?:单位|企业|个人|行为|人员)|；", between):
        return True
    # 依法实行强制保险的险种，应当报批: a vague pointer reaches no further than its own comma-part.
    return pointer.kind is Pointer.VAGUE and "，" in between and between.index("，") > 4


_SUM = compiled(
    r"[〇零一二三四五六七八九十百千万亿两\d]+(?:[.,]\d+)?(?:余)?(?:万元|元|倍|块|角|分(?=[钱的])|毛)|百分之|[%％‰]|千分之|万分之"
)


def against_basis(part: Part, candidate: Candidate, pointer: PointerMatch | None) -> tuple[Does, Grade, str]:
    if candidate.power is Power.DIRECTIVE and pointer is not None:
        return Does.SETS, candidate.grade, "对行政机关的要求，援引依据不改变其内容"
    inside = part.text[candidate.start : candidate.end]
    has_sum = bool(_SUM.search(inside)) or (
        candidate.power in CHARGES and bool(_SUM.search(part.text[candidate.end :]))
    )
    if pointer is None or pointer.kind is Pointer.OWN:
        if candidate.kind == "unspecified" and pointer is not None:
            return Does.REFERS, Grade.HINT, "依照本文件其他条款处罚"
        return Does.SETS, candidate.grade, "没有援引上位法依据"
    if pointer.kind is Pointer.NAMED_ARTICLE:
        return Does.REFERS, candidate.grade, "援引上位法条文"
    if pointer.kind is Pointer.NAMED_LAW:
        if has_sum:
            return Does.SETS, Grade.WEAK, "援引了法律名称，未写条号，却写明了数额"
        return Does.REFERS, candidate.grade, "援引上位法，未写条号"
    if candidate.kind == "demolish" and _TEARS_DOWN.search(part.context + part.raw):
        return Does.REFERS, candidate.grade, "写明了授权强制拆除的法律，“依法”指向它"
    return _with_vague_pointer(candidate, inside, has_sum)


# Laws that let an organ tear down itself (城乡规划法 art. 65, 68; 水法 65; 防洪法 57; 公路法 79, 81); under 土地管理法 the
# court does it, so that naming that one explains nothing.
_TEARS_DOWN = compiled(r"《(?:中华人民共和国)?(?:城乡规划法|水法|防洪法|公路法)》")


def _with_vague_pointer(candidate: Candidate, inside: str, has_sum: bool) -> tuple[Does, Grade, str]:
    if candidate.power in WIDENED:
        if candidate.power in (Power.COMPETITION, Power.GRANT):
            return Does.SETS, Grade.WEAK, "只写“依法”“按规定”，没有写明依据"
        return Does.REFERS, Grade.HINT, "“依法”“按规定”办理，指向上位法"
    if candidate.kind in ("unspecified", "other_measure"):
        return Does.REFERS, Grade.HINT, "笼统援引法律，没有自己的内容"
    if has_sum:
        return Does.SETS, candidate.grade, "只写“依法”“按规定”，却写明了数额"
    if candidate.power in PERMITS:
        if re.search(r"方可|方能|才能|才可|不得|禁止|不准", inside):
            return Does.SETS, candidate.grade, "只写“依法”“按规定”，却以此为从事活动的前提"
        return Does.REFERS, Grade.HINT, "“依法”“按规定”办理许可，指向上位法"
    if candidate.power in CHARGES:
        return Does.REFERS, Grade.HINT, "“按规定”缴纳，指向上位法"
    return Does.SETS, min(candidate.grade, Grade.WEAK, key=_ORDER.index), "只写“依法”“按规定”，没有写明依据"


_ORDER = (Grade.HINT, Grade.WEAK, Grade.CLEAR)
