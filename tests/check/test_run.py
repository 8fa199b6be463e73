"""From acts to findings: which rule, how grave, on which words, for which issuer, on which day."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from check_factory import NOW, REED, checks_of, document_of, kit, outcome, reed_statutes

from draft_assist.check.run import _speaks_before, _without_general, check
from draft_assist.model import Confidence, Damage, Kind, Rank, Severity, Span

FINE = "第九条　乱倒灰渣的，处二百元罚款。"


def test_a_finding_quotes_the_act_and_names_its_clause() -> None:
    (finding,) = checks_of(FINE).findings
    assert (finding.quote, finding.clause, finding.category) == ("处二百元罚款", "art-9.par-1", "penalty")
    assert (finding.severity, finding.damaged, finding.origin) == (Severity.UNLAWFUL, False, "rule")
    assert finding.quote in finding.message and "{match}" not in finding.message
    assert finding.basis and finding.because


def test_overlapping_words_of_one_category_give_one_finding() -> None:
    text = "第九条　拖着不缴的，每日按罚款数额的百分之五加处罚款，并由镇政府强行拆除，停业三十日，吊销许可证。"
    found = checks_of(text).findings
    for one in found:
        for other in found:
            assert one is other or one.category != other.category or not one.span.overlaps(other.span)


def test_of_two_rules_on_the_same_words_the_graver_then_the_surer_speaks() -> None:
    (finding,) = checks_of(FINE).findings
    guess = msgspec.structs.replace(finding, code="OWN-001", confidence=Confidence.LOW)
    doubt = msgspec.structs.replace(finding, code="OWN-002", severity=Severity.DOUBTFUL)
    assert _speaks_before(finding, guess) and not _speaks_before(guess, finding)
    assert _speaks_before(guess, doubt) and not _speaks_before(doubt, guess)
    # Two wordings of one rule are one rule: the first place stays.
    assert not _speaks_before(finding, msgspec.structs.replace(guess, code=finding.code))


def test_a_general_rule_is_silent_where_another_says_as_grave_a_thing() -> None:
    (finding,) = checks_of(FINE).findings
    general = msgspec.structs.replace(finding, code="OWN-001", category="permit")
    elsewhere = msgspec.structs.replace(general, span=Span(0, finding.span.start))
    other = msgspec.structs.replace(general, code="OWN-002")
    graver = msgspec.structs.replace(general, span=finding.span)
    doubt = msgspec.structs.replace(finding, severity=Severity.DOUBTFUL)
    yielding = {"OWN-001": True, "OWN-002": True}
    assert _without_general((finding, general), yielding) == (finding,)
    assert _without_general((elsewhere, finding), yielding) == (elsewhere, finding)
    assert _without_general((finding, general), {"OWN-001": ("penalty",)}) == (finding,)
    assert _without_general((finding, general), {"OWN-001": ("fee",)}) == (finding, general)
    # Behind a surer general rule of the same category it is still the special one that stays.
    assert _speaks_before(msgspec.structs.replace(finding, confidence=Confidence.LOW), general, yielding)
    assert not _speaks_before(general, msgspec.structs.replace(finding, confidence=Confidence.LOW), yielding)
    # Of two that yield neither silences the other; nor does what is less grave.
    assert _without_general((general, other), yielding) == (general, other)
    assert _without_general((doubt, graver), yielding) == (doubt, graver)


def test_findings_stand_in_order_of_place() -> None:
    text = "第九条　未经镇政府批准，不得摆摊；违者处二百元罚款。\n第十条　摊主应当缴纳管理费。"
    starts = [one.span.start for one in checks_of(text).findings]
    assert len(starts) == 3 and starts == sorted(starts)


def test_findings_of_several_rules_on_the_same_words_stand_in_order_of_place() -> None:
    """A graver finding that took the place of another used to stand before a shorter one."""
    found = checks_of("没收工具第八条　第八条　第八条　没收工具|占道|第九条|处五百元罚款|").findings
    assert len(found) > 1 and [one.span for one in found] == sorted(one.span for one in found)


def test_damage_in_the_sentence_lowers_severity_and_confidence_one_step() -> None:
    sound = document_of(FINE)
    damage = Damage(span=Span(sound.text.value.index("灰渣"), sound.text.value.index("灰渣") + 2), reason="字节丢失")
    hurt = msgspec.structs.replace(sound, text=msgspec.structs.replace(sound.text, damaged=(damage,)))

    def only(document):
        (finding,) = check(document, kit(), as_of=NOW, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT).findings
        return finding

    before, after = only(sound), only(hurt)
    assert (before.severity, after.severity) == (Severity.UNLAWFUL, Severity.DOUBTFUL)
    assert before.confidence != after.confidence
    assert after.damaged and not before.damaged


def test_damage_in_another_sentence_changes_nothing() -> None:
    sound = document_of("第八条　各村应当清扫。\n" + FINE)
    damage = Damage(span=Span(4, 6), reason="字节丢失")
    hurt = msgspec.structs.replace(sound, text=msgspec.structs.replace(sound.text, damaged=(damage,)))
    (finding,) = check(hurt, kit(), as_of=NOW, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT).findings
    assert not finding.damaged


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第七条　各村应当清扫。\n" + FINE, id="lines before it"),
        pytest.param("第九条　乱倒灰渣的，　处二百元罚款。", id="white space inside the sentence"),
        pytest.param("第十二条　乱倒灰渣的，处二百元罚款。", id="another article number"),
    ],
)
def test_a_fingerprint_survives_moved_lines_and_white_space(text) -> None:
    (first,), (second,) = checks_of(FINE).findings, checks_of(text).findings
    assert first.fingerprint == second.fingerprint
    assert len(first.fingerprint) == 16 and int(first.fingerprint, 16) >= 0


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第九条　乱倒灰渣的，处三百元罚款。", id="another sum"),
        pytest.param("第九条　乱倒泔水的，处二百元罚款。", id="another conduct"),
    ],
)
def test_a_fingerprint_changes_with_the_words(text) -> None:
    (first,), (second,) = checks_of(FINE).findings, checks_of(text).findings
    assert first.fingerprint != second.fingerprint


def test_the_same_words_twice_have_two_fingerprints() -> None:
    first, second = checks_of(f"{FINE}\n{FINE.replace('九', '十')}").findings
    assert first.fingerprint != second.fingerprint


LOCAL = {"rank": Rank.LOCAL_REGULATION_PROVINCE, "kind": Kind.LOCAL_REGULATION}
CITY_RULE = {"rank": Rank.GOVERNMENT_RULE_CITY, "kind": Kind.RULE}
FORCED = "第九条　对超限车辆实施强制卸载。"
DETAINED = "第九条　乱倒灰渣的，由公安机关处五日拘留。"
CLOSED = "第九条　乱倒灰渣的，吊销营业执照。"


@pytest.mark.parametrize(
    ("text", "setting", "expected"),
    [
        pytest.param(FINE, {}, [("penalty", "unlawful")], id="a county may set no fine"),
        pytest.param(FINE, {"rank": Rank.TOWNSHIP}, [("penalty", "unlawful")], id="nor a township"),
        pytest.param(FINE, {"rank": Rank.OTHER}, [("penalty", "unlawful")], id="nor who cannot be told"),
        pytest.param(FINE, LOCAL, [], id="a provincial regulation may"),
        pytest.param(FINE, CITY_RULE, [("penalty", "advice")], id="a city's rule may, up to a cap"),
        pytest.param(FINE, {"rank": Rank.LAW, "kind": Kind.UNKNOWN}, [], id="law may"),
        pytest.param(DETAINED, LOCAL, [("penalty", "unlawful")], id="no regulation may set detention"),
        pytest.param(DETAINED, CITY_RULE, [("penalty", "unlawful")], id="nor a rule"),
        pytest.param(DETAINED, {"rank": Rank.LAW, "kind": Kind.UNKNOWN}, [], id="law may set detention"),
        pytest.param(FORCED, LOCAL, [("compulsory", "unlawful")], id="execution is for law alone"),
        pytest.param(FORCED, {"rank": Rank.LAW, "kind": Kind.UNKNOWN}, [], id="law may set execution"),
        pytest.param(CLOSED, LOCAL, [("penalty", "unlawful")], id="no regulation revokes business licences"),
    ],
)
def test_the_rank_of_the_issuer_decides(text, setting, expected) -> None:
    assert outcome(text, **setting) == expected


@pytest.mark.parametrize("kind", [Kind.REPORT, Kind.CONTRACT])
def test_reports_and_contracts_set_no_penalties(kind) -> None:
    assert outcome(FINE, kind=kind) == []


@pytest.mark.parametrize("kind", [Kind.PLAN, Kind.UNKNOWN, Kind.NORMATIVE_DOCUMENT])
def test_plans_and_documents_of_unknown_kind_are_checked_like_normative_ones(kind) -> None:
    assert outcome(FINE, kind=kind) == [("penalty", "unlawful")]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(dt.date(1980, 1, 1), [], id="before any law on penalties"),
        pytest.param(dt.date(1996, 9, 30), [], id="the day before it"),
        pytest.param(dt.date(2010, 9, 30), [("penalty", "unlawful")], id="under the first wording"),
        pytest.param(NOW, [("penalty", "unlawful")], id="today"),
    ],
)
def test_before_the_law_on_penalties_nothing_can_be_said(day, expected) -> None:
    assert outcome(FINE, as_of=day) == expected


def test_an_article_that_is_not_held_is_named_among_what_was_not_checked() -> None:
    text = "第九条　擅自取水的，依照《取水许可和水资源费征收管理条例》第四十八条处三万元罚款。"
    checks = checks_of(text)
    # A regulation may set a fine: that it is not held is a hint; of a text that may not, it is asked.
    assert [one.severity for one in checks.findings] == [Severity.ADVICE]
    by_measures = checks_of(text.replace("条例", "办法"))
    assert [one.severity for one in by_measures.findings] == [Severity.DOUBTFUL]
    (note,) = checks.not_checked
    assert "《取水许可和水资源费征收管理条例》第四十八条" in note.what
    assert note.place == "第九条"


def test_the_same_note_on_the_same_place_is_given_once() -> None:
    cited = "依照《芦苇荡保护条例》第八条"
    text = f"第九条　擅自采割的，{cited}处三万元罚款；再犯的，{cited}处五万元罚款。"
    assert len(checks_of(text).not_checked) == 1


def test_figures_outside_the_cited_article_are_unlawful_and_inside_are_silent(tmp_path) -> None:
    with_reeds = msgspec.structs.replace(kit(), statutes=reed_statutes(tmp_path))
    text = f"第九条　擅自采割芦苇的，依照《{REED}》第二十条处{{}}元罚款。"
    assert outcome(text.format("三千"), with_kit=with_reeds) == []
    assert outcome(text.format("三万"), with_kit=with_reeds) == [("penalty", "unlawful")]


DAILY = "第九条　拖着不缴的，每日按罚款数额的百分之{}加处罚款"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        pytest.param(DAILY.format("三") + "，总额以罚款数额为限。", "advice", id="with its limits"),
        pytest.param(DAILY.format("三") + "。", "doubtful", id="a limit dropped"),
        pytest.param(DAILY.format("五") + "。", "unlawful", id="beyond the law's rate"),
        pytest.param("第九条　逾期不交卫生费的，按日加收百分之一的滞纳金。", "unlawful", id="no law imposes it"),
    ],
)
def test_a_general_power_that_is_restated_is_graded_by_its_limits(text, severity) -> None:
    assert outcome(text) == [("compulsory", severity)]


def test_a_check_says_how_many_rules_it_applied_and_on_what() -> None:
    county, law = checks_of(FINE), checks_of(FINE, rank=Rank.LAW, kind=Kind.UNKNOWN)
    assert county.rule_count > law.rule_count
    assert set(county.categories) >= {"permit", "penalty", "compulsory", "fee"}


def test_checks_are_the_same_on_every_run() -> None:
    text = "\n".join([FINE, FORCED, DETAINED, CLOSED])
    assert checks_of(text) == checks_of(text)
