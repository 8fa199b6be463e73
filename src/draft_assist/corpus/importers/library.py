"""Laws of a markdown library: `# 题目`, lines of history, `<!-- INFO END -->`, then the text with its headings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from draft_assist.corpus.chunks import chunk
from draft_assist.corpus.importers.dates import Days, days_of
from draft_assist.corpus.importers.history import issuer_of, number_of
from draft_assist.corpus.importers.titles import genre_of_law, level_of_law, place_of_law
from draft_assist.corpus.works import Article, Intake
from draft_assist.errors import SourceError
from draft_assist.law.articles import article_label
from draft_assist.patterns import compiled

INFO_END = "<!-- INFO END -->"
_EDITION = compiled(r"[（(]\d{4}[-.年]\d{1,2}[-.月]\d{1,2}日?[）)]$")
_GAPS_SHOWN = 3
_WHITE = " \t\u3000\xa0\u200b\ufeff"


def read_law(text: str, path: Path) -> Intake:
    """The law in a library's file.

    `Intake.whole()` is the text after the mark that ends the head, to the letter, with line feeds as line ends.

    Args:
        text: of the file, with line feeds as line ends.
        path: its name may end with the wording's date in brackets; its folders tell level and place.

    Raises:
        SourceError: the head has no title and the name gives none.
    """
    head, _, body = text.partition(INFO_END)
    lines = [line.strip(_WHITE + "\n") for line in head.split("\n")]
    headings = [line.lstrip("#").strip(_WHITE) for line in lines if line.startswith("#")]
    history = [line for line in lines if line and not line.startswith("#")]
    title = _title(headings, path)
    if not title:
        raise SourceError("没有题目", where=str(path), next_step="请在首行写明“# 题目”")
    level = level_of_law(title, path)
    cut = chunk(body)
    days = days_of(path.stem, history, cut.articles)
    place = place_of_law(title, path, level)
    return Intake(
        title=title,
        genre=genre_of_law(title, path, level),
        level=level,
        place=place,
        issuer=issuer_of(history, place),
        number=number_of(history),
        version_date=days.version,
        effective_from=days.effective,
        articles=cut.articles,
        after=cut.after,
        warnings=tuple(_warnings(days, cut.articles)),
    )


def _warnings(days: Days, articles: tuple[Article, ...]) -> Iterator[str]:
    if not days.version:
        yield "文件名和题注没有写明日期，不能判断是哪一年的文本"
    held = {one.number[0] for one in articles if one.number}
    missing = [number for number in range(min(held), max(held)) if number not in held] if held else []
    if missing:
        shown = "、".join(article_label((number, 0)) for number in missing[:_GAPS_SHOWN])
        yield f"条号不连续，缺{shown}{f'等{len(missing)}条' if len(missing) > _GAPS_SHOWN else ''}，原文件可能有缺漏"


def _title(headings: list[str], path: Path) -> str:
    """The first heading; a part of a code kept in a file of its own is named with it: 民法典（总则）."""
    named = [heading for heading in headings if heading]
    if not named:
        return _EDITION.sub("", path.stem).strip()
    whole = _EDITION.sub("", "".join(named[0].split()) if " " not in named[0] else " ".join(named[0].split()))
    return f"{whole}（{named[1]}）" if len(named) > 1 else whole
