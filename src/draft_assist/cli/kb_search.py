"""`kb search`, `kb show`, `kb basis`, `kb similar`, `kb cards`: what the corpus says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from draft_assist.cli.bar import Bar
from draft_assist.cli.chinese import Command
from draft_assist.cli.options import Term, as_of_option, home_option, kind_option, rank_option
from draft_assist.cli.printing import echo_json
from draft_assist.cli.source import read_source
from draft_assist.corpus.home import find_home
from draft_assist.corpus.works import Genre
from draft_assist.errors import OptionError
from draft_assist.model import Kind, Rank
from draft_assist.terms import terms

if TYPE_CHECKING:
    from draft_assist.corpus.search import Filters, Hit, Searcher

NOT_THERE = 1


_F = TypeVar("_F", bound=Callable[..., Any])


def _search_options(limit: int) -> Callable[[_F], _F]:
    """What is searched; `limit` is the usual number of answers."""
    options = (
        as_of_option,
        click.option(
            "--level", "levels", multiple=True, type=Term(lambda: terms().ranks), metavar="层级",
            help="只查这一层级，写名称或代号，如 法律（law）、行政法规（administrative_regulation）；可以写多次。",
        ),
        click.option("--place", default="", metavar="地方", help="只查全国的和这个地方的，如 湖南省常德市澧县。"),
        click.option(
            "--kind", "genres", multiple=True, type=Term(lambda: terms().genres), metavar="种类",
            help="名称或代号：statute（法律法规规章）、interpretation（法律解释）、document（规范性文件等公文）、"
            "decision（修改废止决定）、other（其他资料）、card（要求卡片）；不写则查前三种，可以写多次。",
        ),
        click.option("--all-versions", "every_version", is_flag=True, help="也查该日不是有效文本的。"),
        click.option(
            "--limit", type=click.IntRange(1, 200), default=limit, metavar="条数", help=f"最多列出几条，默认 {limit}。"
        ),
        click.option("--json", "as_json", is_flag=True, help="输出 JSON。"),
        home_option,
    )  # fmt: skip

    def decorate(function: _F) -> _F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


@click.command(
    "search",
    cls=Command,
    help="检索条文：写明法律和条号的直接查出，其他按条款、主题或者问题排序。没有找到时退出码为 1。",
    options_metavar="[选项]",
)
@click.argument("words", nargs=-1, required=True, metavar="检索词")
@click.option("--title", "draft_title", default="", metavar="标题", help="这段话所在文件的标题，有助于判断上位法。")
@_search_options(limit=10)
def search_command(
    words: tuple[str, ...], draft_title: str, as_of: dt.date, levels: tuple[str, ...], place: str,
    genres: tuple[str, ...], every_version: bool, limit: int, as_json: bool, home: Path | None,
) -> int:  # fmt: skip
    searcher, filters = _searcher(home, as_of, levels, place, genres, every_version)
    found = searcher.search(" ".join(words), filters, draft_title=draft_title, limit=limit)
    if as_json:
        from draft_assist.report.corpus import found_to_wire

        echo_json(found_to_wire(found, as_of))
    else:
        _tell(found.notes)
        for number, hit in enumerate(found.hits, 1):
            _print_hit(number, hit)
    return 0 if found.is_enough else NOT_THERE


def _searcher(
    home: Path | None, as_of: dt.date, levels: tuple[str, ...], place: str, genres: tuple[str, ...],
    every_version: bool,
) -> tuple[Searcher, Filters]:  # fmt: skip
    from draft_assist.corpus.search import Filters

    filters = Filters(
        as_of=as_of,
        levels=tuple(Rank(level) for level in levels),
        place=place,
        genres=tuple(Genre(genre) for genre in genres),
        every_version=every_version,
    )
    return _opened(home), filters


def _opened(home: Path | None) -> Searcher:
    from draft_assist.corpus.embedding import open_searcher

    searcher, problem = open_searcher(find_home(home))
    if problem:
        click.echo(f"注意：向量没有用上。{problem}", err=True)
    return searcher


def _tell(notes: Iterable[str]) -> None:
    for note in notes:
        click.echo(f"注意：{note}", err=True)


def _print_hit(number: int, hit: Hit, indent: str = "") -> None:
    from draft_assist.report.corpus import describe_version, shown_text, shown_title

    article = hit.held.article
    click.echo(f"{indent}{number}. 《{shown_title(hit.held.version)}》{article.label}")
    click.echo(f"{indent}   {describe_version(hit.held.version, hit.standing)}")
    click.echo(f"{indent}   {shown_text(hit.held)}")


@click.command(
    "show", cls=Command,
    help="一条或几条条文，如 kb show 行政处罚法第十六条；只写名称时列出各条。语料没有时退出码为 1。",
    options_metavar="[选项]",
)  # fmt: skip
@click.argument("words", nargs=-1, required=True, metavar="引用")
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@home_option
def show_command(words: tuple[str, ...], as_of: dt.date, as_json: bool, home: Path | None) -> int:
    from draft_assist.corpus.search import Searcher
    from draft_assist.report.corpus import describe_version, found_to_wire, shown_title

    wanted = "".join(f"第{word}条" if word.isdigit() else word for word in words)
    searcher = Searcher(find_home(home))
    found = searcher.named(wanted, as_of, limit=2000)
    if found is None:
        raise OptionError(f"语料中没有“{wanted}”，或者没有读懂", next_step="请写成“行政处罚法第十六条”的样子")
    if as_json:
        echo_json(found_to_wire(found, as_of))
        return 0 if found.hits else NOT_THERE
    shown: set[int] = set()
    for hit in found.hits:
        version = hit.held.version
        if version.id not in shown:
            shown.add(version.id)
            click.echo(f"《{shown_title(version)}》（{describe_version(version, hit.standing)}）")
            for source in searcher.sources(version.id):
                click.echo(f"来源：{source.path}{_cleaned(source.cleaned, version.title)}", err=True)
        click.echo(f"{hit.held.article.label}　{hit.held.article.text.strip()}")
    _tell((*found.notes, *searcher.package_notes()))
    return 0 if found.hits else NOT_THERE


def _cleaned(cleaned: tuple[str, ...], title: str) -> str:
    """What was cleaned in a text; of a file with many texts each note names the one it concerns."""
    own = [note for note in cleaned if not note.startswith("《") or note.startswith(f"《{title}》")]
    return f"（导入时清理：{'、'.join(own)}）" if own else ""


@click.command(
    "basis", cls=Command,
    help="逐条列出可能的上位法依据，供核对。参数是文件路径（- 为标准输入），没有这个文件时按文字查。"
    "一条都没有找到时退出码为 1。",
    options_metavar="[选项]",
)  # fmt: skip
@click.argument("source", metavar="文件或文字")
@_search_options(limit=3)
def basis_command(
    source: str, as_of: dt.date, levels: tuple[str, ...], place: str, genres: tuple[str, ...], every_version: bool,
    limit: int, as_json: bool, home: Path | None,
) -> int:  # fmt: skip
    from draft_assist.corpus.basis import bases_of
    from draft_assist.parse.labels import label_of
    from draft_assist.report.corpus import basis_to_wire, closeness

    document = read_source(source)
    searcher, filters = _searcher(home, as_of, levels, place, genres, every_version)
    any_found = False
    rows: list[dict[str, object]] = []
    _tell(searcher.notes(filters))
    with Bar("查找依据") as bar:
        bases = list(bases_of(document, searcher, filters, limit=limit, progress=bar.at))
    for one in bases:
        any_found |= one.found.is_enough
        label = label_of(document, one.unit.path)
        if as_json:
            rows.append(basis_to_wire(one, label))
            continue
        click.echo(f"{label}　{_short(one.unit.words)}")
        if not one.found.is_enough:
            click.echo("   在所查语料中没有找到足够接近的依据。")
            continue
        click.echo(f"   接近程度：{closeness(one.found.confidence)}")
        for number, hit in enumerate(one.found.hits, 1):
            _print_hit(number, hit, indent="   ")
    if as_json:
        echo_json({"schema": "draft-assist/basis/1", "result": {"as_of": as_of, "clauses": rows}})
    else:
        _tell(dict.fromkeys(note for one in bases for note in one.found.notes))
        click.echo("以上是按文字接近程度找出的候选，是否确为依据须人工核对。", err=True)
    return 0 if any_found else NOT_THERE


@click.command(
    "similar", cls=Command,
    help="语料库中有没有与这份文件相近的文本：按条款比较，列出重合的比例。没有时退出码为 1。",
    options_metavar="[选项]",
)  # fmt: skip
@click.argument("file", metavar="文件")
@_search_options(limit=10)
def similar_command(
    file: str, as_of: dt.date, levels: tuple[str, ...], place: str, genres: tuple[str, ...], every_version: bool,
    limit: int, as_json: bool, home: Path | None,
) -> int:  # fmt: skip
    from draft_assist.corpus.similar import similar_to
    from draft_assist.parse.labels import label_of
    from draft_assist.report.corpus import describe_version, shown_title, similar_to_wire

    document = read_source(file)
    searcher, filters = _searcher(home, as_of, levels, place, genres, every_version)
    _tell(searcher.notes(filters))
    with Bar("比较条款") as bar:
        found = similar_to(document, searcher, filters, limit=limit, progress=bar.at)
    if as_json:
        rows = [similar_to_wire(one, lambda path: label_of(document, path)) for one in found]
        echo_json({"schema": "draft-assist/similar/1", "result": {"as_of": as_of, "texts": rows}})
    else:
        standing = searcher.standings(as_of)
        for number, one in enumerate(found, 1):
            same = "　（语料库中已有的本件，标题和文字相同）" if one.is_same else ""
            share = f"与本件重合{one.share:.0%}，{len(one.pairs)}处"
            click.echo(f"{number}. 《{shown_title(one.version)}》　{share}{same}")
            click.echo(f"   {describe_version(one.version, standing[one.version.id])}")
            for pair in sorted(one.pairs, key=lambda pair: -pair.overlap)[:_MOST_PAIRS]:
                label = label_of(document, pair.unit.path)
                click.echo(f"   {label} ≈ {pair.held.article.label or '正文'}（{pair.overlap:.0%}）")
        if not found:
            click.echo("没有找到相近的文本。")
    return 0 if found else NOT_THERE


@click.command(
    "cards", cls=Command,
    help="要求卡片：国家和地方的规定、示范文件对制定文件和方案提出的要求。没有时退出码为 1。",
    options_metavar="[选项]",
)  # fmt: skip
@click.option("--topic", metavar="主题", help="如 备案、有效期、征求意见；不写则不限。")
@click.option("--place", default="", metavar="地方", help="除全国的以外，也列出这个地方的，如 湖南省常德市澧县。")
@click.option("--examples", is_flag=True, help="也列出个别地方的做法，供参考。")
@rank_option
@kind_option
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def cards_command(
    topic: str | None, place: str, examples: bool, rank: str | None, kind: str | None, as_of: dt.date, as_json: bool
) -> int:
    import msgspec

    from draft_assist.corpus.cards import NATIONAL, Topic, find_cards

    topics = [one.value for one in Topic]
    if topic is not None and topic not in topics:
        raise OptionError(f"没有主题“{topic}”", where="--topic", next_step=f"可用：{'、'.join(topics)}")
    cards = find_cards(
        topic=topic, kind=Kind(kind) if kind else None, rank=Rank(rank) if rank else None, as_of=as_of, place=place,
        examples=examples,
    )  # fmt: skip
    if as_json:
        rows = [msgspec.to_builtins(card) for card in cards]
        echo_json({"schema": "draft-assist/cards/1", "result": {"as_of": as_of, "cards": rows}})
        return 0 if cards else NOT_THERE
    for card in cards:
        number = f"（{card.source.number}）" if card.source.number else ""
        doubt = "" if card.source.confirmed else "；未与原文核对"
        click.echo(f"{card.id}　{card.title}（{_FORCES[card.force]}）\n   {card.gist}")
        click.echo(f"   来源：《{card.source.title}》{number}{card.source.section}，{card.source.jurisdiction}{doubt}")
    if place and not any(card.source.jurisdiction != NATIONAL for card in cards):
        _tell((f"没有“{place}”的要求，只列出全国的。地方请写全称，如 湖南省常德市澧县。",))
    click.echo(f"共{len(cards)}条；要点系概括，不是原文。", err=True)
    return 0 if cards else NOT_THERE


_FORCES = {"must": "必须", "should": "应当做到", "may": "可以", "example": "个别做法"}
_MOST_PAIRS = 5
_SHOWN = 60


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= _SHOWN else one_line[:_SHOWN] + "……"
