"""Penalties: 行政处罚法 art. 9 and what goes by other names. Finds the words; `reading` decides what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from draft_assist.check.acts.candidate import Candidate
from draft_assist.check.acts.frame import NUMBER, WORD, Part
from draft_assist.check.acts.lexicon import either, spaced
from draft_assist.check.acts.literals import Lazy, needs
from draft_assist.model import Does, Grade, Power
from draft_assist.patterns import compiled

# Words between which no verb of imposing may hide: 处理, 处分, 办事处, 处于 ...
_CHU = r"(?<![每错漏现少有多]一)(?<![办事待务到此之住用好益害长短去出何某惩查联分])处(?!理|置|分|方|于|在|室|级|所[，。；、的在有]|长|境|决|事|女|世|罚决定|罚信息|罚依据|罚机关)"
_ADVERB = r"(?:并|可以|可|应当|应|须|一律|分别|各|单|另外|另|再次|再|同时|将|会|要|均|由|还|还可以|并可以|并可|可并|给予|予以|依法|酌情|视情|视情节|视情节轻重|从重|加重|加倍)"
_IMPOSE = rf"(?:{_CHU}罚?以?|课以|科以|给予|予以|实施|作出|罚以)"

_FINE_LEFT = compiled(rf"(?s:.*)(?P<act>{_ADVERB}{{0,4}}{_IMPOSE}(?:{WORD}|，(?={NUMBER}|[但最]|并可以?以)){{0,70}}?)$")
_FINE_PAID = compiled(r"(?:缴纳|缴交|交纳|收缴|收取|代收|追缴|拖欠|拒缴|催缴)(?:的)?(?:的行政处罚)?$")
# 按罚款金额的30%奖励, 罚款5000元以上案件不少于5件: what is done with fines, how many there are to be.
_FINES_SHARED = compiled(
    rf"罚款(?:数|金|总)?额?的?(?:百分之)?{NUMBER}[%％]?[^，。；]{{0,10}}(?:奖|补|返|提成|提取|计发|发放|留用|留成|工作经费|案件|加?[记计](?=[^，。；]{{1,4}}分))"
    r"|罚款由[^，。；]{2,12}(?:收缴|收取|代收|保管)"
)
_DAILY = Lazy(rf"(?P<act>{_ADVERB}{{0,3}}(?:按照?{WORD}{{0,14}})?按日(?:连续|计)(?:处罚|计罚))")
_FINE_BY_MEASURE = Lazy(
    rf"(?P<act>(?:按照?|以)(?:{WORD}{{0,24}}?)(?:{NUMBER}(?:万元|元|倍)|百分之{NUMBER}|{NUMBER}[%％‰])(?:{WORD}{{0,14}}?)(?:的标准)?(?:予以|给予|进行|处以|处|实施)?(?:罚款|处罚))(?!决定)"
)
_FINE_SUM_LEFT = compiled(
    rf"(?P<act>(?:每{WORD}{{1,6}}?)?{NUMBER}(?:万元|元|倍)(?:以上|至|-)?(?:{NUMBER}(?:万元|元|倍))?(?:以上|以下)?的?)$"
)
_FINE_ECONOMIC = Lazy(
    rf"(?P<act>(?:{_ADVERB}|给予|予以|处以|作出){{0,4}}(?:{NUMBER}元)?(?:的)?(?:经济处罚|经济惩罚|罚金处理))"
)
# 一律给予2000元的处罚
_FINE_GIVEN = Lazy(
    rf"(?P<act>{_ADVERB}{{0,3}}(?:一次性)?(?:给予|予以|处以|作出)(?:{WORD}{{0,6}}?){NUMBER}(?:万元|元|块)(?:以上|以下|{NUMBER}(?:万元|元))*的?(?:经济|行政)?(?:处罚|惩罚))(?!决定|裁)"
)
_DEDUCT = Lazy(
    rf"(?P<act>扣款{NUMBER}元|扣除?(?:{WORD}{{0,8}}?)(?:保证金|押金|环境金){NUMBER}元|一次扣除{NUMBER}(?:元|千元|百元))"
)
_SUM_BEFORE = compiled(
    rf"(?:按照?|以){WORD}{{0,24}}?{NUMBER}(?:万元|元|倍|%|％)(?:以上|以下|{NUMBER}(?:万元|元|倍))*的?(?:标准|数额)?，?$"
)
_FINE_BARE_LEFT = compiled(rf"(?:{_ADVERB}|进行|追加|{NUMBER}[次人户只辆处起棵株吨张条份头平方米车户天日个]+)+$")
_FINE_RIGHT_SUM = compiled(
    rf"(?:人民币|金额|额)?(?:为|不得超过|最高不得?超过|总额|[：:])?{NUMBER}(?:余)?(?:万元|元|倍)(?:以上|以下|至)?(?:{NUMBER}(?:万)?元)?(?:以上|以下)?"
    rf"|(?:为|是|按)(?:{WORD}{{0,10}}?)(?:百分之{NUMBER}|{NUMBER}%)(?:以上|至)?(?:百分之{NUMBER}|{NUMBER}%)?(?:以下)?"
)
_FINE_MENTION_RIGHT = compiled(
    r"(?!的标准(?:给予|予以|进行)?(?:从重)?处罚)(?:(?:的)?(?:行政)?处罚决定|的限额|(?:的)?(?:行政)?处罚的(?=[一-龥])|的(?!处罚(?!决定)|，并|[，、]?(?:责令|没收))(?=[，、。：；）]|$|[^处])|决定|收入|缴纳|收缴|催缴|票据|标准|基数|收据|项目|权|事项|等收入|没收|的?方式|全部上缴|代收|幅度|裁量|条款|指标|任务|(?:数|金|总)额(?:作为|与|和|挂钩))"
)
_FINE_SHORT = Lazy(
    rf"(?P<act>{_ADVERB}{{0,4}}(?:{_CHU}罚?以?|(?<![处惩刑受责])罚(?:交|缴|处|没)?|加罚)[：:]?(?:人民币|相当于)?(?:{WORD}(?![起案件])){{0,8}}?{NUMBER}(?:余)?(?:万元|元|块钱|块|％|%)(?:以上|至|-|—|到|～)?(?:{NUMBER}(?:万元|元|块))?(?:以下|以上)?)(?!{WORD}{{0,6}}罚款)"
)
_CONFISCATE = Lazy(rf"(?P<act>{_ADVERB}{{0,3}}(?:予以)?(?<!罚)没收(?!到|见|入)(?:并销毁|并处罚)?{WORD}{{0,30}})")
_CONFISCATE_PASSIVE = Lazy(r"(?P<act>(?:予以|一律|全部|当场|依法)(?:没收|罚没))")
_CONFISCATE_MENTION_RIGHT = compiled(
    r"没收(?!并)(?:[^，。；]{0,16}(?:的|等)决定(?:书|之前|应|必须|前|后|时|的|作出)|的[^工作]|的$|决定|收入|物品的|财物的|财物时|物品时|[、和]追缴的|等|后|款|处罚的|财产的|或者[^，]{0,6}的违法所得|[^，。；]{0,60}，?(?:必须|应当|一律)?(?:全部|及时|全额)?(?:上缴|缴入|缴库)|[^，。；]{0,14}等(?:执法|行政|处罚|强制)?(?:事项|行为|措施|决定|手段|内容|条款|方式)|[^，。；]{0,14}一类的|和追缴|、(?:罚款|扣押|查封)(?:等|的)[^，。；]{0,3}(?:权|事|条|内))"
)
_COLLECT_UP = Lazy(
    rf"(?P<act>{_ADVERB}{{0,3}}(?:予以)?收缴(?!的|相|之日|事务|和?管理|和管理|工作|入库|情况|任务|指标|制度|台账|罚|分离|、追缴|、没收的|违纪|[^，。；]{{0,24}}(?:费|税|款|基金|收入|金)|[^，。；]{{0,24}}(?:应当|必须)){WORD}{{0,24}})"
)
_REVOKE = Lazy(
    rf"(?P<act>{_ADVERB}{{0,3}}(?:予以|责令其?)?(?P<verb>{either('penalty', 'revoke_verbs')})(?!的){WORD}{{0,26}}?(?P<object>{either('penalty', 'certificates')}|《{WORD}{{1,24}}》))"
)
_REVOKE_BARE = Lazy(
    rf"(?P<act>{WORD}{{0,6}}(?:执照|许可证|证书|证照|资质证|牌照)(?:予以|一律|依法){{1,2}}(?P<verb>吊销|注销|收缴|收回))"
)
_SUSPEND = Lazy(
    rf"(?P<act>{_ADVERB}{{0,3}}(?:予以)?(?P<verb>{either('penalty', 'suspend_verbs')})(?:或者(?:吊销|撤销|注销|收回))?(?!的){WORD}{{0,22}}?(?P<object>{either('penalty', 'certificates')}|《{WORD}{{1,24}}》|业务|执业|经营资格)(?:{NUMBER}(?:日|天|个月|月|年)(?:以上|以下|至)?)*)"
)
_KEEP_PAPER = Lazy(
    rf"(?P<act>(?<![不得暂吊])扣(?!押)(?:其|下)?{WORD}{{0,4}}?(?:证|照|牌)(?:{NUMBER}(?:天|日|个月|月|年)|，|。|$))"
)
_SHUT = Lazy(
    rf"(?P<act>{_ADVERB}{{0,3}}(?:责令|勒令|强令|强制|依法责成|予以|决定|限令|限期)其?{WORD}{{0,18}}?{either('penalty', 'stop_business')}(?:整顿|整改)?)"
)
_SHUT_BARE = Lazy(
    rf"(?P<act>(?:一律|坚决|立即|先行|依法|予以|给予|责令){{1,3}}(?:停产停业|停业整顿|停产整顿|停业整治|停业整改|关闭|关停|取缔(?!违法|非法))(?:整顿|整改)?|停(?:业|产|岗停业|办|运){NUMBER}(?:天|日|个月|月|年)|停业半年|(?<=[：，｜|的])停业(?=，|$)|(?<=、)停业整顿)"
)
_SHUT_FOR_DAYS = Lazy(rf"(?P<act>(?:责令)?停[业产](?:整顿|整改){NUMBER}(?:天|日|个月|月))")
_STOP_CONDUCT = Lazy(rf"(?P<act>{_ADVERB}{{0,3}}责令其?{WORD}{{0,8}}?{either('penalty', 'stop_conduct')})")
_TERM = rf"(?:从此|当年内?|{NUMBER}(?:年|个月|月|日|天)(?:以上{NUMBER}年以下|至{NUMBER}(?:年|个月)|直至终身|以上|以下)?(?:之?内)?|终身|终生|永久|永远|今后|当年度?内?|年度内|下一年度)"
_BAR = Lazy(
    rf"(?P<act>{_TERM}(?:，)?(?:{WORD}{{0,24}}?)(?:不得|不再|不许|禁止其?|不予|取消其?|限制其?|停止其?|不准|暂停其?|不接受|不受理|不能|拒绝){WORD}{{0,10}}?(?:从事|设立|开展|担任|申请|参加|参与|再次|重新|执业|从业|承接|承揽|承包|受理|取得|经营|录用|聘用|入境|报考|进入|投标|竞买|竞标|招录|营业|办理|审批|供货|供地|审核|出境|资格|许可|任教|驾驶|评审|业务|进场|接办|营运|上路|摆摊|出摊|开业|办证){WORD}{{0,24}})"
    rf"|(?P<act3>不得(?:再次|重新|再)(?:从事|申请|担任|设立|承接|经营|参加){WORD}{{0,20}})"
    rf"|(?P<act2>(?:禁止|限制|取消)其?(?:在)?{_TERM}{WORD}{{0,6}}(?:从事|担任|参加|申请|投标|承接){WORD}{{0,20}})"
)
_RESTRICT = Lazy(
    rf"(?P<act>{_ADVERB}{{0,3}}(?:责令)?(?:限制其?(?:开展)?(?:生产经营活动|经营活动|业务范围|从业|承接{WORD}{{0,6}}工程|业务活动)|(?:暂停|停止)其?{WORD}{{0,14}}(?:业务|执业活动|经营活动|投标资格|招投标资格|投标|供货资格|销售资格|联网|开展{WORD}{{1,10}}活动)(?!的)))"
)
_DEGRADE = Lazy(
    rf"(?P<act>{_ADVERB}{{0,3}}(?:责令)?(?:降低|核减|下调){WORD}{{0,10}}?(?:资质等级|资质|星级|资格等级|等级)|(?:资质|等级|星级){WORD}{{0,6}}降(?:为|至|到){WORD}{{1,4}}级?)"
)
_WARN = Lazy(
    rf"(?P<act>{_ADVERB}{{0,4}}(?:{_IMPOSE}|提出|通报批评(?:、|或者|和|并))(?:{WORD}{{0,12}}?)(?<!口头)警告|发(?:出|放)?书面警告)(?!标|牌|信|语|函|线|性|灯|区|提示)"
)
_WARN_BARE = Lazy(r"(?:(?<=[，、])|(?<=^))(?P<act>(?:公开)?警告)(?=[，、并]|或者|和|及|。|$)")
_CRITICISE = Lazy(rf"(?P<act>{_ADVERB}{{0,3}}(?:给予|予以|进行|作出|在{WORD}{{0,8}}范围内)?通报批评)")
_DETAIN = Lazy(
    rf"(?P<act>(?:一律|报{WORD}{{1,8}}|送{WORD}{{1,8}}|由{WORD}{{1,12}})(?:行政|治安)?拘留(?:{NUMBER}(?:日|天))?|{_ADVERB}{{0,4}}(?:{_IMPOSE}|(?<=可)行政|(?<=以)行政)(?:{WORD}{{0,16}}?)拘留(?:{WORD}{{0,8}}{NUMBER}(?:日|天))?)(?!所|证|审查|期限|人|的$)"
)
_EXPEL = Lazy(
    rf"(?P<act>限{NUMBER}[日天]?内?离开(?:本|我)?(?:镇|乡|村|县|市|区|境|辖区)|(?:责令)?(?:其)?限期出境|(?:予以)?驱逐出境|遣送出境|逐出市场|驱离本地)"
)
_GENERIC = Lazy(
    r"(?P<act>(?:给予|予以|进行|实施|从重|加重|加倍|从严|严肃|顶格|依法|规定|的规定|一律|可以|(?<=[条款项])(?=处罚[，。；）]|处罚$)){1,2}(?:行政)?(?:处罚|惩处|罚处|罚没))(?![决种权裁法程告依、机标力])"
)

_MENTION_RIGHT = compiled(
    r"(?:等)?(?:行政)?(?:处罚|处理|措施)?(?:的(?![处行]|其他|决定，)(?=[，、。：；）]|[一-鿿]|$)|决定|之日|后[，、]|后的|期间|期满|情形|手续|情况|前[，、应]|时[，、])"
)


# 可以按以下标准处罚：（一）…每平方米一百元: the stem imposes, the item names the sum.
_FINING_STEM = compiled(r"(?:处罚|罚款)(?:标准|幅度)?(?:如下|为|执行)?：$")
_BARE_SUM = Lazy(
    rf"(?P<act>(?:每{WORD}{{1,8}}?)*{NUMBER}(?:万元|元)(?:以上|至|-)?(?:{NUMBER}(?:万元|元))?(?:以上|以下)?)"
)


_STOPS = "停产 停业 停止 停办 停工 停岗 停运 关闭 关停 歇业 取缔 暂停"
_NEEDS_FINE = needs("罚 元 块")
_NEEDS_ITEM_SUM = needs("元")
_NEEDS_CONFISCATION = needs("没收 罚没 收缴")
_NEEDS_REVOCATION = needs("吊销 注销 撤销 收回 取消 缴销 吊扣 收缴")
_NEEDS_SUSPENSION = needs(spaced("penalty", "suspend_verbs"))
_NEEDS_BAR = needs(
    "不得 不再 不许 禁止 不予 取消 限制 停止 不准 暂停 不接受 不受理 不能 拒绝",
    "年 月 日 天 从此 终身 终生 永久 永远 今后 再次 重新 不得再",
)

# Pattern, what it needs, kind, grade, reason.
_PLAIN = (
    (_DAILY, needs("按日连续 按日计"), "fine", Grade.CLEAR, "按日连续处罚"),
    (_GENERIC, needs("处罚 惩处 罚处 罚没"), "unspecified", Grade.HINT, "只写“处罚”，未写种类"),
    (_DEDUCT, needs("扣款 扣除 扣 一次扣除"), "fine", Grade.WEAK, "以扣款、扣保证金的方式处罚"),
    (_KEEP_PAPER, needs("扣", "证 照 牌"), "suspend_licence", Grade.CLEAR, "扣证、停证"),
    (
        _SHUT,
        needs("责令 勒令 强令 强制 责成 予以 决定 限令 限期", _STOPS),
        "shutdown",
        Grade.CLEAR,
        "责令停产停业或者关闭",
    ),
    (_SHUT_FOR_DAYS, needs("停业整顿 停产整顿 停业整改 停产整改"), "shutdown", Grade.CLEAR, "停业整顿若干日"),
    (_SHUT_BARE, needs(_STOPS), "shutdown", Grade.WEAK, "停业、关闭或者取缔"),
    (_STOP_CONDUCT, needs("责令", "停止"), "stop_conduct", Grade.HINT, "责令停止某项活动，多为责令改正"),
    (_RESTRICT, needs("限制 暂停 停止"), "restrict_activity", Grade.CLEAR, "限制或者暂停生产经营活动"),
    (_DEGRADE, needs("降低 核减 下调 降为 降至 降到"), "downgrade", Grade.CLEAR, "降低资质等级"),
    (_WARN, needs("警告"), "warning", Grade.CLEAR, "给予警告"),
    (_WARN_BARE, needs("警告"), "warning", Grade.CLEAR, "警告"),
    (_CRITICISE, needs("通报批评"), "public_criticism", Grade.CLEAR, "通报批评"),
    (_DETAIN, needs("拘留"), "detention", Grade.CLEAR, "处以拘留"),
    (_EXPEL, needs("出境 离开 逐出 驱离本地"), "deportation", Grade.CLEAR, "限期或者驱逐出境"),
)


# 自行决定歇业; 因道路施工，公交车停运10日: nobody is punished.
_OWN_CLOSING = compiled(
    r"(?:自行|自主|自愿)(?:决定|选择|申请)?(?:停业|歇业|关闭|停产|停办)"
    r"|因[^，。；的]{0,10}(?:施工|天气|检修|抢修|维修|汛情|雨雪|节假日)(?:需要|影响|原因)?，[^，。；的]{0,16}(?:停运|停办)"
)


# 停业满一年后退还押金: an event; 不愿意的停业: a choice; 每周停产两天, 错峰停产: a calendar of works.
_CLOSED_ANYWAY = compiled(
    r"停(?:业|产|办|运)(?:满)?(?:[^，。；]{1,6}(?:日|天|个月|月|年)(?:以上)?)?之?(?:后|时)[^，。；]{0,6}(?:退|返还|发还|结清|兑付|清算)|停(?:业|产|办)满"
    r"|不(?:愿意?|想|愿意继续)[^，。；]{0,6}的停业"
    r"|(?:每[周月旬季年日]|轮流|错峰|联合|协商)[^，。；]{0,4}停[产业运](?!整)"
)


def _closes_itself(text: str, start: int, end: int) -> bool:
    """True when an event, a choice or a calendar closes the trade, and no order does."""
    told = (*_OWN_CLOSING.finditer(text), *_CLOSED_ANYWAY.finditer(text))
    return any(one.start() < end and start < one.end() for one in told)


def find_penalties(part: Part) -> Iterator[Candidate]:
    """The words of one part that name a penalty, in no fixed order; spans may overlap."""
    text = part.text
    if part.opens(_NEEDS_ITEM_SUM) and "罚" not in text and _FINING_STEM.search(part.stem):
        yield from _simple(text, _BARE_SUM, "fine", Grade.CLEAR, "引导句规定处罚，本项写明数额")
    if part.opens(_NEEDS_FINE):
        yield from _fines(part)
    if part.opens(_NEEDS_CONFISCATION):
        yield from _confiscations(text)
    if part.opens(_NEEDS_REVOCATION):
        yield from _revocations(text)
    if part.opens(_NEEDS_SUSPENSION):
        yield from _suspensions(text)
    if part.opens(_NEEDS_BAR):
        yield from _bars(text)
    for pattern, kind, grade, why in _open_now(part.bits):
        for found in pattern.finditer(text):
            if kind == "shutdown" and _closes_itself(text, *found.span("act")):
                continue
            if (aside := _ASIDE.get(kind)) is None or not aside.search(text, found.start("act"), found.end() + 4):
                yield _or_mention(text, found, kind, grade, why)


@lru_cache(maxsize=1 << 14)
def _open_now(bits: int) -> tuple[tuple[Lazy, str, Grade, str], ...]:
    """The plain constructions worth trying on a part with these groups; most parts are alike."""
    return tuple((pattern, kind, grade, why) for pattern, mask, kind, grade, why in _PLAIN if bits & mask == mask)


def _fines(part: Part) -> Iterator[Candidate]:
    text = part.text
    spans: list[tuple[int, int]] = []
    for found in re.finditer("罚款", text):
        window = max(0, found.start() - 90)
        left = text[window : found.start()]
        if _COUNTED.search(left) or (_AS_INCOME.match(text, found.start()) and not _SUM_NEAR.search(left)):
            continue
        if _FINE_PAID.search(left) or left.endswith(("加处", "按", "处以的", "给予的", "作出的")):
            continue  # 加处罚款 is compulsory execution, 行政强制法 art. 45
        if _FINES_SHARED.match(text, found.start()):
            continue
        end = found.end()
        mention = _FINE_MENTION_RIGHT.match(text, end)
        start = None
        if imposed := _FINE_LEFT.match(left):
            start = window + imposed.start("act")
            if measure := _SUM_BEFORE.search(text[:start]):
                start = measure.start()  # 按每株八百元处以罚款: the sum belongs to the fine
        elif summed := _FINE_SUM_LEFT.search(left):
            start = window + summed.start("act")
        elif sum_right := _FINE_RIGHT_SUM.match(text, end):
            bare = _FINE_BARE_LEFT.search(left)
            start = window + bare.start() if bare else found.start()
            end = sum_right.end()
            mention = None
        elif bare := _FINE_BARE_LEFT.search(left):
            start = window + bare.start()
        elif re.match(r"处理|处罚|[，。；]|$", text[end : end + 2]) and re.search(r"(?:责令[^，]{0,8}|[，、])$", left):
            start = found.start()
        if start is None or text.endswith("加", 0, start):
            continue  # 加处…的罚款 is execution too
        if sum_right := _FINE_RIGHT_SUM.match(text, end):
            end = sum_right.end()
        mention = mention or _AFTERWARDS.match(text, end)
        spans.append((start, end))
        yield _fine(part, start, end, "处以罚款", mention=mention is not None)
    for pattern, why in _OTHER_FINES:
        for found in pattern.finditer(text):
            clash = any(s < found.end() and found.start() < e for s, e in spans)
            if not clash and "加处" not in found["act"]:
                spans.append(found.span("act"))
                yield _fine(part, *found.span("act"), why)
    for found in _FINE_SHORT.finditer(text):
        if (
            _TARGET.search(found["act"])
            or _FINES_SHARED.match(text, text.find("罚", found.start("act")))
            or _COUNTED.search(text[: found.start("act")])
        ):
            continue
        if not any(s < found.end() and found.start() < e for s, e in spans):
            condition = _FINED_CONDITION.match(text, found.end())
            yield _fine(part, *found.span("act"), "处以一定数额的罚款", mention=condition is not None)


def _fine(part: Part, start: int, end: int, why: str, *, mention: bool = False) -> Candidate:
    """A fine; money taken from an organ's own people for neglected duty is discipline of a kind that no law knows."""
    does = Does.REPORTS if mention else Does.DISCIPLINES if _of_staff(part, start, end) else None
    return Candidate(Power.PENALTY, "fine", start, end, Grade.CLEAR, why, does)


