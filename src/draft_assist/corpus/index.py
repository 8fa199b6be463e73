"""The lexical index: made from passages, opened by mapping, asked for the scores of every passage and of every law."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile

import msgspec

from draft_assist.corpus.postings import Postings, by_owner, count_terms, make_bm25, open_bm25, scores_of
from draft_assist.corpus.seal import seal, wrong_sizes
from draft_assist.corpus.tokens import SHIFT, pairs_of, read_characters, words_of
from draft_assist.errors import CorpusError

if TYPE_CHECKING:
    import bm25s
    import numpy as np

# What lies in the folder; an index of another form is made anew.
FORM = 3
# Passages counted at once: memory stays below a hundred megabytes however large the corpus is.
_BLOCK = 4_000
_FILES = "arrays.npz"


class Passage(NamedTuple):
    """One article of one version, as it is indexed."""

    article_id: int
    version_id: int
    ordinal: int
    title: str
    trail: str
    text: str


KEY_BYTES = 16
_HEAD = 8  # bytes of a name that tell nearly all apart


def embedded_text(title: str, trail: str, text: str) -> str:
    """What is embedded of a passage: title, headings and words."""
    return " ".join(part for part in (title, trail, text) if part)


def text_key(embedded: str) -> bytes:
    """The name of a vector: the hash of what is embedded."""
    return hashlib.sha256(embedded.encode("utf-8", "replace")).digest()[:KEY_BYTES]


class _Facts(msgspec.Struct, frozen=True):
    """What is kept beside the arrays: titles by version, words by number."""

    titles: list[str]
    words: list[str]


def build_index(
    passages: Iterable[Passage], folder: Path, *, progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Index passages into an empty folder.

    Args:
        passages: those of one version one after another, in the order of the text.
        progress: called with how many are done; the total is not known here and given as 0.
    """
    import numpy as np

    ids: list[tuple[int, int]] = []
    titles: dict[int, str] = {}
    vocabulary: dict[str, int] = {}
    pairs: list[Postings] = []
    words: list[Postings] = []
    letters: list[np.ndarray] = []
    ends: list[np.ndarray] = []
    keys = bytearray()
    for block in _blocks(passages):
        first = len(ids)
        ids += [(one.article_id, one.version_id) for one in block]
        titles |= {one.version_id: one.title for one in block}
        whole = [f"{one.title}\n{one.trail}\n{one.text}" for one in block]
        pairs.append(count_terms(*pairs_of(read_characters(whole)), first))
        words.append(_count_words(whole, vocabulary, first))
        own = read_characters([one.text for one in block])
        kept = own.codes > 0
        letters.append(own.codes[kept])
        ends.append(np.bincount(own.texts[kept], minlength=len(block)))
        keys += b"".join(text_key(embedded_text(one.title, one.trail, one.text)) for one in block)
        progress(len(ids), 0)
    np.save(folder / "letters.npy", np.concatenate([*letters, np.zeros(0, dtype=np.uint32)]))
    letters.clear()  # what is written is let go: memory is the measure of how large a corpus can be
    articles = np.array(ids, dtype=np.int64).reshape(-1, 2)
    version_ids, laws = np.unique(articles[:, 1], return_inverse=True)
    codes = _numbered(pairs)
    for name, parts, count in (("pairs", pairs, len(codes)), ("words", words, len(vocabulary))):
        make_bm25(parts, count, len(ids), folder / name)
        own_laws = by_owner(parts, laws)
        parts.clear()
        make_bm25([own_laws], count, len(version_ids), folder / f"law-{name}")
    np.save(folder / "keys.npy", np.frombuffer(bytes(keys), dtype=np.uint8).reshape(-1, KEY_BYTES))
    np.savez(
        folder / _FILES,
        articles=articles,
        laws=laws.astype(np.int32),
        version_ids=version_ids,
        codes=codes,
        ends=np.cumsum(np.concatenate([*ends, np.zeros(0, dtype=np.int64)])),
    )
    facts = _Facts([titles[int(one)] for one in version_ids], list(vocabulary))
    (folder / "facts.json").write_bytes(msgspec.json.encode(facts))
    seal(folder)


