"""What a question asks for, told by general patterns; anything that fits none is searched for."""

from __future__ import annotations

from enum import StrEnum

from draft_assist.chat.naming import named_laws, spelt_out
from draft_assist.chat.subjects import Organ, Subject, organs_of, rank_of_asker, subjects_of, topics_of
from draft_assist.corpus.cards import Topic
from draft_assist.law.resolve import Citation
from draft_assist.law.store import Statutes
from draft_assist.model import Frozen, Rank
from draft_assist.patterns import compiled


class Asks(StrEnum):
    """The kinds of questions."""

    EMPTY = "empty"
    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    OFF_TOPIC = "off_topic"
    ARTICLE = "article"
    LAW = "law"
    PASSAGE = "passage"  # is this lawful: words, or what is attached
    POWERS = "powers"
    CITATIONS = "citations"
    SIMILAR = "similar"
    REQUIREMENTS = "requirements"
    SEARCH = "search"


class Intent(Frozen, frozen=True):
    """A question as it was understood.

    Attributes:
        asks: see there.
        words: the question on one line, provisions spelt out.
        passage: the words to be reviewed or checked, as typed; "" where it is the document attached, or none.
        citations, titles: laws that it names.
        subjects, organs: powers, and who is to have them.
        topics: of making documents.
        rank: of the one who asks; None when the question does not tell.
    """

    asks: Asks
    words: str
    passage: str = ""
    citations: tuple[Citation, ...] = ()
    titles: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    organs: tuple[Organ, ...] = ()
    topics: tuple[Topic, ...] = ()
    rank: Rank | None = None


# A longer text than that is no question but something to be reviewed.
LONGEST_QUESTION = 400
_SHORTEST_PASSAGE = 10

_LAWFUL = compiled(
    r"合法(?!性审|权益|律)|违法(?!行为|所得|的应|成本|者)|合规|违规(?!行为|操作|者)|违反(?:上位)?法?律?(?:规定)?(?:吗|没有|了)"
    r"|有(?:没有|无|什么|啥|哪些)?(?:法律)?问题|是否?(?:妥当|恰当|可行)|可不可以这[样么]写|能不能这[样么]写|能这[样么]写|可以这[样么]写"
    r"|行不行|审[查核看](?:一下|下|看)|请?审[查核](?=这|下面|以下|附件|[：:])|预审|把(?:一?下)?关|帮[我忙](?:们)?看看|看看这|越权|抵触|挑.{0,3}毛病"
)
_BEFORE = compiled(r"上面|上述|刚才|前面|刚刚|上一?条|那段|原来那")
_THIS = compiled(
    r"这[段条句款份个](?:话|文字|条款|规定|内容|文件|办法)?|下面|下列|以下|如下|附件|这样写|此(?:条|段)|上传|所附"
)
_DOCUMENT = compiled(r"(?:这|那|该|上面|刚才|前面)[^，。？?]{0,4}(?:文件|方案|办法|稿|附件|通知|材料)")
_QUOTED = compiled(
    r"[“\"「『](?P<inside>.{6,}?)[”\"」』](?=[^”\"」』]*$)",
)
_CITES = compiled(
    r"核对.{0,8}(?:引用|依据|条文|条款|法条)|(?:引用|援引|引的|引法|引文).{0,14}(?:对不对|对吗|正确|准确|有没有错|有误|有效|错|核对|检查|查)"
    r"|(?:检查|查|看).{0,6}(?:引用|引文|援引)"
)
_LIKE = compiled(
    r"(?:类似|相似|相近|雷同|重复|同类|差不多|一样|撞车|相同)的?.{0,6}(?:文件|规定|办法|文本|方案|政策|通知|规范|先例)|(?:查重|有没有先例)"
    r"|(?:和|与|跟).{0,10}(?:重复|雷同|相似|相近|类似)"
)
_STANDS = compiled(
    r"什么时候(?:开始)?(?:施行|实施|生效|出台|通过|颁布|公布|修[改订正]|废止|失效)|(?:何时|哪[一]?[年天日])(?:开始)?(?:施行|实施|生效|通过|颁布|公布|修|废止|失效)?"
    r"|(?:施行|实施|生效|通过|修[订改正]|废止|颁布)(?:的)?(?:日期|时间)|(?:有|几|多少)(?:哪些|几|多少|什么)?个?版本|历次|修[改订正]过|最新|现行"
    r"|(?:还|是否|仍然?|现在|目前|依然|是不是).{0,4}(?:有效|生效|管用|在用|施行|能用)|有(?:没有)?(?:被)?废止|废止了|失效|有没有效|作废|有效吗|多少条|几条|几章"
)
_SETTING = compiled(
    r"设[定立置]|创设|增设|新设|自设|自行[设规收]|设定权|规定|作出|收取|收(?!入|到|集|养)|征|开征|出台|搞|定(?!义|期|金|作|性)|加收|要求.{0,4}(?:交|缴)|有权|权限"
)
_MAY = compiled(
    r"谁|哪[些个级类种里]?|什么(?!是)|由何|何种|能不能|能否|可不可以|可否|可以|能(?!力|源|够.{0,2}做)|有没有权|有权|无权|是否|得不得|允不允许|允许|应由|由|权限|设定权|吗|准不准|要不要"
)
_RULES_ON_DOCUMENTS = compiled(r"规范性文件|红头文件|文件|方案|发文|制发|起草|印发|制定机关|公文|通知|办法|决策|草案")
_OTHER_MATTER = compiled(
    r"行政处罚|治安|处罚决定|许可证|执照|合同|婚姻|劳动|税务|诉讼|复议|强制|土地|房屋|施工|建设工程|环境影响|安全生产|食品|药品"
)
_OWN_TERMS = compiled(
    r"合法性审[核查]|公平竞争审查|三统一|集体(?:讨论|审议)|备案审查|裁量(?:权)?基准|重大行政决策|公开征求意见|有效期一般"
)
_ASKING = compiled(
    r"[吗呢么？?]|多[少久长]|几|怎么|如何|是否|要不要|需不需要|需要|应当|什么|哪|谁|必须|流程|程序|要求|规定|期限|规矩"
)

