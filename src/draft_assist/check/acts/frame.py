"""The frame in which a power is read: one part of a sentence, with what stands before and above it.

A clause's text is cut into sentences at 。！？ and line ends, and these into parts at ；. A part knows its own
words (`text`), the parts before it in the sentence (`lead`) and the stem that it hangs under as a list item (`stem`).
Titles in 《》 and descriptions of a breach (未按照规定, 违反…规定) are masked: they name laws, but cite none for the act.
Masks keep the length, so that every offset is an offset of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from draft_assist.check.acts.literals import EVERYTHING
from draft_assist.check.acts.required import BREACH_MASK, TITLE_MASK
from draft_assist.model import Pointer, Span
from draft_assist.patterns import compiled

if TYPE_CHECKING:
    from draft_assist.check.acts.constructions import Opening

# Not crossing a comma; not crossing a part.
WORD = r"[^，。；：！？\n]"
PART = r"[^。；：！？\n]"
NUMBER = r"[〇零一二三四五六七八九十百千万亿两半壹贰叁肆伍陆柒捌玖拾佰仟\d.,]+"

# A certificate in 《》 is a thing that can be taken away, no law that is cited.
_TITLE = compiled(
    r"《(?![^《》\n]{0,24}(?:证|执照|证书|通知书|决定书|批准书|单|卡|牌)》)([^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*)》"
)
_BREACH = compiled(
    r"(?:未(?:能)?按照?|不按照?|未依照?|不依照?|没有按照?|未依法|不依法|拒不按照?)(?:[^，。；：\n]{0,14}?)(?:规定|要求|标准)?"
    r"|违反(?:了)?[^，。；：\n]{0,60}?(?:规定|要求)(?:[之一])?(?![定])"
)
_SENTENCE_END = compiled(r"[。！？\n]")
_PART_END = compiled(r"[；;]")


def mask(text: str) -> str:
    """`text` with the inside of 《》 and every description of a breach blotted out; same length."""
    if "《" in text:
        text = _TITLE.sub(lambda m: "《" + TITLE_MASK * (len(m[0]) - 2) + "》", text)
    return _BREACH.sub(lambda m: BREACH_MASK * len(m[0]), text)


class Part:
    """One part of a sentence of a clause.

    Attributes:
        text: the part's words, masked.
        raw: the same, not masked.
        start: offset of the part in `NormalText.value`.
        sentence: span of the whole sentence there.
        lead: masked words of the sentence before this part.
        context: unmasked words that share their basis with this part: earlier parts of the sentence, other cells of
            the row.
        stem: masked words of the stems above, outermost first; "" outside lists; stem_raw: the same, not masked.
        clause: path of the clause.
        bits: groups of literals of the grammar found in it, see `literals`.
        openings: the words of rules that its literals open, see `constructions`; None when that was not looked at.
    """

    __slots__ = (
        "__dict__",
        "bits",
        "clause",
        "context",
        "lead",
        "openings",
        "raw",
        "sentence",
        "start",
        "stem",
        "stem_raw",
        "text",
    )

    def __init__(
        self, *, raw: str, start: int, sentence: Span, lead: str, stem: str, stem_raw: str, clause: str, context: str
    ) -> None:
        self.bits = EVERYTHING
        self.openings: tuple[Opening, ...] | None = None
        self.raw = raw
        self.text = mask(raw)
        self.start = start
        self.sentence = sentence
        self.lead = lead
        self.context = context
        self.stem = stem
        self.stem_raw = stem_raw
        self.clause = clause

    def opens(self, mask: int) -> bool:
        """True when a construction with that mask is worth trying."""
        return self.bits & mask == mask

    def span(self, start: int, end: int) -> Span:
        """Offsets of the part as offsets of the whole text."""
        return Span(self.start + start, self.start + end)

    @cached_property
    def pointers(self) -> tuple[PointerMatch, ...]:
        """The pointers to a basis in this part, in order."""
        return tuple(find_pointers(self.text))

    @cached_property
    def context_pointers(self) -> tuple[PointerMatch, ...]:
        """The pointers in `context`."""
        return tuple(find_pointers(mask(self.context))) if self.context else ()

    @cached_property
    def stem_pointers(self) -> tuple[PointerMatch, ...]:
        """The pointers in the last sentence of the stem."""
        return tuple(find_pointers(self.stem)) if self.stem else ()


class PointerMatch:
    """Where a part points to a basis, and how."""

    __slots__ = ("end", "has_article", "kind", "start")

    def __init__(self, kind: Pointer, start: int, end: int, has_article: bool) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.has_article = has_article


_ARTICLE = rf"第{NUMBER}条(?:之{NUMBER})?(?:第{NUMBER}款)?(?:第（?{NUMBER}）?项)?"
_ARTICLES = rf"{_ARTICLE}(?:(?:、|和|或者|以及|至|及|，)*(?:{_ARTICLE}|第{NUMBER}款|第（?{NUMBER}）?项))*"
_BY = r"(?:依照|按照|依据|根据|遵照|参照|适用|按(?!照)|依(?![照据法规])|(?<![依根证凭])据)"
# A law named without brackets: 治安管理处罚法, 省市容条例; never 本办法 (that is the document itself), never 办法 alone.
_UNBRACKETED = r"(?!本|该|上述|有关|相关|国家|其他|前款|法律|下列|以下)(?:水法(?=第)|[一-龥]{2,22}?(?<![的已违合非依执司立守方办无设做想用看书])(?:法|条例|实施细则)(?![律规治定院制人所行违]))"
_OWN_NAME = r"本(?:法|条例|办法|规定|细则|规则|通知|通告|公告|意见|方案|实施方案|实施细则|制度|决定|条|章|款)"

_NAMED = compiled(
    rf"{_BY}(?:{WORD}{{0,12}}?)(?:《{TITLE_MASK}+》(?:[、和及与或]|以及|或者|等)*)+(?:{WORD}{{0,14}}?(?P<a>{_ARTICLES}))?"
    rf"|{_BY}(?:国家|中华人民共和国|有关|相关)?{_UNBRACKETED}(?:{WORD}{{0,6}}?(?P<b>{_ARTICLES}))?"
)
# 《X法》第N条规定的许可证; 《X法》第N条：初次违法的，…; 适用《X法》第N条的，…
_NAMED_AS_HEAD = compiled(
    rf"《{TITLE_MASK}+》(?:（[^（）]{{0,20}}）)?(?P<a>{_ARTICLES})(?:规定的|的规定|规定(?=应|须|必须|不得|需)|[：，]|\s*[|｜\n]|$)|(?:适用|属于|符合)《{TITLE_MASK}+》(?P<b>{_ARTICLES})"
)
_OWN = compiled(
    rf"{_BY}(?:{_OWN_NAME}(?:{_ARTICLES})?|前[两三四]?[款条项]|上[款条]|上述|下列|以下|第{NUMBER}[条款项])(?:{WORD}{{0,6}}规定)?"
)
_VAGUE = compiled(
    r"依法依规|依规依法|依法|依规|依律|按规|"
    rf"{_BY}(?:照)?(?:国家|省|市|县|自治区|我市|我县|本市|有关|相关|现行|上级|法定|专门|其他|各自|法律|法规|规章|行政法规|地方性法规|政策|部门|主管|财政|物价|价格|[、和及或者与以的])*"
    r"(?:规定|法律|法规|规章|条例|政策|要求)(?:的规定)?"
    r"|(?:法律|法规|国家|国务院)[、法律行政规章和或者国务院决定]{0,16}规定(?=[^，。；]{0,30}(?:必须|应当|须|需))"
    rf"|{_BY}(?!本|下列|以下|前款|上述){WORD}{{1,26}}?(?:有关|相关|的)规定(?!的)"
)


def find_pointers(text: str) -> Iterator[PointerMatch]:
    """The pointers of a masked text, leftmost first; a stronger reading hides a weaker one at the same place."""
    taken: list[PointerMatch] = []
    for match in _NAMED.finditer(text):
        has_article = bool(match["a"] or match["b"])
        kind = Pointer.NAMED_ARTICLE if has_article else Pointer.NAMED_LAW
        taken.append(PointerMatch(kind, match.start(), match.end(), has_article))
    for match in _NAMED_AS_HEAD.finditer(text):
        if not any(p.start < match.end() and match.start() < p.end for p in taken):
            taken.append(PointerMatch(Pointer.NAMED_ARTICLE, match.start(), match.end(), True))
    for pattern, kind in ((_OWN, Pointer.OWN), (_VAGUE, Pointer.VAGUE)):
        for match in pattern.finditer(text):
            if not any(p.start < match.end() and match.start() < p.end for p in taken):
                taken.append(PointerMatch(kind, match.start(), match.end(), False))
    yield from sorted(taken, key=lambda p: p.start)


def sentences_of(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of text[start:end], without their ends (。！？ or a line end), empty ones left out."""
    position = start
    while position < end:
        found = _SENTENCE_END.search(text, position, end)
        stop = found.start() if found else end
        if stop > position:
            yield Span(position, stop)
        position = stop + 1


