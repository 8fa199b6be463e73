"""The settings of the model: where they stand, in which order, and what is said of faulty ones."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

pytest.importorskip("pydantic_settings", reason="needs the extra “model”")

from draft_assist.errors import OptionError
from draft_assist.judge.options import PREFIX, ModelOptions, read_model_options, resolve_model

URL = "http://127.0.0.1:11434/v1"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder and an environment without settings of ours."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


@pytest.fixture
def toml(tmp_path: Path):
    def write(words: str) -> Path:
        path = tmp_path / "draft-assist.toml"
        path.write_text(f"[model]\n{words}\n", "utf-8")
        path.chmod(0o600)
        return path

    return write


def test_without_settings_nothing_is_configured() -> None:
    options = read_model_options().options
    assert not options.is_configured
    assert resolve_model("auto", options) is None


def test_the_environment_stands_above_dotenv_and_that_above_the_file(monkeypatch, toml) -> None:
    path = toml('name = "file"\nurl = "http://file/v1"\ncontext = 9000')
    Path(".env").write_text(f"{PREFIX}NAME=dotenv\n{PREFIX}URL=http://dotenv/v1\n", "utf-8")
    monkeypatch.setenv(f"{PREFIX}NAME", "environment")
    options = read_model_options(path).options
    assert (options.name, options.url, options.context) == ("environment", "http://dotenv/v1", 9000)
    assert read_model_options(path, name="given").options.name == "given"


def test_a_dotenv_with_a_mark_of_its_encoding_and_other_names_is_read() -> None:
    Path(".env").write_bytes(f"\ufeff{PREFIX}NAME=模型\nOTHER=1\n".encode())
    assert read_model_options().options.name == "模型"


@pytest.mark.parametrize(
    ("given", "url"),
    [
        (URL, URL),
        (f"{URL}/", URL),
        (f" {URL}\n", URL),
        (f"{URL}/chat/completions", URL),
        ("https://dashscope.example/compatible-mode/v1", "https://dashscope.example/compatible-mode/v1"),
    ],
)
def test_addresses_as_people_copy_them(given, url) -> None:
    assert ModelOptions(url=given).url == url


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("URL", "127.0.0.1:11434", "http://"),
        ("URL", "http://user:secret@host/v1", "密钥"),
        ("URL", "http://host/v1?key=secret", "?"),
        ("URL", "http://host:99999/v1", "完整地址"),
        ("URL", "http://[::1/v1", "完整地址"),
        ("URL", "http://my host/v1", "完整地址"),
        ("KEY", "sk-secret\nX: y", "密钥"),
        ("KEY", "sk-secret密", "密钥"),
        ("EXTRA", '{"model": "other"}', "model"),
        ("TIMEOUT", "inf", "不能大于"),
        ("CONTEXT", "many", "整数"),
        ("CONTEXT", "100", "不能小于"),
        ("CONCURRENCY", "0", "不能小于 1"),
        ("CONCURRENCY", "1000", "不能大于 64"),
        ("TIMEOUT", "0", "应大于 0"),
        ("STRUCTURED", "yaml", "schema"),
        ("CACHE", "maybe", "true"),
        ("CA_FILE", "missing.pem", "没有这个文件"),
        ("EXTRA", "{", "JSON"),
        ("PRICE_IN", "1", "PRICE_OUT"),
        ("BUDGET", "5", "PRICE_IN"),
        ("MAX_OUTPUT", "30000", "CONTEXT"),
    ],
)
def test_a_value_that_cannot_be_used_is_told_with_its_name_and_never_itself(monkeypatch, name, value, told) -> None:
    monkeypatch.setenv(f"{PREFIX}{name}", value)
    with pytest.raises(OptionError) as raised:
        read_model_options()
    assert told in str(raised.value)
    assert PREFIX in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_value_of_the_file_is_told_with_the_file(toml) -> None:
    path = toml('context = "many"')
    with pytest.raises(OptionError, match=r"draft-assist\.toml"):
        read_model_options(path)


@pytest.mark.parametrize("where", ["environment", "dotenv", "file"])
def test_a_slip_in_a_name_is_told_with_the_nearest(monkeypatch, toml, where) -> None:
    path = toml("contxt = 9000" if where == "file" else "")
    if where == "environment":
        monkeypatch.setenv(f"{PREFIX}CONTXT", "9000")
    if where == "dotenv":
        Path(".env").write_text(f"{PREFIX}CONTXT=9000\n", "utf-8")
    with pytest.raises(OptionError, match=r"(?i)是否应为“(DRAFT_ASSIST_MODEL_)?context”"):
        read_model_options(path)


def test_the_key_is_in_no_words() -> None:
    options = ModelOptions(key="sk-very-secret")
    shown = [repr(options), str(options), str(options.model_dump()), json.dumps(options.model_dump(mode="json"))]
    assert not any("sk-very-secret" in one for one in shown)


def test_a_key_in_a_file_that_others_can_read_is_warned_about(toml) -> None:
    path = toml('key = "sk"')
    assert read_model_options(path).warnings == ()
    path.chmod(0o644)
    (warning,) = read_model_options(path).warnings
    assert "密钥" in warning


def test_lists_are_written_with_commas_in_the_environment_and_as_lists_in_the_file(monkeypatch, toml) -> None:
    assert read_model_options(toml('allow = ["a", "b"]')).options.allow == ("a", "b")
    monkeypatch.setenv(f"{PREFIX}ALLOW", "a, .b.example ,10.0.0.0/8")
    assert read_model_options().options.allow == ("a", ".b.example", "10.0.0.0/8")


def test_further_members_of_the_request_are_json(monkeypatch, toml) -> None:
    monkeypatch.setenv(f"{PREFIX}EXTRA", '{"enable_thinking": false}')
    assert read_model_options().options.extra == {"enable_thinking": False}


@pytest.mark.parametrize(
    ("choice", "name"), [("off", None), ("auto", "configured"), ("another", "another")], ids=lambda one: str(one)
)
def test_what_a_choice_means(choice, name) -> None:
    resolved = resolve_model(choice, ModelOptions(url=URL, name="configured"))
    assert (resolved.name if resolved else None) == name


def test_a_name_without_an_address_is_an_error() -> None:
    with pytest.raises(OptionError, match=f"{PREFIX}URL"):
        resolve_model("qwen", ModelOptions())


def test_a_damaged_file_is_told(tmp_path) -> None:
    path = tmp_path / "draft-assist.toml"
    path.write_text("[model\n", "utf-8")
    with pytest.raises(OptionError, match=r"draft-assist\.toml"):
        read_model_options(path)


def test_a_key_is_taken_without_the_white_space_around_it() -> None:
    assert ModelOptions(key=" sk-1\n").key.get_secret_value() == "sk-1"


def test_an_empty_variable_is_as_none(monkeypatch) -> None:
    monkeypatch.setenv(f"{PREFIX}CONTEXT", "")
    assert read_model_options().options.context == ModelOptions().context
