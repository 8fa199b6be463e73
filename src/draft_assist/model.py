"""The frozen values that travel from stage to stage.

    file --load--> RawDocument --normalise--> NormalText --parse--> Document --check--> Finding, Report

All are msgspec structs: frozen, cheap to make by the hundred thousand, and written to JSON without code of our own.
Every `Span` names the text it counts in. There are two: `RawDocument.text` ("raw", what the file holds) and
`NormalText.value` ("normal", what the rules read). Findings carry both.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import msgspec


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the values below: equal by content, hashable, made with keywords.

    Subclasses say `frozen=True` again: it is inherited, but type checkers do not see that.
    """


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """A half-open range [start, end) in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` inside this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True when both share at least one character; an empty span overlaps what it stands strictly inside."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True when `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


# --- load ---------------------------------------------------------------------------------------------------------


class FileKind(StrEnum):
    """The formats a reader exists for."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


class Region(StrEnum):
    """Where in the file a block stands; only BODY, TABLE, TEXT_BOX, FOOTNOTE and ENDNOTE are reviewed as clauses."""

    BODY = "body"
    TABLE = "table"
    TEXT_BOX = "text_box"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    HEADER = "header"
    FOOTER = "footer"
    COMMENT = "comment"


class Marking(StrEnum):
    """What a document's mark says of who may read it, from the least to the gravest."""

    INTERNAL = "internal"  # 内部资料
    WORK_SECRET = "work_secret"  # 工作秘密
    SECRET = "secret"  # 秘密
    CONFIDENTIAL = "confidential"  # 机密
    TOP_SECRET = "top_secret"  # 绝密


class RunPlace(Frozen, frozen=True, gc=False):
    """The raw characters that one w:r of a .docx paragraph holds.

    Attributes:
        span: in `RawDocument.text`.
        run: index of the w:r among all w:r of the paragraph, from 0, in document order, deleted ones included.
        offset: where `span` begins inside that run's own text (w:t, tab and break counted as one character each).
        inserted: the run is a tracked insertion.
    """

    span: Span
    run: int
    offset: int
    inserted: bool = False


class Block(Frozen, frozen=True):
    """One paragraph, table cell paragraph, note paragraph or page of the source.

    Blocks stand in reading order, do not overlap, and each ends before a line feed of `RawDocument.text`. Readers of
    plain text give none: there the file is the text, and lines are counted when a place is asked for.

    Attributes:
        span: in `RawDocument.text`, without the closing line feed.
        region: where in the file.
        part: .docx only: the package part, such as "word/document.xml"; "" elsewhere.
        index: .docx: index of the w:p in its part, from 0; .pdf: page number, from 1; .html: line in the source,
            from 1.
        cell: (table, row, column), each from 1, for REGION.TABLE; None elsewhere. Tables are numbered per file.
        style_level: heading level 1 to 9 that the source's style claims (Word heading styles, <h1>, #); 0 for none.
        generated: raw spans that do not stand in the file as text (automatic numbers).
        runs: .docx only, the character ranges of the runs.
        source_offset: .html only: offset of the block's first character in the decoded source; -1 elsewhere.
    """

    span: Span
    region: Region = Region.BODY
    part: str = ""
    index: int = 0
    cell: tuple[int, int, int] | None = None
    style_level: int = 0
    generated: tuple[Span, ...] = ()
    runs: tuple[RunPlace, ...] = ()
    source_offset: int = -1


class TrackedChange(Frozen, frozen=True):
    """A tracked change of a .docx: the review reads the document as if all were accepted.

    Attributes:
        kind: "insertion" or "deletion" (moves are one of each).
        author: as written in the file; "" when absent.
        text: what was inserted or deleted.
        span: in `RawDocument.text` of the inserted text; for a deletion the empty span where it stood.
    """

    kind: str
    author: str
    text: str
    span: Span


