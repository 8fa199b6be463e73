"""Is what a model says of an article its opposite: 不得 for 可以, an exception for the rule, a 不 left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from draft_assist.judge.contents import content
from draft_assist.patterns import compiled

# A condition (…的，) belongs to what follows from it.
_PARTS = compiled(r"(?<!的)，|[。；！？\n]")
_RANKS = compiled(
    r"地方性法规|行政法规|部门规章|国务院部门规章|地方政府规章|政府规章|规范性文件|法律|规章|法规|国务院|省|公安|法院"
)
_STANCES = {
    "deny": compiled(
        r"不得|禁止|严禁|不准|不能|不可以|不允许|无权|不予|不应|不许|不享有|没有(?:设定)?权|只能|仅限|方可|除外|以外|一律不|不再|不必|不需|无需|不受"
    ),
    "allow": compiled(r"(?<!不)可以|(?<!无)有权|(?<!不)允许|(?<!不)能够|(?<!不)准许|享有"),
    "oblige": compiled(r"(?<!不)应当|(?<!不)必须|(?<!无)(?<!不)须(?!知)|有义务|(?<![不供响相适反对效])应[由予依经按]"),
}
_CLAIM_DENIES = compiled(
    r"不得|禁止|严禁|不准|不能|不可以|不允许|无权|不应|不许|没有(?:设定)?权|不需|无需|无须|不必|不用"
)
# 必须由法律设定 for 只能由法律设定.
_ONLY = compiled(r"由|依|有|经")
_ITEM = compiled(r"（[一二三四五六七八九十]+）")
_RANK_WEIGHT = 3
# Parts that share nearly as much as the best one count too.
_NEARLY = 0.75


def is_turned(claim: str, article: str) -> bool:
    """True when a part of the claim says the opposite of the part of the article that is nearest to it."""
    if article.startswith("（"):
        return False  # an item without the words above it, which say what holds of it
    return any(_is_part_turned(part, article) for part in parts(claim))


def parts(text: str) -> list[str]:
    """The comma-parts, conditions with what follows from them."""
    return [part for part in _PARTS.split(text) if part.strip()]


def nearest(part: str, article: str) -> list[str]:
    """The comma-parts of the article that have most of the words of `part`, the best first."""
    words, ranks = content(part), set(_RANKS.findall(part))
    scored = [
        (len(words & content(one)) + _RANK_WEIGHT * len(ranks & set(_RANKS.findall(one))), one)
        for one in parts(article)
    ]
    most = max((score for score, _ in scored), default=0)
    return [one for score, one in sorted(scored, key=lambda pair: -pair[0]) if score and score >= _NEARLY * most]


def allows_anything(text: str) -> bool:
    """True when some of the words say that something may be done."""
    return bool(_STANCES["allow"].search(text))


def _is_part_turned(part: str, article: str) -> bool:
    near = nearest(part, article)
    if _drops_a_not(part, article):
        return True
    stance = _stance(part)
    if not stance or not near:
        return False
    if _is_of_exception(part, stance, near) or _verb_is_turned(part, stance, article):
        return True
    if _object_is_turned(part, stance, article) or _forgets_what_is_hindered(part, stance, near):
        return True
    # What is forbidden may stand in another comma-part than who: 行政机关实施……，不得收取……
    modal = _MODAL.search(part)
    told = nearest(part[modal.end() - 2 :], article) if modal else []
    stances = [_stances_of(one, article) for one in (*near, *told)]
    if any(stance in has for has in stances):
        return False
    if stance == "oblige" and {"deny"} in stances and _ONLY.search(part):
        return False
    return stance == "deny" or any(stances)


def _stance(words: str) -> str:
    if _CLAIM_DENIES.search(words):
        return "deny"
    if _STANCES["allow"].search(words):
        return "allow"
    return "oblige" if _STANCES["oblige"].search(words) else ""


def _found(words: str) -> set[str]:
    return {name for name, pattern in _STANCES.items() if pattern.search(words)}


def _stances_of(near: str, article: str) -> set[str]:
    """What a part of the article does: what its own words say, else those before it in the sentence."""
    if own := _found(near):
        return own
    at = article.find(near)
    start = max(article.rfind(mark, 0, at) for mark in "。\n") + 1
    before = article[start:at]
    if _ITEM.match(article[start:]):  # an item: what stands above the list holds of it
        above = article.rfind("：", 0, start)
        before = article[max(article.rfind(mark, 0, above) for mark in "。\n") + 1 : above] if above >= 0 else ""
    return _found(before)


# --- ways of turning ------------------------------------------------------------------------------------------------

_BARE_NOT = compiled(r"(?<![得能应予])不(?![得能应予可准许])(?P<verb>[㐀-鿿]{2})")


def _drops_a_not(part: str, article: str) -> bool:
    """规章溯及既往 of an article in which 溯及 stands with 不 only."""
    for found in _BARE_NOT.finditer(article):
        verb = found["verb"]
        places = [one.start() for one in re.finditer(re.escape(verb), article)]
        if all(article[at - 1] == "不" for at in places):
            said = [one.start() for one in re.finditer(re.escape(verb), part)]
            if said and all("不" not in part[max(0, at - 2) : at] for at in said):
                return True
    return False


_MODAL = compiled(
    r"(?:不得|不可以|不能|无权|不准|不应当?|应当|必须|可以|有权|允许)(?:依法|予以|擅自|违法)?(?P<verb>[㐀-鿿]{2})"
)


def _verb_is_turned(part: str, stance: str, article: str) -> bool:
    """True when the article has the very verb (可以拒绝, 不得拒绝), and everywhere with the other sense."""
    modal = _MODAL.search(part)
    if modal is None or stance == "oblige":
        return False
    seen: list[set[str]] = []
    for found in re.finditer(re.escape(modal["verb"]), article):
        start = max(article.rfind(mark, 0, found.start()) for mark in "，。；\n") + 1
        seen.append(_found(article[start : found.start()]))
    return bool(seen) and all(has and stance not in has for has in seen)


_EXCEPTED = compiled(r"除(?P<what>[^，。；]{2,40}?)(?:以外|之外|外)|(?P<ranks>[^，。；除]{2,40}?)以外的")
_EXCEPTS = compiled(r"除|以外|之外|不包括|不含")


def _is_of_exception(part: str, stance: str, near: list[str]) -> bool:
    """True when the claim says of what the article excepts what the article says of the rest."""
    if _EXCEPTS.search(part):
        return False
    # An exception may stand in the comma-part before: 除……外，其他……
    excepted = [name for one in near for name in _excepted(one)]
    subject = part[: found.start()] if (found := _MODAL.search(part)) else part
    if stance == "allow":
        return any(name in part for name in excepted)
    ranks = set(_RANKS.findall(subject))
    return bool(ranks) and stance == "deny" and all(any(rank in name for name in excepted) for rank in ranks)


def _excepted(words: str) -> Iterator[str]:
    for found in _EXCEPTED.finditer(words):
        yield from re.split(r"[、和及或者]+", found["what"] or found["ranks"])


def _object_is_turned(part: str, stance: str, article: str) -> bool:
    """True when what is said to be allowed or forbidden stands rather in a part of the article of the other sense."""
    modal = _MODAL.search(part)
    if modal is None or stance == "oblige":
        return False
    objects = content(part[modal.end() - 2 :])
    same, other = 0, 0
    for one in parts(article):
        has = _stances_of(one, article)
        shared = len(objects & content(one))
        if stance in has:
            same = max(same, shared)
        elif has & {"allow", "deny"}:
            other = max(other, shared)
    return other > same


_HINDERS = compiled(r"阻挠|限制|排斥|妨碍|阻碍|歧视|拒绝|干涉|干预")


def _forgets_what_is_hindered(part: str, stance: str, near: list[str]) -> bool:
    """不得限制进入 is not 不得进入."""
    return stance == "deny" and _HINDERS.search(part) is None and _HINDERS.search(near[0]) is not None
