"""RawDocument -> NormalText: one form for each character, nothing that the rules must not read, a way back to the file.

    markup.py        Markdown marks; page furniture that the HTML reader set apart
    characters.py    spaces, full-width forms, font variants, invisible characters, punctuation
    residue.py       pinyin left in brackets by script-converting sites
    traditional.py   traditional script to simplified, with protected names
    layout.py        hard-wrapped lines, page numbers and running titles
    boilerplate.py   navigation, advertisement, wrapper and disclaimer lines
    damage.py        places whose bytes were lost; marked only
    tape.py          the text under work and its offset map

The order matters: residue is told by traditional characters, so it goes before simplification; patterns on lines are
written in simplified script, so they come after; damage is what is left over, so it is looked for last.
"""

from __future__ import annotations

from draft_assist.model import FileKind, NormalText, RawDocument
from draft_assist.normalise import characters, layout, markup
from draft_assist.normalise.boilerplate import boilerplate_cuts
from draft_assist.normalise.characters import Odd
from draft_assist.normalise.damage import damaged_runs
from draft_assist.normalise.residue import residue_cuts
from draft_assist.normalise.tape import Edit, Tape
from draft_assist.normalise.traditional import simplify, traditional_characters
from draft_assist.patterns import compiled

__all__ = ["normalise"]

_RETURN = compiled(r"\r+(?=\n)")


def normalise(raw: RawDocument) -> NormalText:
    """The text the rules read.

    Every raw character is either behind a normal character (`NormalText.offsets`) or in `NormalText.removed`.

    Raises:
        KnowledgeError: knowledge/lexicon/protected-names.yaml is wrong (read only for text in traditional script).
    """
    tape = Tape(raw.text)
    odd = Odd(raw.text)
    if raw.kind is FileKind.HTML:
        tape.apply(markup.furniture_cuts(raw))
    if odd:
        _one_form(tape, odd)
    if raw.kind is FileKind.MARKDOWN:
        tape.apply(markup.markdown_cuts(tape.text))
    traditional = traditional_characters(odd) if odd else frozenset()
    if odd:
        tape.apply(residue_cuts(tape.text, odd, traditional))
        simplify(tape, traditional)
    tape.swap(characters.chinese_punctuation(tape.text))
    tape.apply(layout.page_furniture_cuts(tape, raw))
    lines, notes = boilerplate_cuts(tape.text)
    tape.apply(lines)
    tape.apply(layout.line_joins(tape.text, raw.kind))
    tape.apply(layout.spaced_numbers(tape.text, raw.kind))
    if odd and characters.has_markers(odd):
        tape.apply(characters.marker_spellings(tape.text))
    return NormalText(
        value=tape.text,
        raw=raw,
        offsets=tape.offsets(),
        damaged=damaged_runs(tape.text, odd),
        removed=tape.removed(),
        notes=notes,
    )


def _one_form(tape: Tape, odd: Odd) -> None:
    if "\r" in odd.characters:
        tape.apply([Edit(m.start(), m.end(), "", "不可见字符") for m in _RETURN.finditer(tape.text)])
        odd.characters.discard("\r")
        tape.swap(tape.text.replace("\r", "\n"))
    tape.swap(characters.plain_characters(tape.text, odd))
    if odd.any(characters.STAND_INS):
        # What they stood for may itself be traditional script.
        odd.add(tape.text)
    if odd.any(characters.INVISIBLE):
        tape.apply(characters.invisible_cuts(tape.text))
