"""What each profile must hold: tests 6.1.27.1 to 6.1.27.11 (OASIS CSAF 2.0, sections 4 and 6.1.27).

In: a document that satisfies the schema. Out: faults with the number of their test. Written here
because the library `csaf` 2026.10 reads them otherwise: it refuses an advisory whose products are all
still under investigation, which 2.0 allows and a maker needs on day 0, refuses further groups in a
VEX, and misses a VEX whose later vulnerabilities have no id.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]
Fault = tuple[str, str, str]

ADVISORY, VEX = "csaf_security_advisory", "csaf_vex"
INFORMATIONAL, INCIDENT = "csaf_informational_advisory", "csaf_security_incident_response"

_EXPLAINING = {"description", "details", "general", "summary"}
_VEX_GROUPS = ("fixed", "known_affected", "known_not_affected", "under_investigation")


def faults(document: Json) -> Iterator[Fault]:
    """(test, JSON pointer, message) for each thing the document's profile asks for and does not get."""
    category = document["document"]["category"]
    for test, (categories, rule) in _RULES.items():
        if category in categories:
            for location, message in rule(document):
                yield f"6.1.27.{test}", location, message


Found = Iterator[tuple[str, str]]


def _notes(document: Json) -> Found:
    notes = document["document"].get("notes", ())
    if not any(note["category"] in _EXPLAINING for note in notes):
        yield "/document/notes", f"no note has one of the categories {', '.join(sorted(_EXPLAINING))}"


def _references(document: Json) -> Found:
    references = document["document"].get("references", ())
    # The category is external where none is given (3.1.10.1).
    if not any(reference.get("category", "external") == "external" for reference in references):
        yield "/document/references", "no reference has the category external"


def _no_vulnerabilities(document: Json) -> Found:
    if "vulnerabilities" in document:
        yield "/vulnerabilities", "an informational advisory has no vulnerabilities"


def _product_tree(document: Json) -> Found:
    if "product_tree" not in document:
        yield "/product_tree", "there is no product tree"


def _vulnerability_notes(document: Json) -> Found:
    for location, vulnerability in _vulnerabilities(document):
        if "notes" not in vulnerability:
            yield f"{location}/notes", "the vulnerability has no notes"


def _product_status(document: Json) -> Found:
    for location, vulnerability in _vulnerabilities(document):
        if "product_status" not in vulnerability:
            yield f"{location}/product_status", "the vulnerability has no product status"


def _vex_status(document: Json) -> Found:
    for location, vulnerability in _vulnerabilities(document):
        if not any(group in vulnerability.get("product_status", {}) for group in _VEX_GROUPS):
            yield f"{location}/product_status", f"the status has none of {', '.join(_VEX_GROUPS)}"


def _ids(document: Json) -> Found:
    for location, vulnerability in _vulnerabilities(document):
        if "cve" not in vulnerability and "ids" not in vulnerability:
            yield location, "the vulnerability has neither a CVE id nor another id"


def _impact_statements(document: Json) -> Found:
    groups = _groups(document)
    for location, vulnerability in _vulnerabilities(document):
        threats = (item for item in vulnerability.get("threats", ()) if item["category"] == "impact")
        said = _named([*vulnerability.get("flags", ()), *threats], groups)
        yield from _unsaid(location, vulnerability, "known_not_affected", said, "impact")


def _action_statements(document: Json) -> Found:
    groups = _groups(document)
    for location, vulnerability in _vulnerabilities(document):
        said = _named(vulnerability.get("remediations", ()), groups)
        yield from _unsaid(location, vulnerability, "known_affected", said, "action")


def _has_vulnerabilities(document: Json) -> Found:
    if "vulnerabilities" not in document:
        yield "/vulnerabilities", "there is no vulnerability"


_RULES: Mapping[int, tuple[tuple[str, ...], Callable[[Json], Found]]] = {
    1: ((INFORMATIONAL, INCIDENT), _notes),
    2: ((INFORMATIONAL, INCIDENT), _references),
    3: ((INFORMATIONAL,), _no_vulnerabilities),
    4: ((ADVISORY, VEX), _product_tree),
    5: ((ADVISORY, VEX), _vulnerability_notes),
    6: ((ADVISORY,), _product_status),
    7: ((VEX,), _vex_status),
    8: ((VEX,), _ids),
    9: ((VEX,), _impact_statements),
    10: ((VEX,), _action_statements),
    11: ((ADVISORY, VEX), _has_vulnerabilities),
}


def _vulnerabilities(document: Json) -> Iterator[tuple[str, Json]]:
    for index, vulnerability in enumerate(document.get("vulnerabilities", ())):
        yield f"/vulnerabilities/{index}", vulnerability


def _groups(document: Json) -> dict[str, list[str]]:
    groups = document.get("product_tree", {}).get("product_groups", ())
    return {group["group_id"]: group["product_ids"] for group in groups}


def _named(items: Any, groups: Mapping[str, list[str]]) -> set[str]:
    """The products named by statements, directly or through a group."""
    named: set[str] = set()
    for item in items:
        named.update(item.get("product_ids", ()))
        for group_id in item.get("group_ids", ()):
            named.update(groups.get(group_id, ()))
    return named


def _unsaid(location: str, vulnerability: Json, group: str, said: set[str], kind: str) -> Found:
    for index, product_id in enumerate(vulnerability.get("product_status", {}).get(group, ())):
        if product_id not in said:
            yield f"{location}/product_status/{group}/{index}", f"no {kind} statement for {product_id}"
