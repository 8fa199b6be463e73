"""`draft-assist.toml`: which rules run and how gravely they count in an office, read once at the border.

    [rules]
    off = ["AUTH-001"]              # rules that do not run
    preview = ["AUTH-099"]          # rules on trial that do; true for all of them
    [severity]
    "AUTH-051" = "doubtful"         # unlawful, doubtful or advice
    [review]
    rank = "county"                 # and kind, fail_on: what the options of that name say
    profile = "澧县"                 # local facts: knowledge/profiles/<name>.yaml, or a path
    rules = ["rules"]               # folders with rules of one's own, beside the shipped ones
    model = "auto"                  # what --model says: auto, off or the name of a model
    [model]                         # the endpoint and its limits: see judge/options.py, which reads this table

Paths count from the folder of the file. Whatever it changes is said in every report.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec

from draft_assist.check.profiles import find_profile
from draft_assist.check.ruleset import Rule, Ruleset, Status, read_ruleset
from draft_assist.check.run import Kit
from draft_assist.errors import OptionError
from draft_assist.model import Kind, NotChecked, Rank, Report, Severity

NAME = "draft-assist.toml"
FAIL_ON = ("unlawful", "doubtful", "never")
_KEYS = {
    "rules": ("off", "preview"),
    "severity": (),  # rule codes
    "review": ("rank", "kind", "profile", "rules", "fail_on", "model"),
    "model": (),  # read where a model is used
}
# Of many rules on trial only the first are named; `draft-assist rules list` has them all.
_SHOWN = 10
_SEVERITIES = {Severity.UNLAWFUL: "违法", Severity.DOUBTFUL: "存疑", Severity.ADVICE: "提示"}


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """What one file says; as constructed it changes nothing.

    Attributes:
        path: the file; None for no file.
        off: codes of rules that do not run.
        preview: codes of rules on trial that run; True for all of them.
        severity: code -> severity in place of the rule's own.
        rank, kind, fail_on: defaults of the options of that name; None where not said.
        profile: name or path of a local profile; "" for none.
        rules: folders of further rules.
        model: what --model says where it is not given; "" where not said.
    """

    path: Path | None = None
    off: tuple[str, ...] = ()
    preview: bool | tuple[str, ...] = False
    severity: Mapping[str, Severity] = {}
    rank: Rank | None = None
    kind: Kind | None = None
    profile: str = ""
    rules: tuple[Path, ...] = ()
    fail_on: str | None = None
    model: str = ""

    def asks_for(self, rule: Rule) -> bool:
        """True when a rule on trial is to run."""
        return self.preview if isinstance(self.preview, bool) else rule.code in self.preview

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self.path.name if self.path else NAME


# --- reading ------------------------------------------------------------------------------------------------------


def find_config(folder: Path) -> Path | None:
    """The nearest `draft-assist.toml`: in `folder` or above it, up to the user's home or the file system's root."""
    try:
        home = Path.home().resolve()
    except RuntimeError:
        home = None
    start = folder.resolve()
    for place in (start, *start.parents):
        if (place / NAME).is_file():
            return place / NAME
        if place == home:
            break
    return None


def read_config(path: Path) -> Config:
    """The settings in `path`.

    Raises:
        OptionError: the file cannot be read, is no TOML, or holds an unknown key or a value that cannot be used.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise OptionError("没有这个配置文件", where=str(path), next_step="请检查路径") from None
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(
            f"配置文件读不出来（{error}）", where=str(path), next_step="应为 UTF-8 的 TOML 文件"
        ) from None
    try:
        tables = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        where = f"{path}:{at[1]}" if at else str(path)
        raise OptionError(f"不是合格的 TOML（{error}）", where=where, next_step="请检查引号、括号和等号") from None
    return _Reader(path, text).read(tables)


