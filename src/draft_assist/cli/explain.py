"""`draft-assist explain`: which acts the reader saw in a clause, and why."""

from __future__ import annotations

from pathlib import Path

import click

from draft_assist.cli.chinese import Command
from draft_assist.errors import OptionError
from draft_assist.model import Act, Document, Does, Grade, Pointer, Power

_DOES = {
    Does.SETS: "设定",
    Does.REFERS: "援引上位法",
    Does.FORBIDS: "禁止或者减免",
    Does.REPORTS: "提到、陈述",
    Does.DISCIPLINES: "对内部人员的处理",
    Does.DEFINES: "定义、分类",
    Does.CIVIL_CRIMINAL: "民事、刑事或者司法事项",
    Does.INTERNAL: "内部审批",
}
_POWERS = {
    Power.PERMIT: "行政许可",
    Power.PERMIT_CONDITION: "许可条件",
    Power.PENALTY: "行政处罚",
    Power.COMPULSORY: "行政强制措施",
    Power.EXECUTION: "行政强制执行",
    Power.FEE: "收费",
    Power.LEVY: "基金、集资",
    Power.DEPOSIT: "保证金、押金",
    Power.TAX: "税收",
}
_GRADES = {Grade.CLEAR: "明确", Grade.WEAK: "不十分明确", Grade.HINT: "仅为线索"}
_POINTERS = {
    Pointer.NONE: "没有援引",
    Pointer.VAGUE: "笼统援引",
    Pointer.NAMED_LAW: "只写法律名称",
    Pointer.NAMED_ARTICLE: "写明法律和条号",
    Pointer.OWN: "援引本文件",
}


@click.command(
    "explain",
    cls=Command,
    help="说明一个条款被读出哪些行为（设定、援引、禁止……）及其理由。不写 --clause 时列出全部条款路径。",
    options_metavar="[选项]",
)
@click.argument("file", metavar="文件")
@click.option("--clause", "path", metavar="路径", help="条款路径，如 art-8.par-2 或 h1-2.h2-1。")
def explain_command(file: str, path: str | None) -> int:
    from draft_assist.check.acts.extract import find_acts
    from draft_assist.flow import read_document
    from draft_assist.settings import read_settings

    document = read_document(Path(file), read_settings())
    acts = find_acts(document)
    if path is None:
        _list_clauses(document, acts)
        return 0
    clause = document.clause(path)
    if clause is None:
        raise OptionError(f"没有路径为“{path}”的条款", where=file, next_step="不写 --clause 可列出全部路径")
    from draft_assist.parse import label_of

    click.echo(f"{label_of(document, path)}（{path}）")
    click.echo(f"原文：{document.text_of(clause.span).strip()}")
    within = [act for act in acts if clause.span.contains(act.span)]
    if not within:
        click.echo("没有读出与许可、处罚、收费、强制有关的行为。")
    for number, act in enumerate(within, start=1):
        _show(document, act, number)
    return 0


def _list_clauses(document: Document, acts: tuple[Act, ...]) -> None:
    by_clause: dict[str, int] = {}
    for act in acts:
        by_clause[act.clause] = by_clause.get(act.clause, 0) + 1
    for clause in document.walk():
        words = document.text_of(clause.head).strip().replace("\n", " ")
        count = by_clause.get(clause.path)
        click.echo(f"{clause.path}\t{f'{count}个行为' if count else ''}\t{words[:40]}")


def _show(document: Document, act: Act, number: int) -> None:
    click.echo(f"\n{number}. “{document.text_of(act.span)}”")
    click.echo(f"   行为：{_DOES[act.does]}；权力：{_POWERS[act.power]}（{act.kind}）；程度：{_GRADES[act.grade]}")
    pointer = _POINTERS[act.basis.pointer]
    named = "、".join(f"《{title}》" for title in act.basis.titles)
    click.echo(f"   依据：{pointer}{named}；所在条款：{act.clause}")
    for step in act.because:
        click.echo(f"   · {step}")
