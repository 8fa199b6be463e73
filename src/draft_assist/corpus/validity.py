"""Which version of each work was the law on a day, and what of that is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from draft_assist.corpus.library import is_cited
from draft_assist.corpus.store import VersionRow
from draft_assist.corpus.works import Standing
from draft_assist.law.store import Statutes

# What is searched unless the user asks for other versions.
SEARCHED = frozenset((Standing.IN_FORCE, Standing.UNKNOWN))


def standings(rows: Iterable[VersionRow], statutes: Statutes, as_of: dt.date) -> dict[int, Standing]:
    """The standing of each version by its id.

    Args:
        rows: of the corpus.
        statutes: made with the same corpus, so that the corrections of knowledge/statutes.yaml and known repeals count.
    """
    # The package's wordings bear its own key, those of the corpus the version's id.
    held = {
        (one.is_current, one.key): _standing_of(one.held_from, one.held_until, as_of)
        for title in statutes.titles()
        for one in statutes.versions(title)
    }
    found = {}
    for row in rows:
        if row.source_key:
            found[row.id] = held.get((True, row.source_key), Standing.TWICE)
        elif is_cited(row) and (row.version_date or row.effective_from):
            found[row.id] = held.get((False, str(row.id)), Standing.TWICE)
        else:
            until = row.expires + dt.timedelta(days=1) if row.expires else None
            found[row.id] = _standing_of(row.effective_from or row.version_date, until, as_of)
    return found


def lacks_package(rows: Iterable[VersionRow], statutes: Statutes) -> bool:
    """True when there are wordings of the data package and the statutes were made without it: none of them stands."""
    has_package = any(one.is_current for title in statutes.titles() for one in statutes.versions(title))
    return not has_package and any(row.source_key for row in rows)


def _standing_of(since: dt.date | None, until: dt.date | None, as_of: dt.date) -> Standing:
    """The standing of what holds from `since` and no longer on `until`."""
    if (since is not None and as_of < since) or (until is not None and as_of >= until):
        return Standing.NOT_IN_FORCE
    return Standing.UNKNOWN if since is None else Standing.IN_FORCE
