"""What a report says in Chinese, worded once for every form that people read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from draft_assist.model import (
    Evidence,
    EvidenceStatus,
    Finding,
    Removed,
    Report,
    Requirement,
    Severity,
    StepAnswer,
    StepFound,
)
from draft_assist.report.characters import one_line, visible
from draft_assist.report.citations import article_key
from draft_assist.report.followed import left_out_of, left_out_words
from draft_assist.report.origin import BY_MODEL, by_model_words, is_by_model
from draft_assist.report.places import Places
from draft_assist.terms import ReviewPoint, category_name, terms

DISCLAIMER = "本结果由程序预审生成，供审核人员参考；是否采纳以及最终意见由审核人员决定。"
COMMENT_AUTHOR = "预审"
MODEL_COMMENT_AUTHOR = "预审（模型）"
# Enough to recognise what was dropped; the whole text stands in the document itself.
SAMPLES_PER_REASON = 5
PLACES_SHOWN = 10
WORDS_OF_STEP = 40
NOTHING_FOUND = "在已审查的范围内未发现需要提示的问题；未发现不等于没有。"


class Counts(NamedTuple):
    """Findings by severity."""

    unlawful: int
    doubtful: int
    advice: int

    @property
    def total(self) -> int:
        """All findings."""
        return sum(self)


class Fact(NamedTuple):
    """A labelled fact on the document or on the review."""

    label: str
    value: str


class RemovedGroup(NamedTuple):
    """What was left out for one reason.

    Attributes:
        reason: Chinese.
        place_count, character_count: of all of that reason.
        samples: the first few.
    """

    reason: str
    place_count: int
    character_count: int
    samples: tuple[Removed, ...]


class PointAnswer(NamedTuple):
    """A point of legality review, answered.

    Attributes:
        point: see `ReviewPoint`.
        answer: "found", "not_found" or "cannot_tell".
        findings: numbers of the findings that answer it, from 1.
        words: the answer in Chinese.
    """

    point: ReviewPoint
    answer: str
    findings: tuple[int, ...]
    words: str


def count_findings(report: Report) -> Counts:
    """How many findings of each severity."""
    return counts_of(report.findings)


def counts_of(findings: Iterable[Finding]) -> Counts:
    """The same of some findings."""
    found = Counter(finding.severity for finding in findings)
    return Counts(found[Severity.UNLAWFUL], found[Severity.DOUBTFUL], found[Severity.ADVICE])


def file_name(path: Path) -> str:
    """The name of the file without its folder; 标准输入 for "-"."""
    return "标准输入" if str(path) == "-" else visible(path.name)


def document_name(report: Report) -> str:
    """The title of the document, or the name of its file."""
    title = report.document.facts.title
    return one_line(title) if title else file_name(report.document.text.raw.path)


def counts_words(counts: Counts) -> str:
    """违法1处、存疑2处, severities without findings left out; "" for none."""
    names = terms().severities
    parts = zip((Severity.UNLAWFUL, Severity.DOUBTFUL, Severity.ADVICE), counts, strict=True)
    return "、".join(f"{names[severity].name}{count}处" for severity, count in parts if count)


def summary(report: Report) -> str:
    """One sentence: how much was found and how much was not looked at."""
    counts = count_findings(report)
    found = f"发现问题{counts.total}处：{counts_words(counts)}" if counts.total else _nothing(report)
    found += by_model_words(report.findings)
    left_out = left_out_words(report)
    left_out = f"；{left_out}" if left_out else ""
    unchecked = len(not_checked_lines(report))
    left = f"；另有{unchecked}项未能审查" if unchecked else ""
    return f"{found}{left_out}{left}。"


def nothing_found(report: Report) -> str:
    """What stands where the findings would, when there is none."""
    left_out = left_out_words(report)
    return f"{_nothing(report)}（{left_out}）；未发现不等于没有。" if left_out else NOTHING_FOUND


def _nothing(report: Report) -> str:
    return f"在已审查的范围内未发现{'其他' if left_out_words(report) else ''}需要提示的问题"


def chinese_date(date: dt.date) -> str:
    """2021年1月22日."""
    return f"{date.year}年{date.month}月{date.day}日"


def document_facts(report: Report) -> list[Fact]:
    """What the document says of itself, and what the review took it for; empty facts left out."""
    facts, raw = report.document.facts, report.document.text.raw
    rows = [
        ("文件", f"{file_name(raw.path)}（{terms().file_kinds[raw.kind]}）"),
        ("标题", facts.title or "未找到"),
        ("发文字号", facts.document_number or _candidates(report)),
        ("制定机关", facts.issuer or ""),
        ("文件层级", _rank_words(report)),
        ("文件类型", _kind_words(report)),
        ("主送机关", "、".join(facts.recipients)),
        ("成文日期", chinese_date(facts.signing_date) if facts.signing_date else ""),
        ("施行日期", chinese_date(facts.effective_date) if facts.effective_date else ""),
        ("日期说明", "；".join(facts.date_notes)),
        ("有效期", facts.validity or ""),
        ("统一登记号", facts.registration_number or ""),
    ]
    return [Fact(label, one_line(value)) for label, value in rows if value]


def review_facts(report: Report) -> list[Fact]:
    """How the review was made."""
    rows = [
        ("审查依据日期", f"{chinese_date(report.as_of)}（按该日有效的法律法规审查）"),
        ("法规数据", report.statutes or "本机未安装法规数据，条文内容无法显示"),
        ("检索语料", report.corpus),
        ("审查规则", f"{report.rule_count}条（版本标识 {report.ruleset}）"),
        ("审查范围", f"{report.clause_count}个条款"),
        ("审查设置", "；".join(report.adjusted)),
    ]
    return [Fact(label, one_line(value)) for label, value in rows if value]


def certainty(finding: Finding) -> str:
    """较高（同类情形绝大多数判断正确；自有评测集上报出24次，23次正确）."""
    term = terms().confidences[finding.confidence]
    measured = finding.measured
    told = f"自有评测集上报出{measured.fired}次，{measured.right}次正确" if measured else ""
    inside = "；".join(words for words in (term.gist, told) if words)
    return f"{term.name}（{inside}）" if inside else term.name


def rule_words(finding: Finding) -> str:
    """AUTH-021（行政处罚），指纹 5ecb10842494d918: what `--suppress` and `decisions add` name a finding by.

    The code of a model's finding names no rule, so it is told as a mere number: 模型提出，编号 MODEL-fee（行政收费）.
    """
    words = f"{visible(finding.code)}（{category_words(finding)}）"
    words = f"{BY_MODEL}，编号 {words}" if is_by_model(finding) else words
    return f"{words}，指纹 {visible(finding.fingerprint)}" if finding.fingerprint else words


def severity_name(finding: Finding) -> str:
    """违法, 存疑 or 提示."""
    return terms().severities[finding.severity].name


def finding_notes(finding: Finding) -> list[str]:
    """What else a reader must know of a finding: who made it, and whether its words are damaged."""
    notes = []
    if is_by_model(finding):
        notes.append("本条由语言模型提出，须由人工核对")
    if finding.damaged:
        notes.append("所涉文字有损坏，已降低一级认定，请对照原件核对")
    return notes


def place_label(finding: Finding, places: Places) -> str:
    """The place for people: 第八条第二款（第12自然段）, with 页 or 行 for files that have pages or lines."""
    place = finding.place
    detail = places.where(place.span)
    # A clause without a name is labelled by its line, which a Word user has no way to count.
    label = "" if place.label == f"第{place.line}行" else visible(place.label)
    if not label or not detail:
        return label or detail or "全文"
    return label if detail in label else f"{label}（{detail}）"


def evidence_title(evidence: Evidence) -> str:
    """《中华人民共和国行政处罚法》第十六条."""
    return visible(f"《{evidence.law}》{evidence.article}")


def evidence_version(evidence: Evidence) -> str:
    """Which wording is shown and where from: 2021年1月22日文本，来源：…; "" when no text is shown."""
    if not evidence.text:
        return ""
    version = evidence_date(evidence)
    return visible(f"{version}，来源：{evidence.source}" if evidence.source else version)


def evidence_date(evidence: Evidence) -> str:
    """2021年1月22日文本: which wording is shown, without its source."""
    return f"{chinese_date(evidence.version_date)}文本" if evidence.version_date else "文本日期不详"


def first_shown(report: Report) -> dict[tuple[str, str, str], int]:
    """For each wording that the findings rest on, the number of the first of them: longer forms show it only there.

    A finding of a rule never refers to one of a model, which shows the wording as well when it stands before.
    """
    first: dict[tuple[str, str, str], int] = {}
    for number, finding in sorted(enumerate(report.findings, 1), key=lambda numbered: is_by_model(numbered[1])):
        for evidence in finding.basis:
            first.setdefault(article_key(evidence), number)
    return first


def evidence_note(evidence: Evidence) -> str:
    """The warning that its status calls for; "" when the wording is held as the rule knew it."""
    if evidence.status is EvidenceStatus.HELD and not evidence.text:
        return terms().evidence_statuses[EvidenceStatus.NOT_HELD].gist
    return terms().evidence_statuses[evidence.status].gist


def category_words(finding: Finding) -> str:
    """The Chinese name of the finding's category."""
    return category_name(finding.category)


