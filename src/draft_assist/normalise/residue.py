"""Pinyin residue: a syllable in brackets behind a character, left by sites that turn simplified text into traditional.

    行政機關（guān）依法... , 規(guī)范

What counts as evidence. Residue follows a Chinese character and is one whole Mandarin syllable, so masks (第xxx号) and
list letters （a） stay by form: a bare vowel without tone mark is not dropped.
- With a tone mark it is always dropped: no legal content is lost even if it was a real gloss of a rare character,
  while a word broken by residue escapes every rule. It is listed.
- Without a tone mark it may be real content (温室气体(he), 合同(he) as an abbreviation), so it is dropped only behind a
  character that exists in traditional script alone, and only when the document shows at least three sure residues or
  five such places.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from draft_assist.normalise.characters import HAN, Odd
from draft_assist.normalise.tape import Edit
from draft_assist.patterns import compiled

REASON = "拼音残留"
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
# ɑ and ɡ are how Chinese input methods write a and g in pinyin; U+0300 to U+030C are tone marks written apart.
_LETTERS = f"a-zü{TONED}ɑɡ\u0300-\u030c"
TONE_MARK = compiled(f"[{TONED}\u0300\u0301\u0304\u030c]")
_BRACKETED = compiled(rf"[(（\[［](?<=[{HAN}].) ?([{_LETTERS}]{{1,7}}) ?[)）\]］]")
_SYLLABLE = compiled(
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    "(?:i?ang|i?ong|u?eng|u?ang|ing|i?an|u?an|üan|en|in|un|ün|i?ao|ai|u?ai|ei|ui|ou|iu|i[ae]|u[aoe]|üe|er|[aoeiuü])"
)
_ENOUGH_TONED = 3
_ENOUGH_BARE = 5


def residue_cuts(text: str, odd: Odd, traditional: frozenset[str]) -> list[Edit]:
    """Cuts of the residues of `text`.

    Args:
        text: with one form for each character, not yet turned into simplified script.
        odd: the unusual characters of the text.
        traditional: characters of the text that exist in traditional script only.
    """
    toned_letters = odd.any(TONE_MARK)
    if not toned_letters and not traditional:
        return []
    toned: list[Edit] = []
    bare: list[Edit] = []
    for match in _BRACKETED.finditer(text):
        is_toned = _is_toned_syllable(match[1])
        if is_toned is None:
            continue
        start, end = match.span()
        if is_toned:
            toned.append(Edit(start, end, "", REASON))
        elif len(match[1]) > 1 and text[start - 1] in traditional:
            bare.append(Edit(start, end, "", REASON))
    if bare and (len(toned) >= _ENOUGH_TONED or len(bare) >= _ENOUGH_BARE):
        return sorted(toned + bare)
    return toned


# There are some 1,300 syllables with tone; the bound keeps hostile text from filling the memory.
@lru_cache(maxsize=4096)
def _is_toned_syllable(letters: str) -> bool | None:
    """Whether a Mandarin syllable carries a tone mark; None for letters that are no single syllable."""
    plain: list[str] = []
    tones = 0
    for part in unicodedata.normalize("NFD", letters):
        if part == "\u0308" and plain:
            plain[-1] = "ü"
        elif "\u0300" <= part <= "\u030c":
            tones += 1
        else:
            plain.append({"ɑ": "a", "ɡ": "g"}.get(part, part))
    return tones == 1 if tones < 2 and _SYLLABLE.fullmatch("".join(plain)) else None
