"""How a rule's measured precision is kept, and what follows from it."""

from __future__ import annotations

import msgspec
import pytest

from draft_assist.check.ruleset import Status, read_ruleset
from draft_assist.check.run import read_kit
from draft_assist.check.trust import ENOUGH, FLOORS, Trust, TrustTable, digest_of, read_trust, write_trust
from draft_assist.errors import KnowledgeError
from draft_assist.model import Severity

RULE = read_ruleset().by_code["AUTH-001"]


def table(fired: int, right: int, *, match: str = "") -> TrustTable:
    one = Trust(fired=fired, right=right, low=0.1, high=0.9, match=match or digest_of(RULE.match))
    return TrustTable(sets={"own": 10}, rules={RULE.code: one})


def test_what_is_written_is_read_back(tmp_path):
    path = tmp_path / "trust.json"
    write_trust(path, table(8, 7))
    assert read_trust(path) == table(8, 7)


def test_a_missing_file_says_nothing_of_any_rule(tmp_path):
    assert read_trust(tmp_path / "none.json").of(RULE.code, RULE.match) is None


def test_a_broken_file_is_told(tmp_path):
    path = tmp_path / "trust.json"
    path.write_text("{", "utf-8")
    with pytest.raises(KnowledgeError, match="eval rules"):
        read_trust(path)


def test_a_measurement_of_another_match_does_not_count():
    assert table(8, 7).of(RULE.code, RULE.match) is not None
    assert table(8, 7, match="0" * 12).of(RULE.code, RULE.match) is None


@pytest.mark.parametrize(
    ("fired", "right", "below"),
    [
        (ENOUGH, ENOUGH, False),
        (ENOUGH, 1, True),
        (ENOUGH - 1, 0, False),  # too few to tell
        (20, 17, False),  # exactly the floor of an unlawful finding
        (20, 16, True),
    ],
)
def test_a_rule_that_was_right_too_seldom_counts_as_preview(fired, right, below):
    assert FLOORS[Severity.UNLAWFUL] == 0.85
    assert table(fired, right).is_below_floor(RULE.code, RULE.match, Severity.UNLAWFUL) is below
    kit = msgspec.structs.replace(read_kit(), trust=table(fired, right))
    assert (kit.status_of(RULE) is Status.PREVIEW) is below


def test_no_shipped_stable_rule_is_below_its_floor():
    kit = read_kit()
    low = [rule.code for rule in kit.rules.rules if kit.status_of(rule) is not rule.status]
    assert low == [], "these rules say stable and are not: mend them or make them preview"