class RawDocument(Frozen, frozen=True):
    """What a reader found in the file, in reading order, with nothing changed.

    Attributes:
        path: the file; Path("-") for standard input.
        kind: the reader used.
        text: all text; line ends are single line feeds (readers of text turn CRLF and CR into LF and count
            positions in the turned text).
        blocks: see `Block`; () for text and Markdown.
        encoding: for text, Markdown and HTML: the encoding used; "" elsewhere.
        sha256: of the file's bytes, hexadecimal.
        changes: tracked changes of a .docx.
        unread: Chinese notes on what the reader could not read (a page without text, an embedded picture, ...).
        page_count: of a .pdf; 0 elsewhere.
        marking: the gravest mark of secrecy that the document carries; None for none.
    """

    path: Path
    kind: FileKind
    text: str
    blocks: tuple[Block, ...] = ()
    encoding: str = ""
    sha256: str = ""
    changes: tuple[TrackedChange, ...] = ()
    unread: tuple[str, ...] = ()
    page_count: int = 0
    marking: Marking | None = None


# --- normalise ----------------------------------------------------------------------------------------------------


class Damage(Frozen, frozen=True):
    """A run of characters whose original bytes were lost; never repaired.

    Attributes:
        span: in `NormalText.value`.
        reason: Chinese, what gave it away.
    """

    span: Span
    reason: str


class Removed(Frozen, frozen=True):
    """Characters that the rules do not read.

    Attributes:
        span: in `RawDocument.text`.
        reason: Chinese: 拼音残留, 导航, 广告, 不可见字符, 页码, ...
        text: what was removed.
    """

    span: Span
    reason: str
    text: str


class OffsetMap(Frozen, frozen=True, gc=False):
    """Where each normal character came from: equal runs, and replaced runs between them.

    `normal[i]`, `raw[i]` are the first positions of piece i in either text; `equal[i]` says whether the piece maps
    character by character (True) or as a whole (False). Pieces tile both texts; both lists start at 0.
    """

    normal: tuple[int, ...]
    raw: tuple[int, ...]
    equal: tuple[bool, ...]
    normal_length: int
    raw_length: int

    def to_raw(self, span: Span) -> Span:
        """The raw span whose characters produced `span`; a replaced run counts as a whole."""
        start = self._position(span.start, after=False)
        return Span(start, max(start, self._position(span.end - 1, after=True) if span.end > span.start else start))

    def _position(self, offset: int, *, after: bool) -> int:
        if not self.normal:
            return 0
        i = bisect_right(self.normal, offset) - 1
        i = max(i, 0)
        if self.equal[i]:
            return min(self.raw[i] + offset - self.normal[i] + (1 if after else 0), self.raw_length)
        if after:
            return self.raw[i + 1] if i + 1 < len(self.raw) else self.raw_length
        return self.raw[i]


class NormalText(Frozen, frozen=True):
    """The text that the rules read, with the way back to the file.

    Guarantees: no CR, tab, byte-order mark or zero-width character; no full-width digit or Latin letter; no
    pinyin residue; simplified characters except in protected names; line feeds end lines.
    """

    value: str
    raw: RawDocument
    offsets: OffsetMap
    damaged: tuple[Damage, ...] = ()
    removed: tuple[Removed, ...] = ()
    notes: tuple[str, ...] = ()

    def is_damaged(self, span: Span) -> bool:
        """True when a damaged run touches `span`."""
        return any(damage.span.overlaps(span) for damage in self.damaged)


# --- parse --------------------------------------------------------------------------------------------------------


class Level(StrEnum):
    """Levels of the two ladders and of what stands around them."""

    PART = "part"  # 编
    CHAPTER = "chapter"  # 章
    SECTION = "section"  # 节
    ARTICLE = "article"  # 条
    PARAGRAPH = "paragraph"  # 款, or a paragraph of running text
    ITEM = "item"  # 项
    SUBITEM = "subitem"  # 目
    HEADING_1 = "heading_1"  # 一、
    HEADING_2 = "heading_2"  # （一）
    HEADING_3 = "heading_3"  # 1.
    HEADING_4 = "heading_4"  # （1）
    HEADING_5 = "heading_5"  # ①
    TITLE = "title"
    DOCUMENT_NUMBER = "document_number"
    RECIPIENTS = "recipients"  # 主送机关
    CONTENTS = "contents"  # 目录
    SIGNATURE = "signature"  # 落款
    ATTACHMENT = "attachment"  # 附件
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    NOTE = "note"  # footnote, header, comment and so on
    OTHER = "other"


