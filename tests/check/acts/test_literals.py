"""The gate that skips plain text loses nothing: with every group open the same acts are found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
from act_factory import document_of

from draft_assist.check.acts import extract, literals
from draft_assist.check.acts.constructions import NO_CONSTRUCTIONS, Constructions, Opening, Scan
from draft_assist.check.acts.extract import find_acts
from draft_assist.check.ruleset import read_ruleset
from draft_assist.model import Act, Document, Span

ROOT = Path(__file__).parents[3]
OWN = sorted((ROOT / "evals" / "clauses").glob("*.jsonl"))
SHARED = ROOT.parent / "shared" / "data" / "clauses_dev.jsonl"


class _Line(msgspec.Struct):
    id: str
    text: str


class _AllOpen(literals.Hits):
    """Hits that open every group everywhere."""

    def within(self, span: Span) -> bool:
        return True

    def opened(self, start: int, end: int) -> int:
        return literals.EVERYTHING


@cache
def of_rules() -> Constructions:
    """The words that all rules bring along."""
    ruleset = read_ruleset()
    return ruleset.constructions(ruleset.rules)


def ungated(document: Document, constructions: Constructions = NO_CONSTRUCTIONS) -> tuple[Act, ...]:
    """The acts when no construction is skipped."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extract, "find_literals", lambda _: _AllOpen([], []))
        patch.setattr(Scan, "within", lambda *_: True)
        patch.setattr(Scan, "opened", lambda *_: tuple(constructions.openings))
        patch.setattr(Opening, "may_match", lambda *_: True)
        return find_acts(document, constructions)


def differing(path: Path, constructions: Constructions = NO_CONSTRUCTIONS) -> Iterator[str]:
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        one = msgspec.json.decode(line, type=_Line)
        document = document_of(one.text)
        if find_acts(document, constructions) != ungated(document, constructions):
            yield f"{path.name}:{number + 1} {one.id}"


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_the_gate_loses_no_act_of_our_clauses(path) -> None:
    assert list(differing(path)) == []


@pytest.mark.parametrize("path", [one for one in OWN if one.stem.startswith("points")], ids=lambda path: path.stem)
def test_the_gate_loses_no_act_of_the_rules_words(path) -> None:
    assert list(differing(path, of_rules())) == []


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_file(), reason="the shared folder is not beside the project")
def test_the_gate_loses_no_act_of_the_shared_clauses() -> None:
    assert list(differing(SHARED)) == []


def test_the_open_gate_really_opens() -> None:
    """Otherwise the two tests above would compare a run with itself."""
    assert _AllOpen([], []).opened(0, 1) == literals.EVERYTHING
    document = document_of("第一条　各村应当定期清扫道路。")
    assert literals.find_literals(document.text.value).opened(0, 5) != literals.EVERYTHING
    assert find_acts(document) == ungated(document) == ()


def test_literals_are_found_where_they_begin() -> None:
    mask = literals.needs("没收 罚没 收缴")
    hits = literals.find_literals("一律没收。")
    assert hits.opened(2, 3) & mask == mask
    assert hits.opened(3, 5) & mask == 0
    assert hits.within(Span(0, 3)) and not hits.within(Span(0, 0))
