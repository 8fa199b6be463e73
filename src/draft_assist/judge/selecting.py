"""Which clauses call for a second look: those that can touch somebody's rights, whatever words they do it in.

Headings, definitions, the work of offices among themselves and closing provisions are not sent: they would cost most of
the money and bring most of the false alarms.
"""

from __future__ import annotations

from draft_assist.patterns import compiled

# Somebody outside the administration.
_PRIVATE = compiled(
    r"企业|公司|经营|商户|商家|业户|摊|户(?!籍)|店|馆(?!局)|厂|加油站|小区|供应商|投标|承包|工程|个人|公民|群众|居民|村民|农民|业主|住户|家庭|窑主|船东"
    r"|当事人|申请|家长|学生|幼儿|老人|患者|消费者|乘客|驾驶|车主|车辆|单位(?<!责任单位)(?<!牵头单位)(?<!配合单位)|社会组织"
    r"|协会|商会|合作社|医院|诊所|学校|机构|平台|从业|员工|劳动者|投资|开发商|房(?:屋|东|主)|[住租]房|建房|铺面|地块|土地|林[地木农权]|宅基地|宠物|犬|养殖|种植"
    r"|施工|运输|租|售|用户|任何|凡|者(?!协)|本人|亲属|子女|他人|(?<!工作)(?<!执法)(?<!督查)人员|新开|自建|家属|家里|女|孩|大人|月嫂|护工|师傅|厨|设置人|丧|婚|坟|船|客运|货运"
)
# Taken, kept back, forced, or let only to some: this touches rights whoever is named.
_STRONG = compiled(
    r"罚|没收|扣|吊销|撤销|取消(?!审批)|收回|收缴|查封|封存|冻结|拆除?|清退|清除|清理|清掉|取缔|关闭|关停|停(?:业|产|工|水|电|气|止|供)|拘留|强行"
    r"|强制|带离|带走|拉走|遣|管教|看管|约束|警告|曝光|黑名单|失信|不予|不准|不得|禁止|严禁|不再|不许|不给|才许|方可|方能|才能"
    r"|才可|否则|违者|违反|未经|擅自|逾期|拒不|断水|断电|断供|封条|封门|换锁|捆|没有.{0,6}证|才准|交出|按人头|缴|交纳|交清|交存|另交|收取|收费|费(?!用由财政)|金(?!融)|押|款(?!项)|税|摊派|集资|筹集"
    r"|许可|核准|审批|批准|同意|准入|办理.{0,12}[证条单]|持证|一证|凭|资质|资格|优先|优惠|补贴|补助|奖励|减免|返还|扶持|本地|本县|本市|本区"
    r"|外地|外来|指定|统一(?:采购|配送|购买|使用|安装)|征收|征用|平毁|捕杀|溯|免责|不承担|不负责|自负|自行承担|[0-9一二三四五六七八九十百千万]+元"
)
# What says that an office does something to itself only.
_INSIDE = compiled(
    r"加强(?:组织)?领导|提高(?:思想)?认识|统一思想|高度重视|建立(?:联席)?会议|成立(?:工作)?领导小组|定期召开|总结经验|宣传引导|营造(?:良好)?氛围"
)
_INSIDE_LONGEST = 80
# How documents begin and end: 结合本县实际，制定本办法, 本办法由县住房局负责解释.
_FRAME = compiled(
    r"结合[本我][省市县区镇乡州旗]?[^，。]{0,6}实际|(?:特)?制定本[^，。]{2,6}|由[^，。]{2,20}负责解释|自[^，。]{2,20}起施行"
)


def calls_for_second_look(words: str, *, has_findings: bool, has_acts: bool) -> bool:
    """True when a clause may touch somebody's rights.

    Args:
        words: of the clause.
        has_findings: rules reported something in it; has_acts: it does something with a power.
    """
    if has_findings or has_acts:
        return True
    words = _FRAME.sub("", words)
    if _STRONG.search(words):
        return True
    if len(words) <= _INSIDE_LONGEST and _INSIDE.search(words):
        return False
    return bool(_PRIVATE.search(words))
