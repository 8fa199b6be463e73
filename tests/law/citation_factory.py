"""Documents and a small store of invented versions for tests of citations."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from draft_assist.flow import document_of as parse_raw
from draft_assist.law.store import Statutes
from draft_assist.load import load_bytes
from draft_assist.model import Document
from draft_assist.settings import Settings

FACTS = """
aliases: {渡口法: 渡口和桥梁管理法}
first_in_force: [{law: 新水法, from: 2030-01-01, source: 虚构}]
repealed: [{laws: [旧桥法], from: 2012-01-01, by: 渡口和桥梁管理法, article: 第九条}]
"""
# (law, effective, adopted, articles)
VERSIONS = [
    (
        "渡口和桥梁管理法",
        "2010-01-01",
        "2009-10-01",
        {
            1: "为了管好渡口和桥梁，制定本法。",
            2: "渡船应当每年检验一次，检验不收费用。",
            3: "过桥的车辆不得超过限定重量。\n超重的，由管理单位劝返。",
        },
    ),
    (
        "渡口和桥梁管理法",
        "2020-01-01",
        "2019-10-01",
        {
            1: "为了管好渡口和桥梁，制定本法。",
            2: "渡口由县级人民政府设立。",
            3: "渡船应当每年检验一次，检验不收取费用。",
        },
    ),
    ("新水法", "2030-01-01", "2026-03-01", {1: "用水应当节约。"}),
]


def document_of(text: str) -> Document:
    return parse_raw(load_bytes(text.encode(), "text.txt", Settings()))


def statutes_in(folder: Path) -> Statutes:
    database, facts = folder / "laws.db", folder / "facts.yaml"
    facts.write_text(FACTS, "utf-8")
    link = sqlite3.connect(database)
    link.execute("CREATE TABLE laws (law_id, law_name, effective_date, version_date)")
    link.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, law_id, article_no, article_no_arabic, article_text)")
    numerals = "零一二三四五六七八九"
    for key, (law, effective, adopted, articles) in enumerate(VERSIONS):
        link.execute("INSERT INTO laws VALUES (?, ?, ?, ?)", (str(key), f"中华人民共和国{law}", effective, adopted))
        for number, text in articles.items():
            link.execute(
                "INSERT INTO articles (law_id, article_no, article_no_arabic, article_text) VALUES (?, ?, ?, ?)",
                (str(key), f"第{numerals[number]}条", number, text),
            )
    link.commit()
    link.close()
    return Statutes.open(database, facts)
