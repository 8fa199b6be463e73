"""`draft-assist rules`: what the rules are, how far each can be trusted, and a start for a rule of one's own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from draft_assist.cli.chinese import Group
from draft_assist.cli.options import rules_option
from draft_assist.errors import OptionError

if TYPE_CHECKING:
    from draft_assist.check.ruleset import Rule
    from draft_assist.check.run import Kit

FAILED = 1


@click.group(
    "rules",
    cls=Group,
    help="查看和试验规则。",
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]...",
)
def rules_group() -> None: ...


@rules_group.command("list", help="列出规则：编号、状态、程度、类别、实测、名称。", options_metavar="[选项]")
@click.option("--category", metavar="类别", help="只列这一类别，如 competition。")
@click.option("--status", metavar="状态", help="只列这一状态：stable、preview、draft、retired。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@rules_option
def list_command(category: str | None, status: str | None, as_json: bool, folders: tuple[Path, ...]) -> int:
    from draft_assist.terms import terms

    kit = _kit(folders)
    names = terms()
    if category and category not in names.categories:
        raise OptionError(f"没有类别“{category}”", where="--category", next_step=f"可用：{'、'.join(names.categories)}")
    chosen = [
        rule
        for rule in kit.rules.rules
        if (not category or rule.category == category) and (not status or kit.status_of(rule).value == status)
    ]
    if as_json:
        import msgspec

        rows = [_as_row(rule, kit) for rule in chosen]
        click.echo(msgspec.json.format(msgspec.json.encode(rows)).decode())
        return 0
    for rule in chosen:
        severity, group = names.severities[rule.severity].name, names.categories[rule.category]
        click.echo(f"{rule.code}\t{kit.status_of(rule)}\t{severity}\t{group}\t{_measured(rule, kit)}\t{rule.title}")
    click.echo(f"共{len(chosen)}条", err=True)
    return 0


@rules_group.command("show", help="一条规则的全部内容：依据条文、示例、实测。", options_metavar="[选项]")
@click.argument("code", metavar="编号")
@rules_option
def show_command(code: str, folders: tuple[Path, ...]) -> int:
    import datetime as dt

    from draft_assist.check.ruleset import evidence_of
    from draft_assist.terms import terms

    kit = _kit(folders)
    rule, names = _rule(code, kit), terms()
    day = dt.date.today()
    click.echo(f"{rule.code} {rule.title}（{rule.name}）")
    effective = kit.status_of(rule)
    lowered = "（实测低于下限，按试用处理）" if effective is not rule.status else ""
    click.echo(f"状态：{effective}{lowered}；匹配方式：{rule.match.kind()}")
    click.echo(
        f"类别：{names.categories[rule.category]}；程度：{names.severities[rule.severity].name}；"
        f"把握：{names.confidences[rule.confidence].name}；实测：{_measured(rule, kit)}"
    )
    since, until = rule.in_force.since, rule.in_force.until
    click.echo(f"适用期间：{since or '不限'} 至 {until or '今'}")
    if rule.applies_to.kinds:
        click.echo(f"文件种类：{'、'.join(names.kinds[kind] for kind in rule.applies_to.kinds)}")
    click.echo(f"问题：{rule.message}\n建议：{rule.advice}")
    if rule.note:
        click.echo(f"说明：{rule.note}")
    for basis in rule.basis:
        evidence = evidence_of(basis, kit.statutes, day)
        click.echo(f"\n依据：《{evidence.law}》{evidence.article}（{names.evidence_statuses[evidence.status].name}）")
        click.echo(f"  要旨：{evidence.gist}")
        click.echo(f"  条文：{evidence.text}" if evidence.text else f"  来源：{evidence.source}")
    for label, examples in (
        ("应当报出", rule.violating()),
        ("不应报出", rule.compliant()),
        ("尚未报出", rule.known_misses()),
    ):
        for example in examples:
            click.echo(f"\n{label}：{example.text}" + (f"\n  理由：{example.why}" if example.why else ""))
    return 0


@rules_group.command(
    "test", help="运行规则自带的示例；不写编号时运行全部。有不符的，退出码为 1。", options_metavar="[选项]"
)
@click.argument("codes", nargs=-1, metavar="[编号...]")
@rules_option
def test_command(codes: tuple[str, ...], folders: tuple[Path, ...]) -> int:
    kit = _kit(folders)
    chosen = [_rule(code, kit) for code in codes] or list(kit.rules.rules)
    failed = sum(not _run_examples(rule, kit) for rule in chosen)
    passed = f"{len(chosen) - failed}条规则的示例全部相符"
    click.echo(f"共运行{len(chosen)}条规则的示例：{passed}" + (f"，{failed}条规则有示例不符" if failed else ""))
    return FAILED if failed else 0


_SKELETON = """\
# 自备规则。各键的含义见 README“自备规则”一节；⟦ ⟧ 之间是应当报出的文字。
code: {code}
name: {name}
title: {title}
status: stable
category: {category}
severity: doubtful
confidence: medium
applies_to:
  kinds: [normative_document, plan, internal, unknown]
