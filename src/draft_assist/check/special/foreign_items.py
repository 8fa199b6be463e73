"""Items that a document adds to the list of an article that it cites.

依照《X法》第十条，有下列行为之一的，处…：with five items of the article and one of the issuer's own;
依照《X法》第十条，申请人应当具备下列条件：with a condition that the article lacks. Only articles that are held and that
list items themselves are asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from draft_assist.check.special.cited_article import article_of
from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import scopes_of
from draft_assist.law.articles import split_article
from draft_assist.model import CitationAnswer, Clause, Document
from draft_assist.patterns import compiled

# The article is the basis of what the list is for; 违反《X法》第十条 names a duty, 根据…制定 the document's own basis.
_BASIS = compiled(r"(?:依照|依据|根据|按照|按|适用)[^，。；：]{0,4}$")
_FOR = compiled(r"处罚|罚款|处[^理置分]|给予|吊销|没收|责令|具备|符合|条件|提交|材料|许可|批准")
_LISTS = compiled(r"下列|以下|如下|之一")
_OTHER_BASIS = compiled(r"制定|结合|和本|及本|以及|等法律|等规定|有关规定|相关规定|和有关")
# What the article says elsewhere cannot be held against the items: 违反本法第八条规定的; 法律规定的其他条件.
_ELSEWHERE = compiled(r"本法第|规定的(?:其他)?(?:条件|情形|材料)|由国务院|另行")
_OPEN = compiled(r"^(?:[（(][^（）()]{1,4}[）)])?其他|法律、|法规|规定的|应当[^，。；]{0,10}的其他")
_MACHINERY = compiled(
    r"《[^》]*》|[〇零一二三四五六七八九十百千万两\d.,]+(?:万?元|倍|日|年|月|%|人|个)?|以上|以下|不得|应当|未|的|或者|以及|有|和|等"
)
# Character pairs of an item of the article in other words: a fifth and more of them stand there. Of conduct of another
# subject hardly one does.
_UNRELATED = 0.06
_MIN_PAIRS = 4


def foreign_items(paper: Paper) -> Iterator[Spot]:
    """Items whose words the cited article does not have.

    Values: law, shown: the place.
    """
    held = [one for one in paper.citations if one.text and one.provision and _lists_itself(one)]
    if not held:
        return
    document = paper.document
    for scope in scopes_of(document):
        for clause in scope.clauses:
            if len(clause.children) < 2 or not any(clause.body.contains(one.span) for one in held):
                continue
            cited = [one for one in paper.citations if clause.body.contains(one.span)]
            if len({one.law for one in cited}) == 1 and _opens_list(document, clause, cited, held):
                yield from _foreign(document, clause, cited)


def _lists_itself(one: CitationAnswer) -> bool:
    items = [item for part in split_article(one.text) for item in part.items]
    return len(items) > 1 and not _ELSEWHERE.search(one.text)


def _opens_list(document: Document, clause: Clause, cited: list[CitationAnswer], held: list[CitationAnswer]) -> bool:
    body = document.text_of(clause.body).rstrip()
    if not body.endswith(("：", ":")) or not all(one in held for one in cited):
        return False
    start, end = cited[0].span.start - clause.body.start, cited[-1].span.end - clause.body.start
    around = f"{body[:start]}{body[end:]}"
    return (
        _BASIS.search(body[max(0, start - 12) : start]) is not None
        and _LISTS.search(around) is not None
        and _FOR.search(around) is not None
        and _OTHER_BASIS.search(around) is None
    )


def _foreign(document: Document, clause: Clause, cited: list[CitationAnswer]) -> Iterator[Spot]:
    article = "\n".join(one.text for one in cited)
    theirs = _pairs(article)
    items = [(child, _pairs(document.text_of(child.body))) for child in clause.children]
    shares = [(child, len(mine & theirs) / len(mine)) for child, mine in items if len(mine) >= _MIN_PAIRS]
    strange = [
        child for child, share in shares if share < _UNRELATED and not _OPEN.search(document.text_of(child.body))
    ]
    # Where most are strange, the article is not what the list was taken from.
    if sum(share >= _UNRELATED for _, share in shares) < len(strange):
        return
    one = cited[0]
    evidence = article_of(one, "所引条文列举的各项。")
    for child in strange:
        if not document.text.is_damaged(child.body):
            yield Spot(child.body, {"law": one.law, "shown": one.shown}, (evidence,))


def _pairs(text: str) -> frozenset[str]:
    runs = re.findall(r"[一-鿿]+", _MACHINERY.sub(" ", text))
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))
