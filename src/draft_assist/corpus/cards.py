"""Requirement cards: what a rule or a model document asks of makers of documents and plans, one card a requirement.

The cards stand in knowledge/requirements/*.yaml, one topic a file, in our own words, each with its source.

    read_cards()                      -> every card
    find_cards(topic=Topic.FILING)    -> those that concern a subject, a kind of document, a rank, a place, a day
    card_intakes(cards)               -> the same for the corpus, where they are searched
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path

import msgspec

from draft_assist.corpus.works import Article, Genre, Intake, Trust
from draft_assist.errors import KnowledgeError
from draft_assist.knowledge import knowledge_path, read_folder
from draft_assist.law.articles import read_label
from draft_assist.model import Frozen, Kind, Rank
from draft_assist.patterns import compiled

NATIONAL = "全国"


class Topic(StrEnum):
    """What a card is about; the values are what the files write and the user types."""

    # making a document
    POWER_TO_ISSUE = "制定权限"
    NEED = "立项论证"
    OPINIONS = "征求意见"
    HEARING = "听证论证"
    RISK = "风险评估"
    COMPETITION_REVIEW = "公平竞争审查"
    LEGALITY_REVIEW = "合法性审核"
    DELIBERATION = "集体讨论"
    FORM = "文件形式"
    REGISTRATION = "登记编号"
    PUBLICATION = "公布施行"
    EXPLAINING = "解读"
    FILING = "备案"
    VALIDITY = "有效期"
    CLEAN_UP = "清理"
    EVALUATION = "评估"
    OVERSIGHT = "审查监督"
    DECISIONS = "重大行政决策"
    DISCLOSURE = "政府信息公开"
    ARCHIVES = "档案"
    SECRECY = "保密"
    # what a document may not or must contain
    PERMITS = "行政许可"
    SANCTIONS = "行政处罚"
    COERCION = "行政强制"
    INSPECTION = "行政检查"
    CHARGES = "收费"
    PRICES = "价格"
    COMPETITION = "公平竞争"
    TENDERS = "招标采购"
    INTERMEDIARIES = "中介服务"
    PROOFS = "证明事项"
    POWER_LISTS = "权责清单"
    ENTERPRISES = "营商环境"
    PERSONAL_DATA = "个人信息"
    DATA = "数据安全"
    PROPERTY = "财产权益"
    RIGHTS = "权益保障"
    # enforcement
    ENFORCEMENT = "执法程序"
    DISCRETION = "裁量基准"
    ENFORCERS = "执法人员"
    DELEGATION = "委托下放"
    CRIMINAL_CASES = "行刑衔接"
    # plans
    PLANNING = "工作计划"
    RESPONSIBILITY = "责任分工"
    ASSESSMENT = "考核督察"
    ORGANISATION = "组织机构"
    BUDGET = "经费预算"
    TRAINING = "学法培训"
    LAW_PUBLICITY = "普法宣传"
    LEGAL_ADVISERS = "法律顾问"
    CONTRACTS = "行政合同"
    DISPUTES = "复议应诉"
    MEDIATION = "矛盾化解"
    STAFF = "公职人员"
    EMERGENCY = "应急管理"
    SERVICES = "政务服务"


class Force(StrEnum):
    """How far a requirement binds."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    EXAMPLE = "example"  # what one place or one document did; binds nobody elsewhere


class Comparison(StrEnum):
    """How a figure is meant."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    EXACTLY = "exactly"
    EVERY = "every"  # again and again after so much time


class Figure(Frozen, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number of the gist: 15 日, at most, of 报送备案."""

    value: int | float
    unit: str
    comparison: Comparison
    of: str


