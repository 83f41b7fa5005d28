"""CVE records: valid by cvelib, lawful by the programme's rules, read back whole."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cvelib.cve_api import CveRecord
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okiagari.problems import Problem
from okiagari.standards import cve
from okiagari.standards.cve import Format, rules
from okiagari.standards.cve.build import NO_PURL, PURL_VERSION, TOO_LONG, WITHHELD
from okiagari.standards.cve.model import (
    Assigner,
    Credit,
    Event,
    Metric,
    Product,
    Record,
    Reference,
    Rejection,
    Said,
    Ssvc,
    Status,
    Versions,
)
from okiagari.standards.documents import from_bytes, to_bytes
from okiagari.standards.firmware_order import Range
from tests.standards.advisories import TEXTS, VERSIONS, scores

AT = datetime(2015, 8, 18, 1, 0, tzinfo=UTC)
some = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NOBODY = Assigner("8254265b-2729-46b6-b9e3-3dfca2d5bfca", "maker")

RANGES = st.one_of(
    VERSIONS.map(Range.up_to),
    VERSIONS.map(Range.before),
    VERSIONS.map(Range.since),
    VERSIONS.map(Range.exactly),
    st.builds(Range.between, VERSIONS, VERSIONS),
)
SAID = st.builds(Said, st.sampled_from(["ja", "en"]), TEXTS)
SEVERAL = st.lists(SAID, max_size=2, unique=True).map(tuple)
PRODUCTS = st.builds(
    Product,
    TEXTS,
    TEXTS,
    st.sampled_from(Status),
    st.lists(st.builds(Versions, st.sampled_from(Status), RANGES), max_size=3, unique=True).map(tuple),
    st.lists(TEXTS, max_size=2, unique=True).map(tuple),
    st.lists(TEXTS, max_size=2, unique=True).map(tuple),
    st.sampled_from([(), ("cpe:2.3:o:maker:wn_firmware:*:*:*:*:*:*:*:*",)]),
    st.sampled_from(["", "pkg:generic/maker/wn"]),
)
SSVCS = st.builds(
    Ssvc,
    st.just((("Exploitation", "none"), ("Automatable", "no"), ("Technical Impact", "partial"))),
    st.just("Supplier"),
    st.just("2.0.3"),
    st.just(AT),
)
REFERENCES = st.builds(
    Reference,
    st.sampled_from(["https://maker.example/ja/sa-1.html", "https://jvn.jp/jp/JVN17964918/"]),
    st.just("") | TEXTS,
    st.sampled_from([(), ("vendor-advisory",), ("third-party-advisory",), ("patch", "release-notes")]),
)
OWN_PAGE = Reference("https://maker.example/en/sa-1.html", "x")
NVD = Reference("https://nvd.nist.gov/vuln/detail/CVE-1900-1234")
KINDS = st.sampled_from(["", "finder", "reporter", "coordinator"])
CREDITS = st.builds(Credit, st.booleans(), st.just("en"), TEXTS, KINDS)


@st.composite
def records(draw: st.DrawFn) -> Record:
    products = draw(st.lists(PRODUCTS, min_size=1, max_size=6))
    return Record(
        cve="CVE-1900-1234",
        title=draw(st.just("") | TEXTS),
        descriptions=(Said("en", draw(TEXTS)), *draw(SEVERAL)),
        products=(Product("Maker", "WN", Status.AFFECTED), *products),
        weaknesses=draw(st.sampled_from([(), ("CWE-78",), ("CWE-78", "CWE-79")])),
        metrics=tuple(
            draw(st.lists(st.builds(Metric, scores(), st.lists(SAID, max_size=1).map(tuple)), max_size=3))
        ),
        ssvc=draw(st.none() | SSVCS),
        references=(OWN_PAGE, *draw(st.lists(REFERENCES, max_size=2))),
        credits=tuple(draw(st.lists(CREDITS, max_size=2))),
        solutions=draw(SEVERAL),
        workarounds=draw(SEVERAL),
        configurations=draw(SEVERAL),
        exploits=draw(SEVERAL),
        timeline=tuple(draw(st.lists(st.builds(Event, st.just(AT), st.just("en"), TEXTS), max_size=2))),
        tags=draw(st.sampled_from([(), ("unsupported-when-assigned",)])),
        public_at=AT,
        updated_at=AT,
        assigner=draw(st.sampled_from([None, NOBODY])),
    )


@some
@given(records(), st.sampled_from(Format))
def test_every_record_is_valid_and_lawful(record: Record, version: Format) -> None:
    made = from_bytes(to_bytes(cve.build(record, version).document))
    assert cve.validate(made) == ()
    assert cve.problems(record) == ()


def _unique(values: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(dict.fromkeys(values))


def _as_kept(record: Record) -> Record:
    """Credit with consent, each line once; a container names neither the id nor who gave it."""
    whole = record.assigner is not None
    return replace(
        record,
        cve=record.cve if whole else "",
        updated_at=record.updated_at if whole else None,
        credits=_unique(tuple(each for each in record.credits if each.has_consent)),
        **{
            name: _unique(getattr(record, name))
            for name in ("descriptions", "references", "timeline", "solutions", "workarounds", "metrics")
        },
    )


@some
@given(records())
def test_what_was_written_reads_back_and_nothing_is_left_over(record: Record) -> None:
    read = cve.read(cve.build(record).document)
    assert read.unread == ()
    assert read.record == _as_kept(record)


def test_the_client_of_the_cve_services_takes_the_container() -> None:
    made = cve.build(small(assigner=NOBODY), Format.V5_1_1).document
    container = made["containers"]["cna"]  # type: ignore[index]
    CveRecord.validate(container)
    CveRecord.validate(made, CveRecord.Schemas.V5_SCHEMA)


def test_an_id_can_be_given_up() -> None:
    made = cve.rejection(Rejection((Said("en", "A duplicate."),), ("CVE-1900-1235",)))
    assert cve.validate(made) == ()
    assert made["cnaContainer"]["replacedBy"] == ["CVE-1900-1235"]  # type: ignore[index]


def small(**changes: object) -> Record:
    given: dict[str, object] = {
        "cve": "CVE-1900-1234",
        "descriptions": (Said("en", "A flaw."), Said("ja", "欠陥")),
        "products": (
            Product("Maker", "WN", Status.UNAFFECTED, (Versions(Status.AFFECTED, Range.before("1.03")),)),
        ),
        "references": (Reference("https://maker.example/en/sa-1.html", tags=("vendor-advisory",)),),
        "public_at": AT,
        "updated_at": AT,
    }
    return Record(**{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("versions", "told"),
    [
        (Range.before("1.03"), {"version": "0", "lessThan": "1.03", "versionType": "custom"}),
        (Range.up_to("1.02"), {"version": "0", "lessThanOrEqual": "1.02", "versionType": "custom"}),
        (Range.since("1.0"), {"version": "1.0", "lessThanOrEqual": "*", "versionType": "custom"}),
        (Range.between("1", "2"), {"version": "1", "lessThanOrEqual": "2", "versionType": "custom"}),
        (Range.exactly("1.02"), {"version": "1.02"}),
    ],
)
def test_ranges_as_the_format_writes_them(versions: Range, told: dict[str, str]) -> None:
    product = Product("Maker", "WN", Status.UNAFFECTED, (Versions(Status.AFFECTED, versions),))
    made = cve.build(small(products=(product,))).document["cnaContainer"]
    assert made["affected"][0]["versions"] == [{"status": "affected", **told}]  # type: ignore[index]


@pytest.mark.parametrize(
    ("changes", "definition"),
    [
        ({"products": (Product("Maker", "WN", Status.UNAFFECTED),)}, rules.NEEDS_PRODUCT),
        ({"products": (Product("Maker", "WN"),)}, rules.NEEDS_VERSIONS),
        ({"descriptions": (Said("ja", "欠陥"),)}, rules.NEEDS_ENGLISH),
        ({"references": ()}, rules.NEEDS_REFERENCE),
        (
            {"references": (Reference("https://www.cve.org/CVERecord?id=CVE-1900-1234"),)},
            rules.NEEDS_REFERENCE,
        ),
        (
            {"references": (Reference("https://nvd.nist.gov/vuln/detail/CVE-1900-1234"),)},
            rules.NEEDS_REFERENCE,
        ),
        ({"updated_at": AT - timedelta(hours=1)}, rules.TOO_EARLY),
    ],
)
def test_what_the_programme_asks_for(changes: dict[str, object], definition: object) -> None:
    assert definition in {problem.definition for problem in cve.problems(small(**changes))}


def test_the_page_of_another_cve_is_a_reference() -> None:
    other = Reference("https://www.cve.org/CVERecord?id=CVE-1900-9999")
    assert cve.problems(small(references=(other,))) == ()


def test_an_unknown_product_is_enough() -> None:
    assert cve.problems(small(products=(Product("Maker", "WN", Status.UNKNOWN),))) == ()


def test_what_a_record_cannot_carry_is_told() -> None:
    long = Said("en", "長" * 5000)
    product = Product("Maker", "WN", Status.AFFECTED, purl="pkg:generic/wn@1.02")
    record = small(
        descriptions=(long,),
        products=(product,),
        credits=(Credit(has_consent=False, language="ja", text="秘"),),
    )
    newer, older = cve.build(record), cve.build(record, Format.V5_1_1)
    assert {loss.message for loss in newer.losses} == {TOO_LONG, WITHHELD, PURL_VERSION}
    assert {loss.message for loss in older.losses} == {TOO_LONG, WITHHELD, NO_PURL}
    assert "秘" not in to_bytes(newer.document).decode()
    assert b"@1.02" not in to_bytes(newer.document)


def test_a_purl_that_is_none_or_names_a_version_is_a_fault() -> None:
    made = cve.build(small()).document
    made["cnaContainer"]["affected"][0]["packageURL"] = "wn"  # type: ignore[index]
    assert [each.location for each in cve.validate(made)] == ["/cnaContainer/affected/0/packageURL"]
    made["cnaContainer"]["affected"][0]["packageURL"] = "pkg:generic/wn@1"  # type: ignore[index]
    assert [each.message for each in cve.validate(made)] == ["names a version"]


def test_what_was_not_understood_stays_visible() -> None:
    made = cve.build(small(assigner=NOBODY)).document
    cna = made["containers"]["cna"]  # type: ignore[index]
    cna["affected"][0]["versions"].append(
        {"version": "2", "lessThan": "3", "versionType": "semver", "status": "affected"}
    )
    cna["affected"][0]["repo"] = "https://maker.example/git"
    cna["x_generator"] = {"engine": "cvelib 1.8"}
    made["containers"]["adp"] = [{"title": "CISA ADP"}]  # type: ignore[index]
    unread = {each.location: each.text for each in cve.read(made).unread}
    assert unread["/containers/cna/affected/0/repo"] == "https://maker.example/git"
    assert unread["/containers/cna/x_generator"] == '{"engine": "cvelib 1.8"}'
    assert unread["/containers/cna/affected/0/versions/1/lessThan"] == "3"
    assert unread["/containers/adp"] == '[{"title": "CISA ADP"}]'


@pytest.mark.parametrize("document", [{}, {"dataType": "CVE", "dataVersion": "4.0"}])
def test_what_is_no_record_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(Problem) as refusal:
        cve.read(document)
    assert refusal.value.definition is cve.NOT_A_RECORD


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_letter_that_asks_for_an_id_has_every_fact(language: str) -> None:
    from okiagari.standards.cve.request import Flaw, Request, request

    flaw = Flaw(
        title="題名",
        products=(("WN-G54/R2", "1.03より前"), ("NP-BBRS", "")),
        description="説明",
        impact="影響",
        weakness="CWE-78",
        score="CVSS v3.1 9.8",
        known_as=("JVN#17964918",),
    )
    asked = Request(
        "製造元", "SA-2015-001", (flaw,), "psirt@maker.example", "2015-08-18", "https://maker.example/sa"
    )
    text = request(asked, language)
    for fact in ("題名", "WN-G54/R2 1.03より前", "NP-BBRS", "説明", "影響", "CWE-78", "9.8", "JVN#17964918"):
        assert fact in text
    for fact in ("製造元", "SA-2015-001", "psirt@maker.example", "2015-08-18", "https://maker.example/sa"):
        assert fact in text
    assert not re.search(r"\{\w+\}", text)
    assert request(replace(asked, is_public=True), language) != text
