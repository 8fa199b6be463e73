"""Acts of a document: walks the clauses, cuts them into parts, and reads every word that names a power.

The literals of all constructions are looked for first: only parts that hold those of some construction are read, so that
plain text costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from draft_assist.check.acts.candidate import Candidate
from draft_assist.check.acts.compulsory import find_compulsion
from draft_assist.check.acts.constructions import NO_CONSTRUCTIONS, Constructions
from draft_assist.check.acts.frame import Part, mask, parts_of, sentences_of
from draft_assist.check.acts.literals import Hits, find_literals, masks
from draft_assist.check.acts.money import find_charges
from draft_assist.check.acts.penalty import find_penalties
from draft_assist.check.acts.permit import find_permits
from draft_assist.check.acts.reading import Reading, read
from draft_assist.law.amounts import find_amounts
from draft_assist.law.pointers import read_citation
from draft_assist.model import Act, Basis, Clause, Document, Does, Grade, Level, Pointer, Power, Region, Span
from draft_assist.patterns import compiled

_FINDERS = (find_penalties, find_permits, find_charges, find_compulsion)

# 目录, titles, addressees and signatures set nothing; headers, footers and comments are no clauses.
_UNREAD_LEVELS = frozenset({Level.CONTENTS, Level.DOCUMENT_NUMBER, Level.RECIPIENTS, Level.SIGNATURE, Level.TITLE})
_UNREAD_REGIONS = frozenset({Region.HEADER, Region.FOOTER, Region.COMMENT})


def find_acts(document: Document, constructions: Constructions = NO_CONSTRUCTIONS) -> tuple[Act, ...]:
    """All acts of the document in order of place; overlapping readings of the same power are settled to one.

    Args:
        document: as parsed.
        constructions: words that rule files bring, beside the grammar's.
    """
    walk = _Walk(document.text.value, constructions)
    acts: list[Act] = []
    for clause in document.clauses:
        for part in walk.parts(clause):
            acts += acts_of_part(part, constructions)
    return _one_permit_a_sentence(acts)


def _one_permit_a_sentence(acts: list[Act]) -> tuple[Act, ...]:
    """应当经批准；未经批准不得…: one permit said twice; the plainer saying stays."""
    best: dict[tuple[str, Span], Act] = {}
    for act in acts:
        if _is_grammatical_permit(act):
            key = (act.clause, act.sentence)
            if key not in best or _GRADES[act.grade] < _GRADES[best[key].grade]:
                best[key] = act
    return tuple(act for act in acts if not _is_grammatical_permit(act) or best[act.clause, act.sentence] is act)


def _is_grammatical_permit(act: Act) -> bool:
    return act.power is Power.PERMIT and act.does is Does.SETS and not act.is_of_rule


@lru_cache(maxsize=1 << 16)
def _is_open(bits: int) -> bool:
    """True when those groups of literals open a construction of the grammar."""
    return any(bits & mask == mask for mask in masks())


class _Walk:
    """The clauses of a text, cut into the parts that are worth reading."""

    def __init__(self, text: str, constructions: Constructions) -> None:
        self._text = text
        self._hits: Hits = find_literals(text)
        self._scan = constructions.scan(text)

    def parts(self, clause: Clause, stem: str = "", stem_raw: str = "", context: str = "") -> Iterator[Part]:
        """The parts of the clause and of those below it."""
        if clause.region in _UNREAD_REGIONS or clause.level in _UNREAD_LEVELS:
            return
        body = clause.body
        if self._scan.within(body) or _is_open(self._hits.opened(body.start, body.end)):
            for sentence in sentences_of(self._text, body.start, body.end):
                yield from self._of_sentence(sentence, clause.path, stem, stem_raw, context)
        if clause.children:
            words = _stem_words(body.of(self._text))
            inner, inner_raw = (stem + mask(words), stem_raw + words) if words else ("", "")
            bases = self._bases_of_rows(clause) if clause.level is Level.TABLE else {}
            for child in clause.children:
                if not self._hits.within(child.span) and not self._scan.within(child.span):
                    continue
                # The cells of a row share their basis: the law stands in one, the sanction in another.
                row = context + clause.span.of(self._text) if clause.level is Level.ROW else context
                yield from self.parts(child, inner, inner_raw, bases.get(child.path, row))

    def _bases_of_rows(self, table: Clause) -> dict[str, str]:
        """The words that name the basis of rows that name none, by path.

        A cell that is merged downwards stands in its first row only; the line above a table may introduce it
        (依照《X法》第N条，标准如下：).
        """
        above = self._text[max(0, table.span.start - _LONGEST_CAPTION) : table.span.start].rstrip()
        above = above[above.rfind("\n") + 1 :]
        caption = above if "《" in above and above.endswith(("：", ":")) else ""
        found: dict[str, str] = {}
        named: Clause | None = None
        for row in table.children:
            if "《" in row.span.of(self._text):
                named = row
            elif named is not None and _goes_on(named, row):
                found[row.path] = named.span.of(self._text)
            else:
                named = None
                found[row.path] = caption
        return found

    def _of_sentence(self, sentence: Span, path: str, stem: str, stem_raw: str, context: str) -> Iterator[Part]:
        openings = self._scan.opened(sentence.start, sentence.end)
        if not openings and not _is_open(self._hits.opened(sentence.start, sentence.end)):
            return
        for part in parts_of(self._text, sentence, clause=path, stem=stem, stem_raw=stem_raw, context=context):
            part.bits = self._hits.opened(part.start, part.start + len(part.raw))
            alone = len(part.raw) == len(sentence)
            part.openings = openings if alone else tuple(one for one in openings if one.may_match(part.raw))
            if part.openings or _is_open(part.bits):
                yield part


_LONGEST_CAPTION = 200


def _goes_on(named: Clause, row: Clause) -> bool:
    """True when the first cell of `named` reaches down to `row`: it is missing there, or moved out of place with others.

    Web pages leave out what a cell above spans, so that the rest stands further left.
    """
    first, following = [cell.number for cell in named.children], [cell.number for cell in row.children]
    if not first or not following:
        return False
    return following[0] > first[0] or (len(following) + 2 <= len(first) and following[-1] < first[-1])


_STEM = compiled(r"(?:^|[。！？\n])(?P<words>[^。！？\n]+[：:])\s*$")


def _stem_words(body: str) -> str:
    """The last sentence of a clause that ends in a colon and so governs its items; "" when it governs nothing."""
    if not body.rstrip().endswith(("：", ":")):
        return ""
    found = _STEM.search(body)
    return found["words"] if found else ""


# --- acts ---------------------------------------------------------------------------------------------------------


def acts_of_part(part: Part, constructions: Constructions = NO_CONSTRUCTIONS) -> list[Act]:
    """The acts of one part, by place."""
    candidates = [one for finder in _FINDERS for one in finder(part)]
    candidates += constructions.find(part)
    read_ones = [(one, read(part, one)) for one in (_without_edges(part.text, each) for each in candidates)]
    return [_act(part, candidate, reading) for candidate, reading in _settled(read_ones)]


_GRADES = {Grade.CLEAR: 0, Grade.WEAK: 1, Grade.HINT: 2}
_FAMILIES = {
    Power.PERMIT: "permit",
    Power.PERMIT_CONDITION: "permit",
    Power.PENALTY: "penalty",
    Power.COMPULSORY: "compulsory",
    Power.EXECUTION: "compulsory",
    Power.FEE: "fee",
    Power.LEVY: "fee",
    Power.DEPOSIT: "fee",
    Power.TAX: "fee",
}


def _settled(found: list[tuple[Candidate, Reading]]) -> list[tuple[Candidate, Reading]]:
    """One reading for each stretch of words and power: what sets before what does not, the plainer, the longer."""
    if len(found) < 2:
        return found
    ranked = sorted(
        found,
        key=lambda one: (
            one[1].does is not Does.SETS,
            _GRADES[one[1].grade],
            one[0].kind == "approval",  # a kind that says more goes first
            one[0].start - one[0].end,
            one[0].start,
        ),
    )
    kept: list[tuple[Candidate, Reading]] = []
    for candidate, reading in ranked:
        family = _family(candidate)
        clash = any(
            _family(other) == family and other.start < candidate.end and candidate.start < other.end
            for other, _ in kept
        )
        if not clash:
            kept.append((candidate, reading))
    return sorted(kept, key=lambda one: (one[0].start, one[0].end))


def _family(candidate: Candidate) -> str:
    """Candidates of one family compete for the same words; a rule's words compete only with each other."""
    return candidate.kind if candidate.of_rule else _FAMILIES[candidate.power]


