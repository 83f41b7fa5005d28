"""One real case as a document of CSAF 2.1, and what became of all that the draft has no word for."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from okiagari.standards import cvss
from okiagari.standards.csaf import Built, build, build_2_1, validate
from okiagari.standards.csaf.model import (
    Condition,
    Document,
    Exploitation,
    Flag,
    Helper,
    ProductScore,
    ProductStatus,
    Reference,
    Remediation,
    Revision,
    Withdrawal,
)
from okiagari.standards.csaf.terms import Justification, Profile, RemediationKind, Tlp
from okiagari.standards.firmware_order import Range
from okiagari.standards.partialdate import PartialDate
from tests.standards.real_case import ADVISORY, JST, PRODUCTS, PUBLIC, UPNP

OLD, NEW, STOPPED = "G54-OLD", "G54-103", "BBRS"


def _with(**changes: Any) -> Built:
    return build_2_1(replace(ADVISORY, vulnerabilities=(replace(UPNP, **changes),)))


def _flaw(built: Built) -> dict[str, Any]:
    vulnerabilities = built.document["vulnerabilities"]
    assert isinstance(vulnerabilities, list)
    return dict(vulnerabilities[0])


def _header(built: Built) -> dict[str, Any]:
    header = built.document["document"]
    assert isinstance(header, dict)
    return header


def _measures(built: Built) -> list[tuple[str, list[str]]]:
    return [(each["category"], each["product_ids"]) for each in _flaw(built)["remediations"]]


def test_the_real_case_is_valid_and_says_what_it_could_not() -> None:
    built = build_2_1(ADVISORY)
    assert validate(built.document) == ()
    assert _header(built)["category"] == "csaf_security_advisory"
    assert _measures(built) == [("vendor_fix", [OLD]), ("no_fix_planned", [STOPPED])]
    assert ["stop using" in loss.text for loss in built.losses] == [True]


def test_firmware_on_hardware_is_a_product_path() -> None:
    tree = build_2_1(ADVISORY).document["product_tree"]
    assert isinstance(tree, dict)
    assert "relationships" not in tree
    assert tree["product_paths"][0] == {
        "beginning_product_reference": "FW-G54-OLD",
        "full_product_name": {
            "name": "I-O DATA WN-G54/R2（I-O DATA WN-G54/R2 ファームウェア 1.03より前のバージョン）",
            "product_id": OLD,
        },
        "subpaths": [{"category": "installed_on", "next_product_reference": "HW-G54"}],
    }


def test_a_range_has_no_white_space_and_a_package_url_stands_in_a_list() -> None:
    purl = Helper(purl="pkg:generic/fw@1")
    products = tuple(
        replace(each, versions=Range.before("V4 build 7"), helper=purl) if each.id == "FW-G54-OLD" else each
        for each in PRODUCTS
    )
    built = build_2_1(replace(ADVISORY, products=products))
    assert validate(built.document) == ()
    text = str(built.document["product_tree"])
    assert "'<V4%20build%207'" in text
    assert "'purls': ['pkg:generic/fw@1']" in text


@pytest.mark.parametrize("tlp", Tlp)
def test_tlp_2_is_said_as_it_is(tlp: Tlp) -> None:
    built = build_2_1(replace(ADVISORY, tlp=tlp))
    assert _header(built)["distribution"]["tlp"]["label"] == tlp.value
    assert validate(built.document) == ()


def test_every_cvss_stands_with_its_source() -> None:
    four = cvss.parse("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:P")
    three = cvss.parse("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L")
    scores = (
        ProductScore(three, (OLD,), "https://jvn.jp/jp/JVN17964918/"),
        ProductScore(four, (OLD, STOPPED)),
    )
    built = _with(scores=scores)
    assert validate(built.document) == ()
    first, second = _flaw(built)["metrics"]
    assert first["content"]["cvss_v4"] == {
        "baseScore": four.overall,
        "baseSeverity": four.overall_severity.value.upper(),
        "vectorString": four.vector,
        "version": "4.0",
    }
    assert "source" not in first
    assert second["source"] == "https://jvn.jp/jp/JVN17964918/"
    older = build(replace(ADVISORY, vulnerabilities=(replace(UPNP, scores=scores),)))
    assert [loss.location for loss in older.losses if "scores" in loss.location] == [
        "/vulnerabilities/0/scores"
    ] * 2


def test_a_planned_fix_has_its_category_and_its_date_in_words() -> None:
    planned = Remediation(
        RemediationKind.FIX_PLANNED, "準備中です。", (OLD,), planned=PartialDate.parse("late 2016-10")
    )
    built = _with(remediations=(planned,))
    assert validate(built.document) == ()
    (measure,) = _flaw(built)["remediations"]
    assert (measure["category"], measure["details"]) == (
        "fix_planned",
        "準備中です。\n\n修正の提供予定: 2016年10月下旬",
    )
    assert built.losses == ()


def test_a_condition_names_its_products_in_the_field_for_it() -> None:
    built = _with(conditions=(Condition((OLD,), "ルーター機能を使用している場合"),))
    assert _flaw(built)["notes"][-1] == {
        "category": "details",
        "product_ids": [OLD],
        "text": "ルーター機能を使用している場合",
        "title": "影響を受ける条件",
    }


def test_stop_using_beside_a_workaround_becomes_a_mitigation_for_that_product_only() -> None:
    built = _with(
        remediations=(
            Remediation(RemediationKind.STOP_USE, "使用を停止してください。", (OLD, STOPPED)),
            Remediation(RemediationKind.WORKAROUND, "UPnPを無効にしてください。", (STOPPED,)),
        )
    )
    assert validate(built.document) == ()
    assert _measures(built) == [
        ("no_fix_planned", [OLD]),
        ("mitigation", [STOPPED]),
        ("workaround", [STOPPED]),
    ]
    assert any(STOPPED in loss.text and "mitigation" in loss.text for loss in built.losses)


def test_what_contradicts_a_status_is_left_out_and_said() -> None:
    built = _with(
        status=ProductStatus(known_affected=(OLD,), fixed=(NEW,), known_not_affected=(STOPPED,)),
        flags=(Flag(Justification.COMPONENT_NOT_PRESENT, (STOPPED,)),),
        remediations=(
            Remediation(RemediationKind.NO_FIX_PLANNED, "修正しません。", (NEW, OLD)),
            Remediation(RemediationKind.WORKAROUND, "不要です。", (STOPPED,)),
        ),
    )
    assert validate(built.document) == ()
    assert _measures(built) == [("no_fix_planned", [OLD])]
    assert {NEW, STOPPED} <= {word for loss in built.losses for word in loss.parameters.values()}


def test_the_first_known_attack_has_its_dates_and_impossible_ones_are_left_out() -> None:
    known = Exploitation(PUBLIC - timedelta(days=9), PUBLIC - timedelta(days=2), (OLD,))
    late = replace(known, known_at=PUBLIC + timedelta(days=1))
    built = _with(exploitations=(known, late), release_date=PUBLIC + timedelta(days=1))
    assert validate(built.document) == ()
    flaw = _flaw(built)
    assert flaw["first_known_exploitation_dates"] == [
        {"date": "2015-08-16T03:00:00Z", "exploitation_date": "2015-08-09T03:00:00Z", "product_ids": [OLD]}
    ]
    assert "disclosure_date" not in flaw
    assert sum("is after" in loss.text for loss in built.losses) == 2
    older = build(replace(ADVISORY, vulnerabilities=(replace(UPNP, exploitations=(known,)),)))
    assert validate(older.document) == ()
    assert _flaw(older)["threats"][-1]["details"] == "確認されている最初の攻撃: 2015年8月9日"


def test_discovery_and_disclosure_are_said() -> None:
    built = _with(discovery_date=PUBLIC - timedelta(days=90), release_date=PUBLIC)
    assert validate(built.document) == ()
    assert _flaw(built)["disclosure_date"] == "2015-08-18T03:00:00Z"
    assert _flaw(built)["discovery_date"] == "2015-05-20T03:00:00Z"


@pytest.mark.parametrize(
    "changes",
    [
        {"cve": "", "ids": ()},
        {"status": ProductStatus(under_investigation=(OLD, STOPPED)), "remediations": (), "scores": ()},
        {"status": ProductStatus(known_affected=(STOPPED,), fixed=(NEW,))},
    ],
)
def test_an_advisory_of_which_2_1_asks_more_keeps_the_profile_of_2_0(changes: dict[str, Any]) -> None:
    built = _with(**changes)
    assert _header(built)["category"] == "csaf_deprecated_security_advisory"
    assert any(loss.location == "/document/category" for loss in built.losses)
    assert validate(built.document) == ()


def test_a_vex_keeps_to_its_four_groups() -> None:
    status = ProductStatus(known_affected=(OLD,), fixed=(NEW,), recommended=(NEW,))
    vex = replace(ADVISORY, profile=Profile.VEX, vulnerabilities=(replace(UPNP, status=status),))
    built = build_2_1(vex)
    assert validate(built.document) == ()
    assert set(_flaw(built)["product_status"]) == {"known_affected", "fixed"}
    assert any("recommended" in loss.text for loss in built.losses)


def test_the_contact_is_a_note_since_the_drafts_differ() -> None:
    maker = replace(ADVISORY.publisher, contact_details="https://www.iodata.jp/support/")
    built = build_2_1(replace(ADVISORY, publisher=maker))
    assert validate(built.document) == ()
    assert "contact_details" not in _header(built)["publisher"]
    assert _header(built)["notes"][-1]["text"] == "https://www.iodata.jp/support/"


def _ended(language: str, *successors: Reference) -> Document:
    later = Revision("2", datetime(2015, 9, 1, tzinfo=JST), "取り下げ")
    return replace(
        ADVISORY,
        language=language,
        tracking=replace(ADVISORY.tracking, revisions=(*ADVISORY.tracking.revisions, later)),
        withdrawal=Withdrawal("誤りがありました。", successors),
    )


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("successors", "category"),
    [((), "csaf_withdrawn"), ((Reference("https://example.jp/2", "IODATA-2015-02"),), "csaf_superseded")],
)
def test_a_withdrawn_document_is_bare_in_2_1_and_has_a_note_in_2_0(
    language: str, successors: tuple[Reference, ...], category: str
) -> None:
    ended = _ended(language, *successors)
    built = build_2_1(ended)
    assert validate(built.document) == ()
    assert set(built.document) == {"$schema", "document"}
    assert _header(built)["category"] == category
    assert any(loss.location == "" for loss in built.losses)
    older = build(ended)
    assert validate(older.document) == ()
    assert _header(older)["notes"][0]["text"] == "誤りがありました。"
    assert [each["url"] for each in _header(older).get("references", ())] == [each.url for each in successors]
    assert any(loss.location == "/document/category" for loss in older.losses)
