"""A cited article as evidence of a finding about its words."""

from __future__ import annotations

from draft_assist.model import CitationAnswer, Evidence, EvidenceStatus


def article_of(citation: CitationAnswer, gist: str) -> Evidence:
    """The cited place with its words.

    Args:
        citation: whose words are held.
        gist: Chinese, what the article is to the finding.
    """
    return Evidence(
        law=citation.law,
        article=citation.shown,
        gist=gist,
        text=citation.text,
        status=EvidenceStatus.HELD,
        version_date=citation.version_date,
    )
