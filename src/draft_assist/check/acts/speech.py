"""What a clause does with a power when it does not set it: the tests, each with a Chinese reason for `explain`.

`OF_WORDS` look at the words alone, `OF_SIDES` at the addressee too; in each the first that holds decides.
"""

from __future__ import annotations

import re

from draft_assist.check.acts.addressee import approving_side
from draft_assist.check.acts.candidate import CHARGES, COMPULSION, PERMITS, Candidate
from draft_assist.check.acts.frame import Part
from draft_assist.model import Addressee, Does, Power
from draft_assist.patterns import compiled

Verdict = tuple[Does, str] | None

_PASSIVE = compiled(
    r"(?:已经?(?:依法)?作出的(?:[^，。；：\n]{0,30}[、，])?|(?<!将)被|受到|受过|遭到|曾受|曾因)(?:[^，。；：\n]{0,16}(?:部门|机关|机构|政府))?(?:依法)?(?:[^，。；：\n]{0,10}[、或]者?(?:被)?)?(?:给予|处以|处|予以|采取|过)?$"
)
_PROCEDURE_AFTER = compiled(
    r"[^，。；：\n]{0,10}(?:的)?，?(?:应当|必须|须|不得)(?:当场|及时|同时|依法|严格|提前)?(?:公告|催告|送达|公示|遵守|出具|制作|履行|告知|开付|通知|经[^，]{0,14}批准|依照|按照|说明|妥善|符合|书面|交付|移交|退还|听取|使用|由两名|出示|记录|表明|在[^，]{0,10}内作出)"
)
_BAN_ON_ORGAN = compiled(
    r"(?:不得|禁止|严禁|不准|不予|解除|免于|免予|免除|免收|免缴|免交|不再|(?<!令)停止|取消|避免|防止|杜绝|无需|无须|不需要?|不必|不应当?|不可|不可以|无权|不包括|不代|借口|有权拒绝|鼓励|支持|倡导|减免|清退|退还)[^，。；：\n]{0,26}$"
    r"|(?:未|没有|减少|清理|整治|降低|拒绝|暂停|返还|举报|查处|纠正)[^，。；：\n]{0,4}(?<!的)$"
)
_BAN_FAR = compiled(r"(?:不得|禁止|严禁|不准|杜绝|防止)[^，。；：\n]{0,60}$")
_BAN_ACROSS = compiled(r"不得以[^。；]{0,40}$|不得[^。；，]{0,30}，(?:也)?不得[^，。；]{0,20}$")
_CONDUCT_STEM = compiled(r"(?:下列|以下|前款)[^：]{0,14}(?:行为|情形|情况)[^：]{0,60}：$")
_DEFINES = compiled(r"(?:所谓[^，。；]{1,12}，?指|是指|系指|指的是|所称|包括：|种类包括|分为)[^。；\n]{0,60}$")
_DEFINING_STEM = compiled(r"(?:是指|系指|所称[^：]{0,20}|种类(?:有|包括|为|如下)|分为[^：]{0,8})：$")
_STAFF_STEM = compiled(r"(?:处分|问责|追责|诫勉|党纪|政纪|组织处理)")
_DISCIPLINE_NEAR = compiled(
    r"(?:记过|记大过|降级|撤职|开除|处分|诫勉|党内|批评教育|问责|免职|辞退|解聘|离岗|停职|年度考核|评先评优|绩效|效能)"
)
_HIGHER_ORGAN = compiled(
    r"(?:由|经)?[^，。；：\n]{0,10}(?:上级|本级|上一级|同级)(?:人民政府|行政机关|主管部门|机关|部门|党委)[^。；\n]{0,24}$|其(?:主管部门|所在单位|上级)[^。；\n]{0,20}$"
)
_WORK_DONE_BADLY = compiled(
    r"所在单位|拨付|截留|挪用|表彰|年度考核|考核结果|工作不力|落实不力|落实不到位|责任不落实|推进不力|进展缓慢|排名|督查|督办"
)
_STAFF_PAPER = compiled(r"工作人员资格|执法证|执法资格|评优|评先|晋升|晋职|任职|干部|党员|年度考核")
_CONTRACT = compiled(
    r"(?:合同(?!价款|造价|金额|总价|款)|协议|约定|商定|双方|租赁|承包费|租金|工程款|采购人|招标文件|中标人|投标人|供货|服务期|甲方|乙方|买受人|竞得人|受让人|违约)"
)
_PRIVATE_SIDE = compiled(r"(?:户|方|者|家属|村民|房东|房主|群众|业主|老人|(?<![法责制])人)(?:书面|本人|签字)?(?:的)?$")
_SELLER = compiled(
    r"^(?![^，。；]{0,30}由|对|向)[^，。；：]{0,30}(?:企业|公司|经营者|(?:运营|经营|服务|管理)单位|停车场|学校|医院|旅行社|宾馆|酒店|旅馆|游泳馆|健身房|商场|超市|影院|合作社|物业服务人|机构)(?:$|应当|可以|须|可|按照?|不得|向|根据)[^，。；：]{0,24}$"
)
_CRIMINAL = compiled(r"(?:犯罪嫌疑人|被告人|侦查|刑事拘留|取保候审|罪犯|服刑|逮捕|通缉)")


