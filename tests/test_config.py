"""`draft-assist.toml`: read, looked for, applied to the rules and said in the report."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import msgspec
import pytest

from draft_assist.check.ruleset import Rule, Status
from draft_assist.check.run import Kit, read_kit
from draft_assist.check.trust import Trust, TrustTable, digest_of
from draft_assist.config import (
    NAME,
    Config,
    configured,
    configured_kit,
    explain_config,
    find_config,
    read_config,
    with_folders,
)
from draft_assist.errors import KnowledgeError, OptionError
from draft_assist.flow import review_text
from draft_assist.knowledge import knowledge_path
from draft_assist.model import Kind, Rank, Report, Severity

FINE = "第二条　摆渡人在汛期夜间开船的，由县水运所处三百元罚款。"
DAY = dt.date(2026, 11, 1)


@cache
def kit() -> Kit:
    """The rules on powers only, of which one fires on FINE."""
    kit = read_kit()
    rules = tuple(rule for rule in kit.rules.rules if rule.code.startswith("AUTH-"))
    return msgspec.structs.replace(kit, rules=msgspec.structs.replace(kit.rules, rules=rules))


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / NAME
    path.write_text(text, "utf-8")
    return path


def reviewed(used: Kit) -> Report:
    return review_text(FINE, as_of=DAY, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT, kit=used)


def with_status(code: str, status: Status) -> Kit:
    """The shipped kit with one rule of another status."""
    rules = [msgspec.structs.replace(rule, status=status) if rule.code == code else rule for rule in kit().rules.rules]
    return with_rules(tuple(rules))


def with_rules(rules: tuple[Rule, ...]) -> Kit:
    return msgspec.structs.replace(kit(), rules=msgspec.structs.replace(kit().rules, rules=rules))


def fine_rule() -> Rule:
    """The rule that fires on FINE."""
    (finding,) = reviewed(kit()).findings
    return kit().rules.by_code[finding.code]


# --- reading ------------------------------------------------------------------------------------------------------


def test_every_key_is_read(tmp_path) -> None:
    (tmp_path / "rules").mkdir()
    config = read_config(
        file(
            tmp_path,
            """
            [rules]
            off = ["AUTH-001"]
            preview = ["AUTH-002"]
            [severity]
            "AUTH-021" = "doubtful"
            AUTH-051 = "advice"
            [review]
            rank = "city"
            kind = "plan"
            rules = ["rules"]
            fail_on = "never"
            profile = "template"
            """,
        )
    )
    assert config == Config(
        path=tmp_path / NAME,
        off=("AUTH-001",),
        preview=("AUTH-002",),
        severity={"AUTH-021": Severity.DOUBTFUL, "AUTH-051": Severity.ADVICE},
        rank=Rank.CITY,
        kind=Kind.PLAN,
        rules=(tmp_path / "rules",),
        fail_on="never",
        profile="template",
    )


@pytest.mark.parametrize("text", ["", "# 空\n", "[rules]\n", "\ufeff[rules]\npreview = false\n", "[review]\r\n"])
def test_a_file_that_says_nothing_changes_nothing(tmp_path, text) -> None:
    config = read_config(file(tmp_path, text))
    assert config == Config(path=tmp_path / NAME)
    assert configured(kit().rules, config) is kit().rules
    report = reviewed(kit())
    assert explain_config(report, kit(), config) == report
    assert reviewed(configured_kit(kit(), config)) == report


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[rules]\nof = []\n", 2, "off、preview"),
        ("[rules]\noff = []\n\n[rule]\n", 4, "rules、severity、review"),
        ("[review]\nrnak = 'county'\n", 2, "“rank”"),
        ("[review]\nrank = 'contry'\n", 2, "“county”"),
        ("[review]\nkind = 3\n", 2, "normative_document"),
        ("[review]\nfail_on = 'always'\n", 2, "never"),
        ("[review]\nrules = 'rules'\n", 2, "列表"),
        ("[review]\nrules = ['没有']\n", 2, "没有规则文件夹"),
        ("[rules]\noff = 'AUTH-001'\n", 2, "列表"),
        ("[rules]\noff = [1]\n", 2, "列表"),
        ("[rules]\npreview = 'yes'\n", 2, "true"),
        ("[severity]\n\n\"AUTH-021\" = 'unlawfull'\n", 3, "“unlawful”"),
        ("[severity]\nAUTH-021 = 1\n", 2, "doubtful"),
        ("rules = 1\n", 1, "[rules]"),
        ("[rules]\noff = [\n", 0, "TOML"),
        ("[rules]\noff = [] []\n", 2, "TOML"),
        ("[rules]\noff = []\noff = []\n", 3, "TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_what_is_right(tmp_path, text, line, said) -> None:
    path = file(tmp_path, text)
    with pytest.raises(OptionError) as caught:
        read_config(path)
    assert said in str(caught.value)
    if line:
        assert str(caught.value).startswith(f"{path}:{line}：")
    assert "\n" not in str(caught.value)


def test_a_profile_nobody_has_is_an_error(tmp_path) -> None:
    with pytest.raises(OptionError, match="template"):
        read_config(file(tmp_path, "[review]\nprofile = '没有'\n"))


def test_a_missing_or_unreadable_file_is_an_error(tmp_path) -> None:
    with pytest.raises(OptionError, match="没有这个配置文件"):
        read_config(tmp_path / "none.toml")
    with pytest.raises(OptionError):
        read_config(tmp_path)
    path = tmp_path / NAME
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(OptionError, match="UTF-8"):
        read_config(path)


# --- looking for it -----------------------------------------------------------------------------------------------


def test_the_nearest_file_counts(tmp_path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_config(inner) is None
    outer = file(tmp_path, "")
    assert find_config(inner) == outer
    near = inner / NAME
    near.write_text("")
    assert find_config(inner) == near


def test_nothing_above_home_is_looked_at(tmp_path, monkeypatch) -> None:
    home = tmp_path / "home"
    (home / "drafts").mkdir(parents=True)
    file(tmp_path, "")
    monkeypatch.setattr(Path, "home", lambda: home)
    assert find_config(home / "drafts") is None
    (home / NAME).write_text("")
    assert find_config(home / "drafts") == home / NAME


def test_a_user_without_a_home_is_no_reason_to_fail(tmp_path, monkeypatch) -> None:
    def none() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", none)
    assert find_config(tmp_path) is None


# --- applying -----------------------------------------------------------------------------------------------------


def test_a_rule_that_is_off_does_not_run_and_that_is_said() -> None:
    rule = fine_rule()
    config = Config(path=Path(NAME), off=(rule.code,))
    rules = configured(kit().rules, config)
    assert rule.code not in rules.by_code and len(rules.rules) == len(kit().rules.rules) - 1
    assert rules.digest != kit().rules.digest
    report = explain_config(reviewed(configured_kit(kit(), config)), kit(), config)
    assert rule.code not in {finding.code for finding in report.findings}
    assert f"规则 {rule.code} 已按 draft-assist.toml 停用" in [one.what for one in report.not_checked]


def test_another_severity_is_used_and_said() -> None:
    rule = fine_rule()
    config = Config(severity={rule.code: Severity.ADVICE})
    report = reviewed(configured_kit(kit(), config))
    assert [one.severity for one in report.findings] == [Severity.ADVICE]
    (line,) = explain_config(report, kit(), config).adjusted
    assert rule.code in line and "由“违法”改为“提示”" in line
    assert fine_rule().severity is Severity.UNLAWFUL  # the shipped rule is untouched


def test_the_severity_that_a_rule_has_anyway_changes_nothing() -> None:
    config = Config(severity={fine_rule().code: Severity.UNLAWFUL})
    assert configured(kit().rules, config) is kit().rules
    assert explain_config(reviewed(kit()), kit(), config).adjusted == ()


@pytest.fixture
def trial() -> Kit:
    """The shipped kit with the rule on fines on trial."""
    return with_status(fine_rule().code, Status.PREVIEW)


def test_a_rule_on_trial_runs_only_when_asked_for(trial) -> None:
    code = fine_rule().code
    for preview, runs in ((False, False), (True, True), ((code,), True), ((), False)):
        config = Config(preview=preview)
        report = reviewed(configured_kit(trial, config))
        assert (code in {finding.code for finding in report.findings}) is runs
        said = explain_config(report, trial, config).adjusted
        assert any("试用规则" in line for line in said) is runs


def test_asking_for_one_rule_on_trial_asks_for_no_other(trial) -> None:
    other = next(rule.code for rule in trial.rules.rules if rule.code != fine_rule().code)
    assert reviewed(configured_kit(trial, Config(preview=(other,)))).findings == ()


def weak(code: str) -> Kit:
    """The shipped kit with a rule that was right too seldom."""
    match = kit().rules.by_code[code].match
    poor = Trust(fired=20, right=12, low=0.4, high=0.8, match=digest_of(match))
    return msgspec.structs.replace(kit(), trust=TrustTable(sets={"x": 20}, rules={code: poor}))


def test_a_rule_that_was_right_too_seldom_is_on_trial_too() -> None:
    code = fine_rule().code
    assert reviewed(configured_kit(weak(code), Config())).findings == ()
    config = Config(preview=(code,))
    report = reviewed(configured_kit(weak(code), config))
    assert [one.code for one in report.findings] == [code] and report.findings[0].measured
    assert code in explain_config(report, weak(code), config).adjusted[0]


def test_another_severity_changes_how_findings_count_not_which_rules_run() -> None:
    code = fine_rule().code
    assert reviewed(configured_kit(weak(code), Config(severity={code: Severity.ADVICE}))).findings == ()
    doubtful = kit().rules.by_code[code]
    passing = Trust(fired=20, right=16, low=0.6, high=0.9, match=digest_of(doubtful.match))
    rules = tuple(
        msgspec.structs.replace(rule, severity=Severity.DOUBTFUL) if rule.code == code else rule
        for rule in kit().rules.rules
    )
    plain = msgspec.structs.replace(with_rules(rules), trust=TrustTable(sets={"x": 20}, rules={code: passing}))
    assert [one.code for one in reviewed(plain).findings] == [code]
    graver = reviewed(configured_kit(plain, Config(severity={code: Severity.UNLAWFUL})))
    assert [(one.code, one.severity) for one in graver.findings] == [(code, Severity.UNLAWFUL)]


def test_off_stands_above_preview(trial) -> None:
    code = fine_rule().code
    config = Config(preview=True, off=(code,))
    used = configured_kit(trial, config)
    assert code not in used.rules.by_code
    said = explain_config(reviewed(used), trial, config)
    assert not any(code in line for line in said.adjusted) and any(code in one.what for one in said.not_checked)


@pytest.mark.parametrize(
    "config", [Config(off=("AUTH-01",)), Config(preview=("AUTH-01",)), Config(severity={"AUTH-01": Severity.ADVICE})]
)
def test_a_code_that_no_rule_has_is_an_error_with_the_near_one(config) -> None:
    with pytest.raises(OptionError, match=r"AUTH-01”.+是否应为“AUTH-"):
        configured(kit().rules, config)


def test_a_draft_cannot_be_asked_for() -> None:
    code = fine_rule().code
    with pytest.raises(OptionError, match="草拟"):
        configured(with_status(code, Status.DRAFT).rules, Config(preview=(code,)))


def test_two_configurations_have_two_digests() -> None:
    configs = (Config(), Config(off=("AUTH-001",)), Config(severity={"AUTH-001": Severity.ADVICE}))
    assert len({configured(kit().rules, one).digest for one in configs}) == 3


def test_a_folder_of_rules_is_added(tmp_path) -> None:
    path = next(path for path in sorted(knowledge_path("rules").rglob("*.yaml")) if fine_rule().name == path.stem)
    text = path.read_text("utf-8").replace(f"code: {fine_rule().code}", "code: TOWN-001")
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / path.name).write_text(text, "utf-8")
    config = Config(rules=(folder,))
    more = with_folders(kit(), config)
    assert more.rules.by_code["TOWN-001"].title == fine_rule().title and more.rules.digest != kit().rules.digest
    assert len(more.rules.rules) == len(kit().rules.rules) + 1
    only = configured_kit(more, Config(off=(fine_rule().code,)))
    assert [one.code for one in reviewed(only).findings] == ["TOWN-001"]
    assert "rules" in explain_config(reviewed(more), more, config).adjusted[0]
    assert with_folders(kit(), Config()) is kit()


def test_a_code_that_is_taken_and_a_wrong_rule_are_errors(tmp_path) -> None:
    path = next(path for path in sorted(knowledge_path("rules").rglob("*.yaml")) if fine_rule().name == path.stem)
    (tmp_path / path.name).write_bytes(path.read_bytes())
    with pytest.raises(KnowledgeError, match=fine_rule().code):
        with_folders(kit(), Config(rules=(tmp_path,)))
    (tmp_path / path.name).write_text("code: 甲\n", "utf-8")
    with pytest.raises(KnowledgeError):
        with_folders(kit(), Config(rules=(tmp_path,)))
