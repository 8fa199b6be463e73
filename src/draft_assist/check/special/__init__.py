"""Checks that need Python: consistency of a document with itself. Each keeps its rules and examples in YAML.

A check is a module here with one or more functions `(Paper) -> Iterator[Spot]`, named in `CHECKS`; a rule asks for one
by `match: {consistency: {of: NAME}}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from draft_assist.check.special.paper import Paper, Spot

Check = Callable[[Paper], Iterator[Spot]]

# Name -> module and function; imported when a rule asks.
CHECKS: dict[str, tuple[str, str]] = {}


def check_named(name: str) -> Check:
    """The check of that name.

    Raises:
        KeyError: there is none.
    """
    module, function = CHECKS[name]
    found: Check = getattr(import_module(f"draft_assist.check.special.{module}"), function)
    return found
