"""Files written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from draft_assist.follow.files import write_whole


def test_a_file_is_made_with_its_folder(tmp_path) -> None:
    path = tmp_path / "a" / "b.txt"
    write_whole(path, "有".encode())
    assert path.read_text("utf-8") == "有" and list(path.parent.iterdir()) == [path]


def test_a_failed_check_leaves_the_old_file_and_nothing_else(tmp_path) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes(b"old")

    def refuse(partial: Path) -> None:
        assert partial.read_bytes() == b"new"
        raise ValueError

    with pytest.raises(ValueError):
        write_whole(path, b"new", check=refuse)
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes(b"old")

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_stays_a_link(tmp_path) -> None:
    target = tmp_path / "target.txt"
    target.write_bytes(b"old")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink() and target.read_bytes() == b"new"
