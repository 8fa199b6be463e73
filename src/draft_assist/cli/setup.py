"""What a command reviews with: the kit, as the `draft-assist.toml` of each document's folder has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from draft_assist.check.profiles import Profile, find_profile
from draft_assist.check.run import Kit, read_kit
from draft_assist.cli.statutes import usable_corpus
from draft_assist.config import Config, configured_kit, explain_config, find_config, read_config, with_folders
from draft_assist.errors import OptionError
from draft_assist.flow import review
from draft_assist.model import Report
from draft_assist.settings import Settings

if TYPE_CHECKING:
    from draft_assist.corpus.search import Searcher
    from draft_assist.judge.opinion import Judge


class Setup(NamedTuple):
    """One configuration, ready for use.

    Attributes:
        config: see `Config`; an empty one where no file applies.
        kit: with the rules as configured; plain: with the rules before.
        profile: local values of the configuration; None where it names none.
        settings: limits.
        searcher: the corpus; None where there is none.
    """

    config: Config
    kit: Kit
    plain: Kit
    profile: Profile | None
    settings: Settings
    searcher: Searcher | None = None

    def review(
        self,
        file: Path,
        *,
        as_of: dt.date,
        rank: str | None,
        kind: str | None,
        stdin: bytes | None = None,
        companions: Sequence[str] = (),
        profile: Profile | None = None,
        judge: Judge | None = None,
    ) -> Report:
        """The report on a file, with what the configuration changed; options stand above the configuration.

        Args:
            file, as_of, rank, kind, stdin, companions, profile, judge: see `flow.review`.
        """
        report = review(
            file,
            as_of=as_of,
            rank=rank or self.config.rank,
            kind=kind or self.config.kind,
            kit=self.kit,
            settings=self.settings,
            stdin=stdin,
            companions=companions,
            profile=profile or self.profile,
            searcher=self.searcher,
            judge=judge,
        )
        return explain_config(report, self.plain, self.config)


class Setups:
    """The setup of each document; the rules are read once and configured once for each configuration."""

    def __init__(
        self,
        settings: Settings,
        *,
        config: str | None,
        no_config: bool,
        folders: tuple[Path, ...] = (),
        preview: bool = False,
        home: Path | None = None,
    ) -> None:
        """
        Args:
            settings: limits.
            config: the file that holds for every document; None looks beside and above each.
            no_config: no configuration at all.
            folders, preview: see `read_kit`; they hold beside every configuration.
            home: the folder of the corpus; None takes the usual one.

        Raises:
            OptionError: both are given, or the file is wrong.
            KnowledgeError: a knowledge file is wrong.
        """
        if config and no_config:
            raise OptionError("--config 和 --no-config 不能同时用", where="--config", next_step="请去掉其中一个")
        self._settings = settings
        self._no_config = no_config
        self._given = Path(config) if config else None
        self._folders = {folder.resolve() for folder in folders}
        self._searcher, statutes = usable_corpus(home)
        self._kit = read_kit(folders, preview=preview, statutes=statutes)
        self._of = cache(self._make)
        if self._given is not None:
            self._of(self._given)

    def of(self, file: str) -> Setup:
        """The setup for a document; "-" is looked for from the current folder.

        Raises:
            OptionError: the configuration is wrong.
            KnowledgeError: a rule of a configured folder is wrong.
        """
        if self._no_config:
            return self._of(None)
        return self._of(self._given or find_config(Path.cwd() if file == "-" else Path(file).parent))

    def _make(self, path: Path | None) -> Setup:
        config = read_config(path) if path is not None else Config()
        further = tuple(folder for folder in config.rules if folder.resolve() not in self._folders)
        plain = with_folders(self._kit, replace(config, rules=further))
        profile = find_profile(config.profile) if config.profile else None
        return Setup(config, configured_kit(plain, config), plain, profile, self._settings, self._searcher)
