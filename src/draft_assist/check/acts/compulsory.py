"""Compulsory measures and execution: 行政强制法 arts 9 and 12. Finds the words; `reading` decides what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from draft_assist.check.acts.candidate import Candidate
from draft_assist.check.acts.frame import NUMBER, PART, WORD, Part
from draft_assist.check.acts.lexicon import either, spaced
from draft_assist.check.acts.literals import Lazy, needs
from draft_assist.model import Does, Grade, Power
from draft_assist.patterns import compiled

_SEAL = either("compulsory", "seal")
_SEIZE = either("compulsory", "seize")
_FREEZE = either("compulsory", "freeze")
# 收容教育所, 收容救护体系 are names; a measure has a person for its object.
_NAME_OF_PLACE = r"(?!教育|所|室|站|中心|体系|救护|救助|工作|合作|人员|期限|决定|条件|机构|场所|的)"
_PERSON = rf"(?:{either('compulsory', 'person')}|(?:予以|强制|一律|可以|应当|将其|对其)(?:收容|关押){_NAME_OF_PLACE})"
_RESULT = either("compulsory", "result_verbs")
_UTILITIES = either("compulsory", "utilities")

_LEAD = rf"(?:可以|应当|有权|必须|要|应|可|将|一律|依法|先行|当场|当即|即时|及时|立即|就地|强制|予以|实施|采取|进行|给予|并|并予|临时|暂时|组织|由{WORD}{{2,24}}?|对{WORD}{{1,40}}?|将{WORD}{{1,20}}?)"
_MEASURE = Lazy(
    rf"(?P<act>{_LEAD}{{1,4}}(?P<verb>{_SEAL}|{_SEIZE}|{_FREEZE})(?:[、或和]|或者)*(?:{_SEAL}|{_SEIZE}|{_FREEZE})?(?P<object>{WORD}{{0,24}}))"
)
_MEASURE_BARE = Lazy(
    rf"(?P<act>(?:(?<=^)|(?<=，)|(?<=、)|(?<=的)|(?<=或者)|(?<=并))(?P<verb>{_SEAL}|{_SEIZE}|{_FREEZE})(?:[、或和]|或者)*(?:{_SEAL}|{_SEIZE}|{_FREEZE})?(?P<object>(?!的|决定|期|清单){WORD}{{1,24}}))"
)
_PERSON_MEASURE = Lazy(
    rf"(?P<act>(?:{_LEAD}){{0,3}}(?:{_PERSON}|(?:予以|给予|实施|进行){WORD}{{0,5}}隔离治疗|(?:采取|实施|实行){WORD}{{0,8}}?(?:隔离(?![带栏墩桩设护网])|限制(?:其)?出境|限制(?:其)?人身自由(?!的))){WORD}{{0,8}})"
)
_FORCED = Lazy(
    rf"(?P<act>(?:{_LEAD}){{0,3}}(?:组织|依法|实施|予以)?(?:强制性?|强行)(?:依法|予以|对其)?(?P<verb>{_RESULT}|报废|执行|收购|撤离|转移|住院治疗|送|遣返|其履行|其{WORD}{{0,6}}履行|履行|消除|带离|带至|带往|带走|拖回|驶离|驱散|扣缴|征收|划拨|注销|搬出|腾退|腾空|收回|检疫|关停|关闭|隔离){WORD}{{0,10}})"
)
_FORCED_MEASURE = Lazy(rf"(?P<act>(?:采取|实施|施行){WORD}{{0,16}}(?:行政)?强制措施)")
_DEFAULT = rf"(?:过期|超期|不清|不拆|不铲|不迁|不搬|不自拆|未迁|未清|未拆|没有迁|没有清|没有拆|没有办|当日未|未{WORD}{{1,6}}的(?=，)|日内未|到期未|不自行|逾期|拒不|仍不|仍未|不按期|未按期|到期(?!不再|不续|续|未续)|限期内|规定期限内|无法|未能|不能|无力|不及时|情况紧急|必要时|未在{WORD}{{2,10}}内|◇+)"
_COST = rf"(?:费用?|工钱|支出|开支|工料费|清运款|成本)(?:{WORD}{{0,4}}?)(?:(?:由|均由|全部由|从)(?P<payer>{WORD}{{1,20}}?)(?:承担|负担|支付|出|自负|自理|自付|里扣|中扣)|(?:自负|自理|自付)|向{WORD}{{1,12}}?(?:收取|追偿|收)|记在{WORD}{{1,12}}?账上)"
_AFTER_DEFAULT = Lazy(
    rf"(?P<act>(?P<default>{_DEFAULT})(?P<gap>(?:(?!责令|处理|吊销|处罚){PART}){{0,90}}?)(?P<how>代为|代作|代其|代行|雇(?:人|工|请{WORD}{{1,8}}?)|派人|找人|组织力量|组织人员|组织专业单位|组织有关单位|组织|安排{WORD}{{0,8}}?|可以|请人|请{WORD}{{1,8}}?|指定{WORD}{{2,26}}?|委托{WORD}{{2,26}}?|予以|强制|依法|直接|统一|由{WORD}{{2,30}}?)(?:代为|代作|予以|进行|统一|依法|强制|实施|组织|用{WORD}{{1,6}})*(?P<verb>{_RESULT}|履行|执行)(?!决定|通知|罚款){WORD}{{0,12}}(?P<cost>，?{WORD}{{0,12}}?{_COST})?)"
)
_AT_COST = Lazy(
    rf"(?P<act>(?P<how>由|委托|组织|指定|可以|联合|到场){WORD}{{0,50}}?(?:代为|代作|统一|强制|组织|依法|代其|予以)*(?P<verb>{_RESULT}|履行|迁移|检测){WORD}{{0,24}}，{WORD}{{0,14}}?{_COST})"
)
_DESTROY = Lazy(
    rf"(?P<act>(?:(?<=，)(?=推倒|拆掉|铲平)|一律|直接|予以|当场|就地|立即|由{WORD}{{2,20}}?|统一|组织|见一{WORD}|强行|坚决|将){{1,3}}(?:{WORD}{{0,14}}?)(?P<verb>推平|拆走|拆掉|推倒|铲平|平毁|捣毁|砸毁|砸到|砸掉|捕杀|扑杀|宰杀|击杀|填平|毁掉|平坟|起坟|断电拆棚|剪断|推掉|卸货|打死|推(?=，|。|$)){WORD}{{0,8}})"
)
_SELL_OFF = Lazy(
    rf"(?P<act>(?:由{WORD}{{2,14}}?|予以|统一|直接|就地|依法)*(?:变卖|拍卖|变价|处理掉){WORD}{{0,14}}?，?(?:{WORD}{{0,10}}?)(?:抵作|抵缴|充抵|冲抵|抵扣)(?:{WORD}{{0,8}}))"
)
# 七日内不接受处理的，予以变卖
_SOLD = Lazy(
    rf"(?<=的，)(?P<act>(?:由{WORD}{{2,16}}?)?(?:可以|予以|依法|统一|直接|一律|将其){{1,3}}(?:变卖|拍卖)(?!的){WORD}{{0,6}})"
)
_TAKE_AWAY = Lazy(
    rf"(?P<act>(?:将|把)(?P<what>{WORD}{{1,16}}?)(?:扣留|扣押|扣下|查扣|拖走|拉走|拉到|收走|没入|搬走)|由{WORD}{{2,16}}?(?:直接|统一|当场)(?:拉走|拖走|收走|运走|清走)(?:{WORD}{{0,6}})|(?:先行|先|一律|当场|可以)+(?:扣下|带回(?=[所局队站])){WORD}{{1,12}}|由{WORD}{{2,16}}?(?:收走|拉走|拖走|没入){WORD}{{1,12}}|(?:先)?拉到{WORD}{{1,8}}(?:大院|停车场|仓库)|扣(?:车|船|货|机)(?=[，。；并、]|$)|(?:登记保存|查扣|暂存代管){NUMBER}(?:日|天)|(?:一律|予以|先行|当场)(?:登记保存|查扣|代管))"
)
_HOLD_PERSON = Lazy(
    rf"(?P<act>(?:可以|当场|一律|统一|强行|予以|由{WORD}{{2,20}}?){{0,3}}(?:捆(?:了|起来)|(?:将其|把其|对其)?(?:约束并)?带(?:至|回|到){WORD}{{0,8}}(?:值班室|派出所|村委会|村部|询问室|办公室)|(?<![机海相有无开])关(?:到|在|进){WORD}{{1,8}}(?:屋|室|院|所|队)|当场控制|带到{WORD}{{1,10}}(?:学习|教育|接受)|集中送医|(?<!被)集中(?:隔离(?!产生|期间|所|费|点|场|人员|对象|、)|看管|管控|学习班)|集中到{WORD}{{1,12}}?(?:住|隔离|观察|管教|学习|教育|看管)|办学习班|不得离开{WORD}{{0,4}}(?:驻地|住所|家门)|强制送医)(?:{WORD}{{0,16}}))"
)
_SUBSTITUTE = Lazy(
    rf"(?P<act>(?:{_LEAD}){{0,3}}(?:依法)?(?:实施|实行|予以|决定|进行|代履行)*代履行{WORD}{{0,6}}|代(?:清|修|拆|运|剪|铲|迁)(?:理|除|缮|走)?(?=[，。；]|$)|代为(?!出租|编制|代办|主持|召集|履行职|行使职|销售|买卖|接受|照护|照看|说明|保管|提起|竞买|办理|偿付|收费|申请|签|投票|领取|缴纳|管理|申报|收取|行使|诉讼|公示|公告|报|提出|转|购|支付|保存|发布|完成|组织|赔偿|清偿|受理|看管|签收){WORD}{{1,14}})"
)
_EXTRA_FINE = Lazy(rf"(?P<act>(?:按日|每日|每天|逐日|按天)?(?:{WORD}{{0,24}}?)加处(?:{WORD}{{0,12}}?)罚款)")
_SURCHARGE = Lazy(
    rf"(?P<act>(?:按日|每日|每天|按月|从{WORD}{{2,16}}起|自{WORD}{{2,16}}起|并|可以|应当|依法|将|逾期{WORD}{{0,8}}|，|按{WORD}{{1,20}}?)*{WORD}{{0,10}}?(?:加收|加处|收取|征收|加缴|核收|计收|缴纳|交纳|处以|计征|追缴|支付|处|补交|并处|加罚){WORD}{{0,30}}?(?P<thing>滞纳金|滞报金|加处罚款|滞纳补偿费)|每日{WORD}{{0,20}}加处{WORD}{{0,8}}罚款)"
)
_CUT = Lazy(
    rf"(?P<act>停止向{WORD}{{1,16}}?供(?:应)?(?:水|电|气|热){WORD}{{0,8}}|(?:切断|断开)(?:其|该户|该店)?(?:水源|电源|水电|气源|总阀)|(?:电力|供水|供电|燃气|通信)(?:、|和|{WORD}){{0,16}}?(?:同步)?停止(?:服务|供应)|(?:供电|供水|供气|燃气)[一-龥]{{0,4}}(?:暂停|停止|切断|停)[一-龥]{{0,4}}[水电气热]|(?:采取|实施|予以|一律|可以|通知{WORD}{{2,20}}?|协调{WORD}{{2,20}}?|由{WORD}{{2,20}}?|对其|联合|要求{WORD}{{2,20}}?|配合|将)*{_UTILITIES}(?!条件|通知|时间|公告|事故|计划){WORD}{{0,10}})"
)
_TRANSFER = Lazy(
    rf"(?P<act>(?:可以|有权|直接|依法|书面|从{WORD}{{2,24}}?中|由{WORD}{{2,20}}?|将{WORD}{{2,26}}?)*(?:通知{WORD}{{2,30}}?(?:扣缴|划拨|划扣|扣划|代扣|直接扣除|划转)|划拨(?!款项|的)|划扣|扣划|变卖抵缴|拍卖抵缴|变价抵缴|依法拍卖|扣除|扣还|扣减|抵扣|抵缴){WORD}{{0,24}})"
)

_PAPER = compiled(
    r"[一-鿿](?<![凭保取查])证(?=$|[〇零一二三四五六七八九十百两半\d]+(?:个月|[日天月年]))|证照|证件|许可证|执照|资格证|驾驶证|行驶证|营运证|证书|号牌|牌照"
)
# What follows the word where a lawful measure is regulated: 查封期满, 扣押场所、设施, 冻结不得超过四十八小时.
_LAWFUL_USE = compiled(
    r"(?:[、和](?:扣押|冻结|查封|扣留))*(?:公告|不得|停放场|期|部门|机关|范围|法定|决定|清单|的(?!.{0,4}，?可)|通知|之|不得超过|措施[后的]|权|事项|申请|现场|费|凭证)"
)
_SHUT_PLACE = compiled(
    r"场所|门店|店铺|[商药网饭酒]店|厂|作坊|仓库|窝点|经营|企业|摊|房屋|设施|设备|现场|排[污水（]|口的?，"
)
# 暂扣车辆的停放场所: a place, not a measure.
_KEEPING_PLACE = compiled(r"(?:(?![到至在入拖送停存])[一-龥]){0,6}的?(?:停放|停车|保管|存放)(?:场|期|点)")
# Cutting water or power compels only where somebody is to be made to do something.
_DEPRIVING = compiled(
    r"欠|未交|的，通知|断水、断电|对.{1,16}(?:作坊|店|摊)|拒不|逾期|不[一-鿿]{1,5}的|未[一-鿿]{1,8}的|违|否则|拖欠|欠缴|不配合|直至|直到|不足.{0,12}的|擅自|一律|对.{1,30}(?:户|单位|企业|场所|业主|商户|养殖场|民宿|商家|店铺)"
)
# 两家在9月底前把车辆全部收走: who owns them takes them away.
_OWN_REMOVAL = compiled(r"(?:[月日底天年时]之?[前内]|限期|自行|自己|自觉|主动)(?:必须|应当|须|要|应)?$")
_DIRECT = (
    (
        _DESTROY,
        needs("推 打死 拆 铲 毁 砸 杀 填平 坟 剪断 卸货"),
        Power.EXECUTION,
        "demolish",
        "行政机关自行拆除、销毁、捕杀",
    ),
    (_SELL_OFF, needs("抵"), Power.EXECUTION, "auction", "变卖、拍卖抵缴"),
    (_SOLD, needs("变卖 拍卖"), Power.EXECUTION, "auction", "变卖、拍卖当事人的财物"),
    (
        _TAKE_AWAY,
        needs("扣 带回 运走 清走 拖走 拉走 拉到 收走 没入 搬走 登记保存 代管"),
        Power.COMPULSORY,
        "seize",
        "扣留车辆、物品",
    ),
    (
        _HOLD_PERSON,
        needs("捆 带至 带回 关到 关在 关进 控制 带到 集中 学习班 不得离开 强制送医"),
        Power.COMPULSORY,
        "restrict_person",
        "限制人身自由",
    ),
)
_NOT_FORCED = compiled(
    r"强制隔离戒毒|强制(?:性)?(?:标准|规范|要求|规定|保险|检定|检验|认证|免疫|报废|性|力|实施条文|条文|医疗|戒毒|戒治|措施|接种|回收|淘汰|清洁|招标|教育)"
)
_COURT = compiled(
    r"(?:申请|请求|提请|移送|由|向)[^，。；]{0,24}(?:人民法院|法院)[^，。；]{0,12}|法院(?:可以|应当|依法)*(?=强制|查封|扣押|冻结|划拨|拍卖)"
)
_MENTION_RIGHT = compiled(
    r"(?:措施|物品|财物|场所|证据|现场|公告|车辆停放场)?(?:的(?![，]?可)(?=[，、。：；一-鿿]|$)|期限|决定|清单|期间|之日|时[，应]|后[，应的]|情形|程序|通知书|前[，应])"
)


_PUBLIC_PAYER = compiled(r"财政|政府|集体|村委会|居委会|物业|本级|经费")
# Who does it for the party is another private party, by contract.
_PRIVATE_HAND = compiled(
    r"由(?:该?小区)?(?:物业(?!办|局|科|中心|管理部门)|业主|出租人|房东|承包人|发包人)[^，。；]{0,10}(?:代|组织|统一|清|修|拆)"
)
# 责令改正, 依法处理 and the like leave the doing to the party or to another law.
_ORDERS = compiled(r"责令(?![^，。；]{0,12}的)|追究|移送|提请|申请|吊销")
# 代履行三日前, 代履行决定, 代履行，是指: the procedure of a lawful power.
_RULED_SUBSTITUTE = compiled(r"代履行(?:[一-鿿]{1,3}日前|，是?指|决定|程序|的|前|费用|协议|方案|通知)")
_FAILING = compiled(r"不[一-鿿]{1,4}的|逾期|拒不|不履行|未|无法|不能|违反|责令|费用|不予|不按|代履行|◇")
# 扣除, 抵扣 may be the settling of a contract; these go through a bank or sell what was taken.
_FORCED_PAYMENT = compiled(r"扣缴|划拨|划扣|扣划|抵缴")
_FROM_ACCOUNT = compiled(r"养老金|报酬|存款|账户|帐户|银行|汇款|工资|补贴|补助|低保|分红|抵缴")
# 扣除全年禁牧奖补资金: a benefit is cut, nothing is taken out of an account.
_BENEFIT_CUT = compiled(
    r"(?!.*抵)(?:一律|全部|相应|将|并|予以|直接|依法)*(?:扣除|扣减)(?:其|该)?[^，。；]{0,20}(?:补贴|补助|奖补|奖励|津贴|绩效|补偿资金|低保|分红|积分)"
)
# 由责任人承担…，从工资卡中划扣: the pay of an organ's own people, discipline rather than execution.
_PAY = compiled(r"工资|绩效|津贴|奖金|年终")
_INSIDERS = compiled(r"责任人|干部|教师|职工|工作人员|公职|公务员|值班|窗口|科室|经办人|帮扶")
_BOOKKEEPING = compiled(r"进项|税额|成本|应纳税|所得额|会计|折旧|计税")
_SOFT_RESULTS = frozenset({"处理", "处置", "改正", "治理", "整治", "执行", "履行", "恢复", "修复", "取缔"})
_FOR_HIM = compiled(r"代为|代作|代其|代行|强制|指定|委托|组织")


_RESULTS = spaced("compulsory", "result_verbs")
_NEEDS_MEASURE = needs(spaced("compulsory", "seal", "seize", "freeze"))
_NEEDS_FORCE = needs("强制 强行 隔离 限制 收容 关押 " + spaced("compulsory", "person"))
_NEEDS_SURCHARGE = needs("滞纳 加处 滞报")
_NEEDS_DEFAULT = needs(
    "过期 超期 不清 不拆 不铲 不迁 不搬 不自拆 未 没有迁 没有清 没有拆 没有办 不自行 逾期 拒不 仍不 不按 到期 限期内 期限内"
    " 无法 不能 无力 不及时 情况紧急 必要时 不依 违反 没有按照",
    "代为 代作 代其 代行 组织 安排 雇 派人 找人 可以 请 指定 委托 予以 强制 依法 直接 统一 由",
    f"{_RESULTS} 履行 执行",
)
_NEEDS_COST = needs(
    "费 工钱 支出 开支 工料费 清运款 成本", "由 委托 组织 指定 可以 联合 到场", f"{_RESULTS} 履行 迁移 检测"
)
_NEEDS_SUBSTITUTE = needs("代履行 代为 代清 代修 代拆 代运 代剪 代铲 代迁")
_NEEDS_CUT = needs(
    "停止向 供电 供水 供气 燃气 水源 电源 水电 气源 停止服务 停止供应 停止供 停水 停电 断水 断电 停气 断气 中断供 断网 停止提供水"
)
_NEEDS_TRANSFER = needs("扣缴 划拨 划转 划扣 扣划 代扣 扣除 扣还 扣减 抵扣 抵缴 依法拍卖")


def find_compulsion(part: Part) -> Iterator[Candidate]:
    """The words of one part that name a compulsory measure or execution, in no fixed order; spans may overlap."""
    text = part.text
    if part.opens(_NEEDS_MEASURE):
        yield from _measures(text)
    if part.opens(_NEEDS_FORCE):
        for found in _PERSON_MEASURE.finditer(text):
            if re.search(r"犬|猫|动物|野生", text):
                continue
            yield _candidate(text, found, Power.COMPULSORY, "restrict_person", Grade.CLEAR, "限制人身自由")
        for found in _FORCED.finditer(text):
            if re.match(r"的(?!，)|决定|程序|通知|工作|行动|任务|现场|过程|人员", text[found.end("verb") :]):
                continue
            loose = found["verb"] == "执行" and not re.match(
                r"$|[，、（]|，?费用", text[text.index("执行", found.start("verb")) + 2 :]
            )
            if not loose and not _NOT_FORCED.search(found["act"]):
                kind = "demolish" if found["verb"] in ("拆除", "清拆") else "clear_obstacle"
                yield _candidate(text, found, Power.EXECUTION, kind, Grade.CLEAR, f"强制{found['verb']}")
        for found in _FORCED_MEASURE.finditer(text):
            plain = re.search(r"(?:的|可以|应当|将|要|一律)，?(?:一律|坚决|将|可)?$", text[: found.start()])
            grade = Grade.WEAK if plain else Grade.HINT
            yield _candidate(text, found, Power.COMPULSORY, "other_measure", grade, "采取强制措施，未写种类")
    yield from _execution(part)


def _measures(text: str) -> Iterator[Candidate]:
    for pattern in (_MEASURE, _MEASURE_BARE):
        for found in pattern.finditer(text):
            verb = found["verb"]
            if _PAPER.search(found["object"]) and verb in ("暂扣", "扣留", "收缴", "扣押"):
                continue  # 暂扣许可证 is a penalty
            if verb in ("暂扣", "扣留", "收缴") and re.search(r"[证照]由[^，。；]{0,24}$", text[: found.start("verb")]):
                continue  # 其登记证由部门暂扣
            if verb == "封闭" and not _SHUT_PLACE.search(text):
                continue  # 封闭钻孔, 道路临时封闭: works, not a measure against anybody
            if _LAWFUL_USE.match(text, found.end("verb")) or (verb == "移至" and text[found.start("verb") - 1] == "转"):
                continue
            if not verb.endswith(("至", "到", "走")) and _KEEPING_PLACE.match(found["object"]):
                continue
            if verb == "冻结" and re.match(r"其?(?:户籍|户口|学籍|编制|人事)", found["object"]):
                continue
            if re.search(r"应当|必须|不得", found["object"]):
                continue  # 扣押财物应当当场交付清单: the procedure
            if pattern is _MEASURE_BARE and re.search(r"的(?:单位|个人|企业|车主|行为)", found["object"]):
                continue
            kind = "seal" if re.fullmatch(_SEAL, verb) else "freeze" if verb == "冻结" else "seize"
            grade = Grade.WEAK if verb in ("收缴", "封闭", "查禁", "拖至") else Grade.CLEAR
            yield _candidate(text, found, Power.COMPULSORY, kind, grade, f"{verb}场所、设施或者财物")


def _execution(part: Part) -> Iterator[Candidate]:
    text = part.text
    if part.opens(_NEEDS_SURCHARGE):
        for found in _SURCHARGE.finditer(text):
            if found["thing"] and _NOT_CHARGED.search(text, max(0, found.start() - 4), found.start("thing")):
                continue
            more_of_a_fine = found["thing"] and "罚款" in found[0] and not _IN_DEFAULT.search(part.lead + text)
            if not _OWED.search(found["act"]) and not more_of_a_fine and "总额" not in found["act"]:
                yield _surcharge(text, found)
        for found in _EXTRA_FINE.finditer(text) if _IN_DEFAULT.search(part.lead + text) else ():
            if "总额" not in found["act"] and not _ITS_SUM.match(text, found.end()):
                yield _surcharge(text, found)
    for found in _AFTER_DEFAULT.finditer(text) if part.opens(_NEEDS_DEFAULT) else ():
        how = found["how"]
        if _PRIVATE_HAND.match(text, found.start("how")):
            continue
        if (
            _ORDERS.search(found["act"])
            or (found["default"].startswith("◇") and not _FOR_HIM.search(text, found.start("how"), found.end("verb")))
            or (
                found["verb"] in _SOFT_RESULTS
                and not found["cost"]
                and not _FOR_HIM.search(text, found.start("how"), found.end("verb"))
            )
        ):
            continue
        firm = (
            bool(found["cost"])
            or "代" in how
            or how.startswith(("指定", "委托", "强制", "组织"))
            or "代" in found["act"]
        )
        tears_down = found["verb"] in ("拆除", "清拆") and "代" not in text[found.start("how") : found.start("verb")]
        kind = "demolish" if tears_down else "substitute_performance"
        grade = Grade.CLEAR if firm else Grade.WEAK
        why = f"当事人不履行时由行政机关{found['verb']}"
        yield _from_comma(text, _candidate(text, found, Power.EXECUTION, kind, grade, why), found.start("how"))
    if part.opens(_NEEDS_COST):
        for found in _AT_COST.finditer(text):
            if _ORDERS.search(found["act"]) or _PUBLIC_PAYER.search(found["payer"] or ""):
                continue
            if _PRIVATE_HAND.match(found["act"]):
                continue
            yield _candidate(
                text, found, Power.EXECUTION, "substitute_performance", Grade.CLEAR, "代为履行并由当事人承担费用"
            )
    for pattern, needed, power, kind, why in _DIRECT:
        if not part.opens(needed):
            continue
        for found in pattern.finditer(text):
            if kind != "seize" or not _OWN_REMOVAL.search(text, 0, found.start("act")):
                yield _candidate(text, found, power, kind, Grade.CLEAR, why)
    if part.opens(_NEEDS_SUBSTITUTE):
        for found in _SUBSTITUTE.finditer(text):
            if _RULED_SUBSTITUTE.search(text, found.start()) or _PRIVATE_HAND.search(text, 0, found.end()):
                continue
            if not _FAILING.search(part.lead + text):
                continue
            yield _candidate(text, found, Power.EXECUTION, "substitute_performance", Grade.CLEAR, "代履行")
    if part.opens(_NEEDS_CUT) and _DEPRIVING.search(part.stem + part.lead + text):
        for found in _CUT.finditer(text):
            yield _candidate(text, found, Power.EXECUTION, "cut_utilities", Grade.CLEAR, "以停水停电等方式迫使履行")
    if part.opens(_NEEDS_TRANSFER):
        for found in _TRANSFER.finditer(text):
            if not _FROM_ACCOUNT.search(text) or _BOOKKEEPING.search(text):
                continue
            if _BENEFIT_CUT.match(found["act"]) or (_PAY.search(found["act"]) and _INSIDERS.search(part.lead + text)):
                continue
            grade = Grade.CLEAR if _FORCED_PAYMENT.search(found["act"]) else Grade.WEAK
            yield _candidate(text, found, Power.EXECUTION, "transfer_deposit", grade, "划拨、扣缴或者变卖抵缴")


# 加处罚款 presses for money that is owed; without a default it is only more of the fine.
_IN_DEFAULT = compiled(r"日|逾期|不缴|拒缴|不履行|未缴|欠缴|到期|不交|未交")
# 不加收滞纳金: a relief.
_NOT_CHARGED = compiled(
    r"(?:不|不再|不予|免予|免于|停止|暂停|暂不|免)(?:加收|加处|收取|征收|计收|计征)[^，。；]{0,10}$"
)
# 追缴税款、滞纳金 names a surcharge that runs under another provision.
_OWED = compiled(
    r"(?:追缴|追征|补缴|缴清|征缴|拒不)[^，。；]{0,24}[、和及]滞纳金$|(?:加收|征收|收取|缴纳|处以)的[^，。；]{0,6}滞纳金"
)
# 加处罚款总额不得超过…: its limit, not another one.
_ITS_SUM = compiled(r"的?(?:总额|总数|金额|数额)?(?:最高)?不(?:得|能|应)?超")
_LEGAL_RATE = compiled(
    r"罚款(?:数)?额的?(?:百分之三(?!十)|3[%％])|(?<![\d.])(?:百分之三|3[%％])(?:的(?:标准|比例))?加处|加处(?:百分之三(?!十)|3[%％])"
    r"|(?:[每按逐]日|每天)[^，。；]{0,16}?(?<![\d.])(?:百分之三(?!十)|3[%％])的?[^，。；]{0,4}(?:加处|罚款)"
)
_LEGAL_CAP = compiled(
    r"不(?:得|能|应)?(?:超过|超出|高于|多于)[^，。；]{0,8}(?:罚款|本金|本数|原数|金钱给付)|以[^，。；]{0,6}(?:罚款)?数额为限"
)


def _surcharge(text: str, found: re.Match[str]) -> Candidate:
    """加处罚款 at the legal rate restates 行政处罚法 art. 72; its cap dropped, or another rate, is more than that."""
    if _LEGAL_RATE.search(found["act"]):
        if _LEGAL_CAP.search(text, found.end()):
            grade, why = Grade.HINT, "按法定比例、限额加处罚款"
        else:
            grade, why = Grade.WEAK, "按法定比例加处罚款，未写法定限额"
    else:
        grade, why = Grade.CLEAR, "加处罚款或者滞纳金"
    return _from_comma(text, _candidate(text, found, Power.EXECUTION, "surcharge", grade, why), found.end())


def _from_comma(text: str, whole: Candidate, core: int) -> Candidate:
    """The candidate without the condition before its core: 逾期未清理的，由…代为清理 begins at 由."""
    comma = text.rfind("的，", whole.start, core)
    return whole._replace(start=comma + 2) if comma >= 0 else whole


def _candidate(text: str, found: re.Match[str], power: Power, kind: str, grade: Grade, why: str) -> Candidate:
    start, end = found.span("act")
    court = _COURT.search(text, max(0, start - 30), end)
    mention = _MENTION_RIGHT.match(text, end)
    does = Does.REPORTS if court or mention or text[:end].endswith("的") else None
    return Candidate(power, kind, start, end, grade, why, does)
