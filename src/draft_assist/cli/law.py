"""`draft-assist law`: the statute data by title, article and date."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from draft_assist.cli.chinese import Group
from draft_assist.cli.options import as_of_option, home_option, today
from draft_assist.cli.statutes import usable_statutes
from draft_assist.errors import OptionError
from draft_assist.law.articles import article_label
from draft_assist.law.confirm import Confirmed
from draft_assist.law.facts import Work
from draft_assist.law.lookup import Standing
from draft_assist.law.store import Statutes
from draft_assist.model import Answer

NOT_THERE = 1


@click.group(
    "law", cls=Group, help="查法律条文和历次文本。", options_metavar="[选项]", subcommand_metavar="命令 [参数]..."
)
def law_group() -> None: ...


@law_group.command(
    "show",
    help="一条或几条法律条文，如 law show 行政处罚法第十六条；只写名称时列出全部条号。没有该条文时退出码为 1。",
    options_metavar="[选项]",
)
@click.argument("words", nargs=-1, required=True, metavar="引用")
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@home_option
def show_command(words: tuple[str, ...], as_of: dt.date, as_json: bool, home: Path | None) -> int:
    from draft_assist.law.confirm import confirm
    from draft_assist.law.resolve import read_reference
    from draft_assist.law.titles import Titles

    statutes = usable_statutes(home)
    titles = Titles(statutes)
    wanted = "".join(f"第{word}条" if word.isdigit() else word for word in words)  # 行政处罚法 33
    cited = read_reference(wanted, titles)
    if not cited:
        raise OptionError(f"没有读懂“{wanted}”", next_step="请写成“行政处罚法第十六条”的样子")
    answers = [confirm(one, statutes, titles, then=None, now=as_of) for one in cited]
    if as_json:
        _print_json(answers, statutes, as_of)
    else:
        for one in answers:
            _print(one, statutes, as_of)
        if any(one.found is not None and one.found.text for one in answers):
            click.echo(f"来源：{statutes.source}", err=True)
        elif statutes.note:
            click.echo(statutes.note, err=True)
    return NOT_THERE if any(one.answer is not Answer.STANDS for one in answers) else 0


def _print(one: Confirmed, statutes: Statutes, as_of: dt.date) -> None:
    from draft_assist.terms import terms

    found = one.found
    assert found is not None  # every citation of a work is looked up
    version = f"（{found.version_date:%Y-%m-%d}文本）" if found.version_date else ""
    where = one.citation.first.show() if one.citation.first else ""
    click.echo(f"《{found.title or one.citation.title}》{where}{version}　{terms().citation_answers[one.answer].name}")
    if found.text:
        click.echo(found.text)
    elif found.standing is Standing.STANDS:
        labels = [article_label(wording.article) for wording in statutes.articles(found.title, as_of)]
        click.echo(f"共{len(labels)}条：{labels[0]}至{labels[-1]}" if labels else "没有分条。")
    if one.note:
        click.echo(f"注：{one.note}")


def _print_json(answers: list[Confirmed], statutes: Statutes, as_of: dt.date) -> None:
    import msgspec

    rows = [
        {
            "title": one.found.title,
            "provision": one.citation.place,
            "answer": one.answer.value,
            "version": one.found.version_date,
            "since": one.found.since,
            "by": one.found.by,
            "text": one.found.text,
            "note": one.note,
        }
        for one in answers
        if one.found is not None
    ]
    result = {"as_of": as_of, "statutes": statutes.source, "articles": rows}
    whole = {"schema": "draft-assist/articles/1", "result": result}
    click.echo(msgspec.json.format(msgspec.json.encode(whole)).decode())


@law_group.command(
    "versions", help="一部法律收录了哪些文本，各自何时起施行；未收录时退出码为 1。", options_metavar="[选项]"
)
@click.argument("title", metavar="名称")
@home_option
def versions_command(title: str, home: Path | None) -> int:
    from draft_assist.law.titles import Titles

    statutes = usable_statutes(home)
    match = Titles(statutes).match(title)
    if match.meant:
        click.echo(f"没有《{match.title}》，按名称应为《{match.meant}》。")
        return NOT_THERE
    versions = statutes.versions(match.title)
    repeal, work = statutes.repeal(match.title), statutes.work(match.title)
    click.echo(f"《{match.title}》")
    for version in versions:
        since = f"{version.held_from:%Y-%m-%d}" if version.held_from else "施行日期未核对"
        until = f"至 {version.held_until:%Y-%m-%d}前" if version.held_until else "起"
        early = "，尚未施行" if version.held_from and version.held_from > today() else ""
        click.echo(f"{version.version_date:%Y-%m-%d}通过的文本：{since} {until}{early}（{version.source}）")
    if repeal is not None:
        click.echo(f"自{repeal.since:%Y-%m-%d}起废止：《{repeal.by}》{repeal.article}")
    if work is not None:
        _print_work(work)
    if not versions:
        known = repeal is not None or work is not None
        click.echo("条文未收录。" if known else "没有收录它的条文，不能据此判断其是否存在、是否有效。")
        return NOT_THERE
    return 0


def _print_work(work: Work) -> None:
    if work.number:
        click.echo(f"文号：{work.number}")
    if work.wordings:
        click.echo(f"已知的施行日期：{'、'.join(day.isoformat() for day in work.wordings)}")
    if work.repealed:
        successor = f"，由《{work.successor}》取代" if work.successor else ""
        click.echo(f"自{work.repealed:%Y-%m-%d}起废止{successor}")
    confirmed = "已与文本核对" if work.confirmed else "未与文本核对"
    click.echo(f"来源：{work.source}（{confirmed}）")