class Clause(Frozen, frozen=True, kw_only=True):
    """One unit of the document with the units below it.

    Attributes:
        path: "art-8.par-2.item-3", "h1-2.h2-1", "att-1.art-3", "tab-1.row-2.cell-3"; unique, the same on every run.
        level: see `Level`.
        number: 第一百二十条之一 -> (120, 1); an unnumbered 款 counts from 1; () where there is none.
        span: in `NormalText.value`, children and closing line feed included.
        head: this clause's own characters without its children, marker included, closing line feed excluded.
        body: `head` without the marker and the spaces after it.
        region: where in the file it stands.
        children: in order; their spans lie inside `span`, after `head`.
    """

    path: str
    level: Level
    number: tuple[int, ...]
    span: Span
    head: Span
    body: Span
    region: Region = Region.BODY
    children: tuple[Clause, ...] = ()

    def walk(self) -> Iterator[Clause]:
        """This clause and all below it, in reading order."""
        return walk((self,))


def walk(clauses: tuple[Clause, ...]) -> Iterator[Clause]:
    """The clauses and all below them, in reading order."""
    waiting = list(reversed(clauses))
    while waiting:
        clause = waiting.pop()
        yield clause
        if clause.children:
            waiting.extend(reversed(clause.children))


class ParseNote(Frozen, frozen=True):
    """Something odd in the structure that did not stop the parser, in Chinese."""

    span: Span
    message: str


class Kind(StrEnum):
    """What the document is; ids of `--kind`."""

    NORMATIVE_DOCUMENT = "normative_document"
    RULE = "rule"
    LOCAL_REGULATION = "local_regulation"
    PLAN = "plan"
    REPORT = "report"
    INTERNAL = "internal"
    CONTRACT = "contract"
    UNKNOWN = "unknown"


class Rank(StrEnum):
    """The issuer's rank; ids of `--rank`."""

    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative_regulation"
    STATE_COUNCIL_DECISION = "state_council_decision"
    DEPARTMENT_RULE = "department_rule"
    LOCAL_REGULATION_PROVINCE = "local_regulation_province"
    LOCAL_REGULATION_CITY = "local_regulation_city"
    GOVERNMENT_RULE_PROVINCE = "government_rule_province"
    GOVERNMENT_RULE_CITY = "government_rule_city"
    STATE_COUNCIL = "state_council"
    STATE_COUNCIL_DEPARTMENT = "state_council_department"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    DEPARTMENT = "department"
    TOWNSHIP = "township"
    OTHER = "other"


class NumberCandidate(Frozen, frozen=True):
    """One reading of a damaged document number; candidates are ranked, none is filled in."""

    value: str
    reason: str


class Facts(Frozen, frozen=True):
    """What the document says of itself; None or () where it says nothing.

    Attributes:
        title: the title as normalised; None when there is none.
        title_span: in `NormalText.value`.
        document_number: sound numbers only, such as 穗府〔2015〕26号.
        number_candidates: readings of a damaged or masked number, best first.
        issuer: the issuing authority's name.
        rank, rank_reason: detected rank and why, in Chinese; Rank.OTHER when it cannot be told.
        rank_certain: False when `rank` is only the cautious default.
        kind, kind_reasons: detected kind and the reasons for and against, in Chinese; for a normative document these
            name 行政性, 外部性, 普遍适用, 反复适用.
        signing_date, effective_date: None when absent or incomplete (then `date_notes` says so).
        validity: the words that fix the validity period.
        registration_number: 统一登记号.
        recipients: the addressees named in 主送机关.
    """

    title: str | None = None
    title_span: Span | None = None
    document_number: str | None = None
    number_candidates: tuple[NumberCandidate, ...] = ()
    issuer: str | None = None
    rank: Rank = Rank.OTHER
    rank_certain: bool = False
    rank_reason: str = ""
    kind: Kind = Kind.UNKNOWN
    kind_reasons: tuple[str, ...] = ()
    signing_date: dt.date | None = None
    effective_date: dt.date | None = None
    date_notes: tuple[str, ...] = ()
    validity: str | None = None
    registration_number: str | None = None
    recipients: tuple[str, ...] = ()