_STATISTICS = compiled(
    r"截至|截止(?!日期|时间|时限)|今年以来|累计(?:查处|办理|开展|拆除|罚款|投入|完成)|法院(?:审理|认为|判决|确认)|判决确认|\d{4}年(?:以来)?，|典型案例|案例[：:]|通报称|摘录|讲义|据报道|新闻报道|群众反映|经核实"
    r"|(?:上半年|下半年|全年|去年|本年度?|前[一二三]季度|本月|上月|已有|先后|年来)[^。；]*(?:共|累计|同比|下降|上升|增长|减少|[一-龥]了|占[^。；]{0,10}%|(?:\d+|[一二三四五六七八九十百千两]+)余?(?:件|起|人次|张|处|宗|家|份|名|次|户|项|辆|台|吨|平方米|块|艘|头))"
)
_RULES_AT_ALL = compiled(r"应当|必须|不得|一律|将|可以|须|的，")
# 向用户收取保管费用，被投诉查实的，由…处…: the act is the breach.
_BREACH_AFTER = compiled(
    r"[^。；：，]{0,40}(?:，(?:被|经|且|并|仍|或)[^。；：，]{0,20})?的，?(?:由|处|责令|可以|给予|没收|限期|视为|县|市|依照|依法|并)"
)
_SUM_OF_CASES = compiled(
    r"(?:\d+|[一二三四五六七八九十百千两余]+)(?:\.\d+)?(?:余)?(?:万)?(?:件|起|人次|张|本|处|宗|家|户次|吨|平方米|辆次|份|台次|万元)(?=[，。；、]|$)"
)
_WORK = compiled(r"查封|扣押|查处|办理|立案|拆除|查办|吊销|开展|排查|取缔|整治|化解")


_CHARGE_IN_PASSING = compiled(r"(?:附加)?(?:以后|之后|后)，?[^，]{0,12}(?:不|严)|，?应当(?:使用|出具|开具|公示)")
_SUPERVISION_STEM = compiled(r"(?:监督|检查|审查|审计)[^：]{0,12}(?:下列|以下)(?:事项|内容)：$")
_NAMES_ONLY = compiled(r"[^，。；]{0,30}(?:等|一类)[^，。；]{0,4}(?:事项|行为|条款|内容|种类|手段|现象|问题)")


