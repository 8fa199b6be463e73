"""From words to an act: grades that stay doubtful, and reasons that can be shown."""

from __future__ import annotations

import pytest
from act_factory import acts_of

from draft_assist.model import Does, Grade


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("第八条　民宿未经备案不得开业。", "approval", id="filing"),
        pytest.param("第八条　车辆经检验合格后方可上路。", "approval", id="a test"),
        pytest.param("第八条　经营者闲置摊位的，收回其经营许可证。", "revoke_licence", id="taking back"),
        pytest.param("第八条　申请许可证的，还应当具备五十平方米库房。", "condition", id="a condition"),
        pytest.param("第八条　违规经营的，依法查封其场所。", "seal", id="a measure beside 依法"),
    ],
)
def test_what_a_person_must_decide_is_graded_weak(text, kind) -> None:
    (act,) = acts_of(text)
    assert (act.does, act.kind, act.grade) == (Does.SETS, kind, Grade.WEAK)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第八条　收费标准由县发改局会同县财政局制定。", id="who sets the charge"),
        pytest.param("第八条　失信信息记入信用档案。", id="a credit record"),
        pytest.param("第八条　建设项目应当向县发改局备案。", id="a duty to file that stops nothing"),
    ],
)
def test_what_only_touches_a_power_is_never_plain(text) -> None:
    assert all(act.grade is not Grade.CLEAR for act in acts_of(text) if act.does is Does.SETS)


def test_every_act_says_why_it_was_read_so() -> None:
    for text in (
        "第八条　乱倒灰渣的，处二百元罚款。",
        "第八条　各部门不得收取任何费用。",
        "第八条　未经业主同意，不得开挖管沟。",
        "第八条　对失职人员给予警告、记过处分。",
    ):
        (act,) = acts_of(text)
        assert len(act.because) >= 2, text
        assert act.because[0].startswith("词语：")


def test_a_breach_of_another_article_is_no_permit_of_its_own() -> None:
    found = acts_of("第八条　违反第五条，未经批准摆摊的，处二百元罚款。")
    assert [act.kind for act in found] == ["fine"]
