"""The tree under construction: a stack of open clauses. A clause is frozen the moment it closes.

The stack is never deeper than there are ranks, so nothing that goes down the tree can run out of recursion depth.
"""

from __future__ import annotations

from draft_assist.errors import SourceError
from draft_assist.model import Clause, Level, ParseNote, Region, Span

# Ranks are `Mark` values where a mark has one; clauses of smaller rank hold those of larger rank.
ROOT_RANK = -1
ATTACHMENT_RANK = 0
PARAGRAPH_RANK = 21
ITEM_RANK = 22  # plus the list mark
INNER_RANK = 40  # a paragraph inside an item
TABLE_RANK = 50
ROW_RANK = 51
CELL_RANK = 52
LEAF_RANK = 60


class Open:
    """A clause that may still get children."""

    __slots__ = (
        "body", "body_end", "children", "head", "head_end", "last_numbers", "level", "number", "paragraphs", "path",
        "rank", "region", "start",
    )  # fmt: skip

    def __init__(self, path: str, level: Level, rank: int, number: tuple[int, ...], start: int) -> None:
        self.path = path
        self.level = level
        self.rank = rank
        self.number = number
        self.start = start
        self.head = self.head_end = self.body = self.body_end = start
        self.region = Region.BODY
        self.children: list[Clause] = []
        self.paragraphs = 0
        # Last number of each mark among the children.
        self.last_numbers: dict[int, int] = {}

    def set_words(self, head: int, head_end: int, body: int, body_end: int) -> None:
        """Say where its own characters stand."""
        self.head = head
        self.head_end = head_end
        self.body = body
        self.body_end = body_end


class Tree:
    """Builds the clauses of one document.

    Args:
        limit: largest number of clauses.
    """

    def __init__(self, limit: int) -> None:
        self.root = Open("", Level.OTHER, ROOT_RANK, (), 0)
        self.stack: list[Open] = [self.root]
        self.notes: list[ParseNote] = []
        self._limit = limit
        self._count = 0
        self._paths: dict[str, int] = {}

    @property
    def top(self) -> Open:
        """The innermost open clause, or the root."""
        return self.stack[-1]

    def close_to(self, rank: int, end: int) -> Open:
        """Close what cannot hold a clause of `rank` that begins at `end`; return what can."""
        stack = self.stack
        while stack[-1].rank >= rank:
            self._close(end)
        return stack[-1]

    def close_above(self, depth: int, end: int) -> Open:
        """Close until `depth` clauses (the root counted) are open."""
        while len(self.stack) > depth:
            self._close(end)
        return self.stack[-1]

    def open(self, path: str, level: Level, rank: int, number: tuple[int, ...], start: int) -> Open:
        """Open a clause inside the innermost open one.

        Raises:
            SourceError: more clauses than the settings allow.
        """
        self._count += 1
        if self._count > self._limit:
            raise SourceError(
                f"文档条款超过上限 {self._limit} 个",
                next_step="请拆分文件，或调高环境变量 DRAFT_ASSIST_MAX_CLAUSES",
            )
        seen = self._paths.get(path)
        if seen is None:
            self._paths[path] = 1
        else:
            path = self._free_path(path, seen)
        clause = Open(path, level, rank, number, start)
        self.stack.append(clause)
        return clause

    def _free_path(self, path: str, seen: int) -> str:
        # "~2" may itself be taken when a parent already carries it.
        while True:
            seen += 1
            candidate = f"{path}~{seen}"
            if candidate not in self._paths:
                self._paths[path] = seen
                self._paths[candidate] = 1
                return candidate

    def has(self, path: str) -> bool:
        """True when a clause of that path was opened before."""
        return path in self._paths

    def note(self, start: int, end: int, message: str) -> None:
        """Record something odd."""
        self.notes.append(ParseNote(span=Span(start, end), message=message))

    def _close(self, end: int) -> None:
        one = self.stack.pop()
        head = Span(one.head, one.head_end)
        same = one.body == one.head and one.body_end == one.head_end
        self.stack[-1].children.append(
            Clause(
                path=one.path,
                level=one.level,
                number=one.number,
                span=Span(one.start, end),
                head=head,
                body=head if same else Span(one.body, one.body_end),
                region=one.region,
                children=tuple(one.children),
            )
        )

    def finish(self, end: int) -> tuple[Clause, ...]:
        """Close everything and return the top-level clauses."""
        self.close_above(1, end)
        return tuple(self.root.children)
