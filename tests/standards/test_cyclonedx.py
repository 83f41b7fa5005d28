"""Whatever a maker says comes out as valid CycloneDX, and what stands there less exactly is told."""

import json
from functools import cache

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from hypothesis import HealthCheck, given, settings

from okiagari.standards import cvss
from okiagari.standards.csaf.terms import Justification
from okiagari.standards.documents import to_bytes
from okiagari.standards.firmware_order import Range
from okiagari.standards.vex import cyclonedx, cyclonedx_terms
from okiagari.standards.vex.cyclonedx_terms import Format
from okiagari.standards.vex.model import Document, ScoreOf, Statement, Status
from tests.standards.vex_documents import BEFORE, documents, one

some = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def _validator(version: Format) -> JsonStrictValidator:
    return JsonStrictValidator({Format.V1_6: SchemaVersion.V1_6, Format.V1_7: SchemaVersion.V1_7}[version])


@pytest.mark.parametrize("version", Format)
@some
@given(document=documents())
def test_every_document_is_valid_by_the_library(version: Format, document: Document) -> None:
    made = cyclonedx.build(document, version).document
    assert made["specVersion"] == version.value
    assert _validator(version).validate_str(json.dumps(made)) is None


@some
@given(documents())
def test_the_same_document_makes_the_same_bytes(document: Document) -> None:
    assert to_bytes(cyclonedx.build(document).document) == to_bytes(cyclonedx.build(document).document)


def flaw(statement: Statement) -> dict[str, object]:
    found = cyclonedx.build(one(statement)).document["vulnerabilities"]
    assert isinstance(found, list)
    return found[0]  # type: ignore[no-any-return]


def test_versions_fix_and_condition_are_said_of_the_product() -> None:
    score = ScoreOf(cvss.parse("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"), "JVN")
    said = Statement(
        *("CVE-2015-2984", "WN", Status.AFFECTED, BEFORE, ("1.03",)),
        action="Update",
        workaround="Turn it off",
        condition="Only in router mode",
        scores=(score,),
    )
    found = flaw(said)
    assert found["affects"] == [
        {
            "ref": "product:WN",
            "versions": [
                {"status": "unaffected", "version": "1.03"},
                {"range": "vers:generic/<1.03", "status": "affected"},
            ],
        }
    ]
    analysis = found["analysis"]
    assert isinstance(analysis, dict)
    assert analysis["state"] == "exploitable"
    assert analysis["response"] == ["update", "workaround_available"]
    assert analysis["detail"] == "Only in router mode"
    assert found["recommendation"] == "Update"
    assert found["cwes"] == [78]
    assert found["ratings"] == [
        {
            "method": "CVSSv31",
            "score": 9.8,
            "severity": "critical",
            "source": {"name": "JVN"},
            "vector": "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        }
    ]


def test_a_justification_without_a_counterpart_stands_in_words() -> None:
    reason = Justification.VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY
    said = Statement("CVE-2015-2984", "WN", Status.NOT_AFFECTED, justification=reason)
    analysis = flaw(said)["analysis"]
    assert isinstance(analysis, dict)
    assert "justification" not in analysis
    assert analysis["detail"] == "vulnerable code cannot be controlled by adversary"
    assert [loss.message for loss in cyclonedx.build(one(said)).losses] == [cyclonedx_terms.LESS_EXACT]


def test_products_of_which_different_things_are_said_make_several_entries_of_one_id() -> None:
    from dataclasses import replace

    from okiagari.standards.vex.model import Product

    other = Product("PD", "https://maker.example/products#PD", "PD-1")
    affected = Statement("CVE-2015-2984", "WN", Status.AFFECTED, action="Wait")
    open_ = Statement("CVE-2015-2984", "PD", Status.UNDER_INVESTIGATION)
    document = one(affected)
    document = replace(document, products=(*document.products, other), statements=(affected, open_))
    found = cyclonedx.build(document).document["vulnerabilities"]
    assert isinstance(found, list)
    assert [each["id"] for each in found] == ["CVE-2015-2984"] * 2
    assert {each["analysis"]["state"] for each in found} == {"exploitable", "in_triage"}


@pytest.mark.parametrize(
    ("versions", "told"),
    [
        (Range.all(), "vers:all/*"),
        (Range.up_to("1.0 (2)"), "vers:generic/<=1.0%20%282%29"),
        (Range.between("1.0", "2.0"), "vers:generic/>=1.0|<=2.0"),
        (Range.since("1.0"), "vers:generic/>=1.0"),
    ],
)
def test_ranges_as_vers(versions: Range, told: str) -> None:
    assert cyclonedx_terms.vers(versions) == told
