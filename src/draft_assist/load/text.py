"""Plain text and Markdown: which encoding, line ends, and whether the bytes are text at all.

Order: a byte-order mark; strict UTF-8; UTF-16 without a mark when there are NUL bytes; then GB18030 against Big5, by
how many of the most frequent characters of Chinese official prose each reading gives. Bytes that decode under none are
read with “�” and a note says how many; bytes that look binary are refused.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from draft_assist.errors import SourceError
from draft_assist.load.opening import display_name
from draft_assist.model import FileKind, RawDocument
from draft_assist.settings import Settings

# Frequent characters of official prose, both scripts, and its punctuation. A wrong reading of Chinese bytes lands on
# rare characters: of 20,000 it can reach, these are a fiftieth, while a right reading has about half of them.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
    "民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日"
    "那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已"
    "通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九"
    "区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改"
    "清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许"
    "步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便"
    "团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县"
    "局照参红细引听该铁价严职权责审批规范监督执罚款许可依规章条款项镇街道办司法部门单位企业公民组织申请材料核准登记违反办法"
    "這個國時來們對於會發動過說產種後經進著電裡現實體機當點從業開還應樣與關線內數間義華門質氣條沒結解問題無係軍黨員設長見計"
    "頭資級圖統較將組別論運農幾區強決戰領導器壓壯聯認權證轉單風務達積議聲報類離確張節話萬況傳許廣記觀織裝眾書復須際驗連斷難"
    "備辦習響約勞團歷構稱準號維劃選標寫親層專狀廠識屬滿縣參紅細聽該鐵價嚴職責審監督執罰條項鎮處據規範違應當機關實施辦法"
    "，。、；：？！“”‘’（）《》〔〕—…　「」『』"
)
_STRANGE = re.compile(r"[\x00-\x08\x0e-\x1f\u0080-\u009f\u0100-\u1fff\ue000-\uf8ff\u3400-\u4dbf\U00020000-\U0010ffff]")
# A score that wrong readings of Chinese bytes do not reach; right ones lie between 0.4 and 0.8.
_LIKELY = 0.2
# Characters at the beginning of a text that are enough to tell its encoding.
_SCORED = 60_000
# Bytes below which a file is too short for its UTF-8 to be certain.
_SHORT = 200
# Control characters that no text file has; tab, line ends, form feed and the old end-of-file mark 0x1A are not here.
_CONTROL_BYTES = bytes([*range(0x09), 0x0E, 0x0F, *range(0x10, 0x1A), *range(0x1B, 0x20), 0x7F])
_BINARY_STEP = "请确认选对了文件；能读的格式有 .docx、.pdf、.html、.txt、.md"


class Decoded(NamedTuple):
    """Text out of bytes.

    Attributes:
        text: without byte-order mark, line ends as in the file.
        encoding: Python's name of the encoding.
        notes: Chinese, what could not be decoded; () when all could.
    """

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def read(content: bytes, path: Path, settings: Settings) -> RawDocument:
    """Read plain text or Markdown.

    Raises:
        SourceError: the bytes are not text.
    """
    decoded = decode(content, display_name(path))
    text = decoded.text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return RawDocument(path=path, kind=FileKind.TEXT, text=text, encoding=decoded.encoding, unread=decoded.notes)


def decode(content: bytes, where: str) -> Decoded:
    """Decode bytes of unknown encoding.

    Args:
        content: the bytes, with or without byte-order mark.
        where: the file's name, for the message.

    Raises:
        SourceError: the bytes are not text.
    """
    marked = _by_mark(content, where)
    if marked is not None:
        return marked
    found = _strict(content, "utf-8")
    if found is None or "\x00" in found.text[:4096]:
        wide = _wide_without_mark(content)
        if wide is not None:
            return wide
    if found is None or _score(found.text) < _LIKELY:
        _refuse_binary(content, where)
    if found is not None and len(content) < _SHORT:
        # Two-byte UTF-8 and GB18030 overlap: 通知 alone in GB18030 is also valid UTF-8 of Hebrew and combining marks.
        other = _legacy(content)
        if other is not None and _score(other.text) > 0.4 > 0 > _score(found.text):
            return other
    return found or _legacy(content) or _lossy(content, where)


def _by_mark(content: bytes, where: str) -> Decoded | None:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _strict(content, encoding) or _replaced(content, encoding, where)
    return None


def _strict(content: bytes, encoding: str) -> Decoded | None:
    """The text when every byte decodes; a character cut off at the very end is dropped with a note."""
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        # Two bytes or more of the tail missing still leave at most three behind.
        if error.start == 0 or error.start < len(content) - 3 or error.end < len(content):
            return None
        kept = error.start
    return Decoded(content[:kept].decode(encoding), encoding, ("文件末尾残缺：最后一个字不完整，已略去",))


def _wide_without_mark(content: bytes) -> Decoded | None:
    """UTF-16 without a mark: None unless one of its two byte orders reads like Chinese."""
    if len(content) % 2 or 0 not in content[:8192]:
        return None
    readings = [found for name in ("utf-16-le", "utf-16-be") if (found := _strict(content, name)) is not None]
    best = max(readings, key=lambda found: _score(found.text), default=None)
    return best if best is not None and _score(best.text) > _LIKELY else None


def _legacy(content: bytes) -> Decoded | None:
    """GB18030, Big5 or UTF-16 without a mark, whichever reads most like Chinese; None when none decodes."""
    names = ("gb18030", "big5hkscs", "cp950")
    readings = [found for name in names if (found := _strict(content, name)) is not None]
    # Any bytes of even number are valid UTF-16, so that must read like Chinese to count.
    wide = [_strict(content, name) for name in ("utf-16-le", "utf-16-be")] if len(content) % 2 == 0 else []
    readings += [found for found in wide if found is not None and _score(found.text) > _LIKELY]
    return max(readings, key=lambda found: (_score(found.text), -len(found.notes))) if readings else None


def _score(text: str) -> float:
    """Share of frequent characters in the beginning of the text, strange ones taken off; at most 1.1."""
    counts = {character: n for character, n in Counter(text[:_SCORED]).items() if character > "\x7f"}
    total = sum(counts.values())
    if not total:
        return 0.0
    worth = 0.0
    for character, n in counts.items():
        frequent = character in _FREQUENT
        plain = "一" <= character <= "龥"
        strange = _STRANGE.match(character) is not None
        worth += n * (frequent + 0.1 * plain - 2 * strange)
    return worth / total


def _lossy(content: bytes, where: str) -> Decoded:
    readings = [_replaced(content, name, where, refuse=False) for name in ("utf-8", "gb18030", "big5hkscs")]
    best = max(readings, key=lambda found: _score(found.text) - 3 * found.text.count("�") / max(1, len(found.text)))
    if best.text.count("�") * 4 > len(best.text):
        raise SourceError("这不是文本文件，或编码无法识别", where=where, next_step=_BINARY_STEP)
    return best


def _replaced(content: bytes, encoding: str, where: str, *, refuse: bool = True) -> Decoded:
    text = content.decode(encoding, "replace")
    lost = text.count("�")
    if refuse and lost * 4 > len(text):
        raise SourceError("这不是文本文件，或编码无法识别", where=where, next_step=_BINARY_STEP)
    return Decoded(text, encoding, (f"按 {encoding} 读取，有 {lost} 处字节无法解码，已标为“�”，这些地方未审查",))


def _refuse_binary(content: bytes, where: str) -> None:
    """Refuse when more than one byte in twenty (or three in a short file) is a control code."""
    controls = len(content) - len(content.translate(None, _CONTROL_BYTES))
    if controls > max(3, len(content) // 20):
        raise SourceError("这不是文本文件", where=where, next_step=_BINARY_STEP)