def _of_staff(part: Part, start: int, end: int) -> bool:
    before = part.stem + part.text[:start]
    if _STATUTORY_RANGE.search(part.text, start, end) or _TRADERS.search(before):
        return False
    return _NEGLECT.search(before) is not None or _OFFICIALS.search(before) is not None


# What is expected of people in office, and who is in office; a trader's breach has neither.
_NEGLECT = compiled(
    r"迟到|早退|旷工|脱岗|离岗|(?:会议|例会|开会)(?:期间|时)|工作时间|上班(?:时间|期间)|考勤|执纪执法|擅离(?:岗位|职守)|不签到|未签到|点名|入户走访|无故(?:不到|缺)|(?:未|不|缺席)[^，。；]{0,6}(?:会议|例会|集中学习)"
)
_OFFICIALS = compiled(
    r"(?<!由)(?<!经)(?<!报)(?:(?:镇村|村组|包村|驻村|包片|包保|挂村|帮扶|机关|村|党员|领导)干部|村支书|村(?:党)?支部书记|村主任|分管领导|班子成员|帮扶责任人|包村(?:领导|人员)|统计员|护林员|网格员|窗口人员|经办人)(?![^，。；]{0,8}(?:有权|可以|负责))"
    r"|(?<!由)(?<!经)(?:乡镇|办事处）?|责任单位|包保单位|责任村)(?:每(?:发现|出现|有)|黄牌|给予(?:黄牌|通报))[^。；]{0,20}$"
)
_TRADERS = compiled(
    r"企业|公司|经营|用人单位|施工|商户|店|摊|车辆|驾驶|船|学生|业主|用户|居民|养殖|建设|村民|农户|群众|任何人|住户"
)
_STATUTORY_RANGE = compiled(r"以[上下]|倍")
# 罚款入库任务, 罚款收入的28%, 处罚款上缴后返还: income of the treasury; 人均全年罚没3000元: how much is to come in.
_AS_INCOME = compiled(
    r"罚款(?:数|金|总)?额?(?:入库|收入|任务|指标|基数|目标|上缴|上交|返还|返拨|分成|提成|留成|合计|总计|收缴率|低于|少于|不足|未达|达不到)"
)
_SUM_NEAR = compiled(rf"{NUMBER}(?:万元|元|倍)[^，。；]{{0,6}}$")
_COUNTED = compiled(
    r"(?:人均|户均|队均|月均|年均|全年|年内|年度|全县|全所|全队|全局|计划|任务|目标|指标)(?![^，。；]{0,12}(?:的|处))[^，。；]{0,10}$"
)
# 拟对个人处五千元以上、对单位处五万元以上罚款的，…
_FINED_CONDITION = compiled(r"(?:以[上下])?[^，。；]{0,24}罚款的(?=，|$|案件)")