def _act(part: Part, candidate: Candidate, reading: Reading) -> Act:
    raw = part.raw[candidate.start : candidate.end]
    return Act(
        clause=part.clause,
        power=candidate.power,
        kind=candidate.kind,
        does=reading.does,
        addressee=reading.addressee,
        grade=reading.grade,
        span=part.span(candidate.start, candidate.end),
        sentence=part.sentence,
        basis=_basis(part, reading),
        amounts=find_amounts(raw, part.start + candidate.start),
        because=reading.because,
    )


def _without_edges(text: str, candidate: Candidate) -> Candidate:
    """The candidate without commas and spaces at its ends."""
    start, end = candidate.start, candidate.end
    while end > start and text[end - 1] in "，、 　":
        end -= 1
    while start < end and text[start] in "，、 　":
        start += 1
    return candidate._replace(start=start, end=end)


def _basis(part: Part, reading: Reading) -> Basis:
    pointer = reading.pointer
    if pointer is None:
        return Basis()
    source = {"part": part.raw, "stem": part.stem_raw, "context": part.context}[reading.where]
    words = source[pointer.start : pointer.end]
    named = pointer.kind in (Pointer.NAMED_LAW, Pointer.NAMED_ARTICLE)
    cited = read_citation(words) if named else None
    return Basis(
        pointer=pointer.kind,
        span=part.span(pointer.start, pointer.end) if reading.where == "part" else None,
        titles=cited.titles if cited else (),
        articles=cited.articles if cited else (),
    )
