"""What a clause does with a duty, restriction, benefit, grant or condition of competition when it does not set it.

The words come from rule files and are of many kinds, so these tests look only at what stands around them: bans and
encouragement before, "…的行为" after, quotation, statistics, questions of a checklist.
"""

from __future__ import annotations

from draft_assist.check.acts.candidate import Candidate
from draft_assist.check.acts.frame import Part
from draft_assist.check.acts.required import BREACH_MASK
from draft_assist.model import Does, Power
from draft_assist.patterns import compiled

Verdict = tuple[Does, str] | None

# Before the words, in the same comma-part: the clause forbids, undoes or leaves free what the words say.
_PERSONS = r"的(?:村民|居民|群众|学生|家庭|家长|企业|单位|个人|人员|农户|商户|业户|住户|业主|经营者|摊主|车辆|患者|乘客|业主|户|人|者|店|项目)"
_BAN = compiled(
    # Modals reach far, but not over the persons that a condition describes: 对不得入市的企业取消….
    rf"(?:不得|禁止|严禁|不准|不许|杜绝|防止|避免|破除|打破|消除|不再|无需|无须|不必|不需要?|不能|不应当?|不要(?!求)|不搞|不设|免于|免予|"
    rf"不因|不以|不就|不承诺|不得作出|(?<!有)无(?=下达|擅自|违规|违法|乱))(?:(?!{_PERSONS})[^，。；：！？\n并]){{0,30}}$"
    # … unless they stand right before what organs do to persons: 不得要求接受审查的单位购买….
    r"|(?:不得|禁止|严禁|不准|不许|不能|不应当?)(?:违法|违规|擅自|变相|另行|再)?(?:要求|强制|强迫|限定|指定|干预|限制|迫使|向|对|将|以|为)[^，。；：！？\n]{0,40}$"
    # Whoever is encouraged stays free; 支持本市发展的企业 encourages nobody.
    r"|(?:鼓励|倡导|支持|引导|提倡|自愿|可以选择|自主选择)[^，。；：！？\n的并]{0,26}$"
    # Verbs that undo reach their own object only: 拒绝签字的村民停发补贴 undoes nothing.
    r"|(?:纠正|清理(?!专班|期间|期内|行动|对象)|取消|废止|废除|整治(?!专班|期间|期内|办|行动|对象|任务|指挥部|领导小组|工作组|方案|工作)|查处|制止|叫停|反对|没有|未(?!参加者|参与者|婚|成年|来|满|完成|就业|参保|入会)|拒绝|停止(?!受理|办理|供)|放宽|解除)[^，。；：！？\n的并]{0,16}$"
)
# Who is stirred up stays free, unless a number is asked of each: 动员职工每人认购不少于三箱.
_STIRRED = compiled(r"动员[^，。；：！？\n的并]{0,16}$")
_OF_EACH = compiled(r"每|人均|户均|不少于|不低于|至少")
# A ban that reaches over commas: 不得以…为由，…；不得违法…、…或者….
_FAR_BAN = compiled(
    r"(?:不得|严禁|禁止|不准|杜绝|防止|坚决纠正|清理|整治)[^。；：！？\n，]{0,40}(?:，(?:也|亦|更|或者?|以及|不得|变相|以任何(?:方式|形式|名义))[^。；：！？\n，]{0,40}){1,4}$"
    # What follows 不得滥用行政权力 is forbidden up to the end of the part.
    r"|不得滥用(?:行政)?(?:权力|职权)[^。；：！？\n]{0,120}$"
    rf"|不得(?:(?:以|因|将)[^。；：！？\n，]{{1,40}}|[^。；：！？\n，]{{0,4}}{BREACH_MASK}+)，[^。；：！？\n，]{{0,16}}$"
)
_BAN_STEM = compiled(
    r"(?:不得|禁止|严禁|不准|杜绝|纠正|清理|整治|查处)[^。；]{0,40}(?:下列|以下|如下)?[^。；]{0,16}：\s*$"
)
_NOT_A_BAN_STEM = compiled(r"(?:有下列|有以下)[^：]{0,24}(?:不得|禁止|不予|一律)[^：]{0,24}：\s*$")
# After the words: they describe conduct, a paper or a problem, they do not order it.
_MENTION_AFTER = compiled(
    r"^[^，。；：！？\n]{0,12}的(?:行为|做法|问题|现象|情形(?!之)|规定|文件|条款|措施|内容|政策|要求|限制|壁垒|违法|投诉|线索|案件|争议|通知书)"
    r"|^(?:等)(?:行为|做法|问题|现象|违法|情形|乱象|各类|不合理|限制)"
)
# Questions and reports of others' words; not a condition that describes persons: 凡举报医院的患者一律….
_QUESTION = compiled(
    r"(?:是否|有无|有没有|能否|是不是|不存在|存在|所谓|诸如)[^，。；！？\n]{0,40}$"
    rf"|(?:涉嫌|被指|举报|投诉|反映|认为)(?:(?!人员|的人|对象|者的|{_PERSONS})[^，。；！？\n]){{0,40}}$"
)
# 采取限制出境的措施, 对涉及征收的投诉不予受理: what is mentioned is the object of an order.
_OBJECT_OF_AN_ORDER = compiled(r"采取[^，。；]{0,6}$|^对涉及?[^，。；]{0,16}$")
_STATISTICS = compiled(
    r"截至|今年以来|累计(?:查处|办理|开展|纠正|清理|废止|完成|培训|发放)|法院(?:审理|认为|判决|确认)|典型案例|案例[：:]|据报道|(?<!对)群众反映(?!(?:问题|诉求|情况)(?:的|应|须|必须|要|先|按|一律))|经核实|"
    r"(?:上半年|下半年|全年|去年|本年度?)[^。；]{0,40}(?:同比|[一-龥]了|(?:共|累计)[^。；]{0,14}(?:件|起|人次|家次))"
)
# Heads of lists of faults, and faults told as found or mended.
_FAULT_HEAD = compiled(
    r"(?:纠治|纠正|整治|清理|查处|排查|打击|举报|治理)(?:整治|整改|清理|纠治)?的?"
    r"(?:重点|以下|下列|主要|的){0,3}(?:问题|行为|做法|现象|情形)(?:如下|包括|有)?[：:]"
    r"|(?:以下|下列)(?:情形|行为|做法)?属于[^：:。]{0,24}(?:限制|歧视|排斥|排除|违法|违规|不合理)[^：:。]{0,20}(?:[：:]|$)"
    r"|负面清单[：:]|(?:审查|核查|修改)(?:意见|建议|结论|发现)[：:]"
)
_FAULT_FOUND = compiled(
    r"(?:均已|已全部)(?:改正|整改|修改|纠正|删除|废止)|涉嫌违反(?:公平竞争|反垄断|《)|建议(?:删|修改)|应予(?:修改|删除)"
    r"|已(?:责令|督促)[^，。；]{0,4}(?:改正|修改|删)"
)
# What is mentioned has come to an end: 委托代理机构办理的要求已经取消; 不予登记的限制一律取消.
_ENDED = compiled(
    r"的(?:要求|规定|限制|条件|做法|门槛|壁垒|办法|政策)(?:已经?|现已|一律|全部|均已?|自[^，。；]{1,14}起){0,2}(?:予以)?"
    r"(?:取消|废止|废除|撤销|停止执行|不再执行|清理|纠正)"
)
# Conduct of organs and its end: 限制外地产品进入的，由省人民政府责令改正; 要求购买指定产品的，由其上级机关处理.
_RESTRAINT = compiled(r"限制|限定|排斥|阻碍|阻挠|歧视|封锁|干预|纵容|包庇")
_RESTRAINT_UNDONE = compiled(
    r"的，(?:应当)?由(?:省|自治区|设区|上级|上一级|其上级|本级|有关)[^。；]{0,60}(?:责令[^。；]{0,10}改正|改正|撤销|消除障碍|查处|处理)"
)
_ORGANS_FAULT = compiled(
    r"的，(?:应当)?由(?:其|该机关)?(?:所在单位(?:或者|、))?(?:上级|上一级|任免机关|监察机关|主管机关|主管部门|本级人民政府)[^，。；]{0,16}"
    r"(?:责令|依法|给予|追究|通报|处理|查处)"
)
_ORDERS = compiled(r"实现|确保|力争|给予|应当|必须|一律|须|不得|方可|统一由|不予|将(?!近)")
_DEFINES = compiled(r"(?:是指|系指|指的是|所称|包括下列|是：)[^。；\n]{0,60}$")