_GREETING = compiled(
    r"^(?:(?:你好|您好|哈[喽啰罗]|嗨|hi|hello|hey|早上好|上午好|中午好|下午好|晚上好|在吗|在不在|有人吗|喂)[啊呀吗呢哦，,!！。.？?～~\s]*)+$"
)
_THANKS = compiled(
    r"^(?:好的?|行|嗯|ok|明白了?|知道了|收到|懂了)?[，,。!！\s]*(?:(?:非常|多|太)?(?:谢谢|感谢|谢了|多谢|辛苦)(?:你|您|了|啦|啊|大家)*|好的|明白了?|知道了|收到|懂了|ok|再见|拜拜)[!！。.，,～~\s]*$"
)
_HELP = compiled(
    r"你(?:是谁|是什么|叫什么|能(?:做|干|帮)|会(?:做|什么|干)|可以(?:做|帮))|(?:怎么|如何)(?:使用|用你|用这个)|使用说明|帮助$|^help$|有(?:什么|哪些)功能|你是.{0,6}(?:模型|机器人)"
)
_OFF = compiled(
    r"天气|下雨吗|气温|股[票市价]|彩票|笑话|星期几|几点(?:了|钟)|今天.{0,3}(?:几号|日期)|唱.{0,2}歌|菜谱|怎么做饭|游戏|电影|明星|足球|篮球|世界杯|星座|算命"
    r"|(?:写|作|来|编|念)(?:一?[首篇段个句支])?.{0,8}(?:诗(?!法)|歌词|小说|故事|情书|代码|脚本|作文|对联|段子)|(?:python|java|excel|代码).{0,10}(?:写|怎么)|翻译(?:成|一下|这)|^\s*[\d\s+\-*/×÷()（）.=等于几多少？?]+$"
)


