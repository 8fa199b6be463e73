"""What kind of document it is, with the words that say so.

A normative document is told by four marks, each answered yes, no or unclear: 行政性 (an administrative organ acts as
such), 外部性 (it binds people outside), 普遍适用 (no named addressee), 反复适用 (more than once).
Source: 国办发〔2018〕37号, which defines 行政规范性文件 by these marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from draft_assist.model import Kind, Rank
from draft_assist.parse.lines import Line
from draft_assist.parse.markers import Mark
from draft_assist.patterns import compiled


class Classified(NamedTuple):
    """A kind with the reasons for and against it, in Chinese."""

    kind: Kind
    reasons: tuple[str, ...]


# The words of the first part decide; a statute collection need not be read to its end.
_LONGEST_READ = 120_000

_REGULATIONS = (Rank.LOCAL_REGULATION_PROVINCE, Rank.LOCAL_REGULATION_CITY)
_RULES = (Rank.DEPARTMENT_RULE, Rank.GOVERNMENT_RULE_PROVINCE, Rank.GOVERNMENT_RULE_CITY)
_NATIONAL = {Rank.LAW: "法律", Rank.ADMINISTRATIVE_REGULATION: "行政法规", Rank.STATE_COUNCIL_DECISION: "国务院决定"}

_CONTRACT_TITLE = compiled(r"(?:合同|协议|协议书|备忘录)(?:书)?(?:[（(].*[）)])?$")
_STUDY_TITLE = compiled(r"(?:调研|考察|调查|评估|研究)(?:情况)?(?:的)?报告|调研情况")
_REPORT_TITLE = compiled(r"(?:报告|总结|汇报|情况通报|综述|述职述廉)(?:[（(].*[）)])?$|情况的?(?:报告|汇报|说明)|说明$")
_INTERNAL_TITLE = compiled(
    r"纪要$|任免|任职|免职|职务|人事|召开.*会议|会议的通知|请示$|的批复$|的函$|复函$|值班|考勤|内部|表彰|表扬"
    r"|(?:调整|成立).*(?:成员|领导小组|指挥部|专班)|工作规则|议事规则|公务(?:用车|接待)|财务管理|机关.{0,8}(?:管理|制度)"
    r"|学习(?:制度|计划)|分工的通知|讲话"
)
_PLAN_TITLE = compiled(r"规划|计划|要点|方案|任务分解|工作安排|行动|实施意见|纲要|部署|任务分工|责任分工|预案")
# Names that by themselves promise rules, and names that any letter may have.
_RULES_TITLE = compiled(
    r"(?:办法|规定|细则|规则|规程|规范|制度|标准|基准|通告|公告|条例|守则|准则|政策)(?:》|的通知)?(?:[（(].*[）)])*$"
)
_LETTER_TITLE = compiled(r"(?:意见|决定|通知|措施|目录|清单|指引)(?:》|的通知)?(?:[（(].*[）)])*$")
_AMENDS = compiled(r"关于(?:修改|修订|废止|宣布).{0,40}(?:办法|规定|细则|规范性文件|规则|文件|意见|通知)")
_SELF_NAME = compiled(
    r"本(实施意见|实施方案|实施细则|工作方案|方案|办法|规定|细则|意见|规划|计划|通告|公告|通知|规则|制度|标准|决定|合同|协议|报告|条例)"
)

_RESULTS = compiled(r"(?:成效|成绩|做法|进展|基本情况|工作情况|落实情况|开展情况|主要情况|现状)")
_FAULTS = compiled(r"(?:问题|不足|短板|困难|差距)")
_ADVICE = compiled(r"(?:建议|打算|思路|下一步|对策|展望)")
_TASKS = compiled(
    r"牵头单位|责任单位|责任部门|配合单位|牵头部门|完成时限|总体要求|工作目标|主要任务|保障措施|重点任务|工作措施"
)

_PRIVATE = compiled(
    r"(?:任何(?:单位|组织|企业)(?:和|或者|、)个人|公民、法人|自然人、法人|法人(?:和|或者|、)(?:其他|非法人)组织|经营者|申请人"
    r"|当事人|建设单位|施工单位|业主|用人单位|生产经营单位|市场主体|村民|居民|农户|企业|个人|从业人员|驾驶人|养殖户|商户|摊贩"
    r"|承租人|物业服务|纳税人|学生家长|消费者)[^。；，\n]{0,16}(?:应当|不得|必须|可以|须|禁止|严禁|有权)"
    r"|(?:违反|未经|拒不|擅自|凡)[^。；\n]{0,40}(?:处[^。；，\n]{0,12}罚款|吊销|予以没收|责令|不予办理|取消其)"
)
_ADMINISTRATIVE_ONLY = compiled(
    r"(?:各(?:级|部门|单位|乡镇|街道|地|有关|村|镇)|行政机关|执法人员|工作人员|主管部门|领导干部|责任单位)"
    r"[^。；，\n]{0,16}(?:应当|要|必须|不得|须)"
)
_OWN_STAFF = compiled(r"本(?:局|机关|单位|委|办|厅|院|镇机关)(?:全体|各|工作|干部|在编)|机关干部|干部职工|全体干部")
_GENERAL = compiled(
    r"(?:适用(?:于)?本|本[一-龥]{2,6}适用于|行政区域(?:范围)?内[^。\n]{0,30}|任何单位和个人|凡(?:在|是|属于)[^。\n]{0,20}"
    r"|辖区(?:范围)?内[^。\n]{0,20})"
)
_NAMED_PERSON = compiled(
    r"[一-龥]{2,4}同志|(?:你|贵)(?:单位|公司|局|镇|乡)|关于(?:给予|同意|对)[一-龥（）]{2,20}(?:公司|同志|厂|站|项目)"
)
_REPEATED = compiled(
    r"自[^。；\n]{2,24}(?:施行|实施|执行|生效)|有效期[^。；\n]{1,20}|(?:试行|暂行)期?|长期(?:坚持|有效)|每年[^。；\n]{0,10}"
)
_ADMINISTRATIVE_ISSUER = compiled(r"政府|[局厅]$|委员会|办公[厅室]|街道|部$|署$|管委会|国务院")
_NOT_ADMINISTRATIVE = compiled(
    r"^(?:中共|中国共产党)|党委|[省市县区]委$|人民代表大会|人大|法院|检察院|公司|协会|集团|监察委员会"
)


def classify(
    value: str, title: str | None, cover: str | None, issuer: str | None, rank: Rank, lines: Sequence[Line]
) -> Classified:
    """The kind of the document.

    Args:
        value: the normal text.
        title: of the document proper; `cover` that of its covering notice.
        issuer, rank: as detected.
        lines: of the text, for its headings.
    """
    text = value[:_LONGEST_READ]
    if rank in _REGULATIONS:
        return Classified(Kind.LOCAL_REGULATION, (f"标题“{title}”为地方性法规的名称",))
    if rank in _RULES:
        return Classified(Kind.RULE, ("文中写明以政府令或者部门令公布，属规章",))
    if rank in _NATIONAL:
        return Classified(Kind.UNKNOWN, (f"属{_NATIONAL[rank]}，不在所列文件种类之中",))
    name = title or _self_name(text)
    for kind in (_contract(text, name), _report(text, name, lines, value), _internal(text, title, cover)):
        if kind is not None:
            return kind
    marks = _four_marks(text, title, issuer)
    return _plan_or_normative(text, name, cover, marks)


def _self_name(text: str) -> str:
    """What a text without a title calls itself most often: 本实施意见 -> 实施意见; "" when nothing."""
    names = _SELF_NAME.findall(text)
    return max(sorted(set(names)), key=names.count) if names else ""


def _contract(text: str, name: str) -> Classified | None:
    parties = text.count("甲方") >= 2 and text.count("乙方") >= 2
    if _CONTRACT_TITLE.search(name) and (parties or "政府" not in name):
        return Classified(Kind.CONTRACT, (f"名称“{name}”是合同、协议",))
    if parties and "以下简称" in text[:3000] and "条" in text and not _RULES_TITLE.search(name):
        return Classified(Kind.CONTRACT, ("文中以甲方、乙方约定权利义务",))
    return None


def _report(text: str, name: str, lines: Sequence[Line], value: str) -> Classified | None:
    if _STUDY_TITLE.search(name):
        return Classified(Kind.REPORT, (f"标题“{name}”是调研报告",))
    if _REPORT_TITLE.search(name) and not re.search(r"报告制度|办法|规定|方案", name):
        return Classified(Kind.REPORT, (f"标题“{name}”是报告、总结或者情况汇报",))
    if _RULES_TITLE.search(name) or _LETTER_TITLE.search(name) or _PLAN_TITLE.search(name):
        return None
    headings = [
        line.text(value)[:40] for line in lines if line.mark in (Mark.HAN, Mark.STYLED, Mark.PART, Mark.CHAPTER)
    ]
    parts = [next((h for h in headings if pattern.search(h)), None) for pattern in (_RESULTS, _FAULTS, _ADVICE)]
    found = [part for part in parts if part]
    if len(found) < 2 or parts[1] is None:
        return None
    studied = "调研" in text[:1500]
    what = "属调研报告：既写情况、问题，又提出建议" if studied else "属情况汇报（工作总结）：自述工作情况和问题"
    return Classified(Kind.REPORT, (f"各部分为“{'”“'.join(found)}”", what, "没有“现印发”“自……起施行”一类的施行用语"))


def _internal(text: str, title: str | None, cover: str | None) -> Classified | None:
    for name in (title, cover):
        match = _INTERNAL_TITLE.search(name) if name else None
        if match:
            if _RULES_TITLE.search(title or "") and len(_PRIVATE.findall(text)) >= _OUTWARD_CLAUSES:
                return None
            return Classified(Kind.INTERNAL, (f"标题中的“{match[0]}”表明是机关内部事务或者个别事项",))
    return None


class _Mark(NamedTuple):
    name: str
    answer: bool | None
    words: str

    def reason(self) -> str:
        shown = {True: "是", False: "否", None: "不明"}[self.answer]
        return f"{self.name}：{shown}（{self.words}）"


def _four_marks(text: str, title: str | None, issuer: str | None) -> tuple[_Mark, ...]:
    return (
        _administrative(issuer),
        _outward(text),
        _general(text, title),
        _repeated(text, title),
    )


def _administrative(issuer: str | None) -> _Mark:
    if issuer is None:
        return _Mark("行政性", None, "文中没有写明制定机关")
    if _NOT_ADMINISTRATIVE.search(issuer):
        return _Mark("行政性", False, f"“{issuer}”不是行政机关")
    if _ADMINISTRATIVE_ISSUER.search(issuer):
        return _Mark("行政性", True, f"由“{issuer}”制定")
    return _Mark("行政性", None, f"“{issuer}”是否为行政机关不能确定")


def _outward(text: str) -> _Mark:
    match = _PRIVATE.search(text)
    if match:
        return _Mark("外部性", True, f"“{_shortened(match[0])}”")
    match = _ADMINISTRATIVE_ONLY.search(text)
    if match:
        return _Mark("外部性", False, f"只见对机关和工作人员的要求，如“{_shortened(match[0])}”")
    return _Mark("外部性", None, "没有找到对公民、法人和其他组织的要求")


def _general(text: str, title: str | None) -> _Mark:
    named = _NAMED_PERSON.search(title or "")
    if named:
        return _Mark("普遍适用", False, f"针对特定对象：“{named[0]}”")
    match = _GENERAL.search(text)
    if match:
        return _Mark("普遍适用", True, f"“{_shortened(match[0])}”")
    return _Mark("普遍适用", None, "没有写明适用范围")


def _repeated(text: str, title: str | None) -> _Mark:
    year = re.search(r"(?:19|20)\d\d\s?年(?:度)?(?!.{0,4}[—\-至])", title or "")
    if year:
        return _Mark("反复适用", None, f"标题限于“{year[0]}”")
    match = _REPEATED.search(text)
    if match:
        return _Mark("反复适用", True, f"“{_shortened(match[0])}”")
    return _Mark("反复适用", None, "没有施行日期或者有效期")


def _shortened(words: str) -> str:
    plain = re.sub(r"\s+", "", words)
    return plain if len(plain) <= 24 else plain[:24] + "…"


# A plan that binds outsiders in this many places is looked at as a normative document.
_OUTWARD_CLAUSES = 3


def _plan_or_normative(text: str, name: str, cover: str | None, marks: tuple[_Mark, ...]) -> Classified:
    reasons = tuple(mark.reason() for mark in marks)
    administrative, outward_mark = marks[0].answer, marks[1].answer
    outward = len(_PRIVATE.findall(text))
    tasks = len(_TASKS.findall(text))
    called = f"名称为“{name}”" if name else "没有标题"
    if cover and cover != name:
        called += f"，由“{cover}”发布"
    rules = _RULES_TITLE.search(name) is not None
    if not rules and (_PLAN_TITLE.search(name) or (tasks >= 3 and outward < _OUTWARD_CLAUSES)):
        if outward >= _OUTWARD_CLAUSES:
            why = f"{called}，但有{outward}处规定公民、法人或者其他组织的权利义务，按规范性文件对待"
            return Classified(Kind.NORMATIVE_DOCUMENT, (why, *reasons))
        why = f"{called}；任务、措施、责任单位类用语{tasks}处，规定外部权利义务{outward}处"
        return Classified(Kind.PLAN, (why, *reasons))
    amended = _AMENDS.search(name)
    if amended and administrative is not False:
        return Classified(Kind.NORMATIVE_DOCUMENT, (f"{called}，修改或者废止规范性文件", *reasons))
    if administrative is False:
        return Classified(Kind.UNKNOWN, (f"{called}，但不是行政机关制定", *reasons))
    inside = _OWN_STAFF.search(text) if rules else _LETTER_TITLE.search(name)
    if outward_mark is False and inside:
        return Classified(Kind.INTERNAL, (f"{called}，但只规定机关内部事务", *reasons))
    if rules and marks[2].answer is not False:
        return Classified(Kind.NORMATIVE_DOCUMENT, (called, *reasons))
    if outward_mark and marks[2].answer is not False and (administrative or marks[2].answer or marks[3].answer):
        return Classified(Kind.NORMATIVE_DOCUMENT, (called, *reasons))
    return Classified(Kind.UNKNOWN, (f"{called}，四项特征不足以判断", *reasons))
