"""The reading: from words that name a power to what the clause does with it, to whom, and on what basis.

The tests run in a fixed order and the first that holds decides; each leaves a Chinese sentence for `explain`:
mention, ban on the administration, definition, discipline, civil or judicial matter, internal matter, reference.
What none of them explains sets the power.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from draft_assist.check.acts.addressee import addressee_of
from draft_assist.check.acts.candidate import CHARGES, PERMITS, WIDENED, Candidate
from draft_assist.check.acts.frame import Part, PointerMatch
from draft_assist.check.acts.lexicon import either
from draft_assist.check.acts.pointers import against_basis, governing_pointer, own_part_pointer, shared_pointer
from draft_assist.check.acts.speech import OF_SIDES, OF_WORDS
from draft_assist.check.acts.stance import OF_WIDENED
from draft_assist.model import Addressee, Does, Grade, Pointer


class Reading(NamedTuple):
    """What one candidate turned out to be."""

    does: Does
    addressee: Addressee
    grade: Grade
    pointer: PointerMatch | None
    where: str  # the pointer stands in "part", "stem" or "context"
    because: tuple[str, ...]


def read(part: Part, candidate: Candidate) -> Reading:
    """Decide what the words of `candidate` do in `part`."""
    because = [f"词语：{candidate.why}"]
    widened = candidate.power in WIDENED
    # Words of rules about money are as free in form as those of the widened powers.
    loose = candidate.of_rule and candidate.power in CHARGES
    for test in OF_WIDENED if widened else (*OF_WORDS, *OF_WIDENED) if loose else OF_WORDS:
        if (verdict := test(part, candidate)) is not None:
            return Reading(verdict[0], Addressee.UNKNOWN, candidate.grade, None, "part", (*because, verdict[1]))
    addressee = addressee_of(part, candidate)
    for test_of in () if widened else OF_SIDES:
        if (verdict := test_of(part, candidate, addressee)) is not None:
            return Reading(verdict[0], addressee, candidate.grade, None, "part", (*because, verdict[1]))
    pointer, in_stem = governing_pointer(part, candidate)
    where = "stem" if in_stem else "part"
    if pointer is None or pointer.kind in (Pointer.VAGUE, Pointer.OWN):
        if nearer := own_part_pointer(part, candidate):
            pointer, where = nearer, "part"
        elif shared := shared_pointer(part, candidate):
            pointer, where = shared, "context"
    does, grade, reason = against_basis(part, candidate, pointer)
    because.append(reason)
    if does is Does.SETS and not candidate.of_rule:
        grade, reason = _graded_by_addressee(part, candidate, addressee, grade)
        because.extend([reason] if reason else [])
    return Reading(does, addressee, grade, pointer, where, tuple(because))


def _graded_by_addressee(part: Part, candidate: Candidate, addressee: Addressee, grade: Grade) -> tuple[Grade, str]:
    outward = candidate.power not in PERMITS or addressee is Addressee.PRIVATE
    if not outward and grade is not Grade.HINT and _internal_object(part, candidate):
        return Grade.HINT, "报批的是规划、方案等内部事项"
    if candidate.why.startswith("报行政机关核准") and not _reported_by_private(part, candidate, addressee):
        return Grade.HINT, "由谁报批不明，或者是行政机关之间的报批"
    if candidate.kind == "public_criticism" and addressee is not Addressee.PRIVATE:
        return Grade.HINT, "通报批评的对象不明，多为对内部单位、人员"
    if candidate.power in PERMITS and re.search(
        r"未(?:经|取得|征得|获得)其?同意", part.text[candidate.start : candidate.end]
    ):
        return Grade.WEAK, "没有写明须经谁同意"
    return grade, ""


def _reported_by_private(part: Part, candidate: Candidate, addressee: Addressee) -> bool:
    if addressee is Addressee.PRIVATE:
        return not re.search(r"制定|编制|提出|划定|公布|起草", part.text[: candidate.start])
    before = part.text[: candidate.start]
    return (
        addressee is Addressee.UNKNOWN
        and before.endswith("的，")
        and not re.search(r"制定|编制|提出|划定|规划|方案|目录|标准|名录|人民政府|部门", before)
    )


def _internal_object(part: Part, candidate: Candidate) -> bool:
    before = (part.lead + part.text[: candidate.start])[-50:]
    paper = re.search(r"(?:方案|预案|办法|期限|延期)[^，。；：]{0,10}，?[^，。；：]{0,8}$", before)
    if paper and not re.search(r"编制|制定|制订|拟定|拟订|修订|起草", before):
        return False
    return (
        re.search(
            rf"{either('permit', 'internal_objects')}(?!区|用地|许可|条件)[^，。；：]{{0,10}}，?[^，。；：]{{0,8}}$",
            before,
        )
        is not None
    )