def removed_groups(report: Report) -> list[RemovedGroup]:
    """What the rules did not read, by reason, the most frequent first."""
    counts: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    samples: dict[str, list[Removed]] = {}
    for removed in report.document.text.removed:
        counts[removed.reason] += 1
        characters[removed.reason] += len(removed.span)
        kept = samples.setdefault(removed.reason, [])
        if len(kept) < SAMPLES_PER_REASON:
            kept.append(removed)
    order = sorted(counts, key=lambda reason: (-counts[reason], reason))
    return [RemovedGroup(reason, counts[reason], characters[reason], tuple(samples[reason])) for reason in order]


def reading_notes(report: Report) -> list[str]:
    """What the reader and the clean-up said, unless it stands among the things not checked; tracked changes."""
    raw = report.document.text.raw
    told = {item.what for item in report.not_checked}
    notes = [note for note in (*raw.unread, *report.document.text.notes) if note not in told]
    if raw.changes:
        kinds = Counter(change.kind for change in raw.changes)
        notes.append(f"文件含修订标记（插入{kinds['insertion']}处、删除{kinds['deletion']}处），按全部接受后的文字审查")
    return [visible(note) for note in notes]


def answer_points(report: Report) -> list[PointAnswer]:
    """The points of legality review, each answered found, not found, or not to be told from the text."""
    return [_answer(point, report) for point in terms().review_points]


