"""The statutes and the corpus that a command works with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from draft_assist.corpus.home import find_home, is_built
from draft_assist.corpus.library import open_statutes
from draft_assist.errors import CorpusError
from draft_assist.law.store import Statutes

if TYPE_CHECKING:
    from draft_assist.corpus.search import Searcher


def usable_statutes(home: Path | None) -> Statutes:
    """The data package with the corpus where there is one; a corpus that cannot be used is said so and left out.

    Args:
        home: the folder of the corpus; None takes the usual one.
    """
    statutes, problem = open_statutes(home)
    if problem:
        click.echo(f"注意：语料库没有用上。{problem}", err=True)
    return statutes


def usable_corpus(home: Path | None) -> tuple[Searcher | None, Statutes]:
    """The corpus, where one was built and can be used, and the statutes with it; why it cannot be used is said."""
    folder = find_home(home)
    if not is_built(folder):
        return None, Statutes.open()
    from draft_assist.corpus.embedding import open_searcher

    try:
        searcher, problem = open_searcher(folder)
        statutes = searcher.statutes
    except CorpusError as error:
        click.echo(f"注意：语料库没有用上，没有查找可能的依据。{error}", err=True)
        return None, open_statutes(home)[0]
    if problem:
        click.echo(f"注意：向量没有用上。{problem}", err=True)
    return searcher, statutes