class Document(Frozen, frozen=True):
    """A document as a tree of clauses. `clauses` tile the whole text."""

    text: NormalText
    clauses: tuple[Clause, ...]
    facts: Facts
    notes: tuple[ParseNote, ...] = ()

    def walk(self) -> Iterator[Clause]:
        """All clauses in reading order."""
        return walk(self.clauses)

    def pieces(self) -> Iterator[Span]:
        """Spans that tile `text.value` in order: each clause's own stretch up to the next clause."""
        previous = 0
        for clause in self.walk():
            if clause.span.start > previous:
                yield Span(previous, clause.span.start)
                previous = clause.span.start
        if previous < len(self.text.value):
            yield Span(previous, len(self.text.value))

    def text_of(self, span: Span) -> str:
        """The normal characters of `span`."""
        return span.of(self.text.value)

    def clause(self, path: str) -> Clause | None:
        """The clause of that path, or None."""
        return next((clause for clause in self.walk() if clause.path == path), None)


# --- check --------------------------------------------------------------------------------------------------------


class Does(StrEnum):
    """What a clause does with a power."""

    SETS = "sets"
    REFERS = "refers"  # to higher law, adding nothing
    FORBIDS = "forbids"  # forbids the administration to use or invent it
    REPORTS = "reports"  # or plans, describes, mentions
    DISCIPLINES = "disciplines"  # the inside: officials, staff
    DEFINES = "defines"
    CIVIL_CRIMINAL = "civil_criminal"
    INTERNAL = "internal"  # between organs


class Power(StrEnum):
    """What an act is about: the powers that powers.yaml speaks of."""

    PERMIT = "permit"
    PERMIT_CONDITION = "permit_condition"
    PENALTY = "penalty"
    COMPULSORY = "compulsory"  # 行政强制措施
    EXECUTION = "execution"  # 行政强制执行; category "compulsory" in findings
    FEE = "fee"
    LEVY = "levy"
    DEPOSIT = "deposit"
    TAX = "tax"
    DUTY = "duty"  # something that private parties must do, hand in, buy or bear
    RESTRICTION = "restriction"  # something that they may not do, or lose
    BENEFIT = "benefit"  # a benefit or service tied to a condition
    GRANT = "grant"  # a power given to somebody, a duty or liability of the organ dropped
    COMPETITION = "competition"  # a condition of competition
    DIRECTIVE = "directive"  # an order to the administration and its staff: quotas, severity, discipline
    EXPROPRIATION = "expropriation"


class Addressee(StrEnum):
    """Whom the words bind."""

    PRIVATE = "private"  # 相对人
    ADMINISTRATION = "administration"  # organs
    STAFF = "staff"  # their people
    UNKNOWN = "unknown"


class Grade(StrEnum):
    """How plainly the words do what the act says."""

    CLEAR = "clear"
    WEAK = "weak"  # 备案, 登记, a vague pointer beside an own content, ...: for a person to decide
    HINT = "hint"  # 依法缴纳, 依法取得许可: most often a reference, worth one line of advice


class Pointer(StrEnum):
    """How the words name a basis for the power."""

    NONE = "none"
    VAGUE = "vague"  # 依法, 按照国家有关规定
    NAMED_LAW = "named_law"  # a title, no article
    NAMED_ARTICLE = "named_article"
    OWN = "own"  # 本办法第八条: the document itself


class Basis(Frozen, frozen=True):
    """The basis that an act cites.

    Attributes:
        pointer: see `Pointer`.
        span: of the pointer's words, in `NormalText.value`; None for Pointer.NONE.
        titles: law titles without 《》, in order.
        articles: (title, article number as (16, 0) for 第十六条 and (120, 1) for 第一百二十条之一, paragraph or 0,
            item or 0).
    """

    pointer: Pointer = Pointer.NONE
    span: Span | None = None
    titles: tuple[str, ...] = ()
    articles: tuple[tuple[str, tuple[int, int], int, int], ...] = ()


class AmountKind(StrEnum):
    """What an amount is measured in."""

    YUAN = "yuan"
    MULTIPLE = "multiple"  # 一倍以上三倍以下
    PERCENT = "percent"
    PER_UNIT = "per_unit"  # yuan per 平方米, 只, 日 ...


