"""Answers on a terminal: words appear as they come, and lines fit."""

from __future__ import annotations

import random

import pytest

from draft_assist.chat.shown import Printer
from draft_assist.report.columns import cell_width, wrap

TEXT = "规范性文件不得设定行政处罚[1]。除法律、法规、规章外，其他规范性文件都不得设定[1][2]。"
TEXT += "\n\n　　“第二段”，（括号）……《名称》abc 123。\n末行"


@pytest.mark.parametrize("seed", range(20))
def test_pieces_of_any_size_come_out_whole_and_in_lines_that_fit(seed) -> None:
    chance = random.Random(seed)
    said: list[str] = []
    printer = Printer(said.append, width=20)
    left = TEXT
    while left:
        size = chance.randint(1, 12)
        printer.write(left[:size])
        left = left[size:]
    printer.end()
    out = "".join(said)
    assert all(cell_width(line) <= 22 for line in out.split("\n"))
    assert "".join(out.split()) == "".join(TEXT.split())


def test_whole_sentences_are_laid_out_as_if_they_had_come_at_once() -> None:
    said: list[str] = []
    printer = Printer(said.append, width=20)
    for sentence in ("规范性文件不得设定行政处罚[1]。", "其他规范性文件也不得设定[2]。"):
        printer.write(sentence)
        assert "".join(said).replace("\n", "").endswith(sentence)  # nothing is held back
    printer.end()
    assert "".join(said) == "\n".join(wrap("规范性文件不得设定行政处罚[1]。其他规范性文件也不得设定[2]。", 20)) + "\n"
