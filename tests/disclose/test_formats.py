"""Every format of an advisory: from one snapshot, valid by its own rules, and saying what the others say."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from okiagari.disclose.rules.content import Content, Reference, Words
from okiagari.disclose.site import csaf_document, formats, planning, tree, verify, written
from okiagari.disclose.site.entries import Entry, Site, key_of
from okiagari.disclose.site.formats import Made, cve_records, lifecycle
from okiagari.disclose.site.formats.cve_request import Asked, request_text
from okiagari.disclose.site.jvn import vendor_status
from okiagari.problems import Problem
from okiagari.standards import cve, openeox, vuldef
from okiagari.standards.cve import rules
from okiagari.standards.firmware_order import Form
from okiagari.standards.vex import openvex
from tests.disclose.contents import contents
from tests.disclose.making import SITE, both, content, entry, flaw, measure, product, status
from tests.disclose.test_tree import publish

BESIDE = (".sha256", ".sha512", ".asc")

some = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AFFECTED_ALL = {"form": "all"}
BEFORE = {"form": "before", "high": "1.03"}


def made(said: Content | Entry | None = None) -> dict[tuple[str, str], Made]:
    known = said if isinstance(said, Entry) else entry(said)
    return {(each.format, each.language): each for each in formats.made(known, SITE)}


def statements(known: Entry) -> list[Made]:
    """What is made for programs; the written forms are for people."""
    return [each for each in formats.made(known, SITE) if each.format not in written.TYPES]


def document(said: Content | Entry | None, name: str) -> Any:
    return json.loads(made(said)[name, ""].content)


def _affected_by_csaf(known: Entry, number: int) -> set[str]:
    """Models of which the CSAF document says: affected."""
    language = known.content.languages[0]
    built = csaf_document.document(known, SITE, language).document
    flaw_ = built["vulnerabilities"][number]  # type: ignore[index]
    return {_model(each) for each in flaw_.get("product_status", {}).get("known_affected", ())}


def _model(product_id: str) -> str:
    return product_id.split(" ", maxsplit=1)[0]


def _affected_by_openvex(vex: Any, name: str) -> Iterator[str]:
    for each in vex["statements"]:
        if each["vulnerability"]["name"] == name and each["status"] == "affected":
            for item in each["products"]:
                yield item["@id"].partition("#")[0].rpartition("/")[2].replace("%2F", "/")


def _affected_by_cyclonedx(bom: Any, name: str) -> Iterator[str]:
    for each in bom["vulnerabilities"]:
        if each["id"] == name and each["analysis"]["state"] == "exploitable":
            for target in each["affects"]:
                yield target["ref"].removeprefix("product:").replace("%2F", "/")


def _affected_by_cve(record: Any) -> Iterator[str]:
    for each in record["cnaContainer"]["affected"]:
        lines = [line["status"] for line in each.get("versions", ())]
        if "affected" in {each["defaultStatus"], *lines}:
            yield each["product"]


@some
@given(contents())
def test_all_formats_name_the_same_affected_products(said: Content) -> None:
    known = entry(said)
    found = made(known)
    names = [
        each.cve or each.jvn or f"{said.tracking_id}-{n}" for n, each in enumerate(said.vulnerabilities, 1)
    ]
    if len(set(names)) < len(names):
        return
    vex, bom = document(known, "openvex"), document(known, "cyclonedx-1.6")
    for number, name in enumerate(names):
        affected = _affected_by_csaf(known, number)
        assert set(_affected_by_openvex(vex, name)) == affected
        assert set(_affected_by_cyclonedx(bom, name)) == affected
        record = found.get((name.lower(), ""))
        if record is not None and record.content:
            assert set(_affected_by_cve(json.loads(record.content))) == affected


@some
@given(contents())
def test_everything_that_goes_out_is_valid_and_links_within_the_tree(said: Content) -> None:
    plan = planning.plan([entry(said)], SITE)
    for path, data in plan.contents.items():
        assert isinstance(data, bytes)
        if path.endswith(BESIDE):
            continue
        if path.startswith("openvex/"):
            assert openvex.faults(json.loads(data)) == ()
        elif path.startswith("cve/"):
            assert cve.validate(json.loads(data)) == ()
        elif path.startswith("openeox/") and path != lifecycle.INDEX:
            assert openeox.faults(json.loads(data)) == ()
        elif path.startswith("vuldef/"):
            (info,) = vuldef.read(data).infos
            assert info.affected[0].status == vendor_status(said)
            assert vuldef.read(data).unread == ()
    has_english = "en" in said.languages
    records = [path for path in plan.contents if path.startswith("cve/") and path.endswith(".json")]
    decided = [each for each in said.vulnerabilities if each.cve]
    assert len(records) <= len(decided)
    assert has_english or not records


@some
@given(contents())
def test_a_cve_record_read_back_says_the_versions_of_the_snapshot(said: Content) -> None:
    for (name, _), each in made(said).items():
        if not name.startswith("cve-") or not each.content:
            continue
        read = cve.read(json.loads(each.content))
        assert read.unread == ()
        number = next(flaw.id for flaw in said.vulnerabilities if flaw.cve.lower() == name)
        told = {
            status.product: status.versions
            for status in said.statuses
            if status.vulnerability == number and status.state in {"affected", "fixed"}
        }
        for item in read.record.products:
            versions = told.get(item.product)
            if versions and versions.form not in {Form.ALL, Form.UNKNOWN}:
                assert versions in [line.range for line in item.versions if line.status == "affected"]


def test_a_page_leads_to_every_format_beside_it() -> None:
    plan = planning.plan(
        [entry(content(products=[product("A-1", support={"end_of_life": "2020-03-31"})]))], SITE
    )
    page = plan.contents["en/sa-2015-001.html"]
    assert isinstance(page, bytes)
    for path in plan.contents:
        if path.startswith(("openvex/", "cyclonedx/", "cve/", "vuldef/en/")) and not path.endswith(BESIDE):
            assert f'href="../{path}"' in page.decode()
    assert b"vuldef/ja/" not in page
    assert "openeox/a-1.json" in plan.contents
    index = plan.contents[lifecycle.INDEX]
    assert isinstance(index, bytes)
    assert json.loads(index)["products"][0]["core"] == f"{SITE.url}/openeox/a-1.json"
    assert f'href="../{lifecycle.INDEX}"' in page.decode()


def test_what_did_not_change_is_shared_in_every_format(tmp_path: Path) -> None:
    old = entry(content(tracking_id="SA-1"))
    publish(tmp_path, old)
    plan = publish(tmp_path, old, entry(content(tracking_id="SA-2")))
    shared = {path for path, data in plan.contents.items() if isinstance(data, Path)}
    assert {"openvex/sa-1.json", "cve/sa-1/cve-2015-2984.json", "vuldef/ja/sa-1.xml"} <= shared
    known = tree.current(tmp_path)
    assert known is not None
    key = known.manifest.files["ja/sa-1.html"].key
    of_old = {path for path, file in known.manifest.files.items() if file.key == key}
    assert {path for path in shared if "sa-1" in path and not path.endswith(BESIDE)} == of_old
    assert not [path for path in shared if "sa-2" in path]


def test_a_record_without_english_is_held_back_and_the_advisory_goes_out() -> None:
    said = content(languages=["ja"])
    held = made(said)["cve-2015-2984", ""]
    assert [each.definition for each in held.problems] == [rules.NEEDS_ENGLISH]
    plan = planning.plan([entry(said)], SITE)
    assert not any(path.startswith("cve/") for path in plan.contents)
    assert "openvex/sa-2015-001.json" in plan.contents
    page = plan.contents["ja/sa-2015-001.html"]
    assert isinstance(page, bytes)
    assert b"CVE-2015-2984</a> \xc2\xb7" not in page.rpartition(b"<footer>")[2]


def test_a_withdrawn_advisory_says_nothing_to_programs_but_in_csaf() -> None:
    gone = entry(content(), withdrawn=True)
    assert statements(gone) == []
    assert all(
        "取り下げ".encode() in each.content for each in formats.made(gone, SITE) if each.language == "ja"
    )
    folders = {path.partition("/")[0] for path in planning.plan([gone], SITE).contents}
    assert "csaf" in folders
    assert not folders & {"openvex", "cyclonedx", "cve", "vuldef", "openeox"}


def test_an_advisory_without_a_vulnerability_has_no_statements() -> None:
    assert statements(entry(content(vulnerabilities=[], statuses=[]))) == []


def test_stop_use_and_a_condition_reach_every_format() -> None:
    said = content(
        products=[product("A-1"), product("B-2")],
        statuses=[
            status("A-1", "affected", range=AFFECTED_ALL, cannot_fix=both("直せません", "Cannot be fixed")),
            status(
                "B-2",
                "fixed",
                range={"form": "before", "high": "1.03"},
                fixed_in="1.03",
                condition=both("条", "If"),
            ),
        ],
        measures=[measure("stop_use", "A-1", text=both("使用停止", "Stop using it"))],
    )
    for name in ("openvex", "cyclonedx-1.6", "cyclonedx-1.7", "cve-2015-2984"):
        text = made(said)[name, ""].content.decode()
        assert "Stop using it" in text
        assert "If" in text
    text = made(said)["vuldef", "ja"].content.decode()
    assert "使用停止" in text
    assert "条" in text


def test_a_score_of_one_product_stays_with_it() -> None:
    from okiagari.disclose.rules.content import Score

    one = Score(
        system="cvss",
        version="3.1",
        vector="CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L",
        value="4.3",
        severity="medium",
        source="own",
        products=["B-2"],
    )
    said = content(
        products=[product("A-1"), product("B-2")],
        vulnerabilities=[flaw(scores=[*flaw().scores, one])],
        statuses=[status(key, "affected", range=AFFECTED_ALL) for key in ("A-1", "B-2")],
    )
    bom = document(said, "cyclonedx-1.6")
    rated = {
        each["affects"][0]["ref"]: {rating["method"] for rating in each["ratings"]}
        for each in bom["vulnerabilities"]
    }
    assert rated == {"product:A-1": {"CVSSv2"}, "product:B-2": {"CVSSv2", "CVSSv31"}}
    record = document(said, "cve-2015-2984")["cnaContainer"]
    assert [each.get("scenarios") for each in record["metrics"]] == [
        [{"lang": "en", "value": "B-2"}],
        None,
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_letter_to_the_coordinator_asks_for_what_has_no_id(language: str) -> None:
    said = content(vulnerabilities=[flaw(cve="", jvn="JVN#17964918")])
    asked = Asked("SA-2015-001", datetime(2015, 8, 18, 1, tzinfo=UTC), f"{SITE.url}/page")
    text = request_text(said, SITE, language, asked)
    planned = {"ja": "公表予定: 2015-08-18 10:00 JST", "en": "Planned: 2015-08-18 10:00 JST"}
    for fact in ("SA-2015-001", "A-1", "JVN#17964918", "5.0", planned[language], f"{SITE.url}/page"):
        assert fact in text
    assert "A-1" not in request_text(content(), SITE, language, asked)


def test_a_maker_that_is_a_cna_publishes_whole_records() -> None:
    from dataclasses import replace

    org = "8254265b-2729-46b6-b9e3-3dfca2d5bfca"
    site = replace(SITE, cve_org=(org, "maker"))
    plan = planning.plan([entry()], site)
    record = plan.contents["cve/sa-2015-001/cve-2015-2984.json"]
    assert isinstance(record, bytes)
    metadata = json.loads(record)["cveMetadata"]
    assert (metadata["assignerOrgId"], metadata["cveId"]) == (org, "CVE-2015-2984")
    assert json.loads(record)["dataVersion"] == "5.2.0"
    assert key_of(entry(), site) != key_of(entry(), SITE)


def test_records_go_out_in_the_older_format_where_that_is_asked_and_say_what_it_lacks() -> None:
    from dataclasses import replace

    org = "8254265b-2729-46b6-b9e3-3dfca2d5bfca"
    newer = replace(SITE, cve_org=(org, "maker"))
    older = replace(newer, cve_format="5.1.1")
    known = entry(content(products=[product("A-1", firmware_purl="pkg:generic/maker/a-1")]))

    def told(site: Site) -> tuple[str, bool, bool]:
        (made,) = cve_records.records(known, site)
        assert isinstance(made.content, bytes)
        record = json.loads(made.content)
        (affected,) = record["containers"]["cna"]["affected"]
        assert not cve.validate(record)
        is_named = any("5.2.0" in loss.message for loss in made.losses)
        return record["dataVersion"], "packageURL" in affected, is_named

    assert told(newer) == ("5.2.0", True, False)
    assert told(older) == ("5.1.1", False, True)
    assert key_of(known, newer) != key_of(known, older)


def test_two_models_that_differ_in_a_sign_have_files_of_their_own() -> None:
    dates = {"end_of_life": "2020-03-31"}
    said = content(products=[product(key, support=dates) for key in ("WN-G54/R2", "WN-G54_R2", "無線")])
    paths = {each.path for each in lifecycle.documents([entry(said)], SITE)}
    assert len(paths) == 3


def test_dates_that_contradict_themselves_are_held_back_and_older_ones_stay() -> None:
    dates = {"end_of_life": "2010-03-31", "end_of_sales": "2020-03-31"}
    wrong = entry(content(tracking_id="SA-2", products=[product("A-1", support=dates)]))
    (one,) = lifecycle.documents([wrong], SITE)
    assert [each.definition for each in one.problems] == [openeox.BACKWARDS]
    assert lifecycle.index([wrong], SITE) == ()
    right = entry(content(tracking_id="SA-1", products=[product("A-1", support={"end_of_life": "2020"})]))
    plan = planning.plan([wrong, right], SITE)
    assert {path for path in plan.contents if path.startswith("openeox/") and not path.endswith(BESIDE)} == {
        "openeox/a-1.json",
        lifecycle.INDEX,
    }


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("openvex/a.json", {}),
        ("cve/a/cve-1900-1.json", {"cnaContainer": {"affected": []}}),
        ("openeox/a.json", {"end_of_life": "tba"}),
        ("cyclonedx/1.6/a.cdx.json", {"components": [], "vulnerabilities": [{"affects": [{"ref": "x"}]}]}),
    ],
)
def test_a_broken_document_stops_the_publication(path: str, value: object) -> None:
    with pytest.raises(Problem):
        verify.check({path: json.dumps(value).encode()}, {path})


@pytest.mark.parametrize("form", ["openvex", "cyclonedx-1.7", "cve-2015-2984", "vuldef"])
def test_each_format_names_what_it_has_no_place_for_and_says_the_rest(form: str) -> None:
    said = content(
        words=Words(title=both("題", "Title"), summary=both("概要XS", "SummaryXS"), contact=both("CX", "CX")),
        products=[product("A-1", serial_numbers=["SER*"], support={"end_of_life": "2031-03-04"})],
        vulnerabilities=[
            flaw(description=both("D", "D"), impact=both("影響XI", "ImpactXI"), exploit="attacked")
        ],
        references=[Reference(url="https://example.org/refX", title=both("R", "R"))],
        next_update="2032-05-06",
    )
    (one,) = [each for (name, language), each in made(said).items() if name == form and language != "ja"]
    text = one.content.decode()
    named = " ".join(one.left_out)
    for fact, words in (
        ("SummaryXS", "summary of the page"),
        ("ImpactXI", "the impact"),
        ("CX", "the contact"),
        ("refX", "the references"),
        ("SER", "serial numbers"),
        ("2031-03-04", "support dates"),
        ("2032-05-06", "next update"),
        ("Attacks that use it", "known of attacks"),
    ):
        assert (fact in text) is (words not in named), (fact, words)
