"""Answers on who may set a power: knowledge/powers.yaml, with the articles that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from draft_assist.chat.desk import Desk, Page, basis_source
from draft_assist.chat.intents import Intent
from draft_assist.chat.sources import Source, SourceKind
from draft_assist.chat.subjects import Organ, Subject
from draft_assist.check.powers import Answer, Verdict
from draft_assist.model import Power, Rank
from draft_assist.patterns import compiled
from draft_assist.terms import terms

_VERDICTS = {
    Verdict.MAY_SET: "可以设定",
    Verdict.MAY_DETAIL: "只能在上位法范围内作具体规定，不能自行设定",
    Verdict.MAY_NOT: "不得设定",
    Verdict.PROFILE: "要看本地规定或者批准文件，不能一概而论",
}
_ORDER = (Verdict.MAY_SET, Verdict.PROFILE, Verdict.MAY_DETAIL, Verdict.MAY_NOT)
_POWERS = {
    Power.PERMIT: "行政许可",
    Power.PERMIT_CONDITION: "行政许可的条件",
    Power.PENALTY: "行政处罚",
    Power.COMPULSORY: "行政强制措施",
    Power.EXECUTION: "行政强制执行",
    Power.FEE: "行政收费",
    Power.LEVY: "政府性基金、集资、摊派",
    Power.DEPOSIT: "涉企保证金",
    Power.TAX: "税收",
    Power.EXPROPRIATION: "征收征用",
    Power.DUTY: "增加公民、法人和其他组织的义务",
    Power.RESTRICTION: "减损公民、法人和其他组织的权利",
}
_KINDS = {
    "approval": "审批", "licence": "许可证", "qualification": "资格资质", "registration": "登记",
    "franchise": "特许经营",
    "establishment_registration": "设立登记及其前置许可", "national_qualification": "国家统一确定的资格资质",
    "warning": "警告", "public_criticism": "通报批评", "fine": "罚款", "confiscation": "没收违法所得、非法财物",
    "suspend_licence": "暂扣许可证件", "downgrade": "降低资质等级", "revoke_licence": "吊销许可证件",
    "revoke_business_licence": "吊销营业执照", "restrict_activity": "限制开展生产经营活动", "shutdown": "责令停产停业",
    "closure": "责令关闭", "restrict_employment": "限制从业", "detention": "行政拘留等限制人身自由的处罚",
    "deportation": "限期出境、驱逐出境", "other_penalty": "其他种类的处罚",
    "restrict_person": "限制人身自由", "seal": "查封", "seize": "扣押", "freeze": "冻结存款、汇款",
    "other_measure": "其他强制措施", "surcharge": "加处罚款或者滞纳金", "transfer_deposit": "划拨存款、汇款",
    "auction": "拍卖", "clear_obstacle": "排除妨碍、恢复原状", "demolish": "强制拆除",
    "substitute_performance": "代履行",
    "cut_utilities": "停水停电停热停气", "other_execution": "其他强制执行方式",
}  # fmt: skip
# No kind of its own: a word for some kind, or what is mostly no penalty.
_NOT_LISTED = frozenset({"unspecified", "stop_conduct"})
# From the top down: the forms of law, then documents of the government and of the organs below it.
_LADDER = (
    Rank.LAW, Rank.ADMINISTRATIVE_REGULATION, Rank.STATE_COUNCIL_DECISION, Rank.LOCAL_REGULATION_PROVINCE,
    Rank.LOCAL_REGULATION_CITY, Rank.DEPARTMENT_RULE, Rank.GOVERNMENT_RULE_PROVINCE, Rank.GOVERNMENT_RULE_CITY,
    Rank.STATE_COUNCIL, Rank.STATE_COUNCIL_DEPARTMENT, Rank.PROVINCE, Rank.CITY, Rank.COUNTY, Rank.DEPARTMENT,
    Rank.TOWNSHIP,
)  # fmt: skip
_BOTH = "行政强制"


class _Group(NamedTuple):
    """Kinds of a power for which ranks have the same answer."""

    answer: Answer
    kinds: tuple[str, ...]
    ranks: tuple[Rank, ...]


def answer_powers(intent: Intent, desk: Desk, page: Page) -> Iterator[str]:
    """Who may set each power that is named, or whether those may that are named."""
    ranks = tuple(dict.fromkeys(rank for organ in intent.organs for rank in organ.ranks))
    told = 0
    for subject in _subjects(intent.subjects):
        groups = _groups(subject, ranks or _LADDER, desk)
        told += len(groups)
        if ranks:
            yield f"{_asked(intent.organs)}能否设定{_name(subject)}（按{desk.day}的规定）：\n"
        else:
            yield f"{_name(subject)}由谁设定（按{desk.day}的规定）：\n"
        for group in groups:
            yield from _lines(group, subject, desk, page)
        if not groups:
            since = desk.powers.since(subject.power)
            page.note(f"权限表从{since}起才有答案，{desk.day}的情况不能回答。" if since else "权限表没有这一项。")
    page.is_enough = told > 0
    page.note(*_explained(intent, page))


def _subjects(named: Sequence[Subject]) -> Iterator[Subject]:
    for one in named:
        yield one
        if one.word == _BOTH:
            yield Subject(Power.EXECUTION, "", one.word)


def _asked(organs: Sequence[Organ]) -> str:
    return "、".join(one.word for one in organs)


def _name(subject: Subject) -> str:
    if subject.kind in _KINDS:
        return f"{_POWERS[subject.power]}中的{_KINDS[subject.kind]}"
    return _POWERS.get(subject.power, subject.word)


def _groups(subject: Subject, ranks: Sequence[Rank], desk: Desk) -> list[_Group]:
    """The answers, ranks and kinds with the same one together, in the order of ranks; first those who may."""
    kinds = (subject.kind,) if subject.kind else _kinds(subject.power, desk)
    by_rank: dict[Rank, dict[Answer, list[str]]] = {}
    for rank in ranks:
        for kind in kinds:
            answer = desk.powers.answer(rank, subject.power, kind, desk.as_of)
            if answer is not None:
                by_rank.setdefault(rank, {}).setdefault(answer, []).append(kind)
    same: dict[tuple[Answer, tuple[str, ...]], list[Rank]] = {}
    for rank, answers in by_rank.items():
        for answer, some in answers.items():
            same.setdefault((answer, tuple(some)), []).append(rank)
    groups = [_Group(answer, some, tuple(found)) for (answer, some), found in same.items()]
    return sorted(groups, key=lambda group: _ORDER.index(group.answer.verdict))


def _kinds(power: Power, desk: Desk) -> tuple[str, ...]:
    return tuple(one for one in desk.powers.kinds(power) if one not in _NOT_LISTED)


def _lines(group: _Group, subject: Subject, desk: Desk, page: Page) -> Iterator[str]:
    names = terms().ranks
    ranks = "、".join(names[rank] for rank in group.ranks)
    all_kinds = subject.kind or len(group.kinds) == len(_kinds(subject.power, desk))
    kinds = "" if all_kinds else f"（{'、'.join(_KINDS.get(one, one) for one in group.kinds)}）"
    sources = [page.sources.add(basis_source(one, desk)) for one in group.answer.basis]
    marks = "".join(one.mark for one in sources)
    yield f"- {ranks}：{_VERDICTS[group.answer.verdict]}{kinds}{marks}。\n"
    if group.answer.condition:
        yield f"  条件和限度：{group.answer.condition.rstrip('。')}{marks}。\n"
    if (cap := group.answer.cap) is not None:
        source = page.sources.add(_cap_source(cap.source, cap.yuan, cap.exceptional_yuan, is_read=cap.confirmed))
        yield f"  限额：{source.text}{source.mark}。\n"
    if not group.answer.confirmed:
        page.note("其中有的依据没有与原文核对，见来源。")


def _cap_source(title: str, yuan: int, exceptional: int | None, *, is_read: bool) -> Source:
    more = f"，特定情形不超过{exceptional}元" if exceptional else ""
    checked = "" if is_read else "，未与原文核对"
    return Source(
        kind=SourceKind.GIST, title=compiled(r"（未核对原文）").sub("", title), text=f"一般不超过{yuan}元{more}",
        status=f"未收录原文，系概括{checked}",
    )  # fmt: skip


def _explained(intent: Intent, page: Page) -> Iterator[str]:
    yield "以上说的是设定权；上位法已经设定的，能否实施由有执法权的机关依法办理。"
    if any(one.ranks == (Rank.COUNTY,) and "县" not in one.word and "区" not in one.word for one in intent.organs):
        yield "规范性文件按县级政府制定的回答；由其他机关制定的，请写明机关后再问。"
    if any(one.kind is SourceKind.GIST for one in page.sources.all):
        yield "标有“系概括”的来源没有收录原文，引用前须查对原件。"
