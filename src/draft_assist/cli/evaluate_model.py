"""`draft-assist eval model`: a model on labelled clauses, with and without the rules."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from draft_assist.cli.bar import Bar
from draft_assist.cli.chinese import Command
from draft_assist.cli.judging import AUTO, chosen_model
from draft_assist.cli.options import as_of_option, home_option
from draft_assist.cli.statutes import usable_corpus
from draft_assist.errors import OptionError

if TYPE_CHECKING:
    from draft_assist.evals.clauses import ClauseScores
    from draft_assist.evals.model import ModelScores

SCHEMA = "draft-assist/model-eval/1"


@click.command(
    "model",
    cls=Command,
    help="在标注条款（JSONL，每行有 id、text、labels）上评测一个模型：只用规则、只用模型、合起来各怎样，"
    "费用和用时多少。会把条款发给模型服务。",
    options_metavar="[选项]",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件...")
@click.option("--endpoint", metavar="地址", help="模型服务的地址，以 /v1 结尾；不写则用已配置的。")
@click.option("--model", "name", metavar="模型名", help="不写则用已配置的。")
@click.option("--limit", type=click.IntRange(1), metavar="条数", help="每个文件只评测前几条。")
@click.option("--blind", is_flag=True, help="不把规则发现的问题告诉模型。")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="路径", help="把评测记录（JSON）写到这个文件，便于比较。"
)
@home_option
@as_of_option
def model_command(
    files: tuple[Path, ...], endpoint: str | None, name: str | None, limit: int | None, blind: bool, out: Path | None,
    home: Path | None, as_of: dt.date,
) -> int:  # fmt: skip
    from draft_assist.check.run import read_kit
    from draft_assist.config import find_config
    from draft_assist.evals.clauses import read_samples
    from draft_assist.evals.model import run_model

    samples = [sample for file in files for sample in read_samples(file)[:limit]]
    model = chosen_model(name or AUTO, find_config(Path.cwd()), endpoint=endpoint)
    if model is None:
        raise OptionError(
            "没有配置模型", where="--endpoint", next_step="请写明地址和 --model，或者设置 DRAFT_ASSIST_MODEL_URL"
        )
    searcher, statutes = usable_corpus(home)
    kit = read_kit(statutes=statutes)
    with Bar("模型评测") as bar:
        scores = run_model(samples, kit, model, as_of, searcher=searcher, blind=blind, progress=bar.at)
    record = _record(scores, files, kit.rules.digest, model, as_of, blind=blind)
    _print(scores, model.name, model.options.currency)
    if out is not None:
        import msgspec

        from draft_assist.follow.files import write_whole

        write_whole(out, msgspec.json.format(msgspec.json.encode(record)) + b"\n")
        click.echo(f"评测记录已写入 {out}", err=True)
    return 0


def _record(
    scores: ModelScores, files: tuple[Path, ...], ruleset: str, model: Any, as_of: dt.date, *, blind: bool
) -> dict[str, Any]:
    """What makes two runs comparable, beside the scores."""
    import hashlib

    import msgspec

    from draft_assist.judge.opinion import PROMPT
    from draft_assist.judge.prompts import read_prompt

    prompt = read_prompt(PROMPT)
    options = model.options.model_dump(
        mode="json", include={"temperature", "max_output", "context", "structured", "extra"}
    )
    sets = {file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:12] for file in files}
    return {
        "schema": SCHEMA,
        "result": {
            "model": model.name,
            "where": model.where,
            "options": options,
            "mode": model.mode,
            "prompt": {"id": prompt.id, "version": prompt.version, "sha256": prompt.digest},
            "ruleset": ruleset,
            "as_of": as_of,
            "sets": sets,
            "blind": blind,
            "scores": msgspec.to_builtins(scores),
        },
    }


def _print(scores: ModelScores, name: str, currency: str) -> None:
    total = scores.rules.samples
    click.echo(
        f"{name}：{total}条，送模型{scores.asked}条，不需要送的{scores.skipped}条，没有可用回答的{len(scores.unscored)}条"
    )
    for label, one in (("规则", scores.rules), ("模型", scores.model), ("合计", scores.both)):
        click.echo(f"{label}　{_rates(one)}")
    for known, counted in scores.remarks.items():
        words = "规则报对的" if known == "right" else "规则报错的"
        told = "、".join(f"{_STANCES[stance]}{count}次" for stance, count in counted.items())
        click.echo(f"对{words}，模型{told}")
    dropped = "、".join(f"{reason}{count}条" for reason, count in scores.dropped.items())
    click.echo(
        f"核对时舍去{sum(scores.dropped.values())}条{f'（{dropped}）' if dropped else ''}，要求重答{scores.repairs}次"
    )
    cost = f"，费用{scores.cost:.4g}{currency}" if scores.cost is not None else ""
    click.echo(
        f"用时{scores.seconds}秒，输入{scores.tokens_in}、输出{scores.tokens_out}个词元{cost}；取自缓存{scores.kept}条"
    )


_STANCES = {"confirms": "同意", "refutes": "不同意", "unsure": "不能确定"}


def _rates(one: ClauseScores) -> str:
    four = one.any
    return (
        f"四类任一 P={_rate(four.precision)} R={_rate(four.recall)}　有问题的报出{_rate(one.flagged_share)}，"
        f"类别正确{_rate(one.right_share)}　没问题的安静{_rate(one.quiet_share)}"
    )


def _rate(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"
