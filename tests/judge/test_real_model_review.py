"""Nothing that a model invents gets through: a real one, held to answers that look right, says nonsense with them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("langchain_openai", reason="needs the extra “model”")

from draft_assist.check.run import read_kit
from draft_assist.cli.main import main
from draft_assist.flow import review_text
from draft_assist.judge.answers import ClauseAnswer
from draft_assist.judge.compose import Composer
from draft_assist.judge.prompts import Message
from draft_assist.judge.verify import Verifier
from draft_assist.model import Kind, Rank

pytestmark = pytest.mark.real_model

# The server holds it to answers that look right: known ids, known categories, words of the document, and for the rest
# Chinese characters. What it says with them is nonsense.
WORDS = """青榆县河道采砂管理办法

第一条　各乡镇要加强组织领导，统一思想认识。
第二条　在河道内捞取砂石自用的，应当先领取捞砂条；没有捞砂条的，处二百元罚款。
第三条　采砂船夜间作业的，由县水利局暂扣船舶，并收取保证金一千元。
第四条　本办法自2026年12月1日起施行。
"""
DAY = dt.date(2026, 11, 1)


def _object(**members: object) -> dict[str, object]:
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}


def _one_of(*values: str) -> dict[str, object]:
    return {"type": "string", "enum": list(values)}


def _one(item: object) -> dict[str, object]:
    return {"type": "array", "minItems": 1, "maxItems": 1, "items": item}


HAN = {"type": "string", "pattern": "^[一-龥]{10,16}$"}
SAYS = _one(_object(id=_one_of("E1", "E2", "E77"), says=HAN))
LOOKS_RIGHT = _object(
    remarks=_one(
        _object(
            finding=_one_of("R1", "R2", "R9"),
            stance=_one_of("confirms", "refutes", "unsure"),
            reason=HAN,
            evidence=SAYS,
            wording={"type": "string", "maxLength": 8},
        )
    ),
    problems=_one(
        _object(
            category=_one_of("penalty", "deposit", "permit", "duty_or_rights", "clouds"),
            does=_one_of("sets", "cuts", "adds"),
            quote=_one_of("处二百元罚款", "收取保证金一千元", "先领取捞砂条", "处三百元罚款"),
            reason=HAN,
            evidence=SAYS,
            wording={"type": "string", "maxLength": 8},
        )
    ),
)
MOST = 500  # tokens that such an answer can have
PATIENCE = 400.0  # seconds; a busy machine has taken 150


@pytest.mark.parametrize("seed", [1, 2])
def test_nonsense_that_looks_right_does_not_stand_up(real_model, seed) -> None:
    kit = read_kit()
    report = review_text(WORDS, as_of=DAY, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT, kit=kit)
    question = next(one for one in Composer(report, kit, None).questions() if "二百元" in one.words)
    assert {one.id for one in question.findings} >= {"R1"} and {one.id for one in question.materials} >= {"E1", "E2"}
    extra = {"json_schema": LOOKS_RIGHT, "seed": seed}
    one = real_model.layer(structured="text", extra=extra, max_output=MOST, deadline=PATIENCE, timeout=PATIENCE)
    answer = one.ask((Message("user", question.words),), ClauseAnswer)
    verified = Verifier(kit, as_of=DAY, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT).verify(answer, question)
    assert len(answer.remarks) == len(answer.problems) == 1
    assert verified.remarks == verified.problems == ()
    assert {one.what for one in verified.dropped} >= {"remark", "problem"}


class Reviewed(NamedTuple):
    """What came of one file.

    Attributes:
        alone, together: reports in JSON, by the rules and with the model.
        record: the lines of the run's record.
    """

    alone: dict[str, object]
    together: dict[str, object]
    record: list[dict[str, object]]


@pytest.fixture(scope="module")
def reviewed(real_model, tmp_path_factory) -> Reviewed:
    """A file reviewed from the command line, with a budget that suffices for one of its two clauses."""
    folder: Path = tmp_path_factory.mktemp("review")
    source, home = folder / "办法.txt", folder / "home"
    source.write_text(WORDS, "utf-8")
    settings = {
        "URL": real_model.url,
        "NAME": "small",
        "CONCURRENCY": "1",
        "RETRIES": "0",
        "STRUCTURED": "text",
        "TEMPERATURE": "1",
        "EXTRA": json.dumps({"json_schema": LOOKS_RIGHT, "seed": 5}),
        "MAX_OUTPUT": str(MOST),
        "BUDGET_TOKENS": "6000",
        "TIMEOUT": str(PATIENCE),
        "DEADLINE": str(PATIENCE),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("DRAFT_ASSIST_CACHE_DIR", str(folder / "cache"))
        for name, value in settings.items():
            patch.setenv(f"DRAFT_ASSIST_MODEL_{name}", value)
        told = {}
        for model in ("off", "auto"):
            out = folder / f"{model}.json"
            common = ["--rank", "county", "--as-of", "2026-11-01", "--home", str(home), "--fail-on", "never"]
            code = main(["review", str(source), *common, "--model", model, "--format", "json", "--out", str(out)])
            assert code == 0
            told[model] = json.loads(out.read_text("utf-8"))["result"]
    (record,) = (home / "runs").iterdir()
    lines = [json.loads(line) for line in record.read_text("utf-8").splitlines()]
    return Reviewed(told["off"], told["auto"], lines)


def test_a_budget_ends_the_run_and_keeps_what_there_is(reviewed) -> None:
    opinion = reviewed.together["model_opinion"]
    assert (opinion["clauses"]["needed"], opinion["clauses"]["answered"]) == (2, 1)
    assert "预算" in opinion["note"]
    assert opinion["tokens"]["out"] > 50
    assert any("预算" in one["why"] for one in reviewed.together["not_checked"])


def test_the_findings_of_the_rules_are_as_without_a_model(reviewed) -> None:
    def plain(report) -> list[object]:
        return [
            {name: value for name, value in one.items() if name != "remark"}
            for one in report["findings"]
            if one.get("origin", "rule") == "rule"
        ]

    assert plain(reviewed.together) == plain(reviewed.alone) != []


def test_what_the_model_says_is_in_the_report_only_with_quote_and_articles_that_hold(reviewed) -> None:
    given = " ".join(label for line in reviewed.record for label in line.get("materials", {}).values())
    assert given
    for one in reviewed.together["findings"]:
        if one.get("origin") == "model":
            assert one["quote"] in WORDS
            assert (one["severity"] != "unlawful", one["confidence"]) == (True, "low")
            assert all(basis["law"] in given and basis["article"] in given for basis in one["basis"])
        if "remark" in one:
            assert all(basis["law"] in given and basis["article"] in given for basis in one["remark"]["basis"])
    dropped = sum(one["count"] for one in reviewed.together["model_opinion"]["dropped"])
    assert dropped >= 2, "it has said something, and all of it was nonsense"


def test_the_record_tells_what_was_dropped_and_holds_no_words_of_the_document(reviewed) -> None:
    told = json.dumps(reviewed.record, ensure_ascii=False)
    assert any(line.get("dropped") for line in reviewed.record)
    assert "捞砂" not in told
