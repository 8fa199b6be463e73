"""Makes normal text by hand, and shows trees in a form that tests can compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from draft_assist.model import (
    Block,
    Clause,
    Document,
    FileKind,
    NormalText,
    OffsetMap,
    RawDocument,
    Region,
    Span,
)
from draft_assist.parse import parse


def normal_text(value: str, blocks: Iterable[Block] = (), kind: FileKind = FileKind.TEXT) -> NormalText:
    """Normal text whose source is the same text, position by position."""
    raw = RawDocument(path=Path("样例.txt"), kind=kind, text=value, blocks=tuple(blocks))
    pieces = (0,) if value else ()
    offsets = OffsetMap(
        normal=pieces, raw=pieces, equal=(True,) * len(pieces), normal_length=len(value), raw_length=len(value)
    )
    return NormalText(value=value, raw=raw, offsets=offsets)


def blocks_of(parts: Sequence[tuple[str, Region, tuple[int, int, int] | None]]) -> NormalText:
    """Normal text of a file that is read as blocks: (text, region, cell) each."""
    value = ""
    blocks = []
    for text, region, cell in parts:
        blocks.append(Block(span=Span(len(value), len(value) + len(text)), region=region, cell=cell))
        value += text + "\n"
    return normal_text(value, blocks, FileKind.DOCX)


def parsed(value: str) -> Document:
    """The document of `value`, checked for losslessness on the way."""
    document = parse(normal_text(value))
    assert_sound(document)
    return document


def paths(document: Document) -> list[str]:
    """The paths of all clauses in reading order."""
    return [clause.path for clause in document.walk()]


def head(document: Document, path: str) -> str:
    """The head of the clause of that path."""
    clause = document.clause(path)
    assert clause is not None, f"{path} not in {paths(document)}"
    return document.text_of(clause.head)


def body(document: Document, path: str) -> str:
    """The body of the clause of that path."""
    clause = document.clause(path)
    assert clause is not None, f"{path} not in {paths(document)}"
    return document.text_of(clause.body)


def messages(document: Document) -> list[str]:
    """The messages of the notes."""
    return [note.message for note in document.notes]


def assert_sound(document: Document) -> None:
    """Nothing is lost, spans nest and follow one another, paths are unique."""
    value = document.text.value
    assert "".join(document.text_of(span) for span in document.pieces()) == value
    position = 0
    for clause in document.clauses:
        assert clause.span.start == position, "top-level clauses tile the text"
        position = clause.span.end
    assert position == len(value)
    seen: set[str] = set()
    for clause in document.clauses:
        _assert_nested(clause, seen)


def _assert_nested(clause: Clause, seen: set[str]) -> None:
    assert clause.path not in seen
    seen.add(clause.path)
    assert clause.span.start <= clause.head.start <= clause.head.end <= clause.span.end
    assert clause.head.start <= clause.body.start <= clause.body.end <= clause.head.end
    position = clause.head.end
    for child in clause.children:
        assert position <= child.span.start <= child.span.end <= clause.span.end
        position = child.span.end
        _assert_nested(child, seen)
