"""`draft-assist ask`: what is printed, what is told by the exit code, what is kept, and what is not imported."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from draft_assist.cli.main import main
from draft_assist.law.store import Statutes

pytestmark = pytest.mark.skipif(not Statutes.open().titles(), reason="the data package is not installed")

NOTICE = "青榆县人民政府关于整治乱倒灰渣的通知\n\n第八条　乱倒灰渣的，处二百元罚款。\n"


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("URL", "NAME", "KEY"):
        monkeypatch.delenv(f"DRAFT_ASSIST_MODEL_{name}", raising=False)


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, "utf-8")
    return path


def test_an_article_is_printed_with_its_source(capsys) -> None:
    assert main(["ask", "民法典第三条是什么"]) == 0
    out, err = capsys.readouterr()
    assert "民事主体的人身权利" in out and "来源：" in out and "[1] 《中华人民共和国民法典》第三条" in out
    assert "没有配置模型，按规则和检索回答" in err


def test_no_sufficient_basis_is_exit_code_1(capsys) -> None:
    assert main(["ask", "--model", "off", "行政处罚法第九百条"]) == 1
    assert main(["ask", "--model", "off", "农户盖房的流程"]) == 1
    out, err = capsys.readouterr()
    assert "kb build" in out and "没有配置模型" not in err


def test_what_cannot_run_is_exit_code_2(capsys, tmp_path) -> None:
    assert main(["ask", "这个有问题吗", "--file", str(tmp_path / "没有.docx")]) == 2
    assert main(["ask", "民法典第三条", "--rank", "没有"]) == 2
    broken = tmp_path / "对话.json"
    broken.write_text("{}", "utf-8")
    assert main(["ask", "民法典第三条", "--conversation", str(broken)]) == 2
    assert "不是保存的对话" in capsys.readouterr().err


def test_json_names_question_text_and_sources(capsys) -> None:
    assert main(["ask", "--json", "--as-of", "2026-11-01", "谁可以设定罚款"]) == 0
    whole = json.loads(capsys.readouterr().out)
    result = whole["result"]
    assert whole["schema"] == "draft-assist/answer/1"
    assert (result["as_of"], result["intent"], result["model"]) == ("2026-11-01", "powers", "")
    first = result["sources"][0]
    assert (first["number"], first["kind"], first["provision"], first["version_date"]) == (
        1,
        "article",
        "10",
        "2021-01-22",
    )


def test_a_file_without_a_question_is_reviewed(capsys, notice) -> None:
    assert main(["ask", "--file", str(notice)]) == 0
    assert "处二百元罚款" in capsys.readouterr().out


def test_a_conversation_goes_on_and_keeps_no_words_of_a_file(capsys, notice, tmp_path) -> None:
    kept = tmp_path / "对话.json"
    assert main(["ask", "行政处罚法第三十三条", "--conversation", str(kept)]) == 0
    capsys.readouterr()
    assert main(["ask", "那第三十四条呢", "--conversation", str(kept)]) == 0
    assert "第三十四条[1]" in capsys.readouterr().out
    assert main(["ask", "--file", str(notice), "--conversation", str(kept)]) == 0
    text = kept.read_text("utf-8")
    assert "处二百元罚款" not in text and "通知.txt" in text
    capsys.readouterr()
    assert main(["ask", "这个文件有没有问题", "--conversation", str(kept)]) == 0
    assert "处二百元罚款" in capsys.readouterr().out


def test_what_is_piped_in_is_one_question(capsys, monkeypatch) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("下面这条有没有问题？\n乱倒灰渣的，处二百元罚款。\n"))
    assert main(["ask"]) == 0
    assert "规范性文件设定行政处罚" in capsys.readouterr().out


def test_on_a_terminal_questions_are_read_until_the_end(capsys, monkeypatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    lines = iter(["行政处罚法第三十三条", "", "那第三十四条呢"])

    def typed(_: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", typed)
    assert main(["ask"]) == 0
    out = capsys.readouterr().out
    assert "第三十三条[1]" in out and "第三十四条[1]" in out


def test_no_line_is_wider_than_the_page_and_no_control_character_is_printed(capsys) -> None:
    from draft_assist.report.columns import cell_width

    main(["ask", "这段话合法吗：“乱倒\x1b[31m灰渣的，处二百元罚款。”"])
    out = capsys.readouterr().out
    assert "\x1b" not in out and all(cell_width(line) <= 102 for line in out.split("\n"))


COLD = """
import sys
from draft_assist.cli.main import main
code = main(["ask", "--model", "auto", "民法典第三条是什么"])
names = ("langchain", "langchain_core", "openai", "pydantic", "tiktoken")
heavy = [one for one in sys.modules if one.split(".")[0] in names]
assert not heavy, heavy
sys.exit(code)
"""


def test_without_a_model_nothing_of_its_packages_is_imported_and_the_answer_is_quick() -> None:
    subprocess.run([sys.executable, "-c", COLD], check=True, capture_output=True)
    took = []
    for _ in range(3):  # another process may have the processor
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", COLD], check=True, capture_output=True)
        took.append(time.perf_counter() - begun)
    assert min(took) < 1.5
