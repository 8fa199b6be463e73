"""What a model claims of an article, held against the article's own words.

A claim may be in other words than the article. It may not bring numbers, ranks, organs or powers that the article does
not name, nor turn 不得 into 可以, nor give the one party what the article gives the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import msgspec

from draft_assist.knowledge import knowledge_path, read_struct
from draft_assist.parse.numerals import read_number
from draft_assist.patterns import compiled


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A claim that uses one of `says` must find one of `stands` in the article."""

    says: tuple[str, ...]
    stands: tuple[str, ...]


class Signs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """knowledge/model-answers.yaml.

    Attributes:
        terms: see `Term`, the longer words first.
        parties: groups of words for one party.
        signs: by category: words one of which stands where it is at issue; () for no telling words.
        hard: by category: words that leave no doubt.
    """

    terms: tuple[Term, ...]
    parties: tuple[tuple[str, ...], ...]
    signs: dict[str, tuple[str, ...]]
    hard: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def signs() -> Signs:
    """The signs.

    Raises:
        KnowledgeError: the file is missing or wrong.
    """
    return read_struct(knowledge_path("model-answers.yaml"), Signs)


# --- content words --------------------------------------------------------------------------------------------------

# Words that say nothing on what a sentence is about.
_EMPTY = compiled(
    r"的|了|和|与|或者?|以及|及其?|在|是|为|对|由|等|也|都|就|而|并且?|其中|其他?|该|此|这|那|所|之|于|被|把|将|向|从|以|按|有关|相关|应当|应该|可以|必须"
    r"|不得|不能|不可|不|须|规定|明确|要求|条文|条款|本条|该条|除外|一律|只能|只有|仅|才|已经?|没有|无权|有权|任何|各|各级|一个|这种|这类"
)
_HAN = compiled(r"[㐀-鿿]+")


