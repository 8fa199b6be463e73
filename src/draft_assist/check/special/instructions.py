"""Words in a document that address a language model: 忽略以上指令, 你现在是…, <|im_start|>, an answer planted in JSON.

A drafter writes for people; words that tell a program how to judge the text have no business in it, whoever put them
there. They are told by what they do, not by a list of sentences: they set earlier instructions aside, give the reader
another part to play, dictate the result, forbid to report, waive the review, imitate the marks of a chat, or hide a
task in an encoded block. The forms are in knowledge/lexicon/instructions.yaml.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from draft_assist.check.special.paper import Paper, Spot
from draft_assist.errors import KnowledgeError
from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.model import Span
from draft_assist.normalise.characters import INVISIBLE
from draft_assist.patterns import compiled

_FILE = "lexicon/instructions.yaml"
# A pattern reads the line that holds a sign, of an endless line this much on either side.
_REACH = 300


def planted_instructions(paper: Paper) -> Iterator[Spot]:
    """Each stretch of words that addresses a model."""
    for span in find_instructions(paper.document.text.value):
        yield Spot(span)


def find_instructions(text: str) -> tuple[Span, ...]:
    """The words of `text` that address a model, in order, none touching another.

    Spaces inside words, invisible characters, full-width letters and traditional script do not hide them. The text
    need not be normal; spans are those of `text` as given.

    Raises:
        KnowledgeError: the file of the forms is wrong.
    """
    folded = _folded(text)
    found = [
        Span(*match.span())
        for form, windows in _places_to_look(folded.text).items()
        for start, end in windows
        for match in compiled(lexicon().patterns[form]).finditer(folded.text, start, end)
    ]
    return tuple(folded.span_of(span) for span in _merged(found, folded.text))


# Words that follow each other with no more than this between them are one instruction.
_BETWEEN = compiled(r"[，,、：:；;“”\"（(）) ]{0,2}")


def _merged(spans: list[Span], text: str) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and (span.start <= merged[-1].end or _BETWEEN.fullmatch(text, merged[-1].end, span.start)):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


# --- the forms ------------------------------------------------------------------------------------------------------


class InstructionForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way of addressing a model, see the comment in the file."""

    form: str
    signs: tuple[str, ...]
    patterns: tuple[str, ...]
    examples: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    as_of: dt.date
    parts: dict[str, str]
    forms: tuple[InstructionForm, ...]


class InstructionLexicon(NamedTuple):
    """The forms as they are used.

    Attributes:
        forms: as in the file.
        patterns: name of the form -> one regular expression, parts put in.
        forms_of: sign -> the forms that it calls for.
    """

    forms: tuple[InstructionForm, ...]
    patterns: dict[str, str]
    forms_of: dict[str, tuple[str, ...]]


_PART = compiled(r"\{([a-z][a-z_]*)\}")


@lru_cache(maxsize=1)
def _file() -> _File:
    return read_struct(knowledge_path(_FILE), _File)


def filled(pattern: str) -> str:
    """A pattern of the file with its parts put in.

    Raises:
        KnowledgeError: it names a part that does not exist.
    """
    parts = _file().parts
    while found := _PART.search(pattern):
        if found[1] not in parts:
            raise KnowledgeError(
                f"没有名为“{found[1]}”的部件", where=str(knowledge_path(_FILE)), next_step=f"可用：{'、'.join(parts)}"
            )
        pattern = pattern.replace(found[0], parts[found[1]])
    return pattern


@lru_cache(maxsize=1)
def lexicon() -> InstructionLexicon:
    """The forms, read once.

    Raises:
        KnowledgeError: as `filled` and `read_struct`.
    """
    forms = _file().forms
    forms_of: dict[str, list[str]] = {}
    for form in forms:
        for sign in form.signs:
            forms_of.setdefault(sign, []).append(form.form)
    return InstructionLexicon(
        forms,
        {form.form: "|".join(filled(pattern) for pattern in form.patterns) for form in forms},
        {sign: tuple(names) for sign, names in forms_of.items()},
    )


@lru_cache(maxsize=1)
def _automaton() -> tuple[Any, list[str]]:
    import ahocorasick_rs

    signs = sorted(lexicon().forms_of)
    return ahocorasick_rs.AhoCorasick(signs), signs


