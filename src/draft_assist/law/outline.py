"""The articles of a document, where an offset stands among them, and which places there are not."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from draft_assist.law.provisions import Provision
from draft_assist.model import Clause, Document, Level
from draft_assist.parse.numerals import write_numeral


class Where(NamedTuple):
    """Where an offset stands: the article, and the paragraph and item of it; 0 where there is none."""

    article: Clause | None
    provision: Provision


class Outline:
    """The articles of a document, and where an offset stands among them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.articles = [clause for clause in document.walk() if clause.level is Level.ARTICLE]
        self._starts = [clause.span.start for clause in self.articles]
        self.last = max((clause.number[0] for clause in self.articles), default=0)
        self.chapters = [
            clause.number[0] for clause in document.walk() if clause.level is Level.CHAPTER and clause.number
        ]
        self.is_whole = any(clause.number == (1,) for clause in self.articles)

    def where(self, offset: int) -> Where:
        """The provision that holds `offset`."""
        i = bisect_right(self._starts, offset) - 1
        if i < 0 or offset >= self.articles[i].span.end:
            return Where(None, Provision())
        article = self.articles[i]
        provision = Provision(article=number_of(article))
        for clause in article.children:
            if clause.span.start <= offset < clause.span.end:
                if clause.level is Level.PARAGRAPH:
                    provision = provision._replace(paragraph=clause.number[0] if clause.number else 0)
                elif clause.level is Level.ITEM:
                    provision = provision._replace(item=clause.number[0] if clause.number else 0)
                provision = _below(clause, offset, provision)
        if not provision.paragraph:
            provision = provision._replace(paragraph=1)
        return Where(article, provision)

    def article(self, number: tuple[int, int]) -> Clause | None:
        """The first article of that number."""
        return next((one for one in self.articles if number_of(one) == number), None)

    def before(self, article: Clause) -> Clause | None:
        """The article before."""
        i = self.articles.index(article)
        return self.articles[i - 1] if i else None

    def absent(self, provision: Provision) -> str:
        """Chinese, what the document lacks; "" when it has the place or that cannot be told."""
        if provision.chapter and self.chapters and provision.chapter > max(self.chapters):
            return f"本件只有{max(self.chapters)}章"
        if not provision.article[0]:
            return ""
        article = self.article(provision.article)
        if article is None:
            if not self.is_whole:
                return ""
            too_far = not provision.article[1] and provision.article[0] > self.last
            return f"本件只有{self.last}条" if too_far else ""
        held = [one for one in article.children if one.level is Level.PARAGRAPH]
        count = max(len(held), 1)
        if provision.paragraph > count and not any(one.level is Level.ITEM for one in article.children):
            return f"{Provision(article=provision.article).show()}只有{count}款"
        return self._absent_item(article, held, provision) if provision.item else ""

    def _absent_item(self, article: Clause, held: list[Clause], provision: Provision) -> str:
        """The same for an item; items that stand inside a line count too."""
        named = held[provision.paragraph - 1] if 0 < provision.paragraph <= len(held) else article
        # Items after 下列…： may have been read as standing below the article itself.
        where = named if any(one.level is Level.ITEM for one in named.walk()) else article
        numbers = [one.number[0] for one in where.walk() if one.level is Level.ITEM and one.number]
        if not numbers or provision.item <= max(numbers) or provision.item < len(where.children):
            return ""
        if f"（{write_numeral(provision.item)}）" in self.document.text_of(where.span):
            return ""
        return f"{provision._replace(item=0, subitem=0).show()}只有{max(numbers)}项"


def _below(clause: Clause, offset: int, provision: Provision) -> Provision:
    for child in clause.children:
        if child.span.start <= offset < child.span.end and child.level is Level.ITEM and child.number:
            return provision._replace(item=child.number[0])
    return provision


def number_of(clause: Clause) -> tuple[int, int]:
    return (clause.number[0], clause.number[1] if len(clause.number) > 1 else 0) if clause.number else (0, 0)
