"""What a CVE record says, as frozen values (CVE record format 5.1.1, 5.2.0; cnaPublishedContainer).

Nothing here is checked or rendered: `rules` judges, `build` renders, `reading` reads. A text that exists in
several languages is a `Said` for each. Times are instants with a zone; empty values are left out.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from okiagari.standards.cvss import Score
from okiagari.standards.firmware_order import Range


class Format(StrEnum):
    """`dataVersion`. 5.2.0 adds `packageURL`."""

    V5_1_1 = "5.1.1"
    V5_2_0 = "5.2.0"


class Status(StrEnum):
    AFFECTED = "affected"
    UNAFFECTED = "unaffected"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Said:
    """A text in one language (BCP 47: ja, en)."""

    language: str
    text: str


@dataclass(frozen=True)
class Versions:
    """Versions and what is known of them. ALL and UNKNOWN have no place: they are `Product.otherwise`."""

    status: Status
    range: Range


@dataclass(frozen=True)
class Product:
    """One product. `otherwise`: what is known of every version not listed (`defaultStatus`).

    `platforms`: hardware models, operating systems; `modules`: functions that must be in use.
    """

    vendor: str
    product: str
    otherwise: Status | None = None
    versions: tuple[Versions, ...] = ()
    modules: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    cpes: tuple[str, ...] = ()
    purl: str = ""


@dataclass(frozen=True)
class Reference:
    """`tags`: of the CVE programme (vendor-advisory, patch, third-party-advisory, ...)."""

    url: str
    name: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Credit:
    """Thanks; left out unless the person has consented. `kind`: finder, reporter, coordinator, ..."""

    has_consent: bool
    language: str
    text: str
    kind: str = ""


@dataclass(frozen=True)
class Event:
    """One line of the timeline."""

    at: datetime
    language: str
    text: str


@dataclass(frozen=True)
class Metric:
    """A score and for what it holds (`scenarios`; none: in general)."""

    score: Score
    scenarios: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Ssvc:
    """Decision points of SSVC as CISA writes them: (name, value) in order."""

    options: tuple[tuple[str, str], ...]
    role: str
    version: str
    at: datetime


@dataclass(frozen=True)
class Assigner:
    """The CNA: its UUID and short name at CVE Services."""

    org_id: str
    short_name: str = ""


@dataclass(frozen=True)
class Record:
    """A published record. Without `assigner` only the container of the CNA can be made of it.

    `public_at`: when the advisory is or was published; `disclosed_at`: when the flaw was public before that;
    `updated_at`: when this record is.
    """

    cve: str
    title: str = ""
    descriptions: tuple[Said, ...] = ()
    products: tuple[Product, ...] = ()
    weaknesses: tuple[str, ...] = ()
    metrics: tuple[Metric, ...] = ()
    ssvc: Ssvc | None = None
    references: tuple[Reference, ...] = ()
    credits: tuple[Credit, ...] = ()
    solutions: tuple[Said, ...] = ()
    workarounds: tuple[Said, ...] = ()
    configurations: tuple[Said, ...] = ()
    exploits: tuple[Said, ...] = ()
    timeline: tuple[Event, ...] = ()
    tags: tuple[str, ...] = ()
    public_at: datetime | None = None
    disclosed_at: datetime | None = None
    updated_at: datetime | None = None
    assigner: Assigner | None = None


@dataclass(frozen=True)
class Rejection:
    """An id that is given up: why, and which ids stand for it."""

    reasons: tuple[Said, ...]
    replaced_by: tuple[str, ...] = ()