def _is_report(part: Part, candidate: Candidate) -> Verdict:
    text = part.lead + part.text
    before, after = part.text[: candidate.start], part.text[candidate.end :]
    if _STATISTICS.search(text) and not _ORDERS.search(part.text[candidate.start : candidate.end]):
        return Does.REPORTS, "陈述已做的工作或者案例，没有作出规定"
    if before.count("“") > before.count("”") and "”" in after:
        return Does.REPORTS, "引号内的词语，没有作出规定"
    if _FAULT_HEAD.search(part.stem + part.lead + before) or _FAULT_FOUND.search(part.text):
        return Does.REPORTS, "列举、指出需要纠正的问题，没有作出规定"
    if _ENDED.search(part.text, candidate.start):
        return Does.REPORTS, "提到的要求、限制已经取消，没有作出规定"
    if _is_fault_of_organs(part, candidate):
        return Does.REPORTS, "描述的是要由上级机关查处、改正的行为"
    if _QUESTION.search(before):
        return Does.REPORTS, "“是否”“存在”等，是核查或者陈述问题"
    if _MENTION_AFTER.match(after) and not _OBJECT_OF_AN_ORDER.search(
        before[max(before.rfind("，"), before.rfind("：")) + 1 :]
    ):
        return Does.REPORTS, "提到这类行为、问题或者文件，没有作出规定"
    return None


