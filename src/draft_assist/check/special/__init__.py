"""Checks that need Python: consistency of a document with itself. Each keeps its rules and examples in YAML.

A check is a module here with one or more functions `(Paper) -> Iterator[Spot]`, named in `CHECKS`; a rule asks for one
by `match: {consistency: {of: NAME}}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from draft_assist.check.special.paper import Paper, Spot

Check = Callable[[Paper], Iterator[Spot]]

# Name -> module and function; imported when a rule asks.
CHECKS: dict[str, tuple[str, str]] = {
    "missing_articles": ("references", "missing_articles"),
    "missing_parts": ("references", "missing_parts"),
    "missing_attachments": ("references", "missing_attachments"),
    "number_gaps": ("numbering", "number_gaps"),
    "number_repeats": ("numbering", "number_repeats"),
    "mixed_markers": ("numbering", "mixed_markers"),
    "repeated_in_enumeration": ("lists", "repeated_in_enumeration"),
    "repeated_item": ("lists", "repeated_item"),
    "defined_twice": ("definitions", "defined_twice"),
    "short_name_unused": ("definitions", "short_name_unused"),
    "short_name_for_two": ("definitions", "short_name_for_two"),
    "gone_when_signed": ("organs", "gone_when_signed"),
    "gone_since": ("organs", "gone_since"),
    "masked_words": ("placeholders", "masked_words"),
    "blanks": ("placeholders", "blanks"),
    "nameless_titles": ("placeholders", "nameless_titles"),
    "copied_place": ("foreign_places", "copied_place"),
    "real_place_in_masked": ("foreign_places", "real_place_in_masked"),
    "differing_targets": ("contradictions", "differing_targets"),
    "differing_periods": ("contradictions", "differing_periods"),
    "reversed_period": ("contradictions", "reversed_period"),
    "differing_interpreters": ("contradictions", "differing_interpreters"),
    "differing_count": ("contradictions", "differing_count"),
    "shares_not_whole": ("contradictions", "shares_not_whole"),
    "points_not_whole": ("contradictions", "points_not_whole"),
    "text_against_table": ("contradictions", "text_against_table"),
    "excluded_then_bound": ("applicability", "excluded_then_bound"),
    "reversed_range": ("figures", "reversed_range"),
    "overlapping_tiers": ("figures", "overlapping_tiers"),
    "parts_exceed_whole": ("figures", "parts_exceed_whole"),
    "borne_shares": ("figures", "borne_shares"),
    "impossible_day": ("deadlines", "impossible_day"),
    "term_misses_end": ("deadlines", "term_misses_end"),
    "run_out_already": ("deadlines", "run_out_already"),
    "differing_deadlines": ("deadlines", "differing_deadlines"),
    "wrong_words": ("slips", "wrong_words"),
    "unusual_words": ("slips", "unusual_words"),
    "doubled_punctuation": ("slips", "doubled_punctuation"),
    "vague_discretion": ("vague", "vague_discretion"),
    "open_ground": ("vague", "open_ground"),
    "dead_basis": ("cited", "dead_basis"),
    "dead_basis_doubtful": ("cited", "dead_basis_doubtful"),
    "dead_since_written": ("cited", "dead_since_written"),
    "dead_law_mentioned": ("cited", "dead_law_mentioned"),
    "absent_place": ("cited", "absent_place"),
    "absent_place_now": ("cited", "absent_place_now"),
    "inexact_title": ("cited", "inexact_title"),
    "basis_not_yet_in_force": ("cited", "basis_not_yet_in_force"),
    "moved_place": ("cited", "moved_place"),
    "damaged_number": ("cited", "damaged_number"),
    "differing_quotations": ("quotations", "differing_quotations"),
    "foreign_items": ("foreign_items", "foreign_items"),
    "band_above_law": ("discretion", "band_above_law"),
    "band_below_law": ("discretion", "band_below_law"),
    "band_gap": ("discretion", "band_gap"),
    "band_overlap": ("discretion", "band_overlap"),
    "sample_essay": ("provenance", "sample_essay"),
    "internal_office_issues": ("issuer", "internal_office_issues"),
    "temporary_body_issues": ("issuer", "temporary_body_issues"),
    "villagers_committee_issues": ("issuer", "villagers_committee_issues"),
    "office_issues_for_government": ("issuer", "office_issues_for_government"),
    "office_issues_unconfigured": ("issuer", "office_issues_unconfigured"),
    "joint_issue_missing": ("issuer", "joint_issue_missing"),
    "title_of_legislation": ("issuer", "title_of_legislation"),
    "number_of_another_organ": ("issuer", "number_of_another_organ"),
    "party_document_sets_powers": ("issuer", "party_document_sets_powers"),
    "filed_late_locally": ("local", "filed_late"),
    "valid_too_long_locally": ("local", "valid_too_long"),
    "validity_missing_locally": ("local", "validity_missing"),
    "in_force_too_soon_locally": ("local", "in_force_too_soon"),
    "local_step_missing": ("local", "step_missing"),
    "registration_number_malformed": ("local", "registration_number_malformed"),
    "planted_instructions": ("instructions", "planted_instructions"),
}


def check_named(name: str) -> Check:
    """The check of that name.

    Raises:
        KeyError: there is none.
    """
    module, function = CHECKS[name]
    found: Check = getattr(import_module(f"draft_assist.check.special.{module}"), function)
    return found
