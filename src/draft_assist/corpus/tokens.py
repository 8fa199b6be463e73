"""What the index counts: pairs of neighbouring characters, and words.

Pairs never miss a word that a word list lacks; words tell 行政 处罚 from 执行 政策. Together they find more.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np

SHIFT = 21  # bits of a code point


class Characters(NamedTuple):
    """Texts as code points, one after another.

    Attributes:
        codes: shape (characters,), folded (full width to half, capitals to small); 0 for what is no letter or digit.
        texts: shape (characters,), the place of the text that each character belongs to.
    """

    codes: np.ndarray
    texts: np.ndarray


def read_characters(texts: Sequence[str]) -> Characters:
    """The letters and digits of texts; a break (0) stands between any two texts."""
    import numpy as np

    joined = "\n".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    owner = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)[: len(codes)]
    return Characters(_folded(codes), owner)


def _folded(codes: np.ndarray) -> np.ndarray:
    import numpy as np

    if not len(codes):
        return codes
    table = np.zeros(int(codes.max()) + 1, dtype=np.uint32)
    for code in np.flatnonzero(np.bincount(codes)):
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(folded) == 1 and folded.isalnum():
            table[code] = ord(folded)
    found: np.ndarray = table[codes]
    return found


def pairs_of(characters: Characters) -> tuple[np.ndarray, np.ndarray]:
    """Every pair of neighbouring letters or digits, as one number each, and the text it stands in.

    Returns:
        Shape (pairs,) int64, and shape (pairs,) int32.
    """
    import numpy as np

    codes = characters.codes.astype(np.int64)
    kept = (codes[:-1] > 0) & (codes[1:] > 0)
    return ((codes[:-1] << SHIFT) | codes[1:])[kept], characters.texts[:-1][kept]


def words_of(text: str) -> list[str]:
    """The words of a text with two letters or more, in order."""
    import rjieba

    return [word for word in rjieba.cut(text) if len(word) > 1 and word.isalnum()]
