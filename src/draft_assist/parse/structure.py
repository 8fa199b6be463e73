"""The second rung: lines become the tree. Levels are decided here, from a line's marker and what is open before it."""

from __future__ import annotations

from draft_assist.model import Clause, Level, NormalText, ParseNote, Region
from draft_assist.parse import tree as ranks
from draft_assist.parse.layout import Layout, numbered_continuation
from draft_assist.parse.levels import BY_DEPTH, DIVISION_LEVELS, HEADING_LEVELS, PLACED, SHARED_WITH_COVER
from draft_assist.parse.lines import Line
from draft_assist.parse.markers import ATTACHMENT_UNITS, DIVISIONS, LIST_MARKS, STRUCTURAL, Mark
from draft_assist.parse.numerals import show_article, write_numeral
from draft_assist.parse.stems import is_closing, is_stem
from draft_assist.parse.tables import TableBuilder
from draft_assist.parse.tree import Open, Tree


def build(
    text: NormalText, lines: list[Line], layout: Layout, limit: int
) -> tuple[tuple[Clause, ...], list[ParseNote]]:
    """The clauses that tile `text.value`, and the notes.

    Raises:
        SourceError: more than `limit` clauses.
    """
    builder = _Builder(text.value, lines, layout, limit)
    return builder.build()