# 处罚率不低于60%, 处罚额不少于30万元, 罚单实收金额的15%: figures of how much is fined.
_TARGET = compiled(r"限额|入库|罚[款没]?(?:率|额|单|金额|收入)|办结率|查处率")
_AFTERWARDS = compiled(r"之?后[，仍的]")
# 第二回罚五十，第三回罚二百: a number with no unit at the end of a comma-part.
_FINE_UNITLESS = Lazy(rf"(?P<act>(?<![处惩刑受责])罚(?:款)?{NUMBER})(?=[，。；、]|$)")
# 下调一级量化等级: a rating; 降低一个等级征收: a tax; 暂停银行卡业务: a customer's account, nobody's trade.
_ASIDE = {
    "downgrade": compiled(r"量化|信用|诚信|评价|等级征收|征收|税|费率|收费|费标准"),
    "restrict_activity": compiled(r"手机卡|电话卡|银行卡|非柜面|账户"),
}
_OTHER_FINES = (
    (_FINE_GIVEN, "给予一定数额的处罚"),
    (_FINE_BY_MEASURE, "按一定数额、倍数或者比例处罚"),
    (_FINE_ECONOMIC, "给予经济处罚"),
    (_FINE_UNITLESS, "处以一定数额的罚款"),
)


def _confiscations(text: str) -> Iterator[Candidate]:
    for found in _CONFISCATE.finditer(text):
        at = text.find("没收", found.start())
        mention = _CONFISCATE_MENTION_RIGHT.match(text, at) or re.search(r"的$", found["act"])
        # Forged papers are taken out of circulation, not from anybody's property.
        grade = Grade.HINT if re.search(r"[伪变]造", found["act"]) else Grade.CLEAR
        yield Candidate(
            Power.PENALTY,
            "confiscation",
            *found.span("act"),
            grade,
            "没收财物或者所得",
            Does.REPORTS if mention else None,
        )
    for found in _COLLECT_UP.finditer(text):
        if _MONEY_BEFORE.search(text, 0, text.index("收缴", found.start())) or text.startswith("：", found.end()):
            continue
        grade = Grade.HINT if re.search(r"[伪变]造", text) else Grade.WEAK
        yield _or_mention(text, found, "confiscation", grade, "收缴财物")
    for found in _CONFISCATE_PASSIVE.finditer(text):
        if "罚没" in found[0]:
            yield Candidate(Power.PENALTY, "confiscation", *found.span("act"), Grade.CLEAR, "罚没财物")


