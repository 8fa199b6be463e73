"""What the tests of the command line share: a document with a fault, one without, and a runner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from notices import DOUBTFUL, FAULTY, QUIET

from draft_assist.cli.main import main


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        """The error lines; anything else on stderr is progress."""
        return [line for line in self.err.splitlines() if line.startswith("错误：")]


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process."""

    def command(*arguments: str | Path) -> Ran:
        code = main([str(one) for one in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Ran(code, out, err)

    return command


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A county's notice that sets a fine."""
    return _written(tmp_path / "有罚款.txt", FAULTY)


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    """The same notice without the fine."""
    return _written(tmp_path / "没有问题.txt", QUIET)


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """The same notice with something that a person must decide."""
    return _written(tmp_path / "存疑.txt", DOUBTFUL)


@pytest.fixture
def rules_on_powers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reviews use the rules on powers only, for tests that count findings."""
    from msgspec.structs import replace

    from draft_assist.check.run import Kit, read_kit

    def powers_only(*arguments: Any, **options: Any) -> Kit:
        kit = read_kit(*arguments, **options)
        rules = tuple(rule for rule in kit.rules.rules if rule.code.startswith("AUTH-"))
        return replace(kit, rules=replace(kit.rules, rules=rules))

    monkeypatch.setattr("draft_assist.cli.setup.read_kit", powers_only)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