_FINE_TARGET = compiled(r"罚没?款(?:合计|总额|收入|任务|指标|总数|目标)")
# Somebody else's rule, told to be mended: 督查发现，某镇规定….
_OTHERS_FAULT = compiled(
    r"(?:督查|检查|巡察|审计|暗访|调研|抽查)(?:中)?发现|(?<![一-龥])某(?:镇|乡|县|局|村|街道|单位|学校)|(?:个别|有的|少数)(?:地方|单位|乡镇|部门)"
)


def _is_report(part: Part, candidate: Candidate) -> Verdict:
    text = part.lead + part.text
    if _OTHERS_FAULT.search(part.text[: candidate.start]) and not part.text[: candidate.start].endswith("的，"):
        return Does.REPORTS, "说的是别处的做法，没有施加"
    if candidate.power is Power.PENALTY and _FINE_TARGET.match(part.text, candidate.start):
        return Does.REPORTS, "罚款的任务、总额，不是对相对人的处罚"
    if _STATISTICS.search(text) and not re.search(r"应当|必须|一律|不得|的，(?:由|处|罚)", text):
        return Does.REPORTS, "陈述已做的工作或者案例，没有施加"
    if _SUM_OF_CASES.search(part.text) and not _RULES_AT_ALL.search(text) and _WORK.search(part.text):
        return Does.REPORTS, "工作数据，没有施加"
    before, after = part.text[: candidate.start], part.text[candidate.end :]
    if before.count("“") > before.count("”") and "”" in after and candidate.end - candidate.start <= 12:
        return Does.REPORTS, "引号内的词语，没有施加"
    if _is_decision_to_come(before, part.text[candidate.start : candidate.end], after):
        return Does.REPORTS, "作出这类决定的程序，没有施加"
    if _NAMES_ONLY.match(part.text, candidate.start):
        return Does.REPORTS, "列举事项名称，没有施加"
    return None


_MAKING = compiled(r"作出[^。；]{0,40}$")
_DECISION = compiled(r"[^。；，]{0,40}决定(?:的，|的|前|时|之前|$)")
_BEFORE_DECISION = compiled(r"[^。；，]{0,50}决定(?:前|时|之前)")
_UP_TO_DECISION = compiled(r"作出.*决定(?:之?[前时]|的)$")


def _is_decision_to_come(before: str, inside: str, after: str) -> bool:
    """作出…罚款、没收…的决定之前，应当…: how a decision is made, wherever in the list the act stands."""
    if "决定" not in inside and "决定" not in after:
        return False
    if _MAKING.search(before) and _DECISION.match(after):
        return True
    if "拟作出" in before + inside and re.match(r"[^。；，]{0,50}决定的，", after):
        return True
    return _UP_TO_DECISION.search(before[-30:] + inside) is not None or (
        "作出" in inside and _BEFORE_DECISION.match(after) is not None
    )


