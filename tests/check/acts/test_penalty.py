"""Wording families of penalties: what imposes one, on exactly which words, and what only sounds like it."""

from __future__ import annotations

import pytest
from act_factory import PENALTIES, NearMiss, Positive, acts_of, assert_otherwise, assert_sets, cases

from draft_assist.model import AmountKind, Does, Grade, Power

PENALTY, WEAK = Power.PENALTY, Grade.WEAK

POSITIVE = (
    Positive("range", "第九条　在禁放区燃放烟花的，由县公安局⟦处二百元以上一千元以下罚款⟧。", PENALTY, "fine"),
    Positive("cap", "第九条　占用盲道摆摊的，⟦处五百元以下罚款⟧。", PENALTY, "fine"),
    Positive("fixed sum", "第九条　在河道清洗车辆的，⟦处三百元罚款⟧。", PENALTY, "fine"),
    Positive("multiple", "第九条　私自取土的，⟦处违法所得一倍以上三倍以下罚款⟧。", PENALTY, "fine"),
    Positive("percentage", "第九条　偷运砂石的，⟦处货值金额百分之二十以下罚款⟧。", PENALTY, "fine"),
    Positive("per unit", "第九条　损毁行道树的，⟦处每株八百元罚款⟧。", PENALTY, "fine"),
    Positive("per square metre", "第九条　占压绿地的，按⟦每平方米三十元罚款⟧。", PENALTY, "fine"),
    Positive("per day", "第九条　拒不清运的，⟦按日连续处罚⟧。", PENALTY, "fine"),
    Positive("so much a day", "第九条　拒不清运的，每日⟦处二百元罚款⟧。", PENALTY, "fine"),
    Positive("one sum for all", "第九条　占道堆料的，统一⟦处五百元罚款⟧。", PENALTY, "fine"),
    Positive("short 罚", "第九条　乱倒泔水的，⟦罚二百元⟧。", PENALTY, "fine"),
    Positive("short 罚款", "第九条　遛犬不牵绳的，⟦罚款五十元⟧。", PENALTY, "fine"),
    Positive("bare 并处罚款", "第九条　私搭凉棚的，责令拆除，并⟦处罚款⟧。", PENALTY, "fine"),
    Positive("so much 处罚", "第九条　露天焚烧稻草的，⟦一律给予八百元的处罚⟧。", PENALTY, "fine"),
    Positive(
        "trader beside staff",
        "第九条　对值班脱岗的干部给予处分；对拒不让道的船主，⟦罚款八百元⟧。",
        PENALTY,
        "fine",
    ),
    Positive("没收", "第九条　销售假种子的，⟦没收违法所得⟧。", PENALTY, "confiscation"),
    Positive("收缴", "第九条　持有伪劣农药的，由镇农办⟦收缴全部农药⟧。", PENALTY, "confiscation", WEAK),
    Positive("吊销", "第九条　情节严重的，⟦吊销其餐饮服务许可证⟧。", PENALTY, "revoke_licence"),
    Positive("吊销营业执照", "第九条　情节严重的，⟦吊销营业执照⟧。", PENALTY, "revoke_business_licence"),
    Positive("暂扣", "第九条　屡教不改的，⟦暂扣其许可证⟧。", PENALTY, "suspend_licence"),
    Positive(
        "暂扣 a driving licence",
        "第九条　酒后营运的，⟦暂扣驾驶证六个月⟧。",
        PENALTY,
        "suspend_licence",
    ),
    Positive("责令停产停业", "第九条　逾期不改的，⟦责令停产停业⟧。", PENALTY, "shutdown"),
    Positive("停业整改", "第九条　消防不合格的歌厅，⟦一律先行停业整改⟧。", PENALTY, "shutdown", WEAK),
    Positive("停止执业", "第九条　出具假病历的，⟦责令停止执业⟧六个月。", PENALTY, "shutdown"),
    Positive("警告", "第九条　首次违规的，⟦给予警告⟧。", PENALTY, "warning"),
    Positive("拘留", "第九条　情节恶劣的，⟦由派出所处五日拘留⟧。", PENALTY, "detention"),
    Positive("行政拘留", "第九条　聚众起哄的，⟦一律行政拘留五日⟧。", PENALTY, "detention"),
    Positive("降低资质", "第九条　偷工减料的，⟦降低其资质等级⟧。", PENALTY, "downgrade"),
    Positive("N年内不得从事", "第九条　弄虚作假的，⟦三年内不得从事建筑劳务分包⟧。", PENALTY, "restrict_employment"),
    Positive("取消资格", "第九条　围标串标的，⟦取消其投标资格⟧。", PENALTY, "revoke_licence", WEAK),
    Positive("取消资格 for years", "第九条　围标串标的，⟦二年内取消其投标资格⟧。", PENALTY, "restrict_employment"),
    Positive("限期出境", "第九条　外籍人员违反本办法的，⟦责令限期出境⟧。", PENALTY, "deportation"),
    Positive("通报批评", "第九条　企业再次违规的，⟦给予通报批评⟧。", PENALTY, "public_criticism"),
)

