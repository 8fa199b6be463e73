"""The statutes that a command works with."""

from __future__ import annotations

from pathlib import Path

import click

from draft_assist.corpus.library import open_statutes
from draft_assist.law.store import Statutes


def usable_statutes(home: Path | None) -> Statutes:
    """The data package with the corpus where there is one; a corpus that cannot be used is said so and left out.

    Args:
        home: the folder of the corpus; None takes the usual one.
    """
    statutes, problem = open_statutes(home)
    if problem:
        click.echo(f"注意：语料库没有用上。{problem}", err=True)
    return statutes
