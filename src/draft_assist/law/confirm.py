"""Confirms a citation: does it hold on the document's own date, does it hold today, and what changed between.

Last of four steps: find -> resolve -> look up -> confirm.
"""

from __future__ import annotations

import datetime as dt
from difflib import SequenceMatcher
from typing import NamedTuple

from draft_assist.law.articles import split_article
from draft_assist.law.lookup import LookUp, Standing, look_up
from draft_assist.law.provisions import Provision
from draft_assist.law.resolve import Citation, State, Target, resolve
from draft_assist.law.store import Statutes, Wording
from draft_assist.law.titles import Titles, titles_of
from draft_assist.model import Answer, Document
from draft_assist.parse.numerals import show_article


class Confirmed(NamedTuple):
    """One citation with its answers.

    Attributes:
        citation: see there.
        found, found_when_written: what was looked up for them; None where nothing was.
        answer_when_written: the answer for the document's own date; None when that is not known.
        answer: the answer for the day of the check.
        moved_to: where the words stand now; None unless MOVED.
        note: Chinese, what to know; "" when the citation stands on both days.
    """

    citation: Citation
    answer: Answer
    answer_when_written: Answer | None = None
    found_when_written: LookUp | None = None
    found: LookUp | None = None
    moved_to: Provision | None = None
    note: str = ""


_UNSOUND = {State.MASKED: Answer.MASKED, State.DAMAGED: Answer.DAMAGED, State.UNREAD: Answer.UNREAD}
_NOTES = {
    Answer.MASKED: "名称或者文号被隐去，无法核对。",
    Answer.DAMAGED: "文字缺损，无法核对。",
    Answer.UNREAD: "看来是引用，但不能确定所指，须人工核对。",
}


def cite(
    document: Document, statutes: Statutes, *, as_of: dt.date, dated: dt.date | None = None
) -> tuple[Confirmed, ...]:
    """Find, resolve, look up and confirm every citation of a document.

    Args:
        as_of: the day of the check.
        dated: the document's own date; None takes the one that the document states, if any.
    """
    titles = titles_of(statutes)
    then = dated or own_date(document)
    return tuple(confirm(one, statutes, titles, then=then, now=as_of) for one in resolve(document, titles))


def own_date(document: Document) -> dt.date | None:
    """The day by which the document's author wrote: when it takes effect, else when it was signed; None for neither."""
    return document.facts.effective_date or document.facts.signing_date


def confirm(citation: Citation, statutes: Statutes, titles: Titles, *, then: dt.date | None, now: dt.date) -> Confirmed:
    """The answers for one citation on both days.

    Args:
        then: the document's own date, None when it is not known.
    """
    if citation.state in _UNSOUND:
        answer = _UNSOUND[citation.state]
        note = _NOTES[answer]
        if answer is Answer.UNREAD and citation.written:
            note = f"书写不完整或者所指不明，疑为“{citation.written}”，须人工核对。"
        if answer is Answer.DAMAGED and citation.written.startswith(tuple("省市县区州镇乡")):
            note = "题名以“省”“市”“县”等开头而没有地名，不能确定是哪一部。"
        if citation.candidates:
            note += f"可能是：{'、'.join(citation.candidates)}。"
        return Confirmed(citation, answer, note=note)
    if citation.target is Target.OWN:
        if citation.absent:
            return Confirmed(citation, Answer.OWN_ABSENT, note=f"{citation.absent}，须核对引用的条款。")
        return Confirmed(citation, Answer.OWN)
    if citation.target is not Target.WORK:
        note = "语料中没有文号索引，须按文号查对原件。"
        return Confirmed(citation, Answer.NOT_IN_CORPUS, note=note)
    today = look_up(citation, now, statutes, titles)
    if then is None:
        return Confirmed(citation, Answer(today.standing), found=today, note=today.note)
    if then >= now:  # a draft: it is being written
        answer = Answer(today.standing)
        return Confirmed(citation, answer, answer, today, today, note=today.note)
    before = look_up(citation, then, statutes, titles)
    answer, moved_to, note = _between(citation, before, today, statutes)
    return Confirmed(citation, answer, Answer(before.standing), before, today, moved_to, note)