class Amount(Frozen, frozen=True):
    """A sum or range of money in an act.

    Attributes:
        kind: see `AmountKind`.
        low, high: inclusive bounds in yuan, multiples or percent; None where open.
        span: in `NormalText.value`.
    """

    kind: AmountKind
    low: float | None
    high: float | None
    span: Span


class Act(Frozen, frozen=True):
    """One thing that a clause does with one power.

    Attributes:
        clause: path of the clause whose words carry it.
        power, kind: kind is an id of the lexicon: fine, confiscation, revoke_licence, seal, seize, approval, ...; for
            words that a rule file brings, the rule's code and alternative: COMP-001/0.
        does, addressee, grade: see there.
        span: the exact words, in `NormalText.value`.
        sentence: the sentence they stand in.
        basis: what is cited for it.
        amounts: sums named with it.
        because: the steps of the reading, Chinese, for `explain`.
    """

    clause: str
    power: Power
    kind: str
    does: Does
    addressee: Addressee
    grade: Grade
    span: Span
    sentence: Span
    basis: Basis = Basis()
    amounts: tuple[Amount, ...] = ()
    because: tuple[str, ...] = ()

    @property
    def is_of_rule(self) -> bool:
        """True when a rule file brought the words."""
        return "/" in self.kind


class Severity(StrEnum):
    """How bad a finding is, if it is right."""

    UNLAWFUL = "unlawful"  # 违法
    DOUBTFUL = "doubtful"  # 存疑
    ADVICE = "advice"  # 提示


class Confidence(StrEnum):
    """How often the rule is right when it fires."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class EvidenceStatus(StrEnum):
    """What the statute store can say of the basis article on the date of the review."""

    HELD = "held"  # its wording on that date is held and shown
    STALE = "stale"  # held, but not the text that the rule was written against
    NOT_YET_IN_FORCE = "not_yet_in_force"
    NOT_HELD = "not_held"  # the store lacks the text: says nothing on whether it exists


class Evidence(Frozen, frozen=True):
    """One article that a finding rests on.

    Attributes:
        law: full title.
        article: 第十六条, with paragraph and item where the rule names them.
        gist: what it says, in our words.
        text: the article's wording; "" when not held.
        status: see `EvidenceStatus`.
        version_date: of the wording shown; None when not held.
        source: where the wording comes from, in Chinese.
    """

    law: str
    article: str
    gist: str
    text: str = ""
    status: EvidenceStatus = EvidenceStatus.NOT_HELD
    version_date: dt.date | None = None
    source: str = ""


class Grounds(Frozen, frozen=True):
    """What a clause with a power or a duty may rest on: candidates from the corpus, for a person to check.

    Attributes:
        clause: path of the clause.
        bases: nearest first; () when nothing in the corpus is near enough.
        note: Chinese, why there is none; "" when there are some.
    """

    clause: str
    bases: tuple[Evidence, ...] = ()
    note: str = ""


# Findings of these categories ask whether some superior law allows what the clause does; only they have grounds.
GROUNDED = frozenset(
    (
        "permit", "permit_condition", "penalty", "compulsory", "fee", "levy", "deposit", "proof", "intermediary",
        "inspection", "duty_or_rights", "personal_rights", "market_entry", "expropriation", "tax", "quota",
    )
)  # fmt: skip


class Requirement(Frozen, frozen=True):
    """What a rule of making asks that a finding of procedure or a step rests on: a requirement card, in our words.

    Attributes:
        id: of the card, REQ-FILING-01; title: what it is about.
        gist: what is asked.
        source, number, section: title of the document that asks it without 《》, its number ("" for none), the place.
        jurisdiction: 全国, or the place for which it holds.
        issued: day of adoption or signing; since: first day in force; None where not known.
        is_confirmed: somebody read the very words of the source; checked_on: that day, or of the last search for them.
    """

    id: str
    title: str
    gist: str
    source: str
    jurisdiction: str
    is_confirmed: bool
    checked_on: dt.date
    number: str = ""
    section: str = ""
    issued: dt.date | None = None
    since: dt.date | None = None


class Place(Frozen, frozen=True):
    """Where a finding stands in the user's own file.

    Attributes:
        span: in `RawDocument.text`.
        line: line of the raw text, from 1.
        column: character of the line, from 1.
        page: .pdf page from 1; 0 elsewhere.
        part, paragraph, run: .docx part, paragraph index and run index from 0; "" and -1 elsewhere.
        source_offset: .html: offset in the decoded source; -1 elsewhere.
        label: for people, Chinese: 第八条第二款, 附件1第三条, 表1第2行第3列, 第3页.
    """

    span: Span
    line: int
    column: int
    page: int = 0
    part: str = ""
    paragraph: int = -1
    run: int = -1
    source_offset: int = -1
    label: str = ""


class Measured(Frozen, frozen=True):
    """How often a rule fired on the project's labelled clauses, and how often it was right."""

    fired: int
    right: int