def _is_mention(part: Part, candidate: Candidate) -> Verdict:
    if candidate.does is not None:
        return candidate.does, "提到该措施，没有施加"
    inside = part.text[candidate.start : candidate.end]
    if candidate.power in PERMITS:
        if re.search(r"(?:同样|照样|也|仍)可以?|不影响", inside):
            return Does.REPORTS, "没有证照也可以从事，不是前提"
        if re.search(r"(?:具有|持有|具备)(?:合法)?(?:有效|相应|法定)", inside):
            return Does.REFERS, "要求持有法律已经规定的证照"
        if re.search(r"经国务院(?:依法)?批准", inside):
            return Does.REFERS, "由国务院批准，指向上位法"
        if re.match(r"不得(?:违法|擅自|变相)?(?:设置|设定|设立|增设|新设|保留)", inside):
            return Does.FORBIDS, "禁止设立许可"
        sealed = re.search(r"被查封|拆封|启封|被扣押|被封存", inside)
        return (Does.REPORTS, "维护已经采取的查封、扣押，不是许可") if sealed else None
    if candidate.power in CHARGES and re.search(r"由[^，。；]{0,10}(?:部门|局|财政)[^，。；]{0,12}支付", inside):
        return Does.REPORTS, "由机关支付，不是收费"
    if candidate.power in CHARGES and re.match(
        r"(?:的|等)?(?:行为|单位|现象|问题)|的[，；。]|的$", part.text[candidate.end :]
    ):
        return Does.REPORTS, "提到收费、摊派的行为，没有设定"
    if _CHARGE_IN_PASSING.match(part.text, candidate.end) and candidate.power in CHARGES:
        return Does.REPORTS, "规定收费以后或者收费时的做法，没有设定收费"
    if _SUPERVISION_STEM.search(part.stem):
        return Does.REPORTS, "列举的是监督、检查的事项"
    before = part.text[: candidate.start]
    after = part.text[candidate.end :]
    if (
        candidate.power in CHARGES | COMPULSION
        and _BREACH_AFTER.match(after)
        and not re.search(r"应当|必须|须|可以|一律", inside)
    ):
        return Does.REPORTS, "描述的是违法情形，不是措施"
    if _CONDUCT_STEM.search(part.stem) and part.text.rstrip("；。，、或者 ").endswith("的"):
        return Does.REPORTS, "列举的是违法行为，不是措施"
    if _PASSIVE.search(before) and "不得" not in inside:
        return Does.REPORTS, "“被……”“受到……”，是已有的处理，没有施加"
    if (
        candidate.power in COMPULSION | {Power.PENALTY}
        and _PROCEDURE_AFTER.match(after)
        and candidate.kind not in ("fine", "restrict_employment")
    ):
        return Does.REPORTS, "规定行使既有权力的程序，没有施加"
    if (
        candidate.power in COMPULSION
        and "违法" in before
        and re.search(r"违法[^，。；：\n]{0,24}(?:实施|采取)$", before + inside[:2])
    ):
        return Does.REPORTS, "描述的是违法实施措施的行为"
    if candidate.power in COMPULSION and re.search(
        r"报[^，。；]{0,10}(?:负责人|领导|局长|主任)批准", inside + after[:20]
    ):
        return Does.REPORTS, "规定行使既有权力的程序，没有施加"
    if candidate.power in COMPULSION and (
        inside.endswith(("时", "前", "后")) or re.match(r"[^，。；：\n]{0,10}(?:的|后|时|前)(?=，)", after)
    ):
        return Does.REPORTS, "作为条件提到，没有施加"
    return None


_PUT_RIGHT = compiled(r"(?:纠正|清理|整治|查处|杜绝|治理)[^，。；：\n]{0,40}$")
_PROBLEMS_AFTER = compiled(r"[^，。；：\n]{0,40}(?:等|的)[^，。；：\n]{0,6}(?:问题|现象|行为|做法|情形)")
_PUT_RIGHT_STEM = compiled(
    r"(?:纠正|清理|整治|查处|治理|取消)[^：。；]{0,12}(?:下列|以下|如下)[^：。；]{0,10}(?:做法|问题|行为|情形|规定|现象|事项)?：\s*$"
)