NEAR = (
    NearMiss("range", "第三条　处五千元以上罚款的案件，应当集体讨论。", Does.REPORTS, "说的是哪些案件要集体讨论"),
    NearMiss("cap", "第三条　被处以五百元以下罚款的当事人可以当场缴款。", Does.REPORTS, "罚款已经作出，这里只说缴款"),
    NearMiss("fixed sum", "第三条　每株苗木给予五十元补助。", None, "写明数额的是补助"),
    NearMiss("multiple", "第三条　赔偿金为实际损失的一至二倍。", None, "民事赔偿"),
    NearMiss("percentage", "第三条　罚款收入的百分之百上缴县级国库。", None, "罚款收入的去向"),
    NearMiss("per unit", "第三条　每平方米停车位面积不少于三十平方米。", None, "技术指标"),
    NearMiss("per day", "第三条　按日统计上报处罚数据。", None, "内部统计"),
    NearMiss("short 罚", "第三条　严禁以罚代管，严禁下达罚款指标。", None, "禁止行政机关的做法"),
    NearMiss("bare 并处罚款", "第三条　并处罚款的，应当制作两份文书。", Does.REPORTS, "提到罚款，规定的是文书"),
    NearMiss(
        "没收",
        "第三条　没收违法所得的决定应当在七日内公示。",
        Does.REPORTS,
        "决定已经作出，规定的是公示",
    ),
    NearMiss("没收 of a decision", "第三条　作出没收决定后，应当当场清点。", None, "规定程序"),
    NearMiss(
        "收缴",
        "第三条　县供销社负责回收废旧农膜，收缴入库。",
        None,
        "废旧农膜的回收，不是对谁的处罚",
    ),
    NearMiss(
        "收缴 of revenue",
        "第三条　镇财政所负责罚款收入的收缴事务。",
        None,
        "收入管理，没有处罚行为",
    ),
    NearMiss("吊销", "第三条　受到吊销许可证处罚的企业名单向社会公布。", Does.REPORTS, "处罚已经作出"),
    NearMiss("吊销 passive", "第三条　驾驶证被吊销的，重新申领按照规定办理。", None, "“被吊销”是已有的事实"),
    NearMiss("暂扣", "第三条　城管队员暂扣执法证的，应当交还。", None, "内部证件"),
    NearMiss("责令停产停业", "第三条　停产停业整顿期间，企业应当照发工资。", None, "整顿期间的用工义务"),
    NearMiss("停止执业", "第三条　医师停止执业的，应当在十日内报告。", None, "自行停止执业"),
    NearMiss("警告", "第三条　施工路段应当设置警告标志。", None, "交通标志"),
    NearMiss("警告 of staff", "第三条　对失职干部给予警告、记过处分。", Does.DISCIPLINES, "处分的一种"),
    NearMiss("拘留", "第三条　曾被处以拘留的人员不在此限。", Does.REPORTS, "以往受过的处罚"),
    NearMiss("降低资质", "第三条　企业降低成本、提高资质等级的，给予奖励。", Does.REPORTS, "降低的是成本"),
    NearMiss("N年内不得从事", "第三条　三年内不得重复检查同一企业。", None, "约束的是检查机关"),
    NearMiss(
        "取消资格",
        "第三条　取消证明事项十二项。",
        None,
        "减少证明，放宽管理",
    ),
    NearMiss("限期出境", "第三条　外籍人员出境前应当结清税款。", None, "没有驱逐"),
    NearMiss("通报批评", "第三条　工作人员迟到早退的，予以通报批评。", Does.DISCIPLINES, "对内部人员"),
    NearMiss("a decision on a fine", "第三条　罚款决定书应当当场送达当事人。", None, "文书送达"),
    NearMiss(
        "sum before 的处罚决定",
        "第三条　处五百元罚款的处罚决定应当送达当事人。",
        Does.REPORTS,
        "处罚决定已经作出",
    ),
    NearMiss(
        "sum before 后",
        "第三条　罚款五百元后，当事人仍不改正的，移送公安机关。",
        Does.REPORTS,
        "“……后”说的是时间",
    ),
    NearMiss("a share of fines", "第三条　按罚款金额的百分之十奖励举报人。", None, "说的是罚款的用处"),
    NearMiss("a target of fines", "第三条　执法队每季度处罚额不少于三十万元。", None, "任务指标，另有规则"),
    NearMiss("fines as a measure", "第三条　考核时不将罚款数额作为依据。", Does.REPORTS, "考核的办法"),
    NearMiss("收缴 money", "第三条　水费收缴由村民会议商定。", None, "收的是水费"),
    NearMiss("取消 a barrier", "第三条　取消外地车辆限行和通行证差别化管理。", None, "取消的是限制"),
    NearMiss("own closing", "第三条　经营者自行决定停业整顿的，报街道备案。", None, "经营者自己停业"),
    NearMiss("fines as income", "第三条　渔政站全年罚款入库任务为四十万元。", None, "收入任务，不是处罚"),
    NearMiss("a share of fines taken in", "第三条　按罚款入库额的百分之二十支付设备租金。", None, "罚款收入的用处"),
    NearMiss("fines a head", "第三条　巡查员人均全年罚没五千元计入基础分。", None, "人均的数额是任务"),
    NearMiss(
        "a fine on staff",
        "第三条　驻村干部缺席例会的，每次罚款一百元。",
        Does.DISCIPLINES,
        "对内部人员的惩戒",
    ),
    NearMiss(
        "a fine on whoever is late",
        "第三条　上班迟到的，每次罚款二十元。",
        Does.DISCIPLINES,
        "考勤的惩戒，对象是内部人员",
    ),
    NearMiss(
        "a fine to come",
        "第三条　拟对个人处三千元以上、对单位处三万元以上罚款的，应当组织听证。",
        Does.REPORTS,
        "听证的范围",
    ),
    NearMiss("an office named 处", "第三条　经费安排：接待处八万元，文化站二万元。", None, "机构名称"),
    NearMiss("closed anyway", "第三条　民办幼儿园停办两年后退还押金。", None, "停办是事件"),
    NearMiss("a calendar of works", "第三条　水泥企业每月停产五天错峰用电。", None, "生产安排"),
    NearMiss("a benefit ends", "第三条　虚报面积的，取消其资格并追回补助资金。", None, "收回优惠"),
    NearMiss("an invitation ends", "第三条　未报名的企业取消参加农博会展销资格。", None, "参展资格"),
    NearMiss("a rating falls", "第三条　抽查不合格的，下调一级量化等级。", None, "评价等级不是资质"),
    NearMiss("a tax falls", "第三条　落户企业土地使用税降低一个等级征收。", None, "税收优惠"),
    NearMiss(
        "a fine on offices",
        "第三条　乡镇每发现一处火点罚款三千元。",
        Does.DISCIPLINES,
        "对下级机关的惩戒",
    ),
    NearMiss("fines below a sum", "第三条　所队全年罚款低于三万元的，扣减办公经费。", None, "收入任务"),
    NearMiss(
        "so much a fault of staff",
        "第三条　统计员填报出错的，每错一处罚款十元。",
        Does.DISCIPLINES,
        "对内部人员的惩戒",
    ),
    NearMiss("a meeting", "第三条　会议期间手机响铃的，罚款五十元。", Does.DISCIPLINES, "会风纪律，对象是内部人员"),
    NearMiss("cases with fines", "第三条　中队每月办结罚款三千元以上案件不少于两件。", None, "办案数量"),
    NearMiss("a requirement given up", "第三条　全面取消监理企业跨地域备案。", None, "取消的是要求"),
    NearMiss("no new ones", "第三条　暂停新增驾培机构经营许可和教练证办理。", None, "暂停的是受理"),
    NearMiss("a term", "第三条　入围期两年，期内不再受理其他机构申请。", None, "期限，不是惩戒"),
    NearMiss("membership", "第三条　户口迁出的，取消村民资格。", None, "成员身份，不是从业资格"),
    NearMiss("an account is halted", "第三条　涉案人员暂停银行卡非柜面业务。", None, "客户的账户，不是经营活动"),
    NearMiss("a contract ends", "第三条　承租人转包的，按照合同约定收回冷库经营权。", None, "合同的后果，不是处罚"),
)


