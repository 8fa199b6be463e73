"""Patterns kept compiled behave as patterns compiled anew, and a bad store costs time only."""

import re
import sqlite3

import pytest

from draft_assist import patterns

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
