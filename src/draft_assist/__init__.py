"""Pre-review of administrative normative documents (规范性文件), offline, the statute text beside every finding."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from draft_assist.flow import review
    from draft_assist.model import Document, Finding, Report

__all__ = ["Document", "Finding", "Report", "review"]

# Imported when first asked for: the stages compile hundreds of patterns, which `draft-assist --help` need not wait for.
_HOMES = {"Document": "model", "Finding": "model", "Report": "model", "review": "flow"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
