"""What a report says of a model's second opinion, worded once for all forms; the 审核意见书 is opinion.py.

A remark stands beside a finding of the rules and changes nothing of it: not its severity, its order, the counts or the
exit code. What the model put forward itself stands among the findings and is labelled there (view.py).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from draft_assist.model import DELETED, Evidence, Finding, Remark, Report, SecondOpinion, Stance
from draft_assist.report.characters import one_line, visible
from draft_assist.report.citations import EXCERPT_LENGTH, article_key, excerpt
from draft_assist.report.followed import Piece, Section
from draft_assist.report.origin import is_by_model
from draft_assist.report.points import Point
from draft_assist.report.view import evidence_date, evidence_note, evidence_title, first_shown

HEADING = "模型意见概况"
LABEL = "模型意见（须由人工核对）"
# Where labels have two characters.
SHORT_LABEL = "意见"
WORDING = "建议措辞"
_CAVEAT = (
    "模型意见由语言模型生成，只供参考，须由人工核对；规则的结论、程度、顺序和数量不因模型意见改变。"
    "建议措辞用来替换所引的原文。"
)
_STANCES = {
    Stance.CONFIRMS: "同意",
    Stance.REFUTES: "有不同看法，规则的结论不变",
    Stance.UNSURE: "不能确定",
}
_SHORT_STANCES = {**_STANCES, Stance.REFUTES: "有不同看法"}
# The smallest amount that is told in figures: a clause costs a cheap model less than a cent.
_LEAST_AMOUNT = 0.0001

# Where the text of an article is shown elsewhere, in words, by `article_key`; "" when it needs no telling.
Shown = Mapping[tuple[str, str, str], str]


class RemarkLines(NamedTuple):
    """A remark in words.

    Attributes:
        lead: what it says of the finding: 同意。
        lines: the reason, the articles, the proposed wording, a line each; may be none.
    """

    lead: str
    lines: tuple[str, ...]


# --- beside a finding ---------------------------------------------------------------------------------------------


def remarks_of(report: Report) -> dict[str, Remark]:
    """The remarks by the fingerprint of their finding."""
    return _first_of_each(report.opinion) if report.opinion is not None else {}


def _first_of_each(opinion: SecondOpinion) -> dict[str, Remark]:
    """Of two remarks on one finding the first counts: a long clause is asked about in parts."""
    return {one.fingerprint: one for one in reversed(opinion.remarks) if one.fingerprint}


def remark_on(finding: Finding, remarks: Mapping[str, Remark]) -> Remark | None:
    """What the model says of a finding of the rules; None when it was not asked or had nothing to say."""
    return None if is_by_model(finding) else remarks.get(finding.fingerprint)


def lines_by_finding(report: Report) -> dict[int, RemarkLines]:
    """The remarks on the listed findings by their number, for forms that show each article at its first finding."""
    remarks, first = remarks_of(report), first_shown(report)
    lines = {}
    for number, finding in enumerate(report.findings, 1):
        if (remark := remark_on(finding, remarks)) is not None:
            at = {key: first[key] for key in map(article_key, remark.basis) if key in first}
            shown = {key: "" if one == number else f"条文见第{one}项" for key, one in at.items()}
            lines[number] = remark_lines(remark, shown)
    return lines


def remark_lines(remark: Remark, shown: Shown, limit: int = EXCERPT_LENGTH) -> RemarkLines:
    """The remark in words.

    Args:
        shown: articles whose text stands elsewhere in the report.
        limit: most characters of the text of any other.
    """
    lines = [f"理由：{_sentence(remark.reason)}"] if remark.reason.strip() else []
    lines += [_basis(evidence, shown, limit) for evidence in remark.basis]
    if remark.wording:
        lines.append(wording_words(remark.wording))
    return RemarkLines(f"{_STANCES[remark.stance]}。", tuple(lines))


def wording_words(wording: str) -> str:
    """建议措辞：“…”, or 建议删除。; "" for no proposal."""
    if not wording:
        return ""
    return "建议删除。" if wording == DELETED else f"{WORDING}：{proposed(wording)}"


def proposed(wording: str) -> str:
    """The same below a label of its own: “…”, or 建议删除。; "" for no proposal."""
    return "建议删除。" if wording == DELETED else f"“{one_line(wording)}”" if wording else ""


def remarks_of_points(
    report: Report, points: Sequence[Point], articles: Mapping[tuple[str, str, str], int]
) -> dict[int, list[str]]:
    """The lines under each point of an opinion, by its number.

    Args:
        articles: the number of each article in the appendix.
    """
    shown = {key: f"附{number}" for key, number in articles.items()}
    remarks = remarks_of(report)
    lines: dict[int, list[str]] = {}
    for point in points:
        places: dict[RemarkLines, list[str]] = {}
        for finding in point.findings:
            if (remark := remark_on(finding, remarks)) is not None:
                places.setdefault(remark_lines(remark, shown), []).append(visible(finding.place.label))
        for told, where in places.items():
            # A point joins several places; a remark that is not on all of them says which it is on.
            lead = "" if len(where) == len(point.findings) else f"{'、'.join(where)}："
            lines.setdefault(point.number, []).extend((f"{lead}{told.lead}", *told.lines))
    return lines


def _basis(evidence: Evidence, shown: Shown, limit: int) -> str:
    words = f"依据：{evidence_title(evidence)}"
    elsewhere = shown.get(article_key(evidence))
    if elsewhere == "":
        return f"{words}。"  # What there is to know of the article stands there as well.
    if elsewhere:
        words += f"（{elsewhere}）"
    elif evidence.text:
        words += f"（{evidence_date(evidence)}）：“{excerpt(evidence.text, limit)}”"
    elif evidence.gist:
        words += f"，要旨：{one_line(evidence.gist)}"
    note = evidence_note(evidence)
    return f"{_sentence(words)}注意：{_sentence(note)}" if note else _sentence(words)


def _sentence(text: str) -> str:
    line = one_line(text)
    return line if line.endswith(("。", "？", "！", "”", "…")) else f"{line}。"


# --- on the whole -------------------------------------------------------------------------------------------------


def opinion_sections(report: Report) -> list[Section]:
    """The block on what was asked and what became of the answers; none when no model was asked."""
    if report.opinion is None:
        return []
    lines = tuple((Piece("", f"{label}：{words}"),) for label, words in _facts(report.opinion, report))
    return [Section(HEADING, _CAVEAT, (("", lines),))]


def stance_counts(opinion: SecondOpinion) -> dict[Stance, int]:
    """How many findings of the rules it confirms, refutes, is unsure of."""
    counted = Counter(one.stance for one in _first_of_each(opinion).values())
    return {stance: counted[stance] for stance in Stance}


def _facts(opinion: SecondOpinion, report: Report) -> Iterator[tuple[str, str]]:
    yield "模型", f"{one_line(opinion.model) or '未写明'}，运行于{one_line(opinion.where) or '未写明'}"
    yield "复核范围", _asked(opinion)
    if opinion.failed:
        count = sum(count for _, count in opinion.failed)
        reasons = "、".join(f"{one_line(reason)}{count}个" for reason, count in opinion.failed)
        yield "没有可用答复", f"{count}个条款：{reasons}"
    yield "对规则的结论", _stances(opinion, report)
    yield "模型提出的问题", _raised(report)
    yield "核验", _dropped(opinion)
    counted = "，由本机估算" if opinion.is_counted_here else ""
    yield "用量", f"输入{opinion.tokens_in:,}个词元，输出{opinion.tokens_out:,}个词元{counted}"
    yield "费用", _cost(opinion)
    if opinion.note:
        yield "提前结束", one_line(opinion.note)
    if opinion.record:
        yield "运行记录", one_line(opinion.record)


def _asked(opinion: SecondOpinion) -> str:
    if not opinion.needed:
        return f"全部{opinion.total}个条款中没有需要模型复核的"
    cached = f"（其中{opinion.cached}个取自缓存）" if opinion.cached else ""
    words = f"全部{opinion.total}个条款中需要模型复核{opinion.needed}个，得到可用答复{opinion.asked}个{cached}"
    left = opinion.needed - opinion.asked - sum(count for _, count in opinion.failed)
    return f"{words}，没有问到{left}个" if left > 0 else words


def _stances(opinion: SecondOpinion, report: Report) -> str:
    if not opinion.remarks:
        return "没有提出意见"
    words = "、".join(f"{_SHORT_STANCES[one]}{count}处" for one, count in stance_counts(opinion).items() if count)
    listed = {finding.fingerprint for finding in report.findings}
    unlisted = len(_first_of_each(opinion).keys() - listed)
    return f"{words}（其中{unlisted}处所涉问题本报告没有列出）" if unlisted else words


def _raised(report: Report) -> str:
    listed = sum(map(is_by_model, report.findings))
    words = f"{listed}处，已在所列问题中标明“模型提出”" if listed else "0处"
    known = report.baseline.known if report.baseline else ()
    left_out = sum(map(is_by_model, (*(one.finding for one in report.suppressed), *known)))
    return f"{words}；另有{left_out}处已豁免或者见于基线报告" if left_out else words


def _dropped(opinion: SecondOpinion) -> str:
    total = sum(one.count for one in opinion.dropped)
    if not total:
        return "没有因未通过核验而剔除的说法"
    reasons = "、".join(f"{one_line(one.words) or one_line(one.reason)}{one.count}处" for one in opinion.dropped)
    return f"模型的说法有{total}处未通过核验，已经剔除：{reasons}"


def _cost(opinion: SecondOpinion) -> str:
    if opinion.cost is None and opinion.estimate is None:
        return "没有设置单价，未计算"
    told = f"约{_amount(opinion.cost, opinion.currency)}" if opinion.cost is not None else "未计算"
    before = f"，事前估计{_amount(opinion.estimate, opinion.currency)}" if opinion.estimate is not None else ""
    return f"{told}{before}"


def _amount(value: float, currency: str) -> str:
    if not math.isfinite(value):
        return "不详"
    figures = f"{value:,.4f}".rstrip("0").rstrip(".")
    shown = f"不足{_LEAST_AMOUNT}" if 0 < value < _LEAST_AMOUNT else figures
    unit = one_line(currency)
    return f"{shown} {unit}" if unit.isascii() and unit else f"{shown}{unit}"