def read_intent(
    question: str,
    statutes: Statutes,
    *,
    is_attached: bool = False,
    has_document: bool = False,
    last_place: str = "",
    last_passage: str = "",
) -> Intent:
    """What a question asks for.

    Args:
        question: as typed, of any length.
        is_attached: a document is attached to this question; has_document: one was to an earlier one.
        last_place: the law, with its article where there was one, that the turns before were about; "" for none.
        last_passage: the passage that they were about; "" for none.
    """
    typed = question.strip()
    if not any(map(str.isalnum, typed)):
        return Intent(asks=Asks.PASSAGE if is_attached else Asks.EMPTY, words="")
    if len(typed) > LONGEST_QUESTION:
        return _of_long(typed)
    words = spelt_out(typed, last_place)
    rank = rank_of_asker(words)
    if (small := _small_talk(words)) and not is_attached:
        return Intent(asks=small, words=words, rank=rank)
    passage = _passage(typed, last_passage)
    if _CITES.search(_without(words, passage)):
        return Intent(asks=Asks.CITATIONS, words=words, passage=passage or _after_colon(typed), rank=rank)
    if _LIKE.search(_without(words, passage)) and (is_attached or passage or _THIS.search(words) or "有没有" in words):
        return Intent(asks=Asks.SIMILAR, words=words, passage=passage, rank=rank)
    if passage:
        return Intent(asks=Asks.PASSAGE, words=words, passage=passage, rank=rank)
    of_document = is_attached or (has_document and bool(_LAWFUL.search(words) and _DOCUMENT.search(words)))
    return _of_law(words, statutes, rank, is_attached=of_document)


def _of_long(typed: str) -> Intent:
    """A long text is reviewed; or its citations or its like are looked for, where its head or end asks for that."""
    ends = f"{typed[:80]}\n{typed[-60:]}"
    asks = Asks.CITATIONS if _CITES.search(ends) else Asks.PASSAGE
    passage = _after_colon(typed) if _LAWFUL.search(typed[:60]) or asks is Asks.CITATIONS else ""
    return Intent(asks=asks, words=typed[:80], passage=passage or typed, rank=rank_of_asker(typed[:80]))


def _of_law(words: str, statutes: Statutes, rank: Rank | None, *, is_attached: bool) -> Intent:
    """What a question without a passage asks for."""
    named = named_laws(words, statutes)
    subjects, organs, topics = subjects_of(words), organs_of(words), topics_of(words)
    if is_attached and (not named.titles or _LAWFUL.search(words)):
        asks = Asks.PASSAGE
    elif named.citations:
        asks = Asks.ARTICLE
    elif named.titles and (_STANDS.search(words) or _is_title_alone(words, named.titles, statutes)):
        asks = Asks.LAW
    elif subjects and _is_of_powers(words, subjects, organs):
        asks = Asks.POWERS
    elif topics and _ASKING.search(words) and _is_of_documents(words):
        asks = Asks.REQUIREMENTS
    elif (unknown := _unknown_title(words)) and not named.titles:
        return Intent(asks=Asks.LAW, words=words, titles=(unknown,), rank=rank)
    else:
        asks = Asks.SEARCH
    return Intent(
        asks=asks, words=words, citations=named.citations, titles=named.titles, subjects=subjects, organs=organs,
        topics=topics, rank=rank,
    )  # fmt: skip


def _small_talk(words: str) -> Asks | None:
    low = words.lower()
    for pattern, asks in (
        (_GREETING, Asks.GREETING),
        (_THANKS, Asks.THANKS),
        (_HELP, Asks.HELP),
        (_OFF, Asks.OFF_TOPIC),
    ):
        if pattern.search(low):
            return asks
    return None


# --- passages -----------------------------------------------------------------------------------------------------


def _passage(typed: str, last: str) -> str:
    """The words whose lawfulness, citations or like is asked for; "" for none."""
    if quoted := _QUOTED.search(typed):
        asked = typed[: quoted.start()] + typed[quoted.end() :]
        if _is_review(asked) or not asked.strip(" 　，。？?！!"):
            return quoted["inside"].strip()
    if rest := _after_colon(typed):
        return rest
    if last and _BEFORE.search(typed) and _is_review(typed):
        return last
    return _inline(typed)


def _is_review(words: str) -> bool:
    return bool(_LAWFUL.search(words) or _CITES.search(words) or _LIKE.search(words))


def _after_colon(typed: str) -> str:
    """What follows a request and a colon or a line end: 下面这条有没有问题？⏎第八条　……"""
    match = compiled(r"(?s)^(?P<ask>[^：:\n]{2,60})(?:[：:]|\n)\s*(?P<rest>.{6,})$").match(typed)
    if match is None:
        return ""
    if not _is_review(match["ask"]) and not (_THIS.search(match["ask"]) and _is_review(match["rest"])):
        return ""
    return match["rest"].strip().strip('“”"「」')


