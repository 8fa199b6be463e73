"""What the corpus holds: work, version, article and file, four separate things.

    work      a law or document under its title, whatever its wording
    version   one wording of it, from one day to another
    article   one article of a version, or one clause of a text without articles, with the headings above it
    file      where a version came from: path, hash, source, what was cleaned, how far it is trusted

Importers make `Intake`s from files; the store keeps them.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from draft_assist.model import Frozen, Rank


class Trust(StrEnum):
    """How far a text may be relied on."""

    AUTHORITY = "authority"  # may be cited as a basis
    OWN = "own"  # the user's own document: compared with, cited only as a fact
    SAMPLE = "sample"  # a sample essay (范文) or a copy of unknown origin: must not be cited


class Genre(StrEnum):
    """What kind of text a work is; ids of `kb search --kind`."""

    STATUTE = "statute"  # 宪法, 法律, 行政法规, 地方性法规, 规章
    INTERPRETATION = "interpretation"  # 立法解释, 司法解释
    DECISION = "decision"  # 修正案, 修改决定, 废止决定 and the like, which change other texts
    DOCUMENT = "document"  # 规范性文件, 方案, 规划 and other official documents
    OTHER = "other"  # 报告, 案例, 攻略 and everything that binds nobody
    CARD = "card"  # a requirement card of knowledge/requirements


class Standing(StrEnum):
    """What can be said of a version on a day (see validity.py)."""

    IN_FORCE = "in_force"
    NOT_IN_FORCE = "not_in_force"  # not yet, no longer, or another wording was
    TWICE = "twice"  # the wording of that day is held from another source, which stands for it
    UNKNOWN = "unknown"  # the text tells no dates


class Article(Frozen, frozen=True, gc=False):
    """One article, or one clause of a text without articles. It is never cut.

    Attributes:
        label: 第十六条, or the numbers down to the clause: 三、（二）8. ; "" for words without a number.
        number: (16, 0) for 第十六条, (120, 1) for 第一百二十条之一; None for what is no article.
        trail: the headings above it, outermost first: ("第二章　…", "第一节　…").
        before: the words between the end of the article before (or the beginning) and this one: headings, blank lines.
        text: its own words. The number it begins with is part of `before` when the text is that of an article.
    """

    label: str
    number: tuple[int, int] | None
    trail: tuple[str, ...]
    before: str
    text: str


class Intake(Frozen, frozen=True):
    """One version of one work as an importer found it in a file, before it is stored.

    `"".join(one.before + one.text for one in articles) + after` is the whole text as read: nothing is lost.

    Attributes:
        title: full title as in the text, without 《》.
        genre, level: see there; level is Rank.OTHER when it cannot be told.
        place: 湖南省 or 湖南省常德市澧县; "" for national texts and when it cannot be told.
        issuer, number: the issuing authority and the document number; "" when not known.
        version_date: day of adoption or signing; None when not known.
        effective_from: first day in force as the text or the file says; None when not known.
        expires: last day of validity as the text says; None when it says nothing.
        articles, after: see above.
        cleaned: what was removed or repaired on reading, Chinese: ("拼音残留848处", "网站导航3行").
        warnings: what the reader could not tell or do, Chinese; kept with the file.
        trust: as found; the command may lower it, never raise it.
    """

    title: str
    genre: Genre
    level: Rank = Rank.OTHER
    place: str = ""
    issuer: str = ""
    number: str = ""
    version_date: dt.date | None = None
    effective_from: dt.date | None = None
    expires: dt.date | None = None
    articles: tuple[Article, ...] = ()
    after: str = ""
    cleaned: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    trust: Trust = Trust.AUTHORITY

    def whole(self) -> str:
        """The text as read, put together again."""
        return "".join(one.before + one.text for one in self.articles) + self.after