# 水费收缴, 罚款由各村收缴: money is collected, nothing is taken away.
_MONEY_BEFORE = compiled(r"(?:[费税款金租]|款由[^，。；]{2,12})$")

# 取消交易、通知证券…: the bare 证 at the end belongs to another word. 换发新证，收回旧证: an exchange.
_LOOSE_PAPER = compiled(
    r"^取消[^，。；]{0,10}\d+项|^取消(?:和下放|、下放|非|[^，。；]{0,6}行政(?:许可|审批))|[、，]?(?:通知|保|取|查|论)证$"
)
_RENEWED = compiled(r"办结|还清|期满|届满|终止后|重新核发|换发|换领|变更后的|旧证|收养|注销登记")
# 撤销, 收回, 取消, 注销 also end what was wrongly or vainly granted; only with a licence to act are they plainly a penalty.
# 注销 closes a file; these undo a registration or a plan, not a licence.
_UNDOES = compiled(
    r"(?:异议|抵押|预告|变更|网签)登记|行政许可事项|审批事项|许可事项|证明事项|资格(?:认定|审查)事项|^撤销(?:该|其)?(?:行政)?许可$|记分|考试成绩|会员|荣誉|收养|行政审批"
)
_FIRM_REVOCATION = frozenset({"吊销", "吊扣"})


