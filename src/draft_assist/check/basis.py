"""Whether the article that an act cites bears the act out: the same sanction, the figures inside, the same conduct."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from draft_assist.check.matching import BasisCheck
from draft_assist.law.amounts import find_amounts, lies_within
from draft_assist.law.articles import article_label, split_article
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


def check_basis(act: Act, sentence: str, statutes: Statutes, as_of: dt.date, *, row: str = "") -> Checked:
    """Hold the act against the articles it cites.

    Args:
        act: with its basis; sentence: the act's sentence.
        as_of: the day whose law applies.
        row: of a table, that the act stands in; "" elsewhere.

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
    check, reason = _compare(act, sentence, "\n".join(held), row)
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


def _compare(act: Act, sentence: str, article: str, row: str) -> tuple[BasisCheck, str]:
    kinds = _PERMIT_WORDS if act.power in (Power.PERMIT, Power.PERMIT_CONDITION) else _WORDS_OF_KIND.get(act.kind, ())
    if kinds and not any(word in _operative(article) for word in kinds):
        return BasisCheck.OTHER_ACT, "所引条文没有规定这种措施"
    if reason := _foreign(act, sentence, article):
        return BasisCheck.OTHER_ACT, reason
    at = act.span.start - act.sentence.start
    # 货值金额一万元以上的，并处…: the first sum says when, not how much.
    allowed = [one for one in find_amounts(article) if not _CONDITION.match(article, one.span.end)]
    for amount in act.amounts:
        place = amount.span.start - act.sentence.start
        of_kind = _of_whom(sentence, place, article, [one for one in allowed if _comparable(amount, one)])
        if not of_kind:
            return BasisCheck.OUTSIDE_RANGE, "所引条文没有规定这样的数额"
        if _is_by_the_piece(amount, sentence[: max(0, place)]) and not any(one.kind is amount.kind for one in of_kind):
            return BasisCheck.OUTSIDE_RANGE, "所引条文没有规定按数量累计"
        if not any(lies_within(amount, one) for one in of_kind) and not _is_reduced(amount, of_kind, sentence, row):
            return BasisCheck.OUTSIDE_RANGE, "数额超出所引条文的幅度"
    if _drops_gravity(act, sentence[: max(0, at)], article, row):
        return BasisCheck.OUTSIDE_RANGE, "所引条文只对情节严重等情形规定这种处罚"
    if not act.amounts:
        return BasisCheck.CONFIRMED, ""
    return _same_conduct(act, sentence, article)


def _comparable(amount: Amount, other: Amount) -> bool:
    money = (AmountKind.YUAN, AmountKind.PER_UNIT)
    return amount.kind is other.kind or (amount.kind in money and other.kind in money)


# 有下列行为之一的 opens a list of conduct, which may speak of measures (驾驶证被吊销期间驾驶的); 可以采取下列措施 opens
# one of measures.
_LISTS_CONDUCT = compiled(r"下列[^，。；：]{0,12}(?:行为|情形|情况)")
_SUFFERED = compiled(
    r"被(?:依法)?(?:吊销|撤销|暂扣|扣留|查封|扣押|冻结)(?:或者(?:吊销|撤销|暂扣|扣留|查封|扣押|冻结))?"
)


@cache
def _operative(article: str) -> str:
    """The words that order something: without lists of conduct and without measures that were taken before."""
    kept: list[str] = []
    for part in split_article(article):
        kept.append(part.text)
        if not _LISTS_CONDUCT.search(part.text):
            kept += part.items
    return _SUFFERED.sub("", "\n".join(kept))


# --- what is foreign to the article -------------------------------------------------------------------------------


def _foreign(act: Act, sentence: str, article: str) -> str:
    """Why the permit, its condition or the fee is not the article's, Chinese; "" when nothing says so."""
    if act.power is Power.PERMIT:
        return _foreign_permit(_words_of(act, sentence), article)
    if act.power is Power.PERMIT_CONDITION:
        return _foreign_condition(_words_of(act, sentence), article)
    if act.power is Power.FEE:
        end = act.span.end - act.sentence.start
        return _foreign_fee(_words_of(act, sentence) + sentence[end : end + 24], article)
    return ""


def _words_of(act: Act, sentence: str) -> str:
    return sentence[max(0, act.span.start - act.sentence.start) : max(0, act.span.end - act.sentence.start)]


_NAMED_PERMIT = compiled(
    r"(?:取得|领取|申领|办理|持有|核发|申请)(?:《)?(?P<name>[一-龥]{2,10}?)(?:许可证|准许证|准营证)"
)
_BY_WHOM = compiled(r"经(?P<who>[^，。；、]{0,12}?(?:乡镇|乡|镇|街道|村|居委会|居民委员会|社区|协会|商会|物业|业主))")
_LOCAL_BODIES = ("乡", "镇", "街道", "村", "居民", "社区", "协会", "商会", "物业", "业主")


def _foreign_permit(words: str, article: str) -> str:
    named = _NAMED_PERMIT.search(words)
    if named is not None and not _shares_pair(named["name"], article):
        return f"所引条文没有规定{named['name']}许可证"
    by = _BY_WHOM.search(words)
    if by is not None and not any(body in article for body in _LOCAL_BODIES if body in by["who"]):
        return f"所引条文没有规定须经{by['who']}同意"
    return ""


_BEFORE_PERMIT = compiled(r"^(?:应当|必须|须|需|应)?(?P<what>[^，。；]{4,30}?)(?:后|的)?，?(?:方可|方能|才能|才可)")


def _foreign_condition(words: str, article: str) -> str:
    """The article lists its own conditions where it has any; one that shares no word with it was added."""
    condition = _BEFORE_PERMIT.match(words)
    if condition is None or _DELEGATES.search(article) or _FORMAL.search(condition["what"]):
        return ""
    return "" if _shares_pair(condition["what"], article) else "所引条文没有规定这一条件"


