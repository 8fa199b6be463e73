"""Any document, official or the user's own, by way of load -> normalise -> parse."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path

from draft_assist.corpus.chunks import chunk
from draft_assist.corpus.importers.dates import day_of_effect, days_of
from draft_assist.corpus.importers.history import head_note, issuer_of, number_of, rank_of
from draft_assist.corpus.importers.titles import genre_by_title, is_reserved, is_statute, level_by_title, place_of
from draft_assist.corpus.works import Article, Genre, Intake, Trust
from draft_assist.model import Document, Facts, Kind, Rank, RawDocument
from draft_assist.normalise import normalise
from draft_assist.parse import parse
from draft_assist.parse.dates import find_dates
from draft_assist.patterns import compiled
from draft_assist.settings import Settings

# Removed in so many places that only the number of lines says something.
_BY_LINE = frozenset(("导航", "广告", "网页信息", "范文网站的套话", "来源与免责声明"))
_SAMPLE_REMOVED = frozenset(("范文网站的套话",))
_SAMPLE_WORDS = compiled(
    r"精心整理|(?:来源|來源)\s*[:：]\s*(?:网络整理|網\S{0,8}絡\S{0,12}整理)|范文(?:网|網|大全|模板|参考)"
)
_MASKED = compiled(r"[xX×*＊○]{2,4}(?:省|市|县|區|区|镇|乡|街道|局|年)")
# One masked name may be an example in a form; a text that masks its own names does it again and again.
_MASKED_OFTEN = 3
# Official sites do not leave pinyin in a text; sites that copy and convert it do.
_RESIDUE = 10
_UNTIL = compiled(
    r"(?:有效期|施行|实施|执行)?[^。；]{0,8}(?:至|到)(?P<day>\d{4}年\d{1,2}月\d{1,2}日)(?:止|废止|失效|届满)?"
)
_YEARS = compiled(r"有效期(?:为|限为|限)?(?P<years>[一二三四五六七八九十]|\d{1,2})年")
_EXAMPLES_SHOWN = 3
_NATIONAL = (Rank.LAW, Rank.ADMINISTRATIVE_REGULATION, Rank.DEPARTMENT_RULE)
_TITLE = 60


def read_official(raw: RawDocument, settings: Settings) -> Intake:
    """The document in a file that was loaded; `Intake.whole()` is its text as normalised, `NormalText.value`.

    Raises:
        SourceError: the text has more clauses than the settings allow.
    """
    document = parse(normalise(raw), settings)
    facts = document.facts
    cut = chunk(document.text.value)
    title, title_note = _title(facts, raw.path)
    history = head_note(cut.articles)
    told = rank_of(history)
    level = told or _level(title, facts)
    place = _place(facts, title)
    days = days_of("", history, cut.articles)
    effective = days.effective if history else facts.effective_date or day_of_effect(cut.articles, facts.signing_date)
    sample = _why_sample(document)
    return Intake(
        title=title,
        genre=_genre(title, level, facts, cut.articles, is_sure=told is not None or is_reserved(title)),
        level=level,
        place="" if told in _NATIONAL else place,
        issuer=facts.issuer or issuer_of(history, place),
        number=facts.document_number or number_of(history),
        version_date=days.version or facts.signing_date if told else facts.signing_date or days.version,
        effective_from=effective,
        expires=_expires(facts, effective),
        articles=cut.articles,
        after=cut.after,
        cleaned=_cleaned(document),
        warnings=tuple(note for note in (sample, title_note, *_warnings(document)) if note),
        trust=Trust.SAMPLE if sample else Trust.AUTHORITY,
    )


def _title(facts: Facts, path: Path) -> tuple[str, str]:
    """The title, and a note where the text has none."""
    if facts.title:
        return "".join(facts.title.split("\n")).strip("《》 \u3000"), ""
    return path.stem, "文中没有读出标题，以文件名代替"


def _level(title: str, facts: Facts) -> Rank:
    """What the document shows of its issuer; where that is no more than the cautious default, what the title tells."""
    if facts.rank is not Rank.OTHER and facts.rank_certain:
        return facts.rank
    return level_by_title(title) or facts.rank


def _genre(title: str, level: Rank, facts: Facts, articles: tuple[Article, ...], *, is_sure: bool) -> Genre:
    if by_title := genre_by_title(title):
        return by_title
    has_articles = any(one.number is not None for one in articles)
    if has_articles and is_statute(title, level) and (is_sure or facts.kind is not Kind.NORMATIVE_DOCUMENT):
        return Genre.STATUTE
    if facts.kind in (Kind.RULE, Kind.LOCAL_REGULATION):
        return Genre.STATUTE
    return Genre.OTHER if facts.kind in (Kind.REPORT, Kind.CONTRACT, Kind.UNKNOWN) else Genre.DOCUMENT


def _place(facts: Facts, title: str) -> str:
    for words in (facts.issuer or "", title):
        if place := place_of(words):
            return "" if _MASKED.search(place) else place
    return ""


def _expires(facts: Facts, effective: dt.date | None) -> dt.date | None:
    """The last day of validity, where the words give it or a number of years from the day of effect."""
    words = facts.validity or ""
    if found := _UNTIL.search(words):
        days = [read.date for read in find_dates(found["day"]) if read.date]
        return days[0] if days else None
    found = _YEARS.search(words)
    if found is None or effective is None:
        return None
    years = int(found["years"]) if found["years"].isdigit() else "一二三四五六七八九十".index(found["years"]) + 1
    # 29 February ends on 28 February, as the day before the same day years later.
    first = dt.date(effective.year + years, effective.month, 1) + dt.timedelta(days=effective.day - 1)
    return first - dt.timedelta(days=1)


def _why_sample(document: Document) -> str:
    """Why the text is a sample essay or of unknown origin, Chinese; "" when nothing shows it."""
    reasons = []
    if (
        any(one.reason in _SAMPLE_REMOVED for one in document.text.removed)
        or _SAMPLE_WORDS.search(document.text.raw.text)
        or any("不能作为依据引用" in note for note in document.text.notes)
    ):
        reasons.append("有范文网站或者网络整理的标记")
    masked = _MASKED.findall(document.text.value)
    if len(masked) >= _MASKED_OFTEN:
        shown = "、".join(dict.fromkeys(masked[:_EXAMPLES_SHOWN]))
        reasons.append(f"名称、年份被隐去{len(masked)}处（{shown}）")
    residue = sum(1 for one in document.text.removed if one.reason == "拼音残留")
    if residue >= _RESIDUE and not document.facts.title and not document.facts.issuer:
        reasons.append(f"文字经转换（拼音残留{residue}处），又没有标题和制定机关，来源不明")
    return f"按范文处理，不得作为依据引用：{'；'.join(reasons)}" if reasons else ""


def _cleaned(document: Document) -> tuple[str, ...]:
    """What was removed, by reason: 拼音残留848处, 导航3行."""
    counted: Counter[str] = Counter()
    for one in document.text.removed:
        counted[one.reason] += max(1, one.text.strip().count("\n") + 1) if one.reason in _BY_LINE else 1
    return tuple(f"{why}{count}{'行' if why in _BY_LINE else '处'}" for why, count in counted.items())


def _warnings(document: Document) -> list[str]:
    notes = [*document.text.raw.unread, *document.text.notes, *document.facts.date_notes]
    for damage in document.text.damaged[:_EXAMPLES_SHOWN]:
        line = document.text.value.count("\n", 0, damage.span.start) + 1
        notes.append(f"第{line}行文字受损：{damage.reason}")
    rest = len(document.text.damaged) - _EXAMPLES_SHOWN
    if rest > 0:
        notes.append(f"另有{rest}处文字受损")
    return list(dict.fromkeys(re.sub(r"\s+", " ", note) for note in notes))
