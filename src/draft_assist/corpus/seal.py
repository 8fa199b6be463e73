"""The seal of an index folder: size and checksum of each file, kept beside them, so that damage is noticed."""

from __future__ import annotations

import zlib
from pathlib import Path

import msgspec

_SEAL = "seal.json"
_PIECE = 1 << 20

# By the path inside the folder: bytes and CRC-32.
_Sums = dict[str, tuple[int, int]]


def seal(folder: Path) -> None:
    """Write the seal of a folder that is whole.

    Raises:
        OSError: a file cannot be read or the seal not be written.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _SEAL)
    sums: _Sums = {path.relative_to(folder).as_posix(): (path.stat().st_size, _crc(path)) for path in files}
    (folder / _SEAL).write_bytes(msgspec.json.encode(sums))


def wrong_sizes(folder: Path) -> list[str]:
    """The files that are gone or of another size than when they were sealed; reads the seal only.

    Raises:
        OSError, msgspec.MsgspecError: the seal cannot be read.
    """
    return [name for name, (size, _) in _sums(folder).items() if not _has_size(folder / name, size)]


def damaged(folder: Path) -> list[str]:
    """The files that are not as they were sealed; reads all of them. The seal itself, when it cannot be read."""
    try:
        sums = _sums(folder)
    except (OSError, msgspec.MsgspecError):
        return [_SEAL]
    return [name for name, facts in sums.items() if not _is_as_sealed(folder / name, *facts)]


def _sums(folder: Path) -> _Sums:
    return msgspec.json.decode((folder / _SEAL).read_bytes(), type=_Sums)


def _has_size(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def _is_as_sealed(path: Path, size: int, crc: int) -> bool:
    try:
        return _has_size(path, size) and _crc(path) == crc
    except OSError:
        return False


def _crc(path: Path) -> int:
    found = 0
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            found = zlib.crc32(piece, found)
    return found
