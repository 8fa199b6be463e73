"""Where a raw offset stands: line and column, and the block of the file that holds it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from draft_assist.model import Block, FileKind, Place, RawDocument, Region, Span


class Places:
    """Answers for one document in logarithmic time each."""

    def __init__(self, raw: RawDocument) -> None:
        self._raw = raw
        lengths = (len(line) + 1 for line in raw.text.split("\n"))
        self._lines = [0, *accumulate(lengths)][:-1]
        self._block_starts = [block.span.start for block in raw.blocks]

    @property
    def line_count(self) -> int:
        """Lines of the raw text; an empty text has one."""
        return len(self._lines)

    def line_span(self, line: int) -> Span:
        """The characters of `line` (from 1) without its line feed."""
        end = self._lines[line] - 1 if line < len(self._lines) else len(self._raw.text)
        return Span(self._lines[line - 1], end)

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of a raw offset, both from 1."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def block_index(self, offset: int) -> int:
        """Index of the block that holds a raw offset (its end included), or -1."""
        index = bisect_right(self._block_starts, offset) - 1
        return index if index >= 0 and offset <= self._raw.blocks[index].span.end else -1

    def place(self, span: Span) -> Place:
        """The place of a raw span, with a label that people can follow."""
        line, column = self.line_column(span.start)
        index = self.block_index(span.start)
        if index < 0:
            return Place(span=span, line=line, column=column, label=f"第{line}行")
        block = self._raw.blocks[index]
        is_docx = self._raw.kind is FileKind.DOCX
        return Place(
            span=span,
            line=line,
            column=column,
            page=block.index if self._raw.kind is FileKind.PDF else 0,
            part=block.part,
            paragraph=block.index if is_docx else -1,
            run=_run(block, span.start) if is_docx else -1,
            source_offset=block.source_offset,
            label=self._label(block, line),
        )

    def _label(self, block: Block, line: int) -> str:
        if block.region is Region.TABLE and block.cell is not None:
            table, row, column = block.cell
            return f"表{table}第{row}行第{column}列"
        if self._raw.kind is FileKind.PDF:
            return f"第{block.index}页"
        return f"第{line}行"


def _run(block: Block, offset: int) -> int:
    for run in block.runs:
        if run.span.start <= offset < run.span.end:
            return run.run
    return -1
