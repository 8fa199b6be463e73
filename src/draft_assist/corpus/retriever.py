"""The corpus as a LangChain retriever. The one module that imports langchain-core; import it where it is used."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from draft_assist.corpus.search import Filters, Hit, Searcher


class CorpusRetriever(BaseRetriever):
    """`CorpusRetriever(searcher=..., filters=...).invoke("谁可以设定罚款")`: one document an article.

    What is found below the calibrated confidence is left out: an empty list says that this corpus holds no basis.

    Attributes:
        searcher, filters: see there.
        draft_title: of the document in which the queries stand.
        limit: documents at most.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    filters: Filters
    draft_title: str = ""
    limit: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found = self.searcher.search(query, self.filters, draft_title=self.draft_title, limit=self.limit)
        return [_document(hit) for hit in found.hits] if found.is_enough else []


def _document(hit: Hit) -> Document:
    version, article = hit.held.version, hit.held.article
    return Document(
        id=str(hit.held.id),
        page_content=article.text,
        metadata={
            "title": version.title,
            "article": article.label,
            "headings": list(article.trail),
            "level": version.level.value,
            "place": version.place,
            "version_date": version.version_date.isoformat() if version.version_date else "",
            "standing": hit.standing.value,
            "trust": version.trust.value,
            "score": hit.score,
        },
    )