class _Builder:
    """Places one line after the other; `prefix` is that of the region the line stands in."""

    def __init__(self, value: str, lines: list[Line], layout: Layout, limit: int) -> None:
        self.value = value
        self.lines = lines
        self.layout = layout
        self.tree = Tree(limit)
        self.following = numbered_continuation(lines)
        numbered = any(line.mark in STRUCTURAL for line in lines)
        # Running text before the first number is front matter; a text without numbers has no front.
        self.opening = "front." if numbered or layout.title else ""
        self.prefix = "front." if layout.main else ""
        self.outlined = any(line.mark == Mark.DECIMAL and len(line.number) > 1 for line in lines)
        self.article: tuple[int, ...] = ()
        self.article_restarts = False
        self.section_numbers: dict[int, int] = {}
        self.attachments: dict[int, int] = {}
        self.inner_depth = 0
        self.front = True
        self.front_paragraphs = 0
        self.counts = {"note": 0, "comment": 0, "tail": 0}
        self.tables = TableBuilder(value, self.tree)

    def build(self) -> tuple[tuple[Clause, ...], list[ParseNote]]:
        value, lines = self.value, self.lines
        if not lines:
            if value:
                self.tree.open("blank-1", Level.OTHER, ranks.LEAF_RANK, (), 0)
            return self.tree.finish(len(value)), self.tree.notes
        # The first clause holds blank lines before it, so that the clauses tile the text.
        lines[0].start = 0
        main = self.layout.main
        for index, line in enumerate(lines):
            if index == main and main:
                self._enter_main(line)
            if self.inner_depth and not line.inner:
                # Items inside a physical line end with it; without this, they would nest deeper line by line.
                self.tree.close_above(self.inner_depth, line.start)
                self.inner_depth = 0
            if line.joins:
                self._extend(line)
            elif line.region is not Region.BODY:
                self._place_elsewhere(line)
            elif line.mark == Mark.PLAIN:
                self._plain(index, line)
            else:
                self._place(index, line)
        return self.tree.finish(len(value)), self.tree.notes

    # --- regions ---

    def _enter_main(self, line: Line) -> None:
        self.tree.close_above(1, line.start)
        self.prefix = ""
        self._restart()

    def _restart(self) -> None:
        self.article = ()
        self.article_restarts = False
        self.section_numbers = {}
        self.front = True

    def _enter_attachment(self, line: Line) -> None:
        self.tree.close_above(1, line.start)
        unit = ATTACHMENT_UNITS.get(self.value[line.head + 1 : line.head + 2], 0)
        number = line.number[0] if line.number else self.attachments.get(unit, 0) + 1
        self.attachments[unit] = number
        name = f"{('att', 'app', 'sched', 'fig')[unit]}-{number}"
        opened = self._open(line, name, Level.ATTACHMENT, ranks.ATTACHMENT_RANK, (number,))
        self.prefix = opened.path + "."
        self._restart()

    # --- placing by mark ---

    def _place(self, index: int, line: Line) -> None:
        mark = line.mark
        if mark in LIST_MARKS:
            self._list(index, line)
        elif mark == Mark.ARTICLE:
            self._article(index, line)
        elif mark in DIVISIONS:
            self._division(index, line)
        elif mark == Mark.ATTACHMENT:
            self._enter_attachment(line)
        elif mark == Mark.DECIMAL:
            self._decimal(index, line)
        elif mark == Mark.STYLED:
            self._styled(line)
        elif mark == Mark.PIPE_ROW:
            self.tables.place_pipe_row(line)
        elif mark == Mark.TITLE:
            attached = self.prefix not in ("", "front.")
            own = attached or self.layout.title is None or self.lines[self.layout.title[0]] is line
            self._leaf(line, Level.TITLE, f"{self.prefix}title" if own else "front.title")
        elif mark == Mark.SIGNATURE:
            self._leaf(line, Level.SIGNATURE, f"{self.prefix}sign")
            self.front = False
        elif mark == Mark.COMMENT:
            self._note(line, Level.OTHER, "comment")
        else:
            level, name = PLACED.get(mark, (Level.OTHER, "other"))
            self._leaf(line, level, name if mark in SHARED_WITH_COVER else self.prefix + name)

    def _open(self, line: Line, path: str, level: Level, rank: int, number: tuple[int, ...]) -> Open:
        clause = self.tree.open(path, level, rank, number, line.start)
        clause.set_words(line.head, line.end, line.body, line.body_end)
        return clause

    def _leaf(self, line: Line, level: Level, path: str) -> None:
        """A clause outside the ladders: closes all that is open, up to the attachment it stands in."""
        self.tree.close_to(ranks.ATTACHMENT_RANK + 1, line.start)
        self._open(line, path, level, ranks.LEAF_RANK, ())
        self.tables.end()

    def _extend(self, line: Line) -> None:
        top = self.tree.top
        if top.body == top.head_end:
            top.body = line.head
        top.head_end = line.end
        top.body_end = line.body_end

    # --- divisions and articles ---

    def _division(self, index: int, line: Line) -> None:
        level, name, unit = DIVISION_LEVELS[line.mark]
        number = line.number[0]
        parent = self._holder(line.mark)
        expected = parent.last_numbers.get(line.mark, 0) + 1
        if line.weak and number != expected:
            self._refuse(index, line)
            return
        parent = self.tree.close_to(line.mark, line.start)
        base = self.prefix if parent.rank < Mark.PART else parent.path + "."
        self._check_order(line, parent, number, f"第{{}}{unit}", base + f"{name}-{number}", running=True)
        self._open(line, f"{base}{name}-{number}", level, line.mark, line.number)
        self.front = False

    def _holder(self, rank: int) -> Open:
        """The clause that would hold one of `rank`, without closing anything."""
        stack = self.tree.stack
        depth = len(stack) - 1
        while stack[depth].rank >= rank:
            depth -= 1
        return stack[depth]

    def _article(self, index: int, line: Line) -> None:
        number = line.number
        last = self.article
        due = not last or number[0] == last[0] + 1 or (number[0] == last[0] and len(number) > 1)
        if not due and (line.weak or self._is_torn(index, line)):
            self._refuse(index, line)
            return
        self._check_article(line, due)
        self.article = number
        self.tree.close_to(Mark.ARTICLE, line.start)
        path = f"{self.prefix}art-{number[0] if len(number) == 1 else '-'.join(map(str, number))}"
        article = self._open(line, path, Level.ARTICLE, Mark.ARTICLE, number)
        self.front = False
        if line.body < line.body_end:
            article.head_end = article.body = article.body_end = line.body
            self._paragraph(article, line, line.body)

    def _is_torn(self, index: int, line: Line) -> bool:
        """True when the line before breaks off in the middle of a sentence: 依照本办法 / 第八条 的规定."""
        if not index:
            return False
        before = self.lines[index - 1]
        return (
            before.mark in (Mark.PLAIN, Mark.ARTICLE, *LIST_MARKS)
            and before.end - before.head > 20
            and (self.value[before.end - 1] not in "。；：！？”」）)】》")
        )

    def _check_article(self, line: Line, due: bool) -> None:
        number, last = line.number, self.article
        if due and (last or number[0] == 1 or self.prefix.startswith("att")):
            return
        shown = show_article(number)
        if not last:
            message = f"首条为{shown}，前面没有第一条"
        elif number[0] > last[0]:
            message = f"条号由{show_article(last)}跳至{shown}"
        elif number == (1,) and last[0] > 2:
            self.article_restarts = True
            message = f"{show_article(last)}之后条号又从第一条开始"
        elif not self.tree.has(f"{self.prefix}art-{'-'.join(map(str, number))}"):
            message = f"{shown}排在{show_article(last)}之后"
        elif self.article_restarts:
            return
        else:
            message = f"{shown}重复"
        self.tree.note(line.head, line.end, message)

    def _refuse(self, index: int, line: Line, *, quiet: bool = False) -> None:
        """A marker that its surroundings contradict is running text."""
        if not quiet:
            self.tree.note(line.head, line.end, "行首像编号，但与上下文不连续，按正文处理")
        line.mark, line.number, line.body, line.body_end = Mark.PLAIN, (), line.head, line.end
        self._plain(index, line)

    # --- lists: headings, or 项 and 目 ---

    def _list(self, index: int, line: Line) -> None:
        mark, number = line.mark, line.number[0]
        stack = self.tree.stack
        article = same_item = deepest_item = heading = 0
        for depth in range(1, len(stack)):
            rank = stack[depth].rank
            if rank == Mark.ARTICLE:
                article = depth
            elif rank == ranks.ITEM_RANK + mark:
                same_item = depth
                deepest_item = depth
            elif ranks.ITEM_RANK + Mark.HAN <= rank <= ranks.ITEM_RANK + Mark.CIRCLE:
                deepest_item = depth
            elif rank == mark:
                heading = depth
        follows_item = same_item and stack[same_item].number == (number - 1,)
        follows_heading = heading and stack[heading].number == (number - 1,)
        if line.inner:
            self.inner_depth = self.inner_depth or len(stack)
            self._item(line, same_item if number > 1 else 0)
        elif line.weak and not (follows_item or follows_heading or self._may_begin(line)):
            self._refuse(index, line)
        elif follows_heading and not follows_item:
            self._heading(line, stack[heading - 1])
        elif article or (same_item and number != 1):
            self._item(line, same_item)
        elif not same_item and (
            (deepest_item and ranks.ITEM_RANK + mark > stack[deepest_item].rank) or self._hangs_on_stem(line, number)
        ):
            self._item(line, 0)
        elif heading:
            self._heading(line, stack[heading - 1])
        else:
            self._heading(line, self._deeper_holder(index, line))

    def _may_begin(self, line: Line) -> bool:
        due = self._holder(line.mark).last_numbers.get(line.mark, 0) + 1
        return line.number[0] == due or line.number[0] == self.section_numbers.get(line.mark, 0) + 1

    def _hangs_on_stem(self, line: Line, number: int) -> bool:
        """True when the list belongs to the paragraph above it: …应当符合下列条件：."""
        top = self.tree.top
        if number != 1 or top.rank != ranks.PARAGRAPH_RANK or line.mark == Mark.HAN:
            return False
        stem = self.value[top.head : top.head_end]
        restarts = self._holder(line.mark).last_numbers.get(line.mark, 0) >= 1
        return is_stem(stem, self.value[line.head : line.end], restarts=restarts)

    def _item(self, line: Line, same: int) -> None:
        """Place a 项 or 目: beside the open one of its kind (stack depth `same`), or below the innermost."""
        tree = self.tree
        rank = ranks.ITEM_RANK + line.mark
        if same:
            parent = tree.close_above(same, line.start)
        elif line.inner:
            parent = tree.top
        else:
            parent = self._item_parent(line, rank)
        if parent.rank == Mark.ARTICLE:
            parent = self._paragraph(parent, None, line.start)
        below_item = parent.rank - ranks.ITEM_RANK in LIST_MARKS
        number = line.number[0]
        path = f"{parent.path}.{'sub' if below_item else 'item'}-{number}"
        self._check_order(line, parent, number, self._shown_marker(line), path)
        self._open(line, path, Level.SUBITEM if below_item else Level.ITEM, rank, line.number)

    def _item_parent(self, line: Line, rank: int) -> Open:
        tree = self.tree
        while True:
            top = tree.top
            if top.rank in (Mark.ARTICLE, ranks.PARAGRAPH_RANK) or (top.rank < rank and top.rank > ranks.ITEM_RANK):
                return top
            tree.close_above(len(tree.stack) - 1, line.start)

    def _deeper_holder(self, index: int, line: Line) -> Open | None:
        """The open 1. that holds this （一）, in documents that number that way round; None in all others.

        It does when its own list goes on after this one, and （一） is not already in use above it.
        """
        stack = self.tree.stack
        above = self._holder(line.mark)
        if line.number[0] != 1 or line.mark in above.last_numbers:
            return None
        for depth in range(len(stack) - 1, 0, -1):
            one = stack[depth]
            if line.mark < one.rank <= Mark.CIRCLE and one.number:
                goes_on = self._list_goes_on(self.following[index], one.rank, one.number[0] + 1, over=line.mark)
                return one if goes_on else None
        return None

    def _heading(self, line: Line, parent: Open | None) -> None:
        """Place a heading inside `parent`, which is open; None takes the innermost that can hold it."""
        tree = self.tree
        if parent is None:
            parent = tree.close_to(line.mark, line.start)
        else:
            tree.close_above(tree.stack.index(parent) + 1, line.start)
        level, name = HEADING_LEVELS[line.mark]
        base = self.prefix if parent.rank < Mark.PART else parent.path + "."
        number = line.number[0]
        path = f"{base}{name}-{number}"
        self._check_order(line, parent, number, self._shown_marker(line), path, running=True)
        self._open(line, path, level, line.mark, line.number)
        self.front = False

    def _shown_marker(self, line: Line) -> str:
        return self.value[line.head : line.body].strip().replace("{", "").replace("}", "")

    def _check_order(
        self, line: Line, parent: Open, number: int, shown: str, path: str, *, running: bool = False
    ) -> None:
        """Note a repeated or skipped number; `running` numbers may go on from group to group."""
        last = parent.last_numbers.get(line.mark)
        parent.last_numbers[line.mark] = number
        before = self.section_numbers.get(line.mark, 0)
        if running:
            self.section_numbers[line.mark] = number
        if number == (last or 0) + 1 or (last is None and running and number == before + 1):
            return
        name = shown.replace("{}", write_numeral(number) if number else "") or str(number)
        if self.tree.has(path):
            self.tree.note(line.head, line.end, f"编号“{name}”重复")
        elif last is None:
            self.tree.note(line.head, line.end, f"编号从“{name}”开始，前面没有第一项")
        else:
            self.tree.note(line.head, line.end, f"编号由{last}变为“{name}”，不连续")

    # --- outlines and styled headings ---

    def _decimal(self, index: int, line: Line) -> None:
        """1 总则, 1.1 编制目的: the outline of emergency plans and standards."""
        depth = len(line.number)
        mark = BY_DEPTH[min(depth, len(BY_DEPTH)) - 1]
        parent = self._holder(mark)
        due = parent.last_numbers.get(mark, 0) + 1
        if line.weak and (not self.outlined or line.number[-1] != due):
            # 1 煤 is more often a row of a list than a broken outline: not worth a note.
            self._refuse(index, line, quiet=True)
            return
        line.mark, line.number = mark, line.number[-1:]
        self._heading(line, None)

    def _styled(self, line: Line) -> None:
        """A heading without a number, by the source's style: its ordinal among its like is its place in the path."""
        mark = BY_DEPTH[min(max(line.depth - 1, 1), len(BY_DEPTH)) - 1]
        parent = self.tree.close_to(mark, line.start)
        level, name = HEADING_LEVELS[mark]
        ordinal = parent.last_numbers.get(mark, 0) + 1
        parent.last_numbers[mark] = ordinal
        base = self.prefix if parent.rank < Mark.PART else parent.path + "."
        self._open(line, f"{base}{name}-{ordinal}", level, mark, ())
        self.front = False

    # --- running text ---

    def _plain(self, index: int, line: Line) -> None:
        tree = self.tree
        stack = tree.stack
        self.tables.end()
        # From the inside out: the item whose list goes on after this line, else the article or heading.
        following = self.following[index]
        if len(stack) > 1 and stack[-1].rank > ranks.PARAGRAPH_RANK:
            depth = self._open_item(following)
            if depth:
                item = tree.close_above(depth + 1, line.start)
                item.paragraphs += 1
                number = (item.paragraphs,)
                self._open(line, f"{item.path}.par-{number[0]}", Level.PARAGRAPH, ranks.INNER_RANK, number)
                return
        parent = tree.close_to(ranks.PARAGRAPH_RANK, line.start)
        if Mark.HAN <= parent.rank <= Mark.CIRCLE and self._closes_text(index, line):
            parent = tree.close_to(ranks.ATTACHMENT_RANK + 1, line.start)
        self._paragraph(parent, line, line.start)

    def _open_item(self, following: int) -> int:
        """Depth of the open item that a plain line goes on; 0 when it begins a new paragraph beside the list."""
        stack = self.tree.stack
        for depth in range(len(stack) - 1, 0, -1):
            one = stack[depth]
            if one.rank <= ranks.PARAGRAPH_RANK:
                break
            mark = one.rank - ranks.ITEM_RANK
            if mark in LIST_MARKS:
                if self._list_goes_on(following, mark, one.number[0] + 1):
                    return depth
                if self.value[one.head_end - 1] in "：:" and not one.children:
                    return depth
                if self._is_titled_like_its_brother(depth):
                    return depth
        return 0

    def _is_titled_like_its_brother(self, depth: int) -> bool:
        """True for （二）补贴期限, bare like a heading, after a （一） that had its text on lines of its own."""
        stack = self.tree.stack
        item, brothers = stack[depth], stack[depth - 1].children
        if self.value[item.head_end - 1] in "。；，" or not brothers:
            return False
        return any(child.level is Level.PARAGRAPH for child in brothers[-1].children)

    def _list_goes_on(self, following: int, mark: int, number: int, over: int = 99) -> bool:
        """True when the next marker of this kind or a higher one is `number` of this list; `over` is passed over."""
        lines = self.lines
        # A list inside an item of that length is rare; the bound keeps odd input linear.
        for _ in range(50):
            if following >= len(lines) or lines[following].mark not in LIST_MARKS:
                return False
            line = lines[following]
            if line.mark <= mark and line.mark != over:
                return line.mark == mark and line.number[0] == number
            following = self.following[following]
        return False

    def _closes_text(self, index: int, line: Line) -> bool:
        """True for the closing words of a document (本通知自…起施行) below a heading with its text on the same line."""
        words = self.value[line.head : line.end]
        if not is_closing(words):
            return False
        if self.value[self.tree.top.head_end - 1] not in "。；！" and not words.startswith("特此"):
            return False
        # A few closing paragraphs may follow one another.
        for after in self.lines[index + 1 : index + 8]:
            if after.mark in (Mark.SIGNATURE, Mark.ATTACHMENT, Mark.ATTACHMENT_LIST, Mark.IMPRINT):
                return True
            if after.mark != Mark.PLAIN:
                return False
        return index + 8 >= len(self.lines)

    def _paragraph(self, parent: Open, line: Line | None, start: int) -> Open:
        """Open the next 款 of an article, or the next paragraph under a heading or in front."""
        if parent.rank >= Mark.PART:
            parent.paragraphs += 1
            number = parent.paragraphs
            path = f"{parent.path}.par-{number}"
        else:
            path, number = self._loose_path(parent)
        clause = self.tree.open(path, Level.PARAGRAPH, ranks.PARAGRAPH_RANK, (number,), start)
        if line is not None:
            clause.set_words(line.head if start == line.start else line.body, line.end, line.body, line.body_end)
        return clause

    def _loose_path(self, parent: Open) -> tuple[str, int]:
        """The path of a paragraph that no heading holds."""
        if parent.rank == ranks.ATTACHMENT_RANK:
            parent.paragraphs += 1
            return f"{parent.path}.par-{parent.paragraphs}", parent.paragraphs
        if self.front or self.prefix == "front.":
            self.front_paragraphs += 1
            return f"{self.opening}par-{self.front_paragraphs}", self.front_paragraphs
        self.counts["tail"] += 1
        return f"tail.par-{self.counts['tail']}", self.counts["tail"]

    # --- tables and notes ---

    def _place_elsewhere(self, line: Line) -> None:
        if line.region is Region.TABLE and line.cell is not None:
            self.tables.place_cell(line, line.cell)
        else:
            self._note(line, Level.NOTE, "note")

    def _note(self, line: Line, level: Level, name: str) -> None:
        """A footnote, header or comment: stands inside what is open and closes nothing but its like."""
        self.tree.close_to(ranks.LEAF_RANK, line.start)
        self.counts[name] += 1
        self._open(line, f"{name}-{self.counts[name]}", level, ranks.LEAF_RANK, ()).region = line.region
