"""Local facts that national law leaves to a place: one YAML file a jurisdiction below knowledge/profiles.

Nothing is assumed: a field that is not filled in is None, and the rules that need it answer "cannot be told".
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path

import msgspec

from draft_assist.errors import OptionError
from draft_assist.knowledge import knowledge_path, read_struct


class DayType(StrEnum):
    """How days of a time limit are counted."""

    WORKING = "working"
    CALENDAR = "calendar"


class FilingStart(StrEnum):
    """The day from which the days for filing are counted."""

    PUBLICATION = "publication"
    SIGNING = "signing"


class Issuer(StrEnum):
    """Sorts of organs that a local rule may bind or leave out."""

    GOVERNMENT = "government"  # of a county or above
    OFFICE = "office"  # the office of such a government
    DEPARTMENT = "department"
    TOWNSHIP = "township"
    SUBDISTRICT = "subdistrict"


class ProfileSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a value comes from; a value without a source is not read.

    Attributes:
        fields: the names of the profile's fields that it bears out.
        source_title, source_number, source_section: the local document, its number, the clause.
        gist: what it says, in the words of whoever filled it in.
        binds: the issuers for whose documents the values hold; () when it makes no difference.
        checked_on: the day it was last compared with the source.
    """

    fields: tuple[str, ...]
    source_title: str
    source_number: str = ""
    source_section: str = ""
    gist: str = ""
    binds: tuple[Issuer, ...] = ()
    checked_on: dt.date


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The local values of one jurisdiction; None or () where not configured.

    Attributes:
        jurisdiction: as in a document's title: 湖南省常德市澧县.
        government_rule_fine_cap_yuan: most that a fine set by a local government rule may come to, in yuan
            (行政处罚法 art. 14: fixed by the provincial standing committee).
        fee_catalogue: name and number of the provincial catalogue of fees.
        filing_days, filing_from, day_type, file_to: time limit for filing a document, from which day on and how it is
            counted, with whom.
        cleanup_years: years between two clean-ups.
        validity_years, trial_years: longest validity of a document, and of one on trial (试行, 暂行).
        effective_delay_days: days that must lie between publication and effect.
        required_steps: steps of making that the place asks for beyond the national ones.
        registration_no_regex: form of the unified registration number.
        office_issued_counts_as_government: whether a document issued by the government's office counts as its own.
        sources: see `ProfileSource`.
    """

    jurisdiction: str
    government_rule_fine_cap_yuan: int | None = None
    fee_catalogue: str | None = None
    filing_days: int | None = None
    filing_from: FilingStart | None = None
    day_type: DayType | None = None
    file_to: str | None = None
    cleanup_years: int | None = None
    validity_years: int | None = None
    trial_years: int | None = None
    effective_delay_days: int | None = None
    required_steps: tuple[str, ...] = ()
    registration_no_regex: str | None = None
    office_issued_counts_as_government: bool | None = None
    sources: tuple[ProfileSource, ...] = ()

    def __post_init__(self) -> None:
        known = {name for name in self.__struct_fields__ if name not in ("jurisdiction", "sources")}
        sourced = {name for source in self.sources for name in source.fields}
        for name in sorted(sourced - known):
            raise ValueError(f"sources 的 fields 中有未知的字段“{name}”，可用：{'、'.join(sorted(known))}")
        for name in sorted(known - sourced):
            if getattr(self, name) not in (None, ()):
                raise ValueError(f"“{name}”没有写明来源：请在 sources 中补上")

    def is_configured(self, field: str) -> bool:
        """True when the field of that name has a value."""
        return getattr(self, field, None) not in (None, ())

    def source_of(self, field: str) -> str:
        """《title》（number）section: where the value of that field stands; "" when it has none."""
        source = self._source(field)
        if source is None:
            return ""
        number = f"（{source.source_number}）" if source.source_number else ""
        return f"《{source.source_title}》{number}{source.source_section}"

    def bound_by(self, field: str) -> tuple[Issuer, ...]:
        """The issuers whom the value of that field binds; () when it makes no difference."""
        source = self._source(field)
        return source.binds if source else ()

    def holds_for(self, field: str, issuers: frozenset[Issuer]) -> bool | None:
        """Whether the value of that field holds for a document of these issuers.

        Args:
            issuers: all that issue the document or, where it does not name them, all that may have.

        Returns:
            None when it holds for some of them only, when none is known, or when it holds for governments and the
            profile does not say whether a document of their office counts as theirs.
        """
        bound = self.bound_by(field)
        if not bound:
            return True
        told = {self._is_bound(one, bound) for one in issuers}
        return told.pop() if len(told) == 1 else None

    def _is_bound(self, issuer: Issuer, bound: tuple[Issuer, ...]) -> bool | None:
        if issuer is Issuer.OFFICE and issuer not in bound and Issuer.GOVERNMENT in bound:
            return self.office_issued_counts_as_government
        return issuer in bound

    def _source(self, field: str) -> ProfileSource | None:
        return next((source for source in self.sources if field in source.fields), None)


def read_profile(path: Path) -> Profile:
    """The profile in `path`.

    Raises:
        KnowledgeError: the file is wrong, or a value has no source.
    """
    return read_struct(path, Profile)


def find_profile(name: str) -> Profile:
    """The profile knowledge/profiles/<name>.yaml, or the file of that path.

    Raises:
        OptionError: there is neither.
        KnowledgeError: the file is wrong.
    """
    for path in (knowledge_path(f"profiles/{name}.yaml"), Path(name)):
        if path.is_file():
            return read_profile(path)
    known = sorted(path.stem for path in knowledge_path("profiles").glob("*.yaml"))
    raise OptionError(
        f"没有名为“{name}”的本地配置", where="--profile", next_step=f"可用：{'、'.join(known)}，或者文件路径"
    )
