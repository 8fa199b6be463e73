"""Where a raw offset stands: line and column, the block of the file that holds it, and how people find it there."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from draft_assist.model import Block, FileKind, Place, RawDocument, Region, Span
from draft_assist.terms import terms


class Places:
    """Answers for one document in logarithmic time each."""

    def __init__(self, raw: RawDocument) -> None:
        self._raw = raw
        lengths = (len(line) + 1 for line in raw.text.split("\n"))
        self._lines = [0, *accumulate(lengths)][:-1]
        self._block_starts = [block.span.start for block in raw.blocks]
        # Word shows no line numbers: people count the paragraphs of the running text that have words in them.
        self._paragraphs = list(accumulate(int(_is_paragraph(block, raw.text)) for block in raw.blocks))

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

    def paragraph(self, offset: int) -> int:
        """第几自然段: which .docx paragraph of running text, from 1, holds a raw offset; 0 for none."""
        index = self.block_index(offset) if self._raw.kind is FileKind.DOCX else -1
        if index < 0 or not _is_paragraph(self._raw.blocks[index], self._raw.text):
            return 0
        return self._paragraphs[index]

    def where(self, span: Span) -> str:
        """Where people look in a file of its kind: 第3自然段, 表1第2行第3列 or 脚注; 第3页; 第12行; "" if nowhere."""
        index = self.block_index(span.start)
        block = self._raw.blocks[index] if index >= 0 else None
        if self._raw.kind is FileKind.DOCX:
            return self._word_place(block, span) if block is not None else ""
        return self._label(block, self.line_column(span.start)[0])

    def _word_place(self, block: Block, span: Span) -> str:
        if block.region is Region.TABLE and block.cell is not None:
            return _cell_words(block.cell)
        if block.region is not Region.BODY:
            return terms().regions[block.region]
        number = self.paragraph(span.start)
        return f"第{number}自然段" if number else ""

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

    def _label(self, block: Block | None, line: int) -> str:
        if block is not None and block.region is Region.TABLE and block.cell is not None:
            return _cell_words(block.cell)
        if block is not None and self._raw.kind is FileKind.PDF:
            return f"第{block.index}页"
        return f"第{line}行"


def _is_paragraph(block: Block, text: str) -> bool:
    return block.region is Region.BODY and bool(block.span.of(text).strip())


def _cell_words(cell: tuple[int, int, int]) -> str:
    table, row, column = cell
    return f"表{table}第{row}行第{column}列"


def _run(block: Block, offset: int) -> int:
    for run in block.runs:
        if run.span.start <= offset < run.span.end:
            return run.run
    return -1