def _between(
    citation: Citation, before: LookUp, today: LookUp, statutes: Statutes
) -> tuple[Answer, Provision | None, str]:
    """The answer for today in the light of what the document's author could read."""
    has_place = citation.first is not None and citation.first.article[0]
    if before.standing is Standing.STANDS and has_place and before.version_date != today.version_date:
        if today.standing is Standing.STANDS and _same(before.text, today.text):
            return Answer.STANDS, None, ""
        if today.standing in (Standing.STANDS, Standing.ARTICLE_ABSENT):
            return _compared(citation, before, today, statutes)
    if (
        before.standing is Standing.WORDING_NOT_HELD
        and today.standing is Standing.STANDS
        and today.since is not None
        and today.since > before.day
    ):
        note = f"该法于{_day(today.version_date)}修改，成文时的文本未收录，条号和内容是否变动须核对。"
        return Answer.AMENDED, None, note + _went_to(citation, before, today, statutes)
    if before.standing is Standing.STANDS and today.standing is Standing.WORDING_NOT_HELD and has_place:
        return Answer.AMENDED, None, today.note  # by an amendment that is not worked into the wording held
    both_stand = before.standing is Standing.STANDS and today.standing is Standing.STANDS
    if both_stand and not has_place and before.version_date != today.version_date:
        return Answer.AMENDED, None, f"该法已于{_day(today.version_date)}修改。"
    return Answer(today.standing), None, today.note


def _went_to(citation: Citation, before: LookUp, today: LookUp, statutes: Statutes) -> str:
    """Where the article went as generally known, Chinese; "" when that is not known."""
    if citation.first is None or citation.first.article[1]:
        return ""
    numbers = statutes.renumbered(today.title, citation.first.article[0], before.day, today.day)
    if not numbers:
        return ""
    places = "、".join(show_article((number,)) for number in numbers)
    return f"一般认为原{show_article(citation.first.article[:1])}对应现行{places}（未与旧文本核对）。"


# Below this share of common characters two articles say different things.
_ALIKE = 0.6


def _compared(
    citation: Citation, before: LookUp, today: LookUp, statutes: Statutes
) -> tuple[Answer, Provision | None, str]:
    """Both wordings are held and the words under the number differ: moved, amended or gone."""
    assert citation.first is not None
    best, best_share = None, _ALIKE
    old = statutes.article(today.title, citation.first.article, before.day)
    for wording in statutes.articles(today.title, today.day):
        share = _share(old.text, wording.text, best_share)
        if share > best_share or (share == best_share and wording.article == citation.first.article):
            best, best_share = wording, share
    if best is None:
        note = f"该法已于{_day(today.version_date)}修改，原条文在现行文本中没有相近的条文。"
        answer = Answer.ARTICLE_ABSENT if today.standing is Standing.ARTICLE_ABSENT else Answer.AMENDED
        return answer, None, note
    if best.article == citation.first.article:
        if today.standing is Standing.ARTICLE_ABSENT:
            return Answer.ARTICLE_ABSENT, None, today.note
        return Answer.AMENDED, None, f"该法已于{_day(today.version_date)}修改，本条内容有变动，须对照现行文本。"
    where = Provision(article=best.article, paragraph=_paragraph(citation.first, old, best))
    note = f"该法已于{_day(today.version_date)}修改，原{citation.first.show()}的内容现为{where.show()}。"
    return Answer.MOVED, where, note


def _paragraph(cited: Provision, old: Wording, new: Wording) -> int:
    """The paragraph of the new article that has the words of the cited one; 0 when none was cited or none is alike."""
    words = old.part(cited.paragraph) if cited.paragraph else None
    if words is None:
        return 0
    shares = [_share(words, part.text, _ALIKE) for part in split_article(new.text)]
    return shares.index(max(shares)) + 1 if max(shares, default=0.0) > _ALIKE else 0


def _share(one: str, other: str, least: float) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _day(day: dt.date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "某日"
