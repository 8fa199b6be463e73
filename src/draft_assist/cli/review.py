"""`draft-assist review`: pre-review of one or many files."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import click

from draft_assist.cli.chinese import Command
from draft_assist.cli.options import (
    as_of_option,
    kind_option,
    papers_option,
    profile_option,
    rank_option,
    rules_option,
)
from draft_assist.errors import DraftAssistError, OptionError
from draft_assist.model import Report, Severity
from draft_assist.report import FORMATS, Format, render, render_error

FINDINGS = 1
COULD_NOT_RUN = 2
_THRESHOLDS = {
    "unlawful": frozenset({Severity.UNLAWFUL}),
    "doubtful": frozenset({Severity.UNLAWFUL, Severity.DOUBTFUL}),
    "never": frozenset[Severity](),
}
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
    "--fail-on", type=click.Choice(list(_THRESHOLDS)), default="unlawful", metavar="程度",
    help="退出码为 1 的门槛：unlawful（违法）、doubtful（存疑及以上）、never（从不）；默认 unlawful。",
)  # fmt: skip
@papers_option
@profile_option
@rules_option
@click.option("--preview", is_flag=True, help="试用规则也参加审查（实测不足或者尚在观察的规则，平时不用）。")
def review_command(
    files: tuple[str, ...],
    rank: str | None,
    kind: str | None,
    as_of: dt.date,
    form: str,
    out: str | None,
    fail_on: str,
    papers: tuple[str, ...],
    profile_name: str | None,
    folders: tuple[Path, ...],
    preview: bool,
) -> int:
    from draft_assist.check.profiles import find_profile
    from draft_assist.check.run import read_kit
    from draft_assist.flow import review
    from draft_assist.settings import read_settings

    targets = _targets(files, FORMATS[form], out)
    _check_papers(files, papers, targets)
    profile = find_profile(profile_name) if profile_name else None
    settings = read_settings()
    kit = read_kit(folders, preview=preview)
    loud = failed = False
    for number, (file, target) in enumerate(zip(files, targets, strict=True), start=1):
        if len(files) > 1:
            _progress(f"[{number}/{len(files)}] {file}")
        try:
            stdin = sys.stdin.buffer.read(settings.max_file_bytes + 1) if file == "-" else None
            report = review(
                Path(file), as_of=as_of, rank=rank, kind=kind, kit=kit, settings=settings, stdin=stdin,
                companions=papers, profile=profile,
            )  # fmt: skip
            _deliver(render(report, form, source=stdin), target, several=len(files) > 1)
            loud = loud or _reaches(report, fail_on)
            if target is not None:
                _progress(f"{file}：{_counts(report)}，报告已写入 {target}")
        except DraftAssistError as error:
            failed = True
            click.echo(f"错误：{error}", err=True)
            if form in ("json", "sarif"):
                _deliver(render_error(error, form), target, several=len(files) > 1)
    return COULD_NOT_RUN if failed else FINDINGS if loud else 0


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


def _targets(files: tuple[str, ...], form: Format, out: str | None) -> list[Path | None]:
    """The path of each file's report; None for the terminal.

    Raises:
        OptionError: the place cannot be used, or the report would overwrite a reviewed file.
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
    for target in targets:
        if target is not None and target.resolve() in reviewed:
            raise OptionError("报告会覆盖被审查的文件", where=str(target), next_step="请用 --out 另指定路径")
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
    target.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    # Written beside and moved: an interrupted run leaves the old report or the new one, never half of one.
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(data)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
