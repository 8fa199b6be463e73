"""`review --model`, `models`, `eval model` against a scripted endpoint, as a user runs them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("langchain_openai", reason="needs the extra “model”")

from endpoint_server import Endpoint, Say, Status

from draft_assist.cli.main import main

WORDS = """青榆县河道采砂管理办法

第一条　为了加强河道管理，结合本县实际，制定本办法。
第二条　在河道内捞取砂石自用的，每户每年以两车为限；超出的，处二百元罚款。
第三条　捞砂户应当把砂石堆放在村口的空地上，由村里统一看管。
第四条　本办法自2026年12月1日起施行。
"""
EMPTY = json.dumps({"remarks": [], "problems": []})
CONFIRMS = json.dumps(
    {
        "remarks": [
            {
                "finding": "R1",
                "stance": "confirms",
                "reason": "对超出捞砂限量的行为直接规定罚款，本件是县政府的规范性文件，无权设定行政处罚。",
                "evidence": [],
                "wording": "",
            }
        ],
        "problems": [],
    },
    ensure_ascii=False,
)


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch, tmp_path) -> Callable[..., Ran]:
    """Runs a command in an empty folder, with a cache and a corpus of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAFT_ASSIST_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("DRAFT_ASSIST_HOME", str(tmp_path / "home"))

    def command(*arguments: object) -> Ran:
        code = main([str(one) for one in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Ran(code, out, err)

    return command


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "采砂.txt"
    path.write_text(WORDS, "utf-8")
    return path


@pytest.fixture
def configured(endpoint: Endpoint, monkeypatch) -> Endpoint:
    monkeypatch.setenv("DRAFT_ASSIST_MODEL_URL", endpoint.url)
    monkeypatch.setenv("DRAFT_ASSIST_MODEL_NAME", "scripted")
    monkeypatch.setenv("DRAFT_ASSIST_MODEL_KEY", "sk-secret-key")
    monkeypatch.setenv("DRAFT_ASSIST_MODEL_RETRIES", "0")
    endpoint.answer_with(lambda body: Say(CONFIRMS if "R1　" in body["messages"][-1]["content"] else EMPTY))
    return endpoint


# --- review -------------------------------------------------------------------------------------------------------


def test_a_model_is_asked_only_when_the_user_says_so(run, notice, configured) -> None:
    assert run("review", notice).code == 1
    assert run("review", notice, "--model", "off").code == 1
    assert configured.requests == []
    assert run("review", notice, "--model", "auto").code == 1
    assert len(configured.requests) >= 1


def test_the_report_shows_the_opinion_and_what_was_asked(run, notice, configured) -> None:
    ran = run("review", notice, "--model", "auto", "--format", "json")
    opinion = json.loads(ran.out)["result"]["model_opinion"]
    assert opinion["model"] == "scripted"
    assert opinion["clauses"]["answered"] == opinion["clauses"]["needed"] >= 1
    remark = next(one["remark"] for one in json.loads(ran.out)["result"]["findings"] if "remark" in one)
    assert remark["stance"] == "confirms"
    assert "复核" in ran.err


def test_the_second_run_asks_nothing(run, notice, configured) -> None:
    run("review", notice, "--model", "auto")
    asked = len(configured.requests)
    ran = run("review", notice, "--model", "auto", "--format", "json")
    assert len(configured.requests) == asked
    opinion = json.loads(ran.out)["result"]["model_opinion"]
    assert opinion["clauses"]["cached"] == opinion["clauses"]["answered"]


def test_a_record_of_the_run_lies_in_the_users_folder(run, notice, configured, tmp_path) -> None:
    run("review", notice, "--model", "auto")
    (record,) = (tmp_path / "home" / "runs").iterdir()
    words = record.read_text("utf-8")
    assert "sk-secret-key" not in words
    assert "捞取砂石" not in words


def test_the_key_is_never_shown(run, notice, configured) -> None:
    shown = [run("review", notice, "--model", "auto", "--format", form) for form in ("text", "json", "html")]
    shown += [run("models", "show"), run("models", "show", "--json")]
    configured.answer_with(lambda body: Status(401, "Incorrect API key provided: sk-secret-key"))
    shown.append(run("models", "check"))
    assert all("sk-secret-key" not in one.out + one.err for one in shown)


def test_auto_without_a_configured_model_says_so_and_reviews_by_rules(run, notice) -> None:
    ran = run("review", notice, "--model", "auto")
    assert ran.code == 1
    assert "没有配置模型" in ran.err
    assert "没有配置模型" in re.sub(r"\s", "", ran.out)


def test_a_name_without_an_endpoint_is_a_clear_error(run, notice) -> None:
    ran = run("review", notice, "--model", "qwen3")
    assert ran.code == 2
    assert "DRAFT_ASSIST_MODEL_URL" in ran.err


def test_a_model_that_is_down_costs_its_opinion_and_nothing_else(run, notice, configured) -> None:
    configured.answer_with(lambda body: Status(500))
    ran = run("review", notice, "--model", "auto", "--format", "json")
    assert ran.code == 1
    result = json.loads(ran.out)["result"]
    assert result["counts"]["unlawful"] >= 1
    assert any("模型意见" in one["what"] for one in result["not_checked"])


def test_the_settings_may_stand_in_the_configuration(run, notice, endpoint, tmp_path) -> None:
    endpoint.answer_with(lambda body: Say(EMPTY))
    (tmp_path / "draft-assist.toml").write_text(
        f'[review]\nmodel = "auto"\n[model]\nurl = "{endpoint.url}"\nname = "scripted"\n', "utf-8"
    )
    assert run("review", notice).code == 1
    assert endpoint.requests


def test_the_settings_may_stand_in_dotenv(run, notice, endpoint, tmp_path) -> None:
    endpoint.answer_with(lambda body: Say(EMPTY))
    (tmp_path / ".env").write_text(f"DRAFT_ASSIST_MODEL_URL={endpoint.url}\nDRAFT_ASSIST_MODEL_NAME=x\n", "utf-8")
    run("review", notice, "--model", "auto")
    assert endpoint.requests


def test_a_name_on_the_command_line_stands_above_the_configured_one(run, notice, configured) -> None:
    run("review", notice, "--model", "another")
    assert {one.body["model"] for one in configured.requests} == {"another"}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DRAFT_ASSIST_MODEL_URL", "ftp://x", "http://"),
        ("DRAFT_ASSIST_MODEL_TIMEOUT", "soon", "数"),
        ("DRAFT_ASSIST_MODEL_BUDGET", "3", "PRICE_IN"),
        ("DRAFT_ASSIST_MODEL_URI", "http://127.0.0.1/v1", "DRAFT_ASSIST_MODEL_URL"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_by_name(run, notice, monkeypatch, name, value, told) -> None:
    monkeypatch.setenv(name, value)
    ran = run("review", notice, "--model", "auto")
    assert ran.code == 2
    assert name.rsplit("_", 1)[0] in ran.err
    assert told in ran.err


def test_several_files_share_one_model_and_one_record(run, notice, configured, tmp_path) -> None:
    other = tmp_path / "另一件.txt"
    other.write_text(WORDS.replace("两车", "三车"), "utf-8")
    run("review", notice, other, "--model", "auto", "--out", tmp_path / "out")
    (record,) = (tmp_path / "home" / "runs").iterdir()
    events = [json.loads(line)["event"] for line in record.read_text("utf-8").splitlines()]
    assert events.count("begin") == events.count("end") == 2


def test_a_review_by_rules_imports_nothing_of_the_model(notice, tmp_path) -> None:
    program = (
        "import sys; from draft_assist.cli.main import main; main(sys.argv[1:]);"
        "print([one for one in ('langchain_core', 'langchain_openai', 'openai', 'pydantic', 'pydantic_settings',"
        " 'tiktoken', 'httpx2', 'langchain') if one in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "review", str(notice), "--model", "off"], capture_output=True, text=True
    )
    assert done.stderr.strip().endswith("[]")


def test_a_hundred_clauses_at_a_second_each_take_less_than_fifteen_at_ten_at_once(
    run, configured, monkeypatch, tmp_path
) -> None:
    monkeypatch.setenv("DRAFT_ASSIST_MODEL_CONCURRENCY", "10")
    configured.answer_with(lambda body: Say(EMPTY, latency=1.0))
    articles = "".join(f"第{n}条　商户应当在{n}号摊位经营，越出摊位的不予续租。\n" for n in range(1, 101))
    path = tmp_path / "长.txt"
    path.write_text(f"青榆县集市摊位管理办法\n\n{articles}", "utf-8")
    started = time.monotonic()
    ran = run("review", path, "--model", "auto", "--format", "json", "--fail-on", "never")
    assert time.monotonic() - started < 15
    assert json.loads(ran.out)["result"]["model_opinion"]["clauses"]["answered"] == 100


# --- models -------------------------------------------------------------------------------------------------------


def seeing(body: dict) -> Say:
    """A model that knows a fine and a fee when it sees them, and says no more than it can show."""
    words = str(body["messages"][-1]["content"])
    if "organ" in str(body["messages"]):
        return Say('{"organ": "青榆县司法局", "number": 37}', pieces=5, pause=0.01)
    found = re.search(r"<<<待审条款 \w+ 开始>>>\n(.*?)\n<<<待审条款", words, re.S)
    clause = found[1] if found else ""
    known = {
        "罚款。": ("penalty", "处二百元以上一千元以下罚款", "对摊主不按时收摊直接规定罚款，没有写明上位法依据。"),
        "维护费": ("fee", "交纳门前秩序维护费", "要求沿街商户交纳秩序维护费，没有写明收费的依据。"),
        "摆摊证": ("permit", "应当先向城关镇政府申领临时摆摊证", "要求摆摊先领证，设定了许可，没有写明依据。"),
        "先行搬走": ("compulsory", "可以先行搬走", "执法人员先行搬走秤和桌椅，属于扣押，没有写明依据。"),
        "家具厂": ("competition", "外地产品一般不予采购", "排斥外地家具产品，限制了公平竞争。"),
    }
    for sign, (category, quote, reason) in known.items():
        if sign in clause and quote in clause:
            does = "restricts" if category == "competition" else "sets"
            said = {"category": category, "does": does, "quote": quote, "reason": reason, "evidence": [], "wording": ""}
            return Say(json.dumps({"remarks": [], "problems": [said]}, ensure_ascii=False))
    return Say(EMPTY)


def test_a_good_endpoint_is_called_fit(run, configured) -> None:
    configured.answer_with(seeing)
    ran = run("models", "check", "--json")
    result = json.loads(ran.out)["result"]
    assert ran.code == 0, ran
    assert result["verdict"] == "fit", result
    assert (result["right"], result["faulty"], result["wrong"]) == (5, 5, 0)
    assert result["streams"] is True
    assert result["mode"] == "schema"


def test_an_endpoint_that_says_yes_to_everything_is_called_unfit(run, configured) -> None:
    configured.answer_with(lambda body: Say("好的，没有问题。"))
    ran = run("models", "check")
    assert ran.code == 1
    assert "不宜使用" in ran.out


def test_an_endpoint_that_finds_nothing_is_called_unfit(run, configured) -> None:
    configured.answer_with(lambda body: Say(EMPTY if "organ" not in str(body) else '{"organ": "局", "number": 1}'))
    ran = run("models", "check")
    assert ran.code == 1
    assert "只看出0个" in ran.out


def test_an_endpoint_that_is_not_there_is_an_error(run, monkeypatch) -> None:
    monkeypatch.setenv("DRAFT_ASSIST_MODEL_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("DRAFT_ASSIST_MODEL_NAME", "x")
    monkeypatch.setenv("DRAFT_ASSIST_MODEL_RETRIES", "0")
    ran = run("models", "check")
    assert ran.code == 2
    assert "连不上" in ran.err


def test_without_settings_the_next_step_is_told(run) -> None:
    ran = run("models", "check")
    assert ran.code == 2
    assert "DRAFT_ASSIST_MODEL_URL" in ran.err


# --- eval model ---------------------------------------------------------------------------------------------------


@pytest.fixture
def clauses(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    rows = [
        {"id": "a", "text": "不按时收摊的，处二百元以上一千元以下罚款。", "labels": ["penalty"]},
        {"id": "b", "text": "商户按月交纳门前秩序维护费，不交的自行清扫。", "labels": ["fee"]},
        {"id": "c", "text": "县城管局每季度公布疏导点的位置。", "labels": ["none"]},
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def test_a_model_is_scored_with_and_without_the_rules_and_a_record_is_written(run, configured, clauses, tmp_path):
    configured.answer_with(seeing)
    ran = run("eval", "model", clauses, "--blind", "--out", tmp_path / "record.json")
    assert ran.code == 0, ran
    record = json.loads((tmp_path / "record.json").read_text("utf-8"))["result"]
    assert record["model"] == "scripted"
    assert record["scores"]["model"]["flagged_share"] == 1.0
    assert record["scores"]["model"]["quiet_share"] == 1.0
    assert record["prompt"]["sha256"]
    assert "规则" in ran.out
    assert "模型" in ran.out
    assert "合计" in ran.out


def test_lines_without_a_usable_answer_are_unscored_and_not_wrong(run, configured, clauses, tmp_path) -> None:
    configured.answer_with(lambda body: Say("没有问题。"))
    run("eval", "model", clauses, "--out", tmp_path / "record.json")
    record = json.loads((tmp_path / "record.json").read_text("utf-8"))["result"]
    assert len(record["scores"]["unscored"]) == record["scores"]["asked"] >= 2
