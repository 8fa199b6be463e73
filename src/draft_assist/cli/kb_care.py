"""`kb stats`, `kb verify`, `kb embed`: what state the corpus is in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from draft_assist.cli.bar import Bar
from draft_assist.cli.chinese import Command
from draft_assist.cli.options import as_of_option, home_option
from draft_assist.cli.printing import echo_json
from draft_assist.corpus.home import VECTORS, find_home

if TYPE_CHECKING:
    from draft_assist.corpus.verify import Fault

WRONG = 1


def print_counts(folder: Path) -> None:
    """How much the corpus of a folder holds, in a few lines."""
    from draft_assist.corpus.store import Store
    from draft_assist.terms import terms

    with Store(folder) as store:
        counts = store.counts()
    works = "，".join(f"{terms().genres[genre]}{count}" for genre, count in sorted(counts.works.items()))
    click.echo(f"语料库 {folder}")
    click.echo(f"作品：{works or '没有'}；文本{counts.versions}个，条文或条款{counts.articles}条。")
    problems = f"，读不出来{counts.problems}件（kb stats --problems 查看）" if counts.problems else ""
    click.echo(f"文件：已导入{counts.files}件{problems}。")


@click.command(
    "stats", cls=Command, help="语料库里有什么：种类、层级、文件和读不出来的文件。", options_metavar="[选项]"
)
@click.option("--files", "with_files", is_flag=True, help="列出已导入的文件。")
@click.option("--problems", "with_problems", is_flag=True, help="列出读不出来的文件和原因。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@home_option
def stats_command(with_files: bool, with_problems: bool, as_json: bool, home: Path | None) -> int:
    from draft_assist.corpus.build import index_state
    from draft_assist.corpus.store import Store
    from draft_assist.corpus.vector_file import sizes
    from draft_assist.report.corpus import stats_to_wire
    from draft_assist.terms import terms

    folder = find_home(home)
    with Store(folder) as store:
        counts, versions, stamp = store.counts(), store.versions(), store.stamp()
        files, problems = store.files("imported"), store.files("problem")
    index = index_state(folder)
    vectors = sizes(folder / VECTORS)
    is_current = index is not None and index.stamp == stamp
    if as_json:
        echo_json(stats_to_wire(counts, versions, files, problems, has_current_index=is_current, vectors=vectors))
        return 0
    print_counts(folder)
    levels: dict[str, int] = {}
    for row in versions:
        levels[terms().ranks[row.level]] = levels.get(terms().ranks[row.level], 0) + 1
    click.echo(
        "层级：" + "，".join(f"{name}{count}" for name, count in sorted(levels.items(), key=lambda one: -one[1]))
    )
    click.echo("索引：" + ("最新" if is_current else "落后于语料库，请运行 draft-assist kb build"))
    if vectors.used or vectors.old:
        old = f"，另有换下的旧文件{_megabytes(vectors.old)}，满一天后 kb embed 算完时删去" if vectors.old else ""
        click.echo(f"向量：占用{_megabytes(vectors.used)}{old}")
    if with_files:
        for file in files:
            notes = "、".join((*file.cleaned, *file.warnings))
            click.echo(f"{file.imported_on}　{_one_line(file.path)}{f'（{notes}）' if notes else ''}")
    if with_problems:
        for file in problems:
            click.echo(_one_line(file.problem))
    return 0


def _one_line(path: str) -> str:
    """A path or a message with one as a single line: names may hold line feeds."""
    return "".join(sign if sign.isprintable() or sign == "\u3000" else "�" for sign in path)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


@click.command(
    "verify", cls=Command,
    help="检查语料库：数据是否完整，文件导入后有没有改动，哪些规则所依据的条文已经变化。有问题时退出码为 1。",
    options_metavar="[选项]",
)  # fmt: skip
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@home_option
def verify_command(as_of: dt.date, as_json: bool, home: Path | None) -> int:
    from draft_assist.check.ruleset import read_ruleset, stale_bases
    from draft_assist.corpus.library import statutes_of
    from draft_assist.corpus.store import Store
    from draft_assist.corpus.validity import lacks_package
    from draft_assist.corpus.verify import Fault, faults_of

    folder = find_home(home)
    with Store(folder) as store:
        faults = faults_of(store)
        statutes = statutes_of(store)
        stale = stale_bases(read_ruleset(), statutes, as_of)
        if lacks_package(store.versions(), statutes):
            faults.append(Fault("法律数据包", "没有安装或者读不出来，语料库中的国家法律不能查；请重新安装"))
    faults += [
        Fault("规则", f"{code} 依据的《{law}》{article}在{as_of:%Y-%m-%d}的文本与编写规则时不同，须复核规则")
        for code, law, article in stale
    ]
    if as_json:
        rows = [{"kind": one.kind, "what": one.what} for one in faults]
        echo_json({"schema": "draft-assist/verify/1", "result": {"as_of": as_of, "faults": rows}})
    else:
        _print_faults(faults)
    return WRONG if faults else 0


def _print_faults(faults: list[Fault]) -> None:
    for one in faults:
        click.echo(f"{one.kind}：{one.what}")
    click.echo(f"发现{len(faults)}处问题。" if faults else "没有发现问题。")


@click.command(
    "embed", cls=Command,
    help="计算向量，使检索兼顾意思相近而用词不同的情形（可选，较慢）。可随时中断，再次运行即可继续。",
    options_metavar="[选项]",
)  # fmt: skip
@click.option(
    "--fresh", is_flag=True, help="重新计算；更换向量模型后使用。已有的向量改名保留一天（vectors.sqlite.old-N）。"
)
@click.option("--limit", type=click.IntRange(1), metavar="条数", help="这一次最多计算多少条。")
@as_of_option
@home_option
def embed_command(fresh: bool, limit: int | None, as_of: dt.date, home: Path | None) -> int:
    from draft_assist.corpus.embedding import embed_corpus

    with Bar("计算向量") as bar, Bar("编制向量索引") as next_bar:

        def indexing(done: int, total: int) -> None:
            bar.end()
            next_bar.at(done, total)

        done = embed_corpus(find_home(home), as_of=as_of, fresh=fresh, limit=limit, progress=bar.at, indexing=indexing)
    left = f"，还有{done.left}条，再次运行即可继续" if done.left else ""
    click.echo(f"新计算{done.made}条，共有{done.held}条{left}。")
    if done.removed:
        click.echo(f"删去{done.removed}条：原文已不在语料库中。")
    if done.kept_inside:
        click.echo(f"{done.kept_inside}个带有内部资料、工作秘密标志的文本没有发给向量服务，只按文字检索。")
    if done.freed:
        click.echo(f"删去换下的旧向量文件，腾出{_megabytes(done.freed)}。")
    return 0
