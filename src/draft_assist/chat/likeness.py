"""Answers on texts of the corpus that are like a document."""

from __future__ import annotations

from collections.abc import Iterator

from draft_assist.chat.articles import NO_CORPUS
from draft_assist.chat.desk import Desk, Page
from draft_assist.chat.intents import Intent
from draft_assist.chat.lawful import passage_document
from draft_assist.chat.searching import answer_search
from draft_assist.chat.sources import source_of_hit
from draft_assist.corpus.search import Hit
from draft_assist.corpus.similar import similar_to
from draft_assist.parse.labels import label_of
from draft_assist.report.corpus import describe_version, shown_title

_MOST_TEXTS, _MOST_PAIRS = 5, 3


def answer_similar(intent: Intent, desk: Desk, page: Page) -> Iterator[str]:
    """The texts most like the document, with the clauses that are alike; without a document the words are searched."""
    document = passage_document(intent.passage) if intent.passage else page.read_document()
    searcher = desk.searcher
    if searcher is None:
        yield f"比较相近的文件要有语料库。{NO_CORPUS}\n"
        page.is_enough = False
        return
    if document is None:
        page.note("没有附上文件，只按问题中的词语检索；要逐条比较，请用 --file 附上文件。")
        yield from answer_search(intent, desk, page)
        return
    found = similar_to(document, searcher, desk.filters(), limit=_MOST_TEXTS)
    if not found:
        yield "语料库中没有找到与它相近的文本。\n"
        page.is_enough = False
    for number, one in enumerate(found, 1):
        standing = searcher.standings(desk.as_of)[one.version.id]
        same = "，标题和文字相同，是语料库中已有的本件" if one.is_same else ""
        yield f"{number}. 《{shown_title(one.version)}》：与本件重合{one.share:.0%}，{len(one.pairs)}处{same}。\n"
        yield f"   {describe_version(one.version, standing)}\n"
        for pair in sorted(one.pairs, key=lambda pair: -pair.overlap)[:_MOST_PAIRS]:
            hit = Hit(pair.held, pair.overlap, standing)
            mark = page.sources.add(source_of_hit(hit)).mark
            own = label_of(document, pair.unit.path)
            yield f"   {own} ≈ {pair.held.article.label or '正文'}{mark}（{pair.overlap:.0%}）\n"
    page.note("重合的比例按连续四字相同计算，只说明文字相近。" if found else "")