# 取消…证押金; 取消…登记中…的做法; 取消…证以后: a requirement is given up, no paper is taken.
_REFORM_AFTER = compiled(
    r"押金|收费|费用|差别|限制|限行|以后|之后|制度|事项|环节|审批|要求|中[^，。；]{0,40}的(?:做法|要求|规定|环节)|[^，。；]{0,10}的(?:做法|规定)"
)


# 取消其资格并追回资金: a benefit ends; 取消参加车展资格: an invitation.
_BENEFIT_LOST = compiled(
    r"^[^，。；]{0,4}取消(?:其)?(?:[^，。；]{0,8}?资格)(?:，|、|并|，并)(?:[^，。；]{0,4})(?:追回|收回|退回|追缴|返还|停发|扣回)[^，。；]{0,8}(?:资金|补贴|补助|奖金|奖励|款)"
    r"|取消(?:其)?参加[^，。；]{0,8}(?:展|会|赛|评选|活动|培训|评比)[^，。；]{0,3}资格"
    r"|取消(?:其)?(?:村民|居民|集体(?:经济组织)?成员|安置|选房|[^，。；]{0,6}考核)资格"
)
# 全面取消跨地域备案 gives up a requirement; 取消其备案 takes it from somebody.
_AGAINST_SOMEBODY = compiled(r"取消(?:其|该|所)|予以取消|责令")


