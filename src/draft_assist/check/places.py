"""Where words stand in the user's own file: line and column, page, Word paragraph and run, and a label for people."""

from __future__ import annotations

from bisect import bisect_right

from draft_assist.model import Block, Clause, Document, FileKind, Level, Place, Region, Span
from draft_assist.parse import label_of


class PlaceFinder:
    """Places of one document; indexes are made once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        raw = document.text.raw
        self._line_starts = [0]
        at = raw.text.find("\n")
        while at >= 0:
            self._line_starts.append(at + 1)
            at = raw.text.find("\n", at + 1)
        self._block_starts = [block.span.start for block in raw.blocks]
        self._labels: dict[str, str] = {}

    def clause(self, span: Span) -> Clause:
        """The innermost clause that holds the normal characters `span`; where none does, the one in which it begins."""
        return self._trail(span)[-1]

    def row(self, span: Span) -> Clause | None:
        """The row of a table that holds the normal characters `span`; None outside tables."""
        return next((clause for clause in self._trail(span) if clause.level is Level.ROW), None)

    def label(self, span: Span) -> str:
        """The label of that clause for people, such as 第八条第二款."""
        trail = self._trail(span)
        path = trail[-1].path
        if path not in self._labels:
            self._labels[path] = label_of(self._document, path, trail)
        return self._labels[path]

    def _trail(self, span: Span) -> list[Clause]:
        trail: list[Clause] = []
        clauses = self._document.clauses
        while clauses:
            i = bisect_right(clauses, span.start, key=_start) - 1
            if i < 0 or not clauses[i].span.contains(span):
                break
            trail.append(clauses[i])
            clauses = clauses[i].children
        if not trail:  # a line broken in two may leave a citation in two paragraphs
            clauses = self._document.clauses
            trail = [clauses[max(bisect_right(clauses, span.start, key=_start) - 1, 0)]]
        return trail

    def place(self, span: Span) -> Place:
        """The place of normal characters `span`."""
        raw = self._document.text.raw
        where = self._document.text.offsets.to_raw(span)
        line = bisect_right(self._line_starts, where.start)
        block = self._block(where.start)
        is_docx, is_pdf = raw.kind is FileKind.DOCX, raw.kind is FileKind.PDF
        label = self.label(span)
        if is_pdf and block:
            label = f"第{block.index}页 {label}".rstrip()
        return Place(
            span=where,
            line=line,
            column=where.start - self._line_starts[line - 1] + 1,
            page=block.index if is_pdf and block else 0,
            part=block.part if is_docx and block else "",
            paragraph=block.index if is_docx and block else -1,
            run=_run(block, where.start) if is_docx and block else -1,
            source_offset=_source_offset(block, where.start),
            label=label or (f"第{line}行"),
        )

    def _block(self, offset: int) -> Block | None:
        i = bisect_right(self._block_starts, offset) - 1
        return self._document.text.raw.blocks[i] if i >= 0 else None


def _start(clause: Clause) -> int:
    return clause.span.start


def _run(block: Block, offset: int) -> int:
    """The run that holds the character, or the first after it (automatic numbers stand in no run); -1 without runs."""
    return next((run.run for run in block.runs if offset < run.span.end), -1)


def _source_offset(block: Block | None, offset: int) -> int:
    if block is None or block.source_offset < 0 or block.region is Region.COMMENT:
        return -1
    return block.source_offset + offset - block.span.start
