"""A reply for a terminal and as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from draft_assist.chat.reply import Reply
from draft_assist.chat.sources import Source, SourceKind
from draft_assist.law.provisions import Provision
from draft_assist.report.characters import one_line, visible
from draft_assist.report.columns import wrap

SCHEMA = "draft-assist/answer/1"
WIDTH = 100


class Printer:
    """Writes pieces as they come, in lines that fit the width."""

    def __init__(self, say: Callable[[str], object], width: int = WIDTH) -> None:
        """
        Args:
            say: writes words as they are, without a line end of its own.
            width: cells.
        """
        self._say = say
        self._width = width
        self._line = ""  # as it came
        self._shown = ""  # as it was written

    def write(self, piece: str) -> None:
        """Write the next words."""
        first, *lines = piece.split("\n")
        self._add(first)
        for line in lines:
            self.end(always=True)
            self._add(line)

    def end(self, *, always: bool = False) -> None:
        """End the line; an empty one only `always`."""
        if self._shown or always:
            self._say("\n")
        self._line = self._shown = ""

    def _add(self, words: str) -> None:
        self._line += words
        whole = "\n".join(wrap(visible(self._line), self._width))
        if whole.startswith(self._shown):
            self._say(whole[len(self._shown) :])
            self._shown = whole
        else:  # what stands on the screen cannot be laid out anew
            self._line, self._shown = words, "\n".join(wrap(visible(words), self._width))
            self._say(f"\n{self._shown}")


def closing_lines(reply: Reply) -> Iterator[str]:
    """What stands below the answer: sources and notes."""
    if reply.sources:
        yield "来源："
    for source in reply.sources:
        yield f"  {source.mark} {source_line(source)}"
    for note in reply.notes:
        yield f"说明：{one_line(note)}"
    by = f"由模型 {reply.model} 作答，逐句核对后给出" if reply.model else "由规则和检索给出"
    yield f"（{by}，供审核人员参考。）"


def source_line(source: Source) -> str:
    """《…》第十六条（2021-01-22文本，有效；法律数据包 …）."""
    version = f"{source.version_date:%Y-%m-%d}文本" if source.version_date else ""
    facts = "，".join(one for one in (version, source.status) if one)
    inside = "；".join(one for one in (facts, source.origin) if one)
    if source.kind is SourceKind.CLAUSE:
        return f"{source.title}{f' {source.label}' if source.label else ''}（{source.status}）"
    # What stands on a gist names the article alone; the words of all others stand in the answer or can be looked up.
    words = f"：{source.text}" if source.kind is SourceKind.GIST else ""
    return one_line(f"{source.name}（{inside}）{words}" if inside else f"{source.name}{words}")


def answer_to_wire(reply: Reply, question: str, as_of: dt.date) -> dict[str, object]:
    """The reply as plain values."""
    result = {
        "as_of": as_of,
        "question": question,
        "intent": reply.intent,
        "text": reply.text,
        "is_enough": reply.is_enough,
        "model": reply.model,
        "notes": list(reply.notes),
        "sources": [source_to_wire(one) for one in reply.sources],
    }
    return {"schema": SCHEMA, "result": result}


def source_to_wire(source: Source) -> dict[str, object]:
    """One source as plain values; `provision` and `version_date` find the article, `clause` and `line` the clause."""
    place = source.place
    return {
        "number": source.number,
        "kind": source.kind.value,
        "title": source.title,
        "label": source.label,
        "text": source.text,
        "provision": Provision(article=source.article).key(),
        "version_date": source.version_date,
        "status": source.status,
        "origin": source.origin,
        "clause": source.clause,
        "span": [place.span.start, place.span.end] if place else None,
        "line": place.line if place else None,
    }