def _blocks(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    left = iter(passages)
    while block := list(islice(left, _BLOCK)):
        yield block


def _count_words(texts: list[str], vocabulary: dict[str, int], first: int) -> Postings:
    import numpy as np

    terms: list[int] = []
    owners: list[int] = []
    for place, text in enumerate(texts):
        found = [vocabulary.setdefault(word, len(vocabulary)) for word in words_of(text)]
        terms += found
        owners += [place] * len(found)
    return count_terms(np.array(terms, dtype=np.int64), np.array(owners, dtype=np.int32), first)


def _numbered(parts: list[Postings]) -> np.ndarray:
    """Put numbers from 0 in place of the codes of pairs; returns the codes in the order of their numbers."""
    import numpy as np

    codes = np.unique(np.concatenate([*(part.terms for part in parts), np.zeros(0, dtype=np.int64)]))
    for place, part in enumerate(parts):
        parts[place] = part._replace(terms=np.searchsorted(codes, part.terms).astype(np.int32))
    return codes


def damage_of(folder: Path, what: str) -> CorpusError:
    """The error of an index that is damaged; making it anew loses nothing."""
    return CorpusError(
        f"索引缺失或损坏（{what}）",
        where=str(folder),
        next_step="请运行 draft-assist kb build，只重做索引，语料不受影响",
    )


class Index:
    """An index in use. Arrays are mapped; what a search needs is read by it.

    Attributes:
        article_ids, version_ids: of each passage, shape (passages,).
        laws: the place of each passage's version in `law_ids`, shape (passages,).
        law_ids: the versions, shape (versions,); titles: of each.
    """

    def __init__(self, folder: Path) -> None:
        """
        Raises:
            CorpusError: the index is not there or damaged.
        """
        import numpy as np

        self._folder = folder
        try:
            if cut := wrong_sizes(folder):
                raise ValueError("、".join(cut))
            with np.load(folder / _FILES) as arrays:
                self.article_ids, self.version_ids = arrays["articles"].T
                self.laws, self.law_ids = arrays["laws"], arrays["version_ids"]
                self._codes, self._ends = arrays["codes"], arrays["ends"]
            self._letters = np.load(folder / "letters.npy", mmap_mode="r")
            self._keys = np.load(folder / "keys.npy", mmap_mode="r")
            facts = msgspec.json.decode((folder / "facts.json").read_bytes(), type=_Facts)
            self._pairs, self._words = open_bm25(folder / "pairs"), open_bm25(folder / "words")
            self._law_pairs, self._law_words = open_bm25(folder / "law-pairs"), open_bm25(folder / "law-words")
        except (OSError, EOFError, ValueError, KeyError, BadZipFile, msgspec.MsgspecError) as error:
            raise damage_of(folder, str(error)) from error
        if {len(self.laws), len(self._ends), len(self._keys)} != {len(self.article_ids)} or len(facts.titles) != len(
            self.law_ids
        ):
            raise damage_of(folder, "各部分条数不一")
        self.titles = facts.titles
        self._word_list = facts.words

    @cached_property
    def _word_numbers(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self._word_list)}

    def pair_terms(self, text: str) -> np.ndarray:
        """The numbers of the distinct pairs of a text that the index knows, in order."""
        import numpy as np

        codes = np.unique(pairs_of(read_characters([text]))[0])
        if not len(self._codes):
            return codes
        places = np.minimum(np.searchsorted(self._codes, codes), len(self._codes) - 1)
        known: np.ndarray = places[self._codes[places] == codes]
        return known

    def word_terms(self, text: str) -> np.ndarray:
        """The numbers of the distinct words of a text that the index knows."""
        import numpy as np

        known = {self._word_numbers[word] for word in words_of(text) if word in self._word_numbers}
        return np.array(sorted(known), dtype=np.int64)

    def passage_scores(self, pairs: np.ndarray, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """BM25 of every passage by pairs and by words; two arrays of shape (passages,)."""
        return self._scores(self._pairs, pairs), self._scores(self._words, words)

    def law_scores(self, pairs: np.ndarray, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """BM25 of every version taken as one text; two arrays of shape (versions,)."""
        return self._scores(self._law_pairs, pairs), self._scores(self._law_words, words)

    def _scores(self, model: bm25s.BM25, terms: np.ndarray) -> np.ndarray:
        try:
            return scores_of(model, terms)
        except (IndexError, ValueError) as error:  # a bit is wrong in a file whose size is right
            raise damage_of(self._folder, str(error)) from error

    def letters_of(self, passages: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The folded letters and digits of passages' own words, one after another.

        Returns:
            The letters; for each the place of its passage in `passages`; the length of each passage.
        """
        import numpy as np

        ends = self._ends[passages]
        starts = np.where(passages > 0, self._ends[passages - 1], 0)
        lengths = ends - starts
        parts = [self._letters[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        return np.concatenate([*parts, np.zeros(0, np.uint32)]), np.repeat(np.arange(len(passages)), lengths), lengths

    def keys_of(self, passages: np.ndarray) -> list[str]:
        """The names of the vectors of passages, as hexadecimal digits."""
        return [bytes(key).hex() for key in self._keys[passages]]

    def places_of(self, names: Sequence[str]) -> np.ndarray:
        """The passages of vectors of those names, in the order of the names; passages of the same text share one."""
        import numpy as np

        heads, order = self._heads
        wanted = np.array([int(name[: 2 * _HEAD], 16) for name in names], dtype=heads.dtype)
        bounds = zip(np.searchsorted(heads, wanted), np.searchsorted(heads, wanted, side="right"), strict=True)
        found: list[int] = []
        for name, (start, end) in zip(names, bounds, strict=True):
            found += [place for place in order[start:end].tolist() if self._keys[place].tobytes().hex() == name]
        return np.array(found, dtype=np.int64)

    @cached_property
    def _heads(self) -> tuple[np.ndarray, np.ndarray]:
        """The first bytes of all names, as numbers in order, and the passage of each."""
        import numpy as np

        heads = np.ascontiguousarray(self._keys[:, :_HEAD]).view(f">u{_HEAD}").ravel().astype(np.uint64)
        order = np.argsort(heads, kind="stable")
        return heads[order], order

    def rarity(self, codes: np.ndarray) -> np.ndarray:
        """The weight of pairs given as codes of 16 bits a character: the rarer the heavier; shape (codes,)."""
        import numpy as np

        own = ((codes >> np.uint64(16)).astype(np.int64) << SHIFT) | (codes & np.uint64(0xFFFF)).astype(np.int64)
        if not len(self._codes):
            return np.zeros(len(codes))
        places = np.minimum(np.searchsorted(self._codes, own), len(self._codes) - 1)
        weights = np.where(self._codes[places] == own, self._rarities[places], self._rarities.max(initial=0.0))
        return np.asarray(weights, dtype=np.float64)

    @cached_property
    def _rarities(self) -> np.ndarray:
        """The inverse document frequency of every pair."""
        import numpy as np

        frequencies = np.diff(self._pairs.scores["indptr"])
        rarities: np.ndarray = np.log(1 + len(self.article_ids) / (1 + frequencies))
        return rarities
