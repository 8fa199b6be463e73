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
from draft_assist.model import Marking, RawDocument, Region
from draft_assist.settings import Settings

VARIABLE = "DRAFT_ASSIST_CLASSIFIED_SYSTEM"

# The head of a document: so many lines, and not beyond the first sentence.
_HEAD_LINES = 15
_LONGEST_LINE = 45  # characters of a line that may be a mark, spaces left out
_PAGE_LINES = 3

_STARS = "★☆✩✭✮⭐＊*●◆"
_NUMBER = r"\d{1,4}|[一二三四五六七八九十百两]{1,4}"
_TERM = (
    rf"(?:(?:{_NUMBER})(?:年|个月|月|天|日)|长期|永久|(?:启封|启用|解密|公布|公开|开封|使用|宣布|实施|考试|招标|开标)[^，。；]{{0,6}}前"
    rf"|启封后解密|(?:20)?\d{{2,4}}年\d{{1,2}}月(?:\d{{1,2}}日)?(?:前|解密|止)?|至[^，。；]{{2,14}}|解密(?:时间|条件)[^，。；]{{0,14}})"
)
_URGENT = r"(?:特急|加急|特提|平急|急件|紧急|急)"
_COPY = r"(?:(?:份号)?[:：]?(?:№|No\.?)?\d{3,8}|第?\d{1,6}份|编号[:：]?\d{1,8})"
_LABEL = r"(?:密级|密级等级|密级和保密期限|保密等级|保密级别|秘密等级|国家秘密|密级及保密期限)[:：]?"
_LEVEL = r"(?P<level>绝密|机密|秘密)(?:级|件)?"
_MARK = re.compile(
    rf"(?:{_COPY})?(?:{_URGENT})?(?:{_LABEL})?[（(\[【〔]?{_LEVEL}(?P<star>[{_STARS}]+)?(?:保密期限[:：]?)?(?P<term>{_TERM})?[）)\]】〕]?"
    rf"(?:{_URGENT})?(?:{_COPY})?"
)
_INNER = re.compile(
    r"[（(\[【〔]?(?P<words>工作秘密(?:事项)?|内部(?:资料|文件|材料|文稿|使用|参考|参阅|掌握|发行)|仅供内部(?:使用|参考|参阅|掌握)?"
    rf"|本(?:件|文)(?:仅)?(?:供|限)内部(?:使用|参阅|掌握))(?:[{_STARS}]+{_TERM}?)?"
    r"[，,、；;！!。]?(?:(?:请)?(?:注意保存|妥善保管|(?:不得|请勿|切勿|严禁|禁止)(?:外传|复制|复印|翻印|转发|传播|公开|扩散|上网|外泄)|会后(?:收回|退回)|阅后(?:收回|退回)"
    r"|[、和及，,])){0,4}[。！!]?[）)\]】〕]?"
)
_KEPT_INSIDE = re.compile(
    r"[（(\[【〔]?(?:注意保存|(?:请)?注意保密|会后收回|阅后收回|不得外传|请勿外传|严禁外传)[！!。]?[）)\]】〕]?"
)
_SENTENCE_END = re.compile(r"[。；;！!？?]")
_STARRED = re.compile(rf"密(?:级|件)?[ \t\u3000]*[{_STARS}]")

# --- one way of writing -------------------------------------------------------------------------------------------

_PINYIN = re.compile(r"[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,7}[)）]")
_NOTHING = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff\xad_#>~|`　]+|(?<!密)\*+(?=[绝机秘密])|\*{2,}$")
_TRADITIONAL = str.maketrans("絕機級內資長啟發國條間開號緊關", "绝机级内资长启发国条间开号紧关")


def _plain(line: str) -> str:
    """A line in one way of writing: simplified, half-width, without spaces, marks of Markdown and residue of pinyin."""
    same = unicodedata.normalize("NFKC", _PINYIN.sub("", line).translate(_TRADITIONAL))
    return _NOTHING.sub("", same)


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
    for line, where, is_place in _lines(raw):
        plain = _plain(line)
        if not plain or len(plain) > _LONGEST_LINE:
            continue
        if (match := _MARK.fullmatch(plain)) and (is_place or match["star"]):
            words = match["level"] + (f"★{match['term'] or ''}" if match["star"] or match["term"] else "")
            yield Mark(_LEVELS[match["level"]], words, where)
        elif is_place and (inner := _INNER.fullmatch(plain)):
            is_work = inner["words"].startswith("工作秘密")
            yield Mark(Marking.WORK_SECRET if is_work else Marking.INTERNAL, inner["words"], where)
        elif is_place and _KEPT_INSIDE.fullmatch(plain):
            yield Mark(Marking.INTERNAL, plain.strip("（()）【】[]〔〕！!。"), where)


def _lines(raw: RawDocument) -> Iterator[tuple[str, str, bool]]:
    """Lines that may hold a mark, where they stand, and whether that is the place of marks."""
    text = raw.text
    yield from ((line, "文件开头", True) for line in _head(text, 0))
    for block in raw.blocks:
        words = block.span.of(text)
        if block.region in (Region.HEADER, Region.FOOTER, Region.TEXT_BOX):
            where = "页眉或者页脚" if block.region is not Region.TEXT_BOX else "文本框"
            yield from ((line, where, True) for line in words.split("\n"))
        elif raw.page_count and block.region is Region.BODY:
            lines = [line for line in words.split("\n") if line.strip()]
            for line in (*lines[:_PAGE_LINES], *lines[-_PAGE_LINES:]):
                yield line, f"第{block.index}页", True
    for match in _ATTACHMENT_LINE.finditer(text):
        yield from ((line, "附件开头", True) for line in _head(text, match.end(), _PAGE_LINES))
    for match in _STARRED.finditer(text):
        start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        yield text[start : end if end >= 0 else len(text)], "正文中单独一行", False
    for change in raw.changes:
        yield from ((line, "修订记录", False) for line in change.text.split("\n"))


_ATTACHMENT_LINE = re.compile(
    r"(?m)^[ \t\u3000]*(?:附件|附录|附表)[ \u3000]*[\d一二三四五六七八九十]{0,3}[:：]?[ \t\u3000]*$"
)


def _head(text: str, start: int, most: int = _HEAD_LINES) -> Iterator[str]:
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
        if _SENTENCE_END.search(line) and not _INNER.fullmatch(_plain(line)):
            return
