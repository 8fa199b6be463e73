"""Which level and which name in paths a mark gets."""

from __future__ import annotations

from draft_assist.model import Level
from draft_assist.parse.markers import Mark

# Keys are `Mark`s, looked up by the plain number that lines carry.
# Level, name in paths, unit in notes.
DIVISION_LEVELS: dict[int, tuple[Level, str, str]] = {
    Mark.PART: (Level.PART, "part", "编"),
    Mark.SUBPART: (Level.PART, "subpart", "分编"),
    Mark.CHAPTER: (Level.CHAPTER, "chap", "章"),
    Mark.SECTION: (Level.SECTION, "sec", "节"),
}
HEADING_LEVELS: dict[int, tuple[Level, str]] = {
    Mark.HAN: (Level.HEADING_1, "h1"),
    Mark.HAN_BRACKET: (Level.HEADING_2, "h2"),
    Mark.DIGIT: (Level.HEADING_3, "h3"),
    Mark.DIGIT_BRACKET: (Level.HEADING_4, "h4"),
    Mark.DIGIT_HALF_BRACKET: (Level.HEADING_4, "h4"),
    Mark.CIRCLE: (Level.HEADING_5, "h5"),
}
BY_DEPTH = (Mark.HAN, Mark.HAN_BRACKET, Mark.DIGIT, Mark.DIGIT_BRACKET, Mark.CIRCLE)
PLACED: dict[int, tuple[Level, str]] = {
    Mark.NUMBER: (Level.DOCUMENT_NUMBER, "number"),
    Mark.RECIPIENTS: (Level.RECIPIENTS, "recipients"),
    Mark.CONTENTS: (Level.CONTENTS, "contents"),
    Mark.LETTERHEAD: (Level.OTHER, "letterhead"),
    Mark.REGISTRATION: (Level.OTHER, "registration"),
    Mark.IMPRINT: (Level.OTHER, "imprint"),
    Mark.ATTACHMENT_LIST: (Level.OTHER, "att-list"),
}
# A covering notice and what it carries share these.
SHARED_WITH_COVER = frozenset({Mark.NUMBER, Mark.RECIPIENTS, Mark.LETTERHEAD, Mark.REGISTRATION})
