"""Finds what looks like a citation: titles, names without brackets, provisions, document numbers, damaged ones too.

First of four steps: find -> resolve -> look up -> confirm. The forms are data (knowledge/citations/*.yaml), each with
examples that are tests. What looks like a citation and cannot be read is found too, marked as such: nothing is dropped
silently. What a finding means (which law 同法 is, where 前款 stands) is the next step's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, NamedTuple

import msgspec

from draft_assist.errors import KnowledgeError
from draft_assist.knowledge import knowledge_path, read_folder, read_struct
from draft_assist.law.provisions import Named, read_provisions
from draft_assist.model import Span
from draft_assist.patterns import compiled


class Names(StrEnum):
    """What the head of a found citation is."""

    TITLE = "title"  # 《…》 or an unbracketed title
    KNOWN = "known"  # an unbracketed name that the index of titles holds
    UNKNOWN = "unknown"  # an unbracketed name that it does not hold
    BROKEN = "broken"  # a title whose brackets were damaged
    OWN = "own"  # 本办法
    HERE = "here"  # 本条, 本款
    SAME = "same"  # 同法, 该条例
    BEFORE = "before"  # 前款, 前两条
    PLACE = "place"  # 第五条 alone
    NUMBER = "number"  # 国发〔2010〕33号
    MASKED = "masked"  # 〔xxxx〕xx号
    DAMAGED = "damaged"  # 〔20157
    UNREAD = "unread"  # 《 that never closes
    NOTHING = "nothing"  # looks like one and is none; passed over, so that no part of it is read


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One form of knowledge/citations.

    Attributes:
        form: its id.
        pattern: regular expression with {parts}; named groups title, edition, kind, unit, count, year, serial, ...
        opens: literals, one of which stands where the pattern begins; () for names that are known.
        before: what must end where the pattern begins, looked for backwards; "" for nothing.
        names: see `Names`.
        provisions: "none", "may" or "must" follow.
        examples: texts with the exact words found by this form, in order; near_misses: texts without any of it.
    """

    class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
        text: str
        finds: list[str]

    form: str
    pattern: str
    names: Names
    provisions: str
    examples: list[Example]
    near_misses: list[str]
    opens: list[str] = []
    before: str = ""


class Found(NamedTuple):
    """Words that look like one citation, with the provisions named after them.

    Attributes:
        form: id of the form.
        names: see `Names`.
        span: all the words: head and provisions.
        head: the words of the head; empty for provisions alone.
        title: the words of the title without 《》; "" where there is none.
        edition: brackets after the title: （2021年修订）（国务院令第412号）; "" where there are none.
        kind, unit, how_many: of 本办法 (办法), 前两款 (款, 两); "" elsewhere.
        number: the document number as written, without spaces; "" elsewhere.
        provisions: see `provisions.Named`; () when none is named.
    """

    form: str
    names: Names
    span: Span
    head: Span
    title: str = ""
    edition: str = ""
    kind: str = ""
    unit: str = ""
    how_many: str = ""
    number: str = ""
    provisions: tuple[Named, ...] = ()

    def words(self) -> tuple[Span, ...]:
        """The words of each thing cited: the head goes with the first provision."""
        if not self.provisions:
            return (self.span,)
        first, *others = (one.span for one in self.provisions)
        return (Span(self.span.start, first.end), *others)


# --- forms ----------------------------------------------------------------------------------------------------------

_PART = compiled(r"(?<!\{)\{([a-z]+)\}(?!\})")


@cache
def forms() -> tuple[Form, ...]:
    """All forms, in the order in which they are tried.

    Raises:
        KnowledgeError: a file is wrong.
    """
    folder, _ = read_folder(knowledge_path("citations/forms"), list[Form])
    return tuple(form for path in sorted(folder) for form in folder[path])


@cache
def _parts() -> dict[str, str]:
    return read_struct(knowledge_path("citations/parts.yaml"), dict[str, str])


def _expanded(pattern: str) -> str:
    for _ in range(2):  # parts may hold parts
        pattern = _PART.sub(_part, pattern)
    return pattern.replace("{{", "{").replace("}}", "}")


def _part(found: re.Match[str]) -> str:
    if found[1] not in _parts():
        raise KnowledgeError(f"没有名为“{found[1]}”的部件", where="citations", next_step="请在 parts.yaml 中加上")
    return _parts()[found[1]]


