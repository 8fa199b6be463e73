"""`draft-assist decisions`: what reviewers decided on findings, and eval samples out of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from draft_assist.cli.chinese import Group
from draft_assist.cli.options import as_of_option, config_options, kind_option, rank_option, today
from draft_assist.errors import OptionError


@click.group(
    "decisions", cls=Group, help="记录对问题的采纳情况（存在文件旁边的 .decisions.jsonl 里），并转成评测样本。",
    options_metavar="[选项]", subcommand_metavar="命令 [参数]...",
)  # fmt: skip
def decisions_group() -> None: ...


@decisions_group.command("add", help="记录对一处问题的决定。", options_metavar="[选项]")
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@click.option("--finding", required=True, metavar="指纹", help="哪一处问题：报告里的指纹，或者 编号:指纹。")
@click.option(
    "--verdict", required=True, type=click.Choice(["采纳", "部分采纳", "不采纳"]), metavar="决定",
    help="采纳、部分采纳或者不采纳。",
)  # fmt: skip
@click.option("--reason", required=True, metavar="理由", help="理由，用中文写明。")
@click.option("--by", default="", metavar="姓名", help="谁作的决定。")
@rank_option
@kind_option
@as_of_option
@config_options
def add_command(
    file: Path,
    finding: str,
    verdict: str,
    reason: str,
    by: str,
    rank: str | None,
    kind: str | None,
    as_of: dt.date,
    config: str | None,
    no_config: bool,
) -> int:
    from draft_assist.cli.setup import Setups
    from draft_assist.flow import review_text
    from draft_assist.follow.decisions import Verdict, add_decision, decide, decisions_path
    from draft_assist.follow.select import select
    from draft_assist.follow.suppress import check_reason
    from draft_assist.settings import read_settings

    if str(file) == "-":
        raise OptionError("标准输入没有可以存放决定的位置", where="文件", next_step="请写文件名")
    why = check_reason(reason)
    setup = Setups(read_settings(), config=config, no_config=no_config).of(str(file))
    report = setup.review(file, as_of=as_of, rank=rank, kind=kind)
    found = select(report, finding, "--finding")

    def found_in(words: str) -> list[str]:
        alone = review_text(words, as_of=as_of, rank=report.rank, kind=report.kind, kit=setup.kit)
        return [one.code for one in alone.findings]

    decision = decide(report, found, Verdict(verdict), why, by=" ".join(by.split()), on=today(), found_in=found_in)
    path = decisions_path(file)
    add_decision(path, decision)
    click.echo(f"已记录：{decision.place}“{decision.quote}”{decision.verdict.value}，写入 {path}", err=True)
    return 0


@decisions_group.command("list", help="列出对一个文件的决定；对同一处问题作过几次的，以最后一次为准。")
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
def list_command(file: Path) -> int:
    from draft_assist.follow.decisions import decisions_path, read_decisions, standing

    path = decisions_path(file)
    decisions = standing(read_decisions(path))
    if not decisions:
        click.echo(f"还没有记录（{path}）。", err=True)
    for one in decisions:
        signed = "，".join(part for part in (one.by, one.on.isoformat()) if part)
        click.echo(
            f"{one.verdict.value}\t{one.code}:{one.fingerprint}\t{one.place}\t“{one.quote}”\t{one.reason}（{signed}）"
        )
    return 0


@decisions_group.command(
    "to-eval", help="把决定转成评测样本（采纳的标类别，不采纳的标 none），添加到 --out 的末尾，已有的不重复添加。",
    options_metavar="[选项]",
)  # fmt: skip
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="路径", help="评测文件（JSONL）。")
def to_eval_command(file: Path, out: Path) -> int:
    from draft_assist.follow.decisions import add_samples, decisions_path, read_decisions, samples_of

    path = decisions_path(file)
    samples = samples_of(read_decisions(path))
    if not samples:
        raise OptionError("还没有记录决定", where=str(path), next_step="请先用 draft-assist decisions add 记录")
    if out.resolve() in (path.resolve(), file.resolve()):
        raise OptionError("评测文件不能与原文件或者决定记录相同", where="--out", next_step="请换一个路径")
    done = add_samples(out, samples)
    click.echo(f"添加{done.added}条，已有{done.there}条，写入 {out}", err=True)
    for one in done.differing:
        click.echo(f"注意：{out} 中的 {one} 标注与现在的决定不同，没有改动，请核对", err=True)
    return 0
