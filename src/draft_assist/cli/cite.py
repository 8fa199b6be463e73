"""`draft-assist cite`: every citation of a file or a text, and whether it holds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from draft_assist.cli.chinese import Command
from draft_assist.cli.options import Day, as_of_option, home_option
from draft_assist.cli.source import read_source
from draft_assist.cli.statutes import usable_statutes

FOUND = 1


@click.command(
    "cite",
    cls=Command,
    help="核对引用：文件或一段文字引用了哪些法律、文件和条款，当时和现在是否有效、条号对不对。"
    "参数是文件路径（- 为标准输入）；没有这个文件时，参数本身按文字核对。有需要更正的引用时退出码为 1。",
    options_metavar="[选项]",
)
@click.argument("source", metavar="文件或文字")
@as_of_option
@click.option("--dated", type=Day(), help="文件自己的日期；不写则用文中写明的施行日期或成文日期。")
@click.option("--all", "show_all", is_flag=True, help="也列出没有问题的引用。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@home_option
def cite_command(
    source: str, as_of: dt.date, dated: dt.date | None, show_all: bool, as_json: bool, home: Path | None
) -> int:
    from draft_assist.check.cited import check_citations
    from draft_assist.law.confirm import own_date
    from draft_assist.report.cited import SCHEMA, citation_to_wire, cited_rows, cited_summary

    document = read_source(source)
    statutes = usable_statutes(home)
    cited = check_citations(document, statutes, as_of=as_of, dated=dated)
    shown = cited_rows(cited)
    if as_json:
        import msgspec

        result = {
            "as_of": as_of.isoformat(),
            "statutes": statutes.source,
            "citations": [citation_to_wire(one) for one in cited],
        }
        click.echo(msgspec.json.format(msgspec.json.encode({"schema": SCHEMA, "result": result})).decode())
    else:
        if statutes.note:
            click.echo(f"注意：{statutes.note}", err=True)
        for row in shown:
            if show_all or not row.is_sound:
                meant = f" → {row.meant}" if row.meant else ""
                then = f"成文时：{row.answer_when_written}；" if row.answer_when_written else ""
                place = f"{row.place}　" if document.text.value.strip().count("\n") else ""
                click.echo(f"{row.number}. {place}{row.words}{meant}\n   {then}现在：{row.answer}。{row.note}")
        hidden = any(row.is_sound for row in shown) and not show_all
        click.echo(cited_summary(shown) + ("没有问题的用 --all 列出。" if hidden else ""))
        day = dated or own_date(document)
        click.echo(
            f"成文时的情况按{day:%Y-%m-%d}核对。"
            if day
            else "没有读出文件自己的日期，只按核对当日的法律核对；可用 --dated 指定。"
        )
    return FOUND if any(row.is_wrong for row in shown) else 0
