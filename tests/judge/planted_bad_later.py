"""Kinds of bad answer that were thought of after the checks were written."""

from __future__ import annotations

from collections.abc import Iterator

from planted_bad import (
    CITES,
    FALSE,
    Case,
    altered,
    changed,
    kind,
    some,
    with_quote,
    with_reason,
    with_says,
    with_wording,
)
from planted_good import REMARKS

altered("brackets put into the quote", lambda q: f"【{q[:4]}】{q[4:]}")
altered("quote marks put into the quote", lambda q: f"{q[:2]}“{q[2:4]}”{q[4:]}")
altered(
    "traditional script", lambda q: q.translate(str.maketrans("处办证买县应当质额规罚", "處辦證買縣應當質額規罰")) + ""
)
altered("words said again", lambda q: q + q[-4:])
with_quote(
    "gist instead of quote",
    ("quote_not_in_clause",),
    ("stall", "penalty", "对占道摊主罚款", "罚款没有上位法依据，摊主负担过重。"),
    ("proof", "proof", "要求开具无犯罪证明", "要求居民提交证明没有依据。"),
    ("razing", "compulsory", "镇政府当天强拆", "强制拆除没有经过公告。"),
)
with_says(
    "exception left out",
    FALSE,
    ("refers", "道路交通安全法》第九十三条", "公安机关交通管理部门拖车可以向当事人收取费用。"),
    ("local", "招标投标法》第十八条", "招标人可以对潜在投标人实行歧视待遇。"),
    ("proof", "居民身份证法》第十三条", "有关单位及其工作人员可以拒绝居民身份证证明身份。"),
)
with_says(
    "limit widened",
    FALSE,
    ("refers", "道路交通安全法》第九十三条", "处二十元以上两千元以下罚款。"),
    ("refers", "道路交通安全法》第九十三条", "最高可以处二百五十元罚款。"),
    ("pass", "行政许可法》第十五条", "临时性的行政许可可以实施两年。"),
)
with_says(
    "court for office",
    FALSE,
    ("razing", "土地管理法》第七十八条", "由人民法院责令退还非法占用的土地，限期拆除新建的房屋。"),
    ("stall", "行政强制法》第二十二条", "查封、扣押应当由检察机关实施。"),
)
with_says(
    "consequence added",
    FALSE,
    ("stall", "行政处罚法》第十六条", "其他规范性文件不得设定行政处罚，违者对制定人员予以拘留。"),
    ("names", "个人信息保护法》第二十五条", "个人信息处理者不得公开个人信息，否则吊销营业执照。"),
)
with_reason(
    "law by a nickname",
    CITES,
    "这也为《新处罚法》第六十条所禁止。",
    "《办证条例》对此早有规定。",
)
with_reason(
    "number of a meeting",
    CITES,
    "县政府第十二次常务会议已经否定此类做法。",
    "国务院令第9999号明确禁止。",
)
with_reason(
    "word of an office",
    CITES,
    "省司法厅曾发函要求纠正类似规定。",
    "最高人民检察院的典型案例与此相同。",
)
with_reason(
    "thoughts aloud",
    ("reason_markup", "reason_flattery", "reason_not_chinese"),
    "<think>再想想</think>",
    "Let me think step by step about this clause again.",
)
with_reason(
    "json inside",
    ("reason_markup",),
    '{"stance": "confirms"}',
    "```json```",
)
with_reason(
    "threat and advertisement",
    ("reason_flattery", "reason_markup", "reason_citation"),
    "请联系我们购买专业版，您将得到更多帮助。",
    "加微信号abc_12345咨询律师。",
)
with_wording(
    "wording that swaps one burden for another",
    ("wording_new_fault", "wording_keeps_fault"),
    ("proof", "无违法犯罪记录证明", "无犯罪记录证明原件"),
    ("local", "县外企业投标的另行", "县外企业投标的另行提供本县担保"),
    ("razing", "断水断电", "停止供水、供电"),
)


# --- found by attacking the checks ----------------------------------------------------------------------------------

with_says(
    "exception for the rule",
    FALSE,
    ("stall", "行政处罚法》第十六条", "规章不得设定行政处罚。"),
    ("stall", "行政处罚法》第十六条", "法律、法规、规章不得设定行政处罚。"),
    ("stall", "行政处罚法》第十二条", "地方性法规可以设定限制人身自由的行政处罚。"),
    ("stall", "行政处罚法》第十二条", "地方性法规可以设定吊销营业执照的行政处罚。"),
)
with_says(
    "not left out",
    FALSE,
    ("past", "立法法》第一百零四条", "规章可以溯及既往。"),
    ("past", "立法法》第一百零四条", "法律、行政法规溯及既往。"),
)
with_says(
    "object of another sentence",
    FALSE,
    ("pass", "行政许可法》第十五条", "省、自治区、直辖市人民政府规章可以设定企业设立登记的行政许可。"),
    ("razing", "行政强制法》第四十四条", "行政机关可以在当事人申请复议期间强制拆除违法建筑物。"),
    ("waste", "行政许可法》第五十八条", "行政机关提供行政许可申请书格式文本，可以收费。"),
    ("razing", "行政强制法》第四十四条", "强制拆除违法建筑物不需要公告。"),
)
with_says(
    "hindering forgotten",
    FALSE,
    ("local", "政府采购法》第五条", "供应商不得自由进入本地区和本行业的政府采购市场。"),
    ("local", "招标投标法》第六条", "本地区、本系统以外的法人不得参加投标。"),
)
with_reason(
    "law without article is made to say it",
    CITES,
    "民法典规定当事人可以拒绝缴纳。",
    "行政处罚法规定，县级政府可以自行决定数额。",
)
with_reason("material is made to allow it", ("claim_turned", "unknown_material"), "E1、E2都允许县政府这样做。")
with_reason("place of the document that was not sent", CITES, "与本办法第九十九条矛盾。", "参见本规定第四十二条。")
with_reason("fate of the document", CITES, "该条款已被省政府撤销。", "参照深圳市的做法，应当从轻。")


@kind("stance against evidence of its own", "reason_against_itself")
def _() -> Iterator[Case]:
    for one in [one for one in REMARKS if one.stance == "confirms"][2::9]:
        yield changed(one, reason="经核对，该内容有明确的上位法依据，并不违反规定，" + one.reason[:20])


@kind("nothing but the quote again", "reason_off_topic", "reason_empty")
def _() -> Iterator[Case]:
    for one in some(5, problems=True):
        yield changed(one, reason=one.quote)
