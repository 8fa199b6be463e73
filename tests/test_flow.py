"""The way through as a whole: the public names, a review of a file and of a document, limits, and who imports whom."""

from __future__ import annotations

import ast
import datetime as dt
import resource
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import draft_assist
from draft_assist.check.run import Kit, read_kit
from draft_assist.errors import SourceError
from draft_assist.flow import document_of, read_document, review, review_text
from draft_assist.load import load_bytes
from draft_assist.model import Document, Kind, Rank, Report
from draft_assist.settings import Settings

DAY = dt.date(2026, 11, 1)
SOURCE = Path(draft_assist.__file__).parent
NOTICE = "青榆县人民政府关于整治乱倒灰渣的通知\n\n第八条　乱倒灰渣的，处二百元罚款。\n"


@cache
def kit() -> Kit:
    return read_kit()


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, "utf-8")
    return path


# --- the public names ---------------------------------------------------------------------------------------------


def test_the_public_names_are_sorted_and_can_be_had() -> None:
    from draft_assist import Document, Finding, Report, review

    assert draft_assist.__all__ == sorted(draft_assist.__all__)
    assert {"Document", "Finding", "Report", "review"} <= set(draft_assist.__all__)
    assert (Document.__name__, Finding.__name__, Report.__name__) == ("Document", "Finding", "Report")
    assert callable(review)


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="reveiw"):
        _ = draft_assist.reveiw


# --- a review -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [str, Path], ids=["a string", "a Path"])
def test_a_path_is_reviewed(notice, form) -> None:
    report = review(form(notice), as_of=DAY, kit=kit())
    assert isinstance(report, Report)
    assert [finding.quote for finding in report.findings] == ["处二百元罚款"]
    assert (report.as_of, report.rank_given, report.kind_given) == (DAY, False, False)
    assert report.rule_count > 0 and report.clause_count > 0 and report.categories_checked


def test_a_document_read_before_gives_the_same_report(notice) -> None:
    document = read_document(notice, Settings())
    assert review(document, as_of=DAY, kit=kit()) == review(notice, as_of=DAY, kit=kit())


def test_a_kit_is_read_when_none_is_given(notice) -> None:
    assert review(notice, as_of=DAY) == review(notice, as_of=DAY, kit=kit())


def test_a_rank_and_a_kind_that_are_given_are_used(notice) -> None:
    report = review(notice, as_of=DAY, rank="local_regulation_province", kind=Kind.LOCAL_REGULATION, kit=kit())
    assert (report.rank, report.kind) == (Rank.LOCAL_REGULATION_PROVINCE, Kind.LOCAL_REGULATION)
    assert (report.rank_given, report.kind_given) == (True, True)
    assert report.findings == ()


@pytest.mark.parametrize("wrong", [{"rank": "village"}, {"kind": "poem"}], ids=["rank", "kind"])
def test_an_id_that_does_not_exist_is_a_value_error(notice, wrong) -> None:
    with pytest.raises(ValueError, match=r"village|poem"):
        review(notice, as_of=DAY, kit=kit(), **wrong)


def test_a_file_that_is_not_there_is_a_source_error(tmp_path) -> None:
    with pytest.raises(SourceError):
        review(tmp_path / "absent.txt", as_of=DAY, kit=kit())


def test_standard_input_is_reviewed() -> None:
    report = review(Path("-"), as_of=DAY, kit=kit(), stdin=NOTICE.encode())
    assert [finding.quote for finding in report.findings] == ["处二百元罚款"]


def test_a_report_says_what_it_left_to_people(notice) -> None:
    assert any("制定程序" in note.what for note in review(notice, as_of=DAY, kit=kit()).not_checked)


# --- limits -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_hundred_thousand_clauses_are_reviewed_in_a_minute() -> None:
    plain = "".join(f"（{one}）定期清扫第{one}段道路；\n" for one in "一二三四五六七八九")
    text = "".join(
        f"第{number}条　各村应当做好下列工作：\n{plain}（十）爱护公物。\n乱倒灰渣的，处二百元罚款。\n"
        for number in range(1, 9_001)
    )
    started = time.monotonic()
    report = review(document_of(load_bytes(text.encode(), "大.txt", Settings())), as_of=DAY, kit=kit())
    took = time.monotonic() - started
    assert report.clause_count >= 100_000
    assert len(report.findings) == 9_000
    assert took < 60, f"{took:.0f} s"
    # Peak of the whole test process, in KiB; the document itself is about a megabyte of text.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 3_000_000


def test_a_document_above_the_limit_of_clauses_is_refused() -> None:
    text = "".join(f"第{i + 1}条　各村应当清扫。\n" for i in range(30))
    raw = load_bytes(text.encode(), "大.txt", Settings())
    assert document_of(raw, Settings(max_clauses=100)).clauses
    with pytest.raises(SourceError, match="20"):
        document_of(raw, Settings(max_clauses=20))