class StepRow(NamedTuple):
    """A step of the ledger in words.

    Attributes:
        name: with 必要时 for steps that only some documents need.
        answer: in Chinese, with the date.
        source: which paper and where, with the words; "" when nothing was found.
        requirements: what is asked of a step that nothing shows; forms on paper show the first, the page all.
    """

    name: str
    answer: str
    source: str
    requirements: tuple[Requirement, ...] = ()


def step_rows(report: Report) -> list[StepRow]:
    """The ledger of procedure, one row a step; [] when the report has none."""
    return [_step_row(step) for step in report.steps]


_FOUND_WORDS = {
    StepFound.FOUND: "有记载",
    StepFound.NOT_NEEDED: "材料说明不适用",
    StepFound.NOT_FOUND: "未见记载",
    StepFound.CANNOT_TELL: "仅凭文本不能判断",
}


def _step_row(step: StepAnswer) -> StepRow:
    answer = _FOUND_WORDS[step.answer]
    if step.answer is StepFound.NOT_FOUND and step.words:
        answer = "材料只写了送办、拟办或者未办"
    if step.start and step.date and step.start != step.date:
        answer += f"，{chinese_date(step.start)}至{chinese_date(step.date)}"
    elif step.date:
        answer += f"，{chinese_date(step.date)}"
    if step.days:
        answer += f"（{step.days}日）"
    source = f"{step.place}：{one_line(step.words, WORDS_OF_STEP)}" if step.place else ""
    if source and not step.about:
        source += "（该材料没有提到本文件名称）"
    name = step.name if step.always else f"{step.name}（必要时）"
    return StepRow(name, answer, visible(source), step.requirements)


