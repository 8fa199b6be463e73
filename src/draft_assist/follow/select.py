"""Which finding of a report is meant by AUTH-021:5ecb10842494d918, or by the beginning of its fingerprint."""

from __future__ import annotations

from draft_assist.errors import OptionError
from draft_assist.model import MODEL_CODE, Finding, Report

# Short enough to type, long enough that two findings of one document hardly share it.
LEAST_DIGITS = 6


def select(report: Report, wanted: str, option: str) -> Finding:
    """The finding, also among those set aside or left out as known.

    Args:
        report: of the document.
        wanted: CODE:FINGERPRINT or FINGERPRINT; of the fingerprint the first six digits or more.
        option: the option that named it, for the error.

    Raises:
        OptionError: no finding or more than one fits.
    """
    code, _, digits = wanted.strip().rpartition(":")
    if len(digits) < LEAST_DIGITS:
        raise OptionError(
            f"“{wanted}”不是问题的指纹", where=option, next_step=f"请写报告里的指纹，至少前{LEAST_DIGITS}位"
        )
    everything = all_findings(report)
    found = [one for one in everything if one.fingerprint.startswith(digits.lower()) and code in ("", one.code)]
    if len(found) == 1:
        return found[0]
    if found:
        raise OptionError(f"“{wanted}”对应{len(found)}处问题", where=option, next_step="请写全编号和指纹")
    if code.startswith(MODEL_CODE):
        step = "模型提出的问题只在询问模型的审查里有，模型每次提出的也可能不同"
        raise OptionError(f"没有“{wanted}”这处问题", where=option, next_step=step)
    known = "、".join(f"{one.code}:{one.fingerprint}" for one in everything[:10])
    step = f"现有：{known}{'等' if len(everything) > 10 else ''}" if everything else "本次审查没有发现问题"
    raise OptionError(f"没有“{wanted}”这处问题", where=option, next_step=step)


def all_findings(report: Report) -> tuple[Finding, ...]:
    """Those listed, set aside and left out as known, by place."""
    known = report.baseline.known if report.baseline else ()
    everything = (*report.findings, *(one.finding for one in report.suppressed), *known)
    return tuple(sorted(everything, key=lambda finding: finding.span))
