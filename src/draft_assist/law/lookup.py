"""Looks up what a citation names, on one day: is the law in force, is its wording held, is the place there.

Third of four steps. "Not held" and "not in the corpus" say nothing on whether a text exists.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from draft_assist.law.articles import article_label
from draft_assist.law.provisions import Provision
from draft_assist.law.resolve import Citation
from draft_assist.law.store import Statutes, Wording, WordingStatus
from draft_assist.law.titles import Titles


class Standing(StrEnum):
    """What can be said of a cited work and place on one day."""

    STANDS = "stands"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    WORDING_NOT_HELD = "wording_not_held"
    REPEALED = "repealed"
    ARTICLE_ABSENT = "article_absent"
    TITLE_NOT_EXACT = "title_not_exact"
    NOT_IN_CORPUS = "not_in_corpus"


class LookUp(NamedTuple):
    """The answer for one day.

    Attributes:
        standing: see there.
        day: asked for.
        title: full title of the work that was looked up; "" when it is not known.
        text: the words of the place cited, "" unless it stands (or the last held, of a repealed law).
        version_date: of the wording; None when none is held.
        since: the day from which the answer holds (repeal, entry into force), where known.
        by: what repealed or replaced it, Chinese; "" when that is not known.
        note: Chinese, one sentence; "" for STANDS.
        is_confirmed: False for a repeal that is generally known but was not read in a text.
    """

    standing: Standing
    day: dt.date
    title: str = ""
    text: str = ""
    version_date: dt.date | None = None
    since: dt.date | None = None
    by: str = ""
    note: str = ""
    is_confirmed: bool = True


_STANDING = {
    WordingStatus.HELD: Standing.STANDS,
    WordingStatus.NOT_YET_IN_FORCE: Standing.NOT_YET_IN_FORCE,
    WordingStatus.REPEALED: Standing.REPEALED,
    WordingStatus.ARTICLE_ABSENT: Standing.ARTICLE_ABSENT,
    WordingStatus.NOT_HELD: Standing.WORDING_NOT_HELD,
}


def look_up(citation: Citation, day: dt.date, statutes: Statutes, titles: Titles) -> LookUp:
    """What the store says of the work and place on `day`.

    Args:
        citation: of a work, with its title.
    """
    match = titles.match(citation.title)
    if match.meant:
        note = f"未见《{citation.title}》，按名称应为《{match.meant}》，须核对。"
        return LookUp(Standing.TITLE_NOT_EXACT, day, match.meant, note=note)
    law = statutes.title(citation.title) if match.known else None
    if law is None or not _is_of_store(law, day, statutes):
        return _fact_only(match.title, day, statutes)
    if citation.year and (early := _of_edition(law, citation.year, day, statutes)) is not None:
        return early
    if citation.first is None or not citation.first.article[0]:
        return _doubted(_of_wording(statutes.law_on(law, day), day, statutes, ""), law, statutes)
    answers = [_of_place(law, place, day, statutes) for place in (citation.first, citation.last) if place is not None]
    worst = next((one for one in answers if one.standing is not Standing.STANDS), answers[0])
    if worst.standing is Standing.STANDS and len(answers) > 1:
        worst = worst._replace(text="\n".join(one.text for one in answers))
    return _doubted(worst, law, statutes)


def _doubted(found: LookUp, law: str, statutes: Statutes) -> LookUp:
    """A law that the data call repealed without a text that says so stands, with a word on that."""
    if found.standing is Standing.STANDS and statutes.is_claimed_dead(law):
        return found._replace(note=f"数据源把《{law}》标为已废止，但语料中没有废止它的条文，未采信，须核对。")
    return found


def _of_edition(law: str, year: int, day: dt.date, statutes: Statutes) -> LookUp | None:
    """The answer for a wording named by its year that has not taken effect on `day`; None for all others."""
    for version in statutes.versions(law):
        if version.version_date.year == year and version.held_from is not None and day < version.held_from:
            note = f"《{law}》{year}年的文本自{_day(version.held_from)}起施行，该日尚未施行。"
            return LookUp(Standing.NOT_YET_IN_FORCE, day, law, since=version.held_from, note=note)
    return None


def _is_of_store(law: str, day: dt.date, statutes: Statutes) -> bool:
    """True when the store answers; facts answer for what is not held, and for what is known to be dead."""
    work = statutes.work(law)
    if work is None or statutes.repeal(law) is not None:
        return True
    return bool(statutes.versions(law)) and not (work.repealed is not None and day >= work.repealed)


def _of_place(law: str, place: Provision, day: dt.date, statutes: Statutes) -> LookUp:
    wording = statutes.article(law, place.article, day)
    found = _of_held_place(law, place, wording, day, statutes)
    if found.standing is Standing.ARTICLE_ABSENT and not wording.is_current and wording.version_date is not None:
        known = f"（按导入的{_day(wording.version_date)}文本，其后是否修改未核实）"
        return found._replace(note=f"{found.note.rstrip('。')}{known}。")
    return found


def _of_held_place(law: str, place: Provision, wording: Wording, day: dt.date, statutes: Statutes) -> LookUp:
    if wording.status is not WordingStatus.HELD:
        return _of_wording(wording, day, statutes, wording.text)
    words = wording.part(place.paragraph, place.item)
    if words is None:
        note = f"《{law}》{article_label(place.article)}没有{place.show().removeprefix(article_label(place.article))}。"
        return _of_wording(wording, day, statutes, "")._replace(standing=Standing.ARTICLE_ABSENT, note=note)
    return _of_wording(wording, day, statutes, words)


def _of_wording(wording: Wording, day: dt.date, statutes: Statutes, text: str) -> LookUp:
    since, by = wording.held_from, ""
    if wording.status is WordingStatus.REPEALED and (repeal := statutes.repeal(wording.law)) is not None:
        since, by = repeal.since, f"《{repeal.by}》{repeal.article}"
    elif wording.status is WordingStatus.NOT_YET_IN_FORCE:
        since = statutes.first_in_force(wording.law)
    return LookUp(_STANDING[wording.status], day, wording.law, text, wording.version_date, since, by, wording.note)


_SEVERAL = 2


def _fact_only(title: str, day: dt.date, statutes: Statutes) -> LookUp:
    """For a work whose text is not held: facts, where there are any."""
    work = statutes.work(title)
    if work is None:
        note = statutes.note or f"语料中没有《{title}》，不能据此判断其是否存在、是否有效，须人工核对。"
        return LookUp(Standing.NOT_IN_CORPUS, day, title, note=note)
    if work.repealed is not None and day >= work.repealed:
        successor = f"，由《{work.successor}》取代" if work.successor else ""
        unconfirmed = "" if work.confirmed else "（据公开资料，未与原文核对）"
        note = f"《{work.title}》自{_day(work.repealed)}起废止{successor}{unconfirmed}。"
        by = work.by or (f"《{work.successor}》" if work.successor else "")
        return LookUp(
            Standing.REPEALED, day, work.title, since=work.repealed, by=by, note=note, is_confirmed=work.confirmed
        )
    taken_effect = [one for one in work.wordings if one <= day]
    since = max(taken_effect, default=None)
    # The number is that of the first wording, or of the one before an amendment: it goes with no later date.
    known = f"（{work.number}）" if work.number and len(taken_effect) < _SEVERAL else ""
    when = f"，已知文本自{_day(since)}起施行" if since else ""
    note = f"《{work.title}》{known}的条文未收录{when}，条号和内容须对照原文核对。"
    return LookUp(Standing.NOT_IN_CORPUS, day, work.title, since=since, note=note)


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
