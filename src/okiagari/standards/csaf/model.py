"""What a CSAF document says, of whichever version, as frozen input values (OASIS CSAF 2.0, section 3).

In: everything a maker knows of an advisory, in its own terms: hardware, firmware, installations,
conditions, a stop-use request. Nothing here is checked or rendered: `build` renders, `check` judges.
Texts are in the one language of the document. Times are instants with a zone. `product_ids` name
products of the same document; an empty text, tuple or None is left out of the document.
"""

from dataclasses import dataclass, field
from datetime import datetime

from okiagari.standards.cvss import Score
from okiagari.standards.firmware_order import Range
from okiagari.standards.partialdate import PartialDate

from .terms import (
    Justification,
    NoteCategory,
    Profile,
    PublisherCategory,
    RemediationKind,
    Status,
    ThreatCategory,
    Tlp,
)

NOT_PLANNED = PartialDate()


@dataclass(frozen=True)
class Note:
    """`product_ids`: of which products it speaks; 2.0 has no place for them: its title should name them."""

    category: NoteCategory
    text: str
    title: str = ""
    audience: str = ""
    product_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference:
    """`is_self`: the document itself elsewhere; its canonical URL among them (6.2.11)."""

    url: str
    summary: str
    is_self: bool = False


@dataclass(frozen=True)
class Acknowledgment:
    """Thanks. Left out of the document unless the person or organisation has consented."""

    has_consent: bool
    names: tuple[str, ...] = ()
    organization: str = ""
    summary: str = ""
    urls: tuple[str, ...] = ()


@dataclass(frozen=True)
class Publisher:
    """`namespace`: a URL the publisher owns; `contact_details`: how to reach it about this document."""

    name: str
    namespace: str
    category: PublisherCategory = PublisherCategory.VENDOR
    contact_details: str = ""
    issuing_authority: str = ""


@dataclass(frozen=True)
class Revision:
    """One published version: number ("1", "2", ...; or semantic), when, and what changed."""

    number: str
    date: datetime
    summary: str


@dataclass(frozen=True)
class Generator:
    name: str
    version: str = ""
    date: datetime | None = None


@dataclass(frozen=True)
class Tracking:
    """`revisions`: oldest first, at least one. Version and both release dates follow from them;
    `initial_release_date` is given only where it differs from the first revision."""

    id: str
    status: Status
    revisions: tuple[Revision, ...]
    initial_release_date: datetime | None = None
    generator: Generator | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileHashes:
    """One file and its hashes: (algorithm, hexadecimal value), each algorithm once."""

    filename: str
    hashes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Helper:
    """3.1.3.3: how to find the product in an inventory. `uris`: (namespace, uri)."""

    cpe: str = ""
    purl: str = ""
    model_numbers: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()
    serial_numbers: tuple[str, ...] = ()
    sbom_urls: tuple[str, ...] = ()
    files: tuple[FileHashes, ...] = ()
    uris: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Hardware:
    """A device, or one hardware revision of it. `name` replaces the one made from the parts."""

    id: str
    vendor: str
    product: str
    revision: str = ""
    family: str = ""
    name: str = ""
    helper: Helper | None = None


@dataclass(frozen=True)
class Software:
    """Firmware, an application or a service, in one release or a range of them.

    A range that is not known yet makes a product without a version.
    """

    id: str
    vendor: str
    product: str
    versions: Range
    family: str = ""
    name: str = ""
    helper: Helper | None = None


@dataclass(frozen=True)
class Installation:
    """Firmware `installed_on` hardware (3.2.2.4): the thing the owner has."""

    id: str
    software_id: str
    hardware_id: str
    name: str = ""
    helper: Helper | None = None


Product = Hardware | Software | Installation


@dataclass(frozen=True)
class ProductStatus:
    """3.2.3.9: product ids by what is known of them; one id in one group only (6.1.6)."""

    first_affected: tuple[str, ...] = ()
    first_fixed: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    known_affected: tuple[str, ...] = ()
    known_not_affected: tuple[str, ...] = ()
    last_affected: tuple[str, ...] = ()
    recommended: tuple[str, ...] = ()
    under_investigation: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remediation:
    """`date`: from when it can be had. `planned`: when a fix is expected (FIX_PLANNED only)."""

    kind: RemediationKind
    details: str
    product_ids: tuple[str, ...]
    date: datetime | None = None
    url: str = ""
    planned: PartialDate = NOT_PLANNED
    entitlements: tuple[str, ...] = ()
    restart: str = ""


@dataclass(frozen=True)
class Threat:
    category: ThreatCategory
    details: str
    product_ids: tuple[str, ...] = ()
    date: datetime | None = None


@dataclass(frozen=True)
class Flag:
    label: Justification
    product_ids: tuple[str, ...]
    date: datetime | None = None


@dataclass(frozen=True)
class ProductScore:
    """`source`: address of who scored; "" for the publisher."""

    score: Score
    product_ids: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True)
class Exploitation:
    """The first attack that is known: when it happened, and since when that is known."""

    at: datetime
    known_at: datetime
    product_ids: tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """Affected only under a condition ("only while the router function is in use")."""

    product_ids: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class VulnerabilityId:
    """An id other than CVE: ("JVN", "JVN#17964918"), the maker's own."""

    system_name: str
    text: str


@dataclass(frozen=True)
class Vulnerability:
    """3.2.3. `cve` only where the id exists; a document is complete without one. `cwe` is the bare id."""

    cve: str = ""
    ids: tuple[VulnerabilityId, ...] = ()
    cwe: str = ""
    title: str = ""
    notes: tuple[Note, ...] = ()
    status: ProductStatus = field(default_factory=ProductStatus)
    flags: tuple[Flag, ...] = ()
    remediations: tuple[Remediation, ...] = ()
    threats: tuple[Threat, ...] = ()
    scores: tuple[ProductScore, ...] = ()
    conditions: tuple[Condition, ...] = ()
    references: tuple[Reference, ...] = ()
    acknowledgments: tuple[Acknowledgment, ...] = ()
    discovery_date: datetime | None = None
    release_date: datetime | None = None
    exploitations: tuple[Exploitation, ...] = ()


@dataclass(frozen=True)
class Withdrawal:
    """The document holds no longer. `successors`: the documents that say it now."""

    reason: str
    successors: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole document in one language; `source_language` where it is a translation of another."""

    profile: Profile
    title: str
    language: str
    publisher: Publisher
    tracking: Tracking
    source_language: str = ""
    tlp: Tlp = Tlp.CLEAR
    distribution_text: str = ""
    aggregate_severity: str = ""
    notes: tuple[Note, ...] = ()
    references: tuple[Reference, ...] = ()
    acknowledgments: tuple[Acknowledgment, ...] = ()
    products: tuple[Product, ...] = ()
    vulnerabilities: tuple[Vulnerability, ...] = ()
    withdrawal: Withdrawal | None = None