def _answer(point: ReviewPoint, report: Report) -> PointAnswer:
    numbers = tuple(n for n, finding in enumerate(report.findings, 1) if point.is_answered_by(finding))
    left_out = left_out_of(report, point)
    more = f"；{left_out}" if left_out else ""
    if numbers:
        shown = "、".join(map(str, numbers[:20])) + ("等" if len(numbers) > 20 else "")
        by_model = by_model_words(report.findings[number - 1] for number in numbers)
        return PointAnswer(point, "found", numbers, f"发现{len(numbers)}处（见第{shown}项{by_model}{more}）")
    if point.told == "no" and report.companions and "procedure" in point.categories:
        missing = "、".join(step.name for step in report.steps if step.always and step.answer is StepFound.NOT_FOUND)
        seen = f"未发现；随附材料中未见：{missing}" if missing else "未发现；随附材料对各环节均有记载"
        return PointAnswer(point, "not_found", (), f"{seen}（只核对了材料的文字记载，见制定程序台账{more}）")
    if point.told == "no":
        return PointAnswer(point, "cannot_tell", (), "无法仅凭文本判断，请结合制定材料审核")
    covered = [category for category in point.categories if category in report.categories_checked]
    if not covered or report.rule_count == 0:
        return PointAnswer(point, "cannot_tell", (), "本次所用规则未涉及，请人工审核")
    limits = ["规则只识别常见写法，请通读核对"] if point.told == "yes" else []
    if left_out:
        limits.append(left_out)
    if len(covered) < len(point.categories):
        limits.append(f"仅审查了{'、'.join(map(category_name, covered))}")
    if point.told == "partly":
        limits.append("文本只能反映部分情况，请结合制定材料审核")
    return PointAnswer(point, "not_found", (), f"未发现（{'；'.join(limits)}）" if limits else "未发现")


def not_checked_lines(report: Report) -> list[str]:
    """What was not looked at, a sentence each; the same thing at many places is said once with the first places."""
    places: dict[tuple[str, str], list[str]] = {}
    for item in report.not_checked:
        kept = places.setdefault((_sentence(item.what), _sentence(item.why)), [])
        if item.place:
            kept.append(one_line(item.place))
    return [f"{what}{_places_words(kept)}。原因：{why}。" for (what, why), kept in places.items()]


def _places_words(places: list[str]) -> str:
    if not places:
        return ""
    shown = "、".join(places[:PLACES_SHOWN])
    return f"（{shown}等{len(places)}处）" if len(places) > PLACES_SHOWN else f"（{shown}）"


def _sentence(text: str) -> str:
    return one_line(text).rstrip("。；;")


def _candidates(report: Report) -> str:
    candidates = report.document.facts.number_candidates
    if not candidates:
        return ""
    shown = "；".join(f"{candidate.value}（{candidate.reason}）" for candidate in candidates)
    return f"原文字号有缺损，可能为：{shown}"


def _rank_words(report: Report) -> str:
    names, facts = terms().ranks, report.document.facts
    if report.rank_given:
        detected = "" if facts.rank is report.rank else f"；程序判断为{names[facts.rank]}"
        return f"{names[report.rank]}（由使用者指定{detected}）"
    how = "程序判断" if facts.rank_certain else "未能确定，从严按此处理"
    return f"{names[report.rank]}（{how}{'：' + facts.rank_reason if facts.rank_reason else ''}）"


def _kind_words(report: Report) -> str:
    names, facts = terms().kinds, report.document.facts
    if report.kind_given:
        detected = "" if facts.kind is report.kind else f"；程序判断为{names[facts.kind]}"
        return f"{names[report.kind]}（由使用者指定{detected}）"
    reasons = "；".join(facts.kind_reasons)
    return f"{names[report.kind]}（程序判断{'：' + reasons if reasons else ''}）"