basis:
  - law: （依据的法律、法规名称）
    article: 第一条
    gist: （用自己的话概括该条要求）
    source: （条文出处；法律数据包已收录的，可改写为 version 和 fingerprint）
in_force: {{from: null, to: null}}
match:
  pattern:
    power: restriction
    words: '{words}'
message: “{{match}}”（写明问题是什么）。
advice: （写明应当怎样修改）。
examples:
  violating:
    - 第一条　各户⟦{words}⟧。
    - 第二条　凡本村住户，⟦{words}⟧，不得例外。
  compliant:
    - text: 第一条　不得要求各户{words}。
      why: 前有“不得”，是禁止这样要求。
    - text: 第二条　鼓励各户{words}。
      why: 鼓励性规定，没有强制。
"""


@rules_group.command("new", help="写一个规则骨架并运行它的示例；已有的文件不会被覆盖。", options_metavar="[选项]")
@click.argument("name", metavar="名称")
@click.option("--code", required=True, metavar="编号", help="大写字母、连字符和三位数字，如 OWN-001。")
@click.option("--title", default="（规则名称）", metavar="标题", help="中文标题。")
@click.option("--category", default="other", metavar="类别", help="类别标识，默认 other。")
@click.option("--words", default="须按时上交诚信卡", metavar="文字", help="要找的文字，之后可以改成正则表达式。")
@click.option("--dir", "folder", type=click.Path(path_type=Path), default=Path("rules"), metavar="文件夹",
              help="写到这个文件夹，默认 rules。")  # fmt: skip
def new_command(name: str, code: str, title: str, category: str, words: str, folder: Path) -> int:
    from draft_assist.check.ruleset import read_ruleset
    from draft_assist.check.run import read_kit
    from draft_assist.terms import terms

    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
        raise OptionError(f"名称“{name}”只能用小写字母、数字和连字符", where="名称", next_step="如 village-levy")
    if category not in terms().categories:
        known = "、".join(terms().categories)
        raise OptionError(f"没有类别“{category}”", where="--category", next_step=f"可用：{known}")
    if re.search(r"[\\'\[\](){}*+?.|^$\s]", words) or not words:
        raise OptionError("文字里不要写空格、引号和正则符号", where="--words", next_step="写好骨架后再改成正则表达式")
    path = folder / f"{name}.yaml"
    if path.exists():
        raise OptionError("已有这个文件", where=str(path), next_step="请换一个名称，或者先移走原文件")
    if code in read_kit().rules.by_code:
        raise OptionError(f"编号“{code}”已被随软件提供的规则使用", where="--code", next_step="请换一个编号")
    text = _SKELETON.format(code=code, name=name, title=title, category=category, words=words)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    click.echo(f"已写入 {path}")
    kit = _kit((folder,))
    assert code in read_ruleset(folder).by_code
    return 0 if _run_examples(kit.rules.by_code[code], kit) else FAILED


# --- shared -------------------------------------------------------------------------------------------------------


def _kit(folders: tuple[Path, ...]) -> Kit:
    from draft_assist.check.run import read_kit

    return read_kit(folders)


def _rule(code: str, kit: Kit) -> Rule:
    import difflib

    found = kit.rules.by_code.get(code.upper())
    if found is None:
        near = difflib.get_close_matches(code.upper(), kit.rules.by_code, n=3, cutoff=0.5)
        hint = f"是否应为 {'、'.join(near)}？" if near else ""
        raise OptionError(f"没有编号为“{code}”的规则", next_step=f"{hint}可用 draft-assist rules list 查看")
    return found


def _run_examples(rule: Rule, kit: Kit) -> bool:
    from draft_assist.check.examples import run_examples

    names = {"violating": "应当报出", "compliant": "不应报出", "known_misses": "尚未报出"}
    outcomes = list(run_examples(rule, kit))
    failed = [one for one in outcomes if not one.passed]
    click.echo(
        f"{rule.code} {rule.title}：示例{len(outcomes)}个，" + (f"{len(failed)}个不符" if failed else "全部相符")
    )
    for one in failed:
        wanted = "、".join(f"“{words}”" for words in one.wanted) or "无"
        found = "、".join(f"“{words}”" for words in one.found) or "无"
        click.echo(f"  {names[one.sort]}第{one.number}例：应为{wanted}，实为{found}")
        click.echo(f"    {one.example.text}")
    return not failed


def _measured(rule: Rule, kit: Kit) -> str:
    known = kit.trust.of(rule.code, rule.match)
    if known:
        return f"{known.right}/{known.fired}"
    return "改动后未重测" if rule.code in kit.trust.rules else "未测得"


def _as_row(rule: Rule, kit: Kit) -> dict[str, object]:
    known = kit.trust.of(rule.code, rule.match)
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "status": kit.status_of(rule).value,
        "category": rule.category,
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "match": rule.match.kind(),
        "fired": known.fired if known else 0,
        "right": known.right if known else 0,
        "basis": [f"《{basis.law}》{basis.article}" for basis in rule.basis],
    }