PHRASES = [
    *(
        "第八条　",
        "第九条 ",
        "（一）",
        "1.",
        "一、",
        "\n",
        "\r\n",
        "。",
        "；",
        "，",
        "：",
        "《",
        "》",
        "的",
        "　",
        "\t",
    ),
    *(
        "處罰款",
        "規(guī)范",
        "設(shè)立",
        "２００元",
        "处二百元罚款",
        "未经镇政府批准不得摆摊",
        "依照《水法》第六条",
        "没收工具",
    ),
    *(
        "由镇政府强行拆除",
        "应当缴纳管理费",
        "有下列情形之一的，",
        "|占道|第九条|处五百元罚款|",
        "附件1",
        "××县人民政府",
    ),
    *("2024年5月1日", "〔2015〕7号", "\u200b", "\ufeff", "\x00", "？", "�", "𠮷"),
]


def assert_sound(document: Document) -> None:
    """Every finding stands on words of the file, in order."""
    report = review(document, as_of=DAY, kit=kit())
    raw, value = document.text.raw.text, document.text.value
    for finding in report.findings:
        assert 0 <= finding.span.start < finding.span.end <= len(value)
        assert 0 <= finding.place.span.start < finding.place.span.end <= len(raw)
        assert finding.place.span.of(raw) == finding.quote
        assert finding.place.line >= 1 and finding.place.column >= 1
        assert document.clause(finding.clause) is not None
    assert [one.span for one in report.findings] == sorted(one.span for one in report.findings)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PHRASES) | st.text(max_size=5), max_size=25).map("".join))
def test_any_text_is_reviewed_or_refused_and_quotes_are_the_files_own_words(text) -> None:
    try:
        raw = load_bytes(text.encode("utf-8", "replace"), "样例.txt", Settings())
    except SourceError:
        return
    assert_sound(document_of(raw))


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from([one.encode() for one in PHRASES]) | st.binary(max_size=6), max_size=20).map(b"".join),
    st.sampled_from(["样例.txt", "样例.html", "样例.md", "样例.docx", "样例.pdf", "样例"]),
)
def test_any_bytes_under_any_name_are_reviewed_or_refused(content, name) -> None:
    try:
        raw = load_bytes(content, name, Settings())
    except SourceError:
        return
    assert_sound(document_of(raw))


# --- who imports whom ---------------------------------------------------------------------------------------------

# Each stage may import itself and what stands on an earlier line; what stands on one line stands apart.
ORDER = (
    ("errors",),
    ("model",),
    ("settings", "knowledge", "egress"),
    ("patterns",),
    ("load",),
    ("normalise",),
    ("parse",),
    ("law",),
    ("corpus",),
    ("terms",),
    ("check",),
    ("ground",),
    ("judge",),
    ("report", "flow"),  # a report is made of the model's types alone, and the flow ends with the model's Report
    ("config",),
    ("chat",),
    ("evals",),
    ("follow",),
    ("cli",),
)
PLACES = {stage: row for row, stages in enumerate(ORDER) for stage in stages}


def modules() -> list[tuple[str, ast.Module]]:
    """Every module below the package, by its dotted name without the package's, with its syntax tree."""
    return [
        (
            ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"),
            ast.parse(path.read_text()),
        )
        for path in sorted(SOURCE.rglob("*.py"))
        if path != SOURCE / "__init__.py"
    ]


def imported(tree: ast.Module) -> set[str]:
    """The stages that a module imports from, wherever the import stands."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the stage"
            base = node.module or ""
            names |= {f"{base}.{alias.name}" for alias in node.names} if base == "draft_assist" else {base}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("draft_assist.")}


def test_every_module_belongs_to_a_stage() -> None:
    assert {name.split(".")[0] for name, _ in modules()} <= set(PLACES)


def test_a_stage_imports_only_earlier_stages() -> None:
    wrong = [
        f"{name} imports {other}"
        for name, tree in modules()
        for other in sorted(imported(tree))
        if other != (stage := name.split(".")[0]) and PLACES[other] >= PLACES[stage]
    ]
    assert wrong == []


def test_reports_are_written_without_the_checks() -> None:
    """A form of the report reads the model's types; what it knows of rules stands in the findings."""
    wrong = [
        f"{name} imports {other}"
        for name, tree in modules()
        if name.split(".")[0] == "report"
        for other in sorted(imported(tree) & {"check", "ground", "law", "flow", "evals", "cli"})
    ]
    assert wrong == []


def test_today_is_asked_for_in_the_command_line_only() -> None:
    """Elsewhere the day is an argument, so that a review can be repeated."""
    clocks = {"today", "now", "utcnow"}
    wrong = [
        f"{name}:{node.lineno} {node.attr}"
        for name, tree in modules()
        if name.split(".")[0] != "cli"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in clocks
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", list(Kind))
def test_a_kind_that_no_rule_looks_at_is_said_so_and_no_other(kind) -> None:
    report = review_text(
        "第一条　乱倒灰渣的，处二百元罚款。", rank=Rank.COUNTY, kind=kind, as_of=dt.date(2026, 11, 1), kit=read_kit()
    )
    said = any(one.what == "规范性文件的设定权规则" for one in report.not_checked)
    assert said is not bool(report.findings)