_CLAUSE_END = compiled(
    r"[，。；,;]?\s*(?:请问|你看|这|那|以上|如此|这样)?(?:样|么)?(?:的)?(?:规定|写法?|做法?|要求|条款|一条|条|段话|话|内容|表述)?(?:这样|这么)?(?:写|规定)?"
    r"(?:是否|是不是|到底|算不算|算|有没有|有无|有什么|会不会)?(?:合法|违法|合规|违规|违反|越权|抵触|问题|法律问题|行不行|可行|妥当|恰当).{0,10}$"
)


def _inline(typed: str) -> str:
    """The clause itself within a question: 乱倒灰渣的处二百元罚款，这样规定合法吗."""
    if not _LAWFUL.search(typed) or _BEFORE.search(typed):
        return ""
    rest = _CLAUSE_END.sub("", typed).strip(" 　，。？?！!")
    rest = compiled(r"^(?:请|麻烦)?(?:帮我?|帮忙)?(?:审[查核]|看|预审|问)?(?:一下|看看|看|下|问)?[，：:]?").sub(
        "", rest
    )
    asks_itself = compiled(r"谁|哪些|什么|怎么|如何|能不能|能否|可不可以|是否|吗$").search(rest)
    return rest if len(rest) >= _SHORTEST_PASSAGE and not asks_itself and _THIS.search(rest) is None else ""


def _without(words: str, passage: str) -> str:
    return words.replace(" ".join(passage.split()), "") if passage else words


# --- laws and powers ----------------------------------------------------------------------------------------------


def _is_title_alone(words: str, titles: tuple[str, ...], statutes: Statutes) -> bool:
    """True when the question is a title and nothing more: 《行政处罚法》."""
    bare = words.strip(" 　《》？?。！!的是")
    return statutes.known_title(bare) in titles or bare in titles


_UNKNOWN = compiled(
    r"^(?:请问)?《?(?P<title>[^《》，。？?！!\s]{3,40}(?:法典|法|条例|规定|办法|细则|规则|决定|通知|意见))》?的?"
)


def _unknown_title(words: str) -> str:
    """A title of which nothing is held, in a question on its standing; "" for none."""
    match = _UNKNOWN.match(words)
    if match is None or not _STANDS.search(words[match.end() - 1 :]):
        return ""
    return match["title"] if not compiled(r"什么|哪|怎么|如何|多少|规范性文件").search(match["title"]) else ""


def _is_of_powers(words: str, subjects: tuple[Subject, ...], organs: tuple[Organ, ...]) -> bool:
    """True when it is asked who may set something: of the act itself (罚款怎么交) nothing is said here."""
    if not _MAY.search(words) or _how(words):
        return False
    if compiled(r"设[定立]|创设|增设|新设|自设|设定权").search(words):
        return True
    # 规定 and 收 are words of any question; with somebody who is to do it they ask for a power.
    return bool(organs) and bool(_SETTING.search(words) or _directly(words, subjects, organs))


def _how(words: str) -> bool:
    return bool(compiled(r"怎么|如何|多少(?!种|类)|程序|流程|期限|听证|几天|几日|步骤|手续|材料").search(words))


def _directly(words: str, subjects: tuple[Subject, ...], organs: tuple[Organ, ...]) -> bool:
    """县政府可以罚款吗: the power follows the word that asks for leave."""
    power = words.find(subjects[0].word)
    may = compiled(r"可以|能|可否|有权|能否|能不能|可不可以|允许|得").search(words)
    return may is not None and may.start() < power and words.find(organs[0].word) < power


def _is_of_documents(words: str) -> bool:
    """True when it is asked what is to be done in making a document, not in some other procedure."""
    if _OTHER_MATTER.search(words) and not compiled(r"规范性文件|红头文件").search(words):
        return False
    return bool(_RULES_ON_DOCUMENTS.search(words) or _OWN_TERMS.search(words) or len(words) <= _SHORT)


_SHORT = 16  # characters: 有效期一般几年, 要备案吗: nobody asks that of anything else here
