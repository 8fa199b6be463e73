"""`draft-assist review`: pre-review of one or many files."""

from __future__ import annotations

import datetime as dt
import os
import sys
from functools import partial
from pathlib import Path

import click
from msgspec.structs import replace

from draft_assist.cli.chinese import Command
from draft_assist.cli.judging import Judges, model_option
from draft_assist.cli.options import (
    Day,
    as_of_option,
    config_options,
    home_option,
    kind_option,
    papers_option,
    profile_option,
    rank_option,
    rules_option,
)
from draft_assist.errors import DraftAssistError, OptionError
from draft_assist.follow.files import write_whole
from draft_assist.model import NotChecked, Report, Severity
from draft_assist.report import FORMATS, Format, render, render_error

FINDINGS = 1
COULD_NOT_RUN = 2
_THRESHOLDS = {
    "unlawful": frozenset({Severity.UNLAWFUL}),
    "doubtful": frozenset({Severity.UNLAWFUL, Severity.DOUBTFUL}),
    "never": frozenset[Severity](),
}
DEFAULT_FAIL_ON = "unlawful"
# Forms that read well one after another on a terminal; others need a folder when there are several files.
_STREAMED = ("text", "md")


@click.command(
    "review",
    cls=Command,
    help="预审文件（.docx、.pdf、.txt、.md、.html；- 表示标准输入）。"
    "退出码：0 没有达到 --fail-on 的问题；1 有；2 有文件无法审查。",
    options_metavar="[选项]",
)
@click.argument("files", nargs=-1, required=True, metavar="文件...")
@rank_option
@kind_option
@as_of_option
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", metavar="格式",
    help="报告格式： " + " ".join(f"{one.id}（{one.name}）" for one in FORMATS.values()) + "；默认 text。",
)  # fmt: skip
@click.option(
    "--out", metavar="路径", help="报告写到这个文件；以 / 结尾、已有此文件夹或者审查多个文件时，写到文件夹里。"
)
@click.option(
    "--fail-on", type=click.Choice(list(_THRESHOLDS)), metavar="程度",
    help="退出码为 1 的门槛：unlawful（违法）、doubtful（存疑及以上）、never（从不）；默认 unlawful。",
)  # fmt: skip
@papers_option
@profile_option
@rules_option
@click.option("--preview", is_flag=True, help="试用规则也参加审查（实测不足或者尚在观察的规则，平时不用）。")
@click.option("--suppressions", metavar="路径", help="豁免清单；不写则用文件旁边的“文件名.suppress.yaml”，没有就不用。")
@click.option(
    "--suppress", multiple=True, metavar="编号:指纹",
    help="把这处问题加进豁免清单，如 AUTH-021:5ecb10842494d918；要同时写 --reason。可以写多次。",
)  # fmt: skip
@click.option("--reason", metavar="理由", help="豁免的理由，用中文写明。")
@click.option("--by", metavar="姓名", help="谁决定豁免。")
@click.option("--until", type=Day(), help="豁免到这一天为止，如 2027-12-31；不写则一直有效。")
@click.option(
    "--baseline", metavar="路径", help="以前的 JSON 报告或者存放报告的文件夹：其中已有的问题不再列出，也不计入退出码。"
)
@click.option(
    "--since", metavar="路径", help="旧版文件，或者旧版的 JSON 报告：列出已解决、仍存在、新出现的问题和条款变化。"
)
@model_option("off")
@config_options
@home_option
def review_command(
    files: tuple[str, ...],
    rank: str | None,
    kind: str | None,
    as_of: dt.date,
    form: str,
    out: str | None,
    fail_on: str | None,
    papers: tuple[str, ...],
    profile_name: str | None,
    folders: tuple[Path, ...],
    preview: bool,
    suppressions: str | None,
    suppress: tuple[str, ...],
    reason: str | None,
    by: str | None,
    until: dt.date | None,
    baseline: str | None,
    since: str | None,
    choice: str | None,
    config: str | None,
    no_config: bool,
    home: Path | None,
) -> int:
    from draft_assist.check.profiles import find_profile
    from draft_assist.cli.following import Following, Wishes
    from draft_assist.cli.setup import Setups
    from draft_assist.settings import read_settings

    wishes = Wishes(suppressions, suppress, reason, by, until, baseline, since)
    targets = _targets(files, FORMATS[form], out, kept=wishes.files(form))
    _check_papers(files, papers, targets)
    profile = find_profile(profile_name) if profile_name else None
    settings = read_settings()
    following = Following(wishes, files, settings)
    judges = Judges(choice, home)
    setups = Setups(settings, config=config, no_config=no_config, folders=folders, preview=preview, home=home)
    loud = failed = False
    for number, (file, target) in enumerate(zip(files, targets, strict=True), start=1):
        if len(files) > 1:
            _progress(f"[{number}/{len(files)}] {file}")
        try:
            stdin = sys.stdin.buffer.read(settings.max_file_bytes + 1) if file == "-" else None
            setup = setups.of(file)
            reviewed = partial(setup.review, as_of=as_of, companions=papers, profile=profile)
            report = reviewed(Path(file), rank=rank, kind=kind, stdin=stdin, judge=judges.of(setup.config))
            if judges.is_wanted(setup.config) and report.opinion is None:
                report = _told_without_model(report)
            again = partial(reviewed, rank=report.rank.value, kind=report.kind.value)
            report, said = following.follow(report, again)
            for line in said:
                _progress(line)
            _deliver(render(report, form, source=stdin), target, several=len(files) > 1)
            loud = loud or _reaches(report, fail_on or setup.config.fail_on or DEFAULT_FAIL_ON)
            if target is not None:
                _progress(f"{file}：{_counts(report)}，报告已写入 {target}")
        except DraftAssistError as error:
            failed = True
            click.echo(f"错误：{error}", err=True)
            if form in ("json", "sarif"):
                _deliver(render_error(error, form), target, several=len(files) > 1)
    judges.close()
    return COULD_NOT_RUN if failed else FINDINGS if loud else 0


