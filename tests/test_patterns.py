"""Patterns kept compiled behave as patterns compiled anew, and a bad store costs time only."""

import datetime as dt
import re
import sqlite3
from pathlib import Path

import pytest

from draft_assist import patterns
from draft_assist.check.acts import constructions
from draft_assist.check.run import read_kit
from draft_assist.flow import review_text
from draft_assist.model import Kind, Rank

SOURCES = [
    r"(?P<who>[一-龥]{2,6}(?:县|区))[^，。]{0,8}?(?<!不)应当(?!的)",
    r"(?i:ab)(?P<n>\d+)\s*(?P=n)",
    r"(?:甲|乙(丙)?){1,3}+",
    r"(?=.*罚款)(?!.*依法).",
]
TEXT = "青榆县政府应当公布；AB12 12；甲乙丙乙；对其罚款\n不应当；清河区内不应当"


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("DRAFT_ASSIST_CACHE_DIR", str(tmp_path))
    for one in (patterns.compiled, patterns._store):
        one.cache_clear()
    yield tmp_path / "patterns.sqlite"
    for one in (patterns.compiled, patterns._store):
        one.cache_clear()


def anew():
    """Write what is new and forget it, as the next run would."""
    patterns._store().write()
    patterns.compiled.cache_clear()
    patterns._store.cache_clear()


@pytest.mark.parametrize("source", SOURCES)
def test_a_kept_pattern_matches_what_the_pattern_matches(store, source, monkeypatch):
    patterns.compiled(source)
    anew()
    with monkeypatch.context() as only_the_store:
        only_the_store.setattr(re, "compile", None)
        only_the_store.setattr(patterns._Store, "_coded", None)
        kept = patterns.compiled(source)
    plain = re.compile(source)
    assert (kept.pattern, kept.flags, kept.groups, dict(kept.groupindex)) == (
        plain.pattern,
        plain.flags,
        plain.groups,
        dict(plain.groupindex),
    )
    found = [(m.span(), m.groups(), m.lastgroup) for m in kept.finditer(TEXT)]
    assert found == [(m.span(), m.groups(), m.lastgroup) for m in plain.finditer(TEXT)]
    assert found


def test_a_wrong_pattern_is_an_error_as_ever(store):
    with pytest.raises(re.error):
        patterns.compiled("(未完")


def test_damaged_code_is_not_run(store):
    patterns.compiled(SOURCES[0])
    anew()
    database = sqlite3.connect(store)
    with database:
        database.execute("UPDATE pattern SET code = ?", (b"\x93 no code",))
    database.close()
    assert patterns.compiled(SOURCES[0]).search(TEXT)


def test_code_that_the_interpreter_refuses_is_not_run(store):
    import msgspec

    patterns.compiled(SOURCES[0])
    anew()
    database = sqlite3.connect(store)
    with database:
        wrong = msgspec.msgpack.encode(patterns._Code(32, [99, 4, 7], 0, {}))
        database.execute("UPDATE pattern SET code = ?", (wrong,))
    database.close()
    assert patterns.compiled(SOURCES[0]).search(TEXT)


def test_a_file_that_is_no_store_is_left_alone(store):
    store.write_bytes("不是数据库".encode() * 100)
    assert patterns.compiled(SOURCES[0]).search(TEXT)


def test_without_a_cache_folder_patterns_are_compiled_as_usual(store, monkeypatch):
    monkeypatch.setattr(patterns, "cache_folder", lambda: None)
    assert patterns.compiled(SOURCES[0]).search(TEXT)


def test_a_store_that_is_being_written_is_gone_without(store):
    patterns.compiled(SOURCES[0])
    writer = sqlite3.connect(store, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    patterns._store().write()
    writer.execute("ROLLBACK")
    anew()
    assert patterns.compiled(SOURCES[0]).search(TEXT)


def test_nothing_of_a_document_is_kept(store):
    kit = read_kit()

    def review(label: str) -> None:
        text = f"关于港口建设的通知\n一、建成{label}5处。\n| 任务 | 目标 |\n|---|---|\n| 建成{label} | 6处 |\n"
        review_text(text, as_of=dt.date(2026, 11, 1), rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT, kit=kit)

    review("渔港码头")
    patterns._store().write()
    review("避风锚地")
    assert patterns._store()._new == {}


def test_a_wrong_pattern_of_a_user_leaves_what_is_known_as_it_was(store):
    for one in (constructions._known, constructions._about):
        one.cache_clear()
    right = constructions.literals_by(("停发{gap}补贴", "暂扣{gap}执照"))
    with pytest.raises(ValueError):
        constructions.literals_by(("强制{gap}搬迁", "[^，]{0,4}"))
    assert constructions.literals_by(("停发{gap}补贴", "暂扣{gap}执照")) == right
    assert "搬迁" in str(constructions.literals_by(("强制{gap}搬迁",)))
    constructions._known.cache_clear()


def test_no_count_of_a_pattern_is_lost_in_an_f_string():
    # {0,4} that is not doubled in an f-string becomes "(0, 4)"; the formatter then writes it {0, 4}.
    sources = Path(patterns.__file__).parent.rglob("*.py")
    assert not [path.name for path in sources if re.search(r"\{\d+, \d+\}", path.read_text("utf-8"))]
