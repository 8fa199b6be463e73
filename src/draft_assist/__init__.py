"""Pre-review of administrative normative documents (规范性文件), offline, with the statute text beside every finding."""

from draft_assist.flow import review
from draft_assist.model import Document, Finding, Report

__all__ = ["Document", "Finding", "Report", "review"]
