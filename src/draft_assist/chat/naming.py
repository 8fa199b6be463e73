"""Laws and articles that a question names, as people type them: 民法典3条, 许可法第14-17条, 该法第五条."""

from __future__ import annotations

from typing import NamedTuple

from draft_assist.flow import document_of
from draft_assist.law.resolve import Citation, State, Target, read_reference, resolve
from draft_assist.law.store import PREFIX, Statutes
from draft_assist.law.titles import Titles, titles_of
from draft_assist.load import load_bytes
from draft_assist.model import Span
from draft_assist.patterns import compiled
from draft_assist.settings import Settings

_NUMBER = r"(?:\d{1,4}|[〇零一二三四五六七八九十百千]{1,9})"
_REPAIRS = (
    # 第14-17条 and 14到17条 are a range of articles.
    (compiled(rf"第?({_NUMBER})条?\s*(?:-|—|－|~|～|到|至)\s*第?({_NUMBER})条"), r"第\1条至第\2条"),
    # 民法典3条, 《…法》 3 条, 第3条和5条: the mark of the ordinal is left out when one is in a hurry.
    (compiled(rf"(?<=[法典例定则章》、和及与])\s*({_NUMBER})(?=条)"), r"第\1"),
    (compiled(rf"(?<=条)({_NUMBER})(?=款)"), r"第\1"),
    (compiled(rf"(?<=款)[（(]?({_NUMBER})[)）]?(?=项)"), r"第\1"),
    (compiled(rf"(?<=[法典例])的(?=第{_NUMBER}条)"), ""),
)
_SAME = compiled(r"该法|这部法律?|这个法律?|此法|该条例|(?<!合)同法|它(?=第|什么|何时|现在|还|有)")
_BARE = compiled(rf"^(?:那么?|那里的?|还有|再看看?|以及)?[，,\s]*(?=第{_NUMBER}[条章])")

_BARE_PART = compiled(rf"^(?:那么?|那里的?|还有)?[，,\s]*(?=第{_NUMBER}款)")


class NamedLaws(NamedTuple):
    """What a question names.

    Attributes:
        citations: those with a provision, of works with a title.
        titles: of the works that are named, full where known; also those without a provision.
    """

    citations: tuple[Citation, ...] = ()
    titles: tuple[str, ...] = ()


def spelt_out(question: str, last: str = "") -> str:
    """The question with its provisions as a document would write them, and 该法 replaced by the law meant.

    Args:
        last: what was talked of before, 《行政处罚法》第十六条 or the law alone; "" for none.
    """
    words = " ".join(question.split())
    for pattern, instead in _REPAIRS:
        words = pattern.sub(instead, words)
    law = last[: last.rfind("》") + 1]
    if law:
        words = _SAME.sub(lambda _: law, words)
        words = _BARE.sub(lambda _: law, words)
        words = _BARE_PART.sub(lambda _: last, words) if law != last else words
    return words


def named_laws(words: str, statutes: Statutes) -> NamedLaws:
    """The laws and provisions that the words name.

    Args:
        words: see `spelt_out`.
    """
    titles = titles_of(statutes)
    document = document_of(load_bytes(words.encode("utf-8", "replace"), "问题.txt", Settings()))
    text = document.text.value
    cited = [
        one
        for one in resolve(document, titles)
        if one.target is Target.WORK and one.state is State.SOUND and one.title and _is_title(one)
    ]
    heads = [one.head for one in cited]
    known = [span for span in titles.known_names.find(text) if not any(head.contains(span) for head in heads)]
    cited += [one for span in known for one in _chapters(text[span.start :], titles)]
    named = sorted(
        [(one.head.start, one.title) for one in cited] + [(one.start, _title(one, text, titles)) for one in known]
    )
    with_place = tuple(one for one in cited if one.first is not None)
    return NamedLaws(with_place, tuple(dict.fromkeys(title for _, title in named)))


def _title(span: Span, text: str, titles: Titles) -> str:
    return titles.match(span.of(text)).title


_QUESTION_WORD = compiled(r"什么|哪|怎么|如何|多少|是否|吗|请问")


def _is_title(citation: Citation) -> bool:
    """False for what is no title but the words before an article number: 请问依据什么法第三条."""
    return not _QUESTION_WORD.search(citation.written)


_CHAPTER = compiled(r"《?[^《》\n第]{2,40}》?第[〇零一二三四五六七八九十百\d]+章")


def _chapters(words: str, titles: Titles) -> tuple[Citation, ...]:
    """The chapter that follows the title with which the words begin; () for none."""
    match = _CHAPTER.match(words)
    return read_reference(match[0], titles) if match else ()


_LONGEST_SHORT = 6  # characters of a title in short: 道交法, 治安处罚法
_MOST_MEANT = 4


def meant_titles(written: str, statutes: Statutes) -> tuple[str, ...]:
    """Full titles of which `written` may be short: 许可法, 道交法; () for none, or too many.

    Args:
        written: a title that is not known.
    """
    short = written.strip("《》")
    if not 2 < len(short) <= _LONGEST_SHORT or not short.endswith("法"):
        return ()
    found = [title for title in statutes.titles() if _is_short_of(short, title.removeprefix(PREFIX))]
    return tuple(found) if len(found) <= _MOST_MEANT else ()


def _is_short_of(short: str, title: str) -> bool:
    """True when the characters of `short` stand in the title in their order, the last one at its end."""
    rest = iter(title)
    return title.endswith(short[-1]) and all(one in rest for one in short)
