"""`draft-assist models`: is a model configured, and is it fit for the work."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from draft_assist.cli.bar import Bar
from draft_assist.cli.chinese import Group
from draft_assist.cli.judging import AUTO, chosen_model
from draft_assist.cli.options import as_of_option
from draft_assist.cli.printing import echo_json
from draft_assist.errors import OptionError

if TYPE_CHECKING:
    from draft_assist.judge.client import Model
    from draft_assist.judge.probe import Probe

UNFIT = 1
_MODES = {
    "schema": "支持（按 JSON Schema 约束）",
    "object": "部分支持（只约束为 JSON）",
    "text": "不支持（只能用文字要求）",
    "": "不能按格式回答",
}


@click.group(
    "models",
    cls=Group,
    help="查看和试用语言模型。模型用环境变量（或者 .env、draft-assist.toml 的 [model]）设置："
    "DRAFT_ASSIST_MODEL_URL（以 /v1 结尾的地址）、DRAFT_ASSIST_MODEL_NAME（模型名）、DRAFT_ASSIST_MODEL_KEY（密钥）。"
    "不设置就不使用模型，文件内容不会发往任何地方。",
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]...",
)
def models_group() -> None: ...


@models_group.command("show", help="列出模型的设置（不显示密钥）。", options_metavar="[选项]")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def show_command(as_json: bool) -> int:
    model = _configured(None)
    options = model.options.model_dump(mode="json", exclude={"key"})
    options["key"] = "已设置" if model.options.key.get_secret_value() else "没有设置"
    if as_json:
        echo_json({"schema": "draft-assist/model-options/1", "result": {**options, "where": model.where}})
        return 0
    click.echo(f"{model.name}，在{model.where}")
    for name, value in options.items():
        click.echo(f"  {name}　{'—' if value in (None, '', [], {}) else value}")
    return 0


@models_group.command(
    "check",
    help="试一下模型：能不能连上、是否逐字输出、能否按 JSON 格式回答、快慢，以及十个试题条款做得怎样。"
    "退出码：0 可以使用，1 不宜使用，2 连不上或者没有设置。",
    options_metavar="[选项]",
)
@click.option("--model", "name", metavar="模型名", help="试这个模型，而不是设置里的那个。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@as_of_option
def check_command(name: str | None, as_json: bool, as_of: dt.date) -> int:
    from draft_assist.check.run import read_kit
    from draft_assist.flow import review_text
    from draft_assist.judge.probe import Verdict, probe, probe_words
    from draft_assist.model import Kind, Rank

    model = _configured(name)
    kit = read_kit()
    report = review_text(probe_words(), as_of=as_of, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT, kit=kit)
    click.echo(f"试用 {model.name}（{model.where}）……", err=True)
    with Bar("试题条款") as bar:
        found = probe(model, report, kit, progress=lambda one: bar.at(one.done, one.needed))
    if as_json:
        echo_json({"schema": "draft-assist/model-check/1", "result": _to_wire(found, model)})
    else:
        _print(found, model)
    return UNFIT if found.verdict is Verdict.UNFIT else 0


def _configured(name: str | None) -> Model:
    """
    Raises:
        OptionError: no model is configured.
    """
    from draft_assist.config import find_config

    model = chosen_model(name or AUTO, find_config(Path.cwd()), kept=False)
    if model is None:
        raise OptionError(
            "没有配置模型",
            next_step="请设置 DRAFT_ASSIST_MODEL_URL 和 DRAFT_ASSIST_MODEL_NAME，例如本机的 Ollama：http://127.0.0.1:11434/v1",
        )
    return model


def _print(found: Probe, model: Model) -> None:
    seconds = f"{found.first_piece:.1f}秒后开始回答" if found.first_piece is not None else ""
    pace = f"，每秒约{found.pace:.0f}个词元" if found.pace is not None else ""
    click.echo(f"逐字输出：{'是' if found.streams else '否'}（{seconds}{pace}）")
    click.echo(f"按格式回答：{_MODES[found.mode]}")
    click.echo(
        f"有问题的条款：{found.faulty}个，看出{found.right}个；没有问题的条款：{found.sound}个，误判{found.wrong}个"
    )
    click.echo(f"提出意见{found.stated}条，经核对舍去{found.dropped}条；共用时{found.seconds:.0f}秒")
    cost = model.spending.cost
    spent = model.spending.spent
    money = f"，费用{cost:.4g}{model.options.currency}" if cost is not None else ""
    click.echo(f"用量：输入{spent.tokens_in}、输出{spent.tokens_out}个词元{money}")
    click.echo(f"结论：{found.verdict.value}" + (f"（{'；'.join(found.reasons)}）" if found.reasons else ""))
    click.echo("十个条款只能筛掉明显不合适的模型，效果请用 eval model 在标注条款上评测。", err=True)


def _to_wire(found: Probe, model: Model) -> dict[str, Any]:
    return {
        **found._asdict(),
        "verdict": found.verdict.name.lower(),
        "model": model.name,
        "where": model.where,
        "tokens_in": model.spending.spent.tokens_in,
        "tokens_out": model.spending.spent.tokens_out,
        "cost": model.spending.cost,
    }
