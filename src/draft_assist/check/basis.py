"""Whether the article that an act cites bears the act out: the same sanction, the figures inside, the same conduct."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from draft_assist.check.matching import BasisCheck
from draft_assist.law.amounts import find_amounts, lies_within
from draft_assist.law.articles import article_label
from draft_assist.law.store import Statutes, Wording, WordingStatus
from draft_assist.model import Act, Amount, AmountKind, Does, Evidence, EvidenceStatus, Pointer, Power
from draft_assist.patterns import compiled

# Words of which one must stand in the article for it to speak of that kind of power at all.
_WORDS_OF_KIND: dict[str, tuple[str, ...]] = {
    "fine": ("罚款",),
    "confiscation": ("没收", "收缴", "追缴"),
    "revoke_licence": ("吊销", "撤销", "收回", "取消", "注销"),
    "revoke_business_licence": ("营业执照", "证照", "吊销执照", "有关执照"),
    "suspend_licence": ("暂扣", "扣留", "暂停", "吊扣", "中止"),
    "shutdown": ("停产", "停业", "关闭", "停止"),
    "warning": ("警告",),
    "public_criticism": ("通报",),
    "detention": ("拘留",),
    "downgrade": ("降低",),
    "deportation": ("出境",),
    "seal": ("查封", "封存", "封闭", "强制措施"),
    "seize": ("扣押", "扣留", "暂扣", "先行登记", "强制措施", "拖移"),
    "freeze": ("冻结", "强制措施"),
    "demolish": ("拆", "清除", "扑杀", "销毁", "封锁", "恢复原状", "强制"),
    "surcharge": ("加处罚款", "滞纳金"),
    "substitute_performance": ("代", "组织", "指定", "委托"),
    "fee": ("费",),
    "deposit": ("保证金", "押金", "担保"),
    "tax": ("税",),
}
_PERMIT_WORDS = ("批准", "许可", "同意", "核准", "审批", "审核", "证", "申请", "登记", "备案", "资质", "资格", "执照")


class Checked(NamedTuple):
    """The answer for one act.

    Attributes:
        check: see `BasisCheck`.
        evidence: the cited articles as held, for the finding.
        reason: Chinese, one sentence; "" for NONE and CONFIRMED.
    """

    check: BasisCheck
    evidence: tuple[Evidence, ...]
    reason: str


def check_basis(act: Act, sentence: str, statutes: Statutes, as_of: dt.date) -> Checked:
    """Hold the act against the articles it cites.

    Args:
        act: with its basis; sentence: the act's sentence.
        as_of: the day whose law applies.

    Returns:
        NONE when no article is cited. Several cited articles are read together: one that bears the act out is enough.
    """
    if act.basis.pointer is not Pointer.NAMED_ARTICLE or act.does not in (Does.REFERS, Does.SETS):
        return Checked(BasisCheck.NONE, (), "")
    if not act.basis.articles:
        return Checked(BasisCheck.NOT_CHECKED, (), "援引的条号未能读出，未核对")
    cited = [(statutes.article(title, n, as_of), title, n, paragraph) for title, n, paragraph, _ in act.basis.articles]
    wordings = [(wording, title, number) for wording, title, number, _ in cited]
    held = [
        wording.part(paragraph) or wording.text
        for wording, _, _, paragraph in cited
        if wording.status is WordingStatus.HELD
    ]
    evidence = tuple(_evidence(*one) for one in wordings)
    if any(wording.status is WordingStatus.ARTICLE_ABSENT for wording, _, _ in wordings) and not held:
        return Checked(BasisCheck.ARTICLE_ABSENT, evidence, "所引法律的这一版本中没有该条")
    if not held:
        return Checked(BasisCheck.NOT_HELD, evidence, _why_not_held(wordings[0][0]))
    if _only_general(act) and not _bars_applicants(act, sentence, held):
        return Checked(BasisCheck.OTHER_ACT, evidence, "所引法律只规定这类权力如何设定和行使，本身没有设定这一事项")
    check, reason = _compare(act, sentence, "\n".join(held))
    if check is not BasisCheck.CONFIRMED and len(held) < len(wordings):
        return Checked(BasisCheck.NOT_HELD, evidence, "所引条文有一部分未收录，没有核对")
    return Checked(check, evidence, reason)


# Laws on how powers are set and used in general; only execution for money owed under them rests on them alone.
_GENERAL_LAWS = ("行政许可法", "行政处罚法", "行政强制法", "立法法")


def _only_general(act: Act) -> bool:
    if act.power is Power.EXECUTION:
        return False
    titles = act.basis.titles
    return bool(titles) and all(title.endswith(_GENERAL_LAWS) and "治安" not in title for title in titles)


def _bars_applicants(act: Act, sentence: str, held: list[str]) -> bool:
    """行政许可法 arts 78 and 79 themselves bar who applied by fraud for a year or three."""
    words = "不得再次申请"
    return act.kind == "restrict_employment" and words in sentence and any(words in text for text in held)


def _compare(act: Act, sentence: str, article: str) -> tuple[BasisCheck, str]:
    kinds = _PERMIT_WORDS if act.power in (Power.PERMIT, Power.PERMIT_CONDITION) else _WORDS_OF_KIND.get(act.kind, ())
    if kinds and not any(word in article for word in kinds):
        return BasisCheck.OTHER_ACT, "所引条文没有规定这种措施"
    allowed = find_amounts(article)
    for amount in act.amounts:
        of_kind = [one for one in allowed if _comparable(amount, one)]
        if not of_kind:
            return BasisCheck.OUTSIDE_RANGE, "所引条文没有规定这样的数额"
        if not any(lies_within(amount, one) for one in of_kind):
            return BasisCheck.OUTSIDE_RANGE, "数额超出所引条文的幅度"
    if not act.amounts:
        return BasisCheck.CONFIRMED, ""
    return _same_conduct(act, sentence, article)


def _comparable(amount: Amount, other: Amount) -> bool:
    money = (AmountKind.YUAN, AmountKind.PER_UNIT)
    return amount.kind is other.kind or (amount.kind in money and other.kind in money)


# The words of the sanction itself and of the law's own machinery say nothing about the conduct.
_MACHINERY = compiled(
    r"《[^》]*》|第[〇零一二三四五六七八九十百千\d]+[条款项]|[〇零一二三四五六七八九十百千万两\d.,]+(?:万元|元|倍|日|年|%)|以上|以下|罚款|处以|责令|改正|限期|逾期"
    r"|由|依照|按照|依据|根据|规定|违反|处罚|给予|予以|并处|可以|情节|严重|主管|部门|机关|县级|人民政府|单位|个人|或者|以及|有下列|行为|之一|没收|违法所得|中华人民共和国|行政|执法"
)
# Below this share of common character pairs, two descriptions of conduct have nothing to do with each other; measured
# on clauses that cite an article of another subject (under 0.05) and on true ones (0.3 and more).
_UNRELATED = 0.06
_MIN_PAIRS = 8


def _same_conduct(act: Act, sentence: str, article: str) -> tuple[BasisCheck, str]:
    if "违反本法" in article and "规定" in article:
        return BasisCheck.CONFIRMED, ""  # the conduct stands in another article
    before = sentence[: max(0, act.span.start - act.sentence.start)]
    mine, theirs = _pairs(before), _pairs(article)
    if len(mine) < _MIN_PAIRS:
        return BasisCheck.CONFIRMED, ""
    if len(mine & theirs) / len(mine) < _UNRELATED:
        return BasisCheck.OTHER_ACT, "所引条文规定的违法行为与本条不同"
    return BasisCheck.CONFIRMED, ""


@cache
def _pairs(text: str) -> frozenset[str]:
    runs = _MACHINERY.sub(" ", text)
    return frozenset(run[i : i + 2] for run in re.findall(r"[一-鿿]+", runs) for i in range(len(run) - 1))


def _evidence(wording: Wording, title: str, number: tuple[int, int]) -> Evidence:
    status = {
        WordingStatus.HELD: EvidenceStatus.HELD,
        WordingStatus.NOT_YET_IN_FORCE: EvidenceStatus.NOT_YET_IN_FORCE,
    }.get(wording.status, EvidenceStatus.NOT_HELD)
    return Evidence(
        law=wording.law or title,
        article=article_label(number),
        gist="本条援引的依据",
        text=wording.text if status is EvidenceStatus.HELD else "",
        status=status,
        version_date=wording.version_date,
        source=wording.source or wording.note,
    )


def _why_not_held(wording: Wording) -> str:
    return wording.note or "所引条文未收录，没有核对其内容和幅度"