# 按照合同约定收回经营权: one party ends what the contract gave.
_GRANTED_RIGHT = compiled(
    r"^[^，。；]{0,6}(?:收回|取消|终止|撤销)[^，。；]{0,12}(?:经营权|使用权|承包权|承租权|运营权|特许权)"
)
_BY_CONTRACT = compiled(
    r"(?:合同|协议)(?:的)?(?:约定|规定|期)|违反[^，。；]{0,10}(?:合同|协议)|(?:合同|协议)(?:依法)?解除|按(?:约定|合同|协议)|解除[^，。；]{0,6}(?:合同|协议)|违约"
)


def _revocations(text: str) -> Iterator[Candidate]:
    for pattern in (_REVOKE, _REVOKE_BARE):
        for found in pattern.finditer(text):
            verb = found["verb"]
            firm = verb in _FIRM_REVOCATION
            if verb == "注销" or _UNDOES.search(found["act"]):
                continue
            if verb == "取消" and re.search(rf"等?{NUMBER}[项类个](?!月)", text[found.start() : found.end() + 40]):
                continue
            if verb == "取消" and (
                _REFORM_AFTER.match(text, found.end())
                or _BENEFIT_LOST.search(text[found.start("act") : found.end() + 16])
            ):
                continue
            if re.match(rf"明|{NUMBER}(?:项|个|件)", text[found.end() :]) or re.search(
                r"有权[^，。；]{0,10}$", text[: found.start()]
            ):
                continue
            if (
                verb == "取消"
                and found["object"] in ("备案", "登记")
                and not (_AGAINST_SOMEBODY.search(found["act"]) or _for_a_breach(text, found))
            ):
                continue
            if not firm and (_LOOSE_PAPER.search(found["act"]) or _RENEWED.search(text)):
                continue
            if _GRANTED_RIGHT.search(found["act"]) and _BY_CONTRACT.search(text):
                continue
            kind = "revoke_business_licence" if "营业执照" in found["act"] else "revoke_licence"
            yield _or_mention(text, found, kind, Grade.CLEAR if firm else Grade.WEAK, f"{verb}证照或者资格")