class Scope(Frozen, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The documents that a card concerns; () is every kind, every rank."""

    kinds: tuple[Kind, ...] = ()
    ranks: tuple[Rank, ...] = ()


class InForce(Frozen, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First and last day on which the source held; None when not known, or when it still does."""

    since: dt.date | None = msgspec.field(name="from")
    until: dt.date | None = msgspec.field(name="to")


class CardSource(Frozen, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The document that asks it.

    Attributes:
        title: without 《》.
        number: document number; "" when it has none or the source lost it.
        section: 第八十五条第二款, 二（二）3.
        jurisdiction: 全国, or a place as in a document's title: 湖南省常德市澧县.
        issued: day of adoption or signing.
        in_force: see there.
        level: rank of the issuing document.
        confirmed: True when somebody read the very words of the source.
        checked_on: the day of that, or of the last search for them.
    """

    title: str
    number: str = ""
    section: str = ""
    jurisdiction: str
    issued: dt.date | None
    in_force: InForce
    level: Rank
    confirmed: bool
    checked_on: dt.date


class CardBasis(Frozen, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The article of a national statute that the card restates.

    Attributes:
        law: full title; article: 第十六条, down to the item where it matters.
        fingerprint: of the whole article as of `CardSource.checked_on`, see law/articles.fingerprint.
    """

    law: str
    article: str
    fingerprint: str

    def __post_init__(self) -> None:
        if read_label(self.article) is None:
            raise ValueError(f"“{self.article}”不是条款项的写法，应如第十六条第二款")


_ID = compiled(r"REQ-[A-Z]+(?:-[A-Z]+)*-\d{2,3}")
_NUMBER = compiled(r"\d+(?:\.\d+)?")
# 统一年度, 同一天 are words, not counts; 五年规划 is a name.
_SPELT_OUT = compiled(r"(?<![统同])[一二两三四五六七八九十百]+个?(?:日|天|年(?!规划|计划)|月|工作日|小时|倍|元)")
_LONGEST_TITLE = 20


class Card(Frozen, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One requirement.

    Attributes:
        id: REQ-FILING-01; stable, never used again.
        title: at most 20 characters.
        gist: what is asked: who, what, when, from which threshold on; our own words, numbers in digits.
        measure: the same as a measure of a plan, with 【待填:…】 where local facts are needed; "" where it is none.
        topics, applies_to, force: see there.
        figures: every number of the gist.
        steps: ids of knowledge/procedure/steps.yaml.
        profile_field: the field of check/profiles.Profile that holds the local value; "" when none does.
        source, basis: see there.
    """

    id: str
    title: str
    gist: str
    measure: str = ""
    topics: tuple[Topic, ...]
    applies_to: Scope = Scope()
    force: Force
    figures: tuple[Figure, ...] = ()
    steps: tuple[str, ...] = ()
    profile_field: str = ""
    source: CardSource
    basis: CardBasis | None = None

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"编号“{self.id}”应如 REQ-FILING-01")
        if len(self.title) > _LONGEST_TITLE:
            raise ValueError(f"{self.id} 的 title 超过{_LONGEST_TITLE}字")
        if not self.topics:
            raise ValueError(f"{self.id} 没有写 topics")
        if spelt := _SPELT_OUT.search(self.gist):
            raise ValueError(f"{self.id} 的 gist 中“{spelt[0]}”要用阿拉伯数字")
        written = {float(number) for number in _NUMBER.findall(self.gist)}
        listed = {float(figure.value) for figure in self.figures}
        if odd := written ^ listed:
            raise ValueError(f"{self.id} 的 gist 与 figures 中的数不一致：{'、'.join(f'{n:g}' for n in sorted(odd))}")

    def holds_on(self, day: dt.date) -> bool:
        """True unless the source is known not to have been in force on `day`; an example outlives its document."""
        since, until = self.source.in_force.since, self.source.in_force.until
        ended = until is not None and until < day and self.force is not Force.EXAMPLE
        return (since is None or since <= day) and not ended

    def concerns(self, place: str) -> bool:
        """True for national cards, and for those of `place` (湖南省常德市澧县) or of what it lies in."""
        return self.source.jurisdiction == NATIONAL or place.startswith(self.source.jurisdiction)


class CardFile(Frozen, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one file of knowledge/requirements holds."""

    cards: tuple[Card, ...]


def read_cards(folder: Path | None = None) -> tuple[Card, ...]:
    """Every card, in order of file and place in it.

    Args:
        folder: of YAML files; None takes knowledge/requirements.

    Raises:
        KnowledgeError: a file is wrong, or an id stands twice.
    """
    files, _ = read_folder(folder or knowledge_path("requirements"), CardFile)
    seen: dict[str, Path] = {}
    for path, held in files.items():
        for card in held.cards:
            if card.id in seen:
                raise KnowledgeError(
                    f"编号“{card.id}”已用在 {seen[card.id].name}", where=str(path), next_step="请换一个没有用过的编号"
                )
            seen[card.id] = path
    return tuple(card for held in files.values() for card in held.cards)


def find_cards(
    *,
    topic: Topic | str | None = None,
    kind: Kind | None = None,
    rank: Rank | None = None,
    as_of: dt.date | None = None,
    place: str = "",
    examples: bool = False,
    cards: Iterable[Card] | None = None,
) -> tuple[Card, ...]:
    """The cards that concern a document; what is not given is not asked for.

    Args:
        topic, kind, rank: of the document.
        as_of: only those whose source held on that day, see `Card.holds_on`.
        place: 湖南省常德市澧县; besides the national cards its own are given, and those of its city and province.
        examples: also what a single place did (`Force.EXAMPLE`), of whatever place.
        cards: to choose from; None takes `read_cards()`.
    """
    return tuple(
        card
        for card in (read_cards() if cards is None else cards)
        if (topic is None or topic in card.topics)
        and (kind is None or not card.applies_to.kinds or kind in card.applies_to.kinds)
        and (rank is None or not card.applies_to.ranks or rank in card.applies_to.ranks)
        and (as_of is None or card.holds_on(as_of))
        and (examples if card.force is Force.EXAMPLE else card.concerns(place))
    )


def card_intakes(cards: Sequence[Card]) -> tuple[Intake, ...]:
    """The cards for the corpus: a work a source document, an article a card, labelled with its id.

    A card is nobody's words but ours, so it is kept as a fact (`Trust.OWN`) and never as something to cite.
    """
    by_source: dict[tuple[str, str, str], list[Card]] = {}
    for card in cards:
        by_source.setdefault((card.source.title, card.source.number, card.source.jurisdiction), []).append(card)
    return tuple(_intake(group) for group in by_source.values())


def _intake(cards: Sequence[Card]) -> Intake:
    source = cards[0].source
    return Intake(
        title=source.title,
        genre=Genre.CARD,
        level=source.level,
        place="" if source.jurisdiction == NATIONAL else source.jurisdiction,
        number=source.number,
        version_date=source.issued,
        effective_from=source.in_force.since,
        expires=None if any(card.force is Force.EXAMPLE for card in cards) else source.in_force.until,
        articles=tuple(_article(card) for card in cards),
        trust=Trust.OWN,
    )


def _article(card: Card) -> Article:
    lines = (card.gist, card.measure, f"来源：{card.source.title}{card.source.section}")
    return Article(
        label=card.id,
        number=None,
        trail=("、".join(card.topics), card.title),
        before=f"{card.id}　{card.title}\n",
        text="".join(f"{line}\n" for line in lines if line),
    )
