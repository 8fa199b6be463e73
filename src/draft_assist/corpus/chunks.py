"""Texts cut into articles, or into clauses where there are no articles; joined again they are the text, to the letter.

    第X条 at the beginning of a line   an article: whole, up to the next article, heading, attachment or signature
    一、（一）1. (1)                    a clause: the lowest numbered unit that is a whole thought; a short list is one
    a paragraph without a number       a chunk of its own

Article numbers are those of the text's first run of articles. A run that begins again (a second 第一条, an attachment
with articles of its own) is kept under its own headings with `number` None, since 第三条 of the text means the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from draft_assist.corpus.works import Article
from draft_assist.parse.dates import read_date_line
from draft_assist.parse.numerals import read_numeral
from draft_assist.patterns import compiled

# A numbered clause with what stands below it is one thought up to this length, as in clauses.py.
_ONE_THOUGHT = 400
# A list of short items is read as one thing up to this length.
_SHORT_LIST = 800
_SHORT_ITEM = 100
# Headings, attachment titles and signing organs are shorter than this; sentences may be longer.
_HEADING = 60
_ORGAN = 40

_HAN = "一二三四五六七八九十百千零〇○两"
_WHITE = " \t\u3000\xa0\u200b\ufeff"
# Everything that shows nothing, for the edges of a chunk; str.strip knows no zero-width marks.
_BLANK = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\ufeff"
# A number and then words without a space is a reference where the words go on a sentence: 第五条规定的…, 第三条第二款.
_ARTICLE = compiled(
    rf"(?P<mark>[#*{_WHITE}]*)(?P<label>[第笫](?P<number>[{_HAN}]+|\d{{1,4}}) ?条(?:之(?P<inserted>[{_HAN}]+))?)"
    rf"(?P<gap>\*{{0,2}}(?:[{_WHITE}]+|[:：]|$)|(?=【|（(?![{_HAN}]+）))|"
    r"(?![第至到和与及或的中所之、，。；！？）)》」』”’]|规定|以外|以上|以下|修改|改为|内容|前|后|或者|以及|增加|作为|删)(?=[一-龥“《]))"
)
# Some files run a whole chapter together in one line; only the very next number goes on there, not a reference.
_RUN_ON = compiled(
    rf"[。；：！？”』」）)][{_WHITE}]+(?P<label>第(?P<number>[{_HAN}]{{1,8}})条)[{_WHITE}]+(?=[一-龥“《])"
)
_MARKED = compiled(rf"[{_WHITE}]*(?P<marks>#{{1,6}})[{_WHITE}]+(?P<words>.*\S)")
_DIVISION = compiled(
    rf"[{_WHITE}]*(?P<words>第(?:[{_HAN}]+|\d{{1,3}})(?P<unit>分编|编|篇|部分|章|节)(?:[{_WHITE}].*|[^，。；：]*))$"
)
_ATTACHMENT = compiled(
    rf"[#*{_WHITE}]*(?P<words>附[{_WHITE}]*(?:件|录|表|图)(?:[{_HAN}]{{1,3}}|\d{{1,2}})?(?:[：:{_WHITE}].*)?|附[：:].*)$"
)
_QUOTES = '“「『"'
_DEPTHS = {"编": 1, "篇": 1, "部分": 1, "分编": 2, "章": 3, "节": 4}
_RUNGS = (
    compiled(rf"[{_WHITE}]*(?P<number>[{_HAN}]{{1,4}}、)"),
    compiled(rf"[{_WHITE}]*(?P<number>[（(][{_HAN}]{{1,4}}[）)])"),
    compiled(rf"[{_WHITE}]*(?P<number>\d{{1,3}}(?:[.．](?!\d)|、))"),
    compiled(rf"[{_WHITE}]*(?P<number>[（(]\d{{1,3}}[）)]|\d{{1,3}}[）)])"),
    compiled(rf"[{_WHITE}]*(?P<number>[①-⑳])"),
)
_SENTENCE_ENDS = ("。", "；", "，", "、", "：", ":", ";", "!", "！", "？", "?")


class Chunks(NamedTuple):
    """The articles of a text, and what stands after the last: see `Intake.whole`."""

    articles: tuple[Article, ...]
    after: str


def chunk(text: str) -> Chunks:
    """Cut a text with line feeds as line ends. White space between chunks belongs to `before` of the next."""
    cutter = _Cutter()
    for line in text.splitlines(keepends=True) if _has_only_line_feeds(text) else _lines(text):
        for part in _apart(line):
            cutter.take(part)
    return cutter.finish()


def _has_only_line_feeds(text: str) -> bool:
    # str.splitlines also cuts at these, which are no line ends here.
    return not any(mark in text for mark in "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _apart(line: str) -> Iterator[str]:
    """The articles of a line that holds several one after the other; any other line as it is."""
    found = _ARTICLE.match(line)
    number = _number(found) if found else None
    start = 0
    if number and not number[1]:
        expected = number[0]
        for following in _RUN_ON.finditer(line):
            if read_numeral(following["number"]) == expected + 1:
                yield line[start : following.start("label")]
                start, expected = following.start("label"), expected + 1
    yield line[start:]


class _Line(NamedTuple):
    """One line of a text without articles, with its rung on the ladder (0 the highest; None without a number).

    `parts` are the line and the blank and quoted lines that belong to it.
    """

    parts: list[str]
    rung: int | None
    number: str

    @property
    def text(self) -> str:
        """All of its parts."""
        return "".join(self.parts)


class _Node(msgspec.Struct):
    """A numbered line with what stands below it."""

    line: _Line
    below: list[_Node]

    def size(self) -> int:
        return len(self.line.text) + sum(node.size() for node in self.below)

    def lines(self) -> Iterator[str]:
        yield self.line.text
        for node in self.below:
            yield from node.lines()


class _Cutter:
    """Takes a text line by line."""

    def __init__(self) -> None:
        self._articles: list[Article] = []
        self._before: list[str] = []
        self._headings: list[tuple[int, str]] = []
        self._article: tuple[str, tuple[int, int] | None] | None = None
        self._words: list[str] = []
        self._ladder: list[_Line] = []
        self._used: set[tuple[int, int]] = set()
        self._is_apart = False

    def take(self, line: str) -> None:
        bare = line.strip()
        first = bare[:1]
        if first in ("第", "笫", "#", "*", "\u200b", "\ufeff") and self._take_head(line, bare):
            return
        if first == "附" and (found := _ATTACHMENT.match(line.rstrip())) and _is_heading(found["words"]):
            self._open_heading(0, found["words"], line)
            self._is_apart = bool(self._used)
        elif self._article is None:
            self._take_clause(line)
        elif bare and read_date_line(bare) is not None:
            self._close_before_signature()
            self._take_clause(line)
        else:
            self._words.append(line)

    def finish(self) -> Chunks:
        self._close()
        return Chunks(tuple(self._articles), "".join(self._before))

    # --- headings and articles ---

    def _take_head(self, line: str, bare: str) -> bool:
        """True when the line is a heading or begins an article."""
        if (found := _ARTICLE.match(line)) and (number := _number(found)):
            self._close()
            if number == (1, 0) and self._used:
                self._is_apart = True
            counts = not self._is_apart and number not in self._used
            label = found["label"].replace("笫", "第").replace(" ", "")
            if counts:
                self._used.add(number)
            self._article = (label, number if counts else None)
            self._before.append(line[: found.end()])
            self._words = [line[found.end() :]]
            return True
        if found := _MARKED.match(line):
            words = found["words"].strip("#" + _WHITE)
            if len(words) > _HEADING or words.endswith("。"):
                return False
            attachment = _ATTACHMENT.match(words)
            division = _DIVISION.match(words)
            depth = 0 if attachment else _DEPTHS[division["unit"]] if division else 4 + len(found["marks"])
            self._open_heading(depth, words, line)
            if attachment:
                self._is_apart = bool(self._used)
            return True
        if (found := _DIVISION.match(line.rstrip())) and _is_heading(found["words"]):
            self._open_heading(_DEPTHS[found["unit"]], found["words"], line)
            return True
        return False

    def _open_heading(self, depth: int, words: str, line: str) -> None:
        self._close()
        while self._headings and self._headings[-1][0] >= depth:
            self._headings.pop()
        self._headings.append((depth, words.strip(_WHITE)))
        self._before.append(line)

    def _trail(self) -> tuple[str, ...]:
        return tuple(words for _, words in self._headings)

    def _close(self) -> None:
        """End the article or the clauses that are open."""
        if self._article is not None:
            label, number = self._article
            self._emit(label, number, self._trail(), "".join(self._words))
            self._article, self._words = None, []
        elif self._ladder:
            for node in _tree(self._ladder):
                self._emit_node(node, (), self._trail())
            self._ladder = []

    def _close_before_signature(self) -> None:
        """End the article above the organs that sign; they and the date are words of their own."""
        start = len(self._words)
        while start > 1 and _is_organ(self._words[start - 1]):
            start -= 1
        organs = self._words[start:]
        del self._words[start:]
        self._close()
        for line in organs:
            self._take_clause(line)

    def _emit(self, label: str, number: tuple[int, int] | None, trail: tuple[str, ...], words: str) -> None:
        """Keep one chunk; white space around its words goes to the words before and after it."""
        kept = words.strip(_BLANK)
        lead = len(words) - len(words.lstrip(_BLANK)) if kept else 0
        self._articles.append(
            Article(label=label, number=number, trail=trail, before="".join(self._before) + words[:lead], text=kept)
        )
        self._before = [words[lead + len(kept) :]]

    # --- clauses ---

    def _take_clause(self, line: str) -> None:
        bare = line.strip(_BLANK)
        if self._ladder and (not bare or (bare[0] in _QUOTES and self._ladder[-1].rung is not None)):
            # The words that an amendment puts in, paragraph by paragraph in quotation marks, belong to its point.
            self._ladder[-1].parts.append(line)
            return
        for rung, pattern in enumerate(_RUNGS):
            if found := pattern.match(line):
                self._ladder.append(_Line([line], rung, found["number"].strip()))
                return
        self._ladder.append(_Line([line], None, ""))

    def _emit_node(self, node: _Node, path: tuple[str, ...], trail: tuple[str, ...]) -> None:
        number = node.line.number
        path = (*path, number) if number else path
        label = "".join(path) if number else ""
        if not node.line.text.strip(_BLANK):
            self._before.append(node.line.text)
        elif not node.below or _is_one_thought(node):
            self._emit(label, None, trail, "".join(node.lines()))
        else:
            if _is_heading(node.line.text.strip(_BLANK)):
                self._before.append(node.line.text)
            else:
                self._emit(label, None, trail, node.line.text)
            for below in node.below:
                self._emit_node(below, path, (*trail, _first_words(node.line.text)))


def _number(found: re.Match[str]) -> tuple[int, int] | None:
    number = read_numeral(found["number"])
    inserted = read_numeral(found["inserted"]) if found["inserted"] else 0
    return None if number is None or inserted is None else (number, inserted)


def _is_heading(words: str) -> bool:
    return len(words) <= _HEADING and "\n" not in words and not words.endswith(_SENTENCE_ENDS)


def _is_organ(line: str) -> bool:
    words = line.strip()
    return len(words) <= _ORGAN and not words.endswith(_SENTENCE_ENDS) and not words.startswith(("（", "("))


def _first_words(line: str) -> str:
    """What a clause is called in the trail of those below it: its words up to the first full stop."""
    words = line.strip(_BLANK).partition("\n")[0].partition("。")[0]
    return words if len(words) <= _HEADING else words[:_HEADING] + "…"


def _is_one_thought(node: _Node) -> bool:
    """True for a numbered clause with its list, when both are short; paragraphs without numbers stand alone."""
    if any(below.line.rung is None for below in node.below):
        return False
    size = node.size()
    return size <= _ONE_THOUGHT or (size <= _SHORT_LIST and all(one.size() <= _SHORT_ITEM for one in node.below))


def _tree(lines: list[_Line]) -> list[_Node]:
    """The lines as clauses under clauses; a line without a number stands under the clause that is open."""
    top: list[_Node] = []
    open_nodes: list[_Node] = []
    for line in lines:
        node = _Node(line, [])
        if line.rung is not None:
            while open_nodes and (open_nodes[-1].line.rung or 0) >= line.rung:
                open_nodes.pop()
        (open_nodes[-1].below if open_nodes else top).append(node)
        if line.rung is not None:
            open_nodes.append(node)
    return top
