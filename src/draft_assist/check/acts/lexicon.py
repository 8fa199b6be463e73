"""The words of the act model, read from knowledge/lexicon/acts and turned into alternations for the grammar.

The lexicon holds words and classes only; what they do together stands in the grammar modules beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from draft_assist.knowledge import knowledge_path, read_folder

WordLists = dict[str, list[str]]


@cache
def words() -> dict[str, WordLists]:
    """The word lists of knowledge/lexicon/acts: by file, then by class.

    Raises:
        KnowledgeError: a file is no mapping of lists of words.
    """
    files, _ = read_folder(knowledge_path("lexicon/acts"), WordLists)
    return {path.stem: lists for path, lists in files.items()}


def any_of(entries: Iterable[str]) -> str:
    """A non-capturing alternation of literal words, the longest first so that none hides a longer one."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(entries), key=lambda w: (-len(w), w))) + ")"


@cache
def spaced(file: str, *classes: str) -> str:
    """The words of one or more classes with spaces between, as `literals.needs` takes them."""
    lists = words()[file]
    return " ".join(word for name in classes for word in lists[name])


@cache
def either(file: str, *classes: str) -> str:
    """The alternation of one or more classes of a lexicon file, as in `either("penalty", "impose")`."""
    lists = words()[file]
    return any_of(word for name in classes for word in lists[name])
