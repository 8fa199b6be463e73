"""Fees, levies, deposits and taxes. Finds the words; `reading` decides what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from draft_assist.check.acts.candidate import Candidate
from draft_assist.check.acts.frame import NUMBER, WORD, Part
from draft_assist.check.acts.lexicon import either
from draft_assist.check.acts.literals import Lazy, needs
from draft_assist.model import Does, Grade, Power
from draft_assist.patterns import compiled

_MODAL = r"(?:应当|必须|须|应(?![税纳缴收付])|需要|需|要|一律|均|都|可以|可|按|每|统一|另|另行|另外|同时|并|还|由|先|预先|方可|后)"
_PAY = rf"(?:缴纳|交纳|缴付|缴交|上缴|上交|结缴|预交|预缴|缴存|存入|交付|支付(?={WORD}{{0,20}}(?:部门|政府|机关|街道|办事处|村委会))|(?<![结成移提递上转])交(?![付易通往由给办接替流警给])|缴(?!费|获|械|费人|销)|存储|提交)"
_COLLECT = r"(?:开征|加征|课征|收取|征收|收缴|加收|核收|计收|代收|征缴|收(?=每|[一二三四五六七八九十百千\d]))"
_FEE = either("money", "fee_words")
# 搜集资料 holds 集资 by chance.
_LEVY = rf"(?:(?<![搜收采征募筹])(?:{either('money', 'levy_words')})(?![料格源信]))"
_DEPOSIT = either("money", "deposit_words")
_TAX = either("money", "tax_words")
_CIVIL = compiled(either("money", "civil"))
_THING = rf"(?P<thing>(?P<deposit>{_DEPOSIT})|(?P<levy>{_LEVY})|(?P<tax>{_TAX})|(?P<fee>{_FEE}))(?![用金率务尽])"

_PAY_DUTY = Lazy(
    rf"(?P<act>{_MODAL}{{1,3}}(?P<gap>{WORD}{{0,34}}?)(?P<verb>{_PAY})(?P<between>{WORD}{{0,30}}?){_THING})"
)
_PAY_TERSE = Lazy(
    rf"(?P<act>(?:(?<=^)|(?<=，)|(?<=、))(?P<gap>{WORD}{{0,30}}?)(?P<verb>{_PAY})(?P<between>{WORD}{{0,24}}?){_THING})"
)
_COLLECTS = Lazy(
    rf"(?P<act>(?:可以|有权|应当|按{WORD}{{1,20}}?|统一|一律|并|另行|由{WORD}{{2,24}}?|向{WORD}{{1,20}}?|对其|每{WORD}{{1,10}}?)?(?P<gap>)(?P<verb>{_COLLECT})(?P<between>{WORD}{{0,30}}?){_THING})"
)
_SUM_THING = Lazy(
    rf"(?P<act>(?P<gap>)(?P<verb>{_COLLECT}|{_PAY})(?P<between>){NUMBER}(?:万元|元)(?:的)?{WORD}{{0,10}}?{_THING})"
)
_SUM = rf"(?:{NUMBER}(?:余)?(?:万元|元|块|角钱|分钱|毛|%|％)|百分之{NUMBER})"
# 培训费每人480元, 工本费二十元: the name of the charge with its sum, beside a word of collecting.
_NAMED_SUM = Lazy(
    rf"(?P<act>(?P<thing>(?P<deposit>{_DEPOSIT})|(?P<levy>(?<![虚抽未]){_LEVY})|(?P<tax>空置税|附加税)|(?P<fee>[一-鿿]{{0,6}}费(?!的|用的|率|收入|公路|站|者)))[：:]?(?:标准)?(?:为|是|按|一律|共计)?(?:(?!处以|罚|金额|未){WORD}){{0,12}}?(?:{_SUM})(?:/{WORD}{{1,3}})?)"
)
_COLLECTING = compiled(r"[收缴交]|代扣|扣除|筹|摊|出资")
# 渔船须统一编号，编号费每船一百元: whoever must have the number pays for it.
_BY_UNIT = compiled(r"(?:标准)?(?:为|是|：)?每")
_ORDERED = compiled(r"(?:须|必须|应当|一律|统一)[^。；]{1,24}，$")
_PAID_OUT = compiled(r"补贴|补助|奖励|减免|免收|发放|拨付|投入|报销|列支|预算")
# 保证金按造价百分之五缴存: the thing stands before the verb.
_FRONTED = Lazy(
    rf"(?P<act>{_THING}(?P<between>(?:(?!的|责令|处以|个人|单位|构成){WORD}){{0,24}}?)(?:一律|统一|均|应|须|应当|必须|按{WORD}{{1,20}}|现金|足额|一次性|由{WORD}{{1,16}})+(?P<gap>)(?P<verb>缴存|缴纳|交纳|收取|代收|征收|存入|缴交|交至|分摊)(?!的))"
)
# 每单提取两角钱，作为资源使用费上缴
_DRAWN = Lazy(
    rf"(?P<act>(?:提取|抽取|扣取|提留|抽成){WORD}{{0,8}}?{_SUM}(?:钱)?，?{WORD}{{0,6}}?作为{WORD}{{1,16}}?(?P<thing>费|金|基金)，?{WORD}{{0,8}}?(?:上缴|上交|缴|交){WORD}{{0,10}})"
)
_RATE = Lazy(
    rf"(?P<act>(?P<tax>[一-龥]{{1,8}}税)(?:的)?(?:适用)?税率{WORD}{{0,8}}?(?:{_SUM})|(?:每{WORD}{{1,8}}?)?按{WORD}{{0,10}}?(?:{_SUM})(?:的标准)?[征收缴](?P<bare>税))"
)
_SHARED_OUT = Lazy(
    rf"(?P<act>(?:向|由|在)(?P<who>{WORD}{{2,26}}?)(?:摊派|分摊|均摊|(?<![搜收采征筹乱])集资(?![料产格源])|认捐)(?!的(?:单位|行为|部门|个人))(?:{WORD}{{0,14}}))"
)
_RAISED = Lazy(
    rf"(?P<act>(?:每户|每人|每家|各企业|各商户|各单位|各户|每店|每车|按户|按人|按亩|每亩)(?:{WORD}{{0,10}}?)(?:集资|捐款|认捐|出资|筹资|赞助|摊派|分摊|捐助)(?:{WORD}{{0,14}}))"
)
_SECURITY = Lazy(
    rf"(?P<act>(?:应当|必须|须|应)(?:向{WORD}{{2,20}}?(?:局|部门|机关|政府|海关|管委会|办事处|村委会))提供(?:{WORD}{{0,6}}?)担保)"
)
_SERVICE = Lazy(
    rf"(?P<act>(?:由{WORD}{{2,16}}?)?(?:统一|开始|一律|按次|按时|按时段|予以)收费(?!标准|依据|目录|公示){WORD}{{0,6}})"
)
_REGIME = Lazy(rf"(?P<act>实行(?!歧视){WORD}{{0,14}}?(?:收费制度|收费管理|有偿使用制度|有偿使用|有偿服务|收费))")

# 罚款, 滞纳金 and prices stand under other powers or under none.
_NOT_MONEY = compiled(
    r"加班费|劳动报酬|赔偿|补偿金|稿酬|报酬|使用费用于|罚没款|罚没|征收率|税率|虚假出资|抽逃出资|缴存额|加工费|发包费|歧视性|收取和提取|^(?:收缴|缴纳|收取|征收|交纳|缴存|提取|支付)(?:和[^，]{0,4})?的|免费|费用由|经费|消费|浪费|费用标准|收费标准|收费项目|收费依据|收费收入|费率|费用的"
)


_NEEDS_CHARGE = needs(
    "费 金 税 集资 附加 提留 捐款 赞助 摊派 出资 筹资 工本", "缴 交 收 征 纳 存 支付 提取 提交 存储 开征 上缴 交付"
)
_NEEDS_SUM = needs("费 金 税 集资 附加 提留 捐款 赞助 摊派 出资 筹资", "元 块 角钱 分钱 毛 % ％ 百分之")
_NEEDS_FRONTED = needs(
    "费 金 税 集资 附加 提留 捐款 赞助 摊派 出资 筹资 工本", "缴存 缴纳 交纳 收取 代收 征收 存入 缴交 交至 分摊"
)
_NEEDS_DRAWN = needs("提取 抽取 扣取 提留 抽成", "作为")
_NEEDS_RATE = needs("税率 征税 收税 缴税", "元 块 角钱 分钱 毛 % ％ 百分之")
_NEEDS_SECURITY = needs("担保")
_NEEDS_REGIME = needs("收费 有偿使用 有偿服务")
_NEEDS_LEVY = needs("摊派 分摊 均摊 集资 认捐 捐款 出资 筹资 赞助 捐助")


# 按照省发展改革委批准的标准征收: whoever may set the price has set it.
_PRICED = compiled(
    r"按照?(?:省|国)定标准|按照?[^，。；]{0,6}(?:省|自治区|国家|国务院)[^，。；]{0,14}(?:核定|批准|批复|制定|公布)的?[^，。；]{0,6}标准"
)
# 按照物价部门核定的标准: whose price it is remains to be asked.
_SAID_PRICED = compiled(
    r"按照?[^，。；]{0,6}(?:发展改革|发改委|物价|价格主管)[^，。；]{0,14}(?:核定|批准|批复|制定|公布)的?[^，。；]{0,6}标准"
)


def find_charges(part: Part) -> Iterator[Candidate]:
    """The words of one part that name a fee, levy, deposit or tax, in no fixed order; spans may overlap."""
    priced, said_priced = _PRICED.search(part.text), _SAID_PRICED.search(part.text)
    for one in _charges(part):
        if one.power is Power.FEE and priced:
            yield one._replace(does=Does.REFERS)
        elif one.power is Power.FEE and said_priced and one.grade is Grade.CLEAR:
            yield one._replace(grade=Grade.WEAK)
        else:
            yield one


def _charges(part: Part) -> Iterator[Candidate]:
    text = part.text
    seen: set[int] = set()
    for pattern in (_PAY_DUTY, _PAY_TERSE, _COLLECTS, _SUM_THING) if part.opens(_NEEDS_CHARGE) else ():
        for found in pattern.finditer(text):
            if found.start("verb") in seen:
                continue
            candidate = _charge(text, found)
            if candidate:
                seen.add(found.start("verb"))
                yield candidate
    for found in _REGIME.finditer(text) if part.opens(_NEEDS_REGIME) else ():
        grade = Grade.WEAK if "有偿" in found["act"] else Grade.CLEAR
        yield Candidate(Power.FEE, "fee", *found.span("act"), grade, "实行收费或者有偿使用制度")
    yield from _by_sum(part)
    for pattern in (_SHARED_OUT, _RAISED) if part.opens(_NEEDS_LEVY) else ():
        for found in pattern.finditer(text):
            yield Candidate(Power.LEVY, "levy", *found.span("act"), Grade.CLEAR, "集资、摊派或者要求赞助")
    for found in _SECURITY.finditer(text) if part.opens(_NEEDS_SECURITY) else ():
        yield Candidate(Power.DEPOSIT, "deposit", *found.span("act"), Grade.WEAK, "要求向行政机关提供担保")
    for found in _SERVICE.finditer(text) if part.opens(_NEEDS_REGIME) else ():
        yield Candidate(Power.FEE, "fee", *found.span("act"), Grade.WEAK, "收费，未写明依据")


def _by_sum(part: Part) -> Iterator[Candidate]:
    text = part.text
    for found in _NAMED_SUM.finditer(text) if part.opens(_NEEDS_SUM) else ():
        around = text[max(0, found.start() - 8) : found.end() + 12]
        if _is_of_contract(text, found):
            continue
        collected = _COLLECTING.search(around)
        if _spared(found["act"], text[: found.start()]) or _PAID_OUT.search(text):
            continue
        if not collected and not (_BY_UNIT.match(text, found.end("thing")) and _ORDERED.search(text, 0, found.start())):
            continue
        power, kind = _power(found)
        grade = Grade.CLEAR if collected else Grade.WEAK
        yield Candidate(power, kind, *found.span("act"), grade, f"写明了{_NAMES[power]}的数额")
    for found in _DRAWN.finditer(text) if part.opens(_NEEDS_DRAWN) else ():
        fee = found["thing"] == "费"
        yield Candidate(
            Power.FEE if fee else Power.LEVY,
            "fee" if fee else "levy",
            *found.span("act"),
            Grade.CLEAR,
            "按数额或者比例提取上缴",
        )
    for found in _RATE.finditer(text) if part.opens(_NEEDS_RATE) else ():
        if text.endswith("减", 0, found.start()) or "减按" in found["act"]:
            continue  # 减按15%的税率: a relief that the tax law gives
        own = found["bare"] or not _NATIONAL_TAX.search(found["tax"])
        yield Candidate(Power.TAX, "tax", *found.span("act"), Grade.CLEAR if own else Grade.WEAK, "规定税率")
    for found in _FRONTED.finditer(text) if part.opens(_NEEDS_FRONTED) else ():
        power, kind = _power(found)
        named = text[max(0, found.start() - 4) : found.end()]  # 社会保险｜费由…征收
        if (
            power is not Power.TAX
            and not _is_of_contract(text, found)
            and not _spared(named, text[: found.start("verb")])
        ):
            yield Candidate(power, kind, *found.span("act"), Grade.CLEAR, f"要求缴纳{_NAMES[power]}")


def _spared(words: str, before: str) -> bool:
    return bool(_CIVIL.search(words) or _NOT_MONEY.search(words) or _UNRULY.search(before))


# Deposits that national law knows among the parties of a contract: 工程质量保证金按结算价款的百分之三预留.
_NATIONAL_DEPOSIT = compiled(r"(?:工程质量|施工质量|投标|履约|竞买|竞拍)$")
_SUM_NAMED = compiled(_SUM)


def _is_of_contract(text: str, found: re.Match[str]) -> bool:
    """A deposit that national law knows; one for wages as long as the text sets no sum or share of its own."""
    if not found["deposit"]:
        return False
    if text.endswith("工资", 0, found.start("thing")):
        return _SUM_NAMED.search(text) is None
    return _NATIONAL_DEPOSIT.search(text, 0, found.start("thing")) is not None


_UNRULY = compiled(
    r"(?:未|不|没有|限制|◇|乱|私下|违规|违法|非法|擅自|自行|重复|多|超标准|超额|私自|变相|强行|替代|代替|现金|不再|停止|已|已经|所|被|拒|逃|少|欠|不(?:得|再)?向[^，。；]{1,10})$"
)
_IN_EXCEPTION = compiled(rf"除{WORD}{{0,60}}$")


def _charge(text: str, found: re.Match[str]) -> Candidate | None:
    before = text[: found.start("verb")]
    if found["between"].startswith(("的", "、")) or text.startswith("附加", found.end("thing")):
        return None
    if _UNRULY.search(before) and not before.endswith("相应"):
        return None
    if "◇" in found["act"][: found.start("verb") - found.start("act")][-8:]:
        return None  # 未按照规定缴纳: the breach, not the duty
    if _IN_EXCEPTION.search(before) and "外" in text[found.end("thing") : found.end("thing") + 12]:
        return None
    if re.match(rf"{NUMBER}倍|{WORD}{{0,3}}(?:的)?{NUMBER}(?:倍|%)|的{NUMBER}倍|数额的", text[found.end("thing") :]):
        return None  # 处应缴费用三倍的罚款: the charge is only the measure of a fine
    if text.startswith("证明", found.end("thing")):
        return None
    if _is_of_contract(text, found):
        return None
    around = found["verb"] + found["between"] + found["thing"]
    if _CIVIL.search(around) or _CIVIL.search(text[found.end("thing") : found.end("thing") + 3]):
        return None
    if _NOT_MONEY.search(around + text[found.end("thing") : found.end("thing") + 2]):
        return None
    power, kind = _power(found)
    collects = re.fullmatch(_COLLECT, found["verb"]) is not None
    if power is Power.TAX:
        if text.endswith("非", 0, found.start("thing")) or _of_taxpayers(text, found):
            return None
        return Candidate(power, kind, *found.span("act"), _grade_of_tax(text, found), "征收或者缴纳税款")
    why = f"{'收取' if collects else '要求缴纳'}{_NAMES[power]}"
    return Candidate(power, kind, *found.span("act"), Grade.CLEAR, why)


# The taxes of national law as of 2026; naming one restates the law, any other is of the issuer's own making.
_NATIONAL_TAX = compiled(
    r"(?:增值|消费|所得|资源|城市维护建设|建设|房产|印花|土地使用|土地增值|车船|船舶吨|吨|车辆购置|购置|关|耕地占用|契|烟叶|环境保护)税$"
)
_REWARDED = compiled(r"奖励|返还|奖返|奖补|补助|补贴|扶持|地方留成|县级留成|财力贡献")
_OWN_TAX = compiled(r"[一-鿿]{2,8}税$")


def _named_tax(text: str, found: re.Match[str]) -> str:
    return text[: found.end("thing")] if found["thing"] == "税" else ""


def _of_taxpayers(text: str, found: re.Match[str]) -> bool:
    """Whoever has paid so much of a national or unnamed tax is rewarded, or meant."""
    named = _named_tax(text, found)
    told = _REWARDED.search(text) or text.startswith(("的", "总额", "额"), found.end("thing"))
    return bool(told) and (not named or _NATIONAL_TAX.search(named) is not None)


def _grade_of_tax(text: str, found: re.Match[str]) -> Grade:
    named = _named_tax(text, found)
    around = text[max(0, found.start() - 1) : found.end() + 8]
    if "减按" in around:
        return Grade.HINT
    if _NATIONAL_TAX.search(named) or not named:
        return Grade.CLEAR if re.search(r"元|开征|附加", around) else Grade.WEAK if "税率" in around else Grade.HINT
    return Grade.CLEAR if _OWN_TAX.search(named) and not re.search(r"[纳缴征收的]税$", named) else Grade.HINT


def _power(found: re.Match[str]) -> tuple[Power, str]:
    if found["deposit"]:
        return Power.DEPOSIT, "deposit"
    if found["levy"]:
        return Power.LEVY, "levy"
    if found["tax"]:
        return Power.TAX, "tax"
    return Power.FEE, "fee"


_NAMES = {Power.FEE: "费用", Power.LEVY: "基金、集资或者赞助", Power.DEPOSIT: "保证金、押金", Power.TAX: "税款"}
