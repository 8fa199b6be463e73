"""Who put a finding forward, a rule or a language model, worded once for all forms; none of a model is unlabelled."""

from __future__ import annotations

from collections.abc import Iterable

from draft_assist.model import Finding

BY_MODEL = "模型提出"


def is_by_model(finding: Finding) -> bool:
    """True for what a language model put forward, False for a finding of the rules."""
    return finding.origin == "model"


def model_mark(finding: Finding) -> str:
    """The label of what a model put forward; "" for a finding of the rules."""
    return BY_MODEL if is_by_model(finding) else ""


def by_model_words(findings: Iterable[Finding]) -> str:
    """What follows a count that holds findings of a model: ，其中模型提出2处，须由人工核对; "" when it holds none."""
    count = sum(map(is_by_model, findings))
    return f"，其中{BY_MODEL}{count}处，须由人工核对" if count else ""


def source_label(finding: Finding) -> str:
    """What stands before `rule_words`: 规则, or 来源 where no rule made the finding."""
    return "来源" if is_by_model(finding) else "规则"
