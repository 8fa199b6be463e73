"""Permits: 行政许可法 arts 2 and 12. Finds the words; `reading` decides what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from draft_assist.check.acts.candidate import Candidate
from draft_assist.check.acts.frame import PART, WORD, Part
from draft_assist.check.acts.lexicon import either, spaced
from draft_assist.check.acts.literals import Lazy, needs
from draft_assist.model import Does, Grade, Power
from draft_assist.patterns import compiled

_MODAL = r"(?:应当|必须|(?<![无毋])须|(?<!不)应(?![用急付收])|(?<![因不无])需要(?!的)|(?<![不无必急所])需(?!要|求)|(?<![需重主只不])要(?!求|么|是)|一律先?(?=经|报|到|向|持|凭|办)|均(?=经|报|到|向|持|凭)|都得先?|(?<![首优])先(?=报|到|向|经|行(?:报|到|向|办)))"
_ADVERB = rf"(?:逐级|于{WORD}{{1,14}}?前|提前{WORD}{{1,6}}?|先后|事先|事前|提前|先行|先|依法|同时|及时|首先|另行|重新|还|一律|均|统一|按照?{WORD}{{0,16}}?规定|依照{WORD}{{0,16}}?规定|在{WORD}{{1,24}}?[前后内]|自{WORD}{{1,20}}内|持{WORD}{{1,24}}?|凭{WORD}{{1,20}}?|经{WORD}{{1,14}}?(?=取得|领取)|由{WORD}{{1,20}}?|分别|依照职责|在{WORD}{{1,24}}?|到{WORD}{{1,16}}?(?=办理|申领|领取|开具)|按照?{WORD}{{1,16}}?(?=分别|向|申请))"
_APPROVE = either("permit", "approve")
_WEAK = either("permit", "approve_weak")
# 合格证明 is a proof, no certificate; 未经公证 asks for a notary.
_CERT = either("permit", "certificates") + r"(?!明)(?<!公证)(?<!保证)"
_BAN = r"(?:不得|(?<=[，的])禁止|(?<=[，的])严禁|不准|不能|不予|不可|一律不|不许|不应|不允许|均不)"

# Papers that villages and counties invent: 收运卡, 准养牌, 经营码, 准租卡, 通行标识, 批条.
_TOKEN = r"(?:[一-鿿]{1,6}(?:卡|牌|码|标识|标志|回执|同意书|登记表|意见书)|[一-鿿]{0,6}(?:批条|条子|[审批会签放通]{2}单|[通放]行单|作业单)|[一-鿿]{0,5}(?:准[一-龥]{1,3}|许可|批)(?:牌|单|条|票|函|通知书|书))"
_UNLESS = Lazy(
    rf"(?P<act>(?:◇+(?:取得|经|报|办理)|未经|未获得?|未取得|未办理|未申请|未申领|未领取|未持有?|不经|没有取得|没有办理|没有|没(?=[^，。；]{{0,14}}(?:条|证|牌|卡|单|码|票)[^，。；]{{0,3}}(?:不许|不准|不得|的))|无|未按{WORD}{{0,8}}经|未报经?|未征得|非经|未通过|不具备|未)(?P<who>{WORD}{{0,44}}?)(?:(?P<firm>{_APPROVE}|{_CERT}|{_TOKEN})|(?P<weak>{_WEAK})(?=[，不手的擅证]))(?:手续|文件|证件|决定|书)?(?P<gap>(?:(?!责令|处罚|罚款|的，由|擅自从事|没收){PART}){{0,40}}?)(?P<ban>{_BAN})(?P<what>{WORD}{{0,24}}))"
)
_BAN_UNLESS = Lazy(
    rf"(?P<act>(?:禁止|严禁|不得|不准|不许){WORD}{{0,16}}?(?<![向为给与由从托用购雇让])(?:未经|未取得|未办理|未领取|未持|无|没有)(?P<who>{WORD}{{0,26}}?)(?:(?P<firm>{_APPROVE}|{_CERT})|(?P<weak>{_WEAK})){WORD}{{0,24}})"
)
_EXCEPT_HOLDERS = Lazy(
    rf"(?P<act>除(?:持有|取得|领取|经)(?P<who>{WORD}{{2,30}}?)(?:外|以外)，?(?:{WORD}{{0,14}}?)(?:不得|不准|禁止|不许){WORD}{{0,24}})"
)
_BEFORE_PAPER = Lazy(
    rf"(?P<act>(?:未?(?:取得|领取|领到|办理|办妥|获得|拿到|收到|登记))(?P<who>{WORD}{{1,26}}?)(?:之?前|以前)，?(?:{WORD}{{0,10}}?)(?:不得|不准|禁止|不许){WORD}{{0,20}})"
)
_NOT_LISTED = Lazy(
    rf"(?P<act>(?:不在|未列入|未进入?|未纳入|没进|未入)(?P<who>{WORD}{{1,24}}?)(?:名单|名录|目录|库)(?:内|中|之内)?的?{WORD}{{0,12}}?，?(?:不得|不准|禁止|不许){WORD}{{0,24}})"
)
_TO_OFFICE = Lazy(
    rf"(?P<act>(?:(?<=，)|(?<=^)|(?<=的))(?:须|先|再|应|应当|要|必须|一律|均)*(?:到|向|在)(?P<who>{WORD}{{2,24}}?)(?:办理|申领|申请|领取|申办|换取|换领)(?P<what>{WORD}{{0,14}}?)(?:{_CERT}|{_TOKEN}|卡|牌|码|《{WORD}{{1,20}}证》)(?![件明照]?的))"
)
_PRIVATE_NOUN = r"(?:单位|个人|企业|商户|经营者|经营户|村民|居民|农户|业主|机构|公司|合作社|组织|施工方|户)"
_REPORT_TERSE = Lazy(
    rf"(?P<act>(?:(?<=的，)|(?<=，)|(?<=^)|(?<=单位|企业|农户|业主|机构|公司|个人|村民|商户))(?:须|应|先|均|一律|应当|必须)*(?:报经|报请|报)(?P<who>{WORD}{{2,24}}?)(?P<firm>核准|审批|批准|审核同意|审核|审查|同意|备核|许可|审定)(?:后(?:再|方|才)?{WORD}{{0,12}})?)(?=[，。；]|$)(?!，可以(?:查封|扣押|冻结|延长|采取))"
)
_THEN_AGAIN = Lazy(
    rf"(?P<act>(?:经|由|报|待|先经)(?P<who>{WORD}{{2,30}}?)(?P<firm>批准|审批|同意|审核同意|审核通过|审核|审定|核准|核定|验收合格|签字|盖章|点头|许可)(?:样式)?(?:后)?，?(?:后|再|方|才)(?:再|能|许|准|让|可)?(?:行)?(?:施工|实施|建|进场|开工|开业|营业|经营|砌|上梁|动工|出摊|搭建|运输|使用|办理|{WORD}{{1,4}}圈){WORD}{{0,8}})"
)
_ISSUED_AFTER = Lazy(
    rf"(?P<act>(?P<who>{WORD}{{0,20}}?)(?:审核|考核|审查|核验|考试|验收)(?:通过|合格|{WORD}{{1,6}}?)?(?:后|并)?(?:发给|发放|核发|颁发)(?:{WORD}{{0,16}}?)(?:{_CERT}|卡|牌|码))"
)
_MUST_BE_AGREED = Lazy(
    rf"(?P<act>(?:须|应当|必须|应|得先)(?:由|经)?(?P<who>(?:(?!报|经|取得|征得|向){WORD}){{2,24}}?)(?P<firm>签字同意|签字盖章|盖章同意|会签(?!单)|验过线|签过字|点头|审批同意|审核同意)(?:{WORD}{{0,10}}))"
)
_SYSTEM_TERSE = Lazy(rf"(?P<act>实行(?P<what>{WORD}{{0,10}}?)(?:通行证|准运证|许可证|准入证|特许证|一卡通行)管理)")
_YEARLY_CHECK = Lazy(rf"(?P<act>(?:每年|一年)(?:{WORD}{{0,12}}?)(?:年检|年审|审验|一审|复审|换证)(?:{WORD}{{0,8}}))")
_SUBJECT_APPROVED = Lazy(
    rf"{_PRIVATE_NOUN}(?P<act>经(?P<who>{WORD}{{2,40}}?)(?:批准|同意|许可|核准)(?:后)?，?(?:可以|可|方可)(?!免|减|享受|不受|退|税前|优惠|延长|查封|扣押)(?:{WORD}{{1,20}}))"
    rf"|(?P<act2>经(?P<who2>{WORD}{{2,40}}?)(?:批准|同意|许可|核准)(?:后)?，(?:{WORD}{{0,6}}?){_PRIVATE_NOUN}(?:方可|可以|可)(?!免|减|享受|不受|退|税前|优惠|延长)(?:{WORD}{{1,20}}))"
)
_EXAMINED = Lazy(
    rf"(?P<act>{_MODAL}{_ADVERB}{{0,2}}经(?P<who>{WORD}{{2,40}}?)(?P<weak>考核合格|审查合格|检验合格|检测合格|鉴定合格|评审通过|审查通过|审核通过))"
)
_NOT_SERVED = Lazy(
    rf"(?P<act>未(?:经|取得|缴纳|缴清|交纳|办理|签订|通过|参加|完成){WORD}{{1,30}}的，(?:{WORD}{{0,16}}?)(?:不予|不得|暂缓|暂不)(?:批准|办理|核发|颁发|受理|审批|登记|发放|通过)(?:{WORD}{{0,16}}))"
)
_ISSUED_IF = Lazy(
    rf"(?P<act>(?:符合(?:规定)?条件|(?:审核|审查|考核|检查|验收)?合格|准予|同意)(?:[一-龥]{{0,2}}的，?|，)(?:由{WORD}{{2,20}}?)?(?:予以)?(?P<how>换发|颁发|核发|发给|发放)(?:{WORD}{{1,20}}?)(?:{_CERT}|卡|牌))"
)
_EXCEPT_APPROVED = Lazy(
    rf"(?P<act>(?:禁止|严禁|不得|不准)(?:{WORD}|，){{4,80}}?(?:但|但是)?，?(?:经|取得|持有)(?P<who>{WORD}{{2,50}}?)(?P<firm>{_APPROVE}|{_CERT})(?:{WORD}|，){{0,30}}?的?除外)"
)
_AND_APPROVED = Lazy(
    rf"(?P<act>(?:(?<=，)|(?<=申请)|(?<=材料))并(?:报)?经(?P<who>{WORD}{{2,30}}?)(?P<firm>批准|审批|同意|核准|审核同意|批复)(?:后{WORD}{{0,12}})?)(?=[，。；]|$)"
)
_EXTRA_PROOF = Lazy(
    rf"(?:申[请领]{WORD}{{2,24}}(?:许可|证|登记|备案|执照)(?:证)?的{WORD}{{0,8}}，(?:除{WORD}{{2,24}}外，)?(?P<act>(?:(?:还|另)(?:应当|须|应|需)(?:提交|提供)|(?:应当|须|应)提交){WORD}{{2,40}}?(?:证明|协议|意见|承诺书|合同|同意书|说明|收据))"
    rf"|申请人(?P<act2>(?:还|另)(?:应当|须|应|需)(?:提交|提供){WORD}{{2,50}}?(?:证明|协议|意见|承诺书|合同|同意书|说明|收据)))"
)
_SIGNED_THEN = Lazy(
    rf"(?P<act>(?:由|经|待|等)(?P<who>{WORD}{{2,20}}?)(?:验过线|签过字|验线|放线|盖章|签字|点头|验收)(?:(?:{WORD}|、|，){{0,10}}?)(?:才许|才准|才让|方可|方准|才能|才可)(?:{WORD}{{1,12}}))"
)
_EXAMINED_THEN_PAPER = Lazy(
    rf"(?P<act>(?:应当|必须|须|应)(?:先|先行|事先)?由(?P<who>{WORD}{{2,30}}?)(?:进行)?{WORD}{{0,8}}?(?:审查|审核|勘验|评审|核查|考核|查验|验收){WORD}{{0,6}}，(?:并)?(?:取得|领取|获得|领到){WORD}{{0,10}}?(?:{_CERT}|{_TOKEN}))"
)
# 收到书面准予意见后再行出发
_LEAVE_WITHHELD = Lazy(
    rf"(?P<act>(?:没有|未获|未获得|未经|不予)(?P<who>{WORD}{{0,6}}?)(?:准许|会签|答复同意)的{WORD}{{0,8}}?，?{WORD}{{0,8}}?(?:不得|不准|不许|禁止){WORD}{{1,20}})"
)
_AFTER_REPLY = Lazy(
    rf"(?P<act>(?:收到|接到|拿到|得到|取得)(?P<who>{WORD}{{0,16}}?)(?:准予|同意|批准|核准|许可|批复)(?:的)?{WORD}{{0,6}}?(?:之?后)，?(?:再|方|才){WORD}{{1,10}})"
)
_REPORTED_FOR_LEAVE = Lazy(
    rf"(?P<act>(?:应当|必须|须|应|一律|要)(?:事先|提前|先行|先)?(?:逐级)?(?:(?:向|到)(?P<who>{WORD}{{2,24}}?))?报批)(?!准|手续)"
)
_ON_CONDITION_OF = Lazy(
    rf"(?P<act>以(?:取得|经)?(?P<who>{WORD}{{2,30}}?)(?:点头|同意|批准|许可|审核通过|备案)为(?:前提|条件))"
)
_ADDED_CONDITION = Lazy(
    rf"(?:许可证?|[一-龥]证|资质|执照|备案)的?(?:申请人?|办理)(?:{PART}){{0,24}}?(?P<act>(?:增加|增设|另设|附加|提高){WORD}{{0,8}}?(?:条件|门槛))"
)
_WITHHELD = Lazy(
    rf"(?P<act>(?:未|不|没有|无){WORD}{{2,50}}?的，{WORD}{{0,14}}?(?:暂缓|暂不|一律不予)(?:发证|办证|办理|核发|受理|审批|许可){WORD}{{0,10}})"
)
_BY_PAPER = Lazy(
    rf"(?P<act>凭(?P<who>{WORD}{{1,20}}?)(?:{_TOKEN}|准[一-龥]{{1,2}}证)(?=[取进采入购上经出放砍捕]){WORD}{{1,10}})"
)
_BESIDE_THE_LAW = Lazy(
    rf"除(?:法定|提交[^，。；]{{0,8}}规定的?|规定的?|法律规定的?)(?:申请)?材料外，(?P<act>(?:还|另)?(?:须|应当|应|需)(?:附|提交|提供|出具){WORD}{{2,60}})"
)
_ONE_ONE = Lazy(rf"(?P<act>实行[“\"]?一{WORD}{{1,2}}一(?:证|码|卡|牌|审|批)[”\"]?(?:管理|制度)?)")
_EXAM_THEN = Lazy(
    rf"(?P<act>(?:须|应当|必须|应|要){WORD}{{0,10}}?(?:考试|考核|培训){WORD}{{0,6}}，(?:合格(?:后)?，?)?(?:并)?(?:取得|领取|拿到){WORD}{{0,12}}?(?:{_CERT}|卡))"
)
_BEFORE_FORMALITY = Lazy(
    rf"(?P<act>(?:办理|领取|申请|申领|办)(?P<who>{WORD}{{2,24}}?)(?:证|手续|登记|许可|审批|备案|过户)(?:之?前|时)，?(?:{WORD}{{0,12}}?)(?:须|应当|必须|应|要|需|一律)先?(?:到{WORD}{{1,14}})?(?:委托|聘请|缴|交(?=[^，]{{0,8}}[费金款])|签订|参加|加入|购买|安装|完成|取得|出具[^，]{{0,10}}证明){WORD}{{1,24}})"
)
_OBTAIN_APPROVAL = Lazy(
    rf"(?P<act>{_MODAL}{_ADVERB}{{0,3}}(?:由{WORD}{{2,20}}?)?(?:报经|报请|报送|提请|申报|上报|呈报|送|征得|获得|取得|得到|报|经过|经(?![营济费办理历验过常贸])|向)(?P<who>{WORD}{{0,60}}?)(?P<firm>{_APPROVE})(?!证明|的|权限|意见书?的|文件的|后的|之日|、颁布|机关|部门|程序|、登记|而))"
)
_TERSE_APPROVAL = Lazy(
    rf"(?P<act>(?:^|(?<=，)|(?<=、))(?:报经|报请|须经|报|经|并报|并经|需经|征得)(?P<who>{WORD}{{1,40}}?)(?P<firm>{_APPROVE})(?:后|并{WORD}{{1,14}}后)?，?(?:{WORD}{{0,12}})(?P<then>(?:(?<=[，后的])方可以|(?<![一对双各甲乙官校院厂店资供需警军托买卖])方可(?!以))|方能|方准|方得|才能|才可|始得))"
)
_OBTAIN_CERT = Lazy(
    rf"(?P<act>{_MODAL}{_ADVERB}{{0,3}}(?:取得|申领|申请领取|申请取得|申请办理|申请(?!书)|重新申请|领取|申办|办理|办妥|办好|获得|持有|持|具备|具有|补办)(?!的)(?P<who>{WORD}{{0,50}}?)(?P<firm>(?:{_CERT})(?<!持证)(?<!凭证)(?<!法人资格)(?<!任职资格)(?<!职务资格)|{_APPROVE}手续|审批|《{WORD}{{1,22}}(?:证|书|卡|表)》|{_TOKEN}))(?!标识|标志|的|编号|信息|条件|而)"
)
_APPLY = Lazy(
    rf"(?P<act>(?:{_MODAL}|由(?:申请人|承办者|承办单位|建设单位|施工单位|经营者|当事人|{WORD}{{0,6}}企业)){_ADVERB}{{0,3}}(?:向|到|报)(?P<who>{WORD}{{2,60}}?)(?:提出|递交|提交(?={WORD}{{0,16}}申请)|办理|申请|申领|申报){WORD}{{0,16}}?(?P<firm>申请|许可|审批|批准|核准|手续|{_CERT}|《{WORD}{{1,22}}(?:证|书|卡|表|单)》|{_TOKEN})(?!人|书面|执行|复议|仲裁)|{_MODAL}(?:{_ADVERB}|持{WORD}{{1,10}}(?:、{WORD}{{1,10}}?){{0,4}}){{0,3}}(?:向|到)(?P<office>{WORD}{{2,40}}?)申请(?=[，。；]|$))"
)
_ONLY_THEN = Lazy(
    rf"(?P<act>(?P<verb>经(?![营济费办理历验过常贸])|由|登记|备案|认定|查验|审验|审核|考核|考试|验收|检查|检测|评估|年检|盖章|签字|凭|持|取得|办理|领取|通过|符合|缴纳|交纳|签订|完成|提供|提交|出具|具备|获得|须|应当|必须|待|参加|购买|满足)(?P<what>(?:{WORD}|，){{1,70}}?)(?:后|的|，)?，?{WORD}{{0,10}}?(?P<then>(?:(?<=[，后的])方可以|(?<![一对双各甲乙官校院厂店资供需警军托买卖])方可(?!以))|方能|方准|方得|才能|才可以|才可|才许|才准|才让|始得|始可|才予|方予|方允许)(?P<do>{WORD}{{0,20}}))"
)
_REGIME = Lazy(
    rf"(?P<act>实[行施](?P<what>{WORD}{{0,34}}?)(?:许可证|许可|审批|核准|准入|准运证|准运|资格认证|资格|准(?![一-龥]{{0,2}}化)[一-龥](?:证)?|执业注册|注册|资质|专营|特许经营|特许|配额|执照|凭证|登记备案|登记|持证上岗(?!率)|备案|总量控制|名额|定点经营|定点屠宰)(?:经营|证)?(?:管理)?(?:制度|制(?!度)|管理(?!制度))(?!的|改革))"
)
_CERT_AT_WORK = Lazy(r"(?P<act>(?:持证上岗(?!率)|持证经营|凭证(?:经营|上岗|入市|通行|购买)|亮证经营))")
_BY_AUTHORITY = Lazy(
    rf"(?P<act>由(?P<who>(?:(?!吊销|撤销|暂扣|没收|责令|报){WORD}){{1,50}}?(?:人民政府|政府|部门|机关|机构|委员会|管委会|国务院|海关|[局厅委办站所处部]|中心))(?:按照{WORD}{{1,14}})?(?:负责)?(?:进行|统一|予以)?(?P<firm>审批|审查批准|批准|核准|核发{WORD}{{0,16}}|颁发{WORD}{{1,16}}证{WORD}{{0,4}}|发给{WORD}{{1,16}}证{WORD}{{0,2}}|(?:并)?发放{WORD}{{0,8}}(?:许可|准入|通行|准予){WORD}{{0,6}}|实施{WORD}{{0,8}}许可))(?!的|后|机关|权限|设立机关)"
)
_PASS_EXAM = Lazy(
    rf"(?P<act>(?:经{WORD}{{1,20}})?(?:考试|考核|培训|考评|审查|检验|体检)(?:并经考核)?合格(?:后)?，?(?:并)?(?:取得|领取|发给|颁发|由{WORD}{{2,20}}发给|由{WORD}{{2,20}}颁发)(?P<who>{WORD}{{0,24}}?)(?P<firm>{_CERT}))"
)
_EXCLUSIVE = Lazy(rf"(?P<act>(?:实行|由){WORD}{{0,20}}(?:专营|独家经营|特许专营|统一经营))")
_CONDITION = Lazy(
    rf"(?P<act>(?:申请|从事|开办|设立|举办){WORD}{{2,40}}?(?:许可证|许可|资质|执照|资格)(?:的)?{WORD}{{0,16}}?，?(?:应当|必须|须|还应当|还须)(?:同时)?(?:具备|符合|满足)(?:下列|以下)条件)"
)
_MUST_HAVE = Lazy(
    rf"申请{WORD}{{2,40}}，(?P<act>(?:必须|应当|须|还应当|还须)(?:同时)?(?:具备|具有|拥有|配备)(?!下列|以下){WORD}{{2,40}})"
)
# 办理X许可的零售药店，与已有药店的距离不得少于五百米; 申请X证的，应当在本县拥有…: a quality asked of the applicant.
_QUALITY = Lazy(
    rf"^(?:新)?(?:申请|办理|申领|领取|核发){WORD}{{2,24}}?(?:许可证?|(?<![保凭查])证(?!明)|执照|资质|登记|审批|备案)的{WORD}{{0,14}}，(?:除{WORD}{{2,30}}外，)?(?P<act>{WORD}{{0,20}}?"
    rf"(?:不得(?:少于|低于|超过|多于)|(?:应当|必须|须|应)(?:当)?(?:不低于|不少于|不超过|不高于|在本[县市区镇省]{WORD}{{0,12}}(?:拥有|具有|设有|缴纳|注册|纳税)|具备|具有|拥有|配备|达到|加入|满)){WORD}{{1,30}})"
)
_ONLY_LISTED = Lazy(
    rf"(?P<act>(?:只限|仅限|限于|只能由|只准)(?:纳入|列入|进入|入选|取得|持有)(?P<who>{WORD}{{1,24}}?)(?:名单|名录|目录|库|{_CERT})》?”?(?:中|内)?的?{WORD}{{1,20}})"
)
_FILE = Lazy(
    rf"(?P<act>{_MODAL}{_ADVERB}{{0,3}}(?:到|向|报|在)(?P<who>{WORD}{{2,46}}?)(?:进行|办理|申请|申报)?(?P<weak>备案|登记备案|登记|报备|审核登记)(?:手续)?)"
)


_WHEN_NEEDED = Lazy(
    rf"(?P<act>(?:确需|因{WORD}{{1,30}}需要|确有必要|确实需要|(?<!的)(?<!工作)(?<!根据)(?<!实际)需要(?!的)|因故|拟(?![定订制稿]))(?:{PART}){{1,70}}?的?，(?:{WORD}{{0,30}}，)?(?:并|还|再|同时)?(?:依法)?(?:报经|报请|报|经|征得|取得|由){WORD}{{0,20}}?(?P<who>{WORD}{{0,40}}?)(?P<firm>批准|审批|核准|同意|许可)(?:的许可证?)?)(?=[，。；后]|$|划设)"
)
_MAY_IF_APPROVED = Lazy(
    rf"(?P<act>(?:^|(?<=，))(?:须|应当)?经(?P<who>{WORD}{{2,40}}?)(?P<firm>批准|审批同意|审核同意|同意|许可|核准)(?:后)?，?(?P<then>(?:(?![一-龥]{{0,4}}(?:机关|部门|政府|人员|机构|单位|法院|委员会|[局厅委办所站]))[一-龥]{{2,6}})?也?可以|可|允许|准许)(?!免|减|享受|不受|退|税前|优惠|延长|查封|扣押|查询|冻结|采取|拘留|检查|委托|授权|对|由|组织|决定|并处|处|责令|适当|给予|行使|不|根据|将|申请|向|以){WORD}{{1,20}})"
)


# 申请办理X许可的，须先取得Y的同意: what is asked of those who apply for a paper that there is already.
_APPLYING = compiled(
    r"(?:申请|申办|申领|办理|领取|换发|报审)(?:办理)?[^，。；]{0,22}?(?:许可证?|执照|资质|(?<![保凭查准行])证(?!明)|登记|联合验收|换发)[^，。；]{0,6}?(?:的|之?前)(?:企业|单位|个人|经营者|申请人|业户)?，"
)
# 进入园区的检查一律先向…申请, 法院在立案前应当征得…同意: those who need leave are organs.
_INSPECTORS = compiled(
    r"(?:(?:的|涉企|入企|执法|行政|专项)检查(?:活动|事项|任务|计划)?，?(?:一律|均|都|须|应|要|必|先|$)"
    r"|(?:政府|进口产品)采购(?:项目)?(?:$|，)|采购人"
    r"|(?:法院|检察院)(?:在[^，。；]{1,8}前)?)[^，。；]{0,6}$"
)
# 投标人应具有…资质: the buyer of a service says what the bidder must show.
_BIDDER = compiled(r"(?:投标人|投标单位|参选人|竞买人|响应人|中标(?:人|单位|企业)|招标公告|拟派|拟任)[^。；]{0,40}$")


def find_permits(part: Part) -> Iterator[Candidate]:
    """The words of one part that name a permit, in no fixed order; spans may overlap."""
    for one in _permits(part):
        if _INSPECTORS.search(part.text, 0, one.start):
            continue
        if (one.kind != "licence" and one.kind != "qualification") or not _BIDDER.search(part.text, 0, one.start):
            applying = one.power is Power.PERMIT and _APPLYING.search(part.text, 0, one.start + 1)
            yield one._replace(power=Power.PERMIT_CONDITION, kind="condition", grade=Grade.WEAK) if applying else one


def _permits(part: Part) -> Iterator[Candidate]:
    text = part.text
    for found in _UNLESS.finditer(text) if part.opens(_NEEDS_UNLESS) else ():
        if _NO_ACTIVITY.search(found["act"]):
            continue
        grade = Grade.CLEAR if found["firm"] else Grade.WEAK
        yield _candidate(found, "approval", grade, "未经许可、批准即不得从事")
    for found in _BAN_UNLESS.finditer(text) if part.opens(_NEEDS_BAN_UNLESS) else ():
        if "无证无照" in found["act"]:
            continue
        grade = Grade.CLEAR if found["firm"] else Grade.WEAK
        yield _candidate(found, "approval", grade, "禁止未经许可、未取得证照从事")
    for pattern, kind, grade, why in _open_now(part.bits):
        for found in pattern.finditer(text):
            if _NOT_A_PERMIT.search(found[0]) or _RELIEF_ASKED.search(text, 0, found.start()):
                continue
            if pattern is _TO_OFFICE and re.match(r"(?:须|应当|必须|一律)", found["act"]):
                grade = Grade.CLEAR
            if pattern is _REGIME and _QUOTA.search(found["act"]):
                grade = Grade.WEAK
            bare_formality = found.groupdict().get("firm") == "手续" and not re.search(r"审批|许可|批准", found[0])
            yield _candidate(found, kind, Grade.HINT if bare_formality else grade, why)
    if part.opens(_NEEDS_ONLY_THEN):
        yield from _only_then(text)


@lru_cache(maxsize=1 << 14)
def _open_now(bits: int) -> tuple[tuple[Lazy, str, Grade, str], ...]:
    """The plain constructions worth trying on a part with these groups; most parts are alike."""
    return tuple((pattern, kind, grade, why) for pattern, mask, kind, grade, why in _PLAIN if bits & mask == mask)


# 不得享受优惠, 不得作为证据, 不得设定许可, 不予处罚: nothing that a party does is made to wait for a permit.
_NO_ACTIVITY = compiled(
    r"不得[^，。；]{0,10}(?:设定(?:行政)?许可|享受)|不予(?:行政)?(?:处罚|罚款|追究)|作为[^，。；]{0,10}(?:证据|依据)"
)
# 需要减免的，由税务机关批准: a benefit is asked for.
_RELIEF_ASKED = compiled(r"(?:减免|缓缴|减征|免征|退税|延期(?:缴纳|纳税|申报))[^，。；]{0,10}的，$")
# 总量调控、配额管理 may be planning; as a limit for each firm it works as a permit.
_QUOTA = compiled(r"总量|配额|名额")
# What may be done only then is no activity of the party's own: an award, a payment, the organ's next step.
_REWARD = compiled(
    r"评为|评选|参评|命名|授予|报销|拨付|支付|结算|表彰|晋升|支取|退还|返还|领回|列支|动用|开展下一|进入下一|上报|提请"
)


# 检查合格后方可为经营者办理营业执照: the paper itself is one that the law knows.
_PAPER_GIVEN = compiled(
    r"^[^，。；]{0,12}(?:办理|办证|核发|发放|颁发|换发|受理)[^，。；]{0,10}(?:执照|许可|资质|登记|证)"
)


# 培训合格后方可执勤: an office trains its own people; guards of a firm are another matter.
_ON_DUTY = compiled(r"[^，。；]{0,6}(?:执勤|值勤|执法|出警|处警|接警|办案)")


def _only_then(text: str) -> Iterator[Candidate]:
    for found in _ONLY_THEN.finditer(text):
        if _NOT_A_PERMIT.search(found["act"]) or _REWARD.match(found["do"]):
            continue
        if _ON_DUTY.match(found["do"]) and "保安" not in text:
            continue
        if _PAPER_GIVEN.search(found["do"]):
            yield _candidate(found, "condition", Grade.WEAK, "以一定条件为办理证照的前提")
            continue
        what = found.string[found.start() : found.start("then")]
        if re.search(_APPROVE, what) or re.search(rf"(?:取得|领取|办理|持|凭|获得){WORD}*{_CERT}", what):
            yield _candidate(found, "approval", Grade.CLEAR, "经批准或者取得证照后方可从事")
        elif re.search(rf"{_WEAK}|合格", what):
            yield _candidate(found, "approval", Grade.WEAK, "经备案、登记、检验等后方可从事")
        else:
            yield _candidate(found, "condition", Grade.WEAK, "以一定条件为从事或者办理的前提")


# Applications that ask for a remedy, a decision or a record, and consent given inside an organ.
_NOT_A_PERMIT = compiled(
    r"复议|诉讼|仲裁|听证|(?<!无)异议|赔偿|政府信息|法律援助|救助|补贴|补助|奖励|退税|延期|负责人(?:审核|审查)?(?:批准|同意)|会议|常务委员会|人大|代表大会|社会保险|低保|公开申请|分之[一二三四五]以上(?!户主|村民签|居民签)|预防接种证|出生证|身份证(?!明)|户口|毕业证|学位证|结婚证|不动产权|房产证|房屋所有权|所有权证|产品合格证|质量合格证|资格条件|收据|发票|(?<!可)(?:粘贴|张贴|悬挂)|减免|减征|免征|享受|作为[^，]{0,8}(?:证据|依据)|设定(?:行政)?许可|签证后|会员|工作证|调查员证|普查员证|指导员证|收养|婚姻登记|选民|继承|农民负担|(?:成员|村民|居民)资格"
)

_APPROVALS = spaced("permit", "approve")
_CERTS = spaced("permit", "certificates")
_MODALS = "应 必须 须 需 要 一律 均 先 都得"
_BANS = "不得 禁止 严禁 不准 不能 不予 不可 不许 不应 不允许"
_THEN = "方可 方能 方准 方得 才能 才可 才许 才准 才让 始得 始可 才予 方予 方允许"
_TOKENS = "卡 牌 码 标识 标志 批条 条子 回执 同意书 登记表 意见书 单 条 票 函 书"
_WEAKS = spaced("permit", "approve_weak")
_NEEDS_UNLESS = needs("未 不经 没 无 非经 不具备 不按 不依", _BANS, f"{_APPROVALS} {_CERTS} {_TOKENS} {_WEAKS}")
_NEEDS_BAN_UNLESS = needs("未经 未取得 未办理 未领取 未持 无 没有", _BANS, f"{_APPROVALS} {_CERTS} {_WEAKS}")
_NEEDS_ONLY_THEN = needs(_THEN)

# Pattern, what it needs, kind, grade, reason.
_PLAIN = (
    (
        _OBTAIN_APPROVAL,
        needs(_MODALS, "报 经 征得 获得 取得 得到 提请 申报 上报 呈报 送 向", _APPROVALS),
        "approval",
        Grade.CLEAR,
        "应当报经批准",
    ),
    (_TERSE_APPROVAL, needs(_THEN, "报 经 征得", _APPROVALS), "approval", Grade.CLEAR, "报经批准后方可从事"),
    (
        _OBTAIN_CERT,
        needs(
            _MODALS,
            "取得 申领 领取 申请 办理 申办 办妥 办好 获得 持 具备 具有 补办",
            f"{_CERTS} {_APPROVALS} 审批 》 {_TOKENS}",
        ),
        "licence",
        Grade.CLEAR,
        "应当取得证照或者资质",
    ),
    (
        _APPLY,
        needs(f"{_MODALS} 由", "提出 递交 提交 办理 申请 申领 申报", "向 到 报"),
        "approval",
        Grade.CLEAR,
        "应当提出申请",
    ),
    (
        _REGIME,
        needs(
            "实行 实施",
            "许可 审批 核准 准入 准运 资格 注册 资质 准 专营 特许 配额 执照 凭证 登记 上岗 备案 总量控制 名额 定点",
        ),
        "licence",
        Grade.CLEAR,
        "实行许可或者审批制度",
    ),
    (
        _CERT_AT_WORK,
        needs("持证上岗 持证经营 凭证经营 凭证上岗 凭证入市 凭证通行 凭证购买 亮证经营"),
        "qualification",
        Grade.WEAK,
        "持证方可从事",
    ),
    (
        _BY_AUTHORITY,
        needs("由", "审批 批准 核准 核发 颁发 发给 发放 许可"),
        "approval",
        Grade.CLEAR,
        "由行政机关审批或者发证",
    ),
    (_PASS_EXAM, needs("合格", "取得 领取 发给 颁发"), "qualification", Grade.CLEAR, "考核合格并取得证书"),
    (_EXCLUSIVE, needs("专营 独家经营 统一经营"), "franchise", Grade.CLEAR, "实行专营"),
    (_CONDITION, needs("下列条件 以下条件"), "condition", Grade.WEAK, "规定取得许可的条件"),
    (_EXCEPT_HOLDERS, needs("除", _BANS), "approval", Grade.CLEAR, "除持证者外一律不得"),
    (_BEFORE_PAPER, needs("前", _BANS), "approval", Grade.WEAK, "取得某种凭证之前不得从事"),
    (
        _NOT_LISTED,
        needs("名单 名录 目录 库", "不在 未列入 未进 未纳入 没进 未入", _BANS),
        "approval",
        Grade.WEAK,
        "不在名单、名录内的不得从事",
    ),
    (
        _TO_OFFICE,
        needs("办理 申领 申请 领取 申办 换取 换领", f"{_CERTS} {_TOKENS} 证》", "到 向 在"),
        "licence",
        Grade.WEAK,
        "到行政机关办理证照",
    ),
    (
        _REPORT_TERSE,
        needs("报", "核准 审批 批准 审核 审查 同意 备核 许可 审定"),
        "approval",
        Grade.WEAK,
        "报行政机关核准",
    ),
    (
        _THEN_AGAIN,
        needs("批准 审批 同意 审核 审定 核准 核定 验收合格 签字 盖章 点头 许可", "后 再 方 才", "经 由 报 待"),
        "approval",
        Grade.WEAK,
        "经审核同意后再从事",
    ),
    (
        _ISSUED_AFTER,
        needs("发给 发放 核发 颁发", "审核 考核 审查 核验 考试 验收"),
        "licence",
        Grade.WEAK,
        "审核后发给证、卡",
    ),
    (
        _ISSUED_IF,
        needs("换发 颁发 核发 发给 发放", "符合 合格 准予 同意"),
        "licence",
        Grade.CLEAR,
        "符合条件的发给证、牌",
    ),
    (_EXCEPT_APPROVED, needs("除外", _BANS), "approval", Grade.CLEAR, "一律禁止，经批准的除外"),
    (_SUBJECT_APPROVED, needs("可", "经", "批准 同意 许可 核准"), "approval", Grade.WEAK, "经批准可以从事"),
    (
        _EXAMINED,
        needs("考核合格 审查合格 检验合格 检测合格 鉴定合格 评审通过 审查通过 审核通过"),
        "approval",
        Grade.WEAK,
        "须经考核、检验合格",
    ),
    (
        _NOT_SERVED,
        needs("未", "不予 不得 暂缓 暂不", "批准 办理 核发 颁发 受理 审批 登记 发放 通过"),
        "condition",
        Grade.WEAK,
        "以完成某事为办理许可的前提",
    ),
    (_AND_APPROVED, needs("并经 并报经"), "approval", Grade.CLEAR, "报行政机关核准，并经批准"),
    (
        _EXTRA_PROOF,
        needs("提交 提供", "申请 申领", "证明 协议 意见 承诺书 合同 同意书 说明 收据"),
        "condition",
        Grade.WEAK,
        "办理许可另须提交证明、协议",
    ),
    (
        _MUST_BE_AGREED,
        needs("签字同意 签字盖章 盖章同意 会签 验过线 签过字 点头 审批同意 审核同意"),
        "approval",
        Grade.WEAK,
        "须经签字、盖章同意",
    ),
    (
        _SIGNED_THEN,
        needs(_THEN, "验过线 签过字 验线 放线 盖章 签字 点头 验收"),
        "approval",
        Grade.CLEAR,
        "验线、签字、盖章后方可从事",
    ),
    (
        _SYSTEM_TERSE,
        needs("实行", "通行证 准运证 许可证 准入证 特许证 一卡通行"),
        "licence",
        Grade.CLEAR,
        "实行证件管理",
    ),
    (_YEARLY_CHECK, needs("每年 一年", "年检 年审 审验 一审 复审 换证"), "licence", Grade.WEAK, "每年审验、年检"),
    (
        _EXAMINED_THEN_PAPER,
        needs("由", "审查 审核 勘验 评审 核查 考核 查验 验收", "取得 领取 获得 领到"),
        "licence",
        Grade.CLEAR,
        "经行政机关审查取得凭证",
    ),
    (_LEAVE_WITHHELD, needs("准许 会签 答复同意", "不得 不准 不许 禁止"), "approval", Grade.CLEAR, "未获准许不得从事"),
    (
        _AFTER_REPLY,
        needs("收到 接到 拿到 得到 取得", "准予 同意 批准 核准 许可 批复", "后"),
        "approval",
        Grade.CLEAR,
        "收到准予意见后再从事",
    ),
    (_REPORTED_FOR_LEAVE, needs("报批"), "approval", Grade.WEAK, "应当报批"),
    (_ON_CONDITION_OF, needs("为前提 为条件"), "approval", Grade.CLEAR, "以行政机关同意为前提"),
    (_ADDED_CONDITION, needs("条件 门槛", "增加 增设 另设 附加 提高"), "condition", Grade.WEAK, "为取得许可附加条件"),
    (
        _WITHHELD,
        needs("暂缓 暂不 不予", "发证 办证 办理 核发 受理 审批 许可"),
        "condition",
        Grade.WEAK,
        "以完成某事为办理许可的前提",
    ),
    (_BY_PAPER, needs("凭", f"{_TOKENS} 准"), "licence", Grade.WEAK, "凭证、凭条方可从事"),
    (_BESIDE_THE_LAW, needs("材料外"), "condition", Grade.WEAK, "办理许可另须提交材料"),
    (_ONE_ONE, needs('实行一 实行“一 实行"一'), "licence", Grade.CLEAR, "实行一事一证、一年一审"),
    (_EXAM_THEN, needs("考试 考核 培训", "取得 领取 拿到"), "qualification", Grade.CLEAR, "须经考试取得证书"),
    (
        _BEFORE_FORMALITY,
        needs(
            "前 时",
            "证 手续 登记 许可 审批 备案 过户",
            "委托 聘请 缴 交 签订 参加 加入 购买 安装 完成 取得 证明",
            "须 应 需 要 一律",
        ),
        "condition",
        Grade.WEAK,
        "办理手续前附加条件",
    ),
    (
        _WHEN_NEEDED,
        needs("需 拟 因故 有必要", "批准 审批 核准 同意 许可"),
        "approval",
        Grade.CLEAR,
        "确需从事的，报经批准",
    ),
    (_MAY_IF_APPROVED, needs("可 允许 准许", "批准 同意 许可 核准"), "approval", Grade.WEAK, "经批准可以从事"),
    (_MUST_HAVE, needs("申请", "具备 具有 拥有 配备"), "condition", Grade.WEAK, "为取得许可附加条件"),
    (
        _QUALITY,
        needs("申请 办理 申领 领取 核发", "证 许可 执照 资质 登记 审批 备案", "不得 应 须"),
        "condition",
        Grade.WEAK,
        "为取得许可附加条件",
    ),
    (
        _ONLY_LISTED,
        needs("只限 仅限 限于 只能由 只准", "名单 名录 目录 库 证 许可 资格 资质"),
        "approval",
        Grade.WEAK,
        "只限名单内的或者持证的从事",
    ),
    (_FILE, needs("备案 登记 报备", "到 向 报 在"), "registration", Grade.HINT, "应当备案或者登记"),
)


def _candidate(found: re.Match[str], kind: str, grade: Grade, why: str, does: Does | None = None) -> Candidate:
    power = Power.PERMIT_CONDITION if kind == "condition" else Power.PERMIT
    groups = found.groupdict()
    name = "act" if groups["act"] else "act2"
    who = groups.get("who") or groups.get("who2") or ""
    start, end = found.span(name)
    if found[name].endswith(("许可", "准运", "准入")) and (paper := _PAPER_TAIL.match(found.string, end)):
        end = paper.end()  # 许可 of 许可证: the quote names the whole paper
    if kind == "licence" and _QUALIFICATION.search(found[0]):
        kind = "qualification"
    return Candidate(power, kind, start, end, grade, why, does, who)


_PAPER_TAIL = compiled(r"证书|证件|证(?![明据])")
_QUALIFICATION = compiled(r"资格证|资格证书|职业资格|执业证|上岗证|工匠证|从业资格")