def _is_fault_of_organs(part: Part, candidate: Candidate) -> bool:
    rest = part.text[candidate.start :]
    if "的，" not in rest or _ORDERS.search(part.text, candidate.start, candidate.end):
        return False
    if _ORGANS_FAULT.search(rest):
        return True
    return _RESTRAINT.search(part.text[: candidate.end]) is not None and _RESTRAINT_UNDONE.search(rest) is not None


# 奖励与纳税额、注册地不挂钩: the words themselves undo the tie that they name.
_UNTIED = compiled(r"不(?:再)?(?:直接)?挂钩|脱钩")


def _is_ban(part: Part, candidate: Candidate) -> Verdict:
    before = part.text[: candidate.start]
    comma = max(before.rfind("，"), before.rfind("："))
    if _UNTIED.search(part.text, candidate.start, candidate.end + 6):
        return Does.FORBIDS, "写明不挂钩、脱钩"
    head = before[comma + 1 :]
    if _STIRRED.search(head) and not _OF_EACH.search(part.text, candidate.start, candidate.end):
        return Does.FORBIDS, "动员、自愿，没有作出规定"
    if _BAN.search(head) or _FAR_BAN.search(before):
        return Does.FORBIDS, "前有“不得”“清理”“鼓励”等，是禁止、纠正或者自愿"
    if not candidate.own_stem and _BAN_STEM.search(part.stem) and not _NOT_A_BAN_STEM.search(part.stem):
        return Does.FORBIDS, "所在列举的引导句是禁止或者纠正"
    return None


def _is_definition(part: Part, candidate: Candidate) -> Verdict:
    if candidate.power is not Power.DIRECTIVE and _DEFINES.search(part.text[: candidate.start]):
        return Does.DEFINES, "定义，没有作出规定"
    return None


OF_WIDENED = (_is_report, _is_ban, _is_definition)
