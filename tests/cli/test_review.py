"""`draft-assist review`: exit codes, formats, where reports go."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from draft_assist.report import FORMATS

FINE = "处二百元以上一千元以下罚款"


def test_exit_code_tells_findings_from_none(run, faulty, quiet) -> None:
    assert run("review", faulty).code == 1
    assert run("review", quiet).code == 0
    assert run("review", faulty, quiet).code == 1


@pytest.mark.parametrize(
    ("threshold", "code_if_faulty", "code_if_doubtful"),
    [("unlawful", 1, 0), ("doubtful", 1, 1), ("never", 0, 0)],
)
def test_fail_on_moves_the_threshold(run, faulty, doubtful, threshold, code_if_faulty, code_if_doubtful) -> None:
    assert run("review", faulty, "--fail-on", threshold).code == code_if_faulty
    assert run("review", doubtful, "--fail-on", threshold).code == code_if_doubtful


@pytest.mark.parametrize("form", ["text", "json", "sarif", "md", "html"])
def test_a_report_in_text_form_goes_to_standard_output(run, faulty, form) -> None:
    ran = run("review", faulty, "--format", form)
    assert ran.code == 1 and ran.err == ""
    assert FINE in ran.out


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_form_is_written_to_the_file_asked_for(run, faulty, tmp_path, form) -> None:
    target = tmp_path / f"report{FORMATS[form].suffix}"
    ran = run("review", faulty, "--format", form, "--out", target)
    assert ran.code == 1 and ran.out == ""
    assert str(target) in ran.err and "违法1处" in ran.err
    if FORMATS[form].is_binary:
        with zipfile.ZipFile(target) as package:
            text = b"".join(package.read(name) for name in package.namelist() if name.endswith(".xml")).decode()
    else:
        text = target.read_text(encoding="utf-8")
    assert "罚款" in text
    assert not list(tmp_path.glob(".*partial"))


def test_json_says_schema_and_result(run, faulty) -> None:
    report = json.loads(run("review", faulty, "--format", "json").out)
    assert report["schema"] == "draft-assist/report/1"
    assert [one["quote"] for one in report["result"]["findings"]] == [FINE]
    assert "error" not in report


@pytest.mark.parametrize("form", [one.id for one in FORMATS.values() if one.is_binary])
def test_a_docx_without_out_is_written_here_and_overwrites_nothing(run, faulty, tmp_path, monkeypatch, form) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert run("review", faulty, "--format", form).code == 1
    (first,) = here.iterdir()
    kept = first.read_bytes()
    assert run("review", faulty, "--format", form).code == 1
    assert len(list(here.iterdir())) == 2
    assert first.read_bytes() == kept


# --- several files ------------------------------------------------------------------------------------------------


def test_several_files_go_into_a_folder_and_a_bad_one_stops_none(run, faulty, quiet, tmp_path) -> None:
    broken = tmp_path / "坏文件.docx"
    broken.write_bytes(b"PK\x03\x04 this is no package")
    folder = tmp_path / "报告"
    ran = run("review", faulty, broken, quiet, "--format", "html", "--out", folder)
    assert ran.code == 2
    assert [path.name for path in sorted(folder.iterdir())] == ["有罚款.审查.html", "没有问题.审查.html"]
    assert len(ran.errors) == 1 and "坏文件.docx" in ran.errors[0]
    assert "[2/3]" in ran.err


def test_a_bad_file_leaves_a_json_error_in_the_folder(run, faulty, tmp_path) -> None:
    folder = tmp_path / "out"
    assert run("review", faulty, tmp_path / "none.txt", "--format", "json", "--out", folder).code == 2
    error = json.loads((folder / "none.审查.json").read_text("utf-8"))["error"]
    assert error["what"] and "none.txt" in error["where"]


def test_files_of_the_same_name_get_reports_of_their_own(run, faulty, tmp_path) -> None:
    other = tmp_path / "other" / faulty.name
    other.parent.mkdir()
    other.write_bytes(faulty.read_bytes())
    folder = tmp_path / "out"
    assert run("review", faulty, other, "--format", "md", "--out", folder).code == 1
    assert len(list(folder.iterdir())) == 2


def test_several_files_read_one_after_another_on_the_terminal(run, faulty, quiet) -> None:
    ran = run("review", faulty, quiet)
    assert ran.out.count("预审报告：") == 2


def test_several_files_in_a_form_for_files_need_a_folder(run, faulty, quiet) -> None:
    ran = run("review", faulty, quiet, "--format", "json")
    assert ran.code == 2 and ran.out == ""
    assert len(ran.errors) == 1 and "--out" in ran.errors[0]


def test_several_files_do_not_go_into_one_file(run, faulty, quiet, tmp_path) -> None:
    target = tmp_path / "report.md"
    target.write_text("mine")
    assert run("review", faulty, quiet, "--format", "md", "--out", target).code == 2
    assert target.read_text() == "mine"


def test_one_file_goes_into_a_folder_that_exists_or_is_named_with_a_slash(run, faulty, tmp_path) -> None:
    (tmp_path / "there").mkdir()
    run("review", faulty, "--format", "html", "--out", tmp_path / "there")
    run("review", faulty, "--format", "html", "--out", f"{tmp_path}/new/")
    assert (tmp_path / "there" / "有罚款.审查.html").is_file()
    assert (tmp_path / "new" / "有罚款.审查.html").is_file()


# --- what is refused ----------------------------------------------------------------------------------------------


def test_the_reviewed_file_is_never_overwritten(run, faulty, tmp_path, monkeypatch) -> None:
    before = faulty.read_bytes()
    monkeypatch.chdir(tmp_path)
    # The same file by another path.
    ran = run("review", faulty, "--out", Path("..") / tmp_path.name / faulty.name)
    assert ran.code == 2 and len(ran.errors) == 1 and "覆盖" in ran.errors[0]
    assert faulty.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rank", "koenig"], "county"),  # the allowed values are listed
        (["--kind", "roman"], "normative_document"),
        (["--format", "docx"], "annotated"),
        (["--fail-on", "always"], "never"),
        (["--as-of", "2024-13-01"], "2024-01-31"),  # how a date is written
        (["--as-of", "去年"], "2024-01-31"),
        (["--fromat", "json"], "--format"),  # the near option is named
        (["--out"], "--out"),
    ],
)
def test_a_wrong_option_is_one_line_that_says_what_is_right(run, faulty, arguments, said) -> None:
    ran = run("review", faulty, *arguments)
    assert ran.code == 2 and ran.out == ""
    assert len(ran.err.splitlines()) == len(ran.errors) == 1
    assert said in ran.err and "--help" in ran.err


@pytest.mark.parametrize("name", ["没有这个文件.txt", ""])
def test_a_missing_file_is_one_line(run, tmp_path, name) -> None:
    ran = run("review", tmp_path / name)  # "" is the folder itself
    assert ran.code == 2 and ran.out == ""
    assert len(ran.err.splitlines()) == len(ran.errors) == 1


def test_no_file_is_one_line(run) -> None:
    ran = run("review")
    assert ran.code == 2 and len(ran.errors) == 1


def test_an_unknown_command_names_the_commands(run) -> None:
    ran = run("reveiw")
    assert ran.code == 2 and "review、explain、" in ran.err


def test_a_folder_that_cannot_be_made_is_one_line(run, faulty, tmp_path) -> None:
    (tmp_path / "file").write_text("")
    ran = run("review", faulty, "--format", "html", "--out", tmp_path / "file" / "report.html")
    assert ran.code == 2 and len(ran.errors) == 1


def test_a_setting_of_the_environment_that_is_no_number_is_one_line(run, faulty, monkeypatch) -> None:
    monkeypatch.setenv("DRAFT_ASSIST_MAX_TEXT_CHARS", "many")
    ran = run("review", faulty)
    assert ran.code == 2 and len(ran.errors) == 1 and "DRAFT_ASSIST_MAX_TEXT_CHARS" in ran.err


def test_debug_shows_the_error_itself(run, tmp_path) -> None:
    from draft_assist.cli.main import main
    from draft_assist.errors import SourceError

    with pytest.raises(SourceError):
        main(["--debug", "explain", str(tmp_path / "none.txt")])


# --- standard input -----------------------------------------------------------------------------------------------


def test_a_dash_reads_standard_input(run, faulty, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(faulty.read_bytes())))
    ran = run("review", "-", "--format", "json")
    assert ran.code == 1
    assert json.loads(ran.out)["result"]["findings"][0]["quote"] == FINE


def test_standard_input_can_be_named_once(run) -> None:
    assert run("review", "-", "-").code == 2


def test_a_docx_from_standard_input_can_be_annotated(run, monkeypatch, tmp_path) -> None:
    notice = Path(__file__).parents[2] / "evals" / "demo" / "notice.docx"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(notice.read_bytes())))
    target = tmp_path / "annotated.docx"
    assert run("review", "-", "--format", "annotated", "--out", target).code == 1
    assert zipfile.is_zipfile(target)


# --- what the options do ------------------------------------------------------------------------------------------


def test_rank_and_kind_given_are_used_and_said(run, faulty) -> None:
    ran = run("review", faulty, "--rank", "law", "--format", "json")
    result = json.loads(ran.out)["result"]
    assert result["document"]["rank"]["id"] == "law" and result["document"]["rank"]["given"]
    # A law may set fines.
    assert ran.code == 0


def test_the_day_given_is_the_day_of_the_report(run, faulty) -> None:
    result = json.loads(run("review", faulty, "--as-of", "2022-03-01", "--format", "json").out)["result"]
    assert result["as_of"] == "2022-03-01"


def test_a_marked_file_stops_none_of_the_others_and_its_words_are_nowhere(run, faulty, tmp_path) -> None:
    marked = tmp_path / "涉密.txt"
    marked.write_text("机密★1年\n青榆县河道巡查方案\n第一条　各乡镇应当巡查青石滩河道。\n", "utf-8")
    ran = run("review", marked, faulty, "--format", "json", "--out", tmp_path / "out")
    assert ran.code == 2
    assert len(ran.errors) == 1
    assert "《中华人民共和国保守国家秘密法》第三十一条" in ran.errors[0]
    told = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert "青石滩".encode() not in told
    assert "处二百元以上一千元以下罚款".encode() in told
