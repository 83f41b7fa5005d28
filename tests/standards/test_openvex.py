"""Whatever a maker says comes out as valid OpenVEX, and what has no place in it is told."""

import json
from functools import cache

import jsonschema
from hypothesis import HealthCheck, given, settings

from okiagari.standards import cvss
from okiagari.standards.csaf.terms import Justification
from okiagari.standards.documents import to_bytes
from okiagari.standards.vex import openvex
from okiagari.standards.vex.model import Document, ScoreOf, Statement, Status
from tests.standards.corpus import FOLDER, needs_corpus
from tests.standards.vex_documents import BEFORE, documents, one

some = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FIXED = Statement(
    "CVE-2015-2984", "WN", Status.AFFECTED, BEFORE, ("1.03",), action="Update", condition="In use"
)


@cache
def _schema() -> jsonschema.protocols.Validator:
    text = (FOLDER / "vex" / "openvex_json_schema_0.2.0.json").read_text()
    return jsonschema.Draft202012Validator(json.loads(text), format_checker=jsonschema.FormatChecker())


@needs_corpus
@some
@given(documents())
def test_every_document_satisfies_the_official_schema(document: Document) -> None:
    made = json.loads(to_bytes(openvex.build(document).document))
    assert [error.message for error in _schema().iter_errors(made)] == []
    assert openvex.faults(made) == ()


@some
@given(documents())
def test_every_product_is_said_of_with_its_status_once_per_thing(document: Document) -> None:
    made = openvex.build(document)
    again = openvex.build(document)
    assert to_bytes(made.document) == to_bytes(again.document)
    statements = made.document["statements"]
    assert isinstance(statements, list)
    fixed = sum(len(each["products"]) for each in statements if each["status"] == "fixed")
    assert fixed == sum(len(each.fixed_in) for each in document.statements)
    told = [each for each in statements if each["status"] != "fixed"]
    assert sum(len(each["products"]) for each in told) == len(document.statements)


def test_an_affected_product_and_the_release_that_fixes_it_are_two_statements() -> None:
    affected, fixed = openvex.build(one(FIXED)).document["statements"]  # type: ignore[misc]
    assert affected["status"] == "affected"
    assert affected["action_statement"] == "Update"
    assert affected["status_notes"] == "versions before 1.03\nIn use"
    assert affected["products"] == [{"@id": "https://maker.example/products#WN#%3C1.03"}]
    assert fixed["status"] == "fixed"
    assert fixed["products"] == [{"@id": "https://maker.example/products#WN#1.03"}]


def test_ranges_scores_weakness_and_credit_are_losses() -> None:
    score = ScoreOf(cvss.parse("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"))
    document = one(Statement("CVE-2015-2984", "WN", Status.AFFECTED, BEFORE, action="x", scores=(score,)))
    found = {loss.message for loss in openvex.build(document).losses}
    assert found == {openvex.NO_RANGE, openvex.NO_SCORES, openvex.NO_CWE}


def test_not_affected_says_why() -> None:
    reason = Justification.VULNERABLE_CODE_NOT_PRESENT
    said = Statement("CVE-2015-2984", "WN", Status.NOT_AFFECTED, justification=reason)
    made = openvex.build(one(said)).document
    assert made["statements"][0]["justification"] == "vulnerable_code_not_present"  # type: ignore[index]
    assert openvex.faults(made) == ()


def test_a_document_without_action_or_reason_is_faulty() -> None:
    silent = one(Statement("CVE-2015-2984", "WN", Status.AFFECTED))
    assert [each.location for each in openvex.faults(openvex.build(silent).document)] == [
        "/statements/0/action_statement"
    ]
    silent = one(Statement("CVE-2015-2984", "WN", Status.NOT_AFFECTED))
    assert [each.location for each in openvex.faults(openvex.build(silent).document)] == [
        "/statements/0/justification"
    ]
    assert {each.location for each in openvex.faults({})} >= {"/@id", "/author", "/statements"}
