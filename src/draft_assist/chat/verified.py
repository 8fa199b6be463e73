"""Every sentence of a model is held against the sources before it is shown.

A sentence is left out that cites what was not given, names an article that does not stand or was not looked at, quotes
other words, has another figure or another 可以, 应当, 不得 than its source, claims law without a source, calls
something lawful, or holds links and markup.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from draft_assist.chat.figures import figures_of
from draft_assist.chat.sources import Source, SourceKind, Sources
from draft_assist.errors import SourceError
from draft_assist.flow import document_of
from draft_assist.law.articles import read_label
from draft_assist.law.confirm import confirm
from draft_assist.law.resolve import Citation, State, Target, resolve
from draft_assist.law.store import PREFIX, Statutes
from draft_assist.law.titles import titles_of
from draft_assist.load import load_bytes
from draft_assist.model import Answer
from draft_assist.parse.numerals import read_numeral, write_numeral
from draft_assist.patterns import compiled
from draft_assist.settings import Settings

# Reasons for which a sentence is left out, and how they are told.
REASONS = {
    "markup": "含有网址或者标记",
    "unknown_source": "引用的编号不在来源中",
    "unknown_article": "所称的条文未经核实或者没有查过",
    "unknown_title": "提到的文件没有查过",
    "altered_quote": "引号中的话与来源不一致",
    "unknown_figure": "数字在来源中找不到",
    "altered_modal": "“可以”“应当”“不得”与来源不一致",
    "not_supported": "内容与所引来源不相干",
    "without_source": "涉及法律而没有注明来源",
    "calls_lawful": "断言合法",
    "too_long": "一句话过长，无法核对",
    "not_chinese": "不是中文",
}

_LINK = compiled(
    r"(?i)https?:|www\.|javascript:|data:|mailto:|\b[\w-]+\.(?:com|cn|org|net|gov|io|invalid)\b|<\s*/?\s*[a-z!?]|\]\s*\(|!\["
)
_DECORATION = compiled(r"\*\*|__|`+|(?m:^[ \t]*(?:#{1,6}|>)[ \t]+)")
_MARKS = compiled(r"[\[【［]\s*(?P<numbers>\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]】］]")
_MARK = compiled(r"\[(\d{1,3})\]")
_QUOTE = compiled(r"[“「『\"](?P<inside>[^”」』\"]{8,})[”」』\"]")
_ARTICLE = compiled(r"第[〇零一二三四五六七八九十百千\d]{1,9}条(?:之[一二三四五六七八九十]{1,3})?")
_TITLE = compiled(r"《(?P<title>[^《》]{2,80})》")
_NUMBER = compiled(r"[\u4e00-\u9fff]{1,8}[〔\[（(]\d{4}[〕\]）)]\d{1,4}号|令第\d{1,4}号")
_NORM = compiled(
    r"应当|应(?=[由在当按依于])|不得|必须|禁止|严禁|有权|无权|不能|可以|可由|须|依法|违法|违反|违规|合法|无效|有效|废止|失效|生效|施行|规定|设定|授权"
    r"|处(?:以|[^，。；]{0,12}(?:罚款|拘留))|罚款|没收|吊销|拘留|处罚|许可|强制|收费|保证金|征收|备案|属于|允许|准许|追究|责任|权限|义务"
    r"|能(?!否|力|源)|无需|不需要?|不用|免于|豁免|押金|罚|收取|缴|交纳|批准|审批|审查|听证|期限|公布|撤销|登记|审核|制定|实施|即可|就行|才行|也行|自己定|说了算|做主|认为|冲突|抵触"
)
_LAWFUL = compiled(
    r"合法(?!性|权|化|与否|合规性)|不违法|没有违[法反]|(?<!不)符合(?:[^，。；]{0,8})?(?:法律|法规|规定|上位法|要求)|没有(?:任何|什么|法律)?问题|无(?:违法|法律)?问题|不存在(?:违法|问题)|不(?:相)?(?:冲突|抵触|矛盾|违背)|没有冲突|行得通|站得住|可以放心|完全可行"
)
_NOT_LAWFUL = compiled(
    r"不合法|不等于合法|不(?:能|宜)?(?:说|认定|视为|据此|当然)[^，。；]{0,6}合法|是否[^，。；]{0,6}合法|合法吗|不符合|是否[^，。；]{0,4}符合|才(?:能)?合法|并不合法|非法|合法(?:成立|取得|经营|设立)|(?:是否|有没有|有无)[^，。；]{0,6}问题|规则[^，。；]{0,8}没有(?:发现|查出|报出)?"
)
_OPENING = r"[\s\d.、（）()\-—•]*(?:但是?|不过|因此|所以|同时|另外|此外|其中|如果|如|若|目前|现在)?"
_NOTHING = compiled(r"(?:没有?|未)(?:有)?(?:发现|查出|报出|看出|找出)(?![^，。；]*不等于)")
# Clauses on the search, or on the next step: they say nothing on what the law is, as long as their rest does not.
_ABSTAINS = compiled(
    r"^{0}(?:(?:在)?(?:现有|所查|本机|本地)?的?语料库?[中里]?(?:没有|未|尚未)(?:查到|找到|收录|检索到)|我?(?:没有|未能?)(?:查到|找到|检索到|收录)"
    r"|不能据此|不表示|(?:依据|证据|材料)不足|无法(?:据此)?(?:回答|判断|确定)|不等于合法|(?:没有|未)(?:发现|查出)[^，。；]*不等于合法)(?P<rest>.*)$".replace(
        "{0}", _OPENING
    )
)
_ASIDE = compiled(
    r"^{0}(?:(?:建议|请)(?:您|你|起草单位|进一步|先|再|另行|自行|人工)*(?:核对|核实|查阅|查对|查询|查|咨询|提供|补充|说明|上传|告诉|换|参看|参考|写明|重新提问)"
    r"|(?:您|你)?可以(?:先|再|继续|进一步)?(?:查阅|查|问|核对|咨询|提供|上传|补充|告诉|换)|需要(?:您|你)"
    r"|(?:是否|最终|结论|以上|具体)[^，。；]{0,20}(?:由审核人员|供(?:您|审核人员)?参考|以[^，。；]{0,8}为准)"
    r"|我(?:先|来|会|将|再|已经?)?(?:查|看|核对|检索|只|不|无法)|(?:先|再)?(?:查|检索|核对|看)(?:一下|一查|看)"
    r"|由审核人员(?:判断|作出|决定|确定)|(?:文中|其中|资料中|来源中)[^，。；]{0,12}(?:针对模型|要求模型|指令|让我)|没有照办)(?P<rest>.*)$".replace(
        "{0}", _OPENING
    )
)
_STRONG = compiled(
    r"应当|必须|不得|有权|无权|可以|可由|合法|违法|(?<!无)须(?!知)|能(?:够)?(?!否|不能|力)|罚|收取|收费|允许|准许|禁止"
)
_ENDS_IN_TEXT = compiled(r"(?:规定|依据|条文|内容|文件|资料|材料|文本|答案|信息|案例|结果|来源|认为没有规定)$")
_CLAUSES = compiled(r"[，；,;：:。！？!?\n]")
_HAN = compiled(r"[\u4e00-\u9fff]")
# Below this share of its runs of two characters a sentence speaks of something else than its source.
_LEAST_SHARED, _LEAST_BORNE = 0.22, 0.15
_MAY = compiled(r"可以|有权|可由|允许|准许|能够")
_MAY_BASIS = compiled(
    r"可以|有权|由[^，。；]{1,20}(?:设定|规定|负责|实施|行使|决定)|允许|准许|自主|享有|只能|能够|可(?=[由按依处])"
)
_NOT = compiled(r"不得|不能|无权|禁止|严禁|不可以|不允许|没有[^，。；]{0,12}设定权")
_NOT_BASIS = compiled(
    r"不得|不能|无权|禁止|严禁|不可|不允许|只能|没有|除[^。]{0,40}外|不予|违法|无效|由法律设定|非经|未经|不[收准许]"
)
_MUST = compiled(r"应当|必须|(?<![无])须(?!知)")
_MUST_BASIS = compiled(r"应当|必须|须|应|不得|只能|由|方可|要求|需")


class Verdict(NamedTuple):
    """A sentence after verification.

    Attributes:
        text: as it may be shown; "" when it is left out.
        reason: of REASONS; "" when it is kept.
        cites: numbers of the sources that it cites.
    """

    text: str
    reason: str = ""
    cites: frozenset[int] = frozenset()


class Verifier:
    """Verifies the sentences of one answer; what tools found meanwhile counts for the sentences after it."""

    def __init__(self, sources: Sources, statutes: Statutes, *, as_of: dt.date, typed: str) -> None:
        """
        Args:
            typed: what the user wrote: it may be repeated.
        """
        self._sources = sources
        self._statutes = statutes
        self._as_of = as_of
        self._typed = typed
        self._told: list[str] = []
        self.left_out: Counter[str] = Counter()
        self.kept = 0

    def tell(self, words: str) -> None:
        """What a tool of ours said: lines that carry a mark stand for its source."""
        self._told += words.split("\n")

    def check(self, sentence: str) -> Verdict:
        """The sentence as it may be shown, or why it may not."""
        text = _MARKS.sub(_plain_marks, _DECORATION.sub("", _INVISIBLE.sub("", sentence)))
        if not text.strip():
            return Verdict(text)
        cites = frozenset(int(one) for one in _MARK.findall(text))
        # Neither a space within a word nor letters of another width may hide it.
        reason = self._fault(_SPACES_INSIDE.sub("", text.translate(_WIDTHS)), cites)
        if reason:
            self.left_out[reason] += 1
            return Verdict("", reason)
        self.kept += 1
        return Verdict(text, cites=cites)

    def note(self) -> str:
        """Chinese, how many sentences were left out and why; "" for none."""
        if not self.left_out:
            return ""
        why = "、".join(f"{REASONS[reason]}{count}句" for reason, count in self.left_out.most_common())
        return f"模型的回答中有{self.left_out.total()}句没有通过核对，已略去（{why}）。"

    # --- one sentence -------------------------------------------------------------------------------------------

    def _fault(self, text: str, cites: frozenset[int]) -> str:
        if len(text) > _LONGEST:
            return "too_long"
        if _LINK.search(text):
            return "markup"
        if len(_LATIN.findall(text)) > _MOST_LATIN:
            return "not_chinese"
        sources = {one.number: one for one in self._sources.all}
        if cites - sources.keys():
            return "unknown_source"
        cited = [sources[number] for number in sorted(cites)]
        bare = _MARK.sub("", text)
        if _LAWFUL.search(_NOT_LAWFUL.sub("　", bare)):
            return "calls_lawful"
        if _NOTHING.search(bare) and any(one.kind is SourceKind.CLAUSE for one in self._sources.all):
            return "calls_lawful"  # the rules did find something
        return self._misnamed(bare, cited) or self._misquoted(bare, cited) or self._misstated(bare, cited)

    # --- what is named ------------------------------------------------------------------------------------------

    def _misnamed(self, bare: str, cited: Sequence[Source]) -> str:
        """Titles, articles and numbers that were not looked at, or that the citation checker does not confirm."""
        try:
            document = document_of(load_bytes(bare.encode("utf-8", "replace"), "句子.txt", Settings()))
        except SourceError:  # nothing to read in it, or what may not be read at all
            return "" if not _HAN.search(bare) else "markup"
        titles = titles_of(self._statutes)
        seen = self._all_words()
        for one in resolve(document, titles):
            if one.target is Target.WORK and one.state is State.SOUND and one.first is not None:
                if not self._is_looked_at(one) or not self._stands(one, bare):
                    return "unknown_article"
            elif one.target is Target.WORK and one.state is not State.SOUND:
                return "unknown_article"
        for match in _ARTICLE.finditer(document.text.value):
            if not self._has_article(match[0], cited, seen):
                return "unknown_article"
        for match in _TITLE.finditer(bare):
            if not self._has_title(match["title"], seen):
                return "unknown_title"
        for span in titles.known_names.find(document.text.value):
            if not self._has_title(span.of(document.text.value), seen):
                return "unknown_title"
        if any(_squeezed(number) not in seen for number in _NUMBER.findall(bare)):
            return "unknown_title"
        return ""

    def _is_looked_at(self, one: Citation) -> bool:
        assert one.first is not None
        wanted = [place.article for place in (one.first, one.last) if place is not None and place.article[0]]
        full = titles_of(self._statutes).match(one.title).title
        held = {source.article for source in self._sources.all if source.title in (full, one.title)}
        if all(article in held for article in wanted):
            return True
        return self._is_written(one)

    def _is_written(self, one: Citation) -> bool:
        """True when the user or a source names that very article: a source may refer to another law."""
        assert one.first is not None
        short = one.title.removeprefix(PREFIX)
        label = one.first.show()
        return any(
            _squeezed(f"{opening}{short}{closing}{label}") in self._all_words()
            for opening, closing in (("", ""), ("《", "》"), ("《" + PREFIX, "》"))
        )

    def _stands(self, one: Citation, bare: str) -> bool:
        """True when the checker confirms it on the day; an article that is gone may be named as gone."""
        answer = confirm(one, self._statutes, titles_of(self._statutes), then=None, now=self._as_of).answer
        if answer in (Answer.STANDS, Answer.NOT_IN_CORPUS):  # not in corpus: known by a card or a row of the table
            return True
        return bool(compiled(r"废止|失效|没有第|没有这|尚未施行|无此|不再|未收录|没有收录|有误").search(bare))

    def _has_article(self, label: str, cited: Sequence[Source], seen: str) -> bool:
        """True when an article number is that of a source, or stands in what was typed or found."""
        read = read_label(_han_label(label))
        among = cited or self._sources.all
        if read is not None and any(source.article == read.article for source in among):
            return True
        if any(_squeezed(label) in _squeezed(source.label + source.text) for source in among):
            return True
        return _squeezed(label) in _squeezed(self._typed) or (not cited and _squeezed(label) in seen)

    def _has_title(self, title: str, seen: str) -> bool:
        full = titles_of(self._statutes).match(title).title
        short = full.removeprefix(PREFIX)
        return any(full == source.title or title == source.title for source in self._sources.all) or any(
            _squeezed(one) in seen for one in (title, full, short)
        )

    def _all_words(self) -> str:
        """All that was typed, found or said by tools, without white space."""
        parts = [self._typed, *self._told]
        parts += [f"{one.title}{one.label}{one.text}{one.origin}{one.status}" for one in self._sources.all]
        return _squeezed("\n".join(parts))

    # --- what is said -------------------------------------------------------------------------------------------

    def _misquoted(self, bare: str, cited: Sequence[Source]) -> str:
        allowed = [_squeezed(one.text) for one in cited or self._sources.all]
        allowed += [_squeezed(self._typed), *(_squeezed(line) for line in self._lines(cited))]
        for match in _QUOTE.finditer(bare):
            inside = _squeezed(match["inside"].strip("，。；、"))
            parts = [part for part in compiled(r"…+|\.{3,}").split(inside) if part]
            if not all(any(part in words for words in allowed) for part in parts):
                return "altered_quote"
        return ""

    def _misstated(self, bare: str, cited: Sequence[Source]) -> str:
        """Figures, modal verbs and content that the cited sources do not bear; law without any source."""
        claim = "，".join(one for one in _CLAUSES.split(bare) if not _is_aside(one.strip(" 　“”")))
        support = self._support(cited)
        known = figures_of(support) | figures_of(self._typed)
        values = {value for value, _ in known}
        for value, unit in figures_of(claim):
            if (value, unit) not in known and not (unit == "" and (value in values or _is_list_number(value, bare))):
                return "unknown_figure"
        if not cited:
            is_claim = bool(_NORM.search(claim) or _TITLE.search(claim)) and not self._is_only_typed(claim)
            return "without_source" if is_claim else ""
        if self._is_other_modal(claim, support):
            return "altered_modal"
        words = _squeezed(support + self._typed)
        if any(effect not in words for effect in _EFFECT.findall(claim)):
            return "not_supported"
        borne = _shared(claim, support) >= _LEAST_BORNE and _shared(claim, support + self._typed) >= _LEAST_SHARED
        return "" if borne else "not_supported"

    def _is_only_typed(self, claim: str) -> bool:
        """True for what the user said, and no more: 您问的是“县政府能不能设定行政许可”."""
        quoted = [match["inside"] for match in _QUOTE.finditer(claim)]
        rest = _QUOTE.sub("", claim)
        return (
            bool(quoted) and all(_squeezed(one) in _squeezed(self._typed) for one in quoted) and not _NORM.search(rest)
        )

    def _is_other_modal(self, claim: str, support: str) -> bool:
        """True when it says 可以, 不得 or 应当 where what it rests on, in the sentences nearest to it, does not."""
        said = _QUOTE.sub("", claim)
        support = _nearest(said, support)
        if _NOT.search(said) and _turns_exception(said, support):
            return True
        if _loses_negation(said, support) or _adds_negation(said, support + self._typed):
            return True
        without_not = _NOT.sub("　", said)
        if _MAY.search(without_not) and not _MAY_BASIS.search(_NOT.sub("　", support)):
            return True
        if _NOT.search(said) and not _NOT_BASIS.search(support):
            return True
        return bool(_MUST.search(said)) and not _MUST_BASIS.search(support)

    def _support(self, cited: Sequence[Source]) -> str:
        """The words on which a sentence may rest: of the sources it cites, or of all when it cites none."""
        among = cited or self._sources.all
        parts = [f"{one.title}{one.label}\n{one.text}\n{one.status}\n{one.version_date or ''}" for one in among]
        return "\n".join([*parts, *self._lines(cited)])

    def _lines(self, cited: Sequence[Source]) -> Iterable[str]:
        """What the tools said with the marks of these sources; all they said where none is cited."""
        marks = [one.mark for one in cited]
        return [line for line in self._told if not marks or any(mark in line for mark in marks)]


_LONGEST = 600
_MOST_LISTED = 20


_INVISIBLE = compiled(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SPACES_INSIDE = compiled(r"(?<=[\u4e00-\u9fff])[ \u3000\t]+(?=[\u4e00-\u9fff])")
_WIDTHS = {0xFF10 + one: 0x30 + one for one in range(10)} | {
    full + one: plain + one for full, plain in ((0xFF21, 0x41), (0xFF41, 0x61)) for one in range(26)
}
_LATIN = compiled(r"[A-Za-z]")
_MOST_LATIN = 30  # of a card's number, or the name of a programme


def _is_aside(clause: str) -> bool:
    """True for a clause on the search or the next step that says nothing of the law itself."""
    if match := _ABSTAINS.match(clause):
        return not _STRONG.search(match["rest"]) or bool(_ENDS_IN_TEXT.search(match["rest"]))
    match = _ASIDE.match(clause)
    return match is not None and not _STRONG.search(match["rest"])


def _plain_marks(match: re.Match[str]) -> str:
    """[1、2], 【1】 as [1][2]."""
    numbers = compiled(r"\d+").findall(match["numbers"])
    return "".join(f"[{int(one)}]" for one in numbers)


def _is_list_number(value: float, bare: str) -> bool:
    """True for the number of a list's line: 1. …, （2）…"""
    head = compiled(r"^\s*[（(]?(\d{1,2})[.、．)）]").match(bare)
    return head is not None and float(head[1]) == value and value <= _MOST_LISTED