def _is_ban(part: Part, candidate: Candidate) -> Verdict:
    before_all = part.text[: candidate.start]
    if _PUT_RIGHT_STEM.search(part.stem):
        return Does.FORBIDS, "所在列举是要纠正、清理的做法"
    if _PUT_RIGHT.search(before_all) and _PROBLEMS_AFTER.match(part.text, candidate.end):
        return Does.FORBIDS, "要纠正、清理的问题"
    if candidate.power in COMPULSION and before_all.endswith("不"):
        return Does.FORBIDS, "“不”强制"
    if candidate.power in PERMITS and "不得" not in part.text[: candidate.start]:
        return None
    before = part.text[: candidate.start]
    comma = max(before.rfind("，"), before.rfind("："), before.rfind("、") if candidate.power in PERMITS else -1)
    head = before[comma + 1 :]
    far = candidate.power not in PERMITS and _BAN_ACROSS.search(before) is not None
    if far or _BAN_ON_ORGAN.search(head) or (candidate.power in COMPULSION | {Power.PENALTY} and _BAN_FAR.search(head)):
        return Does.FORBIDS, "前有“不得”“免收”“取消”等，是禁止或者减免"
    inside = part.text[candidate.start : candidate.end]
    if candidate.power in CHARGES and re.search(
        r"^(?:鼓励|支持|倡导|推行)|(?:不得|禁止|不再|不予|免收|免|未|不)(?:以[^，]{0,10})?(?:向|收|缴|交|要求)|未[^，]{0,12}(?:缴|交)",
        inside,
    ):
        return Does.FORBIDS, "“不得收取”“未缴纳”等，没有设定收费"
    if (
        candidate.power in COMPULSION | {Power.PENALTY}
        and candidate.kind != "restrict_employment"
        and re.search(r"^(?:应当|可以|应|可)?(?:依法)?(?:不得|不予|免予|解除)", inside)
    ):
        return Does.FORBIDS, "“不予”“解除”等，没有施加"
    if candidate.kind == "surcharge" and re.search(r"不再|不得(?!超)|免收|免除|免缴|取消", inside):
        return Does.FORBIDS, "不再收取、免收，没有施加"
    if (
        candidate.power not in PERMITS
        and re.search(r"(?:不得|禁止|严禁)[^。；]{0,30}(?:下列|以下)[^。；]{0,14}：$", part.stem)
        and not re.search(r"处|罚", part.stem)
    ):
        return Does.FORBIDS, "所在列举的引导句是禁止性规定"
    return None


def _is_definition(part: Part, candidate: Candidate) -> Verdict:
    if _DEFINES.search(part.text[: candidate.start]) or _DEFINING_STEM.search(part.stem):
        return Does.DEFINES, "定义或者分类，没有施加"
    return None


_OWN_CHANNEL = compiled(r"政务[^，。；]{0,6}(?:应用|程序|新媒体|账号|平台|系统)|公众号|小程序|工作群|业务专网")


def _is_discipline(part: Part, candidate: Candidate, addressee: Addressee) -> Verdict:
    """Sanctions on the inside; whatever takes money or a licence to trade stays a penalty."""
    if candidate.power is not Power.PENALTY:
        return None
    inside = part.text[candidate.start : candidate.end]
    if candidate.kind == "shutdown" and _OWN_CHANNEL.search(part.text):
        return Does.INTERNAL, "关停的是机关自己的应用程序、账号"
    near = part.text[max(0, candidate.start - 4) : candidate.end + 24]
    match candidate.kind:
        case "warning" | "public_criticism":
            return _is_inner_criticism(part, candidate, addressee, near) or _is_for_staff(part, addressee)
        case "confiscation":
            of_staff = addressee is Addressee.STAFF and "处分" in part.lead + part.text
            return (Does.DISCIPLINES, "违纪所得等，是对内部人员的处理") if "违纪" in near or of_staff else None
        case "suspend_licence" | "revoke_licence" if _STAFF_PAPER.search(inside):
            return Does.DISCIPLINES, "执法证件、评优资格等，是对内部人员的处理"
        case "restrict_employment" | "downgrade":
            return _is_for_staff(part, addressee)
        case "unspecified" if addressee in (Addressee.ADMINISTRATION, Addressee.STAFF):
            return Does.DISCIPLINES, "对象是行政机关或者其工作人员"
        case _:
            return None