@pytest.mark.parametrize("row", cases(POSITIVE))
def test_words_that_impose_a_penalty_are_found_exactly(row: Positive) -> None:
    assert_sets(row, PENALTIES)


@pytest.mark.parametrize("row", cases(NEAR))
def test_words_that_only_sound_like_a_penalty_impose_none(row: NearMiss) -> None:
    assert_otherwise(row, PENALTIES)


@pytest.mark.parametrize(
    ("sanction", "kind", "low", "high"),
    [
        pytest.param("处二百元以上一千元以下罚款", AmountKind.YUAN, 200, 1000, id="range"),
        pytest.param("处五百元以下罚款", AmountKind.YUAN, None, 500, id="cap: the lower bound is open"),
        pytest.param("处三百元罚款", AmountKind.YUAN, 300, 300, id="fixed sum: both bounds"),
        pytest.param("处货值一倍以上三倍以下罚款", AmountKind.MULTIPLE, 1, 3, id="multiple"),
        pytest.param("处货值百分之二十以下罚款", AmountKind.PERCENT, None, 20, id="percentage"),
        pytest.param("处每株八百元罚款", AmountKind.PER_UNIT, 800, 800, id="per unit"),
        pytest.param("罚款五十元", AmountKind.YUAN, 50, 50, id="the sum stands after 罚款"),
    ],
)
def test_the_sum_of_a_fine_is_read_with_it(sanction, kind, low, high) -> None:
    (act,) = acts_of(f"第九条　在广场烧烤的，{sanction}。", *PENALTIES)
    assert [(amount.kind, amount.low, amount.high) for amount in act.amounts] == [(kind, low, high)]


