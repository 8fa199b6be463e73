"""审核意见书（预审稿）: a legality review opinion in official form, for a person to check, complete and sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

from draft_assist.model import Confidence, Evidence, Finding, Kind, Report, Severity
from draft_assist.report import official_form as form
from draft_assist.report.asked import HEADING as ASKED
from draft_assist.report.asked import UNCONFIGURED, ledger_words, requirement_words, requirements_of_points
from draft_assist.report.characters import one_line, visible
from draft_assist.report.citations import Citations, excerpt
from draft_assist.report.cited import HEADING as CITED
from draft_assist.report.cited import cited_rows, cited_summary
from draft_assist.report.followed import Section, followed_sections, left_out_of, left_out_words, plain_line
from draft_assist.report.grounds import HEADING as POSSIBLE
from draft_assist.report.grounds import grounds_of_points
from draft_assist.report.origin import BY_MODEL, by_model_words, is_by_model, model_mark
from draft_assist.report.places import Places
from draft_assist.report.points import Chapter, Point, Points, chapter_mark
from draft_assist.report.second_opinion import LABEL, WORDING, opinion_sections, proposed, remarks_of_points
from draft_assist.report.view import (
    COMMENT_AUTHOR,
    PointAnswer,
    certainty,
    chinese_date,
    counts_of,
    counts_words,
    document_name,
    evidence_date,
    evidence_note,
    evidence_title,
    evidence_version,
    file_name,
    finding_notes,
    not_checked_lines,
    place_label,
    reading_notes,
    severity_name,
    step_rows,
)
from draft_assist.terms import terms

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

QUOTE_LENGTH = 500
_CITED_SHOWN = 60
_PLACE = "条款位置"
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
    "“未发现”仅指所用规则未在文本中发现，不等于不存在问题；“确定程度”指同类情形下规则判断正确的程度。"
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
    points, citations = Points(report), Citations(report)
    form.add_title(document, _in_lines(title))
    form.add_addressee(document, form.placeholder("送审单位"))
    _submission(document, report)
    form.add_heading(document, "二、总体建议", 1)
    left_out = left_out_words(report)
    form.add_body(document, f"{suggest(report).words}{f'以上建议不含{left_out}的问题。' if left_out else ''}{DECISION}")
    _overview(document, report, points)
    _chapters(document, report, points, citations)
    _sections(document, followed_sections(report))
    _sections(document, opinion_sections(report))
    _not_checked(document, report)
    form.add_heading(document, "五、说明", 1)
    form.add_body(document, f"{_LIMITS}{_model_limits(report)}", scale=form.DETAIL, keep_with_next=True)
    form.add_signature(document, form.placeholder("审核机构"), form.placeholder("成文日期"))
    _appendix(document, citations)
    return form.to_bytes(document)


def suggest(report: Report) -> Suggestion:
    """The overall suggestion; the decision stays with a person.

    Refusal is suggested only where amending the words would not help: a plainly unlawful issuer or power. What a model
    put forward decides nothing; it is told behind the suggestion.
    """
    suggestion = _by_rules(report)
    by_model = [number for number, finding in enumerate(report.findings, 1) if is_by_model(finding)]
    if not by_model:
        return suggestion
    which = f"{len(by_model)}处（{Points(report).references(by_model)}）"
    told = f"另有{BY_MODEL}的问题{which}，没有计入以上建议，须先由人工核对。"
    return Suggestion(suggestion.id, f"{suggestion.words}{told}")


def _by_rules(report: Report) -> Suggestion:
    counts = counts_of(finding for finding in report.findings if not is_by_model(finding))
    found = f"预审发现问题{counts.total}处（{counts_words(counts)}）"
    fundamental = [number for number, finding in enumerate(report.findings, 1) if _is_fundamental(finding)]
    if fundamental:
        references = Points(report).references(fundamental)
        return Suggestion(
            "refuse",
            f"建议不予提请审议。{found}，其中{references}涉及制定主体或者制定权限，难以通过修改文字解决，"
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
    limits = "未能审查的内容见第四部分。" if report.not_checked else ""
    if counts.advice:
        return Suggestion(
            "improve",
            f"在已审查的范围内未发现违法或者存疑问题，有规范性提示{counts.advice}处，建议完善后按程序办理。{limits}",
        )
    return Suggestion("proceed", f"在已审查的范围内未发现违法或者存疑问题，建议按程序办理。{limits}")


def _is_fundamental(finding: Finding) -> bool:
    return (
        finding.code.startswith("ISSU-")
        and finding.severity is Severity.UNLAWFUL
        and finding.confidence is Confidence.HIGH
    )


def _model_limits(report: Report) -> str:
    if report.opinion is None and not any(map(is_by_model, report.findings)):
        return ""
    return f"标明“模型意见”“{BY_MODEL}”的内容由语言模型生成，未经人工核对不得采用。"


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
    form.add_body(document, _standard(report), scale=form.DETAIL)
    rank, kind = terms().ranks[report.rank], terms().kinds[report.kind]
    given = "由使用者指定" if report.rank_given else one_line(facts.rank_reason) or "由程序判断"
    words = f"送审稿按“{kind}”、制定层级按“{rank}”掌握审核标准（层级：{given}）。"
    form.add_body(document, words, scale=form.DETAIL)


def _standard(report: Report) -> str:
    frame = f"根据{_FRAME}等规定，" if report.kind in (Kind.NORMATIVE_DOCUMENT, Kind.UNKNOWN) else ""
    statutes = f"所用法规数据：{one_line(report.statutes)}。" if report.statutes else "本机未安装法规数据，未附条文。"
    corpus = f"检索语料：{one_line(report.corpus)}。" if report.corpus else ""
    adjusted = f"{'；'.join(map(one_line, report.adjusted))}。" if report.adjusted else ""
    return (
        f"{frame}以{chinese_date(report.as_of)}有效的法律、法规为依据，适用审查规则{report.rule_count}条"
        f"（版本标识{report.ruleset}），对送审稿{report.clause_count}个条款进行了预审。{statutes}{corpus}{adjusted}"
    )


# --- the points ---------------------------------------------------------------------------------------------------


def _overview(document: WordDocument, report: Report, points: Points) -> None:
    """Every point of legality review in one table, for whoever signs."""
    rows = [
        (str(number), chapter.answer.point.name if chapter.answer else "其他", _in_table(chapter, report, points))
        for number, chapter in enumerate(points.chapters, 1)
    ]
    form.add_table(document, ("序号", "审核要点", "预审情况"), rows, (14, 71, 71))


def _in_table(chapter: Chapter, report: Report, points: Points) -> str:
    if chapter.answer is None:
        return _answer_words(chapter, report, points).rstrip("。")
    found = chapter.answer.findings
    if not found:
        return chapter.answer.words
    by_model = by_model_words(report.findings[number - 1] for number in found)
    return f"发现{len(found)}处（{points.references(found)}{by_model}{_left_out(report, chapter.answer)}）"


def _chapters(document: WordDocument, report: Report, points: Points, citations: Citations) -> None:
    """Every point of legality review with its answer and, under it, what was found."""
    form.add_heading(document, "三、逐项审核意见", 1)
    places = Places(report.document.text.raw)
    first, possible = points.first_cited(), grounds_of_points(report, points.points)
    asked = requirements_of_points(points.points)
    remarks = remarks_of_points(report, points.points, citations.numbers())
    for number, chapter in enumerate(points.chapters, 1):
        name = chapter.answer.point.name if chapter.answer else "其他"
        form.add_heading(document, f"{chapter_mark(number)}{name}", 2)
        form.add_body(document, _answer_words(chapter, report, points), scale=form.DETAIL)
        if chapter.answer and chapter.answer.point.id == "procedure":
            form.add_body(document, _PROCEDURE, scale=form.DETAIL)
            _steps(document, report)
        for point in chapter.points:
            beside = {POSSIBLE: possible.get(point.number, []), ASKED: asked.get(point.number, [])}
            details = _details(point, places, citations, first, beside)
            _write_point(document, point, chain(details, _labelled(LABEL, remarks.get(point.number, []))))
        if chapter.answer and chapter.answer.point.id == "superior_law":
            _cited(document, report)


def _steps(document: WordDocument, report: Report) -> None:
    """The ledger of procedure in a table, with the nearest requirement of each step that nothing shows."""
    rows = [
        (row.name, row.answer, row.source or "—", asked or "—")
        for row, asked in zip(step_rows(report), ledger_words(report), strict=True)
    ]
    if rows:
        form.add_table(document, ("程序", "记载情况", "出处", ASKED), rows, (26, 28, 36, 66))
    if report.unconfigured:
        form.add_body(document, f"{UNCONFIGURED}：", scale=form.DETAIL, keep_with_next=True)
    for number, one in enumerate(report.unconfigured, 1):
        form.add_body(document, f"（{number}）{requirement_words(one)}", scale=form.DETAIL)


def _cited(document: WordDocument, report: Report) -> None:
    """The citations that do not plainly stand, in a table."""
    rows = cited_rows(report.citations)
    if not rows:
        return
    form.add_body(document, f"{CITED}：{cited_summary(rows)}", scale=form.DETAIL)
    shown = [
        (row.place, row.words, row.answer + (f"。{row.note}" if row.note else "")) for row in rows if not row.is_sound
    ]
    if shown:
        form.add_table(document, ("位置", "引用", "核对情况"), shown[:_CITED_SHOWN], (32, 58, 66))
    if len(shown) > _CITED_SHOWN:
        form.add_body(document, f"其余{len(shown) - _CITED_SHOWN}处见网页格式的报告。", scale=form.DETAIL)


def _write_point(document: WordDocument, point: Point, details: Iterable[tuple[str, str]]) -> None:
    finding = point.findings[0]
    marks = "，".join(mark for mark in (severity_name(finding), model_mark(finding)) if mark)
    form.add_heading(document, f"{point.number}.{one_line(finding.title)}（{marks}）", 3)
    for label, words in details:
        lead = [form.Words(f"{label}：", font=form.HEADING_FONTS[1])] if label else []
        form.add_body(document, *lead, words, scale=form.DETAIL, keep_with_next=label == _PLACE)


def _answer_words(chapter: Chapter, report: Report, points: Points) -> str:
    """The answer, with a word on findings that are laid out under another point."""
    answer = chapter.answer
    if answer is None:
        rest = [finding for point in chapter.points for finding in point.findings]
        return f"发现{len(rest)}处{by_model_words(rest)}。"
    if not answer.findings:
        return f"{answer.words}。"
    here = {point.number for point in chapter.points}
    elsewhere = [number for number in answer.findings if points.number_of(number) not in here]
    also = f"，其中{len(elsewhere)}处见{points.references(elsewhere)}" if elsewhere else ""
    by_model = by_model_words(report.findings[number - 1] for number in answer.findings)
    return f"发现{len(answer.findings)}处{also}{by_model}{_left_out(report, answer)}。"


def _left_out(report: Report, answer: PointAnswer) -> str:
    left_out = left_out_of(report, answer.point)
    return f"；{left_out}" if left_out else ""


def _sections(document: WordDocument, sections: list[Section]) -> None:
    """What only some reviews are asked for, below headings without a number of their own."""
    for section in sections:
        form.add_heading(document, section.heading, 2)
        form.add_body(document, section.words, scale=form.DETAIL)
        for name, lines in section.groups:
            for number, line in enumerate(lines, 1):
                lead = [form.Words(f"{name}：", font=form.HEADING_FONTS[1])] if name and number == 1 else []
                form.add_body(document, *lead, f"{number}.{plain_line(line)}", scale=form.DETAIL)


def _details(
    point: Point, places: Places, citations: Citations, first: dict[Evidence, int], beside: dict[str, list[str]]
) -> Iterator[tuple[str, str]]:
    """Labels and words of the lines below a point's heading; a line without a label goes on with the one above.

    Args:
        first: the point that shows each article.
        beside: further lines by their label, shown after the bases.
    """
    finding = point.findings[0]
    yield _PLACE, f"{'、'.join(_distinct(place_label(one, places) for one in point.findings))}。"
    quotes = _distinct(f"“{one_line(one.quote, QUOTE_LENGTH)}”" for one in point.findings if one.quote)
    if quotes:
        alike = f"（{len(point.findings)}处文字相同）" if len(quotes) == 1 < len(point.findings) else ""
        yield "原文摘录", f"{'；'.join(quotes)}{alike}"
    yield "问题", "".join(_distinct(_problem(one) for one in point.findings))
    label = "依据"
    for repeated, cited in groupby(finding.basis, key=lambda evidence: first[evidence] < point.number):
        for words in _bases(list(cited), citations, first if repeated else None):
            yield label, words
            label = ""
    for label, lines in beside.items():
        yield from _labelled(label, lines)
    if finding.advice:
        yield "建议", one_line(finding.advice)
    if wordings := _distinct(proposed(one.wording) for one in point.findings if one.wording):
        yield WORDING, "；".join(wordings)
    yield "确定程度", f"{certainty(finding)}。{'。'.join([*finding_notes(finding), ''])}"


def _labelled(label: str, lines: list[str]) -> Iterator[tuple[str, str]]:
    return ((label if at == 0 else "", words) for at, words in enumerate(lines))


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _problem(finding: Finding) -> str:
    """The message without the quote that stands right above it."""
    message = one_line(finding.message)
    quote = f"“{one_line(finding.quote)}”"
    return f"上述内容{message.removeprefix(quote)}" if finding.quote and message.startswith(quote) else message


def _bases(cited: list[Evidence], citations: Citations, first: dict[Evidence, int] | None) -> Iterator[str]:
    """A line for each article; one for all that earlier points cite, whose numbers `first` gives."""
    if first is None:
        yield from (_basis(evidence, citations.number(evidence)) for evidence in cited)
    else:
        yield "、".join(_repeated(one, citations.number(one), first[one]) for one in cited) + "。"


def _repeated(evidence: Evidence, number: int, cited_at: int) -> str:
    """An article whose excerpt or gist stands in an earlier point."""
    return f"{evidence_title(evidence)}（{f'附{number}，' if number else ''}见意见{cited_at}）"


def _basis(evidence: Evidence, number: int) -> str:
    words = evidence_title(evidence)
    if number:
        words += f"（附{number}）：“{excerpt(evidence.text)}”"
    else:
        words += f"，要旨：{_sentence(evidence.gist)}" if evidence.gist else "。"
    note = evidence_note(evidence)
    return f"{words}注意：{_sentence(note)}" if note else words


def _sentence(text: str) -> str:
    return f"{one_line(text).rstrip('。')}。"


def _appendix(document: WordDocument, citations: Citations) -> None:
    """The whole text of every article cited, each once."""
    if not citations.articles:
        return
    form.add_appendix_heading(document, "附：依据条文")
    sources = list(dict.fromkeys(article.source for article in citations.articles))
    if len(sources) == 1 and sources[0]:
        form.add_body(document, f"条文来源：{one_line(sources[0])}。", scale=form.FINE)
    for number, article in enumerate(citations.articles, 1):
        title = form.Words(f"{number}.{evidence_title(article)}", font=form.HEADING_FONTS[1])
        version = evidence_version(article) if len(sources) > 1 else evidence_date(article)
        form.add_body(document, title, f"（{version}）", scale=form.FINE, keep_with_next=True)
        for paragraph in visible(article.text).split("\n"):
            if paragraph.strip():
                form.add_body(document, paragraph.strip(), scale=form.FINE)


# --- the rest -----------------------------------------------------------------------------------------------------


def _not_checked(document: WordDocument, report: Report) -> None:
    form.add_heading(document, "四、未能审查的内容", 1)
    lines = not_checked_lines(report)
    damaged = len(report.document.text.damaged)
    if damaged:
        lines.append(f"送审稿有{damaged}处文字损坏，无法辨认，未作推测，请对照原件核对。")
    lines += [f"{note.rstrip('。')}。" for note in map(one_line, reading_notes(report))]
    if not lines:
        form.add_body(document, "无。", scale=form.DETAIL)
    for number, line in enumerate(lines, 1):
        form.add_body(document, f"{number}.{line}", scale=form.DETAIL)