class _Reader:
    """Turns the tables of one file into a `Config`; errors name the line of the key."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()

    def read(self, tables: dict[str, object]) -> Config:
        self._known(tables, _KEYS, "")
        for name in _KEYS:
            if not isinstance(tables.get(name, {}), dict):
                raise self._error(f"“{name}”应为表", name, f"应写成 [{name}]")
        rules, severity, review, _ = (self._table(tables, name) for name in _KEYS)
        self._known(rules, _KEYS["rules"], "rules")
        self._known(review, _KEYS["review"], "review")
        preview = rules.get("preview", False)
        if not isinstance(preview, bool):
            preview = self._words(preview, "preview", "true、false 或者规则编号的列表")
        return Config(
            path=self._path,
            off=self._words(rules.get("off", []), "off", '规则编号的列表，如 ["AUTH-001"]'),
            preview=preview,
            severity={code: Severity(self._choice(one, code, list(Severity))) for code, one in severity.items()},
            rank=Rank(self._choice(review["rank"], "rank", list(Rank))) if "rank" in review else None,
            kind=Kind(self._choice(review["kind"], "kind", list(Kind))) if "kind" in review else None,
            profile=self._profile(review.get("profile", "")),
            rules=tuple(map(self._folder, self._words(review.get("rules", []), "rules", "文件夹的列表"))),
            fail_on=self._choice(review["fail_on"], "fail_on", FAIL_ON) if "fail_on" in review else None,
            model=self._name(review.get("model", ""), "model"),
        )

    def _table(self, tables: dict[str, object], name: str) -> dict[str, object]:
        table = tables.get(name, {})
        assert isinstance(table, dict)
        return table

    def _known(self, table: Mapping[str, object], allowed: Collection[str], name: str) -> None:
        for key in table:
            if key not in allowed:
                inside = f"[{name}] 中" if name else ""
                near = difflib.get_close_matches(key, allowed, n=1, cutoff=0.5)
                hint = f"是否应为“{near[0]}”？" if near else ""
                raise self._error(f"{inside}有未知的键“{key}”", key, f"{hint}可用的键：{'、'.join(allowed)}")

    def _words(self, value: object, key: str, wanted: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise self._error(f"“{key}”的值不能用", key, f"应为{wanted}")
        return tuple(value)

    def _choice(self, value: object, key: str, allowed: Iterable[str]) -> str:
        choices = [str(one) for one in allowed]
        if value not in choices:
            near = difflib.get_close_matches(str(value), choices, n=1, cutoff=0.5)
            hint = f"是否应为“{near[0]}”？" if near else ""
            raise self._error(f"“{key}”的值“{value}”不能用", key, f"{hint}可用的值：{'、'.join(choices)}")
        return str(value)

    def _name(self, value: object, key: str) -> str:
        if not isinstance(value, str):
            raise self._error(f"“{key}”的值不能用", key, "应为文字，如 auto、off 或者模型名")
        return value

    def _profile(self, value: object) -> str:
        if not isinstance(value, str):
            raise self._error("“profile”的值不能用", "profile", "应为本地配置的名称或者路径")
        beside = self._path.parent / value
        name = str(beside) if value and beside.is_file() else value
        if name:
            find_profile(name)
        return name

    def _folder(self, value: str) -> Path:
        folder = self._path.parent / value
        if not folder.is_dir():
            raise self._error(f"没有规则文件夹“{value}”", "rules", "相对路径从配置文件所在的文件夹算起")
        return folder

    def _error(self, what: str, key: str, next_step: str) -> OptionError:
        pattern = re.compile(rf"""^\s*\[?\s*(?:[\w-]+\s*\.\s*)?["']?{re.escape(key)}["']?\s*(?:[=.\]]|$)""")
        # A table and a key may have one name: `rules` is both, and a faulty value is the key's.
        lines = [n for n, line in enumerate(self._lines, 1) if pattern.match(line)]
        assigned = [n for n in lines if "=" in self._lines[n - 1]]
        line = (assigned or lines or [0])[0]
        return OptionError(what, where=f"{self._path}:{line}" if line else str(self._path), next_step=next_step)


# --- applying -----------------------------------------------------------------------------------------------------


def with_folders(kit: Kit, config: Config) -> Kit:
    """The kit with the rules of the configured folders.

    Raises:
        KnowledgeError: a rule file is wrong, or a code stands twice.
    """
    rules = kit.rules
    for folder in config.rules:
        rules = rules.joined(read_ruleset(folder))
    return msgspec.structs.replace(kit, rules=rules) if config.rules else kit


def configured(ruleset: Ruleset, config: Config) -> Ruleset:
    """The rules under `config`, with its severities; the digest tells them from the shipped ones.

    Raises:
        OptionError: the configuration names a code that no rule has, or asks for a rule that is not on trial.
    """
    _check_codes(ruleset, config)
    rules = []
    for rule in ruleset.rules:
        if rule.code in config.off:
            continue
        changed: dict[str, object] = {}
        if rule.status is Status.PREVIEW and config.asks_for(rule):
            changed["status"] = Status.STABLE
        if rule.code in config.severity and config.severity[rule.code] is not rule.severity:
            changed["severity"] = config.severity[rule.code]
        rules.append(msgspec.structs.replace(rule, **changed) if changed else rule)
    if tuple(rules) == ruleset.rules:
        return ruleset
    told = sorted((code, severity.value) for code, severity in config.severity.items())
    digest = _digest(ruleset.digest, sorted(config.off), config.preview, told)
    return msgspec.structs.replace(ruleset, rules=tuple(rules), digest=digest)


def configured_kit(kit: Kit, config: Config) -> Kit:
    """The kit that a review under `config` uses.

    A rule that was right too seldom counts as on trial (see `Kit.status_of`), by the severity that its file gives: a
    configured severity changes how its findings count, not whether it runs.

    Raises:
        OptionError: see `configured`.
    """
    rules = configured(kit.rules, config)
    if not config.preview and not config.severity:
        return msgspec.structs.replace(kit, rules=rules)
    plain = kit.rules.by_code
    running = tuple(
        rule
        for rule in rules.rules
        if kit.status_of(plain[rule.code]) in kit.statuses or _on_trial(plain[rule.code], kit, config)
    )
    statuses = kit.statuses | {Status.PREVIEW}  # what is on trial and was not asked for is out
    return msgspec.structs.replace(kit, rules=msgspec.structs.replace(rules, rules=running), statuses=statuses)


def explain_config(report: Report, kit: Kit, config: Config) -> Report:
    """The report with what the configuration changed.

    Args:
        report: of a review with `configured_kit(kit, config)`.
        kit: as it was before, with the rules of `with_folders`.
        config: see `read_config`.
    """
    by_code = kit.rules.by_code
    notes = [
        NotChecked(what=f"规则 {code} 已按 {config.name} 停用", why=f"使用者的设置；“{by_code[code].title}”没有审查")
        for code in dict.fromkeys(config.off)
        if code in by_code and by_code[code].status is not Status.RETIRED
    ]
    adjusted = [
        f"规则 {code} 的程度已按 {config.name} 由“{_SEVERITIES[by_code[code].severity]}”改为“{_SEVERITIES[severity]}”"
        for code, severity in config.severity.items()
        if code in by_code and code not in config.off and by_code[code].severity is not severity
    ]
    trial = [rule.code for rule in kit.rules.rules if rule.code not in config.off and _on_trial(rule, kit, config)]
    if trial:
        shown = f"{'、'.join(trial[:_SHOWN])}{'等' if len(trial) > _SHOWN else ''}"
        adjusted.append(f"{len(trial)}条试用规则（{shown}）已按 {config.name} 启用")
    if config.rules:
        adjusted.append(f"已按 {config.name} 加用规则文件夹 {'、'.join(one.name for one in config.rules)}")
    return msgspec.structs.replace(
        report, not_checked=(*report.not_checked, *notes), adjusted=(*report.adjusted, *adjusted)
    )


def _on_trial(rule: Rule, kit: Kit, config: Config) -> bool:
    """True for a rule that runs because the configuration asks for it."""
    return kit.status_of(rule) is Status.PREVIEW and Status.PREVIEW not in kit.statuses and config.asks_for(rule)


def _check_codes(ruleset: Ruleset, config: Config) -> None:
    trial = () if isinstance(config.preview, bool) else config.preview
    for key, codes in (("off", config.off), ("preview", trial), ("severity", tuple(config.severity))):
        for code in codes:
            if code not in ruleset.by_code:
                near = difflib.get_close_matches(code, list(ruleset.by_code), n=1, cutoff=0.6)
                hint = f"是否应为“{near[0]}”？" if near else "编号见报告中的“规则”一栏"
                raise OptionError(f"{key} 中的“{code}”不是规则编号", where=_where(config), next_step=hint)
    for code in trial:
        if ruleset.by_code[code].status in (Status.DRAFT, Status.RETIRED):
            status = "草拟中的" if ruleset.by_code[code].status is Status.DRAFT else "已停用的"
            raise OptionError(
                f"preview 中的“{code}”是{status}规则，不能启用", where=_where(config), next_step="请去掉它"
            )


def _where(config: Config) -> str:
    return str(config.path) if config.path else NAME


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]