def _han_label(label: str) -> str:
    return compiled(r"\d+").sub(lambda match: write_numeral(read_numeral(match[0]) or 0), label)


def _squeezed(text: str) -> str:
    return "".join(text.split())


_ANY_NOT = compiled(r"[不无未非禁免]|没有|除|只|仅|并无")
_NEGATED = compiled(r"(?:不|无|未|非|免)[\u4e00-\u9fff]")
_CLOSE = 0.3
# Words for what law does to somebody: none may come from nowhere.
_EFFECT = compiled(
    r"拘留|吊销|暂扣|没收|停产停业|责令关闭|警告|通报批评|查封|扣押|冻结|强制拆除|代履行|滞纳金|保证金|押金|收费|征收|征用|许可|备案|听证|复议|诉讼"
    r"|刑事责任|赔偿|补偿|免除|豁免|撤销|无效"
)
_NEAREST = 3  # sentences of a source on which one of a model rests
_SENTENCE = compiled(r"[。；\n]")
_EXCEPT = compiled(r"除(?P<those>[^，。；]{2,30}?)(?:以|之)?外")
_SAYS_EXCEPT = compiled(r"除|[以之]外|其他|另有")


def _nearest(said: str, support: str) -> str:
    """The sentences of the support that have most in common with what is said."""
    wanted = _pairs(said)
    parts = sorted(_SENTENCE.split(support), key=lambda part: len(wanted & _pairs(part)), reverse=True)
    return "\n".join(parts[:_NEAREST])


