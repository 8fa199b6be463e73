"""Clause paths as people say them: art-8.par-2.item-3 -> 第八条第二款第（三）项."""

from __future__ import annotations

from draft_assist.model import Clause, Document, Level
from draft_assist.parse.markers import undress
from draft_assist.parse.numerals import show_article, write_numeral
from draft_assist.patterns import compiled

_STEP = compiled(r"([a-z]+(?:-list)?\d?)(?:-(\d+(?:-\d+)*))?(~\d+)?")
_OUTLINE = compiled(r"\d+(?:[.．]\d+)+[.．、]?")
_FIXED = {
    "title": "标题",
    "number": "发文字号",
    "recipients": "主送机关",
    "sign": "落款",
    "contents": "目录",
    "letterhead": "发文机关标志",
    "registration": "登记号",
    "imprint": "版记",
    "att-list": "附件说明",
    "blank": "空白",
}
_COUNTED = {"att": "附件{}", "app": "附录{}", "sched": "附表{}", "fig": "附图{}", "tab": "表{}", "row": "第{}行",
            "cell": "第{}列", "note": "注{}", "comment": "注释{}"}  # fmt: skip
_ORDINAL = {"part": "第{}编", "subpart": "第{}分编", "chap": "第{}章", "sec": "第{}节"}


def label_of(document: Document, path: str, trail: list[Clause] | None = None) -> str:
    """The Chinese label of a clause, for people.

    Args:
        document: the document that holds it.
        path: the path of one of its clauses; of another document's clause only the numbers can be shown.
        trail: the clause and those that hold it, outermost first, for callers who know it; None looks for it.

    Returns:
        第八条第二款第（三）项, 二、（一）, 附件1第三条, 表1第2行第3列; 款 is left out when the article has only one;
        全文 for "".
    """
    if not path:
        return "全文"
    trail = _trail(document, path) if trail is None else trail
    known = {clause.path: clause for clause in trail}
    label = ""
    walked = ""
    steps = path.split(".")
    for position, step in enumerate(steps):
        walked = f"{walked}.{step}" if walked else step
        rest = steps[position + 1 :]
        label = _add(label, step, rest, known.get(walked), document, trail)
    return label or path


def _trail(document: Document, path: str) -> list[Clause]:
    """The clause of that path and those that hold it, outermost first; [] when there is none."""
    trail: list[Clause] = []
    return trail if any(_lead(clause, path, trail) for clause in document.clauses) else []


def _lead(clause: Clause, path: str, trail: list[Clause]) -> bool:
    # Nesting follows position, not only the path: an article stands inside its chapter, which its path does not name.
    trail.append(clause)
    if clause.path == path or any(_lead(child, path, trail) for child in clause.children):
        return True
    trail.pop()
    return False


def _add(label: str, step: str, rest: list[str], clause: Clause | None, document: Document, trail: list[Clause]) -> str:
    match = _STEP.fullmatch(step)
    if match is None:
        return label + step
    name, number = match[1], match[2] or ""
    again = f"（第{match[3][1:]}处）" if match[3] else ""
    if name in ("front", "tail"):
        return {"front": "引言", "tail": "文末"}[name] if rest and rest[0].startswith("par") else ""
    if name == "art":
        return label + show_article(tuple(int(part) for part in number.split("-"))) + again
    if name in _ORDINAL:
        printed = _marker(clause, document)
        # 第一部分 is a part like 第一编.
        return label + (printed if printed.endswith("部分") else _ORDINAL[name].format(_chinese(number))) + again
    if name in _COUNTED:
        return label + _COUNTED[name].format(number) + again
    if name in _FIXED:
        return label + _FIXED[name] + again
    if name == "par":
        return label + _paragraph(label, number, rest, clause, trail) + again
    if name in ("item", "sub"):
        return label + _item(name, number, clause, document) + again
    marker = _marker(clause, document)
    if _OUTLINE.fullmatch(marker):
        # 2.1.3 names its parents already.
        return marker + again
    return label + (marker or f"第{number}项") + again


def _chinese(number: str) -> str:
    first = int(number.split("-", maxsplit=1)[0])
    return write_numeral(first) if 1 <= first <= 9999 else str(first)


def _paragraph(label: str, number: str, rest: list[str], clause: Clause | None, trail: list[Clause]) -> str:
    if "条" not in label:
        # 段, since 款 belongs to articles; a list's stem is left out: 二、（一）第2项 is found without it.
        return f"第{number}段"
    article = next((one for one in trail if one.level is Level.ARTICLE), None)
    paragraphs = [one for one in article.children if one.level is Level.PARAGRAPH] if article else []
    if len(paragraphs) == 1 and not label.endswith("项"):
        return ""
    return f"第{_chinese(number)}款" if not label.endswith("项") else f"第{number}段"


def _item(name: str, number: str, clause: Clause | None, document: Document) -> str:
    marker = _marker(clause, document)
    unit = "项" if name == "item" else "目"
    if marker[:1] in ("（", "("):
        return f"第{marker}{unit}"
    return f"第{number}{unit}"


def _marker(clause: Clause | None, document: Document) -> str:
    """The marker as printed, Markdown left out: 二、, （一）, 1."""
    if clause is None or not clause.number:
        return ""
    value = document.text.value
    printed = value[clause.head.start : clause.body.start]
    return printed[undress(printed + "字")[0] :].strip().strip("*_")
