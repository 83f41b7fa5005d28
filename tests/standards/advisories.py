"""Advisories as a maker could write them: several products and vulnerabilities, ranges, partial fixes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from okiagari.standards import cvss
from okiagari.standards.csaf.model import (
    Acknowledgment,
    Condition,
    Document,
    Exploitation,
    FileHashes,
    Flag,
    Generator,
    Hardware,
    Helper,
    Installation,
    Note,
    Product,
    ProductScore,
    ProductStatus,
    Publisher,
    Reference,
    Remediation,
    Revision,
    Software,
    Threat,
    Tracking,
    Vulnerability,
    VulnerabilityId,
    Withdrawal,
)
from okiagari.standards.csaf.terms import (
    Justification,
    NoteCategory,
    Profile,
    RemediationKind,
    Status,
    ThreatCategory,
    Tlp,
)
from okiagari.standards.firmware_order import Range
from okiagari.standards.partialdate import PartialDate

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(str.strip)
JAPANESE = st.sampled_from(
    ["無線LANルーター", "ポケットドライブ", "影響を受けます", "更新してください🙏", "“引用”"]
)
LONG = st.sampled_from(["長い説明です。" * 3000, "\n\n".join(['Update <now> & "soon".'] * 500)])
TEXTS = WORDS | JAPANESE
DETAILS = TEXTS | LONG
# A release whose text reads like a range is refused by test 6.1.31; makers do not name releases so.
VERSIONS = st.sampled_from(["1.03", "1.0.2", "1.00.008_SE", "2.00", "第3版", "V4 build 7"])
RANGES = st.one_of(
    st.just(Range.all()),
    st.just(Range.unknown()),
    VERSIONS.map(Range.up_to),
    VERSIONS.map(Range.before),
    VERSIONS.map(Range.since),
    VERSIONS.map(Range.exactly),
    st.builds(Range.between, VERSIONS, VERSIONS),
)
INSTANTS = st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
URLS = st.sampled_from(
    ["https://example.com/support", "https://例え.jp/製品 一覧?q=脆弱性#a", "https://jvn.jp/en/"]
)
KINDS = st.sampled_from(RemediationKind)
DATES = st.sampled_from(["", "2016", "late 2016", "2016-10", "late 2016-10", "2016-10-28"]).map(
    PartialDate.parse
)
NOTES = st.lists(
    st.builds(Note, st.sampled_from(NoteCategory), DETAILS, st.just("") | TEXTS), min_size=1, max_size=3
)
REFERENCES = st.lists(st.builds(Reference, URLS, TEXTS, st.booleans()), max_size=3)
THANKS = st.lists(
    st.builds(Acknowledgment, st.booleans(), st.lists(TEXTS, max_size=2).map(tuple), st.just("") | TEXTS),
    max_size=2,
)
HELPERS = st.none() | st.builds(
    Helper,
    cpe=st.sampled_from(["", "cpe:2.3:h:iodata:np-bbrs:-:*:*:*:*:*:*:*"]),
    model_numbers=st.lists(st.sampled_from(["WN-G54/R2", "NP-BBRS"]), max_size=2).map(tuple),
    files=st.sampled_from([(), (FileHashes("fw.bin", (("sha256", "ab" * 32), ("sha512", "cd" * 64))),)]),
    uris=st.sampled_from([(), (("https://例え.jp/", "urn:model:1"),)]),
)
WITHDRAWALS = st.builds(Withdrawal, TEXTS, st.lists(st.builds(Reference, URLS, TEXTS), max_size=2).map(tuple))


@dataclass(frozen=True)
class Known:
    """The products of a document and which of them the owner has."""

    products: tuple[Product, ...]
    owned: tuple[str, ...]


@st.composite
def catalogues(draw: st.DrawFn) -> Known:
    hardware = tuple(
        Hardware(f"HW-{n}", draw(TEXTS), draw(TEXTS), draw(st.just("") | TEXTS), helper=draw(HELPERS))
        for n in range(draw(st.integers(1, 3)))
    )
    software = tuple(
        Software(
            f"SW-{n}", draw(TEXTS), draw(TEXTS), draw(RANGES), draw(st.just("") | TEXTS), helper=draw(HELPERS)
        )
        for n in range(draw(st.integers(1, 4)))
    )
    pairs = [(device, release) for device in hardware for release in software]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=5, unique=True))
    installed = tuple(
        Installation(f"I-{n}", release.id, device.id, draw(st.just("") | TEXTS))
        for n, (device, release) in enumerate(chosen)
    )
    return Known((*hardware, *software, *installed), tuple(item.id for item in installed))


@st.composite
def scores(draw: st.DrawFn) -> cvss.Score:
    version = draw(st.sampled_from(cvss.Version))
    return cvss.compose(
        version,
        {
            metric.code: draw(st.sampled_from(metric.codes))
            for metric in cvss.metrics(version)
            if metric.is_mandatory or draw(st.integers(0, 5)) == 0
        },
    )


@st.composite
def statuses(draw: st.DrawFn, owned: tuple[str, ...]) -> ProductStatus:
    """Each owned product in one group."""
    groups = ("known_affected", "known_not_affected", "fixed", "under_investigation")
    where = {product_id: draw(st.sampled_from(groups)) for product_id in owned}
    return ProductStatus(
        **{
            group: tuple(product_id for product_id, found in where.items() if found == group)
            for group in groups
        }
    )


@st.composite
def vulnerabilities(draw: st.DrawFn, number: int, owned: tuple[str, ...]) -> Vulnerability:
    status = draw(statuses(owned))
    some = st.lists(st.sampled_from(owned), min_size=1, max_size=3).map(tuple)
    fix = Remediation(RemediationKind.VENDOR_FIX, draw(TEXTS), status.fixed, draw(INSTANTS), draw(URLS))
    measures = [
        Remediation(draw(KINDS), draw(TEXTS), (product_id,), planned=draw(DATES))
        for product_id in status.known_affected
    ]
    flags = tuple(Flag(draw(st.sampled_from(Justification)), (item,)) for item in status.known_not_affected)
    cve = f"CVE-2015-{2984 + number}" if draw(st.booleans()) else ""
    return Vulnerability(
        cve=cve,
        ids=(VulnerabilityId("JVN", f"JVN#1796491{number}"), VulnerabilityId("JVN", f"JVN#1796491{number}")),
        cwe=draw(st.sampled_from(["", "CWE-78", "CWE-798", "CWE-200", "CWE-79"])),
        title=draw(st.just("") | TEXTS),
        notes=tuple(draw(NOTES)),
        status=status,
        flags=flags,
        remediations=(*measures, *((fix,) if status.fixed else ())),
        threats=tuple(
            draw(st.lists(st.builds(Threat, st.sampled_from(ThreatCategory), TEXTS, some), max_size=2))
        ),
        scores=tuple(draw(st.lists(st.builds(ProductScore, scores(), some, st.just("") | URLS), max_size=4))),
        conditions=tuple(draw(st.lists(st.builds(Condition, some, TEXTS), max_size=2))),
        references=tuple(draw(REFERENCES)),
        acknowledgments=tuple(draw(THANKS)),
        discovery_date=draw(st.none() | INSTANTS),
        release_date=draw(st.none() | INSTANTS),
        exploitations=tuple(draw(st.lists(st.builds(Exploitation, INSTANTS, INSTANTS, some), max_size=2))),
    )


@st.composite
def trackings(draw: st.DrawFn) -> Tracking:
    first = draw(INSTANTS)
    revisions = tuple(
        Revision(str(number + 1), first + timedelta(days=number, microseconds=number), draw(TEXTS))
        for number in range(draw(st.integers(1, 4)))
    )
    return Tracking(
        draw(st.sampled_from(["OKI-26-7K3QD", "情報 2015/01"])),
        draw(st.sampled_from(Status)),
        revisions,
        generator=draw(st.none() | st.just(Generator("Okiagari", "0.1.0", first))),
        aliases=tuple(draw(st.lists(TEXTS, max_size=2))),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of any profile that holds what its profile asks for (section 4)."""
    profile = draw(st.sampled_from([*Profile, Profile.ADVISORY, Profile.ADVISORY]))
    known = draw(catalogues())
    language, source = draw(st.sampled_from([("ja", ""), ("en", "ja"), ("en", ""), ("ja-JP", "en")]))
    bare = profile in {Profile.INFORMATIONAL, Profile.INCIDENT_RESPONSE}
    count = 0 if bare else draw(st.integers(1, 3))
    needed = (Reference("https://example.com/", "詳細"),) if bare else ()
    return Document(
        profile,
        draw(TEXTS),
        language,
        Publisher(draw(TEXTS), "https://www.example.com", contact_details=draw(st.just("") | TEXTS)),
        draw(trackings()),
        source_language=source,
        tlp=draw(st.sampled_from(Tlp)),
        distribution_text=draw(st.just("") | TEXTS),
        aggregate_severity=draw(st.just("") | TEXTS),
        notes=(Note(NoteCategory.SUMMARY, draw(TEXTS)), *draw(NOTES)),
        references=(*needed, *draw(REFERENCES)),
        acknowledgments=tuple(draw(THANKS)),
        products=known.products,
        vulnerabilities=tuple(draw(vulnerabilities(number, known.owned)) for number in range(count)),
        withdrawal=draw(st.none() | st.none() | WITHDRAWALS),
    )
