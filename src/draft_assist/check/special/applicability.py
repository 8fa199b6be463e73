"""Whom a document leaves out by its own words, and then binds: 不适用于个体工商户, and later 个体工商户应当….

Only the very words of the exclusion are looked for, as the one who acts; a reference elsewhere is no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from draft_assist.check.special.paper import Paper, Spot
from draft_assist.check.special.scopes import scopes_of, titles_in
from draft_assist.check.special.sentences import sentence_at
from draft_assist.model import Span
from draft_assist.patterns import compiled

_OWN = r"本(?:办法|规定|细则|规则|条例|通知|通告|公告|意见|方案|制度|规范|标准)"
_EXCLUDES = compiled(rf"{_OWN}[^。；\n]{{0,40}}?不适用于(?P<what>[一-龥]{{3,12}})(?=[，。；])")
_NOT_FOR = compiled(rf"不适用{_OWN}")
_BEFORE = compiled(r"(?:^|[。；，\n])(?P<what>[一-龥]{3,12})$")
# 非机动渔船的登记不适用本办法: the thing left out is a matter, not a person.
_NO_NAME = compiled(r"[的其该等]|前款|上述|规定|情形|活动|本|有关|行为|事项|管理|工作")
_BINDS = r"(?:还|均|都|也)?(?:应当|必须|须|应(?=[每按在向于])|不得|要(?=[每按在向]))"
_ELSEWHERE = compiled(r"另行|依照|按照|参照|执行|适用|》|除外")


def excluded_then_bound(paper: Paper) -> Iterator[Spot]:
    """本办法不适用于个体工商户, and later 个体工商户应当每季度报送报表: the later words.

    Values: what, those who were left out.
    """
    value = paper.document.text.value
    if "不适用" not in value:
        return
    titles = titles_in(value)
    for scope in scopes_of(paper.document):
        for what, start, end in _left_out(value, scope.span):
            if _NO_NAME.search(what) or titles.hold(start):
                continue
            # Words of the document: these are not kept, as patterns of ours are.
            bound = re.compile(rf"(?<![一-龥]){re.escape(what)}{_BINDS}[^，。；\n]{{2,30}}")
            for again in bound.finditer(value, end, scope.span.end):
                if not _ELSEWHERE.search(sentence_at(value, *again.span())):
                    yield Spot(Span(*again.span()), {"what": what})


def _left_out(value: str, scope: Span) -> Iterator[tuple[str, int, int]]:
    """Who is left out, where they are named, and where the exclusion ends."""
    for match in _EXCLUDES.finditer(value, scope.start, scope.end):
        yield match["what"], match.start("what"), match.end()
    for match in _NOT_FOR.finditer(value, scope.start, scope.end):
        begins = max(scope.start, match.start() - 13)
        if before := _BEFORE.search(value[begins : match.start()]):
            yield before["what"], begins + before.start("what"), match.end()
