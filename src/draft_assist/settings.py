"""The settings of the core, read once at the border from the environment.

Names in the environment are DRAFT_ASSIST_ plus the upper-case field name: DRAFT_ASSIST_MAX_FILE_BYTES=300000000.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import msgspec

from draft_assist.errors import OptionError

PREFIX = "DRAFT_ASSIST_"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Limits above which a document is refused with a clear error, and what the system is.

    Attributes:
        max_file_bytes: size of an input file in bytes.
        max_text_chars: length of the text read from it, in code points.
        max_clauses: clauses of one document.
        max_unpacked_bytes: total size of a .docx package when unpacked (a zip bomb is refused before unpacking).
        max_pages: pages of a .pdf.
        classified_system: the administrator declares this system one for state secrets (涉密信息系统): documents with a
            mark of secrecy are read, and go to no endpoint outside this host.
    """

    # A whole code of 1,260 articles is under 400,000 characters; 20 million leaves room for compilations.
    max_file_bytes: int = 200_000_000
    max_text_chars: int = 20_000_000
    max_clauses: int = 1_000_000
    max_unpacked_bytes: int = 1_000_000_000
    max_pages: int = 5_000
    classified_system: bool = False


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process.

    Args:
        environment: the variables to read; None reads os.environ.

    Raises:
        OptionError: a value is not a positive whole number, or not true or false where that is asked.
    """
    variables = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for name in Settings.__struct_fields__:
        given = variables.get(PREFIX + name.upper())
        if given is None:
            continue
        if name in _SWITCHES:
            values[name] = _switch(given, PREFIX + name.upper())
            continue
        if not given.isascii() or not given.isdigit() or int(given) < 1:
            what = f"应为正整数，实为“{given}”"
            raise OptionError(what, where=PREFIX + name.upper(), next_step="请改正或去掉该环境变量")
        values[name] = int(given)
    return Settings(**values)


_SWITCHES = frozenset(("classified_system",))
_ON, _OFF = frozenset(("1", "true", "yes", "on")), frozenset(("0", "false", "no", "off", ""))


def _switch(given: str, where: str) -> bool:
    if given.strip().lower() not in _ON | _OFF:
        raise OptionError(f"应为 1 或者 0，实为“{given}”", where=where, next_step="请改正或去掉该环境变量")
    return given.strip().lower() in _ON
