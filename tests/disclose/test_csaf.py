"""The CSAF documents of an advisory, 2.0 and 2.1: valid whatever is said, and saying the same."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from hypothesis import given, settings

from okiagari.disclose import queries
from okiagari.disclose.rules.content import Content
from okiagari.disclose.site import csaf_document, planning, tree
from okiagari.disclose.site.entries import Edition, Entry
from okiagari.disclose.site.writer import Writer
from okiagari.standards import csaf
from tests.disclose.contents import contents
from tests.disclose.making import (
    AT,
    SITE,
    both,
    content,
    entry,
    flaw,
    measure,
    product,
    release,
    status,
    successor,
)
from tests.disclose.story import Story

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


def _support(notes: list[dict[str, Any]]) -> dict[str, Any]:
    return next(each for each in notes if each.get("title") == "A-1")


def test_a_notice_says_how_long_its_products_are_supported() -> None:
    support = {"end_of_sales": "2013-09", "end_of_security_support": "2016-03-31"}
    said = content(
        kind="end_of_support", vulnerabilities=[], statuses=[], products=[product("A-1", support=support)]
    )
    for version in VERSIONS:
        notes = _document(said, version, "en")["document"]["notes"]
        assert {"category": "details", "title": "A-1"}.items() <= _support(notes).items()
        assert _support(notes)["text"] == "End of sales: 2013-09\nEnd of security support: 2016-03-31"


def test_a_fix_carries_the_hash_of_its_file_and_its_day() -> None:
    said = content(releases=[release("1.03", date="2015-08-17")])
    for version in VERSIONS:
        made = _document(said, version)
        (measure,) = made["vulnerabilities"][0]["remediations"]
        assert (measure["category"], measure["date"]) == ("vendor_fix", "2015-08-16T15:00:00Z")
        assert "ab" * 32 in json.dumps(made["product_tree"])
        assert '"filename": "1.zip"' in json.dumps(made["product_tree"])


def test_the_first_known_attack_is_a_date_in_2_1_and_words_in_2_0() -> None:
    attack = {
        "exploit": "attacked",
        "attacked_at": "2015-08-01T00:00:00+09:00",
        "attack_known_at": "2015-08-03T10:00:00+09:00",
    }
    older, newer = (
        _document(content(vulnerabilities=[flaw(**attack)]), version)["vulnerabilities"][0]
        for version in VERSIONS
    )
    assert "確認されている最初の攻撃: 2015年8月1日" in [each["details"] for each in older["threats"]]
    (known,) = newer["first_known_exploitation_dates"]
    assert (known["exploitation_date"], known["date"]) == ("2015-07-31T15:00:00Z", "2015-08-03T01:00:00Z")
    assert known["product_ids"] == newer["product_status"]["known_affected"]


def test_a_score_of_somebody_else_names_where_it_stands_in_2_1() -> None:
    said = content(vulnerabilities=[flaw(jvn="JVN#17964918")])
    (metric,) = _document(said, "2.1")["vulnerabilities"][0]["metrics"]
    assert metric["source"] == "https://jvn.jp/en/jp/JVN17964918/index.html"


def _alike() -> Content:
    """Two models and one that is looked into: everything that is said of the two is the same."""
    case = {"range": {"form": "up_to", "high": "1.02"}, "condition": both("LANだけ", "LAN only")}
    spared = {"vulnerability": "VUL-2", "justification": "component_not_present"}
    return content(
        products=[product(key, family="A") for key in ("A-1", "A-2", "A-3")],
        vulnerabilities=[flaw(impact=both("壊れる", "It breaks")), flaw(2, cve="CVE-2015-2985")],
        statuses=[status(key, "fixed", fixed_in="1.03", **case) for key in ("A-1", "A-2")]
        + [status(key, "not_affected", **spared) for key in ("A-1", "A-2")],
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_what_holds_for_several_products_is_said_once(version: str) -> None:
    first, second = _document(_alike(), version, "en")["vulnerabilities"]
    named = ["A-1 <=1.02", "A-2 <=1.02"]
    fix, unknown = first["remediations"]
    assert (fix["category"], fix["product_ids"]) == ("vendor_fix", named)
    assert unknown["product_ids"] == ["A-3"]
    (condition,) = (each for each in first["notes"] if "LAN only" in each["text"])
    assert condition.get("product_ids", named) == named
    if version == "2.0":
        assert condition["text"] == "A-1 1.02 and earlier, A-2 1.02 and earlier: LAN only"
    (spared,) = second["flags"]
    assert spared["product_ids"] == ["A-1", "A-2"]


def test_a_note_that_names_its_products_names_few_enough_to_be_read() -> None:
    keys = [f"A-{number}" for number in range(45)]
    case = {"range": {"form": "up_to", "high": "1.02"}, "condition": both("LANだけ", "LAN only")}
    said = content(
        products=[product(key) for key in keys],
        statuses=[status(key, "affected", planned="2016", **case) for key in keys],
    )
    notes = [each["text"] for each in _document(said, "2.0", "en")["vulnerabilities"][0]["notes"]]
    assert [each.count("and earlier") for each in notes if each.endswith("LAN only")] == [20, 20, 5]


@pytest.mark.parametrize("version", VERSIONS)
def test_what_can_happen_is_a_threat_to_what_is_affected(version: str) -> None:
    first, _ = _document(_alike(), version, "en")["vulnerabilities"]
    (threat,) = first["threats"]
    assert (threat["category"], threat["details"]) == ("impact", "It breaks")
    assert threat["product_ids"] == first["product_status"]["known_affected"]
    assert "It breaks" not in [each["text"] for each in first["notes"]]
    looked_into = content(statuses=[], vulnerabilities=[flaw(impact=both("壊れる", "It breaks"))])
    (only,) = _document(looked_into, version, "en")["vulnerabilities"]
    assert "It breaks" in [each["text"] for each in only["notes"]]


@pytest.mark.parametrize("version", VERSIONS)
def test_models_of_one_family_stand_in_its_branch(version: str) -> None:
    (vendor,) = _document(_alike(), version)["product_tree"]["branches"]
    (family,) = vendor["branches"]
    assert (family["category"], family["name"]) == ("product_family", "A")
    assert {each["name"] for each in family["branches"]} >= {"A-1", "A-2", "A-3"}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_notice_says_what_owners_should_do_and_of_which_products(version: str) -> None:
    said = content(
        kind="end_of_support",
        vulnerabilities=[],
        statuses=[],
        products=[product(key) for key in ("A-1", "A-2", "A-3")],
        measures=[measure("stop_use", "A-1", "A-2", successor="B-1"), measure("workaround", "A-3")],
        successors=[successor("B-1", is_not_affected=False)],
    )
    notes = {each["title"]: each for each in _document(said, version, "en")["document"]["notes"]}
    stop = notes["What to do now: A-1, A-2"]
    assert stop["text"] == "Please\n\nSuccessor: B-1 Next"
    assert notes["What to do now: A-3"]["text"] == "Please"
    assert stop.get("product_ids", []) == ([] if version == "2.0" else ["A-1", "A-2"])
    assert notes["Details"]["text"] == "Description"  # there is no problem to tell of


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
    assert len(list((current / "csaf-2.1" / "2015").glob("*.json"))) == 4
    newer = json.loads((current / known.document("ja", "2.1")).read_text())
    assert newer["document"]["csaf_version"] == "2.1"
    assert csaf.judge(newer).is_valid
    again = _publish(tmp_path, BOTH, known, gone, entry(content(tracking_id="SA-3")))
    assert str(known.document("ja", "2.1")) in again.contents
    assert isinstance(again.contents[known.document("ja", "2.1")], Path)
    _publish(tmp_path, SITE, known, gone)
    assert not (current / "csaf-2.1").exists()


@pytest.mark.django_db
def test_the_draft_is_previewed_with_what_it_cannot_carry_once_switched_on(
    story: Story, settings: LazySettings
) -> None:
    member = story.house.member
    assert "csaf-2.1" not in {each.format for each in queries.formats(member, story.advisory)}
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, csaf_2_1=True)
    told = {
        each.language: each for each in queries.formats(member, story.advisory) if each.format == "csaf-2.1"
    }
    assert set(told) == {"ja", "en"}
    assert told["ja"].path.startswith("csaf-2.1/")
    assert any("2.1" in each.text for each in told["ja"].losses)
    shown = json.loads(queries.preview(member, story.advisory, language="ja", format="csaf-2.1"))
    assert shown["document"]["csaf_version"] == "2.1"
    assert csaf.judge(shown).is_valid
