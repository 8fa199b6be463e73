"""The installed command, in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

NOTICE = Path(__file__).parents[2] / "evals" / "demo" / "notice.docx"


def command(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", "from draft_assist.cli.main import run; run()", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=60,
        env={**os.environ, **environment},
        check=False,
    )


def test_help_and_version_are_chinese_and_end_with_0() -> None:
    commands = ["review"], ["explain"], ["eval"], ["eval", "clauses"], ["decisions"], ["decisions", "add"]
    for arguments in (["--help"], *([*one, "-h"] for one in commands)):
        ran = command(*arguments, PYTHONIOENCODING="utf-8")
        assert ran.returncode == 0 and ran.stderr == b""
        text = ran.stdout.decode()
        assert "用法：" in text and "选项：" in text
        assert not any(word in text for word in ("Usage", "Options", "Commands", "Show this", "default:"))
    assert command("--version").stdout.startswith(b"draft-assist ")


def test_no_command_shows_the_help_and_ends_with_2() -> None:
    ran = command(PYTHONIOENCODING="utf-8")
    assert ran.returncode == 2 and "用法：" in ran.stderr.decode()


@pytest.mark.parametrize(("arguments", "code"), [([NOTICE], 1), ([NOTICE, "--fail-on", "never"], 0), (["none"], 2)])
def test_exit_codes_reach_the_shell(arguments, code) -> None:
    ran = command("review", *arguments)
    assert ran.returncode == code and b"Traceback" not in ran.stderr


def test_standard_input_is_read() -> None:
    ran = command("review", "-", "--format", "json", stdin=NOTICE.read_bytes())
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["result"]["counts"]["total"] > 0


def test_a_terminal_without_chinese_is_no_reason_to_fail() -> None:
    ran = command("review", NOTICE, PYTHONIOENCODING="ascii")
    assert ran.returncode == 1 and b"Traceback" not in ran.stderr


def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "from draft_assist.cli.main import run; run()", "review", str(NOTICE)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_the_same_document_gives_the_same_report_in_every_process() -> None:
    reports = {command("review", NOTICE, "--format", "json", PYTHONHASHSEED=seed).stdout for seed in ("1", "2")}
    assert len(reports) == 1


def test_two_reviews_at_once_share_the_cache(tmp_path) -> None:
    environment = {**os.environ, "DRAFT_ASSIST_CACHE_DIR": str(tmp_path / "cache")}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", "from draft_assist.cli.main import run; run()", "review", str(NOTICE)],
            stdout=subprocess.PIPE,
            env=environment,
        )
        for _ in range(3)
    ]
    outputs = {process.communicate(timeout=60)[0] for process in running}
    assert len(outputs) == 1
    assert not list((tmp_path / "cache").glob("*.part"))
