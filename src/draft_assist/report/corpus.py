"""What the corpus says, for people and as JSON."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from draft_assist.corpus.works import Genre, Standing, Trust
from draft_assist.terms import terms

if TYPE_CHECKING:
    from draft_assist.corpus.basis import ClauseBasis
    from draft_assist.corpus.search import Found, Hit
    from draft_assist.corpus.similar import Similar
    from draft_assist.corpus.store import Counts, FileRow, Held, VersionRow
    from draft_assist.corpus.vector_file import Sizes

SCHEMA = "draft-assist/found/1"
_SHOWN = 160  # characters of an article in a list


def describe_version(version: VersionRow, standing: Standing) -> str:
    """One line: level or kind, issuer and number, date, whether it holds, how far it may be relied on."""
    names = terms()
    facts = [names.ranks[version.level] if version.level.value != "other" else names.genres[version.genre]]
    facts += [one for one in (version.place, version.issuer, version.number) if one]
    facts.append(_dates(version))
    facts.append(names.standings[standing])
    if version.genre is Genre.CARD:
        facts.append("要求卡片，系概括，不是条文")
    elif version.trust is not Trust.AUTHORITY:
        facts.append(names.trusts[version.trust])
    return "，".join(facts)


def _dates(version: VersionRow) -> str:
    if version.version_date:
        shown = f"{version.version_date:%Y-%m-%d}文本"
    else:
        shown = f"{version.effective_from:%Y-%m-%d}起施行" if version.effective_from else "日期不详"
    return f"{shown}，有效期至{version.expires:%Y-%m-%d}" if version.expires else shown


# Where drafts were not learned from, the first is right at 高 in eight of ten clauses, at 中 in five to six, at 低 in
# four; of queries without any basis nine in ten of those that are answered at all stand at 低.
_CLOSE, _MIDDLING = 0.7, 0.35


def closeness(confidence: float) -> str:
    """高, 中 or 低: how near the first of the answers is."""
    return "高" if confidence >= _CLOSE else "中" if confidence >= _MIDDLING else "低，多半只是用词相近"


def shown_title(version: VersionRow) -> str:
    """The title of a version as it stands inside 《》: titles inside it take the inner brackets."""
    return version.title.replace("《", "〈").replace("》", "〉")


def shown_text(held: Held, most: int = _SHOWN) -> str:
    """The words of an article on one line, cut with a mark when they are long."""
    words = " ".join(held.article.text.split())
    return words if len(words) <= most else words[:most] + "……"


def hit_to_wire(hit: Hit) -> dict[str, object]:
    """One article found, with its whole words."""
    version, article = hit.held.version, hit.held.article
    return {
        "title": version.title,
        "article": article.label,
        "headings": article.trail,
        "text": article.text,
        "score": round(hit.score, 4),
        "exact": hit.is_exact,
        "standing": hit.standing,
        "level": version.level,
        "kind": version.genre,
        "trust": version.trust,
        "place": version.place,
        "issuer": version.issuer,
        "number": version.number,
        "version_date": version.version_date,
    }


def found_to_wire(found: Found, as_of: dt.date) -> dict[str, object]:
    """The answer of a search."""
    result = {
        "as_of": as_of,
        "found": found.is_enough,
        "confidence": round(found.confidence, 3),
        "notes": found.notes,
        "hits": [hit_to_wire(hit) for hit in found.hits],
    }
    return {"schema": SCHEMA, "result": result}


def basis_to_wire(one: ClauseBasis, label: str) -> dict[str, object]:
    """One clause with its likely bases."""
    return {
        "clause": one.unit.path,
        "label": label,
        "words": one.unit.words,
        "found": one.found.is_enough,
        "confidence": round(one.found.confidence, 3),
        "bases": [hit_to_wire(hit) for hit in one.found.hits],
    }


def similar_to_wire(one: Similar, label: Callable[[str], str]) -> dict[str, object]:
    """One text like a draft; `label` gives the Chinese label of a clause path of the draft."""
    return {
        "title": one.version.title,
        "version_date": one.version.version_date,
        "trust": one.version.trust,
        "share": round(one.share, 4),
        "same": one.is_same,
        "pairs": [
            {
                "clause": pair.unit.path,
                "label": label(pair.unit.path),
                "article": pair.held.article.label,
                "overlap": round(pair.overlap, 4),
            }
            for pair in one.pairs
        ],
    }


def stats_to_wire(
    counts: Counts,
    versions: Sequence[VersionRow],
    files: Sequence[FileRow],
    problems: Sequence[FileRow],
    *,
    has_current_index: bool,
    vectors: Sizes,
) -> dict[str, object]:
    """How much there is, every file and every problem."""
    result = {
        "works": counts.works,
        "versions": counts.versions,
        "articles": counts.articles,
        "characters": counts.characters,
        "levels": Counter(row.level.value for row in versions),
        "index_is_current": has_current_index,
        "vector_bytes": vectors._asdict(),
        "files": [file._asdict() for file in files],
        "problems": [{"path": file.path, "problem": file.problem} for file in problems],
    }
    return {"schema": "draft-assist/corpus/1", "result": result}
