"""`draft-assist review` with suppressions, a baseline, an earlier version and a configuration."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from draft_assist.knowledge import read_yaml

pytestmark = pytest.mark.usefixtures("rules_on_powers")

FINE = "处二百元以上一千元以下罚款"


def result(run, *arguments: str | Path) -> dict:
    return json.loads(run("review", *arguments, "--format", "json").out)["result"]


@pytest.fixture
def name(run, faulty) -> str:
    """AUTH-021:… of the fine."""
    (finding,) = result(run, faulty)["findings"]
    return f"{finding['code']}:{finding['fingerprint']}"


@pytest.fixture
def more(faulty) -> str:
    """The same notice with a permit beside the fine."""
    text = faulty.read_text("utf-8")
    return text.replace("二、各部门", "二、未经县城市管理局批准，不得在夜市内设置广告。\n　　三、各部门")


@pytest.fixture
def entries(faulty) -> Path:
    return faulty.with_name(f"{faulty.name}.suppress.yaml")


# --- suppressions -------------------------------------------------------------------------------------------------


def test_a_finding_set_aside_is_gone_from_exit_code_and_list(run, faulty, entries, name) -> None:
    ran = run("review", faulty, "--suppress", name, "--reason", "省里已有规定", "--by", "张三", "--until", "2099-01-01")
    assert ran.code == 0 and "已豁免1处" in ran.out and "省里已有规定" in ran.out and str(entries) in ran.err
    assert read_yaml(entries) == [
        {
            "code": name.split(":")[0],
            "fingerprint": name.split(":")[1],
            "reason": "省里已有规定",
            "by": "张三",
            "on": dt.date.today().isoformat(),
            "until": "2099-01-01",
        }
    ]
    again = result(run, faulty)
    assert again["counts"]["total"] == 0 and again["suppressed"][0]["finding"]["quote"] == FINE
    assert run("review", faulty).code == 0


def test_the_beginning_of_a_fingerprint_is_enough_and_nothing_is_added_twice(run, faulty, entries, name) -> None:
    code, digits = name.split(":")
    assert run("review", faulty, "--suppress", digits[:8], "--reason", "省里已有规定").code == 0
    before = entries.read_bytes()
    ran = run("review", faulty, "--suppress", f"{code}:{digits[:8]}", "--reason", "再写一次")
    assert ran.code == 0 and "没有重复添加" in ran.err
    assert entries.read_bytes() == before


def test_changed_words_bring_the_finding_back_and_the_entry_is_told(run, faulty, name) -> None:
    run("review", faulty, "--suppress", name, "--reason", "省里已有规定")
    faulty.write_text(faulty.read_text("utf-8").replace("一千元以下", "九百元以下"), "utf-8")
    found = result(run, faulty)
    assert found["counts"]["total"] == 1 and "suppressed" not in found
    assert any("没有这处问题" in one["why"] for one in found["not_checked"])


def test_another_file_of_entries_can_be_named(run, faulty, entries, name, tmp_path) -> None:
    other = tmp_path / "清单" / "豁免.yaml"
    ran = run("review", faulty, "--suppressions", other, "--suppress", name, "--reason", "省里已有规定")
    assert ran.code == 0 and other.is_file() and not entries.exists()
    assert run("review", faulty).code == 1
    assert run("review", faulty, "--suppressions", other).code == 0


def test_standard_input_uses_a_named_file_only(run, faulty, name, tmp_path, monkeypatch) -> None:
    def stdin() -> None:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(faulty.read_bytes())))

    stdin()
    ran = run("review", "-", "--suppress", name, "--reason", "省里已有规定")
    assert ran.code == 2 and "--suppressions" in ran.err
    stdin()
    named = tmp_path / "x.yaml"
    assert run("review", "-", "--suppress", name, "--reason", "省里已有规定", "--suppressions", named).code == 0


def test_a_title_as_long_as_a_file_name_may_be_is_reviewed_as_before(run, faulty, tmp_path) -> None:
    long = tmp_path / f"{'关于' * 40}.txt"
    long.write_bytes(faulty.read_bytes())
    assert run("review", long).code == 1
    assert run("review", long, "--format", "html", "--out", long.with_suffix(".h")).code == 1
    ran = run("review", long, "--suppress", "AUTH", "--reason", "有规定")
    assert ran.code == 2 and len(ran.errors) == 1


def test_expired_and_unreadable_entries_are_said_and_hide_nothing(run, faulty, entries, name) -> None:
    code, digits = name.split(":")
    entries.write_text(
        f"- {{code: {code}, fingerprint: '{digits}', reason: 省里已有规定, until: 2020-01-01}}\n"
        f"- {{code: {code}, fingerprint: '{digits}'}}\n",
        "utf-8",
    )
    ran = run("review", faulty)
    assert ran.code == 1 and "过期" in ran.out and "缺少“reason”" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--suppress", "{name}"], "--reason"),
        (["--suppress", "{name}", "--reason", ""], "--reason"),
        (["--suppress", "{name}", "--reason", "because"], "中文"),
        (["--suppress", "AUTH-001:0123456789abcdef", "--reason", "有规定"], "{name}"),
        (["--suppress", "AUTH", "--reason", "有规定"], "指纹"),
        (["--reason", "有规定"], "--suppress"),
        (["--until", "2027-01-01"], "--suppress"),
        (["--suppressions", "没有.yaml"], "没有.yaml"),
        (["--suppress", "{name}", "--reason", "有规定", "--until", "明年"], "2024-01-31"),
    ],
)
def test_a_wrong_wish_is_one_line_and_writes_nothing(run, faulty, entries, name, arguments, said) -> None:
    ran = run("review", faulty, *(one.format(name=name) for one in arguments))
    assert ran.code == 2 and ran.out == ""
    assert len(ran.errors) == 1 and said.format(name=name) in ran.err
    assert not entries.exists()


def test_a_broken_file_of_entries_is_an_error_and_stays_as_it_is(run, faulty, entries, name) -> None:
    entries.write_text("- [\n", "utf-8")
    for arguments in ([], ["--suppress", name, "--reason", "有规定"]):
        ran = run("review", faulty, *arguments)
        assert ran.code == 2 and len(ran.errors) == 1 and entries.name in ran.err
    assert entries.read_text("utf-8") == "- [\n"


@pytest.mark.parametrize("option", ["--suppress", "--suppressions", "--since"])
def test_what_is_for_one_file_is_refused_for_two(run, faulty, quiet, option) -> None:
    ran = run("review", faulty, quiet, option, "x", *(["--reason", "有"] if option == "--suppress" else []))
    assert ran.code == 2 and option in ran.err


# --- baseline -----------------------------------------------------------------------------------------------------


def test_only_what_is_new_counts(run, faulty, tmp_path, more) -> None:
    base = tmp_path / "base.json"
    assert run("review", faulty, "--format", "json", "--out", base).code == 1
    ran = run("review", faulty, "--baseline", base)
    assert ran.code == 0 and "base.json 已有1处" in ran.out
    faulty.write_text("\n" + more, "utf-8")
    found = result(run, faulty, "--baseline", base)
    assert [one["category"] for one in found["findings"]] == ["permit"] and found["baseline"]["known_count"] == 1
    assert run("review", faulty, "--baseline", base).code == 1


def test_a_baseline_can_be_renewed_in_place_but_not_overwritten_by_another_form(run, faulty, tmp_path, more) -> None:
    base = tmp_path / "base.json"
    run("review", faulty, "--format", "json", "--out", base)
    faulty.write_text(more, "utf-8")
    assert run("review", faulty, "--baseline", base, "--format", "json", "--out", base).code == 1
    assert run("review", faulty, "--baseline", base).code == 0
    kept = base.read_bytes()
    assert run("review", faulty, "--baseline", base, "--out", base).code == 2
    assert base.read_bytes() == kept


def test_a_folder_of_reports_is_the_baseline_of_many_documents(run, faulty, doubtful, quiet, tmp_path, more) -> None:
    folder = tmp_path / "报告"
    run("review", faulty, doubtful, "--format", "json", "--out", folder)
    ran = run("review", faulty, doubtful, "--baseline", folder, "--fail-on", "doubtful")
    assert ran.code == 0
    doubtful.write_text(more, "utf-8")
    ran = run("review", faulty, doubtful, quiet, "--baseline", folder)
    assert ran.code == 1 and "没有“没有问题.txt”的报告" in ran.out.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"schema": "x", "result": null}'])
def test_a_baseline_that_is_no_report_is_one_line(run, faulty, tmp_path, content) -> None:
    base = tmp_path / "base.json"
    base.write_text(content)
    for option in ("--baseline", "--since"):
        ran = run("review", faulty, option, base)
        assert ran.code == 2 and ran.out == "" and len(ran.errors) == 1 and "base.json" in ran.err


# --- the second round ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["document", "report"])
def test_the_second_round_says_what_became_of_each_finding(run, faulty, tmp_path, form, more) -> None:
    old = tmp_path / "旧稿.txt"
    old.write_text(more, "utf-8")
    since = old
    if form == "report":
        since = tmp_path / "旧稿.json"
        run("review", old, "--format", "json", "--out", since)
    second = result(run, faulty, "--since", since)["second_round"]
    assert [len(second[key]) for key in ("resolved", "remaining", "new")] == [1, 1, 0]
    assert second["earlier"] == since.name
    if form == "document":
        (change,) = second["changes"]
        assert change["kind"] == "removed" and "设置广告" in change["before"]
    ran = run("review", faulty, "--since", since)
    assert ran.code == 1 and "与旧版比较" in ran.out and "已解决1处、仍存在1处、新出现0处" in ran.out


def test_a_docx_can_be_compared_with_a_text(run, faulty, tmp_path) -> None:
    notice = Path(__file__).parents[2] / "evals" / "demo" / "notice.docx"
    old = tmp_path / "旧稿.txt"
    old.write_bytes(faulty.read_bytes())
    assert run("review", notice, "--since", old, "--format", "opinion", "--out", tmp_path / "o.docx").code == 1


def test_a_missing_earlier_version_is_one_line_and_no_report_is_written(run, faulty, tmp_path) -> None:
    out = tmp_path / "r.html"
    ran = run("review", faulty, "--since", tmp_path / "没有.docx", "--format", "html", "--out", out)
    assert ran.code == 2 and len(ran.errors) == 1 and "没有.docx" in ran.err and not out.exists()


def test_the_earlier_version_is_never_overwritten(run, faulty, quiet) -> None:
    before = quiet.read_bytes()
    ran = run("review", faulty, "--since", quiet, "--out", quiet)
    assert ran.code == 2 and "覆盖" in ran.err and quiet.read_bytes() == before


def test_suppressions_baseline_and_second_round_go_together(run, faulty, name, tmp_path, more) -> None:
    base = tmp_path / "base.json"
    run("review", faulty, "--format", "json", "--out", base)
    faulty.write_text(more, "utf-8")
    found = result(run, faulty, "--suppress", name, "--reason", "省里已有规定", "--baseline", base, "--since", base)
    assert [one["category"] for one in found["findings"]] == ["permit"]
    assert found["suppressed"][0]["finding"]["quote"] == FINE and found["baseline"]["known_count"] == 0
    assert [len(found["second_round"][key]) for key in ("resolved", "remaining", "new")] == [0, 1, 1]
    assert found["second_round"]["remaining"][0]["note"] == "已豁免"


# --- configuration ------------------------------------------------------------------------------------------------


def configure(folder: Path, text: str) -> Path:
    path = folder / "draft-assist.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_configuration_beside_or_above_the_document_counts(run, faulty, name, tmp_path) -> None:
    code = name.split(":")[0]
    configure(tmp_path, f'[rules]\noff = ["{code}"]\n')
    ran = run("review", faulty)
    assert ran.code == 0 and f"规则 {code} 已按 draft-assist.toml 停用" in ran.out
    assert run("review", faulty, "--no-config").code == 1
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (below / "x.txt").write_bytes(faulty.read_bytes())
    assert run("review", below / "x.txt").code == 0
    # Each document has the nearest.
    configure(below, "")
    assert run("review", below / "x.txt").code == 1
    assert run("review", faulty, below / "x.txt").code == 1
    assert run("review", faulty, below / "x.txt", "--config", tmp_path / "draft-assist.toml").code == 0


def test_severity_rank_and_threshold_come_from_the_configuration_unless_given(run, faulty, name, tmp_path) -> None:
    code = name.split(":")[0]
    configure(tmp_path, f'[severity]\n"{code}" = "doubtful"\n[review]\nfail_on = "doubtful"\nrank = "township"\n')
    ran = run("review", faulty, "--format", "json")
    found = json.loads(ran.out)["result"]
    assert ran.code == 1 and found["findings"][0]["severity"] == "doubtful"
    assert found["document"]["rank"] == found["document"]["rank"] | {"id": "township", "given": True}
    assert code in found["adjusted"][0]
    assert run("review", faulty, "--fail-on", "unlawful").code == 0
    assert result(run, faulty, "--rank", "county")["document"]["rank"]["id"] == "county"


def test_the_configuration_is_looked_for_where_the_document_really_is(run, faulty, tmp_path) -> None:
    (tmp_path / "other").mkdir()
    configure(tmp_path / "other", "[rules]\nof = []\n")
    assert run("review", tmp_path / "other" / ".." / faulty.name).code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [("[rules]\nof = []\n", "off、preview"), ('[rules]\noff = ["AUTH-9999"]\n', "AUTH-9999"), ("=", "TOML")],
)
def test_a_wrong_configuration_is_one_line(run, faulty, tmp_path, text, said) -> None:
    path = configure(tmp_path, text)
    for arguments in ([], ["--config", path]):
        ran = run("review", faulty, *arguments)
        assert ran.code == 2 and ran.out == "" and len(ran.errors) == 1
        assert said in ran.err and "draft-assist.toml" in ran.err


def test_a_configuration_and_none_do_not_go_together(run, faulty, tmp_path) -> None:
    path = configure(tmp_path, "")
    assert run("review", faulty, "--config", path, "--no-config").code == 2
    assert run("review", faulty, "--config", tmp_path / "none.toml").code == 2


def test_the_local_profile_of_the_configuration_is_used(run, faulty, tmp_path) -> None:
    from draft_assist.cli.setup import Setups
    from draft_assist.settings import Settings

    configure(tmp_path, '[review]\nprofile = "local.yaml"\n')
    assert run("review", faulty).code == 2  # there is no such profile
    (tmp_path / "local.yaml").write_text("jurisdiction: 青榆县\n", "utf-8")
    setup = Setups(Settings(), config=None, no_config=False).of(str(faulty))
    assert setup.profile is not None and setup.profile.jurisdiction == "青榆县"
    assert run("review", faulty).code == 1


def test_accompanying_papers_do_not_look_like_a_change_of_the_document(run, faulty, tmp_path) -> None:
    paper = tmp_path / "起草说明.txt"
    paper.write_text("关于《青榆县夜市摊点管理的通知》的起草说明\n\n2026年8月1日至8月31日公开征求意见。\n", "utf-8")
    old = tmp_path / "旧稿.txt"
    old.write_bytes(faulty.read_bytes())
    second = result(run, faulty, "--with", paper, "--since", old)["second_round"]
    assert second["resolved"] == second["new"] == [] and second["changes"] == []
