"""Characters that a document may hold and a report must not pass on as they are.

Every function replaces one character by one character, so offsets into the text stay right.
"""

from __future__ import annotations

import re

# What XML 1.0 forbids (production 2, Char), lone surrogates included: UTF-8 cannot hold them either.
_SURROGATE = re.compile("[\ud800-\udfff]")
_XML_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Besides: DEL and the C1 controls, which move a terminal's cursor, and the bidirectional controls, which reorder what
# a person sees. Tab and line feed stay.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\s*\n\s*")
# The ideographic space stays: it stands between 第三条 and the text, and an indent of two is a habit people know.
_SPACES = re.compile(r"[^\S\u3000]+")

REPLACEMENT = "\ufffd"


def encodable(text: str) -> str:
    """`text` as UTF-8 can hold it: lone surrogates become U+FFFD."""
    return _SURROGATE.sub(REPLACEMENT, text)


def xml_legal(text: str) -> str:
    """`text` as XML 1.0 can hold it: what XML forbids becomes U+FFFD."""
    return _XML_ILLEGAL.sub(REPLACEMENT, text)


def visible(text: str) -> str:
    """`text` as a screen may show it: controls become their pictures (U+2400 and on), other unshowable ones U+FFFD."""
    return _UNSHOWABLE.sub(_picture, text)


def one_line(text: str, limit: int = 0) -> str:
    """`visible` text on one line, runs of spaces as one space.

    Args:
        text: any text.
        limit: most characters, an ellipsis for the rest; 0 for no limit.
    """
    line = _SPACES.sub(" ", _LINE_ENDS.sub(" ", visible(text))).strip()
    return f"{line[: limit - 1]}…" if limit and len(line) > limit else line


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else REPLACEMENT
