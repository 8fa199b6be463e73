"""The ledger of procedure: each step of making with what is told of it, and what could not be told."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from draft_assist.check.profiles import Issuer, Profile
from draft_assist.check.special.paper import Paper, Step, Taken
from draft_assist.check.steps import StepWords, listed_steps, steps_of
from draft_assist.model import Document, NotChecked, StepAnswer, StepFound

# The best account of a step first.
_PREFERENCE = {Taken.TAKEN: 0, Taken.EXEMPT: 1, Taken.OMITTED: 2, Taken.PLANNED: 3}
_ANSWERS = {Taken.TAKEN: StepFound.FOUND, Taken.EXEMPT: StepFound.NOT_NEEDED}


def ledger(paper: Paper) -> tuple[StepAnswer, ...]:
    """Each step of making with the best account of it.

    A step that nothing shows is `not_found` when accompanying papers were given, else it cannot be told.
    """
    told: dict[str, list[Step]] = {}
    for one in steps_of(paper):
        told.setdefault(one.id, []).append(one)
    return tuple(_answer(step, told.get(step.id, []), bool(paper.companions)) for step in listed_steps())


def _answer(step: StepWords, told: list[Step], with_papers: bool) -> StepAnswer:
    always = step.needed == "always"
    if not told:
        answer = StepFound.NOT_FOUND if with_papers else StepFound.CANNOT_TELL
        return StepAnswer(id=step.id, name=step.name, always=always, answer=answer)
    best = min(told, key=lambda one: (_PREFERENCE[one.taken], not one.about, one.date is None))
    return StepAnswer(
        id=step.id,
        name=step.name,
        always=always,
        answer=_ANSWERS.get(best.taken, StepFound.NOT_FOUND),
        date=best.date,
        start=best.start,
        days=best.days,
        place=best.place,
        words=best.words,
        about=best.about,
    )


# --- what could not be told ---------------------------------------------------------------------------------------


def unchecked_procedure(
    steps: tuple[StepAnswer, ...],
    companions: tuple[Document, ...],
    profile: Profile | None,
    issuers: frozenset[Issuer] = frozenset(),
) -> Iterator[NotChecked]:
    """What a review leaves open of the procedure, papers and local requirements named.

    Args:
        issuers: of the document, see `special.issuer.issuer_sorts`; empty when they are not known.
    """
    if not companions:
        yield NotChecked(
            what="制定程序（评估论证、征求意见、合法性审核、集体讨论、公布、备案等）",
            why="没有提供随附材料，仅凭正文不能判断；可用 --with 附上起草说明、征求意见情况、审核意见、会议纪要等材料",
        )
    else:
        yield _papers_read(steps, companions)
    if steps:
        yield from _local(profile)
        yield from _of_other_issuers(profile, issuers) if profile else ()


def _papers_read(steps: tuple[StepAnswer, ...], companions: tuple[Document, ...]) -> NotChecked:
    names = "、".join(f"“{companion.text.raw.path.name}”" for companion in companions)
    missing = [step.name for step in steps if step.answer is StepFound.NOT_FOUND and not step.words]
    what = f"随附材料没有反映的程序：{'、'.join(missing)}" if missing else "随附材料所记程序是否属实"
    strangers = sorted({step.place for step in steps if not step.about})
    doubt = f"；{'、'.join(strangers)}没有提到本文件的名称，请核对是否为本文件的材料" if strangers else ""
    return NotChecked(what=what, why=f"只读取了{names}中的文字记载，没有核对原件和签章{doubt}")


# Fields of the profile that rules ask about, in Chinese.
_LOCAL = {
    "filing_days": "报送备案的期限",
    "validity_years": "有效期上限",
    "effective_delay_days": "公布至施行的间隔",
    "required_steps": "本地另行要求的程序",
    "registration_no_regex": "统一登记号的格式",
    "office_issued_counts_as_government": "办公室发文是否视为政府文件",
}


def _local(profile: Profile | None) -> Iterator[NotChecked]:
    open_points = [name for field, name in _LOCAL.items() if profile is None or not profile.is_configured(field)]
    if open_points:
        where = "没有用 --profile 指定本地配置" if profile is None else f"本地配置（{profile.jurisdiction}）没有填写"
        yield NotChecked(what=f"本地制定程序要求（{'、'.join(open_points)}）", why=f"{where}，只按国家规定审查")


_ISSUERS = {
    Issuer.GOVERNMENT: "县级以上人民政府",
    Issuer.OFFICE: "政府办公机构",
    Issuer.DEPARTMENT: "部门",
    Issuer.TOWNSHIP: "乡镇人民政府",
    Issuer.SUBDISTRICT: "街道办事处",
}


def _of_other_issuers(profile: Profile, issuers: frozenset[Issuer]) -> Iterator[NotChecked]:
    """Local values that bind others than the issuer of the document, or perhaps do."""
    for field, name in _LOCAL.items():
        if not profile.is_configured(field) or (holds := profile.holds_for(field, issuers)):
            continue
        bound = _names(profile.bound_by(field))
        given = "不能确定本文件的制定机关是否在内" if holds is None else f"本文件由{_names(issuers)}制定"
        yield NotChecked(
            what=f"本地制定程序要求（{name}）",
            why=f"{profile.source_of(field)}规定的是{bound}制定的文件，{given}，没有据此判断",
        )


def _names(issuers: Collection[Issuer]) -> str:
    return "、".join(name for issuer, name in _ISSUERS.items() if issuer in issuers)
