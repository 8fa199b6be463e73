"""Is a numbered list under a plain paragraph its items (…应当符合下列条件：（一）…；), or the next headings?"""

from __future__ import annotations

from draft_assist.patterns import compiled

# The words of a stem: the paragraph says what the items are instances of.
_STEM = compiled(
    r"(?:下列|以下|如下|之一|包括|分为|符合|具备|提交|提供|载明|应当|不得|可以|分别).{0,40}$"
    r"|(?:情形|行为|条件|材料|资料|对象|标准|要求|程序|职责|内容|证件|人员|范围|方式|步骤|流程|原则|规定)(?:的)?$"
)
# The words that announce the headings of a plan.
_ANNOUNCES = compiled(
    r"(?:通知|意见|方案|安排|公告|通告|决定|批复|报告|汇报|建议)如下|任务|措施|方面|目标|以下工作|下列工作|几项工作|工作如下|事项如下|本(?:方案|意见|计划)"
)


def is_stem(paragraph: str, first_item: str, *, restarts: bool) -> bool:
    """True when the list that begins with `first_item` belongs to `paragraph`.

    Args:
        paragraph: the paragraph right above the list.
        first_item: its first line.
        restarts: a list of the same style stands under the same heading already, so that this one cannot be headings.
    """
    if paragraph[-1:] not in ("：", ":"):
        return False
    if restarts or first_item[-1:] in ("；", ";"):
        return True
    words = paragraph[:-1]
    return _ANNOUNCES.search(words[-30:]) is None and _STEM.search(words) is not None


_CLOSING = compiled(
    r"本(?:实施|工作|行动)?(?:通知|意见|方案|办法|规定|细则|规划|计划|通告|公告|决定|要点)(?:自|从|由|下发|印发|有效|未尽|的解释|试行|执行)"
    r"|特此|以上(?:通知|意见|决定)|请(?:各|认真|遵照)|各(?:地|级|部门|单位|乡镇|街道|县|区|街办|有关)[^。]{0,30}(?:要按照|要根据|可根据|可结合|要结合|应当根据|应结合)"
    r"|此前|原[《有]|自(?:公布|发布|印发|\d{4})"
)


def is_closing(paragraph: str) -> bool:
    """True for a paragraph with which documents end: 本通知自…起施行, 特此通知, 各地要结合实际…."""
    return _CLOSING.match(paragraph) is not None
