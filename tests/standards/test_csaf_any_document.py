"""Whatever a maker puts in, valid documents of CSAF 2.0 and 2.1 come out, always the same."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

import jsonschema
import jsonschema_rs
from hypothesis import given, settings
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from okiagari.standards.csaf import (
    Level,
    Severity,
    build,
    build_2_1,
    from_bytes,
    judge,
    to_bytes,
)
from okiagari.standards.csaf.model import (
    Acknowledgment,
    Document,
)
from tests.standards.advisories import documents
from tests.standards.corpus import FOLDER, needs_corpus


@cache
def _schema_2_1() -> Any:
    """By the judge's engine: Python's own counts 2.3 as no multiple of 0.1."""
    known = {}
    for path in (FOLDER / "csaf-2.1").glob("*_schema/**/*.json"):
        if not path.stem.endswith("_strict"):
            content = json.loads(path.read_text())
            address = content.get("$id", f"https://www.first.org/cvss/{path.name}")
            known[address.partition("?")[0]] = content
    schema = json.loads((FOLDER / "csaf-2.1" / "json_schema" / "csaf.json").read_text())
    return jsonschema_rs.Draft202012Validator(
        schema, retriever=lambda address: known[address.partition("?")[0]], validate_formats=True
    )


thorough = settings(max_examples=40)


@cache
def _schema_2_0() -> jsonschema.protocols.Validator:
    folder = FOLDER / "csaf-2.0"
    registry: Registry[Any] = Registry()
    for version in ("v2.0", "v3.0", "v3.1"):
        path = next((folder / "referenced_schema").rglob(f"cvss-{version}.json"))
        resource = Resource.from_contents(json.loads(path.read_text()), default_specification=DRAFT4)
        registry = registry.with_resource(f"https://www.first.org/cvss/cvss-{version}.json", resource)
    schema = json.loads((folder / "json_schema" / "csaf_json_schema.json").read_text())
    return jsonschema.Draft202012Validator(schema, registry=registry)


CONTENT = {"6.2.1", "6.2.2", "6.2.3", "6.2.11", "6.2.16", "6.2.18", "6.2.19"}
"""What the maker gives or leaves out is its choice; form (sorting, ids, properties) never is."""
CONTENT_2_1 = CONTENT | {
    *("6.2.23", "6.2.24", "6.2.25", "6.2.26", "6.2.27", "6.2.31", "6.2.32", "6.2.33", "6.2.38"),
    *("6.2.39.1", "6.2.40", "6.2.43", "6.2.49", "6.2.50.1", "6.2.50.2", "6.2.50.3", "6.2.51", "6.2.53"),
}


@thorough
@given(documents())
def test_every_document_is_valid_and_of_the_optional_tests_fail_only_those_about_content(
    document: Document,
) -> None:
    found = judge(build(document).document, Level.MANDATORY, Level.OPTIONAL)
    assert [each for each in found.findings if each.severity is Severity.ERROR] == []
    assert {each.test for each in found.findings} <= CONTENT


@needs_corpus
@thorough
@given(documents())
def test_every_document_satisfies_the_official_schemas(document: Document) -> None:
    """That of 2.0, and for 2.1 that of August beside the newer one of the judge."""
    for made, schema in ((build(document), _schema_2_0()), (build_2_1(document), _schema_2_1())):
        errors = [each.message for each in schema.iter_errors(json.loads(to_bytes(made.document)))]
        assert errors == []


@thorough
@given(documents())
def test_every_document_of_2_1_is_valid_by_the_newest_draft(document: Document) -> None:
    found = judge(build_2_1(document).document, Level.MANDATORY, Level.OPTIONAL)
    assert (found.version, found.draft) == ("2.1", "csd04")
    assert [each for each in found.findings if each.severity is Severity.ERROR] == []
    assert {each.test for each in found.findings} <= CONTENT_2_1


@thorough
@given(documents())
def test_an_advisory_of_2_1_falls_back_only_where_the_draft_would_refuse_it(document: Document) -> None:
    built = build_2_1(document).document
    header = built["document"]
    assert isinstance(header, dict)
    if header["category"] != "csaf_deprecated_security_advisory":
        return
    forced = {**built, "document": {**header, "category": "csaf_security_advisory"}}
    assert {each.test for each in judge(forced).findings} <= {"6.1.27.8", "6.1.27.12", "6.1.27.13"}
    assert not judge(forced).is_valid


@thorough
@given(documents())
def test_the_same_input_gives_the_same_bytes_and_they_read_back(document: Document) -> None:
    first, second = to_bytes(build(document).document), to_bytes(build(replace(document)).document)
    assert first == second
    assert from_bytes(first) == build(document).document
    assert first.endswith(b"}\n")
    assert not first.endswith(b"\n\n")
    assert b"\\u" not in first.replace(b"\\u00", b"").replace(b"\\\\u", b"")


SECRET = Acknowledgment(has_consent=False, names=("秘密の発見者",))


@thorough
@given(documents())
def test_no_credit_appears_without_consent(document: Document) -> None:
    silent = replace(
        document,
        acknowledgments=(SECRET,),
        vulnerabilities=tuple(replace(item, acknowledgments=(SECRET,)) for item in document.vulnerabilities),
    )
    built = build(silent)
    assert "秘密の発見者" not in to_bytes(built.document).decode()
    assert not any("秘密の発見者" in loss.text for loss in built.losses)
    told = [loss for loss in built.losses if loss.location.endswith("/acknowledgments")]
    assert len(told) == 1 + len(document.vulnerabilities)
