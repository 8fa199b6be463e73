"""Only what is new: findings that an earlier report holds are left out and counted."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from draft_assist.follow.earlier import EarlierReport
from draft_assist.model import Baseline, Finding, NotChecked, Report


def leave_out_known(report: Report, earlier: EarlierReport) -> Report:
    """The report without the findings that `earlier` lists or had left out itself.

    Findings set aside then are not known: when their entry runs out, they are to be seen again. Fingerprints do not
    depend on lines, so moved text stays known; two findings of one fingerprint need two in the earlier report. What a
    model put forward is known like the rest. A baseline never says what is gone, so a model that is silent this time
    makes no difference.
    """
    known = Counter((one.code, one.fingerprint) for one in (*earlier.findings, *earlier.known) if one.fingerprint)
    kept: list[Finding] = []
    left_out: list[Finding] = []
    for finding in report.findings:
        key = (finding.code, finding.fingerprint)
        if known[key] > 0:
            known[key] -= 1
            left_out.append(finding)
        else:
            kept.append(finding)
    baseline = Baseline(source=earlier.source.name, known=tuple(left_out))
    return replace(report, findings=tuple(kept), baseline=baseline)


def without_baseline(report: Report, source: str) -> Report:
    """The report of a document on which the baseline says nothing: all its findings are new, which is said."""
    name = report.document.text.raw.path.name
    note = NotChecked(what=f"与基线{source}的对照", why=f"其中没有“{name}”的报告，全部问题按新问题列出")
    return replace(report, not_checked=(*report.not_checked, note))