class Finding(Frozen, frozen=True):
    """One thing to look at, on exact words of the document.

    Attributes:
        code, rule: of the rule that fired: "AUTH-001" and its name.
        title: the rule's title, Chinese.
        category: a category id of the domain guide: permit, penalty, ...
        origin: "rule" or "model".
        quote: the exact characters of the user's file (raw).
        span: in `NormalText.value`.
        clause: clause path.
        message: what was found; advice: what to do instead.
        basis: the articles it rests on.
        because: the steps by which the clause was read, Chinese, for `explain`.
        fingerprint: 16 hex digits; the same when lines move, other when the words change.
        damaged: the finding touches a damaged run and was lowered one step for it.
        measured: of the rule; None when it has not been measured as it stands.
        requirements: what the rules of making ask on the point, the nearest jurisdiction first; () for other findings.
        wording: of a model's finding: what could stand in place of `quote`, `DELETED` for nothing; "" for no proposal.
    """

    code: str
    rule: str
    title: str
    category: str
    severity: Severity
    confidence: Confidence
    origin: str
    quote: str
    span: Span
    clause: str
    place: Place
    message: str
    advice: str
    basis: tuple[Evidence, ...]
    because: tuple[str, ...] = ()
    fingerprint: str = ""
    damaged: bool = False
    measured: Measured | None = None
    requirements: tuple[Requirement, ...] = ()
    wording: str = ""


class Answer(StrEnum):
    """What is said of one citation."""

    STANDS = "stands"
    AMENDED = "amended"  # changed since the document's date; the number is still there
    MOVED = "moved"  # changed since, and the old words stand under another number
    NOT_YET_IN_FORCE = "not_yet_in_force"
    WORDING_NOT_HELD = "wording_not_held"
    REPEALED = "repealed"
    ARTICLE_ABSENT = "article_absent"
    TITLE_NOT_EXACT = "title_not_exact"
    NOT_IN_CORPUS = "not_in_corpus"
    OWN = "own"
    OWN_ABSENT = "own_absent"
    MASKED = "masked"
    DAMAGED = "damaged"
    UNREAD = "unread"


class CitationAnswer(Frozen, frozen=True):
    """One thing that the document cites, and whether it holds.

    Attributes:
        span: of the words, in `NormalText.value`; place: in the user's file; words: the exact characters of the file.
        target: "work", "own", "number" or "unknown"; state: "sound", "masked", "damaged" or "unread".
        title: of the work meant, in full where it is known; "" for none. written: as it stands in the text.
        others: further works that may be meant.
        provision: 17.2 for article 17, paragraph 2; 10~15 for a range; "" for none. shown: the same in Chinese.
        number: the document number; candidates: readings of a damaged one.
        answer: on the day of the review; answer_when_written: on the document's own date, None when that is not known.
        moved_to: where the words stand now, Chinese; "" unless the answer says so.
        note: Chinese, what to know; "" when there is nothing.
        law: full title of the work looked up; text: its words at that place today, "" when not held.
        version_date: of the wording of today; since: the day from which the answer holds; None where not known.
        by: what repealed it, Chinese; "" elsewhere.
        is_confirmed: False for a repeal that is generally known but was not read in a text.
        evidence: the repeal clause, or the article as it stands now; () where there is none to show.
    """

    span: Span
    place: Place
    words: str
    target: str
    state: str
    answer: Answer
    answer_when_written: Answer | None = None
    title: str = ""
    written: str = ""
    others: tuple[str, ...] = ()
    provision: str = ""
    shown: str = ""
    number: str = ""
    candidates: tuple[str, ...] = ()
    moved_to: str = ""
    note: str = ""
    law: str = ""
    text: str = ""
    version_date: dt.date | None = None
    since: dt.date | None = None
    by: str = ""
    is_confirmed: bool = True
    evidence: tuple[Evidence, ...] = ()