@pytest.mark.parametrize("sanction", ["按每株八百元处以罚款", "按照每株八百元的标准处以罚款"])
def test_a_sum_that_stands_before_the_word_fine_is_read_with_it(sanction) -> None:
    (act,) = acts_of(f"第九条　损毁行道树的，{sanction}。", *PENALTIES)
    assert [(amount.kind, amount.low) for amount in act.amounts] == [(AmountKind.PER_UNIT, 800)]


def test_a_licence_held_for_days_is_a_penalty_and_no_seizure() -> None:
    found = acts_of("第九条　屡教不改的，暂扣道路运输证三十日。")
    assert [act.power for act in found] == [Power.PENALTY]


def test_a_shutdown_for_bad_works_is_no_closing_for_works() -> None:
    (act,) = acts_of("第三条　因违规施工造成扬尘的，由镇政府责令停业整顿三十日。", *PENALTIES)
    assert act.does is Does.SETS


def test_a_law_named_at_the_head_of_the_sentence_is_asked_for_its_article() -> None:
    text = "依据《芦苇条例》规定，在禁割期采割的，由县芦苇站处三十元以上九十元以下罚款。"
    (act,) = acts_of(text, *PENALTIES)
    assert (act.does, act.grade, act.basis.titles) == (Does.SETS, Grade.WEAK, ("芦苇条例",))
    # Without a sum the condition keeps the penalty out of its reach.
    (act,) = acts_of("依据《芦苇条例》规定，在禁割期采割的，吊销采割许可证。", *PENALTIES)
    assert act.basis.titles == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第六条　每周停产两天，拒不执行的，责令停产停业。", id="an order beside a calendar"),
        pytest.param("第六条　各砖厂统一停业整顿三十日。", id="all at once"),
        pytest.param("第六条　投诉三次的，取消备案。", id="a filing taken for a breach"),
        pytest.param("第六条　不接入平台的，暂停运输证办理。", id="a paper withheld for a breach"),
    ],
)
def test_an_order_is_a_penalty_whatever_stands_beside_it(text) -> None:
    assert any(act.does is Does.SETS for act in acts_of(text, *PENALTIES))
