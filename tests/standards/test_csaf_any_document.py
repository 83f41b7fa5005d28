"""Whatever a maker puts in, a valid CSAF 2.0 document comes out, always the same."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

import jsonschema
from hypothesis import given, settings
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from okiagari.standards.csaf import (
    Level,
    build,
    from_bytes,
    to_bytes,
    validate,
)
from okiagari.standards.csaf.model import (
    Acknowledgment,
    Document,
)
from tests.standards.advisories import documents
from tests.standards.corpus import FOLDER, needs_corpus

thorough = settings(max_examples=60)


@cache
def _official_schema() -> jsonschema.protocols.Validator:
    folder = FOLDER / "csaf-2.0"
    registry: Registry[Any] = Registry()
    for version in ("v2.0", "v3.0", "v3.1"):
        path = next((folder / "referenced_schema").rglob(f"cvss-{version}.json"))
        resource = Resource.from_contents(json.loads(path.read_text()), default_specification=DRAFT4)
        registry = registry.with_resource(f"https://www.first.org/cvss/cvss-{version}.json", resource)
    schema = json.loads((folder / "json_schema" / "csaf_json_schema.json").read_text())
    return jsonschema.Draft202012Validator(schema, registry=registry)


@thorough
@given(documents())
def test_every_document_passes_the_mandatory_tests(document: Document) -> None:
    assert validate(build(document).document) == ()


@needs_corpus
@thorough
@given(documents())
def test_every_document_satisfies_the_official_schema(document: Document) -> None:
    errors = [
        error.message
        for error in _official_schema().iter_errors(json.loads(to_bytes(build(document).document)))
    ]
    assert errors == []


@thorough
@given(documents())
def test_of_the_optional_tests_only_those_about_content_can_fail(document: Document) -> None:
    """What the maker gives or leaves out is its choice; form (sorting, ids, properties) never is."""
    content = {"6.2.1", "6.2.2", "6.2.3", "6.2.11", "6.2.16", "6.2.18", "6.2.19"}
    assert {finding.test for finding in validate(build(document).document, Level.OPTIONAL)} <= content


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