def _is_inner_criticism(part: Part, candidate: Candidate, addressee: Addressee, near: str) -> Verdict:
    before = part.text[: candidate.start]
    if candidate.kind == "public_criticism" and _WORK_DONE_BADLY.search(part.text):
        return Does.DISCIPLINES, "对工作落实情况的通报，对象是责任单位和人员"
    if candidate.kind == "warning" and re.search(r"处分|党纪|政纪", before[-30:]):
        return Does.DISCIPLINES, "处分的一种，是对内部人员的处理"
    beside_discipline = _DISCIPLINE_NEAR.search(near) and "罚款" not in near
    if beside_discipline and (addressee is not Addressee.PRIVATE or re.search(r"处分|记过|开除|撤职", near)):
        return Does.DISCIPLINES, "与记过、处分等并列，是对内部人员的处分"
    if _HIGHER_ORGAN.search(before) and addressee is not Addressee.PRIVATE:
        return Does.DISCIPLINES, "由上级机关对下级机关、人员作出"
    return None


def _is_for_staff(part: Part, addressee: Addressee) -> Verdict:
    if addressee in (Addressee.ADMINISTRATION, Addressee.STAFF):
        return Does.DISCIPLINES, "对象是行政机关或者其工作人员"
    if _STAFF_STEM.search(part.stem) and "罚款" not in part.stem:
        return Does.DISCIPLINES, "所在列举是处分、问责的情形"
    return None


_ASSOCIATION = compiled(r"(?:协会|学会|商会|联合会|物业服务人|业主大会|章程)(?![^，。；]*由)[^，。；]{0,24}$")
_REPAIR = compiled(r"检修|抢修|泄漏|爆|故障|通知用户|施工需要|计划停")


def _is_civil(part: Part, candidate: Candidate, addressee: Addressee) -> Verdict:
    del addressee
    if candidate.power in PERMITS:
        return _is_private_consent(part, candidate)
    if candidate.power in CHARGES:
        return _is_price(part, candidate)
    if candidate.power is Power.PENALTY:
        by_charter = _ASSOCIATION.search(part.text[: candidate.start])
        return (Does.CIVIL_CRIMINAL, "社会团体、企业依照章程、合同作出") if by_charter else None
    if candidate.kind == "surcharge" and (
        _CONTRACT.search(part.text) or re.search(r"货款|运费|承运|物业费", part.text)
    ):
        return Does.CIVIL_CRIMINAL, "合同约定的滞纳金"
    if candidate.kind == "cut_utilities" and _REPAIR.search(part.text):
        return Does.CIVIL_CRIMINAL, "供应企业因检修、抢险停供"
    if re.search(r"法院|仲裁", part.text[candidate.start : candidate.end]):
        return Does.CIVIL_CRIMINAL, "由人民法院执行"
    return (Does.CIVIL_CRIMINAL, "刑事诉讼中的措施") if _CRIMINAL.search(part.text) else None


def _is_private_consent(part: Part, candidate: Candidate) -> Verdict:
    if candidate.kind == "approval" or part.text[: candidate.end].endswith("人许可"):
        who = candidate.who or _who_agrees(part.text[candidate.start : candidate.end])
        side = approving_side(who)
        if not candidate.who.strip("的") and _CONSENT_BEFORE.search(part.lead + part.text[: candidate.start]):
            return Does.CIVIL_CRIMINAL, "前文写明的是权利人等的同意，不是行政许可"
        if side == "private" or (not side and _PRIVATE_SIDE.search(who)):
            return Does.CIVIL_CRIMINAL, "由权利人、业主、法院等同意，不是行政许可"
    return (Does.CIVIL_CRIMINAL, "刑事诉讼中的措施") if _CRIMINAL.search(part.text) else None


_AGREES = compiled(r"(?:征得|取得|经(?!营|济|费))(?P<who>[^，。；]{1,16}?)(?:的)?(?:书面)?同意")


def _who_agrees(words: str) -> str:
    """Who agrees in 须经住户同意才可进屋; "" when the words name nobody."""
    found = _AGREES.search(words)
    return found["who"] if found else ""


_CONSENT_BEFORE = compiled(
    r"(?:取得|征得|经)[^，。；]{0,16}(?:本人|人|家属|亲属|户|者|业主|权利人)(?:的)?(?:书面)?同意"
)


