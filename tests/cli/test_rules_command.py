"""`draft-assist rules`: list, show, test and new, and a user's own rules in a review."""

from __future__ import annotations

import json

import pytest
from notices import FAULTY, QUIET

OWN = """\
code: OWN-001
name: {name}
title: 要求住户上交积分卡
status: stable
category: duty_or_rights
severity: doubtful
confidence: medium
applies_to: {{kinds: [normative_document, plan, internal, unknown]}}
basis:
  - {{law: 某某市测试办法, article: 第一条, gist: 测试用, source: 测试用}}
in_force: {{from: null, to: null}}
match:
  {match}
message: “{{match}}”要求住户上交积分卡。
advice: 删除。
examples:
  violating: [第一条　各户应当⟦上交积分卡⟧。, 第二条　租户应当⟦上交积分卡⟧。]
  compliant:
    - {{text: 第一条　不得要求各户上交积分卡。, why: 禁止这样要求。}}
    - {{text: 第二条　鼓励各户上交积分卡。, why: 鼓励。}}
"""
PATTERN = "pattern: {power: duty, words: 上交积分卡}"


@pytest.fixture
def own(tmp_path):
    """Writes a rule of the user's and gives its folder."""

    def write(match: str = PATTERN, name: str = "points-card") -> str:
        folder = tmp_path / "own"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.yaml").write_text(OWN.format(match=match, name=name), "utf-8")
        return str(folder)

    return write


def test_the_list_names_every_shipped_rule_with_its_status(run):
    ran = run("rules", "list")
    rows = [line.split("\t") for line in ran.out.splitlines()]
    assert ran.code == 0
    assert all(len(row) == 6 for row in rows)
    assert {"AUTH-001", "COMP-001"} <= {row[0] for row in rows}


def test_the_list_can_be_narrowed_and_read_by_programs(run):
    rows = json.loads(run("rules", "list", "--category", "competition", "--json").out)
    assert rows
    assert {row["category"] for row in rows} == {"competition"}


def test_an_unknown_category_is_told_with_the_known_ones(run):
    ran = run("rules", "list", "--category", "competiton")
    assert ran.code == 2
    assert "competition" in ran.err


def test_show_gives_basis_text_and_examples(run):
    ran = run("rules", "show", "auth-001")
    assert ran.code == 0
    assert "AUTH-001" in ran.out
    assert "条文：" in ran.out
    assert "不应报出：" in ran.out


def test_an_unknown_code_is_told_with_a_near_one(run):
    ran = run("rules", "show", "AUTH-999")
    assert ran.code == 2
    assert ran.errors == ["错误：没有编号为“AUTH-999”的规则。是否应为 " + ran.errors[0].split("是否应为 ")[1]]


def test_examples_of_a_rule_are_run(run):
    ran = run("rules", "test", "AUTH-001", "AUTH-068")
    assert ran.code == 0
    assert "共运行2条规则的示例：2条规则的示例全部相符" in ran.out


def test_a_failing_example_is_shown_with_what_was_wanted_and_found(run, own):
    folder = own("pattern: {power: duty, words: 上交积分}")
    ran = run("rules", "test", "OWN-001", "--rules", folder)
    assert ran.code == 1
    assert "应为“上交积分卡”，实为“上交积分”" in ran.out


def test_a_new_rule_runs_its_examples_at_once(run, tmp_path):
    ran = run("rules", "new", "points-card", "--code", "OWN-007", "--dir", str(tmp_path / "r"))
    assert ran.code == 0
    assert "全部相符" in ran.out
    again = run("rules", "new", "points-card", "--code", "OWN-007", "--dir", str(tmp_path / "r"))
    assert again.code == 2
    assert "已有这个文件" in again.err


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["Points", "--code", "OWN-001"], "小写字母"),  # a name that no file should have
        (["points", "--code", "AUTH-001"], "AUTH-001"),  # a code of ours
        (["points", "--code", "OWN-001", "--category", "nothing"], "类别"),
        (["points", "--code", "OWN-001", "--words", "上交[卡]"], "正则"),
    ],
)
def test_a_new_rule_with_bad_options_writes_nothing(run, tmp_path, arguments, word):
    ran = run("rules", "new", *arguments, "--dir", str(tmp_path / "r"))
    assert ran.code == 2
    assert word in ran.err
    assert not (tmp_path / "r").exists()


def test_a_code_in_a_bad_form_is_told_with_the_file(run, tmp_path):
    ran = run("rules", "new", "points", "--code", "own1", "--dir", str(tmp_path / "r"))
    assert ran.code == 2
    assert "own1" in ran.err


# --- a user's rules in a review -----------------------------------------------------------------------------------


def test_a_rule_of_the_users_own_finds_its_words(run, own, tmp_path):
    document = tmp_path / "a.txt"
    document.write_text(QUIET.replace("劝导其按时收摊", "要求其上交积分卡"), "utf-8")
    folder = own()
    alone = json.loads(run("review", str(document), "--format", "json").out)["result"]
    joined = json.loads(run("review", str(document), "--format", "json", "--rules", folder).out)["result"]
    assert [f["code"] for f in joined["findings"] if f["code"].startswith("OWN")] == ["OWN-001"]
    assert len(joined["findings"]) == len(alone["findings"]) + 1
    assert joined["ruleset"] != alone["ruleset"]


def test_a_rule_of_the_users_own_is_not_said_to_be_measured(run, own, tmp_path):
    document = tmp_path / "a.txt"
    document.write_text(FAULTY.replace("方便群众", "住户要上交积分卡"), "utf-8")
    wire = json.loads(run("review", str(document), "--format", "json", "--rules", own()).out)
    assert all("measured" not in f for f in wire["result"]["findings"] if f["code"] == "OWN-001")


@pytest.mark.parametrize(
    ("match", "word"),
    [
        ("consistency: {of: internal_reference}", ""),  # Python of ours: not for a user's rules
        ("pattern: {power: duty, words: '上交(积分卡'}", "正则表达式"),
        ("pattern: {power: duty, words: '{nothing}积分卡'}", "nothing"),
        ("pattern: {power: duty, words: '[一-龥]{2,4}', sentence: {has: 积分卡}}", "必不可少"),
        ("pattern: {power: duty, words: []}", "words"),
        ("code: print(1)", "code"),
        ("pattern: {power: duty, words: 积分卡}\n  absence: {words: 施行}", "match"),
    ],
)
def test_a_bad_rule_stops_the_review_with_one_clear_line(run, own, tmp_path, match, word):
    document = tmp_path / "a.txt"
    document.write_text(QUIET, "utf-8")
    ran = run("review", str(document), "--rules", own(match))
    assert ran.code == 2
    assert len(ran.errors) == 1
    assert "points-card.yaml" in ran.errors[0]
    assert word in ran.errors[0]


def test_a_missing_folder_is_told(run, tmp_path):
    ran = run("rules", "list", "--rules", str(tmp_path / "none"))
    assert ran.code == 2
    assert "没有这个规则文件夹" in ran.err


def test_a_code_used_twice_is_told(run, own, tmp_path):
    folder = own()
    other = tmp_path / "other"
    other.mkdir()
    (other / "points-card.yaml").write_text(OWN.format(match=PATTERN, name="points-card"), "utf-8")
    ran = run("rules", "list", "--rules", folder, "--rules", str(other))
    assert ran.code == 2
    assert "OWN-001" in ran.err
