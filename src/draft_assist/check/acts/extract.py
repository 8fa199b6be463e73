"""Acts of a document: walks the clauses, cuts them into parts, and reads every word that names a power.

A gate of literals over the whole text comes first: only sentences that hold one are cut and read, so that plain text
costs next to nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from draft_assist.check.acts.candidate import Candidate
from draft_assist.check.acts.compulsory import find_compulsion
from draft_assist.check.acts.frame import Part, mask, parts_of
from draft_assist.check.acts.money import find_charges
from draft_assist.check.acts.penalty import find_penalties
from draft_assist.check.acts.permit import find_permits
from draft_assist.check.acts.reading import Reading, read
from draft_assist.law.amounts import find_amounts
from draft_assist.law.find import read_citation
from draft_assist.model import Act, Basis, Clause, Document, Does, Grade, Level, Pointer, Power, Region, Span

# One of these literals stands in every sentence that a finder can find something in.
GATES = {
    find_penalties: (
        "罚 没收 收缴 吊销 撤销 收回 取消 缴销 吊扣 暂扣 扣留 扣缴 暂停 停产 停业 停止 停办 停工 关闭 关停 歇业 取缔"
        " 警告 通报批评 拘留 出境 惩处 资质 等级 星级 限制 不得再 不得重新 终身 终生 永久 永远 今后 年内 月内 日内 天内"
        " 扣 元 停岗 停运 降为 降至 离开 逐出 从此 年度 年不 年禁 月不 个月 年以 年之内 年直至 当年 年至"
    ).split(),
    find_permits: (
        "批准 许可 同意 核准 审批 特许 认可 核发 准许 合格 备案 登记 报备 方可 方能 方准 方得 才能 才可 始得 始可 才予 方予"
        " 方允许 执照 资质 资格 通行证 准运 准入 准购 准建 上岗 持证 凭证 亮证 专营 独家 统一经营 许可证 证书 证件 申请"
        " 取得 审定 核定 签字 盖章 卡 牌 码 标识 才许 才准 才让 名单 名录 目录 一证 一审 审核 审查 手续 检验 定点 配额 名额 办理 领取"
        " 申领 发放 发给 颁发 年检 年审 审验 考试 考核 培训 未取得 证，不 证的 证书 证》 备核 特许 目录 总量控制"
    ).split(),
    find_charges: "费 金 税 基金 集资 附加 提留 捐款 赞助 摊派 出资 筹资 工本 有偿 收费 分摊 均摊 认捐 募集 筹集 捐助".split(),
    find_compulsion: (
        "查封 扣押 封存 扣留 暂扣 冻结 封闭 贴封 查禁 封店 封门 锁 拖移 移至 拖走 拖离 拖至 强制 强行 约束 遣 收容 关押"
        " 隔离 代为 代作 代其 代行 代履行 组织 指定 委托 予以 滞纳 加处 滞报 停水 停电 断水 断电 停气 断气 断网 中断供"
        " 推平 拆走 拆掉 推倒 铲平 平毁 捣毁 砸 捕杀 扑杀 宰杀 击杀 填平 毁掉 平坟 起坟 剪 变卖 变价 登记保存 查扣 代管 扣车 扣船 扣货 扣下"
        " 控制 带到 集中 学习班 不得离开 送医 捆 关到 关在 关进 切断 停止服务 代清 代修 代拆 代运 代剪 代铲 代迁 安排 请人 逾期 过期"
        " 超期 拒不 仍不 仍未 拆除 清除 清运 铲除 统一 扣留 扣下 拉到 拉走 收走 没入 搬走 扣还 扣减 停止供 停止提供水 划 抵作 抵缴"
        " 抵扣 充抵 冲抵 扣除 拍卖 扣缴 费用 没收工具 扣车 支出 工钱 工料费 成本 直接 无法 未能 不能 无力 必要时 情况紧急 由"
    ).split(),
}
_FINDERS = tuple(GATES)

# 目录, titles, addressees and signatures set nothing; headers, footers and comments are no clauses.
_UNREAD_LEVELS = frozenset({Level.CONTENTS, Level.DOCUMENT_NUMBER, Level.RECIPIENTS, Level.SIGNATURE, Level.TITLE})
_UNREAD_REGIONS = frozenset({Region.HEADER, Region.FOOTER, Region.COMMENT})


def find_acts(document: Document) -> tuple[Act, ...]:
    """All acts of the document in order of place; overlapping readings of the same power are settled to one."""
    hits, finders = _gate(document.text.value)
    acts: list[Act] = []
    for clause in document.clauses:
        for part in _gated_parts(document.text.value, clause, "", "", hits):
            acts += acts_of_part(part, _finders_of(part, hits, finders))
    return _one_permit_a_sentence(acts)


def _one_permit_a_sentence(acts: list[Act]) -> tuple[Act, ...]:
    """应当经批准；未经批准不得…: one permit said twice; the plainer saying stays."""
    best: dict[tuple[str, Span], Act] = {}
    for act in acts:
        if act.power is Power.PERMIT and act.does is Does.SETS:
            key = (act.clause, act.sentence)
            if key not in best or _GRADES[act.grade] < _GRADES[best[key].grade]:
                best[key] = act
    return tuple(
        act
        for act in acts
        if act.power is not Power.PERMIT or act.does is not Does.SETS or best[act.clause, act.sentence] is act
    )


def parts_of_clause(document: Document, path: str) -> tuple[Part, ...]:
    """The parts of one clause (without its children), for `explain`; () for a path that is not there."""
    value = document.text.value
    everything = list(range(len(value)))
    return tuple(
        part
        for clause in document.clauses
        for part in _gated_parts(value, clause, "", "", everything)
        if part.clause == path
    )


# --- gate ---------------------------------------------------------------------------------------------------------


@cache
def _automaton() -> tuple[object, tuple[int, ...]]:
    import ahocorasick_rs

    bits: dict[str, int] = {}
    for i, finder in enumerate(_FINDERS):
        for literal in GATES[finder]:
            bits[literal] = bits.get(literal, 0) | 1 << i
    literals = list(bits)
    return ahocorasick_rs.AhoCorasick(literals), tuple(bits[literal] for literal in literals)


def _gate(text: str) -> tuple[list[int], list[int]]:
    """Where gate literals begin, in order, and for each the finders (bits) it opens."""
    automaton, bits = _automaton()
    starts: list[int] = []
    opened: list[int] = []
    for pattern, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):  # type: ignore[attr-defined]
        starts.append(start)
        opened.append(bits[pattern])
    if any(b < a for a, b in zip(starts, starts[1:], strict=False)):
        # Overlapping matches come by their ends.
        order = sorted(range(len(starts)), key=starts.__getitem__)
        starts = [starts[i] for i in order]
        opened = [opened[i] for i in order]
    return starts, opened


def _finders_of(part: Part, starts: list[int], opened: list[int]) -> tuple[int, ...]:
    bits = 0
    for i in range(bisect_left(starts, part.start), bisect_left(starts, part.start + len(part.raw))):
        bits |= opened[i]
    return tuple(i for i in range(len(_FINDERS)) if bits >> i & 1)


def _gated_parts(
    text: str, clause: Clause, stem: str, stem_raw: str, starts: list[int], context: str = ""
) -> Iterator[Part]:
    if clause.region in _UNREAD_REGIONS or clause.level in _UNREAD_LEVELS:
        return
    low, high = clause.body.start, clause.body.end
    if bisect_left(starts, low) < bisect_left(starts, high):
        for part in parts_of(text, low, high, clause=clause.path, stem=stem, stem_raw=stem_raw, context=context):
            if bisect_left(starts, part.start) < bisect_left(starts, part.start + len(part.raw)):
                yield part
    if clause.children:
        words = _stem_words(text[low:high])
        inner, inner_raw = (stem + mask(words), stem_raw + words) if words else ("", "")
        for child in clause.children:
            # The cells of a row share their basis: the law stands in one, the sanction in another.
            row = text[clause.span.start : clause.span.end] if clause.level is Level.ROW else context
            yield from _gated_parts(text, child, inner, inner_raw, starts, row)


_STEM = re.compile(r"(?:^|[。！？\n])(?P<words>[^。！？\n]+[：:])\s*$")


def _stem_words(body: str) -> str:
    """The last sentence of a clause that ends in a colon and so governs its items; "" when it governs nothing."""
    if not body.rstrip().endswith(("：", ":")):
        return ""
    found = _STEM.search(body)
    return found["words"] if found else ""


# --- acts ---------------------------------------------------------------------------------------------------------


def acts_of_part(part: Part, finders: tuple[int, ...] = (0, 1, 2, 3)) -> list[Act]:
    """The acts of one part, by place."""
    candidates = (_without_edges(part.text, one) for i in finders for one in _FINDERS[i](part))
    read_ones = [(candidate, read(part, candidate)) for candidate in candidates]
    return [_act(part, candidate, reading) for candidate, reading in _settled(read_ones)]


_GRADES = {Grade.CLEAR: 0, Grade.WEAK: 1, Grade.HINT: 2}
_FAMILIES = {
    Power.PERMIT: "permit",
    Power.PERMIT_CONDITION: "permit",
    Power.PENALTY: "penalty",
    Power.COMPULSORY: "compulsory",
    Power.EXECUTION: "compulsory",
    Power.FEE: "fee",
    Power.LEVY: "fee",
    Power.DEPOSIT: "fee",
    Power.TAX: "fee",
}


def _settled(found: list[tuple[Candidate, Reading]]) -> list[tuple[Candidate, Reading]]:
    """One reading for each stretch of words and power: what sets before what does not, the plainer, the longer."""
    if len(found) < 2:
        return found
    ranked = sorted(
        found,
        key=lambda one: (
            one[1].does is not Does.SETS,
            _GRADES[one[1].grade],
            one[0].kind == "approval",  # a kind that says more goes first
            one[0].start - one[0].end,
            one[0].start,
        ),
    )
    kept: list[tuple[Candidate, Reading]] = []
    for candidate, reading in ranked:
        family = _FAMILIES[candidate.power]
        clash = any(
            _FAMILIES[other.power] == family and other.start < candidate.end and candidate.start < other.end
            for other, _ in kept
        )
        if not clash:
            kept.append((candidate, reading))
    return sorted(kept, key=lambda one: (one[0].start, one[0].end))


def _act(part: Part, candidate: Candidate, reading: Reading) -> Act:
    raw = part.raw[candidate.start : candidate.end]
    return Act(
        clause=part.clause,
        power=candidate.power,
        kind=candidate.kind,
        does=reading.does,
        addressee=reading.addressee,
        grade=reading.grade,
        span=part.span(candidate.start, candidate.end),
        sentence=part.sentence,
        basis=_basis(part, reading),
        amounts=find_amounts(raw, part.start + candidate.start),
        because=reading.because,
    )


def _without_edges(text: str, candidate: Candidate) -> Candidate:
    """The candidate without commas and spaces at its ends."""
    start, end = candidate.start, candidate.end
    while end > start and text[end - 1] in "，、 　":
        end -= 1
    while start < end and text[start] in "，、 　":
        start += 1
    return candidate._replace(start=start, end=end)


def _basis(part: Part, reading: Reading) -> Basis:
    pointer = reading.pointer
    if pointer is None:
        return Basis()
    source = {"part": part.raw, "stem": part.stem_raw, "context": part.context}[reading.where]
    words = source[pointer.start : pointer.end]
    named = pointer.kind in (Pointer.NAMED_LAW, Pointer.NAMED_ARTICLE)
    cited = read_citation(words) if named else None
    return Basis(
        pointer=pointer.kind,
        span=part.span(pointer.start, pointer.end) if reading.where == "part" else None,
        titles=cited.titles if cited else (),
        articles=cited.articles if cited else (),
    )