def _places_to_look(text: str) -> dict[str, list[tuple[int, int]]]:
    """Form -> the lines of a folded text that hold one of its signs, as ranges that do not overlap."""
    automaton, signs = _automaton()
    found: dict[str, list[tuple[int, int]]] = {}
    for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        for form in lexicon().forms_of[signs[number]]:
            windows = found.setdefault(form, [])
            if windows and end + _REACH <= windows[-1][1]:
                continue
            line = text.rfind("\n", max(0, start - _REACH), start) + 1 or max(0, start - _REACH)
            stop = text.find("\n", end, end + _REACH)
            stop = min(len(text), end + _REACH) if stop < 0 else stop
            if windows and line <= windows[-1][1]:
                windows[-1] = (windows[-1][0], max(stop, windows[-1][1]))
            else:
                windows.append((line, stop))
    return found


# --- one form of writing --------------------------------------------------------------------------------------------

_SPACES = " \t\xa0\u2000-\u200a\u202f\u205f\u3000"
_CHINESE = "\u3400-\u9fff，。、；：？！（）《》“”‘’【】〔〕「」『』"
_UNSEEN = INVISIBLE.pattern.removeprefix("[").removesuffix("]+") + r"\ud800-\udfff"
_DECORATION = r"·•*_|~"
# A class comes first, so that the search runs from one such character to the next.
_LEFT_OUT = compiled(
    rf"[{_UNSEEN}{_SPACES}{_DECORATION}](?<![零〇一二三四五六七八九十百0-9][条款章节][{_SPACES}])(?:"
    rf"(?<=[{_UNSEEN}])[{_UNSEEN}]*"
    rf"|(?<=[{_CHINESE}].)[{_SPACES}{_DECORATION}]{{0,2}}(?=[{_CHINESE}])"
    rf"|(?<=[{_CHINESE}][{_SPACES}])[{_SPACES}]*|(?<=[{_SPACES}])[{_SPACES}]*(?=[{_CHINESE}])"
    rf"|(?<=[{_SPACES}][{_SPACES}])[{_SPACES}]*"
    r"|(?<=(?<![a-z])[a-z] )(?=[a-z](?![a-z]))"  # i g n o r e
    r")"
)
_TRADITIONAL = (
    "無視請輸規則設詞統現開專機聽員審檢報問題違風險標註內須該體語閱讀執對話從過務裡這個爲為於當記發結論認給寫據將應後複訊條檔"
    "們顯隱譯碼號講覽遺棄遠總關響繞讓與處錄複製訓練評價測試舊說調導並議誤異會見態級沒"
)
_SIMPLIFIED = (
    "无视请输规则设词统现开专机听员审检报问题违风险标注内须该体语阅读执对话从过务里这个为为于当记发结论认给写据将应后复讯条档"
    "们显隐译码号讲览遗弃远总关响绕让与处录复制训练评价测试旧说调导并议误异会见态级没"
)
_PLAIN = (
    {chr(0xFF01 + i): chr(0x21 + i).lower() for i in range(94) if 0x21 + i not in map(ord, "()!,:;?|")}
    | {chr(code): chr(code + 0x20) for code in range(ord("A"), ord("Z") + 1)}
    | dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))
    | dict.fromkeys("\t\xa0\u3000", " ")
)
_OTHER = compiled(f"[{''.join(_PLAIN)}]")


class _Folded(NamedTuple):
    """A text in one form of writing, with the way back.

    Attributes:
        text: small plain letters, simplified characters, one space at most between words.
        places: where each of its characters stands in the text; None when each stands at its own place.
    """

    text: str
    places: list[int] | None

    def span_of(self, span: Span) -> Span:
        """The span in the text as given."""
        if self.places is None:
            return span
        return Span(self.places[span.start], self.places[span.end - 1] + 1)


def _folded(text: str) -> _Folded:
    # Few of the other forms stand in a text, and replacing one character by one is fast.
    for other in sorted(set(_OTHER.findall(text))):
        text = text.replace(other, _PLAIN[other])
    parts: list[str] = []
    places: list[int] = []
    done = 0
    for match in _LEFT_OUT.finditer(text):
        parts.append(text[done : match.start()])
        places += range(done, match.start())
        done = match.end()
    if not done:
        return _Folded(text, None)
    places += range(done, len(text))
    return _Folded("".join((*parts, text[done:])), places)