class NotChecked(Frozen, frozen=True):
    """Something the review did not or could not look at.

    Attributes:
        what: Chinese, one sentence.
        why: Chinese, one sentence.
        place: Chinese label of the place; "" when it concerns the whole document.
    """

    what: str
    why: str
    place: str = ""


class StepFound(StrEnum):
    """What the ledger of procedure says of a step."""

    FOUND = "found"
    NOT_NEEDED = "not_needed"  # the papers say that it is not needed, and why
    NOT_FOUND = "not_found"  # accompanying papers were given, and none shows it
    CANNOT_TELL = "cannot_tell"


class StepAnswer(Frozen, frozen=True):
    """One step of making the document, answered from it and its accompanying papers.

    Attributes:
        id, name: of knowledge/procedure/steps.yaml.
        always: every document that touches rights needs it; False for steps that only some documents need.
        answer: see `StepFound`.
        date: of the step, or of its end; None when not given.
        start, days: of a period, both ends counted; None where not given.
        place: Chinese, which paper and where; "" when nothing was found.
        words: as they stand there.
        about: False when that paper does not name the document under review.
        requirements: what is asked of the step, as in `Finding`; () for a step that was found or is not needed.
    """

    id: str
    name: str
    always: bool
    answer: StepFound
    date: dt.date | None = None
    start: dt.date | None = None
    days: int | None = None
    place: str = ""
    words: str = ""
    about: bool = True
    requirements: tuple[Requirement, ...] = ()


# --- judge --------------------------------------------------------------------------------------------------------

# Codes of findings of a model begin so, and go on with the category; no rule's does.
MODEL_CODE = "MODEL-"
# As a proposed wording: the words should be taken out and nothing put in their place.
DELETED = "【删除】"


class Stance(StrEnum):
    """What a model says of a finding of the rules."""

    CONFIRMS = "confirms"
    REFUTES = "refutes"
    UNSURE = "unsure"


class Remark(Frozen, frozen=True):
    """What a model says of a finding of the rules: an annotation, which changes nothing of the finding itself.

    Attributes:
        fingerprint: of the finding.
        stance: see there; reason: Chinese, verified.
        basis: the articles it rests on, out of those that it was given.
        wording: what could stand in place of the finding's quote, `DELETED` for nothing; "" for no proposal.
    """

    fingerprint: str
    stance: Stance
    reason: str
    basis: tuple[Evidence, ...] = ()
    wording: str = ""


class DropCount(Frozen, frozen=True):
    """How many statements of a model were dropped for one reason.

    Attributes:
        reason: a stable id, such as quote_not_in_clause; words: the same in Chinese.
    """

    reason: str
    words: str
    count: int


class SecondOpinion(Frozen, frozen=True):
    """What a model was asked beside the rules, and what became of its answers.

    Its own findings stand among `Report.findings` with origin "model", at most at `doubtful`.

    Attributes:
        model: its name; where: Chinese, where it runs: 本机, or the host's name.
        total: clauses of the document; needed: those that call for a second look; asked: those that were answered,
            out of the cache or anew; cached: out of the cache.
        failed: clauses without an answer that can be used, by reason in Chinese and how often.
        remarks: on findings of the rules, in the order of the findings.
        dropped: statements that did not stand up to verification.
        tokens_in, tokens_out: as the endpoint counted them, or as counted here (`is_counted_here`).
        cost: in `currency`; None when no prices are set. estimate: the same before the first request.
        note: Chinese, why it stopped before the end; "" when it did not.
        record: name of the run record; "" when none was kept.
    """

    model: str
    where: str
    total: int = 0
    needed: int = 0
    asked: int = 0
    cached: int = 0
    failed: tuple[tuple[str, int], ...] = ()
    remarks: tuple[Remark, ...] = ()
    dropped: tuple[DropCount, ...] = ()
    tokens_in: int = 0
    tokens_out: int = 0
    is_counted_here: bool = False
    cost: float | None = None
    estimate: float | None = None
    currency: str = ""
    note: str = ""
    record: str = ""


