"""The CSAF documents of an advisory, 2.0 and 2.1: valid whatever is said, and saying the same."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from okiagari.disclose.rules.content import Content
from okiagari.disclose.site import csaf_document, planning, tree
from okiagari.disclose.site.entries import Edition, Entry
from okiagari.disclose.site.writer import Writer
from okiagari.standards import csaf
from tests.disclose.contents import contents
from tests.disclose.making import AT, SITE, both, content, entry, flaw, product, status

VERSIONS = ("2.0", "2.1")
BOTH = replace(SITE, has_csaf_2_1=True)
NOT_AFFECTED = {"justification": "component_not_present"}


def _document(said: Content | Entry, version: str = "2.0", language: str = "ja") -> dict[str, Any]:
    known = said if isinstance(said, Entry) else entry(said)
    built = csaf_document.document(known, SITE, language, version=version).document
    assert csaf.judge(built).findings == ()
    return dict(built)


def _category(said: Content | Entry, version: str = "2.0") -> str:
    return str(_document(said, version)["document"]["category"])


@settings(max_examples=15)
@given(contents())
def test_whatever_is_said_both_versions_are_valid_and_of_the_same_products(said: Content) -> None:
    for language in said.languages:
        older, newer = (_document(said, version, language) for version in VERSIONS)
        for before, after in zip(older["vulnerabilities"], newer["vulnerabilities"], strict=True):
            assert before["product_status"] == after["product_status"]
            assert before.get("cve") == after.get("cve")
        assert older["document"]["tracking"] == newer["document"]["tracking"]


@pytest.mark.parametrize(
    ("changes", "category", "category_2_1"),
    [
        ({}, "csaf_security_advisory", "csaf_security_advisory"),
        ({"statuses": [status("A-1", "not_affected", **NOT_AFFECTED)]}, "csaf_vex", "csaf_vex"),
        (
            {"statuses": [status("A-1", "not_affected")]},
            "csaf_security_advisory",
            "csaf_deprecated_security_advisory",
        ),
        (
            {
                "statuses": [status("A-1", "not_affected", **NOT_AFFECTED)],
                "vulnerabilities": [flaw(cve="")],
            },
            "csaf_security_advisory",
            "csaf_deprecated_security_advisory",
        ),
        ({"statuses": []}, "csaf_security_advisory", "csaf_deprecated_security_advisory"),
        (
            {"kind": "end_of_support", "vulnerabilities": [], "statuses": []},
            *["csaf_informational_advisory"] * 2,
        ),
        (
            {"kind": "incident", "vulnerabilities": [], "statuses": []},
            *["csaf_security_incident_response"] * 2,
        ),
    ],
)
def test_the_profile_follows_from_what_is_said(
    changes: dict[str, Any], category: str, category_2_1: str
) -> None:
    assert [_category(content(**changes), version) for version in VERSIONS] == [category, category_2_1]


def test_a_notice_names_its_products() -> None:
    said = content(
        kind="end_of_support", vulnerabilities=[], statuses=[], products=[product("A-1"), product("A-2")]
    )
    for version in VERSIONS:
        text = json.dumps(_document(said, version)["product_tree"])
        assert '"A-1"' in text
        assert '"A-2"' in text


@pytest.mark.parametrize("version", VERSIONS)
def test_the_documents_of_one_advisory_name_one_another(version: str) -> None:
    known = entry()
    for language, other in (("ja", "en"), ("en", "ja")):
        references = _document(known, version, language)["document"]["references"]
        by_url = {each["url"]: each["category"] for each in references}
        assert by_url[f"{SITE.url}/{known.document(language, version)}"] == "self"
        assert by_url[f"{SITE.url}/{known.document(other, version)}"] == "external"


def test_a_withdrawn_advisory_keeps_what_it_said_in_2_0_and_is_bare_in_2_1() -> None:
    known = entry(withdrawn=True)
    older, newer = (_document(known, version, "en") for version in VERSIONS)
    assert older["document"]["notes"][0]["text"] == "This advisory was withdrawn."
    assert older["vulnerabilities"]
    assert newer["document"]["category"] == "csaf_withdrawn"
    assert set(newer) == {"$schema", "document"}
    last = Edition(
        3,
        AT,
        both("改訂"),
        ("ja", "en"),
        is_withdrawal=True,
        superseded_by="SA-2",
        superseded_pages=(("en", "en/sa-2.html"),),
    )
    superseded = replace(known, editions=(*known.editions, last))
    for version in VERSIONS:
        made = _document(superseded, version, "en")["document"]
        assert f"{SITE.url}/en/sa-2.html" in {each["url"] for each in made["references"]}
        assert any("superseded by SA-2" in each["text"] for each in made["notes"])
    assert _category(superseded, "2.1") == "csaf_superseded"


def _publish(folder: Path, site: Any, *entries: Entry) -> planning.Plan:
    plan = planning.plan(entries, site, tree.current(folder))
    tree.switch(folder, tree.write(folder, plan, Writer()), Writer())
    return plan


def test_documents_of_2_1_lie_in_a_tree_of_their_own_once_switched_on(tmp_path: Path) -> None:
    known, gone = entry(), entry(content(tracking_id="SA-2"), withdrawn=True)
    _publish(tmp_path, SITE, known, gone)
    current = tmp_path / "current"
    assert not (current / "csaf-2.1").exists()
    _publish(tmp_path, BOTH, known, gone)
    assert len(list((current / "csaf-2.1" / "2015").iterdir())) == 4
    newer = json.loads((current / known.document("ja", "2.1")).read_text())
    assert newer["document"]["csaf_version"] == "2.1"
    assert csaf.judge(newer).is_valid
    again = _publish(tmp_path, BOTH, known, gone, entry(content(tracking_id="SA-3")))
    assert str(known.document("ja", "2.1")) in again.contents
    assert isinstance(again.contents[known.document("ja", "2.1")], Path)
    _publish(tmp_path, SITE, known, gone)
    assert not (current / "csaf-2.1").exists()