# The conditions stand in other texts (具体办法由国务院规定), or are no more than the proceeding (经审查合格, 依法).
_DELEGATES = compiled(r"规定的(?:其他)?条件|条件[^，。；]{0,6}由(?:国务院|省)|法律、(?:行政)?法规规定的")
_FORMAL = compiled(r"依法|合格|批准|审查|审核|验收|许可|登记|备案|同意|告知|检查|办理|符合")
_FEE_NAME = compiled(r"(?P<name>[一-龥]{2,8}费)(?!用)")
_ARTICLE_FEE = compiled(r"[一-龥]{2}费(?!用)")
_NEXT_FEE = compiled(r"(?:、|和|及|以及)(?P<name>[一-龥]{2,8}?(?:费(?!用)|基金|保证金|押金))")
_FEE_VERB = compiled(r"缴纳|交纳|收取|支付|缴|交|征收|加收|按|元|每|的|应当|须")


def _foreign_fee(words: str, article: str) -> str:
    """The article names fees, and the one named here, or one beside it, is not among them."""
    if not _ARTICLE_FEE.search(article):
        return ""
    own = _FEE_NAME.search(words)
    names = [_FEE_VERB.split(own["name"])[-1]] if own else []
    names += [match["name"] for match in _NEXT_FEE.finditer(words)]
    # The last three characters tell 水资源费 from 取水管理费, and let 城市生活垃圾处理费 be 垃圾处理费.
    missing = [name for name in names if len(name) > 2 and name[-3:] not in article]
    return f"所引条文没有规定{missing[0]}" if missing else ""


def _shares_pair(words: str, article: str) -> bool:
    return any(words[i : i + 2] in article for i in range(len(words) - 1))


# --- sums ---------------------------------------------------------------------------------------------------------

_PERSON = compiled(r"个人|公民|自然人")
_UNIT = compiled(r"单位|企业|法人")
_WHOM = compiled(r"对(?P<who>[^，。；\n处]{1,20})(?:可以|应当|并)?处[^，。；\n]*$")
_SUBJECT = compiled(
    r"^(?:第[^ \u3000]{1,8}条[ \u3000]+|[（(][^（）()]{1,3}[）)])?(?P<who>单位|个人|公民|企业)(?!之间|和|与|或|、|及)"
)


def _of_whom(sentence: str, place: int, article: str, allowed: list[Amount]) -> list[Amount]:
    """Of the article's sums those for persons, or for units, where both texts say whom they mean; else all."""
    mine = _whom(sentence, place)
    if not mine:
        return allowed
    sorts = [_whom(article, one.span.start) for one in allowed]
    return [one for one, sort in zip(allowed, sorts, strict=True) if sort == mine] if mine in sorts else allowed


def _whom(text: str, place: int) -> str:
    """ "person" or "unit" where the words before a sum say whom it strikes; "" elsewhere."""
    begin = max(text.rfind(mark, 0, max(0, place)) for mark in "。；\n") + 1
    before = text[begin : max(0, place)]
    found = _WHOM.search(before) or _SUBJECT.match(before)
    if found is None:
        return ""
    person, unit = _PERSON.search(found["who"]), _UNIT.search(found["who"])
    return "" if bool(person) is bool(unit) else "person" if person else "unit"


_CONDITION = compiled(r"的(?=[，；：])")
_EACH = compiled(r"每(?:一)?(?:人|名|次|起|户|家|个|位|例)[^，。；]{0,4}$")


def _is_by_the_piece(amount: Amount, before: str) -> bool:
    """每平方米二百元: adds up; 每人二百元 is the sum for one offender."""
    return amount.kind is AmountKind.PER_UNIT and not _EACH.search(before)


_REDUCED = compiled(r"减轻(?:行政)?处罚|减轻(?=[\s|：:，]|$)|不予(?:行政)?处罚")


def _is_reduced(amount: Amount, allowed: list[Amount], sentence: str, row: str) -> bool:
    """A sum below the least is lawful where the penalty is reduced (行政处罚法 art. 32)."""
    if not _REDUCED.search(row or sentence):
        return False
    return amount.high is not None and any(one.high is None or amount.high <= one.high for one in allowed)


_GRAVE_KINDS = ("revoke_licence", "revoke_business_licence", "shutdown", "detention")
_GRAVE = compiled(r"严重|拒不|逾期|再次|恶劣|仍|多次|两次|二次|三次|重大|屡|不改|未改|较大|危险|后果")


def _drops_gravity(act: Act, before: str, article: str, row: str) -> bool:
    """吊销 for what the article answers so only 情节严重的."""
    if act.kind not in _GRAVE_KINDS or _GRAVE.search(before + row):
        return False
    words = _WORDS_OF_KIND[act.kind]
    parts = [part for part in re.split("[；。\n]", article) if any(word in part for word in words)]
    return bool(parts) and all(
        re.match(r"[^，]{0,20}(?:情节(?:特别)?严重|拒不[^，]{1,10})的，", part) for part in parts
    )


# --- conduct ------------------------------------------------------------------------------------------------------

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
    mine, theirs = _pairs(before), _pairs_of_article(article)
    if len(mine) < _MIN_PAIRS:
        return BasisCheck.CONFIRMED, ""
    if len(mine & theirs) / len(mine) < _UNRELATED:
        return BasisCheck.OTHER_ACT, "所引条文规定的违法行为与本条不同"
    return BasisCheck.CONFIRMED, ""


@cache
def _pairs_of_article(article: str) -> frozenset[str]:
    """Kept, unlike the pairs of a document's words."""
    return _pairs(article)


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
