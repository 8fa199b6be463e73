"""NormalText -> Document: a lossless tree of clauses, with what the document says of itself."""

from __future__ import annotations

from draft_assist.model import Document, NormalText
from draft_assist.parse.labels import label_of
from draft_assist.parse.layout import lay_out
from draft_assist.parse.lines import read_lines
from draft_assist.parse.metadata import read_facts
from draft_assist.parse.structure import build
from draft_assist.settings import Settings

__all__ = ["label_of", "parse"]


def parse(text: NormalText, settings: Settings | None = None) -> Document:
    """Find the structure of a document and read its facts.

    Args:
        text: see the guarantees of `NormalText`.
        settings: None takes the built-in limits.

    Returns:
        A document whose clauses tile `text.value`; what is odd stands in `notes`.

    Raises:
        SourceError: more clauses than `settings.max_clauses`; no other input raises.
    """
    limit = (settings or Settings()).max_clauses
    lines = read_lines(text)
    layout = lay_out(lines, text.value)
    clauses, notes = build(text, lines, layout, limit)
    facts = read_facts(text, lines, layout)
    return Document(text=text, clauses=clauses, facts=facts, notes=tuple(notes))
