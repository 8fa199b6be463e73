"""Words that stand for words: xx市, ××县, 20××年, 某某局, 【待填】, and blanks that were never filled in.

A form or a specimen among the attachments is blank by purpose, and so is a sentence that shows how a number is made up;
both are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import Stretches, forms_in
from draft_assist.check.special.sentences import sentence_at
from draft_assist.model import FileKind, Level, Span
from draft_assist.patterns import compiled

_UNIT = (
    "省|市|县|区|州|盟|旗|镇|乡|街道|村|社区|局|厅|委|办|部门|单位|公司"
    "|年|月|日(?!报)|号|万?元|人|分钟|小时|个|项|条|次|平方米|亩|公里"
)
_MASKED = compiled(
    r"〔\s?\d{0,3}[xX×＊*]{1,4}\s?〕\s?第?\s?[xX×＊*\d]{0,5}\s?号?"  # 〔xxxx〕xx号
    r"|(?:19|20)[xX×]{2}\s?年"
    rf"|(?<![A-Za-z0-9.〔])[xX×]{{2,6}}(?![A-Za-z0-9×.〕])(?:{_UNIT})?"
    r"|(?<![A-Za-z0-9])\d{1,4}[xX×]{2,8}(?:-[xX×]{2,8})?(?![A-Za-z0-9×.〕年])"  # 0×××-×××××××
    r"|(?<![A-Za-z0-9.])[xX×][省市县区镇]"
    rf"|某某(?:{_UNIT})|(?<![一-龥])某某|某[xX×]+|某[省市县区镇乡](?=人民政府(?!检查|发现|要求|擅自))"
    r"|[【\[（(]\s?(?:待(?:填|定|补充|核实|确认|明确|完善)|此处(?:填写|插入|补充)|请(?:填写|补充))[^】\]）)\n]{0,16}[】\]）)]"
    r"|(?<![〇○零一二三四五六七八九])[○〇]{2,4}[省市县区镇乡局]"
)
# ** is bold type in Markdown.
_STARRED = compiled(r"(?<![*＊])[*＊]{2,4}[省市县区镇乡年月日号](?![^\n]*[*＊])")
# One of these stands in every match; most documents hold none.
_MASK_SIGN = compiled(r"[xX×＊*某○]|〇〇|[【\[（(]\s?(?:待|此处|请|[】\]])")
# How a number is made up, or an example.
_SHOWS = compiled(
    r"编号|编码|代码|格式|形式为|例如|示例|样式|比如|举例|统一代字|字号为|表述为|写为|填写|名称(?:应当)?为|字样|用语"
    r"|隐去|化名|案例"
)


def masked_words(paper: Paper) -> Iterator[Spot]:
    """xx市, 20××年, 〔xxxx〕xx号, 某某局, 【待定】: the first place of each.

    Values: count, how often it stands.
    """
    document = paper.document
    value = document.text.value
    forms = forms_in(document)
    found: dict[str, list[Span]] = {}
    patterns = [_MASKED]
    if document.text.raw.kind is not FileKind.MARKDOWN and ("**" in value or "＊" in value):
        patterns.append(_STARRED)
    for pattern in patterns:
        for match in _in_lines(pattern, _MASK_SIGN, value):
            if not forms.hold(match.start()) and not _SHOWS.search(sentence_at(value, *match.span())):
                found.setdefault(re.sub(r"\s", "", match[0]), []).append(Span(*match.span()))
    for spans in found.values():
        yield Spot(spans[0], {"count": str(len(spans))})


def _in_lines(pattern: re.Pattern[str], signs: re.Pattern[str], value: str) -> Iterator[re.Match[str]]:
    """The matches that begin in a line that holds a sign: most lines hold none. They may look at the next line."""
    sign = signs.search(value)
    while sign:
        start = value.rfind("\n", 0, sign.start()) + 1
        end = _line_end(value, sign.start())
        for match in pattern.finditer(value, start, _line_end(value, end + 1)):
            if match.start() < end:
                yield match
        sign = signs.search(value, end)


def _line_end(value: str, offset: int) -> int:
    end = value.find("\n", offset)
    return len(value) if end < 0 else end


_BLANK = compiled(
    r"_{2,}"
    r"|〔[ \u3000]*(?:20\d\d)?[ \u3000]*〕[ \u3000]*第?[ \u3000]*号"  # 〔2026〕  号
    r"|第[ \u3000]{2,}号"
    r"|[（(][ \u3000]{2,}[）)]"
    r"|[（(][ \u3000]?[）)](?=[ \u3000]?(?:万?元|个?工作日|个月|日|年|人|亩|倍|[%％]))"
    r"|(?<=[为按过至])[ \u3000]{2,}(?:万?元|个?工作日|个月|人|亩|倍|[%％])(?![一-龥])"
    r"|(?<=由)[ \u3000]{2,}(?=负责|牵头|解释)"
    r"|(?:联系人|联系电话|咨询电话|监督电话|举报电话|服务电话|电子邮箱|通讯地址|通信地址|传真)[：:][ \u3000]*"
    r"(?=$|[，；。、）]|\n[ \u3000]*(?:$|[^\d \u3000(（+]))"
    r"|(?<=[一-龥，；自于至])20\d\d年[ \u3000]+月[ \u3000]*日?"
    r"|(?<=[自于至从])[ \u3000]*年[ \u3000]{1,}月[ \u3000]{1,}日"
)

_BLANK_SIGN = compiled(
    r"__|〔[ \u3000\d]*〕[ \u3000]|〔[ \u3000]*〕|[第（(为按过至由][ \u3000]{2}|[（(][ \u3000]?[）)]"
    r"|联系|电话|邮箱|地址|传真|年[ \u3000]"
)


def blanks(paper: Paper) -> Iterator[Spot]:
    """____, 〔2026〕  号, 联系电话： with nothing after it: each place outside forms, tables and the signature."""
    document = paper.document
    value = document.text.value
    if not _BLANK_SIGN.search(value):
        return
    forms = forms_in(document)
    elsewhere = Stretches(
        clause.span for clause in document.walk() if clause.level in (Level.TABLE, Level.SIGNATURE, Level.NOTE)
    )
    for match in _in_lines(_BLANK, _BLANK_SIGN, value):
        start = match.start()
        if forms.hold(start) or elsewhere.hold(start) or _SHOWS.search(sentence_at(value, *match.span())):
            continue
        yield Spot(Span(start, start + len(match[0].rstrip())))


# 《市行政检查办法》: the place was taken out when the text was copied. 《市场…》, 《区域…》 begin with words.
_NAMELESS = compiled(
    r"《(?:省|市|县|区)(?![场政民域容辖级内区外长属直情中面势花块位间隔别分划道际际])"
    r"[^《》\n]{2,50}(?:办法|规定|条例|细则|意见|方案|规则|通知|决定|规划|纲要|制度)(?:（[^（）]{1,12}）)?》"
    r"|《(?:省|市|县|区)(?:委|政府|人民政府)[^《》\n]{2,60}》"
)


def nameless_titles(paper: Paper) -> Iterator[Spot]:
    """《市行政检查办法》: a title that begins with 市 or 县 and names none."""
    for match in _NAMELESS.finditer(paper.document.text.value):
        yield Spot(Span(*match.span()))
