"""Names that a text gives to titles: （以下简称《纲要》）."""

from __future__ import annotations

from draft_assist.law.find import KnownNames
from draft_assist.law.titles import Titles
from draft_assist.model import Span
from draft_assist.patterns import compiled

_DEFINES = compiled(
    r"(?:(?:以下|下文|下)(?:统一|统|合)?(?:简称|称)|(?<=[（(])(?:统一?)?简称)为?[：:]?[ \u3000]*"
    r"(?P<names>[《“\"「]?[^《》“”\"「」（）()，。；：\n]{2,24}[》”\"」]?"
    r"(?:(?:、|和|或者?|及)[《“\"「][^《》“”\"「」（）()，。；：\n]{2,24}[》”\"」])*)"
)
_NAME = compiled(r"[^《》“”\"「」、]+")
_TITLE_BEFORE = compiled(
    r"《([^《》\n]{2,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,40})*)》[ \u3000]*(?:（[^（）\n]{1,40}[）)，；,;])?[ \u3000]*[（(，,；;]?$"
)
_REACH = 160


class Aliases:
    """Names that the text itself gives to titles: （以下简称《纲要》）.

    Args:
        value: the normal text.
    """

    def __init__(self, value: str, titles: Titles) -> None:
        self._meant: dict[str, tuple[tuple[int, str], ...]] = {}
        self.spans: list[Span] = []
        for match in _DEFINES.finditer(value):
            title = _TITLE_BEFORE.search(value[max(0, match.start() - _REACH) : match.start()])
            if title is None:
                continue
            full = titles.match(title[1]).title
            self.spans.append(Span(*match.span("names")))
            for name in _NAME.findall(match["names"]):
                if name not in ("和", "或", "或者", "及"):
                    self._meant[name] = (*self._meant.get(name, ()), (match.end(), full))

    def names(self, known: KnownNames) -> KnownNames:
        """The known names with these."""
        return known.joined(self._meant) if self._meant else known

    def meant(self, name: str, offset: int) -> str:
        """The title that the last definition before `offset` gives to the name; "" when there is none."""
        before = [title for at, title in self._meant.get(name, ()) if at <= offset]
        return before[-1] if before else ""

    def defines(self, span: Span) -> bool:
        """True for words inside a definition: they cite nothing of their own."""
        return any(one.start <= span.start + 1 and span.end - 1 <= one.end for one in self.spans)