class _Ready(NamedTuple):
    form: Form
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None


@cache
def _ready() -> tuple[_Ready, ...]:
    return tuple(
        _Ready(
            form,
            compiled(_expanded(form.pattern)),
            compiled(f"(?:{_expanded(form.before)})$") if form.before else None,
        )
        for form in forms()
    )


# --- finding --------------------------------------------------------------------------------------------------------


class KnownNames:
    """Names that are citations without brackets too: 行政处罚法, 消法."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))
        self._also: KnownNames | None = None

    def joined(self, names: Iterable[str]) -> KnownNames:
        """These and those that one text defines, looked for by an automaton of their own."""
        both = KnownNames(names)
        both._also = self
        return both

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick_rs

        return ahocorasick_rs.AhoCorasick(self._names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[Span]:
        """Where the names stand, leftmost and longest first, none inside another."""
        found = self._own(text)
        if self._also is not None:
            found = sorted((*found, *self._also.find(text)), key=lambda span: (span.start, -span.end))
        position = 0
        for span in found:
            if span.start >= position:
                yield span
                position = span.end

    def _own(self, text: str) -> list[Span]:
        if not self._names:
            return []
        return [Span(start, end) for _, start, end in self._automaton.find_matches_as_indexes(text)]


NO_NAMES = KnownNames(())


def find(text: str, known: KnownNames) -> tuple[Found, ...]:
    """What looks like a citation in `text`, in order; none overlaps another.

    Args:
        text: normalised; known: the names that are citations without brackets too.
    """
    found: list[Found] = []
    position = 0
    for start, ready, match in _heads(text, known):
        if start < position:
            continue
        one = _read(text, start, ready, match, found)
        if one is not None and one.span.start >= position:
            found.append(one)
            found += _further_numbers(text, one)
            position = found[-1].span.end
    return tuple(one for one in found if one.names is not Names.NOTHING)


_FURTHER = compiled(r"(?:、|和|及|，)[ \u3000]?(?P<words>(?P<serial>\d{1,4})号)")
_SERIAL = compiled(r"\d+号$")


def _further_numbers(text: str, one: Found) -> list[Found]:
    """国办发〔2018〕37号、115号: the further numbers of one issuer and year."""
    further: list[Found] = []
    position = one.span.end
    while one.form == "document-number" and not one.provisions and (match := _FURTHER.match(text, position)):
        span = Span(*match.span("words"))
        further.append(one._replace(span=span, head=span, number=_SERIAL.sub(match["words"], one.number)))
        position = match.end()
    return further


@cache
def _dispatch() -> tuple[re.Pattern[str], dict[str, tuple[_Ready, ...]]]:
    """The literals at which forms open, and the forms of each."""
    by_literal: dict[str, list[_Ready]] = {}
    for ready in _ready():
        for literal in ready.form.opens:
            by_literal.setdefault(literal, []).append(ready)
    # The longer first, so that 公告 is not hidden by 公.
    literals = sorted(by_literal, key=len, reverse=True)
    return compiled("|".join(map(re.escape, literals))), {key: tuple(value) for key, value in by_literal.items()}


_Head = tuple[int, _Ready, re.Match[str]]


def _heads(text: str, known: KnownNames) -> Iterator[_Head]:
    """Every place where a form matches, in order of place, then of form: start, form, match."""
    opening, by_literal = _dispatch()
    by_name = [one for one in _ready() if one.form.names is Names.KNOWN]
    names = known.find(text)
    name = next(names, None)
    for found in opening.finditer(text):
        while name is not None and name.start <= found.start():
            yield from _named(text, name, by_name)
            name = next(names, None)
        for ready in by_literal[found[0]]:
            if match := ready.pattern.match(text, found.start()):
                yield found.start(), ready, match
    while name is not None:
        yield from _named(text, name, by_name)
        name = next(names, None)


def _named(text: str, name: Span, forms_: list[_Ready]) -> Iterator[_Head]:
    for ready in forms_:
        if match := ready.pattern.match(text, name.end):
            yield name.start, ready, match


def _read(text: str, start: int, ready: _Ready, match: re.Match[str], before: list[Found]) -> Found | None:
    form, groups = ready.form, match.groupdict()
    title = groups.get("title") or groups.get("title2") or ""
    if form.names is Names.KNOWN:
        if not _may_begin(text, start, match, before):
            return None
        title = text[start : match.start()]
    elif form.names is Names.TITLE and title and not text.startswith("《", start):
        start = match.start("title")
    if ready.before is not None:
        begin = _words_before(text, start, ready, before)
        if begin is None:
            return None
        start = begin
    if form.names is Names.UNKNOWN or (form.names is Names.BROKEN and not title):
        title = text[start : match.end()].rstrip("》")
        if _OTHER_NAME.match(title):
            return None
    if form.names is Names.TITLE and (
        (len(title) <= _SHORT_NAME and _FORM_OR_PAPER.search(title)) or _ISSUE.match(text, match.end())
    ):
        return None
    if form.form == "local-name" and not _may_continue(text, start, title, before):
        return None
    end = match.end()
    provisions: tuple[Named, ...] = ()
    if form.provisions != "none":
        at = _OF.match(text, end)
        provisions, stop = read_provisions(text, at.end() if at else end, _line_end(text, end))
        if not provisions and form.provisions == "must":
            return None
        end = stop if provisions else end
    names = form.names
    if names is Names.PLACE and (
        _is_marker(text, start, end) or _THING.match(text, end) or _OF_CONTRACT.search(text[max(0, start - 8) : start])
    ):
        names = Names.NOTHING  # the number of an article itself, the third road, a clause of a contract
    head = Span(start, match.end())
    return Found(
        form=form.form,
        names=names,
        span=Span(start, end),
        head=head,
        title=title,
        edition=groups.get("edition") or "",
        kind=groups.get("kind") or groups.get("kind2") or "",
        unit=groups.get("unit") or "",
        how_many=groups.get("count") or "",
        number=_SPACES.sub("", head.of(text)) if form.names in _NUMBERED else "",
        provisions=provisions,
    )


_NUMBERED = (Names.NUMBER, Names.MASKED, Names.DAMAGED)
_SPACES = compiled(r"[ \u3000]+")
# Between the head and the provision: 《航道法》的第八条, 本办法中第三条.
_OF = compiled(
    r"[ \u3000]*(?:（以下[^（）\n]{1,30}）|（[^（）\n]{0,4}简称[^（）\n]{1,30}）)?[ \u3000]*(?:中的|里的|中|的)?(?=[第（(])"
)


# What 第三条 and 第二款 count beside articles.
_THING = compiled(
    r"(?:流水|生产|输送|航|热|底|红|防|战|高压|输电|光缆|管|地铁|公交)?线|[线铁公道水航街马山土]路|[街河渠沟狗鱼船裤]|栈道|隧道|车道|轨道|通道|廊道|跑道"
    r"|意见|建议|措施|经验|消息|新闻|短信|信息|视频|广告|留言|评论|预算|科目|车型|产品|新品|商品|套餐|软件|手机|游戏|项目"
    r"|工程|任务|工作|指标|议程|议题|服务|活动"
)
_OF_CONTRACT = compiled(
    r"(?:合同|协议书?|契约|保单|约定|章程|公约|附件|附表|清单|目录)[〇零一二三四五六七八九十\d]{0,3}(?:中|的|里)?$"
)
# Certificates, forms and newspapers in 《》 are no texts that are cited as law; agreements with long names may be.
_SHORT_NAME = 10
_ISSUE = compiled(r"(?:第?[〇零一二三四五六七八九十\d]+(?:期|版|卷|集|册)|杂志|报)")
_FORM_OR_PAPER = compiled(
    r"(?:证|证书|执照|通知书|告知书|决定书|承诺书|责任书|申请书|协议书|报告书|意见书|建议书|[表单册]|台账|合同|协议|日报|晚报|时报|周刊|杂志|手册)$"
)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


# White space and Markdown before the number of a line.
_INDENT = 40


_MARKER = compiled(r"第[^款项目]{1,9}[条章]$")
_GOES_ON = compiled(r"规定|所列|所称|所指|之规定|的|至|、|和|以及|中")


def _is_marker(text: str, start: int, end: int) -> bool:
    """True for the number of an article or chapter itself; 第八条规定的 at the beginning of a line speaks of one."""
    words = text[max(0, start - _INDENT) : start]
    if words[words.rfind("\n") + 1 :].strip(" \u3000#*>-"):
        return False
    return _MARKER.fullmatch(text, start, end) is not None and _GOES_ON.match(text, end) is None


# --- names without brackets -----------------------------------------------------------------------------------------

_BY = compiled(
    r"(?:依照|按照|依据|根据|遵照|参照|对照|适用|违反|违背|符合|执行|落实|遵守|触犯|援引|引用|贯彻|[见按依据和与及或、，是《“对从到]|以及|或者)(?:我国|国家|中华人民共和国|现行有效的?|现行的?|(?:新|刚|已)?(?:修订|修正|修改|颁布|实施|公布)后?的?|新的?|原|旧|上述|有关|相关)?$"
)
# What makes the name the end of a longer one that is not known: 湖南省信访条例第五条.
_PART_OF_NAME = compiled(r"[省市县区州盟旗镇乡]$")
_REACH = 14


def _may_begin(text: str, start: int, match: re.Match[str], found: list[Found]) -> bool:
    """True when the known name that begins at `start` is cited there, not merely spoken of."""
    before = text[max(0, start - _REACH) : start]
    if _FOLLOWED_BY_PROVISION.match(text, match.end()):
        return _PART_OF_NAME.search(before) is None
    if _BY.search(before) and before[-1:] not in "和与及或、，是对从到":
        return True
    # 依据行政监察法、公务员法: goes on from a name that was cited.
    last = found[-1] if found else None
    return last is not None and bool(last.title) and _JOINS.fullmatch(text, last.span.end, start) is not None


_LOCAL = compiled(r"[一-龥]{2,6}?(?:省|市|自治区|自治州|州|县|区)[一-龥]{2,}")


def _may_continue(text: str, start: int, title: str, found: list[Found]) -> bool:
    """True for a local title without brackets after 根据, or going on from a name that was cited."""
    if _LOCAL.match(title) is None:
        return False
    before = text[max(0, start - _REACH) : start]
    if _BY.search(before) and before[-1:] not in "和与及或、，是对从到":
        return True
    last = found[-1] if found else None
    return last is not None and bool(last.title) and _JOINS.fullmatch(text, last.span.end, start) is not None


_FOLLOWED_BY_PROVISION = compiled(r"的?第[ \u3000]?[（(]?[〇零一二三四五六七八九十百千\d]+[ \u3000]?条")
_JOINS = compiled(r"(?:、|和|与|及|以及|或者|或|，)(?:中华人民共和国)?")


# --- what stands before ---------------------------------------------------------------------------------------------

_LONGEST_ISSUER = 18
_LONGEST_NAME = 26
_BOUNDS = (
    r"根据|依据|依照|按照|遵照|贯彻|落实|执行|参照|详见|参见|符合|违反|适用|属于|见|按|关于|以及|或者|(?<![农财])经"
    r"|[的和与及由在将对至即为以是第把从于有除因被依据])"
)
_NO_ISSUER = compiled(
    r"^.*(?:保留|继续执行|修订|接到|收到|接|原|转发|印发|下发|公布|发布|颁布|制定|文件|通知|附件|编号|文号|废止|号|"
    + _BOUNDS
)
_NO_TITLE = compiled(r"^.*(?:修订后|修正后|修改后|现行|新修订|我国|国家(?=[一-龥]{2})|" + _BOUNDS)
# 本办法, 该条例, 上述规定 and what is no name at all.
_OTHER_NAME = compiled(
    r"^(?:[本该同此其这那某]|上述|前述|有关|相关|下列|以下|法律|具体|管理|实施|任何|前[款条项])[^省市县区州]{0,6}$|^(?:方|无|想|做|守|违|合|立|司|执|普)法|^.{0,1}办法$"
)
_COUNTRY = "中华人民共和国"


def _words_before(text: str, start: int, ready: _Ready, found: list[Found]) -> int | None:
    """Where the words begin that belong before the head: who issued it, or the rest of the name; None for none."""
    assert ready.before is not None
    is_name = ready.form.names in (Names.UNKNOWN, Names.BROKEN)
    lowest = max(found[-1].span.end if found else 0, start - (_LONGEST_NAME if is_name else _LONGEST_ISSUER))
    match = ready.before.search(text[lowest:start].rstrip(" \u3000"))
    if match is None:
        return None
    words = match[0]
    cut = (_NO_TITLE if is_name else _NO_ISSUER).match(words.replace(_COUNTRY, "□" * len(_COUNTRY)))
    words = words[cut.end() :] if cut else words
    begin = lowest + match.end() - len(words)
    return begin if words else None
