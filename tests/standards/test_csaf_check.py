"""What the judge says of a document, and what it asks that the library reads otherwise."""

import json
import logging
import subprocess
import sys
from typing import Any

import pytest

from okiagari.standards.csaf import Level, Severity, validate

MINIMAL: dict[str, Any] = {
    "document": {
        "category": "csaf_base",
        "csaf_version": "2.0",
        "publisher": {"category": "vendor", "name": "例", "namespace": "https://example.com"},
        "title": "題",
        "tracking": {
            "current_release_date": "2026-11-23T00:00:00Z",
            "id": "A-1",
            "initial_release_date": "2026-11-23T00:00:00Z",
            "revision_history": [{"date": "2026-11-23T00:00:00Z", "number": "1", "summary": "公開"}],
            "status": "final",
            "version": "1",
        },
    }
}


def test_a_minimal_document_has_no_finding() -> None:
    assert validate(MINIMAL) == ()


def test_each_level_tells_only_its_own_findings() -> None:
    optional = validate(MINIMAL, Level.OPTIONAL)
    assert {finding.severity for finding in optional} == {Severity.WARNING}
    assert {finding.test for finding in optional} == {"6.2.11", "6.2.12"}
    assert validate(MINIMAL, Level.INFORMATIVE) == ()
    assert validate(MINIMAL, *Level) == optional


def test_a_schema_fault_stops_the_rest_and_says_where() -> None:
    broken = json.loads(json.dumps(MINIMAL))
    broken["document"]["tracking"]["status"] = "finished"
    findings = validate(broken, Level.INFORMATIVE)
    assert [(f.test, f.severity, f.location) for f in findings] == [
        ("schema", Severity.ERROR, "/document/tracking/status")
    ]


def _vex(**status: list[str]) -> dict[str, Any]:
    groups = [{"group_id": "G", "product_ids": ["A", "B"]}]
    names = [{"name": name, "product_id": name} for name in "ABC"]
    return {
        "document": MINIMAL["document"] | {"category": "csaf_vex"},
        "product_tree": {"full_product_names": names, "product_groups": groups},
        "vulnerabilities": [
            {
                "cve": "CVE-2015-2984",
                "notes": [{"category": "summary", "text": "要約"}],
                "product_status": status,
            }
        ],
    }


def test_an_advisory_may_say_that_everything_is_still_under_investigation() -> None:
    document = _vex(under_investigation=["A", "B", "C"])
    document["document"] = MINIMAL["document"] | {"category": "csaf_security_advisory"}
    assert validate(document) == ()


def test_a_vex_may_recommend_a_version_beside_its_four_groups() -> None:
    document = _vex(fixed=["A"], recommended=["A"])
    assert validate(document) == ()
    only = _vex(recommended=["A"])
    assert [finding.test for finding in validate(only)] == ["6.1.27.7"]


def test_every_vulnerability_of_a_vex_needs_an_id() -> None:
    document = _vex(fixed=["A"])
    second = {key: value for key, value in document["vulnerabilities"][0].items() if key != "cve"}
    document["vulnerabilities"].append(second)
    assert [(f.test, f.location) for f in validate(document)] == [("6.1.27.8", "/vulnerabilities/1")]
    second["ids"] = [{"system_name": "JVN", "text": "JVN#17964918"}]
    assert validate(document) == ()


def test_statements_of_a_vex_may_name_products_through_a_group() -> None:
    document = _vex(known_affected=["A", "B", "C"])
    vulnerability = document["vulnerabilities"][0]
    vulnerability["remediations"] = [{"category": "no_fix_planned", "details": "-", "group_ids": ["G"]}]
    assert [(f.test, f.location) for f in validate(document)] == [
        ("6.1.27.10", "/vulnerabilities/0/product_status/known_affected/2")
    ]
    vulnerability["remediations"].append({"category": "workaround", "details": "-", "product_ids": ["C"]})
    assert validate(document) == ()


@pytest.mark.parametrize("category", ["csaf_informational_advisory", "csaf_security_incident_response"])
def test_a_notice_explains_itself_and_leads_somewhere(category: str) -> None:
    document = {"document": MINIMAL["document"] | {"category": category}}
    assert [finding.test for finding in validate(document)] == ["6.1.27.1", "6.1.27.2"]
    document["document"]["notes"] = [{"category": "legal_disclaimer", "text": "無保証"}]
    document["document"]["references"] = [{"summary": "例", "url": "https://example.com"}]
    assert [finding.test for finding in validate(document)] == ["6.1.27.1"]
    document["document"]["notes"] = [{"category": "general", "text": "お知らせ"}]
    assert validate(document) == ()


@pytest.mark.parametrize("document", [{}, {"document": None}, {"document": {"tracking": []}}])
def test_nonsense_is_a_finding_and_not_a_crash(document: dict[str, object]) -> None:
    findings = validate(document, *Level)
    assert {finding.test for finding in findings} == {"schema"}


def test_the_library_is_loaded_late_and_leaves_the_logs_alone() -> None:
    program = (
        "import logging, sys\n"
        "import okiagari.standards.csaf as ours\n"
        "assert 'csaf' not in sys.modules\n"
        "ours.validate({})\n"
        "assert 'csaf' in sys.modules\n"
        "assert logging.getLogger().handlers == []\n"
        f"assert logging.getLogger().level == {logging.WARNING}\n"
        "assert 'django' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
