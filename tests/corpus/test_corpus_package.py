"""The data package as intakes: what is left of pictures is cut from the words and told."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from draft_assist.corpus.importers.package import read_package

_TABLES = """
CREATE TABLE laws (law_id, law_name, doc_type, issuing_body, effective_date, version_date);
CREATE TABLE articles (id INTEGER PRIMARY KEY, law_id, chapter, section, article_no, article_no_arabic, article_text);
"""


def _package(path: Path, *texts: str) -> Path:
    link = sqlite3.connect(path)
    link.executescript(_TABLES)
    link.execute("INSERT INTO laws VALUES ('a', '青榆省旗帜法', '法律', '', '2020-01-01', '2019-12-01')")
    for number, text in enumerate(texts, 1):
        row = ("a", None, None, f"第{'一二三'[number - 1]}条", number, text)
        link.execute(
            "INSERT INTO articles (law_id, chapter, section, article_no, article_no_arabic, article_text)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            row,
        )
    link.commit()
    link.close()
    return path


def test_what_is_left_of_pictures_is_cut_and_counted(tmp_path) -> None:
    pictures = '!243{width="5.1in"\nheight="7.5in"}!旗法1{width="3.9in"\nheight="5.4in"}'
    database = _package(tmp_path / "laws.db", f"图案如下。\n{pictures}\n说明：底为青色。", "旗帜{绿色}应当平整！")
    ((intake, _),) = read_package(database)
    assert [one.text for one in intake.articles] == ["图案如下。\n说明：底为青色。", "旗帜{绿色}应当平整！"]
    assert intake.cleaned == ("《青榆省旗帜法》图片残留2处",)


def test_a_law_without_pictures_is_not_said_to_be_cleaned(tmp_path) -> None:
    ((intake, _),) = read_package(_package(tmp_path / "laws.db", "旗帜为青色。"))
    assert intake.cleaned == () and intake.articles[0].text == "旗帜为青色。"
