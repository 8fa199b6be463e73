"""What a model writes in its own words: form, bearing, and what it cites.

Prose may name the articles that were sent and what stands in the clause; any other law, article, document number or
case must be confirmed by the citation checker, or the statement falls.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from draft_assist.judge.claims import fault_of_claim
from draft_assist.judge.contents import content
from draft_assist.judge.quantities import foreign_number
from draft_assist.judge.question import Material, Question
from draft_assist.judge.turned import allows_anything
from draft_assist.law.articles import read_label, split_article
from draft_assist.law.confirm import confirm
from draft_assist.law.resolve import Citation, State, Target, is_own_name, resolve
from draft_assist.law.store import Statutes
from draft_assist.law.titles import Titles, titles_of
from draft_assist.model import Answer, Document, FileKind, RawDocument, Span
from draft_assist.normalise import normalise
from draft_assist.parse import parse
from draft_assist.parse.numerals import write_numeral
from draft_assist.patterns import compiled

# --- form -----------------------------------------------------------------------------------------------------------

_MARKUP = compiled(
    r"(?im)https?:|www\.|[\w.]+@[\w.]+\.\w|[A-Za-z0-9-]+\.(?:com|cn|net|org|gov|info|io)\b|</?[A-Za-z!?]|&(?:#\d+|#x[0-9a-fA-F]+|[a-z]{2,6});|javascript:"
    r"|\{\{|\}\}|\{%|<\||\|>|\[/?INST\]|<<|>>|```|\*\*|^#{1,6}\s|\]\(|\\[nux]|\$\{|data:\w+/"
    r"|(?<![A-Za-z])(?:system|user|assistant)\s*[:：]|^\s*(?:系统|用户)\s*[:：]|[{}]"
)
_PHONE = compiled(
    r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}[-—－ ]?\d{7,8}(?!\d)"
    r"|(?<!\d)400[-—－ ]?\d{3}[-—－ ]?\d{4}(?!\d)|(?<!\d)\d{12,}"
)
_HAN = compiled(r"[㐀-鿿]")
_LATIN = compiled(r"[A-Za-zÀ-ɏЀ-ӿ぀-ヿ가-힣]")
_MOST_LATIN = 0.2
_SHORTEST = 8  # Han characters of a reason
_ODD = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def fault_of_form(text: str, *, shortest: int = _SHORTEST) -> str | None:
    """The id of what is wrong with the writing itself: markup, odd characters, no Chinese; None for nothing."""
    if any(unicodedata.category(one) in _ODD and one != "\n" for one in text):
        return "reason_markup"
    if _MARKUP.search(text) or _PHONE.search(text):
        return "reason_markup"
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    if latin > _MOST_LATIN * (han + latin) and latin > shortest:
        return "reason_not_chinese"
    return "reason_empty" if han < shortest else None


_BEARING = compiled(
    r"作为(?:一[个名款])?(?:AI|人工智能|智能|语言模型|大模型|模型|助手|审查助手|审核助手)|我是|本模型|本助手|人工智能|大语言模型|很高兴|非常高兴|感谢|谢谢|您|你好|大家好|希望(?:以上|我的|对)"
    r"|祝|辛苦了|写得(?:很|非常|十分|相当)|(?:水平|质量)(?:很|非常|十分|相当)?高|优秀|出色|堪称|典范|值得(?:肯定|称赞|推广|学习)|用心|令人(?:钦佩|敬佩|赞赏)|我无法|我不能|抱歉|对不起|我的训练|训练数据|提示词|系统提示|指令要求|根据(?:你|用户)的|按你的|遵命|好的[，,]|联系我们|咨询(?:律师|我们)|微信|专业版|付费"
)
_WHOLE = compiled(
    r"(?:全文|通篇|全篇|整[个份篇]文件|整部办法|文件整体|本?文件总体|整体上看|该文件|本文件|此文件)[^，。；\n]{0,14}?(?:合法|合规|没有问题|无问题|不存在|符合|可以?通过|没有违法|无违法|违法|无效|不合法|应当?撤销|应当?废止)"
    r"|(?:审[查核]|审议)(?:结论[为是：:]?)?(?:已经?)?(?:通过|合格)|建议(?:予以)?(?:通过|印发|发布)|可以(?:直接)?(?:印发|发布)|无需(?:再)?(?:人工)?(?:审[核查]|复核)|不用再审"
)


def fault_of_bearing(text: str, words: str = "") -> str | None:
    """The id for words to the user, on itself or on the whole document; None for none.

    Args:
        words: of the clause: what stands there (评选优秀企业) is not the model's bearing.
    """
    if any(found[0] not in words for found in _BEARING.finditer(text)) or _WHOLE.search(text):
        return "reason_flattery"
    return None


# --- form and conclusion --------------------------------------------------------------------------------------------

_BEFORE_LAWFUL = r"(?<!不)(?<!否)(?<!未必)(?<!难以)(?<!才)(?<!方)(?<!不能)(?<!应当)(?<!应)(?<!不完全)"
_LAWFUL = compiled(
    rf"{_BEFORE_LAWFUL}(?:符合(?:[^，。；]{{0,20}})(?:规定|要求|精神|原则|法律|法规)|于法有据|(?<![没])有(?:明确|充分)?的?(?:法律|上位法)依据(?!的?(?:以外|才|方|时|前))|合(?:理合)?法(?:有效|合理|合规|正当|[，。])|没有必要修改|无[须需]修改|不必修改|可以直接(?:公示|执行|收取|实施)|属于合法|是合法的?)"
    r"|(?:并不|不|没有|未|并未|并没有)(?:违反|违法(?!(?:犯罪|行为)?记录|犯罪)|抵触|构成违法|存在违法|存在问题|存在抵触|超越|与上位法抵触)|没有(?:任何|什么|明显)?问题|无(?:任何|明显)?问题|不存在(?:任何)?[^，。；]{0,8}?(?:问题|违法|抵触|不当|情形)|并无不当|没有不当|无不妥|没有不妥|(?:是|属于|系|为)误报"
    r"|不构成[^，。；]{0,10}(?:违法|设定|处罚|许可|收费|强制|问题)|不属于[^，。；]{0,10}(?:违法|设定)|(?<![法律规例章料])(?:没有|未|并未|并非|不是)(?:自行|自己)?(?:设定|创设|增设|新设)"
)
_FAULTY = compiled(
    r"违法|违反|抵触|无权|越权|超越|自行(?:设定|创设|增设)|没有(?:写明)?(?:上位法|法律)?依据|缺[少乏](?:上位法|法律)?依据|不得设定|应当(?:删除|删去)|减损|加重|增加了?(?:[^，。；]{0,6})(?:义务|负担)"
)


def speaks_against(text: str) -> bool:
    """True when the words say that something is in order."""
    return bool(_LAWFUL.search(text))


_NO_HAN = compiled(r"[^㐀-鿿\d]")


def only_repeats(text: str, words: str) -> bool:
    """True when a reason is nothing but words of the clause."""
    return _NO_HAN.sub("", text) in _NO_HAN.sub("", words)


_RATHER = compiled(
    r"属于|援引|转引|引用|重申|依照|依据|依法|没有设定|未设定|不是|并非|没有增加|未增加|没有新|并未|没有自行|误报|指向|内部|范围|幅度|民事|刑事|不对外|禁止|限制的是|约束|倡导|自愿|定义|说明|只是|仅|汇报|计划|没有|不"
)


def only_blames(text: str) -> bool:
    """True when the words tell a fault and nothing that would speak for the clause."""
    return bool(_FAULTY.search(text)) and not speaks_against(text) and not _RATHER.search(_FAULTY.sub("", text))


# --- what it is about -----------------------------------------------------------------------------------------------

# Of the good statements of the planted-fault suite none shares less; a statement on another matter shares one pair of
# twenty by chance.
_LEAST_ABOUT, _LEAST_ABOUT_OF_SEVERAL = 0.07, 0.05
_SEVERAL = 2
_ALWAYS = compiled(
    r"规范性文件|行政机关|上位法|法律法规|法律|法规|规章|依据|设定|条款|规定|材料|没有|写明|增加|减损|义务|负担|权利|文件|公民|法人|组织|违法|不符|问题|要求|属于|情形|程序|此处|表述|结合|实际|情况|综合|考虑|建议|完善|研究|进一步|内容|风险|存在|需要|不妥|欠妥"
)


def is_off_topic(text: str, question: Question, about: Sequence[str]) -> bool:
    """True when the reason shares next to nothing with the clause and what is said of it."""
    words = content(_ALWAYS.sub(" ", text))
    if not words:
        return True
    clause = content(_ALWAYS.sub(" ", " ".join((question.words, question.stem, *about))))
    shared = len(words & clause)
    return shared == 0 or shared < len(words) * (_LEAST_ABOUT if shared < _SEVERAL else _LEAST_ABOUT_OF_SEVERAL)


# --- numbers --------------------------------------------------------------------------------------------------------


def sent_texts(question: Question) -> tuple[str, ...]:
    """All that was sent of a clause, for looking up what an answer names."""
    findings = [one.finding for one in question.findings]
    cards = [one.requirement for one in question.materials if one.requirement is not None]
    return (
        question.words, question.label, question.before, question.after, question.stem, question.facts, *question.acts,
        *(f"{one.title}\n{one.message}\n{one.advice}\n{one.quote}" for one in findings),
        *(f"《{one.law}》{one.article}\n{one.gist}" for finding in findings for one in finding.basis),
        *(f"{one.label}\n{one.text}\n{one.evidence.gist}" for one in question.materials),
        *(f"《{one.source}》{one.number}{one.section}" for one in cards),
    )  # fmt: skip


_MARKS = compiled(r"(?i)(?<![A-Za-z0-9])[ERPC]\d{1,3}(?![A-Za-z0-9])")


_ALLOWED_BY = compiled(r"(?i)(?P<id>[EP]\d{1,3})[^，。；\n]{0,12}?(?:允许|可以|授权|有权|准许)")


def claims_leave(text: str, question: Question) -> bool:
    """True when prose says that a material allows something, and the material allows nothing."""
    texts = {one.id.upper(): one.text for one in question.materials}
    return any(not allows_anything(texts.get(found["id"].upper(), "")) for found in _ALLOWED_BY.finditer(text))


def unknown_mark(text: str, question: Question) -> bool:
    """True when prose names an E7 or R3 that was not given."""
    known = {one.id.upper() for one in question.materials} | {one.id.upper() for one in question.findings}
    sent = " ".join((question.words, question.stem, question.before, question.after)).upper()
    return any(mark.upper() not in known and mark.upper() not in sent for mark in _MARKS.findall(text))


# --- citations ------------------------------------------------------------------------------------------------------

_AUTHORITIES = compiled(
    r"[（(](?:19|20)\d{2}[)）]\s*\S{1,14}?号|指导性?案例|典型案例|公报案例|第\s*\d+\s*号案例|[㐀-鿿]{2,12}诉[㐀-鿿]{2,20}案|[某][^，。]{0,6}案(?!卷|件|由)"
    r"|最高人民法院|最高法|最高检|全国人大常委会法工委|法工委|国务院法制办|司法部(?:批|答|复|认)|批复|答复(?:函|意见|认为|明确|指出)|作出过?答复|复函|会议纪要|司法解释|判例|判决|裁定书?|裁判|法院(?:曾|已|认为|认定|多次|普遍)|学界|学者|专家(?:认为|指出|意见)|通说"
    r"|据统计|统计(?:显示|表明)|数据显示|研究(?:表明|显示)|调查(?:显示|表明)|曾(?:经)?[^，。]{0,6}(?:函|发文|作出|明确|要求|通报|指出|认定|纠正|查处)|发函|来函|已(?:经)?被[^，。]{1,12}(?:撤销|废止|纠正|否定|叫停)|(?:参照|借鉴)[^，。]{2,10}做法|(?:外地|其他地方|各地)[^，。]{0,4}做法|(?:多次|早已|一再)(?:明确|强调|要求|指出)|实践中(?:[^，。]{0,8})(?:法院|判)|新闻报道|据报道|媒体"
)
_NUMBERED = compiled(r"[〔\[（(［【](?:19|20)\d{2}[〕\])）］】]\s*第?\s*\d+\s*号")
_VAGUE_YEAR = compiled(r"(?:19|20)\d{2}年(?:修订|修正|修改)")


@lru_cache(maxsize=512)
def _read(text: str) -> Document:
    raw = RawDocument(path=Path("-"), kind=FileKind.TEXT, text=f"本案　{text}")
    return parse(normalise(raw))


class CitationCheck:
    """Holds the laws that prose names against what was sent and against the statutes."""

    def __init__(self, statutes: Statutes, as_of: dt.date) -> None:
        self._statutes = statutes
        self._titles: Titles = titles_of(statutes)
        self._as_of = as_of

    def fault(self, text: str, question: Question) -> str | None:
        """The id when prose names what cannot be shown to exist and to bear on the point; None when all stands."""
        sent = sent_texts(question)
        joined = "\n".join(sent)
        if any(match[0] not in joined for match in _AUTHORITIES.finditer(text)):
            return "reason_citation"
        if any(_plain(match[0]) not in _plain(joined) for match in _NUMBERED.finditer(text)):
            return "reason_citation"
        document = _read(text)
        value = document.text.value
        for one in resolve(document, self._titles):
            if not self._stands(one, value, question, joined):
                return "reason_citation"
        # A known name that is spoken of rather than cited (民法典规定……) claims something too.
        for span in self._titles.known_names.find(value):
            named = Citation(span, span, Target.WORK, State.SOUND, span.of(value), span.of(value))
            if not self._is_backed(named, value, question):
                return "reason_citation"
        return None

    def states_foreign_number(self, text: str, question: Question) -> bool:
        """True when the words state a number that was not sent; places of laws are not numbers but citations."""
        document = _read(text)
        value = document.text.value
        for one in reversed(resolve(document, self._titles)):
            if one.target is Target.WORK and one.first is not None:
                value = f"{value[: one.span.start]}，{value[one.span.end :]}"
        return foreign_number(_MARKS.sub("，", value), *sent_texts(question), *_paragraphs(question))

    def _stands(self, one: Citation, value: str, question: Question, sent: str) -> bool:
        words = one.span.of(value)
        if one.target is Target.OWN or is_own_name(one):
            return self._is_here(one, question, sent)
        if _plain(words) in _plain(sent) and (one.first is not None or one.target is not Target.WORK):
            return True
        if one.target is not Target.WORK or one.state is not State.SOUND or not one.title:
            return False
        if self._is_of_material(one, question):
            return self._is_backed(one, value, question)
        if self._is_in_clause(one, question):
            return True
        return self._is_confirmed(one, value)

    def _is_here(self, one: Citation, question: Question, sent: str) -> bool:
        """本条, 第八条, 前款: a place of the document itself, or an article that was sent named without its law."""
        if one.first is None or not one.first.article[0]:
            return True
        place = one.first.show()
        return place in sent or place in question.label

    def _same(self, one: str, other: str) -> bool:
        return self._titles.match(one).title == self._titles.match(other).title

    def _is_of_material(self, one: Citation, question: Question) -> bool:
        sources = (
            *(material.evidence for material in question.materials),
            *(basis for asked in question.findings for basis in asked.finding.basis),
        )
        for evidence in sources:
            if not self._same(one.title, evidence.law):
                continue
            if one.first is None or not one.first.article[0]:
                return True
            label = read_label(evidence.article)
            if label is None or label.article != one.first.article or one.last is not None:
                continue
            if one.first.paragraph or one.first.item:
                return self._answer(one) in (Answer.STANDS, Answer.NOT_IN_CORPUS, Answer.WORDING_NOT_HELD)
            return True
        return False

    def _is_backed(self, one: Citation, value: str, question: Question) -> bool:
        """What prose says that a law lays down must be like an article of it that was sent, and not its opposite."""
        said = _SAYS_OF.match(value, one.span.end)
        if said is None:
            return True
        label = one.first.show() if one.first is not None and one.first.article[0] else ""
        texts = [
            material.text
            for material in question.materials
            if self._same(one.title, material.evidence.law) and material.evidence.article.startswith(label)
        ]
        # The sentence may go on with what follows for the clause: each beginning of it is tried.
        commas = [found.start() for found in _COMMA.finditer(said["what"])]
        beginnings = [said["what"][:end] for end in (*commas, len(said["what"]))]
        return any(fault_of_claim(words, text) is None for text in texts for words in beginnings if words)

    def _is_in_clause(self, one: Citation, question: Question) -> bool:
        """The clause itself names it, in whatever writing."""
        around = "\n".join((question.words, question.stem, question.before, question.after))
        document = _read(around)
        cited = [
            other for other in resolve(document, self._titles) if other.title and self._same(other.title, one.title)
        ]
        if one.first is None:
            return bool(cited)
        if all(other.first is None or other.first.article != one.first.article for other in cited):
            return False
        return self._answer(one) not in (Answer.ARTICLE_ABSENT, Answer.TITLE_NOT_EXACT)

    def _answer(self, one: Citation) -> Answer:
        return confirm(one, self._statutes, self._titles, then=None, now=self._as_of).answer

    def _is_confirmed(self, one: Citation, value: str) -> bool:
        if not self._titles.match(one.title).known:
            return False
        confirmed = confirm(one, self._statutes, self._titles, then=None, now=self._as_of)
        if one.first is None or not one.first.article[0]:
            # A law named without a place: it must be known and alive; nothing is said of what it lays down.
            return confirmed.answer is Answer.STANDS and _SAYS_OF.match(value, one.span.end) is None
        if confirmed.answer is not Answer.STANDS or confirmed.found is None:
            return False
        return any(
            supports(_around(value, one.span, marks), confirmed.found.text, least)
            for marks, least in (("。；\n", 1), ("。；\n，", _TELLING))
        )


def _around(value: str, span: Span, marks: str) -> str:
    """The words between two marks that hold the citation, without it."""
    start = max(value.rfind(mark, 0, span.start) for mark in marks) + 1
    ends = [at for mark in marks if (at := value.find(mark, span.end)) >= 0]
    return value[start : span.start] + value[span.end : min(ends, default=len(value))]


def _paragraphs(question: Question) -> list[str]:
    """第一款, 第二款, … as far as an article that was sent has paragraphs."""
    articles = [one.text.strip() for one in question.materials if one.kind == "article"]
    most = max((len(split_article(text)) for text in articles), default=0)
    return [f"第{write_numeral(at)}款" for at in range(1, most + 1)]


# Pairs that the comma-part with a citation must have to be held against the article by itself: 对此也有规定 has none.
_TELLING = 3
# 行政处罚法规定，……; 第十六条允许…….
_SAYS_OF = compiled(
    r"》?[^，。；\n]{0,4}(?:明确|也|都|均)?(?:规定|允许|授权|赋予)(?!的)(?:了|：|，)*(?P<what>[^。；\n]{4,60})"
)
_COMMA = compiled(r"，")
_LEAST_SUPPORT = 0.35


def supports(sentence: str, article: str, least: int) -> bool:
    """True when an article that was not sent has enough of the words of the sentence that names it.

    Args:
        least: so many pairs the sentence must have.
    """
    words = content(sentence)
    return len(words) >= least and len(words & content(article)) >= _LEAST_SUPPORT * len(words)


_SPACES_AND_BRACKETS = compiled(r"[\s　《》〈〉]|中华人民共和国")
_OPEN, _CLOSE = compiled(r"[\[（(［【]"), compiled(r"[\])）］】]")


def _plain(words: str) -> str:
    return _CLOSE.sub("〕", _OPEN.sub("〔", _SPACES_AND_BRACKETS.sub("", words)))


def calls_card_a_law(text: str, material: Material) -> bool:
    """True when what is said of a requirement card calls it an article of a law."""
    if material.kind != "card":
        return False
    return any(word not in f"{material.label}{material.text}" for word in _LAW_WORDS.findall(text))


_LAW_WORDS = compiled(r"法律(?:明确)?规定|该法|本法|条文|法条|第[〇零一二三四五六七八九十百\d]+条|法规规定|法定")
