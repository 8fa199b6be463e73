"""Which clauses of two versions belong together, and whose words differ.

Clauses are taken with their own words, without marker, children and white space: a renumbered or moved clause is the
same clause. Runs of equal clauses are found first (difflib); what lies between two runs is paired by path and by how
much of the words agree.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from draft_assist.model import ClauseChange, Document
from draft_assist.parse import label_of

# Under the same path a clause that keeps two fifths of its words is the same clause rewritten; elsewhere three fifths.
SAME_PATH, ELSEWHERE = 0.4, 0.6
# Pairing is quadratic: a stretch rewritten from end to end is paired by path only when it is larger than this, and
# words longer than this are compared by their characters without order.
_MOST_PAIRS = 2_500
_LONG_WORDS = 1_000
_WHITE = re.compile(r"\s+")


class Unit(NamedTuple):
    """A clause with words of its own.

    Attributes:
        words: without marker, children and white space; shown: the same with its spaces.
    """

    path: str
    words: str
    shown: str


class Alignment(NamedTuple):
    """Two versions side by side.

    Attributes:
        paths: path in the earlier version -> path in the later one, of clauses that belong together.
        changes: clauses with other words, in the order of the later version, removed ones where they stood.
    """

    paths: dict[str, str]
    changes: tuple[ClauseChange, ...]


def align(before: Document, after: Document) -> Alignment:
    """Put two versions of a document side by side."""
    old, new = _units(before), _units(after)
    paths: dict[str, str] = {}
    found: list[tuple[Unit | None, Unit | None]] = []
    matcher = SequenceMatcher(None, [one.words for one in old], [one.words for one in new])
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            paths.update((x.path, y.path) for x, y in zip(old[a:b], new[c:d], strict=True))
        else:
            found += _pair(old[a:b], new[c:d])
    changes = []
    for x, y in _without_moved(found, paths):
        if x and y:
            paths[x.path] = y.path
        place = label_of(after, y.path) if y else label_of(before, x.path) if x else ""
        kind = "changed" if x and y else "added" if y else "removed"
        changes.append(ClauseChange(kind=kind, place=place, before=x.shown if x else "", after=y.shown if y else ""))
    return Alignment(paths, tuple(changes))


def similarity(one: str, other: str, least: float) -> float:
    """How much of two texts agrees, 0 to 1: characters in common in their order (in any order, for long texts).

    Below `least` the number is only an upper bound, which is quicker to have.
    """
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    bound = matcher.real_quick_ratio()
    if bound >= least:
        bound = matcher.quick_ratio()
    return bound if bound < least or max(len(one), len(other)) > _LONG_WORDS else matcher.ratio()


def _units(document: Document) -> list[Unit]:
    units = []
    for clause in document.walk():
        shown = document.text_of(clause.body).strip()
        if words := _WHITE.sub("", shown):
            units.append(Unit(clause.path, words, shown))
    return units


def _pair(old: list[Unit], new: list[Unit]) -> list[tuple[Unit | None, Unit | None]]:
    """Pairs of what differs between two equal runs; one side is None for what was added or removed."""
    scored = []
    small = len(old) * len(new) <= _MOST_PAIRS
    by_path = {one.path: n for n, one in enumerate(new)}
    for i, one in enumerate(old):
        for j in range(len(new)) if small else [by_path[one.path]] if one.path in by_path else []:
            same = one.path == new[j].path
            least = SAME_PATH if same else ELSEWHERE
            how = similarity(one.words, new[j].words, least)
            if how >= least:
                scored.append((how + (0.2 if same else 0.0), -abs(i - j), i, j))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(scored, key=lambda one: (-one[0], -one[1], one[2], one[3])):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    pairs: list[tuple[Unit | None, Unit | None]] = []
    reached = 0
    for i, one in enumerate(old):
        if i in partner:
            # Added clauses stand before the next clause that has a partner further on.
            pairs += [(None, new[j]) for j in range(reached, partner[i]) if j not in taken]
            reached = max(reached, partner[i])
            pairs.append((one, new[partner[i]]))
        else:
            pairs.append((one, None))
    return [*pairs, *((None, new[j]) for j in range(reached, len(new)) if j not in taken)]


def _without_moved(
    found: list[tuple[Unit | None, Unit | None]], paths: dict[str, str]
) -> list[tuple[Unit | None, Unit | None]]:
    """Drop clauses that were taken out at one place and put in unchanged at another; they are noted in `paths`."""
    removed: dict[str, list[Unit]] = {}
    for x, y in found:
        if x and not y:
            removed.setdefault(x.words, []).append(x)
    moved: set[str] = set()
    kept: list[tuple[Unit | None, Unit | None]] = []
    for x, y in found:
        if y and not x and removed.get(y.words):
            origin = removed[y.words].pop(0)
            paths[origin.path] = y.path
            moved.add(origin.path)
        else:
            kept.append((x, y))
    return [(x, y) for x, y in kept if not (x and not y and x.path in moved)]
