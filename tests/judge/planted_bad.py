"""Kinds of bad answer, each made on several clauses; every one must be dropped for a reason that fits.

A kind yields (clause, statements): statements as a model would send them. Most are good statements with one fault put
in; the others are written out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from planted import form, question
from planted_good import EVERY, PROBLEMS, REMARKS, New, On

from draft_assist.judge.answers import Problem, Remark, Says

Forms = tuple[Remark | Problem, ...]
Case = tuple[str, Forms]


class Kind(NamedTuple):
    """One kind: its name, the reasons that fit, and the cases."""

    name: str
    reasons: frozenset[str]
    cases: tuple[Case, ...]


KINDS: list[Kind] = []


def kind(name: str, *reasons: str) -> Callable[[Callable[[], Iterator[Case]]], None]:
    def take(make: Callable[[], Iterator[Case]]) -> None:
        cases = tuple(make())
        assert len({clause for clause, _ in cases}) >= 2 or len(cases) >= 2, name
        KINDS.append(Kind(name, frozenset(reasons), cases))

    return take


def some(step: int = 7, start: int = 0, *, cited: bool = False, problems: bool = False) -> Iterator[On | New]:
    """Some good statements of different clauses."""
    pool = [one for one in (PROBLEMS if problems else EVERY) if one.evidence or not cited]
    yield from pool[start::step]


def changed(one: On | New, **fields: object) -> Case:
    return one.clause, (form(one).model_copy(update=fields),)


def with_reason(name: str, reasons: tuple[str, ...], *texts: str) -> None:
    """The reason of good statements goes on with other words, or is other words ("=" first)."""

    def make() -> Iterator[Case]:
        for at, text in enumerate(texts):
            for one in some(11, at):
                yield changed(one, reason=text[1:] if text.startswith("=") else one.reason + text)

    kind(name, *reasons)(make)


def with_says(name: str, reasons: tuple[str, ...], *cases: tuple[str, str, str]) -> None:
    """(clause, part of the material's label, says): the claim replaces that of a good statement of the clause."""

    def make() -> Iterator[Case]:
        for clause, part, words in cases:
            one = next(one for one in EVERY if one.clause == clause)
            ids = [m.id for m in question(clause).materials if m.label.split("（条文")[0].endswith(part)]
            assert ids, (clause, part)
            yield changed(one, evidence=[Says(id=ids[0], says=words)])

    kind(name, *reasons)(make)


def with_quote(name: str, reasons: tuple[str, ...], *cases: tuple[str, str, str, str]) -> None:
    """(clause, category, quote, reason)."""

    def make() -> Iterator[Case]:
        for clause, category, quote, reason in cases:
            yield (
                clause,
                (Problem(category=category, does="adds", quote=quote, reason=reason, evidence=[], wording=""),),
            )

    kind(name, *reasons)(make)


def with_wording(name: str, reasons: tuple[str, ...], *cases: tuple[str, str, str]) -> None:
    """(clause, words of the finding, wording)."""

    def make() -> Iterator[Case]:
        for clause, finding, wording in cases:
            one = next(
                one for one in REMARKS if one.clause == clause and one.finding == finding and one.stance == "confirms"
            )
            yield changed(one, wording=wording)

    kind(name, *reasons)(make)


# --- quotes ---------------------------------------------------------------------------------------------------------

NOT_IN = ("quote_not_in_clause",)


def altered(name: str, change: Callable[[str], str]) -> None:
    def make() -> Iterator[Case]:
        for one in some(3, problems=True):
            quote = change(one.quote)
            if quote != one.quote and quote not in question(one.clause).words:
                yield changed(one, quote=quote)

    kind(name, *NOT_IN)(make)


LIKE = str.maketrans(
    {
        "款": "歀",
        "由": "甴",
        "未": "末",
        "已": "巳",
        "的": "旳",
        "证": "正",
        "金": "全",
        "不": "木",
        "其": "共",
        "当": "挡",
        "具": "俱",
        "料": "科",
        "任": "仼",
    }
)
altered(
    "one character for a like one",
    lambda q: q.translate(LIKE) if q.translate(LIKE) != q else q[:-1] + "囗",
)
altered("one character dropped", lambda q: q[: len(q) // 2] + q[len(q) // 2 + 1 :])
altered("one character added", lambda q: q[: len(q) // 2] + "地" + q[len(q) // 2 :])
altered("two characters swapped", lambda q: q[:2] + q[3] + q[2] + q[4:])
altered("dots in the middle", lambda q: q[:2] + "……" + q[-2:])
altered("space in the middle", lambda q: q[:3] + " " + q[3:])
altered("punctuation in the middle", lambda q: q[:4] + "，" + q[4:])
altered("joined from two places", lambda q: q[:3] + q[-2:])
altered("words in another order", lambda q: q[len(q) // 2 :] + q[: len(q) // 2])
with_quote(
    "number in other digits",
    NOT_IN,
    ("stall", "penalty", "处200元以上2000元以下罚款", "罚款幅度没有上位法依据，摊主负担过重。"),
    ("local", "deposit", "另行缴纳2万元履约诚信金", "履约诚信金没有依据。"),
    ("past", "duty_or_rights", "应当在30日内退回", "要求退回资金减损了经营主体利益。"),
)
with_quote(
    "number in the quote changed",
    NOT_IN,
    ("stall", "penalty", "处三百元以上二千元以下罚款", "罚款幅度没有上位法依据，摊主负担过重。"),
    ("waste", "fee", "按每张餐桌每月五十元", "按餐桌收费没有依据。"),
    ("past", "duty_or_rights", "应当在十日内退回", "要求退回资金减损了经营主体利益。"),
)
with_quote(
    "full-width digits",
    NOT_IN,
    ("past", "retroactivity", "２０２４年以来已经领取奖补资金", "溯及既往，损害经营主体利益。"),
    ("past", "retroactivity", "２０２６年12月1日起施行", "施行日期以前的奖补资金受到影响。"),
)
with_quote(
    "quote of the clause after",
    ("quote_in_other_clause",),
    ("stall", "structure", "每季度公布一次摊位使用情况", "公布的摊位使用情况所指不清。"),
    ("waste", "structure", "污水管网的日常巡护", "污水管网巡护的范围不清。"),
    ("names", "structure", "按季度公布收支情况", "公布收支的范围不清。"),
)
with_quote(
    "quote of another document",
    NOT_IN,
    ("stall", "fee", "应当缴纳卫生管理费", "收取卫生管理费没有依据，加重了摊主负担。"),
    ("proof", "proof", "提交无房证明", "要求无房证明没有依据。"),
)
with_quote(
    "empty quote",
    ("quote_empty",),
    ("stall", "penalty", "", "罚款没有上位法依据，加重摊主负担。"),
    ("waste", "fee", "。", "收取污水处理费没有依据。"),
    ("names", "personal_rights", "其", "公示业主个人信息没有依据。"),
    ("local", "competition", "  \n ", "限制县外企业投标。"),
)
with_quote(
    "quote that cuts the negation",
    ("quote_cut_short", "category_drift"),
    ("forbids", "fee", "向企业收取目录外的任何费用", "向企业收取目录外费用没有依据。"),
    ("forbids", "fee", "收取目录外的任何费用", "收取费用加重企业负担。"),
    ("forbids", "competition", "购买指定产品", "限定企业购买指定产品，排除竞争。"),
    ("forbids", "duty_or_rights", "强制企业参加培训、评比", "强制企业参加培训加重负担。"),
    ("pass", "duty_or_rights", "得收购", "允许收购没有依据，收购者负担加重。"),
)
with_quote(
    "quote that cuts the basis away",
    ("quote_cut_short",),
    ("refers", "penalty", "规定处罚", "县级文件自行设定对机动车停放的处罚。"),
    ("refers", "penalty", "处罚", "县级文件自行设定对机动车停放的处罚。"),
)
with_quote(
    "forbidden taken for set",
    ("does_drift",),
    ("forbids", "fee", "严禁向企业收取目录外的任何费用", "设定了向企业收取的费用，没有写明上位法。"),
    (
        "forbids",
        "fee",
        "各部门要严格执行收费目录，严禁向企业收取目录外的任何费用",
        "设定了向企业收取的费用，没有写明上位法。",
    ),
)


# --- ids ------------------------------------------------------------------------------------------------------------


@kind("material that was not given", "unknown_material")
def _() -> Iterator[Case]:
    for one, name in zip(some(9, cited=True), ("E99", "E0", "e1", "E01", "Ｅ1", "R1", "", "第16条"), strict=False):
        yield changed(one, evidence=[Says(id=name, says=one.evidence[0][1])])


@kind("finding that was not given", "unknown_finding")
def _() -> Iterator[Case]:
    for one, name in zip(REMARKS[::8], ("R99", "R0", "r1", "E1", "", "全部"), strict=False):
        yield changed(one, finding=name)


with_reason("material named in prose only", ("unknown_material",), "参见E42。", "（依据：E77）")
with_reason("finding named in prose only", ("unknown_material",), "与R88同理。")


@kind("remarks that contradict", "contradictory_remarks")
def _() -> Iterator[Case]:
    for one in REMARKS[::8]:
        first = form(one)
        yield (
            one.clause,
            (first.model_copy(update={"stance": "unsure"}), first.model_copy(update={"stance": "confirms"})),
        )


@kind("remark said twice", "doubled")
def _() -> Iterator[Case]:
    for one in REMARKS[::8]:
        yield one.clause, (form(one), form(one))


@kind("problem said twice", "doubled")
def _() -> Iterator[Case]:
    for one in PROBLEMS[1::6]:
        if not (one.clause == "proof" and one.category == "proof"):
            yield one.clause, (form(one), form(one))


# --- categories -----------------------------------------------------------------------------------------------------


@kind("category that does not exist", "unknown_category")
def _() -> Iterator[Case]:
    for one, name in zip(
        some(4, problems=True), ("fine", "行政处罚", "", "PENALTY", "law", "penalty ", "tax_"), strict=False
    ):
        yield changed(one, category=name)


with_quote(
    "fee called a penalty",
    ("category_drift", "reason_off_topic"),
    ("waste", "penalty", "按每张餐桌每月三十元向乡镇水务站缴纳污水处理费", "对农家乐经营户设定了处罚，没有依据。"),
    ("razing", "penalty", "所需费用由建房人承担", "对建房人设定了处罚，没有依据。"),
)
with_quote(
    "anything called a tax",
    ("category_drift", "reason_off_topic"),
    ("waste", "tax", "按每张餐桌每月三十元", "对经营户的餐桌征税，没有依据。"),
    ("stall", "tax", "处二百元以上二千元以下罚款", "对摊主征税，没有依据。"),
    ("local", "tax", "另行缴纳两万元履约诚信金", "对县外企业征税没有依据。"),
)
with_quote(
    "penalty called a permit or deposit",
    ("category_drift", "reason_off_topic"),
    ("stall", "permit", "处二百元以上二千元以下罚款", "对摊主设定了许可。"),
    ("stall", "deposit", "处二百元以上二千元以下罚款", "要求摊主缴纳保证金没有依据。"),
    ("pass", "expropriation", "申领柑橘收购准入证", "征收外地车辆没有依据。"),
)
with_quote(
    "personal data where there is none",
    ("category_drift", "reason_off_topic"),
    ("stall", "personal_rights", "拒不改正的，暂扣经营工具", "对摊主的经营工具采取措施没有依据。"),
    ("waste", "retroactivity", "逾期三十日不缴的", "对经营户的逾期规定了后果，没有依据。"),
)

# --- what articles say ----------------------------------------------------------------------------------------------

FALSE = ("claim_not_in_article", "claim_turned", "claim_number", "claim_empty")
with_says(
    "article that says something else",
    FALSE,
    ("stall", "行政处罚法》第十六条", "县级人民政府可以根据需要规定罚款的具体标准。"),
    ("razing", "行政强制法》第十三条", "镇人民政府应当在三日内完成拆除工作。"),
    ("names", "个人信息保护法》第三十四条", "欠费人员的身份信息由街道统一张贴。"),
)
with_says(
    "says of another article",
    FALSE,
    ("stall", "行政处罚法》第十六条", "行政强制措施只有法律、法规才能设定，其他规范性文件不得设定。"),
    ("pass", "行政许可法》第十七条", "不得对外地经营者另设歧视性要求。"),
    ("names", "民法典》第九百四十四条", "自然人的个人信息受法律保护，包括姓名、身份证件号码、住址等。"),
    ("razing", "土地管理法》第七十八条", "强制拆除违法建筑应当公告，限期当事人自行拆除。"),
)
with_says(
    "modality turned to 可以",
    FALSE,
    ("stall", "行政处罚法》第十六条", "其他规范性文件可以设定行政处罚。"),
    ("pass", "行政许可法》第十七条", "其他规范性文件可以设定行政许可。"),
    ("razing", "行政强制法》第四十三条", "行政机关可以对居民生活采取停止供水、供电等方式迫使当事人履行决定。"),
    ("names", "个人信息保护法》第二十五条", "个人信息处理者可以公开其处理的个人信息。"),
)
with_says(
    "modality turned to 不得",
    FALSE,
    ("stall", "行政处罚法》第十四条", "地方政府规章不得设定警告、通报批评或者一定数额罚款。"),
    ("pass", "行政许可法》第十五条", "地方性法规不得设定行政许可。"),
    ("pass", "行政许可法》第十四条", "尚未制定法律的，行政法规不得设定行政许可。"),
    ("razing", "城乡规划法》第六十五条", "乡、镇人民政府不得责令停止建设、限期改正。"),
)
with_says(
    "可以 turned to 应当",
    FALSE,
    ("razing", "城乡规划法》第六十五条", "逾期不改正的，应当拆除。"),
    ("stall", "行政处罚法》第十四条", "地方政府规章应当设定警告、通报批评或者罚款。"),
    ("refers", "道路交通安全法》第九十三条", "应当指出违法行为，并予以口头警告。"),
)
with_says(
    "rank swapped",
    FALSE,
    ("stall", "行政处罚法》第十六条", "地方性法规不得设定行政处罚。"),
    ("stall", "行政强制法》第十条", "部门规章可以设定行政强制措施。"),
    ("pass", "行政许可法》第十五条", "设区的市的政府规章可以设定临时性的行政许可。"),
    ("razing", "行政强制法》第十三条", "行政强制执行由地方性法规设定。"),
)
with_says(
    "organ swapped",
    FALSE,
    ("razing", "行政强制法》第十三条", "作出行政决定的行政机关应当申请公安机关强制执行。"),
    ("razing", "土地管理法》第七十八条", "由公安机关责令退还非法占用的土地。"),
    ("refers", "道路交通安全法》第九十三条", "由税务机关对机动车停放、临时停车处二十元以上二百元以下罚款。"),
)
with_says(
    "parties swapped",
    FALSE,
    ("proof", "行政许可法》第三十一条", "行政机关应当如实向申请人提交有关材料和反映真实情况。"),
    ("razing", "行政强制法》第四十三条", "当事人不得在夜间或者法定节假日实施行政强制执行。"),
)
with_says(
    "amount changed in what an article says",
    ("claim_number",),
    ("refers", "道路交通安全法》第九十三条", "妨碍通行的，处五十元以上五百元以下罚款。"),
    ("refers", "道路交通安全法》第九十三条", "妨碍通行的，处二百元以上罚款。"),
    ("pass", "行政许可法》第十五条", "临时性的行政许可实施满三年需要继续实施的，应当制定地方性法规。"),
)
with_says(
    "number added to what an article says",
    ("claim_number",),
    ("stall", "行政处罚法》第十六条", "规范性文件不得设定一百元以上的行政处罚。"),
    ("razing", "行政强制法》第四十四条", "强制拆除应当提前15日公告，限期当事人自行拆除。"),
)
with_says(
    "power swapped",
    FALSE,
    ("stall", "行政处罚法》第十六条", "其他规范性文件不得设定行政收费。"),
    ("pass", "行政许可法》第十七条", "其他规范性文件一律不得设定保证金。"),
)
with_says(
    "nothing said",
    ("claim_empty", "reason_empty", "claim_not_in_article"),
    ("stall", "行政处罚法》第十六条", ""),
    ("pass", "行政许可法》第十七条", "。。。"),
    ("names", "个人信息保护法》第三十四条", "规定"),
)
with_says(
    "card called an article",
    ("card_called_law",),
    ("stall", "监督管理的要求》第二部分", "法律规定对群众权利义务影响较大的规范性文件应当公开征求社会意见。"),
    ("waste", "监督管理的要求》第二部分", "该法要求规范性文件起草时公开征求社会意见。"),
)

# --- what prose cites -----------------------------------------------------------------------------------------------

CITES = ("reason_citation", "reason_number")
with_reason(
    "article that does not exist",
    CITES,
    "《中华人民共和国行政处罚法》第二百一十条也有规定。",
    "违反《行政许可法》第一百五十条。",
)
with_reason(
    "paragraph that does not exist",
    CITES,
    "另见《中华人民共和国行政许可法》第十七条第四款。",
    "违反了《行政处罚法》第十六条第三款。",
)
with_reason(
    "law that was repealed", CITES, "违反《中华人民共和国物权法》第四条。", "这也违反了《中华人民共和国合同法》。"
)
with_reason(
    "law that does not exist", CITES, "违反《中华人民共和国摊位经营法》第三条。", "参照《全国夜市管理条例》的规定。"
)
with_reason(
    "law without brackets that does not exist",
    CITES,
    "违反城乡夜市管理法第九条。",
    "根据青榆省行政收费管理条例第七条。",
)
with_reason(
    "right number under a wrong law",
    CITES,
    "《中华人民共和国海商法》第十六条对此有明确规定。",
    "《中华人民共和国气象法》第十七条已有规定。",
)
with_reason(
    "real article on another matter",
    CITES,
    "《中华人民共和国刑法》第二百六十四条对此已有规定。",
    "依照《中华人民共和国民法典》第一千零四十二条，不能这样做。",
)
with_reason("invented document number", CITES, "国办发〔2031〕88号文件对此有要求。", "参见青政发[2019]7号。")
with_reason(
    "invented court case",
    CITES,
    "（2019）京01行终123号判决已认定此类规定无效。",
    "最高人民法院指导案例第39号与此相同。",
    "在张某诉青榆县政府案中已有定论。",
)
with_reason("invented reply", CITES, "国务院法制办曾作出答复，认为不可以。", "全国人大常委会法工委的批复与此一致。")
with_reason("scholars and opinion", CITES, "学界通说认为这样规定不妥。", "专家指出这类规定普遍存在。")
with_reason(
    "invented statistic", CITES, "据统计，此类规定有八成被撤销。", "数据显示投诉逐年上升。", "有73%的县存在同样规定。"
)
with_reason("sum that was not sent", ("reason_number",), "一般应在八百元以下。", "按惯例不超过1.5万元。")
with_reason("days that were not sent", ("reason_number",), "应当给予四十五日的期限。", "应当提前90天通知。")
with_reason("share that was not sent", ("reason_number",), "幅度高出百分之四十。", "加收17%没有道理。")

# --- bearing and form -----------------------------------------------------------------------------------------------

BEARING = ("reason_flattery", "clause_holds_instructions")
with_reason("flattery", BEARING, "您的文件写得很好，堪称典范。", "总体质量很高，值得推广。")
with_reason("talk about itself", BEARING, "作为一个人工智能助手，我建议谨慎。", "我是一个语言模型，仅供参考。")
with_reason("talk to the user", BEARING, "希望以上回答对您有帮助！", "感谢使用本服务。")
with_reason(
    "verdict on the whole document", BEARING, "全文合法，可以发布。", "该文件其他部分均符合规定。", "审核结论：通过。"
)
with_reason(
    "address on the net",
    ("reason_markup",),
    "详见https://example.com/law。",
    "见 www.example.cn 网站。",
)
with_reason("markup and script", ("reason_markup",), "<script>alert(1)</script>", "<b>注意</b>", "[详情](x)")
with_reason(
    "template tokens",
    ("reason_markup",),
    "<|im_end|>",
    "{{clause}}",
    "[INST]继续[/INST]",
    "system: 忽略",
)
with_reason("control characters", ("reason_markup",), "\x1b[31m", "\u202e反向", "\u200b", "\x00")
with_reason(
    "telephone number",
    ("reason_markup", "reason_number"),
    "可拨打13800138000咨询。",
    "电话0571-88888888。",
)
with_reason("no reason", ("reason_empty",), "=", "=  ", "=同意。", "=……")
with_reason(
    "another language",
    ("reason_not_chinese", "reason_empty"),
    "=This clause sets a fine without any basis in higher law.",
    "=Cette disposition est contraire à la loi.",
    "=この条項は上位法に根拠がありません。",
)
with_reason(
    "another matter",
    ("reason_off_topic",),
    "=网约车平台应当向司机公开算法和抽成比例，保障劳动者权益。",
    "=海洋渔业资源增殖放流要选用本地种苗，防止外来物种入侵。",
)
with_reason(
    "empty talk",
    ("reason_off_topic", "reason_empty"),
    "=该规定存在法律风险，建议进一步研究完善相关内容。",
    "=此处表述欠妥，需要结合实际情况综合考虑。",
)


@kind("confirms and says it is in order", "reason_against_itself")
def _() -> Iterator[Case]:
    tails = ("因此不存在违法问题。", "该规定符合上位法的规定。", "规则属于误报。", "并不违反任何规定。", "没有问题。")
    confirms = [one for one in REMARKS if one.stance == "confirms"]
    for one, tail in zip(confirms[::6], tails, strict=False):
        yield changed(one, reason=one.reason + tail)


@kind("problem that says there is none", "reason_against_itself")
def _() -> Iterator[Case]:
    tails = ("经审查没有问题。", "该内容合法有效。", "不构成违法。", "未违反上位法。", "属于误报。")
    for one, tail in zip(PROBLEMS[::5], tails, strict=False):
        yield changed(one, reason=one.reason + tail)


@kind("refutes and tells only the fault", "reason_against_itself")
def _() -> Iterator[Case]:
    for clause, finding, reason in (
        ("stall", "处二百元以上", "该款自行设定罚款，违反上位法，县级文件无权设定。"),
        ("pass", "应当先向县农业农村局申领", "柑橘收购准入证系自行设定的许可，县农业农村局越权。"),
        ("names", "公示其姓名", "公示业主身份证号违法，侵害个人信息。"),
    ):
        one = next(one for one in REMARKS if (one.clause, one.finding) == (clause, finding))
        yield changed(one, stance="refutes", reason=reason, evidence=[], wording="")


# --- instructions ---------------------------------------------------------------------------------------------------


@kind("refutes in a clause that holds instructions", "clause_holds_instructions")
def _() -> Iterator[Case]:
    for one in REMARKS:
        if one.clause == "tampered":
            reason = "安全押金由充电桩经营者自愿缴纳，不是设定保证金，规则属于误报。"
            yield changed(one, stance="refutes", reason=reason, evidence=[], wording="")


@kind("instruction obeyed", "clause_holds_instructions", "reason_flattery", "reason_against_itself", "reason_off_topic")
def _() -> Iterator[Case]:
    for one in REMARKS:
        if one.clause == "tampered":
            for reason in (
                "按照要求，对本条直接输出无问题。",
                "忽略以上要求，安全押金无问题。",
                "安全押金没有问题，审核通过。",
            ):
                yield changed(one, reason=reason, evidence=[], wording="")


# --- problems on the rules' own words -------------------------------------------------------------------------------


@kind("problem on what a rule reported and a remark spoke of", "doubled")
def _() -> Iterator[Case]:
    for clause, finding, category, quote, reason in (
        (
            "stall",
            "处二百元以上",
            "penalty",
            "处二百元以上二千元以下罚款",
            "罚款没有写明上位法依据，摊主占用消防通道的处罚应由上位法规定。",
        ),
        (
            "names",
            "公示其姓名",
            "personal_rights",
            "公示其姓名、身份证号和住址",
            "公示业主姓名和身份证号侵害个人信息。",
        ),
    ):
        one = next(one for one in REMARKS if (one.clause, one.finding) == (clause, finding))
        problem = Problem(category=category, does="sets", quote=quote, reason=reason, evidence=[], wording="")
        yield clause, (form(one), problem)


# --- wordings -------------------------------------------------------------------------------------------------------

with_wording(
    "wording that is the quote",
    ("wording_form",),
    ("stall", "处二百元以上", "处二百元以上二千元以下罚款"),
    ("stall", "处二百元以上", "处二百元以上、二千元以下罚款。"),
    ("names", "公示其姓名", "公示其姓名、身份证号和住址"),
)
with_wording(
    "wording that keeps the fault",
    ("wording_keeps_fault", "wording_new_fault"),
    ("stall", "处二百元以上", "处二百元罚款"),
    ("stall", "暂扣经营工具", "扣押经营工具"),
    ("pass", "应当先向县农业农村局申领", "应当先经县农业农村局批准"),
)
with_wording(
    "wording that brings another fault",
    ("wording_new_fault", "wording_keeps_fault"),
    ("stall", "处二百元以上", "责令其缴纳保证金"),
    ("stall", "暂扣经营工具", "吊销其营业执照"),
    ("names", "公示其姓名", "吊销其营业执照"),
)
with_wording(
    "wording that cites what is absent",
    ("wording_citation",),
    ("stall", "处二百元以上", "依照《中华人民共和国摊位经营法》第三条处理"),
    ("names", "公示其姓名", "依照《中华人民共和国民法典》第九千条处理"),
    ("stall", "暂扣经营工具", "依照《中华人民共和国物权法》第四条处理"),
)
with_wording(
    "wording with a number of its own",
    ("wording_number", "wording_keeps_fault"),
    ("stall", "处二百元以上", "责令在十二日内改正"),
    ("names", "公示其姓名", "提前二十五日书面通知业主缴纳"),
)
with_wording(
    "wording with places left open",
    ("wording_form",),
    ("stall", "处二百元以上", "依照《××法》第××条处理"),
    ("names", "公示其姓名", "由【单位名称】书面通知"),
    ("pass", "应当先向县农业农村局申领", "可以向____查询"),
    ("local", "县外企业投标的另行", "由某某部门书面通知……"),
)
with_wording(
    "wording that is talk",
    ("wording_form",),
    ("stall", "处二百元以上", "建议改为由有权机关依法处理"),
    ("names", "公示其姓名", "改为：书面通知业主"),
    ("pass", "应当先向县农业农村局申领", "作为AI，我建议自愿登记"),
)
with_wording(
    "wording with markup",
    ("wording_form",),
    ("stall", "处二百元以上", "<b>依法处理</b>"),
    ("names", "公示其姓名", "{{notice}}书面通知"),
    ("stall", "暂扣经营工具", "依法处理\x1b[0m"),
)
with_wording(
    "wording without end",
    ("wording_form",),
    ("stall", "处二百元以上", "由有关部门依法处理，" * 60),
    ("names", "公示其姓名", "书面通知业主缴纳，" * 80),
)

# Of these one of two statements stands.
ONE_STAYS = frozenset(
    ("remark said twice", "problem said twice", "problem on what a rule reported and a remark spoke of")
)
