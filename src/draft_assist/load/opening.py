"""Bytes of a regular file, within the size limit; no pipe, device or folder can hang or flood the program."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

from draft_assist.errors import SourceError
from draft_assist.settings import Settings

_SURROGATE = re.compile("[\ud800-\udfff]")


def display_name(path: Path) -> str:
    """The path as it can be printed anywhere: bytes that are not text become “�”, line ends become spaces."""
    return " ".join(_SURROGATE.sub("\ufffd", str(path)).splitlines())


def read_regular_file(path: Path, settings: Settings) -> bytes:
    """All bytes of the file.

    Raises:
        SourceError: missing, a folder, a device or pipe, no permission, or above `settings.max_file_bytes`.
    """
    where = display_name(path)
    try:
        # O_NONBLOCK: opening a named pipe without a writer would wait for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise SourceError("没有这个文件", where=where, next_step="请检查路径和文件名") from error
    except PermissionError as error:
        step = "请指定文件，而不是文件夹" if path.is_dir() else "请检查文件的读取权限"
        raise SourceError("没有读取权限", where=where, next_step=step) from error
    except (OSError, ValueError) as error:
        raise SourceError(f"打不开这个文件（{type(error).__name__}）", where=where, next_step="请检查路径") from error
    try:
        # Before fdopen: Python refuses folders there with an error of its own.
        _check_regular(os.fstat(handle), where, settings)
        with os.fdopen(handle, "rb", closefd=False) as stream:
            content = stream.read(settings.max_file_bytes + 1)
    except OSError as error:
        raise SourceError("读取时出错", where=where, next_step="请把文件复制到本机磁盘后再试") from error
    finally:
        os.close(handle)
    if len(content) > settings.max_file_bytes:
        raise _too_large(where, settings)
    return content


def read_standard_input(settings: Settings) -> bytes:
    """All bytes of standard input.

    Raises:
        SourceError: closed, or above `settings.max_file_bytes`.
    """
    try:
        content = sys.stdin.buffer.read(settings.max_file_bytes + 1)
    except (OSError, ValueError, AttributeError) as error:
        raise SourceError("读不到标准输入", where="-", next_step="请用管道送入文件内容，或改用文件名") from error
    if len(content) > settings.max_file_bytes:
        raise _too_large("-", settings)
    return content


def _check_regular(status: os.stat_result, where: str, settings: Settings) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise SourceError("这是文件夹，不是文件", where=where, next_step="请指定其中的一个文件")
    if not stat.S_ISREG(status.st_mode):
        raise SourceError("这不是普通文件（管道或设备）", where=where, next_step="请先存成普通文件")
    if status.st_size > settings.max_file_bytes:
        raise _too_large(where, settings)


def _too_large(where: str, settings: Settings) -> SourceError:
    return SourceError(
        f"文件超过 {settings.max_file_bytes} 字节的上限",
        where=where,
        next_step="请拆分文件，或调高 DRAFT_ASSIST_MAX_FILE_BYTES",
    )