def parts_of(text: str, sentence: Span, *, clause: str, stem: str, stem_raw: str, context: str = "") -> Iterator[Part]:
    """The parts of one sentence.

    Args:
        text: the whole `NormalText.value`.
        sentence: offsets in it.
        clause: path of the clause that the sentence stands in.
        stem, stem_raw: the stems above it, masked and not.
        context: see `Part`; for cells the words of the row.

    Yields:
        Parts in order. A part after "：" inside one sentence hangs under the words before it.
    """
    start, end = sentence.start, sentence.end
    lead = ""
    inner_stem, inner_raw = stem, stem_raw
    position = start
    while position <= end:
        found = _PART_END.search(text, position, end)
        stop = found.start() if found else end
        raw = text[position:stop]
        if raw.strip():
            part = Part(
                raw=raw,
                start=position,
                sentence=sentence,
                lead=lead,
                stem=inner_stem,
                stem_raw=inner_raw,
                clause=clause,
                context=context + text[start:position] if position > start or context else "",
            )
            yield part
            lead += part.text + "；"
            colon = part.text.rfind("：")
            if colon > 0 and inner_stem == stem and (found or position == start) and part.text[:colon].strip():
                # 有下列行为之一的，处…罚款：（一）…；（二）… on one line: what follows hangs under the words before ：
                inner_stem = stem + part.text[: colon + 1]
                inner_raw = stem_raw + part.raw[: colon + 1]
        position = stop + 1
