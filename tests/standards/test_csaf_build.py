"""Whatever a maker puts in, a valid CSAF 2.0 document comes out, and nothing is lost in silence."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from okiagari.problems import Problem
from okiagari.standards import cvss
from okiagari.standards.csaf import (
    Built,
    Level,
    build,
    cwe,
    file_name,
    folder,
    from_bytes,
    to_bytes,
    validate,
)
from okiagari.standards.csaf.model import (
    Acknowledgment,
    Condition,
    Document,
    Hardware,
    Installation,
    Note,
    ProductScore,
    ProductStatus,
    Publisher,
    Remediation,
    Revision,
    Software,
    Tracking,
    Vulnerability,
    VulnerabilityId,
)
from okiagari.standards.csaf.terms import NoteCategory, Profile, RemediationKind, Status, Tlp
from okiagari.standards.firmware_order import Range
from okiagari.standards.partialdate import PartialDate
from tests.standards.advisories import documents
from tests.standards.corpus import FOLDER, needs_corpus

JST = timezone(timedelta(hours=9))
thorough = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


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


# --- one real case: WN-G54/R2 and NP-BBRS, 2015 --------------------------------------------------

PUBLIC = datetime(2015, 8, 18, 12, 0, tzinfo=JST)
PRODUCTS = (
    Hardware("HW-G54", "I-O DATA", "WN-G54/R2"),
    Hardware("HW-BBRS", "I-O DATA", "NP-BBRS"),
    Software("FW-G54-OLD", "I-O DATA", "WN-G54/R2 ファームウェア", Range.before("1.03")),
    Software("FW-G54-103", "I-O DATA", "WN-G54/R2 ファームウェア", Range.exactly("1.03")),
    Software("FW-BBRS", "I-O DATA", "NP-BBRS ファームウェア", Range.all()),
    Installation("G54-OLD", "FW-G54-OLD", "HW-G54"),
    Installation("G54-103", "FW-G54-103", "HW-G54"),
    Installation("BBRS", "FW-BBRS", "HW-BBRS"),
)
UPNP = Vulnerability(
    cve="CVE-2015-2984",
    ids=(VulnerabilityId("JVN", "JVN#17964918"), VulnerabilityId("JVN iPedia", "JVNDB-2015-000117")),
    title="UPnPに関する脆弱性",
    notes=(Note(NoteCategory.DESCRIPTION, "WAN側からのSSDP要求に応答します。"),),
    status=ProductStatus(known_affected=("G54-OLD", "BBRS"), fixed=("G54-103",)),
    remediations=(
        Remediation(
            RemediationKind.VENDOR_FIX,
            "1.03に更新してください。",
            ("G54-OLD",),
            url="https://www.example.jp/更新",
        ),
        Remediation(RemediationKind.STOP_USE, "使用を停止してください。", ("BBRS",)),
    ),
    scores=(ProductScore(cvss.parse("AV:N/AC:L/Au:N/C:N/I:N/A:P"), ("G54-OLD", "BBRS")),),
)
ADVISORY = Document(
    Profile.ADVISORY,
    "WN-G54/R2、NP-BBRSの脆弱性",
    "ja",
    Publisher("株式会社アイ・オー・データ機器", "https://www.iodata.jp"),
    Tracking("IODATA-2015-01", Status.FINAL, (Revision("1", PUBLIC, "公開"),)),
    products=PRODUCTS,
    vulnerabilities=(UPNP,),
)


def _with(**changes: object) -> Built:
    return build(replace(ADVISORY, vulnerabilities=(replace(UPNP, **changes),)))  # type: ignore[arg-type]


def _vulnerability(built: Built) -> dict[str, object]:
    vulnerabilities = built.document["vulnerabilities"]
    assert isinstance(vulnerabilities, list)
    return dict(vulnerabilities[0])


def test_the_real_case_is_valid_and_says_what_2_0_could_not() -> None:
    built = build(ADVISORY)
    assert validate(built.document) == ()
    assert [loss.location for loss in built.losses] == ["/vulnerabilities/0/remediations/1"]
    assert "stop using" in built.losses[0].text


def test_firmware_hangs_below_its_product_and_is_installed_on_hardware() -> None:
    assert build(ADVISORY).document["product_tree"] == {
        "branches": [
            {
                "branches": [
                    _leaf("product_name", "WN-G54/R2", "HW-G54", "I-O DATA WN-G54/R2"),
                    _leaf("product_name", "NP-BBRS", "HW-BBRS", "I-O DATA NP-BBRS"),
                    {
                        "branches": [
                            _leaf(
                                "product_version_range",
                                "<1.03",
                                "FW-G54-OLD",
                                "I-O DATA WN-G54/R2 ファームウェア 1.03より前のバージョン",
                            ),
                            _leaf(
                                "product_version",
                                "1.03",
                                "FW-G54-103",
                                "I-O DATA WN-G54/R2 ファームウェア 1.03",
                            ),
                        ],
                        "category": "product_name",
                        "name": "WN-G54/R2 ファームウェア",
                    },
                    {
                        "branches": [
                            _leaf(
                                "product_version_range",
                                "vers:all/*",
                                "FW-BBRS",
                                "I-O DATA NP-BBRS ファームウェア すべてのバージョン",
                            )
                        ],
                        "category": "product_name",
                        "name": "NP-BBRS ファームウェア",
                    },
                ],
                "category": "vendor",
                "name": "I-O DATA",
            }
        ],
        "relationships": [
            _installed("FW-G54-OLD", "HW-G54", "G54-OLD"),
            _installed("FW-G54-103", "HW-G54", "G54-103"),
            _installed("FW-BBRS", "HW-BBRS", "BBRS"),
        ],
    }


def _leaf(category: str, name: str, product_id: str, full: str) -> dict[str, object]:
    return {"category": category, "name": name, "product": {"name": full, "product_id": product_id}}


NAMES = {
    "G54-OLD": "I-O DATA WN-G54/R2（I-O DATA WN-G54/R2 ファームウェア 1.03より前のバージョン）",
    "G54-103": "I-O DATA WN-G54/R2（I-O DATA WN-G54/R2 ファームウェア 1.03）",
    "BBRS": "I-O DATA NP-BBRS（I-O DATA NP-BBRS ファームウェア すべてのバージョン）",
}


def _installed(software: str, hardware: str, product_id: str) -> dict[str, object]:
    return {
        "category": "installed_on",
        "full_product_name": {"name": NAMES[product_id], "product_id": product_id},
        "product_reference": software,
        "relates_to_product_reference": hardware,
    }


def test_stop_use_is_no_fix_planned_in_its_own_words() -> None:
    remediations = _vulnerability(build(ADVISORY))["remediations"]
    assert remediations == [
        {
            "category": "vendor_fix",
            "details": "1.03に更新してください。",
            "product_ids": ["G54-OLD"],
            "url": "https://www.example.jp/%E6%9B%B4%E6%96%B0",
        },
        {"category": "no_fix_planned", "details": "使用を停止してください。", "product_ids": ["BBRS"]},
    ]


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("ja", "late 2016-10", "修正の提供予定: 2016年10月下旬"),
        ("ja", "2016-10-28", "修正の提供予定: 2016年10月28日"),
        ("ja", "early 2017", "修正の提供予定: 2017年前半"),
        ("en", "late 2016-10", "A fix is planned for late 2016-10."),
    ],
)
def test_a_planned_fix_is_none_available_with_its_date_in_the_text(
    language: str, day: str, words: str
) -> None:
    planned = Remediation(RemediationKind.FIX_PLANNED, "準備中", ("BBRS",), planned=PartialDate.parse(day))
    built = build(
        replace(ADVISORY, language=language, vulnerabilities=(replace(UPNP, remediations=(planned,)),))
    )
    assert _vulnerability(built)["remediations"] == [
        {"category": "none_available", "details": f"準備中\n\n{words}", "product_ids": ["BBRS"]}
    ]
    assert [loss.location for loss in built.losses] == ["/vulnerabilities/0/remediations/0"]


def test_a_cvss_4_score_is_told_as_lost_and_the_others_stay() -> None:
    newest = cvss.parse("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:L/SC:N/SI:N/SA:H")
    built = _with(scores=(*UPNP.scores, ProductScore(newest, ("BBRS",))))
    assert [loss.parameters for loss in built.losses if "CVSS" in loss.text] == [{"vector": newest.vector}]
    scores = _vulnerability(built)["scores"]
    assert isinstance(scores, list)
    assert scores == [
        {
            "cvss_v2": {
                "accessComplexity": "LOW",
                "accessVector": "NETWORK",
                "authentication": "NONE",
                "availabilityImpact": "PARTIAL",
                "baseScore": 5.0,
                "confidentialityImpact": "NONE",
                "integrityImpact": "NONE",
                "vectorString": "AV:N/AC:L/Au:N/C:N/I:N/A:P",
                "version": "2.0",
            },
            "products": ["G54-OLD", "BBRS"],
        }
    ]


def test_of_two_scores_of_one_kind_the_newer_version_stays() -> None:
    older = cvss.parse("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L")
    newer = cvss.parse("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:N/A:L")
    built = _with(scores=(ProductScore(older, ("BBRS", "G54-OLD")), ProductScore(newer, ("BBRS",))))
    scores = _vulnerability(built)["scores"]
    assert isinstance(scores, list)
    assert [(score["cvss_v3"]["version"], score["products"]) for score in scores] == [
        ("3.1", ["BBRS"]),
        ("3.0", ["G54-OLD"]),
    ]
    assert {"vector": older.vector, "products": "BBRS"} in [loss.parameters for loss in built.losses]
    assert validate(built.document) == ()


def test_a_condition_becomes_a_note_that_names_its_products() -> None:
    built = _with(conditions=(Condition(("BBRS",), "ルーター機能を使用している場合のみ"),))
    notes = _vulnerability(built)["notes"]
    assert isinstance(notes, list)
    assert notes[-1] == {
        "category": "details",
        "text": f"{NAMES['BBRS']}: ルーター機能を使用している場合のみ",
        "title": "影響を受ける条件",
    }


def test_a_document_is_complete_without_a_cve_id() -> None:
    built = _with(cve="")
    assert "cve" not in _vulnerability(built)
    assert validate(built.document) == ()


def test_a_cve_id_among_the_others_moves_to_its_own_place() -> None:
    ids = (VulnerabilityId("CVE", "cve-2015-2984"), VulnerabilityId("CVE", "CVE-2015-9999"))
    built = _with(cve="", ids=ids)
    found = _vulnerability(built)
    assert found["cve"] == "CVE-2015-2984"
    assert "ids" not in found
    assert {"text": "CVE-2015-9999"} in [loss.parameters for loss in built.losses]


def test_the_version_and_the_dates_are_those_of_the_revisions_in_utc() -> None:
    later = Revision("2", datetime(2015, 9, 1, 0, 30, 15, 999999, tzinfo=JST), "改訂")
    tracking = replace(ADVISORY.tracking, revisions=(*ADVISORY.tracking.revisions, later))
    header = build(replace(ADVISORY, tracking=tracking)).document["document"]
    assert isinstance(header, dict)
    assert header["tracking"] == {
        "current_release_date": "2015-08-31T15:30:15Z",
        "id": "IODATA-2015-01",
        "initial_release_date": "2015-08-18T03:00:00Z",
        "revision_history": [
            {"date": "2015-08-18T03:00:00Z", "number": "1", "summary": "公開"},
            {"date": "2015-08-31T15:30:15Z", "number": "2", "summary": "改訂"},
        ],
        "status": "final",
        "version": "2",
    }


@pytest.mark.parametrize(
    ("tlp", "label", "lost"),
    [
        (Tlp.CLEAR, "WHITE", 0),
        (Tlp.GREEN, "GREEN", 0),
        (Tlp.AMBER, "AMBER", 0),
        (Tlp.AMBER_STRICT, "RED", 1),
        (Tlp.RED, "RED", 0),
    ],
)
def test_tlp_2_is_told_in_the_words_of_tlp_1(tlp: Tlp, label: str, lost: int) -> None:
    built = build(replace(ADVISORY, tlp=tlp, vulnerabilities=()))
    header = built.document["document"]
    assert isinstance(header, dict)
    assert header["distribution"]["tlp"]["label"] == label
    assert len(built.losses) == lost


def test_a_weakness_has_its_exact_name_and_an_unknown_one_is_refused() -> None:
    assert _vulnerability(_with(cwe="cwe-78"))["cwe"] == {
        "id": "CWE-78",
        "name": "Improper Neutralization of Special Elements used in an OS Command ('OS Command Injection')",
    }
    assert cwe.name("CWE-798") == "Use of Hard-coded Credentials"
    with pytest.raises(Problem, match=r"csaf\.unknown_cwe"):
        _with(cwe="CWE-999999")


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        _with(release_date=datetime(2015, 8, 18))  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize(
    ("tracking_id", "name"),
    [
        ("Example Company - 2019-YH3234", "example_company_-_2019-yh3234.json"),
        ("RHBA-2019:0024", "rhba-2019_0024.json"),
        ("2022_#01-A", "2022_01-a.json"),
        ("OKI-26-7K3QD", "oki-26-7k3qd.json"),
        ("情報+1", "_+1.json"),
    ],
)
def test_the_file_name_follows_the_tracking_id(tracking_id: str, name: str) -> None:
    assert file_name(tracking_id) == name


@given(st.text(max_size=40))
def test_a_file_name_holds_nothing_a_path_could_trip_over(tracking_id: str) -> None:
    assert set(file_name(tracking_id)[:-5]) <= set("+-abcdefghijklmnopqrstuvwxyz0123456789_")
    assert "__" not in file_name(tracking_id)


def test_the_folder_is_the_year_the_document_itself_names() -> None:
    assert folder(datetime(2016, 1, 1, 8, 0, tzinfo=JST)) == "2015"
    assert folder(datetime(2016, 1, 1, 9, 0, tzinfo=JST)) == "2016"


@pytest.mark.parametrize("content", [b"[]", b"{", b"\xff{}"])
def test_what_is_not_a_json_object_in_utf_8_is_no_document(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_bytes(content)


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match=r"."):
        to_bytes({"baseScore": float("nan")})
    with pytest.raises(ValueError, match=r"."):
        to_bytes({"title": "\ud800"})
