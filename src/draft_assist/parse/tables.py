"""Tables: cells that the source's blocks mark, and the rows of Markdown tables."""

from __future__ import annotations

from draft_assist.model import Level, Region
from draft_assist.parse.lines import Line
from draft_assist.parse.tree import CELL_RANK, LEAF_RANK, ROW_RANK, TABLE_RANK, Open, Tree

# Stands for "a Markdown table" where blocks give the table's number.
_PIPES = -1


class TableBuilder:
    """Opens tables, rows and cells inside whatever clause of the tree is open."""

    def __init__(self, value: str, tree: Tree) -> None:
        self._value = value
        self._tree = tree
        self._count = 0
        self._current: int | None = None
        self._rows = 0

    def end(self) -> None:
        """The next cell begins a table of its own."""
        self._current = None

    def place_cell(self, line: Line, cell: tuple[int, int, int]) -> None:
        """Place one paragraph of a cell; those of the same cell become one clause."""
        tree = self._tree
        table, row, column = cell
        if self._current != table or not self._is_open():
            self._open_table(line, table)
        tree.close_to(LEAF_RANK, line.start)
        top = tree.top
        inside = self._innermost(ROW_RANK)
        if inside is None or inside.number != (row,):
            parent = tree.close_to(ROW_RANK, line.start)
            self._open(f"{parent.path}.row-{row}", Level.ROW, ROW_RANK, row, line.start)
        elif top.rank == CELL_RANK and top.number == (column,) and not top.children:
            top.head_end = top.body_end = line.end
            return
        parent = tree.close_to(CELL_RANK, line.start)
        opened = self._open(f"{parent.path}.cell-{column}", Level.CELL, CELL_RANK, column, line.start)
        opened.head = opened.body = line.head
        opened.head_end = opened.body_end = line.end

    def place_pipe_row(self, line: Line) -> None:
        """Place a row of a Markdown table; the rule below the header belongs to the row above it."""
        tree = self._tree
        if self._current != _PIPES or not self._is_open():
            self._open_table(line, _PIPES)
        elif not self._value[line.head : line.end].strip("|-: "):
            return
        table = tree.close_to(ROW_RANK, line.start)
        self._rows += 1
        row = self._open(f"{table.path}.row-{self._rows}", Level.ROW, ROW_RANK, self._rows, line.start)
        start = line.head + 1
        column = 0
        while start < line.end:
            bar = self._value.find("|", start, line.end)
            end = line.end if bar < 0 else bar
            column += 1
            self._pipe_cell(row, column, start, end)
            start = end + 1

    def _pipe_cell(self, row: Open, column: int, start: int, end: int) -> None:
        content = self._value[start:end]
        words = content.strip()
        if not words:
            return
        self._tree.close_to(CELL_RANK, start)
        cell = self._open(f"{row.path}.cell-{column}", Level.CELL, CELL_RANK, column, start)
        cell.head = cell.body = start + content.index(words)
        cell.head_end = cell.body_end = cell.head + len(words)

    def _is_open(self) -> bool:
        return self._innermost(TABLE_RANK) is not None

    def _innermost(self, rank: int) -> Open | None:
        return next((one for one in reversed(self._tree.stack) if one.rank == rank), None)

    def _open_table(self, line: Line, table: int) -> None:
        self._tree.close_to(TABLE_RANK, line.start)
        self._count += 1
        self._rows = 0
        self._open(f"tab-{self._count}", Level.TABLE, TABLE_RANK, self._count, line.start)
        self._current = table

    def _open(self, path: str, level: Level, rank: int, number: int, start: int) -> Open:
        opened = self._tree.open(path, level, rank, (number,), start)
        opened.region = Region.TABLE
        return opened
