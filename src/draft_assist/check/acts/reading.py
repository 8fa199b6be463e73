"""The reading: from words that name a power to what the clause does with it, to whom, and on what basis.

The tests run in a fixed order and the first that holds decides; each leaves a Chinese sentence for `explain`:
mention, ban on the administration, definition, discipline, civil or judicial matter, internal matter, reference.
What none of them explains sets the power.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from draft_assist.check.acts.candidate import Candidate
from draft_assist.check.acts.frame import Part, PointerMatch
from draft_assist.check.acts.lexicon import any_of, either, words
from draft_assist.model import Addressee, Does, Grade, Pointer, Power

PERMITS = frozenset({Power.PERMIT, Power.PERMIT_CONDITION})
CHARGES = frozenset({Power.FEE, Power.LEVY, Power.DEPOSIT, Power.TAX})
COMPULSION = frozenset({Power.COMPULSORY, Power.EXECUTION})


class Reading(NamedTuple):
    """What one candidate turned out to be."""

    does: Does
    addressee: Addressee
    grade: Grade
    pointer: PointerMatch | None
    where: str  # the pointer stands in "part", "stem" or "context"
    because: tuple[str, ...]


def read(part: Part, candidate: Candidate) -> Reading:
    """Decide what the words of `candidate` do in `part`."""
    because = [f"词语：{candidate.why}"]
    for test in _TESTS_OF_WORDS:
        if (verdict := test(part, candidate)) is not None:
            return Reading(verdict[0], Addressee.UNKNOWN, candidate.grade, None, "part", (*because, verdict[1]))
    addressee = addressee_of(part, candidate)
    for test_of in _TESTS_OF_SIDES:
        if (verdict := test_of(part, candidate, addressee)) is not None:
            return Reading(verdict[0], addressee, candidate.grade, None, "part", (*because, verdict[1]))
    pointer, in_stem = governing_pointer(part, candidate)
    where = "stem" if in_stem else "part"
    if pointer is None or pointer.kind in (Pointer.VAGUE, Pointer.OWN):
        if nearer := own_part_pointer(part, candidate):
            pointer, where = nearer, "part"
        elif shared := shared_pointer(part, candidate):
            pointer, where = shared, "context"
    does, grade, reason = _against_basis(part, candidate, pointer)
    because.append(reason)
    if does is Does.SETS:
        grade, reason = _graded_by_addressee(part, candidate, addressee, grade)
        because.extend([reason] if reason else [])
    return Reading(does, addressee, grade, pointer, where, tuple(because))


# --- tests, in order ----------------------------------------------------------------------------------------------

Verdict = tuple[Does, str] | None

_BEFORE_MENTION = re.compile(
    r"(?:被|受到|受过|遭到|曾受|曾因|曾|已|因|依法应当|应当|对)(?:[^，。；：\n]{0,14}?(?:依法|行政机关|人民政府|主管部门|部门|机关|公安机关|给予|处以|处|予以|采取|以|、|或者)){0,3}$"
)
_PASSIVE = re.compile(
    r"(?:(?<!将)被|受到|受过|遭到|曾受|曾因)(?:[^，。；：\n]{0,16}(?:部门|机关|机构|政府))?(?:依法)?(?:[^，。；：\n]{0,10}[、或]者?(?:被)?)?(?:给予|处以|处|予以|采取|过)?$"
)
_AFTER_CONDITION = re.compile(r"[^，。；：\n]{0,16}(?:的|之日起|期间|期满|后)(?=[，、。：；）]|$)")
_PROCEDURE_AFTER = re.compile(
    r"[^，。；：\n]{0,10}(?:的)?，?(?:应当|必须|须|不得)(?:当场|及时|同时|依法|严格|提前)?(?:公告|催告|送达|公示|遵守|出具|制作|履行|告知|开付|通知|经[^，]{0,14}批准|依照|按照|说明|妥善|符合|书面|交付|移交|退还|听取|使用|由两名|出示|记录|表明|在[^，]{0,10}内作出)"
)
_BAN_ON_ORGAN = re.compile(
    r"(?:不得|禁止|严禁|不准|不予|解除|免于|免予|免除|免收|免缴|免交|不再|(?<!令)停止|取消|避免|防止|杜绝|无需|无须|不需要?|不必|不应当?|不可|不可以|无权|有权拒绝|鼓励|支持|倡导|减免|清退|退还)[^，。；：\n]{0,26}$"
    r"|(?:未|没有|减少|清理|整治|降低|拒绝|暂停|返还|举报|查处|纠正)[^，。；：\n]{0,4}$"
)
_BAN_FAR = re.compile(r"(?:不得|禁止|严禁|不准|杜绝|防止)[^，。；：\n]{0,60}$")
_BAN_ACROSS = re.compile(r"不得以[^。；]{0,40}$|不得[^。；，]{0,30}，(?:也)?不得[^，。；]{0,20}$")
_CONDUCT_STEM = re.compile(r"(?:下列|以下|前款)[^：]{0,14}(?:行为|情形|情况)[^：]{0,60}：$")
_DEFINES = re.compile(r"(?:是指|系指|指的是|所称|包括：|种类包括|分为)[^。；\n]{0,60}$")
_STAFF_STEM = re.compile(r"(?:处分|问责|追责|诫勉|党纪|政纪|组织处理)")
_DISCIPLINE_NEAR = re.compile(r"(?:记过|记大过|降级|撤职|开除|处分|诫勉|党内|批评教育|问责|免职|辞退|解聘|离岗|停职|年度考核|评先评优|绩效|效能)")
_HIGHER_ORGAN = re.compile(r"(?:由|经)?[^，。；：\n]{0,10}(?:上级|本级|上一级|同级)(?:人民政府|行政机关|主管部门|机关|部门|党委)[^。；\n]{0,24}$|其(?:主管部门|所在单位|上级)[^。；\n]{0,20}$")
_WORK_DONE_BADLY = re.compile(r"表彰|年度考核|考核结果|工作不力|落实不力|落实不到位|责任不落实|推进不力|进展缓慢|排名|督查|督办")
_STAFF_PAPER = re.compile(r"执法证|执法资格|评优|评先|晋升|晋职|任职|干部|党员|年度考核")
_COURT = re.compile(r"(?:人民法院|法院|仲裁委员会|仲裁机构|人民检察院)")
_CONTRACT = re.compile(r"(?:合同|协议|约定|双方|租赁|承包费|租金|工程款|采购人|招标文件|中标人|投标人|供货|服务期|甲方|乙方|买受人|竞得人|受让人|违约)")
_PRIVATE_SIDE = re.compile(r"(?:户|方|者|家属|村民|房东|房主|群众|业主|老人|(?<![法责制])人)(?:书面|本人|签字)?(?:的)?$")
_SELLER = re.compile(r"^(?![^，。；]{0,30}由)[^，。；：]{0,30}(?:企业|公司|经营者|学校|医院|旅行社|合作社|物业服务人|机构)(?:应当|可以|须|可|按照?|不得|向|根据)[^，。；：]{0,24}$")
_CRIMINAL = re.compile(r"(?:犯罪嫌疑人|被告人|侦查|刑事拘留|取保候审|罪犯|服刑|逮捕|通缉)")
_REWARD_BAR = re.compile(r"(?:评优|评先|表彰|奖励|荣誉|补贴|补助|奖补|扶持|优惠|资金|项目申报|信用)")
_REPORTING_HEAD = re.compile(
    r"^(?:\s|[（(]?[一二三四五六七八九十\d]+[）)、.．]?|要|坚持|进一步|切实|大力|全面|积极|继续|依法|严格|持续|着力|加快|认真|深入|稳步|逐步|有序)*(?:推进|完善|健全|深化|推行|优化|清理|规范|下放|精简|探索|落实|加强|开展|试点|改革|公示|修订|梳理|编制|建立|强化|推广|执行|实现|做好|取消|提高|加大|压减|明确|制定|组织|提升|实施|统筹|支持|推动|鼓励|依托|加快)"
)


_STATISTICS = re.compile(
    r"(?:截至|截止|上半年|下半年|全年|今年以来|去年|前[一二三]季度|累计(?:查处|办理|开展|拆除|罚款|投入|完成)|法院(?:审理|认为|判决|确认)|判决确认|本月|上月|已有|先后|\d{4}年(?:以来)?，|年来|典型案例|案例[：:]|通报称|摘录|讲义|据报道|新闻报道)"
)
_RULES_AT_ALL = re.compile(r"应当|必须|不得|一律|将|可以|须|的，")
# 向用户收取保管费用，被投诉查实的，由…处…: the act is the breach.
_BREACH_AFTER = re.compile(r"[^。；：]{0,40}的，?(?:由|处|责令|可以|给予|没收|限期|视为|县|市|依照|依法|并)")
_SUM_OF_CASES = re.compile(
    r"(?:\d+|[一二三四五六七八九十百千两余]+)(?:\.\d+)?(?:余)?(?:万)?(?:件|起|人次|张|本|处|宗|家|户次|吨|平方米|辆次|份|台次|万元)(?=[，。；、]|$)"
)
_WORK = re.compile(r"查处|办理|立案|拆除|查办|吊销|开展|排查|取缔|整治|化解")


_NAMES_ONLY = re.compile(r"[^，。；]{0,30}(?:等|一类)[^，。；]{0,4}(?:事项|行为|条款|内容|种类|手段|现象|问题)")


def _is_report(part: Part, candidate: Candidate) -> Verdict:
    text = part.lead + part.text
    if _STATISTICS.search(text) and not re.search(r"应当|必须|一律|不得|的，(?:由|处|罚)", text):
        return Does.REPORTS, "陈述已做的工作或者案例，没有施加"
    if _SUM_OF_CASES.search(part.text) and not _RULES_AT_ALL.search(text) and _WORK.search(part.text):
        return Does.REPORTS, "工作数据，没有施加"
    before, after = part.text[: candidate.start], part.text[candidate.end :]
    if before.count("“") > before.count("”") and "”" in after and candidate.end - candidate.start <= 12:
        return Does.REPORTS, "引号内的词语，没有施加"
    if re.search(r"作出$", before) and re.match(r"[^。；，]{0,40}决定的?", after):
        return Does.REPORTS, "作出这类决定的程序，没有施加"
    if _NAMES_ONLY.match(part.text, candidate.start):
        return Does.REPORTS, "列举事项名称，没有施加"
    return None


def _is_mention(part: Part, candidate: Candidate) -> Verdict:
    if candidate.does is not None:
        return candidate.does, "提到该措施，没有施加"
    if candidate.power in PERMITS:
        sealed = re.search(r"被查封|拆封|启封|被扣押|被封存", part.text[candidate.start : candidate.end])
        return (Does.REPORTS, "维护已经采取的查封、扣押，不是许可") if sealed else None
    if candidate.power in CHARGES and re.match(r"(?:的|等)?(?:行为|单位|现象|问题)|的[，；。]|的$", part.text[candidate.end :]):
        return Does.REPORTS, "提到收费、摊派的行为，没有设定"
    before = part.text[: candidate.start]
    after = part.text[candidate.end :]
    inside = part.text[candidate.start : candidate.end]
    if candidate.power in CHARGES | COMPULSION and _BREACH_AFTER.match(after) and not re.search(r"应当|必须|须|可以|一律", inside):
        return Does.REPORTS, "描述的是违法情形，不是措施"
    if _CONDUCT_STEM.search(part.stem) and part.text.rstrip("；。，、或者 ").endswith("的"):
        return Does.REPORTS, "列举的是违法行为，不是措施"
    if _PASSIVE.search(before):
        if "不得" not in part.text[candidate.start : candidate.end]:
            return Does.REPORTS, "“被……”“受到……”，是已有的处理，没有施加"
    if candidate.power in COMPULSION | {Power.PENALTY} and _PROCEDURE_AFTER.match(after) and candidate.kind not in ("fine", "restrict_employment"):
        return Does.REPORTS, "规定行使既有权力的程序，没有施加"
    if candidate.power in COMPULSION and re.match(r"[^，。；：\n]{0,10}(?:的|后|时|前)(?=，)", after):
        return Does.REPORTS, "作为条件提到，没有施加"
    return None


def _is_ban(part: Part, candidate: Candidate) -> Verdict:
    if candidate.power in PERMITS and "不得" not in part.text[: candidate.start]:
        return None
    before = part.text[: candidate.start]
    comma = max(before.rfind("，"), before.rfind("："), before.rfind("、") if candidate.power in PERMITS else -1)
    head = before[comma + 1 :]
    far = candidate.power not in PERMITS and _BAN_ACROSS.search(before) is not None
    if far or _BAN_ON_ORGAN.search(head) or (candidate.power in COMPULSION | {Power.PENALTY} and _BAN_FAR.search(head)):
        return Does.FORBIDS, "前有“不得”“免收”“取消”等，是禁止或者减免"
    inside = part.text[candidate.start : candidate.end]
    if candidate.power in CHARGES and re.search(r"^(?:鼓励|支持|倡导|推行)|(?:不得|禁止|不再|不予|免收|免|未|不)(?:以[^，]{0,10})?(?:向|收|缴|交|要求)|未[^，]{0,12}(?:缴|交)", inside):
        return Does.FORBIDS, "“不得收取”“未缴纳”等，没有设定收费"
    if candidate.power in COMPULSION | {Power.PENALTY} and candidate.kind != "restrict_employment" and re.search(r"^(?:应当|可以|应|可)?(?:依法)?(?:不得|不予|免予|解除)", inside):
        return Does.FORBIDS, "“不予”“解除”等，没有施加"
    if candidate.power not in PERMITS and re.search(r"(?:不得|禁止|严禁)[^。；]{0,30}(?:下列|以下)[^。；]{0,14}：$", part.stem) and not re.search(r"处|罚", part.stem):
        return Does.FORBIDS, "所在列举的引导句是禁止性规定"
    return None


def _is_definition(part: Part, candidate: Candidate) -> Verdict:
    if _DEFINES.search(part.text[: candidate.start]):
        return Does.DEFINES, "定义或者分类，没有施加"
    return None


def _is_discipline(part: Part, candidate: Candidate, addressee: Addressee) -> Verdict:
    if candidate.power is not Power.PENALTY:
        return None
    if candidate.kind in ("warning", "public_criticism", "revoke_licence", "restrict_employment", "downgrade", "unspecified", "confiscation", "suspend_licence"):
        before = part.text[: candidate.start]
        if candidate.kind == "public_criticism" and _WORK_DONE_BADLY.search(part.text):
            return Does.DISCIPLINES, "对工作落实情况的通报，对象是责任单位和人员"
        if candidate.kind == "warning" and re.search(r"处分|党纪|政纪", before[-30:]):
            return Does.DISCIPLINES, "处分的一种，是对内部人员的处理"
        near = part.text[max(0, candidate.start - 4) : candidate.end + 24]
        if (
            candidate.kind in ("warning", "public_criticism")
            and _DISCIPLINE_NEAR.search(near)
            and "罚款" not in near
            and (addressee is not Addressee.PRIVATE or re.search(r"处分|记过|开除|撤职", near))
        ):
            return Does.DISCIPLINES, "与记过、处分等并列，是对内部人员的处分"
        if candidate.kind in ("warning", "public_criticism", "unspecified") and _HIGHER_ORGAN.search(before) and addressee is not Addressee.PRIVATE:
            return Does.DISCIPLINES, "由上级机关对下级机关、人员作出"
        if candidate.kind == "suspend_licence":
            staff_paper = _STAFF_PAPER.search(part.text[candidate.start : candidate.end])
            return (Does.DISCIPLINES, "暂扣的是执法证件，是对内部人员的处理") if staff_paper else None
        if candidate.kind == "confiscation":
            return (Does.DISCIPLINES, "收缴违纪所得，是对内部人员的处理") if "违纪" in near else None
        staff_paper = candidate.kind == "revoke_licence" and _STAFF_PAPER.search(part.text[candidate.start : candidate.end])
        if staff_paper or (candidate.kind != "revoke_licence" and addressee in (Addressee.ADMINISTRATION, Addressee.STAFF)):
            return Does.DISCIPLINES, "对象是行政机关或者其工作人员"
        if candidate.kind != "unspecified" and _STAFF_STEM.search(part.stem) and "罚款" not in part.stem:
            return Does.DISCIPLINES, "所在列举是处分、问责的情形"
    return None


_ASSOCIATION = re.compile(r"(?:协会|学会|商会|联合会|物业服务人|业主大会|章程)(?![^，。；]*由)[^，。；]{0,24}$")
_REPAIR = re.compile(r"检修|抢修|泄漏|爆|故障|通知用户|施工需要|计划停")


def _is_civil(part: Part, candidate: Candidate, addressee: Addressee) -> Verdict:
    del addressee
    inside = part.text[candidate.start : candidate.end]
    if candidate.power in PERMITS:
        side = approving_side(candidate.who)
        consent = candidate.kind == "approval" or part.text[: candidate.end].endswith("人许可")
        if consent and not side and _PRIVATE_SIDE.search(candidate.who):
            side = "private"
        if side == "private" and consent:
            return Does.CIVIL_CRIMINAL, "由权利人、业主、法院等同意，不是行政许可"
        if _CRIMINAL.search(part.text):
            return Does.CIVIL_CRIMINAL, "刑事诉讼中的措施"
        return None
    if candidate.power in CHARGES and candidate.why.startswith("收取") and _SELLER.search(part.text[: candidate.start]):
        return Does.CIVIL_CRIMINAL, "企业、学校等收取自己的服务费用"
    if candidate.power in CHARGES and re.search(r"借用|租用|承租|自愿|退房", part.text):
        return Does.CIVIL_CRIMINAL, "借用、租用等民事款项"
    if candidate.power is Power.PENALTY and _ASSOCIATION.search(part.text[: candidate.start]):
        return Does.CIVIL_CRIMINAL, "社会团体、企业依照章程、合同作出"
    if candidate.kind == "cut_utilities" and _REPAIR.search(part.text):
        return Does.CIVIL_CRIMINAL, "供应企业因检修、抢险停供"
    if candidate.power in CHARGES and _CONTRACT.search(part.text):
        return Does.CIVIL_CRIMINAL, "合同、招标中的民事款项"
    if candidate.power in COMPULSION and re.search(r"(?:法院|仲裁)", inside):
        return Does.CIVIL_CRIMINAL, "由人民法院执行"
    if candidate.power in COMPULSION and _CRIMINAL.search(part.text):
        return Does.CIVIL_CRIMINAL, "刑事诉讼中的措施"
    return None


_INTERNAL_MATTER = re.compile(
    r"内设机构|机构规格|编委|编办|公务用车|公车|公务接待|办公用房|因公出国|领导干部|协管员|辅警|执法人员|执法证|执法资格|涉密|值班|值守|请假|挂职|各部门的|各单位[一-鿿]{0,6}(?:不得|应当|须|要)|单设|服务大厅|政务大厅|合法性审查|公平竞争审查|提交会议|提请审议|行政管理(?:的)?依据|执法依据|刻制公章|使用印章|本机关负责人|预算调整|追加预算|采购计划|工作群|机关食堂|集体讨论|法制审核|合法性审核|宣传口径|新闻发布|信息发布|带班|镇长|局长|县长|书记|分管领导|主要领导|主要负责同志|护林员|网格员|外出支援"
)


def _is_internal(part: Part, candidate: Candidate, addressee: Addressee) -> Verdict:
    if candidate.power in PERMITS and _INTERNAL_MATTER.search(part.text):
        return Does.INTERNAL, "机构、人员、车辆等内部事务的审批"
    if candidate.power in PERMITS and re.search(r"征收[^，。；]{0,12}土地|农用地转用|征地", part.text):
        return Does.INTERNAL, "土地征收、转用的审批，由政府之间办理"
    if candidate.power in PERMITS and re.match(r"由[^，。；]{0,20}(?:人民政府|部门)(?:提出|编制|报)", part.text[candidate.start :]):
        return Does.INTERNAL, "由行政机关报批，是内部程序"
    if candidate.power in PERMITS and addressee in (Addressee.ADMINISTRATION, Addressee.STAFF):
        return Does.INTERNAL, "行政机关之间或者内部人员的审批"
    if candidate.power in CHARGES and addressee is Addressee.ADMINISTRATION and candidate.why.startswith("要求缴纳"):
        return Does.INTERNAL, "行政机关之间的缴款"
    return None


_TESTS_OF_WORDS = (_is_report, _is_mention, _is_ban, _is_definition)
_TESTS_OF_SIDES = (_is_discipline, _is_civil, _is_internal)


# --- basis --------------------------------------------------------------------------------------------------------


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
    if found is not None:
        return found, False
    for pointer in part.stem_pointers:
        after = part.stem[pointer.end :]
        if not re.search(r"的(?:，|、)", after):
            found = pointer
    return found, found is not None


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
    """The last article cited earlier in the same part, when a condition stands between: 依照《X法》第N条，不足十桌的，处…"""
    if candidate.power is not Power.PENALTY:
        return None
    before = [p for p in part.pointers if p.kind is Pointer.NAMED_ARTICLE and p.end <= candidate.start]
    return before[-1] if before else None


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


_SUM = re.compile(r"[〇零一二三四五六七八九十百千万亿两\d]+(?:[.,]\d+)?(?:余)?(?:万元|元|倍|块|角|分(?=[钱的])|毛)|百分之|[%％‰]|千分之|万分之")


def _against_basis(part: Part, candidate: Candidate, pointer: PointerMatch | None) -> tuple[Does, Grade, str]:
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
    return _with_vague_pointer(candidate, inside, has_sum)


def _with_vague_pointer(candidate: Candidate, inside: str, has_sum: bool) -> tuple[Does, Grade, str]:
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


# --- addressee ----------------------------------------------------------------------------------------------------


@cache
def _subject_words() -> tuple[re.Pattern[str], dict[str, Addressee]]:
    lists = words()["addressees"]
    sides = {
        Addressee.PRIVATE: lists["private"],
        Addressee.ADMINISTRATION: lists["administration"],
        Addressee.STAFF: lists["staff"],
    }
    table = {word: side for side, entries in sides.items() for word in entries}
    return re.compile(any_of(table)), table


@cache
def _approvers() -> tuple[re.Pattern[str], dict[str, str]]:
    lists = words()["addressees"]
    table = {word: "authority" for word in lists["approving_authority"]}
    table |= {word: "private" for word in lists["approving_private"]}
    return re.compile(any_of(table)), table


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
    segments = re.split(r"[，；。：\n]", before)
    found: Addressee | None = None
    for distance, segment in enumerate(reversed(segments[-7:])):
        if not segment:
            continue
        side = _side_of(segment, conditional=segment.endswith(("的", "时", "后")), nearest=distance == 0)
        if side is not None:
            found = side
            break
    return found or Addressee.UNKNOWN


_BY_ORGAN = re.compile(r"^(?:由|经|对|向|报|依照|按照|按|根据)")


# 县城市管理局应当会同…: an organ named by its bureau.
_BUREAU = re.compile(r"^(?:[市县区镇乡省各]|本)[一-龥]{1,10}(?:局|委|办|厅|科|站|大队|中队|支队|中心|管委会)(?:应当|要|须|负责|会同|组织|牵头|可以)")


def _side_of(segment: str, *, conditional: bool, nearest: bool) -> Addressee | None:
    pattern, table = _subject_words()
    if _BY_ORGAN.match(segment) and not segment.startswith("对"):
        return None
    if _BUREAU.search(segment) and not _BY_ORGAN.match(segment):
        return Addressee.ADMINISTRATION
    if re.match(r"^(?:未|擅自|违反|◇)", segment):
        return Addressee.PRIVATE if conditional else None
    if re.search(r"[初复]核|审定|核准|批准|审核|审批", segment):
        return None  # who approves is not who is bound
    sides = [table[found[0]] for found in pattern.finditer(segment) if _is_subject(segment, found, table[found[0]])]
    if not sides:
        return Addressee.PRIVATE if conditional and len(segment) > 3 and nearest is False and re.search(r"(?:从事|开办|设立|经营|确需|需要|申请|占用|使用|建设|举办|销售|生产|运输|饲养|购买)", segment) else None
    if segment.startswith("对"):
        return sides[0]
    return sides[-1] if not conditional else sides[0]


_GOVERNED = re.compile(r"(?:向|经|由|报|被|到|给|从|于|与|接受|依照|按照|按|根据|取得|征得)[^，。；：]{0,24}$")
_ATTRIBUTE = re.compile(r"^(?:的|规定|批准|许可|监管|限制|决定|授权|同意|确定|认定|核准|发给|指定|组织|的规定|备案|依法|公布|颁发|制定|要求|处罚)")


def _is_subject(segment: str, found: re.Match[str], side: Addressee) -> bool:
    """Organs count only where they can be the subject: not after 向, 经, 由, not as 主管部门规定的…"""
    if side is Addressee.PRIVATE:
        return True
    if _GOVERNED.search(segment[: found.start()]) or _ATTRIBUTE.match(segment[found.end() :]):
        return False
    return len(segment) - found.end() <= 8 or found.start() <= 14


def _graded_by_addressee(part: Part, candidate: Candidate, addressee: Addressee, grade: Grade) -> tuple[Grade, str]:
    if candidate.power in PERMITS and addressee is not Addressee.PRIVATE and grade is not Grade.HINT:
        if _internal_object(part, candidate):
            return Grade.HINT, "报批的是规划、方案等内部事项"
    if candidate.why.startswith("报行政机关核准") and not _reported_by_private(part, candidate, addressee):
        return Grade.HINT, "由谁报批不明，或者是行政机关之间的报批"
    if candidate.kind == "public_criticism" and addressee is not Addressee.PRIVATE:
        return Grade.HINT, "通报批评的对象不明，多为对内部单位、人员"
    if candidate.power in PERMITS and re.search(r"未经同意", part.text[candidate.start : candidate.end]):
        return Grade.WEAK, "没有写明须经谁同意"
    return grade, ""


def _reported_by_private(part: Part, candidate: Candidate, addressee: Addressee) -> bool:
    if addressee is Addressee.PRIVATE:
        return not re.search(r"制定|编制|提出|划定|公布|起草", part.text[: candidate.start])
    before = part.text[: candidate.start]
    return (
        addressee is Addressee.UNKNOWN
        and before.endswith("的，")
        and not re.search(r"制定|编制|提出|划定|规划|方案|目录|标准|名录|人民政府|部门", before)
    )


def _internal_object(part: Part, candidate: Candidate) -> bool:
    before = (part.lead + part.text[: candidate.start])[-50:]
    paper = re.search(r"(?:方案|预案|办法|期限|延期)[^，。；：]{0,10}，?[^，。；：]{0,8}$", before)
    if paper and not re.search(r"编制|制定|制订|拟定|拟订|修订|起草", before):
        return False
    return re.search(rf"{either('permit', 'internal_objects')}[^，。；：]{{0,10}}，?[^，。；：]{{0,8}}$", before) is not None
