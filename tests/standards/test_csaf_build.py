"""One real case as a document, and what became of all that CSAF 2.0 has no word for."""

from dataclasses import replace
from datetime import datetime

import pytest

from okiagari.problems import Problem
from okiagari.standards import cvss
from okiagari.standards.csaf import (
    Built,
    build,
    cwe,
    validate,
)
from okiagari.standards.csaf.model import (
    Condition,
    ProductScore,
    Remediation,
    Revision,
    VulnerabilityId,
)
from okiagari.standards.csaf.terms import RemediationKind, Tlp
from okiagari.standards.partialdate import PartialDate
from tests.standards.real_case import ADVISORY, JST, UPNP


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
