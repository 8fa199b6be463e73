"""The parts of a file that number and define by themselves: the document proper, and each attachment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from draft_assist.check.special.lately import once_for_each
from draft_assist.model import Clause, Document, Level, Span
from draft_assist.patterns import compiled

# Attachments with these words in their heading are filled in by others: their blanks and masks are their purpose.
_FORM = compiled(
    r"申请表|申报表|登记表|审批表|备案表|汇总表|统计表|情况表|推荐表|明细表|调查表|评分表|样表|样式|式样|格式|模板|范本|示范文本"
    r"|文书|承诺书|委托书|协议书|合同|通知书|决定书|告知书|申请书|回执|存根|清册|表格|空表|证明$"
)
_LONGEST_HEADING = 60


class Scope(NamedTuple):
    """The document proper or one attachment.

    Attributes:
        span: in `NormalText.value`; of the document proper from its first to its last clause.
        clauses: its clauses of all levels, in reading order.
        is_form: an attachment that is there to be filled in.
    """

    span: Span
    clauses: tuple[Clause, ...]
    is_form: bool = False

    def of_level(self, *levels: Level) -> list[Clause]:
        """Its clauses of these levels, in reading order."""
        return [clause for clause in self.clauses if clause.level in levels]


@once_for_each
def scopes_of(document: Document) -> list[Scope]:
    """The document proper first, then the attachments in order."""
    main: list[Clause] = []
    attached: list[Scope] = []
    for clause in document.clauses:
        if clause.level is Level.ATTACHMENT:
            held = tuple(clause.walk())
            attached.append(Scope(clause.span, held, _is_form(document, held)))
        else:
            main.extend(clause.walk())
    span = Span(main[0].span.start, main[-1].span.end) if main else Span(0, 0)
    return [Scope(span, tuple(main)), *attached]


def _is_form(document: Document, clauses: tuple[Clause, ...]) -> bool:
    """Told by the heading: the attachment's own line, its title, or the first line below."""
    headings = [document.text_of(clause.head) for clause in clauses[:3]]
    return any(_FORM.search(heading) for heading in headings if len(heading) <= _LONGEST_HEADING)


class Stretches:
    """Stretches of a text that do not overlap, asked by offset."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def hold(self, offset: int) -> bool:
        """True when one of them contains the character at `offset`."""
        i = bisect_right(self._starts, offset) - 1
        return i >= 0 and offset < self._spans[i].end


# One level of nesting is all that titles have: 《关于印发〈X办法〉的通知》, also written with 《》 inside.
_TITLE = compiled(r"《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》")


@once_for_each
def titles_in(text: str) -> Stretches:
    """The titles in 《》, brackets included."""
    return Stretches(Span(*match.span()) for match in _TITLE.finditer(text)) if "《" in text else Stretches(())


@once_for_each
def forms_in(document: Document) -> Stretches:
    """The attachments that are there to be filled in."""
    return Stretches(scope.span for scope in scopes_of(document) if scope.is_form)
