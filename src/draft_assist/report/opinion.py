"""审核意见书（预审稿）: a legality review opinion in official form, for a person to check, complete and sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from draft_assist.model import Confidence, Evidence, Finding, Kind, Report, Severity
from draft_assist.parse.numerals import LARGEST_CLAUSE_NUMBER, write_numeral
from draft_assist.report import official_form as form
from draft_assist.report.characters import one_line, visible
from draft_assist.report.terms import terms
from draft_assist.report.view import (
    COMMENT_AUTHOR,
    answer_points,
    certainty,
    chinese_date,
    count_findings,
    counts_words,
    document_name,
    evidence_note,
    evidence_title,
    evidence_version,
    file_name,
    finding_notes,
    first_shown,
    not_checked_lines,
    place_label,
    reading_notes,
    severity_name,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

QUOTE_LENGTH = 500
DECISION = "以上为程序预审提出的建议，是否合法、是否需要修改，由审核机构依法认定。"
_FRAME = (
    "《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）、"
    "《国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见》（国办发〔2018〕115号）"
)
_PROCEDURE = (
    "制定程序无法仅凭送审稿文本判断。请结合制定材料，审核是否按照规定履行评估论证、公开征求意见、合法性审核、"
    "公平竞争审查、集体审议决定、统一登记编号、向社会公布和备案等程序。"
)
_LIMITS = (
    "本意见由程序依据既定规则对送审稿文本预审形成，未经审核人员复核前不得作为正式审核意见。"
    "“未发现”仅指所用规则未在文本中发现，不等于不存在问题；“把握程度”指同类情形下规则判断正确的程度。"
)


class Suggestion(NamedTuple):
    """What the pre-review suggests on the whole.

    Attributes:
        id: "refuse", "amend", "explain", "improve" or "proceed".
        words: Chinese.
    """

    id: str
    words: str


def write_opinion(report: Report) -> bytes:
    """The opinion as a .docx file."""
    title = f"关于{_titled(report)}的合法性审核意见（预审）"
    document = form.new_form(title=title, author=COMMENT_AUTHOR, created=report.as_of)
    form.add_title(document, _in_lines(title))
    form.add_addressee(document, form.placeholder("送审单位"))
    _submission(document, report)
    form.add_heading(document, "二、总体建议", 1)
    form.add_body(document, suggest(report).words)
    form.add_body(document, DECISION)
    _points(document, report)
    _answers(document, report)
    _procedure(document, report)
    _not_checked(document, report)
    form.add_heading(document, "七、说明", 1)
    form.add_body(document, _LIMITS)
    form.add_signature(document, form.placeholder("审核机构"), form.placeholder("成文日期"))
    return form.to_bytes(document)


def suggest(report: Report) -> Suggestion:
    """The overall suggestion; the decision stays with a person.

    Refusal is suggested only where amending the words would not help: a plainly unlawful issuer or power.
    """
    counts = count_findings(report)
    found = f"预审发现问题{counts.total}处（{counts_words(counts)}）"
    fundamental = [number for number, finding in enumerate(report.findings, 1) if _is_fundamental(finding)]
    if fundamental:
        numbers = "、".join(map(str, fundamental[:10]))
        return Suggestion(
            "refuse",
            f"建议不予提请审议。{found}，其中第{numbers}点涉及制定主体或者制定权限，难以通过修改文字解决，"
            "建议先行研究是否具备制定依据。",
        )
    if counts.unlawful:
        return Suggestion(
            "amend", f"建议修改后再提请审议。{found}。违法问题应当修改或者删除；存疑问题应当研究并作出说明。"
        )
    if counts.doubtful:
        return Suggestion(
            "explain", f"建议就存疑问题研究说明或者修改后再提请审议。{found}，未发现可以直接认定违法的内容。"
        )
    limits = "未能审查的内容见第六部分。" if report.not_checked else ""
    if counts.advice:
        return Suggestion(
            "improve",
            f"在已审查的范围内未发现违法或者存疑问题，有规范性提示{counts.advice}处，建议完善后按程序办理。{limits}",
        )
    return Suggestion("proceed", f"在已审查的范围内未发现违法或者存疑问题，建议按程序办理。{limits}")


def _is_fundamental(finding: Finding) -> bool:
    return (
        finding.category == "jurisdiction"
        and finding.severity is Severity.UNLAWFUL
        and finding.confidence is Confidence.HIGH
    )


def _titled(report: Report) -> str:
    name = document_name(report)
    return name if name.startswith("《") else f"《{name}》"


def _in_lines(title: str) -> str:
    """A title too long for one line is broken where its sense allows it (7.3.1), not inside a word."""
    if len(title) <= form.TITLE_CHARACTERS:
        return title
    head, sense, tail = title.rpartition("》的")
    return f"{head}{sense}\n{tail}"


def _submission(document: WordDocument, report: Report) -> None:
    facts, raw = report.document.facts, report.document.text.raw
    details = [f"文件名：{file_name(raw.path)}"]
    if facts.document_number:
        details.append(f"文号：{facts.document_number}")
    form.add_heading(document, "一、送审和审核情况", 1)
    form.add_body(
        document, "你单位", form.placeholder("送审日期、文号"), f"送审的{_titled(report)}（{'，'.join(details)}）收悉。"
    )
    form.add_body(document, _standard(report))
    rank, kind = terms().ranks[report.rank], terms().kinds[report.kind]
    given = "由使用者指定" if report.rank_given else one_line(facts.rank_reason) or "由程序判断"
    form.add_body(document, f"送审稿按“{kind}”、制定层级按“{rank}”掌握审核标准（层级：{given}）。")


def _standard(report: Report) -> str:
    frame = f"根据{_FRAME}等规定，" if report.kind in (Kind.NORMATIVE_DOCUMENT, Kind.UNKNOWN) else ""
    statutes = f"所用法规数据：{one_line(report.statutes)}。" if report.statutes else "本机未安装法规数据，未附条文。"
    return (
        f"{frame}以{chinese_date(report.as_of)}有效的法律、法规为依据，适用审查规则{report.rule_count}条"
        f"（版本标识{report.ruleset}），对送审稿{report.clause_count}个条款进行了预审。{statutes}"
    )


# --- the points ---------------------------------------------------------------------------------------------------


def _points(document: WordDocument, report: Report) -> None:
    form.add_heading(document, "三、具体意见", 1)
    if not report.findings:
        form.add_body(document, "在已审查的范围内未发现需要提示的问题。")
    first = first_shown(report)
    for number, finding in enumerate(report.findings, 1):
        _point(document, number, finding, first)


def _point(document: WordDocument, number: int, finding: Finding, first: dict[tuple[str, str, str], int]) -> None:
    form.add_heading(document, f"（{_numeral(number)}）{one_line(finding.title)}（{severity_name(finding)}）", 2)
    form.add_body(document, _lead("所涉条款"), f"{place_label(finding)}。")
    if finding.quote:
        form.add_body(document, _lead("原文"), f"“{one_line(finding.quote, QUOTE_LENGTH)}”")
    form.add_body(document, _lead("问题"), one_line(finding.message))
    for evidence in finding.basis:
        for pieces in _basis(evidence, first[evidence.law, evidence.article, evidence.text], number):
            form.add_body(document, *pieces)
    if finding.advice:
        form.add_body(document, _lead("修改建议"), one_line(finding.advice))
    form.add_body(document, _lead("把握程度"), f"{certainty(finding)}。{'。'.join([*finding_notes(finding), ''])}")


def _basis(evidence: Evidence, shown_at: int, number: int) -> Iterator[list[form.Words | str]]:
    title = evidence_title(evidence)
    if evidence.text and shown_at < number:
        yield [_lead("依据"), f"{title}（条文见第（{_numeral(shown_at)}）点）。"]
    elif evidence.text:
        yield [_lead("依据"), f"{title}（{evidence_version(evidence)}）："]
        for paragraph in visible(evidence.text).split("\n"):
            if paragraph.strip():
                yield [form.Words(paragraph.strip(), font=form.HEADING_FONTS[2])]
    elif evidence.gist:
        yield [_lead("依据"), f"{title}，要旨：{one_line(evidence.gist)}"]
    else:
        yield [_lead("依据"), f"{title}。"]
    if note := evidence_note(evidence):
        yield [_lead("注意"), f"{note}。"]


def _lead(label: str) -> form.Words:
    return form.Words(f"{label}：", font=form.HEADING_FONTS[1])


def _numeral(number: int) -> str:
    return write_numeral(number) if number <= LARGEST_CLAUSE_NUMBER else str(number)


# --- the rest -----------------------------------------------------------------------------------------------------


def _answers(document: WordDocument, report: Report) -> None:
    form.add_heading(document, "四、审核要点逐项情况", 1)
    rows = [(str(n), answer.point.name, answer.words) for n, answer in enumerate(answer_points(report), 1)]
    form.add_table(document, ("序号", "审核要点", "预审情况"), rows, (14, 74, 68))


def _procedure(document: WordDocument, report: Report) -> None:
    form.add_heading(document, "五、制定程序", 1)
    found = [str(number) for number, finding in enumerate(report.findings, 1) if finding.category == "procedure"]
    if found:
        form.add_body(document, f"文本所反映的程序问题见第三部分第{'、'.join(found[:20])}点。")
    form.add_body(document, _PROCEDURE)


def _not_checked(document: WordDocument, report: Report) -> None:
    form.add_heading(document, "六、未能审查的内容", 1)
    lines = not_checked_lines(report)
    damaged = len(report.document.text.damaged)
    if damaged:
        lines.append(f"送审稿有{damaged}处文字损坏，无法辨认，未作推测，请对照原件核对。")
    lines += [f"{note.rstrip('。')}。" for note in map(one_line, reading_notes(report))]
    if not lines:
        form.add_body(document, "无。")
    for number, line in enumerate(lines, 1):
        form.add_body(document, f"{number}.{line}")
