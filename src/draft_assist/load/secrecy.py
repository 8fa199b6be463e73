"""Marks of secrecy: a document that carries one is refused at loading, before anything of it is kept.

A mark is 秘密, 机密 or 绝密, mostly with ★ and a term, in the mark's place: at the top of the first page, in a page's
head or foot, in a text box, at the top of an attachment. With ★ it is a mark wherever it stands on a line of its own.
The words in running text, in a heading or in an empty form are none.

Marks of inner papers (内部资料, 工作秘密) are noted: such documents are reviewed, and go to no endpoint outside.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from draft_assist.errors import SourceError
from draft_assist.model import FileKind, Marking, RawDocument, Region
from draft_assist.settings import Settings

VARIABLE = "DRAFT_ASSIST_CLASSIFIED_SYSTEM"

# The head of a document: so many lines, and not beyond the first sentence.
_HEAD_LINES = 15
_LONGEST_LINE = 60  # characters of a line that may be a mark, spaces left out
_LONGEST_RAW = 1000  # the same with the spaces that push a mark to the right margin
_PAGE_LINES = 3

# The last is what the star of the font Wingdings comes as.
_STARS = "★☆✩✭✮⭐＊*●◆\uf0ab"
_NUMBER = r"\d{1,4}|[一二三四五六七八九十百两壹贰叁肆伍陆柒捌玖拾]{1,4}"
_DAY = r"(?:20)?\d{2,4}(?:年\d{1,2}月(?:\d{1,2}日)?|[-./]\d{1,2}[-./]\d{1,2})"
_COUNTED = rf"(?:(?:{_NUMBER})(?:年|个月|月|天|日)|长期|永久|{_DAY}(?:前|解密|止)?)"
_TERM = (
    rf"(?:{_COUNTED}"
    r"|(?:启封|启用|解密|公布|公开|开封|使用|宣布|实施|考试|招标|开标)[^,。;]{0,6}前|启封后解密"
    r"|(?:自[^,。;至]{2,14})?至[^,。;]{2,14}|解密(?:时间|条件)[^,。;]{0,14})"
)
_URGENT = r"(?:紧急程度[:：]?)?(?:特急|加急|特提|平急|急件|紧急|急)"
_COPY = r"(?:(?:份号)?[:：]?(?:№|No\.?|NO\.?)?\d{3,8}|第?\d{1,6}[份号]|编号[:：]?\d{1,8})"
_NUMBERED = r"[(（]?[\u4e00-\u9fff]{1,10}[〔\[(【]\d{4}[〕\])】]第?\d{1,5}号[)）]?"
_LABEL = r"[（(\[【〔]?(?:密级(?:等级|[和及]保密期限)?|保密等级|保密级别|秘密等级|国家秘密)[）)\]】〕]?[:：]?"
_KEPT = r"[（(]?(?:本件)?(?:注意保存|(?:请)?注意保密|(?:会|阅)后(?:收回|退回)|(?:不得|请勿|严禁)外传)[）)]?"
_LEVEL = r"(?P<level>绝密|机密|秘密)(?:级|件)?"
_BESIDE = rf"(?:{_COPY}|{_URGENT}|{_NUMBERED}|{_KEPT}|内部(?:资料|文件))"
_BEFORE = rf"(?:{_BESIDE}|保密期限[:：]?{_COUNTED}|附件\d{{0,2}}[:：]?)"
_MARK = re.compile(
    rf"(?:{_BEFORE}){{0,3}}(?P<label>{_LABEL})?[（(\[【〔]?{_LEVEL}(?:(?P<star>[{_STARS}]+)|[-·•・—–]+(?={_TERM}))?"
    rf"(?:保密期限[:：]?)?(?P<term>{_TERM})?[）)\]】〕]?(?:{_BESIDE}){{0,3}}"
)
_INNER = re.compile(
    r"[（(\[【〔]?(?:密级[:：]?(?=内部|工作秘密))?(?P<words>工作秘密(?:事项)?|内部(?:资料|文件|材料|文稿|使用|参考|参阅|掌握|发行)"
    r"|(?<=密级)内部|(?<=密级[:：])内部|仅供内部(?:使用|参考|参阅|掌握)?"
    rf"|本(?:件|文)(?:仅)?(?:供|限)内部(?:使用|参阅|掌握))(?:[{_STARS}]+{_TERM}?)?"
    r"[，,、；;！!。]?(?:(?:请)?(?:注意保存|妥善保管|(?:不得|请勿|切勿|严禁|禁止)(?:外传|复制|复印|翻印|转发|传播|公开|扩散|上网|外泄)|会后(?:收回|退回)|阅后(?:收回|退回)"
    r"|[、和及，,])){0,4}[。！!]?[）)\]】〕]?"
)
_KEPT_INSIDE = re.compile(
    r"[（(\[【〔]?(?:注意保存|(?:请)?注意保密|会后收回|阅后收回|不得外传|请勿外传|严禁外传)[！!。]?[）)\]】〕]?"
)
_SENTENCE_END = re.compile(r"[。；;！!？?]")
_STARRED = re.compile(rf"密[^\n{_STARS}]{{0,6}}[{_STARS}]")
# A line without one of these is no mark of any kind; most lines end here.
_HINT = re.compile("[密内內传傳收保]")
# The level and nothing else: two different ones in a row are a list of the levels.
_BARE = re.compile(r"(?P<level>绝密|机密|秘密)(?:级|件)?")

# --- one way of writing -------------------------------------------------------------------------------------------

_PINYIN = re.compile(r"[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,7}[)）]")
_NOTHING = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u180e\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufe00-\ufe0f\ufeff\xad_#>~|`]+"
    r"|(?<!密)\*+(?=[绝机秘密])|\*{2,}$"
)
_TRADITIONAL = str.maketrans("絕機級內資長啟發國條間開號緊關後傳", "绝机级内资长启发国条间开号紧关后传")


def _plain(line: str) -> str:
    """A line in one way of writing: simplified, half-width, without spaces, marks of Markdown and residue of pinyin."""
    same = unicodedata.normalize("NFKC", _PINYIN.sub("", line).translate(_TRADITIONAL))
    return _NOTHING.sub("", same).strip("-—–‖·•")


# --- looking ------------------------------------------------------------------------------------------------------


class Mark(NamedTuple):
    """A mark as found.

    Attributes:
        words: of the mark, in one way of writing: 机密★1年; of nothing else.
        where: Chinese: 文件开头, 页眉, 第3页.
    """

    marking: Marking
    words: str
    where: str


_LEVELS = {"秘密": Marking.SECRET, "机密": Marking.CONFIDENTIAL, "绝密": Marking.TOP_SECRET}
_GRAVITY = list(Marking)


def find_mark(raw: RawDocument) -> Mark | None:
    """The gravest mark that a document carries; None for none."""
    # A single line that is a mark has nothing under it to protect: someone asks about the word.
    if raw.kind in (FileKind.TEXT, FileKind.MARKDOWN) and "\n" not in raw.text.strip():
        return None
    found = list(_marks(raw))
    return max(found, key=lambda one: _GRAVITY.index(one.marking), default=None)


def guarded(raw: RawDocument, settings: Settings, where: str) -> RawDocument:
    """The document with its mark noted.

    Args:
        where: the file as shown in messages.

    Raises:
        SourceError: it carries a mark of state secrets and this system is not declared a classified one.
    """
    from msgspec.structs import replace

    mark = find_mark(raw)
    if mark is None:
        return raw
    if mark.marking in _LEVELS.values() and not settings.classified_system:
        raise SourceError(
            f"文件带有国家秘密标志“{mark.words}”（{mark.where}），没有读取，也没有留下任何内容",
            where=where,
            next_step="《中华人民共和国保守国家秘密法》第三十一条禁止用非涉密信息系统、设备存储和处理国家秘密，请在涉密信息系统中处理；"
            "误标的，请按规定解除或者更正后再审；本系统是涉密信息系统的，由管理员设置 "
            f"{VARIABLE}=1",
        )
    note = f"{_NOTE}{mark.words}”标志（{mark.where}），不会发往本机和指定主机以外的模型服务"
    return replace(raw, marking=mark.marking, unread=(*raw.unread, note))


_NOTE = "文件带有“"


def is_of_mark(note: str) -> bool:
    """True for the note, among those of a file, that it carries a mark."""
    return note.startswith(_NOTE)


def _marks(raw: RawDocument) -> Iterator[Mark]:
    for lines, count, where, is_place in _places(raw):
        plain = [_plain(line) if len(line) <= _LONGEST_RAW and _HINT.search(line) else "" for line in lines]
        for i, line in enumerate(plain[:count]):
            if not line or len(line) > _LONGEST_LINE or _is_listed(plain, i):
                continue
            mark = _mark_in(line, where, is_place)
            if mark is not None:
                yield mark


def _mark_in(plain: str, where: str, is_place: bool) -> Mark | None:
    if (match := _MARK.fullmatch(plain)) and (is_place or match["star"]):
        # Only a counted term is told: 至……竣工前 would be words of the document.
        term = match["term"] if match["term"] and _COUNTED_TERM.fullmatch(match["term"]) else ""
        return Mark(_LEVELS[match["level"]], match["level"] + (f"★{term}" if match["star"] or term else ""), where)
    if not is_place:
        return None
    if inner := _INNER.fullmatch(plain):
        is_work = inner["words"].startswith("工作秘密")
        return Mark(Marking.WORK_SECRET if is_work else Marking.INTERNAL, inner["words"], where)
    if _KEPT_INSIDE.fullmatch(plain):
        return Mark(Marking.INTERNAL, plain.strip("（()）【】[]〔〕！!。"), where)
    return None


_COUNTED_TERM = re.compile(_COUNTED)


def _is_listed(plain: list[str], i: int) -> bool:
    """True for a level beside another: the head of a table or a list of the levels, 绝密 机密 秘密."""
    own = _BARE.fullmatch(plain[i])
    beside = [_BARE.fullmatch(line) for line in (*plain[max(i - 1, 0) : i], *plain[i + 1 : i + 2])]
    return own is not None and any(one is not None and one["level"] != own["level"] for one in beside)


def _places(raw: RawDocument) -> Iterator[tuple[list[str], int, str, bool]]:
    """Lines that may hold a mark: the lines, how many of them count, where they stand, whether marks belong there."""
    text = raw.text
    yield list(_head(text, 0, _HEAD_LINES + 1)), _HEAD_LINES, "文件开头", True
    for block in raw.blocks:
        if block.region in (Region.HEADER, Region.FOOTER, Region.TEXT_BOX):
            lines = block.span.of(text).split("\n")
            yield lines, len(lines), "文本框" if block.region is Region.TEXT_BOX else "页眉或者页脚", True
        elif raw.page_count and block.region is Region.BODY:
            lines = [line for line in block.span.of(text).split("\n") if line.strip()]
            edges = [*lines[:_PAGE_LINES], *lines[-_PAGE_LINES:]]
            yield edges, len(edges), f"第{block.index}页", True
    for match in _ATTACHMENT_LINE.finditer(text):
        yield list(_head(text, match.end(), _PAGE_LINES + 1)), _PAGE_LINES, "附件开头", True
    if "\f" in text:
        for match in _NEW_PAGE.finditer(text):
            yield list(_head(text, match.end(), _PAGE_LINES + 1)), _PAGE_LINES, "一页的开头", True
    for line in _starred(text):
        yield [line], 1, "正文中单独一行", False
    for change in raw.changes:
        lines = change.text.split("\n")
        yield lines, len(lines), "修订记录", False


_NEW_PAGE = re.compile("\f")
_ATTACHMENT_LINE = re.compile(
    r"(?m)^[ \t\u3000]{0,40}(?:附件|附录|附表)[ \u3000]{0,8}[\d一二三四五六七八九十]{0,3}[:：]?[^\n。；;]{0,40}$"
)


def _starred(text: str) -> Iterator[str]:
    """Lines with a star behind 密, each once; a line too long for a mark is passed over."""
    at = 0
    while match := _STARRED.search(text, at):
        end = text.find("\n", match.end())
        at = end if end >= 0 else len(text)
        start = text.rfind("\n", max(match.start() - _LONGEST_RAW, 0), match.start()) + 1
        if at - start <= _LONGEST_RAW:
            yield text[start:at]


def _head(text: str, start: int, most: int) -> Iterator[str]:
    """The first lines from a place on that hold something, up to the first sentence."""
    count = 0
    while start < len(text) and count < most:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        start = end + 1
        if not line.strip():
            continue
        count += 1
        yield line
        if _SENTENCE_END.search(line) and (len(line) > _LONGEST_RAW or not _INNER.fullmatch(_plain(line))):
            return
