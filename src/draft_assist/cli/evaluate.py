"""`draft-assist eval`: clauses against their labels, whole documents against what they may say."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from draft_assist.cli.chinese import Group
from draft_assist.cli.evaluate_model import model_command
from draft_assist.cli.options import as_of_option, home_option
from draft_assist.errors import OptionError
from draft_assist.evals.metrics import Score

if TYPE_CHECKING:
    from draft_assist.evals.retrieval import Measures

BELOW_FLOOR = 1


@click.group(
    "eval", cls=Group, help="用标注数据评测规则。", options_metavar="[选项]", subcommand_metavar="命令 [参数]..."
)
def eval_group() -> None: ...


eval_group.add_command(model_command)


@eval_group.command(
    "clauses", help="评测条款文件（JSONL，每行有 id、text、labels）。给了 --floor 而有指标低于下限时退出码为 1。",
    options_metavar="[选项]",
)  # fmt: skip
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option(
    "--predictions", type=click.Path(path_type=Path), metavar="路径", help="把每条的判断写到这个 JSONL 文件。"
)
@click.option("--floor", type=click.Path(path_type=Path), metavar="路径", help="下限文件（JSON）。")
@as_of_option
def clauses_command(file: Path, as_json: bool, predictions: Path | None, floor: Path | None, as_of: dt.date) -> int:
    from draft_assist.check.run import read_kit
    from draft_assist.evals.clauses import Prediction, predict, read_samples, score_clauses, write_predictions
    from draft_assist.evals.floors import below, read_floor

    samples = read_samples(file)
    limits = read_floor(floor) if floor else None
    kit = read_kit()
    started = time.perf_counter()
    outcomes = list(predict(samples, kit, as_of))
    seconds = time.perf_counter() - started
    if predictions:
        write_predictions(predictions, (p for _, p in outcomes if isinstance(p, Prediction)))
    scores = score_clauses(outcomes)
    faults = below(scores, limits) if limits else []
    if as_json:
        result: dict[str, Any] = msgspec.to_builtins(scores)
        result |= {"file": file.name, "as_of": as_of.isoformat(), "ruleset": kit.rules.digest, "below_floor": faults}
        click.echo(msgspec.json.format(msgspec.json.encode(result)).decode())
    else:
        click.echo(f"{file.name}：{scores.samples}条，用时{seconds:.1f}秒，规则集 {kit.rules.digest}")
        for name, one in [*scores.four.items(), ("四类任一", scores.any)]:
            click.echo(_row(name, one))
        for name, one in scores.categories.items():
            click.echo(_row(f"  {name}", one))
        share = "—" if scores.quiet_unlawful_share is None else f"{scores.quiet_unlawful_share:.4f}"
        click.echo(f"只标 reference、none 的{scores.quiet}条中，判为违法的{scores.quiet_unlawful}条（{share}）")
        shares = (
            ("有问题条款报出", scores.flagged_share),
            ("类别正确", scores.right_share),
            ("无问题条款安静", scores.quiet_share),
        )
        click.echo("，".join(f"{name} {'—' if value is None else f'{value:.4f}'}" for name, value in shares))
        if scores.unscored:
            click.echo(f"未评分{len(scores.unscored)}条：" + "；".join(f"{k}：{v}" for k, v in scores.unscored.items()))
        for fault in faults:
            click.echo(f"低于下限：{fault}", err=True)
    return BELOW_FLOOR if faults else 0


def _row(name: str, one: Score) -> str:
    def shown(value: float | None) -> str:
        return "—" if value is None else f"{value:.4f}"

    ranges = ""
    if one.precision_interval and one.recall_interval:
        p, r = one.precision_interval, one.recall_interval
        ranges = f"  95%区间 P[{p.low:.3f},{p.high:.3f}] R[{r.low:.3f},{r.high:.3f}]"
    return (
        f"{name:<16} n={one.n:<5} P={shown(one.precision)} R={shown(one.recall)} F1={shown(one.f1)}"
        f"  误报{one.false_alarms} 漏报{one.misses} 略过{one.skipped}{ranges}"
    )


@eval_group.command(
    "rules", help="逐条统计规则在标注条款上报出的次数和正确的次数。给了 --check 而记录与实测不同时退出码为 1。",
    options_metavar="[选项]",
)  # fmt: skip
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件...")
@click.option("--write", is_flag=True, help="写入规则目录旁的实测记录（knowledge/trust.json）。")
@click.option("--check", is_flag=True, help="核对实测记录是否与本次结果一致。")
@click.option("--wrong", is_flag=True, help="列出报错的条款。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@as_of_option
def rules_command(files: tuple[Path, ...], write: bool, check: bool, wrong: bool, as_json: bool, as_of: dt.date) -> int:
    from draft_assist.check.run import read_kit
    from draft_assist.check.trust import write_trust
    from draft_assist.evals.clauses import read_samples
    from draft_assist.evals.rules import measure_rules
    from draft_assist.knowledge import knowledge_path

    kit = read_kit()
    scores = measure_rules([(file, read_samples(file)) for file in files], kit, as_of)
    table = scores.table
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(scores)).decode())
    else:
        for code, one in table.rules.items():
            rule = kit.rules.by_code[code]
            low = "  低于下限" if table.is_below_floor(code, rule.match, rule.severity) else ""
            click.echo(f"{code}  {one.right}/{one.fired}  区间[{one.low:.2f},{one.high:.2f}]  {rule.title}{low}")
        click.echo(
            f"{len(kit.rules.rules)}条规则中，{len(table.rules)}条在{sum(table.sets.values())}条标注条款上报出过"
        )
        for firing in scores.wrong if wrong else ():
            click.echo(f"误报 {firing.code} {firing.sample} “{firing.quote}”")
    if write:
        write_trust(knowledge_path("trust.json"), table)
    if check and table != kit.trust:
        click.echo("实测记录与本次结果不同，请用 --write 重新生成", err=True)
        return BELOW_FLOOR
    return 0


@eval_group.command(
    "documents", help="审查清单里的整篇文件，核对各类问题是否超过允许的数量；有超过的退出码为 1。",
    options_metavar="[选项]",
)  # fmt: skip
@click.argument("manifest", type=click.Path(path_type=Path), metavar="清单")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@as_of_option
def documents_command(manifest: Path, as_json: bool, as_of: dt.date) -> int:
    from draft_assist.check.run import read_kit
    from draft_assist.evals.documents import read_manifest, run_documents
    from draft_assist.settings import read_settings

    entries = read_manifest(manifest)
    if not entries.documents:
        raise OptionError("清单里没有文件", where=str(manifest))
    outcomes = run_documents(entries, manifest.parent, read_kit(), read_settings(), as_of)
    failed = [one for one in outcomes if not one.passed]
    if as_json:
        result = {
            "documents": [msgspec.to_builtins(one) | {"passed": one.passed} for one in outcomes],
            "passed": len(outcomes) - len(failed),
            "total": len(outcomes),
        }
        click.echo(msgspec.json.format(msgspec.json.encode(result)).decode())
    else:
        for one in outcomes:
            faults = [one.error, *one.excess, *(f"漏报 {missed}" for missed in one.missed)]
            told = "；".join(fault for fault in faults if fault) or f"应报{one.found}处均已报出"
            click.echo(f"{'通过' if one.passed else '不符'}  {one.path}  {told}")
        click.echo(
            f"{len(outcomes)}篇中{len(outcomes) - len(failed)}篇相符，报出应报问题{sum(o.found for o in outcomes)}处"
        )
    return BELOW_FLOOR if failed else 0


@eval_group.command(
    "citations",
    help="评测引用文件（JSONL，每行有 id、text、expect）：找没找到、认没认对、答得对不对。"
    "给了 --floor 而有指标低于下限时退出码为 1。",
    options_metavar="[选项]",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件...")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--floor", type=click.Path(path_type=Path), metavar="路径", help="下限文件（JSON）。")
@click.option("--wrong", is_flag=True, help="列出不符的引用。")
@as_of_option
def citations_command(files: tuple[Path, ...], as_json: bool, floor: Path | None, wrong: bool, as_of: dt.date) -> int:
    from draft_assist.evals.citations import faults_below, read_cited_texts, read_floor, score_citations
    from draft_assist.law.store import Statutes

    texts = [text for file in files for text in read_cited_texts(file)]
    limits = read_floor(floor) if floor else None
    statutes = Statutes.open()
    scores = score_citations(texts, statutes, as_of)
    faults = faults_below(scores, limits) if limits else []
    if as_json:
        result = msgspec.to_builtins(scores) | {"as_of": as_of.isoformat(), "below_floor": faults}
        click.echo(msgspec.json.format(msgspec.json.encode(result)).decode())
    else:
        click.echo(f"{scores.texts}段文字，应有引用{scores.expected}处，找到{scores.found}处")
        click.echo(f"找到：P={_rate(scores.find_precision)} R={_rate(scores.find_recall)}")
        click.echo(f"认对：P={_rate(scores.precision)} R={_rate(scores.recall)}")
        click.echo(f"答对：{scores.right}/{scores.answered}（{_rate(scores.answer_share)}）")
        for answer, (right, total) in scores.by_answer.items():
            click.echo(f"  {answer} {right}/{total}")
        for fault in scores.faults if wrong else ():
            click.echo(f"{fault.id}  {fault.kind}  {fault.words}  {fault.detail}")
        for line in faults:
            click.echo(f"低于下限：{line}", err=True)
    return BELOW_FLOOR if faults else 0


@eval_group.command(
    "retrieval",
    help="评测语料检索（JSONL，每行有 query，可以有 citing，以及 gold_names、gold_laws 或 unanswerable）。"
    "语料里没有的答案略过并计数。给了 --floor 而有指标低于下限时退出码为 1。",
    options_metavar="[选项]",
)
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--no-title", is_flag=True, help="不使用查询所在文件的标题（citing）。")
@click.option("--floor", type=click.Path(path_type=Path), metavar="路径", help="下限文件（JSON）。")
@click.option("--wrong", is_flag=True, help="列出前十条里没有找全的查询。")
@home_option
@as_of_option
def retrieval_command(
    file: Path, as_json: bool, no_title: bool, floor: Path | None, wrong: bool, home: Path | None, as_of: dt.date
) -> int:
    from draft_assist.corpus.embedding import open_searcher
    from draft_assist.corpus.home import find_home
    from draft_assist.evals.retrieval import CorpusSearches, faults_below, read_floor, read_queries, score_retrieval

    queries = read_queries(file)
    limits = read_floor(floor) if floor else None
    searcher, problem = open_searcher(find_home(home))
    if problem:
        click.echo(f"注意：向量没有用上。{problem}", err=True)
    scores = score_retrieval(queries, CorpusSearches(searcher, as_of), as_of, with_title=not no_title)
    faults = faults_below(scores, limits) if limits else []
    if as_json:
        result = msgspec.to_builtins(scores) | {"file": file.name, "titled": not no_title, "below_floor": faults}
        click.echo(msgspec.json.format(msgspec.json.encode(result)).decode())
    else:
        click.echo(f"{file.name}：{len(queries)}条查询，在{scores.corpus.articles}条条文中检索")
        click.echo(_measures("条文", scores.article))
        click.echo(_measures("法律", scores.law))
        said = scores.abstention
        click.echo(f"无依据的{said.unanswerable}条，答“无依据”的占{_rate(said.rightly_none)}")
        click.echo(f"有依据的{said.answerable}条，误答“无依据”的占{_rate(said.wrongly_none)}")
        click.echo(f"每次检索：p50 {scores.latency_ms.p50}毫秒，p95 {scores.latency_ms.p95}毫秒")
        for miss in scores.misses if wrong else ():
            click.echo(f"{miss.id}  没找到 {'、'.join(miss.missing)}  首条 {miss.found or '—'}")
        for fault in faults:
            click.echo(f"低于下限：{fault}", err=True)
    return BELOW_FLOOR if faults else 0


def _measures(name: str, one: Measures) -> str:
    recalls = (one.recall_1, one.recall_5, one.recall_10, one.recall_20, one.recall_100)
    shown = " ".join(f"R@{k}={_rate(value)}" for k, value in zip((1, 5, 10, 20, 100), recalls, strict=True))
    return f"{name} n={one.n} 略过{one.skipped}  {shown}  MRR@10={_rate(one.reciprocal_rank)} nDCG@10={_rate(one.gain)}"


def _rate(value: float | None) -> str:
    return "—" if value is None else f"{value:.4f}"