def _for_a_breach(text: str, found: re.Match[str]) -> bool:
    """True when a condition stands right before: 屡教不改的，取消备案."""
    return text.endswith(("的，", "者，"), 0, found.start("act"))


# 暂停新增…许可, 暂停运输证办理: nobody's paper is taken, no new one is given.
_NO_NEW_ONES = compiled(
    r"暂停(?:新增|新设|新办|受理|办理|核发|审批|发放|审核)|(?:证|许可|执照)的?(?:办理|审批|受理|核发|发放|申领)"
)


def _suspensions(text: str) -> Iterator[Candidate]:
    for found in _SUSPEND.finditer(text):
        verb, paper = found["verb"], found["object"]
        loose = verb in ("扣押", "中止") and "照" not in paper and "证件" not in paper
        new_ones = _NO_NEW_ONES.search(text[found.start("act") : found.end() + 12])
        if _ASIDE["restrict_activity"].search(found["act"]) or (new_ones and not _for_a_breach(text, found)):
            continue
        if loose or paper in ("证", "登记", "注册", "备案"):
            continue
        grade = Grade.CLEAR if verb in ("暂扣", "吊扣", "扣留") else Grade.WEAK
        yield _or_mention(text, found, "suspend_licence", grade, f"{verb}证照或者资格")


