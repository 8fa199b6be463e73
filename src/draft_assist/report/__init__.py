"""The report in the form the user asked for: `render(report, "json")`.

A writer and what it needs (rich, jinja2, lxml, python-docx) are imported only when its form is asked for.
"""

from __future__ import annotations

from typing import NamedTuple

from draft_assist.errors import DraftAssistError, OptionError
from draft_assist.model import Report

__all__ = ["FORMATS", "Format", "render", "render_error"]


class Format(NamedTuple):
    """A form that a report can take.

    Attributes:
        id: id of `--format`.
        name: Chinese.
        suffix: of a file of this form.
        is_binary: `render` gives bytes, not str.
    """

    id: str
    name: str
    suffix: str
    is_binary: bool = False


FORMATS = {
    one.id: one
    for one in (
        Format("text", "终端文本", ".txt"),
        Format("json", "JSON 数据", ".json"),
        Format("sarif", "SARIF 数据", ".sarif"),
        Format("md", "Markdown 报告", ".md"),
        Format("html", "网页报告", ".html"),
        Format("opinion", "审核意见书", ".docx", is_binary=True),
        Format("annotated", "批注本", ".docx", is_binary=True),
    )
}


def render(report: Report, format: str, *, source: bytes | None = None) -> str | bytes:
    """The report in one form.

    Args:
        report: what the review found.
        format: an id of `FORMATS`.
        source: for "annotated": the bytes of the reviewed file, where they cannot be read from its path again.

    Raises:
        OptionError: there is no such form.
        SourceError: "annotated": the reviewed file is gone or was changed since.
    """
    match format:
        case "text":
            from draft_assist.report.text import write_text

            return write_text(report)
        case "json":
            from draft_assist.report.wire import write_json

            return write_json(report)
        case "sarif":
            from draft_assist.report.sarif import write_sarif

            return write_sarif([report])
        case "md":
            from draft_assist.report.markdown import write_markdown

            return write_markdown(report)
        case "html":
            from draft_assist.report.html import write_html

            return write_html(report)
        case "opinion":
            from draft_assist.report.opinion import write_opinion

            return write_opinion(report)
        case "annotated":
            from draft_assist.report.annotated import annotate

            return annotate(report, source=source).content
        case _:
            raise _no_such(format)


def render_error(error: DraftAssistError, format: str) -> str:
    """What to write for a file that could not be reviewed: a JSON or SARIF document, or a line of text otherwise."""
    if format not in FORMATS:
        raise _no_such(format)
    if format == "json":
        from draft_assist.report.wire import write_error_json

        return write_error_json(error)
    if format == "sarif":
        from draft_assist.report.sarif import write_error_sarif

        return write_error_sarif(error)
    from draft_assist.report.text import write_error_text

    return write_error_text(error)


def _no_such(format: str) -> OptionError:
    return OptionError(f"没有“{format}”这种报告格式", where="--format", next_step=f"可用的格式：{'、'.join(FORMATS)}")
