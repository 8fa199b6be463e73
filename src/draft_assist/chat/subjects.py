"""What a question is about: powers, ranks of organs and documents, subjects of making documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from draft_assist.corpus.cards import Topic
from draft_assist.model import Power, Rank
from draft_assist.patterns import compiled


class Subject(NamedTuple):
    """A power and its kind, as knowledge/powers.yaml has them, and the word that named it.

    `kind` is "" for the power as a whole.
    """

    power: Power
    kind: str
    word: str


# Longer words before those that they contain: what has matched is taken out before the next is looked for.
_POWERS: tuple[tuple[str, Power, str], ...] = (
    (r"停(?:止供)?[水电气热]{1,4}|断[水电气]", Power.EXECUTION, "cut_utilities"),
    (r"加处罚款|滞纳金", Power.EXECUTION, "surcharge"),
    (r"强制拆除|强拆", Power.EXECUTION, "demolish"),
    (r"代履行", Power.EXECUTION, "substitute_performance"),
    (r"划拨(?:存款|汇款)?", Power.EXECUTION, "transfer_deposit"),
    (r"行政强制执行|强制执行", Power.EXECUTION, ""),
    (r"查封", Power.COMPULSORY, "seal"),
    (r"扣押(?:财物)?", Power.COMPULSORY, "seize"),
    (r"冻结(?:存款|汇款)?", Power.COMPULSORY, "freeze"),
    (r"限制(?:公民)?人身自由的?(?:行政)?强制措施", Power.COMPULSORY, "restrict_person"),
    (r"(?:行政)?强制措施", Power.COMPULSORY, ""),
    (r"行政强制", Power.COMPULSORY, ""),
    (r"(?:行政)?拘留|限制(?:公民)?人身自由(?:的(?:行政)?处罚)?", Power.PENALTY, "detention"),
    (r"驱逐出境|限期出境", Power.PENALTY, "deportation"),
    (r"吊销营业执照|吊销执照", Power.PENALTY, "revoke_business_licence"),
    (r"吊销(?:许可证件?|资质|资格证?|证照)?", Power.PENALTY, "revoke_licence"),
    (r"暂扣(?:许可证件?|证照|执照)?", Power.PENALTY, "suspend_licence"),
    (r"降低资质(?:等级)?", Power.PENALTY, "downgrade"),
    (r"责令停产停业|停产停业|停业整顿", Power.PENALTY, "shutdown"),
    (r"责令关闭", Power.PENALTY, "closure"),
    (r"限制(?:开展)?(?:生产)?经营活动", Power.PENALTY, "restrict_activity"),
    (r"限制从业|从业禁止|禁业", Power.PENALTY, "restrict_employment"),
    (r"没收(?:违法所得|非法财物|财物)?", Power.PENALTY, "confiscation"),
    (r"通报批评", Power.PENALTY, "public_criticism"),
    (r"警告", Power.PENALTY, "warning"),
    (r"罚款|罚钱|罚金", Power.PENALTY, "fine"),
    (r"行政处罚权?|处罚权?", Power.PENALTY, ""),
    (r"(?:行政)?许可(?:的)?条件", Power.PERMIT_CONDITION, "condition"),
    (r"(?:企业|公司)?设立登记|前置许可", Power.PERMIT, "establishment_registration"),
    (r"特许经营", Power.PERMIT, "franchise"),
    (r"资格资质|资质|资格", Power.PERMIT, "qualification"),
    (r"(?:行政)?许可证?|(?:行政)?审批|准入证", Power.PERMIT, ""),
    (r"政府性基金|集资|摊派", Power.LEVY, "levy"),
    (r"保证金|押金", Power.DEPOSIT, "deposit"),
    (r"(?:行政事业性|行政)?收费|收取费用|收取[^，。？?]{0,6}费|收[^，。？?取]{0,6}费", Power.FEE, "fee"),
    (r"税种|税率|征税|税收|收税", Power.TAX, "tax"),
    (r"征收征用|征收(?!税|费)|征用", Power.EXPROPRIATION, "any"),
    (r"增加[^，。？?]{0,12}义务|设定[^，。？?]{0,6}义务", Power.DUTY, "any"),
    (r"减损[^，。？?]{0,12}(?:权利|权益)|限制[^，。？?]{0,6}权利", Power.RESTRICTION, "any"),
)
# 处罚 in 处罚法 is a name; so is 许可 in 许可法.
_NAMES = compiled(r"《[^》]*》|(?:行政处罚|行政许可|行政强制|治安管理处罚)法")


def subjects_of(words: str) -> tuple[Subject, ...]:
    """The powers that the words name, each once, in the order in which they stand."""
    left = _NAMES.sub(lambda match: "　" * len(match[0]), words)
    found: list[tuple[int, Subject]] = []
    for pattern, power, kind in _POWERS:
        for match in compiled(pattern).finditer(left):
            if all((one.power, one.kind) != (power, kind) for _, one in found):
                found.append((match.start(), Subject(power, kind, match[0])))
        left = compiled(pattern).sub(lambda match: "　" * len(match[0]), left)
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


# --- ranks --------------------------------------------------------------------------------------------------------

_CITY_WORD = r"(?:设区的市|地级市|市级|市)"
_RANKS: tuple[tuple[str, tuple[Rank, ...]], ...] = (
    (r"国务院部门(?:的)?规章|部门规章|部委规章", (Rank.DEPARTMENT_RULE,)),
    (r"省(?:级)?(?:人民)?政府(?:的)?规章|省级规章", (Rank.GOVERNMENT_RULE_PROVINCE,)),
    (rf"{_CITY_WORD}(?:人民)?政府(?:的)?规章", (Rank.GOVERNMENT_RULE_CITY,)),
    (r"地方政府规章|政府规章", (Rank.GOVERNMENT_RULE_PROVINCE, Rank.GOVERNMENT_RULE_CITY)),
    (r"规章", (Rank.DEPARTMENT_RULE, Rank.GOVERNMENT_RULE_PROVINCE, Rank.GOVERNMENT_RULE_CITY)),
    (r"(?:省级?|省人大(?:常委会)?的?)地方性法规", (Rank.LOCAL_REGULATION_PROVINCE,)),
    (rf"{_CITY_WORD}(?:人大(?:常委会)?)?的?地方性法规", (Rank.LOCAL_REGULATION_CITY,)),
    (r"地方性?法规", (Rank.LOCAL_REGULATION_PROVINCE, Rank.LOCAL_REGULATION_CITY)),
    (r"行政法规", (Rank.ADMINISTRATIVE_REGULATION,)),
    (r"国务院(?:的)?决定", (Rank.STATE_COUNCIL_DECISION,)),
    (r"国务院(?:各)?(?:组成)?部门|国家部委|部委", (Rank.STATE_COUNCIL_DEPARTMENT,)),
    (r"国务院", (Rank.STATE_COUNCIL,)),
    (r"省(?:级|人民|、市)?(?:人民)?政府|自治区(?:人民)?政府|直辖市(?:人民)?政府|省里", (Rank.PROVINCE,)),
    (rf"(?<!直辖){_CITY_WORD}(?:人民)?政府|市里", (Rank.CITY,)),
    (r"乡镇?(?:人民)?政府|镇(?:人民)?政府|乡镇|街道(?:办事处|办)?", (Rank.TOWNSHIP,)),
    (r"(?:县级|区县|县区|区|县|旗)(?:人民)?政府|县里|县级|我县|我区", (Rank.COUNTY,)),
    (
        r"(?:[县市区省]?(?:公安|教育|民政|司法|财政|自然资源|生态环境|住建|城管|城市管理|交通|水利|农业农村|商务|卫健|应急|市场监管|税务)局?)"
        r"|(?:县|市|区)?(?:直|政府)(?:工作)?部门|[县市区]局|主管部门|我局|我们局",
        (Rank.DEPARTMENT,),
    ),
    (r"法律(?!、|法规|依据|责任|上|规定|效力)", (Rank.LAW,)),
    (r"(?:行政)?规范性文件|红头文件|政府文件|行政文件|(?<!法律)文件|通知|通告", (Rank.COUNTY,)),
)


class Organ(NamedTuple):
    """Ranks that a word of the question names."""

    word: str
    ranks: tuple[Rank, ...]


def organs_of(words: str) -> tuple[Organ, ...]:
    """The organs and forms of law that the words name, in order; 规范性文件 stands for one of a county's.

    Where an organ is named beside 规范性文件 (县政府的规范性文件) the organ alone counts.
    """
    left = _NAMES.sub(lambda match: "　" * len(match[0]), words)
    found: list[tuple[int, Organ]] = []
    for pattern, ranks in _RANKS:
        for match in compiled(pattern).finditer(left):
            found.append((match.start(), Organ(match[0], ranks)))
        left = compiled(pattern).sub(lambda match: "　" * len(match[0]), left)
    ordered = [one for _, one in sorted(found, key=lambda pair: pair[0])]
    exact = [one for one in ordered if not _is_any_document(one)]
    return tuple({one.ranks: one for one in reversed(exact or ordered)}.values())[::-1]


def _is_any_document(organ: Organ) -> bool:
    return organ.ranks == (Rank.COUNTY,) and not any(sign in organ.word for sign in "县区旗")


_SELF = compiled(
    r"(?:我们?|咱们?|本单位|我单位|我方)(?:这里|这边)?(?:是|属于|为)(?:一个|一家)?(?P<organ>[^，。；！？,.?!\n的]{1,20})"
    r"|(?P<our>(?:我们?|咱们?|本)[省市县区镇乡局])(?!直)|(?:作为|身为)(?P<as>[^，。；！？,.?!\n的]{2,20})"
)
_OURS = {"省": Rank.PROVINCE, "市": Rank.CITY, "县": Rank.COUNTY, "区": Rank.COUNTY, "镇": Rank.TOWNSHIP,
         "乡": Rank.TOWNSHIP, "局": Rank.DEPARTMENT}  # fmt: skip


def rank_of_asker(words: str) -> Rank | None:
    """The rank of whoever asks, where the words tell it (我们是乡镇); None when they do not."""
    for match in _SELF.finditer(words):
        if our := match["our"]:
            return _OURS[our[-1]]
        organs = organs_of(match["organ"] or match["as"])
        if organs and len(organs[0].ranks) == 1 and not _is_any_document(organs[0]):
            return organs[0].ranks[0]
    return None


# --- making documents ---------------------------------------------------------------------------------------------

_TOPICS: tuple[tuple[str, Topic], ...] = (
    (r"有效期|管几年|几年有效|有效多久|多久失效|自动失效", Topic.VALIDITY),
    (r"征求(?:公众|社会|各方)?意见|公开征集|听取意见|征求意见稿|公示", Topic.OPINIONS),
    (r"听证(?:会)?|论证", Topic.HEARING),
    (r"备案", Topic.FILING),
    (r"合法性审[核查]", Topic.LEGALITY_REVIEW),
    (r"公平竞争审查", Topic.COMPETITION_REVIEW),
    (r"集体(?:讨论|审议|研究)|常务会|上会", Topic.DELIBERATION),
    (r"风险评估", Topic.RISK),
    (r"(?:定期|及时)?清理", Topic.CLEAN_UP),
    (r"(?:实施)?后评估|评估", Topic.EVALUATION),
    (r"(?:统一)?登记(?:编号)?|统一编号|三统一", Topic.REGISTRATION),
    (r"公布|公开发布|发布|印发|施行日期", Topic.PUBLICATION),
    (r"解读", Topic.EXPLAINING),
    (r"立项", Topic.NEED),
    (r"重大行政决策", Topic.DECISIONS),
    (r"裁量(?:权)?基准", Topic.DISCRETION),
    (r"制定(?:主体|权限)|哪些单位(?:可以|能)制定|能不能制定|可以制定", Topic.POWER_TO_ISSUE),
    (r"体例|格式|名称(?:怎么|如何|用)|标题", Topic.FORM),
)


def topics_of(words: str) -> tuple[Topic, ...]:
    """The subjects of making documents that the words name, in the order in which they stand."""
    found: list[tuple[int, Topic]] = []
    left = words
    for pattern, topic in _TOPICS:
        match = compiled(pattern).search(left)
        if match is not None:
            found.append((match.start(), topic))
            left = left[: match.start()] + "　" * len(match[0]) + left[match.end() :]
    return tuple(dict.fromkeys(topic for _, topic in sorted(found, key=lambda pair: pair[0])))


def named(values: Iterable[str]) -> str:
    """The values joined for a sentence, each once."""
    return "、".join(dict.fromkeys(values))