def content(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of the words that say what a text is about."""
    found: set[str] = set()
    for run in _HAN.findall(_EMPTY.sub(" ", text)):
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return frozenset(found)


def share(one: str, other: str) -> float:
    """The share of the content of `one` that `other` has too; 0.0 where `one` has none."""
    words = content(one)
    return len(words & content(other)) / len(words) if words else 0.0


# --- numbers --------------------------------------------------------------------------------------------------------

_FIGURE = (
    r"(?:\d[\d,，]*(?:\.\d+)?[十百千万亿]*"
    r"|[〇零一二两三四五六七八九十百千万亿半]+(?:点[〇零一二三四五六七八九]+[万亿]?)?)"
)
_UNIT = (
    r"(?:万元|亿元|元|块钱|倍|％|%|‰|个?工作日|日历日|个?自然日|日|天|个月|月(?!份)|年|周|个?小时|分钟|岁|平方米|公里|千米|米|吨|公斤|亩|度"
    r"|人(?!民|身|员|大|力|们)|户|次(?!性)|家(?!庭)|件|起(?!草|诉)|例|份|分(?!局|别|类|开|配|摊|级|包|离|之)|名)"
)
_NUMBER = compiled(
    rf"(?P<part>[百千万])分之(?P<share>{_FIGURE})|第(?P<place>{_FIGURE})(?P<level>[条款项章])"
    rf"|(?P<low>{_FIGURE})(?:万?元|日|年|倍|%|个?月)?(?:以上)?(?:至|到|-|—|~|～|、|或者?)(?P<high>{_FIGURE})(?P<unit2>{_UNIT})"
    rf"|(?P<plain>{_FIGURE})余?(?P<unit>{_UNIT})|(?P<bare>\d[\d,，]*(?:\.\d+)?)"
)
_HOW = compiled(r"(?P<most>以下|以内|之内|内)|(?P<least>以上)")
_AT_MOST = compiled(r"(?:不超过|不得超过|最高|至多|最多|最长|不满|低于|少于)(?:为|是)?$")
_AT_LEAST = compiled(r"(?:不低于|不少于|最低|至少|最少|超过|高于|多于)(?:为|是)?$")
_NOT_PLACES = "条款项章"
# 一次, 两家: words as often as counts.
_FEW = 2
_ONE_WORDS = frozenset({"次", "家", "件", "起", "份", "人", "名", "户", "例", "分", "度", "米"})


class Quantity(NamedTuple):
    """A number with its unit; `bound`: "most", "least" or ""."""

    value: float
    unit: str
    bound: str = ""


def numbers_in(text: str) -> tuple[Quantity, ...]:
    """The numbers of a text that state something: with a unit, as a place (第三款), or in figures."""
    found: list[Quantity] = []
    for match in _NUMBER.finditer(text):
        found += _read(match, text)
    return tuple(found)


def _read(match: re.Match[str], text: str) -> Iterable[Quantity]:
    if match["part"]:
        yield from _quantity(match["share"], {"百": "%", "千": "‰", "万": "万分"}[match["part"]], match, text)
    elif match["place"]:
        yield from _quantity(match["place"], match["level"], match, text)
    elif match["low"]:
        for figure in (match["low"], match["high"]):
            yield from _quantity(figure, match["unit2"], match, text, bounded=False)
    elif match["plain"]:
        yield from _quantity(match["plain"], match["unit"], match, text)
    else:
        yield from _quantity(match["bare"], "", match, text)


_PLAIN_UNITS = {
    "万元": ("元", 1e4), "亿元": ("元", 1e8), "块钱": ("元", 1.0), "％": ("%", 1.0), "天": ("日", 1.0),
    "自然日": ("日", 1.0), "个自然日": ("日", 1.0), "日历日": ("日", 1.0), "个工作日": ("工作日", 1.0),
    "个月": ("月", 1.0), "个小时": ("小时", 1.0), "‰": ("%", 0.1), "万分": ("%", 0.01), "千米": ("公里", 1.0),
}  # fmt: skip


def _quantity(figure: str, unit: str, match: re.Match[str], text: str, *, bounded: bool = True) -> Iterable[Quantity]:
    value = read_number(figure.replace("，", ","))
    if value is None:
        value = _by_digits(figure)
    if value is None:
        return
    if unit in _ONE_WORDS and not figure[0].isdigit() and value <= _FEW:
        return
    plain, factor = _PLAIN_UNITS.get(unit, (unit, 1.0))
    bound = ""
    if bounded and unit not in _NOT_PLACES:
        after = _HOW.match(text, match.end())
        before = text[max(0, match.start() - 6) : match.start()]
        if (after and after["most"]) or _AT_MOST.search(before):
            bound = "most"
        elif (after and after["least"]) or _AT_LEAST.search(before):
            bound = "least"
    yield Quantity(round(value * factor, 6), plain, bound)


_BY_DIGITS = {digit: str(at) for at, digit in enumerate("〇一二三四五六七八九")}


def _by_digits(figure: str) -> float | None:
    """二〇二一 is 2021."""
    digits = [_BY_DIGITS.get(one, "0" if one == "零" else "") for one in figure]
    return float("".join(digits)) if all(digits) else None


def foreign_number(claim: str, *sources: str) -> bool:
    """True when the claim states a number that no source has, or turns its bound round."""
    known = [one for source in sources for one in numbers_in(source)]
    values = {(one.value, one.unit) for one in known}
    bare = {one.value for one in known}
    for one in numbers_in(claim):
        if (one.value, one.unit) not in values and not (one.unit == "" and one.value in bare):
            return True
        bounds = {other.bound for other in known if (other.value, other.unit) == (one.value, one.unit)}
        if one.bound and one.bound not in bounds and "" not in bounds:
            return True
    return False


# --- claims ---------------------------------------------------------------------------------------------------------

# Of the good answers of the planted-fault suite none shares less of its content; see tests/judge.
_LEAST_SHARE = 0.4
_SENTENCES = compiled(r"[。；\n]")
_DENIES = compiled(
    r"不得|禁止|严禁|不准|不能|不可以|不允许|无权|不予|不应|不许|不享有|没有(?:设定)?权|只能|仅限|方可|除外|以外|一律不|不再|不必|不需|无需|不受"
)
_ALLOWS = compiled(r"(?<!不)可以|(?<!无)有权|(?<!不)允许|(?<!不)能够|(?<!不)准许|享有")
_OBLIGES = compiled(r"(?<!不)应当|(?<!不)必须|(?<!无)(?<!不)须(?!知)|有义务|(?<![不供响相适反对效])应[由予依经按]")
_CLAIM_DENIES = compiled(r"不得|禁止|严禁|不准|不能|不可以|不允许|无权|不应|不许|没有(?:设定)?权")
_OFF = {"deny": _DENIES, "allow": _ALLOWS, "oblige": _OBLIGES}


def fault_of_claim(claim: str, article: str, label: str = "") -> str | None:
    """The id of the reason why `claim` may not be said of `article`; None when it may.

    Args:
        claim: what the article is said to lay down; article: its text; label: its name.
    """
    if not content(claim):
        return "claim_empty"
    if foreign_number(claim, article, label):
        return "claim_number"
    if _misses_term(claim, article) or share(claim, article + label) < _LEAST_SHARE:
        return "claim_not_in_article"
    if _is_turned(claim, article):
        return "claim_turned"
    if _is_swapped(claim, article):
        return "claim_turned"
    return None


def _misses_term(claim: str, article: str) -> bool:
    rest = claim
    for term in sorted(signs().terms, key=lambda one: -max(map(len, one.says))):
        said = [word for word in term.says if word in rest]
        if not said:
            continue
        if not any(word in article for word in term.stands):
            return True
        for word in said:
            rest = rest.replace(word, "　")  # 地方性法规 is no 法规 of its own
    return False


def _stance(words: str) -> str:
    if _CLAIM_DENIES.search(words):
        return "deny"
    if _ALLOWS.search(words):
        return "allow"
    return "oblige" if _OBLIGES.search(words) else ""


def _is_turned(claim: str, article: str) -> bool:
    """True when a part of the claim allows what the part of the article that is nearest to it forbids, or so."""
    if article.startswith("（"):
        return False  # an item without the words above it, which say what holds of it
    for part in _split(_CLAUSES, claim):
        stance = _stance(part)
        if not stance:
            continue
        if _verb_is_turned(part, stance, article):
            return True
        stances = [_stances_of(near, article) for near in _nearest(part, article)]
        if not stances or any(stance in has for has in stances):
            continue
        if stance == "oblige" and {"deny"} in stances and _ONLY.search(part):
            continue
        if stance == "deny" or any(stances):
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
    places = [one.start() for one in re.finditer(re.escape(modal["verb"]), article)]
    seen: list[set[str]] = []
    for at in places:
        start = max(article.rfind(mark, 0, at) for mark in "，。；\n") + 1
        seen.append({name for name, pattern in _OFF.items() if pattern.search(article[start:at])})
    return bool(seen) and all(has and stance not in has for has in seen)


def _stances_of(near: str, article: str) -> set[str]:
    """What a part of the article does: what its own words say, else those before it in the sentence."""
    own = {name for name, pattern in _OFF.items() if pattern.search(near)}
    if own:
        return own
    at = article.find(near)
    start = max(article.rfind(mark, 0, at) for mark in "。\n") + 1
    before = article[start:at]
    if _ITEM.match(article[start:]):  # an item: what stands above the list holds of it
        above = article.rfind("：", 0, start)
        before = article[max(article.rfind(mark, 0, above) for mark in "。\n") + 1 : above] if above >= 0 else ""
    return {name for name, pattern in _OFF.items() if pattern.search(before)}


_ITEM = compiled(r"（[一二三四五六七八九十]+）")
# 必须由法律设定 for 只能由法律设定.
_ONLY = compiled(r"由|依|有|经")
# A condition (…的，) belongs to what follows from it.
_CLAUSES = compiled(r"(?<!的)，|[。；！？\n]")
_RANKS = compiled(
    r"地方性法规|行政法规|部门规章|国务院部门规章|地方政府规章|政府规章|规范性文件|法律|规章|法规|国务院|省|公安|法院"
)


def _split(pattern: re.Pattern[str], text: str) -> list[str]:
    return [part for part in pattern.split(text) if part.strip()]


_RANK_WEIGHT = 3


# Parts that share nearly as much as the best one count too.
_NEARLY = 0.75


def _nearest(part: str, article: str) -> list[str]:
    """The comma-parts of the article that have most of the words of `part`, the best first."""
    words, ranks = content(part), set(_RANKS.findall(part))
    scored = [
        (len(words & content(one)) + _RANK_WEIGHT * len(ranks & set(_RANKS.findall(one))), one)
        for one in _split(_CLAUSES, article)
    ]
    most = max((score for score, _ in scored), default=0)
    return [one for score, one in sorted(scored, key=lambda pair: -pair[0]) if score and score >= _NEARLY * most]


def _is_swapped(claim: str, article: str) -> bool:
    """True when the claim lays on one party what the article lays on the other."""
    for part in _split(_CLAUSES, claim):
        said = _subject(part)
        if said is None:
            continue
        near = next(iter(_nearest(part, article)), "")
        sentence = next((one for one in _split(_SENTENCES, article) if near and near in one), "")
        stands = _subject(near)
        if stands is None and near:
            stands = _subject(sentence[: sentence.find(near) + len(near)])
        if stands is not None and stands != said:
            return True
    return False


_VERB = compiled(r"不得|应当|可以|必须|有权|禁止|不能|无权")


def _subject(part: str) -> int | None:
    """The group of the party that stands last before 应当, 不得, …; None where none does."""
    verb = _VERB.search(part)
    if verb is None:
        return None
    before = part[: verb.start()]
    places = [
        (before.rfind(word), group) for group, words in enumerate(signs().parties) for word in words if word in before
    ]
    return max(places)[1] if places else None
