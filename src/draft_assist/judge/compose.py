"""Makes the questions: of every clause that calls for a second look, all that a model should see with it.

What stands in a question is what a reviewer would lay on the desk: the clause, its neighbours, what the rules found,
and the articles that may be cited. The question is cut to the context of the model here, never by the endpoint.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from draft_assist.check.acts.extract import find_acts
from draft_assist.check.powers import Powers, Verdict
from draft_assist.check.ruleset import LawBasis, evidence_of
from draft_assist.check.run import Kit
from draft_assist.check.special.instructions import find_instructions
from draft_assist.corpus.clauses import Unit, units_of
from draft_assist.judge.question import Asked, Material, Question
from draft_assist.judge.selecting import calls_for_second_look
from draft_assist.law.levels import is_above
from draft_assist.model import (
    Act,
    CitationAnswer,
    Clause,
    Document,
    Evidence,
    EvidenceStatus,
    Finding,
    Power,
    Rank,
    Report,
    Requirement,
    Span,
)
from draft_assist.parse.labels import label_of
from draft_assist.terms import category_name, terms

if TYPE_CHECKING:
    from draft_assist.corpus.search import Filters, Searcher

# A question holds so many articles and cards, each up to so many characters: more only blur what matters.
_MOST_MATERIALS = 9
_LONGEST_MATERIAL = 700
_FROM_CORPUS = 3
_NEIGHBOUR = 160  # characters of a clause beside
_SHORTEST_SEARCHED = 12
# What the rules say of form and procedure is looked up or counted, and nothing for a second opinion.
_OF_FORM = frozenset(("procedure", "structure", "institution", "citation"))
_TABLE = "设定权限表"
# Powers of which it is worth saying beforehand that the issuer may not set them.
_TOLD_POWERS = {
    Power.PERMIT: "行政许可",
    Power.PENALTY: "行政处罚",
    Power.COMPULSORY: "行政强制措施",
    Power.EXECUTION: "行政强制执行",
    Power.FEE: "行政收费",
    Power.LEVY: "基金和摊派",
    Power.DEPOSIT: "保证金",
    Power.TAX: "税收",
    Power.EXPROPRIATION: "征收征用",
}


class Composer:
    """The questions of one report."""

    def __init__(self, report: Report, kit: Kit, searcher: Searcher | None) -> None:
        """
        Args:
            report: of the review by rules.
            kit: with which it was made.
            searcher: the corpus, for possible bases; None sends only what the rules and the clause itself cite.
        """
        self._report = report
        self._kit = kit
        self._searcher = searcher.for_document(report.document.text.raw.marking) if searcher else None
        self._document = report.document
        self._units = units_of(self._document)
        self._clauses = {one.path: one for one in self._document.walk()}
        self._parents = {child.path: one for one in self._document.walk() for child in one.children}
        self._acts = sorted(find_acts(self._document), key=lambda act: act.span)
        self._act_starts = [act.span.start for act in self._acts]
        self.facts = _facts(report, kit.powers)
        self._filters = self._make_filters()
        self.needed = [number for number, unit in enumerate(self._units) if self._is_needed(unit)]

    @property
    def total(self) -> int:
        """Clauses of the document."""
        return len(self._units)

    def labels(self, paths: Iterable[str]) -> list[str]:
        """The labels of clauses, for people."""
        return [label_of(self._document, path) for path in paths]

    def questions(self) -> Iterator[Question]:
        """A question for every clause that calls for a second look, in order, made as it is asked for."""
        return (self._question(number) for number in self.needed)

    # --- one clause ---------------------------------------------------------------------------------------------

    def _is_needed(self, unit: Unit) -> bool:
        span = self._clauses[unit.path].span
        return calls_for_second_look(
            unit.words, has_findings=bool(self._findings_in(span)), has_acts=bool(self._acts_in(span))
        )

    def _question(self, number: int) -> Question:
        unit = self._units[number]
        clause = self._clauses[unit.path]
        span = _span_of(unit.words, clause, self._document)
        findings = tuple(Asked(f"R{at}", one) for at, one in enumerate(self._findings_in(span), 1))
        before, after = self._neighbour(number - 1), self._neighbour(number + 1)
        stem = self._stem(clause)
        return Question(
            clause=unit.path,
            label=label_of(self._document, unit.path),
            span=span,
            words=unit.words,
            before=before,
            after=after,
            stem=stem,
            facts=self.facts,
            acts=tuple(self._told_act(act) for act in self._acts_in(span)),
            findings=findings,
            materials=self._materials(unit, span, findings),
            has_instructions=any(find_instructions(words) for words in (unit.words, before, after, stem)),
        )

    def _findings_in(self, span: Span) -> list[Finding]:
        return [
            one
            for one in self._report.findings
            if one.origin == "rule" and one.category not in _OF_FORM and span.contains(one.span)
        ]

    def _acts_in(self, span: Span) -> list[Act]:
        first = bisect_left(self._act_starts, span.start)
        last = bisect_left(self._act_starts, span.end)
        return self._acts[first:last]

    def _told_act(self, act: Act) -> str:
        return f"“{self._document.text_of(act.span)}”：{'；'.join(act.because)}"

    def _neighbour(self, number: int) -> str:
        return _short(self._units[number].words, _NEIGHBOUR) if 0 <= number < len(self._units) else ""

    def _stem(self, clause: Clause) -> str:
        """The words of the clause that holds this one, which often say whom it binds; "" for none."""
        above = self._parents.get(clause.path)
        return _short(self._document.text_of(above.body).strip(), _NEIGHBOUR) if above is not None else ""

    # --- what may be cited --------------------------------------------------------------------------------------

    def _materials(self, unit: Unit, span: Span, findings: Sequence[Asked]) -> tuple[Material, ...]:
        found: dict[tuple[str, str], tuple[Evidence, Requirement | None]] = {}
        cards = [(_of_requirement(one), one) for asked in findings for one in asked.finding.requirements]
        articles = ((one, None) for one in self._evidence(unit, span, findings))
        for evidence, card in (*articles, *cards):
            if (evidence.text or evidence.gist) and len(found) < _MOST_MATERIALS:
                found.setdefault((evidence.law, evidence.article), (evidence, card))
        return tuple(_material(f"E{at}", *one) for at, one in enumerate(found.values(), 1))

    def _evidence(self, unit: Unit, span: Span, findings: Sequence[Asked]) -> Iterator[Evidence]:
        """The articles that may be cited, the nearest to the matter first."""
        for asked in findings:
            yield from asked.finding.basis
        for cited in self._report.citations:
            if span.contains(cited.span) and cited.text:
                yield _of_citation(cited)
        for act in self._acts_in(span):
            yield from self._of_power(act)
        yield from self._from_corpus(unit)

    def _of_power(self, act: Act) -> Iterator[Evidence]:
        """The articles by which the issuer may or may not set what the clause does."""
        for kind in self._kit.powers.kinds(act.power):
            if act.kind == kind:
                answer = self._kit.powers.answer(self._report.rank, act.power, kind, self._report.as_of)
                for basis in answer.basis if answer else ():
                    source = basis.source or _TABLE
                    known = LawBasis(law=basis.law, article=basis.article, gist=basis.gist, source=source)
                    yield evidence_of(known, self._kit.statutes, self._report.as_of)

    def _make_filters(self) -> Filters | None:
        if self._searcher is None:
            return None
        from draft_assist.corpus.search import Filters

        levels = tuple(level for level in Rank if is_above(level, self._report.rank) is not False)
        places = self._searcher.places_named(self._document.text.value)
        return Filters(as_of=self._report.as_of, levels=levels, places=places)

    def _from_corpus(self, unit: Unit) -> Iterator[Evidence]:
        if self._searcher is None or self._filters is None or len(unit.words) < _SHORTEST_SEARCHED:
            return
        from draft_assist.corpus.basis import basis_of, title_of
        from draft_assist.ground import evidence_of_hit

        title = title_of(self._document)
        words = unit.words[:_LONGEST_MATERIAL]
        found = basis_of(words, self._searcher, self._filters, draft_title=title, limit=_FROM_CORPUS)
        for hit in found.hits:
            yield evidence_of_hit(hit, self._searcher)


def fitted(question: Question, count: Callable[[Question], int], room: int) -> Iterator[Question]:
    """The question as it fits into the context: cut down, and where the clause itself is too long, in parts.

    Args:
        count: tokens of the whole request for a question.
        room: tokens that it may have.
    """
    for smaller in _smaller(question):
        if count(smaller) <= room:
            yield smaller
            return
    if len(question.words) <= _SMALLEST_PART:
        yield question  # nothing is left to cut: the endpoint will say so
        return
    middle = _cut_point(question.words)
    for start, end in ((0, middle), (middle, len(question.words))):
        part = Span(question.span.start + start, question.span.start + end)
        inside = tuple(one for one in question.findings if part.contains(one.finding.span))
        yield from fitted(replace(question, span=part, words=question.words[start:end], findings=inside), count, room)


_SMALLEST_PART = 80  # characters
_FEW = 4


def _smaller(question: Question) -> Iterator[Question]:
    """The question, then ever less of what stands around the clause."""
    yield question
    question = replace(question, before="", after="")
    yield question
    few = question.materials[:_FEW]
    yield replace(question, materials=few)
    short = tuple(replace(one, text=_short(one.text, _NEIGHBOUR)) for one in few)
    yield replace(question, materials=short, acts=())
    yield replace(question, materials=(), acts=(), stem="")


def _cut_point(words: str) -> int:
    """Where to cut in two: after the sentence, line or comma nearest to the middle."""
    middle = len(words) // 2
    for marks in ("\n。；", "，、 "):
        places = [at + 1 for at, mark in enumerate(words) if mark in marks and 0 < at + 1 < len(words)]
        if places:
            return min(places, key=lambda at: abs(at - middle))
    return middle


# --- words --------------------------------------------------------------------------------------------------------


def _facts(report: Report, powers: Powers) -> str:
    facts, names = report.document.facts, terms()
    doubt = "" if report.rank_given or facts.rank_certain else "（不能确定，从严按此处理）"
    lines = [
        f"标题：{' '.join((facts.title or '（没有识别出标题）').split())}",
        f"制定机关：{facts.issuer or '（没有识别出）'}",
        f"制定机关层级：{names.ranks[report.rank]}{doubt}",
        f"文件种类：{names.kinds[report.kind]}",
        f"审查日期：{report.as_of:%Y-%m-%d}",
    ]
    barred = [name for one, name in _TOLD_POWERS.items() if _is_barred(one, report, powers)]
    if barred:
        lines.append(f"这一层级不得设定：{'、'.join(barred)}（可以在上位法范围内作具体规定）")
    return "\n".join(lines)


def _is_barred(power: Power, report: Report, powers: Powers) -> bool:
    answers = [powers.answer(report.rank, power, kind, report.as_of) for kind in powers.kinds(power)]
    return bool(answers) and all(one is not None and one.verdict is Verdict.MAY_NOT for one in answers)


def _span_of(words: str, clause: Clause, document: Document) -> Span:
    """Where the words of a unit stand; they begin within the clause's body."""
    start = document.text.value.index(words, clause.body.start)
    return Span(start, start + len(words))


