"""Answers by search: the nearest articles as candidates, or that there is no sufficient basis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from draft_assist.chat.articles import NO_CORPUS
from draft_assist.chat.desk import Desk, Page
from draft_assist.chat.intents import Intent
from draft_assist.chat.sources import source_of_hit, unmarked
from draft_assist.corpus.search import Found, Hit
from draft_assist.report.citations import excerpt
from draft_assist.report.corpus import closeness, describe_version

_MOST_SHOWN = 5
_LOOKED_AT = 40  # where only articles of the law that is named are wanted
_EXCERPT = 300


def answer_search(intent: Intent, desk: Desk, page: Page) -> Iterator[str]:
    """The articles nearest to the question."""
    if desk.searcher is None:
        yield f"这个问题要检索条文才能回答。{NO_CORPUS}写明法律和条号的（如“行政处罚法第十六条”）现在就可以问。\n"
        page.is_enough = False
        return
    found = searched(intent.words, intent.titles, desk)
    # The words of a question are no title that is looked for in vain.
    page.note(*(note for note in found.notes if f"《{intent.words.strip('《》')}》" not in note))
    if not found.is_enough:
        yield abstention(found, desk)
        page.is_enough = False
        return
    if all(hit.is_exact for hit in found.hits):
        yield "按名称查到：\n"
    else:
        yield (
            "没有直接的答案。下面是与问题在文字上最接近的条文（接近程度："
            f"{closeness(found.confidence)}），是否就是所问的依据须自行核对：\n"
        )
    yield from _lines(found.hits, page)


def searched(words: str, titles: Sequence[str], desk: Desk) -> Found:
    """What a search finds; of the laws that are named alone, where it finds any of theirs."""
    assert desk.searcher is not None
    found = desk.searcher.search(words, desk.filters(), limit=_LOOKED_AT if titles else _MOST_SHOWN)
    own = tuple(hit for hit in found.hits if hit.held.version.title in titles)
    return found._replace(hits=(own or found.hits)[:_MOST_SHOWN])


def abstention(found: Found, desk: Desk) -> str:
    """That there is no sufficient basis, and what to do."""
    assert desk.searcher is not None
    return (
        f"没有足够的依据回答这个问题。查了{desk.searcher.describe()}，{desk.day}有效的文本中没有足够接近的条文。"
        "可以换成法律用语再问，写明法律名称和条号，或者用 draft-assist kb import 导入本地文件后再问。\n"
    )


def _lines(hits: Sequence[Hit], page: Page) -> Iterator[str]:
    for number, hit in enumerate(hits, 1):
        source = page.sources.add(source_of_hit(hit))
        yield f"{number}. {source.name}{source.mark}（{unmarked(describe_version(hit.held.version, hit.standing))}）\n"
        yield f"   {unmarked(excerpt(source.text, _EXCERPT))}\n"
