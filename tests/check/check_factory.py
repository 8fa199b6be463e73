"""Reviews of single sentences, and a small invented statute book, for the tests of the checks."""

from __future__ import annotations

import datetime as dt
import sqlite3
from functools import cache
from pathlib import Path

from draft_assist.check.run import Checks, Kit, check, read_kit
from draft_assist.law.articles import article_label
from draft_assist.law.store import PREFIX, Statutes
from draft_assist.load import load_bytes
from draft_assist.model import Document, Kind, Rank
from draft_assist.normalise import normalise
from draft_assist.parse import parse
from draft_assist.settings import Settings

NOW = dt.date(2026, 11, 1)
REED = PREFIX + "芦苇法"

# An invented law; each article is there for one case of the tests.
ARTICLES = {
    10: "采割芦苇的，应当向县芦苇站申领采割许可证。",
    20: "擅自采割芦苇的，没收采割的芦苇，并处一千元以上一万元以下罚款。\n在苇荡焚烧秸秆的，处五百元以下罚款。",
    21: "倒卖芦苇种苗的，处违法所得一倍以上三倍以下罚款。",
    22: "毁坏苇荡围栏的，处每米五十元以上二百元以下罚款。",
    23: "瞒报芦苇产量的，处瞒报数额百分之十以上百分之三十以下罚款。",
    24: "收购无证芦苇的，吊销收购许可证。",
    25: "阻挠苇荡巡护人员登船检查的，处二千元罚款。",
    26: "在苇荡倾倒垃圾的，对个人处一百元以上五百元以下罚款，对单位处五千元以上三万元以下罚款。",
    27: "单位私设码头的，处二万元以下罚款。\n个人私设码头的，处一千元以下罚款。",
    28: (
        "苇荡巡护人员有权采取下列措施：\n（一）进入储草场检查；\n（二）查封违法储存芦苇的场所。\n"
        "采割期间，采割人应当缴纳芦苇资源费。"
    ),
    29: "有下列行为之一的，处五百元以下罚款：\n（一）在船舶被扣押期间驶入苇荡的；\n（二）毁坏界桩的。",
    30: "掺杂销售芦苇的，处五百元以上五千元以下罚款；情节严重的，吊销收购许可证。",
    31: "收购芦苇货值不满一万元的，处五百元以上二千元以下罚款；货值一万元以上的，处货值百分之二十以下罚款。",
}


def reed_statutes(folder: Path) -> Statutes:
    """A store that holds the invented law and, with one article, the real title of a general law."""
    path, facts = folder / "reed.db", folder / "facts.yaml"
    database = sqlite3.connect(path)
    database.executescript(
        """
        CREATE TABLE laws (law_id TEXT, law_name TEXT, doc_type TEXT, level TEXT, issuing_body TEXT, publish_date TEXT,
                           effective_date TEXT, version_date TEXT, status TEXT, law_department TEXT);
        CREATE TABLE articles (id INTEGER PRIMARY KEY, law_id TEXT, law_name TEXT, law_department TEXT, level TEXT,
                               status TEXT, chapter TEXT, section TEXT, article_no TEXT, article_no_arabic INTEGER,
                               article_text TEXT, char_count INTEGER);
        """
    )
    for key, law in (("reed", REED), ("general", PREFIX + "行政处罚法")):
        database.execute(
            "INSERT INTO laws VALUES (?, ?, '法律', '法律', '', '', '2020-01-01', '2019-10-01', '现行有效', '')",
            (key, law),
        )
    rows = [("reed", number, text) for number, text in ARTICLES.items()] + [("general", 9, "处罚有警告、罚款等。")]
    for key, number, text in rows:
        database.execute(
            "INSERT INTO articles (law_id, article_no, article_no_arabic, article_text) VALUES (?, ?, ?, ?)",
            (key, article_label((number, 0)), number, text),
        )
    database.commit()
    database.close()
    facts.write_text("aliases: {}\n", "utf-8")
    return Statutes.open(path, facts)


@cache
def kit() -> Kit:
    """The shipped kit."""
    return read_kit()


def document_of(text: str | bytes, name: str = "样例.txt") -> Document:
    """The document that a file of these words is read as."""
    content = text.encode() if isinstance(text, str) else text
    return parse(normalise(load_bytes(content, name, Settings())))


def checks_of(
    text: str,
    *,
    rank: Rank = Rank.COUNTY,
    kind: Kind = Kind.NORMATIVE_DOCUMENT,
    as_of: dt.date = NOW,
    with_kit: Kit | None = None,
) -> Checks:
    """What the rules say of a file of these words."""
    return check(document_of(text), with_kit or kit(), as_of=as_of, rank=rank, kind=kind)


def outcome(text: str, **setting: object) -> list[tuple[str, str]]:
    """(category, severity) of every finding."""
    return [(one.category, one.severity.value) for one in checks_of(text, **setting).findings]  # type: ignore[arg-type]