def _short(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[:longest]}……"


def _material(name: str, evidence: Evidence, card: Requirement | None) -> Material:
    return Material(
        id=name,
        kind="article" if card is None else "card",
        label=_label(evidence),
        text=_short(evidence.text or evidence.gist, _LONGEST_MATERIAL),
        evidence=evidence,
        requirement=card,
    )


def _label(evidence: Evidence) -> str:
    held = "" if evidence.text else "（条文未收录，以下为要点）"
    return f"《{evidence.law}》{evidence.article}{held}"


def _of_citation(cited: CitationAnswer) -> Evidence:
    return Evidence(
        law=cited.law,
        article=cited.shown,
        gist="",
        text=cited.text,
        status=EvidenceStatus.HELD,
        version_date=cited.version_date,
        source="本条款引用",
    )


def _of_requirement(one: Requirement) -> Evidence:
    return Evidence(law=one.source, article=one.section, gist=one.gist, source=f"要求卡片 {one.id}")


def finding_line(asked: Asked) -> str:
    """A finding of the rules in one line, for the prompt."""
    one = asked.finding
    severity = terms().severities[one.severity].name
    return f"{asked.id}　{severity}·{category_name(one.category)}　{one.title}　所指文字：“{one.quote}”　{one.message}"


def material_block(material: Material) -> str:
    """An article or card with its id, for the prompt."""
    kind = "条文" if material.kind == "article" else "要求"
    return f"{material.id}　{kind}　{material.label}\n{material.text}"
