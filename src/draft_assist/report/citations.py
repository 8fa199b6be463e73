"""The articles that findings rest on: short excerpts for where they are cited, and each whole text once."""

from __future__ import annotations

from draft_assist.model import Evidence, Report
from draft_assist.report.characters import one_line

CUT = "……"
EXCERPT_LENGTH = 120


def excerpt(text: str, limit: int = EXCERPT_LENGTH) -> str:
    """An article on one line: whole if it has at most `limit` characters, else its beginning, closed with `CUT`.

    It is cut after a sentence where one ends in the second half of the limit, else after a clause.
    """
    line = "".join(map(one_line, text.split("\n")))
    if len(line) <= limit:
        return line
    head = line[: limit - len(CUT)]
    for marks in ("。；", "，"):
        end = max(map(head.rfind, marks)) + 1
        if end >= limit // 2:
            return head[:end].rstrip("，") + CUT
    return head + CUT


def article_key(evidence: Evidence) -> tuple[str, str, str]:
    """What makes two citations one: law, article and text."""
    return evidence.law, evidence.article, evidence.text


class Citations:
    """The distinct articles with text that the findings of a report rest on, numbered from 1 as first cited.

    Those that only a model's remarks rest on come last. A paragraph of an article that is cited whole as well goes by
    the number of the article.
    """

    def __init__(self, report: Report) -> None:
        remarks = report.opinion.remarks if report.opinion else ()
        bases = (*(finding.basis for finding in report.findings), *(remark.basis for remark in remarks))
        cited = [evidence for basis in bases for evidence in basis if evidence.text]
        distinct = list({article_key(evidence): evidence for evidence in cited}.values())
        holders = {article_key(evidence): _holder(evidence, distinct) for evidence in distinct}
        self.articles = list({article_key(holder): holder for holder in holders.values()}.values())
        places = {article_key(article): number for number, article in enumerate(self.articles, 1)}
        self._numbers = {key: places[article_key(holder)] for key, holder in holders.items()}

    def numbers(self) -> dict[tuple[str, str, str], int]:
        """The number of the article that holds it, by the key of everything that is cited with its text."""
        return dict(self._numbers)

    def number(self, evidence: Evidence) -> int:
        """The number of the article that holds its text; 0 when it has no text."""
        return self._numbers.get(article_key(evidence), 0) if evidence.text else 0


def _holder(evidence: Evidence, distinct: list[Evidence]) -> Evidence:
    """The cited article that `evidence` is a paragraph of, or `evidence` itself."""
    for other in distinct:
        is_article = other.law == evidence.law and evidence.article.startswith(f"{other.article}第")
        if is_article and evidence.text in other.text:
            return other
    return evidence
