"""The JSON form against its schema."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report_factory import finding, full_report, page_blocks, report

from draft_assist.errors import SourceError
from draft_assist.knowledge import knowledge_path
from draft_assist.model import Damage, Facts, FileKind, NumberCandidate, Place, Span
from draft_assist.report.wire import DAMAGED_LISTED, SCHEMA, error_to_wire, to_wire, write_error_json, write_json


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(knowledge_path("schemas/report-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def faults(validator, value) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def test_a_full_report_fits_the_schema(validator):
    assert faults(validator, json.loads(write_json(full_report()))) == []


def test_an_empty_report_fits_the_schema(validator):
    assert faults(validator, json.loads(write_json(report("", ())))) == []


def test_a_report_on_a_pdf_with_pages_fits_the_schema(validator):
    text = "第一条　甲。\n第二条　乙。"
    place = Place(span=Span(0, 3), line=1, column=1, page=1, label="第1页 第一条")
    given_report = report(
        text, (finding(text, "第一条", place=place),), path="a.pdf", kind=FileKind.PDF, blocks=page_blocks(text),
        page_count=2,
    )  # fmt: skip
    wire = to_wire(given_report)
    assert faults(validator, wire) == []
    assert wire["result"]["findings"][0]["place"]["page"] == 1


def test_a_report_on_a_damaged_number_lists_candidates(validator):
    facts = Facts(number_candidates=(NumberCandidate(value="澧政发〔2015〕7号", reason="缺右括号"),))
    wire = to_wire(report(facts=facts))
    assert faults(validator, wire) == []
    assert wire["result"]["document"]["number"] is None


def test_an_error_fits_the_schema_and_has_no_result(validator):
    wire = json.loads(write_error_json(SourceError("坏了", where="a.docx", next_step="换一个")))
    assert faults(validator, wire) == []
    assert set(wire) == {"schema", "error"}


def test_neither_both_nor_none_of_result_and_error_is_valid(validator):
    both = {**to_wire(full_report()), **error_to_wire(SourceError("坏了"))}
    assert faults(validator, both)
    assert faults(validator, {"schema": "draft-assist/report/1"})


def test_the_schema_refuses_what_it_does_not_know(validator):
    wire = json.loads(write_json(full_report()))
    wire["result"]["findings"][0]["score"] = 1
    assert faults(validator, wire)


def test_every_property_of_the_schema_is_described():
    schema = json.loads(knowledge_path("schemas/report-1.schema.json").read_text(encoding="utf-8"))
    bare = []

    def walk(node, path):
        if isinstance(node, dict):
            for name, one in node.get("properties", {}).items():
                if "description" not in one and "$ref" not in one:
                    bare.append(f"{path}.{name}")
                walk(one, f"{path}.{name}")
            if node.get("type") == "object":
                assert node["additionalProperties"] is False, path
            for name in ("items",):
                walk(node.get(name), f"{path}[]")
            for name, one in node.get("$defs", {}).items():
                walk(one, name)

    walk(schema, "")
    assert bare == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(st.characters(exclude_categories=()), max_size=80), data=st.data())
def test_any_text_gives_a_valid_document_whose_quotes_can_be_found_again(validator, text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    text = text.replace("\r", "")
    span = Span(min(start, len(text)), min(end, len(text)))
    wire = json.loads(write_json(report(text, (finding(text, span),))))
    assert faults(validator, wire) == []
    one = wire["result"]["findings"][0]
    shown = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if text.isascii() else None
    if shown is not None:
        assert shown[one["place"]["start"] : one["place"]["end"]] == one["quote"]
    assert len(one["quote"]) == len(span)


def test_long_lists_are_cut_but_counted_in_full(validator):
    text = "?" * 5000
    damaged = tuple(Damage(span=Span(n, n + 1), reason="问号") for n in range(5000))
    wire = to_wire(report(text, (), damaged=damaged))
    assert faults(validator, wire) == []
    assert wire["result"]["damaged"]["total"] == 5000
    assert len(wire["result"]["damaged"]["spans"]) == DAMAGED_LISTED


def test_a_compact_report_is_one_line():
    written = write_json(full_report(), compact=True)
    assert written.count("\n") == 1 and written.endswith("\n")
    assert json.loads(written) == json.loads(write_json(full_report()))


def test_chinese_is_written_as_it_is():
    assert "应当经镇人民政府审核同意" in write_json(full_report())


def test_the_id_of_the_schema_is_the_version_that_is_written():
    schema = json.loads(knowledge_path("schemas/report-1.schema.json").read_text(encoding="utf-8"))
    assert schema["$id"] == SCHEMA == to_wire(full_report())["schema"]