# --- follow -------------------------------------------------------------------------------------------------------


class Suppressed(Frozen, frozen=True):
    """A finding that a person set aside; neither counted nor listed among the findings.

    Attributes:
        reason: why, Chinese; by: who; "" when not said.
        on, until: the day it was set aside, and the last day on which that holds; None where open.
    """

    finding: Finding
    reason: str
    by: str = ""
    on: dt.date | None = None
    until: dt.date | None = None


class Baseline(Frozen, frozen=True):
    """An earlier report whose findings are known and left out of this one.

    Attributes:
        source: name of its file.
        known: the findings left out, by place.
    """

    source: str
    known: tuple[Finding, ...] = ()


class Followed(Frozen, frozen=True):
    """A finding of one of two versions, as the comparison of both tells it.

    Attributes:
        code, title, severity, fingerprint: of the finding; of the later version where both have it.
        place: for people; quote: the exact words.
        before: the words of the earlier version where they differ; "" elsewhere.
        note: Chinese: 措辞有改动, 已豁免, ...; "" for nothing to add.
    """

    code: str
    title: str
    severity: Severity
    fingerprint: str
    place: str
    quote: str
    before: str = ""
    note: str = ""


class ClauseChange(Frozen, frozen=True):
    """A clause whose words differ between two versions.

    Attributes:
        kind: "changed", "added" or "removed".
        place: its label, of the later version unless it was removed.
        before, after: its own words without marker and children; "" in the version that lacks it.
    """

    kind: str
    place: str
    before: str
    after: str


class SecondRound(Frozen, frozen=True):
    """The findings of an earlier version against those of this one.

    Attributes:
        earlier: name of the earlier version's file.
        resolved: only in the earlier version; remaining: in both; new: only in this one.
        changes: clauses with other words, in order; None when the earlier version is a report, which lacks the words.
        notes: Chinese, what limits the comparison.
    """

    earlier: str
    resolved: tuple[Followed, ...] = ()
    remaining: tuple[Followed, ...] = ()
    new: tuple[Followed, ...] = ()
    changes: tuple[ClauseChange, ...] | None = None
    notes: tuple[str, ...] = ()


class Report(Frozen, frozen=True):
    """All that a review says of one document, ready to be written in any form.

    Attributes:
        document: the parsed document (forms that show the text read it from here).
        rank, kind: those the review used; `rank_given`, `kind_given` say whether the user gave them.
        as_of: the date whose law applied.
        findings: by place in the document.
        not_checked: what was not looked at.
        clause_count: clauses read.
        rule_count: rules applied; ruleset: hash over them, 12 hex digits.
        statutes: Chinese, which statute data was used and up to which date; "" when none is installed.
        categories_checked: category ids that the applied rules can report on; () when that is not known, and then no
            form of the report says of a point of review that nothing was found on it.
        steps: the ledger of procedure, in the order of the steps; () for what is no document of rules or plan.
        unconfigured: what is asked in the whole country on validity and clean-up where no local value is known.
        companions: names of the accompanying papers that were read.
        citations: what the document cites, in order; the document's own name alone (本办法) is none.
        grounds: possible bases of the clauses with findings of a category in `GROUNDED`; () without a corpus.
        corpus: Chinese, which corpus was searched; "" when none was.
        suppressed, baseline, second_round: see there; empty when the review was not asked for them.
        adjusted: Chinese, how the rules applied differ from the shipped ones by the user's settings.
        opinion: of a model; None when none was asked.
    """

    document: Document
    rank: Rank
    kind: Kind
    rank_given: bool
    kind_given: bool
    as_of: dt.date
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    clause_count: int
    rule_count: int
    ruleset: str
    statutes: str
    categories_checked: tuple[str, ...] = ()
    steps: tuple[StepAnswer, ...] = ()
    unconfigured: tuple[Requirement, ...] = ()
    companions: tuple[str, ...] = ()
    citations: tuple[CitationAnswer, ...] = ()
    grounds: tuple[Grounds, ...] = ()
    corpus: str = ""
    suppressed: tuple[Suppressed, ...] = ()
    baseline: Baseline | None = None
    second_round: SecondRound | None = None
    adjusted: tuple[str, ...] = ()
    opinion: SecondOpinion | None = None
