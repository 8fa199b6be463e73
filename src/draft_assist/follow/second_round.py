"""The second round: what became of the findings of an earlier version.

A finding of the earlier version remains when this one has a finding of the same fingerprint; or of the same code on the
same clause in similar words; or of the same code in nearly the same words elsewhere. Each is matched once. What finds
no match is resolved (earlier) or new (later).

A rule that is silent on the new words has nothing against them; a model may only have been silent this time, or was not
asked. So a model's finding without a match is never told as resolved: it is left out of the lists and told in a note.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from draft_assist.follow.changes import align, similarity
from draft_assist.follow.earlier import EarlierFinding, EarlierReport, as_earlier
from draft_assist.follow.select import all_findings
from draft_assist.model import Finding, Followed, Report, SecondRound
from draft_assist.report.origin import is_by_model, model_mark

# On the same clause half of the words must agree; on another clause, where like faults stand too, nearly all.
SAME_CLAUSE, ELSEWHERE = 0.5, 0.8
# With more findings of one code than this, words elsewhere are not compared: it would take minutes and tell nothing.
_MANY = 300
_PLACES_SHOWN = 10


def compare_documents(report: Report, earlier: Report) -> Report:
    """The report with its second round against the review of an earlier version of the document."""
    alignment = align(earlier.document, report.document)
    second = _second_round(report, as_earlier(earlier), alignment.paths)
    return replace(report, second_round=replace(second, changes=alignment.changes))


def compare_report(report: Report, earlier: EarlierReport) -> Report:
    """The report with its second round against an earlier report, whose findings are known but not its words."""
    return replace(report, second_round=_second_round(report, earlier, {}))


def _second_round(report: Report, earlier: EarlierReport, paths: Mapping[str, str]) -> SecondRound:
    old = (*earlier.findings, *earlier.suppressed, *earlier.known)
    new = all_findings(report)
    partners = _match(old, new, paths)
    suppressed = {(one.finding.code, one.finding.fingerprint) for one in report.suppressed}
    matched = {j: i for i, j in partners.items()}
    remaining = [_remaining(old[matched[j]], new[j], suppressed) for j in range(len(new)) if j in matched]
    gone = [one for i, one in enumerate(old) if i not in partners]
    added = [one for j, one in enumerate(new) if j not in matched]
    notes = _model_notes(gone, added, was_asked=report.opinion is not None)
    if earlier.ruleset != report.ruleset:
        notes.append("两次审查所用规则不同，“已解决”和“新出现”可能是规则变化所致")
    if earlier.as_of != report.as_of.isoformat():
        notes.append(f"旧版按{earlier.as_of}的法律审查，本次按{report.as_of.isoformat()}的法律审查")
    return SecondRound(
        earlier=earlier.source.name,
        resolved=tuple(_resolved(one) for one in gone if one.origin != "model"),
        remaining=tuple(remaining),
        new=tuple(_new(one, suppressed) for one in added),
        notes=tuple(notes),
    )


def _model_notes(gone: list[EarlierFinding], added: list[Finding], *, was_asked: bool) -> list[str]:
    """What is to be known of findings that a model put forward once only."""
    notes = []
    silent = [one for one in gone if one.origin == "model"]
    if silent:
        places = list(dict.fromkeys(one.place or "全文" for one in silent))
        shown = "、".join(places[:_PLACES_SHOWN]) + ("等" if len(places) > _PLACES_SHOWN else "")
        why = "模型本次没有再提出" if was_asked else "本次没有询问模型"
        notes.append(f"旧版有{len(silent)}处问题是模型提出的（{shown}），{why}，不能据此认为已经解决，请人工核对")
    if any(map(is_by_model, added)):
        notes.append("“新出现”中模型提出的问题，可能旧版已有，只是当时没有询问模型或者模型没有提出")
    return notes


def _match(old: tuple[EarlierFinding, ...], new: tuple[Finding, ...], paths: Mapping[str, str]) -> dict[int, int]:
    """Index in `old` -> index in `new`."""
    partners: dict[int, int] = {}
    by_fingerprint: dict[tuple[str, str], list[int]] = {}
    for j, now in enumerate(new):
        by_fingerprint.setdefault((now.code, now.fingerprint), []).append(j)
    for i, was in enumerate(old):
        waiting = by_fingerprint.get((was.code, was.fingerprint))
        if was.fingerprint and waiting:
            partners[i] = waiting.pop(0)
    taken = set(partners.values())
    by_code: dict[str, list[int]] = {}
    for j, now in enumerate(new):
        if j not in taken:
            by_code.setdefault(now.code, []).append(j)
    scored = []
    for i, was in enumerate(old):
        if i in partners:
            continue
        # Where both documents are known the clause is followed to its new number; a report has only the old one.
        clause = paths.get(was.clause, was.clause if not paths else "")
        candidates = by_code.get(was.code, [])
        for j in candidates:
            same = new[j].clause == clause
            if not same and len(candidates) > _MANY:
                continue
            least = SAME_CLAUSE if same else ELSEWHERE
            how = similarity(was.quote, new[j].quote, least)  # of two empty quotes (something is missing) 1
            if how >= least:
                scored.append((not same, -how, i, j))
    for _, _, i, j in sorted(scored):
        if i not in partners and j not in taken:
            partners[i] = j
            taken.add(j)
    return partners


def _resolved(was: EarlierFinding) -> Followed:
    return Followed(
        code=was.code,
        title=was.title,
        severity=was.severity,
        fingerprint=was.fingerprint,
        place=was.place,
        quote=was.quote,
    )


def _remaining(was: EarlierFinding, now: Finding, suppressed: set[tuple[str, str]]) -> Followed:
    followed = _new(now, suppressed)
    notes = [followed.note] if followed.note else []
    if was.fingerprint != now.fingerprint:
        notes.insert(0, "措辞有改动")
    if was.place != now.place.label:
        notes.append(f"原在{was.place}" if was.place else "位置有变动")
    before = was.quote if was.quote != now.quote else ""
    return replace(followed, before=before, note="，".join(notes))


def _new(now: Finding, suppressed: set[tuple[str, str]]) -> Followed:
    set_aside = "已豁免" if (now.code, now.fingerprint) in suppressed else ""
    return Followed(
        code=now.code,
        title=now.title,
        severity=now.severity,
        fingerprint=now.fingerprint,
        place=now.place.label,
        quote=now.quote,
        note="，".join(note for note in (model_mark(now), set_aside) if note),
    )
