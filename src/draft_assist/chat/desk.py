"""What answers are made with, and the page that one answer is written on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from draft_assist.chat.sources import NOT_HELD, Source, SourceKind, Sources
from draft_assist.check.powers import PowerBasis, Powers, read_powers
from draft_assist.corpus.search import Filters, Searcher
from draft_assist.law.articles import article_label, read_label
from draft_assist.law.store import PREFIX, Statutes, WordingStatus
from draft_assist.model import Document, Rank

if TYPE_CHECKING:
    from draft_assist.check.profiles import Profile
    from draft_assist.check.run import Kit


class Desk:
    """What every answer is made with; the rules are read when they are first needed."""

    def __init__(
        self,
        kit: Callable[[], Kit],
        searcher: Searcher | None,
        statutes: Statutes,
        *,
        as_of: dt.date,
        profile: Profile | None = None,
        place: str = "",
    ) -> None:
        """
        Args:
            kit: gives the rules with `statutes`; called once at most.
            searcher: the corpus; None for none.
            as_of: the day whose law applies.
            profile: local values.
            place: whose texts and requirements count beside the national ones, 湖南省常德市澧县; "" for all texts.
        """
        self._read_kit = kit
        self.searcher = searcher
        self.statutes = statutes
        self.as_of = as_of
        self.profile = profile
        self.place = place

    @cached_property
    def kit(self) -> Kit:
        """The rules."""
        return self._read_kit()

    @cached_property
    def powers(self) -> Powers:
        """The table of powers."""
        return read_powers()

    @property
    def day(self) -> str:
        """2026-11-01."""
        return f"{self.as_of:%Y-%m-%d}"

    def filters(self) -> Filters:
        """What a search looks through."""
        return Filters(as_of=self.as_of, place=self.place)


class Page:
    """One answer as it is written.

    Attributes:
        sources: what it cites.
        notes: Chinese, what the user must know beside it.
        is_enough: False as soon as there is no sufficient basis for it.
        rank: of whoever asks; is_assumed: nobody said so.
        document: what is attached, or was in an earlier turn; None for nothing. has_read_document: it was looked at.
        place: the law talked of, see `memory.Turn`.
    """

    def __init__(
        self, *, rank: Rank, is_assumed: bool, document: Document | None = None, sources: Sources | None = None
    ) -> None:
        self.sources = sources or Sources()
        self.notes: list[str] = []
        self.is_enough = True
        self.rank = rank
        self.is_assumed = is_assumed
        self.document = document
        self.has_read_document = False
        self.place = ""

    def read_document(self) -> Document | None:
        """The document, of which the answer may hold words from now on."""
        self.has_read_document = self.document is not None
        return self.document

    def beside(self) -> Page:
        """Another page with the same sources, for a part that is not shown as it is."""
        return Page(rank=self.rank, is_assumed=self.is_assumed, document=self.document, sources=self.sources)

    def note(self, *words: str) -> None:
        """Add notes; none stands twice."""
        self.notes += [one for one in words if one and one not in self.notes]


def article_source(statutes: Statutes, title: str, label: str, as_of: dt.date) -> Source | None:
    """An article (第十六条, 第十五条第二款) as it stands on a day; None when its words are not held then."""
    read = read_label(label)
    if read is None:
        return None
    wording = statutes.article(title, read.article, as_of)
    text = wording.part(read.paragraph, read.item) if wording.status is WordingStatus.HELD else None
    if text is None:
        return None
    return Source(
        kind=SourceKind.ARTICLE,
        title=wording.law,
        label=label,
        text=text.strip(),
        article=read.article,
        version_date=wording.version_date,
        status="有效" if wording.is_current else IMPORTED,
        origin=wording.source,
    )


IMPORTED = "导入的文本，其后是否修改未核实"


def basis_source(basis: PowerBasis, desk: Desk) -> Source:
    """The article that an answer of the table rests on; our words for it where its own are not held."""
    if held := article_source(desk.statutes, basis.law, basis.article, desk.as_of):
        return held
    checked = "" if basis.confirmed else "，未与原文核对"
    return Source(
        kind=SourceKind.GIST,
        title=basis.law,
        label=basis.article,
        text=basis.gist,
        status=f"{NOT_HELD}{checked}",
        origin=basis.source,
    )


def short_title(title: str) -> str:
    """行政处罚法."""
    return title.removeprefix(PREFIX)


def numbered(article: tuple[int, int]) -> str:
    """第十六条; "" for none."""
    return article_label(article) if article[0] else ""
