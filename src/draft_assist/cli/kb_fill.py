"""`kb build`, `kb import`, `kb remove`: what the corpus holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from draft_assist.cli.bar import Bar
from draft_assist.cli.chinese import Command
from draft_assist.cli.kb_care import print_counts
from draft_assist.cli.options import Term, home_option, today
from draft_assist.cli.printing import echo_json
from draft_assist.corpus.home import find_home
from draft_assist.corpus.works import Trust
from draft_assist.errors import OptionError
from draft_assist.terms import terms

if TYPE_CHECKING:
    from draft_assist.corpus.build import Imported

NOT_THERE = 1
WRONG = 1
_MOST_PROBLEMS = 20  # shown; all stand in the JSON and in `kb stats --problems`


@click.command(
    "build",
    cls=Command,
    help="建立或更新语料库：导入法律数据包和要求卡片，编制索引。已是最新的不重做；中断后再次运行即可继续。",
    options_metavar="[选项]",
)
@click.option("--fresh", is_flag=True, help="重新建立：原来的库改名保留，并重新导入它记载的文件。")
@home_option
def build_command(fresh: bool, home: Path | None) -> int:
    from draft_assist.corpus.build import build_base, build_cards, refresh_index
    from draft_assist.corpus.fresh import Before, begin_anew

    folder = find_home(home)
    before = begin_anew(folder) if fresh else Before()
    with Bar("读取法律数据包") as bar:
        base = build_base(folder, on=today(), progress=bar.at)
    build_cards(folder, on=today())
    if before.paths:
        _print_imported(_import(folder, [Path(path) for path in before.paths if Path(path).is_file()], None))
        for gone in (path for path in before.paths if not Path(path).is_file()):
            click.echo(f"注意：{gone} 已不在原处，没有重新导入。", err=True)
    if not before.is_read:
        click.echo(
            "注意：旧库损坏，读不出导入过哪些文件，没有重新导入。请用 kb import 再次导入；旧库改名保留在原处。",
            err=True,
        )
    with Bar("编制索引") as bar:
        indexed = refresh_index(folder, progress=bar.at)
    click.echo("法律数据包没有变化。" if base.skipped else "法律数据包已导入。")
    click.echo("索引已更新。" if indexed else "索引已是最新。")
    print_counts(folder)
    return 0


@click.command(
    "import",
    cls=Command,
    help="导入文件或整个文件夹：法律法规、政策、本单位文件（.md .txt .docx .pdf .html 等）。"
    "没有变化的文件跳过，读不出来的列出原因，不影响其他文件。有读不出来的文件时退出码为 1。",
    options_metavar="[选项]",
)
@click.argument(
    "places", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False), metavar="文件或文件夹..."
)
@click.option(
    "--as", "trust", type=Term(lambda: terms().trusts), metavar="性质",
    help="authority（可作依据）、own（本单位文件）、sample（范文，不得引用）；不写则逐件判断，范文不会因此变成依据。",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@home_option
def import_command(places: tuple[Path, ...], trust: str | None, as_json: bool, home: Path | None) -> int:
    from draft_assist.corpus.build import find_files, refresh_index

    folder = find_home(home)
    files = find_files(places)
    if not files:
        raise OptionError(
            "没有找到可以导入的文件", where=str(places[0]), next_step="可导入 .md .txt .docx .pdf .html 等"
        )
    done = _import(folder, files, Trust(trust) if trust else None)
    with Bar("编制索引") as bar:
        refresh_index(folder, progress=bar.at)
    if as_json:
        echo_json({"schema": "draft-assist/import/1", "result": done._asdict()})
    else:
        _print_imported(done)
    return WRONG if done.problems else 0


def _import(folder: Path, files: list[Path], trust: Trust | None) -> Imported:
    from draft_assist.corpus.build import import_files
    from draft_assist.settings import read_settings

    with Bar("读取文件") as bar:
        return import_files(folder, files, on=today(), settings=read_settings(), trust=trust, progress=bar.at)


def _print_imported(done: Imported) -> None:
    changed = f"，更新{done.changed}件" if done.changed else ""
    known = f"，内容与已有文本相同{done.known}件" if done.known else ""
    skipped = f"，没有变化而跳过{done.skipped}件" if done.skipped else ""
    click.echo(f"新导入{done.new}件{changed}{known}{skipped}，读不出来{len(done.problems)}件。")
    for _, problem in done.problems[:_MOST_PROBLEMS]:
        click.echo(f"  {problem}", err=True)
    if len(done.problems) > _MOST_PROBLEMS:
        click.echo("  其余用 draft-assist kb stats --problems 查看。", err=True)


@click.command(
    "remove",
    cls=Command,
    help="从语料库中移除文件：按导入时的路径（文件夹表示其下全部），或者按名称。原文件不动。没有可移除的退出码为 1。",
    options_metavar="[选项]",
)
@click.argument("names", nargs=-1, required=True, metavar="路径或名称...")
@home_option
def remove_command(names: tuple[str, ...], home: Path | None) -> int:
    from draft_assist.corpus.build import refresh_index, remove

    folder = find_home(home)
    gone = remove(folder, names)
    for path in gone:
        click.echo(f"已移除 {path}")
    if not gone:
        click.echo("没有可以移除的文件。用 draft-assist kb stats --files 查看已导入的文件。", err=True)
        return NOT_THERE
    with Bar("编制索引") as bar:
        refresh_index(folder, progress=bar.at)
    return 0