# Who took a subsidy by fraud gets no other: a term of the benefit, rather than a bar from trade.
_BENEFIT = compiled(r"资金|补贴|补助|奖补|扶持|救助|低保|评优|评先|奖励")


# 今后不再享有该地块的承包权: a right in land is taken, no trade closed; 入围期三年，期内不再受理: a term.
_OWN_RIGHT = compiled(r"享有[^，。；]{0,10}(?:权|分红)|承包权")


def _bars(text: str) -> Iterator[Candidate]:
    why = "在一定期限内或者终身不得从业、申请"
    for found in _BAR.finditer(text):
        group = found.lastgroup or "act"
        if _OWN_RIGHT.search(found[group]) or text.endswith(("期", "期为", "期限"), 0, found.start(group)):
            continue
        grade = Grade.WEAK if _BENEFIT.search(found[group]) else Grade.CLEAR
        yield Candidate(Power.PENALTY, "restrict_employment", *found.span(group), grade, why)


def _simple(text: str, pattern: Lazy, kind: str, grade: Grade, why: str) -> Iterator[Candidate]:
    for found in pattern.finditer(text):
        yield _or_mention(text, found, kind, grade, why)


def _or_mention(text: str, found: re.Match[str], kind: str, grade: Grade, why: str) -> Candidate:
    """The candidate; a mention when what follows turns the sanction into a condition or an event."""
    start, end = found.span("act")
    mention = _MENTION_RIGHT.match(text, end)
    return Candidate(Power.PENALTY, kind, start, end, grade, why, Does.REPORTS if mention else None)
