"""A small invented statute book for the checks that read cited articles, and papers whose citations are answered."""

from __future__ import annotations

import sqlite3
import tempfile
from functools import cache
from pathlib import Path

from special_factory import NOW, document_of

from draft_assist.check.cited import check_citations
from draft_assist.check.ruleset import read_marks
from draft_assist.check.special import check_named
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.law.articles import article_label
from draft_assist.law.store import PREFIX, Statutes
from draft_assist.model import Document, Kind

SHORT = "渡口苇荡法"
LAW = PREFIX + SHORT

# Each article is there for one case of the tests.
ARTICLES = {
    9: ("渡工发现乘客落水的，应当立即停船施救，并向苇荡管护站报告；风力六级以上的，可以停渡。\n停渡时间不得超过三日。"),
    12: "渡口管护站收到摆渡申请后，应当在七日内答复；需要勘验水深的，期限延长至十五日。",
    20: (
        "违反本法规定，擅自在苇荡下网捕捞的，由苇荡管护站没收渔获物，可以并处一千元以上一万元以下的罚款；"
        "情节严重的，吊销捕捞证。"
    ),
    21: "倒卖渡票的，处票面金额一倍以上五倍以下的罚款。",
    22: "渡船超载的，处二千元以下的罚款。",
    23: (
        "有下列行为之一的，由苇荡管护站责令改正，处五百元以上五千元以下的罚款：\n"
        "（一）在渡口堆放杂物妨碍上下船的；\n（二）涂改渡船载重标志的。"
    ),
    24: "损坏苇荡围栏的，按照损坏的长度处每米五十元以上二百元以下的罚款。",
    25: "在渡口水域倾倒垃圾的，对个人处二百元以上二千元以下的罚款，对单位处一万元以上五万元以下的罚款。",
    26: "冒用渡工证的，处一万元以上的罚款。",
    27: "违规运输禁运物品的，处货物价值百分之十以上百分之三十以下的罚款。",
}


@cache
def ferry_statutes() -> Statutes:
    """A store that holds the invented law alone."""
    folder = Path(tempfile.mkdtemp())
    path, facts = folder / "ferry.db", folder / "facts.yaml"
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
    database.execute(
        "INSERT INTO laws VALUES ('ferry', ?, '法律', '法律', '', '', '2020-01-01', '2019-10-01', '现行有效', '')",
        (LAW,),
    )
    for number, text in ARTICLES.items():
        database.execute(
            "INSERT INTO articles (law_id, article_no, article_no_arabic, article_text) VALUES ('ferry', ?, ?, ?)",
            (article_label((number, 0)), number, text),
        )
    database.commit()
    database.close()
    facts.write_text("aliases: {}\n", "utf-8")
    return Statutes.open(path, facts)


def cited_spots(check: str, text: str, name: str = "样例.txt") -> tuple[Document, list[Spot]]:
    """What the check reports of a file of these words, by place."""
    document = document_of(text, name)
    citations = check_citations(document, ferry_statutes(), as_of=NOW)
    paper = Paper(document, Kind.NORMATIVE_DOCUMENT, document.facts.rank, NOW, citations=citations)
    return document, sorted(check_named(check)(paper), key=lambda spot: spot.span)


def assert_cited(check: str, marked: str, name: str = "样例.txt") -> None:
    """The check reports exactly the marked words; nothing when none are marked."""
    plain, spans = read_marks(marked)
    document, spots = cited_spots(check, plain, name)
    assert [document.text_of(spot.span) for spot in spots] == [span.of(plain) for span in spans], plain
