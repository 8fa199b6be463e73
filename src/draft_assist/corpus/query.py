"""The words of a query that are searched: less the place whose organ acts, and with the law's words for everyday ones.

A national law names hardly any county; where one does by chance (市、县公安局), that says nothing about the matter. The
name of the place and the level before an organ are therefore left out, the organ stays. A question in everyday words
(罚钱, 打人) shares none with the law, so the law's own stand beside them: knowledge/lay_words.yaml.
"""

from __future__ import annotations

import re
from functools import lru_cache

from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.patterns import compiled

_ORGAN = (
    "人民政府|(?:公安|教育|民政|司法|财政|人力|自然资源|国土|生态环境|环境保护|环保|住房|住建|交通|水利|水务|农业|农村|商务"
    "|文化|文旅|旅游|卫生|卫健|应急|安全生产|审计|市场监|统计|医疗|医保|城市管理|城管|林业|园林|体育|税务|气象|烟草|邮政|发展"
    "|科技|科学|工业|经济|民族|宗教|退役|国有|信访|行政审批|政务|综合|粮食|档案|消防|房产|规划|渔业|畜牧|食品药品|药品)"
    "[一-龥]{0,10}?(?:局|委员会|委|部门|支队|大队)"
)
_LEVEL = "(?:[省市县区旗州盟]|乡镇|[镇乡]|自治[区州县旗])"
# A name is told from the words before it only where a clause begins, and holds none of the letters of such words.
_NAME = "(?:^|(?<=[，。；：、（“]))(?:(?![由向报经应当须对与和及的为被受请在将各本全我])[一-龥]){2,4}?"
_PLACE = compiled(f"(?:{_NAME}|[本全我各])?{_LEVEL}(?={_ORGAN})")


# A clause of a draft is longer, and in official words.
_LONGEST_QUESTION = 40


def searched_words(query: str, *, stands_in_draft: bool = False) -> str:
    """The query without the places and levels of organs, and with the law's words after it when it is a question.

    Args:
        stands_in_draft: nothing is added then.

    Raises:
        KnowledgeError: the list of everyday words cannot be read.
    """
    words = _PLACE.sub("", query)
    if stands_in_draft or len(query) > _LONGEST_QUESTION:
        return words
    return "，".join((words, *legal_terms(query)))


def legal_terms(question: str) -> tuple[str, ...]:
    """The law's words for the everyday ones in a question that do not stand in it already, each once, in its order.

    Of words within longer ones the longer counts.
    """
    terms, everyday = _lay_words()
    found = (term for match in everyday.finditer(question) for term in terms[match[0]])
    return tuple(dict.fromkeys(term for term in found if term not in question))


@lru_cache(maxsize=1)
def _lay_words() -> tuple[dict[str, list[str]], re.Pattern[str]]:
    """The list, and the pattern that finds its words."""
    held = read_struct(knowledge_path("lay_words.yaml"), dict[str, str])
    longest_first = sorted(held, key=len, reverse=True)
    return {word: held[word].split() for word in held}, re.compile("|".join(map(re.escape, longest_first)))