def _turns_exception(said: str, support: str) -> bool:
    """True when those whom a source excepts (除法律外，其他文件不得…) are said to be the ones."""
    if _SAYS_EXCEPT.search(said):
        return False
    return any(_squeezed(match["those"]) in _squeezed(said) for match in _EXCEPT.finditer(support))


def _loses_negation(said: str, support: str) -> bool:
    """True when the sentence nearest to what is said forbids, and nothing of that is left."""
    nearest = support.split("\n", 1)[0]
    return bool(_NOT.search(nearest)) and not _ANY_NOT.search(said) and _shared(said, nearest) >= _CLOSE


def _adds_negation(said: str, words: str) -> bool:
    """True for a 不 or 无 before a word that has none in what it rests on: 不公开 where that says 公开."""
    return any(match[0] not in words for match in _NEGATED.finditer(_NOT.sub("　", said)))


def _shared(claim: str, support: str) -> float:
    """The share of the claim's runs of two Chinese characters that the support has; 1.0 for a claim without any."""
    wanted = _pairs(claim)
    return len(wanted & _pairs(support)) / len(wanted) if wanted else 1.0


def _pairs(words: str) -> set[str]:
    only = "".join(one if _HAN.match(one) else " " for one in words)
    return {only[start : start + 2] for start in range(len(only) - 1) if " " not in only[start : start + 2]}