_NO_MODEL = NotChecked(what="模型意见", why="没有配置模型，本次只按规则审查。")


def _told_without_model(report: Report) -> Report:
    """The report with a word on the model that was wanted and not asked, unless it has one."""
    if any(one.what == _NO_MODEL.what for one in report.not_checked):
        return report
    return replace(report, not_checked=(*report.not_checked, _NO_MODEL))


def _check_papers(files: tuple[str, ...], papers: tuple[str, ...], targets: list[Path | None]) -> None:
    """Refuse papers that cannot belong to what is reviewed, or that the report would overwrite.

    Raises:
        OptionError: see above.
    """
    if papers and len(files) > 1:
        raise OptionError("随附材料只能配合一个文件使用", where="--with", next_step="请逐个审查")
    if "-" in papers:
        raise OptionError("随附材料不能从标准输入读取", where="--with", next_step="请写文件路径")
    read = {Path(paper).resolve() for paper in papers}
    for target in targets:
        if target is not None and target.resolve() in read:
            raise OptionError("报告会覆盖随附材料", where=str(target), next_step="请用 --out 另指定路径")


def _reaches(report: Report, fail_on: str) -> bool:
    return any(finding.severity in _THRESHOLDS[fail_on] for finding in report.findings)


def _counts(report: Report) -> str:
    counted = {s: sum(1 for f in report.findings if f.severity is s) for s in Severity}
    return f"违法{counted[Severity.UNLAWFUL]}处、存疑{counted[Severity.DOUBTFUL]}处、提示{counted[Severity.ADVICE]}处"


def _progress(line: str) -> None:
    click.echo(line, err=True)


# --- where reports go ---------------------------------------------------------------------------------------------


def _targets(files: tuple[str, ...], form: Format, out: str | None, kept: tuple[Path, ...] = ()) -> list[Path | None]:
    """The path of each file's report; None for the terminal.

    Args:
        kept: files that the review reads beside the reviewed ones.

    Raises:
        OptionError: the place cannot be used, or the report would overwrite a file that is read.
    """
    if files.count("-") > 1:
        raise OptionError("标准输入（-）只能写一次", where="文件")
    if len(files) == 1:
        targets = [_single_target(files[0], form, out)]
    elif out is None:
        if form.id not in _STREAMED:
            raise OptionError(f"审查多个文件并输出{form.name}时要指定文件夹", where="--out", next_step="如 --out 报告")
        targets = [None] * len(files)
    else:
        if Path(out).exists() and not Path(out).is_dir():
            raise OptionError("审查多个文件时 --out 应是文件夹", where=out, next_step="请换一个路径")
        targets = _in_folder(files, form, Path(out))
    reviewed = {Path(file).resolve() for file in files if file != "-"}
    others = {path.resolve() for path in kept}
    for target in targets:
        if target is not None and target.resolve() in reviewed | others:
            which = "被审查的文件" if target.resolve() in reviewed else "对照用的文件"
            raise OptionError(f"报告会覆盖{which}", where=str(target), next_step="请用 --out 另指定路径")
    return targets


def _single_target(file: str, form: Format, out: str | None) -> Path | None:
    if out is None:
        # A .docx cannot go to a terminal: it is written to the current folder, under a name of its own.
        return _free(Path(_report_name(file, form))) if form.is_binary else None
    is_folder = out.endswith(("/", os.sep)) or Path(out).is_dir()
    return Path(out, _report_name(file, form)) if is_folder else Path(out)


def _report_name(file: str, form: Format) -> str:
    stem = "标准输入" if file == "-" else Path(file).stem
    return f"{stem}.{form.name}{form.suffix}" if form.is_binary else f"{stem}.审查{form.suffix}"


def _in_folder(files: tuple[str, ...], form: Format, folder: Path) -> list[Path | None]:
    taken: set[str] = set()
    targets: list[Path | None] = []
    for file in files:
        name = _report_name(file, form)
        stem, count = name[: -len(form.suffix)], 1
        while name in taken:
            count += 1
            name = f"{stem}-{count}{form.suffix}"
        taken.add(name)
        targets.append(folder / name)
    return targets


def _free(path: Path) -> Path:
    """`path`, or the same with a number where a file of that name exists: nothing is overwritten unasked."""
    count, free = 1, path
    while free.exists():
        count += 1
        free = path.with_name(f"{path.stem}-{count}{path.suffix}")
    return free


def _deliver(content: str | bytes, target: Path | None, *, several: bool) -> None:
    if target is None:
        click.echo(content, nl=not (isinstance(content, str) and content.endswith("\n")))
        return
    write_whole(target, content.encode("utf-8", "replace") if isinstance(content, str) else content)