def _is_price(part: Part, candidate: Candidate) -> Verdict:
    if candidate.power is Power.TAX:
        return None
    contract = part.text
    if _TO_ORGAN.search(contract):
        contract = _TENDER.sub("", contract)  # who pays the organ, pays no contract partner
    if candidate.why.startswith("收取") and _SELLER.search(part.text[: candidate.start]):
        return Does.CIVIL_CRIMINAL, "企业、学校等收取自己的服务费用"
    if re.search(r"借用|租用|承租|自愿|退房", part.text):
        return Does.CIVIL_CRIMINAL, "借用、租用等民事款项"
    return (Does.CIVIL_CRIMINAL, "合同、招标中的民事款项") if _CONTRACT.search(contract) else None


_TO_ORGAN = compiled(
    r"(?:向|交|到|至|存入|缴)[^，。；]{0,18}(?:政府|街道|办事处|部门|机关|管委会|村委会|居委会|财政所|财政局|招标办|[县市镇乡区][一-龥]{1,8}[局办站])"
)
_TENDER = compiled(r"违约|投标人|中标人|服务期|招标文件")

_INTERNAL_MATTER = compiled(
    r"内设机构|机构规格|编委|编办|公务用车|公车|公务接待|办公用房|因公出国|领导干部|协管员|辅警|执法人员|执法证|执法资格|涉密|值班|值守|行政执法权|执法主体|请假|挂职|各部门的|各单位[一-鿿]{0,6}(?:不得|应当|须|要)|单设|服务大厅|政务大厅|合法性审查|公平竞争审查|提交会议|提请审议|行政管理(?:的)?依据|执法依据|刻制公章|使用印章|本机关负责人|预算调整|追加预算|采购计划|工作群|机关食堂|集体讨论|法制审核|合法性审核|宣传口径|新闻发布|信息发布|带班|镇长|局长|县长|书记|分管领导|主要领导|主要负责同志|护林员|网格员|外出支援|秘书长|所长|校长批准|监事会|职工代表|厂长|经理批准|负责人批准|调整方案|国有资产(?:出租|出借|处置|转让)|党委会|党组会|概算|晋升|晋衔|[警军关]衔|消防衔|士兵|荣誉称号|特等奖|应急状态|紧急状态|建制|行政区划|(?:调查|普查)(?:成果|方案|数据)|驻外机构|保护区的(?:设立|解除|撤销|范围)"
)


def _is_internal(part: Part, candidate: Candidate, addressee: Addressee) -> Verdict:
    if candidate.power in CHARGES and addressee is Addressee.ADMINISTRATION and candidate.why.startswith("要求缴纳"):
        return Does.INTERNAL, "行政机关之间的缴款"
    if candidate.power not in PERMITS:
        return None
    if re.search(r"临时交通|交通管[制控]|交通管理措施", part.text):
        return Does.REFERS, "公安机关交通管理部门依法采取的限制通行措施"
    if _INTERNAL_MATTER.search(part.text):
        return Does.INTERNAL, "机构、人员、车辆等内部事务的审批"
    if re.search(r"征收[^，。；]{0,12}土地|农用地转用|征地", part.text):
        return Does.INTERNAL, "土地征收、转用的审批，由政府之间办理"
    if re.match(r"由[^，。；]{0,20}(?:人民政府|部门)(?:提出|编制|报)", part.text[candidate.start :]):
        return Does.INTERNAL, "由行政机关报批，是内部程序"
    if re.search(r"上一?级", candidate.who):
        return Does.INTERNAL, "报上级批准，是行政机关的内部程序"
    if addressee in (Addressee.ADMINISTRATION, Addressee.STAFF):
        return Does.INTERNAL, "行政机关之间或者内部人员的审批"
    return None


OF_WORDS = (_is_report, _is_mention, _is_ban, _is_definition)
OF_SIDES = (_is_discipline, _is_civil, _is_internal)
